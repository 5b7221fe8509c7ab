//! Normalizes what people type: half-width, lower case, digits for Han numerals.

use crate::text::half_width;
use std::str::FromStr;

/// What may follow a Han numeral that counts something, so that 周五 keeps its 五.
const COUNTED: &str = "年月日号天周个季星";

/// Returns the text in half width and lower case, with digits for counting Han numerals, and
/// without blanks if it is Chinese.
pub fn spelled(text: &str) -> String {
    let text: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '。' => '.',
            c => half_width(c).to_ascii_lowercase(),
        })
        .collect();
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let kept = |c: &char| !(chinese && c.is_whitespace());
    digits_for_numerals(&text.chars().filter(kept).collect::<Vec<char>>())
}

/// Parses a text of ASCII digits only.
pub(super) fn number<N: FromStr>(text: &str) -> Option<N> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

fn digits_for_numerals(text: &[char]) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    let mut rest = text;
    while let Some((first, tail)) = rest.split_first() {
        let run = rest.iter().take_while(|c| is_numeral(**c)).count();
        let (numeral, after) = rest.split_at(run);
        let counts = after.first().is_some_and(|c| COUNTED.contains(*c));
        // In 周二十日内, 二 belongs to 周.
        let in_week = out.ends_with(['周', '期', '拜']);
        if let Some(value) = value(numeral).filter(|_| counts && !in_week) {
            out.push_str(&value);
            rest = after;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

const fn is_numeral(c: char) -> bool {
    digit(c).is_some() || c == '十'
}

const fn digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Converts 二〇二六 digit by digit, and 三十一 (up to 九十九) as a number.
fn value(numeral: &[char]) -> Option<String> {
    let place = numeral.iter().position(|c| *c == '十');
    let Some(place) = place else {
        let digits: Option<String> = numeral
            .iter()
            .map(|c| Some(char::from(digit(*c)? + b'0')))
            .collect();
        return digits.filter(|d| !d.is_empty());
    };
    let (tens, ones) = (&numeral[..place], &numeral[place + 1..]);
    let one = |part: &[char], none: u8| match part {
        [] => Some(none),
        [c] => digit(*c),
        _ => None,
    };
    let value = one(tens, 1)? * 10 + one(ones, 0)?;
    Some(value.to_string())
}
