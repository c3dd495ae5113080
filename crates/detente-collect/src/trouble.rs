//! What can go wrong with an address, each in one line: what, where, what to do.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// Why nothing came of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    place: String,
    kind: Kind,
}

/// The kinds of trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Not an address of the web.
    NoAddress,
    /// It has a user name in it.
    Credentials,
    /// The name has no address.
    NoName(String),
    /// The name leads where nobody is asked.
    NotPublic { host: String, address: IpAddr, what: &'static str },
    /// Nobody answers there.
    NoConnection(String),
    /// The proxy does not let us through.
    Proxy { proxy: String, why: String },
    /// What is named as proxy is none.
    NoProxy,
    /// The encryption does not hold.
    Tls(String),
    /// No byte came for this long.
    Idle(Duration),
    /// It was not done in this time.
    Slow(Duration),
    /// The answer is longer than this.
    Long(u64),
    /// The answer unpacks to more than this.
    Bomb(u64),
    /// The answer cannot be unpacked.
    BadPacking(String),
    /// The answer ended before its end.
    CutShort,
    /// It is no HTTP, or broken.
    Protocol(String),
    /// More redirects than are followed.
    Redirects(usize),
    /// A redirect to an address that was asked before.
    Loop,
    /// A redirect without an address.
    Nowhere,
    /// Pictures, sound, film.
    NotText(String),
    /// The server says no.
    Status { code: u16, after: Option<Duration> },
    /// The site's robots.txt asks us to stay away.
    Robots,
    /// Whether the site's robots.txt lets us in cannot be known now.
    NoRobots(Box<Trouble>),
    /// What came is no feed.
    NoFeed(String),
    /// The run was told to end.
    Ended,
}

impl Trouble {
    pub(crate) fn new(place: impl ToString, kind: Kind) -> Trouble {
        Trouble { place: place.to_string(), kind }
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The address that it is about.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong.
    pub fn what(&self) -> String {
        match &self.kind {
            Kind::NoAddress => "not an address that begins with http:// or https://".to_string(),
            Kind::Credentials => "an address with a user name in it is not asked".to_string(),
            Kind::NoName(host) => format!("no machine has the name {host}"),
            Kind::NotPublic { host, address, what } if *host == address.to_string() => {
                format!("refused: {what}")
            }
            Kind::NotPublic { host, address, what } => format!("refused: {host} leads to {address}, {what}"),
            Kind::NoConnection(why) => format!("no connection ({why})"),
            Kind::Proxy { proxy, why } => format!("the proxy {proxy} does not let us through ({why})"),
            Kind::NoProxy => "not an address of a proxy".to_string(),
            Kind::Tls(why) => format!("the encryption does not hold ({why})"),
            Kind::Idle(long) => format!("no byte came for {}", told(*long)),
            Kind::Slow(long) => format!("not done after {}", told(*long)),
            Kind::Long(most) => format!("the answer is longer than {}", size(*most)),
            Kind::Bomb(most) => format!("the answer unpacks to more than {}", size(*most)),
            Kind::BadPacking(why) => format!("the answer cannot be unpacked ({why})"),
            Kind::CutShort => "the answer ended before its end".to_string(),
            Kind::Protocol(why) => format!("the answer is broken ({why})"),
            Kind::Redirects(most) => format!("sent on more than {most} times"),
            Kind::Loop => "sent on in a circle".to_string(),
            Kind::Nowhere => "sent on to nowhere".to_string(),
            Kind::NotText(what) => format!("no text ({what})"),
            Kind::Status { code, .. } => format!("the server says {code}{}", meaning(*code)),
            Kind::Robots => "the site's robots.txt asks programs to stay away from it".to_string(),
            Kind::NoRobots(why) => format!("the site's robots.txt cannot be read now ({})", why.what()),
            Kind::NoFeed(why) => format!("not a feed or sitemap ({why})"),
            Kind::Ended => "stopped before it was done".to_string(),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match &self.kind {
            Kind::NoAddress | Kind::NoName(_) | Kind::Nowhere => "check the address",
            Kind::Credentials => "leave the name out",
            Kind::NotPublic { .. } => "if it is meant, allow the host by name",
            Kind::NoFeed(_) => "give the address of an RSS, Atom or JSON feed, or of a sitemap",
            Kind::Status { code: 404 | 410, .. } => "check the address",
            Kind::Proxy { .. } => "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY",
            Kind::NoProxy => "give http://HOST:PORT in HTTPS_PROXY and HTTP_PROXY, or nothing",
            Kind::Robots => "save the page yourself and add the file",
            Kind::Tls(_) => "check the clock of this machine and the address; nothing was read",
            Kind::Long(_) | Kind::Bomb(_) => "nothing of it was read",
            Kind::Ended => "",
            _ => "try again later",
        }
    }

    /// When the server asks to be asked again.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.kind {
            Kind::Status { after, .. } => *after,
            Kind::NoRobots(why) => why.retry_after(),
            _ => None,
        }
    }

    /// Is it no use to ask again soon?
    pub fn is_lasting(&self) -> bool {
        match &self.kind {
            Kind::Status { code, .. } => (400..500).contains(code) && !matches!(code, 408 | 425 | 429),
            Kind::NoAddress
            | Kind::Credentials
            | Kind::NotPublic { .. }
            | Kind::Robots
            | Kind::NotText(_)
            | Kind::Long(_)
            | Kind::Bomb(_)
            | Kind::Redirects(_)
            | Kind::Loop
            | Kind::Nowhere => true,
            _ => false,
        }
    }

    /// Did the server answer and refuse?
    pub fn is_refusal(&self) -> bool {
        matches!(self.kind, Kind::Status { code: 401..=403 | 406 | 429 | 451, .. } | Kind::Robots)
    }

    /// Was the run told to end?
    pub fn is_end(&self) -> bool {
        matches!(self.kind, Kind::Ended)
    }

    /// Is it the machine that cannot be reached, so that nothing else of it can be either?
    pub(crate) fn is_of_connection(&self) -> bool {
        use Kind::{NoConnection, NoName, NotPublic, Proxy, Tls};
        matches!(self.kind, NoName(_) | NotPublic { .. } | NoConnection(_) | Proxy { .. } | Tls(_))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.remedy() {
            "" => write!(f, "{}: {}", self.what(), self.place),
            remedy => write!(f, "{}: {}; {remedy}", self.what(), self.place),
        }
    }
}

impl std::error::Error for Trouble {}

/// A stretch of time in words.
fn told(long: Duration) -> String {
    match long.as_secs_f64() {
        1.0 => "1 second".to_string(),
        seconds => format!("{seconds} seconds"),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes >> 20),
    }
}

/// The codes that people meet.
fn meaning(code: u16) -> &'static str {
    match code {
        401 => ": a password is asked for",
        402 => ": it is to be paid for",
        403 => ": not allowed",
        404 => ": there is no such page",
        410 => ": the page is gone",
        429 => ": too many requests",
        451 => ": not allowed by law",
        500 => ": it broke down",
        502..=504 => ": not available now",
        _ => "",
    }
}
