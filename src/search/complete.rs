//! What the end of a query can become: units, states, people, chapters, numbers.

use super::{
    Scene, filter, fold,
    pattern::{MatchKind, Matcher, Pattern},
    query::{fields, split, states},
};
use crate::{locale::Lang, progress::Change};
use std::collections::BTreeSet;

/// Returns where the last word of a query begins, and the terms that it can become, the likeliest
/// first, each with what it means where the term doesn't say so itself. Words are read as the search
/// reads them: full-width, or in pinyin.
pub fn candidates(scene: &Scene<'_>, lang: Lang, text: &str) -> (usize, Vec<(String, String)>) {
    let words = split(text);
    let last = words.last().filter(|word| text.ends_with(&word.typed));
    let word = last.map_or("", |word| &word.typed);
    (text.len() - word.len(), terms(scene, lang, lang, word))
}

/// Returns the terms that a word can become. States are offered by their names in one language,
/// once some of a name is typed in both; meanings are in `lang`.
pub fn terms(scene: &Scene<'_>, lang: Lang, names: Lang, word: &str) -> Vec<(String, String)> {
    let folded = fold::text(word, fold::any);
    let mut bare = &*folded;
    while let Some(rest) = bare.strip_prefix('!').or(bare.strip_prefix("not:")) {
        bare = rest;
    }
    // Of a list the last item is completed.
    let of_list = bare.starts_with(['@', '#']) || bare.contains(':');
    let item = bare
        .rsplit([',', '、'])
        .next()
        .filter(|_| of_list && bare.contains([',', '、']));
    let (sigil, typed) = match (bare.chars().next(), bare.split_once(':')) {
        (Some('@'), _) => ("@", item.unwrap_or(bare).trim_start_matches('@')),
        (Some('#'), _) => ("#", item.unwrap_or(bare).trim_start_matches('#')),
        (_, Some((_, value))) => (
            bare.strip_suffix(value).unwrap_or(bare),
            item.unwrap_or(value),
        ),
        _ => ("", bare),
    };
    let offered = Offered {
        scene,
        lang,
        names,
        typed,
    };
    let mut found = match sigil {
        "@" => offered.units(""),
        "#" | "no:" => offered.numbers(),
        "is:" => offered.states(),
        "by:" => offered.people(authors(scene)),
        "owner:" => offered.people(scene.progress.owners()),
        "ch:" => offered.chapters(),
        "view:" => offered.views(),
        "" if !typed.is_empty() => offered.fields_and_units(),
        _ => Vec::new(),
    };
    found.sort_by_key(|(rank, _, _)| *rank);
    let kept = word.chars().count() - typed.chars().count();
    let before: String = folded.chars().take(kept).collect();
    let term = |(_, term, help)| (format!("{before}{term}"), help);
    found.into_iter().map(term).collect()
}

/// What is offered for a partly typed value.
struct Offered<'a> {
    scene: &'a Scene<'a>,
    lang: Lang,
    names: Lang,
    typed: &'a str,
}

/// Its likelihood, the text to insert, and its meaning.
type RankedCompletion = (u8, String, String);

