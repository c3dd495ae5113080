//! All that is known, and the questions that can be asked of it.
//!
//! # Does not
//! Read a document. Every answer is a candidate; the reader decides with the sentence at hand.

use crate::day::{Day, holds};
use crate::entry::{
    ActorEntry, ContextEntry, Country, Entries, HandPlace, ModeEntry, NounEntry, OfficeEntry, OutletEntry,
    SectorEntry, TitleEntry, TypeEntry, WordKind,
};
use crate::file::{Problem, Stand, parse};
use crate::fold::{Piece, Spellings, WALL, fold, key, pieces, words_of};
use crate::lexicon::Lexicon;
use crate::names::{MOST, NameKind, Names};
use crate::places::{Gazetteer, PlaceEntry, PlaceId};
use crate::stock::{Stock, make, spellings_of};
use crate::{laws, names, places};
use detente_types::{ActorId, ActorKind, Context, EventType, Mode, Sector};
use jiff::civil::Date;
use std::borrow::Cow;

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An actor.
    Actor(ActorId),
    /// A place; the most populous that bears the name.
    Place(PlaceId),
}

/// A name that begins at a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameHit {
    /// Words that it takes.
    pub len: usize,
    /// What it means.
    pub target: Target,
    /// How it names.
    pub as_: NameKind,
    /// Others bear the name too: the country in play settles it, or nothing does.
    pub shared: bool,
    /// First day on which the name means this, where it did not always.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

impl NameHit {
    /// Does the name mean this on that day? A day that is not known counts as today's.
    pub fn valid(&self, on: Option<Date>) -> bool {
        holds(self.from, self.to, on)
    }
}

/// A title at the start of some words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TitleHit<'a> {
    /// Words that it takes.
    pub len: usize,
    /// The title.
    pub title: &'a TitleEntry,
    /// Former, acting, deputy: what the words before or after it make of it.
    pub modifier: Option<crate::Modifier>,
}

/// All of it. Build once, share freely: nothing changes after.
#[derive(Clone)]
pub struct Knowledge {
    stock: Stock,
    spellings: Spellings,
    names: Names,
    /// The bundled one, and a user's own places.
    gazetteers: Vec<Gazetteer>,
    lexicon: Lexicon,
}

impl std::fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Knowledge {{ {} actors, {} places }}", self.stock.actors.len(), self.place_count())
    }
}

/// The bytes that the build script wrote.
macro_rules! built {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name)).as_slice()
    };
}

impl Knowledge {
    /// What comes with Detente.
    pub fn bundled() -> Knowledge {
        let stock: Stock = postcard::from_bytes(built!("stock.bin"))
            .expect("the build script wrote these bytes with the same types");
        let gazetteer = Gazetteer::new([
            Cow::Borrowed(built!("places.header")),
            Cow::Borrowed(built!("places.fst")),
            Cow::Borrowed(built!("places.lists")),
            Cow::Borrowed(built!("places.records")),
            Cow::Borrowed(built!("places.names")),
        ]);
        let lexicon = postcard::from_bytes(built!("lexicon.bin"))
            .expect("the build script wrote these bytes with the same types");
        Knowledge::assemble(stock, Cow::Borrowed(built!("names.fst")), vec![gazetteer], lexicon)
    }

    /// What comes with Detente, and a user's own files (path, contents) on top: an entry with a known key
    /// adds to it, any other is new. Every problem in every file is told at once.
    pub fn with(extra: &[(String, String)]) -> Result<Knowledge, Vec<Problem>> {
        let bundled = Knowledge::bundled();
        let (mut problems, mut added, mut stands) = (Vec::new(), Entries::default(), Vec::new());
        for (path, text) in extra {
            let parsed = parse(path, text);
            problems.extend(parsed.problems);
            stands.extend(parsed.stands);
            added.append(parsed.entries);
        }
        let mut entries = unmake(bundled.stock, bundled.spellings);
        let own_places = std::mem::take(&mut added.places);
        let sentences: Vec<ActorEntry> = added.actors.clone();
        entries.append(added);
        problems.extend(laws::broken(&entries, &stands));
        let mut gazetteers = bundled.gazetteers;
        let spellings = Spellings::new(spellings_of(&entries));
        gazetteers.push(own_gazetteer(&own_places, &spellings));
        let mut stock = make(entries);
        let (automaton, rows) = names::build(&stock.actors, &spellings);
        stock.rows = rows;
        let knowledge = Knowledge::assemble(stock, Cow::Owned(automaton), gazetteers, bundled.lexicon);
        problems.extend(knowledge.disproved(&sentences, &stands));
        if problems.is_empty() {
            return Ok(knowledge);
        }
        problems.sort();
        problems.dedup();
        Err(problems)
    }

