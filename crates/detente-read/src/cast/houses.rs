//! Houses that are named where no list knows them: press agencies, stations, papers, and groups that keep watch.
//!
//! "Fars news agency said", "according to Radio Shabelle", "the Kivu Barometer, which tracks violence, counted 52": a
//! count by one of them has an owner with a name. What the parser makes of such names differs from sentence to sentence,
//! so that they are found by their words, and the tree only says who speaks.
//!
//! # How
//! 1. [`press`]: a name before or behind a noun for a part of the press, or behind "Radio".
//! 2. [`listed`]: a part of the press that the list of outlets knows, where it speaks.
//! 3. [`watch`]: a name that ends in "Network", "Observatory" and the like, or of which an apposition or a relative clause
//!    says that it is a group or keeps count; only where it speaks, and where no list knows it.
//!
//! # Does not
//! Say whose side a station is on: only where the words say that a state runs it.

use super::phrase::slug;
use super::{Casting, Meaning, phrase};
use crate::tree::Tree;
use detente_knowledge::{Knowledge, NameKind, Target};
use detente_types::{Actor, ActorId, ActorKind, ActorRef, Sector};

/// A house: its words, and which of them are its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct House {
    /// First word, and the one after the last.
    pub(super) words: (usize, usize),
    name: (usize, usize),
    press: bool,
}

/// For each token the house that it is part of.
pub(super) fn houses(tree: &Tree<'_>, knowledge: &Knowledge) -> Vec<Option<House>> {
    let mut out: Vec<Option<House>> = vec![None; tree.len()];
    let mut at = 0;
    while at < tree.len() {
        let found = press(tree, at, knowledge)
            .or_else(|| listed(tree, at, knowledge))
            .or_else(|| watch(tree, at, knowledge));
        match found {
            Some(house) => {
                let (first, end) = house.words;
                out[first..end].fill(Some(house));
                at = end;
            }
            None => at = run(tree, at).max(at + 1),
        }
    }
    out
}

fn capital(tree: &Tree<'_>, n: usize) -> bool {
    n < tree.len()
        && tree.word(n).starts_with(char::is_uppercase)
        && !matches!(tree.lower(n), "the" | "a" | "an" | "in" | "on" | "at" | "mr" | "but" | "and")
        && tree.upos(n) != "PRON"
}

/// Where the run of capitalised words that begins here ends: "Al-Masirah", "El Tiempo".
fn run(tree: &Tree<'_>, first: usize) -> usize {
    let mut end = first;
    while capital(tree, end) {
        end += 1;
        if end + 1 < tree.len() && tree.word(end) == "-" && capital(tree, end + 1) {
            end += 1;
        }
    }
    end
}

/// Nouns for a part of the press, of which a name before them is the name.
fn part_of_press(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let word = |n: usize| if n < tree.len() { tree.lower(n) } else { "" };
    let news = usize::from(matches!(word(at), "news" | "state" | "press"));
    let len = match word(at + news) {
        "agency" => 1,
        "website" | "newspaper" | "daily" | "weekly" | "magazine" | "broadcaster" | "portal" => 1,
        "radio" | "tv" | "television" => match word(at + news + 1) {
            "channel" | "station" | "network" => 2,
            _ => 1,
        },
        "outlet" | "site" | "channel" | "service" if news > 0 => 1,
        _ => return None,
    };
    Some(at + news + len)
}

