//! What a progress report covers: its first day, then its title; its path follows.

use super::{
    due::no_day,
    purpose::{PromptFace, PromptLine, Purpose, Tab},
};
use crate::{
    day::{self, BadDay, Toward},
    tui::{context::Context, message::ExportRequest, renumber::Renumbering, request::Prompting},
};
use jiff::civil::Date;

/// A question about a report, with its request and its proposed path.
#[derive(Debug)]
pub(super) struct ReportPrompt {
    asks_title: bool,
    order: ExportRequest,
    path: String,
}

/// Asks for the first day; the request has the usual one.
pub(super) fn since(order: ExportRequest, path: String) -> (ReportPrompt, PromptLine) {
    let day = order.report.as_ref().map(|report| report.since.to_string());
    let prompt = ReportPrompt {
        asks_title: false,
        order,
        path,
    };
    (prompt, PromptLine::over(day.unwrap_or_default()))
}

/// Asks for the title.
pub(super) fn title(
    context: &Context,
    order: ExportRequest,
    path: String,
) -> (ReportPrompt, PromptLine) {
    let prompt = ReportPrompt {
        asks_title: true,
        order,
        path,
    };
    (prompt, PromptLine::over(usual(context)))
}

fn usual(context: &Context) -> String {
    let title = [("title", &context.document.title as &dyn std::fmt::Display)];
    context.lang.fill("bulletin.title", &title)
}

fn first_day(context: &Context, line: &PromptLine) -> Result<Date, BadDay> {
    day::period(line.text(), context.today, Toward::Past).map(|period| period.first)
}

impl Purpose for ReportPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: if self.asks_title {
                "prompt.report-title"
            } else {
                "prompt.report-since"
            },
            sign: "",
            empty: "",
            tab: Tab::Idle,
        }
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        let clauses = self.order.clauses.as_mut();
        clauses.is_none_or(|clauses| to.clauses(clauses))
    }

    fn aside(&self, context: &Context, line: &PromptLine) -> String {
        match first_day(context, line) {
            _ if self.asks_title => String::new(),
            Ok(day) => day.to_string(),
            Err(_) => context.lang.text("prompt.report-takes").to_owned(),
        }
    }

    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let (mut order, path) = (self.order.clone(), self.path.clone());
        let Some(report) = &mut order.report else {
            return Ok(());
        };
        context.prompt(if self.asks_title {
            let is_own = |title: &str| !title.is_empty() && title != usual(context);
            report.title = Some(line.text().to_owned()).filter(|title| is_own(title));
            Prompting::Export(order, path, None)
        } else {
            report.since = first_day(context, line).map_err(|bad| no_day(context, &bad))?;
            Prompting::ReportTitle(order, path)
        });
        Ok(())
    }
}
