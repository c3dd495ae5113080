//! The dated course of a crisis.

use crate::{Evidence, IncidentId, Modality, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineEntry {
    /// When, as an interval.
    pub when: When,
    /// The line, in a report's words.
    pub text: String,
    /// How real.
    pub modality: Modality,
    /// The incident behind it.
    pub incident: IncidentId,
    /// Before the crisis.
    pub background: bool,
    /// Number of origins.
    pub origins: usize,
    /// Sentences. Not empty.
    pub evidence: Vec<Evidence>,
}
