//! What changed, as meeting minutes: gathered once, and printed as Markdown or as a Word document.
//!
//! Told is the difference between the state before the meeting and the state now, so what was
//! done and taken back within it is not told; a remark is told in full as long as it stands.

mod markdown;
mod word;

pub use markdown::escape;

use super::{Basis, phrase, stats, table::rate};
use crate::{
    locale::Lang,
    progress::{Change, Edit, Kind, Progress, Record, Remark, Target, Urgency},
};
use jiff::{Timestamp, civil::Date};
use std::{collections::HashMap, io};

/// As what minutes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Markdown,
    /// A Word document.
    Docx,
}

impl Form {
    /// Returns the form that a file's ending names; any other ending means Markdown.
    pub fn of(path: &std::path::Path) -> Self {
        match path.extension() {
            Some(ending) if ending.eq_ignore_ascii_case("docx") => Self::Docx,
            _ => Self::Markdown,
        }
    }
}

/// The minutes, in the language of the report, before they have a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// The language of all words.
    pub lang: Lang,
    /// The document's title.
    pub title: String,
    /// The day on which they are written.
    pub date: Date,
    /// The day from which on changes are told.
    pub since: Date,
    /// Whether they are of a meeting, which began on that day, rather than of a time.
    pub met: bool,
    /// How many clauses they are about.
    pub total: usize,
    /// The rate of these clauses, in words.
    pub rate: String,
    /// What changed, a clause an item.
    pub news: Vec<News>,
    /// What is still open, each clause once.
    pub open: Vec<Open>,
    /// The units that have something open, each with its places in `open`; those without a unit last.
    pub by_unit: Vec<(Option<String>, Vec<usize>)>,
}

/// What changed of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The clause.
    pub clause: About,
    /// Fields that changed, in words.
    pub moved: Vec<Moved>,
    /// New remarks, by kind.
    pub remarks: Vec<Said>,
    /// New or ticked steps, in words.
    pub steps: Vec<String>,
}

/// A clause, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its number.
    pub id: String,
    /// The title of its measure.
    pub measure: String,
    /// Its text, whole.
    pub text: String,
    /// The units that answer for it.
    pub units: Vec<String>,
    /// The name in charge.
    pub owner: Option<String>,
    /// The deadline, in words.
    pub due: Option<String>,
}

/// A clause that is still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The clause.
    pub clause: About,
    /// Its status, in words.
    pub status: &'static str,
    /// Whether it is overdue or due soon, in a word.
    pub urgency: Option<&'static str>,
}

/// A field that changed, and who set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The field's name.
    pub field: &'static str,
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
    /// Who set it, and when; nobody where an older change was taken back.
    pub by: Option<(String, String)>,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its kind, in a word.
    pub kind: &'static str,
    /// The text, whole.
    pub text: String,
    /// Who wrote it, and when.
    pub by: (String, String),
}

impl Minutes {
    /// Gathers what changed of the whole document since a moment.
    pub fn whole(basis: &Basis<'_>, since: Timestamp) -> Self {
        let all: Vec<usize> = (0..basis.document().clauses.len()).collect();
        Self::of(basis, since, &all)
    }

    /// Gathers what changed since a moment of these clauses, which a meeting went through.
    pub fn of(basis: &Basis<'_>, since: Timestamp, clauses: &[usize]) -> Self {
        let gatherer = Gatherer::new(basis, since);
        let (n, of) = stats::whole(basis, clauses).tally.rate();
        let news = clauses.iter().filter_map(|c| gatherer.news_of(*c));
        let open = |c: &usize| basis.record(*c).status.is_open();
        let open: Vec<usize> = clauses.iter().copied().filter(open).collect();
        Self {
            lang: basis.lang,
            title: basis.document().title.clone(),
            date: basis.scene.today,
            since: since.to_zoned_datetime(basis.scene.zone.clone()).date(),
            met: false,
            total: clauses.len(),
            rate: rate(n, of, basis.lang),
            news: news.collect(),
            by_unit: by_unit(basis, &open),
            open: open.into_iter().map(|c| gatherer.open(c)).collect(),
        }
    }

