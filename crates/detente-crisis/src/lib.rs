//! Many Readings to Crises.

use detente_knowledge::Knowledge;
use detente_types::{Crisis, Noted, Policy, Reading};

/// Assembles readings into crises. Pure, and the order of the readings does not matter.
pub fn assemble(readings: &[Reading], knowledge: &Knowledge, policy: Policy) -> Noted<Vec<Crisis>> {
    let _ = (readings, knowledge, policy);
    Noted::plain(Vec::new())
}
