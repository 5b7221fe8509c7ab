//! Documents as people have them: inputs that were once read wrongly, each with its right value.
//!
//! `NAME.md` says the right value in words, `NAME.right` as it is compared here.
//! `KOUAN_BLESS=1 cargo test --test library import_real` writes what is missing or changed; then hold
//! it against the words before committing it.

use kouan::document::{
    Clause,
    import::{Imported, Options, import_source, proof},
    source,
};
use std::{fmt::Write as _, fs, path::PathBuf};

/// Returns what was read of a file, a clause and a doubt a line.
fn summary(name: &str, bytes: &[u8]) -> String {
    let source = source::read(bytes.to_vec(), None, name).unwrap_or_else(|e| panic!("{name}: {e}"));
    let options = Options {
        name: Some(name.to_owned()),
        ..Options::default()
    };
    match import_source(&source, &options) {
        Ok(imported) => {
            assert_eq!(
                proof::check(&source.text, &imported.document),
                Ok(()),
                "{name}"
            );
            told(&imported)
        }
        Err(error) => format!("refused: {error}\n"),
    }
}

fn told(imported: &Imported) -> String {
    let Imported { document, report } = imported;
    let mut out = format!("title: {}\n", document.title);
    for chapter in &document.chapters {
        let _ = writeln!(out, "chapter: {}", chapter.heading());
        for measure in &document.measures[chapter.measures.clone()] {
            if !measure.print.implied {
                let _ = writeln!(out, "measure: {}", measure.title);
            }
            for clause in &document.clauses[measure.clauses.clone()] {
                out.push_str(&line(clause));
            }
        }
    }
    for doubt in &report.doubts {
        let last = if doubt.last > doubt.line {
            format!("-{}", doubt.last)
        } else {
            String::new()
        };
        let _ = writeln!(out, "? {}{last} {}: {}", doubt.line, doubt.why, doubt.said);
    }
    out
}

fn line(clause: &Clause) -> String {
    let r = &clause.responsibility;
    let mut out = format!("{} {} {}", clause.id, &*clause.label, &*clause.text);
    let mut more = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(out, " | {name}: {value}");
        }
    };
    more("units", &r.units.join("、"));
    more("lead", &r.lead.join("、"));
    more("duties", if r.by_duties { "yes" } else { "" });
    more("due", clause.due.as_deref().unwrap_or_default());
    more("owner", clause.owner.as_deref().unwrap_or_default());
    more("after", clause.after.as_deref().unwrap_or_default());
    out.push('\n');
    out
}

#[test]
fn every_case_gives_its_right_value() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/real");
    let paths = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let is_case = |p: &PathBuf| !p.extension().is_some_and(|e| e == "md" || e == "right");
    let mut cases: Vec<PathBuf> = paths.filter(is_case).collect();
    cases.sort();
    assert!(cases.len() >= 31);
    let mut wrong = String::new();
    for path in cases {
        let name = path.file_name().unwrap().to_string_lossy();
        let made = summary(&name, &fs::read(&path).unwrap());
        let right = path.with_extension("right");
        if std::env::var_os("KOUAN_BLESS").is_some() {
            fs::write(&right, &made).unwrap();
        }
        let expected = fs::read_to_string(&right).unwrap_or_default();
        if made != expected {
            let _ = writeln!(wrong, "{name}\n--- right\n{expected}--- made\n{made}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
