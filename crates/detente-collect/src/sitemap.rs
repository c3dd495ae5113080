//! Takes a sitemap, or an index of sitemaps, gives the links in it.
//!
//! News sitemaps say of each page who published it, when, and under which headline; others say at best when it was
//! last changed.
//!
//! # From
//! The sitemaps protocol 0.9 (sitemaps.org) and its news extension. Names of elements count, their prefixes do not.

use crate::feed::{Link, Listing, web, words};
use crate::moment;
use crate::trouble::Kind;
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use url::Url;

/// Bytes of one field that are kept.
const LONGEST: usize = 4096;

/// One `url` or `sitemap` that is being read.
#[derive(Default)]
struct Begun {
    address: String,
    changed: String,
    published: String,
    title: String,
    outlet: String,
}

impl Begun {
    /// The field that the words of an element go into, by its name and that of the element around it.
    fn field(&mut self, outer: &[u8], name: &[u8]) -> Option<&mut String> {
        match (outer, name) {
            (b"url" | b"sitemap", b"loc") => Some(&mut self.address),
            (b"url" | b"sitemap", b"lastmod") => Some(&mut self.changed),
            (b"news", b"publication_date") => Some(&mut self.published),
            (b"news", b"title") => Some(&mut self.title),
            (b"publication", b"name") => Some(&mut self.outlet),
            _ => None,
        }
    }

    fn link(&self, base: &Url) -> Option<Link> {
        let (published, day) = moment::read(&self.published).unzip();
        Some(Link {
            url: web(&self.address, base)?,
            title: words(&self.title),
            outlet: words(&self.outlet),
            published,
            day,
            updated: time(&self.changed),
            carried: None,
        })
    }
}

/// Reads links. What is broken in the middle gives what stood before it.
pub(crate) fn read(bytes: &[u8], base: &Url) -> Result<Listing, Kind> {
    let mut listing = Listing::default();
    let mut sitemaps: Vec<(Option<Timestamp>, Url)> = Vec::new();
    let mut reader = Reader::from_reader(bytes);
    let mut path: Vec<Vec<u8>> = Vec::new();
    let mut begun = Begun::default();
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) if listing.links.is_empty() && sitemaps.is_empty() => {
                return Err(Kind::NoFeed(error.to_string()));
            }
            Err(_) => break,
        };
        match event {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_vec();
                if matches!(name.as_slice(), b"url" | b"sitemap") {
                    begun = Begun::default();
                }
                path.push(name);
            }
            Event::End(_) => match path.pop().as_deref() {
                Some(b"url") => listing.links.extend(begun.link(base)),
                Some(b"sitemap") => {
                    sitemaps.extend(web(&begun.address, base).map(|url| (time(&begun.changed), url)))
                }
                _ => {}
            },
            Event::Text(text) => put(&mut begun, &path, &String::from_utf8_lossy(&text)),
            Event::CData(text) => put(&mut begun, &path, &String::from_utf8_lossy(&text)),
            Event::GeneralRef(reference) => put(&mut begun, &path, &meant(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    sitemaps.sort_by_key(|(changed, _)| std::cmp::Reverse(*changed));
    listing.sitemaps = sitemaps.into_iter().map(|(_, url)| url).collect();
    Ok(listing)
}

fn time(words: &str) -> Option<Timestamp> {
    moment::read(words).map(|(moment, _)| moment)
}

fn put(begun: &mut Begun, path: &[Vec<u8>], words: &str) {
    let [.., outer, name] = path else { return };
    if let Some(field) = begun.field(outer, name)
        && field.len() + words.len() <= LONGEST
    {
        field.push_str(words);
    }
}

/// What `&amp;` and its like stand for; others stand for nothing, since there is no definition that counts.
fn meant(reference: &BytesRef) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name: &[u8] = reference;
    match name {
        b"amp" => "&",
        b"lt" => "<",
        b"gt" => ">",
        b"quot" => "\"",
        b"apos" => "'",
        _ => "",
    }
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(xml: &str) -> Listing {
        read(xml.as_bytes(), &Url::parse("https://wire.example/map.xml").unwrap()).unwrap()
    }

    #[test]
    fn a_news_sitemap_says_who_when_and_what() {
        let listing = of(r#"<?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
            <url><loc>https://wire.example/a?x=1&amp;y=2</loc><lastmod>2031-03-05</lastmod>
              <news:news><news:publication><news:name>Northern Wire</news:name><news:language>en</news:language></news:publication>
              <news:publication_date>2031-03-04T22:30:00-05:00</news:publication_date>
              <news:title><![CDATA[Talks & tea]]> in Sund&#33;</news:title></news:news></url>
            <url><loc>
                /b
            </loc></url>
            <url><loc>ftp://wire.example/c</loc></url><url/></urlset>"#);
        let told: Vec<(&str, Option<&str>, Option<&str>)> =
            listing.links.iter().map(|l| (l.url.as_str(), l.outlet.as_deref(), l.title.as_deref())).collect();
        let first = ("https://wire.example/a?x=1&y=2", Some("Northern Wire"), Some("Talks & tea in Sund!"));
        assert_eq!(told, [first, ("https://wire.example/b", None, None)]);
        assert_eq!(listing.links[0].published.unwrap().to_string(), "2031-03-05T03:30:00Z");
        assert_eq!(listing.links[0].day.unwrap().to_string(), "2031-03-04");
        assert_eq!(listing.links[0].updated.unwrap().to_string(), "2031-03-05T00:00:00Z");
    }

    #[test]
    fn an_index_lists_sitemaps_the_newest_first() {
        let listing = of("<sitemapindex><sitemap><loc>/1</loc><lastmod>2030-01-01</lastmod></sitemap>
            <sitemap><loc>/2.gz</loc><lastmod>2031-01-01T10:00Z</lastmod></sitemap><sitemap><loc>/3</loc></sitemap></sitemapindex>");
        let told: Vec<&str> = listing.sitemaps.iter().map(Url::path).collect();
        assert_eq!(told, ["/2.gz", "/1", "/3"]);
    }

    #[test]
    fn what_is_broken_gives_what_stood_before() {
        assert_eq!(of("<urlset><url><loc>/1</loc></url><url><loc>/2</lo").links.len(), 1);
        assert_eq!(
            of("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><urlset><url><loc>/&a;b</loc></url></urlset>").links[0]
                .url
                .path(),
            "/b"
        );
        assert!(read(b"<urlset></wrong>", &Url::parse("https://a.example").unwrap()).is_err());
    }
}
