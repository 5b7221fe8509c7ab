//! Terms that do not search text: units, states, numbers, deadlines, the journal.

use super::{
    Query, Scene, names,
    query::{AskedOwner, Asks, Compare, DerivedState, DueCondition, Made, Term},
};
use crate::{
    day::Period,
    document::{ClauseId, Document, Node},
    progress::{self, Body, Change, Record, Status, Urgency},
};
use compact_str::CompactString;
use jiff::{Timestamp, ToSpan, civil::Date};
use std::collections::{BTreeMap, HashSet};

/// A set of clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clauses(Vec<bool>);

impl Clauses {
    fn none(document: &Document) -> Self {
        Self(vec![false; document.clauses.len()])
    }

    /// Returns a set of these clauses.
    pub(super) fn of(document: &Document, clauses: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(document);
        for clause in clauses {
            if let Some(has) = set.0.get_mut(clause) {
                *has = true;
            }
        }
        set
    }

    /// Returns whether a clause is in the set.
    pub(super) fn has(&self, clause: usize) -> bool {
        self.0.get(clause).is_some_and(|has| *has)
    }

    /// Keeps only clauses in the other set, or with `not` only those outside it.
    pub(super) fn keep(&mut self, other: &Self, not: bool) {
        for (has, other) in self.0.iter_mut().zip(&other.0) {
            *has &= *other != not;
        }
    }
}

/// Returns the units that clauses name, sorted, each with its clauses.
pub(super) fn named(document: &Document) -> BTreeMap<&str, Vec<usize>> {
    let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, clause) in document.clauses.iter().enumerate() {
        for unit in &clause.responsibility.units {
            named.entry(unit).or_default().push(i);
        }
    }
    named
}

/// Returns the clauses that pass all terms that do not search text; `None` if there is no such
/// term.
pub(super) fn filtered(query: &Query, scene: &Scene<'_>) -> Option<Clauses> {
    let mut left: Option<Clauses> = None;
    let mut keep = |set: Clauses, not| {
        let every = || Clauses::of(scene.document, 0..scene.document.clauses.len());
        left.get_or_insert_with(every).keep(&set, not);
    };
    let mut made = Vec::new();
    for term in query.terms() {
        match &term.asks {
            Asks::Text(_) | Asks::All(_) => {}
            // A single change must satisfy all of these.
            Asks::Made(asked) if !term.not => made.push(asked),
            asks => keep(admitted(asks, scene), term.not),
        }
    }
    if !made.is_empty() {
        keep(touched(&made, scene), false);
    }
    left
}

/// Returns the clauses that a term admits, if it does not search text.
pub(super) fn admitted(asks: &Asks, scene: &Scene<'_>) -> Clauses {
    let document = scene.document;
    match asks {
        Asks::Text(_) | Asks::View(_) | Asks::All(_) => Clauses::none(document),
        Asks::Any(several) => {
            let sets: Vec<Clauses> = several.iter().map(|one| admitted(one, scene)).collect();
            let any = |clause: &usize| sets.iter().any(|set| set.has(*clause));
            Clauses::of(document, (0..document.clauses.len()).filter(any))
        }
        Asks::Owner(owner) => owned(owner, scene),
        Asks::Unit(pattern) => {
            let named = named(document).into_iter();
            let units = named.map(|(name, clauses)| (clauses, names_of(name, scene)));
            Clauses::of(document, names::meant(pattern, units).into_iter().flatten())
        }
        Asks::Number(parts) => Clauses::of(document, numbered(parts, document)),
        Asks::Chapter(number) => {
            let chapters =
                (0..document.chapters.len()).filter(|i| document.chapters[*i].number == *number);
            let clauses = chapters.flat_map(|i| document.clauses_of(Node::Chapter(i)));
            Clauses::of(document, clauses)
        }
        Asks::Made(made) => touched(&[made], scene),
        Asks::Is(status) => by_record(scene, |record| record.status == *status),
        Asks::State(state) => in_state(*state, scene),
        Asks::Due(due) => {
            let asked = match due {
                // Resolved once, not for every clause.
                DueCondition::Day(_, day) => Some(day.on(scene.today)),
                DueCondition::None | DueCondition::Long => None,
            };
            by_record(scene, |record| is_due(record.due, due, asked))
        }
    }
}

