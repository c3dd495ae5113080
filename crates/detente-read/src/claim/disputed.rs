//! What a bare denial denies where nobody is accused: what somebody of another side said right before it.
//!
//! "The guards said they had captured four soldiers. Dushanbe dismissed the report": the report is that four soldiers had
//! been captured. What was said becomes an assertion of who said it, and the denial answers it.

use super::Found;
use super::answer::Where;
use crate::Report;
use crate::args::args;
use crate::tree::Tree;
use detente_types::{ActorRef, Cited, Claim, ClaimId, Evidence, Stance};

/// The assertion that a denial answers: the one right before it where it says no more than that it denies, or names "the
/// claim"; else one of the sentences before that speaks of the same thing.
pub(super) fn disputed(report: &Report<'_>, found: &Found) -> Option<Cited<Claim>> {
    let (denial, s) = (&found.claim.fact, found.sentence);
    if denial.stance != Stance::Denial || denial.answers.is_some() {
        return None;
    }
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let mine: Vec<_> = denial.who.iter().map(side).collect();
    let paragraph = report.text.sentences[s].paragraph;
    let bare = bare(&denial.about);
    let points = found.named.as_ref().is_some_and(|n| n.told == Where::Said);
    // "denied reports that …" tells them for the first time.
    let least = if found.named.as_ref().is_some_and(|n| n.told == Where::Here) { 2 } else { 1 };
    let reach = if bare { 2 } else { BACK };
    for at in (s.saturating_sub(reach)..=s).rev() {
        let line = &report.text.sentences[at];
        let near = paragraph.abs_diff(line.paragraph) <= 1;
        let Some(tree) = line.tree.as_ref().filter(|_| near || !bare) else { continue };
        let Some((cue, who, content)) = said(report, at, tree) else { continue };
        // "The rebels said they had burned four tanks; the army denied losing any".
        if at == s && (cue > found.token || content.contains(&found.token)) {
            continue;
        }
        let own = mine.is_empty() || who.iter().any(|r| mine.contains(&side(r)));
        if own && bare && at < s {
            return None;
        }
        let parties: Vec<&ActorRef> = who.iter().chain(&denial.who).collect();
        // "The army said the car carried militants. The agency rejected the claim that its reporter was one."
        let of_others = || {
            tree.kids_by(head_of(tree, &content), &["nsubj", "nsubj:pass"]).all(|n| {
                let refs = &report.cast.meaning(at, n).refs;
                !refs.iter().any(|r| who.iter().any(|w| side(w) == side(r)))
            })
        };
        let fits = bare
            || points && at + 1 == s && of_others()
            || speaks_of(report, at, tree, (&content, &parties), denial, least);
        if fits && !own {
            return Some(assertion(report, at, tree, (cue, who, &content), denial));
        }
    }
    None
}

/// "the blast, which Kosovo says was carried out by agents": what was carried out.
fn relative_of(tree: &Tree<'_>, says: usize, clause: usize) -> Option<usize> {
    let subject = tree.kid(clause, &["nsubj", "nsubj:pass"]).filter(|&k| k > says);
    tree.head(says).filter(|_| tree.rel(says) == "acl:relcl" && subject.is_none())
}

/// The word of a clause on which the others hang.
pub(super) fn head_of(tree: &Tree<'_>, content: &[usize]) -> usize {
    let outside = |n: &usize| tree.head(*n).is_none_or(|h| !content.contains(&h));
    content.iter().copied().find(outside).unwrap_or(content[0])
}

/// Sentences that a denial of its own words looks back.
const BACK: usize = 5;

