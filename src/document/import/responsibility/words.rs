//! The words of assignments: labels, verbs, and what a unit's name looks like. May use: `unit`.

use super::super::lines::is_blank;
use crate::document::unit::Units;
use std::ops::Range;

/// What a unit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// 责任单位, 负责
    Plain,
    /// 牵头, 主责, 主办
    Lead,
    /// 配合, 参与, 协办
    Support,
    /// 指导: says how, does not do it.
    Guide,
}

/// A label before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// 责任单位： and its kin.
    Role(Role),
    /// 责任人：, 责任领导：: persons follow, who count where no unit is named.
    Person,
    /// 适用范围：, 完成时限：: no units follow.
    Other,
}

const LEADING: [&str; 5] = ["牵头", "主责", "主办", "主要", "归口"];
const SUPPORTING: [&str; 7] = ["配合", "协办", "协助", "参与", "支持", "协同", "参加"];
#[rustfmt::skip]
const DOING: [&str; 10] = [
    "责任", "负责", "实施", "落实", "承办", "完成", "承担", "组织", "主管", "分工",
];
#[rustfmt::skip]
const NOUNS: [&str; 7] = [
    "单位", "部门", "主体", "机构", "处室", "科室", "股室",
];
const PERSONS: [&str; 2] = ["领导", "人"];
#[rustfmt::skip]
const OTHER: [&str; 6] = [
    "适用范围", "完成时间", "时间安排", "进度安排", "实施范围", "试点范围",
];
/// How other labels of deadlines end: 完成时限, 时限要求, 时间节点.
#[rustfmt::skip]
const TIMES: [&str; 7] = ["时限", "期限", "时限要求", "时间要求", "时间节点", "时间进度", "完成日期"];

/// Reads a label at the start of a text, its characters spaced or not (责 任 单 位：), in brackets of
/// its own (【责任单位】) or with 为 for its colon.
pub(super) fn label(text: &str) -> Option<(Label, &str)> {
    if let Some(inner) = text.strip_prefix(['【', '〔']) {
        let (word, rest) = split_early(inner, &['】', '〕'])?;
        let label = kind_of(word)?;
        return Some((label, rest.trim_start_matches(['：', ':'])));
    }
    let colon = |c: char| matches!(c, '：' | ':');
    if !text.chars().take(30).any(colon) {
        let (word, rest) = split_early(text, &['为'])?;
        let label = kind_of(word).filter(|_| !word.contains("第一") && !word.contains('首'))?;
        return Some((label, rest));
    }
    let mut word = String::new();
    for (i, c) in text.char_indices().take(30) {
        match c {
            '：' | ':' => {
                let rest = text.get(i + c.len_utf8()..)?;
                return kind_of(&word).map(|l| (l, rest));
            }
            c if is_blank(c) => {}
            c if word.len() >= 36 || !is_word(c) => return None,
            c => word.push(c),
        }
    }
    None
}

/// Splits a text after a word of at most a label's length.
fn split_early<'a>(text: &'a str, ends: &[char]) -> Option<(&'a str, &'a str)> {
    let (at, end) = text
        .char_indices()
        .take(12)
        .find(|(_, c)| !is_word(*c) || ends.contains(c))?;
    let rest = text.get(at + end.len_utf8()..)?;
    ends.contains(&end).then_some((text.get(..at)?, rest))
}

/// Tells whether a character may stand in a label: it is no punctuation, and no letter or digit.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !c.is_ascii()
}

fn kind_of(word: &str) -> Option<Label> {
    let starts = |words: &[&str]| words.iter().any(|w| word.contains(w));
    if OTHER.contains(&word) || TIMES.iter().any(|t| word.ends_with(t)) {
        return Some(Label::Other);
    }
    // 主责：, 协办： stand alone; 责任 and 落实 need a noun, or any sentence would do.
    let noun = NOUNS.iter().any(|n| word.ends_with(n));
    let person = PERSONS.iter().any(|n| word.ends_with(n));
    if person && (starts(&DOING) || starts(&LEADING) || starts(&SUPPORTING)) {
        return Some(Label::Person);
    }
    let alone = word.chars().count() <= 2;
    let role = if starts(&["指导"]) {
        Role::Guide
    } else if starts(&LEADING) && (noun || alone) {
        Role::Lead
    } else if starts(&SUPPORTING) {
        Role::Support
    } else if starts(&DOING) {
        Role::Plain
    } else {
        return None;
    };
    (noun || (alone && word != "完成" && word != "组织")).then_some(Label::Role(role))
}

/// The end of a part of a bracket, taken off: what the units before it do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verb<'a> {
    /// What is left: the names.
    pub rest: &'a str,
    pub role: Option<Role>,
    pub by_duties: bool,
}

