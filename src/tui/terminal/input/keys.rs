//! Parses a complete sequence: a key, a mouse event, an answer.

use super::{ESC, Input};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use terminput_crossterm::to_crossterm;

/// Returns the inputs of a sequence; none if it is unknown.
pub(super) fn parse(sequence: &[u8]) -> Vec<Input> {
    let [ESC, ESC, _, ..] = sequence else {
        return one(sequence).into_iter().collect();
    };
    match one(sequence.get(1..).unwrap_or_default()) {
        Some(Input::Event(Event::Key(key))) => vec![held(key, KeyModifiers::ALT)],
        // No terminal sends Alt with an answer: an Esc was pressed meanwhile.
        other => one(&[ESC]).into_iter().chain(other).collect(),
    }
}

fn held(key: KeyEvent, modifiers: KeyModifiers) -> Input {
    let modifiers = key.modifiers | modifiers;
    Input::Event(Event::Key(KeyEvent { modifiers, ..key }))
}

fn one(sequence: &[u8]) -> Option<Input> {
    if let [ESC, b']' | b'P' | b'^' | b'_', string @ .., _] = sequence {
        return colour(string);
    }
    reply(sequence)
        .or_else(|| of_some_terminals(sequence))
        .or_else(|| common(sequence))
}

/// Parses what crossterm knows.
fn common(sequence: &[u8]) -> Option<Input> {
    if is_off_screen(sequence) {
        return None;
    }
    let event = terminput::Event::parse_from(sequence).ok().flatten()?;
    to_crossterm(event).ok().map(Input::Event)
}

/// Returns whether a mouse report names column or row 0: they count from 1, and the parser
/// subtracts 1.
fn is_off_screen(sequence: &[u8]) -> bool {
    let [ESC, b'[', numbers @ .., b'M' | b'm'] = sequence else {
        return false;
    };
    let mut numbers = numbers.split(|b| *b == b';').skip(1);
    numbers.any(|number| number.iter().all(|b| *b == b'0'))
}

fn reply(sequence: &[u8]) -> Option<Input> {
    match sequence.strip_prefix(b"\x1b[")? {
        [b'?', .., b'c'] => Some(Input::Attributes),
        [numbers @ .., b'R'] => {
            let (_, column) = std::str::from_utf8(numbers).ok()?.split_once(';')?;
            column.parse().ok().map(Input::Column)
        }
        _ => None,
    }
}

/// Parses xterm's answers to `OSC 10 ; ?` and `OSC 11 ; ?`, and `PuTTY`'s to `OSC 4 ; 256 ; ?` and
/// `OSC 4 ; 258 ; ?`: `rgb:RRRR/GGGG/BBBB`, where components may have fewer digits.
fn colour(string: &[u8]) -> Option<Input> {
    let string = std::str::from_utf8(string).ok()?.trim_end_matches('\x1b');
    let (number, colour) = string.split_once(";rgb:")?;
    let input = match number {
        "10" | "4;256" => Input::Foreground,
        "11" | "4;258" => Input::Background,
        _ => return None,
    };
    let mut components = colour.split('/').map(component);
    let rgb = [
        components.next()??,
        components.next()??,
        components.next()??,
    ];
    components.next().is_none().then_some(input(rgb))
}

/// Scales one to four hexadecimal digits to 16 bits.
fn component(digits: &str) -> Option<u16> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    let largest = match digits.len() {
        1 => 0xf,
        2 => 0xff,
        3 => 0xfff,
        4 => 0xffff,
        _ => return None,
    };
    u16::try_from(value * 0xffff / largest).ok()
}

/// Parses keys that crossterm does not know, or confuses.
fn of_some_terminals(sequence: &[u8]) -> Option<Input> {
    let [ESC, introducer, rest @ ..] = sequence else {
        return None;
    };
    let key = |code, modifiers| Some(held(KeyEvent::new(code, KeyModifiers::NONE), modifiers));
    match (introducer, rest) {
        (b'[' | b'O', []) => key(KeyCode::Char(char::from(*introducer)), KeyModifiers::ALT),
        // The application keypad: `*+,-./0123456789`, and Enter, which mintty also sends for
        // Shift-Enter and Ctrl-Enter.
        (b'O', [c @ b'j'..=b'y']) => key(KeyCode::Char(char::from(c - 0x40)), KeyModifiers::NONE),
        (b'O', [b'M']) => key(KeyCode::Enter, KeyModifiers::SHIFT),
        // urxvt.
        (b'O', [c @ b'a'..=b'd']) => key(arrow(*c), KeyModifiers::CONTROL),
        (b'[', [c @ b'a'..=b'd']) => key(arrow(*c), KeyModifiers::SHIFT),
        (b'[', [numbers @ .., mark @ (b'^' | b'$' | b'@')]) => {
            let modifiers = match mark {
                b'^' => KeyModifiers::CONTROL,
                b'$' => KeyModifiers::SHIFT,
                _ => KeyModifiers::CONTROL | KeyModifiers::SHIFT,
            };
            match common(&[b"\x1b[", numbers, b"~"].concat())? {
                Input::Event(Event::Key(key)) => Some(held(key, modifiers)),
                _ => None,
            }
        }
        // st's Delete; as F1 it belongs to a kitty protocol that we don't enable.
        (b'[', [b'P']) => key(KeyCode::Delete, KeyModifiers::NONE),
        // xterm with `modifyOtherKeys`: 27, modifiers, character.
        (b'[', [b'2', b'7', b';', numbers @ .., b'~']) => {
            let (modifiers, c) = std::str::from_utf8(numbers).ok()?.split_once(';')?;
            common(format!("\x1b[{c};{modifiers}u").as_bytes())
        }
        // Old xterms and konsoles: a modifier's number before the letter.
        (b'O', [number @ b'1'..=b'9', letter]) => {
            common(&[ESC, b'[', b'1', b';', *number, *letter])
        }
        _ => None,
    }
}

const fn arrow(letter: u8) -> KeyCode {
    match letter {
        b'a' => KeyCode::Up,
        b'b' => KeyCode::Down,
        b'c' => KeyCode::Right,
        _ => KeyCode::Left,
    }
}
