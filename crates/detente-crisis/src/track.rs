//! The acts of all reports in, the tracks of mediation that they belong to out.
//!
//! Qatar and Türkiye brought two sides to one table; Iran offered; Russia offered three times. Four acts
//! of one report may belong to three tracks, and four reports may tell one.
//!
//! # How
//! 1. [`steps`] puts each act into comparable form. A "mediator" that is a party to the dispute is none: a
//!    side that offers its enemy talks does not mediate. And a "party" that only ever mediates is none: who
//!    brokered a truce did not lay down arms ([`Roles`]). Talks of outsiders among themselves are no step.
//! 2. Acts with the same set of mediators are one track. A joint set stands only on the reports' own word:
//!    where each of its members has a track alone and the joint acts are offers, or a mere word of mediation
//!    without place, day or result, a sentence has merely named two offers together ([`distribute`]). Talks told of one mediator alone go to the joint track that
//!    holds him, if there is one ([`lift`]); his own offers stay his own.
//! 3. Within a set of mediators, two scopes are one track where one holds the other or they share two
//!    parties: an offer to two and to three neighbours is one offer with a disputed scope. Mediation
//!    between other parties is another track.
//! 4. Acts that name no mediator ([`place_unmediated`]) go to the mediated talks between the same parties,
//!    preferring those in the same venue, then those told in the same report; where a venue or date
//!    speaks against it, or where nobody mediates, they are direct talks: a track without mediators.
//! 5. What is one process though told of several mediators, or of none, is put together ([`crate::same`]). A group
//!    and the state that it fights from are one side of it ([`crate::bench`]).
//! 6. Appeals for calm are no mediation. They have a track of their own for each set of appealers.
//! # Does not
//! Put acts of two reports together; [`crate::step`] does.

use crate::bench::{Benches, same_scope};
use crate::case::{Case, ids, only_link};
use crate::days;
use crate::fit::{self, Fit, Occasion, Spot};
use crate::{same, words};
use detente_types::{Act, ActorId, ActorKind, Cited, EventType, Evidence, Modality, Place, Stage, When};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Days between talks from which another place means other talks.
const ELSEWHERE: i32 = 14;

/// One act of one report, in comparable form.
#[derive(Clone, Debug)]
pub(crate) struct Step<'c> {
    pub told: usize,
    pub at: usize,
    pub act: &'c Act,
    pub evidence: &'c [Evidence],
    pub when: &'c When,
    /// Sides, sorted.
    pub mediators: Vec<ActorId>,
    /// Sides, sorted.
    pub parties: Vec<ActorId>,
    /// The benches of the parties, sorted.
    pub scope: Vec<ActorId>,
    /// Answers what the other side proposed.
    pub to_foe: bool,
    /// Sides of those who took the step.
    pub by: Vec<ActorId>,
    /// The same as the report names them.
    pub takers: Vec<ActorId>,
    /// The person who announced it.
    pub person: Option<ActorId>,
    /// Its occasion and place.
    pub occasion: Occasion,
    /// Content words of its result.
    pub outcome: Vec<String>,
}

/// The acts of one track.
#[derive(Debug)]
pub(crate) struct Track<'c> {
    /// Sides, sorted; empty for direct talks.
    pub mediators: Vec<ActorId>,
    pub appeals: bool,
    pub steps: Vec<Step<'c>>,
}

/// What kind of step it is, for placing it.
pub(crate) fn is_offer(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Offer | Stage::OfferRepeat | Stage::Request | Stage::ProposeVenue | Stage::ProposePlan
    )
}

/// Is it what a party answers?
pub(crate) fn is_answer(stage: Stage) -> bool {
    matches!(stage, Stage::Welcome | Stage::Accept | Stage::Decline | Stage::NoAnswer)
}

/// The tracks of a case.
pub(crate) fn tracks<'c>(case: &'c Case) -> Vec<Track<'c>> {
    let (appeals, working): (Vec<Step>, Vec<Step>) =
        steps(case).into_iter().partition(|s| s.act.stage == Stage::Appeal);
    let (mediated, unmediated): (Vec<Step>, Vec<Step>) =
        working.into_iter().partition(|s| !s.mediators.is_empty());
    let sets = lift(distribute(by_mediators(mediated)));
    let mut tracks: Vec<Track> = sets
        .into_iter()
        .flat_map(|(mediators, steps)| {
            let scopes = by_scope(steps);
            scopes.into_iter().map(move |steps| Track { mediators: mediators.clone(), appeals: false, steps })
        })
        .collect();
    tracks.iter_mut().for_each(forget_mere_words);
    let direct = place_unmediated(&mut tracks, unmediated);
    tracks.extend(by_scope(direct).into_iter().map(|steps| Track {
        mediators: Vec::new(),
        appeals: false,
        steps,
    }));
    same::join(&mut tracks);
    let appealers = by_mediators(appeals);
    tracks.extend(appealers.into_iter().map(|(mediators, steps)| Track { mediators, appeals: true, steps }));
    tracks
}

