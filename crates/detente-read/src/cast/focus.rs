//! Which countries a report is about: those it comes back to.
//!
//! "Germany, Italy and Britain followed suit. The government has not responded": the government is that of the country
//! that the report is about. A country that is named once, in passing, is not the one in play.
//!
//! # How
//! Names of states, their people, bodies and places are counted over the whole report, those of the headline and of the first
//! sentence twice. In focus is what is named more than once, and at least a third as often as the country that is named most.

use super::shared::{country_of, first_longest};
use crate::text::Text;
use detente_knowledge::{ActorEntry, Knowledge, NameHit, Target};
use detente_types::{ActorId, ActorKind, SentenceKind};
use std::collections::{BTreeMap, BTreeSet};

/// A country in focus is named at least this part as often as the one named most.
const PART: usize = 3;

/// How often a report names each country.
#[derive(Debug, Default)]
pub(super) struct Focus {
    times: BTreeMap<String, usize>,
    most: usize,
    /// The same by names of states, their people and bodies, and of places that have no namesake.
    sure: BTreeMap<String, usize>,
    /// How often it names each armed group and de facto government, with its country.
    groups: BTreeMap<ActorId, (usize, Option<String>)>,
    /// Countries whose army it names by their name: "the Israeli army", "Mali's military".
    armies: BTreeSet<String>,
    /// Those whose arms or troops it names so: "an Israeli strike", "Malian soldiers".
    armed: BTreeSet<String>,
}

impl Focus {
    /// Counts.
    pub(super) fn of(text: &Text<'_>, knowledge: &Knowledge) -> Focus {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let mut certain: BTreeMap<String, usize> = BTreeMap::new();
        let mut groups: BTreeMap<ActorId, (usize, Option<String>)> = BTreeMap::new();
        let (mut armies, mut armed) = (BTreeSet::new(), BTreeSet::new());
        let first = text.sentences.iter().position(|s| s.kind == SentenceKind::Body);
        for (s, sentence) in text.sentences.iter().enumerate() {
            let Some(tree) = &sentence.tree else { continue };
            let weight = if sentence.kind == SentenceKind::Headline || Some(s) == first { 2 } else { 1 };
            let words: Vec<&str> = (0..tree.len()).map(|n| tree.word(n)).collect();
            let mut at = 0;
            while at < words.len() {
                // "Nine people": a sentence begins with a number, and there is a town of that name.
                let counts = tree.upos(at) == "NUM";
                let hits = match words[at].starts_with(char::is_uppercase) && !counts {
                    true => knowledge.names_at(&words, at),
                    false => Vec::new(),
                };
                // A town that has namesakes is most likely the one that is most likely meant.
                let sure = |h: &&NameHit| !h.shared || matches!(h.target, Target::Place(_));
                let longest = first_longest(hits.iter().filter(sure));
                if let Some(group) = longest.and_then(|h| group_of(h, knowledge)) {
                    groups.entry(group.id.clone()).or_insert((0, group.country.clone())).0 += weight;
                }
                if let Some(country) = longest.and_then(|h| country_of(h, knowledge)) {
                    if longest.is_some_and(|h| alone(h, &words[at..], knowledge)) {
                        *certain.entry(country.clone()).or_default() += weight;
                    }
                    if longest.is_some_and(|h| is_army(&words[at + h.len..]) || is_force(h, knowledge)) {
                        armies.insert(country.clone());
                    }
                    if longest.is_some_and(|h| are_arms(&words[at + h.len..])) {
                        armed.insert(country.clone());
                    }
                    *times.entry(country).or_default() += weight;
                }
                at += longest.map_or(1, |h| h.len.max(1));
            }
        }
        let most = times.values().max().copied().unwrap_or_default();
        if let Some(home) = text.dateline_country(knowledge) {
            *certain.entry(home).or_default() += 2;
        }
        Focus { times, most, sure: certain, groups, armies, armed }
    }

    /// How often the report names this country by what has no namesake.
    pub(super) fn sure(&self, country: &str) -> usize {
        self.sure.get(country).copied().unwrap_or_default()
    }

    /// How often it names any country so.
    pub(super) fn told(&self) -> usize {
        self.sure.values().sum()
    }

    /// The armed groups and de facto governments that the report names.
    pub(super) fn groups(&self) -> impl Iterator<Item = &ActorId> {
        self.groups.keys()
    }

