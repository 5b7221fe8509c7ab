//! Speed of text: wrapping beside `textwrap` in the same run, measuring, a full redraw.
//!
//! `cargo bench --bench text`; the last lines give the ratios, as medians of interleaved rounds.

use divan::{Bencher, black_box, counter::BytesCount};
use kouan::text::{Policy, put, wrap};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use std::time::{Duration, Instant};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

const SEED: &str = include_str!("../seeds/tianjin-2025.txt");
const POLICIES: [Policy; 3] = [Policy::Narrow, Policy::Wide, Policy::Safe];
const WIDTH: usize = 60;

/// The source text 40 times: some half a megabyte.
fn text() -> String {
    SEED.repeat(40)
}

/// `textwrap` at its best for Chinese: breaks by UAX #14, greedy like ours.
fn by_textwrap(text: &str) -> usize {
    let options = Options::new(WIDTH)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options).len()
}

#[divan::bench(args = POLICIES)]
fn wraps(bencher: Bencher, policy: Policy) {
    let text = text();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| wrap(policy, black_box(&text), WIDTH).len());
}

#[divan::bench]
fn textwrap_wraps(bencher: Bencher) {
    let text = text();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| by_textwrap(black_box(&text)));
}

#[divan::bench(args = POLICIES)]
fn measures(bencher: Bencher, policy: Policy) {
    let text = text();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| policy.width(black_box(&text)));
}

#[divan::bench]
fn cleans(bencher: Bencher) {
    let text = text();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| kouan::text::clean(black_box(&text)).len());
}

/// Puts 60 lines of 200 columns into an empty buffer, like a full redraw.
#[divan::bench(args = POLICIES)]
fn draws_200x60(bencher: Bencher, policy: Policy) {
    let lines: Vec<&str> = wrap(policy, SEED, 200)
        .into_iter()
        .filter_map(|r| SEED.get(r))
        .cycle()
        .take(60)
        .collect();
    bencher
        .with_inputs(|| Buffer::empty(Rect::new(0, 0, 200, 60)))
        .bench_refs(|buf| {
            for (y, line) in (0..).zip(&lines) {
                put(buf, 0, y, 200, line, Style::new(), policy);
            }
        });
}

fn timed(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Prints MB/s and the ratio to `textwrap`, from alternating rounds.
#[expect(
    clippy::print_stdout,
    reason = "a benchmark reports on standard output"
)]
fn report() {
    let text = text();
    let mut rounds: Vec<[Duration; 4]> = (0..41)
        .map(|_| {
            let [narrow, wide, safe] = POLICIES.map(|p| timed(|| wrap(p, &text, WIDTH).len()));
            [timed(|| by_textwrap(&text)), narrow, wide, safe]
        })
        .collect();
    let [theirs, ours @ ..] = [0, 1, 2, 3].map(|i| {
        rounds.sort_by_key(|r| r[i]);
        rounds[rounds.len() / 2][i].as_secs_f64()
    });
    let size = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) / 1e6;
    println!("textwrap 1.00  {:.0} MB/s", size / theirs);
    for (policy, seconds) in POLICIES.into_iter().zip(ours) {
        println!(
            "{policy:?} {:.2}  {:.0} MB/s",
            theirs / seconds,
            size / seconds
        );
    }
}

fn main() {
    divan::main();
    if std::env::args().all(|arg| arg != "--test" && arg != "--list") {
        report();
    }
}
