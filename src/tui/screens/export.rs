//! The export picker, for the marked or filtered clauses, or all.

use super::screen::{Screen, hints, wheel};
use crate::{
    report::export::Format,
    text::clean,
    tui::{
        action::Action,
        context::Context,
        keymap::Mode,
        message::{ExportRequest, Pointer},
        renumber::Renumbering,
        request::{Prompting, Request},
        widgets::{
            list::moved,
            popup::{Popup, PopupRow},
            theme::Role,
        },
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// An export to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ExportKind {
    /// The key of its name in `data/locales`.
    name_key: &'static str,
    /// Its format.
    format: Format,
    /// Whether each unit gets its own sheet.
    by_unit: bool,
}

const fn export(name_key: &'static str, format: Format, by_unit: bool) -> ExportKind {
    ExportKind {
        name_key,
        format,
        by_unit,
    }
}

/// The place of the progress report in the picker.
const REPORT: usize = 7;

/// The place of the merge of a filled-in ledger.
const MERGE: usize = 8;

/// The exports, in the picker's order.
static EXPORTS: [ExportKind; 9] = [
    export("export.book", Format::Xlsx, false),
    export("export.units", Format::Xlsx, true),
    export("export.csv", Format::Csv, false),
    export("export.page", Format::Markdown, false),
    export("export.data", Format::Json, false),
    export("export.html", Format::Html, false),
    export("export.calendar", Format::Ics, false),
    export("export.report", Format::Markdown, false),
    export("export.merge", Format::Xlsx, false),
];

/// The export picker.
#[derive(Debug)]
pub struct ExportPicker {
    /// The name of the clauses, if they are not all: the search, or that they are marked.
    topic: Option<String>,
    /// The clauses; `None` for all.
    clauses: Option<Vec<usize>>,
    /// Index of the export under the cursor in [`EXPORTS`].
    selected: usize,
}

impl ExportPicker {
    /// Returns the picker; `None` if there is nothing to export.
    pub fn new(context: &mut Context) -> Option<Self> {
        let (topic, clauses) = context.agenda().unzip();
        if clauses.as_ref().is_some_and(Vec::is_empty) {
            context.say(context.lang.text("notice.nothing-here"));
            return None;
        }
        Some(Self {
            topic,
            clauses,
            selected: 0,
        })
    }

    /// Continues with the prompt for the path.
    fn take(&self, context: &mut Context) {
        let export = &EXPORTS[self.selected];
        if self.selected == MERGE {
            context.ask(Request::Close);
            return context.prompt(Prompting::Merge);
        }
        let report = self.selected == REPORT;
        let (key, ending) = if report {
            ("export.report-file", "docx")
        } else {
            ("export.file", export.format.ending())
        };
        let path = file_name(context, self.topic.as_deref(), key, ending);
        let order = ExportRequest {
            format: export.format,
            by_unit: export.by_unit,
            report,
            clauses: self.clauses.clone(),
        };
        context.ask(Request::Close);
        context.prompt(Prompting::Export(order, path, None));
    }
}

impl Screen for ExportPicker {
    fn renumber(&mut self, to: &Renumbering) -> bool {
        let clauses = self.clauses.as_mut();
        clauses.is_none_or(|clauses| to.clauses(clauses))
    }

    fn mode(&self) -> Mode {
        Mode::Export
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let last = EXPORTS.len() - 1;
        if let Some(to) = moved(action, self.selected, last, last) {
            self.selected = to;
            return;
        }
        match action {
            Action::Choose(nth) => {
                self.selected = nth.min(last);
                self.take(context);
            }
            Action::Accept => self.take(context),
            Action::Back => context.ask(Request::Close),
            _ => {}
        }
    }

    fn point(&mut self, context: &mut Context, pointer: Pointer) {
        wheel(self, context, pointer);
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let lang = context.lang;
        let all = context.document.clauses.len();
        let n = self.clauses.as_ref().map_or(all, Vec::len);
        let topic = self.topic.as_deref().unwrap_or(lang.text("meeting.all"));
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("topic", &clean(topic))];
        let rows: Vec<PopupRow> = (1..)
            .zip(&EXPORTS)
            .map(|(nth, export)| PopupRow {
                text: format!("{nth}  {}", lang.text(export.name_key)),
                role: Role::Text,
                aside: String::new(),
            })
            .collect();
        let popup = Popup {
            look: context.look(),
            title: lang.text("mode.export"),
            about: &lang.fill("export.title", &values),
            keys: hints(context, self),
        };
        popup.pick(buf, &rows, self.selected)
    }
}

/// Proposes `tianjin-2025-天津海关-台账-2026-11-23.xlsx`.
fn file_name(context: &Context, topic: Option<&str>, key: &'static str, ending: &str) -> String {
    let fits = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let topic: String = topic
        .unwrap_or_default()
        .chars()
        .filter(fits)
        .take(20)
        .collect();
    let topic = match topic.as_str() {
        "" => topic,
        topic => format!("-{topic}"),
    };
    let (id, date) = (&context.document.id, &context.today);
    context.lang.fill(
        key,
        &[
            ("id", id),
            ("topic", &topic),
            ("date", date),
            ("ending", &ending),
        ],
    )
}

#[cfg(test)]
mod tests;