/// Beside an offer, and with no meeting told, a word of mediation is another word for the offer.
fn forget_mere_words(track: &mut Track) {
    let offered = track.steps.iter().any(|s| is_offer(s.act.stage));
    let met = |s: &Step| !is_offer(s.act.stage) && !is_answer(s.act.stage) && !is_mere_word(s);
    if offered && !track.steps.iter().any(met) {
        track.steps.retain(|s| !is_mere_word(s));
    }
}

fn steps<'c>(case: &'c Case) -> Vec<Step<'c>> {
    let roles = Roles::of(case);
    let benches = Benches::of(case);
    let mut out = Vec::new();
    for (t, told) in case.told.iter().enumerate() {
        for (at, act) in told.reading.acts.iter().enumerate() {
            let mut step = step(case, t, at, &act.fact, act.evidence(), &told.acts[at]);
            roles.settle(case, &mut step);
            step.scope = benches.seats(&step.parties);
            // Mediation by nobody, nowhere and at no time is a word, not a step.
            let nobody = step.mediators.is_empty() && step.act.stage == Stage::Facilitate;
            if nobody && is_bare(step.act, step.when) {
                continue;
            }
            let foreign = roles.among_outsiders(case, &step) || roles.answers_for_nobody(case, &step);
            if !foreign && !is_what_is_offered(&told.reading.acts, &step) {
                out.push(step);
            }
        }
    }
    out
}

fn step<'c>(
    case: &Case,
    told: usize,
    at: usize,
    act: &'c Act,
    evidence: &'c [Evidence],
    when: &'c When,
) -> Step<'c> {
    let named = |refs| case.kin.sides(ids(refs).filter(|id| !case.kin.is_unnamed(id)));
    let mut mediators = named(&act.mediators);
    if act.stage == Stage::Appeal && mediators.is_empty() {
        mediators = named(&act.by);
    }
    let person = ids(&act.by).find(|id| case.kin.kind(id) == ActorKind::Person).cloned();
    let occasion = Occasion::of(act.occasion.as_deref(), venue(act));
    let outcome = act.outcome.as_deref().map(words::content).unwrap_or_default();
    let parties = named(&act.parties);
    let takers = takers(case, told, act);
    let by = case.kin.sides(takers.iter().filter(|id| !case.kin.is_unnamed(id)));
    let (scope, to_foe) = (Vec::new(), false);
    Step {
        told,
        at,
        act,
        evidence,
        when,
        by,
        takers,
        mediators,
        parties,
        scope,
        to_foe,
        person,
        occasion,
        outcome,
    }
}

/// Who took the step. Who says that a truce was broken did not break it: "the army says Chile broke the truce".
fn takers(case: &Case, told: usize, act: &Act) -> Vec<ActorId> {
    let by: Vec<ActorId> = ids(&act.by).cloned().collect();
    if act.stage != Stage::CeasefireViolated {
        return by;
    }
    let told = &case.told[told];
    let event = act.event.as_ref().and_then(|e| told.event_at(e)).map(|at| told.event(at));
    let accuser = event.filter(|e| e.kind == EventType::Accuse).map(|e| &e.actors[..]).unwrap_or_default();
    let said = event.map(|e| &e.attributed_to[..]).unwrap_or_default();
    let speakers = case.kin.sides(ids(accuser).chain(ids(said)));
    let speaks = |id: &ActorId| speakers.contains(&case.kin.side(id));
    let mut left: Vec<ActorId> = by.into_iter().filter(|id| !speaks(id)).collect();
    if left.is_empty() {
        let others: Vec<&ActorId> = ids(&act.parties).filter(|id| !speaks(id)).collect();
        left.extend(others.first().filter(|_| others.len() == 1).map(|id| (*id).clone()));
    }
    left
}

