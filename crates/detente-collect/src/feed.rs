//! Takes the bytes of a feed or sitemap, gives the links in it, the newest first.
//!
//! # How
//! 1. [`form`] tells by its first element whether it is a feed, a sitemap or an index of sitemaps; anything else is a
//!    page. What is packed is unpacked.
//! 2. Feeds (RSS, Atom, JSON Feed) are read by a library, sitemaps in `sitemap`.
//!
//! # Does not
//! Fetch. Follow links that are not of the web. Run a document type definition: there is none that a feed needs.

use crate::body::gunzip;
use crate::limits::Limits;
use crate::moment;
use crate::sitemap;
use crate::trouble::Kind;
use feed_rs::model::{Entry, Feed};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use url::Url;

/// Elements inside elements; the library that reads feeds goes down with them.
const DEEPEST: usize = 128;

/// What lists links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RSS, Atom, JSON Feed.
    Feed,
    /// Pages of a site.
    Sitemap,
    /// Sitemaps of a site.
    Index,
}

/// Links as they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Its name.
    pub title: Option<String>,
    /// Links to pages, the newest first.
    pub links: Vec<Link>,
    /// Links to sitemaps, the newest first.
    pub sitemaps: Vec<Url>,
    /// Links beyond the limit.
    pub left_out: usize,
}

/// A link to a page, with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The page.
    pub url: Url,
    /// Headline.
    pub title: Option<String>,
    /// Who publishes it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// The day of that, on the clock of the one who wrote it.
    pub day: Option<Date>,
    /// When it was last changed, as far as that is said.
    pub updated: Option<Timestamp>,
    /// The whole text, where it comes along.
    pub carried: Option<Carried>,
}

/// A text that comes along with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// `text/html` or `text/plain`.
    pub media_type: &'static str,
    /// The text.
    pub text: String,
}

/// Unpacks what is packed in itself.
pub(crate) fn unpacked<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Cow<'b, [u8]>, Kind> {
    match bytes {
        [0x1f, 0x8b, ..] => gunzip(bytes, limits.unpacked).map(Cow::Owned),
        _ => Ok(Cow::Borrowed(bytes)),
    }
}

/// What the bytes are, if they list links.
pub(crate) fn form(bytes: &[u8]) -> Option<Form> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match bytes.first()? {
        b'{' => {
            #[derive(serde::Deserialize)]
            struct Told {
                version: String,
            }
            let told: Told = serde_json::from_slice(bytes).ok()?;
            told.version.contains("jsonfeed.org/version/").then_some(Form::Feed)
        }
        b'<' => match first_element(bytes)?.as_slice() {
            b"rss" | b"RDF" | b"feed" => Some(Form::Feed),
            b"urlset" => Some(Form::Sitemap),
            b"sitemapindex" => Some(Form::Index),
            _ => None,
        },
        _ => None,
    }
}

fn first_element(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(bytes);
    // A page may begin with any number of remarks; a feed begins soon.
    for _ in 0..50 {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(tag.local_name().as_ref().to_vec()),
            Event::Eof => return None,
            _ => {}
        }
    }
    None
}

/// The feed that a page names as its own, for those who give the address of the page.
pub(crate) fn named_by(page: &[u8], base: &Url) -> Option<Url> {
    // Names stand in the head, and heads are short.
    let head = String::from_utf8_lossy(&page[..page.len().min(256 << 10)]);
    let tags = head.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    let feeds = tags.filter(|tag| tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("link ")));
    let feeds = feeds.filter(|tag| {
        let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
        let own = attribute(tag, "rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("alternate"));
        own && ["application/rss+xml", "application/atom+xml", "application/feed+json"].contains(&kind.trim())
    });
    let mut found = feeds.filter_map(|tag| web(&attribute(tag, "href")?.replace("&amp;", "&"), base));
    found.next()
}

/// The value of an attribute in a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.split_ascii_whitespace().last().unwrap_or_default();
        let after = after.trim_start();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote)?,
            _ => after.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((after, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value.to_string());
        }
        rest = next;
    }
    None
}

/// Reads links; `base` is where the bytes came from.
pub(crate) fn read(bytes: &[u8], base: &Url, limits: &Limits) -> Result<Listing, Kind> {
    let no_feed = |why: &str| Kind::NoFeed(why.to_string());
    let form = form(bytes).ok_or_else(|| no_feed("it does not begin like one"))?;
    if bytes.trim_ascii_start().first() != Some(&b'{') && !is_flat(bytes) {
        return Err(no_feed("nested too deeply"));
    }
    let mut listing = match form {
        Form::Feed => {
            let parser = feed_rs::parser::Builder::new().base_uri(Some(base.as_str())).build();
            let parsed = catch_unwind(AssertUnwindSafe(|| parser.parse(bytes)));
            let feed = parsed.map_err(|_| no_feed("it breaks the parser"))?;
            of_feed(feed.map_err(|e| no_feed(&one_line(&e.to_string())))?, &days(bytes), base)
        }
        Form::Sitemap | Form::Index => sitemap::read(bytes, base)?,
    };
    // What has no date stays where it stands, behind what has one.
    listing.links.sort_by_key(|link| std::cmp::Reverse(link.updated.max(link.published)));
    listing.left_out = listing.links.len().saturating_sub(limits.links);
    listing.links.truncate(limits.links);
    listing.sitemaps.truncate(limits.sitemaps);
    Ok(listing)
}

