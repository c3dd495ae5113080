//! Readings in; the same readings out, with one key for one person.
//!
//! A reader sees one report. Where that report says only "Zelensky", the key is `person/zelensky`;
//! another says "Volodymyr Zelenskyy" and the key is `person/volodymyr-zelenskyy`. Counted as two
//! they would be two origins of one statement.
//!
//! # How
//! 1. [`one_key`] looks at the persons of one crisis, side by side. A key of one word joins the one
//!    longer key whose last word is spelt the same or nearly so; where two would fit, none is joined.
//! 2. Keys of as many words join where every word is the same or nearly so and at most one differs.
//!    "Nearly so" is a likeness of 0.75: one letter in four. Words under five letters must be equal,
//!    because "Ali" and "Adi" are two persons. The spelling that most reports use is kept.
//! 3. Organisations and groups join where the words of their keys are the same in another order
//!    ("institute of strategic studies, Accra", "Accra institute of strategic studies").
//! 4. [`rewrite`] changes the keys in every fact of a reading.
//! # Does not
//! Join persons across sides, or persons of two crises.

use crate::kin::Kin;
use crate::words::likeness;
use detente_types::{ActorId, ActorKind, ActorRef, Cited, Reading};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Likeness from which two spellings of a name may be one.
const ALIKE: f64 = 0.75;

/// A person or group with the words of its key and the number of reports that name it.
struct Named {
    id: ActorId,
    words: Vec<String>,
    side: Option<ActorId>,
    reports: usize,
}

/// Keys that mean somebody who has another key, with that key.
pub(crate) fn one_key(readings: &[&Reading], kin: &Kin) -> BTreeMap<ActorId, ActorId> {
    let mut reports: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for actor in readings.iter().flat_map(|r| &r.actors) {
        *reports.entry(&actor.id).or_default() += 1;
    }
    let named = |kind: fn(ActorKind) -> bool| -> Vec<Named> {
        let of_kind = reports.iter().filter(|(id, _)| kind(kin.kind(id)));
        of_kind.map(|(id, n)| Named::new(id, *n, kin)).collect()
    };
    let mut same = BTreeMap::new();
    let persons = named(|k| k == ActorKind::Person);
    join_full(&persons, &mut same);
    join_short(&persons, &mut same);
    join_reordered(&named(|k| matches!(k, ActorKind::Organisation | ActorKind::ArmedGroup)), &mut same);
    // A short key may have joined a long one that itself joined another.
    let ends: Vec<(ActorId, ActorId)> =
        same.iter().filter_map(|(a, b)| same.get(b).map(|c| (a.clone(), c.clone()))).collect();
    same.extend(ends);
    same
}

impl Named {
    fn new(id: &ActorId, reports: usize, kin: &Kin) -> Named {
        let key = id.as_str().rsplit('/').next().unwrap_or_default();
        let words = key.split('-').filter(|w| !w.is_empty()).map(str::to_string).collect();
        let side = Some(kin.side(id)).filter(|s| s != id);
        Named { id: id.clone(), words, side, reports }
    }

    fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Could the two be of one side? One that acts for nobody known could be of any.
    fn fits(&self, other: &Named) -> bool {
        match (&self.side, &other.side) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
}

fn nearly(a: &str, b: &str) -> bool {
    a == b || (a.len().min(b.len()) >= 5 && likeness(a, b) >= ALIKE)
}

/// Groups by the first two letters of a word, so that nobody is compared with everybody.
fn blocks(all: &[Named], word: fn(&Named) -> &str) -> Vec<Vec<&Named>> {
    let mut out: BTreeMap<String, Vec<&Named>> = BTreeMap::new();
    for named in all {
        out.entry(word(named).chars().take(2).collect()).or_default().push(named);
    }
    out.into_values().collect()
}

fn join_full(persons: &[Named], same: &mut BTreeMap<ActorId, ActorId>) {
    // "Kovalenko" and "Covalenko" meet by their first name, "Olena" and "Elena" by their last.
    for mut block in blocks(persons, Named::last).into_iter().chain(blocks(persons, Named::first)) {
        block.retain(|p| p.words.len() >= 2);
        block.sort_by_key(|p| (std::cmp::Reverse(p.reports), p.id.clone()));
        for (i, p) in block.iter().enumerate() {
            let kept = block[..i].iter().find(|q| {
                let differ = q.words.iter().zip(&p.words).filter(|(a, b)| a != b).count();
                let near = q.words.iter().zip(&p.words).all(|(a, b)| nearly(a, b));
                !same.contains_key(&q.id)
                    && q.words.len() == p.words.len()
                    && near
                    && differ <= 1
                    && q.fits(p)
            });
            if let (Some(kept), false) = (kept, same.contains_key(&p.id)) {
                same.insert(p.id.clone(), kept.id.clone());
            }
        }
    }
}

fn join_short(persons: &[Named], same: &mut BTreeMap<ActorId, ActorId>) {
    for block in blocks(persons, Named::last) {
        let (short, long): (Vec<&Named>, Vec<&Named>) = block.into_iter().partition(|p| p.words.len() == 1);
        for p in short {
            let fits = |q: &&&Named| !same.contains_key(&q.id) && nearly(q.last(), p.last()) && q.fits(p);
            let found: Vec<&&Named> = long.iter().filter(fits).collect();
            if let [one] = found[..] {
                same.insert(p.id.clone(), one.id.clone());
            }
        }
    }
}

fn join_reordered(groups: &[Named], same: &mut BTreeMap<ActorId, ActorId>) {
    let mut by_words: BTreeMap<Vec<&str>, Vec<&Named>> = BTreeMap::new();
    for group in groups {
        let mut words: Vec<&str> = group
            .words
            .iter()
            .map(String::as_str)
            .filter(|w| !matches!(*w, "of" | "the" | "in" | "for"))
            .collect();
        words.sort_unstable();
        if words.len() >= 2 {
            by_words.entry(words).or_default().push(group);
        }
    }
    for mut block in by_words.into_values() {
        block.sort_by_key(|g| (std::cmp::Reverse(g.reports), g.id.clone()));
        let Some((kept, rest)) = block.split_first() else { continue };
        for group in rest.iter().filter(|g| g.fits(kept)) {
            same.insert(group.id.clone(), kept.id.clone());
        }
    }
}

/// The reading with one key for one person; untouched, and not copied, where nothing changes.
pub(crate) fn rewrite<'a>(reading: &'a Reading, same: &BTreeMap<ActorId, ActorId>) -> Cow<'a, Reading> {
    if !reading.actors.iter().any(|a| same.contains_key(&a.id)) {
        return Cow::Borrowed(reading);
    }
    let mut out = reading.clone();
    let id = |id: &mut ActorId| {
        if let Some(other) = same.get(id) {
            *id = other.clone();
        }
    };
    let refs = |list: &mut Vec<ActorRef>| list.iter_mut().for_each(|r| id(&mut r.actor));
    for actor in &mut out.actors {
        id(&mut actor.id);
        actor.acts_for.iter_mut().for_each(id);
    }
    each(&mut out.events, |e| {
        [&mut e.actors, &mut e.recipients, &mut e.others, &mut e.attributed_to].into_iter().for_each(refs);
    });
    each(&mut out.figures, |f| {
        [&mut f.victims, &mut f.perpetrators].into_iter().for_each(refs);
        f.claimant.iter_mut().chain(&mut f.also_by).for_each(|r| id(&mut r.actor));
    });
    each(&mut out.claims, |c| [&mut c.who, &mut c.whom].into_iter().for_each(refs));
    each(&mut out.acts, |a| [&mut a.mediators, &mut a.parties, &mut a.by].into_iter().for_each(refs));
    each(&mut out.quotes, |q| q.speaker.iter_mut().for_each(|r| id(&mut r.actor)));
    each(&mut out.offices, |o| {
        id(&mut o.holder);
        o.of.iter_mut().for_each(id);
    });
    out.actors.sort_by(|a, b| a.id.cmp(&b.id));
    Cow::Owned(out)
}

fn each<T>(facts: &mut [Cited<T>], change: impl Fn(&mut T)) {
    facts.iter_mut().for_each(|cited| change(&mut cited.fact));
}
