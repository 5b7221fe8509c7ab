//! Lines of a plain list: headings, items, and text.

use super::super::{
    flow::is_stop,
    label::{self, LabelKind},
    lines::{SourceLine, is_blank},
    report::ReadingRule,
};
use crate::document::mark::Mark;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// A heading: level, and what is printed before and after its title.
    Heading {
        depth: usize,
        label: &'a str,
        title: &'a str,
        under: &'a str,
    },
    /// An item: what is printed before its text (`- [ ]`), and whether it is ticked.
    Item {
        label: &'a str,
        text: &'a str,
        bullet: bool,
        boxed: bool,
        ticked: bool,
    },
    /// A row of a table.
    Row,
    /// The document's own title.
    Title,
    /// A line for programs: a comment or front matter.
    Aside(ReadingRule),
    /// The underline of a heading (`====`).
    Under,
    /// Anything else.
    Text,
}

/// Level of a heading that is only a line by itself.
pub(super) const BARE: usize = 20;

/// Returns what each line is; inside a code fence everything is text.
pub(super) fn shapes<'a>(lines: &[SourceLine<'a>]) -> Vec<Shape<'a>> {
    let mut fenced = false;
    let mut out: Vec<Shape<'a>> = Vec::with_capacity(lines.len());
    let asides = asides(lines);
    let org = lines.iter().any(|l| org_item(l).is_some())
        || lines.iter().any(|l| org_title(l.text).is_some());
    let headed = lines
        .iter()
        .any(|l| matches!(l.mark, Some(Mark::Heading(_))));
    for (i, line) in lines.iter().enumerate() {
        let fence = line.text.starts_with("```") || line.text.starts_with("~~~");
        fenced ^= fence;
        let next = lines.get(i + 1);
        let shape = if let Some(Some(rule)) = asides.get(i) {
            Shape::Aside(*rule)
        } else if let Some(shape) = line.mark.and_then(|mark| marked(line, mark)) {
            shape
        } else if fenced || fence {
            Shape::Text
        } else if org && let Some(shape) = org_shape(line) {
            shape
        } else if matches!(out.last(), Some(Shape::Heading { under, .. }) if !under.is_empty()) {
            Shape::Under
        } else {
            let fresh = i == 0 || matches!(out.last(), Some(Shape::Heading { .. }));
            shape(line, next, fresh, headed)
        };
        out.push(shape);
    }
    out
}

fn marked<'a>(line: &SourceLine<'a>, mark: &Mark) -> Option<Shape<'a>> {
    match mark {
        Mark::Title => Some(Shape::Title),
        Mark::Heading(depth) => Some(heading(usize::from(*depth), "", line.text, "")),
        Mark::Row(_) => Some(Shape::Row),
        Mark::Item(_) => None,
    }
}

