//! Colours and weights by role.
//!
//! Colour marks and never carries a sentence: running text keeps the terminal's own foreground, and
//! anything coloured also has a sign, a word or a weight (a test checks all roles). Colours come
//! from the fixed part of xterm's 256, since the first 16 vary by palette: dark blue on black in
//! `PuTTY`, bright black as the background itself in Solarized. Each keeps a contrast of 4.5:1
//! (WCAG 2.2, 1.4.3) on every background that counts as dark or light; on an unknown background
//! there is no colour at all.

use crate::{config::ThemeSetting as Choice, progress::Status};
use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Serialize};

/// The role of a part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Text,
    /// Secondary text: labels, roll-ups, lines.
    Dim,
    /// A heading.
    Heading,
    /// The row under the cursor, over its other style; frames of boxes.
    Selected,
    /// A status.
    Status(Status),
    /// 逾期
    Overdue,
    /// 临期
    Soon,
    /// 黄: behind the pace.
    Behind,
    /// The complete part of a bar: blanks.
    Bar,
    /// A rule: blanks.
    Rule,
    /// A search match.
    Match,
    /// Text only in the old version.
    Removed,
    /// Text only in the new version.
    Added,
    /// A key in a hint.
    Key,
    /// A notice.
    Notice,
    /// A notice about a failure or unsaved changes.
    Alarm,
}

/// A theme's colours; several roles may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tint {
    /// Done, the complete part of a bar, added text.
    Done,
    /// In progress.
    Doing,
    /// Ongoing.
    Ongoing,
    /// Overdue, blocked, failed, removed text.
    Overdue,
    /// Due soon.
    Soon,
    /// Behind the pace.
    Behind,
    /// A search match.
    Match,
    /// Labels, and dropped clauses.
    Quiet,
}

impl Tint {
    /// All, in the order of their names in the config.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Doing,
        Self::Ongoing,
        Self::Overdue,
        Self::Soon,
        Self::Behind,
        Self::Match,
        Self::Quiet,
    ];

    const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Status(Status::Done | Status::Closed) | Role::Bar | Role::Added => {
                Some(Self::Done)
            }
            Role::Status(Status::Doing) => Some(Self::Doing),
            Role::Status(Status::Ongoing) => Some(Self::Ongoing),
            Role::Status(Status::Blocked) | Role::Overdue | Role::Alarm | Role::Removed => {
                Some(Self::Overdue)
            }
            Role::Soon => Some(Self::Soon),
            Role::Behind => Some(Self::Behind),
            Role::Match => Some(Self::Match),
            Role::Status(Status::Dropped) | Role::Dim | Role::Rule => Some(Self::Quiet),
            Role::Text
            | Role::Heading
            | Role::Selected
            | Role::Status(Status::Todo)
            | Role::Key
            | Role::Notice => None,
        }
    }
}

/// The user's own colours, in the order of [`Tint::ALL`].
pub type CustomColours = [Option<Color>; 8];

/// The background of the text, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    /// Unknown, or neither dark nor light enough for either set of colours.
    #[default]
    Unknown,
    /// Dark enough for every colour of the dark set.
    Dark,
    /// Light enough for every colour of the light set.
    Light,
}

/// The greatest relative luminance on which every dark-set colour keeps 4.5:1.
const DARK: f64 = 0.05;
/// The least relative luminance on which every light-set colour keeps 4.5:1.
const LIGHT: f64 = 0.78;

impl Ground {
    /// Classifies a background; components are 0 to 1, as in sRGB.
    pub fn of(rgb: [f64; 3]) -> Self {
        match luminance(rgb) {
            l if l <= DARK => Self::Dark,
            l if l >= LIGHT => Self::Light,
            _ => Self::Unknown,
        }
    }
}

/// How quiet text is drawn, which must be no louder than the terminal's own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quiet {
    /// In the set's grey: the colour of the text is unknown.
    #[default]
    Usual,
    /// In this grey of xterm's 256.
    Grey(u8),
    /// In no colour: the text itself can hardly be read, as in Solarized, and a grey that can be
    /// would be louder.
    Plain,
}

