//! The command line as an office worker uses it: Chinese in, Chinese out.

use crate::command::{Home, json};

fn due(home: &Home, id: &str) -> String {
    let printed = home.kouan(&format!("show --json {id}")).quiet();
    json(&printed)[0]["due"].as_str().unwrap().to_owned()
}

// -- days

#[test]
fn a_deadline_is_confirmed_with_its_year_and_if_it_has_passed() {
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
        ("next friday", "2026-12-04"),
        ("end of month", "2026-11-30"),
        ("20261231", "2026-12-31"),
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
fn working_days_come_with_a_note_on_holidays() {
    let home = Home::new();
    let set = home.kouan("--lang zh-CN set 1.1 --due 10个工作日内");
    let said = set.run().stderr;
    assert!(
        said.contains("2026-12-07 周一（只扣除周末，未扣除法定节假日）"),
        "{said}"
    );
    assert_eq!(due(&home, "1.1"), "2026-12-07");
}

#[test]
fn a_query_takes_days_and_the_days_of_a_period() {
    let home = Home::new();
    for (id, day) in [
        ("1.1", "2026-12-01"),
        ("1.2", "2026-12-31"),
        ("2.1", "2027-01-04"),
    ] {
        home.kouan(&format!("set {id} --due {day}")).quiet();
    }
    for (query, found) in [
        ("due:12月", "1.1 1.2"),
        ("due:december", "1.1 1.2"),
        ("due:<2026-12", ""),
        ("due:next-week", "1.1"),
        ("after:end-of-month", "1.1 1.2 2.1"),
        ("before:next-year", "1.1 1.2"),
        ("due:>=q4", "1.1 1.2 2.1"),
    ] {
        let list = home.kouan("list --columns id").arg(query).quiet();
        let ids: Vec<&str> = list.split_whitespace().collect();
        assert_eq!(ids.join(" "), found, "{query}");
    }
}

#[test]
fn a_text_that_is_not_a_single_day_is_refused_with_what_is_accepted() {
    let home = Home::new();
    let refused = |day: &str| {
        let set = home.kouan("--lang zh-CN set 1.1 --due");
        set.arg(day).fails(2)
    };
    assert!(refused("春节前").contains("12月底、月中、月底、四季度"));
    let english = home.kouan("--lang en set 1.1 --due soon").fails(2);
    assert!(english.contains("dec 31, friday, next week, in 2 weeks, end of month"));
    assert!(refused("2月30日").contains("是否指 2027-02-28"));
    assert!(!home.journal().exists());
}

// -- views

#[test]
fn a_search_that_the_config_names_is_used_wherever_a_search_is_read() {
    let home = Home::new();
    home.write(
        ".config/kouan/config.yaml",
        "views:\n  本周: 'is:todo @天津海关'\n  Battery: 锂电池\n",
    );
    let ids = |query: &str| home.kouan("list --columns id").arg(query).quiet();
    assert_eq!(ids("view:本周"), ids("is:todo @天津海关"));
    assert_eq!(
        ids("view：battery view:本周"),
        ids("锂电池 is:todo @天津海关")
    );
    let (all, view, rest) = (ids(""), ids("view:本周"), ids("!view:本周"));
    assert_eq!(
        all.lines().count(),
        view.lines().count() + rest.lines().count()
    );
    assert!(rest.lines().all(|id| !view.lines().any(|v| v == id)));
    home.kouan("check 1.1 16.3").quiet();
    let log = home.kouan("log view:battery").quiet();
    assert!(log.contains("1.1"), "{log}");
    assert!(
        home.kouan("log not:view:battery since:today")
            .quiet()
            .contains("16.3")
    );
    let ledger = home.kouan("export view:battery --format csv").quiet();
    assert_eq!(ledger, home.kouan("export 锂电池 --format csv").quiet());

    let unknown = home.kouan("--lang en list view:本月").fails(2);
    assert!(unknown.contains("mean: view:本周"), "{unknown}");
    let completed = home
        .kouan("-- kouan list view:")
        .env("KOUAN_COMPLETE", "fish");
    assert!(completed.works().contains("view:本周\tis:todo @天津海关"));
}

#[test]
fn a_view_that_cannot_be_read_is_named_by_the_check_of_the_config() {
    let home = Home::new();
    let wrong = "views:\n  本周: 'is:son'\n  再: '@hg !view:再'\n  a b: x\n  ok: 3\n";
    let path = home.write(".config/kouan/config.yaml", wrong);
    let said = home.kouan("--lang en config check").fails(1);
    let place = |line, column| format!("{}:{line}:{column}: ", path.display());
    assert!(
        said.contains(&(place(2, 7) + "views: 本周 has a term that cannot be read: is:son")),
        "{said}"
    );
    assert!(said.contains("is:soon"), "{said}");
    assert!(
        said.contains(&(place(3, 6) + "views: 再 uses !view:再")),
        "{said}"
    );
    assert!(
        said.contains(&place(4, 3)) && said.contains(&place(5, 7)),
        "{said}"
    );
    let none = Home::new().kouan("--lang en list view:x").fails(2);
    assert!(none.contains("no views are defined"), "{none}");
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
    home.kouan("--lang zh-CN minutes -o").arg(&path).works();
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
    assert!(styles.contains("黑体") && styles.contains("仿宋"));
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
        // Files are never cut.
        "依托港口设施作业条件，为锂电池危险货物集装箱出口作业提供便捷高效的港口服务。",
    ] {
        assert!(read.stdout.contains(said), "{said} in\n{}", read.stdout);
    }
}

