//! Standard output and standard error.

use super::{Failure, terminal};
use crate::{
    config,
    locale::Lang,
    progress::Status,
    report::{
        Table, json,
        plain::{self, Layout},
    },
    text::{self, Policy, Tone},
    tui::{
        terminal::{backend, known::has_links},
        widgets::theme::{Role, Theme},
    },
};
use std::{
    borrow::Cow,
    io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
};

/// Standard output, buffered. Everything that people read is cleaned here, whoever wrote it, and
/// coloured afterwards, so that no text can command the terminal, directly or through a pager.
#[derive(Debug)]
pub(crate) struct Out {
    inner: BufWriter<StdoutLock<'static>>,
    is_terminal: bool,
    /// The colours, if any.
    theme: Option<Theme>,
    /// Whether the terminal knows links.
    has_links: bool,
    /// Output kept for a pager.
    pages: Option<Vec<u8>>,
}

impl Out {
    pub(crate) fn new(theme: Option<Theme>) -> Self {
        let is_terminal = io::stdout().is_terminal();
        Self {
            inner: BufWriter::new(io::stdout().lock()),
            is_terminal,
            theme,
            has_links: is_terminal && has_links(&terminal::environment),
            pages: None,
        }
    }

    /// Shows what follows in a pager if the terminal has too few rows.
    pub(crate) fn page(&mut self) {
        self.pages = (self.is_terminal && !is_dumb()).then(Vec::new);
    }

    /// Writes a line for people, with cells separated by tabs.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) -> Result<(), Failure> {
        let mut line = String::new();
        for (tone, text) in text::stretches(text.as_ref()) {
            let text = self.cleaned(text);
            let style = self.theme.map(|theme| theme.style(role(tone)));
            let begin = style.map(backend::begin).unwrap_or_default();
            let end = if begin.is_empty() { "" } else { "\x1b[0m" };
            line.extend([&*begin, &text, end]);
        }
        line.push('\n');
        self.bytes(line.as_bytes())
    }

    /// Returns a text cleaned, and its addresses as links where the terminal knows them.
    fn cleaned(&self, text: &str) -> String {
        let part = |(address, text): (&str, &str)| {
            let cells: Vec<_> = text.split('\t').map(text::clean).collect();
            let text = cells.join("\t");
            if address.is_empty() || !self.has_links {
                return text;
            }
            let [begin, end] = [address, ""].map(backend::link);
            format!("{begin}{text}{end}")
        };
        text::link::parts(text).map(part).collect()
    }

    /// Writes a value as JSON and a line end.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        json::write(&mut bytes, value)?;
        bytes.push(b'\n');
        self.bytes(&bytes)
    }

    /// Writes a table: on a terminal with aligned columns that share its width, naming those left
    /// out; elsewhere complete, separated by tabs.
    pub(crate) fn table(
        &mut self,
        table: &Table,
        headings: bool,
        policy: Policy,
        lang: Lang,
    ) -> Result<(), Failure> {
        let layout =
            terminal_width().map_or(Layout::Tabs, |width| Layout::Aligned(policy, Some(width)));
        let printed = plain::lines(table, layout, headings, lang);
        for line in printed.lines {
            self.line(line)?;
        }
        if !printed.left_out.is_empty() {
            let columns = lang.list(&printed.left_out);
            self.inner.flush()?;
            note(lang.fill("cli.left-out", &[("columns", &columns)]));
        }
        Ok(())
    }

    /// Writes a file's text with its own line ends; unchanged into a pipe.
    pub(crate) fn text(&mut self, text: &[u8]) -> Result<(), Failure> {
        match std::str::from_utf8(text) {
            Ok(text) if self.is_terminal => self.bytes(text::clean(text).as_bytes()),
            _ => self.bytes(text),
        }
    }

    /// Writes bytes unchanged.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.pages {
            Some(pages) => pages.extend(bytes),
            None => self.inner.write_all(bytes)?,
        }
        Ok(())
    }

    /// Flushes all output, through the pager if there is one.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        if let Some(pages) = self.pages.take() {
            let lines = pages.split(|byte| *byte == b'\n').count();
            if lines <= terminal_rows() || !paged(&without_links(&pages)) {
                self.bytes(&pages)?;
            }
        }
        Ok(self.inner.flush()?)
    }
}

/// Returns the theme's role for a tone.
const fn role(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Text,
        Tone::Heading => Role::Heading,
        Tone::Quiet => Role::Dim,
        Tone::Doing => Role::Status(Status::Doing),
        Tone::Done => Role::Status(Status::Done),
        Tone::Ongoing => Role::Status(Status::Ongoing),
        Tone::Bad => Role::Overdue,
        Tone::Soon => Role::Soon,
        Tone::Removed => Role::Removed,
        Tone::Added => Role::Added,
    }
}

/// Returns a text without links, which older pagers show as they are written.
fn without_links(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let mut parts = text.split("\x1b]8;;");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += part.split_once("\x1b\\").map_or(part, |(_, text)| text);
    }
    out.into_bytes()
}

