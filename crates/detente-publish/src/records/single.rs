//! Records of what single reports say, from their readings.

use super::Record;
use super::links::{Links, date, ids};
use super::shapes::{ActRecord, ClaimRecord, EventRecord, FigureRecord, QuoteRecord};
use detente_types::{Act, Cited, Claim, DocumentId, Event, Figure, Quote, Reading};

/// Events of all reports, then figures, claims, acts, quotations; inside a kind by report, then place.
pub(super) fn of_reports<'r>(
    links: &Links<'_>,
    readings: impl IntoIterator<Item = &'r Reading>,
) -> Vec<Record> {
    let mut own: Vec<(usize, &Reading)> =
        readings.into_iter().filter_map(|r| Some((links.report(r.document.id())?.0, r))).collect();
    own.sort_by_key(|(number, _)| *number);
    own.dedup_by_key(|(number, _)| *number);
    let mut records = Vec::new();
    let reading = |(_, r): &(usize, &'_ Reading)| -> DocumentId { r.document.id().clone() };
    for one in &own {
        records.extend(one.1.events.iter().filter_map(|e| event(links, &reading(one), e)).map(Record::Event));
    }
    for one in &own {
        records
            .extend(one.1.figures.iter().filter_map(|f| figure(links, &reading(one), f)).map(Record::Figure));
    }
    for one in &own {
        records.extend(one.1.claims.iter().filter_map(|c| claim(links, c)).map(Record::Claim));
    }
    for one in &own {
        records.extend(one.1.acts.iter().filter_map(|a| act(links, &reading(one), a)).map(Record::Act));
    }
    for one in &own {
        records.extend(one.1.quotes.iter().filter_map(|q| quote(links, one.1, q)).map(Record::Quote));
    }
    records
}

fn event(links: &Links<'_>, document: &DocumentId, event: &Cited<Event>) -> Option<EventRecord> {
    let evidence = links.evidence(event.evidence());
    let place = event.place.as_ref();
    (!evidence.is_empty()).then(|| EventRecord {
        id: event.id.clone(),
        kind: event.kind,
        mode: event.modes.first().copied(),
        contexts: event.contexts.clone(),
        modality: event.modality,
        polarity: event.polarity,
        actors: ids(&event.actors),
        recipients: ids(&event.recipients),
        attributed_to: ids(&event.attributed_to),
        date: date(&event.when),
        place: place.map(|p| p.name.clone()),
        country: place.and_then(|p| p.countries.first().cloned()),
        incident: links.incident(document, &event.id),
        evidence,
        modes: event.modes.clone(),
        others: ids(&event.others),
        strength: event.strength,
        gist: event.gist.clone(),
        repeated: event.repeated,
        countries: place.map(|p| p.countries.clone()).unwrap_or_default(),
        point: place.and_then(|p| p.point),
        crisis: links.crisis.id.clone(),
    })
}

fn figure(links: &Links<'_>, document: &DocumentId, figure: &Cited<Figure>) -> Option<FigureRecord> {
    let evidence = links.evidence(figure.evidence());
    let tally = links.tally(&figure.id);
    let by_event = figure.event.as_ref().and_then(|event| links.incident(document, event));
    (!evidence.is_empty()).then(|| FigureRecord {
        id: figure.id.clone(),
        what: figure.what,
        victims: ids(&figure.victims),
        low: figure.low,
        best: figure.value,
        high: figure.high,
        text: figure.text.clone(),
        comparator: figure.comparator,
        claimant: figure.claimant.as_ref().map(|c| c.actor.clone()),
        also_by: ids(&figure.also_by),
        perpetrators: ids(&figure.perpetrators),
        date: date(&figure.when),
        incident: tally.and_then(|t| t.incident.clone()).or(by_event),
        evidence,
        unit: figure.unit.clone(),
        strength: figure.strength,
        tally: tally.map(|t| t.id.clone()),
        event: figure.event.clone(),
        total: figure.total,
        part_of: figure.part_of.clone(),
        crisis: links.crisis.id.clone(),
    })
}

fn claim(links: &Links<'_>, claim: &Cited<Claim>) -> Option<ClaimRecord> {
    let evidence = links.evidence(claim.evidence());
    (!evidence.is_empty()).then(|| ClaimRecord {
        id: claim.id.clone(),
        stance: claim.stance,
        who: ids(&claim.who),
        whom: ids(&claim.whom),
        about: claim.about.clone(),
        event: claim.event.clone(),
        answers: claim.answers.clone().or_else(|| links.answered(&claim.id)),
        date: date(&claim.when),
        evidence,
        strength: claim.strength,
        crisis: links.crisis.id.clone(),
    })
}

fn act(links: &Links<'_>, document: &DocumentId, act: &Cited<Act>) -> Option<ActRecord> {
    let evidence = links.evidence(act.evidence());
    let (track, step) = links.step(document, &act.id).unzip();
    (!evidence.is_empty()).then(|| ActRecord {
        id: act.id.clone(),
        track,
        stage: act.stage,
        mediators: ids(&act.mediators),
        parties: ids(&act.parties),
        by: ids(&act.by),
        date: date(&act.when),
        place: act.place.as_ref().map(|p| p.name.clone()),
        outcome: act.outcome.clone(),
        evidence,
        modality: act.modality,
        occasion: act.occasion.clone(),
        round: act.round,
        words: act.words.clone(),
        step,
        event: act.event.clone(),
        crisis: links.crisis.id.clone(),
    })
}

fn quote(links: &Links<'_>, reading: &Reading, quote: &Cited<Quote>) -> Option<QuoteRecord> {
    let evidence = links.evidence(quote.evidence());
    let words = quote.words.of(reading.document.text());
    (!evidence.is_empty() && !words.is_empty()).then(|| QuoteRecord {
        id: super::joint::name(
            "quote",
            [reading.document.id().as_str(), &quote.words.start().to_string(), words],
        ),
        speaker: quote.speaker.as_ref().map(|s| s.actor.clone()),
        words: words.to_string(),
        start: quote.words.start(),
        end: quote.words.end(),
        evidence,
        crisis: links.crisis.id.clone(),
    })
}
