//! The events of one report in; those that only go back to a blow told before them there, each with that blow, out.
//!
//! "Artillery fire on a market killed 19. The shells were fired from across the river and 43 people were wounded.
//! Three more died in the attack." One shelling, told four times; nothing but the little word "the" says so.
//!
//! # How
//! 1. [`names_again`]: the clause names a blow with "the" ("the strike", "the shells were fired", "died in the raid"),
//!    and says nothing more of it: no "the raid on Jenin", no "the attack that …".
//! 2. [`before`]: the blow is the last one that the report told in the [`BACK`] sentences before it, of the same weapon
//!    as the noun where the noun tells one, and not of another day, place or attacker.
//! 3. [`within`]: "killed a commander in a strike", "were shot dead during a raid": one deed, told by what came of it.
//! 4. [`came_of_it`]: who died or was hurt, told in the sentence of the one blow that it can be of, is of that blow.
//! # Does not
//! Look into other reports: what is told there is compared, not taken for granted.

use crate::alike::{self, Class, View};
use crate::case::Case;
use crate::deed::{is_ground, is_outcome};
use crate::fit::{self, Fit};
use crate::incident::exactness;
use crate::words;
use detente_types::{EventType, Mode, Tier};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Sentences back to which "the strike" reaches.
const BACK: usize = 3;
/// The same for a noun that tells the weapon: "the shells".
const FAR_BACK: usize = 6;
/// Words from the deciding word to the blow that it names: "died later in the attack".
const REACH: usize = 6;

/// What nouns for blows and for what is fired say of the weapon.
const BLOWS: [(&[&str], &[Mode]); 8] = [
    (&["attack", "strike", "raid", "assault", "ambush", "massacre", "bombardment"], &[]),
    (&["attacks", "strikes", "raids", "assaults"], &[]),
    (&["airstrike", "airstrikes", "bombs", "bomb"], &[Mode::Aerial, Mode::Explosives]),
    (&["shelling", "shells", "shell", "mortars", "artillery", "barrage"], &[Mode::HeavyWeapons]),
    (&["rocket", "rockets", "missile", "missiles"], &[Mode::HeavyWeapons, Mode::Aerial]),
    (&["drone", "drones"], &[Mode::Drone]),
    (
        &["bombing", "blast", "explosion", "blasts", "explosions"],
        &[Mode::Explosives, Mode::SuicideAttack, Mode::Aerial],
    ),
    (&["shooting", "gunfire", "shots", "gunshots"], &[Mode::Firearms]),
];

/// For each event that goes back to one told before it, that one. What it goes back to goes back to nothing.
pub(crate) fn echoes(case: &Case, views: &[View]) -> BTreeMap<usize, usize> {
    let mut out: BTreeMap<usize, usize> = BTreeMap::new();
    let mut reports: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (v, view) in views.iter().enumerate().filter(|(_, view)| is_force(view)) {
        reports.entry(view.told).or_default().push(v);
    }
    for mut list in reports.into_values() {
        list.sort_by_key(|v| (views[*v].sentence, views[*v].event.trigger, *v));
        for at in 0..list.len() {
            let found = before(case, views, &list, at)
                .or_else(|| within(case, views, &list, at))
                .or_else(|| came_of_it(case, views, &list, at, &out));
            // Never to itself by a detour.
            if let Some(first) = found.map(|f| out.get(&f).copied().unwrap_or(f)).filter(|f| *f != list[at]) {
                out.insert(list[at], first);
            }
        }
    }
    // A deed later in its sentence may itself go back further.
    let firsts: Vec<(usize, usize)> =
        out.iter().map(|(v, f)| (*v, out.get(f).copied().unwrap_or(*f))).collect();
    firsts.into_iter().filter(|(v, f)| v != f).collect()
}

/// The dead that the clause beside a blow counts are the blow's, and the day that it tells.
pub(crate) fn lend(views: &mut [View], echoes: &BTreeMap<usize, usize>) {
    for (v, first) in echoes {
        if views[*v].sentence != views[*first].sentence {
            continue;
        }
        let (dead, from, to) = (views[*v].dead, views[*v].from, views[*v].to);
        let (dated, to_lend) = (views[*first].is_dated(), views[*v].is_dated());
        let blow = &mut views[*first];
        blow.dead = blow.dead.or(dead);
        if to_lend && !dated {
            (blow.from, blow.to) = (from, to);
        }
    }
}

