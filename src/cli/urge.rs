//! `urge`: writes a reminder to each unit that is overdue, behind or due soon, and records it in
//! the journal.

use super::{Failure, Out, context::CommandContext, export, output, send::until};
use crate::{
    progress::{Body, Draft},
    report::{
        apart::file_names,
        paper::Form,
        urge::{Reminder, Urge},
    },
};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    #[arg(
        short,
        long,
        value_name = "FOLDER",
        required_unless_present = "dry_run"
    )]
    output: Option<PathBuf>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    #[arg(long)]
    again: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    force: bool,
}

impl Args {
    /// Writes the papers and records them; starts again if a colleague has written meanwhile.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let mut work = context.open()?;
        let lang = work.lang;
        let until = until(self.until.as_deref(), &work.now, lang)?;
        let config = &context.config;
        let units = self.unit.iter().map(|name| unit(&work, name));
        let units: Vec<String> = units.collect::<Result<_, _>>()?;
        loop {
            let clauses = work.find(&self.query, false)?;
            let basis = work.basis();
            let urge = Urge {
                basis: &basis,
                clauses: &clauses,
                only: &units,
                form: &config.urge_number,
                until,
                again: self.again,
                office: config.office.as_deref(),
            };
            let reminders = urge.reminders();
            if let Some(folder) = self
                .output
                .as_ref()
                .filter(|_| !self.dry_run && !reminders.is_empty())
            {
                let names: Vec<String> = reminders
                    .iter()
                    .map(|r| format!("{}-{}", r.number, r.unit))
                    .collect();
                let mut files = Vec::new();
                for (reminder, name) in reminders.iter().zip(file_names("", &names, "docx")) {
                    files.push((name, urge.paper(reminder).bytes(Form::Docx)?, None));
                }
                let paths = files.iter().map(|(name, ..)| folder.join(name));
                let fresh: Vec<PathBuf> = paths.filter(|path| !path.exists()).collect();
                let edits = urge.edits(&reminders);
                let draft = Draft::new(work.by.as_str(), work.session.as_str(), Body::Edits(edits));
                let written = export::write_all(&basis, folder, files, self.force);
                let recorded = written.and_then(|()| work.try_append(&[draft]));
                // A paper that the journal does not know would go out twice, under the same number.
                if !matches!(recorded, Ok(true)) {
                    for path in fresh {
                        let _ = std::fs::remove_file(path);
                    }
                }
                if !recorded? {
                    continue;
                }
            }
            for reminder in &reminders {
                out.line(line(reminder, &work))?;
            }
            let n = reminders.len();
            let key = match (n, self.dry_run) {
                (0, _) => "urge.nobody",
                (_, true) => "urge.dry",
                (_, false) => "urge.done",
            };
            let path = self.output.as_deref().unwrap_or(std::path::Path::new(""));
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &n), ("path", &path.display())];
            output::tell(lang.fill(key, &values));
            return Ok(());
        }
    }
}

/// Returns number, unit, colour and clauses, separated by tabs.
fn line(reminder: &Reminder, work: &super::context::OpenChecklist) -> String {
    let lang = work.lang;
    let asked = reminder.asked.iter().map(|asked| {
        let id = work.document().clauses[asked.clause].id;
        format!("{id} {}", asked.colour.name(lang))
    });
    let asked = lang.list(&asked.collect::<Vec<_>>());
    let colour = reminder.colour.name(lang);
    format!("{}\t{}\t{colour}\t{asked}", reminder.number, reminder.unit)
}

/// Returns the unit of the document that a name or an alias means.
fn unit(work: &super::context::OpenChecklist, name: &str) -> Result<String, Failure> {
    let mut units = work.document().units().into_iter();
    let is_meant = |unit: &&str| *unit == name || work.units().names(unit).any(|n| n == name);
    let found = units.find(is_meant).map(str::to_owned);
    found.ok_or_else(|| Failure::Usage(work.lang.fill("urge.no-unit", &[("unit", &name)])))
}
