//! The nouns of Detente: everything that crosses a wall between crates or touches a disk.
//!
//! A report enters as a [`Document`], is read into a [`Reading`] (one document, a pure map), and
//! many readings are assembled into [`Crisis`]es (a pure fold, order-free). This crate holds those
//! nouns and the constructors that keep their invariants. It holds no rules and does no I/O.
//!
//! The modules stand in reading order; each uses only those above it.
//!
//! 1. [`span`] bytes of the text as received, [`id`] content hashes, [`note`] values with notes.
//! 2. [`document`] one report and its mask, [`evidence`] why a fact may be stated.
//! 3. [`date`] intervals with precision and basis, [`expression`] words that tell a time, [`place`], [`actor`].
//! 4. [`ontology`] PLOVER types, modes, contexts; modality and polarity.
//! 5. [`event`], [`attack`], [`figure`], [`claim`], [`act`], [`quote`], [`attribution`]: what one report says.
//! 6. [`reading`]: all of it for one report.
//! 7. [`story`], [`incident`], [`tally`], [`mediation`], [`disagreement`], [`timeline`]: what many
//!    reports say together, and [`crisis`]: the assembled books.
//! 8. [`decision`]: what an analyst decided about them.
//!
//! # Does not
//! Read text, resolve actors, know codebooks beyond their closed lists of names.

pub mod act;
pub mod actor;
pub mod attack;
pub mod attribution;
pub mod claim;
pub mod crisis;
pub mod date;
pub mod decision;
pub mod disagreement;
pub mod document;
pub mod event;
pub mod evidence;
pub mod expression;
pub mod figure;
pub mod id;
pub mod incident;
pub mod mediation;
pub mod note;
pub mod ontology;
pub mod place;
pub mod quote;
pub mod reading;
pub mod span;
pub mod story;
pub mod tally;
pub mod timeline;

pub use act::{Act, Stage};
pub use actor::{Actor, ActorKind, ActorRef, Certainty, Office, Sector, Via};
pub use attack::Attack;
pub use attribution::Attribution;
pub use claim::{Claim, Stance, Strength};
pub use crisis::{Crisis, Gap, Report};
pub use date::{Basis, Precision, When};
pub use decision::{Decision, EventChange, FactAt, FactKind, FigureChange, Ruling};
pub use disagreement::{Disagreement, Kind as DisagreementKind, Side, Verdict};
pub use document::{Document, MaskReason, Masked};
pub use event::Event;
pub use evidence::{Cited, Evidence, Tier};
pub use expression::{DayPart, TimeExpression, TimeKind};
pub use figure::{Comparator, Counted, Figure};
pub use id::{
    ActId, ActorId, ClaimId, CrisisId, DecisionId, DisagreementId, DocumentId, EventId, FigureId, IncidentId,
    MediationId, StoryId, TallyId,
};
pub use incident::Incident;
pub use mediation::{Answer, CitedAct, Mediation, State as MediationState};
pub use note::{Note, Noted};
pub use ontology::{Context, EventType, Modality, Mode, Polarity, Quad};
pub use place::Place;
pub use quote::Quote;
pub use reading::{Reading, SentenceKind, SentenceSpan};
pub use span::Span;
pub use story::Story;
pub use tally::{Bound, Policy, Tally, TallyClaim};
pub use timeline::TimelineEntry;
