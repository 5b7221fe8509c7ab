//! What changed, as meeting minutes in Markdown. May use: `report` and above.
//!
//! Told is the difference between the state before the meeting and the state now, so what was
//! done and taken back within it is not told; a remark is told in full as long as it stands.

use super::{Basis, phrase, stats, table::rate};
use crate::{
    progress::{Change, Edit, Progress, Record, Remark, Target},
    text,
};
use jiff::Timestamp;
use std::{fmt::Write as _, sync::Arc};

/// How many columns of its text stand for a clause in the list of what is open.
const GLIMPSE: usize = 48;

/// Returns the minutes of what changed since a moment, over the whole document.
pub fn minutes(basis: &Basis<'_>, since: Timestamp) -> String {
    let all: Vec<usize> = (0..basis.document().clauses.len()).collect();
    minutes_of(basis, since, &all)
}

/// Returns the minutes of what changed since a moment of these clauses, which a meeting went through.
pub fn minutes_of(basis: &Basis<'_>, since: Timestamp, clauses: &[usize]) -> String {
    Minutes::new(basis, since, clauses).whole()
}

struct Minutes<'a> {
    basis: &'a Basis<'a>,
    since: Timestamp,
    /// The clauses that are told of, in document order.
    clauses: &'a [usize],
    /// The state when the minutes begin.
    before: Progress,
    /// The standing changes since, newest first.
    news: Vec<Change>,
}

impl<'a> Minutes<'a> {
    fn new(basis: &'a Basis<'a>, since: Timestamp, clauses: &'a [usize]) -> Self {
        let now = basis.progress();
        let mut before = Progress::new(Arc::clone(now.document()));
        let mut news = Vec::new();
        for change in now.changes().rev() {
            if change.when() < since {
                before.insert(change);
            } else if now.stands(&change.id) {
                news.push(change);
            }
        }
        Self {
            basis,
            since,
            clauses,
            before,
            news,
        }
    }

    fn whole(&self) -> String {
        let changed: Vec<(usize, Vec<String>)> = self
            .clauses
            .iter()
            .copied()
            .map(|clause| (clause, self.news_of(clause)))
            .filter(|(_, news)| !news.is_empty())
            .collect();
        let mut out = self.head(changed.len());
        for (clause, news) in &changed {
            out.push_str(&self.clause_head(*clause));
            for line in news {
                let _ = writeln!(out, "- {line}");
            }
        }
        out.push_str(&self.still_open());
        out
    }

    fn head(&self, changed: usize) -> String {
        let (lang, document) = (self.basis.lang, self.basis.document());
        let zone = self.basis.scene.zone;
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let (n, of) = stats::whole(self.basis, self.clauses).tally.rate();
        let rate = rate(n, of, lang);
        lang.fill(
            "minutes.head",
            &[
                ("title", &escape(&document.title)),
                ("date", &self.basis.scene.today),
                ("since", &day(self.since)),
                ("changed", &changed),
                ("total", &self.clauses.len()),
                ("rate", &rate),
            ],
        )
    }

    fn clause_head(&self, clause: usize) -> String {
        let document = self.basis.document();
        let said = &document.clauses[clause];
        let title = escape(&document.measure_of(clause).title);
        let mut head = format!("\n### {} {title}\n\n{}\n\n", said.id, escape(&said.text));
        let units = said.responsibility.units.join("、");
        if !units.is_empty() {
            let units = escape(&units);
            head += &self.basis.lang.fill("minutes.units", &[("units", &units)]);
            head += "\n\n";
        }
        head
    }

    /// Returns what is new of a clause, a line each: fields, then remarks by kind, then steps.
    fn news_of(&self, clause: usize) -> Vec<String> {
        let (was, is) = (self.before.record(clause), self.basis.record(clause));
        let lang = self.basis.lang;
        let mut lines = Vec::new();
        if was.status != is.status {
            let (from, to) = (
                lang.text(was.status.name_key()),
                lang.text(is.status.name_key()),
            );
            lines.push(self.moved("show.status", from, to, clause, |e| e.status.is_some()));
        }
        if was.due != is.due {
            let (from, to) = (phrase::due(was.due, lang), phrase::due(is.due, lang));
            lines.push(self.moved("show.due", &from, &to, clause, |e| e.due.is_some()));
        }
        if was.owner != is.owner {
            let name = |r: &Record| {
                let nobody = lang.text("phrase.nobody");
                escape(r.owner.as_deref().unwrap_or(nobody))
            };
            lines.push(
                self.moved("show.owner", &name(was), &name(is), clause, |e| {
                    e.owner.is_some()
                }),
            );
        }
        lines.extend(self.remarks(was, is));
        lines.extend(self.steps(was, is));
        lines
    }

