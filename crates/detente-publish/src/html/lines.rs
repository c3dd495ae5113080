//! Runs of text and citations as markup, and the names of places in the page.

use crate::dossier::{Citation, Ground, Line, Part, Run, Style};
use maud::{Markup, html};

/// Where on the page: the number of the crisis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) crisis: usize,
}

impl Place {
    pub(super) fn crisis_id(self) -> String {
        format!("k{}", self.crisis)
    }

    pub(super) fn section_id(self, part: Part) -> String {
        format!("k{}-{}", self.crisis, part.slug())
    }

    pub(super) fn report_id(self, report: usize) -> String {
        format!("k{}r{report}", self.crisis)
    }

    pub(super) fn sentence_id(self, report: usize, sentence: usize) -> String {
        format!("k{}r{report}s{sentence}", self.crisis)
    }
}

/// The words of a line, without citations.
pub(super) fn words(line: &Line) -> Markup {
    html! {
        @if line.ground() == Ground::Absence { span class="absent" { @for one in line.runs() { (run(one)) } } }
        @else { @for one in line.runs() { (run(one)) } }
    }
}

/// Words and citations, inline.
pub(super) fn inline(place: Place, line: &Line) -> Markup {
    html! { (words(line)) (cites(place, line.citations())) }
}

/// A line as a paragraph that can be opened.
pub(super) fn paragraph(place: Place, line: &Line) -> Markup {
    html! { p class="line" { (inline(place, line)) } }
}

fn run(run: &Run) -> Markup {
    match run.style {
        Style::Plain => html! { (run.text) },
        Style::Strong => html! { strong { (run.text) } },
        Style::Number => html! { b class="n" { (run.text) } },
        Style::Label => html! { em class="label" { (run.text) } },
        Style::Verbatim => html! { q { (run.text) } },
        Style::Quiet => html! { span class="quiet" { (run.text) } },
    }
}

/// Citations behind these are folded away by the script; without it all are shown.
const MOST_SHOWN: usize = 12;

/// Citations as links to their sentences.
pub(super) fn cites(place: Place, citations: &[Citation]) -> Markup {
    html! {
        @if !citations.is_empty() {
            " " span class="cites" {
                @for one in citations.iter().take(MOST_SHOWN) { (cite(place, one)) " " }
                @if citations.len() > MOST_SHOWN {
                    span class="rest" { @for one in &citations[MOST_SHOWN..] { (cite(place, one)) " " } }
                }
            }
        }
    }
}

fn cite(place: Place, citation: &Citation) -> Markup {
    let marks: Vec<String> = citation.marks.iter().map(|m| format!("{}-{}", m.start(), m.end())).collect();
    let label = format!("Report {}, sentence {}", citation.report, citation.sentence);
    html! {
        a class="cite" href=(format!("#{}", place.sentence_id(citation.report, citation.sentence)))
            title=(citation.quote) aria-label=(label)
            data-marks=(marks.join(" ")) data-rule=(citation.rules.join(", ")) data-tier=[citation.tier_mark()] {
            (citation.number())
            @if let Some(mark) = citation.tier_mark() { span class="tier" { " " (mark) } }
        }
    }
}
