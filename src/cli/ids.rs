//! Resolves IDs on the command line: clauses, steps and measures.

use super::Failure;
use crate::{
    document::{Document, Node, id},
    locale::Lang,
    progress::{Progress, Target},
};

/// A clause or step to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Index into [`Document::clauses`].
    pub(super) clause: usize,
    /// The target of edits.
    pub(super) target: Target,
}

/// Resolves the words in order and without duplicates; a measure means all its clauses.
///
/// Unknown words are a usage error that names all of them, each with its nearest ids.
pub(super) fn resolve(
    words: &[String],
    progress: &Progress,
    lang: Lang,
) -> Result<Vec<Named>, Failure> {
    let mut named: Vec<Named> = Vec::new();
    let mut unknown = Vec::new();
    for word in words {
        match find(word, progress) {
            Some(found) => named.extend(found),
            None => unknown.push(complaint(word, progress, lang)),
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::Usage(unknown.join("\n")));
    }
    let mut seen = std::collections::HashSet::new();
    named.retain(|n| seen.insert(n.target.clone()));
    Ok(named)
}

fn find(word: &str, progress: &Progress) -> Option<Vec<Named>> {
    let document = progress.document();
    let word = id::spelled(word);
    let named = |clause, step| Named {
        clause,
        target: target(document, clause, step),
    };
    if let Some((id, step)) = word.split_once('/') {
        let Node::Clause(clause) = document.node(id)? else {
            return None;
        };
        let known = progress.record(clause).steps.iter().any(|s| s.id == step);
        return known.then(|| vec![named(clause, Some(step))]);
    }
    let node = document.node(&word)?;
    let clauses = document.clauses_of(node);
    // A chapter is too much for one command, and a measure may have no clauses.
    let few = !matches!(node, Node::Chapter(_)) && !clauses.is_empty();
    few.then(|| clauses.map(|clause| named(clause, None)).collect())
}

fn target(document: &Document, clause: usize, step: Option<&str>) -> Target {
    Target {
        step: step.map(Into::into),
        ..Target::clause(document.clauses[clause].id)
    }
}

fn complaint(word: &str, progress: &Progress, lang: Lang) -> String {
    let near = nearest(&id::spelled(word), progress).join(lang.text("cli.or"));
    if near.is_empty() {
        lang.fill("cli.unknown-id-only", &[("id", &word)])
    } else {
        lang.fill("cli.unknown-id", &[("id", &word), ("near", &near)])
    }
}

/// Returns the three ids nearest to a wrong one, by spelling, then by number. A wrong step of an
/// existing clause gets that clause's steps.
fn nearest(word: &str, progress: &Progress) -> Vec<String> {
    let document = progress.document();
    let (id, step) = word
        .split_once('/')
        .map_or((word, None), |(i, s)| (i, Some(s)));
    let clause = id.parse().ok().and_then(|id| document.find(id));
    if let (Some(clause), Some(_)) = (clause, step) {
        let steps = progress.record(clause).steps.iter();
        return steps.map(|s| format!("{id}/{}", s.id)).take(3).collect();
    }
    let wrong: Vec<u32> = id
        .split('.')
        .map(|n| n.parse().unwrap_or(u32::MAX))
        .collect();
    let measures = (0..document.measures.len()).map(|m| document.measure_label(m));
    let clauses = document.clauses.iter().map(|c| c.id.to_string());
    let mut near: Vec<_> = clauses
        .chain(measures.filter(|_| !id.contains('.')))
        .map(|name| ((strsim::levenshtein(id, &name), apart(&wrong, &name)), name))
        .collect();
    near.sort();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Returns the distance between two ids, number by number.
fn apart(wrong: &[u32], name: &str) -> Vec<u32> {
    let right = name.split('.').map(|n| n.parse::<u32>().unwrap_or(0));
    right
        .zip(wrong.iter().chain(std::iter::repeat(&0)))
        .map(|(r, w)| r.abs_diff(*w))
        .collect()
}
