//! Reads the inside of a 责任单位 bracket: labels, units, verbs, deadlines, rules for the document.
use super::due::{self, ReadDue};
use crate::{
    document::{unit::Units, vocabulary::UnitRole},
    text::simplified::simplify,
};

mod reading;
mod words;

pub(super) use reading::{Reading, of_row};

use words::{ColonLabel, Verb};

/// What surrounds a bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation"
)]
pub(super) struct ReadingPlace {
    /// Whether it is a bracket, not a line that begins with a label.
    pub bracketed: bool,
    /// Whether a sentence ends before it, or right after it.
    pub after_sentence: bool,
    /// Whether a sentence ends right before it.
    pub after_stop: bool,
    /// Whether nothing, not even punctuation, is between it and the end of its paragraph.
    pub is_last: bool,
}

/// Why a bracket with the words of an assignment is not one.
pub(super) const NOT_UNITS: &str = "import.doubt.not-units";
pub(super) const IN_SENTENCE: &str = "import.doubt.in-sentence";

/// The longest bracket that is read, in bytes: some 150 units.
pub(super) const LONGEST: usize = 6000;

/// Returns whether it is worth reading: it begins with a label or ends like an assignment.
pub(super) fn is_candidate(content: &str) -> bool {
    content.len() <= LONGEST && (words::label(content).is_some() || words::hints(content))
}

/// Returns whether a text begins with a label such as 责任单位：.
pub(super) fn has_label(text: &str) -> bool {
    words::label(text).is_some()
}

/// Returns whether a line consists only of unit names.
pub(super) fn is_names(line: &str, units: &Units) -> bool {
    let marks = ['（', '(', '）', ')', '：', ':', '。', '，', '；'];
    line.len() <= 240
        && !line.contains(marks)
        && !line.starts_with('、')
        && words::names(&simplify(line)).all(|name| words::is_like_unit(words::tidy(name).0, units))
}

/// Reads the inside of a bracket. `Err` says why something that looks like an assignment is not
/// one; `Ok(None)` that it does not look like one.
pub(super) fn read(
    content: &str,
    place: ReadingPlace,
    year: Option<i16>,
    units: &Units,
) -> Option<Result<Reading, &'static str>> {
    let plain = simplify(content);
    let mut reader = Reader::new(year, units);
    for (start, segment) in segments(&plain) {
        if !reader.is_later(segment) {
            reader.segment(segment);
            continue;
        }
        // A rule for what follows continues to the end.
        let rule = plain.get(start..).unwrap_or_default();
        reader.reading.later = Some(rule.trim().to_owned());
        break;
    }
    let mut read = reader.finish(place);
    if let (Some(Ok(reading)), std::borrow::Cow::Owned(plain)) = (&mut read, &plain) {
        reading.as_printed(plain, content);
    }
    read
}

