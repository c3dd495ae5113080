//! The mediation board: tracks with their steps in order, and what each party answered.

use super::books::Books;
use crate::dossier::{AnswerCell, Block, Line, Phrase, Step, Taker, Track};
use crate::words::steps::{self, Names, Side};
use crate::words::{capital, codes, count, dates, list};
use detente_types::mediation::{Answer, CitedAct, Mediation, State};
use detente_types::{ActorId, Modality, Polarity, Stage};

/// The section: one block a track; calls for calm, which are no mediation, as lines behind them.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let (appeals, tracks): (Vec<&Mediation>, Vec<&Mediation>) =
        books.crisis.mediations.iter().partition(|m| m.state == State::AppealsOnly);
    let mut out: Vec<Block> = tracks.into_iter().filter_map(|m| track(books, m)).map(Block::Track).collect();
    let mut calls: Vec<(&Mediation, &CitedAct)> =
        appeals.into_iter().flat_map(|m| m.acts.iter().map(move |a| (m, a))).collect();
    // A headline that names no caller tells nothing where a text does.
    let named = calls.iter().any(|(_, a)| !a.mediators.is_empty());
    calls.retain(|(_, a)| !named || !a.mediators.is_empty());
    let day = |a: &CitedAct| (a.when.is_unknown(), a.when.from().or(a.when.to()));
    calls.sort_by(|(_, a), (_, b)| day(a).cmp(&day(b)).then_with(|| a.id.cmp(&b.id)));
    let line = |(m, act): (&Mediation, &CitedAct)| {
        let dated = Phrase::new().quiet(dates::behind(&act.when));
        Line::cited(told(books, m, act).then(dated), books.cite(&act.evidence))
    };
    let lines: Vec<Line> = calls.into_iter().filter_map(line).collect();
    if !lines.is_empty() {
        out.push(Block::headed("Calls for calm or talks, by those who do not mediate", lines));
    }
    out
}

fn track(books: &Books<'_>, mediation: &Mediation) -> Option<Track> {
    let steps: Vec<Step> = mediation.acts.iter().filter_map(|act| step(books, mediation, act)).collect();
    let mediators = books.names(&mediation.mediators);
    (!steps.is_empty()).then(|| Track {
        id: mediation.id.clone(),
        mediators: if mediators.is_empty() { unmediated(mediation) } else { capital(&mediators) },
        mediator_ids: mediation.mediators.clone(),
        parties: books.names(&mediation.parties),
        state: mediation.state,
        state_words: codes::state(mediation.state),
        weak: steps.iter().all(|s| s.weak),
        answers: mediation.answers.iter().map(|answer| cell(books, answer)).collect(),
        extent: extent(books, mediation),
        steps,
    })
}

/// The head of a track for which no report names a mediator.
fn unmediated(mediation: &Mediation) -> String {
    let met =
        |a: &CitedAct| matches!(a.stage, Stage::Talks | Stage::Collapse | Stage::Convene | Stage::Resume);
    let words = if mediation.acts.iter().any(met) { "Direct talks" } else { "No mediator named" };
    words.to_string()
}

fn step(books: &Books<'_>, mediation: &Mediation, act: &CitedAct) -> Option<Step> {
    let done = steps::done(act.stage, act.modality);
    let line = Line::cited(told(books, mediation, act), books.cite(&act.evidence))?;
    Some(Step {
        stage: act.stage,
        name: steps::of(act.stage).name,
        modality: act.modality,
        done,
        date: dates::short(&act.when),
        when: act.when.clone(),
        taker: taker(books, mediation, act),
        weak: act.weak,
        origins: act.origins.len(),
        line,
    })
}

