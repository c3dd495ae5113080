//! Names that several bear: which bearer a report means, decided once for the whole report.
//!
//! "RSF" is a force in Sudan and an association of reporters; "SDF" fights in Syria, and is an army, a party and a
//! fund elsewhere. A report means one of them throughout.
//!
//! # How
//! 1. The bearer whose full name, which nobody shares, the report prints.
//! 2. Else the one whose country the report names most, by its names, people and places; of equals the first key.
//! 3. Else nothing is decided, and the name is read as it stands.

use super::Casting;
use crate::text::Text;
use detente_knowledge::{Knowledge, NameHit, NameKind, Resolved, Target};
use detente_types::{ActorId, ActorKind, Certainty, Via};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the report means by each shared name of one word.
pub(super) type Settled = BTreeMap<String, ActorId>;

/// Decides every shared name of one word in the report.
pub(super) fn settle(text: &Text<'_>, knowledge: &Knowledge, on: Option<Date>) -> Settled {
    let mut open: BTreeMap<String, Vec<ActorId>> = BTreeMap::new();
    let mut printed: BTreeSet<ActorId> = BTreeSet::new();
    let mut countries: BTreeMap<String, usize> = BTreeMap::new();
    for tree in text.sentences.iter().filter_map(|s| s.tree.as_ref()) {
        let words: Vec<&str> = (0..tree.len()).map(|n| tree.word(n)).collect();
        for at in 0..words.len() {
            if !words[at].starts_with(char::is_uppercase) {
                continue;
            }
            let hits = knowledge.names_at(&words, at);
            note(&hits, words[at], knowledge, on, &mut open, &mut printed);
            let longest = first_longest(hits.iter().filter(|h| !h.shared));
            if let Some(country) = longest.and_then(|h| country_of(h, knowledge)) {
                *countries.entry(country).or_default() += 1;
            }
        }
    }
    open.into_iter()
        .filter_map(|(name, ids)| Some((name, bearer(&ids, &printed, &countries, knowledge)?)))
        .collect()
}

/// Puts down who bears a shared name here, and who is named in full.
fn note(
    hits: &[NameHit],
    word: &str,
    knowledge: &Knowledge,
    on: Option<Date>,
    open: &mut BTreeMap<String, Vec<ActorId>>,
    printed: &mut BTreeSet<ActorId>,
) {
    for hit in hits.iter().filter(|h| h.valid(on)) {
        let Target::Actor(id) = &hit.target else { continue };
        if hit.shared && hit.len == 1 {
            let list = open.entry(word.to_string()).or_default();
            if !list.contains(id) {
                list.push(id.clone());
            }
        } else if !hit.shared && knowledge.actor(id).is_some() {
            printed.insert(id.clone());
        }
    }
}

/// The country that a name speaks of.
pub(super) fn country_of(hit: &NameHit, knowledge: &Knowledge) -> Option<String> {
    match &hit.target {
        Target::Actor(id) => knowledge.actor(id)?.country.clone(),
        Target::Place(id) => match &knowledge.place(*id)?.countries[..] {
            [one] => Some(one.to_string()),
            _ => None,
        },
    }
}

/// The longest of several readings of a name, of equals the first: "Hamas" is the movement, and no village that is
/// spelt so.
pub(super) fn first_longest<'h>(hits: impl Iterator<Item = &'h NameHit>) -> Option<&'h NameHit> {
    hits.reduce(|best, next| if next.len > best.len { next } else { best })
}

fn bearer(
    ids: &[ActorId],
    printed: &BTreeSet<ActorId>,
    countries: &BTreeMap<String, usize>,
    knowledge: &Knowledge,
) -> Option<ActorId> {
    if ids.len() < 2 {
        return None;
    }
    let named: Vec<&ActorId> = ids.iter().filter(|id| printed.contains(*id)).collect();
    if let [one] = named[..] {
        return Some(one.clone());
    }
    let times = |id: &ActorId| {
        let country = knowledge.actor(id).and_then(|a| a.country.clone());
        country.and_then(|c| countries.get(&c).copied()).unwrap_or_default()
    };
    let best = ids.iter().max_by(|a, b| times(a).cmp(&times(b)).then(b.cmp(a)))?;
    (times(best) > 0).then(|| best.clone())
}

impl Casting<'_, '_> {
    /// The country of whom the report means by a shared name among these words.
    pub(super) fn bearers_country(&self, words: &[&str]) -> Option<String> {
        let id = words.iter().find_map(|w| self.settled.get(*w))?;
        self.knowledge.actor(id)?.country.clone()
    }

    /// "Brussels" where the report is about the Union: whom one shared word means, who may have no country.
    pub(super) fn settled_name(&self, words: &[&str]) -> Option<Resolved> {
        let [word] = words else { return None };
        let id = self.settled.get(*word)?;
        let actor = self.knowledge.actor(id).filter(|a| a.country.is_none())?;
        let hits = self.knowledge.names_at(words, 0);
        let seat = hits.iter().any(|h| h.as_ == NameKind::Metonym && h.target == Target::Actor(id.clone()));
        let via = if seat { Via::Metonym } else { Via::Alias };
        Some(Resolved {
            actor: Some(id.clone()),
            kind: Some(actor.kind),
            bloc: actor.bloc,
            sector: actor.sector,
            via: Some(via),
            ..Resolved::default()
        })
    }

    /// Does the shared name mean somebody else in this report?
    pub(super) fn is_other_bearer(&self, hit: &NameHit, word: &str) -> bool {
        hit.shared && self.settled.get(word).is_some_and(|id| hit.target != Target::Actor(id.clone()))
    }

    /// "Rebels declare truce" above a report on one armed group: the headline means the group that the report names.
    pub(super) fn look_ahead(&mut self) {
        let armed = |id: &ActorId| self.out.actors.get(id).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
        let mut times: BTreeMap<&ActorId, usize> = BTreeMap::new();
        for mention in self.out.mentions.iter().filter(|m| armed(&m.actor)) {
            *times.entry(&mention.actor).or_default() += 1;
        }
        let most = times.values().max().copied().unwrap_or_default();
        let mut often = times.into_iter().filter(|(_, n)| *n == most).map(|(id, _)| id);
        let (Some(only), None) = (often.next(), often.next()) else { return };
        let only = only.clone();
        let vague =
            ["rebel", "insurgent", "militant", "fighter", "guerrilla"].map(|w| format!("unnamed/{w}"));
        let headline = |s: usize| {
            self.text.sentences.get(s).is_some_and(|l| l.kind == detente_types::SentenceKind::Headline)
        };
        for (_, meaning) in self.out.meanings.iter_mut().filter(|((s, _), _)| headline(*s)) {
            for r in meaning.refs.iter_mut().filter(|r| vague.iter().any(|v| r.actor.as_str() == v)) {
                r.actor = only.clone();
                r.certainty = Certainty::Likely;
                r.via = Via::Nominal;
            }
        }
    }
}
