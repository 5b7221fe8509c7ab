//! What a thing on the screen looks like, by its role.
//!
//! The default theme takes its colours from the terminal's own 16 and its own foreground and
//! background, so that light, dark and projected screens all work. No meaning is in colour alone:
//! what has no sign or word of its own has a weight too (a test walks the roles).

use crate::progress::Status;
use ratatui::style::{Color, Modifier, Style};

/// What a piece of the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Text,
    /// Text of less weight: labels, roll-ups, lines.
    Dim,
    /// A heading.
    Heading,
    /// The row under the cursor, over its other style.
    Selected,
    /// A status.
    Status(Status),
    /// 逾期
    Overdue,
    /// 临期
    Soon,
    /// 黄: behind the pace.
    Behind,
    /// The complete part of a bar.
    Bar,
    /// What a search found.
    Match,
    /// What an older text has and the newer one has not.
    Removed,
    /// What a newer text has and the older one has not.
    Added,
    /// A key in a hint.
    Key,
    /// A message.
    Notice,
    /// A message that something failed, or is not saved.
    Alarm,
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Depth {
    /// None, or none are wanted.
    None,
    /// The 8 of ECMA-48.
    Eight,
    /// Those and their bright twins.
    #[default]
    Sixteen,
    /// The 256 of xterm, of which all but the first 16 are the same everywhere.
    Many,
}

impl Depth {
    /// Returns how many colours that is.
    pub const fn colours(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Eight => 8,
            Self::Sixteen => 16,
            Self::Many => 256,
        }
    }
}

/// A theme, as it can be shown on a terminal; see [`Theme::on`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The terminal's own 16 colours.
    #[default]
    Terminal,
    /// The same without the bright ones.
    Eight,
    /// No colour at all: weight and reversal only.
    Mono,
    /// Light on black, both set, at 7:1 or more (WCAG 2.2, 1.4.6).
    HighContrast,
    /// One blue and one brown, told apart with any kind of colour vision, at 4.5:1 or more on black
    /// and on white alike (WCAG 2.2, 1.4.3), since the background stays the terminal's.
    ColourBlind,
}

// Of xterm's 256 (16 + 36 r + 6 g + b over the levels 0 95 135 175 215 255; 232 to 255 are greys).
const BLACK: Color = Color::Indexed(16);
const WHITE: Color = Color::Indexed(231);
const SILVER: Color = Color::Indexed(250);
const LIGHT_GREEN: Color = Color::Indexed(120);
const LIGHT_BLUE: Color = Color::Indexed(117);
const LIGHT_CYAN: Color = Color::Indexed(159);
const LIGHT_RED: Color = Color::Indexed(217);
const LIGHT_YELLOW: Color = Color::Indexed(227);
const MIDDLE_BLUE: Color = Color::Indexed(63);
const MIDDLE_BROWN: Color = Color::Indexed(131);

impl Theme {
    /// Returns the theme as a terminal of so many colours can show it. Themes that need colours
    /// which are the same everywhere fall back to weight, which is.
    #[must_use]
    pub const fn on(self, depth: Depth) -> Self {
        match (self, depth) {
            (Self::Terminal, Depth::Eight) => Self::Eight,
            (_, Depth::None)
            | (Self::HighContrast | Self::ColourBlind, Depth::Eight | Depth::Sixteen) => Self::Mono,
            (theme, _) => theme,
        }
    }

    /// Returns the style of a role.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new().add_modifier(weight(role));
        let coloured = |colour: Option<Color>| colour.map_or(plain, |c| plain.fg(c));
        match self {
            // One bar of one colour: the colours of its parts, turned round, would be a patchwork, and
            // grey on white. Signs and words say what they said.
            Self::Mono | Self::Terminal | Self::Eight | Self::ColourBlind
                if role == Role::Selected =>
            {
                plain.fg(Color::Reset).bg(Color::Reset)
            }
            Self::Mono => plain,
            Self::Terminal => coloured(palette(role)),
            Self::Eight => coloured(palette(role).filter(|c| *c != Color::DarkGray)),
            Self::ColourBlind => coloured(two(role)),
            Self::HighContrast => plain.fg(light(role)).bg(BLACK),
        }
    }
}

const fn weight(role: Role) -> Modifier {
    match role {
        Role::Heading | Role::Key | Role::Notice | Role::Alarm | Role::Overdue => Modifier::BOLD,
        Role::Selected => Modifier::REVERSED,
        Role::Match | Role::Added => Modifier::UNDERLINED.union(Modifier::BOLD),
        Role::Removed => Modifier::UNDERLINED,
        Role::Text | Role::Dim | Role::Status(_) | Role::Soon | Role::Behind | Role::Bar => {
            Modifier::empty()
        }
    }
}

const fn palette(role: Role) -> Option<Color> {
    match role {
        Role::Status(Status::Done | Status::Closed) | Role::Bar | Role::Added => Some(Color::Green),
        Role::Status(Status::Doing) => Some(Color::Blue),
        Role::Status(Status::Blocked) | Role::Overdue | Role::Alarm | Role::Removed => {
            Some(Color::Red)
        }
        Role::Behind => Some(Color::Yellow),
        Role::Status(Status::Ongoing) => Some(Color::Cyan),
        Role::Status(Status::Dropped) | Role::Dim => Some(Color::DarkGray),
        Role::Soon | Role::Match => Some(Color::Magenta),
        Role::Text
        | Role::Heading
        | Role::Selected
        | Role::Status(Status::Todo)
        | Role::Key
        | Role::Notice => None,
    }
}

const fn two(role: Role) -> Option<Color> {
    match role {
        Role::Status(Status::Done | Status::Closed) | Role::Bar | Role::Added => Some(MIDDLE_BLUE),
        Role::Status(Status::Blocked)
        | Role::Overdue
        | Role::Alarm
        | Role::Removed
        | Role::Soon
        | Role::Behind => Some(MIDDLE_BROWN),
        _ => None,
    }
}

const fn light(role: Role) -> Color {
    match role {
        Role::Status(Status::Done | Status::Closed) | Role::Bar | Role::Added => LIGHT_GREEN,
        Role::Status(Status::Doing) => LIGHT_BLUE,
        Role::Status(Status::Ongoing) => LIGHT_CYAN,
        Role::Status(Status::Blocked) | Role::Overdue | Role::Alarm | Role::Removed => LIGHT_RED,
        Role::Soon | Role::Behind | Role::Match => LIGHT_YELLOW,
        Role::Status(Status::Dropped) | Role::Dim => SILVER,
        Role::Text
        | Role::Heading
        | Role::Selected
        | Role::Status(Status::Todo)
        | Role::Key
        | Role::Notice => WHITE,
    }
}

#[cfg(test)]
mod tests;
