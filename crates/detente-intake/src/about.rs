//! What a page says of itself: headline, outlet, address, day of publication.
//!
//! # How
//! 1. JSON-LD, which outlets write for search engines and keep right. 2. Elements `meta`. 3. `<time datetime>`,
//!    `<link rel=canonical>`, `<h1>`, `<title>`. The first that says something is taken.
//!
//! A day is that of the outlet's own clock, as it stands there: "2031-03-04T23:30+05:00" is the fourth.

use crate::given::{self, Gathered};
use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

/// Names of `meta` for the day of publication, the surest first. None of them is the day of a change.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published-date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "pub_date",
    "originalpublicationdate",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "article_date_original",
    "date",
    "created",
];

const OUTLET: &[&str] =
    &["og:site_name", "application-name", "dc.publisher", "citation_publisher", "publisher", "copyright"];

const TITLE: &[&str] = &["og:title", "twitter:title", "dc.title", "parsely-title", "title"];

const URL: &[&str] = &["og:url", "twitter:url", "parsely-link"];

/// Everything that the page says.
pub(crate) fn gather(document: &Document) -> Gathered {
    let said = Said::of(document);
    let mut gathered = Gathered::default();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            gathered.put(key, &value);
        }
    };
    put("title", headline(document, &said));
    put("outlet", said.linked("publisher").or_else(|| said.meta(OUTLET)));
    put("url", address(document, &said));
    put("published", published(document, &said));
    given::settle(&mut gathered);
    gathered
}

/// The words of the report as they are written for search engines.
pub(crate) fn body(document: &Document) -> Option<String> {
    Some(Said::of(document).report.get("articleBody")?.as_str()?.to_string())
}

/// The headline as the page prints it; the one for search engines may have the outlet's name at its end.
fn headline(document: &Document, said: &Said) -> Option<String> {
    let linked = said.linked("headline").or_else(|| said.meta(TITLE));
    let mut heads = elements(document, "h1").map(|head| one_line(&head.text())).filter(|h| h.len() > 2);
    let printed = match &linked {
        Some(linked) => heads.find(|head| alike(head, linked)),
        None => heads.next(),
    };
    let in_head = || {
        let title = elements(document, "title").next()?;
        Some(one_line(&title.text())).filter(|t| !t.is_empty())
    };
    printed.or(linked).or_else(in_head)
}

/// Elements of this name, in the order of the page.
fn elements<'d>(document: &'d Document, name: &str) -> impl Iterator<Item = NodeRef<'d>> {
    document.select(name).nodes().to_vec().into_iter()
}

fn attribute(node: &NodeRef<'_>, name: &str) -> Option<String> {
    node.attr(name).map(|value| value.to_string())
}

/// Is one headline the other, or its beginning?
fn alike(a: &str, b: &str) -> bool {
    let bare = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
}

fn address(document: &Document, said: &Said) -> Option<String> {
    let mut links = elements(document, "link");
    let canonical =
        links.find(|link| attribute(link, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")));
    let canonical = canonical.and_then(|link| attribute(&link, "href"));
    let linked = || said.linked("url");
    let whole = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    canonical.filter(whole).or_else(|| said.meta(URL).filter(whole)).or_else(|| linked().filter(whole))
}

fn published(document: &Document, said: &Said) -> Option<String> {
    let readable = |words: &String| given::date(words).is_some();
    let linked = said.linked("datePublished").filter(readable);
    let meta = || PUBLISHED.iter().find_map(|name| said.meta(&[name]).filter(readable));
    let times = || {
        let marked = |time: &&NodeRef<'_>| {
            let says = |name: &str| {
                attribute(time, name).is_some_and(|value| value.to_ascii_lowercase().contains("publish"))
            };
            attribute(time, "pubdate").is_some() || says("itemprop") || says("class")
        };
        let printed = |time: &NodeRef<'_>| attribute(time, "datetime").filter(readable);
        let times: Vec<NodeRef<'_>> = elements(document, "time").collect();
        let sure = times.iter().filter(marked).find_map(printed);
        sure.or_else(|| times.iter().find_map(printed))
    };
    linked.or_else(meta).or_else(times)
}

/// Many a page escapes its headline once more than JSON asks for: "Talks &#8216;open&#8217;".
fn spelled_out(words: &str) -> String {
    if !(words.contains('&') && words.contains(';')) {
        return words.to_string();
    }
    let document = Document::from(words.replace('<', "&lt;"));
    document.body().unwrap_or_else(|| document.root()).text().to_string()
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `meta` elements and the JSON-LD of the report.
struct Said {
    metas: Vec<(String, String)>,
    report: Map<String, Value>,
}

impl Said {
    fn of(document: &Document) -> Said {
        let mut metas = Vec::new();
        for node in elements(document, "meta") {
            let name = ["property", "name", "itemprop"].iter().find_map(|name| attribute(&node, name));
            let content = attribute(&node, "content").map(|c| one_line(&c)).filter(|c| !c.is_empty());
            if let (Some(name), Some(content)) = (name, content) {
                metas.push((name.to_ascii_lowercase(), content));
            }
        }
        let linked = |node: &NodeRef<'_>| {
            attribute(node, "type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
        };
        let scripts = elements(document, "script").filter(linked);
        let values = scripts.filter_map(|script| serde_json::from_str(script.text().trim()).ok());
        let report = values.filter_map(|value: Value| report(&value).cloned()).next();
        Said { metas, report: report.unwrap_or_default() }
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(n, _)| n == name))
            .map(|(_, value)| value.clone())
    }

    fn linked(&self, name: &str) -> Option<String> {
        let mut value = self.report.get(name)?;
        loop {
            match value {
                Value::String(words) => return Some(one_line(&spelled_out(words))).filter(|w| !w.is_empty()),
                Value::Array(values) => value = values.first()?,
                Value::Object(fields) => value = fields.get("name").or_else(|| fields.get("@id"))?,
                _ => return None,
            }
        }
    }
}

/// The object that is the report, in a list or a graph.
fn report(value: &Value) -> Option<&Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter().find_map(report),
        Value::Object(fields) => {
            let kinds = match fields.get("@type") {
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
                Some(Value::String(kind)) => vec![kind.as_str()],
                _ => Vec::new(),
            };
            let of_news =
                |kind: &&str| kind.ends_with("Article") || kind.ends_with("Posting") || *kind == "Report";
            if kinds.iter().any(of_news) {
                return Some(fields);
            }
            ["@graph", "mainEntity", "itemListElement"].iter().find_map(|name| report(fields.get(*name)?))
        }
        _ => None,
    }
}
