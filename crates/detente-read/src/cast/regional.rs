//! "The Tigray delegation", "Karen negotiators", "the rebels' envoys": those who talk for a region, a people or rebels are no
//! people of the state.
//!
//! # How
//! 1. The armed group or de facto government of the report whose name has the region or the people in it.
//! 2. Else the one that a list knows as the rebels, forces or authorities of that region.
//! 3. Else the only armed group of the report that is at home in the country of the region.
//! 4. Else they are a party of their own, by the words that are printed.

use super::phrase::{known_actor, slug};
use super::{Casting, Meaning};
use crate::tree::Tree;
use detente_knowledge::{NameKind, PlaceKind, Target};
use detente_types::{Actor, ActorId, ActorKind, ActorRef, Certainty, Via};

impl Casting<'_, '_> {
    /// People who talk, and for whom.
    pub(super) fn regional(&mut self, tree: &Tree<'_>, i: usize, ids: &[usize]) -> Option<Meaning> {
        let lemma = tree.lemma(i);
        let talks = matches!(
            lemma.as_str(),
            "delegation" | "delegate" | "negotiator" | "envoy" | "representative" | "side"
        ) || lemma == "team" && tree.modifiers(i).any(|m| tree.lower(m).starts_with("negotiat"));
        // "the Tigray party", "a Tigrayan official": of the group of that name, never of the state that it fights.
        let people = are_people(&lemma);
        if !talks && !people || tree.tokens[i].name.is_some() {
            return None;
        }
        let owners = tree
            .kids_by(i, &["compound", "amod", "nmod:poss", "nmod"])
            .filter(|&k| k < i || tree.case(k).is_some_and(|c| matches!(c.as_str(), "of" | "from" | "for")));
        let owners: Vec<usize> = owners.collect();
        let rebels = owners.iter().any(|&k| {
            matches!(tree.lemma(k).as_str(), "rebel" | "insurgent" | "guerrilla" | "separatist" | "militant")
        });
        let region = owners.iter().copied().filter(|&k| tree.word(k).starts_with(char::is_uppercase));
        let regions: Vec<usize> = region.collect();
        let known = match regions[..] {
            [k] => self.of_region(tree, k, &lemma),
            _ => None,
        };
        let of_rebels = || rebels.then(|| self.focus.only_group(None).map_or_else(nameless, |id| (id, None)));
        let (id, own) = known.or_else(of_rebels)?;
        let knowledge = self.knowledge;
        self.out
            .actors
            .entry(id.clone())
            .or_insert_with(|| own.unwrap_or_else(|| known_actor(knowledge, &id, None, "")));
        let reference = ActorRef {
            actor: id,
            span: Some(tree.span_of(ids)),
            via: Via::Composed,
            certainty: Certainty::Likely,
        };
        Some(Meaning { refs: vec![reference], place: false, owned: false })
    }

    /// "troops in Tigray": the land, and not those who govern it under its name.
    pub(super) fn is_land(&self, tree: &Tree<'_>, ids: &[usize]) -> bool {
        let places = self.knowledge.places_named(tree.phrase(ids));
        places.iter().any(|p| matches!(p.kind, PlaceKind::Region | PlaceKind::Area))
    }

    /// Those who talk for the region or people that this word names; a new actor where nobody knows them.
    fn of_region(&self, tree: &Tree<'_>, k: usize, lemma: &str) -> Option<(ActorId, Option<Actor>)> {
        let name = tree.word(k);
        let home = match self.ruled(tree, k)? {
            Ruled::By(id) => return Some((id, None)),
            Ruled::Within(home) => home,
        };
        let named = self.focus.groups().find(|id| self.is_called(id, name)).cloned();
        let people = are_people(lemma);
        let only = || self.focus.only_group(home.as_deref()).filter(|_| !people);
        if let Some(id) = named.or_else(|| self.listed_party(name)).or_else(only) {
            return Some((id, None));
        }
        let home = home.filter(|c| self.focus.has(c))?;
        // "The Cebu envoy" of one country's own is no party.
        let body = match lemma {
            "delegation" | "negotiator" | "side" | "team" => "delegation",
            "party" => "party",
            _ => return None,
        };
        let id = ActorId::named(&format!("org/{}-{body}", slug(name)));
        let actor = Actor {
            id: id.clone(),
            name: format!("{name} {body}"),
            kind: ActorKind::Organisation,
            country: Some(home),
            sector: None,
            aliases: Vec::new(),
            acts_for: Vec::new(),
        };
        Some((id, Some(actor)))
    }

