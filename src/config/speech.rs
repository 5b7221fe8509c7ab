//! The language of the interface.
//!
//! In this order: `--lang`, the config, then `LC_ALL` > `LC_MESSAGES` > `LANG` (POSIX.1-2017 §8.2).

use crate::{document::Document, locale::Lang};

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

/// Returns the language of a document: Chinese if its title has a Han character.
pub fn of_document(document: &Document) -> Lang {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}');
    if document.title.chars().any(han) {
        Lang::ZhCn
    } else {
        Lang::En
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Lang, from_locale, of_document};

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
        assert_eq!(of_document(&titled("天津口岸 2025")), Lang::ZhCn);
        assert_eq!(of_document(&titled("Review of 2025")), Lang::En);
    }
}
