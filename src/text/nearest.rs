//! “Did you mean …?”: the names nearest to a mistyped one.

/// Returns up to `most` candidates close enough to be meant, nearest first.
///
/// Close enough is at most a third of the longer one's characters changed, added, left out or
/// swapped (Damerau–Levenshtein), or one beginning or ending with the other.
pub fn nearest<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let wrong = wrong.to_lowercase();
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|name| distance(&wrong, name).map(|d| (d, name)))
        .collect();
    near.sort_by_key(|(d, _)| *d);
    near.dedup_by_key(|(_, name)| *name);
    near.into_iter().take(most).map(|(_, name)| name).collect()
}

fn distance(wrong: &str, name: &str) -> Option<usize> {
    let lower = name.to_lowercase();
    let changes = strsim::damerau_levenshtein(wrong, &lower);
    let longer = wrong.chars().count().max(lower.chars().count());
    let part = |whole: &str, part: &str| whole.starts_with(part) || whole.ends_with(part);
    let part = !wrong.is_empty() && (part(&lower, wrong) || part(wrong, &lower));
    (changes * 3 <= longer.max(3) || part).then_some(changes)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_forgiven_and_strangers_are_not() {
        let names = ["document", "progress", "by", "theme"];
        assert_eq!(nearest("docment", names, 1), ["document"]);
        assert_eq!(nearest("Thmee", names, 1), ["theme"]);
        assert_eq!(nearest("prog", names, 3), ["progress"]);
        assert!(nearest("zzzz", names, 3).is_empty());
    }

    #[test]
    fn the_nearest_comes_first() {
        assert_eq!(nearest("dome", ["done", "doing", "dome2"], 3)[0], "done");
    }
}
