//! Reports.

use crate::command::Home;

/// A home with work done in October and November.
fn at_work() -> Home {
    let home = Home::new();
    let at = |day: &str, words: &str| {
        let clock = format!("2026-{day}T10:00:00+08:00");
        home.kouan(words).env("KOUAN_CLOCK", &clock).works();
    };
    at("10-08", "check 2.1");
    at("10-12", "set 16.3 --due 2026-10-31 --status doing");
    at(
        "11-02",
        "set 16.3 --due 2026-11-15 --status blocked --kind problem --remark 接口未开通",
    );
    at("11-03", "check 1.1 3.1");
    at(
        "11-03",
        "set 9.1 --due 2026-11-27 --kind next --remark 签订协议",
    );
    home
}

#[test]
fn a_report_has_the_rates_and_their_change() {
    let home = at_work();
    let text = home.kouan("report --lang zh-CN").quiet();
    assert!(
        text.starts_with("# 天津口岸 2025 年跨境贸易便利化专项行动措施进展通报\n"),
        "{text}"
    );
    for said in [
        "（截至2026年11月23日）",
        "42 款中，已完成 3 款，完成率 3/42 7%",
        "受阻 1 款；逾期 1 款，临期 1 款",
        "自2026年11月1日起新完成 2 款，完成率由 1/42 2% 变为 3/42 7%（+5 个百分点）",
        "问题：接口未开通",
        "请天津海关说明原因",
        "- 9.1 深入推进共建“一带一路”，完成时限2026年11月27日：签订协议",
    ] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    assert!(!text.contains("出席") && !text.contains("纪要"));
    let units = text.split("## 各单位进展").nth(1).unwrap();
    let first = units.lines().find(|line| line.contains('%')).unwrap();
    assert!(
        first.starts_with("| 天津海关 "),
        "what is overdue comes first: {first}"
    );
    let late = text.split("## 逾期和延期的事项").nth(1).unwrap();
    let row = late
        .lines()
        .find(|line| line.starts_with("| 16.3"))
        .unwrap();
    assert!(
        row.contains("2026-11-15（原 10-31，延 1 次 15 天，zhangsan 11-02）")
            && row.contains("8 天"),
        "{row}"
    );
    let done = text.split("## 2026年11月1日以来完成的事项").nth(1).unwrap();
    let done = done.split("\n## ").next().unwrap();
    assert!(
        done.contains("| 1.1 ") && done.contains("| 3.1 ") && !done.contains("| 2.1 "),
        "{done}"
    );
}

#[test]
fn a_report_takes_query_day_and_title() {
    let home = at_work();
    let text = home
        .kouan("report --lang zh-CN @天津海关 --since 10月1日 --title 海关季报")
        .quiet();
    assert!(text.starts_with("# 海关季报\n"), "{text}");
    assert!(
        text.contains("19 款中") && text.contains("2026年10月1日以来完成的事项"),
        "{text}"
    );
    home.kouan("report --since neverday").fails(2);
    for (name, begin) in [
        ("r.docx", &b"PK"[..]),
        ("r.html", b"<!DOCTYPE html>"),
        ("r.md", b"# "),
    ] {
        let path = home.path(name);
        home.kouan("report -o").arg(&path).works();
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(begin), "{name}");
    }
}

// -- a file for each unit, sent and collected

