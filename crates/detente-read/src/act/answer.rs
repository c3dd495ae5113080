//! Answers to offers: what they answer, across clauses and sentences.
//!
//! "The army refused." goes back to the offer told before; "Khartoum accepted the plan; the rebels did not"
//! leaves the verb out, and is a refusal all the same.

use crate::Report;
use crate::act::people::{dedup, sides, without};
use crate::event::Told;
use crate::tree::Tree;
use detente_types::{Act, ActId, ActorRef, Cited, EventType, Evidence, Modality, Stage};

/// A refusal that does not say of what or only of "the plan", and a silence that does not say on what.
pub(super) fn bare(report: &Report<'_>, told: &[Told], act: &Act) -> bool {
    let own = told.iter().find(|t| Some(&t.event.fact.id) == act.event.as_ref());
    own.is_some_and(|t| {
        let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
        let plan = |&o: &usize| {
            is_plan(&tree.lemma(o))
                && tree.kid(o, &["nmod", "nmod:poss", "compound", "amod", "acl"]).is_none()
        };
        let alone = t.core.args.obj.iter().all(plan) && t.core.args.preps.is_empty();
        match act.stage {
            Stage::Decline => t.core.kind == EventType::Reject && t.core.chain.len() == 1 && alone,
            Stage::NoAnswer => t.core.args.obj.is_empty() && t.core.args.preps.is_empty(),
            _ => false,
        }
    })
}

/// What an offer is called when it is answered: "rejected the idea", "the plan".
pub(super) fn is_plan(lemma: &str) -> bool {
    matches!(lemma, "plan" | "proposal" | "map" | "draft" | "text" | "idea" | "suggestion" | "overture")
}

/// "Thailand has not responded to that offer": the offer told last, by somebody else, in the few sentences before; of
/// several the one that is called so: "the invitation" is who invited's, "the draft" who drafted's.
pub(super) fn refer_back(report: &Report<'_>, told: &[Told], acts: &mut [Cited<Act>]) {
    for at in 0..acts.len() {
        let answer = &acts[at].fact;
        if !matches!(answer.stage, Stage::Accept | Stage::Decline | Stage::Welcome | Stage::NoAnswer)
            || !answer.mediators.is_empty()
        {
            continue;
        }
        // "ruled out talks, days after Oslo invited both sides": told behind the answer, and made before it.
        let line = acts[at].evidence()[0].sentence;
        let beside = (at + 1..acts.len()).filter(|&n| acts[n].evidence()[0].sentence == line);
        let offers: Vec<&Act> = beside
            .filter(|&n| is_offer(acts[n].fact.stage))
            .chain((0..at).rev())
            .filter(|&n| may_answer(report, acts, n, at))
            .map(|n| &acts[n].fact)
            .collect();
        let called = answered_as(report, told, answer);
        let same = offers.iter().find(|o| called.is_some_and(|c| is_called(o, c)));
        if let Some(mediators) = same.or(offers.first()).map(|o| o.mediators.clone()) {
            acts[at].fact.mediators = mediators;
        }
    }
}

fn is_offer(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Offer | Stage::OfferRepeat | Stage::ProposePlan | Stage::ProposeVenue | Stage::Convene
    )
}

/// Is the act an offer of somebody else, or an answer to one, told in the few sentences before?
fn may_answer(report: &Report<'_>, acts: &[Cited<Act>], offer: usize, answer: usize) -> bool {
    let (from, line) = (acts[offer].evidence()[0].sentence, acts[answer].evidence()[0].sentence);
    let (offer, by) = (&acts[offer].fact, &acts[answer].fact.by);
    let lines = report.text.sentences.iter().map(|l| l.span.start());
    let between = lines.filter(|start| (from.start()..line.start()).contains(start)).count();
    (is_offer(offer.stage)
        || matches!(offer.stage, Stage::Accept | Stage::Welcome | Stage::Decline | Stage::NoAnswer))
        && !offer.mediators.is_empty()
        && between <= 4
        && without(report, offer.mediators.clone(), by).len() == offer.mediators.len()
}

/// What kind of thing an answer says that it answers.
#[derive(Clone, Copy)]
enum Called {
    Invitation,
    Text,
    Help,
}

fn answered_as(report: &Report<'_>, told: &[Told], answer: &Act) -> Option<Called> {
    let own = told.iter().find(|t| Some(&t.event.fact.id) == answer.event.as_ref())?;
    let tree = report.text.sentences[own.sentence].tree.as_ref()?;
    let under = own.core.args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "on")).map(|(_, h)| h);
    own.core.args.obj.iter().chain(under).find_map(|&o| match tree.lemma(o).as_str() {
        "invitation" => Some(Called::Invitation),
        "offer" | "mediation" | "help" | "role" | "facilitation" | "office" | "service" => Some(Called::Help),
        "initiative" | "roadmap" | "document" | "formula" | "compromise" => Some(Called::Text),
        lemma => is_plan(lemma).then_some(Called::Text),
    })
}

