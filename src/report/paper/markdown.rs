//! A paper in Markdown.

use super::{Block, Paper, Style};
use crate::{report::markdown, text};
use std::fmt::Write as _;

/// Returns the paper as text.
pub(super) fn print(paper: &Paper) -> String {
    let mut out = String::new();
    let mut before = None;
    for (nth, block) in paper.blocks.iter().enumerate() {
        let listed = |style| matches!(style, Some(Style::Line | Style::Point));
        let style = match block {
            Block::Text(style, _) => Some(*style),
            Block::Table(..) | Block::NewPage => None,
        };
        let goes_on = listed(style) && listed(before);
        if nth > 0 && !goes_on {
            out.push('\n');
        }
        match block {
            Block::Text(style, said) => paragraph(&mut out, *style, said),
            Block::Table(table, _) => out += &markdown::grid(table, paper.lang),
            Block::NewPage => out.push_str("---\n"),
        }
        before = style;
    }
    out
}

fn paragraph(out: &mut String, style: Style, said: &str) {
    let mark = match style {
        Style::Title => "# ",
        Style::Section => "## ",
        Style::Item | Style::Clause => "### ",
        Style::Line | Style::Point => "- ",
        _ => "",
    };
    // Two blanks keep further lines within the list entry.
    let between = if mark == "- " { "\n\n  " } else { "\n\n" };
    let said = text::clean(said);
    let lines: Vec<String> = said.lines().map(escape).collect();
    let _ = writeln!(out, "{mark}{}", lines.join(between));
}

/// Escapes a text for Markdown (`CommonMark` 0.31 §2.4), on one line, safe for a terminal.
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
    let ends = out.as_bytes().get(digits + 1).is_none_or(|b| *b == b' ');
    if digits > 0 && ends && matches!(out.as_bytes().get(digits), Some(b'.' | b')')) {
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
        assert_eq!(escape("16.3 标题"), "16.3 标题");
        assert_eq!(escape("2025 年 - 12 月"), "2025 年 - 12 月");
        assert!(!escape("\u{1b}[2J").contains('\u{1b}'));
    }
}
