//! A crisis with its look-ups: report numbers, incidents, parties, citations.
//!
//! # How
//! 1. `cite` turns evidence into citations: report and sentence number, the whole sentence verbatim.
//!    Two pieces of evidence from one sentence become one citation with both marks.
//! 2. `mention` finds the first sentence that prints a name, so that a name too has its sentence.
//!
//! # Does not
//! Cite what does not resolve: evidence whose report is not in the crisis, or whose bytes are not in
//! that report, is left out, and with it every line that has no other evidence.

use crate::dossier::Citation;
use crate::words::{list, names};
use detente_types::{
    ActorId, ActorKind, Crisis, DocumentId, Evidence, Incident, IncidentId, Report, SentenceKind, Span, Tier,
};
use std::collections::{BTreeMap, BTreeSet};

/// A crisis with its look-ups.
pub(crate) struct Books<'a> {
    /// The crisis.
    pub(crate) crisis: &'a Crisis,
    numbers: BTreeMap<&'a DocumentId, usize>,
    copies: BTreeMap<usize, usize>,
    incidents: BTreeMap<&'a IncidentId, &'a Incident>,
    sides: BTreeMap<&'a ActorId, &'a ActorId>,
    naming: BTreeMap<&'a ActorId, Vec<&'a Evidence>>,
}

impl<'a> Books<'a> {
    /// Opens the books.
    pub(crate) fn open(crisis: &'a Crisis) -> Books<'a> {
        let numbers = crisis.reports.iter().enumerate().map(|(at, r)| (&r.id, at + 1)).collect();
        let copies = copies(crisis, &numbers);
        let incidents = crisis.incidents.iter().map(|i| (&i.id, i)).collect();
        Books { crisis, numbers, copies, incidents, sides: sides(crisis), naming: naming(crisis) }
    }

    /// The number of a report, from 1.
    pub(crate) fn number(&self, id: &DocumentId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The numbers of reports, sorted.
    pub(crate) fn numbers(&self, ids: &[DocumentId]) -> Vec<usize> {
        let found: BTreeSet<usize> = ids.iter().filter_map(|id| self.number(id)).collect();
        found.into_iter().collect()
    }

    /// For every report that carries the same text as one before it, the number of that one.
    pub(crate) fn copies(&self) -> &BTreeMap<usize, usize> {
        &self.copies
    }

    /// The incident with this id.
    pub(crate) fn incident(&self, id: &IncidentId) -> Option<&'a Incident> {
        self.incidents.get(id).copied()
    }

    /// The party that an actor is or acts for: the army of a party is that party.
    pub(crate) fn side_of(&self, id: &ActorId) -> Option<&'a ActorId> {
        self.sides.get(id).copied()
    }

    /// Is this one of the names of an actor, or of the side that it belongs to?
    pub(crate) fn is_called(&self, id: &ActorId, name: &str) -> bool {
        let named = |id: &ActorId| {
            let actor = self.crisis.actor(id);
            actor.is_some_and(|a| a.name == name || a.aliases.iter().any(|alias| alias == name))
        };
        named(id) || self.side_of(id).is_some_and(named)
    }

    /// The name of an actor as it stands inside a sentence.
    pub(crate) fn name(&self, id: &ActorId) -> String {
        self.crisis.actor(id).map_or_else(|| id.to_string(), names::in_sentence)
    }

    /// The name of somebody who speaks, with those for whom: a person alone tells a stranger nothing.
    pub(crate) fn speaker(&self, id: &ActorId) -> String {
        let actor = self.crisis.actor(id).filter(|a| a.kind == ActorKind::Person);
        let whom = actor.and_then(|a| a.acts_for.first()).filter(|p| self.crisis.actor(p).is_some());
        match whom {
            Some(whom) => format!("{} for {}", self.name(id), self.name(whom)),
            None => self.name(id),
        }
    }

