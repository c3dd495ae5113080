//! Persons with the titles that introduce them, and bodies introduced with an acronym.

use super::title::{introduction, known_office, printed_title, served, titled_names};
use super::{Casting, Meaning, slug};
use crate::text::Text;
use crate::tree::Tree;
use detente_knowledge::{Knowledge, Modifier, Rank, Resolved, Target};
use detente_types::{Actor, ActorId, ActorKind, ActorRef, Certainty, Office, Sector, Span, Via, When};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A person of the report.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Key.
    pub(crate) id: ActorId,
    /// Full name as first printed.
    pub(crate) name: String,
    /// What the introducing words say: country, sector, title.
    pub(crate) office: Option<Resolved>,
    /// The actor served: state, body or group.
    pub(crate) of: Option<ActorId>,
}

/// An office stated by the report.
#[derive(Clone, Debug)]
pub(crate) struct Introduction {
    /// The office.
    pub(crate) office: Office,
    /// The sentence.
    pub(crate) sentence: usize,
    /// The words: title and name.
    pub(crate) span: Span,
}

/// All persons and introduced bodies, by the names they go by.
#[derive(Clone, Debug, Default)]
pub(super) struct Register {
    persons: Vec<Person>,
    by_name: BTreeMap<String, usize>,
    bodies: BTreeMap<String, Body>,
    on: Option<Date>,
    pub(super) introductions: Vec<Introduction>,
}

/// A body that the report introduces by its full name and acronym.
#[derive(Clone, Debug)]
struct Body {
    id: ActorId,
    name: String,
    kind: ActorKind,
    sector: Option<Sector>,
    country: Option<String>,
}

/// First pass over the report: who is introduced, and how. Full names come first, so that "Muttaqi" in the
/// headline is "Amir Khan Muttaqi" of the third paragraph.
pub(super) fn register(text: &Text<'_>, knowledge: &Knowledge, on: Option<Date>) -> Register {
    let mut out = Register { on, ..Register::default() };
    let mut runs = Vec::new();
    for (s, sentence) in text.sentences.iter().enumerate() {
        let Some(tree) = &sentence.tree else { continue };
        runs.extend(person_runs(tree, knowledge, on).into_iter().map(|run| (s, run, name_of(tree, run))));
        out.add_bodies(tree, knowledge, on);
    }
    let mut names: Vec<&str> =
        runs.iter().map(|(_, _, name)| name.as_str()).filter(|n| n.contains(' ')).collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.split(' ').count()));
    for name in names {
        if out.person(name).is_none() {
            out.new_person(name, knowledge);
        }
    }
    for (_, _, name) in runs.iter().filter(|(_, _, name)| !name.contains(' ')) {
        out.go_by_first(name);
    }
    for (s, run, name) in &runs {
        if let Some(tree) = &text.sentences[*s].tree {
            out.add_person(*s, tree, *run, name, knowledge, on);
        }
    }
    out.drop_general_titles(knowledge);
    out
}

/// The words of a run, without a possessive.
fn name_of(tree: &Tree<'_>, (first, last): (usize, usize)) -> String {
    let ids: Vec<usize> = (first..=last).collect();
    let name = tree.phrase(&ids).split_whitespace().collect::<Vec<_>>().join(" ");
    name.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’', ',']).to_string()
}

/// For each token the name of two or more words of a known person that covers it; not where the analyser's name
/// goes on ("Hassan Sheikh Mohamud Ali").
pub(super) fn faces(tree: &Tree<'_>, knowledge: &Knowledge) -> Vec<Option<(usize, usize)>> {
    let words: Vec<&str> = (0..tree.len()).map(|n| tree.word(n)).collect();
    let mut out = vec![None; words.len()];
    let goes_on = |n: usize| tree.tokens[n].name == Some("PER") && knowledge.title(&[words[n]]).is_none();
    let mut i = 0;
    while i < words.len() {
        let capital =
            words[i].starts_with(char::is_uppercase) || matches!(words[i], "bin" | "al" | "el" | "de");
        let hits = if capital { knowledge.names_at(&words, i) } else { Vec::new() };
        let longest = hits.first().filter(|h| h.len > 1);
        let person =
            longest.filter(|h| matches!(&h.target, Target::Actor(id) if id.as_str().starts_with("person/")));
        let end = i + person.map_or(0, |h| h.len);
        let before =
            i > 0 && goes_on(i - 1) && !tree.tokens[i].name_begins && tree.tokens[i].name == Some("PER");
        let after = end < words.len() && goes_on(end) && !tree.tokens[end].name_begins;
        if person.is_some() && !before && !after {
            out[i..end].fill(Some((i, end)));
        }
        i += longest.map_or(1, |h| h.len);
    }
    titled_names(tree, knowledge, &mut out);
    out
}

