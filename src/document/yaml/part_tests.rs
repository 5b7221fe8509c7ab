//! Tests of reading a few clauses: what they hold to is the whole document.

use super::{write, *};
use crate::document::ClauseId;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::{fs::File, io::Write as _};

/// Returns a document of so many measures, with clauses short and very long. Its ids have `depth`
/// numbers; with three, each chapter counts its measures anew.
fn document(measures: u32, depth: usize) -> String {
    let preamble = "为深入贯彻落实部署。".repeat(300);
    let head = format!("id: long\ntitle: 长文\npreamble: {preamble}\nchapters:");
    let mut lines = vec![head];
    for m in 0..measures {
        let (chapter, within) = (m / 7 + 1, m % 7 + 1);
        if within == 1 {
            lines.push(format!("- number: {chapter}\n  title: 部分\n  measures:"));
        }
        let number = if depth == 3 { within } else { m + 1 };
        let count = m * 5 % 13;
        let list = if count == 0 { " []" } else { "" };
        lines.push(format!(
            "  - number: {number}\n    title: 任务\n    clauses:{list}"
        ));
        for c in 1..=count {
            let id = match depth {
                3 => ClauseId::in_chapter(chapter, number, c),
                _ => ClauseId::new(number, c),
            };
            let long = if (m + c) % 61 == 0 { 2_000 } else { c as usize };
            let said = "“压缩”用时。".repeat(long);
            lines.push(format!("    - id: '{id}'\n      text: {said}"));
            lines.push("      units: [天津海关, 天津港集团]".to_owned());
            if c % 3 == 0 {
                let more = "      lead: [天津海关]\n      by_duties: true\n      due: long";
                lines.push(more.to_owned());
            }
            lines.push(format!("      said: （责任单位：天津海关{m}）"));
        }
    }
    lines.join("\n") + "\n"
}

fn file(text: &str) -> File {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(text.as_bytes()).expect("writes");
    file
}

fn part(text: &str, wanted: &[Vec<u32>]) -> Option<Document> {
    read_part(&file(text), text.len() as u64, wanted)
}

fn numbers(id: ClauseId) -> Vec<u32> {
    let chapter = Some(id.chapter()).filter(|c| *c > 0);
    let rest = [id.measure(), id.clause()];
    chapter.into_iter().chain(rest).collect()
}

/// Returns the clauses of the whole whose ids begin so, as a part has them.
fn clauses(whole: &Document, wanted: &[Vec<u32>]) -> Vec<(ClauseId, String)> {
    let all = whole.clauses.iter();
    let is_wanted = |id| wanted.iter().any(|w| numbers(id).starts_with(w));
    all.filter(|c| is_wanted(c.id))
        .map(|c| {
            (
                c.id,
                format!("{:?}{:?}{:?}", c.text, c.responsibility, c.due),
            )
        })
        .collect()
}

#[test]
fn any_clause_and_any_measure_is_what_the_whole_has() {
    for depth in [2, 3] {
        let text = document(60, depth);
        let whole = read(&text, "x").expect("reads");
        assert!(fast::read(&text).is_some(), "canonical");
        let (file, mut asked) = (file(&text), 0);
        for clause in whole.clauses.iter().step_by(3) {
            let id = numbers(clause.id);
            let measure = id[..depth - 1].to_vec();
            for wanted in [vec![id.clone()], vec![measure.clone()], vec![id, measure]] {
                let part = read_part(&file, text.len() as u64, &wanted);
                let part = part.unwrap_or_else(|| panic!("{wanted:?}"));
                assert_eq!((&*part.id, &*part.title), ("long", "长文"));
                assert_eq!(part.preamble, whole.preamble);
                assert_eq!(clauses(&part, &wanted), clauses(&whole, &wanted));
                assert_eq!(part.clauses.len(), clauses(&whole, &wanted).len());
                asked += 1;
            }
        }
        assert!(asked > 300, "{asked}");
    }
}

#[test]
fn clauses_from_here_and_there_are_read_together() {
    for (depth, wanted) in [
        (
            2,
            vec![vec![50, 1], vec![3], vec![50, 2], vec![2, 4], vec![50, 1]],
        ),
        (
            3,
            vec![vec![7, 2], vec![1, 2, 3], vec![1, 3], vec![7, 2, 1]],
        ),
    ] {
        let text = document(60, depth);
        let whole = read(&text, "x").expect("reads");
        let part = part(&text, &wanted).expect("reads");
        assert!(part.clauses.len() > wanted.len());
        assert_eq!(clauses(&part, &wanted), clauses(&whole, &wanted));
        assert_eq!(part.clauses.len(), clauses(&whole, &wanted).len());
    }
}

