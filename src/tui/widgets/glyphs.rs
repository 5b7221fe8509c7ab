//! Glyphs of the chrome, the same under every width policy.
//!
//! Frames, rules and bars are reversed or underlined blanks, which take one column everywhere.
//! These glyphs do too: their width is not ambiguous (UAX #11), and terminals with Chinese fonts
//! draw them in one cell. Lines and blocks (`─ │ █`), arrows, and `…` outside text are ambiguous
//! and never used (a test checks all screens).

use crate::{locale::Lang, tui::key::Key};

/// Before the row under the cursor.
pub const CURSOR: &str = "›";
/// Before a folded node.
pub const FOLDED: &str = "▸";
/// Before an unfolded node, and where there is more below.
pub const UNFOLDED: &str = "▾";
/// Between panes, vertical.
pub const UPRIGHT: &str = "╎";
/// Between panes, horizontal.
pub const LEVEL: &str = "╌";
/// The open part of a bar; the complete part is reversed blanks.
pub const EMPTY: &str = "░";
/// A mark, or unsaved changes.
pub const MARK: &str = "*";

/// Keys that are named by words, and the keys of these in `data/locales`.
const WORDS: [(&str, &str); 5] = [
    ("Space", "keyname.space"),
    ("Up", "keyname.up"),
    ("Down", "keyname.down"),
    ("Left", "keyname.left"),
    ("Right", "keyname.right"),
];

/// Returns a key's name as shown: arrows in words, since their width differs.
pub fn key(lang: Lang, key: Key) -> String {
    let name = key.name();
    let named = WORDS.iter().find_map(|(word, text)| {
        let held = name.strip_suffix(word)?;
        (held.is_empty() || held.ends_with('-')).then(|| held.to_owned() + lang.text(text))
    });
    named.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{text::Policy, tui::keymap};

    #[test]
    fn every_sign_and_key_is_of_one_width_under_every_policy() {
        for policy in Policy::ALL {
            for sign in [CURSOR, FOLDED, UNFOLDED, UPRIGHT, LEVEL, EMPTY, MARK] {
                assert_eq!(policy.width(sign), 1, "{sign} {policy:?}");
            }
            let keymap = keymap::Keymap::default();
            let modes = keymap::Mode::ALL.into_iter();
            for key in modes.flat_map(|m| keymap.of_mode(m)).flat_map(|(_, k)| k) {
                for lang in [Lang::ZhCn, Lang::En] {
                    let name = super::key(lang, *key);
                    assert_eq!(policy.width(&name), Policy::Narrow.width(&name), "{name}");
                }
            }
        }
        let shown = |lang, key| super::key(lang, Key::parse(key).unwrap());
        assert_eq!(shown(Lang::ZhCn, "Space"), "空格");
        assert_eq!(shown(Lang::ZhCn, "Alt-Left"), "Alt-左");
        assert_eq!(shown(Lang::En, "Alt-Left"), "Alt-Left");
    }
}