impl Quiet {
    /// Returns the grey halfway from what can just be read on a background to the text.
    pub fn of(background: [f64; 3], text: [f64; 3]) -> Self {
        let (ground, text) = (luminance(background), luminance(text));
        let level = |n: u8| f64::from(8 + 10 * (u16::from(n) - 232)) / 255.0;
        let of = |n: &u8| contrast(luminance([level(*n); 3]), ground);
        let whole = contrast(text, ground);
        let wanted = (READABLE * whole).sqrt().max(READABLE);
        let found = if text > ground {
            (232..=255).find(|n| of(n) >= wanted)
        } else {
            (232..=255).rfind(|n| of(n) >= wanted)
        };
        let is_quieter = |n: &u8| whole >= 1.1 * of(n);
        found.filter(is_quieter).map_or(Self::Plain, Self::Grey)
    }
}

/// The least contrast of text (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// Returns the contrast of two luminances (WCAG 2.2).
fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Returns the relative luminance of a colour (WCAG 2.2); components are 0 to 1.
fn luminance(rgb: [f64; 3]) -> f64 {
    let linear = |v: f64| {
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    };
    let [r, g, b] = rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Colour depth of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Depth {
    /// None, or none wanted.
    None,
    /// The 8 of ECMA-48 on the black of the Linux console, where bold makes them bright.
    Console,
    /// 8 or 16, in shades of the terminal's choice.
    Few,
    /// xterm's 256, of which all but the first 16 are the same everywhere.
    #[default]
    Many,
}

impl Depth {
    /// Returns the number of colours.
    pub const fn colours(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Console => 8,
            Self::Few => 16,
            Self::Many => 256,
        }
    }
}

/// What determines the theme besides the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The theme asked for.
    pub choice: Choice,
    /// The terminal's colour depth.
    pub depth: Depth,
    /// The user's own colours, in the order of [`Tint::ALL`].
    pub own: CustomColours,
}

impl Wanted {
    /// Returns the theme for a terminal with this background.
    pub const fn on(self, ground: Ground) -> Theme {
        let set = match (self.choice, self.depth, ground) {
            (Choice::Auto | Choice::Dark, Depth::Console, _) => Set::Console,
            (Choice::HighContrast, Depth::Many, _) => Set::HighContrast,
            (Choice::Dark, Depth::Many, _) | (Choice::Auto, Depth::Many, Ground::Dark) => Set::Dark,
            (Choice::Light, Depth::Many, _) | (Choice::Auto, Depth::Many, Ground::Light) => {
                Set::Light
            }
            (Choice::ColourBlind, Depth::Many, Ground::Dark) => Set::ColourBlindDark,
            (Choice::ColourBlind, Depth::Many, Ground::Light) => Set::ColourBlindLight,
            _ => Set::Mono,
        };
        Theme {
            set,
            own: self.own,
            quiet: Quiet::Usual,
        }
    }

    /// Returns whether the background determines the theme.
    pub const fn depends_on_ground(self) -> bool {
        matches!(self.choice, Choice::Auto | Choice::ColourBlind)
            && matches!(self.depth, Depth::Many)
    }
}

/// A theme ready for drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Theme {
    set: Set,
    own: CustomColours,
    quiet: Quiet,
}

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Set {
    #[default]
    Dark,
    Light,
    Console,
    Mono,
    HighContrast,
    ColourBlindDark,
    ColourBlindLight,
}

// xterm's 256 (16 + 36 r + 6 g + b over the levels 0 95 135 175 215 255; 232 to 255 are greys).
const BLACK: Color = Color::Indexed(16);
const WHITE: Color = Color::Indexed(231);

impl Theme {
    /// Returns the theme with its quiet text drawn otherwise.
    #[must_use]
    pub const fn quietly(self, quiet: Quiet) -> Self {
        Self { quiet, ..self }
    }

