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
///
/// The file is looked at first, as nearly every system is told to: to ask for the whole way costs two
/// connections and a file, a fiftieth of what marking a clause takes.
pub fn user_name(uid: u32) -> String {
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    if let Some(name) = named(&passwd, uid) {
        return name.to_owned();
    }
    nix::unistd::User::from_uid(uid.into())
        .ok()
        .flatten()
        .map_or_else(|| format!("uid{uid}"), |user| user.name)
}

/// Returns the name of a user id in the text of a passwd(5).
fn named(passwd: &str, uid: u32) -> Option<&str> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, id) = (fields.next()?, fields.nth(1)?);
        // `+` and `-` are no names, but ask NIS.
        let own = !name.is_empty() && !name.starts_with(['+', '-']);
        (own && id.parse() == Ok(uid)).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_first_line_with_the_id_names_it() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\n# x:x:7:\n+nis:x:1000::::\nshort\n\
            li:x:1000:1000:李:/home/li:/bin/sh\nwang:x:1000:1000::/:\n";
        assert_eq!(named(passwd, 0), Some("root"));
        assert_eq!(named(passwd, 1000), Some("li"));
        assert_eq!(named(passwd, 10), None);
    }
}
