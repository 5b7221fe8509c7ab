//! The architecture is kept: modules use only those above them, files are short and have headers,
//! one module measures text, and documents name only what exists.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::{Path, PathBuf},
};

/// Line limits: about 400, since a tenth more is no reason to split a module; more for files of
/// tests only.
const LONGEST: usize = 440;
const LONGEST_TESTS: usize = 600;

/// Files that may be longer, with reasons.
const LONGER: &[(&str, &str)] = &[];

/// Type names that are declared more than once, with reasons.
const SHARED_NAMES: &[(&str, &str)] = &[(
    "Args",
    "the arguments of a subcommand, always with its module: `list::Args`",
)];

struct Source {
    /// Path below `src/`.
    name: String,
    text: String,
}

impl Source {
    /// Returns its top-level module; `None` for main.rs and lib.rs.
    fn module(&self) -> Option<&str> {
        let module = self.name.split(['/', '.']).next()?;
        (!matches!(module, "main" | "lib")).then_some(module)
    }

    /// Returns whether it holds only tests.
    fn is_tests(&self) -> bool {
        self.name.ends_with("/tests.rs")
            || self.name.ends_with("_tests.rs")
            || self.name.contains("/tests/")
    }

    /// Returns the text before the tests.
    fn without_tests(&self) -> &str {
        let mut parts = self.text.split("#[cfg(test)]\nmod tests {");
        parts.next().unwrap_or_default()
    }

