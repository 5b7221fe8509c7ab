//! Atomic writes: a file appears whole or not at all.
//!
//! Where the file system allows (`O_TMPFILE`), an unfinished file has no name, so a kill leaves
//! nothing behind. Where it needs a name for a moment, it is locked for as long; an unlocked file
//! with such a name was left by a kill and is removed.

use super::{follow, kernel, make_folder};
use rustix::{
    fs::{AtFlags, Dir, FileType, Gid, Mode, OFlags, Stat, Uid},
    io::Errno,
};
use std::{
    ffi::{OsStr, OsString},
    fs::{File, OpenOptions},
    io::{self, Write as _},
    os::{
        fd::OwnedFd,
        unix::{
            ffi::OsStrExt as _,
            fs::{FileExt as _, MetadataExt as _},
        },
    },
    path::Path,
};

/// Prefix of unfinished files.
pub(super) const UNFINISHED: &str = ".kouan-";

/// Mode of a new file that others may read; the umask narrows it.
const OPEN: Mode = Mode::from_raw_mode(0o666);

/// Mode of a private file.
const PRIVATE: Mode = Mode::from_raw_mode(0o600);

/// Replaces a user's file. Links are followed as [`follow`] does; the file keeps its mode, owner,
/// group, access list and hard links. A device or a pipe is written to.
///
/// # Errors
///
/// As open(2) and write(2); the old file is then unchanged.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        let mut device = OpenOptions::new().write(true).open(path)?;
        return device.write_all(bytes);
    }
    let place = Destination::without_links(&follow(path)?)?;
    let Some(old) = place.now()? else {
        return place.put(bytes, OPEN, None);
    };
    if FileType::from_raw_mode(old.st_mode) != FileType::RegularFile {
        return Err(Errno::ISDIR.into());
    }
    if old.st_nlink > 1 || kernel::has_access_list(path) {
        return place.write_over(bytes);
    }
    match place.put(bytes, PRIVATE, Some(&old)) {
        // Only root can give a file to its old owner.
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => place.write_over(bytes),
        done => done,
    }
}

/// Creates a user's file.
///
/// # Errors
///
/// As [`replace`], and [`io::ErrorKind::AlreadyExists`] if the name is taken.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(Errno::ISDIR)?;
    let folder = follow(path.parent().unwrap_or(Path::new("")))?;
    let place = Destination::without_links(&folder.join(name))?;
    if place.now()?.is_some() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let file = place.unfinished(bytes, OPEN)?;
    place.name(&file, false)
}

/// Creates an empty file with this mode whatever the umask, unless it exists.
///
/// # Errors
///
/// As [`create`].
pub fn make(path: &Path, mode: u32) -> io::Result<()> {
    let (place, mode) = (Destination::without_links(path)?, Mode::from_raw_mode(mode));
    let new = place.unfinished(&[], mode)?;
    rustix::fs::fchmod(&new.file, mode)?;
    match place.name(&new, false) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        done => done,
    }
}

/// Writes a private file of kouan's own, creating its folder.
///
/// # Errors
///
/// As [`make_folder`] and [`replace`].
pub fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    Destination::of(path, false)?.put(bytes, PRIVATE, None)
}

/// An open folder and a name in it, so that changes to the path meanwhile cannot lead elsewhere.
struct Destination {
    folder: OwnedFd,
    name: OsString,
}

/// A complete, durable file that does not have its name yet.
struct Unfinished {
    file: File,
    /// Its temporary name, if it needs one.
    name: Option<OsString>,
}

impl Destination {
    fn without_links(path: &Path) -> io::Result<Self> {
        Self::of(path, true)
    }

    fn of(path: &Path, plain: bool) -> io::Result<Self> {
        let name = path.file_name().ok_or(Errno::ISDIR)?.to_owned();
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        Ok(Self {
            folder: kernel::open_folder(folder.unwrap_or(Path::new(".")), plain)?,
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

    /// Replaces the name, with the owner, group and mode of `like`.
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

    /// Returns a durable file with these bytes, without a name if possible.
    fn unfinished(&self, bytes: &[u8], mode: Mode) -> io::Result<Unfinished> {
        self.sweep();
        let mut new = match kernel::unnamed(&self.folder, mode)? {
            Some(file) => Unfinished { file, name: None },
            None => self.named(mode)?,
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

    /// Creates an unfinished file with a temporary name.
    fn named(&self, mode: Mode) -> io::Result<Unfinished> {
        let flags = OFlags::CREATE | OFlags::EXCL | OFlags::WRONLY | OFlags::CLOEXEC;
        loop {
            let name = unfinished_name();
            let file: File = rustix::fs::openat(&self.folder, &name, flags, mode)?.into();
            // Without locks, nothing is swept either.
            let _ = file.lock();
            // No links: it was swept before it was locked.
            if file.metadata()?.nlink() > 0 {
                let name = Some(name);
                return Ok(Unfinished { file, name });
            }
        }
    }

    /// Gives a file its name durably; `over` allows it to replace another.
    fn name(&self, new: &Unfinished, over: bool) -> io::Result<()> {
        let done = match &new.name {
            Some(own) => self.rename(own, over),
            None => match kernel::link_unnamed(&new.file, &self.folder, &self.name) {
                Err(Errno::EXIST) if over => self.link_over(new),
                done => done,
            },
        };
        if let Err(error) = done {
            self.remove(new.name.as_deref());
            return Err(error.into());
        }
        match rustix::fs::fsync(&self.folder) {
            // Opened without read permission.
            Err(Errno::BADF | Errno::INVAL) => Ok(()),
            done => Ok(done?),
        }
    }

    /// Links an unnamed file beside its place and renames it, since linkat(2) never replaces.
    fn link_over(&self, new: &Unfinished) -> rustix::io::Result<()> {
        let _ = new.file.try_lock();
        let name = unfinished_name();
        kernel::link_unnamed(&new.file, &self.folder, &name)?;
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
        kernel::rename_new(folder, from, to)
    }

    fn remove(&self, name: Option<&OsStr>) {
        if let Some(name) = name {
            // If it cannot be removed now, the next writer here sweeps it.
            let _ = rustix::fs::unlinkat(&self.folder, name, AtFlags::empty());
        }
    }

    /// Removes this user's unfinished files that a kill left behind.
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

    /// Overwrites in place: a file with several names or another owner, who would lose it to a new
    /// file. Space is reserved first.
    fn write_over(&self, bytes: &[u8]) -> io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file: File = rustix::fs::openat(&self.folder, &self.name, flags, Mode::empty())?.into();
        let (old, length) = (file.metadata()?.len(), bytes.len() as u64);
        let room = kernel::reserve(&file, length);
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

fn unfinished_name() -> OsString {
    format!("{UNFINISHED}{:016x}", super::random()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_without_unnamed_files_does_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let place = Destination::without_links(&path).unwrap();
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
