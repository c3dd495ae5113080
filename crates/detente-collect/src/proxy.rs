//! Takes proxies that the user names, gives connections through them to addresses that were checked here.
//!
//! Many houses let programs out through a proxy only. A proxy that is asked for a name looks it up by itself, and what
//! it finds nobody here can check: a stranger's name could lead into the house. So a proxy is never given a name.
//!
//! # How
//! 1. The guard looks the name up and checks what comes, with a proxy or without.
//! 2. [`Tunnel`] asks the proxy for a way (`CONNECT`) to the very address that was checked, for `http` as for `https`.
//!    Encryption is spoken through it with the host, by its name.
//! 3. Hosts that are allowed by name and lie in the house, and those that the user leaves out, are asked directly.
//!
//! # Does not
//! Read the environment: the caller does. Speak SOCKS, or encrypt the way to the proxy. Reach hosts whose names only
//! the proxy can look up: that is the price of checking.

use crate::address::not_public;
use crate::guard::Guard;
use crate::trouble::{Kind, Trouble};
use std::fmt;
use std::time::Duration;
use ureq::http::Uri;
use ureq::unversioned::transport::{ConnectionDetails, Connector, TcpConnector, Transport};
use url::Url;

/// Bytes that a proxy's answer may have.
const MOST: usize = 16 * 1024;

/// Through whom hosts are asked.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    /// Hosts that are asked directly, with all below them; `*` for all.
    without: Vec<String>,
}

/// One proxy.
#[derive(Clone)]
struct Proxy {
    host: String,
    port: u16,
    /// Name and password as they are sent.
    pass: Option<String>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Proxies {
    /// Proxies for `http` and for `https` as people write them (`http://proxy.example:3128`, or without the scheme),
    /// and the hosts that are asked without, with commas between.
    pub fn named(http: Option<&str>, https: Option<&str>, without: &str) -> Result<Proxies, Trouble> {
        let hosts = without.split(',').map(|host| {
            let host = host.trim().to_ascii_lowercase();
            host.trim_start_matches("*.").trim_start_matches('.').to_string()
        });
        let one = |words: Option<&str>| words.filter(|w| !w.trim().is_empty()).map(Proxy::named).transpose();
        Ok(Proxies {
            http: one(http)?,
            https: one(https)?,
            without: hosts.filter(|host| !host.is_empty()).collect(),
        })
    }

    fn of(&self, uri: &Uri) -> Option<&Proxy> {
        let https = uri.scheme_str() == Some("https");
        let host = uri.host()?.trim_matches(['[', ']']).to_ascii_lowercase();
        let port = uri.port_u16().unwrap_or(if https { 443 } else { 80 });
        let below = |name: &str| {
            host == name
                || format!("{host}:{port}") == name
                || host.strip_suffix(name).is_some_and(|head| head.ends_with('.'))
        };
        let left_out = self.without.iter().any(|name| name == "*" || below(name));
        if https { &self.https } else { &self.http }.as_ref().filter(|_| !left_out)
    }
}

impl Proxy {
    fn named(words: &str) -> Result<Proxy, Trouble> {
        let words = words.trim();
        let whole = if words.contains("://") { words.to_string() } else { format!("http://{words}") };
        // What is wrong is told without the words: there may be a password in them.
        let wrong = || Trouble::new("the proxy", Kind::NoProxy);
        let url = Url::parse(&whole).map_err(|_| wrong())?;
        let host =
            url.host_str().filter(|host| url.scheme() == "http" && !host.is_empty()).ok_or_else(wrong)?;
        let port = url.port().unwrap_or(80);
        let pass = (!url.username().is_empty()).then(|| {
            let plain =
                [unescaped(url.username()), unescaped(url.password().unwrap_or_default())].join(&b':');
            format!("Proxy-Authorization: Basic {}\r\n", base64(&plain))
        });
        Ok(Proxy { host: host.to_string(), port, pass })
    }

    fn trouble(&self, why: &str) -> ureq::Error {
        let kind = Kind::Proxy { proxy: format!("{}:{}", self.host, self.port), why: why.to_string() };
        // The address travels with the trouble where it is known; here it is the proxy.
        ureq::Error::Other(Box::new(Trouble::new(&self.host, kind)))
    }
}

/// Connections through a proxy, where one is named for the address; none where there is none.
#[derive(Debug)]
pub(crate) struct Tunnel {
    pub(crate) guard: Guard,
    pub(crate) within: Duration,
}

impl Connector for Tunnel {
    type Out = <TcpConnector as Connector>::Out;

