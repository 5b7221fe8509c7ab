//! Layers the config files: the machine's, then the user's own.

use super::{Config, ConfigError, Paths};
use crate::files;
use serde_yaml::{Mapping, Value};
use std::{
    io,
    path::{Path, PathBuf},
};

impl Config {
    /// Reads the config files; later ones override. The user's own comes last, and must exist only
    /// if it was named explicitly.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or has mistakes.
    pub fn load(paths: &Paths) -> Result<Self, ConfigError> {
        let mut all = Mapping::new();
        for path in paths.configs() {
            let is_needed = *path == paths.config && paths.config_asked_for;
            let text = match files::read_text(path, files::MOST_SMALL) {
                Ok(text) => text,
                Err(e) if e.kind() == io::ErrorKind::NotFound && !is_needed => continue,
                Err(source) => {
                    let path = path.clone();
                    return Err(ConfigError::Io { path, source });
                }
            };
            Self::parse(&text, path)?;
            for (name, value) in entries(&text) {
                let value = anchored(&name, value, path);
                lay(&mut all, name, value);
            }
        }
        // Each was parsed as a config already.
        Ok(serde_yaml::from_value(Value::Mapping(all)).unwrap_or_default())
    }
}

/// Returns the existing files with the options that each one decides, without those overridden
/// later.
pub fn given(paths: &Paths) -> Vec<(&Path, Vec<String>)> {
    let read = |path: &PathBuf| files::read_text(path, files::MOST_SMALL).ok();
    let files: Vec<_> = paths
        .configs()
        .filter_map(|path| Some((path.as_path(), entries(&read(path)?))))
        .collect();
    let is_last = |nth: usize, name: &Value| {
        let mut later = files.iter().skip(nth + 1);
        !later.any(|(_, entries)| entries.get(name).is_some_and(|v| !v.is_mapping()))
    };
    let given = files.iter().enumerate().map(|(nth, (path, entries))| {
        let names = entries.keys().filter(|name| is_last(nth, name));
        let names = names.filter_map(|name| name.as_str().map(str::to_owned));
        (*path, names.collect())
    });
    given.collect()
}

fn entries(text: &str) -> Mapping {
    let entries = serde_yaml::from_str::<Option<Mapping>>(text.trim_start_matches('\u{feff}'));
    entries.ok().flatten().unwrap_or_default()
}

/// Sets an option over earlier ones; mappings are merged entry by entry.
fn lay(all: &mut Mapping, name: Value, value: Value) {
    match (all.get_mut(&name), value) {
        (Some(Value::Mapping(before)), Value::Mapping(value)) => before.extend(value),
        (_, value) => drop(all.insert(name, value)),
    }
}

/// Makes a relative folder absolute, starting at its file's folder.
fn anchored(name: &Value, value: Value, path: &Path) -> Value {
    let folder = path.parent().filter(|_| name == "progress");
    match (folder, value.as_str()) {
        (Some(folder), Some(written)) if !written.starts_with("~/") => {
            folder.join(written).to_string_lossy().into_owned().into()
        }
        _ => value,
    }
}
