//! The unresolved words of time of one report in; how many days they lie apart out.
//!
//! "Tensions erupted on Thursday … Two days later … into Sunday morning … By Monday": nothing here has
//! a date, and yet the four lie 0, 2, 3 and 4 days apart, whatever the week.
//!
//! # How
//! 1. [`waypoints`] lists the words of time of the report in the order of the text, from its facts and from
//!    [`detente_types::Reading::dates`], each with the facts that hang on it.
//! 2. [`solve`] tries each weekday as the day of publication. A weekday in the news is the last one that
//!    has come, so every weekday then has one place in the seven days before; "two days later" counts
//!    from the phrase before it. Solutions that run past publication are dropped. Of the others those
//!    with the fewest steps back in time are kept, because stories are told forwards, save for the
//!    first step, from the news of the day to how it began.
//! 3. If all that are left give the same distances, that is the chain; if not, there is none, and each
//!    weekday stands alone ([`links`]).
//! # Does not
//! Know the week; see [`crate::anchor`].

use crate::case::Told;
use crate::days::{self, Phrase};
use detente_types::{Evidence, When};

/// A fact of a report that has a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Event(usize),
    Figure(usize),
    Claim(usize),
    Act(usize),
}

/// Words of time at one place of the text.
#[derive(Clone, Debug)]
pub(crate) struct Waypoint {
    at: (usize, usize),
    phrase: Phrase,
    /// The facts that hang on them.
    pub targets: Vec<Target>,
}

/// A chain of weekdays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    /// The weekday of the waypoint with offset 0, Monday 0.
    pub weekday: i32,
    /// Days from the last waypoint of the chain, by waypoint; `None` for words that are not part of it.
    pub offsets: Vec<Option<i32>>,
}

impl Told<'_> {
    /// The date of a fact.
    pub(crate) fn when(&self, target: Target) -> &When {
        match target {
            Target::Event(i) => &self.events[i],
            Target::Figure(i) => &self.figures[i],
            Target::Claim(i) => &self.claims[i],
            Target::Act(i) => &self.acts[i],
        }
    }

    /// The date of a fact, to be changed.
    pub(crate) fn when_mut(&mut self, target: Target) -> &mut When {
        match target {
            Target::Event(i) => &mut self.events[i],
            Target::Figure(i) => &mut self.figures[i],
            Target::Claim(i) => &mut self.claims[i],
            Target::Act(i) => &mut self.acts[i],
        }
    }
}

/// Every fact of a report that has a date.
pub(crate) fn targets(told: &Told) -> Vec<Target> {
    let events = (0..told.events.len()).map(Target::Event);
    let figures = (0..told.figures.len()).map(Target::Figure);
    let claims = (0..told.claims.len()).map(Target::Claim);
    let acts = (0..told.acts.len()).map(Target::Act);
    events.chain(figures).chain(claims).chain(acts).collect()
}

/// The words of time of a report that can be links of a chain, in the order of the text.
pub(crate) fn waypoints(told: &Told) -> Vec<Waypoint> {
    let mut out: Vec<Waypoint> = Vec::new();
    for target in targets(told) {
        let Some((text, evidence)) = text_and_evidence(told, target) else { continue };
        let Some(phrase) = link(text) else { continue };
        out.push(Waypoint { at: place(told, text, evidence), phrase, targets: vec![target] });
    }
    for dated in &told.reading.dates {
        if let Some((text, phrase)) = dated.text.as_deref().and_then(|t| Some((t, link(t)?))) {
            out.push(Waypoint { at: place(told, text, dated.evidence()), phrase, targets: Vec::new() });
        }
    }
    out.sort_by_key(|i| (i.at, i.phrase, i.targets.clone()));
    let mut merged: Vec<Waypoint> = Vec::new();
    for waypoint in out {
        match merged.last_mut() {
            Some(last) if last.at == waypoint.at && last.phrase == waypoint.phrase => {
                last.targets.extend(waypoint.targets)
            }
            _ => merged.push(waypoint),
        }
    }
    merged
}

fn link(text: &str) -> Option<Phrase> {
    days::parse(text).filter(|p| matches!(p, Phrase::Weekday(_) | Phrase::Later(_)))
}

fn text_and_evidence<'t>(told: &'t Told, target: Target) -> Option<(&'t str, &'t [Evidence])> {
    let evidence = match target {
        Target::Event(i) => told.event(i).evidence(),
        Target::Figure(i) => told.figure(i).evidence(),
        Target::Claim(i) => told.claim(i).evidence(),
        Target::Act(i) => told.act(i).evidence(),
    };
    Some((told.when(target).text.as_deref()?, evidence))
}

