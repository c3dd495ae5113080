//! A crisis seen from one side at a time: its card, one fact, its places, who deals with whom.
//!
//! A dossier tells a crisis from top to bottom. A page is asked for less at a time: which crises there are, what
//! stands behind this one line, where it was, who does what to whom. Each answer is made of the same facts, in the
//! same words and with the same citations as the dossier.
//!
//! # How
//! 1. [`mod@card`]: a crisis in a list of several, with its days in numbers.
//! 2. [`mod@fact`]: who else says so, who says otherwise, first tellers counted.
//! 3. [`mod@places`]: what happened where, each place as exact as it is known.
//! 4. [`mod@network`]: actors, and what passes between them.
//!
//! # Does not
//! Interpret, or know what shows the answers.

mod card;
mod fact;
mod network;
mod places;

pub use card::{Card, Day, TrackCard, card};
pub use fact::{Fact, FirstTeller, fact};
pub use network::{Network, Node, Tie, network};
pub use places::{Happening, Spot, places};
