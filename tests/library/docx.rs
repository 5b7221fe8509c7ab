//! Word files: visible text is read, what is left out is reported, hostile files are refused.

pub(crate) mod build;
mod fixtures;
mod hostile;
mod numbers;
mod tables;
mod texts;

use kouan::{
    document::source::{self, SourceError, SourceText},
    locale::Lang,
};

/// Reads a Word file.
fn read(bytes: Vec<u8>) -> SourceText {
    source::read(bytes, None, "").unwrap_or_else(|e| panic!("{e}"))
}

/// Reads a Word file; returns its non-empty lines.
fn lines(bytes: Vec<u8>) -> Vec<String> {
    let text = read(bytes).text;
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    lines.map(str::to_owned).collect()
}

/// Returns the notes on a source in English.
fn told(source: &SourceText) -> String {
    let notes: Vec<String> = source.notes.iter().map(|n| n.message(Lang::En)).collect();
    notes.join("\n")
}

/// Returns why a Word file is refused.
fn refused(bytes: Vec<u8>) -> SourceError {
    source::read(bytes, None, "").expect_err("refused")
}
