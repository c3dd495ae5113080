//! Lists, charges with their answers, and differences with their sides.

use super::lines::{Place, inline, paragraph};
use crate::dossier::{Difference, Line, Pair};
use crate::words::capital;
use maud::{Markup, html};

pub(super) fn list(place: Place, heading: Option<&str>, lines: &[Line]) -> Markup {
    html! {
        div class="list" {
            @if let Some(heading) = heading { h3 { (heading) } }
            ul { @for line in lines { li class="line" { (inline(place, line)) } } }
        }
    }
}

pub(super) fn pair(place: Place, pair: &Pair) -> Markup {
    html! {
        div class="pair" {
            div class="charge" { (paragraph(place, &pair.charge)) }
            div class="answers" {
                @for answer in &pair.answers {
                    div class=(if answer.kind.is_some() { "answer" } else { "answer none" }) {
                        @if let Some(kind) = answer.kind { span class="tag" { (kind) } }
                        (paragraph(place, &answer.line))
                    }
                }
            }
        }
    }
}

pub(super) fn difference(place: Place, one: &Difference) -> Markup {
    html! {
        div class="difference" {
            h3 { (one.topic) " " span class="tag" { (one.kind_words) } }
            div class="sides" {
                @for side in &one.sides { div class="side" { (paragraph(place, &side.line)) } }
            }
            p class="verdict" {
                em class="label" { (capital(one.verdict_words)) }
                @if let Some(remark) = &one.remark { ": " (remark) }
            }
        }
    }
}
