//! Modality and polarity, speakers, date, place, contexts, gist: what an event has beside its core.

use super::context::contexts;
use super::core::Core;
use crate::Report;
use crate::time::{Bound, Expr, Value};
use crate::tree::Tree;
use detente_types::event::Core as Words;
use detente_types::{ActorRef, Event, EventType, Modality, Place, Polarity, Strength, Tier, When};

/// The event of a core, complete.
pub(super) fn complete(report: &Report<'_>, s: usize, tree: &Tree<'_>, exprs: &[Expr], core: &Core) -> Event {
    let words = Words { kind: core.kind, modes: core.modes.clone(), trigger: tree.span(core.token) };
    let mut event = Event::new(report.text.document.id(), words);
    event.actors.clone_from(&core.actors);
    event.recipients.clone_from(&core.recipients);
    event.others.clone_from(&core.others);
    (event.attributed_to, event.strength) = speakers(report, s, core);
    event.modality = modality(core, event.strength);
    let negated = core.scope.negated && core.modality.is_none_or(|m| m != Modality::Refused);
    event.polarity = if negated { Polarity::Negated } else { Polarity::Affirmed };
    event.repeated = core.scope.repeated;
    event.when = when(report, s, tree, exprs, core);
    event.place = place(report, s, tree, core);
    event.contexts = contexts(report, s, tree, core);
    event.gist = gist(report, s, tree, core);
    if event.modality == Modality::Occurred && background(report, &event.when) {
        event.modality = Modality::Historical;
    }
    event
}

fn modality(core: &Core, strength: Option<Strength>) -> Modality {
    if let Some(m) = core.modality {
        // "did not offer", "if it offers": the operator itself may be unreal.
        return match core.scope.modality {
            Some(Modality::Hypothetical) if !core.scope.purpose => Modality::Hypothetical,
            _ => m,
        };
    }
    match core.scope.modality {
        Some(m) => m,
        // A rejection is a refusal, whatever word tells it.
        None if core.kind == EventType::Reject => Modality::Refused,
        None if core.kind == EventType::Deny => Modality::Denied,
        None if core.scope.hedged => Modality::Alleged,
        None if matches!(strength, Some(Strength::Alleged | Strength::Claimed)) && !core.kind.is_verbal() => {
            Modality::Alleged
        }
        None => Modality::Occurred,
    }
}

/// Is a verbal act reported by its own speaker? Then there is nothing to attribute.
trait Verbal {
    fn is_verbal(&self) -> bool;
}

impl Verbal for EventType {
    fn is_verbal(&self) -> bool {
        use EventType::{
            Accuse, Agree, Comment, Concede, Consult, Deny, Outlook, Reject, Request, Support, Threaten,
        };
        matches!(
            self,
            Agree
                | Consult
                | Support
                | Concede
                | Request
                | Accuse
                | Reject
                | Threaten
                | Deny
                | Comment
                | Outlook
        )
    }
}

/// Who says so, innermost first.
fn speakers(report: &Report<'_>, s: usize, core: &Core) -> (Vec<ActorRef>, Option<Strength>) {
    let mut out: Vec<ActorRef> = Vec::new();
    let headline = report.tier(s) == Tier::Headline;
    let tree = report.text.sentences[s].tree.as_ref();
    let silent = |cue: usize| headline && tree.is_some_and(|t| !t.says_in_headline(cue, core.token));
    if core.scope.speech.first().is_some_and(|x| silent(x.cue)) {
        return (out, None);
    }
    for speech in &core.scope.speech {
        for &h in &speech.speakers {
            for r in &report.cast.meaning(s, h).refs {
                if !out.iter().any(|o| o.actor == r.actor) {
                    out.push(r.clone());
                }
            }
        }
    }
    let strength = core.scope.speech.first().map(|x| x.strength);
    if out.is_empty()
        && let Some((speaker, strength)) = report.quoted_by(s, core.token)
    {
        return (vec![speaker], Some(strength));
    }
    (out, strength)
}

