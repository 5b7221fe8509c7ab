//! Texts of the command line: clap's help in the user's language.
//!
//! Arguments carry no help in their types; it comes from `data/locales`, under `cli.COMMAND` and
//! `cli.COMMAND.ARGUMENT`.

use super::{Cli, topics};
use crate::locale::Lang;
use clap::{Arg, CommandFactory as _};
use std::fmt::Write as _;

/// Returns the command line's definition with all texts in one language.
pub fn command(lang: Lang) -> clap::Command {
    let names: Vec<String> = Cli::command()
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let mut whole = worded(Cli::command(), "options", lang)
        .about(lang.text("cli.about"))
        .version(env!("KOUAN_VERSION"))
        .subcommand_help_heading(lang.text("cli.commands"))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(lang.text("cli.version"))
                .help_heading(lang.text("cli.global")),
        );
    for name in &names {
        whole = whole.mut_subcommand(name, |sub| {
            let about = lang.find(&format!("cli.{name}")).unwrap_or_default();
            worded(sub, name, lang).about(about)
        });
    }
    // Only a built definition knows the usage of each command.
    whole.build();
    for name in &names {
        whole = whole.mut_subcommand(name, |sub| used(sub, name, lang));
    }
    used(whole, "options", lang)
}

/// Returns the examples of a command with their explanations.
pub(super) fn examples(
    name: &str,
    lang: Lang,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = lang.find(&format!("cli.{name}.examples"));
    let lines = all.unwrap_or_default().lines();
    lines.filter_map(|line| line.split_once(" # "))
}

/// Returns the text below a command's options.
fn after(name: &str, lang: Lang) -> String {
    let mut out = String::new();
    if name == "options" {
        topics::wrapped(&mut out, lang.text("cli.after"), 0);
        let _ = writeln!(out, "\n{}", lang.text("cli.topics"));
        for topic in topics::all(lang) {
            let _ = writeln!(out, "  kouan help {:<10} {}", topic.name, topic.about);
        }
        out.push('\n');
    }
    if let Some(query) = topics::find("query", lang).filter(|_| name == "list") {
        let _ = writeln!(out, "{}", lang.text("cli.terms"));
        query.first(&mut out);
        out.push('\n');
    }
    let _ = write!(out, "{}", lang.text("cli.examples"));
    for (line, said) in examples(name, lang) {
        let _ = write!(out, "\n  {line}\n      {said}");
    }
    out
}

/// Translates clap's own words in the usage.
fn used(mut command: clap::Command, name: &str, lang: Lang) -> clap::Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let options = lang.text("cli.usage.options");
    let usage = usage
        .replace("[OPTIONS]", options)
        .replace("[COMMAND]", lang.text("cli.usage.command"));
    let help = help(&command, name, &usage, lang);
    command.override_usage(usage).override_help(help)
}

/// Returns the help of a command, wrapped here because clap breaks lines only at blanks, and
/// Chinese has none.
fn help(command: &clap::Command, name: &str, usage: &str, lang: Lang) -> String {
    let mut out = String::new();
    let about = command.get_about().map(ToString::to_string);
    topics::wrapped(&mut out, &about.unwrap_or_default(), 0);
    let _ = writeln!(out, "\n{} {usage}", lang.text("cli.usage"));
    let mut sections: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    if command.has_subcommands() {
        let about = |sub: &clap::Command| sub.get_about().map(ToString::to_string);
        let subs = command.get_subcommands();
        let rows = subs.map(|sub| (sub.get_name().to_owned(), about(sub).unwrap_or_default()));
        sections.push((lang.text("cli.commands"), rows.collect()));
    }
    let mut all: Vec<_> = command.get_arguments().collect();
    // The options of every program come last.
    all.sort_by_key(|arg| {
        ["help", "version"]
            .iter()
            .position(|id| arg.get_id() == *id)
    });
    for heading in ["cli.arguments", "cli.options", "cli.global"] {
        let of = all
            .iter()
            .filter(|arg| arg.get_help_heading() == Some(lang.text(heading)));
        let rows = of.map(|arg| {
            let short = match (arg.get_short(), arg.is_positional()) {
                (Some(short), _) => format!("-{short}, "),
                (None, true) => String::new(),
                (None, false) => "    ".to_owned(),
            };
            let help = arg.get_help().map(ToString::to_string);
            (format!("{short}{arg}"), help.unwrap_or_default())
        });
        sections.push((lang.text(heading), rows.collect()));
    }
    for (heading, rows) in sections.iter().filter(|(_, rows)| !rows.is_empty()) {
        let _ = writeln!(out, "\n{heading}{}", lang.text("cli.colon"));
        topics::items(&mut out, rows);
    }
    format!("{out}\n{}\n", after(name, lang))
}

/// Adds the texts of a command and its arguments.
fn worded(command: clap::Command, name: &str, lang: Lang) -> clap::Command {
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| argument(arg, name, lang))
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help(lang.text("cli.help"))
                .help_heading(lang.text("cli.global")),
        )
}

fn argument(arg: Arg, command: &str, lang: Lang) -> Arg {
    let heading = match (arg.is_positional(), arg.is_global_set()) {
        (true, _) => "cli.arguments",
        (_, false) => "cli.options",
        (_, true) => "cli.global",
    };
    let help = lang
        .find(&format!("cli.{command}.{}", arg.get_id()))
        .unwrap_or_default();
    arg.help(help).help_heading(lang.text(heading))
}

#[cfg(test)]
mod tests {
    use super::{Lang, command};

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        for lang in [Lang::ZhCn, Lang::En] {
            let mut whole = command(lang);
            whole.build();
            for sub in whole.get_subcommands() {
                assert!(
                    sub.get_about().is_some_and(|a| !a.to_string().is_empty()),
                    "{sub:?}"
                );
                for arg in sub.get_arguments() {
                    let words = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!words.is_empty(), "{} {}", sub.get_name(), arg.get_id());
                }
            }
        }
    }

    #[test]
    fn the_definition_is_consistent() {
        command(Lang::ZhCn).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn help_speaks_one_language() {
        let help = command(Lang::ZhCn).render_long_help().to_string();
        for english in [
            "Usage:",
            "OPTIONS",
            "COMMAND]",
            "Options:",
            "Commands:",
            "Print ",
        ] {
            assert!(!help.contains(english), "{help}");
        }
        let mut whole = command(Lang::ZhCn);
        let sub = whole.find_subcommand_mut("set").expect("a command");
        let help = sub.render_long_help().to_string();
        assert!(help.contains("kouan set [选项] <ID>..."), "{help}");
    }
}
