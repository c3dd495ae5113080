//! Takes an address, gives what a server answers, within limits.
//!
//! Whatever a server does, a request ends within its time and its bytes, and with an answer or one line that says why
//! there is none.
//!
//! # How
//! 1. [`Fetcher::follow`] goes from redirect to redirect; every hop is checked like the first, and its caller may hold
//!    it up ([`crate::visit`] keeps manners there).
//! 2. One hop: the guard looks the name up, the library speaks HTTP, `body` reads and unpacks.
//!
//! # Does not
//! Keep cookies, send passwords, keep connections open.

use crate::body;
use crate::clock::monotonic;
use crate::guard::{Doorkeeper, Guard};
use crate::limits::Limits;
use crate::proxy::Tunnel;
use crate::trouble::{Kind, Trouble};
use std::io::ErrorKind;
use std::time::Duration;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::{Connector, RustlsConnector, TcpConnector};
use ureq::{Agent, Body, Timeout};
use url::Url;

/// The name under which robots.txt speaks to us.
pub const NAME: &str = "Detente";

/// How we call ourselves at every door; `contact` tells whom to write to.
pub fn user_agent(contact: Option<&str>) -> String {
    let home = contact.unwrap_or(env!("CARGO_PKG_REPOSITORY"));
    format!("{NAME}/{} (+{home})", env!("CARGO_PKG_VERSION"))
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    /// The entity tag of what one has.
    pub etag: Option<&'a str>,
    /// The time of change of what one has, as the server put it.
    pub modified: Option<&'a str>,
    /// The kinds of content that are of use.
    pub accept: Accept,
}

/// Kinds of content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accept {
    /// Pages and documents.
    #[default]
    Page,
    /// Feeds and sitemaps first.
    Feed,
    /// Plain rules, of which the first half megabyte counts.
    Robots,
}

/// What a server has given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where it came from, after all redirects.
    pub url: Url,
    /// The kind of content that the server says it is, in lower case.
    pub media_type: Option<String>,
    /// The character set that the server says it has.
    pub charset: Option<String>,
    /// Entity tag.
    pub etag: Option<String>,
    /// Time of change, as the server puts it.
    pub modified: Option<String>,
    /// Unpacked.
    pub bytes: Vec<u8>,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// An answer.
    New(Box<Answer>),
    /// What one has is what there is.
    Unchanged,
}

/// What one hop led to.
enum Hop {
    Done(Fetched),
    Moved(Url),
}

/// Fetches. Made once, used from any thread.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
}

impl Fetcher {
    /// Nothing is asked yet. `name` is the user agent.
    pub fn new(guard: Guard, limits: Limits, name: &str) -> Fetcher {
        Fetcher::with_roots(guard, limits, name, RootCerts::WebPki)
    }

    /// The same, where the word of these authorities (certificates in DER) counts, and that of no other.
    pub fn trusting(guard: Guard, limits: Limits, name: &str, authorities: &[Vec<u8>]) -> Fetcher {
        let roots: Vec<_> = authorities.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
        Fetcher::with_roots(guard, limits, name, RootCerts::new_with_certs(&roots))
    }

    fn with_roots(guard: Guard, limits: Limits, name: &str, roots: RootCerts) -> Fetcher {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // The library would give a proxy the name; [`Tunnel`] gives it what was checked.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .max_response_header_size(64 * 1024)
            .timeout_per_read(Some(limits.idle))
            .timeout_per_write(Some(limits.idle))
            .timeout_connect(Some(limits.idle))
            .timeout_recv_response(Some(limits.idle))
            .user_agent(name)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let tunnel = Tunnel { guard: guard.clone(), within: limits.idle };
        let connector = ().chain(tunnel).chain(TcpConnector::default()).chain(RustlsConnector::default());
        let doorkeeper = Doorkeeper { guard, within: limits.idle };
        Fetcher { agent: Agent::with_parts(config, connector, doorkeeper), limits }
    }

    /// The limits that it keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Breaks off what is under way.
    pub fn stop(&self) {
        self.agent.clone().shutdown();
    }

    /// Fetches, from redirect to redirect. `enter` is asked before each; what it gives is held until the hop is done.
    pub fn follow<T>(
        &self,
        address: &Url,
        ask: &Ask,
        enter: &mut dyn FnMut(&Url) -> Result<T, Trouble>,
    ) -> Result<Fetched, Trouble> {
        let mut asked: Vec<Url> = Vec::new();
        let mut spent = Duration::ZERO;
        let mut url = address.clone();
        loop {
            url.set_fragment(None);
            check(&url)?;
            let place = place(address, &url);
            if asked.contains(&url) {
                return Err(Trouble::new(place, Kind::Loop));
            }
            if asked.len() > self.limits.redirects {
                return Err(Trouble::new(address, Kind::Redirects(self.limits.redirects)));
            }
            let _held = enter(&url)?;
            let begin = monotonic();
            let slow = Kind::Slow(self.limits.whole);
            let left = self.limits.whole.checked_sub(spent).filter(|left| !left.is_zero());
            let left = left.ok_or_else(|| Trouble::new(&place, slow))?;
            let hop = self.hop(&url, ask, left).map_err(|kind| Trouble::new(&place, kind))?;
            spent += begin.elapsed();
            match hop {
                Hop::Done(fetched) => return Ok(fetched),
                Hop::Moved(to) => asked.push(std::mem::replace(&mut url, to)),
            }
        }
    }

