//! Both READMEs followed literally: every `sh` block of them runs, in order, on a home of its own.

use crate::command::{Home, surround};
use std::{
    path::Path,
    process::{Command, Output},
};

/// Returns what stands in the `sh` blocks of a text, joined to one script.
fn script(readme: &str) -> String {
    let blocks = readme.split("\n```sh\n").skip(1);
    blocks
        .map(|rest| rest.split("\n```").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Runs a script as a user's shell would, kouan on its path; the first failure ends it.
fn follow(home: &Home, script: &str) -> Output {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("bash");
    shell.env_clear().current_dir(home.path(""));
    surround(&home.path(""), |name, value| {
        shell.env(name, value);
    });
    shell.env("PATH", format!("{}:{path}", kouan.display()));
    // Whoever has never told git who they are must be able to share a journal.
    shell.env("GIT_CONFIG_NOSYSTEM", "1");
    shell.args(["-euo", "pipefail", "-c", script]);
    shell.output().unwrap()
}

#[track_caller]
fn followed(readme: &str, text: &str, revised: &str) {
    let home = Home::new();
    home.write(text, include_str!("../fixtures/import/whole_paper.txt"));
    home.write(revised, include_str!("../fixtures/carry/final.txt"));
    let script = script(readme);
    assert!(script.lines().count() > 15, "{script}");
    let done = follow(&home, &format!("set -x\n{script}"));
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}");
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    assert!(journal.contains("王五"), "{journal}");
    assert!(home.path("progress.git/HEAD").exists());
}

#[test]
fn every_command_of_the_readme_runs() {
    followed(include_str!("../../README.md"), "measures.txt", "final.txt");
}

#[test]
fn every_command_of_the_chinese_readme_runs() {
    followed(
        include_str!("../../README.zh-CN.md"),
        "措施.txt",
        "定稿.txt",
    );
}

/// Files that the READMEs name are there.
#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root.join(readme)).unwrap();
        let links = text.split("](").skip(1).map(|rest| rest.split(')').next());
        let pictures = text
            .split("=\"docs/")
            .skip(1)
            .map(|rest| rest.split('"').next());
        let pictures = pictures.map(|name| format!("docs/{}", name.unwrap()));
        let links = links.map(|link| link.unwrap().to_owned());
        for link in links
            .chain(pictures)
            .filter(|l| !l.contains("://") && !l.starts_with('#'))
        {
            assert!(root.join(&link).exists(), "{readme}: {link}");
        }
    }
}