fn is_force(view: &View) -> bool {
    view.event.kind == EventType::Assault && view.class == Class::Real
}

fn outcome(case: &Case, view: &View) -> bool {
    is_outcome(case.told[view.told].event(view.at).evidence())
}

/// The blow of a few sentences before that the clause names again.
fn before(case: &Case, views: &[View], list: &[usize], at: usize) -> Option<usize> {
    let view = &views[list[at]];
    let Named { noun, weapon } = names_again(case, view)?;
    // "Three more died in the strike, according to the Nasser hospital": where they died is not where it struck.
    let placeless = outcome(case, view);
    let earlier = || {
        list[..at].iter().rev().copied().filter(|v| {
            let told = &views[*v];
            told.sentence < view.sentence
                && told.sentence + if weapon.is_empty() { BACK } else { FAR_BACK } >= view.sentence
                && !told.is_mutual()
                && tier(case, told) == Tier::Body
                && can_be(view, told, placeless)
        })
    };
    let armed = |v: &usize| words::shared(weapon, &views[*v].event.modes) > 0;
    // "The strikes came after a drone hit Eilat. … said the strikes …": of the two, what bears the name.
    let text = case.told[view.told].reading.document.text();
    let called = |v: &usize| words::content(views[*v].event.trigger.of(text)) == noun;
    if let Some(found) = earlier().find(called).filter(|v| !outcome(case, &views[*v])) {
        return Some(found);
    }
    let found = earlier().find(|v| weapon.is_empty() || armed(v))?;
    // Of the sentence that tells it, the clause that tells most; none where the sentence tells two blows that it can be.
    let here = |v: &usize| views[*v].sentence == views[found].sentence && (weapon.is_empty() || armed(v));
    let told: Vec<usize> = list.iter().copied().filter(here).collect();
    if told.iter().any(|v| ground(case, &views[*v]) || !can_be(&views[found], &views[*v], false)) {
        return None;
    }
    told.into_iter().max_by_key(|v| (!outcome(case, &views[*v]), exactness(&views[*v]), Reverse(*v)))
}

fn ground(case: &Case, view: &View) -> bool {
    is_ground(case.told[view.told].event(view.at).evidence())
}

/// Does nothing keep the two from being one: day, place, attacker?
///
/// What is told in one sentence has the one day that the sentence tells.
fn can_be(view: &View, told: &View, placeless: bool) -> bool {
    let apart = |x: &[u32], y: &[u32]| !x.is_empty() && !y.is_empty() && words::shared(x, y) == 0;
    let dated = view.is_dated() && !told.is_dated() && view.sentence != told.sentence;
    let place = fit::places(view.occasion.spot(), told.occasion.spot());
    !dated
        && !apart(&view.actors, &told.actors)
        && (placeless || place < Fit::Neighbours)
        && alike::meets(view, told)
}

fn tier(case: &Case, view: &View) -> Tier {
    case.told[view.told].event(view.at).evidence().first().map_or(Tier::Body, |e| e.tier)
}

/// A noun for a blow, without its ending, and the weapon that it tells.
struct Named {
    noun: Vec<String>,
    weapon: &'static [Mode],
}

/// The weapon that a definite noun for a blow tells, where the clause has one; empty where the noun tells none.
fn names_again(case: &Case, view: &View) -> Option<Named> {
    let told = &case.told[view.told];
    let text = told.reading.document.text();
    let sentence = told.event(view.at).evidence().first()?.sentence;
    let trigger = view.event.trigger;
    let (head, tail) =
        (text.get(sentence.start()..trigger.start())?, text.get(trigger.start()..sentence.end())?);
    let (head, tail) = (plain(head), plain(tail));
    let word = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
    // "The strike killed three": the noun itself.
    if let Some(weapon) = blow(&word(&tail, 0)).filter(|_| definite(&head, head.len()) && closes(&tail, 1)) {
        return Some(weapon);
    }
    // "The shells were fired", "the rockets hit a bus": what is fired does it.
    let near = head.len().saturating_sub(4)..head.len();
    let fired =
        near.rev().find_map(|i| blow(&head[i]).filter(|_| definite(&head, i) && closes(&head, i + 1)));
    if let Some(weapon) = fired.filter(|w| !w.weapon.is_empty()) {
        return Some(weapon);
    }
    // "died in the raid"
    let limit = tail.len().min(REACH + 1);
    (1..limit).find_map(|i| {
        let led =
            i >= 2 && matches!(tail[i - 2].as_str(), "in" | "by" | "from" | "during") && definite(&tail, i);
        blow(&tail[i]).filter(|_| led && closes(&tail, i + 1))
    })
}

