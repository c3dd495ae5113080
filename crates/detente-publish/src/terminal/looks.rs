//! The looks of a dossier in a terminal: the sixteen colours that every theme knows, and few of them.

use super::lay::Text;
use crate::dossier::{Footing, Lane, Line, Run, Style as Kind};
use anstyle::{AnsiColor, Style};

pub(super) const PLAIN: Style = Style::new();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const QUIET: Style = Style::new().dimmed();
pub(super) const LABEL: Style = AnsiColor::Yellow.on_default();
pub(super) const VERBATIM: Style = Style::new().italic();
pub(super) const TITLE: Style = Style::new().bold();
pub(super) const HEADING: Style = AnsiColor::Cyan.on_default().bold();
pub(super) const OWN: Style = AnsiColor::Blue.on_default();
pub(super) const OTHER: Style = AnsiColor::Red.on_default();
pub(super) const MISSING: Style = Style::new().dimmed().italic();

/// The most citations that are printed behind one line; the rest are counted.
const MOST_CITATIONS: usize = 8;

/// The sign of a moment: filled for what is told as done, hollow for what is not.
pub(super) fn sign(footing: Footing) -> &'static str {
    match footing {
        Footing::Told => "●",
        Footing::Claimed | Footing::Contested => "◐",
        Footing::NotDone => "○",
        Footing::Weak => "·",
    }
}

/// The colour of a lane.
pub(super) fn lane(lane: Lane) -> Style {
    let colour = match lane {
        Lane::Force => AnsiColor::Red,
        Lane::Talks => AnsiColor::Green,
        Lane::Words => AnsiColor::Magenta,
        Lane::Effects => AnsiColor::Yellow,
    };
    colour.on_default()
}

/// A line with its looks and its citations.
pub(super) fn text(line: &Line) -> Text {
    let base = if line.ground() == crate::dossier::Ground::Absence { MISSING } else { PLAIN };
    let words = line.runs().iter().fold(Text::new(), |text, run| add(text, run, base));
    words.then(citations(line))
}

fn add(text: Text, run: &Run, base: Style) -> Text {
    match run.style {
        Kind::Plain => text.add(base, &run.text),
        Kind::Strong | Kind::Number => text.add(STRONG, &run.text),
        Kind::Label => text.add(LABEL, &run.text),
        Kind::Quiet => text.add(QUIET, &run.text),
        Kind::Verbatim => text.add(VERBATIM, &format!("“{}”", run.text)),
    }
}

/// " [1.4, 2.9, 3.14 link]", dim. The blank before it is the look's, so that it may break there.
pub(super) fn citations(line: &Line) -> Text {
    let all = line.citations();
    if all.is_empty() {
        return Text::new();
    }
    let mut labels: Vec<String> =
        all.iter().take(MOST_CITATIONS).map(|c| c.label().replace(' ', "\u{a0}")).collect();
    if all.len() > MOST_CITATIONS {
        labels.push(format!("+{}", all.len() - MOST_CITATIONS));
    }
    Text::of(QUIET, &format!(" [{}]", labels.join(", ")))
}
