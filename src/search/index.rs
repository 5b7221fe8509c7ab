//! The index: for each clause, which characters it has and which initials follow each other.
//! May use: `search::fold`, `search::pinyin`, `search::pattern`, `document`.
//!
//! It only says where a pattern cannot be; what it lets through is looked for in the text itself,
//! which is why there is no second copy of the text. A row is one bit for each clause of a block;
//! 1,716 rows are 215 bytes a clause. Every sentence has most initials, hence pairs of them;
//! characters are spread over buckets, so that a document with many different ones costs no more.

use super::{
    fold,
    pattern::Pattern,
    pinyin::{SYLLABLES, Sounds, sounds},
};
use crate::document::Document;
use std::{
    borrow::Cow,
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
};

mod cuts;
mod letters;

use cuts::Cut;
pub(super) use cuts::Cuts;
use letters::{Letters, ones};

/// Rows for characters: one for each ASCII letter and digit, the rest shared by all others.
const BUCKETS: usize = 512;
/// What a pair of initials is made of: 26 letters, and all digits as one.
const INITIALS: usize = 27;
const FIRST_SYLLABLE: usize = BUCKETS;
const FIRST_SINGLE: usize = FIRST_SYLLABLE + SYLLABLES;
const FIRST_PAIR: usize = FIRST_SINGLE + INITIALS;
const ROWS: usize = FIRST_PAIR + INITIALS * INITIALS;
/// Clauses in a block, a multiple of 64: a block's rows fit a core's cache.
pub(super) const BLOCK: usize = 4096;

/// One bit for each clause of a block.
pub(super) type Bits = Vec<u64>;

/// The text of a document made ready for searching; built once per document.
#[derive(Debug, Default)]
pub struct Index {
    blocks: Vec<Block>,
    /// The clauses that name each unit.
    units: Vec<(String, Vec<u32>)>,
}

/// The rows of up to [`BLOCK`] clauses.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The first clause.
    pub(super) first: usize,
    /// How many clauses.
    pub(super) count: usize,
    words: usize,
    rows: Vec<u64>,
    /// The clauses whose text is not as [`fold::letter`] has it, by their place in the block.
    folded: HashMap<u32, Box<str>>,
    /// The same for the titles of their measures.
    titles: HashMap<u32, Box<str>>,
    /// Whose text or title stands in these tables.
    is_folded: Bits,
}

impl Index {
    /// Builds the index: 1.5 µs a clause, on as many threads as there are cores.
    pub fn build(document: &Document) -> Self {
        let clauses = document.clauses.len();
        let starts: Vec<usize> = (0..clauses).step_by(BLOCK).collect();
        let blocks = each(starts.len(), |i| {
            Block::build(document, starts[i], BLOCK.min(clauses - starts[i]))
        });
        let mut units: HashMap<&str, Vec<u32>> = HashMap::new();
        for (i, clause) in (0..).zip(&document.clauses) {
            for unit in &clause.responsibility.units {
                units.entry(unit).or_default().push(i);
            }
        }
        let mut units: Vec<_> = units.into_iter().map(|(u, c)| (u.to_owned(), c)).collect();
        units.sort_unstable();
        Self { blocks, units }
    }