/// The step in words: label, taker, clause, then round, place, occasion, announcer, result, and the
/// reports' own verbs.
pub(crate) fn told(books: &Books<'_>, mediation: &Mediation, act: &CitedAct) -> Phrase {
    let side = steps::of(act.stage).side;
    let takers: &[ActorId] = match side {
        Side::Mediator => &act.mediators,
        Side::Party => &act.by,
        Side::Table => &[],
    };
    let (taker, parties) = (books.names(takers), books.names(&act.parties));
    let others: Vec<ActorId> =
        mediators_of(mediation, act).iter().filter(|m| !takers.contains(m)).cloned().collect();
    let answers = matches!(act.stage, Stage::Accept | Stage::Decline);
    let asked = !answers || !act.mediators.is_empty() || mediation.acts.iter().any(asks);
    // "Ready to meet them" answers nobody's offer where none is told of.
    let mediators = if asked { books.names(&others) } else { String::new() };
    // One party alone is half of what a step is between.
    let between = if act.parties.len() >= 2 || is_appeal(act) { parties.as_str() } else { "" };
    let of_mediator = |by: &ActorId| {
        let of = |m: &ActorId| by == m || by.as_str().starts_with(&format!("{m}/"));
        act.mediators.iter().any(of)
    };
    let mediates = !takers.is_empty() && takers.iter().all(of_mediator);
    let names = Names {
        taker: &taker,
        parties: between,
        mediators: &mediators,
        mediates,
        agreed: of_deal(mediation, act),
    };
    let clause = steps::clause(act.stage, act.modality, names);
    let mut phrase = label(act);
    phrase = match taker.is_empty() || clause.starts_with(char::is_uppercase) {
        true => phrase.plain(clause),
        false => phrase.strong(capital(&taker)).plain(" ").plain(clause),
    };
    // Talks and what they bring are mediated; that they fail is not the mediator's doing.
    let by_mediation =
        matches!(act.stage, Stage::Talks | Stage::Agreement | Stage::CeasefireAgreed | Stage::Resume);
    let mediated = by_mediation && !mediators.is_empty();
    // "agreed to talks in Sund": the clause names the talks already.
    let of_talks = answers && mediators.is_empty();
    phrase
        .with(place(books, mediation, act), |p, name| p.plain(at_place(mediation, act, name, of_talks)))
        .with(act.round, |p, n| p.plain(format!(", round {n}")))
        .with(mediated.then_some(mediators.as_str()), |p, m| p.plain(format!(", mediated by {m}")))
        .with(announcers(books, act, takers), |p, by| p.plain(format!(", announced by {by}")))
        .with(act.occasion.as_deref(), |p, words| p.plain(", occasion ").verbatim(words.trim()))
        .with(outcome(act), |p, words| p.plain(", result ").verbatim(words))
        .then(wording(act))
}

/// Is it a step that can be answered?
fn asks(act: &CitedAct) -> bool {
    matches!(
        act.stage,
        Stage::Offer | Stage::OfferRepeat | Stage::ProposePlan | Stage::ProposeVenue | Stage::Convene
    )
}

/// Does it answer what a report of its own tells as agreed, and names nobody whose offer it would answer?
fn of_deal(mediation: &Mediation, act: &CitedAct) -> bool {
    let told = |a: &CitedAct| a.acts.iter().any(|(d, _)| act.acts.iter().any(|(own, _)| own == d));
    let closes = |a: &&CitedAct| {
        matches!(a.stage, Stage::Agreement | Stage::CeasefireAgreed) && steps::done(a.stage, a.modality)
    };
    act.mediators.is_empty()
        && matches!(act.stage, Stage::Accept | Stage::Decline)
        && mediation.acts.iter().filter(closes).any(told)
}

fn is_appeal(act: &CitedAct) -> bool {
    act.stage == Stage::Appeal
}

/// The place, unless it is only a state that takes part: "Russia’s offer" was not said in Russia.
fn place<'a>(books: &Books<'_>, mediation: &Mediation, act: &'a CitedAct) -> Option<&'a str> {
    let name = act.place.as_ref()?.name.trim();
    let sides = [&act.mediators, &act.parties, &act.by, &mediation.mediators, &mediation.parties];
    let takes_part = sides.into_iter().flatten().any(|id| books.is_called(id, name));
    // A town is where they met, also where it stands for one that takes part elsewhere.
    let town = act.place.as_ref().and_then(|p| p.precision).is_some_and(|p| p <= 3);
    let met = matches!(act.stage, Stage::Talks | Stage::Convene | Stage::Agreement | Stage::CeasefireAgreed);
    (!name.is_empty() && (!takes_part || met && town)).then_some(name)
}

