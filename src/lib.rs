//! kouan (口岸): a terminal checklist for official measures documents.
//!
//! This library is the program's own. What other programs can rely on is its file formats (`docs/format.md`);
//! the modules shown here read and write them, and may change with every 0.x:
//!
//! ```
//! use kouan::{document::catalogue, progress::{Progress, Status, journal::Journal}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::path::Path::new("/nonexistent");
//! let document = catalogue::embedded()?;
//! let mut journal = Journal::open(&folder.join("tianjin-2025.yaml"), &document.id)?;
//! let mut progress = Progress::new(document.into());
//! for change in journal.read()?.changes {
//!     progress.insert(change);
//! }
//! assert_eq!(progress.total().count(Status::Done), 0);
//! # Ok(())
//! # }
//! ```
//!
//! # Modules
//!
//! A **document** (fixed text) and a **journal** (an append-only log of changes) fold into
//! **progress**; every screen, list and report is a view of that. The modules are listed in
//! dependency order: each may use only those above it, and `tests/house.rs` enforces this.
//!
//! - `text`: width under a policy, wrapping, eliding, cleaning, drawing into cells, half width,
//!   the nearest word. Nothing else names a width crate.
//! - `locale`: messages by key, in Chinese and English.
//! - `day`: days as people write them.
//! - `files`: folders and their modes, atomic replacement, safe links.
//! - [`document`]: chapters (章), measures (条), clauses (款), units (责任单位); the file format,
//!   the importer, the catalogue, and comparison of two versions.
//! - [`progress`]: changes, the journal file, the pure fold over them, and carrying progress to a
//!   revision.
//! - [`search`]: the query language and its matches.
//! - `report`: exports, ledgers and minutes: one table of typed cells that all formats print, and
//!   JSON.
//! - `sync`: journals and documents through git, in a private clone.
//! - `config`: the config file and the environment: paths, names, clock.
//! - `tui`: the screen: screens that own their state, keys and view; the app that stacks them;
//!   the runtime, which alone does I/O.
//! - `cli`: the command line, one file per command.
//!
//! # Glossary
//!
//! | concept | name |
//! | --- | --- |
//! | 章 / 条 / 款 | `Chapter` / `Measure` / `Clause`; any of them: `Node` |
//! | 责任单位 | `Unit`; its role in a clause: `Responsibility` |
//! | state shared by screens / what a key asks for / input other than keys / what a screen asks of the app | `Context` / `Action` / `Message` / `Request` |
//! | visible tree item / screen line | `Row` / `Line` |
//! | row under the cursor / first line shown | `selected` / `scroll` |
//! | one appended line / what it sets | `Change` / `Edit` |
//! | state of one clause / counts | `Record` / `Tally` |
//! | key table row / compiled form / input state | `Binding` / `Keymap` / `Mode` |
//! | bottom hints / transient message | `hint` / `notice` |
//! | columns on a screen | `width`, never `len` |

// Blank lines keep rustfmt from sorting: the order is the architecture.

#[doc(hidden)]
pub mod text;

#[doc(hidden)]
pub mod locale;

#[doc(hidden)]
pub mod day;

#[doc(hidden)]
pub mod files;

pub mod document;

pub mod progress;

pub mod search;

#[doc(hidden)]
pub mod report;

#[doc(hidden)]
pub mod sync;

#[doc(hidden)]
pub mod config;

#[doc(hidden)]
pub mod tui;

#[doc(hidden)]
pub mod cli;
