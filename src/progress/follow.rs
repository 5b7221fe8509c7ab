//! Follows a journal that others append to.
//!
//! The kernel reports changes (inotify), so an idle session sleeps. The folder is watched, not the
//! file, because an editor or git replaces the file. inotify is used directly: the crate `notify`
//! panics if its thread can't be started.

use crate::files::make_folder;
use crate::locale::Lang;
use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags},
    io::Errno,
    pipe::{PipeFlags, pipe_with},
};
use std::{
    ffi::{CStr, OsString},
    io,
    mem::MaybeUninit,
    os::{fd::OwnedFd, unix::ffi::OsStrExt as _},
    path::{Path, PathBuf},
    thread,
};

/// A watch on a journal, until dropped.
#[derive(Debug)]
pub struct Follower {
    /// The thread ends when this end of its pipe is closed.
    _end: OwnedFd,
    sees_all: bool,
}

/// Why a journal cannot be watched, so that its tail must be polled.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch {path}: {source}", path = path.display())]
pub struct FollowError {
    /// The journal.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl FollowError {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        // `EMFILE` and `ENOSPC` are said of inotify's own limits here.
        let reason = match self.source.kind() {
            io::ErrorKind::StorageFull => lang.text("journal.follow.used-up").to_owned(),
            _ if self.source.raw_os_error() == Some(Errno::MFILE.raw_os_error()) => {
                lang.text("journal.follow.used-up").to_owned()
            }
            _ => lang.system(&self.source),
        };
        lang.fill(
            "journal.follow.error",
            &[("path", &self.path.display()), ("error", &reason)],
        )
    }
}

/// Events of a folder that can concern a file in it.
const WATCHED: WatchFlags = WatchFlags::CREATE
    .union(WatchFlags::DELETE)
    .union(WatchFlags::MODIFY)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::ATTRIB)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF);

/// The watched folder itself is gone.
const LOST: ReadFlags = ReadFlags::DELETE_SELF
    .union(ReadFlags::MOVE_SELF)
    .union(ReadFlags::UNMOUNT)
    .union(ReadFlags::IGNORED);

impl Follower {
    /// Calls `changed` on a thread of its own whenever the journal is written, created, replaced or
    /// removed (by this session too), with whether later changes will be seen. Creates the folder
    /// if needed.
    ///
    /// # Errors
    ///
    /// The system cannot watch the folder: no inotify, its limits are used up, or no thread.
    pub fn new(
        path: &Path,
        changed: impl FnMut(bool) + Send + 'static,
    ) -> Result<Self, FollowError> {
        watch(path, changed).map_err(|source| FollowError {
            path: path.to_owned(),
            source,
        })
    }

    /// Returns whether every change is seen. On a network file system those of other machines are
    /// not, and the tail must be polled.
    pub const fn sees_all(&self) -> bool {
        self.sees_all
    }
}

fn watch(path: &Path, changed: impl FnMut(bool) + Send + 'static) -> io::Result<Follower> {
    let files = names(path)?;
    let inotify = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
    let sees_all = !files.iter().any(|file| is_remote(file));
    let mut ours = Vec::new();
    for file in &files {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
            continue;
        };
        let watch = inotify::add_watch(&inotify, folder, WATCHED)?;
        ours.push((watch, name.to_owned()));
    }
    let (ended, end) = pipe_with(PipeFlags::CLOEXEC)?;
    thread::Builder::new()
        .name("follow".into())
        .stack_size(128 << 10)
        .spawn(move || tell(&inotify, &ended, &ours, changed))?;
    Ok(Follower {
        _end: end,
        sees_all,
    })
}

/// Waits for events until the other end of the pipe is closed.
fn tell(
    inotify: &OwnedFd,
    ended: &OwnedFd,
    ours: &[(i32, OsString)],
    mut changed: impl FnMut(bool),
) {
    loop {
        let mut fds = [
            PollFd::new(inotify, PollFlags::IN),
            PollFd::new(ended, PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Ok(_) if !fds[1].revents().is_empty() => return,
            Ok(_) | Err(Errno::INTR) => {}
            Err(_) => return changed(false),
        }
        let (news, sees_on) = read(inotify, ours);
        if news {
            changed(sees_on);
        }
        if !sees_on {
            return;
        }
    }
}

/// Reads all pending events; returns whether one concerns the journal, and whether later ones will
/// come.
fn read(inotify: &OwnedFd, ours: &[(i32, OsString)]) -> (bool, bool) {
    let mut buffer = [MaybeUninit::uninit(); 4096];
    let mut reader = Reader::new(inotify, &mut buffer);
    let mut news = false;
    loop {
        match reader.next() {
            Ok(event) if event.events().intersects(LOST) => return (true, false),
            Ok(event) => {
                let name = event.file_name().map(CStr::to_bytes);
                // Events were dropped, or something happened to the folder.
                news |= name.is_none();
                news |= ours
                    .iter()
                    .any(|(watch, file)| *watch == event.wd() && name == Some(file.as_bytes()));
            }
            Err(Errno::AGAIN) => return (news, true),
            Err(Errno::INTR) => {}
            Err(_) => return (true, false),
        }
    }
}

/// Returns the paths under which the file changes: its own, and the target if it is a link.
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

/// File systems that other machines can write to, by statfs(2) number.
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

/// Returns whether other machines can write to a file's folder unnoticed.
fn is_remote(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(file);
    // Numbers above 2^31 come sign-extended.
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

    fn follow(path: &Path) -> (Follower, Receiver<bool>) {
        let (send, receive) = channel();
        let tell = move |sees_on| {
            let _ = send.send(sees_on);
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
        // Events come in order, so this follows all earlier ones.
        fs::remove_file(&path).unwrap();
        changed.recv_timeout(LIMIT).unwrap();
        assert!(changed.try_recv().is_err());
    }

    #[test]
    fn a_folder_that_cannot_be_watched_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        write(&file);
        let error = Follower::new(&file.join("demo.yaml"), |_| {}).unwrap_err();
        assert!(error.message(Lang::ZhCn).contains("demo.yaml"));
    }

    #[test]
    fn a_folder_that_is_removed_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/demo.yaml");
        let (_follower, changed) = follow(&path);
        fs::remove_dir(path.parent().unwrap()).unwrap();
        assert!(!changed.recv_timeout(LIMIT).unwrap());
    }
}
