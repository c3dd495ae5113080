//! Names of things: content hashes, the same on every run and every machine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Hashes parts into a short name, 16 hexadecimal digits. Parts are length-prefixed, so that
/// `["ab", "c"]` and `["a", "bc"]` differ.
pub fn digest<I, P>(parts: I) -> String
where
    I: IntoIterator<Item = P>,
    P: AsRef<[u8]>,
{
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        let part = part.as_ref();
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_hex()[..16].to_string()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The id of the thing whose defining parts are these, in this order.
            pub fn of<I, P>(parts: I) -> $name
            where I: IntoIterator<Item = P>, P: AsRef<[u8]> {
                $name(format!(concat!($prefix, "{}"), digest(parts)).into())
            }

            /// An id that was given its name elsewhere (a knowledge key, a stored record).
            pub fn named(name: &str) -> $name {
                $name(name.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A report: hash of its text, title, outlet, address and date as given.
    DocumentId "doc-";
    /// An actor: a readable key (`PAK`, `PAK/MIL`, `TTP`, `person/albert-khorev`), never a hash.
    ActorId "actor-";
    /// An event as one report tells it.
    EventId "ev-";
    /// A count as one report tells it.
    FigureId "fig-";
    /// An accusation, denial, justification or assertion in one report.
    ClaimId "cl-";
    /// One step of mediation as one report tells it.
    ActId "act-";
    /// Reports that tell the same.
    StoryId "story-";
    /// One happening in the world.
    IncidentId "inc-";
    /// A count of one thing in one incident, over all its claimants.
    TallyId "tally-";
    /// One track of mediation.
    MediationId "med-";
    /// One point on which reports differ.
    DisagreementId "dis-";
    /// One crisis.
    CrisisId "crisis-";
    /// What an analyst decided.
    DecisionId "dec-";
}
