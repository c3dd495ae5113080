//! Who and to whom, and what operators make of it.
//!
//! A trigger with its role slots gives a bare event. Each operator above it lifts the event to one of
//! its own: "refused to withdraw" is a rejection whose content is a withdrawal, "urged Russia to offer
//! talks" a request whose content is an offer. The chain of contents is kept, since mediation is read
//! from it.

use super::frame::{Trigger, triggers};
use super::lift::{bare_obligation, bare_operator, lift};
use super::mode::{instrument_modes, meeting_modes, mode_by_words};
use super::slots::{Slots, dedup};
use super::worth::tells;
use crate::Report;
use crate::args::Args;
use crate::scope::Scope;
use crate::tree::Tree;
use detente_knowledge::lexicon::{Frame, Part, Roles};
use detente_types::{ActorKind, ActorRef, EventType, Modality, Mode, Stage, Stance};

/// An event before date, place and speakers are known.
#[derive(Clone, Debug)]
pub(crate) struct Core {
    /// The deciding word.
    pub(crate) token: usize,
    /// Type.
    pub(crate) kind: EventType,
    /// Modes.
    pub(crate) modes: Vec<Mode>,
    /// Who.
    pub(crate) actors: Vec<ActorRef>,
    /// To whom.
    pub(crate) recipients: Vec<ActorRef>,
    /// Third parties: mediators, hosts.
    pub(crate) others: Vec<ActorRef>,
    /// Modality that the words carry; `None` lets the scope decide.
    pub(crate) modality: Option<Modality>,
    /// The rule that fired.
    pub(crate) rule: String,
    /// What stands above the deciding word.
    pub(crate) scope: Scope,
    /// Arguments of the deciding word.
    pub(crate) args: Args,
    /// What the event is about, innermost last: "offer" of "mediate".
    pub(crate) chain: Vec<Chain>,
    /// Step of mediation that the innermost words are.
    pub(crate) act: Option<Stage>,
    /// Claim that the words are.
    pub(crate) claim: Option<Stance>,
}

/// One link of the chain from the outermost operator to the innermost trigger.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    /// Key of the operator or class of the frame.
    pub(crate) key: String,
    /// Its word.
    pub(crate) token: usize,
    /// Who there.
    pub(crate) actors: Vec<ActorRef>,
    /// To whom there.
    pub(crate) recipients: Vec<ActorRef>,
}

/// Every event of the sentence, bare.
pub(crate) fn cores(report: &Report<'_>, s: usize, tree: &Tree<'_>) -> Vec<Core> {
    let mut out: Vec<Core> = Vec::new();
    let mut lifted: Vec<usize> = Vec::new();
    for trigger in triggers(report, s, tree) {
        let Some(bare) = from_trigger(report, s, tree, &trigger, false) else { continue };
        let core = lift(report, s, tree, bare);
        lifted.extend(core.chain.iter().map(|c| c.token));
        out.push(core);
    }
    for i in 0..tree.len() {
        if !lifted.contains(&i) {
            let bare = bare_operator(report, s, tree, i).or_else(|| bare_obligation(report, s, tree, i));
            out.extend(bare.map(|mut core| {
                super::reach::fill(report, s, tree, &mut core);
                core
            }));
        }
    }
    dedupe(out)
}

/// Violence that the sentence only refers to ("after the murder of the judge"): no event, but perhaps part of an
/// act that other sentences tell.
pub(crate) fn referred(report: &Report<'_>, s: usize, tree: &Tree<'_>) -> Vec<Core> {
    let violent = |t: &Trigger| report.knowledge.lexicon().frames()[t.frame].kind == EventType::Assault;
    let nouns = triggers(report, s, tree).into_iter().filter(|t| t.noun && violent(t));
    let idle = nouns.filter(|t| from_trigger(report, s, tree, t, false).is_none());
    let cores = idle.filter_map(|t| from_trigger(report, s, tree, &t, true));
    dedupe(cores.map(|core| lift(report, s, tree, core)).collect())
}

