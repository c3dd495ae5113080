//! Who may ask: this machine, or who has the token; from our own page; not too often.
//!
//! # How
//! 1. `host`: on the loopback address only names of this machine are answered, so that a page elsewhere which
//!    points its own name at us (DNS rebinding) gets nothing.
//! 2. `token`: on any other address a token is asked for, as a bearer or as the cookie that the address with
//!    `?token=` sets. Tokens are compared as hashes, so that the time it takes tells nothing.
//! 3. `origin`: what is not a plain read must come from our own page.
//! 4. `often`: a bucket of questions for each address, filled anew as time passes.
//! 5. `dress`: headers that forbid scripts and styles other than the page's own, frames, and guessing of kinds.

use crate::respond::Refusal;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::Next;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::{Duration, Instant};

/// Questions that one address may ask at once.
const BUCKET: f64 = 400.0;

/// Questions by which the bucket fills in a second.
const FILL: f64 = 200.0;

/// Addresses that are kept in mind; more than these share one bucket.
const MOST_ADDRESSES: usize = 4096;

/// The name of the cookie.
const COOKIE: &str = "detente";

/// Nothing but what the page brings along; no frame, no form to elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src \
    'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// A secret that lets in, kept as its hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token(blake3::Hash);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// A token of these words.
    pub fn new(words: &str) -> Token {
        Token(blake3::hash(words.as_bytes()))
    }

    // The comparison of hashes takes the same time whatever they are.
    fn is(&self, words: &str) -> bool {
        self.0 == blake3::hash(words.as_bytes())
    }
}

/// Who is let in.
#[derive(Debug)]
pub struct Guard {
    token: Option<Token>,
    buckets: Mutex<BTreeMap<IpAddr, (f64, Instant)>>,
}

impl Guard {
    /// Only this machine, by its own names.
    pub fn loopback() -> Guard {
        Guard { token: None, buckets: Mutex::default() }
    }

    /// Whoever has the token, from anywhere.
    pub fn with_token(token: Token) -> Guard {
        Guard { token: Some(token), buckets: Mutex::default() }
    }
}

/// Lets in or refuses, and dresses what goes out.
pub(crate) async fn watch(
    State(guard): State<Arc<Guard>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let passed = often(&guard, from.ip()).and_then(|()| check(&guard, &request));
    let mut out = match passed {
        Ok(Pass::In) => next.run(request).await,
        Ok(Pass::Greet(words)) => greet(&words),
        Err(refusal) => refusal.send(),
    };
    dress(out.headers_mut());
    out
}

/// How a question is let in.
enum Pass {
    In,
    /// It brought the token in its address: it goes into a cookie and out of the address.
    Greet(String),
}

fn check(guard: &Guard, request: &Request) -> Result<Pass, Refusal> {
    origin(request)?;
    match &guard.token {
        None => host(request.headers(), request.uri()).map(|()| Pass::In),
        Some(token) => admit(token, request),
    }
}

/// Is it asked by a name of this machine?
fn host(headers: &HeaderMap, uri: &Uri) -> Result<(), Refusal> {
    let named =
        headers.get(header::HOST).and_then(|v| v.to_str().ok()).or(uri.authority().map(|a| a.as_str()));
    let name = named.map(without_port).unwrap_or_default();
    let own = name.eq_ignore_ascii_case("localhost")
        || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let remedy = "use the address that detente serve printed";
    if own {
        Ok(())
    } else {
        Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "not a name of this machine", remedy))
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

fn admit(token: &Token, request: &Request) -> Result<Pass, Refusal> {
    let headers = request.headers();
    let word = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default();
    let bearer = word(header::AUTHORIZATION).strip_prefix("Bearer ").map(str::trim);
    let cookies = word(header::COOKIE).split(';').filter_map(|c| c.trim().split_once('='));
    let cookie = cookies.filter(|(name, _)| *name == COOKIE).map(|(_, value)| value).next();
    if bearer.into_iter().chain(cookie).any(|words| token.is(words)) {
        return Ok(Pass::In);
    }
    let asked = request.uri().query().unwrap_or_default().split('&');
    let in_address = asked.filter_map(|part| part.strip_prefix("token=")).find(|words| token.is(words));
    match in_address {
        Some(words) if request.uri().path() == "/" => Ok(Pass::Greet(words.to_string())),
        _ => Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "a token is needed",
            "open the address that detente serve printed, or send the token as a bearer",
        )),
    }
}

/// Writes come from our own page, or from a program that is no browser.
fn origin(request: &Request) -> Result<(), Refusal> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    let headers = request.headers();
    let word = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let site = word("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let host = word("host").unwrap_or_default();
    let own = word("origin").is_none_or(|o| o.split_once("://").is_some_and(|(_, name)| name == host));
    let remedy = "writes are taken from Detente's own page only";
    if site && own {
        Ok(())
    } else {
        Err(Refusal::new(StatusCode::FORBIDDEN, "asked from another page", remedy))
    }
}

/// Takes one question out of the bucket of an address.
fn often(guard: &Guard, from: IpAddr) -> Result<(), Refusal> {
    let mut buckets = guard.buckets.lock().unwrap_or_else(PoisonError::into_inner);
    let now = Instant::now();
    if buckets.len() >= MOST_ADDRESSES {
        buckets.retain(|_, (_, last)| now.duration_since(*last) < Duration::from_secs(10));
    }
    let known = buckets.len() < MOST_ADDRESSES || buckets.contains_key(&from);
    let key = if known { from } else { IpAddr::from([0, 0, 0, 0]) };
    let (left, last) = buckets.entry(key).or_insert((BUCKET, now));
    *left = (*left + now.duration_since(*last).as_secs_f64() * FILL).min(BUCKET);
    *last = now;
    if *left < 1.0 {
        return Err(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too many questions at once",
            "wait a second",
        ));
    }
    *left -= 1.0;
    Ok(())
}

/// Puts the token into a cookie that no script sees and no other page sends.
fn greet(words: &str) -> Response<Body> {
    let mut out = Response::new(Body::empty());
    *out.status_mut() = StatusCode::SEE_OTHER;
    out.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/"));
    let cookie = format!("{COOKIE}={words}; HttpOnly; SameSite=Strict; Path=/");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        out.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    out
}

fn dress(headers: &mut HeaderMap) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(host: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        super::host(&headers, &Uri::from_static("/")).is_ok()
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        assert!(asked("localhost:7777") && asked("127.0.0.1") && asked("[::1]:80") && asked("LOCALHOST"));
        assert!(
            !asked("evil.example:7777")
                && !asked("127.0.0.1.evil.example")
                && !asked("10.0.0.1")
                && !asked("")
        );
    }

    #[test]
    fn a_bucket_runs_dry() {
        let guard = Guard::loopback();
        let ip = IpAddr::from([127, 0, 0, 1]);
        let passed = (0..5000).filter(|_| often(&guard, ip).is_ok()).count();
        assert!((400..5000).contains(&passed), "{passed}");
    }

    #[test]
    fn a_token_is_itself_only() {
        let token = Token::new("abc");
        assert!(token.is("abc") && !token.is("abd") && !token.is(""));
        assert_eq!(format!("{token:?}"), "Token", "it is printed nowhere");
    }
}
