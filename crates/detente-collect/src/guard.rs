//! Takes a host, gives the addresses that may be asked; looks a name up once and checks what comes.
//!
//! A name is looked up once for each connection, and the connection goes to the address that was checked: a name that
//! answers otherwise the second time gains nothing.

use crate::address::not_public;
use crate::proxy::Proxies;
use crate::trouble::{Kind, Trouble};
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks up the addresses of a host and port.
pub type Names = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

/// Which hosts may be asked.
#[derive(Clone)]
pub struct Guard {
    allowed: BTreeSet<String>,
    names: Arc<Names>,
    proxies: Proxies,
}

impl Guard {
    /// Only the public internet, and these hosts wherever they are: `host` or `host:port`.
    pub fn allowing<'a>(hosts: impl IntoIterator<Item = &'a str>) -> Guard {
        let names = |host: &str, port: u16| Ok((host, port).to_socket_addrs()?.collect());
        Guard {
            allowed: hosts.into_iter().map(plain).collect(),
            names: Arc::new(names),
            proxies: Proxies::default(),
        }
    }

    /// The same with another way to look names up.
    pub fn with_names(mut self, names: Arc<Names>) -> Guard {
        self.names = names;
        self
    }

    /// The same, with hosts of the public internet asked through these.
    pub fn through(mut self, proxies: Proxies) -> Guard {
        self.proxies = proxies;
        self
    }

    pub(crate) fn proxies(&self) -> &Proxies {
        &self.proxies
    }

    /// Is the host allowed wherever it is?
    fn allows(&self, host: &str, port: u16) -> bool {
        let host = plain(host);
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_string();
        [format!("{host}:{port}"), bare, host].iter().any(|name| self.allowed.contains(name))
    }

    /// The addresses of a host, every one of which may be asked.
    pub(crate) fn addresses(&self, host: &str, port: u16, within: Duration) -> Result<Vec<SocketAddr>, Kind> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = match bare.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => self.look_up(bare, port, within)?,
        };
        if found.is_empty() {
            return Err(Kind::NoName(host.to_string()));
        }
        if self.allows(host, port) {
            return Ok(found);
        }
        // One bad address is enough: who sets up such a name wants it to be taken some day.
        let bad = found.iter().find_map(|at| Some((at.ip(), not_public(at.ip())?)));
        match bad {
            Some((address, what)) => Err(Kind::NotPublic { host: bare.to_string(), address, what }),
            None => Ok(found),
        }
    }

    /// The system has no limit on looking a name up; a thread that it keeps is left to it.
    pub(crate) fn look_up(&self, host: &str, port: u16, within: Duration) -> Result<Vec<SocketAddr>, Kind> {
        let (tell, hear) = mpsc::channel();
        let (names, name) = (Arc::clone(&self.names), host.to_string());
        let asked = std::thread::Builder::new().name("names".to_string());
        let started = asked.spawn(move || {
            // Nobody may be waiting any more.
            let _ = tell.send(names(&name, port));
        });
        started.map_err(|e| Kind::NoConnection(e.to_string()))?;
        match hear.recv_timeout(within) {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(_)) => Err(Kind::NoName(host.to_string())),
            Err(_) => Err(Kind::Idle(within)),
        }
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}

/// A host as hosts are compared.
fn plain(host: &str) -> String {
    let host = host.trim().to_ascii_lowercase();
    host.strip_suffix('.').unwrap_or(&host).to_string()
}

/// The guard where the library looks names up.
#[derive(Debug)]
pub(crate) struct Doorkeeper {
    pub(crate) guard: Guard,
    pub(crate) within: Duration,
}

impl Resolver for Doorkeeper {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let within = timeout.not_zero().map_or(self.within, |left| self.within.min(*left));
        let found = self.guard.addresses(host, uri.port_u16().unwrap_or(usual), within);
        // The address travels with the trouble where it is known; here it is the host.
        let found = found.map_err(|kind| ureq::Error::Other(Box::new(Trouble::new(host, kind))))?;
        let mut out = self.empty();
        // As many as the library tries.
        found.into_iter().take(16).for_each(|address| out.push(address));
        Ok(out)
    }
}
