//! `config`: where the config files are, what each sets, and editing the user's own.

use super::{Failure, Out, context::CommandContext, keys};
use crate::{
    config::{Config, layers},
    files,
};
use std::process::Command;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "path|edit|check", value_parser = ["path", "edit", "check"], hide_possible_values = true)]
    action: String,
}

impl Args {
    /// Prints the path of the user's file, opens it in an editor, or shows which file sets what.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        match self.action.as_str() {
            "path" => out.line(context.paths.config.display().to_string()),
            "edit" => edit(context),
            _ => check(context, out),
        }
    }
}

fn check(context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
    let troubles: Vec<String> = context
        .trouble
        .iter()
        .cloned()
        .chain(keys::said(context))
        .collect();
    if !troubles.is_empty() {
        return Err(Failure::Failed(troubles.join("\n")));
    }
    given(context)
        .into_iter()
        .try_for_each(|line| out.line(line))
}

/// Returns which file sets which options, one line per file.
pub(super) fn given(context: &CommandContext) -> Vec<String> {
    let given = layers::given(&context.paths);
    let lines = given.iter().map(|(path, options)| {
        let options = context.lang.list(options);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("path", &path.display()), ("options", &options)];
        context.lang.fill("config.gives", &values)
    });
    let mut lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        let path = context.paths.config.display();
        lines.push(context.lang.fill("doctor.config-none", &[("path", &path)]));
    }
    lines
}

/// Opens the user's file, created if necessary, and then checks it.
fn edit(context: &CommandContext) -> Result<(), Failure> {
    let path = &context.paths.config;
    if !path.exists() {
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
        }
        files::create(path, context.lang.text("config.new").as_bytes())?;
    }
    // The shell splits the variable, which may contain options: `code --wait`.
    let script = r#"eval "exec ${VISUAL:-${EDITOR:-vi}} \"\$1\"""#;
    let editor = Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(path)
        .status()?;
    if !editor.success() {
        return Err(Failure::Failed(
            context.lang.text("error.editor-failed").to_owned(),
        ));
    }
    match Config::load(&context.paths) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::Failed(error.message(context.lang))),
    }
}
