//! Third parties: who brings others together, mediates, hosts.
//!
//! "Talks facilitated by Qatar", "a truce that Cairo negotiated between A and B", "under a deal mediated by Oman": the
//! words hang on the talks or the agreement, on its verb, or stand before it with a hyphen.

use super::slots::{Slots, dedup};
use crate::args::args;
use detente_types::ActorRef;

impl Slots<'_, '_> {
    /// Third parties of talks: "talks facilitated by Qatar", "Norwegian-brokered talks", "agreed to a truce
    /// brokered by France", "under a deal mediated by Oman".
    pub(super) fn brokers(&self) -> Vec<ActorRef> {
        let tree = self.tree;
        let clause = args(tree, self.scope.clause);
        let mut nouns = vec![self.token];
        for a in [self.args, &clause] {
            nouns.extend(
                a.obj.iter().chain(&a.subj).copied().filter(|&n| n != self.token && self.of_peace(n)),
            );
            nouns.extend(a.preps.iter().map(|(_, h)| *h).filter(|&h| self.of_peace(h)));
        }
        nouns.dedup();
        let mut out: Vec<ActorRef> = nouns.into_iter().flat_map(|n| self.brokers_of(n)).collect();
        for prep in ["under", "through", "via"] {
            for h in self.args.under(prep).chain(clause.under(prep)) {
                let office = matches!(
                    tree.lemma(h).as_str(),
                    "mediation"
                        | "auspices"
                        | "facilitation"
                        | "auspex"
                        | "sponsorship"
                        | "chairmanship"
                        | "supervision"
                        | "mediator"
                );
                let meaning = self.report.cast.meaning(self.s, h);
                if office {
                    out.extend(self.inside(h));
                    out.extend(meaning.refs.iter().cloned());
                } else if prep != "under" && meaning.is_actor() {
                    out.extend(meaning.refs.iter().cloned());
                }
            }
        }
        dedup(&mut out);
        out
    }

    /// "the truce that Cairo negotiated between A and B": who does it is none of those between whom it is.
    pub(super) fn negotiator(
        &self,
        actors: &[ActorRef],
        frame: &detente_knowledge::lexicon::Frame,
    ) -> Vec<ActorRef> {
        let parties = self.parties_inside(frame);
        let subject = self.all(&self.args.subj, false);
        let apart = |r: &ActorRef| !parties.iter().any(|p| self.same_side(p, r));
        let third = !self.noun && parties.len() > 1 && !subject.is_empty() && subject.iter().all(apart);
        subject.into_iter().filter(|r| third && actors.iter().any(|a| a.actor == r.actor)).collect()
    }

    /// A ceasefire, an agreement, talks: what third parties bring about.
    fn of_peace(&self, noun: usize) -> bool {
        let (lexicon, lemma) = (self.report.knowledge.lexicon(), self.tree.lemma(noun));
        ["ceasefire", "agreement", "talks"].iter().any(|class| lexicon.in_class(class, &lemma))
    }

    fn brokers_of(&self, noun: usize) -> Vec<ActorRef> {
        let tree = self.tree;
        let mut out = Vec::new();
        for k in tree.kids_by(noun, &["acl", "amod", "compound"]) {
            if is_brokering(&tree.lemma(k)) {
                let a = args(tree, k);
                out.extend(self.all(&a.subj, false));
                out.extend(
                    tree.kids_by(k, &["compound", "obl", "nsubj"])
                        .flat_map(|c| self.report.cast.meaning(self.s, c).refs.clone()),
                );
            } else if let Some((name, _)) =
                tree.word(k).rsplit_once('-').filter(|(_, verb)| is_brokering(verb.trim_end_matches("ed")))
            {
                // "UN-brokered" is one word.
                out.extend(self.report.named(name, tree.span(k)));
            }
        }
        out
    }
}

/// Verbs of bringing others together.
fn is_brokering(lemma: &str) -> bool {
    let stem = lemma.rsplit_once('-').map_or(lemma, |(_, verb)| verb).trim_end_matches('e');
    matches!(
        stem,
        "facilitat"
            | "mediat"
            | "broker"
            | "host"
            | "sponsor"
            | "organis"
            | "organiz"
            | "conven"
            | "chair"
            | "moderat"
            | "negotiat"
    )
}
