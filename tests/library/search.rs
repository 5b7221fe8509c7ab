//! Searching the Tianjin document.

mod found;
mod highlights;
mod journal;
mod stage;
