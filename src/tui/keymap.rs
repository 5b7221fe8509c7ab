//! The key table: the only place that connects keys, actions and help.
//!
//! Help, hints, the guides' tables and the example config are generated from [`BINDINGS`]. A
//! binding's texts are in `data/locales` by its id: `key.ID`, and `hint.ID` for the footer.

mod mode;

pub use mode::Mode;

use super::{
    action::{Action, Typing},
    key::Key,
};
use crate::{progress::Status, text::nearest};
use crossterm::event::KeyCode;
use std::collections::HashMap;

/// A row of the key table.
#[derive(Debug, Clone)]
pub struct Binding {
    /// Its name in the config and after `:`.
    pub id: &'static str,
    /// The modes where it counts.
    pub modes: &'static [Mode],
    /// Its keys, separated by blanks; the first is shown first in the help.
    pub keys: &'static str,
    /// The action it asks for.
    pub action: Action,
    /// Its rank among the footer's hints: 1 stays longest, 0 is never shown.
    pub hint: u8,
}

const fn row(
    id: &'static str,
    modes: &'static [Mode],
    keys: &'static str,
    action: Action,
    hint: u8,
) -> Binding {
    Binding {
        id,
        modes,
        keys,
        action,
        hint,
    }
}

const TREE: &[Mode] = &[Mode::Browse];
const TREES: &[Mode] = &[Mode::Browse, Mode::Past];
const PAST: &[Mode] = &[Mode::Past];
#[rustfmt::skip]
const LISTS: &[Mode] = &[
    Mode::Browse, Mode::Detail, Mode::Pick, Mode::Export, Mode::Help,
    Mode::History, Mode::Units, Mode::Meeting, Mode::Documents, Mode::Review,
    Mode::Past, Mode::Deadlines, Mode::Dossier,
];
const CLAUSE: &[Mode] = &[
    Mode::Browse,
    Mode::Past,
    Mode::Detail,
    Mode::Deadlines,
    Mode::Meeting,
];
const SCREENS: &[Mode] = &[
    Mode::Browse,
    Mode::Past,
    Mode::Detail,
    Mode::Units,
    Mode::Deadlines,
    Mode::Meeting,
];
const MENU: &[Mode] = &[Mode::Detail, Mode::Pick, Mode::Meeting];
const OPEN: &[Mode] = &[Mode::Detail, Mode::Meeting];
const FINDS: &[Mode] = &[Mode::Browse, Mode::Past, Mode::Meeting];
const STEER: &[Mode] = &[Mode::Browse, Mode::Past, Mode::Detail];
const STEERS: &[Mode] = &[Mode::Browse, Mode::Past, Mode::Detail, Mode::Deadlines];
const PICK: &[Mode] = &[Mode::Pick];
const EXPORT: &[Mode] = &[Mode::Export];
const LINE: &[Mode] = &[Mode::Line];
const WRITE: &[Mode] = &[Mode::Write];
const TEXT: &[Mode] = &[Mode::Line, Mode::Write];

