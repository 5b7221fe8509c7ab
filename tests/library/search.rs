//! Searching the Tianjin document.

mod found;
mod highlights;
mod journal;
pub(crate) mod stage;
