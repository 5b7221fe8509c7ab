//! The documentation is true: its commands run, and parts made from the code match it.

use crate::command::{Home, json, surround};
use kouan::{
    cli,
    locale::Lang,
    tui::keymap::{BINDINGS, Binding, Keymap, Mode},
};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares each part of a file between `made: NAME` and `/made` with the result of `make`;
/// `KOUAN_WRITE=1` writes it instead.
fn made(file: &str, make: impl Fn(&str) -> String) {
    let path = repository(file);
    let text = fs::read_to_string(&path).unwrap();
    let mut right = String::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        right.push_str(line);
        if let Some((_, name)) = line.split_once(" made: ") {
            let name = name.trim().trim_end_matches("-->").trim();
            right.push_str(&make(name));
            let end = lines.find(|line| line.contains(" /made"));
            right.push_str(end.unwrap_or_else(|| panic!("{file}: {name} has no end")));
        }
    }
    if std::env::var_os("KOUAN_WRITE").is_some() {
        fs::write(&path, right).unwrap();
    } else {
        assert!(
            text == right,
            "{file} is stale: KOUAN_WRITE=1 cargo test --test commands documents"
        );
    }
}

#[test]
fn the_guides_have_the_tables_of_the_code() {
    for (file, lang) in [
        ("docs/guide.md", Lang::En),
        ("docs/guide.zh-CN.md", Lang::ZhCn),
    ] {
        made(file, |name| match name {
            "keys" => keys(lang),
            "commands" => commands(lang),
            _ => topic(name.strip_prefix("help ").unwrap(), lang),
        });
    }
}

fn words(lang: Lang, id: &str) -> &'static str {
    lang.find(&format!("key.{id}")).unwrap()
}

/// Returns the key tables, with each binding in the first mode where it counts.
fn keys(lang: Lang) -> String {
    let mut out = String::new();
    for mode in Mode::ALL {
        let first =
            |b: &&Binding| Mode::ALL.into_iter().find(|m| b.modes.contains(m)) == Some(mode);
        let rows: Vec<&Binding> = BINDINGS.iter().filter(first).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n| {} | | id |", lang.text(mode.name_key()));
        out.push_str("| --- | --- | --- |\n");
        for b in rows {
            let keys: Vec<String> = b.keys.split(' ').map(|k| format!("`{k}`")).collect();
            let (keys, words) = (keys.join(" "), words(lang, b.id));
            let _ = writeln!(out, "| {keys} | {words} | `{}` |", b.id);
        }
    }
    out + "\n"
}

/// Returns the commands and the options of all, as in `--help`.
fn commands(lang: Lang) -> String {
    let whole = cli::command(lang);
    let [command, option] = match lang {
        Lang::En => ["command", "option of every command"],
        Lang::ZhCn => ["命令", "通用选项"],
    };
    let mut out = format!("\n| {command} | |\n| --- | --- |\n");
    for sub in whole.get_subcommands() {
        let mut usage = sub.get_name().to_owned();
        let own = |arg: &&clap::Arg| !arg.is_global_set() && arg.get_id() != "help";
        let (words, options): (Vec<_>, Vec<_>) = sub
            .get_arguments()
            .filter(own)
            .partition(|arg| arg.is_positional());
        for arg in words {
            let _ = write!(usage, " {arg}");
        }
        for arg in options {
            let arg = arg.to_string().replace(['<', '>'], "");
            let _ = write!(usage, " [{arg}]");
        }
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "| `{}` | {about} |", usage.replace('|', "\\|"));
    }
    let _ = write!(out, "\n| {option} | |\n| --- | --- |\n");
    for arg in whole.get_arguments().filter(|arg| arg.is_global_set()) {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(
            out,
            "| `{}` | {help} |",
            arg.to_string().replace('|', "\\|")
        );
    }
    out + "\n"
}

