//! A line reader for what `write` makes: a tenth of the time of a YAML reader. May use: `document`.
//!
//! It reads the canonical form or nothing: every line has its key, keys stand in one order, lists of
//! names are on one line. At the first line that is otherwise it gives up, and the YAML reader
//! takes over; so it never has to word an error, and a test shows that the two read the same.

use super::{Header, RawChapter, RawClause, RawCorrection, RawDocument, RawMeasure, scalar};
use std::borrow::Cow;

/// One line: how deep it stands, whether it opens a list item, its key and value.
struct Line<'a> {
    indent: usize,
    item: bool,
    key: &'a str,
    value: &'a str,
}

fn line(text: &str) -> Option<Line<'_>> {
    let rest = text.trim_start_matches(' ');
    let indent = text.len() - rest.len();
    let (item, rest) = rest.strip_prefix("- ").map_or((false, rest), |r| (true, r));
    let (key, value) = match rest.split_once(": ") {
        Some(pair) => pair,
        None => (rest.strip_suffix(':')?, ""),
    };
    Some(Line {
        indent,
        item,
        key,
        value,
    })
}

const TOP: &[&str] = &[
    "id",
    "title",
    "stage",
    "masthead",
    "preamble",
    "chapters",
    "trailer",
    "corrections",
];
const CHAPTER: &[&str] = &[
    "number", "title", "label", "stop", "implied", "text", "measures",
];
const MEASURE: &[&str] = &[
    "number", "title", "section", "label", "stop", "implied", "text", "clauses",
];
const CLAUSE: &[&str] = &[
    "id",
    "label",
    "text",
    "units",
    "lead",
    "by_duties",
    "due",
    "said",
    "after",
];
const CORRECTION: &[&str] = &["line", "times", "source", "read", "why"];

/// The order of keys at one level, and how far the item being read has come.
struct Level {
    keys: &'static [&'static str],
    required: u32,
    seen: u32,
}

impl Level {
    fn new(keys: &'static [&'static str], required: &[&str]) -> Self {
        let bit = |name: &&str| keys.iter().position(|k| k == name).map_or(0, |i| 1 << i);
        Self {
            keys,
            required: required.iter().map(bit).sum(),
            seen: 0,
        }
    }

    /// Notes a key; false where it is unknown, repeated or out of order.
    fn note(&mut self, key: &str) -> bool {
        match self.keys.iter().position(|k| *k == key) {
            Some(i) if self.seen >> i == 0 => {
                self.seen |= 1 << i;
                true
            }
            _ => false,
        }
    }

    /// Begins the next item; false where the last one lacks a key.
    fn next(&mut self) -> bool {
        let done = self.seen == 0 || self.is_complete();
        self.seen = 0;
        done
    }

    const fn is_complete(&self) -> bool {
        self.seen & self.required == self.required
    }
}

struct Reader {
    doc: RawDocument,
    top: Level,
    chapter: Level,
    measure: Level,
    clause: Level,
    correction: Level,
    /// Where the first item of the list just opened must stand.
    open: Option<usize>,
}

/// Reads a document in canonical form; nothing where any line is otherwise.
pub(super) fn read(text: &str) -> Option<RawDocument> {
    let mut reader = Reader {
        doc: RawDocument::default(),
        top: Level::new(TOP, &["id", "title", "chapters"]),
        chapter: Level::new(CHAPTER, &["number", "title", "measures"]),
        measure: Level::new(MEASURE, &["number", "title", "clauses"]),
        clause: Level::new(CLAUSE, &["id", "text", "units", "said"]),
        correction: Level::new(CORRECTION, &["line", "source", "read", "why"]),
        open: None,
    };
    // Not `lines()`: a lone carriage return is a line end to YAML, and not canonical.
    for text in text.strip_suffix('\n')?.split('\n') {
        reader.take(&line(text)?)?;
    }
    let done = reader.open.is_none()
        && reader.top.is_complete()
        && reader.chapter.next()
        && reader.measure.next()
        && reader.clause.next()
        && reader.correction.next();
    done.then_some(reader.doc)
}

/// Reads the head; nothing where it does not come before everything else.
pub(super) fn header(text: &str) -> Option<Header> {
    let mut fields = [None, None, None];
    for text in text.split('\n') {
        let line = line(text)?;
        let place = TOP.iter().position(|k| *k == line.key)?;
        match fields.get_mut(place) {
            Some(field) if line.indent == 0 && !line.item => *field = Some(string(line.value)?),
            _ => break,
        }
    }
    let [id, title, stage] = fields;
    Some(Header {
        id: id?,
        title: title?,
        stage,
    })
}

fn string(value: &str) -> Option<String> {
    scalar::read(value).map(Cow::into_owned)
}

/// A number as Rust prints it, so that `007` and `+7` go to the YAML reader.
fn number<N: std::str::FromStr>(value: &str) -> Option<N> {
    let plain =
        value.bytes().all(|b| b.is_ascii_digit()) && (value == "0" || !value.starts_with('0'));
    value.parse().ok().filter(|_| plain)
}

/// Notes in a level that its list is `[]`: no item may follow.
const CLOSED: u32 = 1 << 31;

