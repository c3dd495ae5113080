//! The five reports, read and put together, and ways to ask about a stretch of one.

use crate::support::root;
use detente::intake;
use detente::pipeline::{self, Books, Desk, Wishes};
use detente_publish::records;
use detente_types::{
    Act, ActorRef, Cited, CitedAct, Claim, Crisis, Disagreement, DisagreementKind, DocumentId, Event,
    Evidence, Figure, Incident, Mediation, Reading, Span,
};
use std::path::PathBuf;

/// File names, each with the start of the SHA-256 of what is expected in it.
const FILES: [(&str, &str); 5] = [
    ("000_3829cf063653bc34.txt", "6105dceb60d37d3d"),
    ("001_38550872d5683ae7.txt", "3f62c787084f689e"),
    ("002_f7d947b7d5176201.txt", "bde541030e9f3483"),
    ("003_a6b629965d354249.txt", "4fe039c8bad634fd"),
    ("004_cf85bf89f73b6b4d.txt", "0dba139f52fc2d3c"),
];

/// A stretch of one report: its number and its bytes.
pub(crate) type At = (usize, usize, usize);

pub(crate) struct Five {
    pub(crate) books: Books,
    /// The same, from a second run that took the reports in another order.
    pub(crate) again: Books,
}

impl Five {
    /// Reads them; `None` where they are not there, which is said.
    pub(crate) fn open() -> Option<Five> {
        let shared =
            std::env::var_os("DETENTE_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
        let folder = shared.join("reports/durand");
        if !folder.is_dir() {
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "{} is not there, and this is CI",
                folder.display()
            );
            println!(
                "skipped: {} is not there; DETENTE_SHARED says where the five reports are",
                folder.display()
            );
            return None;
        }
        let taken = intake::gather(std::slice::from_ref(&folder)).taken;
        assert_eq!(taken.len(), FILES.len(), "five reports");
        for (taken, (name, hash)) in taken.iter().zip(FILES) {
            assert!(taken.document.path.ends_with(name), "{}", taken.document.path);
            let found = sha256(taken.document.text().as_bytes());
            assert!(found.starts_with(hash), "{name} is not the text that the offsets are for");
        }
        let desk = Desk::open(&[]).expect("the bundled knowledge is whole");
        let mut turned = taken.clone();
        turned.reverse();
        let run = |taken| {
            let intake = intake::Intake { taken, ..Default::default() };
            pipeline::run(intake, &desk, Wishes::default(), &|| {})
        };
        let (books, mut again) = (run(taken), run(turned));
        again.readings.reverse();
        Some(Five { books, again })
    }

    /// Records as bytes.
    pub(crate) fn records(books: &Books) -> String {
        records::lines(&pipeline::records(books))
    }

    pub(crate) fn reading(&self, report: usize) -> &Reading {
        &self.books.readings[report]
    }

    pub(crate) fn id(&self, report: usize) -> &DocumentId {
        self.reading(report).document.id()
    }

    /// The crisis that all five belong to.
    pub(crate) fn crisis(&self) -> Result<&Crisis, String> {
        let crises = &self.books.crises;
        match crises.iter().find(|c| c.reports.len() == 5) {
            Some(crisis) => Ok(crisis),
            None => {
                let sizes: Vec<usize> = crises.iter().map(|c| c.reports.len()).collect();
                Err(format!("the five are not one crisis but crises of {sizes:?} reports"))
            }
        }
    }

    pub(crate) fn events(&self, at: At) -> Vec<&Event> {
        within(&self.reading(at.0).events, at)
    }

    pub(crate) fn figures(&self, at: At) -> Vec<&Figure> {
        within(&self.reading(at.0).figures, at)
    }

    pub(crate) fn claims(&self, at: At) -> Vec<&Claim> {
        within(&self.reading(at.0).claims, at)
    }

    pub(crate) fn acts(&self, at: At) -> Vec<&Act> {
        within(&self.reading(at.0).acts, at)
    }

    /// Does one of these sentences overlap the stretch?
    pub(crate) fn touches(&self, evidence: &[Evidence], at: At) -> bool {
        evidence.iter().any(|e| e.document == *self.id(at.0) && e.sentence.overlaps(span(at)))
    }

    /// The happenings that have a sentence in the stretch.
    pub(crate) fn incidents<'s>(&'s self, crisis: &'s Crisis, at: At) -> Vec<&'s Incident> {
        crisis.incidents.iter().filter(|i| self.touches(&i.evidence, at)).collect()
    }

    /// The steps that have a sentence in the stretch, over all tracks.
    pub(crate) fn steps<'s>(&'s self, crisis: &'s Crisis, at: At) -> Vec<&'s CitedAct> {
        crisis.mediations.iter().flat_map(|m| &m.acts).filter(|a| self.touches(&a.evidence, at)).collect()
    }

    /// Points of a kind that have a sentence in each of the stretches, on different sides.
    pub(crate) fn disagreements<'s>(
        &'s self,
        crisis: &'s Crisis,
        kind: DisagreementKind,
        stretches: &[At],
    ) -> Vec<&'s Disagreement> {
        let apart = |d: &Disagreement| {
            let side = |at: &At| d.sides.iter().position(|s| self.touches(&s.evidence, *at));
            let mut sides: Vec<Option<usize>> = stretches.iter().map(side).collect();
            let found = sides.iter().all(Option::is_some);
            sides.sort();
            sides.dedup();
            found && sides.len() == stretches.len()
        };
        crisis.disagreements.iter().filter(|d| d.kind == kind && apart(d)).collect()
    }

    /// The tracks with exactly these mediators.
    pub(crate) fn tracks<'s>(&'s self, crisis: &'s Crisis, mediators: &[&str]) -> Vec<&'s Mediation> {
        let same = |m: &Mediation| m.mediators.iter().map(|id| id.as_str()).eq(mediators.iter().copied());
        crisis.mediations.iter().filter(|m| same(m)).collect()
    }
}

pub(crate) fn span(at: At) -> Span {
    Span::new(at.1, at.2)
}

fn within<T>(facts: &[Cited<T>], at: At) -> Vec<&T> {
    let told = |fact: &&Cited<T>| fact.evidence().iter().any(|e| e.sentence.overlaps(span(at)));
    facts.iter().filter(told).map(|fact| &fact.fact).collect()
}

/// The ids of those referred to.
pub(crate) fn ids(refs: &[ActorRef]) -> Vec<&str> {
    refs.iter().map(|r| r.actor.as_str()).collect()
}

/// Is it Pakistan, or a body of it?
pub(crate) fn pakistan(id: &str) -> bool {
    id == "PAK" || id.starts_with("PAK/")
}

/// Is it the Taliban as the government of Afghanistan, or a body of theirs?
pub(crate) fn kabul(id: &str) -> bool {
    id == "AFG" || id == "TALIBAN" || id.starts_with("AFG/") || id.starts_with("TALIBAN/")
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
