//! Who is who in one report: words that name an actor to the actor that they mean.
//!
//! "Russian Ambassador to Pakistan Albert Khorev" in the first sentence is "Khorev" in the second,
//! "the envoy" in the third and "he" in the fourth; "Moscow" is Russia when it says something and a
//! city when it opens the report; "both sides" are the two that were named last.
//!
//! # How
//! 1. [`people`]: persons with the titles that introduce them, and bodies introduced with an acronym.
//! 2. In order of the text, every noun phrase is resolved once: by name, by composition
//!    (`detente-knowledge`'s phrases), by the persons of the report, as an anaphor ([`anaphora`]).
//! 3. Each meaning says whether the words are an actor here or a place ([`site`]).
//!
//! # Does not
//! Know other reports. A person is known by the office that this report gives; whether that is the
//! right one is settled where reports meet.

mod anaphora;
mod bands;
mod bare;
mod country;
mod focus;
mod ground;
mod houses;
mod mentions;
mod pair;
mod people;
mod peoples;
mod phrase;
mod regional;
mod shared;
mod site;
mod title;

use crate::text::Text;
use crate::tree::Tree;
use detente_knowledge::{Knowledge, NameKind, Resolved, Shape, Target};
use detente_types::{Actor, ActorId, ActorKind, ActorRef, Certainty, Sector, Via};
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(crate) use ground::bearer;
pub(crate) use people::Introduction;
use phrase::{
    group_like, heads_phrase, mention_words, official, proper_premises, said_to_be_one, short_name, strange,
    words_of,
};
pub(crate) use phrase::{known_actor, name_spans, slug};

/// What a noun phrase means.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    /// The actors; several for "both sides".
    pub(crate) refs: Vec<ActorRef>,
    /// Here the words are a place, not an actor; the actors are those whose place it is.
    pub(crate) place: bool,
    /// The actors are not named by the phrase itself but own what it names ("Pakistani border posts").
    pub(crate) owned: bool,
}

impl Meaning {
    /// Does the phrase itself denote an actor?
    pub(crate) fn is_actor(&self) -> bool {
        !self.refs.is_empty() && !self.place && !self.owned
    }
}

/// Everybody in one report.
#[derive(Debug)]
pub(crate) struct Cast {
    meanings: BTreeMap<(usize, usize), Meaning>,
    /// Actors met, by id.
    pub(crate) actors: BTreeMap<ActorId, Actor>,
    /// Persons and bodies that the report introduces.
    pub(crate) introductions: Vec<Introduction>,
    /// Every mention of an actor, in text order.
    pub(crate) mentions: Vec<ActorRef>,
    /// How often each country is named by what has no namesake.
    pub(crate) in_play: BTreeMap<String, usize>,
}

impl Cast {
    /// What the phrase headed by this token means; nothing for words that name no actor.
    pub(crate) fn meaning(&self, sentence: usize, token: usize) -> &Meaning {
        static NOTHING: Meaning = Meaning { refs: Vec::new(), place: false, owned: false };
        self.meanings.get(&(sentence, token)).unwrap_or(&NOTHING)
    }

    /// The actor with this id, as far as the report tells.
    pub(crate) fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// The state or group on whose behalf an actor acts: itself, where it acts for nobody.
    pub(crate) fn side(&self, id: &ActorId) -> ActorId {
        let mut at = id.clone();
        for _ in 0..4 {
            match self.actors.get(&at).and_then(|a| a.acts_for.first()) {
                Some(above) if *above != at => at = above.clone(),
                _ => break,
            }
        }
        at
    }
}