/// A name with a noun for the press, from this word on.
fn press(tree: &Tree<'_>, at: usize, knowledge: &Knowledge) -> Option<House> {
    if at > 0 && tree.word(at - 1) == "-" {
        return None;
    }
    if capital(tree, at) && tree.lower(at) != "state" {
        let end = run(tree, at);
        // "Sana'a Radio", "Al-Masirah TV": the noun is in the run, and its last word.
        let inside = (at + 1..end).find(|&n| part_of_press(tree, n).is_some_and(|e| e >= end));
        let (last, close) = match inside {
            Some(n) => (n, part_of_press(tree, n)?),
            None => (end, part_of_press(tree, end)?),
        };
        let bare = tree.word(last) == "Agency";
        // "the Public Radio of Armenia"
        let proper = inside.is_some() && last + 1 == close;
        let named = if proper { named_for(tree, close) } else { close };
        if bare || named == close && !own_name(tree, (at, last), knowledge) {
            return None;
        }
        let close = named;
        return Some(House { words: (at, close), name: (at, close), press: true });
    }
    let lower = matches!(
        tree.word(at),
        "newspaper"
            | "daily"
            | "broadcaster"
            | "website"
            | "outlet"
            | "channel"
            | "radio"
            | "station"
            | "agency"
    );
    let noun =
        lower && (tree.word(at) != "agency" || at > 0 && matches!(tree.lower(at - 1), "news" | "press"));
    if noun && capital(tree, at + 1) && !matches!(tree.word(at + 1), "Radio") {
        let end = run(tree, at + 1);
        let dated = (at + 1..end).any(|n| knowledge.word(tree.lower(n)).is_some());
        let closed =
            end >= tree.len() || tree.is_verb(end) || tree.upos(end) == "AUX" || tree.upos(end) == "PUNCT";
        if !dated && closed && own_name(tree, (at + 1, end), knowledge) {
            return Some(House { words: (at, end), name: (at + 1, end), press: true });
        }
    }
    None
}

/// Is the name more than that of a state or its people ("Iranian television", "Chinese news agency"), and no office's?
fn own_name(tree: &Tree<'_>, (first, end): (usize, usize), knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = (first..end).map(|n| tree.word(n)).collect();
    if words.is_empty() || end - first > 5 || knowledge.title(&words).is_some() {
        return false;
    }
    let state = |word: &&str| {
        let hits = knowledge.names_at(&[word], 0);
        hits.iter().any(|h| matches!(h.target, Target::Actor(_)) && h.as_ != NameKind::Metonym)
            || matches!(
                word.to_lowercase().as_str(),
                "state" | "army" | "local" | "national" | "military" | "public"
            )
            || knowledge.noun(&word.to_lowercase()).is_some()
    };
    !words.iter().all(|w| state(w) || *w == "-")
}

/// A part of the press that a list knows, where it speaks: "Xinhua said".
fn listed(tree: &Tree<'_>, at: usize, knowledge: &Knowledge) -> Option<House> {
    if !capital(tree, at) || at > 0 && (tree.word(at - 1) == "-" || capital(tree, at - 1)) {
        return None;
    }
    let words: Vec<&str> = (0..tree.len()).map(|n| tree.word(n)).collect();
    let (len, _) = knowledge.outlet_at(&words, at)?;
    let end = at + len;
    let speaker = run(tree, at) <= end && head(tree, at, end).is_some_and(|top| speaks(tree, top, knowledge));
    // "an AFP tally", "a Reuters journalist": whatever force or party has the same letters.
    if run(tree, at) == end && end < tree.len() && of_trade(tree, end) {
        // Its people speak for it; its tally is its own paper.
        let people = !matches!(tree.lemma(end).as_str(), "tally" | "bureau");
        return Some(House { words: (at, end + usize::from(people)), name: (at, end), press: true });
    }
    let actor = knowledge.names_at(&words, at).iter().any(|h| {
        h.len >= len && matches!(&h.target, Target::Actor(id) if knowledge.actor(id).is_some_and(|a| a.kind != ActorKind::Organisation))
    });
    (speaker && !actor).then_some(House { words: (at, end), name: (at, end), press: true })
}

/// What only the press has before a name of its own.
fn of_trade(tree: &Tree<'_>, n: usize) -> bool {
    matches!(
        tree.lemma(n).as_str(),
        "tally"
            | "journalist"
            | "reporter"
            | "correspondent"
            | "photographer"
            | "cameraman"
            | "stringer"
            | "bureau"
    )
}

