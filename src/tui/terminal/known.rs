//! What is known of terminals from earlier runs: how they answered, and the width policy that was
//! chosen by hand. One small file in the state folder, by kind of terminal.
//!
//! Only the environment tells one terminal from another, so an answer is asked for again every time;
//! what is known from before spares the first frame from being drawn twice.

use crate::{
    config::AmbiguousWidth, files, locale::Lang, text::Policy, tui::widgets::theme::Ground,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// What is known of one kind of terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownTerminal {
    /// The width policy that was chosen by hand; `auto` where none was.
    pub chosen: AmbiguousWidth,
    /// The columns of “, as the terminal answered; 0 where it never did.
    pub columns: u16,
    /// The background, as the terminal answered.
    pub ground: Ground,
}

/// What tells kinds of terminals apart.
const VARIABLES: [&str; 5] = [
    "TERM",
    "TERM_PROGRAM",
    "COLORTERM",
    "VTE_VERSION",
    "KONSOLE_VERSION",
];
/// More kinds than this are some script's; the file starts anew.
const MOST_KINDS: usize = 50;

/// One kind of terminal, and where what is known of it is kept.
#[derive(Debug, Clone, Default)]
pub struct Kind {
    name: String,
    path: PathBuf,
}

impl Kind {
    /// Returns the kind that the environment names.
    pub fn of(state: &Path, get: &dyn Fn(&str) -> String) -> Self {
        let values = VARIABLES.map(get);
        let named: Vec<&str> = values.iter().map(String::as_str).collect();
        Self {
            name: named.join(" ").trim_end().to_owned(),
            path: state.join("terminals.yaml"),
        }
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what is known of this kind; a missing or broken file knows nothing.
    pub fn known(&self) -> KnownTerminal {
        self.all().remove(&self.name).unwrap_or_default()
    }

    /// Notes something about this kind. Where that can't be kept it is asked or chosen again.
    pub fn note(&self, change: impl FnOnce(&mut KnownTerminal)) {
        let mut all = self.all();
        let mut known = all.get(&self.name).copied().unwrap_or_default();
        change(&mut known);
        if all.get(&self.name) == Some(&known) {
            return;
        }
        if all.len() >= MOST_KINDS {
            all.clear();
        }
        all.insert(self.name.clone(), known);
        if let Ok(text) = serde_yaml::to_string(&all) {
            let _ = files::keep(&self.path, text.as_bytes());
        }
    }

    fn all(&self) -> BTreeMap<String, KnownTerminal> {
        let text = files::read_text(&self.path, files::MOST_SMALL);
        let all = text.ok().and_then(|text| serde_yaml::from_str(&text).ok());
        all.unwrap_or_default()
    }
}

impl KnownTerminal {
    /// Returns the policy that was chosen by hand or goes by the terminal's answer, if there is one.
    pub fn policy(&self, lang: Lang) -> Option<Policy> {
        self.chosen
            .policy()
            .or_else(|| answered(self.columns, lang))
    }
}

/// Returns the policy for a terminal that draws “ in so many columns. One column in a Chinese setting
/// is a Chinese font more often than not, whose “ is drawn two columns wide.
pub fn answered(columns: u16, lang: Lang) -> Option<Policy> {
    match (columns, lang) {
        (2, _) => Some(Policy::Wide),
        (1, Lang::ZhCn) => Some(Policy::Roomy),
        (1, Lang::En) => Some(Policy::Narrow),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_of_a_terminal_is_known_of_its_kind_only() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |term: &'static str| {
            let get = move |name: &str| if name == "TERM" { term } else { "" }.to_owned();
            Kind::of(folder.path(), &get)
        };
        assert_eq!(kind("xterm").known(), KnownTerminal::default());
        kind("xterm").note(|known| (known.columns, known.ground) = (1, Ground::Light));
        let known = kind("xterm").known();
        assert_eq!(known.policy(Lang::ZhCn), Some(Policy::Roomy));
        assert_eq!(known.policy(Lang::En), Some(Policy::Narrow));
        assert_eq!(known.ground, Ground::Light);
        assert_eq!(kind("foot").known(), KnownTerminal::default());
        kind("xterm").note(|known| known.chosen = AmbiguousWidth::Safe);
        assert_eq!(kind("xterm").known().policy(Lang::En), Some(Policy::Safe));
        assert_eq!(kind("xterm").known().columns, 1);

        std::fs::write(kind("xterm").path(), "xterm: [").unwrap();
        assert_eq!(kind("xterm").known(), KnownTerminal::default());
        kind("xterm").note(|known| known.columns = 2);
        assert_eq!(kind("xterm").known().policy(Lang::ZhCn), Some(Policy::Wide));
        for n in 0..2 * MOST_KINDS {
            let name = format!("t{n}");
            let get = move |_: &str| name.clone();
            Kind::of(folder.path(), &get).note(|known| known.columns = 1);
        }
        assert!(kind("xterm").all().len() <= MOST_KINDS);
    }
}
