//! `help TOPIC`: topics beyond the commands, for the terminal and as manual pages.
//!
//! The texts are in `data/help`: `# name` and a summary line begin a topic, `##` a section; a line
//! that begins with a code span is an item, any other a paragraph.

use crate::{
    locale::Lang,
    text::{self, Policy},
};
use std::fmt::Write as _;

/// Width of help.
pub(super) const WIDTH: usize = 80;

/// The widest term with its explanation on the same line.
const TERM: usize = 26;

/// A topic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    text: &'static str,
}

/// A part of a topic.
pub(super) enum TopicBlock {
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

/// Returns the topic with this name.
pub(super) fn find(name: &str, lang: Lang) -> Option<Topic> {
    all(lang).find(|topic| topic.name == name)
}

impl Topic {
    /// Returns its parts.
    pub(super) fn blocks(self) -> impl Iterator<Item = TopicBlock> {
        let lines = self.text.lines().filter(|line| !line.is_empty());
        lines.map(|line| {
            let item = line
                .strip_prefix('`')
                .and_then(|rest| rest.split_once("` "));
            match (line.strip_prefix("## "), item) {
                (Some(heading), _) => TopicBlock::Heading(heading),
                (_, Some((term, said))) => TopicBlock::Item(term, said),
                _ => TopicBlock::Paragraph(line),
            }
        })
    }

    /// Returns it as plain text.
    pub(super) fn plain(self) -> String {
        let mut out = format!("kouan help {}: {}\n", self.name, self.about);
        let mut list = Vec::new();
        for block in self.blocks() {
            if let TopicBlock::Item(term, said) = block {
                list.push((term, said));
                continue;
            }
            items(&mut out, &std::mem::take(&mut list));
            out.push('\n');
            match block {
                TopicBlock::Heading(heading) => out.extend([heading, "\n"]),
                TopicBlock::Paragraph(text) => wrapped(&mut out, text, 0),
                TopicBlock::Item(..) => {}
            }
        }
        items(&mut out, &list);
        out
    }

    /// Appends the items of its first section, for a command's help.
    pub(super) fn first(self, out: &mut String) {
        let blocks = self
            .blocks()
            .skip_while(|block| !matches!(block, TopicBlock::Heading(_)));
        let list = blocks.skip(1).map_while(|block| match block {
            TopicBlock::Item(term, said) => Some((term, said)),
            _ => None,
        });
        items(out, &list.collect::<Vec<_>>());
    }
}

/// Appends items with the terms in one column; a term too wide for it gets its own line.
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

/// Appends an indented paragraph.
pub(super) fn wrapped(out: &mut String, said: &str, indent: usize) {
    for range in text::wrap(Policy::Narrow, said, WIDTH - indent) {
        let line = said.get(range).unwrap_or_default().trim_end();
        let _ = writeln!(out, "{}{line}", " ".repeat(indent));
    }
}
