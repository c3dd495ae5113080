//! Many Readings to Crises: what several reports say together, and what they differ on.
//!
//! A reading is one report's word. A crisis is the books that can be kept when there are several: which of
//! them tell the same, what happened, how many died by whose count, who offered to mediate and who answered,
//! and where the reports contradict each other. Every fact keeps all its sentences.
//!
//! The modules stand in the order in which a reading passes through them; each uses only those above it.
//!
//! 1. [`words`], [`days`], [`fit`]: comparing short texts, intervals, places and occasions.
//! 2. [`kin`]: who stands for the same side; [`namesake`]: one key for one person.
//! 3. [`decide`]: readings as analysts decided. [`copies`]: which reports are one text. [`group`]: readings into crises, by who fights whom and when.
//! 4. [`mod@follow`]: the hash of what a crisis follows from, by which books are kept. [`mod@case`]: the reports of one crisis.
//! 5. [`chain`], [`anchor`]: dates that no report has and that all together have.
//! 6. [`origin`]: first tellers. [`telling`]: their best words. [`alike`], [`join`], [`incident`], [`episode`]: happenings.
//! 7. [`count`], [`tally`]: figures with their owners. [`charge`]: accusations with their answers.
//! 8. [`track`], [`step`], [`mediation`]: the mediation board.
//! 9. [`story`], [`disagreement`], [`timeline`], [`gap`], [`books`]: the crisis.
//!
//! # Laws
//! Held by property tests: the order of the readings does not matter; the same report twice is one; a copy
//! adds no origin; low <= best <= high; every fact has evidence; the same readings give the same bytes.
//! # Does not
//! Read text, rate who is right, look outside the readings.

mod alike;
mod anchor;
mod bench;
mod books;
mod case;
mod chain;
mod charge;
mod copies;
mod count;
mod days;
mod decide;
mod deed;
mod disagreement;
mod echo;
mod episode;
mod fit;
mod follow;
mod gap;
mod group;
mod incident;
mod join;
mod kin;
mod mediation;
mod namesake;
mod origin;
mod role;
mod same;
mod shelf;
mod step;
mod story;
mod tally;
mod telling;
#[cfg(test)]
mod tests;
mod timeline;
mod track;
mod words;

use case::{Case, Told};
use decide::{Join, Rulings};
use detente_knowledge::Knowledge;
use detente_types::{Actor, ActorId, Crisis, Decision, DocumentId, Note, Noted, Policy, Reading};
use kin::Kin;
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The books of one crisis, with the hash of everything that they follow from: equal keys, equal books.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The hash. It does not cover the program itself, nor its knowledge.
    pub key: String,
    /// The books.
    pub crisis: Arc<Crisis>,
}

/// Who keeps books that were made: asked with a key, it gives those that it has, or has them made.
pub type Keep<'k> = dyn Fn(&str, &dyn Fn() -> Crisis) -> Arc<Crisis> + Sync + 'k;

/// Assembles readings into crises, the one with most reports first. Pure, and the order of the
/// readings does not matter, nor does that of the decisions, which are those that stand.
pub fn assemble(
    readings: &[Reading],
    decisions: &[Decision],
    knowledge: &Knowledge,
    policy: Policy,
) -> Noted<Vec<Crisis>> {
    let readings: Vec<&Reading> = readings.iter().collect();
    plain(assemble_kept(&readings, decisions, knowledge, policy, &make))
}

/// The same, where a crisis of which nothing changed is taken from those that are kept: one report more costs the
/// crises that it touches, and what it takes to see which they are.
pub fn assemble_kept(
    readings: &[&Reading],
    decisions: &[Decision],
    knowledge: &Knowledge,
    policy: Policy,
    keep: &Keep,
) -> Noted<Vec<Made>> {
    let put: Vec<ActorId> = Rulings::of(decisions).actors().cloned().collect();
    among(readings, decisions, &kin::known(readings, put, knowledge), policy, keep)
}

/// Keeps nothing.
fn make(_: &str, books: &dyn Fn() -> Crisis) -> Arc<Crisis> {
    Arc::new(books())
}

fn plain(made: Noted<Vec<Made>>) -> Noted<Vec<Crisis>> {
    made.map(|made| made.into_iter().map(|m| Arc::unwrap_or_clone(m.crisis)).collect())
}

/// The readings as analysts decided, in their order: what records print fact by fact says the same as the books.
pub fn as_decided(readings: Vec<Reading>, decisions: &[Decision]) -> Vec<Reading> {
    if decisions.is_empty() {
        return readings;
    }
    let all: Vec<&Reading> = readings.iter().collect();
    let decided = Rulings::of(decisions).apply(one_each(&all));
    let changed: BTreeMap<DocumentId, Reading> = decided
        .into_iter()
        .filter_map(|reading| match reading {
            Cow::Owned(reading) => Some((reading.document.id().clone(), reading)),
            Cow::Borrowed(_) => None,
        })
        .collect();
    readings.into_iter().map(|r| changed.get(r.document.id()).cloned().unwrap_or(r)).collect()
}