    /// Entries whose own sentences do not hold.
    fn disproved(&self, actors: &[ActorEntry], stands: &[Stand]) -> Vec<Problem> {
        let mut out = Vec::new();
        for (actor, what) in actors.iter().flat_map(|a| self.proof(a).into_iter().map(move |w| (a, w))) {
            let stand = stands.iter().find(|s| s.table == "actor" && s.key == actor.id.as_str());
            let (path, line) = stand.map_or(("", 0), |s| (s.path.as_str(), s.line));
            out.push(Problem::new(path, line, &what, "an entry's own sentences must hold"));
        }
        out
    }

    /// The `yes` and `no` sentences of an actor that do not hold: it must be the first choice for a name
    /// somewhere in each `yes`, and nowhere in a `no`.
    pub fn proof(&self, actor: &ActorEntry) -> Vec<String> {
        let missed = actor.yes.iter().filter(|s| !self.names_in(s).contains(&actor.id));
        let missed = missed.map(|s| format!("{} is not found in {s:?}", actor.id));
        let caught = actor.no.iter().filter(|s| self.names_in(s).contains(&actor.id));
        missed.chain(caught.map(|s| format!("{} is found in {s:?}", actor.id))).collect()
    }

    /// The actors named in a sentence, the longest name at each place.
    fn names_in(&self, sentence: &str) -> Vec<ActorId> {
        let words = split(sentence);
        let (mut out, mut i) = (Vec::new(), 0);
        while i < words.len() {
            let hits = self.names_at(&words, i);
            let longest = hits.first().map_or(1, |h| h.len);
            out.extend(hits.into_iter().filter(|h| h.len == longest).filter_map(|h| match h.target {
                Target::Actor(id) => Some(id),
                Target::Place(_) => None,
            }));
            i += longest;
        }
        out
    }

    fn assemble(
        mut stock: Stock,
        automaton: Cow<'static, [u8]>,
        gazetteers: Vec<Gazetteer>,
        lexicon: Lexicon,
    ) -> Knowledge {
        let spellings = Spellings::new(std::mem::take(&mut stock.spellings));
        let names = Names::new(automaton, std::mem::take(&mut stock.rows));
        Knowledge { stock, spellings, names, gazetteers, lexicon }
    }

    /// The words of happenings.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The actor with this key; bodies that every state has are composed by [`Knowledge::body`].
    pub fn actor(&self, id: &ActorId) -> Option<&ActorEntry> {
        let found = self.stock.actors.binary_search_by(|a| a.id.cmp(id)).ok()?;
        self.stock.actors.get(found)
    }

    /// Every listed actor, by key.
    pub fn actors(&self) -> impl Iterator<Item = &ActorEntry> {
        self.stock.actors.iter()
    }

    /// A body that every state or de facto government has ("PAK" and "MIL": Pakistan's military), listed
    /// or composed.
    pub fn body(&self, owner: &ActorId, suffix: &str) -> Option<ActorEntry> {
        let id = ActorId::named(&format!("{owner}/{suffix}"));
        if let Some(listed) = self.actor(&id) {
            return Some(listed.clone());
        }
        let found = self.stock.bodies.binary_search_by(|b| b.suffix.as_str().cmp(suffix)).ok()?;
        let body = &self.stock.bodies[found];
        let mut entry = ActorEntry::bare(id);
        let known = self.actor(owner);
        let of = known.map_or_else(|| format!("{owner}'s"), possessive);
        entry.name = body.name.replace("{of}", &of);
        (entry.kind, entry.sector) = (body.kind, Some(body.sector));
        entry.country = known.and_then(|a| a.country.clone());
        if matches!(body.kind, ActorKind::Body | ActorKind::Forces) {
            entry.acts_for = vec![owner.clone()];
        }
        Some(entry)
    }

