//! The text of a review item, as lines of a given width.

use super::walk::{ReviewItem, ReviewSource, ReviewWalk};
use crate::{
    document::{ClauseId, Document, compare::Pair},
    progress::{Edit, Progress, Record},
    report::{carried, phrase},
    text::{clean, diff},
    tui::{
        context::Context,
        figures,
        widgets::{
            glyphs::LEVEL,
            lines::{Line, MarkedRange, Page},
            theme::Role,
        },
    },
};

/// From this width on, old and new clause are side by side.
const WIDE: usize = 100;

/// A page: a fixed head, and scrolling lines below, in two columns or one.
pub(super) struct ReviewPage {
    /// What it is, and what yes would carry.
    pub head: Vec<Line>,
    /// One or two columns of lines.
    pub columns: Vec<Vec<Line>>,
}

impl ReviewPage {
    /// Returns the page of a review for a width.
    pub(super) fn of(context: &Context, review: &ReviewWalk, width: usize) -> Self {
        let head = head(context, review, width);
        let nth = match review.current() {
            ReviewItem::Certain => {
                let columns = vec![certain(context, review, width)];
                return Self { head, columns };
            }
            ReviewItem::Clause(clause) => {
                let columns = vec![filled(context, review, clause, width)];
                return Self { head, columns };
            }
            ReviewItem::Row(nth) => {
                let columns = vec![added(context, review, nth, width)];
                return Self { head, columns };
            }
            ReviewItem::Pair(nth) => nth,
        };
        let half = if width >= WIDE {
            (width - 3) / 2
        } else {
            width
        };
        let Some((old, new)) = pair(context, review, nth, half) else {
            return Self {
                head,
                columns: vec![Vec::new()],
            };
        };
        if width >= WIDE {
            return Self {
                head,
                columns: vec![old, new],
            };
        }
        let rule = Line {
            pieces: vec![(LEVEL.repeat(width), Role::Dim)],
            ..Line::default()
        };
        let columns = vec![old.into_iter().chain([rule]).chain(new).collect()];
        Self { head, columns }
    }

    /// Returns the length of the longest column.
    pub(super) fn height(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// Returns what the item is, why a person must decide, and what yes would carry.
fn head(context: &Context, review: &ReviewWalk, width: usize) -> Vec<Line> {
    let (lang, mut page) = (context.lang, Page::new(context.policy, width));
    let nth = match review.current() {
        ReviewItem::Certain => {
            let items = review.carrier(context).map(|c| c.items());
            let items = items.unwrap_or_default();
            let n = items.iter().filter(|i| i.is_due()).count();
            page.paragraph(&lang.fill("review.certain", &[("n", &n)]), Role::Text);
            return page.lines;
        }
        ReviewItem::Clause(_) | ReviewItem::Row(_) => return page.lines,
        ReviewItem::Pair(nth) => nth,
    };
    let Some(pair) = review.pair(nth) else {
        return page.lines;
    };
    let item = review.item(context, nth);
    let why = pair.doubt.map_or("", |doubt| lang.text(doubt.name_key()));
    let (fate, percent) = (lang.text(pair.fate.name_key()), pair.percent());
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("fate", &fate), ("percent", &percent), ("why", &why)];
    page.paragraph(&lang.fill("review.why", &values), Role::Notice);
    let what = carried::what(&item.edits, lang);
    if !what.is_empty() {
        page.paragraph(&lang.fill("review.carries", &[("what", &what)]), Role::Text);
    }
    for kept in &item.kept {
        page.paragraph(&carried::kept(kept, lang), Role::Dim);
    }
    page.lines
}

/// Returns what is certain, one line per pair.
fn certain(context: &Context, review: &ReviewWalk, width: usize) -> Vec<Line> {
    let mut page = Page::new(context.policy, width);
    let Some(carrier) = review.carrier(context) else {
        return page.lines;
    };
    let (old, new) = (carrier.old.document(), carrier.new.document());
    let pairs = carrier.comparison.pairs.iter().zip(carrier.items());
    for (pair, item) in pairs.filter(|(_, item)| item.is_due()) {
        let Some((a, b)) = pair.both() else { continue };
        let (a, b) = (old.clauses[a].id, new.clauses[b].id);
        let fate = context.lang.text(pair.fate.name_key());
        let what = carried::what(&item.edits, context.lang);
        let label = format!("{a} -> {b}  {fate} {}%  ", pair.percent());
        page.hanging(&label, Role::Key, &what, &[], Role::Text);
    }
    page.lines
}

/// Returns a clause as it is, what a ledger would change of it, and what the ledger has that is not
/// merged.
fn filled(context: &Context, review: &ReviewWalk, id: ClauseId, width: usize) -> Vec<Line> {
    let (lang, document) = (context.lang, context.progress.document());
    let mut page = Page::new(context.policy, width);
    let (ReviewSource::Filled(ledger), Some(clause)) = (&review.source, document.find(id)) else {
        return page.lines;
    };
    let text = clean(&document.clauses[clause].text);
    let side = Side {
        key: "review.clause",
        progress: &context.progress,
        clause,
        text: &text,
        changed: &[],
    };
    page.lines.extend(side.lines(context, width));
    page.blank();
    page.paragraph(lang.text("merge.would"), Role::Heading);
    let edits = ledger.of(id);
    for part in edits
        .iter()
        .flat_map(|edit| parts(context, clause, edits, edit))
    {
        page.hanging("+ ", Role::Added, &clean(&part), &[], Role::Added);
    }
    if let Some(theirs) = ledger.takes_theirs(id) {
        let key = if theirs { "merge.theirs" } else { "merge.ours" };
        let said = lang.fill(key, &[("key", &context.key("review-side"))]);
        page.paragraph(&said, Role::Notice);
    }
    notes(context, &mut page, &ledger.notes);
    page.lines
}

/// Returns what an edit sets, part by part, with the step that it is about.
fn parts(context: &Context, clause: usize, all: &[Edit], edit: &Edit) -> Vec<String> {
    let parts = phrase::parts(edit, context.lang);
    let Some(id) = &edit.target.step else {
        return parts;
    };
    let mut known = context.progress.record(clause).steps.iter();
    let known = known.find(|step| step.id == *id).map(|step| &step.text);
    let mut new = all.iter().filter_map(|edit| edit.step.as_ref());
    let text = known.or_else(|| new.find(|(step, _)| step == id).map(|(_, text)| text));
    let text = text.map_or(id.as_str(), String::as_str);
    let said = |part: String| {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("step", &text), ("text", &part)];
        context.lang.fill("phrase.of-step", &values)
    };
    parts.into_iter().map(said).collect()
}

