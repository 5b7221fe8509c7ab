//! `y`: copies what is under the cursor to the clipboard.

use crate::{
    progress::Due,
    text::clean,
    tui::{context::Context, request::Effect},
};

/// Passes the clauses' text, units and status to the terminal, and says so.
pub(super) fn copy(context: &mut Context) {
    let targets = context.targets();
    let Some(first) = targets.first() else {
        return context.say(context.lang.text("notice.nothing-here"));
    };
    let text: Vec<String> = targets.iter().map(|i| clause(context, *i)).collect();
    let text = text.join("\n");
    let id = context.document.clauses[*first].id.to_string();
    let what = match targets.len() {
        1 => id,
        n => context.lang.fill("news.many", &[("first", &id), ("n", &n)]),
    };
    let n = text.chars().count();
    let said = context
        .lang
        .fill("notice.copied", &[("what", &what), ("n", &n)]);
    context.effect(Effect::Copy(text));
    context.say(said);
}

fn clause(context: &Context, index: usize) -> String {
    let lang = context.lang;
    let clause = &context.document.clauses[index];
    let record = context.progress.record(index);
    let mut out = format!("{} {}\n", clause.id, clause.text);
    let mut field = |key, value: &str| {
        out += &lang.fill(
            "copy.field",
            &[("name", &lang.text(key)), ("value", &value)],
        );
        out.push('\n');
    };
    let units = &clause.responsibility.units;
    if !units.is_empty() {
        field("field.units", &lang.list(units));
    }
    field("field.status", lang.text(record.status.name_key()));
    match record.due {
        Some(Due::Date(date)) => field("field.due", &date.to_string()),
        Some(Due::Long) => field("field.due", lang.text("due.long")),
        None => {}
    }
    if let Some(owner) = &record.owner {
        field("field.owner", &clean(owner));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::test_app::TestApp;

    fn copied(stage: &mut TestApp) -> String {
        match stage.effects.pop() {
            Some(Effect::Copy(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_clause_is_copied_whole_with_units_and_status() {
        let mut stage = TestApp::new(80, 24);
        stage.keys("j j s 2 d '2026-12-31 Enter o '李四 Enter y");
        let text = copied(&mut stage);
        let clause = &stage.context.document.clauses[0];
        assert!(
            text.starts_with(&format!("1.1 {}\n", clause.text)),
            "{text}"
        );
        assert!(
            text.ends_with("责任单位：天津海关\n状态：推进中\n期限：2026-12-31\n联系人：李四\n"),
            "{text}"
        );
        assert!(stage.notice().contains("1.1"), "{}", stage.notice());
    }

    #[test]
    fn all_that_is_marked_is_copied_or_the_measure() {
        let mut stage = TestApp::new(80, 24);
        stage.keys("'16 Enter y");
        let text = copied(&mut stage);
        assert_eq!(text.matches("状态：").count(), 4);
        assert!(text.contains("16.1 ") && text.contains("16.4 "));
        stage.keys("j v v y");
        assert_eq!(copied(&mut stage).matches("状态：").count(), 2);
        stage.keys("Esc Enter y");
        assert_eq!(
            copied(&mut stage).matches("状态：").count(),
            1,
            "also where it is open"
        );
    }
}
