//! The numbered items of a text, each with its own running text and assignments.

use super::{
    ImportContext,
    bracket::{self, Assignment},
    flow::{Flow, Joint, is_cut, is_stop},
    label::{self, Label, LabelKind},
    layout,
    lines::{SourceLine, is_blank},
    report::{Notes, ReadingRule},
    responsibility,
};
use crate::document::{mark::TaskRow, unit::Units};
use std::collections::{HashMap, HashSet};

/// A numbered item, or the text before the first one.
#[derive(Debug)]
pub(super) struct OutlineItem<'a> {
    /// Its number; `None` for the text before the first.
    pub label: Option<Label>,
    /// The number as printed.
    pub printed: &'a str,
    /// The line of the source where it begins.
    pub line: usize,
    /// Its own text, without the items below it.
    pub flow: Flow,
    /// The length of its title, if that is on a line of its own.
    pub own_title: Option<usize>,
    /// The assignments in its own text.
    pub found: Vec<Assignment>,
    /// Whether it is a table row, which ends with its line.
    pub row: bool,
}

impl OutlineItem<'_> {
    pub(super) fn kind(&self) -> Option<LabelKind> {
        self.label.map(|l| l.kind)
    }

    /// Returns whether it has a task of its own.
    pub(super) fn is_assigned(&self) -> bool {
        self.found.iter().any(|a| a.reading.is_task())
    }
}

/// Reads the number at the beginning of a line. A number in brackets, or with one after it, is
/// text: (1)–(4) share the bracket of the item above.
///
/// Markdown's heading marks count as part of the number.
pub(super) fn structural(line: &str) -> Option<Label> {
    let body = line.trim_start_matches('#');
    let body = if body.len() < line.len() {
        body.trim_start()
    } else {
        body
    };
    let label = label::read(body).filter(|l| l.kind != LabelKind::Paren)?;
    Some(Label {
        len: label.len + line.len() - body.len(),
        ..label
    })
}

/// Splits lines into items.
pub(super) fn read<'a>(
    lines: &[SourceLine<'a>],
    context: &ImportContext<'_>,
    notes: &mut Notes,
) -> Vec<OutlineItem<'a>> {
    let mut labels = labels(lines);
    let pages = layout::find(lines);
    for range in &pages {
        labels.get_mut(range.clone()).unwrap_or_default().fill(None);
        note_layout(lines, range, notes);
    }
    let own_line = own_line_kinds(lines, &labels);
    let mut items: Vec<OutlineItem<'a>> = Vec::new();
    for (i, (line, label)) in lines.iter().zip(&labels).enumerate() {
        if let Some(row) = line.row() {
            items.push(row_item(line, row, *label, context, notes));
            continue;
        }
        let looks = pages.iter().find(|r| r.contains(&i));
        if label.is_some()
            || items.last().is_none_or(|i| i.row)
            || looks.is_some_and(|r| r.start == i)
        {
            items.push(open(line, *label, notes));
            continue;
        }
        let Some(item) = items.last_mut() else { break };
        if looks.is_some() {
            item.row = true;
            item.flow.push(line, line.text, Joint::Break, notes);
            continue;
        }
        let first = item.flow.is_single_line();
        let own = first && item.kind().is_some_and(|k| own_line.contains(&k));
        let before = lines.get(i.wrapping_sub(1)).map_or("", |l| l.text);
        let title_goes_on = own && wraps_title(lines, &labels, i);
        if own && !title_goes_on && is_title(&item.flow.text) {
            item.own_title = Some(item.flow.text.len());
            item.flow.push(line, line.text, Joint::Break, notes);
        } else {
            let joint = joint(before, line.text, context.units);
            item.flow.push(line, line.text, joint, notes);
        }
    }
    for item in items.iter_mut().filter(|i| !i.row) {
        item.found = bracket::find(&item.flow, context, notes);
        // A title alone, with nothing below it.
        if item.flow.is_single_line() && item.own_title.is_none() && is_title(&item.flow.text) {
            item.own_title = Some(item.flow.text.len());
        }
    }
    note_widths(&items, notes);
    items
}

