//! Sentences that say that nobody came to harm: "There were no victims", "Nobody was hurt", "without casualties".

use crate::Report;
use crate::tree::Tree;
use detente_types::SentenceKind;

/// Numbers of the sentences that say so.
pub(super) fn spared(report: &Report<'_>) -> Vec<usize> {
    let lines = report.text.sentences.iter().enumerate().filter(|(_, l)| l.kind == SentenceKind::Body);
    let says = |tree: &Tree<'_>| (0..tree.len()).any(|i| no_victims(tree, i) || nobody_hurt(tree, i));
    lines.filter(|(_, l)| l.tree.as_ref().is_some_and(says)).map(|(s, _)| s).collect()
}

/// "no casualties", "no dead or wounded", "without causing injuries".
fn no_victims(tree: &Tree<'_>, i: usize) -> bool {
    let victims = matches!(tree.lemma(i).as_str(), "casualty" | "victim" | "injury" | "wounded" | "injured");
    let first = tree.first_conjunct(i);
    let none = |n: usize| tree.kids_by(n, &["det"]).any(|d| tree.lower(d) == "no");
    let without = || {
        let mut above = std::iter::once(i).chain(tree.ancestors(i).take(1));
        above.any(|n| tree.kids_by(n, &["case", "mark"]).any(|k| tree.lower(k) == "without"))
    };
    // "did not cause casualties"
    let not =
        || tree.head(first).is_some_and(|h| tree.base(first) == "obj" && tree.is_verb(h) && tree.negated(h));
    victims && (none(i) || none(first) || without() || not())
}

/// "Nobody was hurt", "no one was injured", "none of them was wounded".
fn nobody_hurt(tree: &Tree<'_>, i: usize) -> bool {
    let harm = matches!(tree.lemma(i).as_str(), "hurt" | "injure" | "wound" | "harm");
    let nobody = |k: usize| {
        matches!(tree.lower(k), "nobody" | "none")
            || tree.kids_by(k, &["det"]).any(|d| tree.lower(d) == "no")
            || tree.lower(k) == "one" && k > 0 && tree.lower(k - 1) == "no"
    };
    harm && tree.kids_by(i, &["nsubj"]).any(nobody)
}
