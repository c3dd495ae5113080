//! Takes a time as feeds and sitemaps write it, gives the moment and the day on the clock of the one who wrote it.
//!
//! "2031-03-04T22:30:00-05:00" is the fourth where it was written and the fifth in Greenwich; a report that says "today"
//! means the fourth.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// RFC 2822 as RSS has it, where the day of the week is often wrong.
const RSS: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);

/// A moment and its day. A time without zone is taken as UTC, a day as its beginning.
pub(crate) fn read(words: &str) -> Option<(Timestamp, Date)> {
    let words = words.trim();
    let zoned = RSS.parse_zoned(words).ok().or_else(|| iso(words))?;
    Some((zoned.timestamp(), zoned.date()))
}

fn iso(words: &str) -> Option<Zoned> {
    let pieces = Pieces::parse(words).ok()?;
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let civil = DateTime::from_parts(pieces.date(), pieces.time().unwrap_or_default());
    civil.to_zoned(TimeZone::fixed(offset)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_writers_clock() {
        let of = |words| read(words).map(|(moment, day)| format!("{moment} {day}")).unwrap_or_default();
        for (words, wanted) in [
            ("2031-03-04T22:30:00-05:00", "2031-03-05T03:30:00Z 2031-03-04"),
            ("2031-03-04T22:30-05:00", "2031-03-05T03:30:00Z 2031-03-04"),
            ("2031-03-05T01:30:00.123+05:00", "2031-03-04T20:30:00.123Z 2031-03-05"),
            ("2031-03-04T22:30:00Z", "2031-03-04T22:30:00Z 2031-03-04"),
            ("2031-03-04T22:30:00", "2031-03-04T22:30:00Z 2031-03-04"),
            ("2031-03-04", "2031-03-04T00:00:00Z 2031-03-04"),
            ("Tue, 04 Mar 2031 22:30:00 -0500", "2031-03-05T03:30:00Z 2031-03-04"),
            ("Mon, 4 Mar 2031 22:30:00 EST", "2031-03-05T03:30:00Z 2031-03-04"),
            ("04 Mar 2031 22:30 GMT", "2031-03-04T22:30:00Z 2031-03-04"),
        ] {
            assert_eq!(of(words), wanted, "{words}");
        }
        for none in [
            "",
            "yesterday",
            "2031",
            "2031-13-04",
            "Tue, 99 Mar 2031 22:30:00 GMT",
            "9999-12-31T23:59:59-23:59",
        ] {
            assert_eq!(of(none), "", "{none}");
        }
    }
}
