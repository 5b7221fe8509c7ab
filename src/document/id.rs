//! Numbers of clauses and measures: as ids are written, and as people type them.

use super::{Document, Node, numeral};
use crate::text::half_width;
use std::{fmt, str::FromStr};

/// The characters of an own item's id behind the `+`, and how many fit into a number.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const MOST: usize = 12;

/// A clause's number: `measure.clause`, or `chapter.measure.clause` where measures restart; for an
/// added item `+` and a few letters or digits (`+k7`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClauseId {
    /// The digits of an added item ([`own_code`]); 0 for what the document numbers.
    own: u64,
    /// 0 where measures are numbered through the document.
    chapter: u32,
    measure: u32,
    clause: u32,
}

impl ClauseId {
    /// Returns the id `measure.clause`.
    pub const fn new(measure: u32, clause: u32) -> Self {
        Self::in_chapter(0, measure, clause)
    }

    /// Returns the id `chapter.measure.clause`.
    pub const fn in_chapter(chapter: u32, measure: u32, clause: u32) -> Self {
        Self {
            own: 0,
            chapter,
            measure,
            clause,
        }
    }

    /// Returns whether it is an added item, which the document itself does not have.
    pub const fn is_own(self) -> bool {
        self.own != 0
    }

    /// Returns the number of the chapter if each restarts, otherwise 0.
    pub const fn chapter(self) -> u32 {
        self.chapter
    }

    /// Returns the number of the measure.
    pub const fn measure(self) -> u32 {
        self.measure
    }

    /// Returns the number of the clause within its measure.
    pub const fn clause(self) -> u32 {
        self.clause
    }

    /// Returns how many characters it is written in.
    pub fn width(self) -> usize {
        if self.is_own() {
            return 1 + own_digits(self.own).len();
        }
        let digits = |n: u32| n.checked_ilog10().map_or(1, |log| log as usize + 1);
        let chapter = match self.chapter {
            0 => 0,
            chapter => digits(chapter) + 1,
        };
        chapter + digits(self.measure) + 1 + digits(self.clause)
    }

    /// Returns the measure's number as people type it: `16`, or `2.16` if each chapter restarts; `+` for
    /// the added items.
    pub fn measure_label(self) -> String {
        if self.is_own() {
            "+".to_owned()
        } else if self.chapter == 0 {
            self.measure.to_string()
        } else {
            format!("{}.{}", self.chapter, self.measure)
        }
    }
}

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_own() {
            return write!(f, "+{}", own_digits(self.own));
        }
        if self.chapter != 0 {
            write!(f, "{}.", self.chapter)?;
        }
        write!(f, "{}.{}", self.measure, self.clause)
    }
}

impl FromStr for ClauseId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if let Some(digits) = text.strip_prefix('+') {
            let own = own_code(digits).ok_or(())?;
            return Ok(Self {
                own,
                ..Self::default()
            });
        }
        let mut numbers = [0u32; 3];
        let mut count = 0;
        for part in text.split('.') {
            // Ids have no `+1`, `01` or empty numbers.
            let plain = part == "0" || part.starts_with(|c| matches!(c, '1'..='9'));
            let slot = numbers.get_mut(count).filter(|_| plain).ok_or(())?;
            *slot = part.parse().map_err(drop)?;
            count += 1;
        }
        match (count, numbers) {
            (2, [measure, clause, _]) => Ok(Self::new(measure, clause)),
            (3, [chapter, measure, clause]) if chapter > 0 => {
                Ok(Self::in_chapter(chapter, measure, clause))
            }
            _ => Err(()),
        }
    }
}

/// Returns an own item's digits as a number in base 37 without zeros; `None` if they are not an item's.
fn own_code(digits: &str) -> Option<u64> {
    let fits = (1..=MOST).contains(&digits.len());
    let digit = |byte| DIGITS.iter().position(|digit| *digit == byte);
    let mut bytes = digits.bytes().filter(|_| fits);
    let code = bytes.try_fold(0_u64, |code, byte| {
        let digit = u64::try_from(digit(byte)?).ok()?;
        Some(code * 37 + digit + 1)
    });
    code.filter(|code| *code > 0)
}

/// Returns the digits that [`own_code`] made this number of.
fn own_digits(mut code: u64) -> String {
    let mut digits = Vec::new();
    while code > 0 {
        let nth = usize::try_from(code % 37).unwrap_or(0).saturating_sub(1);
        digits.push(char::from(DIGITS[nth]));
        code /= 37;
    }
    digits.into_iter().rev().collect()
}

/// Returns a typed number as ids are written: `#１６。３` and 第十六条第三款 are `16.3`, `2、16` is
/// `2.16`. Anything after `/` names a step and is kept, and so is 章, which [`Document::node`]
/// reads.
pub fn spelled(typed: &str) -> String {
    let typed = typed.trim().trim_start_matches(['#', '＃', '\'']);
    let typed: String = typed
        .chars()
        .map(|c| match c {
            '。' | '，' | '、' => '.',
            c => half_width(c),
        })
        .collect();
    let (id, step) = match typed.split_once('/') {
        Some((id, step)) => (id, Some(step)),
        None => (&*typed, None),
    };
    let (chapter, id) = match id.split_once('章') {
        Some((chapter, rest)) => (Some(chapter), rest),
        None => (None, id),
    };
    let parts = id.trim_end_matches(['条', '款', '项']);
    let parts: Vec<String> = parts.split(['.', '条', '款']).map(arabic).collect();
    let chapter = chapter.map_or_else(String::new, |chapter| arabic(chapter) + "章");
    let step = step.map_or_else(String::new, |step| format!("/{}", step.trim()));
    chapter + &parts.join(".") + &step
}

