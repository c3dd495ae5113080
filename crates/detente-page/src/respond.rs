//! Answers and refusals to HTTP: kind of text, entity tag, name to save under.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use std::sync::Arc;

/// Bytes that are kept and sent as often as they are asked for, with their tag.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    bytes: Bytes,
    tag: Arc<str>,
}

impl Told {
    /// JSON.
    pub(crate) fn json(value: &impl Serialize) -> Told {
        let bytes = serde_json::to_vec(value).expect("answers are strings, numbers and lists");
        Told { tag: tag(&bytes).into(), bytes: bytes.into() }
    }
}

/// What is sent back.
#[derive(Debug)]
pub(crate) struct Answer {
    kind: &'static str,
    body: Bytes,
    tag: Arc<str>,
    save_as: Option<String>,
    next: Option<String>,
}

impl Answer {
    /// JSON.
    pub(crate) fn json(value: &impl Serialize) -> Answer {
        Answer::kept(Told::json(value))
    }

    /// JSON that is kept.
    pub(crate) fn kept(told: Told) -> Answer {
        Answer { kind: "application/json", body: told.bytes, tag: told.tag, save_as: None, next: None }
    }

    /// Text of any kind.
    pub(crate) fn bytes(kind: &'static str, body: impl Into<Bytes>) -> Answer {
        let body = body.into();
        Answer { kind, tag: tag(&body).into(), body, save_as: None, next: None }
    }

    /// The same, to be saved under a name rather than shown.
    pub(crate) fn save_as(mut self, name: impl Into<String>) -> Answer {
        self.save_as = Some(name.into());
        self
    }

    /// The same, with the address of the next page.
    pub(crate) fn next(mut self, address: Option<String>) -> Answer {
        self.next = address;
        self
    }

    /// Sends it; nothing but "not modified" where the asker has it already.
    pub(crate) fn send(self, asked: &HeaderMap) -> Response<Body> {
        let had = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
        let same = had.is_some_and(|had| had.split(',').any(|t| matches(t.trim(), &self.tag)));
        let mut out = Response::new(if same { Body::empty() } else { Body::from(self.body) });
        if same {
            *out.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = out.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        put(headers, header::ETAG, &self.tag);
        if let Some(name) = self.save_as {
            put(headers, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
        }
        if let Some(address) = self.next {
            put(headers, header::LINK, &format!("<{address}>; rel=\"next\""));
        }
        out
    }
}

fn tag(body: &[u8]) -> String {
    format!("\"{}\"", &blake3::hash(body).to_hex()[..20])
}

fn matches(had: &str, tag: &str) -> bool {
    had == "*" || had.strip_prefix("W/").unwrap_or(had) == tag
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Why something is not answered: what is wrong, and what to do.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    #[serde(skip)]
    status: StatusCode,
    error: String,
    remedy: String,
}

impl Refusal {
    /// A refusal with its status.
    pub(crate) fn new(status: StatusCode, error: impl Into<String>, remedy: impl Into<String>) -> Refusal {
        Refusal { status, error: error.into(), remedy: remedy.into() }
    }

    /// Nothing is there.
    pub(crate) fn absent(what: &str, remedy: &str) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, format!("no such {what}"), remedy)
    }

    /// The question is not understood.
    pub(crate) fn unclear(what: impl Into<String>, remedy: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, what, remedy)
    }

    /// Sends it.
    pub(crate) fn send(&self) -> Response<Body> {
        let body = serde_json::to_vec(self).expect("two strings are always JSON");
        let mut out = Response::new(Body::from(body));
        *out.status_mut() = self.status;
        out.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        out.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        out
    }
}
