//! Deep arguments: who does and who suffers, whatever the voice.
//!
//! A predicate may be active, passive, a participle behind or before its noun, a relative clause, an
//! infinitive or a coordinated verb; its logical subject then stands elsewhere in the tree. This
//! module finds it, so that no rule above needs to know voice.
//!
//! # How
//! 1. Surface arguments of the word itself.
//! 2. Voice: passive arguments swap.
//! 3. Missing arguments come from the governing word: control, relative clauses, participles,
//!    coordination.

use crate::tree::Tree;

/// Deep arguments of one predicate; every list holds heads of phrases, coordination spread out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Args {
    /// Logical subject.
    pub(crate) subj: Vec<usize>,
    /// Logical object.
    pub(crate) obj: Vec<usize>,
    /// Indirect object.
    pub(crate) iobj: Vec<usize>,
    /// Prepositional phrases: preposition and head.
    pub(crate) preps: Vec<(String, usize)>,
    /// For nouns: possessor.
    pub(crate) poss: Vec<usize>,
    /// For nouns: adjectives and compounds before it.
    pub(crate) adj: Vec<usize>,
    /// The predicate is passive.
    pub(crate) passive: bool,
}

impl Args {
    /// Heads under one of these prepositions.
    pub(crate) fn under<'a>(&'a self, prep: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.preps.iter().filter(move |(p, _)| p == prep).map(|(_, i)| *i)
    }
}

/// Arguments of the word at `i`, verb, noun or adjective.
pub(crate) fn args(tree: &Tree<'_>, i: usize) -> Args {
    if tree.is_noun(i) && !has_clause(tree, i) { noun_args(tree, i) } else { verb_args(tree, i, 0) }
}

/// A noun with a subject of its own is a predicate ("he is a mediator").
fn has_clause(tree: &Tree<'_>, i: usize) -> bool {
    tree.kid(i, &["cop"]).is_some()
}

fn noun_args(tree: &Tree<'_>, i: usize) -> Args {
    let mut out = Args::default();
    for &k in tree.kids(i) {
        match (tree.base(k), tree.rel(k)) {
            (_, "nmod:poss") => out.poss.extend(tree.conjuncts(k)),
            ("nmod" | "obl", _) => match tree.case(k) {
                Some(p) => spread(tree, &mut out.preps, &p, k),
                None => out.adj.push(k),
            },
            ("amod" | "compound", _) => out.adj.extend(tree.conjuncts(k)),
            _ => {}
        }
    }
    if out.under("by").next().is_none() && matches!(tree.tokens[i].mention, Some("event" | "abstract")) {
        doers_below(tree, i, &mut out.preps, 2);
    }
    // "attacks and raids by X on Y": later nouns share the phrases that hang on the last one, and the
    // modifiers before the first.
    let first = tree.first_conjunct(i);
    if first != i && out.poss.is_empty() && out.adj.is_empty() {
        let other = noun_args(tree, first);
        (out.poss, out.adj) = (other.poss, other.adj);
    }
    if let Some(last) = tree.conjuncts(first).last().copied().filter(|l| *l != i)
        && out.preps.is_empty()
    {
        for k in tree.kids_by(last, &["nmod"]) {
            if let Some(p) = tree.case(k) {
                spread(tree, &mut out.preps, &p, k);
            }
        }
    }
    out
}

/// "the kidnapping of engineers by rebels": parsers hang the doer on a noun before it.
fn doers_below(tree: &Tree<'_>, i: usize, preps: &mut Vec<(String, usize)>, depth: usize) {
    let nouns = tree.kids_by(i, &["nmod"]).filter(|&n| tree.tokens[n].mention != Some("event"));
    for n in nouns.filter(|&n| tree.case(n).is_some_and(|c| c != "by")) {
        for k in tree.kids_by(n, &["nmod"]).filter(|&k| tree.case(k).as_deref() == Some("by")) {
            spread(tree, preps, "by", k);
        }
        if depth > 1 {
            doers_below(tree, n, preps, depth - 1);
        }
    }
}

fn spread(tree: &Tree<'_>, preps: &mut Vec<(String, usize)>, prep: &str, head: usize) {
    for c in tree.conjuncts(head) {
        preps.push((prep.to_string(), c));
    }
}

fn verb_args(tree: &Tree<'_>, i: usize, depth: usize) -> Args {
    let mut out = surface(tree, i);
    if depth > 6 {
        return out;
    }
    fill_from_above(tree, i, &mut out, depth);
    out
}