/// The key table.
#[rustfmt::skip]
pub static BINDINGS: &[Binding] = &[
    row("tick",          CLAUSE, "Space",            Action::Tick,                        3),
    row("status",        CLAUSE, "s",                Action::PickStatus,                  4),
    row("remark",        CLAUSE, "r",                Action::Remark,                      5),
    row("due",           CLAUSE, "d",                Action::Due,                         9),
    row("owner",         CLAUSE, "o",                Action::Owner,                       0),
    row("step",          CLAUSE, "a",                Action::Step,                        0),
    row("add",           CLAUSE, "A",                Action::Add,                         0),
    row("reword",        STEER,  "E",                Action::Reword,                      0),
    row("remove",        STEER,  "X",                Action::Remove,                      0),
    row("step-up",       STEER,  "K",                Action::MoveUp,                      0),
    row("step-down",     STEER,  "J",                Action::MoveDown,                    0),
    row("mark",          TREE,   "v",                Action::Mark,                        0),
    row("mark-all",      TREE,   "V",                Action::MarkAll,                     0),
    row("undo",          CLAUSE, "u",                Action::Undo,                        6),
    row("redo",          CLAUSE, "Ctrl-r",           Action::Redo,                        0),
    row("down",          LISTS,  "j Down",           Action::Down,                        0),
    row("up",            LISTS,  "k Up",             Action::Up,                          0),
    row("page-down",     LISTS,  "PgDn Ctrl-f",      Action::PageDown,                    0),
    row("page-up",       LISTS,  "PgUp Ctrl-b",      Action::PageUp,                      0),
    row("top",           LISTS,  "g Home",           Action::Top,                         0),
    row("bottom",        LISTS,  "G End",            Action::Bottom,                      0),
    row("next-measure",  TREE,   "] }",              Action::NextMeasure,                 0),
    row("previous-measure", TREE, "[ {",             Action::PreviousMeasure,             0),
    row("fold",          TREE,   "h Left",           Action::Fold,                        0),
    row("unfold",        TREE,   "l Right",          Action::Unfold,                      0),
    row("toggle-fold",   TREES,  "Tab",              Action::ToggleFold,                  8),
    row("toggle-all",    TREES,  "Shift-Tab z",      Action::ToggleAll,                   0),
    row("open",          TREES,  "Enter",            Action::Open,                        7),
    row("previous",      OPEN,   "Left h [",         Action::PreviousMeasure,            0),
    row("next",          OPEN,   "Right l ]",        Action::NextMeasure,               0),
    row("todo",          MENU,   "1",                Action::SetStatus(Status::Todo),     0),
    row("doing",         MENU,   "2",                Action::SetStatus(Status::Doing),    0),
    row("done",          MENU,   "3",                Action::SetStatus(Status::Done),     0),
    row("closed",        MENU,   "4",                Action::SetStatus(Status::Closed),   0),
    row("ongoing",       MENU,   "5",                Action::SetStatus(Status::Ongoing),  0),
    row("blocked",       MENU,   "6",                Action::SetStatus(Status::Blocked),  0),
    row("dropped",       MENU,   "7",                Action::SetStatus(Status::Dropped),  0),
    row("pick-todo",     PICK,   "t",                Action::SetStatus(Status::Todo),     0),
    row("pick-doing",    PICK,   "i",                Action::SetStatus(Status::Doing),    0),
    row("pick-done",     PICK,   "d",                Action::SetStatus(Status::Done),     0),
    row("pick-closed",   PICK,   "c",                Action::SetStatus(Status::Closed),   0),
    row("pick-ongoing",  PICK,   "o",                Action::SetStatus(Status::Ongoing),  0),
    row("pick-blocked",  PICK,   "b",                Action::SetStatus(Status::Blocked),  0),
    row("pick-dropped",  PICK,   "p",                Action::SetStatus(Status::Dropped),  0),
    row("remark-menu",   OPEN,   "8",                 Action::Remark,                      0),
    row("due-menu",      OPEN,   "9",                 Action::Due,                         0),
    row("undo-menu",     OPEN,   "0",                 Action::Undo,                        0),
    row("search",        TREES,  "/",                Action::Search,                      5),
    row("history",       STEERS, "L",                Action::History,                     0),
    row("documents",     TREE,   "D",                Action::Documents,                   0),
    row("next-match",    FINDS,  "n",                Action::NextMatch,                   0),
    row("previous-match", FINDS,  "N",                Action::PreviousMatch,               0),
    row("copy",          CLAUSE, "y",                Action::Copy,                        0),
    row("command",       STEER,  ":",                Action::Command,                     0),
    row("width",         SCREENS,"W",                Action::CyclePolicy,                 0),
    row("redraw",        LISTS,  "Ctrl-l",           Action::Redraw,                      0),
    row("suspend",       LISTS,  "Ctrl-z",           Action::Suspend,                     0),
    row("help",          SCREENS,"? F1",             Action::Help,                        1),
    row("units",         TREES,  "t",                Action::Units,                       0),
    row("deadlines",     TREES,  "c",                Action::Deadlines,                   0),
    row("past",          TREE,   "p",                Action::Past,                        0),
    row("past-earlier",  PAST,   "Left h",           Action::PreviousColumn,              1),
    row("past-later",    PAST,   "Right l",          Action::NextColumn,                  1),
    row("past-week-back", PAST,  "[ {",              Action::PreviousMeasure,             3),
    row("past-week-on",  PAST,   "] }",              Action::NextMeasure,                 3),
    row("past-leave",    PAST,   "Esc p q Ctrl-c",   Action::Back,                        2),
    row("deadline-open", &[Mode::Deadlines], "Enter", Action::Open,                       1),
    row("close-deadlines", &[Mode::Deadlines], "Esc c q Ctrl-c", Action::Back,            2),
    row("whole-history", &[Mode::Dossier], "L",      Action::History,                     2),
    row("close-dossier", &[Mode::Dossier], "Esc q Enter Ctrl-c", Action::Back,            1),
    row("export",        TREES,  "e",                Action::Export,                      0),
    row("meeting",       TREE,   "m",                Action::Meeting,                     8),
    row("meeting-jump",  &[Mode::Meeting], ":",      Action::Command,                     3),
    row("meeting-search", &[Mode::Meeting], "/",     Action::Search,                      3),
    row("meeting-list",  &[Mode::Meeting], "Enter",  Action::Open,                        1),
    row("meeting-leave", &[Mode::Meeting], "Esc q Ctrl-c", Action::Back,                  2),
    row("unit-clauses",  &[Mode::Units], "Enter",    Action::Open,                        1),
    row("unit-meeting",  &[Mode::Units], "m",        Action::Meeting,                     3),
    row("column-left",   &[Mode::Units], "Left h",   Action::PreviousColumn,              4),
    row("column-right",  &[Mode::Units], "Right l",  Action::NextColumn,                  4),
    row("unit-burnup",   &[Mode::Units], "Tab",      Action::Cycle,                       4),
    row("reverse",       &[Mode::Units], "Space r",  Action::Reverse,                     5),
    row("close-units",   &[Mode::Units], "Esc t q Ctrl-c", Action::Back,                  2),
    row("quit",          TREE,   "q Ctrl-c",         Action::Quit,                        2),
    row("back",          TREE,   "Esc",              Action::Back,                        0),
    row("close",         &[Mode::Detail], "Esc Enter q Ctrl-c", Action::Back,             2),
    row("close-help",    &[Mode::Help], "Esc q ? Enter F1 Ctrl-c", Action::Back,          1),
    row("search-help",   &[Mode::Help], "/",         Action::Search,                      2),
    row("pick",          PICK,   "Enter Space", Action::Accept,                    1),
    row("leave-pick",    PICK,   "Esc q Ctrl-c", Action::Back,                     2),
    row("export-book",   EXPORT, "1",                Action::Choose(0),                   0),
    row("export-units",  EXPORT, "2",                Action::Choose(1),                   0),
    row("export-csv",    EXPORT, "3",                Action::Choose(2),                   0),
    row("export-page",   EXPORT, "4",                Action::Choose(3),                   0),
    row("export-data",   EXPORT, "5",                Action::Choose(4),                   0),
    row("export-html",   EXPORT, "6",                Action::Choose(5),                   0),
    row("export-calendar", EXPORT, "7",              Action::Choose(6),                   0),
    row("export-report", EXPORT, "8",                Action::Choose(7),                   0),
    row("export-merge",  EXPORT, "9",                Action::Choose(8),                   0),
    row("export-this",   EXPORT, "Enter Space",      Action::Accept,                      1),
    row("close-export",  EXPORT, "Esc q e Ctrl-c",   Action::Back,                        2),
    row("history-jump",  &[Mode::History], "Enter",   Action::Accept,                      1),
    row("history-search", &[Mode::History], "/",      Action::Search,                      3),
    row("close-history", &[Mode::History], "Esc q L Ctrl-c", Action::Back,                 2),
    row("open-document", &[Mode::Documents], "Enter Space", Action::Accept,               1),
    row("new-list",      &[Mode::Documents], "A",     Action::Add,                         5),
    row("search-documents", &[Mode::Documents], "/",  Action::Search,                      3),
    row("carry",         &[Mode::Documents], "c Tab", Action::Carry,                      4),
    row("close-documents", &[Mode::Documents], "Esc q D Ctrl-c", Action::Back,             2),
    row("review-yes",    &[Mode::Review], "y 1 Enter", Action::Accept,                    1),
    row("review-no",     &[Mode::Review], "n 2",      Action::Refuse,                      2),
    row("review-side",   &[Mode::Review], "Tab",      Action::Cycle,                       3),
    row("review-undo",   &[Mode::Review], "u 0",      Action::Undo,                        5),
    row("review-previous", &[Mode::Review], "Left h [", Action::PreviousMeasure,           4),
    row("review-next",   &[Mode::Review], "Right l ] Space", Action::NextMeasure,          4),
    row("review-leave",  &[Mode::Review], "Esc q Ctrl-c", Action::Back,                    3),
    row("yes",           &[Mode::Confirm], "Enter y", Action::Accept,                     1),
    row("no",            &[Mode::Confirm], "Esc n q Ctrl-c", Action::Refuse,              2),
    row("accept",        LINE,   "Enter",            Action::Accept,                      1),
    row("cancel",        LINE,   "Esc Ctrl-c Ctrl-g", Action::Back,                       2),
    row("save",          WRITE,  "Enter",            Action::Accept,                      1),
    row("new-line",      WRITE,  "Ctrl-j Alt-Enter", Action::NewLine,                     3),
    row("kind",          WRITE,  "Tab",              Action::Cycle,                       4),
    row("editor",        WRITE,  "Ctrl-o",           Action::External,                    5),
    row("leave",         WRITE,  "Esc Ctrl-c Ctrl-g", Action::Back,                       2),
    row("line-up",       WRITE,  "Up Ctrl-p",        Action::Up,                          0),
    row("line-down",     WRITE,  "Down Ctrl-n",      Action::Down,                        0),
    row("complete",      LINE,   "Tab",              Action::Cycle,                       3),
    row("earlier",       LINE,   "Up Ctrl-p",        Action::Up,                          0),
    row("later",         LINE,   "Down Ctrl-n",      Action::Down,                        0),
    row("backspace",     TEXT,   "Backspace Ctrl-h", Action::Edit(Typing::Backspace),     0),
    row("delete",        TEXT,   "Del Ctrl-d",       Action::Edit(Typing::Delete),        0),
    row("left",          TEXT,   "Left Ctrl-b",      Action::Edit(Typing::Left),          0),
    row("right",         TEXT,   "Right Ctrl-f",     Action::Edit(Typing::Right),         0),
    row("word-left",     TEXT,   "Alt-b Ctrl-Left Alt-Left", Action::Edit(Typing::WordLeft), 0),
    row("word-right",    TEXT,   "Alt-f Ctrl-Right Alt-Right", Action::Edit(Typing::WordRight), 0),
    row("home",          TEXT,   "Home Ctrl-a",      Action::Edit(Typing::Home),          0),
    row("end",           TEXT,   "End Ctrl-e",       Action::Edit(Typing::End),           0),
    row("kill-word",     TEXT,   "Ctrl-w Alt-Backspace", Action::Edit(Typing::KillWord),  0),
    row("kill-to-start", TEXT,   "Ctrl-u",           Action::Edit(Typing::KillToStart),   0),
    row("typing-undo",   TEXT,   "Ctrl-_ Ctrl-z",    Action::Edit(Typing::Undo),          0),
    row("kill-to-end",   TEXT,   "Ctrl-k",           Action::Edit(Typing::KillToEnd),     0),
];

