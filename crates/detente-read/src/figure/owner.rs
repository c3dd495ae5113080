//! Whose count a number is.
//!
//! Who put the toll at it, who reported so many deaths, who speaks above the sentence: the nearest of them owns it.

use super::number::Number;
use super::what::{self, Role};
use crate::Report;
use crate::scope::Scope;
use crate::tree::Tree;
use detente_types::{ActorRef, Counted, Strength, Tier};

/// The count with the verb by which somebody puts the number at something, and whether that is a running toll.
pub(super) fn given(tree: &Tree<'_>, n: &Number, counted: &what::Found) -> (what::Found, bool) {
    let put = put_at(tree, n);
    // "the toll in Iran", and not "the toll from the blast".
    let toll = put.is_some_and(|(_, what)| {
        let of = |k: usize| matches!(tree.case(k).as_deref(), Some("from" | "of" | "at"));
        matches!(tree.lemma(what).as_str(), "toll" | "tally") && !tree.kids_by(what, &["nmod"]).any(of)
    });
    let given_by = counted.given_by.or(put.map(|(verb, _)| verb));
    (what::Found { given_by, total: counted.total || toll, ..counted.clone() }, toll)
}

/// "put the number at about 60", "estimated the figure at 200": a count of what was counted before.
pub(super) fn put_again(tree: &Tree<'_>, n: &Number, what: Counted) -> Option<what::Found> {
    let (verb, noun) = put_at(tree, n)?;
    let bare = tree.kid(noun, &["nmod", "acl", "acl:relcl", "compound", "amod"]).is_none();
    let itself = matches!(tree.lemma(noun).as_str(), "number" | "figure" | "toll" | "total" | "count");
    let alone = tree.head(n.last) == Some(verb) && tree.upos(n.last) == "NUM";
    (bare && itself && alone).then_some(what::Found {
        top: n.last,
        what,
        predicate: noun,
        unit: None,
        role: Role::Word,
        total: false,
        given_by: Some(verb),
    })
}

/// "Local activists speak of more than 50", "residents put it at 20", "hospital staff say 25": the count told before, by
/// another's word.
pub(super) fn said_again(tree: &Tree<'_>, n: &Number, what: Counted) -> Option<what::Found> {
    // A number that counts something says what.
    let alone = tree.upos(n.last) == "NUM"
        && tree.kid(n.last, &["nmod", "acl", "acl:relcl", "conj", "compound"]).is_none_or(|k| k < n.last);
    // "more than 50", "at least 50": trees hang the phrase on its first word or on the number.
    let up = |i: usize| tree.head(i).filter(|&h| (n.start..=n.last).contains(&h));
    let top = std::iter::successors(Some(n.last), |&i| up(i)).last()?;
    let verb = tree.head(top)?;
    let says = match tree.lemma(verb).as_str() {
        "speak" | "talk" => tree.case(top).as_deref() == Some("of") || before(tree, n, "of"),
        "put" | "estimate" => {
            let it = |o: usize| matches!(tree.lower(o), "it" | "that" | "them");
            before(tree, n, "at") && tree.kids_by(verb, &["obj"]).any(it)
        }
        "say" | "claim" | "report" | "count" => {
            matches!(tree.base(top), "obj" | "ccomp" | "obl")
                && !before(tree, n, "in")
                && !before(tree, n, "at")
        }
        _ => false,
    };
    let subject = tree.kid(verb, &["nsubj"]).is_some_and(|k| k < verb);
    let last = n.last + 1 >= tree.len() || matches!(tree.upos(n.last + 1), "PUNCT" | "SCONJ" | "CCONJ");
    (alone && says && subject && last).then_some(what::Found {
        top,
        what,
        predicate: n.last,
        unit: None,
        role: Role::Word,
        total: false,
        given_by: Some(verb),
    })
}

/// Does this word lead the number?
fn before(tree: &Tree<'_>, n: &Number, word: &str) -> bool {
    n.start.checked_sub(1).is_some_and(|k| tree.lower(k) == word)
}