/// What hangs on the word itself, passive put right.
fn surface(tree: &Tree<'_>, i: usize) -> Args {
    let mut out = Args { passive: is_passive(tree, i), ..Args::default() };
    for &k in tree.kids(i) {
        match tree.rel(k) {
            "nsubj" | "csubj" | "nsubj:outer" if out.passive && tree.kid(i, &["aux:pass"]).is_some() => {
                out.obj.extend(nominal(tree, k));
            }
            "nsubj" | "nsubj:outer" => out.subj.extend(nominal(tree, k)),
            "nsubj:pass" if out.passive => out.obj.extend(nominal(tree, k)),
            "nsubj:pass" => out.subj.extend(nominal(tree, k)),
            "obl:agent" => out.subj.extend(nominal(tree, k)),
            // "a Russian-brokered truce": who did it stands before the hyphen, adjective or noun.
            "compound" if tree.does_before_hyphen(k) => out.subj.push(k),
            // "gave up as mediator"
            "obj" if tree.case(k).as_deref() == Some("as") => spread(tree, &mut out.preps, "as", k),
            "obj" => out.obj.extend(nominal(tree, k)),
            "iobj" => out.iobj.extend(nominal(tree, k)),
            rel if rel.starts_with("obl") || rel == "nmod" => match tree.case(k) {
                Some(p) if p == "by" && out.passive => out.subj.extend(tree.conjuncts(k)),
                Some(p) => spread(tree, &mut out.preps, &p, k),
                None => {}
            },
            _ => {}
        }
    }
    out
}

/// Relative pronouns mean the noun that the clause hangs on.
fn nominal(tree: &Tree<'_>, k: usize) -> Vec<usize> {
    if matches!(tree.lower(k), "who" | "which" | "that" | "whom")
        && let Some(noun) = relativised(tree, k)
    {
        return antecedents(tree, k, noun);
    }
    tree.conjuncts(k)
}

/// "the army and the ministry, which has observers there": a verb in the singular has the last of those joined.
fn antecedents(tree: &Tree<'_>, pronoun: usize, noun: usize) -> Vec<usize> {
    let all = tree.conjuncts(noun);
    let Some(verb) = tree.head(pronoun) else { return all };
    let finite = tree.kids_by(verb, &["aux", "aux:pass", "cop"]).next().unwrap_or(verb);
    let singular = tree.xpos(finite) == "VBZ" || tree.lower(finite) == "was";
    match all.iter().rfind(|&&n| n < pronoun) {
        Some(&last) if singular && all.len() > 1 => vec![last],
        _ => all,
    }
}

fn relativised(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    let mut at = pronoun;
    for _ in 0..tree.len() {
        if tree.rel(at) == "acl:relcl" || tree.rel(at) == "acl" {
            return tree.head(at);
        }
        at = tree.head(at)?;
    }
    None
}

/// Passive by its auxiliary or its subject, or a past participle behind its noun.
pub(crate) fn is_passive(tree: &Tree<'_>, i: usize) -> bool {
    if tree.kid(i, &["aux:pass"]).is_some() {
        return !of_mind(tree, i);
    }
    if perfect(tree, i) {
        return false;
    }
    if tree.kid(i, &["nsubj:pass"]).is_some() {
        // "is prepared to": an adjective, whatever its subject is called.
        return tree.kid(i, &["cop"]).is_none();
    }
    let participle = tree.xpos(i) == "VBN" && tree.kid(i, &["aux", "nsubj", "cop"]).is_none();
    participle && matches!(tree.base(i), "acl" | "amod" | "advcl" | "xcomp" | "conj" | "dep") && {
        // "has attacked and killed": the second participle shares "has" and is active.
        tree.base(i) != "conj" || tree.head(i).is_some_and(|h| is_passive(tree, h))
    }
}

/// "have kidnapped": a perfect without "been" is active, whatever the parser calls its subject.
fn perfect(tree: &Tree<'_>, i: usize) -> bool {
    let mut auxiliaries = tree.kids_by(i, &["aux"]).peekable();
    tree.xpos(i) == "VBN"
        && auxiliaries.peek().is_some()
        && auxiliaries.any(|a| matches!(tree.lower(a), "have" | "has" | "had" | "having" | "'ve"))
}

/// "was prepared to help", "is determined to leave": a state of mind, suffered from nobody.
fn of_mind(tree: &Tree<'_>, i: usize) -> bool {
    matches!(
        tree.lower(i),
        "prepared"
            | "determined"
            | "committed"
            | "opposed"
            | "inclined"
            | "interested"
            | "concerned"
            | "resolved"
            | "engaged"
            | "involved"
            | "locked"
            | "embroiled"
    ) && tree.kid(i, &["obl:agent"]).is_none()
}

