//! Decisions of analysts in, readings as decided out; and at the end, which decisions the books follow.
//!
//! # How
//! 1. [`Rulings::of`]: decisions by time, then content, each once. Their order in the list does not matter.
//! 2. [`Rulings::apply`]: a fact is found by report, deciding words and sort; where a better reader marks other
//!    words, by sentence and sort, if there is only one. What is rejected goes, what is corrected is changed, an
//!    answer becomes a step; every other fact stays as it was read. A fact that was decided on carries the
//!    sentence once more under the rule `decision/ID`: so every view shows it as decided.
//! 3. [`Rulings::joins`]: which events are one happening and which are not; [`crate::join`] follows them.
//! 4. [`Rulings::close`]: when the books are made, each is asked whether it holds in them. One that does not is kept
//!    with a note that says why, and is never dropped in silence.
//!
//! | note | |
//! |---|---|
//! | C201 | what it is about is not there any more |
//! | C202 | the two events cannot meet: they are in different crises, or one is no happening |
//! | C203 | another decision goes before it |
//!
//! # Does not
//! Judge decisions. Change text: a corrected number stands beside the words that were read.

mod close;

use crate::namesake;
use detente_types::date::Basis;
use detente_types::{
    Act, ActId, Actor, ActorId, ActorRef, Certainty, Cited, Comparator, Decision, DecisionId, DocumentId,
    Event, EventChange, EventId, Evidence, FactAt, FactKind, Figure, FigureChange, Note, Reading, Ruling,
    Span, Stage, Tier, Via,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Two events that belong together, or apart, by a decision.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    pub together: bool,
    pub one: (DocumentId, EventId),
    pub other: (DocumentId, EventId),
}

/// Where a fact was found in its reading.
type Place = (DocumentId, FactKind, usize);

/// The decisions, in order, and what became of each.
#[derive(Debug)]
pub(crate) struct Rulings {
    list: Vec<(DecisionId, Decision)>,
    /// Why a decision does not apply, by place in the list.
    lapsed: BTreeMap<usize, Note>,
    joins: Vec<(usize, Join)>,
    /// The act that stands for an answer, by place in the list.
    answers: BTreeMap<usize, (DocumentId, ActId)>,
    /// Which key is written as which.
    same: BTreeMap<ActorId, ActorId>,
}

impl Rulings {
    /// Decisions in the order in which they were made, each once.
    pub(crate) fn of(decisions: &[Decision]) -> Rulings {
        let mut list: Vec<(DecisionId, Decision)> = decisions.iter().map(|d| (d.id(), d.clone())).collect();
        list.sort_by(|(a, x), (b, y)| (x.at, a).cmp(&(y.at, b)));
        list.dedup_by(|(a, _), (b, _)| a == b);
        let (lapsed, joins) = (BTreeMap::new(), Vec::new());
        Rulings { list, lapsed, joins, answers: BTreeMap::new(), same: BTreeMap::new() }
    }

    /// Actors that only decisions name.
    pub(crate) fn actors(&self) -> impl Iterator<Item = &ActorId> {
        self.list.iter().flat_map(|(_, d)| named(&d.ruling))
    }

    /// The joins, in order.
    pub(crate) fn joins(&self) -> Vec<Join> {
        self.joins.iter().map(|(_, join)| join.clone()).collect()
    }

    fn lapse(&mut self, at: usize, code: &str, why: &str) {
        let (_, decision) = &self.list[at];
        let words = format!(
            "The decision of {} on {} ({}) does not apply: {why}.",
            decision.author,
            decision.at.strftime("%Y-%m-%d"),
            kind(&decision.ruling)
        );
        let note = Note::new(code, words);
        let note = match decision.ruling.facts().first() {
            Some(fact) => note.on(&fact.document).at(fact.sentence),
            None => note,
        };
        self.lapsed.entry(at).or_insert(note);
    }

