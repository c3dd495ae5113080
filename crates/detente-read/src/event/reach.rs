//! To whom, when no argument of the deciding word says it.
//!
//! "threatened to break relations with Russia", "rejected an offer from Kabul", "marched to demand the
//! return of land seized by the army": the person concerned stands inside what is threatened, rejected or
//! demanded. This module looks there, nearest first, and marks what it finds as likely, not certain.
//!
//! # Does not
//! Look into clauses that stand beside the deed: its time, its cause, who reports it.

use super::core::Core;
use crate::Report;
use crate::tree::Tree;
use detente_types::{ActorId, ActorKind, ActorRef, Certainty, EventType, Quad, Sector};
use std::collections::VecDeque;

/// Fills in whom the event concerns, if nobody is named in its own slots, or only nameless people.
pub(super) fn fill(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &mut Core) {
    if !has_recipient(report, core)
        || core.args.obj.iter().any(|&o| matches!(tree.lower(o), "each" | "other"))
    {
        return;
    }
    let reach = Reach { report, s, tree };
    let kept = core.recipients.iter().filter(|r| !reach.own_means(core, r)).cloned().collect();
    core.recipients = kept;
    if core.kind == EventType::Protest {
        reach.locals(core);
    }
    if !core.recipients.iter().all(|r| reach.nameless(r)) {
        return;
    }
    let words = inside(tree, core);
    let victims = !core.recipients.is_empty()
        && matches!(core.kind.quad(), Some(Quad::MaterialConflict | Quad::MaterialCooperation));
    let named = || reach.named(core, &words).filter(|_| !victims);
    let found = named().or_else(|| reach.owners(core, &words));
    let found = found.or_else(|| core.recipients.is_empty().then(|| reach.anybody(core, &words)).flatten());
    core.recipients.extend(
        found
            .unwrap_or_default()
            .into_iter()
            .map(|r| ActorRef { certainty: r.certainty.max(Certainty::Likely), ..r }),
    );
}

struct Reach<'a, 't> {
    report: &'a Report<'t>,
    s: usize,
    tree: &'a Tree<'t>,
}

impl Reach<'_, '_> {
    /// People of no country: "gunmen", "refugees", "23 people".
    fn nameless(&self, r: &ActorRef) -> bool {
        let met = self.report.cast.actor(&r.actor);
        met.is_some_and(|a| {
            a.country.is_none()
                && a.acts_for.is_empty()
                && a.id.as_str().starts_with("unnamed/")
                && matches!(a.kind, ActorKind::Unnamed | ActorKind::Population)
        })
    }

    /// "offered its troops to Lebanon", "mobilised reservists": forces that are sent or promised suffer nothing.
    fn own_means(&self, core: &Core, r: &ActorRef) -> bool {
        use EventType::{Agree, Aid, Cooperate, Mobilize, Reject, Retreat};
        matches!(core.kind, Agree | Aid | Cooperate | Mobilize | Reject | Retreat)
            && self.nameless(r)
            && self.report.cast.actor(&r.actor).and_then(|a| a.sector) == Some(Sector::Mil)
    }

    /// Those who protest in a country and are not named are people of that country.
    fn locals(&self, core: &mut Core) {
        // "Tens of thousands marched in Bamako": a number of people that nothing else names.
        let crowd =
            |&h: &usize| matches!(self.tree.lemma(h).as_str(), "ten" | "hundred" | "thousand" | "dozen");
        let crowd = core.args.subj.iter().any(crowd);
        if core.actors.is_empty() && !crowd || !core.actors.iter().all(|r| self.nameless(r)) {
            return;
        }
        let here = |w: &usize| {
            let case = self.tree.case(*w);
            case.is_some_and(|c| {
                matches!(c.as_str(), "in" | "at" | "near" | "outside" | "across" | "throughout" | "of")
            })
        };
        let found = inside(self.tree, core).into_iter().filter(here).find_map(|w| self.residents(w));
        core.actors.extend(found);
    }

