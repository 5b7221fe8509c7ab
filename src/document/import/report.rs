//! What an import found, changed and did not understand.
//!
//! Each importer rule that reads the text differently from the source has a name here, which
//! `corrections` in the file and the report use.

use crate::{
    document::{ClauseId, Correction},
    locale::Lang,
};
use std::{collections::HashMap, fmt::Display};

/// Rules that read the source differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ReadingRule {
    /// Joins a sentence cut by a blank line or a page break.
    Join,
    /// Joins lines that only wrap.
    Wrap,
    /// Drops a page number.
    Page,
    /// Drops a line repeated beside page numbers.
    RunningHead,
    /// Prints the brackets around the stage full-width.
    Stage,
    /// Closes a bracket that closed too early at its end.
    SplitBracket,
    /// Treats half-width brackets like full-width ones.
    BracketWidth,
    /// Ignores blanks after a number.
    NumberSpace,
    /// Includes punctuation after a bracket.
    StopAfter,
    /// Ends a clause at its bracket even without punctuation before it.
    NoStop,
    /// Folds another name of a unit.
    Alias,
    /// Gives a duplicate number a free id.
    Number,
    /// Ends an unclosed bracket with its paragraph.
    Unclosed,
    /// Drops Markdown heading marks from the title.
    HeadingMark,
    /// Drops a comment.
    Comment,
    /// Drops front matter.
    FrontMatter,
    /// Names a document without a title after its file.
    NoTitle,
}

impl ReadingRule {
    /// Returns the message key written to the file.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Join => "correction.join",
            Self::Wrap => "correction.wrap",
            Self::Page => "correction.page",
            Self::RunningHead => "correction.running-head",
            Self::Stage => "correction.stage",
            Self::SplitBracket => "correction.split-bracket",
            Self::BracketWidth => "correction.bracket-width",
            Self::NumberSpace => "correction.number-space",
            Self::StopAfter => "correction.stop-after",
            Self::NoStop => "correction.no-stop",
            Self::Alias => "correction.alias",
            Self::Number => "correction.number",
            Self::Unclosed => "correction.unclosed",
            Self::HeadingMark => "correction.heading-mark",
            Self::Comment => "correction.comment",
            Self::FrontMatter => "correction.front-matter",
            Self::NoTitle => "correction.no-title",
        }
    }

    /// Returns whether one entry covers all places, because the rule may apply to every clause.
    const fn is_told_once(self) -> bool {
        matches!(
            self,
            Self::Wrap | Self::BracketWidth | Self::NumberSpace | Self::StopAfter | Self::NoStop
        )
    }
}

/// Returns whether a correction with this key removes page furniture.
pub(super) fn is_furniture(key: &str) -> bool {
    [
        ReadingRule::Page,
        ReadingRule::RunningHead,
        ReadingRule::Comment,
        ReadingRule::FrontMatter,
    ]
    .iter()
    .any(|r| r.key() == key)
}

/// Returns whether a correction with this key changes the text itself.
pub(super) fn changes_text(key: &str) -> bool {
    [
        ReadingRule::Stage,
        ReadingRule::SplitBracket,
        ReadingRule::HeadingMark,
        ReadingRule::NoTitle,
    ]
    .iter()
    .any(|r| r.key() == key)
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
        if rule.is_told_once() {
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
            why: rule.key().to_owned(),
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
    /// Chapters (章) found, including those without tasks.
    pub chapters: usize,
    /// Measures (条) found, including those without clauses.
    pub measures: usize,
    /// Clauses (款) found.
    pub clauses: usize,
    /// Different units (责任单位) found.
    pub units: usize,
    /// Entries under `corrections`.
    pub corrections: usize,
    /// Lines joined to the previous one in mid-sentence.
    pub joins: Vec<usize>,
    /// Lines of paragraphs without units, kept as text.
    pub unassigned: Vec<usize>,
    /// Each chapter's heading, measures and clauses.
    pub by_chapter: Vec<(String, usize, usize)>,
    /// Clauses ticked in the source.
    pub ticked: Vec<ClauseId>,
    /// Items under other items: clause, text, and whether it is ticked.
    pub steps: Vec<(ClauseId, String, bool)>,
    /// What was not understood.
    pub doubts: Vec<ImportWarning>,
}

impl ImportReport {
    /// Returns the report for people, one message per line.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        // Nobody expects units in a plain list.
        let (found, text) = if self.units > 0 {
            ("import.found", "import.unassigned")
        } else {
            ("import.found-list", "import.text")
        };
        let mut out = vec![lang.fill(
            found,
            &[
                ("chapters", &self.chapters),
                ("measures", &self.measures),
                ("clauses", &self.clauses),
                ("units", &self.units),
            ],
        )];
        if self.by_chapter.len() > 1 {
            out.extend(self.by_chapter.iter().map(|(heading, measures, clauses)| {
                let values: [(&str, &dyn Display); 3] = [
                    ("chapter", heading),
                    ("measures", measures),
                    ("clauses", clauses),
                ];
                lang.fill("import.chapter", &values)
            }));
        }
        if self.corrections > 0 {
            out.push(lang.fill("import.corrections", &[("count", &self.corrections)]));
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
