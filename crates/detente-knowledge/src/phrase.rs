//! Takes the words of a mention, gives the actor that they compose.
//!
//! Most actors in a report are not in any list: "Russia's ambassador to Poland", "Turkish-backed Syrian
//! fighters", "a former White House official", "members of SANDF". They are composed of a few that are.
//!
//! # How
//! 1. `segments`: an apposition is read part by part ("FSB, Russia's security service").
//! 2. `trim`: articles and counts go ("over two dozen", "some of the").
//! 3. `part_at_preposition`: head and tail ("members" | "of" | "SANDF").
//! 4. `scan`: the head, from left to right: owners ("Chile's", "Afghan", "Shanghai"), backers that are not
//!    owners ("Turkish-backed", "pro-Russian"), modifiers ("former", "acting"), titles, names, and the noun
//!    that it ends in.
//! 5. `compose`: the noun or the title says what it is, the owner whose it is; the tail fills what is open.
//!
//! # Does not
//! See the sentence: "the ministry", pronouns and persons introduced in the report are the reader's.

mod merge;

pub use crate::affix::Modifier;
use crate::affix::{PREPOSITIONS, SKIPPED, aligned_prefix, backed_suffix, modifier_at, ruled_suffix};
use crate::entry::{ActorEntry, Bloc, NounEntry, Rank, Shape, TitleEntry, WordKind};
use crate::knowledge::{Knowledge, NameHit, Target};
use crate::names::NameKind;
use detente_types::{ActorId, ActorKind, Sector, Via};
use jiff::civil::Date;
use merge::{fill_from_tail, governs_a_part, merge, noun_is_of_group};

/// What a mention means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The actor, where the words name or compose one.
    pub actor: Option<ActorId>,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// Alpha-3 of its country.
    pub country: Option<String>,
    /// PLOVER's stand-in for a country.
    pub bloc: Option<Bloc>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// How the words were understood.
    pub via: Option<Via>,
    /// What a modifier makes of a holder of office.
    pub modifier: Option<Modifier>,
    /// The title, where there is one.
    pub title: Option<String>,
    /// The title as printed, in lower case and without its modifiers.
    pub said: Option<String>,
}

impl Resolved {
    /// The country as PLOVER codes it: alpha-3, or a stand-in such as `UNO`.
    pub fn plover_country(&self) -> Option<&str> {
        self.country.as_deref().or(self.bloc.map(Bloc::code))
    }

    fn is_nothing(&self) -> bool {
        self.actor.is_none() && self.country.is_none() && self.sector.is_none() && self.bloc.is_none()
    }
}

/// What surrounds the mention.
#[derive(Clone, Copy, Debug)]
struct Scene<'a> {
    country: Option<&'a str>,
    on: Option<Date>,
}

impl Knowledge {
    /// The actor that the words of a mention name or compose, given the country in play and the day.
    pub fn resolve_phrase(
        &self,
        words: &[&str],
        country: Option<&str>,
        on: Option<Date>,
    ) -> Option<Resolved> {
        let scene = Scene { country, on };
        let mut out = Resolved::default();
        for segment in segments(words) {
            let found = self.resolve_segment(segment, scene, 0);
            out = merge(out, found);
        }
        (!out.is_nothing()).then_some(out)
    }

    /// The actor whose name the words are, all of them: as [`Knowledge::resolve_phrase`], but a title inside a name
    /// ("UN chief") or a noun ("Army") is part of it.
    pub fn resolve_name(&self, words: &[&str], country: Option<&str>, on: Option<Date>) -> Option<Resolved> {
        let scene = Scene { country, on };
        let mut hits = self.actor_hits(words, 0);
        hits.retain(|h| h.len == words.len());
        let actor = self.choose(&hits, scene)?;
        Some(self.named(actor, &hits, None, scene))
    }

