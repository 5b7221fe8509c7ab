//! Pinyin readings of Han characters.
//!
//! The crate knows every reading in any dictionary (市 fú, 能 xióng, 池 tuó …), which would find
//! what nobody meant. So a character has the crate's first reading, and the characters of
//! [`POLYPHONES`] all modern ones.

use super::fold::{HAN, slot};
use pinyin::ToPinyinMulti;
use std::{collections::HashMap, sync::LazyLock};

/// A character a line, with all its readings in modern standard Chinese; ü is v, or u. Place and
/// family names count (厦 in 厦门, 单 as a surname); archaic and dialect readings do not.
const POLYPHONES: &str = include_str!("../../data/polyphones.txt");

/// The readings of all characters, with each set of readings stored once.
#[derive(Debug)]
pub(super) struct Sounds {
    /// The index of the set of each character of [`HAN`].
    of: Box<[u16]>,
    /// The sets; index 0 is empty.
    sets: Vec<Vec<&'static str>>,
}

/// Returns the readings, built at the first call.
pub(super) fn sounds() -> &'static Sounds {
    static SOUNDS: LazyLock<Sounds> = LazyLock::new(Sounds::new);
    &SOUNDS
}

impl Sounds {
    fn new() -> Self {
        let common: HashMap<char, &'static str> = POLYPHONES
            .lines()
            .filter_map(|line| Some((line.chars().next()?, line)))
            .collect();
        let mut numbers = HashMap::from([(Vec::new(), 0)]);
        let mut sets = vec![Vec::new()];
        let of = HAN
            .map(|code| {
                let set = char::from_u32(code).map_or(Vec::new(), |c| match common.get(&c) {
                    Some(line) => line.split(' ').skip(1).flat_map(spellings).collect(),
                    None => first_reading(c).collect(),
                });
                *numbers.entry(set).or_insert_with_key(|set| {
                    sets.push(set.clone());
                    // Some 1,000 sets: one per syllable, and the polyphones.
                    u16::try_from(sets.len() - 1).unwrap_or(0)
                })
            })
            .collect();
        Self { of, sets }
    }

    /// Returns the index of a character's set of readings, or 0.
    pub(super) fn set(&self, c: char) -> usize {
        slot(c).map_or(0, |slot| usize::from(self.of[slot]))
    }

    /// Returns the set index of each character of [`HAN`].
    pub(super) fn of_han(&self) -> impl Iterator<Item = usize> {
        self.of.iter().map(|set| usize::from(*set))
    }

    /// Returns the sets by index.
    pub(super) fn sets(&self) -> &[Vec<&'static str>] {
        &self.sets
    }

    /// Returns a character's readings in ASCII: ü as v and as u.
    pub(super) fn readings(&self, c: char) -> &[&'static str] {
        &self.sets[self.set(c)]
    }
}

fn first_reading(c: char) -> impl Iterator<Item = &'static str> {
    c.to_pinyin_multi()
        .and_then(|readings| readings.get_opt(0))
        .into_iter()
        .flat_map(|reading| spellings(reading.plain()))
}

/// Returns how a reading is typed: ü as v or as u.
fn spellings(reading: &'static str) -> impl Iterator<Item = &'static str> {
    let (first, second) = match reading {
        "lü" | "lv" => ("lv", Some("lu")),
        "nü" | "nv" => ("nv", Some("nu")),
        "lüe" | "lve" => ("lve", Some("lue")),
        "nüe" | "nve" => ("nve", Some("nue")),
        "ê" => ("ei", None),
        _ => (reading, None),
    };
    std::iter::once(first).chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_listed_reading_is_known_to_the_crate() {
        for line in POLYPHONES.lines() {
            let c = line.chars().next().expect("a character");
            let known: Vec<_> = c
                .to_pinyin_multi()
                .expect("a character with a reading")
                .into_iter()
                .flat_map(|r| spellings(r.plain()))
                .collect();
            let listed: Vec<_> = line.split(' ').skip(1).collect();
            assert!(listed.len() > 1, "{line}: one reading needs no line");
            for reading in listed {
                assert!(known.contains(&reading), "{line}: the crate has {known:?}");
            }
        }
    }

    #[test]
    fn no_character_is_listed_twice() {
        let mut seen = HashSet::new();
        for line in POLYPHONES.lines() {
            assert!(seen.insert(line.chars().next()), "{line}");
        }
    }

    #[test]
    fn readings_in_ascii() {
        let table = [
            ('海', &["hai"][..]),
            ('行', &["xing", "hang"]),
            ('绿', &["lv", "lu"]),
            ('略', &["lve", "lue"]),
            ('市', &["shi"]),
            ('，', &[]),
            ('a', &[]),
        ];
        for (c, readings) in table {
            assert_eq!(sounds().readings(c), readings, "{c}");
        }
        for c in HAN.filter_map(char::from_u32) {
            let readings = sounds().readings(c);
            let plain = |r: &&str| r.bytes().all(|b| b.is_ascii_lowercase()) && r.len() <= 6;
            assert!(readings.iter().all(plain), "{c}: {readings:?}");
        }
    }
}
