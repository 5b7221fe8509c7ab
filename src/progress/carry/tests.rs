//! What is carried, what is kept, and that nothing is carried twice.

use super::*;
use crate::{
    document::{
        Document, catalogue,
        compare::{Fate, compare, compare_with},
        import::{ImportOptions, import},
    },
    progress::{Body, Change, Draft, Kind},
};
use jiff::{Timestamp, tz::Offset};
use proptest::prelude::*;
use std::sync::Arc;

const FINAL: &str = include_str!("../../../tests/fixtures/carry/final.txt");

fn draft() -> Document {
    catalogue::embedded().unwrap()
}

fn revised() -> Document {
    let mut document = import(FINAL, &ImportOptions::default()).unwrap().document;
    "final".clone_into(&mut document.id);
    document
}

fn edit(target: &str) -> Edit {
    Edit::new(target.parse().unwrap())
}

fn status(target: &str, status: Status) -> Edit {
    Edit {
        status: Some(status),
        ..edit(target)
    }
}

fn remark(target: &str, kind: Kind, text: &str) -> Edit {
    Edit {
        remark: Some((kind, text.into())),
        ..edit(target)
    }
}

fn step(target: &str, id: &str, text: &str) -> Edit {
    Edit {
        step: Some((id.into(), text.into())),
        ..edit(target)
    }
}

/// A document that gets one change per second.
struct Desk {
    progress: Progress,
    count: i64,
}

impl Desk {
    fn new(document: Document) -> Self {
        Self {
            progress: Progress::new(Arc::new(document)),
            count: 0,
        }
    }

    fn with(mut self, edits: Vec<Edit>) -> Self {
        for edit in edits {
            self.make(Body::Edits(vec![edit]));
        }
        self
    }

    fn make(&mut self, body: Body) -> Change {
        self.count += 1;
        let at = Timestamp::from_second(1_790_000_000 + self.count).unwrap();
        let change = Draft::new("lisi", "s", body).at(at, None, Offset::UTC);
        self.progress.insert(change.clone());
        change
    }

    fn record(&self, id: &str) -> &Record {
        let clause = self.progress.document().find(id.parse().unwrap());
        self.progress.record(clause.unwrap())
    }
}

fn carrier<'a>(comparison: &'a Comparison, old: &'a Desk, new: &'a Desk) -> Carrier<'a> {
    Carrier {
        comparison,
        old: &old.progress,
        new: &new.progress,
        lang: Lang::En,
        zone: TimeZone::UTC,
    }
}

/// Carries once; returns the number of edits.
fn carry(comparison: &Comparison, old: &Desk, new: &mut Desk) -> usize {
    let edits = carrier(comparison, old, new).edits();
    let count = edits.len();
    if count > 0 {
        new.make(Body::Edits(edits));
    }
    count
}

fn worked_on() -> Desk {
    Desk::new(draft()).with(vec![
        status("1.1", Status::Done),
        remark("1.1", Kind::Progress, "已与企业对接\n第二行"),
        remark("5.1", Kind::Problem, "缺少接口"),
        remark("5.1", Kind::Problem, "缺少接口"),
        status("5.1", Status::Blocked),
        Edit {
            due: Some(Some(Due::Long)),
            owner: Some(Some("王五".into())),
            ..edit("16.3")
        },
        step("16.3", "k2", "联系总署"),
        step("16.3", "k3", "起草报文"),
        status("16.3/k3", Status::Done),
        // Left for a person to decide.
        status("18.2", Status::Done),
        status("7.1", Status::Doing),
        status("3.1", Status::Done),
        status("10.2", Status::Doing),
    ])
}

