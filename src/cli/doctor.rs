//! `doctor`: checks everything kouan depends on, and says what to do.
//!
//! It works where other commands refuse: with a broken config or an unreadable journal.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    keys,
};
use crate::{
    config,
    document::catalogue,
    files,
    locale::Lang,
    progress::follow::Follower,
    text::{self, Policy},
};
use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

mod terminal;

use CheckState::{Note, Well, Wrong};

/// Severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CheckState {
    /// Nothing to do.
    Well,
    /// Worth knowing; kouan works.
    Note,
    /// Something is wrong, and the line says what to do.
    Wrong,
}

/// One line of output.
struct Finding {
    state: CheckState,
    /// Its subject, as a message key.
    about: &'static str,
    said: String,
}

struct Doctor<'a> {
    context: &'a CommandContext,
    lang: Lang,
    findings: Vec<Finding>,
}

/// Checks everything and prints a line for each; fails if something is wrong.
pub(super) fn run(context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
    let mut doctor = Doctor {
        context,
        lang: context.lang,
        findings: Vec::new(),
    };
    doctor.examine();
    for finding in &doctor.findings {
        out.line(doctor.line(finding))?;
    }
    let wrong = doctor.findings.iter().filter(|f| f.state == Wrong).count();
    if wrong == 0 {
        return Ok(());
    }
    Err(Failure::Failed(
        context.lang.fill("doctor.wrong", &[("count", &wrong)]),
    ))
}

