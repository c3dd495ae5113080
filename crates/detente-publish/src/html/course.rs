//! The timeline: drawn in lanes with a band for every uncertain interval, and told as a list below.

use super::lines::{Place, inline};
use crate::dossier::{Footing, Lane, Moment};
use crate::words::dates;
use detente_types::When;
use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use maud::{Markup, html};

/// Height of one row of marks, in pixels.
const ROW: usize = 15;

/// Height of a lane's name.
const NAME: usize = 17;

/// Moments from which on a drawing is worth more than the list alone.
const DRAWN_FROM: usize = 3;

/// One block of moments.
pub(super) fn course(place: Place, block: usize, moments: &[Moment]) -> Markup {
    let before = moments.first().is_some_and(|m| m.background);
    html! {
        @if before { h3 { "Before it" } }
        @else if let Some(scale) = Scale::of(moments) { (drawing(place, block, moments, &scale)) }
        ol class="moments" {
            @for (at, moment) in moments.iter().enumerate() { (told(place, block, at, moment)) }
        }
    }
}

fn told(place: Place, block: usize, at: usize, moment: &Moment) -> Markup {
    let class = format!("line moment {} {}", lane_class(moment.lane), footing_class(moment.footing));
    let basis = dates::basis(&moment.when);
    let said = moment.when.text.as_ref().map(|t| format!("“{t}”"));
    let title: Vec<String> = basis.map(String::from).into_iter().chain(said).collect();
    html! {
        li class=(class) id=(moment_id(place, block, at)) {
            span class="date" title=[(!title.is_empty()).then(|| title.join(": "))] { (moment.date) }
            span class="sign" aria-hidden="true" {}
            span class="told" { (inline(place, &moment.line)) }
        }
    }
}

fn moment_id(place: Place, block: usize, at: usize) -> String {
    format!("k{}t{block}-{at}", place.crisis)
}

fn lane_class(lane: Lane) -> &'static str {
    match lane {
        Lane::Force => "force",
        Lane::Talks => "talks",
        Lane::Words => "words",
        Lane::Effects => "effects",
    }
}

fn footing_class(footing: Footing) -> &'static str {
    match footing {
        Footing::Told => "told-done",
        Footing::Claimed => "claimed",
        Footing::Contested => "contested",
        Footing::Weak => "weak",
        Footing::NotDone => "undone",
    }
}

/// Fades for open ends, one a lane and direction.
pub(super) fn gradients() -> Markup {
    html! {
        svg width="0" height="0" class="defs" aria-hidden="true" {
            defs {
                @for lane in Lane::ALL {
                    @let name = lane_class(*lane);
                    linearGradient id=(format!("{name}-later")) {
                        stop class=(name) offset="0" stop-opacity=".55" {}
                        stop class=(name) offset="1" stop-opacity="0" {}
                    }
                    linearGradient id=(format!("{name}-earlier")) {
                        stop class=(name) offset="0" stop-opacity="0" {}
                        stop class=(name) offset="1" stop-opacity=".55" {}
                    }
                }
            }
        }
    }
}

/// From the first to the last day that is drawn.
struct Scale {
    from: Date,
    days: i32,
}

impl Scale {
    /// `None` where too little is dated to be drawn.
    fn of(moments: &[Moment]) -> Option<Scale> {
        let dated: Vec<&When> = moments.iter().map(|m| &m.when).filter(|w| !w.is_unknown()).collect();
        let first = dated.iter().filter_map(|w| w.from().or(w.to())).min()?;
        let last = dated.iter().filter_map(|w| w.to().or(w.from())).max()?;
        let days = days_between(first, last);
        // A day of air on either side, and more where the span is long.
        let air = 1 + days / 30;
        let from = first.checked_sub(air.days()).ok()?;
        (dated.len() >= DRAWN_FROM).then_some(Scale { from, days: (days + 2 * air + 1).max(1) })
    }

