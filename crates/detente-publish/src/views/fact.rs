//! What stands behind one line: first tellers, inferences, and the points on which reports differ about it.

use crate::compose::books::Books;
use crate::compose::differences;
use crate::dossier::Difference;
use crate::words::{capital, codes};
use detente_types::disagreement::About;
use detente_types::story::Origin;
use detente_types::{ActorId, Crisis, Evidence};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// What stands behind one line.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Fact {
    /// Its id: of an incident, a tally or a track.
    pub id: String,
    /// What it is: "incident", "tally", "mediation".
    pub noun: &'static str,
    /// How it stands, in words: "claimed", "contested"; `None` where it is told plainly.
    pub standing: Option<&'static str>,
    /// How surely its tellings are one thing, 0 to 1; `None` where that was not asked.
    pub confidence: Option<f64>,
    /// First tellers: what copies and quotations go back to.
    pub origins: Vec<FirstTeller>,
    /// Numbers of the reports that tell it.
    pub reports: Vec<usize>,
    /// Numbers of the reports that tell it and carry another's text.
    pub copies: Vec<usize>,
    /// Names that stand in it by inference and not by words.
    pub inferred: Vec<String>,
    /// Points on which reports differ about it.
    pub otherwise: Vec<Difference>,
}

/// A first teller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirstTeller {
    /// Who, in words: a speaker whom reports quote, or an outlet.
    pub name: String,
    /// The speaker, where it is one.
    pub speaker: Option<ActorId>,
    /// The number of the report, where the outlet tells it on its own account.
    pub report: Option<usize>,
}

/// What stands behind an incident, a tally or a track; `None` where the crisis has none with this id.
pub fn fact(crisis: &Crisis, id: &str) -> Option<Fact> {
    let books = Books::open(crisis);
    incident(&books, id).or_else(|| tally(&books, id)).or_else(|| mediation(&books, id))
}

fn incident(books: &Books<'_>, id: &str) -> Option<Fact> {
    let one = books.crisis.incidents.iter().find(|i| i.id.as_str() == id)?;
    let mut fact = told(books, id, "incident", &one.origins, &one.evidence);
    fact.standing = codes::standing(one);
    fact.confidence = Some(one.confidence);
    fact.inferred = one.inferred.iter().map(|r| books.name(&r.actor)).collect();
    fact.otherwise = about(books, |about| matches!(about, About::Incident(i) if *i == one.id));
    Some(fact)
}

fn tally(books: &Books<'_>, id: &str) -> Option<Fact> {
    let one = books.crisis.tallies.iter().find(|t| t.id.as_str() == id)?;
    let evidence: Vec<Evidence> = one.claims.iter().flat_map(|c| c.evidence.clone()).collect();
    let mut fact = told(books, id, "tally", &one.origins, &evidence);
    let guessed = one.claims.iter().filter(|c| c.inferred).filter_map(|c| c.claimant.as_ref());
    fact.inferred = guessed.map(|id| books.name(id)).collect();
    fact.otherwise = about(books, |about| match about {
        About::Tally(t) => *t == one.id,
        About::Incident(i) => one.incident.as_ref() == Some(i),
        _ => false,
    });
    Some(fact)
}

fn mediation(books: &Books<'_>, id: &str) -> Option<Fact> {
    let one = books.crisis.mediations.iter().find(|m| m.id.as_str() == id)?;
    let evidence: Vec<Evidence> = one.acts.iter().flat_map(|a| a.evidence.clone()).collect();
    let mut origins: Vec<Origin> = one.acts.iter().flat_map(|a| a.origins.clone()).collect();
    origins.sort();
    origins.dedup();
    let mut fact = told(books, id, "mediation", &origins, &evidence);
    fact.otherwise = about(books, |about| matches!(about, About::Mediation(m) if *m == one.id));
    Some(fact)
}

fn told(books: &Books<'_>, id: &str, noun: &'static str, origins: &[Origin], evidence: &[Evidence]) -> Fact {
    let numbers = evidence.iter().filter_map(|e| books.number(&e.document));
    let reports: BTreeSet<usize> = numbers.collect();
    let copies = reports.iter().filter(|n| books.copies().contains_key(n)).copied().collect();
    Fact {
        id: id.to_string(),
        noun,
        standing: None,
        confidence: None,
        origins: origins.iter().filter_map(|o| teller(books, o)).collect(),
        reports: reports.into_iter().collect(),
        copies,
        inferred: Vec::new(),
        otherwise: Vec::new(),
    }
}

fn teller(books: &Books<'_>, origin: &Origin) -> Option<FirstTeller> {
    Some(match origin {
        Origin::Speaker(id) => {
            FirstTeller { name: capital(&books.speaker(id)), speaker: Some(id.clone()), report: None }
        }
        Origin::Report(id) => {
            let number = books.number(id)?;
            let outlet = books.crisis.reports[number - 1].outlet.clone();
            let name = outlet.unwrap_or_else(|| "Outlet not named".to_string());
            FirstTeller { name, speaker: None, report: Some(number) }
        }
    })
}

fn about(books: &Books<'_>, wanted: impl Fn(&About) -> bool) -> Vec<Difference> {
    let found = books.crisis.disagreements.iter().filter(|d| wanted(&d.about));
    found.filter_map(|d| differences::difference(books, d)).collect()
}
