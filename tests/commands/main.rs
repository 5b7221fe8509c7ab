//! Every command as users run it: arguments and files in, output and exit code out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bounds;
mod carry;
mod cli;
mod doctor;
mod documents;
mod export;
mod help;
mod import;
mod importing;
mod items;
mod journal;
mod kills;
mod ledger;
mod ledger_steps;
mod list;
mod long;
mod merge;
mod over;
mod page;
mod past;
mod report;
mod set;
mod sync;
mod together;
mod undo;
mod upgrade;
mod words;

#[path = "../support/command.rs"]
mod command;
