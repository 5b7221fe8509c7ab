//! The table: a column per program, a row per measurement, three values per cell, for 42, 10,000
//! and 100,000 clauses.

use crate::{
    figures::{Figures, Idle, median},
    pty::Answer,
    shell::Marks,
};
use std::time::Duration;

const ROWS: [&str; 13] = [
    "first frame, ms",
    "its bytes",
    "key, ms",
    "bytes a key (floor)",
    "30 keys, ms",
    "resize, ms",
    "search key, ms",
    "memory, MiB",
    "after a search",
    "idle 10 s: wake-ups, CPU ms, bytes",
    "mark in the shell, ms",
    "after 10,000 changes",
    "binary, MB",
];

/// Shown where nothing was measured.
const NOTHING: &str = "–";

/// A program's column.
pub(crate) struct Column {
    name: String,
    cells: [String; ROWS.len()],
}

impl Column {
    /// Returns the column of a program with a screen, from its measurements by size.
    pub(crate) fn of(
        name: &str,
        sizes: &[Figures],
        marks: Option<&[Marks]>,
        binary: Option<u64>,
    ) -> Self {
        let each = |cell: &dyn Fn(&Figures) -> String| join(sizes.iter().map(cell));
        let time = |answers: &[Answer]| times(answers.iter().map(|a| a.last));
        let bytes = |f: &Figures| {
            let (sent, floor) = (number(&f.key, |a| a.bytes), number(&f.key, |a| a.floor));
            format!("{sent} ({floor})")
        };
        let searched = |f: &Figures| {
            let found = (!f.search.is_empty()).then_some(f.searched);
            or_nothing(found.map(mebibytes))
        };
        let rested = sizes.iter().find_map(|f| f.idle);
        let long = marks.and_then(|m| m.iter().find_map(|m| m.long));
        let cells = [
            each(&|f| time(&f.first)),
            each(&|f| number(&f.first, |a| a.bytes)),
            each(&|f| time(&f.key)),
            each(&bytes),
            each(&|f| time(&f.flood)),
            each(&|f| time(&f.resize)),
            each(&|f| time(&f.search)),
            each(&|f| mebibytes(median(&f.peak))),
            each(&searched),
            or_nothing(rested.map(idle)),
            or_nothing(marks.map(|m| join(m.iter().map(|m| millis(m.kouan))))),
            or_nothing(long.map(millis)),
            or_nothing(binary.map(megabytes)),
        ];
        let name = name.to_owned();
        Self { name, cells }
    }

    /// Returns the column of a program that only marks.
    pub(crate) fn of_marks(name: &str, marks: &[Duration], binary: Option<u64>) -> Self {
        let mut column = Self::of(name, &[], None, binary);
        column.cells[10] = join(marks.iter().copied().map(millis));
        column
    }
}

/// Prints the table.
pub(crate) fn print(columns: &[Column]) {
    let names: Vec<&str> = columns.iter().map(|c| &*c.name).collect();
    println!("| | {} |", names.join(" | "));
    println!("|{}", " --- |".repeat(1 + columns.len()));
    for (nth, row) in ROWS.iter().enumerate() {
        let cells: Vec<&str> = columns.iter().map(|c| &*c.cells[nth]).collect();
        println!("| {row} | {} |", cells.join(" | "));
    }
}

fn or_nothing(cell: Option<String>) -> String {
    cell.unwrap_or_else(|| NOTHING.into())
}

fn join(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    match cells.first() {
        None => NOTHING.into(),
        Some(first) if cells.iter().all(|c| c == first) => first.clone(),
        _ => cells.join(" · "),
    }
}

fn times(times: impl Iterator<Item = Duration>) -> String {
    let times: Vec<Duration> = times.collect();
    if times.is_empty() {
        return NOTHING.into();
    }
    millis(median(&times))
}

fn millis(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    match ms {
        0.0..1.0 => format!("{ms:.2}"),
        1.0..100.0 => format!("{ms:.1}"),
        _ => grouped(ms.round()),
    }
}

fn number(answers: &[Answer], of: impl Fn(&Answer) -> usize) -> String {
    let values: Vec<usize> = answers.iter().map(of).collect();
    if values.is_empty() {
        return NOTHING.into();
    }
    #[expect(clippy::cast_precision_loss, reason = "bytes of a screen")]
    grouped(median(&values) as f64)
}

/// Returns a whole number with commas.
fn grouped(n: f64) -> String {
    let digits = format!("{n:.0}");
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn mebibytes(kib: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "memory of a process")]
    let mib = kib as f64 / 1024.0;
    if mib < 10.0 {
        format!("{mib:.1}")
    } else {
        format!("{mib:.0}")
    }
}

fn megabytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a program's size")]
    let mb = bytes as f64 / 1e6;
    format!("{mb:.1}")
}

fn idle(idle: Idle) -> String {
    let Idle { wakes, cpu, bytes } = idle;
    format!("{wakes}, {:.1}, {bytes}", cpu.as_secs_f64() * 1e3)
}
