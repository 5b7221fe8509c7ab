//! `help TOPIC`: what is explained beside the commands, on a terminal and as manual pages.
//!
//! The texts are in `data/help`: `# name` and a line that says what it is begin a topic, `##` a section;
//! a line that begins with a code span is an item, any other a paragraph.

use crate::{
    locale::Lang,
    text::{self, Policy},
};
use std::fmt::Write as _;

/// The columns of help.
pub(super) const WIDTH: usize = 80;

/// The widest term that an explanation is put beside.
const TERM: usize = 26;

/// One topic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    text: &'static str,
}

/// A piece of a topic.
pub(super) enum Block {
    Heading(&'static str),
    Item(&'static str, &'static str),
    Paragraph(&'static str),
}

/// Returns all topics.
pub(super) fn all(lang: Lang) -> impl Iterator<Item = Topic> {
    let text = match lang {
        Lang::ZhCn => include_str!("../../data/help/zh-CN.txt"),
        Lang::En => include_str!("../../data/help/en.txt"),
    };
    // The first `# ` begins the file.
    let parts = text.strip_prefix("# ").unwrap_or_default().split("\n# ");
    parts.filter_map(|part| {
        let (name, rest) = part.split_once('\n')?;
        let (about, text) = rest.split_once('\n')?;
        Some(Topic { name, about, text })
    })
}

/// Returns the topic of this name.
pub(super) fn find(name: &str, lang: Lang) -> Option<Topic> {
    all(lang).find(|topic| topic.name == name)
}

impl Topic {
    /// Returns what it is made of.
    pub(super) fn blocks(self) -> impl Iterator<Item = Block> {
        let lines = self.text.lines().filter(|line| !line.is_empty());
        lines.map(|line| {
            let item = line
                .strip_prefix('`')
                .and_then(|rest| rest.split_once("` "));
            match (line.strip_prefix("## "), item) {
                (Some(heading), _) => Block::Heading(heading),
                (_, Some((term, said))) => Block::Item(term, said),
                _ => Block::Paragraph(line),
            }
        })
    }

    /// Returns it as a text of so many columns.
    pub(super) fn plain(self) -> String {
        let mut out = format!("kouan help {}: {}\n", self.name, self.about);
        let mut list = Vec::new();
        for block in self.blocks() {
            if let Block::Item(term, said) = block {
                list.push((term, said));
                continue;
            }
            items(&mut out, &std::mem::take(&mut list));
            out.push('\n');
            match block {
                Block::Heading(heading) => out.extend([heading, "\n"]),
                Block::Paragraph(text) => wrapped(&mut out, text, 0),
                Block::Item(..) => {}
            }
        }
        items(&mut out, &list);
        out
    }

    /// Appends its items of the first section, for the help of a command.
    pub(super) fn first(self, out: &mut String) {
        let blocks = self
            .blocks()
            .skip_while(|block| !matches!(block, Block::Heading(_)));
        let list = blocks.skip(1).map_while(|block| match block {
            Block::Item(term, said) => Some((term, said)),
            _ => None,
        });
        items(out, &list.collect::<Vec<_>>());
    }
}

/// Appends items, the terms in one column; a term that is too wide for it has a line to itself.
pub(super) fn items<'a>(out: &mut String, items: &[(impl AsRef<str>, impl AsRef<str> + 'a)]) {
    let widths = items
        .iter()
        .map(|(term, _)| Policy::Narrow.width(term.as_ref()));
    let width = widths.filter(|width| *width <= TERM).max().unwrap_or(0);
    for (term, said) in items {
        let (term, mut below) = (term.as_ref(), String::new());
        wrapped(&mut below, said.as_ref(), width + 4);
        if Policy::Narrow.width(term) > width {
            let _ = write!(out, "  {term}\n{below}");
        } else {
            let term = text::pad(Policy::Narrow, term, width);
            let _ = write!(out, "  {term}  {}", below.trim_start_matches(' '));
        }
    }
}

/// Appends a paragraph, indented by so many blanks.
pub(super) fn wrapped(out: &mut String, said: &str, indent: usize) {
    for range in text::wrap(Policy::Narrow, said, WIDTH - indent) {
        let line = said.get(range).unwrap_or_default().trim_end();
        let _ = writeln!(out, "{}{line}", " ".repeat(indent));
    }
}
