//! The search and its history, by keys.

use crate::{
    document::Node,
    progress::{Body, Draft, Edit, Status, journal::Batch},
    tui::{keymap::Mode, message::Message, outline::Row, test_app::TestApp},
};

fn stage() -> TestApp {
    TestApp::new(80, 24)
}

fn shown(stage: &TestApp) -> Vec<String> {
    let rows = stage.context.outline.rows().iter();
    rows.filter(|r| matches!(r, Row::Node(Node::Clause(_))))
        .map(|r| stage.context.label(r.node()))
        .collect()
}

#[test]
fn each_key_narrows_and_the_cursor_goes_to_the_best() {
    let mut stage = stage();
    stage.keys("/ '锂电");
    assert_eq!(shown(&stage), ["1.1", "1.2"]);
    assert_eq!(stage.at(), "1.1");
    stage.keys("Backspace Backspace 't 'j 'h 'g");
    let by_letters = shown(&stage);
    stage.keys("Ctrl-u '天津海关");
    assert_eq!(by_letters, shown(&stage));
}

#[test]
fn a_units_query_shows_its_clauses_under_their_headings() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter");
    assert_eq!(
        (stage.context.mode(), shown(&stage).len()),
        (Mode::Browse, 19)
    );
    assert!(stage.context.outline.rows().len() > 19 + 5);
    let screen = stage.screen();
    assert!(screen.contains("显示 19/42 款"), "{screen}");
}

#[test]
fn escape_puts_folds_and_cursor_back_exactly() {
    let mut stage = stage();
    stage.keys("j j Tab ] ] j");
    let before = stage.context.outline.clone();
    stage.keys("/ '通关 Esc");
    assert_eq!(stage.context.outline, before);
    stage.keys("/ '通关 Enter n n Tab Esc");
    assert_eq!(stage.context.outline, before);
}

#[test]
fn a_kept_search_is_opened_for_one_more_term() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter / '锂电 Enter");
    assert_eq!(stage.context.search.text, "@天津海关 锂电");
    assert_eq!(shown(&stage), ["1.1"]);
    // Empty queries are not remembered.
    stage.keys("/ Enter");
    assert_eq!(stage.context.search.text, "@天津海关 锂电");
    assert_eq!(
        stage.context.search.history,
        ["@天津海关", "@天津海关 锂电"]
    );
    // An unfinished phrase or field continues.
    for (typed, more, text) in [
        ("'“两仓", "'功能", "“两仓功能"),
        ("'锂 Space 'is:", "'todo", "锂 is:todo"),
    ] {
        stage.keys(&format!("/ Ctrl-u {typed} Enter / {more} Enter"));
        assert_eq!(stage.context.search.text, text);
    }
}

#[test]
fn escape_goes_back_to_a_search_that_was_kept() {
    let mut stage = stage();
    stage.keys("/ '海关 Enter n n Tab");
    let kept = (
        stage.context.outline.clone(),
        stage.context.search.text.clone(),
    );
    stage.keys("/ Ctrl-u '锂电池");
    assert_eq!(shown(&stage), ["1.1", "1.2"]);
    stage.keys("Esc");
    assert_eq!(stage.context.outline, kept.0);
    assert_eq!(stage.context.search.text, kept.1);
    stage.keys("n Esc");
    assert_eq!(stage.context.outline.filter(), None);
}

#[test]
fn a_kept_search_is_shown_with_the_keys_that_continue_it() {
    let mut stage = stage();
    stage.keys("/ '海关 Enter");
    for part in ["19 款", "n N", "Esc"] {
        assert!(stage.notice().contains(part), "{part}: {}", stage.notice());
    }
    let header = stage.screen().lines().next().unwrap().to_owned();
    assert!(header.contains("/海关"), "{header}");
}

#[test]
fn what_was_found_is_seen_where_a_row_is_cut() {
    let mut stage = stage();
    stage.context.size = (40, 16);
    stage.keys("/ '通关保障 Enter");
    let screen = stage.screen();
    assert!(
        screen.contains("[ ] …") && screen.contains("通关保障"),
        "{screen}"
    );
}

#[test]
fn going_through_earlier_queries_loses_nothing_typed() {
    let mut stage = stage();
    stage.keys("/ '锂电池 Enter Esc / '海关 Enter Esc / '口岸 Down");
    assert_eq!(stage.context.search.text, "口岸");
    stage.keys("Up Up");
    assert_eq!(stage.context.search.text, "锂电池");
    stage.keys("Down Down");
    assert_eq!(stage.context.search.text, "口岸");
}