/// The result, where the step is one that has a result and the words are not a bare time ("after the worst day
/// this year" tells no result of a truce, "after both sides failed to agree" tells why talks ended).
fn outcome(act: &CitedAct) -> Option<&str> {
    use Stage::{
        Agreement, CeasefireAgreed, CeasefireExtended, CeasefireLapsed, Collapse, Convene, Facilitate,
        Resume, Salvage, Suspend, Talks, Withdraw,
    };
    let edge = |c: char| !c.is_alphanumeric() && !matches!(c, '“' | '”' | '"' | '(' | ')' | '%');
    let words = act.outcome.as_deref()?.trim().trim_matches(edge);
    let ended = matches!(act.stage, Collapse | CeasefireLapsed | Suspend | Withdraw);
    let has_result = matches!(
        act.stage,
        Agreement | CeasefireAgreed | CeasefireExtended | Convene | Facilitate | Resume | Salvage | Talks
    );
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    let early =
        words.split_whitespace().take(4).any(|w| matches!(w, "after" | "before" | "later" | "earlier"));
    let of_time = early || matches!(first.as_str(), "since" | "during" | "following" | "amid");
    (words.contains(' ') && (ended || (has_result && !of_time))).then_some(words)
}

/// Who mediates in a step: as stated for it, else the track's.
fn mediators_of<'a>(mediation: &'a Mediation, act: &'a CitedAct) -> &'a [ActorId] {
    if act.mediators.is_empty() { &mediation.mediators } else { &act.mediators }
}

/// What is printed before a step that is not told as done, or that is weak.
fn label(act: &CitedAct) -> Phrase {
    let real = if steps::done(act.stage, act.modality) {
        None
    } else {
        codes::modality(act.modality, Polarity::Affirmed)
    };
    let weak = act.weak.then_some("headline of a linked report only");
    let words: Vec<&str> = [real, weak].into_iter().flatten().collect();
    if words.is_empty() { Phrase::new() } else { Phrase::new().label(words.join(", ")).plain(": ") }
}

/// Who announced it, where that is somebody else than who takes the step.
fn announcers(books: &Books<'_>, act: &CitedAct, takers: &[ActorId]) -> Option<String> {
    let others: Vec<ActorId> = act.by.iter().filter(|id| !takers.contains(id)).cloned().collect();
    let apart = steps::of(act.stage).side == Side::Mediator;
    (apart && !others.is_empty()).then(|| books.names(&others))
}

/// " in Sund" for talks, ", for talks in Sund" for an offer of them or an answer to it, ", said in Sund" where it was only
/// said there; "the frontier" is not a town.
fn at_place(mediation: &Mediation, act: &CitedAct, place: &str, of_talks: bool) -> String {
    let stage = act.stage;
    let venue = mediation.venues.iter().any(|v| v == place) || act.words.iter().any(|w| tells_of_table(w));
    let bare = matches!(place.to_lowercase().as_str(), "border" | "frontier" | "front" | "line of contact");
    let place = if bare { format!("the {}", place.to_lowercase()) } else { place.to_string() };
    let word = if place.starts_with(char::is_uppercase) { "in" } else { "at" };
    let said = matches!(
        stage,
        Stage::Offer
            | Stage::OfferRepeat
            | Stage::Request
            | Stage::Welcome
            | Stage::Accept
            | Stage::Decline
            | Stage::NoAnswer
            | Stage::Appeal
    );
    match (said, venue) {
        (true, true) if of_talks => format!(" {word} {place}"),
        (true, true) => format!(", for talks {word} {place}"),
        (true, false) => format!(", said {word} {place}"),
        (false, _) => format!(" {word} {place}"),
    }
}

/// "offered to host", "invited both sides back", "ready for talks": the place that goes with such words is that of the talks.
fn tells_of_table(words: &str) -> bool {
    const TABLE: [&str; 9] =
        ["host", "talks", "negotiat", "invit", "bring", "meet", "summit", "table", "return"];
    let words = words.to_lowercase();
    TABLE.iter().any(|w| words.contains(w))
}