fn owned(owner: &AskedOwner, scene: &Scene<'_>) -> Clauses {
    let name = |clause| scene.progress.record(clause).owner.as_deref();
    match owner {
        AskedOwner::None => by_record(scene, |record| record.owner.is_none()),
        AskedOwner::Me => by_record(scene, |record| record.owner.as_deref() == Some(scene.me)),
        AskedOwner::Named(pattern) => {
            let all = 0..scene.document.clauses.len();
            let owners = all.filter_map(|clause| Some((clause, vec![name(clause)?])));
            Clauses::of(scene.document, names::meant(pattern, owners))
        }
    }
}

/// Returns the units in a query that no clause names, each with the most similar names.
pub fn strangers<'a>(query: &Query, scene: &Scene<'a>) -> Vec<(String, Vec<&'a str>)> {
    let strange = |asks: &Asks| match asks {
        Asks::Unit(pattern) => {
            let names: Vec<&'a str> = named(scene.document).into_keys().collect();
            let units = names.iter().map(|name| (name, names_of(name, scene)));
            let known = !names::meant(pattern, units).is_empty();
            (!known).then(|| (pattern.text().to_owned(), alike(pattern.text(), &names)))
        }
        _ => None,
    };
    let asked = query.terms().iter().flat_map(|term| term.asks.each());
    asked.filter_map(strange).collect()
}

fn alike<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
    let common = |name: &str| name.chars().filter(|c| typed.contains(*c)).count();
    let most = names.iter().map(|name| common(name)).max().unwrap_or(0);
    let near = names.iter().filter(|name| most > 0 && common(name) == most);
    near.take(3).copied().collect()
}

/// Returns all names of a unit, its own first.
pub(super) fn names_of<'a>(unit: &'a str, scene: &Scene<'a>) -> Vec<&'a str> {
    let known = scene.units.find(unit);
    let others = known
        .into_iter()
        .flat_map(|known| known.aliases.iter().chain(&known.short));
    std::iter::once(unit)
        .chain(others.map(String::as_str))
        .collect()
}

fn by_record(scene: &Scene<'_>, admits: impl Fn(&Record) -> bool) -> Clauses {
    let all = 0..scene.document.clauses.len();
    let clauses = all.filter(|clause| admits(scene.progress.record(*clause)));
    Clauses::of(scene.document, clauses)
}

fn in_state(state: DerivedState, scene: &Scene<'_>) -> Clauses {
    let urgency = |urgency| {
        by_record(scene, |record| {
            record.urgency(scene.today, scene.limits.days_ahead) == Some(urgency)
        })
    };
    match state {
        DerivedState::Open => by_record(scene, |record| record.status.is_open()),
        DerivedState::Overdue => urgency(Urgency::Overdue),
        DerivedState::Soon => urgency(Urgency::Soon),
        DerivedState::Light(light) => {
            let meter = scene.meter();
            let light_of = |record: &_| meter.clause(record).map(|pace| pace.light);
            by_record(scene, |record| light_of(record) == Some(light))
        }
        DerivedState::Postponed => {
            let all = 0..scene.document.clauses.len();
            let clauses = all.filter(|clause| scene.progress.slip(*clause).is_some());
            Clauses::of(scene.document, clauses)
        }
        DerivedState::New => {
            let news = scene.progress.news(scene.me);
            let clauses = news
                .into_iter()
                .flat_map(|(_, set)| touches(set, scene.document));
            Clauses::of(scene.document, clauses)
        }
        DerivedState::Stale(days) => {
            let days = days.unwrap_or(scene.limits.stale_days);
            let begun = begun(scene);
            by_record(scene, |record| is_stale(record, begun, days, scene))
        }
    }
}

/// Returns when the journal begins.
fn begun(scene: &Scene<'_>) -> Option<Timestamp> {
    scene
        .progress
        .changes()
        .next()
        .map(super::super::progress::change::Change::when)
}

impl Scene<'_> {
    /// Returns whether a clause is stale: it is open or 持续推进, and has had no change for `days`
    /// calendar days. An untouched clause counts from the first line of the journal; without one,
    /// nothing is stale.
    pub fn is_stale(&self, clause: usize, days: i32) -> bool {
        is_stale(self.progress.record(clause), begun(self), days, self)
    }
}