/// Is it no meeting but what an offer in the same sentence offers: "offered to facilitate talks"?
fn is_what_is_offered(acts: &[Cited<Act>], step: &Step) -> bool {
    let sentence = |e: &[Evidence]| e.first().map(|e| e.sentence);
    let holds = |stage: Stage| {
        is_offer(stage)
            || (step.act.stage == Stage::Talks && matches!(stage, Stage::Facilitate | Stage::Convene))
    };
    let beside = |a: &&Cited<Act>| holds(a.stage) && sentence(a.evidence()) == sentence(step.evidence);
    matches!(step.act.stage, Stage::Talks | Stage::Facilitate | Stage::Convene)
        && is_bare(step.act, step.when)
        && acts.iter().any(|a| beside(&a))
}

/// Is nothing told of it but the word: no place, day, round or result?
fn is_bare(act: &Act, when: &When) -> bool {
    venue(act).is_none() && act.round.is_none() && act.outcome.is_none() && !days::within(when, 7)
}

/// The place of a step. Talks are held in a town or at a border, never in a state; and they do not fail at the
/// border beside them in the text, which is what they are about.
pub(crate) fn venue(act: &Act) -> Option<&Place> {
    use Stage::{Collapse, Convene, Facilitate, Resume, Salvage, Suspend, Talks, Withdraw};
    let at_table =
        matches!(act.stage, Collapse | Convene | Facilitate | Resume | Salvage | Suspend | Talks | Withdraw);
    let place = act.place.as_ref()?;
    let border = words::tokens(&place.name).iter().any(|w| w == "border" || w == "frontier");
    let state = place.precision.is_some_and(|p| p >= 6);
    let meets = matches!(act.stage, Talks | Convene | Resume);
    (!at_table || (!state && (!border || meets))).then_some(place)
}

/// A word of mediation with no meeting behind it.
fn is_mere_word(step: &Step) -> bool {
    matches!(step.act.stage, Stage::Facilitate | Stage::Convene) && is_bare(step.act, step.when)
}

/// Who mediates in this case and who is mediated between, over all reports.
struct Roles {
    /// Sides that some report names as mediators and that are no party to the conflict.
    third: BTreeSet<ActorId>,
}

impl Roles {
    fn of(case: &Case) -> Roles {
        let acts = case.told.iter().flat_map(|t| &t.reading.acts).filter(|a| a.stage != Stage::Appeal);
        let named = acts.flat_map(|a| ids(&a.mediators)).filter(|id| !case.kin.is_unnamed(id));
        let sides = case.kin.sides(named).into_iter();
        // An armed group in somebody's war is asked, refused and met; it does not mediate.
        let can = |s: &ActorId| !case.parties.contains(s) && case.kin.kind(s) != ActorKind::ArmedGroup;
        Roles { third: sides.filter(can).collect() }
    }

    /// Puts the sides of a step into their roles.
    fn settle(&self, case: &Case, step: &mut Step) {
        let inside = |id: &ActorId| case.parties.contains(id);
        // A person of nobody known, an institute or a town council is no party to a conflict.
        step.parties.retain(|p| inside(p) || case.kin.is_party(p));
        if step.act.stage == Stage::Appeal {
            // Nobody calls on outsiders to lay down arms.
            if !step.parties.iter().any(inside) {
                step.parties.retain(|p| case.kin.kind(p) != ActorKind::State);
            }
            return;
        }
        let armed = |id: &ActorId| case.kin.kind(id) == ActorKind::ArmedGroup;
        let groups = step.mediators.extract_if(.., |m| armed(m) && !step.by.contains(m)).collect::<Vec<_>>();
        step.parties.extend(groups);
        step.parties.sort();
        step.parties.dedup();
        let (mediators, parties) = (step.mediators.clone(), step.parties.clone());
        let brokers = |p: &ActorId| !inside(p) && (self.third.contains(p) || mediators.contains(p));
        let hosted: Vec<ActorId> = parties.iter().filter(|p| brokers(p)).cloned().collect();
        // "a truce brokered by Peru and Chile", read without its parties.
        let all_outside = mediators.is_empty() && !parties.is_empty() && parties.iter().all(|p| !inside(p));
        if all_outside && !hosted.is_empty() && is_result(step.act.stage) {
            step.mediators = std::mem::take(&mut step.parties);
        } else if is_answer(step.act.stage) {
            step.parties.retain(|p| !brokers(p));
        } else if hosted.len() < parties.len() || !mediators.is_empty() {
            step.parties.retain(|p| !brokers(p));
            // "Pakistan's readiness for Iranian mediation" is no offer of Iran; "the envoy of Iran offered" is.
            let other = mediators.iter().all(inside) && !step.parties.is_empty();
            step.mediators.extend(hosted.into_iter().filter(|_| other || !is_offer(step.act.stage)));
            step.mediators.sort();
            step.mediators.dedup();
        }
        let main = &case.parties[..case.parties.len().min(2)];
        if is_answer(step.act.stage) {
            // "Kurdistan accepted a proposal by Baghdad": the other side is no mediator, and a party to what was proposed.
            let foes: Vec<ActorId> = step.mediators.iter().filter(|m| main.contains(m)).cloned().collect();
            step.to_foe = !foes.is_empty();
            step.parties.extend(foes);
            step.parties.sort();
            step.parties.dedup();
        }
        step.mediators.retain(|m| !main.contains(m) && !armed(m) && !step.parties.contains(m));
    }

