//! How many: numbers with what they count, whose count it is, and whose people they were.
//!
//! "Chad's army said nine guards had died and claimed 40 raiders as its own kills": two
//! counts with one owner, two victims' sides, two strengths.
//!
//! # How
//! 1. [`number`]: digits and words to a value, a qualifier, a range; "dozens" has no value.
//! 2. [`what`]: the verb, noun or adjective beside the number says what is counted.
//! 3. Owner from the speakers above; victims from the counted noun, else from the sentence.
//!
//! # Does not
//! Decide which count is right, or add counts up.

mod happening;
mod number;
mod owner;
mod relation;
mod total;
mod war;
mod what;

use crate::Report;
use crate::event::Told;
use crate::scope::scope;
use crate::tree::Tree;
use detente_types::{
    ActorKind, ActorRef, Certainty, Cited, Comparator, Counted, Evidence, Figure, FigureId, Place, Span,
    Tier, Via, When,
};
use happening::event_for;
pub(crate) use number::{Number, numbers};
use relation::{Before, relation};
use total::runs_on;
use what::Role;

/// Every count of the report, in text order.
pub(crate) fn figures(report: &Report<'_>, told: &[Told]) -> Vec<Cited<Figure>> {
    let mut out: Vec<Cited<Figure>> = Vec::new();
    for (s, line) in report.text.sentences.iter().enumerate() {
        let Some(tree) = &line.tree else { continue };
        let mut before: Vec<Before> = Vec::new();
        for n in number::numbers(tree, report.knowledge) {
            if report.exprs[s].iter().any(|e| e.first <= n.last && n.first <= e.last) {
                out.extend(lasting(report, s, tree, &n, told));
                continue;
            }
            // "from 36 to 46": the count is 46; by the same word it is 36 no more.
            if number::former(tree, &n) {
                continue;
            }
            let last = before.last().map(|b| b.what);
            let counted = war::raised_to(tree, &n, last)
                .or_else(|| what::what(tree, report.knowledge.lexicon(), report.knowledge, &n, last));
            // "A researcher put the number at 60": of what was counted in the sentences before.
            let counted = counted.or_else(|| owner::put_again(tree, &n, last_counted(report, s, &out)?));
            // "Activists speak of more than 50": the same.
            let again = counted.is_none();
            let counted = counted.or_else(|| owner::said_again(tree, &n, last_counted(report, s, &out)?));
            let Some(counted) = counted else { continue };
            // "two of the dead may be fishermen": among those counted before, and no count of its own.
            let whole = if relation::partitive(tree, &n) {
                whole_of(report, s, &counted, &n, &out)
            } else {
                Some(None)
            };
            let Some(whole) = whole else { continue };
            let mut figure = one(report, s, tree, (&n, &counted), told, &before, &out);
            figure.fact.part_of = figure.fact.part_of.or(whole);
            inherit(&mut figure.fact, &out);
            if again {
                of_the_last(&mut figure.fact, &out);
            }
            before.push(seen(&figure.fact, &n, &counted));
            out.push(figure);
        }
    }
    as_below(&mut out);
    out
}

/// "Death toll rises to 24" above "24 people were killed in two days": the headline's toll is of what the text tells.
fn as_below(figures: &mut [Cited<Figure>]) {
    let body = |f: &Cited<Figure>| f.evidence()[0].tier == Tier::Body;
    for at in 0..figures.len() {
        let above = &figures[at];
        let same = |f: &&Cited<Figure>| {
            body(f)
                && f.fact.what == above.fact.what
                && f.fact.value.is_some()
                && f.fact.value == above.fact.value
        };
        if above.evidence()[0].tier == Tier::Headline && above.fact.total {
            figures[at].fact.total = figures.iter().find(same).is_none_or(|f| f.fact.total);
        }
    }
}

