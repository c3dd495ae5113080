//! Figures in; out, for each, what it counts: which happening, whose people, of what kind.
//!
//! # How
//! 1. [`whose`]: a head noun with a number ("ten civilians") is no side; a number that leans on the count before
//!    it in its sentence ("23 of its soldiers died and 29 were wounded") takes the side and kind of that one.
//! 2. [`home`]: the happening of the figure's own event, if it has a day, a town or an episode; else the
//!    nearest such happening told in the same report that hit the victims' side. A count without a day or
//!    town of its own belongs to the episode, where its happening is part of one: "23 soldiers were
//!    killed in the clashes".
//! 3. `unit` folds words for the counted into a few kinds: "troops", "soldiers" and "fighters" are
//!    combatants; civilians, children, women stay apart. Where no word says, the victims do: an army's
//!    dead are combatants.
//! 4. [`group`]: figures of one kind, side and home are one group. Two groups that differ in their home only
//!    are one where the homes are told apart by nothing (neither has a town or a day of its own; see [`crate::deed`]),
//!    or where both print the same number of [`MEETING`] or more.
//! 5. A report counts nobody who died after it was out: no home begins after the report's day, and no group gathers
//!    a count that is older than what the group counts.
//! 6. [`sided`]: the dead of one happening are the same people, whoever names their side: where one count says whose
//!    they are, or only one side was struck, the others of the same kind are of that side.
//! # Does not
//! Read the figures; that is the reader's work.

use crate::case::{Case, Told, ids};
use crate::copies::Groups;
use crate::days;
use crate::deed;
use crate::incident::Incidents;
use detente_types::date::Basis;
use detente_types::{ActorId, ActorKind, Counted, EventType, Figure, Incident, Mode};
use std::collections::BTreeMap;

/// The smallest number by which two groups meet: smaller ones meet by chance.
const MEETING: u64 = 20;

/// What one figure counts.
#[derive(Clone, Debug)]
pub(crate) struct Count {
    pub told: usize,
    pub at: usize,
    pub what: Counted,
    pub total: bool,
    /// Sides, sorted.
    pub victims: Vec<ActorId>,
    /// Sides, sorted.
    pub perpetrators: Vec<ActorId>,
    pub unit: Option<String>,
    /// Among those of another count, and nothing says of what kind: "two of the dead".
    pub part: bool,
    /// The incident, by place in the list.
    pub home: Option<usize>,
    pub claimant: Option<ActorId>,
    /// The party that counts, where nobody says whose dead these are and it could be either side's: what two parties
    /// count in a war is not one thing.
    pub apart: Option<ActorId>,
    value: Option<u64>,
    /// The home has a town or a day that sets it apart.
    fixed: bool,
    /// The count itself names no other time.
    undated: bool,
    /// The first day that it runs from, where the report tells it: of a running total, or of a war that is over.
    begins: Option<i32>,
    /// The happening was over before the crisis began.
    past: bool,
    /// The last day on which it can have been counted: that of the report.
    by: Option<i32>,
    /// The first day of the happening, where it is known.
    since: Option<i32>,
}

impl Count {
    /// What tells a running total from others of its kind: its beginning, and about how large it is.
    pub(crate) fn era(&self) -> Option<(Option<i32>, Option<u32>)> {
        let size = self.value.and_then(u64::checked_ilog10).map(|digits| digits / 2);
        self.total.then_some((self.begins, size))
    }
}