    /// Do only outsiders sit at this table: two foreign ministers who discuss the war of others?
    fn among_outsiders(&self, case: &Case, step: &Step) -> bool {
        let outside = |p: &ActorId| !case.parties.contains(p) && case.kin.kind(p) == ActorKind::State;
        let table =
            matches!(step.act.stage, Stage::Talks | Stage::Facilitate | Stage::Convene | Stage::Offer);
        table && !step.parties.is_empty() && step.parties.iter().all(outside) && case.parties.len() >= 2
    }

    /// Is it an answer of a state that was not asked, or a party's word on the mediation of another, read as an
    /// offer of its own?
    fn answers_for_nobody(&self, case: &Case, step: &Step) -> bool {
        let outside = |p: &ActorId| {
            let asked = case.parties.contains(p) || step.parties.contains(p);
            !asked && matches!(case.kin.kind(p), ActorKind::State | ActorKind::Organisation)
        };
        let offered = step.act.modality == Modality::Offered;
        let answer =
            is_answer(step.act.stage) && (offered || (!step.by.is_empty() && step.by.iter().all(outside)));
        let said = !step.act.mediators.is_empty() && !step.act.parties.is_empty();
        let of_itself =
            is_offer(step.act.stage) && said && step.mediators.is_empty() && step.parties.is_empty();
        // To be asked to mediate is not to offer it.
        let asked = step.act.stage == Stage::Offer
            && matches!(step.act.modality, Modality::Urged | Modality::Demanded);
        answer || of_itself || asked
    }
}

/// Is it what mediation brought about, so that outsiders named in it are those who brought it?
fn is_result(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::CeasefireAgreed
            | Stage::CeasefireInForce
            | Stage::CeasefireExtended
            | Stage::Agreement
            | Stage::Guarantee
    )
}

/// Does it tell how a truce fares?
pub(crate) fn fares(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::CeasefireInForce
            | Stage::CeasefireLapsed
            | Stage::CeasefireViolated
            | Stage::CeasefireExtended
    )
}

type Sets<'c> = BTreeMap<Vec<ActorId>, Vec<Step<'c>>>;

fn by_mediators(steps: Vec<Step>) -> Sets {
    let mut out: Sets = BTreeMap::new();
    for step in steps {
        out.entry(step.mediators.clone()).or_default().push(step);
    }
    out
}

/// Splits "the offers of Peru and Chile" where each has a track alone.
fn distribute(mut sets: Sets) -> Sets {
    let alone: BTreeSet<ActorId> = sets.keys().filter(|k| k.len() == 1).map(|k| k[0].clone()).collect();
    let split: Vec<Vec<ActorId>> = sets
        .iter()
        .filter(|(k, steps)| {
            let mild = |s: &Step| is_offer(s.act.stage) || is_answer(s.act.stage) || is_mere_word(s);
            let offers = steps.iter().all(mild);
            k.len() >= 2 && offers && k.iter().all(|m| alone.contains(m))
        })
        .map(|(k, _)| k.clone())
        .collect();
    for key in split {
        for step in sets.remove(&key).unwrap_or_default() {
            for member in &key {
                let own = Step { mediators: vec![member.clone()], ..step.clone() };
                sets.entry(vec![member.clone()]).or_default().push(own);
            }
        }
    }
    sets
}

