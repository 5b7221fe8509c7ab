//! Rates week by week, with the plan by deadlines.

use super::{Basis, Cell, Span, Table, stats};
use crate::{
    progress::{
        Status, Tally,
        past::{Weeks, monday},
    },
    text::Tone,
};
use jiff::civil::Date;
use serde::{Serialize, Serializer, ser::SerializeMap};

/// The columns of a bar on the command line.
const BAR: usize = 20;

/// The clauses at the end of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub from: Date,
    /// Its Sunday.
    pub to: Date,
    /// The clauses by status.
    pub tally: Tally,
    /// The number of clauses whose present deadline is in or before this week.
    pub planned: usize,
    /// The increase in complete clauses since the week before; negative for a decrease.
    pub gained: i64,
}

impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (n, of) = self.tally.rate();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("from", &self.from.to_string())?;
        map.serialize_entry("to", &self.to.to_string())?;
        map.serialize_entry("total", &self.tally.total())?;
        for status in Status::ALL {
            map.serialize_entry(status.id(), &self.tally.count(status))?;
        }
        map.serialize_entry("rate", &serde_json::json!({"n": n, "of": of}))?;
        map.serialize_entry("planned", &self.planned)?;
        map.serialize_entry("gained", &self.gained)?;
        map.end()
    }
}

/// Returns the weeks of these clauses, from the first change to today.
pub fn weeks(basis: &Basis<'_>, clauses: &[usize]) -> Vec<Week> {
    let scene = &basis.scene;
    let rated = stats::rated(basis, clauses);
    of(&basis.progress().weeks(scene.today, scene.zone), &rated)
}

/// Returns the weeks of these clauses.
pub fn of(weeks: &Weeks, clauses: &[usize]) -> Vec<Week> {
    let mut before = 0;
    let all = weeks.ends.iter().zip(weeks.tallies(clauses));
    all.map(|(&to, tally)| {
        let complete = i64::try_from(tally.rate().0).unwrap_or(i64::MAX);
        let gained = complete - std::mem::replace(&mut before, complete);
        Week {
            from: monday(to),
            to,
            tally,
            planned: weeks.planned(clauses, to),
            gained,
        }
    })
    .collect()
}

/// Returns the weeks as a table with a bar each.
pub fn table(basis: &Basis<'_>, clauses: &[usize]) -> Table {
    let lang = basis.lang;
    let headings = [
        ("week", "weeks.week"),
        ("rate", "stats.rate"),
        ("bar", "weeks.bar"),
        ("planned", "weeks.planned"),
        ("gained", "weeks.gained"),
        ("open", "weeks.open"),
        ("blocked", Status::Blocked.name_key()),
        ("dropped", Status::Dropped.name_key()),
    ];
    let row = |week: &Week| {
        let (n, of) = week.tally.rate();
        let gained = match week.gained {
            0 => String::new(),
            gained => format!("{gained:+}"),
        };
        vec![
            Cell::words(span(week)),
            Cell::Rate(n, of),
            Cell::words(bar(n, week.planned, of)),
            Cell::Count(week.planned),
            Cell::words(gained),
            Cell::Count(of - n),
            Cell::Count(week.tally.count(Status::Blocked)),
            Cell::Count(week.tally.count(Status::Dropped)),
        ]
    };
    let rows = weeks(basis, clauses).iter().map(row).collect::<Vec<_>>();
    let spans = [1, 2].map(|column| Span::whole(column, Tone::Done));
    Table {
        title: basis.document().title.clone(),
        spans: vec![spans.into(); rows.len()],
        note: Some(lang.text("weeks.note").to_owned()),
        ..Table::new(lang, headings, rows)
    }
}

/// Returns a week as `2026-11-23~11-29`.
pub fn span(week: &Week) -> String {
    format!("{}~{}", week.from, week.to.strftime("%m-%d"))
}

/// Returns a bar of characters that are one column wide everywhere: complete, incomplete, and the
/// plan's mark.
fn bar(n: usize, planned: usize, of: usize) -> String {
    let place = |count: usize| (count * BAR).checked_div(of).unwrap_or(0);
    let sign = |nth: usize| {
        if planned > 0 && nth == place(planned).saturating_sub(1) {
            '|'
        } else if nth < place(n) || (nth == 0 && n > 0) {
            '#'
        } else {
            '.'
        }
    };
    (0..BAR).map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn a_bar_shows_what_is_complete_and_the_plan() {
        assert_eq!(bar(10, 20, 40), "#####....|..........");
        assert_eq!(bar(1, 0, 40), "#...................");
        assert_eq!(bar(0, 1, 40), "|...................");
        assert_eq!(bar(40, 40, 40), "###################|");
        assert_eq!(bar(0, 0, 0), "....................");
    }
}
