//! Reports that tell the same, and the first teller that copies go back to.

use crate::{ActorId, DocumentId, Evidence, StoryId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the reports of a story belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kinship {
    /// One report only.
    Single,
    /// The same text, whole or cut, reworded a little.
    Copy,
    /// Different texts on the same happening or statement.
    SameEvent,
}

/// Reports that tell the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Hash of its reports.
    pub id: StoryId,
    /// How they belong together.
    pub kinship: Kinship,
    /// The reports, sorted.
    pub reports: Vec<DocumentId>,
    /// Groups of copies inside the story: each group is one origin, however many outlets carry it.
    pub copies: Vec<Vec<DocumentId>>,
    /// What binds them, in a few words ("Khorev at the institute, Monday").
    pub title: String,
    /// Sentences that show it.
    pub evidence: Vec<Evidence>,
}

/// The first teller of a fact. Facts are counted by origins, never by outlets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "teller", content = "of")]
pub enum Origin {
    /// A named or described speaker whom reports quote: ten outlets quoting one spokesman are one origin.
    Speaker(ActorId),
    /// An outlet on its own account, named by the first report of its group of copies.
    Report(DocumentId),
}
