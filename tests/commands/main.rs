//! Every command as users run it: arguments and files in, output and exit code out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bounds;
mod carry;
mod cli;
mod doctor;
mod documents;
mod help;
mod import;
mod items;
mod kills;
mod ledger;
mod long;
mod merge;
mod over;
mod past;
mod report;
mod sync;
mod together;
mod upgrade;
mod words;

#[path = "../support/command.rs"]
mod command;
