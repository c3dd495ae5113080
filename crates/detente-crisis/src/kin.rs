//! The actors of all reports in, answers to "do these two stand for the same side?" out.
//!
//! "Pakistan's military said", "the Foreign Ministry said" and "Ambassador Khorev said" are words of
//! three actors and of two sides. Whether a toll is a side's own or its enemy's, whether a denial
//! answers a charge, whether two reports tell one attack: each hangs on sides, not on names.
//!
//! # How
//! 1. Every reading brings its own table of actors. [`Kin::of`] lays the tables over one another and
//!    lets the reports vote on name, kind and on whose behalf an actor acts; entries of the knowledge
//!    fill what no report says.
//! 2. [`Kin::side`] follows `acts_for` to its end: a ministry to its state, a person to the body and
//!    on to the state, a de facto government to the state that it governs (when its entry says so).
//!    A population stands with its country. An armed group stands for itself unless it acts for somebody;
//!    its country is where it is from, not whom it serves.
//! 3. Where no table tells, the readable key does: `PAK/MIL` belongs to `PAK`.
//! # Does not
//! Know alliances, or offices by date; those are in the readings.

use detente_knowledge::{ActorEntry, Knowledge};
use detente_types::{Actor, ActorId, ActorKind, Reading, Sector};
use std::collections::{BTreeMap, BTreeSet};

/// The actors of a set of reports and the sides that they belong to.
#[derive(Debug, Default)]
pub(crate) struct Kin {
    actors: BTreeMap<ActorId, Actor>,
    sides: BTreeMap<ActorId, ActorId>,
}

/// What the reports say of one actor, counted.
#[derive(Default)]
struct Votes<'a> {
    names: BTreeMap<&'a str, usize>,
    kinds: BTreeMap<ActorKind, usize>,
    countries: BTreeMap<&'a str, usize>,
    principals: BTreeMap<&'a ActorId, usize>,
    aliases: Vec<&'a str>,
    first: Option<&'a Actor>,
}

