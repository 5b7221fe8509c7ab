//! The archive of a Word file: its parts, within bounds, and how they refer to each other.
//!
//! Sizes in the archive are not trusted: unpacked bytes are counted. Only parts of the archive
//! itself are read; references to anything outside are ignored.

use super::{
    SourceError,
    xml::{Xml, XmlStep, attribute},
};
use memchr::memmem;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// The largest archive. A hundred pages with pictures have some ten.
const MOST_PACKED: usize = 32 << 20;
/// The largest main part, unpacked: some two thousand pages.
pub(super) const MAIN: u64 = 16 << 20;
/// The largest other part.
pub(super) const OTHER: u64 = 4 << 20;
/// The largest header or footer.
pub(super) const MARGIN: u64 = 1 << 20;
/// The most parts. A document with a hundred pictures has some three hundred.
const MOST_PARTS: usize = 5000;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, SourceError> {
        if bytes.len() > MOST_PACKED {
            return Err(SourceError::new("docx.file").with("most", MOST_PACKED >> 20));
        }
        if claims_too_many(bytes) {
            return Err(SourceError::new("docx.too-many"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|e| SourceError::new("docx.broken-archive").with("why", e))?;
        Ok(Self { archive })
    }

    /// Returns the name of the main part.
    pub(super) fn main(&mut self) -> Result<String, SourceError> {
        let named = match self.relations("_rels/.rels")? {
            Some(relations) => find(&relations, "", "officeDocument"),
            None => None,
        };
        let name = named.unwrap_or_else(|| "word/document.xml".to_owned());
        if !self.has(&name) {
            return Err(SourceError::new("source.zip"));
        }
        Ok(name)
    }

    /// Returns the part of a kind that another part refers to.
    pub(super) fn related(
        &mut self,
        from: &str,
        kind: &str,
    ) -> Result<Option<String>, SourceError> {
        let (folder, file) = from.rsplit_once('/').unwrap_or(("", from));
        let relations = self.relations(&join(folder, &format!("_rels/{file}.rels")))?;
        let found = relations.and_then(|r| find(&r, folder, kind));
        Ok(found.filter(|name| self.has(name)))
    }

    fn relations(&mut self, part: &str) -> Result<Option<Vec<Relation>>, SourceError> {
        if !self.has(part) {
            return Ok(None);
        }
        let text = self.part(part, OTHER)?;
        let mut out = Vec::new();
        Xml::new(&text, part).within(|_, tag| {
            let outside = attribute(tag, "TargetMode").is_some_and(|m| m == "External");
            let (kind, target) = (attribute(tag, "Type"), attribute(tag, "Target"));
            if let (Some(kind), Some(target), false) = (kind, target, outside) {
                out.push(Relation { kind, target });
            }
            Ok(XmlStep::Into)
        })?;
        Ok(Some(out))
    }

    fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Returns the names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().filter_map(Result::ok);
        names.map(std::borrow::Cow::into_owned).collect()
    }

    /// Unpacks a part of at most `most` bytes.
    pub(super) fn part(&mut self, name: &str, most: u64) -> Result<String, SourceError> {
        let part = self.archive.by_name(name).map_err(|e| broken(name, &e))?;
        let mut bytes = Vec::new();
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| broken(name, &e))?;
        if bytes.len() as u64 > most {
            return Err(super::too_large(name, most));
        }
        if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(&bytes)
            && encoding != encoding_rs::UTF_8
        {
            let (text, _, wrong) = encoding.decode(&bytes);
            if !wrong {
                return Ok(text.into_owned());
            }
        }
        String::from_utf8(bytes).map_err(|e| broken(name, &e.utf8_error()))
    }
}

struct Relation {
    kind: String,
    target: String,
}

fn find(relations: &[Relation], folder: &str, kind: &str) -> Option<String> {
    // The strict variant of the format has another address before the last word.
    let of_kind = |r: &&Relation| r.kind.rsplit('/').next() == Some(kind);
    let target = &relations.iter().find(of_kind)?.target;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => join(folder, target),
    })
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// Returns whether the archive's directory claims more parts than any document has, before anything
/// allocates memory for it.
fn claims_too_many(bytes: &[u8]) -> bool {
    let entries = memmem::find_iter(bytes, b"PK\x01\x02");
    let claimed = memmem::find_iter(bytes, b"PK\x06\x06").any(|at| {
        let count = bytes.get(at + 24..at + 40).unwrap_or_default();
        count.chunks_exact(8).any(|c| {
            let c = c.try_into().map_or(0, u64::from_le_bytes);
            c > MOST_PARTS as u64
        })
    });
    claimed || entries.take(MOST_PARTS + 1).count() > MOST_PARTS
}

fn broken(part: &str, why: &dyn std::fmt::Display) -> SourceError {
    let error = SourceError::new("docx.broken").with("part", part);
    error.with("why", why)
}
