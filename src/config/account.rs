//! Who is at work: the account's name, and the session's. May use: `progress::change`, the
//! system.

use crate::progress::change::random_id;

/// Returns the name of the account by the process's real user id, as the system's user database
/// has it (files, LDAP and whatever else is configured); `uid1000` where it has none. The
/// environment is not asked: anyone can set `USER`.
///
/// The file is looked at first, as nearly every system is told to: to ask for the whole way costs two
/// connections and a file, a fiftieth of what marking a clause takes.
pub fn name() -> String {
    let uid = nix::unistd::getuid();
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    if let Some(name) = named(&passwd, uid.as_raw()) {
        return name.to_owned();
    }
    nix::unistd::User::from_uid(uid)
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

/// Returns the session's name: `KOUAN_SESSION`, which joins the commands of a shell script, or four
/// random base-32 characters.
pub fn session(joined: Option<String>) -> String {
    joined
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| random_id(4).to_string())
}

#[cfg(test)]
mod tests {
    use super::{name, named, session};

    #[test]
    fn the_account_is_the_one_that_id_prints() {
        let id = std::process::Command::new("id")
            .arg("-un")
            .output()
            .unwrap();
        assert_eq!(name(), String::from_utf8_lossy(&id.stdout).trim());
    }

    #[test]
    fn the_first_line_with_the_id_names_it() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\n# x:x:7:\n+nis:x:1000::::\nshort\n\
            li:x:1000:1000:李:/home/li:/bin/sh\nwang:x:1000:1000::/:\n";
        assert_eq!(named(passwd, 0), Some("root"));
        assert_eq!(named(passwd, 1000), Some("li"));
        assert_eq!(named(passwd, 10), None);
    }

    #[test]
    fn sessions_differ_unless_joined() {
        assert_eq!(session(Some("shift".into())), "shift");
        assert_ne!(session(None), session(Some(String::new())));
        assert_eq!(session(None).len(), 4);
    }
}
