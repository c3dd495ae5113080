//! The figures of all reports in, counts with their owners out.
//!
//! "The army said 23 of its soldiers died and claimed to have killed 200; the other side said 58 soldiers had
//! died." Three claims, two tallies, and no single number that is true. A paper that prints "according
//! to official figures, 23" has hidden the owner, not lost him.
//!
//! # How
//! 1. [`crate::count`] finds out for each figure which happening it counts, whose people, and of what
//!    kind. Figures that agree on all of it and on what is counted are one tally.
//! 2. [`claims`]: figures by one claimant with one printed number are one claim. "200" and "more than
//!    200" by one side stay two claims and are one origin.
//! 3. [`owners`]: a number with no owner, or an unnamed one ("official figures"), that exactly one
//!    named side gives elsewhere for the same dead is taken to be that side's, and marked as inferred.
//!    Without any word of an owner this needs a number of [`TELLING`] or more: small ones meet by chance.
//! 4. [`current`]: a claimant's later number replaces the earlier one; an outlet's own later number
//!    replaces another outlet's earlier one only where it is higher, because tolls rise. What was
//!    replaced stays in the list and sets no bound.
//! 5. [`bounds`] takes lowest and highest, [`best`] asks the policy. Vague words ("dozens") are kept as
//!    claims and set no bound: a missing number stays missing.
//! # Does not
//! Add tallies up, or spread one count over several incidents.

use crate::case::{Case, Told, gather};
use crate::count::{self, Count};
use crate::days;
use crate::incident::Incidents;
use crate::origin::{self, Teller};
use detente_types::tally::{Agreement, Interest};
use detente_types::{
    ActorId, Bound, Comparator, Counted, FigureId, IncidentId, Policy, Strength, Tally, TallyClaim, TallyId,
    Tier,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The smallest number that tells its owner by itself.
const TELLING: u64 = 10;

/// One claim while the tally is made: the claim and who tells it.
struct Open<'c> {
    claim: TallyClaim,
    counts: Vec<&'c Count>,
    /// An owner is hinted at but not named: "official figures".
    hinted: bool,
    replaced: bool,
}

/// Puts the figures of all reports together.
pub(crate) fn tallies(case: &Case, incidents: &Incidents, policy: Policy) -> Vec<Tally> {
    let counts = count::counts(case, incidents);
    let groups = count::group(case, incidents, &counts);
    let mut out: Vec<Tally> = groups.into_iter().filter_map(|g| tally(case, incidents, &g, policy)).collect();
    let places: BTreeMap<&IncidentId, usize> =
        incidents.list.iter().enumerate().rev().map(|(at, i)| (&i.id, at)).collect();
    let order = |t: &Tally| t.incident.as_ref().and_then(|id| places.get(id).copied());
    // Deaths first; of one kind those of a named side, by most claimants; running totals last.
    out.sort_by_cached_key(|t| {
        let told = (t.total, t.victims.is_empty(), Reverse(t.claims.len()), order(t).is_none(), order(t));
        (rank(t.what), told, t.id.clone())
    });
    out
}

/// The order in which a desk prints counts.
fn rank(what: Counted) -> u8 {
    match what {
        Counted::Killed => 0,
        Counted::Casualties => 1,
        Counted::Wounded => 2,
        Counted::Captured => 3,
        Counted::Arrested => 4,
        Counted::Missing => 5,
        Counted::Displaced => 6,
        Counted::Stranded => 7,
        Counted::Released => 8,
        Counted::Vehicles => 9,
        Counted::Aircraft => 10,
        Counted::Munitions => 11,
        Counted::Posts => 12,
        Counted::Buildings => 13,
        Counted::Troops => 14,
        Counted::Rounds | Counted::Days => 15,
        Counted::Money => 16,
        Counted::Other => 17,
    }
}

