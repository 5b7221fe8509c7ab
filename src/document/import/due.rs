//! Deadlines inside brackets: 6月底完成, 2025年底前, 长期坚持.

use crate::{
    day,
    document::vocabulary::{self as of, vocabulary},
};

/// A deadline as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReadDue {
    /// A date (`2030-06-30`) or `long`.
    Known(String),
    /// A day without a year, and the document names none.
    NoYear,
    /// Text after a deadline label that is not one: 立行立改.
    Unread,
}

/// A year for days of a document that names none; all days exist in it.
const LEAP: i16 = 2024;

/// Reads part of a bracket as a deadline; `year` is the document's own. After a label of its own
/// (完成时限：) text following the day is ignored.
pub(super) fn read(text: &str, year: Option<i16>, labelled: bool) -> Option<ReadDue> {
    if text.len() > 60 {
        return None;
    }
    let words = vocabulary();
    let mut text = text.trim().trim_matches(['<', '>', '[', ']']);
    while let Some(rest) = of::without_start(text, &words.before_due) {
        text = rest.trim_start_matches([' ', ':', '：']);
    }
    if of::begins(text, &words.long) {
        return Some(ReadDue::Known("long".to_owned()));
    }
    let text = day::spelled(last_of_years(text));
    let (printed, text) = match leading_year(&text) {
        Some((year, rest)) => (Some(year), rest),
        None => (None, text.as_str()),
    };
    let (named, tail) = split(text, printed.is_some())?;
    if !(labelled && printed.is_some() || is_tail(tail)) {
        return None;
    }
    match printed.or(year) {
        Some(year) => day::in_year(named, year).map(|d| ReadDue::Known(d.to_string())),
        None => day::in_year(named, LEAP).map(|_| ReadDue::NoYear),
    }
}

/// Splits off a part of the year: 6月, 三季度; `None` if it is the year itself.
fn split(text: &str, has_year: bool) -> Option<(&str, &str)> {
    let part = |c: char| c.is_ascii_digit() || "年月日号第季度上中下旬半-./".contains(c);
    let text = text.strip_prefix(['今', '当', '本']).unwrap_or(text);
    let tail = text.trim_start_matches(part);
    let named = text.strip_suffix(tail)?;
    let bare = named.trim_start_matches('年');
    let is_end = bare.len() < named.len() && tail.starts_with(['底', '末', '内', '终']);
    let needs_year = bare.bytes().all(|b| b.is_ascii_digit()) && !(bare.is_empty() && is_end);
    (has_year || !needs_year).then_some((bare, tail))
}

/// Returns the first year in a text (2025年, 〔2019〕), from 1990 to 2099.
pub(super) fn year_in(text: &str) -> Option<i16> {
    let starts = text.match_indices(['1', '2']).map(|(i, _)| i);
    starts
        .filter_map(|i| text.get(i..))
        .filter_map(|t| Some((t.get(..4)?, t.get(4..)?)))
        .filter(|(_, rest)| rest.trim_start().starts_with(['年', '〕', ']', '］', '）']))
        .filter_map(|(digits, _)| digits.parse().ok())
        .find(|year| (1990..2100).contains(year))
}

/// Returns a range of years from its last year on: 2025—2027年 is 2027年.
fn last_of_years(text: &str) -> &str {
    let year = |t: &str| t.len() == 4 && t.parse().is_ok_and(|y: i16| (1990..2100).contains(&y));
    let span = |dash: &str| {
        let (from, to) = text.split_once(dash)?;
        let from = from.trim().trim_end_matches('年');
        let to = to.trim_start_matches(['-', '—', '–']).trim_start();
        (year(from) && year(to.get(..4)?)).then_some(to)
    };
    let found = ["—", "–", "-", "－", "~", "～", "至", "到"]
        .into_iter()
        .find_map(span);
    found.unwrap_or(text)
}

/// Reads `2025年`, `2025-`, `2025.` or `今年`/`当年` (without a year).
fn leading_year(text: &str) -> Option<(i16, &str)> {
    let (digits, rest) = (text.get(..4)?, text.get(4..)?);
    let rest = rest.trim_start();
    let rest = ["年", "-", ".", "/"]
        .iter()
        .find_map(|s| rest.strip_prefix(s))?;
    let year = digits.parse().ok().filter(|y| (1990..2100).contains(y))?;
    Some((year, rest.trim_start()))
}

/// Returns whether only words such as 完成 follow, or 底前 and the action.
fn is_tail(mut text: &str) -> bool {
    let rest = text.trim_start_matches('份');
    let bounds = ["底", "末", "前", "之前", "以前", "内"];
    if bounds.iter().any(|b| rest.starts_with(b)) {
        return !rest.contains(['、', '：', ':']);
    }
    while let Some(rest) = of::without_start(text.trim_start(), &vocabulary().after_due) {
        text = rest;
    }
    text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_the_last_day_of_what_is_named() {
        for (text, day) in [
            ("6月底完成", "2030-06-30"),
            ("2月底前", "2030-02-28"),
            ("2028年2月底前完成", "2028-02-29"),
            ("2025年底前", "2025-12-31"),
            ("年底前完成", "2030-12-31"),
            ("完成时限：2025年9月30日前", "2025-09-30"),
            ("2025年上半年", "2025-06-30"),
            ("三季度", "2030-09-30"),
            ("9月底前完成相关工作", "2030-09-30"),
            ("5月底前取得阶段性进展", "2030-05-31"),
            ("2028年10月前出台政策", "2028-10-31"),
            ("年内持续推进", "2030-12-31"),
            ("年底前取得明显成效", "2030-12-31"),
            ("2025-06-15", "2025-06-15"),
            ("十二月中旬前", "2030-12-20"),
            ("2026-02", "2026-02-28"),
            ("今年底", "2030-12-31"),
            ("2027年年底", "2027-12-31"),
            ("长期坚持", "long"),
            ("持续推进", "long"),
        ] {
            assert_eq!(
                read(text, Some(2030), false),
                Some(ReadDue::Known(day.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_text_that_is_not_a_deadline_is_none() {
        for text in [
            "市商务局",
            "2025年重点任务",
            "13月底",
            "2月30日前",
            "6个月",
            "",
            "12345",
        ] {
            assert_eq!(read(text, Some(2030), false), None, "{text}");
        }
        assert_eq!(read("6月底", None, false), Some(ReadDue::NoYear));
    }

    #[test]
    fn the_year_of_a_document_is_found() {
        assert_eq!(year_in("甲市2030年方案"), Some(2030));
        assert_eq!(year_in("国发〔2019〕3号"), Some(2019));
        assert_eq!(year_in("天津口岸 2025 年措施，1234年"), Some(2025));
        assert_eq!(year_in("到9610监管 20256"), None);
    }
}
