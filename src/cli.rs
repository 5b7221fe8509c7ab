//! The command line: clap's types, and dispatch to the commands.
//!
//! The language is decided before the arguments are parsed, so that help and errors use it too.
//! Data goes to standard output, messages to standard error; exit 0 is done, 1 failed, 2 wrong
//! usage.

use crate::{locale::Lang, progress::Status};
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::{ffi::OsString, path::PathBuf};

mod add;
mod carry;
mod check;
mod collect;
mod completions;
mod config;
mod context;
mod diff;
mod doctor;
mod documents;
mod edit;
mod environment;
mod export;
mod failure;
mod ids;
mod import;
mod keys;
mod linear;
mod list;
mod log;
mod man;
mod merge;
mod minutes;
mod new;
mod other_document_hint;
mod output;
mod past;
mod probe;
mod query;
mod report;
mod screen;
mod send;
mod set;
mod show;
mod stats;
mod sync;
mod terminal;
mod topics;
mod undo;
mod urge;
mod usage;
mod waiting;
mod words;

use context::CommandContext;
use environment::Environment;
use failure::Failure;
use output::Out;
pub use words::command;

#[derive(Debug, Parser)]
#[command(name = "kouan", disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    options: GlobalOptions,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Default, clap::Args)]
struct GlobalOptions {
    #[arg(long, global = true, value_name = "ID|FILE")]
    document: Option<String>,
    #[arg(long, global = true, value_name = "FILE")]
    journal: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "NAME")]
    by: Option<String>,
    #[arg(long, global = true, value_name = "zh-CN|en", value_parser = ["zh-CN", "en"], hide_possible_values = true)]
    lang: Option<String>,
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"], hide_possible_values = true)]
    color: Option<String>,
    #[arg(long, global = true, value_name = "WIDTH", value_parser = ["auto", "narrow", "wide", "roomy", "safe"], hide_possible_values = true)]
    ambiguous_width: Option<String>,
    #[arg(long, global = true, value_name = "DAY", allow_hyphen_values = true)]
    at: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Add(add::Args),
    New(new::Args),
    Check(check::Args),
    Uncheck(check::Args),
    Set(set::Args),
    Undo,
    Redo,
    Log(log::Args),
    Stats(stats::Args),
    Export(export::Args),
    Minutes(minutes::Args),
    Report(report::Args),
    Urge(urge::Args),
    Send(send::Args),
    Collect(collect::Args),
    Merge(merge::Args),
    Import(import::Args),
    Documents,
    Diff(diff::Args),
    Carry(carry::Args),
    Sync(sync::Args),
    Doctor,
    Config(config::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Command {
    /// Returns whether it only shows progress, so that it can show the past.
    const fn reads(&self) -> bool {
        matches!(
            self,
            Self::List(_)
                | Self::Show(_)
                | Self::Log(_)
                | Self::Stats(_)
                | Self::Export(_)
                | Self::Minutes(_)
                | Self::Report(_)
                | Self::Diff(_)
        )
    }
}

/// Runs the command in the arguments (program name included); returns the exit code.
pub fn main(args: &[OsString]) -> u8 {
    let (environment, asked) = Environment::look(args);
    let lang = asked.unwrap_or_default();
    if completions::answer(args, lang) {
        return 0;
    }
    let args = usage::help_first(args);
    if let Some(code) = usage::answer(&args, lang) {
        return code;
    }
    let args = helped(&args);
    let read = |definition: clap::Command| {
        let matches = definition.try_get_matches_from(&args)?;
        Cli::from_arg_matches(&matches)
    };
    // Help texts are added only if somebody will read them: that takes longer than marking a
    // clause.
    let cli = match read(Cli::command()).or_else(|_| read(command(lang))) {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error, &args, lang),
    };
    let done = environment
        .context(cli.options, asked)
        .and_then(|context| run(cli.command, &context));
    match done {
        Ok(()) => 0,
        Err(failure) => said(failure, lang),
    }
}

