//! What changed, as meeting minutes.
//!
//! They report the difference between the state before the meeting and the state now, so a change
//! that was undone in between is left out; standing remarks are quoted in full. Each clause's text
//! is printed once.

use super::{
    Basis, Cell, Column, Table,
    paper::{Paper, Style},
    since::Since,
    stats,
    table::rate,
};
use jiff::Timestamp;
use std::collections::HashSet;

/// The most clause numbers that the agenda lists.
const LISTED: usize = 40;

/// The minutes, before they have a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// Their contents.
    pub paper: Paper,
    /// How many clauses changed.
    pub changed: usize,
    /// How many are still open.
    pub open: usize,
}

impl Minutes {
    /// Gathers the changes of the whole document since a moment.
    pub fn whole(basis: &Basis<'_>, since: Timestamp) -> Self {
        Gatherer::new(basis, since).minutes(&basis.all(), None)
    }

    /// Gathers what a meeting on a topic changed of the clauses that it went through, since it began.
    pub fn of_meeting(basis: &Basis<'_>, began: Timestamp, topic: &str, clauses: &[usize]) -> Self {
        Gatherer::new(basis, began).minutes(clauses, Some(topic))
    }
}

struct Gatherer<'a> {
    basis: &'a Basis<'a>,
    since: Timestamp,
    changes: Since<'a>,
}

impl<'a> Gatherer<'a> {
    fn new(basis: &'a Basis<'a>, since: Timestamp) -> Self {
        Self {
            basis,
            since,
            changes: Since::new(basis, since),
        }
    }

    fn minutes(&self, clauses: &[usize], topic: Option<&str>) -> Minutes {
        let (basis, lang) = (self.basis, self.basis.lang);
        let mut paper = Paper::new(lang, lang.text("minutes.title"));
        for line in self.head(clauses, topic) {
            paper.text(Style::Line, line);
        }
        let news: Vec<(usize, Vec<String>)> = clauses
            .iter()
            .map(|clause| (*clause, self.changes.lines(*clause)))
            .filter(|(_, lines)| !lines.is_empty())
            .collect();
        paper.text(
            Style::Body,
            self.summary(news.len(), clauses, topic.is_some()),
        );
        if !news.is_empty() {
            paper.text(Style::Section, lang.text("minutes.changes"));
        }
        for (clause, said) in &news {
            self.changed(&mut paper, *clause, said);
        }
        let told: HashSet<usize> = news.iter().map(|(clause, _)| *clause).collect();
        let is_open = |c: &usize| basis.record(*c).status.is_open();
        let open: Vec<usize> = clauses.iter().copied().filter(is_open).collect();
        paper.text(
            Style::Section,
            lang.fill("minutes.open", &[("count", &open.len())]),
        );
        if !open.is_empty() {
            paper.table(open_table(basis, &open, &told), &[8, 42, 18, 10, 10, 14]);
            for line in by_unit(basis, &open) {
                paper.text(Style::Point, line);
            }
        }
        Minutes {
            paper,
            changed: news.len(),
            open: open.len(),
        }
    }

    /// Returns the lines between title and summary.
    fn head(&self, clauses: &[usize], topic: Option<&str>) -> [String; 5] {
        let (basis, lang) = (self.basis, self.basis.lang);
        let (from, to) = (basis.minute(self.since), basis.minute(basis.scene.now));
        // Within one day, the second time needs no date; a longer period needs no times.
        let day = |minute: &str| minute.get(..10).unwrap_or(minute).to_owned();
        let clock = |minute: &str| minute.get(11..).unwrap_or(minute).to_owned();
        let (from, to) = match (topic, day(&from) == day(&to)) {
            (Some(_), true) => (from, clock(&to)),
            (Some(_), false) => (from, to),
            (None, _) => (day(&from), day(&to)),
        };
        let count = clauses.len();
        let topic = topic.unwrap_or(lang.text("minutes.whole"));
        let agenda = lang.fill("minutes.agenda", &[("topic", &topic), ("n", &count)]);
        let listed = count > 0 && count < basis.document().clauses.len() && count <= LISTED;
        let ids = listed.then(|| lang.fill("minutes.ids", &[("ids", &ids(basis, clauses))]));
        [
            lang.fill("minutes.document", &[("title", &basis.document().title)]),
            lang.fill("minutes.time", &[("from", &from), ("to", &to)]),
            agenda + &ids.unwrap_or_default(),
            lang.text("minutes.present").to_owned(),
            lang.text("minutes.taker").to_owned(),
        ]
    }

