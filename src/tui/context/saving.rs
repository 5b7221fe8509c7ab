//! What is not durable yet, and what waits for it.

use crate::progress::Draft;

/// Changes that are not durable yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saving {
    /// Changes shown but not durable, oldest first.
    pub pending: Vec<Draft>,
    /// Why the last write failed.
    pub failed: Option<String>,
    /// Batches of others' changes inserted so far.
    pub heard: usize,
    /// What to do when everything is durable.
    pub then: Option<Next>,
}

/// What waits until everything is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Opening this document.
    Open(String),
    /// Leaving the program.
    Leave,
}
