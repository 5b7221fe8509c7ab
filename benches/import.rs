//! Speed of the importer, and that twice the text takes twice the time.
//!
//! `cargo bench --bench import` prints the time to load the embedded document and one of some
//! 100,000 clauses, then a line per shape: megabytes per second at one size and at twice that size.
//! All shapes but the first are hostile and must not be slower than linear.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use kouan::document::{
    catalogue,
    import::{ImportOptions, import},
    yaml,
};
use std::time::Instant;

const SEED: &str = include_str!("../seeds/tianjin-2025.txt");

/// The measures of the seed, repeated with continuing numbers.
fn document(bytes: usize) -> String {
    let measures: Vec<&str> = SEED
        .lines()
        .filter(|l| l.contains('。') && l.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    let mut out = String::from("某市若干措施\n\n");
    for han in ["一", "二", "三", "四"].iter().cycle() {
        if out.len() >= bytes {
            break;
        }
        let body = |m: &&str| m.split_once('.').map(|(_, body)| body.to_owned());
        let numbered = (1..).zip(measures.iter().filter_map(body));
        let chapter: Vec<_> = numbered.map(|(n, b)| format!("{n}.{b}\n\n")).collect();
        out.extend([han, "、进一步强化政策供给\n\n", &chapter.concat()]);
    }
    out
}

fn repeated(part: &str, bytes: usize) -> String {
    let mut out = String::from("某市若干措施\n一、甲\n1.标题。推进。（责任单位：市商务局）\n");
    out.push_str(&part.repeat(bytes / part.len()));
    out
}

/// Returns the best of three, in megabytes per second.
fn speed(text: &str) -> f64 {
    let once = || {
        let start = Instant::now();
        // A hostile text may be refused.
        let _ = std::hint::black_box(import(text, &ImportOptions::default()));
        start.elapsed().as_secs_f64()
    };
    let best = (0..3).map(|_| once()).fold(f64::INFINITY, f64::min);
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
    let megabytes = text.len() as f64 / 1e6;
    megabytes / best
}

/// Returns the best of several runs, in microseconds.
fn micros(runs: usize, run: impl Fn() -> bool) -> u128 {
    let once = || {
        let start = Instant::now();
        assert!(std::hint::black_box(run()));
        start.elapsed().as_micros()
    };
    (0..runs).map(|_| once()).min().unwrap_or_default()
}

fn load() {
    let embedded = micros(100, || catalogue::embedded().is_ok());
    println!("embedded document      {embedded:8} µs");
    let big = import(&document(44_000_000), &ImportOptions::default()).expect("imports");
    let clauses = big.document.clauses.len();
    let text = yaml::write(&big.document);
    let read = micros(3, || yaml::read(&text, "big").is_ok());
    println!(
        "{clauses} clauses         {read:8} µs, {} MB",
        text.len() / 1_000_000
    );
}

/// The size of a text in bytes.
const SIZE: usize = 2_000_000;

fn main() {
    load();
    let nested = "（".repeat(3000) + &"）".repeat(3000);
    let shapes: [(&str, &str); 12] = [
        ("open brackets", "（"),
        ("closed brackets", "）"),
        ("nested brackets", &nested),
        ("unclosed assignments", "（责任单位：甲"),
        ("nested assignments", "（责任单位：甲、（责任单位：乙））"),
        ("labels", "责任单位：甲，"),
        ("labelled lines", "责任单位：甲\n"),
        ("split brackets", "（责任单位：甲）乙)"),
        ("items", "1.甲\n"),
        ("sections", "（一）甲\n"),
        ("one long line", "推进建设，"),
        ("short lines", "甲\n"),
    ];
    let report = |name: &str, once: &str, twice: &str| {
        println!("{name:22} {:8.1} {:8.1} MB/s", speed(once), speed(twice));
    };
    report("a document", &document(SIZE), &document(2 * SIZE));
    for (name, part) in shapes {
        report(name, &repeated(part, SIZE), &repeated(part, 2 * SIZE));
    }
}