/// The date expression that belongs to the event: the one whose governing word is nearest above or at
/// the event's clause; a date on the verb of saying is only the latest that the event can have.
fn when(report: &Report<'_>, s: usize, tree: &Tree<'_>, exprs: &[Expr], core: &Core) -> When {
    let mut clauses = vec![core.token, core.scope.clause];
    clauses.extend(core.chain.iter().map(|c| c.token));
    let mut best: Option<(usize, &Expr)> = None;
    // "bombed Sanaa on Thursday in response to an attack on Eilat": Thursday is not the day of the attack.
    let root = tree.ancestors(core.token).last().unwrap_or(core.token);
    let aside = tree.aside(core.token, root);
    clauses.extend(aside.and_then(|_| consequence(tree, core.token)));
    clauses.extend(occasion_of(report, tree, core));
    for expr in exprs {
        if expr.value.undated() || names_other(tree, expr, core) {
            continue;
        }
        // "the third attack in two days": how long it took, where nothing lies ahead.
        let ahead = core.scope.future || core.scope.modality.is_some() || core.modality.is_some();
        if matches!(expr.value, Value::Ago { n, .. } if n > 0) && !ahead && !core.kind.is_verbal() {
            continue;
        }
        if aside.is_some_and(|a| governor(tree, expr).is_some_and(|g| !tree.is_under(g, a))) {
            continue;
        }
        let rank = rank(tree, expr, core, &clauses);
        if rank < 9 && best.is_none_or(|(r, _)| rank < r) {
            best = Some((rank, expr));
        }
    }
    if let Some((_, expr)) = best {
        let ahead = core.scope.future || core.scope.modality == Some(Modality::Planned);
        return report.resolve(s, expr, ahead);
    }
    if let Some(expr) = exprs.iter().find(|e| !e.value.undated() && said_on(tree, e, core)) {
        let said = report.resolve(s, expr, false);
        if core.kind.is_verbal() && core.modality.is_some() || core.kind == EventType::Comment {
            return said;
        }
        return When::new(None, said.to(), detente_types::Precision::Before, said.basis)
            .said(said.text.unwrap_or_default());
    }
    if matches!(exprs.iter().find(|e| matches!(e.value, Value::Repeated(_))), Some(e) if governor(tree, e) == Some(core.token))
    {
        return When::new(
            None,
            report.published.to(),
            detente_types::Precision::Recurring,
            detente_types::Basis::Published,
        );
    }
    if let Some(when) = super::offset::counted(report, s, tree, exprs, core) {
        return when;
    }
    match report.published.to() {
        Some(to) => {
            When::new(None, Some(to), detente_types::Precision::Before, detente_types::Basis::Published)
        }
        None => When::unknown(),
    }
}

/// How near a date expression hangs to the event's clauses: 0 on one of them, 9 elsewhere.
fn rank(tree: &Tree<'_>, expr: &Expr, core: &Core, clauses: &[usize]) -> usize {
    let Some(governor) = governor(tree, expr) else { return 9 };
    let holds_clause = tree.ancestors(core.scope.clause).any(|a| (expr.first..=expr.last).contains(&a));
    let beside = tree.head(governor).is_some_and(|h| clauses.contains(&h)) && !clause_break(tree, governor);
    let opens = expr.first == 0 || tree.lower(expr.first.saturating_sub(1)) == "on" && expr.first == 1;
    if clauses.contains(&governor) || holds_clause {
        0
    } else if beside || is_means(tree, governor, expr, core) {
        1
    } else if tree.is_under(core.scope.clause, governor) && same_clause(tree, core.scope.clause, governor) {
        2
    } else if opens && tree.is_under(core.token, governor) {
        3
    } else {
        9
    }
}

/// "an attack *that wounded 22* on Wednesday": the clause that tells what the attack did, on its own day.
pub(super) fn consequence(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let harms = |n: &usize| {
        matches!(
            tree.lemma(*n).as_str(),
            "kill"
                | "wound"
                | "injure"
                | "hit"
                | "strike"
                | "destroy"
                | "damage"
                | "claim"
                | "leave"
                | "take"
        )
    };
    tree.kids_by(noun, &["acl"]).filter(|&k| tree.rel(k) == "acl:relcl").find(harms)
}

