//! The names of the account and of the session.

use crate::{files::user_name, progress::change::random_id};

/// Returns the account's name by the process's real user id. Anyone can set `USER`, so the
/// environment is ignored.
pub fn name() -> String {
    user_name(nix::unistd::getuid().as_raw())
}

/// Accounts that more than one person signs in with, as systems and offices name them.
const SHARED: [&str; 14] = [
    "root",
    "admin",
    "administrator",
    "user",
    "guest",
    "test",
    "public",
    "office",
    "ubuntu",
    "debian",
    "centos",
    "ec2-user",
    "pi",
    "kylin",
];

/// Returns whether an account's name tells nothing about who is at work.
pub fn is_shared(name: &str) -> bool {
    SHARED.contains(&name.to_lowercase().as_str())
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
    use super::{is_shared, name, session};

    #[test]
    fn the_account_is_the_one_that_id_prints() {
        let id = std::process::Command::new("id")
            .arg("-un")
            .output()
            .unwrap();
        assert_eq!(name(), String::from_utf8_lossy(&id.stdout).trim());
    }

    #[test]
    fn an_account_of_several_is_known_by_its_name() {
        assert!(is_shared("root") && is_shared("Administrator"));
        assert!(!is_shared("zhangsan"));
    }

    #[test]
    fn sessions_differ_unless_joined() {
        assert_eq!(session(Some("shift".into())), "shift");
        assert_ne!(session(None), session(Some(String::new())));
        assert_eq!(session(None).len(), 4);
    }
}
