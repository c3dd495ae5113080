//! Offices and printed names of all reports in; who is given two offices, which office two holders, and
//! which name two spellings, out.
//!
//! # How
//! 1. [`titles`]: two titles of one person differ where their head words (minister, spokesperson) differ,
//!    or, with one head, where what stands before it shares no word ("foreign", "defence") or one is a
//!    deputy. "Envoy" and "ambassador" are one head.
//! 2. [`holders`]: an office that one person holds at a time (president, a named ministry, an embassy) and that
//!    reports within [`SAME_TIME`] days of each other give to two persons.
//! 3. [`spellings`]: printed forms of one actor that differ by few letters or by the order of words; not
//!    a name and its adjective ("Peru", "Peruvian"), and not a short and a long form.

use super::{Point, side, two_reports};
use crate::case::Case;
use crate::days;
use crate::words;
use detente_types::actor::CitedOffice;
use detente_types::disagreement::{About, Kind};
use detente_types::{ActorId, ActorRef, Disagreement, Evidence, Side, Verdict, Via};
use std::collections::{BTreeMap, BTreeSet};

/// Days between reports from which an office may have changed hands.
const SAME_TIME: i32 = 60;
/// Printed sentences that are kept for one form of a name.
const SHOWN: usize = 5;

pub(super) fn find(case: &Case) -> Vec<Disagreement> {
    let mut out = titles(case);
    out.extend(holders(case));
    out.extend(spellings(case));
    out
}

/// An office as one report states it.
struct Stated<'c> {
    told: usize,
    office: &'c CitedOffice,
    head: Option<&'static str>,
    rest: Vec<String>,
}

fn stated<'c>(case: &'c Case) -> Vec<Stated<'c>> {
    let mut out = Vec::new();
    for (told, t) in case.told.iter().enumerate() {
        for office in &t.reading.offices {
            let (head, rest) = parts(&office.title);
            out.push(Stated { told, office, head, rest });
        }
    }
    out
}

/// The head word of a title, one word for those that mean the same, and the other content words.
fn parts(title: &str) -> (Option<&'static str>, Vec<String>) {
    const HEADS: [(&str, &[&str]); 14] = [
        ("minister", &["minister"]),
        ("ambassador", &["ambassador", "envoy"]),
        ("spokesperson", &["spokesperson", "spokesman", "spokeswoman"]),
        ("president", &["president"]),
        ("premier", &["premier"]),
        ("secretary", &["secretary"]),
        ("chief", &["chief", "head", "commander", "director", "chief-of-staff"]),
        ("leader", &["leader"]),
        ("adviser", &["adviser", "advisor"]),
        ("king", &["king", "emir", "sultan", "queen"]),
        ("speaker", &["speaker"]),
        ("governor", &["governor"]),
        ("negotiator", &["negotiator"]),
        ("representative", &["representative"]),
    ];
    let title = words::fold(title).replace("prime minister", "premier");
    // "ambassador to X", "spokesperson of the ministry": the head stands before the preposition.
    let before = title.split([',']).next().unwrap_or_default();
    let tokens = words::tokens(before);
    let end = tokens
        .iter()
        .position(|w| matches!(w.as_str(), "of" | "to" | "for" | "at" | "in"))
        .unwrap_or(tokens.len());
    let find =
        |w: &String| HEADS.iter().find(|(_, forms)| forms.contains(&w.as_str())).map(|(head, _)| *head);
    let head = tokens[..end].iter().rev().find_map(find).or_else(|| tokens.iter().rev().find_map(find));
    let mut rest: Vec<String> = tokens.iter().filter(|w| find(w).is_none()).map(|w| words::stem(w)).collect();
    rest.retain(|w| !matches!(w.as_str(), "of" | "to" | "for" | "the" | "at" | "in" | "and"));
    rest.sort();
    rest.dedup();
    (head, rest)
}

fn differ(a: &Stated, b: &Stated) -> bool {
    let (Some(x), Some(y)) = (a.head, b.head) else { return false };
    if x != y {
        return true;
    }
    let deputy = |s: &Stated| {
        s.rest.iter().any(|w| matches!(w.as_str(), "deputy" | "deput" | "vice" | "former" | "act"))
    };
    let named = |s: &Stated| !s.rest.is_empty();
    deputy(a) != deputy(b) || (named(a) && named(b) && words::shared(&a.rest, &b.rest) == 0)
}

