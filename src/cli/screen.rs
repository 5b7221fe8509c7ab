//! `kouan` without a command: opens the checklist on the screen.

use super::{
    Failure,
    context::{CommandContext, OpenChecklist},
    keys, linear, output, terminal,
};
use crate::{
    document::catalogue,
    progress::{Body, Draft},
    text::Policy,
    tui::{
        self, Setup,
        jobs::opening::{self, LoadedChecklist, Opened, Opener},
        terminal::known::TerminalKind,
    },
};
use std::{path::Path, sync::Arc};

/// Opens the checklist; returns when the user leaves.
pub(super) fn run(context: &CommandContext) -> Result<(), Failure> {
    open(context, None)
}

/// Opens the checklist at the undecided pairs of progress carried from another document.
pub(super) fn review(context: &CommandContext, old: &str) -> Result<(), Failure> {
    open(context, Some(whole(old)))
}

fn open(context: &CommandContext, review: Option<String>) -> Result<(), Failure> {
    let keymap = keys::keymap(context)?;
    let context = settled(context);
    let (name, work, trouble) = first(&context)?;
    let get = terminal::environment;
    if terminal::is_dumb(&get) && review.is_some() {
        return Err(Failure::Failed(
            work.lang.text("carry.no-screen").to_owned(),
        ));
    }
    if terminal::is_dumb(&get) {
        let all = trouble.into_iter().chain(work.flaws());
        all.for_each(output::tell);
        return linear::run(&context.stood(work));
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
    let (asked, kind) = (
        width_policy(&context, &get),
        TerminalKind::of(&context.paths.state, &get),
    );
    let setup = Setup {
        probing: asked.is_none() && kind.known().chosen.policy().is_none(),
        policy: asked.or_else(|| kind.known().policy(lang)),
        theme: terminal::theme(&context.config, &get),
        ground: terminal::ground(&context.paths.state, &get),
        kind,
        mouse: context.config.mouse,
        news: trouble
            .or_else(|| terminal::news(lang, &context.paths.state, &get))
            .or_else(|| context.shared_account(lang)),
        keymap,
        state: context.paths.state.clone(),
        data: context.paths.data.clone(),
        aliases: work.aliases.clone(),
        limits: context.config.limits(),
        views: context.config.views.clone().into(),
        clock: context.clock.clone(),
        past: context.at,
        session: work.session.clone(),
        by: work.by.clone(),
        review,
        opened: opened(name, work),
        opener: opener(context),
    };
    tui::run(setup).map_err(|e| Failure::Failed(e.message(lang)))
}

/// Returns the width policy if it was asked for, or if only one works: GNU screen (`STY`) answers
/// for itself, whatever the terminal around it draws.
fn width_policy(context: &CommandContext, get: &dyn Fn(&str) -> String) -> Option<Policy> {
    let inside_screen = !get("STY").is_empty();
    let asked = context.width().policy();
    asked.or(inside_screen.then_some(Policy::Safe))
}

/// Returns the context with an absolute path for a document file, since the name outlives this
/// folder.
fn settled(context: &CommandContext) -> CommandContext {
    let mut context = context.clone();
    context.options.document = context.options.document.as_deref().map(whole);
    context.config.document = context.config.document.as_deref().map(whole);
    context
}

/// Returns the absolute path of a document file; an id unchanged.
fn whole(name: &str) -> String {
    let file = Some(name).filter(|name| catalogue::is_file(name));
    let path = file.and_then(|name| std::path::absolute(name).ok());
    let path = path.and_then(|p| p.into_os_string().into_string().ok());
    path.unwrap_or_else(|| name.to_owned())
}

/// Opens the document asked for, otherwise the last one used; if that fails, also returns why.
fn first(context: &CommandContext) -> Result<(String, OpenChecklist, Option<String>), Failure> {
    let free = context.asked_for().is_none() && context.options.journal.is_none();
    let last = free.then(|| opening::last(&context.paths.state)).flatten();
    let mut trouble = None;
    if let Some(name) = last.filter(|name| name != context.name()) {
        match context.work(&name) {
            Ok(work) => return Ok((name, work, None)),
            Err(failure) => trouble = failure.said(context.lang),
        }
    }
    let name = context.name().to_owned();
    let work = context.work(&name)?;
    Ok((name, work, trouble))
}

fn opened(name: String, work: OpenChecklist) -> Opened {
    Opened {
        checklist: LoadedChecklist {
            name,
            trouble: Some(work.flaws().join("; ")).filter(|flaws| !flaws.is_empty()),
            progress: work.progress,
            lang: work.lang,
        },
        journal: work.journal,
    }
}

/// Returns what opens other documents, as the command line would.
fn opener(mut context: CommandContext) -> Opener {
    context.on_screen = true;
    let context = Arc::new(context);
    let sized = Arc::clone(&context);
    let open = move |name: &str| match context.work(name) {
        Ok(work) => Ok(opened(name.to_owned(), work)),
        Err(failure) => Err(failure.said(context.lang).unwrap_or_default()),
    };
    let size = move |id: &str| {
        let document = catalogue::folder(&sized.paths.data).join(format!("{id}.yaml"));
        let journal = sized.paths.journal(sized.config.progress.as_deref(), id);
        let bytes = |path: &Path| path.metadata().map_or(0, |data| data.len());
        bytes(&document) + bytes(&journal)
    };
    Opener::new(open, size)
}