fn is_stale(record: &Record, begun: Option<Timestamp>, days: i32, scene: &Scene<'_>) -> bool {
    let last = record.updated.as_ref().map(|(at, _)| *at).or(begun);
    let owed = record.status.is_open() || record.status == Status::Ongoing;
    let Some(last) = last.filter(|_| owed) else {
        return false;
    };
    let last = last.to_zoned_datetime(scene.zone.clone()).date();
    last.saturating_add(days.days()) <= scene.today
}

fn is_due(due: Option<progress::Due>, asked: &DueCondition, days: Option<Period>) -> bool {
    match (due, asked) {
        (None, DueCondition::None) | (Some(progress::Due::Long), DueCondition::Long) => true,
        (Some(progress::Due::Date(date)), DueCondition::Day(compare, _)) => {
            let Some(Period { first, last }) = days else {
                return false;
            };
            match compare {
                Compare::Less => date < first,
                Compare::AtMost => date <= last,
                Compare::Equal => first <= date && date <= last,
                Compare::AtLeast => date >= first,
                Compare::More => date > last,
            }
        }
        _ => false,
    }
}

/// Returns the clauses with a number: a clause's own, or its measure's as people type it.
pub(super) fn numbered(parts: &[u32], document: &Document) -> Vec<usize> {
    let typed = parts
        .iter()
        .map(u32::to_string)
        .collect::<Vec<_>>()
        .join(".");
    if let Ok(id) = typed.parse::<ClauseId>()
        && let Some(clause) = document.find(id)
    {
        return vec![clause];
    }
    let last = parts.last().copied();
    (0..document.measures.len())
        .filter(|measure| Some(document.measures[*measure].number) == last)
        .filter(|measure| parts.len() == 1 || document.measure_label(*measure) == typed)
        .flat_map(|measure| document.clauses_of(Node::Measure(measure)))
        .collect()
}

/// Returns the clauses of any standing change that satisfies all conditions.
fn touched(asked: &[&Made], scene: &Scene<'_>) -> Clauses {
    let asked: Vec<_> = asked.iter().map(|made| Making::new(made, scene)).collect();
    let progress = scene.progress;
    let changes = progress
        .changes()
        .filter(|change| asked.iter().all(|made| made.admits(change)))
        .filter(|change| progress.stands(&change.id));
    Clauses::of(
        scene.document,
        changes.flat_map(|c| touches(c, scene.document)),
    )
}

/// Returns the clauses that a change edits.
fn touches(change: &Change, document: &Document) -> Vec<usize> {
    let Body::Edits(edits) = &change.body else {
        return Vec::new();
    };
    let ids = edits
        .iter()
        .filter_map(|edit| edit.target.clause.parse().ok());
    ids.filter_map(|id| document.find(id)).collect()
}

/// A condition on a change, ready to be checked.
#[derive(Debug)]
pub(super) enum Making {
    By(HashSet<CompactString>),
    Since(Timestamp),
    Before(Timestamp),
}

impl Making {
    /// Prepares it: resolves people in the journal, and days to moments.
    pub(super) fn new(made: &Made, scene: &Scene<'_>) -> Self {
        let start = |date: Date| {
            let start = date.to_zoned_datetime(scene.zone.clone()).ok()?;
            Some(start.timestamp())
        };
        match made {
            Made::By(pattern) => {
                let people: HashSet<_> = scene.progress.changes().map(|c| &c.by).collect();
                let named = people
                    .iter()
                    .map(|name| ((*name).clone(), vec![name.as_str()]));
                Self::By(names::meant(pattern, named).into_iter().collect())
            }
            Made::Since(day) => {
                Self::Since(start(day.on(scene.today).first).unwrap_or(Timestamp::MAX))
            }
            Made::Until(day) => {
                let end = day.on(scene.today).last.saturating_add(1.day());
                Self::Before(start(end).unwrap_or(Timestamp::MAX))
            }
        }
    }

    /// Returns whether a change satisfies it.
    pub(super) fn admits(&self, change: &Change) -> bool {
        match self {
            Self::By(people) => people.contains(&change.by),
            Self::Since(start) => change.when() >= *start,
            Self::Before(end) => change.when() < *end,
        }
    }
}

/// Returns the condition of a term on changes rather than clauses.
pub(super) fn asks_of_change(term: &Term) -> Option<&Made> {
    match &term.asks {
        Asks::Made(made) => Some(made),
        _ => None,
    }
}
