//! Conflicts: what two people set differently while neither had the other's changes.

use super::{Folder, Places, SyncError, SyncReport, lines};
use crate::progress::{Body, Change, ChangeId, Edit};
use std::collections::{BTreeMap, HashSet};

/// A clause that two people set differently since their last exchange.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossed {
    /// The document.
    pub document: String,
    /// Who set the value that counts now.
    pub won: (String, Edit),
    /// Who set the other value.
    pub lost: (String, Edit),
    /// The two changes; `None` where another machine has already told everybody.
    ids: Option<[ChangeId; 2]>,
}

/// The most conflicts that a commit tells of.
const MOST: usize = 200;

/// The first word of a line that tells of one.
const CROSSED: &str = "crossed";

/// Returns the lines by which a commit tells the other machines of conflicts found here: only who
/// syncs second can see them.
pub(super) fn told(all: &[Crossed]) -> String {
    let mut lines: Vec<String> = (all.iter())
        .filter_map(|crossed| {
            let [won, lost] = crossed.ids.as_ref()?;
            Some(format!("{CROSSED} {} {won} {lost}", crossed.document))
        })
        .collect();
    // One change can set several fields.
    lines.dedup();
    lines.truncate(MOST);
    lines.join("\n")
}

/// Returns the documents and changes in such lines.
fn read_told(told: &str) -> impl Iterator<Item = [&str; 3]> {
    told.lines().filter_map(|line| {
        let mut words = line.split(' ').filter(|word| !word.is_empty());
        words.next().filter(|word| *word == CROSSED)?;
        Some([words.next()?, words.next()?, words.next()?])
    })
}

/// Returns what another machine told of: the conflicts of two changes among these lines.
fn of_told<'l>(
    document: &str,
    ids: [&str; 2],
    lines: &(impl Iterator<Item = &'l str> + Clone),
) -> Vec<Crossed> {
    let of = |id: &str| {
        let is_it = |line: &&str| Change::read(line).is_ok_and(|change| change.id == id);
        lines.clone().filter(|line| line.contains(id)).find(is_it)
    };
    let mut all = crossed(document, of(ids[0]).into_iter(), of(ids[1]).into_iter());
    for crossed in &mut all {
        crossed.ids = None;
    }
    all
}

/// Adds the conflicts that other machines found and told of.
pub(super) fn hear(
    places: &Places<'_>,
    progress: &Folder,
    told: &str,
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let known = progress.names();
    for [document, won, lost] in read_told(told) {
        if !known.contains(document) {
            continue;
        }
        let journal = lines(&places.live(document), document)?;
        let all = journal.all.iter().map(|line| &**line);
        for crossed in of_told(document, [won, lost], &all) {
            if !report.crossed.contains(&crossed) {
                report.crossed.push(crossed);
            }
        }
    }
    Ok(())
}

/// What one side set last, by target and field.
type Last<'a> = BTreeMap<(String, usize), (&'a Change, Edit)>;

/// Returns what received and sent lines set differently.
pub(super) fn crossed<'l>(
    document: &str,
    came: impl Iterator<Item = &'l str>,
    went: impl Iterator<Item = &'l str>,
) -> Vec<Crossed> {
    let read = |line| Change::read(line).ok();
    let came: Vec<Change> = came.filter_map(read).collect();
    let went: Vec<Change> = went.filter_map(read).collect();
    let both = came.iter().chain(&went);
    let out: HashSet<_> = both
        .filter_map(|change| match &change.body {
            Body::Retract(id) => Some(id.clone()),
            Body::Edits(_) => None,
        })
        .collect();
    let stands = |change: &&Change| !out.contains(&change.id);
    let theirs = last(came.iter().filter(stands));
    let mut ours = last(went.iter().filter(stands));
    let mut found = Vec::new();
    for (field, their) in theirs {
        let Some(our) = ours.remove(&field) else {
            continue;
        };
        if their.1 == our.1 || their.0.by == our.0.by {
            continue;
        }
        let (won, lost) = if order(their.0) > order(our.0) {
            (their, our)
        } else {
            (our, their)
        };
        let ids = Some([won.0.id.clone(), lost.0.id.clone()]);
        let named = |(change, edit): (&Change, Edit)| (change.by.to_string(), edit);
        found.push(Crossed {
            document: document.to_owned(),
            won: named(won),
            lost: named(lost),
            ids,
        });
    }
    found
}

fn last<'a>(changes: impl Iterator<Item = &'a Change>) -> Last<'a> {
    let mut last = Last::new();
    for change in changes {
        for (field, edit) in change.edits().iter().flat_map(fields) {
            let key = (edit.target.to_string(), field);
            let before = last.get(&key).map(|(before, _)| order(before));
            if before.is_none_or(|before| before < order(change)) {
                last.insert(key, (change, edit));
            }
        }
    }
    last
}

/// Returns the fields that an edit sets, each as an edit of its own.
fn fields(edit: &Edit) -> impl Iterator<Item = (usize, Edit)> {
    let bare = || Edit::new(edit.target.clone());
    let status = edit.status.map(|status| Edit {
        status: Some(status),
        ..bare()
    });
    let due = edit.due.map(|due| Edit {
        due: Some(due),
        ..bare()
    });
    let owner = edit.owner.clone().map(|owner| Edit {
        owner: Some(owner),
        ..bare()
    });
    let all = [status, due, owner].into_iter().enumerate();
    all.filter_map(|(nth, edit)| Some((nth, edit?)))
}

fn order(change: &Change) -> (jiff::Timestamp, &str, &str) {
    (change.at, change.id.as_str(), &change.line)
}
