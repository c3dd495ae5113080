//! Alerts out of the house: lines of a file, a signed message to an address.
//!
//! # How
//! 1. The table `[alerts]` of `detente.toml` says where to.
//! 2. The store has a mark for each of these at the alert that was sent last. What is after it is sent in order, and
//!    the mark goes up with each: a stop between the two sends one twice, and never loses one.
//! 3. A message carries the time and an HMAC (SHA-256) of time and body under the secret, so that whoever gets it knows
//!    who sent it, and that it is no old one. One that is not taken is sent again after pauses that double; what is
//!    still not taken waits for the next alert or the next start.
//!
//! # Does not
//! Send to this machine or a private network, unless the settings allow the host by name.

use crate::collecting;
use crate::intake::Failure;
use detente_collect::Limits;
use detente_collect::fetch::{Fetcher, address, user_agent};
use detente_outlook::News;
use detente_store::{Alert, Store};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

/// Pauses between tries of one message.
const PAUSES: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8)];

/// Where the secret is, if it is not in the settings.
const SECRET: &str = "DETENTE_WEBHOOK_SECRET";

/// Where alerts go.
#[derive(Debug, Default)]
pub struct Sending {
    file: Option<PathBuf>,
    webhook: Option<Webhook>,
    /// Kinds that are sent; all where none is named.
    kinds: Vec<News>,
}

#[derive(Debug)]
struct Webhook {
    url: Url,
    secret: Vec<u8>,
    fetcher: Fetcher,
}

/// The table as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    file: Option<PathBuf>,
    webhook: Option<String>,
    secret: Option<String>,
    #[serde(default)]
    kinds: Vec<String>,
}

impl Sending {
    /// What the table says, which begins on a line of a file of settings; `allow` are hosts that may be asked
    /// wherever they are.
    pub fn of(
        table: &toml::Table,
        settings: &Path,
        line: usize,
        allow: &[String],
    ) -> Result<Sending, Failure> {
        let place = format!("{}:{line}", settings.display());
        let wrong = |what: String, remedy: &str| Failure::new(what, place.clone(), remedy);
        let known = "[alerts] has file, webhook, secret and kinds";
        let written: Written = table.clone().try_into().map_err(|e: toml::de::Error| {
            wrong(e.message().lines().next().unwrap_or("not understood").to_string(), known)
        })?;
        let kind = |code: &String| {
            let found = News::ALL.iter().copied().find(|kind| kind.code() == code);
            let all: Vec<&str> = News::ALL.iter().map(|kind| kind.code()).collect();
            found.ok_or_else(|| wrong(format!("no such kind of alert: {code}"), &all.join(", ")))
        };
        let kinds = written.kinds.iter().map(kind).collect::<Result<Vec<News>, Failure>>()?;
        let file = written.file.map(|file| settings.parent().unwrap_or(Path::new("")).join(file));
        let webhook = written.webhook.map(|words| -> Result<Webhook, Failure> {
            let url = address(&words)
                .map_err(|trouble| wrong(trouble.to_string(), "give an address of the web"))?;
            let secret = written.secret.or_else(|| std::env::var(SECRET).ok()).filter(|s| s.len() >= 16);
            let remedy = format!("give 16 or more characters as secret, or in {SECRET}");
            let secret =
                secret.ok_or_else(|| wrong("the webhook has no secret to sign with".to_string(), &remedy))?;
            let guard = collecting::guard(allow)?;
            let limits = Limits { whole: Duration::from_secs(20), ..Limits::default() };
            Ok(Webhook {
                url,
                secret: secret.into_bytes(),
                fetcher: Fetcher::new(guard, limits, &user_agent(None)),
            })
        });
        Ok(Sending { file, webhook: webhook.transpose()?, kinds })
    }

    /// Is there anywhere to send to?
    pub fn is_empty(&self) -> bool {
        self.file.is_none() && self.webhook.is_none()
    }

    /// Sends what was not sent yet. `wait` is called with the pause before another try, and says whether to go on.
    pub fn send(
        &self,
        store: &Store,
        now: &dyn Fn() -> i64,
        wait: &dyn Fn(Duration) -> bool,
    ) -> Vec<Failure> {
        let told =
            |error: detente_store::Error| Failure::new(error.what(), error.path().display().to_string(), "");
        let mut failures = Vec::new();
        if let Some(file) = &self.file {
            let mark = format!("file {}", file.display());
            let append = |alert: &Alert| {
                append(file, alert).map_err(|e| Failure::of_system(&e, file.display().to_string()))
            };
            failures.extend(self.each(store, &mark, &append).map_err(told).unwrap_or_else(Some));
        }
        if let Some(webhook) = &self.webhook {
            let mark = format!("webhook {}", webhook.url);
            let post = |alert: &Alert| webhook.post(alert, now, wait);
            failures.extend(self.each(store, &mark, &post).map_err(told).unwrap_or_else(Some));
        }
        failures
    }

