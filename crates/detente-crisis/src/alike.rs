//! Two events of two reports in; whether they can be one happening, and what speaks for it, out.
//!
//! "Israeli jets hit Tyre on Friday" and "an air strike on the port of Tyre, 1 March": one. "Shelling
//! across the border" and "strikes on the capital": two, until something says otherwise. A war has
//! an attack every day, so the same attacker and the same victim are not enough.
//!
//! # How
//! [`compare`] first looks for a veto, then counts points.
//!
//! | | for | veto |
//! |---|---|---|
//! | type, how real, affirmed or not | must be equal | any difference: an offer never becomes a deed |
//! | sides | 2 for a shared actor side, 2 for a shared recipient side; 4 for two shared participants | none shared where both name some |
//! | time | 3 same day, 1 a day apart (midnight, time zones), 1 overlap of a longer interval; undated: 1 if published within two days of it, or told in one report | days that miss each other by more; force published more than two weeks later |
//! | place | 3 the same | two towns, unless they are neighbours and the dead or the words agree; a border against a town, unless weapon or words agree |
//! | dead | 3 the same number of ten or more, 2 of three or more | other numbers, where neither day nor place is the same |
//! | weapon | 1 shared | small arms against aircraft, unless on one day in one place |
//! | words | 2 from half of the content words shared, 1 from a quarter | for accusations, demands, threats: less than a quarter, unless on one day or occasion; for offers: less than a quarter, unless both are the same step of mediation |
//! | speaker (of words only) | 1 the same, 2 the same occasion | two persons; two occasions; a repeat against a first; charges of two things |
//!
//! Five points join; force that no date ties together needs [`TIMELESS`]. Four are enough for what is rare: talks, their collapse, agreements,
//! ceasefires. So two directed attacks need, beyond both sides, a day or a place or the same words. Those of two
//! reports that do not both tell the day are one only if the place is the same, or the number of the dead, or half of
//! the words: that nothing keeps them apart is no proof.
//! Two different attackers of one victim in one place on one day are one happening with a contested
//! perpetrator.
//! # Does not
//! Tell two strikes on one town on one day apart, unless their weapons do.

use crate::fit::{self, Fit, Occasion};
use crate::origin::is_verbal;
use crate::words;
use detente_types::{Event, EventType, Modality, Mode, Polarity, Stage};

/// An event in the form in which two are compared. Sides and words are numbers, for speed.
pub(crate) struct View<'c> {
    pub told: usize,
    pub at: usize,
    /// Its sentence, counted from 0.
    pub sentence: usize,
    pub event: &'c Event,
    pub class: Class,
    /// Named sides of the actors, sorted.
    pub actors: Vec<u32>,
    /// Named sides of the recipients, sorted.
    pub recipients: Vec<u32>,
    /// Both together, sorted.
    pub everybody: Vec<u32>,
    /// First and last day, where known.
    pub from: Option<i32>,
    pub to: Option<i32>,
    pub published: Option<(i32, i32)>,
    pub copy: usize,
    pub words: Vec<u32>,
    /// The person who speaks, where it is a person.
    pub person: Option<u32>,
    /// The occasion of an announcement, with the place of the event.
    pub occasion: Occasion,
    /// What is charged or denied, in content lemmas; empty where the words do not say.
    pub charged: Vec<u32>,
    /// The step of mediation that was read from it.
    pub stage: Option<Stage>,
    /// Does the report's own headline tell it?
    pub headline: bool,
    /// The least and the most that are counted dead of it, where its report counts them.
    pub dead: Option<(u64, Option<u64>)>,
}

/// How real: events of two classes are never one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Real,
    Recurring,
    Planned,
    Offered,
    Urged,
    Threatened,
    Refused,
    Denied,
    Possible,
    Not,
}

/// The class of an event. Background and the present meet, because one report's background is another's news.
pub(crate) fn class(event: &Event) -> Class {
    if event.polarity == Polarity::Negated {
        return Class::Not;
    }
    if event.when.precision == detente_types::date::Precision::Recurring {
        return Class::Recurring;
    }
    match event.modality {
        Modality::Occurred | Modality::Ongoing | Modality::Alleged | Modality::Historical => Class::Real,
        Modality::Planned => Class::Planned,
        Modality::Offered | Modality::Willing => Class::Offered,
        Modality::Urged | Modality::Demanded => Class::Urged,
        Modality::Threatened => Class::Threatened,
        Modality::Refused => Class::Refused,
        Modality::Denied => Class::Denied,
        Modality::Feared | Modality::Hypothetical => Class::Possible,
    }
}

/// What speaks for two events being one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Likeness {
    pub points: i32,
    /// From 0.5 up; 1 for a copy.
    pub confidence: f64,
}