/// The most of the reports' own verbs that are quoted.
const MOST_WORDINGS: usize = 4;

/// The reports' own verbs for an offer or an answer, where they carry strength ("formally offered").
fn wording(act: &CitedAct) -> Phrase {
    use Stage::{Accept, Decline, Offer, OfferRepeat, Request, Welcome};
    if !matches!(act.stage, Offer | OfferRepeat | Request | Welcome | Accept | Decline) {
        return Phrase::new();
    }
    let words = act.words.iter().map(|w| w.trim()).filter(|w| w.contains(' ')).take(MOST_WORDINGS);
    words.enumerate().fold(Phrase::new(), |phrase, (at, word)| {
        phrase.quiet(if at == 0 { " — worded " } else { ", " }).verbatim(word)
    })
}

/// Whose lane of the drawn board a step stands in.
fn taker(books: &Books<'_>, mediation: &Mediation, act: &CitedAct) -> Taker {
    let lanes = |ids: &[ActorId]| -> Vec<usize> {
        let side = |id: &ActorId| books.side_of(id).cloned().unwrap_or_else(|| id.clone());
        let of_party = |p: &ActorId| ids.iter().any(|id| id == p || side(id) == side(p));
        let found = mediation.answers.iter().enumerate().filter(|(_, a)| of_party(&a.party));
        found.map(|(at, _)| at).collect()
    };
    match steps::of(act.stage).side {
        Side::Mediator if !mediators_of(mediation, act).is_empty() => Taker::Mediators,
        Side::Party if !lanes(&act.by).is_empty() => Taker::Parties(lanes(&act.by)),
        _ => Taker::All,
    }
}

fn cell(books: &Books<'_>, answer: &Answer) -> AnswerCell {
    let party = capital(&books.name(&answer.party));
    let words = answer.stage.map(steps::answer);
    let cited = words.and_then(|words| {
        let phrase = Phrase::new().strong(&party).plain(format!(": {words}"));
        let phrase = if answer.single_origin { phrase.quiet(" (one origin only)") } else { phrase };
        Line::cited(phrase, books.cite(&answer.evidence))
    });
    // An answer whose sentences do not resolve may not be stated; it is not reported to this reader.
    let (answered, stage) = if cited.is_some() { (words, answer.stage) } else { (None, None) };
    AnswerCell {
        line: cited.unwrap_or_else(|| Line::absent(&format!("{party}: not reported"))),
        party,
        party_id: answer.party.clone(),
        answer: answered,
        stage,
        single_origin: answer.single_origin && answered.is_some(),
    }
}

/// Venues and rounds, on the sentences of the steps that took place at one.
fn extent(books: &Books<'_>, mediation: &Mediation) -> Option<Line> {
    let at_table = |act: &&CitedAct| {
        matches!(
            act.stage,
            Stage::Talks
                | Stage::Convene
                | Stage::Facilitate
                | Stage::Collapse
                | Stage::Resume
                | Stage::Suspend
                | Stage::Salvage
                | Stage::Agreement
                | Stage::CeasefireAgreed
                | Stage::ProposeVenue
        ) && (act.place.is_some() || act.round.is_some())
    };
    let citations = books.cite(mediation.acts.iter().filter(at_table).flat_map(|a| &a.evidence));
    let real = |act: &CitedAct| {
        matches!(act.modality, Modality::Occurred | Modality::Ongoing | Modality::Historical)
    };
    let met = mediation.acts.iter().filter(at_table).any(real);
    let rounds = mediation.rounds.filter(|_| met).map(|n| count(n as usize, "round"));
    let venues = (!mediation.venues.is_empty()).then(|| format!("venues named: {}", list(&mediation.venues)));
    let told: Vec<String> = [rounds, venues].into_iter().flatten().collect();
    if told.is_empty() {
        return None;
    }
    Line::cited(Phrase::new().plain(capital(&told.join("; "))).plain("."), citations)
}