/// One event a word and type; a lifted event swallows the bare one of the same word.
fn dedupe(mut cores: Vec<Core>) -> Vec<Core> {
    cores.sort_by_key(|c| {
        (c.token, std::cmp::Reverse(c.chain.len()), std::cmp::Reverse(c.actors.len() + c.recipients.len()))
    });
    let mut out: Vec<Core> = Vec::new();
    for core in cores {
        let same = out.iter_mut().find(|o| o.token == core.token);
        match same {
            None => out.push(core),
            Some(first) if first.kind == core.kind => {
                for r in core.recipients {
                    if !first.recipients.iter().chain(&first.actors).any(|x| x.actor == r.actor) {
                        first.recipients.push(r);
                    }
                }
                first.modes.extend(core.modes);
                first.chain.extend(core.chain.into_iter().skip(1));
            }
            Some(_) => {}
        }
    }
    out
}

/// The event of a trigger; with `idle` also where the noun does no more than refer to it.
fn from_trigger(report: &Report<'_>, s: usize, tree: &Tree<'_>, t: &Trigger, idle: bool) -> Option<Core> {
    let lexicon = report.knowledge.lexicon();
    let frame = &lexicon.frames()[t.frame];
    let roles = match (&frame.noun_roles, t.noun) {
        (Some(name), true) => lexicon.roles(name),
        _ => lexicon.roles(&frame.roles),
    };
    let slots = Slots {
        report,
        s,
        tree,
        token: t.token,
        args: &t.args,
        scope: &t.scope,
        noun: t.noun,
        material: is_material(frame.kind),
    };
    let mut people = people(&slots, frame, roles);
    if frame.class == "kill" && people.actors.is_empty() {
        people.actors = struck_by(&slots, &people.recipients);
    }
    if t.noun && of_office(report, tree, t.token) || !tells(&slots, t, frame, &people, idle) {
        return None;
    }
    own_forces(report, tree, t, frame.kind, &slots, &mut people.actors, &mut people.recipients);
    let mut modes: Vec<Mode> =
        frame.mode.or_else(|| mode_by_words(tree, lexicon, frame.kind, t.token)).into_iter().collect();
    modes.extend(instrument_modes(tree, lexicon, frame.kind, t.token, &t.args));
    if frame.kind == EventType::Assault && roles.mutual && people.actors.len() < 2 {
        people.actors.dedup_by(|a, b| a.actor == b.actor);
    }
    modes.extend(meeting_modes(report, &slots, t, frame, &people.actors));
    let People { actors, recipients, others } = people;
    let chain = vec![Chain {
        key: frame.class.clone(),
        token: t.token,
        actors: actors.clone(),
        recipients: recipients.clone(),
    }];
    Some(Core {
        token: t.token,
        kind: frame.kind,
        modes,
        actors,
        recipients,
        others,
        modality: frame.modality,
        rule: format!("frame/{}", frame.key),
        // "has not replied" is told by its negation.
        scope: Scope {
            negated: t.scope.negated && !frame.needs_negation && !nothing(tree, t),
            ..t.scope.clone()
        },
        args: t.args.clone(),
        chain,
        act: frame.act,
        claim: frame.claim,
    })
}

/// "died in Pakistani shelling", "were killed in a Turkish strike": who did what they died in, where one is named.
fn struck_by(slots: &Slots<'_, '_>, struck: &[ActorRef]) -> Vec<ActorRef> {
    let (tree, report) = (slots.tree, slots.report);
    let one_sided = |noun: usize| {
        let lemma = tree.lemma(noun);
        report.knowledge.lexicon().in_class("hostilities", &lemma)
            && !matches!(
                lemma.as_str(),
                "fighting"
                    | "war"
                    | "conflict"
                    | "combat"
                    | "violence"
                    | "siege"
                    | "insurgency"
                    | "intifada"
                    | "hostility"
            )
    };
    // "killed 12 and wounded 40 in Israeli strikes": told once for both.
    let later = tree.conjuncts(tree.first_conjunct(slots.token)).into_iter().filter(|&v| v > slots.token);
    let later: Vec<crate::args::Args> = later.map(|v| crate::args::args(tree, v)).collect();
    let clauses = std::iter::once(slots.args).chain(&later);
    let causes: Vec<usize> = clauses
        .flat_map(|a| ["in", "by", "during", "from", "under"].into_iter().flat_map(|p| a.under(p)))
        .collect();
    let in_deed: Vec<ActorRef> = causes
        .into_iter()
        .filter(|&noun| one_sided(noun))
        .flat_map(|noun| slots.adjectives_of(noun))
        .collect();
    let doers = if in_deed.is_empty() { struck_when(slots) } else { in_deed };
    let [one] = &doers[..] else { return Vec::new() };
    let one = one.clone();
    let side = report.cast.side(&one.actor);
    // "Ten Syrian soldiers died in Syrian shelling" names a place as likely as a side.
    if struck.iter().any(|r| report.cast.side(&r.actor) == side) { Vec::new() } else { vec![one] }
}

