//! Key presses, as the key table names them.
//!
//! A Chinese input method that is on sends full-width letters and Chinese punctuation; unless text
//! is being typed, [`Key::twin`] gives the ASCII key that was meant.

use crate::text::half_width;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;

/// A key with modifiers, normalised: a letter's case is its Shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Ctrl, Alt, and Shift unless the character implies it.
    pub modifiers: KeyModifiers,
}

impl Key {
    /// Returns the plain key of a character.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// Returns the key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            modifiers: KeyModifiers::NONE,
        }
    }

    /// Returns the key of an event; `None` for a release.
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let kept = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let mut modifiers = event.modifiers & kept;
        let mut code = event.code;
        if let KeyCode::Char(c) = code {
            modifiers -= KeyModifiers::SHIFT;
            if modifiers.contains(KeyModifiers::CONTROL) {
                code = KeyCode::Char(control(c));
            }
        }
        if code == KeyCode::Tab && modifiers.contains(KeyModifiers::SHIFT) {
            code = KeyCode::BackTab;
        }
        if code == KeyCode::BackTab {
            modifiers -= KeyModifiers::SHIFT;
        }
        Some(Self { code, modifiers })
    }

    /// Returns the character that this key types, if any.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// Returns the key without Alt, if a terminal sends it as `ESC` and that key. (Arrows with Alt
    /// have sequences of their own.)
    pub fn behind_escape(self) -> Option<Self> {
        let is_sent_so = matches!(
            self.code,
            KeyCode::Char(_) | KeyCode::Enter | KeyCode::Tab | KeyCode::Backspace
        );
        (is_sent_so && self.modifiers.contains(KeyModifiers::ALT)).then_some(Self {
            modifiers: self.modifiers - KeyModifiers::ALT,
            ..self
        })
    }

    /// Returns the keys to try if this one is unbound. The keypad's Enter, or Enter with Shift,
    /// stands for Alt-Enter, which is a new line where texts have lines, and then for Enter.
    pub fn stand_ins(self) -> impl Iterator<Item = Self> {
        let is_other = self.code == KeyCode::Enter && self.modifiers.contains(KeyModifiers::SHIFT);
        let enter = |modifiers| Self { modifiers, ..self };
        let both = [KeyModifiers::ALT, KeyModifiers::NONE].map(enter);
        both.into_iter().filter(move |_| is_other)
    }

    /// Returns the ASCII key meant by an input method's character: full-width forms (`１`, `Ａ`,
    /// `／`) and the Chinese punctuation on the same keys (`、` → `/`, `。` → `.`).
    #[must_use]
    pub fn twin(self) -> Self {
        let KeyCode::Char(c) = self.code else {
            return self;
        };
        let twin = match c {
            '、' => '/',
            '。' => '.',
            '《' | '〈' => '<',
            '》' | '〉' => '>',
            '【' | '「' | '〔' => '[',
            '】' | '」' | '〕' => ']',
            '『' | '〖' => '{',
            '』' | '〗' => '}',
            '×' => '*',
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '￥' | '¥' => '$',
            '·' => '`',
            '—' => '_',
            '…' => '^',
            c => half_width(c),
        };
        Self {
            code: KeyCode::Char(twin),
            ..self
        }
    }

    /// Parses a key's name in a config: `j`, `Down`, `Ctrl-r`, `Alt-Enter`, `Space`.
    ///
    /// # Errors
    ///
    /// The part that is not a key.
    pub fn parse(name: &str) -> Result<Self, String> {
        let mut rest = name;
        let mut modifiers = KeyModifiers::NONE;
        for (prefix, modifier) in PREFIXES {
            while let Some(after) = strip(rest, prefix) {
                modifiers |= modifier;
                rest = after;
            }
        }
        let mut chars = rest.chars();
        let code = match (named(rest), chars.next(), chars.next()) {
            // An arrow as shown in the help is the arrow key, not the character.
            (Some(code), ..) => code,
            (None, Some(c), None) => KeyCode::Char(c),
            _ => return Err(rest.to_owned()),
        };
        Self::from_event(KeyEvent::new(code, modifiers)).ok_or_else(|| name.to_owned())
    }
}

