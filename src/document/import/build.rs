//! Builds the document from items: chapters, sections, measures and their texts.

use super::{
    clause::Cutter,
    flow::{is_stop, unbroken},
    label::LabelKind,
    level::ItemRole,
    lines::is_blank,
    number,
    outline::OutlineItem,
    report::Notes,
};
use crate::document::{Chapter, Clause, Document, Measure, Print, tree::append};

/// Builds the chapters of a document from its items.
pub(super) struct Builder<'a> {
    doc: Document,
    notes: &'a mut Notes,
    first_leads: bool,
    /// Headings waiting for the next measure.
    section: Option<String>,
    /// The line of each chapter and measure, for notes.
    chapter_lines: Vec<usize>,
    measure_lines: Vec<usize>,
}

/// The title of an item.
struct ItemTitle {
    text: String,
    stop: String,
    /// Where the text after it begins.
    rest: usize,
    /// Whether it is not printed separately.
    implied: bool,
}

/// Builds on `doc`, whose title an unnumbered chapter takes.
pub(super) fn build(
    doc: Document,
    items: &[OutlineItem<'_>],
    roles: &[ItemRole],
    notes: &mut Notes,
) -> Document {
    let mut builder = Builder {
        doc,
        notes,
        first_leads: false,
        section: None,
        chapter_lines: Vec::new(),
        measure_lines: Vec::new(),
    };
    let mut i = 0;
    while let (Some(item), Some(role)) = (items.get(i), roles.get(i)) {
        // Unnumbered or deeper items below belong to this one.
        let below = roles.get(i + 1..).unwrap_or_default();
        let below = below.iter().take_while(|r| **r == ItemRole::Text).count();
        let inner = items.get(i + 1..i + 1 + below).unwrap_or_default();
        match role {
            ItemRole::Chapter => builder.chapter(item, inner),
            ItemRole::Section => builder.section(item, inner),
            ItemRole::Measure => builder.measure(item, inner),
            ItemRole::Text => builder.loose(item, inner),
        }
        i += 1 + below;
    }
    builder.finish()
}

impl Builder<'_> {
    fn chapter(&mut self, item: &OutlineItem<'_>, inner: &[OutlineItem<'_>]) {
        self.flush_section();
        let title = title(item, false, true);
        let mut chapter = Chapter {
            number: item.label.map_or(0, |l| l.number),
            ..Chapter::default()
        };
        chapter.print = print(item, &title, &chapter.usual_label(), "");
        chapter.title = title.text;
        self.doc.push_chapter(chapter);
        self.chapter_lines.push(item.line);
        if item.is_assigned() {
            // Tasks directly under the chapter: a measure without number or title.
            self.cut_measure(None, item, title.rest, inner);
        } else {
            let text = item.flow.after(title.rest);
            self.chapter_text(text, item.flow.line_at(title.rest));
            self.inner_text(inner);
        }
    }

    fn chapter_text(&mut self, text: &str, line: usize) {
        let text = text.trim_matches(is_blank);
        if let Some(chapter) = self.doc.chapters.last_mut().filter(|_| !text.is_empty()) {
            append(&mut chapter.text, text);
            self.notes.unassigned.push(line);
        }
    }

    fn inner_text(&mut self, inner: &[OutlineItem<'_>]) {
        for item in inner {
            self.chapter_text(&whole(item), item.line);
        }
    }

    /// Text before the first chapter or measure that is not part of the preamble goes to a chapter.
    fn loose(&mut self, item: &OutlineItem<'_>, inner: &[OutlineItem<'_>]) {
        self.need_chapter();
        self.chapter_text(&whole(item), item.line);
        self.inner_text(inner);
    }

    fn section(&mut self, item: &OutlineItem<'_>, inner: &[OutlineItem<'_>]) {
        append(&mut self.section, &whole(item));
        for item in inner {
            append(&mut self.section, &whole(item));
        }
    }

    /// A heading without a measure below becomes text of what precedes it.
    fn flush_section(&mut self) {
        if let Some(section) = self.section.take() {
            self.doc.push_text(&section);
        }
    }

    /// Creates a chapter for measures that are in none.
    fn need_chapter(&mut self) {
        if self.doc.need_chapter() {
            self.chapter_lines.push(0);
        }
    }

    fn measure(&mut self, item: &OutlineItem<'_>, inner: &[OutlineItem<'_>]) {
        self.need_chapter();
        let title = title(item, true, !inner.is_empty());
        let rest = title.rest;
        self.cut_measure(Some(title), item, rest, inner);
    }

    fn cut_measure(
        &mut self,
        title: Option<ItemTitle>,
        item: &OutlineItem<'_>,
        rest: usize,
        inner: &[OutlineItem<'_>],
    ) {
        let unassigned = self.notes.unassigned.len();
        let mut cutter = Cutter::new(&mut self.first_leads, self.notes);
        cutter.take("", &item.flow, rest, &item.found);
        for item in inner {
            cutter.take(item.printed, &item.flow, 0, &item.found);
        }
        let mut body = cutter.finish();
        let found = inner.iter().map(|i| i.found.len()).sum::<usize>() + item.found.len();
        let whole = title.is_some() && found == 0 && !is_general(item);
        if let Some(text) = body.text.take_if(|_| whole) {
            // It has no units, but can still be ticked.
            self.notes.unassigned.truncate(unassigned);
            self.notes.doubt(item.line, &text, "import.doubt.no-unit");
            body.clauses.push(Clause {
                text: unbroken(&text),
                ..Clause::default()
            });
        }
        let mut measure = Measure {
            section: self.section.take(),
            text: body.text,
            ..Measure::default()
        };
        if let Some(title) = title {
            measure.number = item.label.map_or(0, |l| l.number);
            measure.print = print(item, &title, &measure.usual_label(), "。");
            measure.title = title.text;
        } else {
            let name = self.doc.chapters.last().map(|c| c.title.clone());
            measure.title = name.unwrap_or_default();
            measure.print = Print::none();
        }
        self.doc.push_measure(measure);
        self.measure_lines.push(item.line);
        for clause in body.clauses {
            self.doc.push_clause(clause);
        }
    }

    fn finish(mut self) -> Document {
        self.flush_section();
        number::assign(
            &mut self.doc,
            &self.chapter_lines,
            &self.measure_lines,
            self.notes,
        );
        self.doc
    }
}

