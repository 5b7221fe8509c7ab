//! Plain text and Markdown: lines as they are, except tables drawn with `|` or extracted one cell
//! per line.

use super::{SourceText, SourceWriter};
use crate::document::table::{self, PrintedLine, SourceTable};

/// Reads text. Every line keeps its number; lines of a table other than its rows become blank.
pub(super) fn read(text: String) -> SourceText {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let lines: Vec<&str> = text.split(end).collect();
    let mut out = SourceWriter::default();
    let (mut fenced, mut filled) = (false, 0);
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        filled += usize::from(!line.trim().is_empty());
        // Tables of one cell per line are searched near the title only; further on, they repeat
        // what the text has already said.
        let head = filled <= HEAD;
        let start = line.trim_start();
        fenced ^= start.starts_with("```") || start.starts_with("~~~");
        let drawn = if fenced {
            0
        } else {
            drawn(lines.get(i..).unwrap_or_default())
        };
        let taken = if drawn > 0 {
            read_drawn(&mut out, &lines, i, drawn)
        } else if head && let Some((width, rows)) = flat(lines.get(i..).unwrap_or_default()) {
            read_flat(&mut out, &lines, i, width, rows)
        } else {
            0
        };
        if taken == 0 {
            out.put(line, None);
        }
        i += taken.max(1);
    }
    if out.tasks == 0 {
        return SourceText {
            text,
            ..SourceText::default()
        };
    }
    out.finish()
}

/// The most lines above a table of one cell per line.
const HEAD: usize = 12;

/// Reads a table drawn with `|` if it is a task table; returns its number of lines.
fn read_drawn(out: &mut SourceWriter, lines: &[&str], at: usize, count: usize) -> usize {
    let rows = lines.get(at..at + count).unwrap_or_default();
    let mut table = SourceTable::default();
    let mut places = Vec::new();
    for (i, row) in rows.iter().enumerate().filter(|(i, _)| *i != 1) {
        table.push(cells(row).iter().map(String::as_str));
        places.push(i);
    }
    let taken = print(out, table, count, &places);
    out.tables += usize::from(taken == 0);
    taken
}

/// Reads a table of one cell per line.
fn read_flat(
    out: &mut SourceWriter,
    lines: &[&str],
    at: usize,
    width: usize,
    rows: usize,
) -> usize {
    let all = lines.iter().skip(at).map(|l| l.trim()).enumerate();
    let told = all.filter(|(_, l)| !l.is_empty());
    let told: Vec<(usize, &str)> = told.take(width * (rows + 1)).collect();
    let mut table = SourceTable::default();
    let mut places = Vec::new();
    for row in told.chunks(width) {
        table.push(row.iter().map(|(_, text)| *text));
        places.extend(row.first().map(|(at, _)| *at));
    }
    let count = told.last().map_or(0, |(last, _)| last + 1);
    print(out, table, count, &places)
}

/// Prints the rows of a table of `count` lines, each in its place; returns 0 if it is not a task
/// table.
fn print(out: &mut SourceWriter, table: SourceTable, count: usize, places: &[usize]) -> usize {
    let Some(printed) = table.print(None, usize::MAX) else {
        return 0;
    };
    if printed.columns.is_none() || printed.lines.len() > count {
        return 0;
    }
    out.tasks += 1;
    // Headings within a table need a line too, so rows keep their places from the end.
    let mut new: Vec<PrintedLine> = vec![PrintedLine::default(); count];
    let mut free = count;
    for (n, line) in printed.lines.into_iter().enumerate().rev() {
        let own = places.get(n + 1).map_or(free, |place| place + 1);
        free = free.min(own.max(n + 1)).saturating_sub(1);
        if let Some(slot) = new.get_mut(free) {
            *slot = line;
        }
    }
    for (line, mark) in new {
        out.put(&line, mark);
    }
    count
}

/// Returns the number of lines of a Markdown table that begins here: header, `---|---`, rows.
fn drawn(lines: &[&str]) -> usize {
    let rule = |l: &str| {
        let marks = l.trim();
        marks.contains('-')
            && marks.contains('|')
            && marks
                .chars()
                .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
    };
    let bar = |l: &&&str| l.contains('|');
    let [heads, second, ..] = lines else { return 0 };
    if !heads.contains('|') || !rule(second) {
        return 0;
    }
    2 + lines.iter().skip(2).take_while(bar).count()
}

/// Returns the cells of a line drawn with `|`.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let last = cells.last_mut();
        match (c, last) {
            ('|', _) => cells.push(String::new()),
            ('\\', Some(cell)) => cell.extend(chars.next()),
            (c, Some(cell)) => cell.push(c),
            _ => {}
        }
    }
    if line.ends_with('|') {
        cells.pop();
    }
    for cell in &mut cells {
        let text = cell.trim().replace("<br>", "\n").replace("<br/>", "\n");
        *cell = text.replace("<br />", "\n");
    }
    cells
}

/// The widest table of one cell per line.
const FLAT: usize = 10;

/// Returns the width and the rows of a table of one cell per line: header, then rows whose first
/// cell counts 1, 2, 3.
fn flat(lines: &[&str]) -> Option<(usize, usize)> {
    let short = |l: &str| (1..=12).contains(&l.chars().count());
    let filled = || lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty());
    let first = filled().next().filter(|l| short(l))?;
    table::is_number_head(first).then_some(())?;
    let heads: Vec<&str> = filled().take(FLAT).take_while(|l| *l != "1").collect();
    let width = heads.len();
    (width > 2 && width < FLAT && table::are_heads(&heads)).then_some(())?;
    let mut rows = 0;
    let mut cells = filled().skip(width).peekable();
    while cells.peek().is_some_and(|c| c.parse() == Ok(rows + 1)) {
        let row = cells.by_ref().take(width).count();
        if row < width {
            break;
        }
        rows += 1;
    }
    (rows > 0).then_some((width, rows))
}
