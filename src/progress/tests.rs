//! The fold compared with its definition.

use super::*;
use crate::document::{Chapter, Clause, ClauseId, Measure};
use proptest::prelude::*;
use std::{cell::Cell, collections::BTreeMap};

mod items;
mod size;

thread_local! {
    /// Changes that folds took in on this thread.
    pub(super) static TAKEN: Cell<usize> = const { Cell::new(0) };
}

/// Two chapters of two measures of two clauses.
pub(super) fn document() -> Arc<Document> {
    let mut document = Document::default();
    "demo".clone_into(&mut document.id);
    for m in 0..4u32 {
        let first = document.clauses.len();
        for c in 1..=2 {
            document.clauses.push(Clause {
                id: ClauseId::new(m + 1, c),
                measure: m as usize,
                ..Clause::default()
            });
        }
        document.measures.push(Measure {
            number: m + 1,
            chapter: m as usize / 2,
            clauses: first..first + 2,
            ..Measure::default()
        });
    }
    for c in 0..2usize {
        document.chapters.push(Chapter {
            number: 1,
            measures: 2 * c..2 * c + 2,
            ..Chapter::default()
        });
    }
    Arc::new(document.index())
}

/// The fold by definition: sort, keep the greater line of each id, let a change stand unless a
/// later standing retract names it, and apply those that stand one after the other.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Plain {
    records: Vec<Record>,
    standing: BTreeMap<String, bool>,
    total: Tally,
    unknown: BTreeMap<String, usize>,
    owners: Vec<String>,
}

pub(super) fn plain(changes: &[Change]) -> Plain {
    let document = document();
    let mut sorted = changes.to_vec();
    sorted.sort_by(|a, b| (a.at, &a.id, &a.line).cmp(&(b.at, &b.id, &b.line)));
    let mut kept: Vec<&Change> = Vec::new();
    for change in &sorted {
        kept.retain(|k| k.id != change.id);
        kept.push(change);
    }
    let mut stands = vec![true; kept.len()];
    for i in (0..kept.len()).rev() {
        stands[i] = !(i + 1..kept.len())
            .any(|j| stands[j] && kept[j].body == Body::Retract(kept[i].id.clone()));
    }
    let mut plain = Plain {
        records: vec![Record::default(); document.clauses.len()],
        ..Plain::default()
    };
    let mut ticked: BTreeMap<(usize, String), Status> = BTreeMap::new();
    let mut given = Vec::new();
    for (place, (change, stands)) in kept.iter().zip(&stands).enumerate() {
        plain.standing.insert(change.id.to_string(), *stands);
        for edit in change.edits() {
            let clause = edit.target.clause_id().and_then(|id| document.find(id));
            match clause {
                Some(clause) if *stands => {
                    plain.apply(change, edit, clause, &mut ticked);
                    let owner = edit.owner.clone().flatten();
                    given.extend(owner.map(|o| (place, o)));
                }
                Some(_) => {}
                None => {
                    let name = edit.target.clause.to_string();
                    *plain.unknown.entry(name).or_default() += 1;
                }
            }
        }
    }
    for (clause, record) in plain.records.iter_mut().enumerate() {
        plain.total.add(record.status);
        for step in &mut record.steps {
            let status = ticked.get(&(clause, step.id.to_string()));
            step.status = status.copied().unwrap_or_default();
        }
    }
    // Latest first; within a set, by name.
    let order = |name: &String| {
        let last = given.iter().rposition(|g| g.1 == *name);
        (std::cmp::Reverse(last.map(|l| given[l].0)), name.clone())
    };
    plain.owners.sort_by_key(order);
    plain
}

