//! The Tianjin document with progress, ready for queries.

use jiff::{Timestamp, civil::date, tz::TimeZone};
use kouan::{
    document::catalogue,
    progress::{Body, Draft, Edit, Progress},
    search::{Limits, Matches, Query, Scene, Units, Views, find},
};
use std::sync::Arc;

/// Today is 2026-11-23 in Shanghai.
pub(crate) struct Stage {
    pub(crate) progress: Progress,
    pub(crate) zone: TimeZone,
    pub(crate) views: Views,
}

impl Stage {
    /// Returns the untouched document.
    pub(crate) fn new() -> Self {
        let document = Arc::new(catalogue::embedded().expect("the embedded document"));
        Self {
            progress: Progress::new(document),
            zone: TimeZone::get("Asia/Shanghai").expect("a known zone"),
            views: [("本周", "is:todo @海关"), ("电池", "锂电池")]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into(),
        }
    }

    /// Adds somebody's change at this time in Shanghai.
    pub(crate) fn change(&mut self, by: &str, at: &str, id: &str, body: Body) {
        let at: Timestamp = format!("{at}+08:00").parse().expect("a time");
        let draft = Draft {
            by: by.into(),
            via: None,
            session: "s".into(),
            id: id.into(),
            body,
        };
        self.progress.propose(&draft, at);
    }

    /// Adds a change that is one edit.
    pub(crate) fn edit(&mut self, by: &str, at: &str, id: &str, edit: Edit) {
        self.change(by, at, id, Body::Edits(vec![edit]));
    }

    pub(crate) fn scene(&self) -> Scene<'_> {
        Scene {
            document: self.progress.document(),
            progress: &self.progress,
            me: "zhangsan",
            units: Units::builtin(),
            today: date(2026, 11, 23),
            now: "2026-11-23T10:00:00+08:00".parse().expect("a time"),
            zone: &self.zone,
            limits: Limits::default(),
            views: &self.views,
        }
    }

    pub(crate) fn find(&self, query: &str) -> Matches {
        find(&Query::parse(query).with(&self.views), &self.scene())
    }

    /// Returns clause ids separated by blanks.
    pub(crate) fn ids(&self, clauses: &[usize]) -> String {
        let document = self.progress.document();
        let id = |clause: &usize| document.clauses[*clause].id.to_string();
        clauses.iter().map(id).collect::<Vec<_>>().join(" ")
    }
}
