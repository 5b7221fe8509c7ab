//! The user's keys: the key table including the config's, or every mistake with its position.
//!
//! The config module knows no bindings, so its keys are checked here, in the text itself: mistakes
//! have file, line and column, even beside mistakes in other options.

use super::{Failure, context::CommandContext};
use crate::{
    config::{
        Keys,
        locate::{PathStep, locate},
    },
    files,
    locale::Lang,
    tui::{
        key::Key,
        keymap::{KeyError, Keymap},
    },
};
use serde_yaml::{Mapping, Value};

/// Returns the key table with the config's keys.
///
/// # Errors
///
/// A usage error with everything that is wrong with them.
pub(super) fn keymap(context: &CommandContext) -> Result<Keymap, Failure> {
    let keys = &context.config.keys;
    let own = keys
        .iter()
        .map(|(id, keys)| (id.as_str(), Keys::iter(keys).collect()));
    Keymap::new(own).map_err(|errors| {
        let mut lines = said(context);
        if lines.is_empty() {
            // The file has changed since it was loaded.
            lines = errors.iter().map(|e| explain(context.lang, e)).collect();
        }
        Failure::Usage(lines.join("\n"))
    })
}

/// Returns the mistakes in the config file's keys, one per line in the order of the text, even if
/// the file has other mistakes.
pub(super) fn said(context: &CommandContext) -> Vec<String> {
    let text = files::read_text(&context.paths.config, files::MOST_SMALL).unwrap_or_default();
    let path = context.paths.config.display();
    mistakes(text.trim_start_matches('\u{feff}'))
        .into_iter()
        .map(|((line, column), error)| {
            format!("{path}:{line}:{column}: {}", explain(context.lang, &error))
        })
        .collect()
}

/// Returns the mistakes in the keys of a config's text, each with line and column.
fn mistakes(text: &str) -> Vec<((usize, usize), KeyError)> {
    let Ok(config) = serde_yaml::from_str::<Mapping>(text) else {
        return Vec::new();
    };
    let Some(at) = config.keys().position(|k| k.as_str() == Some("keys")) else {
        return Vec::new();
    };
    let entries = config.values().nth(at).and_then(Value::as_mapping);
    let own = CustomKeys {
        at,
        entries: entries.map_or_else(Vec::new, |m| m.iter().map(entry).collect()),
    };
    let given = own
        .entries
        .iter()
        .map(|(id, keys)| (*id, keys.iter().map(|(_, key)| *key).collect()));
    let errors = Keymap::new(given).err().unwrap_or_default();
    let mut out: Vec<_> = errors
        .into_iter()
        .map(|e| (locate(text, &own.place(&e)).unwrap_or((1, 1)), e))
        .collect();
    out.sort_by_key(|(place, _)| *place);
    out
}

/// An id and its keys, each with its index if they are a list.
type KeyEntry<'a> = (&'a str, Vec<(Option<usize>, &'a str)>);

/// The keys in the text, each with its position.
struct CustomKeys<'a> {
    /// Index of `keys` among the options.
    at: usize,
    entries: Vec<KeyEntry<'a>>,
}

/// Values that cannot be keys are reported with the other wrong values of the config.
fn entry<'a>((id, keys): (&'a Value, &'a Value)) -> KeyEntry<'a> {
    let keys = match keys {
        Value::String(key) => vec![(None, key.as_str())],
        Value::Sequence(keys) => keys
            .iter()
            .enumerate()
            .filter_map(|(nth, key)| Some((Some(nth), key.as_str()?)))
            .collect(),
        _ => Vec::new(),
    };
    (id.as_str().unwrap_or_default(), keys)
}

impl CustomKeys<'_> {
    /// Returns the position that an error is about.
    fn place(&self, error: &KeyError) -> Vec<PathStep> {
        let found = match error {
            KeyError::Unknown(id, _) => return self.way(id),
            KeyError::NoKey(id, name) => self.find(id, |key| key == name),
            // Of two that the user set, the later in the text.
            KeyError::Conflict(key, a, b) => {
                let same = |name: &str| Key::parse(name) == Ok(*key);
                self.find(a, same).max(self.find(b, same))
            }
        };
        found.map_or_else(Vec::new, |(nth, item)| {
            let mut way = vec![PathStep::Value(self.at), PathStep::Value(nth)];
            way.extend(item.map(PathStep::Item));
            way
        })
    }

    fn way(&self, id: &str) -> Vec<PathStep> {
        let nth = self.entries.iter().position(|(own, _)| *own == id);
        vec![PathStep::Value(self.at), PathStep::Key(nth.unwrap_or(0))]
    }

    fn find(&self, id: &str, wanted: impl Fn(&str) -> bool) -> Option<(usize, Option<usize>)> {
        let nth = self.entries.iter().position(|(own, _)| *own == id)?;
        let keys = &self.entries.get(nth)?.1;
        let (item, _) = keys.iter().find(|(_, key)| wanted(key))?;
        Some((nth, *item))
    }
}

fn explain(lang: Lang, error: &KeyError) -> String {
    match error {
        KeyError::Unknown(id, near) => {
            let meant = near.map_or_else(String::new, |name| {
                lang.fill("config.meant", &[("name", &name)])
            });
            lang.fill("keys.unknown", &[("id", id)]) + &meant
        }
        KeyError::NoKey(id, key) => lang.fill("keys.no-key", &[("id", id), ("key", key)]),
        KeyError::Conflict(key, a, b) => {
            lang.fill("keys.conflict", &[("key", &key.name()), ("a", a), ("b", b)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_has_its_place_in_the_order_of_the_text() {
        let text = "theme: hue\nkeys:\n  quti: x\n  tick: [x, Wurst]\n  down: {a: b}\n  status: u\n  mark: x\n";
        let said: Vec<_> = mistakes(text)
            .into_iter()
            .map(|(place, e)| (place, explain(Lang::En, &e)))
            .collect();
        let places: Vec<_> = said.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, [(3, 3), (4, 13), (6, 11), (7, 9)], "{said:?}");
        assert!(
            said[0].1.contains("quti") && said[0].1.contains("“quit”"),
            "{said:?}"
        );
        assert!(said[1].1.contains("Wurst"), "{said:?}");
        assert!(said[2].1.contains("undo"), "{said:?}");
        assert!(
            said[3].1.contains("tick") && said[3].1.contains("mark"),
            "{said:?}"
        );
    }

    #[test]
    fn a_config_without_keys_has_no_mistakes_in_them() {
        for text in [
            "",
            "theme: mono\n",
            "keys: {}\n",
            "keys: x\n",
            "[",
            "keys: {tick: x}",
        ] {
            assert_eq!(mistakes(text), [], "{text}");
        }
    }
}