/// The same with the knowledge already looked up: entries for actors whose own tables say less.
#[cfg(test)]
fn assemble_among(
    readings: &[Reading],
    decisions: &[Decision],
    known: &[Actor],
    policy: Policy,
) -> Noted<Vec<Crisis>> {
    let readings: Vec<&Reading> = readings.iter().collect();
    plain(among(&readings, decisions, known, policy, &make))
}

fn among(
    readings: &[&Reading],
    decisions: &[Decision],
    known: &[Actor],
    policy: Policy,
    keep: &Keep,
) -> Noted<Vec<Made>> {
    let mut rulings = Rulings::of(decisions);
    let decided = rulings.apply(one_each(readings));
    let mut made = put_together(&decided, &rulings.joins(), known, policy, keep);
    made.notes.extend(rulings.close(&mut made.value));
    made.notes.sort();
    made
}

/// Readings as decided, sorted by report, to crises.
fn put_together(
    decided: &[Cow<Reading>],
    joins: &[Join],
    known: &[Actor],
    policy: Policy,
    keep: &Keep,
) -> Noted<Vec<Made>> {
    let readings: Vec<&Reading> = decided.iter().map(AsRef::as_ref).collect();
    // A copy goes where its first report goes and sways nothing: only first reports are grouped.
    let sketches: Vec<&[u64]> = readings.iter().map(|r| &r.sketch[..]).collect();
    let (kin, copies) =
        rayon::join(|| Kin::of(readings.iter().copied(), known), || copies::copies(&sketches));
    let firsts: Vec<usize> = (0..readings.len()).filter(|r| copies[*r] == *r).collect();
    let told: Vec<&Reading> = firsts.iter().map(|r| readings[*r]).collect();
    let groups = group::group(&told, &kin);
    let mut copies_of: Vec<Vec<usize>> = vec![Vec::new(); readings.len()];
    (0..readings.len()).for_each(|r| copies_of[copies[r]].push(r));
    let with_copies = |group: &[usize]| -> Vec<usize> {
        let mut all: Vec<usize> = group.iter().flat_map(|g| &copies_of[firsts[*g]]).copied().collect();
        all.sort_unstable();
        all
    };
    let mut notes: Vec<Note> = with_copies(&groups.none).iter().map(|r| no_crisis(readings[*r])).collect();
    notes.sort();
    let books = |group: &group::Group| {
        let members = with_copies(&group.readings);
        let follows =
            follow::Follows { decided, members: &members, copies: &copies, joins, kin: &kin, known };
        let key = follows.key(&group.parties, policy);
        let make = || {
            let told = members.iter().map(|r| (readings[*r], copies[*r])).collect::<Vec<_>>();
            let mut case = case(&told, &group.parties, &kin, known);
            case.joins = joins.to_vec();
            books::books(&case, policy)
        };
        Made { crisis: keep(&key, &make), key }
    };
    let mut crises: Vec<Made> = groups.crises.par_iter().map(books).collect();
    crises.sort_by(|a, b| {
        let (a, b) = (&a.crisis, &b.crisis);
        (Reverse(a.reports.len()), &a.name, &a.id).cmp(&(Reverse(b.reports.len()), &b.name, &b.id))
    });
    Noted { value: crises, notes }
}

/// The readings sorted by report, each report once.
fn one_each<'r>(readings: &[&'r Reading]) -> Vec<&'r Reading> {
    let mut out: Vec<&Reading> = readings.to_vec();
    // Two readings of one report differ in the file name, or in the reader that made them: the later reader
    // counts, then the first name.
    out.sort_by(|a, b| {
        let by = |r: &'r Reading| (r.document.id(), Reverse(&r.reader), &r.document.path);
        by(a).cmp(&by(b))
    });
    out.dedup_by(|b, a| a.document.id() == b.document.id());
    out
}

fn no_crisis(reading: &Reading) -> Note {
    let (code, message) = if reading.words == 0 {
        ("C002", "Nothing of this report was read, so it belongs to no crisis.")
    } else {
        ("C001", "No conflict between named sides was found in this report, so it belongs to no crisis.")
    };
    Note::new(code, message).on(reading.document.id())
}

/// Puts the reports of one crisis on the table: one key for each person, dates, order, copies. Each comes
/// with the number of its group of copies.
fn case<'r>(members: &[(&'r Reading, usize)], parties: &[ActorId], all: &Kin, known: &[Actor]) -> Case<'r> {
    let readings: Vec<&Reading> = members.iter().map(|(r, _)| *r).collect();
    let same = namesake::one_key(&readings, all);
    let told: Vec<Told> =
        members.iter().map(|(r, copy)| Told::new(namesake::rewrite(r, &same), *copy)).collect();
    let kin = Kin::of(told.iter().map(|t| &*t.reading), known);
    let mut case = Case::new(told, kin, parties.to_vec());
    anchor::anchor(&mut case);
    case.sort();
    case
}
