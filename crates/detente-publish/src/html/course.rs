//! The timeline: drawn in lanes with a band for every uncertain interval, and told as a list below.

use super::lines::{Place, inline};
use crate::dossier::{Footing, Lane, Moment};
use crate::scale::{Days, Shape, pack, ticks};
use crate::words::dates;
use maud::{Markup, html};

/// Height of one row of marks, in pixels.
const ROW: usize = 15;

/// Height of a lane's name.
const NAME: usize = 17;

/// One block of moments.
pub(super) fn course(place: Place, block: usize, moments: &[Moment]) -> Markup {
    let before = moments.first().is_some_and(|m| m.background);
    html! {
        @if before { h3 { "Before it" } }
        @else if let Some(scale) = Days::of(moments) { (drawing(place, block, moments, &scale)) }
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

/// The drawing: lanes with marks, rows packed so that no two marks lie on each other, an axis below.
fn drawing(place: Place, block: usize, moments: &[Moment], scale: &Days) -> Markup {
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
