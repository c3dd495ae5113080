//! Takes the entries of many files together, gives every law that they break.
//!
//! A list of a thousand names goes wrong quietly: one alias claimed twice, an office held by two people at
//! once, a country code that no country has. These laws run over the bundled files as a test and over a
//! user's files at start.
//!
//! # How
//! One function a law. Each names the entry it is about; the line is looked up at the end.

use crate::day::Day;
use crate::entry::{ActorEntry, Entries, Shape};
use crate::file::{Problem, Stand, nearest};
use crate::fold::{Spellings, key, pieces, words_of};
use crate::names::{MOST, claims};
use crate::press;
use crate::stock::{make, spellings_of};
use detente_types::{ActorKind, Context, EventType, Mode};
use std::collections::{BTreeMap, BTreeSet};

/// A law broken by an entry.
struct Breach {
    table: &'static str,
    key: String,
    what: String,
    why: String,
    nearest: Option<String>,
}

impl Breach {
    fn new(table: &'static str, key: &str, what: String, why: &str) -> Breach {
        Breach { table, key: key.to_string(), what, why: why.to_string(), nearest: None }
    }
}

/// Every law that the bundled files (path, contents) break, as lines to print.
pub fn check_bundle(files: &[(String, String)]) -> Vec<String> {
    let (mut entries, mut stands, mut out) = (Entries::default(), Vec::new(), Vec::new());
    for (path, text) in files {
        let parsed = crate::file::parse(path, text);
        out.extend(parsed.problems.iter().map(ToString::to_string));
        entries.append(parsed.entries);
        stands.extend(parsed.stands);
    }
    out.extend(broken(&entries, &stands).iter().map(ToString::to_string));
    out.extend(missing(&entries).iter().map(|what| format!("missing: {what}")));
    out
}

/// The actors of these files that carry sentences.
pub fn sentences(files: &[(String, String)]) -> Vec<ActorEntry> {
    let all = files.iter().flat_map(|(path, text)| crate::file::parse(path, text).entries.actors);
    all.filter(|a| !a.yes.is_empty() || !a.no.is_empty()).collect()
}

/// Every problem among these entries that concerns one of the stands.
pub(crate) fn broken(entries: &Entries, stands: &[Stand]) -> Vec<Problem> {
    let stock = make(entries.clone());
    let spellings = Spellings::new(spellings_of(entries));
    let mut breaches = references(entries, &stock.actors);
    breaches.extend(intervals(entries));
    breaches.extend(names_have_one_bearer(&stock.actors, &spellings));
    breaches.extend(offices_do_not_overlap(&stock.actors, entries));
    breaches.extend(cues_match_their_lines(entries));
    breaches.extend(nouns_make_known_bodies(entries));
    breaches.extend(words_have_one_meaning(entries));
    let mut problems = repeated(stands);
    for breach in breaches {
        let here = |s: &&Stand| s.table == breach.table && s.key == breach.key;
        for stand in stands.iter().filter(here) {
            problems.push(Problem {
                path: stand.path.clone(),
                line: stand.line,
                what: breach.what.clone(),
                why: breach.why.clone(),
                nearest: breach.nearest.clone(),
            });
        }
    }
    problems
}

/// What the bundled files must hold beside: the whole ontology, every state.
pub(crate) fn missing(entries: &Entries) -> Vec<String> {
    let mut out = Vec::new();
    for t in EventType::ALL {
        let there = entries.types.iter().any(|e| e.code == *t && e.score.is_some() == t.is_plover());
        out.extend((!there).then(|| format!("type {t}")));
    }
    for m in Mode::ALL {
        out.extend((!entries.modes.iter().any(|e| e.code == *m)).then(|| format!("mode {m}")));
    }
    for c in Context::ALL {
        out.extend((!entries.contexts.iter().any(|e| e.code == *c)).then(|| format!("context {c:?}")));
    }
    let actors = make(entries.clone()).actors;
    for country in entries.countries.iter().filter(|c| c.un_member) {
        let actor = actors.iter().find(|a| a.id.as_str() == country.alpha3);
        let complete = country.capital.is_some()
            && country.point.is_some()
            && country.gw.is_some()
            && actor.is_some_and(|a| !a.adjectives.is_empty());
        out.extend((!complete).then(|| format!("capital, point, number or adjective of {}", country.name)));
    }
    out
}

