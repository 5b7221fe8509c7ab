//! However a line splits the bytes, and however long it takes, the same events come out.

use super::*;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;

fn key(code: KeyCode) -> Input {
    held(code, KeyModifiers::NONE)
}

fn held(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

/// Feeds the parts with pauses, flushing what falls due, like the loop; nothing follows the last.
fn typed<'a>(parts: impl IntoIterator<Item = &'a [u8]>, apart: Duration) -> Vec<Input> {
    let mut splitter = Splitter::default();
    let mut now = Instant::now();
    let mut out = Vec::new();
    for part in parts {
        while splitter.due().is_some_and(|due| due <= now) {
            out.extend(splitter.flush());
        }
        out.extend(splitter.feed(part, now));
        now += apart;
    }
    while splitter.due().is_some() {
        out.extend(splitter.flush());
    }
    out
}

fn at_once(bytes: &[u8]) -> Vec<Input> {
    typed([bytes], Duration::ZERO)
}

/// Sequences of all kinds, each one event. Alt keys without a sequence of their own are left out,
/// since a separate `ESC` and key are two keys.
const SEQUENCES: [&str; 19] = [
    "\x1b[D",
    "\x1bOA",
    "\x1b[1;3D",
    "\x1b[15~",
    "\x1b[3$",
    "\x1b[3^",
    "\x1bOd",
    "\x1bO5C",
    "\x1bOM",
    "\x1b[[A",
    "\x1b[27;3;13~",
    "\x1b[13;2u",
    "\x1b[<0;10;4M",
    "\x1b[24;3R",
    "\x1b[?62;22c",
    "\x1b[200~q\x1b[31m锂\r\x1b[201~",
    "锂",
    "🧪",
    "\x1b]11;rgb:0/0/0\x1b\\",
];

#[test]
fn every_split_of_every_sequence_is_one_event_at_every_delay() {
    for sequence in SEQUENCES.map(str::as_bytes) {
        let whole = at_once(sequence);
        assert!(whole.len() <= 1, "{sequence:?}: {whole:?}");
        for (at, delay) in (1..sequence.len()).flat_map(|at| (0..=400).map(move |ms| (at, ms))) {
            let parts = [&sequence[..at], &sequence[at..]];
            let came = typed(parts, Duration::from_millis(delay));
            let is_taken = at == 1 && sequence[0] == ESC && delay >= 100;
            let mut want = Vec::new();
            if is_taken {
                // Esc acts at once; the rest is then recognised.
                want.push(key(KeyCode::Esc));
            }
            want.extend(whole.iter().cloned().map(|input| match input {
                Input::Event(event) if is_taken => Input::Late(event),
                other => other,
            }));
            let is_string = is_taken && sequence[1] == b']';
            assert!(
                came == want || is_string,
                "{sequence:?} at {at}, {delay} ms: {came:?}"
            );
        }
    }
}

#[test]
fn bytes_one_by_one_are_one_event() {
    for sequence in SEQUENCES.map(str::as_bytes) {
        for delay in [0, 60, 99] {
            let came = typed(sequence.chunks(1), Duration::from_millis(delay));
            assert_eq!(came, at_once(sequence), "{sequence:?}, {delay} ms");
        }
    }
}

#[test]
fn half_a_character_and_an_opened_paste_wait_for_ever() {
    let hour = Duration::from_hours(1);
    for whole in ["锂", "\x1b[200~锂q\x1b[201~"] {
        let bytes = whole.as_bytes();
        for at in (1..bytes.len()).filter(|at| bytes[0] != ESC || *at > 6) {
            let came = typed([&bytes[..at], &bytes[at..]], hour);
            assert_eq!(came, at_once(bytes), "{whole:?} at {at}");
        }
    }
}

