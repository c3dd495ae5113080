//! What is known of a report beside its text: fields under the names that others use for them, and dates.

use detente_types::document::Given;
use detente_types::{Basis, Precision, When};
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

/// Names of fields, ours first, then those of event coders and of news databases. Case does not matter.
pub(crate) const TEXT: &[&str] = &[
    "text",
    "event_text",
    "body",
    "content",
    "article",
    "full_text",
    "maintext",
    "articlebody",
    "story_text",
    "content_text",
    "content_html",
    "body_html",
];
const TITLE: &[&str] = &["title", "headline", "webtitle"];
const OUTLET: &[&str] = &[
    "outlet",
    "publisher",
    "outlet_name",
    "publication",
    "media_name",
    "source_name",
    "source",
    "site_name",
    "source_domain",
];
const URL: &[&str] = &["url", "link", "canonical_url", "web_url", "weburl"];
const PUBLISHED: &[&str] = &[
    "published",
    "pub_date",
    "publication_date",
    "publish_date",
    "date_publish",
    "published_at",
    "publishedat",
    "published_date",
    "pubdate",
    "date_published",
    "webpublicationdate",
    "date",
    "datetime",
];
pub(crate) const ID: &[&str] = &["id", "story_id", "doc_id", "document_id"];

/// Fields as they come in, and remarks on those that could not be read.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// What was understood.
    pub(crate) given: Given,
    fields: Vec<(String, String)>,
    remarks: Vec<(&'static str, String)>,
}

impl Gathered {
    /// One field; an empty one or one of no known name is left alone.
    pub(crate) fn put(&mut self, key: &str, value: &str) {
        let key = key.to_lowercase();
        let known = [TITLE, OUTLET, URL, PUBLISHED].iter().any(|names| names.contains(&key.as_str()));
        if known && !value.trim().is_empty() {
            self.fields.push((key, value.trim().to_string()));
        }
    }

    /// Is nothing known?
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The remarks, which are gone then.
    pub(crate) fn take_remarks(&mut self) -> Vec<(&'static str, String)> {
        std::mem::take(&mut self.remarks)
    }

    /// The field that comes first among these names.
    fn first(&self, names: &[&str]) -> Option<&str> {
        let found = names.iter().find_map(|name| self.fields.iter().find(|(key, _)| key == name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Fields to what is given.
pub(crate) fn settle(gathered: &mut Gathered) {
    let owned = |names| gathered.first(names).map(str::to_string);
    let published = gathered.first(PUBLISHED).map(|words| (words.to_string(), date(words)));
    gathered.given = Given { title: owned(TITLE), outlet: owned(OUTLET), url: owned(URL), published: None };
    match published {
        Some((_, Some(when))) => gathered.given.published = Some(when),
        Some((words, None)) => {
            let words: String = words.chars().take(40).collect();
            let message = format!(
                "\"{words}\" is no date that can be read, so none is taken as given; write 2025-10-12."
            );
            gathered.remarks.push(("D108", message));
        }
        None => {}
    }
}

/// A date as people and programs write it. Days and months that could change places are not guessed.
pub(crate) fn date(words: &str) -> Option<When> {
    let words = words.trim();
    calendar(words).or_else(|| partial(words)).or_else(|| written(words)).filter(in_reach)
}

/// News of this age or of the next century is a slip of the pen.
fn in_reach(when: &When) -> bool {
    when.from().is_some_and(|day| (1800..=2200).contains(&day.year()))
}

fn day(date: Date) -> When {
    When::day(date, Basis::Explicit)
}

/// `2025-10-12`, with or without a time; `20251012`; seconds or milliseconds since 1970; the form of mail headers.
fn calendar(words: &str) -> Option<When> {
    let digits = !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit());
    if digits {
        let number: i64 = words.parse().ok()?;
        return match words.len() {
            8 => Date::strptime("%Y%m%d", words).ok().map(day),
            9 | 10 => Timestamp::from_second(number).ok().map(|t| day(t.to_zoned(TimeZone::UTC).date())),
            13 => Timestamp::from_millisecond(number).ok().map(|t| day(t.to_zoned(TimeZone::UTC).date())),
            _ => None,
        };
    }
    // The day on the outlet's own calendar, so a zone behind the time is not applied.
    let head =
        words.get(..10).filter(|_| words[10..].starts_with(['T', 't', ' ', '+', 'Z']) || words.len() == 10);
    let iso = head.and_then(|h| h.replace('/', "-").parse::<Date>().ok());
    let mail = || jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(words).ok().map(|z| z.date());
    iso.or_else(mail).map(day)
}

/// `2025-10`, `2025`: a month, a year.
fn partial(words: &str) -> Option<When> {
    let (year, month) = match words.split_once('-') {
        Some((year, month)) if year.len() == 4 && month.len() == 2 => (year, month.parse::<i8>().ok()?),
        None if words.len() == 4 => (words, 0),
        _ => return None,
    };
    let first = Date::new(year.parse().ok()?, month.max(1), 1).ok()?;
    let (last, precision) = if month == 0 {
        (first.last_of_year(), Precision::Year)
    } else {
        (first.last_of_month(), Precision::Month)
    };
    Some(When::new(Some(first), Some(last), precision, Basis::Explicit))
}

/// "12 October 2025", "October 12, 2025", "Sun, Oct 12, 2025 4:20 pm".
fn written(words: &str) -> Option<When> {
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty());
    let parts: Vec<String> = parts.map(str::to_lowercase).collect();
    let at = parts.iter().position(|p| p.is_char_boundary(3) && p.len() >= 3 && MONTHS.contains(&&p[..3]))?;
    let month = MONTHS.iter().position(|m| parts[at].starts_with(m))? as i8 + 1;
    let number =
        |p: Option<&String>| -> Option<i16> { p?.trim_end_matches(char::is_alphabetic).parse().ok() };
    let (before, after, last) = (
        at.checked_sub(1).and_then(|b| number(parts.get(b))),
        number(parts.get(at + 1)),
        number(parts.get(at + 2)),
    );
    let (day_of_month, year) = match (before, after, last) {
        (Some(d), Some(y), _) if (1..=31).contains(&d) && y > 31 => (d, y),
        (_, Some(d), Some(y)) if (1..=31).contains(&d) && y > 31 => (d, y),
        _ => return None,
    };
    Date::new(year, month, i8::try_from(day_of_month).ok()?).ok().map(day)
}
