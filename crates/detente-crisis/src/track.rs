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
use crate::role::Roles;
use crate::{same, words};
use detente_types::{Act, ActorId, ActorKind, Cited, EventType, Evidence, Modality, Place, Stage, When};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Days from which what is told of a track is another process of the past, where a nearer one is told.
const LONG_AGO: i32 = 366;
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
    let main = &case.parties[..case.parties.len().min(2)];
    let sets = lift(distribute(by_mediators(mediated)));
    let mut tracks: Vec<Track> = sets
        .into_iter()
        .flat_map(|(mediators, steps)| {
            let scopes = by_scope(steps, main);
            scopes.into_iter().map(move |steps| Track { mediators: mediators.clone(), appeals: false, steps })
        })
        .collect();
    tracks.iter_mut().for_each(forget_mere_words);
    // What was done first, so that an answer finds the agreement that it answers.
    let (answers, deeds): (Vec<Step>, Vec<Step>) =
        unmediated.into_iter().partition(|s| is_answer(s.act.stage));
    let mediated = tracks.len();
    for steps in [deeds, answers] {
        let direct = place_unmediated(&mut tracks, mediated, steps);
        tracks.extend(by_scope(direct, main).into_iter().map(|steps| Track {
            mediators: Vec::new(),
            appeals: false,
            steps,
        }));
    }
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
            // "He is to meet the general": whom the reports know one side of are no talks of two.
            // But a mediator who comes from talks with one side was at work.
            let by_third = step.by.iter().any(|b| roles.third.contains(b));
            let alone = step.mediators.is_empty() && step.parties.len() < 2 && act.fact.parties.len() > 1;
            if act.fact.stage == Stage::Talks && alone && !by_third {
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
    let talks = |steps: &[Step]| steps.iter().any(same::of_talks);
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
        let Some(steps) = sets.get(key).cloned() else { continue };
        let tables: Vec<&Step> = sets.get(one).into_iter().flatten().filter(|s| same::of_talks(s)).collect();
        // "invited both to Doha" is an offer of the talks that were then held there.
        let held_there = |s: &Step| {
            let there = |t: &&Step| fit::places(t.occasion.spot(), s.occasion.spot()) == Fit::Same;
            s.occasion.spot().is_some() && tables.iter().any(there)
        };
        let led = steps.iter().any(|s| is_offer(s.act.stage) && held_there(s));
        let own = |s: &Step| is_offer(s.act.stage) && !same::of_talks(s) && !led;
        let offers = steps.iter().any(own);
        let (stay, go): (Vec<Step>, Vec<Step>) =
            steps.into_iter().partition(|s| own(s) || (offers && is_answer(s.act.stage)));
        sets.remove(key);
        if !stay.is_empty() {
            sets.insert(key.clone(), stay);
        }
        sets.entry(one.clone()).or_default().extend(go);
    }
    sets.retain(|_, steps| !steps.is_empty());
    sets
}

/// Splits the steps of one set of mediators by the dispute that they are about. What one of the two main sides answers is
/// about the dispute of both.
fn by_scope<'c>(steps: Vec<Step<'c>>, main: &[ActorId]) -> Vec<Vec<Step<'c>>> {
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
        let one_side = |scope: &[ActorId]| scope.len() == 1 && main.contains(&scope[0]);
        let fitting = (0..scopes.len()).filter(|i| {
            let other = &scopes[*i].0;
            same_scope(other, &scope) || one_side(other) && one_side(&scope)
        });
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
    /// Reports that tell of an agreement that it brought.
    closed: BTreeSet<usize>,
    /// Reports that tell that talks were called or hosted.
    convened: BTreeSet<usize>,
    /// First and last day of its dated steps.
    days: Option<(i32, i32)>,
    /// Reports that tell of an offer in it.
    offered: BTreeSet<usize>,
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
            closed: {
                let closes = |s: &&Step| matches!(s.act.stage, Stage::CeasefireAgreed | Stage::Agreement);
                track.steps.iter().filter(closes).map(|s| s.told).collect()
            },
            convened: {
                let called =
                    |s: &&Step| s.act.stage == Stage::Convene && s.act.modality == Modality::Occurred;
                track.steps.iter().filter(called).map(|s| s.told).collect()
            },
            days: track.steps.iter().filter_map(|s| days::ends(s.when)).fold(None, |all, (from, to)| {
                Some(all.map_or((from, to), |(a, b): (i32, i32)| (a.min(from), b.max(to))))
            }),
            offered: track.steps.iter().filter(|s| is_offer(s.act.stage)).map(|s| s.told).collect(),
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
        // "it was not bound by the deal", says one who was no party to it.
        let outside = is_answer(step.act.stage) && self.closed.contains(&step.told) && shared == 0;
        // "The meeting was called by the bishops" stands beside the meeting, whoever sat there.
        let called = step.act.stage == Stage::Talks && self.convened.contains(&step.told);
        (scope || outside || called)
            && (self.talks || answers || called || self.hosted(step))
            && !self.speaks_against(step)
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

    /// Did all of it lie years before or after the step?
    fn of_another_time(&self, step: &Step) -> bool {
        let far = |((a, b), (from, to)): ((i32, i32), (i32, i32))| from - b > LONG_AGO || a - to > LONG_AGO;
        self.days.zip(days::ends(step.when)).is_some_and(far)
    }

    fn same_venue(&self, step: &Step) -> bool {
        self.venues.iter().any(|(v, _)| fit::places(Some(v), step.occasion.spot()) == Fit::Same)
    }
}

/// Gives acts without a mediator to the mediated track that they fit, else to direct talks that there are; hands back
/// those of direct talks of their own. The first `mediated` tracks are mediated.
fn place_unmediated<'c>(tracks: &mut [Track<'c>], mediated: usize, steps: Vec<Step<'c>>) -> Vec<Step<'c>> {
    let outlines: Vec<Outline> = tracks.iter().map(Outline::of).collect();
    let (third, direct) = outlines.split_at(mediated);
    let closes = |s: &Step| direct.iter().position(|o| o.closed.contains(&s.told) && o.fits(s));
    let homes: Vec<Option<usize>> =
        steps.iter().map(|s| mediated_home(third, s).or_else(|| closes(s).map(|n| mediated + n))).collect();
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
    let mut found: Vec<usize> =
        (0..outlines.len()).filter(|i| outlines[*i].fits(step) && !early(&outlines[*i])).collect();
    if found.iter().any(|&i| !outlines[i].of_another_time(step)) {
        found.retain(|&i| !outlines[i].of_another_time(step));
    }
    match found[..] {
        [] => None,
        // An answer to nobody's offer in particular is an answer to the only one.
        [one] => Some(one),
        _ => {
            let offered = found.iter().any(|&i| outlines[i].offered.contains(&step.told));
            let score = |i: &usize| {
                let o = &outlines[*i];
                let (venue, beside) = (o.same_venue(step), o.tellers.contains(&step.told));
                // A venue that one sentence names weighs no more than a process that many tell.
                let many = o.tellers.len() >= 2;
                // Who confirms a deal confirms that of the same report, if it tells of no offer.
                let confirms = matches!(step.act.stage, Stage::Accept | Stage::Decline) && !offered;
                let closed = confirms && o.closed.contains(&step.told);
                let points = 2 * u8::from(venue) + u8::from(beside) + 2 * u8::from(many);
                (closed, points, o.steps, Reverse(*i))
            };
            let best = found.iter().max_by_key(|i| score(i)).copied()?;
            let o = &outlines[best];
            (o.same_venue(step) || o.tellers.contains(&step.told) || !is_answer(step.act.stage))
                .then_some(best)
        }
    }
}