    /// Returns the lines of code without comments, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate();
        numbered
            .map(|(nth, line)| (nth + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the Rust files of a folder tree.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

fn sources() -> Vec<Source> {
    let found: Vec<Source> = files(&root())
        .iter()
        .map(|path| Source {
            name: path
                .strip_prefix(root())
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned(),
            text: fs::read_to_string(path).unwrap(),
        })
        // The build script belongs to no module.
        .filter(|source| source.name != "build.rs")
        .collect();
    assert!(found.len() > 10, "no sources found");
    found
}

/// Returns the modules in the order of `lib.rs`.
fn top_modules() -> Vec<String> {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    let modules = lib
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// Returns the modules that a piece of code names after `crate::`, including in braces.
fn named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(list) = rest.strip_prefix('{') {
            found.extend(first_names(list));
        } else {
            found.insert(identifier(rest));
        }
    }
    found
}

fn identifier(text: &str) -> String {
    let end = |c: char| !(c.is_alphanumeric() || c == '_');
    text.trim_start()
        .split(end)
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Returns the first name of every entry of a `use` list, after its opening brace.
fn first_names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => names.push(String::new()),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                names.last_mut().unwrap().push(c);
            }
        }
    }
    let mut names: Vec<String> = names.iter().map(|n| identifier(n)).collect();
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn names_are_found_in_paths_and_lists() {
    let code = "use crate::{\n  text::{self, Policy},\n  locale::Lang,\n};\nlet x = crate::report::rate(1);";
    let names: Vec<String> = named(code).into_iter().collect();
    assert_eq!(names, ["locale", "report", "text"]);
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let modules = top_modules();
    let place = |name: &str| modules.iter().position(|r| r == name);
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(own) = source.module() else { continue };
        let own = place(own).unwrap_or_else(|| panic!("{} is in no module of lib.rs", source.name));
        let code: Vec<&str> = source.code().map(|(_, line)| line).collect();
        for name in named(&code.join("\n")) {
            if place(&name).is_none_or(|p| p > own) {
                wrong.push(format!("{} uses {name}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn main_uses_only_the_command_line() {
    let main = fs::read_to_string(root().join("main.rs")).unwrap();
    let modules = main.split("kouan::").skip(1).map(identifier);
    let others: Vec<String> = modules
        .filter(|r| !["cli", "tui"].contains(&r.as_str()))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn lib_rs_describes_every_module() {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    for module in top_modules() {
        // What docs.rs does not show is not linked.
        let forms = [
            format!("//! - [`{module}`]: "),
            format!("//! - `{module}`: "),
        ];
        let is_described = forms.iter().any(|form| lib.contains(form));
        assert!(is_described, "lib.rs does not describe {module}");
    }
}

#[test]
fn every_file_says_what_it_owns() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.name)
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

/// The names of a path, with `crate` and `super` resolved.
type Names = Vec<String>;

/// Imports and re-exports of a file.
#[derive(Default)]
struct Imports {
    /// Paths it names.
    used: Vec<Names>,
    /// Paths it re-exports.
    handed_on: Vec<Names>,
}

/// Splits code into names, `::` and other tokens, without comments and strings.
fn tokens(code: &str) -> Vec<String> {
    let lines = code.lines().map(|l| l.split("//").next().unwrap());
    let code = lines.collect::<Vec<_>>().join("\n");
    let code = code.replace("\\\"", "").replace("'\"'", "");
    // Every second piece between quotation marks is a string.
    let code: String = code.split('"').step_by(2).collect();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in code.chars() {
        match tokens.last_mut() {
            Some(last) if is_name(before) && is_name(c) => last.push(c),
            Some(last) if c == ':' && before == ':' && last == ":" => last.push(c),
            _ if c.is_whitespace() => {}
            _ => tokens.push(c.to_string()),
        }
        before = c;
    }
    tokens
}

/// Reads the paths of a `use` item, each with the path before its braces.
fn use_paths(tokens: &mut std::slice::Iter<'_, String>, before: &Names, paths: &mut Vec<Names>) {
    let mut path = before.clone();
    while let Some(token) = tokens.next() {
        match token.as_str() {
            "::" => {}
            "{" => use_paths(tokens, &path, paths),
            "as" => drop(tokens.next()),
            end @ ("," | "}" | ";") => {
                if path.len() > before.len() {
                    paths.push(std::mem::replace(&mut path, before.clone()));
                }
                if end != "," {
                    return;
                }
            }
            name => path.push(name.to_owned()),
        }
    }
}

/// Returns all paths that a file names, in `use` items and elsewhere.
fn imports(code: &str) -> Imports {
    let all = tokens(code);
    let mut imports = Imports::default();
    let mut tokens = all.iter();
    let mut last = "";
    while let Some(token) = tokens.next() {
        if token == "use" {
            // After `pub` or `pub(…)`.
            let paths = match last {
                "pub" | ")" => &mut imports.handed_on,
                _ => &mut imports.used,
            };
            use_paths(&mut tokens, &Names::new(), paths);
        } else if last != "::" && tokens.as_slice().first().is_some_and(|t| t == "::") {
            let mut path = vec![token.clone()];
            while let [sign, name, ..] = tokens.as_slice()
                && sign == "::"
            {
                path.push(name.clone());
                tokens.nth(1);
            }
            imports.used.push(path);
        }
        last = token;
    }
    imports
}

/// All modules with their imports.
struct Modules(BTreeMap<Names, Imports>);

impl Modules {
    fn read() -> Self {
        let shown =
            |s: &Source| !s.is_tests() && s.name != "main.rs" && s.name != "tui/test_app.rs";
        let module = |s: Source| {
            let name = s.name.strip_suffix(".rs").unwrap();
            let path = name.split('/').filter(|part| *part != "lib");
            (
                path.map(str::to_owned).collect(),
                imports(s.without_tests()),
            )
        };
        Self(sources().into_iter().filter(shown).map(module).collect())
    }

    /// Returns a path from the crate's root; `None` if it leaves the crate.
    fn resolved(&self, module: &Names, path: &Names) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => self
                .resolved(module, &rest.to_vec())
                .or(Some(module.clone())),
            "super" => {
                let up = module.iter().take(module.len().checked_sub(1)?);
                let supers = rest.iter().take_while(|name| *name == "super").count();
                let base: Names = up.take(module.len() - 1 - supers).cloned().collect();
                Some([base, rest[supers..].to_vec()].concat())
            }
            _ => {
                let child = [module.clone(), vec![first.clone()]].concat();
                self.0
                    .contains_key(&child)
                    .then(|| [module.clone(), path.clone()].concat())
            }
        }
    }

    /// Returns the module that a path leads to, through re-exports.
    fn module_of(&self, path: &Names) -> Names {
        let is_module = |n: &usize| self.0.contains_key(&path[..*n]);
        let depth = (0..=path.len()).rev().find(is_module).unwrap_or(0);
        let (module, rest) = (path[..depth].to_vec(), &path[depth..]);
        let handed_on = self.0.get(&module).map_or(&[][..], |m| &m.handed_on);
        let named = handed_on
            .iter()
            .find(|p| rest.first().is_some_and(|name| p.last() == Some(name)));
        match named.and_then(|path| self.resolved(&module, path)) {
            Some(further) if further != *path => self.module_of(&further),
            _ => module,
        }
    }

    /// Returns the modules that a module imports from.
    fn used(&self, module: &Names) -> BTreeSet<Names> {
        let paths = self.0[module].used.iter();
        paths
            .filter_map(|path| Some(self.module_of(&self.resolved(module, path)?)))
            .collect()
    }

    /// Returns which siblings import from which, at every depth. A file and its folder count as
    /// one; imports within the folder are checked there.
    fn neighbours(&self) -> BTreeMap<Names, BTreeSet<Names>> {
        let mut uses: BTreeMap<Names, BTreeSet<Names>> = BTreeMap::new();
        for module in self.0.keys() {
            for other in self.used(module) {
                let pairs = module.iter().zip(&other);
                let shared = pairs.take_while(|(a, b)| a == b).count();
                if shared < module.len().min(other.len()) {
                    let [importer, source] = [module, &other].map(|path| path[..=shared].to_vec());
                    uses.entry(importer).or_default().insert(source);
                }
            }
        }
        uses
    }
}

/// Returns the shortest cycle through a module, starting at its first name.
fn cycle(start: &Names, uses: &BTreeMap<Names, BTreeSet<Names>>) -> Option<Vec<String>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in uses.get(*way.last()?).into_iter().flatten() {
            if next == start {
                let first = (0..way.len()).min_by_key(|nth| way[*nth])?;
                let names = way.iter().map(|module| module.join("::"));
                let mut names: Vec<String> = names.collect();
                names.rotate_left(first);
                return Some(names);
            }
            if seen.insert(next) {
                ways.push_back([way.clone(), vec![next]].concat());
            }
        }
    }
    None
}

