//! Paths of files and folders.
//!
//! From the XDG Base Directory Specification 0.8, through `directories`; `KOUAN_CONFIG` and
//! `KOUAN_DATA_DIR` override it.

use directories::ProjectDirs;
use std::path::{Path, PathBuf};

/// The files and folders of one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The user's config file.
    pub config: PathBuf,
    /// Config files for everybody on the machine, in reading order.
    pub shared: Vec<PathBuf>,
    /// Whether `--config` or `KOUAN_CONFIG` names the config file, so that it must exist.
    pub config_asked_for: bool,
    /// Journals and imported documents.
    pub data: PathBuf,
    /// Fold state, drafts, query history: safe to lose.
    pub state: PathBuf,
}

/// No home or data folder is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no home folder: set HOME or KOUAN_DATA_DIR")]
pub struct NoHome;

impl Paths {
    /// Returns the paths; `config` and `data` come from the command line or the environment.
    ///
    /// # Errors
    ///
    /// Neither a data folder nor a home folder is known.
    pub fn new(config: Option<PathBuf>, data: Option<PathBuf>) -> Result<Self, NoHome> {
        let dirs = ProjectDirs::from("", "", "kouan");
        let own = |pick: fn(&ProjectDirs) -> &Path| dirs.as_ref().map(|d| pick(d).to_owned());
        let data = data.or_else(|| own(ProjectDirs::data_dir)).ok_or(NoHome)?;
        let state = dirs
            .as_ref()
            .and_then(|d| d.state_dir().map(Path::to_owned))
            .unwrap_or_else(|| data.join("state"));
        let folder = own(ProjectDirs::config_dir).unwrap_or_else(|| data.clone());
        // Naming a config means only that one.
        let shared = if config.is_some() {
            Vec::new()
        } else {
            shared()
        };
        Ok(Self {
            shared,
            config_asked_for: config.is_some(),
            config: config.unwrap_or_else(|| folder.join("config.yaml")),
            data,
            state,
        })
    }

    /// Returns the config files; the last one has the highest priority.
    pub fn configs(&self) -> impl Iterator<Item = &PathBuf> {
        self.shared.iter().chain([&self.config])
    }

    /// Returns a document's journal: a file in the config's `progress` folder, which is relative to
    /// the config file, or to the home folder after `~/`.
    pub fn journal(&self, progress: Option<&Path>, document: &str) -> PathBuf {
        let folder = match progress {
            None => self.data.join("progress"),
            Some(folder) => self.resolve(folder),
        };
        folder.join(format!("{document}.yaml"))
    }

    /// Returns a path in the config file as an actual path.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), std::env::home_dir()) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => self
                .config
                .parent()
                .map_or_else(|| path.to_owned(), |folder| folder.join(path)),
        }
    }
}

/// Returns the possible configs for everybody: in `XDG_CONFIG_DIRS`, whose first folder has the
/// highest priority.
fn shared() -> Vec<PathBuf> {
    let folders = std::env::var_os("XDG_CONFIG_DIRS").filter(|folders| !folders.is_empty());
    let folders = folders.unwrap_or_else(|| "/etc/xdg".into());
    let mut all: Vec<PathBuf> = std::env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("kouan/config.yaml"))
        .collect();
    all.reverse();
    all
}

#[cfg(test)]
mod tests {
    use super::Paths;
    use std::path::{Path, PathBuf};

    fn paths() -> Paths {
        Paths::new(Some("/etc/kouan/c.yaml".into()), Some("/data".into())).unwrap()
    }

    #[test]
    fn journals_are_one_file_per_document() {
        assert_eq!(
            paths().journal(None, "a"),
            PathBuf::from("/data/progress/a.yaml")
        );
        let team = paths().journal(Some(Path::new("/srv/team")), "a");
        assert_eq!(team, PathBuf::from("/srv/team/a.yaml"));
    }

    #[test]
    fn a_relative_folder_is_the_config_files() {
        assert_eq!(
            paths().resolve(Path::new("team")),
            PathBuf::from("/etc/kouan/team")
        );
        let home = std::env::home_dir().unwrap();
        assert_eq!(paths().resolve(Path::new("~/team")), home.join("team"));
    }
}
