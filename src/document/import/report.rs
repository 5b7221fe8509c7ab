//! What an import found, changed and did not understand.
//!
//! Each importer rule that reads the text differently from the source has a name here, which
//! `corrections` in the file and the report use.

use crate::{
    document::{ClauseId, Correction, Document, Node},
    locale::Lang,
};
use std::{collections::HashMap, fmt::Display};

/// A rule that reads the source differently, by its message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ReadingRule(&'static str);

impl ReadingRule {
    /// Joins a sentence cut by a blank line or a page break.
    pub(super) const JOIN: Self = Self("correction.join");
    /// Joins lines that only wrap.
    pub(super) const WRAP: Self = Self("correction.wrap");
    /// Drops a page number.
    pub(super) const PAGE: Self = Self("correction.page");
    /// Drops a line repeated beside page numbers.
    pub(super) const RUNNING_HEAD: Self = Self("correction.running-head");
    /// Prints the brackets around the stage full-width.
    pub(super) const STAGE: Self = Self("correction.stage");
    /// Closes a bracket that closed too early at its end.
    pub(super) const SPLIT_BRACKET: Self = Self("correction.split-bracket");
    /// Treats half-width brackets like full-width ones.
    pub(super) const BRACKET_WIDTH: Self = Self("correction.bracket-width");
    /// Ignores blanks after a number.
    pub(super) const NUMBER_SPACE: Self = Self("correction.number-space");
    /// Includes punctuation after a bracket.
    pub(super) const STOP_AFTER: Self = Self("correction.stop-after");
    /// Ends a clause at its bracket even without punctuation before it.
    pub(super) const NO_STOP: Self = Self("correction.no-stop");
    /// Folds another name of a unit.
    pub(super) const ALIAS: Self = Self("correction.alias");
    /// Gives a duplicate number a free id.
    pub(super) const NUMBER: Self = Self("correction.number");
    /// Ends an unclosed bracket with its paragraph.
    pub(super) const UNCLOSED: Self = Self("correction.unclosed");
    /// Drops Markdown heading marks from the title.
    pub(super) const HEADING_MARK: Self = Self("correction.heading-mark");
    /// Drops a comment.
    pub(super) const COMMENT: Self = Self("correction.comment");
    /// Drops front matter.
    pub(super) const FRONT_MATTER: Self = Self("correction.front-matter");
    /// Names a document without a title after its file.
    pub(super) const NO_TITLE: Self = Self("correction.no-title");

    /// One entry covers all places of these, because they may apply to every clause.
    const TOLD_ONCE: [Self; 5] = [
        Self::WRAP,
        Self::BRACKET_WIDTH,
        Self::NUMBER_SPACE,
        Self::STOP_AFTER,
        Self::NO_STOP,
    ];
}

/// Returns whether a correction with this key removes page furniture.
pub(super) fn is_furniture(key: &str) -> bool {
    let furniture = [
        ReadingRule::PAGE,
        ReadingRule::RUNNING_HEAD,
        ReadingRule::COMMENT,
        ReadingRule::FRONT_MATTER,
    ];
    furniture.iter().any(|r| r.0 == key)
}

/// Returns whether a correction with this key changes the text itself.
pub(super) fn changes_text(key: &str) -> bool {
    let changing = [
        ReadingRule::STAGE,
        ReadingRule::SPLIT_BRACKET,
        ReadingRule::HEADING_MARK,
        ReadingRule::NO_TITLE,
    ];
    changing.iter().any(|r| r.0 == key)
}

/// Something the importer saw and did not read, or not completely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWarning {
    /// The line of the source.
    pub line: usize,
    /// The last line, if it covers several.
    pub last: usize,
    /// The text, verbatim.
    pub said: String,
    /// Why, as a message key.
    pub why: &'static str,
}

/// Notes that the importer's stages take.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub corrections: Vec<Correction>,
    pub doubts: Vec<ImportWarning>,
    pub joins: Vec<usize>,
    pub unassigned: Vec<usize>,
    /// Clauses ticked in the source, by index.
    pub ticked: Vec<usize>,
    /// Items under other items: clause index, text, and whether it is ticked.
    pub steps: Vec<(usize, String, bool)>,
    told: HashMap<ReadingRule, usize>,
}

impl Notes {
    /// Counts another place of a rule reported once; returns false for the first.
    pub(super) fn again(&mut self, rule: ReadingRule) -> bool {
        let Some(known) = self.told.get(&rule) else {
            return false;
        };
        let entry = &mut self.corrections[*known];
        entry.times = entry.times.max(1) + 1;
        true
    }

