//! Minutes in Markdown.

use super::{Minutes, News, Open};
use crate::text;
use std::fmt::Write as _;

/// Returns the minutes as a text.
pub(super) fn print(minutes: &Minutes) -> String {
    let lang = minutes.lang;
    let mut out = format!("# {}\n\n", lang.text("minutes.title"));
    for line in minutes.head() {
        let _ = writeln!(out, "- {}", escape(&line));
    }
    let _ = write!(out, "\n{}\n", minutes.summary());
    if !minutes.news.is_empty() {
        let _ = write!(out, "\n## {}\n", lang.text("minutes.changes"));
    }
    for news in &minutes.news {
        changed(&mut out, minutes, news);
    }
    let count = minutes.open.len();
    let _ = write!(
        out,
        "\n## {}\n",
        lang.fill("minutes.open", &[("count", &count)])
    );
    for (unit, places) in &minutes.by_unit {
        let head = match unit {
            Some(unit) => {
                let unit = escape(unit);
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("unit", &unit), ("count", &places.len())];
                lang.fill("minutes.open-unit", &values)
            }
            None => lang.text("minutes.open-no-unit").to_owned(),
        };
        let _ = write!(out, "\n### {head}\n\n");
        for place in places {
            let _ = writeln!(out, "- {}", open_line(minutes, &minutes.open[*place]));
        }
    }
    out
}

fn changed(out: &mut String, minutes: &Minutes, news: &News) {
    let clause = &news.clause;
    let (title, said) = (escape(&clause.measure), escape(&clause.text));
    let _ = write!(out, "\n### {} {title}\n\n{said}\n\n", clause.id);
    if !clause.units.is_empty() {
        let units = escape(&minutes.lang.list(&clause.units));
        let units = minutes.lang.fill("minutes.units", &[("units", &units)]);
        let _ = write!(out, "{units}\n\n");
    }
    for moved in &news.moved {
        let signed = moved.by.as_ref().map(|by| minutes.signed(by));
        let line = minutes.moved(moved) + &signed.unwrap_or_default();
        let _ = writeln!(out, "- {}", escape(&line));
    }
    for remark in &news.remarks {
        let lines: Vec<String> = remark.text.lines().map(escape).collect();
        let signed = escape(&minutes.signed(&remark.by));
        // Two blanks keep the further lines within the list item.
        let _ = writeln!(
            out,
            "- {}{signed}\n\n  {}",
            remark.kind,
            lines.join("\n\n  ")
        );
    }
    for step in &news.steps {
        let _ = writeln!(out, "- {}", escape(step));
    }
}

/// Returns `1.2 依托港口…服务。（推进中，期限 2026-12-31，临期）`.
fn open_line(minutes: &Minutes, open: &Open) -> String {
    let (lang, clause) = (minutes.lang, &open.clause);
    let due = clause.due.as_ref();
    let due = due.map(|due| lang.fill("phrase.due", &[("due", due)]));
    let owner = clause.owner.as_ref();
    let owner = owner.map(|owner| lang.fill("phrase.owner", &[("owner", &escape(owner))]));
    let words = [Some(open.status.to_owned()), due, owner];
    let words = words.into_iter().flatten();
    let words = words.chain(open.urgency.map(str::to_owned));
    let words = words.collect::<Vec<_>>().join(lang.text("phrase.and"));
    let state = lang.fill("minutes.state", &[("words", &words)]);
    format!("{} {}{state}", clause.id, escape(&clause.text))
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
