//! Saved web pages: headings, paragraphs, lists and tables. Whatever belongs to the page around the
//! text is left out and reported.
//!
//! The page is read by a standard tokenizer. There is no tree, so the page's nesting never nests
//! calls, and nothing is fetched or run.

use super::{Note, SourceError, SourceText, SourceWriter};
use crate::document::{
    mark::Mark,
    vocabulary::{self as of, PageWords, vocabulary},
};
use html5gum::{Token, Tokenizer};

mod table;

use table::OpenTable;

type StartTag = html5gum::StartTag<()>;

/// Returns whether a text is a web page.
pub(super) fn is_page(text: &str) -> bool {
    let head: String = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .chars()
        .take(4000)
        .collect();
    let head = head.to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || {
        head.starts_with('<')
            && ["<html", "<body", "<table", "<p>", "<h1", "<div", "<ul"]
                .iter()
                .any(|t| head.contains(t))
    }
}

fn page() -> &'static PageWords {
    &vocabulary().page
}

/// The deepest nesting of tables and lists.
const DEEPEST: usize = 50;

/// Reads a page.
///
/// # Errors
///
/// It has too much text or too many cells.
pub(super) fn read(page: &str) -> Result<SourceText, SourceError> {
    let read = walk(page, true)?;
    // A page that calls its text a menu is read whole.
    let whole = walk(page, false)?;
    Ok(if read.text.len() * 4 < whole.text.len() {
        whole
    } else {
        read
    })
}

fn walk(page: &str, by_names: bool) -> Result<SourceText, SourceError> {
    let mut walk = PageWalk {
        by_names,
        lines: SourceWriter::default(),
        text: String::new(),
        label: String::new(),
        heading: None,
        skipped: None,
        lists: Vec::new(),
        tables: Vec::new(),
        cells: 0,
        linked: 0,
        in_link: false,
        in_item: false,
        left: String::new(),
        left_count: 0,
    };
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => walk.open(&tag)?,
            Token::EndTag(tag) => walk.close(&String::from_utf8_lossy(&tag.name))?,
            Token::String(text) => walk.add(&String::from_utf8_lossy(&text.value)),
            _ => {}
        }
    }
    walk.finish()
}

/// The element being skipped, how many of its name are open, and whether its text is reported.
struct SkippedElement {
    name: String,
    open: usize,
    told: bool,
}

struct PageWalk {
    /// Whether classes and ids decide what is left out.
    by_names: bool,
    lines: SourceWriter,
    /// The paragraph being read, and what is printed before it.
    text: String,
    label: String,
    heading: Option<u8>,
    skipped: Option<SkippedElement>,
    /// The open lists: the next number of each, if it is numbered.
    lists: Vec<Option<usize>>,
    tables: Vec<OpenTable>,
    cells: usize,
    /// How much of the paragraph is in links.
    linked: usize,
    in_link: bool,
    in_item: bool,
    left: String,
    left_count: usize,
}