#[test]
fn what_is_not_there_or_otherwise_is_left_to_whoever_reads_all() {
    let text = document(60, 2);
    // Measure 1 has no clauses.
    for wanted in [
        &[1][..],
        &[0, 1],
        &[2, 6],
        &[61],
        &[99, 1],
        &[2, 1, 1],
        &[],
        &[u32::MAX],
    ] {
        assert!(part(&text, &[wanted.to_vec()]).is_none(), "{wanted:?}");
        assert!(
            part(&text, &[vec![3, 2], wanted.to_vec()]).is_none(),
            "{wanted:?}"
        );
    }
    assert_eq!(part(&document(60, 3), &[vec![2]]), None, "a chapter");
    let wanted = [vec![30, 2]];
    let clause = "    - id: '30.2'\n";
    assert!(part(&text, &wanted).is_some() && text.contains(clause));
    for (from, to) in [
        (clause, "    - id: \"30.2\"\n"),
        (clause, "    - id: '30.2' \n"),
        (clause, "    - id: '30.2'\n      titel: 甲\n"),
        (clause, "    - id: '30.2'\n      text: 甲\n       乙\n"),
        ("chapters:\n", "chapters: # 各章\n"),
        ("title: 长文\n", ""),
    ] {
        let text = text.replacen(from, to, 1);
        assert_eq!(part(&text, &wanted), None, "{to}");
    }
    // Of a measure, all clauses or none.
    let measure = [vec![31]];
    let next = "    - id: '31.3'\n";
    assert!(part(&text, &measure).is_some_and(|part| part.clauses.len() > 3));
    for (from, to) in [
        (next, format!("# 三\n{next}")),
        (next, format!("\n{next}")),
        (next, next.replace('\'', "\"")),
        (next, next.replace("id: ", "id:  ")),
        ("    - id: '31.1'\n", "    - id: \"31.1\"\n".to_owned()),
        (
            "    - id: '31.1'\n",
            "    # 一\n    - id: '31.1'\n".to_owned(),
        ),
    ] {
        let text = text.replacen(from, &to, 1);
        assert!(read(&text, "x").is_ok(), "{to}");
        assert_eq!(part(&text, &measure), None, "{to}");
    }
    // Two levels in one document: which of them a number means, only the whole can tell.
    let mixed = document(60, 3).replacen("    - id: '5.3.1'\n", "    - id: '3.99'\n", 1);
    assert_eq!(part(&mixed, &[vec![5, 3]]), None);
    // A file that ends in mid-clause, and one that is shorter than it was a moment ago.
    let cut = text.find(clause).expect("there") + clause.len() + 12;
    let cut = text.get(..cut).expect("between characters");
    assert_eq!(part(cut, &wanted), None);
    assert_eq!(read_part(&file(cut), text.len() as u64, &wanted), None);
}

#[test]
fn what_write_makes_is_looked_up() {
    let tianjin = include_str!("../../../data/tianjin-2025.yaml");
    let whole = read(tianjin, "x").expect("reads");
    assert_eq!(write(&whole), tianjin);
    let wanted = [vec![16, 3], vec![20]];
    let part = part(tianjin, &wanted).expect("reads");
    let of_text = read_part(&tianjin, tianjin.len() as u64, &wanted);
    assert_eq!(of_text.as_ref(), Some(&part));
    assert_eq!(clauses(&part, &wanted), clauses(&whole, &wanted));
    // The last clause ends where something else follows, or the file.
    let more = format!("{tianjin}trailer: 附件\n");
    assert_eq!(
        self::part(&more, &wanted).expect("reads").clauses,
        part.clauses
    );
    let bom = format!("\u{feff}{tianjin}");
    assert_eq!(self::part(&bom, &wanted), Some(part));
}

/// Puts a line elsewhere, takes it out, says it twice, or writes it in another way.
fn change(lines: &mut Vec<String>, from: Index, to: Index, how: u8) {
    let (from, to) = (from.index(lines.len()), to.index(lines.len()));
    match how {
        0 => {
            let line = lines.remove(from);
            lines.insert(to, line);
        }
        1 => drop(lines.remove(from)),
        2 => lines.insert(to, lines[from].clone()),
        3 => lines.insert(to, "# 说明".to_owned()),
        4 => lines.insert(to, String::new()),
        5 => lines[from] = lines[from].replace('\'', "\""),
        6 => lines[from] = lines[from].replace(": ", ":  "),
        7 => lines[from].push_str(" # 说明"),
        8 => lines[from].insert(0, ' '),
        _ => lines[from] = lines[from].replacen(['1', '2'], "3", 1),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// However a document is written by hand: where it can be read, what is found is what it has.
    #[test]
    fn what_is_looked_up_is_what_the_whole_has(
        depth in 2usize..=3,
        changes in vec((any::<Index>(), any::<Index>(), 0u8..10), 1..4),
        wanted in vec(1u32..9, 1..=3),
    ) {
        let mut lines: Vec<_> = document(9, depth).lines().map(str::to_owned).collect();
        for (from, to, how) in changes {
            change(&mut lines, from, to, how);
        }
        let text = lines.join("\n") + "\n";
        let wanted = [wanted];
        if let Some(part) = read_part(&&*text, text.len() as u64, &wanted)
            && let Ok(whole) = read(&text, "x")
        {
            prop_assert_eq!(clauses(&part, &wanted), clauses(&whole, &wanted), "{}", text);
        }
    }
}
