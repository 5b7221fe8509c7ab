//! Which symbolic links are followed: not those that others planted in a folder they can write to.

use crate::locale::Said;
use std::{
    ffi::OsString,
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Component, Path, PathBuf},
};

/// The most links on the way to one file, as in Linux.
const MOST: u32 = 40;

/// Returns the path with links resolved. In a folder that others can write to, a link counts only
/// if it belongs to the user, to root or to the folder's owner, as the kernel does for `/tmp`;
/// otherwise a colleague could redirect our writes to one of the user's own files. The last
/// components need not exist.
///
/// # Errors
///
/// [`io::ErrorKind::PermissionDenied`] for a link that does not count, naming it and its owner;
/// otherwise as readlink(2).
pub fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut todo = reversed(path);
    let mut done = PathBuf::new();
    let mut links = 0;
    while let Some(name) = todo.pop() {
        match Path::new(&name).components().next() {
            None | Some(Component::CurDir) => continue,
            Some(Component::ParentDir)
                if matches!(done.components().next_back(), Some(Component::Normal(_))) =>
            {
                done.pop();
                continue;
            }
            Some(Component::ParentDir) if done.has_root() => continue,
            _ => done.push(name),
        }
        let here = match fs::symlink_metadata(&done) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            here => here?,
        };
        if !here.is_symlink() {
            continue;
        }
        links += 1;
        if links > MOST {
            return Err(rustix::io::Errno::LOOP.into());
        }
        let target = fs::read_link(&done)?;
        let link = done.clone();
        done.pop();
        check(&done, &link, here.uid())?;
        todo.extend(reversed(&target));
    }
    Ok(done)
}

fn reversed(path: &Path) -> Vec<OsString> {
    let names = path.components().map(|c| c.as_os_str().to_owned());
    let names: Vec<OsString> = names.collect();
    names.into_iter().rev().collect()
}

fn check(folder: &Path, link: &Path, owner: u32) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let above = fs::metadata(folder)?;
    let own = rustix::process::geteuid().as_raw();
    if above.mode() & 0o022 == 0 || [own, 0, above.uid()].contains(&owner) {
        return Ok(());
    }
    let values = vec![
        ("link", link.display().to_string()),
        ("owner", owner.to_string()),
    ];
    let said = Said::new("io.link", values);
    Err(io::Error::new(io::ErrorKind::PermissionDenied, said))
}
