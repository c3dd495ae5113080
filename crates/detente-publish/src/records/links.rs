//! The crisis turned round: from what one report says to what all of them say together.

use super::shapes::{DateRange, E};
use detente_types::{
    ActId, ActorId, ActorRef, ClaimId, Crisis, DocumentId, EventId, Evidence, FigureId, IncidentId,
    MediationId, Report, Tally, When,
};
use std::collections::{BTreeMap, BTreeSet};

/// Look-ups from the facts of single reports to the crisis.
pub(super) struct Links<'a> {
    pub(super) crisis: &'a Crisis,
    numbers: BTreeMap<&'a DocumentId, usize>,
    incidents: BTreeMap<(&'a DocumentId, &'a EventId), &'a IncidentId>,
    tallies: BTreeMap<&'a FigureId, &'a Tally>,
    answers: BTreeMap<&'a ClaimId, &'a ClaimId>,
    steps: BTreeMap<(&'a DocumentId, &'a ActId), (&'a MediationId, &'a ActId)>,
}

impl<'a> Links<'a> {
    pub(super) fn of(crisis: &'a Crisis) -> Links<'a> {
        let parts =
            crisis.incidents.iter().flat_map(|i| i.events.iter().map(|e| ((&e.document, &e.event), &i.id)));
        let figures = crisis
            .tallies
            .iter()
            .flat_map(|t| t.claims.iter().flat_map(move |c| &c.figures).map(move |f| (f, t)));
        let answers =
            crisis.charges.iter().flat_map(|c| c.answers.iter().map(|a| (&a.claim.id, &c.accusation.id)));
        let steps = crisis.mediations.iter().flat_map(|m| {
            m.acts
                .iter()
                .flat_map(move |step| step.acts.iter().map(move |(doc, act)| ((doc, act), (&m.id, &step.id))))
        });
        Links {
            crisis,
            numbers: crisis.reports.iter().enumerate().map(|(at, r)| (&r.id, at + 1)).collect(),
            incidents: parts.collect(),
            tallies: figures.collect(),
            answers: answers.collect(),
            steps: steps.collect(),
        }
    }

    /// A report with its number, from 1.
    pub(super) fn report(&self, id: &DocumentId) -> Option<(usize, &'a Report)> {
        let number = *self.numbers.get(id)?;
        Some((number, &self.crisis.reports[number - 1]))
    }

    /// The incident of an event.
    pub(super) fn incident(&self, document: &DocumentId, event: &EventId) -> Option<IncidentId> {
        self.incidents.get(&(document, event)).map(|id| (*id).clone())
    }

    /// The tally of a figure.
    pub(super) fn tally(&self, figure: &FigureId) -> Option<&'a Tally> {
        self.tallies.get(figure).copied()
    }

    /// The claim of whatever report that a claim answers.
    pub(super) fn answered(&self, claim: &ClaimId) -> Option<ClaimId> {
        self.answers.get(claim).map(|id| (*id).clone())
    }

    /// The track and the step of an act.
    pub(super) fn step(&self, document: &DocumentId, act: &ActId) -> Option<(MediationId, ActId)> {
        self.steps.get(&(document, act)).map(|(track, step)| ((*track).clone(), (*step).clone()))
    }

    /// Evidence as printed, in its order; what does not resolve is left out.
    pub(super) fn evidence(&self, evidence: &[Evidence]) -> Vec<E> {
        evidence.iter().filter_map(|one| self.one(one)).collect()
    }

    fn one(&self, evidence: &Evidence) -> Option<E> {
        let (number, report) = self.report(&evidence.document)?;
        let quote = evidence.sentence.of(&report.text);
        (!quote.is_empty()).then(|| E {
            doc: report.id.clone(),
            path: report.path.clone(),
            outlet: report.outlet.clone(),
            start: evidence.sentence.start(),
            end: evidence.sentence.end(),
            quote: quote.to_string(),
            rule: evidence.rule.clone(),
            marks: evidence.marks.iter().map(|m| (m.start(), m.end())).collect(),
            tier: evidence.tier,
            report: number,
            sentence: report.sentence_number(evidence.sentence),
        })
    }
}

/// An interval as printed.
pub(super) fn date(when: &When) -> DateRange {
    DateRange {
        from: when.from().map(|d| d.to_string()),
        to: when.to().map(|d| d.to_string()),
        precision: when.precision,
        basis: when.basis,
        text: when.text.clone(),
    }
}

/// The actors in a role, in the order of the words, without repeats.
pub(super) fn ids(refs: &[ActorRef]) -> Vec<ActorId> {
    let mut seen = BTreeSet::new();
    refs.iter().filter(|r| seen.insert(&r.actor)).map(|r| r.actor.clone()).collect()
}