/// Splits at ；，。 outside nested brackets and before labels; each part with its position.
fn segments(content: &str) -> Vec<(usize, &str)> {
    let (mut depth, mut start) = (0usize, 0);
    let mut bounds = Vec::new();
    for (i, c) in content.char_indices() {
        match c {
            '）' | ')' | '〕' | '】' | '］' | ']' | '》' | '”' => {
                depth = depth.saturating_sub(1);
            }
            '【' | '〔' if depth == 0 && i > start && is_label_at(content, i) => {
                depth += 1;
                bounds.push((start, i));
                start = i;
            }
            '（' | '(' | '〔' | '【' | '［' | '[' | '《' | '“' => depth += 1,
            '；' | ';' | '，' | ',' | '。' | '\n' if depth == 0 => {
                bounds.push((start, i));
                start = i + c.len_utf8();
            }
            // 牵头单位：甲 责任单位：乙
            ' ' | '\u{3000}'
                if depth == 0 && i > start && is_label_at(content, i + c.len_utf8()) =>
            {
                bounds.push((start, i));
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    bounds.push((start, content.len()));
    let parts = bounds.into_iter();
    let parts = parts.map(|(from, to)| (from, content.get(from..to).unwrap_or_default()));
    parts.filter(|(_, s)| !s.trim().is_empty()).collect()
}

fn is_label_at(content: &str, at: usize) -> bool {
    content.get(at..).is_some_and(has_label)
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation; together they are the verdict"
)]
struct Reader<'a> {
    units: &'a Units,
    year: Option<i16>,
    reading: Reading,
    /// Role of the current label.
    role: UnitRole,
    labelled: bool,
    /// Whether there was a label of a deadline or scope.
    other: bool,
    /// Whether that label is still current.
    in_other: bool,
    /// Whether a label of persons is current.
    in_persons: bool,
    /// The persons named.
    persons: Vec<&'a str>,
    /// Whether a verb says who does it.
    verbs: bool,
    /// Whether all so far only guide.
    guides: bool,
    /// Whether every name is like a unit's.
    all_units: bool,
    /// Whether some name is like a unit's.
    some_unit: bool,
    /// Whether some name is a sentence.
    sentence: bool,
}

impl<'a> Reader<'a> {
    fn new(year: Option<i16>, units: &'a Units) -> Self {
        Self {
            units,
            year,
            reading: Reading::default(),
            role: UnitRole::Plain,
            labelled: false,
            other: false,
            in_other: false,
            in_persons: false,
            persons: Vec::new(),
            verbs: false,
            guides: true,
            all_units: true,
            some_unit: false,
            sentence: false,
        }
    }

    fn segment(&mut self, segment: &'a str) {
        let mut text = segment.trim();
        let mut own_label = false;
        // Doubled labels count once: 责任单位：责任单位：…
        while let Some((label, rest)) = words::label(text) {
            self.reading.english |= text.starts_with(|c: char| c.is_ascii_alphabetic());
            text = rest.trim();
            own_label = true;
            (self.in_other, self.in_persons) = (false, label == ColonLabel::Person);
            match label {
                ColonLabel::Role(role) => {
                    self.role = role;
                    self.labelled = true;
                }
                ColonLabel::Person => self.labelled = true,
                ColonLabel::Time | ColonLabel::Other => {
                    self.other = true;
                    self.in_other = true;
                    let read = self.due(text, label == ColonLabel::Time);
                    if !read && label == ColonLabel::Time && !words::is_nobody(text) {
                        self.reading.due.get_or_insert(ReadDue::Unread);
                    }
                    return;
                }
            }
        }
        if text.is_empty() || self.rule(text) || self.due(text, false) {
            return;
        }
        if self.in_persons {
            let names = words::names(text).map(str::trim);
            self.persons.extend(names.filter(|n| !words::is_nobody(n)));
            return;
        }
        // 联系电话：12345 is other information.
        if text.contains(['：', ':']) && !text.contains(['（', '(']) {
            return;
        }
        let verb = words::strip_verbs(text);
        // 完成时限：6月底印发方案，取得实效: the rest still belongs to the label.
        if self.in_other && verb.role.is_none() && !self.are_units(verb.rest) {
            return;
        }
        let deed = |name: &str| words::cannot_be(words::tidy(name).0);
        if !own_label && words::names(verb.rest).all(deed) {
            self.verbs |= verb.role.is_some();
            return self.unread(text);
        }
        self.reading.by_duties |= verb.by_duties;
        self.names(&verb);
    }

    fn unread(&mut self, text: &str) {
        self.reading.unread.push(text.trim().to_owned());
    }

    fn is_later(&self, segment: &str) -> bool {
        !self.in_persons && words::is_later_rule(segment.trim())
    }

    fn are_units(&self, list: &str) -> bool {
        words::names(list).all(|name| words::is_like_unit(words::tidy(name).0, self.units))
    }

    /// Reads a rule for the document: 列第一位者为牵头单位, 下同.
    fn rule(&mut self, text: &str) -> bool {
        // In brackets after a name, it is split off the name.
        if words::is_first_leads(text) && !text.contains(['（', '(', '〔', '［', '【']) {
            self.reading.first_leads = true;
            return true;
        }
        matches!(text, "下同" | "以下同" | "以下简称")
    }

    /// Reads a deadline; after a label of its own, the rest is ignored.
    fn due(&mut self, text: &str, labelled: bool) -> bool {
        let due = due::read(text, self.year, labelled);
        let found = due.is_some();
        // Of several, the first day counts: 9月底前完成，年内持续推进.
        let long = |due: &Option<ReadDue>| *due == Some(ReadDue::Known("long".to_owned()));
        if found && (self.reading.due.is_none() || long(&self.reading.due) && !long(&due)) {
            self.reading.due = due;
        }
        found
    }

    fn names(&mut self, verb: &Verb<'_>) {
        let role = verb.role.unwrap_or(self.role);
        for (i, name) in words::names(verb.rest).enumerate() {
            let (name, leads) = words::tidy(name);
            let name = self.without_rule(name);
            if name.is_empty() || words::is_nobody(name) {
                continue;
            }
            let like_unit = words::is_like_unit(name, self.units);
            if !like_unit && self.labelled && words::cannot_be(name) {
                self.unread(name);
                continue;
            }
            self.all_units &= like_unit;
            self.some_unit |= like_unit;
            self.sentence |= !like_unit && words::is_sentence(name);
            // 甲会同乙: the first one leads.
            let first_of_joint = i == 0 && verb.rest.contains("会同");
            self.add(name, leads || first_of_joint || role == UnitRole::Lead);
            self.guides &= role == UnitRole::Guide;
        }
        self.verbs |= verb.role.is_some();
    }

    /// Splits a rule for the document off a name: 乙局（第一责任单位为牵头单位，下同）.
    fn without_rule<'n>(&mut self, name: &'n str) -> &'n str {
        let inner = name.strip_suffix(['）', ')', '〕', '］', '】']);
        match inner.and_then(|n| n.rsplit_once(['（', '(', '〔', '［', '【'])) {
            Some((name, rule)) if words::is_first_leads(rule) => {
                self.reading.first_leads = true;
                name.trim_end()
            }
            _ => name,
        }
    }

    fn add(&mut self, name: &str, leads: bool) {
        let canonical = self.units.canonical(name).to_owned();
        let reading = &mut self.reading;
        if canonical != name {
            reading.aliases.push((name.to_owned(), canonical.clone()));
        }
        if leads && !reading.lead.contains(&canonical) {
            reading.lead.push(canonical.clone());
        }
        if !reading.units.contains(&canonical) {
            reading.units.push(canonical);
        }
    }

    /// Returns whether the names are certainly units: several, or one that ends like an office.
    fn is_surely_units(&self) -> bool {
        match self.reading.units.as_slice() {
            [only] => self.units.find(only).is_some() || words::is_office(only),
            units => units.iter().any(|u| words::is_office(u)),
        }
    }

    fn finish(mut self, place: ReadingPlace) -> Option<Result<Reading, &'static str>> {
        let persons = std::mem::take(&mut self.persons);
        if self.reading.units.is_empty() && !self.reading.english {
            for person in persons {
                self.add(person, false);
                self.guides = false;
            }
        } else if !persons.is_empty() {
            self.reading.owner = Some(persons.join("、"));
        }
        let reading = &mut self.reading;
        let more = reading.due.is_some() && self.other || reading.owner.is_some();
        if reading.units.is_empty() && more {
            reading.supplement = true;
            return Some(Ok(self.reading));
        }
        if reading.units.is_empty() {
            return (self.labelled || self.verbs).then_some(Err(NOT_UNITS));
        }
        if reading.first_leads
            && reading.lead.is_empty()
            && let Some(first) = reading.units.first()
        {
            reading.lead.push(first.clone());
        }
        reading.guidance = self.guides;
        let named = (self.some_unit && !self.sentence) || reading.english;
        if self.labelled {
            return Some(if place.bracketed || named {
                Ok(self.reading)
            } else {
                Err(NOT_UNITS)
            });
        }
        if !self.verbs && !reading.by_duties {
            // A bare list must look like one throughout, and be where assignments are.
            let stands = place.after_stop || place.is_last && self.is_surely_units();
            if !(place.bracketed && stands && !self.sentence) {
                return None;
            }
            return match (
                self.all_units,
                self.some_unit && self.reading.units.len() > 1,
            ) {
                (true, _) => Some(Ok(self.reading)),
                (_, true) => Some(Err(NOT_UNITS)),
                _ => None,
            };
        }
        if !named {
            return Some(Err(NOT_UNITS));
        }
        if !place.after_sentence {
            return Some(Err(IN_SENTENCE));
        }
        Some(Ok(self.reading))
    }
}

#[cfg(test)]
mod tests;
