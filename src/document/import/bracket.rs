//! Finds the assignments in running text: brackets of any kind, and lines that begin with a label.
//!
//! One pass pairs the brackets with a stack, whatever their width; each pair is looked at once, and
//! read only if it begins or ends like an assignment. So the time is linear in the text.

use super::{
    ImportContext,
    flow::{Flow, is_stop, unbroken},
    lines::is_blank,
    report::{Notes, ReadingRule},
    responsibility::{self, Reading, ReadingPlace},
};

mod assignment;

use assignment::Repair;
pub(super) use assignment::{Assignment, of_row};

/// Finds the assignments of a flow, in order.
pub(super) fn find(flow: &Flow, context: &ImportContext<'_>, notes: &mut Notes) -> Vec<Assignment> {
    let mut finder = Finder {
        flow,
        context,
        notes,
        strays: Vec::new(),
        found: Vec::new(),
    };
    let places = finder.scan();
    for place in places {
        finder.consider(place);
    }
    finder.found
}

/// A place that may be an assignment.
#[derive(Debug, Clone, Copy)]
enum Candidate {
    /// A pair of brackets: start, and end after the closing one.
    Pair(usize, usize),
    /// An unclosed bracket, and where the next one begins.
    Open(usize, usize),
    /// A label without a bracket.
    Label(usize),
}

impl Candidate {
    const fn start(self) -> usize {
        match self {
            Self::Pair(start, _) | Self::Open(start, _) | Self::Label(start) => start,
        }
    }
}

/// A reading, or why it is not an assignment.
type ReadResult = Result<Reading, &'static str>;

/// The deepest nesting within an assignment: 市市场监管局（市知识产权局） and one more.
const DEEPEST: usize = 3;

/// Returns whether a character ends an assignment without brackets.
const fn ends_label(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '\n')
}

const fn is_opener(c: char) -> bool {
    matches!(c, '（' | '(' | '〔' | '【' | '[' | '［')
}

const fn is_closer(c: char) -> bool {
    matches!(c, '）' | ')' | '〕' | '】' | ']' | '］')
}

/// Returns the closing bracket of the same kind and width.
const fn closer_of(opener: char) -> char {
    match opener {
        '(' => ')',
        '〔' => '〕',
        '【' => '】',
        '[' => ']',
        '［' => '］',
        _ => '）',
    }
}

struct Finder<'a> {
    flow: &'a Flow,
    context: &'a ImportContext<'a>,
    notes: &'a mut Notes,
    /// Closing brackets without an opening one.
    strays: Vec<usize>,
    found: Vec<Assignment>,
}

