//! What operators make of an event: "refused to withdraw" is a rejection, "urged Russia to offer talks" a
//! request.
//!
//! Each operator above an event lifts it to an event of its own, nearest first; the chain of contents is
//! kept. Plain modals do the same where the codebook says so: "will meet" is an agreement, "will strike" a
//! threat.

use super::core::{Chain, Core};
use super::mode::{mode_by_words, mode_for};
use super::reach;
use super::slots::{Slots, dedup};
use crate::Report;
use crate::args::{Args, args};
use crate::scope::{Governor, Scope, SpeechAt, operator_over, part_of, scope};
use crate::tree::Tree;
use detente_knowledge::lexicon::{Operator, Part};
use detente_types::{ActorRef, EventType, Modality, Mode, Quad, Stance, Strength};

/// Lets every operator above the event make its own event of it, nearest first.
pub(super) fn lift(report: &Report<'_>, s: usize, tree: &Tree<'_>, bare: Core) -> Core {
    let mut core = bare;
    for _ in 0..4 {
        let Some(governor) = core.scope.operator else { break };
        match apply(report, s, tree, &core, governor) {
            Some(above) => core = above,
            None => break,
        }
    }
    plain_modality(report, s, tree, &mut core);
    reach::fill(report, s, tree, &mut core);
    core
}

fn apply(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &Core, governor: Governor) -> Option<Core> {
    let lexicon = report.knowledge.lexicon();
    let operator = &lexicon.operators()[governor.entry];
    let token = governor.token;
    let mut scope = scope(tree, lexicon, token);
    let a = args(tree, token);
    let noun = part_of(tree, token) == Some(Part::Noun);
    announced(tree, &a, &mut scope, noun);
    scope.repeated |= core.scope.repeated;
    let slots = Slots { report, s, tree, token, args: &a, scope: &scope, noun, material: false };
    let (mut actors, mut recipients) = slots.people(lexicon.roles(&operator.roles), EventType::Agree);
    if actors.is_empty() && noun && scope.light.is_none() {
        actors.clone_from(&core.actors);
    }
    if operator.kind == Some(EventType::Deny) && governor.negated {
        return None;
    }
    let kind = kind_of(operator, core, governor.negated)?;
    if operator.own_only && !own(&actors, core, report)
        || kind == EventType::Threaten && thing(report, s, tree, &a)
    {
        return Some(expectation(core, operator, actors, scope, a, token));
    }
    recipients.retain(|r| !actors.iter().any(|x| x.actor == r.actor));
    if slots.each_other() {
        recipients.clone_from(&actors);
    }
    meant(kind, core, &actors, &mut recipients);
    dedup(&mut recipients);
    let mut others = third(kind, core, &actors, &recipients);
    if others.is_empty() && operator.key == "promise" {
        // "agreed, through Qatar, to free all prisoners"
        others = slots.brokers();
        actors.retain(|a| !others.iter().any(|o| o.actor == a.actor));
        recipients.retain(|a| !others.iter().any(|o| o.actor == a.actor));
    }
    let mut chain = vec![Chain {
        key: operator.key.clone(),
        token,
        actors: actors.clone(),
        recipients: recipients.clone(),
    }];
    chain.extend(core.chain.iter().cloned());
    Some(Core {
        token,
        kind,
        modes: mode_of(kind, operator, core).into_iter().collect(),
        actors,
        recipients,
        others,
        modality: Some(modality_of(operator, kind)),
        rule: format!("operator/{}+{}", operator.key, core.rule.trim_start_matches("frame/")),
        scope,
        args: a,
        chain,
        act: core.act,
        claim: claim_of(operator),
    })
}

/// Third parties: those of the content; in "accused Kenya of siding with the rebels" whom the accused is said to help.
fn third(kind: EventType, core: &Core, actors: &[ActorRef], recipients: &[ActorRef]) -> Vec<ActorRef> {
    let helps = matches!(core.kind, EventType::Aid | EventType::Support | EventType::Cooperate);
    if kind != EventType::Accuse || !helps {
        return core.others.clone();
    }
    let party = |r: &&ActorRef| actors.iter().chain(recipients).any(|x| x.actor == r.actor);
    core.recipients.iter().filter(|r| !party(r)).cloned().collect()
}

