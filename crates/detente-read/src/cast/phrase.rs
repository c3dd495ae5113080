//! The words of a noun phrase: which of them are a name, which belong to a title, what they are written as.

use crate::tree::Tree;
use detente_knowledge::{Knowledge, Resolved, Target};
use detente_types::{Actor, ActorId, ActorKind, Sector};
use jiff::civil::Date;

/// For each token the known name of two or more words that covers it, the longest from the left.
pub(crate) fn name_spans(
    tree: &Tree<'_>,
    knowledge: &Knowledge,
    on: Option<Date>,
) -> Vec<Option<(usize, usize)>> {
    let words: Vec<&str> = (0..tree.len()).map(|n| tree.word(n)).collect();
    let mut out = vec![None; words.len()];
    let mut i = 0;
    while i < words.len() {
        let hits = if words[i].starts_with(char::is_alphanumeric) {
            knowledge.names_at(&words, i)
        } else {
            Vec::new()
        };
        let place =
            hits.iter().filter(|h| matches!(h.target, Target::Place(_))).map(|h| h.len).max().unwrap_or(0);
        let actor =
            hits.iter().filter(|h| h.valid(on) && group_name(h, knowledge)).map(|h| h.len).max().unwrap_or(0);
        if actor > 1 && actor >= place {
            out[i..i + actor].fill(Some((i, i + actor)));
            i += actor;
        } else {
            i += place.max(1);
        }
    }
    out
}

/// A name of an actor that is no person.
pub(super) fn group_name(hit: &detente_knowledge::NameHit, knowledge: &Knowledge) -> bool {
    match &hit.target {
        Target::Actor(id) => knowledge.actor(id).is_some_and(|a| a.kind != ActorKind::Person),
        Target::Place(_) => false,
    }
}

/// Do the words look like a name: all with capitals but for small words inside?
pub(super) fn name_like(words: &str) -> bool {
    let small = |w: &str| {
        matches!(
            w,
            "of" | "the"
                | "and"
                | "for"
                | "de"
                | "al"
                | "el"
                | "e"
                | "i"
                | "ul"
                | "la"
                | "du"
                | "des"
                | "von"
                | "bin"
                | "'s"
                | "&"
        )
    };
    let capital = |w: &str| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || w.contains('-') && w.contains(char::is_uppercase)
    };
    let mut all = words.split_whitespace();
    all.clone().count() <= 8
        && all.all(|w| capital(w) || small(w))
        && words.starts_with(|c: char| c.is_uppercase() || c == 'a')
        && words.contains(char::is_uppercase)
}

/// "the Saudi Maternity Hospital", "the American University of Beirut": a nationality inside the name of a house says
/// nothing of whose it is.
pub(super) fn proper_premises(tree: &Tree<'_>, i: usize, ids: &[usize]) -> bool {
    let house = matches!(
        tree.lower(i),
        "hospital"
            | "university"
            | "school"
            | "college"
            | "mosque"
            | "church"
            | "cathedral"
            | "bank"
            | "clinic"
            | "hotel"
    );
    let before = ids.iter().filter(|&&n| n < i && tree.word(n).starts_with(char::is_uppercase)).count();
    house && tree.word(i).starts_with(char::is_uppercase) && before > 1
}

/// "Yarmouk Watch, a monitoring group": an apposition says that the name is an organisation's.
pub(super) fn said_to_be_one(tree: &Tree<'_>, i: usize) -> bool {
    tree.kids_by(i, &["appos"]).any(|k| {
        matches!(
            tree.lemma(k).as_str(),
            "group"
                | "organisation"
                | "organization"
                | "monitor"
                | "watchdog"
                | "charity"
                | "agency"
                | "network"
                | "coalition"
                | "alliance"
                | "association"
                | "union"
                | "institute"
                | "centre"
                | "center"
                | "foundation"
                | "site"
                | "website"
                | "outlet"
                | "newspaper"
                | "broadcaster"
                | "observatory"
        )
    })
}

/// "A Bamako-based diplomat", "a diplomat": of some country, and not of the one in play.
pub(super) fn strange(tree: &Tree<'_>, i: usize) -> bool {
    let diplomat = matches!(tree.lemma(i).as_str(), "diplomat" | "ambassador" | "envoy");
    let the =
        tree.kids_by(i, &["det", "nmod:poss"]).any(|d| !matches!(tree.lower(d), "a" | "an" | "one" | "some"));
    diplomat && tree.upos(i) == "NOUN" && !the || based(tree, i).next().is_some()
}

/// "London-based": the words that say where somebody is at work, which is no country of theirs.
pub(super) fn based<'a>(tree: &'a Tree<'_>, i: usize) -> impl Iterator<Item = usize> + 'a {
    let based = tree.kids_by(i, &["amod"]).filter(|&k| tree.lower(k) == "based" && k > 0);
    based.flat_map(|k| tree.subtree(k))
}

/// Actors whose people stand for them.
pub(super) fn group_like(kind: ActorKind) -> bool {
    matches!(
        kind,
        ActorKind::ArmedGroup | ActorKind::DefactoGovernment | ActorKind::Organisation | ActorKind::Forum
    )
}

/// Sectors that speak for their state.
pub(super) fn official(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy | Sector::Jud | Sector::Leg)
}

