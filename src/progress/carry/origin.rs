//! The last line of a carried remark, which names its origin.

use crate::{locale::Lang, progress::Remark};

/// The origin of a remark.
pub(super) struct Origin {
    pub(super) document: String,
    pub(super) clause: String,
    pub(super) by: String,
    pub(super) at: String,
}

/// Languages that the line may be in.
const LANGS: [Lang; 2] = [Lang::ZhCn, Lang::En];

impl Origin {
    /// Returns the remark's text with its origin line. One that was carried before keeps its first
    /// origin.
    pub(super) fn stamp(&self, text: &str, lang: Lang) -> String {
        if is_stamped(text) {
            return text.to_owned();
        }
        format!("{text}\n{}", self.line(lang, &self.at))
    }

    /// Returns whether a remark on the new clause is this remark of the old one: carried in
    /// whatever language and zone, or the same change in the same journal.
    pub(super) fn is_of(&self, old: &Remark, new: &Remark) -> bool {
        if old.kind != new.kind {
            return false;
        }
        let same_change = old.at == new.at && old.by == new.by;
        if old.text == new.text && (same_change || is_stamped(&old.text)) {
            return true;
        }
        let Some(line) = new.text.strip_prefix(old.text.as_str()) else {
            return false;
        };
        let Some(line) = line.strip_prefix('\n') else {
            return false;
        };
        LANGS.into_iter().any(|lang| {
            let whole = self.line(lang, "\0");
            let (before, after) = whole.split_once('\0').unwrap_or((&whole, ""));
            let at = line
                .strip_prefix(before)
                .and_then(|l| l.strip_suffix(after));
            at.is_some_and(|at| at.chars().count() == self.at.chars().count())
        })
    }

    fn line(&self, lang: Lang, at: &str) -> String {
        lang.fill(
            "carry.from",
            &[
                ("document", &self.document),
                ("clause", &self.clause),
                ("by", &self.by),
                ("at", &at),
            ],
        )
    }
}

/// Returns whether a text ends with an origin line.
fn is_stamped(text: &str) -> bool {
    let Some((_, last)) = text.rsplit_once('\n') else {
        return false;
    };
    LANGS.into_iter().any(|lang| {
        let words = lang.text("carry.from");
        let (head, tail) = (words.split('{').next(), words.rsplit('}').next());
        let (head, tail) = (head.unwrap_or_default(), tail.unwrap_or_default());
        last.len() > head.len() + tail.len() && last.starts_with(head) && last.ends_with(tail)
    })
}

/// The clause of another document that a remark was carried from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkSource {
    /// The document's id.
    pub document: String,
    /// The clause's number.
    pub clause: String,
}

/// Returns where a remark's last line says that it was carried from.
pub fn source(text: &str) -> Option<RemarkSource> {
    let (_, last) = text.rsplit_once('\n').filter(|_| is_stamped(text))?;
    LANGS.into_iter().find_map(|lang| {
        // Neither an id nor a number has a blank in it.
        let head = lang.text("carry.from").split('{').next()?;
        let (document, rest) = last.strip_prefix(head)?.split_once(' ')?;
        let clause = rest.split(['，', ',']).next()?;
        Some(RemarkSource {
            document: document.to_owned(),
            clause: clause.to_owned(),
        })
    })
}