    /// Gathers what a meeting changed of the clauses that it went through, since it began.
    pub fn of_meeting(basis: &Basis<'_>, began: Timestamp, clauses: &[usize]) -> Self {
        Self {
            met: true,
            ..Self::of(basis, began, clauses)
        }
    }

    /// Returns the text in Markdown.
    pub fn markdown(&self) -> String {
        markdown::print(self)
    }

    /// Returns the bytes of a file.
    ///
    /// # Errors
    ///
    /// Where a Word document cannot hold it.
    pub fn bytes(&self, form: Form) -> io::Result<Vec<u8>> {
        match form {
            Form::Markdown => Ok(self.markdown().into_bytes()),
            Form::Docx => word::print(self),
        }
    }

    /// Returns how much changed, in a sentence.
    fn summary(&self) -> String {
        let today = self.since == self.date;
        let key = match (self.met, today, self.news.is_empty()) {
            // Of the same day, what was changed before the meeting is not told.
            (true, _, false) => "minutes.met",
            (true, _, true) => "minutes.met-none",
            (false, true, false) => "minutes.today",
            (false, true, true) => "minutes.today-none",
            (false, false, false) => "minutes.since",
            (false, false, true) => "minutes.since-none",
        };
        self.lang.fill(
            key,
            &[
                ("since", &self.since),
                ("changed", &self.news.len()),
                ("total", &self.total),
                ("rate", &self.rate),
            ],
        )
    }

    /// Returns the lines between the title and the summary.
    fn head(&self) -> [String; 4] {
        let lang = self.lang;
        [
            lang.fill("minutes.document", &[("title", &self.title)]),
            lang.fill("minutes.date", &[("date", &self.date)]),
            lang.text("minutes.present").to_owned(),
            lang.text("minutes.taker").to_owned(),
        ]
    }

    fn signed(&self, (by, at): &(String, String)) -> String {
        // Lines written elsewhere may have a name of several.
        let by = by.split_whitespace().collect::<Vec<_>>().join(" ");
        self.lang.fill("minutes.signed", &[("by", &by), ("at", at)])
    }

    fn moved(&self, moved: &Moved) -> String {
        let (field, from, to) = (&moved.field, &moved.from, &moved.to);
        self.lang.fill(
            "minutes.moved",
            &[("field", field), ("from", from), ("to", to)],
        )
    }
}

/// Returns the units with their places among the open clauses; a joint clause stands under each.
fn by_unit(basis: &Basis<'_>, open: &[usize]) -> Vec<(Option<String>, Vec<usize>)> {
    let place: HashMap<usize, usize> = open.iter().enumerate().map(|(nth, c)| (*c, nth)).collect();
    let groups = stats::groups(basis, stats::By::Unit, open);
    let mut all: Vec<_> = groups
        .into_iter()
        .map(|g| {
            let mut its: Vec<usize> = g.clauses.iter().map(|c| place[c]).collect();
            its.dedup();
            (Some(g.name), its)
        })
        .collect();
    let units = |c: usize| &basis.document().clauses[c].responsibility.units;
    let without: Vec<usize> = (0..open.len())
        .filter(|nth| units(open[*nth]).is_empty())
        .collect();
    if !without.is_empty() {
        all.push((None, without));
    }
    all
}

struct Gatherer<'a> {
    basis: &'a Basis<'a>,
    /// The state when the minutes begin.
    before: Progress,
    /// The standing changes since, newest first.
    news: Vec<&'a Change>,
}

impl<'a> Gatherer<'a> {
    fn new(basis: &'a Basis<'a>, since: Timestamp) -> Self {
        let now = basis.progress();
        let is_news = |c: &&Change| c.when() >= since && now.stands(&c.id);
        Self {
            basis,
            before: now.only(|change| change.when() < since),
            news: now.changes().rev().filter(is_news).collect(),
        }
    }

