//! `kouan doctor` on journals and configs, and `kouan import` on files that are not UTF-8.

use crate::command::Home;
use std::{fs, os::unix::fs::PermissionsExt as _};

const BAD: &str = r#"# kouan journal 1 · tianjin-2025 · one change a line, append only
- {"at":"2026-11-23T10:12:05.123+08:00","by":"zhangsan","session":"a","id":"k7f3q2xm4a","clause":"1.1","status":"done"}
- {"at":"2026-11-23T10:13:05.123+08:00","by":"zhangsan","session":"a","id":"p2c8w1n5ru","clause":"99.9","status":"done"}
- this is no change
- {"at":"2026-11-23T10:12:05.123+08:00","by":"zhangsan","session":"a","id":"k7f3q2xm4a","clause":"1.1","status":"doing"}
"#;

#[test]
fn everything_wrong_with_a_journal_is_reported_with_its_place() {
    let home = Home::new();
    let journal = home.write("data/progress/tianjin-2025.yaml", BAD);
    home.write("data/progress/tianjin-2025.yaml.torn", "- {\"at\":");
    fs::set_permissions(&journal, fs::Permissions::from_mode(0o666)).unwrap();
    let done = home.kouan("doctor").run();
    assert_eq!(done.code, Some(1), "{done:?}");
    for part in ["line 4", "99.9", "k7f3q2xm4a", "666", ".torn"] {
        assert!(done.stdout.contains(part), "{part}\n{}", done.stdout);
    }
    // Each is reported once, on a line of its own.
    assert_eq!(done.stderr.lines().count(), 1, "{}", done.stderr);
    assert_eq!(fs::read_to_string(&journal).unwrap(), BAD);

    fs::set_permissions(&journal, fs::Permissions::from_mode(0o600)).unwrap();
    let done = home.kouan("doctor").run();
    assert!(!done.stdout.contains("600"), "{}", done.stdout);
}

#[test]
fn conflict_copies_of_the_journal_are_reported_at_opening_and_by_doctor() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    let folder = home.path("data/progress");
    for (rest, is_copy) in [
        (".sync-conflict-20261123-101205-ABCDEFG.yaml", true),
        (" (zhang's conflicted copy 2026-11-23).yaml", true),
        (" (SFConflict zhang@a.cn 2026-11-23).yaml", true),
        ("(冲突副本).yaml", true),
        ("_冲突文件_zhang_20261123.yaml", true),
        (" (1).yaml", true),
        ("(12).yaml", true),
        ("（1）.yaml", true),
        (".yaml (1)", true),
        (" (draft).yaml", false),
        (" ().yaml", false),
        ("-1.yaml", false),
        ("-final(1).yaml", false),
    ] {
        let copy = folder.join(format!("tianjin-2025{rest}"));
        fs::copy(home.journal(), &copy).unwrap();
        let opened = home.kouan("list is:done").run();
        let doctor = home.kouan("doctor").run();
        for said in [&opened.stderr, &doctor.stdout] {
            let said = said.lines().find(|l| l.contains("kouan merge"));
            let named = said.is_some_and(|l| l.contains(&*copy.to_string_lossy()));
            assert_eq!(named, is_copy, "{rest}: {said:?}");
        }
        assert_eq!(opened.code, Some(0), "{rest}");
        assert_eq!(doctor.code, Some(i32::from(is_copy)), "{rest}: {doctor:?}");
        fs::remove_file(copy).unwrap();
    }
}

#[test]
fn the_holder_of_the_lock_is_named() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    let free = home.kouan("doctor").quiet();
    assert!(!free.contains("locked"), "{free}");
    let file = fs::File::open(home.journal()).unwrap();
    file.lock().unwrap();
    let held = home.kouan("doctor").quiet();
    let us = format!("({})", std::process::id());
    assert!(held.contains("locked by") && held.contains(&us), "{held}");
}

#[test]
fn an_unreadable_file_is_refused_with_what_to_do() {
    let home = Home::new();
    for (name, bytes, advice, chinese) in [
        ("cut.txt", &b"\xbf\xda\xb0"[..], "get it again", "重新取得"),
        ("paper.docx", b"PK\x03\x04\xff\xff", "unpack it", "解压"),
        (
            "paper.doc",
            b"\xd0\xcf\x11\xe0",
            "save it as .docx",
            "另存为 .docx",
        ),
        ("noise", b"\x80\xff\x00", "--encoding", "--encoding"),
    ] {
        let path = home.path(name);
        fs::write(&path, bytes).unwrap();
        let said = home.kouan("import").arg(&path).fails(1);
        assert!(said.contains(advice) && said.contains(name), "{said}");
        let said = home.kouan("--lang zh-CN import").arg(&path).fails(1);
        assert!(said.contains(chinese) && said.contains(name), "{said}");
    }
    assert!(!home.path("data/documents").exists());
}

// -- the config

#[test]
fn a_persons_own_config_comes_after_that_for_everybody() {
    let home = Home::new();
    let shared = home.write(
        "xdg/kouan/config.yaml",
        "by: team\nprogress: journals\nkeys: {quit: Q}\n",
    );
    let own = home.write(".config/kouan/config.yaml", "by: wang\nkeys: {tick: x}\n");
    let dirs = home.path("xdg").display().to_string();
    let kouan = |words: &str| {
        let command = home.kouan(&format!("--lang en {words}"));
        command.env("XDG_CONFIG_DIRS", &dirs).without("KOUAN_BY")
    };
    let (shared, own) = (shared.display().to_string(), own.display().to_string());
    let said = kouan("config check").quiet();
    assert_eq!(said, format!("{shared}: progress, keys\n{own}: by, keys\n"));
    assert_eq!(kouan("config path").quiet(), format!("{own}\n"));
    let doctor = kouan("doctor").run().stdout;
    assert!(
        doctor.contains(&format!("{shared}: progress, keys")),
        "{doctor}"
    );
    kouan("check 1.1").quiet();
    // A relative folder starts at its config file.
    let journal = home.path("xdg/kouan/journals/tianjin-2025.yaml");
    assert!(
        std::fs::read_to_string(journal)
            .unwrap()
            .contains("\"by\":\"wang\"")
    );
    home.write("xdg/kouan/config.yaml", "theme: blue\n");
    let said = kouan("config check").fails(1);
    assert!(said.contains(&format!("{shared}:1:8:")), "{said}");
    kouan("list").fails(2);
    // Naming a config means only that one.
    kouan("list --config").arg(&own).quiet();
}

#[test]
fn the_config_is_made_for_an_editor_and_checked_after_it() {
    let home = Home::new();
    let edit = |editor: &str| home.kouan("--lang en config edit").env("EDITOR", editor);
    edit("sh -c 'echo mouse: true >>\"$1\"' sh").quiet();
    let said = home.kouan("--lang en config check").quiet();
    assert!(
        said.ends_with("/.config/kouan/config.yaml: mouse\n"),
        "{said}"
    );
    let said = edit("sh -c 'echo moose: true >>\"$1\"' sh").fails(1);
    assert!(said.contains("moose"), "{said}");
    edit("false").fails(1);
}
