//! Overwriting files: only our own earlier exports that nobody added to, keeping mode, owner and
//! group.

use crate::command::{Home, NOW};
use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink},
    path::Path,
    process::Command,
};

/// What overwrites: the command and the file's name.
const WAYS: [(&str, &str); 10] = [
    ("export", "a.xlsx"),
    ("export", "a.csv"),
    ("export --by unit", "b.csv"),
    ("export", "a.md"),
    ("export", "a.json"),
    ("minutes", "m.md"),
    ("minutes", "m.docx"),
    ("report", "r.md"),
    ("report", "r.docx"),
    ("report", "r.html"),
];

#[test]
fn a_file_that_is_not_an_export_stays_unless_forced() {
    let home = Home::new();
    for (words, name) in WAYS {
        for foreign in [
            "my own notes\n",
            "PK\u{3}\u{4}",
            "{\"a\":1}",
            "# A title\n",
            "<!DOCTYPE html>\n<p>1",
        ] {
            let path = home.write(name, foreign);
            let said = home.kouan(words).arg("-o").arg(&path).fails(1);
            assert!(said.contains(name) && said.contains("--force"), "{said}");
            assert_eq!(fs::read_to_string(&path).unwrap(), foreign, "{name}");
        }
        let path = home.path(name);
        let done = home.kouan(words).arg("--force").arg("-o").arg(&path).run();
        assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""), "{done:?}");
        assert!(
            done.stderr.contains(name),
            "what was written is said: {done:?}"
        );
        // Our own earlier export is overwritten, even if the checklist has changed since.
        home.kouan("set 1.1 --kind next --remark 一 --owner")
            .arg(format!("张{name}"))
            .quiet();
        home.kouan("set 1.1 --kind next --remark").arg(name).quiet();
        let before = fs::read(&path).unwrap();
        home.kouan(words).arg("-o").arg(&path).works();
        assert_ne!(fs::read(&path).unwrap(), before, "{name}");
        fs::write(&path, "").unwrap();
        home.kouan(words).arg("-o").arg(&path).works();
    }
}

#[test]
fn a_text_that_somebody_edited_is_kept_unless_forced() {
    let home = Home::new();
    home.kouan("set 1.1 --due 2026-12-01").quiet();
    for (words, name) in [
        ("export", "a.md"),
        ("export", "a.html"),
        ("minutes", "m.md"),
        ("report", "r.md"),
        ("report", "r.html"),
        ("show 1.1 --history", "s.md"),
    ] {
        let path = home.path(name);
        let write = |force: &str| home.kouan(&format!("{words} {force} -o")).arg(&path);
        write("").works();
        // Other line ends are no edit.
        let ours = fs::read_to_string(&path).unwrap();
        fs::write(&path, ours.replace('\n', "\r\n")).unwrap();
        write("").works();
        for edited in [ours.replacen('1', "改", 1), format!("{ours}改\n")] {
            fs::write(&path, &edited).unwrap();
            let said = write("").fails(1);
            assert!(said.contains(name) && said.contains("--force"), "{said}");
            assert_eq!(fs::read_to_string(&path).unwrap(), edited);
            write("--force").works();
            assert_eq!(fs::read_to_string(&path).unwrap(), ours);
        }
    }
}

#[test]
fn a_ledger_that_was_filled_in_is_kept_until_it_is_merged() {
    for (args, name) in [("", "a.csv"), ("", "a.xlsx"), ("--by unit", "b.xlsx")] {
        let home = Home::new();
        let path = home.path(name);
        let export = |force: &str| {
            let words = format!("export --lang zh-CN {args} {force}");
            home.kouan(&words).arg("-o").arg(&path)
        };
        export("").works();
        fill_in(&path, "张三");
        let filled = fs::read(&path).unwrap();
        let said = export("").fails(1);
        assert!(said.contains("有 1 格已填写但没有并入"), "{said}");
        assert_eq!(fs::read(&path).unwrap(), filled);
        home.kouan("merge").arg(&path).works();
        if name == "a.xlsx" {
            // A later change by somebody else does not matter.
            home.kouan("set 1.1 --owner 李四 --by li").quiet();
        }
        export("").works();
        fill_in(&path, "王五");
        export("--force").works();
    }
}

#[test]
fn an_import_writes_only_over_an_earlier_version_of_its_document() {
    let home = Home::new();
    let text = "# Release\n\n- [ ] Tag it\n- [ ] Build it\n";
    let source = home.write("work.md", text);
    let import = |words: &str, path: &Path| {
        let import = home.kouan(&format!("import {words} -o"));
        import.arg(path).arg(&source)
    };
    let document = home.path("work.yaml");
    import("", &document).run();
    let old = fs::read_to_string(&document).unwrap();
    let broken = home.write("broken.yaml", &old.replacen("id:", "id", 1));
    symlink(&source, home.path("link.yaml")).unwrap();
    for path in [
        source.clone(),
        home.path("link.yaml"),
        home.write("notes.txt", "mine\n"),
        broken,
    ] {
        let before = fs::read(&path).unwrap();
        let said = import("", &path).fails(1);
        let path_said = said.contains(&*path.to_string_lossy());
        assert!(path_said && said.contains("--force"), "{said}");
        assert_eq!(fs::read(&path).unwrap(), before, "{said}");
    }
    let said = import("--id other", &document).fails(1);
    assert!(said.contains("another document (work)"), "{said}");
    assert_eq!(fs::read_to_string(&document).unwrap(), old);
    // An earlier version, an empty file, and `--force`.
    home.write("work.md", &text.replace("Build it", "Build it all"));
    let written = [
        ("", document.clone()),
        ("", home.write("empty.yaml", "")),
        ("--id other --force", document),
        ("--force", home.path("notes.txt")),
    ];
    for (words, path) in written {
        let done = import(words, &path).run();
        assert_eq!(done.code, Some(0), "{done:?}");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("Build it all"), "{text}");
    }
    let said = home.kouan("import --force").arg(&source).fails(2);
    assert!(said.contains("--output"), "{said}");
}

