//! Messages that are about what screens share: the clock, the size, the journal's news, files.

use super::{
    commands::said,
    context::Context,
    message::{Content, Message, SaveJob, SaveResult},
    minutes,
    request::{Effect, Prompting, Question, Request},
    text_draft::{self, TextDraft},
};
use crate::progress::{Body, Change, Draft, Progress, journal::Batch};
use std::collections::HashSet;

/// Takes in a message.
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
        Message::Looking => looking(context),
        Message::Kept(name, done) => kept(context, name, done.clone()),
        Message::Terminate => {
            minutes::keep(context);
            context.effect(Effect::Quit);
        }
        _ => {}
    }
}

/// A draft is kept, or is not; what was said to be kept is said so now.
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

/// Says so beside what is there to be said already, which is not said again either.
fn looking(context: &mut Context) {
    let looks = context.lang.text("notice.looking");
    match &mut context.notice {
        Some(notice) => notice.text = format!("{looks} {}", notice.text),
        None => context.warn(looks),
    }
}

/// Takes in lines that others wrote, and says the last of them.
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
    if let Some(news) = news {
        context.say(news);
    }
}

/// The path names another file now: the fold is made anew from it, and what it lacks is said.
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
        context.progress.confirm(change.clone());
    }
    propose_again(context);
}

/// Takes back what was to be carried to clauses that somebody else changed meanwhile.
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

/// What is not durable yet will stand in the file after all that is. So it takes effect after that
/// here too: else of two quick changes the first, confirmed, would seem to be the later one.
fn propose_again(context: &mut Context) {
    for draft in &context.saving.pending {
        context.progress.propose(draft, context.now);
    }
}

/// A remark or step that is durable needs its draft no more. It goes at once: else a kill would bring
/// back what is saved, to be saved twice.
fn spend_draft(context: &mut Context, body: &Body) {
    let Some((name, _)) = text_draft::typed_in(body) else {
        return;
    };
    let (pending, typed) = (&context.saving.pending, context.drafts.get(&name));
    let draft = TextDraft::of(&name, pending, typed);
    context.effect(Effect::KeepNow(name, draft));
}

/// Says what became of a file, or asks what to do about it.
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
            // It is not being saved any more, and the keys of the question stand there.
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

/// Returns the line that asks again where to save a file.
fn again(job: &SaveJob, error: Option<String>) -> Prompting {
    let path = job.path.clone();
    match &job.content {
        Content::Minutes(minutes) => Prompting::MinutesAgain(minutes.clone(), path, error),
        Content::Export(export) => Prompting::Export(export.clone(), path, error),
    }
}