const PREFIXES: [(&str, KeyModifiers); 5] = [
    ("Ctrl-", KeyModifiers::CONTROL),
    ("C-", KeyModifiers::CONTROL),
    ("Alt-", KeyModifiers::ALT),
    ("M-", KeyModifiers::ALT),
    ("Shift-", KeyModifiers::SHIFT),
];

/// Names of keys without visible characters; the first of each is shown in the help.
const NAMES: [(&str, KeyCode); 17] = [
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("↑", KeyCode::Up),
    ("↓", KeyCode::Down),
    ("←", KeyCode::Left),
    ("→", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
];

/// Names of the arrows, which are shown as arrows.
const ARROWS: [(&str, KeyCode); 4] = [
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
];

/// Returns the canonical character of a Ctrl key: Ctrl-J and Ctrl-j are the same byte on every
/// terminal, and so are Ctrl-_ and Ctrl-7, which the parser reads as the digit.
const fn control(c: char) -> char {
    match c {
        '4' => '\\',
        '5' => ']',
        '6' => '^',
        '7' | '/' => '_',
        c => c.to_ascii_lowercase(),
    }
}

fn named(name: &str) -> Option<KeyCode> {
    let function = || {
        let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
        (1..=12).contains(&number).then_some(KeyCode::F(number))
    };
    let mut all = ARROWS.iter().chain(&NAMES);
    all.find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, code)| *code)
        .or_else(function)
}

fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    // `C-` alone is not a prefix.
    (head.eq_ignore_ascii_case(prefix) && !tail.is_empty()).then_some(tail)
}

impl Key {
    /// Returns the key's ASCII name for a config (`Down`, where the help shows `↓`).
    pub fn name(self) -> String {
        let mut out = self.to_string();
        for (arrow, (word, _)) in ["↑", "↓", "←", "→"].iter().zip(ARROWS) {
            out = out.replace(arrow, word);
        }
        out
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (prefix, modifier) in [PREFIXES[0], PREFIXES[2], PREFIXES[4]] {
            if self.modifiers.contains(modifier) {
                f.write_str(prefix)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(n)) => write!(f, "F{n}"),
            (None, code) => write!(f, "{code:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written_alike() {
        for name in [
            "j",
            "J",
            "Ctrl-r",
            "Alt-Enter",
            "Space",
            "PgDn",
            "F5",
            "Shift-Tab",
            "/",
            "Down",
            "-",
        ] {
            assert_eq!(Key::parse(name).map(Key::name), Ok(name.to_owned()));
        }
        assert_eq!(Key::parse("C-R"), Key::parse("Ctrl-r"));
        assert_eq!(Key::parse("Alt-→"), Key::parse("Alt-Right"));
        assert_eq!(Key::parse("Wurst"), Err("Wurst".to_owned()));
        assert!(Key::parse("").is_err());
    }

    #[test]
    fn keys_that_are_one_byte_are_one_key() {
        let pressed = |c| Key::from_event(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
        for (a, b) in [
            ('7', '_'),
            ('/', '_'),
            ('J', 'j'),
            ('5', ']'),
            ('4', '\\'),
            ('6', '^'),
        ] {
            assert_eq!(pressed(a), pressed(b), "{a}");
        }
        assert_eq!(pressed('7'), Key::parse("Ctrl-_").ok());
    }

    #[test]
    fn input_method_twins() {
        for (typed, meant) in "？／、：，。；！《》１ａＺ　【】（）"
            .chars()
            .zip("?//:,.;!<>1aZ []()".chars())
        {
            assert_eq!(Key::char(typed).twin(), Key::char(meant), "{typed}");
        }
        assert_eq!(Key::char('锂').twin(), Key::char('锂'));
    }
}
