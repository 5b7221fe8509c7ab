//! Who owns a file, by name.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// Returns the path and its owner's name if it belongs to another user, `None` if it is this user's
/// own. For a path that is missing or not readable, the nearest existing folder is looked at.
pub fn owner(path: &Path) -> Option<(PathBuf, String)> {
    let whole = std::path::absolute(path).ok()?;
    let found = whole
        .ancestors()
        .find_map(|p| Some((p, p.metadata().ok()?)));
    let (path, data) = found?;
    let is_own = data.uid() == rustix::process::geteuid().as_raw();
    (!is_own).then(|| (path.to_owned(), user_name(data.uid())))
}

/// Gives new folders, innermost first, to the team if they are inside a team's folder.
pub(super) fn open_to_team(new: &[&Path]) -> io::Result<()> {
    let above = new.last().and_then(|first| first.parent());
    let above = above.map(|a| {
        if a.as_os_str().is_empty() {
            Path::new(".")
        } else {
            a
        }
    });
    let mode = above
        .and_then(|folder| folder.metadata().ok())
        .map_or(0, |data| data.mode());
    if mode & 0o2020 != 0o2020 {
        return Ok(());
    }
    new.iter()
        .try_for_each(|folder| fs::set_permissions(folder, Permissions::from_mode(0o2770)))
}

/// Returns a user's name from the system's user database (files, LDAP or whatever is configured),
/// or `uid1000` if it has none.
pub fn user_name(uid: u32) -> String {
    nix::unistd::User::from_uid(uid.into())
        .ok()
        .flatten()
        .map_or_else(|| format!("uid{uid}"), |user| user.name)
}
