//! The command line as an office worker uses it: Chinese words in, Chinese words out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/command.rs"]
#[expect(dead_code, reason = "each test program uses its part of the support")]
mod command;

use command::{Home, json};

fn due(home: &Home, id: &str) -> String {
    let printed = home.kouan(&format!("show --json {id}")).quiet();
    json(&printed)[0]["due"].as_str().unwrap().to_owned()
}

// -- days

#[test]
fn a_deadline_is_said_back_with_its_year_and_that_it_was_missed() {
    let home = Home::new();
    let set = |day: &str| {
        let command = home.kouan("--lang zh-CN set 1.1 --due").arg(day);
        command.quiet()
    };
    assert!(set("11月15日").contains("期限 2026-11-15，已逾期"));
    assert!(set("明年3月底").contains("期限 2027-03-31  "));
    for (said, day) in [
        ("12月底前", "2026-12-31"),
        ("两周内", "2026-12-07"),
        ("四季度", "2026-12-31"),
        ("下周五", "2026-12-04"),
        ("大后天", "2026-11-26"),
    ] {
        set(said);
        assert_eq!(due(&home, "1.1"), day, "{said}");
    }
    home.kouan("check 1.1").quiet();
    assert!(
        !set("11月1日").contains("逾期"),
        "what is done is not overdue"
    );
}

#[test]
fn what_is_no_single_day_is_refused_with_what_is_taken() {
    let home = Home::new();
    let refused = |day: &str| {
        let set = home.kouan("--lang zh-CN set 1.1 --due");
        set.arg(day).fails(2)
    };
    assert!(refused("春节前").contains("12月底、月底、年底"));
    assert!(refused("本周末").contains("是否指 2026-11-29"));
    assert!(refused("2月30日").contains("是否指 2026-02-28"));
    assert!(!home.journal().exists());
}

// -- minutes

/// Returns a part of a Word document.
fn part(path: &std::path::Path, name: &str) -> String {
    let file = std::fs::File::open(path).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).unwrap();
    std::io::Read::read_to_string(&mut part, &mut text).unwrap();
    text
}

#[test]
fn minutes_become_a_word_document_that_reads_back() {
    let home = Home::new();
    home.kouan("set 16.3 --status blocked --due 12月底 --owner 李四 --kind problem --remark")
        .arg("接口“未开通” <b>&\u{1}\u{fffe}\n第二行")
        .quiet();
    home.kouan("check 1.1").quiet();
    let path = home.path("纪要.DOCX");
    home.kouan("--lang zh-CN minutes -o").arg(&path).quiet();
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/styles.xml",
        "word/footer1.xml",
    ] {
        let xml = part(&path, name);
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
        let wrong = |c: char| (c < ' ' && !"\t\r\n".contains(c)) || "\u{fffe}\u{ffff}".contains(c);
        assert!(!xml.contains(wrong), "{name}");
    }
    let styles = part(&path, "word/styles.xml");
    assert!(styles.contains("黑体") && styles.contains("宋体"));
    assert!(part(&path, "word/footer1.xml").contains(" PAGE "));
    let read = home.kouan("import -o - --id back").arg(&path).run();
    assert_eq!(read.code, Some(0), "{read:?}");
    for said in [
        "会议纪要",
        "出席：",
        "状态：未启动 → 受阻",
        "期限：无 → 2026-12-31",
        "问题（zhangsan，2026-11-23 10:00）",
        "接口“未开通” <b>&",
        "第二行",
        "尚未完成（41 款）",
        // Nothing is cut in a file.
        "依托港口设施作业条件，为锂电池危险货物集装箱出口作业提供便捷高效的港口服务。",
    ] {
        assert!(read.stdout.contains(said), "{said} in\n{}", read.stdout);
    }
}

#[test]
fn minutes_go_to_a_file_as_an_export_does() {
    let home = Home::new();
    let path = home.write("纪要.md", "旧");
    home.kouan("--lang zh-CN minutes --output")
        .arg(&path)
        .quiet();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("当日没有变动。"), "{text}");
    assert!(!text.contains('…') && !text.contains("变动情况"), "{text}");
    home.kouan("set 1.1 --owner 李四 --due 11月20日").quiet();
    let printed = home.kouan("--lang zh-CN minutes").quiet();
    assert!(printed.contains("当日有变动的条款 1 款"), "{printed}");
    assert!(
        printed.contains("（未启动，期限 2026-11-20，联系人 李四，逾期）"),
        "{printed}"
    );
    let month = home.kouan("--lang zh-CN minutes --since 11月").quiet();
    assert!(
        month.contains("自 2026-11-01 起有变动的条款 1 款"),
        "{month}"
    );
}
