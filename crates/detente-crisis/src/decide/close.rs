//! The books are made: which decisions hold in them, and which do not and why.

use super::{Join, Rulings, evidence, named, rule};
use crate::Made;
use detente_types::crisis::Ruled;
use detente_types::{ActorId, Crisis, DocumentId, EventId, FactAt, Note, Ruling, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Rulings {
    /// Puts every decision down in the crises that it is about, and gives back the notes on those that do not hold.
    /// A crisis that has decisions has a key of its own.
    pub(crate) fn close(mut self, crises: &mut [Made]) -> Vec<Note> {
        if self.list.is_empty() {
            return Vec::new();
        }
        let reports =
            crises.iter().enumerate().flat_map(|(c, m)| m.crisis.reports.iter().map(move |r| (c, r)));
        let homes: BTreeMap<DocumentId, usize> = reports.map(|(c, r)| (r.id.clone(), c)).collect();
        for (at, join) in std::mem::take(&mut self.joins) {
            if let Some((code, why)) = met(&join, crises, &homes) {
                self.lapse(at, code, why);
            }
        }
        for at in 0..self.list.len() {
            let Ruling::Answer { fact, party, answer } = self.list[at].1.ruling.clone() else { continue };
            if !self.lapsed.contains_key(&at) {
                let home = homes.get(&fact.document).map(|home| Arc::make_mut(&mut crises[*home].crisis));
                self.settle_answer(at, &fact, &self.key(&party), answer, home);
            }
        }
        for (at, (id, decision)) in self.list.iter().enumerate() {
            let about: Vec<&FactAt> = decision.ruling.facts();
            let actors: Vec<ActorId> = named(&decision.ruling).map(|id| self.key(id)).collect();
            let told: BTreeSet<usize> = match about.is_empty() {
                false => about.iter().filter_map(|f| homes.get(&f.document)).copied().collect(),
                true => {
                    let acts = |c: &usize| actors.iter().any(|id| crises[*c].crisis.actor(id).is_some());
                    (0..crises.len()).filter(acts).collect()
                }
            };
            for home in told {
                let evidence = about.iter().map(|f| evidence(f, id)).collect();
                let lapsed = self.lapsed.get(&at).cloned();
                let (id, decision) = (id.clone(), decision.clone());
                let crisis = Arc::make_mut(&mut crises[home].crisis);
                crisis.decisions.push(Ruled { id, decision, evidence, lapsed });
            }
        }
        for made in crises.iter_mut().filter(|m| !m.crisis.decisions.is_empty()) {
            let decisions = serde_json::to_string(&made.crisis.decisions);
            let decisions = decisions.expect("decisions are strings, numbers and lists");
            made.key = detente_types::id::digest([&made.key, &decisions]);
        }
        self.lapsed.into_values().collect()
    }

    /// The cell of the party shows what was decided: "not reported" is set here, since it is no step.
    fn settle_answer(
        &mut self,
        at: usize,
        fact: &FactAt,
        party: &ActorId,
        answer: Option<Stage>,
        home: Option<&mut Crisis>,
    ) {
        let step = self.answers.get(&at).cloned();
        let here = |m: &&mut detente_types::Mediation| {
            let acts = m.acts.iter();
            match &step {
                Some((document, act)) => acts.flat_map(|a| &a.acts).any(|(d, id)| d == document && id == act),
                None => acts
                    .flat_map(|a| &a.evidence)
                    .any(|e| e.document == fact.document && e.rule == rule(&self.list[at].0)),
            }
        };
        let tracks = home.and_then(|crisis| crisis.mediations.iter_mut().find(here));
        let cell = tracks.and_then(|m| m.answers.iter_mut().find(|a| a.party == *party));
        match (cell, answer) {
            (None, _) => self.lapse(at, "C202", "the track has no cell for this party"),
            (Some(cell), None) => {
                cell.stage = None;
                cell.single_origin = false;
                cell.evidence.clear();
            }
            (Some(cell), Some(stage)) if cell.stage != Some(stage) => {
                self.lapse(
                    at,
                    "C203",
                    "the party took a later step in the reports, or another decision says otherwise",
                );
            }
            _ => {}
        }
    }
}

/// Why the books do not follow a join; `None` if they do.
fn met(
    join: &Join,
    crises: &[Made],
    homes: &BTreeMap<DocumentId, usize>,
) -> Option<(&'static str, &'static str)> {
    let home = |(document, event): &(DocumentId, EventId)| {
        let c = *homes.get(document)?;
        let has = |i: &&detente_types::Incident| {
            i.events.iter().any(|e| e.document == *document && e.event == *event)
        };
        crises[c].crisis.incidents.iter().find(has).map(|i| (c, &i.id))
    };
    match (home(&join.one), home(&join.other), join.together) {
        (None, ..) | (_, None, _) => Some(("C202", "one of the two events is no happening of any crisis")),
        (Some(a), Some(b), true) if a.0 != b.0 => Some(("C202", "the two events are in different crises")),
        (Some(a), Some(b), together) if (a == b) != together => {
            Some(("C203", "another decision on these events goes before it"))
        }
        _ => None,
    }
}
