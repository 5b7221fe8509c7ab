//! Following a journal that others append to. May use: `locale`, `progress::journal`.
//!
//! The kernel tells (inotify); nothing polls, so an idle session sleeps. What is watched is the
//! folder, not the file, since an editor or git puts another file in its place.

use crate::files::make_folder;
use crate::locale::Lang;
use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{ModifyKind, RemoveKind},
};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// A watch on a journal; it ends when this is dropped.
#[derive(Debug)]
pub struct Follower {
    _watcher: RecommendedWatcher,
    sees_all: Arc<AtomicBool>,
}

/// Why a journal cannot be watched. The tail must be read at each key instead.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch {path}: {reason}", path = path.display())]
pub struct FollowError {
    /// The journal.
    pub path: PathBuf,
    /// What the system said.
    pub reason: String,
}

impl FollowError {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        lang.fill(
            "journal.follow.error",
            &[("path", &self.path.display()), ("error", &self.reason)],
        )
    }
}

impl Follower {
    /// Calls `changed`, on a thread of its own, each time the journal was written to, made, replaced
    /// or removed (by this session too). The folder is made where it is not there.
    ///
    /// # Errors
    ///
    /// Where the system cannot watch the folder: it has no inotify, or no more watches.
    pub fn new(path: &Path, changed: impl FnMut() + Send + 'static) -> Result<Self, FollowError> {
        let error = |reason: String| FollowError {
            path: path.to_owned(),
            reason,
        };
        let files = names(path).map_err(|e| error(e.to_string()))?;
        let sees_all = Arc::new(AtomicBool::new(true));
        let watcher = watch(&files, sees_all.clone(), changed);
        let watcher = watcher.map_err(|e| error(e.to_string()))?;
        if files.iter().any(|file| is_remote(file)) {
            sees_all.store(false, Ordering::Relaxed);
        }
        Ok(Self {
            _watcher: watcher,
            sees_all,
        })
    }

    /// Tells whether every change is seen. On a network file system those made on other machines
    /// are not, nor is anything once the folder was removed; then the tail must be read at each key.
    pub fn sees_all(&self) -> bool {
        self.sees_all.load(Ordering::Relaxed)
    }
}

/// Returns the names under which the file changes: its own, and where that is a link, the one that
/// it leads to.
fn names(path: &Path) -> io::Result<Vec<PathBuf>> {
    let file = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    make_folder(folder)?;
    let mut names = vec![folder.canonicalize()?.join(file)];
    if let Ok(real) = path.canonicalize()
        && !names.contains(&real)
    {
        names.push(real);
    }
    Ok(names)
}

fn watch(
    files: &[PathBuf],
    sees_all: Arc<AtomicBool>,
    mut changed: impl FnMut() + Send + 'static,
) -> notify::Result<RecommendedWatcher> {
    let ours = files.to_vec();
    let handle = move |event: notify::Result<Event>| match event {
        Ok(event) if is_loss(&event, &ours) => {
            sees_all.store(false, Ordering::Relaxed);
            changed();
        }
        Ok(event) if is_change(&event, &ours) || is_closing(&event, &ours) => changed(),
        Ok(_) => {}
        Err(_) => sees_all.store(false, Ordering::Relaxed),
    };
    let mut watcher = notify::recommended_watcher(handle)?;
    for folder in files.iter().filter_map(|file| file.parent()) {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// Tells whether a watched folder itself is gone.
fn is_loss(event: &Event, ours: &[PathBuf]) -> bool {
    let is_folder = |path: &PathBuf| ours.iter().any(|file| file.parent() == Some(path));
    matches!(
        event.kind,
        EventKind::Remove(RemoveKind::Folder) | EventKind::Modify(ModifyKind::Name(_))
    ) && event.paths.iter().any(is_folder)
}

/// Tells whether the journal or a watched folder may have been closed to us, or opened again.
fn is_closing(event: &Event, ours: &[PathBuf]) -> bool {
    let is_of_us = |path: &PathBuf| {
        ours.iter()
            .any(|file| file == path || file.parent() == Some(path))
    };
    matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_)))
        && event.paths.iter().any(is_of_us)
}

