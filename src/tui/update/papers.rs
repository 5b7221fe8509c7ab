//! Papers: choosing an export, where it or the minutes are saved, and what becomes of them.

use super::{meeting, popup, typing};
use crate::tui::{
    action::{Action, Content, Effect, Filed, Order, Paper},
    editor::Editor,
    exports::{Choice, EXPORTS},
    model::{Layer, Model, Prompt, Purpose, Then},
};

/// Opens the picker of exports: of what is marked, or shown, or all.
pub(super) fn open(model: &mut Model) {
    let (topic, clauses) = match meeting::agenda(model) {
        Some((topic, clauses)) => (Some(topic), Some(clauses)),
        None => (None, None),
    };
    if clauses.as_ref().is_some_and(Vec::is_empty) {
        return model.say(model.lang.text("notice.nothing-here"));
    }
    model.layers.push(Layer::Export(Choice {
        topic,
        clauses,
        selected: 0,
    }));
}

/// What a key does in the picker.
pub(super) fn export(model: &mut Model, action: &Action) {
    let Some(Layer::Export(choice)) = model.layers.last_mut() else {
        return;
    };
    let last = EXPORTS.len() - 1;
    match action {
        Action::Down => choice.selected = (choice.selected + 1).min(last),
        Action::Up => choice.selected = choice.selected.saturating_sub(1),
        Action::Top | Action::PageUp => choice.selected = 0,
        Action::Bottom | Action::PageDown => choice.selected = last,
        Action::Choose(nth) => {
            choice.selected = (*nth).min(last);
            take(model);
        }
        Action::Accept => take(model),
        Action::Back => drop(model.layers.pop()),
        _ => {}
    }
}

/// Goes on to where it is saved.
fn take(model: &mut Model) {
    let Some(Layer::Export(choice)) = model.layers.pop() else {
        return;
    };
    let export = &EXPORTS[choice.selected];
    let path = file_name(model, choice.topic.as_deref(), export.format.ending());
    let order = Order {
        format: export.format,
        by_unit: export.by_unit,
        clauses: choice.clauses,
    };
    typing::open(model, Purpose::Export(order), &path);
}

/// Proposes `tianjin-2025-天津海关-台账-2026-11-23.xlsx`.
fn file_name(model: &Model, topic: Option<&str>, ending: &str) -> String {
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
    let (id, date) = (&model.document.id, &model.today);
    model.lang.fill(
        "export.file",
        &[
            ("id", id),
            ("topic", &topic),
            ("date", date),
            ("ending", &ending),
        ],
    )
}

/// Tab: asks the edge for the paths that begin as what was typed.
pub(super) fn complete(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(Layer::Line(Prompt {
        purpose: Purpose::Minutes(_) | Purpose::Export(_),
        editor,
        seed,
        ..
    })) = model.layers.last_mut()
    {
        let typed = seed.get_or_insert_with(|| editor.text().to_owned());
        effects.push(Effect::Complete(typed.clone()));
    }
}

/// Takes in the paths: as far as they are alike, then one after the other.
pub(super) fn completed(model: &mut Model, typed: &str, paths: &[String]) {
    let none = model.lang.text("error.no-path");
    let Some(Layer::Line(prompt)) = model.layers.last_mut() else {
        return;
    };
    // Something else has been typed meanwhile.
    if prompt.seed.as_deref() != Some(typed) {
        return;
    }
    let text = prompt.editor.text();
    let alike = alike(paths);
    if paths.is_empty() {
        prompt.seed = None;
        prompt.error = Some(none.to_owned());
    } else if text == typed && alike.len() > text.len() {
        // The next Tab goes on from here.
        prompt.editor = Editor::new(alike);
        prompt.seed = None;
    } else {
        let at = paths.iter().position(|p| p == text);
        let next = at.map_or(0, |i| (i + 1) % paths.len());
        prompt.editor = Editor::new(paths[next].as_str());
    }
}

/// Returns what all of the paths begin with.
fn alike(paths: &[String]) -> &str {
    let Some((first, rest)) = paths.split_first() else {
        return "";
    };
    let shared = |path: &String| {
        let pairs = first.char_indices().zip(path.chars());
        let differs = pairs
            .clone()
            .find(|((_, a), b)| a != b)
            .map(|((at, _), _)| at);
        differs.unwrap_or_else(|| first.len().min(path.len()))
    };
    let end = rest.iter().map(shared).min().unwrap_or(first.len());
    first.get(..end).unwrap_or_default()
}

/// Saves a paper where the line says.
pub(super) fn save(model: &mut Model, content: Content, path: String, effects: &mut Vec<Effect>) {
    if let Content::Export(order) = &content {
        if path.is_empty() {
            return;
        }
        // The marks were for this.
        if order.clauses.is_some() {
            model.marks.clear();
        }
        model.say(model.lang.fill("export.saving", &[("path", &path)]));
    }
    effects.push(Effect::File(Paper { path, content }, false));
}

/// Takes in what became of a paper.
pub(super) fn filed(model: &mut Model, paper: Paper, filed: Filed, effects: &mut Vec<Effect>) {
    match filed {
        Filed::Saved => {
            if let Content::Minutes(_) = paper.content {
                meeting::forget(model, effects);
            }
            let said = said(model, &paper);
            model.say(said);
        }
        Filed::Exists(reason) => {
            let key = match paper.content {
                Content::Minutes(_) => "ask.overwrite",
                Content::Export(_) => "ask.overwrite-export",
            };
            let usual = || model.lang.fill(key, &[("path", &paper.path)]);
            let question = reason.map_or_else(usual, |over| over.question(&paper.path, model.lang));
            // It is not being saved any more, and the keys of the question stand there.
            model.notice.take_if(|notice| !notice.alarm);
            popup::ask(model, question, Then::File(paper));
        }
        Filed::Failed(why) => {
            let error = model.lang.fill("meeting.not-saved", &[("why", &why)]);
            ask_again(model, paper, Some(error));
        }
    }
}

/// Proposes the name that no file has, unless another was typed meanwhile.
pub(super) fn freed(model: &mut Model, proposed: &str, free: String) {
    if let Some(Layer::Line(Prompt {
        purpose: Purpose::Minutes(_),
        editor,
        ..
    })) = model.layers.last_mut()
        && editor.text() == proposed
    {
        *editor = Editor::selected(free);
    }
}

fn said(model: &Model, paper: &Paper) -> String {
    let path = &paper.path;
    match &paper.content {
        Content::Minutes(_) => model.lang.fill("meeting.saved", &[("path", path)]),
        Content::Export(order) => {
            let all = model.document.clauses.len();
            let n = order.clauses.as_ref().map_or(all, Vec::len);
            model
                .lang
                .fill("export.saved", &[("n", &n), ("path", path)])
        }
    }
}

/// Asks again where to save a paper.
pub(super) fn ask_again(model: &mut Model, paper: Paper, error: Option<String>) {
    let purpose = match paper.content {
        Content::Minutes(minutes) => Purpose::Minutes(minutes),
        Content::Export(order) => Purpose::Export(order),
    };
    typing::open(model, purpose, &paper.path);
    if let Some(Layer::Line(Prompt { error: shown, .. })) = model.layers.last_mut() {
        *shown = error;
    }
}

#[cfg(test)]
mod tests;