/// Does the token head a noun phrase that may name an actor?
pub(super) fn heads_phrase(tree: &Tree<'_>, i: usize) -> bool {
    let adjective = tree.upos(i) == "ADJ"
        && tree.word(i).starts_with(char::is_uppercase)
        && matches!(tree.base(i), "amod" | "conj" | "compound");
    let nominal = adjective
        || tree.is_noun(i)
        || tree.upos(i) == "PRON"
        || (matches!(tree.upos(i), "DET" | "NUM" | "ADJ") && tree.is_nominal(i));
    // The "Nine" of "Nine people" is no town.
    let counts = tree.upos(i) == "NUM" && tree.base(i) == "nummod";
    nominal && !counts && !matches!(tree.base(i), "flat" | "fixed" | "goeswith")
}

/// The words of a mention: the core, with what belongs to titles ("ambassador *to Pakistan*").
pub(super) fn mention_words(tree: &Tree<'_>, i: usize) -> Vec<usize> {
    words_of(tree, i, true)
}

/// The same; without what follows the head if the head names no actor ("talks *between Iran and Oman*").
pub(super) fn words_of(tree: &Tree<'_>, i: usize, tail: bool) -> Vec<usize> {
    let mut core = if tail { tree.core(i) } else { tree.short_core(i) };
    if tail {
        // "Ministry of Defence": the preposition belongs to the name.
        let of = core
            .iter()
            .filter(|&&n| n != i)
            .flat_map(|&n| tree.kids_by(n, &["case"]).filter(move |&c| c < n));
        let of: Vec<usize> =
            of.filter(|&c| c > core[0] && matches!(tree.lower(c), "of" | "for" | "to")).collect();
        core.extend(of);
        core.sort_unstable();
        core.dedup();
    }
    let first_of: Vec<usize> = core
        .iter()
        .copied()
        .filter(|&n| !matches!(tree.base(n), "det") || n != core[0])
        .filter(|&n| {
            !tree.word(n).chars().all(|c| !c.is_alphanumeric())
                || tree.lower(n) == "-"
                || tree.lower(n) == "'s"
                || tree.lower(n) == "'"
        })
        .collect();
    first_of
}

/// The words as a name: without articles, possessives and what follows a preposition, at most 80 bytes.
pub(super) fn short_name(tree: &Tree<'_>, ids: &[usize]) -> String {
    // "180 soldiers" are soldiers when they are told of again.
    let counts = |n: usize| {
        tree.base(n) == "nummod" && tree.word(n).chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    };
    let keep = ids.iter().copied().filter(|&n| !matches!(tree.base(n), "det") && !counts(n));
    let keep: Vec<usize> = keep.collect();
    let phrase = tree.phrase(&keep).split_whitespace().collect::<Vec<_>>().join(" ");
    let phrase = phrase.trim_start_matches("the ").trim_start_matches("The ");
    phrase
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .trim_end_matches(['’', '\''])
        .chars()
        .take(80)
        .collect()
}

/// Lower-case ASCII words joined by hyphens.
pub(crate) fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let mut out = String::new();
    for c in plain.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_string()
}

/// An actor as the knowledge has it, else composed from its key and the resolution.
pub(crate) fn known_actor(knowledge: &Knowledge, id: &ActorId, r: Option<&Resolved>, words: &str) -> Actor {
    let listed = knowledge.actor(id).cloned();
    let entry = listed.or_else(|| {
        let (owner, suffix) = id.as_str().split_once('/')?;
        knowledge.body(&ActorId::named(owner), suffix)
    });
    match entry {
        Some(e) => Actor {
            id: id.clone(),
            name: e.name.clone(),
            kind: e.kind,
            country: e.country.clone().or_else(|| r.and_then(|r| r.country.clone())),
            sector: e.sector,
            aliases: Vec::new(),
            acts_for: e.acts_for.clone(),
        },
        None => Actor {
            id: id.clone(),
            name: words.to_string(),
            kind: r.and_then(|r| r.kind).unwrap_or(ActorKind::Organisation),
            country: r.and_then(|r| r.country.clone()),
            sector: r.and_then(|r| r.sector),
            aliases: Vec::new(),
            acts_for: Vec::new(),
        },
    }
}

/// What the name of an unknown body says about it.
pub(super) fn kind_of_name(name: &str) -> (ActorKind, Option<Sector>) {
    let lower = name.to_lowercase();
    let has =
        |words: &[&str]| words.iter().any(|w| lower.split(|c: char| !c.is_alphanumeric()).any(|x| x == *w));
    if has(&[
        "front",
        "army",
        "brigade",
        "brigades",
        "movement",
        "militia",
        "liberation",
        "resistance",
        "guerrilla",
        "jihad",
        "fighters",
        "mujahideen",
    ]) {
        (ActorKind::ArmedGroup, Some(Sector::Reb))
    } else if has(&["party", "congress", "coalition", "alliance", "league"]) {
        (ActorKind::Organisation, Some(Sector::Pty))
    } else if has(&["university", "institute", "school", "college", "academy", "centre", "center"]) {
        (ActorKind::Organisation, Some(Sector::Edu))
    } else if has(&["company", "corporation", "inc", "ltd", "bank", "group", "airlines", "airways"]) {
        (ActorKind::Organisation, Some(Sector::Bus))
    } else if has(&["rights", "watch", "foundation", "charity", "relief", "aid"]) {
        (ActorKind::Organisation, Some(Sector::Ngo))
    } else {
        (ActorKind::Organisation, None)
    }
}
