//! The key table: sound, whole, and the same on paper.

use super::*;
use crate::locale::Lang;
use std::fmt::Write as _;

#[test]
fn the_table_is_sound() {
    for (i, binding) in BINDINGS.iter().enumerate() {
        assert!(
            !BINDINGS[..i].iter().any(|b| b.id == binding.id),
            "{} twice",
            binding.id
        );
        for key in binding.keys.split(' ') {
            assert!(Key::parse(key).is_ok(), "{}: {key}", binding.id);
        }
    }
    assert_eq!(conflicts(&Keymap::default().shown), []);
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let errors = Keymap::new([("tikc", vec!["x"]), ("tick", vec!["j", "Wurst"])]).unwrap_err();
    assert_eq!(
        errors,
        [
            KeyError::Unknown("tikc".into(), Some("tick")),
            KeyError::NoKey("tick".into(), "Wurst".into()),
            KeyError::Conflict(Key::char('j'), "tick", "down"),
        ]
    );
}

#[test]
fn an_input_method_left_on_is_no_trap() {
    let keymap = Keymap::default();
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char('？')),
        Some(Action::Help)
    );
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char('：')),
        Some(Action::Command)
    );
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char('１')),
        Some(Action::Type('1'))
    );
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char('锂')),
        Some(Action::Type('锂'))
    );
    assert_eq!(
        keymap.resolve(Mode::Line, Key::char('？')),
        Some(Action::Type('？'))
    );
    assert_eq!(
        keymap.resolve(Mode::Pick, Key::char('３')),
        Some(Action::SetStatus(Status::Done))
    );
}

#[test]
fn an_alt_key_that_is_bound_to_nothing_is_esc_and_the_key() {
    let names = |keymap: &Keymap, mode, name: &str| -> Vec<String> {
        let pressed = keymap.pressed(mode, Key::parse(name).unwrap());
        pressed.map(Key::name).collect()
    };
    let keymap = Keymap::default();
    for mode in Mode::ALL {
        let two = ["Esc".to_owned(), "x".to_owned()];
        let one = ["Alt-x".to_owned()];
        let expected = if mode.is_typing() { &one[..] } else { &two[..] };
        assert_eq!(names(&keymap, mode, "Alt-x"), expected, "{mode:?}");
        assert_eq!(names(&keymap, mode, "x"), ["x"]);
        // Alt with an arrow has a sequence of its own, so it is no Esc.
        assert_eq!(names(&keymap, mode, "Alt-Right"), ["Alt-Right"]);
    }
    assert_eq!(names(&keymap, Mode::Detail, "Alt-Enter"), ["Esc", "Enter"]);
    assert_eq!(names(&keymap, Mode::Write, "Alt-Enter"), ["Alt-Enter"]);
    assert_eq!(
        names(&keymap, Mode::Browse, "Ctrl-Alt-r"),
        ["Esc", "Ctrl-r"]
    );
    let keymap = Keymap::new([("tick", vec!["Alt-x"])]).unwrap();
    assert_eq!(names(&keymap, Mode::Browse, "Alt-x"), ["Alt-x"]);
    assert_eq!(names(&keymap, Mode::Help, "Alt-x"), ["Esc", "x"]);
}

#[test]
fn the_enter_of_a_keypad_is_a_new_line_where_there_are_lines() {
    let keymap = Keymap::default();
    let resolve = |mode, name| keymap.resolve(mode, Key::parse(name).unwrap());
    for name in ["Alt-Enter", "Shift-Enter"] {
        assert_eq!(resolve(Mode::Write, name), Some(Action::NewLine), "{name}");
    }
    for mode in [Mode::Line, Mode::Confirm, Mode::Pick, Mode::Browse] {
        assert_eq!(resolve(mode, "Shift-Enter"), resolve(mode, "Enter"));
    }
}

#[test]
fn a_user_key_takes_the_place_of_the_default_ones() {
    let keymap = Keymap::new([("tick", vec!["x"])]).unwrap();
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char('x')),
        Some(Action::Tick)
    );
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char(' ')),
        Some(Action::Type(' '))
    );
}

/// What input methods send for the keys of ASCII punctuation, the first of a pair or of two
/// characters: fcitx5's `punc.mb.zh_CN`, Rime's `punctuation.yaml` (half and full shape), and the
/// Chinese punctuation of Microsoft Pinyin and Sogou.
const SENT: [(&str, &str, &str); 4] = [
    (
        "fcitx5",
        ".,?\":;'<>!$^_()[]~",
        "。，？“：；‘《》！￥…—（）【】～",
    ),
    (
        "rime",
        ",.<>/?;:'\"!$^()_[]{}",
        "，。《》、？；：‘“！￥…（）—「」『』",
    ),
    (
        "rime, full shape",
        " ,.<>/?;:'\"~!@#%$^&*()-_+=[]{}",
        "\u{3000}，。《》／？；：’”～！＠＃％￥…＆＊（）－—＋＝「」『』",
    ),
    (
        "microsoft, sogou",
        ",.<>?;:'\"!$^()_[]{}`~",
        "，。《》？；：’”！¥…（）—【】｛｝·～",
    ),
];

