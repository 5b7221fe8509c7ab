//! Traditional characters and their simplified twins, from `data/simplified.txt`.
//!
//! Twins have the same number of bytes, so offsets in the simplified text hold for the original.

use std::{borrow::Cow, sync::LazyLock};

/// The block of nearly all Han characters in modern use (U+4E00 to U+9FFF).
pub const HAN: std::ops::Range<u32> = 0x4E00..0xA000;

/// The simplified twin of each character of [`HAN`], or 0.
static TWINS: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let mut twins = vec![0; HAN.len()].into_boxed_slice();
    let lines = include_str!("../../data/simplified.txt").lines();
    let pairs = lines
        .filter(|l| !l.starts_with('#'))
        .flat_map(|l| l.split(' '));
    for pair in pairs {
        let mut pair = pair.chars();
        if let (Some(slot), Some(twin)) = (pair.next().and_then(slot), pair.next())
            && let Ok(twin) = u16::try_from(u32::from(twin))
        {
            twins[slot] = twin;
        }
    }
    twins
});

/// Returns a character's index in a table over [`HAN`].
pub fn slot(c: char) -> Option<usize> {
    let code = u32::from(c);
    HAN.contains(&code).then(|| (code - HAN.start) as usize)
}

/// Returns the simplified twin of a character, or the character itself.
pub fn simplified(c: char) -> char {
    let twin = slot(c).map_or(0, |slot| u32::from(TWINS[slot]));
    char::from_u32(twin).filter(|_| twin != 0).unwrap_or(c)
}

/// Returns the text in simplified characters, borrowed if unchanged.
pub fn simplify(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| simplified(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(simplified).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_are_as_long_and_have_no_twins() {
        for c in HAN.filter_map(char::from_u32) {
            let twin = simplified(c);
            assert_eq!((twin.len_utf8(), simplified(twin)), (c.len_utf8(), twin));
        }
    }

    #[test]
    fn simplified_text_is_left_as_it_is() {
        assert!(matches!(simplify("责任单位：甲"), Cow::Borrowed(_)));
        assert_eq!(simplify("責任單位、主辦機關"), "责任单位、主办机关");
    }
}
