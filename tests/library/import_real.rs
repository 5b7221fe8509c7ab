//! Realistic documents that were once read wrongly, each with its right result.
//!
//! `NAME.md` says the result in words, `NAME.right` is compared here. `KOUAN_WRITE=1 cargo test
//! --test library import_real` writes missing or changed ones; compare them with the words before
//! committing.

use kouan::document::{
    Clause,
    import::{ImportOptions, Imported, import_source, proof},
    source,
};
use std::{fmt::Write as _, fs, path::PathBuf};

/// Returns what was read of a file, one clause or doubt per line.
fn summary(name: &str, bytes: &[u8]) -> String {
    let source = source::read(bytes.to_vec(), None, name).unwrap_or_else(|e| panic!("{name}: {e}"));
    let options = ImportOptions {
        name: Some(name.to_owned()),
        ..ImportOptions::default()
    };
    match import_source(&source, &options) {
        Ok(imported) => {
            assert_eq!(
                proof::check(&source.text, &imported.document),
                Ok(()),
                "{name}"
            );
            told(&imported)
        }
        Err(error) => format!("refused: {error}\n"),
    }
}

fn told(imported: &Imported) -> String {
    let Imported { document, report } = imported;
    let mut out = format!("title: {}\n", document.title);
    for chapter in &document.chapters {
        let _ = writeln!(out, "chapter: {}", chapter.heading());
        for measure in &document.measures[chapter.measures.clone()] {
            if !measure.print.implied {
                let _ = writeln!(out, "measure: {}", measure.title);
            }
            for clause in &document.clauses[measure.clauses.clone()] {
                out.push_str(&line(clause));
            }
        }
    }
    for doubt in &report.doubts {
        let last = if doubt.last > doubt.line {
            format!("-{}", doubt.last)
        } else {
            String::new()
        };
        let _ = writeln!(out, "? {}{last} {}: {}", doubt.line, doubt.why, doubt.said);
    }
    out
}

fn line(clause: &Clause) -> String {
    let r = &clause.responsibility;
    let mut out = format!("{} {} {}", clause.id, &*clause.label, &*clause.text);
    let mut more = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(out, " | {name}: {value}");
        }
    };
    more("units", &r.units.join("、"));
    more("lead", &r.lead.join("、"));
    more("duties", if r.by_duties { "yes" } else { "" });
    more("due", clause.due.as_deref().unwrap_or_default());
    more("owner", clause.owner.as_deref().unwrap_or_default());
    more("after", clause.after.as_deref().unwrap_or_default());
    out.push('\n');
    out
}

