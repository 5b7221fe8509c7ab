//! What the edge reports: time, size, the journal's news.

use super::{documents, meeting, papers, review, said, units};
use crate::{
    progress::{Body, Change, Progress, journal::Batch},
    tui::{
        action::{Action, Effect},
        kept::{self, Kept},
        model::Model,
    },
};
use std::collections::HashSet;

/// Takes in a report; any other action is handed back.
pub(super) fn take(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
    match action {
        Action::Day(day) => {
            model.today = day;
            model.search.stale = true;
            units::renew(model);
        }
        Action::Resize(width, height) => {
            if model.size != (width, height) {
                model.size = (width, height);
                effects.push(Effect::Clear);
            }
        }
        Action::Probed(policy) => {
            if model.policy != policy {
                model.policy = policy;
                effects.push(Effect::Clear);
            }
        }
        Action::Read(batch) => {
            read(model, batch);
            units::renew(model);
        }
        Action::Written(changes, batch) => {
            written(model, changes, batch, effects);
            units::renew(model);
        }
        Action::Filed(paper, filed) => papers::filed(model, paper, filed, effects),
        Action::Freed(proposed, free) => papers::freed(model, &proposed, free),
        Action::Completed(typed, paths) => papers::completed(model, &typed, &paths),
        Action::WriteFailed(why) => {
            model.warn(model.lang.fill("notice.not-saved", &[("why", &why)]));
            model.saving.failed = Some(why);
            documents::go_on(model, effects);
        }
        Action::ReadFailed(why) => {
            model.warn(model.lang.fill("notice.unread", &[("why", &why)]));
        }
        Action::ReadAgain => model.say(model.lang.text("notice.read-again")),
        Action::Looking => looking(model),
        Action::Kept(name, done) => kept(model, name, done),
        Action::Listed(items, wrong) => documents::listed(model, items, wrong),
        Action::Refused(why) => model.warn(why),
        Action::Compared(compared) => review::compared(model, compared),
        Action::Terminate => {
            meeting::keep(model, effects);
            effects.push(Effect::Quit);
        }
        other => return Some(other),
    }
    None
}

/// A draft is kept, or is not; what was said to be kept is said so now.
fn kept(model: &mut Model, name: String, done: Result<(), String>) {
    let notice = model.kept_notice.take_if(|(of, _)| *of == name);
    match (done, notice) {
        (Ok(()), notice) => {
            let had_failed = model.unkept.remove(&name).is_some();
            let late = had_failed.then_some("notice.draft-kept-after-all");
            if let Some(key) = notice.map(|(_, key)| key).or(late) {
                model.say(model.lang.text(key));
            }
        }
        (Err(why), _) => {
            model.warn(model.lang.fill("notice.draft-unkept", &[("why", &why)]));
            model.unkept.insert(name, why);
        }
    }
}

/// Says so beside what is there to be said already, which is not said again either.
fn looking(model: &mut Model) {
    let looks = model.lang.text("notice.looking");
    match &mut model.notice {
        Some(notice) => notice.text = format!("{looks} {}", notice.text),
        None => model.warn(looks),
    }
}

/// Takes in lines that others wrote, and says the last of them.
fn read(model: &mut Model, batch: Batch) {
    if batch.replaced {
        return replaced(model, batch);
    }
    let mut news = None;
    for change in batch.changes {
        let known = model.progress.change(&change.id).is_some();
        if !known && change.session != model.session {
            news = Some(said::others(model, &change));
        }
        model.touch(&change.body);
        model.progress.insert(change);
    }
    propose_again(model);
    if let Some(news) = news {
        model.say(news);
    }
}

/// The path names another file now: the fold is made anew from it, and what it lacks is said.
fn replaced(model: &mut Model, batch: Batch) {
    let fresh = Progress::new(model.document.clone());
    let old = std::mem::replace(&mut model.progress, fresh);
    let kept: HashSet<_> = batch.changes.iter().map(|c| c.id.clone()).collect();
    let pending: HashSet<_> = model.saving.pending.iter().map(|d| d.id.clone()).collect();
    let lost = old
        .changes()
        .filter(|c| !kept.contains(&c.id) && !pending.contains(&c.id))
        .count();
    for change in batch.changes {
        model.progress.insert(change);
    }
    propose_again(model);
    model.touch_all();
    if lost > 0 {
        model.warn(model.lang.fill("notice.replaced-lacks", &[("n", &lost)]));
    } else {
        model.say(model.lang.text("notice.replaced"));
    }
}

fn written(model: &mut Model, changes: Vec<Change>, batch: Batch, effects: &mut Vec<Effect>) {
    read(model, batch);
    if model.saving.failed.take().is_some() {
        model.say(model.lang.text("notice.saved-after-all"));
    }
    for change in changes {
        model.saving.pending.retain(|d| d.id != change.id);
        effects.extend(spent_draft(model, &change.body));
        model.progress.confirm(change);
    }
    propose_again(model);
    documents::go_on(model, effects);
}

/// What is not durable yet will stand in the file after all that is. So it takes effect after that
/// here too: else of two quick changes the first, confirmed, would seem to be the later one.
fn propose_again(model: &mut Model) {
    for draft in &model.saving.pending {
        model.progress.propose(draft, model.now);
    }
}

/// A remark or step that is durable needs its draft no more. It goes at once: else a kill would bring
/// back what is saved, to be saved twice.
fn spent_draft(model: &Model, body: &Body) -> Option<Effect> {
    let (name, _) = kept::typed_in(body)?;
    let kept = Kept::of(&name, &model.saving.pending, model.drafts.get(&name));
    Some(Effect::KeepNow(name, kept))
}
