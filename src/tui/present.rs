//! The present, set aside while the past is on the screen.

use crate::progress::Progress;
use jiff::{Timestamp, civil::Date};

/// The present, while the past is shown.
#[derive(Debug)]
pub struct Present {
    /// The progress.
    pub present: Progress,
    /// The clock.
    pub now: Timestamp,
    /// The date.
    pub today: Date,
    /// The days with changes, in order.
    pub days: Vec<Date>,
}
