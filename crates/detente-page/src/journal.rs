//! Decisions of an analyst, taken on the page and handed to whoever keeps the journal.
//!
//! # How
//! 1. [`Journal`] is what the program lends where it has a store; without one nothing can be decided here, and the
//!    page shows no button.
//! 2. A wish names a fact by its id and says what is so, who says it, and why. Only JSON is taken, which another
//!    site's page cannot send without asking first.
//!
//! # Does not
//! Change an edition: the books are made anew from the journal, and come as a new edition.

use crate::respond::{Answer, Refusal};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Response, StatusCode, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Characters of a name, a reason, a remark.
const MOST_WORDS: usize = 2000;

/// What is so, by the word of the analyst.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "ruling")]
pub enum Verdict {
    /// The report does not say so.
    Reject,
    /// The count is another: `23`, `23+`, `>23`, `<23`, `~23`.
    Count {
        /// The count.
        count: String,
    },
    /// A remark.
    Note {
        /// The remark.
        text: String,
    },
    /// The event was misread in part. What is left out stays; lists are keys with commas between, and an empty one says
    /// that it is not known.
    Event {
        /// Its type: ASSAULT, CONSULT …
        kind: Option<String>,
        /// How real: occurred, planned …
        modality: Option<String>,
        /// affirmed or negated
        polarity: Option<String>,
        /// Who did it.
        actors: Option<String>,
        /// To whom.
        recipients: Option<String>,
        /// When: 2031-03-04, or 2031-03-04..2031-03-06.
        date: Option<String>,
    },
    /// The count was misread in part. What is left out stays.
    Figure {
        /// What is counted: killed, wounded …
        what: Option<String>,
        /// The count: `23`, `23+`, `>23`, `<23`, `~23`.
        count: Option<String>,
        /// Whose people or things: keys with commas between.
        victims: Option<String>,
        /// Whose count: a key; empty where the outlet gives it as its own.
        claimant: Option<String>,
    },
    /// The event is the same happening as another event.
    Merge {
        /// The report of the other.
        other_report: String,
        /// The other.
        other: String,
    },
    /// The event is another happening than that event.
    Split {
        /// The report of the other.
        other_report: String,
        /// The other.
        other: String,
    },
    /// What a party answered to the offer.
    Answer {
        /// The party's key.
        party: String,
        /// accept, welcome, decline, no_answer …; or not_reported.
        answer: String,
    },
    /// Two keys are one actor; about no fact.
    SameActor {
        /// The key that goes.
        actor: String,
        /// The key that stays.
        is: String,
    },
    /// What an actor is called; about no fact.
    NameActor {
        /// Its key.
        actor: String,
        /// The name to print.
        name: String,
    },
}

/// A decision as it comes in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Wish {
    /// The report; empty where it is about an actor.
    #[serde(default)]
    pub report: String,
    /// The event, figure, claim or act in it; empty where it is about an actor.
    #[serde(default)]
    pub fact: String,
    /// What is so.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Who says it.
    pub author: String,
    /// Why.
    pub reason: String,
}

/// Taking a line of the journal back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Undoing {
    /// Who takes it back.
    pub author: String,
    /// Why.
    pub reason: String,
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entry {
    /// Its number.
    pub number: i64,
    /// When it was written.
    pub at: String,
    /// Who wrote it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What was decided, in words.
    pub words: String,
    /// The report that it is about, where it is about one.
    pub report: Option<String>,
    /// First byte of the sentence that it is about.
    pub start: Option<usize>,
    /// The line that takes it back, where one does.
    pub undone_by: Option<i64>,
}

/// Why something could not be decided: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

/// Who keeps the journal.
pub trait Journal: Send + Sync {
    /// The whole journal, in order.
    fn entries(&self) -> Result<Vec<Entry>, Trouble>;
    /// Writes a decision and gives its number.
    fn decide(&self, wish: &Wish) -> Result<i64, Trouble>;
    /// Takes a line back and gives the number of the line that says so.
    fn undo(&self, number: i64, undoing: &Undoing) -> Result<i64, Trouble>;
}

/// The journal, where there is one.
pub(crate) type Kept = Option<Arc<dyn Journal>>;

/// The journal as it is told.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Entries {
    /// Can anything be decided here?
    open: bool,
    /// Its lines, in order.
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Written {
    number: i64,
}

/// Tells the journal.
pub(crate) fn tell(journal: &Kept, asked: &HeaderMap) -> Response<Body> {
    let entries = journal.as_ref().map(|j| j.entries()).transpose();
    match entries {
        Ok(entries) => {
            let open = entries.is_some();
            Answer::json(&Entries { open, entries: entries.unwrap_or_default() }).send(asked)
        }
        Err(trouble) => refuse(trouble).send(),
    }
}

/// Writes a decision.
pub(crate) fn write(journal: &Kept, headers: &HeaderMap, body: &Bytes) -> Response<Body> {
    let written = taken::<_, Wish>(journal, headers, body).and_then(|(journal, wish)| {
        fits(&[&wish.author, &wish.reason])?;
        journal.decide(&wish).map_err(refuse)
    });
    answer(written, headers)
}

/// Takes a line back.
pub(crate) fn undo(journal: &Kept, number: i64, headers: &HeaderMap, body: &Bytes) -> Response<Body> {
    let written = taken::<_, Undoing>(journal, headers, body).and_then(|(journal, undoing)| {
        fits(&[&undoing.author, &undoing.reason])?;
        journal.undo(number, &undoing).map_err(refuse)
    });
    answer(written, headers)
}

fn answer(written: Result<i64, Refusal>, headers: &HeaderMap) -> Response<Body> {
    match written {
        Ok(number) => Answer::json(&Written { number }).send(headers),
        Err(refusal) => refusal.send(),
    }
}

/// What the program lends, and what is asked of it.
pub(crate) fn taken<'j, K: ?Sized, T: for<'d> Deserialize<'d>>(
    lent: &'j Option<Arc<K>>,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<(&'j K, T), Refusal> {
    let Some(lent) = lent else {
        let remedy = "serve a store: detente serve --store FILE";
        return Err(Refusal::new(StatusCode::CONFLICT, "there is no store to write into", remedy));
    };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        let remedy = "send it as application/json";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "decisions come as JSON", remedy));
    }
    let wish = serde_json::from_slice(body).map_err(|error| {
        Refusal::unclear(format!("not a decision: {error}"), "/api/v1/openapi.json has its shape")
    })?;
    Ok((lent.as_ref(), wish))
}

/// A decision has a name and a reason, and neither is a book.
fn fits(words: &[&str]) -> Result<(), Refusal> {
    if words.iter().any(|w| w.trim().is_empty()) {
        return Err(Refusal::unclear("a decision needs a name and a reason", "give author and reason"));
    }
    match words.iter().any(|w| w.len() > MOST_WORDS) {
        true => Err(Refusal::unclear("too many words", format!("use at most {MOST_WORDS} characters"))),
        false => Ok(()),
    }
}

pub(crate) fn refuse(trouble: Trouble) -> Refusal {
    Refusal::unclear(trouble.what, trouble.remedy)
}
