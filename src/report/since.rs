//! What changed since a moment: each clause's old and new values, and the change in rates.
//!
//! It compares the state then with the state now, so what came and went in between is left out.

use super::{
    Basis, Cell, Table, json,
    paper::{Paper, Style},
    phrase,
    stats::{self, By},
    table::points,
};
use crate::progress::{Change, Edit, Kind, Progress, Record, Remark, Step};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::HashMap;

/// What changed since a moment.
#[derive(Debug)]
pub struct Since<'a> {
    basis: &'a Basis<'a>,
    /// The state then.
    before: Progress,
    /// For each clause, the last change since that set a field.
    made: HashMap<(usize, RecordField), &'a Change>,
}

/// The numbers of complete and counted clauses.
type CompletedOf = (usize, usize);

/// A single-valued field of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum RecordField {
    Status,
    Due,
    Owner,
}

impl RecordField {
    const ALL: [Self; 3] = [Self::Status, Self::Due, Self::Owner];

    /// Returns its name in JSON, and the key of its name in `data/locales`.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Status => ("status", "show.status"),
            Self::Due => ("due", "show.due"),
            Self::Owner => ("owner", "show.owner"),
        }
    }

    const fn is_set(self, edit: &Edit) -> bool {
        match self {
            Self::Status => edit.status.is_some(),
            Self::Due => edit.due.is_some(),
            Self::Owner => edit.owner.is_some(),
        }
    }

    fn differs(self, was: &Record, is: &Record) -> bool {
        match self {
            Self::Status => was.status != is.status,
            Self::Due => was.due != is.due,
            Self::Owner => was.owner != is.owner,
        }
    }

    fn value(self, record: &Record) -> Value {
        match self {
            Self::Status => record.status.id().into(),
            Self::Due => record.due.map(|due| due.to_string()).into(),
            Self::Owner => record.owner.clone().into(),
        }
    }

    fn words(self, record: &Record, basis: &Basis<'_>) -> String {
        let lang = basis.lang;
        match self {
            Self::Status => lang.text(record.status.name_key()).to_owned(),
            Self::Due => phrase::due(record.due, lang),
            Self::Owner => {
                let nobody = lang.text("phrase.nobody");
                record.owner.as_deref().unwrap_or(nobody).to_owned()
            }
        }
    }
}

impl<'a> Since<'a> {
    /// Compares the clauses with their state just before a moment.
    pub fn new(basis: &'a Basis<'a>, since: Timestamp) -> Self {
        let now = basis.progress();
        let mut made = HashMap::new();
        let standing = now
            .changes()
            .filter(|c| c.when() >= since && now.stands(&c.id));
        for change in standing {
            let own = change.edits().iter().filter(|e| e.target.step.is_none());
            for edit in own {
                let Some(clause) = edit
                    .target
                    .clause_id()
                    .and_then(|id| basis.document().find(id))
                else {
                    continue;
                };
                for field in RecordField::ALL
                    .into_iter()
                    .filter(|field| field.is_set(edit))
                {
                    made.insert((clause, field), change);
                }
            }
        }
        Self {
            basis,
            before: now.only(|change| change.when() < since),
            made,
        }
    }

    /// Returns the clauses that changed.
    pub fn changed(&self) -> Vec<usize> {
        let mut all = self.basis.all();
        all.retain(|clause| !self.lines(*clause).is_empty());
        all
    }