    /// Sends bytes to an address, which must answer with success; a redirect is none.
    pub fn post(
        &self,
        address: &Url,
        media_type: &str,
        headers: &[(&str, &str)],
        bytes: &[u8],
    ) -> Result<(), Trouble> {
        check(address)?;
        let mut request = self.agent.post(address.as_str()).header("content-type", media_type);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.config().timeout_global(Some(self.limits.whole)).build();
        let told = |error| Trouble::new(address, self.kind(error));
        let response = request.send(bytes).map_err(told)?;
        match response.status().as_u16() {
            200..=299 => Ok(()),
            code => Err(Trouble::new(address, refused(code, response.headers()))),
        }
    }

    fn hop(&self, url: &Url, ask: &Ask, left: Duration) -> Result<Hop, Kind> {
        let mut request = self.agent.get(url.as_str()).header("accept", ask.accept.header());
        request = request.header("accept-encoding", "gzip").header("accept-language", "en,*;q=0.5");
        request = ask.etag.into_iter().fold(request, |request, tag| request.header("if-none-match", tag));
        request =
            ask.modified.into_iter().fold(request, |request, at| request.header("if-modified-since", at));
        let request = request.config().timeout_global(Some(left)).build();
        let response = request.call().map_err(|error| self.kind(error))?;
        let code = response.status().as_u16();
        match code {
            200..=299 => {
                self.answer(url, ask, response).map(|answer| Hop::Done(Fetched::New(Box::new(answer))))
            }
            304 if ask.etag.is_some() || ask.modified.is_some() => Ok(Hop::Done(Fetched::Unchanged)),
            301 | 302 | 303 | 307 | 308 => {
                let to = header(response.headers(), "location").ok_or(Kind::Nowhere)?;
                url.join(&to).map(Hop::Moved).map_err(|_| Kind::Nowhere)
            }
            _ => Err(refused(code, response.headers())),
        }
    }

    fn answer(&self, url: &Url, ask: &Ask, response: Response<Body>) -> Result<Answer, Kind> {
        let headers = response.headers().clone();
        let kind = header(&headers, "content-type").unwrap_or_default();
        let (media_type, charset) = content_type(&kind);
        if let Some(media_type) = media_type.as_ref().filter(|m| no_text(m)) {
            return Err(Kind::NotText(media_type.clone()));
        }
        let packing = header(&headers, "content-encoding").unwrap_or_default();
        let limits = match ask.accept {
            Accept::Robots => body::Most { wire: 512 << 10, unpacked: 512 << 10, cut: true },
            _ => body::Most { wire: self.limits.wire, unpacked: self.limits.unpacked, cut: false },
        };
        let said = header(&headers, "content-length").and_then(|n| n.parse::<u64>().ok());
        if said.is_some_and(|said| said > limits.wire && !limits.cut) {
            return Err(Kind::Long(limits.wire));
        }
        let bytes = body::read(response.into_body().into_reader(), &packing, limits, &|e| self.of_io(e))?;
        Ok(Answer {
            url: url.clone(),
            media_type,
            charset,
            etag: header(&headers, "etag").filter(|tag| can_be_sent(tag)),
            modified: header(&headers, "last-modified").filter(|at| can_be_sent(at)),
            bytes,
        })
    }

    /// What the library says, in our words.
    fn kind(&self, error: ureq::Error) -> Kind {
        use ureq::Error;
        match error {
            Error::Other(other) => match other.downcast::<Trouble>() {
                Ok(trouble) => trouble.kind().clone(),
                Err(other) => Kind::Protocol(line(&other.to_string())),
            },
            Error::Timeout(Timeout::Global | Timeout::PerCall) => Kind::Slow(self.limits.whole),
            Error::Timeout(_) => Kind::Idle(self.limits.idle),
            Error::Io(error) => self.of_io(error),
            Error::HostNotFound => Kind::NoName(String::new()),
            Error::ConnectionFailed => Kind::NoConnection("refused".to_string()),
            Error::Rustls(error) => Kind::Tls(line(&error.to_string())),
            Error::Tls(why) => Kind::Tls(why.to_string()),
            Error::LargeResponseHeader(..) => Kind::Protocol("its head is too long".to_string()),
            Error::BadUri(_) | Error::Http(_) => Kind::NoAddress,
            other => Kind::Protocol(line(&other.to_string())),
        }
    }

