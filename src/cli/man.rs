//! `man`: manual pages for packages and `man -l`, made from the command line's definition and the
//! help topics.

use super::{
    Failure, Out, command,
    context::CommandContext,
    topics::{self, Topic, TopicBlock},
    usage, words,
};
use crate::locale::Lang;
use std::{fmt::Write as _, io, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "COMMAND")]
    name: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    dir: Option<PathBuf>,
}

impl Args {
    /// Prints the page of the program, a command or a topic, or writes all of them into a folder.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let (whole, lang) = (command(context.lang), context.lang);
        if let Some(dir) = &self.dir {
            return write_all(&whole, dir, lang).map_err(|why| {
                let (path, why) = (dir.display(), lang.system(&why));
                let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &path), ("why", &why)];
                Failure::Failed(lang.fill("export.failed", &values))
            });
        }
        let page = match self.name.as_deref() {
            None => render(&whole, None, lang),
            Some(name) => match (whole.find_subcommand(name), topics::find(name, lang)) {
                (Some(sub), _) => render(&whole, Some(sub), lang),
                (_, Some(topic)) => explain(topic, lang),
                _ => return Err(Failure::Usage(usage::unknown(name, &whole, lang))),
            },
        };
        out.bytes(page.as_bytes())
    }
}

fn write_all(whole: &clap::Command, dir: &std::path::Path, lang: Lang) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for sub in whole.get_subcommands() {
        let name = format!("kouan-{}.1", sub.get_name());
        std::fs::write(dir.join(name), render(whole, Some(sub), lang))?;
    }
    for topic in topics::all(lang) {
        let name = format!("kouan-{}.7", topic.name);
        std::fs::write(dir.join(name), explain(topic, lang))?;
    }
    std::fs::write(dir.join("kouan.1"), render(whole, None, lang))
}

/// Returns the page of a command or the program.
fn render(whole: &clap::Command, sub: Option<&clap::Command>, lang: Lang) -> String {
    let shown = sub.unwrap_or(whole);
    let name = sub.map_or_else(
        || "kouan".to_owned(),
        |sub| format!("kouan-{}", sub.get_name()),
    );
    let about = shown
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut page = ManPage::new(&name, 1, &about, lang);
    page.heading(lang.text("man.synopsis"));
    let usage = shown.clone().render_usage().to_string();
    page.paragraph(usage.trim_start_matches("Usage:").trim());
    page.heading(lang.text("man.description"));
    page.paragraph(&about);
    if sub.is_none() {
        page.paragraph(lang.text("cli.after"));
        page.heading(lang.text("cli.commands"));
        for sub in whole.get_subcommands() {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            page.item(&bold(sub.get_name()), &about);
        }
    }
    page.options(shown);
    page.heading(lang.text("man.exit"));
    for (code, key) in [
        ("0", "man.exit.done"),
        ("1", "man.exit.failed"),
        ("2", "man.exit.usage"),
    ] {
        page.item(&bold(code), lang.text(key));
    }
    page.surroundings(sub.is_none(), lang);
    page.heading(lang.text("man.examples"));
    for (line, said) in words::examples(sub.map_or("options", clap::Command::get_name), lang) {
        page.item(&bold(line), said);
    }
    page.also(lang)
}

fn explain(topic: Topic, lang: Lang) -> String {
    let mut page = ManPage::new(&format!("kouan-{}", topic.name), 7, topic.about, lang);
    page.heading(lang.text("man.description"));
    for block in topic.blocks() {
        match block {
            TopicBlock::Heading(heading) => page.heading(heading),
            TopicBlock::Item(term, said) => page.item(&bold(term), said),
            TopicBlock::Paragraph(text) => page.paragraph(text),
        }
    }
    page.also(lang)
}

/// A page in roff (man(7)).
struct ManPage(String);

impl ManPage {
    /// Begins a page.
    fn new(name: &str, section: u8, about: &str, lang: Lang) -> Self {
        let (title, date) = (name.to_uppercase(), env!("KOUAN_DATE"));
        let version = env!("CARGO_PKG_VERSION");
        let mut page = Self(format!(
            ".TH {} {section} {date} \"kouan {version}\" kouan\n",
            escaped(&title)
        ));
        page.heading(lang.text("man.name"));
        let _ = writeln!(page.0, "{} \\- {}", escaped(name), escaped(about));
        page
    }

