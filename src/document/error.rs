//! What can be wrong with a document file, for people.

use crate::locale::Lang;

/// An error in a document file, or in finding one.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum DocumentError {
    /// The file cannot be read.
    Unreadable {
        /// Its path.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not YAML, or lacks a field, or has one that no document has.
    Yaml {
        /// Its name.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// What the YAML reader says.
        problem: String,
    },
    /// A value breaks a rule of the format.
    Broken {
        /// Its name.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// The rule, as the end of a message key (`duplicate-id`).
        rule: &'static str,
        /// The value.
        value: String,
    },
    /// No document has this id.
    Unknown {
        /// What was asked for.
        id: String,
        /// The ids most like it.
        near: Vec<String>,
    },
}

impl DocumentError {
    /// Returns what is wrong and what to do, in the language of the screen.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable { file, source } => lang.fill(
                "document.error.unreadable",
                &[("file", file), ("problem", &lang.system(source))],
            ),
            Self::Yaml {
                file,
                line,
                column,
                problem,
            } => lang.fill(
                "document.error.yaml",
                &[
                    ("file", file),
                    ("line", line),
                    ("column", column),
                    ("problem", problem),
                ],
            ),
            Self::Broken {
                file,
                line,
                column,
                rule,
                value,
            } => {
                let why = lang.find(rule).unwrap_or(rule);
                format!("{file}:{line}:{column}: {}", why.replace("{value}", value))
            }
            Self::Unknown { id, near } if near.is_empty() => {
                lang.fill("document.error.unknown", &[("id", id)])
            }
            Self::Unknown { id, near } => lang.fill(
                "document.error.unknown-near",
                &[("id", id), ("near", &near.join(", "))],
            ),
        }
    }
}