    fn about(&self, clause: usize) -> About {
        let document = self.basis.document();
        let (said, record) = (&document.clauses[clause], self.basis.record(clause));
        About {
            id: said.id.to_string(),
            measure: document.measure_of(clause).title.clone(),
            text: said.text.clone(),
            units: said
                .responsibility
                .units
                .iter()
                .map(ToString::to_string)
                .collect(),
            owner: record.owner.clone(),
            due: record
                .due
                .is_some()
                .then(|| phrase::due(record.due, self.basis.lang)),
        }
    }

    fn open(&self, clause: usize) -> Open {
        let lang = self.basis.lang;
        Open {
            clause: self.about(clause),
            status: lang.text(self.basis.record(clause).status.name_key()),
            urgency: self.basis.urgency(clause).map(|urgency| {
                lang.text(match urgency {
                    Urgency::Overdue => "urgency.overdue",
                    Urgency::Soon => "urgency.soon",
                })
            }),
        }
    }

    /// Returns what is new of a clause: fields, then remarks by kind, then steps.
    fn news_of(&self, clause: usize) -> Option<News> {
        let (was, is) = (self.before.record(clause), self.basis.record(clause));
        let lang = self.basis.lang;
        let mut moved = Vec::new();
        if was.status != is.status {
            let name = |r: &Record| lang.text(r.status.name_key()).to_owned();
            let sets = |e: &Edit| e.status.is_some();
            moved.push(self.moved("show.status", name(was), name(is), clause, sets));
        }
        if was.due != is.due {
            let day = |r: &Record| phrase::due(r.due, lang);
            let sets = |e: &Edit| e.due.is_some();
            moved.push(self.moved("show.due", day(was), day(is), clause, sets));
        }
        if was.owner != is.owner {
            let nobody = || lang.text("phrase.nobody").to_owned();
            let name = |r: &Record| r.owner.clone().unwrap_or_else(nobody);
            let sets = |e: &Edit| e.owner.is_some();
            moved.push(self.moved("show.owner", name(was), name(is), clause, sets));
        }
        let (remarks, steps) = (self.remarks(was, is), self.steps(was, is));
        if moved.is_empty() && remarks.is_empty() && steps.is_empty() {
            return None;
        }
        Some(News {
            clause: self.about(clause),
            moved,
            remarks,
            steps,
        })
    }

    fn moved(
        &self,
        field: &'static str,
        from: String,
        to: String,
        clause: usize,
        sets: impl Fn(&Edit) -> bool,
    ) -> Moved {
        let target = Target::clause(self.basis.document().clauses[clause].id);
        let made = |c: &&Change| c.edits().iter().any(|e| e.target == target && sets(e));
        // None where an older change was taken back, or the lines of another machine came in late.
        let change = self.news.iter().copied().find(made);
        Moved {
            field: self.basis.lang.text(field),
            from,
            to,
            by: change.map(|c| (c.by.to_string(), self.basis.minute(c.when()))),
        }
    }

    /// Returns the remarks that were not there before, by kind.
    fn remarks(&self, was: &Record, is: &Record) -> Vec<Said> {
        let new = |r: &&Remark| !was.remarks.contains(r);
        let of = |kind: Kind| {
            let all = is.remarks.iter().filter(new);
            all.filter(move |r| r.kind == kind)
        };
        let kinds = [Kind::Progress, Kind::Problem, Kind::Next];
        let sorted = kinds.into_iter().flat_map(of);
        let said = |r: &Remark| Said {
            kind: self.basis.lang.text(r.kind.name_key()),
            text: r.text.clone(),
            by: (r.by.to_string(), self.basis.minute(r.at)),
        };
        sorted.map(said).collect()
    }

    fn steps(&self, was: &Record, is: &Record) -> Vec<String> {
        let lang = self.basis.lang;
        let new = is.steps.iter().filter(|s| !was.steps.contains(s));
        new.map(|s| {
            let status = lang.text(s.status.name_key());
            lang.fill("minutes.step", &[("text", &s.text), ("status", &status)])
        })
        .collect()
    }
}