/// What every figure counts.
pub(crate) fn counts(case: &Case, incidents: &Incidents) -> Vec<Count> {
    let place: BTreeMap<&str, usize> =
        incidents.list.iter().enumerate().map(|(i, x)| (x.id.as_str(), i)).collect();
    let mut out = Vec::new();
    for (t, told) in case.told.iter().enumerate() {
        let happenings = happenings(case, incidents, t);
        for (at, figure) in told.reading.figures.iter().enumerate() {
            let with_victims = whose(told, at);
            let victims = case.kin.sides(ids(&with_victims.victims).filter(|id| case.kin.is_side(id)));
            let total = figure.total || is_long(told, at);
            let found = if total { None } else { home(case, incidents, (t, at), &victims, &happenings) };
            let lifted = found.map(|(h, own)| lift((told, at, own), &incidents.list[h], h, &place));
            let lifted = lifted.filter(|(h, _)| may_count(told.latest(), first_day(&incidents.list[*h])));
            let home = lifted.map(|(home, _)| home);
            let both = lifted.is_none_or(|(h, fixed)| !fixed || is_mutual(case, &incidents.list[h]));
            let unit = unit(case, with_victims, figure.what, !victims.is_empty());
            let party = |claimant: &Option<ActorId>| {
                claimant.as_ref().map(|id| case.kin.side(id)).filter(|s| case.parties.contains(s))
            };
            let one = |claimant: Option<ActorId>| Count {
                apart: party(&claimant).filter(|_| both && victims.is_empty()),
                told: t,
                at,
                what: figure.what,
                total,
                perpetrators: case.kin.sides(ids(&figure.perpetrators)),
                part: figure.part_of.is_some() && unit.is_none(),
                unit: unit.clone(),
                victims: victims.clone(),
                home,
                claimant,
                value: figure.value,
                fixed: lifted.is_some_and(|(_, fixed)| fixed),
                undated: told.figures[at].is_unknown() || told.figures[at].basis == Basis::Published,
                begins: told.figures[at].from().map(days::number),
                past: home.is_some_and(|h| incidents.list[h].background),
                by: told.latest(),
                since: home.and_then(|h| first_day(&incidents.list[h])),
            };
            out.extend(owners(case, figure).into_iter().map(one));
        }
    }
    sided(case, incidents, &mut out);
    out
}

/// Whose people all counts of one happening are, where one of them says so or only one side was struck.
fn sided(case: &Case, incidents: &Incidents, counts: &mut [Count]) {
    let mut said: BTreeMap<(Option<usize>, Counted), Vec<Vec<ActorId>>> = BTreeMap::new();
    for count in counts.iter().filter(|c| !c.total && c.home.is_some() && !c.victims.is_empty()) {
        let list = said.entry((count.home, count.what)).or_default();
        if !list.contains(&count.victims) {
            list.push(count.victims.clone());
        }
    }
    for count in counts.iter_mut().filter(|c| !c.total && c.victims.is_empty()) {
        let Some(home) = count.home.filter(|_| personal(count.what)).map(|h| &incidents.list[h]) else {
            continue;
        };
        let known = said.get(&(count.home, count.what)).map_or(&[][..], |list| list);
        let victims = match known {
            [] => struck(case, home),
            [one] => Some(one.clone()),
            _ => None,
        };
        // Who counts the dead of both sides in one number is not of the one.
        if let Some(victims) = victims.filter(|_| !is_mutual(case, home)) {
            count.victims = victims;
            count.apart = None;
        }
    }
}

/// Counts of people whom force befell.
fn personal(what: Counted) -> bool {
    matches!(what, Counted::Killed | Counted::Wounded | Counted::Casualties | Counted::Missing)
}

/// The one side that a blow from afar struck: where men fight at close quarters the dead can be of those who attacked.
fn struck(case: &Case, incident: &Incident) -> Option<Vec<ActorId>> {
    const AFAR: [Mode; 3] = [Mode::Aerial, Mode::Drone, Mode::HeavyWeapons];
    if !incident.modes.iter().any(|m| AFAR.contains(m)) {
        return None;
    }
    let sides = |list: &[ActorId]| case.kin.sides(list.iter().filter(|id| case.kin.is_side(id)));
    let (hit, by) = (sides(&incident.recipients), sides(&incident.actors));
    (hit.len() == 1 && !by.contains(&hit[0]) && incident.parts.is_empty()).then_some(hit)
}

/// The first day of a happening.
fn first_day(incident: &Incident) -> Option<i32> {
    incident.when.from().map(days::number)
}

/// Can a report of the one day count the dead of what began on the other?
fn may_count(by: Option<i32>, since: Option<i32>) -> bool {
    !by.zip(since).is_some_and(|(by, since)| by < since)
}

