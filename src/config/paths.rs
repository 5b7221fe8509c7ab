//! Where files are.
//!
//! The XDG Base Directory Specification 0.8, through `directories`; `KOUAN_CONFIG` and
//! `KOUAN_DATA_DIR` stand before it.

use directories::ProjectDirs;
use std::path::{Path, PathBuf};

/// The files and folders of one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The config file, and whether it was asked for by name.
    pub config: PathBuf,
    /// The config files for everybody on the machine, in the order in which they are read.
    pub shared: Vec<PathBuf>,
    /// Whether `--config` or `KOUAN_CONFIG` names the config file, so that it must be there.
    pub config_asked_for: bool,
    /// Journals and imported documents.
    pub data: PathBuf,
    /// What may be lost without loss of work: fold state, drafts, query history.
    pub state: PathBuf,
}

/// No folder is known to put files in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no home folder: set HOME or KOUAN_DATA_DIR")]
pub struct NoHome;

impl Paths {
    /// Returns the paths; `config` and `data` are what the command line or the environment names.
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
        // Whoever names a config wants that one and no other.
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

    /// Returns the config files, of which the last counts most.
    pub fn configs(&self) -> impl Iterator<Item = &PathBuf> {
        self.shared.iter().chain([&self.config])
    }

    /// Returns the journal's path for a document: a file a document in the `progress` folder of
    /// the config, which is taken from the config file's folder where it is relative and from the
    /// home folder where it begins with `~/`.
    pub fn journal(&self, progress: Option<&Path>, document: &str) -> PathBuf {
        let folder = match progress {
            None => self.data.join("progress"),
            Some(folder) => self.resolve(folder),
        };
        folder.join(format!("{document}.yaml"))
    }

    /// Returns a path of the config file as the file system knows it.
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

/// Returns where a config for everybody may be: in `XDG_CONFIG_DIRS`, whose first folder counts most.
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
    fn journals_stand_one_file_a_document() {
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
