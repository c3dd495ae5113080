//! What is followed and how: takes the text of `detente.toml`, gives settings.
//!
//! A wrong word in a file that is read by a program at night costs a day of reports. So every key that is not known and
//! every value that cannot be meant is told, with file and line, and nothing is begun.
//!
//! # Does not
//! Open files. Know what `[alerts]` means: that table is handed on as it stands.

use crate::intake::Failure;
use detente_collect::fetch;
use detente_collect::follow::{Wanted, Watch};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::Spanned;

/// Everything in the file, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The store, as written; relative to the file.
    pub store: Option<PathBuf>,
    /// Whom to write to about our requests.
    pub contact: Option<String>,
    /// Hosts that may be asked wherever they are.
    pub allow: Vec<String>,
    /// The pause between two requests to one host.
    pub gap: Duration,
    /// Hosts that are asked at the same time.
    pub at_once: usize,
    /// Feeds and pages.
    pub watches: Vec<Watch>,
    /// Folders, as written; relative to the file.
    pub folders: Vec<PathBuf>,
    /// The table `[alerts]`, with the line on which it begins.
    pub alerts: Option<(toml::Table, usize)>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    store: Option<PathBuf>,
    #[serde(default)]
    collect: Collect,
    #[serde(default)]
    feed: Vec<Followed>,
    #[serde(default)]
    page: Vec<Page>,
    #[serde(default)]
    folder: Vec<Folder>,
    alerts: Option<Spanned<toml::Table>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Collect {
    contact: Option<Spanned<String>>,
    every: Option<Spanned<String>>,
    gap: Option<Spanned<String>>,
    #[serde(default)]
    allow: Vec<Spanned<String>>,
    at_once: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Followed {
    address: Spanned<String>,
    outlet: Option<Spanned<String>>,
    every: Option<Spanned<String>>,
    most: Option<Spanned<i64>>,
    days: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    address: Spanned<String>,
    outlet: Option<Spanned<String>>,
    every: Option<Spanned<String>>,
}

impl From<Page> for Followed {
    fn from(Page { address, outlet, every }: Page) -> Followed {
        Followed { address, outlet, every, most: None, days: None }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Folder {
    path: Spanned<PathBuf>,
}

/// The shortest time between two visits: more often nothing new is there, and it is rude.
const SHORTEST: Duration = Duration::from_secs(60);

/// How often something is visited that does not say.
const USUAL: Duration = Duration::from_secs(15 * 60);

/// Pages that are fetched of one feed in one visit, where it does not say.
pub const USUAL_MOST: usize = 50;

/// Reads the file. `name` is its path, for messages.
pub fn read(text: &str, name: &str) -> Result<Settings, Vec<Failure>> {
    let written: Written = toml::from_str(text).map_err(|error| vec![broken(&error, text, name)])?;
    let mut check = Check { text, name, failures: Vec::new() };
    let settings = check.settings(written);
    if check.failures.is_empty() { Ok(settings) } else { Err(check.failures) }
}

/// Paths in the file are meant from where it lies.
pub fn beside(file: &Path, path: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).join(path)
}

/// The line on which a byte stands.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
}

/// What the parser says, in one line. It names the keys that there are.
fn broken(error: &toml::de::Error, text: &str, name: &str) -> Failure {
    let at = error.span().map_or(1, |span| line(text, span.start));
    let what = error.message().lines().collect::<Vec<_>>().join(", ");
    Failure::new(what, format!("{name}:{at}"), "docs/using.md shows every key")
}

struct Check<'a> {
    text: &'a str,
    name: &'a str,
    failures: Vec<Failure>,
}