/// "were killed when gunmen attacked a bus": those who attacked.
fn struck_when(slots: &Slots<'_, '_>) -> Vec<ActorRef> {
    // Of those who clashed either may have done it.
    let attack = occasion(slots.report, slots.tree, slots.token).filter(|&v| slots.tree.lemma(v) != "clash");
    let Some(subject) = attack.and_then(|v| slots.tree.kid(v, &["nsubj"])) else { return Vec::new() };
    let meaning = slots.report.cast.meaning(slots.s, subject);
    if meaning.is_actor() { meaning.refs.clone() } else { Vec::new() }
}

/// The verb of attack in the clause with "when" that hangs on a verb.
pub(super) fn occasion(report: &Report<'_>, tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let lexicon = report.knowledge.lexicon();
    let attacks = |v: usize| {
        let hits = lexicon.frames_of(Part::Verb, &tree.lemma(v));
        hits.iter().any(|h| lexicon.frames()[h.entry].class == "attack") || tree.lemma(v) == "clash"
    };
    let when = |v: usize| tree.kids_by(v, &["mark", "advmod"]).any(|m| tree.lower(m) == "when");
    // "killed and wounded when": the clause hangs on either.
    let verbs =
        [verb, tree.first_conjunct(verb)].into_iter().chain(tree.conjuncts(tree.first_conjunct(verb)));
    verbs.flat_map(|v| tree.kids_by(v, &["advcl"])).find(|&v| when(v) && attacks(v))
}

/// "the head of Pakistan's military operations": an office, and nothing that happened.
fn of_office(report: &Report<'_>, tree: &Tree<'_>, noun: usize) -> bool {
    let of = tree.case(noun).as_deref() == Some("of") && tree.base(noun) == "nmod";
    tree.head(noun).filter(|_| of).is_some_and(|h| {
        let lemma = tree.lemma(h);
        report.knowledge.title(&[lemma.as_str()]).is_some()
            || matches!(lemma.as_str(), "head" | "chief" | "director" | "commander" | "director-general")
    })
}

/// "yielded nothing": the word is of the pattern and negates nothing.
fn nothing(tree: &Tree<'_>, t: &Trigger) -> bool {
    t.args.obj.iter().any(|&o| tree.lower(o) == "nothing") && !tree.negated(t.token)
}

/// Who, to whom, and third parties.
pub(super) struct People {
    pub(super) actors: Vec<ActorRef>,
    pub(super) recipients: Vec<ActorRef>,
    others: Vec<ActorRef>,
}

/// Those in the slots of a frame.
fn people(slots: &Slots<'_, '_>, frame: &Frame, roles: &Roles) -> People {
    let (mut actors, recipients) = slots.people(roles, frame.kind);
    if actors.is_empty() && slots.noun {
        actors = slots.planner();
    }
    let mut people = People { actors, recipients, others: Vec::new() };
    if frame.third_party {
        between(slots, &mut people);
    }
    let People { actors, recipients, others } = &mut people;
    if roles.mutual {
        actors.extend(slots.parties_inside(frame));
        dedup(actors);
    }
    if matches!(
        frame.kind,
        EventType::Consult | EventType::TalksCollapse | EventType::Agree | EventType::Concede
    ) && !frame.third_party
    {
        others.extend(slots.brokers());
        others.extend(slots.negotiator(actors, frame));
        actors.retain(|a| !others.iter().any(|o| o.actor == a.actor));
    }
    if slots.each_other() && !roles.mutual {
        recipients.clone_from(actors);
    }
    if roles.mutual && frame.kind == EventType::Assault && actors.len() < 2 {
        sides_of_border(slots.report, slots, actors, recipients);
    }
    if !slots.each_other() {
        recipients.retain(|r| !actors.iter().any(|a| a.actor == r.actor));
    }
    people
}

