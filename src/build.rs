//! Build script: records the commit for `kouan --version` and compiles the messages into a lookup
//! table.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    for language in ["zh-CN", "en"] {
        messages(language);
    }
    let number = env!("CARGO_PKG_VERSION");
    let version = commit().map_or_else(
        || number.to_owned(),
        |commit| format!("{number} ({commit})"),
    );
    println!("cargo:rustc-env=KOUAN_VERSION={version}");
    // The date on the manual pages; a source package has no commit.
    let date = git(&["log", "-1", "--format=%cs"]).filter(|date| !date.is_empty());
    let date = date.unwrap_or_else(|| "2026-11-27".to_owned());
    println!("cargo:rustc-env=KOUAN_DATE={date}");
}

/// Returns the commit. A debug build is marked as one: it is not rebuilt for every commit, so it
/// may be newer than the commit it names.
fn commit() -> Option<String> {
    // Only if the repository is ours: a package may be unpacked inside another.
    let inside = git(&["rev-parse", "--show-prefix"])?;
    let commit = git(&["rev-parse", "--short=10", "HEAD"]).filter(|_| inside.is_empty())?;
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        return Some(format!("{commit} debug"));
    }
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    println!("cargo:rerun-if-changed={log}");
    Some(commit)
}

/// Returns what git prints, or `None` without git or a repository.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok()?;
    let printed = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| printed.trim().to_owned())
}

/// Writes a language's messages as one text (key, message, key, message, …, sorted by key) and a
/// table of their positions. Parsing the YAML at start would take a tenth of the time to the first
/// frame and 90 KB.
fn messages(language: &str) {
    let source = format!("data/locales/{language}.yaml");
    println!("cargo:rerun-if-changed={source}");
    let lines = fs::read_to_string(&source).expect("the messages are part of the source");
    let mut messages = BTreeMap::new();
    for (number, line) in (1..).zip(lines.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let message = line.split_once(": ").and_then(|(key, text)| {
            let text = text.trim_end();
            let quoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
            Some((key, unescaped(quoted.unwrap_or(text))?))
        });
        let (key, text) =
            message.unwrap_or_else(|| panic!("{source}:{number}: not `key: \"text\"`: {line}"));
        assert!(
            messages.insert(key, text).is_none(),
            "{source}:{number}: {key} stands twice"
        );
    }
    let (mut all, mut places) = (String::new(), String::from("&["));
    for (key, text) in messages {
        let _ = write!(places, "({}, {}, {}),", all.len(), key.len(), text.len());
        all += key;
        all += &text;
    }
    places.push(']');
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder");
    let file = |ending: &str| Path::new(&folder).join(format!("{language}.{ending}"));
    fs::write(file("txt"), all).expect("written");
    fs::write(file("rs"), places).expect("written");
}

/// Resolves the escapes `\"`, `\\` and `\n`.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        out.push(match c {
            '\\' => match characters.next()? {
                'n' => '\n',
                other @ ('"' | '\\') => other,
                _ => return None,
            },
            _ => c,
        });
    }
    Some(out)
}