/// Whose count it is: each of those who give it, or nobody who is named.
fn owners(case: &Case, figure: &Figure) -> Vec<Option<ActorId>> {
    let given = figure.claimant.iter().chain(&figure.also_by).map(|r| r.actor.clone());
    let mut owners: Vec<Option<ActorId>> =
        given.filter(|id| case.kin.can_count(id, &case.parties)).map(Some).collect();
    if owners.is_empty() {
        owners.push(None);
    }
    owners
}

/// The figure that says whose people are counted: the one itself, or the one before it in its sentence where it
/// is a bare number that leans on it.
fn whose<'t>(told: &'t Told, at: usize) -> &'t Figure {
    let (figure, evidence) = (told.figure(at), told.figure(at).evidence());
    let human = |f: &Figure| matches!(f.what, Counted::Killed | Counted::Wounded | Counted::Missing);
    let bare = figure.victims.is_empty() && figure.unit.is_none() && figure.text.split(' ').count() <= 2;
    let before = at.checked_sub(1).map(|b| told.figure(b)).filter(|b| {
        human(b) && human(figure) && b.what != figure.what && b.evidence()[0].sentence == evidence[0].sentence
    });
    before.filter(|_| bare).map_or(figure, |b| &b.fact)
}

/// Does the count run over more than a month, as "this year" does?
fn is_long(told: &Told, at: usize) -> bool {
    let when = &told.figures[at];
    let words = when.text.as_deref().map(crate::words::tokens).unwrap_or_default();
    let year = words.iter().any(|w| matches!(w.as_str(), "year" | "years" | "decade" | "decades"));
    when.basis != Basis::Published && (when.days().is_some_and(|n| n > 31) || (when.is_unknown() && year))
}

/// The happenings of a report with the sentence that tells them, in order.
fn happenings(case: &Case, incidents: &Incidents, t: usize) -> Vec<(usize, usize)> {
    let told = &case.told[t];
    let events = incidents.of.range((t, 0)..(t + 1, 0));
    let mut out: Vec<(usize, usize)> =
        events.map(|((_, at), i)| (told.sentence_of(told.event(*at).evidence()), *i)).collect();
    out.sort_unstable();
    out
}

/// Did both sides fight in it, so that either may have suffered?
fn is_mutual(case: &Case, incident: &Incident) -> bool {
    case.kin.sides(incident.actors.iter().filter(|id| case.kin.is_side(id))).len() >= 2
}

/// Is there anything that sets the happening apart from others of its kind?
fn is_fixed(incident: &Incident) -> bool {
    let dated = days::within(&incident.when, 3) && incident.when.basis != Basis::Published;
    dated || has_town(incident) || incident.episode.is_some() || !incident.parts.is_empty()
}

fn has_town(incident: &Incident) -> bool {
    incident.place.as_ref().is_some_and(|p| p.precision.is_some_and(|p| p <= 3))
}

/// Can what is counted come of such a happening?
fn suits(what: Counted, kind: EventType) -> bool {
    match what {
        Counted::Stranded => matches!(kind, EventType::Coerce | EventType::Impact),
        Counted::Displaced => matches!(kind, EventType::Impact | EventType::Assault),
        Counted::Arrested | Counted::Captured => matches!(kind, EventType::Coerce | EventType::Assault),
        Counted::Released => kind == EventType::Retreat,
        Counted::Troops => kind == EventType::Mobilize,
        Counted::Rounds => matches!(kind, EventType::Consult | EventType::TalksCollapse),
        Counted::Money => kind == EventType::Aid,
        _ => kind == EventType::Assault,
    }
}

/// Counts of things and not of people.
fn is_thing(what: Counted) -> bool {
    matches!(
        what,
        Counted::Vehicles | Counted::Aircraft | Counted::Munitions | Counted::Posts | Counted::Buildings
    )
}

