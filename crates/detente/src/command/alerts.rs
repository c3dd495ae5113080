//! `detente alerts`: what came in that is worth telling at once.

use super::store::{existing, inert};
use super::store_arguments::{AlertFormat, Alerts};
use super::{Outcome, Stop, read, say, screen};
use crate::alerting;
use crate::intake::Failure;
use crate::keeping::Keeping;
use crate::pipeline::{self, Desk};
use crate::sending::{self, Sending};
use crate::settings::{self, Settings};
use detente_outlook::Alert as Body;
use detente_store::{Alert, Page, Store};
use detente_types::Reading;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;

/// Alerts that are printed where nobody says since when.
const MOST: usize = 50;

/// Tells what is new, prints alerts, and sends what was not sent.
pub(super) fn run(wanted: &Alerts) -> Outcome {
    let since = wanted.since.as_deref().map(moment).transpose()?;
    let sending = sending(wanted.config.as_deref())?;
    let store = existing(&wanted.store)?;
    let desk = read::open(&wanted.knowledge)?;
    if let Some(words) = pipeline::read_anew(&store)? {
        say::line(&format!("detente: {words}"));
    }
    let bar = screen::progress(store.unread(desk.reader())?.len());
    pipeline::read_new(&store, &desk, &|| bar.inc(1))?;
    bar.finish_and_clear();
    news(&store, &desk)?;
    let mut alerts = store.alerts(wanted.unseen, Page::ALL)?;
    alerts.retain(|alert| since.is_none_or(|since| alert.at >= since));
    let more = if since.is_some() { 0 } else { alerts.len().saturating_sub(MOST) };
    alerts.truncate(alerts.len() - more);
    alerts.reverse();
    let mut out = String::new();
    for alert in &alerts {
        out.push_str(&match wanted.format {
            AlertFormat::Terminal => shown(alert),
            AlertFormat::Jsonl => sending::line(alert) + "\n",
        });
    }
    if alerts.is_empty() && wanted.format == AlertFormat::Terminal {
        out.push_str("No alert.\n");
    }
    screen::print(out.as_bytes())?;
    if more > 0 {
        say::line(&format!("detente: {more} earlier alerts are not shown; --since DAY shows them"));
    }
    Ok(sending.map(|sending| send(&sending, &store)).unwrap_or_default())
}

/// Tells what came into a store since the last time.
pub(super) fn news(store: &Store, desk: &Desk) -> Result<Vec<Alert>, Stop> {
    if store.told_to()? == Some(store.last_report()?) {
        return Ok(Vec::new());
    }
    let readings = store.readings(desk.reader())?;
    let readings: Vec<&Reading> = readings.iter().collect();
    let keeping = Keeping::in_store(store.path());
    let news = alerting::tell(store, desk, &keeping, &readings, Timestamp::now())?;
    history(news.history);
    Ok(news.new)
}

/// Says that a store's history is no news.
pub(super) fn history(reports: i64) {
    if reports > 0 {
        say::line(&format!(
            "detente: the {reports} reports that are in the store are taken as known; alerts tell of what comes from now on"
        ));
    }
}

/// Where alerts go, by the settings; those in this folder are used if none are named.
pub(super) fn sending(config: Option<&Path>) -> Result<Option<Sending>, Stop> {
    let path = config.unwrap_or(Path::new("detente.toml"));
    if config.is_none() && !path.is_file() {
        return Ok(None);
    }
    let place = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| Failure::of_system(&e, place.clone()))?;
    of(&settings::read(&text, &place).map_err(Stop::Failures)?, path)
}

/// Where alerts go, by settings that were read.
pub(super) fn of(settings: &Settings, path: &Path) -> Result<Option<Sending>, Stop> {
    let Some((table, line)) = &settings.alerts else { return Ok(None) };
    let sending = Sending::of(table, path, *line, &settings.allow)?;
    Ok((!sending.is_empty()).then_some(sending))
}

/// Sends what was not sent, and gives what was not taken.
pub(super) fn send(sending: &Sending, store: &Store) -> Vec<Failure> {
    let wait = |pause| {
        std::thread::sleep(pause);
        true
    };
    sending.send(store, &|| Timestamp::now().as_second(), &wait)
}

/// An alert on a terminal: what, where, and the sentence.
pub(super) fn shown(alert: &Alert) -> String {
    let at = alert.at.strftime("%Y-%m-%d %H:%M");
    let Ok(body) = serde_json::from_value::<Body>(alert.body.clone()) else {
        return format!("{at}  {}\n", inert(&alert.kind));
    };
    let mut out =
        format!("{at}  {} · {}\n    {}\n", body.kind.words(), inert(&body.title), inert(&body.reason));
    for sentence in body.sentences.iter().take(3) {
        let outlet = sentence.outlet.as_deref().unwrap_or(&sentence.path);
        let number = sentence.number.map(|n| format!(", sentence {n}")).unwrap_or_default();
        let quote = inert(&sentence.quote).split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("    {}{number}: “{quote}”\n", inert(outlet)));
    }
    out
}

/// A day, a moment, or so long ago: `2031-03-04`, `2031-03-04T12:00:00Z`, `24h`, `7d`.
fn moment(words: &str) -> Result<Timestamp, Stop> {
    let remedy = "write 2031-03-04, 2031-03-04T12:00:00Z, 24h or 7d";
    let bad = || Failure::new("not a day or a time", words, remedy).into();
    let words = words.trim();
    if let Ok(moment) = words.parse::<Timestamp>() {
        return Ok(moment);
    }
    if let Ok(day) = words.parse::<Date>() {
        return day.to_zoned(TimeZone::UTC).map(|day| day.timestamp()).map_err(|_| bad());
    }
    let hours = match words.char_indices().last() {
        Some((at, 'h')) => words[..at].parse::<i64>().ok(),
        Some((at, 'd')) => words[..at].parse::<i64>().ok().and_then(|days| days.checked_mul(24)),
        _ => None,
    };
    let hours = hours.filter(|hours| (0..1_000_000).contains(hours)).ok_or_else(bad)?;
    Timestamp::now().checked_sub(SignedDuration::from_hours(hours)).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_is_a_day_a_moment_or_so_long_ago() {
        assert_eq!(moment("2031-03-04").unwrap().to_string(), "2031-03-04T00:00:00Z");
        assert_eq!(moment("2031-03-04T12:00:00Z").unwrap().to_string(), "2031-03-04T12:00:00Z");
        assert!(moment("24h").unwrap() < Timestamp::now() && moment("7d").unwrap() < moment("6d").unwrap());
        for bad in ["", "yesterday", "7", "-1h", "99999999999d", "h", "é"] {
            assert!(moment(bad).is_err(), "{bad}");
        }
    }
}