/// The count before it of which it tells a part; `None` where there is none, so that nothing says what of.
fn whole_of(
    report: &Report<'_>,
    s: usize,
    counted: &what::Found,
    n: &Number,
    told: &[Cited<Figure>],
) -> Option<Option<FigureId>> {
    let from = report.text.sentences[s.saturating_sub(8)].span;
    let near = told.iter().rev().take_while(|f| f.evidence()[0].sentence.start() >= from.start());
    let larger = |f: &&Cited<Figure>| {
        f.fact.what == counted.what && f.fact.part_of.is_none() && f.fact.high.or(f.fact.low) >= n.value
    };
    near.filter(|f| f.fact.what == counted.what).find(larger).map(|f| Some(f.fact.id.clone()))
}

/// What people were counted as in the two sentences before.
fn last_counted(report: &Report<'_>, s: usize, told: &[Cited<Figure>]) -> Option<Counted> {
    let from = report.text.sentences[s.saturating_sub(2)].span;
    let near = told.iter().rev().take_while(|f| f.evidence()[0].sentence.start() >= from.start());
    near.map(|f| f.fact.what).find(|what| {
        matches!(what, Counted::Killed | Counted::Wounded | Counted::Displaced | Counted::Missing)
    })
}

/// "23 people, among them nine soldiers": the part is of the people of the whole, by the word of its owner; part of a
/// running total is one.
fn inherit(part: &mut Figure, told: &[Cited<Figure>]) {
    let Some(id) = &part.part_of else { return };
    let Some(whole) = told.iter().rev().map(|f| &f.fact).find(|f| f.id == *id) else { return };
    if part.victims.is_empty() {
        part.victims.clone_from(&whole.victims);
    }
    if part.claimant.is_none() {
        part.claimant.clone_from(&whole.claimant);
        part.also_by.clone_from(&whole.also_by);
        part.strength = part.strength.or(whole.strength);
    }
    part.total |= whole.total;
}

/// A number that says again what the last one said is of the same happening and of the same people.
fn of_the_last(again: &mut Figure, told: &[Cited<Figure>]) {
    let last = told.iter().rev().map(|f| &f.fact).find(|f| f.what == again.what && f.part_of.is_none());
    if let Some(last) = last {
        again.event.clone_from(&last.event);
        again.when = last.when.clone();
        again.place.clone_from(&last.place);
        again.victims.clone_from(&last.victims);
        again.total = last.total;
    }
}

fn seen(figure: &Figure, n: &Number, counted: &what::Found) -> Before {
    Before {
        what: figure.what,
        id: figure.id.clone(),
        claimant: figure.claimant.as_ref().map(|c| c.actor.clone()),
        total: figure.total,
        part_of: figure.part_of.clone(),
        beside: figure.beside.clone(),
        top: counted.top,
        predicate: counted.predicate,
        value: n.value,
        last: n.last,
    }
}

fn one(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    (n, counted): (&Number, &what::Found),
    told: &[Told],
    before: &[Before],
    out: &[Cited<Figure>],
) -> Cited<Figure> {
    let above = scope(tree, report.knowledge.lexicon(), counted.predicate);
    let (given, _) = owner::given(tree, n, counted);
    let (owners, strength) = owner::claimants(report, s, tree, &given, &above);
    let (claimant, also_by) = (owners.first().cloned(), owners.into_iter().skip(1).collect());
    let perpetrators = perpetrators(report, s, tree, counted);
    let victims = victims(report, s, tree, counted, claimant.as_ref(), &perpetrators);
    let event = event_for(s, tree, counted, told, report);
    let victims = in_uniform(report, s, tree, counted, (victims, event), told);
    let number = tree.span(n.first).cover(tree.span(n.last));
    let id = key(report, number, &format!("{:?}", counted.what));
    let (low, high) = n.bounds();
    let (when, place) = told_when(told, event).unwrap_or_else(|| (When::unknown(), None));
    let when = own_time(report, s, tree, counted, event.map(|e| &told[e])).unwrap_or(when);
    let (total, when) = running(report, s, tree, (n, counted), (event, when), (told, out), before);
    let owner = claimant.as_ref().map(|c| &c.actor);
    let relation = relation(tree, n, &what::Found { total, ..counted.clone() }, owner, before);
    let figure = Figure {
        id,
        what: counted.what,
        value: n.value,
        low,
        high,
        comparator: n.comparator,
        text: counted.phrase(tree, n),
        number,
        victims,
        unit: counted.unit.map(|u| tree.lemma(u)),
        claimant,
        also_by,
        strength,
        perpetrators,
        when,
        place,
        event: event.map(|e| told[e].event.fact.id.clone()),
        total,
        part_of: relation.part_of,
        beside: relation.beside,
    };
    let marks = vec![number, tree.span(counted.predicate)];
    let evidence = evidence(report, s, marks, counted.what);
    Cited::new(figure, evidence)
}