#[test]
fn every_case_gives_its_right_value() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/real");
    let paths = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let is_case = |p: &PathBuf| !p.extension().is_some_and(|e| e == "md" || e == "right");
    let mut cases: Vec<PathBuf> = paths.filter(is_case).collect();
    cases.sort();
    assert!(cases.len() >= 31);
    let mut wrong = String::new();
    for path in cases {
        let name = path.file_name().unwrap().to_string_lossy();
        let made = summary(&name, &fs::read(&path).unwrap());
        let right = path.with_extension("right");
        if std::env::var_os("KOUAN_WRITE").is_some() {
            fs::write(&right, &made).unwrap();
        }
        let expected = fs::read_to_string(&right).unwrap_or_default();
        if made != expected {
            let _ = writeln!(wrong, "{name}\n--- right\n{expected}--- made\n{made}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Imports text and returns what was read.
fn read(text: &str) -> String {
    summary("neighbour.txt", text.as_bytes())
}

/// Returns the units, and doubts about them, of a bracket at the end of a measure.
fn bracket(content: &str) -> String {
    let text = format!(
        "某市2026年方案\n一、任务\n（一）做第一件事。认真做。（{content}）\n（二）做第二件事。认真做。（责任单位：市丁局）\n"
    );
    let told = read(&text);
    let first = told
        .lines()
        .find(|l| l.starts_with("1.1 "))
        .unwrap_or(&told);
    first.trim_start_matches("1.1  认真做。 | ").to_owned()
}

#[test]
fn neighbours_of_units_that_were_none() {
    for (content, right) in [
        // 按责任分工
        (
            "市甲局、市乙局按照各自职责分工负责",
            "units: 市甲局、市乙局 | duties: yes",
        ),
        (
            "市甲局、市乙局根据任务分工落实",
            "units: 市甲局、市乙局 | duties: yes",
        ),
        (
            "市甲局、市乙局在各自职责范围内负责",
            "units: 市甲局、市乙局 | duties: yes",
        ),
        // 等和, 及, 等分工
        (
            "市甲局等和各有关市级部门负责",
            "units: 市甲局、各有关市级部门",
        ),
        ("责任单位：市甲局和市乙局", "units: 市甲局、市乙局"),
        (
            "责任单位：市人力资源和社会保障局、市发展和改革委",
            "units: 市人力资源和社会保障局、市发展和改革委",
        ),
        (
            "责任单位：工业和信息化部以及文化和旅游部",
            "units: 工业和信息化部、文化和旅游部",
        ),
        // levels of government
        (
            "责任单位：市甲局，各区（市）、县政府",
            "units: 市甲局、各区（市）、县政府",
        ),
        (
            "责任单位：各地级以上市、县（市、区）人民政府，省甲厅",
            "units: 各地级以上市、县（市、区）人民政府、省甲厅",
        ),
        // rules
        (
            "责任单位：市甲局、市乙局［排在首位的为牵头单位，下同］",
            "units: 市甲局、市乙局 | lead: 市甲局",
        ),
        (
            "责任单位：市甲局。以下任务均由各区落实，不再单独注明",
            "units: 市甲局",
        ),
        // actions
        (
            "市甲局牵头，6月底前完成，并长期坚持",
            "units: 市甲局 | lead: 市甲局 | due: 2026-06-30",
        ),
        ("责任单位：市甲局，进一步完善制度", "units: 市甲局"),
        // nobody
        (
            "牵头单位：市甲局；配合单位：暂无",
            "units: 市甲局 | lead: 市甲局",
        ),
        (
            "牵头单位：市甲局；配合单位：——",
            "units: 市甲局 | lead: 市甲局",
        ),
        (
            "牵头单位：市甲局；配合单位：……",
            "units: 市甲局 | lead: 市甲局",
        ),
        // blanks
        (
            "责任单位：市甲局　市乙委　市丙办",
            "units: 市甲局、市乙委、市丙办",
        ),
        (
            "责任单位：中国 人民银行、市甲局",
            "units: 中国 人民银行、市甲局",
        ),
        // 主管部门
        (
            "市甲局、相关行业主管部门负责",
            "units: 市甲局、相关行业主管部门",
        ),
        ("市甲局、市级各主管部门", "units: 市甲局、市级各主管部门"),
        // deadlines
        (
            "责任单位：市甲局；完成时限：2026年9月底前印发并长期坚持",
            "units: 市甲局 | due: 2026-09-30",
        ),
        (
            "责任单位：市甲局；时间要求：2026-2028年",
            "units: 市甲局 | due: 2028-12-31",
        ),
        // traditional characters, English
        (
            "責任單位：市甲局、市乙局；完成時限：6月底",
            "units: 市甲局、市乙局 | due: 2026-06-30",
        ),
        (
            "主辦機關：市甲局；協辦機關：市乙局",
            "units: 市甲局、市乙局 | lead: 市甲局",
        ),
        (
            "Responsible: City Office, Port Group; Due: 2026-06-30",
            "units: City Office、Port Group | due: 2026-06-30",
        ),
    ] {
        assert_eq!(bracket(content), right, "{content}");
    }
}

#[test]
fn what_looks_like_an_assignment_and_is_not_read_is_named() {
    for (content, why) in [
        ("市甲局、市乙局、高质量发展", "import.doubt.not-units"),
        ("责任单位：由各部门根据情况确定", "import.doubt.not-units"),
        ("责任单位：市甲局；完成时限：立即", "import.doubt.due"),
        ("责任单位：市甲局；时间节点：每季度末", "import.doubt.due"),
        ("责任单位：市甲局，并抓好落实", "import.doubt.part"),
    ] {
        let text = format!(
            "某市方案\n一、任务\n（一）做第一件事。认真做。（{content}）\n（二）做第二件事。认真做。（责任单位：市丁局）\n"
        );
        let told = read(&text);
        assert!(told.contains(&format!("? 3 {why}")), "{content}: {told}");
    }
}

#[test]
fn neighbours_of_titles() {
    for (head, title) in [
        (
            "ABCD-2025-0001\n某市人民政府文件\n某政发〔2025〕1号\n\n某市人民政府关于印发\n某市若干措施的通知\n",
            "某市人民政府关于印发某市若干措施的通知",
        ),
        (
            "某市甲局文件\n某市乙局\n某甲〔2025〕8号\n\n某市甲局关于做好某事的通知\n",
            "某市甲局关于做好某事的通知",
        ),
        (
            "首页 > 政务公开 > 文件\n某市行动方案\n来源：某网\n某市2025年行动方案\n",
            "某市2025年行动方案",
        ),
        (
            "网站首页 | 无障碍 | 登录\n\n某市关于某事的意见\n",
            "某市关于某事的意见",
        ),
        (
            "关于印发《某产业发展行动\n计划》的通知\n",
            "关于印发《某产业发展行动计划》的通知",
        ),
    ] {
        let told = read(&format!(
            "{head}\n各区人民政府：\n现印发给你们。\n一、任务\n（一）做一件事。认真做。（责任单位：市甲局）\n"
        ));
        assert_eq!(
            told.lines().next(),
            Some(format!("title: {title}").as_str()),
            "{head}"
        );
    }
}

#[test]
fn neighbours_of_notices_and_of_measures_without_a_unit() {
    // An annex that is marked as one, with another kind of numbers.
    let told = read(
        "某市关于印发某方案的通知\n各区：\n一、要高度重视。\n二、要加强考核。\n附件\n某方案\n1.做甲。（责任单位：市甲局）\n2.做乙。（责任单位：市乙局）\n",
    );
    assert!(told.contains("title: 某市关于印发某方案的通知\n"), "{told}");
    assert!(
        told.contains("1.1  做甲。 | units: 市甲局\n2.1  做乙。 | units: 市乙局\n"),
        "{told}"
    );
    // A notice with assignments of its own stays the document.
    let told = read(
        "某市通知\n一、做甲。（责任单位：市甲局）\n二、做乙。（责任单位：市乙局）\n某市办公室\n2025年1月3日\n附件\n某表\n一、无人。\n",
    );
    assert!(told.contains("2.1  做乙。 | units: 市乙局"), "{told}");
    // Without a unit it can be ticked and is reported; text as high as a chapter is general.
    let told = read(
        "某市要点\n一、总体要求\n坚持稳中求进。\n二、任务\n（一）做甲。认真做。\n（二）做乙。认真做。（责任单位：市乙局）\n",
    );
    assert!(told.contains("measure: 做甲\n1.1  认真做。\n"), "{told}");
    assert!(told.contains("import.doubt.no-unit"), "{told}");
    assert!(!told.contains("1.1  坚持稳中求进"), "{told}");
}

#[test]
fn neighbours_of_lists() {
    let told = read("---\ntitle: \"Weekly\"\n---\n- [ ] One\n  note\n  - a\n- two\n- [X] Three\n");
    assert_eq!(
        told,
        "title: Weekly\nchapter: Weekly\n1.1 - [ ] One note | after: - a\n- two\n1.2 - [X] Three\n"
    );
    let told = read(
        "# Runbook\n\n* Before\n    1. back up\n    2. announce\n* After\n\n<!-- a\ncomment -->\n\n[Guide](x)\n",
    );
    assert_eq!(
        told,
        "title: Runbook\nchapter: Runbook\n1.1 * Before | after: 1. back up\n2. announce\n1.2 * After | after: [Guide](x)\n"
    );
    let told = read(
        "#+title: Trip\n* Pack\n** TODO Tent\n   DEADLINE: <2026-05-01 Fri>\n** DONE Maps\n* Go\n** NEXT Start\n",
    );
    assert_eq!(
        told,
        "title: Trip\nchapter: Pack\n1.1 ** TODO Tent | due: 2026-05-01\n1.2 ** DONE Maps\nchapter: Go\n2.1 ** NEXT Start\n"
    );
    let told = read(
        "# Plan\n\n- [ ] Buy it (Owner: Ann; Due: 2026-05-01)\n- [ ] Sell it\n  Responsible: Sales, Finance\n",
    );
    assert_eq!(
        told,
        "title: Plan\nchapter: Plan\n1.1 - [ ] Buy it | due: 2026-05-01 | owner: Ann\n1.2 - [ ] Sell it | units: Sales、Finance\n"
    );
}

#[test]
fn neighbours_of_tables() {
    // Merged groups become chapters; another kind of table stays text.
    let told = summary(
        "t.csv",
        "类别,任务,Owner,Due\n一类,做甲,Ann,2026-05-01\n,做乙,Bob,\n二类,做丙,,\n".as_bytes(),
    );
    assert_eq!(
        told,
        "title: t\nchapter: 一类\n1.1  做甲 | due: 2026-05-01 | owner: Ann\n1.2  做乙 | owner: Bob\nchapter: 二类\n2.1  做丙\n"
    );
    let told = summary("v.csv", b"chapter_id,chapter_name,section_id,section_name,req_id,req_description,L\nV1,Encoding,V1.1,Order,V1.1.1,Verify that input is decoded once.,2\nV1,Encoding,V1.1,Order,V1.1.2,Verify that output is encoded.,1\nV2,Logic,V2.1,Docs,V2.1.1,Verify that it is documented.,1\n");
    assert!(told.contains("chapter: V1 Encoding\nmeasure: V1.1 Order\n1.1 V1.1.1 Verify that input is decoded once. L: 2\n"), "{told}");
    assert!(
        told.contains(
            "chapter: V2 Logic\nmeasure: V2.1 Docs\n2.1 V2.1.1 Verify that it is documented. L: 1\n"
        ),
        "{told}"
    );
    // An annex table after a text with tasks of its own becomes a chapter with its title.
    let told = read(
        "某市方案\n一、任务\n（一）做甲。认真做。（责任单位：市甲局）\n\n某市分工表\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 做乙 | 市乙局 |\n| 2 | 做丙 | 无 |\n",
    );
    assert!(told.contains("chapter: 某市分工表\n"), "{told}");
    assert!(
        told.contains("做乙 | units: 市乙局") && told.contains("做丙\n"),
        "{told}"
    );
    // Numbers of any length.
    let rows = (995..1005).map(|n| format!("{n},做第{n}件事,市甲局\n"));
    let rows = rows.collect::<Vec<_>>().concat();
    let told = summary("n.csv", format!("序号,任务,责任单位\n{rows}").as_bytes());
    assert!(
        told.contains("1004.1  做第1004件事 | units: 市甲局\n"),
        "{told}"
    );
    // Done by its status, and a box.
    let page = "<html><body><h2>Plan</h2><table><tr><th>#</th><th>Task</th><th>Status</th></tr><tr><td>1</td><td>Do</td><td>Done</td></tr></table></body></html>";
    assert_eq!(
        summary("p.html", page.as_bytes()),
        "title: Plan\nchapter: Plan\n1.1 1. Do. Status: Done\n"
    );
}

#[test]
fn a_web_page_gives_what_its_text_gives() {
    let page = "<!doctype html><html><body><div class=\"nav\">首页 机构</div><div id=\"content\">\
        <p style=\"text-align:center\">某市若干措施</p><p>一、任务</p>\
        <p>（一）做甲。认真\n做好。（责任单位：市甲局）</p><p>（二）做乙。<br>（责任单位：市乙局）</p></div>\
        <div class=\"footer\">版权所有</div></body></html>";
    let text = "某市若干措施\n\n一、任务\n\n（一）做甲。认真做好。（责任单位：市甲局）\n\n（二）做乙。\n（责任单位：市乙局）\n";
    let (page, text) = (summary("a.html", page.as_bytes()), read(text));
    assert_eq!(page, text);
    assert!(page.contains("units: 市乙局"), "{page}");
}