/// The word that a date expression hangs on.
pub(super) fn governor(tree: &Tree<'_>, expr: &Expr) -> Option<usize> {
    let top =
        (expr.first..=expr.last).find(|&n| tree.head(n).is_none_or(|h| h < expr.first || h > expr.last))?;
    let above = tree.head(top).unwrap_or(top);
    // "ended without a deal on Friday": they ended on Friday.
    let lacking = tree.is_noun(above) && tree.case(above).as_deref() == Some("without");
    Some(tree.head(above).filter(|_| lacking).unwrap_or(above))
}

/// "the October clashes", "last month's attack": the date belongs to another noun than the event's.
fn names_other(tree: &Tree<'_>, expr: &Expr, core: &Core) -> bool {
    let Some(g) = governor(tree, expr) else { return true };
    let noun_modifier = tree.is_noun(g) && g != core.token && g != core.scope.clause;
    noun_modifier
        && !core.chain.iter().any(|c| c.token == g)
        && !tree.is_under(core.token, g)
        && !is_means(tree, g, expr, core)
}

/// "23 died and 60 were wounded in Wednesday's shelling", "Friday night's raid killed two": what did it, or in which it
/// was done, was when it was done.
fn is_means(tree: &Tree<'_>, noun: usize, expr: &Expr, core: &Core) -> bool {
    // "about 250 died in the October fighting": over a month of it, and on no day.
    let lasts = matches!(
        tree.lemma(noun).as_str(),
        "fighting" | "war" | "conflict" | "violence" | "unrest" | "campaign" | "offensive" | "hostility"
    );
    let day = matches!(expr.value, Value::Day { .. } | Value::Weekday { .. } | Value::FromToday(_));
    // "The war of 1992-93 killed 10,000": in those years, whichever war comes after it.
    let years = matches!(expr.value, Value::Year { .. } | Value::Years { .. } | Value::Between);
    if lasts && !day && !years {
        return false;
    }
    // "wounded" behind "killed" passes for an adjective.
    let verbal = |h: usize| tree.is_verb(h) || tree.base(h) == "conj" && tree.upos(h) == "ADJ";
    let Some(verb) = tree.head(noun).filter(|&h| verbal(h)) else { return false };
    let together = |top: usize| {
        let first = tree.first_conjunct(top);
        verb == top || noun > top && tree.is_verb(first) && tree.first_conjunct(verb) == first
    };
    if tree.tokens[noun].mention != Some("event") && !(lasts && years)
        || ![core.token, core.scope.clause].into_iter().any(together)
    {
        return false;
    }
    let inside = tree.case(noun).is_some_and(|c| matches!(c.as_str(), "in" | "during" | "by" | "from"));
    let harm = matches!(core.kind, EventType::Assault | EventType::Coerce);
    match tree.base(noun) {
        "nsubj" => harm && verb == core.token,
        "obl" => inside && (harm || verb == core.token),
        _ => false,
    }
}

fn clause_break(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.base(i), "ccomp" | "advcl" | "acl" | "parataxis" | "conj" | "xcomp")
}

