//! Mentions of one act to one act.

use super::Stroke;
use super::blamed::Charge;
use super::clause::push_words;
use detente_types::attack::{Blame, Doer, Execution, Form, Hurt, Number, Struck, Victim, Words};
use detente_types::{Attack, Evidence, Mode, When};

/// An act under way: what is known of it, and where it was last told.
pub(super) struct Growing {
    pub(super) attack: Attack,
    /// Sentence of its first mention.
    pub(super) opened: usize,
    last: usize,
    pub(super) evidence: Vec<Evidence>,
    pub(super) passing: bool,
    /// What its first mention looks like, and all of them.
    pub(super) first: Vec<String>,
    pub(super) traits: Vec<String>,
}

/// A sentence that lays blame is at most so many sentences behind the act.
const REACH: usize = 4;
/// Days that no act lasts.
const LONG: i32 = 45;

/// Joins strokes in text order; drops what struck nobody and nothing.
pub(super) fn join(strokes: Vec<Stroke>, charges: &[Charge], spared: &[usize]) -> Vec<Growing> {
    let mut acts: Vec<Growing> = Vec::new();
    for stroke in strokes {
        let one =
            if stroke.harm { hurt_in(&acts, &stroke) } else { acts.iter().rposition(|a| same(a, &stroke)) };
        match one {
            None if stroke.harm => {}
            Some(n) => grow(&mut acts[n], stroke),
            None => acts.push(Growing {
                attack: stroke.attack,
                opened: stroke.sentence,
                last: stroke.sentence,
                evidence: vec![stroke.evidence],
                passing: stroke.passing,
                first: stroke.traits.clone(),
                traits: stroke.traits,
            }),
        }
    }
    for charge in charges {
        let behind = |a: &&mut Growing| a.last <= charge.sentence && charge.sentence - a.last <= REACH;
        let Some(act) = acts.iter_mut().rev().find(behind) else { continue };
        let victims: Vec<_> = act.attack.victims.iter().filter_map(|v| v.actor.clone()).collect();
        for group in charge.groups.iter().filter(|g| !victims.iter().any(|v| v.actor == g.actor)) {
            blamed(&mut act.attack.doers, Doer { group: group.clone(), blame: charge.blame });
        }
    }
    for &s in spared {
        let behind = |a: &&mut Growing| a.last <= s && s - a.last <= REACH;
        let Some(act) = acts.iter_mut().rev().find(behind) else { continue };
        act.attack.harmless = !act.attack.victims.iter().any(|v| v.hurt.is_some());
    }
    acts.retain(|a| !a.attack.victims.is_empty() || !a.attack.targets.is_empty());
    acts.retain(|a| !many(&a.attack));
    acts
}

/// "100 people were killed last year" counts many acts.
fn many(a: &Attack) -> bool {
    let named = a.victims.iter().any(|v| v.name.is_some());
    let long = a.when.from().zip(a.when.to()).is_some_and(|(f, t)| (t - f).get_days() > LONG);
    long && !named && a.targets.is_empty()
}

/// The act in which they came to harm: the last that was told, a sentence or two before.
fn hurt_in(acts: &[Growing], harm: &Stroke) -> Option<usize> {
    let near = |a: &&Growing| harm.sentence - a.last <= 2 && a.attack.form != Form::Kidnapping;
    let last = acts.iter().filter(near).map(|a| a.last).max()?;
    acts.iter()
        .rposition(|a| a.last == last && (last == harm.sentence || !names_part(&a.attack, &harm.attack)))
}

/// Do both tell the same act?
fn same(a: &Growing, b: &Stroke) -> bool {
    let (one, two) = (&a.attack, &b.attack);
    if !forms_meet(one.form, two.form) || dates_part(&one.when, &two.when) {
        return false;
    }
    if shares_victim(one, two) || shares_target(one, two) {
        return !b.other || shares_name(one, two);
    }
    // "the murder of the judge and the murder of his clerk"
    if b.other || b.noun && a.last == b.sentence && names_part(one, two) {
        return false;
    }
    if a.last == b.sentence {
        return true;
    }
    let empty = two.victims.is_empty() && two.targets.is_empty();
    if empty || b.known {
        return true;
    }
    let part = means_part(one, two) || places_part(one, two) || names_part(one, two) || fates_part(one, two);
    !part && b.sentence - a.last <= 2
}

/// One with a charge, the other with firearms.
fn means_part(a: &Attack, b: &Attack) -> bool {
    let shot = |x: &Attack| x.modes.contains(&Mode::Firearms) && !x.modes.contains(&Mode::Explosives);
    let charge = |x: &Attack| x.form == Form::Bombing;
    shot(a) && charge(b) || charge(a) && shot(b)
}

/// One kind, or one of them is only "an attack". Kidnapping is never part of another.
fn forms_meet(a: Form, b: Form) -> bool {
    a == b || matches!((a, b), (Form::Attack, Form::Bombing) | (Form::Bombing, Form::Attack))
}

/// Two days that cannot be one.
fn dates_part(a: &When, b: &When) -> bool {
    let day = |w: &When| w.from().is_some();
    day(a) && day(b) && (a.from() > b.to() || b.from() > a.to())
}

fn key(word: &str) -> String {
    word.to_lowercase().trim_end_matches('s').to_string()
}

fn shares_victim(a: &Attack, b: &Attack) -> bool {
    a.victims.iter().any(|x| b.victims.iter().any(|y| meets(x, y)))
}

/// A person with a name is struck in both.
fn shares_name(a: &Attack, b: &Attack) -> bool {
    let named = |x: &Victim, y: &Victim| x.name.is_some() && y.name.is_some() && meets(x, y);
    a.victims.iter().any(|x| b.victims.iter().any(|y| named(x, y)))
}

