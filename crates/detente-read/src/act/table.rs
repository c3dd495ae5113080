//! Who comes to the table, who agrees to come, who calls others to it.
//!
//! "ready to return to negotiations" is said by one who will sit there; "ready to help the parties return" by a third.

use crate::Report;
use crate::act::people::without;
use crate::event::Told;
use crate::tree::Tree;

/// "could not be an honest broker", "is not acceptable as a mediator": what somebody says that a third party is not.
pub(super) fn verdict(t: &Told) -> bool {
    ["/no-broker", "/not-accepted-as", "/not-neutral"].iter().any(|end| t.core.rule.ends_with(end))
}

/// "willing to attend talks hosted by Oman", "agreed to take part in talks": who sits at the table calls nobody to it.
pub(super) fn attends(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let part = |k: usize| tree.lemma(k) == "part";
    let inner = t.core.chain.last().map_or(t.core.token, |c| c.token);
    let above = std::iter::once(inner).chain(tree.ancestors(inner).take(2));
    above.into_iter().any(|verb| match tree.lemma(verb).as_str() {
        "attend" | "join" | "participate" => true,
        "take" => tree.kids_by(verb, &["obj", "compound"]).any(part),
        _ => false,
    })
}

/// "ready to return to negotiations", "ready for talks in Geneva", "ready to meet the rebels": who says so of
/// himself sits at the table, and brings nobody to it.
pub(super) fn at_table(report: &Report<'_>, t: &Told, class: &str) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let inner = t.core.chain.last().map_or(t.core.token, |c| c.token);
    let between = crate::args::args(tree, inner).under("between").next().is_some();
    class == "talk" && !helped(report, t) && !between
}

/// "ready to help the parties return to the table"
pub(super) fn helped(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let inner = t.core.chain.last().map_or(t.core.token, |c| c.token);
    std::iter::once(inner)
        .chain(tree.ancestors(inner).take(3))
        .take_while(|&n| n != t.core.chain[0].token)
        .any(|n| matches!(tree.lemma(n).as_str(), "help" | "assist" | "support" | "contribute" | "work"))
}

/// "return to the table", "resume talks", "sit down with them": they come to the table themselves.
pub(super) fn to_table(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let inner = t.core.chain.last().map_or(t.core.token, |c| c.token);
    t.core.rule.ends_with("+settle-differences")
        && matches!(tree.lemma(inner).as_str(), "return" | "come" | "sit" | "resume")
}

/// What is agreed on is a meeting, and not a delegation sent.
pub(super) fn to_meet(t: &Told) -> bool {
    ["+meet", "+hold-talks", "+negotiate"].iter().any(|end| t.core.rule.ends_with(end))
}

/// What is agreed to is done by others.
pub(super) fn foreign(report: &Report<'_>, t: &Told) -> bool {
    let outer = &t.core.chain[0].actors;
    t.core.chain.last().is_some_and(|inner| {
        !inner.actors.is_empty() && without(report, inner.actors.clone(), outer).len() == inner.actors.len()
    })
}

/// "guaranteed that Armenia would abide by the truce": the word of one for another.
pub(super) fn vouches(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let word = tree.lemma(t.core.chain[0].token);
    matches!(word.as_str(), "guarantee" | "vouch")
        && t.core.chain.last().is_some_and(|c| c.key == "ceasefire")
        && foreign(report, t)
}

/// "agreed to talks" answers somebody, "pledged to hold talks every year" does not.
pub(super) fn consents(report: &Report<'_>, t: &Told) -> bool {
    let Some(tree) = report.text.sentences[t.sentence].tree.as_ref() else { return false };
    let word = tree.lemma(t.core.chain[0].token);
    !matches!(
        word.as_str(),
        "promise" | "pledge" | "undertake" | "assure" | "guarantee" | "undertaking" | "assurance"
    )
}

/// "invited both sides to talks in Luanda": who invites to talks offers to host them.
pub(super) fn invites(tree: &Tree<'_>, t: &Told) -> bool {
    t.core.chain.first().is_some_and(|c| matches!(tree.lemma(c.token).as_str(), "invite" | "invitation"))
}
