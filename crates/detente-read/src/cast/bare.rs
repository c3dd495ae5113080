//! Whose "Interior Minister Example" is, where no country stands before the title.
//!
//! Reporters leave the country out where it goes without saying: for the officials of the country that they write from, and
//! for those of a country that the sentence before, or this one, speaks of. No single sign decides; they are weighed.
//!
//! # How
//! 1. Of whom a pronoun before the title means ("its envoy"), or whom a known person is known to serve on the day.
//! 2. A governor is of where the sentence is, "army spokesman" of the army that was named before.
//! 3. Else every country in question gets points: for being spoken for ("said Armenia would not respond"), for the
//!    town where the official speaks, for the places that are told of, for whose body or official led the sentence before, for the
//!    dateline, for officials introduced bare before; and loses them for being accused.
//! 4. The most points win, of equals the country that led, then the one in play.

use super::people::Person;
use super::{Casting, official};
use crate::tree::Tree;
use detente_knowledge::{Modifier, NameKind, Target};
use detente_types::{ActorId, ActorKind};
use std::collections::BTreeMap;

/// What each sign is worth.
mod worth {
    pub(super) const SPOKEN_FOR: i32 = 6;
    pub(super) const SPEAKS_THERE: i32 = 8;
    pub(super) const TOLD_OF: i32 = 4;
    pub(super) const LED_BY_BODY: i32 = 6;
    pub(super) const LED_BY_PERSON: i32 = 3;
    pub(super) const HOME: i32 = 5;
    pub(super) const IN_PLAY: i32 = 3;
    pub(super) const BARE_BEFORE: i32 = 1;
    pub(super) const ACCUSED: i32 = -8;
}

impl Casting<'_, '_> {
    /// "Defence Minister Example" without a country.
    pub(super) fn served_here(
        &mut self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        person: &Person,
    ) -> Option<ActorId> {
        let title = person.office.as_ref()?.title.as_deref()?;
        let words: Vec<&str> = title.split(' ').collect();
        let entry = self.knowledge.title(&words)?.title;
        entry.body.as_ref().filter(|_| entry.sector.is_some_and(official))?;
        // "a drone killed one in the Belgorod region, governor Example said": of where he governs.
        let regional = matches!(title, "governor" | "mayor") || title.ends_with(" governor");
        let local = regional.then(|| self.land_told(s, tree)).flatten();
        let country = local.or_else(|| self.same_body(person)).or_else(|| self.weighed(s, tree, i));
        let country = country.or_else(|| self.country_near(s, tree, i)).or_else(|| self.home.clone())?;
        *self.bare.entry(country.clone()).or_default() += 1;
        Some(self.knowledge.government(&country, self.on))
    }

    /// "The African Union … and its envoy, Ann Example": whom the pronoun before the title means, where that is no person.
    pub(super) fn served_by_owner(&mut self, s: usize, tree: &Tree<'_>, name: &[usize]) -> Option<ActorId> {
        let (first, last) = (*name.first()?, *name.last()?);
        let top = (first..=last).find(|&n| tree.head(n).is_none_or(|h| h < first || h > last))?;
        // The title before the comma has the name as its apposition; one right before it is its modifier.
        let title = match tree.base(top) {
            "appos" | "flat" => tree.head(top)?,
            _ => top,
        };
        if let Some(band) = self.band_beside(tree, title).or_else(|| self.band_beside(tree, top)) {
            return Some(band);
        }
        let owned = |n: usize| tree.kids_by(n, &["nmod:poss"]).find(|&k| tree.upos(k) == "PRON" && k < first);
        let pronoun =
            owned(title).or_else(|| tree.kids_by(top, &["nmod:desc", "compound"]).find_map(owned))?;
        let held = self.pronoun(s, tree, pronoun);
        let [owner] = &held.refs[..] else { return None };
        let actor = self.out.actors.get(&owner.actor)?;
        (actor.kind != ActorKind::Person).then(|| owner.actor.clone())
    }

    /// Whom a known person serves on the day, where the report gives a rank alone: "Major General Ada Example".
    pub(super) fn served_now(&self, person: &Person) -> Option<ActorId> {
        let office = person.office.as_ref().filter(|o| o.modifier != Some(Modifier::Former))?;
        let ranked = office.sector.is_none_or(official);
        let now = self.knowledge.offices(&person.id, self.on);
        now.first().filter(|_| ranked).map(|o| o.of.clone())
    }

