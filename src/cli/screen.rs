//! The bare command: opens the checklist on the screen.

use super::{
    Failure,
    desk::{Desk, Work},
    keys, linear, output, terminal,
};
use crate::{
    document::catalogue,
    progress::{Body, Draft},
    text::Policy,
    tui::{
        self, Setup,
        jobs::opening::{self, Checklist, Opened, Opener},
    },
};

/// Opens the checklist and returns when the user leaves.
pub(super) fn run(desk: &Desk) -> Result<(), Failure> {
    open(desk, None)
}

/// Opens the checklist with the pairs to be decided on of progress that is carried from another
/// document.
pub(super) fn review(desk: &Desk, old: &str) -> Result<(), Failure> {
    open(desk, Some(whole(old)))
}

fn open(desk: &Desk, review: Option<String>) -> Result<(), Failure> {
    let keymap = keys::keymap(desk)?;
    let desk = settled(desk);
    let (name, work, trouble) = first(&desk)?;
    let get = terminal::environment;
    if terminal::is_dumb(&get) && review.is_some() {
        return Err(Failure::Failed(
            work.lang.text("carry.no-screen").to_owned(),
        ));
    }
    if terminal::is_dumb(&get) {
        let all = trouble.into_iter().chain(work.flaws());
        all.for_each(output::tell);
        return linear::run(&work);
    }
    let lang = work.lang;
    let signed = Draft::new(
        work.by.as_str(),
        work.session.as_str(),
        Body::Edits(Vec::new()),
    );
    signed
        .check()
        .map_err(|long| Failure::Usage(long.message(lang)))?;
    let setup = Setup {
        policy: width_policy(&desk, &get),
        theme: terminal::theme(&desk.config, &get),
        ground: terminal::ground(&get),
        mouse: desk.config.mouse,
        news: trouble.or_else(|| terminal::news(lang, &desk.paths.state, &get)),
        keymap,
        days_ahead: desk.config.days_ahead,
        state: desk.paths.state.clone(),
        data: desk.paths.data.clone(),
        stale_days: desk.config.stale_days,
        aliases: work.aliases.clone(),
        pace: desk.config.pace(),
        clock: desk.clock.clone(),
        session: work.session.clone(),
        by: work.by.clone(),
        review,
        opened: opened(name, work),
        opener: opener(desk),
    };
    tui::run(setup).map_err(|e| Failure::Failed(e.message(lang)))
}

/// Returns the width policy, if it needs no question to the terminal. GNU screen (`STY`) answers for
/// itself, whatever the terminal around it draws.
fn width_policy(desk: &Desk, get: &dyn Fn(&str) -> String) -> Option<Policy> {
    let inside_screen = !get("STY").is_empty();
    let asked = desk.width().policy();
    asked.or(inside_screen.then_some(Policy::Safe))
}

/// Returns the desk with a document file named by its whole path: the name is kept beyond this folder.
fn settled(desk: &Desk) -> Desk {
    let mut desk = desk.clone();
    desk.options.document = desk.options.document.as_deref().map(whole);
    desk.config.document = desk.config.document.as_deref().map(whole);
    desk
}

/// Returns the whole path of a document that is named by its file; an id as it is.
fn whole(name: &str) -> String {
    let file = Some(name).filter(|name| catalogue::is_file(name));
    let path = file.and_then(|name| std::path::absolute(name).ok());
    let path = path.and_then(|p| p.into_os_string().into_string().ok());
    path.unwrap_or_else(|| name.to_owned())
}

/// Opens the document that was asked for; where none was, the one that was open last. Where that
/// one can't be opened any more, says why.
fn first(desk: &Desk) -> Result<(String, Work, Option<String>), Failure> {
    let free = desk.asked_for().is_none() && desk.options.journal.is_none();
    let last = free.then(|| opening::last(&desk.paths.state)).flatten();
    let mut trouble = None;
    if let Some(name) = last.filter(|name| name != desk.name()) {
        match desk.work(&name) {
            Ok(work) => return Ok((name, work, None)),
            Err(failure) => trouble = failure.said(desk.lang),
        }
    }
    let name = desk.name().to_owned();
    let work = desk.work(&name)?;
    Ok((name, work, trouble))
}

fn opened(name: String, work: Work) -> Opened {
    Opened {
        checklist: Checklist {
            name,
            trouble: Some(work.flaws().join("; ")).filter(|flaws| !flaws.is_empty()),
            progress: work.progress,
            lang: work.lang,
        },
        journal: work.journal,
    }
}

/// Opens another document as the command line would.
fn opener(mut desk: Desk) -> Opener {
    desk.on_screen = true;
    Opener::new(move |name| match desk.work(name) {
        Ok(work) => Ok(opened(name.to_owned(), work)),
        Err(failure) => Err(failure.said(desk.lang).unwrap_or_default()),
    })
}