fn home(
    case: &Case,
    incidents: &Incidents,
    (t, at): (usize, usize),
    victims: &[ActorId],
    happenings: &[(usize, usize)],
) -> Option<(usize, bool)> {
    let told = &case.told[t];
    let figure = told.figure(at);
    let own = figure.event.as_ref().and_then(|e| incidents.of_event(case, t, e));
    // Words of time of its own, even where they tell no date, set a count apart: "last weekend".
    let apart = |i: &usize| is_fixed(&incidents.list[*i]) || told.figures[at].text.is_some();
    // "has deployed eight warships": of the deployment, and of no blow near it.
    let other = |i: &usize| !suits(figure.what, incidents.list[*i].kind) && figure.what == Counted::Vehicles;
    if let Some(own) = own.filter(|i| apart(i) || other(i)) {
        return Some((own, true));
    }
    // Lorries that wait are of no blow near by, nor who fled "this week" of that of a day.
    let when = &told.figures[at];
    let of_its_own = when.text.is_some() && when.basis != Basis::Published && !days::within(when, 3);
    if own.is_none() && (is_thing(figure.what) || of_its_own) {
        return None;
    }
    let sentence = told.sentence_of(figure.evidence());
    let armed = unit(case, figure, figure.what, !victims.is_empty()).as_deref() == Some("combatant");
    let hits = |i: &Incident| {
        let hit = if i.recipients.is_empty() { &i.actors } else { &i.recipients };
        // Whose air raids these are does not suffer by them.
        if i.recipients.is_empty() && !i.modes.is_empty() && !is_mutual(case, i) {
            return victims.is_empty();
        }
        // Soldiers do not die of what struck residents.
        let alike = |id: &ActorId| !armed || case.kin.kind(id) != ActorKind::Population;
        victims.is_empty()
            || hit.is_empty()
            || hit.iter().any(|id| victims.contains(&case.kin.side(id)) && alike(id))
    };
    // Who killed in the count's own happening must have fought in the one near it.
    let doers = |i: usize| case.kin.sides(incidents.list[i].actors.iter().filter(|id| case.kin.is_side(id)));
    let foreign = |i: usize| {
        let (own, other) = (own.map(doers).unwrap_or_default(), doers(i));
        !own.is_empty() && !other.is_empty() && !own.iter().any(|id| other.contains(id))
    };
    let fits = |i: usize| {
        let incident = &incidents.list[i];
        !foreign(i)
            && suits(figure.what, incident.kind)
            && is_fixed(incident)
            && !(incident.background && told.figures[at].is_unknown())
            && may_count(told.latest(), first_day(incident))
            && !own.is_some_and(|own| parted(case, incidents, (own, i)))
            && hits(incident)
            && told.figures[at].may_overlap(&incident.when)
    };
    // What was told before the count is likelier than what comes after it.
    // A count that has a happening of its own does not wait for a town that is told of only after it.
    let after = |s: usize, i: usize| own.is_some() && s > sentence && has_town(&incidents.list[i]);
    let near = happenings.iter().filter(|(s, i)| fits(*i) && !after(*s, *i));
    let distance = |s: usize| if s <= sentence { 2 * (sentence - s) } else { 2 * (s - sentence) + 1 };
    let near = near.min_by_key(|(s, i)| (distance(*s), *i)).map(|(_, i)| (*i, false));
    near.or(own.map(|own| (own, true)))
}

/// Is the count's own happening a deed that its report tells apart from the one near it? What only tells who died can
/// be of any deed near by; fighting and an episode hold the deeds told with them.
fn parted(case: &Case, incidents: &Incidents, (own, near): (usize, usize)) -> bool {
    let (own, near) = (&incidents.list[own], &incidents.list[near]);
    let holds = near.episode.is_some() || !near.parts.is_empty() || is_mutual(case, near);
    // A town in which somebody died is no home for the dead of a deed.
    let only_dead = deed::is_outcome(&near.evidence) && !deed::is_outcome(&own.evidence);
    own.kind == near.kind && !holds && (only_dead || deed::told_apart(case, own, near))
}

/// The episode, where the count, which stands at its own happening or near another, has neither a town nor a day that singles out a part of it; and whether
/// the home is set apart by one.
fn lift(
    (told, at, own): (&Told, usize, bool),
    incident: &Incident,
    place_of: usize,
    place: &BTreeMap<&str, usize>,
) -> (usize, bool) {
    let episode = incident.episode.as_ref().and_then(|e| place.get(e.as_str()).copied());
    let own_day = days::within(&told.figures[at], 1);
    let own_town = told.figure(at).place.as_ref().is_some_and(|p| p.precision.is_some_and(|p| p <= 3));
    match episode {
        // The town of a happening that is merely near in the text is not the count's.
        Some(episode) if !own_day && !own_town && !(own && has_town(incident)) => (episode, true),
        _ => (place_of, is_fixed(incident)),
    }
}

