//! The terminal according to the environment, and warnings about it.

use crate::{
    config::{self, COLOUR_NAMES, Config},
    files::{self, make_folder},
    locale::Lang,
    tui::{
        terminal::known::TerminalKind,
        widgets::theme::{Depth, Ground, Quiet, Theme, Wanted},
    },
};
use ratatui::style::Color;
use std::{
    io::{IsTerminal as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// Reads an environment variable; unset is empty.
type Get<'a> = &'a dyn Fn(&str) -> String;

/// Returns an environment variable, or an empty text.
pub(super) fn environment(name: &str) -> String {
    std::env::var_os(name).map_or_else(String::new, |v| v.to_string_lossy().into_owned())
}

/// Returns whether the terminal can only print lines: `TERM=dumb` (a screen reader, an editor's
/// shell), or unknown. In a pipe, only an explicit `dumb` counts.
pub(super) fn is_dumb(get: Get<'_>) -> bool {
    match get("TERM").as_str() {
        "dumb" => true,
        "" => std::io::stdout().is_terminal(),
        _ => false,
    }
}

/// Returns the settings of the theme, except for the terminal's background.
pub(super) fn theme(config: &Config, get: Get<'_>) -> Wanted {
    let exact = is_true_colour(get);
    let own = COLOUR_NAMES.map(|name| config.colours.get(name).and_then(|c| own(c, exact)));
    let depth = depth(get);
    Wanted {
        choice: config.theme,
        depth,
        own,
    }
}

/// Returns a config colour as the terminal can show it.
fn own(colour: &config::ColourSetting, exact: bool) -> Option<Color> {
    match (colour, colour.rgb()) {
        (config::ColourSetting::Number(number), _) => Some(Color::Indexed(*number)),
        (_, Some([r, g, b])) if exact => Some(Color::Rgb(r, g, b)),
        (_, rgb) => rgb.map(|rgb| Color::Indexed(nearest_of_256(rgb))),
    }
}

/// Returns the nearest colour in xterm's 6 × 6 × 6 cube.
fn nearest_of_256(rgb: [u8; 3]) -> u8 {
    let [r, g, b] = rgb.map(|v| {
        let steps = (0_u8..).zip([0_u8, 95, 135, 175, 215, 255]);
        steps
            .min_by_key(|(_, level)| level.abs_diff(v))
            .map_or(0, |(step, _)| step)
    });
    16 + 36 * r + 6 * g + b
}

/// Returns the background and quiet text from the environment, otherwise from what such a terminal has
/// answered before.
pub(super) fn ground(state: &Path, get: Get<'_>) -> (Ground, Quiet) {
    let known = TerminalKind::of(state, get).known();
    match told_ground(get) {
        Ground::Unknown => (known.ground, known.quiet),
        told if told == known.ground => (told, known.quiet),
        told => (told, Quiet::Usual),
    }
}

/// Returns the background from `COLORFGBG`, which urxvt and Konsole set; it ends with the
/// background's colour number.
fn told_ground(get: Get<'_>) -> Ground {
    match get("COLORFGBG")
        .rsplit(';')
        .next()
        .and_then(|n| n.parse().ok())
    {
        Some(0_u8) => Ground::Dark,
        Some(15) => Ground::Light,
        _ => Ground::Unknown,
    }
}

/// Returns the colour depth.
///
/// `NO_COLOR` (<https://no-color.org>) comes before `CLICOLOR_FORCE` and `CLICOLOR`
/// (<https://bixense.com/clicolors/>), then the terminal's name.
pub(super) fn depth(get: Get<'_>) -> Depth {
    let forced = !["", "0"].contains(&get("CLICOLOR_FORCE").as_str());
    if !get("NO_COLOR").is_empty() || (get("CLICOLOR") == "0" && !forced) {
        return Depth::None;
    }
    let term = get("TERM");
    // Terminals that call themselves just `xterm`, most often PuTTY, are modern emulators with 256
    // colours, and so are the others here. For the rest, terminfo says 8 or 16.
    let many = [
        "xterm",
        "256color",
        "direct",
        "kitty",
        "alacritty",
        "foot",
        "ghostty",
        "wezterm",
        "mlterm",
        "putty",
        "st-",
        "vte",
        "konsole",
        "gnome",
        "iterm",
    ];
    if term == "linux" {
        Depth::Console
    } else if is_true_colour(get)
        || (many.iter().any(|name| term.contains(name)) && term != "xterm-color")
    {
        Depth::Many
    } else if term.starts_with("vt") && !forced {
        Depth::None
    } else {
        Depth::Few
    }
}

/// Returns the colours of standard output, if any: from `--color`, otherwise from the environment.
pub(super) fn colours(
    asked: Option<&str>,
    (config, state): (&Config, &Path),
    get: Get<'_>,
) -> Option<Theme> {
    let is_forced = !["", "0"].contains(&get("CLICOLOR_FORCE").as_str());
    let is_shown = (std::io::stdout().is_terminal() || is_forced) && get("TERM") != "dumb";
    let wanted = theme(config, get);
    let depth = match asked {
        Some("always") => wanted.depth.max(Depth::Few),
        Some("never") => Depth::None,
        _ if is_shown => wanted.depth,
        _ => Depth::None,
    };
    let (ground, quiet) = ground(state, get);
    (depth != Depth::None).then(|| Wanted { depth, ..wanted }.on(ground).quietly(quiet))
}

fn is_true_colour(get: Get<'_>) -> bool {
    ["truecolor", "24bit"].contains(&get("COLORTERM").as_str())
}

/// Returns warnings about the terminal, each once per state folder and value.
pub(super) fn news(lang: Lang, state: &Path, get: Get<'_>) -> Option<String> {
    let fresh: Vec<String> = troubles(lang, get)
        .into_iter()
        .filter(|(name, _)| is_first(state, name))
        .map(|(_, words)| words)
        .collect();
    (!fresh.is_empty()).then(|| fresh.join("  "))
}

/// Returns each problem's name and message.
fn troubles(lang: Lang, get: Get<'_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if get("TERM") == "linux" {
        // Always in English, the only language that this console can show.
        out.push((
            "console".to_owned(),
            Lang::En.text("terminal.no-han").to_owned(),
        ));
    }
    // POSIX: the first of these that is set gives the character encoding.
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].map(|name| (name, get(name)));
    if let Some((name, value)) = set.into_iter().find(|(_, value)| !value.is_empty()) {
        let upper = value.to_uppercase();
        if !upper.contains("UTF-8") && !upper.contains("UTF8") {
            let words =
                |lang: Lang| lang.fill("doctor.not-utf8", &[("name", &name), ("value", &value)]);
            // A terminal in another encoding shows nothing else legibly.
            let english = (lang != Lang::En).then(|| format!("  ({})", words(Lang::En)));
            let said = words(lang) + &english.unwrap_or_default();
            out.push((format!("{name}={value}"), said));
        }
    }
    out
}

