//! Drawing the screen must cost the same for 42 clauses as for 100,000, under every width policy.
//!
//! `cargo bench --bench screen`. A frame is laid out and drawn, which is the cost of a full redraw
//! before its bytes are sent; a key is an update and the following frame. The past at 20,000 changes
//! must open within 50 ms, and a step in it take no more than 10 ms.

#[path = "generator/clauses.rs"]
mod generator;

use divan::{Bencher, black_box};
use jiff::{
    SignedDuration, Timestamp, ZonedDateTime,
    tz::{Offset, TimeZone},
};
use kouan::{
    document::catalogue,
    progress::{Body, Draft, Due, Edit, Kind, Progress, Status, Target},
    text::Policy,
    tui::{action::Action, app::App, context::Context},
};
use std::sync::Arc;

fn main() {
    divan::main();
}

const SIZE: (u16, u16) = (200, 60);

fn app(clauses: usize, policy: Policy) -> App {
    let seed = catalogue::embedded().expect("the embedded document is sound");
    let document = Arc::new(generator::clauses(&seed, clauses));
    let now = ZonedDateTime::new(Timestamp::UNIX_EPOCH, TimeZone::UTC);
    let mut context = Context::new(Progress::new(document), SIZE, &now);
    context.policy = policy;
    let mut app = App::new(context);
    for _ in 0..4 {
        app.act(Action::Down);
    }
    app
}

#[divan::bench(args = [42, 10_000, 100_000])]
fn narrow(bencher: Bencher<'_, '_>, clauses: usize) {
    let app = app(clauses, Policy::Narrow);
    bencher.bench_local(|| black_box(&app).draw());
}

#[divan::bench(args = [42, 100_000])]
fn wide(bencher: Bencher<'_, '_>, clauses: usize) {
    let app = app(clauses, Policy::Wide);
    bencher.bench_local(|| black_box(&app).draw());
}

#[divan::bench(args = [42, 100_000])]
fn safe(bencher: Bencher<'_, '_>, clauses: usize) {
    let app = app(clauses, Policy::Safe);
    bencher.bench_local(|| black_box(&app).draw());
}

#[divan::bench(args = [42, 100_000])]
fn a_key(bencher: Bencher<'_, '_>, clauses: usize) {
    let mut app = app(clauses, Policy::Narrow);
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        app.act(if down { Action::Down } else { Action::Up });
        app.draw()
    });
}

/// Returns a checklist with this many changes, a hundred a day.
fn busy(changes: usize) -> App {
    let document = Arc::new(catalogue::embedded().expect("the embedded document is sound"));
    let mut progress = Progress::new(Arc::clone(&document));
    for n in 0..changes {
        let clause = &document.clauses[n * 17 % document.clauses.len()];
        let mut edit = Edit::new(Target::clause(clause.id));
        match n % 10 {
            0..6 => edit.status = Some(Status::ALL[n / 10 % 5]),
            6 | 7 => edit.remark = Some((Kind::Progress, "等待海关总署部署".to_owned())),
            _ => edit.due = Some(Some(Due::Long)),
        }
        let draft = Draft::new("zhangsan", "s", Body::Edits(vec![edit]));
        let millis = i64::try_from(n).unwrap_or(0) * 864_000;
        let at = Timestamp::from_millisecond(millis).unwrap_or_default();
        progress.insert(draft.at(at, None, Offset::UTC));
    }
    let days = i64::try_from(changes / 100).unwrap_or(0);
    let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days + 1);
    let now = ZonedDateTime::new(now, TimeZone::UTC);
    App::new(Context::new(progress, SIZE, &now))
}

/// Opening the past, with a chapter's weeks under the cursor.
#[divan::bench(args = [1_000, 20_000])]
fn the_past_opened(bencher: Bencher<'_, '_>, changes: usize) {
    let mut app = busy(changes);
    app.act(Action::Top);
    app.draw();
    bencher.bench_local(|| {
        app.act(Action::Past);
        app.draw();
        app.act(Action::Back);
    });
}

/// A day back and forth in the past, two steps.
#[divan::bench(args = [1_000, 20_000])]
fn two_steps_in_the_past(bencher: Bencher<'_, '_>, changes: usize) {
    let mut app = busy(changes);
    app.act(Action::Top);
    app.act(Action::Past);
    bencher.bench_local(|| {
        app.act(Action::PreviousColumn);
        app.draw();
        app.act(Action::NextColumn);
        app.draw()
    });
}

/// A frame with a chapter's weeks, drawn again.
#[divan::bench(args = [1_000, 20_000])]
fn weeks_drawn_again(bencher: Bencher<'_, '_>, changes: usize) {
    let mut app = busy(changes);
    app.act(Action::Top);
    bencher.bench_local(|| black_box(&app).draw());
}