/// Moves talks told of one mediator into the joint track that holds him.
fn lift(mut sets: Sets) -> Sets {
    let talks = |steps: &[Step]| steps.iter().any(|s| !is_offer(s.act.stage) && !is_answer(s.act.stage));
    let keys: Vec<Vec<ActorId>> = sets.keys().cloned().collect();
    for key in &keys {
        let mut larger: Vec<&Vec<ActorId>> = keys
            .iter()
            .filter(|k| k.len() > key.len() && words::shared(k, key) == key.len())
            .filter(|k| sets.get(*k).is_some_and(|s| talks(s)))
            .collect();
        let told = |k: &Vec<ActorId>| sets.get(k).map_or(0, Vec::len);
        larger.sort_by_key(|k| (k.len(), Reverse(told(k)), (*k).clone()));
        // Of two joint tracks that could hold him as well, neither does.
        let one = match larger[..] {
            [one] => one,
            [one, next, ..] if one.len() < next.len() || told(one) >= 2 * told(next) => one,
            _ => continue,
        };
        let steps = sets.remove(key).unwrap_or_default();
        let own = |s: &Step| is_offer(s.act.stage) && !same::of_talks(s);
        let offers = steps.iter().any(own);
        let (stay, go): (Vec<Step>, Vec<Step>) =
            steps.into_iter().partition(|s| own(s) || (offers && is_answer(s.act.stage)));
        if !stay.is_empty() {
            sets.insert(key.clone(), stay);
        }
        sets.entry(one.clone()).or_default().extend(go);
    }
    sets.retain(|_, steps| !steps.is_empty());
    sets
}

/// Splits the steps of one set of mediators by the dispute that they are about.
fn by_scope(steps: Vec<Step>) -> Vec<Vec<Step>> {
    let mut told: BTreeMap<Vec<ActorId>, usize> = BTreeMap::new();
    for step in &steps {
        *told.entry(step.scope.clone()).or_default() += 1;
    }
    let mut order: Vec<(Vec<ActorId>, usize)> = told.into_iter().collect();
    order.sort_by_key(|(scope, n)| (Reverse(scope.len()), Reverse(*n), scope.clone()));
    // The widest scopes first; a narrower one joins the most told of those that it fits.
    let mut scopes: Vec<(Vec<ActorId>, usize)> = Vec::new();
    let mut home: BTreeMap<Vec<ActorId>, usize> = BTreeMap::new();
    for (scope, n) in order {
        let fitting = (0..scopes.len()).filter(|i| same_scope(&scopes[*i].0, &scope));
        match fitting.max_by_key(|i| (scopes[*i].1, Reverse(*i))) {
            Some(i) => {
                home.insert(scope, i);
                scopes[i].1 += n;
            }
            None => {
                home.insert(scope.clone(), scopes.len());
                scopes.push((scope, n));
            }
        }
    }
    let mut out: Vec<Vec<Step>> = scopes.iter().map(|_| Vec::new()).collect();
    for step in steps {
        let at = home[&step.scope];
        out[at].push(step);
    }
    out
}

/// What a track without its steps tells: enough to see whether an act belongs to it.
struct Outline<'t> {
    scope: BTreeSet<&'t ActorId>,
    mediators: &'t [ActorId],
    /// Was there more than an offer?
    talks: bool,
    /// Did anything of it take place, and is not only planned?
    held: bool,
    /// Did it bring a truce?
    truce: bool,
    /// Places of its talks with the days from the first to the last there, where known.
    venues: Vec<(&'t Spot, Option<(i32, i32)>)>,
    /// Reports that tell of it, links aside.
    tellers: BTreeSet<usize>,
    steps: usize,
    /// Where its first step stands in its report.
    first: Option<usize>,
}