impl PageWalk {
    fn open(&mut self, tag: &StartTag) -> Result<(), SourceError> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if let Some(skipped) = &mut self.skipped {
            skipped.open += usize::from(skipped.name == name && !tag.self_closing);
            return Ok(());
        }
        let no_text = of::is_one(&name, &page().no_text);
        if (no_text || self.is_around(&name, tag)) && !tag.self_closing {
            self.flush()?;
            self.left_count += usize::from(!no_text);
            let told = !no_text;
            self.skipped = Some(SkippedElement {
                name,
                open: 1,
                told,
            });
            return Ok(());
        }
        match name.as_str() {
            "br" | "hr" => self.flush()?,
            "a" => self.in_link = true,
            "input" if attribute(tag, "type").eq_ignore_ascii_case("checkbox") => {
                let ticked = tag.attributes.contains_key(&b"checked"[..]);
                self.text.push_str(if ticked { "[x] " } else { "[ ] " });
            }
            "table" | "tr" | "td" | "th" | "caption" => self.table_part(&name, tag)?,
            name if of::is_one(name, &page().blocks) => {
                self.flush()?;
                self.begin_block(name);
            }
            _ => {}
        }
        Ok(())
    }

    fn is_around(&self, name: &str, tag: &StartTag) -> bool {
        if of::is_one(name, &page().around) || attribute(tag, "role") == "navigation" {
            return true;
        }
        let named = |attribute_name| {
            let value = attribute(tag, attribute_name).to_ascii_lowercase();
            let mut words = value.split(|c: char| !c.is_ascii_alphanumeric());
            words.any(|w| of::is_one(w, &page().around_names))
        };
        self.by_names
            && matches!(
                name,
                "div" | "ul" | "section" | "p" | "header" | "td" | "span"
            )
            && (named("class") || named("id"))
    }

    fn begin_block(&mut self, name: &str) {
        match name {
            "ul" | "ol" => {
                if self.lists.len() < DEEPEST {
                    self.lists.push((name == "ol").then_some(1));
                }
            }
            "li" => {
                let indent = "  ".repeat(self.lists.len().saturating_sub(1));
                let label = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.label = indent + &label;
                self.in_item = true;
            }
            _ => self.heading = level(name),
        }
    }

    fn close(&mut self, name: &str) -> Result<(), SourceError> {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name {
                skipped.open -= 1;
                if skipped.open == 0 {
                    self.skipped = None;
                }
            }
            return Ok(());
        }
        match name {
            "a" => self.in_link = false,
            "table" => self.end_table()?,
            "tr" => self.end_row()?,
            "td" | "th" => self.end_cell()?,
            name if of::is_one(name, &page().blocks) => {
                self.flush()?;
                match name {
                    "ul" | "ol" => {
                        self.lists.pop();
                    }
                    "li" => self.in_item = false,
                    _ => self.heading = None,
                }
                self.label.clear();
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, text: &str) {
        if let Some(skipped) = &self.skipped {
            if skipped.told {
                tell(&mut self.left, text);
            }
            return;
        }
        let before = self.text.len();
        for c in text.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !blank {
                self.text.push(c);
            } else if c == '\n' && self.text.ends_with(' ') {
                self.text.pop();
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(if c == '\n' { c } else { ' ' });
            }
        }
        if self.in_link {
            self.linked += self.text.len() - before;
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) -> Result<(), SourceError> {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let text = unwrapped(text.trim());
        if text.is_empty() {
            return Ok(());
        }
        if let Some(open) = self.tables.last_mut().filter(|t| t.in_cell) {
            open.table.add(&text);
            return Ok(());
        }
        let label = std::mem::take(&mut self.label);
        if self.in_item && linked >= text.len() && !label.is_empty() {
            // An item that is only a link leads elsewhere.
            self.left_count += 1;
            tell(&mut self.left, &text);
            return Ok(());
        }
        self.lines.earlier = None;
        let mark = self.heading.map(Mark::Heading);
        self.lines.push(&(label + &text), mark)?;
        // Blocks are separated as on the page; list items are not.
        if self.lists.is_empty() {
            self.lines.push("", None)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<SourceText, SourceError> {
        while !self.tables.is_empty() {
            self.end_table()?;
        }
        self.flush()?;
        let mut source = self.lines.finish();
        if self.left_count > 0 && !self.left.trim().is_empty() {
            let note = Note::new("source.page-left", self.left_count, self.left.trim());
            source.notes.push(note);
        }
        Ok(source)
    }
}

fn attribute(tag: &StartTag, name: &str) -> String {
    let value = tag.attributes.get(name.as_bytes());
    value
        .map(|v| String::from_utf8_lossy(v).into_owned())
        .unwrap_or_default()
}

fn level(name: &str) -> Option<u8> {
    name.strip_prefix('h')?
        .parse()
        .ok()
        .filter(|n| (1..=6).contains(n))
}

/// Returns a paragraph without the blanks that only wrapped its Chinese lines.
fn unwrapped(text: &str) -> String {
    let wide = |c: Option<char>| c.is_some_and(|c| u32::from(c) >= 0x1100);
    let mut out = String::with_capacity(text.len());
    for part in text.split('\n') {
        let both = wide(out.chars().next_back()) && wide(part.chars().next());
        if !out.is_empty() && !both {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Adds to the excerpt of the text left out.
fn tell(left: &mut String, text: &str) {
    const MOST: usize = 120;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() && left.chars().count() < MOST {
        if !left.is_empty() {
            left.push_str(" / ");
        }
        left.extend(text.chars().take(MOST));
    }
}
