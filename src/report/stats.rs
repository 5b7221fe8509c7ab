//! Counts and rates by chapter, unit, status or owner.

use super::{Basis, Cell, Heading, Span, Table};
use crate::{
    locale::Lang,
    progress::{Status, Tally, Urgency},
    text::Tone,
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// What clauses are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// The chapter of a clause.
    #[default]
    Chapter,
    /// Each unit of a clause; a joint clause counts once for each.
    Unit,
    /// The status of a clause.
    Status,
    /// The person in charge.
    Owner,
}

/// The counts of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The chapter's title, the unit's name, the status's id, or the owner's name (empty for
    /// nobody).
    pub name: String,
    /// The clauses by status.
    pub tally: Tally,
    /// Its clauses.
    pub clauses: Vec<usize>,
    /// For a unit: the clauses that it leads (牵头).
    pub lead: usize,
    /// Joint clauses, with more than one unit.
    pub joint: usize,
    /// Overdue clauses (逾期).
    pub overdue: usize,
    /// Clauses not updated for the days set in the config (未更新).
    pub stale: usize,
    /// How many had their deadline moved later (延期).
    pub postponed: usize,
    /// By how many days in all.
    pub slipped: usize,
}

/// The columns that a table has only where they are asked for.
pub const ON_REQUEST: [&str; 2] = ["postponed", "slipped"];

#[derive(Serialize)]
struct RateOut {
    n: usize,
    of: usize,
}

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("total", &self.tally.total())?;
        map.serialize_entry("lead", &self.lead)?;
        for status in Status::ALL {
            map.serialize_entry(status.id(), &self.tally.count(status))?;
        }
        let (n, of) = self.tally.rate();
        map.serialize_entry("rate", &RateOut { n, of })?;
        map.serialize_entry("overdue", &self.overdue)?;
        map.serialize_entry("stale", &self.stale)?;
        map.serialize_entry("postponed", &self.postponed)?;
        map.serialize_entry("slipped", &self.slipped)?;
        map.end()
    }
}

impl Group {
    fn add(&mut self, basis: &Basis<'_>, clause: usize) {
        self.clauses.push(clause);
        self.tally.add(basis.record(clause).status);
        let who = &basis.document().clauses[clause].responsibility;
        self.joint += usize::from(who.units.len() > 1);
        self.overdue += usize::from(basis.urgency(clause) == Some(Urgency::Overdue));
        self.stale += usize::from(basis.scene.is_stale(clause, basis.scene.limits.stale_days));
        if let Some(slip) = basis.progress().slip(clause) {
            self.postponed += 1;
            let days = slip.days(basis.record(clause).due).unwrap_or(0);
            self.slipped += usize::try_from(days).unwrap_or(0);
        }
    }
}

/// Returns the groups of these clauses: all chapters or statuses in order; or the units that the
/// clauses name, in order of first mention. Apart from their chapter, added items are in no
/// group that has clauses of the document.
pub fn groups(basis: &Basis<'_>, by: By, clauses: &[usize]) -> Vec<Group> {
    let document = basis.document();
    let named = |name: &str| Group {
        name: name.to_owned(),
        ..Group::default()
    };
    let mut groups: Vec<Group> = match by {
        By::Chapter => document.chapters.iter().map(|c| named(&c.title)).collect(),
        By::Unit => document.units().into_iter().map(named).collect(),
        By::Status => Status::ALL.iter().map(|s| named(s.id())).collect(),
        By::Owner => owners(basis, clauses).into_iter().map(named).collect(),
    };
    let place: std::collections::HashMap<String, usize> = groups
        .iter()
        .enumerate()
        .map(|(nth, g)| (g.name.clone(), nth))
        .collect();
    let counted = match by {
        By::Chapter => clauses.to_vec(),
        By::Unit | By::Status | By::Owner => rated(basis, clauses),
    };
    for clause in counted {
        let who = &document.clauses[clause].responsibility;
        match by {
            By::Chapter => groups[document.measure_of(clause).chapter].add(basis, clause),
            By::Status => groups[basis.record(clause).status as usize].add(basis, clause),
            By::Owner => {
                let owner = basis.record(clause).owner.as_deref();
                groups[place[owner.unwrap_or_default()]].add(basis, clause);
            }
            By::Unit => {
                for unit in &who.units {
                    let group = &mut groups[place[unit]];
                    group.add(basis, clause);
                    group.lead += usize::from(who.lead.contains(unit));
                }
            }
        }
    }
    if by == By::Unit {
        groups.retain(|g| g.tally.total() > 0);
    }
    groups
}

