//! Describes what happens to a clause's progress in a revision.

use super::phrase;
use crate::{
    document::compare::Pair,
    locale::Lang,
    progress::{
        Edit, Status,
        carry::{Kept, PairPlan},
    },
    text,
};

/// Returns what is carried, undecided or kept; empty if nobody has worked on the clause.
pub fn item(pair: &Pair, item: &PairPlan, dry_run: bool, lang: Lang) -> String {
    let what = what(&item.edits, lang);
    let why = pair.doubt.map_or("", |doubt| lang.text(doubt.name_key()));
    let mut parts = Vec::new();
    if item.undecided && what.is_empty() {
        parts.push(lang.fill("carry.decide", &[("why", &why)]));
    } else if item.undecided {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("why", &why), ("what", &what)];
        parts.push(lang.fill("carry.decide-what", &values));
    } else if !what.is_empty() {
        let key = if dry_run {
            "carry.would"
        } else {
            "carry.carried"
        };
        parts.push(lang.fill(key, &[("what", &what)]));
    } else if !why.is_empty() && !item.worked_on {
        parts.push(why.to_owned());
    } else if item.worked_on && item.kept.is_empty() && pair.both().is_some() {
        parts.push(lang.text("carry.there").to_owned());
    }
    parts.extend(item.kept.iter().map(|k| kept(k, lang)));
    parts.join(lang.text("phrase.and"))
}

/// Returns what edits set: status, deadline, owner, and the number of remarks and steps.
pub fn what(edits: &[Edit], lang: Lang) -> String {
    let mut parts = Vec::new();
    let clause = |e: &&Edit| e.target.step.is_none();
    for edit in edits.iter().filter(clause) {
        let fields = Edit {
            remark: None,
            step: None,
            ..edit.clone()
        };
        parts.extend(phrase::parts(&fields, lang));
    }
    let remarks = edits.iter().filter(|e| e.remark.is_some()).count();
    let steps = edits.iter().filter(|e| e.step.is_some()).count();
    let ticks = edits.iter().filter(|e| !clause(e)).count();
    for (n, one, many) in [
        (remarks, "carry.remark", "carry.remarks"),
        (steps, "carry.step", "carry.steps"),
        // Ticks count only without new steps.
        (
            if steps == 0 { ticks } else { 0 },
            "carry.step",
            "carry.steps",
        ),
    ] {
        match n {
            0 => {}
            1 => parts.push(lang.text(one).to_owned()),
            n => parts.push(lang.fill(many, &[("n", &n)])),
        }
    }
    let whole = lang.list(&parts);
    text::clean(&whole).replace('\n', " ")
}

/// Returns what the new clause keeps: `keeps in progress, not done`.
pub fn kept(kept: &Kept, lang: Lang) -> String {
    let nobody = lang.text("phrase.nobody");
    let status = |s: Status| lang.text(s.name_key()).to_owned();
    let (old, new) = match kept {
        Kept::Torn => return lang.text("carry.torn").to_owned(),
        Kept::Status { old, new } => (status(*old), status(*new)),
        Kept::Due { old, new } => (phrase::due(*old, lang), phrase::due(*new, lang)),
        Kept::Owner { old, new } => {
            let name =
                |o: &Option<String>| text::clean(o.as_deref().unwrap_or(nobody)).into_owned();
            (name(old), name(new))
        }
    };
    lang.fill("carry.keeps", &[("old", &old), ("new", &new)])
}