    /// Returns the bytes that the index takes, but for what the allocator adds.
    pub fn size(&self) -> usize {
        let blocks = self.blocks.iter().map(Block::size).sum::<usize>();
        let units = self
            .units
            .iter()
            .map(|(name, clauses)| name.len() + clauses.capacity() * 4);
        blocks + units.sum::<usize>()
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    pub(super) fn units(&self) -> &[(String, Vec<u32>)] {
        &self.units
    }
}

/// Does `work` for 0 to `count`, on as many threads as there are cores where it pays, and returns
/// the results in order.
pub(super) fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(count);
    if threads < 2 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let turns = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let mine = turns.take_while(|i| *i < count);
        mine.map(|i| (i, work(i))).collect::<Vec<_>>()
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for other in others {
            match other.join() {
                Ok(results) => done.extend(results),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}

impl Block {
    fn build(document: &Document, first: usize, count: usize) -> Self {
        let words = count.div_ceil(64);
        let mut block = Self {
            first,
            count,
            words,
            rows: vec![0; ROWS * words],
            is_folded: vec![0; words],
            ..Self::default()
        };
        let sounds = sounds();
        let mut letters = Letters::default();
        let clauses = document.clauses.get(first..first + count);
        for (i, clause) in (0..).zip(clauses.unwrap_or_default()) {
            let title = &document.measures[clause.measure].title;
            let text = clause.text.as_str();
            for (text, table) in [
                (title.as_str(), &mut block.titles),
                (text, &mut block.folded),
            ] {
                if let Cow::Owned(text) = fold::text(text, fold::letter) {
                    table.insert(i, text.into());
                    set(&mut block.is_folded, i as usize);
                }
            }
            for text in [title, text] {
                block.take_in(i as usize, text, &mut letters, sounds);
            }
        }
        block
    }

    /// Sets the bits of one text.
    fn take_in(&mut self, clause: usize, text: &str, letters: &mut Letters, sounds: &Sounds) {
        let words = self.words;
        let mut mark = |row: usize| set(&mut self.rows[row * words..][..words], clause);
        let mut before = 0;
        for c in text.chars() {
            let letter = letters.of(c, sounds);
            if let Some(bucket) = letter.bucket {
                mark(usize::from(bucket));
            }
            for syllable in sounds.syllables(usize::from(letter.set)) {
                mark(FIRST_SYLLABLE + syllable);
            }
            for this in ones(letter.initials) {
                mark(FIRST_SINGLE + this);
                for last in ones(before) {
                    mark(FIRST_PAIR + last * INITIALS + this);
                }
            }
            before = letter.initials;
        }
    }

    fn size(&self) -> usize {
        let texts = self.folded.values().chain(self.titles.values());
        let texts = texts.map(|text| text.len() + 32).sum::<usize>();
        (self.rows.len() + self.is_folded.len()) * 8 + texts
    }

    fn row(&self, row: usize) -> &[u64] {
        &self.rows[row * self.words..][..self.words]
    }

    /// Returns a bit for every clause.
    pub(super) fn all(&self) -> Bits {
        (0..self.words)
            .map(|word| match self.count - word * 64 {
                left @ ..64 => (1 << left) - 1,
                _ => u64::MAX,
            })
            .collect()
    }

    /// Returns a clause's title and text as [`fold::letter`] has them, given as they are printed.
    pub(super) fn folded<'a>(
        &'a self,
        clause: usize,
        title: &'a str,
        text: &'a str,
    ) -> [&'a str; 2] {
        if self.is_folded[clause / 64] >> (clause % 64) & 1 == 0 {
            return [title, text];
        }
        let clause = u32::try_from(clause).unwrap_or(u32::MAX);
        let find = |table: &'a HashMap<u32, Box<str>>| table.get(&clause).map(AsRef::as_ref);
        [
            find(&self.titles).unwrap_or(title),
            find(&self.folded).unwrap_or(text),
        ]
    }

    /// Returns the clauses that may have all characters of a pattern, which is where the exact
    /// and the loose way are to be looked for.
    pub(super) fn may_have_all(&self, pattern: &Pattern) -> Bits {
        let mut bits = self.all();
        let mut letters = Letters::default();
        for c in pattern.text().chars() {
            let letter = letters.of(c, sounds());
            if let Some(bucket) = letter.bucket {
                and(&mut bits, self.row(usize::from(bucket)));
            }
            // Every reading was marked, so any one tells: it parts characters that share a bucket.
            if let Some(syllable) = sounds().syllables(usize::from(letter.set)).first() {
                and(&mut bits, self.row(FIRST_SYLLABLE + syllable));
            }
        }
        bits
    }

    /// Narrows `bits` to the clauses that may have the pattern's characters in a row.
    pub(super) fn keep_in_a_row(&self, bits: &mut Bits, pattern: &Pattern) {
        let mut letters = Letters::default();
        let mut before = None;
        for c in pattern.text().chars() {
            let initial = ones(letters.of(c, sounds()).initials).next();
            if let (Some(last), Some(this)) = (before, initial) {
                and(bits, self.row(FIRST_PAIR + last * INITIALS + this));
            }
            before = initial;
        }
    }

    /// Returns the clauses that may have characters in a row that sound like the pattern: over
    /// every way to cut the letters into initials and syllables, from the last cut to the first.
    pub(super) fn may_sound(&self, cuts: &Cuts) -> Bits {
        let mut from: Vec<Bits> = Vec::new();
        let end = cuts.initials.len();
        // `from` is filled from the end: the letter at `start` stands at `end - 1 - start`.
        for start in (0..end).rev() {
            let mut bits = vec![0; self.words];
            for cut in &cuts.cuts[start] {
                let mut part = self.taking(cuts, start, cut);
                if cut.next < end {
                    and(&mut part, &from[end - 1 - cut.next]);
                }
                or(&mut bits, &part);
            }
            from.push(bits);
        }
        from.pop().unwrap_or_default()
    }

    /// Returns the clauses that may have a character for the letters of a cut, before one that
    /// begins as the next letter says.
    fn taking(&self, cuts: &Cuts, start: usize, cut: &Cut) -> Bits {
        let initial = |at: usize| cuts.initials.get(at).copied().flatten();
        let mut bits = match (initial(start), initial(cut.next)) {
            (Some(this), Some(next)) => self.row(FIRST_PAIR + this * INITIALS + next).to_vec(),
            (Some(this), None) => self.row(FIRST_SINGLE + this).to_vec(),
            (None, _) => self.all(),
        };
        if !cut.syllables.is_empty() {
            let mut any = vec![0; self.words];
            for syllable in cut.syllables.clone() {
                or(&mut any, self.row(FIRST_SYLLABLE + syllable));
            }
            and(&mut bits, &any);
        }
        bits
    }
}

fn set(bits: &mut [u64], index: usize) {
    bits[index / 64] |= 1 << (index % 64);
}

fn and(bits: &mut [u64], other: &[u64]) {
    bits.iter_mut().zip(other).for_each(|(a, b)| *a &= b);
}

fn or(bits: &mut [u64], other: &[u64]) {
    bits.iter_mut().zip(other).for_each(|(a, b)| *a |= b);
}
