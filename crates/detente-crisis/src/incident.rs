//! The events of all reports in, the happenings behind them out.
//!
//! # How
//! 1. [`views`] puts every event that is a happening into comparable form. Comments, fears,
//!    possibilities and undated words of support are left to the crisis as statements.
//! 2. [`cluster`]: events are taken from the most exactly told to the least, so that the vague ones find the
//!    exact ones waiting; ties go by report and place in the text, never by order of arrival. Each joins
//!    the cluster that has no veto against it ([`crate::alike`]) and the most points. One that fits two clusters
//!    equally well and has neither day nor place joins none: it could be either.
//! 3. Clusters are found by type, class, side and day, so the work grows with the number of events and not
//!    with its square. An event with no day looks at the week before publication, and at no more than
//!    a few dozen clusters ([`crate::shelf`]).
//! 4. [`merge`] makes the incident: the shortest interval that the tellings agree on (one that spans both
//!    where they are a day apart), the most exact place, the finest actors, the strongest word for how
//!    real it is, status and origins. What ended a quarter of a year before all its reports, or before the first
//!    dated blow or charge of the crisis, is background.
//! 5. Episodes and what is contested are settled in [`crate::episode`].
//! # Does not
//! Say on what the tellings differ: [`crate::disagreement`] does.

use crate::alike::{self, Likeness, View};
use crate::case::{Case, Told, gather, ids, only_link};
use crate::days;
use crate::deed;
use crate::echo;
use crate::fit::Occasion;
use crate::join;
use crate::origin::{self, Teller};
use crate::shelf::Index;
use crate::telling::{self, Telling};
use crate::words;
use detente_types::date::Basis;
use detente_types::incident::{EventAt, Status};
use detente_types::{
    ActorId, ActorKind, ActorRef, Event, EventId, EventType, Evidence, Incident, IncidentId, Modality,
    Polarity, SentenceKind, Stage, Tier, Via, When,
};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Members of a cluster that an event is compared with, at most: the most exact ones.
const MEMBERS: usize = 12;
/// Days between an event and its report from which it is background: a quarter of a year.
const BACKGROUND: i32 = 92;

/// The incidents of a case, and which events went where.
#[derive(Debug, Default)]
pub(crate) struct Incidents {
    /// In order of time.
    pub list: Vec<Incident>,
    /// (report, event) by place to the incident's place in the list.
    pub of: BTreeMap<(usize, usize), usize>,
}

impl Incidents {
    /// The incident that an event of a report went into.
    pub(crate) fn of_event(&self, case: &Case, told: usize, event: &EventId) -> Option<usize> {
        self.of.get(&(told, case.told[told].event_at(event)?)).copied()
    }
}

/// One cluster of events, as places in the list of views.
pub(crate) struct Cluster {
    pub members: Vec<usize>,
    pub confidence: f64,
}

/// Is the event a happening, or something said that is none?
pub(crate) fn is_happening(event: &Event, when: &When) -> bool {
    match event.kind {
        EventType::Comment | EventType::Outlook => false,
        _ if matches!(event.modality, Modality::Feared | Modality::Hypothetical) => false,
        // Support is mostly words; with a calendar date it is an event: a recognition, a signature.
        EventType::Support => when.basis == Basis::Explicit && when.from().is_some() && when.to().is_some(),
        _ => true,
    }
}

/// Puts the events of all reports together.
pub(crate) fn incidents(case: &Case) -> Incidents {
    let mut views = views(case);
    let echoes = echo::echoes(case, &views);
    echo::lend(&mut views, &echoes);
    let mut clusters = cluster(&views, &echoes);
    join::follow(case, &views, &mut clusters);
    let mut made: Vec<(Incident, Vec<usize>)> =
        clusters.into_par_iter().map(|c| (merge(case, &views, &c, &echoes), c.members)).collect();
    // Of one day, the one told first stands first: ids would turn the order with every copy that comes in.
    let told_first = |members: &[usize]| members.iter().map(|m| (views[*m].copy, views[*m].at)).min();
    made.sort_by_cached_key(|(i, members)| (in_time(&i.when), told_first(members), i.id.clone()));
    let mut out = Incidents::default();
    for (place, (incident, members)) in made.into_iter().enumerate() {
        out.of.extend(members.iter().map(|m| ((views[*m].told, views[*m].at), place)));
        out.list.push(incident);
    }
    before_the_conflict(&mut out.list);
    out
}

