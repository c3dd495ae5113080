//! The assembled books of one crisis.

use crate::actor::CitedOffice;
use crate::{
    Actor, ActorId, Cited, Claim, CrisisId, Decision, DecisionId, Disagreement, DocumentId, Event, Evidence,
    Incident, Masked, Mediation, Note, Policy, Quote, SentenceSpan, Span, Story, Tally, TimelineEntry, When,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One report of a crisis, with all that is needed to open a sentence in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The report.
    pub id: DocumentId,
    /// File name or address.
    pub path: String,
    /// Outlet, where known.
    pub outlet: Option<String>,
    /// Headline, where known.
    pub title: Option<String>,
    /// Bounds of the day of publication, narrowed by the other reports.
    pub published: When,
    /// The text as received.
    pub text: Arc<str>,
    /// Every sentence, in order.
    pub sentences: Vec<SentenceSpan>,
    /// What is not body text.
    pub mask: Vec<Masked>,
    /// Words of body text.
    pub words: usize,
}

impl Report {
    /// The number (from 1) of the sentence that holds these bytes.
    pub fn sentence_number(&self, span: Span) -> Option<usize> {
        let at = self.sentences.partition_point(|s| s.span.end() <= span.start());
        let found = self.sentences.get(at)?;
        found.span.overlaps(span).then_some(at + 1)
    }
}

/// A claim with the claims of other reports that it answers or repeats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Charge {
    /// The accusation, in the words of the first report.
    pub accusation: Claim,
    /// Its sentences, over all reports.
    pub evidence: Vec<Evidence>,
    /// Who accuses.
    pub by: Vec<ActorId>,
    /// Who is accused.
    pub against: Vec<ActorId>,
    /// Answers to it: denials, counter-accusations, justifications, each with its sentences.
    pub answers: Vec<ChargeAnswer>,
}

/// An answer to a charge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChargeAnswer {
    /// The answer, in the words of the first report.
    pub claim: Claim,
    /// Who answers.
    pub by: Vec<ActorId>,
    /// Sentences, over all reports. Not empty.
    pub evidence: Vec<Evidence>,
}

/// Something that a reader would look for and that the reports do not give, or that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// Stable code, as for notes.
    pub code: String,
    /// One sentence for people.
    pub text: String,
    /// Sentences that show it; empty for a plain absence.
    pub evidence: Vec<Evidence>,
}

/// A decision of an analyst that is about a crisis, and whether its books follow it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ruled {
    /// Hash of the decision.
    pub id: DecisionId,
    /// The decision.
    pub decision: Decision,
    /// The sentences of the facts that it is about; empty where it is about an actor.
    pub evidence: Vec<Evidence>,
    /// Why the books do not follow it, where they do not.
    pub lapsed: Option<Note>,
}

/// The assembled books of one crisis: everything that several reports say together.
///
/// Derived from readings, decisions and knowledge alone; may be deleted and rebuilt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Crisis {
    /// Hash of its reports.
    pub id: CrisisId,
    /// For people: "Pakistan – Afghanistan".
    pub name: String,
    /// The conflict parties, most mentioned first.
    pub parties: Vec<ActorId>,
    /// Every actor that a fact of this crisis names, sorted by id.
    pub actors: Vec<Actor>,
    /// First and last day of its incidents, background left out.
    pub when: When,
    /// The policy that chose the best numbers.
    pub policy: Policy,
    /// Its reports, sorted by publication, then id: the numbers in citations count this list from 1.
    pub reports: Vec<Report>,
    /// Reports that tell the same.
    pub stories: Vec<Story>,
    /// Happenings, in order of time.
    pub incidents: Vec<Incident>,
    /// Counts, deaths first.
    pub tallies: Vec<Tally>,
    /// Tracks of mediation, the furthest first.
    pub mediations: Vec<Mediation>,
    /// Accusations with their answers.
    pub charges: Vec<Charge>,
    /// What the reports differ on.
    pub disagreements: Vec<Disagreement>,
    /// The dated course.
    pub timeline: Vec<TimelineEntry>,
    /// Comments, stances, expectations that are no happenings: `X-COMMENT`, `X-OUTLOOK` and verbal support.
    pub statements: Vec<Cited<Event>>,
    /// Offices as the reports state them.
    pub offices: Vec<CitedOffice>,
    /// Direct quotations.
    pub quotes: Vec<Cited<Quote>>,
    /// What is missing or unsure.
    pub gaps: Vec<Gap>,
    /// What analysts decided, in the order in which they did.
    pub decisions: Vec<Ruled>,
    /// Remarks from reading and assembling.
    pub notes: Vec<Note>,
}

impl Crisis {
    /// The report with this id.
    pub fn report(&self, id: &DocumentId) -> Option<&Report> {
        self.reports.iter().find(|r| r.id == *id)
    }

    /// The actor with this id.
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.binary_search_by(|a| a.id.cmp(id)).ok().map(|at| &self.actors[at])
    }

    /// The name to print for an actor.
    pub fn name_of<'a>(&'a self, id: &'a ActorId) -> &'a str {
        self.actor(id).map_or(id.as_str(), |a| &a.name)
    }

    /// The whole sentence of a piece of evidence, verbatim.
    pub fn quote(&self, evidence: &Evidence) -> &str {
        self.report(&evidence.document).map_or("", |r| evidence.sentence.of(&r.text))
    }

    /// The citation of a piece of evidence: report number and sentence number, both from 1.
    pub fn citation(&self, evidence: &Evidence) -> Option<(usize, usize)> {
        let at = self.reports.iter().position(|r| r.id == evidence.document)?;
        Some((at + 1, self.reports[at].sentence_number(evidence.sentence)?))
    }
}