fn files(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn each_unit_gets_a_file() {
    let home = Home::new();
    let folder = home.path("out/");
    let export = |words: &str| {
        let words = format!("--lang zh-CN export --by unit {words} -o");
        home.kouan(&words).arg(&folder)
    };
    export("").works();
    let names = files(&folder);
    assert_eq!(names.len(), 22, "{names:?}");
    assert!(
        names.contains(&"台账-天津海关.xlsx".to_owned()),
        "{names:?}"
    );
    export("--format csv @天津海关").works();
    assert!(folder.join("台账-天津海关.csv").exists());
    // Again: they are ours, and nobody filled them in.
    export("").works();
    std::fs::write(folder.join("台账-天津海关.xlsx"), "my notes").unwrap();
    let said = export("").fails(1);
    assert!(
        said.contains("台账-天津海关.xlsx") && said.contains("--force"),
        "{said}"
    );
    export("--force").works();
}

/// Writes a unit's ledger as CSV with an answer in it.
fn fill(home: &Home, unit: &str, from: &str, to: &str) {
    let path = home.path("back").join(format!("台账-{unit}.csv"));
    let text = home
        .kouan("--lang zh-CN export --format csv")
        .arg(format!("@{unit}"))
        .quiet();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn ledgers_go_out_and_come_back() {
    let home = Home::new();
    let out = home.path("out");
    let sent = home
        .kouan("--lang zh-CN send --letter --until 12月10日")
        .arg(&out)
        .works();
    assert_eq!(sent.lines().count(), 22, "{sent}");
    assert!(sent.contains("天津海关\t19\t台账-天津海关.xlsx"), "{sent}");
    let names = files(&out);
    assert_eq!(names.len(), 22 + 22 + 1, "{names:?}");
    assert!(
        names.contains(&"发出清单.docx".to_owned())
            && names.contains(&"函-天津海关.docx".to_owned())
    );
    home.kouan("--at 2026-11-01 send")
        .arg(home.path("x"))
        .fails(2);

    let back = home.path("back");
    std::fs::create_dir(&back).unwrap();
    fill(&home, "天津海关", "未启动", "已完成");
    fill(&home, "市商务局", "未启动", "未启动");
    std::fs::write(
        back.join("台账-市药监局.xls"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    )
    .unwrap();
    std::fs::write(back.join("台账-市公安局.xlsx"), b"").unwrap();
    std::fs::write(back.join("~$台账-天津海关.xlsx"), b"lock").unwrap();
    std::fs::write(back.join("说明.txt"), b"notes").unwrap();
    let collect = |words: &str| {
        home.kouan(&format!("--lang zh-CN collect {words}"))
            .arg(&back)
            .run()
    };
    let dry = collect("--dry-run");
    assert!(
        dry.stdout
            .contains("天津海关\t台账-天津海关.csv\t有 1 处改动"),
        "{dry:?}"
    );
    assert!(!home.journal().exists());
    let done = collect("");
    assert_eq!(done.code, Some(1), "two could not be read: {done:?}");
    for line in [
        "天津海关\t台账-天津海关.csv\t有 1 处改动",
        "  1.1 已完成",
        "市商务局\t台账-市商务局.csv\t没有填写",
        "市药监局\t台账-市药监局.xls\t无法读取",
        "市公安局\t台账-市公安局.xlsx\t无法读取",
        "市外办\t\t未反馈",
    ] {
        assert!(done.stdout.contains(line), "{line} in\n{}", done.stdout);
    }
    assert!(
        !done.stdout.contains("~$") && done.stderr.contains("说明.txt"),
        "{done:?}"
    );
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    assert_eq!(journal.lines().count(), 2, "{journal}");
    assert!(
        journal.contains(r#""by":"天津海关","via":"zhangsan""#),
        "{journal}"
    );
    let again = collect("");
    assert_eq!(std::fs::read_to_string(home.journal()).unwrap(), journal);
    assert!(again.stdout.contains("市外办\t\t未反馈") && !again.stdout.contains("有 1 处改动"));
    let before = "天津海关\t台账-天津海关.csv\t无新的改动，此前的已并入";
    assert!(again.stdout.contains(before), "{}", again.stdout);
    assert!(
        again
            .stdout
            .contains("市商务局\t台账-市商务局.csv\t没有填写")
    );
}

#[test]
fn what_blocks_a_clause_in_a_ledger_is_a_problem_wherever_it_was_written() {
    let home = Home::new();
    let path = home.path("台账-天津海关.csv");
    let text = "序号,状态,进展情况,存在问题\r\n1.1,受阻,无接口,\r\n2.1,受阻,已对接,缺人\r\n16.3,推进中,已对接,\r\n";
    std::fs::write(&path, text).unwrap();
    home.kouan("merge").arg(&path).works();
    let kinds = |id: &str| {
        let shown = crate::cli::shown(&home, id);
        let remarks = shown[0]["remarks"].as_array().unwrap().clone();
        let said = |r: &serde_json::Value| format!("{} {}", r["kind"], r["text"]).replace('"', "");
        remarks.iter().map(said).collect::<Vec<_>>()
    };
    assert_eq!(kinds("1.1"), ["problem 无接口"]);
    assert_eq!(kinds("2.1"), ["progress 已对接", "problem 缺人"]);
    assert_eq!(kinds("16.3"), ["progress 已对接"]);
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    home.kouan("merge").arg(&path).works();
    assert_eq!(
        std::fs::read_to_string(home.journal()).unwrap(),
        journal,
        "once"
    );
}

#[test]
fn rows_that_a_unit_added_become_items_where_asked() {
    let home = Home::new();
    let back = home.path("back");
    std::fs::create_dir(&back).unwrap();
    let text = home
        .kouan("--lang zh-CN export --format csv @市外办")
        .quiet();
    let columns = text.lines().next().unwrap().split(',');
    let columns: Vec<&str> = columns.collect();
    let place = |name: &str| columns.iter().position(|c| *c == name).unwrap();
    let mut row = vec![""; columns.len()];
    row[place("具体内容")] = "编写英文指南";
    row[place("完成时限")] = "2026-12-20";
    row[place("状态")] = "推进中";
    row[place("进展情况")] = "已成稿";
    std::fs::write(back.join("台账-市外办.csv"), text + &row.join(",") + "\r\n").unwrap();
    let collect = |words: &str| {
        let words = format!("--lang zh-CN collect {words}");
        home.kouan(&words).arg(&back).works()
    };
    let listed = collect("");
    assert!(listed.contains("  新增：编写英文指南"), "{listed}");
    assert!(!home.journal().exists());
    collect("--add");
    let items = home
        .kouan("list 编写英文指南 --columns id,units,due,text")
        .quiet();
    assert!(
        items.starts_with('+') && items.contains("市外办"),
        "{items}"
    );
    assert!(items.contains("2026-12-20"), "{items}");
    let said = home.kouan("list 已成稿 is:doing --columns id").quiet();
    assert!(said.starts_with('+'), "{said}");
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    collect("--add");
    assert_eq!(std::fs::read_to_string(home.journal()).unwrap(), journal);
}

#[test]
fn a_ledger_is_signed_by_the_unit_that_it_was_made_for() {
    let home = Home::new();
    let out = home.path("out");
    home.kouan("--lang zh-CN send").arg(&out).works();
    // Whatever it is called when it comes back.
    let back = home.path("back");
    std::fs::create_dir(&back).unwrap();
    std::fs::rename(out.join("台账-天津海关.xlsx"), back.join("新建.xlsx")).unwrap();
    let done = home.kouan("--lang zh-CN collect").arg(&back).works();
    assert!(done.contains("天津海关\t新建.xlsx\t没有填写"), "{done}");
    assert!(done.contains("市商务局\t\t未反馈"), "{done}");
}

// -- reminders

#[test]
fn reminders_are_numbered_recorded_and_raised() {
    let home = Home::new();
    home.kouan("set 16.3 --due 2026-11-15 --status doing")
        .quiet();
    home.kouan("set 9.1 --due 2026-11-27").quiet();
    let folder = home.path("out");
    let urge = |words: &str| {
        let words = format!("--lang zh-CN urge {words} -o");
        home.kouan(&words).arg(&folder)
    };
    let dry = urge("--dry-run 16.3").works();
    assert_eq!(dry, "督办〔2026〕1号\t天津海关\t红色\t16.3 红色\n");
    assert!(!folder.exists());
    let before = std::fs::read_to_string(home.journal()).unwrap();
    urge("--at 2026-11-01 16.3").fails(2);
    let sent = urge("16.3").works();
    assert_eq!(sent, dry);
    assert_eq!(files(&folder), ["督办〔2026〕1号-天津海关.docx"]);
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    assert_eq!(journal.lines().count(), before.lines().count() + 1);
    assert!(
        journal.contains("督办〔2026〕1号 · 天津海关 · 红色 · 2026-11-30 前反馈"),
        "{journal}"
    );
    // The time for an answer is not over.
    assert_eq!(urge("16.3").works(), "");
    let others = urge("9.1").works();
    assert!(others.starts_with("督办〔2026〕2号\t"), "{others}");
    let later = |words: &str| {
        urge(words)
            .env("KOUAN_CLOCK", "2026-12-02T10:00:00+08:00")
            .works()
    };
    let raised = later("--dry-run is:open");
    assert!(raised.contains("9.1 红色"), "{raised}");
    home.kouan("check 16.3 9.1").quiet();
    assert_eq!(later("is:open"), "");
    assert!(home.kouan("log").quiet().contains("督办〔2026〕1号"));
}

#[test]
fn a_reminder_is_no_update_of_its_clause() {
    let home = Home::new();
    home.kouan("set 16.3 --due 2026-11-15 --status doing")
        .env("KOUAN_CLOCK", "2026-09-01T10:00:00+08:00")
        .quiet();
    let stale = || {
        home.kouan("list no:16.3 is:stale --columns id,updated")
            .quiet()
    };
    assert_eq!(stale(), "16.3\t2026-09-01 10:00\n");
    home.kouan("urge 16.3 -o").arg(home.path("out")).works();
    assert_eq!(stale(), "16.3\t2026-09-01 10:00\n", "nobody has answered");
    home.kouan("set 16.3 --remark 已对接").quiet();
    assert_eq!(stale(), "");
}

#[test]
fn a_reminder_that_is_not_recorded_leaves_no_paper() {
    let home = Home::new();
    home.kouan("set 16.3 --due 2026-11-15").quiet();
    let before = std::fs::read_to_string(home.journal()).unwrap();
    let folder = home.path("out");
    // A session's name that no journal takes.
    home.kouan("urge 16.3 -o")
        .arg(&folder)
        .env("KOUAN_SESSION", &"x".repeat(100))
        .fails(2);
    assert_eq!(files(&folder), [""; 0]);
    assert_eq!(std::fs::read_to_string(home.journal()).unwrap(), before);
    home.kouan("urge 16.3 -o").arg(&folder).works();
    assert_eq!(files(&folder).len(), 1);
}

#[test]
fn the_config_has_the_form_of_reminder_numbers() {
    let home = Home::new();
    home.kouan("set 16.3 --due 2026-11-15").quiet();
    let config = home.write(
        "config.yaml",
        "urge_number: 津口督字{year}第{n}号\noffice: 市口岸办\n",
    );
    let urge = |config: &std::path::Path| home.kouan("urge 16.3 --dry-run --config").arg(config);
    let said = urge(&config).works();
    assert!(said.starts_with("津口督字2026第1号\t"), "{said}");
    let wrong = home.write("config.yaml", "urge_number: 督办\n");
    assert!(urge(&wrong).fails(2).contains("{n}"));
}

// -- a calendar

/// Returns the content lines of a calendar, unfolded.
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let lines = text.replace("\r\n ", "");
    lines.split("\r\n").map(str::to_owned).collect()
}

#[test]
fn deadlines_become_events_that_keep_their_uid() {
    let home = Home::new();
    let export = |query: &str| {
        home.kouan(&format!("--lang zh-CN export --format ics {query}"))
            .quiet()
    };
    home.kouan("set 16.3 --due 2026-11-15 --kind problem --remark")
        .arg("a;b,c\\d\nBEGIN:VEVENT\u{1b}")
        .quiet();
    let first = unfolded(&export(""));
    let has = |lines: &[String], line: &str| lines.iter().any(|l| l == line);
    for line in [
        "UID:tianjin-2025-16.3@kouan",
        "DTSTART;VALUE=DATE:20261115",
        "DTEND;VALUE=DATE:20261116",
        "STATUS:CONFIRMED",
        "SEQUENCE:1",
    ] {
        assert!(has(&first, line), "{line} in\n{first:#?}");
    }
    assert_eq!(first.iter().filter(|l| *l == "BEGIN:VEVENT").count(), 1);
    assert!(
        first
            .iter()
            .any(|l| l.contains("a\\;b\\,c\\\\d\\nBEGIN:VEVENT"))
    );
    home.kouan("set 16.3 --due 2026-12-15").quiet();
    let moved = unfolded(&export(""));
    assert!(has(&moved, "UID:tianjin-2025-16.3@kouan") && has(&moved, "SEQUENCE:2"));
    assert!(has(&moved, "DTSTART;VALUE=DATE:20261215"));
    home.kouan("set 16.3 --due none").quiet();
    let gone = unfolded(&export(""));
    assert!(
        has(&gone, "STATUS:CANCELLED") && has(&gone, "SEQUENCE:3"),
        "{gone:#?}"
    );
    home.kouan("undo").works();
    let back = unfolded(&export(""));
    assert!(
        has(&back, "STATUS:CONFIRMED") && has(&back, "SEQUENCE:4"),
        "{back:#?}"
    );
    assert!(!has(&unfolded(&export("1.1")), "BEGIN:VEVENT"));
}

#[test]
fn another_program_reads_the_calendar() {
    let python = |args: &[&str]| std::process::Command::new("python3").args(args).output();
    if !python(&["-c", "import icalendar"]).is_ok_and(|out| out.status.success()) {
        assert!(
            std::env::var_os("KOUAN_CI").is_none(),
            "python3 with icalendar is missing"
        );
        println!("skipped: there is no python3 with icalendar");
        return;
    }
    let home = Home::new();
    home.kouan("set 16.3 9.1 --due 2026-11-15 --owner 张三;李四,王五")
        .quiet();
    let path = home.path("期限.ics");
    home.kouan("--lang zh-CN export -o").arg(&path).works();
    home.kouan("--lang zh-CN export -o").arg(&path).works();
    let program = "import icalendar, sys\n\
        calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())\n\
        for e in calendar.walk('VEVENT'):\n    \
        print(e['UID'], e['DTSTART'].dt, e['SEQUENCE'], '张三;李四,王五' in e['DESCRIPTION'])\n";
    let read = python(&["-c", program, path.to_str().unwrap()]).unwrap();
    let read = String::from_utf8(read.stdout).unwrap();
    assert_eq!(
        read,
        "tianjin-2025-9.1@kouan 2026-11-15 1 True\ntianjin-2025-16.3@kouan 2026-11-15 1 True\n"
    );
}

// -- the guide

#[test]
fn the_crontab_of_the_guide_works_as_written() {
    let guides = [
        include_str!("../../docs/guide.md"),
        include_str!("../../docs/guide.zh-CN.md"),
    ];
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_kouan"))
        .parent()
        .unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    for guide in guides {
        let home = Home::new();
        let run = |line: &str| {
            let mut command = std::process::Command::new("sh");
            command.arg("-c").arg(line).env_clear();
            crate::command::surround(&home.path(""), |name, value| {
                command.env(name, value);
            });
            let done = command.env("PATH", &path).output().unwrap();
            assert!(done.status.success(), "{line}: {done:?}");
            String::from_utf8(done.stdout).unwrap()
        };
        let table = guide.split("```crontab\n").nth(1).unwrap();
        let table = table.split("```").next().unwrap();
        let lines = table
            .lines()
            .filter(|line| !line.contains('=') || line.contains('*'));
        let lines: Vec<String> = lines
            .map(|line| {
                let words: Vec<&str> = line.split_whitespace().skip(5).collect();
                // To cron, a per cent sign is a line end.
                words.join(" ").replace("\\%", "%")
            })
            .collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        for _ in 0..2 {
            for line in &lines {
                assert_eq!(run(line), "", "{line}");
            }
        }
        home.kouan("set 16.3 --due 2026-11-25").quiet();
        assert!(run(&lines[0]).contains("16.3"));
    }
}

// -- what people typed stays text

/// What may be more than text to some program.
const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script></style>",
    "]]><w:fldSimple w:instr=\"DDEAUTO cmd\"/>",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "[a](javascript:alert(1))",
    "END:VEVENT\r\nBEGIN:VALARM",
    "abc\u{202e}gpj\u{1b}[31m\u{7}",
];

#[test]
fn hostile_words_stay_text_in_every_format() {
    let home = Home::new();
    for (nth, said) in (1..).zip(HOSTILE) {
        let words = format!("set 20.{} --due 2026-11-2{nth}", 1 + nth % 2);
        for kind in ["--status blocked", "--kind next"] {
            let mut set = home.kouan(&words).args(kind);
            for arg in ["--owner", said, "--by", said, "--remark", said] {
                set = set.arg(arg);
            }
            set.works();
        }
    }
    for (words, name) in [
        ("export", "x.html"),
        ("export", "x.ics"),
        ("export", "x.csv"),
        ("export", "x.md"),
        ("export", "x.json"),
        ("report", "r.html"),
        ("report", "r.md"),
        ("report", "r.docx"),
        ("minutes", "m.docx"),
        ("minutes", "m.html"),
        ("export", "x.xlsx"),
    ] {
        let path = home.path(name);
        home.kouan(words).arg("-o").arg(&path).works();
        let bytes = std::fs::read(&path).unwrap();
        let text = match name.rsplit_once('.').unwrap().1 {
            "docx" => member(&bytes, "word/document.xml"),
            "xlsx" => {
                member(&bytes, "xl/sharedStrings.xml") + &member(&bytes, "xl/worksheets/sheet1.xml")
            }
            _ => String::from_utf8(bytes).unwrap(),
        };
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{7}']), "{name}");
        match name {
            "x.html" | "r.html" | "m.html" => {
                let (_, body) = text.split_once("<body>").unwrap();
                let body = body.split("\n<script>").next().unwrap();
                assert!(
                    !body.contains("<script>alert") && !body.contains("<w:"),
                    "{name}"
                );
                // A report has the last remark only.
                let has = body.contains("&lt;script&gt;alert(1)");
                assert!(has || name == "r.html", "{name}");
            }
            "r.docx" | "m.docx" => {
                assert!(
                    !text.contains("<w:fldSimple") && !text.contains("<script"),
                    "{name}"
                );
                let has = text.contains("]]&gt;&lt;w:fldSimple");
                assert!(has || name == "r.docx", "{name}");
            }
            "x.xlsx" => assert!(
                !text.contains("<f>cmd") && !text.contains("<script"),
                "{name}"
            ),
            "x.md" | "r.md" => {
                for mark in ["<script", "[a]("] {
                    let mut found = text.match_indices(mark);
                    let is_escaped = |at| text.get(..at).unwrap().ends_with('\\');
                    assert!(found.all(|(at, _)| is_escaped(at)), "{name}: {mark}");
                }
            }
            "x.ics" => {
                let lines = unfolded(&text);
                let count = |line: &str| lines.iter().filter(|l| *l == line).count();
                assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
                assert_eq!(count("BEGIN:VALARM"), 0);
            }
            "x.csv" => {
                let mut reader = csv::Reader::from_reader(text.as_bytes());
                for record in reader.records() {
                    let record = record.unwrap();
                    assert!(
                        record.iter().all(|cell| !cell.starts_with(['=', '+', '@'])),
                        "{record:?}"
                    );
                }
            }
            _ => assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok()),
        }
    }
}

/// Returns a part of an archive.
fn member(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).unwrap();
    std::io::Read::read_to_string(&mut part, &mut text).unwrap();
    text
}