/// Prints why a command failed; returns the exit code.
fn said(failure: Failure, lang: Lang) -> u8 {
    let code = failure.code();
    if let Some(message) = failure.said(lang) {
        output::tell(lang.fill("cli.error", &[("message", &message)]));
    }
    code
}

/// Returns the arguments with `kouan help list` as `kouan list --help`.
fn helped(args: &[OsString]) -> Vec<OsString> {
    match args {
        [program, help, rest @ ..] if help == "help" => {
            let asked = std::iter::once(program).chain(rest).cloned();
            asked.chain(["--help".into()]).collect()
        }
        _ => args.to_vec(),
    }
}

fn run(command: Option<Command>, context: &CommandContext) -> Result<(), Failure> {
    let indifferent = matches!(
        command,
        Some(Command::Doctor | Command::Config(_) | Command::Completions(_) | Command::Man(_))
    );
    if let Some(trouble) = context.trouble.clone().filter(|_| !indifferent) {
        // The screen also checks the keys.
        let keys = command.is_none().then(|| keys::said(context));
        let all = keys.into_iter().flatten();
        let lines: Vec<String> = std::iter::once(trouble).chain(all).collect();
        return Err(Failure::Usage(lines.join("\n")));
    }
    if context.at.is_some() && !command.as_ref().is_none_or(Command::reads) {
        let refused = context.lang.text("cli.at-reads");
        return Err(Failure::Usage(refused.to_owned()));
    }
    // The screen says so itself.
    if command.is_some() && !indifferent && output::terminal_width().is_some() {
        let news = terminal::news(context.lang, &context.paths.state, &terminal::environment);
        news.into_iter().for_each(output::note);
    }
    let mut out = Out::new(terminal::colours(
        context.options.color.as_deref(),
        (&context.config, &context.paths.state),
        &terminal::environment,
    ));
    if matches!(
        command,
        Some(Command::Log(_) | Command::Diff(_) | Command::Show(_))
    ) {
        out.page();
    }
    match command {
        None => return screen::run(context),
        Some(Command::List(args)) => args.run(context, &mut out)?,
        Some(Command::Show(args)) => args.run(context, &mut out)?,
        Some(Command::New(args)) => args.run(context, &mut out)?,
        Some(Command::Add(args)) => args.run(context, &mut out)?,
        Some(Command::Check(args)) => args.run(context, &mut out, Status::Done)?,
        Some(Command::Uncheck(args)) => args.run(context, &mut out, Status::Todo)?,
        Some(Command::Set(args)) => args.run(context, &mut out)?,
        Some(Command::Undo) => undo::undo(context, &mut out)?,
        Some(Command::Redo) => undo::redo(context, &mut out)?,
        Some(Command::Log(args)) => args.run(context, &mut out)?,
        Some(Command::Stats(args)) => args.run(context, &mut out)?,
        Some(Command::Export(args)) => args.run(context, &mut out)?,
        Some(Command::Minutes(args)) => args.run(context, &mut out)?,
        Some(Command::Report(args)) => args.run(context, &mut out)?,
        Some(Command::Urge(args)) => args.run(context, &mut out)?,
        Some(Command::Send(args)) => args.run(context, &mut out)?,
        Some(Command::Collect(args)) => args.run(context, &mut out)?,
        Some(Command::Merge(args)) => args.run(context, &mut out)?,
        Some(Command::Import(args)) => args.run(context, &mut out)?,
        Some(Command::Documents) => documents::run(context, &mut out)?,
        Some(Command::Diff(args)) => args.run(context, &mut out)?,
        Some(Command::Carry(args)) if args.is_review() => return args.review(context),
        Some(Command::Carry(args)) => args.run(context, &mut out)?,
        Some(Command::Sync(args)) => args.run(context, &mut out)?,
        Some(Command::Config(args)) => args.run(context, &mut out)?,
        Some(Command::Doctor) => doctor::run(context, &mut out)?,
        Some(Command::Completions(args)) => args.run(&mut out)?,
        Some(Command::Man(args)) => args.run(context, &mut out)?,
    }
    out.finish()
}
