//! The words of assignments: labels, verbs, and the form of units' names.

use super::super::lines::is_blank;
use crate::{
    document::{
        unit::Units,
        vocabulary::{self as of, UnitRole, vocabulary},
    },
    text::simplified::{simplified, simplify},
};
use std::ops::Range;

/// A label before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum ColonLabel {
    /// 责任单位： and the like.
    Role(UnitRole),
    /// 责任人：, 责任领导：: persons follow, who count if no unit is named.
    Person,
    /// 完成时限：: a deadline follows.
    Time,
    /// 适用范围：: no units follow.
    Other,
}

/// Reads a label at the start of a text, with or without blanks between its characters (责 任 单
/// 位：), in brackets of its own (【责任单位】), in bold (`**责任单位**：`) or with 为 instead of a
/// colon; in simplified or traditional characters, or English.
pub(super) fn label(text: &str) -> Option<(ColonLabel, &str)> {
    let text = text.trim_start_matches(['*', '_']);
    if let Some(inner) = text.strip_prefix(['【', '〔']) {
        let (word, rest) = split_early(inner, &['】', '〕'])?;
        let label = kind_of(&simplify(word))?;
        return Some((label, rest.trim_start_matches(['：', ':'])));
    }
    let colon = |c: char| matches!(c, '：' | ':');
    if !text.chars().take(30).any(colon) {
        let (word, rest) = split_early(text, &['为', '為'])?;
        let word = simplify(word);
        let label = kind_of(&word).filter(|_| !word.contains("第一") && !word.contains('首'))?;
        return Some((label, rest));
    }
    let (word, rest) = text.split_once(colon)?;
    let rest = rest.strip_prefix("**").unwrap_or(rest);
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return english(word).map(|label| (label, rest));
    }
    let mut tight = String::new();
    for c in word.chars() {
        match c {
            c if is_blank(c) || c == '*' => {}
            c if tight.len() >= 36 || !is_word(c) => return None,
            c => tight.push(simplified(c)),
        }
    }
    kind_of(&tight).map(|label| (label, rest))
}

/// Returns the meaning of an English label: `Responsible`, `Owner`, `Due date`.
pub(in super::super) fn english(word: &str) -> Option<ColonLabel> {
    let words = vocabulary();
    let word = word.trim().trim_end_matches(['*', '_']).to_lowercase();
    let is = |list: &[String]| of::is_one(&word, list);
    if is(&words.english_owners) {
        Some(ColonLabel::Person)
    } else if is(&words.english_due) {
        Some(ColonLabel::Time)
    } else if is(&words.english_units) {
        Some(ColonLabel::Role(UnitRole::Plain))
    } else if is(&words.english_lead) {
        Some(ColonLabel::Role(UnitRole::Lead))
    } else {
        is(&words.english_support).then_some(ColonLabel::Role(UnitRole::Support))
    }
}

fn split_early<'a>(text: &'a str, ends: &[char]) -> Option<(&'a str, &'a str)> {
    let (at, end) = text
        .char_indices()
        .take(12)
        .find(|(_, c)| !is_word(*c) || ends.contains(c))?;
    let rest = text.get(at + end.len_utf8()..)?;
    ends.contains(&end).then_some((text.get(..at)?, rest))
}

/// Returns whether a character can be in a Chinese label: a letter that is not ASCII.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !c.is_ascii()
}

/// Returns the meaning of a label in simplified characters.
pub(in super::super) fn kind_of(word: &str) -> Option<ColonLabel> {
    let words = vocabulary();
    if of::ends(word, &words.times) {
        return Some(ColonLabel::Time);
    }
    if of::is_one(word, &words.others) {
        return Some(ColonLabel::Other);
    }
    // 主责：, 协办： are labels by themselves; 责任 and 落实 need a noun, or any sentence would do.
    let noun = of::ends(word, &words.nouns);
    let person = of::ends(word, &words.persons);
    let has = |list: &[String]| of::has(word, list);
    if person && (has(&words.doing) || has(&words.leading) || has(&words.supporting)) {
        return Some(ColonLabel::Person);
    }
    let alone = word.chars().count() <= 2;
    let role = if has(&words.guiding) {
        UnitRole::Guide
    } else if has(&words.leading) && (noun || alone) {
        UnitRole::Lead
    } else if has(&words.supporting) {
        UnitRole::Support
    } else if has(&words.doing) {
        UnitRole::Plain
    } else {
        return None;
    };
    (noun || (alone && word != "完成" && word != "组织")).then_some(ColonLabel::Role(role))
}

