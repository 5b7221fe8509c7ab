//! Errors in the arguments, in the user's language.

use super::{Cli, Out, topics, words::command};
use crate::{locale::Lang, text::nearest};
use clap::{
    Arg, CommandFactory as _,
    error::{ContextKind, ContextValue, Error, ErrorKind},
};
use std::{ffi::OsString, fmt::Write as _};

/// Prints clap's error, help or version; returns the exit code.
pub(super) fn report(error: &Error, args: &[OsString], lang: Lang) -> u8 {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return print(&error.render().to_string(), lang);
    }
    super::output::tell(message(error, args, lang).trim_end());
    2
}

/// Prints a text for people, through a pager if needed; returns the exit code.
pub(super) fn print(text: &str, lang: Lang) -> u8 {
    let mut out = Out::new(None);
    out.page();
    let printed = out.text(text.as_bytes()).and_then(|()| out.finish());
    printed
        .err()
        .map_or(0, |failure| super::said(failure, lang))
}

/// Returns `kouan --lang en help list` as `kouan help list`: the language has been read by now, and
/// help needs no other general option.
pub(super) fn help_first(args: &[OsString]) -> Vec<OsString> {
    if !args.iter().any(|arg| arg == "help") {
        return args.to_vec();
    }
    let whole = Cli::command();
    let general: Vec<_> = whole.get_arguments().filter_map(Arg::get_long).collect();
    let mut words = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let option = arg.to_str().and_then(|arg| arg.strip_prefix("--"));
        let name = option.and_then(|option| option.split('=').next());
        match (name, option) {
            (Some(name), Some(option)) if general.contains(&name) => {
                if !option.contains('=') {
                    rest.next();
                }
            }
            _ => words.push(arg.clone()),
        }
    }
    match words.get(1) {
        Some(first) if first == "help" => words,
        _ => args.to_vec(),
    }
}

/// Answers `help TOPIC`; returns the exit code, or `None` for anything else.
pub(super) fn answer(args: &[OsString], lang: Lang) -> Option<u8> {
    let [_, help, name] = args else { return None };
    let name = name
        .to_str()
        .filter(|name| help == "help" && !name.starts_with('-'))?;
    if let Some(topic) = topics::find(name, lang) {
        return Some(print(&topic.plain(), lang));
    }
    let whole = command(lang);
    if whole.find_subcommand(name).is_some() {
        return None;
    }
    super::output::tell(lang.fill("cli.error", &[("message", &unknown(name, &whole, lang))]));
    Some(2)
}

/// Returns the error for an unknown command or topic, with similar names.
pub(super) fn unknown(name: &str, whole: &clap::Command, lang: Lang) -> String {
    let commands = whole.get_subcommands().map(clap::Command::get_name);
    let near = nearest(
        name,
        commands.chain(topics::all(lang).map(|topic| topic.name)),
        3,
    );
    let said = lang.fill("man.unknown", &[("name", &name)]);
    match near.join(lang.text("cli.or")) {
        near if near.is_empty() => format!("{said}\n{}", lang.text("cli.try-help")),
        near => format!("{said}\n{}", lang.fill("cli.meant", &[("near", &near)])),
    }
}

/// Returns the error, suggestions, and the command's usage.
fn message(error: &Error, args: &[OsString], lang: Lang) -> String {
    let mut out = lang.fill("cli.error", &[("message", &wrong(error, lang))]);
    let near = near(error, args, lang).join(lang.text("cli.or"));
    if !near.is_empty() {
        let _ = write!(out, "\n{}", lang.fill("cli.meant", &[("near", &near)]));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim().trim_start_matches("Usage:").trim_start();
        let _ = write!(out, "\n\n{} {usage}", lang.text("cli.usage"));
    }
    let _ = write!(out, "\n{}", lang.text("cli.try-help"));
    out
}

/// Returns the commands or options nearest to an unknown one.
fn near(error: &Error, args: &[OsString], lang: Lang) -> Vec<String> {
    let whole = command(lang);
    if error.kind() == ErrorKind::InvalidSubcommand {
        let name = joined(error.get(ContextKind::InvalidSubcommand), lang);
        let all = whole.get_subcommands().map(clap::Command::get_name);
        return nearest(&name, all, 3).into_iter().map(Into::into).collect();
    }
    if error.kind() != ErrorKind::UnknownArgument {
        return Vec::new();
    }
    let arg = joined(error.get(ContextKind::InvalidArg), lang);
    let Some(name) = arg.strip_prefix("--").filter(|name| !name.is_empty()) else {
        return Vec::new();
    };
    let mut given = args.iter().filter_map(|arg| arg.to_str());
    let of_command = given.find_map(|word| whole.find_subcommand(word));
    let of_command = of_command
        .into_iter()
        .flat_map(clap::Command::get_arguments);
    let all = whole.get_arguments().chain(of_command);
    let all: Vec<&str> = all.filter_map(Arg::get_long).collect();
    let near = match nearest(name, all.iter().copied(), 3) {
        // Nothing is near: at least what begins alike.
        near if near.is_empty() => {
            let alike = all
                .into_iter()
                .filter(|long| long.chars().next() == name.chars().next());
            alike.take(3).collect()
        }
        near => near,
    };
    near.into_iter().map(|name| format!("--{name}")).collect()
}

fn wrong(error: &Error, lang: Lang) -> String {
    let get = |kind| joined(error.get(kind), lang);
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let (sub, prior) = (
        get(ContextKind::InvalidSubcommand),
        get(ContextKind::PriorArg),
    );
    match error.kind() {
        ErrorKind::UnknownArgument => lang.fill("usage.argument", &[("arg", &arg)]),
        ErrorKind::InvalidSubcommand => lang.fill("usage.command", &[("name", &sub)]),
        ErrorKind::InvalidValue if value.is_empty() => {
            lang.fill("usage.no-value", &[("arg", &arg)])
        }
        ErrorKind::InvalidValue => {
            let all = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(all)) => &**all,
                _ => &[],
            };
            let near = nearest(&value, all.iter().map(String::as_str), 3);
            let valid = if near.is_empty() {
                all.join(lang.text("cli.or"))
            } else {
                near.join(lang.text("cli.or"))
            };
            lang.fill(
                "usage.value",
                &[("value", &value), ("arg", &arg), ("valid", &valid)],
            )
        }
        ErrorKind::MissingRequiredArgument => lang.fill("usage.missing", &[("arg", &arg)]),
        ErrorKind::ArgumentConflict if prior.is_empty() || prior == arg => {
            lang.fill("usage.twice", &[("arg", &arg)])
        }
        ErrorKind::ArgumentConflict => {
            lang.fill("usage.conflict", &[("arg", &arg), ("prior", &prior)])
        }
        ErrorKind::TooManyValues => {
            lang.fill("usage.too-many", &[("value", &value), ("arg", &arg)])
        }
        ErrorKind::InvalidUtf8 => lang.text("usage.utf8").to_owned(),
        // Kinds that cannot occur with these arguments.
        kind => kind.as_str().unwrap_or_default().to_owned(),
    }
}

/// Returns the text of an error's context.
fn joined(value: Option<&ContextValue>, lang: Lang) -> String {
    match value {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(all)) => all.join(lang.text("cli.or")),
        _ => String::new(),
    }
}