/// Tells whether the journal may hold something new. Opening and reading it is no change: our own
/// reading would call for another.
fn is_change(event: &Event, ours: &[PathBuf]) -> bool {
    let is_writing = matches!(
        event.kind,
        EventKind::Create(_)
            | EventKind::Remove(_)
            | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Name(_) | ModifyKind::Any)
    );
    event.need_rescan() || (is_writing && event.paths.iter().any(|path| ours.contains(path)))
}

/// The file systems that other machines can write to, by the number that statfs(2) gives.
const REMOTE: [u64; 12] = [
    0x6969,      // NFS
    0x517b,      // SMB
    0xfe53_4d42, // SMB 2
    0xff53_4d42, // CIFS
    0x6573_5546, // FUSE (sshfs and others)
    0x5346_414f, // AFS
    0x0102_1997, // 9P
    0x00c3_6400, // Ceph
    0x0bd0_0bd0, // Lustre
    0x4750_4653, // GPFS
    0x0116_1970, // GFS2
    0x7461_636f, // OCFS2
];

fn is_remote(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(file);
    // A negative number is one above 2^31, sign-extended.
    let kind = rustix::fs::statfs(folder).map(|s| s.f_type.cast_unsigned() & 0xffff_ffff);
    kind.is_ok_and(|kind| REMOTE.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        fs,
        io::Write as _,
        os::unix::fs::PermissionsExt as _,
        sync::mpsc::{Receiver, channel},
        time::Duration,
    };

    /// Far longer than the kernel takes; only a failure waits so long.
    const LIMIT: Duration = Duration::from_secs(20);

    fn follow(path: &Path) -> (Follower, Receiver<()>) {
        let (send, receive) = channel();
        let tell = move || {
            let _ = send.send(());
        };
        (Follower::new(path, tell).unwrap(), receive)
    }

    fn write(path: &Path) {
        let mut file = fs::OpenOptions::new();
        let file = file.create(true).append(true).open(path);
        file.unwrap().write_all(b"x\n").unwrap();
    }

    #[test]
    fn making_writing_replacing_and_removing_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/demo.yaml");
        let (follower, changed) = follow(&path);
        write(&path);
        changed.recv_timeout(LIMIT).unwrap();
        while changed.try_recv().is_ok() {}
        write(&path);
        changed.recv_timeout(LIMIT).unwrap();
        let other = folder.path().join("new/other");
        write(&other);
        while changed.try_recv().is_ok() {}
        fs::rename(&other, &path).unwrap();
        changed.recv_timeout(LIMIT).unwrap();
        while changed.try_recv().is_ok() {}
        let mode = |mode| fs::Permissions::from_mode(mode);
        fs::set_permissions(&path, mode(0o000)).unwrap();
        changed.recv_timeout(LIMIT).unwrap();
        while changed.try_recv().is_ok() {}
        fs::set_permissions(path.parent().unwrap(), mode(0o700)).unwrap();
        changed.recv_timeout(LIMIT).unwrap();
        while changed.try_recv().is_ok() {}
        fs::remove_file(&path).unwrap();
        changed.recv_timeout(LIMIT).unwrap();
        assert!(follower.sees_all());
    }

    #[test]
    fn a_link_is_followed_to_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real/journal.yaml");
        fs::create_dir(real.parent().unwrap()).unwrap();
        write(&real);
        let link = folder.path().join("link.yaml");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let (_follower, changed) = follow(&link);
        write(&real);
        changed.recv_timeout(LIMIT).unwrap();
    }

    #[test]
    fn reading_and_other_files_wake_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.yaml");
        write(&path);
        let (_follower, changed) = follow(&path);
        for _ in 0..10 {
            fs::read(&path).unwrap();
            write(&folder.path().join("another.yaml"));
        }
        // The kernel tells things in their order, so this comes after all that came before.
        fs::remove_file(&path).unwrap();
        changed.recv_timeout(LIMIT).unwrap();
        assert!(changed.try_recv().is_err());
    }

    #[test]
    fn a_folder_that_cannot_be_watched_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        write(&file);
        let error = Follower::new(&file.join("demo.yaml"), || {}).unwrap_err();
        assert!(error.message(Lang::ZhCn).contains("demo.yaml"));
    }

    #[test]
    fn a_folder_that_is_removed_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/demo.yaml");
        let (follower, changed) = follow(&path);
        fs::remove_dir(path.parent().unwrap()).unwrap();
        changed.recv_timeout(LIMIT).unwrap();
        assert!(!follower.sees_all());
    }
}