impl Check<'_> {
    fn settings(&mut self, written: Written) -> Settings {
        let Written { store, collect, feed, page, folder, alerts } = written;
        let every = collect.every.map_or(USUAL, |every| self.every(&every));
        let gap = collect.gap.map_or(Duration::from_secs(1), |gap| self.time(&gap));
        let at_once = collect.at_once.map_or(4, |n| self.number(&n, 1, 32));
        let contact = collect.contact.map(|contact| self.contact(contact));
        let allow = collect.allow.into_iter().map(|host| self.host(host)).collect();
        let feeds = feed.into_iter().map(|f| (f, Wanted::Feed));
        let mut watches: Vec<Watch> = Vec::new();
        for (followed, kind) in feeds.chain(page.into_iter().map(|p| (p.into(), Wanted::Page))) {
            let at = followed.address.span().start;
            let Some(watch) = self.watch(followed, kind, every) else { continue };
            if watches.iter().any(|known| known.address == watch.address) {
                self.wrong(at, "this address is followed twice".to_string(), "leave one out");
            }
            watches.push(watch);
        }
        let folders = folder.into_iter().map(|folder| folder.path.into_inner()).collect();
        let alerts = alerts.map(|table| (line(self.text, table.span().start), table.into_inner()));
        let alerts = alerts.map(|(at, table)| (table, at));
        Settings { store, contact, allow, gap, at_once, watches, folders, alerts }
    }

    fn watch(&mut self, followed: Followed, kind: Wanted, every: Duration) -> Option<Watch> {
        let Followed { address, outlet, every: own, most, days } = followed;
        let every = own.map_or(every, |every| self.every(&every));
        let most = most.map_or(USUAL_MOST, |n| self.number(&n, 1, 5_000));
        let days = days.map(|n| u32::try_from(self.number(&n, 1, 36_500)).unwrap_or(u32::MAX));
        let outlet =
            outlet.map(|outlet| outlet.into_inner().trim().to_string()).filter(|name| !name.is_empty());
        match fetch::address(address.get_ref()) {
            Ok(address) => Some(Watch { address, kind, outlet, every, most, days }),
            Err(trouble) => {
                let what = format!("{}: {:?}", trouble.what(), trouble.place());
                self.wrong(address.span().start, what, trouble.remedy());
                None
            }
        }
    }

    fn wrong(&mut self, at: usize, what: String, remedy: &str) {
        let place = format!("{}:{}", self.name, line(self.text, at));
        self.failures.push(Failure::new(what, place, remedy));
    }

    fn every(&mut self, words: &Spanned<String>) -> Duration {
        let every = self.time(words);
        if every < SHORTEST && time(words.get_ref()).is_some() {
            let what = format!("{:?} is too often", words.get_ref());
            self.wrong(words.span().start, what, "write \"1m\" or longer");
        }
        every
    }

    fn time(&mut self, words: &Spanned<String>) -> Duration {
        time(words.get_ref()).unwrap_or_else(|| {
            let what = format!("{:?} is no time", words.get_ref());
            self.wrong(words.span().start, what, "write a number with s, m, h or d, as in \"15m\"");
            SHORTEST
        })
    }

    fn number(&mut self, number: &Spanned<i64>, least: usize, most: usize) -> usize {
        let fits = usize::try_from(*number.get_ref()).ok().filter(|n| (least..=most).contains(n));
        fits.unwrap_or_else(|| {
            let what = format!("{} is out of range", number.get_ref());
            self.wrong(number.span().start, what, &format!("write a number from {least} to {most}"));
            least
        })
    }

    /// It stands in a header of every request.
    fn contact(&mut self, words: Spanned<String>) -> String {
        let plain = |c: char| c.is_ascii_graphic() && !"()<>\\\"".contains(c);
        if words.get_ref().is_empty() || !words.get_ref().chars().all(plain) {
            let what = format!("{:?} cannot stand in the name under which Detente asks", words.get_ref());
            self.wrong(words.span().start, what, "write an address of the web or \"mailto:you@example.org\"");
        }
        words.into_inner()
    }

    fn host(&mut self, words: Spanned<String>) -> String {
        let host = words.get_ref().trim();
        if host.is_empty() || host.contains('/') || host.contains(char::is_whitespace) {
            let what = format!("{host:?} is no name of a host");
            self.wrong(words.span().start, what, "write \"host\" or \"host:port\", without http://");
        }
        words.into_inner()
    }
}

