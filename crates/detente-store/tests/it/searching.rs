//! Full text: words are found where they stand, and no question is an error.

use super::*;
use detente_store::Page;
use proptest::prelude::*;

fn spans(store: &Store, question: &str) -> Vec<Vec<String>> {
    let found = store.search(question, Page::ALL).unwrap().found;
    let words = |f: &detente_store::Found| {
        f.spans.iter().map(|s| s.of(f.kept.document.text()).to_string()).collect::<Vec<_>>()
    };
    found.iter().map(words).collect()
}

#[test]
fn words_are_found_in_other_forms_with_their_places() {
    let (_folder, store) = fresh();
    let text = "\u{1}\u{2}Airstrikes — “heavy” ones \u{3}— struck Élan. Two strikes followed a strike.";
    store.add(&told("Wire", "Night of bombing", text), arrival()).unwrap();
    store.add(&told("Courier", "Strikes", "Nothing of the kind in the text."), arrival()).unwrap();
    assert_eq!(spans(&store, "elan"), [["Élan"]]);
    // The headline counts more; there is no place in the text then.
    assert_eq!(spans(&store, "strike"), [vec![], vec!["strikes", "strike"]]);
    assert_eq!(spans(&store, "\"followed a strike\""), [["followed a strike"]]);
    assert_eq!(spans(&store, "airst*"), [["Airstrikes"]]);
    assert_eq!(spans(&store, "strike -élan"), [Vec::<String>::new()]);
    assert_eq!(store.search("strike", Page { skip: 1, take: 1 }).unwrap().total, 2);
    let found = &store.search("followed", Page::ALL).unwrap().found[0];
    assert!(found.excerpt.contains(found.spans[0]));
}

#[test]
fn no_question_is_an_error() {
    let (_folder, store) = fresh();
    let text = "Talks NEAR the river: text AND columns. It's 100% \"so\".";
    store.add(&told("Wire", "Talks", text), arrival()).unwrap();
    for question in [
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "-",
        "--",
        "-*",
        "^",
        "talks\"",
        "\"talks",
        "text:",
        "text:talks",
        "NEAR(",
        "NEAR(a b, 3)",
        "a AND",
        "OR",
        "NOT",
        "NOT talks",
        "(",
        ")))",
        "{title} : x",
        "'; DROP TABLE document; --",
        "\0",
        "tal\0ks",
        "%",
        "100%",
        "it's",
        "\u{202e}talks",
        "a\u{301}",
        "\u{1}\u{2}",
        "🕊",
        "- - -",
        "+talks",
        "talks + river",
        "\\",
        "\"a\" \"b",
    ] {
        store.search(question, Page::ALL).unwrap();
    }
    assert_eq!(spans(&store, "NEAR"), [["NEAR"]]);
    assert_eq!(store.search("it's", Page::ALL).unwrap().total, 1);
    let long = "talks ".repeat(100_000);
    assert_eq!(store.search(&long, Page::ALL).unwrap().total, 1);
    assert!(store.examine().unwrap().faults.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Any text is a question and any text can be kept; what is found lies inside the text, on borders of characters.
    #[test]
    fn any_question_on_any_text(text in "\\PC{1,80}", question in "[\\PC\u{0}-\u{3}]{0,40}") {
        let (_folder, store) = fresh();
        let report = plain("a.txt", &format!("{text} river"));
        store.add(&report, arrival()).unwrap();
        let _ = store.search(&question, Page::ALL).unwrap();
        for found in store.search(&format!("{question} river*"), Page::ALL).unwrap().found {
            for span in found.spans.iter().chain([&found.excerpt]) {
                prop_assert!(report.text().get(span.start()..span.end()).is_some());
            }
        }
    }
}
