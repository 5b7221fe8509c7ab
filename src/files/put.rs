//! Files written whole or not at all: without a name or beside their place, then named.
//!
//! A file that is being written has no name where the file system can do that (`O_TMPFILE`), so
//! that a kill leaves nothing behind. Where it needs one for a moment, it holds a lock for as long;
//! what is found under such a name without a lock was left by a kill, and is removed.

use super::{follow, make_folder};
use rustix::{
    fs::{
        AtFlags, CWD, Dir, FallocateFlags, FileType, Gid, Mode, OFlags, RenameFlags, ResolveFlags,
        Stat, Uid,
    },
    io::Errno,
};
use std::{
    ffi::{OsStr, OsString},
    fs::{File, OpenOptions},
    io::{self, Write as _},
    os::{
        fd::{AsRawFd as _, OwnedFd},
        unix::{
            ffi::OsStrExt as _,
            fs::{FileExt as _, MetadataExt as _},
        },
    },
    path::Path,
};

/// How the names of unfinished files begin.
pub(super) const UNFINISHED: &str = ".kouan-";

/// The mode of a new file that is meant for others too; the umask narrows it.
const OPEN: Mode = Mode::from_raw_mode(0o666);

/// The mode of what is nobody else's.
const PRIVATE: Mode = Mode::from_raw_mode(0o600);

/// Writes a file of the user's in the place of what is there. Links are followed as [`follow`] does;
/// what was there keeps its mode, owner, group, access list and hard links. A device or a pipe is
/// written to.
///
/// # Errors
///
/// The folder cannot be written to, the disk is full, and the like; the old file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        let mut device = OpenOptions::new().write(true).open(path)?;
        return device.write_all(bytes);
    }
    let place = Place::without_links(&follow(path)?)?;
    let Some(old) = place.now()? else {
        return place.put(bytes, OPEN, None);
    };
    if FileType::from_raw_mode(old.st_mode) != FileType::RegularFile {
        return Err(Errno::ISDIR.into());
    }
    if old.st_nlink > 1 || has_access_list(path) {
        return place.write_over(bytes);
    }
    match place.put(bytes, PRIVATE, Some(&old)) {
        // Only root can give a file to its old owner.
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => place.write_over(bytes),
        done => done,
    }
}

/// Writes a new file of the user's.
///
/// # Errors
///
/// As [`replace`]; and [`io::ErrorKind::AlreadyExists`] where something has that name.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(Errno::ISDIR)?;
    let folder = follow(path.parent().unwrap_or(Path::new("")))?;
    let place = Place::without_links(&folder.join(name))?;
    if place.now()?.is_some() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let file = place.unfinished(bytes, OPEN)?;
    place.name(&file, false)
}

/// Makes an empty file with this mode, whatever the umask. One that is there already stays.
///
/// # Errors
///
/// As [`create`].
pub fn make(path: &Path, mode: u32) -> io::Result<()> {
    let (place, mode) = (Place::without_links(path)?, Mode::from_raw_mode(mode));
    let new = place.unfinished(&[], mode)?;
    rustix::fs::fchmod(&new.file, mode)?;
    match place.name(&new, false) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        done => done,
    }
}

/// Writes a file that only this user reads and only kouan writes, making its folder.
///
/// # Errors
///
/// As [`make_folder`] and [`replace`].
pub fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    Place::of(path, ResolveFlags::empty())?.put(bytes, PRIVATE, None)
}

fn has_access_list(path: &Path) -> bool {
    let mut none = [0_u8; 0];
    rustix::fs::getxattr(path, "system.posix_acl_access", &mut none).is_ok_and(|size| size > 0)
}

/// An open folder, and a name in it: what others do to the path meanwhile does not lead elsewhere.
struct Place {
    folder: OwnedFd,
    name: OsString,
}

/// A file that has all its bytes, durably, and not yet its name.
struct Unfinished {
    file: File,
    /// The name that it has instead, if any.
    name: Option<OsString>,
}

