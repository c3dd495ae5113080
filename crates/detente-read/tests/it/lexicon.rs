//! The `yes` and `no` sentences of the lexicon, run through the reader.
//!
//! A frame's `yes` sentence gives an event of its type, and of its mode where it has one, or one that the frame opened
//! under an operator; a `no` sentence gives none that the frame opened. An operator's `yes` sentence gives an event of its modality, and of its type where it
//! has one; a `no` sentence gives none under its rule. What does not hold today is in `spec/lexicon-failures.txt`: the test fails when a sentence fails that is not listed, and when a listed one passes. `UPDATE=1`
//! writes the list anew.

use detente_knowledge::Knowledge;
use detente_knowledge::lexicon::{Frame, Lexicon, Operator};
use detente_language::Language;
use detente_types::document::Given;
use detente_types::{Document, Event, Evidence, Modality, Polarity, Reading};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

const HEADER: &str = "\
# Sentences of the lexicon that are misread today: entry: yes or no: sentence.
# Written by `UPDATE=1 cargo test -p detente-read lexicon`; a line that heals must go.
";

/// One sentence with what must be so of its events.
struct Case {
    /// `frame/KEY` or `operator/KEY`.
    rule: String,
    yes: bool,
    sentence: String,
    fits: Box<dyn Fn(&Event) -> bool + Send + Sync>,
}

impl Case {
    fn holds(&self, reading: &Reading) -> bool {
        let opened = |evidence: &[Evidence]| evidence.iter().any(|e| fired(&self.rule, &e.rule));
        match self.yes {
            // Under an operator a frame's event has the operator's type: "urged both to show restraint" is REQUEST.
            true => reading
                .events
                .iter()
                .any(|e| (self.fits)(e) || opened(e.evidence()) && self.rule.starts_with("frame/")),
            false => !reading.events.iter().any(|e| opened(e.evidence())),
        }
    }

    fn name(&self) -> String {
        format!("{}: {}: {}", self.rule, if self.yes { "yes" } else { "no" }, self.sentence)
    }
}

/// Did this entry open an event with that rule? A frame under an operator is written `operator/offer+mediate`.
fn fired(entry: &str, rule: &str) -> bool {
    let Some((room, words)) = rule.split_once('/') else { return false };
    match entry.split_once('/') {
        Some(("frame", key)) => {
            words.split('+').next_back() == Some(key) && (room == "frame" || words.contains('+'))
        }
        Some((_, key)) => room == "operator" && words.split('+').next() == Some(key),
        None => false,
    }
}

fn of_frame(frame: &Frame) -> Vec<Case> {
    let (kind, mode) = (frame.kind, frame.mode);
    cases(&format!("frame/{}", frame.key), &frame.yes, &frame.no, move |event| {
        event.kind == kind && mode.is_none_or(|mode| event.modes.contains(&mode))
    })
}

fn of_operator(operator: &Operator) -> Vec<Case> {
    let (modality, negates, hostile) = (operator.modality, operator.negates, operator.hostile);
    let kinds: Vec<_> = operator.kind.into_iter().chain(operator.hostile).collect();
    cases(&format!("operator/{}", operator.key), &operator.yes, &operator.no, move |event| {
        // To vow something hostile is to threaten it.
        let threat = hostile == Some(event.kind) && event.modality == Modality::Threatened;
        let real = event.modality == modality && (!negates || event.polarity == Polarity::Negated);
        (real || threat) && (kinds.is_empty() || kinds.contains(&event.kind))
    })
}

fn cases(
    rule: &str,
    yes: &[String],
    no: &[String],
    fits: impl Fn(&Event) -> bool + Clone + Send + Sync + 'static,
) -> Vec<Case> {
    let both = yes.iter().map(|s| (true, s)).chain(no.iter().map(|s| (false, s)));
    both.map(|(yes, sentence)| Case {
        rule: rule.to_string(),
        yes,
        sentence: sentence.clone(),
        fits: Box::new(fits.clone()),
    })
    .collect()
}

#[test]
fn lexicon() {
    let lexicon = Lexicon::with(&[]).expect("the bundled files have no problems");
    let mut all: Vec<Case> = lexicon.frames().iter().flat_map(of_frame).collect();
    all.extend(lexicon.operators().iter().flat_map(of_operator));
    let (knowledge, language) = (Knowledge::bundled(), Language::english());
    let read = |case: &Case| {
        let document = Document::new("lexicon", case.sentence.as_str(), Given::default());
        case.holds(&detente_read::read(&document, &knowledge, &language).value)
    };
    let held: Vec<bool> = all.par_iter().map(read).collect();
    let told = |yes: bool| {
        let of = all.iter().filter(|c| c.yes == yes).count();
        let held = all.iter().zip(&held).filter(|(c, held)| c.yes == yes && **held).count();
        format!("{held} of {of}")
    };
    println!(
        "lexicon: {} yes sentences are read so, {} no sentences are left alone",
        told(true),
        told(false)
    );
    let failed = all.iter().zip(&held).filter(|(_, held)| !**held);
    hold_true(&failed.map(|(case, _)| case.name()).collect());
}

/// Compares with the list, or writes it.
fn hold_true(now: &BTreeSet<String>) {
    let list = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec/lexicon-failures.txt");
    if std::env::var_os("UPDATE").is_some() {
        let body: String = now.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(&list, format!("{HEADER}{body}")).expect("spec/ can be written");
        return;
    }
    let text = std::fs::read_to_string(&list).expect("spec/lexicon-failures.txt is there");
    let known: BTreeSet<String> =
        text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(str::to_string).collect();
    let fresh: Vec<_> = now.difference(&known).collect();
    let healed: Vec<_> = known.difference(now).collect();
    assert!(fresh.is_empty(), "{} sentences fail that held before:\n{fresh:#?}", fresh.len());
    assert!(healed.is_empty(), "{} known failures heal; run with UPDATE=1:\n{healed:#?}", healed.len());
}
