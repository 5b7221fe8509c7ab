//! The texts of a clause: their own, or parts of one block that many share.
//!
//! A document of 100,000 clauses has 300,000 of them, most of which never change. Each in an
//! allocation of its own costs more time to make than to read, and a third more memory.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    fmt,
    ops::Deref,
    sync::{Arc, LazyLock, OnceLock},
};

/// What parts are of: written once, when it is full.
pub(super) type Block = Arc<OnceLock<String>>;

/// A text. It reads as a `str`.
#[derive(Clone)]
pub struct Text(Held);

#[derive(Clone)]
enum Held {
    Own(String),
    Part { block: Block, start: u32, end: u32 },
}

impl Text {
    /// Returns the part of a block from `start` to `end`.
    pub(super) const fn part(block: Block, start: u32, end: u32) -> Self {
        Self(Held::Part { block, start, end })
    }

    /// Returns it as a `str`.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Own(text) => text,
            Held::Part { block, start, end } => {
                let block = block.get().map_or("", String::as_str);
                block.get(*start as usize..*end as usize).unwrap_or("")
            }
        }
    }

    /// Adds a text to the end.
    pub fn push_str(&mut self, text: &str) {
        if let Held::Own(own) = &mut self.0 {
            return own.push_str(text);
        }
        let mut own = self.as_str().to_owned();
        own.push_str(text);
        self.0 = Held::Own(own);
    }

    /// Adds a character to the end.
    pub fn push(&mut self, c: char) {
        self.push_str(c.encode_utf8(&mut [0; 4]));
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Held::Own(String::new()))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Held::Own(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// A list of names, which clauses that have the same one share. It reads as a slice.
#[derive(Clone, PartialEq, Eq)]
pub struct Names(Arc<Vec<String>>);

/// The list of most clauses' leading units.
static NONE: LazyLock<Names> = LazyLock::new(|| Names(Arc::default()));

impl Names {
    /// Adds a name.
    pub fn push(&mut self, name: String) {
        Arc::make_mut(&mut self.0).push(name);
    }

    /// Takes all names out.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Default for Names {
    fn default() -> Self {
        NONE.clone()
    }
}

impl Deref for Names {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl From<Vec<String>> for Names {
    fn from(names: Vec<String>) -> Self {
        if names.is_empty() {
            return Self::default();
        }
        Self(Arc::new(names))
    }
}

impl Extend<String> for Names {
    fn extend<I: IntoIterator<Item = String>>(&mut self, names: I) {
        Arc::make_mut(&mut self.0).extend(names);
    }
}

impl<'a> IntoIterator for &'a Names {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<const N: usize> PartialEq<[&str; N]> for Names {
    fn eq(&self, other: &[&str; N]) -> bool {
        **self == *other
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reads_as_its_text_and_grows_apart_from_the_others() {
        let block = Block::default();
        let mut part = Text::part(Arc::clone(&block), 3, 6);
        let other = part.clone();
        let _ = block.set("天津海关".to_owned());
        assert_eq!(part, "津");
        part.push('港');
        part.push_str("口");
        assert_eq!((part, other), ("津港口".into(), "津".into()));
    }

    #[test]
    fn no_part_reads_beyond_its_block_or_within_a_character() {
        for (start, end) in [(1, 3), (0, 99), (5, 2)] {
            let block = Block::default();
            let _ = block.set("海关".to_owned());
            assert_eq!(Text::part(block, start, end), "");
        }
    }

    #[test]
    fn both_are_as_small_as_they_can_be() {
        assert_eq!(size_of::<Option<Text>>(), size_of::<String>());
        assert_eq!(size_of::<Names>(), size_of::<usize>());
    }

    #[test]
    fn a_list_that_changes_leaves_the_others_as_they_are() {
        let mut names = Names::from(vec!["甲".to_owned()]);
        let other = names.clone();
        names.push("乙".to_owned());
        assert_eq!(
            (names, other),
            (
                ["甲", "乙"].map(str::to_owned).to_vec().into(),
                vec!["甲".to_owned()].into()
            )
        );
    }
}
