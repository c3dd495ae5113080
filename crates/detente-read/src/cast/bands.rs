//! Armed groups that no list knows: gangs, militias and fronts of which the report itself says that they are such.
//!
//! The next conflict is fought by groups that nobody listed. But a report says at the first mention who they are: "the Gran Grif
//! gang", "the Free Lunda Movement, a rebel group", "the rebel group Front for the Liberation of Katanga". From then on the
//! name alone means the group, whatever the analyser tags it as.
//!
//! # How
//! 1. [`bands`], before anybody is resolved: a name before a noun for an armed group, behind one, or with one as its apposition;
//!    where no list knows a name in it.
//! 2. [`spans`]: where those names stand in a sentence, with such a noun or "fighters" behind them.
//! 3. [`Casting::band`]: the top of such words is the group, and so are "members of" it.
//!
//! # Does not
//! Make groups of places, peoples and creeds: "the Zintan brigade", "Karen fighters", "Maoist rebels" are read elsewhere.

use super::phrase::slug;
use super::{Casting, Meaning};
use crate::text::Text;
use crate::tree::Tree;
use detente_knowledge::{Knowledge, NameKind, Target};
use detente_types::{Actor, ActorId, ActorKind, ActorRef, Certainty, Sector, Via};

/// An armed group by the name that the report gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Band {
    words: Vec<String>,
    sector: Sector,
}

/// Words of a band in a sentence: first, after the last, and which band.
pub(super) type Stretch = (usize, usize, usize);

/// The armed groups that a report introduces, longest names first.
pub(super) fn bands(text: &Text<'_>, knowledge: &Knowledge) -> Vec<Band> {
    let mut out: Vec<Band> = Vec::new();
    for tree in text.sentences.iter().filter_map(|s| s.tree.as_ref()) {
        let mut at = 0;
        while at < tree.len() {
            let end = name_end(tree, at);
            if end == at {
                at += 1;
                continue;
            }
            let first = without_owner(tree, at, end, knowledge);
            let sector = noun_at(tree, end)
                .map(|(_, sector)| sector)
                .or_else(|| apposed(tree, end))
                .or_else(|| noun_before(tree, first));
            if let Some(sector) = sector.filter(|_| is_new(tree, first, end, knowledge)) {
                let words: Vec<String> = (first..end).map(|n| tree.word(n).to_string()).collect();
                if !out.iter().any(|b| b.words == words) {
                    out.push(Band { words, sector });
                }
            }
            at = end;
        }
    }
    out.sort_by_key(|b| std::cmp::Reverse(b.words.len()));
    out
}

/// For each token the words of a band that it is part of.
pub(super) fn spans(tree: &Tree<'_>, bands: &[Band]) -> Vec<Option<Stretch>> {
    let mut out = vec![None; tree.len()];
    let mut at = 0;
    while at < tree.len() {
        let here =
            |b: &Band| b.words.iter().enumerate().all(|(k, w)| at + k < tree.len() && tree.word(at + k) == w);
        let Some(which) = bands.iter().position(here) else {
            at += 1;
            continue;
        };
        let name = at + bands[which].words.len();
        let end = match noun_at(tree, name) {
            Some((end, _)) => end,
            None if people(tree, name) => name + 1,
            None => name,
        };
        let behind = |n: usize| noun_at(tree, n).is_some_and(|(end, _)| end == at);
        let first = [2, 1].into_iter().filter_map(|k| at.checked_sub(k)).find(|&n| behind(n)).unwrap_or(at);
        out[first..end].fill(Some((first, end, which)));
        at = end;
    }
    out
}

fn capital(tree: &Tree<'_>, n: usize) -> bool {
    n < tree.len()
        && tree.word(n).starts_with(char::is_uppercase)
        && tree.upos(n) != "PRON"
        && !matches!(
            tree.lower(n),
            "the" | "a" | "an" | "in" | "on" | "at" | "but" | "and" | "two" | "three" | "mr"
        )
}

/// Where a name ends that begins here: capitals, with "of", "for the", "de" and hyphens inside.
fn name_end(tree: &Tree<'_>, first: usize) -> usize {
    // "Gunmen of the …": a sentence begins with a capital, whatever stands there.
    if !capital(tree, first) || first == 0 && tree.upos(first) != "PROPN" {
        return first;
    }
    let mut end = first + 1;
    while end < tree.len() && end < first + 8 {
        let small = matches!(tree.word(end), "of" | "for" | "de" | "del" | "da" | "do" | "-");
        let the =
            usize::from(small && end + 1 < tree.len() && matches!(tree.word(end + 1), "the" | "la" | "los"));
        match () {
            () if capital(tree, end) => end += 1,
            () if small && capital(tree, end + 1 + the) => end += 2 + the,
            () => break,
        }
    }
    end
}