    fn connect(&self, details: &ConnectionDetails, _: Option<()>) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(proxy) = self.guard.proxies().of(details.uri) else { return Ok(None) };
        let Some(checked) = details.addrs.iter().find(|at| at.is_ipv4()).or(details.addrs.first()) else {
            return Ok(None);
        };
        // What lies in the house was allowed by name, and is not to be had by way of the world.
        if details.addrs.iter().any(|at| not_public(at.ip()).is_some()) {
            return Ok(None);
        }
        let found = self.guard.look_up(proxy.host.trim_matches(['[', ']']), proxy.port, self.within);
        let found = found.map_err(|_| proxy.trouble("no machine has its name"))?;
        let mut addrs = details.resolver.empty();
        found.into_iter().take(16).for_each(|address| addrs.push(address));
        let way = ConnectionDetails {
            uri: details.uri,
            addrs,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let connected = TcpConnector::default().connect(&way, None::<()>);
        let Some(mut line) = connected.map_err(|_| proxy.trouble("no connection to it"))? else {
            return Ok(None);
        };
        let pass = proxy.pass.as_deref().unwrap_or_default();
        let asked = format!("CONNECT {checked} HTTP/1.1\r\nHost: {checked}\r\n{pass}\r\n");
        let room = line.buffers().output().get_mut(..asked.len());
        room.ok_or_else(|| proxy.trouble("its password is too long"))?.copy_from_slice(asked.as_bytes());
        line.transmit_output(asked.len(), details.timeout)?;
        match answer(&mut line, details)?.as_deref() {
            Some(code) if code.starts_with('2') => Ok(Some(line)),
            Some(code) => Err(proxy.trouble(&format!("it says {code}"))),
            None => Err(proxy.trouble("its answer is broken")),
        }
    }
}

/// The code of a proxy's answer; nothing behind the answer's head is taken.
fn answer(line: &mut impl Transport, details: &ConnectionDetails) -> Result<Option<String>, ureq::Error> {
    loop {
        let came = line.maybe_await_input(details.timeout)?;
        let input = line.buffers().input();
        if let Some(end) = input.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&input[..end]).to_string();
            line.buffers().input_consume(end + 4);
            let code = head.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1));
            let is_code = |code: &&str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
            return Ok(code.filter(is_code).map(str::to_string));
        }
        if !came || input.len() > MOST {
            return Ok(None);
        }
        line.buffers().input_consume(0);
    }
}

/// A name or password out of an address, where odd letters are written as `%40`.
fn unescaped(words: &str) -> Vec<u8> {
    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16)).map(|n| n as u8);
    let (bytes, mut out, mut at) = (words.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        match (bytes[at], digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Bytes as letters (RFC 4648): few enough here that no library is worth it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_as_people_name_them() {
        let of = |proxies: &Proxies, uri: &str| proxies.of(&uri.parse().unwrap()).map(|p| format!("{p:?}"));
        let both = Proxies::named(
            Some("one:3128"),
            Some("http://two.example/"),
            "wire.example, .press.example,10.0.0.7:8080",
        );
        let both = both.unwrap();
        assert_eq!(of(&both, "http://outlet.example/a").as_deref(), Some("one:3128"));
        assert_eq!(of(&both, "https://outlet.example/").as_deref(), Some("two.example:80"));
        for direct in [
            "https://wire.example/",
            "http://news.WIRE.example/",
            "https://a.press.example/",
            "http://10.0.0.7:8080/",
        ] {
            assert_eq!(of(&both, direct), None, "{direct}");
        }
        assert!(of(&both, "https://otherwire.example/").is_some());
        assert!(of(&both, "http://10.0.0.7/").is_some());
        let none = Proxies::named(Some(""), None, "*").unwrap();
        assert_eq!(of(&none, "http://outlet.example/"), None);
        for wrong in ["socks5://one:1080", "https://one:3128", "http://", "::"] {
            assert!(Proxies::named(None, Some(wrong), "").is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_and_passwords_are_sent_as_they_are_meant_and_never_told() {
        let proxy = Proxy::named("http://jane:p%40ss@one:3128").unwrap();
        assert_eq!(proxy.pass.as_deref(), Some("Proxy-Authorization: Basic amFuZTpwQHNz\r\n"));
        assert!(!format!("{proxy:?}").contains("p@ss"));
        assert_eq!([base64(b""), base64(b"a"), base64(b"ab"), base64(b"abc")], ["", "YQ==", "YWI=", "YWJj"]);
    }
}
