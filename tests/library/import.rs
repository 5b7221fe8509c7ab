//! The importer on whole documents: counts, units, the round trip, and the shipped data.

use kouan::document::{
    Document,
    import::{ImportOptions, Imported, import, proof},
    yaml,
};
use std::collections::HashMap;

const SEED: &str = include_str!("../../seeds/tianjin-2025.txt");
const DATA: &str = include_str!("../../data/tianjin-2025.yaml");

fn tianjin() -> Imported {
    let options = ImportOptions {
        name: Some("tianjin-2025.txt".to_owned()),
        ..ImportOptions::default()
    };
    import(SEED, &options).expect("the seed is a measures document")
}

fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_seed_gives_the_committed_data() {
    assert_eq!(yaml::write(&tianjin().document), DATA);
}

#[test]
fn the_committed_data_gives_the_imported_document() {
    let read = yaml::read(DATA, "tianjin-2025.yaml").expect("reads");
    assert_eq!(read, tianjin().document);
}

#[test]
fn the_seed_has_five_chapters_twenty_measures_and_forty_two_clauses() {
    let Imported { document, report } = tianjin();
    let measures: Vec<_> = document.chapters.iter().map(|c| c.measures.len()).collect();
    assert_eq!(measures, [7, 5, 3, 1, 4]);
    assert_eq!(document.measures.len(), 20);
    assert_eq!(document.clauses.len(), 42);
    assert_eq!(document.units().len(), 22);
    assert_eq!((report.unassigned, report.doubts), (vec![], vec![]));
}

fn counts(document: &Document) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for clause in &document.clauses {
        for unit in &clause.responsibility.units {
            *counts.entry(unit.as_str()).or_insert(0) += 1;
        }
    }
    counts
}

#[test]
fn every_unit_answers_for_its_clauses() {
    let document = tianjin().document;
    let counts = counts(&document);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    assert_eq!(
        counts,
        [
            ("天津海关", 19),
            ("市交通运输委", 10),
            ("市商务局", 8),
            ("天津港集团", 7),
            ("国铁北京局集团天津办事处", 3),
            ("天津海事局", 3),
            ("天津滨海国际机场", 3),
            ("天津边检总站", 3),
            ("市公安局", 3),
            ("市市场监管委", 3),
            ("东疆综保区管委会", 2),
            ("市发展改革委", 2),
            ("市药监局", 2),
            ("中国信保天津分公司", 1),
            ("国家税务总局天津市税务局", 1),
            ("市卫生健康委", 1),
            ("市外办", 1),
            ("市生态环境局", 1),
            ("民航天津监管局", 1),
            ("相关区人民政府及功能区管委会", 1),
            ("相关船公司", 1),
            ("自贸区管委会", 1),
        ]
    );
}

#[test]
fn by_duties_is_where_the_source_says_so() {
    let document = tianjin().document;
    let duties = document
        .clauses
        .iter()
        .filter(|c| c.responsibility.by_duties);
    assert_eq!(duties.count(), SEED.matches("按职责分工").count());
    let split = document
        .find("2.1".parse().expect("an id"))
        .expect("is there");
    let split = &document.clauses[split].responsibility;
    assert!(split.by_duties && split.said.ends_with("按职责分工负责）"));
}

#[test]
fn the_joined_document_is_the_source_but_for_its_own_corrections() {
    let document = tianjin().document;
    // Independent of the importer's own proof.
    let mut source = tight(SEED);
    for correction in &document.corrections {
        if ["correction.stage", "correction.split-bracket"].contains(&correction.why.as_str()) {
            source = source.replacen(&tight(&correction.source), &tight(&correction.read), 1);
        }
    }
    assert_eq!(tight(&proof::joined(&document)), source);
    assert_ne!(source, tight(SEED));
}

#[test]
fn the_proof_finds_any_changed_character() {
    let document = tianjin().document;
    assert_eq!(proof::check(SEED, &document), Ok(()));
    let lines: Vec<&str> = SEED.lines().collect();
    for (i, line) in lines.iter().enumerate() {
        let Some(last) = line.trim_end().chars().next_back() else {
            continue;
        };
        let mut changed = lines.clone();
        let other = line.trim_end().replace(last, "※");
        changed[i] = &other;
        assert!(
            proof::check(&changed.join("\n"), &document).is_err(),
            "{line}"
        );
    }
    assert!(proof::check(&format!("{SEED}多"), &document).is_err());
}

#[test]
fn every_trap_is_listed_with_its_reason() {
    let document = tianjin().document;
    let whys: Vec<&str> = document
        .corrections
        .iter()
        .map(|c| c.why.as_str())
        .collect();
    for why in [
        "join",
        "stage",
        "split-bracket",
        "bracket-width",
        "number-space",
        "stop-after",
        "no-stop",
        "alias",
    ] {
        let key = format!("correction.{why}");
        assert!(whys.contains(&key.as_str()), "{key}");
    }
    let lines: Vec<&str> = SEED.lines().collect();
    for correction in &document.corrections {
        let first = correction.source.split('\n').next().unwrap_or_default();
        let line = lines[correction.line - 1];
        assert!(tight(line).contains(&tight(first)), "{correction:?}");
    }
}