/// Runs of tokens that are a known person's name or are tagged as one; a title inside the run is left out.
fn person_runs(tree: &Tree<'_>, knowledge: &Knowledge, on: Option<Date>) -> Vec<(usize, usize)> {
    let spans = super::name_spans(tree, knowledge, on);
    let faces = faces(tree, knowledge);
    let houses = super::houses::houses(tree, knowledge);
    let mut out = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        if let Some((first, end)) = faces[i] {
            out.push((first, end - 1));
            i = end;
            continue;
        }
        if tree.tokens[i].name != Some("PER") || houses[i].is_some() {
            i += 1;
            continue;
        }
        let mut last = i;
        while last + 1 < tree.len()
            && tree.tokens[last + 1].name == Some("PER")
            && !tree.tokens[last + 1].name_begins
            && faces[last + 1].is_none()
            && houses[last + 1].is_none()
        {
            last += 1;
        }
        // "Boko Haram" is a group, whatever the analyser makes of it.
        let words: Vec<&str> = (i..=last).map(|n| tree.word(n)).collect();
        let of_place = || (1..=2).any(|n| i >= n && ends_place(tree, i - n, last, knowledge));
        if !(i..=last).all(|n| spans[n].is_some()) && !no_person(&words, knowledge) && !of_place() {
            let title = knowledge.title(&words).filter(|t| t.len < words.len()).map_or(0, |t| t.len);
            let particle =
                |n: usize| matches!(tree.lower(n), "al" | "bin" | "van" | "de" | "el" | "von" | "ben");
            let first =
                (i + title..=last).find(|&n| tree.word(n).starts_with(char::is_uppercase) || particle(n));
            let letters = |n: usize| tree.word(n).chars().filter(|c| c.is_alphabetic()).count() > 1;
            out.extend(first.filter(|&n| letters(n)).map(|n| (n, last)));
        }
        i = last + 1;
    }
    out
}

/// Is this, from its first to its last word, the name of a place ("El Fasher", of which the analyser takes half for a
/// man's)?
fn ends_place(tree: &Tree<'_>, first: usize, last: usize, knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = (first..=last).map(|n| tree.word(n)).collect();
    let place = |h: &detente_knowledge::NameHit| h.len == words.len() && matches!(h.target, Target::Place(_));
    words.iter().all(|w| w.starts_with(char::is_uppercase))
        && tree.tokens[first].name != Some("PER")
        && knowledge.names_at(&words, 0).iter().any(place)
}

/// Words that are a title ("General" of "Secretary-General"), or the name of a place of several words.
fn no_person(words: &[&str], knowledge: &Knowledge) -> bool {
    let title = knowledge.title(words).is_some_and(|t| t.len == words.len());
    let whole = |place: bool| {
        let hits = knowledge.names_at(words, 0);
        hits.iter().any(|h| h.len == words.len() && matches!(h.target, Target::Place(_)) == place)
    };
    title || words.len() > 1 && whole(true) && !whole(false)
}

impl Register {
    /// "Somchai Rattanakul" is "Somchai" later, where nobody else of the report begins so or is called so.
    fn go_by_first(&mut self, name: &str) {
        if self.by_name.contains_key(&slug(name)) {
            return;
        }
        let mut bearers = (0..self.persons.len())
            .filter(|&n| self.persons[n].name.split_once(' ').is_some_and(|(first, _)| first == name));
        if let (Some(only), None) = (bearers.next(), bearers.next()) {
            self.by_name.insert(slug(name), only);
        }
    }

