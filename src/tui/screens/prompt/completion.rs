//! Tab completion, like a shell's: first the common prefix of all choices, then one after the
//! other.

use crate::tui::widgets::{editor::Editor, pen::Pen, theme::Role};

/// A replacement for the word being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CompletionItem {
    /// The inserted text.
    pub text: String,
    /// Its meaning; empty if obvious.
    pub help: String,
}

impl From<String> for CompletionItem {
    fn from(text: String) -> Self {
        let help = String::new();
        Self { text, help }
    }
}

/// Completion in progress.
#[derive(Debug)]
pub(super) struct Completion {
    /// Where choices are inserted.
    start: usize,
    choices: Vec<CompletionItem>,
    /// Index of the one in the line.
    at: usize,
}

/// Inserts the common prefix of all choices; if that is already there, the first choice, and each
/// further call the next.
pub(super) fn complete(
    editor: &mut Editor,
    going: &mut Option<Completion>,
    start: usize,
    choices: Vec<CompletionItem>,
) {
    if let Some(going) = going {
        going.at = (going.at + 1) % going.choices.len();
        return replace(editor, going.start, &going.choices[going.at].text);
    }
    let typed = editor.split().0.get(start..).unwrap_or_default();
    let alike = alike(&choices);
    if choices.is_empty() {
        return;
    }
    let longer = alike.chars().count() >= typed.chars().count() && alike != typed;
    if longer || choices.len() == 1 {
        return replace(editor, start, alike);
    }
    replace(editor, start, &choices[0].text);
    let at = 0;
    *going = Some(Completion { start, choices, at });
}

fn replace(editor: &mut Editor, start: usize, text: &str) {
    let (before, after) = editor.split();
    let before = before.get(..start).unwrap_or_default();
    *editor = Editor::at(format!("{before}{text}"), after);
}

/// Returns the common prefix of the choices.
fn alike(choices: &[CompletionItem]) -> &str {
    let Some((first, rest)) = choices.split_first() else {
        return "";
    };
    let shared = |other: &CompletionItem| {
        let mut pairs = first.text.char_indices().zip(other.text.chars());
        let differs = pairs.find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        differs.unwrap_or_else(|| first.text.len().min(other.text.len()))
    };
    let end = rest.iter().map(shared).min().unwrap_or(first.text.len());
    first.text.get(..end).unwrap_or_default()
}

/// Draws the choices with the current one visible and highlighted, and how many more there are.
pub(super) fn draw(pen: &mut Pen<'_>, choices: &[CompletionItem], completion: Option<&Completion>) {
    let (choices, at) = completion.map_or((choices, None), |c| (&*c.choices, Some(c.at)));
    let policy = pen.look.policy;
    let words = |choice: &CompletionItem| {
        format!("{} {}", choice.text, choice.help)
            .trim_end()
            .to_owned()
    };
    let width = |choice: &CompletionItem| policy.width(&words(choice)) + 2;
    let room = pen.room().saturating_sub(5);
    // The row is turned like pages.
    let mut first = 0;
    let mut used = 0;
    for (nth, choice) in choices.iter().enumerate().take(at.unwrap_or(0) + 1) {
        used += width(choice);
        if used > room && nth > first {
            (first, used) = (nth, width(choice));
        }
    }
    let mut shown = first;
    for choice in choices.iter().skip(first) {
        if shown > first && width(choice) > pen.room().saturating_sub(5) {
            break;
        }
        let role = if Some(shown) == at {
            Role::Selected
        } else {
            Role::Text
        };
        pen.put(&choice.text, role);
        if !choice.help.is_empty() {
            pen.put(&format!(" {}", choice.help), Role::Dim);
        }
        pen.skip(2);
        shown += 1;
    }
    if shown < choices.len() {
        pen.put(&format!("+{}", choices.len() - shown), Role::Dim);
    }
}