impl Place {
    fn without_links(path: &Path) -> io::Result<Self> {
        Self::of(path, ResolveFlags::NO_SYMLINKS)
    }

    fn of(path: &Path, resolve: ResolveFlags) -> io::Result<Self> {
        let name = path.file_name().ok_or(Errno::ISDIR)?.to_owned();
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let open = |more| {
            let flags = OFlags::DIRECTORY | OFlags::CLOEXEC | more;
            match rustix::fs::openat2(CWD, folder, flags, Mode::empty(), resolve) {
                // An old kernel, or a sandbox that does not know the call.
                Err(Errno::NOSYS | Errno::PERM) => {
                    rustix::fs::openat(CWD, folder, flags, Mode::empty())
                }
                opened => opened,
            }
        };
        let folder = match open(OFlags::RDONLY) {
            // It may still be one that can be written to.
            Err(Errno::ACCESS) => open(OFlags::PATH),
            folder => folder,
        };
        Ok(Self {
            folder: folder?,
            name,
        })
    }

    /// Returns what has the name now.
    fn now(&self) -> io::Result<Option<Stat>> {
        match rustix::fs::statat(&self.folder, &self.name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => Ok(None),
            stat => Ok(Some(stat?)),
        }
    }

    /// Writes the name anew, with the owner, group and mode of `like`.
    fn put(&self, bytes: &[u8], mode: Mode, like: Option<&Stat>) -> io::Result<()> {
        let new = self.unfinished(bytes, mode)?;
        match like.map_or(Ok(()), |old| be_like(&new.file, old)) {
            Ok(()) => self.name(&new, true),
            Err(error) => {
                self.remove(new.name.as_deref());
                Err(error)
            }
        }
    }