/// Is it a blow that its report tells as news, with no day but its own?
fn is_news(incident: &Incident) -> bool {
    incident.kind == EventType::Assault
        && incident.polarity == Polarity::Affirmed
        && matches!(incident.modality, Modality::Occurred | Modality::Alleged)
        && incident.when.from().is_none()
        && incident.when.to().is_some()
}

/// What ended before the first dated blow, threat or charge of the crisis is background.
fn before_the_conflict(list: &mut [Incident]) {
    let hostile = |i: &&Incident| {
        let kind = matches!(
            i.kind,
            EventType::Assault
                | EventType::Threaten
                | EventType::Accuse
                | EventType::Coerce
                | EventType::Mobilize
        );
        let dated = days::within(&i.when, 31) && i.when.basis != Basis::Published;
        kind && !i.background && (dated || is_news(i))
    };
    let first = |i: &Incident| i.when.from().or(i.when.to());
    let Some(start) = list.iter().filter(hostile).filter_map(first).min() else { return };
    for incident in list.iter_mut() {
        incident.background |= incident.when.to().is_some_and(|to| to < start);
    }
}

/// Order of time: by the first day, then the last; what has no day comes last.
pub(crate) fn in_time(when: &When) -> (bool, i32, i32) {
    let (from, to) = (when.from().map(days::number), when.to().map(days::number));
    match (from, to) {
        (None, None) => (true, 0, 0),
        (Some(a), b) => (false, a, b.unwrap_or(i32::MAX)),
        (None, Some(b)) => (false, b, b),
    }
}

/// Gives everything compared by equality a number.
pub(crate) struct Numbers<T>(BTreeMap<T, u32>);

impl<T> Default for Numbers<T> {
    fn default() -> Numbers<T> {
        Numbers(BTreeMap::new())
    }
}

impl<T: Ord> Numbers<T> {
    /// Equal things, equal numbers.
    pub(crate) fn of(&mut self, thing: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(thing).or_insert(next)
    }
}

/// Who speaks in an event, on what occasion, and as which step of mediation.
#[derive(Clone, Copy, Default)]
struct Speech<'c> {
    person: Option<&'c ActorId>,
    occasion: Option<&'c str>,
    stage: Option<Stage>,
}

/// The speech behind each event of a report. A headline or lede that leaves the speaker out takes the one
/// speaker whom the report has for that side, and his one occasion: it is the same speech.
fn speeches<'c>(case: &Case, told: &'c Told) -> Vec<Speech<'c>> {
    let reading = &told.reading;
    let is_person = |id: &&ActorId| case.kin.kind(id) == ActorKind::Person;
    let mut out: Vec<Speech> = Vec::new();
    for event in &reading.events {
        let act = reading.acts.iter().find(|a| a.event.as_ref() == Some(&event.id));
        let by = act.into_iter().flat_map(|a| ids(&a.by));
        let said = ids(&event.attributed_to).chain(by).chain(ids(&event.actors));
        out.push(Speech {
            person: said.take(3).find(is_person),
            occasion: act.and_then(|a| a.occasion.as_deref()),
            stage: act.map(|a| a.stage),
        });
    }
    let mut speakers: BTreeMap<ActorId, BTreeSet<&ActorId>> = BTreeMap::new();
    let mut occasions: BTreeMap<&ActorId, BTreeSet<&str>> = BTreeMap::new();
    for (speech, event) in out.iter().zip(&reading.events) {
        let speaks = origin::is_verbal(event.kind) || !event.attributed_to.is_empty();
        if let Some(person) = speech.person.filter(|_| speaks) {
            speakers.entry(case.kin.side(person)).or_default().insert(person);
            occasions.entry(person).or_default().extend(speech.occasion);
        }
    }
    let only =
        |set: Option<&BTreeSet<&'c ActorId>>| set.filter(|s| s.len() == 1).and_then(|s| s.first().copied());
    for (speech, event) in out.iter_mut().zip(&reading.events) {
        if speech.person.is_none() && origin::is_verbal(event.kind) {
            let side = event.actors.first().map(|r| case.kin.side(&r.actor));
            speech.person = side.and_then(|side| only(speakers.get(&side)));
        }
        if speech.occasion.is_none() {
            let held = speech.person.and_then(|p| occasions.get(p));
            speech.occasion = held.filter(|s| s.len() == 1).and_then(|s| s.first().copied());
        }
    }
    out
}