    /// Returns the style of a role.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new().add_modifier(weight(role));
        if self.set == Set::HighContrast {
            let light = Tint::of(role).map_or(WHITE, |tint| self.own(tint).unwrap_or(bright(tint)));
            let style = plain.fg(light).bg(BLACK);
            return if role == Role::Selected {
                style.remove_modifier(Modifier::BOLD)
            } else {
                style
            };
        }
        // One bar of one colour: reversing the colours of its parts would make a patchwork. Bold
        // reverse is grey on grey in PuTTY and qterminal.
        if role == Role::Selected {
            let bar = plain.fg(Color::Reset).bg(Color::Reset);
            return bar.remove_modifier(Modifier::BOLD);
        }
        let tint = Tint::of(role).filter(|_| self.set != Set::Mono);
        tint.and_then(|tint| self.own(tint).or(self.colour(tint)))
            .map_or(plain, |colour| plain.fg(colour))
            .add_modifier(self.brightness(role))
    }

    fn own(self, tint: Tint) -> Option<Color> {
        let at = Tint::ALL.iter().position(|other| *other == tint)?;
        self.own.get(at).copied().flatten()
    }

    /// Returns bold for the console's red and yellow, which are too dark without it.
    fn brightness(self, role: Role) -> Modifier {
        use Tint::{Behind, Match, Overdue, Soon};
        let bright = matches!(Tint::of(role), Some(Overdue | Soon | Behind | Match));
        if self.set == Set::Console && bright {
            Modifier::BOLD
        } else {
            Modifier::empty()
        }
    }

    const fn colour(self, tint: Tint) -> Option<Color> {
        let number = match (self.set, tint, self.quiet) {
            (Set::Mono | Set::HighContrast, ..) | (_, Tint::Quiet, Quiet::Plain) => return None,
            (Set::Console, ..) => return console(tint),
            (_, Tint::Quiet, Quiet::Grey(grey)) => grey,
            (Set::Dark, ..) => match tint {
                Tint::Done => 114,
                Tint::Doing => 117,
                Tint::Ongoing => 80,
                Tint::Overdue => 210,
                Tint::Soon => 221,
                Tint::Behind => 215,
                Tint::Match => 213,
                Tint::Quiet => 250,
            },
            (Set::Light, ..) => match tint {
                Tint::Done => 22,
                Tint::Doing => 25,
                Tint::Ongoing => 23,
                Tint::Overdue => 124,
                Tint::Soon | Tint::Behind => 94,
                Tint::Match => 90,
                Tint::Quiet => 239,
            },
            (Set::ColourBlindDark, ..) => match tint {
                Tint::Done | Tint::Doing | Tint::Ongoing => 117,
                Tint::Overdue | Tint::Soon | Tint::Behind => 221,
                Tint::Match => 231,
                Tint::Quiet => 250,
            },
            (Set::ColourBlindLight, ..) => match tint {
                Tint::Done | Tint::Doing | Tint::Ongoing => 25,
                Tint::Overdue | Tint::Soon | Tint::Behind => 94,
                Tint::Match => 16,
                Tint::Quiet => 239,
            },
        };
        Some(Color::Indexed(number))
    }
}

const fn weight(role: Role) -> Modifier {
    match role {
        Role::Heading | Role::Key | Role::Notice | Role::Alarm | Role::Overdue => Modifier::BOLD,
        Role::Selected | Role::Bar => Modifier::REVERSED,
        Role::Match | Role::Added => Modifier::UNDERLINED.union(Modifier::BOLD),
        Role::Removed | Role::Rule => Modifier::UNDERLINED,
        Role::Text | Role::Dim | Role::Status(_) | Role::Soon | Role::Behind => Modifier::empty(),
    }
}

const fn console(tint: Tint) -> Option<Color> {
    match tint {
        Tint::Done => Some(Color::Green),
        Tint::Doing | Tint::Ongoing => Some(Color::Cyan),
        Tint::Overdue => Some(Color::Red),
        Tint::Soon | Tint::Behind | Tint::Match => Some(Color::Yellow),
        Tint::Quiet => None,
    }
}

/// Returns a colour of [`Choice::HighContrast`], on black.
const fn bright(tint: Tint) -> Color {
    Color::Indexed(match tint {
        Tint::Done => 120,
        Tint::Doing => 117,
        Tint::Ongoing => 159,
        Tint::Overdue => 217,
        Tint::Soon | Tint::Behind | Tint::Match => 227,
        Tint::Quiet => 250,
    })
}

#[cfg(test)]
mod tests;