impl Kin {
    /// The kin of everybody in these readings. `known` entries count where the readings are silent.
    pub(crate) fn of<'a>(readings: impl Iterator<Item = &'a Reading>, known: &[Actor]) -> Kin {
        let mut votes: BTreeMap<&ActorId, Votes> = BTreeMap::new();
        for actor in readings.flat_map(|r| &r.actors) {
            votes.entry(&actor.id).or_default().count(actor);
        }
        let known: BTreeMap<&ActorId, &Actor> = known.iter().map(|a| (&a.id, a)).collect();
        let mut kin = Kin::default();
        for (id, counted) in votes {
            let actor = counted.decide(id, known.get(id).copied());
            kin.actors.insert(id.clone(), actor);
        }
        for (id, actor) in known {
            kin.actors.entry(id.clone()).or_insert_with(|| actor.clone());
        }
        kin.sides = kin.actors.keys().map(|id| (id.clone(), kin.climb(id))).collect();
        kin
    }

    /// The side that the actor stands for: itself where it acts for nobody.
    pub(crate) fn side(&self, id: &ActorId) -> ActorId {
        self.sides.get(id).cloned().unwrap_or_else(|| self.climb(id))
    }

    /// Do the two stand for the same side?
    pub(crate) fn same_side(&self, a: &ActorId, b: &ActorId) -> bool {
        a == b || self.side(a) == self.side(b)
    }

    /// The sides of several actors, sorted, without repeats.
    pub(crate) fn sides<'a>(&self, ids: impl IntoIterator<Item = &'a ActorId>) -> Vec<ActorId> {
        let mut out: Vec<ActorId> = ids.into_iter().map(|id| self.side(id)).collect();
        out.sort();
        out.dedup();
        out
    }

    /// What all reports together say of the actor, fit to print: principals sorted; made from its key
    /// where no table has it.
    pub(crate) fn entry(&self, id: &ActorId) -> Actor {
        let unknown = || Actor {
            id: id.clone(),
            name: name_by_key(id),
            kind: kind_by_key(id),
            country: None,
            sector: None,
            aliases: Vec::new(),
            acts_for: principal_by_key(id).into_iter().collect(),
        };
        let mut actor = self.actors.get(id).cloned().unwrap_or_else(unknown);
        actor.acts_for.sort();
        actor
    }

    /// The name to print.
    pub(crate) fn name<'a>(&'a self, id: &'a ActorId) -> &'a str {
        let tail = || id.as_str().rsplit('/').next().unwrap_or_default();
        let by_key = || {
            if id.as_str().contains('/') && id.as_str().starts_with(char::is_lowercase) {
                tail()
            } else {
                id.as_str()
            }
        };
        self.actors.get(id).map_or_else(by_key, |a| &a.name)
    }

    /// Is the word, in whatever case, one of the actor's own names?
    pub(crate) fn is_called(&self, id: &ActorId, word: &str) -> bool {
        let folded = crate::words::fold(word);
        let names = self.actors.get(id).into_iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases));
        names.into_iter().any(|name| crate::words::fold(name) == folded)
    }

    /// Do the words name the actor, or the side that it belongs to, under any of its names?
    pub(crate) fn is_named_in(&self, id: &ActorId, text: &str) -> bool {
        let named = |id: &ActorId| {
            let names =
                self.actors.get(id).into_iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases));
            names.filter(|n| n.chars().count() > 2).any(|n| text.contains(n.as_str()))
        };
        named(id) || self.sides.get(id).is_some_and(named)
    }

    /// What it is; by its key where no table tells.
    pub(crate) fn kind(&self, id: &ActorId) -> ActorKind {
        self.actors.get(id).map_or_else(|| kind_by_key(id), |a| a.kind)
    }

    /// Is it named by no name: "observers", "officials", "gunmen"?
    pub(crate) fn is_unnamed(&self, id: &ActorId) -> bool {
        self.kind(id) == ActorKind::Unnamed || id.as_str().starts_with("unnamed/")
    }

    /// Can its people or things be counted as those of a side: a state, a force, a group, an organisation?
    pub(crate) fn is_side(&self, id: &ActorId) -> bool {
        let side = self.kind(&self.side(id));
        !self.is_unnamed(id)
            && (self.is_party(id) || matches!(side, ActorKind::Organisation | ActorKind::Body))
    }

    /// Can it own a count? A number with a noun ("23 soldiers") counts nobody, and of a people only those
    /// of a party are near enough to count.
    pub(crate) fn can_count(&self, id: &ActorId, parties: &[ActorId]) -> bool {
        let name = self.name(id);
        let counted = name.starts_with(|c: char| c.is_ascii_digit());
        let people = self.kind(id) == ActorKind::Population && !self.is_unnamed(id);
        !counted && (!people || parties.contains(&self.side(id)))
    }

    /// Can it be a party to a conflict by itself?
    pub(crate) fn is_party(&self, id: &ActorId) -> bool {
        let side = self.side(id);
        // Gangs and cartels are organisations in the lists, and fight like others that bear arms.
        let gang = || {
            !self.is_unnamed(&side) && self.actors.get(&side).is_some_and(|a| a.sector == Some(Sector::Crm))
        };
        match self.kind(&side) {
            ActorKind::State | ActorKind::DefactoGovernment | ActorKind::ArmedGroup | ActorKind::Forces => {
                true
            }
            ActorKind::Organisation => gang(),
            _ => false,
        }
    }

    /// Is it a body of states that may threaten a state and use force: ECOWAS, NATO? The United Nations are no side.
    pub(crate) fn is_bloc(&self, id: &ActorId) -> bool {
        let bloc = self.actors.get(&self.side(id)).is_some_and(|a| {
            a.kind == ActorKind::Organisation && a.sector == Some(Sector::Igo) && a.country.is_none()
        });
        bloc && !self.side(id).as_str().starts_with("UN")
    }

    /// The country of the actor or of its side.
    pub(crate) fn country(&self, id: &ActorId) -> Option<&str> {
        let own = self.actors.get(id).and_then(|a| a.country.as_deref());
        own.or_else(|| self.sides.get(id).and_then(|s| self.actors.get(s)).and_then(|a| a.country.as_deref()))
    }

    /// The most telling of several actors: one is dropped where another of the list acts for it.
    pub(crate) fn finest(&self, mut ids: Vec<ActorId>) -> Vec<ActorId> {
        ids.sort();
        ids.dedup();
        let spoken_for: Vec<ActorId> = ids.iter().flat_map(|id| self.above(id)).collect();
        ids.retain(|id| !spoken_for.contains(id));
        ids
    }

    /// Those for whom the actor acts, the nearest first.
    fn above(&self, id: &ActorId) -> Vec<ActorId> {
        let mut out = Vec::new();
        let mut at = id.clone();
        while let Some(next) = self.principal(&at).filter(|n| n != id && !out.contains(n)) {
            out.push(next.clone());
            at = next;
        }
        out
    }

    /// Follows `acts_for` to its end. A ring in the tables ends the walk where it closes.
    fn climb(&self, id: &ActorId) -> ActorId {
        let mut at = id.clone();
        for _ in 0..8 {
            match self.principal(&at) {
                Some(next) if next == *id => return at.min(next),
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    fn principal(&self, id: &ActorId) -> Option<ActorId> {
        let Some(actor) = self.actors.get(id) else { return principal_by_key(id) };
        if matches!(actor.kind, ActorKind::State | ActorKind::Unnamed) {
            return None;
        }
        // The principal that most reports name stands first.
        if let Some(first) = actor.acts_for.iter().find(|p| *p != id) {
            return Some(first.clone());
        }
        match actor.kind {
            ActorKind::Population => actor.country.as_deref().map(ActorId::named).filter(|c| c != id),
            ActorKind::Body | ActorKind::Forces => principal_by_key(id),
            _ => None,
        }
    }
}

fn principal_by_key(id: &ActorId) -> Option<ActorId> {
    let (head, _) = id.as_str().rsplit_once('/')?;
    let is_code = head.split('/').next().is_some_and(|h| h.chars().all(|c| c.is_ascii_uppercase()));
    is_code.then(|| ActorId::named(head))
}

/// "person/olena-kovalenko" → "Olena Kovalenko"; a code stays a code.
fn name_by_key(id: &ActorId) -> String {
    let Some((_, slug)) =
        id.as_str().split_once('/').filter(|(head, _)| head.starts_with(char::is_lowercase))
    else {
        return id.to_string();
    };
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect::<String>())
    };
    slug.split('-').map(capital).collect::<Vec<_>>().join(" ")
}

