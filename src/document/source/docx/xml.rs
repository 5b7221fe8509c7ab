//! XML as a sequence of nodes.
//!
//! Names come without prefix, since the file chooses which prefix means Word's elements. Only XML's
//! five predefined entities exist: a part that defines any is refused beforehand.

use super::DocxError;
use quick_xml::{
    Reader, XmlVersion,
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
    pub(super) fn next(&mut self) -> Result<Option<XmlNode<'a>>, DocxError> {
        loop {
            let event = self.reader.read_event().map_err(|e| self.broken(&e))?;
            return Ok(Some(match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(DocxError::TooDeep {
                            part: self.part.to_owned(),
                        });
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
                    let character = match name.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        Ok(None) => predefined(&name),
                        Err(error) => return Err(self.broken(&error)),
                    };
                    let Some(c) = character else {
                        return Err(self.entities());
                    };
                    XmlNode::Text(Cow::Owned(c.to_string()))
                }
                Event::DocType(_) => return Err(self.entities()),
                Event::Eof if self.depth > 0 => {
                    return Err(self.broken(&"unexpected end of the part"));
                }
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }

    /// Skips the contents of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), DocxError> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()? {
                Some(XmlNode::Open(_)) => depth += 1,
                Some(XmlNode::Close) => depth -= 1,
                Some(XmlNode::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Calls `each` for every element within the one that has just begun.
    pub(super) fn within(
        &mut self,
        mut each: impl FnMut(&mut Self, &BytesStart<'a>) -> Result<XmlStep, DocxError>,
    ) -> Result<(), DocxError> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()? {
                Some(XmlNode::Open(tag)) => match each(self, &tag)? {
                    XmlStep::Into => depth += 1,
                    XmlStep::Over => self.skip()?,
                    XmlStep::Done => {}
                },
                Some(XmlNode::Close) => depth -= 1,
                Some(XmlNode::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Returns the text of the element that has just begun.
    pub(super) fn text(&mut self) -> Result<String, DocxError> {
        let mut out = String::new();
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()? {
                Some(XmlNode::Open(_)) => depth += 1,
                Some(XmlNode::Close) => depth -= 1,
                Some(XmlNode::Text(text)) => out.push_str(&text),
                None => break,
            }
        }
        Ok(out)
    }

    fn broken(&self, why: &dyn std::fmt::Display) -> DocxError {
        DocxError::Broken {
            part: self.part.to_owned(),
            why: why.to_string(),
        }
    }

    fn entities(&self) -> DocxError {
        DocxError::Entities {
            part: self.part.to_owned(),
        }
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

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// Returns the name of an element without its prefix.
pub(super) fn name<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    tag.local_name().into_inner()
}

/// Returns an attribute by its name without prefix.
pub(super) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    // Checking for duplicate attributes would take quadratic time.
    let mut all = tag.attributes();
    let mut named = all.with_checks(false).filter_map(Result::ok);
    let found = named.find(|a| a.key.local_name().into_inner() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// Returns `w:val`.
pub(super) fn value<'a>(tag: &'a BytesStart<'_>) -> Option<Cow<'a, str>> {
    attribute(tag, "val")
}

/// Returns `w:val` as a number.
pub(super) fn number(tag: &BytesStart<'_>) -> Option<i64> {
    value(tag)?.trim().parse().ok()
}

/// Returns whether an on/off element is not set to `false`.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !value(tag).is_some_and(|v| matches!(v.as_ref(), "0" | "false" | "off"))
}
