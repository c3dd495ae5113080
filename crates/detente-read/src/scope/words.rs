//! What a word is to those around it: whether it is the content of its governor, whether it is negated, asked, to come;
//! and which entries of the lexicon it opens.

use crate::args::args;
use crate::tree::Tree;
use detente_knowledge::lexicon::{Hit, Lexicon, Part};

/// The operator that `above` is over `at`, if the relation between them is that of content.
pub(crate) fn operator_over(tree: &Tree<'_>, lexicon: &Lexicon, at: usize, above: usize) -> Option<usize> {
    if !is_content(tree, at, above) {
        return None;
    }
    let part = part_of(tree, above)?;
    let found = |word: &str| {
        lexicon.operators_of(part, word).iter().find(|h| phrase_matches(tree, above, h)).map(|h| h.entry)
    };
    found(&tree.lemma(above)).or_else(|| found(tree.lower(above)).filter(|_| part == Part::Adj))
}

/// "is to be signed", "Turkey to send ships" in a headline: an infinitive with a subject of its own.
pub(super) fn to_come(tree: &Tree<'_>, i: usize) -> bool {
    let to = tree.kids_by(i, &["mark"]).any(|m| tree.lower(m) == "to");
    let own = tree.base(i) == "root"
        || tree
            .kid(i, &["aux:pass", "aux"])
            .is_some_and(|a| a < i && matches!(tree.lower(a), "is" | "are" | "was" | "were"));
    let headline = tree.rel(i) == "acl"
        && tree.head(i).is_some_and(|h| tree.head(h).is_none() && tree.tokens[h].name.is_some());
    to && (own || headline)
}

/// "would sign no deal while the fighting went on", "will return once the war has ended": a time that what is
/// still to come depends on; a comma before it makes it a contrast.
pub(super) fn awaited(tree: &Tree<'_>, at: usize, above: usize) -> bool {
    let clause = if tree.base(above) == "xcomp" { tree.head(above).unwrap_or(above) } else { above };
    let to_come = tree
        .kids_by(clause, &["aux"])
        .any(|k| matches!(tree.lower(k), "will" | "would" | "'ll" | "'d" | "wo" | "shall" | "can" | "could"));
    let mark = tree.kids_by(at, &["mark", "advmod"]).find(|&m| {
        matches!(tree.lower(m), "while" | "once" | "when" | "whenever") || tree.lower(m) == "as" && m + 1 < at
    });
    to_come && mark.is_some_and(|m| m > clause && tree.word(m - 1) != ",")
}

/// "engaged in talks", "came under attack", "went on strike".
pub(super) fn carries(tree: &Tree<'_>, at: usize, above: usize) -> bool {
    let case = tree.case(at).unwrap_or_default();
    matches!(
        (tree.lemma(above).as_str(), case.as_str()),
        ("engage" | "take" | "join" | "participate" | "enter", "in" | "into")
            | ("come" | "be" | "fall", "under")
            | ("go" | "be", "on")
    )
}

/// The verb of denying or dismissing whose object this noun of telling is ("denied reports", "rejected the
/// allegation").
pub(super) fn denied_telling(tree: &Tree<'_>, lexicon: &Lexicon, noun: usize) -> Option<usize> {
    let tells = matches!(
        tree.lemma(noun).as_str(),
        "report"
            | "claim"
            | "allegation"
            | "accusation"
            | "charge"
            | "suggestion"
            | "assertion"
            | "rumour"
            | "rumor"
            | "speculation"
            | "story"
            | "account"
            | "idea"
            | "notion"
            | "insinuation"
    );
    let verb =
        tree.head(noun).filter(|_| tells && matches!(tree.rel(noun), "obj" | "nsubj:pass" | "conj"))?;
    let verb = if tree.base(noun) == "conj" { tree.head(verb)? } else { verb };
    let operators = lexicon.operators_of(Part::Verb, &tree.lemma(verb));
    let denies =
        operators.iter().any(|h| matches!(lexicon.operators()[h.entry].key.as_str(), "deny" | "refuse"));
    (denies && !tree.negated(verb)).then_some(verb)
}

/// A question asserts nothing.
pub(super) fn asked(tree: &Tree<'_>) -> bool {
    let last = (0..tree.len()).rev().find(|&i| !matches!(tree.word(i), "\"" | "”" | "'" | "’" | ")"));
    last.is_some_and(|i| tree.word(i) == "?")
}

