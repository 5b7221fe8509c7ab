//! Drawing the screen must cost the same for 42 clauses as for 100,000, under every width policy.
//!
//! `cargo bench --bench screen`. A frame is laid out and drawn, which is the cost of a full redraw
//! before its bytes are sent; a key is an update and the following frame.

#[path = "generator/clauses.rs"]
mod generator;

use divan::{Bencher, black_box};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use kouan::{
    document::catalogue,
    progress::Progress,
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
