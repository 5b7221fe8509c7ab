//! Whatever a terminal sends, nothing panics and a frame can be drawn. `PROPTEST_CASES=10000` runs
//! longer.

use super::input::{Input, Splitter};
use crate::{
    text::Policy,
    tui::{key::Key, keymap::BINDINGS, message::Message, test_app::TestApp},
};
use crossterm::event::{Event, KeyCode, KeyModifiers};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Returns the bytes of a key, as xterm sends them.
fn bytes_of(key: Key) -> Vec<u8> {
    let number = 1
        + u8::from(key.modifiers.contains(KeyModifiers::SHIFT))
        + 2 * u8::from(key.modifiers.contains(KeyModifiers::ALT))
        + 4 * u8::from(key.modifiers.contains(KeyModifiers::CONTROL));
    let text = match key.code {
        KeyCode::Char(c) if key.modifiers == KeyModifiers::NONE => c.to_string(),
        KeyCode::Char(c) => format!("\x1b[{};{number}u", u32::from(c)),
        KeyCode::Enter if number == 1 => "\r".to_owned(),
        KeyCode::Enter => format!("\x1b[27;{number};13~"),
        KeyCode::Tab => "\t".to_owned(),
        KeyCode::BackTab => "\x1b[Z".to_owned(),
        KeyCode::Esc => "\x1b".to_owned(),
        KeyCode::Backspace => "\x7f".to_owned(),
        KeyCode::Delete => format!("\x1b[3;{number}~"),
        KeyCode::PageUp => "\x1b[5~".to_owned(),
        KeyCode::PageDown => "\x1b[6~".to_owned(),
        KeyCode::Home => "\x1b[H".to_owned(),
        KeyCode::End => "\x1b[F".to_owned(),
        KeyCode::Up => format!("\x1b[1;{number}A"),
        KeyCode::Down => format!("\x1b[1;{number}B"),
        KeyCode::Right => format!("\x1b[1;{number}C"),
        KeyCode::Left => format!("\x1b[1;{number}D"),
        KeyCode::F(_) => "\x1bOP".to_owned(),
        _ => String::new(),
    };
    text.into_bytes()
}

/// Bytes of one read: effective keys, text, pastes, clicks, and invalid input.
fn read() -> impl Strategy<Value = Vec<u8>> {
    let names: Vec<&str> = BINDINGS.iter().flat_map(|b| b.keys.split(' ')).collect();
    let key = prop::sample::select(names)
        .prop_map(|name| Key::parse(name).map(bytes_of).unwrap_or_default());
    let text =
        "[0-9a-z口岸锂，“”\u{301}\u{200d}\u{202e}👨‍👩‍👧ￆ /@!:.-]{1,12}".prop_map(String::into_bytes);
    let paste = "[^\u{1b}]{0,30}".prop_map(|text| format!("\x1b[200~{text}\x1b[201~").into_bytes());
    let click = (0u8..70, 0u16..300, 0u16..300, any::<bool>()).prop_map(|(button, x, y, down)| {
        format!("\x1b[<{button};{x};{y}{}", if down { 'M' } else { 'm' }).into_bytes()
    });
    let part = prop::sample::select(b"\x1b[]OPM<?;:$^~u0123459R\\\x07\x00\xe9\x94".as_slice());
    let noise = prop::collection::vec(prop_oneof![4 => part, 1 => any::<u8>()], 0..20);
    prop_oneof![8 => key, 3 => text, 1 => paste, 1 => click, 2 => noise]
}

/// Handles input like the runtime.
fn take(stage: &mut TestApp, inputs: Vec<Input>) {
    for input in inputs {
        match input {
            Input::Event(Event::Key(event)) | Input::Late(Event::Key(event)) => {
                if let Some(key) = Key::from_event(event) {
                    stage.press(key);
                }
            }
            Input::Event(Event::Paste(text)) => stage.receive(Message::Paste(text)),
            Input::Event(Event::Mouse(event)) => {
                if let Some(pointer) = super::mouse::pointer(event) {
                    stage.receive(Message::Mouse(pointer));
                }
            }
            _ => {}
        }
    }
}

fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    // Each case draws some fifty frames.
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 24;
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_of_a_terminal_are_survived(
        reads in prop::collection::vec((read(), 0u64..700), 1..40),
        size in prop_oneof![Just((120, 40)), Just((80, 24)), (1u16..60, 1u16..20)],
        resized in (1u16..140, 1u16..50),
        policy in prop::sample::select(vec![Policy::Narrow, Policy::Wide, Policy::Safe]),
    ) {
        let mut stage = TestApp::new(size.0, size.1);
        stage.context.policy = policy;
        let mut splitter = Splitter::default();
        let mut now = Instant::now();
        let half = reads.len() / 2;
        for (nth, (bytes, pause)) in reads.into_iter().enumerate() {
            take(&mut stage, splitter.feed(&bytes, now));
            now += Duration::from_millis(pause);
            while splitter.due().is_some_and(|due| due <= now) {
                take(&mut stage, splitter.flush());
            }
            if nth == half {
                stage.receive(Message::Resize(resized.0, resized.1));
            }
            stage.drawn();
        }
        stage.screen();
    }
}