fn tally(case: &Case, incidents: &Incidents, group: &[&Count], policy: Policy) -> Option<Tally> {
    let first = group.first()?;
    let mut open = claims(case, group);
    owners(case, &mut open);
    current(case, &mut open);
    open.sort_by_cached_key(|o| order(&o.claim));
    let tellers: Vec<Teller> = open.iter().flat_map(tellers).collect();
    let agreement = agreement(case, &open);
    let replaced: Vec<bool> = open.iter().map(|o| o.replaced).collect();
    let claims: Vec<TallyClaim> = open.into_iter().map(|o| o.claim).collect();
    let bounds = bounds(&claims, &replaced);
    let home = first.home.map(|h| incidents.list[h].id.clone());
    let best = best(&claims, &replaced, policy).filter(|b| {
        bounds.low.is_none_or(|l| l.value <= b.value) && bounds.high.is_none_or(|h| b.value <= h.value)
    });
    Some(Tally {
        id: id(first, home.as_ref()),
        what: first.what,
        victims: first.victims.clone(),
        unit: first.unit.clone(),
        incident: home,
        total: first.total,
        low: bounds.low,
        best,
        high: bounds.high,
        high_open: bounds.open,
        policy,
        agreement,
        origins: origin::origins(case, &tellers),
        claims,
    })
}

fn id(first: &Count, home: Option<&IncidentId>) -> TallyId {
    let victims: Vec<&str> = first.victims.iter().map(ActorId::as_str).collect();
    let unit = first.unit.as_deref().unwrap_or_default();
    let home = home.map(IncidentId::as_str).unwrap_or_default();
    let apart = first.apart.as_ref().map(ActorId::as_str).unwrap_or_default();
    let era = first.era().map(|era| format!("{era:?}")).unwrap_or_default();
    TallyId::of([&format!("{:?} {}{era}", first.what, first.total), &victims.join(" "), unit, home, apart])
}

fn tellers(open: &Open) -> Vec<Teller> {
    let told = open.counts.iter().map(|c| c.told);
    told.map(|told| Teller { told, speaker: open.claim.claimant.clone() }).collect()
}

fn order(claim: &TallyClaim) -> impl Ord + use<> {
    (
        claim.claimant.is_none(),
        claim.claimant.clone(),
        claim.value,
        claim.low,
        claim.comparator,
        claim.text.clone(),
    )
}

/// One entry for each claimant and printed number.
fn claims<'c>(case: &Case, group: &[&'c Count]) -> Vec<Open<'c>> {
    type Key = (Option<ActorId>, Option<u64>, Option<u64>, Option<u64>, bool);
    let mut by: BTreeMap<Key, Vec<&'c Count>> = BTreeMap::new();
    for count in group {
        let figure = case.told[count.told].figure(count.at);
        let above = below(case, group, count);
        // "at least 5" and "more than 5" print one number and leave its end open.
        let said = above.map_or(figure, |c| case.told[c.told].figure(c.at));
        let open = matches!(said.comparator, Comparator::AtLeast | Comparator::MoreThan);
        let claimant = above.map_or(&count.claimant, |c| &c.claimant).clone();
        by.entry((claimant, said.value, said.low, said.high, open)).or_default().push(*count);
    }
    for counts in by.values_mut() {
        // Who owns the number is told where it has an owner.
        counts.sort_by_key(|c| c.claimant.is_none());
    }
    by.into_values().map(|counts| claim(case, counts)).collect()
}

/// For a headline's number without an owner the same number in the text below it, whose owner it has.
fn below<'c>(case: &Case, group: &[&'c Count], count: &Count) -> Option<&'c Count> {
    let figure = |c: &Count| case.told[c.told].figure(c.at);
    let tier = |c: &Count, tier: Tier| figure(c).evidence().iter().all(|e| e.tier == tier);
    if count.claimant.is_some() || !tier(count, Tier::Headline) {
        return None;
    }
    let same = |c: &&&Count| {
        c.told == count.told
            && c.claimant.is_some()
            && tier(c, Tier::Body)
            && figure(c).value.is_some()
            && figure(c).value == figure(count).value
    };
    group.iter().find(same).copied()
}

fn claim<'c>(case: &Case, counts: Vec<&'c Count>) -> Open<'c> {
    let told = |c: &Count| &case.told[c.told];
    let first = counts[0];
    let figure = told(first).figure(first.at);
    let mut figures: Vec<FigureId> = counts.iter().map(|c| told(c).figure(c.at).id.clone()).collect();
    figures.sort();
    let strength =
        counts.iter().filter_map(|c| told(c).figure(c.at).strength).min_by_key(|s| strength_rank(*s));
    let as_of = counts.iter().map(|c| said_by(told(c), c.at)).min_by_key(crate::incident::in_time);
    let unnamed = first.claimant.as_ref().is_some_and(|id| case.kin.is_unnamed(id));
    let interest = match &first.claimant {
        Some(id) => interest(case, id, first),
        None => Interest::Outlet,
    };
    Open {
        claim: TallyClaim {
            claimant: first.claimant.clone(),
            inferred: false,
            interest,
            value: figure.value,
            low: figure.low,
            high: figure.high,
            comparator: figure.comparator,
            strength,
            text: figure.text.clone(),
            as_of: as_of.unwrap_or_else(detente_types::When::unknown),
            reports: case.ids(counts.iter().map(|c| c.told)),
            figures,
            evidence: gather(counts.iter().map(|c| told(c).figure(c.at).evidence())),
        },
        hinted: unnamed || (first.claimant.is_none() && figure.strength.is_some()),
        counts,
        replaced: false,
    }
}

