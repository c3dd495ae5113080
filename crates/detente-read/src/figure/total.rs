//! Running totals: counts of a war or of all that happened since, and not of one happening.

use super::number::Number;
use super::relation::Before;
use super::what;
use crate::Report;
use crate::event::Told;
use crate::tree::Tree;
use detente_types::{Basis, Cited, Figure, Modality, Precision, Tier, When};

/// Is it a running total? "The toll stood at 43, with Thailand having lost 15 soldiers": so is what a toll is made of, if
/// no other happening is told of.
pub(super) fn runs_on(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    counted: &what::Found,
    told: &[Told],
    (event, before): (Option<usize>, &[Before]),
    totals: &[Cited<Figure>],
) -> bool {
    let of_toll = before.iter().any(|b| b.total && b.what == counted.what)
        && event.is_none_or(|e| told[e].sentence != s)
        && tree.base(counted.predicate) != "root";
    of_toll
        || totalled(report, s, tree, counted.predicate)
        || of_series(report, s, tree, counted.predicate, told)
        || event.is_none_or(|e| told[e].sentence == s) && goes_on(report, s, tree, counted, totals)
        || counted.total && !of_one(s, tree, counted, told)
}

/// "More than 3,500 have been killed since October. Israel says 78 of its people have been killed": the other side's toll,
/// told right behind the first and as little of a day.
fn goes_on(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    counted: &what::Found,
    totals: &[Cited<Figure>],
) -> bool {
    let has = tree.kids_by(counted.predicate, &["aux"]).any(|k| matches!(tree.lower(k), "have" | "has"));
    let Some(last) = s.checked_sub(1).map(|b| report.text.sentences[b].span) else { return false };
    // What the headline's toll is of, the text tells first.
    let beside = |f: &Cited<Figure>| {
        let told = &f.evidence()[0];
        f.fact.total && f.fact.what == counted.what && told.sentence == last && told.tier == Tier::Body
    };
    has && report.exprs[s].iter().all(|e| e.value.undated()) && totals.iter().rev().take(4).any(beside)
}

/// Is a toll that bears no time of its own of what was told right before it, and no running total?
///
/// "The strike killed six on Monday. The media put the toll at five": of that day. "Fighting has killed 51 since Sunday.
/// Officials put the toll at 60": of what was counted before. "Shells hit the port. The toll stood at 12": of the shelling.
pub(super) fn of_told(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    (n, toll): (&Number, &what::Found),
    (event, when): (Option<usize>, &When),
    (told, counted): (&[Told], &[Cited<Figure>]),
) -> bool {
    let Some(event) = event.map(|e| &told[e]) else { return false };
    let from = report.text.sentences[s.saturating_sub(3)].span;
    let near = counted.iter().rev().take_while(|f| f.evidence()[0].sentence.start() >= from.start());
    let same = |f: &&Cited<Figure>| {
        f.fact.what == toll.what
            && f.fact.part_of.is_none()
            && f.fact.event.as_ref() == Some(&event.event.fact.id)
            && f.evidence()[0].sentence != report.text.sentences[s].span
    };
    if let Some(before) = near.filter(|f| f.evidence()[0].tier != Tier::Link).find(same) {
        return !before.fact.total;
    }
    let days = when.from().zip(when.to()).map(|(from, to)| (to - from).get_days());
    let given = matches!(when.basis, Basis::Explicit | Basis::Weekday | Basis::Relative);
    if given && days.is_some_and(|n| n <= 1) {
        return true;
    }
    let short = days.map_or(when.from().is_none(), |n| n <= FRESH);
    // "The toll in Gaza has passed 30,000" goes on, whatever was told before it.
    let named = |k: usize| tree.base(k) != "nmod:poss" || tree.upos(k) != "PRON";
    let bare = !tree.kids_by(toll.predicate, &["nmod", "nmod:poss", "acl"]).any(named);
    let perfect =
        tree.head(toll.predicate).is_some_and(|v| tree.kids_by(v, &["aux"]).any(|k| tree.lemma(k) == "have"));
    let small = n.value.is_some_and(|v| v < OF_A_WAR);
    event.sentence + 1 == s
        && event.event.fact.modality != Modality::Historical
        && short
        && bare
        && !perfect
        && small
}

