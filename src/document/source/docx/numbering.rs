//! Automatic numbering: the numbers that Word shows before paragraphs.
//!
//! Counters belong to abstract definitions, which several numberings may share: those continue one
//! after the other unless one says where it starts. A number restarts the levels below it.

use super::{
    SourceError,
    left::{Left, Thing},
    numeral,
    style::{NumberRef, Styles},
    xml::{Xml, XmlStep, attribute, is_on, name, number, value},
};
use quick_xml::events::BytesStart;
use std::collections::{HashMap, HashSet};

/// Word has nine levels.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// `第%1条`: the text, with placeholders for levels.
    text: String,
    /// The level that restarts it; 0 for none.
    restart: Option<i64>,
    /// Whether all levels are printed as 1, 2, 3.
    legal: bool,
    /// The style whose paragraphs use this level.
    style: Option<String>,
}

type NumberingLevels = [Level; LEVELS];

#[derive(Debug, Default)]
struct Abstract {
    levels: NumberingLevels,
    /// The style whose numbering it stands for.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct Instance {
    definition: i64,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Box<Level>>; LEVELS],
}

/// The numberings of a file and their counters.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<i64, Abstract>,
    instances: HashMap<i64, Instance>,
    counts: HashMap<i64, [Option<u32>; LEVELS]>,
    /// Numberings already used.
    begun: HashSet<i64>,
}

impl Numbering {
    /// Returns what Word shows before the next paragraph of a numbering.
    pub(super) fn next(
        &mut self,
        asked: NumberRef,
        style: Option<&str>,
        left: &mut Left,
    ) -> Option<String> {
        let id = asked.id.filter(|id| *id != 0)?;
        let instance = self.instances.get(&id)?;
        let definition = self.definitions.get(&instance.definition)?;
        let by_style = || {
            let mut levels = definition.levels.iter();
            levels.position(|l| style.is_some() && l.style.as_deref() == style)
        };
        let level = match asked.level {
            Some(level) => usize::try_from(level).ok(),
            None => by_style(),
        };
        let level = level.unwrap_or(0).min(LEVELS - 1);
        let at = |n: usize| {
            let own = instance.levels.get(n).and_then(Option::as_deref);
            own.or_else(|| definition.levels.get(n))
        };
        let start = |n: usize| {
            let own = instance.starts.get(n).copied().flatten();
            own.or_else(|| at(n)?.start).unwrap_or(1)
        };
        let counts = self.counts.entry(instance.definition).or_default();
        if self.begun.insert(id) {
            // It starts where it says, whatever others of its kind have counted.
            for (count, own) in counts.iter_mut().zip(instance.starts) {
                if own.is_some() {
                    *count = None;
                }
            }
        }
        let count = counts.get_mut(level)?;
        *count = Some(count.map_or_else(|| start(level), |n| n.saturating_add(1)));
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let after = at(below).and_then(|l| l.restart);
            let again = match after {
                None => true,
                Some(after) => usize::try_from(after).is_ok_and(|a| level < a),
            };
            if again {
                *count = None;
            }
        }
        let own = at(level)?;
        let numbers = |n: usize| counts.get(n).copied().flatten().unwrap_or_else(|| start(n));
        let shown = |n: usize| (at(n).map_or("decimal", |l| l.format.as_str()), numbers(n));
        let text = printed(own, shown, left);
        if !text.is_empty() {
            left.count(Thing::Numbers);
            left.say(Thing::Numbers, &format!("{text} "));
        }
        Some(text).filter(|t| !t.trim().is_empty())
    }
}

/// Formats the text of a level with its numbers.
fn printed<'a>(own: &Level, shown: impl Fn(usize) -> (&'a str, u32), left: &mut Left) -> String {
    if own.format == "bullet" {
        return bullet(&own.text).to_owned();
    }
    let mut out = String::new();
    let mut rest = own.text.chars().take(200).peekable();
    while let Some(c) = rest.next() {
        let level = match rest.peek().and_then(|c| c.to_digit(10)) {
            Some(level @ 1..=9) if c == '%' => level as usize - 1,
            _ => {
                out.push(c);
                continue;
            }
        };
        rest.next();
        let (format, number) = shown(level);
        let format = if own.legal { "decimal" } else { format };
        let number = numeral::print(format, number).unwrap_or_else(|| {
            left.add(Thing::OtherNumbers, format);
            number.to_string()
        });
        out.push_str(&number);
    }
    out
}