/// Sentence, and place of the words in it: the same words in one sentence are one waypoint.
fn place(told: &Told, text: &str, evidence: &[Evidence]) -> (usize, usize) {
    let Some(sentence) = evidence.first().map(|e| e.sentence) else { return (0, 0) };
    let words = sentence.of(told.reading.document.text());
    (sentence.start(), words.find(text).unwrap_or(words.len()))
}

/// How the waypoints lie in days to one another, if the words tell only one way.
pub(crate) fn solve(waypoints: &[Waypoint]) -> Option<Chain> {
    if !waypoints.iter().any(|i| matches!(i.phrase, Phrase::Weekday(_))) {
        return None;
    }
    let tried: Vec<(usize, Chain)> = (0..7).filter_map(|p| try_publication(waypoints, p)).collect();
    let least = tried.iter().map(|(steps, _)| *steps).min()?;
    let mut best = tried.into_iter().filter(|(steps, _)| *steps == least).map(|(_, chain)| chain);
    let first = best.next()?;
    best.all(|other| other == first).then_some(first)
}

/// Each weekday as a chain by itself: for words that hang together in more than one way.
pub(crate) fn links(waypoints: &[Waypoint]) -> Vec<Chain> {
    let alone = |(at, waypoint): (usize, &Waypoint)| match waypoint.phrase {
        Phrase::Weekday(weekday) => {
            let mut offsets = vec![None; waypoints.len()];
            offsets[at] = Some(0);
            Some(Chain { weekday, offsets })
        }
        _ => None,
    };
    waypoints.iter().enumerate().filter_map(alone).collect()
}

/// The chain if publication was on this weekday, and how often it steps back in time.
fn try_publication(waypoints: &[Waypoint], published: i32) -> Option<(usize, Chain)> {
    let mut offsets: Vec<Option<i32>> = Vec::with_capacity(waypoints.len());
    let mut last: Option<i32> = None;
    let mut steps = 0;
    for waypoint in waypoints {
        let offset = match waypoint.phrase {
            Phrase::Weekday(w) => Some(-(published - w).rem_euclid(7)),
            Phrase::Later(n) => last.map(|l| l + n),
            _ => None,
        };
        if offset.is_some_and(|o| o > 0) {
            return None;
        }
        // The first step may go back: from the news of the day to how it began.
        let first = offsets.iter().flatten().all(|o| Some(*o) == last);
        if let (Some(a), Some(b), false) = (last, offset, first) {
            steps += usize::from(b < a);
        }
        last = offset.or(last);
        offsets.push(offset);
    }
    let zero = offsets.iter().flatten().copied().max()?;
    let offsets = offsets.into_iter().map(|o| o.map(|o| o - zero)).collect();
    Some((steps, Chain { weekday: (published + zero).rem_euclid(7), offsets }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(texts: &[&str]) -> Option<Chain> {
        let waypoint = |(i, t): (usize, &&str)| Waypoint {
            at: (i, 0),
            phrase: link(t).expect("the test's words are known"),
            targets: Vec::new(),
        };
        solve(&texts.iter().enumerate().map(waypoint).collect::<Vec<_>>())
    }

    #[test]
    fn a_story_told_from_the_news_of_the_day_back_to_its_beginning() {
        let found = chain(&["Monday", "Thursday", "Two days later", "Sunday morning", "By Monday"]);
        let offsets = [0, -4, -2, -1, 0].map(Some).to_vec();
        assert_eq!(found, Some(Chain { weekday: 0, offsets }));
    }

    #[test]
    fn the_news_of_the_day_may_be_told_in_two_sentences() {
        let found = chain(&["Monday", "Monday", "Thursday", "Two days later", "Sunday", "By Monday"]);
        assert_eq!(found.map(|c| c.offsets), Some([0, 0, -4, -2, -1, 0].map(Some).to_vec()));
    }

    #[test]
    fn one_weekday_is_a_chain_by_itself() {
        assert_eq!(chain(&["Friday"]), Some(Chain { weekday: 4, offsets: vec![Some(0)] }));
    }

    #[test]
    fn words_that_hang_on_nothing_are_no_chain() {
        assert_eq!(chain(&["two days later"]), None);
    }

    #[test]
    fn a_later_day_needs_room_before_publication() {
        let found = chain(&["Wednesday", "the next day"]).expect("a chain");
        assert_eq!(found, Chain { weekday: 3, offsets: vec![Some(-1), Some(0)] });
    }

    #[test]
    fn two_weekdays_alone_can_be_told_either_way() {
        // "It began on Tuesday; on Friday it ended", or "said on Tuesday that it began on Friday".
        assert_eq!(chain(&["Tuesday", "Friday"]), None);
    }
}
