//! Errors of document files, in words for users.

use crate::locale::Lang;

/// An error in a document file, or in finding one.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum DocumentError {
    /// The file cannot be read.
    Unreadable {
        /// Its path.
        file: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// It is not YAML, lacks a field, or has an unknown one.
    Yaml {
        /// Its name.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// The YAML reader's message.
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
        /// The id asked for.
        id: String,
        /// The most similar ids.
        near: Vec<String>,
    },
}

impl DocumentError {
    /// Returns what is wrong and what to do, in the interface language.
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