    /// The nearest actor inside the deed that has a name, with those coordinated with it.
    fn named(&self, core: &Core, words: &[usize]) -> Option<Vec<ActorRef>> {
        words.iter().find_map(|&w| {
            let mut refs: Vec<ActorRef> = Vec::new();
            for c in self.tree.conjuncts(w) {
                let meaning = self.report.cast.meaning(self.s, c);
                let fit = meaning.refs.iter().filter(|r| {
                    !meaning.place
                        && !named(core, r)
                        && !self.nameless(r)
                        && !self.own_state(core, r)
                        && !r.actor.as_str().starts_with("REGION/")
                });
                refs.extend(fit.cloned());
                if refs.is_empty() {
                    return None;
                }
            }
            super::slots::dedup(&mut refs);
            (!refs.is_empty()).then_some(refs)
        })
    }

    /// Whose place it is. Where people suffer, they are people of that place.
    fn owners(&self, core: &Core, words: &[usize]) -> Option<Vec<ActorRef>> {
        let material = matches!(core.kind.quad(), Some(Quad::MaterialConflict | Quad::MaterialCooperation));
        let touches = material || core.kind == EventType::Threaten;
        let mut sites = words
            .iter()
            .copied()
            .filter(|&w| located(self.tree, w, touches) || !touches && self.content_site(core, w));
        if material && !core.recipients.is_empty() {
            return sites
                .find_map(|w| self.residents(w))
                .or_else(|| self.residents_below(core))
                .map(|r| vec![r]);
        }
        sites
            .map(|w| self.report.place_owner(self.s, self.tree, w))
            .map(|refs| refs.into_iter().filter(|r| !same_side(self.report, core, r)).collect::<Vec<_>>())
            .find(|refs| !refs.is_empty())
    }

    /// "refused to send peacekeepers to a camp in Darfur": where what is promised or refused would be done, unless it
    /// is where people meet.
    fn content_site(&self, core: &Core, w: usize) -> bool {
        let tree = self.tree;
        let inside =
            tree.case(w).is_some_and(|c| matches!(c.as_str(), "in" | "into" | "inside" | "near" | "at"));
        if !inside || tree.head(w) == Some(core.token) || !matches!(tree.base(w), "obl" | "nmod") {
            return false;
        }
        let venue = |n: usize| {
            matches!(
                tree.lemma(n).as_str(),
                "talk"
                    | "negotiation"
                    | "dialogue"
                    | "meeting"
                    | "summit"
                    | "conference"
                    | "round"
                    | "session"
                    | "visit"
                    | "agreement"
                    | "host"
                    | "hold"
                    | "meet"
                    | "attend"
                    | "convene"
                    | "negotiate"
                    | "mediate"
                    | "sign"
                    | "say"
                    | "speak"
                    | "tell"
                    | "join"
                    | "participate"
            )
        };
        !tree.ancestors(w).take_while(|&a| a != core.token).any(venue) && !venue(core.token)
    }

    /// The people of the country in which a place lies.
    fn residents(&self, w: usize) -> Option<ActorRef> {
        let owner = self.report.place_owner(self.s, self.tree, w).into_iter().next()?;
        let country = self.report.knowledge.actor(&owner.actor)?.country.clone()?;
        Some(ActorRef { actor: ActorId::named(&format!("{country}/CVL")), ..owner })
    }

    /// The people of the one country in which all the places of the clause lie.
    fn residents_below(&self, core: &Core) -> Option<ActorRef> {
        let below = self.tree.subtree_without(core.token, &["parataxis"]);
        let mut all = below.into_iter().filter_map(|w| self.residents(w));
        let first = all.next()?;
        all.all(|r| r.actor == first.actor).then_some(first)
    }

    /// Nameless people inside the deed.
    fn anybody(&self, core: &Core, words: &[usize]) -> Option<Vec<ActorRef>> {
        words.iter().find_map(|&w| {
            let meaning = self.report.cast.meaning(self.s, w);
            let refs: Vec<ActorRef> = meaning
                .refs
                .iter()
                .filter(|r| {
                    let fit = !meaning.place && !named(core, r);
                    fit && !self.own_means(core, r)
                })
                .cloned()
                .collect();
            (!refs.is_empty()).then_some(refs)
        })
    }