/// Fills in the owner of the first clause, as another program would.
fn fill_in(path: &Path, owner: &str) {
    if path.extension().unwrap() == "csv" {
        let text = fs::read_to_string(path).unwrap();
        let (head, rest) = text.split_once("\n1.1,").unwrap();
        // The owner follows status and deadline in the row.
        let row = rest.lines().next().unwrap();
        let named = row.replacen("未启动,,,", &format!("未启动,,,{owner}"), 1);
        assert_ne!(row, named);
        let filled = format!("{head}\n1.1,{}", rest.replacen(row, &named, 1));
        return fs::write(path, filled).unwrap();
    }
    let mut sheets = crate::merge::read(path);
    let (_, rows) = &mut sheets[0];
    let (at, column) = (
        crate::merge::row(rows, "1.1"),
        crate::merge::column(rows, "联系人"),
    );
    owner.clone_into(&mut rows[at][column]);
    crate::merge::write(path, &sheets);
}

#[test]
fn minutes_that_were_signed_or_saved_by_another_program_are_kept() {
    let home = Home::new();
    let path = home.path("m.md");
    home.kouan("minutes --lang zh-CN -o").arg(&path).works();
    let text = fs::read_to_string(&path).unwrap();
    let signed = text.replacen("参会：", "参会：张三、李四", 1);
    let signed = if signed == text {
        text.replacen("出席：", "出席：张三、李四", 1)
    } else {
        signed
    };
    assert_ne!(signed, text, "{text}");
    fs::write(&path, &signed).unwrap();
    home.kouan("minutes --lang zh-CN -o").arg(&path).fails(1);
    let path = home.path("m.docx");
    home.kouan("minutes -o").arg(&path).works();
    let mut parts = zip::ZipWriter::new_append(
        fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(&path)
            .unwrap(),
    )
    .unwrap();
    let options = zip::write::SimpleFileOptions::default();
    parts.start_file("docProps/app.xml", options).unwrap();
    parts.finish().unwrap();
    let said = home.kouan("minutes -o").arg(&path).fails(1);
    assert!(said.contains("--force"), "{said}");
}

/// Users of a shared folder: two accounts and their group.
const USERS: [u32; 2] = [60_001, 60_002];
const GROUP: u32 = 60_009;

/// Runs an export as one of the users, under a umask. The program is passed as a descriptor, since
/// other users may have no access to its folder.
fn export_as(home: &Home, user: u32, umask: &str, path: &Path) {
    let program = fs::File::open(env!("CARGO_BIN_EXE_kouan")).unwrap();
    let script = format!(
        "umask {umask}; exec setpriv --reuid {user} --regid {user} --groups {GROUP} \
         /proc/self/fd/0 export -o \"$1\""
    );
    let mut sh = Command::new("sh");
    sh.args(["-c", &script, "sh"]).arg(path).stdin(program);
    sh.env_clear();
    crate::command::surround(&home.path(""), |name, value| {
        sh.env(name, value);
    });
    let output = sh.env("KOUAN_CLOCK", NOW).output().unwrap();
    assert!(output.status.success(), "{user} {umask}: {output:?}");
}

#[test]
fn two_users_with_three_umasks_keep_each_others_files_as_they_are() {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root || Command::new("setpriv").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("KOUAN_CI").is_none(),
            "needs root and setpriv"
        );
        return;
    }
    let mut count = 0;
    for (umask, new) in [("022", 0o644), ("027", 0o640), ("077", 0o600)] {
        for (first, second) in [(USERS[0], USERS[1]), (USERS[1], USERS[0])] {
            let home = Home::new();
            let folder = home.path("shared");
            fs::create_dir(&folder).unwrap();
            chown(&folder, Some(0), Some(GROUP)).unwrap();
            for (path, mode) in [(home.path(""), 0o755), (folder.clone(), 0o2775)] {
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            }
            let path = folder.join("out.json");
            export_as(&home, first, umask, &path);
            let about = |path: &Path| {
                let meta = path.metadata().unwrap();
                (meta.mode() & 0o7777, meta.uid(), meta.gid())
            };
            assert_eq!(about(&path), (new, first, GROUP), "a new file, {umask}");
            for mode in [0o660, 0o664] {
                fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
                for user in [first, second] {
                    export_as(&home, user, umask, &path);
                    assert_eq!(about(&path), (mode, first, GROUP), "{user} {umask}");
                    count += 1;
                }
            }
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        }
    }
    assert_eq!(count, 24);
}

#[test]
fn a_link_is_followed_and_the_file_keeps_its_mode_and_its_names() {
    let home = Home::new();
    let real = home.path("real.json");
    home.kouan("export -o").arg(&real).works();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, home.path("link.json")).unwrap();
    fs::hard_link(&real, home.path("twin.json")).unwrap();
    home.kouan("check 1.1").quiet();
    home.kouan("export -o").arg(home.path("link.json")).works();
    assert!(home.path("link.json").is_symlink());
    let meta = real.metadata().unwrap();
    assert_eq!((meta.mode() & 0o777, meta.nlink()), (0o640, 2));
    let text = fs::read_to_string(home.path("twin.json")).unwrap();
    assert!(text.contains("\"done\":1"), "all its names show it");
}
