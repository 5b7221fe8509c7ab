//! Checks the terminal.

use super::{
    CheckState::{Note, Well},
    Doctor, text_of,
};
use crate::{
    cli::{
        probe::{self, ProbeReply},
        terminal,
    },
    config::{AmbiguousWidth, ThemeSetting},
    tui::{
        terminal::known::{self, TerminalKind},
        widgets::theme::{Ground, Wanted},
    },
};
use std::io::{self, IsTerminal as _};

impl Doctor<'_> {
    /// Checks the terminal: its size, colours, background and width of “.
    pub(super) fn terminal(&mut self) {
        let term = text_of("TERM");
        let about = "doctor.terminal";
        match term.as_str() {
            "" => self.say(Note, about, "doctor.no-term", &[]),
            "dumb" => self.say(Note, about, "doctor.dumb", &[]),
            "linux" => self.say(Note, about, "doctor.console", &[]),
            _ if !io::stdout().is_terminal() => {
                self.say(Well, about, "doctor.term-piped", &[("term", &term)]);
            }
            _ => {
                let (columns, rows) = crossterm::terminal::size().unwrap_or((0, 0));
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("term", &term), ("columns", &columns), ("rows", &rows)];
                self.say(Well, about, "doctor.term", &values);
            }
        }
        self.colours();
        self.width();
    }

    fn width(&mut self) {
        let asked = self.context.width();
        let kind = TerminalKind::of(&self.context.paths.state, &text_of);
        let chosen = kind.known().chosen;
        let answer = if terminal::is_dumb(&text_of) {
            ProbeReply::Nobody
        } else {
            probe::ambiguous_width()
        };
        let (state, key, width) = match (asked, answer) {
            (AmbiguousWidth::Auto, _) if !text_of("STY").is_empty() => {
                (Well, "doctor.width-screen", AmbiguousWidth::Safe)
            }
            (AmbiguousWidth::Auto, _) if chosen != AmbiguousWidth::Auto => {
                (Well, "doctor.width-chosen", chosen)
            }
            (AmbiguousWidth::Auto, ProbeReply::Mute) => (Note, "doctor.width-mute", asked),
            (AmbiguousWidth::Auto, ProbeReply::Columns(n)) => {
                let width = known::answered(n, self.lang).map_or(asked, AmbiguousWidth::of);
                (Well, "doctor.width-probed", width)
            }
            (AmbiguousWidth::Narrow | AmbiguousWidth::Roomy, ProbeReply::Columns(2))
            | (AmbiguousWidth::Wide, ProbeReply::Columns(1)) => (Note, "doctor.width-other", asked),
            (_, ProbeReply::Columns(_)) => (Well, "doctor.width-probed", asked),
            (_, ProbeReply::Nobody | ProbeReply::Mute) => (Well, "doctor.width-set", asked),
        };
        let (columns, path) = (answer.columns(), kind.path().display());
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("width", &width.name()), ("n", &columns), ("path", &path)];
        self.say(state, "doctor.width", key, &values);
    }

    fn colours(&mut self) {
        let (depth, about) = (terminal::depth(&text_of), "doctor.colour");
        let wanted = terminal::theme(&self.context.config, &text_of);
        let theme = match self.context.config.theme {
            ThemeSetting::Auto => "auto",
            ThemeSetting::Dark => "dark",
            ThemeSetting::Light => "light",
            ThemeSetting::Mono => "mono",
            ThemeSetting::HighContrast => "high-contrast",
            ThemeSetting::ColourBlind => "colour-blind",
        };
        let n = depth.colours();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("theme", &theme)];
        let mono = Wanted {
            choice: ThemeSetting::Mono,
            ..wanted
        }
        .on(Ground::Dark);
        match n {
            0 => self.say(Well, about, "doctor.no-color", &[]),
            _ if wanted.choice != ThemeSetting::Mono && wanted.on(Ground::Dark) == mono => {
                self.say(Note, about, "doctor.few-colors", &values);
            }
            _ => self.say(Well, about, "doctor.colors", &values),
        }
        if wanted.depends_on_ground() {
            let (state, key) = match terminal::ground(&self.context.paths.state, &text_of).0 {
                Ground::Dark => (Well, "doctor.ground-dark"),
                Ground::Light => (Well, "doctor.ground-light"),
                Ground::Unknown => (Note, "doctor.ground-unknown"),
            };
            self.say(state, about, key, &[]);
        }
    }
}
