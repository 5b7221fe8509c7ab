//! A text term, and the three ways in which a text can match it.
//!
//! - *exact*: these characters in a row;
//! - *sound*: ASCII letters stand for Han characters in a row, each by its initial or its full
//!   reading (the last one also by a prefix), other characters for themselves;
//! - *loose*: the characters in order with a few others between, within one phrase.

use super::{
    fold,
    pinyin::{Sounds, sounds},
};
use memchr::memmem::Finder;
use std::ops::Range;

/// The most letters of a sound pattern: one bit each, and one for the end.
const MOST_LETTERS: usize = 63;

/// The longest reading in letters (`zhuang`).
const LONGEST: usize = 6;

/// A loose match cannot cross these: the stops of GB/T 15834 that end a phrase or sentence.
const STOPS: [char; 10] = ['，', '。', '；', '：', '！', '？', ',', ';', '!', '?'];

/// The characters of a text term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// The characters, folded.
    text: String,
    /// The same without the apostrophes that separate syllables.
    letters: Vec<char>,
    /// A bit for each letter that follows an apostrophe.
    breaks: u64,
    /// Whether only an exact match counts.
    exact: bool,
}

/// How a text matches a pattern, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchKind {
    Exact,
    Sound,
    Loose,
}

impl Pattern {
    /// Creates a pattern from typed characters.
    pub(super) fn new(text: &str, exact: bool) -> Self {
        let text: String = fold::text(text, fold::any).into_owned();
        let mut letters = Vec::new();
        let mut breaks = 0;
        for c in text.chars() {
            if c != '\'' {
                letters.push(c);
            } else if letters.len() <= MOST_LETTERS {
                breaks |= 1u64.checked_shl(bit(letters.len())).unwrap_or(0);
            }
        }
        Self {
            text,
            letters,
            breaks: breaks & !1,
            exact,
        }
    }

    /// Returns the folded characters.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether only an exact match counts.
    pub(super) const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Returns the characters for matching by sound.
    pub(super) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// Returns whether it can match by sound: some letter could stand for a Han character.
    pub(super) fn has_sound(&self) -> bool {
        !self.exact
            && self.letters.len() <= MOST_LETTERS
            && self.letters.iter().any(char::is_ascii_lowercase)
    }

    /// Returns whether it can match loosely. Scattered ASCII letters alone are never meant;
    /// together with others they are, as in `2年`, which documents print with a blank.
    pub(super) fn has_loose(&self) -> bool {
        !self.exact && !self.text.is_ascii() && self.text.chars().nth(1).is_some()
    }

    /// Returns whether it has characters with several forms even after [`fold::letter`], so that
    /// texts need [`fold::any`].
    pub(super) fn has_punctuation(&self) -> bool {
        self.text.chars().any(|c| !c.is_alphanumeric())
    }
}

fn bit(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// For one character: by the number of letters it consumes, the letters of the pattern where it
/// can.
type StepMasks = [u64; LONGEST + 1];

/// Returns the steps of a character with these readings.
fn steps(pattern: &Pattern, readings: &[&str]) -> StepMasks {
    let letters = pattern.letters();
    let mut steps = StepMasks::default();
    for reading in readings {
        for start in 0..letters.len() {
            let rest = &letters[start..];
            // An apostrophe ends a syllable.
            let reach = (1..rest.len())
                .find(|n| pattern.breaks >> (start + n) & 1 == 1)
                .unwrap_or(rest.len());
            let common = reading
                .chars()
                .zip(&rest[..reach])
                .take_while(|(a, b)| a == *b)
                .count();
            let mut take = |count: usize| steps[count] |= 1 << start;
            if common == 0 {
                continue;
            }
            take(1);
            if common >= 2 && ["zh", "ch", "sh"].iter().any(|i| reading.starts_with(i)) {
                take(2);
            }
            if common == reading.len() || common == rest.len() {
                take(common);
            }
        }
    }
    steps
}

/// A pattern prepared for searching.
#[derive(Debug)]
pub(super) struct Matcher<'a> {
    pattern: &'a Pattern,
    finder: Finder<'a>,
    sound: bool,
    loose: bool,
    /// Steps by set of readings; empty for a few texts only.
    steps: Vec<StepMasks>,
    sounds: &'static Sounds,
    /// A bit per character of [`fold::HAN`]: whether it can match the first letters.
    starts: Vec<u64>,
    /// For each ASCII character, the letters of the pattern that it equals.
    ascii: [u64; 128],
    /// The same for the pattern's other characters.
    others: Vec<(char, u64)>,
}