#[test]
fn every_key_that_an_input_method_turns_into_chinese_still_acts() {
    let keymap = Keymap::default();
    for (method, typed, sent) in SENT {
        assert_eq!(typed.chars().count(), sent.chars().count(), "{method}");
        for (typed, sent) in typed.chars().zip(sent.chars()) {
            assert_eq!(Key::char(sent).twin(), Key::char(typed), "{method}: {sent}");
            for mode in Mode::ALL.into_iter().filter(|m| !m.is_typing()) {
                assert_eq!(
                    keymap.resolve(mode, Key::char(sent)),
                    keymap.resolve(mode, Key::char(typed)),
                    "{method}: {sent} in {mode:?}"
                );
            }
        }
    }
    // The key beside the right Shift sends the same as / does elsewhere, and asks for the search.
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char('、')),
        Some(Action::Search)
    );
}

#[test]
fn no_binding_needs_a_key_that_terminals_take() {
    // Flow control (XON, XOFF) takes Ctrl-s and Ctrl-q on a terminal that was not told otherwise.
    let taken = ["Ctrl-s", "Ctrl-q"].map(|k| Key::parse(k).unwrap());
    for binding in BINDINGS {
        let keys: Vec<Key> = binding
            .keys
            .split(' ')
            .map(|k| Key::parse(k).unwrap())
            .collect();
        assert!(!keys.is_empty(), "{} has no key", binding.id);
        assert!(!keys.iter().all(|k| taken.contains(k)), "{}", binding.id);
    }
}

fn words(lang: Lang, id: &str) -> &'static str {
    lang.find(&format!("key.{id}")).unwrap()
}

/// Returns the key table as the README has it: a binding stands where it first counts.
fn readme() -> String {
    let mut out = String::new();
    for mode in Mode::ALL {
        let first =
            |b: &&Binding| Mode::ALL.into_iter().find(|m| b.modes.contains(m)) == Some(mode);
        let rows: Vec<&Binding> = BINDINGS.iter().filter(first).collect();
        if rows.is_empty() {
            continue;
        }
        let name = mode.name_key();
        let (en, zh) = (Lang::En.text(name), Lang::ZhCn.text(name));
        let _ = writeln!(out, "\n| {en} · {zh} | | id |\n| --- | --- | --- |");
        for b in rows {
            let keys: Vec<String> = b.keys.split(' ').map(|k| format!("`{k}`")).collect();
            let (en, zh) = (words(Lang::En, b.id), words(Lang::ZhCn, b.id));
            let row = format!("{} | {en} · {zh} | `{}`", keys.join(" "), b.id);
            let _ = writeln!(out, "| {row} |");
        }
    }
    out + "\n"
}

/// Returns the key table as the example config has it, in comments that only need their `#` taken
/// off.
fn example() -> String {
    let mut out = String::from("\n");
    for b in BINDINGS {
        let quoted = |key: &str| {
            // The flow indicators and quotes of YAML 1.2 (§5.3).
            let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && key != "-";
            let word = matches!(key, "y" | "n" | "Y" | "N") || key.parse::<u8>().is_ok();
            if plain && !word {
                key.to_owned()
            } else {
                format!("'{key}'")
            }
        };
        let keys: Vec<String> = b.keys.split(' ').map(quoted).collect();
        let row = format!("{}: [{}]", b.id, keys.join(", "));
        let _ = writeln!(out, "#  {row:<44} # {}", words(Lang::ZhCn, b.id));
    }
    out
}

/// Returns a file's text up to a mark, from there to another, and from that on.
fn parts<'a>(text: &'a str, from: &str, to: &str) -> [&'a str; 3] {
    let start = text.find(from).unwrap() + from.len();
    let (before, rest) = text.split_at(start);
    let (between, after) = rest.split_at(rest.find(to).unwrap());
    [before, between, after]
}

/// `KOUAN_WRITE=1 cargo test keymap` writes both anew.
#[test]
fn the_readme_and_the_example_config_have_the_key_table() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, from, to, want) in [
        ("README.md", "<!-- keys -->\n", "<!-- /keys -->", readme()),
        ("config.example.yaml", "keys: {}\n", "# ---", example()),
    ] {
        let path = root.join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let [before, has, after] = parts(&text, from, to);
        if std::env::var_os("KOUAN_WRITE").is_some() {
            std::fs::write(&path, format!("{before}{want}{after}")).unwrap();
        } else {
            assert_eq!(
                has, want,
                "{name} is stale: KOUAN_WRITE=1 cargo test keymap"
            );
        }
    }
}

#[test]
fn the_example_config_with_its_comments_taken_off_is_the_default_key_table() {
    let text = example().replace("\n#  ", "\n");
    let read: std::collections::BTreeMap<String, Vec<String>> =
        serde_yaml::from_str(&text).unwrap();
    assert_eq!(read.len(), BINDINGS.len());
    for b in BINDINGS {
        let keys: Vec<&str> = b.keys.split(' ').collect();
        assert_eq!(read[b.id], keys, "{}", b.id);
    }
    let own = read
        .iter()
        .map(|(id, keys)| (id.as_str(), keys.iter().map(String::as_str).collect()));
    assert_eq!(Keymap::new(own).unwrap().shown, Keymap::default().shown);
}