    pub(super) fn correct(&mut self, line: usize, source: &str, read: &str, rule: ReadingRule) {
        if ReadingRule::TOLD_ONCE.contains(&rule) {
            if self.again(rule) {
                return;
            }
            self.told.insert(rule, self.corrections.len());
        }
        self.corrections.push(Correction {
            line,
            times: 0,
            source: source.to_owned(),
            read: read.to_owned(),
            why: rule.0.to_owned(),
        });
    }

    /// Notes a correction at the very start of the source; must be the last one noted.
    pub(super) fn correct_first(&mut self, source: &str, read: &str, rule: ReadingRule) {
        self.correct(1, source, read, rule);
        self.corrections.rotate_right(1);
    }

    pub(super) fn doubt(&mut self, line: usize, said: &str, why: &'static str) {
        self.doubts.push(ImportWarning {
            line,
            last: line,
            said: said.to_owned(),
            why,
        });
    }

    /// Returns the corrections in source order.
    pub(super) fn take_corrections(&mut self) -> Vec<Correction> {
        let mut corrections = std::mem::take(&mut self.corrections);
        corrections.sort_by_key(|c| c.line);
        corrections
    }
}

/// What an import found, changed and did not understand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Lines joined to the previous one in mid-sentence.
    pub joins: Vec<usize>,
    /// Lines of paragraphs without units, kept as text.
    pub unassigned: Vec<usize>,
    /// Clauses ticked in the source.
    pub ticked: Vec<ClauseId>,
    /// Items under other items: clause, text, and whether it is ticked.
    pub steps: Vec<(ClauseId, String, bool)>,
    /// What was not understood.
    pub doubts: Vec<ImportWarning>,
}

impl ImportReport {
    /// Returns the report on a document for people, one message per line.
    pub fn lines(&self, document: &Document, lang: Lang) -> Vec<String> {
        let units = document.units().len();
        // Nobody expects units in a plain list.
        let (found, text) = if units > 0 {
            ("import.found", "import.unassigned")
        } else {
            ("import.found-list", "import.text")
        };
        let mut out = vec![lang.fill(
            found,
            &[
                ("chapters", &document.chapters.len()),
                ("measures", &document.measures.len()),
                ("clauses", &document.clauses.len()),
                ("units", &units),
            ],
        )];
        let chapters = document.chapters.iter().enumerate();
        for (i, chapter) in chapters.filter(|_| document.chapters.len() > 1) {
            let values: [(&str, &dyn Display); 3] = [
                ("chapter", &chapter.heading()),
                ("measures", &chapter.measures.len()),
                ("clauses", &document.clauses_of(Node::Chapter(i)).len()),
            ];
            out.push(lang.fill("import.chapter", &values));
        }
        let corrections = document.corrections.len();
        if corrections > 0 {
            out.push(lang.fill("import.corrections", &[("count", &corrections)]));
        }
        out.extend(numbers(lang, "import.joins", &self.joins));
        out.extend(numbers(lang, text, &self.unassigned));
        for doubt in &self.doubts {
            let why = lang.text(doubt.why);
            let line = if doubt.last > doubt.line {
                format!("{}-{}", doubt.line, doubt.last)
            } else {
                doubt.line.to_string()
            };
            let said: String = doubt.said.split_whitespace().collect::<Vec<_>>().join(" ");
            let values: [(&str, &dyn Display); 3] =
                [("line", &line), ("why", &why), ("said", &said)];
            out.push(lang.fill("import.doubt", &values));
        }
        out
    }
}

fn numbers(lang: Lang, key: &'static str, lines: &[usize]) -> Option<String> {
    let list = runs(lines);
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    let count = lines.len();
    (count > 0).then(|| lang.fill(key, &[("count", &count), ("lines", &lang.list(&list))]))
}

/// Returns line numbers in order and without duplicates, consecutive ones as `12-14`.
fn runs(lines: &[usize]) -> Vec<String> {
    lines
        .chunk_by(|a, b| *b == *a || *b == a + 1)
        .filter_map(|run| match (run.first()?, run.last()?) {
            (first, last) if first == last => Some(first.to_string()),
            (first, last) => Some(format!("{first}-{last}")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn neighbours_are_one_run() {
        let said = super::runs(&[2, 6, 9, 10, 11, 24, 24, 25, 30, 30]).join(" ");
        assert_eq!(said, "2 6 9-11 24-25 30");
        assert!(super::runs(&[]).is_empty());
    }
}
