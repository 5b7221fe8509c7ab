//! What an import found, changed and did not understand.
//!
//! Each rule of the importer that reads the text otherwise than it stands has a name here, so that
//! `corrections` in the file and the report say why.

use crate::{
    document::{ClauseId, Correction},
    locale::Lang,
};
use std::{collections::HashMap, fmt::Display};

/// The rules by which the source is read otherwise than it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    /// A sentence cut by a blank line or a page break is joined.
    Join,
    /// Lines that only wrap are joined.
    Wrap,
    /// A page number is no text.
    Page,
    /// A line repeated beside page numbers is no text.
    RunningHead,
    /// The brackets round the stage are printed full width.
    Stage,
    /// A bracket closed before its end is closed at its end.
    SplitBracket,
    /// Half-width brackets count like full-width ones.
    BracketWidth,
    /// Blanks after a number do not count.
    NumberSpace,
    /// A stop after a bracket belongs to the bracket.
    StopAfter,
    /// A clause ends at its bracket, with or without a stop before it.
    NoStop,
    /// Another name of a unit is read as its name.
    Alias,
    /// A number that stands twice gets a free one for its id.
    Number,
    /// A bracket that is never closed ends with its paragraph.
    Unclosed,
    /// The marks of a Markdown heading are not part of the title.
    HeadingMark,
    /// A comment is no text.
    Comment,
    /// What stands before a text for programs is no text.
    FrontMatter,
    /// A document without a title is named after its file.
    NoTitle,
}

impl Rule {
    /// Returns the message key that stands in the file.
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

    /// Returns whether one entry stands for all places: such a rule may apply to every clause.
    const fn is_told_once(self) -> bool {
        matches!(
            self,
            Self::Wrap | Self::BracketWidth | Self::NumberSpace | Self::StopAfter | Self::NoStop
        )
    }
}

/// Returns whether a correction with this key takes out a line of page furniture.
pub(super) fn is_furniture(key: &str) -> bool {
    [
        Rule::Page,
        Rule::RunningHead,
        Rule::Comment,
        Rule::FrontMatter,
    ]
    .iter()
    .any(|r| r.key() == key)
}

/// Returns whether a correction with this key changes the text itself, not only how it is read.
pub(super) fn changes_text(key: &str) -> bool {
    [
        Rule::Stage,
        Rule::SplitBracket,
        Rule::HeadingMark,
        Rule::NoTitle,
    ]
    .iter()
    .any(|r| r.key() == key)
}

/// Something that the importer saw and did not take, or not wholly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The line of the source.
    pub line: usize,
    /// The last line, where it is about several.
    pub last: usize,
    /// The text, verbatim.
    pub said: String,
    /// Why, as a message key.
    pub why: &'static str,
}

/// What the rooms of the importer note on their way.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub corrections: Vec<Correction>,
    pub doubts: Vec<Doubt>,
    pub joins: Vec<usize>,
    pub unassigned: Vec<usize>,
    /// The clauses that the source has ticked, by their places in the document.
    pub ticked: Vec<usize>,
    /// The items under other items: the clause's place, the text, and whether it is ticked.
    pub steps: Vec<(usize, String, bool)>,
    told: HashMap<Rule, usize>,
}

impl Notes {
    /// Counts one more place of a rule that is told once; false where it was not told yet.
    pub(super) fn again(&mut self, rule: Rule) -> bool {
        let Some(known) = self.told.get(&rule) else {
            return false;
        };
        let entry = &mut self.corrections[*known];
        entry.times = entry.times.max(1) + 1;
        true
    }

    pub(super) fn correct(&mut self, line: usize, source: &str, read: &str, rule: Rule) {
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

    /// Notes a correction at the very start of the source; the last one to be noted.
    pub(super) fn correct_first(&mut self, source: &str, read: &str, rule: Rule) {
        self.correct(1, source, read, rule);
        self.corrections.rotate_right(1);
    }

    pub(super) fn doubt(&mut self, line: usize, said: &str, why: &'static str) {
        self.doubts.push(Doubt {
            line,
            last: line,
            said: said.to_owned(),
            why,
        });
    }

    /// Returns the corrections in the order of the source.
    pub(super) fn take_corrections(&mut self) -> Vec<Correction> {
        let mut corrections = std::mem::take(&mut self.corrections);
        corrections.sort_by_key(|c| c.line);
        corrections
    }
}

/// What an import found, changed and did not understand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Chapters (章) found, those without tasks included.
    pub chapters: usize,
    /// Measures (条) found, those without clauses included.
    pub measures: usize,
    /// Clauses (款) found.
    pub clauses: usize,
    /// Different units (责任单位) found.
    pub units: usize,
    /// Entries under `corrections`.
    pub corrections: usize,
    /// Lines that were joined to the one before, in mid-sentence.
    pub joins: Vec<usize>,
    /// Lines of paragraphs that no unit answers for, and that are kept as text.
    pub unassigned: Vec<usize>,
    /// Each chapter's heading, measures and clauses.
    pub by_chapter: Vec<(String, usize, usize)>,
    /// The clauses that the source has ticked.
    pub ticked: Vec<ClauseId>,
    /// The items under other items: the clause, the text, and whether the source has it ticked.
    pub steps: Vec<(ClauseId, String, bool)>,
    /// What was not understood.
    pub doubts: Vec<Doubt>,
}

impl Report {
    /// Returns the report for people, a message a line.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        // Nobody looks for units in a plain list.
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

/// Returns line numbers in their order, each once, neighbours as `12-14`.
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
