//! Bars and lines as SVG, in colours from the page's style.

use crate::{
    locale::Lang,
    progress::{Status, Tally, past::Weeks},
    report::{paper::escape_html as escape, table::rate},
};
use std::fmt::Write as _;

/// Appends a bar of complete and other clauses, labelled with the counts.
pub(super) fn bar(out: &mut String, tally: &Tally, lang: Lang) {
    const WIDTH: usize = 1000;
    let order: [Status; Status::ALL.len()] = [
        Status::Done,
        Status::Closed,
        Status::Doing,
        Status::Blocked,
        Status::Todo,
        Status::Ongoing,
        Status::Dropped,
    ];
    let counts = order.map(|status| (status, tally.count(status)));
    let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    let said = counts
        .iter()
        .map(|(s, n)| format!("{} {n}", lang.text(s.name_key())));
    let said = lang.list(&said.collect::<Vec<_>>());
    let _ = write!(
        out,
        "<svg class=\"share\" viewBox=\"0 0 {WIDTH} 12\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{0}\"><title>{0}</title>",
        escape(&said)
    );
    let mut sum = 0;
    for (status, count) in counts {
        let left = sum * WIDTH / tally.total().max(1);
        sum += count;
        let right = sum * WIDTH / tally.total().max(1);
        let _ = write!(
            out,
            "<rect class=\"{}\" x=\"{left}\" y=\"0\" width=\"{}\" height=\"12\"/>",
            status.id(),
            right - left
        );
    }
    out.push_str("</svg>");
}

/// The size of the chart, and its margins for labels.
const WIDE: usize = 700;
const HIGH: usize = 200;
const LEFT: usize = 40;
const TOP: usize = 16;

/// Appends a burn-up: clauses complete, and clauses counted, at the end of each week.
pub(super) fn weeks(out: &mut String, weeks: &Weeks, clauses: &[usize], lang: Lang) {
    let tallies = weeks.tallies(clauses);
    let rates: Vec<(usize, usize)> = tallies.iter().map(Tally::rate).collect();
    let top = rates.iter().map(|(_, of)| *of).max().unwrap_or(0).max(1);
    let last = rates.len().saturating_sub(1).max(1);
    let place = |nth: usize, count: usize| {
        let x = LEFT + nth * WIDE / last;
        let y = TOP + HIGH - count * HIGH / top;
        format!("{x},{y}")
    };
    let line = |of: fn(&(usize, usize)) -> usize| {
        let places = rates.iter().enumerate();
        let places = places.map(|(nth, rate)| place(nth, of(rate)));
        places.collect::<Vec<_>>().join(" ")
    };
    let said = rates.iter().zip(&weeks.ends);
    let said = said.map(|((n, of), end)| format!("{end} {}", rate(*n, *of, lang)));
    let said: Vec<String> = said.collect();
    let brief = [said.first(), said.last()];
    let brief: Vec<&str> = brief.into_iter().flatten().map(String::as_str).collect();
    let _ = writeln!(
        out,
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n\
         <rect class=\"frame\" x=\"{LEFT}\" y=\"{TOP}\" width=\"{WIDE}\" height=\"{HIGH}\"/>",
        LEFT + WIDE + 20,
        TOP + HIGH + 28,
        escape(&lang.fill("page.went", &[("weeks", &brief.join(" → "))]))
    );
    let _ = writeln!(
        out,
        "<polyline class=\"total\" points=\"{}\"/>\n<polyline class=\"complete\" points=\"{}\"/>",
        line(|rate| rate.1),
        line(|rate| rate.0)
    );
    let mut word = |x: usize, y: usize, anchor: &str, said: &str| {
        let _ = writeln!(
            out,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
            escape(said)
        );
    };
    word(LEFT - 6, TOP + 5, "end", &top.to_string());
    word(LEFT - 6, TOP + HIGH, "end", "0");
    if let [first, .., end] = weeks.ends.as_slice() {
        word(LEFT, TOP + HIGH + 20, "start", &first.to_string());
        word(LEFT + WIDE, TOP + HIGH + 20, "end", &end.to_string());
    }
    if let Some((n, of)) = rates.last() {
        let y = TOP + HIGH - n * HIGH / top;
        let y = y.saturating_sub(8).max(TOP + 12);
        word(LEFT + WIDE - 6, y, "end", &rate(*n, *of, lang));
    }
    out.push_str("</svg>\n");
    let _ = writeln!(
        out,
        "<p class=\"note\">{}</p>\n<details><summary>{}</summary><ul>",
        escape(lang.text("page.lines")),
        escape(lang.text("page.by-week"))
    );
    for line in &said {
        let _ = writeln!(out, "<li>{}</li>", escape(line));
    }
    out.push_str("</ul></details>\n");
}
