//! Tests of items of the user's own, and of edits to steps.

use super::{Change, Edit, Progress, Status, Step, document};
use crate::progress::{Body, Draft, Due, Target};
use jiff::{Timestamp, civil::date, tz::Offset};
use proptest::prelude::*;
use std::sync::Arc;

fn change(at: i64, id: &str, body: Body) -> Change {
    let draft = Draft {
        by: "x".into(),
        via: None,
        session: "1".into(),
        id: id.into(),
        body,
    };
    let at = Timestamp::from_second(1_800_000_000 + at).unwrap();
    draft.at(at, None, Offset::UTC)
}

fn edits(at: i64, edits: Vec<Edit>) -> Change {
    change(at, &format!("c{at}"), Body::Edits(edits))
}

fn retract(at: i64, of: i64) -> Change {
    change(
        at,
        &format!("c{at}"),
        Body::Retract(format!("c{of}").into()),
    )
}

fn on(target: &str, set: impl FnOnce(&mut Edit)) -> Edit {
    let mut edit = Edit::new(target.parse().unwrap());
    set(&mut edit);
    edit
}

fn item(id: &str, text: &str) -> Edit {
    Edit::item(id.parse().unwrap(), text, vec!["天津海关".into()])
}

fn text(target: &str, text: Option<&str>) -> Edit {
    on(target, |edit| edit.text = Some(text.map(str::to_owned)))
}

fn step(clause: &str, id: &str) -> Edit {
    on(clause, |edit| {
        edit.step = Some((id.into(), format!("text of {id}")));
    })
}

fn after(target: &str, step: Option<&str>) -> Edit {
    on(target, |edit| edit.after = Some(step.map(Into::into)))
}

fn progress(changes: impl IntoIterator<Item = Change>) -> Progress {
    let mut progress = Progress::new(document());
    for change in changes {
        progress.insert(change);
    }
    progress
}

/// The items with their texts, as `+k7 买咖啡`.
fn items(progress: &Progress) -> Vec<String> {
    let document = progress.document();
    let items = &document.clauses[document.items()];
    items
        .iter()
        .map(|i| format!("{} {}", i.id, i.text))
        .collect()
}

