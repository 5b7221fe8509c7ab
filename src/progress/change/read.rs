//! Reads one line of the journal.
//!
//! A line is a YAML flow mapping after `- `. kouan writes JSON, which is read ten times as fast;
//! lines by people and other programs go to the YAML reader. Both fill the same [`Raw`].

#![expect(
    clippy::option_option,
    reason = "a field that is null differs from one that is not there"
)]

use super::{Body, Change, Due, Edit, Kind, Target};
use crate::{document::ClauseId, progress::Status};
use compact_str::CompactString;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, de};
use std::{borrow::Cow, fmt};

/// Why a line is not a change, as a message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flaw(pub &'static str);

impl Flaw {
    /// It is not a one-line mapping, or a field has the wrong shape or occurs twice.
    pub const SYNTAX: Self = Self("journal.line.syntax");
    /// It is not UTF-8.
    pub const UTF8: Self = Self("journal.line.utf8");
    /// `at` or `clock` is not a time with an offset.
    pub const TIME: Self = Self("journal.line.time");
    /// It has not exactly one of `clause`, `edits` and `retract`.
    pub const BODY: Self = Self("journal.line.body");
    /// A clause or step has no name.
    pub const TARGET: Self = Self("journal.line.target");
    /// This version does not know the status.
    pub const STATUS: Self = Self("journal.line.status");
    /// The deadline is not a date.
    pub const DUE: Self = Self("journal.line.due");
    /// A new step has no text.
    pub const STEP: Self = Self("journal.line.step");
    /// An added item has no text, or no id of one.
    pub const ITEM: Self = Self("journal.line.item");
    /// `at` is after the year 2199.
    pub const FUTURE: Self = Self("journal.line.future");
}

/// The first moment that is not read: later changes must all be later still.
pub(in crate::progress) const END: Timestamp = Timestamp::constant(7_258_118_400, 0); // 2200-01-01

/// Limits of the YAML reader, in bytes and brackets: its time is quadratic in the depth, and only
/// hand-written lines need it.
const YAML_BYTES: usize = 1 << 16;
const YAML_BRACKETS: usize = 512;

/// Reads a line without its end.
pub(super) fn change(line: &str) -> Result<Change, Flaw> {
    let mapping = mapping(line).ok_or(Flaw::SYNTAX)?;
    let raw: Raw<'_> = serde_json::from_str(mapping).or_else(|_| yaml(mapping))?;
    raw.change(line)
}

/// Returns the mapping after the `- ` of a sequence item.
fn mapping(line: &str) -> Option<&str> {
    let item = line.trim_ascii().strip_prefix('-')?;
    let mapping = item.trim_ascii_start();
    (mapping.len() < item.len() && mapping.starts_with('{')).then_some(mapping)
}

/// Returns whether a line is a complete mapping, whatever it says, such as one of a later version.
pub(in crate::progress) fn is_whole(line: &str) -> bool {
    use serde::de::IgnoredAny;
    mapping(line).is_some_and(|mapping| {
        serde_json::from_str::<IgnoredAny>(mapping).is_ok() || yaml::<IgnoredAny>(mapping).is_ok()
    })
}

/// Reads a line with the YAML reader alone, for comparison.
#[cfg(test)]
pub(super) fn by_yaml(line: &str) -> Result<Change, Flaw> {
    yaml::<Raw<'_>>(mapping(line).ok_or(Flaw::SYNTAX)?)?.change(line)
}

fn yaml<'a, T: Deserialize<'a>>(mapping: &'a str) -> Result<T, Flaw> {
    let brackets = mapping.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
    if mapping.len() > YAML_BYTES || brackets > YAML_BRACKETS {
        return Err(Flaw::SYNTAX);
    }
    serde_yaml::from_str(mapping).map_err(|_| Flaw::SYNTAX)
}

#[derive(Default, Deserialize)]
struct Raw<'a> {
    #[serde(borrow)]
    at: BorrowedText<'a>,
    clock: Option<BorrowedText<'a>>,
    #[serde(default)]
    by: BorrowedText<'a>,
    via: Option<BorrowedText<'a>>,
    #[serde(default)]
    session: BorrowedText<'a>,
    #[serde(default)]
    id: BorrowedText<'a>,
    retract: Option<BorrowedText<'a>>,
    edits: Option<Vec<RawEdit<'a>>>,
    clause: Option<BorrowedText<'a>>,
    status: Option<BorrowedText<'a>>,
    #[serde(default, deserialize_with = "given")]
    due: Option<Option<BorrowedText<'a>>>,
    #[serde(default, deserialize_with = "given")]
    owner: Option<Option<BorrowedText<'a>>>,
    remark: Option<BorrowedText<'a>>,
    kind: Option<BorrowedText<'a>>,
    step: Option<BorrowedText<'a>>,
    #[serde(default, deserialize_with = "given")]
    text: Option<Option<BorrowedText<'a>>>,
    item: Option<BorrowedText<'a>>,
    units: Option<Vec<BorrowedText<'a>>>,
    #[serde(default, deserialize_with = "given")]
    after: Option<Option<BorrowedText<'a>>>,
}

