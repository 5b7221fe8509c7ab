//! The last line: the line being typed, or what there is to say, or hints; and whether all is saved.

use super::{Pen, help};
use crate::{
    document::Node,
    text::elide,
    tui::{
        action::Action,
        command,
        editor::Editor,
        glyphs::{self, Glyphs},
        keymap::Binding,
        model::{Layer, Model, Prompt, Purpose},
        theme::Role,
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::borrow::Cow;

/// Draws the footer; returns where the text cursor stands.
pub fn draw(model: &Model, buf: &mut Buffer, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let (state, state_role) = saving(model);
    let mut pen = Pen::new(model, buf, area, 0);
    let width = model.policy.width(&state);
    // The state of saving is said last and gives way last, but for the line being typed.
    let typing = matches!(model.layers.last(), Some(Layer::Line(_)));
    let shown = !typing && pen.room() > width + 12;
    let end = if shown {
        area.right() - u16::try_from(width + 1).unwrap_or(0)
    } else {
        area.right()
    };
    if shown {
        pen.x = end;
        pen.put(&state, state_role);
        // A blank column parts it from what stands before it.
        (pen.x, pen.end) = (area.x, end - 1);
    }
    pen.skip(1);
    match (model.layers.last(), &model.notice) {
        (Some(Layer::Line(prompt)), _) => return Some(line(&mut pen, prompt)),
        (_, Some(notice)) => {
            let role = if notice.alarm {
                Role::Alarm
            } else {
                Role::Notice
            };
            let text = elide(model.policy, &notice.text, pen.room()).into_owned();
            pen.put(&text, role);
        }
        // A meeting has its keys above, where no message hides them.
        _ if super::meeting::shows_keys(model) => {
            let more = super::meeting::more(model).unwrap_or_default();
            pen.put(&more, Role::Dim);
        }
        _ => hints(model, &mut pen),
    }
    None
}

fn saving(model: &Model) -> (String, Role) {
    let lang = model.lang;
    if let (Some(Layer::Help(_)), None) = (model.layers.last(), &model.saving.failed) {
        return (help::extent(model).unwrap_or_default(), Role::Dim);
    }
    let n = model.saving.pending.len();
    let sign = Glyphs::of(model.policy).unsaved;
    if model.saving.failed.is_some() {
        (
            format!("{sign}{}", lang.fill("footer.failed", &[("n", &n)])),
            Role::Alarm,
        )
    } else if n > 0 {
        (format!("{sign}{}", lang.text("footer.saving")), Role::Dim)
    } else {
        (lang.text("footer.saved").to_owned(), Role::Dim)
    }
}

/// Returns what the hint of a binding says, where it has one.
fn words(model: &Model, binding: &Binding) -> Option<Cow<'static, str>> {
    if let (Action::Cycle, Some(Layer::Write(writing))) = (&binding.action, model.layers.last()) {
        let next = model.lang.text(writing.kind.next().name_key());
        return Some(model.lang.fill("write.kind", &[("kind", &next)]).into());
    }
    let words = model.lang.find(&format!("hint.{}", binding.id))?;
    Some(Cow::Borrowed(words))
}

/// Whole hints only, by their rank; they stand in the table's order.
fn hints(model: &Model, pen: &mut Pen<'_>) {
    let mut hints: Vec<(u8, String, Cow<'static, str>)> = model
        .keymap
        .of_mode(model.mode())
        .filter(|(b, _)| b.hint > 0)
        .filter_map(|(b, keys)| {
            let words = words(model, b)?;
            Some((b.hint, glyphs::key(model.policy, *keys.first()?), words))
        })
        .collect();
    let width = |hints: &[(u8, String, Cow<'_, str>)]| -> usize {
        hints
            .iter()
            .map(|(_, k, w)| model.policy.width(k) + model.policy.width(w) + 3)
            .sum()
    };
    while !hints.is_empty() && width(&hints) > pen.room() + 2 {
        let least = hints.iter().map(|(rank, _, _)| *rank).max();
        hints.retain(|(rank, _, _)| Some(*rank) != least);
    }
    for (_, key, words) in &hints {
        pen.put(key, Role::Key);
        pen.skip(1);
        pen.put(words, Role::Dim);
        pen.skip(2);
    }
}

fn line(pen: &mut Pen<'_>, prompt: &Prompt) -> Position {
    let label = match &prompt.purpose {
        Purpose::Command => ":".to_owned(),
        Purpose::Search | Purpose::Seek | Purpose::History | Purpose::Find | Purpose::Documents => {
            "/".to_owned()
        }
        Purpose::Due(targets) => about(pen.model, "prompt.due", targets),
        Purpose::Owner(targets) => about(pen.model, "prompt.owner", targets),
        Purpose::Step(clause) => about(pen.model, "prompt.step", &[*clause]),
        Purpose::Minutes(_) => ending(pen.model, pen.room()),
        Purpose::Export(_) if pen.room() < 60 => {
            pen.model.lang.text("prompt.export-short").to_owned()
        }
        Purpose::Export(_) => pen.model.lang.text("prompt.export").to_owned(),
    };
    let half = pen.room() / 2;
    if let Some(error) = &prompt.error {
        // What is wrong is worth more room than what was typed has left over.
        let typed = pen.model.policy.width(&label) + pen.model.policy.width(prompt.editor.text());
        let most = pen.room().saturating_sub(typed + 2).max(pen.room() / 2);
        aside(pen, error, most, Role::Alarm);
    } else if prompt.purpose == Purpose::Command {
        let meant = meant(pen.model, prompt);
        aside(pen, &meant, half, Role::Dim);
    } else if let Some(key) = takes(prompt, pen.room()) {
        let takes = pen.model.lang.text(key);
        aside(pen, takes, usize::MAX, Role::Dim);
    }
    if prompt.purpose == Purpose::Find {
        let extent = help::extent(pen.model).unwrap_or_default();
        aside(pen, &extent, half, Role::Dim);
    }
    if prompt.purpose == Purpose::Search {
        let found = searching(pen.model);
        aside(pen, &found, half, Role::Dim);
    }
    if prompt.purpose == Purpose::Seek {
        let leads = leads(pen.model);
        aside(pen, &leads, half, Role::Dim);
    }
    pen.put(&label, Role::Key);
    typed(pen, &prompt.editor)
}

/// Says that the meeting is being ended, and how it is not.
fn ending(model: &Model, room: usize) -> String {
    let words = match room {
        100.. => "prompt.minutes-long",
        60.. => "prompt.minutes",
        _ => "prompt.minutes-short",
    };
    let key = model.keymap.first_key("meeting");
    model.lang.fill(words, &[("key", &key)])
}

/// Returns the key of what a line takes, where nobody is expected to know it and there is room.
const fn takes(prompt: &Prompt, room: usize) -> Option<&'static str> {
    match prompt.purpose {
        Purpose::Due(_) if room >= 76 => Some("prompt.due-takes"),
        Purpose::Owner(_) if room >= 60 => Some("prompt.owner-takes"),
        _ => None,
    }
}

/// Says what a command would do: where a number leads, or which actions may be meant.
fn meant(model: &Model, prompt: &Prompt) -> String {
    let text = prompt.editor.text().trim();
    if text.is_empty() {
        return model.lang.text("prompt.command").to_owned();
    }
    match command::node(model, text) {
        Some(Node::Measure(i)) => model.document.measures[i].title.clone(),
        Some(Node::Clause(i)) => model.document.clauses[i].text.chars().take(200).collect(),
        Some(Node::Chapter(i)) => model.document.chapters[i].heading(),
        None => {
            let found =
                command::candidates(command::mode(model), prompt.seed.as_deref().unwrap_or(text));
            let names: Vec<&str> = found.iter().map(|b| command::name(model.lang, b)).collect();
            names.join("  ")
        }
    }
}

/// Puts a text at the right end, in at most so many columns of the line, which then ends before it.
fn aside(pen: &mut Pen<'_>, text: &str, most: usize, role: Role) {
    let text = elide(pen.model.policy, text, most).into_owned();
    let width = u16::try_from(pen.model.policy.width(&text) + 1).unwrap_or(u16::MAX);
    let x = pen.end.saturating_sub(width).max(pen.x);
    let start = std::mem::replace(&mut pen.x, x);
    pen.put(&text, role);
    (pen.x, pen.end) = (start, x.saturating_sub(1).max(start));
}

/// Says what is asked for, and about what.
fn about(model: &Model, key: &'static str, targets: &[usize]) -> String {
    let what = match targets {
        [one] => model.document.clauses[*one].id.to_string(),
        many => model.lang.fill("write.many", &[("n", &many.len())]),
    };
    model.lang.fill(key, &[("what", &what)])
}

/// Says how the search stands.
fn searching(model: &Model) -> String {
    let search = &model.search;
    if search.query.is_empty() {
        return String::new();
    }
    let mut out = model
        .lang
        .fill("search.count", &[("n", &search.matches.clauses.len())]);
    if !search.query.unread().is_empty() {
        let terms: Vec<&str> = search.query.unread().iter().map(String::as_str).collect();
        let terms = model.lang.list(&terms);
        out = format!(
            "{}  {out}",
            model.lang.fill("search.unread", &[("terms", &terms)])
        );
    }
    out
}

/// Says where Enter leads in a meeting, and how many clauses were found.
fn leads(model: &Model) -> String {
    let Some(meeting) = &model.meeting else {
        return String::new();
    };
    if meeting.sought.text.is_empty() {
        return String::new();
    }
    let found = [("n", &meeting.sought.found.len() as &dyn std::fmt::Display)];
    let count = model.lang.fill("search.count", &found);
    let Some(best) = meeting.sought.best else {
        return count;
    };
    let clause = &model.document.clauses[best];
    let text: String = clause.text.chars().take(200).collect();
    format!("{count}  {} {text}", clause.id)
}

/// Draws a text being typed, as much of it as leaves the cursor in sight; returns the cursor's place.
pub(crate) fn typed(pen: &mut Pen<'_>, editor: &Editor) -> Position {
    let policy = pen.model.policy;
    let (before, after) = editor.split();
    let (before, after) = (crate::text::clean(before), crate::text::clean(after));
    let room = pen.room().saturating_sub(1);
    let mut hidden = policy.width(&before).saturating_sub(room);
    let mut start = 0;
    for (i, g, w) in policy.graphemes(&before) {
        if hidden == 0 {
            break;
        }
        hidden = hidden.saturating_sub(w);
        start = i + g.len();
    }
    // What typing would take the place of looks so.
    let role = if editor.is_selected() {
        Role::Selected
    } else {
        Role::Text
    };
    pen.put(before.get(start..).unwrap_or_default(), role);
    let cursor = Position::new(pen.x.min(pen.end.saturating_sub(1)), pen.y);
    pen.put(&after, Role::Text);
    cursor
}

#[cfg(test)]
mod tests {
    use crate::{
        locale::Lang,
        text::Policy,
        tui::{
            keymap::{Binding, Mode},
            stage::{Stage, sampled},
        },
    };

    /// Returns the hints of a mode, the ranks first.
    fn all(stage: &Stage) -> Vec<(u8, String)> {
        let hint = |b: &Binding| super::words(&stage.model, b).unwrap();
        stage
            .model
            .keymap
            .of_mode(stage.model.mode())
            .filter(|(b, _)| b.hint > 0)
            .map(|(b, keys)| (b.hint, format!("{} {}", keys[0], hint(b))))
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
                    let mut stage = Stage::new(width, 24);
                    (stage.model.lang, stage.model.policy) = (lang, policy);
                    stage.keys(keys);
                    stage.model.notice = None;
                    assert_eq!(stage.model.mode(), mode);
                    check(&stage, &format!("{mode:?} {lang:?} {width}"));
                }
            }
        }
    }

    #[test]
    fn hints_keep_their_distance_at_every_width() {
        for width in (20..130).filter(|width| sampled(*width, 6)) {
            let mut stage = Stage::new(width, 16);
            stage.keys("j j Enter");
            let screen = stage.screen();
            let row = screen.lines().last().unwrap();
            let before = row.strip_suffix("已保存");
            assert!(before.is_none_or(|b| b.ends_with(' ')), "{width}: {row}");
        }
    }

    #[test]
    fn a_long_notice_keeps_its_distance() {
        let mut stage = Stage::new(40, 16);
        stage
            .model
            .say("纪要已保存：tianjin-2025-纪要-2026-11-23.md");
        let screen = stage.screen();
        let row = screen.lines().last().unwrap();
        assert!(row.contains("… 已保存"), "{row}");
    }

    fn check(stage: &Stage, what: &str) {
        let screen = stage.screen();
        let row = screen.lines().last().unwrap();
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
        // Nothing else stands there but whole hints and, at the end, how saving or the help stands.
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
        // None is left out that counts more than one that is shown.
        let worst = shown.iter().map(|(rank, _)| *rank).max();
        let better = all.iter().filter(|(rank, _)| Some(*rank) < worst).count();
        let better_shown = shown.iter().filter(|(rank, _)| Some(*rank) < worst).count();
        assert_eq!(better, better_shown, "{what}: {row}");
    }
}