    /// The person whose name the words are: whole, or the surname.
    pub(super) fn person(&self, name: &str) -> Option<&Person> {
        self.by_name.get(&slug(name)).map(|&at| &self.persons[at])
    }

    pub(super) fn persons(&self) -> &[Person] {
        &self.persons
    }

    fn add_person(
        &mut self,
        s: usize,
        tree: &Tree<'_>,
        run: (usize, usize),
        name: &str,
        knowledge: &Knowledge,
        on: Option<Date>,
    ) {
        let (first, last) = run;
        let (office, span) = introduction(tree, first, last, knowledge, on);
        if first == last
            && office.is_none()
            && !self.by_name.contains_key(&slug(name))
            && !stands_as_person(tree, first, name, knowledge)
        {
            return;
        }
        let at = match self.by_name.get(&slug(name)) {
            Some(&at) => at,
            None => self.new_person(name, knowledge),
        };
        self.keep_office(at, s, office, span, knowledge, on);
    }

    fn new_person(&mut self, name: &str, knowledge: &Knowledge) -> usize {
        let words: Vec<&str> = name.split(' ').collect();
        let whole = |h: &detente_knowledge::NameHit| {
            h.len == words.len()
                && matches!(&h.target, Target::Actor(id) if id.as_str().starts_with("person/"))
        };
        let listed = knowledge.names_at(&words, 0).iter().any(whole);
        let chosen = || knowledge.resolve_phrase(&words, None, self.on)?.actor;
        let known = listed.then(chosen).flatten().filter(|id| id.as_str().starts_with("person/"));
        let id = known.unwrap_or_else(|| ActorId::named(&format!("person/{}", slug(name))));
        if let Some(at) = self.persons.iter().position(|p| p.id == id) {
            self.by_name.insert(slug(name), at);
            return at;
        }
        let at = self.persons.len();
        self.persons.push(Person { id, name: name.to_string(), office: None, of: None });
        self.by_name.insert(slug(name), at);
        self.go_by_parts(at, &words);
        at
    }

    /// Whoever is named in full is called by the end of the name later: "Amir Khan Muttaqi" is "Khan Muttaqi"
    /// and "Muttaqi"; "al-Burhan" is "Burhan"; a middle name is left out.
    fn go_by_parts(&mut self, at: usize, words: &[&str]) {
        let [first, .., surname] = words else { return };
        if words.len() > 1 {
            let tails = (1..words.len()).map(|n| words[n..].join(" "));
            let outer = format!("{first} {surname}");
            let bare = surname
                .strip_prefix("al-")
                .or_else(|| surname.strip_prefix("Al-"))
                .or_else(|| surname.strip_prefix("el-"));
            let names: Vec<String> = tails.chain([outer]).chain(bare.map(str::to_string)).collect();
            for name in names {
                self.by_name.entry(slug(&name)).or_insert(at);
            }
        }
    }

    fn keep_office(
        &mut self,
        at: usize,
        s: usize,
        office: Option<Resolved>,
        span: Span,
        knowledge: &Knowledge,
        on: Option<Date>,
    ) {
        let Some(office) = office else { return };
        let known =
            || office.title.as_deref().and_then(|t| known_office(&self.persons[at].id, t, knowledge, on));
        let of = served(&office, knowledge, on).or_else(known);
        let person = &mut self.persons[at];
        if let Some(title) = printed_title(&office, knowledge) {
            let held = Office { holder: person.id.clone(), title, of: of.clone(), when: When::unknown() };
            if !self.introductions.iter().any(|i| i.office == held) {
                self.introductions.push(Introduction { office: held, sentence: s, span });
            }
        }
        if person.office.is_none() {
            person.office = Some(office);
            person.of = of;
        }
    }