/// Events in the form in which they are compared.
fn views<'c>(case: &'c Case) -> Vec<View<'c>> {
    let (mut sides, mut stems) = (Numbers(BTreeMap::new()), Numbers(BTreeMap::new()));
    let mut out = Vec::new();
    for (t, told) in case.told.iter().enumerate() {
        let speeches = speeches(case, told);
        let tallies = deed::tallies(told);
        let dead = deed::dead(told);
        for (at, event) in told.reading.events.iter().enumerate() {
            let (when, speech) = (&told.events[at], speeches[at]);
            if !is_happening(event, when) || tallies.contains(&event.id) && !days::within(when, 2) {
                continue;
            }
            let mut named = |refs: &[ActorRef]| -> Vec<u32> {
                let known = ids(refs).filter(|id| !case.kin.is_unnamed(id));
                sorted(known.map(|id| sides.of(case.kin.side(id))).collect())
            };
            let (actors, recipients) = (named(&event.actors), named(&event.recipients));
            out.push(View {
                told: t,
                at,
                sentence: told.sentence_of(told.event(at).evidence()),
                event,
                class: alike::class(event),
                everybody: sorted(actors.iter().chain(&recipients).copied().collect()),
                actors,
                recipients,
                from: when.from().map(days::number),
                to: when.to().map(days::number),
                published: days::ends(&told.published),
                copy: told.copy,
                words: sorted(told_words(case, told, at).into_iter().map(|w| stems.of(w)).collect()),
                person: speech.person.map(|id| sides.of(id.clone())),
                occasion: Occasion::of(speech.occasion, event.place.as_ref()),
                charged: charged(told, event).map_or_else(Vec::new, |topic| {
                    sorted(topic.iter().map(|w| stems.of(words::stem(&words::fold(w)))).collect())
                }),
                stage: speech.stage,
                headline: told.event(at).evidence().iter().all(|e| e.tier == Tier::Headline),
                dead: dead.get(&event.id).copied(),
            });
        }
    }
    out
}

/// Content words of an event; of an accusation those of the charge alone, for it is the charge that two share or do not.
fn told_words(case: &Case, told: &Told, at: usize) -> Vec<String> {
    let event = &told.event(at).fact;
    let mut all = words::content(&event.gist);
    if event.kind == EventType::Accuse {
        let sides = event.actors.iter().chain(&event.recipients);
        let names: BTreeSet<String> = sides.flat_map(|r| words::content(case.kin.name(&r.actor))).collect();
        let printed = event.actors.iter().chain(&event.recipients).filter_map(|r| r.span);
        let text = told.reading.document.text();
        let names: BTreeSet<String> = printed
            .flat_map(|s| words::content(s.of(text)))
            .chain(names)
            .chain(words::content(event.trigger.of(text)))
            .collect();
        let charge: Vec<String> = all.iter().filter(|w| !names.contains(*w)).cloned().collect();
        if !charge.is_empty() {
            all = charge;
        }
    }
    all
}

/// What is charged by an accusation, as the claim that was read from it says.
fn charged<'c>(told: &'c crate::case::Told<'_>, event: &Event) -> Option<&'c [String]> {
    let claims = told.reading.claims.iter().filter(|_| event.kind == EventType::Accuse);
    let mut of_event = claims.filter(|c| c.event.as_ref() == Some(&event.id));
    of_event.next().map(|c| &c.topic[..])
}

