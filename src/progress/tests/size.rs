//! Time is proportional to size: counted, not timed.

use super::*;

/// Returns a change with its number as id.
fn numbered(n: usize, body: Body) -> Change {
    let draft = Draft {
        id: compact_str::format_compact!("{n}"),
        ..Draft::new("me", "s", body)
    };
    let second = i64::try_from(n).unwrap();
    draft.at(Timestamp::from_second(second).unwrap(), None, Offset::UTC)
}

/// Returns the number of changes that folds take in during `run`.
fn taken(run: impl FnOnce()) -> usize {
    TAKEN.set(0);
    run();
    TAKEN.get()
}

const MANY: usize = 100_000;

#[test]
fn a_long_chain_may_arrive_newest_first() {
    let link = |n: usize| match n {
        0 => Body::Edits(vec![Edit::status(ClauseId::new(1, 1), Status::Done)]),
        _ => Body::Retract(compact_str::format_compact!("{}", n - 1)),
    };
    let taken = taken(|| {
        let mut progress = Progress::new(document());
        for n in (0..MANY).rev() {
            progress.insert(numbered(n, link(n)));
        }
        assert_eq!(progress.status(0), Status::Todo);
        let last = compact_str::format_compact!("{}", MANY - 1);
        assert_eq!(progress.redo_target(MINE).map(|c| c.id), Some(last));
        progress.insert(numbered(MANY, link(MANY)));
        assert_eq!(progress.status(0), Status::Done);
        assert_eq!(progress.undo_target(MINE).unwrap().id, "0");
        let last = compact_str::format_compact!("{}", MANY - 1);
        assert_eq!(progress.retracted(&last).map(|r| r.1), Some(false));
    });
    assert_eq!(taken, 2 * MANY + 1, "folded twice");
}

/// Sets are retracted last to first, and first to last.
#[test]
fn many_sets_are_undone_in_any_order() {
    for backwards in [false, true] {
        let mut progress = Progress::new(document());
        let status = |_| Body::Edits(vec![Edit::status(ClauseId::new(1, 1), Status::Done)]);
        for n in 0..MANY {
            progress.insert(numbered(n, status(n)));
        }
        for n in 0..MANY - 1 {
            let target = if backwards { MANY - 1 - n } else { n };
            let target = compact_str::format_compact!("{target}");
            progress.insert(numbered(MANY + n, Body::Retract(target)));
        }
        let left = if backwards { 0 } else { MANY - 1 };
        let left = compact_str::format_compact!("{left}");
        assert_eq!(progress.undo_target(MINE).map(|c| c.id), Some(left));
        let last = compact_str::format_compact!("{}", 2 * MANY - 2);
        assert_eq!(progress.redo_target(MINE).map(|c| c.id), Some(last));
    }
}

#[test]
fn one_id_on_many_lines_is_one_change() {
    let taken = taken(|| {
        let mut progress = Progress::new(document());
        for n in 0..2 * MANY {
            let edit = Edit::status(ClauseId::new(1, 1), Status::Done);
            let mut change = numbered(n, Body::Edits(vec![edit]));
            change.id = "twice".into();
            change.line = change.to_line(Offset::UTC).into();
            progress.insert(change);
        }
        assert_eq!(progress.changes().len(), 1);
        assert_eq!(progress.conflicts(), [("twice", 2 * MANY - 1)]);
    });
    assert_eq!(taken, 1);
}

#[test]
fn one_clause_can_have_many_steps() {
    let taken = taken(|| {
        let mut progress = Progress::new(document());
        assert_eq!(progress.status(0), Status::Todo);
        let target: Target = "1.1".parse().unwrap();
        for n in 0..MANY {
            let id = compact_str::format_compact!("k{n}");
            let mut step = Edit::new(target.clone());
            step.step = Some((id.clone(), "报文".to_owned()));
            let mut tick = Edit::new(target.clone());
            (tick.target.step, tick.status) = (Some(id), Some(Status::Done));
            progress.insert(numbered(n, Body::Edits(vec![step, tick])));
        }
        let steps = &progress.record(0).steps;
        assert_eq!(steps.len(), MANY);
        assert!(steps.iter().all(|step| step.status == Status::Done));
    });
    assert_eq!(taken, MANY, "each is added to what was folded");
}
