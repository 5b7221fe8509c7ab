//! What earlier runs learnt about terminals: their answers, and the width policy chosen by hand.
//! One small file in the state folder, by kind of terminal.
//!
//! Only the environment distinguishes terminals, so questions are asked again every time; earlier
//! answers just save drawing the first frame twice.

use crate::{
    config::AmbiguousWidth,
    files,
    locale::Lang,
    text::Policy,
    tui::widgets::theme::{Ground, Quiet},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// What is known about a kind of terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownTerminal {
    /// The width policy chosen by hand, or `auto`.
    pub chosen: AmbiguousWidth,
    /// The width of “ as answered; 0 if never.
    pub columns: u16,
    /// The background as answered.
    pub ground: Ground,
    /// Quiet text on it.
    pub quiet: Quiet,
}

/// Variables that distinguish kinds of terminals.
const VARIABLES: [&str; 5] = [
    "TERM",
    "TERM_PROGRAM",
    "COLORTERM",
    "VTE_VERSION",
    "KONSOLE_VERSION",
];
/// More kinds than this come from a script; the file starts over.
const MOST_KINDS: usize = 50;

/// A kind of terminal, and the file about it.
#[derive(Debug, Clone, Default)]
pub struct TerminalKind {
    name: String,
    path: PathBuf,
    has_links: bool,
}

impl TerminalKind {
    /// Returns the kind that the environment names.
    pub fn of(state: &Path, get: &dyn Fn(&str) -> String) -> Self {
        let values = VARIABLES.map(get);
        let named: Vec<&str> = values.iter().map(String::as_str).collect();
        Self {
            name: named.join(" ").trim_end().to_owned(),
            path: state.join("terminals.yaml"),
            has_links: has_links(get),
        }
    }

    /// Returns whether it is known to make links of text.
    pub const fn has_links(&self) -> bool {
        self.has_links
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what is known about this kind; nothing from a missing or broken file.
    pub fn known(&self) -> KnownTerminal {
        self.all().remove(&self.name).unwrap_or_default()
    }

    /// Records something about this kind. If that fails, it is asked or chosen again.
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
    /// Records a choice by hand. Choosing what follows from the terminal's answer takes an earlier
    /// choice back.
    pub fn choose(&mut self, policy: Policy, lang: Lang) {
        self.chosen = match answered(self.columns, lang) {
            Some(own) if own == policy => AmbiguousWidth::Auto,
            _ => AmbiguousWidth::of(policy),
        };
    }

    /// Returns the policy chosen by hand or following from the terminal's answer, if any.
    pub fn policy(&self, lang: Lang) -> Option<Policy> {
        self.chosen
            .policy()
            .or_else(|| answered(self.columns, lang))
    }
}

/// Returns whether the terminal is known to make links of text (OSC 8). What it does not say of itself
/// through `TERM` must be a variable that another program in it would not inherit under a `TERM` of its
/// own.
pub fn has_links(get: &dyn Fn(&str) -> String) -> bool {
    let term = get("TERM");
    let number = |name: &str| get(name).parse::<u32>().unwrap_or(0);
    let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
    if begins(&[
        "xterm-kitty",
        "xterm-ghostty",
        "foot",
        "alacritty",
        "contour",
        "wezterm",
    ]) {
        return true;
    }
    if get("TERM_PROGRAM") == "tmux" {
        let version = get("TERM_PROGRAM_VERSION");
        let version = version.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        return term.starts_with("tmux") && version.parse().is_ok_and(|v: f32| v >= 3.4);
    }
    if !term.starts_with("xterm") || !get("STY").is_empty() || !get("TMUX").is_empty() {
        return false;
    }
    let programs = ["iTerm.app", "WezTerm", "ghostty", "vscode"];
    // The first version of VTE with links crashed on some.
    programs.contains(&&*get("TERM_PROGRAM"))
        || number("VTE_VERSION") > 5000
        || number("KONSOLE_VERSION") >= 201_200
        || !get("WT_SESSION").is_empty()
}

/// Returns the policy for a terminal that draws “ in this many columns. One column under a Chinese
/// locale usually means a Chinese font, whose “ is drawn two columns wide.
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
    fn links_only_where_the_terminal_is_known_to_have_them() {
        let (term, vte) = (|term| ("TERM", term), ("VTE_VERSION", "7600"));
        for (set, want) in [
            (vec![], false),
            (vec![term("xterm-256color")], false),
            (vec![term("xterm-kitty")], true),
            (vec![term("foot")], true),
            (vec![term("xterm-256color"), vte], true),
            (vec![term("xterm-256color"), ("VTE_VERSION", "5000")], false),
            (vec![term("xterm-256color"), ("WT_SESSION", "6b2d")], true),
            (vec![term("xterm"), ("TERM_PROGRAM", "iTerm.app")], true),
            (vec![term("putty-256color"), vte], false),
            (vec![term("linux"), vte], false),
            (vec![term("dumb"), vte], false),
            (vec![term("eterm-color"), vte], false),
            (vec![term("screen-256color"), vte], false),
            (vec![term("xterm-256color"), vte, ("STY", "1.x")], false),
            (
                vec![
                    term("tmux-256color"),
                    ("TERM_PROGRAM", "tmux"),
                    ("TERM_PROGRAM_VERSION", "3.4a"),
                ],
                true,
            ),
            (
                vec![
                    term("tmux-256color"),
                    vte,
                    ("TERM_PROGRAM", "tmux"),
                    ("TERM_PROGRAM_VERSION", "3.3a"),
                ],
                false,
            ),
        ] {
            let get = |name: &str| {
                let found = set.iter().find(|(n, _)| *n == name);
                found.map_or_else(String::new, |(_, value)| (*value).to_owned())
            };
            assert_eq!(has_links(&get), want, "{set:?}");
        }
    }