impl View<'_> {
    /// Is the day known to within three?
    pub(crate) fn is_dated(&self) -> bool {
        self.from.zip(self.to).is_some_and(|(a, b)| b - a <= 2)
    }

    /// All participants side by side, with no direction: talks, clashes.
    pub(crate) fn is_mutual(&self) -> bool {
        matches!(self.event.kind, EventType::Consult | EventType::TalksCollapse | EventType::Cooperate)
            || (self.actors.len() >= 2 && self.recipients.is_empty())
    }

    fn day(&self) -> Option<(i32, i32)> {
        self.from.zip(self.to)
    }
}

/// Points without which two tellings of frequent force are not one where no date speaks for it: two named
/// sides and the same town.
const TIMELESS: i32 = 7;

/// Points from which two events of this kind are one.
pub(crate) fn enough(kind: EventType) -> i32 {
    match kind {
        EventType::Consult | EventType::TalksCollapse | EventType::Agree | EventType::Concede => 4,
        EventType::Retreat | EventType::Cooperate | EventType::Mobilize | EventType::Impact => 4,
        _ => 5,
    }
}

/// Whether two events can be one, and how much speaks for it; `None` is a veto.
pub(crate) fn compare(a: &View, b: &View) -> Option<Likeness> {
    if a.event.kind != b.event.kind || a.class != b.class || (a.told, a.at) == (b.told, b.at) {
        return None;
    }
    let time = time(a, b)?;
    let place = fit::places(a.occasion.spot(), b.occasion.spot());
    let one_spot = time == 3 && place == Fit::Same;
    let who = roles(a, b, one_spot)?;
    let weapon = weapons(&a.event.modes, &b.event.modes);
    if place == Fit::Apart || (weapon == Weapon::Other && !one_spot) {
        return None;
    }
    let said = words::overlap(&a.words, &b.words);
    let count = dead(a, b);
    // One report that counts them apart tells of two.
    if a.told == b.told && a.sentence != b.sentence && count == Fit::Apart && said < 0.5 {
        return None;
    }
    let doubtful =
        place == Fit::Doubtful && weapon != Weapon::Same || place == Fit::Neighbours && count != Fit::Same;
    if doubtful && said < 0.5 {
        return None;
    }
    let speech = if is_verbal(a.event.kind) { speech(a, b, said, time)? } else { 0 };
    let mut points = who + time + speech;
    points += 3 * i32::from(place == Fit::Same) + i32::from(weapon == Weapon::Same);
    points += i32::from(said >= 0.25) + i32::from(said >= 0.5);
    let count = dead(a, b);
    // Three, four or five are killed on many days.
    points += i32::from(count == Fit::Same) * if a.dead.is_some_and(|(n, _)| n >= 10) { 3 } else { 2 };
    if a.event.kind == EventType::Assault && !(a.is_mutual() || exact(a, b, time)) {
        if place != Fit::Same && count == Fit::Apart {
            return None;
        }
        // A blow of which one report tells no day is not the other report's because nothing says otherwise.
        let proof = place == Fit::Same || count == Fit::Same || said >= 0.5;
        if a.told != b.told && !proof {
            points = points.min(enough(a.event.kind) - 1);
        }
    }
    if time == 0 && enough(a.event.kind) > 4 && !is_verbal(a.event.kind) && points < TIMELESS {
        points = points.min(enough(a.event.kind) - 1);
    }
    let confidence = (0.5 + 0.05 * f64::from(points)).clamp(0.5, 0.95);
    Some(Likeness { points, confidence })
}

/// Do both tell a day, and do the days meet?
fn exact(a: &View, b: &View, time: i32) -> bool {
    a.is_dated() && b.is_dated() && time > 0
}

/// Do the two count the same dead?
fn dead(a: &View, b: &View) -> Fit {
    match (a.dead, b.dead) {
        // One or two are killed every day.
        (Some((x, _)), Some((y, _))) if x == y && x >= 3 => Fit::Same,
        (Some((low, high)), Some((other, top))) => {
            let below = |high: Option<u64>, low: u64| high.is_some_and(|high| high < low);
            if below(high, other) || below(top, low) { Fit::Apart } else { Fit::Open }
        }
        _ => Fit::Open,
    }
}

