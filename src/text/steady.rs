//! Graphemes whose width all terminals agree on.

/// Returns whether every terminal draws this grapheme in its narrow width: ASCII, Han, kana,
/// full-width forms, and the signs of the chrome, which were measured. After any other, the
/// terminal's cursor may be elsewhere.
pub fn has_stable_width(grapheme: &str) -> bool {
    let steady = |c| {
        matches!(c, ' '..='~' | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
            | '›' | '▸' | '▾' | '░' | '╌' | '╎' | '✓' | '✗'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
    };
    let mut chars = grapheme.chars();
    chars.next().is_some_and(steady) && chars.next().is_none()
}
