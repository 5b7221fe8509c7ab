//! Searching 100,000 clauses one key at a time, beside `fzf --filter` and `nucleo-matcher` on the
//! same lines. `cargo bench --bench search` prints a table, and which limits are missed.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "generator/clauses.rs"]
mod generator;

use kouan::{
    document::{Document, catalogue, unit::Units},
    progress::Progress,
    search::{Limits, Matches, Query, Scene, find},
};
use nucleo_matcher::{
    Config, Matcher, Utf32String,
    pattern::{CaseMatching, Normalization, Pattern},
};
use std::{
    hint::black_box,
    io::Write as _,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

const CLAUSES: usize = 100_000;
const ROUNDS: usize = 11;
/// Limits per key: median and maximum.
const LIMITS: (Duration, Duration) = (Duration::from_millis(16), Duration::from_millis(30));

/// Typed one key at a time.
const TYPED: [(&str, &[&str]); 6] = [
    (
        "Han",
        &[
            "天津海关",
            "通关",
            "跨境电商",
            "海关总署",
            "便利化水平",
            "单一窗口",
            "口岸收费",
        ],
    ),
    (
        "pinyin",
        &[
            "tjhg",
            "tianjinhaiguan",
            "tianjinhg",
            "duoshi",
            "kjds",
            "yinhang",
            "tongguan",
        ],
    ),
    (
        "one letter",
        &["t", "j", "s", "a", "e", "z", "9", "的", "海", "关"],
    ),
    (
        "no match",
        &[
            "量子纠缠",
            "zzzzzz",
            "qqwwxx",
            "关海天",
            "lzjiuchan",
            "单窗一口",
        ],
    ),
    (
        "several",
        &[
            "@hg 通关",
            "is:open tjhg",
            "!海关 物流 fuwu",
            "ch:2 铁路 tlys",
        ],
    ),
    ("ASCII", &["AEO", "9610", "961"]),
];

/// Compared as whole queries.
const COMPARED: [&str; 8] = [
    "通关",
    "天津海关",
    "跨境电商",
    "口岸收费",
    "量子纠缠",
    "AEO",
    "tjhg",
    "t",
];

fn main() {
    let seed = catalogue::embedded().expect("the embedded document");
    let document = Arc::new(generator::clauses(&seed, CLAUSES));
    let progress = Progress::new(Arc::clone(&document));
    let zone = jiff::tz::TimeZone::UTC;
    let scene = Scene {
        document: &document,
        progress: &progress,
        me: "",
        units: Units::builtin(),
        today: jiff::civil::date(2026, 11, 23),
        now: jiff::Timestamp::UNIX_EPOCH,
        zone: &zone,
        limits: Limits::default(),
        views: &kouan::search::NO_VIEWS,
    };
    let bytes: usize = document.clauses.iter().map(|c| c.text.len()).sum();
    println!(
        "{} clauses, {:.1} MB of text",
        document.clauses.len(),
        mega(bytes)
    );
    keys(&scene);
    compare(&document, &scene);
}

/// Types every query one key at a time, and prints the times.
fn keys(scene: &Scene<'_>) {
    println!("\na key · the whole query at once (ms)");
    for (kind, queries) in TYPED {
        let mut times = Vec::new();
        let mut whole = Vec::new();
        for query in queries {
            for _ in 0..ROUNDS {
                times.extend(typed(query, scene));
                whole.push(timed(|| answer(query, scene)).1);
            }
        }
        times.sort_unstable();
        whole.sort_unstable();
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        println!(
            "{kind:<11} median {:>6} worst {:>6}{} · median {:>6} worst {:>6}",
            millis(median),
            millis(worst),
            missed(median > LIMITS.0 || worst > LIMITS.1),
            millis(whole[whole.len() / 2]),
            millis(whole[whole.len() - 1]),
        );
    }
}

fn typed(query: &str, scene: &Scene<'_>) -> Vec<Duration> {
    let ends = query.char_indices().map(|(i, c)| i + c.len_utf8());
    ends.map(|end| timed(|| answer(query.get(..end).expect("a character's end"), scene)).1)
        .collect()
}

fn answer(query: &str, scene: &Scene<'_>) -> Matches {
    let matches = find(&Query::parse(query), scene);
    black_box(matches.best());
    matches
}

/// Prints kouan, fzf and nucleo-matcher on the same lines and queries.
fn compare(document: &Document, scene: &Scene<'_>) {
    let lines: Vec<String> = document
        .clauses
        .iter()
        .map(|clause| line(document, clause))
        .collect();
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    for line in &lines {
        writeln!(file, "{line}").expect("a line");
    }
    let haystack: Vec<Utf32String> = lines.iter().map(|line| line.as_str().into()).collect();
    let reading = median(|| fzf(&["--exact"], "\u{e000}", file.path()).1);
    println!(
        "\nms (hits); fzf less the {} ms that it takes to read the lines",
        millis(reading)
    );
    println!(
        "{:<10} {:>16} {:>18} {:>18} {:>18}",
        "", "kouan", "fzf --exact", "fzf", "nucleo, 2 threads"
    );
    for query in COMPARED {
        let mut row = vec![measured(|| timed(|| answer(query, scene).clauses.len()))];
        for options in [&["--exact"][..], &[]] {
            let (hits, took) = measured(|| fzf(options, query, file.path()));
            row.push((hits, took.saturating_sub(reading)));
        }
        row.push(measured(|| timed(|| nucleo(query, &haystack))));
        let cells = row
            .iter()
            .map(|(hits, took)| format!("{:>8} {:>9}", millis(*took), format!("({hits})")));
        println!("{query:<10} {}", cells.collect::<Vec<_>>().join(" "));
    }
}

fn line(document: &Document, clause: &kouan::document::Clause) -> String {
    let title = &document.measures[clause.measure].title;
    let units = clause.responsibility.units.join("、");
    format!("{} {title} {} {units}", clause.id, clause.text)
}

/// Runs `fzf --filter`; returns the number of lines it prints, and the time.
fn fzf(options: &[&str], query: &str, lines: &std::path::Path) -> (usize, Duration) {
    timed(|| {
        let run = Command::new("fzf")
            .args(options)
            .args(["--filter", query])
            .env_remove("FZF_DEFAULT_OPTS")
            .stdin(std::fs::File::open(lines).expect("the lines"))
            .stderr(Stdio::null())
            .output();
        run.map_or(0, |out| memchr::memchr_iter(b'\n', &out.stdout).count())
    })
}

fn nucleo(query: &str, lines: &[Utf32String]) -> usize {
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let count = |lines: &[Utf32String]| {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let scores = lines
            .iter()
            .filter_map(|line| pattern.score(line.slice(..), &mut matcher));
        // Scored and kept, as a list would.
        black_box(scores.collect::<Vec<_>>()).len()
    };
    let (left, right) = lines.split_at(lines.len() / 2);
    std::thread::scope(|scope| {
        let left = scope.spawn(|| count(left));
        count(right) + left.join().expect("a thread")
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// Returns the median of several runs, with their number of matches.
fn measured(work: impl Fn() -> (usize, Duration)) -> (usize, Duration) {
    let hits = work().0;
    (hits, median(|| work().1))
}

fn median(work: impl Fn() -> Duration) -> Duration {
    let mut times: Vec<_> = (0..5).map(|_| work()).collect();
    times.sort_unstable();
    times[2]
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

#[expect(clippy::cast_precision_loss, reason = "a figure with one decimal")]
fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

const fn missed(missed: bool) -> &'static str {
    if missed { " MISSED" } else { "" }
}
