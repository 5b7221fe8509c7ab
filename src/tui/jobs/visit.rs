//! The last visit to a document's screen, in the state directory: a line with its time and the id
//! of the last change then.

use super::drafts;
use crate::{files, progress::past::Visit};
use std::path::{Path, PathBuf};

/// The file's name, which no draft has.
const NAME: &str = ".visit";

fn path(state: &Path, id: &str, by: &str) -> PathBuf {
    drafts::own_folder(state, id, by).join(NAME)
}

/// Returns the last visit of this user; `None` if there is none or it can't be read.
pub fn last(state: &Path, id: &str, by: &str) -> Option<Visit> {
    let text = files::read_text(&path(state, id, by), files::MOST_SMALL).ok()?;
    let mut words = text.split_whitespace();
    Some(Visit {
        at: words.next()?.parse().ok()?,
        last: words.next().map(Into::into),
    })
}

/// Stores a visit. Failing to is harmless.
pub(in crate::tui) fn note(state: &Path, id: &str, by: &str, visit: &Visit) {
    let last = visit.last.as_deref().unwrap_or_default();
    let line = format!("{} {last}\n", visit.at);
    let _ = files::keep(&path(state, id, by), line.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_visit_comes_back() {
        let state = tempfile::tempdir().unwrap();
        let state = state.path();
        assert_eq!(last(state, "demo", "张三"), None);
        for id in [None, Some("k7f3q2xm4a".into())] {
            let visit = Visit {
                at: "2026-11-23T02:00:00.5Z".parse().unwrap(),
                last: id,
            };
            note(state, "demo", "张三", &visit);
            assert_eq!(last(state, "demo", "张三"), Some(visit));
            assert_eq!(last(state, "demo", "李四"), None);
        }
        std::fs::write(path(state, "demo", "张三"), "yesterday\0").unwrap();
        assert_eq!(last(state, "demo", "张三"), None);
    }
}
