//! Who fills the roles: the slots of a role pattern, looked up in one clause.
//!
//! A pattern of the lexicon lists slots in order ("subj", "obj", a preposition, "place"); the first that
//! holds an actor wins. Meetings and clashes take everybody, mediation keeps mediators and parties apart.

use super::worth::happens;
use crate::Report;
use crate::args::{Args, args};
use crate::scope::{Scope, operator_over};
use crate::tree::Tree;
use detente_knowledge::lexicon::Roles;
use detente_types::{ActorRef, Certainty, EventType, Via};

/// Looks up role slots in one clause.
pub(super) struct Slots<'a, 't> {
    pub(super) report: &'a Report<'t>,
    pub(super) s: usize,
    pub(super) tree: &'a Tree<'t>,
    pub(super) token: usize,
    pub(super) args: &'a Args,
    pub(super) scope: &'a Scope,
    pub(super) noun: bool,
    /// The deed befalls places as well as people: "shelled a market in Goma" concerns those who live there.
    pub(super) material: bool,
}

impl Slots<'_, '_> {
    /// Actors and recipients by the pattern.
    pub(super) fn people(&self, roles: &Roles, kind: EventType) -> (Vec<ActorRef>, Vec<ActorRef>) {
        let undergo = self.scope.light.filter(|l| l.undergo && self.noun);
        let (first, second) = if self.noun {
            (&roles.noun_actor, &roles.noun_recipient)
        } else {
            (&roles.actor, &roles.recipient)
        };
        let mut actors = self.first_of(first, false);
        let mut recipients = self.first_where(second, !roles.mutual, |r| {
            !actors.iter().any(|o| o.actor == r.actor || self.same_side(o, r) && r.span == o.span)
        });
        if let Some(light) = self.scope.light.filter(|_| self.noun) {
            let verb = args(self.tree, light.verb);
            let subject = self.all(&verb.subj, false);
            if undergo.is_some() {
                if !subject.is_empty() {
                    recipients = subject;
                    actors.retain(|a| !recipients.iter().any(|r| r.actor == a.actor));
                }
            } else {
                let declares = matches!(
                    self.tree.lemma(light.verb).as_str(),
                    "announce"
                        | "declare"
                        | "order"
                        | "approve"
                        | "claim"
                        | "see"
                        | "reiterate"
                        | "express"
                        | "voice"
                        | "convey"
                        | "signal"
                        | "repeat"
                        | "reaffirm"
                        | "underline"
                        | "confirm"
                        | "stress"
                        | "highlight"
                        | "extend"
                        | "renew"
                        | "show"
                );
                if !subject.is_empty() && !(declares && !actors.is_empty()) {
                    // "Israel carried out Israeli strikes": the verb's subject is the doer; an adjective that
                    // names another country is then to whom.
                    let own = std::mem::replace(&mut actors, subject);
                    if recipients.is_empty() && !roles.mutual {
                        recipients = own
                            .into_iter()
                            .filter(|o| !actors.iter().any(|a| self.same_side(a, o)))
                            .collect();
                    } else if roles.mutual {
                        actors.extend(own);
                    }
                }
                let more = self.light_recipients(&verb, second);
                if recipients.is_empty() || roles.mutual {
                    recipients.extend(more);
                }
            }
        }
        self.told_of(kind, &mut actors, &mut recipients);
        if roles.mutual {
            actors = self.all_sides(actors, &mut recipients);
        }
        if actors.is_empty() && !self.noun && self.args.passive && kind == EventType::Assault {
            actors = self.first_of(&["by".into(), "from".into()], false);
        }
        dedup(&mut actors);
        dedup(&mut recipients);
        (actors, recipients)
    }

