//! A text being typed, as it is kept, and until when. Pure.

use crate::progress::{Body, Draft, Kind};
use std::fmt::Display;

/// A text that was being typed; without one, none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextDraft {
    /// What kind of remark it is to be; a step has none.
    pub kind: Kind,
    /// The text.
    pub text: String,
}

impl TextDraft {
    /// Returns what the file of this name has to hold: the remarks or steps that are not durable yet,
    /// which have no other place on the disk, and then the text that is being typed.
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

/// As many bytes of clauses' numbers stand in the name of a draft.
const LONGEST: usize = 120;

/// Returns the name that the draft of a remark on these clauses is kept under. What was meant for one
/// must not come back for nine.
pub fn name<C: Display>(clauses: &[C]) -> String {
    let all: Vec<String> = clauses.iter().map(C::to_string).collect();
    match (all.join("+"), all.as_slice()) {
        (long, [first, .., last]) if long.len() > LONGEST => {
            format!("{first}+{}+{last}", all.len())
        }
        (whole, _) => whole,
    }
}

/// Returns the name that the draft of a step of this clause is kept under.
pub fn step_name(clause: impl Display) -> String {
    format!("{clause}-step")
}

/// Returns the remark or the step of a change, and the name that its draft is kept under.
pub fn typed_in(body: &Body) -> Option<(String, TextDraft)> {
    let Body::Edits(edits) = body else {
        return None;
    };
    let first = edits.first()?;
    if let Some((_, text)) = &first.step {
        let (kind, text) = (Kind::default(), text.clone());
        return Some((step_name(&first.target.clause), TextDraft { kind, text }));
    }
    let (kind, text) = first.remark.clone()?;
    let clauses: Vec<&str> = edits.iter().map(|e| &*e.target.clause).collect();
    Some((name(&clauses), TextDraft { kind, text }))
}
