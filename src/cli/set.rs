//! `set`: status, deadline, owner and remark of clauses, as one change.
//!
//! Everything is checked before anything is written, so a batch is never half done.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    edit::{self, Plan},
    ids::{self, Named},
    output, past,
};
use crate::{
    day,
    document::{ClauseId, source},
    files,
    locale::Lang,
    progress::{Due, Edit, Kind, Status, Target, change::random_id},
    text::{self, nearest},
};
use compact_str::CompactString;
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
    #[arg(long, value_name = "URL|FILE")]
    link: Option<String>,
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    step: Option<String>,
    #[arg(long, value_name = "STEP|first")]
    after: Option<String>,
    #[arg(long, conflicts_with = "text")]
    remove: bool,
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
        check_steps(request, &named, work)?;
        check_own(request, &named, work.lang)?;
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
        let owner = self.owner.as_deref().map(owner);
        let kind = self
            .kind
            .as_deref()
            .map(|word| kind(word, lang))
            .transpose()?;
        // What blocks a clause is a problem, as on the screen.
        let kind = match (status, kind) {
            (Some(Status::Blocked), None | Some(Kind::Problem)) => Kind::Problem,
            (Some(Status::Blocked), Some(_)) => return usage("set.blocked-kind"),
            (_, kind) => kind.unwrap_or_default(),
        };
        let remark = self.remark(lang)?.map(|text| (kind, text));
        if remark
            .as_ref()
            .is_some_and(|(_, text)| text.trim().is_empty())
        {
            return usage("set.empty-remark");
        }
        if self.kind.is_some() && remark.is_none() {
            return usage("set.kind-alone");
        }
        if let Some(status) = status.filter(|s| s.needs_reason() && remark.is_none()) {
            let name = lang.text(status.name_key());
            let said = lang.fill("set.needs-remark", &[("status", &name)]);
            return Err(Failure::Usage(said));
        }
        let words = [&self.text, &self.step].map(|words| words.as_deref().map(one_line));
        if words.iter().flatten().any(String::is_empty) {
            return usage("set.empty-text");
        }
        let [text, step] = words;
        let text = if self.remove {
            Some(None)
        } else {
            text.map(Some)
        };
        let after = self.after.as_deref().map(|step| match step.trim() {
            "first" => None,
            step => Some(step.rsplit('/').next().unwrap_or_default().into()),
        });
        let fields = [
            status.is_some(),
            due.is_some(),
            owner.is_some(),
            remark.is_some(),
            text.is_some(),
            step.is_some(),
            after.is_some(),
        ];
        if !fields.contains(&true) {
            return usage("set.nothing");
        }
        Ok(EditRequest(Edit {
            status,
            due,
            owner,
            remark,
            text,
            after,
            // Each clause gets a step, and an id for it, of its own.
            step: step.map(|text| (CompactString::default(), text)),
            ..Edit::new(Target {
                clause: "".into(),
                step: None,
            })
        }))
    }

    /// Returns the remark, with its evidence at the end; `-` reads it from standard input, without
    /// the last line end.
    fn remark(&self, lang: Lang) -> Result<Option<String>, Failure> {
        let remark = match self.remark.as_deref() {
            Some("-") => Some(standard_input(lang)?.trim_end_matches('\n').to_owned()),
            remark => remark.map(str::to_owned),
        };
        let Some(link) = self.link.as_deref() else {
            return Ok(remark);
        };
        let link = address(link, lang)?;
        Ok(Some(match remark {
            Some(remark) => format!("{} {link}", remark.trim_end()),
            None => link,
        }))
    }
}

/// Returns the address of a piece of evidence: an address as it is, or that of an existing file.
fn address(link: &str, lang: Lang) -> Result<String, Failure> {
    if text::is_link(link) {
        return Ok(link.to_owned());
    }
    let file = std::path::absolute(link).ok().filter(|path| path.exists());
    let address = file.as_deref().and_then(text::file_link);
    address.ok_or_else(|| Failure::Usage(lang.fill("set.link", &[("link", &link)])))
}

/// Reads a text from standard input: in any encoding that an import reads, with one kind of line end.
pub(super) fn standard_input(lang: Lang) -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        output::tell(lang.text("set.typed"));
    }
    let failed = |why: String| Failure::Failed(lang.fill("set.stdin", &[("why", &why)]));
    let bytes = files::read_all(std::io::stdin().lock(), files::MOST_SMALL);
    let bytes = bytes.map_err(|why| failed(lang.system(&why)))?;
    let read = source::encoding::decode(bytes, None);
    let text = read.map_err(|why| failed(why.message(lang)))?.text;
    Ok(text::unified(&text))
}

