//! The reports of one crisis in; the same reports with their dates as far as all of them tell.
//!
//! One report prints no date: "the group attacked on Thursday … two days later troops answered … by
//! Monday the roads were shut". Another says "the fighting that began on October 12" and has no year.
//! A third says "last month". Together they have dates: 12 October 2025 is a Sunday.
//!
//! # How
//! Three rounds, because a date found in one report can anchor the next:
//! 1. [`calendar`]: every happening that has a day or a month, by kind and sides.
//! 2. [`years`] gives "October 12" and "in May" their year: counted back from the report's own
//!    publication; else the only year with which any report names that month ("the clashes of October 2025");
//!    else counted from the last dated happening of the same kind and sides, else of the crisis.
//! 3. [`chains`] hangs the weekdays of a report on one another (see [`crate::chain`]) and moves the whole
//!    chain to the week in which its happenings are dated by other reports. An exact meeting is worth 4,
//!    a miss by one day 2 (a fight over midnight; a wire's time zone), two days nothing. The best week
//!    must have twice the votes of the next: in a war with an attack every day, a lone "Thursday" stays
//!    unresolved, as it should.
//! 4. [`counted`] counts "last month", "yesterday" from the bounds of publication.
//! 5. [`publication`] narrows those bounds: not before the last thing told as past; the month that makes
//!    "last month's clashes" fall on the clashes; within six days of the first weekday of a chain; within
//!    a week of a report of the same speech.
//! 6. Clashes of two sides without a date take the span of the attacks that the same report tells between
//!    them, if these lie within [`SPAN`] days ([`Basis::Inherited`]).
//! 7. Last, what was told as past and has no date was not after publication ([`Basis::Published`]).
//!
//! Every date found here has the basis [`Basis::Anchored`], except those that a report's own bounds of
//! publication decide. No date that the reader gave is changed.
//! # Does not
//! Date the future ("next Friday") or move a date to the middle of its interval.

use crate::case::{Case, Told, ids, only_link};
use crate::chain::{self, Chain, Target, Waypoint};
use crate::days::{self, Phrase};
use crate::fit::{self, Fit, Occasion};
use detente_types::date::{Basis, Precision, When};
use detente_types::{ActorId, Event, EventType, Modality, Polarity, Stage};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Rounds: a date found in the first can anchor another report in the second.
const ROUNDS: usize = 3;
/// Days by which a dateline without a year may lie from the other reports.
const NEAR: u32 = 60;
/// Days over which the attacks of one report may lie for undated clashes to take their span.
const SPAN: i32 = 14;
/// Days by which reports of one speech are published apart at most.
const SAME_SPEECH: i32 = 7;

/// What makes two happenings comparable before they are known to be one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Event(EventType, Vec<ActorId>),
    Act(Stage, Vec<ActorId>),
}

/// Happenings with a date.
#[derive(Default)]
struct Calendar {
    /// Days of happenings that are known to a day or two.
    days: BTreeMap<Key, BTreeSet<i32>>,
    /// Months, as year and month, of happenings known to a month or better.
    months: BTreeMap<Key, BTreeSet<(i16, i8)>>,
    /// Years with which each month is named in any report, whatever happened then.
    named: BTreeMap<i8, BTreeSet<i16>>,
    /// The last day of all of them.
    last: Option<Date>,
}

/// Dates the facts of the case as far as all reports together tell.
pub(crate) fn anchor(case: &mut Case) {
    let keys: Vec<Keys> = case.told.iter().map(|t| Keys::of(t, case)).collect();
    datelines(case);
    for _ in 0..ROUNDS {
        let calendar = calendar(case, &keys);
        for (told, keys) in case.told.iter_mut().zip(&keys) {
            years(told, keys, &calendar);
            chains(told, keys, &calendar);
            counted(told);
            publication(told, keys, &calendar);
        }
    }
    same_speech(case);
    for (told, keys) in case.told.iter_mut().zip(&keys) {
        clashes(told, keys);
        reported_by(told);
    }
}