/// The word that commits the speaker least is kept: an outlet that writes "claimed" knows why.
fn strength_rank(strength: Strength) -> u8 {
    match strength {
        Strength::Claimed => 0,
        Strength::Alleged => 1,
        Strength::Reported => 2,
        Strength::Said => 3,
        Strength::Confirmed => 4,
        Strength::Denied => 5,
    }
}

/// The day by which the number was said: the report's, since a count's own date is that of the dead.
fn said_by(told: &Told, at: usize) -> detente_types::When {
    if told.published.is_unknown() { told.figures[at].clone() } else { told.published.clone() }
}

/// Whose count it is, relative to those counted.
fn interest(case: &Case, claimant: &ActorId, count: &Count) -> Interest {
    if case.kin.is_unnamed(claimant) {
        return Interest::Unknown;
    }
    let side = case.kin.side(claimant);
    match &count.victims[..] {
        [] => return if case.parties.contains(&side) { Interest::Unknown } else { Interest::Independent },
        [one] if *one == side => return Interest::OwnSide,
        [_] => {}
        // Both sides' dead in one number: a party's count is neither its own nor the enemy's.
        several if several.contains(&side) => return Interest::Unknown,
        _ => {}
    }
    if is_local(case, claimant, count) {
        return Interest::OwnSide;
    }
    let hostile = count.perpetrators.contains(&side) || case.parties.contains(&side);
    if hostile { Interest::Enemy } else { Interest::Independent }
}

/// A ministry or hospital that counts the dead of its own country, whichever side runs it.
fn is_local(case: &Case, claimant: &ActorId, count: &Count) -> bool {
    use detente_types::ActorKind::{Body, DefactoGovernment};
    let civil = matches!(case.kin.kind(claimant), Body | DefactoGovernment);
    let country = case.kin.country(claimant);
    let theirs = |v: &ActorId| country.is_some() && case.kin.country(v) == country;
    civil && !count.perpetrators.contains(&case.kin.side(claimant)) && count.victims.iter().all(theirs)
}

/// Finds the owners that reports leave out.
fn owners(case: &Case, open: &mut [Open]) {
    let named = |o: &Open| o.claim.claimant.as_ref().filter(|id| !case.kin.is_unnamed(id)).cloned();
    let mut by_value: BTreeMap<u64, Vec<(ActorId, Interest)>> = BTreeMap::new();
    for o in open.iter() {
        if let (Some(value), Some(id)) = (o.claim.value, named(o)) {
            by_value.entry(value).or_default().push((id, o.claim.interest));
        }
    }
    for o in open.iter_mut() {
        let (None, Some(value)) = (named(o), o.claim.value) else { continue };
        let Some(owners) = by_value.get(&value) else { continue };
        let one_side = owners.iter().all(|(id, _)| case.kin.same_side(id, &owners[0].0));
        if one_side && (o.hinted || value >= TELLING) {
            o.claim.claimant = Some(owners[0].0.clone());
            o.claim.interest = owners[0].1;
            o.claim.inferred = true;
        }
    }
}

/// Marks the numbers that a later number of the same claimant replaces.
fn current(case: &Case, open: &mut [Open]) {
    let side = |o: &Open| o.claim.claimant.as_ref().map(|id| case.kin.side(id));
    let replaced: Vec<bool> = open
        .iter()
        .map(|old| {
            open.iter().any(|new| {
                let later = old.claim.as_of.to().zip(new.claim.as_of.from()).is_some_and(|(a, b)| a < b);
                let differs = old.claim.value.is_some()
                    && new.claim.value.is_some()
                    && old.claim.value != new.claim.value;
                let rises = side(old).is_some() || new.claim.value > old.claim.value;
                later && differs && rises && side(old) == side(new)
            })
        })
        .collect();
    for (o, replaced) in open.iter_mut().zip(replaced) {
        o.replaced = replaced;
    }
}

