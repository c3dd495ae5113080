//! Reports: a list of them, and one with its text, its sentences and what was read in each.

use crate::edition::Edition;
use crate::respond::{Answer, Refusal};
use crate::routes::Asked;
use detente_types::{
    ActorRef, Cited, DocumentId, Evidence, MaskReason, Note, Reading, SentenceKind, Span, When,
};
use schemars::JsonSchema;
use serde::Serialize;

/// The most reports that come back at once.
const MOST: usize = 1000;

/// Reports, in pages.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Reports {
    /// How many there are.
    total: usize,
    /// Those of this page.
    reports: Vec<Head>,
}

/// One report without its text.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Head {
    /// The report.
    id: DocumentId,
    /// File name or address.
    path: String,
    /// Outlet, where known.
    outlet: Option<String>,
    /// Headline, where known.
    title: Option<String>,
    /// Bounds of the day of publication.
    published: When,
    /// Words of body text.
    words: usize,
    /// The crises that it is in.
    crises: Vec<Home>,
}

/// A crisis that a report is in.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Home {
    /// The crisis.
    id: String,
    /// Its name.
    title: String,
}

/// One report.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Page {
    #[serde(flatten)]
    head: Head,
    /// Address on the web, where known.
    url: Option<String>,
    /// Language, ISO 639-1.
    language: String,
    /// Version of the reader and of its knowledge.
    reader: String,
    /// The text as received. Offsets count its bytes in UTF-8.
    text: String,
    /// Its sentences, in order; citations count them from 1.
    sentences: Vec<Sentence>,
    /// What is not body text.
    mask: Vec<Stretch>,
    /// What was read, in order of the text.
    read: Vec<Read>,
    /// Remarks.
    notes: Vec<Note>,
}

/// One sentence.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Sentence {
    /// First byte.
    start: usize,
    /// One past the last byte.
    end: usize,
    /// Headline, body, link or masked.
    kind: SentenceKind,
}

/// A stretch that is not body text.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Stretch {
    /// First byte.
    start: usize,
    /// One past the last byte.
    end: usize,
    /// Why.
    reason: MaskReason,
}

/// One thing that was read in a sentence.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Read {
    /// Its id, as the records print it.
    id: String,
    /// Number of the sentence, from 1.
    sentence: usize,
    /// What it is: event, figure, claim, act.
    noun: &'static str,
    /// Its code: type of event, what is counted, stance, stage.
    code: String,
    /// How real, where that is asked.
    how: Option<String>,
    /// Who, by name.
    who: Vec<String>,
    /// To, against or between whom, by name.
    whom: Vec<String>,
    /// The words.
    words: String,
    /// The rule that fired.
    rule: String,
    /// The deciding words.
    marks: Vec<Span>,
}

/// The reports, newest first.
pub(crate) fn reports(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    let from = asked.number("from", 0, usize::MAX)?;
    let limit = asked.number("limit", 100, MOST)?;
    let homes = edition.homes();
    let all = edition.newest();
    let page = all.iter().skip(from).take(limit).map(|at| &*edition.readings()[*at]);
    let reports = page.map(|r| head(r, homes.get(r.document.id()).map_or(&[], Vec::as_slice))).collect();
    let next = (from + limit < all.len() && limit > 0)
        .then(|| format!("/api/v1/reports?from={}&limit={limit}", from + limit));
    Ok(Answer::json(&Reports { total: all.len(), reports }).next(next))
}

/// One report.
pub(crate) fn report(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    let absent = || Refusal::absent("report", "/api/v1/reports lists those that there are");
    let reading = edition.reading(asked.part("report")).ok_or_else(absent)?;
    let homes = edition.homes();
    let sentence =
        |s: &detente_types::SentenceSpan| Sentence { start: s.span.start(), end: s.span.end(), kind: s.kind };
    let stretch =
        |m: &detente_types::Masked| Stretch { start: m.span.start(), end: m.span.end(), reason: m.reason };
    Ok(Answer::json(&Page {
        head: head(reading, homes.get(reading.document.id()).map_or(&[], Vec::as_slice)),
        url: reading.document.url().map(str::to_string),
        language: reading.language.clone(),
        reader: reading.reader.clone(),
        text: reading.document.text().to_string(),
        sentences: reading.sentences.iter().map(sentence).collect(),
        mask: reading.mask.iter().map(stretch).collect(),
        read: read(reading),
        notes: reading.notes.clone(),
    }))
}

fn head(reading: &Reading, homes: &[(String, String)]) -> Head {
    let home = |(id, title): &(String, String)| Home { id: id.clone(), title: title.clone() };
    Head {
        id: reading.document.id().clone(),
        path: reading.document.path.clone(),
        outlet: reading.outlet.clone(),
        title: reading.title.clone(),
        published: reading.published.clone(),
        words: reading.words,
        crises: homes.iter().map(home).collect(),
    }
}

/// Everything that was read, in order of the text.
fn read(reading: &Reading) -> Vec<Read> {
    let mut all = Vec::new();
    for event in &reading.events {
        let words = event.gist.clone();
        let code =
            event.modes.first().map_or_else(|| event.kind.code().to_string(), |m| m.code().to_string());
        let how = Some(snake(&event.modality));
        put(
            &mut all,
            reading,
            event,
            (event.id.as_str(), "event", code, how, &event.actors, &event.recipients, words),
        );
    }
    for figure in &reading.figures {
        let who: Vec<ActorRef> = figure.claimant.iter().chain(&figure.also_by).cloned().collect();
        let words = figure.text.clone();
        put(
            &mut all,
            reading,
            figure,
            (figure.id.as_str(), "figure", snake(&figure.what), None, &who, &figure.victims, words),
        );
    }
    for claim in &reading.claims {
        let words = claim.about.clone();
        put(
            &mut all,
            reading,
            claim,
            (claim.id.as_str(), "claim", snake(&claim.stance), None, &claim.who, &claim.whom, words),
        );
    }
    for act in &reading.acts {
        let who = if act.mediators.is_empty() { &act.by } else { &act.mediators };
        let how = Some(snake(&act.modality));
        put(
            &mut all,
            reading,
            act,
            (act.id.as_str(), "act", snake(&act.stage), how, who, &act.parties, act.words.clone()),
        );
    }
    all.sort_by_key(|r| r.sentence);
    all
}

type Told<'a> = (&'a str, &'static str, String, Option<String>, &'a [ActorRef], &'a [ActorRef], String);

fn put<T>(all: &mut Vec<Read>, reading: &Reading, cited: &Cited<T>, told: Told<'_>) {
    let Some(Evidence { sentence, rule, marks, .. }) = cited.evidence().first() else { return };
    let (id, noun, code, how, who, whom, words) = told;
    all.push(Read {
        id: id.to_string(),
        sentence: reading.sentence_number(*sentence).unwrap_or_default(),
        noun,
        code,
        how,
        who: names(reading, who),
        whom: names(reading, whom),
        words,
        rule: rule.clone(),
        marks: marks.clone(),
    });
}

fn names(reading: &Reading, refs: &[ActorRef]) -> Vec<String> {
    let name = |r: &ActorRef| {
        let actor = reading.actors.iter().find(|a| a.id == r.actor);
        actor.map_or_else(|| r.actor.to_string(), |a| a.name.clone())
    };
    refs.iter().map(name).collect()
}

/// A code as the records write it.
fn snake(code: &impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}
