//! Text on a screen: the one room where columns are measured. May use: the Unicode crates and
//! ratatui's buffer.
//!
//! A string's *width* is the number of terminal columns that it takes under a [`Policy`]; nothing
//! outside this module may name a width crate or put text into a [`ratatui::buffer::Buffer`] by
//! other means than [`put`].

pub mod clean;
pub mod draw;
pub mod fit;
pub mod steady;
pub mod width;
pub mod wrap;

pub use clean::clean;
pub use draw::{fill, put};
pub use fit::{elide, elide_middle, pad, pad_left};
pub use steady::is_steady;
pub use width::Policy;
pub use wrap::{wrap, wrap_indented};
