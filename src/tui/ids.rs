//! Generates ids of changes. Pure except for its seed.

use crate::progress::{ChangeId, change::DIGITS};

/// A generator of change ids: unique by its random seed, deterministic in tests.
#[derive(Debug, Clone)]
pub struct Ids(u64);

impl Ids {
    /// Returns a generator with this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a generator with a random seed.
    pub fn random() -> Self {
        Self(std::hash::BuildHasher::hash_one(
            &std::hash::RandomState::new(),
            std::process::id(),
        ))
    }

    /// Returns the next id: 50 bits of a `SplitMix64` sequence.
    pub fn draw(&mut self) -> ChangeId {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bits = z ^ (z >> 31);
        (0..10)
            .map(|i| char::from(DIGITS[usize::try_from((bits >> (5 * i)) & 31).unwrap_or(0)]))
            .collect()
    }
}
