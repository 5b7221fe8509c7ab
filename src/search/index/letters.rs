//! What the index knows a character by. May use: `search::fold`, `search::pinyin`.

use super::{
    super::{fold, pinyin::Sounds},
    BUCKETS,
};

/// What the index knows a character by.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letter {
    known: bool,
    /// The row; none for punctuation.
    pub(super) bucket: Option<u16>,
    /// The set of its readings.
    pub(super) set: u16,
    /// A bit for each initial.
    pub(super) initials: u32,
}

/// A memory of letters: texts say the same ones again and again.
#[derive(Debug)]
pub(super) struct Letters {
    han: Vec<Letter>,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            han: vec![Letter::default(); fold::HAN.len()],
        }
    }
}

impl Letters {
    pub(super) fn of(&mut self, c: char, sounds: &Sounds) -> Letter {
        let Some(slot) = fold::slot(c).and_then(|slot| self.han.get_mut(slot)) else {
            return Letter::new(c, sounds);
        };
        if !slot.known {
            *slot = Letter::new(c, sounds);
        }
        *slot
    }
}

impl Letter {
    fn new(c: char, sounds: &Sounds) -> Self {
        let c = fold::letter(c);
        let set = sounds.set(c);
        let initials = match c {
            'a'..='z' => 1 << (c as u32 - 'a' as u32),
            '0'..='9' => 1 << 26,
            _ => sounds.readings(c).iter().fold(0, |bits, reading| {
                bits | reading.bytes().next().map_or(0, |b| 1 << (b - b'a'))
            }),
        };
        Self {
            known: true,
            bucket: c.is_alphanumeric().then(|| bucket(c)),
            set: u16::try_from(set).unwrap_or(0),
            initials,
        }
    }
}

fn bucket(c: char) -> u16 {
    const OWN: u32 = 36;
    const SHARED: u32 = 476;
    const { assert!(BUCKETS == (OWN + SHARED) as usize) };
    // Unicode sorts characters by radical, so neighbours are unlike in use and spread well.
    let bucket = c.to_digit(OWN).unwrap_or(OWN + u32::from(c) % SHARED);
    u16::try_from(bucket).unwrap_or(0)
}

/// Returns the numbers of the bits that are set.
pub(super) fn ones(bits: u32) -> impl Iterator<Item = usize> {
    let mut left = bits;
    std::iter::from_fn(move || {
        let next = (left != 0).then(|| left.trailing_zeros() as usize);
        left &= left.wrapping_sub(1);
        next
    })
}
