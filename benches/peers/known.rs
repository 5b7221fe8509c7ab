//! Checks the meter with a program whose figures are known: its delays, bytes, wake-ups and memory.

use crate::{
    floor, process,
    pty::{Answer, Session},
    screen::Screen,
};
use portable_pty::CommandBuilder;
use std::{
    io::{Read as _, Write as _},
    thread,
    time::Duration,
};

const SIZE: (u16, u16) = (80, 24);
const START: Duration = Duration::from_millis(120);
const FRAME: &str = "\x1b[2J\x1b[H\x1b[31mknown\x1b[m";
const FILLER: usize = 3_000;
/// The delay after the filler that completes the frame.
const PAUSE: Duration = Duration::from_millis(60);
const REST: &str = "\x1b[5;1Hthe whole frame";
const KEY: Duration = Duration::from_millis(20);
const ECHO: &str = "\x1b[10;10Habc";
const MEMORY: usize = 40 << 20;
const WAKES: u32 = 10;

/// The known program.
pub(crate) fn run() {
    let _ = crossterm::terminal::enable_raw_mode();
    thread::sleep(START);
    say(FRAME);
    // Nothing visible: the screen is not complete yet.
    say(&"\x1b[m".repeat(FILLER / 3));
    thread::sleep(PAUSE);
    say(REST);
    let mut key = [0];
    while std::io::stdin().read(&mut key).is_ok_and(|n| n > 0) {
        match key[0] {
            b'w' => (0..WAKES).for_each(|_| thread::sleep(Duration::from_millis(20))),
            b'm' => drop(std::hint::black_box(vec![1_u8; MEMORY])),
            _ => {
                thread::sleep(KEY);
                say(ECHO);
            }
        }
    }
}

fn say(text: &str) {
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Checks the meter.
///
/// # Panics
///
/// A figure is wrong.
pub(crate) fn check() {
    // The minimum counts: other programs may have the processor.
    let starts: Vec<_> = (0..3).map(|_| start()).collect();
    near(
        "first frame",
        starts.iter().map(|(_, frame)| frame.last),
        START + PAUSE,
    );
    let bytes = FRAME.len() + FILLER + REST.len();
    assert!(
        starts.iter().all(|(_, frame)| frame.bytes == bytes),
        "bytes of the first frame"
    );
    let mut sessions = starts.into_iter().map(|(session, _)| session);
    let mut session = sessions.next().expect("one of three");
    sessions.for_each(Session::end);
    let key = session.keys("j").expect("an answer");
    assert_eq!(key.bytes, ECHO.len(), "bytes a key");
    // A cursor movement and three letters are already the fewest bytes.
    assert_eq!(key.floor, ECHO.len(), "floor of a key");
    let keys: Vec<_> = (0..5).filter_map(|_| session.keys("j")).collect();
    near("key", keys.iter().map(|key| key.last), KEY);
    let again = session.keys("j").expect("an answer");
    assert_eq!((again.bytes, again.floor), (ECHO.len(), 0), "no change");
    let flood = session.keys("jjjjj").expect("an answer");
    assert!(flood.last >= 5 * KEY, "five keys: {:?}", flood.last);
    assert_eq!(flood.bytes, 5 * ECHO.len());
    let before = process::usage(session.pid());
    assert_eq!(session.rest(Duration::from_millis(200)), 0);
    let still = process::usage(session.pid());
    assert_eq!(
        still.sleeps, before.sleeps,
        "wake-ups of a sleeping program"
    );
    assert!(session.keys("w").is_none(), "a silent key");
    let after = process::usage(session.pid());
    let wakes = after.sleeps - still.sleeps;
    // One more for the key itself.
    assert!(
        (WAKES..=WAKES + 2).contains(&u32::try_from(wakes).unwrap_or(0)),
        "{wakes} wake-ups"
    );
    assert!(session.keys("m").is_none(), "a silent key");
    let peak = usize::try_from(process::usage(session.pid()).peak).unwrap_or(0) << 10;
    assert!(
        (MEMORY..MEMORY + (16 << 20)).contains(&peak),
        "peak of {peak} bytes"
    );
    session.end();
    floors();
}

/// Floors that can be computed by hand.
fn floors() {
    let cost = |before: &str, after: &str| {
        let grid = |bytes: &str| {
            let mut screen = Screen::new(SIZE);
            screen.feed(bytes.as_bytes());
            screen.feed(b"\x1b[H");
            screen.grid()
        };
        floor::cost(&grid(before), &grid(after))
    };
    assert_eq!(cost("abc", "abc"), 0);
    assert_eq!(cost("abc", "xbz"), 3, "what stands between is sent again");
    assert_eq!(cost("a1234567z", "x1234567y"), 1 + 4 + 1, "or passed by");
    assert_eq!(cost("", "\x1b[31mab"), 5 + 2 + 3, "a colour comes and goes");
    assert_eq!(cost("abcdefgh", ""), 3, "erased to the end");
    assert_eq!(cost("海关", "海港"), 3 + 3, "a wide glyph is one");
    assert_eq!(cost("", "\x1b[31m海关"), 5 + 6 + 3, "and has one style");
    assert_eq!(cost("", "\x1b[3;5Hx"), 6 + 1, "to a place");
}

fn start() -> (Session, Answer) {
    let me = std::env::current_exe().expect("this program");
    let mut command = CommandBuilder::new(me);
    command.args(["known"]);
    let mut session = Session::start(command, SIZE);
    let frame = session.first_frame("known");
    (session, frame)
}

/// Measured times are never below the known one, and at best slightly above.
fn near(what: &str, measured: impl Iterator<Item = Duration>, known: Duration) {
    let least = measured.min().unwrap_or_default();
    let slack = Duration::from_millis(15) + known / 5;
    assert!(
        (known..known + slack).contains(&least),
        "{what}: {least:?}, known to be {known:?}"
    );
}
