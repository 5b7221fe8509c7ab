//! Styles of a Word file, as far as they number paragraphs and hide text.

use super::{
    SourceError,
    xml::{Xml, XmlStep, attribute, is_on, name, number, value},
};
use crate::document::mark::Mark;
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// The numbering that a paragraph or a style asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct NumberRef {
    /// The numbering; 0 for none.
    pub id: Option<i64>,
    /// The level, from 0.
    pub level: Option<i64>,
}

#[derive(Debug, Default)]
struct DocxStyle {
    /// Its English name, which is the same in every Word.
    name: String,
    /// The outline level of its paragraphs, from 0.
    outline: Option<i64>,
    based_on: Option<String>,
    number: NumberRef,
    hidden: Option<bool>,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, DocxStyle>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

/// The longest chain of styles based on each other.
const LONGEST: usize = 30;

impl Styles {
    /// Returns the numbering of a style, its own or an inherited one.
    pub(super) fn number(&self, style: &str) -> NumberRef {
        let mut out = NumberRef::default();
        for style in self.chain(style) {
            out.id = out.id.or(style.number.id);
            out.level = out.level.or(style.number.level);
        }
        out
    }

    /// Returns whether a style hides text.
    pub(super) fn hides(&self, style: &str) -> bool {
        self.chain(style).find_map(|s| s.hidden).unwrap_or(false)
    }

    /// Returns whether its paragraphs are the title or headings.
    pub(super) fn mark(&self, style: &str) -> Option<Mark> {
        self.chain(style).find_map(|s| {
            let name = s.name.to_lowercase();
            if name == "title" {
                return Some(Mark::Title);
            }
            let named = name.strip_prefix("heading ").and_then(|n| n.parse().ok());
            let level = named.or_else(|| u8::try_from(s.outline? + 1).ok());
            level.filter(|l| (1..=9).contains(l)).map(Mark::Heading)
        })
    }

    pub(super) fn usual(&self) -> Option<&str> {
        self.usual.as_deref()
    }

    fn chain<'a>(&'a self, style: &str) -> impl Iterator<Item = &'a DocxStyle> {
        let first = self.all.get(style);
        std::iter::successors(first, |s| self.all.get(s.based_on.as_deref()?)).take(LONGEST)
    }
}

pub(super) fn read(text: &str, part: &str) -> Result<Styles, SourceError> {
    let mut styles = Styles::default();
    Xml::new(text, part).within(|xml, tag| {
        if name(tag) != "style" {
            return Ok(XmlStep::Into);
        }
        let id = attribute(tag, "styleId").unwrap_or_default();
        let usual = attribute(tag, "default").is_some_and(|d| d == "1" || d == "true");
        if usual && attribute(tag, "type").is_some_and(|t| t == "paragraph") {
            styles.usual = Some(id.clone());
        }
        let mut style = DocxStyle::default();
        xml.within(|xml, tag| style_part(&mut style, xml, tag))?;
        styles.all.insert(id, style);
        Ok(XmlStep::Done)
    })?;
    Ok(styles)
}

fn style_part(
    style: &mut DocxStyle,
    xml: &mut Xml<'_>,
    tag: &BytesStart<'_>,
) -> Result<XmlStep, SourceError> {
    match name(tag) {
        "name" => style.name = value(tag).unwrap_or_default(),
        "outlineLvl" => style.outline = number(tag),
        "basedOn" => style.based_on = value(tag),
        "numPr" => {
            style.number = number_ref(xml)?;
            return Ok(XmlStep::Done);
        }
        "vanish" => style.hidden = Some(is_on(tag)),
        // Properties of parts of a table, and those before a change.
        "tblStylePr" | "pPrChange" | "rPrChange" => return Ok(XmlStep::Over),
        _ => {}
    }
    Ok(XmlStep::Into)
}

/// Reads `w:numPr`, which has just begun.
pub(super) fn number_ref(xml: &mut Xml<'_>) -> Result<NumberRef, SourceError> {
    let mut out = NumberRef::default();
    xml.within(|_, tag| {
        match name(tag) {
            "numId" => out.id = number(tag),
            "ilvl" => out.level = number(tag),
            _ => return Ok(XmlStep::Over),
        }
        Ok(XmlStep::Into)
    })?;
    Ok(out)
}