/// "denied losing the bridge" and "had recaptured a bridge": a thing in common, and not only people or days.
fn speaks_of(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    (content, parties): (&[usize], &[&ActorRef]),
    denial: &Claim,
    least: usize,
) -> bool {
    const PEOPLE: &[&str] = &[
        "person",
        "people",
        "man",
        "woman",
        "child",
        "civilian",
        "force",
        "troop",
        "soldier",
        "fighter",
        "army",
        "government",
        "official",
        "group",
        "country",
        "day",
        "week",
        "month",
        "year",
        "area",
        "statement",
    ];
    let things: Vec<usize> =
        content.iter().copied().filter(|&n| matches!(tree.upos(n), "NOUN" | "PROPN")).collect();
    let told = super::topic(report, s, tree, &things, parties);
    let fits = told
        .iter()
        .filter(|w| denial.topic.iter().any(|d| super::akin(w, d)) && !PEOPLE.contains(&w.as_str()));
    fits.count() >= least
}

/// "the report", "it", "the figure as propaganda": words that only point to what was said.
pub(super) fn bare(about: &str) -> bool {
    const POINTING: &[&str] = &[
        "it",
        "that",
        "this",
        "them",
        "report",
        "reports",
        "claim",
        "claims",
        "figure",
        "figures",
        "toll",
        "count",
        "number",
        "statement",
        "assertion",
        "version",
        "account",
        "story",
        "involvement",
        "responsibility",
        "wrongdoing",
        "complicity",
        "charge",
        "charges",
        "accusation",
        "accusations",
        "allegation",
        "allegations",
    ];
    // "any such plan"
    if about.split_whitespace().take(4).any(|w| w == "such") {
        return true;
    }
    let mut words = about
        .split_whitespace()
        .map(str::to_lowercase)
        .filter(|w| !matches!(w.as_str(), "the" | "a" | "any" | "all" | "his" | "its" | "their"));
    let first = words.next().unwrap_or_default();
    POINTING.contains(&first.as_str()) && words.next().is_none_or(|w| w == "as")
}

/// The verb by which the sentence tells what somebody says, who that is, and what.
pub(super) fn said(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
) -> Option<(usize, Vec<ActorRef>, Vec<usize>)> {
    let lexicon = report.knowledge.lexicon();
    (0..tree.len()).filter(|&v| tree.is_verb(v) && lexicon.speech_verb(&tree.lemma(v)).is_some()).find_map(
        |v| {
            let clause = tree.kids_by(v, &["ccomp"]).next()?;
            let heads = args(tree, v).subj;
            let who: Vec<ActorRef> =
                heads.iter().flat_map(|&h| report.cast.meaning(s, h).refs.iter()).cloned().collect();
            let mut content = tree.subtree_without(clause, &["parataxis", "mark"]);
            if let Some(noun) = relative_of(tree, v, clause) {
                let case = tree.kid(noun, &["case"]);
                content = tree.subtree_without(noun, &["parataxis"]);
                content.retain(|&n| Some(n) != case);
            }
            while content.last().is_some_and(|&n| tree.upos(n) == "PUNCT") {
                content.pop();
            }
            (!who.is_empty() && !content.is_empty()).then_some((v, who, content))
        },
    )
}

fn assertion(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    (cue, who, content): (usize, Vec<ActorRef>, &[usize]),
    denial: &Claim,
) -> Cited<Claim> {
    let document = report.text.document.id();
    let span = tree.span(cue);
    let at = format!("{}..{}", span.start(), span.end());
    let parties: Vec<&ActorRef> = who.iter().chain(&denial.who).collect();
    let claim = Claim {
        id: ClaimId::of([document.as_str(), &at, "disputed"]),
        stance: Stance::Assertion,
        strength: report.knowledge.lexicon().speech_verb(&tree.lemma(cue)).unwrap_or(denial.strength),
        who: who.clone(),
        whom: denial.who.clone(),
        about: crate::event_words(tree.phrase(content), 240),
        topic: super::topic(report, s, tree, content, &parties),
        event: None,
        answers: None,
        when: denial.when.clone(),
        cue: span,
    };
    let evidence = Evidence {
        document: document.clone(),
        sentence: report.text.sentences[s].span,
        marks: vec![span],
        rule: "claim/disputed".to_string(),
        tier: report.tier(s),
    };
    Cited::new(claim, evidence)
}
