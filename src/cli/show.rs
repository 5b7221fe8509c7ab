//! `show`: complete clauses.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    export, ids, output,
};
use crate::{
    progress::{Record, Urgency, carry::RemarkSource},
    report::{
        dossier::{self, EarlierText},
        json,
        paper::Form,
        phrase,
    },
    text::{self, Policy, Tone},
};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[arg(long, conflicts_with = "json")]
    history: bool,
    #[arg(short, long, value_name = "FILE", requires = "history")]
    output: Option<PathBuf>,
    #[arg(long, requires = "output")]
    force: bool,
    #[arg(long)]
    json: bool,
}

/// The greatest width of running text, and the width without a terminal.
const MEASURE: usize = 80;

impl Args {
    /// Prints the clauses in order, without duplicates.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let work = context.open()?;
        let mut clauses: Vec<usize> = Vec::new();
        for named in ids::resolve(&self.ids, &work.progress, work.lang)? {
            if !clauses.contains(&named.clause) {
                clauses.push(named.clause);
            }
        }
        if self.json {
            return out.json(&json::clauses(&work.basis(), &clauses));
        }
        if let Some(path) = &self.output {
            return self.write(context, &work, &clauses, path);
        }
        // In a pipe a paragraph stays one line, for the reader to wrap.
        let width = output::terminal_width().map(|w| w.min(MEASURE));
        let page = ClausePrinter {
            work: &work,
            width,
            policy: context.policy(),
        };
        for (nth, clause) in clauses.into_iter().enumerate() {
            if nth > 0 {
                out.line("")?;
            }
            let mut lines = page.lines(clause);
            if self.history {
                lines.extend(page.history(&earlier(context, &work, clause), clause));
            }
            for line in lines {
                match page.width {
                    Some(_) => out.line(page.policy.drawn_text(&line))?,
                    None => out.line(line)?,
                }
            }
        }
        Ok(())
    }
}

impl Args {
    /// Writes the history of a clause; only one can be written at a time.
    fn write(
        &self,
        context: &CommandContext,
        work: &OpenChecklist,
        clauses: &[usize],
        path: &Path,
    ) -> Result<(), Failure> {
        let [clause] = *clauses else {
            return Err(Failure::Usage(work.lang.text("dossier.one").to_owned()));
        };
        let earlier = earlier(context, work, clause);
        let bytes = dossier::paper(&work.basis(), clause, &earlier).bytes(Form::of(path))?;
        export::save(&work.basis(), path, bytes, None, self.force)?;
        let values: [(&str, &dyn std::fmt::Display); 2] = [
            ("id", &work.document().clauses[clause].id),
            ("path", &path.display()),
        ];
        output::tell(work.lang.fill("dossier.saved", &values));
        Ok(())
    }
}

/// Returns the earlier texts of a clause, from the documents that its remarks were carried from.
fn earlier(context: &CommandContext, work: &OpenChecklist, clause: usize) -> Vec<EarlierText> {
    let sources = dossier::sources(&work.basis(), clause).into_iter();
    let text = |source: &RemarkSource| {
        let document = context.load(&source.document).ok()?;
        let clause = document.find(source.clause.parse().ok()?)?;
        Some(document.clauses[clause].text.clone())
    };
    sources
        .map(|source| EarlierText {
            text: text(&source),
            source,
        })
        .collect()
}

struct ClausePrinter<'a> {
    work: &'a OpenChecklist,
    width: Option<usize>,
    policy: Policy,
}

