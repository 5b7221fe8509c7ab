//! `import` and `documents` from outside: files in, documents out.

use crate::command::Home;
use std::fs;

#[test]
fn documents_lists_what_can_be_opened() {
    let home = Home::new();
    let printed = home.kouan("documents").quiet();
    assert!(printed.starts_with("tianjin-2025\t天津口岸"), "{printed}");
    let said = home.kouan("list --document tianjin-2052").fails(2);
    assert!(said.contains("tianjin-2025"), "{said}");
}

const TEXT: &str = "关于提升口岸效率的若干措施\n\n一、优化流程\n\n1.加快验放。推行预约查验。（责任单位：市口岸办）\n\
    2.降低费用。公开收费目录。（责任单位：市发展改革委）\n";

#[test]
fn import_makes_a_document_that_opens() {
    let home = Home::new();
    let text = home.write("xiaolv.txt", TEXT);
    let done = home.kouan("import --id xiaolv").arg(&text).run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(done.stdout, "", "nobody asked for the YAML");
    assert!(done.stderr.contains("documents/xiaolv.yaml"), "{done:?}");
    assert!(
        home.kouan("documents")
            .quiet()
            .contains("xiaolv\t关于提升口岸效率的若干措施")
    );
    home.kouan("check 2 --document xiaolv").quiet();
    assert!(home.path("data/progress/xiaolv.yaml").exists());
    let listed = home
        .kouan("list --document xiaolv --columns mark,id,units")
        .quiet();
    assert_eq!(listed, "[ ]\t1.1\t市口岸办\n[x]\t2.1\t市发展改革委\n");
}

#[test]
fn import_never_puts_another_text_under_a_known_id() {
    let home = Home::new();
    let text = home.write("a.txt", TEXT);
    home.kouan("import --id a").arg(&text).run();
    home.kouan("import --id a").arg(&text).run();
    fs::write(&text, TEXT.replace("预约", "提前")).unwrap();
    let said = home.kouan("import --id a").arg(&text).fails(1);
    assert!(said.contains("--id"), "{said}");
    let kept = fs::read_to_string(home.path("data/documents/a.yaml")).unwrap();
    assert!(kept.contains("预约"));
    home.kouan("import --id tianjin-2025").arg(&text).fails(1);
}

#[test]
fn import_reads_standard_input_and_writes_where_asked() {
    let home = Home::new();
    let out = home.path("b.yaml");
    let done = home.kouan("import - --id b -o").arg(&out).stdin(TEXT).run();
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""), "{done:?}");
    let listed = home.kouan("list --document").arg(&out).quiet();
    assert_eq!(listed.lines().count(), 2);
    let printed = home.kouan("import - --id b -o -").stdin(TEXT).run();
    assert_eq!(printed.stdout, fs::read_to_string(&out).unwrap());
    assert!(!home.path("data/documents").exists());
}

#[test]
fn a_fresh_import_equals_the_document_that_is_built_in() {
    let home = Home::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let seed = format!("{root}/seeds/tianjin-2025.txt");
    let done = home.kouan("import -o -").arg(seed).run();
    let built_in = fs::read_to_string(format!("{root}/data/tianjin-2025.yaml")).unwrap();
    assert_eq!(done.stdout, built_in);
}

#[test]
fn an_invalid_document_is_reported() {
    let home = Home::new();
    for text in [
        "",
        "\u{0}\u{1}",
        "<html><body>x</body></html>",
        "just a line\n",
    ] {
        home.kouan("import - -o -").stdin(text).fails(1);
    }
    home.kouan("import").arg(home.path("none.txt")).fails(1);
    home.write("latin.txt", "");
    fs::write(home.path("latin.txt"), b"\xff\xfe\x00").unwrap();
    home.kouan("import").arg(home.path("latin.txt")).fails(1);
}

#[test]
fn import_folds_names_by_the_users_own_aliases() {
    let home = Home::new();
    home.write("data/units.yaml", "- name: 天津海关\n  aliases: [本关]\n");
    let text = "某市措施\n一、甲\n1.做好甲。（责任单位：本关、市发改委）\n";
    let done = home.kouan("import - --id a -o -").stdin(text).run();
    assert!(
        done.stdout.contains("units: [天津海关, 市发展改革委]"),
        "{done:?}"
    );
    home.write("data/units.yaml", "- nome: x\n");
    let done = home.kouan("import - --id a -o -").stdin(text).run();
    assert!(
        done.stdout.contains("units: [本关, 市发展改革委]"),
        "{done:?}"
    );
    assert!(done.stderr.contains("units.yaml"), "{done:?}");
}

#[test]
fn import_reads_word_files_and_old_encodings_by_their_bytes() {
    let home = Home::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let word = fs::read(format!("{root}/tests/fixtures/docx/libreoffice.docx")).unwrap();
    fs::write(home.path("misnamed.txt"), word).unwrap();
    let done = home
        .kouan("import -o -")
        .arg(home.path("misnamed.txt"))
        .run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stdout.contains("id: misnamed") && done.stdout.contains("设立服务专窗"));
    assert!(
        done.stderr.contains("tracked deletions: 1, left out: 不予"),
        "{done:?}"
    );

    let (gbk, ..) = encoding_rs::GB18030.encode(TEXT);
    let file = home.path("gbk.txt");
    fs::write(&file, &gbk).unwrap();
    let plain = home.kouan("import - --id gbk -o -").stdin(TEXT).run();
    for words in ["import -o -", "import -o - --encoding gbk"] {
        let done = home.kouan(words).arg(&file).run();
        assert_eq!(done.stdout, plain.stdout);
        assert!(done.stderr.contains("read as gb18030"), "{done:?}");
    }
    let said = home
        .kouan("import -o - --encoding utf-8")
        .arg(&file)
        .fails(1);
    assert!(
        said.contains("gbk.txt") && said.contains("gb18030"),
        "{said}"
    );
    home.kouan("import -o - --encoding klingon")
        .arg(&file)
        .fails(2);
    fs::write(home.path("old.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    let said = home.kouan("import").arg(home.path("old.doc")).fails(1);
    assert!(said.contains("old.doc") && said.contains(".docx"), "{said}");
}