/// The kind of people or things.
fn unit(case: &Case, figure: &Figure, what: Counted, sided: bool) -> Option<String> {
    const COMBATANTS: [&str; 18] = [
        "attacker",
        "assailant",
        "bomber",
        "gunman",
        "soldier",
        "troop",
        "fighter",
        "militant",
        "serviceman",
        "combatant",
        "member",
        "guard",
        "insurgent",
        "rebel",
        "officer",
        "policeman",
        "personnel",
        "terrorist",
    ];
    const CIVILIANS: [&str; 6] =
        ["civilian", "resident", "villager", "non-combatant", "refugee", "bystander"];
    const ANYBODY: [&str; 12] = [
        "people", "person", "man", "casualty", "victim", "death", "body", "fatality", "life", "dead", "one",
        "other",
    ];
    let named_so = |word: &str| {
        let armed = [ActorKind::Forces, ActorKind::ArmedGroup, ActorKind::DefactoGovernment];
        let named = |id: &ActorId| armed.contains(&case.kin.kind(id)) && case.kin.is_called(id, word);
        ids(&figure.victims).any(named)
    };
    let by_victims = || {
        let kinds: Vec<ActorKind> = ids(&figure.victims).map(|id| case.kin.kind(id)).collect();
        let all = |k: fn(&ActorKind) -> bool| !kinds.is_empty() && kinds.iter().all(k);
        let armed = all(|k| matches!(k, ActorKind::Forces | ActorKind::ArmedGroup));
        let people = all(|k| *k == ActorKind::Population);
        let kind = if armed { Some("combatant") } else { people.then_some("civilian") };
        kind.map(str::to_string)
    };
    let human = matches!(what, Counted::Killed | Counted::Wounded | Counted::Casualties | Counted::Captured);
    match figure.unit.as_deref() {
        None if human => by_victims(),
        Some(word) if ANYBODY.contains(&word) => {
            if human {
                by_victims()
            } else {
                None
            }
        }
        // "34 Palestinians": the name of the side is no kind of people.
        Some(word)
            if human && ids(&figure.victims).any(|id| case.kin.is_called(&case.kin.side(id), word)) =>
        {
            by_victims()
        }
        // Soldiers and militants of nobody said are not of one side.
        Some(word) if COMBATANTS.contains(&word) && !sided => Some(word.to_string()),
        Some(word) if COMBATANTS.contains(&word) || named_so(word) => Some("combatant".to_string()),
        Some(word) if CIVILIANS.contains(&word) => Some("civilian".to_string()),
        other => other.map(str::to_string),
    }
}

/// What two figures of one tally agree on, beside the happening.
type Kind<'c> = (Counted, (bool, bool), &'c [ActorId], Option<&'c str>, Option<&'c ActorId>);

/// Figures that count the same, in the order of the reports.
pub(crate) fn group<'c>(case: &Case, incidents: &Incidents, counts: &'c [Count]) -> Vec<Vec<&'c Count>> {
    let mut kinds: BTreeMap<Kind, BTreeMap<Option<usize>, Vec<&Count>>> = BTreeMap::new();
    for count in counts {
        let unit = count.unit.as_deref();
        let kind = (count.what, (count.total, count.part), &count.victims[..], unit, count.apart.as_ref());
        kinds.entry(kind).or_default().entry(count.home).or_default().push(count);
    }
    let mut out = Vec::new();
    for (_, homes) in kinds {
        for group in meet(case, incidents, homes.into_values().collect()) {
            out.extend(eras(group));
        }
    }
    out
}

