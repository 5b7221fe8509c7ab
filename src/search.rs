//! Search: one query language for the screen, lists and exports. Pure.
//!
//! [`Query::parse`] parses what was typed, [`find`] runs it over a [`Scene`], [`highlight`] returns
//! the matching characters of a text, and [`ChangeFilter`] filters the journal.
//!
//! # Matching and ranking
//!
//! A clause is searched in its measure's title, its text, the names of its units, and what people
//! wrote about it (remarks, steps, the person in charge). A word matches exactly, by sound
//! (pinyin), or loosely (its characters in order with a few others between, within one phrase).
//! Ranking compares the kind of match first, then the field in the order above, then the position,
//! or the tightness of loose matches. Several words add up; ties keep document order.
//!
//! ```
//! use kouan::{document::catalogue, progress::Progress, search::{Limits, Query, Scene, Units, find}};
//! use std::sync::Arc;
//!
//! let document = Arc::new(catalogue::embedded().expect("the built-in document"));
//! let progress = Progress::new(Arc::clone(&document));
//! let (now, zone) = (jiff::Timestamp::UNIX_EPOCH, jiff::tz::TimeZone::UTC);
//! let scene = Scene {
//!     document: &document,
//!     progress: &progress,
//!     me: "zhangsan",
//!     units: Units::builtin(),
//!     today: now.to_zoned_datetime(zone.clone()).date(),
//!     now,
//!     zone: &zone,
//!     limits: Limits::default(),
//!     views: &kouan::search::NO_VIEWS,
//! };
//! let found = find(&Query::parse("@tjhg duoshi"), &scene);
//! assert!(!found.clauses.is_empty());
//! for clause in found.clauses {
//!     assert!(document.clauses[clause].responsibility.units.contains(&"天津海关".into()));
//! }
//! ```

use crate::{
    document::Document,
    progress::{Progress, pace},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

mod changes;
mod complete;
mod filter;
mod fold;
mod highlight;
mod matches;
mod names;
mod pattern;
mod pinyin;
mod query;
pub mod views;

pub use crate::document::unit::Units;
pub use changes::ChangeFilter;
pub use complete::{candidates, terms};
pub use filter::strangers;
pub use highlight::highlight;
pub use matches::{Matches, find};
pub use query::{Query, readable};
pub use views::{NO_VIEWS, Views};

/// What a query is run on, including today and now.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The document.
    pub document: &'a Document,
    /// The progress.
    pub progress: &'a Progress,
    /// The name that `owner:me` means.
    pub me: &'a str,
    /// The names of units.
    pub units: &'a Units,
    /// The day for 逾期, 临期, `stale` and relative days.
    pub today: Date,
    /// The moment of the question.
    pub now: Timestamp,
    /// The time zone of days in `since:`, `until:` and `stale`.
    pub zone: &'a TimeZone,
    /// Limits from which a clause is due soon, stale or behind.
    pub limits: Limits,
    /// The searches that `view:` names.
    pub views: &'a Views,
}

/// Limits from which a clause is due soon, stale or behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Days ahead that count as 临期.
    pub days_ahead: i32,
    /// Days without a change after which a clause is stale.
    pub stale_days: i32,
    /// Parameters of pace (序时进度).
    pub pace: pace::PaceRule,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            days_ahead: 7,
            stale_days: 30,
            pace: pace::PaceRule::default(),
        }
    }
}

impl Scene<'_> {
    /// Returns the meter for the pace of clauses.
    pub fn meter(&self) -> pace::Meter<'_> {
        let pace = self.limits.pace;
        pace.on(self.document, self.today, self.zone)
    }
}