    /// Where a day begins, in per cent of the width.
    fn at(&self, day: Date) -> f64 {
        f64::from(days_between(self.from, day)) / f64::from(self.days) * 100.0
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// What is drawn for one interval, in per cent of the width.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// One day: a dot in its middle.
    Dot(f64),
    /// Two known ends.
    Band(f64, f64),
    /// Not earlier than.
    Later(f64, f64),
    /// Not later than.
    Earlier(f64, f64),
}

impl Shape {
    fn of(when: &When, scale: &Scale) -> Option<Shape> {
        const FADE: f64 = 7.0;
        let day = 100.0 / f64::from(scale.days);
        let before = when.precision == detente_types::Precision::Before;
        match (when.from(), when.to()) {
            (None, None) => None,
            (Some(from), Some(to)) if from == to => Some(Shape::Dot(scale.at(from) + day / 2.0)),
            (Some(from), Some(to)) if before => Some(Shape::Earlier(scale.at(from), scale.at(to) + day)),
            (Some(from), Some(to)) => Some(Shape::Band(scale.at(from), scale.at(to) + day)),
            (Some(from), None) => Some(Shape::Later(scale.at(from), (scale.at(from) + FADE).min(100.0))),
            (None, Some(to)) => {
                Some(Shape::Earlier((scale.at(to) + day - FADE).max(0.0), scale.at(to) + day))
            }
        }
    }

    fn ends(self) -> (f64, f64) {
        match self {
            Shape::Dot(at) => (at - 1.2, at + 1.2),
            Shape::Band(from, to) | Shape::Later(from, to) | Shape::Earlier(from, to) => (from, to),
        }
    }
}

/// The drawing: lanes with marks, rows packed so that no two marks lie on each other, an axis below.
fn drawing(place: Place, block: usize, moments: &[Moment], scale: &Scale) -> Markup {
    let mut y = 0;
    let mut lanes = Vec::new();
    for lane in Lane::ALL {
        let marks: Vec<(usize, &Moment, Shape)> = moments
            .iter()
            .enumerate()
            .filter(|(_, m)| m.lane == *lane)
            .filter_map(|(at, m)| Some((at, m, Shape::of(&m.when, scale)?)))
            .collect();
        if marks.is_empty() {
            continue;
        }
        let rows = pack(&marks.iter().map(|(_, _, shape)| shape.ends()).collect::<Vec<_>>());
        let height = NAME + (rows.iter().max().map_or(0, |r| r + 1)) * ROW + 6;
        lanes.push((*lane, y, marks.into_iter().zip(rows).collect::<Vec<_>>()));
        y += height;
    }
    let height = y + 22;
    html! {
        figure class="course" aria-hidden="true" {
            svg width="100%" height=(height) {
                @for (day, label) in ticks(scale) {
                    line class="tick" x1=(pc(scale.at(day))) x2=(pc(scale.at(day))) y1="0" y2=(y) {}
                    text class="tick" x=(pc(scale.at(day))) y=(y + 15) { (label) }
                }
                @for (lane, top, marks) in &lanes {
                    line class="floor" x1="0" x2="100%" y1=(top) y2=(top) {}
                    text class=(format!("name {}", lane_class(*lane))) x="0" y=(top + 13) { (lane.name()) }
                    @for ((at, moment, shape), row) in marks {
                        @let link = format!("#{}", moment_id(place, block, *at));
                        a href=(link) tabindex="-1" class=(format!("{} {}", lane_class(*lane), footing_class(moment.footing))) {
                            title { (moment.date) ": " (moment.line.text()) }
                            (draw(*shape, top + NAME + row * ROW))
                        }
                    }
                }
            }
            (key(moments))
        }
    }
}

fn pc(x: f64) -> String {
    format!("{:.2}%", x.clamp(-5.0, 105.0))
}

fn draw(shape: Shape, top: usize) -> Markup {
    let middle = top + ROW / 2;
    match shape {
        Shape::Dot(at) => html! { circle cx=(pc(at)) cy=(middle) r="5" {} },
        Shape::Band(from, to) => html! {
            rect x=(pc(from)) y=(middle - 4) width=(pc((to - from).max(0.6))) height="9" rx="4" {}
        },
        Shape::Later(from, to) => html! {
            rect class="fade later" x=(pc(from)) y=(middle - 4) width=(pc(to - from)) height="9" {}
            circle class="stop" cx=(pc(from)) cy=(middle) r="3.5" {}
        },
        Shape::Earlier(from, to) => html! {
            rect class="fade earlier" x=(pc(from)) y=(middle - 4) width=(pc(to - from)) height="9" {}
            circle class="stop" cx=(pc(to)) cy=(middle) r="3.5" {}
        },
    }
}

fn key(moments: &[Moment]) -> Markup {
    let used = |f: &[Footing]| moments.iter().any(|m| f.contains(&m.footing));
    let interval = moments.iter().any(|m| m.when.days() != Some(1));
    html! {
        figcaption class="key" {
            span class="told-done" { i {} "told as done" }
            @if used(&[Footing::Claimed]) { span class="claimed" { i {} "claimed by one side" } }
            @if used(&[Footing::Contested]) { span class="contested" { i {} "contested" } }
            @if used(&[Footing::NotDone]) { span class="undone" { i {} "offered, planned, urged, threatened" } }
            @if used(&[Footing::Weak]) { span class="weak" { i {} "linked headline only" } }
            @if interval { span class="interval" { i {} "day not exactly known" } }
        }
    }
}

/// The first row in which each mark does not touch an earlier one.
fn pack(ends: &[(f64, f64)]) -> Vec<usize> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut placed = Vec::new();
    for (from, to) in ends {
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|(a, b)| *to + 0.4 < *a || *b + 0.4 < *from);
        let at = rows.iter().position(free).unwrap_or(rows.len());
        if at == rows.len() {
            rows.push(Vec::new());
        }
        rows[at].push((*from, *to));
        placed.push(at);
    }
    placed
}

