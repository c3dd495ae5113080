//! Takes the entries of all files, gives the tables that look-ups use: merged, expanded, sorted.
//!
//! The same step serves the bundled files at build time and a user's files at run time.
//!
//! # How
//! 1. Entries with one key add up: generated facts, our own supplement, a user's additions.
//! 2. Every country becomes an actor, a territory one that acts for its state.
//! 3. Portfolios make their ministers and ministries ("minister of defence", "defense ministry").
//! 4. Every table is sorted by the key that its look-up searches for.

use crate::entry::{
    ActorEntry, BodyEntry, ContextEntry, Country, CueEntry, Entries, ModeEntry, NounEntry, OutletEntry,
    PortfolioEntry, Rank, SectorEntry, Shape, TitleEntry, TypeEntry, WordEntry,
};
use crate::fold::{Spellings, fold, key, pieces, words_of};
use crate::names::{MOST, Row};
use detente_types::{ActorId, ActorKind, Sector};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything but the automata.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stock {
    /// Sorted by id.
    pub(crate) actors: Vec<ActorEntry>,
    /// Sorted by alpha-3.
    pub(crate) countries: Vec<Country>,
    /// Sorted by suffix.
    pub(crate) bodies: Vec<BodyEntry>,
    pub(crate) titles: Vec<TitleEntry>,
    pub(crate) nouns: Vec<NounEntry>,
    pub(crate) outlets: Vec<OutletEntry>,
    pub(crate) cues: Vec<CueEntry>,
    pub(crate) types: Vec<TypeEntry>,
    pub(crate) modes: Vec<ModeEntry>,
    pub(crate) contexts: Vec<ContextEntry>,
    pub(crate) sectors: Vec<SectorEntry>,
    pub(crate) words: Vec<WordEntry>,
    /// Variant and class of spelling.
    pub(crate) spellings: Vec<(String, String)>,
    /// Keys of titles, nouns, outlets, web domains, sorted, with their index.
    pub(crate) title_keys: Vec<(String, u32)>,
    pub(crate) noun_keys: Vec<(String, u32)>,
    pub(crate) outlet_keys: Vec<(String, u32)>,
    pub(crate) domain_keys: Vec<(String, u32)>,
    /// Rows of the automaton of names.
    pub(crate) rows: Vec<Row>,
}

/// The spelling classes of these entries.
pub(crate) fn spellings_of(entries: &Entries) -> Vec<(String, String)> {
    let classes = entries.spellings.iter();
    classes.flat_map(|s| s.also.iter().map(|variant| (fold(variant), fold(&s.form)))).collect()
}

/// Makes the tables. The rows of names are left to the caller, who owns the automaton.
pub(crate) fn make(entries: Entries) -> Stock {
    let mut entries = entries;
    let pairs = spellings_of(&entries);
    let spellings = Spellings::new(pairs.clone());
    entries.titles.extend(entries.portfolios.iter().map(minister));
    entries.nouns.extend(entries.portfolios.iter().map(ministry));
    entries.countries.sort_by(|a, b| a.alpha3.cmp(&b.alpha3));
    entries.bodies.sort_by(|a, b| a.suffix.cmp(&b.suffix));
    entries.words.sort_by(|a, b| a.word.cmp(&b.word));
    let title_forms = entries.titles.iter().map(|t| std::iter::once(&t.title).chain(&t.forms));
    let title_keys = keys(title_forms, &spellings);
    let noun_forms: Vec<Vec<String>> = entries.nouns.iter().map(forms_of).collect();
    let noun_keys = keys(noun_forms.iter().map(|f| f.iter()), &spellings);
    let outlet_keys =
        keys(entries.outlets.iter().map(|o| std::iter::once(&o.name).chain(&o.aliases)), &spellings);
    let mut domain_keys: Vec<(String, u32)> = Vec::new();
    for (i, outlet) in entries.outlets.iter().enumerate() {
        domain_keys.extend(outlet.domains.iter().map(|d| (d.clone(), i as u32)));
    }
    domain_keys.sort();
    Stock {
        actors: actors(&entries.countries, entries.actors),
        countries: entries.countries,
        bodies: entries.bodies,
        titles: entries.titles,
        nouns: entries.nouns,
        outlets: entries.outlets,
        cues: entries.cues,
        types: entries.types,
        modes: entries.modes,
        contexts: entries.contexts,
        sectors: entries.sectors,
        words: entries.words,
        spellings: pairs,
        title_keys,
        noun_keys,
        outlet_keys,
        domain_keys,
        rows: Vec::new(),
    }
}

/// Sorted keys of many forms, with the index of what they belong to; the first to claim a key keeps it.
fn keys<'a, F>(forms: impl Iterator<Item = F>, spellings: &Spellings) -> Vec<(String, u32)>
where
    F: Iterator<Item = &'a String>,
{
    let mut out = BTreeMap::new();
    for (i, forms) in forms.enumerate() {
        for form in forms {
            let key = key(&pieces(&words_of(form), spellings, MOST));
            out.entry(key).or_insert(i as u32);
        }
    }
    out.into_iter().collect()
}