impl Doctor<'_> {
    fn examine(&mut self) {
        self.terminal();
        self.locale();
        self.config();
        self.documents();
        // Unreadable lines are listed here one by one.
        match self.context.work(self.context.name()) {
            Ok(work) => self.journal(&work),
            Err(failure) => {
                if let Some(why) = failure.said(self.lang) {
                    self.add(Wrong, "doctor.journal", why);
                }
            }
        }
        self.folder("doctor.data", &self.context.paths.data);
        self.folder("doctor.state", &self.context.paths.state);
        self.git();
    }

    fn line(&self, finding: &Finding) -> String {
        let state = match finding.state {
            Well => "doctor.state.well",
            Note => "doctor.state.note",
            Wrong => "doctor.state.wrong",
        };
        let policy = Policy::Narrow;
        let state = text::pad(policy, self.lang.text(state), 5);
        let about = text::pad(policy, self.lang.text(finding.about), 9);
        format!("{state} {about} {}", text::clean(&finding.said))
    }

    fn add(&mut self, state: CheckState, about: &'static str, said: impl Into<String>) {
        // Several mistakes take several lines.
        for line in said.into().lines() {
            let said = line.to_owned();
            self.findings.push(Finding { state, about, said });
        }
    }

    fn say(
        &mut self,
        state: CheckState,
        about: &'static str,
        key: &'static str,
        values: &[(&str, &dyn std::fmt::Display)],
    ) {
        let said = self.lang.fill(key, values);
        self.add(state, about, said);
    }

    /// POSIX: `LC_ALL` > `LC_CTYPE` > `LANG` gives the character encoding.
    fn locale(&mut self) {
        let set = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .map(|n| (n, text_of(n)));
        let found = set.into_iter().find(|(_, value)| !value.is_empty());
        let about = "doctor.locale";
        match found {
            None => self.say(Note, about, "doctor.no-locale", &[]),
            Some((name, value)) => {
                let upper = value.to_uppercase();
                let utf8 = upper.contains("UTF-8") || upper.contains("UTF8");
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("name", &name), ("value", &value)];
                if utf8 {
                    self.say(Well, about, "doctor.locale-set", &values);
                } else {
                    self.say(Note, about, "doctor.not-utf8", &values);
                }
            }
        }
        let (language, by) = (self.lang.tag(), self.context.by());
        self.say(
            Well,
            "doctor.language",
            "doctor.speaks",
            &[("language", &language)],
        );
        self.say(Well, "doctor.name", "doctor.signs", &[("by", &by)]);
        let now = self.context.clock.now();
        let now = now.strftime("%Y-%m-%d %H:%M %:z").to_string();
        let fixed = config::variable("KOUAN_CLOCK").is_some();
        let (state, key) = if fixed {
            (Note, "doctor.clock-fixed")
        } else {
            (Well, "doctor.clock-now")
        };
        self.say(state, "doctor.clock", key, &[("now", &now)]);
    }

    fn config(&mut self) {
        let about = "doctor.config";
        if let Some(trouble) = self.context.trouble.clone() {
            self.add(Wrong, about, trouble);
        }
        let keys = keys::said(self.context);
        let wrong = self.context.trouble.is_some() || !keys.is_empty();
        for said in keys {
            self.add(Wrong, about, said);
        }
        if wrong {
            return;
        }
        for said in super::config::given(self.context) {
            self.add(Well, about, said);
        }
    }

    fn documents(&mut self) {
        let listing = catalogue::list(&self.context.paths.data);
        let about = "doctor.documents";
        self.say(
            Well,
            about,
            "doctor.documents-known",
            &[("count", &listing.entries.len())],
        );
        for error in &listing.errors {
            self.add(Wrong, about, error.message(self.lang));
        }
    }

    fn journal(&mut self, work: &OpenChecklist) {
        let about = "doctor.journal";
        let path = work.journal.path();
        if let Some(folder) = path.parent() {
            self.folder(about, folder);
        }
        if !path.exists() {
            return self.say(
                Well,
                about,
                "doctor.journal-none",
                &[("path", &path.display())],
            );
        }
        let count = work.progress.changes().len();
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("path", &path.display()), ("count", &count)];
        self.say(Well, about, "doctor.journal-read", &values);
        for flaw in &work.unreadable {
            let why = self.lang.text(flaw.why);
            self.say(
                Wrong,
                about,
                "doctor.line",
                &[("line", &flaw.line), ("why", &why)],
            );
        }
        for (id, count) in work.progress.unknown() {
            self.say(
                Wrong,
                about,
                "doctor.unknown-id",
                &[("id", &id), ("count", &count)],
            );
        }
        for (id, count) in work.progress.conflicts() {
            self.say(
                Wrong,
                about,
                "doctor.conflict",
                &[("id", &id), ("count", &count)],
            );
        }
        self.mode(path);
        self.lock(work);
        self.follow(path);
        self.files(Note, "doctor.torn", &work.journal.torn_files());
        self.files(Wrong, "cli.copy", &work.journal.conflict_copies());
    }

    fn files(&mut self, state: CheckState, key: &'static str, paths: &[PathBuf]) {
        for path in paths {
            self.say(state, "doctor.journal", key, &[("path", &path.display())]);
        }
    }

    /// Reports a journal that anyone may write to, or that this user may not.
    fn mode(&mut self, path: &Path) {
        let about = "doctor.journal";
        let Ok(metadata) = fs::metadata(path) else {
            return;
        };
        let mode = format!("{:o}", metadata.permissions().mode() & 0o7777);
        if metadata.permissions().mode() & 0o002 != 0 {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("mode", &mode), ("path", &path.display())];
            self.say(Wrong, about, "doctor.world-writable", &values);
        }
        // Opening to append changes nothing in the file.
        if let Err(why) = fs::OpenOptions::new().append(true).open(path) {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("path", &path.display()), ("why", &self.lang.system(&why))];
            self.say(Wrong, about, "doctor.not-writable", &values);
        }
    }

    /// Reports if the screen will not be notified of others' changes.
    fn follow(&mut self, path: &Path) {
        let about = "doctor.journal";
        match Follower::new(path, |_| {}) {
            Ok(follower) if follower.sees_all() => {}
            Ok(_) => {
                let values: [(&str, &dyn std::fmt::Display); 1] = [("path", &path.display())];
                self.say(Note, about, "journal.follow.remote", &values);
            }
            Err(error) => self.add(Note, about, error.message(self.lang)),
        }
    }

    /// Reports who holds the journal's lock, which lasts only as long as an append.
    fn lock(&mut self, work: &OpenChecklist) {
        let about = "doctor.journal";
        match work.journal.held() {
            Ok(None) => {}
            Ok(Some(held)) => {
                let unknown = self.lang.text("doctor.lock-somebody").to_owned();
                let by = held.by.unwrap_or(unknown);
                self.say(Note, about, "doctor.locked", &[("by", &by)]);
            }
            Err(why) => self.say(Wrong, about, "doctor.no-lock", &[("why", &why)]),
        }
    }

    /// Reports whether a folder can be written to, by writing to it, since its mode says nothing
    /// about a full disk or a quota. A missing folder would be created in the nearest existing one.
    fn folder(&mut self, about: &'static str, path: &Path) {
        let is_there = |p: &&Path| p.exists() || p.is_symlink();
        let there = path.ancestors().find(is_there).unwrap_or(Path::new("."));
        let written = tempfile::tempfile_in(there).and_then(|mut file| {
            file.write_all(&[0; 4096])?;
            file.sync_data()
        });
        let values: [(&str, &dyn std::fmt::Display); 1] = [("path", &path.display())];
        match written {
            Ok(()) if there == path => self.say(Well, about, "doctor.folder", &values),
            Ok(()) => self.say(Well, about, "doctor.folder-none", &values),
            Err(why) => {
                let why = match files::owner(there) {
                    Some((_, owner)) => self.lang.fill(
                        "doctor.owned",
                        &[("why", &self.lang.system(&why)), ("owner", &owner)],
                    ),
                    None => self.lang.system(&why),
                };
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("path", &there.display()), ("why", &why)];
                self.say(Wrong, about, "doctor.folder-closed", &values);
            }
        }
    }

    fn git(&mut self) {
        let about = "doctor.git";
        match Command::new("git").arg("--version").output() {
            Ok(output) if output.status.success() => {
                let said = String::from_utf8_lossy(&output.stdout);
                self.add(Well, about, said.trim());
            }
            _ => self.say(Note, about, "doctor.no-git", &[]),
        }
    }
}

/// Returns a variable's text, or an empty one.
fn text_of(name: &str) -> String {
    config::variable(name)
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