/// Whom an operator's words are meant for, beside those that it names: those of the content.
fn meant(kind: EventType, core: &Core, actors: &[ActorRef], recipients: &mut Vec<ActorRef>) {
    if !recipients.is_empty() && kind != EventType::Agree {
        return;
    }
    let other = |r: &&ActorRef| !actors.iter().any(|x| x.actor == r.actor);
    let doers: Vec<ActorRef> = core.actors.iter().filter(other).cloned().collect();
    if kind == EventType::Request && !doers.is_empty() {
        // "demanded that the US cancel sales to Taiwan" is asked of those who are to do it.
        *recipients = doers;
    } else if kind == EventType::Accuse {
        // "accusing it of siding with the rebels": those whom the charge only speaks of are not accused.
        *recipients = doers;
    } else {
        recipients.extend(core.actors.iter().chain(&core.recipients).filter(other).cloned());
    }
}

/// "The ambassador reiterated Moscow's willingness": Moscow is willing, the ambassador says so.
fn announced(tree: &Tree<'_>, a: &Args, scope: &mut Scope, noun: bool) {
    let Some(light) = scope.light.filter(|_| noun && !a.poss.is_empty()) else { return };
    let speakers = args(tree, light.verb).subj;
    if !speakers.is_empty() && !speakers.iter().any(|s| a.poss.contains(s)) {
        scope.speech.insert(0, SpeechAt { cue: light.verb, speakers, strength: Strength::Said });
    }
}

fn claim_of(operator: &Operator) -> Option<Stance> {
    match operator.key.as_str() {
        "accuse" => Some(Stance::Accusation),
        "deny" => Some(Stance::Denial),
        _ => None,
    }
}

fn modality_of(operator: &Operator, kind: EventType) -> Modality {
    match kind {
        EventType::Threaten => Modality::Threatened,
        EventType::Reject => Modality::Refused,
        EventType::Agree if operator.modality == Modality::Refused => Modality::Planned,
        _ => operator.modality,
    }
}

/// "Fog threatened to close the airport": things threaten nobody; what they may do is feared.
fn thing(report: &Report<'_>, s: usize, tree: &Tree<'_>, a: &Args) -> bool {
    let inanimate = |&h: &usize| {
        tree.upos(h) == "NOUN"
            && matches!(
                tree.tokens[h].mention,
                Some("abstract" | "substance" | "object" | "animal" | "plant" | "event")
            )
            && report.cast.meaning(s, h).refs.is_empty()
            && a.adj.is_empty()
    };
    !a.subj.is_empty() && a.subj.iter().all(inanimate)
}

/// Is the content the speaker's own to do (a threat), rather than something that befalls ("warned that
/// war could spread")?
fn own(actors: &[ActorRef], core: &Core, report: &Report<'_>) -> bool {
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let hostile = core.kind.quad() == Some(Quad::MaterialConflict) || core.kind == EventType::Threaten;
    let mine = core.actors.iter().any(|c| actors.iter().any(|a| side(a) == side(c)));
    hostile && (mine || core.actors.is_empty() && core.kind == EventType::Threaten)
}

/// A warning of what others may do is an expectation, not a threat.
fn expectation(
    core: &Core,
    operator: &Operator,
    actors: Vec<ActorRef>,
    scope: Scope,
    args: Args,
    token: usize,
) -> Core {
    let mut chain =
        vec![Chain { key: "expect".into(), token, actors: actors.clone(), recipients: Vec::new() }];
    chain.extend(core.chain.iter().cloned());
    let recipients = core
        .actors
        .iter()
        .chain(&core.recipients)
        .filter(|r| !actors.iter().any(|a| a.actor == r.actor))
        .cloned()
        .collect();
    Core {
        token,
        kind: EventType::Outlook,
        modes: vec![Mode::Risk],
        actors,
        recipients,
        others: Vec::new(),
        modality: Some(Modality::Feared),
        rule: format!("operator/{}+{}", operator.key, core.rule.trim_start_matches("frame/")),
        scope,
        args,
        chain,
        act: None,
        claim: None,
    }
}

