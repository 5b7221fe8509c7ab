//! What stands inside a 责任单位 bracket: labels, units, verbs, deadlines, rules for the document.
//! May use: `unit`, `due`.

use super::due::{self, Due};
use crate::document::unit::Units;

mod words;

use words::{Role, Verb};

/// A bracket, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation"
)]
pub(super) struct Reading {
    /// Canonical names in printed order.
    pub units: Vec<String>,
    /// Those of them that lead.
    pub lead: Vec<String>,
    pub by_duties: bool,
    pub due: Option<Due>,
    /// It only names who guides (指导), and nobody who does it.
    pub guidance: bool,
    /// It says that the first unit leads, here and from here on.
    pub first_leads: bool,
    /// A rule for later brackets that is not applied, verbatim.
    pub later: Option<String>,
    /// It names no unit, only what else belongs to the bracket before it (完成时限：6月底).
    pub supplement: bool,
    /// Names that were folded: as printed, and as read.
    pub aliases: Vec<(String, String)>,
}

impl Reading {
    /// Tells whether somebody answers for the text before it.
    pub(super) const fn is_task(&self) -> bool {
        !self.guidance && !self.supplement
    }
}

/// How sure the surroundings make a bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation"
)]
pub(super) struct Place {
    /// It is a bracket, not a line that begins with a label.
    pub bracketed: bool,
    /// A sentence ends before it, or right after it.
    pub after_sentence: bool,
    /// A sentence ends right before it.
    pub after_stop: bool,
    /// Nothing stands between it and the end of its paragraph, not even a stop.
    pub is_last: bool,
}

/// Why a bracket that has the words of an assignment is not taken for one.
pub(super) const NOT_UNITS: &str = "import.doubt.not-units";
pub(super) const IN_SENTENCE: &str = "import.doubt.in-sentence";

/// The longest bracket that is read, in bytes: some 150 units.
pub(super) const LONGEST: usize = 6000;

/// Tells whether it is worth reading: it begins with a label or ends as an assignment may.
pub(super) fn is_candidate(content: &str) -> bool {
    content.len() <= LONGEST && (words::label(content).is_some() || words::hints(content))
}

/// Tells whether a text begins with a label such as 责任单位：.
pub(super) fn has_label(text: &str) -> bool {
    words::label(text).is_some()
}

/// Tells whether a line is nothing but names of units.
pub(super) fn is_names(line: &str, units: &Units) -> bool {
    let marks = ['（', '(', '）', ')', '：', ':', '。', '，', '；'];
    line.len() <= 240
        && !line.contains(marks)
        && !line.starts_with('、')
        && words::names(line).all(|name| words::is_like_unit(words::tidy(name).0, units))
}

/// Reads the inside of a bracket. An error says why what looks like an assignment is none; nothing
/// says that it does not look like one.
pub(super) fn read(
    content: &str,
    place: Place,
    year: Option<i16>,
    units: &Units,
) -> Option<Result<Reading, &'static str>> {
    let mut reader = Reader {
        units,
        year,
        reading: Reading::default(),
        role: Role::Plain,
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
    };
    for segment in segments(content) {
        reader.segment(segment);
    }
    reader.finish(place)
}