/// Is nothing nested so deeply that a parser which goes down with it runs out of stack?
fn is_flat(bytes: &[u8]) -> bool {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            // What is broken is told by the parser itself, which stops there too.
            Ok(Event::Eof) | Err(_) => return true,
            Ok(_) => {}
        }
        if depth > DEEPEST {
            return false;
        }
    }
}

/// The day of each moment in a feed, on the clock of the one who wrote it: the library keeps the moment alone, but
/// lends the words.
fn days(bytes: &[u8]) -> BTreeMap<i64, Date> {
    let days = Rc::new(RefCell::new(BTreeMap::new()));
    let kept = Rc::clone(&days);
    let note = move |words: &str| {
        if let Some((moment, day)) = moment::read(words) {
            kept.borrow_mut().insert(moment.as_second(), day);
        }
        None
    };
    let parser = feed_rs::parser::Builder::new().timestamp_parser(note).build();
    // What breaks the parser was told before.
    let _ = catch_unwind(AssertUnwindSafe(|| parser.parse(bytes)));
    days.take()
}

fn of_feed(feed: Feed, days: &BTreeMap<i64, Date>, base: &Url) -> Listing {
    let title = feed.title.and_then(|t| words(&t.content));
    let links = feed.entries.into_iter().filter_map(|entry| of_entry(entry, days, base)).collect();
    Listing { title, links, ..Listing::default() }
}

fn of_entry(entry: Entry, days: &BTreeMap<i64, Date>, base: &Url) -> Option<Link> {
    let page = |link: &&feed_rs::model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let url = entry.links.iter().find(page).and_then(|link| web(&link.href, base));
    // An id may be the address, where there is no other.
    let url = url.or_else(|| Url::parse(entry.id.trim()).ok().and_then(|url| web(url.as_str(), base)))?;
    let second = |seconds: i64| Timestamp::from_second(seconds).ok();
    // Atom asks only for the day of change, which is that of publication until there is a change.
    let published = entry.published.or(entry.updated).and_then(|t| second(t.timestamp()));
    let utc = |moment: Timestamp| moment.to_zoned(TimeZone::UTC).date();
    Some(Link {
        url,
        title: entry.title.and_then(|t| words(&t.content)),
        outlet: None,
        published,
        day: published.map(|moment| days.get(&moment.as_second()).copied().unwrap_or_else(|| utc(moment))),
        updated: entry.updated.and_then(|t| second(t.timestamp())),
        carried: entry.content.and_then(carried),
    })
}

/// The whole text: the content that a feed has beside its summary, unless it breaks off to be read elsewhere.
fn carried(content: feed_rs::model::Content) -> Option<Carried> {
    let media_type = match content.content_type.as_str() {
        "text/plain" => "text/plain",
        kind if kind.contains("html") => "text/html",
        _ => return None,
    };
    let text = content.body.filter(|text| !text.trim().is_empty())?;
    let end = text.trim_end().trim_end_matches(|c: char| "<>/abpdiv \n]&;".contains(c));
    let broken_off = ["…", "...", "[&#8230", "&hellip", "[…", "[...", "Read more", "Continue reading"];
    (!broken_off.iter().any(|mark| end.ends_with(mark))).then_some(Carried { media_type, text })
}

/// An address of the web, seen from another.
pub(crate) fn web(words: &str, base: &Url) -> Option<Url> {
    let mut url = base.join(words.trim()).ok()?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url.as_str().len() <= 2048).then_some(url)
}

/// Words in one line, if there are any.
pub(crate) fn words(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| line.chars().take(500).collect())
}

fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &str) -> Result<Listing, Kind> {
        read(bytes.as_bytes(), &Url::parse("https://wire.example/news/feed.xml").unwrap(), &Limits::default())
    }

    fn told(listing: &Listing) -> Vec<(&str, &str, String)> {
        let link = |l| {
            let Link { url, title, published, .. }: &Link = l;
            (
                url.as_str(),
                title.as_deref().unwrap_or(""),
                published.map(|t| t.to_string()).unwrap_or_default(),
            )
        };
        listing.links.iter().map(link).collect()
    }

    const WANTED: [(&str, &str, &str); 2] = [
        ("https://wire.example/b", "Talks fail", "2031-03-05T09:00:00Z"),
        ("https://wire.example/a", "Talks & tea", "2031-03-04T07:00:00Z"),
    ];

    fn check(feed: &str) -> Listing {
        let listing = of(feed).unwrap();
        let wanted: Vec<(&str, &str, String)> =
            WANTED.iter().map(|(u, t, d)| (*u, *t, d.to_string())).collect();
        assert_eq!(told(&listing), wanted);
        assert_eq!(listing.title.as_deref(), Some("Northern Wire"));
        listing
    }

    #[test]
    fn rss_says_links_with_title_and_date() {
        let listing = check(include_str!("../samples/wire.rss"));
        let carried: Vec<_> = listing
            .links
            .iter()
            .map(|l| l.carried.as_ref().map(|c| (c.media_type, c.text.as_str())))
            .collect();
        assert_eq!(carried, [None, Some(("text/html", "<p>They met, and had tea.</p>"))]);
    }

    #[test]
    fn atom_and_json_say_the_same() {
        let atom = check(include_str!("../samples/wire.atom"));
        assert_eq!(atom.links[1].updated.unwrap().to_string(), "2031-03-04T10:00:00Z");
        let json = check(include_str!("../samples/wire.json"));
        assert_eq!(json.links[1].carried.as_ref().map(|c| c.media_type), Some("text/plain"));
        for listing in [atom, json] {
            assert_eq!(listing.links[0].carried.as_ref().map(|c| c.text.as_str()), Some("<p>They left.</p>"));
        }
    }

    #[test]
    fn the_day_is_that_of_the_outlets_clock() {
        let day = |zone: &str| {
            let late =
                include_str!("../samples/wire.rss").replace("08:00:00 +0100", &format!("23:30:00 {zone}"));
            of(&late).unwrap().links.iter().find(|l| l.url.path() == "/a").unwrap().day.unwrap().to_string()
        };
        assert_eq!((day("-0500").as_str(), day("+0900").as_str()), ("2031-03-04", "2031-03-04"));
        let json = include_str!("../samples/wire.json").replace("08:00:00+01:00", "23:30:00-05:00");
        let links = of(&json).unwrap().links;
        assert_eq!(
            links.iter().find(|l| l.url.path() == "/a").unwrap().day.unwrap().to_string(),
            "2031-03-04"
        );
    }

    #[test]
    fn old_rss_is_read_too() {
        let rdf = include_str!("../samples/wire.rdf");
        assert_eq!(told(&of(rdf).unwrap())[0].0, WANTED[0].0);
    }

    #[test]
    fn a_page_is_no_feed() {
        for page in [
            "",
            "words",
            "<!doctype html><html><body>rss</body></html>",
            "{}",
            "{\"version\": 1}",
            "[1]",
            "<",
            "<?xml",
        ] {
            assert_eq!(form(page.as_bytes()), None, "{page}");
        }
        assert_eq!(form(b"\xef\xbb\xbf \n<rss version='2.0'/>"), Some(Form::Feed));
    }

    #[test]
    fn a_page_names_its_feed() {
        let base = Url::parse("https://wire.example/world/").unwrap();
        let of = |page: &str| named_by(page.as_bytes(), &base).map(|url| url.to_string());
        let page = "<!doctype html><html><head><LINK rel=stylesheet href=a.css><link rel=\"alternate\" hreflang=de href=\"/de\">\
                    <link title='a = b' type='application/rss+xml' rel='alternate' href='feed.xml?a=1&amp;b=2' /></head></html>";
        assert_eq!(of(page).as_deref(), Some("https://wire.example/world/feed.xml?a=1&b=2"));
        assert_eq!(
            of("<link rel=alternate type=application/atom+xml href=/a>").as_deref(),
            Some("https://wire.example/a")
        );
        for none in [
            "",
            "<link",
            "<link rel=alternate type=application/rss+xml>",
            "<p>link rel=alternate",
            "<link \"=>",
            "<link é=\"é>",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    #[test]
    fn hostile_feeds_are_one_line() {
        let deep = format!("<rss version=\"2.0\"><channel>{}", "<item>".repeat(200_000));
        assert_eq!(of(&deep), Err(Kind::NoFeed("nested too deeply".to_string())));
        let laughs = include_str!("../samples/laughs.rss");
        assert!(!of(laughs).map(|l| format!("{l:?}")).unwrap_or_default().contains("haha"));
        let json =
            format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"title\": {}", "[".repeat(100_000));
        assert!(of(&json).is_err());
        let many: String =
            (0..6000).map(|n| format!("<url><loc>https://a.example/{n}</loc></url>")).collect();
        let listing = of(&format!("<urlset>{many}</urlset>")).unwrap();
        assert_eq!((listing.links.len(), listing.left_out), (5000, 1000));
    }

    #[test]
    fn broken_feeds_break_nothing() {
        let whole = r#"<rss version="2.0"><channel><title>N &amp; W</title><item><title>A</title><link>https://wire.example/a</link></item></channel></rss>"#;
        for end in 0..whole.len() {
            let _ = of(&whole[..end]);
            let mut bytes = whole.as_bytes().to_vec();
            bytes[end] = b'<';
            let _ = read(&bytes, &Url::parse("https://wire.example/").unwrap(), &Limits::default());
            bytes[end] = 0xff;
            let _ = read(&bytes, &Url::parse("https://wire.example/").unwrap(), &Limits::default());
        }
    }
}
