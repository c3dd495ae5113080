//! Where: names of places in a sentence, with their countries and coordinates.
//!
//! # How
//! Every noun phrase that names a place of the gazetteer, or a capital or country in a place's position
//! (the cast decides), and borders ("the Pakistan-Afghanistan border", "along the frontier").
//!
//! # Does not
//! Guess: a name that only a village of another continent bears is taken with the country in play, or not.

use crate::cast::{Cast, bearer};
use crate::tree::Tree;
use detente_knowledge::{Knowledge, PlaceEntry, PlaceId, Target};
use detente_types::Place;

/// A place in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sited {
    /// The head of its phrase.
    pub(crate) head: usize,
    /// The phrase locates something ("in Goma"), rather than being talked about.
    pub(crate) locates: bool,
    /// The place.
    pub(crate) place: Place,
}

/// Every place of the sentence.
pub(crate) fn places(
    s: usize,
    tree: &Tree<'_>,
    cast: &Cast,
    knowledge: &Knowledge,
    country: Option<&str>,
) -> Vec<Sited> {
    let mut out: Vec<Sited> = Vec::new();
    for i in 0..tree.len() {
        if !tree.is_noun(i) || matches!(tree.base(i), "flat" | "compound" if inside_name(tree, i)) {
            continue;
        }
        if let Some(found) = border(s, tree, i, cast).or_else(|| named(s, tree, i, cast, knowledge, country))
        {
            out.push(found);
        }
    }
    out
}

fn inside_name(tree: &Tree<'_>, i: usize) -> bool {
    tree.head(i).is_some_and(|h| tree.tokens[h].name.is_some() && tree.tokens[h].name != Some("LOC"))
}

/// "the Pakistan-Afghanistan border", "the border between Thailand and Cambodia".
fn border(s: usize, tree: &Tree<'_>, i: usize, cast: &Cast) -> Option<Sited> {
    if !matches!(tree.lemma(i).as_str(), "border" | "frontier" | "boundary") {
        return None;
    }
    let ids = tree.core(i);
    let mut countries: Vec<String> = ids
        .iter()
        .flat_map(|&n| cast.meaning(s, n).refs.iter())
        .filter_map(|r| cast.actor(&r.actor)?.country.clone())
        .collect();
    countries.dedup();
    countries.sort();
    countries.dedup();
    let text = tree.phrase(&ids).to_string();
    let place = Place { name: text, span: tree.span_of(&ids), countries, point: None, precision: Some(5) };
    Some(Sited { head: i, locates: locates(tree, i), place })
}

fn named(
    s: usize,
    tree: &Tree<'_>,
    i: usize,
    cast: &Cast,
    knowledge: &Knowledge,
    country: Option<&str>,
) -> Option<Sited> {
    let meaning = cast.meaning(s, i);
    if meaning.is_actor() && !meaning.place {
        return None;
    }
    let whole = whole_name(tree, i, knowledge);
    if whole.is_some_and(|(first, end)| top(tree, first, end) != i) {
        return None;
    }
    // "Goma fell to the rebels": men fall too, but not to somebody.
    let fell = tree.base(i) == "nsubj" && tree.head(i).is_some_and(|h| tree.lemma(h) == "fall");
    if whole.is_none() && !fell && matches!(tree.tokens[i].name, Some("PER" | "ORG")) {
        return None;
    }
    let ids: Vec<usize> = match whole {
        Some((first, end)) => (first..end).collect(),
        None => tree.short_core(i).into_iter().filter(|&n| !matches!(tree.base(n), "det")).collect(),
    };
    let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
    // The longest name of a place inside the phrase that reaches its head or stands right before it.
    let hit = (0..words.len())
        .flat_map(|at| knowledge.names_at(&words, at).into_iter().map(move |h| (at, h)))
        .filter_map(|(at, h)| match h.target {
            Target::Place(id) => Some((h.len, at, id)),
            Target::Actor(_) => None,
        });
    let Some((len, at, id)) = hit.max_by_key(|(len, at, _)| (*len, std::cmp::Reverse(*at))) else {
        return unlisted(tree, i, Some(knowledge)).filter(|_| !meaning.is_actor());
    };
    // One of that name lies in a country that the report does not speak of: this is another.
    let elsewhere = || unlisted(tree, i, None).filter(|found| found.place.name.contains(['-', ' ']));
    let taken = &ids[at..at + len];
    // "Ben Gurion airport", with a place Ben; "Al-Nuwayrah", with a place Al.
    let next = taken[len - 1] + 1;
    let joined = |n: usize| tree.word(n) == "-" && tree.tokens[n - 1].end == tree.tokens[n].start;
    let goes_on = |n: usize| tree.rel(n) == "flat" && tree.head(n).is_some_and(|h| taken.contains(&h));
    if at + len <= ids.len() && next + 1 < tree.len() && (goes_on(next) || joined(next) && goes_on(next + 1))
    {
        return unlisted(tree, i, Some(knowledge)).filter(|_| !meaning.is_actor());
    }
    let name = tree.phrase(taken).split_whitespace().collect::<Vec<_>>().join(" ");
    let candidates = knowledge.places_named(&name);
    let before_thing = tree.base(i) == "compound" || taken.last() != Some(&i);
    let Some(chosen) = choose(&candidates, id, country, (cast, before_thing)) else { return elsewhere() };
    let place = Place {
        name,
        span: tree.span_of(taken),
        countries: chosen.countries.iter().map(ToString::to_string).collect(),
        point: chosen.point,
        precision: Some(chosen.precision()),
    };
    Some(Sited { head: i, locates: locates(tree, i), place })
}