    /// The names of actors as a list inside a sentence; empty for none.
    pub(crate) fn names(&self, ids: &[ActorId]) -> String {
        list(&ids.iter().map(|id| self.name(id)).collect::<Vec<_>>())
    }

    /// Citations, sorted, one for each sentence.
    pub(crate) fn cite<'e>(&self, evidence: impl IntoIterator<Item = &'e Evidence>) -> Vec<Citation> {
        self.merged(evidence.into_iter().filter_map(|one| self.citation(one)))
    }

    /// One citation; `None` where the evidence does not resolve.
    pub(crate) fn citation(&self, evidence: &Evidence) -> Option<Citation> {
        let number = self.number(&evidence.document)?;
        let report = &self.crisis.reports[number - 1];
        let quote = evidence.sentence.of(&report.text);
        let sentence = report.sentence_number(evidence.sentence)?;
        let inside = |mark: &&Span| {
            evidence.sentence.contains(**mark) && !mark.is_empty() && !mark.of(&report.text).is_empty()
        };
        let mut marks: Vec<Span> = evidence.marks.iter().filter(inside).copied().collect();
        marks.sort();
        marks.dedup();
        (!quote.is_empty()).then(|| Citation {
            report: number,
            sentence,
            tier: evidence.tier,
            document: evidence.document.clone(),
            start: evidence.sentence.start(),
            end: evidence.sentence.end(),
            quote: quote.to_string(),
            marks,
            rules: vec![evidence.rule.clone()],
        })
    }

    /// One citation for each sentence, in order; those in copies last, since they add nothing.
    pub(crate) fn merged(&self, citations: impl IntoIterator<Item = Citation>) -> Vec<Citation> {
        let mut found: BTreeMap<(bool, usize, usize), Citation> = BTreeMap::new();
        for citation in citations {
            let is_copy = self.copies.contains_key(&citation.report);
            let key = (is_copy, citation.report, citation.sentence);
            match found.get_mut(&key) {
                None => drop(found.insert(key, citation)),
                Some(kept) => self.join(kept, citation),
            }
        }
        found.into_values().collect()
    }

    /// Puts the marks and rules of another citation of the same sentence to it. A quotation may run
    /// on into the next sentence; then the citation does too.
    fn join(&self, kept: &mut Citation, other: Citation) {
        let whole = Span::new(kept.start, kept.end).cover(Span::new(other.start, other.end));
        let quote = whole.of(&self.crisis.reports[kept.report - 1].text);
        (kept.start, kept.end, kept.quote) = (whole.start(), whole.end(), quote.to_string());
        kept.marks.extend(other.marks);
        kept.marks.sort();
        kept.marks.dedup();
        kept.rules.extend(other.rules);
        kept.rules.sort();
        kept.rules.dedup();
        kept.tier = kept.tier.min(other.tier);
    }

    /// The first sentence that prints a name of an actor: first among the sentences of its facts, then anywhere.
    pub(crate) fn mention(&self, actor: &ActorId, name: &str) -> Option<Citation> {
        let facts = self.naming.get(actor).into_iter().flatten().filter_map(|e| {
            let report = &self.crisis.reports[self.number(&e.document)? - 1];
            mark_of(name, report, e.sentence).map(|mark| (report, e.sentence, mark, e.tier))
        });
        let everywhere = self.crisis.reports.iter().flat_map(|report| {
            let read = report
                .sentences
                .iter()
                .filter(|s| matches!(s.kind, SentenceKind::Body | SentenceKind::Headline));
            read.filter_map(move |s| {
                let tier = if s.kind == SentenceKind::Body { Tier::Body } else { Tier::Headline };
                mark_of(name, report, s.span).map(|mark| (report, s.span, mark, tier))
            })
        });
        let (report, sentence, mark, tier) = facts.chain(everywhere).next()?;
        let rule = "dossier/name".to_string();
        self.citation(&Evidence { document: report.id.clone(), sentence, marks: vec![mark], rule, tier })
    }
}