/// Returns part of a number in digits: 第十六 is 16.
fn arabic(part: &str) -> String {
    let part = part.trim();
    let Some(number) = part.strip_prefix('第').map(str::trim) else {
        return part.to_owned();
    };
    match numeral::from_han(number) {
        Some((number, "")) => number.to_string(),
        _ => number.to_owned(),
    }
}

impl Document {
    /// Returns the node with a number as people type it: a clause (`16.3`, 第16条第3款), a measure
    /// (`16`, or `2.16` if each chapter restarts), a chapter (第2章).
    pub fn node(&self, typed: &str) -> Option<Node> {
        let typed = spelled(typed);
        let Some((chapter, rest)) = typed.split_once('章') else {
            return self.numbered(&typed);
        };
        let number: u32 = chapter.parse().ok()?;
        let chapter = self.chapters.iter().position(|c| c.number == number)?;
        if rest.is_empty() {
            return Some(Node::Chapter(chapter));
        }
        let in_chapter = |node: &Node| match *node {
            Node::Chapter(i) => i == chapter,
            Node::Measure(i) => self.measures[i].chapter == chapter,
            Node::Clause(i) => self.measure_of(i).chapter == chapter,
        };
        let restarted = self.numbered(&format!("{number}.{rest}"));
        restarted.or_else(|| self.numbered(rest)).filter(in_chapter)
    }

    /// Returns the clause or measure with an id.
    fn numbered(&self, id: &str) -> Option<Node> {
        let clause = id.parse().ok().and_then(|id| self.find(id));
        let measure = || (0..self.measures.len()).find(|m| self.measure_label(*m) == id);
        clause
            .map(Node::Clause)
            .or_else(|| measure().map(Node::Measure))
            .or_else(|| self.item_named(id).map(Node::Clause))
    }

    /// Returns the only added item whose id begins like this.
    fn item_named(&self, id: &str) -> Option<usize> {
        let id = id.to_ascii_lowercase();
        let begins = |item: &usize| self.clauses[*item].id.to_string().starts_with(&id);
        let mut found = self.items().filter(|_| id.starts_with('+')).filter(begins);
        found.next().filter(|_| found.next().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::{ClauseId, spelled};
    use crate::document::{Node, catalogue, yaml};

    #[test]
    fn an_items_id_comes_back_as_it_was() {
        for id in ["+k7", "+0", "+00", "+z", "+zzzzzzzzzzzz", "+k7f3q"] {
            let parsed: ClauseId = id.parse().unwrap();
            assert_eq!(parsed.to_string(), id);
            assert!(
                parsed.is_own() && parsed > ClauseId::in_chapter(u32::MAX, 1, 1),
                "{id}"
            );
        }
        for wrong in [
            "+",
            "+K7",
            "+k 7",
            "+k.7",
            "k7",
            "+zzzzzzzzzzzzz",
            "++k",
            "+一",
        ] {
            assert_eq!(wrong.parse::<ClauseId>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for (typed, id) in [
            ("16.3", "16.3"),
            (" ＃１６。３ ", "16.3"),
            ("'16，3", "16.3"),
            ("第16条第3款", "16.3"),
            ("第１６条 第 ３ 项", "16.3"),
            ("第十六条第三款", "16.3"),
            ("16条", "16"),
            ("第4章第16条", "4章16"),
            ("第四章", "4章"),
            ("１６．３／ｋ２", "16.3/k2"),
            ("16.", "16."),
            ("第甲条", "甲"),
            ("", ""),
        ] {
            assert_eq!(spelled(typed), id, "{typed}");
        }
    }

    #[test]
    fn a_number_names_a_node() {
        let document = catalogue::embedded().unwrap();
        let clause = document.find("16.3".parse().unwrap()).map(Node::Clause);
        for (typed, node) in [
            ("16.3", clause),
            ("第十六条第3款", clause),
            ("第4章第16条第3款", clause),
            ("第3章第16条第3款", None),
            ("第16条", Some(Node::Measure(15))),
            ("第二章", Some(Node::Chapter(1))),
            ("第9章", None),
            ("16.", None),
            ("", None),
        ] {
            assert_eq!(document.node(typed), node, "{typed}");
        }
        let restarting = "id: x\ntitle: t\nchapters:\n\
            - {number: 1, title: a, measures: [{number: 1, title: m, clauses: [{id: 1.1.1, text: t, units: [], said: ''}]}]}\n\
            - {number: 2, title: b, measures: [{number: 1, title: m, clauses: [{id: 2.1.1, text: t, units: [], said: ''}]}]}\n";
        let document = yaml::read(restarting, "x").unwrap();
        assert_eq!(document.node("2.1"), Some(Node::Measure(1)));
        assert_eq!(document.node("第二章第一条第一款"), Some(Node::Clause(1)));
        assert_eq!(document.node("第一条"), None);
    }
}
