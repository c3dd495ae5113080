//! The table of actors, and who was mentioned last: what later words go back to.

use super::phrase::{known_actor, name_like, short_name};
use super::{Casting, Lead, Mentioned};
use crate::tree::Tree;
use detente_knowledge::Resolved;
use detente_types::{ActorId, ActorKind, ActorRef, Sector, Via};

impl Casting<'_, '_> {
    /// Enters an actor into the table, with the words as an alias where they are a name.
    pub(super) fn enter(&mut self, id: &ActorId, r: &Resolved, ids: &[usize], tree: &Tree<'_>) {
        let words = short_name(tree, ids);
        let plain = !ids.iter().any(|&n| matches!(tree.base(n), "nummod" | "conj"))
            && !words.contains(|c: char| c.is_ascii_digit());
        let knowledge = self.knowledge;
        let entry =
            self.out.actors.entry(id.clone()).or_insert_with(|| known_actor(knowledge, id, Some(r), &words));
        let named = plain && matches!(r.via, Some(Via::Name | Via::Alias | Via::Metonym | Via::Composed));
        if named
            && r.actor.is_some()
            && name_like(&words)
            && words != entry.name
            && let Err(at) = entry.aliases.binary_search(&words)
        {
            entry.aliases.insert(at, words);
        }
        let above: Vec<ActorId> = entry.acts_for.clone();
        for id in above {
            self.out.actors.entry(id.clone()).or_insert_with(|| known_actor(knowledge, &id, None, ""));
        }
    }

    /// Notes a mention for the anaphora that follow.
    pub(super) fn mention(&mut self, s: usize, tree: &Tree<'_>, i: usize, r: &ActorRef) {
        let Some(actor) = self.out.actors.get(&r.actor) else { return };
        let subject = matches!(tree.base(tree.first_conjunct(i)), "nsubj") || tree.head(i).is_none();
        if let Some(country) = actor.country.as_ref().filter(|_| subject && actor.kind != ActorKind::Unnamed && actor.sector != Some(Sector::Jrn))
            // Whom the report names in passing does not take the stage.
            && (self.scene.country.is_none() || self.focus.has(country))
        {
            self.scene.country = Some(country.clone());
        }
        let first = tree.first_conjunct(i);
        let leads = tree.base(first) == "nsubj" && tree.head(first).is_some_and(|h| tree.head(h).is_none());
        let official = matches!(
            actor.kind,
            ActorKind::State
                | ActorKind::DefactoGovernment
                | ActorKind::Body
                | ActorKind::Forces
                | ActorKind::Person
        );
        if let Some(country) = actor.country.clone().filter(|_| leads && official) {
            let person = actor.kind == ActorKind::Person;
            self.scene.leads.push(Lead { sentence: s, country, person });
        }
        let one = Mentioned {
            actor: r.actor.clone(),
            kind: actor.kind,
            head: tree.lemma(i),
            subject,
            sentence: s,
            plural: tree.xpos(i).ends_with('S'),
            collective: tree.xpos(i) == "NN",
            office: r.via == Via::Office && !tree.xpos(i).ends_with('S'),
            joined: (tree.conjuncts(first).len() > 1).then_some(first),
        };
        self.scene.mentioned.insert(0, one);
    }
}
