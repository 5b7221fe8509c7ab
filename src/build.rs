//! Tells a release build which commit it is made from, for `kouan --version`.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    let number = env!("CARGO_PKG_VERSION");
    let version = commit().map_or_else(
        || number.to_owned(),
        |commit| format!("{number} ({commit})"),
    );
    println!("cargo:rustc-env=KOUAN_VERSION={version}");
}

/// Returns the commit, for a release build: another carries none, so that not every commit builds
/// the whole crate again.
fn commit() -> Option<String> {
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        return None;
    }
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={log}");
    }
    git(&["rev-parse", "--short=10", "HEAD"])
}

/// Returns what git prints, where there is git and a repository.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok()?;
    let printed = String::from_utf8(output.stdout).ok()?;
    Some(printed.trim().to_owned()).filter(|text| output.status.success() && !text.is_empty())
}