/// Verbs split off part of a bracket: what the units before them do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verb<'a> {
    /// The names.
    pub rest: &'a str,
    pub role: Option<UnitRole>,
    pub by_duties: bool,
}

/// Splits the verbs off the end; 牵头负责 is 牵头.
pub(super) fn strip_verbs(text: &str) -> Verb<'_> {
    let mut verb = Verb {
        rest: text.trim_end_matches(is_blank),
        ..Verb::default()
    };
    loop {
        let before = verb.rest;
        if let Some(rest) = strip_duties(verb.rest) {
            verb.rest = rest;
            verb.by_duties = true;
        } else if let Some((rest, role)) = vocabulary()
            .verbs
            .iter()
            .find_map(|(word, role)| Some((verb.rest.strip_suffix(word.as_str())?, *role)))
        {
            verb.rest = rest;
            // The word nearest to the names decides.
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

/// Splits off 按职责分工, 按照各自责任分工, 在职责范围内, 按分工.
fn strip_duties(text: &str) -> Option<&str> {
    let words = vocabulary();
    if let Some(rest) = text.strip_suffix("按分工") {
        return Some(rest);
    }
    let end = of::without_end(text, &words.duties_ends).unwrap_or(text);
    let end = of::without_end(end, &words.duties)?;
    let end = of::without_end(end, &words.duties_own).unwrap_or(end);
    of::without_end(end, &words.duties_by)
}

/// Returns whether a bracket without a label may be an assignment, by its last words or its form.
pub(super) fn hints(content: &str) -> bool {
    let content = simplify(content.trim_end_matches(|c| is_blank(c) || c == '。'));
    let verb = |text: &str| {
        let found = strip_verbs(text);
        found.role.is_some() || found.by_duties
    };
    // A bare list ends with a unit's name; a rule or deadline may follow the verb.
    verb(&content)
        || is_named_like_unit(content.trim_end_matches('等'))
        || content
            .split(['，', '。', '；', ',', ';'])
            .take(40)
            .any(verb)
        // If several names of a list are like units, it is read, and reported if it is not an
        // assignment.
        || content.split('、').take(40).filter(|n| is_named_like_unit(n)).count() > 1
}

/// Returns whether a text is the rule 列第一位者为牵头单位, 排在第一位的部门为牵头部门,
/// 首位为牵头单位.
pub(super) fn is_first_leads(text: &str) -> bool {
    (text.contains("牵头") || text.contains("主责"))
        && text.contains('为')
        && of::has(text, &vocabulary().first)
}

/// Returns whether a text is a rule for what follows: 以下均需试点城市政府落实, 不再列出,
/// 不再单独列出.
pub(super) fn is_later_rule(text: &str) -> bool {
    let silent = |text: &str| {
        ["列", "标注", "说明", "注明"]
            .iter()
            .any(|w| text.contains(w))
    };
    text.starts_with("以下") && !text.starts_with("以下同") && !text.starts_with("以下简称")
        || text
            .split_once("不再")
            .is_some_and(|(_, rest)| silent(rest))
}

/// Splits a list of names at 、 / and 会同 outside nested brackets, and at a blank or 和 between
/// two units; 各省、自治区、直辖市人民政府 is one name.
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
    let apart = names.into_iter().flat_map(|name| name.split("会同"));
    apart.flat_map(units_apart)
}

/// Splits 市甲局 市乙局, 省甲委及相关省级部门 and 乙部等和各有关省级人民政府: between an office and
/// another unit.
fn units_apart(name: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    for (i, c) in name.char_indices() {
        match c {
            '（' | '(' | '〔' | '【' | '［' | '[' => depth += 1,
            '）' | ')' | '〕' | '】' | '］' | ']' => depth = depth.saturating_sub(1),
            ' ' | '\u{3000}' | '\t' | '和' | '及' | '与' if depth == 0 => {
                let left = name.get(start..i).unwrap_or_default();
                let right = name.get(i + c.len_utf8()..).unwrap_or_default();
                let left = left.strip_suffix('以').unwrap_or(left);
                if parts_units(left, right, is_blank(c)) {
                    out.push(left);
                    start = i + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    out.push(name.get(start..).unwrap_or_default());
    out
}

fn parts_units(left: &str, right: &str, by_blank: bool) -> bool {
    let words = vocabulary();
    let named = left.trim().trim_end_matches('等');
    let open_group = named.len() == left.trim().len()
        && (named.starts_with('各') || named.contains("相关") || named.contains("有关"));
    let next = right.trim_start_matches(is_blank);
    let next = next.split([' ', '\u{3000}']).next().unwrap_or(next);
    named.chars().count() >= 2
        && of::ends(named, &words.closed)
        && !of::ends(named, &words.not_closed)
        && (by_blank || !open_group)
        && next.chars().count() >= 2
        && (is_named_like_unit(next.trim_end_matches('等')) || strip_verbs(next).role.is_some())
        && !of::begins(next, &words.deeds)
}

fn parts(list: &str) -> Vec<Range<usize>> {
    let (mut depth, mut start) = (0usize, 0);
    let mut out = Vec::new();
    for (i, c) in list.char_indices() {
        match c {
            '（' | '(' | '〔' | '【' | '［' | '[' => depth += 1,
            '）' | ')' | '〕' | '】' | '］' | ']' => depth = depth.saturating_sub(1),
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

/// Returns how many of the following parts belong to the first, which only begins to list levels of
/// government: 各省、自治区…人民政府, 各设区市、县（市、区）人民政府.
fn levels(list: &str, parts: &[Range<usize>]) -> usize {
    const MOST: usize = 5;
    let of_levels = |c| "各省自治区直辖市县州盟旗计划单列设党委及和（）()〔〕［］、".contains(c);
    let is_level =
        |text: &str| !text.is_empty() && text.replace("地级以上", "").chars().all(of_levels);
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
    let name = of::without_end(name, &vocabulary().and_others).unwrap_or(name);
    (name.trim_matches(around), leads)
}

/// Returns whether a name means nobody: 无, ……, —, /.
pub(in super::super) fn is_nobody(name: &str) -> bool {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    !name.chars().any(char::is_alphanumeric)
        || of::is_one(&name.to_ascii_lowercase(), &vocabulary().nobody)
}

/// Returns whether a name ends like an office and nothing else.
pub(super) fn is_office(name: &str) -> bool {
    of::ends(name, &vocabulary().offices)
}

/// Returns whether a name is known, or ends like a unit.
pub(super) fn is_like_unit(name: &str, units: &Units) -> bool {
    units.find(name).is_some() || (!is_sentence(name) && is_named_like_unit(name))
}

/// Returns whether a name is part of a sentence, a label, or too long.
pub(super) fn is_sentence(name: &str) -> bool {
    cannot_be(name) || !(2..=40).contains(&name.chars().count())
}

/// Returns whether the words of a name rule out a unit: a label, an action, part of a sentence.
pub(super) fn cannot_be(name: &str) -> bool {
    let words = vocabulary();
    // 各行业主管部门 is a unit, 责任单位 a label.
    let begins_label = [
        &words.leading,
        &words.supporting,
        &words.guiding,
        &words.doing,
    ]
    .iter()
    .any(|list| of::begins(name, list))
        || name.starts_with("第一");
    begins_label && !name.starts_with("主管") && kind_of(name).is_some()
        || of::has(name, &words.sentence)
        || of::begins(name, &words.deeds)
}

fn is_named_like_unit(name: &str) -> bool {
    // 市市场监管局（市知识产权局）: the name before the bracket counts as well.
    let name = name.trim_end_matches(['）', ')', '〕', '】']);
    let outer = name.split(['（', '(', '〔', '【']).next().unwrap_or(name);
    let endings = &vocabulary().endings;
    of::ends(name, endings) || of::ends(outer, endings)
}
