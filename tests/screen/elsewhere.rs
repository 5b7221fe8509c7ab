//! On a terminal, a command says if the screen had another document open last.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use std::path::Path;

const TEXT: &str = "某市行动措施\n\n1.优化监管。压缩用时。（责任单位：天津海关）\n";
const TOLD: &str = "this is tianjin-2025; the screen last had other open: use --document other";

/// Runs on a terminal and returns the output.
fn on_terminal(home: &Home, args: &[&str]) -> String {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let mut pty = Pty::start(kouan, args, (120, 30), Manner::Answers, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
    });
    if args.is_empty() || args.contains(&"other") {
        pty.wait_for("saved");
        pty.send("q");
    }
    assert!(pty.wait_end().success());
    String::from_utf8_lossy(&pty.bytes()).into_owned()
}

#[test]
fn a_command_on_a_terminal_says_which_document_it_is_on() {
    let home = Home::new();
    let text = home.write("other.txt", TEXT);
    let done = home
        .kouan(&format!("import {} --id other", text.display()))
        .run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(!on_terminal(&home, &["show", "1.1"]).contains("the screen"));
    on_terminal(&home, &["--document", "other"]);

    for args in [&["show", "1.1"][..], &["check", "1.1"], &["stats"]] {
        let said = on_terminal(&home, args);
        assert_eq!(said.matches(TOLD).count(), 1, "{args:?}: {said}");
    }
    // With an explicit document, or in a script, nothing is said.
    let named = on_terminal(&home, &["--document", "tianjin-2025", "show", "1.1"]);
    assert!(!named.contains("the screen"), "{named}");
    home.kouan("show 1.1").quiet();
    home.write("config.yaml", "document: tianjin-2025\n");
    let config = home.path("config.yaml");
    let args = ["--config", config.to_str().unwrap(), "show", "1.1"];
    let named = on_terminal(&home, &args);
    assert!(!named.contains("the screen"), "{named}");
    // Once the screen has the same document, there is nothing to say.
    on_terminal(&home, &["--document", "tianjin-2025", "--by", "other"]);
    let same = on_terminal(&home, &["show", "1.1"]);
    assert!(!same.contains("the screen"), "{same}");
}