/// Does the count run on over more than one happening, and from when?
fn running(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    (n, counted): (&Number, &what::Found),
    (event, when): (Option<usize>, When),
    (told, out): (&[Told], &[Cited<Figure>]),
    before: &[Before],
) -> (bool, When) {
    let (given, toll) = owner::given(tree, n, counted);
    // "killed six, raising the toll to 31": more than those of that day.
    let raised = before.iter().any(|b| b.what == counted.what && b.value < n.value && !b.total);
    let stands = given.total && matches!(tree.lemma(given.predicate).as_str(), "toll" | "tally");
    let of_told = (toll || stands)
        && !raised
        && total::of_told(report, s, tree, (n, &given), (event, &when), (told, out));
    let given = what::Found { total: given.total && !of_told, ..given };
    let war = war::of_the_war(report, s, tree, n, (counted.what, counted.predicate));
    let total =
        toll && !of_told || runs_on(report, s, tree, &given, told, (event, before), out) || war.is_some();
    // "…, bringing the total to 43,552": of more than the day beside it.
    let when = if raised && total { When::unknown() } else { when };
    if total && when.from().is_none() {
        let begun = total::begun(report, s, tree, counted.predicate).or(war.flatten());
        return (true, begun.unwrap_or(when));
    }
    (total, when)
}

fn evidence(report: &Report<'_>, s: usize, mut marks: Vec<Span>, what: Counted) -> Evidence {
    marks.sort();
    marks.dedup();
    Evidence {
        document: report.text.document.id().clone(),
        sentence: report.text.sentences[s].span,
        marks,
        rule: format!("count/{}", serde_name(what)),
        tier: report.tier(s),
    }
}

fn key(report: &Report<'_>, number: Span, what: &str) -> FigureId {
    let at = format!("{}..{}", number.start(), number.end());
    FigureId::of([report.text.document.id().as_str(), &at, what])
}

/// "talked for eleven days", "two days of clashes": how long an event lasted, in days.
fn lasting(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    n: &Number,
    told: &[Told],
) -> Option<Cited<Figure>> {
    let expr = report.exprs[s].iter().find(|e| e.first <= n.first && n.last <= e.last)?;
    let days = days(expr)?;
    let top = expr.last;
    // "two weeks after they seized Goma": between two happenings.
    if top + 1 < tree.len() && matches!(tree.lower(top + 1), "after" | "before" | "since") {
        return None;
    }
    let up: Vec<usize> = tree.ancestors(top).take(2).chain(tree.kids_by(top, &["nmod"])).collect();
    let lasts = tree
        .head(top)
        .filter(|&h| matches!(tree.lemma(h).as_str(), "last" | "continue" | "rage" | "take" | "go"));
    let subject: Vec<usize> = lasts.map(|h| crate::args::args(tree, h).subj).unwrap_or_default();
    let among = |token: usize| up.contains(&token) || subject.contains(&token);
    let event = told.iter().position(|t| t.sentence == s && among(t.core.token))?;
    let (first, last) = (expr.first, expr.last);
    let number = tree.span(first).cover(tree.span(last));
    let id = key(report, number, "days");
    let (comparator, first) = match lasts.is_none() && throughout(tree, n, top) {
        true => (Comparator::Exactly, n.first),
        false => (n.comparator, first),
    };
    let (low, high) = Figure::bounds(comparator, days);
    let told = &told[event].event.fact;
    let figure = Figure {
        id,
        what: Counted::Days,
        value: Some(days),
        low,
        high,
        comparator,
        text: tree.phrase(&(first..=last).collect::<Vec<_>>()).to_string(),
        number,
        victims: Vec::new(),
        unit: Some("day".to_string()),
        claimant: told.attributed_to.first().cloned(),
        also_by: told.attributed_to.iter().skip(1).cloned().collect(),
        strength: told.strength,
        perpetrators: Vec::new(),
        when: told.when.clone(),
        place: told.place.clone(),
        event: Some(told.id.clone()),
        total: false,
        part_of: None,
        beside: None,
    };
    let evidence = evidence(report, s, vec![number], Counted::Days);
    Some(Cited::new(figure, evidence))
}