/// A name of several words that is told to be a group's, and speaks.
fn watch(tree: &Tree<'_>, at: usize, knowledge: &Knowledge) -> Option<House> {
    if !capital(tree, at) || at > 0 && tree.word(at - 1) == "-" {
        return None;
    }
    let end = run(tree, at);
    let radio = tree.word(at) == "Radio" && end > at + 1;
    let last = end - 1;
    let kind = (at + 1..end).find(|&n| keeps_watch(tree.word(n))).or_else(|| {
        // "the Indepaz institute"
        let lower = end < tree.len()
            && matches!(tree.word(end), "institute" | "network" | "observatory" | "foundation");
        lower.then_some(end)
    });
    let close = kind.map_or(end, |k| named_for(tree, k + 1).max(end));
    let top = head(tree, at, close)?;
    let told = super::said_to_be_one(tree, top) || counts(tree, top);
    let spoken = speaks(tree, top, knowledge);
    if !(radio && spoken || kind.is_some() && (told || spoken) || told && spoken && end > at) {
        return None;
    }
    let words: Vec<&str> = (at..close).map(|n| tree.word(n)).collect();
    let listed = (0..words.len()).any(|k| {
        let hits = knowledge.names_at(&words, k);
        // A body that the list has, and not the state or town in its name.
        hits.iter().any(|h| {
            let body = matches!(&h.target, Target::Actor(id) if knowledge.actor(id).is_some_and(|a| a.kind != ActorKind::State));
            body && (h.len > 1 && k == 0 || h.len == words.len())
        })
    });
    let title = knowledge.title(&words[..1]).is_some();
    let state = words.len() == 1 && !own_name(tree, (at, end), knowledge);
    // "Norway, the group's host": one word must be nobody's name.
    let place = words.len() == 1
        && knowledge
            .names_at(&words, 0)
            .iter()
            .any(|h| matches!(h.target, Target::Place(_) | Target::Actor(_)));
    if listed || title || state || place || last - at > 7 {
        return None;
    }
    Some(House { words: (at, close), name: (at, close), press: radio })
}

/// Last words of the names of those who keep watch or study.
fn keeps_watch(word: &str) -> bool {
    matches!(
        word,
        "Network"
            | "Observatory"
            | "Watch"
            | "Barometer"
            | "Monitor"
            | "Institute"
            | "Foundation"
            | "Initiative"
            | "Tracker"
            | "Forum"
    )
}

/// "for Human Rights", "of Ituri": what the name goes on with.
fn named_for(tree: &Tree<'_>, at: usize) -> usize {
    let of = at < tree.len() && matches!(tree.word(at), "for" | "of" | "on");
    if of && capital(tree, at + 1) { run(tree, at + 1) } else { at }
}

/// The word of the name that hangs on one outside it.
fn head(tree: &Tree<'_>, first: usize, end: usize) -> Option<usize> {
    let outside = |n: &usize| tree.head(*n).is_none_or(|h| !(first..end).contains(&h));
    let mut tops = (first..end).filter(outside).filter(|n| tree.upos(*n) != "PUNCT");
    let top = tops.next()?;
    // "Al" and "TV", each the subject: the first stands for both.
    let beside = |n: usize| tree.base(n) == tree.base(top) || tree.base(n) == "advmod";
    tops.all(|n| beside(n) && tree.head(n) == tree.head(top)).then_some(top)
}

/// ", which tracks violence": what such a group does.
fn counts(tree: &Tree<'_>, top: usize) -> bool {
    tree.kids_by(top, &["acl"]).any(|k| {
        tree.rel(k) == "acl:relcl"
            && matches!(
                tree.lemma(k).as_str(),
                "track" | "monitor" | "document" | "record" | "count" | "map" | "study"
            )
            && tree.kid(k, &["nsubj"]).is_some_and(|w| tree.lower(w) == "which")
    })
}