/// The most marks on the axis: as many as a telephone's width can hold.
const MOST_TICKS: i32 = 6;

/// Days at which the axis is marked, with their names: days, weeks, months or years, whichever fits.
fn ticks(scale: &Scale) -> Vec<(Date, String)> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = |d: Date| MONTHS[usize::from(d.month().unsigned_abs().clamp(1, 12)) - 1];
    let mut out = Vec::new();
    let last = scale.from.checked_add(scale.days.days()).unwrap_or(scale.from);
    if scale.days <= 14 * MOST_TICKS {
        let step = [1, 2, 7, 14].into_iter().find(|s| scale.days / s <= MOST_TICKS).unwrap_or(14);
        let mut day = scale.from.checked_add(1.days()).unwrap_or(scale.from);
        while day < last && out.len() < 60 {
            out.push((day, format!("{} {}", day.day(), name(day))));
            let Ok(next) = day.checked_add(step.days()) else { break };
            day = next;
        }
        return out;
    }
    let months = scale.days / 30;
    let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|s| months / s <= MOST_TICKS).unwrap_or(240);
    let mut day = scale.from.first_of_month();
    // A year's step starts in January, so that the marks carry the names of years.
    if step >= 12 {
        day = day.first_of_year();
    }
    while day < last && out.len() < 60 {
        let label = if step >= 12 { day.year().to_string() } else { format!("{} {}", name(day), day.year()) };
        if day >= scale.from {
            out.push((day, label));
        }
        let Ok(next) = day.checked_add(step.months()) else { break };
        day = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_touch_in_a_row() {
        assert_eq!(pack(&[(0.0, 10.0), (5.0, 12.0), (11.0, 20.0), (13.0, 14.0)]), [0, 1, 0, 1]);
    }
}
