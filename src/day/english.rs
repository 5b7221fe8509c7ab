//! Translates English days into the common spelling: `next friday` to 下周5, `dec 31` to 12月31日.

use super::spelling::number;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Returns a lower-case text in the common spelling; `None` if it is not English. Hyphens count as
/// blanks, for the shell: `next-friday`.
pub(super) fn common(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let apart = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | ',' | '.');
    let words: Vec<&str> = text.split(apart).filter(|word| !word.is_empty()).collect();
    whole(words.as_slice())
}

fn whole(words: &[&str]) -> Option<String> {
    let with = |said: Option<String>, end: &str| said.map(|said| said + end);
    match words {
        ["by" | "before" | "until" | "till" | "on" | "the", rest @ ..] => {
            whole(rest).or_else(|| Some(rest.join("-")))
        }
        ["today"] => Some("今天".to_owned()),
        ["tomorrow"] => Some("明天".to_owned()),
        ["day", "after", "tomorrow"] => Some("后天".to_owned()),
        ["yesterday"] => Some("昨天".to_owned()),
        ["day", "before", "yesterday"] => Some("前天".to_owned()),
        ["eom"] => Some("本月底".to_owned()),
        ["eoy"] => Some("年底".to_owned()),
        ["end", "of", rest @ ..] | ["end", rest @ ..] | [rest @ .., "end"] => {
            with(stretch(rest), "底")
        }
        ["middle", "of", rest @ ..] | ["mid", rest @ ..] => with(stretch(rest), "中"),
        ["in" | "within", rest @ ..] | [rest @ .., "from", "now"] => with(length(rest), "后"),
        [rest @ .., "ago"] => with(length(rest), "前"),
        ["this" | "next" | "last" | "past", ..] => stretch(words),
        _ => calendar(words).or_else(|| length(words)),
    }
}

/// Reads a week, month, quarter, year or weekday, with next, last or this before it.
fn stretch(words: &[&str]) -> Option<String> {
    let (away, words) = match words {
        ["the", rest @ ..] => return stretch(rest),
        ["this", rest @ ..] => (0, rest),
        ["next", rest @ ..] => (1, rest),
        ["last" | "past", rest @ ..] => (2, rest),
        _ => (0, words),
    };
    let said = |names: [&str; 3], unit: &str| Some(format!("{}{unit}", names[away]));
    let of_now = ["本", "下", "上"];
    match words {
        ["week"] => said(of_now, "周"),
        ["weekend"] => said(of_now, "周末"),
        ["month"] => said(of_now, "月"),
        ["quarter"] => said(of_now, "季度"),
        ["year"] => said(["今", "明", "去"], "年"),
        [day] => match place(&WEEKDAYS, day) {
            Some(day) => said(of_now, &format!("周{day}")),
            None => calendar(words),
        },
        _ => calendar(words),
    }
}

/// Reads `2 weeks`, `a month`, `10 working days`.
fn length(words: &[&str]) -> Option<String> {
    let (count, unit) = match words {
        [count, "working" | "business" | "work", "day" | "days"]
        | [count, "workday" | "workdays"] => (count, "个工作日"),
        [count, "day" | "days"] => (count, "天"),
        [count, "week" | "weeks"] => (count, "周"),
        [count, "month" | "months"] => (count, "个月"),
        [count, "year" | "years"] => (count, "年"),
        // `in 3d`
        [short] if short.starts_with(|c: char| c.is_ascii_digit()) => {
            return Some((*short).to_owned());
        }
        _ => return None,
    };
    let names = ["one", "two", "three", "four", "five", "six"];
    let place = names.iter().position(|name| name == count);
    let count = match (place, *count) {
        (Some(place), _) => place + 1,
        (None, "a" | "an") => 1,
        (None, digits) => number(digits)?,
    };
    Some(format!("{count}{unit}"))
}

/// Reads `friday`, `dec 31`, `31 dec 2026`, `december`, `q4 2026`.
fn calendar(words: &[&str]) -> Option<String> {
    let (year, words) = match words {
        [rest @ .., year] | [year, rest @ ..]
            if year.len() == 4 && number::<i16>(year).is_some() =>
        {
            (format!("{year}年"), rest)
        }
        _ => (String::new(), words),
    };
    let ordinal = |text: &str| {
        let ends = ["st", "nd", "rd", "th"];
        let bare = ends.iter().find_map(|end| text.strip_suffix(end));
        number::<u8>(bare.unwrap_or(text))
    };
    let said = match words {
        [month, day] | [day, "of", month] | [day, month]
            if place(&MONTHS, month).is_some() && ordinal(day).is_some() =>
        {
            format!("{}月{}日", place(&MONTHS, month)?, ordinal(day)?)
        }
        [one] => match (place(&MONTHS, one), one.strip_prefix('q')) {
            (Some(month), _) => format!("{month}月"),
            (None, Some(quarter)) => format!("{}季度", number::<u8>(quarter)?),
            (None, None) if year.is_empty() => match place(&WEEKDAYS, one) {
                Some(day) => format!("周{day}"),
                None => format!("{}日", ordinal(one.strip_suffix("th")?)?),
            },
            (None, None) => return None,
        },
        [] if !year.is_empty() => String::new(),
        _ => return None,
    };
    Some(year + &said)
}

/// Returns the position, counted from 1, of a name or its beginning (`fri`, `sept`).
fn place(names: &[&str], word: &str) -> Option<usize> {
    let begins = |name: &&str| word.len() >= 3 && name.starts_with(word);
    names.iter().position(begins).map(|place| place + 1)
}
