//! A line reader for what `write` makes: a tenth of the time of a YAML reader.
//!
//! It reads the canonical form or nothing: every line has its key, keys stand in one order, lists of
//! names are on one line. At the first line that is otherwise it gives up, and the YAML reader
//! takes over; so it never has to word an error, and a test shows that the two read the same.

use super::{
    Header, RawChapter, RawClause, RawCorrection, RawDocument, RawMeasure, assemble::Assembly,
    block::Blocks, scalar,
};
use crate::{document::Document, text};
use std::{
    borrow::Cow,
    io::{self, Read},
};

/// One line: how deep it stands, whether it opens a list item, its key and value.
struct Line<'a> {
    indent: usize,
    item: bool,
    key: &'a str,
    value: &'a str,
}

fn line(text: &str) -> Option<Line<'_>> {
    let bytes = text.as_bytes();
    let indent = bytes.iter().position(|b| *b != b' ')?;
    let item = bytes.get(indent..)?.starts_with(b"- ");
    let start = if item { indent + 2 } else { indent };
    let end = start + bytes.get(start..)?.iter().position(|b| *b == b':')?;
    let value = match bytes.get(end + 1) {
        Some(b' ') => text.get(end + 2..)?,
        Some(_) => return None,
        None => "",
    };
    Some(Line {
        indent,
        item,
        key: text.get(start..end)?,
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
    "owner",
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
    /// What stands around the chapters.
    doc: RawDocument,
    /// The items being read.
    next_chapter: RawChapter,
    next_measure: RawMeasure,
    next_clause: RawClause,
    assembly: Assembly,
    blocks: Blocks,
    top: Level,
    chapter: Level,
    measure: Level,
    clause: Level,
    correction: Level,
    /// Where the first item of the list just opened must stand.
    open: Option<usize>,
}

/// Reads a document in canonical form; nothing where any line is otherwise, or breaks a rule.
pub(super) fn read(text: &str) -> Option<Document> {
    let mut reader = Reader::new(text.len());
    reader.feed(text.strip_suffix('\n')?)?;
    reader.finish()
}

/// How much of a file is read at once: it stays in the processor's cache until it is dealt with.
const PIECE: usize = 256 << 10;

/// Reads a document in canonical form from a file of about this size, as [`read`] does.
pub(super) fn stream(file: &mut impl Read, size: u64) -> io::Result<Option<Document>> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut reader = Reader::new(size);
    let mut buffer = vec![0; PIECE.min(size.saturating_add(1))];
    let (mut filled, mut first) = (0, true);
    loop {
        // A line longer than the buffer.
        if filled == buffer.len() {
            buffer.resize(2 * filled, 0);
        }
        let count = file.read(buffer.get_mut(filled..).unwrap_or_default())?;
        filled += count;
        if count == 0 {
            break;
        }
        let lines = buffer.get(..filled).unwrap_or_default();
        let Some(end) = lines.iter().rposition(|byte| *byte == b'\n') else {
            continue;
        };
        let Ok(mut text) = std::str::from_utf8(lines.get(..end).unwrap_or_default()) else {
            return Ok(None);
        };
        if std::mem::take(&mut first) {
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        if reader.feed(text).is_none() {
            return Ok(None);
        }
        buffer.copy_within(end + 1..filled, 0);
        filled -= end + 1;
    }
    // A last line without an end is not canonical.
    Ok(if filled == 0 { reader.finish() } else { None })
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
    /// Returns a reader for a file of about this size.
    fn new(size: usize) -> Self {
        let mut assembly = Assembly::default();
        // What is reserved and not needed costs nothing; to grow by moving all does.
        assembly.doc.clauses.reserve(size / 384);
        assembly.doc.measures.reserve(size / 768);
        Self {
            doc: RawDocument::default(),
            next_chapter: RawChapter::default(),
            next_measure: RawMeasure::default(),
            next_clause: RawClause::default(),
            assembly,
            blocks: Blocks::default(),
            top: Level::new(TOP, &["id", "title", "chapters"]),
            chapter: Level::new(CHAPTER, &["number", "title", "measures"]),
            measure: Level::new(MEASURE, &["number", "title", "clauses"]),
            clause: Level::new(CLAUSE, &["id", "text", "units", "said"]),
            correction: Level::new(CORRECTION, &["line", "source", "read", "why"]),
            open: None,
        }
    }

    /// Takes whole lines, without the end of the last.
    fn feed(&mut self, text: &str) -> Option<()> {
        let mut rest = text;
        loop {
            // Not `lines()`: a lone carriage return is a line end to YAML, and not canonical.
            let end = text::find_byte(b'\n', rest.as_bytes());
            self.take(&line(rest.get(..end.unwrap_or(rest.len()))?)?)?;
            match end {
                Some(end) => rest = rest.get(end + 1..)?,
                None => return Some(()),
            }
        }
    }

    fn finish(mut self) -> Option<Document> {
        self.end_clause()?;
        let done = self.open.is_none()
            && self.top.is_complete()
            && self.chapter.next()
            && self.measure.next()
            && self.correction.next();
        done.then_some(())?;
        self.assembly.begin(self.doc).ok()?;
        Some(self.assembly.doc.index())
    }

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
            self.end_clause()?;
            (line.key == "number" && self.chapter.next() && self.measure.next()).then_some(())?;
        }
        self.chapter.note(line.key).then_some(())?;
        let chapter = &mut self.next_chapter;
        match line.key {
            "number" => chapter.number = number(line.value)?,
            "title" => chapter.title = string(line.value)?,
            "label" => chapter.label = Some(string(line.value)?),
            "stop" => chapter.stop = Some(string(line.value)?),
            "implied" => chapter.implied = yes(line.value)?,
            "text" => chapter.text = Some(string(line.value)?),
            // The last key: the items of its list follow.
            _ => {
                list(line, &mut self.chapter, &mut self.open)?;
                let chapter = std::mem::take(&mut self.next_chapter);
                self.assembly.chapter(chapter).ok()?;
            }
        }
        Some(())
    }

    fn take_measure(&mut self, line: &Line<'_>) -> Option<()> {
        if line.item {
            self.end_clause()?;
            (line.key == "number" && self.measure.next()).then_some(())?;
        }
        self.measure.note(line.key).then_some(())?;
        let measure = &mut self.next_measure;
        match line.key {
            "section" => measure.section = Some(string(line.value)?),
            "number" => measure.number = number(line.value)?,
            "title" => measure.title = string(line.value)?,
            "label" => measure.label = Some(string(line.value)?),
            "stop" => measure.stop = Some(string(line.value)?),
            "implied" => measure.implied = yes(line.value)?,
            "text" => measure.text = Some(string(line.value)?),
            _ => {
                list(line, &mut self.measure, &mut self.open)?;
                let measure = std::mem::take(&mut self.next_measure);
                self.assembly.measure(measure).ok()?;
            }
        }
        Some(())
    }

    fn take_clause(&mut self, line: &Line<'_>) -> Option<()> {
        if line.item {
            (line.key == "id").then_some(())?;
            self.end_clause()?;
        }
        self.clause.note(line.key).then_some(())?;
        let (clause, blocks) = (&mut self.next_clause, &mut self.blocks);
        match line.key {
            "id" => clause.id = (&*scalar::read(line.value)?).into(),
            "label" => clause.label = blocks.keep_once(&scalar::read(line.value)?),
            "text" => clause.text = blocks.keep(&scalar::read(line.value)?),
            "units" => clause.units = blocks.list(line.value, scalar::read_list)?,
            "lead" => clause.lead = blocks.list(line.value, scalar::read_list)?,
            "by_duties" => clause.by_duties = yes(line.value)?,
            "due" => clause.due = Some(string(line.value)?),
            "owner" => clause.owner = Some(string(line.value)?),
            "said" => clause.said = blocks.keep_once(&scalar::read(line.value)?),
            _ => clause.after = Some(string(line.value)?),
        }
        Some(())
    }

    /// Hands over the clause being read, if there is one.
    fn end_clause(&mut self) -> Option<()> {
        if self.clause.seen == 0 {
            return Some(());
        }
        self.clause.next().then_some(())?;
        let clause = std::mem::take(&mut self.next_clause);
        self.assembly.clause(clause).ok()
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
