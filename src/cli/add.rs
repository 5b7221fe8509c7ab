//! `add`: adds items of the user's own, as one change.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    edit::{self, Plan},
    ids::Named,
    output, set,
};
use crate::{
    document::ClauseId,
    progress::{Edit, Target},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(required = true, value_name = "TEXT|-")]
    text: Vec<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    #[arg(long, value_name = "DATE|long", allow_hyphen_values = true)]
    due: Option<String>,
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
}

impl Args {
    /// Adds the item, or one for each line of standard input.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let mut work = context.open()?;
        let lang = work.lang;
        let texts = self.texts(context)?;
        if texts.is_empty() {
            return Err(Failure::Usage(lang.text("set.empty-text").to_owned()));
        }
        let due = self.due.as_deref();
        let due = due.map(|text| set::due(text, work.now.date(), lang));
        let due = due.transpose()?.flatten();
        let owner = self.owner.as_deref().and_then(set::owner);
        let units: Vec<String> = self.unit.iter().map(|name| unit(&work, name)).collect();
        edit::append(&mut work, out, |work| {
            let mut plan = Plan::default();
            let mut taken = Vec::new();
            for text in &texts {
                let id = work.progress.free_item(&taken);
                taken.push(id);
                let edit = Edit {
                    due: due.map(Some),
                    owner: owner.clone().map(Some),
                    ..Edit::item(id, text, units.clone())
                };
                plan.edits.push((named(id), edit));
            }
            Ok(plan)
        })
    }

    fn texts(&self, context: &CommandContext) -> Result<Vec<String>, Failure> {
        let whole = match self.text.as_slice() {
            [dash] if dash == "-" => set::standard_input(context.lang)?,
            words => words.join(" ").replace('\n', " "),
        };
        let lines = whole.lines().map(set::one_line);
        Ok(lines.filter(|line| !line.is_empty()).collect())
    }
}

/// Names an item that does not exist yet.
fn named(id: ClauseId) -> Named {
    Named {
        clause: usize::MAX,
        target: Target::clause(id),
    }
}

/// Returns the unit that a name means if only one matches; otherwise the name as written, with a
/// message.
fn unit(work: &OpenChecklist, name: &str) -> String {
    let name = set::one_line(name);
    let document = work.document();
    let known = document.units();
    let names = |unit: &&str| *unit == name || work.units().names(unit).any(|n| n == name);
    let mut meant = known.iter().copied().filter(names);
    match (meant.next(), meant.next()) {
        (Some(unit), None) => return unit.to_owned(),
        (None, _) if !known.is_empty() => {
            output::tell(work.lang.fill("add.unit", &[("unit", &name)]));
        }
        _ => {}
    }
    name
}
