//! Which words tell an event: lexicon entries whose conditions hold.

use super::referent::with_measured;
use crate::Report;
use crate::args::{Args, args};
use crate::scope::{Scope, part_of, phrase_matches, scope};
use crate::tree::Tree;
use detente_knowledge::lexicon::{Frame, Hit, Part, Set};
use detente_types::{ActorKind, ActorRef, EventType, Sector};

/// A word that tells an event.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    /// The word.
    pub(crate) token: usize,
    /// Index of the frame.
    pub(crate) frame: usize,
    /// Tells its event only with actor and recipient.
    pub(crate) weak: bool,
    /// The word is a noun.
    pub(crate) noun: bool,
    /// Its deep arguments.
    pub(crate) args: Args,
    /// What stands above it.
    pub(crate) scope: Scope,
}

/// Every trigger of the sentence, objects that a longer expression used up left out.
pub(crate) fn triggers(report: &Report<'_>, s: usize, tree: &Tree<'_>) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    for i in 0..tree.len() {
        let Some(found) = best(report, s, tree, i) else { continue };
        used.extend(taken(report, tree, &found));
        out.push(found);
    }
    // "targeted strikes": the participle only describes the event noun that it stands before.
    let nouns: Vec<usize> = out.iter().filter(|t| t.noun).map(|t| t.token).collect();
    out.retain(|t| {
        !used.contains(&t.token)
            && !(tree.base(t.token) == "amod" && tree.head(t.token).is_some_and(|h| nouns.contains(&h)))
    });
    out
}

/// The most specific frame that this word opens.
fn best(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize) -> Option<Trigger> {
    let part = part_of(tree, i)?;
    let lexicon = report.knowledge.lexicon();
    let lemma = tree.lemma(i);
    let mut hits: Vec<(&Hit, Part)> = lexicon.frames_of(part, &lemma).iter().map(|h| (h, part)).collect();
    if part == Part::Adj && tree.upos(i) == "VERB" {
        hits.extend(lexicon.frames_of(Part::Verb, &lemma).iter().map(|h| (h, Part::Verb)));
    }
    if part == Part::Adj && lemma != tree.lower(i) {
        hits.extend(lexicon.frames_of(Part::Adj, tree.lower(i)).iter().map(|h| (h, Part::Adj)));
    }
    if part == Part::Verb {
        hits.extend(lexicon.frames_of(Part::Adj, tree.lower(i)).iter().map(|h| (h, Part::Adj)));
    }
    if hits.is_empty() {
        return None;
    }
    let a = args(tree, i);
    let scope = scope(tree, lexicon, i);
    let fitting = hits.into_iter().filter(|(hit, part)| {
        let mut own = a.clone();
        own.preps.extend(pattern_preps(tree, i, hit));
        let check = Check { report, s, tree, i, args: &own, scope: &scope };
        check.fits(*part, hit, &lexicon.frames()[hit.entry])
    });
    let (hit, part) = fitting.max_by_key(|(hit, _)| {
        (
            hit.rest.len() + hit.of.len(),
            specific(&lexicon.frames()[hit.entry], hit),
            std::cmp::Reverse(hit.entry),
        )
    })?;
    let mut a = a;
    a.preps.extend(pattern_preps(tree, i, hit));
    Some(Trigger { token: i, frame: hit.entry, weak: hit.weak, noun: part == Part::Noun, args: a, scope })
}