impl Plain {
    fn apply(
        &mut self,
        change: &Change,
        edit: &Edit,
        clause: usize,
        ticked: &mut BTreeMap<(usize, String), Status>,
    ) {
        let sets_nothing = Edit::new(edit.target.clone()) == *edit;
        if sets_nothing {
            return;
        }
        let record = &mut self.records[clause];
        let by = change.by.clone();
        if let Some(step) = &edit.target.step {
            if let Some(status) = edit.status {
                ticked.insert((clause, step.to_string()), status);
                record.updated = Some((change.when(), by));
            }
            return;
        }
        if let Some(status) = edit.status {
            record.status = status;
        }
        if let Some(due) = edit.due {
            if record.due.is_none() || due.is_none() {
                record.dated = due.map(|_| change.when());
            }
            record.due = due;
        }
        if let Some(owner) = &edit.owner {
            record.owner.clone_from(owner);
            if let Some(owner) = owner {
                self.owners.retain(|o| o != owner);
                self.owners.push(owner.clone());
            }
        }
        if let Some((kind, text)) = &edit.remark {
            record.remarks.push(Remark {
                at: change.when(),
                by: by.clone(),
                kind: *kind,
                text: text.clone(),
            });
        }
        if let Some((id, text)) = &edit.step {
            match record.steps.iter_mut().find(|s| s.id == *id) {
                Some(step) => step.text.clone_from(text),
                None => record.steps.push(Step {
                    id: id.clone(),
                    text: text.clone(),
                    status: Status::Todo,
                    due: None,
                }),
            }
        }
        record.updated = Some((change.when(), by));
    }
}

fn fill(progress: &mut Progress, changes: &[Change]) {
    for change in changes {
        progress.insert(change.clone());
    }
}

/// What the fold under test gives.
pub(super) fn folded(progress: &Progress) -> Plain {
    let clauses = 0..progress.document().clauses.len();
    let unknown = progress.unknown().into_iter();
    Plain {
        records: clauses.map(|c| progress.record(c).clone()).collect(),
        standing: progress
            .changes()
            .map(|c| (c.id.to_string(), progress.stands(&c.id)))
            .collect(),
        total: progress.total(),
        unknown: unknown.map(|(id, n)| (id.to_owned(), n)).collect(),
        owners: progress.owners().into_iter().map(str::to_owned).collect(),
    }
}

fn is_consistent(progress: &Progress) {
    let document = progress.document();
    let chapters = (0..document.chapters.len()).map(Node::Chapter);
    let measures = (0..document.measures.len()).map(Node::Measure);
    for node in chapters.chain(measures) {
        let mut tally = Tally::default();
        document
            .clauses_of(node)
            .for_each(|c| tally.add(progress.status(c)));
        assert_eq!(progress.tally(node), tally);
    }
    let ats: Vec<_> = progress.changes().map(|c| (c.at, &c.id, &c.line)).collect();
    assert!(ats.is_sorted());
    assert_eq!(ats.len(), progress.changes().len());
    assert_eq!(progress.last_at(), ats.last().map(|c| c.0));
}

