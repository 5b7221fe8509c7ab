//! The export picker, for the marked or filtered clauses, or all.

use super::screen::{Screen, popup};
use crate::{
    report::export::Format,
    text::clean,
    tui::{
        action::Action,
        context::Context,
        keymap::Mode,
        message::{ExportRequest, ReportRequest},
        renumber::Renumbering,
        request::{Prompting, Request},
        widgets::{list::moved, popup::PopupRow, theme::Role},
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// What a row of the picker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    /// Exports in this format.
    Ledger(Format),
    /// Exports a workbook in which each unit has its own sheet.
    Units,
    /// Writes a progress report.
    Report,
    /// Merges a filled-in ledger.
    Merge,
}

/// The rows of the picker: the key of each name in `data/locales`, and what it does. The row at an
/// index has the binding of `Action::Choose(index)`.
const EXPORTS: [(&str, Output); 9] = [
    ("export.book", Output::Ledger(Format::Xlsx)),
    ("export.units", Output::Units),
    ("export.csv", Output::Ledger(Format::Csv)),
    ("export.page", Output::Ledger(Format::Markdown)),
    ("export.data", Output::Ledger(Format::Json)),
    ("export.html", Output::Ledger(Format::Html)),
    ("export.calendar", Output::Ledger(Format::Ics)),
    ("export.report", Output::Report),
    ("export.merge", Output::Merge),
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
        let output = EXPORTS[self.selected].1;
        let (format, key, ending) = match output {
            Output::Ledger(format) => (format, "export.file", format.ending()),
            Output::Units => (Format::Xlsx, "export.file", Format::Xlsx.ending()),
            Output::Report => (Format::Markdown, "export.report-file", "docx"),
            Output::Merge => {
                context.ask(Request::Close);
                return context.prompt(Prompting::Merge);
            }
        };
        let path = file_name(context, self.topic.as_deref(), key, ending);
        let order = ExportRequest {
            format,
            by_unit: output == Output::Units,
            report: (output == Output::Report).then(|| ReportRequest {
                since: context.today.first_of_month(),
                title: None,
            }),
            clauses: self.clauses.clone(),
        };
        context.ask(Request::Close);
        context.prompt(if output == Output::Report {
            Prompting::ReportSince(order, path)
        } else {
            Prompting::Export(order, path, None)
        });
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

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let lang = context.lang;
        let all = context.document.clauses.len();
        let n = self.clauses.as_ref().map_or(all, Vec::len);
        let topic = self.topic.as_deref().unwrap_or(lang.text("meeting.all"));
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("topic", &clean(topic))];
        let rows: Vec<PopupRow> = (EXPORTS.iter().enumerate())
            .map(|(nth, (name, _))| {
                let mut bindings = context.keymap.of_mode(Mode::Export);
                let own = bindings.find(|(binding, _)| binding.action == Action::Choose(nth));
                let key = own
                    .and_then(|(_, keys)| keys.first())
                    .map(ToString::to_string);
                PopupRow {
                    text: format!("{}  {}", key.unwrap_or_else(|| " ".into()), lang.text(name)),
                    role: Role::Text,
                    aside: String::new(),
                }
            })
            .collect();
        let (title, about) = (lang.text("mode.export"), lang.fill("export.title", &values));
        popup(context, self, title, &about).pick(buf, &rows, self.selected)
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
