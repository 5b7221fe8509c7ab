//! Linux system calls, and their replacements on other Unix systems.
//!
//! `--cfg kouan_portable` builds the replacements on Linux too, so that they are compiled and
//! tested here.

pub(super) use calls::{has_access_list, link_unnamed, open_folder, rename_new, reserve, unnamed};

#[cfg(all(target_os = "linux", not(kouan_portable)))]
mod calls {
    use rustix::{
        fs::{AtFlags, CWD, FallocateFlags, Mode, OFlags, RenameFlags, ResolveFlags},
        io::{Errno, Result},
    };
    use std::{
        ffi::OsStr,
        fs::File,
        os::fd::{AsRawFd as _, OwnedFd},
        path::Path,
    };

    /// Opens a folder, without a symbolic link anywhere on the way if `plain`.
    pub(in crate::files) fn open_folder(path: &Path, plain: bool) -> Result<OwnedFd> {
        let resolve = if plain {
            ResolveFlags::NO_SYMLINKS
        } else {
            ResolveFlags::empty()
        };
        let open = |more| {
            let flags = OFlags::DIRECTORY | OFlags::CLOEXEC | more;
            match rustix::fs::openat2(CWD, path, flags, Mode::empty(), resolve) {
                // An old kernel, or a sandbox that does not know the call.
                Err(Errno::NOSYS | Errno::PERM) => {
                    rustix::fs::openat(CWD, path, flags, Mode::empty())
                }
                opened => opened,
            }
        };
        match open(OFlags::RDONLY) {
            // The folder may be writable but not readable.
            Err(Errno::ACCESS) => open(OFlags::PATH),
            folder => folder,
        }
    }

    /// Creates a file without a name in a folder; `None` where the file system can't.
    pub(in crate::files) fn unnamed(folder: &OwnedFd, mode: Mode) -> Result<Option<File>> {
        // Such a file gets its name through /proc, which a bare chroot lacks.
        if !Path::new("/proc/self/fd").exists() {
            return Ok(None);
        }
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        match rustix::fs::openat(folder, ".", flags, mode) {
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::NOENT | Errno::INVAL) => Ok(None),
            file => Ok(Some(file?.into())),
        }
    }

    /// Gives a file from [`unnamed`] a name that is not taken.
    pub(in crate::files) fn link_unnamed(
        file: &File,
        folder: &OwnedFd,
        name: &OsStr,
    ) -> Result<()> {
        let own = format!("/proc/self/fd/{}", file.as_raw_fd());
        rustix::fs::linkat(CWD, own, folder, name, AtFlags::SYMLINK_FOLLOW)
    }

    /// Renames a file to a name that must not be taken.
    pub(in crate::files) fn rename_new(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<()> {
        match rustix::fs::renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS) => super::link_and_remove(folder, from, to),
            done => done,
        }
    }

    /// Reserves space for a file of this many bytes.
    pub(in crate::files) fn reserve(file: &File, length: u64) -> Result<()> {
        rustix::fs::fallocate(file, FallocateFlags::empty(), 0, length.max(1))
    }

    /// Returns whether a file has a POSIX access list.
    pub(in crate::files) fn has_access_list(path: &Path) -> bool {
        let mut none = [0_u8; 0];
        rustix::fs::getxattr(path, "system.posix_acl_access", &mut none).is_ok_and(|size| size > 0)
    }
}

#[cfg(not(all(target_os = "linux", not(kouan_portable))))]
mod calls {
    use rustix::{
        fs::{CWD, Mode, OFlags},
        io::{Errno, Result},
    };
    use std::{ffi::OsStr, fs::File, os::fd::OwnedFd, path::Path};

    /// Opens a folder, which must not itself be a symbolic link if `plain`.
    pub(in crate::files) fn open_folder(path: &Path, plain: bool) -> Result<OwnedFd> {
        let mut flags = OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::RDONLY;
        flags.set(OFlags::NOFOLLOW, plain);
        rustix::fs::openat(CWD, path, flags, Mode::empty())
    }

    /// Returns `None`: a file always has a name here.
    #[expect(clippy::unnecessary_wraps, reason = "as on Linux")]
    pub(in crate::files) fn unnamed(_folder: &OwnedFd, _mode: Mode) -> Result<Option<File>> {
        Ok(None)
    }

    /// Fails, since [`unnamed`] makes no file.
    pub(in crate::files) fn link_unnamed(_: &File, _: &OwnedFd, _: &OsStr) -> Result<()> {
        Err(Errno::NOSYS)
    }

    /// Renames a file to a name that must not be taken.
    pub(in crate::files) fn rename_new(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<()> {
        super::link_and_remove(folder, from, to)
    }

    /// Reserves nothing: there is no call that all systems have.
    #[expect(clippy::unnecessary_wraps, reason = "as on Linux")]
    pub(in crate::files) fn reserve(_file: &File, _length: u64) -> Result<()> {
        Ok(())
    }

    /// Returns false: other systems keep such lists elsewhere, and a replaced file loses its list.
    pub(in crate::files) const fn has_access_list(_path: &Path) -> bool {
        false
    }
}

/// Renames by linkat(2), which never replaces.
fn link_and_remove(
    folder: &std::os::fd::OwnedFd,
    from: &std::ffi::OsStr,
    to: &std::ffi::OsStr,
) -> rustix::io::Result<()> {
    use rustix::fs::AtFlags;
    rustix::fs::linkat(folder, from, folder, to, AtFlags::empty())?;
    // What can't be removed now is swept by the next writer.
    let _ = rustix::fs::unlinkat(folder, from, AtFlags::empty());
    Ok(())
}