#[test]
fn what_terminals_send_for_a_key_is_that_key() {
    use KeyCode::{
        BackTab, Char, Delete, Down, End, Enter, Esc, F, Home, Insert, Left, Right, Tab, Up,
    };
    const NONE: KeyModifiers = KeyModifiers::NONE;
    const ALT: KeyModifiers = KeyModifiers::ALT;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
    for (bytes, code, modifiers) in [
        // Alt with arrows: PuTTY, urxvt, xterm.
        ("\x1b\x1b[D", Left, ALT),
        ("\x1b\x1bOC", Right, ALT),
        ("\x1b[1;3D", Left, ALT),
        ("\x1b[1;3A", Up, ALT),
        ("\x1b\x1b[3~", Delete, ALT),
        // Ctrl and Shift with arrows: urxvt, PuTTY, old xterms.
        ("\x1bOd", Left, CTRL),
        ("\x1bOc", Right, CTRL),
        ("\x1b[b", Down, SHIFT),
        ("\x1bO5D", Left, CTRL),
        ("\x1bO2P", F(1), SHIFT),
        ("\x1b[1;5C", Right, CTRL),
        // The forms of Enter.
        ("\r", Enter, NONE),
        ("\x1b\r", Enter, ALT),
        ("\x1b[27;3;13~", Enter, ALT),
        ("\x1b[27;2;13~", Enter, SHIFT),
        ("\x1b[13;3u", Enter, ALT),
        ("\x1bOM", Enter, SHIFT),
        // urxvt, st, the Linux console.
        ("\x1b[3^", Delete, CTRL),
        ("\x1b[3$", Delete, SHIFT),
        ("\x1b[3@", Delete, CTRL | SHIFT),
        ("\x1b[P", Delete, NONE),
        ("\x1b[7~", Home, NONE),
        ("\x1b[8~", End, NONE),
        ("\x1b[2~", Insert, NONE),
        ("\x1b[[A", F(1), NONE),
        ("\x1bOP", F(1), NONE),
        // The application keypad.
        ("\x1bOq", Char('1'), NONE),
        ("\x1bOk", Char('+'), NONE),
        ("\x1b[Z", BackTab, SHIFT),
        ("\t", Tab, NONE),
        ("\x1bb", Char('b'), ALT),
        ("\x1b[", Char('['), ALT),
        ("\x1bO", Char('O'), ALT),
        ("\x1b]", Char(']'), ALT),
        ("\x1b", Esc, NONE),
    ] {
        assert_eq!(
            at_once(bytes.as_bytes()),
            [held(code, modifiers)],
            "{bytes:?}"
        );
    }
}

#[test]
fn a_click_beside_the_screen_is_ignored() {
    for bytes in [
        "\x1b[<0;0;5M",
        "\x1b[<0;5;00m",
        "\x1b[32;0;1M",
        "\x1b[<0;;1M",
    ] {
        assert_eq!(at_once(bytes.as_bytes()), [], "{bytes:?}");
    }
}

#[test]
fn keys_pastes_and_answers_are_told_apart() {
    let bytes =
        "j锂\x1b[A\x1b[24;3R\x1b[?62;22c\x1b[200~a\rb\x1b[201~\x1b]11;rgb:0/0/0\x1b\\\x1bOP";
    let want = [
        key(KeyCode::Char('j')),
        key(KeyCode::Char('锂')),
        key(KeyCode::Up),
        Input::Column(3),
        Input::Attributes,
        Input::Event(Event::Paste("a\rb".into())),
        Input::Background([0, 0, 0]),
        key(KeyCode::F(1)),
    ];
    let mut splitter = Splitter::default();
    assert_eq!(splitter.feed(bytes.as_bytes(), Instant::now()), want);
    assert_eq!(splitter.due(), None);
}

#[test]
fn escape_and_a_key_are_alt_only_in_one_read() {
    let parts = |parts: &[&'static str], ms| {
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        typed(parts, Duration::from_millis(ms))
    };
    let (esc, j) = (key(KeyCode::Esc), key(KeyCode::Char('j')));
    assert_eq!(parts(&["\x1b", "j"], 10), [esc.clone(), j.clone()]);
    assert_eq!(parts(&["\x1b", "j"], 400), [esc.clone(), j.clone()]);
    assert_eq!(parts(&["\x1b\x1b"], 0), [esc.clone(), esc.clone()]);
    assert_eq!(
        parts(&["\x1b", "\x1b", "j"], 10),
        [esc.clone(), esc.clone(), j]
    );
    // An Esc just before an answer, a click or a paste remains one.
    let paste = Input::Event(Event::Paste("x".into()));
    assert_eq!(parts(&["\x1b\x1b[200~x\x1b[201~"], 0), [esc.clone(), paste]);
    assert_eq!(
        parts(&["\x1b\x1b[24;3R"], 0),
        [esc.clone(), Input::Column(3)]
    );
    // Typed by hand, a possible continuation of `ESC` is its own key.
    let bracket = key(KeyCode::Char('['));
    assert_eq!(parts(&["\x1b", "["], 300), [esc, bracket]);
}