impl Offered<'_> {
    /// Returns how likely a name is meant, 0 being likeliest: it begins with what was typed,
    /// contains it, or sounds like it.
    fn rank(&self, name: &str) -> Option<u8> {
        let name = fold::text(name, fold::any);
        if name.starts_with(self.typed) {
            return Some(0);
        }
        let pattern = Pattern::new(self.typed, false);
        let (way, place) = Matcher::new(&pattern).find(&name)?;
        (way != MatchKind::Loose).then_some(if place.start == 0 { 1 } else { 2 })
    }

    fn units(&self, sigil: &str) -> Vec<RankedCompletion> {
        let all = filter::named(self.scene.document).into_keys();
        let meant = all.filter_map(|unit| {
            let names = filter::names_of(unit, self.scene).into_iter();
            let rank = names.filter_map(|name| self.rank(name)).min()?;
            let quote = if unit.contains(char::is_whitespace) {
                "\""
            } else {
                ""
            };
            Some((rank, format!("{sigil}{quote}{unit}{quote}"), String::new()))
        });
        meant.collect()
    }

    fn states(&self) -> Vec<RankedCompletion> {
        let state = |[en, zh]: [&'static str; 2]| {
            let is_offered = !self.typed.is_empty() || self.names == Lang::En;
            if en.starts_with(self.typed) && is_offered {
                return Some((0, en.to_owned(), self.help(zh)));
            }
            Some((self.rank(zh)?, zh.to_owned(), String::new()))
        };
        states().filter_map(|(names, _)| state(names)).collect()
    }

    fn help(&self, zh: &str) -> String {
        if self.lang == Lang::ZhCn {
            zh.to_owned()
        } else {
            String::new()
        }
    }

    fn people<'p>(&self, names: impl IntoIterator<Item = &'p str>) -> Vec<RankedCompletion> {
        let names = names
            .into_iter()
            .filter(|name| !name.contains(char::is_whitespace));
        let meant =
            names.filter_map(|name| Some((self.rank(name)?, name.to_owned(), String::new())));
        meant.collect()
    }

    fn chapters(&self) -> Vec<RankedCompletion> {
        let chapters = self.scene.document.chapters.iter();
        let numbers = chapters.map(|c| (0, c.number.to_string(), c.title.clone()));
        numbers
            .filter(|(_, number, _)| number.starts_with(self.typed))
            .collect()
    }

    fn views(&self) -> Vec<RankedCompletion> {
        let views = self.scene.views.iter();
        let meant =
            views.filter_map(|(name, text)| Some((self.rank(name)?, name.clone(), text.clone())));
        meant.collect()
    }

    fn numbers(&self) -> Vec<RankedCompletion> {
        let document = self.scene.document;
        let measures = (0..document.measures.len()).map(|m| document.measure_label(m));
        let clauses = document.clauses.iter().map(|clause| clause.id.to_string());
        let all = measures
            .chain(clauses)
            .filter(|n| n.starts_with(self.typed));
        all.map(|number| (0, number, String::new())).collect()
    }

    fn fields_and_units(&self) -> Vec<RankedCompletion> {
        let fields = fields().filter(|(name, _)| name.starts_with(self.typed));
        let fields = fields.map(|(name, example)| (0, format!("{name}:"), example.to_owned()));
        fields.chain(self.units("@")).collect()
    }
}

/// Returns who signed changes.
fn authors<'a>(scene: &Scene<'a>) -> BTreeSet<&'a str> {
    let by = |change: &'a Change| change.by.as_str();
    scene.progress.changes().map(by).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::catalogue,
        progress::Progress,
        search::{Limits, Units, Views},
    };
    use jiff::tz::TimeZone;
    use std::sync::Arc;

    #[test]
    fn the_end_of_a_query_becomes_what_it_begins_or_sounds_like() {
        let document = Arc::new(catalogue::embedded().unwrap());
        let progress = Progress::new(Arc::clone(&document));
        let (now, zone) = (jiff::Timestamp::UNIX_EPOCH, TimeZone::UTC);
        let scene = Scene {
            document: &document,
            progress: &progress,
            me: "",
            units: Units::builtin(),
            today: now.to_zoned_datetime(zone.clone()).date(),
            now,
            zone: &zone,
            limits: Limits::default(),
            views: &Views::from([("本周".into(), "is:soon @hg".into())]),
        };
        for (typed, start, first) in [
            ("@天津海事", 0, "@天津海事局"),
            ("＠天津海事", 0, "@天津海事局"),
            ("@tjhg", 0, "@天津海关"),
            ("锂电池 @发改", 10, "@市发展改革委"),
            ("@天津海关,市商务", 0, "@天津海关,市商务局"),
            ("is:", 0, "is:未启动"),
            ("is:over", 0, "is:overdue"),
            ("view:", 0, "view:本周"),
            ("锂电池 view:bz", 10, "view:本周"),
            ("ｉｓ：yq", 0, "is:逾期"),
            ("!is:逾", 0, "!is:逾期"),
            ("is:done,临", 0, "is:done,临期"),
            ("#16", 0, "#16"),
            ("ow", 0, "owner:"),
            ("haiguan", 0, "@天津海关"),
            ("ch:2", 0, "ch:2"),
        ] {
            let (at, terms) = candidates(&scene, Lang::ZhCn, typed);
            let found = terms.first().map(|(term, _)| term.as_str());
            assert_eq!((at, found), (start, Some(first)), "{typed}");
        }
        for typed in ["", "海关 ", "is:wurst", "\"天津海关 is:"] {
            assert!(
                candidates(&scene, Lang::ZhCn, typed).1.is_empty(),
                "{typed}"
            );
        }
    }
}