/// Splits at ；，。 outside of nested brackets, and before a label.
fn segments(content: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (i, c) in content.char_indices() {
        match c {
            '）' | ')' | '〕' | '】' | '》' | '”' => depth = depth.saturating_sub(1),
            '【' | '〔' if depth == 0 && i > start && is_label_at(content, i) => {
                depth += 1;
                out.push(content.get(start..i).unwrap_or_default());
                start = i;
            }
            '（' | '(' | '〔' | '【' | '《' | '“' => depth += 1,
            '；' | ';' | '，' | ',' | '。' | '\n' if depth == 0 => {
                out.push(content.get(start..i).unwrap_or_default());
                start = i + c.len_utf8();
            }
            ' ' | '\u{3000}' if depth == 0 => {
                // 牵头单位：甲 责任单位：乙
                let rest = content.get(i + c.len_utf8()..).unwrap_or_default();
                if words::label(rest).is_some() && i > start {
                    out.push(content.get(start..i).unwrap_or_default());
                    start = i + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    out.push(content.get(start..).unwrap_or_default());
    out.retain(|s| !s.trim().is_empty());
    out
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
    /// The role of the label in force.
    role: Role,
    labelled: bool,
    /// A label of a deadline or a range was there.
    other: bool,
    /// That label is in force.
    in_other: bool,
    /// A label of persons is in force.
    in_persons: bool,
    /// The persons named.
    persons: Vec<&'a str>,
    /// A verb says who does it.
    verbs: bool,
    /// Nobody but guides so far.
    guides: bool,
    /// Every name is like a unit's.
    all_units: bool,
    /// Some name is like a unit's.
    some_unit: bool,
    /// Some name is a sentence.
    sentence: bool,
}

impl<'a> Reader<'a> {
    fn segment(&mut self, segment: &'a str) {
        let mut text = segment.trim();
        // Doubled labels count once: 责任单位：责任单位：…
        while let Some((label, rest)) = words::label(text) {
            text = rest.trim();
            match label {
                words::Label::Role(role) => {
                    self.role = role;
                    self.labelled = true;
                    self.in_other = false;
                    self.in_persons = false;
                }
                words::Label::Person => {
                    self.in_persons = true;
                    self.in_other = false;
                    self.labelled = true;
                }
                words::Label::Other => {
                    self.other = true;
                    self.in_other = true;
                    self.due(text);
                    return;
                }
            }
        }
        if text.is_empty() || self.rule(text) || self.due(text) {
            return;
        }
        if self.in_persons {
            self.persons.extend(words::names(text).map(str::trim));
            return;
        }
        // 联系电话：12345: something else that the bracket tells.
        if text.contains(['：', ':']) && !text.contains(['（', '(']) {
            return;
        }
        let verb = words::strip_verbs(text);
        // 完成时限：6月底印发方案，取得实效: what follows belongs to the label still.
        if self.in_other && verb.role.is_none() && !self.are_units(verb.rest) {
            return;
        }
        self.reading.by_duties |= verb.by_duties;
        self.names(&verb);
    }

    fn are_units(&self, list: &str) -> bool {
        words::names(list).all(|name| words::is_like_unit(words::tidy(name).0, self.units))
    }

    /// Takes a rule for the document: 列第一位者为牵头单位, 下同; 以下均需…，不再列出.
    fn rule(&mut self, text: &str) -> bool {
        // In brackets behind a name it is taken off the name.
        if words::is_first_leads(text) && !text.contains(['（', '(']) {
            self.reading.first_leads = true;
            return true;
        }
        if words::is_later_rule(text) {
            let later = self.reading.later.get_or_insert_default();
            if !later.is_empty() {
                later.push('，');
            }
            later.push_str(text);
            return true;
        }
        matches!(text, "下同" | "以下同" | "以下简称")
    }

    fn due(&mut self, text: &str) -> bool {
        let due = due::read(text, self.year);
        let found = due.is_some();
        // Of several the first day counts: 9月底前完成，年内持续推进.
        let long = |due: &Option<Due>| *due == Some(Due::Known("long".to_owned()));
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
            if name.is_empty() {
                continue;
            }
            let like_unit = words::is_like_unit(name, self.units);
            self.all_units &= like_unit;
            self.some_unit |= like_unit;
            self.sentence |= !like_unit && words::is_sentence(name);
            // 甲会同乙: the first one leads.
            let first_of_joint = i == 0 && verb.rest.contains("会同");
            self.add(name, leads || first_of_joint || role == Role::Lead);
            self.guides &= role == Role::Guide;
        }
        self.verbs |= verb.role.is_some();
    }

    /// Takes a rule for the document off the end of a name: 乙局（第一责任单位为牵头单位，下同）.
    fn without_rule<'n>(&mut self, name: &'n str) -> &'n str {
        let inner = name.strip_suffix(['）', ')']);
        match inner.and_then(|n| n.rsplit_once(['（', '('])) {
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

    /// Tells whether the names are those of units even where nothing else says so: several, or one
    /// that ends as offices do.
    fn is_surely_units(&self) -> bool {
        match self.reading.units.as_slice() {
            [only] => self.units.find(only).is_some() || words::is_office(only),
            units => units.iter().any(|u| words::is_office(u)),
        }
    }

    fn finish(mut self, place: Place) -> Option<Result<Reading, &'static str>> {
        if self.reading.units.is_empty() {
            for person in std::mem::take(&mut self.persons) {
                self.add(person, false);
                self.guides = false;
            }
        }
        let reading = &mut self.reading;
        if reading.units.is_empty() && reading.due.is_some() && self.other {
            reading.supplement = true;
            return Some(Ok(self.reading));
        }
        if reading.units.is_empty() {
            return self.labelled.then_some(Err(NOT_UNITS));
        }
        if reading.first_leads
            && reading.lead.is_empty()
            && let Some(first) = reading.units.first()
        {
            reading.lead.push(first.clone());
        }
        reading.guidance = self.guides;
        let named = self.some_unit && !self.sentence;
        if self.labelled {
            return Some(if place.bracketed || named {
                Ok(self.reading)
            } else {
                Err(NOT_UNITS)
            });
        }
        if !self.verbs && !reading.by_duties {
            // A bare list must look like one all over, and stand where an assignment stands.
            let stands = place.after_stop || place.is_last && self.is_surely_units();
            let sure = self.all_units && !self.sentence && stands;
            return (sure && place.bracketed).then_some(Ok(self.reading));
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
