//! What a bare denial denies where nobody is accused: what somebody of another side said right before it.
//!
//! "The guards said they had captured four soldiers. Dushanbe dismissed the report": the report is that four soldiers had
//! been captured. What was said becomes an assertion of who said it, and the denial answers it.

use crate::Report;
use crate::args::args;
use crate::tree::Tree;
use detente_types::{ActorRef, Cited, Claim, ClaimId, Evidence, Stance};

/// The assertion that a denial of sentence `s` answers, if the denial says no more than that it denies.
pub(super) fn disputed(report: &Report<'_>, s: usize, denial: &Claim) -> Option<Cited<Claim>> {
    if denial.stance != Stance::Denial || denial.answers.is_some() || !bare(&denial.about) {
        return None;
    }
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let mine: Vec<_> = denial.who.iter().map(side).collect();
    let paragraph = report.text.sentences[s].paragraph;
    for at in (s.saturating_sub(2)..s).rev() {
        let line = &report.text.sentences[at];
        let Some(tree) = line.tree.as_ref().filter(|_| paragraph.abs_diff(line.paragraph) <= 1) else {
            continue;
        };
        let Some((cue, who, content)) = said(report, at, tree) else { continue };
        if mine.is_empty() || who.iter().any(|r| mine.contains(&side(r))) {
            return None;
        }
        return Some(assertion(report, at, tree, (cue, who, &content), denial));
    }
    None
}

/// "the report", "it", "the figure as propaganda": words that only point to what was said.
fn bare(about: &str) -> bool {
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
    ];
    let mut words = about
        .split_whitespace()
        .map(str::to_lowercase)
        .filter(|w| !matches!(w.as_str(), "the" | "a" | "his" | "its" | "their"));
    let first = words.next().unwrap_or_default();
    POINTING.contains(&first.as_str()) && words.next().is_none_or(|w| w == "as")
}

/// The verb by which the sentence tells what somebody says, who that is, and what.
fn said(report: &Report<'_>, s: usize, tree: &Tree<'_>) -> Option<(usize, Vec<ActorRef>, Vec<usize>)> {
    let lexicon = report.knowledge.lexicon();
    (0..tree.len()).filter(|&v| tree.is_verb(v) && lexicon.speech_verb(&tree.lemma(v)).is_some()).find_map(
        |v| {
            let clause = tree.kids_by(v, &["ccomp"]).next()?;
            let heads = args(tree, v).subj;
            let who: Vec<ActorRef> =
                heads.iter().flat_map(|&h| report.cast.meaning(s, h).refs.iter()).cloned().collect();
            let mut content = tree.subtree_without(clause, &["parataxis", "mark"]);
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
    let claim = Claim {
        id: ClaimId::of([document.as_str(), &at, "disputed"]),
        stance: Stance::Assertion,
        strength: report.knowledge.lexicon().speech_verb(&tree.lemma(cue)).unwrap_or(denial.strength),
        who,
        whom: denial.who.clone(),
        about: crate::event_words(tree.phrase(content), 240),
        topic: super::topic(tree, content),
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