struct Bounds {
    low: Option<Bound>,
    high: Option<Bound>,
    open: bool,
}

fn bounds(claims: &[TallyClaim], replaced: &[bool]) -> Bounds {
    let counted =
        || claims.iter().enumerate().filter(|(i, c)| !replaced[*i] && c.comparator != Comparator::Vague);
    let least = |c: &TallyClaim| c.low.or(c.value);
    let most = |c: &TallyClaim| c.high.or(c.value);
    let low = counted().filter_map(|(i, c)| Some((least(c)?, i))).min();
    let highest = counted().filter_map(|(i, c)| Some((most(c)?, Reverse(i)))).max();
    let is_open = |c: &TallyClaim| matches!(c.comparator, Comparator::AtLeast | Comparator::MoreThan);
    let all_open = counted().all(|(_, c)| is_open(c));
    let open = highest.is_some_and(|(v, _)| counted().any(|(_, c)| is_open(c) && most(c) == Some(v)));
    Bounds {
        low: low.map(|(value, claim)| Bound { value, claim }),
        high: highest.filter(|_| !all_open).map(|(value, Reverse(claim))| Bound { value, claim }),
        open,
    }
}

/// The number that the policy chooses.
fn best(claims: &[TallyClaim], replaced: &[bool], policy: Policy) -> Option<Bound> {
    let valued = || {
        let all = claims.iter().enumerate().filter(|(i, _)| !replaced[*i]);
        all.filter_map(|(i, c)| Some((c.value?, i, c)))
    };
    let lowest = |interest: Option<Interest>| {
        let of = valued().filter(|(_, _, c)| interest.is_none_or(|i| c.interest == i));
        of.map(|(value, claim, _)| Bound { value, claim }).min_by_key(|b| (b.value, b.claim))
    };
    match policy {
        Policy::FullRange => {
            let (one, all) = (valued().next()?, valued().count());
            (valued().filter(|(v, ..)| *v == one.0).count() == all)
                .then_some(Bound { value: one.0, claim: one.1 })
        }
        Policy::OwnAdmission => lowest(Some(Interest::OwnSide)),
        Policy::LowestReported => lowest(None),
        // An outlet that names no owner comes after the side that counts its own dead.
        Policy::UcdpReliable => [Interest::Independent, Interest::OwnSide, Interest::Outlet]
            .into_iter()
            .find_map(|interest| lowest(Some(interest))),
    }
}

/// How the claimants stand to each other. Outlets with no owner for their number are as many claimants
/// as there are groups of copies.
fn agreement(case: &Case, open: &[Open]) -> Agreement {
    let valued: Vec<&Open> = open.iter().filter(|o| !o.replaced && o.claim.value.is_some()).collect();
    let sides: BTreeSet<Option<ActorId>> =
        valued.iter().map(|o| o.claim.claimant.as_ref().map(|id| case.kin.side(id))).collect();
    let unowned = valued.iter().filter(|o| o.claim.claimant.is_none()).flat_map(|o| &o.counts);
    let tellers: BTreeSet<usize> = unowned.map(|c| case.told[c.told].copy).collect();
    let claimants = sides.iter().flatten().count() + tellers.len();
    let agreed =
        valued.iter().enumerate().all(|(i, a)| valued[i + 1..].iter().all(|b| fits(&a.claim, &b.claim)));
    match (claimants, agreed) {
        (0, _) => Agreement::Vague,
        (1, _) => Agreement::SingleClaimant,
        (_, true) => Agreement::Agreed,
        (_, false) => Agreement::Contested,
    }
}

/// Can both numbers be so?
pub(crate) fn fits(a: &TallyClaim, b: &TallyClaim) -> bool {
    let range = |c: &TallyClaim| match c.comparator {
        // "about 60" is taken to mean a tenth more or less.
        Comparator::About => (c.value.map(|v| v - v / 10), c.value.map(|v| v + v / 10)),
        _ => (c.low, c.high),
    };
    let ((a_low, a_high), (b_low, b_high)) = (range(a), range(b));
    let below = |high: Option<u64>, low: Option<u64>| high.zip(low).is_some_and(|(h, l)| h < l);
    !below(a_high, b_low) && !below(b_high, a_low)
}

/// Does a later claim come from a later day?
pub(crate) fn is_later(a: &TallyClaim, b: &TallyClaim) -> bool {
    a.as_of.to().zip(b.as_of.from()).is_some_and(|(a, b)| days::number(a) < days::number(b))
}
