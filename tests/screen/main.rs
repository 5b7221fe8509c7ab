//! The whole program on a pseudo-terminal: keys in, screen out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod checklist;
mod colour;
mod documents;
mod elsewhere;
mod hostile;
mod hour;
mod jobs;
mod leaving;
mod meeting;
mod pieces;
mod review;
mod shells;
mod tables;
mod terminal;
mod waiting;

#[expect(dead_code, reason = "each test program uses its part of the support")]
#[path = "../support/command.rs"]
mod command;

#[path = "../support/pty.rs"]
mod pty;
