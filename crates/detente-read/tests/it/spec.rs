//! The specs of `spec/*.md`: prose with sentences and the records expected under each.
//!
//! A failing expectation is recorded in `spec/known-failures.txt`, so that it is noticed when it heals:
//! the test fails when an expectation fails that is not listed, and when a listed one passes.
//! `UPDATE=1 cargo test -p detente-read spec` writes the list anew; `SPEC=mediation` runs one file and
//! prints what was read instead.

mod attack;
mod check;
mod parse;

use detente_knowledge::Knowledge;
use detente_language::Language;
use detente_types::document::Given;
use detente_types::{Document, Evidence, Reading, Tier};
use parse::Case;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec")
}

fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("spec/ is part of the repository")
        .map(|e| e.expect("listed").path())
        .collect();
    files.sort();
    let only = std::env::var("SPEC").ok();
    let chosen = |p: &&PathBuf| {
        let stem = p.file_stem().and_then(|s| s.to_str()).unwrap_or("");
        p.extension().is_some_and(|e| e == "md")
            && stem != "README"
            && only.as_deref().is_none_or(|o| stem.contains(o))
    };
    files.iter().filter(chosen).flat_map(|p| parse::cases(p)).collect()
}

/// Without what only the headline of a linked report tells: weak evidence, and no statement of the page.
fn body(mut reading: Reading) -> Reading {
    let told = |evidence: &[Evidence]| evidence.iter().any(|e| e.tier != Tier::Link);
    reading.events.retain(|r| told(r.evidence()));
    reading.figures.retain(|r| told(r.evidence()));
    reading.claims.retain(|r| told(r.evidence()));
    reading.acts.retain(|r| told(r.evidence()));
    reading
}

/// Every failing expectation, as `file: heading: expectation`, with what was read.
fn failures(cases: &[Case]) -> Vec<(String, String)> {
    let (knowledge, language) = (Knowledge::bundled(), Language::english());
    let one = |case: &Case| -> Vec<(String, String)> {
        let given =
            Given { outlet: case.outlet.clone(), published: case.published.clone(), ..Given::default() };
        let document = Document::new("spec", case.text.as_str(), given);
        let reading = body(detente_read::read(&document, &knowledge, &language).value);
        let failed = case.expected.iter().filter(|line| !check::holds(line, &reading));
        failed.map(|line| (format!("{}: {}", case.name, line), check::show(&reading))).collect()
    };
    cases.par_iter().flat_map(one).collect()
}

/// Prints how many reports under each heading hold in full, and the sums of the odd, the even and the fifth
/// ones: in `modes-*` and `contexts` the fifth is the near miss, and only the odd ones were looked at when
/// classes of mistakes were mended.
fn tally(cases: &[Case], failed: &[(String, String)]) {
    let mut sums = [(0, 0); 3];
    let mut at = 0;
    while at < cases.len() {
        let heading = &cases[at].heading;
        let group: Vec<&Case> = cases[at..].iter().take_while(|c| c.heading == *heading).collect();
        let whole = |c: &Case| !failed.iter().any(|(line, _)| line.starts_with(&format!("{}: ", c.name)));
        let mut right = 0;
        for (n, case) in group.iter().enumerate() {
            let part = if n == 4 { 2 } else { n % 2 };
            sums[part].1 += 1;
            if whole(case) {
                sums[part].0 += 1;
                right += usize::from(part < 2);
            }
        }
        let asked = group.len().min(4);
        println!(
            "{right} of {asked} {} {heading}",
            if group.get(4).is_none_or(|c| whole(c)) { "" } else { "near miss read" }
        );
        at += group.len();
    }
    let [odd, even, miss] = sums.map(|(right, of)| format!("{right} of {of}"));
    println!("odd {odd}, even {even}, near misses {miss}");
}

#[test]
fn spec() {
    let cases = cases();
    let total: usize = cases.iter().map(|c| c.expected.len()).sum();
    let failed = failures(&cases);
    let list = folder().join("known-failures.txt");
    let header = "# Expectations of the specs that do not hold today: file: heading (sentence): expectation.\n# Written by `UPDATE=1 cargo test -p detente-read spec`; a line that heals must go.\n";
    let (n, sentences) = (total - failed.len(), cases.len());
    println!("spec: {n} of {total} expectations hold, in {sentences} reports");
    if let Ok(only) = std::env::var("SPEC") {
        for (line, read) in &failed {
            println!("\n{line}\n{read}");
        }
        tally(&cases, &failed);
        println!("spec/{only}: {n} of {total} hold");
        return;
    }
    let now: BTreeSet<&str> = failed.iter().map(|(line, _)| line.as_str()).collect();
    if std::env::var("UPDATE").is_ok() {
        let body: String = now.iter().map(|l| format!("{l}\n")).collect();
        std::fs::write(&list, format!("{header}{body}")).expect("spec/ can be written");
        return;
    }
    let text = std::fs::read_to_string(&list).unwrap_or_default();
    let known: BTreeSet<&str> = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    let fresh: Vec<_> = now.difference(&known).collect();
    let healed: Vec<_> = known.difference(&now).collect();
    assert!(fresh.is_empty(), "{} expectations fail that held before:\n{fresh:#?}", fresh.len());
    assert!(healed.is_empty(), "{} known failures heal; run with UPDATE=1:\n{healed:#?}", healed.len());
}
