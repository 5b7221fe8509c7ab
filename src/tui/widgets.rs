//! What screens are drawn with. Widgets know no screen.

pub mod editor;
pub mod field;
pub mod glyphs;
pub mod hint;
pub mod lines;
pub mod list;
pub mod pen;
pub mod popup;
pub mod theme;
