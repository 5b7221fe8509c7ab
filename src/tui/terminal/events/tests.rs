//! Everything arrives whole and in order, whoever sends it.

use super::*;
use crossterm::event::{Event as Terminal, KeyCode};
use std::io::Write as _;

/// A pipe in place of a terminal: input is written to its other end.
fn source() -> (File, Events, EventSource) {
    let (read, write) = rustix::pipe::pipe().unwrap();
    let (events, inbox) = events().unwrap();
    (write.into(), events, EventSource::new(read.into(), inbox))
}

const LONG: Duration = Duration::from_secs(60);

fn keys(events: &[Event]) -> Vec<KeyCode> {
    let inputs = events.iter().flat_map(|event| match event {
        Event::Input(inputs) => inputs.as_slice(),
        _ => &[],
    });
    let key = |input: &Input| match input {
        Input::Event(Terminal::Key(key)) => Some(key.code),
        _ => None,
    };
    inputs.filter_map(key).collect()
}

#[test]
fn what_was_typed_and_what_was_sent_come_together() {
    let (mut tty, events, mut source) = source();
    tty.write_all(b"jk").unwrap();
    for signal in [SIGWINCH, SIGCONT] {
        assert!(events.send(Event::Signal(signal)));
    }
    let came = source.wait(LONG).unwrap();
    assert_eq!(keys(&came), [KeyCode::Char('j'), KeyCode::Char('k')]);
    let signals = came.iter().filter_map(|event| match event {
        Event::Signal(signal) => Some(*signal),
        _ => None,
    });
    assert_eq!(signals.collect::<Vec<_>>(), [SIGWINCH, SIGCONT]);
    assert!(source.wait(Duration::ZERO).unwrap().is_empty());
}

#[test]
fn a_sender_on_another_thread_wakes_the_loop() {
    let (_tty, events, mut source) = source();
    let sender = thread::spawn(move || events.send(Event::Signal(SIGTERM)));
    assert!(matches!(
        source.wait(LONG).unwrap()[..],
        [Event::Signal(SIGTERM)]
    ));
    assert!(sender.join().unwrap());
}

#[test]
fn more_rings_than_the_pipe_holds_lose_nothing() {
    let (_tty, events, mut source) = source();
    // A pipe holds 64 KiB.
    let many = 70_000;
    for _ in 0..many {
        events.send(Event::Signal(SIGWINCH));
    }
    assert_eq!(source.wait(LONG).unwrap().len(), many);
    assert!(source.wait(Duration::ZERO).unwrap().is_empty());
}

#[test]
fn an_escape_alone_is_a_key_when_nothing_follows() {
    let (mut tty, _events, mut source) = source();
    tty.write_all(b"\x1b").unwrap();
    assert_eq!(keys(&source.wait(LONG).unwrap()), [KeyCode::Esc]);
}

#[test]
fn a_sequence_in_two_parts_is_one_key() {
    let (mut tty, events, mut source) = source();
    tty.write_all(b"\x1b[").unwrap();
    // The loop is woken in between, and waits on for the rest.
    events.send(Event::Signal(SIGCONT));
    assert_eq!(source.wait(LONG).unwrap().len(), 1);
    tty.write_all(b"B").unwrap();
    assert_eq!(keys(&source.wait(LONG).unwrap()), [KeyCode::Down]);
}

#[test]
fn a_long_paste_is_one_wake() {
    let (mut tty, _events, mut source) = source();
    let text = "口岸".repeat(5000);
    let sent = format!("\x1b[200~{text}\x1b[201~");
    let typist = thread::spawn(move || {
        tty.write_all(sent.as_bytes()).unwrap();
        tty
    });
    let came = source.wait(LONG).unwrap();
    typist.join().unwrap();
    let pasted = came.iter().find_map(|event| match event {
        Event::Input(inputs) => inputs.iter().find_map(|input| match input {
            Input::Event(Terminal::Paste(text)) => Some(text.clone()),
            _ => None,
        }),
        _ => None,
    });
    assert_eq!(pasted, Some(text));
}

#[test]
fn a_lost_terminal_is_reported_once_and_the_rest_goes_on() {
    let (mut tty, events, mut source) = source();
    tty.write_all(b"j").unwrap();
    drop(tty);
    let mut came = source.wait(LONG).unwrap();
    while !came.iter().any(|event| matches!(event, Event::Gone)) {
        came.extend(source.wait(LONG).unwrap());
    }
    assert_eq!(keys(&came), [KeyCode::Char('j')]);
    events.send(Event::Signal(SIGTERM));
    assert!(matches!(
        source.wait(LONG).unwrap()[..],
        [Event::Signal(SIGTERM)]
    ));
}