/// A dateline of day and month takes the year that brings it nearest to the other reports of the crisis, if it
/// is near: "BANGKOK, July 25" beside reports of 28 July 2025 was printed in 2025.
fn datelines(case: &mut Case) {
    let dated: Vec<Date> = case.told.iter().filter_map(|t| t.published.to().or(t.published.from())).collect();
    for told in &mut case.told {
        if told.published.from().is_some() || told.published.to().is_some() {
            continue;
        }
        let Some(text) = told.published.text.clone() else { continue };
        let Some(Phrase::MonthDay(month, day)) = days::parse(&text) else { continue };
        let near = dated.iter().flat_map(|other| {
            [-1, 0, 1].into_iter().filter_map(move |turn| {
                let date = Date::new(other.year().checked_add(turn)?, month, day).ok()?;
                Some((days::number(date).abs_diff(days::number(*other)), date))
            })
        });
        if let Some((_, date)) = near.min().filter(|(apart, _)| *apart <= NEAR) {
            told.published = When::day(date, Basis::Anchored).said(text);
        }
    }
}

/// The keys of a report's events and acts, by place in its lists.
struct Keys {
    events: Vec<Vec<Key>>,
    acts: Vec<Vec<Key>>,
}

impl Keys {
    fn of(told: &Told, case: &Case) -> Keys {
        let named = |refs: &[detente_types::ActorRef]| {
            case.kin.sides(ids(refs).filter(|id| !case.kin.is_unnamed(id)))
        };
        let event = |e: &detente_types::Cited<Event>| {
            let (actors, recipients) = (named(&e.actors), named(&e.recipients));
            let sides = if only_link(e.evidence()) { Vec::new() } else { pairs(&actors, &recipients) };
            sides.into_iter().map(|sides| Key::Event(e.kind, sides)).collect()
        };
        let act = |a: &detente_types::Cited<detente_types::Act>| {
            let mut sides = named(&a.mediators);
            sides.extend(named(&a.by));
            let link = only_link(a.evidence());
            sides.into_iter().filter(|_| !link).map(|side| Key::Act(a.stage, vec![side])).collect()
        };
        Keys {
            events: told.reading.events.iter().map(event).collect(),
            acts: told.reading.acts.iter().map(act).collect(),
        }
    }

    fn get(&self, target: Target) -> &[Key] {
        match target {
            Target::Event(i) => &self.events[i],
            Target::Act(i) => &self.acts[i],
            Target::Figure(_) | Target::Claim(_) => &[],
        }
    }
}

/// Every pair of sides in an event; single sides where there is no pair. An ally whom one report adds
/// must not keep two tellings apart.
fn pairs(actors: &[ActorId], recipients: &[ActorId]) -> Vec<Vec<ActorId>> {
    let others = if recipients.is_empty() { actors } else { recipients };
    let mut out: BTreeSet<Vec<ActorId>> = BTreeSet::new();
    for a in actors {
        for b in others.iter().filter(|b| *b != a) {
            out.insert(vec![a.min(b).clone(), a.max(b).clone()]);
        }
    }
    if out.is_empty() {
        out.extend(actors.iter().chain(recipients).map(|side| vec![side.clone()]));
    }
    out.into_iter().collect()
}

/// Is it told as past, in this crisis?
fn is_past(event: &Event) -> bool {
    event.polarity == Polarity::Affirmed
        && matches!(event.modality, Modality::Occurred | Modality::Alleged | Modality::Ongoing)
        && event.when.precision != Precision::Recurring
}

fn calendar(case: &Case, keys: &[Keys]) -> Calendar {
    let mut out = Calendar::default();
    for (told, keys) in case.told.iter().zip(keys) {
        for (i, keys) in keys.events.iter().enumerate().filter(|(i, _)| is_past(&told.reading.events[*i])) {
            keys.iter().for_each(|key| out.note(key, &told.events[i]));
        }
        for (i, keys) in keys.acts.iter().enumerate() {
            keys.iter().for_each(|key| out.note(key, &told.acts[i]));
        }
        let months = told.reading.dates.iter().filter(|d| d.basis == Basis::Explicit && days::within(d, 31));
        for (from, to) in months.filter_map(|d| d.from().zip(d.to())) {
            if from.month() == to.month() {
                out.named.entry(from.month()).or_default().insert(from.year());
            }
        }
    }
    out
}

impl Calendar {
    fn note(&mut self, key: &Key, when: &When) {
        if when.basis == Basis::Published || !days::within(when, 31) {
            return;
        }
        let (Some(from), Some(to)) = (when.from(), when.to()) else { return };
        if days::within(when, 2) {
            self.days.entry(key.clone()).or_default().extend(days::number(from)..=days::number(to));
        }
        if from.month() == to.month() {
            self.months.entry(key.clone()).or_default().insert((from.year(), from.month()));
        }
        self.last = self.last.max(Some(to));
    }

