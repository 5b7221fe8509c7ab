//! XML as a sequence of nodes.
//!
//! Names come without prefix, since the file chooses which prefix means Word's elements. Only XML's
//! five predefined entities exist: a part that defines any is refused beforehand.

use super::SourceError;
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
};
use std::borrow::Cow;

/// The deepest nesting of elements.
const DEEPEST: usize = 200;

/// A node.
pub(super) enum XmlNode<'a> {
    /// An element begins; its end follows even if it is empty.
    Open(BytesStart<'a>),
    /// An element ends.
    Close,
    Text(Cow<'a, str>),
}

/// The nodes of a part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part,
            depth: 0,
        }
    }

    /// Returns the next node; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<XmlNode<'a>>, SourceError> {
        loop {
            let event = self.reader.read_event().map_err(|e| self.broken(&e))?;
            return Ok(Some(match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.refused("docx.too-deep"));
                    }
                    XmlNode::Open(tag)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    XmlNode::Close
                }
                Event::Text(text) => XmlNode::Text(text.xml10_content()),
                Event::CData(text) => XmlNode::Text(text.xml10_content()),
                Event::GeneralRef(name) => {
                    let character = name.resolve_char_ref().map_err(|e| self.broken(&e))?;
                    let text = match character {
                        Some(c) => Cow::Owned(c.to_string()),
                        None => resolve_xml_entity(&name)
                            .ok_or_else(|| self.refused("docx.entities"))?
                            .into(),
                    };
                    XmlNode::Text(text)
                }
                Event::DocType(_) => return Err(self.refused("docx.entities")),
                Event::Eof if self.depth > 0 => {
                    return Err(self.broken(&"unexpected end of the part"));
                }
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }

    /// Passes every node within the element that has just begun to `each`, which says how to go on
    /// after the start of an element.
    fn each(
        &mut self,
        mut each: impl FnMut(&mut Self, &XmlNode<'a>) -> Result<XmlStep, SourceError>,
    ) -> Result<(), SourceError> {
        let mut depth = 1usize;
        while depth > 0
            && let Some(node) = self.next()?
        {
            match (each(self, &node)?, node) {
                (XmlStep::Into, XmlNode::Open(_)) => depth += 1,
                (XmlStep::Over, XmlNode::Open(_)) => self.skip()?,
                (_, XmlNode::Close) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// Skips the contents of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), SourceError> {
        self.each(|_, _| Ok(XmlStep::Into))
    }

    /// Calls `each` for every element within the one that has just begun, or of a whole part.
    pub(super) fn within(
        &mut self,
        mut each: impl FnMut(&mut Self, &BytesStart<'a>) -> Result<XmlStep, SourceError>,
    ) -> Result<(), SourceError> {
        self.each(|xml, node| match node {
            XmlNode::Open(tag) => each(xml, tag),
            _ => Ok(XmlStep::Into),
        })
    }

    /// Returns the text of the element that has just begun.
    pub(super) fn text(&mut self) -> Result<String, SourceError> {
        let mut out = String::new();
        self.each(|_, node| {
            if let XmlNode::Text(text) = node {
                out.push_str(text);
            }
            Ok(XmlStep::Into)
        })?;
        Ok(out)
    }

    fn refused(&self, key: &'static str) -> SourceError {
        SourceError::new(key).with("part", self.part)
    }

    fn broken(&self, why: &dyn std::fmt::Display) -> SourceError {
        self.refused("docx.broken").with("why", why)
    }
}

/// What to do with an element.
pub(super) enum XmlStep {
    /// Look inside it.
    Into,
    /// Skip it.
    Over,
    /// It has been read to its end.
    Done,
}

/// Returns the name of an element without its prefix.
pub(super) fn name<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    tag.local_name().into_inner()
}

/// Returns an attribute by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    // Checking for duplicate attributes would take quadratic time.
    let mut all = tag.attributes();
    let mut named = all.with_checks(false).filter_map(Result::ok);
    let found = named.find(|a| a.key.local_name().into_inner() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok();
    value.map(Cow::into_owned)
}

/// Returns `w:val`.
pub(super) fn value(tag: &BytesStart<'_>) -> Option<String> {
    attribute(tag, "val")
}

/// Returns `w:val` as a number.
pub(super) fn number(tag: &BytesStart<'_>) -> Option<i64> {
    value(tag)?.trim().parse().ok()
}

/// Returns whether an on/off element is not set to `false`.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !value(tag).is_some_and(|v| matches!(v.as_str(), "0" | "false" | "off"))
}
