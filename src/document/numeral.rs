//! Chinese numerals.

/// Digits of Chinese numerals.
pub(crate) const HAN: &str = "〇零一二三四五六七八九十百";

/// Returns a number as Chinese headings print it (一 to 九百九十九).
pub(crate) fn to_han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    let (hundreds, tens) = (number / 100 % 10, number / 10 % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out += digit(hundreds);
        out += "百";
        if tens == 0 && !number.is_multiple_of(10) {
            out += "零";
        }
    }
    if tens > 1 || (tens == 1 && hundreds > 0) {
        out += digit(tens);
    }
    if tens > 0 {
        out += "十";
    }
    out + digit(number)
}

/// Reads the Chinese numeral up to 999 at the start of a text, and returns the rest.
pub(crate) fn from_han(text: &str) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c| HAN.contains(c));
    let digits = text.get(..text.len() - rest.len())?;
    let count = digits.chars().count();
    (1..=7).contains(&count).then_some(())?;
    let (mut number, mut last) = (0, 0);
    for c in digits.chars() {
        match c {
            '十' => {
                number += last.max(1) * 10;
                last = 0;
            }
            '百' => {
                number += last.max(1) * 100;
                last = 0;
            }
            _ => {
                let place = HAN.chars().position(|h| h == c)?;
                last = u32::try_from(place.saturating_sub(1)).ok()?;
            }
        }
    }
    Some((number + last, rest)).filter(|(n, _)| *n > 0)
}