fn roles(a: &View, b: &View, one_spot: bool) -> Option<i32> {
    if a.is_mutual() && b.is_mutual() {
        let both = words::shared(&a.everybody, &b.everybody);
        return match both {
            0 if a.everybody.is_empty() || b.everybody.is_empty() => Some(1),
            0 => None,
            1 if a.everybody.len() == 1 || b.everybody.len() == 1 => Some(2),
            1 => None,
            _ => Some(4),
        };
    }
    if a.is_mutual() != b.is_mutual() {
        // Clashes of two sides hold attacks of one on the other; they are not the same happening.
        let loose = a.event.kind != EventType::Assault && words::shared(&a.everybody, &b.everybody) >= 1;
        return loose.then_some(2);
    }
    let side = |x: &[u32], y: &[u32]| match (x.is_empty() || y.is_empty(), words::shared(x, y)) {
        (true, _) => Some(0),
        (false, 0) => None,
        _ => Some(2),
    };
    let recipients = side(&a.recipients, &b.recipients)?;
    match side(&a.actors, &b.actors) {
        Some(actors) => Some(actors + recipients),
        None => (a.event.kind == EventType::Assault && one_spot && recipients == 2).then_some(1),
    }
}

/// Does nothing in their dates, places and weapons keep the two apart?
pub(crate) fn at_once(a: &View, b: &View) -> bool {
    let dated = a.is_dated() == b.is_dated() || a.told != b.told;
    let place = fit::places(a.occasion.spot(), b.occasion.spot());
    dated && matches!(time(a, b), Some(t) if t != 1 || !a.is_dated() || !b.is_dated()) && place != Fit::Apart
}

/// Do their dates let the two be one?
pub(crate) fn meets(a: &View, b: &View) -> bool {
    time(a, b).is_some()
}

fn time(a: &View, b: &View) -> Option<i32> {
    let miss = |end: Option<i32>, start: Option<i32>| end.zip(start).map_or(0, |(e, s)| (s - e).max(0));
    let gap = miss(a.to, b.from).max(miss(b.to, a.from));
    match (a.is_dated(), b.is_dated()) {
        (true, true) => [3, 1].get(gap as usize).copied(),
        _ if gap > 0 => None,
        _ if a.day().is_some() && b.day().is_some() => Some(1),
        _ => by_publication(a, b),
    }
}

/// With no date on one of them: a report of the next days tells it, one of weeks later tells another.
fn by_publication(a: &View, b: &View) -> Option<i32> {
    if a.told == b.told {
        return Some(1);
    }
    // The day of each: its own, or else that of its report.
    let spoken = |v: &View| v.day().filter(|(from, to)| to - from <= 31).or(v.published);
    let (Some(x), Some(y)) = (spoken(a), spoken(b)) else { return Some(0) };
    let gap = (x.0 - y.1).max(y.0 - x.1).max(0);
    let exact = x.1 - x.0 <= 2 && y.1 - y.0 <= 2;
    match gap {
        0..=2 if exact => Some(1),
        15.. if enough(a.event.kind) > 4 => None,
        _ => Some(0),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weapon {
    Same,
    Open,
    Other,
}

fn weapons(a: &[Mode], b: &[Mode]) -> Weapon {
    const NEAR: [Mode; 6] =
        [Mode::Firearms, Mode::Primitive, Mode::Beat, Mode::Abduct, Mode::Torture, Mode::CrowdControl];
    const AIR: [Mode; 2] = [Mode::Aerial, Mode::Drone];
    let only = |modes: &[Mode], set: &[Mode]| !modes.is_empty() && modes.iter().all(|m| set.contains(m));
    if words::shared(a, b) > 0 {
        return Weapon::Same;
    }
    if (only(a, &NEAR) && only(b, &AIR)) || (only(a, &AIR) && only(b, &NEAR)) {
        return Weapon::Other;
    }
    Weapon::Open
}

/// Overlap of content lemmas from which two charges are one, as in [`crate::charge`].
const ONE_CHARGE: f64 = 0.3;

/// "accused the army of stalling" and "accused the army of using a camp as a base": between the same, and two.
fn one_charge(a: &View, b: &View) -> bool {
    a.charged.is_empty()
        || b.charged.is_empty()
        || words::shared(&a.charged, &b.charged) >= 2
        || words::overlap(&a.charged, &b.charged) >= ONE_CHARGE
}

/// For words: speaker, occasion, subject.
fn speech(a: &View, b: &View, said: f64, time: i32) -> Option<i32> {
    let one_report = a.told == b.told;
    if a.person.zip(b.person).is_some_and(|(x, y)| x != y) {
        return None;
    }
    if a.event.repeated != b.event.repeated && !one_report {
        return None;
    }
    let occasion = fit::occasions(&a.occasion, &b.occasion);
    if occasion == Fit::Apart || !one_charge(a, b) {
        return None;
    }
    let subject = match a.event.kind {
        // What is offered counts, not where: one speech can hold an offer of talks and one of trade.
        EventType::Agree => said >= 0.25 || (a.stage.is_some() && a.stage == b.stage),
        EventType::Support => true,
        _ => said >= 0.25 || time == 3 || occasion == Fit::Same,
    };
    if !subject {
        return None;
    }
    let person = i32::from(a.person.is_some() && a.person == b.person);
    Some(person + 2 * i32::from(occasion == Fit::Same))
}
