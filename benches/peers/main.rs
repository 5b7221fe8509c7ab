//! Measures kouan beside its peers from the far side of a pseudo-terminal; run by
//! `benches/peers.sh`.
//!
//! `cargo bench --profile dev --bench peers -- check` checks the meter; `… -- measure KOUAN FOLDER`
//! writes the data into a folder, measures the program KOUAN and its peers, and prints the table;
//! `… -- many KOUAN FOLDER` measures 1, 10 and 50 sessions on one document, and one after an hour's keys.
//! The meter itself need not be fast: it interprets bytes only when the program is silent.
//! `KOUAN_RUNS` and `KOUAN_SIZES` (`42,10000`) shorten it, `KOUAN_ONLY` names programs.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints its figures"
)]

use figures::Figures;
use std::{path::Path, time::Duration};
use table::Column;

mod data;
mod figures;
mod floor;
mod known;
mod many;
mod process;
mod programs;
mod pty;
mod screen;
mod shell;
mod table;

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    match &args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["known"] => known::run(),
        ["check"] => known::check(),
        ["data", folder] => drop(write(Path::new(folder))),
        ["measure", kouan, folder] => measure(Path::new(kouan), Path::new(folder)),
        ["many", kouan, folder] => {
            let runs = setting("KOUAN_RUNS", "20").parse().unwrap_or(20);
            for files in &write(Path::new(folder))[..1] {
                many::run(Path::new(kouan), files, runs);
                many::hour(Path::new(kouan), files);
            }
        }
        _ => eprintln!("usage: check | data FOLDER | measure KOUAN FOLDER | many KOUAN FOLDER"),
    }
}

fn setting(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

fn write(folder: &Path) -> Vec<data::Files> {
    let sizes = setting("KOUAN_SIZES", "42,10000,100000");
    let sizes = sizes.split(',').filter_map(|n| n.parse().ok());
    let write = |n| data::Files::write(folder, n).expect("the data is written");
    sizes.map(write).collect()
}

fn measure(kouan: &Path, folder: &Path) {
    known::check();
    let runs = setting("KOUAN_RUNS", "20").parse().unwrap_or(20);
    let only = setting("KOUAN_ONLY", "");
    let files = write(folder);
    let mut programs = programs::present(kouan);
    programs.retain(|p| only.is_empty() || only.split(',').any(|o| o == p.name));
    let mut all: Vec<Vec<Figures>> = programs.iter().map(|_| Vec::new()).collect();
    for files in &files {
        eprintln!("{} clauses", files.clauses);
        for sizes in &mut all {
            sizes.push(Figures::default());
        }
        // Alternating, so that conditions are the same for all; the first run is a warm-up.
        for run in 0..=runs {
            for (program, sizes) in programs.iter().zip(&mut all) {
                if program.slow && run % 4 != runs % 4 {
                    continue;
                }
                let mut unused = Figures::default();
                let figures = sizes.last_mut().filter(|_| run > 0).unwrap_or(&mut unused);
                figures::run(program, kouan, files, figures);
            }
        }
        for (program, sizes) in programs.iter().zip(&mut all) {
            if let Some(figures) = sizes.last_mut() {
                figures::search(program, kouan, files, runs, figures);
            }
        }
    }
    if let Some(files) = files.first() {
        let idle = figures::idle(&programs, kouan, files, Duration::from_secs(10));
        for (sizes, idle) in all.iter_mut().zip(idle) {
            sizes[0].idle = Some(idle);
        }
    }
    let marks: Vec<_> = files.iter().map(|f| shell::marks(kouan, f, runs)).collect();
    let size = |path: Option<std::path::PathBuf>| path?.metadata().ok().map(|m| m.len());
    // A script's own size says nothing.
    let size = |path| size(path).filter(|bytes| *bytes > 4096);
    let mut columns = Vec::new();
    for (program, sizes) in programs.iter().zip(&all) {
        let marks = (program.name == "kouan").then_some(&marks[..]);
        let binary = size(program.binary(kouan));
        columns.push(Column::of(program.name, sizes, marks, binary));
    }
    let tasks: Vec<_> = marks.iter().filter_map(|m| m.task).collect();
    if !tasks.is_empty() {
        let binary = size(programs::which("task"));
        columns.push(Column::of_marks("taskwarrior", &tasks, binary));
    }
    let dd: Vec<_> = marks.iter().map(|m| m.dd).collect();
    columns.push(Column::of_marks("dd conv=notrunc,fsync", &dd, None));
    table::print(&columns);
}
