//! Tests of the key table.

use super::*;

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
fn all_mistakes_are_reported_at_once() {
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
fn an_input_method_left_on_does_no_harm() {
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
        // Alt with an arrow has its own sequence, so it is not Esc.
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
        Some(Action::Unbound(Key::char(' ')))
    );
}

/// What input methods send for ASCII punctuation keys, the first of a pair or of two characters:
/// fcitx5's `punc.mb.zh_CN`, Rime's `punctuation.yaml` (half and full shape), and the Chinese
/// punctuation of Microsoft Pinyin and Sogou.
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
    // The key beside the right Shift sends what / sends elsewhere, and opens the search.
    assert_eq!(
        keymap.resolve(Mode::Browse, Key::char('、')),
        Some(Action::Search)
    );
}

#[test]
fn no_binding_needs_a_key_that_terminals_take() {
    // Flow control (XON, XOFF) takes Ctrl-s and Ctrl-q on unconfigured terminals.
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
