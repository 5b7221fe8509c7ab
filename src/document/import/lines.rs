//! Source lines: text, and the furniture of pages around it.

use super::report::{Notes, ReadingRule};
use crate::document::mark::{Mark, TaskRow};
use std::collections::HashMap;

/// A line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SourceLine<'a> {
    /// Its number in the source, counted from 1.
    pub number: usize,
    /// Its text without the white space around it; never empty.
    pub text: &'a str,
    /// Whether blank lines or a page break precede it.
    pub gap: bool,
    /// Its indent in characters, for nested lists.
    pub indent: usize,
    /// What its file says it is.
    pub mark: Option<&'a Mark>,
}

impl<'a> SourceLine<'a> {
    /// Returns the table row that it is.
    pub(super) fn row(&self) -> Option<&'a TaskRow> {
        match self.mark {
            Some(Mark::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// Returns its heading level, from its file or from Markdown.
    pub(super) fn heading(&self) -> Option<u8> {
        match self.mark {
            Some(Mark::Heading(depth)) => Some(*depth),
            Some(_) => None,
            None => {
                let title = self.text.trim_start_matches('#');
                let depth = self.text.len() - title.len();
                let marked = (1..=6).contains(&depth) && title.starts_with(is_blank);
                u8::try_from(depth).ok().filter(|_| marked)
            }
        }
    }
}

/// Returns whether a character is white space or invisible.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Splits the source into lines of text, removing and noting page furniture.
pub(super) fn lines<'a>(
    text: &'a str,
    marks: &'a [(usize, Mark)],
    notes: &mut Notes,
) -> Vec<SourceLine<'a>> {
    // Old Mac files have only carriage returns.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let mut lines = Vec::new();
    let mut pages = Vec::new();
    let (mut gap, mut page) = (false, 0);
    for (i, raw) in text.split(end).enumerate() {
        page += raw.matches('\u{c}').count();
        let from = raw.trim_start_matches(is_blank);
        let line = from.trim_end_matches(is_blank);
        if line.is_empty() {
            gap = true;
            continue;
        }
        let mark = marks.binary_search_by_key(&(i + 1), |(line, _)| *line);
        let mark = mark.ok().and_then(|at| marks.get(at)).map(|(_, mark)| mark);
        lines.push(SourceLine {
            number: i + 1,
            text: line,
            gap: std::mem::take(&mut gap) || raw.contains('\u{c}'),
            indent: match mark {
                Some(Mark::Item(depth)) => usize::from(*depth) * 2,
                _ => raw.chars().count() - from.chars().count(),
            },
            mark,
        });
        pages.push(page);
    }
    let mut numbers: Vec<bool> = lines.iter().map(|l| is_page_number(l.text)).collect();
    for at in numbers_at_edges(&lines, &pages) {
        numbers[at] = true;
    }
    without_pages(lines, &numbers, notes)
}

/// Returns the lines with a number alone at the edge of a page, if it rises by one per page: a bare
/// number elsewhere may be a table cell.
fn numbers_at_edges(lines: &[SourceLine<'_>], pages: &[usize]) -> Vec<usize> {
    let last = pages.last().copied().unwrap_or(0);
    let mut found: HashMap<i64, Vec<usize>> = HashMap::new();
    for (i, (line, page)) in lines.iter().zip(pages).enumerate() {
        let first = i == 0 || pages.get(i - 1) != Some(page);
        let end = pages.get(i + 1) != Some(page);
        if let Some(number) = bare_number(line.text).filter(|_| last > 0 && (first || end))
            && let Ok(page) = i64::try_from(*page)
        {
            found.entry(number - page).or_default().push(i);
        }
    }
    let most = found
        .into_iter()
        .max_by_key(|(from, at)| (at.len(), -from.abs()));
    // A single one is the number of the first page.
    let sure = most.filter(|(from, at)| at.len() > 1 || *from == 1);
    sure.map(|(_, at)| at).unwrap_or_default()
}

/// Reads `12`, `12 / 30`, `Page 12 of 30`.
fn bare_number(text: &str) -> Option<i64> {
    let text = text.strip_prefix("Page ").unwrap_or(text);
    let mut parts = text
        .split(['/', '／'])
        .flat_map(|p| p.split(" of "))
        .map(str::trim);
    let number = parts.next()?;
    let short = |t: &str| (1..=4).contains(&t.len());
    (short(number) && parts.all(|p| short(p) && p.parse::<u32>().is_ok())).then_some(())?;
    number.parse().ok()
}

/// Removes page numbers and the running heads beside them.
fn without_pages<'a>(
    lines: Vec<SourceLine<'a>>,
    pages: &[bool],
    notes: &mut Notes,
) -> Vec<SourceLine<'a>> {
    if !pages.contains(&true) {
        return lines;
    }
    let heads = running_heads(&lines, pages);
    let mut kept: Vec<SourceLine<'a>> = Vec::with_capacity(lines.len());
    let mut gap = false;
    for (i, line) in lines.iter().enumerate() {
        let beside = beside_page(pages, i);
        let rule = if pages[i] {
            Some(ReadingRule::PAGE)
        } else if beside && heads.contains_key(line.text) {
            Some(ReadingRule::RUNNING_HEAD)
        } else {
            None
        };
        if let Some(rule) = rule {
            notes.correct(line.number, line.text, "", rule);
            gap = true;
        } else {
            let gap = std::mem::take(&mut gap) || line.gap;
            kept.push(SourceLine { gap, ..*line });
        }
    }
    kept
}

