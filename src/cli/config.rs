//! `config`: where the config files are and what each gives; and the user's own in an editor.

use super::{Failure, Out, desk::Desk, keys};
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
    /// Prints the path of the user's own file, opens it in an editor, or says which file gives what.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        match self.action.as_str() {
            "path" => out.line(desk.paths.config.display().to_string()),
            "edit" => edit(desk),
            _ => check(desk, out),
        }
    }
}

fn check(desk: &Desk, out: &mut Out) -> Result<(), Failure> {
    let troubles: Vec<String> = desk
        .trouble
        .iter()
        .cloned()
        .chain(keys::said(desk))
        .collect();
    if !troubles.is_empty() {
        return Err(Failure::Failed(troubles.join("\n")));
    }
    given(desk).into_iter().try_for_each(|line| out.line(line))
}

/// Returns which file gives which options, a line a file.
pub(super) fn given(desk: &Desk) -> Vec<String> {
    let given = layers::given(&desk.paths);
    let lines = given.iter().map(|(path, options)| {
        let options = desk.lang.list(options);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("path", &path.display()), ("options", &options)];
        desk.lang.fill("config.gives", &values)
    });
    let mut lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        let path = desk.paths.config.display();
        lines.push(desk.lang.fill("doctor.config-none", &[("path", &path)]));
    }
    lines
}

/// Opens the user's own file, made first where there is none, and then checks it.
fn edit(desk: &Desk) -> Result<(), Failure> {
    let path = &desk.paths.config;
    if !path.exists() {
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
        }
        files::create(path, desk.lang.text("config.new").as_bytes())?;
    }
    // The shell splits the variable, which may hold options: `code --wait`.
    let script = r#"eval "exec ${VISUAL:-${EDITOR:-vi}} \"\$1\"""#;
    let editor = Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(path)
        .status()?;
    if !editor.success() {
        return Err(Failure::Failed(
            desk.lang.text("error.editor-failed").to_owned(),
        ));
    }
    match Config::load(&desk.paths) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::Failed(error.message(desk.lang))),
    }
}