    /// The last day of this month in the only year with which it is named.
    fn month(&self, month: i8) -> Option<Date> {
        let years = self.named.get(&month).filter(|years| years.len() == 1)?;
        Date::new(*years.first()?, month, 1).ok().map(Date::last_of_month)
    }

    /// The last month in which something of the key happened, as its last day.
    fn last_of(&self, key: &Key) -> Option<Date> {
        let (year, month) = *self.months.get(key)?.last()?;
        Date::new(year, month, 1).ok().map(Date::last_of_month)
    }
}

/// Is there still something to find for a phrase of this grain?
fn open(when: &When, grain: i32) -> bool {
    !days::within(when, grain)
}

/// An interval found for the words of another: the words are kept.
fn found(from: Option<Date>, to: Option<Date>, basis: Basis, old: &When) -> When {
    let mut when = days::spanning(from, to, basis, old.text.clone());
    if old.precision == Precision::Before {
        // "By Monday" says that it was so on Monday, not that it began then.
        when = When::new(None, to, Precision::Before, basis);
        when.text.clone_from(&old.text);
    }
    if old.precision == Precision::After {
        // "Since Monday" says when it began, not that it was over by Tuesday.
        let last = old.to().filter(|last| from.is_none_or(|from| from <= *last));
        when = When::new(from, last, Precision::After, basis);
        when.text.clone_from(&old.text);
    }
    when
}

/// Gives phrases without a year their year.
fn years(told: &mut Told, keys: &Keys, calendar: &Calendar) {
    for (target, phrase) in phrases(told) {
        let (grain, month) = match phrase {
            Phrase::MonthDay(month, _) => (1, month),
            Phrase::Month(month) => (31, month),
            _ => continue,
        };
        let old = told.when_mut(target);
        if !open(old, grain) {
            continue;
        }
        let own = told.published.to();
        if own.is_some_and(|day| told.when(target).to().is_some_and(|to| to > day)) {
            // "to begin talks by August 8", said in July: the reader saw that it lies ahead.
            continue;
        }
        let of_key = || keys.get(target).iter().filter_map(|k| calendar.last_of(k)).max();
        let other = || calendar.month(month).or_else(of_key).or(calendar.last);
        let (day, basis) = match own {
            Some(day) => (Some(day), Basis::Relative),
            None => (other(), Basis::Anchored),
        };
        if let Some((from, to)) = day.and_then(|d| phrase.counted_from(d)) {
            let old = told.when_mut(target);
            *old = found(Some(from), Some(to), basis, old);
        }
    }
}

/// Every fact of the report whose words of time are understood.
fn phrases(told: &Told) -> Vec<(Target, Phrase)> {
    chain::targets(told)
        .into_iter()
        .filter_map(|t| Some((t, days::parse(told.when(t).text.as_deref()?)?)))
        .collect()
}

/// Moves the weekday chain of a report to the week that the other reports give its happenings.
fn chains(told: &mut Told, keys: &Keys, calendar: &Calendar) {
    let waypoints = chain::waypoints(told);
    if !waypoints.iter().any(|i| i.targets.iter().any(|t| open(told.when(*t), 1))) {
        return;
    }
    // Weekdays that hang together in several ways are dated one by one, or not at all.
    let whole = chain::solve(&waypoints).map(|chain| vec![chain]);
    for chain in whole.unwrap_or_else(|| chain::links(&waypoints)) {
        hang(told, keys, calendar, &waypoints, &chain);
    }
}

/// Moves one chain to its week, if the bounds of publication or other reports tell which that is.
fn hang(told: &mut Told, keys: &Keys, calendar: &Calendar, waypoints: &[Waypoint], solved: &Chain) {
    let offsets =
        || waypoints.iter().zip(&solved.offsets).filter_map(|(waypoint, o)| o.map(|o| (waypoint, o)));
    let (first, last) = offsets().fold((0, i32::MIN), |(a, b), (_, o)| (a.min(o), b.max(o)));
    let allowed = |zero: i32| {
        // Every weekday of a report lies in the week that ends with its publication.
        told.published.to().is_none_or(|p| zero + last <= days::number(p))
            && told.published.from().is_none_or(|p| zero + first + 6 >= days::number(p))
    };
    let own = weeks_by_publication(&told.published, solved.weekday, (first, last));
    let (zero, basis) = match own {
        Some(zero) => (zero, Basis::Weekday),
        None => match vote(offsets(), solved.weekday, told, keys, calendar, allowed) {
            Some(zero) => (zero, Basis::Anchored),
            None => return,
        },
    };
    let found_days: Vec<(Vec<Target>, i32)> = offsets().map(|(i, o)| (i.targets.clone(), zero + o)).collect();
    for (targets, day) in found_days {
        let Some(day) = days::date(day) else { continue };
        for target in targets {
            let old = told.when_mut(target);
            if open(old, 1) {
                *old = found(Some(day), Some(day), basis, old);
            }
        }
    }
    let bounds = When::new(days::date(zero + last), days::date(zero + first + 6), Precision::Range, basis);
    narrow(&mut told.published, &bounds);
}

