//! Place or government: what a name of a country or capital is at this place of the sentence.

use crate::tree::Tree;
use detente_knowledge::{Knowledge, Resolved};
use detente_types::{ActorKind, Via};

/// Is the phrase a place here?
pub(super) fn is_site(tree: &Tree<'_>, i: usize, r: &Resolved, knowledge: &Knowledge) -> bool {
    let territorial = matches!(r.kind, Some(ActorKind::State | ActorKind::DefactoGovernment));
    let metonym = r.via == Some(Via::Metonym);
    if !territorial && !metonym && r.kind.is_some() {
        return false;
    }
    let city = metonym;
    let first = tree.first_conjunct(i);
    if located(tree, first) {
        return true;
    }
    if city {
        return apposed(tree, i)
            || modifies_thing(tree, i)
            || struck(tree, first)
            || beside_a_place(tree, i, knowledge);
    }
    false
}

/// Under a preposition of place.
fn located(tree: &Tree<'_>, i: usize) -> bool {
    let Some(case) = tree.case(i) else {
        return tree.rel(i) == "appos" && tree.head(i).is_some_and(|h| located(tree, h));
    };
    match case.as_str() {
        "in" | "inside" | "near" | "at" | "around" | "outside" | "across" | "throughout" | "within"
        | "into" | "through" | "via" | "over" | "onto" | "outside_of" | "west_of" | "north_of"
        | "south_of" | "east_of" | "off" => {
            // "confidence in Pakistan", "interest in Ukraine" are about the state, but name no actor either.
            true
        }
        "from" | "to" | "toward" | "towards" => tree.head(i).is_some_and(|h| moves(&tree.lemma(h))),
        "on" => tree.head(i).is_some_and(|h| strikes(&tree.lemma(h))),
        "of" => tree.head(i).is_some_and(|h| area(&tree.lemma(h))),
        _ => false,
    }
}

fn moves(lemma: &str) -> bool {
    matches!(
        lemma,
        "go" | "travel"
            | "fly"
            | "arrive"
            | "return"
            | "flee"
            | "head"
            | "move"
            | "visit"
            | "come"
            | "drive"
            | "trip"
            | "road"
            | "leave"
            | "depart"
            | "withdraw"
            | "pull"
            | "flight"
            | "march"
            | "route"
            | "sail"
            | "escape"
            | "trek"
            | "fire"
            | "mile"
            | "kilometre"
            | "kilometer"
            | "km"
            | "way"
            | "walk"
            | "reach"
            | "retreat"
            | "journey"
            | "evacuate"
            | "cross"
            | "send"
            | "deploy"
            | "report"
    )
}

fn strikes(lemma: &str) -> bool {
    matches!(
        lemma,
        "strike"
            | "attack"
            | "airstrike"
            | "raid"
            | "assault"
            | "advance"
            | "march"
            | "bombing"
            | "shelling"
            | "siege"
            | "offensive"
            | "bombardment"
            | "fire"
    )
}

fn area(lemma: &str) -> bool {
    matches!(
        lemma,
        "city"
            | "town"
            | "outskirts"
            | "suburb"
            | "north"
            | "south"
            | "east"
            | "west"
            | "province"
            | "capital"
            | "centre"
            | "center"
            | "part"
            | "region"
            | "area"
            | "district"
            | "coast"
            | "village"
            | "port"
            | "siege"
            | "fall"
            | "capture"
            | "street"
            | "airport"
            | "border"
            | "northwest"
            | "northeast"
            | "southeast"
            | "southwest"
            | "control"
            | "bombing"
            | "shelling"
            | "bombardment"
            | "battle"
            | "airspace"
            | "skies"
            | "outside"
            | "resident"
            | "people"
            | "rest"
            | "territory"
            | "swathe"
            | "university"
    )
}

/// "struck the capital Sanaa", "the town, Goma,": the name of the place that the noun tells.
fn apposed(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.base(i), "appos" | "flat" | "nmod")
        && tree.case(i).is_none()
        && tree.head(i).is_some_and(|h| {
            h < i
                && matches!(
                    tree.lemma(h).as_str(),
                    "capital" | "city" | "town" | "port" | "stronghold" | "village" | "hub" | "seat"
                )
        })
}

/// "Kabul airport", "the Istanbul talks": a city before a thing.
fn modifies_thing(tree: &Tree<'_>, i: usize) -> bool {
    if !matches!(tree.base(i), "compound" | "nmod") || tree.is_possessive(i) || tree.case(i).is_some() {
        return false;
    }
    tree.head(i).is_some_and(|h| {
        !matches!(
            tree.lemma(h).as_str(),
            "government"
                | "regime"
                | "authority"
                | "administration"
                | "official"
                | "side"
                | "offer"
                | "delegation"
                | "leadership"
        )
    })
}

/// The object of a verb of attack: cities are struck as places.
fn struck(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.rel(i), "obj" | "nsubj:pass")
        && tree.head(i).is_some_and(|h| {
            matches!(
                tree.lemma(h).as_str(),
                "attack"
                    | "bomb"
                    | "shell"
                    | "strike"
                    | "hit"
                    | "bombard"
                    | "raid"
                    | "besiege"
                    | "capture"
                    | "seize"
                    | "storm"
                    | "enter"
                    | "leave"
                    | "reach"
                    | "visit"
                    | "target"
                    | "retake"
                    | "recapture"
                    | "take"
                    | "occupy"
                    | "pound"
                    | "rock"
                    | "shake"
                    | "overrun"
                    | "encircle"
                    | "liberate"
                    | "flee"
                    | "surround"
                    | "invade"
            )
        })
}

/// "Kabul and Paktika province": coordinated with a place that is no capital and no country.
fn beside_a_place(tree: &Tree<'_>, i: usize, knowledge: &Knowledge) -> bool {
    tree.conjuncts(tree.first_conjunct(i)).into_iter().filter(|&c| c != i).any(|c| {
        let ids = tree.short_core(c);
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        let named = |at: usize| knowledge.names_at(&words, at);
        let place = named(0).iter().any(|h| matches!(h.target, detente_knowledge::Target::Place(_)));
        let actor = named(0).iter().any(|h| matches!(h.target, detente_knowledge::Target::Actor(_)));
        (place && !actor)
            || matches!(tree.lemma(c).as_str(), "province" | "city" | "district" | "town" | "region")
    })
}
