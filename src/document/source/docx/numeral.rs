//! Word's number formats.

use crate::document::numeral::to_han;

/// Decimal digits of Chinese.
const DIGITS: &str = "〇一二三四五六七八九";
/// The forms of 零 一 to 九, 十 and 百 on contracts and cheques.
const LEGAL: &str = "零壹贰叁肆伍陆柒捌玖拾佰";
const LEGAL_TRADITIONAL: &str = "零壹貳參肆伍陸柒捌玖拾佰";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// Formats a number in one of Word's formats; `None` for an unknown one.
pub(super) fn print(format: &str, number: u32) -> Option<String> {
    Some(match format {
        "decimal" | "decimalHalfWidth" => number.to_string(),
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(number),
        "numberInDash" => format!("- {number} -"),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "ordinal" => format!("{number}{}", ordinal_end(number)),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => counting(number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => digital(number),
        "chineseLegalSimplified" => legal(number, LEGAL),
        "ideographLegalTraditional" => legal(number, LEGAL_TRADITIONAL),
        "ideographTraditional" => one_of(STEMS, number),
        "ideographZodiac" => one_of(BRANCHES, number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, 0x2460, 20),
        "decimalEnclosedParen" => enclosed(number, 0x2474, 20),
        "decimalEnclosedFullstop" => enclosed(number, 0x2488, 20),
        "ideographEnclosedCircle" => enclosed(number, 0x3280, 10),
        _ => return None,
    })
}

/// Returns 一, 十一, 一百零一; numbers beyond any chapter digit by digit.
fn counting(number: u32) -> String {
    if (1..1000).contains(&number) {
        to_han(number)
    } else {
        digital(number)
    }
}

/// Returns a number digit by digit: 一〇.
fn digital(number: u32) -> String {
    let decimal = number.to_string();
    let digits = decimal.chars().filter_map(|c| c.to_digit(10));
    digits
        .filter_map(|d| DIGITS.chars().nth(d as usize))
        .collect()
}

fn legal(number: u32, signs: &str) -> String {
    let plain = "〇一二三四五六七八九十百";
    let sign = |c: char| {
        let place = plain.chars().position(|p| p == c);
        place.and_then(|p| signs.chars().nth(p)).unwrap_or(c)
    };
    let full = counting(number);
    // 十一 is 壹拾壹.
    let one = if full.starts_with('十') { "一" } else { "" };
    format!("{one}{full}").chars().map(sign).collect()
}

/// Returns the nth character of a row, or digits beyond it.
fn one_of(row: &str, number: u32) -> String {
    let place = (number as usize).checked_sub(1);
    place
        .and_then(|p| row.chars().nth(p))
        .map_or_else(|| number.to_string(), String::from)
}

/// Returns the nth character of a block, or digits beyond it.
fn enclosed(number: u32, first: u32, count: u32) -> String {
    let sign = (1..=count)
        .contains(&number)
        .then(|| char::from_u32(first + number - 1))
        .flatten();
    sign.map_or_else(|| number.to_string(), String::from)
}

fn full_width(number: u32) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０'));
    number.to_string().chars().filter_map(wide).collect()
}

/// Returns a, b, … z, aa, bb, … as Word continues.
fn letters(number: u32, first: char) -> String {
    let (times, place) = match number.checked_sub(1) {
        Some(n) => (n / 26 + 1, n % 26),
        None => return String::new(),
    };
    let letter = char::from_u32(u32::from(first) + place);
    match letter.filter(|_| times <= 30) {
        Some(letter) => letter.to_string().repeat(times as usize),
        None => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        out.push_str(&sign.repeat((left / value) as usize));
        left %= value;
    }
    out
}

const fn ordinal_end(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::print;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        for (format, numbers) in [
            ("decimal", [(1, "1"), (12, "12"), (100, "100")]),
            ("decimalZero", [(1, "01"), (12, "12"), (100, "100")]),
            ("decimalFullWidth", [(1, "１"), (10, "１０"), (23, "２３")]),
            ("chineseCounting", [(1, "一"), (10, "十"), (21, "二十一")]),
            (
                "chineseCountingThousand",
                [(11, "十一"), (101, "一百零一"), (110, "一百一十")],
            ),
            ("japaneseCounting", [(2, "二"), (10, "十"), (12, "十二")]),
            ("ideographDigital", [(9, "九"), (10, "一〇"), (21, "二一")]),
            (
                "chineseLegalSimplified",
                [(3, "叁"), (10, "壹拾"), (21, "贰拾壹")],
            ),
            ("ideographTraditional", [(1, "甲"), (10, "癸"), (11, "11")]),
            ("ideographZodiac", [(1, "子"), (12, "亥"), (13, "13")]),
            (
                "decimalEnclosedCircleChinese",
                [(1, "①"), (20, "⑳"), (21, "21")],
            ),
            ("decimalEnclosedParen", [(1, "⑴"), (20, "⒇"), (21, "21")]),
            ("upperLetter", [(1, "A"), (26, "Z"), (28, "BB")]),
            ("lowerRoman", [(4, "iv"), (1999, "mcmxcix"), (4000, "4000")]),
            ("ordinal", [(1, "1st"), (12, "12th"), (23, "23rd")]),
            ("bullet", [(1, ""), (2, ""), (3, "")]),
        ] {
            for (number, text) in numbers {
                assert_eq!(print(format, number).as_deref(), Some(text), "{format}");
            }
        }
        assert_eq!(print("hebrew1", 1), None);
    }

    #[test]
    fn no_number_is_too_large() {
        for format in [
            "lowerRoman",
            "upperLetter",
            "chineseCounting",
            "chineseLegalSimplified",
        ] {
            for number in [0, u32::MAX] {
                let printed = print(format, number).unwrap_or_default();
                assert!(printed.chars().count() < 20, "{format}: {printed}");
            }
        }
    }
}