    /// Returns a durable file with these bytes, without a name where that can be.
    fn unfinished(&self, bytes: &[u8], mode: Mode) -> io::Result<Unfinished> {
        self.sweep();
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let mut new = match rustix::fs::openat(&self.folder, ".", flags, mode) {
            Ok(file) => Unfinished {
                file: file.into(),
                name: None,
            },
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::NOENT | Errno::INVAL) => {
                self.named(mode)?
            }
            Err(error) => return Err(error.into()),
        };
        let written = new.file.write_all(bytes);
        match written.and_then(|()| new.file.sync_all()) {
            Ok(()) => Ok(new),
            Err(error) => {
                self.remove(new.name.as_deref());
                Err(error)
            }
        }
    }

    /// Makes an unfinished file that has a name.
    fn named(&self, mode: Mode) -> io::Result<Unfinished> {
        let flags = OFlags::CREATE | OFlags::EXCL | OFlags::WRONLY | OFlags::CLOEXEC;
        loop {
            let name = unfinished_name()?;
            let file: File = rustix::fs::openat(&self.folder, &name, flags, mode)?.into();
            // Where there are no locks, nothing is swept either.
            let _ = file.lock();
            // Else it was swept before it was locked.
            if file.metadata()?.nlink() > 0 {
                let name = Some(name);
                return Ok(Unfinished { file, name });
            }
        }
    }

    /// Gives a file its name, durably; with `over`, in the place of what has it.
    fn name(&self, new: &Unfinished, over: bool) -> io::Result<()> {
        let done = match &new.name {
            Some(own) => self.rename(own, over),
            None => match self.link(new, &self.name) {
                Err(Errno::EXIST) if over => self.link_over(new),
                done => done,
            },
        };
        if let Err(error) = done {
            self.remove(new.name.as_deref());
            return Err(error.into());
        }
        match rustix::fs::fsync(&self.folder) {
            // Opened without the right to read it.
            Err(Errno::BADF | Errno::INVAL) => Ok(()),
            done => Ok(done?),
        }
    }

    fn link(&self, new: &Unfinished, name: &OsStr) -> rustix::io::Result<()> {
        let own = format!("/proc/self/fd/{}", new.file.as_raw_fd());
        rustix::fs::linkat(CWD, own, &self.folder, name, AtFlags::SYMLINK_FOLLOW)
    }

    /// Links a file without a name beside its place and renames it: a link replaces nothing.
    fn link_over(&self, new: &Unfinished) -> rustix::io::Result<()> {
        let _ = new.file.try_lock();
        let name = unfinished_name()?;
        self.link(new, &name)?;
        let done = self.rename(&name, true);
        if done.is_err() {
            self.remove(Some(&name));
        }
        done
    }

    fn rename(&self, from: &OsStr, over: bool) -> rustix::io::Result<()> {
        let (folder, to) = (&self.folder, &self.name);
        if over {
            return rustix::fs::renameat(folder, from, folder, to);
        }
        match rustix::fs::renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS) => {
                rustix::fs::linkat(folder, from, folder, to, AtFlags::empty())?;
                self.remove(Some(from));
                Ok(())
            }
            done => done,
        }
    }

    fn remove(&self, name: Option<&OsStr>) {
        if let Some(name) = name {
            // What can't be removed now is swept by the next one who writes here.
            let _ = rustix::fs::unlinkat(&self.folder, name, AtFlags::empty());
        }
    }

    /// Removes what a kill left of this user's unfinished files.
    fn sweep(&self) {
        let own = rustix::process::geteuid().as_raw();
        for entry in Dir::read_from(&self.folder).into_iter().flatten().flatten() {
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if !name.as_bytes().starts_with(UNFINISHED.as_bytes()) {
                continue;
            }
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let opened = rustix::fs::openat(&self.folder, name, flags, Mode::empty());
            let Ok(file) = opened.map(File::from) else {
                continue;
            };
            let is_own = file.metadata().is_ok_and(|m| m.is_file() && m.uid() == own);
            if is_own && file.try_lock().is_ok() {
                self.remove(Some(name));
            }
        }
    }

    /// Writes into the file that is there: one with other names, or of another owner, who would
    /// lose it if a new file took its place. The room is taken first.
    fn write_over(&self, bytes: &[u8]) -> io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file: File = rustix::fs::openat(&self.folder, &self.name, flags, Mode::empty())?.into();
        let (old, length) = (file.metadata()?.len(), bytes.len() as u64);
        let room = rustix::fs::fallocate(&file, FallocateFlags::empty(), 0, length.max(1));
        if let Err(full @ (Errno::NOSPC | Errno::DQUOT | Errno::FBIG)) = room {
            file.set_len(old)?;
            return Err(full.into());
        }
        file.write_all_at(bytes, 0)?;
        file.set_len(length)?;
        file.sync_all()
    }
}

fn be_like(file: &File, old: &Stat) -> io::Result<()> {
    let new = rustix::fs::fstat(file)?;
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid) {
        let (owner, group) = (Uid::from_raw(old.st_uid), Gid::from_raw(old.st_gid));
        rustix::fs::fchown(file, Some(owner), Some(group))?;
    }
    Ok(rustix::fs::fchmod(file, Mode::from_raw_mode(old.st_mode))?)
}

fn unfinished_name() -> rustix::io::Result<OsString> {
    let mut bytes = [0; 8];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())?;
    let number = u64::from_ne_bytes(bytes);
    Ok(format!("{UNFINISHED}{number:016x}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_without_unnamed_files_does_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let place = Place::without_links(&path).unwrap();
        let written = |text: &str| {
            let mut new = place.named(OPEN).unwrap();
            new.file.write_all(text.as_bytes()).unwrap();
            new
        };
        place.name(&written("one"), false).unwrap();
        let taken = place.name(&written("two"), false).unwrap_err();
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        place.name(&written("three"), true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"three");
        let killed = written("half");
        drop(killed);
        place.put(b"four", OPEN, None).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
