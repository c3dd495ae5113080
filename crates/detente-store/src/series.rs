//! What makes two texts versions of one report.
//!
//! # How
//! 1. A report with an address on the web is known by it: without fragment, tracking parameters, a slash at the
//!    end, `www.`, and whichever of http and https.
//! 2. One without is known by outlet and headline where both are given beside the text: this is how a line of
//!    a news database finds the same report in the next dump.
//! 3. Any other is known by the file that it came from (the caller says which; a path as typed may mean
//!    another file tomorrow). A line of a file of many is known by its own text only, since lines move.
//!
//! # Does not
//! Compare texts: that two reports tell the same is for those who read.

use detente_types::Document;
use url::Url;

/// Parameters of an address that tell where a reader came from, not what he reads.
const TRACKING: &[&str] = &["fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "cmpid", "ref", "ref_src"];

/// The series that a report belongs to. `place` is the file that it is the only report of, as an absolute path.
pub fn series(document: &Document, place: Option<&str>) -> String {
    let url = document.url().and_then(address).map(|url| format!("url {url}"));
    let told = || {
        let (outlet, title) = (folded(document.outlet()?), folded(document.title()?));
        (!outlet.is_empty() && !title.is_empty()).then(|| format!("told {outlet} / {title}"))
    };
    let file = || place.map(|place| format!("file {place}"));
    url.or_else(told).or_else(file).unwrap_or_else(|| format!("text {}", document.id()))
}

/// An address without what does not tell reports apart.
fn address(text: &str) -> Option<String> {
    let mut url = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_fragment(None);
    let tracks = |name: &str| name.starts_with("utm_") || TRACKING.contains(&name);
    let mut kept: Vec<(String, String)> =
        url.query_pairs().filter(|(name, _)| !tracks(name)).map(|(n, v)| (n.into(), v.into())).collect();
    kept.sort();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(&kept);
    }
    let host = url.host_str()?.trim_start_matches("www.").to_string();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{host}{port}{}{query}", url.path().trim_end_matches('/')))
}

/// Words in lower case with single blanks.
fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_types::document::Given;

    fn of(url: &str, outlet: &str, title: &str, place: Option<&str>) -> String {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_string());
        let given = Given { title: some(title), outlet: some(outlet), url: some(url), published: None };
        series(&Document::new("a.txt", "Words.", given), place)
    }

    #[test]
    fn an_address_is_known_without_its_trimmings() {
        let plain = of("https://example.org/world/talks", "", "", None);
        for other in [
            "http://www.example.org/world/talks/",
            "https://example.org/world/talks?utm_source=x&fbclid=1#top",
            "HTTPS://EXAMPLE.ORG/world/talks",
        ] {
            assert_eq!(of(other, "", "", None), plain, "{other}");
        }
        assert_ne!(of("https://example.org/world/talks?id=2", "", "", None), plain);
        assert_ne!(of("https://example.org:8080/world/talks", "", "", None), plain);
        let (ab, ba) =
            (of("https://e.org/?a=1&b=2", "", "", None), of("https://e.org/?b=2&a=1", "", "", None));
        assert_eq!(ab, ba);
    }

    #[test]
    fn then_outlet_and_headline_then_the_file_then_the_text() {
        assert_eq!(
            of("", "Northern Wire", "Talks  open", None),
            of("", "northern wire", "Talks open", Some("/x"))
        );
        assert_eq!(of("", "Northern Wire", "", Some("/x")), "file /x");
        assert_eq!(of("not an address", "", "", Some("/x")), "file /x");
        assert!(of("", "", "", None).starts_with("text doc-"));
    }
}