    fn resolve_segment(&self, words: &[&str], scene: Scene<'_>, depth: usize) -> Resolved {
        let words = self.trim(words);
        if words.is_empty() || depth > 4 {
            return Resolved::default();
        }
        let (head, tail) = self.part_at_preposition(words);
        let mut found = self.scan(head);
        found.tail = tail.map(|(preposition, rest)| {
            (preposition.to_lowercase(), self.resolve_segment(rest, scene, depth + 1), self.location(rest))
        });
        let mut out = self.compose(found, scene);
        if let Some(("of", group)) = tail
            && let Some(renamed) = self.turned(head, group, scene)
        {
            out = renamed;
        }
        if let (Some(said), Some(("of", place))) = (&out.said, tail)
            && self.is_place(place)
        {
            // "the governor of Darfur" governs no country.
            out.said = Some(format!("{said} of {}", place.join(" ")));
        }
        out
    }

    /// Articles, counts and vague words at the start say nothing of who it is.
    fn trim<'w, 't>(&self, words: &'w [&'t str]) -> &'w [&'t str] {
        let mut rest = words;
        while let [first, more @ ..] = rest {
            let lower = first.to_lowercase();
            let counts = matches!(
                self.word(&lower),
                Some((WordKind::Number | WordKind::Multiplier | WordKind::Vague, _))
            );
            let skip = SKIPPED.contains(&lower.as_str())
                || first.chars().any(|c| c.is_ascii_digit())
                || first.chars().all(|c| !c.is_alphanumeric())
                || (counts && !more.is_empty());
            let named =
                || self.names_at(rest, 0).iter().any(|h| h.len > 1 && matches!(h.target, Target::Actor(_)));
            if !skip || more.is_empty() || (lower != "the" && named()) {
                break;
            }
            rest = more;
        }
        rest
    }

    /// The words before the first preposition that is not part of a name, title or noun; the preposition;
    /// the words after it.
    fn part_at_preposition<'w, 't>(&self, words: &'w [&'t str]) -> Parted<'w, 't> {
        let mut i = 0;
        while i < words.len() {
            let name = self.actor_hits(words, i).iter().map(|h| h.len).max().unwrap_or(0);
            let title = self.title(&words[i..]).map_or(0, |t| t.len);
            let noun = (2..=6.min(words.len() - i)).rev();
            let noun = noun.filter(|n| self.noun_is(&words[i..i + n])).max().unwrap_or(0);
            let taken = name.max(title).max(noun);
            if taken > 1 {
                i += taken;
            } else if i > 0 && PREPOSITIONS.contains(&words[i].to_lowercase().as_str()) {
                return (&words[..i], Some((words[i], &words[i + 1..])));
            } else {
                i += 1;
            }
        }
        (words, None)
    }

    fn noun_is(&self, words: &[&str]) -> bool {
        self.noun_ending(words).is_some_and(|(len, _)| len == words.len())
    }

    fn actor_hits(&self, words: &[&str], at: usize) -> Vec<NameHit> {
        let mut hits = self.names_at(words, at);
        hits.retain(|h| matches!(h.target, Target::Actor(_)));
        hits
    }

    /// Reads the head of a mention from left to right.
    fn scan(&self, words: &[&str]) -> Found<'_> {
        let mut found = Found { noun: self.noun_ending(words), ..Found::default() };
        let noun_start = words.len() - found.noun.map_or(0, |(len, _)| len);
        let mut i = 0;
        while i < words.len() {
            i += self.scan_one(words, i, noun_start, &mut found).max(1);
        }
        found
    }

    /// Reads what stands at word `i`; gives the number of words taken.
    fn scan_one<'k>(&'k self, words: &[&str], i: usize, noun_start: usize, found: &mut Found<'k>) -> usize {
        if let Some(taken) = aligned_prefix(&words[i..]) {
            // "pro-Russian", "anti-Taliban": the name that follows is not the owner
            let name = self.names_at(words, i + taken).first().map_or(1, |h| h.len);
            return taken + name;
        }
        let mut hits = self.names_at(words, i);
        hits.retain(|h| h.len > 1 || !self.is_part_of_name(words, i, h));
        let actor = hits.iter().find(|h| matches!(h.target, Target::Actor(_)));
        let title = self.title(&words[i..]).filter(|t| actor.is_none_or(|a| a.len <= t.len));
        if let Some(hit) = actor.filter(|_| title.is_none()) {
            return self.scan_name(words, i, noun_start, hit, &hits, found);
        }
        if title.is_some_and(|t| t.title.honorific) {
            return title.map_or(1, |t| t.len);
        }
        if let Some(hit) =
            title.filter(|_| i < noun_start || found.noun.is_none_or(|(len, _)| i + len <= words.len()))
        {
            if found.title.is_none() {
                // "the humanitarian chief": what the title is for belongs to it.
                let plain = |w: &&str| w.chars().all(|c| c.is_lowercase() || c == '-') && w.len() > 1;
                let general =
                    matches!(hit.title.rank, Rank::Leader | Rank::Official | Rank::Envoy | Rank::Other);
                let own = words[..i].iter().rev().take_while(|w| plain(w)).count();
                let from = if general && !hit.title.honorific { i - own } else { i };
                found.said = Some(said(&words[from..i + hit.len]));
            }
            found.modifier = found.modifier.or(hit.modifier);
            found.title = found.title.or(Some(hit.title));
            if i + hit.len >= words.len() {
                found.noun = None;
            }
            return hit.len;
        }
        if i < noun_start {
            if let Some((taken, modifier)) = modifier_at(&words[i..]) {
                found.modifier = found.modifier.or(Some(modifier));
                return taken;
            }
            if let Some(hit) = hits.first() {
                if let Target::Place(id) = hit.target {
                    let country = self.place(id).and_then(|p| p.countries.first().map(|c| c.to_string()));
                    found.place = found.place.take().or(country);
                }
                return hit.len;
            }
        }
        1
    }

    /// A known person's surname that stands behind another given name ("Mohammad Arif Nuri") or before another
    /// capital ("Clinton County") is somebody else's.
    fn is_part_of_name(&self, words: &[&str], i: usize, hit: &NameHit) -> bool {
        let Target::Actor(id) = &hit.target else { return false };
        if !id.as_str().starts_with("person/") {
            return false;
        }
        let name =
            |w: &str| w.chars().next().is_some_and(char::is_uppercase) && w.chars().any(char::is_lowercase);
        let before = i.checked_sub(1).filter(|&n| name(words[n])).is_some_and(|n| {
            let titled = (0..=n).any(|start| self.title(&words[start..]).is_some_and(|t| start + t.len == i));
            let owner = (0..=n).any(|start| {
                self.names_at(words, start)
                    .iter()
                    .any(|h| start + h.len == i && matches!(h.target, Target::Actor(_)))
            });
            !titled && !owner
        });
        let after =
            words.get(i + 1).is_some_and(|w| name(w) && !self.noun_is(&[w]) && self.title(&[w]).is_none());
        before || after
    }

    /// Files a name that begins at word `i`: backer, owner, or what the mention is about.
    fn scan_name<'k>(
        &'k self,
        words: &[&str],
        i: usize,
        noun_start: usize,
        first: &NameHit,
        hits: &[NameHit],
        found: &mut Found<'k>,
    ) -> usize {
        let len = first.len;
        let end = i + len;
        if let Some(skip) = backed_suffix(&words[end..]) {
            return len + skip;
        }
        // "Hamas-run health ministry" is theirs; "Italian-run hospital", "Saudi-led plan" are not.
        if let Some(skip) = ruled_suffix(&words[end..]) {
            let theirs = found
                .noun
                .is_some_and(|(_, n)| n.shape == Shape::Institution && n.sector.is_some_and(of_state));
            if theirs {
                found.owners.push(hits.iter().filter(|h| h.len == len).cloned().collect());
            }
            return len + skip;
        }
        let bearers: Vec<NameHit> = hits.iter().filter(|h| h.len == len).cloned().collect();
        if end >= words.len() && i < noun_start.max(1)
            || end >= words.len() && found.noun.is_some_and(|(l, _)| l <= len)
        {
            found.named = bearers;
            found.noun = None;
        } else if first.as_ == NameKind::Adjective || i < noun_start {
            found.owners.push(bearers);
        }
        len
    }

    /// The country in which the first place or country of these words lies.
    fn location(&self, words: &[&str]) -> Option<String> {
        (0..words.len()).find_map(|i| {
            let hits = self.names_at(words, i);
            hits.iter().find_map(|hit| match &hit.target {
                Target::Actor(id) => self.actor(id).and_then(|a| a.country.clone()),
                Target::Place(id) => self.place(*id).and_then(|p| p.countries.first().map(|c| c.to_string())),
            })
        })
    }

    /// Puts together what was found.
    fn compose(&self, found: Found<'_>, scene: Scene<'_>) -> Resolved {
        let mut out = self.compose_head(&found, scene);
        if let Some((preposition, rest, place)) = &found.tail {
            fill_from_tail(&mut out, &found, preposition, rest, place.as_deref());
            // "the president of Somaliland"
            let region = rest.actor.as_ref().filter(|id| self.actor(id).is_some_and(governs_a_part));
            if preposition == "of" && found.title.is_some() && out.actor.is_none() {
                out.actor = region.cloned();
            }
        }
        if found.modifier == Some(Modifier::Former) && out.sector == Some(Sector::Gov) {
            out.sector = Some(Sector::Eli);
        }
        out.modifier = found.modifier;
        out.said.clone_from(&found.said);
        if out.country.is_none() && out.bloc.is_none() && takes_scene(&found) {
            out.country = scene.country.map(str::to_string);
        }
        if self.has_left(&found) {
            (out.country, out.kind, out.sector) = (None, Some(ActorKind::ArmedGroup), Some(Sector::Reb));
        }
        self.name_composed(&mut out, &found);
        out
    }

    fn compose_head(&self, found: &Found<'_>, scene: Scene<'_>) -> Resolved {
        if let Some(actor) = self.choose(&found.named, scene) {
            return self.named(actor, &found.named, found.title, scene);
        }
        let only = || found.title.and_then(|t| t.of.as_ref()).and_then(|id| self.actor(id));
        let owner = found.owners.iter().rev().find_map(|bearers| self.choose(bearers, scene)).or_else(only);
        let mut out = Resolved { via: Some(Via::Described), ..Resolved::default() };
        if let Some(owner) = owner {
            // "Turkish Kurd refugees": a people of no country is that of the country before it.
            let before =
                || found.owners.iter().rev().filter_map(|b| self.choose(b, scene)?.country.clone()).next();
            out.country = owner.country.clone().or_else(|| before().filter(|_| owner.bloc.is_none()));
            out.bloc = owner.bloc;
            out.via = Some(Via::Composed);
        }
        out.country = out.country.or_else(|| found.place.clone().filter(|_| out.bloc.is_none()));
        if let Some(title) = found.title {
            self.describe_title(&mut out, title, owner, scene);
        } else if let Some((_, noun)) = found.noun {
            self.describe_noun(&mut out, noun, owner, scene);
        } else if let Some(owner) = owner {
            // "Syrian island": whose it is, and nothing about who
            out.actor = None;
            if matches!(owner.kind, ActorKind::ArmedGroup) {
                // What a rebel group has is not its country's.
                out.country = None;
            }
            out.sector = if matches!(owner.kind, ActorKind::State) { None } else { owner.sector };
        }
        out
    }

    /// A named actor: a state stands for who governs it, a person for the office held that day.
    fn named(
        &self,
        actor: &ActorEntry,
        hits: &[NameHit],
        title: Option<&TitleEntry>,
        scene: Scene<'_>,
    ) -> Resolved {
        let kind = hits.first().map_or(NameKind::Name, |h| h.as_);
        let mut out = Resolved {
            actor: Some(actor.id.clone()),
            kind: Some(actor.kind),
            country: actor.country.clone(),
            bloc: actor.bloc,
            sector: self.sector_of(actor, scene.on),
            via: Some(via_of(kind)),
            modifier: None,
            title: title.map(|t| t.title.clone()),
            said: None,
        };
        match actor.kind {
            ActorKind::State if matches!(kind, NameKind::People) => out.kind = Some(ActorKind::Population),
            ActorKind::State
                if matches!(
                    kind,
                    NameKind::Name | NameKind::Alias | NameKind::Metonym | NameKind::Acronym
                ) =>
            {
                out.actor = Some(self.government(actor.id.as_str(), scene.on));
            }
            ActorKind::Person => self.describe_person(&mut out, actor, title, scene),
            _ => {}
        }
        out
    }

    /// Country and sector of a known person: by the office held that day, else the last one held.
    fn describe_person(
        &self,
        out: &mut Resolved,
        person: &ActorEntry,
        title: Option<&TitleEntry>,
        scene: Scene<'_>,
    ) {
        let held = self.offices(&person.id, scene.on);
        let current = held.first().copied().filter(|o| scene.on.is_some() || o.to.is_none());
        let last = current.or_else(|| self.offices(&person.id, None).first().copied());
        if let Some(office) = last {
            let of = self.actor(&office.of);
            out.country = of.and_then(|a| a.country.clone()).or(out.country.take());
            out.bloc = of.and_then(|a| a.bloc);
            let entry = self
                .title(&[office.title.as_str()])
                .map(|t| t.title)
                .or_else(|| self.title_named(&office.title));
            let sector = entry.and_then(|t| t.sector).or(of.and_then(|a| a.sector));
            let past = scene.on.is_some() && current.is_none();
            out.sector = if past { person.sector.or(Some(Sector::Eli)) } else { sector.or(person.sector) };
            out.title = Some(office.title.clone());
        }
        if let Some(sector) = title.and_then(|t| t.sector).filter(|_| current.is_none()) {
            out.sector = Some(sector);
        }
    }

    fn title_named(&self, title: &str) -> Option<&TitleEntry> {
        let words: Vec<&str> = title.split(' ').collect();
        self.title(&words).filter(|t| t.len == words.len()).map(|t| t.title)
    }

    fn describe_title(
        &self,
        out: &mut Resolved,
        title: &TitleEntry,
        owner: Option<&ActorEntry>,
        scene: Scene<'_>,
    ) {
        out.kind = Some(ActorKind::Person);
        out.title = Some(title.title.clone());
        out.via = Some(Via::Office);
        let of_group = owner.filter(|a| !matches!(a.kind, ActorKind::State));
        let inherits = title.sector.is_none() || of_group.is_some_and(|a| a.bloc.is_none());
        let inherited = of_group.and_then(|a| self.sector_of(a, scene.on)).filter(|_| inherits);
        out.sector = inherited.or(title.sector).or(owner.map(|_| Sector::Gov));
        // "the RSF leader" leads the group, "the Somaliland president" his region, and neither a state.
        let led = owner.filter(|a| match a.kind {
            ActorKind::ArmedGroup | ActorKind::Organisation | ActorKind::Forum => true,
            ActorKind::Person => title.rank == Rank::Spokesperson,
            // "A Houthi spokesman" speaks for those who rule, and not for the state that they took.
            ActorKind::DefactoGovernment => title.body.is_none() || governs_a_part(a),
            _ => false,
        });
        out.actor = led.map(|a| a.id.clone());
    }

    fn describe_noun(
        &self,
        out: &mut Resolved,
        noun: &NounEntry,
        owner: Option<&ActorEntry>,
        scene: Scene<'_>,
    ) {
        out.kind = Some(noun.kind);
        let of_group = owner.filter(|a| !matches!(a.kind, ActorKind::State | ActorKind::Population));
        let group = of_group.filter(|a| a.bloc.is_none() || noun.sector.is_none());
        out.sector = match group {
            Some(group) if noun_is_of_group(noun, group) => self.sector_of(group, scene.on).or(noun.sector),
            _ => noun.sector,
        };
        if let Some(group) = of_group.filter(|a| noun_is_of_group(noun, a)) {
            out.actor = Some(group.id.clone());
            out.kind = Some(group.kind);
        }
    }

    /// Which of several bearers of a name is meant: one alive on the day, of the country in play.
    fn choose(&self, bearers: &[NameHit], scene: Scene<'_>) -> Option<&ActorEntry> {
        let entry = |h: &NameHit| match &h.target {
            Target::Actor(id) => self.actor(id),
            Target::Place(_) => None,
        };
        let rated = bearers.iter().filter_map(|h| entry(h).map(|a| (h, a)));
        let rate = |(h, a): &(&NameHit, &ActorEntry)| {
            let alive = crate::day::holds(a.from, a.to, scene.on) || a.kind == ActorKind::Person;
            let here = scene.country.is_some() && a.country.as_deref() == scene.country;
            (
                h.valid(scene.on),
                alive,
                here,
                in_office(a, scene.on),
                !h.shared,
                h.from.is_some(),
                last_office(a),
            )
        };
        rated
            .max_by(|a, b| rate(a).cmp(&rate(b)).then(b.0.as_.cmp(&a.0.as_)).then(b.1.id.cmp(&a.1.id)))
            .map(|(_, a)| a)
    }

    /// Gives the composed actor its key: country and body.
    fn name_composed(&self, out: &mut Resolved, found: &Found<'_>) {
        if out.actor.is_some() || out.modifier == Some(Modifier::Former) {
            return;
        }
        let body = match (found.title, found.noun) {
            (Some(title), _) => title.body.as_deref(),
            (None, Some((_, noun))) => noun.body.as_deref(),
            (None, None) => None,
        };
        let owner = match (&out.country, out.bloc, found.owners.last()) {
            (Some(country), ..) => Some(country.clone()),
            (None, Some(_), Some(bearers)) => bearers.iter().find_map(|h| match &h.target {
                Target::Actor(id) => Some(id.to_string()),
                Target::Place(_) => None,
            }),
            _ => None,
        };
        if let (Some(owner), Some(body)) = (owner, body) {
            out.actor = Some(ActorId::named(&format!("{owner}/{body}")));
        }
    }
}

