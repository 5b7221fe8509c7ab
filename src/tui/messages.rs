//! Messages about shared state: clock, size, journal, files.

use super::{
    commands::said,
    context::Context,
    message::{Content, Message, SaveJob, SaveResult},
    minutes,
    request::{Effect, Prompting, Question, Request},
    text_draft,
};
use crate::progress::{Body, Change, Draft, Progress, journal::Batch};
use std::collections::HashSet;

/// Processes a message.
pub fn receive(context: &mut Context, message: &Message) {
    match message {
        Message::Day(day) => {
            context.today = *day;
            context.search.stale = true;
        }
        Message::Resize(width, height) if context.size != (*width, *height) => {
            context.size = (*width, *height);
            context.effect(Effect::Clear);
        }
        Message::Probed(policy) if context.policy != *policy => {
            context.policy = *policy;
            context.effect(Effect::Clear);
        }
        Message::Themed(theme) => context.theme = *theme,
        Message::Read(batch) => read(context, batch),
        Message::Written(changes, batch) => written(context, changes, batch),
        Message::Overtaken(drafts) => overtaken(context, drafts),
        Message::Saved(job, result) => saved(context, job, result),
        Message::WriteFailed(why) => {
            context.warn(context.lang.fill("notice.not-saved", &[("why", why)]));
            context.saving.failed = Some(why.clone());
        }
        Message::ReadFailed(why) => {
            context.warn(context.lang.fill("notice.unread", &[("why", why)]));
        }
        Message::ReadAgain => context.say(context.lang.text("notice.read-again")),
        Message::Refused(why) => context.warn(why.as_str()),
        Message::Created(Ok(name)) => {
            context.ask(Request::Home);
            context.ask(Request::Open(name.clone()));
        }
        Message::Created(Err(why)) => {
            let values: [(&str, &dyn std::fmt::Display); 1] = [("why", why)];
            context.warn(context.lang.fill("notice.not-created", &values));
        }
        Message::Looking => looking(context),
        Message::Kept(name, done) => kept(context, name, done.clone()),
        Message::Terminate => {
            minutes::keep(context);
            context.effect(Effect::Quit);
        }
        _ => {}
    }
}

/// A draft is kept or not; shows the notice that waited for it.
fn kept(context: &mut Context, name: &str, done: Result<(), String>) {
    let notice = context.kept_notice.take_if(|(of, _)| of == name);
    match (done, notice) {
        (Ok(()), notice) => {
            let had_failed = context.unkept.remove(name).is_some();
            let late = had_failed.then_some("notice.draft-kept-after-all");
            if let Some(key) = notice.map(|(_, key)| key).or(late) {
                context.say(context.lang.text(key));
            }
        }
        (Err(why), _) => {
            context.warn(context.lang.fill("notice.draft-unkept", &[("why", &why)]));
            context.unkept.insert(name.to_owned(), why);
        }
    }
}

/// Says that others' changes are polled for, before the current notice if there is one.
fn looking(context: &mut Context) {
    let looks = context.lang.text("notice.looking");
    match &mut context.notice {
        Some(notice) => notice.text = format!("{looks} {}", notice.text),
        None => context.warn(looks),
    }
}

/// Inserts lines written by others, and reports the last one.
fn read(context: &mut Context, batch: &Batch) {
    context.saving.heard += usize::from(batch.is_news());
    if batch.replaced {
        return replaced(context, batch);
    }
    let mut news = None;
    for change in &batch.changes {
        let known = context.progress.change(&change.id).is_some();
        if !known && change.session != context.session {
            news = Some(said::others(context, change));
        }
        context.touch(&change.body);
        context.progress.insert(change.clone());
    }
    propose_again(context);
    context.news = news.or(context.news.take());
}