#[test]
fn what_is_certain_is_carried_and_the_rest_is_left() {
    let (old, mut new) = (worked_on(), Desk::new(revised()));
    let comparison = compare(old.progress.document(), new.progress.document());
    carry(&comparison, &old, &mut new);
    assert_eq!(new.record("1.1").status, Status::Done);
    let remarks = |id: &str| -> Vec<(Kind, String)> {
        let all = new.record(id).remarks.iter();
        all.map(|r| (r.kind, r.text.clone())).collect()
    };
    let from = "已与企业对接\n第二行\n(from tianjin-2025 1.1, lisi, 2026-09-21 14:13)";
    assert_eq!(remarks("1.1"), [(Kind::Progress, from.to_owned())]);
    assert_eq!(remarks("4.1").len(), 2, "as often as it stands");
    assert_eq!(new.record("4.1").status, Status::Blocked);
    let record = new.record("15.3");
    assert_eq!(
        (record.due, record.owner.as_deref()),
        (Some(Due::Long), Some("王五"))
    );
    let steps: Vec<_> = record
        .steps
        .iter()
        .map(|s| (&*s.id, &*s.text, s.status))
        .collect();
    assert_eq!(
        steps,
        [
            ("k2", "联系总署", Status::Todo),
            ("k3", "起草报文", Status::Done)
        ]
    );
    for id in ["17.2", "6.1", "6.2", "3.1", "20.1"] {
        assert_eq!(new.record(id), &Record::default(), "{id}");
    }
    let items = carrier(&comparison, &old, &new).items();
    let undecided = comparison
        .pairs
        .iter()
        .zip(&items)
        .filter(|(_, i)| i.undecided);
    let undecided: Vec<String> = undecided
        .map(|(p, _)| draft().clauses[p.old.unwrap()].id.to_string())
        .collect();
    // 4.1, which is merged too, has nothing to carry.
    assert_eq!(undecided, ["3.1", "7.1", "7.1", "18.2"]);
    assert_eq!(carry(&comparison, &old, &mut new), 0);
}

#[test]
fn work_on_the_new_document_is_never_overwritten() {
    let (mut old, mut new) = (worked_on(), Desk::new(revised()));
    let comparison = compare(old.progress.document(), new.progress.document());
    new.make(Body::Edits(vec![status("4.1", Status::Doing)]));
    carry(&comparison, &old, &mut new);
    assert_eq!(new.record("4.1").status, Status::Doing);
    // A field reset or cleared counts as set.
    new.make(Body::Edits(vec![status("1.1", Status::Todo)]));
    new.make(Body::Edits(vec![Edit {
        due: Some(None),
        ..edit("15.3")
    }]));
    new.make(Body::Edits(vec![status("15.3/k3", Status::Todo)]));
    assert_eq!(carry(&comparison, &old, &mut new), 0);
    let kept: Vec<Kept> = carrier(&comparison, &old, &new)
        .items()
        .into_iter()
        .filter(|i| !i.undecided)
        .flat_map(|i| i.kept)
        .collect();
    assert_eq!(
        kept,
        [
            Kept::Status {
                old: Status::Done,
                new: Status::Todo
            },
            Kept::Status {
                old: Status::Blocked,
                new: Status::Doing
            },
            Kept::Due {
                old: Some(Due::Long),
                new: None
            },
        ]
    );
    // Later work on the old document is missing in the new one.
    for change in [
        remark("1.1", Kind::Next, "上线"),
        status("8.1", Status::Done),
        status("16.3/k2", Status::Done),
    ] {
        old.make(Body::Edits(vec![change]));
    }
    assert_eq!(carry(&comparison, &old, &mut new), 3);
    assert_eq!(carry(&comparison, &old, &mut new), 0);
}

#[test]
fn retracted_progress_is_missing_again() {
    let (old, mut new) = (worked_on(), Desk::new(revised()));
    let comparison = compare(old.progress.document(), new.progress.document());
    let first = carrier(&comparison, &old, &new).edits();
    let change = new.make(Body::Edits(first.clone()));
    new.make(Body::Retract(change.id));
    assert_eq!(carrier(&comparison, &old, &new).edits(), first);
}

#[test]
fn a_remark_is_known_in_the_other_language_and_zone_and_keeps_its_first_home() {
    let (old, mut new) = (worked_on(), Desk::new(revised()));
    let comparison = compare(old.progress.document(), new.progress.document());
    carry(&comparison, &old, &mut new);
    let elsewhere = Carrier {
        lang: Lang::ZhCn,
        zone: TimeZone::fixed(Offset::constant(8)),
        ..carrier(&comparison, &old, &new)
    };
    assert_eq!(elsewhere.edits(), []);
    // From the second document to a third.
    let mut document = revised();
    "third".clone_into(&mut document.id);
    let mut third = Desk::new(document);
    let on = compare(new.progress.document(), third.progress.document());
    carry(&on, &new, &mut third);
    assert_eq!(
        third.record("1.1").remarks[0].text,
        new.record("1.1").remarks[0].text
    );
    // The first then has only undecided clauses left to carry.
    assert_eq!(carry(&comparison, &old, &mut third), 0);
}