/// Merges actors with one id, and adds one for every country.
fn actors(countries: &[Country], listed: Vec<ActorEntry>) -> Vec<ActorEntry> {
    let mut by_id: BTreeMap<ActorId, ActorEntry> =
        countries.iter().map(of_country).map(|a| (a.id.clone(), a)).collect();
    for actor in listed {
        match by_id.get_mut(&actor.id) {
            Some(known) => add(known, actor),
            None => {
                by_id.insert(actor.id.clone(), actor);
            }
        }
    }
    by_id.into_values().collect()
}

/// The actor that a country is.
fn of_country(c: &Country) -> ActorEntry {
    let mut actor = ActorEntry::bare(ActorId::named(&c.alpha3));
    actor.name.clone_from(&c.name);
    actor.country = Some(c.alpha3.clone());
    actor.aliases = c.official.iter().chain(&c.aliases).cloned().collect();
    actor.adjectives.clone_from(&c.adjectives);
    actor.seats = c.capital.iter().cloned().collect();
    (actor.from, actor.to) = (c.from, c.to);
    if let Some(owner) = &c.part_of {
        actor.kind = ActorKind::Body;
        actor.sector = Some(Sector::Gov);
        actor.acts_for = vec![ActorId::named(owner)];
    }
    actor
}

/// Adds what a later entry says of an actor that is known already.
fn add(known: &mut ActorEntry, more: ActorEntry) {
    let lists = [
        (&mut known.aliases, more.aliases),
        (&mut known.acronyms, more.acronyms),
        (&mut known.adjectives, more.adjectives),
        (&mut known.people, more.people),
        (&mut known.seats, more.seats),
        (&mut known.shared, more.shared),
        (&mut known.yes, more.yes),
        (&mut known.no, more.no),
    ];
    for (list, more) in lists {
        for name in more {
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
    if !more.name.is_empty() && more.name != known.name {
        let before = std::mem::replace(&mut known.name, more.name);
        known.aliases.push(before);
    }
    known.holds.extend(more.holds);
    known.offices.extend(more.offices);
    known.acts_for.extend(more.acts_for);
    known.article |= more.article;
    known.sector = more.sector.or(known.sector);
    known.bloc = more.bloc.or(known.bloc);
    known.from = more.from.or(known.from);
    known.to = more.to.or(known.to);
    known.note = more.note.or(known.note.take());
    known.country = more.country.or(known.country.take());
    if more.kind != ActorKind::State {
        known.kind = more.kind;
    }
}

/// The minister of a portfolio.
fn minister(p: &PortfolioEntry) -> TitleEntry {
    let mut forms = Vec::new();
    for w in &p.words {
        for office in ["minister", "secretary"] {
            forms.extend([format!("{w} {office}"), format!("{office} of {w}"), format!("{office} for {w}")]);
        }
        forms.push(format!("minister in charge of {w}"));
    }
    let (title, body) = (format!("{} minister", p.name), Some(p.body.clone()));
    TitleEntry {
        title,
        forms,
        rank: Rank::Minister,
        body,
        sector: Some(Sector::Gov),
        single: true,
        of: None,
        honorific: false,
    }
}

/// The ministry of a portfolio.
fn ministry(p: &PortfolioEntry) -> NounEntry {
    let mut forms = Vec::new();
    for w in &p.words {
        for house in ["ministry", "department"] {
            forms.extend([format!("{w} {house}"), format!("{house} of {w}"), format!("{house} for {w}")]);
        }
    }
    let noun = format!("{} ministry", p.name);
    NounEntry {
        noun,
        forms,
        shape: Shape::Institution,
        kind: ActorKind::Body,
        sector: Some(Sector::Gov),
        body: Some(p.body.clone()),
        counts: None,
        empty: false,
    }
}

/// Lemma, listed forms, and the regular plural of each.
fn forms_of(noun: &NounEntry) -> Vec<String> {
    let singular = std::iter::once(&noun.noun).chain(&noun.forms);
    singular.flat_map(|form| [form.clone(), plural(form)]).collect()
}

/// The regular English plural of the last word, or of the word before "of".
fn plural(noun: &str) -> String {
    if let Some((head, rest)) = noun.split_once(" of ") {
        return format!("{} of {rest}", plural(head));
    }
    let stem = |cut: usize, end: &str| format!("{}{end}", &noun[..noun.len() - cut]);
    let vowel_before_y = ["ay", "ey", "oy", "uy"].iter().any(|end| noun.ends_with(end));
    match noun {
        n if n.ends_with("man") && !n.ends_with("human") => stem(2, "en"),
        n if n.ends_with('y') && !vowel_before_y => stem(1, "ies"),
        n if ["s", "x", "ch", "sh"].iter().any(|end| n.ends_with(end)) => stem(0, "es"),
        _ => stem(0, "s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_english() {
        for (one, many) in [
            ("soldier", "soldiers"),
            ("gunman", "gunmen"),
            ("embassy", "embassies"),
            ("member of parliament", "members of parliament"),
            ("convoy", "convoys"),
            ("church", "churches"),
        ] {
            assert_eq!(plural(one), many);
        }
    }
}