    /// "The minister" says no more than "defence minister" elsewhere, and "Mullah" before a minister's name is how
    /// he is addressed.
    fn drop_general_titles(&mut self, knowledge: &Knowledge) {
        let all: Vec<Office> = self.introductions.iter().map(|i| i.office.clone()).collect();
        self.introductions.retain(|i| {
            let words: Vec<&str> = i.office.title.split(' ').collect();
            let cleric = knowledge.title(&words).is_some_and(|t| t.title.rank == Rank::Cleric);
            let others = || all.iter().filter(|o| o.holder == i.office.holder && o.title != i.office.title);
            let general = others().any(|o| o.title.ends_with(&format!(" {}", i.office.title)));
            let addressed = cleric
                && (others().next().is_some() || !knowledge.offices(&i.office.holder, None).is_empty());
            !general && !addressed
        });
    }

    /// Gives a person's office the state or body that the report is about where it stands.
    pub(super) fn place_office(&mut self, id: &ActorId, of: &ActorId) {
        for person in self.persons.iter_mut().filter(|p| p.id == *id && p.of.is_none()) {
            person.of = Some(of.clone());
        }
        for i in self.introductions.iter_mut().filter(|i| i.office.holder == *id && i.office.of.is_none()) {
            i.office.of = Some(of.clone());
        }
    }

    /// "the Front for Example (FFE)": a body that nobody knows, with its acronym.
    fn add_bodies(&mut self, tree: &Tree<'_>, knowledge: &Knowledge, on: Option<Date>) {
        for open in 0..tree.len().saturating_sub(2) {
            if tree.word(open) != "(" || tree.word(open + 2) != ")" {
                continue;
            }
            let acronym = tree.word(open + 1);
            let upper = acronym.chars().filter(|c| c.is_uppercase()).count();
            if upper < 2 || acronym.contains(' ') || open == 0 {
                continue;
            }
            let start = name_before(tree, open, acronym);
            let Some(start) = start else { continue };
            let ids: Vec<usize> = (start..open).collect();
            let name = tree.phrase(&ids).trim().to_string();
            let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
            // "Pakistan's Foreign Office (FO)": the owner stands before the name.
            let known = (start.saturating_sub(4)..=start).rev().find_map(|from| {
                let words: Vec<&str> = (from..open).map(|n| tree.word(n)).collect();
                knowledge.resolve_phrase(&words, None, on).filter(|r| r.actor.is_some())
            });
            let common = knowledge.noun_ending(&words).is_some_and(|(n, _)| n == words.len());
            if known.is_none() && common {
                continue;
            }
            let body = match known {
                Some(r) => Body {
                    id: r.actor.clone().expect("filtered"),
                    name,
                    kind: r.kind.unwrap_or(ActorKind::Organisation),
                    sector: r.sector,
                    country: r.country,
                },
                None => {
                    let (kind, sector) = super::phrase::kind_of_name(&name);
                    Body {
                        id: ActorId::named(&format!("org/{}", slug(&name))),
                        name,
                        kind,
                        sector,
                        country: None,
                    }
                }
            };
            self.bodies.insert(slug(acronym), body.clone());
            self.bodies.insert(slug(&body.name), body);
        }
    }
}

/// A single word that the analyser takes for a person and that no title introduces: not where a place or
/// a group bears the name, unless it speaks.
fn stands_as_person(tree: &Tree<'_>, i: usize, name: &str, knowledge: &Knowledge) -> bool {
    let named = knowledge.names_at(&[name], 0);
    let other = named.iter().any(|h| match &h.target {
        Target::Place(_) => true,
        Target::Actor(id) => !id.as_str().starts_with("person/"),
    });
    let speaks = tree.base(i) == "nsubj"
        && tree.head(i).is_some_and(|h| knowledge.lexicon().speech_verb(&tree.lemma(h)).is_some());
    let person =
        named.iter().any(|h| matches!(&h.target, Target::Actor(id) if id.as_str().starts_with("person/")));
    person || !other || speaks && !named.iter().any(|h| matches!(h.target, Target::Actor(_)))
}

