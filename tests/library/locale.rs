//! Messages: every key that the program uses exists in both languages, none is unused, and a YAML
//! reader reads them as the program does.

use kouan::{
    locale::Lang,
    progress::Status,
    tui::keymap::{BINDINGS, Binding},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

type Words = BTreeMap<String, String>;

fn text(lang: Lang) -> String {
    let path = format!(
        "{}/data/locales/{}.yaml",
        env!("CARGO_MANIFEST_DIR"),
        lang.tag()
    );
    fs::read_to_string(path).unwrap()
}

fn words(lang: Lang) -> Words {
    serde_yaml::from_str(&text(lang)).unwrap()
}

/// Returns the program's own sources, without tests.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
            found.push(lines.collect::<Vec<_>>().join("\n"));
        }
    }
}

/// Returns the string literals that look like keys.
fn literals() -> BTreeSet<String> {
    let mut found = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    let is_key = |text: &&str| {
        let mut parts = text.split('.');
        let fine = |p: &str| {
            p.starts_with(|c: char| c.is_ascii_lowercase())
                && p.chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        text.contains('.') && parts.all(fine)
    };
    let code = found.join("\n");
    code.split('"').filter(is_key).map(str::to_owned).collect()
}

/// Returns the keys that clap's commands use by name.
fn asked_by_commands() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let whole = kouan::cli::command(Lang::En);
    // These two have one text for all commands.
    let own = |arg: &&clap::Arg| !["help", "version"].contains(&arg.get_id().as_str());
    for arg in whole.get_arguments().filter(own) {
        keys.insert(format!("cli.options.{}", arg.get_id()));
    }
    for sub in whole.get_subcommands() {
        let name = sub.get_name();
        keys.insert(format!("cli.{name}"));
        keys.extend(
            sub.get_arguments()
                .filter(|arg| own(arg) && !arg.is_global_set())
                .map(|arg| format!("cli.{name}.{}", arg.get_id())),
        );
    }
    keys
}

/// Returns the keys that the key table uses by id: help for all, hints for those that `hinted`
/// admits.
fn asked_by_bindings(hinted: fn(&&Binding) -> bool) -> BTreeSet<String> {
    let hints = BINDINGS.iter().filter(hinted);
    let hints = hints.map(|b| format!("hint.{}", b.id));
    BINDINGS
        .iter()
        .map(|b| format!("key.{}", b.id))
        .chain(hints)
        .collect()
}

#[test]
fn both_languages_have_the_same_keys() {
    let keys = |lang| words(lang).into_keys().collect::<BTreeSet<_>>();
    let (zh, en) = (keys(Lang::ZhCn), keys(Lang::En));
    assert!(zh.len() > 50);
    let apart: Vec<_> = zh.symmetric_difference(&en).collect();
    assert!(apart.is_empty(), "in one language only: {apart:?}");
}

#[test]
fn both_languages_fill_the_same_places() {
    let places = |text: &str| -> BTreeSet<String> {
        let open = text.split('{').skip(1);
        open.filter_map(|rest| rest.split_once('}'))
            // `{count|line|lines}` chooses a word by number.
            .map(|(name, _)| name.split('|').next().unwrap_or_default().to_owned())
            .collect()
    };
    let en = words(Lang::En);
    for (key, text) in words(Lang::ZhCn) {
        // 等4 counts all units, +3 the others; both are filled in.
        if key != "outline.unit" {
            assert_eq!(places(&text), places(&en[&key]), "{key}");
        }
    }
}

#[test]
fn every_key_that_the_program_uses_is_there() {
    let words = words(Lang::ZhCn);
    let sections: BTreeSet<&str> = words.keys().filter_map(|k| k.split('.').next()).collect();
    let files = [
        "yaml", "yml", "json", "md", "csv", "xlsx", "rs", "txt", "torn", "toml",
    ];
    let asked = asked_by_commands()
        .into_iter()
        .chain(asked_by_bindings(|b| b.hint > 0));
    let missing: Vec<String> = literals()
        .into_iter()
        .chain(asked)
        .filter(|key| sections.contains(key.split('.').next().unwrap_or_default()))
        .filter(|key| !files.contains(&key.rsplit('.').next().unwrap_or_default()))
        .filter(|key| !words.contains_key(key))
        .collect();
    assert!(missing.is_empty(), "no words for: {missing:?}");
}

#[test]
fn every_key_is_used() {
    let mut used = literals();
    used.extend(asked_by_commands());
    let commands = kouan::cli::command(Lang::En);
    let names = commands.get_subcommands().map(clap::Command::get_name);
    used.extend(names.map(|name| format!("cli.{name}.examples")));
    used.insert("cli.options.examples".to_owned());
    // Hints can also be used outside the footer.
    used.extend(asked_by_bindings(|_| true));
    // The line that takes commands prefers a binding's own name.
    used.extend(BINDINGS.iter().map(|b| format!("name.{}", b.id)));
    let idle: Vec<String> = words(Lang::ZhCn)
        .into_keys()
        .filter(|k| !used.contains(k))
        .collect();
    assert!(idle.is_empty(), "used nowhere: {idle:?}");
}

#[test]
fn a_yaml_reader_reads_what_the_program_reads() {
    for lang in [Lang::ZhCn, Lang::En] {
        for (key, text) in words(lang) {
            assert_eq!(lang.find(&key), Some(text.as_str()), "{} {key}", lang.tag());
        }
    }
}

#[test]
fn no_key_is_there_twice() {
    for lang in [Lang::ZhCn, Lang::En] {
        let mut seen = BTreeSet::new();
        let text = text(lang);
        let keys = text
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once(": "));
        for (key, _) in keys {
            assert!(seen.insert(key), "{} has {key} twice", lang.tag());
        }
    }
}

#[test]
fn nothing_chinese_is_left_untranslated() {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let en = words(Lang::En);
    for (key, text) in words(Lang::ZhCn) {
        assert!(!han(&text) || en[&key] != text, "{key}: {text}");
    }
}

#[test]
fn a_word_agrees_with_its_number() {
    let said = |n: usize| Lang::En.fill("write.many", &[("n", &n)]);
    assert_eq!(
        (said(1), said(0), said(12)),
        ("1 clause".into(), "0 clauses".into(), "12 clauses".into())
    );
}

#[test]
fn every_status_that_has_a_name_is_in_the_list() {
    let all: BTreeSet<String> = Status::ALL.map(|s| s.name_key().to_owned()).into();
    for lang in [Lang::ZhCn, Lang::En] {
        let names = words(lang).into_keys().filter(|k| k.starts_with("status."));
        assert_eq!(names.collect::<BTreeSet<_>>(), all);
    }
}
