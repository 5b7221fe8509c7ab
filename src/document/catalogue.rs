//! The documents that can be opened: the embedded one and the user's.
//!
//! The user's are in `<data dir>/documents/*.yaml`; one with the id of an embedded document
//! replaces it. Listing reads only their headers.

use super::{Document, DocumentError, yaml};
use crate::{files, text::nearest};
use std::{
    fs, io,
    io::{BufReader, ErrorKind, Read as _},
    path::{Path, PathBuf},
};

pub use super::yaml::CatalogueEntry;

/// The Tianjin document, made by `kouan import seeds/tianjin-2025.txt`.
const TIANJIN: &str = include_str!("../../data/tianjin-2025.yaml");

/// The document that opens by default.
pub const DEFAULT_ID: &str = "tianjin-2025";

/// Bytes read of a file for its header.
const HEAD: u64 = 4096;

/// The documents found, and the files that cannot be read.
#[derive(Debug, Default)]
pub struct Listing {
    /// The documents, by id.
    pub entries: Vec<CatalogueEntry>,
    /// Errors of the other files.
    pub errors: Vec<DocumentError>,
}

/// Returns the folder of the user's documents within the data folder.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("documents")
}

/// Creates an empty list with this id and title; returns its file.
///
/// # Errors
///
/// The id is taken, or the file cannot be written.
pub fn create(id: &str, title: &str, data_dir: &Path) -> io::Result<PathBuf> {
    let listing = list(data_dir);
    if listing.entries.iter().any(|entry| entry.id == id) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut document = Document::default();
    (document.id, document.title) = (id.to_owned(), title.to_owned());
    let folder = folder(data_dir);
    files::make_folder(&folder)?;
    let path = folder.join(format!("{id}.yaml"));
    files::create(&path, yaml::write(&document).as_bytes())?;
    Ok(path)
}

/// Lists the documents, by id; `data_dir` is the data folder, which need not exist.
pub fn list(data_dir: &Path) -> Listing {
    let mut listing = Listing::default();
    for path in files(data_dir) {
        match head(&path) {
            Ok(entry) => listing.entries.push(CatalogueEntry {
                path: Some(path),
                ..entry
            }),
            Err(error) => listing.errors.push(error),
        }
    }
    if !listing.entries.iter().any(|e| e.id == DEFAULT_ID) {
        listing.entries.extend(yaml::read_header(TIANJIN));
    }
    listing.entries.sort_by(|a, b| a.id.cmp(&b.id));
    listing
}

/// Returns the YAML files of the user's folder, by name.
fn files(data_dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder(data_dir)) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| is_yaml(p))
        .collect();
    paths.sort();
    paths
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "yaml" || e == "yml")
}

/// Reads the entry of a file, without its path.
fn head(path: &Path) -> Result<CatalogueEntry, DocumentError> {
    regular(path)?;
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|f| f.take(HEAD).read_to_end(&mut bytes))
        .map_err(|source| unreadable(path, source))?;
    // The cut may be in the middle of a character; the header is before it.
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(e) => std::str::from_utf8(bytes.get(..e.valid_up_to()).unwrap_or_default())
            .unwrap_or_default(),
    };
    match yaml::read_header(text) {
        Some(entry) => Ok(entry),
        // Hand-written in another order: read the whole file.
        None => load_file(path).map(|doc| CatalogueEntry {
            id: doc.id,
            title: doc.title,
            stage: doc.stage,
            path: None,
        }),
    }
}

/// Refuses anything but a regular file: opening a pipe would block forever.
fn regular(path: &Path) -> Result<(), DocumentError> {
    let data = path.metadata().map_err(|source| unreadable(path, source))?;
    if !data.is_file() {
        let none = std::io::ErrorKind::NotSeekable;
        return Err(unreadable(path, none.into()));
    }
    Ok(())
}

fn unreadable(path: &Path, source: std::io::Error) -> DocumentError {
    DocumentError::Unreadable {
        file: path.display().to_string(),
        source,
    }
}

/// Returns whether a name is a file's (contains `/` or ends in `.yaml`) and not an id.
pub fn is_file(name: &str) -> bool {
    name.contains(std::path::MAIN_SEPARATOR) || is_yaml(Path::new(name))
}

/// Reads a document file.
///
/// # Errors
///
/// The file cannot be read, or is not a document.
pub fn load_file(path: &Path) -> Result<Document, DocumentError> {
    let unreadable = |source| unreadable(path, source);
    let data = fs::metadata(path).map_err(unreadable)?;
    // A pipe can be read only once.
    if data.is_file() && data.len() <= files::MOST {
        let file = BufReader::new(fs::File::open(path).map_err(unreadable)?);
        if let Some(document) = yaml::read_lines(file) {
            return Ok(document);
        }
    }
    let text = files::read_text(path, files::MOST).map_err(unreadable)?;
    yaml::read_any(&text, &path.display().to_string())
}

/// Returns the embedded document.
///
/// # Errors
///
/// None, as a test shows; but starting must not panic.
pub fn embedded() -> Result<Document, DocumentError> {
    yaml::read(TIANJIN, "tianjin-2025.yaml")
}

/// Loads a document by id, or from a file if [`is_file`] says so.
///
/// # Errors
///
/// [`DocumentError::Unknown`] with the nearest ids, or whatever is wrong with the file.
pub fn load(name: &str, data_dir: &Path) -> Result<Document, DocumentError> {
    if is_file(name) {
        return load_file(Path::new(name));
    }
    // The common case needs no listing: the file is named after the id.
    if let Some(path) = named_after(name, data_dir) {
        match regular(&path).and_then(|()| load_file(&path)) {
            Ok(doc) if doc.id == name => return Ok(doc),
            Err(DocumentError::Unreadable { source, .. })
                if source.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        if name == DEFAULT_ID {
            return embedded();
        }
    }
    let listing = list(data_dir);
    match listing.entries.iter().find(|e| e.id == name) {
        Some(entry) => match &entry.path {
            Some(path) => load_file(path),
            None => embedded(),
        },
        None => Err(DocumentError::Unknown {
            id: name.to_owned(),
            near: nearest(name, listing.entries.iter().map(|e| e.id.as_str()), 3)
                .into_iter()
                .map(str::to_owned)
                .collect(),
        }),
    }
}

/// Returns the file in the user's folder that would be named after an id.
fn named_after(id: &str, data_dir: &Path) -> Option<PathBuf> {
    yaml::is_id(id).then(|| folder(data_dir).join(format!("{id}.yaml")))
}

#[cfg(test)]
mod tests;
