//! What every screen does.

use crate::tui::{
    action::Action,
    context::Context,
    key::Key,
    keymap::{Binding, Mode},
    message::{Message, Pointer},
    renumber::Renumbering,
    widgets::{glyphs, hint::Hint},
};
use ratatui::{buffer::Buffer, layout::Position};
use std::{any::Any, borrow::Cow, fmt::Debug};

/// A screen: its state, what keys do to it, and how it is drawn. It knows what screens share, and no
/// other screen; what it wants of the app it asks by [`Context::ask`].
pub trait Screen: Any + Debug {
    /// Returns which keys count.
    fn mode(&self) -> Mode;

    /// Returns whether text is written here and Esc does nothing but close it.
    fn is_box(&self) -> bool {
        false
    }

    /// Does what a key asks for.
    fn act(&mut self, context: &mut Context, action: Action);

    /// Does an action that was named after `:`.
    fn act_by_name(&mut self, context: &mut Context, action: Action) {
        self.act(context, action);
    }

    /// Does what the mouse asks for.
    fn point(&mut self, _: &mut Context, _: Pointer) {}

    /// Takes in pasted text.
    fn paste(&mut self, _: &mut Context, _: &str) {}

    /// Takes in a message, on top or not.
    fn receive(&mut self, _: &mut Context, _: &Message) {}

    /// Goes over to the new places of clauses, where it holds any; returns whether there is still
    /// something that it is about.
    fn renumber(&mut self, _: &Renumbering) -> bool {
        true
    }

    /// Shows only what has what is typed in a line above the screen; all, for nothing.
    fn narrow(&mut self, _: &mut Context, _: &str) {}

    /// Lays out: no scroll beyond the end, the cursor in sight.
    fn settle(&mut self, _: &mut Context) {}

    /// Draws the screen over what is below it; returns the place of the text cursor, if it has one.
    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position>;

    /// Returns what the footer says in the place of hints.
    fn foot(&self, _: &Context) -> Option<String> {
        None
    }

    /// Returns the words of a hint that depend on the screen's state; empty where the key does nothing.
    fn hint(&self, _: &Context, _: &Binding) -> Option<String> {
        None
    }

    /// Returns which part of the screen's lines is seen, as `1-23/85`.
    fn extent(&self, _: &Context) -> Option<String> {
        None
    }
}

/// Turns the wheel over a list: a row a notch.
pub fn wheel(screen: &mut impl Screen, context: &mut Context, pointer: Pointer) {
    match pointer {
        Pointer::Down(..) => screen.act(context, Action::Down),
        Pointer::Up(..) => screen.act(context, Action::Up),
        Pointer::Press(..) => {}
    }
}

/// Returns what the hint of a binding says, where it has one.
fn words(context: &Context, top: &dyn Screen, binding: &Binding) -> Option<Cow<'static, str>> {
    if let Some(words) = top.hint(context, binding) {
        return Some(words.into()).filter(|words: &Cow<'_, str>| !words.is_empty());
    }
    let words = context.lang.find(&format!("hint.{}", binding.id))?;
    Some(Cow::Borrowed(words))
}

/// Returns the hints of a screen, in the table's order.
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