/// Running totals that nothing but their kind puts together, by what they run over: a battle "since Sunday" is not the
/// last war, nor this war the one before it.
fn eras(group: Vec<&Count>) -> Vec<Vec<&Count>> {
    if !group.iter().all(|c| c.total) {
        return vec![group];
    }
    let (mut dated, open): (Vec<&Count>, Vec<&Count>) = group.into_iter().partition(|c| c.begins.is_some());
    dated.sort_by_key(|c| (c.begins, c.told, c.at));
    let mut out: Vec<Vec<&Count>> = Vec::new();
    for count in dated {
        let near = |c: &&Count| c.begins.zip(count.begins).is_some_and(|(a, b)| b - a <= ONE_BEGINNING);
        match out.iter_mut().find(|e| e.iter().any(near) && e.iter().all(|c| comparable(c, count))) {
            Some(era) => era.push(count),
            None => out.push(vec![count]),
        }
    }
    // What is told without a beginning is of the run that began last, if it can be.
    for count in open {
        match out.iter_mut().rev().find(|e| e.iter().all(|c| comparable(c, count))) {
            Some(era) => era.push(count),
            None => out.push(vec![count]),
        }
    }
    out
}

/// Days by which two tellings of the same beginning may differ: "since April" and "since the 15th".
const ONE_BEGINNING: i32 = 45;

/// Can two numbers be counts of one thing? Nobody disputes a hundredfold.
fn comparable(a: &Count, b: &Count) -> bool {
    let far = |x: u64, y: u64| x.max(y) >= 100 * x.min(y).max(1);
    !a.value.zip(b.value).is_some_and(|(x, y)| far(x, y))
}

/// Was none of the counts out before what the others count began?
fn in_time(some: &[&Count], others: &[&Count]) -> bool {
    let each = |a: &[&Count], b: &[&Count]| a.iter().all(|x| b.iter().all(|y| may_count(x.by, y.since)));
    each(some, others) && each(others, some)
}

/// Joins groups of one kind whose homes are told apart by nothing or that print the same large number.
fn meet<'c>(case: &Case, incidents: &Incidents, groups: Vec<Vec<&'c Count>>) -> Vec<Vec<&'c Count>> {
    let mut joined = Groups::new(groups.len());
    let mut by_value: BTreeMap<u64, usize> = BTreeMap::new();
    let mut fixed: Vec<usize> = Vec::new();
    let mut loose: Vec<usize> = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        // What was over before the crisis began gathers nothing that bears no day.
        let set_apart = group.iter().any(|c| c.fixed);
        if group.iter().any(|c| c.past) {
            continue;
        }
        if set_apart {
            fixed.push(g)
        } else {
            loose.push(g)
        }
        for value in group.iter().filter_map(|c| c.value).filter(|v| *v >= MEETING) {
            let other = *by_value.entry(value).or_insert(g);
            let is_loose = |g: usize| !groups[g].iter().any(|c| c.fixed);
            if (is_loose(g) || is_loose(other)) && in_time(&groups[g], &groups[other]) {
                joined.join(g, other);
            }
        }
    }
    // A count that nothing sets apart goes with the only one there is.
    let home = |g: usize| groups[g][0].home.map(|h| &incidents.list[h]);
    let alike = |g: usize, other: usize| {
        in_time(&groups[g], &groups[other])
            && !home(g).zip(home(other)).is_some_and(|(a, b)| deed::told_apart(case, a, b))
    };
    if let ([_, rest @ ..], true) = (&loose[..], fixed.is_empty()) {
        rest.iter().filter(|g| alike(**g, loose[0])).for_each(|g| joined.join(*g, loose[0]));
    }
    if let [one] = fixed[..] {
        let may = |g: usize| groups[g].iter().all(|c| c.undated && !c.total) && alike(g, one);
        loose.iter().filter(|g| may(**g)).for_each(|g| joined.join(*g, one));
    }
    let mut out: BTreeMap<usize, Vec<&Count>> = BTreeMap::new();
    for (g, group) in groups.into_iter().enumerate() {
        out.entry(joined.root(g)).or_default().extend(group);
    }
    let mut out: Vec<Vec<&Count>> = out.into_values().collect();
    for group in &mut out {
        // The count whose home is set apart speaks for the group.
        group.sort_by_key(|c| (!c.fixed, c.told, c.at));
    }
    out
}
