//! kouan (口岸): a terminal checklist for official measures documents.
//!
//! # The plan of the house
//!
//! A **document** (fixed text) and a **journal** (an append-only log of changes) fold into
//! **progress**, and every screen, list and report is a view of that. The modules stand here in
//! dependency order: each may use only those above it, and `tests/house.rs` keeps it so.
//!
//! - [`text`]: every measurement of text: width under a policy, wrapping, eliding, cleaning,
//!   putting text into cells, half width, the nearest word. Nothing else names a width crate.
//! - [`locale`]: the messages, by key, in Chinese and English.
//! - [`day`]: days as people write them, read in one place.
//! - [`files`]: folders with their modes, files written beside their place and renamed, names that
//!   are free, links that may be followed.
//! - [`document`]: chapters (章), measures (条), clauses (款), units (责任单位); the file format,
//!   the importer and the catalogue; what became of each clause in a revision.
//! - [`progress`]: what was done: changes, the journal file, the pure fold over them, and what of it
//!   a revision takes over.
//! - [`search`]: the query language, and what it finds.
//! - [`report`]: what goes on paper: one table of typed cells that all formats print, and JSON.
//! - [`sync`]: journals and documents through git, by way of a private clone.
//! - [`config`]: the config file, and what else the surroundings say: paths, names, clock.
//! - [`tui`]: the checklist on a screen: screens that own their state, keys and view; the app that
//!   has the stack of them; the runtime, the only one to touch the world.
//! - [`cli`]: the command line, one file a command.
//!
//! # Words
//!
//! | concept | name |
//! | --- | --- |
//! | 章 / 条 / 款 | `Chapter` / `Measure` / `Clause`; any of them: `Node` |
//! | 责任单位 | `Unit`, with its role in a clause `Responsibility` |
//! | what screens share / what a key asks / what comes back / what a screen asks for | `Context` / `Action` / `Message` / `Request` |
//! | visible tree item / screen line | `Row` / `Line` |
//! | row under the cursor / first line shown | `selected` / `scroll` |
//! | one appended line / what it sets | `Change` / `Edit` |
//! | state of one clause / counts | `Record` / `Tally` |
//! | key table row / compiled form / input state | `Binding` / `Keymap` / `Mode` |
//! | bottom hints / transient message | `hint` / `notice` |
//! | columns on a screen | `width`, never `len` |

// Blank lines keep rustfmt from sorting: the order is the architecture.

pub mod text;

pub mod locale;

pub mod day;

pub mod files;

pub mod document;

pub mod progress;

pub mod search;

pub mod report;

pub mod sync;

pub mod config;

pub mod tui;

pub mod cli;
