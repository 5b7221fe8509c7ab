//! `set`: status, deadline, owner and remark of clauses, as one change.
//!
//! Everything is checked before anything is written: there is no half-written batch.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    edit::{self, Plan},
    ids::{self, Named},
    output, past,
};
use crate::{
    day,
    document::source,
    files,
    locale::Lang,
    progress::{Due, Edit, Kind, Status, Target},
    text::{self, nearest},
};
use jiff::civil::Date;
use std::io::IsTerminal as _;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    #[arg(long, value_name = "DATE|long|none", allow_hyphen_values = true)]
    due: Option<String>,
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    #[arg(long, value_name = "TEXT|-", allow_hyphen_values = true)]
    remark: Option<String>,
    #[arg(long, value_name = "KIND", requires = "remark")]
    kind: Option<String>,
}

/// The checked request; the target is added for each clause.
struct EditRequest(Edit);

impl Args {
    /// Sets everything on every clause, as one set.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let mut work = context.open()?;
        let request = self.request(&work)?;
        edit::append(&mut work, out, |work| self.plan(work, &request))
    }

    fn plan(&self, work: &OpenChecklist, request: &EditRequest) -> Result<Plan, Failure> {
        let named = ids::resolve(&self.ids, &work.progress, work.lang)?;
        check_steps(request, &named, work.lang)?;
        check_closed(request, &named, work)?;
        let mut plan = Plan::default();
        for named in named {
            if request.changes(work, &named) {
                let set = request.edit(&named);
                plan.edits.push((named, set));
            } else {
                plan.unchanged.push(request.unchanged(work, &named));
            }
        }
        Ok(plan)
    }

    fn request(&self, work: &OpenChecklist) -> Result<EditRequest, Failure> {
        let lang = work.lang;
        let usage = |key| Err(Failure::Usage(lang.text(key).to_owned()));
        let status = self
            .status
            .as_deref()
            .map(|word| status(word, lang))
            .transpose()?;
        let due = self
            .due
            .as_deref()
            .map(|text| due(text, work.now.date(), lang))
            .transpose()?;
        let owner = self.owner.as_deref().map(|name| match name.trim() {
            "" | "none" | "无" => None,
            name => Some(name.to_owned()),
        });
        let kind = self
            .kind
            .as_deref()
            .map(|word| kind(word, lang))
            .transpose()?;
        // A remark about what blocks a clause is a problem, as on the screen.
        let kind = kind.unwrap_or(match status {
            Some(Status::Blocked) => Kind::Problem,
            _ => Kind::default(),
        });
        let remark = self.remark(lang)?.map(|text| (kind, text));
        if remark
            .as_ref()
            .is_some_and(|(_, text)| text.trim().is_empty())
        {
            return usage("set.empty-remark");
        }
        if status.is_some_and(Status::needs_reason) && remark.is_none() {
            return usage("set.needs-remark");
        }
        let anything = status.is_some() || due.is_some() || owner.is_some() || remark.is_some();
        if !anything {
            return usage("set.nothing");
        }
        Ok(EditRequest(Edit {
            status,
            due,
            owner,
            remark,
            ..Edit::new(Target {
                clause: "".into(),
                step: None,
            })
        }))
    }

    /// Returns the remark; `-` reads it from standard input, without the last line end.
    fn remark(&self, lang: Lang) -> Result<Option<String>, Failure> {
        match self.remark.as_deref() {
            Some("-") => {
                if std::io::stdin().is_terminal() {
                    output::tell(lang.text("set.typed"));
                }
                let failed =
                    |why: String| Failure::Failed(lang.fill("set.stdin", &[("why", &why)]));
                let bytes = files::read_all(std::io::stdin().lock(), files::MOST_SMALL);
                let bytes = bytes.map_err(|why| failed(lang.system(&why)))?;
                // As from the editor: in any encoding that import reads, with uniform line ends.
                let read = source::encoding::decode(bytes, None);
                let text = read.map_err(|why| failed(why.message(lang)))?.text;
                Ok(Some(text::unified(&text).trim_end_matches('\n').to_owned()))
            }
            remark => Ok(remark.map(str::to_owned)),
        }
    }
}

impl EditRequest {
    /// Returns whether it would change anything.
    fn changes(&self, work: &OpenChecklist, named: &Named) -> bool {
        let record = work.progress.record(named.clause);
        self.0.remark.is_some()
            || self
                .0
                .status
                .is_some_and(|s| s != edit::status(work, named))
            || self.0.due.is_some_and(|due| due != record.due)
            || self
                .0
                .owner
                .as_ref()
                .is_some_and(|owner| *owner != record.owner)
    }