    /// "Criticism came from Oslo", "a donation reached Kabul": the verb that the noun is the subject of says who or
    /// to whom.
    fn told_of(&self, kind: EventType, actors: &mut Vec<ActorRef>, recipients: &mut Vec<ActorRef>) {
        // "El-Fasher has been under siege by the RSF": who is under it undergoes it.
        let under = self.noun && self.tree.case(self.token).as_deref() == Some("under");
        if under && self.tree.kid(self.token, &["cop"]).is_some() {
            *recipients = self.all(&self.args.subj, true);
            return;
        }
        let verb = self.tree.head(self.token).filter(|_| self.noun && self.tree.rel(self.token) == "nsubj");
        let Some(verb) = verb else { return };
        let a = args(self.tree, verb);
        match self.tree.lemma(verb).as_str() {
            "come" if actors.is_empty() => {
                *actors = self.all(&a.under("from").collect::<Vec<_>>(), true);
                recipients.retain(|r| !actors.iter().any(|x| x.actor == r.actor));
            }
            "reach" | "arrive" if recipients.is_empty() && kind == EventType::Aid => {
                let places: Vec<usize> = a.obj.iter().copied().chain(a.under("in")).collect();
                *recipients = self.all(&places, true);
            }
            _ => {}
        }
    }

    /// Everybody takes part: "A met with B", "clashes between A and B", "A and B clashed".
    fn all_sides(&self, mut actors: Vec<ActorRef>, recipients: &mut Vec<ActorRef>) -> Vec<ActorRef> {
        for prep in ["between", "among", "involving", "with", "and"] {
            let heads: Vec<usize> = self.args.under(prep).collect();
            actors.extend(self.all(&heads, false));
        }
        if let Some(light) = self.scope.light.filter(|_| self.noun) {
            let verb = args(self.tree, light.verb);
            for prep in ["between", "with", "among"] {
                let heads: Vec<usize> = verb.under(prep).collect();
                actors.extend(self.all(&heads, false));
            }
        }
        if self.noun
            && happens(self.tree, self.token)
            && let Some(verb) = self.tree.head(self.token)
        {
            let a = args(self.tree, verb);
            for prep in ["between", "with", "among"] {
                let heads: Vec<usize> = a.under(prep).collect();
                actors.extend(self.all(&heads, false));
            }
        }
        if self.noun {
            actors.extend(self.adjectives());
        }
        if !recipients.is_empty() && !actors.is_empty() {
            actors.append(recipients);
        }
        actors
    }

    fn light_recipients(&self, verb: &Args, slots: &[String]) -> Vec<ActorRef> {
        let preps = slots.iter().filter(|p| !matches!(p.as_str(), "adj" | "place" | "of"));
        for p in preps {
            let heads: Vec<usize> = verb.under(p).collect();
            let found = self.all(&heads, place_slot(p));
            if !found.is_empty() {
                return found;
            }
        }
        self.all(&verb.iobj, false)
    }

    fn first_of(&self, slots: &[String], place: bool) -> Vec<ActorRef> {
        self.first_where(slots, place, |_| true)
    }

