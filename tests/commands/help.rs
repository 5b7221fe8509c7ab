//! Help and manual pages: complete, within 80 columns, and correct.

use crate::command::Home;
use kouan::{locale::Lang, text::Policy};
use std::{fs, process::Command};

const TOPICS: [&str; 4] = ["query", "dates", "statuses", "files"];
const LANGUAGES: [Lang; 2] = [Lang::ZhCn, Lang::En];

fn names() -> Vec<String> {
    let whole = kouan::cli::command(Lang::En);
    whole
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect()
}

fn printed(home: &Home, lang: Lang, words: &str) -> String {
    home.kouan(&format!("--lang {} {words}", lang.tag()))
        .quiet()
}

#[test]
fn every_help_has_examples_and_ends_with_the_options_of_all() {
    let home = Home::new();
    let mut all: Vec<String> = names()
        .iter()
        .map(|name| format!("{name} --help"))
        .collect();
    all.push("--help".to_owned());
    for lang in LANGUAGES {
        for words in &all {
            let help = printed(&home, lang, words);
            let (_, examples) = help.split_once(lang.text("cli.examples")).expect(words);
            assert!(examples.contains("kouan"), "{words}: {help}");
            let order = ["--document <", "--color <", "--help"].map(|o| help.find(o).expect(words));
            assert!(order.is_sorted(), "{words}: {help}");
            fits(words, &help);
        }
        for topic in TOPICS {
            fits(topic, &help(&home, lang, topic));
            assert!(printed(&home, lang, "--help").contains(&format!("kouan help {topic}")));
        }
    }
}

fn help(home: &Home, lang: Lang, topic: &str) -> String {
    // By the locale, as for users who type only these two words.
    let locale = format!("{}.UTF-8", lang.tag().replace('-', "_"));
    home.kouan(&format!("help {topic}"))
        .env("LANG", &locale)
        .quiet()
}

#[track_caller]
fn fits(what: &str, text: &str) {
    for line in text.lines() {
        assert!(Policy::Narrow.width(line) <= 80, "{what}: {line}");
    }
}

/// Returns the terms in a section of a topic.
fn terms(help: &str, section: usize) -> Vec<String> {
    let sections = help.split("\n\n").filter(|part| part.contains("\n  "));
    let lines = sections.take(section + 1).last().unwrap().lines().skip(1);
    let terms = lines.filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    terms
        .map(|line| line.trim().split("  ").next().unwrap().to_owned())
        .collect()
}

#[test]
fn what_help_teaches_is_understood() {
    let home = Home::new();
    home.write(".config/kouan/config.yaml", "views: {mine: 'is:open'}\n");
    for lang in LANGUAGES {
        let query = help(&home, lang, "query");
        assert!(terms(&query, 0).len() > 15, "{query}");
        for term in terms(&query, 0) {
            // Placeholders for a term of the reader's own.
            let term = term
                .replace("not:TERM", "not:is:done")
                .replace("not:检索词", "not:is:done")
                .replace("view:NAME", "view:mine")
                .replace("view:名称", "view:mine");
            let done = home.kouan("list").arg(&term).run();
            assert_eq!(done.code, Some(0), "{term}: {done:?}");
            let listed = printed(&home, lang, "list --help");
            let field = term.split_inclusive(':').next().unwrap();
            assert!(listed.contains(field), "{field} in {listed}");
        }
        let dates = help(&home, lang, "dates");
        for due in terms(&dates, 0) {
            let done = home.kouan("set 1.1 --due").arg(&due).run();
            assert_eq!(done.code, Some(0), "{done:?}");
        }
        for since in terms(&dates, 1) {
            home.kouan("log --since").arg(&since).quiet();
        }
        for words in [query, printed(&home, lang, "set --help")] {
            for status in kouan::progress::Status::ALL {
                assert!(words.contains(status.id()), "no {}: {words}", status.id());
            }
        }
        let statuses = terms(&help(&home, lang, "statuses"), 0);
        assert_eq!(
            statuses,
            kouan::progress::Status::ALL.map(kouan::progress::Status::id)
        );
    }
}

#[test]
fn help_is_a_word_too_and_an_unknown_name_is_answered_with_the_nearest() {
    let home = Home::new();
    for (words, same) in [
        ("help", "--help"),
        ("help set", "set --help"),
        ("--lang en help set", "set --help --lang en"),
        ("help dates --lang=en", "--document x --lang en help dates"),
    ] {
        assert_eq!(home.kouan(words).quiet(), home.kouan(same).quiet());
    }
    for (words, near) in [
        ("help sett", "set"),
        ("help quary", "query"),
        ("--lang en help quary", "query"),
        ("man sett", "set"),
        ("completions zhs", "zsh"),
        ("list --colums id", "--columns"),
        ("list --columns idd", "id"),
    ] {
        let said = home.kouan(words).fails(2);
        assert!(said.contains(near), "{words}: {said}");
        assert!(
            !said.contains("statuses") && !said.contains("fish"),
            "{words}: {said}"
        );
    }
    for words in ["--bogus", "help xyzzy", "list --columns xyzzy"] {
        let said = home.kouan(words).fails(2);
        assert!(
            said.contains("--help") && !said.contains("problem"),
            "{words}: {said}"
        );
    }
}

#[test]
fn manual_pages_are_complete_and_mandoc_has_nothing_to_warn_of() {
    let home = Home::new();
    let has_mandoc = Command::new("mandoc")
        .arg("-T")
        .arg("lint")
        .arg("/dev/null")
        .output()
        .is_ok();
    assert!(
        has_mandoc || std::env::var_os("KOUAN_CI").is_none(),
        "mandoc is missing"
    );
    for lang in LANGUAGES {
        let folder = home.path(lang.tag());
        home.kouan(&format!("--lang {} man --dir", lang.tag()))
            .arg(&folder)
            .quiet();
        let pages = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let pages: Vec<_> = pages.collect();
        assert_eq!(pages.len(), names().len() + 1 + TOPICS.len());
        for path in &pages {
            let page = fs::read_to_string(path).unwrap();
            assert!(
                page.starts_with(".TH KOUAN") && page.contains("\n.BR kouan\\-query (7)"),
                "{page}"
            );
            if path.extension().is_some_and(|ending| ending == "1") {
                for key in ["man.exit", "man.environment", "man.files", "man.examples"] {
                    let heading = format!("\n.SH {}\n", lang.text(key).to_uppercase());
                    assert!(page.contains(&heading), "{heading}{page}");
                }
            }
            if has_mandoc {
                let lint = Command::new("mandoc")
                    .args(["-T", "lint", "-W", "warning"])
                    .arg(path)
                    .output();
                let said = String::from_utf8(lint.unwrap().stdout).unwrap();
                assert_eq!(said, "", "{page}");
            }
        }
    }
    let one = |name: &str| home.kouan("man").arg(name).quiet();
    assert!(one("set").contains("remark") && one("query").contains("kouan\\-query"));
}
