//! Two versions of a document, clause by clause, with changed characters marked: for a terminal, a
//! pipe, or Markdown.
//!
//! Removed text is `[-…-]` and added text `{+…+}` (as in wdiff) in addition to colours, so that
//! colour is never the only sign. Markdown uses `<del>` and `<ins>`, since `~~` and `**` fail next
//! to Chinese punctuation.

use super::paper::escape_markdown as escape;
use crate::{
    document::{
        Document,
        compare::{Comparison, Fate, Pair},
    },
    locale::Lang,
    text::{self, Tone, diff},
};
use std::fmt::Write as _;

mod terminal;

pub use terminal::DifferenceLayout;

/// The two versions and their comparison.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'a> {
    /// The old version.
    pub old: &'a Document,
    /// The new version.
    pub new: &'a Document,
    /// The fates of the clauses.
    pub comparison: &'a Comparison,
    /// The language.
    pub lang: Lang,
}

/// Clauses that belong together: one of each, or the parts of a split or merge.
struct Passage {
    fate: Fate,
    /// Similarity in percent, if there is one of each.
    percent: Option<u16>,
    old: Vec<usize>,
    new: Vec<usize>,
}

/// A part of a clause that may differ.
struct Aspect {
    /// Printed before it; empty for the text itself.
    label: &'static str,
    old: String,
    new: String,
}

