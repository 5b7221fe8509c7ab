//! The signs of the chrome, for each width policy.
//!
//! Under narrow the lines and blocks may be ambiguous (UAX #11); under wide and safe they are all
//! unambiguous, so that no terminal draws them in another width than we count (a test walks them).

use crate::{text::Policy, tui::key::Key};

/// The signs of the chrome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Before the row under the cursor.
    pub cursor: &'static str,
    /// Before a folded node.
    pub folded: &'static str,
    /// Before an unfolded node.
    pub unfolded: &'static str,
    /// Between panes, upright.
    pub upright: &'static str,
    /// Between panes, level.
    pub level: &'static str,
    /// The complete part of a bar.
    pub full: &'static str,
    /// The half of a bar's cell.
    pub half: &'static str,
    /// The open part of a bar.
    pub empty: &'static str,
    /// What is marked.
    pub marked: &'static str,
    /// A change that is not saved yet.
    pub unsaved: &'static str,
}

const NARROW: Glyphs = Glyphs {
    cursor: "▌",
    folded: "▸",
    unfolded: "▾",
    upright: "│",
    level: "─",
    full: "█",
    half: "▌",
    empty: "░",
    marked: "*",
    unsaved: "*",
};

const UNAMBIGUOUS: Glyphs = Glyphs {
    cursor: ">",
    upright: "|",
    level: "-",
    full: "#",
    half: "-",
    empty: ".",
    ..NARROW
};

/// Returns a key's name as it is shown: an arrow where arrows have one width, else a word.
pub fn key(policy: Policy, key: Key) -> String {
    match policy {
        Policy::Narrow => key.to_string(),
        Policy::Wide | Policy::Roomy | Policy::Safe => key.name(),
    }
}

impl Glyphs {
    /// Returns the signs for a policy.
    pub const fn of(policy: Policy) -> &'static Self {
        match policy {
            Policy::Narrow => &NARROW,
            Policy::Wide | Policy::Roomy | Policy::Safe => &UNAMBIGUOUS,
        }
    }

    /// Returns all signs.
    pub const fn all(&self) -> [&'static str; 10] {
        [
            self.cursor,
            self.folded,
            self.unfolded,
            self.upright,
            self.level,
            self.full,
            self.half,
            self.empty,
            self.marked,
            self.unsaved,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_one_column_in_every_policy_that_draws_it() {
        for sign in NARROW.all() {
            assert_eq!(Policy::Narrow.width(sign), 1, "{sign}");
        }
        for sign in UNAMBIGUOUS.all() {
            for policy in Policy::ALL {
                assert_eq!(policy.width(sign), 1, "{sign} {policy:?}");
            }
        }
    }

    #[test]
    fn keys_have_names_of_one_width_where_arrows_have_none() {
        let keymap = crate::tui::keymap::Keymap::default();
        let all = crate::tui::keymap::Mode::ALL;
        for key in all
            .into_iter()
            .flat_map(|m| keymap.of_mode(m))
            .flat_map(|(_, k)| k)
        {
            let name = super::key(Policy::Wide, *key);
            assert!(name.is_ascii(), "{name}");
        }
    }
}