    /// The readings as decided. They come sorted by report, each once; what nothing was decided on is not copied.
    pub(crate) fn apply<'r>(&mut self, readings: Vec<&'r Reading>) -> Vec<Cow<'r, Reading>> {
        if self.list.is_empty() {
            return readings.into_iter().map(Cow::Borrowed).collect();
        }
        let known: BTreeSet<&ActorId> = readings.iter().flat_map(|r| &r.actors).map(|a| &a.id).collect();
        self.one_actor(&known);
        self.names(&known);
        let places = self.places(&readings);
        self.override_earlier(&places);
        let mut out: Vec<Cow<Reading>> =
            readings.into_iter().map(|reading| self.decided(reading, &places)).collect();
        for reading in &mut out {
            if let Cow::Owned(changed) = namesake::rewrite(reading, &self.same) {
                *reading = Cow::Owned(merged_actors(changed));
            }
            self.rename(reading);
        }
        out
    }

    /// Which key is written as which, a chain followed to its end. A ring is not closed.
    fn one_actor(&mut self, known: &BTreeSet<&ActorId>) {
        let mut chosen: BTreeMap<ActorId, (usize, ActorId)> = BTreeMap::new();
        for at in 0..self.list.len() {
            let Ruling::SameActor { actor, is } = self.list[at].1.ruling.clone() else { continue };
            let end = |mut id: ActorId, map: &BTreeMap<ActorId, (usize, ActorId)>| {
                while let Some((_, next)) = map.get(&id).filter(|_| id != actor) {
                    id = next.clone();
                }
                id
            };
            if !known.contains(&actor) {
                self.lapse(at, "C201", &format!("no report names {actor}"));
            } else if end(is.clone(), &chosen) == actor {
                self.lapse(at, "C203", "an earlier decision says the reverse");
            } else if let Some((before, _)) = chosen.insert(actor, (at, is)) {
                self.lapse(before, "C203", "a later decision on the same actor goes before it");
            }
        }
        let end = |id: &ActorId| {
            let mut id = id;
            while let Some((_, next)) = chosen.get(id) {
                id = next;
            }
            id.clone()
        };
        self.same = chosen.keys().map(|id| (id.clone(), end(id))).collect();
    }

    fn key(&self, id: &ActorId) -> ActorId {
        self.same.get(id).unwrap_or(id).clone()
    }

    fn names(&mut self, known: &BTreeSet<&ActorId>) {
        let mut last: BTreeMap<ActorId, usize> = BTreeMap::new();
        for at in 0..self.list.len() {
            let Ruling::NameActor { actor, .. } = &self.list[at].1.ruling else { continue };
            let (key, missing) = (self.key(actor), !known.contains(actor));
            if missing {
                let why = format!("no report names {actor}");
                self.lapse(at, "C201", &why);
            } else if let Some(before) = last.insert(key, at) {
                self.lapse(before, "C203", "a later decision on the same name goes before it");
            }
        }
    }

    fn rename(&self, reading: &mut Cow<Reading>) {
        for (at, (_, decision)) in self.list.iter().enumerate() {
            let Ruling::NameActor { actor, name } = &decision.ruling else { continue };
            let key = self.key(actor);
            if self.lapsed.contains_key(&at) || !reading.actors.iter().any(|a| a.id == key) {
                continue;
            }
            for one in reading.to_mut().actors.iter_mut().filter(|a| a.id == key) {
                one.aliases.push(std::mem::replace(&mut one.name, name.clone()));
                one.aliases.sort();
                one.aliases.dedup();
            }
        }
    }

    /// Where the facts of each decision stand; what is not found lapses.
    fn places(&mut self, readings: &[&Reading]) -> BTreeMap<usize, Vec<Place>> {
        let mut out = BTreeMap::new();
        for at in 0..self.list.len() {
            let facts = self.list[at].1.ruling.facts().into_iter().cloned().collect::<Vec<FactAt>>();
            let find = |fact: &FactAt| {
                let found = readings.binary_search_by(|r| r.document.id().cmp(&fact.document)).ok()?;
                Some((fact.document.clone(), fact.kind, find(readings[found], fact)?))
            };
            let places: Vec<Place> = facts.iter().filter_map(find).collect();
            if places.len() == facts.len() {
                out.insert(at, places);
            } else {
                self.lapse(
                    at,
                    "C201",
                    "what it is about is not read in the report any more, or the report is gone",
                );
            }
        }
        out
    }

    /// What is rejected cannot be corrected as well, and of two corrections of one thing the later counts.
    fn override_earlier(&mut self, places: &BTreeMap<usize, Vec<Place>>) {
        let mut rejected: BTreeMap<&Place, usize> = BTreeMap::new();
        let mut set: BTreeMap<(&Place, &str), usize> = BTreeMap::new();
        for (at, found) in places {
            match &self.list[*at].1.ruling {
                Ruling::Reject { .. } => drop(rejected.insert(&found[0], *at)),
                other => set.extend(parts(other).into_iter().map(|part| ((&found[0], part), *at))),
            }
        }
        for (at, found) in places {
            let ruling = self.list[*at].1.ruling.clone();
            let goes = found.iter().find_map(|place| rejected.get(place)).filter(|by| *by != at);
            if goes.is_some() {
                self.lapse(*at, "C203", "the fact is rejected by another decision");
            } else if !parts(&ruling).is_empty() && parts(&ruling).iter().all(|p| set[&(&found[0], *p)] > *at)
            {
                self.lapse(*at, "C203", "a later decision on the same fact goes before it");
            }
        }
    }

    /// One reading as decided.
    fn decided<'r>(
        &mut self,
        reading: &'r Reading,
        places: &BTreeMap<usize, Vec<Place>>,
    ) -> Cow<'r, Reading> {
        let mut out = Cow::Borrowed(reading);
        let mut gone: BTreeSet<(FactKind, usize)> = BTreeSet::new();
        for (at, found) in places {
            let Some(here) = found.iter().find(|(doc, ..)| doc == reading.document.id()) else { continue };
            if self.lapsed.contains_key(at) {
                continue;
            }
            let (id, decision) = self.list[*at].clone();
            let (kind, index) = (here.1, here.2);
            match &decision.ruling {
                Ruling::Reject { .. } => drop(gone.insert((kind, index))),
                Ruling::CorrectEvent { change, .. } => correct_event(&mut out.to_mut().events[index], change),
                Ruling::CorrectFigure { change, .. } => {
                    correct_figure(&mut out.to_mut().figures[index], change)
                }
                Ruling::Answer { party, answer: Some(stage), .. } => {
                    let act = answer(&reading.acts[index], party, *stage, &id);
                    self.answers.insert(*at, (reading.document.id().clone(), act.id.clone()));
                    out.to_mut().acts.push(act);
                }
                _ => {}
            }
            for (_, kind, index) in found.iter().filter(|(doc, ..)| doc == reading.document.id()) {
                mark(out.to_mut(), *kind, *index, &id);
            }
            self.join(*at, reading, found);
        }
        if !gone.is_empty() {
            reject(out.to_mut(), &gone);
        }
        out
    }

    /// Notes the events of a merge or a split, each when its report is at hand.
    fn join(&mut self, at: usize, reading: &Reading, found: &[Place]) {
        let together = match self.list[at].1.ruling {
            Ruling::Merge { .. } => true,
            Ruling::Split { .. } => false,
            _ => return,
        };
        let id = |place: &Place| {
            (&place.0 == reading.document.id()).then(|| (place.0.clone(), reading.events[place.2].id.clone()))
        };
        let (one, other) = (id(&found[0]), id(&found[1]));
        let none = || (DocumentId::named(""), EventId::named(""));
        match self.joins.iter_mut().find(|(n, _)| *n == at) {
            Some((_, join)) => {
                join.one = one.unwrap_or(join.one.clone());
                join.other = other.unwrap_or(join.other.clone());
            }
            None => {
                let join =
                    Join { together, one: one.unwrap_or_else(none), other: other.unwrap_or_else(none) };
                self.joins.push((at, join));
            }
        }
        self.joins.sort_by_key(|(n, _)| *n);
    }
}