/// Returns whether an item is as high as a chapter: without units it is general text (总体要求),
/// not a task.
fn is_general(item: &OutlineItem<'_>) -> bool {
    item.kind().is_none_or(|kind| kind <= LabelKind::Han)
}

/// Returns an item as printed.
fn whole(item: &OutlineItem<'_>) -> String {
    // 第一条 is followed by a blank, 一、 and 1. are not.
    let blank = match item.kind() {
        Some(LabelKind::Article | LabelKind::Part | LabelKind::Section) => " ",
        _ => "",
    };
    format!("{}{blank}{}", item.printed, item.flow.text)
}

/// Finds the title of an item: its first line if that stands alone, otherwise its first sentence. A
/// measure of a single sentence has that as its title.
fn title(item: &OutlineItem<'_>, is_measure: bool, goes_on: bool) -> ItemTitle {
    let text = &item.flow.text;
    let task = item.found.first().map_or(text.len(), |a| a.start);
    let end = match item.own_title {
        Some(end) if end <= task => end,
        _ => sentence_end(text, task),
    };
    let head = text.get(..end).unwrap_or_default();
    let name = head.trim_end_matches(|c| is_stop(c) || matches!(c, '：' | ':') || is_blank(c));
    let stop: String = head
        .chars()
        .skip(name.chars().count())
        .filter(|c| !is_blank(*c))
        .collect();
    let between = text.get(end..task).unwrap_or_default();
    let alone = end >= task || (task < text.len() && between.trim_matches(is_blank).is_empty());
    let sentence = alone && (item.is_assigned() || !goes_on && !is_general(item));
    let implied = is_measure && (sentence || name.chars().count() > 60);
    ItemTitle {
        text: name.to_owned(),
        stop,
        rest: if implied { 0 } else { end },
        implied,
    }
}

/// Returns where the first sentence ends: after its punctuation, or at a task, a break or a wide
/// blank.
fn sentence_end(text: &str, most: usize) -> usize {
    let head = text.get(..most).unwrap_or(text);
    let mut wide = None;
    for (i, c) in head.char_indices() {
        match c {
            '。' | '！' | '？' => return i + c.len_utf8(),
            '\n' => return i,
            '\u{3000}' if wide.is_none() => wide = Some(i),
            '，' | '；' | '、' => wide = wide.or(Some(0)),
            _ => {}
        }
        // 第一条　标题　正文: a wide blank before any comma ends the title.
        if let Some(end) = wide.filter(|end| *end > 0) {
            return end;
        }
    }
    most
}

fn print(item: &OutlineItem<'_>, title: &ItemTitle, usual: &str, usual_stop: &str) -> Print {
    let tight: String = item.printed.chars().filter(|c| !is_blank(*c)).collect();
    Print {
        label: (tight != usual).then_some(tight),
        stop: (!title.implied && title.stop != usual_stop).then(|| title.stop.clone()),
        implied: title.implied,
    }
}
