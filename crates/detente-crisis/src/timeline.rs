//! Incidents in, the dated course of the crisis out.
//!
//! # How
//! 1. [`stands`]: what took place (with a day, or with dead and the day of its report), and of what did not the steps that a course is made of: talks, offers, ceasefires,
//!    threats. Demands, charges without a day of their own, comments and scraps of sentences have their
//!    sections elsewhere.
//! 2. [`Index::line`]: entries that are one happening are one line. One happening is: the same kind, equally real, on the
//!    same days, by the same actors on the same victims or in the same place, or in the same words; and a state that
//!    goes on ("the crossings stayed shut") is told on the day it began. Lines are found by day, by words and by what
//!    is in a state, never by going through all.
//! 3. A folded line keeps the text that tells most, all its sentences, and the first tellers of all.
//! # Does not
//! Change the incidents: what is folded here stays apart in the records.

use crate::alike::Class;
use crate::case::{Case, gather};
use crate::days;
use crate::incident::{Incidents, Numbers, in_time};
use crate::kin::Kin;
use crate::telling;
use crate::words;
use detente_types::date::{Basis, Precision};
use detente_types::story::Origin;
use detente_types::{
    ActorId, Counted, DocumentId, EventType, Incident, IncidentId, Modality, Mode, Polarity, Span, Tally,
    TimelineEntry,
};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Share of content words from which two lines of one day are one.
const ALIKE: f64 = 0.5;

/// Days over which an incident is no longer one entry of a course.
pub(crate) const LONG: i32 = 62;

/// The dated course, in order of time.
pub(crate) fn timeline(case: &Case, incidents: &Incidents, tallies: &[Tally]) -> Vec<TimelineEntry> {
    // What is counted dead of it, and not only told in its sentence: the toll of a battle is no second battle.
    let dead = tallies.iter().filter(|t| matches!(t.what, Counted::Killed | Counted::Casualties) && !t.total);
    let deadly: BTreeSet<&IncidentId> = dead.filter_map(|t| t.incident.as_ref()).collect();
    let mut list: Vec<&Incident> =
        incidents.list.iter().filter(|i| stands(i, deadly.contains(&i.id))).collect();
    // The list is in order of time but for those that an episode moved; of one day, the first told stays first.
    list.sort_by_key(|i| in_time(&i.when));
    let lines = lines(&views(&case.kin, &list));
    lines.iter().map(|line| entry(&line.iter().map(|at| list[*at]).collect::<Vec<_>>())).collect()
}

/// Which incidents are one line, by place.
fn lines(views: &[View]) -> Vec<Vec<usize>> {
    let mut lines: Vec<Vec<usize>> = Vec::new();
    let mut index = Index::default();
    for (at, view) in views.iter().enumerate() {
        let line = index.line(views, view).unwrap_or(lines.len());
        match lines.get_mut(line) {
            Some(line) => line.push(at),
            None => lines.push(vec![at]),
        }
        index.put(at, view, line);
    }
    lines
}

/// Does the incident belong on a timeline? What took lives stands there even where only its report's day is known.
fn stands(incident: &Incident, deadly: bool) -> bool {
    let news = deadly && incident.kind == EventType::Assault && incident.modality != Modality::Historical;
    let only_by = incident.when.basis == Basis::Published && incident.when.from().is_none() && !news;
    // "This year" and "in recent months" are no place on a course of days; before the crisis they are.
    let long = !incident.background && incident.when.days().is_some_and(|n| n > LONG);
    let dated = !incident.when.is_unknown() && !only_by && !long;
    let affirmed = incident.polarity == Polarity::Affirmed;
    dated && affirmed && !is_total(incident) && matters(incident) && telling::reads(&incident.gist)
}

/// Is it a toll so far ("dozens have been killed since Saturday") and no happening of its first day?
fn is_total(incident: &Incident) -> bool {
    let since = words::tokens(&incident.gist).iter().any(|w| w == "since");
    incident.kind == EventType::Assault && incident.actors.is_empty() && since
}

fn matters(incident: &Incident) -> bool {
    use EventType::{
        Accuse, Agree, Comment, Consult, Deny, Outlook, Request, Retreat, TalksCollapse, Threaten,
    };
    let took_place = matches!(
        incident.modality,
        Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Alleged
    );
    let of_days = |n: i32| days::within(&incident.when, n);
    match incident.kind {
        Comment | Outlook | Deny => false,
        // A threat or an offer is made by saying so.
        Threaten => !matches!(incident.modality, Modality::Hypothetical | Modality::Feared),
        Accuse => of_days(3) && (incident.modes.is_empty() || incident.modes.contains(&Mode::Allege)),
        Request => took_place && of_days(3),
        Agree | Consult | Retreat | TalksCollapse => !matches!(
            incident.modality,
            Modality::Hypothetical | Modality::Feared | Modality::Urged | Modality::Demanded
        ),
        _ => took_place,
    }
}

