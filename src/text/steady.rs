//! Which glyphs every terminal draws in the width that we count.

/// Returns whether every terminal draws this grapheme in the width that we count under the narrow
/// policy: ASCII and plain Han, kana and full-width forms. For others a terminal may differ, and a
/// cursor position after them is not to be relied on.
pub fn has_stable_width(grapheme: &str) -> bool {
    let steady = |c| {
        matches!(c, ' '..='~' | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
    };
    let mut chars = grapheme.chars();
    chars.next().is_some_and(steady) && chars.next().is_none()
}
