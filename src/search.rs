//! Search: one query language for the screen, the lists and the exports. Pure.
//!
//! [`Query::parse`] reads what was typed, [`find`] answers it over a [`Scene`], [`highlight`]
//! says which characters of a text are meant, [`ChangeFilter`] judges the lines of the journal.
//!
//! # What is found, and in which order
//!
//! The words of a clause are the title of its measure, its text, the names of its units, and what
//! people wrote about it (remarks, steps, the person in charge). A word of the query is had
//! exactly, by its sound (pinyin), or loosely (its characters in order, a few others between them
//! within one phrase). All three count as found; in the ranking the way comes first, then the
//! field in the order above, then the earlier place, for loose ones the tighter. Several words add
//! up. What is equal keeps document order.
//!
//! ```
//! use kouan::{document::catalogue, progress::Progress, search::{Query, Scene, Units, find}};
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
//!     days_ahead: 7,
//!     stale_days: 30,
//!     pace: kouan::progress::pace::Rule::default().of(&document),
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

pub use crate::document::unit::Units;
pub use changes::ChangeFilter;
pub use complete::{candidates, terms};
pub use filter::strangers;
pub use highlight::highlight;
pub use matches::{Matches, find};
pub use query::{Query, readable};

/// What a query looks at. Pure: today and now come in.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The document.
    pub document: &'a Document,
    /// What was done.
    pub progress: &'a Progress,
    /// The name that `owner:me` means.
    pub me: &'a str,
    /// The names of units.
    pub units: &'a Units,
    /// The day that 逾期, 临期, `stale` and days counted from today go by.
    pub today: Date,
    /// The moment of the question.
    pub now: Timestamp,
    /// Where days begin and end, for `since:`, `until:` and `stale`.
    pub zone: &'a TimeZone,
    /// How many days ahead 临期 reaches.
    pub days_ahead: i32,
    /// After how many days without a change a clause is stale.
    pub stale_days: i32,
    /// What pace (序时进度) is measured by.
    pub pace: pace::Rule,
}