/// The only week that the bounds of publication leave, if there is only one.
fn weeks_by_publication(published: &When, weekday: i32, (first, last): (i32, i32)) -> Option<i32> {
    let (from, to) = days::ends(published)?;
    let (low, high) = (from - 6 - first, to - last);
    let start = low + (weekday - days::weekday_of(low)).rem_euclid(7);
    (start <= high && start + 7 > high).then_some(start)
}

/// The day number of the chain's zero that the dated happenings of the crisis vote for.
fn vote<'i>(
    offsets: impl Iterator<Item = (&'i Waypoint, i32)>,
    weekday: i32,
    told: &Told,
    keys: &Keys,
    calendar: &Calendar,
    allowed: impl Fn(i32) -> bool,
) -> Option<i32> {
    let mut votes: BTreeMap<i32, u32> = BTreeMap::new();
    for (waypoint, offset) in offsets {
        for target in waypoint.targets.iter().filter(|t| open(told.when(**t), 1)) {
            let days: BTreeSet<i32> =
                keys.get(*target).iter().filter_map(|k| calendar.days.get(k)).flatten().copied().collect();
            for day in days {
                let zero = day - offset;
                let miss = (weekday - days::weekday_of(zero) + 3).rem_euclid(7) - 3;
                let worth = [4, 2].get(miss.unsigned_abs() as usize);
                if let Some(worth) = worth.filter(|_| allowed(zero + miss)) {
                    *votes.entry(zero + miss).or_default() += worth;
                }
            }
        }
    }
    let mut ranked: Vec<(u32, i32)> = votes.into_iter().map(|(zero, n)| (n, zero)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    match ranked[..] {
        [(_, zero)] => Some(zero),
        [(best, zero), (next, _), ..] if best >= 2 * next => Some(zero),
        _ => None,
    }
}

/// Counts phrases that hang on publication from its bounds.
fn counted(told: &mut Told) {
    let (Some(first), Some(last)) = (told.published.from(), told.published.to()) else { return };
    for (target, phrase) in phrases(told) {
        // The wider the phrase, the wider the bounds of publication may be to be of use.
        let (grain, most) = match phrase {
            Phrase::MonthsBack(_) => (31, 62),
            Phrase::WeeksBack(_) => (7, 14),
            Phrase::DaysBack(_) => (1, 3),
            _ => continue,
        };
        let ends = phrase.counted_from(first).zip(phrase.counted_from(last));
        let Some(((from, _), (_, to))) = ends else { continue };
        let old = told.when_mut(target);
        if open(old, grain) && days::number(to) - days::number(from) < most {
            *old = found(Some(from), Some(to), Basis::Relative, old);
        }
    }
}

/// Narrows the bounds of publication by what the report tells as past and by "last month".
fn publication(told: &mut Told, keys: &Keys, calendar: &Calendar) {
    let dated = |w: &When| !matches!(w.basis, Basis::Published | Basis::None | Basis::Inherited);
    let past = told.reading.events.iter().zip(&told.events).filter(|(e, w)| is_past(e) && dated(w));
    let last = past.filter_map(|(_, w)| w.from()).max();
    narrow(&mut told.published, &When::new(last, None, Precision::After, Basis::Anchored));
    let mut bounds = Vec::new();
    for (target, phrase) in phrases(told) {
        let Phrase::MonthsBack(n) = phrase else { continue };
        let months: BTreeSet<(i16, i8)> =
            keys.get(target).iter().filter_map(|k| calendar.months.get(k)).flatten().copied().collect();
        // Only a happening that falls into one month alone can tell which month "last month" was.
        let [(year, month)] = months.iter().copied().collect::<Vec<_>>()[..] else { continue };
        let back = jiff::Span::new().try_months(-n).ok();
        let first = Date::new(year, month, 1).ok().zip(back).and_then(|(d, span)| d.checked_add(span).ok());
        if let Some(first) = first {
            bounds.push(When::new(
                Some(first),
                Some(first.last_of_month()),
                Precision::Month,
                Basis::Anchored,
            ));
        }
    }
    for bound in bounds {
        narrow(&mut told.published, &bound);
    }
}

/// Narrows bounds where the two agree; leaves them alone where they do not.
fn narrow(published: &mut When, bound: &When) {
    if bound.is_unknown() || !published.may_overlap(bound) || days::within(published, 1) {
        return;
    }
    let from = published.from().max(bound.from());
    let to = match (published.to(), bound.to()) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    if (from, to) == (published.from(), published.to()) {
        return;
    }
    *published = days::spanning(from, to, Basis::Anchored, published.text.take());
}

/// Reports of one speech are published within a week of each other.
fn same_speech(case: &mut Case) {
    // Acts of one stage by one speaker, by their occasion; a speaker has few.
    let mut speeches: BTreeMap<(Stage, ActorId), Vec<(Occasion, BTreeSet<usize>)>> = BTreeMap::new();
    for (r, told) in case.told.iter().enumerate() {
        for act in told.reading.acts.iter().filter(|a| a.occasion.is_some()) {
            let Some(by) = ids(&act.by).next() else { continue };
            let occasion = Occasion::of(act.occasion.as_deref(), act.place.as_ref());
            let list = speeches.entry((act.stage, by.clone())).or_default();
            match list.iter_mut().rev().take(64).find(|(o, _)| fit::occasions(o, &occasion) == Fit::Same) {
                Some((_, reports)) => {
                    reports.insert(r);
                }
                None => list.push((occasion, BTreeSet::from([r]))),
            }
        }
    }
    for (_, reports) in speeches.into_values().flatten().filter(|(_, reports)| reports.len() >= 2) {
        let by = |d: Option<Date>, n: i32| d.and_then(|d| days::date(days::number(d) + n));
        let from = reports.iter().filter_map(|r| case.told[*r].published.from()).max();
        let to = reports.iter().filter_map(|r| case.told[*r].published.to()).min();
        let (from, to) = (by(from, -SAME_SPEECH), by(to, SAME_SPEECH));
        if from.zip(to).is_none_or(|(a, b)| a <= b) {
            let bound = When::new(from, to, Precision::Range, Basis::Anchored);
            reports.into_iter().for_each(|r| narrow(&mut case.told[r].published, &bound));
        }
    }
}

/// Gives clashes of two sides the span of the attacks between them.
fn clashes(told: &mut Told, keys: &Keys) {
    let force = |e: &Event| e.kind == EventType::Assault && is_past(e);
    let mutual = |e: &Event| e.recipients.is_empty() && e.actors.len() >= 2;
    let events = &told.reading.events;
    let attacks: Vec<(&[Key], (i32, i32))> = (0..events.len())
        .filter(|i| force(&events[*i]) && !mutual(&events[*i]))
        .filter_map(|i| Some((&keys.events[i][..], days::ends(&told.events[i])?)))
        .collect();
    let undated = |i: &usize| force(&events[*i]) && mutual(&events[*i]) && told.events[*i].is_unknown();
    let mut spans = Vec::new();
    for i in (0..events.len()).filter(undated) {
        let between = attacks.iter().filter(|(k, _)| k.iter().any(|key| keys.events[i].contains(key)));
        let span = between.map(|(_, ends)| *ends).reduce(|(a, b), (c, d)| (a.min(c), b.max(d)));
        spans.extend(span.filter(|(from, to)| to - from <= SPAN).map(|span| (i, span)));
    }
    for (i, (from, to)) in spans {
        let text = told.events[i].text.clone();
        told.events[i] = days::spanning(days::date(from), days::date(to), Basis::Inherited, text);
    }
}

/// What is told as past and has no date was not after publication.
fn reported_by(told: &mut Told) {
    let Some(to) = told.published.to() else { return };
    for i in 0..told.events.len() {
        let past = is_past(&told.reading.events[i]) && told.events[i].is_unknown();
        if past {
            let old = &told.events[i];
            told.events[i] = found(None, Some(to), Basis::Published, old);
        }
    }
    for i in 0..told.acts.len() {
        let occurred =
            matches!(told.reading.acts[i].modality, Modality::Occurred | Modality::Offered | Modality::Urged);
        if occurred && told.acts[i].is_unknown() {
            let old = &told.acts[i];
            told.acts[i] = found(None, Some(to), Basis::Published, old);
        }
    }
}
