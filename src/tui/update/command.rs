//! `:`: goes to a number, or does what an action's name says.

use super::{browse, meeting, quit};
use crate::tui::{
    action::{Action, Effect},
    command::{candidates, is_key, mode, name, node},
    editor::Editor,
    keymap::Mode,
    model::{Layer, Model, Prompt, Purpose},
};

/// Goes to a number, or does the only action that is meant.
pub(super) fn run(model: &mut Model, text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    if let (Some(node), Mode::Meeting) = (node(model, text), mode(model)) {
        meeting::seek::to_node(model, node);
        return Ok(());
    }
    if let Some(node) = node(model, text) {
        model.outline.select(&model.document, node);
        model.detail_scroll = 0;
        let hidden = model.outline.node() != Some(node);
        if hidden {
            model.warn(model.lang.fill("notice.filtered-out", &[("what", &text)]));
        }
        return Ok(());
    }
    match candidates(mode(model), text).as_slice() {
        [] => Err(model.lang.fill("error.no-such-place", &[("what", &text)])),
        [only] => {
            perform(model, only.action.clone(), effects);
            Ok(())
        }
        [first, ..]
            if first.id == text || name(model.lang, first) == text || is_key(first, text) =>
        {
            perform(model, first.action.clone(), effects);
            Ok(())
        }
        _ => Err(model.lang.fill("error.several-actions", &[("what", &text)])),
    }
}

/// Tells whether this names neither a place nor an action.
pub(super) fn is_nowhere(model: &Model, text: &str) -> bool {
    node(model, text).is_none() && candidates(mode(model), text).is_empty()
}

fn perform(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Quit => quit(model, effects),
        Action::Redraw => effects.extend([Effect::Clear, Effect::Read]),
        Action::Suspend => effects.push(Effect::Suspend),
        action if mode(model) == Mode::Meeting => meeting::meeting(model, action, effects),
        action => browse::browse(model, action, effects),
    }
}

/// Tab: puts the next action that what was typed may mean into the line, and round at the end.
pub(super) fn complete(model: &mut Model) {
    let (lang, mode) = (model.lang, mode(model));
    let Some(Layer::Line(prompt)) = model.layers.last_mut() else {
        return;
    };
    let Prompt {
        purpose: Purpose::Command,
        editor,
        seed,
        ..
    } = prompt
    else {
        return;
    };
    let typed = seed.get_or_insert_with(|| editor.text().to_owned());
    let names: Vec<&str> = candidates(mode, typed)
        .iter()
        .map(|b| name(lang, b))
        .collect();
    let next = names
        .iter()
        .position(|n| *n == editor.text())
        .map_or(0, |i| (i + 1) % names.len());
    if let Some(name) = names.get(next) {
        *editor = Editor::new(*name);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::{action::Effect, keymap::Mode, model::Layer, stage::Stage};

    fn line(stage: &Stage) -> String {
        match stage.model.layers.last() {
            Some(Layer::Line(prompt)) => prompt.editor.text().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_action_is_done_by_any_of_its_names() {
        for typed in ["undo", "撤销", "cx", "chexiao"] {
            let mut stage = Stage::new(80, 24);
            stage.keys("j j Space");
            assert_eq!(stage.model.progress.total().rate().0, 1);
            stage.keys(&format!(": '{typed} Enter"));
            assert_eq!(stage.model.progress.total().rate().0, 0, "{typed}");
        }
        let mut stage = Stage::new(80, 24);
        stage.keys("： '退出 Enter");
        assert_eq!(stage.effects, [Effect::Quit]);
        stage.keys(": 'q Enter");
        assert_eq!(stage.effects, [Effect::Quit, Effect::Quit]);
    }

    #[test]
    fn a_number_may_be_full_width() {
        for keys in [
            "'１６ Enter",
            "'１６。３ Enter",
            ": '１６．３ Enter",
            ": '16、3 Enter",
        ] {
            let mut stage = Stage::new(80, 24);
            stage.keys(keys);
            let row = stage.model.outline.node().map(|n| stage.model.label(n));
            let row = row.unwrap_or_default();
            assert!(row.starts_with("16"), "{keys}: {row}\n{}", stage.screen());
        }
    }

    #[test]
    fn what_may_be_several_is_asked_about_and_tab_goes_through_them() {
        let mut stage = Stage::new(80, 24);
        stage.keys(": 'xy Enter");
        assert_eq!(stage.model.mode(), Mode::Line, "the line stays");
        assert!(stage.screen().contains("按 Tab 选择"), "{}", stage.screen());
        stage.keys("Tab");
        let first = line(&stage);
        let last_row = stage.screen().lines().last().unwrap().to_owned();
        assert!(
            last_row.contains(&first) && !last_row.contains("按 Tab"),
            "{last_row}"
        );
        stage.keys("Tab");
        let second = line(&stage);
        assert_ne!(first, second);
        let round = (0..40).any(|_| {
            stage.keys("Tab");
            line(&stage) == first
        });
        assert!(round, "it never comes round to {first}");
    }

    #[test]
    fn the_line_says_where_a_number_leads_and_what_letters_may_mean() {
        let mut stage = Stage::new(100, 24);
        let last = |stage: &Stage| stage.screen().lines().last().unwrap().to_owned();
        stage.keys(":");
        assert!(last(&stage).contains("Tab 补全"), "{}", last(&stage));
        stage.keys("'2");
        assert!(last(&stage).contains("药食同源"), "{}", last(&stage));
        stage.keys("Esc : 'cx");
        assert!(last(&stage).contains("撤销"), "{}", last(&stage));
    }
}
