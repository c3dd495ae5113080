//! What pages say of themselves, in the ways in which they say it.

use super::*;

fn page(head: &str, body: &str) -> Unpacked {
    let html = format!(
        "<!DOCTYPE html><html><head>{head}</head><body>{body}<p>Delegates from both sides met in Sund, the \
         ministry said, after weeks of shelling along the river and two failed rounds.</p></body></html>"
    );
    one("a.html", html.as_bytes())
}

#[test]
fn the_day_of_publication_is_found_where_pages_have_it() {
    for (head, body) in [
        (
            r#"<script type="application/ld+json">[{"@type":"NewsArticle","datePublished":"2031-03-04T23:50:00-08:00","dateModified":"2031-03-09"}]</script>"#,
            "",
        ),
        (
            r#"<script type="application/ld+json">{"@type":["ReportageNewsArticle"],"datePublished":"2031-03-04"}</script>"#,
            "",
        ),
        (
            r#"<meta property="article:published_time" content="2031-03-04T00:10:00+05:00"><meta property="article:modified_time" content="2031-03-08T00:10:00Z">"#,
            "",
        ),
        (r#"<meta name="date" content="4 March 2031">"#, ""),
        (r#"<meta name="DC.date.issued" content="2031-03-04">"#, ""),
        (r#"<meta name="DC.date" content="2031/03/04">"#, ""),
        (r#"<meta name="parsely-pub-date" content="2031-03-04T10:00:00Z">"#, ""),
        (r#"<meta name="pubdate" content="20310304">"#, ""),
        (r#"<meta itemprop="datePublished" content="Tue, 04 Mar 2031 10:00:00 +0100">"#, ""),
        (
            "",
            r#"<time datetime="2031-03-09">9 March</time><time class="published" datetime="2031-03-04T10:00">4 March</time>"#,
        ),
        ("", r#"<time datetime="2031-03-04T10:00:00+01:00">4 March</time>"#),
        // What cannot be read does not hide what can.
        (r#"<meta name="date" content="04.03.31"><meta name="pubdate" content="2031-03-04">"#, ""),
    ] {
        let intake = page(head, body);
        assert_eq!(intake.taken[0].document.published(), given::date("2031-03-04").as_ref(), "{head}{body}");
        assert!(codes(&intake).is_empty(), "{:?}", intake.taken[0].notes);
    }
    assert_eq!(page("<title>T</title>", "").taken[0].document.published(), None);
}

#[test]
fn headline_outlet_and_address_are_found_where_pages_have_them() {
    let linked = r#"<script type="application/ld+json">{"@graph":[{"@type":"WebPage","name":"x"},{"@type":"NewsArticle",
        "headline":"Talks &#8216;open&#8217; in Sund","publisher":{"@type":"Organization","name":"Northern Wire"},"url":"https://wire.example/t"}]}</script>"#;
    let metas = r#"<meta property="og:title" content="Talks open in Sund - Northern Wire"><meta property="og:site_name" content="Northern Wire">
        <meta property="og:url" content="https://wire.example/t"><title>Talks | NW</title>"#;
    let canonical = r#"<link rel="canonical" href="https://wire.example/t"><meta property="og:site_name" content="Northern Wire">
        <meta property="og:url" content="https://wire.example/t?share=1">"#;
    for (head, body, title) in [
        (linked, "", "Talks ‘open’ in Sund"),
        (metas, "<h1>Northern Wire</h1><h1>Talks open in Sund</h1>", "Talks open in Sund"),
        (canonical, "<h1>Talks open in Sund</h1>", "Talks open in Sund"),
    ] {
        let intake = page(head, body);
        let document = &intake.taken[0].document;
        assert_eq!(document.title(), Some(title));
        assert_eq!(document.outlet(), Some("Northern Wire"), "{head}");
        assert_eq!(document.url(), Some("https://wire.example/t"), "{head}");
        assert!(document.text().starts_with(title), "{}", document.text());
    }
}

#[test]
fn json_of_news_services_is_read() {
    for (json, reports) in [
        (
            r#"{"status":"ok","totalResults":2,"articles":[{"title":"T","content":"A."},{"title":"U","content":"B."}]}"#,
            2,
        ),
        (
            r#"{"response":{"status":"ok","results":[{"webTitle":"T","fields":{"body":"<p>A.</p><p>B.</p>"}}]}}"#,
            1,
        ),
        (r#"{"hits":{"total":1,"hits":[{"_id":"7","_source":{"text":"A.","title":"T"}}]}}"#, 1),
        (
            r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"<p>A.</p>","date_published":"2031-03-04T10:00:00Z"}]}"#,
            1,
        ),
        (
            r#"[{"id":7,"date":"2031-03-04T10:00:00","link":"https://w.example/7","title":{"rendered":"T"},"content":{"rendered":"<p>A.</p>\n","protected":false}}]"#,
            1,
        ),
        (r#"{"text":"A.","related":[{"text":"B."}]}"#, 1),
        (r#"{"a":{"b":{"c":{"d":{"e":[{"text":"too deep"}]}}}}}"#, 0),
        (r#"{"articles":[]}"#, 0),
    ] {
        let intake = one("w.json", json.as_bytes());
        assert_eq!(intake.taken.len(), reports, "{json}: {:?}", intake.notes);
        assert_eq!(intake.notes.len(), usize::from(reports == 0), "{json}");
    }
    let intake = one("w.json", br#"{"text":"<p>A first line.</p><h2>Next</h2><p>A second.</p>"}"#);
    assert_eq!(text(&intake), "A first line.\n\n## Next\n\nA second.");
}