fn steps(progress: &Progress) -> String {
    let steps = progress.record(0).steps.iter();
    steps.map(|s| s.id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_item_is_a_clause_like_any_and_beside_the_rate() {
    let progress = progress([
        edits(1, vec![item("+k7", "买咖啡")]),
        edits(
            2,
            vec![
                item("+b2", "寄快递"),
                Edit::status("+b2".parse().unwrap(), Status::Done),
            ],
        ),
        edits(
            3,
            vec![
                step("+k7", "k1"),
                on("+k7", |e| e.due = Some(Some(Due::Long))),
            ],
        ),
    ]);
    assert_eq!(items(&progress), ["+k7 买咖啡", "+b2 寄快递"]);
    assert_eq!(progress.status(9), Status::Done);
    let record = progress.record(8);
    assert_eq!((record.steps.len(), record.due), (1, Some(Due::Long)));
    assert_eq!(
        progress.document().clauses[8].responsibility.units,
        ["天津海关"]
    );
    assert_eq!(
        (progress.total().rate(), progress.beside().rate()),
        ((0, 8), (1, 2))
    );
    assert!(progress.unknown().is_empty());
    let (before, first) = (progress.only(|_| false), Timestamp::UNIX_EPOCH);
    assert_eq!((items(&before).len(), before.status(9)), (2, Status::Todo));
    assert!(Arc::ptr_eq(
        progress.base(),
        progress.until(first).document()
    ));
}

#[test]
fn undo_takes_an_item_off_and_redo_brings_it_back_as_it_was() {
    let mut made = progress([
        edits(1, vec![item("+k7", "买咖啡")]),
        edits(2, vec![text("+k7", Some("买茶"))]),
        edits(3, vec![Edit::status("+k7".parse().unwrap(), Status::Done)]),
    ]);
    assert_eq!(items(&made), ["+k7 买茶"]);
    made.insert(retract(4, 1));
    assert_eq!(items(&made), [""; 0]);
    assert!(made.unknown().is_empty(), "what is gone is not unknown");
    made.insert(retract(5, 4));
    assert_eq!(
        (items(&made), made.status(8)),
        (vec!["+k7 买茶".into()], Status::Done)
    );
    made.insert(edits(6, vec![text("+k7", None)]));
    assert_eq!(items(&made), [""; 0]);
    made.insert(retract(7, 6));
    assert_eq!(items(&made), ["+k7 买茶"]);
    // A step that was never created has no text to change.
    made.insert(edits(8, vec![text("+zz", Some("甲"))]));
    assert_eq!(made.unknown(), [("+zz", 1)]);
}

#[test]
fn the_text_of_a_clause_of_the_document_stays() {
    let made = progress([edits(1, vec![text("1.1", Some("甲")), after("1.1", None)])]);
    assert!(Arc::ptr_eq(made.base(), made.document()));
}

#[test]
fn steps_are_reworded_dated_moved_and_removed() {
    let day = Some(Due::Date(date(2026, 12, 31)));
    let mut made = progress([edits(
        1,
        vec![step("1.1", "a"), step("1.1", "b"), step("1.1", "c")],
    )]);
    made.insert(edits(
        2,
        vec![after("1.1/c", None), after("1.1/a", Some("b"))],
    ));
    assert_eq!(steps(&made), "c b a");
    made.insert(edits(
        3,
        vec![
            text("1.1/b", Some("乙")),
            on("1.1/b", |e| e.due = Some(day)),
        ],
    ));
    assert_eq!(
        made.record(0).steps[1],
        Step {
            id: "b".into(),
            text: "乙".into(),
            status: Status::Todo,
            due: day
        }
    );
    made.insert(edits(4, vec![text("1.1/b", None)]));
    assert_eq!(steps(&made), "c a");
    // It keeps its place: others may follow it.
    made.insert(edits(5, vec![after("1.1/c", Some("b"))]));
    made.insert(retract(6, 4));
    assert_eq!(steps(&made), "b c a");
    // After itself, or after a step that does not exist, it stays.
    made.insert(edits(
        7,
        vec![after("1.1/c", Some("c")), after("1.1/b", Some("z"))],
    ));
    assert_eq!(steps(&made), "b c a");
}

#[test]
fn who_words_a_step_later_overtakes_the_one_before() {
    let made = progress([
        edits(1, vec![step("1.1", "a"), item("+k7", "甲")]),
        edits(2, vec![text("1.1/a", Some("乙")), text("+k7", Some("乙"))]),
        edits(3, vec![text("1.1/a", Some("丙")), text("+k7", Some("丙"))]),
    ]);
    let targets =
        |ids: &[&str]| -> Vec<Target> { ids.iter().map(|id| id.parse().unwrap()).collect() };
    assert_eq!(made.overtaken("c2"), targets(&["1.1/a", "+k7"]));
    assert_eq!(made.overtaken("c3"), targets(&[]));
    assert_eq!(
        made.overtaken("c1"),
        targets(&[]),
        "taking back the making takes them off"
    );
}

#[test]
fn no_two_items_get_one_id() {
    let made = progress([edits(1, vec![item("+k7", "甲")]), retract(2, 1)]);
    let id = made.free_item(&[]);
    assert!(id.is_own() && id.to_string().len() == 6, "{id}");
    assert_ne!(made.free_item(&[id]), id);
}

/// A change to two items and three steps.
fn any_change() -> impl Strategy<Value = Change> {
    let words = prop::option::of("[甲乙]");
    let is_step = prop::sample::select(vec!["1.1/a", "1.1/b", "1.1/c", "+k7/a"]);
    let is_item = prop::sample::select(vec!["+k7", "+b2"]);
    let edit = prop_oneof![
        3 => (is_item.clone(), "[甲乙]").prop_map(|(id, words)| item(id, &words)),
        3 => (is_item.clone(), words.clone()).prop_map(|(id, words)| text(id, words.as_deref())),
        1 => (is_item, prop::sample::select(Status::ALL.to_vec()))
            .prop_map(|(id, status)| Edit::status(id.parse().unwrap(), status)),
        4 => (prop::sample::select(vec!["1.1", "+k7"]), "[abc]").prop_map(|(c, id)| step(c, &id)),
        3 => (is_step.clone(), words).prop_map(|(id, words)| text(id, words.as_deref())),
        4 => (is_step.clone(), prop::option::of("[abc]")).prop_map(|(id, to)| after(id, to.as_deref())),
        1 => is_step.prop_map(|id| on(id, |e| e.status = Some(Status::Done))),
    ];
    let body = prop_oneof![
        5 => prop::collection::vec(edit, 1..4).prop_map(Body::Edits),
        2 => "[a-h]".prop_map(|id| Body::Retract(id.into())),
    ];
    (0i64..12, "[a-h]", body).prop_map(|(at, id, body)| change(at, &id, body))
}

/// Returns everything visible of items and steps.
fn shown(progress: &Progress) -> String {
    let records = (0..progress.document().clauses.len()).map(|c| progress.record(c));
    let records: Vec<_> = records.collect();
    format!("{:?} {records:?} {:?}", items(progress), progress.unknown())
}

proptest! {
    /// Two machines that move, reword and remove concurrently end with the same.
    #[test]
    fn neither_order_nor_duplicates_matter(
        (changes, shuffled) in prop::collection::vec(any_change(), 1..24).prop_flat_map(|changes| {
            let twice = [changes.clone(), changes.clone()].concat();
            (Just(changes), Just(twice).prop_shuffle())
        })
    ) {
        let one = progress(changes);
        prop_assert_eq!(shown(&one), shown(&progress(shuffled)));
    }

    /// Folding change by change gives the same as folding all at once.
    #[test]
    fn every_insert_gives_what_a_fold_of_all_gives(changes in prop::collection::vec(any_change(), 1..16)) {
        let mut made = Progress::new(document());
        for (count, change) in changes.iter().enumerate() {
            made.insert(change.clone());
            let fresh = progress(changes[..=count].to_vec());
            prop_assert_eq!(shown(&made), shown(&fresh));
        }
    }
}
