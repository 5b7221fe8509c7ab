//! Bringing a record up to date after a mark came or went. May use: `progress::fold`.

use super::{Edit, Fold, Mark, RowId, What};
use crate::progress::{
    Remark, Step,
    told::{Did, Told},
};
use std::cmp::Ordering;

impl Fold {
    pub(super) fn refresh_status(&mut self, clause: usize) {
        let Some(fold) = self.clauses[clause].as_deref_mut() else {
            return;
        };
        let to = fold.status();
        let from = std::mem::replace(&mut fold.record.status, to);
        if from != to {
            self.tallies.turn(&self.document, clause, from, to);
            self.tell(|| Did::new(clause, Told::Status { from, to }));
        }
    }

    pub(super) fn refresh_due(&mut self, clause: usize) {
        let Some(fold) = self.clauses[clause].as_deref_mut() else {
            return;
        };
        let to = fold.due();
        let from = std::mem::replace(&mut fold.record.due, to);
        if from != to {
            self.tell(|| Did::new(clause, Told::Due { from, to }));
        }
    }

    pub(super) fn refresh_owner(&mut self, clause: usize) {
        let Some(fold) = self.clauses[clause].as_deref_mut() else {
            return;
        };
        let to = fold.owner().map(|o| self.names.text(o));
        if fold.record.owner.as_deref() != to {
            let to = to.map(str::to_owned);
            let from = std::mem::replace(&mut fold.record.owner, to.clone());
            self.tell(|| Did::new(clause, Told::Owner { from, to }));
        }
    }

    /// Keeps the list of those rows that give an owner.
    pub(super) fn keep_owner(&mut self, owner: Option<u32>, row: RowId, stands: bool) {
        let Some(owner) = owner else { return };
        let list = self.owners.entry(owner).or_default();
        let place = list.partition_point(|&r| self.rows.cmp(r, row) == Ordering::Less);
        if stands {
            list.insert(place, row);
        } else if list.get(place) == Some(&row) {
            list.remove(place);
        }
    }

    pub(super) fn refresh_remark(
        &mut self,
        clause: usize,
        mark: Mark,
        place: usize,
        say: &Edit,
        stands: bool,
    ) {
        let (Some(fold), Some((kind, text))) = (self.clauses[clause].as_deref_mut(), &say.remark)
        else {
            return;
        };
        if stands {
            let row = self.rows.get(mark.row);
            let remark = Remark {
                at: row.when,
                by: self.names.text(row.by).into(),
                kind: *kind,
                text: text.clone(),
            };
            fold.add_remark(place, remark);
        } else {
            fold.remove_remark(place);
        }
        let (kind, text) = (*kind, text.clone());
        self.tell(|| Did::new(clause, Told::Remark { kind, text, stands }));
    }

    pub(super) fn refresh_steps(
        &mut self,
        clause: usize,
        mark: Mark,
        place: usize,
        say: &Edit,
        stands: bool,
    ) {
        let Some(fold) = self.clauses[clause].as_deref_mut() else {
            return;
        };
        let before = self.told.is_some().then(|| fold.record.steps.clone());
        let done = match (mark.what, &say.step) {
            (What::StepStatus(id, status), _) if stands => {
                fold.tick_step(place, self.names.text(id), status)
            }
            (What::Step(id), Some((_, text))) if stands => {
                fold.say_step(place, id, self.names.text(id), text)
            }
            _ => false,
        };
        if !done {
            self.rebuild_steps(clause);
        }
        if let Some(before) = before {
            self.tell_steps(clause, &before);
        }
    }

    fn rebuild_steps(&mut self, clause: usize) {
        let Some(fold) = self.clauses[clause].as_deref() else {
            return;
        };
        let steps = fold.steps().into_iter().map(|(id, mark, status)| Step {
            id: self.names.text(id).into(),
            text: self.step_text(mark).unwrap_or_default(),
            status,
        });
        let steps = steps.collect();
        if let Some(fold) = self.clauses[clause].as_deref_mut() {
            fold.record.steps = steps;
        }
    }

    fn step_text(&self, mark: Mark) -> Option<String> {
        let change = self.change(mark.row)?;
        let (_, text) = change.edits().get(mark.edit as usize)?.step.as_ref()?;
        Some(text.clone())
    }

    fn tell_steps(&mut self, clause: usize, before: &[Step]) {
        let Some(fold) = self.clauses[clause].as_deref() else {
            return;
        };
        let now = fold.record.steps.clone();
        let of = |steps: &[Step], id: &str| steps.iter().find(|s| s.id == id).cloned();
        let gone = before.iter().filter(|s| of(&now, &s.id).is_none());
        let pairs = gone.map(|s| (Some(s.clone()), None));
        let kept = now.iter().map(|s| (of(before, &s.id), Some(s.clone())));
        for (from, to) in pairs.chain(kept).filter(|(from, to)| from != to) {
            self.tell(|| Did::new(clause, Told::Step { from, to }));
        }
    }
}