fn sorted(mut list: Vec<u32>) -> Vec<u32> {
    list.sort_unstable();
    list.dedup();
    list
}

/// How exactly an event is told: what has a day and a place goes first.
pub(crate) fn exactness(view: &View) -> i32 {
    let dated = view.from.zip(view.to).map_or(0, |(a, b)| match b - a {
        0 => 8,
        1..=2 => 7,
        3..=31 => 4,
        _ => 2,
    });
    let place =
        view.event.place.as_ref().map_or(0, |p| if p.precision.is_none_or(|p| p <= 3) { 3 } else { 1 });
    let roles = i32::from(!view.actors.is_empty()) + i32::from(!view.recipients.is_empty());
    dated + place + roles + i32::from(!view.event.modes.is_empty())
}

fn cluster(views: &[View], echoes: &BTreeMap<usize, usize>) -> Vec<Cluster> {
    let mut order: Vec<usize> = (0..views.len()).collect();
    order.sort_by_key(|v| (Reverse(exactness(&views[*v])), views[*v].told, views[*v].at));
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut index = Index::default();
    let twins = twins(views, &order);
    for v in order.into_iter().filter(|v| !twins.contains_key(v) && !echoes.contains_key(v)) {
        let view = &views[v];
        let found = index.near(view).into_iter().filter_map(|c| Some((fit(views, v, &clusters[c])?, c)));
        let mut found: Vec<(Likeness, usize)> =
            found.filter(|(l, _)| l.points >= alike::enough(view.event.kind)).collect();
        found.sort_by_key(|(l, c)| (Reverse(l.points), *c));
        let torn = match found[..] {
            [(a, _), (b, _), ..] => a.points == b.points && !view.is_dated() && view.event.place.is_none(),
            _ => false,
        };
        match found.first().filter(|_| !torn) {
            Some((likeness, c)) => {
                clusters[*c].members.push(v);
                clusters[*c].confidence = clusters[*c].confidence.min(likeness.confidence);
                index.put(view, *c);
            }
            None => {
                index.put(view, clusters.len());
                clusters.push(Cluster { members: vec![v], confidence: 1.0 });
            }
        }
    }
    let home: BTreeMap<usize, usize> = clusters
        .iter()
        .enumerate()
        .flat_map(|(c, cluster)| cluster.members.iter().map(move |m| (*m, c)))
        .collect();
    // What goes back to a twin goes where the twin goes; what is both is a twin.
    let first = |v: usize| twins.get(&v).copied().unwrap_or(v);
    let back = |v: usize| echoes.get(&first(v)).map_or(first(v), |f| first(*f));
    for v in (0..views.len()).filter(|v| twins.contains_key(v) || echoes.contains_key(v)) {
        clusters[home[&back(v)]].members.push(v);
    }
    clusters
}

/// Events that a copy, or the standfirst of the same report, tells in the same words, each with the
/// first such event. They go where that one goes and sway nothing.
fn twins(views: &[View], order: &[usize]) -> BTreeMap<usize, usize> {
    let mut firsts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for v in order.iter().copied().filter(|v| !views[*v].words.is_empty()) {
        let view = &views[v];
        let key = (view.copy, view.event.kind, view.class, &view.actors, &view.recipients, &view.words);
        let list = firsts.entry(key).or_default();
        match list.iter().find(|f| alike::at_once(&views[**f], view)) {
            Some(first) => {
                out.insert(v, *first);
            }
            None => list.push(v),
        }
    }
    out
}

/// How well an event fits a cluster: no member may have a veto; the best match counts.
fn fit(views: &[View], v: usize, cluster: &Cluster) -> Option<Likeness> {
    let mut best: Option<Likeness> = None;
    for member in cluster.members.iter().take(MEMBERS) {
        let likeness = alike::compare(&views[v], &views[*member])?;
        if best.is_none_or(|b| likeness.points > b.points) {
            best = Some(likeness);
        }
    }
    best
}

