//! Searching the Tianjin document.

mod found;
mod journal;
mod narrowed;
mod stage;