/// Returns a bullet that any font has; Word's own are in symbol fonts.
fn bullet(text: &str) -> &str {
    match text.chars().next() {
        Some('\u{f06f}' | '\u{f0a8}' | '\u{f071}' | '\u{f0a3}' | '□') => "□",
        Some('\u{f0fe}' | '\u{f052}') => "☑",
        Some('☐' | '☑' | '☒' | '-' | '–' | '—' | '*' | '·') => text,
        _ => "•",
    }
}

pub(super) fn read(text: &str, part: &str, styles: &Styles) -> Result<Numbering, SourceError> {
    let mut out = Numbering::default();
    Xml::new(text, part).within(|xml, tag| {
        let id = |name| {
            let id = attribute(tag, name).and_then(|v| v.trim().parse::<i64>().ok());
            id.unwrap_or_default()
        };
        match name(tag) {
            "abstractNum" => drop(
                out.definitions
                    .insert(id("abstractNumId"), definition(xml)?),
            ),
            "num" => drop(out.instances.insert(id("numId"), instance(xml)?)),
            _ => return Ok(XmlStep::Into),
        }
        Ok(XmlStep::Done)
    })?;
    follow_links(&mut out, styles);
    Ok(out)
}

/// Resolves definitions that only stand for a style's numbering.
fn follow_links(numbers: &mut Numbering, styles: &Styles) {
    let known = &numbers.definitions;
    let target = |instance: &Instance| {
        let link = known.get(&instance.definition)?.link.as_deref()?;
        let other = numbers.instances.get(&styles.number(link).id?)?;
        Some(other.definition)
    };
    let targets: Vec<(i64, i64)> = numbers
        .instances
        .iter()
        .filter_map(|(id, instance)| Some((*id, target(instance)?)))
        .collect();
    for (id, definition) in targets {
        if let Some(instance) = numbers.instances.get_mut(&id) {
            instance.definition = definition;
        }
    }
}

fn definition(xml: &mut Xml<'_>) -> Result<Abstract, SourceError> {
    let mut out = Abstract::default();
    xml.within(|xml, tag| {
        match name(tag) {
            "lvl" => {
                let place = level_of(tag);
                let level = level(xml)?;
                if let Some(known) = out.levels.get_mut(place) {
                    *known = level;
                }
                return Ok(XmlStep::Done);
            }
            "numStyleLink" => out.link = value(tag),
            _ => {}
        }
        Ok(XmlStep::Into)
    })?;
    Ok(out)
}

fn level_of(tag: &BytesStart<'_>) -> usize {
    let level = attribute(tag, "ilvl").and_then(|v| v.trim().parse().ok());
    level.unwrap_or(0)
}

fn instance(xml: &mut Xml<'_>) -> Result<Instance, SourceError> {
    let mut out = Instance::default();
    let mut place = 0;
    xml.within(|xml, tag| {
        match name(tag) {
            "abstractNumId" => out.definition = number(tag).unwrap_or_default(),
            "lvlOverride" => place = level_of(tag),
            "startOverride" => {
                if let Some(start) = out.starts.get_mut(place) {
                    *start = count(tag);
                }
            }
            "lvl" => {
                let level = level(xml)?;
                if let Some(own) = out.levels.get_mut(place) {
                    *own = Some(Box::new(level));
                }
                return Ok(XmlStep::Done);
            }
            _ => {}
        }
        Ok(XmlStep::Into)
    })?;
    Ok(out)
}

fn count(tag: &BytesStart<'_>) -> Option<u32> {
    u32::try_from(number(tag)?).ok()
}

fn level(xml: &mut Xml<'_>) -> Result<Level, SourceError> {
    let mut out = Level {
        format: "decimal".to_owned(),
        ..Level::default()
    };
    xml.within(|_, tag| {
        match name(tag) {
            "start" => out.start = count(tag),
            "numFmt" => out.format = value(tag).unwrap_or_default(),
            "lvlText" => out.text = value(tag).unwrap_or_default(),
            "lvlRestart" => out.restart = number(tag),
            "isLgl" => out.legal = is_on(tag),
            "pStyle" => out.style = value(tag),
            "rPr" | "pPr" => return Ok(XmlStep::Over),
            _ => {}
        }
        Ok(XmlStep::Into)
    })?;
    Ok(out)
}
