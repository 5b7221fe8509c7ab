//! Traditional characters and their simplified twins, by the table in `data/simplified.txt`.
//!
//! Each twin takes as many bytes as its character, so a place in the simplified text is the same
//! place in the text.

use std::{borrow::Cow, sync::LazyLock};

/// The block of Han characters that has nearly all of modern use (U+4E00 to U+9FFF).
pub const HAN: std::ops::Range<u32> = 0x4E00..0xA000;

/// The simplified twin of each character of [`HAN`], 0 where it has none.
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

/// Returns where a Han character stands in a table over [`HAN`].
pub fn slot(c: char) -> Option<usize> {
    let code = u32::from(c);
    HAN.contains(&code).then(|| (code - HAN.start) as usize)
}

/// Returns the simplified twin of a character, or the character where it has none.
pub fn simplified(c: char) -> char {
    let twin = slot(c).map_or(0, |slot| u32::from(TWINS[slot]));
    char::from_u32(twin).filter(|_| twin != 0).unwrap_or(c)
}

/// Returns a text in simplified characters, borrowed where it has no others.
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
