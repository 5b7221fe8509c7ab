//! 避头尾 over the whole source text at every width from 20 to 80 columns, compared with a plain
//! greedy fill of the library's breaks, `textwrap` and ratatui's `Paragraph`. The rules are written
//! out again here, from GB/T 15834-2011, so that an error in the code's own table shows.
//!
//! `cargo test --test library wrapping -- --nocapture` prints the counts.

use kouan::text::{Policy, wrap};
use ratatui::{
    buffer::{Buffer, CellWidth as _},
    layout::Rect,
    widgets::{Paragraph, Widget as _, Wrap},
};
use std::{fmt::Write as _, ops::Range};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

const SEED: &str = include_str!("../../seeds/tianjin-2025.txt");
const POLICIES: [Policy; 3] = [Policy::Narrow, Policy::Wide, Policy::Safe];
const NEVER_FIRST: &str = "，。、；：！？）》”’】〕〉」』…·～%％℃)]},.;:!?/／";
const NEVER_LAST: &str = "（《“‘【〔〈「『([{/／￥$";
const UNITS: &str = "年月日号时分秒元万亿个项条款章部家类种次天人";

fn paragraphs() -> impl Iterator<Item = &'static str> {
    SEED.lines().filter(|line| !line.trim().is_empty())
}

/// The result of one way of wrapping at one width.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Score {
    lines: usize,
    /// Lines with a forbidden beginning or end.
    bad: usize,
    /// Lines wider than asked.
    long: usize,
    /// Lines that end between a number and its unit.
    parted: usize,
}

impl Score {
    fn add(&mut self, policy: Policy, lines: &[String], width: usize) {
        self.lines += lines.len();
        for pair in lines.windows(2) {
            self.bad += usize::from(pair[0].trim_end().ends_with(|c| NEVER_LAST.contains(c)));
            let number = pair[0].trim_end().ends_with(|c: char| c.is_ascii_digit());
            let measure = pair[1].starts_with(|c| UNITS.contains(c));
            self.parted += usize::from(number && measure);
            self.bad += usize::from(pair[1].starts_with(|c| NEVER_FIRST.contains(c)));
        }
        let long = |l: &&String| policy.width(l.trim_end()) > width;
        self.long += lines.iter().filter(long).count();
    }
}

type Wrapper = fn(Policy, &str, usize) -> Vec<String>;

fn ours(policy: Policy, text: &str, width: usize) -> Vec<String> {
    let lines = wrap(policy, text, width);
    lines
        .into_iter()
        .map(|r| text.get(r).unwrap().to_owned())
        .collect()
}

/// A greedy fill with the breaks of `unicode-linebreak`; what is too long is cut.
fn plain(policy: Policy, text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut from, mut used) = (0, 0);
    for (to, _) in unicode_linebreak::linebreaks(text) {
        let word = text.get(from..to).unwrap();
        from = to;
        if used + policy.width(word.trim_end()) > width {
            lines.push(String::new());
            used = 0;
        }
        for (_, grapheme, columns) in policy.graphemes(word) {
            if used + columns > width && grapheme != " " {
                lines.push(String::new());
                used = 0;
            }
            used += columns;
            lines.last_mut().unwrap().push_str(grapheme);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn by_textwrap(_: Policy, text: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options)
        .into_iter()
        .map(String::from)
        .collect()
}

fn by_paragraph(_: Policy, text: &str, width: usize) -> Vec<String> {
    let area = Rect::new(0, 0, u16::try_from(width).unwrap(), 100);
    let mut buf = Buffer::empty(area);
    Paragraph::new(text)
        .wrap(Wrap { trim: true })
        .render(area, &mut buf);
    let row = |y| {
        let mut line = String::new();
        let mut x = 0;
        while x < area.width {
            let cell = &buf[(x, y)];
            line.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        line.trim_end().to_owned()
    };
    (0..area.height)
        .map(row)
        .filter(|line| !line.is_empty())
        .collect()
}

fn score(way: Wrapper, policy: Policy, width: usize) -> Score {
    let mut score = Score::default();
    for text in paragraphs() {
        score.add(policy, &way(policy, text, width), width);
    }
    score
}

#[test]
fn no_violation_at_any_width() {
    let ways: [(&str, Wrapper); 4] = [
        ("plain", plain),
        ("textwrap", by_textwrap),
        ("Paragraph", by_paragraph),
        ("ours", ours),
    ];
    for policy in POLICIES {
        let mut report = format!("{policy:?}: bad, over-long and ill-parted lines, of all\n");
        // The others have no policies; `Paragraph` only has narrow widths.
        let asked = ways
            .iter()
            .filter(|w| w.0 != "Paragraph" || policy == Policy::Narrow);
        for &(name, way) in asked {
            let mut sum = Score::default();
            let _ = write!(report, "{name:10}");
            for width in 20..=80 {
                let s = score(way, policy, width);
                sum = Score {
                    lines: sum.lines + s.lines,
                    bad: sum.bad + s.bad,
                    long: sum.long + s.long,
                    parted: sum.parted + s.parted,
                };
                if width % 10 == 0 {
                    let _ = write!(report, " {width}: {} {} {} ·", s.bad, s.long, s.parted);
                }
            }
            let (bad, long, parted) = (sum.bad, sum.long, sum.parted);
            let _ = writeln!(report, " all: {bad} {long} {parted} of {}", sum.lines);
            if name == "ours" {
                assert_eq!((bad, long, parted), (0, 0, 0), "{policy:?}");
            } else if name == "Paragraph" {
                assert!(sum.bad > 0, "the count sees nothing");
            }
        }
        println!("{report}");
    }
}

/// Returns whether the rules alone allow a break here.
fn may_break(before: &str, after: &str) -> bool {
    let last = before.trim_end().chars().next_back().unwrap_or(' ');
    let next = after.chars().next().unwrap_or(' ');
    let alone = before.ends_with(last);
    let word = |c: char| c.is_ascii_alphanumeric();
    let measure = last.is_ascii_digit() && UNITS.contains(next);
    let joined = (word(last) || last == '-') && (word(next) || next == '-') && alone;
    !(next == ' '
        || NEVER_FIRST.contains(next)
        || NEVER_LAST.contains(last)
        || next == '-' && alone
        || joined
        || measure)
}

/// Returns where the rules would have allowed a later break that still fits.
fn later_break(policy: Policy, text: &str, line: Range<usize>, width: usize) -> Option<usize> {
    let mut used = policy.width(text.get(line.clone()).unwrap());
    let rest = text.get(line.end..).unwrap();
    policy
        .graphemes(rest)
        .map_while(|(at, grapheme, columns)| {
            used += columns;
            (used <= width).then_some(line.end + at + grapheme.len())
        })
        .find(|&at| at < text.len() && may_break(text.get(..at).unwrap(), text.get(at..).unwrap()))
}

/// No line is shorter than the rules require.
#[test]
fn no_line_is_shorter_than_the_rules_ask() {
    for policy in POLICIES {
        let (mut short, mut all) = ([0; 12], 0);
        for width in 20..=80 {
            for text in paragraphs() {
                let lines = wrap(policy, text, width);
                for line in lines.iter().take(lines.len() - 1) {
                    let shown = text.get(line.clone()).unwrap().trim_end();
                    assert_eq!(
                        later_break(policy, text, line.clone(), width),
                        None,
                        "{shown}"
                    );
                    all += 1;
                    short[(width - policy.width(shown)).min(11)] += 1;
                }
            }
        }
        println!("{policy:?}: of {all} lines, short by 0, 1, … 11+ columns: {short:?}");
    }
}
