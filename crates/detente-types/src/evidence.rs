//! Why a fact may be stated: the sentence it came from and the rule that fired.

use crate::{DocumentId, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much weight a sentence carries by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Running text.
    Body,
    /// The report's own headline or standfirst.
    Headline,
    /// The headline of another report, linked from this one. Never body text.
    Link,
}

/// One sentence of one report that carries a fact, and the rule that read it there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The report.
    pub document: DocumentId,
    /// The whole sentence.
    pub sentence: Span,
    /// The words inside the sentence that decided (trigger, number, cue).
    pub marks: Vec<Span>,
    /// Name of the rule or lexicon entry that fired, e.g. `frame/accuse`.
    pub rule: String,
    /// Where the sentence stands.
    pub tier: Tier,
}

/// A fact with at least one piece of evidence. There is no other way to hold a fact.
// Invariant: `evidence` is not empty, sorted, without repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cited<T> {
    /// The fact.
    pub fact: T,
    evidence: Vec<Evidence>,
}

impl<T> Cited<T> {
    /// A fact and the sentence it came from.
    pub fn new(fact: T, evidence: Evidence) -> Cited<T> {
        Cited { fact, evidence: vec![evidence] }
    }

    /// A fact and several sentences; `None` when there are none, since a fact needs one.
    pub fn from_all(fact: T, evidence: impl IntoIterator<Item = Evidence>) -> Option<Cited<T>> {
        let mut evidence: Vec<Evidence> = evidence.into_iter().collect();
        evidence.sort();
        evidence.dedup();
        (!evidence.is_empty()).then_some(Cited { fact, evidence })
    }

    /// One more sentence for the same fact.
    pub fn support(&mut self, evidence: Evidence) {
        self.evidence.push(evidence);
        self.evidence.sort();
        self.evidence.dedup();
    }

    /// All sentences, sorted by report and place.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// Keeps the evidence, changes the fact.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Cited<U> {
        Cited { fact: f(self.fact), evidence: self.evidence }
    }
}

impl<T> std::ops::Deref for Cited<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.fact
    }
}