/// "killed over 11 days": throughout them, and not more than them, which "lasted over 11 days" would be.
fn throughout(tree: &Tree<'_>, n: &Number, top: usize) -> bool {
    n.comparator == Comparator::MoreThan && tree.lower(n.start) == "over" && tree.base(top) == "obl"
}

/// A length of time in days, where it is told in days or weeks.
fn days(expr: &crate::time::Expr) -> Option<u64> {
    use crate::time::{Unit, Value};
    let (unit, count) = match expr.value {
        Value::Length { unit, n: Some(count) } => (unit, u64::try_from(count).ok().filter(|c| *c > 0)?),
        _ => return None,
    };
    match unit {
        Unit::Day => Some(count),
        Unit::Week => Some(count * 7),
        _ => None,
    }
}

fn serde_name(what: Counted) -> String {
    format!("{what:?}").to_lowercase()
}

fn told_when(told: &[Told], event: Option<usize>) -> Option<(When, Option<Place>)> {
    let e = &told[event?].event.fact;
    Some((e.when.clone(), e.place.clone()))
}

/// "The hospital has received 56 bodies since Friday": the time that the clause tells, where what it counts was told in
/// another sentence.
fn own_time(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    counted: &what::Found,
    event: Option<&Told>,
) -> Option<When> {
    if event.is_some_and(|e| e.sentence == s) {
        return None;
    }
    let verb = std::iter::once(counted.predicate)
        .chain(tree.ancestors(counted.predicate))
        .find(|&v| tree.is_verb(v))?;
    let clause = tree.subtree_without(verb, &["ccomp", "parataxis", "advcl", "acl", "conj"]);
    let expr = report.exprs[s].iter().find(|e| clause.contains(&e.first) && !e.value.undated())?;
    Some(report.resolve(s, expr, false)).filter(|when| when.from().is_some())
}

/// Who did it: the agent of the verb of killing, if it is an actor.
fn perpetrators(report: &Report<'_>, s: usize, tree: &Tree<'_>, counted: &what::Found) -> Vec<ActorRef> {
    if !matches!(counted.role, Role::Patient) {
        return Vec::new();
    }
    let a = crate::args::args(tree, counted.predicate);
    let mut out: Vec<ActorRef> = a.subj.iter().flat_map(|&h| report.cast.meaning(s, h)).cloned().collect();
    if out.is_empty() {
        for h in a.under("by").chain(a.under("in")).chain(a.under("from")) {
            let m = report.cast.meaning(s, h);
            // "killed in Israeli strikes": the owner of the event noun did it.
            if m.owned {
                out.extend(m.refs.iter().cloned());
            }
        }
    }
    out
}