fn beside_page(pages: &[bool], i: usize) -> bool {
    (i > 0 && pages[i - 1]) || pages.get(i + 1) == Some(&true)
}

/// Short lines that occur beside a page number more than once.
fn running_heads<'a>(lines: &[SourceLine<'a>], pages: &[bool]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for (i, line) in lines.iter().enumerate() {
        if !pages[i] && beside_page(pages, i) && line.text.len() <= 120 {
            *counts.entry(line.text).or_insert(0) += 1;
        }
    }
    counts.retain(|_, n| *n > 1);
    counts
}

/// Returns whether a line is a page number: `— 2 —`, `-2-`, `第 2 页`, `第2页 共10页`.
///
/// A bare number is not, since it may be a cell of a flattened table.
fn is_page_number(line: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·');
    if line.len() > 60 || !line.starts_with(|c| is_dash(c) || c == '第') {
        return false;
    }
    let tight: String = line.chars().filter(|c| !is_blank(*c)).collect();
    let inner = tight.trim_matches(is_dash);
    let dashed = tight.starts_with(is_dash) && tight.ends_with(is_dash);
    if dashed && is_number(inner) {
        return true;
    }
    let mut pages = tight
        .split(['/', '，', ',', '共'])
        .filter(|p| !p.is_empty());
    let first = pages
        .next()
        .and_then(|p| p.strip_prefix('第')?.strip_suffix('页'));
    first.is_some_and(is_number)
        && pages.all(|p| {
            p.strip_suffix('页')
                .is_some_and(|p| is_number(p.trim_start_matches('共')))
        })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 4 && text.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> (Vec<(usize, &str, bool)>, usize) {
        let mut notes = Notes::default();
        let lines = lines(text, &[], &mut notes)
            .iter()
            .map(|l| (l.number, l.text, l.gap))
            .collect();
        (lines, notes.corrections.len())
    }

    #[test]
    fn blank_lines_are_gaps_and_white_space_goes() {
        let (lines, _) = texts("\u{feff}\n\u{3000}\u{3000}甲\r\n乙 \n \u{3000}\n丙");
        assert_eq!(lines, [(2, "甲", true), (3, "乙", false), (5, "丙", true)]);
        assert_eq!(texts("甲\r乙").0.len(), 2);
    }

    #[test]
    fn page_numbers_and_running_heads_are_taken_out_and_noted() {
        let (lines, noted) = texts("某文件\n— 1 —\n甲\n某文件\n－2－\n第 3 页 共 9 页\n乙\n12");
        let kept: Vec<_> = lines.iter().map(|l| l.1).collect();
        assert_eq!(kept, ["甲", "乙", "12"]);
        assert_eq!(noted, 5);
    }

    #[test]
    fn a_bare_number_at_the_edge_of_a_page_is_its_number() {
        for (text, kept) in [
            ("甲\n 1\n\u{c}乙\n 2\n\u{c}丙\n3", "甲 乙 丙"),
            ("甲\n\u{c}2\n乙\n\u{c}3\n丙", "甲 乙 丙"),
            ("甲\n1 / 2\n\u{c}乙\n2 / 2", "甲 乙"),
            ("甲\n7\n\u{c}乙\n30", "甲 7 乙 30"),
            ("甲\n1\n乙\n2", "甲 1 乙 2"),
            ("甲\n1\n\u{c}乙\n1000\n丙\n2", "甲 乙 1000 丙"),
        ] {
            let lines: Vec<_> = texts(text).0.iter().map(|l| l.1).collect();
            assert_eq!(lines.join(" "), kept, "{text:?}");
        }
    }

    #[test]
    fn a_line_that_only_looks_like_a_page_number_stays() {
        for line in ["12", "—", "-a-", "2—3", "第2页", "第二十页的内容"] {
            let (lines, _) = texts(line);
            let gone = line == "第2页";
            assert_eq!(lines.is_empty(), gone, "{line}");
        }
    }
}