    /// Returns the message that it would change nothing.
    fn unchanged(&self, work: &OpenChecklist, named: &Named) -> String {
        if self.0.status.is_some() {
            return edit::unchanged(work, named);
        }
        let id = named.target.to_string();
        work.lang.fill("cli.unchanged-so", &[("id", &id)])
    }

    fn edit(&self, named: &Named) -> Edit {
        Edit {
            target: named.target.clone(),
            ..self.0.clone()
        }
    }
}

/// A step can only be ticked; everything else belongs to its clause.
fn check_steps(request: &EditRequest, named: &[Named], lang: Lang) -> Result<(), Failure> {
    let Some(step) = named.iter().find(|n| n.target.step.is_some()) else {
        return Ok(());
    };
    let ticks = matches!(request.0.status, Some(Status::Todo | Status::Done));
    if ticks && request.0.due.is_none() && request.0.owner.is_none() && request.0.remark.is_none() {
        return Ok(());
    }
    let id = step.target.to_string();
    Err(Failure::Usage(lang.fill("set.step", &[("id", &id)])))
}

/// Only done clauses can be closed (已销号).
fn check_closed(
    request: &EditRequest,
    named: &[Named],
    work: &OpenChecklist,
) -> Result<(), Failure> {
    let open = |n: &&Named| !edit::status(work, n).is_complete();
    let open: Vec<String> = named
        .iter()
        .filter(open)
        .map(|n| n.target.to_string())
        .collect();
    if request.0.status != Some(Status::Closed) || open.is_empty() {
        return Ok(());
    }
    let ids = open.join(work.lang.text("cli.or"));
    Err(Failure::Failed(
        work.lang.fill("set.not-done", &[("ids", &ids)]),
    ))
}

/// Parses a deadline; a usage error suggests what may be meant.
fn due(text: &str, today: Date, lang: Lang) -> Result<Option<Due>, Failure> {
    let due = day::due(text, today);
    let due = due.map_err(|bad| Failure::Usage(past::bad_day(&bad, "day.due", lang)))?;
    // Any other day needs no word but what is printed of the change.
    if day::counts_working_days(text) {
        output::tell(day::understood(text, due, lang));
    }
    Ok(due)
}

/// Parses a status by its id, its names, or other words in ledgers (进行中, 已办结).
fn status(word: &str, lang: Lang) -> Result<Status, Failure> {
    Status::parse(word).ok_or_else(|| {
        let known = Status::ALL.map(|s| Choice {
            id: s.id(),
            key: s.name_key(),
            words: s.words().collect(),
        });
        unknown("--status", word, &known, lang)
    })
}

fn kind(word: &str, lang: Lang) -> Result<Kind, Failure> {
    Kind::parse(word).ok_or_else(|| {
        let known = Kind::ALL.map(|k| Choice {
            id: k.id(),
            key: k.name_key(),
            words: k.words().into(),
        });
        unknown("--kind", word, &known, lang)
    })
}

/// A value of an option.
struct Choice {
    id: &'static str,
    key: &'static str,
    /// What may be typed for it.
    words: Vec<&'static str>,
}

impl Choice {
    /// Returns its id with its name in the language.
    fn said(&self, lang: Lang) -> String {
        match lang {
            Lang::ZhCn => format!("{}（{}）", lang.text(self.key), self.id),
            Lang::En => self.id.to_owned(),
        }
    }
}

/// Returns the error for an invalid value, with the nearest and all valid ones.
fn unknown(option: &str, word: &str, known: &[Choice], lang: Lang) -> Failure {
    let all: Vec<String> = known.iter().map(|c| c.said(lang)).collect();
    let valid = all.join(lang.text("cli.or"));
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("value", &word), ("arg", &option), ("valid", &valid)];
    let mut message = lang.fill("usage.value", &values);
    let words = known.iter().flat_map(|c| c.words.iter().copied());
    let near = nearest(word, words, 1);
    let near = known
        .iter()
        .find(|c| near.first().is_some_and(|near| c.words.contains(near)));
    // A longer word may contain a name: 基本完成. But 未完成 is not close to 完成.
    let has_one = |c: &&Choice| c.words.iter().any(|name| word.contains(name));
    let near = near.or_else(|| known.iter().find(has_one));
    let denied = word.starts_with(['未', '没', '不']);
    if let Some(near) = near.filter(|_| !denied) {
        message += "\n";
        message += &lang.fill("cli.meant", &[("near", &near.said(lang))]);
    }
    Failure::Usage(message)
}