    /// Names that begin at word `start` of a tokenised sentence, longest first; among names of one length
    /// actors before places, in the order of [`NameKind`].
    pub fn names_at(&self, words: &[&str], start: usize) -> Vec<NameHit> {
        let rest = words.get(start..).unwrap_or_default();
        let parts = pieces(rest, &self.spellings, MOST);
        let mut hits = Vec::new();
        if parts.first().is_none_or(|p| p.text == WALL || p.word > 0) {
            return hits;
        }
        self.names.at(&parts, |len, row| {
            let target = Target::Actor(self.stock.actors[row.actor as usize].id.clone());
            let (from, to) = (row.from, row.to);
            hits.push(NameHit { len, target, as_: row.kind, shared: row.shared, from, to });
        });
        for (layer, gazetteer) in self.gazetteers.iter().enumerate() {
            gazetteer.at(&parts, |len, place, shared| {
                if len > 1 || !self.is_plain_word(words, start) {
                    let target = Target::Place(PlaceId::new(layer, place));
                    hits.push(NameHit { len, target, as_: NameKind::Place, shared, from: None, to: None });
                }
            });
        }
        hits.retain(|hit| hit.as_ != NameKind::Acronym || hit.len > 1 || !self.is_shouted(words, start));
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.len), hit.as_));
        hits
    }

    /// A common English word or a number at the start of a sentence, or the name of a month or weekday.
    fn is_plain_word(&self, words: &[&str], start: usize) -> bool {
        let word = fold(words[start]);
        let quote = |w: &&str| w.chars().all(|c| !c.is_alphanumeric());
        match self.word(&word) {
            Some((WordKind::Common | WordKind::Number, _)) => words[..start].iter().all(quote),
            Some((WordKind::Month | WordKind::Weekday, _)) => true,
            _ => false,
        }
    }

    /// A common English word in a sentence that is all capitals ("WHO KILLED THEM").
    fn is_shouted(&self, words: &[&str], start: usize) -> bool {
        let common = matches!(self.word(&fold(words[start])), Some((WordKind::Common, _)));
        let letters = words.iter().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1);
        let shouted = |w: &&&str| !w.chars().any(char::is_lowercase);
        common && letters.clone().count() > 2 && letters.clone().filter(shouted).count() == letters.count()
    }

    /// The country with this alpha-3 code.
    pub fn country(&self, alpha3: &str) -> Option<&Country> {
        let found = self.stock.countries.binary_search_by(|c| c.alpha3.as_str().cmp(alpha3)).ok()?;
        self.stock.countries.get(found)
    }

    /// Does this state keep a body of this kind, as nearly all do?
    pub fn keeps(&self, alpha3: &str, suffix: &str) -> bool {
        let found = self.stock.bodies.binary_search_by(|b| b.suffix.as_str().cmp(suffix));
        found.is_ok_and(|n| !self.stock.bodies[n].absent.iter().any(|c| c == alpha3))
    }

    /// Every country and territory, former ones among them, by alpha-3.
    pub fn countries(&self) -> impl Iterator<Item = &Country> {
        self.stock.countries.iter()
    }

    /// Do the two share a land border?
    pub fn borders(&self, a: &str, b: &str) -> bool {
        self.country(a).is_some_and(|c| c.neighbours.iter().any(|n| n == b))
    }

    /// Who is meant, as an actor, by the name or the capital of a country on that day: the state, or the de
    /// facto government in its place. A day that is not known counts as today's.
    pub fn government(&self, alpha3: &str, on: Option<Date>) -> ActorId {
        let rules = |a: &&ActorEntry| {
            a.holds.iter().any(|h| h.whole && h.country == alpha3 && holds(h.from, h.to, on))
        };
        let holder = self.stock.actors.iter().find(rules);
        holder.map_or_else(|| ActorId::named(alpha3), |a| a.id.clone())
    }

    /// PLOVER sector of an actor on that day: that of a government while it governs, its own at other times.
    pub fn sector_of(&self, actor: &ActorEntry, on: Option<Date>) -> Option<Sector> {
        let ruling = actor.holds.iter().find(|h| holds(h.from, h.to, on));
        ruling.and_then(|h| h.sector).or(actor.sector)
    }

    /// The offices that a known person held on that day; without a day, all, the latest first.
    pub fn offices(&self, person: &ActorId, on: Option<Date>) -> Vec<&OfficeEntry> {
        let all = self.actor(person).map_or(&[][..], |a| &a.offices);
        let mut out: Vec<_> = all.iter().filter(|o| on.is_none() || holds(o.from, o.to, on)).collect();
        out.sort_by_key(|o| std::cmp::Reverse((o.to.is_none(), o.to, o.from)));
        out
    }

    /// Known persons who held this office of that state, body or group on that day.
    pub fn holders(&self, title: &str, of: &ActorId, on: Date) -> Vec<&ActorEntry> {
        let held = |o: &OfficeEntry| o.title == title && o.of == *of && holds(o.from, o.to, Some(on));
        self.stock.actors.iter().filter(|a| a.offices.iter().any(held)).collect()
    }

    /// Places that bear the name, most populous first.
    pub fn places_named(&self, name: &str) -> Vec<PlaceEntry<'_>> {
        let parts = self.pieces_of(name);
        let layers = self.gazetteers.iter().enumerate();
        let ids =
            layers.flat_map(|(layer, g)| g.named(&parts).into_iter().map(move |at| PlaceId::new(layer, at)));
        ids.filter_map(|id| self.place(id)).collect()
    }

    /// The place with this id.
    pub fn place(&self, id: PlaceId) -> Option<PlaceEntry<'_>> {
        let mut entry = self.gazetteers.get(id.layer())?.entry(id.at())?;
        entry.id = id;
        Some(entry)
    }

    /// How many places are known.
    pub fn place_count(&self) -> usize {
        self.gazetteers.iter().map(Gazetteer::len).sum()
    }

    /// What a common noun denotes when it heads the mention of an actor; singular or plural, one word or
    /// several.
    pub fn noun(&self, noun: &str) -> Option<&NounEntry> {
        let found = find(&self.stock.noun_keys, &key(&self.pieces_of(noun)))?;
        self.stock.nouns.get(found)
    }

    /// The longest noun that the words end in ("Afghan security forces": "security forces"), and its length.
    pub fn noun_ending(&self, words: &[&str]) -> Option<(usize, &NounEntry)> {
        let longest = words.len().min(6);
        (1..=longest).rev().find_map(|len| {
            let tail = &words[words.len() - len..];
            let starts = tail[0].chars().any(char::is_alphanumeric);
            let found = find(&self.stock.noun_keys, &key(&pieces(tail, &self.spellings, MOST)))?;
            starts.then(|| (len, &self.stock.nouns[found]))
        })
    }

    /// The title that the words begin with, the longest.
    pub fn title(&self, words: &[&str]) -> Option<TitleHit<'_>> {
        let longest = words.len().min(8);
        let direct = |words: &[&str]| {
            (1..=longest.min(words.len())).rev().find_map(|len| {
                let parts = pieces(&words[..len], &self.spellings, MOST);
                let found = &self.stock.titles[find(&self.stock.title_keys, &key(&parts))?];
                let plain = parts.len() > 1 || parts[0].capital || !self.is_proper(found, &parts[0].text);
                (plain && parts.last()?.word + 1 == len).then_some((len, found))
            })
        };
        let (skip, modifier) = match direct(words) {
            Some(_) => (0, None),
            None => crate::affix::leading_modifier(words)?,
        };
        let (len, title) = direct(&words[skip..])?;
        let (more, modifier) = crate::affix::trailing_modifier(&words[skip + len..], modifier);
        Some(TitleHit { len: skip + len + more, title, modifier })
    }

    /// A title that is written with a capital in the file ("Major") is no adjective or noun in lower case.
    fn is_proper(&self, title: &TitleEntry, key: &str) -> bool {
        let forms = std::iter::once(&title.title).chain(&title.forms);
        forms.filter(|f| fold(f) == key).any(|f| f.starts_with(char::is_uppercase))
    }

    /// The outlet with this name or web domain.
    pub fn outlet(&self, name: &str) -> Option<&OutletEntry> {
        let host =
            name.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
        let host = host.split('/').next().unwrap_or(host).to_ascii_lowercase();
        let by_name = || find(&self.stock.outlet_keys, &key(&self.pieces_of(name)));
        let found = find(&self.stock.domain_keys, &host).or_else(by_name)?;
        self.stock.outlets.get(found)
    }

    /// The longest name of an outlet that begins at word `start`, with its length in words.
    pub fn outlet_at(&self, words: &[&str], start: usize) -> Option<(usize, &OutletEntry)> {
        let rest = words.get(start..).unwrap_or_default();
        (1..=rest.len().min(7)).rev().find_map(|len| {
            let parts = pieces(&rest[..len], &self.spellings, MOST);
            let proper = parts.first()?.capital && parts.last()?.capital && !rest[len - 1].ends_with('-');
            let found = find(&self.stock.outlet_keys, &key(&parts)).filter(|_| proper)?;
            Some((len, &self.stock.outlets[found]))
        })
    }

    /// A word of the calendar or of counting, lower case, and its value.
    pub fn word(&self, word: &str) -> Option<(WordKind, u64)> {
        let found = self.stock.words.binary_search_by(|w| w.word.as_str().cmp(word)).ok()?;
        self.stock.words.get(found).map(|w| (w.kind, w.value))
    }

    /// An event type in plain words.
    pub fn type_entry(&self, kind: EventType) -> &TypeEntry {
        let found = self.stock.types.iter().find(|t| t.code == kind);
        found.expect("a law of the bundled files: every type has its entry")
    }

    /// A mode in plain words.
    pub fn mode_entry(&self, mode: Mode) -> &ModeEntry {
        let found = self.stock.modes.iter().find(|m| m.code == mode);
        found.expect("a law of the bundled files: every mode has its entry")
    }

    /// A context in plain words.
    pub fn context_entry(&self, context: Context) -> &ContextEntry {
        let found = self.stock.contexts.iter().find(|c| c.code == context);
        found.expect("a law of the bundled files: every context has its entry")
    }

    /// A sector in plain words.
    pub fn sector_entry(&self, sector: Sector) -> &SectorEntry {
        let found = self.stock.sectors.iter().find(|s| s.code == sector);
        found.expect("a law of the bundled files: every sector has its entry")
    }

    /// The table of cues for boilerplate.
    pub(crate) fn cues(&self) -> &[crate::CueEntry] {
        &self.stock.cues
    }

    fn pieces_of(&self, name: &str) -> Vec<Piece> {
        let words = words_of(name);
        let bare = if words.first() == Some(&"the") && words.len() > 1 { &words[1..] } else { &words };
        pieces(bare, &self.spellings, MOST)
    }
}