/// Returns what an added row would become.
fn added(context: &Context, review: &ReviewWalk, nth: usize, width: usize) -> Vec<Line> {
    let mut page = Page::new(context.policy, width);
    let ReviewSource::Filled(ledger) = &review.source else {
        return page.lines;
    };
    page.paragraph(context.lang.text("merge.would-add"), Role::Heading);
    let row = ledger.rows.get(nth);
    let edits = row.map(|row| row.item(ClauseId::default(), &ledger.by));
    let edits = edits.iter().flatten();
    for part in edits.flat_map(|edit| phrase::parts(edit, context.lang)) {
        page.hanging("+ ", Role::Added, &clean(&part), &[], Role::Added);
    }
    notes(context, &mut page, &ledger.notes);
    page.lines
}

/// Appends what a ledger has that is not merged.
fn notes(context: &Context, page: &mut Page, notes: &[String]) {
    if notes.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(context.lang.text("merge.notes"), Role::Dim);
    for note in notes {
        page.hanging("  ", Role::Dim, &clean(note), &[], Role::Dim);
    }
}

/// Returns the two clauses of a pair, with differences highlighted.
fn pair(
    context: &Context,
    review: &ReviewWalk,
    nth: usize,
    width: usize,
) -> Option<(Vec<Line>, Vec<Line>)> {
    let (old, new) = review.pair(nth).and_then(Pair::both)?;
    let before = review.carrier(context)?.old;
    let now = &context.progress;
    let text =
        |document: &Document, clause: usize| clean(&document.clauses[clause].text).into_owned();
    let texts = (text(before.document(), old), text(now.document(), new));
    let runs = diff::diff(&texts.0, &texts.1);
    let changed = runs.iter().filter(|run| !run.same);
    let (removed, added): (Vec<_>, Vec<_>) = changed
        .map(|r| ((r.old.clone(), Role::Removed), (r.new.clone(), Role::Added)))
        .unzip();
    let old = Side {
        key: "review.old",
        progress: before,
        clause: old,
        text: &texts.0,
        changed: &removed,
    };
    let new = Side {
        key: "review.new",
        progress: now,
        clause: new,
        text: &texts.1,
        changed: &added,
    };
    Some((old.lines(context, width), new.lines(context, width)))
}

/// One of the two clauses.
struct Side<'a> {
    key: &'static str,
    progress: &'a Progress,
    clause: usize,
    text: &'a str,
    changed: &'a [MarkedRange],
}

impl Side<'_> {
    fn lines(&self, context: &Context, width: usize) -> Vec<Line> {
        let (lang, document) = (context.lang, self.progress.document());
        let clause = &document.clauses[self.clause];
        let mut page = Page::new(context.policy, width);
        let label = format!("{} {}  ", lang.text(self.key), clause.id);
        let title = clean(&document.measure_of(self.clause).title);
        page.hanging(&label, Role::Heading, &title, &[], Role::Heading);
        page.hanging("", Role::Text, self.text, self.changed, Role::Text);
        let units = lang.list(&clause.responsibility.units);
        page.field(lang.text("field.units"), &units, Role::Text);
        state(context, &mut page, self.progress.record(self.clause));
        page.lines
    }
}

/// Appends the fields of a clause.
fn state(context: &Context, page: &mut Page, record: &Record) {
    let lang = context.lang;
    let mut field = |key, value: &str, role| page.field(lang.text(key), value, role);
    let status = figures::status(lang, record.status);
    field("field.status", &status, Role::Status(record.status));
    if record.due.is_some() {
        field("field.due", &phrase::due(record.due, lang), Role::Text);
    }
    if let Some(owner) = &record.owner {
        field("field.owner", &clean(owner), Role::Text);
    }
    for step in &record.steps {
        let role = Role::Status(step.status);
        field("field.step", &figures::step_text(step), role);
    }
    for remark in &record.remarks {
        let at = remark.at.to_zoned_datetime(context.zone.clone());
        let (at, by) = (at.strftime("%Y-%m-%d"), clean(&remark.by));
        let value = format!("{at} {by}  {}", clean(&remark.text));
        field(remark.kind.name_key(), &value, Role::Text);
    }
}
