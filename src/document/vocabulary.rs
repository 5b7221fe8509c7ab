//! The words by which official text and tables are read, from `data/import.yaml`; parsed at the
//! first import, so that no other command pays for it.

use serde::Deserialize;
use std::sync::LazyLock;

/// A list of words.
pub(super) type WordList = Vec<String>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    pub leading: WordList,
    pub supporting: WordList,
    pub doing: WordList,
    pub guiding: WordList,
    pub nouns: WordList,
    pub persons: WordList,
    pub others: WordList,
    pub times: WordList,
    pub before_due: WordList,
    pub after_due: WordList,
    pub long: WordList,
    pub english_units: WordList,
    pub english_lead: WordList,
    pub english_support: WordList,
    pub english_owners: WordList,
    pub english_due: WordList,
    /// Verbs, and what the units before them do; `None` says nothing.
    pub verbs: Vec<(String, Option<UnitRole>)>,
    pub duties_ends: WordList,
    pub duties: WordList,
    pub duties_own: WordList,
    pub duties_by: WordList,
    pub first: WordList,
    pub and_others: WordList,
    pub finished: WordList,
    pub nobody: WordList,
    pub endings: WordList,
    pub offices: WordList,
    pub closed: WordList,
    pub not_closed: WordList,
    pub sentence: WordList,
    pub deeds: WordList,
    pub titles: WordList,
    pub stages: WordList,
    pub masthead: WordList,
    pub navigation: WordList,
    pub heads: Heads,
    pub page: PageWords,
}

/// Elements of web pages, and names of their parts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageWords {
    pub no_text: WordList,
    pub around: WordList,
    pub around_names: WordList,
    pub blocks: WordList,
}

/// What a unit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnitRole {
    /// 责任单位, 负责
    Plain,
    /// 牵头, 主责, 主办
    Lead,
    /// 配合, 参与, 协办
    Support,
    /// 指导: advises, but does not do it.
    Guide,
}

/// Column headers of tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heads {
    pub number_is: WordList,
    pub unit_is: WordList,
    pub owner_is: WordList,
    pub owner_has: WordList,
    pub due_is: WordList,
    pub due_has: WordList,
    pub status_is: WordList,
    pub group_is: WordList,
    pub task_is: WordList,
    pub task_has: WordList,
    pub about_has: WordList,
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
