//! The lines of a plain list: headings, items, and text. May use: `label`, `lines`.

use super::super::{
    flow::is_stop,
    label::{self, Kind},
    lines::{Line, is_blank},
};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// A heading: how deep, what is printed before and after its title.
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
        ticked: bool,
    },
    /// The line under a heading (`====`), which belongs to that.
    Under,
    /// Anything else.
    Text,
}

/// The depth of a heading that is only a line by itself.
const BARE: usize = 20;

/// Tells what each line is; within a code fence everything is text.
pub(super) fn shapes<'a>(lines: &[Line<'a>]) -> Vec<Shape<'a>> {
    let mut fenced = false;
    let mut out: Vec<Shape<'a>> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let fence = line.text.starts_with("```") || line.text.starts_with("~~~");
        fenced ^= fence;
        let next = lines.get(i + 1);
        let shape = if fenced || fence {
            Shape::Text
        } else if matches!(out.last(), Some(Shape::Heading { under, .. }) if !under.is_empty()) {
            Shape::Under
        } else {
            shape(
                line,
                next,
                i == 0 || matches!(out.last(), Some(Shape::Heading { .. })),
            )
        };
        out.push(shape);
    }
    out
}

fn shape<'a>(line: &Line<'a>, next: Option<&Line<'a>>, fresh: bool) -> Shape<'a> {
    if let Some(shape) = marked_heading(line.text).or_else(|| item(line.text)) {
        return shape;
    }
    if let Some(depth) = next.and_then(|n| underline(n).filter(|_| !n.gap)) {
        let under = next.map_or("", |n| n.text);
        return heading(depth, "", line.text, under);
    }
    if let Some(label) = label::read(line.text).filter(|l| l.kind < Kind::Dot) {
        let (printed, title) = line.text.split_at_checked(label.len).unwrap_or_default();
        return heading(10 + label.kind as usize, printed, title, "");
    }
    let colon = line.text.ends_with([':', '：']);
    let leads = next.is_some_and(|n| item(n.text).is_some() && n.indent >= line.indent);
    let short = line.text.chars().count() <= 80
        && !line.text.ends_with(is_stop)
        && line.text.contains(char::is_alphanumeric);
    if leads && short && line.indent < 2 && (fresh || line.gap || colon) {
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

/// Returns the depth that a line of `===` or `---` gives to the line above.
fn underline(line: &Line<'_>) -> Option<usize> {
    let all = |c: char| line.text.len() >= 3 && line.text.chars().all(|x| x == c);
    if all('=') {
        Some(1)
    } else {
        all('-').then_some(2)
    }
}

/// Tells whether a line is an item with a bullet.
pub(super) fn is_bullet(text: &str) -> bool {
    matches!(item(text), Some(Shape::Item { bullet: true, .. }))
}

/// Tells whether a line is an item with a box.
pub(super) fn has_box(text: &str) -> bool {
    matches!(item(text), Some(Shape::Item { label, .. })
        if label.ends_with(']') || label.starts_with(['□', '☐', '☑', '☒']))
}

/// Reads `- [x] text`, `* text`, `1. text`, `2) text`.
fn item(text: &str) -> Option<Shape<'_>> {
    let (rest, bullet) = match text.strip_prefix(['-', '*', '+', '•', '·', '–', '□', '☐', '☑', '☒'])
    {
        Some(rest) if rest.is_empty() || rest.starts_with(is_blank) => (rest, true),
        Some(_) => return None,
        None => {
            let label = label::read(text).filter(|l| l.kind >= Kind::Dot)?;
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
    Some(Shape::Item {
        label,
        text: body.trim_start_matches(is_blank),
        bullet: bullet || end > text.len() - rest.len(),
        ticked,
    })
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
            ("- [link](x)", "-", "[link](x)", false),
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
        ] {
            assert_eq!(item_of(line), None, "{line}");
        }
    }

    #[test]
    fn headings_in_every_form() {
        let mut notes = super::super::super::report::Notes::default();
        let text =
            "Title\n=====\n## Part\n- a\n\nBefore you go:\n1. b\nlazy\n2. c\n```\n# code\n```";
        let lines = super::super::super::lines::lines(text, &mut notes);
        let depths: Vec<_> = shapes(&lines)
            .iter()
            .map(|s| match s {
                Shape::Heading { depth, .. } => *depth,
                Shape::Item { .. } => 100,
                Shape::Under => 101,
                Shape::Text => 102,
            })
            .collect();
        assert_eq!(depths, [1, 101, 2, 100, BARE, 100, 102, 100, 102, 102, 102]);
    }
}