/// Where the name begins that an acronym in brackets abbreviates: capitalised words back from the
/// bracket, as many as it takes for their initials to make the acronym.
fn name_before(tree: &Tree<'_>, open: usize, acronym: &str) -> Option<usize> {
    let first = acronym.chars().next()?.to_lowercase().next()?;
    let longest = open.saturating_sub(acronym.chars().count() + 5);
    (longest..open).find(|&i| {
        let word = tree.word(i);
        let fits =
            word.chars().next().is_some_and(|c| c.to_lowercase().next() == Some(first) && c.is_uppercase());
        fits && (i..open).filter(|&n| tree.word(n).starts_with(char::is_uppercase)).count() >= 2
            && (i..open).all(|n| {
                tree.word(n).starts_with(char::is_uppercase)
                    || matches!(
                        tree.lower(n),
                        "of" | "for" | "the" | "and" | "in" | "-" | "e" | "i" | "de" | "to" | "on" | "al"
                    )
            })
    })
}

impl Casting<'_, '_> {
    /// A phrase that holds a person's name, or is one.
    pub(super) fn person(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        let ids = match name_in_phrase(tree, i, &self.faces)? {
            InName::Is(ids) => self.without_title(tree, ids),
            InName::Inside => return Some(Meaning::default()),
        };
        let name = tree.phrase(&ids).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = name.trim_end_matches("'s").trim_end_matches("’s").to_string();
        let mut person = self.register.person(&name)?.clone();
        if person.of.is_none() {
            person.of = match &self.knowledge.offices(&person.id, None)[..] {
                [] => self.served_by_owner(s, tree, &ids).or_else(|| self.served_here(s, tree, i, &person)),
                _ => self.served_now(&person),
            };
            if let Some(of) = &person.of {
                self.register.place_office(&person.id, of);
            }
        }
        self.enter_person(&person, &name);
        let whole = name.contains(' ');
        let via = if whole { Via::Name } else { Via::Alias };
        let reference =
            ActorRef { actor: person.id, span: Some(tree.span_of(&ids)), via, certainty: Certainty::Certain };
        Some(Meaning { refs: vec![reference], place: false, owned: false })
    }

    /// "Lt. Col. Mak Hazukay": the name without the rank that the analyser puts into it; "King Salman" is one name.
    fn without_title(&self, tree: &Tree<'_>, ids: Vec<usize>) -> Vec<usize> {
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        let title = self.knowledge.title(&words).filter(|t| t.len < words.len()).map_or(0, |t| t.len);
        let known = title > 0 && self.register.person(&words.join(" ")).is_some();
        if known { ids } else { ids[title..].to_vec() }
    }

    /// The country of a known person who holds no office on the day: the one served before or after.
    fn served_ever(&self, id: &ActorId) -> Option<String> {
        let offices = self.knowledge.offices(id, None);
        offices.iter().find_map(|o| {
            let served = self.knowledge.actor(&o.of).and_then(|a| a.country.clone());
            served.or_else(|| {
                let (owner, body) = o.of.as_str().split_once('/')?;
                self.knowledge.body(&ActorId::named(owner), body)?.country
            })
        })
    }

    /// Persons whom the report introduces and whom no phrase resolved to.
    pub(super) fn enter_introduced(&mut self) {
        let holders: Vec<ActorId> =
            self.register.introductions.iter().map(|i| i.office.holder.clone()).collect();
        let unmet = |p: &&Person| holders.contains(&p.id) && !self.out.actors.contains_key(&p.id);
        let missing: Vec<Person> = self.register.persons.iter().filter(unmet).cloned().collect();
        for person in missing {
            let name = person.name.clone();
            self.enter_person(&person, &name);
        }
    }

