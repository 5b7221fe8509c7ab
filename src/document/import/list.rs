//! Plain lists: Markdown check lists and numbered lists, in any language.
//!
//! Headings become chapters, deeper ones measures, and every item a clause, without units unless it
//! ends by naming them. If some items have boxes, only those are clauses. Items under an item are
//! its steps and stay in its text. Text printed before an item is its label.

use super::{
    ImportContext, bracket,
    clause::extend,
    flow::{Flow, Joint, unbroken},
    lines::{SourceLine, is_blank},
    number,
    report::{Notes, ReadingRule},
};
use crate::document::{Chapter, Clause, Document, Measure, Print, tree::append};

mod line;

use line::Shape;

/// Reads a plain list; `None` if the text is not one.
pub(super) fn read(
    lines: &[SourceLine<'_>],
    context: &ImportContext<'_>,
    notes: &mut Notes,
) -> Option<Document> {
    let shapes = line::shapes(lines);
    is_list(&shapes).then_some(())?;
    let boxes = lines.iter().any(line::has_box);
    let mut list = List {
        doc: Document::default(),
        context,
        chapter_depth: None,
        notes,
    };
    let mut i = list.title(lines, &shapes);
    while let (Some(line), Some(shape)) = (lines.get(i), shapes.get(i)) {
        let count = match *shape {
            Shape::Item { boxed, .. } if boxed || !boxes => list.item(lines, &shapes, i),
            Shape::Row if !boxes || line::has_box(line) => {
                list.row(line);
                1
            }
            Shape::Aside(rule) => {
                list.notes.correct(line.number, line.text, "", rule);
                1
            }
            Shape::Heading {
                depth,
                label,
                title,
                under,
            } => {
                list.heading(depth, label, title, under);
                1 + usize::from(!under.is_empty())
            }
            _ => {
                list.text(line.text, line.number);
                1
            }
        };
        i += count.max(1);
    }
    let List { mut doc, notes, .. } = list;
    number::assign(&mut doc, &[], &[], notes);
    Some(doc)
}

/// Returns whether a text is certainly a list: it has items with boxes (`- [ ]`), or half of its
/// lines are bullets.
pub(super) fn is_first_choice(lines: &[SourceLine<'_>]) -> bool {
    let bullets = lines.iter().filter(|l| line::is_bullet(l.text)).count();
    bullets > 0 && bullets * 2 >= lines.len() || lines.iter().any(line::has_box)
}

/// A list has a bullet, or at least two numbered items without official numbering above them; an
/// official text without units is not a list.
fn is_list(shapes: &[Shape<'_>]) -> bool {
    let mut numbered = 0;
    let mut official = false;
    for shape in shapes {
        match shape {
            Shape::Item { bullet: true, .. } | Shape::Row => return true,
            Shape::Item { .. } => numbered += 1,
            Shape::Heading { label, .. } => {
                official |= !label.is_empty() && !label.starts_with('#');
            }
            _ => {}
        }
    }
    numbered > 1 && !official
}

/// Returns the title's position: the line that the file marks, or a first heading higher than all
/// others.
fn title_place(shapes: &[Shape<'_>]) -> Option<usize> {
    let called = shapes.iter().position(|s| matches!(s, Shape::Title));
    let depth = |s: &Shape<'_>| match s {
        Shape::Heading { depth, .. } => Some(*depth),
        _ => None,
    };
    let depths = || shapes.iter().filter_map(depth);
    let highest = depths().min();
    let first = shapes.iter().position(|s| depth(s).is_some());
    let before = |at: &usize| {
        let mut above = shapes.iter().take(*at);
        above.all(|s| matches!(s, Shape::Text | Shape::Aside(_)))
    };
    let alone = depths().filter(|d| Some(*d) == highest).count() == 1;
    let first = first.filter(|at| alone && shapes.get(*at).and_then(depth) == highest);
    // Text above a bare or numbered heading is the title.
    let bare = |at: &usize| {
        let named = matches!(shapes.get(*at), Some(Shape::Heading { label, title, .. })
            if !title.is_empty() && label.trim_start_matches(['#', '*']).is_empty());
        *at == 0 || named && highest < Some(line::BARE)
    };
    called.or_else(|| first.filter(before).filter(bare))
}

struct List<'a> {
    doc: Document,
    context: &'a ImportContext<'a>,
    /// Heading level of chapters.
    chapter_depth: Option<usize>,
    notes: &'a mut Notes,
}

impl List<'_> {
    /// Reads the title: what the file marks, a first heading higher than all others, front matter,
    /// or a first line of text. Returns where the rest begins.
    fn title(&mut self, lines: &[SourceLine<'_>], shapes: &[Shape<'_>]) -> usize {
        let aside = |s: &Shape<'_>| matches!(s, Shape::Aside(_));
        let first = shapes
            .iter()
            .position(|s| !aside(s))
            .unwrap_or(shapes.len());
        let named = lines.iter().zip(shapes).take(first + 1);
        let mut named =
            named.filter_map(|(l, s)| Some((l.number, l.text, line::named_title(l, s)?)));
        let named = named.next();
        // Org's keywords come before its headings; a first heading comes before front matter.
        let org = named.is_some_and(|(_, text, _)| text.starts_with('#'));
        let (at, named) = match title_place(shapes).filter(|_| !org) {
            Some(at) => (at, None),
            None => (first, named),
        };
        self.asides(lines, shapes, at, named.map(|n| n.0));
        if let Some((line, source, title)) = named {
            self.notes
                .correct(line, source, title, ReadingRule::HEADING_MARK);
            title.clone_into(&mut self.doc.title);
            return first;
        }
        match (shapes.get(at), lines.get(at)) {
            (
                Some(Shape::Heading {
                    label,
                    title,
                    under,
                    ..
                }),
                Some(line),
            ) if title_place(shapes).is_some() => {
                let source = format!("{label} {title}\n{under}");
                if !label.is_empty() || !under.is_empty() {
                    self.notes.correct(
                        line.number,
                        source.trim(),
                        title,
                        ReadingRule::HEADING_MARK,
                    );
                }
                (*title).clone_into(&mut self.doc.title);
                at + 1 + usize::from(!under.is_empty())
            }
            (Some(Shape::Text | Shape::Title), Some(line)) => {
                line.text.clone_into(&mut self.doc.title);
                at + 1
            }
            _ => at,
        }
    }

    /// Notes lines before the title that are for programs, and keeps the others above the title.
    fn asides(
        &mut self,
        lines: &[SourceLine<'_>],
        shapes: &[Shape<'_>],
        end: usize,
        named: Option<usize>,
    ) {
        for (line, shape) in lines.iter().zip(shapes).take(end) {
            match shape {
                Shape::Aside(rule) if named != Some(line.number) => {
                    self.notes.correct(line.number, line.text, "", *rule);
                }
                Shape::Aside(_) => {}
                _ => append(&mut self.doc.masthead, line.text),
            }
        }
    }

    fn heading(&mut self, depth: usize, label: &str, title: &str, under: &str) {
        let chapter_depth = *self.chapter_depth.get_or_insert(depth);
        let (title, print) = (title.to_owned(), print(label, under));
        if depth <= chapter_depth || self.doc.chapters.is_empty() {
            self.doc.push_chapter(Chapter {
                title,
                print,
                ..Chapter::default()
            });
        } else {
            self.doc.push_measure(Measure {
                title,
                print,
                ..Measure::default()
            });
        }
    }

    /// Adds a clause, with a chapter and measure that are not printed if it has none.
    fn push_clause(&mut self, clause: Clause) -> usize {
        self.doc.need_chapter();
        if let Some(chapter) = self.doc.chapters.last()
            && chapter.measures.is_empty()
        {
            self.doc.push_measure(Measure {
                title: chapter.title.clone(),
                print: Print::none(),
                ..Measure::default()
            });
        }
        self.doc.push_clause(clause)
    }

    /// Reads an item with its continuation lines and the items under it; returns the number of
    /// lines.
    fn item(&mut self, lines: &[SourceLine<'_>], shapes: &[Shape<'_>], at: usize) -> usize {
        let (
            Some(first),
            Some(Shape::Item {
                label,
                text,
                ticked,
                ..
            }),
        ) = (lines.get(at), shapes.get(at))
        else {
            return 1;
        };
        let mut flow = Flow::default();
        flow.push(first, text, Joint::Break, self.notes);
        let mut below = None;
        let mut steps = Vec::new();
        let mut count = 1;
        while let (Some(line), Some(shape)) = (lines.get(at + count), shapes.get(at + count)) {
            match shape {
                Shape::Text if !line.gap || line.indent > first.indent => {
                    if below.is_some() {
                        append(&mut below, line.text);
                    } else {
                        flow.push(line, line.text, Joint::Break, self.notes);
                    }
                }
                Shape::Item { text, ticked, .. } if line.indent >= first.indent + 2 => {
                    append(&mut below, line.text);
                    steps.push(((*text).to_owned(), *ticked));
                }
                _ => break,
            }
            count += 1;
        }
        let place = self.clause(label, &flow);
        self.doc.clauses[place].after = below;
        self.notes.ticked.extend(ticked.then_some(place));
        let steps = steps.into_iter().map(|(text, done)| (place, text, done));
        self.notes.steps.extend(steps);
        count
    }

    /// Reads a row of a task table.
    fn row(&mut self, line: &SourceLine<'_>) {
        let Some(row) = line.row() else { return };
        let part = |from: usize, to: usize| line.text.get(from..to).unwrap_or_default().trim();
        let found = bracket::of_row(line, row, 0, self.context);
        let clause = Clause {
            label: part(0, row.label).into(),
            text: part(row.label, row.text).into(),
            due: found.due(),
            owner: found.reading.owner.clone(),
            responsibility: found.responsibility().into(),
            ..Clause::default()
        };
        let place = self.push_clause(clause);
        self.notes.ticked.extend(row.ticked.then_some(place));
        found.note(self.notes);
    }

    fn clause(&mut self, label: &str, flow: &Flow) -> usize {
        let mut clause = Clause {
            label: label.into(),
            text: unbroken(&flow.text),
            ..Clause::default()
        };
        self.assign(&mut clause, flow);
        self.push_clause(clause)
    }

    /// Reads the end of an item if it names units or a deadline.
    fn assign(&mut self, clause: &mut Clause, flow: &Flow) {
        let found = bracket::find(flow, self.context, self.notes);
        let blank = |from, to| flow.slice(from, to).trim_matches(is_blank).is_empty();
        let mut start = flow.text.len();
        let mut last = Vec::new();
        for found in found.into_iter().rev() {
            if !blank(found.end, start) || found.reading.guidance {
                break;
            }
            start = found.start;
            last.push(found);
        }
        if last.is_empty() {
            return;
        }
        clause.text = unbroken(flow.slice(0, start).trim_end_matches(is_blank));
        for found in last.iter().rev() {
            extend(clause, found.responsibility(), found);
            found.note(self.notes);
        }
    }

    /// Keeps a line that is neither heading nor item with what precedes it.
    fn text(&mut self, text: &str, line: usize) {
        if !self.doc.chapters.is_empty() {
            self.notes.unassigned.push(line);
        }
        self.doc.push_text(text);
    }
}

/// Returns the print of a heading whose number, if any, is part of its title.
fn print(label: &str, under: &str) -> Print {
    Print {
        label: Some(label.to_owned()),
        stop: Some(under.to_owned()),
        implied: false,
    }
}