    fn heading(&mut self, heading: &str) {
        let _ = writeln!(self.0, ".SH {}", escaped(&heading.to_uppercase()));
    }

    fn paragraph(&mut self, text: &str) {
        for text in text.lines().filter(|line| !line.is_empty()) {
            // Headings have their own spacing.
            let is_first = self
                .0
                .lines()
                .next_back()
                .is_some_and(|l| l.starts_with(".SH"));
            let _ = writeln!(
                self.0,
                "{}{}",
                if is_first { "" } else { ".PP\n" },
                escaped(text)
            );
        }
    }

    /// Appends an item; `term` is already roff.
    fn item(&mut self, term: &str, said: &str) {
        let _ = writeln!(self.0, ".TP\n{term}\n{}", escaped(said));
    }

    /// Appends arguments and options under their headings.
    fn options(&mut self, command: &clap::Command) {
        let mut last = "";
        let mut all: Vec<_> = command.get_arguments().collect();
        let heading = |arg: &clap::Arg| arg.get_help_heading().unwrap_or_default().to_owned();
        let order: Vec<String> = all.iter().map(|arg| heading(arg)).collect();
        all.sort_by_key(|arg| order.iter().position(|h| *h == heading(arg)));
        for arg in all {
            let heading = arg.get_help_heading().unwrap_or_default();
            if heading != last {
                self.heading(heading);
                last = heading;
            }
            let names = [
                arg.get_short().map(|c| format!("-{c}")),
                arg.get_long().map(|name| format!("--{name}")),
            ];
            let names: Vec<String> = names
                .into_iter()
                .flatten()
                .map(|name| bold(&name))
                .collect();
            let values = arg
                .get_value_names()
                .filter(|_| arg.get_action().takes_values());
            let values = values.unwrap_or_default().iter();
            let values = values.map(|value| format!("\\fI{}\\fR", escaped(value)));
            let values = values.collect::<Vec<_>>().join(" ");
            let names = names.join(", ");
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            self.item(format!("{names} {values}").trim(), &help);
        }
    }

    /// Appends files and variables, or where they are explained.
    fn surroundings(&mut self, whole: bool, lang: Lang) {
        let Some(files) = topics::find("files", lang).filter(|_| whole) else {
            for key in ["man.environment", "man.files"] {
                self.heading(lang.text(key));
                self.paragraph(lang.text("man.see-files"));
            }
            return;
        };
        let mut sections = 0;
        for block in files.blocks() {
            match block {
                TopicBlock::Heading(_) => {
                    sections += 1;
                    match sections {
                        1 => self.heading(lang.text("man.files")),
                        2 => self.heading(lang.text("man.environment")),
                        _ => return,
                    }
                }
                TopicBlock::Item(term, said) => self.item(&bold(term), said),
                TopicBlock::Paragraph(_) => {}
            }
        }
    }

    /// Ends the page with related pages.
    fn also(mut self, lang: Lang) -> String {
        self.heading(lang.text("man.also"));
        let topics = topics::all(lang).map(|topic| format!(".BR kouan\\-{} (7)", topic.name));
        let all: Vec<String> = std::iter::once(".BR kouan (1)".to_owned())
            .chain(topics)
            .collect();
        let _ = writeln!(self.0, "{}", all.join(" ,\n"));
        self.0
    }
}

/// Returns a text in bold, as roff.
fn bold(text: &str) -> String {
    format!("\\fB{}\\fR", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    if text.starts_with(['.', '\'']) {
        out.push_str("\\&");
    }
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '~' => out.push_str("\\(ti"),
            '^' => out.push_str("\\(ha"),
            '\'' => out.push_str("\\(aq"),
            '`' => out.push_str("\\(ga"),
            '"' => out.push_str("\\(dq"),
            _ => out.push(c),
        }
    }
    out
}
