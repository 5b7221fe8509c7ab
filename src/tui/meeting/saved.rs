//! A meeting as text that outlives the process. Pure.
//!
//! Clauses are stored by id; those that the document no longer has are dropped.

use super::Meeting;
use crate::document::Document;
use compact_str::CompactString;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedMeeting {
    began: String,
    topic: String,
    /// Ids of the agenda, separated by blanks.
    agenda: String,
    /// Ids of other clauses that were discussed.
    besides: String,
    /// The clause in discussion.
    at: String,
    /// Seconds spent on clauses.
    spent: BTreeMap<String, i64>,
    /// The sessions it was held in.
    sessions: Vec<CompactString>,
}

impl Meeting {
    /// Returns it as text.
    pub fn to_text(&self, document: &Document) -> String {
        let id = |clause: &usize| document.clauses[*clause].id.to_string();
        let ids = |clauses: &mut dyn Iterator<Item = &usize>| {
            clauses.map(id).collect::<Vec<_>>().join(" ")
        };
        let besides = |c: &&usize| !self.has(**c);
        let spent = self.spent.iter();
        let kept = SavedMeeting {
            began: self.began.to_string(),
            topic: self.topic.clone(),
            agenda: ids(&mut self.clauses.iter()),
            besides: ids(&mut self.covered.iter().filter(besides)),
            at: self.clauses.get(self.at).map(id).unwrap_or_default(),
            spent: spent.map(|(c, time)| (id(c), time.as_secs())).collect(),
            sessions: self.sessions.iter().cloned().collect(),
        };
        serde_yaml::to_string(&kept).unwrap_or_default()
    }

    /// Parses a meeting, to be resumed; `None` if it is unreadable, or nothing of its agenda
    /// remains.
    pub fn from_text(text: &str, document: &Document) -> Option<Self> {
        let kept: SavedMeeting = serde_yaml::from_str(text).ok()?;
        let began: Timestamp = kept.began.parse().ok()?;
        let find = |id: &str| document.find(id.parse().ok()?);
        let all = |ids: &str| ids.split_whitespace().filter_map(find).collect::<Vec<_>>();
        let agenda = all(&kept.agenda);
        if agenda.is_empty() {
            return None;
        }
        let mut meeting = Self::new(kept.topic, agenda, began);
        meeting.covered.extend(all(&kept.besides));
        let spent = kept.spent.iter().filter_map(|(id, seconds)| {
            let seconds = SignedDuration::from_secs(*seconds);
            find(id).map(|clause| (clause, seconds))
        });
        meeting.spent = spent.collect();
        meeting.sessions = kept.sessions.into_iter().collect();
        if let Some(clause) = find(&kept.at) {
            meeting.turn_to(clause, began);
        }
        Some(meeting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::catalogue;

    #[test]
    fn a_meeting_comes_back_with_its_start_its_place_and_its_times() {
        let document = catalogue::embedded().unwrap();
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let mut meeting = Meeting::new("锂电池: \"#\"".into(), vec![3, 5], at(0));
        meeting.go_on_with("天津海关".into(), vec![5, 7, 9], at(10));
        meeting.step(true, at(40));
        meeting.note_session("4hq2");
        meeting.pause(at(60));
        let text = meeting.to_text(&document);
        let mut back = Meeting::from_text(&text, &document).unwrap();
        back.resume(at(100));
        assert_eq!(
            (back.began(), back.topic(), back.place(), back.clause()),
            (at(0), "天津海关", (2, 3), Some(7))
        );
        assert_eq!(back.covered().len(), 4);
        assert!(back.was_held_in("4hq2") && !back.was_held_in("m0ze"));
        let (whole, item) = back.elapsed(at(101));
        assert_eq!((whole.as_secs(), item.as_secs()), (101, 21));
        assert_eq!(back.to_text(&document), text);
    }

    #[test]
    fn a_text_that_is_not_a_meeting_is_none() {
        let document = catalogue::embedded().unwrap();
        for text in [
            "",
            "[",
            "began: soon",
            "began: 2026-11-23T02:00:00Z",
            "began: 2026-11-23T02:00:00Z\nagenda: 99.9",
        ] {
            assert_eq!(Meeting::from_text(text, &document), None, "{text}");
        }
    }
}
