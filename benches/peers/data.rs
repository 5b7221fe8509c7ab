//! The same clauses for every program, in its own format.

#[path = "../generator/clauses.rs"]
mod generator;

use kouan::document::{Document, catalogue, yaml};
use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// The files for one number of clauses.
pub(crate) struct Files {
    pub(crate) clauses: usize,
    pub(crate) folder: PathBuf,
}

impl Files {
    /// Writes them into a folder of their own.
    pub(crate) fn write(folder: &Path, clauses: usize) -> io::Result<Self> {
        let folder = folder.join(clauses.to_string());
        fs::create_dir_all(&folder)?;
        let seed = catalogue::embedded().map_err(io::Error::other)?;
        let mut document = generator::clauses(&seed, clauses);
        "peers".clone_into(&mut document.id);
        let forms: [(&str, String); 9] = [
            ("kouan.yaml", yaml::write(&document)),
            ("hnb.hnb", hnb(&document)),
            ("tudu.xml", tudu(&document)),
            ("plain.txt", plain(&document)),
            ("org.org", org(&document)),
            ("task/pending.data", task(&document)),
            ("taskrc", "confirmation=off\nverbose=nothing\n".into()),
            ("items.tsv", rows(&document)),
            ("long.yaml", journal(clauses, 20_000)),
        ];
        for (name, text) in forms {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, text)?;
        }
        let mut python = Command::new("python3");
        python
            .args(["-c", include_str!("databases.py")])
            .arg(&folder);
        if !python.status().is_ok_and(|status| status.success()) {
            eprintln!("without python3 there are no databases for dooit and checklist-tui");
        }
        Ok(Self { clauses, folder })
    }

    /// Removes what killed programs leave behind.
    pub(crate) fn tidy(&self) {
        let _ = fs::remove_file(self.folder.join(".tudu.xml_lock"));
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

/// The items of the tree: depth and text. A clause has its number and its bracket.
fn items(document: &Document) -> impl Iterator<Item = (usize, String)> + '_ {
    document.chapters.iter().flat_map(move |chapter| {
        let measures = chapter.measures.clone().flat_map(move |m| {
            let measure = &document.measures[m];
            let clauses = document.clauses[measure.clauses.clone()].iter();
            let clauses = clauses.map(|c| {
                let text = format!("{} {}{}", c.id, c.text, c.responsibility.said);
                (2, text.replace('\n', " "))
            });
            let title = format!("{} {}", document.measure_label(m), measure.title);
            std::iter::once((1, title)).chain(clauses)
        });
        std::iter::once((0, chapter.heading())).chain(measures)
    })
}

fn rows(document: &Document) -> String {
    items(document).fold(String::new(), |mut out, (depth, text)| {
        let _ = writeln!(out, "{depth}\t{text}");
        out
    })
}

fn plain(document: &Document) -> String {
    items(document).fold(String::new(), |mut out, (depth, text)| {
        let sign = if depth == 2 { "[ ] " } else { "" };
        let _ = writeln!(out, "{:1$}{sign}{text}", "", 2 * depth);
        out
    })
}

fn org(document: &Document) -> String {
    items(document).fold(String::new(), |mut out, (depth, text)| {
        let sign = if depth == 2 { "TODO " } else { "" };
        let _ = writeln!(out, "{} {sign}{text}", "*".repeat(depth + 1));
        out
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Writes a tree of nested elements.
fn tree(document: &Document, close: &str, open: impl Fn(usize, &str) -> String) -> String {
    let mut out = String::new();
    let mut depths = Vec::new();
    for (depth, text) in items(document) {
        while depths.last().is_some_and(|d| *d >= depth) {
            depths.pop();
            let _ = writeln!(out, "{close}");
        }
        depths.push(depth);
        let _ = writeln!(out, "{}", open(depth, &escape(&text)));
    }
    for _ in depths {
        let _ = writeln!(out, "{close}");
    }
    out
}

fn hnb(document: &Document) -> String {
    let nodes = tree(document, "</node>", |depth, text| {
        let sign = if depth == 2 {
            " type=\"todo\" done=\"no\""
        } else {
            ""
        };
        format!("<node{sign}><data>{text}</data>")
    });
    let head = "<!DOCTYPE tree[\n<!ELEMENT tree (node*)>\n<!ELEMENT data (#PCDATA)>\n\
                <!ELEMENT node (data?,node*)>\n<!ATTLIST node done (yes|no) #IMPLIED\n\
                type CDATA #IMPLIED\n>]>\n";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?hnb pos=\"0\"?>\n{head}<tree>\n{nodes}</tree>\n"
    )
}

fn tudu(document: &Document) -> String {
    let todos = tree(document, "</todo>", |_, text| {
        format!("<todo done=\"no\" collapse=\"no\"><title>{text}</title>")
    });
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE todo SYSTEM \"/usr/share/tudu/tudu.dtd\">\n<todo>\n{todos}</todo>\n"
    )
}

/// Taskwarrior's own file, one task per line.
fn task(document: &Document) -> String {
    let clauses = items(document).filter(|(depth, _)| *depth == 2);
    clauses
        .enumerate()
        .fold(String::new(), |mut out, (n, (_, text))| {
            let text = text.replace('"', "'").replace('[', "(").replace(']', ")");
            let _ = writeln!(
                out,
                "[description:\"{text}\" entry:\"1700000000\" modified:\"1700000000\" \
             status:\"pending\" uuid:\"{n:08x}-0000-4000-8000-000000000000\"]"
            );
            out
        })
}

/// A journal of changes as an office makes them.
pub(crate) fn journal(clauses: usize, changes: usize) -> String {
    let header = "# kouan journal 1 · peers · one change a line, append only\n";
    let statuses = ["doing", "done", "todo"];
    // All there: a measure has two clauses on average.
    let measures = clauses / 4;
    let lines = (0..changes).map(|n| {
        let (measure, status) = (n % measures + 1, statuses[n / measures % 3]);
        let minute = n / 60 % 60;
        let (day, hour, second) = (n / 86_400 + 1, n / 3_600 % 24, n % 60);
        format!(
            "- {{\"at\":\"2025-11-{day:02}T{hour:02}:{minute:02}:{second:02}.000+08:00\",\"by\":\"zhangsan\",\
             \"session\":\"4hq2\",\"id\":\"{n:010}\",\"clause\":\"{measure}.1\",\"status\":\"{status}\"}}\n"
        )
    });
    std::iter::once(header.to_owned()).chain(lines).collect()
}
