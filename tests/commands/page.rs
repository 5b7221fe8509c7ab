//! The exported page in headless Chromium, where there is one.

use crate::command::{Home, json};
use std::process::Command;

/// The exit code of the script if the browser could not be used.
const GONE: i32 = 77;

#[test]
fn the_page_works_in_a_browser() {
    // A browser is never required, not even with KOUAN_CI: it is large, and starts not everywhere.
    let is_there = |name: &str| {
        let version = Command::new(name).arg("--version").output();
        version.is_ok_and(|done| done.status.success())
    };
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let (Some(browser), true) = (
        browsers.into_iter().find(|name| is_there(name)),
        is_there("python3"),
    ) else {
        return println!("skipped: there is no Chromium, or no python3");
    };
    let home = Home::new();
    home.kouan("set 16.3 --due 2026-11-15 --status doing --owner")
        .arg("<b>王五</b>")
        .quiet();
    let page = home.path("page.html");
    home.kouan("export -o").arg(&page).works();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/browser.py");
    let mut python = Command::new("python3");
    python.arg(script).arg(browser).arg(&page);
    let done = python.arg(home.path("profile")).output().unwrap();
    if done.status.code() == Some(GONE) {
        return println!("skipped: {browser} could not be used");
    }
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let said = json(&said);
    assert_eq!(said["errors"], serde_json::json!([]), "the console: {said}");
    // By number, not by text: 20.4 is after 3.1.
    assert_eq!(said["before"], "1.1", "{said}");
    assert_eq!(said["descending"], "20.4", "{said}");
    assert_eq!(said["ascending"], "1.1", "{said}");
    assert_eq!(said["filtered"], "2/42", "{said}");
    assert_eq!(said["folds"], true, "{said}");
    assert_eq!(said["phone"], 360, "no wider than the phone: {said}");
    // A4, in points.
    assert_eq!(said["paper"], serde_json::json!([595, 842]), "{said}");
    let pages = said["pages"].as_u64().unwrap();
    assert!((5..=40).contains(&pages), "{said}");
}