/// Tables back to entries, to be made anew with more. What was expanded stays so.
fn unmake(stock: Stock, spellings: Spellings) -> Entries {
    Entries {
        actors: stock.actors,
        countries: stock.countries,
        bodies: stock.bodies,
        titles: stock.titles,
        nouns: stock.nouns,
        outlets: stock.outlets,
        cues: stock.cues,
        spellings: spellings.into_entries(),
        types: stock.types,
        modes: stock.modes,
        contexts: stock.contexts,
        sectors: stock.sectors,
        words: stock.words,
        ..Entries::default()
    }
}

/// A small gazetteer of a user's own places.
fn own_gazetteer(hand: &[HandPlace], spellings: &Spellings) -> Gazetteer {
    let packed = places::pack("", &[], hand, spellings);
    let parts = [packed.header, packed.automaton, packed.lists, packed.records, packed.names];
    Gazetteer::new(parts.map(Cow::Owned))
}

/// "Pakistan's", "the United States'".
fn possessive(actor: &ActorEntry) -> String {
    let article = if actor.article { "the " } else { "" };
    let end = if actor.name.ends_with('s') { "'" } else { "'s" };
    format!("{article}{}{end}", actor.name)
}

fn find(keys: &[(String, u32)], key: &str) -> Option<usize> {
    let found = keys.binary_search_by(|(k, _)| k.as_str().cmp(key)).ok()?;
    keys.get(found).map(|(_, at)| *at as usize)
}