    #[test]
    fn what_is_noted_of_a_terminal_is_known_of_its_kind_only() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |term: &'static str| {
            let get = move |name: &str| if name == "TERM" { term } else { "" }.to_owned();
            TerminalKind::of(folder.path(), &get)
        };
        assert_eq!(kind("xterm").known(), KnownTerminal::default());
        kind("xterm").note(|known| {
            (known.columns, known.ground, known.quiet) = (1, Ground::Light, Quiet::Grey(240));
        });
        let known = kind("xterm").known();
        assert_eq!(known.policy(Lang::ZhCn), Some(Policy::Roomy));
        assert_eq!(known.policy(Lang::En), Some(Policy::Narrow));
        assert_eq!(
            (known.ground, known.quiet),
            (Ground::Light, Quiet::Grey(240))
        );
        assert_eq!(kind("foot").known(), KnownTerminal::default());
        kind("xterm").note(|known| known.chosen = AmbiguousWidth::Safe);
        assert_eq!(kind("xterm").known().policy(Lang::En), Some(Policy::Safe));
        assert_eq!(kind("xterm").known().columns, 1);
        kind("xterm").note(|known| known.choose(Policy::Wide, Lang::ZhCn));
        assert_eq!(kind("xterm").known().chosen, AmbiguousWidth::Wide);
        kind("xterm").note(|known| known.choose(Policy::Roomy, Lang::ZhCn));
        assert_eq!(kind("xterm").known().chosen, AmbiguousWidth::Auto);

        std::fs::write(kind("xterm").path(), "xterm: [").unwrap();
        assert_eq!(kind("xterm").known(), KnownTerminal::default());
        kind("xterm").note(|known| known.columns = 2);
        assert_eq!(kind("xterm").known().policy(Lang::ZhCn), Some(Policy::Wide));
        for n in 0..2 * MOST_KINDS {
            let name = format!("t{n}");
            let get = move |_: &str| name.clone();
            TerminalKind::of(folder.path(), &get).note(|known| known.columns = 1);
        }
        assert!(kind("xterm").all().len() <= MOST_KINDS);
    }
}
