//! A text being typed, as it is kept, and until when. Pure. May use: `progress`.

use crate::progress::{Body, Draft, Kind};

/// A text that was being typed; without one, none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// What kind of remark it is to be.
    pub kind: Kind,
    /// The text.
    pub text: String,
}

impl Kept {
    /// Returns what the file of this name has to hold: the remarks that are not durable yet, which
    /// have no other place on the disk, and then the text that is being typed.
    pub fn of(name: &str, unwritten: &[Draft], typed: Option<&Self>) -> Self {
        let remarks = unwritten.iter().filter_map(|draft| remark(&draft.body));
        remarks
            .filter_map(|(of, kept)| (of == name).then_some(kept))
            .chain(typed.cloned())
            .reduce(|before, after| Self {
                kind: after.kind,
                text: before.text + "\n" + &after.text,
            })
            .unwrap_or_default()
    }
}

/// Returns the remark of a change, and the name that its draft is kept under: the first clause's.
pub fn remark(body: &Body) -> Option<(&str, Kept)> {
    let Body::Edits(edits) = body else {
        return None;
    };
    let edit = edits.first()?;
    let (kind, text) = edit.remark.clone()?;
    Some((&edit.target.clause, Kept { kind, text }))
}