/// Finds lines for programs: front matter between two `---`, and comments.
fn asides(lines: &[SourceLine<'_>]) -> Vec<Option<ReadingRule>> {
    let mut out = vec![None; lines.len()];
    let fence = |l: &SourceLine<'_>| l.text == "---";
    let matter = lines.first().filter(|l| fence(l)).and_then(|_| {
        let end = lines.iter().skip(1).position(fence)? + 1;
        let fields = lines.get(1..end)?.iter();
        let fields = fields.filter(|l| l.text.contains(": ") || l.text.ends_with(':'));
        (fields.count() > 0).then_some(end)
    });
    if let Some(end) = matter {
        out.iter_mut()
            .take(end + 1)
            .for_each(|o| *o = Some(ReadingRule::FRONT_MATTER));
    }
    for (line, aside) in lines.iter().zip(&mut out) {
        // Org's `#+AUTHOR:`.
        let keyword = line.text.strip_prefix("#+").and_then(|t| t.split_once(':'));
        if keyword
            .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
        {
            *aside = Some(ReadingRule::FRONT_MATTER);
        }
    }
    let mut open = false;
    for (line, aside) in lines.iter().zip(&mut out) {
        let begins = line.text.starts_with("<!--");
        if open || begins {
            let ends = line.text.contains("-->");
            // Text after a comment is text.
            if !ends || line.text.ends_with("-->") {
                *aside = Some(ReadingRule::COMMENT);
            }
            open = !ends;
        }
    }
    out
}

/// Returns the title in a line: `title:` or `name:` in front matter, `#+TITLE:` in Org.
pub(super) fn named_title<'a>(line: &SourceLine<'a>, shape: &Shape<'_>) -> Option<&'a str> {
    let title = match shape {
        Shape::Aside(ReadingRule::FRONT_MATTER) => {
            let field = ["title:", "name:"]
                .iter()
                .find_map(|k| line.text.strip_prefix(k));
            field.or_else(|| org_title(line.text))
        }
        _ => None,
    };
    let title = title?.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then_some(title)
}

fn org_title(text: &str) -> Option<&str> {
    let (key, title) = text.split_once(':')?;
    key.eq_ignore_ascii_case("#+title").then_some(title)
}

/// Reads `** TODO text` and `* DONE text`.
fn org_item<'a>(line: &SourceLine<'a>) -> Option<Shape<'a>> {
    let rest = line.text.trim_start_matches('*');
    let stars = line.text.len() - rest.len();
    let body = rest
        .strip_prefix(' ')
        .filter(|_| stars > 0 && line.indent == 0)?;
    let (word, text) = body.split_once(' ')?;
    let ticked = matches!(word, "DONE" | "CANCELLED" | "CANCELED");
    let open = matches!(word, "TODO" | "NEXT" | "WAITING" | "DOING" | "STARTED");
    let (label, _) = line.text.split_at_checked(line.text.len() - text.len())?;
    (ticked || open).then_some(Shape::Item {
        label: label.trim_end(),
        text: text.trim_start_matches(is_blank),
        bullet: true,
        boxed: true,
        ticked,
    })
}

fn org_shape<'a>(line: &SourceLine<'a>) -> Option<Shape<'a>> {
    if let Some(item) = org_item(line) {
        return Some(item);
    }
    let title = line.text.trim_start_matches('*');
    let depth = line.text.len() - title.len();
    let is_heading = line.indent == 0 && depth > 0 && title.starts_with(' ');
    let (label, title) = line.text.split_at_checked(depth)?;
    is_heading.then(|| heading(depth, label, title, ""))
}

fn shape<'a>(
    line: &SourceLine<'a>,
    next: Option<&SourceLine<'a>>,
    fresh: bool,
    headed: bool,
) -> Shape<'a> {
    if let Some(shape) = marked_heading(line.text).or_else(|| item(line.text)) {
        return shape;
    }
    if let Some(depth) = next.and_then(|n| underline(n).filter(|_| !n.gap)) {
        let under = next.map_or("", |n| n.text);
        return heading(depth, "", line.text, under);
    }
    if let Some(label) = label::read(line.text).filter(|l| l.kind < LabelKind::Dot) {
        let (printed, title) = line.text.split_at_checked(label.len).unwrap_or_default();
        return heading(10 + label.kind as usize, printed, title, "");
    }
    let colon = line.text.ends_with([':', '：']);
    let leads = next.is_some_and(|n| item(n.text).is_some() && n.indent >= line.indent);
    let short = line.text.chars().count() <= 80
        && !line.text.ends_with(is_stop)
        && line.text.contains(char::is_alphanumeric);
    if leads && short && !headed && line.indent < 2 && (fresh || line.gap || colon) {
        return heading(BARE, "", line.text, "");
    }
    Shape::Text
}

fn heading<'a>(depth: usize, label: &'a str, title: &'a str, under: &'a str) -> Shape<'a> {
    Shape::Heading {
        depth,
        label,
        title: title.trim_matches(is_blank),
        under,
    }
}

/// Reads `## Title`.
fn marked_heading(text: &str) -> Option<Shape<'_>> {
    let title = text.trim_start_matches('#');
    let depth = text.len() - title.len();
    let marked = (1..=6).contains(&depth) && title.starts_with(is_blank);
    let (label, title) = text.split_at_checked(depth)?;
    marked.then(|| heading(depth, label, title, ""))
}

/// Returns the heading level that an underline of `===` or `---` gives to the line above.
fn underline(line: &SourceLine<'_>) -> Option<usize> {
    let all = |c: char| line.text.len() >= 3 && line.text.chars().all(|x| x == c);
    if all('=') {
        Some(1)
    } else {
        all('-').then_some(2)
    }
}

