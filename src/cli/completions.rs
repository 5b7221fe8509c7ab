//! `completions`: what the shell asks while a command is typed. May use: `cli::desk`.
//!
//! The script that a shell loads asks the program itself each time, so ids, units and documents
//! are those of the moment.

use super::{
    Failure, Options, Out, command,
    desk::{Desk, Surroundings, Work},
};
use crate::{
    document::catalogue,
    locale::Lang,
    progress::{Kind, Status},
    report::Column,
    text,
};
use clap::Arg;
use clap_complete::{
    CompleteEnv,
    engine::{ArgValueCandidates, CompletionCandidate},
    env::Shells,
};
use std::ffi::OsString;

/// Set by the scripts when they ask.
const VARIABLE: &str = "KOUAN_COMPLETE";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "SHELL", value_parser = ["bash", "zsh", "fish"], hide_possible_values = true)]
    shell: String,
}

impl Args {
    /// Prints the script for a shell.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        let shells = Shells::builtins();
        let Some(shell) = shells.completer(&self.shell) else {
            return Err(Failure::Usage(
                desk.lang.text("completions.unknown").to_owned(),
            ));
        };
        let mut script = Vec::new();
        shell.write_registration(VARIABLE, "kouan", "kouan", "kouan", &mut script)?;
        out.bytes(&script)
    }
}

/// Answers a shell's question, if the program was started to answer one.
pub(super) fn answer(args: &[OsString], lang: Lang) -> bool {
    if std::env::var_os(VARIABLE).is_none() {
        return false;
    }
    let here = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(|| command(lang)).var(VARIABLE);
    // A shell that asks wrongly gets no answer; there is nobody to tell.
    asked.try_complete(args, here.as_deref()).unwrap_or(true)
}

/// Returns the argument with what it completes to.
pub(super) fn completed(arg: Arg) -> Arg {
    match arg.get_id().as_str() {
        "ids" => arg.add(ArgValueCandidates::new(ids)),
        "query" => arg.add(ArgValueCandidates::new(terms)),
        "document" => arg.add(ArgValueCandidates::new(documents)),
        "status" => arg.add(ArgValueCandidates::new(statuses)),
        "kind" => arg.add(ArgValueCandidates::new(kinds)),
        "columns" => arg.add(ArgValueCandidates::new(columns)),
        _ => arg,
    }
}

fn open() -> Option<Work> {
    let (surroundings, asked) = Surroundings::look(&[]);
    surroundings
        .desk(Options::default(), asked)
        .ok()?
        .open()
        .ok()
}

fn candidate(value: impl Into<OsString>, help: &str) -> CompletionCandidate {
    let help = text::elide(text::Policy::Narrow, help, 40).into_owned();
    CompletionCandidate::new(value).help(Some(help.into()))
}

/// Measures, and each followed by its clauses.
fn ids() -> Vec<CompletionCandidate> {
    let Some(work) = open() else {
        return Vec::new();
    };
    let document = &work.document;
    let mut all = Vec::new();
    for (nth, measure) in document.measures.iter().enumerate() {
        all.push(candidate(document.measure_label(nth), &measure.title));
        let clauses = document.clauses[measure.clauses.clone()].iter();
        all.extend(clauses.map(|c| candidate(c.id.to_string(), &c.text)));
    }
    all
}

/// Statuses and units, as search terms.
fn terms() -> Vec<CompletionCandidate> {
    let Some(work) = open() else {
        return Vec::new();
    };
    let of_status = |s: Status| candidate(format!("is:{}", s.id()), work.lang.text(s.name_key()));
    let derived =
        ["open", "overdue", "soon", "stale"].map(|word| candidate(format!("is:{word}"), ""));
    let units = work
        .document
        .units()
        .into_iter()
        .map(|unit| candidate(format!("@{unit}"), ""));
    Status::ALL
        .into_iter()
        .map(of_status)
        .chain(derived)
        .chain(units)
        .collect()
}

fn statuses() -> Vec<CompletionCandidate> {
    Status::ALL
        .map(|s| candidate(s.id(), s.mark()))
        .into_iter()
        .collect()
}

fn kinds() -> Vec<CompletionCandidate> {
    let all = [Kind::Progress, Kind::Problem, Kind::Next];
    all.map(|k| candidate(k.id(), "")).into_iter().collect()
}

fn documents() -> Vec<CompletionCandidate> {
    let (surroundings, asked) = Surroundings::look(&[]);
    let Ok(desk) = surroundings.desk(Options::default(), asked) else {
        return Vec::new();
    };
    let entries = catalogue::list(&desk.paths.data).entries.into_iter();
    entries
        .map(|entry| candidate(entry.id, &entry.title))
        .collect()
}

fn columns() -> Vec<CompletionCandidate> {
    Column::ALL
        .into_iter()
        .map(|c| candidate(c.id(), ""))
        .collect()
}
