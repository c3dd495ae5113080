//! Takes a tokenised sentence and a place in it, gives the names that begin there.
//!
//! "Institute of Strategic Studies in Islamabad" holds a name and a capital; "Tehreek-e-Taliban
//! Pakistan" holds an armed group, another one and a state. All that begin at a word are given, longest
//! first; the reader decides with the sentence's structure at hand.
//!
//! # How
//! 1. Every name of every actor is folded to a key ([`crate::fold`]) and put into one automaton.
//! 2. A sentence walks the automaton piece by piece; at the end of each word, what ends there is a hit.
//! 3. The case rule: where the listed name has a capital, the text must have one ("turkey" is a bird,
//!    "TURKEY" in a headline is not); acronyms stand as listed or all in capitals.
//!
//! # Does not
//! Choose between bearers of one name, or between a place and a government.

use crate::day::Day;
use crate::entry::ActorEntry;
use crate::fold::{Piece, Spellings, key, pieces, words_of};
use fst::raw::{Fst, Output};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NameKind {
    /// The name that is printed.
    Name,
    /// Another name or spelling.
    Alias,
    /// A short name in capitals.
    Acronym,
    /// An adjective: "Pakistani".
    Adjective,
    /// People: "Pakistanis", "the French".
    People,
    /// A capital, seat or building for those who govern there: "Islamabad", "the Kremlin".
    Metonym,
    /// A place.
    Place,
}

/// One bearer of one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    /// Index of the actor.
    pub(crate) actor: u32,
    /// How it is named.
    pub(crate) kind: NameKind,
    /// Pieces that must begin with a capital, as bits.
    caps: u32,
    /// The letters as listed, for acronyms and other names in capitals ("US"); empty for the rest.
    raw: String,
    /// Others bear the name too.
    pub(crate) shared: bool,
    /// When the name means this actor.
    pub(crate) from: Option<Day>,
    /// When it no longer does.
    pub(crate) to: Option<Day>,
}

/// All names, ready to be walked.
#[derive(Clone)]
pub(crate) struct Names {
    automaton: Fst<Cow<'static, [u8]>>,
    rows: Vec<Row>,
}

/// The most pieces that a name has.
pub(crate) const MOST: usize = 16;

/// The automaton's bytes and its rows, as built.
pub(crate) type Packed = (Vec<u8>, Vec<Row>);

/// Every key with its bearers.
pub(crate) fn claims(actors: &[ActorEntry], spellings: &Spellings) -> BTreeMap<String, Vec<Row>> {
    let mut listed: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for (at, actor) in actors.iter().enumerate() {
        for named in names_of(actor) {
            let (key, row) = row(at, &named, spellings);
            let rows = listed.entry(key).or_default();
            if !rows.iter().any(|r| r.actor == row.actor && r.kind == row.kind && r.raw == row.raw) {
                rows.push(row);
            }
        }
    }
    listed
}

/// Builds the automaton from actors in the order in which their indices count.
pub(crate) fn build(actors: &[ActorEntry], spellings: &Spellings) -> Packed {
    let mut builder = fst::raw::Builder::memory();
    let mut all = Vec::new();
    for (key, mut rows) in claims(actors, spellings) {
        rows.sort_by_key(|r| (r.kind, r.actor));
        let value = (all.len() as u64) << 8 | rows.len().min(255) as u64;
        builder.insert(&key, value).expect("keys of a BTreeMap come in order, each once");
        all.append(&mut rows);
    }
    (builder.into_inner().expect("writing to memory does not fail"), all)
}

/// A name to be listed.
struct Named<'a> {
    text: Cow<'a, str>,
    kind: NameKind,
    shared: bool,
    from: Option<Day>,
    to: Option<Day>,
}

/// Every name of an actor, derived ones among them; what is derived from a shared name is shared.
fn names_of(actor: &ActorEntry) -> Vec<Named<'_>> {
    let mut out = Vec::new();
    let mut add = |listed: &str, text: String, kind| {
        let shared = actor.shared.iter().any(|s| s == listed);
        out.push(Named { text: Cow::Owned(text), kind, shared, from: None, to: None });
    };
    let lists = [
        (NameKind::Alias, &actor.aliases),
        (NameKind::Acronym, &actor.acronyms),
        (NameKind::Adjective, &actor.adjectives),
        (NameKind::People, &actor.people),
        (NameKind::Metonym, &actor.seats),
    ];
    add(&actor.name, actor.name.clone(), NameKind::Name);
    for (kind, list) in lists {
        for name in list {
            add(name, name.clone(), kind);
            let derived = match kind {
                NameKind::Adjective => people_of(name),
                NameKind::People => vec![plural(name)],
                _ => Vec::new(),
            };
            derived.into_iter().for_each(|people| add(name, people, NameKind::People));
        }
    }
    let held = actor.holds.iter().flat_map(|h| h.seats.iter().map(move |s| (h, s)));
    out.extend(held.map(|(h, seat)| {
        let shared = actor.shared.contains(seat);
        Named { text: seat.into(), kind: NameKind::Metonym, shared, from: h.from, to: h.to }
    }));
    out.retain(|n| !n.text.is_empty());
    out
}