/// "No party has …", "neither A nor B …", "nobody …": the subject negates.
pub(super) fn nobody(tree: &Tree<'_>, i: usize) -> bool {
    tree.is_verb(i)
        && tree.kids_by(i, &["nsubj"]).any(|k| {
            tree.negated(k)
                || matches!(tree.lower(k), "nobody" | "none" | "neither" | "nothing")
                || tree.kids_by(k, &["cc:preconj"]).any(|c| tree.lower(c) == "neither")
        })
}

/// "imposed no sanctions", "sees no need": the object negates.
pub(super) fn nothing(tree: &Tree<'_>, i: usize) -> bool {
    tree.is_verb(i)
        && tree
            .kids_by(i, &["obj"])
            .any(|k| tree.kids_by(k, &["det"]).any(|d| tree.lower(d) == "no") || tree.lower(k) == "nothing")
}

/// Verb, noun or adjective, as the lexicon counts them.
pub(crate) fn part_of(tree: &Tree<'_>, i: usize) -> Option<Part> {
    match tree.upos(i) {
        "VERB" => Some(if adjectival(tree, i) { Part::Adj } else { Part::Verb }),
        "NOUN" | "PROPN" => Some(Part::Noun),
        "ADJ" => Some(Part::Adj),
        // "the truce is over", "they are back at the table"
        "ADV" if tree.kid(i, &["cop"]).is_some() => Some(Part::Adj),
        _ => None,
    }
}

/// Participles that the analyser tags as verbs and that are adjectives in use ("prepared to").
pub(super) fn adjectival(tree: &Tree<'_>, i: usize) -> bool {
    matches!(
        tree.lower(i),
        "prepared" | "set" | "expected" | "scheduled" | "slated" | "determined" | "opposed"
    ) && tree.kid(i, &["cop", "aux:pass"]).is_some()
}

/// Do the other words of a pattern stand below the word?
pub(crate) fn phrase_matches(tree: &Tree<'_>, head: usize, hit: &Hit) -> bool {
    if hit.rest.is_empty() {
        return true;
    }
    let mut below =
        tree.subtree_without(head, &["advcl", "ccomp", "parataxis", "acl:relcl", "conj", "nsubj"]);
    // "said yes"
    below.extend(tree.kids_by(head, &["ccomp"]).filter(|&k| tree.upos(k) == "INTJ"));
    hit.rest.iter().all(|word| {
        let particle = PARTICLES.contains(&word.as_str());
        below.iter().any(|&i| {
            let same = i > head && (tree.lemma(i) == *word || tree.lower(i) == *word);
            // "carry on" is not "carry out strikes *on* camps": a particle hangs on the verb or follows it.
            same && (!particle || tree.head(i) == Some(head) && tree.base(i) != "case" || i == head + 1)
        })
    })
}

/// Words that make another verb of a verb.
pub(super) const PARTICLES: &[&str] = &[
    "up", "on", "off", "out", "down", "back", "away", "over", "in", "apart", "through", "aside", "together",
    "forward", "around",
];

/// Is the word what its governor is about, so that an operator there decides how real it is?
pub(super) fn is_content(tree: &Tree<'_>, at: usize, above: usize) -> bool {
    let noun = tree.is_noun(above);
    match tree.base(at) {
        // "what he called decisive mediation" calls for nothing.
        "xcomp" | "ccomp" => tree.lemma(above) != "call" || tree.is_verb(at),
        "acl" if tree.rel(at) != "acl:relcl" => noun || tree.upos(above) == "ADJ",
        // "called the raid a success" calls for nothing.
        "obj" => tree.lemma(above) != "call",
        "nsubj" => tree.rel(at) == "nsubj:pass",
        "csubj" => tree.rel(at) == "csubj:pass",
        "compound" | "amod" => noun,
        "obl" | "nmod" => {
            let case = tree.case(at).unwrap_or_default();
            match case.as_str() {
                "for" | "of" | "to" | "on" | "with" | "from" | "against" | "about" | "in" => {
                    noun && matches!(case.as_str(), "of" | "for" | "to" | "against" | "about")
                        || !noun && verb_takes(&tree.lemma(above), &case)
                }
                _ => false,
            }
        }
        "advcl" => tree.kids_by(at, &["mark", "case"]).any(|m| {
            let mark = tree.lower(m);
            matches!(mark, "of" | "for" | "from" | "against" | "with") && verb_takes(&tree.lemma(above), mark)
                || mark == "to" && tree.xpos(at) == "VBG" && verb_takes(&tree.lemma(above), "to")
                || mark == "to" && matches!(tree.upos(above), "ADJ")
                || mark == "to" && wants_infinitive(&tree.lemma(above))
        }),
        _ => false,
    }
}