#[test]
fn minutes_go_to_a_file_as_an_export_does() {
    let home = Home::new();
    let path = home.path("纪要.md");
    home.kouan("--lang zh-CN minutes --output")
        .arg(&path)
        .works();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("当日没有变动。"), "{text}");
    assert!(!text.contains('…') && !text.contains("变动情况"), "{text}");
    home.kouan("set 1.1 --owner 李四 --due 11月20日").quiet();
    let printed = home.kouan("--lang zh-CN minutes").quiet();
    assert!(printed.contains("当日有变动的条款 1 款"), "{printed}");
    let row = printed.lines().find(|line| line.starts_with("| 1.1 "));
    let row = row.unwrap_or_default();
    for said in ["未启动<br>逾期", "2026-11-20", "李四", "（内容见上文）"] {
        assert!(row.contains(said), "{said} in {row}");
    }
    let text = "根据企业需求优化出口锂电池检验监管模式";
    assert_eq!(printed.matches(text).count(), 1, "{printed}");
    let month = home.kouan("--lang zh-CN minutes --since 11月").quiet();
    assert!(
        month.contains("自 2026-11-01 起有变动的条款 1 款"),
        "{month}"
    );
}

// -- errors and synonyms

#[test]
fn system_errors_are_in_chinese_and_name_no_temporary_file() {
    let home = Home::new();
    let said = |words: &str| home.kouan(&format!("--lang zh-CN {words}")).fails(1);
    assert!(said("import nowhere.txt").contains("无法读取：文件或目录不存在"));
    assert!(said("merge nowhere.xlsx").contains("无法读取：文件或目录不存在"));
    let written = said("export -o /nowhere/x.md");
    assert!(
        written.contains("/nowhere/x.md：无法写入：文件或目录不存在"),
        "{written}"
    );
    assert!(
        !written.contains(".tmp") && !written.contains("os error"),
        "{written}"
    );
    let written = said("minutes -o /dev/null/x.docx");
    assert!(written.contains("路径中有一段不是目录"), "{written}");
}

#[test]
fn statuses_can_be_named_as_in_ledgers() {
    let home = Home::new();
    let set = |word: &str| home.kouan("--lang zh-CN set 1.1 --status").arg(word);
    assert!(set("进行中").quiet().contains("未启动 → 推进中"));
    assert!(set("已办结").quiet().contains("推进中 → 已完成"));
    let wrong = set("差不多完成").fails(2);
    assert!(wrong.contains("推进中（doing）"), "{wrong}");
    assert!(wrong.contains("是否想写：已完成（done）"), "{wrong}");
    assert!(!set("未完成").fails(2).contains("是否想写"));
    for word in ["y", "是", "100%"] {
        set(word).fails(2);
    }
}

#[test]
fn groups_and_ids_are_read_in_chinese_too() {
    let home = Home::new();
    assert_eq!(
        home.kouan("stats --by 单位").quiet(),
        home.kouan("stats --by unit").quiet()
    );
    assert_eq!(
        home.kouan("stats --by 章").quiet(),
        home.kouan("stats").quiet()
    );
    assert_eq!(
        home.kouan("stats --by 状态").quiet(),
        home.kouan("stats --by status").quiet()
    );
    let whole = home.kouan("show 16.3").quiet();
    for id in [
        "16，3",
        "16、3",
        "16。3",
        "第16条第3款",
        "第１６条第３款",
        "第十六条第三款",
    ] {
        assert_eq!(home.kouan("show").arg(id).quiet(), whole, "{id}");
    }
    assert_eq!(
        home.kouan("show 第16条").quiet(),
        home.kouan("show 16").quiet()
    );
    home.kouan("show 条").fails(2);
}

#[test]
fn a_unit_that_no_clause_names_is_an_error_with_the_nearest() {
    let home = Home::new();
    let said = home.kouan("--lang zh-CN list @海关总署").fails(2);
    assert!(said.contains("相近的有：天津海关"), "{said}");
    home.kouan("list @海关 is:done").quiet();
}

// -- import

#[test]
fn an_import_says_what_was_read_and_where_it_is_first() {
    let home = Home::new();
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/tianjin-2025.txt");
    let import = |id: &str| {
        let import = home.kouan("--lang zh-CN import --id").arg(id);
        import.arg(seed).run().stderr
    };
    let first = import("first");
    let mut lines = first.lines();
    assert!(
        lines.next().unwrap().starts_with("读出 5 章 20 条 42 款"),
        "{first}"
    );
    assert!(
        lines
            .next()
            .unwrap()
            .contains("first.yaml；打开：kouan --document first"),
        "{first}"
    );
    assert!(
        lines
            .next()
            .unwrap()
            .contains("与已有的 tianjin-2025 内容相同"),
        "{first}"
    );
    let path = home.path("data/documents/first.yaml");
    assert!(first.contains(path.to_str().unwrap()), "{first}");
    std::fs::remove_file(path).unwrap();
    let listed = home.kouan("documents").quiet();
    assert_eq!(
        listed.lines().count(),
        1,
        "a document is gone with its file\n{listed}"
    );
}

#[test]
fn a_light_needs_a_measure_of_progress() {
    let home = Home::new();
    let list = |query: &str| home.kouan("list --columns id").arg(query).quiet();
    home.kouan("set 1.1 1.2 --due 2026-12-31").quiet();
    home.kouan("set 2.1 --due 2026-11-01").quiet();
    home.kouan("set 3.1 --status blocked --due 2026-12-31 --remark 等待部署")
        .quiet();
    assert_eq!(list("is:red"), "2.1\n", "its day is past");
    assert_eq!(list("is:yellow"), "3.1\n");
    let shown = home.kouan("show --json 1.1").quiet();
    assert!(shown.contains("\"light\":null"), "{shown}");
}