/// A change of a small world, so that ids, times and clauses often collide. Two changes with one id
/// may differ, and `at` need not follow insertion order.
pub(super) fn change() -> impl Strategy<Value = Change> {
    let target = prop_oneof![
        8 => (1u32..=4, 1u32..=2).prop_map(|(m, c)| format!("{m}.{c}")),
        2 => Just("1.1/k1".to_owned()),
        1 => Just("9.9".to_owned()),
    ];
    let status = prop::option::of(prop::sample::select(Status::ALL.to_vec()));
    let due = prop::option::of(prop::option::of(Just(Due::Long)));
    let owner = prop::option::of(prop::option::of(prop::sample::select(vec!["张三", "李四"])));
    let remark = prop::option::weighted(0.3, prop::sample::select(Kind::ALL.to_vec()));
    let step = prop::option::weighted(0.2, "k[12]");
    let edit = (target, status, due, owner, remark, step).prop_map(
        |(target, status, due, owner, remark, step)| {
            let mut edit = Edit::new(target.parse().unwrap());
            edit.status = status;
            if edit.target.step.is_none() {
                edit.due = due;
                edit.owner = owner.map(|o| o.map(str::to_owned));
                edit.remark = remark.map(|kind| (kind, "等待".to_owned()));
                edit.step = step.map(|id| (id.into(), "报文".to_owned()));
            }
            edit
        },
    );
    let body = prop_oneof![
        3 => prop::collection::vec(edit, 1..3).prop_map(Body::Edits),
        4 => "[a-h]".prop_map(|id| Body::Retract(id.into())),
    ];
    (
        0i64..12,
        "[a-h]",
        "[xy]",
        "[12]",
        body,
        prop::bool::weighted(0.2),
    )
        .prop_map(|(at, id, by, session, body, skewed)| {
            let at = Timestamp::from_second(1_800_000_000 + at).unwrap();
            let draft = Draft {
                by: by.into(),
                via: None,
                session: session.into(),
                id: id.into(),
                body,
            };
            draft.at(at, skewed.then_some(Timestamp::UNIX_EPOCH), Offset::UTC)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// In any order, with duplicates, chains of retracts, retracts before their targets, and ids on
    /// two lines: after every single change the fold matches its definition.
    #[test]
    fn the_fold_is_its_definition(changes in prop::collection::vec(change(), 1..24)) {
        let mut progress = Progress::new(document());
        for (count, change) in changes.iter().enumerate() {
            progress.insert(change.clone());
            prop_assert_eq!(folded(&progress), plain(&changes[..=count]));
            is_consistent(&progress);
        }
    }

    #[test]
    fn neither_order_nor_duplicates_matter(
        (changes, shuffled) in prop::collection::vec(change(), 1..24).prop_flat_map(|changes| {
            let twice = [changes.clone(), changes.clone()].concat();
            (Just(changes), Just(twice).prop_shuffle())
        })
    ) {
        let (mut one, mut other) = (Progress::new(document()), Progress::new(document()));
        fill(&mut one, &changes);
        fill(&mut other, &shuffled);
        prop_assert_eq!(folded(&one), folded(&other));
        prop_assert_eq!(one.conflicts(), other.conflicts());
        for c in 0..8 {
            prop_assert_eq!(one.status_before(c), other.status_before(c));
            prop_assert_eq!(one.status_given(c), other.status_given(c));
        }
        let line = |c: Change| c.line;
        for by in ["x", "y"] {
            for walk in [Walk::By(by), Walk::Session { session: "1", by }] {
                prop_assert_eq!(one.undo_target(walk).map(line), other.undo_target(walk).map(line));
                prop_assert_eq!(one.redo_target(walk).map(line), other.redo_target(walk).map(line));
            }
        }
    }

    /// A withdrawn proposal leaves no trace, a confirmed one only the written line.
    #[test]
    fn proposals_come_and_go(
        changes in prop::collection::vec(change(), 0..12),
        drafts in prop::collection::vec(change(), 1..6),
        confirm in prop::collection::vec(any::<bool>(), 6),
    ) {
        let mut progress = Progress::new(document());
        fill(&mut progress, &changes);
        let mut expected = changes;
        let now = Timestamp::from_second(1_800_000_005).unwrap();
        let drafts: Vec<_> = (0..).zip(drafts).map(|(i, c)| Draft {
            by: c.by, via: c.via, session: c.session, id: compact_str::format_compact!("draft{i}"), body: c.body,
        }).collect();
        for draft in &drafts {
            progress.propose(draft, now);
            progress.propose(draft, now);
            prop_assert_eq!(progress.change(&draft.id).map(|c| &c.body), Some(&draft.body));
        }
        for (draft, confirm) in drafts.iter().zip(confirm) {
            if confirm {
                let at = now + jiff::SignedDuration::from_secs(60);
                let written = draft.at(at, None, jiff::tz::offset(8));
                expected.push(written.clone());
                progress.insert(written);
            }
            progress.withdraw(&draft.id);
        }
        prop_assert_eq!(folded(&progress), plain(&expected));
        is_consistent(&progress);
    }
}

/// Appends drafts like a journal, one per second.
struct Writer(Progress, i64);

impl Writer {
    fn new() -> Self {
        Self(Progress::new(document()), 1_800_000_000)
    }

    fn write(&mut self, by: &str, session: &str, body: Body) -> ChangeId {
        self.1 += 1;
        let draft = Draft::new(by, session, body);
        let at = Timestamp::from_second(self.1).unwrap();
        assert_eq!(
            self.0.insert(draft.at(at, None, Offset::UTC)),
            Inserted::New
        );
        draft.id
    }

    fn set(&mut self, by: &str, session: &str, clause: u32, status: Status) -> ChangeId {
        let edit = Edit::status(ClauseId::new(1, clause), status);
        self.write(by, session, Body::Edits(vec![edit]))
    }

    fn undo(&mut self, walk: Walk<'_>) -> Option<ChangeId> {
        let target = self.0.undo_target(walk)?.id;
        let (by, session) = names(walk);
        self.write(by, session, Body::Retract(target.clone()));
        Some(target)
    }

    fn redo(&mut self, walk: Walk<'_>) -> Option<ChangeId> {
        let target = self.0.redo_target(walk)?.id;
        let (by, session) = names(walk);
        self.write(by, session, Body::Retract(target.clone()));
        Some(target)
    }
}

fn names(walk: Walk<'_>) -> (&str, &str) {
    match walk {
        Walk::By(by) => (by, "shell"),
        Walk::Session { session, by } => (by, session),
    }
}

const MINE: Walk<'_> = Walk::Session {
    session: "s",
    by: "me",
};

#[test]
fn undo_and_redo_walk_the_sets_of_a_session() {
    let mut w = Writer::new();
    let a = w.set("me", "s", 1, Status::Doing);
    let b = w.set("me", "s", 1, Status::Done);
    w.set("you", "s", 2, Status::Blocked);
    assert_eq!(w.0.status_before(0), Status::Doing);
    assert_eq!(w.redo(MINE), None);
    assert_eq!(w.undo(MINE), Some(b.clone()));
    assert_eq!(w.0.status(0), Status::Doing);
    assert_eq!(w.undo(MINE), Some(a.clone()));
    assert_eq!(w.0.status(0), Status::Todo);
    assert_eq!(w.undo(MINE), None, "the colleague's is not mine");
    assert!(w.redo(MINE).is_some() && w.0.stands(&a) && !w.0.stands(&b));
    assert!(w.redo(MINE).is_some() && w.0.stands(&b));
    assert_eq!(w.redo(MINE), None);
    assert_eq!(w.undo(MINE), Some(b));
    let c = w.set("me", "s", 2, Status::Done);
    assert_eq!(w.redo(MINE), None, "something new was done");
    assert_eq!((w.undo(MINE), w.undo(MINE)), (Some(c), Some(a)));
    assert_eq!(w.0.status(1), Status::Blocked);
}

#[test]
fn a_person_walks_all_own_sessions() {
    let mut w = Writer::new();
    let a = w.set("me", "one", 1, Status::Doing);
    let b = w.set("me", "two", 1, Status::Done);
    w.set("you", "three", 2, Status::Done);
    let me = Walk::By("me");
    assert_eq!((w.undo(me), w.undo(me)), (Some(b), Some(a)));
    assert!(w.redo(me).is_some() && w.redo(me).is_some());
    assert_eq!(w.0.status(0), Status::Done);
    assert_eq!(w.0.undo_target(Walk::By("nobody")), None);
}

#[test]
fn what_another_session_undid_is_not_undone_again() {
    let mut w = Writer::new();
    let a = w.set("me", "s", 1, Status::Doing);
    let b = w.set("me", "s", 1, Status::Done);
    assert_eq!(w.undo(Walk::By("me")), Some(b.clone()));
    assert_eq!(w.undo(MINE), Some(a));
    // The shell's undo can only be redone by the shell.
    assert!(w.redo(MINE).is_some());
    assert_eq!(w.redo(MINE), None);
    assert!(!w.0.stands(&b));
}

#[test]
fn a_set_that_was_overtaken_says_so() {
    let mut w = Writer::new();
    let both = Body::Edits(vec![
        Edit::status(ClauseId::new(1, 1), Status::Done),
        Edit::status(ClauseId::new(1, 2), Status::Done),
    ]);
    let a = w.write("me", "s", both);
    assert_eq!(w.0.overtaken(&a), []);
    let b = w.set("you", "t", 2, Status::Blocked);
    assert_eq!(w.0.overtaken(&a), [Target::clause(ClauseId::new(1, 2))]);
    w.write("you", "t", Body::Retract(b));
    assert_eq!(w.0.overtaken(&a), []);
    let mut remark = Edit::status(ClauseId::new(1, 1), Status::Done);
    remark.remark = Some((Kind::Next, "x".to_owned()));
    let c = w.write("me", "s", Body::Edits(vec![remark]));
    w.set("you", "t", 1, Status::Doing);
    assert_eq!(w.0.overtaken(&c), [], "its remark still stands");
}

#[test]
fn chains_of_any_length_are_walked_without_recursion() {
    let mut w = Writer::new();
    let set = w.set("me", "s", 1, Status::Done);
    let mut last = set.clone();
    for _ in 0..2_000 {
        last = w.write("me", "s", Body::Retract(last));
        assert!(w.0.stands(&last));
    }
    assert_eq!(w.0.status(0), Status::Done);
    assert_eq!(w.0.undo_target(MINE).map(|c| c.id), Some(set));
    w.write("me", "s", Body::Retract(last));
    assert_eq!(w.0.status(0), Status::Todo);
}

#[test]
fn changes_can_be_taken_from_both_ends_and_skipped() {
    let mut w = Writer::new();
    let ids: Vec<_> = (0..1200)
        .map(|_| w.set("me", "s", 1, Status::Done))
        .collect();
    let id = |c: Option<&Change>| c.map(|c| c.id.clone());
    assert!(w.0.changes().map(|c| &c.id).eq(&ids));
    assert_eq!(w.0.changes().len(), 1200);
    assert_eq!(id(w.0.changes().nth(700)), Some(ids[700].clone()));
    assert_eq!(id(w.0.changes().rev().nth(700)), Some(ids[499].clone()));
    assert_eq!(id(w.0.changes().nth(1200)), None);
}

#[test]
fn late_and_soon_are_for_open_clauses() {
    let day = |d: i8| jiff::civil::date(2026, 11, d);
    let mut record = Record {
        due: Some(Due::Date(day(20))),
        ..Record::default()
    };
    assert_eq!(record.urgency(day(21), 7), Some(Urgency::Overdue));
    assert_eq!(record.urgency(day(20), 0), Some(Urgency::Soon));
    assert_eq!(record.urgency(day(13), 7), Some(Urgency::Soon));
    assert_eq!(record.urgency(day(12), 7), None);
    assert_eq!(record.urgency(day(1), i32::MAX), Some(Urgency::Soon));
    record.status = Status::Done;
    assert_eq!(record.urgency(day(21), 7), None);
    record.status = Status::Blocked;
    record.due = Some(Due::Long);
    assert_eq!(record.urgency(day(21), 7), None);
}

#[test]
fn who_gave_the_status_is_not_who_touched_the_clause_last() {
    let mut w = Writer::new();
    let given = |w: &Writer| w.0.status_given(0).map(|(_, by)| by.to_owned());
    let target = Target::clause(ClauseId::new(1, 1));
    let remark = Edit {
        remark: Some((Kind::Progress, "已对接".into())),
        ..Edit::new(target)
    };
    w.write("王敏", "s", Body::Edits(vec![remark.clone()]));
    assert_eq!(given(&w), None, "nobody gave it one");
    w.set("李娜", "s", 1, Status::Doing);
    let done = w.set("张三", "s", 1, Status::Done);
    w.write("王敏", "s", Body::Edits(vec![remark]));
    assert_eq!(given(&w).as_deref(), Some("张三"));
    let updated = w.0.record(0).updated.clone();
    assert_eq!(updated.unwrap().1, "王敏");
    w.write("张三", "s", Body::Retract(done));
    assert_eq!(given(&w).as_deref(), Some("李娜"), "who gave what stands");
}