#[test]
fn a_person_decides_and_a_merged_clause_takes_only_what_all_agree_in() {
    let (old, new) = (worked_on(), Desk::new(revised()));
    let at = |desk: &Desk, id: &str| desk.progress.document().find(id.parse().unwrap()).unwrap();
    let decided = |old: &Desk, new: Desk, said: &[(&str, &str)]| {
        let said: Vec<_> = said
            .iter()
            .map(|(a, b)| (at(old, a), at(&new, b)))
            .collect();
        let comparison = compare_with(old.progress.document(), new.progress.document(), &said);
        let mut new = new;
        carry(&comparison, old, &mut new);
        let again = carrier(&comparison, old, &new).items();
        (
            new,
            again.into_iter().flat_map(|i| i.kept).collect::<Vec<_>>(),
        )
    };
    let all = [
        ("18.2", "17.2"),
        ("7.1", "6.1"),
        ("3.1", "3.1"),
        ("4.1", "3.1"),
    ];
    let (new, kept) = decided(&old, new, &all);
    assert_eq!(new.record("17.2").status, Status::Done);
    assert_eq!(new.record("6.1").status, Status::Doing);
    assert_eq!(
        new.record("6.2").status,
        Status::Todo,
        "that part was not decided on"
    );
    // 3.1 is done and 4.1 is not, so the merged clause is neither.
    assert_eq!(new.record("3.1").status, Status::Todo);
    assert_eq!(kept, [Kept::Torn]);
    let old = old.with(vec![status("4.1", Status::Done)]);
    let (new, kept) = decided(&old, Desk::new(revised()), &all);
    assert_eq!((new.record("3.1").status, kept), (Status::Done, vec![]));
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let ids: Vec<String> = draft().clauses.iter().map(|c| c.id.to_string()).collect();
    let one = (
        prop::sample::select(ids),
        prop::option::of(prop::sample::select(Status::ALL.to_vec())),
        prop::option::of(prop::option::of(Just(Due::Long))),
        prop::option::of(prop::option::of("[甲乙]")),
        prop::option::of((prop::sample::select(Kind::ALL.to_vec()), "[甲乙\n]{0,3}")),
        prop::option::of(("[k-m]", "[甲乙]")),
    );
    let one = one.prop_map(|(id, status, due, owner, remark, step)| Edit {
        status,
        due,
        owner,
        remark,
        step: step.map(|(id, text)| (id.into(), text)),
        ..edit(&id)
    });
    prop::collection::vec(one, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A document carried to itself, under another journal, has all its work.
    #[test]
    fn to_itself_all_is_carried_and_twice_is_once(work in edits()) {
        let (old, mut new) = (Desk::new(draft()).with(work), Desk::new(draft()));
        let comparison = compare(old.progress.document(), new.progress.document());
        carry(&comparison, &old, &mut new);
        for clause in 0..draft().clauses.len() {
            let (was, is) = (old.progress.record(clause), new.progress.record(clause));
            prop_assert_eq!((was.status, was.due, &was.owner), (is.status, is.due, &is.owner));
            prop_assert_eq!(was.remarks.len(), is.remarks.len());
            for (a, b) in was.remarks.iter().zip(&is.remarks) {
                prop_assert!(a.kind == b.kind && b.text.starts_with(&a.text));
            }
            let texts = |r: &Record| -> Vec<(String, Status)> {
                r.steps.iter().map(|s| (s.text.clone(), s.status)).collect()
            };
            for step in texts(was) {
                prop_assert!(texts(is).iter().any(|s| s.0 == step.0), "{:?} {:?}", was, is);
            }
        }
        prop_assert_eq!(carry(&comparison, &old, &mut new), 0);
    }

    /// No clause gets a status that one of its certain origins lacks, and none is made of two
    /// except by a person's decision.
    #[test]
    fn no_clause_has_two_others_status(work in edits(), said in prop::collection::vec((0usize..42, 0usize..42), 0..4)) {
        let (old, mut new) = (Desk::new(draft()).with(work), Desk::new(revised()));
        let comparison = compare_with(old.progress.document(), new.progress.document(), &said);
        carry(&comparison, &old, &mut new);
        for clause in 0..new.progress.document().clauses.len() {
            let made_of = comparison.pairs.iter().filter(|p| p.new == Some(clause) && p.old.is_some());
            let made_of: Vec<&Pair> = made_of.collect();
            let is = new.progress.status(clause);
            if is != Status::Todo {
                prop_assert!(made_of.iter().any(|p| p.doubt.is_none()));
                for pair in &made_of {
                    prop_assert_eq!(old.progress.status(pair.old.unwrap()), is);
                }
            }
            let certain = made_of.iter().filter(|p| p.doubt.is_none() && p.fate != Fate::Merged);
            let unsaid = certain.filter(|p| !said.contains(&p.both().unwrap()));
            prop_assert!(unsaid.count() <= 1);
        }
        prop_assert_eq!(carry(&comparison, &old, &mut new), 0);
    }
}
