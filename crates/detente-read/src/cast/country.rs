//! Whose "the ministry", "the army", "officials", "the governor" are, where the words do not say: the country in play.
//!
//! In come a phrase without an owner and what the report has named so far; out goes a country, or none. What a body
//! that has a name is called before counts first, then the sentence, then the country that the report is written from.

use super::people::Person;
use super::{Casting, Mentioned};
use crate::tree::Tree;
use detente_knowledge::Target;
use detente_types::ActorKind;

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
        if let Some(country) = self.owner_by_land(s, tree, i) {
            return Some(country);
        }
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

    /// "the territory's health ministry", "the enclave's authorities", "the city's mayor": of the country that the land is in
    /// that was told of last, and not of whoever spoke last.
    fn owner_by_land(&self, s: usize, tree: &Tree<'_>, i: usize) -> Option<String> {
        let the =
            |k: usize| tree.kids_by(k, &["det"]).any(|d| matches!(tree.lower(d), "the" | "that" | "this"));
        let mut owners = tree.kids_by(i, &["nmod:poss", "nmod"]);
        owners
            .find(|&k| is_land(&tree.lemma(k)) && the(k) && !tree.word(k).starts_with(char::is_uppercase))?;
        self.land_told(s, tree)
    }

    /// The country of the places told of last: in this sentence, one of the four before, or where the report was written.
    pub(super) fn land_told(&self, s: usize, tree: &Tree<'_>) -> Option<String> {
        let told = |n: usize| self.text.sentences[n].tree.as_ref().and_then(|tree| self.told_place(tree));
        let before = || (s.saturating_sub(4)..s).rev().find_map(told);
        let written = || self.text.dateline_country(self.knowledge).filter(|home| self.focus.has(home));
        self.told_place(tree).or_else(before).or_else(written)
    }

    /// The country that "the ministry" or "officials" here belongs to: one named before in the sentence,
    /// else the country in play.
    pub(super) fn country_near(&self, s: usize, tree: &Tree<'_>, i: usize) -> Option<String> {
        let country = self.actor_before(s, tree, i);
        let subject = matches!(tree.base(i), "nsubj");
        if subject {
            self.scene.country.clone().or(country)
        } else {
            country.or_else(|| self.scene.country.clone())
        }
    }

    /// The same, where it is somebody who acts, or a place in a country that the report is about: "near the border with
    /// Oman, the army said".
    fn actor_before(&self, s: usize, tree: &Tree<'_>, i: usize) -> Option<String> {
        let before = (0..i).rev().filter(|&n| !tree.is_under(n, i));
        let named = before.filter_map(|n| self.out.meanings.get(&(s, n)));
        let countries = named.flat_map(|m| m.refs.iter().map(move |r| (m.place, r)));
        countries.into_iter().find_map(|(place, r)| {
            let country = self.out.actors.get(&r.actor)?.country.clone()?;
            (!place || self.focus.has(&country)).then_some(country)
        })
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
        self.one_country(0)
    }

    /// The country of all states, forces and armed groups named from this sentence on, where it is one.
    fn one_country(&self, from: usize) -> Option<String> {
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
            .filter(|m| m.sentence >= from && sided(m))
            .filter_map(|m| self.out.actors.get(&m.actor)?.country.as_ref())
            .collect();
        countries.sort_unstable();
        countries.dedup();
        let [only] = countries[..] else { return None };
        Some(only.clone())
    }

    /// Whose "the army" is: of the only country told of, of the only one whose army the report names, of the country that
    /// it is about before all, whose arms it names or that has the armed group that it tells of, of the one that it is
    /// written from, of the only one of the sentence before. Never of one that keeps none.
    pub(super) fn whose_army(&self, s: usize, tree: &Tree<'_>, body: &str) -> Option<String> {
        let keeps = |country: &String| self.knowledge.keeps(country, body);
        let at_home = || self.text.dateline_country(self.knowledge).filter(|home| self.focus.has(home));
        let named = || self.focus.only_army().map(str::to_string).filter(keeps);
        let armed = || self.focus.only_armed().map(str::to_string).filter(keeps);
        let main = || self.focus.main(|country| self.knowledge.keeps(country, body)).map(str::to_string);
        // "Hezbollah fired rockets at Haifa, the army said": a group that strikes abroad is told of by another army.
        let here = |home: &String| keeps(home) && self.told_place(tree).is_none_or(|place| place == *home);
        let of_group = || self.group_country().filter(here);
        let only = self.only_country().filter(keeps);
        only.or_else(named).or_else(main).or_else(armed).or_else(of_group).or_else(at_home).or_else(|| {
            let forces =
                self.scene.mentioned.iter().any(|m| m.sentence + 1 == s && m.kind == ActorKind::Forces);
            self.one_country(s.saturating_sub(1)).filter(|c| forces && keeps(c))
        })
    }

    /// The country in focus that all armed groups named so far are at home in, where it is one.
    fn group_country(&self) -> Option<String> {
        let groups = self.scene.mentioned.iter().filter(|m| m.kind == ActorKind::ArmedGroup);
        let homes = groups.filter_map(|m| self.out.actors.get(&m.actor)?.country.as_ref());
        let mut homes: Vec<&String> = homes.filter(|home| self.focus.has(home)).collect();
        homes.sort_unstable();
        homes.dedup();
        let [only] = homes[..] else { return None };
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
                    Target::Place(id) => match &self.meant(*id, tree.word(n))?.countries[..] {
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

    /// "Army spokesman Example" where "Thailand's army" was named: of that army's country, whoever's forces were told
    /// of since.
    pub(super) fn same_body(&self, person: &Person) -> Option<String> {
        let said = person.office.as_ref()?.said.as_deref()?;
        let noun = said.split(' ').next().filter(|first| *first != said)?;
        let met = self.scene.mentioned.iter().filter(|m| m.head == noun);
        met.into_iter().find_map(|m| self.out.actors.get(&m.actor)?.country.clone())
    }
}

/// Common nouns for a land or a town, by which one is called again that was named.
fn is_land(lemma: &str) -> bool {
    matches!(
        lemma,
        "territory"
            | "enclave"
            | "exclave"
            | "region"
            | "province"
            | "district"
            | "county"
            | "governorate"
            | "island"
            | "peninsula"
            | "strip"
            | "city"
            | "town"
            | "village"
            | "capital"
            | "area"
    )
}