/// One edit of a set. (Flattening it into [`Raw`] would make serde copy every field.)
#[derive(Deserialize)]
struct RawEdit<'a> {
    #[serde(borrow)]
    clause: Option<BorrowedText<'a>>,
    status: Option<BorrowedText<'a>>,
    #[serde(default, deserialize_with = "given")]
    due: Option<Option<BorrowedText<'a>>>,
    #[serde(default, deserialize_with = "given")]
    owner: Option<Option<BorrowedText<'a>>>,
    remark: Option<BorrowedText<'a>>,
    kind: Option<BorrowedText<'a>>,
    step: Option<BorrowedText<'a>>,
    #[serde(default, deserialize_with = "given")]
    text: Option<Option<BorrowedText<'a>>>,
    item: Option<BorrowedText<'a>>,
    units: Option<Vec<BorrowedText<'a>>>,
    #[serde(default, deserialize_with = "given")]
    after: Option<Option<BorrowedText<'a>>>,
}

impl Raw<'_> {
    fn change(self, line: &str) -> Result<Change, Flaw> {
        let clock = self.clock.as_ref().map(time).transpose()?;
        let at = time(&self.at)?;
        if at >= END {
            return Err(Flaw::FUTURE);
        }
        Ok(Change {
            at,
            clock,
            by: (*self.by.0).into(),
            via: self.via.as_ref().map(|via| (*via.0).into()),
            session: (*self.session.0).into(),
            id: match &*self.id.0 {
                "" => hash_id(line),
                id => id.into(),
            },
            body: self.body()?,
            line: line.into(),
        })
    }

    fn body(self) -> Result<Body, Flaw> {
        let is_short = self.clause.is_some() || self.item.is_some();
        match (self.retract, self.edits) {
            (Some(id), None) if !is_short => Ok(Body::Retract((*id.0).into())),
            (None, Some(edits)) if !is_short => {
                let edits: Result<_, _> = edits.into_iter().map(RawEdit::edit).collect();
                Ok(Body::Edits(edits?))
            }
            (None, None) if is_short => {
                let one = RawEdit {
                    clause: self.clause,
                    status: self.status,
                    due: self.due,
                    owner: self.owner,
                    remark: self.remark,
                    kind: self.kind,
                    step: self.step,
                    text: self.text,
                    item: self.item,
                    units: self.units,
                    after: self.after,
                };
                Ok(Body::Edits(vec![one.edit()?]))
            }
            _ => Err(Flaw::BODY),
        }
    }
}

impl RawEdit<'_> {
    fn edit(self) -> Result<Edit, Flaw> {
        let named = self.item.as_ref().or(self.clause.as_ref());
        let target: Target = named.and_then(|id| id.0.parse().ok()).ok_or(Flaw::TARGET)?;
        let text = self.text.map(|text| text.map(|t| t.0.into_owned()));
        let is_item = target.step.is_none() && target.clause_id().is_some_and(ClauseId::is_own);
        let units = || {
            self.units
                .into_iter()
                .flatten()
                .map(|unit| unit.0.into_owned())
        };
        let item = match (&self.item, &text) {
            (None, _) => None,
            (Some(_), Some(Some(_))) if is_item => Some(units().collect()),
            _ => return Err(Flaw::ITEM),
        };
        let (step, text) = match (self.step, text) {
            (None, text) => (None, text),
            (Some(id), Some(Some(text))) if !id.0.is_empty() => {
                (Some(((*id.0).into(), text)), None)
            }
            _ => return Err(Flaw::STEP),
        };
        Ok(Edit {
            target,
            status: self.status.as_ref().map(status).transpose()?,
            due: self
                .due
                .map(|due| due.as_ref().map(deadline).transpose())
                .transpose()?,
            owner: self.owner.map(|owner| owner.map(|o| o.0.into_owned())),
            remark: self.remark.map(|text| {
                // An unknown kind of a later version must not cost the remark.
                let kind = self.kind.and_then(|k| Kind::from_id(&k.0));
                (kind.unwrap_or_default(), text.0.into_owned())
            }),
            step,
            item,
            text,
            after: self.after.map(|step| step.map(|s| (*s.0).into())),
        })
    }
}

fn status(text: &BorrowedText<'_>) -> Result<Status, Flaw> {
    Status::from_id(&text.0).ok_or(Flaw::STATUS)
}

fn deadline(text: &BorrowedText<'_>) -> Result<Due, Flaw> {
    text.0.parse().map_err(|()| Flaw::DUE)
}

fn time(text: &BorrowedText<'_>) -> Result<Timestamp, Flaw> {
    text.0.parse().map_err(|_| Flaw::TIME)
}

/// Returns the id of a line without one: its 64-bit FNV-1a hash in 13 base-32 digits, so that it is
/// the same on every machine.
fn hash_id(line: &str) -> CompactString {
    let hash = line.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let digit = |i: u32| super::DIGITS.get(((hash >> (5 * i)) & 31).try_into().unwrap_or(0usize));
    (0..13).filter_map(digit).map(|d| char::from(*d)).collect()
}

/// Distinguishes a field that is `null` from a missing one.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// A string that borrows from the line if it has no escapes (serde's own `Option<Cow>` never does).
#[derive(Default)]
struct BorrowedText<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for BorrowedText<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = BorrowedText<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(BorrowedText(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(BorrowedText(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
                Ok(BorrowedText(Cow::Owned(text)))
            }
        }

        from.deserialize_str(Visitor)
    }
}