fn kind_by_key(id: &ActorId) -> ActorKind {
    let key = id.as_str();
    match key.split_once('/') {
        Some(("person", _)) => ActorKind::Person,
        Some(("unnamed", _)) => ActorKind::Unnamed,
        Some((_, "MIL" | "COP")) => ActorKind::Forces,
        Some(_) => ActorKind::Body,
        None if key.len() == 3 && key.chars().all(|c| c.is_ascii_uppercase()) => ActorKind::State,
        None => ActorKind::ArmedGroup,
    }
}

impl<'a> Votes<'a> {
    fn count(&mut self, actor: &'a Actor) {
        *self.names.entry(&actor.name).or_default() += 1;
        *self.kinds.entry(actor.kind).or_default() += 1;
        if let Some(country) = &actor.country {
            *self.countries.entry(country).or_default() += 1;
        }
        for principal in &actor.acts_for {
            *self.principals.entry(principal).or_default() += 1;
        }
        // Aliases repeat from report to report; the list is sorted and cut before it grows long.
        self.aliases.extend(actor.aliases.iter().map(String::as_str));
        if self.aliases.len() > 4096 {
            self.aliases.sort_unstable();
            self.aliases.dedup();
        }
        self.first = Some(self.first.map_or(actor, |f| f.min(actor)));
    }