/// Who mediates is a third party, and those between whom are the recipients.
fn between(slots: &Slots<'_, '_>, people: &mut People) {
    let mut parties = slots.between();
    if people.actors.is_empty() {
        people.actors = slots.brokers();
    }
    if parties.is_empty() && people.recipients.len() > 1 {
        parties = std::mem::take(&mut people.recipients);
    }
    if !parties.is_empty() {
        people.actors.retain(|a| !parties.iter().any(|p| p.actor == a.actor));
        if people.actors.is_empty() {
            people.actors = slots.role_holder();
        }
        (people.others, people.recipients) = (people.actors.clone(), parties);
    }
}

/// "Serbian forces were put on alert", "Swedish aid was suspended": in a passive without an agent, whose the
/// forces or the goods are acts; one's own people are not those to whom it is done.
fn own_forces(
    report: &Report<'_>,
    tree: &Tree<'_>,
    t: &Trigger,
    kind: EventType,
    slots: &Slots<'_, '_>,
    actors: &mut Vec<ActorRef>,
    recipients: &mut Vec<ActorRef>,
) {
    let passive = t.args.passive && !t.noun && actors.is_empty();
    match kind {
        EventType::Mobilize | EventType::Retreat
            if passive
                && t.args.subj.is_empty()
                && report.knowledge.lexicon().frames()[t.frame].class != "release" =>
        {
            let forces = |r: &ActorRef| {
                matches!(
                    report.cast.actor(&r.actor).map(|a| a.kind),
                    Some(
                        ActorKind::Forces
                            | ActorKind::ArmedGroup
                            | ActorKind::State
                            | ActorKind::DefactoGovernment
                    )
                )
            };
            *actors = slots.all(&t.args.obj, false).into_iter().filter(forces).collect();
            recipients.retain(|r| !actors.iter().any(|a| a.actor == r.actor));
        }
        EventType::Sanction | EventType::Aid if passive => {
            let owners: Vec<ActorRef> = t
                .args
                .obj
                .iter()
                .filter(|&&o| report.cast.meaning(slots.s, o).refs.is_empty())
                .flat_map(|&o| slots.adjectives_of(o))
                .collect();
            if !owners.is_empty() {
                recipients.retain(|r| !owners.iter().any(|a| a.actor == r.actor));
                for &o in &t.args.obj {
                    let to: Vec<usize> = crate::args::args(tree, o).under("to").collect();
                    recipients.extend(slots.all(&to, true));
                }
                *actors = owners;
            }
        }
        _ => {}
    }
    if kind == EventType::Sanction {
        recipients
            .retain(|r| !actors.iter().any(|a| report.cast.side(&a.actor) == report.cast.side(&r.actor)));
    }
}

/// "clashes along the border between Chad and Sudan": both of them, unless the words name other fighters.
fn sides_of_border(
    report: &Report<'_>,
    slots: &Slots<'_, '_>,
    actors: &mut Vec<ActorRef>,
    recipients: &mut Vec<ActorRef>,
) {
    let sides = slots.border_sides();
    let theirs =
        |a: &ActorRef| sides.iter().any(|s| report.cast.side(&s.actor) == report.cast.side(&a.actor));
    if sides.len() == 2 && actors.iter().all(theirs) {
        recipients.clear();
        let missing: Vec<ActorRef> = sides
            .iter()
            .filter(|s| !actors.iter().any(|a| report.cast.side(&a.actor) == report.cast.side(&s.actor)))
            .cloned()
            .collect();
        actors.extend(missing);
    }
}

/// What is done to places is done to those who live there.
fn is_material(kind: EventType) -> bool {
    use EventType::{Aid, Assault, Coerce, Impact, Mobilize, Protest, Retreat, Sanction};
    matches!(kind, Aid | Assault | Coerce | Impact | Mobilize | Protest | Retreat | Sanction)
}