fn open<'a>(line: &SourceLine<'a>, label: Option<Label>, notes: &mut Notes) -> OutlineItem<'a> {
    let length = label.map_or(0, |l| l.len);
    let printed = line.text.get(..length).unwrap_or_default();
    let rest = line.text.get(length..).unwrap_or_default();
    let text = rest.trim_start_matches(is_blank);
    if text.len() < rest.len()
        && label.is_some_and(|l| l.kind == LabelKind::Dot)
        && !notes.again(ReadingRule::NUMBER_SPACE)
    {
        let few: String = text.chars().take(4).collect();
        let source = format!("{printed} {few}");
        notes.correct(
            line.number,
            &source,
            &format!("{printed}{few}"),
            ReadingRule::NUMBER_SPACE,
        );
    }
    let mut flow = Flow::default();
    flow.push(line, text, Joint::Break, notes);
    OutlineItem {
        label,
        printed,
        line: line.number,
        flow,
        own_title: None,
        found: Vec::new(),
        row: false,
    }
}

/// Returns a table row as an item with the assignment of its columns; in a table without units it
/// is text.
fn row_item<'a>(
    line: &SourceLine<'a>,
    row: &TaskRow,
    label: Option<Label>,
    context: &ImportContext<'_>,
    notes: &mut Notes,
) -> OutlineItem<'a> {
    let length = label.map_or(0, |_| row.label);
    let (printed, text) = line
        .text
        .split_at_checked(length)
        .unwrap_or(("", line.text));
    let mut flow = Flow::default();
    flow.push(line, text, Joint::Break, notes);
    let found = row
        .assigns
        .then(|| bracket::of_row(line, row, length, context));
    OutlineItem {
        label,
        printed: printed.trim_end_matches(is_blank),
        line: line.number,
        flow,
        own_title: row.title.checked_sub(length).filter(|end| *end > 0),
        found: found.into_iter().collect(),
        row: true,
    }
}

/// Returns how a line follows the one before it.
fn joint(before: &str, line: &str, units: &Units) -> Joint {
    let names = |text| responsibility::is_names(text, units);
    let labelled = responsibility::has_label(before);
    if responsibility::has_label(line) || names(line) && names(before) {
        Joint::Break
    } else if labelled {
        // The list of names continues, or has not begun yet.
        let listing = before.ends_with(['、', '，', ',', '：', ':']);
        if listing { Joint::Cut } else { Joint::Break }
    } else if is_cut(before) {
        Joint::Cut
    } else {
        Joint::Break
    }
}

/// Reads the labels of all lines. In mid-sentence a number must continue its sequence, otherwise it
/// is text: `…建设` / `一、二类口岸`.
fn labels(lines: &[SourceLine<'_>]) -> Vec<Option<Label>> {
    let mut last: HashMap<LabelKind, u32> = HashMap::new();
    let chapter =
        |l: &SourceLine<'_>| structural(l.text).is_some_and(|l| l.kind <= LabelKind::Article);
    let heading = if lines.iter().any(chapter) {
        LabelKind::Subheading
    } else {
        LabelKind::Heading
    };
    let top = lines
        .iter()
        .filter_map(|l| structural(l.text))
        .map(|l| l.kind)
        .min();
    let top = top.unwrap_or(heading).min(LabelKind::Han);
    let mut out: Vec<Option<Label>> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let label = structural(line.text).filter(|l| {
            let Some(before) = i.checked_sub(1).and_then(|b| lines.get(b)) else {
                return true;
            };
            // A heading ends without punctuation, so the next line is not in a sentence.
            let heading = out[i - 1].is_some() && !before.text.contains(is_stop);
            let known = last.get(&l.kind);
            // Lists of names and table rows end with their line, and sentences seldom continue
            // after a blank line.
            let apart = line.gap
                || line.mark.is_some()
                || before.row().is_some()
                || responsibility::has_label(before.text);
            heading || apart || !is_cut(before.text) || known.is_none_or(|n| l.number == n + 1)
        });
        // A row's number may be longer than those in text.
        let label = match line.row() {
            Some(row) => row_label(line, row).or(label.filter(|_| row.label > 0 && row.assigns)),
            None => label,
        };
        let label = label.or_else(|| names_table(lines, i).then(|| unnumbered("", top)));
        let label = label.or_else(|| line.heading().map(|_| unnumbered(line.text, heading)));
        if let Some(label) = label {
            last.retain(|kind, _| *kind <= label.kind);
            last.insert(label.kind, label.number);
        }
        out.push(label);
    }
    out
}

