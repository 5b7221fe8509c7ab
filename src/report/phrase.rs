//! Describes changes in words.

use super::Basis;
use crate::{
    locale::Lang,
    progress::{Body, Change, Due, Edit, Status, Urgency},
    text::Tone,
};
use jiff::civil::Date;

/// Returns the tone of a status.
pub const fn tone(status: Status) -> Tone {
    match status {
        Status::Todo => Tone::Plain,
        Status::Doing => Tone::Doing,
        Status::Done | Status::Closed => Tone::Done,
        Status::Ongoing => Tone::Ongoing,
        Status::Blocked => Tone::Bad,
        Status::Dropped => Tone::Quiet,
    }
}

/// Returns the tone of a deadline.
pub const fn urgency_tone(urgency: Option<Urgency>) -> Tone {
    match urgency {
        Some(Urgency::Overdue) => Tone::Bad,
        Some(Urgency::Soon) => Tone::Soon,
        None => Tone::Plain,
    }
}

/// Returns a deadline in words.
pub fn due(due: Option<Due>, lang: Lang) -> String {
    match due {
        None => lang.text("due.none").to_owned(),
        Some(Due::Long) => lang.text("due.long").to_owned(),
        Some(Due::Date(day)) => day.to_string(),
    }
}

/// Returns a day as papers write it: `2026年11月23日`.
pub fn day(day: Date, lang: Lang) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("year", &year), ("month", &month), ("day", &day)];
    match lang {
        Lang::ZhCn => lang.fill("phrase.day", &values),
        Lang::En => format!("{year}-{month:02}-{day:02}"),
    }
}

/// Returns whether a deadline that is set has passed already, of what is still to be done: worth a word,
/// since a day without a year may be meant otherwise.
pub fn is_missed(set: Option<Option<Due>>, status: Status, today: Date) -> bool {
    matches!(set, Some(Some(Due::Date(day))) if day < today) && status.is_open()
}

/// Returns how a clause's deadline slipped: `原 10-31，延 2 次 61 天`; the year of a day only where it
/// is not that of the deadline.
pub fn slip(basis: &Basis<'_>, clause: usize) -> Option<String> {
    let (slip, now) = (basis.progress().slip(clause)?, basis.record(clause).due);
    let first = match (slip.first, now) {
        (Due::Date(first), Some(Due::Date(now))) if first.year() == now.year() => {
            first.strftime("%m-%d").to_string()
        }
        (first, _) => due(Some(first), basis.lang),
    };
    let values: [(&str, &dyn std::fmt::Display); 2] = [("first", &first), ("n", &slip.times)];
    Some(match slip.days(now) {
        Some(days) => basis
            .lang
            .fill("slip.days", &[&values[..], &[("days", &days)]].concat()),
        None => basis.lang.fill("slip.times", &values),
    })
}

/// Returns how a clause's deadline slipped, and who moved it later last: `（原 10-31，延 2 次 61 天，李四
/// 11-02）`.
pub fn slipped(basis: &Basis<'_>, clause: usize) -> Option<String> {
    let slip = basis.progress().slip(clause)?;
    let said = self::slip(basis, clause)?;
    let at = basis.local(slip.at).date();
    let at = if at.year() == basis.scene.today.year() {
        at.strftime("%m-%d").to_string()
    } else {
        at.to_string()
    };
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("slip", &said), ("by", &slip.by), ("at", &at)];
    Some(basis.lang.fill("slip.by", &values))
}

/// Returns what an edit sets, part by part, without its target: `受阻`, `问题：无接口`.
pub fn parts(edit: &Edit, lang: Lang) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some((_, text)) = &edit.step {
        parts.push(lang.fill("phrase.step", &[("text", text)]));
    }
    match (&edit.item, &edit.text) {
        (_, None) => {}
        (Some(_), Some(text)) => {
            let text = text.as_deref().unwrap_or_default();
            parts.push(lang.fill("phrase.item", &[("text", &text)]));
        }
        (None, Some(Some(text))) => parts.push(lang.fill("phrase.text", &[("text", text)])),
        (None, Some(None)) => parts.push(lang.text("phrase.removed").to_owned()),
    }
    if let Some(units) = edit.item.as_ref().filter(|units| !units.is_empty()) {
        let units = lang.list(units);
        parts.push(lang.fill("phrase.units", &[("units", &units)]));
    }
    match &edit.after {
        None => {}
        Some(Some(step)) => parts.push(lang.fill("phrase.after", &[("step", step)])),
        Some(None) => parts.push(lang.text("phrase.first").to_owned()),
    }
    if let Some(status) = edit.status {
        parts.push(lang.text(status.name_key()).to_owned());
    }
    if let Some(day) = edit.due {
        parts.push(lang.fill("phrase.due", &[("due", &due(day, lang))]));
    }
    if let Some(owner) = &edit.owner {
        let owner = owner.as_deref().unwrap_or(lang.text("phrase.nobody"));
        parts.push(lang.fill("phrase.owner", &[("owner", &owner)]));
    }
    if let Some((kind, text)) = &edit.remark {
        let kind = lang.text(kind.name_key());
        parts.push(lang.fill("phrase.remark", &[("kind", &kind), ("text", text)]));
    }
    parts
}

/// Returns a change in words: one item per edit, or one for what it retracts.
pub fn items(change: &Change, lang: Lang) -> Vec<String> {
    match &change.body {
        Body::Retract(id) => vec![lang.fill("phrase.retract", &[("id", id)])],
        Body::Edits(edits) => edits
            .iter()
            .map(|e| {
                format!(
                    "{} {}",
                    e.target,
                    parts(e, lang).join(lang.text("phrase.and"))
                )
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{items, parts};
    use crate::{
        document::ClauseId,
        locale::Lang,
        progress::{Body, Change, Due, Edit, Kind, Status, Target},
    };

    fn edit() -> Edit {
        Edit {
            status: Some(Status::Blocked),
            due: Some(Some(Due::Date(jiff::civil::date(2026, 12, 31)))),
            owner: Some(None),
            remark: Some((Kind::Problem, "无接口".into())),
            ..Edit::new(Target::clause(ClauseId::new(16, 3)))
        }
    }

    #[test]
    fn every_field_that_an_edit_sets_is_described() {
        let parts = parts(&edit(), Lang::ZhCn);
        assert_eq!(
            parts,
            ["受阻", "期限 2026-12-31", "联系人 无", "问题：无接口"]
        );
    }

    #[test]
    fn a_set_is_described_edit_by_edit() {
        let change = |body| Change {
            at: jiff::Timestamp::UNIX_EPOCH,
            clock: None,
            by: "a".into(),
            via: None,
            session: "s".into(),
            id: "x".into(),
            body,
            line: "".into(),
        };
        let two = Body::Edits(vec![
            edit(),
            Edit::status(ClauseId::new(1, 1), Status::Done),
        ]);
        let said = items(&change(two), Lang::En);
        assert_eq!(said.len(), 2);
        assert!(said[1].ends_with("1.1 done"));
        assert!(items(&change(Body::Retract("k7".into())), Lang::En)[0].contains("k7"));
    }
}