impl<'a> IntoIterator for &'a crate::cast::Meaning {
    type Item = &'a ActorRef;
    type IntoIter = std::slice::Iter<'a, ActorRef>;
    fn into_iter(self) -> Self::IntoIter {
        if self.place { [].iter() } else { self.refs.iter() }
    }
}

/// Whose people: the counted noun's own actor, its "of" or "from" phrase, the subject of "lost"; for
/// soldiers without a name, counted by their own side, that side (inferred).
fn victims(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    counted: &what::Found,
    claimant: Option<&ActorRef>,
    perpetrators: &[ActorRef],
) -> Vec<ActorRef> {
    let mut out = people_counted(report, s, tree, counted);
    let named = out.iter().any(|r| {
        report.cast.actor(&r.actor).is_some_and(|a| a.country.is_some() || a.kind != ActorKind::Unnamed)
    });
    let same = |a: &ActorRef, b: &ActorRef| report.cast.side(&a.actor) == report.cast.side(&b.actor);
    let own_people = own_people(report, tree, counted, claimant);
    let soldiers = own_people
        || counted.unit.is_some_and(|u| {
            matches!(
                tree.lemma(u).as_str(),
                "soldier" | "troop" | "serviceman" | "personnel" | "officer" | "policeman" | "guard"
            )
        })
        || owner::reporting_verb(tree, counted).is_some()
        || tree
            .kids_by(counted.predicate, &["nmod", "nsubj"])
            .any(|k| counted.given_by.is_some() && matches!(tree.lower(k), "its" | "their"));
    let uniformed =
        counted.unit.is_some_and(|u| crate::event::fallen::uniformed(report, &tree.lemma(u)).is_some());
    if !named
        && soldiers
        && let Some(own) = own_side(report, claimant, uniformed)
        // The ministry's own dead by another's hand; not those whom its own side has killed.
        && (perpetrators.is_empty() || own_people && !perpetrators.iter().any(|p| same(p, &own)))
    {
        return vec![own];
    }
    let mut seen = Vec::new();
    out.retain(|r| {
        let new = !seen.contains(&r.actor);
        seen.push(r.actor.clone());
        new
    });
    out
}

/// "12 soldiers" whom the event says to be a state's.
fn in_uniform(
    report: &Report<'_>,
    s: usize,
    tree: &Tree<'_>,
    counted: &what::Found,
    (victims, event): (Vec<ActorRef>, Option<usize>),
    told: &[Told],
) -> Vec<ActorRef> {
    let body = counted.unit.and_then(|u| crate::event::fallen::uniformed(report, &tree.lemma(u)));
    let open = victims.iter().all(|v| crate::event::fallen::body(report, v).is_some());
    let Some(told) = event.map(|e| &told[e]).filter(|t| t.sentence == s && open) else {
        return victims;
    };
    let suffix = |r: &&ActorRef| {
        r.via == Via::Inferred && r.actor.as_str().split_once('/').map(|(_, b)| b) == body.as_deref()
    };
    let found = body.as_ref().and_then(|_| told.event.fact.recipients.iter().find(suffix));
    // Those whom the event does not have are nobody's here.
    let kept = |v: &ActorRef| told.event.fact.recipients.iter().any(|r| r.actor == v.actor);
    found.map_or_else(|| victims.into_iter().filter(kept).collect(), |r| vec![r.clone()])
}