/// Days that one happening lasts at the most: a battle, and no war.
const FRESH: i32 = 14;

/// A toll that no one happening has.
const OF_A_WAR: u64 = 1000;

/// "the death toll from the strikes on the market": the count of one happening, however often it rose.
fn of_one(s: usize, tree: &Tree<'_>, counted: &what::Found, told: &[Told]) -> bool {
    // "The number of soldiers killed": what befell them is of no one day.
    if matches!(tree.lemma(counted.predicate).as_str(), "number" | "total" | "count" | "tally") {
        return false;
    }
    let violent = |t: &&Told| t.sentence == s && t.event.kind == detente_types::EventType::Assault;
    told.iter().filter(violent).any(|t| tree.is_under(t.core.token, counted.predicate))
}

/// "so far", "since the war began", "the war has killed 12,000": more than one happening. "Since Tuesday" is one.
fn totalled(report: &Report<'_>, s: usize, tree: &Tree<'_>, predicate: usize) -> bool {
    // "the war has killed 40,000 and displaced millions": one subject, one time.
    let first = tree.first_conjunct(predicate);
    let shares = tree.is_verb(first) && tree.kid(predicate, &["nsubj", "aux"]).is_none();
    let predicate = if shares { first } else { predicate };
    let mut ids = tree.subtree_without(predicate, &["ccomp", "parataxis"]);
    let raising = super::war::raising(tree, predicate);
    ids.retain(|n| !raising.contains(n));
    let recent = |n: usize| {
        report.exprs[s].iter().any(|e| {
            e.first == n + 1
                && matches!(e.value, crate::time::Value::Weekday { .. } | crate::time::Value::FromToday(_))
        })
    };
    let long = ids.iter().any(|&n| match tree.lower(n) {
        "since" => !recent(n),
        "total" => tree.base(n) != "nsubj" && tree.kid(n, &["nmod"]).is_none(),
        "overall" | "altogether" => true,
        _ => false,
    });
    let names_war = |n: usize| names_war(tree, n);
    let perfect = tree.kids_by(predicate, &["aux"]).any(|k| tree.lemma(k) == "have");
    let war = |n: &usize| names_war(*n) && tree.base(*n) == "obl" && tree.head(*n) == Some(predicate);
    // "were killed in the war", "in twelve days of fighting": of no one day, unless the clause names it.
    let inside = ids.iter().copied().find(|&n| {
        let during = matches!(tree.case(n).as_deref(), Some("in" | "during" | "over"));
        let the = tree.kids_by(n, &["det", "nmod:poss"]).next().is_some();
        let long = matches!(tree.lemma(n).as_str(), "day" | "week" | "month" | "year")
            && tree
                .kids_by(n, &["nmod"])
                .any(|k| names_war(k) || matches!(tree.lower(k), "fighting" | "clashes"));
        during && tree.head(n) == Some(predicate) && (names_war(n) && the || long)
    });
    let dated = |of: usize| {
        report.exprs[s].iter().any(|e| {
            ids.contains(&e.first)
                && !(e.first..=e.last).contains(&of)
                && !matches!(e.value, crate::time::Value::Length { .. })
        })
    };
    // "21 had been killed before Tuesday"
    let until = perfect
        && report.exprs[s]
            .iter()
            .any(|e| e.bound == crate::time::Bound::Before && !e.value.undated() && ids.contains(&e.first));
    long || until
        || of_war(tree, predicate)
        || perfect && ids.iter().any(war)
        || inside.is_some_and(|n| !dated(n))
        || tree.phrase(&ids).to_lowercase().contains("so far")
}