fn hostile(core: &Core) -> bool {
    core.kind.quad() == Some(Quad::MaterialConflict) && !core.scope.negated
        || core.kind == EventType::Threaten
}

/// The type of the operator's own event.
fn kind_of(operator: &Operator, core: &Core, negated: bool) -> Option<EventType> {
    let kind = operator.kind?;
    Some(match kind {
        EventType::Agree if negated => EventType::Reject,
        EventType::Agree
            if hostile(core) && matches!(operator.key.as_str(), "vow" | "willing" | "promise") =>
        {
            EventType::Threaten
        }
        EventType::Agree
            if core.scope.negated
                && matches!(operator.key.as_str(), "vow" | "promise")
                && cooperative(core.kind) =>
        {
            EventType::Reject
        }
        EventType::Reject if hostile(core) && !negated => EventType::Reject,
        other => other,
    })
}

fn cooperative(kind: EventType) -> bool {
    matches!(kind.quad(), Some(Quad::VerbalCooperation | Quad::MaterialCooperation))
}

/// The mode of the operator's event, by what its content is.
fn mode_of(kind: EventType, operator: &Operator, core: &Core) -> Option<Mode> {
    if operator.mode.is_some_and(|m| m.kind() == kind) {
        return operator.mode;
    }
    mode_for(kind, core.kind, core.chain.last().map_or("", |c| c.key.as_str()), core.scope.negated)
}

/// Modals without an operator: "will meet" is an agreement to meet, "will strike" a threat, "must
/// withdraw" a demand by whoever says so, "will not release" a refusal.
fn plain_modality(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &mut Core) {
    if core.modality.is_some() || core.chain.len() > 1 {
        return;
    }
    let negated = core.scope.negated;
    let speaker = core.scope.speech.first().map(|x| {
        let mut out = Vec::new();
        for &h in &x.speakers {
            out.extend(report.cast.meaning(s, h).refs.iter().cloned());
        }
        out
    });
    match core.scope.modality {
        Some(Modality::Demanded) if core.scope.obliged => {
            if let Some(speaker) = speaker.filter(|x| !x.is_empty()) {
                demanded(core, speaker);
            }
        }
        Some(Modality::Planned)
            if core.scope.future
                && !negated
                && (core.kind.quad() == Some(Quad::MaterialConflict) || ultimatum(tree, core))
                && !core.actors.is_empty()
                && !by_agreement(report, tree, core) =>
        {
            let class = core.chain.last().map_or("", |c| c.key.as_str()).to_string();
            core.modes = mode_for(EventType::Threaten, core.kind, &class, false).into_iter().collect();
            core.kind = EventType::Threaten;
            core.modality = Some(Modality::Threatened);
            core.rule = format!("modal/will+{}", core.rule.trim_start_matches("frame/"));
        }
        Some(Modality::Planned)
            if !negated
                && (promised(core)
                    || core.kind.quad() == Some(Quad::MaterialConflict)
                        && core.scope.future
                        && by_agreement(report, tree, core)) =>
        {
            core.kind = EventType::Agree;
            core.modes.clear();
            core.modality = Some(Modality::Planned);
            core.rule = format!("modal/will+{}", core.rule.trim_start_matches("frame/"));
        }
        Some(Modality::Planned)
            if negated
                && core.scope.future
                && (cooperative(core.kind) || core.kind == EventType::Retreat)
                && !core.actors.is_empty() =>
        {
            let class = core.chain.last().map_or("", |c| c.key.as_str()).to_string();
            core.modes = mode_for(EventType::Reject, core.kind, &class, false).into_iter().collect();
            core.kind = EventType::Reject;
            core.modality = Some(Modality::Refused);
            core.scope.negated = false;
            core.rule = format!("modal/will-not+{}", core.rule.trim_start_matches("frame/"));
        }
        _ => {}
    }
}