/// A number with its unit.
fn time(words: &str) -> Option<Duration> {
    let words = words.trim();
    let unit = words.chars().last()?;
    let number: u64 = words[..words.len() - unit.len_utf8()].trim().parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 24 * 3600,
        _ => return None,
    };
    // More than a year is a slip of the pen.
    number.checked_mul(seconds).filter(|seconds| *seconds <= 366 * 24 * 3600).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
store = "desk.detente"

[collect]
contact = "mailto:desk@example.org"
every = "20m"
gap = "2s"
allow = ["intranet.example:8080"]
at_once = 2

[[feed]]
address = "https://wire.example/world.xml"
outlet = "Northern Wire"
every = "1h"
most = 10
days = 7

[[feed]]
address = "https://gazette.example/feed.json"

[[page]]
address = "https://gazette.example/live"

[[folder]]
path = "incoming"

[alerts]
file = "alerts.jsonl"
"#;

    #[test]
    fn everything_that_can_be_said_is_read() {
        let settings = read(WHOLE, "detente.toml").unwrap();
        assert_eq!(settings.store.as_deref(), Some(Path::new("desk.detente")));
        assert_eq!((settings.gap, settings.at_once), (Duration::from_secs(2), 2));
        assert_eq!(settings.allow, ["intranet.example:8080"]);
        assert_eq!(settings.folders, [Path::new("incoming")]);
        let told: Vec<(&str, Wanted, u64, usize, Option<u32>)> = settings
            .watches
            .iter()
            .map(|w| (w.address.path(), w.kind, w.every.as_secs(), w.most, w.days))
            .collect();
        assert_eq!(told[0], ("/world.xml", Wanted::Feed, 3600, 10, Some(7)));
        assert_eq!(told[1], ("/feed.json", Wanted::Feed, 1200, USUAL_MOST, None));
        assert_eq!(told[2], ("/live", Wanted::Page, 1200, USUAL_MOST, None));
        assert_eq!(settings.watches[0].outlet.as_deref(), Some("Northern Wire"));
        let (alerts, line) = settings.alerts.unwrap();
        assert_eq!((alerts["file"].as_str(), line), (Some("alerts.jsonl"), 27));
        assert!(read("", "detente.toml").unwrap().watches.is_empty());
    }

    fn told(text: &str) -> Vec<String> {
        read(text, "detente.toml").unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, begin) in [
            ("[[feeds]]\naddress = \"https://a.example\"", "unknown field `feeds`, expected one of"),
            ("\n[collect]\nevry = \"1h\"", "unknown field `evry`"),
            ("[[feed]]\noutlet = \"A\"", "missing field `address`"),
            ("[[feed]]\naddress = 7", "invalid type: integer `7`, expected a string"),
            ("[collect\n", "unclosed table"),
            ("[[page]]\naddress = \"https://a.example\"\nmost = 3", "unknown field `most`"),
        ] {
            let told = told(text);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].starts_with(begin) && told[0].contains(": detente.toml:"), "{told:?}");
            assert!(!told[0].contains('\n'));
        }
        assert!(told("\n[collect]\nevry = \"1h\"")[0].contains("detente.toml:3"));
        let all = told(
            "[collect]\nevery = \"often\"\ngap = \"5\"\nallow = [\"http://a\"]\nat_once = 0\ncontact = \"a b\"\n\
             [[feed]]\naddress = \"wire.example\"\nmost = -1\nevery = \"5s\"\n\
             [[page]]\naddress = \"https://a.example/\"\n[[page]]\naddress = \"https://a.example\"\n",
        );
        let lines: Vec<&str> =
            all.iter().map(|l| l.split("detente.toml:").nth(1).unwrap().split(';').next().unwrap()).collect();
        assert_eq!(lines, ["2", "3", "5", "6", "4", "10", "9", "8", "14"], "{all:?}");
    }

    #[test]
    fn the_example_in_the_docs_is_right() {
        let docs = include_str!("../../../docs/using.md");
        let example =
            docs.split("```toml\nstore = ").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let settings = read(&format!("store = {example}"), "detente.toml").unwrap();
        assert_eq!((settings.watches.len(), settings.folders.len()), (3, 1));
    }
}
