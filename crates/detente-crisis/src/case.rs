//! The reports of one crisis on the table: what every later step is given.
//!
//! A [`Case`] holds the readings of one crisis in the order in which its citations will number them,
//! each as a [`Told`]: the reading, and beside it the dates of its facts as far as all the reports
//! together tell. The readings themselves are never changed after this point.

use crate::days;
use crate::decide::Join;
use crate::kin::Kin;
use crate::words;
use detente_types::{Act, ActorId, ActorRef, Cited, Claim, DocumentId, Event, EventId, Evidence, Figure};
use detente_types::{Reading, Tier, When};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One report, with its dates as far as all reports tell.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    /// What the report says.
    pub reading: Cow<'a, Reading>,
    /// Bounds of the day of publication.
    pub published: When,
    /// Dates of [`Reading::events`], by place in the list; and so on.
    pub events: Vec<When>,
    pub figures: Vec<When>,
    pub claims: Vec<When>,
    pub acts: Vec<When>,
    /// The first report, by place in [`Case::told`], of the group of copies that this one belongs to.
    pub copy: usize,
    by_id: BTreeMap<EventId, usize>,
}

/// The reports of one crisis.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    pub told: Vec<Told<'a>>,
    pub kin: Kin,
    /// The sides of the conflict, most mentioned first.
    pub parties: Vec<ActorId>,
    /// Which events analysts put together or apart.
    pub joins: Vec<Join>,
    places: BTreeMap<DocumentId, usize>,
}

impl<'a> Told<'a> {
    /// The report with the dates that the reader found.
    pub(crate) fn new(reading: Cow<'a, Reading>, copy: usize) -> Told<'a> {
        let by_id = reading.events.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect();
        Told {
            published: reading.published.clone(),
            events: reading.events.iter().map(|e| e.when.clone()).collect(),
            figures: reading.figures.iter().map(|f| f.when.clone()).collect(),
            claims: reading.claims.iter().map(|c| c.when.clone()).collect(),
            acts: reading.acts.iter().map(|a| a.when.clone()).collect(),
            copy,
            by_id,
            reading,
        }
    }

    /// The report's id.
    pub(crate) fn id(&self) -> &DocumentId {
        self.reading.document.id()
    }

    /// Where in the list of events the one with this id stands.
    pub(crate) fn event_at(&self, id: &EventId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn event(&self, at: usize) -> &Cited<Event> {
        &self.reading.events[at]
    }

    pub(crate) fn act(&self, at: usize) -> &Cited<Act> {
        &self.reading.acts[at]
    }

    pub(crate) fn figure(&self, at: usize) -> &Cited<Figure> {
        &self.reading.figures[at]
    }

    pub(crate) fn claim(&self, at: usize) -> &Cited<Claim> {
        &self.reading.claims[at]
    }

    /// How the outlet is called in print: its name, its file where it has none.
    pub(crate) fn outlet(&self) -> &str {
        self.reading.outlet.as_deref().unwrap_or(&self.reading.document.path)
    }

    /// The latest day by which the report can have been published, as a number.
    pub(crate) fn latest(&self) -> Option<i32> {
        self.published.to().or(self.published.from()).map(days::number)
    }

    /// Number of the sentence, counted from 0, that a fact stands in.
    pub(crate) fn sentence_of(&self, evidence: &[Evidence]) -> usize {
        evidence.first().and_then(|e| self.reading.sentence_number(e.sentence)).map_or(0, |n| n - 1)
    }
}

impl<'a> Case<'a> {
    /// The case of these reports.
    pub(crate) fn new(told: Vec<Told<'a>>, kin: Kin, parties: Vec<ActorId>) -> Case<'a> {
        let places = BTreeMap::new();
        Case { told, kin, parties, joins: Vec::new(), places }
    }

    /// Puts the reports into the order in which citations number them: by publication, then by what copies are
    /// known by, so that a copy stands beside its first and turns no order; then id. Those with no known day
    /// come last. A group of copies is from now on known by its first report.
    pub(crate) fn sort(&mut self) {
        let key = |t: &Told| {
            let day = t.published.from().or(t.published.to()).map(days::number);
            let text = t.reading.sketch.clone();
            (day.is_none(), day, t.published.to().map(days::number), text, t.id().clone())
        };
        self.told.sort_by_cached_key(key);
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, told) in self.told.iter_mut().enumerate() {
            told.copy = *first.entry(told.copy).or_insert(at);
        }
        self.places = self.told.iter().enumerate().map(|(i, t)| (t.id().clone(), i)).collect();
    }

    /// Where in the list the report with this id stands.
    pub(crate) fn at(&self, id: &DocumentId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The reports with these places in the list, as ids, sorted, without repeats.
    pub(crate) fn ids(&self, reports: impl IntoIterator<Item = usize>) -> Vec<DocumentId> {
        let mut out: Vec<DocumentId> = reports.into_iter().map(|r| self.told[r].id().clone()).collect();
        out.sort();
        out.dedup();
        out
    }

    /// Names of actors as a sentence lists them.
    pub(crate) fn names(&self, ids: &[ActorId]) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.kin.name(id)).collect();
        words::listed(&names)
    }
}

/// The actors of some roles.
pub(crate) fn ids(refs: &[ActorRef]) -> impl Iterator<Item = &ActorId> {
    refs.iter().map(|r| &r.actor)
}

/// Does nothing but a link headline carry the fact?
pub(crate) fn only_link(evidence: &[Evidence]) -> bool {
    evidence.iter().all(|e| e.tier == Tier::Link)
}

/// All evidence of several facts, sorted, without repeats.
pub(crate) fn gather<'e>(lists: impl IntoIterator<Item = &'e [Evidence]>) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = lists.into_iter().flatten().cloned().collect();
    out.sort();
    out.dedup();
    out
}