/// The rule under which evidence of a decision stands.
fn rule(id: &DecisionId) -> String {
    format!("decision/{id}")
}

fn evidence(fact: &FactAt, id: &DecisionId) -> Evidence {
    Evidence {
        document: fact.document.clone(),
        sentence: fact.sentence,
        marks: vec![fact.words],
        rule: rule(id),
        tier: Tier::Body,
    }
}

/// What kind of decision, in words.
fn kind(ruling: &Ruling) -> &'static str {
    match ruling {
        Ruling::Merge { .. } => "two events are one happening",
        Ruling::Split { .. } => "two events are two happenings",
        Ruling::Reject { .. } => "a fact is rejected",
        Ruling::CorrectEvent { .. } => "an event is corrected",
        Ruling::CorrectFigure { .. } => "a figure is corrected",
        Ruling::SameActor { .. } => "two actors are one",
        Ruling::NameActor { .. } => "an actor is named",
        Ruling::Note { .. } => "a note",
        Ruling::Answer { .. } => "an answer",
    }
}

/// The actors that a decision names.
fn named(ruling: &Ruling) -> Box<dyn Iterator<Item = &ActorId> + '_> {
    match ruling {
        Ruling::SameActor { actor, is } => Box::new([actor, is].into_iter()),
        Ruling::NameActor { actor, .. } => Box::new(std::iter::once(actor)),
        Ruling::Answer { party, .. } => Box::new(std::iter::once(party)),
        Ruling::CorrectEvent { change, .. } => {
            Box::new(change.actors.iter().chain(&change.recipients).flatten())
        }
        Ruling::CorrectFigure { change, .. } => {
            Box::new(change.victims.iter().chain(&change.claimant).flatten())
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// The parts of a fact that a correction sets.
fn parts(ruling: &Ruling) -> Vec<&'static str> {
    let set =
        |list: &[(bool, &'static str)]| list.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
    match ruling {
        Ruling::CorrectEvent { change: c, .. } => set(&[
            (c.kind.is_some(), "type"),
            (c.modes.is_some(), "modes"),
            (c.modality.is_some(), "modality"),
            (c.polarity.is_some(), "polarity"),
            (c.actors.is_some(), "actors"),
            (c.recipients.is_some(), "recipients"),
            (c.when.is_some(), "when"),
        ]),
        Ruling::CorrectFigure { change: c, .. } => set(&[
            (c.what.is_some(), "what"),
            (c.value.is_some(), "value"),
            (c.victims.is_some(), "victims"),
            (c.claimant.is_some(), "claimant"),
        ]),
        _ => Vec::new(),
    }
}

/// Where a fact of a reading stands in its list.
fn find(reading: &Reading, fact: &FactAt) -> Option<usize> {
    type Candidate<'r> = (Span, String, &'r [Evidence]);
    fn of<T>(list: &[Cited<T>], told: impl Fn(&T) -> (Span, String)) -> Vec<Candidate<'_>> {
        list.iter().map(|c| (told(&c.fact), c.evidence())).map(|((w, s), e)| (w, s, e)).collect()
    }
    let all = match fact.kind {
        FactKind::Event => of(&reading.events, |e| (e.trigger, FactAt::sort_of_event(e))),
        FactKind::Figure => of(&reading.figures, |f| (f.number, FactAt::sort_of_figure(f))),
        FactKind::Claim => of(&reading.claims, |c| (c.cue, FactAt::sort_of_claim(c))),
        FactKind::Act => of(&reading.acts, |a| (a.trigger, FactAt::sort_of_act(a))),
    };
    let only = |fits: &dyn Fn(&Candidate) -> bool| {
        let mut found = all.iter().enumerate().filter(|(_, c)| fits(c)).map(|(at, _)| at);
        found.next().filter(|_| found.next().is_none())
    };
    let in_sentence = |c: &Candidate| c.2.iter().any(|e| e.sentence.overlaps(fact.sentence));
    only(&|c| c.0 == fact.words && c.1 == fact.sort)
        .or_else(|| only(&|c| c.0 == fact.words))
        .or_else(|| only(&|c| c.1 == fact.sort && in_sentence(c)))
}

/// The fact's own sentence once more, under the rule of the decision.
fn mark(reading: &mut Reading, kind: FactKind, at: usize, id: &DecisionId) {
    fn once_more<T>(cited: &mut Cited<T>, id: &DecisionId) {
        if let Some(first) = cited.evidence().first().cloned() {
            cited.support(Evidence { rule: rule(id), ..first });
        }
    }
    match kind {
        FactKind::Event => once_more(&mut reading.events[at], id),
        FactKind::Figure => once_more(&mut reading.figures[at], id),
        FactKind::Claim => once_more(&mut reading.claims[at], id),
        FactKind::Act => once_more(&mut reading.acts[at], id),
    }
}

/// Takes facts out, and what hangs on them: a step that was read from a rejected event is not one.
fn reject(reading: &mut Reading, gone: &BTreeSet<(FactKind, usize)>) {
    let is_gone = |kind: FactKind, at: usize| gone.contains(&(kind, at));
    let events: BTreeSet<EventId> = ids(&reading.events, |e| &e.id, |at| is_gone(FactKind::Event, at));
    let figures = ids(&reading.figures, |f| &f.id, |at| is_gone(FactKind::Figure, at));
    let claims = ids(&reading.claims, |c| &c.id, |at| is_gone(FactKind::Claim, at));
    let acts = ids(&reading.acts, |a| &a.id, |at| is_gone(FactKind::Act, at));
    reading.events.retain(|e| !events.contains(&e.id));
    reading.figures.retain(|f| !figures.contains(&f.id));
    reading.claims.retain(|c| !claims.contains(&c.id));
    reading.acts.retain(|a| !acts.contains(&a.id) && !a.event.as_ref().is_some_and(|e| events.contains(e)));
    for figure in &mut reading.figures {
        figure.fact.event.take_if(|e| events.contains(e));
        figure.fact.part_of.take_if(|f| figures.contains(f));
    }
    for claim in &mut reading.claims {
        claim.fact.event.take_if(|e| events.contains(e));
        claim.fact.answers.take_if(|c| claims.contains(c));
    }
}

fn ids<T, I: Ord + Clone>(
    list: &[Cited<T>],
    id: impl Fn(&T) -> &I,
    gone: impl Fn(usize) -> bool,
) -> BTreeSet<I> {
    list.iter().enumerate().filter(|(at, _)| gone(*at)).map(|(_, c)| id(&c.fact).clone()).collect()
}

/// An actor that an analyst put there: not in the words, and marked so.
fn put(actor: &ActorId) -> ActorRef {
    ActorRef { actor: actor.clone(), span: None, via: Via::Inferred, certainty: Certainty::Certain }
}

fn correct_event(event: &mut Cited<Event>, change: &EventChange) {
    let event = &mut event.fact;
    let EventChange { kind, modes, modality, polarity, actors, recipients, when } = change.clone();
    event.kind = kind.unwrap_or(event.kind);
    event.modes = modes.unwrap_or_else(|| std::mem::take(&mut event.modes));
    let kind = event.kind;
    event.modes.retain(|m| m.kind() == kind);
    event.modality = modality.unwrap_or(event.modality);
    event.polarity = polarity.unwrap_or(event.polarity);
    if let Some(actors) = actors {
        event.actors = actors.iter().map(put).collect();
    }
    if let Some(recipients) = recipients {
        event.recipients = recipients.iter().map(put).collect();
    }
    if let Some(mut when) = when {
        when.basis = Basis::Explicit;
        event.when = when;
    }
}

fn correct_figure(figure: &mut Cited<Figure>, change: &FigureChange) {
    let figure = &mut figure.fact;
    figure.what = change.what.unwrap_or(figure.what);
    if let Some((comparator, value)) = change.value {
        figure.comparator = comparator;
        figure.value = (comparator != Comparator::Vague).then_some(value);
        (figure.low, figure.high) = Figure::bounds(comparator, value);
    }
    if let Some(victims) = &change.victims {
        figure.victims = victims.iter().map(put).collect();
    }
    if let Some(claimant) = &change.claimant {
        figure.claimant = claimant.first().map(put);
        figure.also_by = claimant.iter().skip(1).map(put).collect();
        figure.strength = figure.strength.filter(|_| !claimant.is_empty());
    }
}

/// The step of a party that answers, beside the step that it answers.
fn answer(offer: &Cited<Act>, party: &ActorId, stage: Stage, id: &DecisionId) -> Cited<Act> {
    let first = offer.evidence().first().cloned().expect("a fact has a sentence");
    let act = Act {
        id: ActId::of(["answer", id.as_str()]),
        stage,
        by: vec![put(party)],
        modality: detente_types::Modality::Occurred,
        occasion: None,
        round: None,
        outcome: None,
        event: None,
        words: format!("{stage:?}").to_lowercase(),
        ..offer.fact.clone()
    };
    Cited::new(act, Evidence { rule: rule(id), ..first })
}

/// One line of the table for one actor, after two keys became one.
fn merged_actors(mut reading: Reading) -> Reading {
    let mut out: Vec<Actor> = Vec::new();
    for actor in reading.actors {
        match out.last_mut().filter(|last| last.id == actor.id) {
            None => out.push(actor),
            Some(last) => {
                last.aliases.extend(actor.aliases);
                last.aliases.push(actor.name);
                last.aliases.sort();
                last.aliases.dedup();
            }
        }
    }
    reading.actors = out;
    reading
}