#[test]
fn the_format_is_as_its_page_says() {
    let home = Home::new();
    home.kouan("set 2.1 --due 2026-11-20 --owner 王五").quiet();
    home.kouan("set 2.1 --due 2026-11-30 --status blocked --remark 等待部署")
        .quiet();
    let export = json(&home.kouan("export --format json 2.1").quiet());
    assert_eq!(export["version"], 1);
    let mut placed = json(&home.kouan("show 2.1 --json").quiet())[0].take();
    let example = serde_json::to_string_pretty(&placed).unwrap();
    made("docs/format.md", |_| format!("```json\n{example}\n```\n"));

    let page = fs::read_to_string(repository("docs/format.md")).unwrap();
    let first = |words: &str| json(&home.kouan(words).quiet())[0].take();
    let log = first("log --json");
    let since = json(&home.kouan("diff --since 7d --format json").quiet());
    for (section, value) in [
        ("The export", &export),
        ("A clause", &placed),
        ("Counts", &first("stats --json")),
        ("Counts", &first("stats --by week --json")),
        ("Changes", &log),
        ("Changes", &log["edits"][0]),
        ("Since a day", &since),
        ("Since a day", &since["clauses"][0]),
        ("Since a day", &since["clauses"][0]["moved"][0]),
    ] {
        let mut sections = page.split("\n## ");
        let text = sections.find(|s| s.starts_with(section)).expect(section);
        let mut rows = text.lines().filter(|l| l.starts_with("| `"));
        for field in value.as_object().unwrap().keys() {
            let name = format!("`{field}`");
            assert!(
                rows.clone().any(|row| row.contains(&name)),
                "docs/format.md has no row of {name} under {section}"
            );
        }
        assert!(rows.next().is_some());
    }
    // In the tree, clauses lack only their chapter and measure.
    let clause = &export["chapters"][0]["measures"][0]["clauses"][0];
    for place in ["chapter", "measure"] {
        placed.as_object_mut().unwrap().remove(place);
    }
    assert_eq!(*clause, placed);
    assert_eq!(
        [
            &placed["overdue"],
            &placed["soon"],
            &placed["postponed"],
            &placed["days_left"]
        ],
        [&json!(false), &json!(true), &json!(true), &json!(7)]
    );
}

/// Adds the names of all fields in a value.
fn fields(value: &serde_yaml::Value, names: &mut BTreeSet<String>) {
    match value {
        serde_yaml::Value::Mapping(map) => {
            for (name, value) in map {
                names.insert(name.as_str().unwrap().to_owned());
                fields(value, names);
            }
        }
        serde_yaml::Value::Sequence(items) => items.iter().for_each(|item| fields(item, names)),
        _ => {}
    }
}

#[test]
fn documents_and_journals_are_as_their_page_says() {
    let page = fs::read_to_string(repository("docs/format.md")).unwrap();
    let section = |title: &str| page.split("\n## ").find(|s| s.starts_with(title)).unwrap();
    let example = |title: &str| {
        let (_, rest) = section(title).split_once("```yaml\n").unwrap();
        rest.split_once("```").unwrap().0
    };
    let home = Home::new();
    let document = home.write("demo.yaml", example("The document"));
    let journal = home.write("journal.yaml", example("The journal"));
    let read = |words: &str| {
        let command = home.kouan(words).arg("--document").arg(&document);
        json(&command.arg("--journal").arg(&journal).quiet())
    };
    let export = read("export --format json");
    assert_eq!(export["added"]["total"], 1, "{export}");
    let clause = &export["chapters"][0]["measures"][0]["clauses"][0];
    assert_eq!(
        [
            &clause["status"],
            &clause["due"],
            &clause["steps"][0]["done"]
        ],
        [&json!("blocked"), &json!("2026-12-31"), &json!(true)]
    );
    let log = read("log --json");
    assert_eq!(
        (log.as_array().unwrap().len(), &log[0]["stands"]),
        (6, &json!(false))
    );

    for words in [
        "set 1.1 --status doing --due 2026-12-31 --owner 张三 --remark 已对接",
        "set 1.1 1.2 --step 联系企业",
        "add 组织座谈会 --unit 天津海关",
        "undo",
    ] {
        home.kouan(words).quiet();
    }
    let mut files = vec![("The journal", home.journal())];
    for file in fs::read_dir(repository("tests/fixtures/import")).unwrap() {
        files.push(("The document", file.unwrap().path()));
    }
    for (title, file) in files {
        if file.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let value = serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let mut names = BTreeSet::new();
        fields(&value, &mut names);
        for name in names {
            let row = format!("`{name}`");
            assert!(
                section(title).contains(&row),
                "docs/format.md: {title} lacks {row}"
            );
        }
    }
}