impl ClausePrinter<'_> {
    fn lines(&self, clause: usize) -> Vec<String> {
        let document = &self.work.document();
        let (chapter, measure) = (document.chapter_of(clause), document.measure_of(clause));
        let said = &document.clauses[clause];
        let record = self.work.progress.record(clause);
        let mut lines = vec![
            format!(
                "{} {}  {}",
                phrase::tone(record.status).set(record.status.mark()),
                said.id,
                Tone::Heading.set(&text::clean(&measure.title))
            ),
            self.field(
                "show.chapter",
                &format!("{} {}", chapter.number, chapter.title),
            ),
            String::new(),
        ];
        lines.extend(self.wrap(&said.text, 0));
        lines.push(String::new());
        let units = self.units(clause);
        if !units.is_empty() {
            lines.extend(self.wrap(&self.field("show.units", &units), 0));
        }
        lines.extend(self.state(clause));
        lines.extend(self.notes(record));
        lines
    }

    fn field(&self, key: &'static str, value: &str) -> String {
        let label = text::pad(self.policy, self.work.lang.text(key), 8);
        format!("{label}  {}", text::clean(value).trim_end())
    }

    fn toned(&self, key: &'static str, (tone, word): (Tone, &str), rest: &str) -> String {
        let label = self.field(key, "");
        format!("{label}{}{}", tone.set(word), text::clean(rest))
            .trim_end()
            .to_owned()
    }

    fn units(&self, clause: usize) -> String {
        let lang = self.work.lang;
        let who = &self.work.document().clauses[clause].responsibility;
        let name = |unit: &String| {
            if who.lead.contains(unit) {
                lang.fill("show.lead", &[("unit", unit)])
            } else {
                unit.clone()
            }
        };
        let mut units = who.units.iter().map(name).collect::<Vec<_>>().join("、");
        if who.by_duties {
            units += lang.text("units.by-duties");
        }
        units
    }

    fn state(&self, clause: usize) -> Vec<String> {
        let (work, lang) = (self.work, self.work.lang);
        let record = work.progress.record(clause);
        let given = work.progress.status_given(clause);
        let given = given.map(|(at, by)| format!("  {by} {}", work.basis().minute(at)));
        let name = lang.text(record.status.name_key());
        let status = (phrase::tone(record.status), name);
        let mut lines = vec![self.toned("show.status", status, &given.unwrap_or_default())];
        if record.due.is_some() {
            let urgency = work.basis().urgency(clause);
            let tone = phrase::urgency_tone(urgency);
            let urgency = urgency.map_or("", |urgency| lang.text(urgency.name_key()));
            let due = phrase::due(record.due, lang);
            let slipped = phrase::slipped(&work.basis(), clause).unwrap_or_default();
            let rest = format!("{slipped}  {urgency}");
            lines.push(self.toned("show.due", (tone, &due), rest.trim_end()));
        }
        if let Some(owner) = &record.owner {
            lines.push(self.field("show.owner", owner));
        }
        lines
    }

    fn notes(&self, record: &Record) -> Vec<String> {
        let lang = self.work.lang;
        let mut lines = Vec::new();
        for step in &record.steps {
            let mut parts = vec![format!("{} {} {}", step.status.mark(), step.id, step.text)];
            if step.due.is_some() {
                let due = phrase::due(step.due, lang);
                parts.push(format!("{} {due}", lang.text("show.due")));
            }
            let scene = self.work.basis().scene;
            if step.urgency(scene.today, scene.limits.days_ahead) == Some(Urgency::Overdue) {
                parts.push(lang.text("urgency.overdue").to_owned());
            }
            let said = parts.join("  ");
            lines.extend(self.wrap(&text::clean(&said), 0));
        }
        for remark in &record.remarks {
            let kind = lang.text(remark.kind.name_key());
            let at = self.work.basis().minute(remark.at);
            lines.push(format!("{kind}  {at} {}", text::clean(&remark.by)));
            for paragraph in remark.text.lines() {
                lines.extend(self.wrap(&text::clean(paragraph), 2));
            }
        }
        lines
    }

    /// Returns where the clause came from, and all its changes.
    fn history(&self, earlier: &[EarlierText], clause: usize) -> Vec<String> {
        let lang = self.work.lang;
        let mut lines = Vec::new();
        if !earlier.is_empty() {
            lines.extend([
                String::new(),
                Tone::Heading.set(lang.text("dossier.earlier")),
            ]);
        }
        for EarlierText { source, text } in earlier {
            lines.push(text::clean(&format!("{} {}", source.document, source.clause)).into_owned());
            let said = text.as_deref().unwrap_or(lang.text("dossier.no-text"));
            lines.extend(self.wrap(&text::clean(said), 2));
        }
        lines.extend([
            String::new(),
            Tone::Heading.set(lang.text("dossier.changes")),
        ]);
        for entry in dossier::entries(&self.work.basis(), clause) {
            lines.push(text::clean(&format!("{}  {}", entry.at, entry.by)).into_owned());
            for said in entry.said.iter().flat_map(|said| said.lines()) {
                lines.extend(self.wrap(&text::clean(said), 2));
            }
        }
        lines
    }

    fn wrap(&self, said: &str, indent: usize) -> Vec<String> {
        let blanks = " ".repeat(indent);
        let width = self.width.unwrap_or(usize::MAX);
        let links = text::links(said);
        text::wrap(self.policy, said, width.saturating_sub(indent).max(1))
            .into_iter()
            .map(|line| format!("{blanks}{}", text::link::set(said, &links, line)))
            .collect()
    }
}