    /// The only such group, or the only one at home in this country.
    pub(super) fn only_group(&self, home: Option<&str>) -> Option<ActorId> {
        let here = |country: &Option<String>| home.is_none() || country.as_deref() == home;
        let mut fits = self.groups.iter().filter(|(_, (_, country))| here(country));
        fits.next().filter(|_| fits.next().is_none()).map(|(id, _)| id.clone())
    }

    pub(super) fn all_sure(&self) -> &BTreeMap<String, usize> {
        &self.sure
    }

    /// The only country in focus whose army the report names by its country.
    pub(super) fn only_army(&self) -> Option<&str> {
        self.only_of(&self.armies)
    }

    /// The only one whose arms or troops it names so.
    pub(super) fn only_armed(&self) -> Option<&str> {
        self.only_of(&self.armed)
    }

    fn only_of<'s>(&'s self, countries: &'s BTreeSet<String>) -> Option<&'s str> {
        let mut named = countries.iter().filter(|country| self.has(country));
        named.next().filter(|_| named.next().is_none()).map(String::as_str)
    }

    /// The country that the report is about before all, of those in question: named at least half as often again as any
    /// other.
    pub(super) fn main(&self, in_question: impl Fn(&str) -> bool) -> Option<&str> {
        let told = self.times.iter().filter(|(country, _)| in_question(country));
        let mut often: Vec<(&String, usize)> = told.map(|(country, n)| (country, *n)).collect();
        often.sort_by_key(|(country, n)| (std::cmp::Reverse(*n), *country));
        let second = often.get(1).map_or(0, |(_, n)| *n);
        often.first().filter(|(_, n)| 2 * n >= 3 * second).map(|(country, _)| country.as_str())
    }

    /// Is the report about this country?
    pub(super) fn has(&self, country: &str) -> bool {
        self.times
            .get(country)
            .is_some_and(|times| times * PART >= self.most && (*times > 1 || self.most < 2))
    }
}

/// The armed group or de facto government that a name speaks of.
fn group_of<'k>(hit: &NameHit, knowledge: &'k Knowledge) -> Option<&'k ActorEntry> {
    let Target::Actor(id) = &hit.target else { return None };
    let party = |a: &&ActorEntry| matches!(a.kind, ActorKind::ArmedGroup | ActorKind::DefactoGovernment);
    knowledge.actor(id).filter(party)
}

/// Does an army follow a name: "army", "'s armed forces"?
fn is_army(after: &[&str]) -> bool {
    let after = after.strip_prefix(&["'s"]).or_else(|| after.strip_prefix(&["’s"])).unwrap_or(after);
    matches!(
        after,
        ["army" | "Army" | "military" | "Military", ..] | ["armed" | "Armed", "forces" | "Forces", ..]
    )
}

/// Do arms or troops follow a name: "strikes", "'s troops"?
fn are_arms(after: &[&str]) -> bool {
    const ARMS: &[&str] = &[
        "strike",
        "strikes",
        "airstrike",
        "airstrikes",
        "air",
        "jets",
        "jet",
        "warplanes",
        "drones",
        "drone",
        "missiles",
        "troops",
        "soldiers",
        "soldier",
        "forces",
        "shelling",
        "artillery",
        "tanks",
        "raid",
        "bombardment",
        "navy",
    ];
    let after = after.strip_prefix(&["'s"]).or_else(|| after.strip_prefix(&["’s"])).unwrap_or(after);
    after.first().is_some_and(|word| ARMS.contains(word))
}

/// Is it the name of a state's armed force: "Israel Defense Forces"?
fn is_force(hit: &NameHit, knowledge: &Knowledge) -> bool {
    let Target::Actor(id) = &hit.target else { return false };
    knowledge.actor(id).is_some_and(|a| a.kind == ActorKind::Forces && a.country.is_some())
}

/// Is it an actor's name, or that of a place that has no namesake abroad?
fn alone(hit: &NameHit, words: &[&str], knowledge: &Knowledge) -> bool {
    let Target::Place(_) = hit.target else { return true };
    let name = words[..hit.len.min(words.len())].join(" ");
    let mut homes: Vec<&str> =
        knowledge.places_named(&name).iter().flat_map(|p| p.countries.clone()).collect();
    homes.sort_unstable();
    homes.dedup();
    homes.len() < 2 && hit.len > 1
}