/// Resolves every noun phrase of the report.
pub(crate) fn cast(text: &Text<'_>, knowledge: &Knowledge, on: Option<Date>) -> Cast {
    let register = people::register(text, knowledge, on);
    let mut casting = Casting {
        text,
        knowledge,
        on,
        register,
        scene: Scene::default(),
        home: text.home(knowledge),
        settled: shared::settle(text, knowledge, on),
        focus: focus::Focus::of(text, knowledge),
        bodies: BTreeMap::new(),
        bare: BTreeMap::new(),
        spans: Vec::new(),
        faces: Vec::new(),
        houses: Vec::new(),
        bands: bands::bands(text, knowledge),
        band_spans: Vec::new(),
        out: Cast {
            meanings: BTreeMap::new(),
            actors: BTreeMap::new(),
            introductions: Vec::new(),
            mentions: Vec::new(),
            in_play: BTreeMap::new(),
        },
    };
    casting.out.in_play = casting.focus.all_sure().clone();
    casting.scene.country.clone_from(&casting.home);
    casting.run();
    casting.enter_introduced();
    casting.out.introductions = casting.register.introductions;
    casting.out
}

/// What a later anaphor may go back to.
#[derive(Clone, Debug, Default)]
struct Scene {
    /// The country in play: that of the last subject.
    country: Option<String>,
    /// Actors as they were mentioned, last first, with the sentence and whether they were a subject.
    mentioned: Vec<Mentioned>,
    /// The two sides named together.
    pair: Vec<ActorRef>,
    /// How firmly the words joined them.
    firmness: u8,
    /// Whose people or bodies were the subject of a sentence, in text order.
    leads: Vec<Lead>,
}

/// Who led a sentence.
#[derive(Clone, Debug)]
struct Lead {
    sentence: usize,
    country: String,
    person: bool,
}

/// One mention, kept for anaphora.
#[derive(Clone, Debug)]
struct Mentioned {
    actor: ActorId,
    kind: ActorKind,
    head: String,
    subject: bool,
    sentence: usize,
    plural: bool,
    /// A noun for many in the singular: "the army".
    collective: bool,
    /// By an office that stands for whoever holds it: "Iraq's defence minister".
    office: bool,
    /// The first of those named together, where there are several.
    joined: Option<usize>,
}

struct Casting<'a, 't> {
    text: &'a Text<'t>,
    knowledge: &'a Knowledge,
    on: Option<Date>,
    register: people::Register,
    scene: Scene,
    /// The country that the report is written from.
    home: Option<String>,
    /// Whom the report means by names that several bear.
    settled: shared::Settled,
    /// The countries that the report is about.
    focus: focus::Focus,
    /// Whose body of a kind was named last with its owner: `MFA` to `PAK`.
    bodies: BTreeMap<String, String>,
    /// How many officials introduced without a country were given to each.
    bare: BTreeMap<String, usize>,
    /// For each token of the sentence the name of several words that it is part of: first, and after the last.
    spans: Vec<Option<(usize, usize)>>,
    /// The same for known persons.
    faces: Vec<Option<(usize, usize)>>,
    /// The same for press and watchers that no list knows.
    houses: Vec<Option<houses::House>>,
    /// Armed groups that the report introduces and no list knows.
    bands: Vec<bands::Band>,
    /// For each token of the sentence the words of such a group that it is part of.
    band_spans: Vec<Option<bands::Stretch>>,
    out: Cast,
}

impl Casting<'_, '_> {
    fn run(&mut self) {
        for (s, sentence) in self.text.sentences.iter().enumerate() {
            let Some(tree) = &sentence.tree else { continue };
            if sentence.fresh_start() {
                self.scene.mentioned.truncate(40);
            }
            self.spans = name_spans(tree, self.knowledge, self.on);
            self.faces = people::faces(tree, self.knowledge);
            self.houses = houses::houses(tree, self.knowledge);
            self.band_spans = bands::spans(tree, &self.bands);
            for i in 0..tree.len() {
                if heads_phrase(tree, i) {
                    self.phrase(s, tree, i);
                }
            }
            self.remember_pairs(s, tree);
        }
        self.look_ahead();
    }

    /// Resolves the phrase headed by token `i` of sentence `s`.
    fn phrase(&mut self, s: usize, tree: &Tree<'_>, i: usize) {
        let meaning = self.resolve(s, tree, i);
        if meaning.refs.is_empty() {
            return;
        }
        if meaning.is_actor() {
            for r in &meaning.refs {
                self.mention(s, tree, i, r);
            }
            self.out.mentions.extend(meaning.refs.iter().cloned());
        }
        self.out.meanings.insert((s, i), meaning);
    }