fn real(incident: &Incident) -> Class {
    match incident.modality {
        Modality::Occurred | Modality::Ongoing | Modality::Historical | Modality::Alleged => Class::Real,
        Modality::Planned => Class::Planned,
        _ => Class::Offered,
    }
}

/// An incident in the form in which two are compared. Sides and words are numbers, for speed: a war of a thousand
/// reports has thousands of incidents.
struct View<'c> {
    incident: &'c Incident,
    class: Class,
    /// Named sides, sorted.
    actors: Vec<u32>,
    recipients: Vec<u32>,
    /// Content words of the line, sorted.
    words: Vec<u32>,
    /// The same without words of time and figures.
    things: Vec<u32>,
    /// Content words of the place.
    spot: Option<Vec<u32>>,
    /// Where its sentences stand.
    sentences: Vec<(&'c DocumentId, Span)>,
}

fn views<'c>(kin: &Kin, list: &[&'c Incident]) -> Vec<View<'c>> {
    let (mut sides, mut stems) = (Numbers::default(), Numbers::default());
    let mut out = Vec::with_capacity(list.len());
    for incident in list.iter().copied() {
        let mut named = |ids: &[ActorId]| {
            let named = kin.sides(ids.iter().filter(|id| !kin.is_unnamed(id)));
            sorted(named.into_iter().map(|id| sides.of(id)))
        };
        let (actors, recipients) = (named(&incident.actors), named(&incident.recipients));
        let words = words::content(&incident.gist);
        let thing = |w: &&String| !w.starts_with(|c: char| c.is_ascii_digit()) && days::parse(w).is_none();
        let things: Vec<&String> =
            if is_state(incident) { words.iter().filter(thing).collect() } else { Vec::new() };
        let spot = incident.place.as_ref().map(|p| words::content(&p.name));
        out.push(View {
            incident,
            class: real(incident),
            actors,
            recipients,
            things: sorted(things.into_iter().map(|w| stems.of(w.clone()))),
            words: sorted(words.iter().map(|w| stems.of(w.clone()))),
            spot: spot.map(|words| sorted(words.into_iter().map(|w| stems.of(w)))),
            sentences: sorted(incident.evidence.iter().map(|e| (&e.document, e.sentence))),
        });
    }
    out
}

fn sorted<T: Ord>(list: impl Iterator<Item = T>) -> Vec<T> {
    let mut out: Vec<T> = list.collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// What all that are one line share, unless they say it in the same words: kind, how real, background or not.
type Shelf = (EventType, Class, bool);

/// Where lines are found again, so that the work grows with the incidents and not with their square.
#[derive(Default)]
struct Index<'c> {
    /// Those of the same days, with their lines.
    days: BTreeMap<(Shelf, Option<Date>, Option<Date>), Vec<(usize, usize)>>,
    /// Those in the same words, with their lines.
    gists: BTreeMap<(bool, &'c str), Vec<(usize, usize)>>,
    /// For states that go on, by modes and a word for what is in that state: the first line.
    states: BTreeMap<(Shelf, &'c [Mode], u32), usize>,
}

impl<'c> Index<'c> {
    fn put(&mut self, at: usize, view: &View<'c>, line: usize) {
        let (shelf, days) = (view.shelf(), view.days());
        self.days.entry((shelf, days.0, days.1)).or_default().push((at, line));
        self.gists.entry((shelf.2, &view.incident.gist)).or_default().push((at, line));
        for word in &view.things {
            let first = self.states.entry((shelf, &view.incident.modes, *word)).or_insert(line);
            *first = line.min(*first);
        }
    }

    /// The first line of which the incident is the happening, or its going on.
    fn line(&self, views: &[View<'c>], view: &View<'c>) -> Option<usize> {
        let (shelf, days) = (view.shelf(), view.days());
        let words = if is_state(view.incident) { &view.words[..] } else { &[] };
        let going_on = words.iter().filter_map(|w| self.states.get(&(shelf, &view.incident.modes, *w)));
        let mut first = going_on.copied().min();
        let mut among = |list: Option<&Vec<(usize, usize)>>, one: &dyn Fn(&View) -> bool| {
            for (at, line) in list.into_iter().flatten() {
                if first.is_none_or(|first| *line < first) && one(&views[*at]) {
                    first = Some(*line);
                }
            }
        };
        let overlaps = |told: &View| told.incident.when.may_overlap(&view.incident.when);
        among(self.gists.get(&(shelf.2, &view.incident.gist)), &overlaps);
        among(self.days.get(&(shelf, days.0, days.1)), &|told| same_happening(told, view));
        first
    }
}

impl View<'_> {
    fn shelf(&self) -> Shelf {
        (self.incident.kind, self.class, self.incident.background)
    }

    fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.incident.when.from(), self.incident.when.to())
    }
}