/// "will deploy at the crossing under the agreement": the other side has agreed to it, and nobody is threatened.
fn by_agreement(report: &Report<'_>, tree: &Tree<'_>, core: &Core) -> bool {
    let lexicon = report.knowledge.lexicon();
    let text = |h: usize| {
        let lemma = tree.lemma(h);
        lexicon.in_class("agreement", &lemma)
            || lexicon.in_class("ceasefire", &lemma)
            || matches!(
                lemma.as_str(),
                "deal" | "accord" | "term" | "plan" | "protocol" | "roadmap" | "treaty"
            )
    };
    let part = |h: usize| {
        tree.lemma(h) == "part"
            && tree.kids_by(h, &["nmod"]).any(|n| tree.case(n).as_deref() == Some("of") && text(n))
    };
    // "in line with the accord", parsed word for word
    let in_line = |h: usize| {
        matches!(tree.lemma(h).as_str(), "line" | "accordance" | "keeping" | "compliance")
            && tree.kids_by(h, &["nmod"]).any(|n| tree.case(n).as_deref() == Some("with") && text(n))
    };
    let under = |h: &usize| {
        let case = tree.case(*h);
        let rests = matches!(
            case.as_deref(),
            Some("under" | "in_line_with" | "in_accordance_with" | "according_to" | "per" | "pursuant_to")
        );
        rests && text(*h)
            || case.as_deref() == Some("as") && part(*h)
            || case.as_deref() == Some("in") && in_line(*h)
            || case.as_deref() == Some("as_part_of") && text(*h)
    };
    // A phrase before two clauses ("Under the deal, A will … and B will …") hangs on the first of them.
    let verbs = [core.token, core.scope.clause].into_iter().flat_map(|v| [v, tree.first_conjunct(v)]);
    verbs.into_iter().any(|v| tree.kids_by(v, &["obl", "advcl"]).any(|k| under(&k)))
}

/// "will withdraw its observers unless the shelling stops": leaving is what is threatened.
fn ultimatum(tree: &Tree<'_>, core: &Core) -> bool {
    let unless = |k: usize| tree.kids_by(k, &["mark"]).any(|m| tree.lower(m) == "unless");
    core.kind == EventType::Retreat && tree.kids_by(core.token, &["advcl"]).any(unless)
}

/// "must withdraw": a demand by whoever says so, of those who are to do it.
fn demanded(core: &mut Core, speaker: Vec<ActorRef>) {
    let asked: Vec<ActorRef> =
        core.actors.iter().filter(|a| !speaker.iter().any(|x| x.actor == a.actor)).cloned().collect();
    if asked.is_empty() && core.actors.is_empty() && core.recipients.is_empty() {
        return;
    }
    let class = core.chain.last().map_or("", |c| c.key.as_str()).to_string();
    core.modes = mode_for(EventType::Request, core.kind, &class, core.scope.negated).into_iter().collect();
    core.recipients = if asked.is_empty() { core.recipients.clone() } else { asked };
    core.recipients.retain(|r| !speaker.iter().any(|x| x.actor == r.actor));
    core.actors = speaker;
    core.kind = EventType::Request;
    core.modality = Some(Modality::Demanded);
    core.rule = format!("modal/must+{}", core.rule.trim_start_matches("frame/"));
}

/// What is told as coming is a promise: meetings, help, concessions of one's own.
fn promised(core: &Core) -> bool {
    match core.kind {
        EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => true,
        EventType::Retreat | EventType::Concede => {
            core.scope.future && !core.actors.is_empty() && core.act.is_none()
        }
        _ => false,
    }
}

