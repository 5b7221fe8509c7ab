//! Background tasks: threads and files.

pub mod drafts;
pub mod files;
pub mod opening;
pub mod state;
pub mod visit;
pub mod writer;
