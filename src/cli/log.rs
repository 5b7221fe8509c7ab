//! `log`: the journal, newest last.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    past,
};
use crate::{
    progress::{Body, Change, Edit},
    report::{Cell, Span, Table, json, phrase, plain},
    text::Tone,
};
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ChangeOut<'a> {
    at: String,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
    session: &'a str,
    id: &'a str,
    stands: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    retract: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    edits: Vec<EditOut<'a>>,
}

#[derive(Serialize)]
struct EditOut<'a> {
    clause: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}

impl Args {
    /// Prints the changes that match the query and the day.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let work = context.open()?;
        let since = self.since.as_deref();
        let since = since
            .map(|text| past::since(text, &work.now, work.lang))
            .transpose()?;
        let admitted = work.changes(&self.query, since)?;
        if self.json {
            let all: Vec<_> = admitted.iter().map(|c| change_out(&work, c)).collect();
            return out.json(&all);
        }
        out.table(&table(&work, &admitted), false, context.policy(), work.lang)
    }
}

fn table(work: &OpenChecklist, changes: &[Change]) -> Table {
    let row = |change: &Change| {
        let mut said = phrase::items(change, work.lang).join(work.lang.text("log.and"));
        if !work.progress.stands(&change.id) {
            said = work.lang.fill("log.taken-back", &[("said", &said)]);
        }
        vec![
            Cell::words(work.basis().minute(change.when())),
            Cell::words(match &change.via {
                Some(via) => work
                    .lang
                    .fill("log.via", &[("by", &change.by), ("via", via)]),
                None => change.by.to_string(),
            }),
            Cell::words(change.id.as_str()),
            Cell::words(said),
        ]
    };
    Table {
        spans: changes.iter().map(|change| spans(work, change)).collect(),
        ..Table::named(["at", "by", "change", "said"], changes.iter().map(row))
    }
}

/// Returns what a terminal colours of a change: the statuses that it sets; an undone change is
/// quiet.
fn spans(work: &OpenChecklist, change: &Change) -> Vec<Span> {
    let mut spans = vec![Span::whole(0, Tone::Quiet), Span::whole(2, Tone::Quiet)];
    if !work.progress.stands(&change.id) {
        spans.push(Span::whole(SAID, Tone::Quiet));
        return spans;
    }
    let mut at = 0;
    for (edit, item) in change.edits().iter().zip(phrase::items(change, work.lang)) {
        if let Some(status) = edit.status {
            let start = at + plain::one_line(&edit.target.to_string()).len() + 1;
            let name = work.lang.text(status.name_key());
            spans.push(Span {
                column: SAID,
                range: start..start + name.len(),
                tone: phrase::tone(status),
            });
        }
        at += plain::one_line(&item).len() + work.lang.text("log.and").len();
    }
    spans
}

/// The place of the column that says what was changed.
const SAID: usize = 3;

fn change_out<'a>(work: &OpenChecklist, change: &'a Change) -> ChangeOut<'a> {
    let (retract, edits) = match &change.body {
        Body::Retract(id) => (Some(id.as_str()), Vec::new()),
        Body::Edits(edits) => (None, edits.iter().map(edit_out).collect()),
    };
    ChangeOut {
        at: json::time(change.when(), work.now.time_zone()),
        by: &change.by,
        via: change.via.as_deref(),
        session: &change.session,
        id: &change.id,
        stands: work.progress.stands(&change.id),
        retract,
        edits,
    }
}

fn edit_out(edit: &Edit) -> EditOut<'_> {
    let new = edit
        .step
        .as_ref()
        .map(|(id, text)| (id.as_str(), Some(text.as_str())));
    let worded = edit.text.as_ref().map(Option::as_deref);
    let step = new.map_or(edit.target.step.as_deref(), |(id, _)| Some(id));
    let text = new.map(|(_, text)| text).or(worded).map(Value::from);
    EditOut {
        clause: &edit.target.clause,
        step,
        text,
        item: edit
            .item
            .as_ref()
            .map(|units| serde_json::json!({"units": units})),
        after: edit.after.as_ref().map(|step| step.as_deref().into()),
        status: edit.status.map(crate::progress::Status::id),
        due: edit.due.map(|due| due.map(|due| due.to_string()).into()),
        owner: edit.owner.as_ref().map(|owner| owner.as_deref().into()),
        remark: edit.remark.as_ref().map(|(_, text)| text.as_str()),
        kind: edit.remark.as_ref().map(|(kind, _)| kind.id()),
    }
}