impl Finder<'_> {
    /// Pairs the brackets and finds the labels, by position.
    fn scan(&mut self) -> Vec<Candidate> {
        let mut spots = Vec::new();
        // Each open bracket, with the depth of the pairs inside it.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut fresh = true;
        for (i, c) in self.flow.text.char_indices() {
            let rest = || self.flow.after(i);
            if is_opener(c) {
                // 【责任单位】甲: the bracket is part of the label.
                let at_label = matches!(c, '【' | '〔') && open.is_empty() && fresh;
                if at_label && responsibility::has_label(rest()) {
                    spots.push(Candidate::Label(i));
                }
                open.push((i, 0));
            } else if is_closer(c) {
                match open.pop() {
                    Some((start, depth)) => {
                        if let Some(outer) = open.last_mut() {
                            outer.1 = outer.1.max(depth + 1);
                        }
                        if depth < DEEPEST {
                            spots.push(Candidate::Pair(start, i + c.len_utf8()));
                        }
                    }
                    None => self.strays.push(i),
                }
            } else if open.is_empty()
                && (fresh || self.flow.is_line_start(i))
                && !is_blank(c)
                && responsibility::has_label(rest())
            {
                spots.push(Candidate::Label(i));
            }
            // Start again where a label's text ends, to stay linear.
            fresh = ends_label(c) || (fresh && is_blank(c));
        }
        let ends = open
            .iter()
            .skip(1)
            .map(|o| o.0)
            .chain([self.flow.text.len()]);
        spots.extend(
            open.iter()
                .zip(ends)
                .map(|(o, end)| Candidate::Open(o.0, end)),
        );
        // At the same position, a label comes before its bracket.
        spots.sort_by_key(|s| (s.start(), !matches!(s, Candidate::Label(_))));
        spots
    }

    /// Returns where the last assignment ended.
    fn done(&self) -> usize {
        self.found.last().map_or(0, |a| a.end)
    }

    fn consider(&mut self, spot: Candidate) {
        if spot.start() < self.done() {
            return;
        }
        match spot {
            Candidate::Pair(start, end) => self.consider_pair(start, end),
            Candidate::Open(start, next) => self.consider_open(start, next),
            Candidate::Label(start) => self.consider_label(start),
        }
    }

    fn consider_pair(&mut self, start: usize, end: usize) {
        let text = &self.flow.text;
        let opener = text.get(start..).and_then(|t| t.chars().next());
        let (Some(opener), Some(closer)) = (opener, last_char(text, end)) else {
            return;
        };
        let inner = self
            .flow
            .slice(start + opener.len_utf8(), end - closer.len_utf8());
        if !responsibility::is_candidate(inner) {
            return;
        }
        // Columns of a table printed as text are not a sentence.
        let over_lines = self.flow.line_at(start) != self.flow.line_at(end.saturating_sub(1));
        if over_lines && inner.contains("   ") {
            return self.refuse(start, end, "import.doubt.columns");
        }
        if self.split_pair(start, end, opener, inner) {
            return;
        }
        self.settle(start, end, self.read(inner, self.place(start, end)));
    }

    /// Accepts a reading that belongs where it is, or refuses what is not one.
    fn settle(&mut self, start: usize, end: usize, read: Option<ReadResult>) {
        match read {
            Some(Ok(reading)) if self.belongs(start, &reading) => {
                self.accept(start, end, None, reading);
            }
            Some(Err(why)) => self.refuse(start, end, why),
            _ => {}
        }
    }

    /// Handles a bracket that closes too early: `…按职责分工）`, then `负责)` without an opening
    /// one.
    fn split_pair(&mut self, start: usize, end: usize, opener: char, inner: &str) -> bool {
        const LONGEST: usize = 200;
        let next = self.strays.partition_point(|s| *s < end);
        let Some(stray) = self.strays.get(next).copied() else {
            return false;
        };
        if stray - end > LONGEST {
            return false;
        }
        let tail = self.flow.slice(end, stray).trim_matches(is_blank);
        // `1)` numbers the next item.
        let number = tail.chars().all(char::is_numeric);
        if number || tail.contains(|c| is_stop(c) || is_opener(c)) {
            return false;
        }
        let whole = format!("{inner}{tail}");
        let stray_end = stray
            + self
                .flow
                .after(stray)
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let Some(Ok(reading)) = self.read(&whole, self.place(start, stray_end)) else {
            return false;
        };
        if reading.supplement {
            return false;
        }
        let said = format!("{opener}{}{}", unbroken(&whole), closer_of(opener));
        // The whole bracket, since part of it could occur elsewhere in the line.
        let repair = Repair {
            rule: ReadingRule::SPLIT_BRACKET,
            source: self.flow.slice(start, stray_end).replace('\n', "\n\n"),
            read: said.clone(),
        };
        self.accept(start, stray_end, Some((said, repair)), reading);
        true
    }

    /// Handles an unclosed bracket: it ends with its paragraph.
    fn consider_open(&mut self, start: usize, next: usize) {
        let rest = self.flow.slice(start, next);
        let mut chars = rest.chars();
        let opener = chars.next().map_or(0, char::len_utf8);
        let inner = chars.as_str().split('\n').next().unwrap_or_default();
        if inner.len() > responsibility::LONGEST || !responsibility::has_label(inner) {
            return;
        }
        let end = start + opener + inner.len();
        let place = self.place(start, end);
        if let Some(Ok(reading)) = self.read(inner, place)
            && !reading.supplement
        {
            let said = self.flow.slice(start, end).to_owned();
            let repair = Repair {
                rule: ReadingRule::UNCLOSED,
                source: said.clone(),
                read: said.clone(),
            };
            self.accept(start, end, Some((said, repair)), reading);
        }
    }

    /// Handles a line `责任单位：甲、乙` without brackets: it ends with its sentence.
    fn consider_label(&mut self, start: usize) {
        let rest = self.flow.after(start);
        let inner = rest.split(ends_label).next().unwrap_or(rest);
        let inner = rest
            .get(..inner.len() + self.listed(start, inner))
            .unwrap_or(inner);
        if inner.len() > responsibility::LONGEST {
            return;
        }
        let end = start + inner.len();
        let place = ReadingPlace {
            bracketed: false,
            ..self.place(start, end)
        };
        self.settle(start, end, self.read(inner, place));
    }

    /// Returns the length of the lines below that name one unit each, if the label is on a line by
    /// itself.
    fn listed(&self, start: usize, inner: &str) -> usize {
        let colon = inner.find(['：', ':']);
        let names = colon.map(|at| inner.get(at..).unwrap_or_default());
        let names = names.map(|n| n.trim_start_matches(|c| matches!(c, '：' | ':') || is_blank(c)));
        let first = names.map_or(0, |n| start + inner.len() - n.len());
        if !self.flow.is_line_start(first) {
            return 0;
        }
        let below = self.flow.slice(start + inner.len(), self.flow.text.len());
        let lines = below.split('\n').skip(1);
        let lines = lines.take_while(|l| responsibility::is_names(l, self.context.units));
        lines.map(|l| l.len() + 1).sum()
    }

    /// Returns whether a deadline alone directly follows an assignment.
    fn belongs(&self, start: usize, reading: &Reading) -> bool {
        // An English owner or deadline needs no units before it.
        !reading.supplement || reading.english || self.follows(start)
    }

    /// Returns whether a position directly follows the last assignment.
    fn follows(&self, start: usize) -> bool {
        self.found.last().is_some_and(|a| {
            let between = self.flow.slice(a.end, start);
            between.trim_matches(is_blank).is_empty()
        })
    }

    fn read(&self, inner: &str, place: ReadingPlace) -> Option<ReadResult> {
        // Lines of names are separate; in a bracket a line may end anywhere.
        let parted = if place.bracketed { "" } else { "、" };
        let inner = inner.replace('\n', parted);
        responsibility::read(&inner, place, self.context.year, self.context.units)
    }

    fn place(&self, start: usize, end: usize) -> ReadingPlace {
        let after_other = self.follows(start);
        let before = self.flow.slice(0, start);
        let quote = |c: char| matches!(c, '”' | '"' | '“' | '’') || (is_blank(c) && c != '\n');
        let before = before.trim_end_matches(quote).chars().next_back();
        let stops = after_other || before.is_none_or(|c| is_stop(c) || c == '\n' || is_closer(c));
        let rest = self.flow.after(end).trim_start_matches(quote);
        let is_last = rest.is_empty() || rest.starts_with('\n');
        let stop = rest.starts_with(['。', '；', ';', '.']);
        let rest = rest.trim_start_matches(['。', '；', ';', '.']);
        let ends = rest.is_empty() || rest.starts_with('\n');
        ReadingPlace {
            bracketed: true,
            after_sentence: stops || stop || ends,
            after_stop: stops,
            is_last,
        }
    }

    fn refuse(&mut self, start: usize, end: usize, why: &'static str) {
        let said = self.flow.slice(start, end).replace('\n', "");
        self.notes.doubt(self.flow.line_at(start), &said, why);
    }

    /// Accepts an assignment, with the quotes around it and the punctuation after it.
    fn accept(
        &mut self,
        start: usize,
        end: usize,
        repaired: Option<(String, Repair)>,
        reading: Reading,
    ) {
        let text = &self.flow.text;
        let (said, repair) = repaired.unzip();
        let printed = self.flow.slice(start, end);
        let said = said.unwrap_or_else(|| {
            if printed.starts_with(is_opener) {
                unbroken(printed)
            } else {
                printed.replace('\n', " ")
            }
        });
        let quoted = last_char(text, start) == Some('“') && self.flow.after(end).starts_with('”');
        let quote = if quoted { '“'.len_utf8() } else { 0 };
        let rest = self.flow.after(end + quote);
        let stop = rest.len() - rest.trim_start_matches(['。', '；', ';']).len();
        let (from, to) = (start - quote, end + quote + stop);
        let said = self.flow.slice(from, start).to_owned() + &said + self.flow.slice(end, to);
        let mut repairs: Vec<Repair> = repair.into_iter().collect();
        if stop > 0 {
            let last = tail(&said, 7);
            repairs.push(Repair {
                rule: ReadingRule::STOP_AFTER,
                source: last.to_owned(),
                read: last.to_owned(),
            });
        }
        self.found.push(Assignment {
            start: from,
            end: to,
            line: self.flow.line_at(start),
            said,
            reading,
            repairs,
            row: false,
        });
    }
}

fn last_char(text: &str, end: usize) -> Option<char> {
    text.get(..end)?.chars().next_back()
}

/// Returns the last characters of a text.
pub(super) fn tail(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count.saturating_sub(1));
    text.get(start.map_or(0, |(i, _)| i)..).unwrap_or_default()
}