/// Words and marks, small.
fn plain(text: &str) -> Vec<String> {
    let spaced: String = text
        .chars()
        .flat_map(|c| match c {
            ',' | ';' | ':' | '.' => vec![' ', c, ' '],
            '"' | '“' | '”' => vec![' '],
            _ => vec![c],
        })
        .collect();
    spaced.split_whitespace().map(words::fold).collect()
}

fn blow(word: &str) -> Option<Named> {
    let found = BLOWS.iter().find(|(nouns, _)| nouns.contains(&word))?;
    Some(Named { noun: words::content(word), weapon: found.1 })
}

/// Does "the" stand right before the word at this place?
fn definite(list: &[String], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| matches!(list[i].as_str(), "the" | "that" | "this"))
}

/// Does what follows say nothing more of the blow: no target, no place, no clause?
fn closes(list: &[String], at: usize) -> bool {
    const MORE: [&str; 11] =
        ["on", "in", "at", "against", "of", "near", "that", "which", "where", "outside", "over"];
    !list.get(at).is_some_and(|w| MORE.contains(&w.as_str()))
}

/// The deed told before it in its sentence, of which a blow told with "in a" is the manner.
fn within(case: &Case, views: &[View], list: &[usize], at: usize) -> Option<usize> {
    let view = &views[list[at]];
    let near = list[..at].iter().rev().copied().find(|v| views[*v].sentence == view.sentence)?;
    let (text, deed) = (case.told[view.told].reading.document.text(), views[near].event.trigger);
    let between = plain(text.get(deed.end()..view.event.trigger.start())?);
    let led = between.windows(2).rev().take(3).any(|pair| {
        matches!(pair[0].as_str(), "in" | "by" | "during") && matches!(pair[1].as_str(), "a" | "an" | "its")
    });
    // "… in a strike" ends what is told of the dead; behind a comma or an "and" something else begins.
    let one_clause = !between.iter().any(|w| matches!(w.as_str(), "and" | "but" | "while" | "as" | "after"));
    let fits = outcome(case, &views[near]) && !outcome(case, view) && can_be(view, &views[near], false);
    (led && one_clause && fits).then_some(near)
}

/// Is the blow told behind the dead, with "when" before it?
fn when_it(case: &Case, view: &View, blow: &View) -> bool {
    let text = case.told[view.told].reading.document.text();
    let between = text.get(view.event.trigger.end()..blow.event.trigger.start());
    between.is_some_and(|b| plain(b).iter().any(|w| w == "when"))
}

/// The one blow of the sentence of which the dead and hurt told there can be.
fn came_of_it(
    case: &Case,
    views: &[View],
    list: &[usize],
    at: usize,
    known: &BTreeMap<usize, usize>,
) -> Option<usize> {
    let view = &views[list[at]];
    if !outcome(case, view) || !view.actors.is_empty() {
        return None;
    }
    let here = || {
        list.iter().copied().filter(|v| {
            let told = &views[*v];
            *v != list[at]
                && told.sentence == view.sentence
                && !told.is_mutual()
                && !outcome(case, told)
                && can_be(view, told, false)
        })
    };
    // "15 died when a bomb hit a bus"
    if let Some(deed) = here().find(|v| when_it(case, view, &views[*v])) {
        return Some(deed);
    }
    let armed = |v: &usize| words::shared(&view.event.modes, &views[*v].event.modes) > 0;
    let one_word = |v: &usize| views[*v].event.attributed_to == view.event.attributed_to;
    let deeds: Vec<usize> = if view.event.modes.is_empty() {
        // Bare deaths go with a sentence of which every deed goes back to what was told before.
        if view.event.place.is_some() || view.is_dated() {
            return None;
        }
        if here().any(|v| !known.contains_key(&v)) { Vec::new() } else { here().collect() }
    } else {
        here().filter(|v| armed(v) && one_word(v)).collect()
    };
    let firsts: BTreeSet<usize> = deeds.iter().map(|v| known.get(v).copied().unwrap_or(*v)).collect();
    match deeds[..] {
        [one] => Some(one),
        [one, ..] if firsts.len() == 1 || deeds.iter().all(|v| can_be(&views[one], &views[*v], false)) => {
            deeds.iter().copied().max_by_key(|v| (exactness(&views[*v]), Reverse(*v)))
        }
        _ => None,
    }
}