/// Verbs at the end of a part, the longer of two that end alike first.
#[rustfmt::skip]
const VERBS: [(&str, Option<Role>); 28] = [
    ("负责", Some(Role::Plain)), ("落实", Some(Role::Plain)), ("实施", Some(Role::Plain)),
    ("承担", Some(Role::Plain)), ("承办", Some(Role::Plain)), ("抓好", Some(Role::Plain)),
    ("推进", Some(Role::Plain)), ("完成", Some(Role::Plain)), ("牵头", Some(Role::Lead)),
    ("主责", Some(Role::Lead)), ("主办", Some(Role::Lead)), ("参与", Some(Role::Support)),
    ("参加", Some(Role::Support)), ("配合", Some(Role::Support)), ("协助", Some(Role::Support)),
    ("协同", Some(Role::Support)), ("协办", Some(Role::Support)), ("支持", Some(Role::Support)),
    ("指导", Some(Role::Guide)), ("组织", None), ("共同", None),
    ("分别", None), ("具体", None), ("统筹", None),
    ("联合", None), ("推动", None), ("为主", None),
    ("主要", None),
];

/// 按职责分工 and its kin.
#[rustfmt::skip]
const BY_DUTIES: [&str; 16] = [
    "按照各自职责分工", "按各自职责分工", "根据职责分工", "按照职责分工", "依据职责分工",
    "依职责分工", "按职责分工", "按照各自职责", "按各自职责", "在各自职责范围内",
    "在职责范围内", "按照职责", "依照职责", "按职责", "依职责", "按分工",
];

/// Takes the verbs off the end of a part; 牵头负责 is 牵头.
pub(super) fn strip_verbs(text: &str) -> Verb<'_> {
    let mut verb = Verb {
        rest: text.trim_end_matches(is_blank),
        ..Verb::default()
    };
    loop {
        let before = verb.rest;
        if let Some(rest) = BY_DUTIES.iter().find_map(|d| verb.rest.strip_suffix(d)) {
            verb.rest = rest;
            verb.by_duties = true;
        } else if verb.by_duties && verb.rest.ends_with("分工") {
            verb.rest = verb.rest.trim_end_matches("分工");
        } else if let Some((rest, role)) = VERBS
            .iter()
            .find_map(|(word, role)| Some((verb.rest.strip_suffix(word)?, *role)))
        {
            verb.rest = rest;
            // The word nearest to the names says what they do.
            verb.role = role.or(verb.role);
        }
        verb.rest = verb.rest.trim_end_matches(is_blank);
        if verb.rest == before {
            break;
        }
    }
    if verb.role.is_some() {
        verb.rest = verb.rest.strip_prefix('由').unwrap_or(verb.rest);
    }
    verb
}

/// Tells whether a bracket without a label may be an assignment, by its last words or its form.
pub(super) fn hints(content: &str) -> bool {
    let content = content.trim_end_matches(|c| is_blank(c) || c == '。');
    let verb = |text: &str| {
        let found = strip_verbs(text);
        found.role.is_some() || found.by_duties
    };
    // A bare list ends with a unit's name; a rule or a deadline may follow the verb.
    verb(content)
        || is_named_like_unit(content.trim_end_matches('等'))
        || content
            .split(['，', '。', '；', ',', ';'])
            .take(40)
            .any(verb)
}

/// 列第一位者为牵头单位, 排在第一位的部门为牵头部门, 首位为牵头单位.
pub(super) fn is_first_leads(text: &str) -> bool {
    let first = [
        "第一位",
        "首位",
        "排第一",
        "列第一",
        "第一个",
        "排名第一",
        "居首",
        "排首",
        "排名首",
        "第一责任",
        "第一的",
    ];
    (text.contains("牵头") || text.contains("主责"))
        && text.contains('为')
        && first.iter().any(|f| text.contains(f))
}

/// 以下均需试点城市政府落实, 不再列出, 不再一一列出.
pub(super) fn is_later_rule(text: &str) -> bool {
    text.starts_with("以下") || text.contains("不再列出") || text.contains("不再一一列")
}

/// Splits a list of names at 、 / and 会同 outside of nested brackets; 各省、自治区、直辖市人民政府 is
/// one name.
pub(super) fn names(list: &str) -> impl Iterator<Item = &str> {
    let parts = parts(list);
    let mut names = Vec::with_capacity(parts.len());
    let mut i = 0;
    while let Some(first) = parts.get(i) {
        let more = levels(list, parts.get(i..).unwrap_or_default());
        let end = parts.get(i + more).unwrap_or(first).end;
        names.extend(list.get(first.start..end));
        i += more + 1;
    }
    names.into_iter().flat_map(|name| name.split("会同"))
}

