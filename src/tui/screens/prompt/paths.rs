//! Completing a path.

use super::purpose::Line;
use crate::tui::{context::Context, message::Message, request::Effect, widgets::editor::Editor};

/// Has the runtime look for the paths that begin as what was typed.
pub(super) fn ask(context: &mut Context, line: &mut Line) {
    let typed = line.editor.text().to_owned();
    let typed = line.seed.get_or_insert(typed).clone();
    context.effect(Effect::Complete(typed));
}

/// Takes in the paths: as far as they are alike, then one after the other.
pub(super) fn receive(context: &Context, message: &Message, line: &mut Line) {
    let Message::Completed(typed, paths) = message else {
        return;
    };
    // Something else has been typed meanwhile.
    if line.seed.as_ref() != Some(typed) {
        return;
    }
    let text = line.editor.text();
    let alike = alike(paths);
    if paths.is_empty() {
        line.seed = None;
        line.error = Some(context.lang.text("error.no-path").to_owned());
    } else if text == typed && alike.len() > text.len() {
        // The next Tab goes on from here.
        line.editor = Editor::new(alike);
        line.seed = None;
    } else {
        let at = paths.iter().position(|p| p == text);
        let next = at.map_or(0, |i| (i + 1) % paths.len());
        line.editor = Editor::new(paths[next].as_str());
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