    fn decide(mut self, id: &ActorId, known: Option<&Actor>) -> Actor {
        self.aliases.sort_unstable();
        self.aliases.dedup();
        let first = self.first.expect("every entry was made by a vote");
        // Of names met equally often the longest tells most: "Abbas Araghchi", not "Araghchi".
        let name = self.names.iter().max_by_key(|(name, n)| (**n, name.len(), std::cmp::Reverse(**name)));
        let kind = self.kinds.iter().max_by_key(|(kind, n)| (**n, std::cmp::Reverse(**kind)));
        let country = self.countries.iter().max_by_key(|(c, n)| (**n, std::cmp::Reverse(**c)));
        let mut principals: Vec<(&ActorId, usize)> = self.principals.into_iter().collect();
        principals.sort_by_key(|(p, n)| (std::cmp::Reverse(*n), *p));
        let mut acts_for: Vec<ActorId> = principals.into_iter().map(|(p, _)| p.clone()).collect();
        if let (true, Some(known)) = (acts_for.is_empty(), known) {
            acts_for.clone_from(&known.acts_for);
        }
        Actor {
            id: id.clone(),
            name: name.map_or_else(|| id.to_string(), |(n, _)| (*n).to_string()),
            kind: kind.map_or(first.kind, |(k, _)| *k),
            country: country.map(|(c, _)| (*c).to_string()).or_else(|| known.and_then(|k| k.country.clone())),
            sector: first.sector,
            aliases: self.aliases.into_iter().map(str::to_string).collect(),
            acts_for,
        }
    }
}

/// What the knowledge adds to the tables of the readings, and says of `more` that decisions name: on whose behalf an actor acts, which state a de
/// facto government governs, how a state that nobody spells out is called. The only door of this crate
/// to the knowledge.
pub(crate) fn known(readings: &[&Reading], more: Vec<ActorId>, knowledge: &Knowledge) -> Vec<Actor> {
    // Who governs is asked for the day of the latest report; with no date at all, for the present.
    let day = readings.iter().filter_map(|r| r.published.to().or(r.published.from())).max();
    let mut asked: BTreeSet<ActorId> = BTreeSet::new();
    // Whoever a report says that somebody acts for, too: what is known of him must not hang on other reports.
    let mut named: BTreeSet<&ActorId> = BTreeSet::new();
    let mut countries: BTreeSet<&str> = BTreeSet::new();
    for actor in readings.iter().flat_map(|r| &r.actors) {
        named.insert(&actor.id);
        named.extend(&actor.acts_for);
        countries.extend(actor.country.as_deref());
    }
    let mut open: Vec<ActorId> = more;
    open.extend(named.into_iter().cloned());
    open.extend(countries.into_iter().map(ActorId::named));
    let mut out = Vec::new();
    while let Some(id) = open.pop() {
        if !asked.insert(id.clone()) {
            continue;
        }
        let Some(entry) = entry(&id, knowledge) else { continue };
        let mut acts_for = entry.acts_for.clone();
        let governs = entry.holds.iter().filter(|h| h.whole && knowledge.government(&h.country, day) == id);
        acts_for.extend(governs.map(|h| ActorId::named(&h.country)));
        open.extend(acts_for.iter().cloned());
        open.extend(entry.country.as_deref().map(ActorId::named));
        out.push(Actor {
            id,
            name: entry.name,
            kind: entry.kind,
            country: entry.country,
            sector: entry.sector,
            aliases: Vec::new(),
            acts_for,
        });
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// The entry of an actor, or of a body that every state has.
fn entry(id: &ActorId, knowledge: &Knowledge) -> Option<ActorEntry> {
    if let Some(found) = knowledge.actor(id) {
        return Some(found.clone());
    }
    let (owner, suffix) = id.as_str().rsplit_once('/')?;
    knowledge.body(&ActorId::named(owner), suffix)
}