/// Returns whether this is reported for the first time, and records it. If it can't be recorded it
/// is reported again, which does no harm.
fn is_first(state: &Path, name: &str) -> bool {
    let path = state.join("said");
    let said = files::read_text(&path, files::MOST_SMALL).unwrap_or_default();
    if said.lines().any(|line| line == name) {
        return false;
    }
    let _ = make_folder(state);
    let file = std::fs::File::options()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path);
    let _ = file.and_then(|mut file| writeln!(file, "{name}"));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(set: &[(&str, &str)], name: &str) -> String {
        let found = set.iter().find(|(n, _)| *n == name);
        found.map_or_else(String::new, |(_, value)| (*value).to_owned())
    }

    #[test]
    fn colours_by_the_environment() {
        for (set, want) in [
            (&[("TERM", "xterm")][..], Depth::Many),
            (&[], Depth::Few),
            (&[("TERM", "xterm-256color")], Depth::Many),
            (
                &[("TERM", "screen"), ("COLORTERM", "truecolor")],
                Depth::Many,
            ),
            (&[("TERM", "linux")], Depth::Console),
            (&[("TERM", "screen")], Depth::Few),
            (&[("TERM", "xterm-color")], Depth::Few),
            (&[("TERM", "tmux-256color")], Depth::Many),
            (&[("TERM", "vt220")], Depth::None),
            (&[("TERM", "vt220"), ("CLICOLOR_FORCE", "1")], Depth::Few),
            (&[("CLICOLOR", "0")], Depth::None),
            (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], Depth::Few),
            (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0")], Depth::None),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Depth::None),
            (&[("NO_COLOR", "")], Depth::Few),
        ] {
            assert_eq!(depth(&|name| get(set, name)), want, "{set:?}");
        }
    }

    #[test]
    fn a_colour_is_shown_as_near_as_the_terminal_can() {
        assert_eq!(nearest_of_256([0, 0, 0]), 16);
        assert_eq!(nearest_of_256([255, 255, 255]), 231);
        assert_eq!(nearest_of_256([0x87, 0xd7, 0x80]), 114);
        let red = config::ColourSetting::Text("#ff8080".into());
        assert_eq!(own(&red, true), Some(Color::Rgb(255, 128, 128)));
        assert_eq!(own(&red, false), Some(Color::Indexed(210)));
        assert_eq!(
            own(&config::ColourSetting::Number(9), false),
            Some(Color::Indexed(9))
        );
    }

    #[test]
    fn the_background_by_the_environment() {
        for (value, want) in [
            ("15;0", Ground::Dark),
            ("0;default;15", Ground::Light),
            ("0;7", Ground::Unknown),
            ("12;8", Ground::Unknown),
            ("", Ground::Unknown),
        ] {
            assert_eq!(told_ground(&|_| value.to_owned()), want, "{value}");
        }
    }

    #[test]
    fn each_problem_is_reported_once_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let say = |set: &[(&str, &str)]| news(Lang::ZhCn, folder.path(), &|name| get(set, name));
        let gbk = [("LANG", "zh_CN.GBK")];
        let words = say(&gbk).unwrap();
        assert!(words.contains("请设 LANG=zh_CN.UTF-8"), "{words}");
        assert!(
            words.contains("LANG=zh_CN.GBK is not UTF-8"),
            "legible in GBK: {words}"
        );
        assert_eq!(say(&gbk), None);
        assert!(say(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]).is_some());
        assert_eq!(say(&[("LANG", "zh_CN.utf8")]), None);
        assert_eq!(say(&[]), None);
        let words = say(&[("TERM", "linux"), ("LANG", "C.UTF-8")]).unwrap();
        assert!(words.is_ascii(), "{words}");
        assert_eq!(say(&[("TERM", "linux")]), None);
    }
}