/// One entry, one place: a key stands once in its table.
fn repeated(stands: &[Stand]) -> Vec<Problem> {
    let mut sorted: Vec<&Stand> = stands.iter().collect();
    sorted.sort();
    let twins = sorted.windows(2).filter(|w| w[0].table == w[1].table && w[0].key == w[1].key);
    twins
        .map(|w| {
            let what = format!("[[{}]] {:?} stands twice", w[1].table, w[1].key);
            let why = format!("it also stands in {}:{}; one entry, one place", w[0].path, w[0].line);
            Problem::new(&w[1].path, w[1].line, &what, &why)
        })
        .collect()
}

/// Codes of countries, keys of actors and titles that entries speak of exist.
fn references(entries: &Entries, actors: &[ActorEntry]) -> Vec<Breach> {
    let countries: BTreeSet<&str> = entries.countries.iter().map(|c| c.alpha3.as_str()).collect();
    let ids: BTreeSet<&str> = actors.iter().map(|a| a.id.as_str()).collect();
    let suffixes: BTreeSet<&str> = entries.bodies.iter().map(|b| b.suffix.as_str()).collect();
    let known = |id: &str| {
        let composed =
            id.rsplit_once('/').is_some_and(|(owner, body)| ids.contains(owner) && suffixes.contains(body));
        ids.contains(id) || composed
    };
    let mut out = Vec::new();
    let mut country = |table, key: &str, code: &str| {
        if !countries.contains(code) {
            let what = format!("{code:?} is no country");
            let mut breach = Breach::new(table, key, what, "write the ISO alpha-3 code");
            breach.nearest = nearest(code, countries.iter().copied());
            out.push(breach);
        }
    };
    for a in &entries.actors {
        let held = a.holds.iter().map(|h| &h.country);
        a.country.iter().chain(held).for_each(|c| country("actor", a.id.as_str(), c));
    }
    for c in &entries.countries {
        let all = c.neighbours.iter().chain(&c.successors).chain(&c.part_of);
        all.for_each(|n| country("country", &c.alpha3, n));
    }
    entries.outlets.iter().for_each(|o| o.country.iter().for_each(|c| country("outlet", &o.name, c)));
    entries.places.iter().for_each(|p| p.countries.iter().for_each(|c| country("place", &p.key, c)));
    for a in &entries.actors {
        let of = a.offices.iter().map(|o| &o.of);
        for id in a.acts_for.iter().chain(of).filter(|id| !known(id.as_str())) {
            let what = format!("{:?} is no actor", id.as_str());
            let mut breach = Breach::new("actor", a.id.as_str(), what, "write the key of an entry");
            breach.nearest = nearest(id.as_str(), ids.iter().copied());
            out.push(breach);
        }
        let is_country = ids_of_countries(entries, a);
        if is_country && a.kind != ActorKind::State {
            let what = format!("{:?} is the key of a country", a.id.as_str());
            out.push(Breach::new("actor", a.id.as_str(), what, "choose another key"));
        }
        if a.name.is_empty() && !is_country {
            out.push(Breach::new(
                "actor",
                a.id.as_str(),
                "no name".into(),
                "every actor but a country needs one",
            ));
        }
    }
    out.extend(strangers(entries, known));
    out.extend(unknown_titles(entries));
    out
}

/// Outlets that speak for, and titles that belong to, an actor that is in no file.
fn strangers(entries: &Entries, known: impl Fn(&str) -> bool) -> Vec<Breach> {
    let mut out = Vec::new();
    let unspoken =
        entries.outlets.iter().filter(|o| o.speaks_for.as_ref().is_some_and(|id| !known(id.as_str())));
    out.extend(unspoken.map(|o| {
        let id = o.speaks_for.as_ref().map_or("", |id| id.as_str());
        Breach::new("outlet", &o.name, format!("{id:?} is no actor"), "write the key of an entry")
    }));
    let unheld = entries.titles.iter().filter(|t| t.of.as_ref().is_some_and(|id| !known(id.as_str())));
    out.extend(unheld.map(|t| {
        let id = t.of.as_ref().map_or("", |id| id.as_str());
        Breach::new("title", &t.title, format!("{id:?} is no actor"), "write the key of an entry")
    }));
    out
}

fn ids_of_countries(entries: &Entries, a: &ActorEntry) -> bool {
    entries.countries.iter().any(|c| c.alpha3 == a.id.as_str())
}

