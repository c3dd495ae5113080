//! The 252 arcs of the five reports: who does what to whom, and who says so.
//!
//! `1 Russia>expressed:nsubj` asks of sentence 1 that "Russia" hang on "expressed" as `nsubj`. Several
//! words or labels may be right (`|`, `,`); `#2` is the second word of that spelling. A label with a
//! subtype counts for its plain form, except for subjects, where passive and active differ.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use detente_language::{Language, Sentence};

use super::language::words_of;
use crate::shared;

/// Arcs right and asked, by class: "all", "core", "attribution", "passive".
pub(crate) struct Score {
    pub(crate) right: BTreeMap<&'static str, (usize, usize)>,
    /// The arcs that were wrong, with what was found.
    pub(crate) wrong: Vec<String>,
}

const SAYING: [&str; 11] = [
    "said",
    "say",
    "warn",
    "emphasizes",
    "argued",
    "claimed",
    "noting",
    "adding",
    "saying",
    "warned",
    "hopes",
];

/// One arc that is asked for.
struct Asked<'a> {
    dependents: Vec<&'a str>,
    heads: Vec<&'a str>,
    labels: Vec<&'a str>,
}

/// Scores the arcs.
pub(crate) fn score(language: &Language) -> Result<Score> {
    let sentences = shared::read("language/arcs_sentences.txt")?;
    let forms: Vec<Vec<&str>> = sentences.lines().map(|l| l.split_whitespace().collect()).collect();
    let (text, spans) = words_of(forms.iter().map(|s| s.iter().copied()));
    let found = language.analyze_tokens(&text, &spans);
    let mut score = Score { right: BTreeMap::new(), wrong: Vec::new() };
    for line in shared::read("language/arcs_gold.txt")?.lines() {
        let mut parts = line.split_whitespace();
        let number: usize = parts.next().context("a line without number")?.parse()?;
        for part in parts {
            let asked = parse(part).with_context(|| format!("arc {part} of sentence {number}"))?;
            let good = right(&asked, &forms[number - 1], &found[number - 1])
                .with_context(|| format!("arc {part} of sentence {number}"))?;
            for class in classes(&asked) {
                let entry = score.right.entry(class).or_default();
                entry.0 += usize::from(good.is_none());
                entry.1 += 1;
            }
            score.wrong.extend(good.map(|got| format!("{number} {part}: {got}")));
        }
    }
    Ok(score)
}

fn parse(part: &str) -> Option<Asked<'_>> {
    let (dependents, rest) = part.split_once('>')?;
    let (heads, labels) = rest.split_once(':')?;
    let list = |s| str::split(s, '|').collect();
    Some(Asked { dependents: list(dependents), heads: list(heads), labels: labels.split(',').collect() })
}

/// `None` if the arc is there, otherwise what is there instead.
fn right(asked: &Asked<'_>, forms: &[&str], found: &Sentence) -> Result<Option<String>> {
    let place = |word: &str| {
        let (form, nth) = word.split_once('#').map_or((word, 1), |(w, n)| (w, n.parse().unwrap_or(1)));
        let places = forms.iter().enumerate().filter(|(_, f)| **f == form).map(|(i, _)| i);
        places.clone().nth(nth - 1).with_context(|| format!("no word {word}"))
    };
    let heads = asked.heads.iter().map(|w| place(w)).collect::<Result<Vec<_>>>()?;
    let mut got = String::new();
    for word in &asked.dependents {
        let token = &found.tokens[place(word)?];
        if token.head.is_some_and(|h| heads.contains(&h)) && asked.labels.iter().any(|l| fits(token.rel, l)) {
            return Ok(None);
        }
        if got.is_empty() {
            got = format!("{} {}", token.head.map_or("root", |h| forms[h]), token.rel);
        }
    }
    Ok(Some(got))
}

fn fits(found: &str, asked: &str) -> bool {
    let plain = |l: &str| l.split(':').next().unwrap_or("").to_owned();
    found == asked || plain(found) == plain(asked) && !asked.starts_with("nsubj")
}

fn classes(asked: &Asked<'_>) -> Vec<&'static str> {
    let (first, any) = (asked.labels[0], |l| asked.labels.contains(&l));
    let head = asked.heads[0].split('#').next().unwrap_or("");
    let mut out = vec!["all"];
    if SAYING.contains(&head)
        && (first.starts_with("nsubj") || ["ccomp", "parataxis", "xcomp"].contains(&first))
    {
        out.push("attribution");
    }
    if any("nsubj:pass") || any("obl:agent") {
        out.push("passive");
    }
    let clause = any("obl:agent") || any("ccomp") || any("xcomp");
    if ["nsubj", "nsubj:pass", "obj"].contains(&first) || clause {
        out.push("core");
    }
    out
}