/// One person, two offices.
fn titles(case: &Case) -> Vec<Disagreement> {
    let all = stated(case);
    let mut by_holder: BTreeMap<&ActorId, Vec<&Stated>> = BTreeMap::new();
    for s in &all {
        by_holder.entry(&s.office.holder).or_default().push(s);
    }
    let raised = by_holder.into_iter().filter_map(|(holder, list)| {
        let overlap = |a: &Stated, b: &Stated| a.office.when.may_overlap(&b.office.when);
        let odd: Vec<&&Stated> =
            list.iter().filter(|a| list.iter().any(|b| differ(a, b) && overlap(a, b))).collect();
        let mut by_title: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
        for s in odd {
            by_title.entry(with_body(case, s)).or_default().extend_from_slice(s.office.evidence());
        }
        let sides: Vec<Side> = by_title.into_iter().map(|(title, e)| side(title, Vec::new(), e)).collect();
        Point {
            kind: Kind::Office,
            topic: format!("Office of {}", case.kin.name(holder)),
            about: About::Actor(holder.clone()),
            verdict: Verdict::Open,
            remark: Some("Each office is kept as the word of the reports that print it.".to_string()),
        }
        .between(sides)
    });
    raised.collect()
}

fn with_body(case: &Case, stated: &Stated) -> String {
    let title = &stated.office.title;
    match &stated.office.of {
        Some(of) => format!("{title}, {}", case.kin.name(of)),
        None => title.clone(),
    }
}

/// One office, two persons.
fn holders(case: &Case) -> Vec<Disagreement> {
    let all = stated(case);
    let single = |s: &&Stated| match s.head {
        Some("president" | "premier" | "king") => s.rest.is_empty(),
        Some("minister" | "ambassador") => {
            !s.rest.is_empty()
                && !s
                    .rest
                    .iter()
                    .any(|w| matches!(w.as_str(), "deputy" | "deput" | "former" | "vice" | "special"))
        }
        _ => false,
    };
    let mut by_office: BTreeMap<(&str, &[String], ActorId), Vec<&Stated>> = BTreeMap::new();
    for s in all.iter().filter(single) {
        if let (Some(head), Some(of)) = (s.head, &s.office.of) {
            by_office.entry((head, &s.rest, case.kin.side(of))).or_default().push(s);
        }
    }
    let raised = by_office.into_iter().filter_map(|((_, _, of), list)| {
        let near = |a: &Stated, b: &Stated| {
            days::gap(&case.told[a.told].published, &case.told[b.told].published) <= SAME_TIME
                && a.office.when.may_overlap(&b.office.when)
        };
        let odd =
            list.iter().filter(|a| list.iter().any(|b| a.office.holder != b.office.holder && near(a, b)));
        let mut by_holder: BTreeMap<&ActorId, Vec<Evidence>> = BTreeMap::new();
        for s in odd {
            by_holder.entry(&s.office.holder).or_default().extend_from_slice(s.office.evidence());
        }
        let sides =
            by_holder.into_iter().map(|(id, e)| side(case.kin.name(id), vec![id.clone()], e)).collect();
        let title = &list[0].office.title;
        Point {
            kind: Kind::Office,
            topic: format!("Who is {title}, {}", case.kin.name(&of)),
            about: About::Actor(of.clone()),
            verdict: Verdict::Open,
            remark: Some("One person holds this office at a time.".to_string()),
        }
        .between(sides)
    });
    raised.collect()
}

/// A printed form of a name: the reports that print it and a few sentences.
#[derive(Default)]
struct Form {
    reports: BTreeSet<usize>,
    evidence: Vec<Evidence>,
}

/// One actor, two spellings.
fn spellings(case: &Case) -> Vec<Disagreement> {
    let mut forms: BTreeMap<&ActorId, BTreeMap<&str, Form>> = BTreeMap::new();
    for (t, told) in case.told.iter().enumerate() {
        printed(told, |r, evidence| {
            let Some(span) = r.span.filter(|_| matches!(r.via, Via::Name | Via::Alias)) else { return };
            let name = span.of(told.reading.document.text()).trim_end_matches(['’', '\'']);
            let name = name.trim_end_matches("’s").trim_end_matches("'s");
            if name.is_empty() {
                return;
            }
            // The tables are the reading's; only the text is borrowed here.
            let form = forms.entry(&r.actor).or_default().entry(name).or_default();
            if form.reports.insert(t) && form.evidence.len() < SHOWN {
                form.evidence.push(Evidence { marks: vec![span], ..evidence.clone() });
            }
        });
    }
    forms.into_iter().filter_map(|(id, forms)| spelling(case, id, &forms)).collect()
}

