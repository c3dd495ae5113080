//! The finer class of an event: by the words beside the deciding word, and by what is asked, refused or threatened.
//!
//! # How
//! 1. [`instrument_modes`]: by what means violence is done. 2. [`meeting_modes`]: how people meet.
//! 3. [`mode_by_words`]: what is asked, refused or threatened, by its nouns. 4. [`mode_for`]: the same, by the event
//!    that is its content.
//!
//! The words are classes of the lexicon (`means_…`, `asked_…`, `threat_…`).
//!
//! # Does not
//! Choose where a frame of the lexicon names its mode.

use super::frame::Trigger;
use super::slots::Slots;
use crate::Report;
use crate::args::Args;
use crate::tree::Tree;
use detente_knowledge::lexicon::{Frame, Lexicon};
use detente_types::{ActorRef, EventType, Mode, Quad};

/// Classes of the lexicon with the means of violence, and the mode that each gives.
const MEANS: &[(&str, Mode)] = &[
    ("means_suicide", Mode::SuicideAttack),
    ("means_unconventional", Mode::Unconventional),
    ("means_drone", Mode::Drone),
    ("means_heavy", Mode::HeavyWeapons),
    ("means_aerial", Mode::Aerial),
    ("means_firearms", Mode::Firearms),
    ("means_explosives", Mode::Explosives),
    ("means_primitive", Mode::Primitive),
];

/// "mustard gas", "nerve agent": a noun with the word before it, as the class has it.
pub(super) fn joined(tree: &Tree<'_>, lexicon: &Lexicon, class: &str, n: usize) -> bool {
    tree.kids_by(n, &["compound", "amod"])
        .any(|k| lexicon.in_class(class, &format!("{} {}", tree.lower(k), tree.lemma(n))))
}

