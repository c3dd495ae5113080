//! News as they come: server-sent events.
//!
//! # How
//! An event `edition` comes at once, and again for every new edition: its number, its reports, and which of them are
//! new since the one before. Whoever comes back after a break sees from the number whether something was missed. An
//! event `alerts` has the number of alerts that nobody has seen, at once and whenever it changes.

use crate::edition::{Edition, Shelf};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use detente_types::Reading;
use serde::Serialize;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

/// New reports that are named; of more, the number tells.
const MOST_NAMED: usize = 20;

/// What is told of an edition.
#[derive(Serialize)]
struct News {
    edition: u64,
    reports: usize,
    /// How many reports are new since the last event.
    added: usize,
    /// Some of the new ones.
    new: Vec<Head>,
}

#[derive(Serialize)]
struct Head {
    id: String,
    outlet: Option<String>,
    title: Option<String>,
}

/// A stream of editions.
pub(crate) fn stream(shelf: Arc<Shelf>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let seen: Mutex<Option<Arc<Edition>>> = Mutex::new(None);
    let alerts = shelf.unseen();
    let news = WatchStream::new(shelf.bell()).map(move |_| {
        let edition = shelf.edition();
        let before = seen.lock().unwrap_or_else(PoisonError::into_inner).replace(Arc::clone(&edition));
        Ok(event(&news(&edition, before.as_deref())))
    });
    let alerts =
        WatchStream::new(alerts).map(|unseen| Ok(Event::default().event("alerts").data(unseen.to_string())));
    Sse::new(news.merge(alerts)).keep_alive(KeepAlive::default())
}

fn news(edition: &Edition, before: Option<&Edition>) -> News {
    let is_new = |r: &&Arc<Reading>| before.is_some_and(|before| before.at(r.document.id()).is_none());
    let new: Vec<&Arc<Reading>> = edition.readings().iter().filter(is_new).collect();
    let head = |r: &&Arc<Reading>| Head {
        id: r.document.id().to_string(),
        outlet: r.outlet.clone(),
        title: r.title.clone(),
    };
    News {
        edition: edition.number(),
        reports: edition.readings().len(),
        added: new.len(),
        new: new.iter().take(MOST_NAMED).map(head).collect(),
    }
}

fn event(news: &News) -> Event {
    let text = serde_json::to_string(news).expect("strings and numbers are always JSON");
    Event::default().event("edition").id(news.edition.to_string()).data(text)
}