/// Is the way from a word up to its ancestor free of clause borders other than coordination and
/// participles (which share the date of their main clause)?
pub(super) fn same_clause(tree: &Tree<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    for _ in 0..tree.len() {
        if at == to {
            return true;
        }
        let own_subject = tree.kid(at, &["nsubj", "mark"]).is_some();
        if matches!(tree.base(at), "ccomp" | "parataxis")
            || tree.rel(at) == "acl:relcl"
            || tree.base(at) == "advcl" && own_subject
            || tree.base(at) == "conj" && tree.kid(at, &["nsubj"]).is_some()
        {
            return false;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// A date that hangs on a verb of saying above the event.
fn said_on(tree: &Tree<'_>, expr: &Expr, core: &Core) -> bool {
    expr.bound == Bound::At
        && governor(tree, expr).is_some_and(|g| core.scope.speech.iter().any(|x| x.cue == g))
}

/// Long before the report: background.
fn background(report: &Report<'_>, when: &When) -> bool {
    let (Some(to), Some(published)) = (when.to(), report.published.from()) else { return false };
    (published - to).get_days() > 240
}

/// The place of the event: in its clause, else on its governing clause.
fn place(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &Core) -> Option<Place> {
    let mut tops = vec![core.token, core.scope.clause];
    tops.extend(core.chain.iter().map(|c| c.token));
    if tree.base(core.token) == "acl" {
        // "Talks facilitated by Malaysia ended in Kuala Lumpur": a participle shares the place of its noun.
        let noun = tree.head(core.token);
        tops.extend(noun);
        tops.extend(noun.filter(|&n| matches!(tree.base(n), "nsubj" | "obj")).and_then(|n| tree.head(n)));
    }
    tops.extend(occasion_of(report, tree, core));
    tops.dedup();
    for top in tops {
        let ids = tree.subtree_without(top, &["ccomp", "advcl", "parataxis", "acl:relcl"]);
        // "agreed to a truce, but explosions were heard in Srinagar": where the other clause was.
        let apart = |at: usize| {
            let above = std::iter::once(at).chain(tree.ancestors(at)).take_while(|&a| a != top);
            above.into_iter().any(|a| {
                // "spoke to him and pressed him to allow aid through Adre": nobody spoke there.
                let asks = |h: usize| {
                    matches!(tree.lemma(h).as_str(), "press" | "urge" | "ask" | "tell" | "push" | "order")
                };
                let bidden =
                    tree.base(a) == "conj" || tree.base(a) == "xcomp" && tree.head(a).is_some_and(asks);
                let asked = verbal(core) && tree.is_verb(a) && bidden;
                let other = tree.base(a) == "conj" && tree.kid(a, &["nsubj"]).is_some();
                (asked || other) && !tree.is_under(core.token, a)
            })
        };
        // "bombed Sanaa in response to a drone attack on Eilat"; but what was agreed after talks was agreed there.
        let cause = |at: usize| {
            let venue = |a: usize| report.knowledge.lexicon().in_class("talks", &tree.lemma(a));
            let agreed = verbal(core) && tree.ancestors(at).take_while(|&a| a != top).any(venue);
            !agreed && tree.aside(at, top).is_some_and(|a| !tree.is_under(core.token, a))
        };
        let end = beside(report, s, tree, core);
        let fits =
            |at: usize| ids.contains(&at) && !apart(at) && !cause(at) && end.is_none_or(|end| at < end);
        let here = report.places[s].iter().filter(|p| p.locates && fits(p.head));
        let found = here
            .filter(|p| !(verbal(core) && topic(tree, p.head)))
            .min_by_key(|p| !(within(tree, p.head) || struck(tree, p)));
        if let Some(found) = found {
            return Some(found.place.clone());
        }
    }
    None
}

/// "were killed when gunmen attacked a bus near Gao on Friday": the attack in which it happened says where and when.
fn occasion_of(report: &Report<'_>, tree: &Tree<'_>, core: &Core) -> Option<usize> {
    if core.kind != EventType::Assault || !tree.is_verb(core.token) {
        return None;
    }
    // The day may hang on the deaths as well: "were killed when troops clashed with rebels on Saturday".
    let within = tree.head(core.token).filter(|&h| {
        tree.base(core.token) == "advcl" && super::core::occasion(report, tree, h) == Some(core.token)
    });
    within.or_else(|| super::core::occasion(report, tree, core.token))
}

/// Words are said, agreements made, talks held somewhere; what they are about lies elsewhere.
fn verbal(core: &Core) -> bool {
    use EventType::{Agree, Concede, Consult, Reject, Request, Support, TalksCollapse};
    matches!(core.kind, Consult | Agree | TalksCollapse | Request | Reject | Support | Concede)
}

/// "talks *on Darfur*", "the *Aceh* conflict", "at *Tehran's* invitation": what it is about or whose it is.
fn topic(tree: &Tree<'_>, at: usize) -> bool {
    let first = tree.first_conjunct(at);
    let of = tree.head(first).map(|h| tree.lemma(h)).unwrap_or_default();
    tree.case(first).is_some_and(|c| matches!(c.as_str(), "on" | "over" | "about"))
        && tree.base(first) == "nmod"
        || tree.rel(first) == "nmod:poss"
        || tree.base(first) == "compound"
            && matches!(
                of.as_str(),
                "conflict"
                    | "war"
                    | "dispute"
                    | "crisis"
                    | "file"
                    | "issue"
                    | "question"
                    | "government"
                    | "peace"
            )
}

/// "entered Al-Nuwayrah near Um Rawaba": the town that it is done to.
fn struck(tree: &Tree<'_>, sited: &crate::place::Sited) -> bool {
    matches!(tree.rel(tree.first_conjunct(sited.head)), "obj" | "nsubj:pass")
        && sited.place.precision.is_none_or(|p| p <= 3)
}

/// Right under a preposition that says where, or what such a phrase is of ("in the village of Dar al-Salam").
fn within(tree: &Tree<'_>, at: usize) -> bool {
    let first = tree.first_conjunct(at);
    let inside = |n: usize| {
        let case = tree.case(n);
        case.is_some_and(|c| matches!(c.as_str(), "in" | "at" | "near" | "outside" | "inside" | "around"))
    };
    let area = |n: usize| {
        matches!(
            tree.lemma(n).as_str(),
            "village"
                | "town"
                | "city"
                | "camp"
                | "district"
                | "port"
                | "suburb"
                | "outskirts"
                | "area"
                | "hamlet"
        )
    };
    inside(first)
        || tree.case(first).as_deref() == Some("of") && tree.head(first).is_some_and(|h| area(h) && inside(h))
}

/// "Oman, which brokered a truce, sent an envoy": the commas go with the clause that is left out.
fn drop_commas(tree: &Tree<'_>, top: usize, ids: &mut Vec<usize>) {
    let left_out = |n: usize| {
        let mut above = std::iter::once(n).chain(tree.ancestors(n)).take_while(|&a| a != top);
        above.any(|a| tree.rel(a) == "acl:relcl")
    };
    ids.retain(|&n| {
        let beside = |at: Option<usize>| at.is_some_and(|at| at < tree.len() && left_out(at));
        tree.word(n) != "," || !(beside(n.checked_sub(1)) || beside(Some(n + 1)))
    });
}

/// Where a headline begins to tell what goes on beside the event: "strikes Beirut *as dozens die in Gaza*".
fn beside(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &Core) -> Option<usize> {
    tree.meanwhile_from(core.token).filter(|_| report.tier(s) == Tier::Headline)
}

/// The clause in the report's words: without what governs it, without clauses of other events; a
/// pronoun that is the subject or begins the clause is replaced by its name in square brackets, as editors do.
fn gist(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &Core) -> String {
    let top = core.scope.clause;
    let mut ids = tree.subtree_without(top, &["parataxis", "acl:relcl", "discourse"]);
    let end = beside(report, s, tree, core).filter(|&end| end > top).unwrap_or(tree.len());
    ids.retain(|&n| n < end);
    // "accused Laos of breaking the truce", "threatened to halt talks": what is charged or threatened stays.
    let told = |n: usize| {
        let content = core.kind == EventType::Accuse
            && tree.kids_by(n, &["mark", "case"]).any(|m| matches!(tree.lower(m), "of" | "for" | "that"));
        content || core.chain.iter().any(|c| tree.is_under(c.token, n))
    };
    let drop = |n: usize| -> bool {
        let verbal = tree.is_verb(n) || tree.kid(n, &["cop"]).is_some();
        tree.base(n) == "conj"
            && verbal
            && n != core.token
            && !tree.is_under(core.token, n)
            && tree.head(n) == Some(top)
            || tree.base(n) == "advcl"
                && !tree.is_under(core.token, n)
                && tree.is_under(n, top)
                && tree.head(n) == Some(top)
                && n != top
                && !told(n)
    };
    let cut: Vec<usize> = ids.iter().copied().filter(|&n| n != top && drop(n)).collect();
    ids.retain(|&n| !cut.iter().any(|&c| tree.is_under(n, c)));
    drop_commas(tree, top, &mut ids);
    // "two days after a rocket hit the airport": without "after" the two days say nothing.
    let mark = tree.kid(top, &["mark"]).filter(|&m| matches!(tree.lower(m), "after" | "before"));
    let length = mark.and_then(|m| m.checked_sub(1)).filter(|&k| tree.is_noun(k) && ids.contains(&k));
    ids.retain(|&n| length.is_none_or(|k| !tree.is_under(n, k)));
    // What joins the clause to others, or to a conjunct that was dropped.
    ids.retain(|&n| {
        !(tree.head(n) == Some(top)
            && (tree.base(n) == "cc" || tree.base(n) == "mark" && tree.lower(n) != "to"))
    });
    trim_punctuation(tree, &mut ids);
    let mut out = String::new();
    let mut last: Option<usize> = None;
    for &n in &ids {
        if let Some(l) = last {
            let gap = Span2(tree, l, n).text();
            out.push_str(gap);
        }
        out.push_str(&printed(report, s, tree, core, n, last.is_none()));
        last = Some(n);
    }
    shorten(&out, 220)
}

/// A word of the clause; a pronoun that is the subject, or that owns what begins the clause, as the name that it means.
fn printed(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &Core, n: usize, first: bool) -> String {
    // "Its envoy flew to Luanda": of whom, where the sentence before is not there.
    let owner = first && tree.rel(n) == "nmod:poss";
    let subject = core.args.subj.contains(&n) || tree.base(n) == "nsubj";
    let refs = &report.cast.meaning(s, n).refs;
    // "they" of two: one name would leave the other out.
    let one = refs.first().filter(|_| tree.upos(n) == "PRON" && (subject || owner) && refs.len() == 1);
    match one.and_then(|r| report.cast.actor(&r.actor)) {
        Some(actor) if owner && actor.name.ends_with('s') => format!("[{}']", actor.name),
        Some(actor) if owner => format!("[{}'s]", actor.name),
        Some(actor) => format!("[{}]", actor.name),
        None => tree.word(n).to_string(),
    }
}

/// The text between two tokens: as received where they are neighbours, one space otherwise.
struct Span2<'a, 't>(&'a Tree<'t>, usize, usize);

impl<'t> Span2<'_, 't> {
    fn text(&self) -> &'t str {
        let Span2(tree, a, b) = self;
        if a + 1 == *b {
            let gap = tree.text.get(tree.tokens[*a].end..tree.tokens[*b].start).unwrap_or(" ");
            if gap.trim().is_empty() && !gap.is_empty() { " " } else { gap }
        } else if matches!(tree.word(*b), "," | "." | ";") {
            ""
        } else {
            " "
        }
    }
}

fn trim_punctuation(tree: &Tree<'_>, ids: &mut Vec<usize>) {
    let mark =
        |n: usize| tree.word(n).chars().all(|c| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '%'));
    while ids.last().is_some_and(|&n| mark(n)) {
        ids.pop();
    }
    while ids.first().is_some_and(|&n| mark(n)) {
        ids.remove(0);
    }
    // A comma that now stands before another comma, or between words that were no neighbours.
    let mut kept: Vec<usize> = Vec::with_capacity(ids.len());
    for &n in ids.iter() {
        if tree.word(n) == "," && kept.last().is_some_and(|&l| tree.word(l) == ",") {
            continue;
        }
        kept.push(n);
    }
    *ids = kept;
}

/// At most so many characters, cut at a word.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let at = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", cut[..at].trim_end_matches([',', ';', ' ']))
}