impl<'a> Matcher<'a> {
    /// Prepares a pattern for a few texts.
    pub(super) fn new(pattern: &'a Pattern) -> Self {
        let sound = pattern.has_sound();
        let mut ascii = [0; 128];
        let mut others = Vec::new();
        for (i, c) in pattern.letters().iter().enumerate().filter(|_| sound) {
            match ascii.get_mut(*c as usize) {
                Some(slot) => *slot |= 1 << i,
                None => others.push((*c, 1 << i)),
            }
        }
        Self {
            pattern,
            finder: Finder::new(pattern.text.as_bytes()),
            sound,
            loose: pattern.has_loose(),
            steps: Vec::new(),
            sounds: sounds(),
            starts: Vec::new(),
            ascii,
            others,
        }
    }

    /// Prepares a pattern for many texts.
    pub(super) fn for_many(pattern: &'a Pattern) -> Self {
        let mut matcher = Self::new(pattern);
        if matcher.sound {
            let sets = matcher.sounds.sets();
            matcher.steps = sets.iter().map(|set| steps(pattern, set)).collect();
            matcher.starts = matcher.han_starts();
        }
        matcher
    }

    /// Returns the pattern.
    pub(super) fn pattern(&self) -> &'a Pattern {
        self.pattern
    }

    /// Finds the best way in which a folded text matches, and where.
    pub(super) fn find(&self, text: &str) -> Option<(MatchKind, Range<usize>)> {
        [MatchKind::Exact, MatchKind::Sound, MatchKind::Loose]
            .into_iter()
            .find_map(|way| Some((way, self.place(way, text)?)))
    }

    /// Finds the first place that matches in this way; for loose, the tightest.
    pub(super) fn place(&self, way: MatchKind, text: &str) -> Option<Range<usize>> {
        match way {
            MatchKind::Exact => self.exact(text),
            MatchKind::Sound => self.sound(text),
            MatchKind::Loose => self.loose(text),
        }
    }

    fn exact(&self, text: &str) -> Option<Range<usize>> {
        let start = self.finder.find(text.as_bytes())?;
        Some(start..start + self.pattern.text.len())
    }

    fn sound(&self, text: &str) -> Option<Range<usize>> {
        if !self.sound {
            return None;
        }
        let mut chars = text.char_indices();
        chars.find_map(|(start, c)| {
            let place = || Some(start..start + self.sound_here(text.get(start..)?)?);
            if self.may_start(c) { place() } else { None }
        })
    }

    /// Returns whether a character can match the first letters.
    fn may_start(&self, c: char) -> bool {
        if let Some(slot) = fold::slot(c) {
            // Most characters of a text end here.
            return match self.starts.get(slot / 64) {
                Some(starts) => starts >> (slot % 64) & 1 == 1,
                None => true,
            };
        }
        match self.ascii.get(c as usize) {
            Some(at) => at & 1 == 1,
            None => self.others.contains(&(c, 1)),
        }
    }

    fn han_starts(&self) -> Vec<u64> {
        let of_set = |steps: &StepMasks| steps.iter().any(|s| s & 1 == 1);
        let of_set: Vec<bool> = self.steps.iter().map(of_set).collect();
        let mut starts = vec![0; fold::HAN.len().div_ceil(64)];
        for (slot, set) in self.sounds.of_han().enumerate() {
            starts[slot / 64] |= u64::from(of_set[set]) << (slot % 64);
        }
        for slot in self.others.iter().filter(|(_, at)| at & 1 == 1) {
            if let Some(slot) = fold::slot(slot.0) {
                starts[slot / 64] |= 1 << (slot % 64);
            }
        }
        starts
    }

    /// Returns how many bytes at the start of a text match by sound.
    fn sound_here(&self, text: &str) -> Option<usize> {
        let end = self.pattern.letters.len();
        let mut reached = 1u64;
        for (at, c) in text.char_indices() {
            reached = self.step(reached, c);
            if reached >> end & 1 == 1 {
                return Some(at + c.len_utf8());
            }
            if reached == 0 {
                return None;
            }
        }
        None
    }

    /// Returns which letters of the pattern can come next after one more character.
    fn step(&self, reached: u64, c: char) -> u64 {
        if c.is_ascii() {
            return (reached & self.ascii[c as usize]) << 1;
        }
        let of_set = |steps: &StepMasks| {
            (1..=LONGEST).fold(0, |next, count| next | (reached & steps[count]) << count)
        };
        let spoken = match self.steps.get(self.sounds.set(c)) {
            Some(steps) => of_set(steps),
            None => of_set(&steps(self.pattern, self.sounds.readings(c))),
        };
        if self.others.is_empty() {
            return spoken;
        }
        let others = self.others.iter().filter(|(other, _)| *other == c);
        others.fold(spoken, |next, (_, at)| next | (reached & at) << 1)
    }

    /// Finds the tightest loose match, the first of equals.
    fn loose(&self, text: &str) -> Option<Range<usize>> {
        if !self.loose {
            return None;
        }
        let first = self.pattern.text.chars().next()?;
        let mut bytes = [0; 4];
        let first = Finder::new(first.encode_utf8(&mut bytes).as_bytes());
        first
            .find_iter(text.as_bytes())
            .filter_map(|start| {
                let (skipped, last) = self.loose_from(text.get(start..)?, |_| ())?;
                Some((skipped, start..start + last))
            })
            .min_by_key(|(skipped, _)| *skipped)
            .map(|(_, range)| range)
    }

    /// Matches from the first character of `text`, which is the pattern's first; returns the number
    /// of skipped characters and the end in bytes. Calls `seen` with the place of each character.
    ///
    /// At most 2k − 3 characters in total may be skipped before the pattern's k-th: one for two
    /// characters, three for three. As this holds for every prefix, the first place for each
    /// character is always good enough.
    fn loose_from(&self, text: &str, mut seen: impl FnMut(Range<usize>)) -> Option<(usize, usize)> {
        let mut wanted = self.pattern.text.chars();
        let mut next = wanted.next()?;
        let mut found = 0;
        let mut skipped = 0;
        for (at, c) in text.char_indices() {
            if c == next {
                found += 1;
                let end = at + c.len_utf8();
                seen(at..end);
                match wanted.next() {
                    Some(c) => next = c,
                    None => return Some((skipped, end)),
                }
            } else {
                skipped += 1;
                if skipped + 1 > 2 * found || STOPS.contains(&c) {
                    return None;
                }
            }
        }
        None
    }

    /// Returns all places that match in the best way that any does.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        let Some((way, first)) = self.find(text) else {
            return Vec::new();
        };
        if way == MatchKind::Loose {
            let mut places = Vec::new();
            let start = first.start;
            let tail = text.get(start..).unwrap_or_default();
            self.loose_from(tail, |r| places.push(start + r.start..start + r.end));
            return places;
        }
        let mut places = vec![first];
        while let Some(from) = places.last().map(|place| place.end)
            && let Some(tail) = text.get(from..)
            && let Some(next) = self.place(way, tail)
            && next.end > 0
        {
            places.push(from + next.start..from + next.end);
        }
        places
    }
}

#[cfg(test)]
mod tests;
