//! All of it on a listener: addresses to answers, work off the threads that talk.

use crate::alerts::{self, Alerts};
use crate::edition::Shelf;
use crate::guard::{self, Guard};
use crate::journal::{self, Journal, Kept};
use crate::openapi;
use crate::respond::{Answer, Refusal};
use crate::routes::{ALERTS, Asked, DECISIONS, EVENTS, OPENAPI, SEEN, UNDO, routes};
use crate::{assets, events};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::middleware;
use axum::routing::{get, post};
use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Bytes of a body that are taken.
const MOST_BODY: usize = 64 * 1024;

/// Answers in the making at one time; more wait.
const AT_ONCE: usize = 16;

/// Parts of a path or a question.
type Parts = BTreeMap<String, String>;

/// What the program lends where it has a store.
#[derive(Clone, Default)]
pub struct Lent {
    /// Where decisions go.
    pub journal: Option<Arc<dyn Journal>>,
    /// What was worth telling at once.
    pub alerts: Option<Arc<dyn Alerts>>,
}

/// Addresses to answers. Peers must be known to it (`into_make_service_with_connect_info`).
/// Without a journal nothing can be decided on the page.
pub fn router(shelf: Arc<Shelf>, lent: Lent, guard: Guard) -> Router {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut router = Router::new();
    for route in routes() {
        let (answer, turns) = (route.answer, Arc::clone(&turns));
        let handler = move |State(shelf): State<Arc<Shelf>>,
                            parts: Path<Parts>,
                            asked: Query<Parts>,
                            headers: HeaderMap| {
            let turns = Arc::clone(&turns);
            async move {
                let mut named = asked.0;
                named.extend(parts.0);
                let _turn = turns.acquire().await;
                let work = move || answer(&shelf.edition(), &Asked(named));
                match tokio::task::spawn_blocking(work).await {
                    Ok(Ok(answer)) => answer.send(&headers),
                    Ok(Err(refusal)) => refusal.send(),
                    Err(_) => broken().send(),
                }
            }
        };
        router = router.route(route.path, get(handler));
    }
    router
        .route(EVENTS, get(|State(shelf): State<Arc<Shelf>>| async move { events::stream(shelf) }))
        .route(OPENAPI, get(description))
        .route("/", get(|headers: HeaderMap| asset("index.html".to_string(), headers)))
        .route("/page/{name}", get(|Path(name): Path<String>, headers: HeaderMap| asset(name, headers)))
        .with_state(Arc::clone(&shelf))
        .merge(decisions(lent.journal))
        .merge(notices(shelf, lent.alerts))
        .fallback(nowhere)
        .method_not_allowed_fallback(reading_only)
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .layer(middleware::from_fn_with_state(Arc::new(guard), guard::watch))
}

/// The journal: telling it, writing into it, taking a line back.
fn decisions(journal: Kept) -> Router {
    let tell =
        |State(journal): State<Kept>, headers: HeaderMap| apart(move || journal::tell(&journal, &headers));
    let write = |State(journal): State<Kept>, headers: HeaderMap, body: Bytes| {
        apart(move || journal::write(&journal, &headers, &body))
    };
    let undo = |State(journal): State<Kept>, Path(number): Path<i64>, headers: HeaderMap, body: Bytes| {
        apart(move || journal::undo(&journal, number, &headers, &body))
    };
    Router::new().route(DECISIONS, get(tell).post(write)).route(UNDO, post(undo)).with_state(journal)
}

/// Alerts: telling them, and that they were seen.
fn notices(shelf: Arc<Shelf>, alerts: alerts::Kept) -> Router {
    type Shared = State<(Arc<Shelf>, alerts::Kept)>;
    let tell = |State((shelf, alerts)): Shared, asked: Query<Parts>, headers: HeaderMap| {
        apart(move || alerts::tell(&alerts, &shelf, &Asked(asked.0), &headers))
    };
    let seen = |State((shelf, alerts)): Shared, headers: HeaderMap, body: Bytes| {
        apart(move || alerts::seen(&alerts, &shelf, &headers, &body))
    };
    Router::new().route(ALERTS, get(tell)).route(SEEN, post(seen)).with_state((shelf, alerts))
}

/// Work off the threads that talk.
async fn apart(work: impl FnOnce() -> Response<Body> + Send + 'static) -> Response<Body> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| broken().send())
}

async fn description(headers: HeaderMap) -> Response<Body> {
    Answer::json(&openapi::describe(&routes())).send(&headers)
}

async fn asset(name: String, headers: HeaderMap) -> Response<Body> {
    match assets::find(&name) {
        Some((kind, bytes)) => Answer::bytes(kind, bytes).send(&headers),
        None => Refusal::absent("part of the page", "open /").send(),
    }
}

async fn nowhere(uri: Uri) -> Response<Body> {
    let remedy =
        if uri.path().starts_with("/api") { "/api/v1/openapi.json lists the addresses" } else { "open /" };
    Refusal::absent("address", remedy).send()
}

async fn reading_only() -> Response<Body> {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this address is for reading", "use GET").send()
}

fn broken() -> Refusal {
    let remedy = "it is a fault in Detente; please report it, with the reports that led to it if you can";
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be made", remedy)
}

/// Serves until `end` comes.
pub fn serve(
    listener: TcpListener,
    shelf: Arc<Shelf>,
    lent: Lent,
    guard: Guard,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_io().enable_time().build()?;
    runtime.block_on(async move {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let service = router(shelf, lent, guard).into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service);
        tokio::select! {
            done = async { served.await } => done,
            () = end => Ok(()),
        }
    })
}