/// Where a sentence prints a name as a whole word. A hyphen joins words: "Tehrik-i-Taliban" is another name.
fn mark_of(name: &str, report: &Report, sentence: Span) -> Option<Span> {
    let text = sentence.of(&report.text);
    let joins = |c: char| c.is_alphanumeric() || c == '-' || c == '‑';
    text.match_indices(name).find_map(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(joins);
        let after = text[at + name.len()..].chars().next().is_some_and(joins);
        let start = sentence.start() + at;
        (!name.is_empty() && !before && !after).then(|| Span::new(start, start + name.len()))
    })
}

fn copies(crisis: &Crisis, numbers: &BTreeMap<&DocumentId, usize>) -> BTreeMap<usize, usize> {
    let mut copies = BTreeMap::new();
    for group in crisis.stories.iter().flat_map(|s| &s.copies) {
        let members: BTreeSet<usize> = group.iter().filter_map(|id| numbers.get(id).copied()).collect();
        if let Some(first) = members.first() {
            copies.extend(members.iter().skip(1).map(|copy| (*copy, *first)));
        }
    }
    copies
}

/// Every actor that is a party or acts for one, with that party.
fn sides(crisis: &Crisis) -> BTreeMap<&ActorId, &ActorId> {
    let mut sides: BTreeMap<&ActorId, &ActorId> = crisis.parties.iter().map(|p| (p, p)).collect();
    // A ministry acts for a government, a minister for the ministry: the chain is short, so a few rounds do.
    for _ in 0..4 {
        for actor in &crisis.actors {
            let side = actor.acts_for.iter().find_map(|parent| sides.get(parent).copied());
            if let Some(side) = side {
                sides.entry(&actor.id).or_insert(side);
            }
        }
    }
    // A people is not its state's side in a conflict, whatever the chain says.
    let is_people = |id: &ActorId| crisis.actor(id).is_some_and(|a| a.kind == ActorKind::Population);
    sides.retain(|id, side| id == side || !is_people(id));
    sides
}

/// For every actor, the evidence of the facts that name it, in order of report and place.
fn naming(crisis: &Crisis) -> BTreeMap<&ActorId, Vec<&Evidence>> {
    let mut naming: BTreeMap<&ActorId, Vec<&Evidence>> = BTreeMap::new();
    for incident in &crisis.incidents {
        let ids = [&incident.actors, &incident.recipients, &incident.others, &incident.attributed_to];
        for id in ids.into_iter().flatten() {
            naming.entry(id).or_default().extend(&incident.evidence);
        }
    }
    for act in crisis.mediations.iter().flat_map(|m| &m.acts) {
        for id in [&act.mediators, &act.parties, &act.by].into_iter().flatten() {
            naming.entry(id).or_default().extend(&act.evidence);
        }
    }
    for tally in &crisis.tallies {
        for claim in &tally.claims {
            for id in tally.victims.iter().chain(&claim.claimant) {
                naming.entry(id).or_default().extend(&claim.evidence);
            }
        }
    }
    for charge in &crisis.charges {
        for id in charge.by.iter().chain(&charge.against) {
            naming.entry(id).or_default().extend(&charge.evidence);
        }
        for answer in &charge.answers {
            for id in &answer.by {
                naming.entry(id).or_default().extend(&answer.evidence);
            }
        }
    }
    for office in &crisis.offices {
        naming.entry(&office.holder).or_default().extend(office.evidence());
    }
    let order: BTreeMap<&DocumentId, usize> =
        crisis.reports.iter().enumerate().map(|(at, r)| (&r.id, at)).collect();
    for evidence in naming.values_mut() {
        // The key is looked up once each, not at every comparison: whoever leads a war is named in most of its sentences.
        evidence.sort_by_cached_key(|e| (order.get(&e.document), e.sentence));
        evidence.dedup_by(|a, b| a.document == b.document && a.sentence == b.sentence);
    }
    naming
}
