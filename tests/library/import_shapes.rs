//! Shapes of documents: an invented text each, with the expected document.
//!
//! `KOUAN_WRITE=1 cargo test --test library import_shapes` writes missing or changed ones; review
//! the difference before committing.

use kouan::document::{
    import::{ImportError, ImportOptions, import},
    yaml,
};
use std::{fs, path::PathBuf};

fn fixtures() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the fixtures are there")
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths
}

fn options(path: &std::path::Path) -> ImportOptions {
    let name = path.file_name().expect("a file").to_string_lossy();
    ImportOptions {
        name: Some(name.into_owned()),
        ..ImportOptions::default()
    }
}

#[test]
fn every_shape_gives_the_expected_document() {
    let paths = fixtures();
    assert!(paths.len() >= 19);
    for path in paths {
        let text = fs::read_to_string(&path).expect("reads");
        let imported = import(&text, &options(&path)).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let made = yaml::write(&imported.document);
        let expected = path.with_extension("yaml");
        if std::env::var_os("KOUAN_WRITE").is_some() {
            fs::write(&expected, &made).expect("writes");
        }
        let expected = fs::read_to_string(expected).expect("reads");
        assert_eq!(made, expected, "{path:?}");
    }
}

#[test]
fn the_same_text_with_other_line_ends_and_blanks_is_the_same_document() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).expect("reads");
        let plain = import(&text, &options(&path)).expect("imports").document;
        let windows = text.replace('\n', "\r\n");
        let wide = format!("\u{feff}{}\n\u{3000}\n", text.replace('\n', "\u{3000}\n"));
        for other in [windows, wide] {
            let other = import(&other, &options(&path)).expect("imports").document;
            assert_eq!(other, plain, "{path:?}");
        }
    }
}

#[test]
fn an_invalid_document_is_refused() {
    let refused = |text: &str| import(text, &ImportOptions::default()).expect_err("refused");
    assert_eq!(refused(""), ImportError::Empty);
    assert_eq!(refused("\u{feff} \n\u{3000}"), ImportError::Empty);
    assert_eq!(refused("\u{7f}ELF\0\0"), ImportError::Binary);
    assert_eq!(refused("PK\u{3}\u{4}\u{14}"), ImportError::Binary);
    assert_eq!(refused("<!DOCTYPE html>\n<p>一、甲"), ImportError::Html);
    assert_eq!(refused(" <HTML lang='zh'>"), ImportError::Html);
    let large = "甲".repeat(kouan::document::import::MOST_BYTES / 3 + 1);
    assert_eq!(refused(&large), ImportError::TooLarge);
    for text in [
        "只是一句话。",
        "某市意见\n一、总则\n（一）做好甲。\n（二）做好乙（由部门负责），再做丙。",
    ] {
        assert!(
            matches!(refused(text), ImportError::NoClauses { .. }),
            "{text}"
        );
    }
    let id = ImportOptions {
        id: Some("../x".to_owned()),
        ..ImportOptions::default()
    };
    let error = import("- [ ] a", &id).expect_err("refused");
    assert!(matches!(error, ImportError::Id { .. }));
}
