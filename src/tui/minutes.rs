//! The meeting in progress: kept for a later session, set aside, and forgotten when its minutes are
//! saved.

use super::{
    context::Context,
    request::{Effect, Request},
};
use crate::document::Node;

/// Keeps the meeting for a later session, in case the line drops.
pub fn keep(context: &mut Context) {
    if let Some(meeting) = &mut context.meeting {
        meeting.note_session(&context.session);
        meeting.pause(context.now);
        let text = meeting.to_text(&context.document);
        context.effect(Effect::KeepMeeting(text));
    }
}

/// Ends the meeting, but keeps it until its minutes are saved, so that it can be resumed.
pub fn set_aside(context: &mut Context) {
    follow(context);
    keep(context);
    if let Some(meeting) = context.meeting.take() {
        context.left = Some(meeting);
    }
    context.ask(Request::LeaveMeeting);
}

/// Forgets the meeting that was left: its minutes are saved, or not wanted.
pub fn forget(context: &mut Context) {
    if context.left.take().is_some() {
        context.effect(Effect::KeepMeeting(String::new()));
    }
}

/// Moves the outline's cursor to the meeting's clause.
pub fn follow(context: &mut Context) {
    if let Some(clause) = context.discussed() {
        context.go_to(Node::Clause(clause));
    }
}

/// Goes to a node; for a measure to its first clause on the agenda, or its first.
pub fn visit_node(context: &mut Context, node: Node) {
    let Some(meeting) = &context.meeting else {
        return;
    };
    let mut clauses = context.document.clauses_of(node);
    let on_agenda = clauses.clone().find(|c| meeting.has(*c));
    match on_agenda.or_else(|| clauses.next()) {
        Some(clause) => visit(context, clause),
        None => context.say(context.lang.text("notice.nothing-here")),
    }
}

/// Goes to a clause; says if it is not on the agenda.
pub fn visit(context: &mut Context, clause: usize) {
    let Some(meeting) = &mut context.meeting else {
        return;
    };
    let on_agenda = meeting.visit(clause, context.now);
    let (at, of) = meeting.place();
    follow(context);
    if !on_agenda {
        let id = context.document.clauses[clause].id;
        let values: [(&str, &dyn std::fmt::Display); 3] = [("id", &id), ("at", &at), ("of", &of)];
        context.say(context.lang.fill("meeting.aside", &values));
    }
}