/// People called like the adjective: "Pakistani", "Pakistanis"; "the French".
fn people_of(adjective: &str) -> Vec<String> {
    let same = adjective.to_string();
    if adjective.ends_with("an") || adjective.ends_with('i') || adjective.ends_with("ite") {
        let many = plural(adjective);
        vec![same, many]
    } else if ["ese", "ish", "ch", "ss"].iter().any(|end| adjective.ends_with(end)) {
        vec![same]
    } else {
        Vec::new()
    }
}

/// The plural of a people's name.
fn plural(one: &str) -> String {
    if let Some(stem) = one.strip_suffix("man") {
        let compound = !stem.is_empty() && !["Ger", "O", "Ro", "Turk", "Mus"].contains(&stem);
        if compound && (stem.ends_with("sh") || stem.ends_with("ch")) {
            return format!("{stem}men");
        }
    }
    if ["ese", "ss", "sh", "ch", "x"].iter().any(|end| one.ends_with(end)) {
        return one.to_string();
    }
    format!("{one}s")
}

/// The key and the row of a name.
fn row(at: usize, named: &Named<'_>, spellings: &Spellings) -> (String, Row) {
    let bare = named.text.strip_prefix("the ").unwrap_or(&named.text);
    let parts = pieces(&words_of(bare), spellings, MOST);
    let caps = parts.iter().take(32).enumerate().fold(0, |bits, (i, p)| bits | u32::from(p.capital) << i);
    let shouted = |text: &str| text.len() > 1 && !text.chars().any(char::is_lowercase);
    let exact = named.kind == NameKind::Acronym || shouted(&spelled(&parts));
    let raw = if exact { spelled(&parts) } else { String::new() };
    let Named { kind, shared, from, to, .. } = *named;
    (key(&parts), Row { actor: at as u32, kind, caps, raw, shared, from, to })
}

/// The letters of pieces, as printed.
fn spelled(parts: &[Piece]) -> String {
    parts.iter().map(|p| p.raw.as_str()).collect()
}

impl Names {
    /// The automaton and its rows, read back.
    pub(crate) fn new(bytes: Cow<'static, [u8]>, rows: Vec<Row>) -> Names {
        let automaton = Fst::new(bytes).expect("the bytes were written by `build`");
        Names { automaton, rows }
    }

    /// Calls back for every name that the pieces begin with: words taken, and its rows.
    pub(crate) fn at<'a>(&'a self, parts: &[Piece], mut hit: impl FnMut(usize, &'a Row)) {
        walk(&self.automaton, parts, |end, value| {
            let (start, count) = ((value >> 8) as usize, (value & 255) as usize);
            let taken = &parts[..=end];
            let fitting = self.rows[start..start + count].iter().filter(|row| row.fits(taken));
            fitting.for_each(|row| hit(parts[end].word + 1, row));
        });
    }
}

impl Row {
    /// When the name means this actor: its own interval, or the actor's.
    pub(crate) fn span(&self, actor: &ActorEntry) -> (Option<Day>, Option<Day>) {
        if self.from.is_some() || self.to.is_some() { (self.from, self.to) } else { (actor.from, actor.to) }
    }

    /// The case rule.
    fn fits(&self, taken: &[Piece]) -> bool {
        if !self.raw.is_empty() {
            let printed = spelled(taken);
            return printed == self.raw || !printed.chars().any(char::is_lowercase);
        }
        taken.iter().take(32).enumerate().all(|(i, p)| p.capital || self.caps >> i & 1 == 0)
    }
}

/// Walks an automaton along pieces; calls back at the end of each word that ends a key, with the index
/// of the last piece and the key's value.
pub(crate) fn walk<D: AsRef<[u8]>>(fst: &Fst<D>, parts: &[Piece], mut ends: impl FnMut(usize, u64)) {
    let mut node = fst.root();
    let mut out = Output::zero();
    for (i, part) in parts.iter().enumerate() {
        let space = if i > 0 && !part.glued { " " } else { "" };
        for byte in space.bytes().chain(part.text.bytes()) {
            let Some(next) = node.find_input(byte) else { return };
            let step = node.transition(next);
            out = out.cat(step.out);
            node = fst.node(step.addr);
        }
        let word_ends = parts.get(i + 1).is_none_or(|next| next.word != part.word);
        if word_ends && node.is_final() {
            ends(i, out.cat(node.final_output()).value());
        }
    }
}