    /// Who promises something for the own country promises it to nobody else.
    fn own_state(&self, core: &Core, r: &ActorRef) -> bool {
        core.kind == EventType::Agree && same_side(self.report, core, r) && {
            let kind = self.report.cast.actor(&r.actor).map(|a| a.kind);
            matches!(kind, Some(ActorKind::State | ActorKind::DefactoGovernment))
        }
    }
}

/// Meetings and clashes have sides, impacts and remarks concern nobody in particular.
fn has_recipient(report: &Report<'_>, core: &Core) -> bool {
    use EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Cooperate, Mobilize, Protest, Reject, Request, Retreat,
        Sanction, Support, Threaten,
    };
    let kind = matches!(
        core.kind,
        Agree
            | Support
            | Concede
            | Cooperate
            | Aid
            | Retreat
            | Request
            | Accuse
            | Reject
            | Threaten
            | Protest
            | Mobilize
            | Sanction
            | Coerce
            | Assault
    );
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let sided = core.kind != Protest && core.actors.iter().skip(1).any(|r| side(r) != side(&core.actors[0]));
    let resigns = core.chain.last().is_some_and(|c| c.key == "resign");
    kind && !sided && !resigns
}

fn named(core: &Core, r: &ActorRef) -> bool {
    let within = |a: &ActorRef| a.span.zip(r.span).is_some_and(|(a, r)| a.contains(r));
    core.actors.iter().chain(&core.others).any(|a| a.actor == r.actor || within(a))
}

fn same_side(report: &Report<'_>, core: &Core, r: &ActorRef) -> bool {
    core.actors.iter().any(|a| report.cast.side(&a.actor) == report.cast.side(&r.actor))
}

/// The words below the deciding word that belong to the deed, nearest first.
fn inside(tree: &Tree<'_>, core: &Core) -> Vec<usize> {
    let mut queue = VecDeque::from([core.token]);
    queue.extend(core.scope.light.map(|l| l.verb));
    let mut out = Vec::new();
    while let Some(at) = queue.pop_front() {
        for &k in tree.kids(at) {
            if out.contains(&k) || k == core.token || !belongs(tree, core, at, k) {
                continue;
            }
            out.push(k);
            queue.push_back(k);
        }
    }
    out
}

/// Is the word part of what is done, rather than of when, why or by whose word?
fn belongs(tree: &Tree<'_>, core: &Core, at: usize, k: usize) -> bool {
    match tree.base(k) {
        "obj" | "iobj" | "xcomp" | "ccomp" | "acl" | "compound" | "amod" | "flat" | "conj" | "appos" => true,
        "nsubj" => {
            tree.base(at) == "ccomp"
                || tree.base(at) == "advcl"
                || tree.base(at) == "acl"
                || tree.base(at) == "csubj"
        }
        "obl" | "nmod" => {
            let beside = tree.rel(k) == "obl:tmod" || tree.rel(k) == "obl:agent";
            let case = tree.case(k).unwrap_or_default();
            // "the violations by the army": whose deeds are protested at
            let deed_of = case == "by" && tree.rel(k) == "nmod" && tree.is_noun(at) && at != core.token;
            !beside && deed_of
                || !beside
                    && !matches!(
                        case.as_str(),
                        "after"
                            | "before"
                            | "since"
                            | "during"
                            | "until"
                            | "despite"
                            | "because_of"
                            | "according_to"
                            | "under"
                            | "as"
                            | "by"
                            | "amid"
                            | "following"
                            | "like"
                            | "unlike"
                            | "including"
                    )
        }
        "advcl" => tree.kids_by(k, &["mark", "case"]).any(|m| {
            matches!(tree.lower(m), "to" | "unless" | "if" | "against" | "of" | "for" | "from" | "that")
        }),
        _ => false,
    }
}

/// A place where something is, in the phrase of the deed.
fn located(tree: &Tree<'_>, w: usize, material: bool) -> bool {
    let case = tree.case(w);
    match tree.base(w) {
        "obl" | "nmod" | "conj" => {
            material
                || case.is_some_and(|c| {
                    matches!(
                        c.as_str(),
                        "against"
                            | "with"
                            | "to"
                            | "on"
                            | "upon"
                            | "toward"
                            | "towards"
                            | "from"
                            | "of"
                            | "for"
                    )
                })
        }
        "obj" | "amod" | "compound" => true,
        _ => false,
    }
}