    fn first_where(&self, slots: &[String], places: bool, keep: impl Fn(&ActorRef) -> bool) -> Vec<ActorRef> {
        for slot in slots {
            let found: Vec<ActorRef> = self.slot(slot, places).into_iter().filter(&keep).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn slot(&self, slot: &str, places: bool) -> Vec<ActorRef> {
        let a = self.args;
        match slot {
            "speaker" => self.scope.speech.first().map(|x| self.all(&x.speakers, false)).unwrap_or_default(),
            "subj" => self.all(&a.subj, false),
            "obj" => self.all(&a.obj, places),
            "iobj" => self.all(&a.iobj, false),
            "poss" => self.all(&a.poss, false),
            "adj" => self.adjectives(),
            "place" => self.where_it_was(),
            prep => {
                // "with Oman's help" names a helper.
                let helps = |h: &usize| {
                    prep == "with"
                        && matches!(
                            self.tree.lemma(*h).as_str(),
                            "help"
                                | "support"
                                | "assistance"
                                | "backing"
                                | "knowledge"
                                | "consent"
                                | "approval"
                        )
                };
                let heads: Vec<usize> = a.under(prep).filter(|h| !helps(h)).collect();
                self.all(&heads, places && place_slot(prep))
            }
        }
    }

    /// What these phrases mean; places only where asked for, as those whose place it is.
    pub(super) fn all(&self, heads: &[usize], places: bool) -> Vec<ActorRef> {
        let mut out = Vec::new();
        for &h in heads {
            let meaning = self.report.cast.meaning(self.s, h);
            if meaning.refs.is_empty() {
                out.extend(self.inside(h));
                continue;
            }
            if self.headed(heads, h) && meaning.refs.iter().all(|r| r.actor.as_str().starts_with("unnamed/"))
            {
                continue;
            }
            if meaning.place && !places {
                continue;
            }
            let certainty =
                if meaning.place || meaning.owned { Certainty::Likely } else { Certainty::Certain };
            out.extend(
                meaning.refs.iter().map(|r| ActorRef { certainty: r.certainty.max(certainty), ..r.clone() }),
            );
            let more: Vec<ActorRef> =
                self.beside(h).into_iter().filter(|r| !out.iter().any(|o| self.same_side(o, r))).collect();
            out.extend(more);
        }
        if out.is_empty() && places {
            // Words are addressed to the people of a place, deeds befall whatever lies in it.
            let of_place = |h: usize| {
                let own = |n: usize| self.report.places[self.s].iter().any(|p| p.head == n);
                own(h)
                    || self.tree.kids_by(h, &["nmod"]).any(|k| {
                        own(k) && (self.tree.is_possessive(k) || self.tree.case(k).as_deref() == Some("of"))
                    })
            };
            for &h in heads.iter().filter(|&&h| self.material || of_place(h)) {
                out.extend(self.report.place_owner(self.s, self.tree, h));
            }
        }
        out
    }

    /// "Kyrgyz and Tajik border guards": parsers coordinate all three; the last is what the others are.
    fn headed(&self, heads: &[usize], h: usize) -> bool {
        let first = (0..h).rev().find(|&n| self.tree.base(n) != "compound").unwrap_or(h);
        heads.contains(&first) && matches!(self.tree.upos(first), "PROPN" | "ADJ")
    }

    /// "Ethiopian and Tigrayan generals", "ministers from Russia, Turkey and Iran": the later ones of those
    /// whose people a noun names.
    fn beside(&self, h: usize) -> Vec<ActorRef> {
        let tree = self.tree;
        let named = tree.kids_by(h, &["amod", "compound", "nmod"]).filter(|&k| match tree.base(k) {
            "nmod" => {
                tree.upos(h) == "NOUN" && tree.case(k).is_some_and(|c| matches!(c.as_str(), "from" | "of"))
                    || tree.is_possessive(k)
            }
            _ => true,
        });
        // "an Egyptian-Qatari proposal": the first of a pair hangs on the second.
        let paired = |k: usize| {
            let before = k.checked_sub(2).filter(|&n| tree.word(n + 1) == "-" && tree.head(n) == Some(k));
            before.filter(|&n| matches!(tree.base(n), "amod" | "compound") && !tree.does_before_hyphen(n))
        };
        let later = named.flat_map(|k| {
            tree.conjuncts(k).into_iter().filter(move |&c| c != k).chain(paired(k)).collect::<Vec<_>>()
        });
        later.flat_map(|c| self.report.cast.meaning(self.s, c).refs.iter().cloned()).collect()
    }

    /// "dozens of Rwandan soldiers", "a group of rebels", "positions of the army": the actor inside.
    pub(super) fn inside(&self, h: usize) -> Vec<ActorRef> {
        // "The shelling of a convoy of aid workers", "a strike on a camp for refugees": those are struck.
        let violent = self.report.knowledge.lexicon().in_class("hostilities", &self.tree.lemma(h));
        let of = self.tree.kids_by(h, &["nmod"]).filter(|&k| {
            let case = self.tree.case(k);
            case.is_some_and(|c| match c.as_str() {
                "from" | "belonging_to" | "by" => true,
                "of" | "for" => !violent,
                _ => false,
            }) || self.tree.is_possessive(k)
        });
        // "a UN panel of experts on Somalia": whose it is stands nearer than what it is of.
        let mut out = self.adjectives_of(h);
        if !out.is_empty() {
            return out;
        }
        // "an invitation from Norway and Qatar": from both.
        let all = |k: usize| match self.tree.case(k).as_deref() {
            Some("from" | "by") => self.tree.conjuncts(k),
            _ => vec![k],
        };
        for k in of.flat_map(all) {
            let m = self.report.cast.meaning(self.s, k);
            if !m.place {
                out.extend(
                    m.refs
                        .iter()
                        .map(|r| ActorRef { certainty: r.certainty.max(Certainty::Likely), ..r.clone() }),
                );
            }
        }
        out
    }

    /// "Israeli strikes", "Taliban attack", "Pakistan-Afghanistan talks".
    fn adjectives(&self) -> Vec<ActorRef> {
        self.adjectives_of(self.token)
    }

    pub(super) fn adjectives_of(&self, noun: usize) -> Vec<ActorRef> {
        let tree = self.tree;
        let mut out: Vec<ActorRef> = Vec::new();
        for n in tree.short_core(noun).into_iter().filter(|&n| n < noun) {
            // "a Russian-brokered truce": Russia is on neither side of it.
            if tree.is_possessive(n)
                || tree.does_before_hyphen(n)
                || !matches!(tree.base(n), "amod" | "compound" | "conj" | "nmod" | "flat")
            {
                continue;
            }
            let meaning = self.report.cast.meaning(self.s, n);
            if !meaning.place {
                out.extend(meaning.refs.iter().cloned());
            }
        }
        dedup(&mut out);
        out
    }

    /// "mediated between A and B", "talks between A and B", "to bring A and B together".
    pub(super) fn between(&self) -> Vec<ActorRef> {
        let mut heads: Vec<usize> = Vec::new();
        let mut look = vec![self.token];
        let objects = super::referent::with_measured(self.tree, &self.args.obj);
        look.extend(objects.iter().copied());
        // "laid down its role as mediator between A and B"
        look.extend(objects.iter().flat_map(|&o| args(self.tree, o).under("as").collect::<Vec<_>>()));
        look.extend(
            self.args
                .preps
                .iter()
                .filter(|(p, _)| matches!(p.as_str(), "in" | "of" | "on" | "for" | "as" | "over" | "into"))
                .map(|(_, h)| *h),
        );
        look.extend(self.scope.light.map(|l| l.verb));
        // "messages between A and B passed through C"
        look.extend(self.args.subj.iter().copied().filter(|&n| self.tree.upos(n) == "NOUN"));
        for word in look {
            let a = args(self.tree, word);
            for prep in ["between", "among", "involving"] {
                heads.extend(a.under(prep));
            }
        }
        let mut out = self.all(&heads, false);
        if out.is_empty() {
            let with: Vec<usize> = self.args.under("with").chain(self.args.under("to")).collect();
            let given = self.all(&with, false);
            if given.len() > 1 {
                out = given;
            }
        }
        if out.is_empty() {
            // "the Sudan talks", "the Pakistan-Taliban relationship": the sides as modifiers.
            for &o in &self.args.obj {
                out.extend(self.adjectives_of(o));
            }
        }
        dedup(&mut out);
        out
    }

    /// "is planning an attack", "attempted a coup", "abandoned the siege": the subject of the verb whose
    /// object the noun is, where the verb leaves the deed to its subject.
    pub(super) fn planner(&self) -> Vec<ActorRef> {
        if self.tree.rel(self.token) != "obj" {
            return Vec::new();
        }
        let lexicon = self.report.knowledge.lexicon();
        let verb = self.tree.head(self.token).filter(|&v| self.tree.is_verb(v));
        let own = |v: usize| {
            let lemma = self.tree.lemma(v);
            let operator =
                operator_over(self.tree, lexicon, self.token, v).map(|e| lexicon.operators()[e].key.clone());
            matches!(operator.as_deref(), Some("plan" | "try" | "begin" | "manage" | "claim"))
                || lexicon.in_class("stop", &lemma)
        };
        verb.filter(|&v| own(v)).map(|v| self.all(&args(self.tree, v).subj, false)).unwrap_or_default()
    }

    /// "proposed its services as a mediator", "acts as go-between": the subject of the verb that the role
    /// hangs on.
    pub(super) fn role_holder(&self) -> Vec<ActorRef> {
        let as_role = self.tree.case(self.token).as_deref() == Some("as");
        let mut verb = self.tree.head(self.token).filter(|_| as_role);
        while let Some(v) = verb.filter(|&v| !self.tree.is_verb(v)) {
            verb = self.tree.head(v);
        }
        verb.map(|v| self.all(&args(self.tree, v).subj, false)).unwrap_or_default()
    }

    /// "talks between A and B collapsed": the parties hang on the noun that the frame asked for.
    pub(super) fn parties_inside(&self, frame: &detente_knowledge::lexicon::Frame) -> Vec<ActorRef> {
        let asked = |h: usize| {
            let lemma = self.tree.lemma(h);
            frame.object.has(&lemma) || frame.subject.has(&lemma)
        };
        let mut out = Vec::new();
        let heads = self
            .args
            .subj
            .iter()
            .chain(&self.args.obj)
            .chain(self.args.preps.iter().filter(|(p, _)| frame.object_preps.has(p)).map(|(_, h)| h));
        for &h in heads.filter(|&&h| asked(h)) {
            // "a cessation of hostilities between A and B": one noun further down.
            let inner = [vec![h], args(self.tree, h).under("of").collect()].concat();
            for noun in inner.into_iter().map(|n| args(self.tree, n)) {
                for prep in ["between", "with", "among", "involving"] {
                    let people: Vec<usize> = noun.under(prep).collect();
                    out.extend(self.all(&people, false));
                }
            }
            if out.is_empty() {
                out.extend(self.adjectives_of(h));
            }
        }
        out
    }

    /// "accuse each other": what one does the other does, too.
    pub(super) fn each_other(&self) -> bool {
        let tree = self.tree;
        let other = |n: usize| matches!(tree.lower(n), "other" | "another");
        self.args.obj.iter().chain(self.args.preps.iter().map(|(_, h)| h)).any(|&o| {
            let pair = matches!(tree.lower(o), "each" | "one")
                || tree.kids(o).iter().any(|&k| matches!(tree.lower(k), "each" | "one" | "the"));
            (other(o) || tree.kids(o).iter().any(|&k| other(k))) && pair && tree.upos(o) != "NOUN"
        })
    }

    /// Those on both sides of the border along which it happens.
    pub(super) fn border_sides(&self) -> Vec<ActorRef> {
        let clause = args(self.tree, self.scope.clause);
        let mut heads: Vec<usize> = self
            .args
            .preps
            .iter()
            .chain(&clause.preps)
            .filter(|(p, _)| matches!(p.as_str(), "along" | "on" | "across" | "at" | "over" | "near"))
            .map(|(_, h)| *h)
            .collect();
        heads.extend(self.args.adj.iter().copied());
        let border = self.report.places[self.s]
            .iter()
            .find(|p| heads.contains(&p.head) && p.place.countries.len() == 2);
        let on = self.report.published.to().or(self.report.published.from());
        let Some(place) = border.map(|b| &b.place) else { return Vec::new() };
        let owners = place
            .countries
            .iter()
            .map(|c| self.report.knowledge.government(c, on))
            .filter(|id| self.report.cast.actor(id).is_some());
        owners
            .map(|actor| ActorRef {
                actor,
                span: Some(place.span),
                via: Via::Inferred,
                certainty: Certainty::Likely,
            })
            .collect()
    }

    /// The country of the place where the clause says it was.
    pub(super) fn where_it_was(&self) -> Vec<ActorRef> {
        let tree = self.tree;
        let clause = self.scope.clause;
        let mut heads: Vec<usize> =
            self.args.preps.iter().filter(|(p, _)| place_slot(p)).map(|(_, h)| *h).collect();
        if clause != self.token {
            heads.extend(args(tree, clause).preps.iter().filter(|(p, _)| place_slot(p)).map(|(_, h)| *h));
        }
        self.all(&heads, true)
    }

    pub(super) fn same_side(&self, a: &ActorRef, b: &ActorRef) -> bool {
        self.report.cast.side(&a.actor) == self.report.cast.side(&b.actor)
    }
}

/// Prepositions whose object may be a place that stands for who is there.
fn place_slot(prep: &str) -> bool {
    matches!(
        prep,
        "in" | "on"
            | "at"
            | "near"
            | "into"
            | "across"
            | "over"
            | "inside"
            | "against"
            | "of"
            | "from"
            | "to"
            | "around"
            | "outside"
            | "throughout"
            | "within"
            | "place"
            | "upon"
            | "toward"
            | "towards"
            | "out"
    )
}

pub(super) fn dedup(refs: &mut Vec<ActorRef>) {
    let mut seen: Vec<detente_types::ActorId> = Vec::new();
    refs.retain(|r| {
        let new = !seen.contains(&r.actor);
        if new {
            seen.push(r.actor.clone());
        }
        new
    });
}