fn fill_from_above(tree: &Tree<'_>, i: usize, out: &mut Args, depth: usize) {
    let Some(h) = tree.head(i) else { return };
    match tree.base(i) {
        "acl" => from_noun(tree, i, h, out, depth),
        "amod" if tree.is_verb(i) => {
            let noun = vec![h];
            let slot = if out.passive { &mut out.obj } else { &mut out.subj };
            if slot.is_empty() {
                *slot = noun;
            }
        }
        "xcomp" | "ccomp"
            if missing_subject(out) && tree.kid(i, &["nsubj", "nsubj:pass", "csubj"]).is_none() =>
        {
            let above = verb_args(tree, h, depth + 1);
            let controlled = !above.obj.is_empty() && !above.passive && !subject_control(tree, h);
            let subject =
                if controlled || above.passive && !above.obj.is_empty() { above.obj } else { above.subj };
            assign(out, subject);
        }
        "advcl" if missing_subject(out) && tree.kid(i, &["nsubj", "nsubj:pass"]).is_none() => {
            let above = verb_args(tree, h, depth + 1);
            let of_object =
                tree.kids_by(i, &["mark", "case"]).any(|m| tree.lower(m) == "of" || tree.lower(m) == "for");
            let surface_subject =
                if above.passive || (of_object && !above.obj.is_empty()) { above.obj } else { above.subj };
            assign(out, surface_subject);
        }
        "conj" if tree.is_verb(i) || tree.is_verb(h) => from_conjunct(tree, i, h, out, depth),
        "parataxis" if missing_subject(out) && tree.is_verb(h) && !tree.is_verb(i) => {}
        _ => {}
    }
}

fn missing_subject(out: &Args) -> bool {
    if out.passive { out.obj.is_empty() } else { out.subj.is_empty() }
}

fn assign(out: &mut Args, subject: Vec<usize>) {
    let slot = if out.passive { &mut out.obj } else { &mut out.subj };
    if slot.is_empty() {
        *slot = subject;
    }
}

/// Verbs whose infinitive's subject is their own subject though they have an object ("promise her to …").
fn subject_control(tree: &Tree<'_>, h: usize) -> bool {
    matches!(
        tree.lemma(h).as_str(),
        "promise" | "vow" | "threaten" | "use" | "take" | "pledge" | "need" | "spend"
    )
}

fn from_noun(tree: &Tree<'_>, i: usize, noun: usize, out: &mut Args, depth: usize) {
    let infinitive = tree.kid(i, &["mark"]).is_some_and(|m| tree.lower(m) == "to");
    if infinitive || !tree.is_noun(noun) {
        // "Russia's offer to mediate": the noun's own people.
        let above = noun_args(tree, noun);
        let mut people: Vec<usize> = above.poss.clone();
        people.extend(above.under("by").chain(above.under("from")).chain(above.under("of")));
        if people.is_empty() {
            people.extend(above.adj.into_iter().filter(|&a| tree.word(a).starts_with(char::is_uppercase)));
        }
        if people.is_empty()
            && matches!(tree.base(noun), "obj" | "obl" | "xcomp" | "nsubj")
            && let Some(verb) = tree.head(noun)
        {
            people = verb_args(tree, verb, depth + 1).subj;
        }
        assign(out, people);
        return;
    }
    let relative = tree.rel(i) == "acl:relcl";
    if relative && !out.passive {
        let explicit = tree.kid(i, &["nsubj", "nsubj:outer"]).is_some();
        // "a summit where leaders called for a truce": they did not call the summit.
        let adverb = tree.kids_by(i, &["advmod"]).any(|k| matches!(tree.lower(k), "where" | "when" | "why"));
        if adverb {
            return;
        }
        if explicit && out.obj.is_empty() && tree.kid(i, &["ccomp", "xcomp"]).is_none() {
            out.obj = tree.conjuncts(noun);
        } else if !explicit && out.subj.is_empty() {
            out.subj = tree.conjuncts(noun);
        }
        return;
    }
    assign(out, tree.conjuncts(noun));
}

/// "The army said nine guards had died and claimed to have shot 40 raiders": parsers join the second verb of
/// saying to what the first one says; it is the speaker who goes on.
fn speaking_head(tree: &Tree<'_>, i: usize, h: usize) -> usize {
    let says = matches!(
        tree.lemma(i).as_str(),
        "say"
            | "claim"
            | "add"
            | "deny"
            | "accuse"
            | "warn"
            | "vow"
            | "insist"
            | "stress"
            | "urge"
            | "blame"
            | "allege"
            | "announce"
            | "threaten"
            | "call"
            | "demand"
    );
    let counted = tree.kids_by(h, &["nsubj"]).any(|k| tree.kid(k, &["nummod"]).is_some());
    match tree.head(h) {
        Some(g) if says && tree.rel(h) == "ccomp" && tree.is_verb(g) && (is_passive(tree, h) || counted) => g,
        _ => h,
    }
}

fn from_conjunct(tree: &Tree<'_>, i: usize, h: usize, out: &mut Args, depth: usize) {
    let own_subject = tree.kid(i, &["nsubj", "nsubj:pass", "csubj"]).is_some();
    let above = verb_args(tree, speaking_head(tree, i, h), depth + 1);
    if !own_subject && missing_subject(out) {
        let surface_subject = if above.passive { above.obj.clone() } else { above.subj.clone() };
        assign(out, surface_subject);
    }
    // "shelled and burned the village": an object behind the last verb belongs to all of them.
    if !out.passive && out.obj.is_empty() && !above.passive && tree.kid(i, &["ccomp", "xcomp"]).is_none() {
        out.obj = above.obj.iter().copied().filter(|&o| o > i).collect();
    }
}
