//! The numbers of chapters, measures and items: 一、 （一） 1. 第一条.

use super::lines::is_blank;
use crate::{
    document::numeral::{HAN, from_han},
    text::half_width,
};

/// Kinds of numbering, in their usual order of nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum LabelKind {
    /// A heading without a number, if no chapter has one.
    Heading,
    /// 第一章 (编, 篇, 部分)
    Part,
    /// 第一节
    Section,
    /// 一、
    Han,
    /// 第一条
    Article,
    /// A heading without a number, if some chapters have one.
    Subheading,
    /// （一）
    ParenHan,
    /// 1. 1． 1、
    Dot,
    /// (1) （1） 1)
    Paren,
}

/// A number at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub kind: LabelKind,
    pub number: u32,
    /// Its length in bytes, without following white space.
    pub len: usize,
}

/// Reads the number at the beginning of a line.
pub(super) fn read(line: &str) -> Option<Label> {
    let first = line.chars().next()?;
    let (kind, number, rest) = match first {
        '第' => ordinal(line)?,
        '（' | '(' => bracketed(line)?,
        c if HAN.contains(c) => {
            let (number, rest) = from_han(line)?;
            let rest = rest.strip_prefix(['、', '．', '.'])?;
            (LabelKind::Han, number, rest)
        }
        c if c.is_numeric() => arabic_item(line)?,
        _ => return None,
    };
    Some(Label {
        kind,
        number,
        len: line.len() - rest.len(),
    })
}

fn ordinal(line: &str) -> Option<(LabelKind, u32, &str)> {
    let rest = line.strip_prefix('第')?;
    let (number, rest) = from_han(rest).or_else(|| arabic(rest))?;
    let (kind, rest) = match rest.chars().next()? {
        '章' | '编' | '編' | '篇' => (
            LabelKind::Part,
            rest.strip_prefix(['章', '编', '編', '篇'])?,
        ),
        '节' | '節' => (LabelKind::Section, rest.strip_prefix(['节', '節'])?),
        '条' | '條' => (LabelKind::Article, rest.strip_prefix(['条', '條'])?),
        _ => (LabelKind::Part, rest.strip_prefix("部分")?),
    };
    // 第一条线路, 第三章节 are words; after a number comes a blank, punctuation or nothing.
    let head = rest
        .chars()
        .next()
        .is_none_or(|c| is_blank(c) || matches!(c, '：' | ':' | '、' | '.' | '．' | '【' | '（'));
    head.then_some((kind, number, rest))
}

fn bracketed(line: &str) -> Option<(LabelKind, u32, &str)> {
    let rest = line.strip_prefix(['（', '('])?.trim_start_matches(is_blank);
    let (kind, (number, rest)) = match from_han(rest) {
        Some(found) => (LabelKind::ParenHan, found),
        None => (LabelKind::Paren, arabic(rest)?),
    };
    let rest = rest
        .trim_start_matches(is_blank)
        .strip_prefix(['）', ')'])?;
    Some((kind, number, rest.strip_prefix('、').unwrap_or(rest)))
}

fn arabic_item(line: &str) -> Option<(LabelKind, u32, &str)> {
    let (number, rest) = arabic(line)?;
    if let Some(rest) = rest.strip_prefix(['）', ')']) {
        return Some((LabelKind::Paren, number, rest));
    }
    let rest = rest.strip_prefix(['.', '．', '、'])?;
    // 1.5倍, 2025.6 are numbers in the text.
    let text = !rest.starts_with(|c: char| c.is_ascii_digit());
    (number > 0 && text).then_some((LabelKind::Dot, number, rest))
}

/// Reads up to three digits, half or full width.
fn arabic(text: &str) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c| digit(c).is_some());
    let digits = text.get(..text.len() - rest.len())?;
    let few = (1..=3).contains(&digits.chars().count());
    let number = digits.chars().filter_map(digit).fold(0, |n, d| n * 10 + d);
    few.then_some((number, rest))
}

fn digit(c: char) -> Option<u32> {
    half_width(c).to_digit(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::numeral::to_han;

    #[test]
    fn every_form_is_read() {
        for (line, kind, number, label) in [
            ("一、甲", LabelKind::Han, 1, "一、"),
            ("二十一、甲", LabelKind::Han, 21, "二十一、"),
            ("（十）甲", LabelKind::ParenHan, 10, "（十）"),
            ("(三) 甲", LabelKind::ParenHan, 3, "(三)"),
            ("1. 甲", LabelKind::Dot, 1, "1."),
            ("12．甲", LabelKind::Dot, 12, "12．"),
            ("３、甲", LabelKind::Dot, 3, "３、"),
            ("（1）甲", LabelKind::Paren, 1, "（1）"),
            ("2)甲", LabelKind::Paren, 2, "2)"),
            ("第三条 甲", LabelKind::Article, 3, "第三条"),
            ("第一章　总则", LabelKind::Part, 1, "第一章"),
            ("第二部分：甲", LabelKind::Part, 2, "第二部分"),
        ] {
            let read = read(line).expect(line);
            assert_eq!((read.kind, read.number), (kind, number), "{line}");
            assert_eq!(line.get(..read.len), Some(label));
        }
    }

    #[test]
    fn a_number_in_the_text_is_not_a_label() {
        for line in [
            "1.5倍",
            "2025年",
            "2025.6月",
            "一是甲",
            "第一条线路",
            "（1公里）",
            "(三甲)",
            "十",
            "0.甲",
            "",
            "第一次",
            "12",
            "（汽车）",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn chinese_numbers_go_both_ways() {
        for n in 1..1000 {
            let text = format!("{}、", to_han(n));
            assert_eq!(read(&text).map(|l| l.number), Some(n), "{text}");
        }
    }
}
