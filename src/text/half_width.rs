//! Full-width forms, as Chinese input methods type them.

/// Returns the ASCII twin of a full-width form (Ａ, ３, ：) or of the ideographic space; any other
/// character unchanged.
pub const fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        // They are in ASCII order (Unicode chart FF00).
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(twin) => twin,
            None => c,
        },
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::half_width;

    #[test]
    fn every_full_width_form_has_its_twin() {
        let wide = '！'..='～';
        assert!(wide.map(half_width).eq('!'..='~'));
        assert_eq!(
            ['　', '海', '。', 'a'].map(half_width),
            [' ', '海', '。', 'a']
        );
    }
}