    pub(super) fn enter_person(&mut self, person: &Person, name: &str) {
        let office = person.office.clone().unwrap_or_default();
        let known = self.knowledge.actor(&person.id).cloned();
        let current = self.knowledge.offices(&person.id, self.on).first().map(|o| o.of.clone());
        // A former president speaks and mediates for himself, or for whoever sends him.
        let former = office.modifier == Some(Modifier::Former);
        let of = person.of.clone().filter(|_| !former).or(current);
        if let Some(of) = &of {
            let knowledge = self.knowledge;
            self.out.actors.entry(of.clone()).or_insert_with(|| super::known_actor(knowledge, of, None, ""));
        }
        let of_country = of.as_ref().and_then(|o| self.out.actors.get(o)).and_then(|a| a.country.clone());
        let ever = self.served_ever(&person.id);
        let entry = self.out.actors.entry(person.id.clone()).or_insert_with(|| Actor {
            id: person.id.clone(),
            name: known.as_ref().map_or_else(|| person.name.clone(), |k| k.name.clone()),
            kind: ActorKind::Person,
            country: office.country.clone().or(of_country).or_else(|| known.and_then(|k| k.country)).or(ever),
            sector: office.sector,
            aliases: Vec::new(),
            acts_for: of.into_iter().collect(),
        });
        let name = name.to_string();
        if entry.name != name
            && let Err(at) = entry.aliases.binary_search(&name)
        {
            entry.aliases.insert(at, name);
        }
    }

    /// A body that the report introduced before.
    pub(super) fn introduced(&mut self, tree: &Tree<'_>, i: usize, ids: &[usize]) -> Option<Meaning> {
        if tree.upos(i) != "PROPN" {
            return None;
        }
        let name = super::short_name(tree, ids);
        let body = self
            .register
            .bodies
            .get(&slug(&name))
            .or_else(|| self.register.bodies.get(&slug(tree.word(i))))?
            .clone();
        let knowledge = self.knowledge;
        let entry = self.out.actors.entry(body.id.clone()).or_insert_with(|| {
            if knowledge.actor(&body.id).is_some() {
                super::known_actor(knowledge, &body.id, None, &body.name)
            } else {
                Actor {
                    id: body.id.clone(),
                    name: body.name.clone(),
                    kind: body.kind,
                    country: body.country.clone(),
                    sector: body.sector,
                    aliases: Vec::new(),
                    acts_for: Vec::new(),
                }
            }
        });
        if entry.name != name
            && let Err(at) = entry.aliases.binary_search(&name)
        {
            entry.aliases.insert(at, name.clone());
        }
        let via = if name == body.name { Via::Name } else { Via::Alias };
        let reference =
            ActorRef { actor: body.id, span: Some(tree.span_of(ids)), via, certainty: Certainty::Certain };
        Some(Meaning { refs: vec![reference], place: false, owned: false })
    }
}

/// What a phrase has to do with a person's name.
enum InName {
    /// It is about this name.
    Is(Vec<usize>),
    /// It is a word inside one.
    Inside,
}

/// The person's name that the phrase headed by `i` is about: `i` itself is in it, or it is its title.
fn name_in_phrase(tree: &Tree<'_>, i: usize, faces: &[Option<(usize, usize)>]) -> Option<InName> {
    let face = |n: usize| faces.get(n).copied().flatten();
    if let Some((first, end)) = face(i) {
        let outside = |n: &usize| tree.head(*n).is_none_or(|h| !(first..end).contains(&h));
        let top = (first..end).find(outside).unwrap_or(end - 1);
        return Some(if top == i { InName::Is((first..end).collect()) } else { InName::Inside });
    }
    let tagged = |n: usize| tree.tokens[n].name == Some("PER") || face(n).is_some();
    let seed = if tagged(i) {
        i
    } else {
        tree.kids(i).iter().copied().find(|&k| {
            tagged(k)
                && (tree.base(k) == "flat"
                    || matches!(tree.rel(k), "appos" | "nmod:desc" | "nmod:unmarked") && k > i)
        })?
    };
    if let Some((first, end)) = face(seed) {
        return Some(InName::Is((first..end).collect()));
    }
    let mut first = seed;
    while first > 0 && tagged(first - 1) && face(first - 1).is_none() && !tree.tokens[first].name_begins {
        first -= 1;
    }
    let mut last = seed;
    while last + 1 < tree.len()
        && tagged(last + 1)
        && face(last + 1).is_none()
        && !tree.tokens[last + 1].name_begins
    {
        last += 1;
    }
    let mut ids: Vec<usize> = (first..=last).collect();
    while ids.len() > 1 && matches!(tree.lower(ids[ids.len() - 1]), "'s" | "'") {
        ids.pop();
    }
    Some(InName::Is(ids))
}
