//! Tests of reading brackets.

use super::*;

const CLEAR: ReadingPlace = ReadingPlace {
    bracketed: true,
    after_sentence: true,
    after_stop: true,
    is_last: true,
};

fn taken(content: &str) -> Reading {
    read(content, CLEAR, Some(2030), Units::builtin())
        .and_then(Result::ok)
        .unwrap_or_else(|| panic!("{content}"))
}

#[test]
fn what_a_bracket_says_is_read() {
    for (content, units, lead) in [
        ("责任单位：甲海关、市商务局等", "甲海关 市商务局", ""),
        (
            "牵头单位:甲海关;配合单位:市商务局",
            "甲海关 市商务局",
            "甲海关",
        ),
        (
            "甲海关牵头，市商务局、市公安局参与",
            "甲海关 市商务局 市公安局",
            "甲海关",
        ),
        ("甲海关会同市商务局负责", "甲海关 市商务局", "甲海关"),
        (
            "责任单位：市商务局（牵头）、甲海关",
            "市商务局 甲海关",
            "市商务局",
        ),
        (
            "国务院相关部门及各地区按职责分工负责",
            "国务院相关部门及各地区",
            "",
        ),
        (
            "市数据局负责。列第一位者为牵头单位，下同",
            "市数据局",
            "市数据局",
        ),
        ("责任单位：市发改委、市发展改革委", "市发展改革委", ""),
        (
            "商务部牵头，各省、自治区、直辖市人民政府和有关部门按职责分工负责",
            "商务部 各省、自治区、直辖市人民政府和有关部门",
            "商务部",
        ),
        (
            "责任单位：市商务局、各市、县（市、区）人民政府、各区、市管委会",
            "市商务局 各市、县（市、区）人民政府 各区、市管委会",
            "",
        ),
        ("责任单位：各区、县级市", "各区 县级市", ""),
        (
            "责任单位：各区人民政府、市商务局",
            "各区人民政府 市商务局",
            "",
        ),
        (
            "责任单位:市商务局、甲海关(第一责任单位为牵头单位,下同)",
            "市商务局 甲海关",
            "市商务局",
        ),
        (
            "商务部牵头，财政部等按职责分工负责，9月底前完成相关工作，年内持续推进",
            "商务部 财政部",
            "商务部",
        ),
        (
            "责任单位：市商务局；完成时限：6月底印发方案，年底取得实效",
            "市商务局",
            "",
        ),
        (
            "工业和信息化部、文化和旅游部",
            "工业和信息化部 文化和旅游部",
            "",
        ),
    ] {
        let reading = taken(content);
        assert_eq!(reading.units.join(" "), units, "{content}");
        assert_eq!(reading.lead.join(" "), lead, "{content}");
    }
}

#[test]
fn guidance_alone_and_a_deadline_alone_are_not_tasks() {
    assert!(taken("商务部指导").guidance);
    assert!(!taken("商务部指导，供销合作总社参与").guidance);
    assert!(taken("完成时限：6月底").supplement);
    assert!(taken("甲海关负责").is_task());
}

#[test]
fn a_rule_that_is_not_applied_is_kept_verbatim() {
    let reading = taken("甲部指导，试点城市政府负责落实。以下均需试点城市政府落实，不再列出");
    assert_eq!(
        reading.later.as_deref(),
        Some("以下均需试点城市政府落实，不再列出")
    );
}

#[test]
fn a_false_friend_is_refused_or_not_even_looked_at() {
    let within = ReadingPlace {
        bracketed: true,
        after_sentence: false,
        after_stop: false,
        is_last: false,
    };
    let read = |content, place| super::read(content, place, None, Units::builtin());
    assert_eq!(read("甲海关负责", within), Some(Err(IN_SENTENCE)));
    assert_eq!(read("谁主管谁负责", CLEAR), Some(Err(NOT_UNITS)));
    assert_eq!(read("具体由各部门负责", CLEAR), Some(Err(NOT_UNITS)));
    assert_eq!(read("责任单位：", CLEAR), Some(Err(NOT_UNITS)));
    assert_eq!(read("新疆、内蒙", CLEAR), None);
    assert_eq!(read("市商务局", within), None);
    let last = ReadingPlace {
        is_last: true,
        ..within
    };
    assert!(read("甲海关、市商务局", last).is_some_and(|r| r.is_ok()));
    assert_eq!(read("汽车企业、贸易企业", last), None);
    assert_eq!(read("贸易企业", last), None);
    for content in ["汽车、摩托车", "PPP", "免于办理进口药品通关单", ""] {
        assert!(!is_candidate(content), "{content}");
    }
}
