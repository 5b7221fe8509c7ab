//! A hint on which document a command works on: the screen opens the last one used, a command the
//! config's or the built-in one.

use super::output;
use crate::{locale::Lang, tui::jobs::opening};
use std::{
    io::{self, IsTerminal as _},
    path::Path,
};

/// On a terminal, prints which document an unqualified command works on, if the screen had another
/// open last.
pub(super) fn tell(state: &Path, name: &str, lang: Lang) {
    if !io::stderr().is_terminal() {
        return;
    }
    if let Some(last) = opening::last(state).filter(|last| last != name) {
        let last = quoted(&last);
        let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("last", &last)];
        output::tell(lang.fill("cli.elsewhere", &values));
    }
}

fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_name_is_one_word_of_the_shell() {
        for (name, word) in [
            ("tianjin-2025", "tianjin-2025"),
            ("/srv/口岸.yaml", "/srv/口岸.yaml"),
            ("/srv/a b's.yaml", r"'/srv/a b'\''s.yaml'"),
        ] {
            assert_eq!(quoted(name), word);
        }
    }
}