/// Another file has replaced the journal: folds it again, and reports what it lacks.
fn replaced(context: &mut Context, batch: &Batch) {
    let fresh = Progress::new(context.document.clone());
    let old = std::mem::replace(&mut context.progress, fresh);
    let kept: HashSet<_> = batch.changes.iter().map(|c| c.id.clone()).collect();
    let pending: HashSet<_> = context
        .saving
        .pending
        .iter()
        .map(|d| d.id.clone())
        .collect();
    let lost = old
        .changes()
        .filter(|c| !kept.contains(&c.id) && !pending.contains(&c.id))
        .count();
    for change in &batch.changes {
        context.progress.insert(change.clone());
    }
    propose_again(context);
    context.touch_all();
    if lost > 0 {
        context.warn(context.lang.fill("notice.replaced-lacks", &[("n", &lost)]));
    } else {
        context.say(context.lang.text("notice.replaced"));
    }
}

fn written(context: &mut Context, changes: &[Change], batch: &Batch) {
    read(context, batch);
    if context.saving.failed.take().is_some() {
        context.say(context.lang.text("notice.saved-after-all"));
    }
    for change in changes {
        context.saving.pending.retain(|d| d.id != change.id);
        spend_draft(context, &change.body);
        context.progress.insert(change.clone());
    }
    propose_again(context);
}

/// Withdraws what was to be carried to clauses that somebody changed meanwhile.
fn overtaken(context: &mut Context, drafts: &[Draft]) {
    for draft in drafts {
        context
            .saving
            .pending
            .retain(|pending| pending.id != draft.id);
        context.progress.withdraw(&draft.id);
        context.touch(&draft.body);
    }
    if context.saving.pending.is_empty() {
        context.saving.failed = None;
    }
    context.warn(context.lang.text("review.overtaken"));
}

/// Changes that are not durable yet will follow all durable ones in the file, and so must here:
/// otherwise, of two quick changes, the first one would take effect last when confirmed.
fn propose_again(context: &mut Context) {
    for draft in &context.saving.pending {
        context.progress.propose(draft, context.now);
    }
}

/// Removes the draft of a durable remark or step at once: otherwise a kill would bring back what is
/// saved, to be saved twice.
fn spend_draft(context: &mut Context, body: &Body) {
    let Some((name, _)) = text_draft::typed_in(body) else {
        return;
    };
    let draft = context.draft_file(&name);
    context.effect(Effect::KeepNow(name, draft));
}

/// Reports the result of saving a file, or asks what to do.
fn saved(context: &mut Context, job: &SaveJob, result: &SaveResult) {
    let path = &job.path;
    match result {
        SaveResult::Saved => match &job.content {
            Content::Minutes(_) => {
                minutes::forget(context);
                context.say(context.lang.fill("meeting.saved", &[("path", path)]));
            }
            Content::Export(export) => {
                let all = context.document.clauses.len();
                let n = export.clauses.as_ref().map_or(all, Vec::len);
                let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("path", path)];
                context.say(context.lang.fill("export.saved", &values));
            }
        },
        SaveResult::Exists(reason) => {
            let key = match job.content {
                Content::Minutes(_) => "ask.overwrite",
                Content::Export(_) => "ask.overwrite-export",
            };
            // It is no longer being saved, and the question's keys need the place.
            context.notice.take_if(|notice| !notice.alarm);
            let usual = || context.lang.fill(key, &[("path", path)]);
            context.ask(Request::Ask(Question {
                text: reason
                    .as_ref()
                    .map_or_else(usual, |over| over.question(path, context.lang)),
                yes: Box::new(Request::Effect(Effect::Save(job.clone(), true))),
                no: Some(Box::new(Request::Prompt(again(job, None)))),
            }));
        }
        SaveResult::Failed(why) => {
            let error = context.lang.fill("meeting.not-saved", &[("why", why)]);
            context.prompt(again(job, Some(error)));
        }
    }
}

/// Returns the prompt that asks again where to save.
fn again(job: &SaveJob, error: Option<String>) -> Prompting {
    let path = job.path.clone();
    match &job.content {
        Content::Minutes(minutes) => Prompting::MinutesAgain(minutes.clone(), path, error),
        Content::Export(export) => Prompting::Export(export.clone(), path, error),
    }
}
