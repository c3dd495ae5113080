//! Laws of a dossier, on crises damaged at random.

use crate::damage::damaged;
use crate::fixture::{kessel, quiet};
use detente_publish::terminal::{self, Options};
use detente_publish::{Dossier, Ground, Line, dossier, html, json, markdown, pdf, records};
use detente_types::Crisis;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

/// Every line that states a fact has a sentence, and every citation opens the words it quotes.
fn every_fact_opens_its_sentence(crisis: &Crisis, dossier: &Dossier) {
    for line in dossier.lines() {
        assert_eq!(line.ground() == Ground::Sentences, !line.citations().is_empty(), "{line:?}");
        for citation in line.citations() {
            let report = &crisis.reports[citation.report - 1];
            assert_eq!(report.id, citation.document);
            assert_eq!(report.text.get(citation.start..citation.end), Some(citation.quote.as_str()));
            assert!(report.sentences.get(citation.sentence - 1).is_some());
            for mark in &citation.marks {
                assert!(citation.start <= mark.start() && mark.end() <= citation.end);
                assert!(!mark.of(&report.text).is_empty());
            }
        }
    }
}

fn fits(text: &str, width: usize) {
    for line in text.lines() {
        assert!(line.width() <= width, "{} cells in {width}: {line:?}", line.width());
        assert!(!line.chars().any(|c| c.is_control()), "{line:?}");
        assert_eq!(line.trim_end(), line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn laws_hold_on_damaged_books(seed: u64, rarity in 2_u64..60, width in 0_usize..180) {
        let fixture = kessel();
        let crisis = damaged(&fixture.crisis, seed, rarity);
        let dossier = dossier(&crisis);
        every_fact_opens_its_sentence(&crisis, &dossier);
        prop_assert!(!dossier.summary.is_empty());
        prop_assert!(dossier.sections.iter().all(|s| !s.blocks.is_empty()));

        let options = Options { width, ..Options::default() };
        fits(&terminal::render(&dossier, options), width.clamp(20, 120));
        fits(&terminal::render(&dossier, Options { sentences: true, ..options }), width.clamp(20, 120));
        let coloured = terminal::render(&dossier, Options { colour: true, ..options });
        prop_assert!(coloured.contains(char::from(27)));

        // Same books, same bytes.
        let again = detente_publish::dossier(&crisis);
        prop_assert_eq!(markdown::render(&dossier), markdown::render(&again));
        prop_assert_eq!(json::render(std::slice::from_ref(&dossier)), json::render(std::slice::from_ref(&again)));
        prop_assert_eq!(html::render(std::slice::from_ref(&dossier)), html::render(std::slice::from_ref(&again)));
        let file = pdf::render(std::slice::from_ref(&dossier));
        prop_assert!(file == pdf::render(std::slice::from_ref(&again)), "the same books, another file");
        crate::pdf::Read::of(&file).is_inside_its_margins();
        crate::page::is_sound(&html::render(&[dossier, again]));
        crate::schema::hold(&crisis, &records::records(&crisis, &fixture.readings));
    }
}

#[test]
fn books_without_evidence_state_nothing() {
    let mut crisis = kessel().crisis;
    crisis.reports.clear();
    let dossier = dossier(&crisis);
    assert_eq!(dossier.lines().filter(|l| l.ground() == Ground::Sentences).count(), 0);
    let stated = records::records(&crisis, &kessel().readings);
    assert!(stated.iter().all(|r| {
        use records::Record::{Actor, Crisis, Gap, Story};
        matches!(r, Crisis(_) | Actor(_) | Gap(_) | Story(_))
    }));
}

#[test]
fn a_crisis_with_nothing_in_it_says_so() {
    let dossier = dossier(&quiet());
    let lines: Vec<&str> =
        dossier.lines().filter(|l| l.ground() == Ground::Absence).map(Line::text).collect();
    assert!(lines.contains(&"No report gives a count."), "{lines:?}");
    assert!(lines.contains(&"No report tells of mediation, talks or an offer."), "{lines:?}");
}

#[test]
fn what_was_not_done_is_not_told_as_done() {
    let dossier = dossier(&kessel().crisis);
    let options = Options { width: 120, ..Options::default() };
    let text = terminal::render(&dossier, options).to_lowercase();
    for (told, label) in [
        ("a second round is planned", "planned: "),
        ("it threatened to close its airspace", "threatened, contested: "),
        ("norland urged both sides", "urged: "),
        ("norland hosted secret talks", "headline of a linked report only: "),
        ("renewed clashes remain", "diplomats (feared): "),
        ("talks between arvenia and tolmark to be held", "planned: "),
    ] {
        // Where all lines of a list are of that kind, the heading over it says so.
        let headed = "  • norland hosted secret talks in sund [1.9 link]";
        let found: Vec<&str> = text.lines().filter(|l| l.contains(told) && *l != headed).collect();
        assert!(!found.is_empty(), "{told}");
        for line in found {
            assert!(line.find(label).is_some_and(|at| at < line.find(told).unwrap_or(0)), "{line}");
        }
    }
}

#[test]
fn a_missing_answer_is_a_cell() {
    let dossier = dossier(&kessel().crisis);
    let text = terminal::render(&dossier, Options::default());
    assert!(text.lines().any(|l| l.trim() == "Tolmark  not reported"), "{text}");
}

#[test]
fn markdown_links_are_all_defined() {
    let text = markdown::render(&dossier(&kessel().crisis));
    let (body, targets) = text.split_at(text.find("\n[1.").expect("the targets stand at the end"));
    let mut cited = 0;
    for part in body.split('[').skip(1) {
        let Some((number, after)) = part.split_once(']') else { continue };
        if after.starts_with('`') {
            continue; // the line that explains what a citation is
        }
        if number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('.') {
            cited += 1;
            assert!(targets.contains(&format!("\n[{number}]: #s{}\n", number.replace('.', "-"))), "{number}");
        }
    }
    assert!(cited > 50, "{cited}");
}