/// Shows a text in the user's pager; returns whether there is one.
fn paged(text: &[u8]) -> bool {
    let pager = config::variable("PAGER").unwrap_or_else(|| "less -FIRX".into());
    // Ctrl-c belongs to the pager: it must not end this program and leave the pager without a
    // terminal.
    let interrupt = signal_hook::consts::SIGINT;
    let _ = signal_hook::flag::register(interrupt, std::sync::Arc::default());
    let mut command = Command::new("sh");
    command.arg("-c").arg(pager).stdin(Stdio::piped());
    if std::env::var_os("LESSCHARSET").is_none() {
        command.env("LESSCHARSET", "utf-8");
    }
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    if let Some(mut stdin) = child.stdin.take() {
        // The reader may leave before the end.
        let _ = stdin.write_all(text);
    }
    // 127: the shell found no such program.
    child.wait().is_ok_and(|status| status.code() != Some(127))
}

fn terminal_rows() -> usize {
    rustix::termios::tcgetwinsize(io::stdout()).map_or(0, |size| size.ws_row.into())
}

/// Returns the width of the terminal on standard output, if it is one.
pub(crate) fn terminal_width() -> Option<usize> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return None;
    }
    let columns = rustix::termios::tcgetwinsize(&stdout).ok()?.ws_col;
    Some(usize::from(columns)).filter(|c| *c > 0)
}

/// Whether standard error ends with a line that will be overwritten.
static PENDING: AtomicBool = AtomicBool::new(false);

/// Whether something was saved but not reported yet, which a full disk behind standard output does
/// not undo.
static SAVED: AtomicBool = AtomicBool::new(false);

/// Notes that the result is saved, whatever happens to the output.
pub(crate) fn saved() {
    SAVED.store(true, Ordering::Relaxed);
}

/// Returns whether [`saved`] was called.
pub(super) fn is_saved() -> bool {
    SAVED.load(Ordering::Relaxed)
}

/// Prints a message on standard error.
pub(crate) fn tell(message: impl AsRef<str>) {
    let mut stderr = io::stderr().lock();
    wipe_from(&mut stderr);
    // If standard error is closed, there is nobody to tell.
    for line in message.as_ref().lines() {
        let _ = writeln!(stderr, "{}", text::clean(&bounded(line)));
    }
}

/// Byte limit of a message line: longer than any path or command that people type.
const LONGEST: usize = 4000;

/// Shortens the middle of a message line that contains a whole file, with the number of bytes left
/// out.
fn bounded(line: &str) -> Cow<'_, str> {
    if line.len() <= LONGEST {
        return line.into();
    }
    let boundary = |at: usize| (at..line.len()).find(|at| line.is_char_boundary(*at));
    let head = boundary(LONGEST / 2).and_then(|end| line.get(..end));
    let tail = boundary(line.len() - LONGEST / 4).and_then(|start| line.get(start..));
    let (head, tail) = (head.unwrap_or_default(), tail.unwrap_or_default());
    let left_out = line.len() - head.len() - tail.len();
    format!("{head} [… {left_out} bytes …] {tail}").into()
}

/// The most messages of one kind.
const MOST: usize = 200;

/// Prints several messages; of very many only the first, and their number.
pub(crate) fn tell_all(messages: &[impl AsRef<str>], lang: Lang) {
    for message in messages.iter().take(MOST) {
        tell(message);
    }
    if messages.len() > MOST {
        let more = messages.len() - MOST;
        tell(lang.fill("cli.more-notes", &[("more", &more), ("n", &messages.len())]));
    }
}

/// Prints a message for people at a terminal; scripts don't need it.
pub(crate) fn note(message: impl AsRef<str>) {
    if io::stderr().is_terminal() {
        tell(message);
    }
}

/// Shows on a capable terminal what has been going on for `seconds`, on a line that will be
/// overwritten.
pub(crate) fn pending(line: &str, seconds: u64) {
    let mut stderr = io::stderr().lock();
    let columns = rustix::termios::tcgetwinsize(&stderr).map_or(0, |size| size.ws_col);
    let columns = if columns == 0 {
        80
    } else {
        usize::from(columns)
    };
    let whole = format!("{}  {seconds} s", text::clean(line).replace('\n', " "));
    let whole = text::elide(text::Policy::Wide, &whole, columns.saturating_sub(1));
    PENDING.store(true, Ordering::Relaxed);
    let _ = write!(stderr, "\r{whole}\x1b[K");
    let _ = stderr.flush();
}

/// Removes the line of [`pending`].
pub(crate) fn wipe() {
    wipe_from(&mut io::stderr().lock());
}

fn wipe_from(stderr: &mut impl io::Write) {
    if PENDING.swap(false, Ordering::Relaxed) {
        let _ = write!(stderr, "\r\x1b[K");
    }
}

/// Returns whether the terminal can't overwrite a line.
pub(crate) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}
