//! The words by which official text and tables are read, from `data/import.yaml`; parsed at the
//! first import, so that no other command pays for it.

use serde::Deserialize;
use std::sync::LazyLock;

/// A list of words.
pub(super) type Words = Vec<String>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    pub leading: Words,
    pub supporting: Words,
    pub doing: Words,
    pub guiding: Words,
    pub nouns: Words,
    pub persons: Words,
    pub others: Words,
    pub times: Words,
    pub before_due: Words,
    pub after_due: Words,
    pub long: Words,
    pub english_units: Words,
    pub english_lead: Words,
    pub english_support: Words,
    pub english_owners: Words,
    pub english_due: Words,
    pub verbs: Vec<(String, VerbKind)>,
    pub duties_ends: Words,
    pub duties: Words,
    pub duties_own: Words,
    pub duties_by: Words,
    pub first: Words,
    pub and_others: Words,
    pub finished: Words,
    pub nobody: Words,
    pub endings: Words,
    pub offices: Words,
    pub closed: Words,
    pub not_closed: Words,
    pub sentence: Words,
    pub deeds: Words,
    pub titles: Words,
    pub stages: Words,
    pub masthead: Words,
    pub navigation: Words,
    pub heads: Heads,
    pub page: PageWords,
}

/// Elements of web pages, and names of their parts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageWords {
    pub no_text: Words,
    pub around: Words,
    pub around_names: Words,
    pub blocks: Words,
}

/// What a verb says about the units before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum VerbKind {
    Plain,
    Lead,
    Support,
    Guide,
    None,
}

/// Column headers of tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heads {
    pub number_is: Words,
    pub unit_is: Words,
    pub owner_is: Words,
    pub owner_has: Words,
    pub due_is: Words,
    pub due_has: Words,
    pub status_is: Words,
    pub group_is: Words,
    pub task_is: Words,
    pub task_has: Words,
    pub about_has: Words,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("../../data/import.yaml")).unwrap_or_default()
});

/// Returns the words.
pub(super) fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}

/// Returns whether a text is one of these words.
pub(super) fn is_one(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| w == text)
}

/// Returns whether a text contains one of these words.
pub(super) fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.contains(w.as_str()))
}

/// Returns whether a text begins with one of these words.
pub(super) fn begins(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.starts_with(w.as_str()))
}

/// Returns whether a text ends with one of these words.
pub(super) fn ends(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.ends_with(w.as_str()))
}

/// Returns a text without the first of these words that it begins with, or `None`.
pub(super) fn without_start<'a>(text: &'a str, words: &[String]) -> Option<&'a str> {
    words.iter().find_map(|w| text.strip_prefix(w.as_str()))
}

/// Returns a text without the first of these words that it ends with, or `None`.
pub(super) fn without_end<'a>(text: &'a str, words: &[String]) -> Option<&'a str> {
    words.iter().find_map(|w| text.strip_suffix(w.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        let read: Result<Vocabulary, _> =
            serde_yaml::from_str(include_str!("../../data/import.yaml"));
        let words = read.expect("reads");
        assert!(words.endings.len() > 70 && words.verbs.len() > 20);
    }
}
