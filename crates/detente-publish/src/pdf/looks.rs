//! The looks of a dossier on paper: two families of type, and the colours of the page in the browser.

use super::face::Face::{Sans, SansBold, Serif, SerifBold};
use super::sheet::Goal;
use super::text::{Ink, Look, Text};
use crate::dossier::{Citation, Ground, Lane, Line, Run, Style};
use detente_types::tally::Interest;

pub(super) const INK: Ink = [0x1c, 0x1b, 0x19];
pub(super) const QUIET_INK: Ink = [0x65, 0x5f, 0x56];
pub(super) const RULE: Ink = [0xdd, 0xd8, 0xcd];
pub(super) const WASH: Ink = [0xf4, 0xf1, 0xea];
pub(super) const LINK: Ink = [0x1f, 0x55, 0x82];
pub(super) const AMBER: Ink = [0x96, 0x61, 0x0c];
pub(super) const RED: Ink = [0xb0, 0x28, 0x1f];
pub(super) const GREEN: Ink = [0x13, 0x6f, 0x63];
pub(super) const VIOLET: Ink = [0x6a, 0x4a, 0x9c];

pub(super) const BRAND: Look = Look::new(SansBold, 7.6, RED).spaced(0.9);
pub(super) const TITLE: Look = Look::new(SerifBold, 27.0, INK);
pub(super) const KICKER: Look = Look::new(Sans, 9.0, QUIET_INK);
pub(super) const SECTION: Look = Look::new(SerifBold, 15.0, INK);
pub(super) const HEADING: Look = Look::new(SansBold, 10.0, INK);
pub(super) const PLAIN: Look = Look::new(Sans, 9.4, INK);
pub(super) const STRONG: Look = Look::new(SansBold, 9.4, INK);
pub(super) const LABEL: Look = Look::new(SansBold, 9.4, AMBER);
pub(super) const QUIET: Look = Look::new(Sans, 9.4, QUIET_INK);
pub(super) const SMALL: Look = Look::new(Sans, 8.0, QUIET_INK);
pub(super) const SMALL_LINK: Look = Look::new(Sans, 8.4, LINK);
pub(super) const TAG: Look = Look::new(SansBold, 6.8, QUIET_INK).spaced(0.5);
pub(super) const VERBATIM: Look = Look::new(Serif, 9.4, INK);
pub(super) const LEAD: Look = Look::new(Serif, 11.0, INK);
pub(super) const LEAD_STRONG: Look = Look::new(SerifBold, 11.0, INK);

/// From one line of text to the next.
pub(super) const LEADING: f32 = 12.8;

/// The width of a column of dates.
pub(super) const MEASURE_OF_DATES: f32 = 92.0;

/// A count as a factor: of lines, rows, columns. They are far fewer than the 2^24 up to which this is exact.
#[allow(clippy::cast_precision_loss)]
pub(super) fn small(n: usize) -> f32 {
    n as f32
}

/// A height on a page in whole points.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a page has fewer than a thousand points
pub(super) fn whole(y: f32) -> u32 {
    y.max(0.0) as u32
}

/// The colour of a lane.
pub(super) fn lane(lane: Lane) -> Ink {
    match lane {
        Lane::Force => RED,
        Lane::Talks => GREEN,
        Lane::Words => VIOLET,
        Lane::Effects => AMBER,
    }
}

/// The colour of a claimant, by what the count means to those counted.
pub(super) fn interest(interest: Interest) -> Ink {
    match interest {
        Interest::OwnSide => LINK,
        Interest::Enemy => RED,
        Interest::Independent => GREEN,
        Interest::Outlet | Interest::Unknown => QUIET_INK,
    }
}

/// The looks of running words: for body text and for the summary.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    plain: Look,
    strong: Look,
    verbatim: Look,
}

/// The looks of body text.
pub(super) const BODY: Looks = Looks { plain: PLAIN, strong: STRONG, verbatim: VERBATIM };

/// The looks of the summary.
pub(super) const SUMMARY: Looks = Looks { plain: LEAD, strong: LEAD_STRONG, verbatim: LEAD };

/// A line with its looks and its citations.
pub(super) fn text(crisis: usize, line: &Line, looks: Looks) -> Text {
    words(line, looks).then(citations(crisis, line.citations()))
}

/// A line without its citations.
fn words(line: &Line, looks: Looks) -> Text {
    let absent = line.ground() == Ground::Absence;
    line.runs().iter().fold(Text::new(), |text, run| add(text, run, looks, absent))
}

fn add(text: Text, run: &Run, looks: Looks, absent: bool) -> Text {
    let plain = if absent { looks.plain.inked(QUIET_INK) } else { looks.plain };
    match run.style {
        Style::Plain => text.add(plain, &run.text),
        Style::Strong | Style::Number => text.add(looks.strong, &run.text),
        Style::Label => text.add(looks.strong.inked(AMBER), &run.text),
        Style::Quiet => text.add(looks.plain.inked(QUIET_INK), &run.text),
        Style::Verbatim => text.add(looks.verbatim, &format!("“{}”", run.text)),
    }
}

/// " [1.4, 2.9, 3.14 link]": each number leads to its sentence. The blank before it does not break, so that no line holds a
/// citation alone.
pub(super) fn citations(crisis: usize, all: &[Citation]) -> Text {
    const NUMBER: Look = Look::new(Sans, 7.6, LINK);
    const BESIDE: Look = Look::new(Sans, 7.6, QUIET_INK);
    if all.is_empty() {
        return Text::new();
    }
    let mut text = Text::new().add(BESIDE, "\u{a0}[");
    for (at, one) in all.iter().enumerate() {
        if at > 0 {
            text = text.add(BESIDE, ", ");
        }
        text = text.link(NUMBER, &one.number(), Goal::Sentence(crisis, one.report, one.sentence));
        if let Some(mark) = one.tier_mark() {
            text = text.add(BESIDE, &format!("\u{a0}{mark}"));
        }
    }
    text.add(BESIDE, "]")
}