/// Offices of persons bear titles that are listed.
fn unknown_titles(entries: &Entries) -> Vec<Breach> {
    let stock = make(entries.clone());
    let titles: BTreeSet<&str> = stock.titles.iter().map(|t| t.title.as_str()).collect();
    let mut out = Vec::new();
    for a in &entries.actors {
        for office in a.offices.iter().filter(|o| !titles.contains(o.title.as_str())) {
            let what = format!("{:?} is no title", office.title);
            let mut breach = Breach::new("actor", a.id.as_str(), what, "write the title of an entry");
            breach.nearest = nearest(&office.title, titles.iter().copied());
            out.push(breach);
        }
    }
    out
}

/// What begins ends later.
fn intervals(entries: &Entries) -> Vec<Breach> {
    let backwards = |from: Option<Day>, to: Option<Day>| matches!((from, to), (Some(from), Some(to)) if from.first() > to.last());
    let wrong = |a: &&ActorEntry| {
        backwards(a.from, a.to)
            || a.holds.iter().any(|h| backwards(h.from, h.to))
            || a.offices.iter().any(|o| backwards(o.from, o.to))
    };
    let all = entries.actors.iter().filter(wrong);
    all.map(|a| Breach::new("actor", a.id.as_str(), "ends before it begins".into(), "put the dates in order"))
        .collect()
}

/// A name that two actors bear at one time is declared by both.
fn names_have_one_bearer(actors: &[ActorEntry], spellings: &Spellings) -> Vec<Breach> {
    let mut out = Vec::new();
    let mut told = BTreeSet::new();
    let claims = claims(actors, spellings);
    for (name, bearers) in &claims {
        let ids: BTreeSet<u32> = bearers.iter().map(|b| b.actor).collect();
        for b in bearers {
            let actor = &actors[b.actor as usize];
            let rivals = bearers
                .iter()
                .filter(|r| r.actor != b.actor && meet(b.span(actor), r.span(&actors[r.actor as usize])));
            let rivals: Vec<&str> = rivals.map(|r| actors[r.actor as usize].id.as_str()).collect();
            if rivals.is_empty() || b.shared || !told.insert((b.actor, name.clone())) {
                continue;
            }
            let what = format!("{name:?} is also a name of {}", rivals.join(", "));
            out.push(Breach::new(
                "actor",
                actor.id.as_str(),
                what,
                "a name with two bearers stands in `shared` of both",
            ));
        }
        let alone = bearers.iter().filter(|b| b.shared && ids.len() == 1);
        out.extend(alone.map(|b| {
            let what = format!("{name:?} is shared with nobody");
            Breach::new("actor", actors[b.actor as usize].id.as_str(), what, "take it out of `shared`")
        }));
    }
    for actor in actors {
        out.extend(shared_but_not_borne(actor, &claims, actors, spellings));
    }
    out
}

fn shared_but_not_borne(
    actor: &ActorEntry,
    claims: &BTreeMap<String, Vec<crate::names::Row>>,
    actors: &[ActorEntry],
    spellings: &Spellings,
) -> Vec<Breach> {
    let borne = |name: &str| {
        let key = key(&pieces(&words_of(name.strip_prefix("the ").unwrap_or(name)), spellings, MOST));
        claims.get(&key).is_some_and(|rows| rows.iter().any(|r| actors[r.actor as usize].id == actor.id))
    };
    let lost = actor.shared.iter().filter(|name| !borne(name));
    lost.map(|name| {
        let what = format!("{name:?} is shared but no name of it");
        Breach::new("actor", actor.id.as_str(), what, "write it as its other list has it")
    })
    .collect()
}

type Span = (Option<Day>, Option<Day>);

/// Do two open or closed intervals meet?
fn meet(a: Span, b: Span) -> bool {
    let before = |end: Option<Day>, start: Option<Day>| matches!((end, start), (Some(end), Some(start)) if end.first() <= start.last());
    !before(a.1, b.0) && !before(b.1, a.0)
}

/// An office that one person holds at a time is not held by two.
fn offices_do_not_overlap(actors: &[ActorEntry], entries: &Entries) -> Vec<Breach> {
    let stock = make(entries.clone());
    let single: BTreeSet<&str> = stock.titles.iter().filter(|t| t.single).map(|t| t.title.as_str()).collect();
    let mut held = Vec::new();
    for actor in actors {
        let offices = actor.offices.iter().filter(|o| single.contains(o.title.as_str()));
        held.extend(offices.map(|o| (o.of.as_str(), o.title.as_str(), o.from, o.to, actor.id.as_str())));
    }
    held.sort();
    let mut out = Vec::new();
    for (i, a) in held.iter().enumerate() {
        let same = held[i + 1..].iter().take_while(|b| (a.0, a.1) == (b.0, b.1));
        for b in same.filter(|b| a.4 != b.4 && meet((a.2, a.3), (b.2, b.3))) {
            let what = format!("{} of {} at the same time as {}", a.1, a.0, b.4);
            out.push(Breach::new("actor", a.4, what, "one person at a time; set `from` and `to`"));
        }
    }
    out
}

