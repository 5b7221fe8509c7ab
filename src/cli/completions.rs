//! `completions`: what the shell asks while a command is typed. May use: `cli::desk`.
//!
//! The script that a shell loads asks the program itself each time, so ids, units and documents
//! are those of the moment.

use super::{
    Failure, Options, Out, command,
    desk::{Desk, Surroundings, Work, early},
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
    engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate},
    env::Shells,
};
use std::{
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    path::PathBuf,
};

/// Set by the scripts when they ask.
const VARIABLE: &str = "KOUAN_COMPLETE";

/// The script for bash; the program answers it in clap's own way.
const BASH: &str = include_str!("../../data/completions.bash");

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
        if shell.is("bash") {
            // clap's own knows nothing of the cuts that bash makes in `is:done` and `--status=done`.
            return out.bytes(BASH.as_bytes());
        }
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
        "query" => arg.add(ArgValueCompleter::new(terms)),
        "name" => arg.add(ArgValueCandidates::new(commands)),
        "document" | "old" | "new" => arg.add(ArgValueCandidates::new(documents)),
        "status" => arg.add(ArgValueCandidates::new(statuses)),
        "kind" => arg.add(ArgValueCandidates::new(kinds)),
        "columns" => arg.add(ArgValueCandidates::new(columns)),
        _ => arg,
    }
}

/// Opens what the command that is being typed would open.
fn open() -> Option<Work> {
    // As quietly as can be: a shell shows what is said while it completes.
    let desk = desk()?;
    desk.work(desk.name()).ok()
}

fn desk() -> Option<Desk> {
    // The words being typed stand after `--`, the program's name first.
    let words: Vec<OsString> = std::env::args_os().skip_while(|arg| arg != "--").collect();
    let words = words.get(1..).unwrap_or_default();
    let (surroundings, asked) = Surroundings::look(words);
    let options = Options {
        document: early(words, "--document").map(|id| id.to_string_lossy().into_owned()),
        journal: early(words, "--journal").map(PathBuf::from),
        ..Options::default()
    };
    surroundings.desk(options, asked).ok()
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

/// Search terms: statuses, units, chapters and people, with what may stand before a term.
fn terms(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let bare = typed.trim_start_matches('!');
    let bare = bare.strip_prefix("not:").unwrap_or(bare);
    let before = typed.strip_suffix(bare).unwrap_or_default();
    let Some(work) = open() else {
        return Vec::new();
    };
    all_terms(&work)
        .into_iter()
        .filter(|(term, _)| term.starts_with(bare))
        .map(|(term, help)| candidate(format!("{before}{term}"), &help))
        .collect()
}

/// Returns what can be asked for by name, each with what it means.
fn all_terms(work: &Work) -> Vec<(String, String)> {
    let (document, lang) = (&work.document, work.lang);
    let text = |key: &str| lang.find(key).unwrap_or_default().to_owned();
    let statuses = Status::ALL.map(|s| (format!("is:{}", s.id()), text(s.name_key())));
    let derived = [
        ("open", ""),
        ("overdue", "urgency.overdue"),
        ("soon", "urgency.soon"),
        ("stale", "stats.stale"),
    ];
    let derived = derived.map(|(word, key)| (format!("is:{word}"), text(key)));
    let units = document.units().into_iter();
    let units = units.map(|unit| (format!("@{unit}"), String::new()));
    let chapters = document.chapters.iter();
    let chapters = chapters.map(|c| (format!("ch:{}", c.number), c.title.clone()));
    let people: BTreeSet<_> = work.progress.changes().map(|c| c.by).collect();
    let people = people
        .into_iter()
        .filter(|name| !name.contains(char::is_whitespace))
        .map(|name| (format!("by:{name}"), String::new()));
    statuses
        .into_iter()
        .chain(derived)
        .chain(units)
        .chain(chapters)
        .chain(people)
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
    let Some(desk) = desk() else {
        return Vec::new();
    };
    let entries = catalogue::list(&desk.paths.data).entries.into_iter();
    entries
        .map(|entry| candidate(entry.id, &entry.title))
        .collect()
}

fn commands() -> Vec<CompletionCandidate> {
    let whole = command(Lang::default());
    let names = whole.get_subcommands().map(clap::Command::get_name);
    names.map(|name| candidate(name, "")).collect()
}

fn columns() -> Vec<CompletionCandidate> {
    Column::ALL
        .into_iter()
        .map(|c| candidate(c.id(), ""))
        .collect()
}