/// Returns whether a line is a bulleted item.
pub(super) fn is_bullet(text: &str) -> bool {
    matches!(item(text), Some(Shape::Item { bullet: true, .. }))
}

/// Returns whether a line is an item with a box.
pub(super) fn has_box(line: &SourceLine<'_>) -> bool {
    match line.row() {
        Some(_) => line.text.starts_with(['□', '☐', '☑', '☒', '[']),
        None => {
            matches!(item(line.text), Some(Shape::Item { boxed: true, .. }))
                || org_item(line).is_some()
        }
    }
}

/// Reads `- [x] text`, `* text`, `1. text`, `2) text`.
fn item(text: &str) -> Option<Shape<'_>> {
    let (rest, bullet) = match text.strip_prefix(['-', '*', '+', '•', '·', '–', '□', '☐', '☑', '☒'])
    {
        Some(rest) if rest.is_empty() || rest.starts_with(is_blank) => (rest, true),
        Some(_) => return None,
        None => {
            let label = label::read(text).filter(|l| l.kind >= LabelKind::Dot)?;
            (text.get(label.len..)?, false)
        }
    };
    let tail = rest.trim_start_matches(is_blank);
    let boxed = ["[ ]", "[x]", "[X]", "[]"].into_iter();
    let body = boxed
        .filter_map(|b| tail.strip_prefix(b))
        .find(|b| b.is_empty() || b.starts_with(is_blank));
    let ticked = tail.starts_with("[x]") || tail.starts_with("[X]") || text.starts_with(['☑', '☒']);
    let end = text.len() - body.unwrap_or(rest).len();
    let (label, body) = text.split_at_checked(end)?;
    let body = body.trim_start_matches(is_blank);
    let boxed = label.ends_with(']') || label.starts_with(['□', '☐', '☑', '☒']);
    // A mere link, as in a table of contents, is not an item.
    (boxed || !is_link(body)).then_some(())?;
    Some(Shape::Item {
        label,
        text: body,
        bullet: bullet || end > text.len() - rest.len(),
        boxed,
        ticked,
    })
}

/// Returns whether a text is only a link: `[Setup](#setup)`, `<https://…>`.
fn is_link(text: &str) -> bool {
    let text = text.trim_end_matches(['.', '。', ';', '；']);
    let (open, close) = (text.matches("](").count(), text.matches(')').count());
    text.starts_with('[') && text.ends_with(')') && open == 1 && close == 1
        || text.starts_with("<http") && text.ends_with('>')
        || text.starts_with("http") && !text.contains(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item_of(text: &str) -> Option<(&str, &str, bool)> {
        match item(text)? {
            Shape::Item {
                label,
                text,
                ticked,
                ..
            } => Some((label, text, ticked)),
            _ => None,
        }
    }

    #[test]
    fn items_in_every_form() {
        for (line, label, text, ticked) in [
            ("- [ ] Tag it", "- [ ]", "Tag it", false),
            ("* [x] Tag it", "* [x]", "Tag it", true),
            ("- plain", "-", "plain", false),
            ("1. [X] first", "1. [X]", "first", true),
            ("2) second", "2)", "second", false),
            ("3.第三", "3.", "第三", false),
            ("- see [link](x)", "-", "see [link](x)", false),
            ("-", "-", "", false),
        ] {
            assert_eq!(item_of(line), Some((label, text, ticked)), "{line}");
        }
        for line in [
            "-5 degrees",
            "*bold*",
            "---",
            "1.5 times",
            "text",
            "2024 was good",
            "- [link](x)",
            "- <https://example.org>",
        ] {
            assert_eq!(item_of(line), None, "{line}");
        }
    }

    #[test]
    fn headings_in_every_form() {
        let mut notes = super::super::super::report::Notes::default();
        let text =
            "Title\n=====\n## Part\n- a\n\nBefore you go:\n1. b\nlazy\n2. c\n```\n# code\n```";
        let lines = super::super::super::lines::lines(text, &[], &mut notes);
        let depths: Vec<_> = shapes(&lines)
            .iter()
            .map(|s| match s {
                Shape::Heading { depth, .. } => *depth,
                Shape::Item { .. } => 100,
                Shape::Under => 101,
                _ => 102,
            })
            .collect();
        assert_eq!(depths, [1, 101, 2, 100, BARE, 100, 102, 100, 102, 102, 102]);
    }
}