    fn of_io(&self, error: std::io::Error) -> Kind {
        if error.get_ref().is_some_and(|inner| inner.is::<ureq::Error>()) {
            let inner = error.into_inner().and_then(|inner| inner.downcast::<ureq::Error>().ok());
            return inner.map_or(Kind::CutShort, |inner| self.kind(*inner));
        }
        match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => Kind::CutShort,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Kind::Idle(self.limits.idle),
            // What the encryption finds wrong comes like this.
            ErrorKind::InvalidData => Kind::Tls(line(&error.to_string())),
            ErrorKind::ConnectionRefused => Kind::NoConnection("refused".to_string()),
            _ => Kind::NoConnection(line(&error.to_string())),
        }
    }
}

impl Accept {
    fn header(self) -> &'static str {
        match self {
            Accept::Page => "text/html,application/xhtml+xml,text/plain,application/pdf;q=0.9,*/*;q=0.5",
            Accept::Feed => {
                "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
            }
            Accept::Robots => "text/plain,*/*;q=0.5",
        }
    }
}

/// An address as a person gives it.
pub fn address(words: &str) -> Result<Url, Trouble> {
    let url = Url::parse(words.trim()).map_err(|_| Trouble::new(words, Kind::NoAddress))?;
    check(&url)?;
    Ok(url)
}

/// Only the web, and no passwords: an address with one would be kept and shown with it.
fn check(url: &Url) -> Result<(), Trouble> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(Trouble::new(url, Kind::NoAddress));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let mut bare = url.clone();
        // An address of the web can do without them.
        let _ = (bare.set_username(""), bare.set_password(None));
        return Err(Trouble::new(bare, Kind::Credentials));
    }
    Ok(())
}

/// The address that was asked for, and where it led.
fn place(address: &Url, url: &Url) -> String {
    let asked = Url::parse(address.as_str().split('#').next().unwrap_or_default());
    if asked.as_ref() == Ok(url) { url.to_string() } else { format!("{address} (now {url})") }
}

fn refused(code: u16, headers: &HeaderMap) -> Kind {
    Kind::Status {
        code,
        after: header(headers, "retry-after").and_then(|words| retry_after(&words, headers)),
    }
}

/// Seconds, or a date, which is compared with the date of the answer: clocks differ.
fn retry_after(words: &str, headers: &HeaderMap) -> Option<Duration> {
    if let Ok(seconds) = words.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = httpdate::parse_http_date(words).ok()?;
    let now = httpdate::parse_http_date(&header(headers, "date")?).ok()?;
    Some(then.duration_since(now).unwrap_or_default())
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    // Some servers write addresses in UTF-8 there.
    let value = String::from_utf8_lossy(value).trim().to_string();
    (!value.is_empty() && value.len() <= 4096).then_some(value)
}

/// What a server said is said back to it only if a header can hold it.
fn can_be_sent(words: &str) -> bool {
    words.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
}

/// `text/html; charset="utf-8"` in its parts.
fn content_type(words: &str) -> (Option<String>, Option<String>) {
    let mut parts = words.split(';').map(str::trim);
    let media_type = parts.next().map(str::to_ascii_lowercase).filter(|m| m.contains('/'));
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']).to_string())
    });
    (media_type, charset.filter(|c| !c.is_empty()))
}

fn no_text(media_type: &str) -> bool {
    ["image/", "video/", "audio/", "font/"].iter().any(|kind| media_type.starts_with(kind))
        && !media_type.starts_with("image/svg")
}

/// The first line of what a library says.
fn line(words: &str) -> String {
    words.lines().next().unwrap_or_default().chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_comes_apart() {
        let of = |words| {
            let (media_type, charset) = content_type(words);
            (media_type.unwrap_or_default(), charset.unwrap_or_default())
        };
        assert_eq!(of("Text/HTML; Charset=\"UTF-8\""), ("text/html".into(), "UTF-8".into()));
        assert_eq!(of("text/plain"), ("text/plain".into(), String::new()));
        assert_eq!(of("; charset="), (String::new(), String::new()));
    }

    #[test]
    fn an_address_is_one_of_the_web() {
        for bad in [
            "",
            "news",
            "file:///etc/passwd",
            "ftp://a.example/",
            "gopher://a",
            "http://",
            "https://u:p@a.example/",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
        let secret = address("https://u:p4ss@a.example/").unwrap_err().to_string();
        assert!(!secret.contains("p4ss"), "{secret}");
        assert!(address(" https://a.example/x ").is_ok());
    }

    #[test]
    fn when_to_come_again_is_seconds_or_a_date() {
        let mut headers = HeaderMap::new();
        assert_eq!(retry_after("120", &headers), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Fri, 07 Nov 2031 08:49:37 GMT", &headers), None);
        headers.insert("date", "Fri, 07 Nov 2031 08:48:37 GMT".parse().unwrap());
        assert_eq!(retry_after("Fri, 07 Nov 2031 08:49:37 GMT", &headers), Some(Duration::from_secs(60)));
        assert_eq!(retry_after("Fri, 07 Nov 2031 08:00:00 GMT", &headers), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", &headers), None);
    }
}