/// The incident of a cluster. Its members stand with the most exactly told first.
fn merge(case: &Case, views: &[View], cluster: &Cluster, echoes: &BTreeMap<usize, usize>) -> Incident {
    let members: Vec<&View> = cluster.members.iter().map(|m| &views[*m]).collect();
    let first = members[0];
    let cited = |v: &View| case.told[v.told].event(v.at).evidence();
    let evidence = gather(members.iter().map(|v| cited(v)));
    let mut events: Vec<EventAt> = members
        .iter()
        .map(|v| EventAt { document: case.told[v.told].id().clone(), event: v.event.id.clone() })
        .collect();
    events.sort();
    let tellers: Vec<Teller> =
        members.iter().map(|v| Teller { told: v.told, speaker: origin::speaker(v.event).cloned() }).collect();
    let origins = origin::origins(case, &tellers);
    let actors = finest(case, members.iter().flat_map(|v| &v.event.actors));
    let recipients = finest(case, members.iter().flat_map(|v| &v.event.recipients));
    let attributed_to = attributed_to(&members);
    let all =
        |f: fn(&Event) -> &[detente_types::Context]| unique(members.iter().flat_map(|v| f(v.event)).copied());
    let inferred = |r: &&ActorRef| r.via == Via::Inferred;
    let roles = members.iter().flat_map(|v| v.event.actors.iter().chain(&v.event.recipients));
    let place = members.iter().filter_map(|v| v.event.place.as_ref());
    let place = place.min_by_key(|p| (p.precision.unwrap_or(4), p.name.len()));
    let modes = unique(members.iter().flat_map(|v| &v.event.modes).copied());
    let fields = telling::Fields {
        kind: first.event.kind,
        modes: &modes,
        modality: modality(&members),
        polarity: first.event.polarity,
        actors: &actors,
        recipients: &recipients,
        place,
    };
    let gist = gist(case, &by_itself(views, cluster, echoes), &fields);
    let status = status(case, &members, &origins, &evidence);
    Incident {
        id: IncidentId::of(events.iter().map(|e| e.event.as_str())),
        kind: first.event.kind,
        place: place.cloned(),
        modes,
        contexts: all(|e| &e.contexts),
        modality: modality(&members),
        polarity: first.event.polarity,
        actors,
        recipients,
        others: finest(case, members.iter().flat_map(|v| &v.event.others)),
        attributed_to,
        when: days::agreed(members.iter().map(|v| &case.told[v.told].events[v.at])),
        gist,
        status,
        origins,
        events,
        episode: None,
        parts: Vec::new(),
        confidence: if members.len() == 1 { 1.0 } else { cluster.confidence },
        background: members.iter().all(|v| is_background(case, v)),
        inferred: unique(roles.filter(inferred).cloned()),
        evidence,
    }
}

/// The members that can be read by themselves, if there are any: "three others died in the strike" says nothing to who
/// has not read what it goes back to.
fn by_itself<'v, 'c>(
    views: &'v [View<'c>],
    cluster: &Cluster,
    echoes: &BTreeMap<usize, usize>,
) -> Vec<&'v View<'c>> {
    let again = |m: &&usize| echoes.get(m).is_some_and(|f| views[*f].sentence != views[**m].sentence);
    let fresh: Vec<&View> = cluster.members.iter().filter(|m| !again(m)).map(|m| &views[*m]).collect();
    if fresh.is_empty() { cluster.members.iter().map(|m| &views[*m]).collect() } else { fresh }
}

/// Those by whose word alone it is known: nobody if a report tells it on its own account.
fn attributed_to(members: &[&View]) -> Vec<ActorId> {
    if members.iter().any(|v| v.event.attributed_to.is_empty()) {
        return Vec::new();
    }
    unique(members.iter().flat_map(|v| ids(&v.event.attributed_to)).cloned())
}

fn unique<T: Ord>(list: impl Iterator<Item = T>) -> Vec<T> {
    list.collect::<BTreeSet<T>>().into_iter().collect()
}

fn finest<'r>(case: &Case, refs: impl Iterator<Item = &'r ActorRef>) -> Vec<ActorId> {
    case.kin.finest(refs.map(|r| r.actor.clone()).collect())
}

