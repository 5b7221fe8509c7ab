//! Finds the position of a value in a YAML text.
//!
//! The reader gives line and column only for errors, so this walks to the value and fails there on
//! purpose. Each question reads the text once, but only files with mistakes ask any.

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;

/// One step into a YAML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathStep {
    /// Into the value of the nth entry of a mapping.
    Value(usize),
    /// To the key of the nth entry of a mapping.
    Key(usize),
    /// Into the nth item of a sequence.
    Item(usize),
}

/// Returns line and column, from 1, of the value at the end of the steps.
pub fn locate(text: &str, steps: &[PathStep]) -> Option<(usize, usize)> {
    let walk = PathWalk(steps).deserialize(serde_yaml::Deserializer::from_str(text));
    let place = walk.err()?.location()?;
    Some((place.line(), place.column()))
}

struct PathWalk<'a>(&'a [PathStep]);

impl<'de> DeserializeSeed<'de> for PathWalk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PathWalk<'_> {
    type Value = ();

    // Any value not visited below fails with this, at its position.
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the end of the way")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (nth, rest, at_key) = match self.0.split_first() {
            Some((PathStep::Value(n), rest)) => (*n, rest, false),
            Some((PathStep::Key(n), rest)) => (*n, rest, true),
            _ => return Err(A::Error::custom("found")),
        };
        for _ in 0..nth {
            map.next_entry::<IgnoredAny, IgnoredAny>()?;
        }
        if at_key {
            map.next_key_seed(PathWalk(&[]))?;
        } else if map.next_key::<IgnoredAny>()?.is_some() {
            map.next_value_seed(PathWalk(rest))?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some((PathStep::Item(nth), rest)) = self.0.split_first() else {
            return Err(A::Error::custom("found"));
        };
        for _ in 0..*nth {
            seq.next_element::<IgnoredAny>()?;
        }
        seq.next_element_seed(PathWalk(rest))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{PathStep::*, locate};

    const TEXT: &str = "a: 1\n# note\nb: [x, y]\nc:\n  d: {e: f}\n  g: null\n";

    #[test]
    fn keys_values_and_items_are_found() {
        assert_eq!(locate(TEXT, &[Key(0)]), Some((1, 1)));
        assert_eq!(locate(TEXT, &[Value(0)]), Some((1, 4)));
        assert_eq!(locate(TEXT, &[Value(1), Item(1)]), Some((3, 8)));
        assert_eq!(locate(TEXT, &[Value(2), Key(1)]), Some((6, 3)));
        assert_eq!(locate(TEXT, &[Value(2), Value(0), Value(0)]), Some((5, 10)));
        assert_eq!(locate(TEXT, &[Value(2), Value(1)]), Some((6, 6)));
    }

    #[test]
    fn what_is_not_there_has_no_place() {
        assert_eq!(locate(TEXT, &[Value(9)]), None);
    }
}