#[test]
fn the_beginning_of_a_sequence_that_is_never_ended_runs_no_keys() {
    for bytes in ["\x1b[1;", "\x1b[20", "\x1b\x1b[", "\x1bO1", "\x1b]11;rgb:"] {
        let keys = at_once(bytes.as_bytes());
        let typed = keys.iter().any(|i| matches!(i, Input::Event(Event::Key(k)) if k.modifiers.is_empty() && k.code != KeyCode::Esc));
        assert!(!typed, "{bytes:?}: {keys:?}");
    }
}

proptest! {
    /// However a line splits the bytes, the same events come out.
    #[test]
    fn cuts_do_not_matter(parts in prop::collection::vec(prop_oneof![
        Just("\x1b[A".to_owned()), Just("\x1b[1;5C".to_owned()), Just("\x1b[10;2R".to_owned()),
        Just("\x1b[200~x\x1b[31m锂\x1b[201~".to_owned()), "[a-z锂，。]{1,3}",
    ], 0..8), cuts in prop::collection::vec(0usize..64, 0..4), apart in 0u64..100) {
        let bytes = parts.concat().into_bytes();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.sort_unstable();
        // Two cuts in one place would separate an ESC from its sequence for longer than the wait.
        cuts.dedup();
        let ends = cuts.iter().copied().chain([bytes.len()]);
        let starts = [0].into_iter().chain(cuts.iter().copied());
        let parts = starts.zip(ends).map(|(start, end)| &bytes[start..end]);
        prop_assert_eq!(typed(parts, Duration::from_millis(apart)), at_once(&bytes));
    }

    /// Any bytes are survived, and keys work again once the sequences they began are over.
    #[test]
    fn any_bytes_are_survived(reads in prop::collection::vec(bytes(), 0..6), apart in 0u64..700) {
        let mut splitter = Splitter::default();
        let mut now = Instant::now();
        for read in reads {
            splitter.feed(&read, now);
            now += Duration::from_millis(apart);
            while splitter.due().is_some_and(|due| due <= now) {
                splitter.flush();
            }
        }
        splitter.flush();
        splitter.feed(PASTE_END, now);
        splitter.flush();
        now += Duration::from_secs(1);
        prop_assert_eq!(splitter.feed(b"q", now), [key(KeyCode::Char('q'))]);
    }
}

/// Bytes from a broken line or a hostile program: mostly parts of sequences.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => prop::sample::select(b"\x1b[]OPM<?;:$^~u0123459R\\\x07\x00".as_slice()),
        1 => any::<u8>(),
    ];
    prop::collection::vec(byte, 0..40)
}

#[test]
fn colours_are_read_in_every_form_and_other_strings_are_ignored() {
    let now = Instant::now();
    for (bytes, want) in [
        (
            "\x1b]11;rgb:1e1e/ffff/0000\x1b\\",
            Some(Input::Background([0x1e1e, 0xffff, 0])),
        ),
        (
            "\x1b]11;rgb:1e/ff/0\x07",
            Some(Input::Background([0x1e1e, 0xffff, 0])),
        ),
        (
            "\x1b]4;258;rgb:0000/2b2b/3636\x07",
            Some(Input::Background([0, 0x2b2b, 0x3636])),
        ),
        (
            "\x1b]4;256;rgb:bbbb/bbbb/bbbb\x07",
            Some(Input::Foreground([0xbbbb; 3])),
        ),
        (
            "\x1b]10;rgb:ffff/ffff/ffff\x07",
            Some(Input::Foreground([0xffff; 3])),
        ),
        ("\x1b]12;rgb:ffff/ffff/ffff\x07", None),
        ("\x1b]11;rgb:ffff/ffff\x07", None),
        ("\x1b]11;rgb:ffff/ffff/ffff/ffff\x07", None),
        ("\x1b]11;rgb:fffff/0/0\x07", None),
        ("\x1b]52;c;cm0gLXJm\x07", None),
        ("\x1bP1$r0m\x1b\\", None),
    ] {
        let inputs = Splitter::default().feed(bytes.as_bytes(), now);
        assert_eq!(inputs, Vec::from_iter(want), "{bytes:?}");
    }
}
