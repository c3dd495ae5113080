//! Dossiers to one self-contained page: no network, works without scripts as far as links allow.
//!
//! A click on a citation opens the report beside the line, scrolled to the sentence, its deciding
//! words marked. Without scripts the same links jump to the sentence; style sheets alone then show
//! its report beside the dossier.
//!
//! # How
//! 1. `lines` prints runs and citations; every word passes through `maud`, which escapes it.
//! 2. `course`, `counts` and `board` draw: a timeline with bands for uncertain intervals, claimants'
//!    numbers on one scale, mediation in lanes. `lists` prints the rest.
//! 3. `desk` prints the reports: sentences with their numbers, masked text greyed with its reason.
//! 4. `page.css` and `page.js` are put in as they are. The page's own security policy allows that
//!    script by its hash and nothing else, so that even words that slipped through could not act.
//!
//! # Does not
//! Load fonts, images or scripts; store anything in the browser.

mod board;
mod counts;
mod course;
mod desk;
mod lines;
mod lists;

use crate::dossier::{Block, Dossier, Section};
use crate::words::count;
use lines::Place;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style sheet.
const CSS: &str = include_str!("page.css");

/// The script.
const SCRIPT: &str = include_str!("page.js");

/// The script's SHA-256, for the page's security policy. A test holds it true.
const SCRIPT_HASH: &str = "sha256-OEp015Rj0+8rmfdgiZEyqMLqF4L4koDoaqaxRnLyUdI=";

/// Prints dossiers as one page, with an index on top when there are several.
pub fn render(dossiers: &[Dossier]) -> String {
    let title = match dossiers {
        [] => "No crisis was found".to_string(),
        [one] => one.title.clone(),
        many => count(many.len(), "crisis dossier"),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="generator" content="Detente";
                title { (title) }
                style { (PreEscaped(CSS)) }
            }
            body {
                a class="skip" href="#dossier" { "Skip to the dossier" }
                (course::gradients())
                main id="dossier" {
                    (masthead())
                    @if dossiers.is_empty() { p class="absent" { "The reports tell of no crisis." } }
                    @if dossiers.len() > 1 { (index(dossiers)) }
                    @for (at, dossier) in dossiers.iter().enumerate() { (crisis(at + 1, dossier)) }
                    (foot())
                }
                (desk::desk(dossiers))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    inert(&page.into_string())
}

/// The page may use its own style and its own script, and may fetch nothing.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'"
    )
}

/// Control characters have no place on a page; a visible sign stands for each.
fn inert(page: &str) -> String {
    let shown = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c };
    page.chars().map(shown).collect()
}

fn masthead() -> Markup {
    html! {
        div class="masthead" {
            span class="brand" { "Detente" }
            span class="motto" { "Every line opens its sentence." }
            button type="button" id="theme" hidden { "Dark or light" }
        }
    }
}

fn index(dossiers: &[Dossier]) -> Markup {
    html! {
        nav class="index" aria-label="Crises" {
            h2 { (count(dossiers.len(), "crisis dossier")) }
            ol {
                @for (at, dossier) in dossiers.iter().enumerate() {
                    li {
                        a href=(format!("#k{}", at + 1)) { (dossier.title) }
                        " " span class="quiet" { (dossier.dates) ", " (count(dossier.reports.len(), "report")) }
                        @if let Some(line) = dossier.summary.first() { p { (lines::words(line)) } }
                    }
                }
            }
        }
    }
}

fn crisis(number: usize, dossier: &Dossier) -> Markup {
    let place = Place { crisis: number };
    html! {
        article class="crisis" id=(place.crisis_id()) {
            header {
                p class="kicker" {
                    (dossier.dates) " · " (count(dossier.reports.len(), "report")) " · policy " (dossier.policy.name())
                }
                h1 { (dossier.title) }
                div class="summary" { @for line in &dossier.summary { (lines::paragraph(place, line)) } }
                nav class="parts" aria-label="Sections" {
                    @for section in &dossier.sections {
                        a href=(format!("#{}", place.section_id(section.part))) { (section.heading) }
                    }
                }
            }
            @for one in &dossier.sections { (section(place, one)) }
        }
    }
}

fn section(place: Place, section: &Section) -> Markup {
    let id = place.section_id(section.part);
    html! {
        section id=(id) class=(section.part.slug()) aria-labelledby=(format!("{id}-h")) {
            h2 id=(format!("{id}-h")) { (section.heading) }
            @if let Some(all) = section.board() { (board::matrix(place, &all)) }
            @for (at, one) in section.blocks.iter().enumerate() { (block(place, at, one)) }
        }
    }
}

fn block(place: Place, at: usize, block: &Block) -> Markup {
    match block {
        Block::Lines { heading, lines } => lists::list(place, heading.as_deref(), lines),
        Block::Moments(moments) => course::course(place, at, moments),
        Block::Tally(tally) => counts::tally(place, tally),
        Block::Track(track) => board::track(place, track),
        Block::Pair(pair) => lists::pair(place, pair),
        Block::Difference(one) => lists::difference(place, one),
    }
}

fn foot() -> Markup {
    html! {
        footer {
            p {
                "A number such as 2.9 is sentence 9 of report 2. “Headline” marks a report’s own headline, “link” the "
                "headline of a linked report, which is weak evidence."
            }
            p class="keys" hidden {
                kbd { "j" } " " kbd { "k" } " next and previous line · " kbd { "Enter" } " open its sentence · "
                kbd { "←" } " " kbd { "→" } " other sentences of the line · " kbd { "Esc" } " close"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_names_the_script() {
        let hash = format!("sha256-{}", data_encoding::BASE64.encode(&Sha256::digest(SCRIPT)));
        assert_eq!(SCRIPT_HASH, hash, "page.js was changed: write this hash into SCRIPT_HASH");
    }

    #[test]
    fn style_and_script_cannot_end_their_own_element() {
        assert!(!CSS.contains("</") && !SCRIPT.contains("</"));
    }
}
