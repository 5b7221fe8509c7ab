//! `carry`: a document's progress to its revision.
//!
//! What is certain is appended to the new journal as one change; the rest is listed with reasons,
//! and waits for `--accept` or the screen.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    output, screen,
};
use crate::{
    document::{
        Document,
        compare::{Comparison, Doubt, Pair, compare_with},
    },
    progress::{
        Body,
        carry::{Carrier, PairPlan},
    },
    report::{Cell, Table, carried, difference::Versions},
    text::{self, Policy},
};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "OLD", display_order = 1)]
    old: String,
    #[arg(value_name = "NEW", display_order = 2)]
    new: String,
    #[arg(long, value_name = "OLD=NEW", value_delimiter = ',')]
    accept: Vec<String>,
    #[arg(long, conflicts_with_all = ["accept", "dry_run", "json"])]
    review: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    json: bool,
}

/// The documents, progress and options of a carry.
struct Carriage<'a> {
    args: &'a Args,
    old: &'a OpenChecklist,
    new: &'a OpenChecklist,
    comparison: &'a Comparison,
}

impl Args {
    /// Returns the arguments that carry one document's progress to another.
    pub(super) fn between(old: &str, new: &str) -> Self {
        Self {
            old: old.to_owned(),
            new: new.to_owned(),
            accept: Vec::new(),
            review: false,
            dry_run: false,
            json: false,
        }
    }

    /// Carries what is certain, and prints a line per pair; or opens the screen.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let (old, mut new) = self.open(context)?;
        let accepted = self.accepted(&old, &new)?;
        let comparison = compare_with(old.progress.base(), new.progress.base(), &accepted);
        let decide = |new: &OpenChecklist| {
            let carrier = carrier(&comparison, &old, new);
            (carrier.items(), carrier.edits())
        };
        // Before the list is printed, whose reader may stop in the middle.
        let (items, edits) = if self.dry_run {
            decide(&new)
        } else {
            new.append(|new| {
                let (items, edits) = decide(new);
                let body = (!edits.is_empty()).then(|| Body::Edits(edits.clone()));
                Ok((body, (items, edits)))
            })?
        };
        let carriage = Carriage {
            args: self,
            old: &old,
            new: &new,
            comparison: &comparison,
        };
        let clauses = items.iter().filter(|item| item.is_due()).count();
        let counts: [(&str, &dyn std::fmt::Display); 2] =
            [("clauses", &clauses), ("edits", &edits.len())];
        let done = match (edits.is_empty(), self.dry_run) {
            (true, _) => new.lang.text("carry.nothing").to_owned(),
            (false, true) => new.lang.fill("carry.dry", &counts),
            (false, false) => new.lang.fill("carry.done", &counts),
        };
        if self.json {
            out.json(&carriage.all_json(&items))?;
        } else {
            out.table(&carriage.table(&items), false, context.policy(), new.lang)?;
        }
        carriage.notes(&items).iter().for_each(output::tell);
        output::tell(done);
        Ok(())
    }

    /// Opens the screen of the new document to decide on the pairs.
    pub(super) fn review(&self, context: &CommandContext) -> Result<(), Failure> {
        self.open(context)?;
        screen::review(&of_new(context, &self.new), &self.old)
    }

    /// Returns whether the screen is asked for.
    pub(super) const fn is_review(&self) -> bool {
        self.review
    }

    /// Opens both documents. `--journal` names the new one's journal, which is written to.
    fn open(&self, context: &CommandContext) -> Result<(OpenChecklist, OpenChecklist), Failure> {
        let new = of_new(context, &self.new);
        let mut old = context.clone();
        old.options.journal = None;
        let (old, new) = (old.work(&self.old)?, new.work(&self.new)?);
        for work in [&old, &new] {
            work.flaws().iter().for_each(output::tell);
        }
        let same = old.journal.path() == new.journal.path();
        if same && old.progress.base() != new.progress.base() {
            let path = new.journal.path().display();
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("old", &self.old), ("new", &self.new), ("path", &path)];
            return Err(Failure::Failed(
                new.lang.fill("carry.same-journal", &values),
            ));
        }
        if old.progress.changes().len() == 0 {
            let path = old.journal.path().display();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("document", &old.progress.base().id), ("path", &path)];
            output::tell(new.lang.fill("carry.no-progress", &values));
        }
        Ok((old, new))
    }

    /// Returns the pairs that the user has decided on; a usage error for anything else.
    fn accepted(
        &self,
        old: &OpenChecklist,
        new: &OpenChecklist,
    ) -> Result<Vec<(usize, usize)>, Failure> {
        let lang = new.lang;
        let find = |document: &Document, id: &str, text: &String| {
            let found = id.trim().parse().ok().and_then(|id| document.find(id));
            found.ok_or_else(|| {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("document", &document.id), ("id", &id), ("text", text)];
                Failure::Usage(lang.fill("carry.no-clause", &values))
            })
        };
        let pair = |text: &String| {
            let (a, b) = text
                .split_once('=')
                .ok_or_else(|| Failure::Usage(lang.fill("carry.pair", &[("text", text)])))?;
            Ok((
                find(old.progress.base(), a, text)?,
                find(new.progress.base(), b, text)?,
            ))
        };
        self.accept.iter().map(pair).collect()
    }
}