/// Returns a topic of `kouan help` in Markdown: paragraphs as they are, terms as tables.
fn topic(name: &str, lang: Lang) -> String {
    let all = match lang {
        Lang::En => include_str!("../../data/help/en.txt"),
        Lang::ZhCn => include_str!("../../data/help/zh-CN.txt"),
    };
    let topics = format!("\n{all}");
    let mut topics = topics.split("\n# ");
    let topic = topics.find_map(|topic| topic.strip_prefix(&format!("{name}\n")));
    // The guide's own headings replace the first line.
    let (_, text) = topic.unwrap().split_once('\n').unwrap();
    let mut out = String::new();
    let mut heading = "";
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = title;
        } else if let Some((term, says)) = line.strip_prefix('`').and_then(|l| l.split_once("` ")) {
            if !heading.is_empty() {
                let _ = write!(out, "\n| {heading} | |\n| --- | --- |\n");
                heading = "";
            }
            let _ = writeln!(
                out,
                "| `{}` | {} |",
                term.replace('|', "\\|"),
                says.replace('|', "\\|")
            );
        } else {
            let _ = writeln!(out, "\n{line}");
        }
    }
    out + "\n"
}

/// Returns the key list of the example config, as comments that only need their `#` removed.
fn example() -> String {
    let mut out = String::new();
    for b in BINDINGS {
        let quoted = |key: &str| {
            // The flow indicators and quotes of YAML 1.2 (§5.3).
            let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && key != "-";
            let word = matches!(key, "y" | "n" | "Y" | "N") || key.parse::<u8>().is_ok();
            if plain && !word {
                key.to_owned()
            } else {
                format!("'{key}'")
            }
        };
        let keys: Vec<String> = b.keys.split(' ').map(quoted).collect();
        let row = format!("{}: [{}]", b.id, keys.join(", "));
        let _ = writeln!(out, "#  {row:<44} # {}", words(Lang::ZhCn, b.id));
    }
    out
}

#[test]
fn the_example_config_has_the_key_table() {
    made("config.example.yaml", |_| example());
}

#[test]
fn the_example_config_without_its_comment_signs_is_the_default_key_table() {
    let text = format!("\n{}", example()).replace("\n#  ", "\n");
    let read: BTreeMap<String, Vec<String>> = serde_yaml::from_str(&text).unwrap();
    assert_eq!(read.len(), BINDINGS.len());
    let own = read
        .iter()
        .map(|(id, keys)| (id.as_str(), keys.iter().map(String::as_str).collect()));
    let (own, default) = (Keymap::new(own).unwrap(), Keymap::default());
    for (i, binding) in BINDINGS.iter().enumerate() {
        assert_eq!(own.keys(i), default.keys(i), "{}", binding.id);
    }
}

/// Returns the `sh` blocks of a page as one script.
fn script(page: &str) -> String {
    let blocks = page.split("\n```sh\n").skip(1);
    blocks
        .map(|rest| rest.split("\n```").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Runs a script in bash with kouan on the path, until the first failure.
fn follow(home: &Home, script: &str) -> Output {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("bash");
    shell.env_clear().current_dir(home.path(""));
    surround(&home.path(""), |name, value| {
        shell.env(name, value);
    });
    shell.env("PATH", format!("{}:{path}", kouan.display()));
    // Sync must work even if git has never been told who the user is.
    shell.env("GIT_CONFIG_NOSYSTEM", "1");
    shell.args(["-euo", "pipefail", "-c", script]);
    shell.output().unwrap()
}

#[track_caller]
fn followed(page: &str) {
    let home = Home::new();
    for (name, text) in [
        (
            "measures.txt",
            include_str!("../fixtures/import/whole_paper.txt"),
        ),
        ("final.txt", include_str!("../fixtures/carry/final.txt")),
    ] {
        home.write(name, text);
        home.write(
            &name.replace("measures", "措施").replace("final", "定稿"),
            text,
        );
    }
    let script = script(&fs::read_to_string(repository(page)).unwrap());
    assert!(script.lines().count() > 15, "{script}");
    let done = follow(&home, &format!("set -x\n{script}"));
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{page}: {told}");
    let journal = fs::read_to_string(home.journal()).unwrap();
    assert!(journal.contains("王五"), "{page}: {journal}");
    assert!(home.path("progress.git/HEAD").exists());
}

#[test]
fn every_command_of_the_readmes_runs() {
    followed("README.md");
    followed("README.zh-CN.md");
}

#[test]
fn every_command_of_the_guides_runs() {
    followed("docs/guide.md");
    followed("docs/guide.zh-CN.md");
}
