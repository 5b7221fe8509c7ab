//! Actions that can be typed after `:`, by id, Chinese or English name, or the Chinese name's
//! pinyin. Pure.

use super::keymap::{BINDINGS, Binding, Mode};
use crate::{
    locale::Lang,
    search::{Query, highlight},
    text::half_width,
};

/// Returns a binding's name: its own, its hint, or its text up to the first punctuation.
pub fn name(lang: Lang, binding: &Binding) -> &'static str {
    let own = lang.find(&format!("name.{}", binding.id));
    let brief = own.or_else(|| lang.find(&format!("hint.{}", binding.id)));
    brief.unwrap_or_else(|| {
        let words = lang
            .find(&format!("key.{}", binding.id))
            .unwrap_or(binding.id);
        let stops = ['；', '，', '（', '：', '。', ';', ',', '(', ':'];
        words.split(stops).next().unwrap_or(words).trim_end()
    })
}

/// Returns the actions of a mode that the typed text may mean, most likely first; none for an empty
/// text.
pub fn candidates(mode: Mode, typed: &str) -> Vec<&'static Binding> {
    let typed: String = typed.trim().chars().map(half_width).collect();
    let of_mode = BINDINGS.iter().filter(|b| b.modes.contains(&mode));
    let mut found: Vec<(u8, &Binding)> = of_mode
        .filter_map(|b| {
            Some((
                if is_key(b, &typed) {
                    0
                } else {
                    likeness(b, &typed)?
                },
                b,
            ))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, b)| b).collect()
}

/// Returns whether the typed text is a key of the binding, like `:q` in other programs. Numbers are
/// clauses, not keys.
pub fn is_key(binding: &Binding, typed: &str) -> bool {
    !typed.starts_with(|c: char| c.is_ascii_digit())
        && binding.keys.split(' ').any(|key| key == typed)
}

/// Returns whether the typed text may mean the binding, in any mode: by id, name, text or pinyin.
pub fn may_mean(binding: &Binding, typed: &str) -> bool {
    likeness(binding, typed).is_some()
        || [Lang::ZhCn, Lang::En].into_iter().any(|lang| {
            let words = lang.find(&format!("key.{}", binding.id));
            words.is_some_and(|w| w.to_lowercase().contains(&typed.to_lowercase()))
        })
}

/// Returns how close the typed text is to a binding's id and names, 0 being closest.
fn likeness(binding: &Binding, typed: &str) -> Option<u8> {
    if typed.is_empty() {
        return None;
    }
    let typed = typed.to_lowercase();
    let names = [Lang::ZhCn, Lang::En].map(|lang| name(lang, binding).to_lowercase());
    let all = [binding.id, &names[0], &names[1]];
    if all.contains(&typed.as_str()) {
        Some(0)
    } else if all.iter().any(|n| n.starts_with(&typed)) {
        Some(1)
    } else if all.iter().any(|n| n.contains(&typed)) {
        Some(2)
    } else {
        sounds(&names[0], &typed)
    }
}

/// A full name in pinyin is closer than its beginning, and that than its middle.
fn sounds(name: &str, typed: &str) -> Option<u8> {
    if !typed.chars().all(|c| c.is_ascii_alphabetic() || c == '\'') {
        return None;
    }
    let places = highlight(&Query::parse(typed), name);
    let place = places.first()?;
    Some(match (place.start, place.end == name.len()) {
        (0, true) => 0,
        (0, false) => 1,
        _ => 2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_meant_by_id_chinese_english_and_pinyin() {
        for (typed, want) in [
            ("undo", "undo"),
            ("撤销", "undo"),
            ("cx", "undo"),
            ("chexiao", "undo"),
            ("chex", "undo"),
            ("ZT", "status"),
            ("zhuangtai", "status"),
            ("tick", "tick"),
            ("gx", "tick"),
            ("next-m", "next-measure"),
            ("xyt", "next-measure"),
            ("fzk", "copy"),
            ("collapse", "fold"),
            ("sq", "fold"),
            ("bangzhu", "help"),
            ("ｃｘ", "undo"),
            ("q", "quit"),
            ("V", "mark-all"),
        ] {
            let found: Vec<&str> = candidates(Mode::Browse, typed)
                .iter()
                .map(|b| b.id)
                .collect();
            assert!(found.first() == Some(&want), "{typed}: {found:?}");
        }
        for typed in ["", "  ", "wurst", "16.3", "锂电池"] {
            let found: Vec<&str> = candidates(Mode::Browse, typed)
                .iter()
                .map(|b| b.id)
                .collect();
            assert!(found.is_empty(), "{typed}: {found:?}");
        }
    }

    #[test]
    fn no_two_actions_of_the_checklist_have_one_name() {
        for lang in [Lang::ZhCn, Lang::En] {
            let names: Vec<&str> = BINDINGS
                .iter()
                .filter(|b| b.modes.contains(&Mode::Browse))
                .map(|b| name(lang, b))
                .collect();
            for (i, name) in names.iter().enumerate() {
                assert!(
                    !name.is_empty() && !names[..i].contains(name),
                    "{lang:?} {name}"
                );
            }
        }
    }
}