    /// Whose name the word is: a party's, or that of a region or people in some country; not a state's.
    fn ruled(&self, tree: &Tree<'_>, k: usize) -> Option<Ruled> {
        let name = tree.word(k);
        let hits = self.knowledge.names_at(&[name], 0);
        let mut home = None;
        for hit in &hits {
            match &hit.target {
                Target::Actor(id) => {
                    let actor = self.knowledge.actor(id)?;
                    match actor.kind {
                        kind if is_party(kind) => return Some(Ruled::By(id.clone())),
                        ActorKind::Population if actor.country.is_none() || hit.as_ != NameKind::Metonym => {
                            home = home.or_else(|| actor.country.clone());
                        }
                        // "negotiators for Puntland"
                        ActorKind::Body if actor.country.as_deref() != Some(id.as_str()) => {
                            return tree.case(k).map(|_| Ruled::By(id.clone()));
                        }
                        _ => return None,
                    }
                }
                Target::Place(id) => {
                    let place = self.meant(*id, name)?;
                    home = home.or_else(|| place.countries.first().map(ToString::to_string));
                }
            }
        }
        (!hits.is_empty()).then_some(Ruled::Within(home))
    }

    /// "Tigray authorities", "Karen rebels": a party that a list knows by its region.
    fn listed_party(&self, region: &str) -> Option<ActorId> {
        ["authorities", "rebels", "separatists", "forces", "fighters"].iter().find_map(|of| {
            let hits = self.knowledge.names_at(&[region, of], 0);
            hits.into_iter().filter(|h| h.len == 2).find_map(|h| match h.target {
                Target::Actor(id) if self.knowledge.actor(&id).is_some_and(|a| is_party(a.kind)) => Some(id),
                _ => None,
            })
        })
    }

    /// Does a name of the actor hold this word: "Tigray" of "Tigray People's Liberation Front"?
    fn is_called(&self, id: &ActorId, word: &str) -> bool {
        let Some(actor) = self.knowledge.actor(id).filter(|a| is_party(a.kind)) else { return false };
        let mut names = std::iter::once(&actor.name).chain(&actor.aliases);
        names.any(|name| name.split([' ', '-']).any(|w| w == word || w.strip_suffix("an") == Some(word)))
    }
}

/// Those who are of a group and do not talk for it.
fn are_people(lemma: &str) -> bool {
    matches!(
        lemma,
        "party"
            | "official"
            | "fighter"
            | "commander"
            | "authority"
            | "leader"
            | "rebel"
            | "insurgent"
            | "guerrilla"
            | "separatist"
    )
}

/// Whose name a word before "delegation" is.
enum Ruled {
    /// A party's.
    By(ActorId),
    /// That of a region or people in a country, as far as that is known.
    Within(Option<String>),
}

/// Rebels of whom the report does not say who they are.
fn nameless() -> (ActorId, Option<Actor>) {
    let id = ActorId::named("unnamed/rebel");
    let actor = Actor {
        id: id.clone(),
        name: "rebels".to_string(),
        kind: ActorKind::Unnamed,
        country: None,
        sector: None,
        aliases: Vec::new(),
        acts_for: Vec::new(),
    };
    (id, Some(actor))
}

fn is_party(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::ArmedGroup | ActorKind::DefactoGovernment)
}
