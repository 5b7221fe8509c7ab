//! Tests of the config: the example file, and all mistakes at once.

use super::{AmbiguousWidth, Config, ConfigError, Keys, ThemeSetting};
use crate::locale::Lang;
use std::path::Path;

fn problems(text: &str) -> String {
    Config::parse(text, Path::new("c.yaml"))
        .unwrap_err()
        .message(Lang::En)
}

#[test]
fn the_example_says_every_option_with_its_default() {
    let example = include_str!("../../config.example.yaml");
    assert_eq!(
        Config::parse(example, Path::new("e")).unwrap(),
        Config::default()
    );
    let said: serde_yaml::Mapping = serde_yaml::from_str(example).unwrap();
    let has = serde_yaml::to_value(Config::default()).unwrap();
    let keys = |m: &serde_yaml::Mapping| -> Vec<String> {
        m.keys().map(|k| k.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(keys(&said), keys(has.as_mapping().unwrap()));
}

#[test]
fn an_empty_file_is_the_defaults() {
    for text in ["", "# only a note\n", "\u{feff}", "{}"] {
        assert_eq!(
            Config::parse(text, Path::new("c")).unwrap(),
            Config::default()
        );
    }
}

#[test]
fn options_are_read() {
    let text = "theme: colour-blind\nambiguous_width: safe\nby: 张三\nstart: 2025-05-01\n\
                keys:\n  quit: x\n  help: [h, F1]\n";
    let config = Config::parse(text, Path::new("c")).unwrap();
    assert_eq!(config.theme, ThemeSetting::ColourBlind);
    assert_eq!(config.ambiguous_width, AmbiguousWidth::Safe);
    assert_eq!(config.by.as_deref(), Some("张三"));
    assert_eq!(config.start.as_deref(), Some("2025-05-01"));
    assert_eq!(config.keys["quit"], Keys::One("x".into()));
    assert_eq!(config.keys["help"].iter().collect::<Vec<_>>(), ["h", "F1"]);
}

#[test]
fn all_mistakes_are_reported_at_once_with_place_and_nearest_name() {
    let text = "them: mono\ntheme: hi-contrast\nmouse: yes please\ndays_ahead: -1\n\
                columns: [id, txet, due]\nkeys:\n  quit: {a: b}\nby: a\nby: b\n";
    let said = problems(text);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 7, "{said}");
    assert!(lines[0].starts_with("c.yaml:1:1: ") && lines[0].contains("theme"));
    assert!(lines[1].starts_with("c.yaml:2:8: ") && lines[1].contains("high-contrast"));
    assert!(lines[2].starts_with("c.yaml:3:8: ") && lines[2].contains("true"));
    assert!(lines[3].starts_with("c.yaml:4:13: ") && lines[3].contains("3650"));
    assert!(lines[4].starts_with("c.yaml:5:15: ") && lines[4].ends_with("“text”?"));
    assert!(lines[5].starts_with("c.yaml:7:9: "));
    assert!(lines[6].starts_with("c.yaml:9:1: ") && lines[6].contains("by"));
}

#[test]
fn a_text_that_is_not_a_mapping_is_reported_with_its_place() {
    assert!(problems("- a\n- b\n").starts_with("c.yaml:1:1: "));
    assert!(problems("theme: [mono\nby: x\n").starts_with("c.yaml:"));
    assert!(problems("theme: \"mono\n").starts_with("c.yaml:"));
}

#[test]
fn every_option_refuses_a_value_of_another_kind() {
    let options = serde_yaml::to_value(Config::default()).unwrap();
    for key in options.as_mapping().unwrap().keys() {
        let key = key.as_str().unwrap();
        let said = problems(&format!("{key}: !odd [[{{}}]]\n"));
        assert!(said.contains(key), "{said}");
    }
}

#[test]
fn a_missing_config_is_an_error_only_if_it_was_named() {
    let nowhere = Some("/nowhere/config.yaml".into());
    let mut paths = super::Paths::new(nowhere, Some("/data".into())).unwrap();
    assert!(matches!(Config::load(&paths), Err(ConfigError::Io { .. })));
    paths.config_asked_for = false;
    assert_eq!(Config::load(&paths).unwrap(), Config::default());
}