/// Returns the context of a command on the new document.
fn of_new(context: &CommandContext, new: &str) -> CommandContext {
    let mut context = context.clone();
    context.options.document = Some(new.to_owned());
    context
}

fn carrier<'a>(
    comparison: &'a Comparison,
    old: &'a OpenChecklist,
    new: &'a OpenChecklist,
) -> Carrier<'a> {
    Carrier {
        comparison,
        old: &old.progress,
        new: &new.progress,
        lang: new.lang,
        zone: new.now.time_zone().clone(),
    }
}

impl Carriage<'_> {
    fn all_json(&self, items: &[PairPlan]) -> Vec<serde_json::Value> {
        let pairs = self.comparison.pairs.iter().zip(items);
        pairs.map(|(pair, item)| self.json(pair, item)).collect()
    }

    fn table(&self, items: &[PairPlan]) -> Table {
        let pairs = self.comparison.pairs.iter().zip(items);
        let headings = ["fate", "old", "new", "likeness", "carried", "text"];
        Table::named(headings, pairs.map(|(pair, item)| self.row(pair, item)))
    }

    fn row(&self, pair: &Pair, item: &PairPlan) -> Vec<Cell> {
        let lang = self.new.lang;
        let percent = pair.both().map(|_| format!("{}%", pair.percent()));
        vec![
            Cell::words(lang.text(pair.fate.name_key())),
            Cell::words(id(self.old.progress.base(), pair.old)),
            Cell::words(id(self.new.progress.base(), pair.new)),
            Cell::words(percent.unwrap_or_default()),
            Cell::words(carried::item(pair, item, self.args.dry_run, lang)),
            Cell::words(self.text(pair)),
        ]
    }

    fn json(&self, pair: &Pair, item: &PairPlan) -> serde_json::Value {
        let id = |document: &Document, clause: Option<usize>| {
            clause.map(|c| document.clauses[c].id.to_string())
        };
        json!({
            "fate": pair.fate.id(),
            "old": id(self.old.progress.base(), pair.old),
            "new": id(self.new.progress.base(), pair.new),
            "likeness": pair.both().map(|_| pair.percent()),
            "doubt": pair.doubt.map(Doubt::id),
            "undecided": item.undecided,
            "edits": if item.undecided { 0 } else { item.edits.len() },
        })
    }

    /// Returns the beginning of the clause's text, of the new one if there is one.
    fn text(&self, pair: &Pair) -> String {
        let new = pair.new.map(|c| &self.new.progress.base().clauses[c].text);
        let old = pair.old.map(|c| &self.old.progress.base().clauses[c].text);
        let whole = new.or(old).map_or("", |text| text);
        text::elide(Policy::Narrow, &text::clean(whole), 40).into_owned()
    }

    /// Returns the messages: renamed units, counts by fate, and what is left to decide.
    fn notes(&self, items: &[PairPlan]) -> Vec<String> {
        let lang = self.new.lang;
        let versions = Versions {
            old: self.old.progress.base(),
            new: self.new.progress.base(),
            comparison: self.comparison,
            lang,
        };
        let mut notes = versions.renamed();
        notes.push(versions.counts());
        let pairs = self.comparison.pairs.iter().zip(items);
        let undecided: Vec<&Pair> = pairs.filter(|(_, i)| i.undecided).map(|p| p.0).collect();
        if let Some(first) = undecided.first() {
            let old = id(self.old.progress.base(), first.old);
            let new = id(self.new.progress.base(), first.new);
            let example = format!("--accept {old}={new}");
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &undecided.len()), ("example", &example)];
            notes.push(lang.fill("carry.undecided", &values));
        }
        notes
    }
}

/// Returns a clause's number, or `-`.
fn id(document: &Document, clause: Option<usize>) -> String {
    clause.map_or_else(|| "-".to_owned(), |c| document.clauses[c].id.to_string())
}
