//! A clause's file (一款一档): its text and state, where it came from, and every change in order.

use super::{
    Basis, Cell, Table,
    paper::{Paper, Style},
    phrase,
};
use crate::progress::{
    Edit,
    carry::{RemarkSource, source},
    history::{ClauseEvent, Fields},
};

/// An entry of the file: a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierEntry {
    /// When, by the clock: `2026-11-02 10:00`.
    pub at: String,
    /// Who.
    pub by: String,
    /// What, a line each: `期限 2026-10-31 → 2026-12-31`.
    pub said: Vec<String>,
    /// Whether it stands.
    pub stands: bool,
}

/// An earlier text of the clause, in the document that its progress was carried from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierText {
    /// That document and clause.
    pub source: RemarkSource,
    /// The text; `None` if that document is not available.
    pub text: Option<String>,
}

/// Returns the changes of a clause, oldest first.
pub fn entries(basis: &Basis<'_>, clause: usize) -> Vec<DossierEntry> {
    let entry = |event: &ClauseEvent<'_>| {
        let change = event.change;
        let by = change.by.split_whitespace().collect::<Vec<_>>().join(" ");
        DossierEntry {
            at: basis.minute(change.when()),
            by: match &change.via {
                Some(via) => basis.lang.fill("log.via", &[("by", &by), ("via", via)]),
                None => by,
            },
            said: said(basis, clause, event),
            stands: event.stands,
        }
    };
    basis.progress().history(clause).iter().map(entry).collect()
}

/// Returns where remarks of a clause say that they were carried from, each place once.
pub fn sources(basis: &Basis<'_>, clause: usize) -> Vec<RemarkSource> {
    let mut sources = Vec::new();
    for remark in &basis.record(clause).remarks {
        if let Some(found) = source(&remark.text).filter(|found| !sources.contains(found)) {
            sources.push(found);
        }
    }
    sources
}

fn said(basis: &Basis<'_>, clause: usize, event: &ClauseEvent<'_>) -> Vec<String> {
    let id = basis.document().clauses[clause].id;
    let edits = event.set.edits().iter();
    let edits = edits.filter(|edit| edit.target.clause_id() == Some(id));
    let lang = basis.lang;
    let mut before = event.before.clone();
    let mut lines = Vec::new();
    for edit in edits {
        if event.out.is_none() && event.stands {
            lines.extend(moved(basis, edit, &mut before));
        } else {
            lines.push(phrase::parts(edit, lang).join(lang.text("phrase.and")));
        }
    }
    let all = lines.join(lang.text("phrase.and"));
    let turned = match event.out {
        Some(true) => lang.fill("history.undone", &[("said", &all)]),
        Some(false) => lang.fill("history.redone", &[("said", &all)]),
        None if event.stands => return lines,
        None => all,
    };
    if event.stands {
        vec![turned]
    } else {
        vec![lang.fill("history.taken-back", &[("said", &turned)])]
    }
}

/// Returns what a standing edit set: fields as old → new, then what it added.
fn moved(basis: &Basis<'_>, edit: &Edit, before: &mut Fields) -> Vec<String> {
    let lang = basis.lang;
    let moved = |key, from: &str, to: &str| {
        let field = lang.text(key);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("field", &field), ("from", &from), ("to", &to)];
        lang.fill("dossier.moved", &values)
    };
    let mut lines = Vec::new();
    if let Some(step) = &edit.target.step {
        let clause = edit
            .target
            .clause_id()
            .and_then(|id| basis.document().find(id));
        let steps = clause.map_or(&[][..], |clause| &basis.record(clause).steps);
        let text = steps.iter().find(|s| s.id == *step);
        let text = text.map_or(step.as_str(), |step| &step.text);
        let status = edit.status.map(|status| lang.text(status.name_key()));
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("text", &text), ("status", &status.unwrap_or_default())];
        lines.push(lang.fill("minutes.step", &values));
    } else {
        if let Some(status) = edit.status {
            let name = |status: crate::progress::Status| lang.text(status.name_key());
            lines.push(moved("show.status", name(before.status), name(status)));
            before.status = status;
        }
        if let Some(due) = edit.due {
            let (from, to) = (phrase::due(before.due, lang), phrase::due(due, lang));
            lines.push(moved("show.due", &from, &to));
            before.due = due;
        }
        if let Some(owner) = &edit.owner {
            let nobody = lang.text("phrase.nobody");
            let from = before.owner.as_deref().unwrap_or(nobody).to_owned();
            lines.push(moved(
                "show.owner",
                &from,
                owner.as_deref().unwrap_or(nobody),
            ));
            before.owner.clone_from(owner);
        }
    }
    let rest = Edit {
        remark: edit.remark.clone(),
        step: edit.step.clone(),
        ..Edit::new(edit.target.clone())
    };
    lines.extend(phrase::parts(&rest, lang));
    lines
}

/// Returns the file on paper.
pub fn paper(basis: &Basis<'_>, clause: usize, earlier: &[EarlierText]) -> Paper {
    let (document, lang) = (basis.document(), basis.lang);
    let (own, record) = (&document.clauses[clause], basis.record(clause));
    let mut paper = Paper::new(lang, basis.heading(clause));
    paper.text(Style::Subtitle, &*document.title);
    paper.text(Style::Body, &*own.text);
    let mut field = |key, value: String| {
        let value = format!("{}{}{value}", lang.text(key), lang.text("cli.colon"));
        paper.text(Style::Line, value);
    };
    field("show.units", lang.list(&own.responsibility.units));
    field(
        "show.status",
        lang.text(record.status.name_key()).to_owned(),
    );
    let slipped = phrase::slipped(basis, clause).unwrap_or_default();
    field("show.due", phrase::due(record.due, lang) + &slipped);
    let nobody = lang.text("phrase.nobody");
    field(
        "show.owner",
        record.owner.clone().unwrap_or_else(|| nobody.to_owned()),
    );
    if !earlier.is_empty() {
        paper.text(Style::Section, lang.text("dossier.earlier"));
    }
    for EarlierText { source, text } in earlier {
        paper.text(
            Style::Item,
            format!("{} {}", source.document, source.clause),
        );
        let none = lang.text("dossier.no-text");
        paper.text(Style::Body, text.as_deref().unwrap_or(none));
    }
    paper.text(Style::Section, lang.text("dossier.changes"));
    let headings = [
        ("at", "dossier.at"),
        ("by", "dossier.by"),
        ("said", "dossier.said"),
    ];
    let row = |entry: DossierEntry| {
        let said = entry.said.join("\n");
        vec![
            Cell::words(entry.at),
            Cell::words(entry.by),
            Cell::words(said),
        ]
    };
    let table = Table::new(lang, headings, entries(basis, clause).into_iter().map(row));
    paper.table(table, &[18, 14, 68]);
    paper
}
