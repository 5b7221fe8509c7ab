//! Runs: text, breaks, symbols, fields, and non-text in runs.

use super::{
    super::{
        left::Thing,
        xml::{Xml, XmlStep, attribute, is_on, name, value},
    },
    BodyWalk, ComplexField, OpenElement, SourceError,
};
use quick_xml::events::BytesStart;

impl BodyWalk<'_> {
    /// Handles an element of a run; returns whether it was one.
    pub(super) fn run_part(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &BytesStart<'_>,
    ) -> Result<bool, SourceError> {
        match name(tag) {
            "r" => {
                let style = self.paragraph.style.as_deref();
                self.run_hidden = style.is_some_and(|s| self.styles.hides(s));
                self.open.push(OpenElement::Other);
            }
            "rPr" => self.run_properties(xml)?,
            "t" | "delText" => {
                let text = xml.text()?;
                if self.fields.iter().all(|f| f.shows) {
                    self.add(&text.replace(['\n', '\r'], " "));
                }
            }
            "instrText" | "delInstrText" => {
                let text = xml.text()?;
                if let Some(field) = self.fields.last_mut()
                    && field.instruction.len() < 200
                {
                    field.instruction.push_str(&text);
                }
            }
            "tab" | "ptab" => self.sign(xml, "\t")?,
            "br" | "cr" => self.sign(xml, "\n")?,
            "noBreakHyphen" => self.sign(xml, "-")?,
            "softHyphen" => xml.skip()?,
            "sym" => {
                let code = attribute(tag, "char").unwrap_or_default();
                xml.skip()?;
                self.symbol(&code);
            }
            "fldChar" => {
                let kind = attribute(tag, "fldCharType").unwrap_or_default();
                match kind.as_str() {
                    "begin" => self.begin_field(String::new()),
                    "separate" => self.field_shows(),
                    _ => self.end_field(),
                }
                xml.skip()?;
            }
            "footnoteReference" | "endnoteReference" => {
                self.left.count(Thing::Notes);
                xml.skip()?;
            }
            "commentReference" => {
                self.left.count(Thing::Comments);
                xml.skip()?;
            }
            "drawing" | "pict" | "object" => self.graphic(xml)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn sign(&mut self, xml: &mut Xml<'_>, sign: &str) -> Result<(), SourceError> {
        xml.skip()?;
        let shown = self.deleted == 0 && !self.run_hidden;
        if shown && self.fields.iter().all(|f| f.shows) {
            self.add(sign);
        }
        Ok(())
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), SourceError> {
        let mut hidden = None;
        let mut style = None;
        xml.within(|_, tag| {
            match name(tag) {
                "vanish" => hidden = Some(is_on(tag)),
                "rStyle" => style = value(tag),
                _ => return Ok(XmlStep::Over),
            }
            Ok(XmlStep::Into)
        })?;
        let by_style = style.is_some_and(|s| self.styles.hides(&s));
        self.run_hidden = hidden.unwrap_or(self.run_hidden || by_style);
        Ok(())
    }

    /// Adds a character of a symbol font if it is a box, as documents have them; notes any other.
    fn symbol(&mut self, code: &str) {
        let text = match u32::from_str_radix(code, 16).unwrap_or(0) & 0xff {
            0x6f | 0x71 | 0xa8 | 0xa3 => "□",
            0xfe | 0x52 => "☑",
            0xb7 | 0x6c => "·",
            _ => {
                self.left.add(Thing::Symbols, code);
                "〓"
            }
        };
        self.add(text);
    }

    pub(super) fn begin_field(&mut self, instruction: String) {
        self.fields.push(ComplexField {
            instruction,
            ..ComplexField::default()
        });
    }

    pub(super) fn field_shows(&mut self) {
        let Some(field) = self.fields.last_mut() else {
            return;
        };
        field.shows = true;
        let word = field.instruction.split_whitespace().next();
        if word.is_some_and(|w| w.eq_ignore_ascii_case("TOC")) && !field.contents {
            field.contents = true;
            if self.contents == 0 {
                self.left.count(Thing::Contents);
            }
        }
    }

    pub(super) fn end_field(&mut self) {
        self.fields.pop();
    }

    /// Returns whether the text is inside a table of contents.
    pub(super) fn is_contents(&self) -> bool {
        self.contents > 0 || self.fields.iter().any(|f| f.contents)
    }

    /// Skips a picture or text box, and notes the text in it.
    fn graphic(&mut self, xml: &mut Xml<'_>) -> Result<(), SourceError> {
        let (mut text, mut boxed) = (String::new(), false);
        xml.within(|xml, tag| match name(tag) {
            "txbxContent" => {
                boxed = true;
                Ok(XmlStep::Into)
            }
            // The same content again, for older programs.
            "Fallback" => Ok(XmlStep::Over),
            "t" => {
                let part = xml.text()?;
                if text.len() < 300 {
                    text.push_str(&part);
                }
                Ok(XmlStep::Done)
            }
            _ => Ok(XmlStep::Into),
        })?;
        if boxed || !text.trim().is_empty() {
            self.left.add(Thing::Boxes, text.trim());
        } else {
            self.left.count(Thing::Graphics);
        }
        Ok(())
    }
}