impl EditRequest {
    fn changes(&self, work: &OpenChecklist, named: &Named) -> bool {
        let record = work.progress.record(named.clause);
        let step = named.target.step.as_ref();
        let step = step.and_then(|id| edit::step(record, id));
        let (due, words) = match step {
            Some(step) => (step.due, &step.text),
            None => (record.due, &work.document().clauses[named.clause].text),
        };
        let is_new = |text: &Option<String>| text.as_ref() != Some(words);
        self.0.remark.is_some()
            || self.0.step.is_some()
            || self.0.after.is_some()
            || self.0.text.as_ref().is_some_and(is_new)
            || self
                .0
                .status
                .is_some_and(|s| s != edit::status(work, named))
            || self.0.due.is_some_and(|new| new != due)
            || self
                .0
                .owner
                .as_ref()
                .is_some_and(|owner| *owner != record.owner)
    }

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
            step: self.0.step.clone().map(|(_, text)| (random_id(4), text)),
            ..self.0.clone()
        }
    }
}

/// Returns a name as it is recorded; none clears it.
pub(super) fn owner(name: &str) -> Option<String> {
    match name.trim() {
        "" | "none" | "无" => None,
        name => Some(name.to_owned()),
    }
}

/// Returns a text as one line: runs of white space become one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A step is open, under way or done, and may have a deadline; the rest belongs to its clause.
fn check_steps(
    request: &EditRequest,
    named: &[Named],
    work: &OpenChecklist,
) -> Result<(), Failure> {
    let (asked, lang) = (&request.0, work.lang);
    for named in named {
        let clause = &named.target.clause;
        let (id, steps) = (
            named.target.to_string(),
            &work.progress.record(named.clause).steps,
        );
        let said = |key, values: &[(&str, &dyn std::fmt::Display)]| {
            Err(Failure::Usage(lang.fill(key, values)))
        };
        let Some(_) = &named.target.step else {
            if asked.after.is_some() {
                return said("set.only-step", &[("id", &id)]);
            }
            continue;
        };
        if asked.step.is_some() {
            return said("set.sub-step", &[("id", &id)]);
        }
        let suits = asked.status.is_none_or(Status::suits_step);
        if !suits || asked.owner.is_some() || asked.remark.is_some() {
            return said("set.step", &[("id", &id), ("clause", clause)]);
        }
        let missing = asked
            .after
            .iter()
            .flatten()
            .find(|after| steps.iter().all(|s| s.id != **after));
        if let Some(step) = missing {
            let known: Vec<&str> = steps.iter().map(|s| s.id.as_str()).collect();
            let steps = known.join(lang.text("cli.or"));
            return said(
                "set.no-step",
                &[("clause", clause), ("step", step), ("steps", &steps)],
            );
        }
    }
    Ok(())
}

/// The document's own clauses stay as they are.
fn check_own(request: &EditRequest, named: &[Named], lang: Lang) -> Result<(), Failure> {
    let is_fixed = |named: &&Named| {
        let is_own = named.target.clause_id().is_some_and(ClauseId::is_own);
        named.target.step.is_none() && !is_own
    };
    match named.iter().find(is_fixed) {
        Some(fixed) if request.0.text.is_some() => {
            let id = fixed.target.to_string();
            Err(Failure::Usage(lang.fill("set.only-own", &[("id", &id)])))
        }
        _ => Ok(()),
    }
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
pub(super) fn due(text: &str, today: Date, lang: Lang) -> Result<Option<Due>, Failure> {
    let due = day::due(text, today);
    let due = due.map_err(|bad| Failure::Usage(past::bad_day(&bad, "day.due", lang)))?;
    // Any other day is printed with the change.
    if day::counts_working_days(text) {
        output::tell(day::understood(text, due, lang));
    }
    Ok(due)
}

/// Parses a status by its id, its names, or other words in ledgers (进行中, 已办结).
fn status(word: &str, lang: Lang) -> Result<Status, Failure> {
    Status::parse(word).ok_or_else(|| {
        let known = Status::ALL.map(|s| OptionValue {
            id: s.id(),
            key: s.name_key(),
            words: s.words().collect(),
        });
        unknown("--status", word, &known, lang)
    })
}

fn kind(word: &str, lang: Lang) -> Result<Kind, Failure> {
    Kind::parse(word).ok_or_else(|| {
        let known = Kind::ALL.map(|k| OptionValue {
            id: k.id(),
            key: k.name_key(),
            words: k.words().into(),
        });
        unknown("--kind", word, &known, lang)
    })
}

/// A value of an option.
struct OptionValue {
    id: &'static str,
    key: &'static str,
    /// What may be typed for it.
    words: Vec<&'static str>,
}

impl OptionValue {
    /// Returns its id with its name in the language.
    fn said(&self, lang: Lang) -> String {
        match lang {
            Lang::ZhCn => format!("{}（{}）", lang.text(self.key), self.id),
            Lang::En => self.id.to_owned(),
        }
    }
}

/// Returns the error for an invalid value, with the nearest and all valid ones.
fn unknown(option: &str, word: &str, known: &[OptionValue], lang: Lang) -> Failure {
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
    let has_one = |c: &&OptionValue| c.words.iter().any(|name| word.contains(name));
    let near = near.or_else(|| known.iter().find(has_one));
    let denied = word.starts_with(['未', '没', '不']);
    if let Some(near) = near.filter(|_| !denied) {
        message += "\n";
        message += &lang.fill("cli.meant", &[("near", &near.said(lang))]);
    }
    Failure::Usage(message)
}
