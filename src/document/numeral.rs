//! Numbers in Chinese.

/// Returns a number in Chinese, as headings print it (一 to 九百九十九).
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
