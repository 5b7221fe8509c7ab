//! Figures as screens show them: rates, bars, paces.

use super::{
    context::Context,
    key::Key,
    widgets::{
        glyphs::{self, Glyphs},
        pen::Pen,
        theme::Role,
    },
};
use crate::{
    progress::pace::{Light, Pace},
    report::table::percent,
};
use crossterm::event::KeyCode;

/// Returns a rate as `12/42 29%`, as reports have it.
pub fn rate(n: usize, of: usize) -> String {
    match percent(n, of) {
        Some(percent) => format!("{n}/{of} {percent}%"),
        None => format!("{n}/{of}"),
    }
}

/// Returns a pace in words, `! 红 时间已过 89%，完成 0%`, and how it is drawn.
pub fn pace(context: &Context, pace: &Pace) -> (String, Role) {
    let (sign, light) = (pace.light.sign(), context.lang.text(pace.light.name_key()));
    let words = context.lang.fill(
        "pace.said",
        &[
            ("sign", &sign),
            ("light", &light),
            ("gone", &pace.gone),
            ("complete", &pace.complete),
        ],
    );
    (words, light_role(pace.light))
}

/// Returns a pace in its figures only, and how that is drawn.
pub fn plain_pace(context: &Context, pace: &Pace) -> (String, Role) {
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("gone", &pace.gone), ("complete", &pace.complete)];
    (context.lang.fill("pace.plain", &values), Role::Dim)
}

/// Returns how a light is drawn.
pub const fn light_role(light: Light) -> Role {
    match light {
        Light::Green => Role::Bar,
        Light::Yellow => Role::Behind,
        Light::Red => Role::Overdue,
    }
}

/// Draws a bar of so many columns, `n` of `of` full.
pub fn draw_bar(pen: &mut Pen<'_>, width: usize, n: usize, of: usize) {
    let glyphs = Glyphs::of(pen.look.policy);
    let halves = (n * width * 2).checked_div(of).unwrap_or(0);
    let (full, half) = (halves / 2, halves % 2);
    for i in 0..width {
        match (i < full, i == full && half == 1) {
            (true, _) => pen.put(glyphs.full, Role::Bar),
            (_, true) => pen.put(glyphs.half, Role::Bar),
            _ => pen.put(glyphs.empty, Role::Dim),
        }
    }
}

/// Says that so many lines are below the screen, and the key that shows them.
pub fn lines_below(context: &Context, n: usize) -> String {
    let down = glyphs::key(context.policy, Key::plain(KeyCode::Down));
    let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("down", &down)];
    context.lang.fill("meeting.more", &values)
}