    /// Sends what is after a mark, until one is not taken.
    fn each(
        &self,
        store: &Store,
        mark: &str,
        send: &dyn Fn(&Alert) -> Result<(), Failure>,
    ) -> Result<Option<Failure>, detente_store::Error> {
        for alert in store.alerts_after(store.mark(mark)?.unwrap_or(0))? {
            let wanted = self.kinds.is_empty() || self.kinds.iter().any(|kind| kind.code() == alert.kind);
            if let (true, Err(failure)) = (wanted, if wanted { send(&alert) } else { Ok(()) }) {
                return Ok(Some(failure));
            }
            store.set_mark(mark, alert.number)?;
        }
        Ok(None)
    }
}

/// One alert as a line of JSON: what it says, and when it was raised.
pub fn line(alert: &Alert) -> String {
    let mut body = alert.body.clone();
    if let serde_json::Value::Object(fields) = &mut body {
        fields.insert("number".to_string(), alert.number.into());
        fields.insert("at".to_string(), alert.at.to_string().into());
    }
    body.to_string()
}

/// A line more, on the disk when this returns.
fn append(file: &Path, alert: &Alert) -> std::io::Result<()> {
    let mut open = OpenOptions::new().create(true).append(true).open(file)?;
    open.write_all(format!("{}\n", line(alert)).as_bytes())?;
    open.sync_data()
}

impl Webhook {
    fn post(
        &self,
        alert: &Alert,
        now: &dyn Fn() -> i64,
        wait: &dyn Fn(Duration) -> bool,
    ) -> Result<(), Failure> {
        let body = line(alert);
        let mut pauses = PAUSES.iter();
        loop {
            let signature = signature(&self.secret, now(), &body);
            let headers =
                [("x-detente-signature", signature.as_str()), ("x-detente-alert", alert.id.as_str())];
            let sent = self.fetcher.post(&self.url, "application/json", &headers, body.as_bytes());
            let Err(trouble) = sent else { return Ok(()) };
            let go_on = pauses.next().is_some_and(|pause| wait(*pause));
            if !go_on {
                let remedy = "it is sent again with the next alert or the next start";
                return Err(Failure::new(
                    format!("an alert was not taken: {trouble}"),
                    self.url.to_string(),
                    remedy,
                ));
            }
        }
    }
}

/// `t=SECONDS,v1=HEX`: the HMAC under the secret of the seconds, a full stop and the body.
fn signature(secret: &[u8], seconds: i64, body: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
    let tag = ring::hmac::sign(&key, format!("{seconds}.{body}").as_bytes());
    let hex = tag.as_ref().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    format!("t={seconds},v1={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_rfc_4231() {
        // Test case 2 of RFC 4231 has no seconds; the key and the words are its own, so the sum is made over ours.
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"Jefe");
        let tag = ring::hmac::sign(&key, b"what do ya want for nothing?");
        let hex: String = tag.as_ref().iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let told = signature(b"0123456789abcdef", 7, "{}");
        assert!(told.starts_with("t=7,v1=") && told.len() == 7 + 64, "{told}");
        assert_ne!(told, signature(b"0123456789abcdeg", 7, "{}"));
        assert_ne!(told.replace("t=7", "t=8"), signature(b"0123456789abcdef", 8, "{}"));
    }

    #[test]
    fn what_is_wrong_in_the_table_is_one_line_with_its_place() {
        let told = |text: &str| {
            let table: toml::Table = toml::from_str(text).unwrap();
            Sending::of(&table, Path::new("detente.toml"), 29, &[]).map(|_| ()).map_err(|f| f.to_string())
        };
        assert!(told("file = \"alerts.jsonl\"").is_ok());
        for (text, words) in [
            ("fiel = \"x\"", "fiel"),
            ("kinds = [\"offers\"]", "offers"),
            ("webhook = \"ftp://x\"\nsecret = \"0123456789abcdef\"", "address"),
            ("webhook = \"https://example.org/\"\nsecret = \"short\"", "secret"),
        ] {
            let line = told(text).unwrap_err();
            assert!(line.contains(words) && line.contains("detente.toml:29"), "{line}");
        }
    }
}
