//! Answers and refusals to HTTP: kind of text, entity tag, name to save under.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// What is sent back.
#[derive(Debug)]
pub(crate) struct Answer {
    kind: &'static str,
    body: Cow<'static, [u8]>,
    /// Shared bytes, where the body is one that is kept.
    shared: Option<Arc<[u8]>>,
    save_as: Option<String>,
    next: Option<String>,
}

impl Answer {
    /// JSON.
    pub(crate) fn json(value: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(value).expect("answers are strings, numbers and lists");
        Answer::bytes("application/json", body)
    }

    /// JSON that is kept.
    pub(crate) fn kept(body: Arc<[u8]>) -> Answer {
        Answer { shared: Some(body), ..Answer::bytes("application/json", Vec::new()) }
    }

    /// Text of any kind.
    pub(crate) fn bytes(kind: &'static str, body: impl Into<Cow<'static, [u8]>>) -> Answer {
        Answer { kind, body: body.into(), shared: None, save_as: None, next: None }
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
        let body: &[u8] = self.shared.as_deref().unwrap_or(&self.body);
        let tag = format!("\"{}\"", &blake3::hash(body).to_hex()[..20]);
        let had = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
        let same = had.is_some_and(|had| had.split(',').any(|t| matches(t.trim(), &tag)));
        let mut out = if same {
            Response::new(Body::empty())
        } else {
            Response::new(match self.body {
                _ if self.shared.is_some() => Body::from(body.to_vec()),
                Cow::Borrowed(bytes) => Body::from(bytes),
                Cow::Owned(bytes) => Body::from(bytes),
            })
        };
        if same {
            *out.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = out.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        put(headers, header::ETAG, &tag);
        if let Some(name) = self.save_as {
            put(headers, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
        }
        if let Some(address) = self.next {
            put(headers, header::LINK, &format!("<{address}>; rel=\"next\""));
        }
        out
    }
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
