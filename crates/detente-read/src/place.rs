//! Where: names of places in a sentence, with their countries and coordinates.
//!
//! # How
//! Every noun phrase that names a place of the gazetteer, or a capital or country in a place's position
//! (the cast decides), and borders ("the Pakistan-Afghanistan border", "along the frontier").
//!
//! # Does not
//! Guess: a name that only a village of another continent bears is taken with the country in play, or not.

use crate::cast::Cast;
use crate::tree::Tree;
use detente_knowledge::{Knowledge, PlaceKind, Target};
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
    let ids: Vec<usize> =
        tree.short_core(i).into_iter().filter(|&n| !matches!(tree.base(n), "det")).collect();
    let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
    let meaning = cast.meaning(s, i);
    if meaning.is_actor() && !meaning.place {
        return None;
    }
    if matches!(tree.tokens[i].name, Some("PER" | "ORG")) {
        return None;
    }
    // The longest name of a place inside the phrase that reaches its head or stands right before it.
    let hit = (0..words.len())
        .flat_map(|at| knowledge.names_at(&words, at).into_iter().map(move |h| (at, h)))
        .filter_map(|(at, h)| match h.target {
            Target::Place(id) => Some((h.len, at, id)),
            Target::Actor(_) => None,
        });
    let (len, at, id) = hit.max_by_key(|(len, at, _)| (*len, std::cmp::Reverse(*at)))?;
    let name = words[at..at + len].join(" ");
    let candidates = knowledge.places_named(&name);
    let chosen = candidates
        .iter()
        .filter(|p| country.is_some_and(|c| p.countries.contains(&c)))
        .max_by_key(|p| p.population)
        .or_else(|| candidates.iter().find(|p| p.id == id))
        .or(candidates.first())?;
    let span = tree.span_of(&ids[at..at + len]);
    let place = Place {
        name,
        span,
        countries: chosen.countries.iter().map(ToString::to_string).collect(),
        point: chosen.point,
        precision: Some(precision(chosen.kind)),
    };
    Some(Sited { head: i, locates: locates(tree, i), place })
}

/// UCDP `where_prec` of a kind of place.
fn precision(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::City | PlaceKind::Capital | PlaceKind::Site | PlaceKind::Crossing => 1,
        PlaceKind::Region => 4,
        PlaceKind::Area | PlaceKind::Border | PlaceKind::Nature => 5,
        PlaceKind::Country => 6,
    }
}

/// Under a preposition of place, possibly through another such phrase ("in the town of Goma").
fn locates(tree: &Tree<'_>, i: usize) -> bool {
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
    let struck = matches!(tree.rel(first), "obj" | "nsubj:pass" | "compound" | "nmod:poss" | "nmod:unmarked");
    let of = case.as_deref() == Some("of")
        && tree.head(first).is_some_and(|h| {
            h != first && (locates(tree, h) || matches!(tree.rel(h), "obj" | "nsubj:pass" | "nsubj"))
        });
    direct || struck || of
}
