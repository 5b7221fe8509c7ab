//! The last line: a notice, or hints and what a colleague has just done; and whether everything is
//! saved.

use super::{
    context::Context,
    layout,
    screens::screen::{Screen, hints},
    widgets::{glyphs::MARK, hint, theme::Role},
};
use ratatui::buffer::Buffer;

/// Draws the footer of the top screen. `extent` says which lines are in view. A box has its keys in
/// its title, so that notices don't replace them.
pub fn draw(context: &Context, buf: &mut Buffer, top: &dyn Screen, extent: Option<String>) {
    let area = layout::footer(context.size);
    if area.is_empty() {
        return;
    }
    let mut pen = context.pen(buf, area, 0);
    // The saving state comes last and is dropped last.
    let (state, role) = match extent {
        Some(extent) if context.saving.failed.is_none() => (extent, Role::Dim),
        _ => saving(context),
    };
    if pen.room() > pen.width(&state) + 12 {
        pen.put_aside(&state, usize::MAX, role);
    }
    pen.skip(1);
    if let Some(notice) = &context.notice {
        let role = if notice.alarm {
            Role::Alarm
        } else {
            Role::Notice
        };
        pen.put_elided(&notice.text, role);
        return;
    }
    if let Some(news) = &context.news {
        pen.put_aside(news, pen.room() * 2 / 3, Role::Notice);
    }
    if let Some(words) = top.foot(context) {
        pen.put_elided(&words, Role::Dim);
    } else if !top.mode().is_popup() {
        let mut hints = hints(context, top);
        hint::fit(context.policy, &mut hints, pen.room());
        hint::put(&mut pen, &hints, Role::Key, Role::Dim);
    }
}

fn saving(context: &Context) -> (String, Role) {
    let lang = context.lang;
    let n = context.saving.pending.len();
    if context.saving.failed.is_some() {
        let words = lang.fill("footer.failed", &[("n", &n)]);
        (format!("{MARK}{words}"), Role::Alarm)
    } else if n > 0 {
        (format!("{MARK}{}", lang.text("footer.saving")), Role::Dim)
    } else {
        (lang.text("footer.saved").to_owned(), Role::Dim)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        locale::Lang,
        text::Policy,
        tui::{
            keymap::Mode,
            test_app::{TestApp, sampled},
        },
    };

    /// Returns the hints of a mode with their ranks.
    fn all(stage: &TestApp) -> Vec<(u8, String)> {
        let hints = super::hints(&stage.context, stage.screen_on_top()).into_iter();
        hints
            .map(|hint| (hint.rank, format!("{} {}", hint.key, hint.words)))
            .collect()
    }

    #[test]
    fn hints_are_whole_and_the_help_is_the_last_to_go() {
        for (keys, mode) in [
            ("", Mode::Browse),
            ("j j Enter", Mode::Detail),
            ("?", Mode::Help),
            ("j j s", Mode::Pick),
            ("'16 Enter Space", Mode::Confirm),
            ("j j r", Mode::Write),
        ] {
            for width in (20..=120).filter(|width| sampled(*width, 6)) {
                for (lang, policy) in [(Lang::ZhCn, Policy::Wide), (Lang::En, Policy::Narrow)] {
                    let mut stage = TestApp::new(width, 24);
                    (stage.context.lang, stage.context.policy) = (lang, policy);
                    stage.keys(keys);
                    stage.context.notice = None;
                    assert_eq!(stage.context.mode(), mode);
                    check(&stage, &format!("{mode:?} {lang:?} {width}"));
                }
            }
        }
    }

    #[test]
    fn hints_keep_their_distance_at_every_width() {
        for width in (20..130).filter(|width| sampled(*width, 6)) {
            let mut stage = TestApp::new(width, 16);
            stage.keys("j j Enter");
            let screen = stage.screen();
            let row = screen.lines().last().unwrap();
            let before = row.strip_suffix("已保存");
            assert!(before.is_none_or(|b| b.ends_with(' ')), "{width}: {row}");
        }
    }

    #[test]
    fn a_long_notice_keeps_its_distance() {
        let mut stage = TestApp::new(40, 16);
        stage
            .context
            .say("纪要已保存：tianjin-2025-纪要-2026-11-23.md");
        let screen = stage.screen();
        let row = screen.lines().last().unwrap();
        assert!(row.contains("… 已保存"), "{row}");
    }

    fn check(stage: &TestApp, what: &str) {
        let screen = stage.screen();
        let row = screen.lines().last().unwrap();
        if stage.context.mode().is_popup() {
            // Its keys are in its title.
            let least = all(stage).into_iter().min().unwrap().1;
            assert!(screen.contains(&least), "{what}: {least}\n{screen}");
            assert!(
                ["", "已保存", "saved"].contains(&row.trim()),
                "{what}: {row}"
            );
            return;
        }
        let all = all(stage);
        let shown: Vec<&(u8, String)> = all
            .iter()
            .filter(|(_, h)| row.contains(h.as_str()))
            .collect();
        let least = all.iter().map(|(rank, _)| *rank).min();
        assert!(
            shown.iter().any(|(rank, _)| Some(*rank) == least),
            "{what}: {row}"
        );
        // Only whole hints, and the saving or help state at the end.
        let mut rest = row.to_owned();
        for (_, hint) in &shown {
            rest = rest.replacen(hint.as_str(), "", 1);
        }
        let rest = rest.trim();
        let extent = rest.contains('/') && rest.chars().all(|c| "0123456789-/".contains(c));
        assert!(
            ["", "已保存", "saved"].contains(&rest) || extent,
            "{what}: {rest:?} in {row}"
        );
        // No hint is left out that ranks above a shown one.
        let worst = shown.iter().map(|(rank, _)| *rank).max();
        let better = all.iter().filter(|(rank, _)| Some(*rank) < worst).count();
        let better_shown = shown.iter().filter(|(rank, _)| Some(*rank) < worst).count();
        assert_eq!(better, better_shown, "{what}: {row}");
    }
}