/// "The Congolese Rwenzori Eagles": without what says whose they are.
fn without_owner(tree: &Tree<'_>, first: usize, end: usize, knowledge: &Knowledge) -> usize {
    let owner =
        |n: usize| knowledge.names_at(&[tree.word(n)], 0).iter().any(|h| h.as_ == NameKind::Adjective);
    (first..end).find(|&n| !owner(n) || n + 1 == end).unwrap_or(first)
}

/// A noun for an armed group from this word on, where it ends, and of what sort: "gang", "rebel group".
fn noun_at(tree: &Tree<'_>, at: usize) -> Option<(usize, Sector)> {
    let word = |n: usize| if n < tree.len() { tree.lower(n) } else { "" };
    match word(at) {
        "gang" | "gangs" | "cartel" | "mafia" => return Some((at + 1, Sector::Crm)),
        "militia" | "militias" => return Some((at + 1, Sector::Uaf)),
        _ => {}
    }
    let sector = match word(at) {
        "criminal" => Sector::Crm,
        "paramilitary" | "vigilante" => Sector::Uaf,
        "rebel" | "armed" | "militant" | "insurgent" | "guerrilla" | "separatist" | "jihadist"
        | "extremist" | "terrorist" | "secessionist" => Sector::Reb,
        _ => return None,
    };
    let body = matches!(
        word(at + 1),
        "group"
            | "movement"
            | "organisation"
            | "organization"
            | "faction"
            | "alliance"
            | "coalition"
            | "force"
            | "army"
            | "network"
            | "gang"
    );
    body.then_some((at + 2, sector))
}

/// ", a rebel group", ", one of the largest armed groups": what stands behind the name says what it is.
fn apposed(tree: &Tree<'_>, end: usize) -> Option<Sector> {
    let opens = end + 1 < tree.len() && tree.word(end) == ",";
    if !opens || !matches!(tree.lower(end + 1), "a" | "an" | "the" | "one") {
        return None;
    }
    for n in end + 1..tree.len().min(end + 9) {
        if let Some((_, sector)) = noun_at(tree, n) {
            return Some(sector);
        }
        let plural = tree.lower(n + 1 - usize::from(n + 1 == tree.len())) == "groups";
        if plural && matches!(tree.lower(n), "rebel" | "armed" | "militant" | "insurgent") {
            return Some(Sector::Reb);
        }
        if !matches!(tree.upos(n), "DET" | "ADJ" | "NOUN" | "ADP" | "NUM" | "ADV" | "PROPN" | "PART") {
            return None;
        }
    }
    None
}

/// "the rebel group Front for …": the noun right before the name.
fn noun_before(tree: &Tree<'_>, first: usize) -> Option<Sector> {
    let ends = |from: usize| noun_at(tree, from).filter(|(end, _)| *end == first).map(|(_, sector)| sector);
    first.checked_sub(2).and_then(ends).or_else(|| first.checked_sub(1).and_then(ends))
}

/// People of a group behind its name.
fn people(tree: &Tree<'_>, at: usize) -> bool {
    at < tree.len()
        && matches!(
            tree.lower(at),
            "fighters"
                | "fighter"
                | "gunmen"
                | "gunman"
                | "militants"
                | "militiamen"
                | "rebels"
                | "rebel"
                | "members"
                | "insurgents"
                | "guerrillas"
                | "forces"
                | "troops"
                | "combatants"
                | "separatists"
                | "jihadists"
                | "group"
        )
}

/// What faith, people or doctrine a group is called by is no name of it.
const CREEDS: &[&str] = &[
    "sunni",
    "shia",
    "shiite",
    "shi'ite",
    "christian",
    "muslim",
    "islamist",
    "islamic",
    "maoist",
    "marxist",
    "communist",
    "leftist",
    "rightist",
    "salafist",
    "druze",
    "alawite",
    "hutu",
    "tutsi",
    "arab",
    "african",
    "european",
    "western",
    "eastern",
    "northern",
    "southern",
    "central",
    "state",
    "army",
    "government",
    "local",
    "other",
    "several",
    "another",
    "rival",
    "both",
    "most",
    "some",
    "many",
    "no",
    "one",
    "this",
    "that",
    "its",
    "their",
    "his",
    "pro",
    "anti",
    "ex",
    "former",
    "more",
];