/// The strongest word among the reports; within a class only the real ones differ.
fn modality(members: &[&View]) -> Modality {
    let rank = |m: Modality| match m {
        Modality::Occurred => 0,
        Modality::Ongoing => 1,
        Modality::Historical => 2,
        Modality::Offered | Modality::Demanded => 3,
        _ => 4,
    };
    let all = members.iter().map(|v| v.event.modality);
    all.min_by_key(|m| (rank(*m), *m)).unwrap_or(Modality::Occurred)
}

/// The line to print, out of all tellings, the most exact of the earliest report first.
fn gist(case: &Case, members: &[&View], fields: &telling::Fields) -> String {
    let mut order: Vec<&View> = members.iter().copied().filter(|v| !v.event.gist.is_empty()).collect();
    order.sort_by_key(|v| (Reverse(exactness(v)), v.told, v.at));
    let tellings: Vec<Telling> =
        order.iter().take(MEMBERS).map(|v| telling(&case.told[v.told], v.at)).collect();
    telling::line(case, &tellings, fields)
}

/// The line of an event that is no happening, by the same rules.
pub(crate) fn gist_of(case: &Case, told: &Told, at: usize) -> String {
    let event = &told.event(at).fact;
    let list = |refs: &[ActorRef]| -> Vec<ActorId> { ids(refs).cloned().collect() };
    let fields = telling::Fields {
        kind: event.kind,
        modes: &event.modes,
        modality: event.modality,
        polarity: event.polarity,
        actors: &list(&event.actors),
        recipients: &list(&event.recipients),
        place: event.place.as_ref(),
    };
    telling::line(case, &[telling(told, at)], &fields)
}

fn telling<'c>(told: &'c Told, at: usize) -> Telling<'c> {
    let evidence = told.event(at).evidence();
    let best = evidence.iter().min_by_key(|e| e.tier);
    let lede = told.reading.sentences.iter().find(|s| s.kind == SentenceKind::Body);
    Telling {
        event: &told.event(at).fact,
        sentence: best.map_or("", |e| e.sentence.of(told.reading.document.text())),
        tier: best.map_or(Tier::Body, |e| e.tier),
        lede: best.zip(lede).is_some_and(|(e, s)| s.span.overlaps(e.sentence)),
    }
}

fn is_background(case: &Case, view: &View) -> bool {
    if view.event.modality == Modality::Historical {
        return true;
    }
    let told = &case.told[view.told];
    let dated = told.events.iter().filter(|w| days::within(w, 31) && w.basis != Basis::Published);
    let newest = || dated.filter_map(|w| w.from()).max().map(days::number);
    let spoke = told.published.from().map(days::number).or_else(newest).or_else(|| told.latest());
    let ended = case.told[view.told].events[view.at].to().map(days::number);
    spoke.zip(ended).is_some_and(|(spoke, ended)| spoke - ended > BACKGROUND)
}

fn status(
    case: &Case,
    members: &[&View],
    origins: &[detente_types::story::Origin],
    evidence: &[Evidence],
) -> Status {
    if only_link(evidence) {
        return Status::Weak;
    }
    if perpetrators_differ(members) {
        return Status::Contested;
    }
    if origins.len() >= 2 {
        return Status::Corroborated;
    }
    let event = members[0].event;
    let speakers: Vec<ActorId> =
        case.kin.sides(members.iter().flat_map(|v| ids(&v.event.attributed_to).take(1)));
    let involved = case.kin.sides(ids(&event.actors).chain(ids(&event.recipients)));
    let always = members.iter().all(|v| !v.event.attributed_to.is_empty());
    match speakers[..] {
        [ref one] if always && !origin::is_verbal(event.kind) && involved.contains(one) => Status::Claimed,
        _ => Status::Reported,
    }
}

/// Does one telling name an attacker that another telling's attackers leave out, and the reverse?
pub(crate) fn perpetrators_differ(members: &[&View]) -> bool {
    let named: Vec<&View> =
        members.iter().copied().filter(|v| !v.actors.is_empty() && !v.is_mutual()).collect();
    named.first().is_some_and(|a| named.iter().any(|b| words::shared(&a.actors, &b.actors) == 0))
}
