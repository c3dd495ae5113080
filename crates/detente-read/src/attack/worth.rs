//! Is an act told as one in particular, or only mentioned? "Two guards died when a bomb went off at the bank" tells
//! one; "those who murder judges", "the killings of the past decade" do not.
//!
//! A sum of weights over what the mentions look like and what they tell of the act together: a logistic regression
//! made by `train/attacks.py` from acts that people marked in wire reports. No word of a report is a feature: they are
//! kinds of victims, dates, places, tags and trees.

use super::clause::Deed;
use super::join::Growing;
use crate::Report;
use detente_types::attack::{Hurt, Victim};
use detente_types::{Modality, When};
use std::sync::LazyLock;

/// Feature and weight in hundredths, sorted; `@least` is the least sum of an act that counts.
static WEIGHTS: LazyLock<Vec<(&str, i32)>> =
    LazyLock::new(|| parse(include_str!("../../weights/attacks.tsv")));

fn parse(file: &'static str) -> Vec<(&'static str, i32)> {
    let mut out: Vec<(&str, i32)> = file
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(feature, weight)| Some((feature, weight.parse().ok()?)))
        .collect();
    out.sort_unstable();
    out
}

fn weight(feature: &str) -> i32 {
    WEIGHTS.binary_search_by_key(&feature, |(name, _)| name).map_or(0, |at| WEIGHTS[at].1)
}

/// Do the features say that the act counts?
pub(super) fn counts(features: &[String]) -> bool {
    features.iter().map(|f| weight(f)).sum::<i32>() >= weight("@least")
}

/// More people than one act strikes, where nothing else is said of it.
const MANY: u64 = 150;

/// What one mention looks like.
pub(super) fn traits(deed: &Deed<'_, '_>) -> Vec<String> {
    let (look, tree, i) = (&deed.look, deed.look.tree, deed.token);
    let event = &deed.told.event.fact;
    let mut out = vec![format!("frame {}", deed.key), format!("tag {}", tree.xpos(i))];
    let mut add = |name: &str| out.push(name.to_string());
    if tree.is_noun(i) {
        let det = tree.kids_by(i, &["det"]).next();
        let kind = det.map_or("none", |d| match tree.lower(d) {
            "the" => "the",
            "a" | "an" => "a",
            "this" | "that" | "these" | "those" => "this",
            _ => "another",
        });
        add(&format!("article {kind}"));
        add(&format!("noun is {}", tree.base(i)));
    } else {
        add(&format!("verb is {}", tree.base(i)));
        if tree.kids_by(i, &["aux"]).any(|k| tree.lemma(k) == "have") {
            add("perfect");
        }
        if deed.args.passive {
            add("passive");
        }
        if deed.args.subj.is_empty() {
            add("no subject");
        }
    }
    if event.modality != Modality::Occurred {
        add("not plainly occurred");
    }
    if let Some(operator) = deed.operator {
        add(&format!("operator {operator}"));
    }
    if look.report.quoted_by(look.s, i).is_some() {
        add("quoted");
    }
    if !deed.scope.speech.is_empty() {
        add("reported speech");
    }
    out
}

/// All that is known of an act, with its place among `all` acts of the report.
pub(super) fn features(report: &Report<'_>, act: &Growing, all: usize) -> Vec<String> {
    let a = &act.attack;
    let mut out: Vec<String> = act.traits.iter().map(|t| format!("any {t}")).collect();
    out.extend(act.first.iter().map(|t| format!("first {t}")));
    let mut add = |name: String| out.push(name);
    add(format!("mentions {}", few(act.evidence.len(), &[1, 2, 4])));
    add(format!("acts {}", few(all, &[1, 2, 4, 8])));
    add(format!("sentence {}", few(act.opened, &[0, 1, 2, 4, 8, 16])));
    add(format!("form {:?}", a.form));
    add(format!("execution {:?}", a.execution));
    add(format!("places {}", few(a.places.len(), &[0, 1, 2])));
    add(format!("weapons {}", few(a.weapons.len(), &[0, 1])));
    add(format!("people {}", few(a.people.len(), &[0, 1])));
    add(format!("groups {}", few(a.doers.len(), &[0, 1])));
    add(format!("things {}", few(a.targets.len(), &[0, 1, 2])));
    add(format!("victims {}", few(a.victims.len(), &[0, 1, 2, 4])));
    for t in &a.targets {
        add(format!("thing {}", if t.number.plural { "plural" } else { "one" }));
        add(format!("thing {:?}", t.damage));
    }
    for v in &a.victims {
        add(format!("victim {}", kind(v)));
        add(format!("victim {} {:?}", kind(v), v.hurt));
    }
    if a.victims.iter().all(|v| v.hurt != Some(Hurt::Death)) {
        add("nobody died".to_string());
    }
    if act.passing {
        add("passing".to_string());
    }
    if a.events.is_empty() {
        add("referred".to_string());
    }
    add(format!("when {}", when(report, &a.when)));
    out.sort_unstable();
    out.dedup();
    out
}

fn few(n: usize, steps: &[usize]) -> usize {
    steps.iter().copied().find(|&s| n <= s).unwrap_or(99)
}

fn kind(v: &Victim) -> &'static str {
    match (&v.name, v.number.low) {
        (Some(_), _) => "named",
        (None, Some(1)) => "one",
        (None, Some(n)) if n > MANY => "multitude",
        (None, Some(_)) => "counted",
        (None, None) => "plural",
    }
}

/// How long before the report, and how exactly.
fn when(report: &Report<'_>, when: &When) -> String {
    let (Some(from), Some(to)) = (when.from(), when.to()) else { return "unknown".to_string() };
    let length = few((to - from).get_days().unsigned_abs() as usize, &[0, 1, 9, 45]);
    let before = report.published.to().map(|p| (p - to).get_days());
    let ago = before.map_or(98, |days| few(days.max(0) as usize, &[0, 1, 3, 8, 32, 93]));
    format!("{length} days {ago} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_summed_and_unknown_ones_weigh_nothing() {
        assert!(WEIGHTS.len() > 50);
        assert!(weight("no such feature") == 0);
        let best: Vec<String> =
            WEIGHTS.iter().filter(|(f, w)| *w > 0 && *f != "@least").map(|(f, _)| f.to_string()).collect();
        let worst: Vec<String> =
            WEIGHTS.iter().filter(|(f, w)| *w < 0 && *f != "@least").map(|(f, _)| f.to_string()).collect();
        assert!(counts(&best) && !counts(&worst));
    }
}