/// Cues match their `yes` lines and none of their `no` lines, and each wording has a line that proves it.
fn cues_match_their_lines(entries: &Entries) -> Vec<Breach> {
    let mut out = Vec::new();
    for cue in &entries.cues {
        let key = format!("{} {:?}", cue.cue, cue.at);
        let fits = |line: &str| cue.forms().any(|form| press::matches(cue, form, line));
        let missed = cue.yes.iter().filter(|line| !fits(line)).map(|l| (l, "does not match"));
        let caught = cue.no.iter().filter(|line| fits(line)).map(|l| (l, "matches"));
        for (line, does) in missed.chain(caught) {
            out.push(Breach::new("cue", &key, format!("{does} {line:?}"), "its own lines must hold"));
        }
        let proven =
            |form: &str| cue.yes.is_empty() || cue.yes.iter().any(|line| press::matches(cue, form, line));
        out.extend(cue.forms().filter(|form| !proven(form)).map(|form| {
            Breach::new("cue", &key, format!("no line for {form:?}"), "write a `yes` line for each wording")
        }));
        let runs = |form: &str| form.split(' ').filter(|w| matches!(*w, "*" | "+")).count();
        let plain = |form: &str| {
            form.to_lowercase() == form && !form.split(' ').any(str::is_empty) && runs(form) <= 2
        };
        out.extend(cue.forms().filter(|form| !plain(form)).map(|form| {
            let why =
                "write words in lower case with one space between them, and `*` or `+` no more than twice";
            Breach::new("cue", &key, format!("{form:?}"), why)
        }));
        let most = cue.most_words.filter(|most| *most > press::LONGEST);
        out.extend(most.map(|most| {
            let why = "longer lines are prose and not looked at";
            Breach::new("cue", &key, format!("most_words is {most}"), why)
        }));
    }
    out
}

/// The body that a noun or title makes is one that every state has.
fn nouns_make_known_bodies(entries: &Entries) -> Vec<Breach> {
    let suffixes: BTreeSet<&str> = entries.bodies.iter().map(|b| b.suffix.as_str()).collect();
    let nouns = entries.nouns.iter().filter_map(|n| Some(("noun", n.noun.clone(), n.body.clone()?)));
    let titles = entries.titles.iter().filter_map(|t| Some(("title", t.title.clone(), t.body.clone()?)));
    let fields = entries.portfolios.iter().map(|p| ("portfolio", p.name.clone(), p.body.clone()));
    let all = nouns.chain(titles).chain(fields).filter(|(.., body)| !suffixes.contains(body.as_str()));
    let mut out: Vec<Breach> = all
        .map(|(table, key, body)| {
            let mut breach =
                Breach::new(table, &key, format!("{body:?} is no body"), "write a suffix of [[body]]");
            breach.nearest = nearest(&body, suffixes.iter().copied());
            breach
        })
        .collect();
    let odd = entries.nouns.iter().filter(|n| n.shape == Shape::Person && n.kind == ActorKind::State);
    out.extend(
        odd.map(|n| Breach::new("noun", &n.noun, "a person is no state".into(), "choose another kind")),
    );
    out
}

/// A noun, a title, an outlet's name stands in one entry of its table.
fn words_have_one_meaning(entries: &Entries) -> Vec<Breach> {
    let nouns = entries.nouns.iter().map(|n| ("noun", &n.noun, &n.forms));
    let titles = entries.titles.iter().map(|t| ("title", &t.title, &t.forms));
    let outlets = entries.outlets.iter().map(|o| ("outlet", &o.name, &o.aliases));
    let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
    let mut out = Vec::new();
    for (table, key, forms) in nouns.chain(titles).chain(outlets) {
        for form in std::iter::once(key).chain(forms) {
            let before = seen.insert((table, form.to_lowercase()), key);
            out.extend(before.map(|other| {
                let what = format!("{form:?} also stands under {other:?}");
                Breach::new(table, key, what, "one word, one entry")
            }));
        }
    }
    out
}