/// "Russia said that Sudan must return the helicopter": a demand, though no frame knows what is demanded.
pub(super) fn bare_obligation(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize) -> Option<Core> {
    let lexicon = report.knowledge.lexicon();
    if !tree.is_verb(i) {
        return None;
    }
    let scope = scope(tree, lexicon, i);
    if !scope.obliged || scope.modality != Some(Modality::Demanded) {
        return None;
    }
    let a = args(tree, i);
    let slots = Slots { report, s, tree, token: i, args: &a, scope: &scope, noun: false, material: false };
    let actors = slots.all(&scope.speech.first()?.speakers, false);
    let asked = if a.passive { &a.obj } else { &a.subj };
    let recipients: Vec<ActorRef> =
        slots.all(asked, false).into_iter().filter(|r| !actors.iter().any(|x| x.actor == r.actor)).collect();
    if actors.is_empty() || recipients.is_empty() {
        return None;
    }
    let chain = vec![Chain {
        key: "demand".into(),
        token: i,
        actors: actors.clone(),
        recipients: recipients.clone(),
    }];
    Some(Core {
        token: i,
        kind: EventType::Request,
        modes: mode_by_words(tree, lexicon, EventType::Request, i).into_iter().collect(),
        actors,
        recipients,
        others: Vec::new(),
        modality: Some(Modality::Demanded),
        rule: "modal/must".into(),
        scope,
        args: a,
        chain,
        act: None,
        claim: None,
    })
}

/// The word below an operator that says what it is about.
fn content_of(report: &Report<'_>, tree: &Tree<'_>, i: usize) -> Option<usize> {
    let lexicon = report.knowledge.lexicon();
    tree.kids(i).iter().copied().find(|&k| {
        matches!(tree.base(k), "xcomp" | "ccomp" | "acl" | "advcl" | "obl" | "nmod")
            && tree.rel(k) != "acl:relcl"
            && operator_over(tree, lexicon, k, i).is_some()
            && (tree.is_verb(k) || matches!(tree.base(k), "xcomp" | "ccomp"))
    })
}

/// Whoever stands in the content, but for these.
fn people_inside(slots: &Slots<'_, '_>, content: usize, but: &[ActorRef]) -> Vec<ActorRef> {
    let inner = args(slots.tree, content);
    let mut people = slots.all(&inner.subj, false);
    people.extend(slots.all(&inner.obj, false));
    people.extend(slots.all(&inner.preps.iter().map(|(_, h)| *h).collect::<Vec<_>>(), false));
    people.retain(|r| !but.iter().any(|x| x.actor == r.actor));
    dedup(&mut people);
    people
}

/// An operator whose content no frame knows: "urged both sides to show flexibility".
pub(super) fn bare_operator(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize) -> Option<Core> {
    let lexicon = report.knowledge.lexicon();
    let part = part_of(tree, i)?;
    let content = content_of(report, tree, i)?;
    let entry = operator_over(tree, lexicon, content, i)?;
    let operator = &lexicon.operators()[entry];
    let kind = operator.kind.filter(|k| *k != EventType::Deny)?;
    if operator.own_only
        || part == Part::Noun && scope(tree, lexicon, i).light.is_none() && args(tree, i).poss.is_empty()
    {
        return None;
    }
    let scope = scope(tree, lexicon, i);
    let a = args(tree, i);
    let slots = Slots {
        report,
        s,
        tree,
        token: i,
        args: &a,
        scope: &scope,
        noun: part == Part::Noun,
        material: false,
    };
    let (actors, mut recipients) = slots.people(lexicon.roles(&operator.roles), EventType::Agree);
    if recipients.is_empty() {
        recipients = people_inside(&slots, content, &actors);
    }
    // "say" words that are operators too ("called it a mistake") need somebody to ask.
    if actors.is_empty() || recipients.is_empty() && kind != EventType::Reject && kind != EventType::Agree {
        return None;
    }
    let kind = if scope.negated && kind == EventType::Agree { EventType::Reject } else { kind };
    let chain = vec![Chain {
        key: operator.key.clone(),
        token: i,
        actors: actors.clone(),
        recipients: recipients.clone(),
    }];
    let mut core = Core {
        token: i,
        kind,
        modes: operator.mode.or_else(|| mode_by_words(tree, lexicon, kind, i)).into_iter().collect(),
        actors,
        recipients,
        others: Vec::new(),
        modality: Some(modality_of(operator, kind)),
        rule: format!("operator/{}", operator.key),
        scope,
        args: a,
        chain,
        act: None,
        claim: claim_of(operator),
    };
    if let Some(governor) = core.scope.operator
        && let Some(above) = apply(report, s, tree, &core, governor)
    {
        core = above;
    }
    Some(core)
}
