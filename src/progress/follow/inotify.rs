//! inotify: reports changes in folders, and knows which file systems hide those of other machines.

use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags},
    io::Errno,
};
use std::{
    ffi::{CStr, OsString},
    io,
    mem::MaybeUninit,
    os::{fd::OwnedFd, unix::ffi::OsStrExt as _},
    path::{Path, PathBuf},
    thread,
};

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

/// Watches files; returns the pipe whose closing ends the watch, and whether every change is seen.
pub(super) fn watch(
    files: &[PathBuf],
    changed: impl FnMut(bool) + Send + 'static,
) -> io::Result<(OwnedFd, bool)> {
    let inotify = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
    let sees_all = !files.iter().any(|file| is_remote(file));
    let mut ours = Vec::new();
    for file in files {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
            continue;
        };
        let watch = inotify::add_watch(&inotify, folder, WATCHED)?;
        ours.push((watch, name.to_owned()));
    }
    let (ended, end) = io::pipe()?;
    let ended = OwnedFd::from(ended);
    thread::Builder::new()
        .name("follow".into())
        .stack_size(128 << 10)
        .spawn(move || tell(&inotify, &ended, &ours, changed))?;
    Ok((end.into(), sees_all))
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
