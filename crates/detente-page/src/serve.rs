//! All of it on a listener: addresses to answers, work off the threads that talk.

use crate::edition::Shelf;
use crate::guard::{self, Guard};
use crate::openapi;
use crate::respond::{Answer, Refusal};
use crate::routes::{Asked, EVENTS, OPENAPI, routes};
use crate::{assets, events};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::middleware;
use axum::routing::get;
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

/// Addresses to answers. Peers must be known to it (`into_make_service_with_connect_info`).
pub fn router(shelf: Arc<Shelf>, guard: Guard) -> Router {
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
        .fallback(nowhere)
        .method_not_allowed_fallback(reading_only)
        .with_state(shelf)
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .layer(middleware::from_fn_with_state(Arc::new(guard), guard::watch))
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
    guard: Guard,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_io().enable_time().build()?;
    runtime.block_on(async move {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let service = router(shelf, guard).into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service);
        tokio::select! {
            done = async { served.await } => done,
            () = end => Ok(()),
        }
    })
}