#[test]
fn no_files_import_each_other_in_a_cycle() {
    let modules = Modules::read();
    let names = |path: &str| path.split("::").map(str::to_owned).collect::<Names>();
    for (from, to, how) in [
        ("tui::app", "tui::screens::screen", "a list"),
        ("tui::context", "search::query", "a re-export"),
        ("report::paper::markdown", "report::markdown", "two up"),
        ("tui::app", "tui::footer", "a path in the code"),
    ] {
        assert!(modules.used(&names(from)).contains(&names(to)), "{how}");
    }
    let uses = modules.neighbours();
    let cycles: BTreeSet<_> = uses.keys().filter_map(|m| cycle(m, &uses)).collect();
    assert!(cycles.is_empty(), "{cycles:#?}");
}

/// Returns the Markdown pages, with their paths.
fn pages() -> Vec<(PathBuf, String)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [repository.to_owned(), repository.join("docs")];
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// Returns the anchors of a page's headings, as GitHub makes them.
fn anchors(page: &str) -> Vec<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    headings
        .map(|line| line.trim_start_matches('#').trim().to_lowercase())
        .map(|title| {
            title
                .chars()
                .filter(kept)
                .collect::<String>()
                .replace(' ', "-")
        })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut dead = Vec::new();
    for (path, page) in pages() {
        let links = page
            .split("](")
            .chain(page.split("src=\""))
            .chain(page.split("srcset=\""));
        let links = links.filter_map(|rest| rest.split([')', '"']).next());
        let is_link =
            |l: &&str| !l.is_empty() && !l.contains([' ', '\n', '`']) && !l.contains("://");
        for link in links
            .filter(is_link)
            .filter(|l| l.contains(['.', '#', '-']))
        {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                path.with_file_name(file)
            };
            let found = target.exists()
                && (anchor.is_empty()
                    || anchors(&fs::read_to_string(target).unwrap()).contains(&anchor.to_owned()));
            if !found {
                dead.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

/// Returns the code spans of a page.
fn code(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').skip(1).step_by(2)
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/", "tests/", "docs/", "data/", "benches/", ".ci/"];
    let is_file = |name: &&str| {
        folders.iter().any(|folder| name.starts_with(folder))
            && !name.contains([' ', '*', '{'])
            && !name.contains("NAME")
    };
    for (path, page) in pages() {
        let gone: Vec<&str> = code(&page)
            .filter(is_file)
            .filter(|name| !repository.join(name).exists())
            .collect();
        assert!(gone.is_empty(), "{}: {gone:#?}", path.display());
    }
}

/// Returns the rows of the tables that end in a column `test`, by cell, and whether the column
/// before is `example`.
fn rules() -> Vec<(Vec<String>, bool)> {
    let mut found = Vec::new();
    for (_, page) in pages() {
        let parts: Vec<&str> = page.split("| test |\n").collect();
        for pair in parts.windows(2) {
            let has_examples = pair[0].ends_with("| example ");
            let rows = pair[1].lines().skip(1);
            for row in rows.take_while(|l| l.starts_with("| ")) {
                let cells = row.trim_end_matches(" |").split(" | ");
                found.push((cells.map(str::to_owned).collect(), has_examples));
            }
        }
    }
    found
}

/// The last column names tests, functions or input files; what the one before quotes is in them.
#[test]
fn every_rule_and_promise_of_a_page_has_its_test() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    for folder in ["tests", "src"] {
        for file in files(&repository.join(folder)) {
            sources.push_str(&fs::read_to_string(file).unwrap());
        }
    }
    let inputs = repository.join("tests/fixtures/import");
    // The text of the inputs with this name, and of their results.
    let fixture = |folder: &str, name: &str| {
        let start = name.trim_end_matches('*');
        let mut found = String::new();
        for file in fs::read_dir(inputs.join(folder)).unwrap() {
            let path = file.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy();
            if stem == name || start != name && stem.starts_with(start) {
                found += &String::from_utf8_lossy(&fs::read(&path).unwrap());
            }
        }
        (!found.is_empty()).then_some(found)
    };
    // The text of a function, up to its closing brace.
    let function = |name: &str| {
        let (before, rest) = sources.split_once(&format!("fn {name}("))?;
        let indent: String = before.chars().rev().take_while(|c| *c == ' ').collect();
        let body = rest.split(&format!("\n{indent}}}\n")).next();
        body.map(str::to_owned)
    };
    let rules = rules();
    for (cells, has_examples) in &rules {
        let last = cells.last().unwrap();
        assert!(code(last).next().is_some(), "no test: {cells:?}");
        let mut held = String::new();
        for name in code(last) {
            let text = match name.split_once('/') {
                Some(("real", name)) => fixture("real", name),
                Some(("shapes", name)) => fixture("", name),
                Some(_) => fs::read_to_string(repository.join(name)).ok(),
                None => function(name),
            };
            held += &text.unwrap_or_else(|| panic!("no test {name}: {cells:?}"));
        }
        let example = if *has_examples { &cells[1] } else { "" };
        for part in code(example) {
            assert!(held.contains(part), "not in the tests: {part}: {cells:?}");
        }
    }
    let rules = rules.len();
    assert!(rules > 50, "{rules}");
}

#[test]
fn the_readmes_are_one_page() {
    for (path, page) in pages() {
        let name = path.file_name().unwrap().to_string_lossy();
        let lines = page.lines().count();
        assert!(
            !name.starts_with("README") || lines <= 200,
            "{name}: {lines}"
        );
    }
}

#[test]
fn no_file_is_long() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|s| !LONGER.iter().any(|(name, _)| *name == s.name))
        .filter(|s| s.text.lines().count() > if s.is_tests() { LONGEST_TESTS } else { LONGEST })
        .map(|s| format!("{}: {}", s.name, s.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
    for (name, _) in LONGER {
        let lines = fs::read_to_string(root().join(name))
            .unwrap()
            .lines()
            .count();
        assert!(lines > LONGEST, "{name} is short enough to leave the list");
    }
}

/// Returns the type or trait that a line declares.
fn declared_type(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let words = match words.as_slice() {
        // `pub(in crate::cli)` has a blank in it.
        [first, _, rest @ ..] if *first == "pub(in" => rest,
        [first, rest @ ..] if first.starts_with("pub") => rest,
        all => all,
    };
    match words {
        ["struct" | "enum" | "trait", name, ..] => Some(identifier(name)),
        // An indented one belongs to an `impl`.
        ["type", name, ..] if !line.starts_with(' ') => Some(identifier(name)),
        _ => None,
    }
}

#[test]
fn a_type_name_is_declared_once() {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources().iter().filter(|s| !s.is_tests()) {
        for name in source.without_tests().lines().filter_map(declared_type) {
            files.entry(name).or_default().push(source.name.clone());
        }
    }
    for (name, _) in SHARED_NAMES {
        let times = files.remove(*name).map_or(0, |files| files.len());
        assert!(times > 1, "{name} may leave the list");
    }
    files.retain(|_, files| files.len() > 1);
    assert!(
        files.is_empty(),
        "name each after what it is a row, step or part of: {files:#?}"
    );
}

#[test]
fn no_file_is_named_mod_or_utils() {
    for source in sources() {
        let file = source.name.rsplit('/').next().unwrap_or_default();
        assert!(
            !["mod.rs", "utils.rs", "util.rs", "helpers.rs", "common.rs"].contains(&file),
            "{}",
            source.name
        );
    }
}

#[test]
fn only_the_text_module_measures_and_draws_text() {
    // Each of these measures or draws without a width policy.
    let ways = [
        "unicode_width",
        "unicode_segmentation",
        ".set_string(",
        ".set_stringn(",
        ".set_line(",
        ".set_span(",
        "Paragraph::",
        "Span::raw(",
        "Span::styled(",
        "Line::from(",
        "Line::raw(",
    ];
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| s.module() != Some("text")) {
        for (line, code) in source.code() {
            if ways.iter().any(|way| code.contains(way)) {
                wrong.push(format!("{}:{line}: {}", source.name, code.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_command_line_prints() {
    let mut wrong = Vec::new();
    for source in sources()
        .iter()
        .filter(|s| !matches!(s.module(), Some("cli" | "tui")))
    {
        for (line, code) in source.code() {
            if ["println!", "print!", "io::stdout", "dbg!"]
                .iter()
                .any(|way| code.contains(way))
            {
                wrong.push(format!("{}:{line}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
