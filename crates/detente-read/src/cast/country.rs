//! Whose "the ministry", "the army", "officials", "the governor" are, where the words do not say: the country in play.
//!
//! In come a phrase without an owner and what the report has named so far; out goes a country, or none. What a body
//! that has a name is called before counts first, then the sentence, then the country that the report is written from.

use super::people::Person;
use super::{Casting, Mentioned};
use crate::tree::Tree;
use detente_knowledge::Target;
use detente_types::{ActorId, ActorKind};

impl Casting<'_, '_> {
    /// Whose a body is that the report names without its owner. As a name ("the Foreign Office"): of the country
    /// that the report gave it to before, else of the country it is written from. Without an article
    /// ("officials said"): of those where it is written. As a noun ("the ministry"): of the country in play.
    pub(super) fn owner_of_body(
        &self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        body: Option<&str>,
    ) -> Option<String> {
        let told = || body.and_then(|b| self.bodies.get(b).cloned());
        let near = || self.country_near(s, tree, i);
        let named = tree.upos(i) == "PROPN" || i > 0 && tree.word(i).starts_with(char::is_uppercase);
        let definite = tree.kids_by(i, &["det", "nmod:poss"]).next().is_some();
        if named {
            told().or_else(|| self.home.clone()).or_else(near)
        } else if definite {
            near().or_else(told).or_else(|| self.home.clone())
        } else {
            self.named_before(s, tree, i).or_else(|| self.home.clone()).or_else(near).or_else(told)
        }
    }

    /// The country that "the ministry" or "officials" here belongs to: one named before in the sentence,
    /// else the country in play.
    pub(super) fn country_near(&self, s: usize, tree: &Tree<'_>, i: usize) -> Option<String> {
        let country = self.named_before(s, tree, i);
        let subject = matches!(tree.base(i), "nsubj");
        if subject {
            self.scene.country.clone().or(country)
        } else {
            country.or_else(|| self.scene.country.clone())
        }
    }

    /// The country of the actor named last before the phrase in its sentence.
    pub(super) fn named_before(&self, s: usize, tree: &Tree<'_>, i: usize) -> Option<String> {
        let before = (0..i).rev().filter(|&n| !tree.is_under(n, i));
        let named = before.filter_map(|n| self.out.meanings.get(&(s, n)));
        named.flat_map(|m| &m.refs).find_map(|r| self.out.actors.get(&r.actor)?.country.clone())
    }

    /// The country of all states, forces and armed groups named so far, where it is one.
    pub(super) fn only_country(&self) -> Option<String> {
        // An armed group is at home in a country, and may fight its neighbour.
        if !self.scene.mentioned.iter().any(|m| m.kind == ActorKind::State) {
            return None;
        }
        let sided = |m: &&Mentioned| {
            matches!(
                m.kind,
                ActorKind::State
                    | ActorKind::DefactoGovernment
                    | ActorKind::Forces
                    | ActorKind::Body
                    | ActorKind::ArmedGroup
            )
        };
        let mut countries: Vec<&String> = self
            .scene
            .mentioned
            .iter()
            .filter(sided)
            .filter_map(|m| self.out.actors.get(&m.actor)?.country.as_ref())
            .collect();
        countries.sort_unstable();
        countries.dedup();
        let [only] = countries[..] else { return None };
        Some(only.clone())
    }

    /// The country of the places of a sentence, where it is one.
    pub(super) fn told_place(&self, tree: &Tree<'_>) -> Option<String> {
        let mut countries: Vec<String> = (0..tree.len())
            .filter(|&n| tree.tokens[n].name == Some("LOC") && tree.case(tree.first_conjunct(n)).is_some())
            .filter_map(|n| {
                let hits = self.knowledge.names_at(&[tree.word(n)], 0);
                hits.iter().find_map(|h| match &h.target {
                    Target::Actor(id) => self.knowledge.actor(id)?.country.clone(),
                    Target::Place(id) => match &self.knowledge.place(*id)?.countries[..] {
                        [one] => Some(one.to_string()),
                        _ => None,
                    },
                })
            })
            .collect();
        countries.sort_unstable();
        countries.dedup();
        let [only] = &countries[..] else { return None };
        Some(only.clone())
    }

    /// "Defence Minister Example" without a country: that of the country in play.
    pub(super) fn served_here(
        &self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        person: &Person,
    ) -> Option<ActorId> {
        let title = person.office.as_ref()?.title.as_deref()?;
        let words: Vec<&str> = title.split(' ').collect();
        let entry = self.knowledge.title(&words)?.title;
        entry.body.as_ref().filter(|_| entry.sector.is_some_and(super::official))?;
        // "a drone killed one in the Belgorod region, governor Example said": of where he governs.
        let local = matches!(title, "governor" | "mayor").then(|| self.told_place(tree)).flatten();
        let country = local.or_else(|| self.same_body(person)).or_else(|| self.country_near(s, tree, i));
        let country = country.or_else(|| self.home.clone())?;
        Some(self.knowledge.government(&country, self.on))
    }

    /// "Army spokesman Example" where "Thailand's army" was named: of that army's country, whoever's forces were told
    /// of since.
    pub(super) fn same_body(&self, person: &Person) -> Option<String> {
        let said = person.office.as_ref()?.said.as_deref()?;
        let noun = said.split(' ').next().filter(|first| *first != said)?;
        let met = self.scene.mentioned.iter().filter(|m| m.head == noun);
        met.into_iter().find_map(|m| self.out.actors.get(&m.actor)?.country.clone())
    }
}