    fn moved(
        &self,
        field: &'static str,
        from: &str,
        to: &str,
        clause: usize,
        sets: impl Fn(&Edit) -> bool,
    ) -> String {
        let lang = self.basis.lang;
        let target = Target::clause(self.basis.document().clauses[clause].id);
        let made = |c: &&Change| c.edits().iter().any(|e| e.target == target && sets(e));
        let field = lang.text(field);
        let line = lang.fill(
            "minutes.moved",
            &[("field", &field), ("from", &from), ("to", &to)],
        );
        match self.news.iter().find(made) {
            Some(change) => format!("{line}{}", self.signed(&change.by, change.when())),
            // An older change was taken back, or the lines of another machine came in late.
            None => line,
        }
    }

    /// Returns the remarks that were not there before, by kind, each whole.
    fn remarks(&self, was: &Record, is: &Record) -> Vec<String> {
        use crate::progress::Kind;
        let new = |r: &&Remark| !was.remarks.contains(r);
        let of = |kind: Kind| {
            is.remarks
                .iter()
                .filter(new)
                .filter(move |r| r.kind == kind)
        };
        [Kind::Progress, Kind::Problem, Kind::Next]
            .into_iter()
            .flat_map(|kind| of(kind).collect::<Vec<_>>())
            .map(|r| {
                let kind = self.basis.lang.text(r.kind.name_key());
                let text: Vec<String> = r.text.lines().map(escape).collect();
                let signed = self.signed(&r.by, r.at);
                // Two blanks keep the further lines within the list item.
                format!("{kind}{signed}\n\n  {}", text.join("\n\n  "))
            })
            .collect()
    }

    fn steps(&self, was: &Record, is: &Record) -> Vec<String> {
        let lang = self.basis.lang;
        is.steps
            .iter()
            .filter(|s| !was.steps.contains(s))
            .map(|s| {
                let (text, status) = (escape(&s.text), lang.text(s.status.name_key()));
                lang.fill("minutes.step", &[("text", &text), ("status", &status)])
            })
            .collect()
    }

    fn signed(&self, by: &str, at: Timestamp) -> String {
        let (by, at) = (escape(by), self.basis.minute(at));
        self.basis
            .lang
            .fill("minutes.signed", &[("by", &by), ("at", &at)])
    }

    /// Returns what is still open, by unit: a joint clause stands under each of its units.
    fn still_open(&self) -> String {
        let (lang, document) = (self.basis.lang, self.basis.document());
        let open: Vec<usize> = self
            .clauses
            .iter()
            .copied()
            .filter(|c| self.basis.record(*c).status.is_open())
            .collect();
        let mut out = lang.fill("minutes.open", &[("count", &open.len())]);
        for group in stats::groups(self.basis, stats::By::Unit, &open) {
            let (name, count) = (escape(&group.name), group.tally.total());
            out += &lang.fill("minutes.open-unit", &[("unit", &name), ("count", &count)]);
            let its = |c: &&usize| {
                let who = &document.clauses[**c].responsibility;
                who.units.contains(&group.name)
            };
            for &clause in open.iter().filter(its) {
                let _ = writeln!(out, "- {}", self.open_line(clause));
            }
        }
        let without = |c: &&usize| document.clauses[**c].responsibility.units.is_empty();
        let without: Vec<&usize> = open.iter().filter(without).collect();
        if !without.is_empty() {
            out += lang.text("minutes.open-no-unit");
            for &&clause in &without {
                let _ = writeln!(out, "- {}", self.open_line(clause));
            }
        }
        out
    }

    fn open_line(&self, clause: usize) -> String {
        let (lang, document) = (self.basis.lang, self.basis.document());
        let record = self.basis.record(clause);
        let status = lang.text(record.status.name_key());
        let said = &document.clauses[clause];
        let glimpse = escape(&text::elide(text::Policy::Narrow, &said.text, GLIMPSE));
        let mut line = format!("{} {glimpse} {status}", said.id);
        if record.due.is_some() {
            let due = phrase::due(record.due, lang);
            let _ = write!(line, " {}", lang.fill("phrase.due", &[("due", &due)]));
        }
        match self.basis.urgency(clause) {
            Some(crate::progress::Urgency::Overdue) => line + " " + lang.text("urgency.overdue"),
            Some(crate::progress::Urgency::Soon) => line + " " + lang.text("urgency.soon"),
            None => line,
        }
    }
}

/// Returns a text that Markdown shows as it is (`CommonMark` 0.31 §2.4), on one line, safe for a terminal.
pub fn escape(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    for (nth, c) in text::clean(said).trim().chars().enumerate() {
        let starts_block = nth == 0 && matches!(c, '#' | '-' | '+' | '>' | '=' | '~');
        if starts_block || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    // `1.` and `1)` at the start would make a list.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && matches!(out.as_bytes().get(digits), Some(b'.' | b')')) {
        out.insert(digits, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markdown_shows_what_was_typed() {
        assert_eq!(escape("# a *b* <c> | d"), "\\# a \\*b\\* \\<c> \\| d");
        assert_eq!(escape("1. 已对接"), "1\\. 已对接");
        assert_eq!(escape("2025 年 - 12 月"), "2025 年 - 12 月");
        assert!(!escape("\u{1b}[2J").contains('\u{1b}'));
    }
}
