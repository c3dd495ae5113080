//! Two states of the books to alerts: what came in that is worth telling at once, with its reason and its sentences.
//!
//! A person cannot read the books anew with every report. "Qatar offered to mediate", "the border is closed", "the
//! toll rose from 12 to 40": such things are told when the first report brings them, once, and never because a
//! second outlet prints the same.
//!
//! # How
//! 1. [`telling`]: the facts of a crisis that could be told, with what they say in comparable form: steps of talks,
//!    happenings, denials, counts.
//! 2. [`alerts`]: those of the state after that the state before does not have.
//!
//! # Laws
//! Held by tests: a pure function of the two states; a copy raises nothing; a report that only repeats raises nothing;
//! equal alerts have equal ids; every alert has a sentence of a report that is new.
//! # Does not
//! Know a clock, keep what was told, send anything: the program does.

mod telling;

use detente_types::{Crisis, CrisisId, DocumentId, Evidence, When, id};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use telling::{Fact, facts};

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// A third party offers to mediate.
    Offer,
    /// A party accepts or welcomes an offer.
    Acceptance,
    /// A party declines one.
    Refusal,
    /// Talks fail, or a ceasefire ends.
    Collapse,
    /// A ceasefire is agreed or prolonged.
    CeasefireAgreed,
    /// A ceasefire is violated.
    CeasefireViolated,
    /// Something is counted for the first time.
    NewCount,
    /// The range of a count is another.
    ChangedCount,
    /// Somebody denies something.
    Denial,
    /// A border is closed.
    BorderClosed,
    /// A border is opened.
    BorderOpened,
    /// A state or government is recognised.
    Recognition,
    /// Somebody threatens somebody.
    Threat,
}

impl News {
    /// Every kind.
    pub const ALL: &[News] = &[
        News::Offer,
        News::Acceptance,
        News::Refusal,
        News::Collapse,
        News::CeasefireAgreed,
        News::CeasefireViolated,
        News::NewCount,
        News::ChangedCount,
        News::Denial,
        News::BorderClosed,
        News::BorderOpened,
        News::Recognition,
        News::Threat,
    ];

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            News::Offer => "offer",
            News::Acceptance => "acceptance",
            News::Refusal => "refusal",
            News::Collapse => "collapse",
            News::CeasefireAgreed => "ceasefire_agreed",
            News::CeasefireViolated => "ceasefire_violated",
            News::NewCount => "new_count",
            News::ChangedCount => "changed_count",
            News::Denial => "denial",
            News::BorderClosed => "border_closed",
            News::BorderOpened => "border_opened",
            News::Recognition => "recognition",
            News::Threat => "threat",
        }
    }

    /// It in words.
    pub fn words(self) -> &'static str {
        match self {
            News::Offer => "offer to mediate",
            News::Acceptance => "acceptance",
            News::Refusal => "refusal",
            News::Collapse => "collapse",
            News::CeasefireAgreed => "ceasefire agreed",
            News::CeasefireViolated => "ceasefire violated",
            News::NewCount => "new count",
            News::ChangedCount => "count changed",
            News::Denial => "denial",
            News::BorderClosed => "border closed",
            News::BorderOpened => "border opened",
            News::Recognition => "recognition",
            News::Threat => "threat",
        }
    }
}

/// A sentence that an alert rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// The report.
    pub document: DocumentId,
    /// File name or address of the report.
    pub path: String,
    /// Its outlet, where known.
    pub outlet: Option<String>,
    /// Number of the sentence in the report, from 1.
    pub number: Option<usize>,
    /// First byte of the sentence in the text as received.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The sentence, verbatim.
    pub quote: String,
    /// The rule that read it.
    pub rule: String,
}

/// Something worth telling at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alert {
    /// Hash of what is told: the same news has the same id.
    pub id: String,
    /// What kind.
    pub kind: News,
    /// The crisis as it is called now.
    pub crisis: CrisisId,
    /// Its name.
    pub title: String,
    /// What is new, in one sentence.
    pub reason: String,
    /// When it happened, as far as the reports tell.
    pub when: When,
    /// The sentences of new reports that tell it. Not empty.
    pub sentences: Vec<Sentence>,
}

