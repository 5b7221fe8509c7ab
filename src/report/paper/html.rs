//! A paper as a web page: one file that loads nothing.
//!
//! A Content-Security-Policy in the file forbids everything it does not use; its style and its
//! script are allowed by their hashes.

use super::{Block, Numbers, Paper, Style};
use crate::{locale::Lang, report::Table, text};
use std::fmt::Write as _;

const STYLE: &str = include_str!("../../../data/page.css");
const SCRIPT: &str = include_str!("../../../data/page.js");

/// The hashes of the style and the script, in the policy's syntax.
const STYLE_HASH: &str = "sha256-S4H3Nz0ss543tqCl6b7L5CH8ppTm38VUq3L+tIdEuV8=";
const SCRIPT_HASH: &str = "sha256-0+PxSEZjpO2AHxfLF9IFTcg+dDHrqNp3eSzNwTLAnyQ=";

/// A mark in the head of every page, by which we recognize our own.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"kouan\">";

/// A page without its frame.
#[derive(Debug, Clone, Copy)]
pub struct HtmlPage<'a> {
    /// Its language.
    pub lang: Lang,
    /// Its title, for the browser's tab.
    pub title: &'a str,
    /// Its body, in HTML.
    pub body: &'a str,
    /// Whether its tables can be sorted and filtered.
    pub script: bool,
}

impl HtmlPage<'_> {
    /// Returns the whole file.
    pub fn print(&self) -> String {
        let (scripts, script) = if self.script {
            (
                format!("; script-src '{SCRIPT_HASH}'"),
                format!("<script>{SCRIPT}</script>\n"),
            )
        } else {
            Default::default()
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src '{STYLE_HASH}'{scripts}; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{}{script}</body>\n</html>\n",
            self.lang.tag(),
            escape(self.title),
            self.body
        )
    }
}

/// Returns the paper as a page.
pub(super) fn print(paper: &Paper) -> String {
    let mut body = String::from("<main class=\"paper\">\n");
    let mut numbers = Numbers::default();
    let mut listed = false;
    for block in &paper.blocks {
        let is_point = matches!(block, Block::Text(Style::Point, _));
        match (listed, is_point) {
            (false, true) => body.push_str("<ul>\n"),
            (true, false) => body.push_str("</ul>\n"),
            _ => {}
        }
        listed = is_point;
        match block {
            Block::Text(style, said) => {
                let said = numbers.number(*style, said, paper.lang);
                paragraph(&mut body, *style, &said);
            }
            Block::Table(table, _) => grid(&mut body, table, paper.lang),
            Block::NewPage => body.push_str("<hr>\n"),
        }
    }
    if listed {
        body.push_str("</ul>\n");
    }
    body.push_str("</main>\n");
    HtmlPage {
        lang: paper.lang,
        title: paper.title(),
        body: &body,
        script: false,
    }
    .print()
}

fn paragraph(out: &mut String, style: Style, said: &str) {
    let (open, close) = match style {
        Style::Title => ("<h1>", "</h1>"),
        Style::Section => ("<h2>", "</h2>"),
        Style::Item | Style::Clause => ("<h3>", "</h3>"),
        Style::Point => ("<li>", "</li>"),
        Style::Body => ("<p>", "</p>"),
        Style::Signature => ("<p class=\"signature\">", "</p>"),
        Style::Subtitle => ("<p class=\"subtitle\">", "</p>"),
        Style::Line | Style::Cell | Style::Head => ("<p class=\"line\">", "</p>"),
    };
    let _ = writeln!(out, "{open}{}{close}", lines(said));
}

/// Appends the beginning of a table that scrolls by itself on a narrow page: all before its rows.
pub fn head<'a>(out: &mut String, attributes: &str, names: impl IntoIterator<Item = &'a str>) {
    let _ = write!(out, "<div class=\"wide\"><table{attributes}>\n<thead><tr>");
    for name in names {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
}

/// The end of such a table.
pub const TABLE_END: &str = "</tbody>\n</table></div>\n";

fn grid(out: &mut String, table: &Table, lang: Lang) {
    head(out, "", table.headings.iter().map(|h| &*h.text));
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            let class = if cell.is_number() { " class=\"n\"" } else { "" };
            let _ = write!(out, "<td{class}>{}</td>", lines(&cell.show(lang)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str(TABLE_END);
    if let Some(note) = &table.note {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", lines(note));
    }
}

/// Returns a text of several lines, escaped by [`escape`], with its addresses as links.
pub fn lines(said: &str) -> String {
    let said = text::clean(said);
    let lines: Vec<String> = said.lines().map(linked).collect();
    lines.join("<br>")
}

/// Returns a line with its addresses as links, which do not say where they were followed from.
fn linked(line: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for range in text::links(line) {
        let part = |range| escape(line.get(range).unwrap_or_default());
        let (before, address) = (part(from..range.start), part(range.clone()));
        let _ = write!(
            out,
            "{before}<a href=\"{address}\" rel=\"noopener noreferrer\">{address}</a>"
        );
        from = range.end;
    }
    out + &escape(line.get(from..).unwrap_or_default())
}

/// Escapes a text, for an element or a quoted attribute.
pub fn escape(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    for c in text::clean(said).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Returns the hashes in the policy, each with its expected value.
#[cfg(test)]
pub(super) fn hashes() -> [(&'static str, String); 2] {
    use sha2::{Digest as _, Sha256};
    let digest = |text: &str| {
        let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut base64 = String::new();
        for three in Sha256::digest(text.as_bytes()).chunks(3) {
            let byte = |nth: usize| u32::from(three.get(nth).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for nth in 0..=three.len() {
                let digit = bits >> (18 - 6 * nth) & 63;
                base64.push(char::from(digits[usize::try_from(digit).unwrap()]));
            }
        }
        format!("sha256-{base64}=")
    };
    [(STYLE_HASH, digest(STYLE)), (SCRIPT_HASH, digest(SCRIPT))]
}
