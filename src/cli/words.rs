//! The words of the command line: clap's help in the user's language. May use: `locale`.
//!
//! No argument carries its help in its type; the words stand in `data/locales` under
//! `cli.COMMAND` and `cli.COMMAND.ARGUMENT`, and are put in here.

use super::Cli;
use crate::locale::Lang;
use clap::{Arg, CommandFactory as _};

/// Returns the command line's definition with all its words in one language.
pub fn command(lang: Lang) -> clap::Command {
    let names: Vec<String> = Cli::command()
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let mut whole = worded(Cli::command(), "options", lang)
        .about(lang.text("cli.about"))
        .after_help(lang.text("cli.after"))
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
    // Only a definition that is built knows how each command is used.
    whole.build();
    for name in &names {
        whole = whole.mut_subcommand(name, |sub| used(sub, lang));
    }
    used(whole, lang)
}

/// Puts in the words that clap itself writes into how a command is used.
fn used(mut command: clap::Command, lang: Lang) -> clap::Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let options = lang.text("cli.usage.options");
    let usage = usage
        .replace("[OPTIONS]", options)
        .replace("[COMMAND]", lang.text("cli.usage.command"));
    command.override_usage(usage)
}

/// Puts in the words of one command and its arguments.
fn worded(command: clap::Command, name: &str, lang: Lang) -> clap::Command {
    let usage = lang.text("cli.usage");
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
    );
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(template)
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