/// "3,000 have been killed since the uprising began in 2011": from when a running total runs, where a clause tells it.
pub(super) fn begun(report: &Report<'_>, s: usize, tree: &Tree<'_>, predicate: usize) -> Option<When> {
    let since =
        |k: &usize| tree.kid(*k, &["mark"]).is_some_and(|m| matches!(tree.lower(m), "since" | "after"));
    let clause = tree.kids_by(predicate, &["advcl"]).find(since)?;
    let inside = tree.subtree(clause);
    let expr = report.exprs[s].iter().find(|e| inside.contains(&e.first) && !e.value.undated())?;
    let began = report.resolve(s, expr, false);
    let told = report.published.to().filter(|to| began.from().is_none_or(|from| from <= *to));
    let mut when = When::new(began.from(), told, Precision::After, began.basis);
    when.text = began.text;
    when.from().is_some().then_some(when)
}

/// "The 20-month conflict has killed 50,000", "a decade of war has displaced millions": the war did it.
pub(super) fn of_war(tree: &Tree<'_>, predicate: usize) -> bool {
    // "has left 30,000 dead": by its verb, and "killed 40,000 and displaced millions" by the first.
    let verb = tree.head(predicate).filter(|_| tree.base(predicate) == "xcomp").unwrap_or(predicate);
    let shares = tree.kid(verb, &["nsubj"]).is_none();
    let verb = if shares { tree.first_conjunct(verb) } else { verb };
    let subject = tree.kids_by(verb, &["nsubj"]).next();
    // "14 months of fighting that killed 3,800"
    let fought = tree.head(verb).filter(|_| tree.rel(verb) == "acl:relcl");
    let over = fought.into_iter().chain(fought.and_then(|n| tree.head(n))).find(|&n| lasts(tree, n));
    subject.is_some_and(|n| names_war(tree, n) || lasts(tree, n))
        || fought.is_some_and(|n| names_war(tree, n))
        || over.is_some()
}

pub(super) fn names_war(tree: &Tree<'_>, n: usize) -> bool {
    matches!(
        tree.lemma(n).as_str(),
        "war" | "conflict" | "uprising" | "revolt" | "insurgency" | "rebellion" | "genocide" | "famine"
    )
}

/// "decades of conflict", "two years of fighting".
pub(super) fn lasts(tree: &Tree<'_>, n: usize) -> bool {
    let long = matches!(tree.lemma(n).as_str(), "decade" | "year" | "month" | "week" | "generation");
    let violent = |k: usize| {
        let lemma = tree.lemma(k);
        names_war(tree, k)
            || matches!(
                lemma.as_str(),
                "fighting" | "violence" | "unrest" | "hostility" | "bloodshed" | "warfare" | "clash"
            )
    };
    long && tree.kids_by(n, &["nmod"]).any(|k| tree.case(k).as_deref() == Some("of") && violent(k))
}

/// "27 people have died in the attacks", told after one attack ("a sixth strike on Thursday"): what all of them cost.
pub(super) fn of_series(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    predicate: usize,
    told: &[Told],
) -> bool {
    let perfect = tree.kids_by(predicate, &["aux"]).any(|k| tree.lemma(k) == "have");
    let blows = |lemma: &str| {
        matches!(
            lemma,
            "attack"
                | "strike"
                | "raid"
                | "airstrike"
                | "bombing"
                | "ambush"
                | "killing"
                | "operation"
                | "blast"
        )
    };
    let all = |n: usize| {
        blows(&tree.lemma(n))
            && tree.xpos(n) == "NNS"
            && matches!(tree.case(n).as_deref(), Some("in" | "by" | "from" | "during"))
            && tree
                .kids_by(n, &["det", "amod"])
                .any(|d| matches!(tree.lower(d), "the" | "these" | "such" | "those"))
    };
    if !perfect || !tree.kids_by(predicate, &["obl"]).any(all) {
        return false;
    }
    // What was told last of such blows by a noun: one, or several.
    let noun = |t: &Told| {
        let tree = report.text.sentences[t.sentence].tree.as_ref()?;
        (tree.is_noun(t.core.token) && blows(&tree.lemma(t.core.token))).then(|| tree.xpos(t.core.token))
    };
    let near = told.iter().rev().filter(|t| t.sentence < s && t.sentence + 10 >= s);
    near.filter_map(noun).next() == Some("NN")
}
