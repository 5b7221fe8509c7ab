//! Who owns a file, by name.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// Returns whom a file belongs to that is another user's: the path and the owner's name. Of what is
/// not there, or may not be looked at, it is the folder that says so. `None` for this user's own.
pub fn owner(path: &Path) -> Option<(PathBuf, String)> {
    let whole = std::path::absolute(path).ok()?;
    let found = whole
        .ancestors()
        .find_map(|p| Some((p, p.metadata().ok()?)));
    let (path, data) = found?;
    let is_own = data.uid() == rustix::process::geteuid().as_raw();
    (!is_own).then(|| (path.to_owned(), user_name(data.uid())))
}

/// Opens new folders, the innermost first, to the team where they stand in a team's folder.
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

/// Returns the name of a user by the id, as the system's user database has it (files, LDAP and
/// whatever else is configured); `uid1000` where it has none.
pub fn user_name(uid: u32) -> String {
    nix::unistd::User::from_uid(uid.into())
        .ok()
        .flatten()
        .map_or_else(|| format!("uid{uid}"), |user| user.name)
}
