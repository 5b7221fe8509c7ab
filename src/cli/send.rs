//! `send`: writes a ledger for each unit, with a letter, and a list of what was sent.

use super::{Failure, Out, context::CommandContext, export, output, past};
use crate::report::{
    Cell, Table,
    apart::file_names,
    column,
    export::{Format, Ledger},
    paper::{Form, Paper, Style},
    phrase,
};
use crate::{
    day::{self, Toward},
    locale::Lang,
};
use jiff::{ZonedDateTime, civil::Date};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[arg(long)]
    letter: bool,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    #[arg(long)]
    force: bool,
}

/// Returns the reply deadline, by default a week from now.
pub(super) fn until(named: Option<&str>, now: &ZonedDateTime, lang: Lang) -> Result<Date, Failure> {
    let bad = |bad| Failure::Usage(past::bad_day(&bad, "day.due", lang));
    day::day(named.unwrap_or("+7d"), now.date(), Toward::Future).map_err(bad)
}

/// What one unit gets.
struct Parcel {
    unit: String,
    ledger: String,
    letter: Option<String>,
    clauses: Vec<usize>,
}

impl Args {
    /// Writes the ledgers, and prints each unit with its file.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let work = context.open()?;
        let (basis, lang) = (work.basis(), work.lang);
        let until = until(self.until.as_deref(), &work.now, lang)?;
        let parts = column::by_unit(&basis, &basis.all());
        let units: Vec<&str> = parts.iter().map(|(unit, _)| unit.as_str()).collect();
        let ledgers = file_names(lang.text("send.ledger"), &units, "xlsx");
        let letters = file_names(lang.text("send.letter"), &units, "docx");
        let parcels = parts.into_iter().zip(ledgers.into_iter().zip(letters));
        let parcels: Vec<Parcel> = parcels
            .map(|((unit, clauses), (ledger, letter))| Parcel {
                unit,
                ledger,
                letter: self.letter.then_some(letter),
                clauses,
            })
            .collect();
        let mut files = Vec::new();
        for parcel in &parcels {
            let ledger = Ledger {
                unit: Some(&parcel.unit),
                clauses: Some(&parcel.clauses),
                ..Ledger::of(&basis)
            };
            let bytes = ledger.bytes(Format::Xlsx);
            let bytes = bytes.map_err(|e| Failure::Failed(e.to_string()))?;
            files.push((parcel.ledger.clone(), bytes, Some(Format::Xlsx)));
            if let Some(name) = &parcel.letter {
                let paper = letter(&work, parcel, until, context.config.office.as_deref());
                files.push((name.clone(), paper.bytes(Form::Docx)?, None));
            }
        }
        let list = list(&work, &parcels, until).bytes(Form::Docx)?;
        files.push((lang.text("send.list-file").to_owned(), list, None));
        export::write_all(&basis, &self.folder, files, self.force)?;
        for parcel in &parcels {
            let (unit, n) = (&parcel.unit, parcel.clauses.len());
            out.line(format!("{unit}\t{n}\t{}", parcel.ledger))?;
        }
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("n", &parcels.len()),
            ("path", &self.folder.display()),
            ("list", &lang.text("send.list-file")),
        ];
        output::tell(lang.fill("send.done", &values));
        Ok(())
    }
}

fn letter(
    work: &super::context::OpenChecklist,
    parcel: &Parcel,
    until: Date,
    office: Option<&str>,
) -> Paper {
    let lang = work.lang;
    let until = phrase::day(until, lang);
    let values: [(&str, &dyn std::fmt::Display); 5] = [
        ("title", &work.document().title),
        ("unit", &parcel.unit),
        ("n", &parcel.clauses.len()),
        ("until", &until),
        ("file", &parcel.ledger),
    ];
    let mut paper = Paper::new(lang, lang.text("send.letter-title"));
    paper.text(Style::Line, lang.fill("send.letter-to", &values));
    paper.text(Style::Body, lang.fill("send.letter-said", &values));
    paper.text(Style::Body, lang.fill("send.letter-how", &values));
    paper.text(Style::Body, lang.fill("send.letter-file", &values));
    paper.text(Style::Signature, office.unwrap_or_default());
    paper.text(Style::Signature, phrase::day(work.now.date(), lang));
    paper
}

/// Returns the list of what was sent, with room for signatures.
fn list(work: &super::context::OpenChecklist, parcels: &[Parcel], until: Date) -> Paper {
    let lang = work.lang;
    let mut paper = Paper::new(lang, lang.text("send.list"));
    let (day, until) = (phrase::day(work.now.date(), lang), phrase::day(until, lang));
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("title", &work.document().title),
        ("day", &day),
        ("until", &until),
        ("n", &parcels.len()),
    ];
    paper.text(Style::Body, lang.fill("send.list-said", &values));
    let row = |(nth, parcel): (usize, &Parcel)| {
        vec![
            Cell::Count(nth),
            Cell::words(&*parcel.unit),
            Cell::Count(parcel.clauses.len()),
            Cell::words(&*parcel.ledger),
            Cell::Empty,
        ]
    };
    let headings = [
        ("id", "column.id"),
        ("unit", "column.unit"),
        ("total", "stats.total"),
        ("file", "send.file"),
        ("signed", "send.signed"),
    ];
    let table = Table::new(lang, headings, (1..).zip(parcels).map(row));
    paper.table(table, &[8, 30, 8, 34, 20]);
    paper
}