fn is_called(offer: &Act, called: Called) -> bool {
    let invites = offer.words.to_lowercase().contains("invit");
    match called {
        Called::Invitation => invites,
        Called::Text => matches!(offer.stage, Stage::ProposePlan | Stage::ProposeVenue),
        Called::Help => !invites && matches!(offer.stage, Stage::Offer | Stage::OfferRepeat),
    }
}

/// "welcomed Russia's offer": the offer is what is answered, not made again.
pub(super) fn answered_here(tree: &Tree<'_>, t: &Told, stage: Stage, told: &[Told]) -> bool {
    // "rejected talks days after Oslo offered to host them": made at a time of its own.
    let apart = |n: usize| matches!(tree.base(n), "advcl" | "parataxis") && tree.kid(n, &["nsubj"]).is_some();
    let first = t.core.chain.first().map(|c| c.token).filter(|&n| !apart(n));
    let over = first.and_then(|n| tree.head(n));
    matches!(stage, Stage::Offer | Stage::OfferRepeat)
        && told.iter().any(|o| {
            let answers =
                matches!(o.core.act, Some(Stage::Welcome | Stage::Accept | Stage::Decline | Stage::NoAnswer))
                    || o.core.kind == EventType::Reject;
            o.sentence == t.sentence && answers && Some(o.core.token) == over
        })
}

/// "welcomed Ankara's offer to mediate with Addis Ababa": those whom the offer concerns are parties of the answer.
pub(super) fn concerned(tree: &Tree<'_>, t: &Told, told: &[Told]) -> Vec<ActorRef> {
    let offers = told.iter().filter(|o| o.sentence == t.sentence && o.core.token != t.core.token);
    offers
        .filter(|o| o.core.chain.first().and_then(|c| tree.head(c.token)) == Some(t.core.token))
        .flat_map(|o| o.event.fact.recipients.iter().cloned())
        .collect()
}

/// "Baku did not", "Eritrea would not": a clause that leaves out its verb, beside one that accepts.
pub(super) fn ellipses(report: &Report<'_>, told: &[Told], acts: &mut Vec<Cited<Act>>) {
    let mut found = Vec::new();
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = &line.tree else { continue };
        for i in (0..tree.len()).filter(|&i| left_out(tree, i)) {
            found.extend(refusal(report, told, acts, s, tree, i));
        }
    }
    acts.extend(found);
}

/// A negated auxiliary with a subject and no verb of its own.
fn left_out(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.lemma(i).as_str(), "do" | "will" | "would" | "have" | "be" | "could" | "can")
        && matches!(tree.base(i), "parataxis" | "conj" | "root" | "advcl" | "ccomp")
        && tree.negated(i)
        && tree.kid(i, &["nsubj"]).is_some()
        && tree.kid(i, &["obj", "xcomp", "ccomp", "obl"]).is_none()
}

/// What stands in the clause before is refused by who does not do it.
fn refusal(
    report: &Report<'_>,
    told: &[Told],
    acts: &[Cited<Act>],
    s: usize,
    tree: &Tree<'_>,
    i: usize,
) -> Option<Cited<Act>> {
    let sentence = report.text.sentences[s].span;
    let subject = tree.kid(i, &["nsubj"])?;
    let by: Vec<ActorRef> =
        tree.conjuncts(subject).into_iter().flat_map(|h| report.cast.meaning(s, h).refs.clone()).collect();
    let answer = acts.iter().rev().find(|a| {
        a.evidence()[0].sentence == sentence
            && a.fact.trigger.start() < tree.span(i).start()
            && matches!(
                a.fact.stage,
                Stage::Accept | Stage::Welcome | Stage::Agreement | Stage::CeasefireAgreed
            )
    });
    // "agreed to come to Geneva": consent to something that is no step by itself.
    let consent = told.iter().rev().find(|t| {
        t.sentence == s
            && t.event.fact.kind == EventType::Agree
            && t.event.fact.trigger.start() < tree.span(i).start()
            && matches!(t.event.fact.modality, Modality::Planned | Modality::Willing)
    });
    if by.is_empty() || answer.is_none() && consent.is_none() {
        return None;
    }
    let trigger = tree.span(i);
    let mediators = answer.map(|m| m.fact.mediators.clone()).unwrap_or_default();
    let mut parties = sides(report, &by);
    parties.extend(answer.map(|m| without(report, m.fact.parties.clone(), &by)).unwrap_or_default());
    dedup(&mut parties);
    let when = answer.map(|m| m.fact.when.clone()).or_else(|| consent.map(|t| t.event.fact.when.clone()))?;
    let act = Act {
        id: ActId::of([
            report.text.document.id().as_str(),
            &format!("{}..{}", trigger.start(), trigger.end()),
            "ellipsis",
        ]),
        stage: Stage::Decline,
        mediators,
        parties,
        by,
        modality: Modality::Refused,
        when,
        place: None,
        occasion: None,
        round: None,
        outcome: None,
        event: None,
        words: tree.phrase(&tree.subtree(i)).to_string(),
        trigger,
    };
    let mut evidence: Evidence =
        answer.map(|m| m.evidence()[0].clone()).or_else(|| consent.map(|t| t.event.evidence()[0].clone()))?;
    evidence.rule = "act/ellipsis".into();
    Some(Cited::new(act, evidence))
}