#[test]
fn n_walks_in_document_order_and_round() {
    let mut stage = stage();
    stage.keys("/ '锂电池 Enter");
    let mut seen = vec![stage.at()];
    for _ in 0..2 {
        stage.keys("n");
        seen.push(stage.at());
    }
    assert_eq!(seen, ["1.1", "1.2", "1.1"]);
    stage.keys("N");
    assert_eq!(stage.at(), "1.2");
}

#[test]
fn a_han_character_typed_while_browsing_begins_a_search_and_earlier_ones_come_back() {
    let mut stage = stage();
    stage.keys("'锂电池 Enter Esc");
    stage.keys("/ '海关 Enter Esc / Up Up");
    assert_eq!(shown(&stage), ["1.1", "1.2"]);
    stage.keys("Down Enter /");
    assert!(stage.screen().contains("/海关"), "the query stays editable");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_works() {
    let mut stage = stage();
    stage.keys("/ '锂电池");
    stage.receive(Message::Paste(" is:wurst".into()));
    assert_eq!(shown(&stage), ["1.1", "1.2"]);
    stage.keys("Enter");
    assert!(stage.notice().contains("is:wurst"), "{}", stage.notice());
}

#[test]
fn only_what_is_shown_is_worked_on() {
    let mut stage = stage();
    stage.keys("/ '简化跨境电商 Enter k Space y");
    assert_eq!(
        stage.context.progress.total().rate().0,
        1,
        "15.1 is hidden and stays as it was"
    );
    stage.keys("Esc / '@天津海关 Enter V Space y");
    assert_eq!(stage.context.progress.total().rate().0, 19);
    assert!(stage.context.marks.is_empty());
}

#[test]
fn the_history_lists_narrows_and_leads_to_the_clause() {
    let mut stage = stage();
    stage.keys("j j Space '16.3 Enter s 2 u L L");
    let screen = stage.screen();
    assert!(
        screen.contains("改动记录 3 条") && screen.contains("16.3  （已撤销）"),
        "{screen}"
    );
    stage.keys("G Enter");
    assert_eq!(
        (stage.context.mode(), stage.at().as_str()),
        (Mode::Browse, "1.1")
    );
    stage.keys("L L / '#16 Enter");
    assert!(
        stage.screen().contains("改动记录 2 条"),
        "{}",
        stage.screen()
    );
    stage.keys("Enter");
    assert_eq!(stage.at(), "16.3");
    stage.keys("L L Esc");
    assert_eq!(stage.context.mode(), Mode::Browse);
}

#[test]
fn what_was_found_is_set_off_in_outline_and_detail() {
    let mut stage = stage();
    stage.context.size = (120, 36);
    stage.keys("/ 't 'j 'h 'g");
    let (buf, _) = stage.drawn();
    let set_off = |area: ratatui::layout::Rect| -> String {
        let style = stage
            .context
            .theme
            .style(crate::tui::widgets::theme::Role::Match);
        let cells = area.positions().map(|p| &buf[p]);
        let found = cells.filter(|c| c.modifier.contains(style.add_modifier) && c.symbol() != " ");
        found.map(ratatui::buffer::Cell::symbol).collect()
    };
    let panes = stage.context.panes();
    assert_eq!(
        set_off(panes.detail),
        "天津海关",
        "the unit, by its initials"
    );
    stage.keys("Ctrl-u '锂电池");
    let (buf, _) = stage.drawn();
    let style = stage
        .context
        .theme
        .style(crate::tui::widgets::theme::Role::Match);
    let outline = panes.outline.positions().map(|p| &buf[p]);
    let found: String = outline
        .filter(|c| c.modifier.contains(style.add_modifier))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(found.contains('锂') && found.contains('池'), "{found}");
}

/// On the way to `is:open` comes `is`, which nothing contains, and `is:`, which asks nothing.
#[test]
fn a_term_typed_key_by_key_finds_what_it_finds_at_once() {
    let mut stage = stage();
    stage.keys("j j Space");
    let queries = [
        ("is:open", 41),
        ("is:done", 1),
        ("ch:2", 11),
        ("no:16", 4),
        ("!is:done", 41),
        ("@天津海关 is:open", 18),
        ("is:open @天津海关", 18),
        ("due:none tianjinhg", 19),
        ("is: 锂电", 2),
    ];
    for (query, count) in queries {
        stage.keys("/ Ctrl-u");
        for key in query.chars() {
            match key {
                ' ' => stage.keys("Space"),
                key => stage.keys(&format!("'{key}")),
            };
        }
        assert_eq!(shown(&stage).len(), count, "{query}");
        stage.keys("Esc");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]

    /// Whatever is typed, deleted or appended: the outline shows what the line asks for.
    #[test]
    fn what_is_shown_is_what_the_line_finds(
        typed in proptest::collection::vec(
            proptest::sample::select(vec![
                "is:", "is", "open", "done", "ch:", "2", "@", "天津", "海关", "hg", "!", "Space",
                "Space", "通", "关", "zh", "'", "#1", "6", ".3", "due:none", "no:", "Backspace",
            ]),
            1..12,
        ),
    ) {
        let mut stage = stage();
        stage.keys("j j Space /");
        for part in typed {
            match part {
                // On an empty line it leaves.
                "Backspace" if stage.context.search.text.is_empty() => {}
                "Space" | "Backspace" => {
                    stage.keys(part);
                }
                text => {
                    stage.keys(&format!("'{text}"));
                }
            }
            let query = crate::search::Query::parse(&stage.context.search.text);
            let found = crate::search::find(&query, &stage.context.scene());
            let label = |clause: &usize| stage.context.label(Node::Clause(*clause));
            let found: Vec<String> = found.clauses.iter().map(label).collect();
            proptest::prop_assert_eq!(shown(&stage), found, "{}", stage.context.search.text);
        }
    }
}

/// Applies a colleague's change: `16.4` is blocked.
fn block(stage: &mut TestApp, clause: &str) {
    let edit = Edit::status(clause.parse().unwrap(), Status::Blocked);
    let draft = Draft::new("lisi", "s2", Body::Edits(vec![edit]));
    let at = stage.context.now + jiff::SignedDuration::from_secs(1);
    let change = draft.at(at, None, jiff::tz::Offset::UTC);
    stage.receive(Message::Read(Batch {
        changes: vec![change],
        ..Batch::default()
    }));
}

#[test]
fn new_matches_appear_and_former_ones_stay_until_the_next_search() {
    let mut stage = stage();
    block(&mut stage, "1.1");
    stage.keys("/ 'is:blocked Enter");
    assert_eq!(shown(&stage), ["1.1"]);
    block(&mut stage, "16.4");
    assert_eq!(shown(&stage), ["1.1", "16.4"]);
    stage.keys("g j j Space");
    assert_eq!((stage.at().as_str(), shown(&stage).len()), ("1.1", 2));
    assert_eq!(stage.context.agenda().unwrap().1.len(), 1);
    stage.keys("/ Enter");
    assert_eq!(shown(&stage), ["16.4"]);
    block(&mut stage, "2.1");
    stage.keys("Ctrl-l");
    assert_eq!(shown(&stage), ["2.1", "16.4"]);
    // While typing, exactly what is found is shown.
    stage.keys("/ Ctrl-u 'is:blocke 'd");
    block(&mut stage, "3.1");
    assert_eq!(shown(&stage), ["2.1", "3.1", "16.4"]);
}

#[test]
fn a_query_of_nothing_that_can_be_read_is_named() {
    let mut stage = stage();
    stage.keys("/ 'is:blockd Enter");
    assert!(stage.notice().contains("is:blockd"), "{}", stage.notice());
    assert_eq!(shown(&stage).len(), 42);
}

#[test]
fn a_view_of_the_config_is_searched_for_and_offered() {
    let mut stage = TestApp::new(80, 24);
    let views = [("电池".to_owned(), "锂电池 is:open".to_owned())];
    stage.context.views = std::sync::Arc::new(views.into());
    stage.keys("/ 'view:");
    assert!(stage.screen().contains("view:电池"), "{}", stage.screen());
    stage.keys("Tab");
    assert_eq!(stage.typed().0.trim_end(), "view:电池");
    let found = stage.context.search.matches.clauses.clone();
    stage.keys("Esc / '锂电池 Space 'is:open");
    assert_eq!(stage.context.search.matches.clauses, found);
    assert!(!found.is_empty());
}

#[test]
fn an_escape_that_was_the_beginning_of_a_key_leaves_the_search_open() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("/ '锂电");
    let found = stage.context.search.matches.clone();
    stage.keys("Esc");
    assert_eq!(stage.context.outline.filter(), None);
    assert!(stage.reopen());
    assert_eq!(stage.typed().0, "锂电");
    assert_eq!(stage.context.search.matches, found);
    assert!(stage.context.outline.filter().is_some());
    stage.keys("Esc");
    assert_eq!(stage.context.outline.filter(), None, "as before the search");

    stage.keys("? / '撤销");
    let narrowed = stage.screen();
    stage.keys("Esc");
    assert!(stage.reopen());
    assert_eq!(stage.screen(), narrowed);
}
