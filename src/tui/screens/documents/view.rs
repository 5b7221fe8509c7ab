//! Draws the document picker: one line per document, the open one marked.

use super::picker::DocumentPicker;
use crate::{
    report::stats,
    text::{clean, elide},
    tui::{
        context::Context,
        figures, layout,
        message::{DocumentCount, DocumentItem},
        widgets::{glyphs::MARK, hint::Hint, pen::Pen, popup::Popup, theme::Role},
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The widest inside of the box.
const WIDEST: usize = 96;
/// Below this width a line shows only the title.
const ROOMY: usize = 48;

/// Draws the box over the checklist; returns the area of the list. Its size stays the same while the
/// list is narrowed.
pub(super) fn frame(
    context: &Context,
    buf: &mut Buffer,
    picker: &DocumentPicker,
    keys: Vec<Hint>,
) -> Rect {
    let lang = context.lang;
    let count = picker.shown().len();
    let title = if picker.is_listed() {
        lang.fill("documents.title", &[("n", &count)])
    } else {
        lang.text("documents.listing").to_owned()
    };
    let find = match picker.find() {
        "" => String::new(),
        find => format!("/{}  ", clean(find)),
    };
    let wrong = match picker.wrong {
        0 => String::new(),
        n => lang.fill("documents.wrong", &[("n", &n)]),
    };
    let about = find + &wrong;
    let popup = Popup {
        look: context.look(),
        title: &title,
        about: about.trim_end(),
        keys,
    };
    let screen = layout::above_footer(context.stage());
    let inside = popup.around(buf, layout::centred(screen, WIDEST, picker.all().max(3)));
    if picker.is_listed() && count == 0 && !inside.is_empty() {
        let none = lang.fill("documents.none", &[("find", &clean(picker.find()))]);
        context.pen(buf, inside, 0).put_elided(&none, Role::Dim);
    }
    inside
}

pub(super) fn draw_item(
    context: &Context,
    pen: &mut Pen<'_>,
    item: &DocumentItem,
    count: Option<DocumentCount>,
) {
    let policy = context.policy;
    let open = item.name == context.name;
    let sign = if open { MARK } else { " " };
    pen.put(sign, Role::Key);
    pen.skip(1);
    let end = pen.end;
    if pen.room() >= ROOMY {
        // The end of a path says more than its beginning.
        let name = tail(context, &clean(&item.name), pen.room() / 3);
        let width = u16::try_from(policy.width(&name) + 1).unwrap_or(u16::MAX);
        let start = std::mem::replace(&mut pen.x, end.saturating_sub(width));
        let at = pen.x;
        pen.put(&name, Role::Dim);
        (pen.x, pen.end) = (start, at.saturating_sub(2));
    }
    let title = clean(&item.title);
    let mut pieces: Vec<(String, Role)> = Vec::new();
    pieces.extend(
        item.stage
            .as_deref()
            .map(|s| (clean(s).into_owned(), Role::Dim)),
    );
    pieces.extend(count.into_iter().flat_map(|count| said(context, count)));
    let taken = |pieces: &[(String, Role)]| {
        let columns = pieces.iter().map(|(said, _)| policy.width(said) + 2);
        columns.sum::<usize>()
    };
    // If space is short, the last pieces matter most.
    while !pieces.is_empty() && pen.room() < ROOMY / 2 + taken(&pieces) {
        pieces.remove(0);
    }
    let role = if open { Role::Heading } else { Role::Text };
    let room = pen.room() - taken(&pieces);
    pen.put(&elide(policy, &title, room), role);
    for (said, role) in pieces {
        pen.skip(2);
        pen.put(&said, role);
    }
}

/// Returns a document's rate, and how many of its clauses are overdue.
fn said(context: &Context, count: DocumentCount) -> Vec<(String, Role)> {
    let (n, of) = count.rate;
    let overdue = context.lang.text("urgency.overdue");
    let pieces = [
        (of > 0).then(|| (figures::rate(n, of), Role::Text)),
        (count.beside.total() > 0).then(|| (stats::added(count.beside, context.lang), Role::Text)),
        (count.overdue > 0).then(|| (format!("{overdue} {}", count.overdue), Role::Overdue)),
    ];
    pieces.into_iter().flatten().collect()
}

/// Cuts a name at its beginning to a width.
fn tail(context: &Context, name: &str, width: usize) -> String {
    let policy = context.policy;
    if policy.width(name) <= width {
        return name.to_owned();
    }
    let mut over = policy.width(name) + 2 - width.max(2);
    let mut start = 0;
    for (at, glyph, columns) in policy.graphemes(name) {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(columns);
        start = at + glyph.len();
    }
    format!("..{}", name.get(start..).unwrap_or_default())
}
