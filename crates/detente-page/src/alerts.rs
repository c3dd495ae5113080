//! Alerts: what came in that was worth telling at once, as the program lends them where it has a store.
//!
//! # How
//! 1. [`Alerts`] is what the program lends: alerts that were told, and a way to say that they were seen.
//! 2. Each alert is given with the crisis that its report is in now: the one it was told of may have grown since.
//!
//! # Does not
//! Raise alerts: the program does, with every new edition, and rings the shelf's bell.

use crate::edition::Shelf;
use crate::journal::{Trouble, refuse, taken};
use crate::respond::{Answer, Refusal};
use crate::routes::Asked;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Response};
use detente_outlook::Alert;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most alerts that come back at once.
const MOST: usize = 500;

/// One alert as it was told.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Notice {
    /// Its place in the order of telling.
    pub number: i64,
    /// When it was told.
    pub at: String,
    /// Has a person seen it?
    pub seen: bool,
    /// The crisis that its report is in now, where it is in one.
    pub home: Option<String>,
    /// What it says.
    #[serde(flatten)]
    pub alert: Alert,
}

/// Who keeps alerts.
pub trait Alerts: Send + Sync {
    /// Alerts, the newest first.
    fn told(&self, unseen_only: bool, from: usize, limit: usize) -> Result<Vec<Notice>, Trouble>;
    /// How many there are, and how many of them nobody has seen.
    fn count(&self) -> Result<(usize, usize), Trouble>;
    /// All up to this number were seen.
    fn seen(&self, to: i64) -> Result<(), Trouble>;
}

/// Alerts, where there are any.
pub(crate) type Kept = Option<Arc<dyn Alerts>>;

/// Alerts as they are told.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Notices {
    /// Are alerts told here?
    open: bool,
    /// How many there are.
    total: usize,
    /// How many of them nobody has seen.
    unseen: usize,
    /// Those of this page, the newest first.
    alerts: Vec<Notice>,
}

/// Saying that alerts were seen.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub(crate) struct Seen {
    /// The last one that was.
    to: i64,
}

#[derive(Serialize)]
struct Left {
    unseen: usize,
}

/// Tells alerts.
pub(crate) fn tell(alerts: &Kept, shelf: &Shelf, asked: &Asked, headers: &HeaderMap) -> Response<Body> {
    match notices(alerts, shelf, asked) {
        Ok(notices) => Answer::json(&notices).send(headers),
        Err(refusal) => refusal.send(),
    }
}

fn notices(alerts: &Kept, shelf: &Shelf, asked: &Asked) -> Result<Notices, Refusal> {
    let Some(keeper) = alerts else {
        return Ok(Notices { open: false, total: 0, unseen: 0, alerts: Vec::new() });
    };
    let from = asked.number("from", 0, usize::MAX)?;
    let limit = asked.number("limit", 100, MOST)?;
    let unseen_only = asked.get("unseen").is_some_and(|words| words == "true");
    let (total, unseen) = keeper.count().map_err(refuse)?;
    let mut alerts = keeper.told(unseen_only, from, limit).map_err(refuse)?;
    let edition = shelf.edition();
    for notice in &mut alerts {
        let documents = notice.alert.sentences.iter().map(|s| &s.document);
        notice.home =
            documents.filter_map(|id| edition.homes().get(id)?.first()).map(|(id, _)| id.clone()).next();
    }
    Ok(Notices { open: true, total, unseen, alerts })
}

/// Says that alerts were seen; everybody hears how many are left.
pub(crate) fn seen(alerts: &Kept, shelf: &Shelf, headers: &HeaderMap, body: &Bytes) -> Response<Body> {
    let done = taken::<_, Seen>(alerts, headers, body).and_then(|(keeper, seen)| {
        keeper.seen(seen.to).map_err(refuse)?;
        let (_, unseen) = keeper.count().map_err(refuse)?;
        shelf.ring(unseen);
        Ok(Left { unseen })
    });
    match done {
        Ok(left) => Answer::json(&left).send(headers),
        Err(refusal) => refusal.send(),
    }
}