    /// Returns the extent of the changes, in a sentence.
    fn summary(&self, changed: usize, clauses: &[usize], met: bool) -> String {
        let basis = self.basis;
        let since = self
            .since
            .to_zoned_datetime(basis.scene.zone.clone())
            .date();
        let today = since == basis.scene.today;
        let key = match (met, today, changed == 0) {
            // Changes of the same day before the meeting are left out.
            (true, _, false) => "minutes.met",
            (true, _, true) => "minutes.met-none",
            (false, true, false) => "minutes.today",
            (false, true, true) => "minutes.today-none",
            (false, false, false) => "minutes.since",
            (false, false, true) => "minutes.since-none",
        };
        let (n, of) = stats::whole(basis, clauses).tally.rate();
        basis.lang.fill(
            key,
            &[
                ("since", &since),
                ("changed", &changed),
                ("total", &clauses.len()),
                ("rate", &rate(n, of, basis.lang)),
            ],
        )
    }

    fn changed(&self, paper: &mut Paper, clause: usize, said: &[String]) {
        let (own, lang) = (&self.basis.document().clauses[clause], self.basis.lang);
        paper.text(Style::Clause, self.basis.heading(clause));
        paper.text(Style::Body, &*own.text);
        let units = &own.responsibility.units;
        if !units.is_empty() {
            let units = lang.list(units);
            paper.text(
                Style::Body,
                lang.fill("minutes.units", &[("units", &units)]),
            );
        }
        for line in said {
            paper.text(Style::Point, line);
        }
    }
}

/// Returns the numbers of clauses as a list.
fn ids(basis: &Basis<'_>, clauses: &[usize]) -> String {
    let id = |c: &usize| basis.document().clauses[*c].id.to_string();
    let ids: Vec<String> = clauses.iter().map(id).collect();
    basis.lang.list(&ids)
}

/// Returns what is open, each clause once; for one reported above, only its measure.
fn open_table(basis: &Basis<'_>, open: &[usize], told: &HashSet<usize>) -> Table {
    let (document, lang) = (basis.document(), basis.lang);
    let headings = [
        Column::Id,
        Column::Text,
        Column::Units,
        Column::Status,
        Column::Owner,
        Column::Due,
    ]
    .map(|c| (c.id(), c.key()));
    let row = |clause: &usize| {
        let said = if told.contains(clause) {
            let measure = &document.measure_of(*clause).title;
            lang.fill("minutes.above", &[("measure", measure)])
        } else {
            document.clauses[*clause].text.clone()
        };
        let units = document.clauses[*clause].responsibility.units.join("\n");
        let status = Column::Status.cell(basis, *clause).show(lang);
        let urgency = Column::Urgency.cell(basis, *clause).show(lang);
        let status = format!("{status}\n{urgency}");
        vec![
            Column::Id.cell(basis, *clause),
            Cell::words(said),
            Cell::words(units),
            Cell::words(status.trim_end()),
            Column::Owner.cell(basis, *clause),
            Column::Due.cell(basis, *clause),
        ]
    };
    Table::new(lang, headings, open.iter().map(row))
}

/// Returns a line for each unit with the numbers of what it has open; a joint clause is in several.
fn by_unit(basis: &Basis<'_>, open: &[usize]) -> Vec<String> {
    let groups = super::column::by_unit(basis, open).into_iter();
    let line = |(unit, clauses): (String, Vec<usize>)| {
        let ids = ids(basis, &clauses);
        basis.lang.fill(
            "minutes.by-unit",
            &[("unit", &unit), ("count", &clauses.len()), ("ids", &ids)],
        )
    };
    groups.map(line).collect()
}