/// Does it say something: the subject of a verb of saying or counting, or "according to" it?
fn speaks(tree: &Tree<'_>, top: usize, knowledge: &Knowledge) -> bool {
    let verb = tree.head(top);
    let says = |v: usize| {
        let lemma = tree.lemma(v);
        knowledge.lexicon().speech_verb(&lemma).is_some()
            || matches!(
                lemma.as_str(),
                "count" | "put" | "record" | "document" | "estimate" | "list" | "register"
            )
    };
    tree.base(top) == "nsubj" && verb.is_some_and(says)
        || tree.case(top).is_some_and(|c| c == "according_to" || c == "according")
}

impl Casting<'_, '_> {
    /// A house by its name: the top of its words stands for it, its other words for nothing.
    pub(super) fn house(&mut self, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        let house = self.houses.get(i)?.clone()?;
        let (first, end) = house.words;
        let top = head(tree, first, end).unwrap_or(end - 1);
        if i != top {
            return Some(Meaning::default());
        }
        let ids: Vec<usize> = (house.name.0..house.name.1).collect();
        let name = tree.phrase(&ids).split_whitespace().collect::<Vec<_>>().join(" ");
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        let knowledge = self.knowledge;
        // What a list knows by that name.
        let known = knowledge.names_at(&words, 0).into_iter().filter(|h| h.len == words.len());
        let known = known.into_iter().find_map(|h| match h.target {
            Target::Actor(id) => {
                knowledge.actor(&id).filter(|a| a.kind == ActorKind::Organisation).map(|_| id)
            }
            Target::Place(_) => None,
        });
        let outlet = knowledge.outlet(&name).filter(|_| house.press);
        let name = outlet.map_or(name, |o| o.name.clone());
        let id = known.unwrap_or_else(|| ActorId::named(&format!("org/{}", slug(&name))));
        let country =
            outlet.and_then(|o| o.country.clone()).or_else(|| self.country_of_house(tree, first, end));
        let (kind, sector) = phrase::kind_of_name(&name);
        let official = house.press && (first.saturating_sub(3)..end).any(|n| of_state(tree, n));
        let behind = outlet
            .and_then(|o| o.speaks_for.clone())
            .or_else(|| country.as_ref().filter(|_| official).map(|c| knowledge.government(c, self.on)));
        let actor = Actor {
            id: id.clone(),
            name,
            kind: if house.press { ActorKind::Organisation } else { kind },
            country,
            sector: if house.press { Some(Sector::Jrn) } else { sector.or(Some(Sector::Ngo)) },
            aliases: Vec::new(),
            acts_for: behind.into_iter().collect(),
        };
        for above in &actor.acts_for {
            self.out
                .actors
                .entry(above.clone())
                .or_insert_with(|| super::known_actor(knowledge, above, None, ""));
        }
        self.out.actors.entry(id.clone()).or_insert_with(|| match knowledge.actor(&id) {
            Some(_) => super::known_actor(knowledge, &id, None, ""),
            None => actor,
        });
        let span = tree.span_of(&(first..end).collect::<Vec<_>>());
        Some(Meaning { refs: vec![ActorRef::named(id, span)], place: false, owned: false })
    }

    /// The country that the name holds, or that stands right before it: "the Colombian newspaper El Tiempo".
    fn country_of_house(&self, tree: &Tree<'_>, first: usize, end: usize) -> Option<String> {
        (first.saturating_sub(4)..end).rev().find_map(|n| {
            let near = n >= first || (n..first).all(|k| tree.word(k) != "," && !tree.is_verb(k));
            let hits = self.knowledge.names_at(&[tree.word(n)], 0);
            let capital = near && tree.word(n).starts_with(char::is_uppercase);
            capital.then(|| {
                hits.iter().find_map(|h| match &h.target {
                    Target::Actor(id) => self.knowledge.actor(id)?.country.clone(),
                    Target::Place(_) => None,
                })
            })?
        })
    }
}

/// "state news agency", "state-run", "official": a government's.
fn of_state(tree: &Tree<'_>, n: usize) -> bool {
    matches!(
        tree.lower(n),
        "state" | "official" | "government" | "state-run" | "government-run" | "state-owned"
    )
}
