//! Units (责任单位): names of the same unit, and short names for searching.
//!
//! An alias is another printed form and is folded at import (市发改委 is 市发展改革委). A short
//! name is what people type (海关); it is never folded, since in the next document 海关 is another
//! office.

use crate::{files, locale::Lang};
use serde::Deserialize;
use std::{collections::HashMap, path::Path, sync::LazyLock};

/// A unit and its names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The name that lists and reports print.
    pub name: String,
    /// Other printed forms of it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What people call it.
    #[serde(default)]
    pub short: Vec<String>,
}

/// Why a file of units cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum UnitError {
    /// The file cannot be opened.
    Unreadable {
        /// Its path.
        file: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// It is not a list of units.
    Yaml {
        /// Its path.
        file: String,
        /// The YAML reader's message, with line and column.
        problem: String,
    },
}

impl UnitError {
    /// Returns what is wrong and what to do, in the interface language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable { file, source } => lang.fill(
                "document.error.unreadable",
                &[("file", file), ("problem", &lang.system(source))],
            ),
            Self::Yaml { file, problem } => {
                lang.fill("unit.error.yaml", &[("file", file), ("problem", problem)])
            }
        }
    }
}

/// All known units, by any of their names.
#[derive(Debug, Clone, Default)]
pub struct Units {
    list: Vec<Unit>,
    /// Names and aliases.
    printed: HashMap<String, usize>,
    /// Short names; several units may share one.
    short: HashMap<String, Vec<usize>>,
}

static BUILTIN: LazyLock<Units> = LazyLock::new(|| {
    let units: Vec<Unit> =
        serde_yaml::from_str(include_str!("../../data/units.yaml")).unwrap_or_default();
    Units::default().with(units)
});

impl Units {
    /// Returns the built-in units (`data/units.yaml`).
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Returns the built-in units extended by the user's file, which need not exist.
    ///
    /// # Errors
    ///
    /// The file exists and is not a list of units.
    pub fn with_file(path: &Path) -> Result<Self, UnitError> {
        let file = path.display().to_string();
        let text = match files::read_text(path, files::MOST_SMALL) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::builtin().clone());
            }
            Err(source) => return Err(UnitError::Unreadable { file, source }),
        };
        Self::parse(&text)
            .map(|units| Self::builtin().clone().with(units))
            .map_err(|problem| UnitError::Yaml { file, problem })
    }

    /// Parses a list of units; only white space and comments make an empty one.
    fn parse(text: &str) -> Result<Vec<Unit>, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let units: Option<Vec<Unit>> = serde_yaml::from_str(text).map_err(|e| e.to_string())?;
        Ok(units.unwrap_or_default())
    }

    /// Adds units; a known unit gains names, and a later alias wins.
    #[must_use]
    pub fn with(mut self, units: Vec<Unit>) -> Self {
        for unit in units {
            self.add(unit);
        }
        self
    }

    fn add(&mut self, unit: Unit) {
        let known = self.list.iter().position(|u| u.name == unit.name);
        let index = known.unwrap_or(self.list.len());
        self.printed.insert(unit.name.clone(), index);
        for alias in &unit.aliases {
            self.printed.insert(alias.clone(), index);
        }
        for short in &unit.short {
            let sharers = self.short.entry(short.clone()).or_default();
            if !sharers.contains(&index) {
                sharers.push(index);
            }
        }
        match known {
            Some(i) => {
                self.list[i].aliases.extend(unit.aliases);
                self.list[i].short.extend(unit.short);
            }
            None => self.list.push(unit),
        }
    }

    /// Returns the canonical form of a printed name; an unknown name is returned as it is.
    pub fn canonical<'a>(&'a self, name: &'a str) -> &'a str {
        self.printed
            .get(name)
            .map_or(name, |i| self.list[*i].name.as_str())
    }

    /// Returns the unit with this name or alias.
    pub fn find(&self, name: &str) -> Option<&Unit> {
        self.printed.get(name).map(|i| &self.list[*i])
    }

    /// Returns the units that any name may mean: printed names first, then short names.
    pub fn lookup<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Unit> + use<'a> {
        let printed = self.printed.get(name).copied();
        let short = self.short.get(name).map_or(&[][..], Vec::as_slice);
        printed
            .into_iter()
            .chain(short.iter().copied().filter(move |i| Some(*i) != printed))
            .map(|i| &self.list[i])
    }

    /// Returns the short names of a unit; none if it is unknown.
    pub fn short_names(&self, name: &str) -> &[String] {
        self.find(name).map_or(&[], |u| u.short.as_slice())
    }

    /// Returns every name of a unit: canonical name, aliases, short names; none if it is unknown.
    pub fn names<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.find(name).into_iter().flat_map(|u| {
            std::iter::once(&u.name)
                .chain(&u.aliases)
                .chain(&u.short)
                .map(String::as_str)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_folded_and_a_short_name_is_not() {
        let units = Units::builtin();
        assert_eq!(units.canonical("市发改委"), "市发展改革委");
        assert_eq!(units.canonical("海关"), "海关");
        assert_eq!(units.canonical("甲港集团"), "甲港集团");
    }

    #[test]
    fn any_name_finds_the_unit() {
        let units = Units::builtin();
        for name in ["天津海关", "海关"] {
            let found: Vec<_> = units.lookup(name).map(|u| u.name.as_str()).collect();
            assert_eq!(found, ["天津海关"]);
        }
        assert_eq!(units.short_names("市交通委"), ["交通委", "交通"]);
        assert!(units.names("天津边检总站").any(|n| n == "边检"));
        assert_eq!(units.lookup("没有这个").count(), 0);
    }

    #[test]
    fn the_file_is_a_list_without_repeated_names() {
        let units = Units::parse(include_str!("../../data/units.yaml")).expect("reads");
        let names: Vec<_> = units
            .iter()
            .flat_map(|u| std::iter::once(&u.name).chain(&u.aliases))
            .collect();
        let once: std::collections::HashSet<_> = names.iter().collect();
        assert_eq!(once.len(), names.len());
    }

    #[test]
    fn a_user_file_adds_names_and_overrides() {
        let more =
            Units::parse("- name: 天津海关\n  aliases: [本关]\n  short: [关]\n").expect("reads");
        let units = Units::builtin().clone().with(more);
        assert_eq!(units.canonical("本关"), "天津海关");
        assert_eq!(units.short_names("天津海关"), ["海关", "关"]);
        assert_eq!(Units::parse("# nothing\n"), Ok(Vec::new()));
        assert!(Units::parse("name: x").is_err());
    }
}