/// Cuts a sentence into words as a tokeniser of Universal Dependencies does, roughly: hyphens, final 's and
/// punctuation stand alone. For the sentences of knowledge files; reports are tokenised elsewhere.
pub fn split(sentence: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for chunk in sentence.split_whitespace() {
        let mut rest = chunk;
        while let Some(cut) = rest.char_indices().find(|(i, c)| is_cut(rest, *i, *c)).map(|(i, _)| i) {
            let (word, more) = rest.split_at(cut);
            let width = more.chars().next().map_or(0, char::len_utf8);
            let width = if is_possessive(more) { more.len().min(width + 1) } else { width };
            out.extend([word, &more[..width]].into_iter().filter(|w| !w.is_empty()));
            rest = &more[width..];
        }
        out.extend(Some(rest).filter(|w| !w.is_empty()));
    }
    out
}

fn is_possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    let mark = matches!(chars.next(), Some('\'' | '’'));
    mark && chars.next() == Some('s') && chars.next().is_none_or(|c| !c.is_alphanumeric())
}

fn is_cut(chunk: &str, at: usize, c: char) -> bool {
    let (before, after) = (&chunk[..at], &chunk[at + c.len_utf8()..]);
    match c {
        '\'' | '’' => is_possessive(&chunk[at..]) || after.is_empty(),
        '.' => after.is_empty() && !before.contains('.') && before.chars().count() > 1,
        '&' => false,
        c => !c.is_alphanumeric(),
    }
}
