//! The table: a row a program, three figures a cell, for 42, 10,000 and 100,000 clauses.

use crate::{
    figures::{Figures, Idle, median},
    pty::Answer,
    shell::Marks,
};
use std::time::Duration;

const HEADS: [&str; 13] = [
    "",
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
    "binary, MB",
];

/// Prints the heads.
pub(crate) fn heads() {
    println!("| {} |", HEADS.join(" | "));
    println!("|{}", " --- |".repeat(HEADS.len()));
}

/// Prints a program's row; its figures are by size.
pub(crate) fn program(name: &str, sizes: &[Figures], marks: Option<&[Marks]>, binary: u64) {
    let each = |cell: &dyn Fn(&Figures) -> String| join(sizes.iter().map(cell));
    let time = |answers: &[Answer]| times(answers.iter().map(|a| a.last));
    let mark = marks.map(|m| join(m.iter().map(|m| millis(m.kouan))));
    row(&[
        name.to_owned(),
        each(&|f| time(&f.first)),
        each(&|f| number(&f.first, |a| a.bytes)),
        each(&|f| time(&f.key)),
        each(&|f| {
            format!(
                "{} ({})",
                number(&f.key, |a| a.bytes),
                number(&f.key, |a| a.floor)
            )
        }),
        each(&|f| time(&f.flood)),
        each(&|f| time(&f.resize)),
        each(&|f| time(&f.search)),
        each(&|f| mebibytes(median(&f.peak))),
        each(&|f| {
            if f.search.is_empty() {
                "–".into()
            } else {
                mebibytes(f.searched)
            }
        }),
        sizes
            .iter()
            .find_map(|f| f.idle)
            .map_or_else(|| "–".into(), idle),
        mark.unwrap_or_else(|| "–".into()),
        megabytes(binary),
    ]);
}

/// Prints the rows that have only a time of marking.
pub(crate) fn marking(marks: &[Marks], task: Option<u64>) {
    let long = marks.iter().find_map(|m| m.long);
    if let Some(long) = long {
        only("kouan, 10,000 changes made before", &millis(long), "");
    }
    if let Some(binary) = task {
        let times = join(marks.iter().filter_map(|m| m.task).map(millis));
        only("taskwarrior", &times, &megabytes(binary));
    }
    let times = join(marks.iter().map(|m| millis(m.dd)));
    only("dd conv=notrunc,fsync", &times, "");
}

fn only(name: &str, mark: &str, binary: &str) {
    let mut cells = vec![String::new(); HEADS.len()];
    name.clone_into(&mut cells[0]);
    mark.clone_into(&mut cells[11]);
    binary.clone_into(&mut cells[12]);
    row(&cells);
}

fn row(cells: &[String]) {
    println!("| {} |", cells.join(" | "));
}

fn join(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    if cells.iter().all(|c| *c == cells[0]) {
        return cells.into_iter().next().unwrap_or_default();
    }
    cells.join(" · ")
}

fn times(times: impl Iterator<Item = Duration>) -> String {
    let times: Vec<Duration> = times.collect();
    if times.is_empty() {
        return "–".into();
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
        return "–".into();
    }
    #[expect(clippy::cast_precision_loss, reason = "bytes of a screen")]
    grouped(median(&values) as f64)
}

/// A whole number with commas.
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
