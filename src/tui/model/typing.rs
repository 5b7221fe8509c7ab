//! What is being typed: where, and whether it is kept.

use super::{Layer, Model, Purpose};

impl Layer {
    /// Returns whether text is written in it and Esc does nothing but close it.
    pub const fn is_box(&self) -> bool {
        use Purpose::{Command, Due, Owner, Step};
        match self {
            Self::Write(_) => true,
            Self::Line(line) => matches!(line.purpose, Command | Due(_) | Owner(_) | Step(_)),
            _ => false,
        }
    }
}

impl Model {
    /// Returns the question of this key where drafts are not kept: how many, and why.
    pub fn unkept_question(&self, key: &'static str) -> Option<String> {
        let why = self.unkept.values().next()?;
        let question = self
            .lang
            .fill(key, &[("n", &self.unkept.len()), ("why", why)]);
        Some(question)
    }
}
