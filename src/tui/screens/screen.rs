//! What all screens have in common.

use crate::tui::{
    action::Action,
    context::Context,
    key::Key,
    keymap::{Binding, Mode},
    message::{Message, Pointer},
    renumber::Renumbering,
    widgets::{glyphs, hint::Hint, popup::Popup},
};
use ratatui::{buffer::Buffer, layout::Position};
use std::{any::Any, borrow::Cow, fmt::Debug};

/// A screen: its state, its reaction to keys, and its view. It knows the shared context but no
/// other screen, and makes requests to the app by [`Context::ask`].
pub trait Screen: Any + Debug {
    /// Returns the mode for its keys.
    fn mode(&self) -> Mode;

    /// Reverts an Esc that turned out to begin a late key sequence; returns whether it reopens.
    fn reopened(&mut self, _: &mut Context) -> bool {
        false
    }

    /// Performs an action.
    fn act(&mut self, context: &mut Context, action: Action);

    /// Performs an action named after `:`.
    fn act_by_name(&mut self, context: &mut Context, action: Action) {
        self.act(context, action);
    }

    /// Handles the mouse: the wheel scrolls one row per notch.
    fn point(&mut self, context: &mut Context, pointer: Pointer) {
        match pointer {
            Pointer::Down(..) => self.act(context, Action::Down),
            Pointer::Up(..) => self.act(context, Action::Up),
            Pointer::Press(..) => {}
        }
    }

    /// Receives pasted text.
    fn paste(&mut self, _: &mut Context, _: &str) {}

    /// Receives a message, on top or not.
    fn receive(&mut self, _: &mut Context, _: &Message) {}

    /// Updates the clause indexes that it holds; returns whether any of its clauses is left.
    fn renumber(&mut self, _: &Renumbering) -> bool {
        true
    }

    /// Filters by the text of a prompt above the screen; an empty text shows everything.
    fn narrow(&mut self, _: &mut Context, _: &str) {}

    /// Updates the layout: limits scrolling, and brings the cursor into view.
    fn settle(&mut self, _: &mut Context) {}

    /// Draws the screen over what is below; returns the position of the text cursor, if any.
    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position>;

    /// Returns the footer's text instead of hints.
    fn foot(&self, _: &Context) -> Option<String> {
        None
    }

    /// Returns the text of a hint that depends on the screen's state; empty if the key does
    /// nothing.
    fn hint(&self, _: &Context, _: &Binding) -> Option<String> {
        None
    }

    /// Returns the visible part of its lines, as `1-23/85`.
    fn extent(&self, _: &Context) -> Option<String> {
        None
    }
}

/// Returns the text of a binding's hint, if it has one.
fn words(context: &Context, top: &dyn Screen, binding: &Binding) -> Option<Cow<'static, str>> {
    if let Some(words) = top.hint(context, binding) {
        return Some(words.into()).filter(|words: &Cow<'_, str>| !words.is_empty());
    }
    let words = context.lang.find(&format!("hint.{}", binding.id))?;
    Some(Cow::Borrowed(words))
}

/// Returns a box of a screen, with its keys.
pub fn popup<'a>(
    context: &Context,
    screen: &dyn Screen,
    title: &'a str,
    about: &'a str,
) -> Popup<'a> {
    Popup {
        look: context.look(),
        title,
        about,
        keys: hints(context, screen),
    }
}

/// Returns the hints of a screen, in table order.
pub fn hints(context: &Context, screen: &dyn Screen) -> Vec<Hint> {
    let hint = |(binding, keys): (&Binding, &[Key])| {
        Some(Hint {
            rank: binding.hint,
            key: glyphs::key(context.lang, *keys.first()?),
            words: words(context, screen, binding)?,
        })
    };
    let bound = context.keymap.of_mode(screen.mode());
    bound.filter(|(b, _)| b.hint > 0).filter_map(hint).collect()
}