    fn resolve(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Meaning {
        if tree.upos(i) == "PRON" || (tree.upos(i) == "DET" && tree.base(i) != "det") {
            return self.pronoun(s, tree, i);
        }
        if let Some(found) = self.whole_name(s, tree, i) {
            return found;
        }
        if let Some(found) = self.band(tree, i) {
            return found;
        }
        if let Some(found) = self.house(tree, i) {
            return found;
        }
        if let Some(found) = self.person(s, tree, i) {
            return found;
        }
        let lemma = tree.lemma(i);
        let acts = self.knowledge.noun(&lemma).is_some() || self.knowledge.title(&[lemma.as_str()]).is_some();
        let ids = if tree.upos(i) == "PROPN" && !acts {
            self.name_ids(tree, i)
        } else {
            self.phrase_ids(tree, i, acts)
        };
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        if words.is_empty() {
            return Meaning::default();
        }
        if let Some(found) = self.introduced(tree, i, &ids) {
            return found;
        }
        if let Some(found) = self.definite(s, tree, i) {
            return found;
        }
        if let Some(found) = self.regional(tree, i, &ids) {
            return found;
        }
        if let Some(found) = self.several_owners(s, tree, i, &ids) {
            return found;
        }
        if let Some(found) = self.own_fighters(s, tree, i, &ids) {
            return found;
        }
        if let Some(found) = self.of_group(tree, i, &ids) {
            return found;
        }
        if proper_premises(tree, i, &ids) {
            return self.unknown_name(tree, i, &ids);
        }
        match self.compose(s, tree, i, &words) {
            Some(r) => self.meaning_of(s, tree, i, &ids, r),
            None => self.unknown_name(tree, i, &ids),
        }
    }

    /// A known name of several words, however the tree cuts it ("Lord's Resistance Army"): its top stands for
    /// it, its other words for nothing of their own.
    fn whole_name(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        let (first, end) = (*self.spans.get(i)?)?;
        if first > 0 && tree.lower(first - 1) == "ethnic" {
            return None;
        }
        let inside = |n: usize| (first..end).contains(&n);
        let tops: Vec<usize> = (first..end).filter(|&n| tree.head(n).is_none_or(|h| !inside(h))).collect();
        if tops.len() > 1 && tops.iter().any(|&n| tree.base(n) == "conj") {
            // "Ethiopian and Eritrean troops": two owners, one noun.
            return None;
        }
        let top = tops.first().copied().unwrap_or(end - 1);
        if i != top {
            return Some(Meaning::default());
        }
        let ids: Vec<usize> = (first..end).collect();
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        let country = self.bearers_country(&words).or_else(|| self.likeliest(&words));
        let country = country.or_else(|| self.scene.country.clone());
        let r = self.knowledge.resolve_name(&words, country.as_deref(), self.on)?;
        Some(self.meaning_of(s, tree, i, &ids, r))
    }

    /// "Hamas fighters", "the LRA's delegates", "a UN panel": people and institutions of a group or body
    /// that is no state are that group.
    fn of_group(&mut self, tree: &Tree<'_>, i: usize, ids: &[usize]) -> Option<Meaning> {
        if tree.upos(i) == "PROPN" && tree.tokens[i].name.is_some() && tree.lemma(i) != "forces" {
            return None;
        }
        let noun = self.knowledge.noun(&tree.lemma(i))?;
        let people = noun.sector == Some(Sector::Cvl) || noun.kind == ActorKind::Population;
        if people && !matches!(noun.shape, Shape::Thing | Shape::Place) {
            return None;
        }
        let thing = matches!(noun.shape, Shape::Thing | Shape::Place);
        let behind = tree
            .kids_by(i, &["nmod"])
            .filter(|&k| tree.case(k).is_some_and(|c| matches!(c.as_str(), "of" | "from" | "belonging_to")))
            .flat_map(|k| match self.spans.get(k).copied().flatten() {
                Some((first, end)) => (first..end).collect(),
                None => tree.short_core(k),
            });
        let mut near: Vec<usize> = ids.iter().copied().filter(|&n| n < i).collect();
        near.extend(behind.filter(|n| *n > i));
        near.dedup();
        let words: Vec<&str> = near.iter().map(|&n| tree.word(n)).collect();
        let hit = (0..words.len()).find_map(|at| {
            let hits = self.knowledge.names_at(&words, at);
            let backed =
                words.get(at + 1).is_some_and(|w| *w == "-") || at > 0 && words[at - 1].ends_with('-');
            hits.into_iter()
                .filter(|h| {
                    let land = near[at] > i && h.as_ == NameKind::Metonym;
                    !(backed && h.len == 1)
                        && !land
                        && !self.is_other_bearer(h, words[at])
                        && h.valid(self.on)
                })
                .filter_map(|h| match &h.target {
                    Target::Actor(id) => self.knowledge.actor(id).filter(|a| group_like(a.kind)).map(|a| {
                        (at, h.len, a.id.clone(), a.country.as_deref().map_or(0, |c| self.focus.sure(c)))
                    }),
                    Target::Place(_) => None,
                })
                // Of several who bear the name the one at home where the report is.
                .reduce(|best, next| if next.1 == best.1 && next.3 > best.3 { next } else { best })
        });
        let (_, _, id, _) = hit?;
        let knowledge = self.knowledge;
        self.out.actors.entry(id.clone()).or_insert_with(|| known_actor(knowledge, &id, None, ""));
        let certainty = if thing { Certainty::Likely } else { Certainty::Certain };
        let refs = vec![ActorRef { actor: id, span: Some(tree.span_of(ids)), via: Via::Composed, certainty }];
        Some(Meaning { refs, place: false, owned: thing })
    }

    /// The words of a proper name: up to its head, or further where a known name goes on ("Institute of
    /// Strategic Studies", "Ministry for Foreign Affairs").
    fn name_ids(&self, tree: &Tree<'_>, i: usize) -> Vec<usize> {
        let short = words_of(tree, i, false);
        let long = words_of(tree, i, true);
        let words: Vec<&str> = long.iter().map(|&n| tree.word(n)).collect();
        let at = long.iter().position(|&n| n == i).unwrap_or(0);
        let reach = (0..=at).filter_map(|start| {
            let hits = self.knowledge.names_at(&words, start);
            hits.iter().filter(|h| matches!(h.target, Target::Actor(_))).map(|h| start + h.len).max()
        });
        match reach.max().filter(|end| *end > at + 1) {
            Some(end) => long[..end].to_vec(),
            None if tree.tokens[i].name == Some("ORG") => {
                long.into_iter().take_while(|&n| n <= i || tree.tokens[n].name == Some("ORG")).collect()
            }
            None => short,
        }
    }

    /// What the words compose by themselves; an institution without an owner ("the ministry") belongs to
    /// the country in play, people without one ("civilians") to nobody.
    fn compose(&mut self, s: usize, tree: &Tree<'_>, i: usize, words: &[&str]) -> Option<Resolved> {
        if let Some(settled) = self.settled_name(words) {
            return Some(settled);
        }
        let bearers = self.bearers_country(words);
        let alone = self.knowledge.resolve_phrase(words, bearers.as_deref(), self.on);
        let alone = alone.map(|r| self.on_ground(words, r));
        let body = alone.as_ref().and_then(|r| self.body_of(words, r));
        if let (Some(body), Some(country)) = (&body, alone.as_ref().and_then(|r| r.country.clone())) {
            self.bodies.insert(body.clone(), country);
        }
        let open =
            alone.as_ref().is_none_or(|r| r.country.is_none() && r.actor.is_none() && r.bloc.is_none());
        let noun = self.knowledge.noun_ending(words).map(|(_, n)| n.shape);
        let titled = alone.as_ref().is_some_and(|r| r.title.is_some());
        // A minister is of the country in play, a nurse or a reporter of the one where she is told to be.
        let calling =
            titled && alone.as_ref().and_then(|r| r.sector).is_some_and(|x| !official(x) && x != Sector::Pty);
        // "Terrorist bases" are no terrorists.
        if calling && open && !matches!(noun, Some(Shape::Thing | Shape::Place)) {
            let here = self.told_place(tree);
            return here.and_then(|c| self.knowledge.resolve_phrase(words, Some(&c), self.on)).or(alone);
        }
        let owned = matches!(noun, Some(Shape::Institution))
            || titled
            || alone
                .as_ref()
                .and_then(|r| r.sector)
                .is_some_and(|x| matches!(x, Sector::Cop | Sector::Jud | Sector::Leg));
        let whole = self.knowledge.noun_ending(words).is_some_and(|(n, _)| n == words.len());
        let stranger = !whole
            && words.iter().rev().skip(1).any(|w| w.starts_with(char::is_uppercase))
            && alone.as_ref().is_none_or(|r| r.title.is_none());
        let lower = words.last().is_some_and(|w| w.starts_with(char::is_lowercase));
        // "the army" of a report that has told of one country only.
        let forces = open
            && whole
            && matches!(noun, Some(Shape::Group))
            && matches!(body.as_deref(), Some("ARMY" | "MIL" | "AIR" | "NAVY"));
        let the = tree.kids_by(i, &["det"]).any(|d| tree.lower(d) == "the");
        let army = body.as_deref().filter(|_| forces && the);
        if let Some(country) = army.and_then(|army| self.whose_army(s, tree, army)) {
            return self.knowledge.resolve_phrase(words, Some(&country), self.on).or(alone);
        }
        // "Three terrorist camps", "the rebel authorities" are not the state's.
        let against = words
            .iter()
            .rev()
            .skip(1)
            .any(|w| self.knowledge.lexicon().in_class("against_state", &w.to_lowercase()));
        if !open || !owned || stranger && lower || against || strange(tree, i) {
            return alone;
        }
        let Some(country) = self.owner_of_body(s, tree, i, body.as_deref()) else {
            // "The ministry" of nobody is somebody all the same; "five governments" are nobody in particular.
            return alone.filter(|_| !tree.xpos(i).ends_with('S'));
        };
        self.knowledge.resolve_phrase(words, Some(&country), self.on).or(alone)
    }

    /// The kind of body that a noun or title makes: `MFA` of "foreign ministry".
    fn body_of(&self, words: &[&str], r: &Resolved) -> Option<String> {
        let of_noun = self.knowledge.noun_ending(words).and_then(|(_, n)| n.body.clone());
        let of_title = || {
            let title: Vec<&str> = r.title.as_deref()?.split(' ').collect();
            self.knowledge.title(&title).and_then(|t| t.title.body.clone())
        };
        of_noun.or_else(of_title)
    }

    /// Turns the answer of the knowledge into a meaning at this place of the sentence.
    fn meaning_of(&mut self, s: usize, tree: &Tree<'_>, i: usize, ids: &[usize], r: Resolved) -> Meaning {
        let via = r.via.unwrap_or(Via::Described);
        let noun = self.knowledge.noun(&tree.lemma(i));
        let thing = noun.is_none_or(|n| matches!(n.shape, Shape::Thing | Shape::Place))
            && r.title.is_none()
            && tree.upos(i) != "PROPN";
        let owned = r.actor.is_none() && r.country.is_some() && thing;
        let here = site::is_site(tree, i, &r, self.knowledge);
        let from = tree.case(tree.first_conjunct(i)).as_deref() == Some("from");
        if (here || from)
            && via == Via::Metonym
            && r.kind != Some(ActorKind::State)
            && self.is_land(tree, ids)
        {
            return Meaning::default();
        }
        if r.actor.is_none() && !owned {
            return self.described(tree, i, ids, &r);
        }
        if let Some(people) = self.people_of(tree, i, ids, &r) {
            return people;
        }
        let actor = match &r.actor {
            Some(actor) => actor.clone(),
            None => self.owner(tree, i, r.country.as_deref().unwrap_or_default()),
        };
        let certainty = match via {
            _ if owned => Certainty::Likely,
            Via::Metonym => Certainty::Likely,
            _ => Certainty::Certain,
        };
        self.enter(&actor, &r, ids, tree);
        let reference = ActorRef { actor, span: Some(tree.span_of(ids)), via, certainty };
        let _ = s;
        Meaning { refs: vec![reference], place: here, owned }
    }

    /// Whose a thing is: "Pakistani *military* posts" are the army's, "Pakistani posts" the state's.
    fn owner(&self, tree: &Tree<'_>, i: usize, country: &str) -> ActorId {
        let state = self.knowledge.government(country, self.on);
        let body = tree.modifiers(i).find_map(|m| self.knowledge.noun(&tree.lemma(m))?.body.clone());
        body.map_or(state.clone(), |suffix| ActorId::named(&format!("{state}/{suffix}")))
    }

    /// People without a name: "gunmen", "Afghan refugees", "observers".
    fn described(&mut self, tree: &Tree<'_>, i: usize, ids: &[usize], r: &Resolved) -> Meaning {
        let noun = self.knowledge.noun(&tree.lemma(i)).cloned();
        let people = noun.as_ref().is_some_and(|n| {
            matches!(n.shape, Shape::Person | Shape::Group | Shape::Institution) && !n.empty
        });
        if !people && r.title.is_none() {
            return Meaning::default();
        }
        let Some(kind) = r.kind.or(noun.as_ref().map(|n| n.kind)) else { return Meaning::default() };
        // "traders in Peshawar" are people.
        let several = noun.as_ref().is_some_and(|n| matches!(n.shape, Shape::Person | Shape::Group));
        let kind = if several && kind == ActorKind::Organisation { ActorKind::Population } else { kind };
        let lemma = tree.lemma(i);
        let slug = slug(&lemma);
        let owner = r.country.clone();
        let id = match &owner {
            Some(country) => ActorId::named(&format!("{country}/{slug}")),
            None => ActorId::named(&format!("unnamed/{slug}")),
        };
        let acts_for = match (&owner, kind) {
            (Some(country), ActorKind::Body | ActorKind::Forces | ActorKind::Person)
                if r.sector.is_some_and(official) =>
            {
                vec![self.knowledge.government(country, self.on)]
            }
            _ => Vec::new(),
        };
        let name = short_name(tree, ids);
        let kind = if owner.is_none() && kind != ActorKind::Population { ActorKind::Unnamed } else { kind };
        let actor = Actor {
            id: id.clone(),
            name,
            kind,
            country: owner,
            sector: r.sector,
            aliases: Vec::new(),
            acts_for,
        };
        self.out.actors.entry(id.clone()).or_insert(actor);
        let certainty = Certainty::Certain;
        let reference = ActorRef { actor: id, span: Some(tree.span_of(ids)), via: Via::Described, certainty };
        Meaning { refs: vec![reference], place: false, owned: false }
    }

    /// A name that nothing knows: an organisation by its tag, else nobody.
    fn unknown_name(&mut self, tree: &Tree<'_>, i: usize, ids: &[usize]) -> Meaning {
        let organisation = tree.upos(i) == "PROPN"
            && (tree.tokens[i].name == Some("ORG")
                || tree.tokens[i].name.is_none() && said_to_be_one(tree, i));
        let of_house = tree.head(i).is_some_and(|h| {
            matches!(tree.base(i), "compound" | "amod")
                && h > i
                && proper_premises(tree, h, &mention_words(tree, h))
        });
        if of_house {
            return Meaning::default();
        }
        // "Defence" in "Ministry of Defence" is no organisation of its own.
        let inside =
            !tree.tokens[i].name_begins && tree.head(i).is_some_and(|h| tree.tokens[h].name == Some("ORG"));
        if !organisation || inside {
            return Meaning::default();
        }
        let name = short_name(tree, ids);
        if self.knowledge.outlet(&name).is_some() {
            return Meaning::default();
        }
        let id = ActorId::named(&format!("org/{}", slug(&name)));
        let (kind, sector) = phrase::kind_of_name(&name);
        let actor = Actor {
            id: id.clone(),
            name,
            kind,
            country: None,
            sector,
            aliases: Vec::new(),
            acts_for: Vec::new(),
        };
        self.out.actors.entry(id.clone()).or_insert(actor);
        Meaning { refs: vec![ActorRef::named(id, tree.span_of(ids))], place: false, owned: false }
    }
}
