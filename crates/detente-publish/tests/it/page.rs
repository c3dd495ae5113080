//! The page: well formed, complete, inert.

use crate::damage::hostile;
use crate::fixture::{kessel, quiet};
use detente_publish::{Dossier, dossier, html};
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::BTreeSet;

const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "script",
    "body",
    "a",
    "main",
    "nav",
    "article",
    "section",
    "header",
    "footer",
    "aside",
    "h1",
    "h2",
    "h3",
    "p",
    "ol",
    "ul",
    "li",
    "div",
    "span",
    "b",
    "em",
    "strong",
    "q",
    "mark",
    "kbd",
    "i",
    "button",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "svg",
    "defs",
    "linearGradient",
    "stop",
    "line",
    "rect",
    "circle",
    "path",
    "text",
];

const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "class",
    "id",
    "href",
    "rel",
    "title",
    "hidden",
    "type",
    "tabindex",
    "role",
    "scope",
    "style",
    "dir",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "data-marks",
    "data-rule",
    "data-tier",
    "data-n",
    "data-b",
    "data-e",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "d",
    "offset",
    "stop-opacity",
    "text-anchor",
];

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// Only our own elements and attributes, one script, ids once, every link inside the page resolves.
pub fn is_sound(text: &str) {
    let page = Html::parse_document(text);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    for node in page.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                assert!(ELEMENTS.contains(&element.name()), "<{}>", element.name());
                for (name, value) in element.attrs() {
                    assert!(ATTRIBUTES.contains(&name), "{name}={value:?}");
                    assert!(name != "href" || value.starts_with('#') || value.starts_with("http"), "{value}");
                }
            }
            Node::Comment(comment) => panic!("a comment: {comment:?}"),
            _ => {}
        }
    }
    assert_eq!(all(&page, "script").len(), 1);
    assert_eq!(all(&page, "style").len(), 1);
    let ids: Vec<&str> = all(&page, "[id]").iter().filter_map(|e| e.attr("id")).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands twice");
    for link in all(&page, "a[href^='#']") {
        let target = link.attr("href").and_then(|h| h.strip_prefix('#')).unwrap_or_default();
        assert!(unique.contains(target), "{target}");
    }
}

fn shown(report: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in report.descendants() {
        let in_label =
            node.ancestors().any(|a| a.value().as_element().is_some_and(|e| e.attr("class") == Some("why")));
        if let (Node::Text(words), false) = (node.value(), in_label) {
            text.push_str(words);
        }
    }
    text
}

fn two() -> [Dossier; 2] {
    [dossier(&kessel().crisis), dossier(&quiet())]
}

#[test]
fn the_page_is_sound_and_has_an_index() {
    let text = html::render(&two());
    is_sound(&text);
    let page = Html::parse_document(&text);
    assert_eq!(all(&page, "nav.index li").len(), 2);
    assert_eq!(all(&page, "article.crisis").len(), 2);
    assert!(all(&page, "title")[0].inner_html().contains("2 crisis dossiers"));
    is_sound(&html::render(&[]));
}

#[test]
fn reports_are_shown_as_received() {
    let text = html::render(&two());
    let page = Html::parse_document(&text);
    let crisis = kessel().crisis;
    for (at, report) in crisis.reports.iter().enumerate() {
        let shown_text = shown(all(&page, &format!("#k1r{} .text", at + 1))[0]);
        assert_eq!(shown_text, &*report.text);
    }
    assert_eq!(all(&page, ".masked .why").len(), crisis.reports.iter().map(|r| r.mask.len()).sum::<usize>());
}

#[test]
fn every_citation_marks_its_words() {
    let text = html::render(&[dossier(&kessel().crisis)]);
    let page = Html::parse_document(&text);
    let cites = all(&page, "main .cite");
    assert!(cites.len() > 80, "{}", cites.len());
    for cite in cites {
        let sentence = all(&page, cite.attr("href").expect("a link"));
        let bounds: Vec<(usize, usize)> = cite
            .attr("data-marks")
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(|pair| pair.split_once('-'))
            .map(|(a, b)| (a.parse().expect("a byte"), b.parse().expect("a byte")))
            .collect();
        let byte =
            |e: &ElementRef<'_>, name| e.attr(name).and_then(|n| n.parse::<usize>().ok()).expect("a byte");
        let marks = sentence[0].select(&Selector::parse("mark").expect("a selector")).collect::<Vec<_>>();
        for (from, to) in bounds {
            let inside = marks.iter().filter(|m| from <= byte(m, "data-b") && byte(m, "data-e") <= to);
            assert_eq!(inside.map(|m| byte(m, "data-e") - byte(m, "data-b")).sum::<usize>(), to - from);
        }
    }
}

#[test]
fn hostile_words_are_shown_and_do_not_act() {
    let mut crisis = hostile(&kessel().crisis);
    crisis.reports[0].path = "javascript:alert(1)".to_string();
    crisis.reports[1].path = "https://example.org/?a=1&b=\"><script>".to_string();
    let text = html::render(&[dossier(&crisis)]);
    is_sound(&text);
    let page = Html::parse_document(&text);
    let words: String = page.root_element().text().collect();
    assert!(words.contains("<script>alert(1)</script>"));
    assert!(words.contains("\"><img src=x onerror=alert(1)>"));
    assert!(!text.contains('\u{1b}') && !text.contains('\u{0}'));
    assert_eq!(all(&page, "a[href^='http']").len(), 1);
}

#[test]
fn a_hostile_report_is_text() {
    let mut crisis = quiet();
    let words = "<script>alert(1)</script> & <b>bold</b>";
    crisis.reports[0].text = words.into();
    crisis.reports[0].title = Some("</title><script>alert(1)</script>".to_string());
    let text = html::render(&[dossier(&crisis)]);
    is_sound(&text);
    assert_eq!(shown(all(&Html::parse_document(&text), ".text")[0]), words);
}