/// Whose count it is: the innermost speakers above the predicate, each of them once.
pub(super) fn claimants(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    counted: &what::Found,
    above: &Scope,
) -> (Vec<ActorRef>, Option<Strength>) {
    let meant = |heads: &[usize]| owners(report, s, tree, heads);
    let claims = above.operator.filter(|g| report.knowledge.lexicon().operators()[g.entry].key == "claim");
    if let Some(g) = claims {
        let who = meant(&crate::args::args(tree, g.token).subj);
        if !who.is_empty() {
            return (who, Some(Strength::Claimed));
        }
    }
    // "the ministry put the toll at 40", "Thailand has reported 25 deaths"
    if let Some(verb) = counted.given_by.or_else(|| reporting_verb(tree, counted)) {
        let a = crate::args::args(tree, verb);
        // "a rights group, the Committee, put …": by its name where the words before it name nobody.
        let subjects = crate::scope::issuers(tree, report.knowledge.lexicon(), a.subj.clone());
        let named = subjects.into_iter().flat_map(|h| std::iter::once(h).chain(tree.kids_by(h, &["appos"])));
        let who = meant(&named.collect::<Vec<_>>());
        if !who.is_empty() {
            return (who, Some(Strength::Said));
        }
    }
    let headline = report.tier(s) == Tier::Headline;
    if headline && above.speech.first().is_some_and(|x| !tree.says_in_headline(x.cue, counted.predicate)) {
        return (Vec::new(), None);
    }
    // "claimed to have killed": the raising verb of saying is a speaker too.
    for speech in &above.speech {
        let who = meant(&speech.speakers);
        if !who.is_empty() {
            return (who, Some(speech.strength));
        }
    }
    if let Some((who, strength)) = report.quoted_by(s, counted.predicate) {
        return (vec![who], Some(strength));
    }
    let accuser = accuser(tree, counted.predicate).map(|subject| meant(&subject)).unwrap_or_default();
    if !accuser.is_empty() {
        return (accuser, Some(Strength::Alleged));
    }
    (Vec::new(), above.speech.first().map(|x| x.strength))
}

/// "Dushanbe accused Kyrgyz troops of shelling a mosque, killing ten": a count in a charge is that of who charges.
fn accuser(tree: &Tree<'_>, predicate: usize) -> Option<Vec<usize>> {
    let charges = |v: &usize| matches!(tree.lemma(*v).as_str(), "accuse" | "blame") && tree.is_verb(*v);
    let verb = tree.ancestors(predicate).find(charges)?;
    let below = std::iter::once(predicate).chain(tree.ancestors(predicate)).take_while(|&n| n != verb);
    let content = |n: usize| {
        tree.xpos(n) == "VBG"
            && tree.kids_by(n, &["mark", "case"]).any(|m| matches!(tree.lower(m), "of" | "for"))
    };
    let charged = below.into_iter().any(content);
    charged.then(|| crate::args::args(tree, verb).subj)
}

/// Whom the first of the heads that means anybody means, and those whom "and" joins to it.
fn owners(report: &Report<'_>, s: usize, tree: &Tree<'_>, heads: &[usize]) -> Vec<ActorRef> {
    let meant = |h: usize| report.cast.meaning(s, h).refs.first();
    let Some(first) = heads.iter().copied().find(|&h| meant(h).is_some()) else { return Vec::new() };
    let joined = |h: &usize| tree.first_conjunct(*h) == tree.first_conjunct(first);
    let mut out: Vec<ActorRef> = Vec::new();
    for who in heads.iter().copied().filter(joined).filter_map(meant) {
        if !out.iter().any(|o| o.actor == who.actor) {
            out.push(who.clone());
        }
    }
    out
}

/// "put the toll at 406 killed and 654 wounded": the verb that puts a number, an estimate, losses at what stands under it,
/// and the noun.
fn put_at(tree: &Tree<'_>, n: &Number) -> Option<(usize, usize)> {
    let verb =
        tree.ancestors(n.last).take(5).find(|&h| matches!(tree.lemma(h).as_str(), "put" | "estimate"))?;
    let what = tree.kids_by(verb, &["obj", "nsubj:pass"]).find(|&o| {
        matches!(
            tree.lemma(o).as_str(),
            "toll"
                | "number"
                | "figure"
                | "count"
                | "total"
                | "tally"
                | "loss"
                | "casualty"
                | "death"
                | "dead"
        )
    });
    let at = (verb + 1..n.first).any(|k| tree.lower(k) == "at" && tree.base(k) == "case");
    what.filter(|_| at).map(|what| (verb, what))
}

/// The verb of counting whose object the count is: "reported 25 deaths", "confirmed nine fatalities".
pub(super) fn reporting_verb(tree: &Tree<'_>, counted: &what::Found) -> Option<usize> {
    let verb = tree.head(counted.predicate).filter(|_| tree.base(counted.predicate) == "obj")?;
    let counts = matches!(
        tree.lemma(verb).as_str(),
        "report"
            | "record"
            | "count"
            | "confirm"
            | "list"
            | "register"
            | "document"
            | "tally"
            | "log"
            | "announce"
            | "acknowledge"
            | "admit"
            | "claim"
    );
    (counts && counted.role == Role::Word).then_some(verb)
}