/// The compiled key table.
#[derive(Debug, Clone)]
pub struct Keymap {
    keys: HashMap<(Mode, Key), usize>,
    /// The keys of each binding, in table order.
    shown: Vec<Vec<Key>>,
}

/// A mistake in a user's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// No binding has this id; and the nearest one, if any.
    Unknown(String, Option<&'static str>),
    /// A binding's key has an invalid name.
    NoKey(String, String),
    /// Two bindings with a common mode have the same key.
    Conflict(Key, &'static str, &'static str),
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = BINDINGS.iter().map(|b| {
            b.keys
                .split(' ')
                .filter_map(|k| Key::parse(k).ok())
                .collect()
        });
        Self::compile(keys.collect())
    }
}

impl Keymap {
    /// Returns the table with a user's keys replacing the defaults, by binding id.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    pub fn new<'a>(
        overrides: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>,
    ) -> Result<Self, Vec<KeyError>> {
        let mut keys = Self::default().shown;
        let mut errors = Vec::new();
        for (id, names) in overrides {
            let Some(i) = BINDINGS.iter().position(|b| b.id == id) else {
                let near = nearest(id, BINDINGS.iter().map(|b| b.id), 1);
                errors.push(KeyError::Unknown(id.to_owned(), near.first().copied()));
                continue;
            };
            keys[i].clear();
            for name in names {
                match Key::parse(name) {
                    Ok(key) => keys[i].push(key),
                    Err(_) => errors.push(KeyError::NoKey(id.to_owned(), name.to_owned())),
                }
            }
        }
        errors.extend(conflicts(&keys));
        if errors.is_empty() {
            Ok(Self::compile(keys))
        } else {
            Err(errors)
        }
    }

    fn compile(shown: Vec<Vec<Key>>) -> Self {
        let mut keys = HashMap::new();
        for (i, (binding, own)) in BINDINGS.iter().zip(&shown).enumerate() {
            for mode in binding.modes {
                keys.extend(own.iter().map(|key| ((*mode, *key), i)));
            }
        }
        Self { keys, shown }
    }

    /// Returns the action of a key in a mode. An input method's character acts as its ASCII twin,
    /// unless text is being typed.
    pub fn resolve(&self, mode: Mode, key: Key) -> Option<Action> {
        let bound = |key: Key| {
            let mut keys = std::iter::once(key).chain(key.stand_ins());
            let found = keys.find_map(|key| self.keys.get(&(mode, key)));
            found.map(|i| BINDINGS[*i].action)
        };
        if mode.is_typing() {
            return bound(key).or_else(|| key.typed().map(Action::Type));
        }
        bound(key).or_else(|| bound(key.twin())).or_else(|| {
            // A user still typing has not seen the question, and must not answer it by accident.
            if mode == Mode::Confirm {
                return Some(Action::Refuse);
            }
            let key = key.twin();
            let typed = key.typed().filter(|c| mode.takes(*c));
            Some(typed.map_or(Action::Unbound(key), Action::Type))
        })
    }

    /// Returns the keys that a terminal event stands for. Terminals send Alt with a key as `ESC`
    /// and that key, which looks like Esc and a following key delivered together by a slow line.
    /// Unless text is being typed or the Alt key is bound, it is the latter; each key is then
    /// resolved in the mode it meets.
    pub fn pressed(&self, mode: Mode, key: Key) -> impl Iterator<Item = Key> + use<> {
        let is_bound = |key| self.keys.contains_key(&(mode, key));
        let is_two = !mode.is_typing() && !is_bound(key) && !is_bound(key.twin());
        let (first, second) = match key.behind_escape().filter(|_| is_two) {
            Some(second) => (Key::plain(KeyCode::Esc), Some(second)),
            None => (key, None),
        };
        std::iter::once(first).chain(second)
    }

    /// Returns the keys of a binding, by its index.
    pub fn keys(&self, binding: usize) -> &[Key] {
        &self.shown[binding]
    }

    /// Returns a binding's first key, if it has one.
    pub fn first_key(&self, id: &str) -> Option<Key> {
        let place = BINDINGS.iter().position(|b| b.id == id)?;
        self.keys(place).first().copied()
    }

    /// Returns the bindings of a mode that have keys, with their keys.
    pub fn of_mode(&self, mode: Mode) -> impl Iterator<Item = (&'static Binding, &[Key])> {
        BINDINGS
            .iter()
            .zip(&self.shown)
            .filter(move |(b, keys)| b.modes.contains(&mode) && !keys.is_empty())
            .map(|(b, keys)| (b, keys.as_slice()))
    }
}

fn conflicts(keys: &[Vec<Key>]) -> Vec<KeyError> {
    let mut seen: HashMap<(Mode, Key), usize> = HashMap::new();
    let mut out = Vec::new();
    for (i, own) in keys.iter().enumerate() {
        for (mode, key) in BINDINGS[i]
            .modes
            .iter()
            .flat_map(|m| own.iter().map(move |k| (*m, *k)))
        {
            if let Some(other) = seen.insert((mode, key), i).filter(|other| *other != i) {
                let error = KeyError::Conflict(key, BINDINGS[other].id, BINDINGS[i].id);
                if !out.contains(&error) {
                    out.push(error);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
