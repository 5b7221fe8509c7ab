//! The 避头尾 table: what no line begins or ends with.
//!
//! From GB/T 15834-2011 §5.1: 句号 逗号 顿号 分号 冒号 问号 叹号, closing 引号 括号 书名号, 连接号
//! and 间隔号 do not begin a line; opening 引号 括号 书名号 do not end one; 分隔号 does neither;
//! 破折号 and 省略号 are not divided. Characters that the standard does not name follow their class
//! in UAX #14: EX, IS, CL, CP, NS, IN, PO begin no line, OP and PR end none. The two differ on “ ”
//! ‘ ’, which are QU there (no break on either side) but open and close here, and on 连接号 and
//! 间隔号 (AL, HY there), which may only precede a break.

/// What a character does at a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharKind {
    /// An ideograph, kana, or anything else with a good break on either side.
    Han,
    /// Opening: ends no line.
    Open,
    /// “ ‘: like [`CharKind::Open`]; in UAX #14 a quote of either side.
    OpenQuote,
    /// Closing and stops: begins no line.
    Close,
    /// ” ’: like [`CharKind::Close`]; in UAX #14 a quote of either side.
    CloseQuote,
    /// 分隔号 /: neither begins nor ends a line.
    Slash,
    /// A short 连接号: begins no line, but may begin a word (-5) after a blank.
    Hyphen,
    /// —: a 破折号 when doubled, never divided; otherwise a 连接号, which begins no line.
    Dash,
    /// A digit, ASCII or full-width.
    Digit,
    /// A blank, which hangs at the end of a line.
    Blank,
    /// Latin letters and everything else left to UAX #14.
    Other,
}

/// Returns what a character does at a break.
pub(super) fn kind(c: char) -> CharKind {
    match c {
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => CharKind::Han,
        ' ' | '\t' | '\u{3000}' => CharKind::Blank,
        '0'..='9' | '０'..='９' => CharKind::Digit,
        'A'..='Z' | 'a'..='z' => CharKind::Other,
        '“' | '‘' | '〝' => CharKind::OpenQuote,
        '”' | '’' | '〞' | '〟' => CharKind::CloseQuote,
        '/' | '／' => CharKind::Slash,
        '-' | '‐' | '–' | '－' | '−' => CharKind::Hyphen,
        '—' | '―' | '⸺' => CharKind::Dash,
        _ if is_close(c) => CharKind::Close,
        _ if is_open(c) => CharKind::Open,
        _ => CharKind::Other,
    }
}

impl CharKind {
    /// Returns whether no line may begin with it, `after_blank` or directly after other text.
    pub(super) fn never_begins(self, after_blank: bool) -> bool {
        match self {
            CharKind::Close | CharKind::CloseQuote | CharKind::Slash | CharKind::Blank => true,
            CharKind::Hyphen => !after_blank,
            _ => false,
        }
    }

    /// Returns whether no line may end with it.
    pub(super) fn never_ends(self) -> bool {
        matches!(self, CharKind::Open | CharKind::OpenQuote | CharKind::Slash)
    }
}

/// Returns whether a character belongs to East Asian text, in the sense of UAX #14, rule 19a.
pub(super) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3fffd}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Closing and stops: EX, IS, CL, CP, NS, IN, PO, and 间隔号.
#[rustfmt::skip]
fn is_close(c: char) -> bool {
    matches!(c,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '】' | '〕' | '〉' | '」'
        | '』' | '〗' | '〙' | '〛' | '｝' | '］' | '｠' | '…' | '‥' | '～' | '〜' | '·' | '・'
        | '‧' | ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '％' | '‰' | '℃' | '℉'
        | '°' | '′' | '″' | '￠' | '¢' | '﹐' | '﹑' | '﹒' | '﹔' | '﹕' | '﹖' | '﹗' | '﹚'
        | '﹜' | '﹞' | '﹀' | '﹂' | '﹄' | '︶' | '︸' | '︺' | '︼' | '︾' | '︘' | '︐' | '︑'
        | '︒' | '︓' | '︔' | '︕' | '︖' | '｡' | '､' | '｣' | '･' | '．' | '‼' | '⁇' | '⁈'
        | '⁉' | '»' | '›' | '々' | '〻' | '〆' | 'ー' | 'ｰ' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | 'ぁ'
        | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | 'ァ' | 'ィ'
        | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | 'ㇰ' | 'ㇱ' | 'ㇲ'
        | 'ㇳ' | 'ㇴ' | 'ㇵ' | 'ㇶ' | 'ㇷ' | 'ㇸ' | 'ㇹ' | 'ㇺ' | 'ㇻ' | 'ㇼ' | 'ㇽ' | 'ㇾ' | 'ㇿ'
        | 'ｧ' | 'ｨ' | 'ｩ' | 'ｪ' | 'ｫ' | 'ｬ' | 'ｭ' | 'ｮ' | 'ｯ' | 'ﾞ' | 'ﾟ')
}

/// Opening: OP and PR.
#[rustfmt::skip]
fn is_open(c: char) -> bool {
    matches!(c,
        '（' | '《' | '【' | '〔' | '〈' | '「' | '『' | '〖' | '〘' | '〚' | '｛' | '［' | '｟'
        | '(' | '[' | '{' | '﹙' | '﹛' | '﹝' | '︿' | '﹁' | '﹃' | '︵' | '︷' | '︹' | '︻'
        | '︽' | '︗' | '｢' | '«' | '‹' | '￥' | '¥' | '$' | '＄' | '£' | '￡' | '€' | '№' | '§')
}

/// Returns whether a character is a unit or scale that stays with the number before it.
#[rustfmt::skip]
pub(super) fn is_unit(c: char) -> bool {
    matches!(c,
        '年' | '月' | '日' | '号' | '时' | '分' | '秒' | '元' | '万' | '亿' | '千' | '百' | '吨'
        | '米' | '个' | '项' | '条' | '款' | '章' | '部' | '家' | '类' | '种' | '次' | '天' | '周'
        | '倍' | '人' | '名' | '位' | '批' | '岁' | '度' | '级' | '期' | '辆' | '艘' | '票' | '标'
        | '箱')
}

#[cfg(test)]
mod tests;
