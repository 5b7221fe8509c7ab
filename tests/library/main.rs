//! The library from outside: import, journal, search, layout, sync.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod compare;
mod docx;
mod fuzz;
mod import;
mod import_fuzz;
mod import_real;
mod import_shapes;
mod import_workbook;
mod journal;
mod locale;
mod search;
mod shared;
mod sync;
mod wrapping;