/// Head, and preposition with what follows it.
type Parted<'w, 't> = (&'w [&'t str], Option<(&'t str, &'w [&'t str])>);

/// Does the person hold an office on that day?
fn in_office(actor: &ActorEntry, on: Option<Date>) -> bool {
    actor
        .offices
        .iter()
        .any(|o| if on.is_some() { crate::day::holds(o.from, o.to, on) } else { o.to.is_none() })
}

/// The end of the last office: of two who bear a name the later one is meant.
fn last_office(actor: &ActorEntry) -> Option<Date> {
    actor.offices.iter().filter_map(|o| o.to.map(|d| d.last()).or(o.from.map(|d| d.last()))).max()
}

/// What a mention holds.
#[derive(Default)]
struct Found<'k> {
    owners: Vec<Vec<NameHit>>,
    named: Vec<NameHit>,
    place: Option<String>,
    modifier: Option<Modifier>,
    title: Option<&'k TitleEntry>,
    said: Option<String>,
    noun: Option<(usize, &'k NounEntry)>,
    tail: Option<(String, Resolved, Option<String>)>,
}

/// The words of a title without "former", "deputy", "senior" before it; "chief of staff" has no "chief" before it.
fn said(words: &[&str]) -> String {
    let skip = match crate::affix::leading_modifier(words) {
        Some((n, _)) if n < words.len() && !words[n].eq_ignore_ascii_case("of") => n,
        _ => 0,
    };
    words[skip..].join(" ").to_lowercase()
}

/// Parts of an apposition: between commas and brackets.
fn segments<'w, 't>(words: &'w [&'t str]) -> Vec<&'w [&'t str]> {
    let stops = |w: &&str| matches!(*w, "," | "(" | ")" | ";" | ":" | "–" | "—" | "--" | "“" | "”" | "\"");
    words.split(stops).filter(|s| !s.is_empty()).collect()
}

/// Sectors of the organs of a state.
fn of_state(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy | Sector::Jud | Sector::Leg)
}

/// An embassy, a mission: the country that it is in is not its own.
fn is_mission(found: &Found<'_>) -> bool {
    found.noun.is_some_and(|(_, n)| n.body.as_deref() == Some("EMB"))
}

/// Does the country in play belong to it? Only to what is a state's by its nature.
fn takes_scene(found: &Found<'_>) -> bool {
    let office = found.title.is_some_and(|t| t.body.is_some());
    let body = found.noun.is_some_and(|(_, n)| n.body.is_some() && n.shape != Shape::Thing);
    office || body
}

fn via_of(kind: NameKind) -> Via {
    match kind {
        NameKind::Name => Via::Name,
        NameKind::Alias | NameKind::Acronym => Via::Alias,
        NameKind::Adjective | NameKind::People => Via::Composed,
        NameKind::Metonym | NameKind::Place => Via::Metonym,
    }
}
