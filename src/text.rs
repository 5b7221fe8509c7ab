//! Text on a screen: the only module that measures columns.
//!
//! A string's *width* is the number of terminal columns it takes under a [`Policy`]. Nothing
//! outside this module names a width crate or writes text into a [`ratatui::buffer::Buffer`] except
//! through [`put`].
//!
//! ```
//! use kouan::text::{Policy, elide, wrap};
//!
//! // “ and ” take one column in most terminals and two in many Chinese ones.
//! assert_eq!(Policy::Narrow.width("“药食同源”"), 10);
//! assert_eq!(Policy::Wide.width("“药食同源”"), 12);
//! assert_eq!(elide(Policy::Narrow, "天津海关、市商务局", 11), "天津海关、…");
//!
//! // 避头尾: no line begins with a stop, and 2025 年 stays together.
//! let text = "提升便利化水平。2025 年完成";
//! let lines: Vec<&str> = wrap(Policy::Narrow, text, 14).into_iter().map(|l| &text[l]).collect();
//! assert_eq!(lines, ["提升便利化水", "平。2025 年完", "成"]);
//! ```

pub mod clean;
pub mod diff;
pub mod draw;
pub mod fit;
pub mod half_width;
pub mod link;
pub mod nearest;
pub mod simplified;
pub mod steady;
pub mod tone;
pub mod width;
pub mod words;
pub mod wrap;

pub use clean::{clean, is_combining, is_hidden, unified};
pub use draw::{fill, link_cells, put};
pub use fit::{elide, elide_around, elide_middle, pad, pad_left};
pub use half_width::half_width;
pub use link::{file_link, is_link, links};
pub use nearest::nearest;
pub use steady::has_stable_width;
pub use tone::{Tone, stretches};
pub use width::Policy;
pub use words::word_ends;
pub use wrap::{flow, wrap, wrap_indented};
