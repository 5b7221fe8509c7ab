//! Tells the program which commit it is made from, for `kouan --version`.

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

/// Returns the commit. A debug build says that it is one: not every commit makes it anew, so it may
/// be newer than what it names.
fn commit() -> Option<String> {
    // Only where the repository is ours: a package may lie unpacked inside another.
    let inside = git(&["rev-parse", "--show-prefix"])?;
    let commit = git(&["rev-parse", "--short=10", "HEAD"]).filter(|_| inside.is_empty())?;
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        return Some(format!("{commit} debug"));
    }
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    println!("cargo:rerun-if-changed={log}");
    Some(commit)
}

/// Returns what git prints, where there is git and a repository.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok()?;
    let printed = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| printed.trim().to_owned())
}