/// Does no list know a name in these words, nor are they a place, a people or a creed?
fn is_new(tree: &Tree<'_>, first: usize, end: usize, knowledge: &Knowledge) -> bool {
    let words: Vec<&str> = (first..end).map(|n| tree.word(n)).collect();
    if words.is_empty() || words.len() > 7 || first > 0 && tree.word(first - 1) == "-" {
        return false;
    }
    let state = |id: &ActorId| knowledge.actor(id).is_some_and(|a| a.kind == ActorKind::State);
    let known = (0..words.len()).any(|k| {
        let hits = knowledge.names_at(&words, k);
        hits.iter().any(|h| match &h.target {
            Target::Actor(id) => !state(id) || h.len == words.len(),
            Target::Place(_) => h.len == words.len(),
        })
    });
    let creed = |w: &&str| CREEDS.contains(&w.to_lowercase().as_str());
    let common = words.len() == 1
        && (tree.upos(first) != "PROPN"
            || knowledge.noun(tree.lower(first)).is_some()
            || knowledge.word(tree.lower(first)).is_some());
    // A sentence begins with a capital, whatever stands there.
    let begins = first == 0 && words.len() == 1;
    !known && !common && !begins && !words.iter().all(creed) && knowledge.title(&words).is_none()
}

impl Casting<'_, '_> {
    /// A group that the report introduced: the top of its words stands for it, its other words for nothing.
    pub(super) fn band(&mut self, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        let Some((first, end, which)) = self.band_spans.get(i).copied().flatten() else {
            return self.of_band(tree, i);
        };
        let top = (first..end)
            .find(|&n| tree.head(n).is_none_or(|h| !(first..end).contains(&h)))
            .unwrap_or(end - 1);
        if i != top {
            return Some(Meaning::default());
        }
        let ids: Vec<usize> = (first..end).collect();
        Some(self.band_meant(tree, which, &ids, Via::Name, Certainty::Certain))
    }

    /// "members of the Gran Grif gang"
    fn of_band(&mut self, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        if self.bands.is_empty()
            || !people(tree, i) && !matches!(tree.lower(i), "men" | "wing" | "unit" | "units")
        {
            return None;
        }
        let of = tree
            .kids_by(i, &["nmod"])
            .find(|&k| tree.case(k).is_some_and(|c| matches!(c.as_str(), "of" | "from")))?;
        let (_, end, which) = self.band_spans.get(of).copied().flatten()?;
        let ids: Vec<usize> = (i..end).collect();
        Some(self.band_meant(tree, which, &ids, Via::Composed, Certainty::Certain))
    }

    /// "Gran Grif's leader, Ada Example", "Ada Example, leader of the Gran Grif gang": the group beside a title.
    pub(super) fn band_beside(&mut self, tree: &Tree<'_>, title: usize) -> Option<ActorId> {
        let appositions = tree.kids_by(title, &["appos"]);
        let heads: Vec<usize> = std::iter::once(title).chain(appositions).collect();
        let owner = heads.into_iter().flat_map(|h| tree.kids_by(h, &["nmod:poss", "nmod"])).find_map(|k| {
            let (first, end, which) = self.band_spans.get(k).copied().flatten()?;
            Some((which, (first..end).collect::<Vec<usize>>()))
        });
        let (which, ids) = owner?;
        self.band_meant(tree, which, &ids, Via::Name, Certainty::Certain).refs.pop().map(|r| r.actor)
    }

    fn band_meant(
        &mut self,
        tree: &Tree<'_>,
        which: usize,
        ids: &[usize],
        via: Via,
        certainty: Certainty,
    ) -> Meaning {
        let band = &self.bands[which];
        let name = band.words.join(" ").replace(" - ", "-");
        let id = ActorId::named(&format!("org/{}", slug(&name)));
        let told = self.told_place(tree).filter(|c| self.focus.has(c));
        let country =
            told.or_else(|| self.focus.main(|_| true).map(str::to_string)).or_else(|| self.home.clone());
        let sector = Some(band.sector);
        self.out.actors.entry(id.clone()).or_insert_with(|| Actor {
            id: id.clone(),
            name,
            kind: ActorKind::ArmedGroup,
            country,
            sector,
            aliases: Vec::new(),
            acts_for: Vec::new(),
        });
        let refs = vec![ActorRef { actor: id, span: Some(tree.span_of(ids)), via, certainty }];
        Meaning { refs, place: false, owned: false }
    }
}