    /// Returns the number of changed clauses and the change in the rate, in a sentence.
    pub fn summary(&self, day: &str) -> String {
        let rate = |basis: &Basis<'_>| {
            let (n, of) = stats::whole(basis, &basis.all()).tally.rate();
            Cell::Rate(n, of).show(basis.lang)
        };
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("since", &day),
            ("n", &self.changed().len()),
            ("from", &rate(&self.then())),
            ("to", &rate(self.basis)),
        ];
        self.basis.lang.fill("since.summary", &values)
    }

    /// Returns a clause's changes, one line each: fields (`期限：2026-10-31 →
    /// 2026-12-31（李四，2026-11-02 10:00）`), then remarks by kind, then steps.
    pub fn lines(&self, clause: usize) -> Vec<String> {
        let (basis, lang) = (self.basis, self.basis.lang);
        let (was, is) = self.records(clause);
        let mut lines = Vec::new();
        for field in RecordField::ALL
            .into_iter()
            .filter(|field| field.differs(was, is))
        {
            let name = lang.text(field.names().1);
            let (from, to) = (field.words(was, basis), field.words(is, basis));
            let moved = lang.fill(
                "minutes.moved",
                &[("field", &name), ("from", &from), ("to", &to)],
            );
            let by = self.made.get(&(clause, field));
            let by = by.map(|change| self.signed(&change.by, change.when()));
            lines.push(moved + &by.unwrap_or_default());
        }
        for kind in Kind::ALL {
            let of_kind = remarks(was, is).into_iter().filter(|r| r.kind == kind);
            lines.extend(of_kind.map(|r| {
                let kind = lang.text(kind.name_key()).to_owned() + &self.signed(&r.by, r.at);
                lang.fill("phrase.remark", &[("kind", &kind), ("text", &r.text)])
            }));
        }
        for step in steps(was, is) {
            let status = lang.text(step.status.name_key());
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("text", &step.text), ("status", &status)];
            lines.push(lang.fill("minutes.step", &values));
        }
        lines
    }

    /// Returns the rates of chapters and units that changed.
    pub fn rates(&self) -> Table {
        let headings = [
            ("name", "stats.name"),
            ("before", "since.before"),
            ("now", "since.now"),
            ("moved", "since.moved"),
        ];
        let row = |(name, before, now): (String, CompletedOf, CompletedOf)| {
            let moved = match points(before, now) {
                0 => String::new(),
                points => format!("{points:+}%"),
            };
            vec![
                Cell::words(name),
                Cell::Rate(before.0, before.1),
                Cell::Rate(now.0, now.1),
                Cell::words(moved),
            ]
        };
        let groups = [By::Chapter, By::Unit]
            .into_iter()
            .flat_map(|by| self.moved(by));
        Table::new(self.basis.lang, headings, groups.map(row))
    }

    /// Returns the changes as a paper.
    pub fn paper(&self, since: &str) -> Paper {
        let lang = self.basis.lang;
        let mut paper = Paper::new(lang, &self.basis.document().title);
        paper.text(Style::Body, self.summary(since));
        for clause in self.changed() {
            paper.text(Style::Clause, self.basis.heading(clause));
            for line in self.lines(clause) {
                paper.text(Style::Point, line);
            }
        }
        let rates = self.rates();
        if !rates.rows.is_empty() {
            paper.text(Style::Section, lang.text("since.rates"));
            paper.table(rates, &[40, 20, 20, 20]);
        }
        paper
    }

    /// Returns the changes as JSON.
    pub fn json(&self, since: Timestamp) -> Value {
        let rate = |(n, of): (usize, usize)| json!({"n": n, "of": of});
        let group = |by| {
            let moved = self.moved(by).into_iter();
            let rows = moved
                .map(|(name, from, to)| json!({"name": name, "from": rate(from), "to": rate(to)}));
            Value::Array(rows.collect())
        };
        let whole = |basis: &Basis<'_>| rate(stats::whole(basis, &basis.all()).tally.rate());
        let zone = self.basis.scene.zone;
        json!({
            "since": json::time(since, zone),
            "until": json::time(self.basis.scene.now, zone),
            "rate": {"from": whole(&self.then()), "to": whole(self.basis)},
            "clauses": self.changed().into_iter().map(|c| self.clause_json(c)).collect::<Vec<_>>(),
            "chapters": group(By::Chapter),
            "units": group(By::Unit),
        })
    }

    fn clause_json(&self, clause: usize) -> Value {
        let zone = self.basis.scene.zone;
        let (was, is) = self.records(clause);
        let moved = RecordField::ALL
            .into_iter()
            .filter(|field| field.differs(was, is));
        let moved = moved.map(|field| {
            let made = self.made.get(&(clause, field));
            json!({
                "field": field.names().0,
                "from": field.value(was),
                "to": field.value(is),
                "by": made.map(|change| change.by.as_str()),
                "at": made.map(|change| json::time(change.when(), zone)),
            })
        });
        let remarks = remarks(was, is).into_iter();
        let remarks = remarks.map(|r| {
            json!({"at": json::time(r.at, zone), "by": r.by.as_str(), "kind": r.kind.id(), "text": r.text})
        });
        let steps = steps(was, is).into_iter();
        let steps = steps
            .map(|s| json!({"id": s.id.as_str(), "text": s.text, "done": s.status.is_complete()}));
        json!({
            "id": self.basis.document().clauses[clause].id.to_string(),
            "moved": moved.collect::<Vec<_>>(),
            "remarks": remarks.collect::<Vec<_>>(),
            "steps": steps.collect::<Vec<_>>(),
        })
    }

    /// Returns the groups whose rate changed, with both rates.
    fn moved(&self, by: By) -> Vec<(String, CompletedOf, CompletedOf)> {
        let then = stats::groups(&self.then(), by, &self.basis.all());
        let now = stats::groups(self.basis, by, &self.basis.all());
        let rates = then.into_iter().zip(now);
        let rates = rates.map(|(then, now)| (then.name, then.tally.rate(), now.tally.rate()));
        rates.filter(|(_, from, to)| from != to).collect()
    }

    fn then(&self) -> Basis<'_> {
        let mut basis = *self.basis;
        basis.scene.progress = &self.before;
        basis
    }

    fn records(&self, clause: usize) -> (&Record, &Record) {
        (self.before.record(clause), self.basis.record(clause))
    }

    fn signed(&self, by: &str, at: Timestamp) -> String {
        // Lines from elsewhere may have a name of several lines.
        let by = by.split_whitespace().collect::<Vec<_>>().join(" ");
        let at = self.basis.minute(at);
        let lang = self.basis.lang;
        lang.fill("minutes.signed", &[("by", &by), ("at", &at)])
    }
}

fn remarks<'a>(was: &Record, is: &'a Record) -> Vec<&'a Remark> {
    is.remarks
        .iter()
        .filter(|r| !was.remarks.contains(r))
        .collect()
}

fn steps<'a>(was: &Record, is: &'a Record) -> Vec<&'a Step> {
    is.steps.iter().filter(|s| !was.steps.contains(s)).collect()
}
