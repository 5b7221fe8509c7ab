//! The language of the interface.
//!
//! In this order: `--lang`, the config, then `LC_ALL` > `LC_MESSAGES` > `LANG` (POSIX.1-2017 §8.2).

use crate::locale::Lang;

/// Returns the language of the locale variables; `None` if they are unset, empty, `C` or `POSIX`,
/// so that the document's own language counts. Any third language gets English. `get` reads a
/// variable.
pub fn from_locale(get: impl Fn(&str) -> Option<String>) -> Option<Lang> {
    let value = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(get)
        .find(|value| !value.is_empty())?;
    let name = value.split(['.', '@']).next().unwrap_or_default();
    match name {
        "C" | "POSIX" => None,
        _ => Some(Lang::from_tag(name).unwrap_or(Lang::En)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, from_locale};
    use crate::document::Document;

    fn lang(pairs: &[(&str, &str)]) -> Option<Lang> {
        from_locale(|name| {
            let pair = pairs.iter().find(|(n, _)| *n == name);
            pair.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_set_variable_counts() {
        assert_eq!(lang(&[("LANG", "en_GB.UTF-8")]), Some(Lang::En));
        assert_eq!(
            lang(&[("LANG", "en_GB"), ("LC_ALL", "zh_CN.UTF-8")]),
            Some(Lang::ZhCn)
        );
        assert_eq!(
            lang(&[("LANG", "zh_CN"), ("LC_MESSAGES", "en_US")]),
            Some(Lang::En)
        );
        assert_eq!(lang(&[("LC_ALL", ""), ("LANG", "zh_TW")]), Some(Lang::ZhCn));
    }

    #[test]
    fn no_locale_is_the_documents_own() {
        assert_eq!(lang(&[]), None);
        assert_eq!(lang(&[("LC_ALL", "C.UTF-8"), ("LANG", "en_US")]), None);
        assert_eq!(lang(&[("LANG", "POSIX")]), None);
        assert_eq!(lang(&[("LANG", "fr_FR.UTF-8")]), Some(Lang::En));
    }

    #[test]
    fn a_title_tells_the_documents_language() {
        let titled = |title: &str| {
            let mut document = Document::default();
            title.clone_into(&mut document.title);
            document
        };
        assert_eq!(titled("天津口岸 2025").lang(), Lang::ZhCn);
        assert_eq!(titled("Review of 2025").lang(), Lang::En);
    }
}