/// Verbs of saying whose infinitive is what is said ("claims to have killed", "is said to hold").
pub(super) fn cites_infinitive(lemma: &str) -> bool {
    matches!(
        lemma,
        "claim"
            | "say"
            | "allege"
            | "report"
            | "believe"
            | "think"
            | "profess"
            | "purport"
            | "suspect"
            | "estimate"
    )
}

pub(super) fn verb_takes(verb: &str, prep: &str) -> bool {
    match prep {
        "for" => matches!(
            verb,
            "call"
                | "appeal"
                | "press"
                | "push"
                | "ask"
                | "plead"
                | "lobby"
                | "beg"
                | "blame"
                | "prepare"
                | "plan"
                | "petition"
                | "advocate"
                | "hope"
                | "ready"
                | "criticise"
                | "criticize"
        ),
        "to" => matches!(
            verb,
            "agree"
                | "commit"
                | "consent"
                | "object"
                | "open"
                | "pledge"
                | "resort"
                | "invite"
                | "ready"
                | "opposed"
                | "vow"
        ),
        "on" => matches!(verb, "agree" | "insist" | "decide" | "call" | "plan"),
        "of" => matches!(verb, "accuse" | "warn" | "suspect" | "convict" | "despair" | "stop" | "fall"),
        "with" => matches!(verb, "threaten" | "charge"),
        "from" => matches!(verb, "refrain" | "abstain" | "prevent" | "stop" | "keep"),
        "against" => matches!(verb, "warn" | "caution" | "advise"),
        "about" => matches!(verb, "warn" | "worry"),
        "in" => matches!(verb, "fail" | "succeed" | "persist"),
        _ => false,
    }
}

pub(super) fn wants_infinitive(verb: &str) -> bool {
    matches!(
        verb,
        "agree"
            | "offer"
            | "threaten"
            | "refuse"
            | "vow"
            | "urge"
            | "ask"
            | "call"
            | "order"
            | "warn"
            | "promise"
            | "pledge"
            | "invite"
            | "press"
            | "appeal"
    )
}

/// "in retaliation for the raid", "responsibility for the attack": what one answers or answers for has happened.
pub(super) fn owed(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lemma(noun).as_str(),
        "retaliation" | "revenge" | "reprisal" | "retribution" | "punishment" | "responsibility" | "blame"
    )
}

/// Who speaks where a paper does: "a report by Amnesty", "UN figures", "data compiled by Airwars", "the ministry's
/// tally". The phrase itself, where it names nobody so.
pub(crate) fn issuers(tree: &Tree<'_>, lexicon: &Lexicon, heads: Vec<usize>) -> Vec<usize> {
    heads.into_iter().flat_map(|h| issuer(tree, lexicon, h).unwrap_or_else(|| vec![h])).collect()
}

fn issuer(tree: &Tree<'_>, lexicon: &Lexicon, paper: usize) -> Option<Vec<usize>> {
    if !lexicon.in_class("papers", &tree.lemma(paper)) {
        return None;
    }
    let a = args(tree, paper);
    let issued = tree.kids_by(paper, &["acl"]).filter(|&v| lexicon.in_class("issue", &tree.lemma(v)));
    let by = |v: usize| {
        let a = args(tree, v);
        let under: Vec<usize> = a.under("by").chain(a.under("from")).collect();
        a.subj.into_iter().chain(under).filter(|&n| n != paper && n > v).collect::<Vec<_>>()
    };
    let by: Vec<usize> = issued.flat_map(by).collect();
    let from: Vec<usize> = a.under("by").chain(a.under("from")).collect();
    let before = || {
        tree.kids_by(paper, &["compound", "amod"]).filter(|&k| tree.upos(k) != "ADJ" || tree.xpos(k) == "NNP")
    };
    let found = [by, from, a.poss.clone(), before().collect(), a.adj.clone()];
    found.into_iter().find(|list| !list.is_empty())
}
