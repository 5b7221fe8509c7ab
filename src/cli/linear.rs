//! The checklist as plain lines, for terminals without a screen.
//!
//! One item per line from top to bottom, without wrapping or aligned columns: a screen reader reads
//! a number, a status in words, the text, and who is responsible.

use super::{Failure, Out, context::OpenChecklist, output};
use crate::{document::Node, report::phrase, text::clean};

/// Prints the checklist, and how to continue without a screen.
pub(super) fn run(work: &OpenChecklist) -> Result<(), Failure> {
    let mut out = Out::new(None);
    for line in lines(work) {
        out.line(line)?;
    }
    out.finish()?;
    output::tell(work.lang.text("linear.how"));
    Ok(())
}

fn lines(work: &OpenChecklist) -> Vec<String> {
    let document = &work.document();
    let (n, of) = work.progress.total().rate();
    let total = work.lang.fill("linear.rate", &[("n", &n), ("of", &of)]);
    let mut out = vec![format!("{} {total}", document.title)];
    for (i, chapter) in document.chapters.iter().enumerate() {
        out.push(heading(work, Node::Chapter(i), &chapter.heading()));
        for m in chapter.measures.clone() {
            let name = format!(
                "{} {}",
                document.measure_label(m),
                document.measures[m].title
            );
            out.push(heading(work, Node::Measure(m), &name));
            out.extend(
                document.measures[m]
                    .clauses
                    .clone()
                    .map(|c| clause(work, c)),
            );
        }
    }
    out
}

fn heading(work: &OpenChecklist, node: Node, name: &str) -> String {
    let (n, of) = work.progress.tally(node).rate();
    let rate = work.lang.fill("linear.rate", &[("n", &n), ("of", &of)]);
    format!("{name} {rate}")
}

fn clause(work: &OpenChecklist, index: usize) -> String {
    let (lang, record) = (work.lang, work.progress.record(index));
    let clause = &work.document().clauses[index];
    let status = lang.text(record.status.name_key());
    let mut line = format!("{} {status} {}", clause.id, clause.text.replace('\n', " "));
    let mut more = |key, value: &str| {
        line += &lang.fill(
            "linear.field",
            &[("name", &lang.text(key)), ("value", &value)],
        );
    };
    let units = &clause.responsibility.units;
    if !units.is_empty() {
        more("field.units", &lang.list(units));
    }
    if record.due.is_some() {
        more("field.due", &phrase::due(record.due, lang));
    }
    if let Some(owner) = &record.owner {
        more("field.owner", &clean(owner));
    }
    if let Some(urgency) = record.urgency(work.now.date(), work.scene().limits.days_ahead) {
        line.extend([" ", lang.text(urgency.name_key())]);
    }
    line
}
