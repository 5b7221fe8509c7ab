//! `completions`: shell completion.
//!
//! The script that a shell loads asks the program each time, so that ids, units and documents are
//! current. Since they come from colleagues' files, each is quoted for its shell (zsh and fish do
//! so themselves), and text that a terminal must not show is not offered.

use super::{
    Failure, GlobalOptions, Out, command,
    context::{CommandContext, OpenChecklist},
    environment::{Environment, early},
};
use crate::{
    document::catalogue,
    locale::Lang,
    progress::{Kind, Status},
    report::Column,
    search, text,
};
use bash::TypedCommand;
use clap::Arg;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate, complete};
use std::{
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    io::Write as _,
    path::PathBuf,
};

mod bash;

/// Set by the scripts: the shell's name.
const VARIABLE: &str = "KOUAN_COMPLETE";

const SCRIPTS: [(&str, &str); 3] = [
    ("bash", include_str!("../../data/completions.bash")),
    ("zsh", include_str!("../../data/completions.zsh")),
    ("fish", include_str!("../../data/completions.fish")),
];

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "SHELL", value_parser = SCRIPTS.map(|(shell, _)| shell), hide_possible_values = true)]
    shell: String,
}

impl Args {
    /// Prints the script for a shell.
    pub(super) fn run(&self, out: &mut Out) -> Result<(), Failure> {
        let mut scripts = SCRIPTS.iter().filter(|(shell, _)| *shell == self.shell);
        scripts.try_for_each(|(_, script)| out.bytes(script.as_bytes()))
    }
}

/// Answers a shell's request, if there is one: a candidate per line, for zsh and fish with a tab
/// and its description.
pub(super) fn answer(args: &[OsString], lang: Lang) -> bool {
    let Some(shell) = std::env::var_os(VARIABLE) else {
        return false;
    };
    let here = std::env::current_dir().ok();
    let (words, bash) = typed(args);
    let last = words.len().saturating_sub(1);
    // A malformed request gets no answer; there is nobody to tell.
    let all =
        complete(&mut completing(command(lang)), words, last, here.as_deref()).unwrap_or_default();
    let mut lines = String::new();
    for candidate in all.iter().filter(|c| is_offered(c.get_value())) {
        let value = candidate.get_value().to_string_lossy();
        let help = candidate.get_help().map(ToString::to_string);
        if let Some(typed) = &bash {
            lines.extend(typed.inserted(&value).map(|word| word + "\n"));
        } else if shell != "bash" {
            let help = help.as_deref().and_then(|h| h.lines().next());
            lines.extend([&*value, "\t", &text::clean(help.unwrap_or_default()), "\n"]);
        }
    }
    // Nor is there if the shell does not listen.
    let _ = std::io::stdout().write_all(lines.as_bytes());
    true
}

/// Returns whether a value can be shown and typed as it is; colleagues' text may hide in a line or
/// command the terminal.
fn is_offered(value: &OsStr) -> bool {
    let clean = |text: &str| text::clean(text) == text && !text.contains('\n');
    value.to_str().is_some_and(clean)
}

/// Returns the words being typed, from the program's name to the word at the cursor. bash gives its
/// whole line, and the part that will be replaced.
fn typed(args: &[OsString]) -> (Vec<OsString>, Option<TypedCommand>) {
    let mut words = args.iter().skip_while(|arg| *arg != "--").skip(1);
    if std::env::var_os(VARIABLE).is_none_or(|shell| shell != "bash") {
        return (words.cloned().collect(), None);
    }
    let (line, replaced) = (words.next(), words.next());
    let typed = line
        .zip(replaced)
        .and_then(|(line, replaced)| TypedCommand::new(line.to_str()?, replaced.to_str()?));
    let words = typed.iter().flat_map(|typed| &typed.words);
    (words.map(OsString::from).collect(), typed)
}

/// Returns a command with completions for its arguments and those of its subcommands.
fn completing(command: clap::Command) -> clap::Command {
    command.mut_args(completed).mut_subcommands(completing)
}

fn completed(arg: Arg) -> Arg {
    match arg.get_id().as_str() {
        "ids" => arg.add(ArgValueCandidates::new(ids)),
        "query" => arg.add(ArgValueCompleter::new(terms)),
        "name" => arg.add(ArgValueCandidates::new(commands)),
        "document" | "old" | "new" => arg.add(ArgValueCandidates::new(documents)),
        "status" => arg.add(ArgValueCandidates::new(statuses)),
        "kind" => arg.add(ArgValueCandidates::new(kinds)),
        "columns" => arg.add(ArgValueCandidates::new(columns)),
        "by" if arg.is_global_set() => arg.add(ArgValueCandidates::new(|| people(authors))),
        "owner" => arg.add(ArgValueCandidates::new(|| people(owners))),
        _ => arg,
    }
}

/// Opens what the command being typed would open.
fn open() -> Option<OpenChecklist> {
    // Quietly: a shell shows any output during completion.
    let context = context()?;
    context.work(context.name()).ok()
}

fn context() -> Option<CommandContext> {
    let (words, _) = typed(&std::env::args_os().collect::<Vec<_>>());
    let (environment, asked) = Environment::look(&words);
    let options = GlobalOptions {
        document: early(&words, "--document").map(|id| id.to_string_lossy().into_owned()),
        journal: early(&words, "--journal").map(PathBuf::from),
        ..GlobalOptions::default()
    };
    environment.context(options, asked).ok()
}

fn candidate(value: impl Into<OsString>, help: &str) -> CompletionCandidate {
    let help = text::elide(text::Policy::Narrow, help, 40).into_owned();
    CompletionCandidate::new(value).help(Some(help.into()))
}

/// Returns measures, each followed by its clauses.
fn ids() -> Vec<CompletionCandidate> {
    let Some(work) = open() else {
        return Vec::new();
    };
    let document = &work.document();
    let mut all = Vec::new();
    for (nth, measure) in document.measures.iter().enumerate() {
        all.push(candidate(document.measure_label(nth), &measure.title));
        let clauses = document.clauses[measure.clauses.clone()].iter();
        all.extend(clauses.map(|c| candidate(c.id.to_string(), &c.text)));
    }
    all
}

/// Returns the search terms that begin with what was typed.
fn terms(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let Some(work) = open() else {
        return Vec::new();
    };
    let found = search::terms(&work.scene(), work.lang, Lang::En, &typed).into_iter();
    let found = found.filter(|(term, _)| term.starts_with(&*typed));
    found.map(|(term, help)| candidate(term, &help)).collect()
}

/// Returns everyone who signed changes.
fn authors(work: &OpenChecklist) -> BTreeSet<String> {
    work.progress.changes().map(|c| c.by.to_string()).collect()
}

fn owners(work: &OpenChecklist) -> BTreeSet<String> {
    work.progress
        .owners()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn people(who: fn(&OpenChecklist) -> BTreeSet<String>) -> Vec<CompletionCandidate> {
    let names = open().map(|work| who(&work)).into_iter().flatten();
    names.map(|name| candidate(name, "")).collect()
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
    let Some(context) = context() else {
        return Vec::new();
    };
    let entries = catalogue::list(&context.paths.data).entries.into_iter();
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