fn yes(value: &str) -> Option<bool> {
    (value == "true").then_some(true)
}

/// Reads the line of a list: its items follow at the column of its key, or it is
/// empty.
fn list(line: &Line<'_>, level: &mut Level, open: &mut Option<usize>) -> Option<()> {
    match line.value {
        "" => *open = Some(line.indent),
        "[]" => level.seen |= CLOSED,
        _ => return None,
    }
    Some(())
}

impl Reader {
    fn take(&mut self, line: &Line<'_>) -> Option<()> {
        if let Some(indent) = self.open.take() {
            (line.item && line.indent == indent).then_some(())?;
        }
        let in_corrections = self.top.seen >> 7 == 1;
        match (line.indent, line.item) {
            (0, false) => self.take_top(line),
            (0, true) | (2, false) if in_corrections => self.take_correction(line),
            // A list item only under its list, which must be open and not `[]`.
            (0, true) | (2, false) if self.top.seen >> 5 == 1 => self.take_chapter(line),
            (2, true) | (4, false) if self.chapter.seen >> 6 == 1 => self.take_measure(line),
            (4, true) | (6, false) if self.measure.seen >> 7 == 1 => self.take_clause(line),
            _ => None,
        }
    }

    fn take_top(&mut self, line: &Line<'_>) -> Option<()> {
        self.top.note(line.key).then_some(())?;
        let doc = &mut self.doc;
        match line.key {
            "id" => doc.id = string(line.value)?,
            "title" => doc.title = string(line.value)?,
            "stage" => doc.stage = Some(string(line.value)?),
            "masthead" => doc.masthead = Some(string(line.value)?),
            "preamble" => doc.preamble = Some(string(line.value)?),
            "trailer" => doc.trailer = Some(string(line.value)?),
            _ => list(line, &mut self.top, &mut self.open)?,
        }
        Some(())
    }

    fn take_chapter(&mut self, line: &Line<'_>) -> Option<()> {
        if line.item {
            (line.key == "number"
                && self.chapter.next()
                && self.measure.next()
                && self.clause.next())
            .then_some(())?;
            self.doc.chapters.push(RawChapter::default());
        }
        self.chapter.note(line.key).then_some(())?;
        let chapter = self.doc.chapters.last_mut()?;
        match line.key {
            "number" => chapter.number = number(line.value)?,
            "title" => chapter.title = string(line.value)?,
            "label" => chapter.label = Some(string(line.value)?),
            "stop" => chapter.stop = Some(string(line.value)?),
            "implied" => chapter.implied = yes(line.value)?,
            "text" => chapter.text = Some(string(line.value)?),
            _ => list(line, &mut self.chapter, &mut self.open)?,
        }
        Some(())
    }

    fn take_measure(&mut self, line: &Line<'_>) -> Option<()> {
        let chapter = self.doc.chapters.last_mut()?;
        if line.item {
            (line.key == "number" && self.measure.next() && self.clause.next()).then_some(())?;
            chapter.measures.push(RawMeasure::default());
        }
        self.measure.note(line.key).then_some(())?;
        let measure = chapter.measures.last_mut()?;
        match line.key {
            "section" => measure.section = Some(string(line.value)?),
            "number" => measure.number = number(line.value)?,
            "title" => measure.title = string(line.value)?,
            "label" => measure.label = Some(string(line.value)?),
            "stop" => measure.stop = Some(string(line.value)?),
            "implied" => measure.implied = yes(line.value)?,
            "text" => measure.text = Some(string(line.value)?),
            _ => list(line, &mut self.measure, &mut self.open)?,
        }
        Some(())
    }

    fn take_clause(&mut self, line: &Line<'_>) -> Option<()> {
        let measure = self.doc.chapters.last_mut()?.measures.last_mut()?;
        if line.item {
            (line.key == "id" && self.clause.next()).then_some(())?;
            measure.clauses.push(RawClause::default());
        }
        self.clause.note(line.key).then_some(())?;
        let clause = measure.clauses.last_mut()?;
        match line.key {
            "id" => clause.id = string(line.value)?,
            "label" => clause.label = string(line.value)?,
            "text" => clause.text = string(line.value)?,
            "units" => clause.units = scalar::read_list(line.value)?,
            "lead" => clause.lead = scalar::read_list(line.value)?,
            "by_duties" => clause.by_duties = yes(line.value)?,
            "due" => clause.due = Some(string(line.value)?),
            "said" => clause.said = string(line.value)?,
            _ => clause.after = Some(string(line.value)?),
        }
        Some(())
    }

    fn take_correction(&mut self, line: &Line<'_>) -> Option<()> {
        if line.item {
            (line.key == "line" && self.correction.next()).then_some(())?;
            self.doc.corrections.push(RawCorrection::default());
        }
        self.correction.note(line.key).then_some(())?;
        let correction = self.doc.corrections.last_mut()?;
        match line.key {
            "line" => correction.line = number(line.value)?,
            "times" => correction.times = number(line.value)?,
            "source" => correction.source = string(line.value)?,
            "read" => correction.read = string(line.value)?,
            // The words after the key are a comment.
            _ => correction.why = string(line.value.split("  # ").next()?)?,
        }
        Some(())
    }
}