/// Every naming of an actor in the facts of a report.
fn printed<'c>(told: &'c crate::case::Told, mut see: impl FnMut(&'c ActorRef, &'c Evidence)) {
    let reading = &told.reading;
    for e in &reading.events {
        let all = e.actors.iter().chain(&e.recipients).chain(&e.others).chain(&e.attributed_to);
        all.for_each(|r| see(r, &e.evidence()[0]));
    }
    for a in &reading.acts {
        a.mediators.iter().chain(&a.parties).chain(&a.by).for_each(|r| see(r, &a.evidence()[0]));
    }
    for c in &reading.claims {
        c.who.iter().chain(&c.whom).for_each(|r| see(r, &c.evidence()[0]));
    }
    for f in &reading.figures {
        f.victims.iter().chain(&f.claimant).chain(&f.also_by).for_each(|r| see(r, &f.evidence()[0]));
    }
}

fn spelling(case: &Case, id: &ActorId, forms: &BTreeMap<&str, Form>) -> Option<Disagreement> {
    let names: Vec<&str> = forms.keys().copied().collect();
    let odd: Vec<&&str> = names.iter().filter(|a| names.iter().any(|b| is_variant(a, b))).collect();
    let sides: Vec<Side> = odd.iter().map(|n| side(**n, Vec::new(), forms[**n].evidence.clone())).collect();
    if !two_reports(case, &sides) {
        return None;
    }
    let sides = sides
        .into_iter()
        .zip(odd)
        .map(|(s, n)| Side { reports: case.ids(forms[*n].reports.iter().copied()), ..s });
    Point {
        kind: Kind::Spelling,
        topic: format!("Spelling: {}", case.kin.name(id)),
        about: About::Actor(id.clone()),
        verdict: Verdict::Compatible,
        remark: None,
    }
    .between(sides.collect())
}

/// Are the two one name in two spellings?
fn is_variant(a: &str, b: &str) -> bool {
    let (x, y) = (words::tokens(a), words::tokens(b));
    if x == y || x.len() != y.len() {
        // "Türkiye" and "Turkiye" are the same words and still printed differently.
        return x == y && words::fold(a) != a.to_lowercase() && a.to_lowercase() != b.to_lowercase();
    }
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    if sorted(&x) == sorted(&y) {
        return true;
    }
    x.iter().zip(&y).all(|(p, q)| p == q || is_respelt(p, q))
}

fn is_respelt(a: &str, b: &str) -> bool {
    const ADJECTIVES: [&str; 9] = ["ian", "ean", "ish", "ese", "an", "ch", "ic", "i", "s"];
    let adjective = |w: &str| ADJECTIVES.iter().find(|e| w.ends_with(**e)).copied();
    if a.len().min(b.len()) < 4 || adjective(a) != adjective(b) {
        return false;
    }
    let likeness = words::likeness(a, b);
    let first = a.chars().next() == b.chars().next();
    likeness >= 0.7 || (first && likeness >= 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        for (a, b) in [
            ("Turkey", "Türkiye"),
            ("Kyiv", "Kiev"),
            ("Gaddafi", "Qaddafi"),
            ("Accra University", "University Accra"),
        ] {
            assert!(is_variant(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("Peru", "Peruvian"),
            ("Ukraine", "Ukrainian"),
            ("France", "French"),
            ("Iran", "Tehran"),
            ("UN", "United Nations"),
        ] {
            assert!(!is_variant(a, b), "{a} {b}");
        }
    }

    #[test]
    fn titles_with_another_head_or_another_ministry_differ() {
        let differs = |a: &str, b: &str| {
            let ((h, r), (i, s)) = (parts(a), parts(b));
            h != i || (!r.is_empty() && !s.is_empty() && words::shared(&r, &s) == 0)
        };
        assert!(differs("foreign minister", "foreign ministry spokesperson"));
        assert!(differs("foreign minister", "defence minister"));
        assert!(!differs("ambassador to Peru", "envoy to Peru"));
        assert!(!differs("prime minister", "premier"));
    }
}