/// Modes that the means tell: "with artillery and drones", "air", "gunfire".
pub(super) fn instrument_modes(
    tree: &Tree<'_>,
    lexicon: &Lexicon,
    kind: EventType,
    token: usize,
    args: &Args,
) -> Vec<Mode> {
    if kind != EventType::Assault {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut near = tree.subtree_without(token, &["advcl", "ccomp", "parataxis", "acl:relcl", "nsubj"]);
    near.retain(|&n| tree.aside(n, token).is_none());
    near.extend(args.subj.iter().flat_map(|&s| tree.short_core(s)));
    // "attackers with machetes", "men armed with rifles"
    let carried = |k: &usize| match tree.base(*k) {
        "acl" => matches!(tree.lower(*k), "armed" | "wielding" | "brandishing" | "carrying" | "wearing"),
        _ => tree.case(*k).as_deref() == Some("with"),
    };
    let subjects = args.subj.iter();
    near.extend(
        subjects
            .flat_map(|&s| tree.kids_by(s, &["nmod", "acl"]).filter(carried).flat_map(|k| tree.subtree(k))),
    );
    for n in near {
        let lemma = tree.lemma(n);
        let means = |class: &str| lexicon.in_class(class, &lemma) || joined(tree, lexicon, class, n);
        let found = MEANS.iter().find(|(class, _)| means(class)).map(|(_, mode)| *mode);
        let fired = matches!(lemma.as_str(), "fire" | "shot") && args.obj.contains(&n);
        out.extend(found.or(fired.then_some(Mode::Firearms)));
    }
    out.sort();
    out.dedup();
    if out.contains(&Mode::SuicideAttack) {
        out.retain(|m| *m != Mode::Explosives);
    }
    out
}

/// What kind of meeting it is: of three sides or more, or by telephone.
pub(super) fn meeting_modes(
    report: &Report<'_>,
    slots: &Slots<'_, '_>,
    t: &Trigger,
    frame: &Frame,
    actors: &[ActorRef],
) -> Vec<Mode> {
    let mut out = Vec::new();
    if frame.kind != EventType::Consult || frame.mode.is_some() {
        return out;
    }
    let mut sides: Vec<_> = actors.iter().map(|a| report.cast.side(&a.actor)).collect();
    sides.sort();
    sides.dedup();
    let talks = [t.token].into_iter().chain(t.args.subj.iter().copied()).chain(t.args.obj.iter().copied());
    let talks = talks.chain(t.args.preps.iter().map(|(_, h)| *h));
    if sides.len() > 2 || talks.into_iter().any(|n| many_sided(report, slots.tree, n)) {
        out.push(Mode::Multilateral);
    }
    let clause = crate::args::args(slots.tree, t.scope.clause);
    let phone = t.args.preps.iter().chain(&clause.preps).any(|(p, h)| {
        matches!(p.as_str(), "by" | "over" | "on" | "via" | "through" | "in")
            && report.knowledge.lexicon().in_class("telephone", &slots.tree.lemma(*h))
    });
    if phone {
        out.push(Mode::Phone);
    }
    out
}

/// "six-party talks", "a regional conference".
fn many_sided(report: &Report<'_>, tree: &Tree<'_>, noun: usize) -> bool {
    let lexicon = report.knowledge.lexicon();
    let sides = |m: usize| {
        let counted = |n: usize| {
            matches!(tree.lower(n), "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten")
        };
        matches!(tree.lemma(m).as_str(), "party" | "nation" | "way" | "country" | "state" | "power")
            && (m.saturating_sub(2)..m).any(counted)
    };
    let modified = |m: usize| lexicon.in_class("many_sided", tree.lower(m)) || sides(m);
    lexicon.in_class("talks", &tree.lemma(noun)) && tree.kids_by(noun, &["amod", "compound"]).any(modified)
}

/// Classes of the lexicon with what may be threatened, and the mode that each gives.
const THREATS: &[(&str, Mode)] = &[
    ("threat_arrest", Mode::ThreatenArrest),
    ("threat_expel", Mode::ThreatenExpel),
    ("threat_territory", Mode::ThreatenTerritory),
    ("threat_relations", Mode::ThreatenRelations),
    ("threat_restrict", Mode::ThreatenRestrict),
    ("threat_violence", Mode::ThreatenViolence),
];

/// What is asked, refused or threatened, by the nouns that name it: "asked for helicopters", "turned down a truce",
/// "threatened with prison".
pub(super) fn mode_by_words(
    tree: &Tree<'_>,
    lexicon: &Lexicon,
    kind: EventType,
    token: usize,
) -> Option<Mode> {
    let below = tree.subtree_without(token, &["nsubj", "parataxis", "acl:relcl"]);
    let mut below = below.into_iter().filter(|&n| n != token).map(|n| tree.lemma(n));
    let (yields, meets, assists, change) = match kind {
        EventType::Reject => (Mode::RejectYield, Mode::RejectMeet, Mode::RejectAssist, Mode::RejectChange),
        EventType::Request => {
            (Mode::RequestYield, Mode::RequestMeet, Mode::RequestAssist, Mode::RequestChange)
        }
        EventType::Threaten => {
            return below
                .find_map(|w| THREATS.iter().find(|(class, _)| lexicon.in_class(class, &w)).map(|t| t.1));
        }
        _ => return None,
    };
    let classes = [("asked_yield", yields), ("asked_meet", meets), ("asked_assist", assists)];
    let found =
        below.find_map(|w| classes.iter().find(|(class, _)| lexicon.in_class(class, &w)).map(|c| c.1));
    Some(found.unwrap_or(change))
}

/// What is asked, refused or threatened.
pub(crate) fn mode_for(kind: EventType, content: EventType, class: &str, negated: bool) -> Option<Mode> {
    let yields = matches!(content, EventType::Retreat | EventType::Concede)
        || matches!(class, "restraint" | "ceasefire" | "withdraw" | "release" | "yield" | "disarm")
        || negated && content.quad() == Some(Quad::MaterialConflict);
    let meets = matches!(class, "talk" | "mediate" | "agree" | "accept" | "plan" | "sign")
        || content == EventType::Consult;
    let assists = matches!(content, EventType::Aid | EventType::Cooperate | EventType::Support)
        || matches!(class, "aid" | "support" | "guarantee");
    match kind {
        EventType::Request if yields => Some(Mode::RequestYield),
        EventType::Request if meets => Some(Mode::RequestMeet),
        EventType::Request if assists => Some(Mode::RequestAssist),
        EventType::Request => Some(Mode::RequestChange),
        EventType::Reject if yields => Some(Mode::RejectYield),
        EventType::Reject if meets => Some(Mode::RejectMeet),
        EventType::Reject if assists => Some(Mode::RejectAssist),
        EventType::Reject => Some(Mode::RejectChange),
        EventType::Threaten => Some(match class {
            "restrict" | "sanction" => Mode::ThreatenRestrict,
            "arrest" | "convict" => Mode::ThreatenArrest,
            "relations" | "withdraw-talks" | "suspend" | "collapse" | "withdraw" => Mode::ThreatenRelations,
            "expel" => Mode::ThreatenExpel,
            "seize" => Mode::ThreatenTerritory,
            "attack" | "kill" | "abduct" | "mobilize" | "threaten" | "violate" => Mode::ThreatenViolence,
            _ => return None,
        }),
        _ => None,
    }
}