impl<'t> Outline<'t> {
    fn of(track: &'t Track) -> Outline<'t> {
        let met = |s: &&Step| !is_offer(s.act.stage) && !is_answer(s.act.stage);
        let mut venues: BTreeMap<&str, (&Spot, Option<(i32, i32)>)> = BTreeMap::new();
        for step in track.steps.iter().filter(met) {
            if let (Some(place), Some(spot)) = (venue(step.act), step.occasion.spot()) {
                let span = &mut venues.entry(&place.name).or_insert((spot, None)).1;
                let ends = days::ends(step.when);
                *span = match (*span, ends) {
                    (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                    (a, b) => a.or(b),
                };
            }
        }
        Outline {
            mediators: &track.mediators,
            scope: track.steps.iter().flat_map(|s| &s.scope).collect(),
            talks: {
                let real = |s: &Step| s.act.modality != Modality::Hypothetical;
                track.steps.iter().any(|s| met(&s) && real(s) && !(is_mere_word(s) && s.parties.is_empty()))
            },
            held: track.steps.iter().any(|s| {
                met(&s)
                    && matches!(s.act.modality, Modality::Occurred | Modality::Ongoing | Modality::Historical)
            }),
            truce: track.steps.iter().any(|s| s.act.stage == Stage::CeasefireAgreed),
            venues: venues.into_values().collect(),
            tellers: track.steps.iter().filter(|s| !only_link(s.evidence)).map(|s| s.told).collect(),
            steps: track.steps.len(),
            first: track.steps.iter().filter_map(|s| Some(s.evidence.first()?.sentence.start())).min(),
        }
    }

    fn fits(&self, step: &Step) -> bool {
        let shared = step.scope.iter().filter(|p| self.scope.contains(p)).count();
        // Talks told without parties take in what they host, and not whatever two sides agree on elsewhere.
        let scope = step.scope.is_empty()
            || shared == step.scope.len().min(self.scope.len())
                && (shared > 0 || self.truce || !fares(step.act.stage))
                && (shared > 0 || self.held || self.hosted(step) || self.same_venue(step));
        let answers = is_answer(step.act.stage) && !step.to_foe;
        scope && (self.talks || answers || self.hosted(step)) && !self.speaks_against(step)
    }

    /// Was it announced by the mediator or held in his country?
    fn hosted(&self, step: &Step) -> bool {
        let there = step.act.place.as_ref().map(|p| &p.countries[..]).unwrap_or_default();
        self.mediators.iter().any(|m| step.by.contains(m) || there.iter().any(|c| c == m.as_str()))
    }

    /// Every talks of the track were elsewhere and at another time.
    fn speaks_against(&self, step: &Step) -> bool {
        // Where a truce holds or breaks is no venue.
        let spot = step.occasion.spot().filter(|_| !fares(step.act.stage));
        let (Some(spot), Some((from, to))) = (spot, days::ends(step.when)) else {
            return false;
        };
        let apart = |(venue, span): &(&Spot, Option<(i32, i32)>)| {
            let far = span.is_some_and(|(a, b)| from - b > ELSEWHERE || a - to > ELSEWHERE);
            far && fit::places(Some(venue), Some(spot)) == Fit::Apart
        };
        !self.venues.is_empty() && self.venues.iter().all(apart)
    }

    fn same_venue(&self, step: &Step) -> bool {
        self.venues.iter().any(|(v, _)| fit::places(Some(v), step.occasion.spot()) == Fit::Same)
    }
}

/// Gives acts without a mediator to the mediated track that they fit; hands back those of direct talks.
fn place_unmediated<'c>(tracks: &mut [Track<'c>], steps: Vec<Step<'c>>) -> Vec<Step<'c>> {
    let outlines: Vec<Outline> = tracks.iter().map(Outline::of).collect();
    let homes: Vec<Option<usize>> = steps.iter().map(|s| mediated_home(&outlines, s)).collect();
    drop(outlines);
    let mut direct = Vec::new();
    for (step, home) in steps.into_iter().zip(homes) {
        match home {
            Some(at) => tracks[at].steps.push(step),
            None => direct.push(step),
        }
    }
    direct
}

fn mediated_home(outlines: &[Outline], step: &Step) -> Option<usize> {
    // What a report tells before any offer answers none of those that it tells after.
    let early = |o: &Outline| {
        let at = step.evidence.first().map(|e| e.sentence.start());
        is_answer(step.act.stage)
            && o.tellers.len() == 1
            && o.tellers.contains(&step.told)
            && o.first.zip(at).is_some_and(|(first, at)| first > at)
    };
    let found: Vec<usize> =
        (0..outlines.len()).filter(|i| outlines[*i].fits(step) && !early(&outlines[*i])).collect();
    match found[..] {
        [] => None,
        // An answer to nobody's offer in particular is an answer to the only one.
        [one] => Some(one),
        _ => {
            let score = |i: &usize| {
                let o = &outlines[*i];
                let (venue, beside) = (o.same_venue(step), o.tellers.contains(&step.told));
                // A venue that one sentence names weighs no more than a process that many tell.
                let many = o.tellers.len() >= 2;
                (2 * u8::from(venue) + u8::from(beside) + 2 * u8::from(many), o.steps, Reverse(*i))
            };
            let best = found.iter().max_by_key(|i| score(i)).copied()?;
            let o = &outlines[best];
            (o.same_venue(step) || o.tellers.contains(&step.told) || !is_answer(step.act.stage))
                .then_some(best)
        }
    }
}