/// One person, or words with one head and no numbers that part them.
fn meets(a: &Victim, b: &Victim) -> bool {
    if let (Some(x), Some(y)) = (&a.actor, &b.actor) {
        return x.actor == y.actor;
    }
    if let (Some(x), Some(y)) = (&a.name, &b.name) {
        return last_name(x) == last_name(y);
    }
    let role = |v: &Victim, w: &Words| v.roles.iter().any(|r| key(r).ends_with(&key(&w.head)));
    if a.name.is_some() != b.name.is_some() {
        return role(a, &b.who) || role(b, &a.who);
    }
    let parted = matches!((a.number.low, b.number.low), (Some(m), Some(n)) if m != n);
    let counted = a.number.low.is_some_and(|n| n > 1) && a.number.low == b.number.low;
    let anybody = |v: &Victim| {
        matches!(
            key(&v.who.head).as_str(),
            "people" | "person" | "individual" | "other" | "victim" | "dead" | "them"
        )
    };
    let fates = a.hurt.is_none() || b.hurt.is_none() || a.hurt == b.hurt;
    key(&a.who.head) == key(&b.who.head) && !parted || counted && fates && (anybody(a) || anybody(b))
}

fn last_name(name: &str) -> String {
    name.split_whitespace().next_back().unwrap_or(name).to_lowercase()
}

fn shares_target(a: &Attack, b: &Attack) -> bool {
    a.targets.iter().any(|x| b.targets.iter().any(|y| key(&x.what.head) == key(&y.what.head)))
}

/// Both say where, and in other places.
fn places_part(a: &Attack, b: &Attack) -> bool {
    !a.places.is_empty()
        && !b.places.is_empty()
        && !a.places.iter().any(|x| b.places.iter().any(|y| x.text.eq_ignore_ascii_case(&y.text)))
}

/// Both tell deaths, one of somebody named and the other of several who are not.
fn fates_part(a: &Attack, b: &Attack) -> bool {
    let dead = |x: &Attack| !x.victims.is_empty() && x.victims.iter().all(|v| v.hurt == Some(Hurt::Death));
    let named = |x: &Attack| x.victims.iter().all(|v| v.name.is_some());
    let several = |x: &Attack| x.victims.iter().all(|v| v.name.is_none() && v.number.plural);
    dead(a) && dead(b) && (named(a) && several(b) || several(a) && named(b))
}

/// Both name their victims, and others.
fn names_part(a: &Attack, b: &Attack) -> bool {
    let named = |v: &Attack| v.victims.iter().any(|v| v.name.is_some());
    named(a) && named(b)
}

fn grow(act: &mut Growing, stroke: Stroke) {
    let (one, two) = (&mut act.attack, stroke.attack);
    one.events.extend(two.events);
    if one.form == Form::Attack {
        one.form = two.form;
    }
    if two.execution == Execution::Accomplished && !two.victims.is_empty() {
        one.execution = Execution::Accomplished;
    }
    one.modes.extend(two.modes);
    one.modes.sort();
    one.modes.dedup();
    if one.when.from().is_none() {
        one.when = two.when;
    }
    if one.place.is_none() {
        one.place = two.place;
    }
    two.places.into_iter().for_each(|w| push_words(&mut one.places, w));
    two.weapons.into_iter().for_each(|w| push_words(&mut one.weapons, w));
    two.people.into_iter().for_each(|w| push_words(&mut one.people, w));
    two.doers.into_iter().for_each(|d| blamed(&mut one.doers, d));
    for r in two.actors {
        if !one.actors.iter().any(|x| x.actor == r.actor) {
            one.actors.push(r);
        }
    }
    two.victims.into_iter().for_each(|v| suffer(&mut one.victims, v));
    two.targets.into_iter().for_each(|t| hit(&mut one.targets, t));
    act.last = stroke.sentence;
    act.passing &= stroke.passing;
    act.evidence.push(stroke.evidence);
    act.traits.extend(stroke.traits);
}

/// What is claimed stays claimed; a charge is no fact because it is said again without one.
fn blamed(list: &mut Vec<Doer>, new: Doer) {
    match list.iter_mut().find(|d| d.group.actor == new.group.actor) {
        Some(old) if new.blame == Blame::Claimed => old.blame = Blame::Claimed,
        Some(old) if old.blame == Blame::Fact => old.blame = new.blame,
        Some(_) => {}
        None => list.push(new),
    }
}

fn suffer(list: &mut Vec<Victim>, new: Victim) {
    match list.iter_mut().find(|v| meets(v, &new)) {
        Some(old) => {
            old.hurt = match (old.hurt, new.hurt) {
                (Some(Hurt::Death), _) | (_, Some(Hurt::Death)) => Some(Hurt::Death),
                (a, b) => b.or(a),
            };
            let named = new.name.is_some();
            if old.name.is_none() && named {
                old.roles.push(old.who.text.clone());
                old.name = new.name;
                old.actor = new.actor;
            }
            let anybody = matches!(
                key(&old.who.head).as_str(),
                "people" | "person" | "individual" | "other" | "victim"
            );
            if anybody && !named {
                old.who = new.who;
            }
            old.roles.extend(new.roles);
            let mut seen = std::collections::BTreeSet::new();
            old.roles.retain(|r| seen.insert(r.to_lowercase()));
            if old.number.low.is_none() || old.number == Number::default() {
                old.number = new.number;
            }
        }
        None => list.push(new),
    }
}

fn hit(list: &mut Vec<Struck>, new: Struck) {
    match list.iter_mut().find(|t| key(&t.what.head) == key(&new.what.head)) {
        Some(old) => {
            old.damage = new.damage.or(old.damage);
            if new.what.text.len() > old.what.text.len() {
                old.what = new.what;
            }
        }
        None => list.push(new),
    }
}