fn parts(list: &str) -> Vec<Range<usize>> {
    let (mut depth, mut start) = (0usize, 0);
    let mut out = Vec::new();
    for (i, c) in list.char_indices() {
        match c {
            '（' | '(' | '〔' | '【' => depth += 1,
            '）' | ')' | '〕' | '】' => depth = depth.saturating_sub(1),
            '、' | '/' | '／' | '|' | '\n' if depth == 0 => {
                out.push(start..i);
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(start..list.len());
    out
}

/// Returns how many of the parts after the first belong to it, since it only begins to list levels of
/// government.
fn levels(list: &str, parts: &[Range<usize>]) -> usize {
    const MOST: usize = 5;
    let is_level = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| "各省自治区直辖市县州盟旗计划单列及和（）()、".contains(c))
    };
    let mut texts = parts
        .iter()
        .map(|p| list.get(p.clone()).unwrap_or_default());
    if !texts
        .next()
        .is_some_and(|t| t.starts_with('各') && is_level(t))
    {
        return 0;
    }
    for (more, text) in (1..MOST).zip(texts) {
        let before = ["人民政府", "政府", "管委会"]
            .iter()
            .find_map(|g| text.split_once(g));
        if before.is_some_and(|(before, _)| is_level(before) && !before.starts_with('各')) {
            return more;
        }
        if !is_level(text) || text.starts_with('各') {
            break;
        }
    }
    0
}

#[rustfmt::skip]
const AND_OTHERS: [&str; 9] = [
    "等有关部门和单位", "等有关部门", "等相关部门", "等有关单位", "等相关单位", "等部门和单位",
    "等部门", "等单位", "等",
];

/// Returns a name without 等 and quotes, and whether a bracket in it says that it leads.
pub(super) fn tidy(name: &str) -> (&str, bool) {
    let around = |c: char| is_blank(c) || matches!(c, '“' | '”' | '"' | '：' | ':' | '。' | '*');
    let mut name = name.trim_matches(around);
    let mut leads = false;
    for mark in [
        "（牵头）",
        "(牵头)",
        "（牵头单位）",
        "（牵头部门）",
        "（主责）",
    ] {
        if let Some(rest) = name.strip_suffix(mark) {
            name = rest;
            leads = true;
        }
    }
    let name = AND_OTHERS
        .iter()
        .find_map(|e| name.strip_suffix(e))
        .unwrap_or(name);
    (name.trim_matches(around), leads)
}

/// How the names of offices, enterprises and groups of them end.
#[rustfmt::skip]
const ENDINGS: [&str; 78] = [
    "部", "委", "局", "署", "厅", "办", "院", "会", "司", "处", "总站", "支队", "总队", "中心",
    "集团", "公司", "银行", "海关", "关区", "港务", "机场", "政府", "组", "企业", "单位",
    "部门", "机构", "联盟", "专班", "工商联", "妇联", "残联", "科协", "文联", "检察院", "法院",
    "大学", "学校", "电视台", "边检站", "管委", "园区", "开发区", "新区", "各区", "区县",
    "各市", "市县", "县级市", "街道", "乡镇", "各县", "中国信保", "总社", "人行", "研究所",
    "边检", "办公室", "地区", "各省", "中央", "分行", "支行", "镇街", "街镇", "国企", "功能区",
    "自贸区", "试验区", "保税区", "高新区", "经开区", "各镇", "各部", "科", "所", "大队", "中队",
];

/// How the names of offices end that are nothing else.
#[rustfmt::skip]
const OFFICES: [&str; 16] = [
    "局", "委", "厅", "署", "海关", "政府", "办", "公司", "银行", "支行", "分行", "管委会",
    "集团", "总站", "委员会", "办公室",
];

/// Tells whether a name ends as those of offices do, and of nothing else.
pub(super) fn is_office(name: &str) -> bool {
    OFFICES.iter().any(|o| name.ends_with(o))
}

/// What no unit's name holds: it is a sentence.
#[rustfmt::skip]
const SENTENCE: [&str; 12] = [
    "由", "的", "应当", "可以", "不得", "是", "详见", "谁", "以及其", "根据", "凡", "免于",
];

/// Tells whether a name is one that is known, or ends as units' names do.
pub(super) fn is_like_unit(name: &str, units: &Units) -> bool {
    units.find(name).is_some() || (!is_sentence(name) && is_named_like_unit(name))
}

/// Tells whether a name is none, but part of a sentence, or a label.
pub(super) fn is_sentence(name: &str) -> bool {
    kind_of(name).is_some()
        || !(2..=40).contains(&name.chars().count())
        || SENTENCE.iter().any(|w| name.contains(w))
}

fn is_named_like_unit(name: &str) -> bool {
    // 市市场监管局（市知识产权局）: the name before the bracket counts as well.
    let name = name.trim_end_matches(['）', ')', '〕', '】']);
    let outer = name.split(['（', '(', '〔', '【']).next().unwrap_or(name);
    ENDINGS
        .iter()
        .any(|e| name.ends_with(e) || outer.ends_with(e))
}