/// A state of the books.
#[derive(Debug, Default)]
pub struct State<'c> {
    /// The crises.
    pub crises: Vec<&'c Crisis>,
    /// All reports, those in no crisis too.
    pub reports: BTreeSet<DocumentId>,
}

/// What is new in the books and worth telling, in order of crises, kinds and reports.
pub fn alerts(before: &State, after: &State) -> Vec<Alert> {
    let mut out: Vec<Alert> = Vec::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for crisis in &after.crises {
        let old = old_reports(crisis, &before.reports);
        if old.len() == crisis.reports.len() {
            continue;
        }
        let past: Vec<Fact> =
            before.crises.iter().filter(|b| same(b, crisis)).flat_map(|b| facts(b)).collect();
        let told: BTreeSet<String> = past.iter().flat_map(|f| f.told()).collect();
        let mut here: BTreeSet<String> = BTreeSet::new();
        for fact in facts(crisis) {
            let Some((kind, reason)) = fact.news(&past) else { continue };
            let changed = kind == News::ChangedCount;
            let Some(fact) = fact.of_new(changed, |e| old.contains(&e.document)) else { continue };
            // Versions of a report, and outlets that print one sentence, tell one thing. So do two facts of a sentence.
            let said: Vec<String> = fact.told().collect();
            if said.iter().any(|s| told.contains(s) || here.contains(s)) {
                continue;
            }
            let sentences = sentences(crisis, &fact.evidence);
            let id = identity(crisis, kind, &fact);
            if !sentences.is_empty() && ids.insert(id.clone()) {
                here.extend(said);
                let (title, when) = (crisis.name.clone(), fact.when.clone());
                out.push(Alert { id, kind, crisis: crisis.id.clone(), title, reason, when, sentences });
            }
        }
    }
    out
}

/// The reports of a crisis that were there before, and those that carry the text of one that was.
fn old_reports<'c>(crisis: &'c Crisis, before: &BTreeSet<DocumentId>) -> BTreeSet<&'c DocumentId> {
    let known = crisis.reports.iter().map(|r| &r.id).filter(|id| before.contains(*id));
    let mut old: BTreeSet<&DocumentId> = known.collect();
    for copies in crisis.stories.iter().flat_map(|s| &s.copies) {
        if copies.iter().any(|id| before.contains(id)) {
            old.extend(copies);
        }
    }
    old
}

/// Are these books of one conflict? They share a report, or are between the same two.
fn same(before: &Crisis, after: &Crisis) -> bool {
    let main = |c: &Crisis| -> BTreeSet<_> { c.parties.iter().take(2).cloned().collect() };
    let reports: BTreeSet<&DocumentId> = after.reports.iter().map(|r| &r.id).collect();
    main(before) == main(after) || before.reports.iter().any(|r| reports.contains(&r.id))
}

/// What makes two alerts one: the conflict, the kind and what is said, never the reports that say it.
fn identity(crisis: &Crisis, kind: News, fact: &Fact) -> String {
    let mut parties: Vec<&str> = crisis.parties.iter().take(2).map(detente_types::ActorId::as_str).collect();
    parties.sort_unstable();
    let day = |day: Option<_>| day.map(|d: jiff::civil::Date| d.to_string()).unwrap_or_default();
    let (from, to) = (day(fact.when.from()), day(fact.when.to()));
    let parts = parties.into_iter().map(str::to_string);
    let said = [kind.code().to_string(), fact.says.clone(), fact.number(), from, to];
    format!("alert-{}", id::digest(parts.chain(said)))
}

fn sentences(crisis: &Crisis, evidence: &[Evidence]) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    for e in evidence {
        let Some(report) = crisis.report(&e.document) else { continue };
        let quote = e.sentence.of(&report.text);
        if quote.trim().is_empty()
            || out.iter().any(|s| s.document == e.document && s.start == e.sentence.start())
        {
            continue;
        }
        out.push(Sentence {
            document: e.document.clone(),
            path: report.path.clone(),
            outlet: report.outlet.clone(),
            number: report.sentence_number(e.sentence),
            start: e.sentence.start(),
            end: e.sentence.end(),
            quote: quote.to_string(),
            rule: e.rule.clone(),
        });
    }
    out
}

#[cfg(test)]
mod tests;
