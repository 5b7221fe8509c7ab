//! Decides whether an existing file may be overwritten: an earlier export of this checklist to
//! which nobody added anything.

use super::{
    Basis, base,
    export::Format,
    ics,
    ledger::{self, Prefer, ReturnedLedger},
    paper::{GENERATOR, escape_html},
};
use crate::locale::Lang;
use std::{collections::BTreeSet, fmt::Display, io::Cursor, path::Path};

/// Bytes searched for a text's title.
const HEAD: usize = 4096;

/// The start of a sealed text's last line, a comment in Markdown and HTML. The hash of all before it
/// follows, which shows whether somebody has changed the file.
const SEAL: &str = "<!-- kouan ";

/// The end of that line.
const SEAL_END: &str = " -->";

/// Returns a file's bytes as they are written: a text for people, Markdown or HTML, with its seal.
/// `format` is the export's, `None` for papers.
pub fn sealed(mut bytes: Vec<u8>, format: Option<Format>) -> Vec<u8> {
    let is_text = matches!(format, None | Some(Format::Markdown | Format::Html));
    if is_text && !bytes.starts_with(b"PK") {
        let hash = base::hash(&String::from_utf8_lossy(&bytes));
        bytes.extend(format!("{SEAL}{hash}{SEAL_END}\n").into_bytes());
    }
    bytes
}

/// Returns whether somebody changed a text since it was sealed.
fn is_changed(text: &[u8]) -> bool {
    // Git and some editors change all line ends.
    let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
    let Some((body, rest)) = text.rsplit_once(SEAL) else {
        return false;
    };
    rest.trim_end().strip_suffix(SEAL_END) != Some(&base::hash(body))
}

/// Why an existing file is not overwritten without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It is not an export of this checklist.
    Foreign,
    /// This many of its cells were filled in and not merged.
    FilledIn(usize),
    /// It was changed in another program or by hand.
    Changed,
}

impl Over {
    /// Returns the reason and what to do, for a command.
    pub fn message(self, path: &Path, lang: Lang) -> String {
        let keys = ["over.foreign", "over.filled", "over.changed"];
        self.said(keys, &path.display(), lang)
    }

    /// Returns the question, for a screen.
    pub fn question(self, path: &str, lang: Lang) -> String {
        let keys = ["over.ask-foreign", "over.ask-filled", "over.ask-changed"];
        self.said(keys, &path, lang)
    }

    fn said(self, keys: [&'static str; 3], path: &dyn Display, lang: Lang) -> String {
        let [foreign, filled, changed] = keys;
        let (key, cells) = match self {
            Self::Foreign => (foreign, 0),
            Self::FilledIn(cells) => (filled, cells),
            Self::Changed => (changed, 0),
        };
        lang.fill(key, &[("path", path), ("n", &cells)])
    }
}

/// Returns why the file at a path must not be overwritten with `new` without asking; `format` is
/// the export's, `None` for minutes.
pub fn over(basis: &Basis<'_>, path: &Path, new: &[u8], format: Option<Format>) -> Option<Over> {
    if !has_content(path) {
        return None;
    }
    let Ok(old) = ledger::bounded(path) else {
        return Some(Over::Foreign);
    };
    if old == new {
        return None;
    }
    match format {
        Some(Format::Xlsx) => workbook(basis, ledger::read_xlsx(path).ok()),
        Some(Format::Csv) => csv(basis, ledger::read_csv(path).ok(), &old, new),
        _ if new.starts_with(b"PK") => word(basis, &old, new),
        _ => text(basis, &old, new),
    }
}

/// Returns whether overwriting would lose a file's contents: devices are written to, and `mktemp`
/// makes empty files.
pub fn has_content(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| m.is_file() && m.len() > 0)
}

fn workbook(basis: &Basis<'_>, filled: Option<ReturnedLedger>) -> Option<Over> {
    match filled {
        Some(filled) if filled.exported.is_some() => unmerged(basis, &filled),
        _ => Some(Over::Foreign),
    }
}

/// CSV without codes, of named columns, is not for filling in.
fn csv(basis: &Basis<'_>, filled: Option<ReturnedLedger>, old: &[u8], new: &[u8]) -> Option<Over> {
    match filled {
        Some(filled) if filled.has_codes(&basis.document().id) => unmerged(basis, &filled),
        _ if first_line(old) == first_line(new) => None,
        _ => Some(Over::Foreign),
    }
}

/// Compares a ledger with its export and the journal.
fn unmerged(basis: &Basis<'_>, filled: &ReturnedLedger) -> Option<Over> {
    let Ok(merged) = ledger::merge(basis, filled, Prefer::Theirs) else {
        return Some(Over::Foreign);
    };
    match merged.edits.len() + merged.left {
        0 => None,
        cells => Some(Over::FilledIn(cells)),
    }
}

/// Our documents have only our parts; every other program adds its own when saving.
fn word(basis: &Basis<'_>, old: &[u8], new: &[u8]) -> Option<Over> {
    let (Some(old), Some(new)) = (parts(old), parts(new)) else {
        return Some(Over::Foreign);
    };
    let title = quick_xml::escape::escape(&*basis.document().title);
    match old.text.contains(&*title) {
        false => Some(Over::Foreign),
        true if old.names == new.names => None,
        true => Some(Over::Changed),
    }
}

struct Parts {
    names: BTreeSet<String>,
    text: String,
}

fn parts(bytes: &[u8]) -> Option<Parts> {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names = (0..archive.len())
        .map(|nth| Some(archive.by_index_raw(nth).ok()?.name().ok()?.into_owned()));
    let names = names.collect::<Option<BTreeSet<String>>>()?;
    let mut text = String::new();
    let part = archive.by_name("word/document.xml").ok()?;
    part.take(ledger::BYTES).read_to_string(&mut text).ok()?;
    Some(Parts { names, text })
}

/// A text of ours begins as the new one does, and names the document where that does. A page says
/// in its head that it is ours, and may name the document anywhere.
fn text(basis: &Basis<'_>, old: &[u8], new: &[u8]) -> Option<Over> {
    let has = |text: &[u8], words: &[u8]| {
        !words.is_empty() && text.windows(words.len()).any(|part| part == words)
    };
    let in_head = |text: &[u8], words: &[u8]| has(text.get(..HEAD).unwrap_or(text), words);
    let title = basis.document().title.as_bytes();
    let is_ours = if new.starts_with(b"<!DOCTYPE html>") {
        let title = escape_html(&basis.document().title);
        in_head(old, GENERATOR.as_bytes()) && has(old, title.as_bytes())
    } else if new.starts_with(b"BEGIN:VCALENDAR") {
        in_head(old, ics::product(&basis.document().id).as_bytes())
    } else {
        begin(old) == begin(new) && in_head(old, title) == in_head(new, title)
    };
    if !is_ours {
        return Some(Over::Foreign);
    }
    is_changed(old).then_some(Over::Changed)
}

fn begin(text: &[u8]) -> &[u8] {
    let line = first_line(text);
    line.get(..16).unwrap_or(line)
}

fn first_line(text: &[u8]) -> &[u8] {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let line = text.split(|b| *b == b'\n').next().unwrap_or_default();
    line.trim_ascii_end()
}