/// Returns the owners of these clauses in order of first mention; nobody comes last.
fn owners<'a>(basis: &Basis<'a>, clauses: &[usize]) -> Vec<&'a str> {
    let mut owners: Vec<&str> = Vec::new();
    for clause in clauses {
        let owner = basis.record(*clause).owner.as_deref().unwrap_or_default();
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners.sort_by_key(|owner| owner.is_empty());
    owners
}

/// Returns the counts of all these clauses together, each counted once; added items count only if
/// there are no others.
pub fn whole(basis: &Basis<'_>, clauses: &[usize]) -> Group {
    let mut all = Group {
        name: basis.lang.text("stats.all").to_owned(),
        ..Group::default()
    };
    for clause in rated(basis, clauses) {
        all.add(basis, clause);
    }
    all
}

/// Returns those of these clauses that 完成率 counts: the document's own, or if there are none the
/// added items.
pub fn rated(basis: &Basis<'_>, clauses: &[usize]) -> Vec<usize> {
    let rated = basis.document().rated();
    let own: Vec<usize> = clauses
        .iter()
        .copied()
        .filter(|c| rated.contains(c))
        .collect();
    if own.is_empty() {
        clauses.to_vec()
    } else {
        own
    }
}

/// Returns the rate of the added items among these clauses, if they are counted beside the
/// document: `＋新增 1/3`.
pub fn beside(basis: &Basis<'_>, clauses: &[usize]) -> Option<String> {
    let rated = rated(basis, clauses);
    let mut tally = Tally::default();
    let items = clauses.iter().filter(|clause| !rated.contains(clause));
    items.for_each(|clause| tally.add(basis.record(*clause).status));
    (tally.total() > 0).then(|| added(tally, basis.lang))
}

/// Returns the rate of added items in words: `＋新增 1/3`.
pub fn added(tally: Tally, lang: Lang) -> String {
    let (n, of) = tally.rate();
    lang.fill("stats.added", &[("n", &n), ("of", &of)])
}

/// Returns the groups as a table, with a last row that counts each clause once.
pub fn table(basis: &Basis<'_>, by: By, clauses: &[usize]) -> Table {
    let lang = basis.lang;
    let groups = groups(basis, by, clauses);
    let leads = groups.iter().any(|g| g.lead > 0);
    let all = whole(basis, clauses);
    let mut headings = vec![("name", "stats.name"), ("total", "stats.total")];
    if leads {
        headings.push(("joint", "stats.lead"));
    }
    headings.extend(Status::ALL.map(|s| (s.id(), s.name_key())));
    headings.extend([
        ("rate", "stats.rate"),
        ("overdue", "urgency.overdue"),
        ("stale", "stats.stale"),
        ("postponed", "stats.postponed"),
        ("slipped", "stats.slipped"),
    ]);
    let headings: Vec<Heading> = headings
        .into_iter()
        .map(|(id, key)| Heading::new(id, key, lang))
        .collect();
    let shown = |group: &Group| match (by, Status::from_id(&group.name)) {
        (By::Status, Some(status)) => lang.text(status.name_key()).to_owned(),
        (By::Owner, _) if group.name.is_empty() => lang.text("stats.no-owner").to_owned(),
        _ => group.name.clone(),
    };
    let (rate, overdue) = (place(&headings, "rate"), place(&headings, "overdue"));
    let spans = |group: &Group| {
        let any = |n: usize, tone| if n > 0 { tone } else { Tone::Plain };
        let done = any(group.tally.rate().0, Tone::Done);
        let late = any(group.overdue, Tone::Bad);
        vec![Span::whole(rate, done), Span::whole(overdue, late)]
    };
    Table {
        title: basis.document().title.clone(),
        headings,
        spans: groups.iter().chain([&all]).map(spans).collect(),
        rows: groups
            .iter()
            .chain([&all])
            .map(|g| row(g, shown(g), leads))
            .collect(),
        note: {
            let joint = (by == By::Unit).then(|| lang.text("stats.joint").to_owned());
            let notes: Vec<String> = joint.into_iter().chain(beside(basis, clauses)).collect();
            (!notes.is_empty()).then(|| notes.join("\n"))
        },
    }
}

fn place(headings: &[Heading], id: &str) -> usize {
    let place = headings.iter().position(|heading| heading.id == id);
    place.unwrap_or(usize::MAX)
}

fn row(group: &Group, name: String, leads: bool) -> Vec<Cell> {
    let (n, of) = group.tally.rate();
    let mut row = vec![Cell::words(name), Cell::Count(group.tally.total())];
    if leads {
        row.push(Cell::Count(group.lead));
    }
    row.extend(Status::ALL.map(|s| Cell::Count(group.tally.count(s))));
    row.extend([
        Cell::Rate(n, of),
        Cell::Count(group.overdue),
        Cell::Count(group.stale),
        Cell::Count(group.postponed),
        Cell::Count(group.slipped),
    ]);
    row
}
