//! A text being typed, as it is kept. Pure.

use crate::progress::{Body, Draft, Kind};
use std::fmt::Display;

/// A draft; an empty text means none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextDraft {
    /// The kind of remark; steps have none.
    pub kind: Kind,
    /// The text.
    pub text: String,
}

impl TextDraft {
    /// Returns the contents of the file with this name: remarks or steps that are not durable yet,
    /// which exist nowhere else on disk, followed by the text being typed.
    pub fn of(name: &str, unwritten: &[Draft], typed: Option<&Self>) -> Self {
        let texts = unwritten.iter().filter_map(|draft| typed_in(&draft.body));
        texts
            .filter_map(|(of, kept)| (of == name).then_some(kept))
            .chain(typed.cloned())
            .reduce(|before, after| Self {
                kind: after.kind,
                text: before.text + "\n" + &after.text,
            })
            .unwrap_or_default()
    }
}

/// Bytes of clause ids in a draft's name.
const LONGEST: usize = 120;

/// Returns the name of a draft of a remark on these clauses. A remark meant for one clause must not
/// come back for nine.
pub fn name<C: Display>(clauses: &[C]) -> String {
    let all: Vec<String> = clauses.iter().map(C::to_string).collect();
    match (all.join("+"), all.as_slice()) {
        (long, [first, .., last]) if long.len() > LONGEST => {
            format!("{first}+{}+{last}", all.len())
        }
        (whole, _) => whole,
    }
}

/// Returns the name of a draft of a step of this clause.
pub fn step_name(clause: impl Display) -> String {
    format!("{clause}-step")
}

/// The name of a draft of an added item.
pub const ITEM: &str = "item";

/// Returns the remark, step or item of a change, and its draft's name.
pub fn typed_in(body: &Body) -> Option<(String, TextDraft)> {
    let Body::Edits(edits) = body else {
        return None;
    };
    let first = edits.first()?;
    if let Some((_, text)) = &first.step {
        let (kind, text) = (Kind::default(), text.clone());
        return Some((step_name(&first.target.clause), TextDraft { kind, text }));
    }
    if let (Some(_), Some(Some(text))) = (&first.item, &first.text) {
        let (kind, text) = (Kind::default(), text.clone());
        return Some((ITEM.to_owned(), TextDraft { kind, text }));
    }
    let (kind, text) = first.remark.clone()?;
    let clauses: Vec<&str> = edits.iter().map(|e| &*e.target.clause).collect();
    Some((name(&clauses), TextDraft { kind, text }))
}
