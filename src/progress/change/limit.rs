//! Length limits of a change's parts.

use super::{Body, Draft, Edit};
use crate::locale::Lang;

/// A part of a change that is too long to be written: what is acknowledged must be readable by
/// everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// The part's name, as a message key.
    pub part: &'static str,
    /// Its limit in bytes.
    pub most: usize,
}

impl TooLong {
    /// Byte limit of a remark or a step's text.
    const TEXT: usize = 64 << 10;
    /// A remark.
    pub const REMARK: Self = Self::new("limit.remark", Self::TEXT);
    /// The text of a step.
    pub const STEP: Self = Self::new("limit.step", Self::TEXT);
    /// The text of an added item.
    pub const ITEM: Self = Self::new("limit.item", Self::TEXT);
    /// A person's name.
    pub const NAME: Self = Self::new("limit.name", 512);
    const ID: Self = Self::new("limit.id", 64);
    /// A change with all its edits.
    pub(in crate::progress) const CHANGE: Self = Self::new("limit.change", 64 << 20);

    const fn new(part: &'static str, most: usize) -> Self {
        Self { part, most }
    }

    fn check(self, text: &str) -> Result<(), Self> {
        if text.len() > self.most {
            return Err(self);
        }
        Ok(())
    }

    /// Returns the message for people.
    pub fn message(self, lang: Lang) -> String {
        let part = lang.text(self.part);
        lang.fill("limit.long", &[("part", &part), ("most", &self.most)])
    }
}

impl Draft {
    /// Checks the lengths of all parts.
    ///
    /// # Errors
    ///
    /// The first part that is too long.
    pub fn check(&self) -> Result<(), TooLong> {
        TooLong::NAME.check(&self.by)?;
        TooLong::ID.check(&self.session)?;
        match &self.body {
            Body::Edits(edits) => edits.iter().try_for_each(Edit::check),
            Body::Retract(_) => Ok(()),
        }
    }
}

impl Edit {
    /// Checks the lengths of all parts.
    ///
    /// # Errors
    ///
    /// The first part that is too long.
    pub fn check(&self) -> Result<(), TooLong> {
        TooLong::ID.check(&self.target.clause)?;
        if let Some(step) = &self.target.step {
            TooLong::ID.check(step)?;
        }
        if let Some(Some(owner)) = &self.owner {
            TooLong::NAME.check(owner)?;
        }
        if let Some((_, remark)) = &self.remark {
            TooLong::REMARK.check(remark)?;
        }
        if let Some((id, text)) = &self.step {
            TooLong::ID.check(id)?;
            TooLong::STEP.check(text)?;
        }
        if let Some(Some(text)) = &self.text {
            let is_step = self.target.step.is_some();
            let limit = if is_step {
                TooLong::STEP
            } else {
                TooLong::ITEM
            };
            limit.check(text)?;
        }
        self.item
            .iter()
            .flatten()
            .try_for_each(|unit| TooLong::NAME.check(unit))?;
        Ok(())
    }
}
