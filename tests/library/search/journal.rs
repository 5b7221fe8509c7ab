//! Queries about the journal: states, deadlines, people, times, and remarks.

use crate::search::stage::Stage;
use jiff::civil::date;
use kouan::{
    document::ClauseId,
    progress::{Body, Due, Edit, Kind, Status, Target},
    search::{ChangeFilter, Query},
};

fn on(measure: u32, clause: u32) -> Edit {
    Edit::new(Target::clause(ClauseId::new(measure, clause)))
}

fn status(measure: u32, clause: u32, status: Status) -> Edit {
    Edit::status(ClauseId::new(measure, clause), status)
}

fn due(measure: u32, clause: u32, due: Due) -> Edit {
    Edit {
        due: Some(Some(due)),
        ..on(measure, clause)
    }
}

fn remark(measure: u32, clause: u32, text: &str) -> Edit {
    Edit {
        remark: Some((Kind::Problem, text.to_owned())),
        ..on(measure, clause)
    }
}

/// Returns a document on which three people have worked for two months.
fn worked_on() -> Stage {
    let mut stage = Stage::new();
    let day = |d| Due::Date(date(2026, 11, d));
    stage.edit(
        "zhangsan",
        "2026-09-20T09:00:00",
        "a",
        status(1, 1, Status::Doing),
    );
    stage.edit(
        "lisi",
        "2026-09-21T09:00:00",
        "b",
        status(1, 2, Status::Done),
    );
    stage.edit(
        "lisi",
        "2026-09-22T09:00:00",
        "c",
        status(3, 1, Status::Ongoing),
    );
    stage.edit("王五", "2026-10-24T09:00:00", "d", due(2, 1, day(22)));
    stage.edit("王五", "2026-10-25T09:00:00", "e", due(4, 1, day(30)));
    stage.edit("王五", "2026-11-01T00:00:00", "f", due(5, 1, Due::Long));
    let both = vec![status(5, 2, Status::Blocked), remark(5, 2, "等待Token接口")];
    stage.change("zhangsan", "2026-11-20T23:59:59", "g", Body::Edits(both));
    stage.edit(
        "lisi",
        "2026-11-21T00:00:00",
        "h",
        status(6, 1, Status::Done),
    );
    stage.edit(
        "lisi",
        "2026-11-22T09:00:00",
        "i",
        status(7, 1, Status::Done),
    );
    stage.change(
        "lisi",
        "2026-11-22T10:00:00",
        "j",
        Body::Retract("i".into()),
    );
    let owned = Edit {
        owner: Some(Some("赵六".to_owned())),
        step: Some(("k1".into(), "先发函".to_owned())),
        ..on(8, 1)
    };
    stage.edit("li", "2026-11-23T08:00:00", "k", owned);
    stage.edit("li", "2026-11-23T09:00:00", "l", due(1, 2, day(1)));
    stage
}

#[test]
fn what_the_journal_admits() {
    let stage = worked_on();
    for (query, expected) in [
        ("is:done", "1.2 6.1"),
        ("is:已完成", "1.2 6.1"),
        ("is:doing", "1.1"),
        ("is:blocked", "5.2"),
        ("is:ongoing", "3.1"),
        ("!is:todo", "1.1 1.2 3.1 5.2 6.1"),
        ("!is:open", "1.2 3.1 6.1"),
        // 1.2 is past its day too, but done.
        ("is:overdue", "2.1"),
        ("is:soon", "4.1"),
        ("due:2026-11-30", "4.1"),
        ("due:<2026-11-30", "1.2 2.1"),
        ("before:2026-11-30", "1.2 2.1"),
        ("due:<=2026-11-30", "1.2 2.1 4.1"),
        ("due:>=2026-11-22", "2.1 4.1"),
        ("after:2026-11-22", "4.1"),
        ("due:>today", "4.1"),
        ("due:<7d", "1.2 2.1"),
        ("due:long", "5.1"),
        ("!due:none", "1.2 2.1 4.1 5.1"),
        ("by:zhangsan", "1.1 5.2"),
        ("by:zhang", "1.1 5.2"),
        // There is a li, so lisi is not meant.
        ("by:li", "1.2 8.1"),
        ("by:lisi", "1.2 3.1 6.1"),
        ("by:王五", "2.1 4.1 5.1"),
        ("by:ww", "2.1 4.1 5.1"),
        ("by:nobody", ""),
        ("since:2026-11-21", "1.2 6.1 8.1"),
        ("since:2d", "1.2 6.1 8.1"),
        ("since:today", "1.2 8.1"),
        ("until:2026-10-24", "1.1 1.2 2.1 3.1"),
        ("since:2026-11-20 until:2026-11-20", "5.2"),
        // A single change must satisfy both; 1.2 was changed by lisi, and later by another.
        ("by:lisi since:2026-11-21", "6.1"),
        ("by:lisi !since:2026-11-21", "3.1"),
        ("stale:7d #1", "1.1"),
        ("stale:0d #5", "5.1 5.2"),
        ("stale:29d #4", "4.1"),
        ("stale:30d #4", ""),
        // Untouched clauses count from the first line of the journal.
        ("is:stale #13", "13.1 13.2 13.3"),
        ("stale:64d #13", "13.1 13.2 13.3"),
        ("stale:65d #13", ""),
        ("is:stale @港集团", "9.1 15.1 16.1 18.2 20.1"),
        // Remarks, steps and owners are found too.
        ("token", "5.2"),
        ("等待token", "5.2"),
        ("jiekou", "5.2"),
        ("发函", "8.1"),
        ("赵六", "8.1"),
        ("zhaoliu", "8.1"),
        ("'等待 is:blocked", "5.2"),
        ("!等待 #5", "5.1"),
    ] {
        assert_eq!(stage.ids(&stage.find(query).clauses), expected, "{query}");
    }
}

#[test]
fn nothing_is_stale_before_the_journal_begins() {
    let stage = Stage::new();
    assert_eq!(stage.ids(&stage.find("is:stale").clauses), "");
    assert_eq!(stage.find("stale:0d").best(), None);
}

#[test]
fn which_changes_are_admitted() {
    let stage = worked_on();
    let scene = stage.scene();
    for (query, expected) in [
        ("", "a b c d e f g h i j k l"),
        ("by:lisi", "b c h i j"),
        ("!by:lisi", "a d e f g k l"),
        ("since:2026-11-21", "h i j k l"),
        ("until:2026-09-21", "a b"),
        ("by:li since:2026-11-23", "k l"),
        ("#1", "a b l"),
        ("#7", "i j"),
        ("@港集团", "b k l"),
        ("is:done", "b h l"),
        ("锂电池", "a b l"),
        // The change itself has the word; another change of a clause with such a remark does not
        // match.
        ("token", "g"),
        ("发函", "k"),
        ("ydc", ""),
        ("#1 !by:lisi", "a l"),
        ("!#1 by:li", "k"),
    ] {
        let query_read = Query::parse(query);
        let filter = ChangeFilter::new(&query_read, &scene);
        let admitted = stage
            .progress
            .changes()
            .filter(|change| filter.admits(change));
        let ids: Vec<_> = admitted.map(|change| change.id.to_string()).collect();
        assert_eq!(ids.join(" "), expected, "{query}");
    }
}
