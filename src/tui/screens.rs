//! The screens, and the requests that open them.

use super::{context::Context, request::Request};
use screen::Screen;

pub mod checklist;
pub mod confirm;
pub mod deadlines;
pub mod documents;
pub mod dossier;
pub mod export;
pub mod help;
pub mod history;
pub mod meeting;
pub mod pick;
pub mod prompt;
pub mod remark;
pub mod review;
pub mod screen;
pub mod units;

/// Opens the requested screen; `None` if there is nothing to show, or the request is for no screen.
pub fn open(context: &mut Context, request: Request) -> Option<Box<dyn Screen>> {
    fn boxed<S: Screen>(screen: Option<S>) -> Option<Box<dyn Screen>> {
        screen.map(|screen| Box::new(screen) as _)
    }
    match request {
        Request::Help => boxed(Some(help::Help::new(context))),
        Request::History => boxed(Some(history::History::new(context))),
        Request::Dossier(clause) => boxed(Some(dossier::Dossier::new(clause))),
        Request::Deadlines => boxed(deadlines::Deadlines::new(context)),
        Request::Units => boxed(units::UnitsScreen::new(context)),
        Request::Documents => boxed(Some(documents::Documents::new(context))),
        Request::Review(compared) => boxed(review::Review::new(context, compared)),
        Request::Merge(filled) => boxed(review::Review::of_ledger(context, filled)),
        Request::Export => boxed(export::ExportPicker::new(context)),
        Request::Pick(clauses) => boxed(pick::Pick::new(context, clauses)),
        Request::Remark(clauses, status) => {
            boxed(remark::RemarkEditor::new(context, clauses, status))
        }
        Request::Meet(how) => boxed(meeting::MeetingScreen::new(context, &how)),
        Request::Ask(question) => boxed(Some(confirm::Confirm::new(question))),
        Request::Prompt(prompting) => boxed(prompt::Prompt::new(context, prompting)),
        _ => None,
    }
}
