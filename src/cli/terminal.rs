//! What the terminal is, as far as the environment says, and what has to be said about it.

use crate::{
    config,
    files::{self, make_folder},
    locale::Lang,
    tui::widgets::theme::{Depth, Theme},
};
use std::{
    io::{IsTerminal as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// The environment, by a variable's name; a variable that is not set is empty.
type Get<'a> = &'a dyn Fn(&str) -> String;

/// Returns a variable of the environment; nothing where it is not set.
pub(super) fn environment(name: &str) -> String {
    std::env::var_os(name).map_or_else(String::new, |v| v.to_string_lossy().into_owned())
}

/// Tells whether the terminal can do no more than lines: `TERM=dumb` (a screen reader, an editor's
/// shell), or nothing is known of it. Into a pipe, only who says `dumb` asks for lines.
pub(super) fn is_dumb(get: Get<'_>) -> bool {
    match get("TERM").as_str() {
        "dumb" => true,
        "" => std::io::stdout().is_terminal(),
        _ => false,
    }
}

/// Returns the theme that was asked for, as this terminal can show it.
pub(super) fn theme(asked: config::Theme, get: Get<'_>) -> Theme {
    theme_of(asked).on(depth(get))
}

/// Returns the theme that was asked for, as it is meant to be.
pub(super) const fn theme_of(asked: config::Theme) -> Theme {
    match asked {
        config::Theme::Terminal => Theme::Terminal,
        config::Theme::Mono => Theme::Mono,
        config::Theme::HighContrast => Theme::HighContrast,
        config::Theme::ColourBlind => Theme::ColourBlind,
    }
}

/// Returns how many colours there are to use.
///
/// `NO_COLOR` (<https://no-color.org>) comes before `CLICOLOR_FORCE` and `CLICOLOR`
/// (<https://bixense.com/clicolors/>); then the terminal's name counts.
pub(super) fn depth(get: Get<'_>) -> Depth {
    let forced = !["", "0"].contains(&get("CLICOLOR_FORCE").as_str());
    if !get("NO_COLOR").is_empty() || (get("CLICOLOR") == "0" && !forced) {
        return Depth::None;
    }
    let term = get("TERM");
    let many = [
        "256color",
        "direct",
        "kitty",
        "alacritty",
        "foot",
        "ghostty",
        "wezterm",
    ];
    // Those of which terminfo says 8; a plain `xterm` says so too, but no emulator of today means it.
    let eight = [
        "linux",
        "screen",
        "ansi",
        "rxvt",
        "xterm-color",
        "cygwin",
        "putty",
        "cons25",
    ];
    if ["truecolor", "24bit"].contains(&get("COLORTERM").as_str())
        || many.iter().any(|name| term.contains(name))
    {
        Depth::Many
    } else if term.starts_with("vt") && !forced {
        Depth::None
    } else if term.starts_with("vt") || eight.contains(&term.as_str()) {
        Depth::Eight
    } else {
        Depth::Sixteen
    }
}

/// Returns the colours of lines on standard output, if there are to be any: `--color`, else by the
/// environment.
pub(super) fn colours(asked: Option<&str>, theme: config::Theme, get: Get<'_>) -> Option<Theme> {
    let is_forced = !["", "0"].contains(&get("CLICOLOR_FORCE").as_str());
    let is_shown = (std::io::stdout().is_terminal() || is_forced) && get("TERM") != "dumb";
    let depth = match asked {
        Some("always") => depth(get).max(Depth::Eight),
        Some("never") => Depth::None,
        _ if is_shown => depth(get),
        _ => Depth::None,
    };
    (depth != Depth::None).then(|| theme_of(theme).on(depth))
}

/// Returns what there is to say about the terminal, each thing once in the life of this account's
/// state folder, or again when it is another thing.
pub(super) fn news(lang: Lang, state: &Path, get: Get<'_>) -> Option<String> {
    let fresh: Vec<String> = troubles(lang, get)
        .into_iter()
        .filter(|(name, _)| is_first(state, name))
        .map(|(_, words)| words)
        .collect();
    (!fresh.is_empty()).then(|| fresh.join("  "))
}

/// Returns each trouble's name and what to say.
fn troubles(lang: Lang, get: Get<'_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if get("TERM") == "linux" {
        // In English whatever was asked for: this is the one thing that must be read there.
        out.push((
            "console".to_owned(),
            Lang::En.text("terminal.no-han").to_owned(),
        ));
    }
    // POSIX: the first of these that is set names the characters' encoding.
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].map(|name| (name, get(name)));
    if let Some((name, value)) = set.into_iter().find(|(_, value)| !value.is_empty()) {
        let upper = value.to_uppercase();
        if !upper.contains("UTF-8") && !upper.contains("UTF8") {
            let words = lang.fill("doctor.not-utf8", &[("name", &name), ("value", &value)]);
            out.push((format!("{name}={value}"), words));
        }
    }
    out
}

/// Tells whether this is said for the first time, and notes that it has been said. Where that can't
/// be noted it is said again, which does no harm.
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
            (&[("TERM", "xterm")][..], Depth::Sixteen),
            (&[], Depth::Sixteen),
            (&[("TERM", "xterm-256color")], Depth::Many),
            (
                &[("TERM", "xterm"), ("COLORTERM", "truecolor")],
                Depth::Many,
            ),
            (&[("TERM", "linux")], Depth::Eight),
            (&[("TERM", "screen")], Depth::Eight),
            (&[("TERM", "tmux-256color")], Depth::Many),
            (&[("TERM", "vt220")], Depth::None),
            (&[("TERM", "vt220"), ("CLICOLOR_FORCE", "1")], Depth::Eight),
            (&[("CLICOLOR", "0")], Depth::None),
            (
                &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")],
                Depth::Sixteen,
            ),
            (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0")], Depth::None),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Depth::None),
            (&[("NO_COLOR", "")], Depth::Sixteen),
        ] {
            assert_eq!(depth(&|name| get(set, name)), want, "{set:?}");
        }
    }

    #[test]
    fn each_trouble_is_said_once_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let say = |set: &[(&str, &str)]| news(Lang::ZhCn, folder.path(), &|name| get(set, name));
        let gbk = [("LANG", "zh_CN.GBK")];
        assert!(say(&gbk).is_some_and(|w| w.contains("LANG=zh_CN.UTF-8")));
        assert_eq!(say(&gbk), None);
        assert!(say(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]).is_some());
        assert_eq!(say(&[("LANG", "zh_CN.utf8")]), None);
        assert_eq!(say(&[]), None);
        let words = say(&[("TERM", "linux"), ("LANG", "C.UTF-8")]).unwrap();
        assert!(words.is_ascii(), "{words}");
        assert_eq!(say(&[("TERM", "linux")]), None);
    }
}