/// The side of a claimant who speaks for one.
fn own_side(report: &Report<'_>, claimant: Option<&ActorRef>, uniformed: bool) -> Option<ActorRef> {
    let claimant = claimant?;
    let actor = report.cast.actor(&claimant.actor).filter(|a| {
        matches!(
            a.kind,
            ActorKind::Forces
                | ActorKind::Body
                | ActorKind::State
                | ActorKind::Person
                | ActorKind::DefactoGovernment
        )
    })?;
    // The health ministry that an armed group runs counts the people of the place, not the group's fighters.
    let of_group = |id: &detente_types::ActorId| {
        report
            .cast
            .actor(id)
            .is_some_and(|a| matches!(a.kind, ActorKind::ArmedGroup | ActorKind::Organisation))
    };
    if actor.kind == ActorKind::Body && actor.acts_for.iter().any(of_group) {
        return None;
    }
    // An armed group's man does not count its own policemen and soldiers.
    if actor.kind == ActorKind::Person && actor.acts_for.iter().any(of_group) && uniformed {
        return None;
    }
    // A researcher who counts has no side.
    if actor.kind == ActorKind::Person && actor.acts_for.is_empty() {
        return None;
    }
    let forces = actor.kind == ActorKind::Forces;
    let side = actor.acts_for.first().filter(|_| !forces).cloned().unwrap_or_else(|| claimant.actor.clone());
    Some(ActorRef { actor: side, span: claimant.span, via: Via::Inferred, certainty: Certainty::Likely })
}

/// The actors that the words of the count name as those who suffered.
fn people_counted(report: &Report<'_>, s: usize, tree: &Tree<'_>, counted: &what::Found) -> Vec<ActorRef> {
    let mut out: Vec<ActorRef> = Vec::new();
    for u in counted.unit.iter().flat_map(|&u| tree.conjuncts(u)) {
        if tree.kid(u, &["nummod"]).is_some() && Some(u) != counted.unit {
            continue;
        }
        out.extend(report.cast.meaning(s, u).into_iter().cloned());
        // "13 of its people", "forty of their soldiers".
        let owner = tree.kid(u, &["nmod:poss"]).filter(|&p| tree.upos(p) == "PRON");
        if let Some(owner) = owner.map(|p| &report.cast.meaning(s, p).refs).filter(|refs| !refs.is_empty()) {
            out.clone_from(owner);
        }
        for k in tree
            .kids_by(u, &["nmod"])
            .filter(|&k| tree.case(k).is_some_and(|c| matches!(c.as_str(), "of" | "from" | "among" | "in")))
        {
            let m = report.cast.meaning(s, k);
            if !m.place && out.is_empty() {
                out.extend(m.refs.iter().cloned());
            }
        }
    }
    // "put the Tajik dead at 30"
    if let (Some(put), None) = (counted.given_by, counted.unit) {
        let dead =
            tree.kids_by(put, &["obj"]).filter(|&o| o < counted.top).flat_map(|o| report.cast.meaning(s, o));
        out.extend(dead.cloned());
    }
    if counted.role == Role::Own {
        let a = crate::args::args(tree, counted.predicate);
        let losers: Vec<ActorRef> = a.subj.iter().flat_map(|&h| report.cast.meaning(s, h)).cloned().collect();
        if !losers.is_empty() {
            out = losers;
        }
    }
    // "civilians", "people": whose they were is not said.
    out.retain(|r| {
        report.cast.actor(&r.actor).is_some_and(|a| a.kind != ActorKind::Unnamed)
            && !r.actor.as_str().starts_with("unnamed/")
    });
    out
}

/// Civilians whom a health ministry or a rescue service counts are those of its own country, unless the words
/// say otherwise.
fn own_people(
    report: &Report<'_>,
    tree: &Tree<'_>,
    counted: &what::Found,
    claimant: Option<&ActorRef>,
) -> bool {
    let people = counted.unit.is_none_or(|u| {
        matches!(
            tree.lemma(u).as_str(),
            "people"
                | "person"
                | "civilian"
                | "woman"
                | "child"
                | "resident"
                | "man"
                | "villager"
                | "death"
                | "casualty"
                | "fatality"
        )
    });
    let counter = claimant.is_some_and(|c| {
        matches!(
            c.actor.as_str().rsplit('/').next(),
            Some("MOH" | "HEALTH" | "EMERGENCY" | "FIRE" | "HOSPITAL")
        ) && report.cast.actor(&c.actor).is_some()
    });
    people
        && counter
        && matches!(counted.what, Counted::Killed | Counted::Wounded | Counted::Missing | Counted::Displaced)
}
