//! A ledger of 10,000 clauses out to a workbook and back, beside `openpyxl`: time of the whole
//! process, and its peak memory. `cargo bench --bench ledger` prints a table, and which limits are
//! missed. Needs python3; without openpyxl there are no ratios.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "generator/clauses.rs"]
mod generator;

use kouan::document::{catalogue, yaml};
use std::{fmt::Write as _, fs, path::Path, process::Command};

const CLAUSES: usize = 10_000;
const ROUNDS: usize = 5;
/// Limits: seconds, and mebibytes.
const LIMITS: (f64, f64) = (1.0, 100.0);

/// Runs a command and prints its time and peak memory in kibibytes.
const MEASURE: &str = "
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
";

/// Writes the cells of one file to another, formatted like a ledger.
const WRITE: &str = "
import sys, pickle
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
rows = pickle.load(open(sys.argv[1], 'rb'))
book = Workbook()
sheet = book.active
side = Side(style='thin')
border, wrap = Border(side, side, side, side), Alignment(wrap_text=True, vertical='center')
for row in rows:
    sheet.append(row)
    for cell in sheet[sheet.max_row]:
        cell.border, cell.alignment = border, wrap
book.save(sys.argv[2])
";

/// Reads all cells of a file, as merging must.
const READ: &str = "
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], data_only=True)
print(sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None))
";

/// Stores the cells of a file in a form that loads at no cost.
const KEEP: &str = "
import sys, pickle
from openpyxl import load_workbook
sheet = load_workbook(sys.argv[1]).worksheets[0]
pickle.dump([list(row) for row in sheet.iter_rows(values_only=True)], open(sys.argv[2], 'wb'))
";

struct Cost {
    seconds: f64,
    mebibytes: f64,
}

fn main() {
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    prepare(home.path());
    let kouan = |args: &[&str]| -> Vec<String> {
        let start = [
            env!("CARGO_BIN_EXE_kouan"),
            "--document",
            &at("big.yaml"),
            "--journal",
            &at("big.journal.yaml"),
        ];
        start.iter().chain(args).map(|a| (*a).to_owned()).collect()
    };
    let python = |script: &str, args: &[&str]| -> Vec<String> {
        let start = ["python3", "-c", script];
        start.iter().chain(args).map(|a| (*a).to_owned()).collect()
    };
    let (out, edited, rows, theirs) = (
        at("out.xlsx"),
        at("edited.xlsx"),
        at("rows"),
        at("theirs.xlsx"),
    );
    let export = cost(home.path(), &kouan(&["export", "-o", &out]));
    let merge = cost(home.path(), &kouan(&["merge", "--dry-run", &out]));
    say("export to xlsx", &export);
    say("merge, nothing changed", &merge);
    if !runs(&python("import openpyxl", &[])) {
        return println!("no openpyxl: no ratios");
    }
    assert!(
        runs(&python(EDIT, &[&out, &edited])),
        "every tenth status is edited"
    );
    let changed = cost(home.path(), &kouan(&["merge", "--dry-run", &edited]));
    say("merge, 1,000 changed", &changed);
    assert!(runs(&python(KEEP, &[&out, &rows])), "the rows are kept");
    let write = cost(home.path(), &python(WRITE, &[&rows, &theirs]));
    let read = cost(home.path(), &python(READ, &[&out]));
    say("openpyxl writes it", &write);
    say("openpyxl reads it", &read);
    println!(
        "openpyxl / kouan: out {:.1} times the time, {:.1} times the memory; back {:.1} and {:.1}",
        write.seconds / export.seconds,
        write.mebibytes / export.mebibytes,
        read.seconds / merge.seconds,
        read.mebibytes / merge.mebibytes,
    );
}

/// Sets every tenth status.
const EDIT: &str = "
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
sheet = book.worksheets[0]
heads = [cell.value for cell in sheet[2]]
column = heads.index('状态') + 1
for row in range(3, sheet.max_row + 1, 10):
    sheet.cell(row, column).value = '推进中' if sheet.cell(row, column).value != '推进中' else '未启动'
book.save(sys.argv[2])
";

/// Creates a document of this many clauses, and a journal with a status for each and a remark and a
/// deadline for every third.
fn prepare(home: &Path) {
    let seed = catalogue::embedded().expect("embedded");
    let mut document = generator::clauses(&seed, CLAUSES);
    document.id = "big".into();
    fs::write(home.join("big.yaml"), yaml::write(&document)).expect("written");
    let mut journal = String::from("# kouan journal 1 · big · one change a line, append only\n");
    for (nth, clause) in document.clauses.iter().enumerate() {
        let (minute, second) = (nth / 60 % 60, nth % 60);
        let _ = write!(
            journal,
            r#"- {{"at":"2026-11-{:02}T1{}:{minute:02}:{second:02}.000+08:00","by":"zhangsan","session":"s1","id":"{nth:010}","clause":"{}","status":"done""#,
            1 + nth / 3600 / 10,
            nth / 3600 % 10,
            clause.id
        );
        if nth % 3 == 0 {
            journal.push_str(
                r#","due":"2026-12-31","remark":"已与企业对接，“两证合一”试点正在推进。""#,
            );
        }
        journal.push_str("}\n");
    }
    fs::write(home.join("big.journal.yaml"), journal).expect("written");
}

fn runs(command: &[String]) -> bool {
    let out = Command::new(&command[0]).args(&command[1..]).output();
    out.is_ok_and(|out| out.status.success())
}

/// Returns the median time and the peak memory of several runs.
fn cost(home: &Path, command: &[String]) -> Cost {
    let once = || {
        let out = Command::new("python3")
            .args(["-c", MEASURE])
            .args(command)
            .env("HOME", home)
            .env("LANG", "zh_CN.UTF-8")
            .output()
            .expect("python3");
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        let mut figures = text
            .split_whitespace()
            .map(|f| f.parse().expect("a figure"));
        let mut next = || -> f64 { figures.next().expect("the command succeeds") };
        (next(), next() / 1024.0)
    };
    let mut all: Vec<(f64, f64)> = (0..ROUNDS).map(|_| once()).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    Cost {
        seconds: all[ROUNDS / 2].0,
        mebibytes: all.iter().map(|(_, m)| *m).fold(0.0, f64::max),
    }
}

fn say(what: &str, cost: &Cost) {
    let over = cost.seconds > LIMITS.0 || cost.mebibytes > LIMITS.1;
    let mark = if over && !what.starts_with("openpyxl") {
        "  over the limit"
    } else {
        ""
    };
    println!(
        "{what:24} {:7.3} s {:7.1} MiB{mark}",
        cost.seconds, cost.mebibytes
    );
}
