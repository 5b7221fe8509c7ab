//! Plain lists: Markdown check lists and numbered lists, in any language, become documents.
//! May use: `lines`, `label`, `flow`, `bracket`, `number`, `report`.
//!
//! Headings become chapters, and deeper ones measures; every item is a clause, with nobody who
//! answers for it unless it ends in a 责任单位 bracket. What is printed before an item is its label.

use super::{
    Context, bracket,
    clause::append,
    flow::{Flow, Joint, unbroken},
    lines::{Line, is_blank},
    number,
    report::{Notes, Rule},
};
use crate::document::{Chapter, Clause, Document, Measure, Print};

mod line;

use line::Shape;

/// Reads a plain list; nothing where the text is none.
pub(super) fn read(
    lines: &[Line<'_>],
    context: &Context<'_>,
    notes: &mut Notes,
) -> Option<Document> {
    let shapes = line::shapes(lines);
    is_list(&shapes).then_some(())?;
    let mut list = List {
        doc: Document::default(),
        context,
        chapter_depth: None,
        notes,
    };
    let mut i = list.title(lines, &shapes);
    while let (Some(line), Some(shape)) = (lines.get(i), shapes.get(i)) {
        let count = match *shape {
            Shape::Item { .. } => list.item(lines, &shapes, i),
            Shape::Heading {
                depth,
                label,
                title,
                under,
            } => {
                list.heading(depth, label, title, under);
                1 + usize::from(!under.is_empty())
            }
            Shape::Text | Shape::Under => {
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

/// Tells whether a text is a list whatever else it has: it has items with boxes (`- [ ]`), or half
/// of its lines are bullets.
pub(super) fn is_first_choice(lines: &[Line<'_>]) -> bool {
    let bullets = lines.iter().filter(|l| line::is_bullet(l.text)).count();
    bullets > 0 && bullets * 2 >= lines.len() || lines.iter().any(|l| line::has_box(l.text))
}

/// A list has a bullet, or at least two numbered items and no official numbering above them: an
/// official text without units is no list.
fn is_list(shapes: &[Shape<'_>]) -> bool {
    let mut numbered = 0;
    let mut official = false;
    for shape in shapes {
        match shape {
            Shape::Item { bullet: true, .. } => return true,
            Shape::Item { .. } => numbered += 1,
            Shape::Heading { label, .. } => {
                official |= !label.is_empty() && !label.starts_with('#');
            }
            Shape::Text | Shape::Under => {}
        }
    }
    numbered > 1 && !official
}

struct List<'a> {
    doc: Document,
    context: &'a Context<'a>,
    /// The depth of the headings that are chapters.
    chapter_depth: Option<usize>,
    notes: &'a mut Notes,
}

impl List<'_> {
    /// Takes the title: the first heading where no other is as high, else a first line of text.
    /// Returns where the rest begins.
    fn title(&mut self, lines: &[Line<'_>], shapes: &[Shape<'_>]) -> usize {
        let depths = || {
            shapes.iter().filter_map(|s| match s {
                Shape::Heading { depth, .. } => Some(*depth),
                _ => None,
            })
        };
        let highest = depths().min();
        let alone = depths().filter(|d| Some(*d) == highest).count() == 1;
        match (shapes.first(), lines.first()) {
            (
                Some(Shape::Heading {
                    depth,
                    label,
                    title,
                    under,
                }),
                Some(line),
            ) if Some(*depth) == highest && alone => {
                let source = format!("{label} {title}\n{under}");
                if !label.is_empty() || !under.is_empty() {
                    self.notes
                        .correct(line.number, source.trim(), title, Rule::HeadingMark);
                }
                (*title).clone_into(&mut self.doc.title);
                1 + usize::from(!under.is_empty())
            }
            (Some(Shape::Text), Some(line)) => {
                line.text.clone_into(&mut self.doc.title);
                1
            }
            _ => 0,
        }
    }

    fn heading(&mut self, depth: usize, label: &str, title: &str, under: &str) {
        let chapter_depth = *self.chapter_depth.get_or_insert(depth);
        if depth <= chapter_depth || self.doc.chapters.is_empty() {
            let start = self.doc.measures.len();
            self.doc.chapters.push(Chapter {
                title: title.to_owned(),
                print: print(label, under),
                measures: start..start,
                ..Chapter::default()
            });
        } else {
            self.push_measure(Measure {
                title: title.to_owned(),
                print: print(label, under),
                ..Measure::default()
            });
        }
    }

    fn push_measure(&mut self, mut measure: Measure) {
        let (start, index) = (self.doc.clauses.len(), self.doc.measures.len());
        measure.clauses = start..start;
        measure.chapter = self.doc.chapters.len().saturating_sub(1);
        self.doc.measures.push(measure);
        if let Some(chapter) = self.doc.chapters.last_mut() {
            chapter.measures.end = index + 1;
        }
    }

    /// Makes the chapter and measure that an item needs, with titles that are not printed.
    fn need_measure(&mut self) {
        if self.doc.chapters.is_empty() {
            self.doc.chapters.push(Chapter {
                title: self.doc.title.clone(),
                print: number::unprinted(),
                ..Chapter::default()
            });
        }
        let empty = self
            .doc
            .chapters
            .last()
            .is_some_and(|c| c.measures.is_empty());
        if empty {
            let title = self.doc.chapters.last().map(|c| c.title.clone());
            self.push_measure(Measure {
                title: title.unwrap_or_default(),
                print: number::unprinted(),
                ..Measure::default()
            });
        }
    }

    /// Takes an item with the lines that continue it; returns how many.
    fn item(&mut self, lines: &[Line<'_>], shapes: &[Shape<'_>], at: usize) -> usize {
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
        self.need_measure();
        if *ticked && !self.notes.doubts.iter().any(|d| d.why == TICKED) {
            self.notes.doubt(first.number, first.text, TICKED);
        }
        let mut flow = Flow::default();
        flow.push(first, text, Joint::Break, self.notes);
        let mut count = 1;
        while let (Some(line), Some(Shape::Text)) = (lines.get(at + count), shapes.get(at + count))
        {
            if line.gap && line.indent <= first.indent {
                break;
            }
            flow.push(line, line.text, Joint::Break, self.notes);
            count += 1;
        }
        self.clause(label, &flow);
        count
    }

    fn clause(&mut self, label: &str, flow: &Flow) {
        let mut clause = Clause {
            label: label.into(),
            text: unbroken(&flow.text).into(),
            measure: self.doc.measures.len().saturating_sub(1),
            ..Clause::default()
        };
        self.assign(&mut clause, flow);
        self.doc.clauses.push(clause);
        let end = self.doc.clauses.len();
        if let Some(measure) = self.doc.measures.last_mut() {
            measure.clauses.end = end;
        }
    }

    /// Takes the one bracket at the end of an item, if that says who answers for it.
    fn assign(&mut self, clause: &mut Clause, flow: &Flow) {
        let mut found = bracket::find(flow, self.context, self.notes);
        let Some(last) = found.pop().filter(|_| found.is_empty()) else {
            return;
        };
        if last.end < flow.text.len() || !last.reading.is_task() {
            return;
        }
        let text = flow.slice(0, last.start).trim_end_matches(is_blank);
        clause.text = unbroken(text).into();
        clause.due = last.due();
        clause.responsibility = last.responsibility();
        last.note(self.notes);
    }

    /// Keeps a line that is neither heading nor item with what stands before it.
    fn text(&mut self, text: &str, line: usize) {
        let Some(chapter) = self.doc.chapters.last_mut() else {
            append(&mut self.doc.preamble, text);
            return;
        };
        self.notes.unassigned.push(line);
        let measure = self
            .doc
            .measures
            .last_mut()
            .filter(|_| !chapter.measures.is_empty());
        match measure {
            None => append(&mut chapter.text, text),
            Some(measure) if measure.clauses.is_empty() => append(&mut measure.text, text),
            Some(_) => {
                if let Some(clause) = self.doc.clauses.last_mut() {
                    append(&mut clause.after, text);
                }
            }
        }
    }
}

/// An item was ticked in the source: a document holds no progress.
const TICKED: &str = "import.doubt.ticked";

/// How a heading is printed whose number, if any, is part of its title.
fn print(label: &str, under: &str) -> Print {
    Print {
        label: Some(label.to_owned()),
        stop: Some(under.to_owned()),
        implied: false,
    }
}