impl Versions<'_> {
    /// Returns the lines for a terminal or a pipe, of all clauses or only of those that differ.
    pub fn plain(&self, layout: DifferenceLayout, all: bool) -> Vec<String> {
        let mut out = self.renamed();
        for passage in self.passages(all) {
            if !out.is_empty() {
                out.push(String::new());
            }
            out.push(Tone::Heading.set(&self.heading(&passage)));
            for aspect in self.aspects(&passage) {
                out.extend(layout.lines(&aspect, self.lang));
            }
        }
        out
    }

    /// Returns the difference in Markdown.
    pub fn markdown(&self, all: bool) -> String {
        let (lang, counts) = (self.lang, self.counts());
        let (old, new) = (escape(&self.old.title), escape(&self.new.title));
        let of = |d: &Document, title: &str| match &d.stage {
            Some(stage) => format!("{title} ({}, {})", escape(stage), escape(&d.id)),
            None => format!("{title} ({})", escape(&d.id)),
        };
        let (old, new) = (of(self.old, &old), of(self.new, &new));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("old", &old), ("new", &new), ("counts", &counts)];
        let mut out = lang.fill("diff.head", &values);
        for line in self.renamed() {
            let _ = write!(out, "\n\n{}", escape(&line));
        }
        for passage in self.passages(all) {
            let _ = write!(out, "\n\n### {}", escape(&self.heading(&passage)));
            for aspect in self.aspects(&passage) {
                let _ = write!(out, "\n\n{}", self.paragraph(&aspect));
            }
        }
        out.push('\n');
        out
    }

    /// Returns the number of clauses by fate: `unchanged 3, edited 2`.
    pub fn counts(&self) -> String {
        let count = |fate: Fate| (self.comparison.count(fate), fate);
        let some = Fate::ALL.into_iter().map(count).filter(|c| c.0 > 0);
        let named = some.map(|(n, fate)| {
            let name = self.lang.text(fate.name_key());
            self.lang.fill("fate.count", &[("fate", &name), ("n", &n)])
        });
        self.lang.list(&named.collect::<Vec<_>>())
    }

    /// Returns a line for each clause that differs.
    pub fn headings(&self) -> Vec<String> {
        let passages = self.passages(false);
        passages.iter().map(|p| self.heading(p)).collect()
    }

    fn passages(&self, all: bool) -> Vec<Passage> {
        let mut out: Vec<Passage> = Vec::new();
        for pair in &self.comparison.pairs {
            let whole = match pair.fate {
                Fate::Split => out
                    .iter_mut()
                    .find(|p| p.fate == Fate::Split && pair.old == p.old.first().copied()),
                Fate::Merged => out
                    .iter_mut()
                    .find(|p| p.fate == Fate::Merged && pair.new == p.new.first().copied()),
                _ => None,
            };
            match whole {
                Some(passage) => {
                    let add = |to: &mut Vec<usize>, clause: Option<usize>| {
                        to.extend(
                            clause
                                .filter(|c| !to.contains(c))
                                .into_iter()
                                .collect::<Vec<_>>(),
                        );
                    };
                    add(&mut passage.old, pair.old);
                    add(&mut passage.new, pair.new);
                }
                None => out.push(Passage::of(pair)),
            }
        }
        out.retain(|p| all || p.fate != Fate::Unchanged || !self.aspects(p).is_empty());
        out
    }

    /// Returns `edited 93%  5.2 → 4.2  title`.
    fn heading(&self, passage: &Passage) -> String {
        let ids = |document: &Document, clauses: &[usize]| {
            let ids = clauses.iter().map(|c| document.clauses[*c].id.to_string());
            ids.collect::<Vec<_>>().join(" + ")
        };
        let (old, new) = (ids(self.old, &passage.old), ids(self.new, &passage.new));
        let mut out = self.lang.text(passage.fate.name_key()).to_owned();
        if let Some(percent) = passage.percent {
            let _ = write!(out, " {percent}%");
        }
        out.push_str("  ");
        let ids = match (old.is_empty(), new.is_empty()) {
            (false, false) if old != new => format!("{old} → {new}"),
            (true, _) => new,
            _ => old,
        };
        out.push_str(&ids);
        let title = match (passage.new.first(), passage.old.first()) {
            (Some(new), _) => &self.new.measure_of(*new).title,
            (None, Some(old)) => &self.old.measure_of(*old).title,
            (None, None) => return out,
        };
        let _ = write!(out, "  {}", text::clean(title));
        out
    }

    /// Returns the differences between clauses: measure titles, texts and units.
    fn aspects(&self, passage: &Passage) -> Vec<Aspect> {
        let title = |d: &Document, c: &usize| d.measure_of(*c).title.clone();
        let text = |d: &Document, c: &usize| d.clauses[*c].text.clone();
        let aspect = |label, said: &dyn Fn(&Document, &[usize]) -> String| Aspect {
            label,
            old: said(self.old, &passage.old),
            new: said(self.new, &passage.new),
        };
        let both = !passage.old.is_empty() && !passage.new.is_empty();
        let mut all = vec![
            aspect("diff.title", &|d, clauses| {
                let mut titles: Vec<String> = clauses.iter().map(|c| title(d, c)).collect();
                titles.dedup();
                titles.join(" / ")
            }),
            aspect("", &|d, clauses| {
                clauses.iter().map(|c| text(d, c)).collect()
            }),
            aspect("diff.units", &|d, clauses| self.units(d, clauses)),
        ];
        all.retain(|a| {
            if both {
                a.old != a.new
            } else {
                a.label.is_empty()
            }
        });
        all
    }

    /// Returns the units of clauses without duplicates, renamed ones under their new names, since
    /// the renaming is reported once for all.
    fn units(&self, document: &Document, clauses: &[usize]) -> String {
        let mut names: Vec<&str> = Vec::new();
        let units = clauses
            .iter()
            .flat_map(|c| &document.clauses[*c].responsibility.units);
        for unit in units {
            let renamed = self.comparison.renamed.iter().find(|(old, _)| old == unit);
            let name = renamed.map_or(unit.as_str(), |(_, new)| new.as_str());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        self.lang.list(&names)
    }

    /// Returns the renamed units, one per line.
    pub fn renamed(&self) -> Vec<String> {
        let renamed = self.comparison.renamed.iter();
        let line = |(old, new): &(String, String)| {
            let (old, new) = (text::clean(old), text::clean(new));
            self.lang
                .fill("carry.renamed", &[("old", &old), ("new", &new)])
        };
        renamed.map(line).collect()
    }

    /// Returns one text with both removals and additions.
    fn paragraph(&self, aspect: &Aspect) -> String {
        let mut out = String::new();
        if !aspect.label.is_empty() {
            out = self
                .lang
                .fill("diff.label", &[("label", &self.lang.text(aspect.label))]);
        }
        let part = |tag: &str, text: &str| match text.trim() {
            "" => inline(text),
            _ => format!("<{tag}>{}</{tag}>", inline(text)),
        };
        for run in diff::diff(&aspect.old, &aspect.new) {
            let (old, new) = (run.of_old(&aspect.old), run.of_new(&aspect.new));
            if run.same {
                out += &inline(old);
            } else {
                out += &part("del", old);
                out += &part("ins", new);
            }
        }
        out
    }
}

impl Passage {
    fn of(pair: &Pair) -> Self {
        let single = matches!(pair.fate, Fate::Edited | Fate::Moved | Fate::Renumbered);
        Self {
            fate: pair.fate,
            percent: single.then(|| pair.percent()),
            old: pair.old.into_iter().collect(),
            new: pair.new.into_iter().collect(),
        }
    }
}

/// Returns part of a line, escaped for Markdown.
fn inline(piece: &str) -> String {
    let body = piece.trim();
    let start = piece.len() - piece.trim_start().len();
    let (head, tail) = (piece.get(..start), piece.get(start + body.len()..));
    let whole = [
        head.unwrap_or_default(),
        &escape(body),
        tail.unwrap_or_default(),
    ]
    .concat();
    whole.replace('\n', "<br>")
}

#[cfg(test)]
mod tests;
