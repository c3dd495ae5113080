//! Tests of assembling, on invented reports about real and invented conflicts. All outlets are invented.

mod board;
pub(crate) mod builder;
mod charges;
mod counts;
mod decisions;
mod deeds;
mod hard;
mod laws;
mod page;
mod roles;
pub(crate) mod scale;

use detente_types::{Crisis, Policy, Reading};

/// The page of a folder under the usual policy.
fn told(folder: &str) -> String {
    page::page(&crises(&builder::readings(folder)))
}

fn crises(readings: &[Reading]) -> Vec<Crisis> {
    crate::assemble_among(readings, &[], &[], Policy::FullRange).value
}

/// Asserts that some line of the page begins and goes on so; `…` stands for anything.
#[track_caller]
fn has(page: &str, line: &str) {
    assert!(finds(page, line), "no line\n  {line}\nin\n{page}");
}

/// Asserts that no line of the page does.
#[track_caller]
fn lacks(page: &str, line: &str) {
    assert!(!finds(page, line), "an unwanted line\n  {line}\nin\n{page}");
}

fn finds(page: &str, line: &str) -> bool {
    page.lines().any(|l| {
        let mut rest = l;
        line.split('…').enumerate().all(|(i, part)| match rest.find(part) {
            Some(at) if i > 0 || at == 0 => {
                rest = &rest[at + part.len()..];
                true
            }
            _ => false,
        })
    })
}

#[test]
#[ignore = "private"]
fn private() {
    #[allow(clippy::disallowed_methods)]
    let text = std::fs::read_to_string(std::env::var("CRISIS_FOLDER").unwrap()).unwrap();
    println!("{}", told(&text));
}