/// "an attack in Ashigashiya": a village that no gazetteer has is still where it happened. Its country and its point stay
/// open.
fn unlisted(tree: &Tree<'_>, i: usize, knowledge: Option<&Knowledge>) -> Option<Sited> {
    let tagged =
        |n: &usize| tree.tokens[*n].name == Some("LOC") && matches!(tree.upos(*n), "PROPN" | "PUNCT");
    if !tagged(&i) || tree.upos(i) != "PROPN" || !locates(tree, i) {
        return None;
    }
    let first = (0..i).rev().take_while(tagged).last().unwrap_or(i);
    let last = (i + 1..tree.len()).take_while(tagged).last().unwrap_or(i);
    // Punctuation stands inside a name only: "Al-Nuwayrah".
    let ids: Vec<usize> = (first..=last).filter(|&n| tree.is_under(n, i) || n == i).collect();
    let name = tree.phrase(&ids).to_string();
    let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
    let ends = |k: &Knowledge, at: usize| k.names_at(&words, at).iter().any(|h| at + h.len == words.len());
    let known = knowledge.is_some_and(|k| (0..words.len()).any(|at| ends(k, at)));
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    if known || !capital || name.chars().count() < 3 || name.contains('\n') {
        return None;
    }
    let place = Place { name, span: tree.span_of(&ids), countries: Vec::new(), point: None, precision: None };
    Some(Sited { head: i, locates: true, place })
}

/// Which bearer of the name is meant: one in the country that the report is written from, else the one most
/// likely meant by itself if its country is in the report, else one in the country that the report names most; no small
/// town of a country that it does not name.
fn choose<'p, 'k>(
    candidates: &'p [PlaceEntry<'k>],
    likely: PlaceId,
    country: Option<&str>,
    (cast, before_thing): (&Cast, bool),
) -> Option<&'p PlaceEntry<'k>> {
    let first = candidates.iter().find(|p| p.id == likely).or(candidates.first())?;
    let here = |p: &&PlaceEntry<'_>| country.is_some_and(|c| p.countries.contains(&c));
    if let Some(home) = candidates.iter().filter(here).max_by_key(|p| p.population) {
        return Some(home);
    }
    let times = |c: &str| cast.in_play.get(c).copied().unwrap_or_default();
    bearer(candidates, first, &times, cast.in_play.values().sum(), before_thing)
}

/// The name of a place of several words that token `i` is part of, however the tree cuts it ("Strait of Hormuz").
fn whole_name(tree: &Tree<'_>, i: usize, knowledge: &Knowledge) -> Option<(usize, usize)> {
    let words: Vec<&str> = (0..tree.len()).map(|n| tree.word(n)).collect();
    (i.saturating_sub(5)..=i).find_map(|first| {
        let hits = knowledge.names_at(&words, first);
        let place = hits.iter().filter(|h| matches!(h.target, Target::Place(_))).map(|h| h.len).max()?;
        let actor =
            hits.iter().filter(|h| matches!(h.target, Target::Actor(_))).map(|h| h.len).max().unwrap_or(0);
        (place > 1 && place >= actor && first + place > i).then_some((first, first + place))
    })
}

/// The first token of a run that hangs on one outside it.
fn top(tree: &Tree<'_>, first: usize, end: usize) -> usize {
    let outside = |n: &usize| tree.head(*n).is_none_or(|h| !(first..end).contains(&h));
    (first..end).find(outside).unwrap_or(end - 1)
}

/// "killed in the battle *for Goma*", "the assault *on Bakhmut*": what is fought over is where it is fought.
fn fought_over(tree: &Tree<'_>, i: usize) -> bool {
    let battle = tree.head(i).is_some_and(|h| {
        matches!(
            tree.lemma(h).as_str(),
            "battle" | "fight" | "fighting" | "siege" | "assault" | "offensive" | "push" | "struggle"
        ) && matches!(tree.base(h), "obl" | "nmod" | "nsubj" | "obj")
    });
    battle
        && tree.base(i) == "nmod"
        && tree.case(i).is_some_and(|c| matches!(c.as_str(), "for" | "on" | "of" | "over"))
}

/// Under a preposition of place, possibly through another such phrase ("in the town of Goma").
fn locates(tree: &Tree<'_>, i: usize) -> bool {
    if fought_over(tree, i) {
        return true;
    }
    let first = tree.first_conjunct(i);
    let case = tree.case(first);
    let direct = case.as_deref().is_some_and(|c| {
        matches!(
            c,
            "in" | "at"
                | "near"
                | "on"
                | "along"
                | "around"
                | "outside"
                | "inside"
                | "across"
                | "over"
                | "into"
                | "between"
                | "throughout"
                | "within"
                | "off"
                | "north_of"
                | "south_of"
                | "east_of"
                | "west_of"
                | "through"
                | "from"
                | "to"
                | "toward"
                | "towards"
                | "above"
                | "against"
        )
    });
    let fell = tree.base(first) == "nsubj" && tree.head(first).is_some_and(|h| tree.lemma(h) == "fall");
    let struck =
        fell || matches!(tree.rel(first), "obj" | "nsubj:pass" | "compound" | "nmod:poss" | "nmod:unmarked");
    let of = case.as_deref() == Some("of")
        && tree.head(first).is_some_and(|h| {
            h != first && (locates(tree, h) || matches!(tree.rel(h), "obj" | "nsubj:pass" | "nsubj"))
        });
    // "struck the capital, Sanaa"
    let same =
        tree.base(first) == "appos" && tree.head(first).is_some_and(|h| h != first && locates(tree, h));
    direct || struck || of || same
}
