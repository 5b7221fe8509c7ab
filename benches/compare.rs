//! Compares two versions of a document of 1,000 clauses. `cargo bench --bench compare` prints a
//! table, and which limits are missed.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "generator/clauses.rs"]
mod generator;

use kouan::document::{
    Document, catalogue,
    compare::{Fate, compare},
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const CLAUSES: usize = 1_000;
const ROUNDS: usize = 7;
const LIMIT: Duration = Duration::from_secs(1);

/// Returns the document with each clause's text replaced.
fn with(mut document: Document, text: impl Fn(usize, &str) -> String) -> Document {
    for (i, clause) in document.clauses.iter_mut().enumerate() {
        clause.text = text(i, &clause.text);
    }
    document
}

/// Inserts a word in the middle of a text.
fn reworded(i: usize, text: &str) -> String {
    let half = text.chars().count() / 2;
    let (head, tail): (String, String) = (
        text.chars().take(half).collect(),
        text.chars().skip(half).collect(),
    );
    format!("{head}（第{}类）积极稳妥{tail}", i % 7)
}

/// Reverses every clause: as similar as different texts of the same words can be.
fn turned(_: usize, text: &str) -> String {
    let mut parts: Vec<&str> = text.split('，').collect();
    parts.reverse();
    parts.join("，")
}

fn main() {
    let Ok(seed) = catalogue::embedded() else {
        return println!("the embedded document cannot be read");
    };
    let document = || generator::clauses(&seed, CLAUSES);
    let alike = |i: usize, _: &str| {
        format!("持续推进第{i}批口岸通关便利化措施落地见效，压缩整体通关时间，降低企业成本。")
    };
    let cases = [
        ("the same", document(), document()),
        (
            "every third reworded",
            document(),
            with(document(), |i, t| {
                if i % 3 == 0 {
                    reworded(i, t)
                } else {
                    t.to_owned()
                }
            }),
        ),
        ("all reworded", document(), with(document(), reworded)),
        ("all turned round", document(), with(document(), turned)),
        (
            "all alike",
            with(document(), alike),
            with(document(), |i, t| alike(i + CLAUSES, t)),
        ),
        (
            "nothing in common",
            document(),
            with(document(), |i, _| format!("{i}{i}x{i}")),
        ),
    ];
    println!("{CLAUSES} clauses against {CLAUSES}, the median of {ROUNDS}");
    for (name, old, new) in &cases {
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                black_box(compare(black_box(old), black_box(new)));
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        let (median, found) = (times[ROUNDS / 2], compare(old, new));
        let counts = Fate::ALL.map(|f| (f.id(), found.count(f)));
        let counts: Vec<String> = counts
            .iter()
            .filter(|c| c.1 > 0)
            .map(|(fate, n)| format!("{n} {fate}"))
            .collect();
        let missed = if median > LIMIT { "  MISSED" } else { "" };
        println!("{name:<22} {median:>10.1?}{missed}  {}", counts.join(", "));
    }
}
