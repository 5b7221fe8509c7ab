//! The file format of documents: reading, checking, writing.
//!
//! The file is nested (chapters, measures, clauses), the [`Document`] flat. One reader takes it
//! line by line (`lines`), because loading a document is part of every start; anything it does not
//! know goes through `serde_yaml`, which also words the errors. Both fill the same raw structs, and
//! `assemble` checks them.
//!
//! There is no compiled form beside a document, and no screen before the rest is parsed: the line
//! reader takes about as long as reading the file and checking its UTF-8, so either would save
//! little, and a second copy of every document would have to be kept in step.
//!
//! The fields and their promises are in `docs/format.md`.
//!
//! ```
//! let text = "
//! id: demo
//! title: 示例
//! chapters:
//! - number: 1
//!   title: 第一章
//!   measures:
//!   - number: 1
//!     title: 优化监管
//!     clauses:
//!     - id: '1.1'
//!       text: 压缩检验用时。
//!       units: [天津海关]
//!       said: （责任单位：天津海关）
//! ";
//! let document = kouan::document::yaml::read(text, "demo.yaml").expect("a document");
//! assert_eq!(document.units(), ["天津海关"]);
//! assert_eq!(document.clauses[0].id.to_string(), "1.1");
//!
//! let error = kouan::document::yaml::read("id: demo\ntitel: 示例\n", "demo.yaml").unwrap_err();
//! assert!(error.to_string().contains("titel"), "{error}");
//! ```

use super::{Correction, Document, DocumentError};
use assemble::{At, Chapters, assemble};
use compact_str::CompactString;
use serde::Deserialize;
use std::{io::BufRead, path::PathBuf};

mod assemble;
mod lines;
mod scalar;
mod write;

#[cfg(test)]
mod tests;

pub use write::write;

/// A document in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The stage it says it is at.
    pub stage: Option<String>,
    /// Its file; `None` for the embedded one.
    pub path: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocument {
    id: String,
    title: String,
    stage: Option<String>,
    masthead: Option<String>,
    preamble: Option<String>,
    chapters: Chapters,
    trailer: Option<String>,
    #[serde(default)]
    corrections: Vec<Correction>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChapter {
    number: u32,
    title: String,
    label: Option<String>,
    stop: Option<String>,
    #[serde(default)]
    implied: bool,
    text: Option<String>,
    #[serde(default)]
    measures: Vec<RawMeasure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    section: Option<String>,
    number: u32,
    title: String,
    label: Option<String>,
    stop: Option<String>,
    #[serde(default)]
    implied: bool,
    text: Option<String>,
    #[serde(default)]
    clauses: Vec<RawClause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: CompactString,
    #[serde(default)]
    label: String,
    text: String,
    units: Vec<String>,
    #[serde(default)]
    lead: Vec<String>,
    #[serde(default)]
    by_duties: bool,
    due: Option<String>,
    #[serde(default)]
    owner: Option<String>,
    said: String,
    after: Option<String>,
}

/// Reads a document file; `source` is its name in errors.
///
/// # Errors
///
/// [`DocumentError::Yaml`] if it is not a document at all, [`DocumentError::Broken`] if a value
/// breaks a rule; both with line and column.
pub fn read(text: &str, source: &str) -> Result<Document, DocumentError> {
    match read_lines(text.as_bytes()) {
        Some(document) => Ok(document),
        None => read_any(text, source),
    }
}

/// Reads a document with the YAML reader, which words its errors.
pub(super) fn read_any(text: &str, source: &str) -> Result<Document, DocumentError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some((line, column)) = too_deep(text) {
        return Err(DocumentError::Broken {
            file: source.to_owned(),
            line,
            column,
            rule: "document.broken.nested",
            value: NESTED.to_string(),
        });
    }
    let raw = serde_yaml::from_str(text).map_err(|e| yaml_error(&e, source))?;
    assemble(raw).map_err(|broken| broken.locate(text, source))
}

/// Reads a document line by line, never holding the whole file; `None` if it has another form or is
/// wrong.
pub(super) fn read_lines(file: impl BufRead) -> Option<Document> {
    assemble(lines::read(file)?).ok()
}

/// Reads only the header of a document file; `text` may be its first kilobytes.
///
/// Returns `None` if the header is not in the order of [`write()`].
pub fn read_header(text: &str) -> Option<CatalogueEntry> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut fields = [None, None, None];
    for line in text.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(": ").unwrap_or((line, ""));
        let known = ["id", "title", "stage"].iter().position(|k| *k == key);
        match known {
            Some(place) => fields[place] = Some(scalar::read(value)?.into_owned()),
            // The text continues from the line above.
            None if key.starts_with(' ') => return None,
            None => break,
        }
    }
    let [id, title, stage] = fields;
    Some(CatalogueEntry {
        id: id?,
        title: title?,
        stage,
        path: None,
    })
}

/// The most open brackets; a document needs one. The YAML reader looks at all open brackets for
/// each further one, so that 100,000 took half a minute.
const NESTED: usize = 100;

/// Returns line and column, from 1, of the first bracket too many. Brackets in texts count too:
/// nobody leaves a hundred open.
fn too_deep(text: &str) -> Option<(usize, usize)> {
    let mut open = 0_usize;
    for (n, line) in text.lines().enumerate() {
        for (column, c) in line.chars().enumerate() {
            match c {
                '[' | '{' => open += 1,
                ']' | '}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open > NESTED {
                return Some((n + 1, column + 1));
            }
        }
    }
    None
}

fn yaml_error(error: &serde_yaml::Error, source: &str) -> DocumentError {
    let (line, column) = error.location().map_or((1, 1), |l| (l.line(), l.column()));
    DocumentError::Yaml {
        file: source.to_owned(),
        line,
        column,
        problem: error.to_string(),
    }
}

/// A broken rule, before its place in the file is known.
struct Broken {
    rule: &'static str,
    value: String,
    at: At,
}

impl Broken {
    fn new(rule: &'static str, value: impl Into<String>, at: At) -> Self {
        Self {
            rule,
            value: value.into(),
            at,
        }
    }

    /// Finds the line: rules are checked on values, which do not know their places.
    fn locate(self, text: &str, source: &str) -> DocumentError {
        let keys = |key: &'static str| {
            let lines = text.lines().enumerate().map(|(i, line)| {
                let rest = line.trim_start_matches([' ', '-']);
                (i + 1, line.len() - rest.len(), rest)
            });
            lines.filter(move |(.., rest)| rest.starts_with(key))
        };
        // Chapters are the shallowest `number:` lines, measures the others.
        let chapter = keys("number:").map(|(_, indent, _)| indent).min();
        let chapter = chapter.unwrap_or(0);
        let found = match self.at {
            At::Top => keys("id:").find(|(_, indent, _)| *indent == 0),
            At::Chapter(n) => keys("number:").filter(|l| l.1 == chapter).nth(n),
            At::Measure(n) => keys("number:").filter(|l| l.1 > chapter).nth(n),
            At::Clause(n) => keys("id:").filter(|l| l.1 > 0).nth(n),
        };
        let (line, column) = found.map_or((1, 1), |(line, indent, _)| (line, indent + 1));
        DocumentError::Broken {
            file: source.to_owned(),
            line,
            column,
            rule: self.rule,
            value: self.value,
        }
    }
}

/// Returns whether an id can name files: letters, digits, `-`, `_` and `.`, not beginning with a
/// dot or dash.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 100
        && !id.starts_with(['.', '-'])
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