/// Are two of the same days and kind one happening?
fn same_happening(a: &View, b: &View) -> bool {
    let apart = |x: &[u32], y: &[u32]| !x.is_empty() && !y.is_empty() && words::shared(x, y) == 0;
    let armed_otherwise = weapons_differ(a.incident, b.incident) && a.incident.gist != b.incident.gist;
    if apart(&a.actors, &b.actors) || armed_otherwise {
        return false;
    }
    let said = words::overlap(&a.words, &b.words);
    let who = words::shared(&a.actors, &b.actors) > 0;
    let whom = !apart(&a.recipients, &b.recipients);
    let place = a.spot.as_ref().zip(b.spot.as_ref()).is_some_and(|(x, y)| words::shared(x, y) > 0);
    let one_sentence = words::shared(&a.sentences, &b.sentences) > 0;
    let one_day = a.incident.when.days() == Some(1) && said >= 0.25;
    // One sentence told as two events, of which one leaves out who did it.
    let unsaid = one_sentence && (a.actors.is_empty() || b.actors.is_empty());
    said >= ALIKE || (whom && (unsaid || who && (place || one_sentence || one_day)))
}

/// A suicide bombing is not the air strike of the same day.
fn weapons_differ(a: &Incident, b: &Incident) -> bool {
    a.kind == EventType::Assault
        && !a.modes.is_empty()
        && !b.modes.is_empty()
        && words::shared(&a.modes, &b.modes) == 0
}

/// Is it a state that goes on? A border that is shut stays shut until somebody opens it.
fn is_state(incident: &Incident) -> bool {
    let states = [Mode::CoerceRestrict, Mode::Curfew, Mode::MartialLaw, Mode::Stranded];
    let once = incident.when.precision != Precision::Recurring;
    once && incident.modes.iter().any(|m| states.contains(m))
}

fn entry(line: &[&Incident]) -> TimelineEntry {
    let mut best: Vec<&Incident> = line.to_vec();
    // The happening that most tell, in the fullest words; its date is that of the line's first.
    best.sort_by_key(|i| (i.actors.is_empty(), Reverse(i.events.len()), Reverse(i.gist.len()), i.id.clone()));
    let (first, text) = (line[0], best[0]);
    let origins: BTreeSet<&Origin> = line.iter().flat_map(|i| &i.origins).collect();
    TimelineEntry {
        when: first.when.clone(),
        text: text.gist.clone(),
        modality: text.modality,
        incident: text.id.clone(),
        background: first.background,
        origins: origins.len(),
        evidence: gather(line.iter().map(|i| &i.evidence[..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{builder::readings, scale::archive};
    use detente_types::Policy;
    use std::fmt::Write as _;

    /// The rule by itself: is the second the happening of the first, or its going on?
    fn folds(told: &View, view: &View) -> bool {
        let (a, b) = (told.incident, view.incident);
        let same_words = a.gist == b.gist && a.when.may_overlap(&b.when);
        let happening = told.days() == view.days() && same_happening(told, view);
        let going_on =
            is_state(a) && is_state(b) && a.modes == b.modes && words::shared(&told.things, &view.words) > 0;
        a.background == b.background
            && (same_words || (told.shelf() == view.shelf() && (happening || going_on)))
    }

    #[test]
    fn the_index_finds_the_line_that_going_through_all_finds() {
        let mut folder = archive(60);
        for r in 0..40 {
            let (day, town) = (1 + r * 7 % 28, ["Alpha", "Bravo", "Monday"][r % 3]);
            let _ = writeln!(
                folder,
                "report s{r} 2024-02-{day:02} \"Outlet {r}\"\n  \
                 COERCE-restrict RUS -> UKR on 2024-02-{day:02} \"the crossings at {town} remained shut\"\n  \
                 ASSAULT RUS -> UKR on 2024-02-{day:02} at {town}:1 \"missiles hit {town}\""
            );
        }
        let (kin, mut folded) = (Kin::default(), 0);
        for crisis in crate::assemble_among(&readings(&folder), &[], &[], Policy::FullRange).value {
            let list: Vec<&Incident> = crisis.incidents.iter().collect();
            let views = views(&kin, &list);
            let mut plain: Vec<Vec<usize>> = Vec::new();
            for (at, view) in views.iter().enumerate() {
                match plain.iter_mut().find(|line| line.iter().any(|told| folds(&views[*told], view))) {
                    Some(line) => line.push(at),
                    None => plain.push(vec![at]),
                }
            }
            folded += list.len() - plain.len();
            assert_eq!(lines(&views), plain);
        }
        assert!(folded > 10, "{folded}");
    }
}