    /// The country with the most points, if any has some.
    fn weighed(&self, s: usize, tree: &Tree<'_>, i: usize) -> Option<String> {
        let mut points: BTreeMap<String, i32> = BTreeMap::new();
        let mut give = |country: Option<String>, n: i32| {
            if let Some(country) = country {
                *points.entry(country).or_default() += n;
            }
        };
        let lead = self.scene.leads.iter().rev().find(|l| l.sentence < s && l.sentence + 2 >= s);
        match lead {
            Some(lead) => {
                let worth = if lead.person { worth::LED_BY_PERSON } else { worth::LED_BY_BODY };
                give(Some(lead.country.clone()), worth);
            }
            None => give(self.scene.country.clone(), worth::IN_PLAY),
        }
        give(self.home.clone().filter(|home| self.focus.has(home)), worth::HOME);
        for country in self.bare.keys() {
            give(Some(country.clone()), worth::BARE_BEFORE);
        }
        if let Some(verb) =
            tree.head(tree.first_conjunct(i)).filter(|_| tree.base(tree.first_conjunct(i)) == "nsubj")
        {
            for (country, n) in self.said_of(tree, verb) {
                give(Some(country), n);
            }
        }
        let most = points.values().copied().max().filter(|most| *most > 0)?;
        let best = |country: &String| points.get(country) == Some(&most);
        let led = lead.map(|l| l.country.clone()).filter(best);
        let in_play = || self.scene.country.clone().filter(best);
        led.or_else(in_play)
            .or_else(|| points.iter().find(|(_, n)| **n == most).map(|(country, _)| country.clone()))
    }

    /// What the official's own sentence says for and against each country.
    fn said_of(&self, tree: &Tree<'_>, verb: usize) -> Vec<(String, i32)> {
        let mut out = Vec::new();
        let content: Vec<usize> = tree.kids_by(verb, &["ccomp"]).filter(|&k| k > verb).collect();
        let inside = |n: usize| content.iter().any(|&c| tree.is_under(n, c));
        // "told reporters in Baku that …"
        for n in (verb..tree.len()).filter(|&n| tree.is_under(n, verb) && !inside(n)) {
            if tree.case(n).as_deref() == Some("in") {
                let seat = self.bears(tree, n, true).filter(|c| self.focus.has(c));
                out.extend(seat.map(|c| (c, worth::SPEAKS_THERE)));
            }
        }
        let accuses = matches!(
            tree.lemma(verb).as_str(),
            "accuse" | "blame" | "condemn" | "denounce" | "warn" | "criticise"
        );
        for k in tree.kids_by(verb, &["obj", "obl"]).filter(|_| accuses) {
            out.extend(self.bears(tree, k, false).map(|c| (c, worth::ACCUSED)));
        }
        for clause in content {
            let Some(subject) = tree.kids_by(clause, &["nsubj"]).next() else { continue };
            let Some(country) = self.bears(tree, subject, false) else {
                out.extend(self.told_place(tree).filter(|c| self.focus.has(c)).map(|c| (c, worth::TOLD_OF)));
                continue;
            };
            let lemma = tree.lemma(clause);
            let violent = self.knowledge.lexicon().in_class("violence", &lemma)
                || matches!(
                    lemma.as_str(),
                    "fire"
                        | "attack"
                        | "shell"
                        | "bomb"
                        | "violate"
                        | "kill"
                        | "strike"
                        | "invade"
                        | "provoke"
                        | "break"
                        | "use"
                        | "arm"
                        | "back"
                        | "support"
                        | "shelter"
                        | "harbour"
                        | "pay"
                        | "plan"
                        | "prepare"
                        | "threaten"
                        | "cross"
                );
            out.push((country, if violent { worth::ACCUSED / 2 } else { worth::SPOKEN_FOR }));
        }
        out
    }

    /// The country whose own name, or whose capital, the phrase is.
    fn bears(&self, tree: &Tree<'_>, n: usize, seat: bool) -> Option<String> {
        let ids = tree.short_core(n);
        let at = ids.iter().position(|&k| k == n)?;
        let words: Vec<&str> = ids.iter().map(|&k| tree.word(k)).collect();
        (0..=at).find_map(|from| {
            self.knowledge.names_at(&words, from).iter().filter(|h| from + h.len > at).find_map(|h| {
                let Target::Actor(id) = &h.target else { return None };
                let actor = self.knowledge.actor(id).filter(|a| a.kind == ActorKind::State)?;
                let fits = if seat { h.as_ == NameKind::Metonym } else { h.as_ != NameKind::Adjective };
                actor.country.clone().filter(|_| fits)
            })
        })
    }
}
