//! "He", "the ministry", "both sides": words that go back to an actor named before.

use super::{Casting, Meaning, Mentioned};
use crate::tree::Tree;
use detente_knowledge::Rank;
use detente_types::{ActorId, ActorKind, ActorRef, Certainty, Span, Via};

impl Casting<'_, '_> {
    /// A pronoun: the last actor that it can stand for, subjects of the sentence before first.
    pub(super) fn pronoun(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Meaning {
        let span = tree.span(i);
        match tree.lower(i) {
            "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => self
                .last(s, tree, i, |m| m.kind == ActorKind::Person)
                .map_or_else(Meaning::default, |a| one(a, span, Via::Pronoun)),
            "it" | "its" | "itself" => {
                let able = |m: &Mentioned| {
                    !matches!(m.kind, ActorKind::Person | ActorKind::Population | ActorKind::Unnamed)
                        && !m.plural
                };
                let expletive = tree.rel(i) == "expl" || weather(tree, i);
                if expletive {
                    Meaning::default()
                } else {
                    self.last(s, tree, i, able).map_or_else(Meaning::default, |a| one(a, span, Via::Pronoun))
                }
            }
            "they" | "them" | "their" | "themselves" => self.they(s, tree, i),
            "both" | "each" | "neither" | "either"
                if tree.base(i) != "det" && tree.base(i) != "cc:preconj" =>
            {
                self.pair(span)
            }
            _ => Meaning::default(),
        }
    }

    fn they(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Meaning {
        let span = tree.span(i);
        let plural = |m: &Mentioned| {
            m.plural || matches!(m.kind, ActorKind::ArmedGroup | ActorKind::Forces | ActorKind::Population)
        };
        let both = self.scene.mentioned.iter().find(|m| m.sentence + 1 >= s && plural(m));
        if both.is_some_and(|m| pairs_off(&m.head) && self.scene.pair.iter().any(|p| p.actor == m.actor)) {
            // "both countries … they": the two of them still.
            return self.pair(span);
        }
        match self.last(s, tree, i, plural) {
            Some(actor) => one(actor, span, Via::Pronoun),
            None => self.pair(span),
        }
    }

    fn pair(&self, span: Span) -> Meaning {
        let refs = self.scene.pair.iter().map(|r| ActorRef {
            actor: r.actor.clone(),
            span: Some(span),
            via: Via::Nominal,
            certainty: Certainty::Likely,
        });
        Meaning { refs: refs.collect(), place: false, owned: false }
    }

    /// The last mention that fits: within the sentence one that stands before and is not below the same
    /// verb as the pronoun; else subjects of the sentence before, then anything up to four sentences back.
    fn last(
        &self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        fits: impl Fn(&Mentioned) -> bool,
    ) -> Option<ActorId> {
        let possessive = tree.is_possessive(i);
        let subject = tree.base(i) == "nsubj";
        let near = |m: &&Mentioned| m.sentence + 4 >= s && fits(m);
        let same: Vec<&Mentioned> =
            self.scene.mentioned.iter().filter(|m| m.sentence == s).filter(near).collect();
        if !same.is_empty() && (possessive || !subject || clause_apart(tree, i)) {
            let chosen = same.iter().find(|m| m.subject).or(same.first());
            return chosen.map(|m| m.actor.clone());
        }
        let earlier: Vec<&Mentioned> =
            self.scene.mentioned.iter().filter(|m| m.sentence < s).filter(near).collect();
        let latest = earlier.first().map(|m| m.sentence)?;
        let of_latest = earlier.iter().filter(|m| m.sentence == latest);
        let chosen = of_latest.clone().rfind(|m| m.subject).or_else(|| of_latest.clone().next());
        chosen.map(|m| m.actor.clone()).or_else(|| same.first().map(|m| m.actor.clone()))
    }

    /// "the envoy", "the ministry", "both sides", "his Iranian counterpart": definite phrases without an
    /// owner of their own.
    pub(super) fn definite(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        let lemma = tree.lemma(i);
        let ids = super::mention_words(tree, i);
        let span = tree.span_of(&ids);
        if lemma == "counterpart" {
            return self.counterpart(s, tree, i, span);
        }
        if is_pair(tree, i, &lemma) && !self.scene.pair.is_empty() {
            return Some(self.pair(span));
        }
        let determined = tree
            .kids_by(i, &["det"])
            .any(|d| matches!(tree.lower(d), "the" | "this" | "that" | "these" | "those"));
        if !determined || tree.upos(i) == "PROPN" && tree.tokens[i].name.is_some() {
            return None;
        }
        let bare = ids
            .iter()
            .all(|&n| n == i || !matches!(tree.base(n), "amod" | "compound" | "nmod") || plain(tree, n));
        if !bare {
            return self.owned_office(tree, &ids);
        }
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        if let Some(title) = self.knowledge.title(&words).filter(|t| t.len == words.len()) {
            let (name, rank) = (title.title.title.clone(), title.title.rank);
            return self.holder(&name, rank, span);
        }
        self.same_noun(s, &lemma, span)
    }

    /// "the Russian spokesperson": a person of that country with such an office.
    fn owned_office(&self, tree: &Tree<'_>, ids: &[usize]) -> Option<Meaning> {
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        let r = self.knowledge.resolve_phrase(&words, None, self.on)?;
        let (title, country) = (r.title.as_ref()?, r.country.as_ref()?);
        let rank = self.knowledge.title(&[title.as_str()]).map(|t| t.title.rank).or_else(|| {
            let split: Vec<&str> = title.split(' ').collect();
            self.knowledge.title(&split).map(|t| t.title.rank)
        })?;
        let person = self.register.persons().iter().rev().find(|p| {
            let office = p.office.as_ref();
            office.is_some_and(|o| {
                o.country.as_ref() == Some(country)
                    && o.title.as_deref().is_some_and(|t| self.same_office(t, title, rank))
            })
        })?;
        let met = self.out.actors.contains_key(&person.id);
        met.then(|| one(person.id.clone(), tree.span_of(ids), Via::Office))
    }

    /// The person of the report who holds such an office, met last.
    fn holder(&self, title: &str, rank: Rank, span: Span) -> Option<Meaning> {
        let met = self.scene.mentioned.iter().filter(|m| m.kind == ActorKind::Person);
        let fits = |m: &&Mentioned| {
            let person = self.register.persons().iter().find(|p| p.id == m.actor);
            let office = person.and_then(|p| p.office.as_ref()).and_then(|o| o.title.clone());
            let known = || self.knowledge.offices(&m.actor, self.on).first().map(|o| o.title.clone());
            office.or_else(known).is_some_and(|t| self.same_office(&t, title, rank))
        };
        met.into_iter().find(fits).map(|m| one(m.actor.clone(), span, Via::Office))
    }

    /// The same title, or one of the same rank ("envoy" for "ambassador").
    fn same_office(&self, held: &str, said: &str, rank: Rank) -> bool {
        if held == said || held.ends_with(said) {
            return true;
        }
        let words: Vec<&str> = held.split(' ').collect();
        let Some(other) = self.knowledge.title(&words).map(|t| t.title.rank) else { return false };
        let diplomat = |r: Rank| matches!(r, Rank::Envoy | Rank::Ambassador);
        let general = matches!(
            said,
            "minister"
                | "spokesperson"
                | "spokesman"
                | "spokeswoman"
                | "envoy"
                | "diplomat"
                | "commander"
                | "general"
                | "leader"
                | "ambassador"
                | "official"
                | "negotiator"
                | "mediator"
                | "secretary"
                | "chief"
        );
        general && (rank == other || diplomat(rank) && diplomat(other))
    }

    /// "the ministry", "the group", "the army": the last actor whose mention had the same head noun, or one
    /// that such a noun can stand for.
    fn same_noun(&self, s: usize, lemma: &str, span: Span) -> Option<Meaning> {
        let near = self.scene.mentioned.iter().filter(|m| m.sentence + 6 >= s);
        let same = near.clone().find(|m| m.head == lemma);
        let by_kind = || {
            near.clone().find(|m| match lemma {
                "group" | "movement" | "militia" | "insurgent" | "rebel" | "militant" | "fighter"
                | "faction" | "guerrilla" => m.kind == ActorKind::ArmedGroup,
                "country" | "nation" | "kingdom" | "republic" | "state" => m.kind == ActorKind::State,
                "organisation" | "organization" | "agency" | "body" | "bloc" | "union" | "company"
                | "alliance" => m.kind == ActorKind::Organisation,
                _ => false,
            })
        };
        same.or_else(by_kind).map(|m| one(m.actor.clone(), span, Via::Nominal))
    }

    /// "his Iranian counterpart": the holder of the same office in the other state.
    fn counterpart(&mut self, s: usize, tree: &Tree<'_>, i: usize, span: Span) -> Option<Meaning> {
        if let Some(named) = self.person(s, tree, i) {
            return Some(named);
        }
        let ids = super::mention_words(tree, i);
        let words: Vec<&str> =
            ids.iter().filter(|&&n| n != i && tree.upos(n) != "PRON").map(|&n| tree.word(n)).collect();
        let r = self.knowledge.resolve_phrase(&words, None, self.on)?;
        let country = r.country?;
        let owner =
            tree.kids_by(i, &["nmod"]).find(|&k| tree.upos(k) == "PRON").map(|k| self.pronoun(s, tree, k));
        let owner = owner.and_then(|m| m.refs.first().map(|r| r.actor.clone()));
        let body = owner
            .and_then(|o| self.register.persons().iter().find(|p| p.id == o)?.office.clone())
            .and_then(|o| o.actor);
        let suffix = body.and_then(|b| b.as_str().split_once('/').map(|(_, s)| s.to_string()));
        let actor = match suffix {
            Some(suffix) => ActorId::named(&format!("{country}/{suffix}")),
            None => self.knowledge.government(&country, self.on),
        };
        let knowledge = self.knowledge;
        self.out
            .actors
            .entry(actor.clone())
            .or_insert_with(|| super::known_actor(knowledge, &actor, None, ""));
        Some(one(actor, span, Via::Office))
    }
}

fn one(actor: ActorId, span: Span, via: Via) -> Meaning {
    let refs = vec![ActorRef { actor, span: Some(span), via, certainty: Certainty::Likely }];
    Meaning { refs, place: false, owned: false }
}

/// A pronoun in a clause below the main one may go back to the main one's subject.
fn clause_apart(tree: &Tree<'_>, i: usize) -> bool {
    tree.ancestors(i).any(|a| matches!(tree.base(a), "ccomp" | "advcl" | "acl" | "parataxis" | "conj"))
}

fn weather(tree: &Tree<'_>, i: usize) -> bool {
    tree.head(i).is_some_and(|h| {
        tree.kid(h, &["csubj", "expl"]).is_some()
            || (tree.upos(h) == "ADJ"
                && !of_mind(&tree.lemma(h))
                && tree.kid(h, &["ccomp", "xcomp", "advcl"]).is_some())
    })
}

/// "it is willing to leave": states of somebody, whom "it" then means.
fn of_mind(lemma: &str) -> bool {
    matches!(
        lemma,
        "willing"
            | "unwilling"
            | "ready"
            | "prepared"
            | "able"
            | "unable"
            | "committed"
            | "determined"
            | "reluctant"
            | "eager"
            | "keen"
            | "open"
            | "confident"
            | "optimistic"
            | "concerned"
            | "free"
            | "aware"
            | "responsible"
            | "opposed"
            | "hopeful"
    )
}

/// Nouns that two sides are called by.
fn pairs_off(lemma: &str) -> bool {
    matches!(
        lemma,
        "side"
            | "country"
            | "nation"
            | "neighbour"
            | "neighbor"
            | "party"
            | "state"
            | "capital"
            | "government"
            | "foe"
            | "rival"
            | "enemy"
            | "belligerent"
            | "adversary"
            | "army"
    )
}

/// "both sides", "the two countries", "the neighbours", "the two".
fn is_pair(tree: &Tree<'_>, i: usize, lemma: &str) -> bool {
    let noun = pairs_off(lemma);
    let plural = tree.xpos(i) == "NNS" || tree.xpos(i) == "NNPS";
    let two = tree
        .kids(i)
        .iter()
        .any(|&k| matches!(tree.lower(k), "both" | "two" | "warring" | "rival" | "opposing"));
    let the = tree.kids_by(i, &["det"]).any(|d| tree.lower(d) == "the");
    let owned = tree.kids(i).iter().any(|&k| {
        matches!(tree.base(k), "nmod" | "acl")
            || tree.base(k) == "amod"
                && !matches!(
                    tree.lower(k),
                    "two" | "warring" | "rival" | "opposing" | "neighbouring" | "neighboring"
                )
    });
    noun && plural
        && (two || the && matches!(lemma, "side" | "neighbour" | "neighbor" | "party" | "country" | "nation"))
        && (!owned || two)
}

/// A modifier that names nobody: "the same ministry", "the powerful group".
fn plain(tree: &Tree<'_>, n: usize) -> bool {
    !tree.word(n).starts_with(char::is_uppercase) && tree.kids(n).is_empty() && tree.base(n) == "amod"
}

impl Casting<'_, '_> {
    /// The two sides that a report is about stay the two sides: others named together in passing ("the envoys of
    /// China and Japan looked on") take their place only if the words join them more firmly ("between").
    pub(super) fn take_pair(&mut self, pair: Vec<ActorRef>, firmness: u8) {
        let shared = pair
            .iter()
            .any(|p| self.scene.pair.iter().any(|o| self.out.side(&o.actor) == self.out.side(&p.actor)));
        if self.scene.pair.is_empty() || shared || firmness > self.scene.firmness {
            self.scene.firmness = firmness.max(if shared { self.scene.firmness } else { 0 });
            self.scene.pair = pair;
        }
    }
}