/// "gave a green light *to* talks", "said yes *to* mediation": phrases that hang on the pattern's own words.
fn pattern_preps(tree: &Tree<'_>, i: usize, hit: &Hit) -> Vec<(String, usize)> {
    if hit.rest.is_empty() || !tree.is_verb(i) {
        return Vec::new();
    }
    let own = |&k: &usize| hit.rest.contains(&tree.lemma(k)) || hit.rest.iter().any(|w| w == tree.lower(k));
    tree.kids_by(i, &["obj", "ccomp", "xcomp", "obl"])
        .filter(own)
        .flat_map(|k| {
            tree.kids_by(k, &["nmod", "obl"])
                .filter_map(|n| Some((tree.case(n)?, n)))
                .flat_map(|(p, n)| tree.conjuncts(n).into_iter().map(move |c| (p.clone(), c)))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn specific(frame: &Frame, hit: &Hit) -> usize {
    let sets = [
        &frame.object,
        &frame.subject,
        &frame.complement,
        &frame.complement_verb,
        &frame.needs_class,
        &frame.noun_object,
        &frame.noun_subject,
        &frame.object_actor,
        &frame.subject_or_object,
    ];
    let asked = usize::from(frame.no_actor)
        + usize::from(frame.needs_negation)
        + sets.iter().filter(|s| !s.is_empty()).count()
        + usize::from(!frame.object_text.is_empty())
        + usize::from(!frame.needs.is_empty());
    if hit.alone {
        // Nouns: "the deployment of police" is more than a deployment.
        let about = !frame.needs.is_empty() && !frame.needs_class.is_empty();
        let nominal = [&frame.noun_object, &frame.noun_subject].iter().filter(|s| !s.is_empty()).count();
        (nominal + usize::from(about)) * 2
    } else {
        asked * 2 + usize::from(!frame.object_or_none.is_empty())
    }
}

/// Tokens whose own event the trigger has already told: the object it asked for, its pattern's words.
fn taken(report: &Report<'_>, tree: &Tree<'_>, t: &Trigger) -> Vec<usize> {
    let frame = &report.knowledge.lexicon().frames()[t.frame];
    let mut out = Vec::new();
    if !frame.object.is_empty() {
        out.extend(
            with_measured(tree, &t.args.obj).into_iter().filter(|&o| frame.object.has(&tree.lemma(o))),
        );
        out.extend(
            t.args
                .preps
                .iter()
                .filter(|(p, o)| frame.object_preps.has(p) && frame.object.has(&tree.lemma(*o)))
                .map(|(_, o)| *o),
        );
    }
    if !frame.object_or_none.is_empty() {
        out.extend(t.args.obj.iter().copied().filter(|&o| frame.object_or_none.has(&tree.lemma(o))));
    }
    if !frame.subject.is_empty() {
        out.extend(
            t.args.subj.iter().chain(&t.args.obj).copied().filter(|&o| frame.subject.has(&tree.lemma(o))),
        );
    }
    if !frame.needs_class.is_empty() {
        let on_object = t.args.obj.iter().flat_map(|&o| args(tree, o).preps);
        out.extend(
            t.args
                .preps
                .iter()
                .cloned()
                .chain(on_object)
                .filter(|(p, h)| frame.needs.has(p) && frame.needs_class.has(&tree.lemma(*h)))
                .map(|(_, h)| h),
        );
    }
    if !frame.complement_verb.is_empty() {
        for x in tree.kids_by(t.token, &["xcomp"]) {
            out.push(x);
            out.extend(args(tree, x).obj);
        }
    }
    let words = report
        .knowledge
        .lexicon()
        .frames_of(if t.noun { Part::Noun } else { Part::Verb }, &tree.lemma(t.token));
    if let Some(hit) = words.iter().find(|h| h.entry == t.frame && (!h.rest.is_empty() || !h.of.is_empty())) {
        for k in tree.subtree_without(t.token, &["advcl", "ccomp", "conj", "acl:relcl"]) {
            if k != t.token
                && (hit.rest.contains(&tree.lemma(k))
                    || hit.of.contains(&tree.lemma(k))
                    || hit.of.contains(&tree.lower(k).to_string()))
            {
                out.push(k);
            }
        }
    }
    out
}

pub(super) struct Check<'a, 't> {
    pub(super) report: &'a Report<'t>,
    pub(super) s: usize,
    pub(super) tree: &'a Tree<'t>,
    pub(super) i: usize,
    pub(super) args: &'a Args,
    scope: &'a Scope,
}

impl Check<'_, '_> {
    fn fits(&self, part: Part, hit: &Hit, frame: &Frame) -> bool {
        self.words(part, hit)
            && self.objects(hit, frame)
            && self.subjects(part, frame)
            && self.prepositions(frame)
            && self.complements(frame)
            && self.modifiers(frame)
            && self.circumstances(part, frame)
    }

    /// The pattern's other words.
    fn words(&self, part: Part, hit: &Hit) -> bool {
        if part != Part::Noun {
            return phrase_matches(self.tree, self.i, hit);
        }
        let tree = self.tree;
        let before = tree.short_core(self.i);
        let same = |n: usize, w: &String| tree.lemma(n) == *w || tree.lower(n) == w;
        let own =
            hit.rest.iter().all(|w| before.iter().any(|&n| n < self.i && same(n, w)) || self.hyphenated(w));
        let of = hit.of.iter().all(|w| {
            // "echoed appeals from China for calm": parsers hang the last phrase on the verb.
            let verb = tree.head(self.i).filter(|_| tree.rel(self.i) == "obj");
            let beside = verb.into_iter().flat_map(|v| tree.kids_by(v, &["obl"])).filter(|&k| k > self.i);
            tree.kids_by(self.i, &["nmod", "acl", "obl"]).chain(beside).any(|k| {
                tree.conjuncts(k).into_iter().any(|k| same(k, w))
                    || tree.subtree(k).iter().any(|&n| same(n, w))
            })
        });
        own && of
    }

    /// "third-party", "back-channel" as one pattern word over three tokens.
    fn hyphenated(&self, word: &str) -> bool {
        let mut parts = word.split('-');
        let (Some(a), Some(b)) = (parts.next(), parts.next()) else { return false };
        (2..=self.i)
            .any(|n| self.tree.lower(n) == b && self.tree.lower(n - 1) == "-" && self.tree.lower(n - 2) == a)
    }

    fn object_heads(&self, frame: &Frame) -> Vec<usize> {
        let mut heads = self.args.obj.clone();
        heads.extend(self.args.preps.iter().filter(|(p, _)| frame.object_preps.has(p)).map(|(_, h)| *h));
        with_measured(self.tree, &heads)
    }

    fn objects(&self, hit: &Hit, frame: &Frame) -> bool {
        let tree = self.tree;
        let heads = self.object_heads(frame);
        let is = |set: &Set, h: usize| {
            set.has(&tree.lemma(h)) || set.has(tree.lower(h)) || compound_is(tree, set, h)
        };
        let ground = |set: &Set, h: usize| is(set, h) || self.named_ground(set, h);
        let answers = frame.kind == EventType::Reject || frame.class == "accept";
        let pronoun = answers && self.answers_proposal();
        if !hit.alone
            && !frame.object.is_empty()
            && !pronoun
            && !heads.iter().any(|&h| ground(&frame.object, h))
        {
            return false;
        }
        if frame.kind == EventType::Deny
            && matches!(tree.lemma(self.i).as_str(), "reject" | "dismiss")
            && self.answers_proposal()
        {
            return false;
        }
        let needed = self.args.preps.iter().filter(|(p, _)| frame.needs.has(p)).map(|(_, h)| *h);
        if !frame.not_object.is_empty()
            && self.args.obj.iter().copied().chain(needed).any(|h| is(&frame.not_object, h))
        {
            return false;
        }
        // "called the talks constructive" describes them and calls nobody together.
        if frame.act.is_some() && tree.lemma(self.i) == "call" && tree.kid(self.i, &["xcomp"]).is_some() {
            return false;
        }
        if !hit.alone && !frame.object_or_none.is_empty() {
            let fits = |h: usize| {
                is(&frame.object_or_none, h)
                    || !self.report.cast.meaning(self.s, h).refs.is_empty()
                    || tree.upos(h) == "PRON"
            };
            if !self.args.obj.is_empty() && !self.args.obj.iter().any(|&h| fits(h)) {
                return false;
            }
        }
        if !frame.object_text.is_empty() && !hit.alone && !self.phrase_has(&frame.object_text) {
            return false;
        }
        if !frame.object_adj.is_empty()
            && !hit.alone
            && !heads
                .iter()
                .any(|&h| self.modified(h, &frame.object_adj) || self.counted(h, &frame.object_adj))
        {
            return false;
        }
        if !frame.object_actor.is_empty() && !hit.alone {
            return self.args.obj.iter().any(|&h| self.actor_kind(h, &frame.object_actor));
        }
        self.either(frame)
    }

    /// Subject or object, or what a noun is of.
    fn either(&self, frame: &Frame) -> bool {
        let tree = self.tree;
        if frame.subject_or_object.is_empty() {
            return true;
        }
        let set = &frame.subject_or_object;
        let is = |h: usize| set.has(&tree.lemma(h)) || set.has(tree.lower(h)) || compound_is(tree, set, h);
        let all = self.args.obj.iter().chain(&self.args.subj).chain(&self.args.adj).chain(&self.args.poss);
        let of = self.args.preps.iter().filter(|(p, _)| p == "of").map(|(_, h)| h);
        let side = |h: usize| frame.kind != EventType::Impact && self.fighting_side(h);
        part_of(tree, self.i) == Some(Part::Noun) || all.chain(of).any(|&h| is(h) || side(h))
    }

    /// "captured Goma", "occupied Kuwait": names of places are ground as towns and provinces are.
    fn named_ground(&self, set: &Set, h: usize) -> bool {
        if !(set.has("town") || set.has("peninsula")) || self.tree.upos(h) != "PROPN" {
            return false;
        }
        let place = self.report.places[self.s].iter().any(|p| p.head == h);
        match self.tree.lemma(self.i).as_str() {
            "claim" | "gain" => false,
            "take" => place,
            _ => place || self.actor_kind(h, &Set::of(&["state"])),
        }
    }

    /// Governments and armed groups withdraw as their troops do.
    fn fighting_side(&self, h: usize) -> bool {
        let meaning = self.report.cast.meaning(self.s, h);
        meaning.is_actor()
            && self.args.obj.is_empty()
            && meaning.refs.iter().any(|r| {
                matches!(
                    self.report.cast.actor(&r.actor).map(|a| a.kind),
                    Some(
                        ActorKind::State
                            | ActorKind::DefactoGovernment
                            | ActorKind::Forces
                            | ActorKind::ArmedGroup
                    )
                )
            })
    }

    fn phrase_has(&self, runs: &[String]) -> bool {
        let tree = self.tree;
        let ids = tree.subtree_without(self.i, &["advcl", "ccomp", "parataxis", "nsubj"]);
        let joined = |ids: &[usize], lemma: bool| -> String {
            ids.iter()
                .filter(|&&n| !matches!(tree.base(n), "det"))
                .map(|&n| if lemma { tree.lemma(n) } else { tree.lower(n).to_string() })
                .collect::<Vec<_>>()
                .join(" ")
        };
        let (surface, lemmas) = (joined(&ids, false), joined(&ids, true));
        let holds = |text: &str, run: &str| format!(" {text} ").contains(&format!(" {run} "));
        runs.iter()
            .map(|r| r.replace(" the ", " ").replace(" a ", " "))
            .any(|r| holds(&surface, &r) || holds(&lemmas, &r))
    }

    fn subjects(&self, part: Part, frame: &Frame) -> bool {
        let tree = self.tree;
        let heads =
            if part == Part::Adj && self.args.subj.is_empty() { &self.args.obj } else { &self.args.subj };
        let heads = &with_measured(tree, heads);
        let is = |set: &Set, h: usize| {
            set.has(&tree.lemma(h))
                || set.has(tree.lower(h))
                || compound_is(tree, set, h)
                || self.pronoun_for(set, h)
        };
        if part == Part::Noun {
            let doers = self
                .args
                .under("by")
                .chain(self.args.poss.iter().copied())
                .chain(self.args.adj.iter().copied());
            return frame.noun_subject.is_empty() || doers.into_iter().any(|h| is(&frame.noun_subject, h));
        }
        if !frame.subject.is_empty() {
            // "talks collapsed" and, in a passive, "talks were broken off".
            let fits = heads
                .iter()
                .chain(if self.args.subj.is_empty() { &self.args.obj[..] } else { &[] })
                .any(|&h| is(&frame.subject, h) || self.named_ground(&frame.subject, h));
            if !fits {
                return false;
            }
        }
        if !frame.subject_or_actor.is_empty() {
            let fits = |h: usize| {
                is(&frame.subject_or_actor, h)
                    || tree.upos(h) != "NOUN"
                    || matches!(tree.tokens[h].mention, Some("person" | "organization"))
                    || !self.report.cast.meaning(self.s, h).refs.is_empty()
            };
            if !heads.is_empty() && !heads.iter().any(|&h| fits(h)) {
                return false;
            }
        }
        if !frame.not_subject.is_empty() && heads.iter().any(|&h| is(&frame.not_subject, h)) {
            return false;
        }
        // "Three ministers resigned": an office whose country nothing names.
        let governs =
            |r: &ActorRef| self.report.cast.actor(&r.actor).and_then(|a| a.sector) == Some(Sector::Gov);
        let office = |h: usize| {
            frame.subject_actor.has("person")
                && tree.upos(h) == "NOUN"
                && tree.tokens[h].mention == Some("person")
                && self.report.cast.meaning(self.s, h).refs.iter().all(governs)
        };
        frame.subject_actor.is_empty()
            || heads.iter().any(|&h| self.actor_kind(h, &frame.subject_actor) || office(h))
    }

    /// Does the phrase denote an actor of one of these kinds?
    fn actor_kind(&self, h: usize, kinds: &Set) -> bool {
        let meaning = self.report.cast.meaning(self.s, h);
        meaning.refs.iter().any(|r| {
            let kind = match self.report.cast.actor(&r.actor).map(|a| a.kind) {
                Some(ActorKind::Person) => "person",
                Some(ActorKind::State | ActorKind::DefactoGovernment) => "state",
                Some(ActorKind::Body | ActorKind::Forces) => "body",
                Some(ActorKind::ArmedGroup | ActorKind::Organisation | ActorKind::Forum) => "group",
                Some(ActorKind::Population | ActorKind::Unnamed) => "people",
                _ => return false,
            };
            !meaning.owned && kinds.has(kind)
                || kind == "people" && kinds.has(kind)
                || meaning.owned && kinds.has("body") && !matches!(kind, "state" | "people")
        })
    }

    fn prepositions(&self, frame: &Frame) -> bool {
        let has = |set: &Set| self.args.preps.iter().any(|(p, _)| set.has(p));
        let dated = |h: usize| matches!(self.tree.tokens[h].mention, Some("time" | "event"));
        if self.args.preps.iter().any(|(p, h)| frame.not_needs.has(p) && !dated(*h)) {
            return false;
        }
        if frame.needs.is_empty() {
            return true;
        }
        if frame.needs_class.is_empty() {
            // "carried messages between A and B": the phrase may hang on the object.
            return has(&frame.needs)
                || self
                    .args
                    .obj
                    .iter()
                    .any(|&o| args(self.tree, o).preps.iter().any(|(p, _)| frame.needs.has(p)));
        }
        let tree = self.tree;
        let class = |h: usize| frame.needs_class.has(&tree.lemma(h));
        // "laid down its role as mediator": the phrase may hang on the object.
        let on_object = self.args.obj.iter().flat_map(|&o| args(tree, o).preps);
        let under =
            self.args.preps.iter().cloned().chain(on_object).any(|(p, h)| frame.needs.has(&p) && class(h));
        let clause = tree.kids_by(self.i, &["advcl"]).any(|k| {
            let a = args(tree, k);
            class(k) || a.subj.iter().chain(&a.obj).any(|&h| class(h))
        });
        under || clause
    }

    fn complements(&self, frame: &Frame) -> bool {
        let tree = self.tree;
        if !frame.complement.is_empty() {
            let phrases = tree.kids_by(self.i, &["xcomp", "obl", "advcl", "ccomp", "nmod"]);
            let holds = phrases
                .filter(|&k| {
                    tree.base(k) == "xcomp"
                        || tree.case(k).is_some_and(|c| c == "as")
                        || tree.kids_by(k, &["mark", "case"]).any(|m| tree.lower(m) == "as")
                })
                .any(|k| {
                    tree.subtree_without(k, &["acl:relcl", "advcl"])
                        .iter()
                        .any(|&n| frame.complement.has(&tree.lemma(n)) || frame.complement.has(tree.lower(n)))
                });
            if !holds {
                return false;
            }
        }
        if !frame.complement_verb.is_empty() {
            return tree.kids_by(self.i, &["xcomp"]).any(|x| {
                let objects = args(tree, x);
                frame.complement_verb.has(&tree.lemma(x))
                    && (frame.complement_object.is_empty()
                        || tree.lemma(x) == "agree"
                        || objects
                            .obj
                            .iter()
                            .chain(objects.preps.iter().map(|(_, h)| h))
                            .any(|&o| frame.complement_object.has(&tree.lemma(o))))
            });
        }
        if !frame.noun_object.is_empty() && part_of(tree, self.i) == Some(Part::Noun) {
            let of = self.args.under("of").chain(self.args.adj.iter().copied());
            return of.into_iter().any(|h| {
                frame.noun_object.has(&tree.lemma(h))
                    || compound_is(tree, &frame.noun_object, h)
                    || self.named_ground(&frame.noun_object, h)
            });
        }
        true
    }

    fn modified(&self, h: usize, set: &Set) -> bool {
        let tree = self.tree;
        tree.modifiers(h).any(|m| set.has(&tree.lemma(m)) || set.has(tree.lower(m)) || self.spelled(m, set))
            || tree
                .kids_by(h, &["compound", "amod"])
                .any(|m| tree.subtree(m).len() > 1 && set.has(&tree.phrase(&tree.subtree(m)).to_lowercase()))
    }

    /// "both sides", "the two generals"
    fn counted(&self, h: usize, set: &Set) -> bool {
        self.tree.kids_by(h, &["nummod", "det"]).any(|m| set.has(self.tree.lower(m)))
    }

    /// "live-fire" as three tokens.
    fn spelled(&self, m: usize, set: &Set) -> bool {
        let ids = self.tree.subtree(m);
        ids.len() > 1 && set.has(&self.tree.phrase(&ids).to_lowercase())
    }

    fn modifiers(&self, frame: &Frame) -> bool {
        if frame.not_adj.is_empty() {
            return true;
        }
        !self.modified(self.i, &frame.not_adj)
            && !self.args.obj.iter().any(|&h| self.modified(h, &frame.not_adj))
    }

    fn circumstances(&self, part: Part, frame: &Frame) -> bool {
        use detente_types::Modality;
        if frame.future_only
            && part == Part::Verb
            && !self.scope.future
            && !self.scope.obliged
            && self.scope.operator.is_none()
        {
            return false;
        }
        if frame.needs_modal
            && !matches!(
                self.scope.modality,
                Some(Modality::Hypothetical | Modality::Planned | Modality::Feared)
            )
        {
            return false;
        }
        if frame.embedded_only {
            let reported = self.scope.speech.iter().any(|x| {
                matches!(x.strength, detente_types::Strength::Alleged | detente_types::Strength::Denied)
            });
            if self.scope.operator.is_none() && !self.scope.obliged && !reported {
                return false;
            }
        }
        if frame.needs_negation && !self.scope.negated {
            return false;
        }
        if frame.no_actor && self.args.subj.iter().any(|&h| self.report.cast.meaning(self.s, h).is_actor()) {
            return false;
        }
        true
    }
}

/// A compound noun as one pattern word ("tear gas", "state of emergency").
fn compound_is(tree: &Tree<'_>, set: &Set, h: usize) -> bool {
    tree.kids_by(h, &["compound", "amod"])
        .any(|k| k < h && set.has(&format!("{} {}", tree.lower(k), tree.lemma(h))))
}