/// Returns the label of a row whose number is digits.
fn row_label(line: &SourceLine<'_>, row: &TaskRow) -> Option<Label> {
    let printed = line.text.get(..row.label)?.trim_end();
    let number = printed
        .trim_end_matches('.')
        .parse()
        .ok()
        .filter(|_| row.assigns)?;
    Some(Label {
        kind: LabelKind::Dot,
        number,
        len: printed.len(),
    })
}

/// Returns whether a line is the title of a table below it, in a text that has said other things
/// before: 附件 / 某市任务分工表.
fn names_table(lines: &[SourceLine<'_>], at: usize) -> bool {
    let line = &lines[at];
    let assigns = |l: &SourceLine<'_>| l.row().is_some_and(|r| r.assigns);
    let below = lines.get(at + 1..).unwrap_or_default();
    let below = below.iter().find(|l| l.heading().is_none());
    at > 0
        && line.mark.is_none()
        && below.is_some_and(assigns)
        && line.text.chars().count() <= 40
        && !line.text.contains(is_stop)
}

/// Returns the label of a heading without a number: its Markdown marks, if any.
fn unnumbered(line: &str, kind: LabelKind) -> Label {
    Label {
        kind,
        number: 0,
        len: line.len() - line.trim_start_matches('#').len(),
    }
}

/// Notes a table that was not read by rows.
pub(super) fn note_layout(
    lines: &[SourceLine<'_>],
    range: &std::ops::Range<usize>,
    notes: &mut Notes,
) {
    let (first, last) = (lines.get(range.start), lines.get(range.end - 1));
    if let (Some(first), Some(last)) = (first, last) {
        notes.doubt(first.number, first.text, "import.doubt.layout");
        if let Some(doubt) = notes.doubts.last_mut() {
            doubt.last = last.number;
        }
    }
}

/// Finds the kinds of items whose titles are on lines of their own.
fn own_line_kinds(lines: &[SourceLine<'_>], labels: &[Option<Label>]) -> HashSet<LabelKind> {
    let mut counts: HashMap<LabelKind, (usize, usize)> = HashMap::new();
    for (line, label) in lines.iter().zip(labels) {
        if let Some(label) = label {
            let rest = line.text.get(label.len..).unwrap_or_default();
            let count = counts.entry(label.kind).or_default();
            count.0 += usize::from(is_title(rest));
            count.1 += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(_, (own, all))| own * 2 > *all)
        .map(|(kind, _)| kind)
        .collect()
}

/// Returns whether the first line of an item may be only a title: no sentence begins after it, no
/// unit is named, and it does not end at a comma.
fn is_title(text: &str) -> bool {
    let body = text.trim_end_matches(is_stop);
    !body.is_empty()
        && text.chars().count() <= 60
        && !body.contains(['。', '；', '！', '？'])
        && !text.ends_with(['，', '、', ',', '）', ')', '】', '〕'])
}

/// Returns whether an unnumbered line belongs to the title above: short, without punctuation, and
/// followed by a numbered line.
fn wraps_title(lines: &[SourceLine<'_>], labels: &[Option<Label>], i: usize) -> bool {
    let line = &lines[i];
    let before = &lines[i - 1];
    let short = line.text.chars().count() <= 20;
    let next_numbered = labels.get(i + 1).is_some_and(Option::is_some);
    short
        && next_numbered
        && !line.gap
        && !before.text.ends_with(is_stop)
        && !line
            .text
            .contains(|c| is_stop(c) || matches!(c, '，' | '：' | '（' | '('))
}

/// Notes the brackets of the rarer width if a document mixes both.
fn note_widths(items: &[OutlineItem<'_>], notes: &mut Notes) {
    let half = |a: &&Assignment| a.said.starts_with('(');
    let all = || items.iter().flat_map(|i| &i.found);
    let halves = all().filter(half).count();
    if halves < all().count() {
        for a in all().filter(half) {
            notes.correct(a.line, &a.said, &a.said, ReadingRule::BRACKET_WIDTH);
        }
    }
}
