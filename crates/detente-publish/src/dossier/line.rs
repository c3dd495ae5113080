//! One line of a dossier: runs of text and the sentences that carry it.

use detente_types::{DocumentId, Span, Tier};
use schemars::JsonSchema;
use serde::Serialize;

/// Words with one look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Run {
    /// The words.
    pub text: String,
    /// The look.
    pub style: Style,
}

/// What the words of a run are; each format decides how to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Words of ours.
    Plain,
    /// The name that the line is about.
    Strong,
    /// A number.
    Number,
    /// How real it is: "planned", "threatened", "contested". Never left out by a format.
    Label,
    /// Words of a report, verbatim; formats put them between quotation marks.
    Verbatim,
    /// Said aside.
    Quiet,
}

/// One sentence of one report, cited.
// Invariant: `start..end` lies inside the report's text, and `quote` is exactly those bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Citation {
    /// Number of the report, from 1.
    pub report: usize,
    /// Number of the sentence in it, from 1.
    pub sentence: usize,
    /// Where the sentence stands.
    pub tier: Tier,
    /// The report.
    pub document: DocumentId,
    /// First byte of the sentence in the text as received.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The whole sentence, verbatim.
    pub quote: String,
    /// The deciding words, as bytes of the text as received, inside the sentence.
    pub marks: Vec<Span>,
    /// The rules that fired.
    pub rules: Vec<String>,
}

impl Citation {
    /// Report and sentence, as printed: "2.9".
    pub fn number(&self) -> String {
        format!("{}.{}", self.report, self.sentence)
    }

    /// The word printed beside the number of a sentence that is not running text.
    pub fn tier_mark(&self) -> Option<&'static str> {
        match self.tier {
            Tier::Body => None,
            Tier::Headline => Some("headline"),
            Tier::Link => Some("link"),
        }
    }

    /// The number with its mark: "2.9", "2.1 headline", "3.14 link".
    pub fn label(&self) -> String {
        match self.tier_mark() {
            None => self.number(),
            Some(mark) => format!("{} {mark}", self.number()),
        }
    }
}

/// What a line stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Sentences of reports; the line has at least one citation.
    Sentences,
    /// The books themselves: how many reports, how much was not read.
    Books,
    /// That no report says anything: "not reported".
    Absence,
}

/// Runs of text and what they stand on.
// Invariant: `citations` is empty exactly when `ground` is not `Sentences`; `text` is the runs, joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    text: String,
    ground: Ground,
    runs: Vec<Run>,
    citations: Vec<Citation>,
}

impl Line {
    /// A line that states a fact. `None` without a sentence: a fact is not stated without one.
    /// One that stands as an analyst decided says so.
    pub fn cited(phrase: Phrase, citations: Vec<Citation>) -> Option<Line> {
        let decided = citations.iter().flat_map(|c| &c.rules).any(|rule| rule.starts_with("decision/"));
        let phrase = if decided { phrase.quiet(" (as an analyst decided)") } else { phrase };
        Line::decision(phrase, citations)
    }

    /// A line that tells a decision, with the sentences that it is about. `None` without a sentence.
    pub(crate) fn decision(phrase: Phrase, citations: Vec<Citation>) -> Option<Line> {
        (!citations.is_empty()).then(|| Line::on(Ground::Sentences, phrase, citations))
    }

    /// A line that counts what is in the books.
    pub fn books(phrase: Phrase) -> Line {
        Line::on(Ground::Books, phrase, Vec::new())
    }

    /// A line that says that something is missing.
    pub fn absent(text: &str) -> Line {
        Line::on(Ground::Absence, Phrase::new().plain(text), Vec::new())
    }

    fn on(ground: Ground, phrase: Phrase, citations: Vec<Citation>) -> Line {
        Line { text: phrase.text(), ground, runs: phrase.0, citations }
    }

    /// The words, with no look.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the line stands on.
    pub fn ground(&self) -> Ground {
        self.ground
    }

    /// The words with their looks.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The sentences, by report and place; those in copies last.
    pub fn citations(&self) -> &[Citation] {
        &self.citations
    }
}

/// Runs of text in the making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase(Vec<Run>);

impl Phrase {
    /// Nothing yet.
    pub fn new() -> Phrase {
        Phrase::default()
    }

    /// Adds words with a look; nothing for no words. Line breaks and runs of blanks become one blank.
    #[must_use]
    pub fn add(mut self, style: Style, text: impl AsRef<str>) -> Phrase {
        let text = flat(text.as_ref());
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.style == style => last.text.push_str(&text),
            _ => self.0.push(Run { text, style }),
        }
        self
    }

    /// Adds words of ours.
    #[must_use]
    pub fn plain(self, text: impl AsRef<str>) -> Phrase {
        self.add(Style::Plain, text)
    }

    /// Adds the name that the line is about.
    #[must_use]
    pub fn strong(self, text: impl AsRef<str>) -> Phrase {
        self.add(Style::Strong, text)
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, text: impl AsRef<str>) -> Phrase {
        self.add(Style::Number, text)
    }

    /// Adds how real it is.
    #[must_use]
    pub fn label(self, text: impl AsRef<str>) -> Phrase {
        self.add(Style::Label, text)
    }

    /// Adds words of a report.
    #[must_use]
    pub fn verbatim(self, text: impl AsRef<str>) -> Phrase {
        self.add(Style::Verbatim, text)
    }

    /// Adds words said aside.
    #[must_use]
    pub fn quiet(self, text: impl AsRef<str>) -> Phrase {
        self.add(Style::Quiet, text)
    }

    /// Adds all runs of another phrase.
    #[must_use]
    pub fn then(self, other: Phrase) -> Phrase {
        other.0.into_iter().fold(self, |phrase, run| phrase.add(run.style, run.text))
    }

    /// Adds what `more` adds, if there is something.
    #[must_use]
    pub fn with<T>(self, some: Option<T>, more: impl FnOnce(Phrase, T) -> Phrase) -> Phrase {
        match some {
            Some(value) => more(self, value),
            None => self,
        }
    }

    /// Is there nothing yet?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words, with quotation marks around those of reports.
    pub fn text(&self) -> String {
        self.0
            .iter()
            .map(|r| if r.style == Style::Verbatim { format!("“{}”", r.text) } else { r.text.clone() })
            .collect()
    }
}

/// One blank for every stretch of white space, so that a line stays one line in every format.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_without_a_sentence_is_no_line() {
        assert_eq!(Line::cited(Phrase::new().plain("It happened."), Vec::new()), None);
    }

    #[test]
    fn a_phrase_is_one_line_with_joined_looks() {
        let phrase = Phrase::new().plain("a\n\n b").plain(" c").quiet("").verbatim("said");
        assert_eq!(phrase.text(), "a b c“said”");
        assert_eq!(phrase.0.len(), 2);
    }
}
