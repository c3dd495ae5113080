//! To which fields of politics an event belongs.
//!
//! # How
//! 1. The nouns and adjectives of its clause, by the classes `context_…` of the lexicon.
//! 2. What it is: a cyberattack is of the field of computers whatever else its clause says.
//! 3. Who takes part: armed forces, intelligence services, peoples and faiths.
//!
//! # Does not
//! Judge groups: whether those who fight are terrorists is only said where the report says it.

use super::core::Core;
use super::mode::joined;
use crate::Report;
use crate::tree::Tree;
use detente_types::{Context, EventType, Mode, Sector};

/// Classes of the lexicon with the words of each field.
const WORDS: &[(&str, Context)] = &[
    ("context_military", Context::Military),
    ("context_intelligence", Context::Intelligence),
    ("context_diplomatic", Context::Diplomatic),
    ("context_territory", Context::Territory),
    ("context_peacekeeping", Context::Peacekeeping),
    ("context_terrorism", Context::Terrorism),
    ("context_human_security", Context::HumanSecurity),
    ("context_migration", Context::Migration),
    ("context_asylum", Context::Asylum),
    ("context_human_rights", Context::HumanRights),
    ("context_economic", Context::Economic),
    ("context_political_institutions", Context::PoliticalInstitutions),
    ("context_executive", Context::Executive),
    ("context_religion_ethnicity", Context::ReligionEthnicity),
    ("context_cbrn", Context::Cbrn),
    ("context_cyber", Context::Cyber),
    ("context_misinformation", Context::Misinformation),
];

/// The fields of the event, in the codebook's order.
pub(super) fn contexts(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &Core) -> Vec<Context> {
    let lexicon = report.knowledge.lexicon();
    let mut out = Vec::new();
    for n in tree.subtree_without(core.scope.clause, &["parataxis"]) {
        if tree.is_verb(n) && n != core.token && tree.base(n) != "amod" {
            continue;
        }
        if report.cast.meaning(s, n).refs.iter().any(|r| r.actor.as_str().starts_with("POP/")) {
            out.push(Context::ReligionEthnicity);
        }
        let lemma = tree.lemma(n);
        let named = WORDS
            .iter()
            .filter(|(class, _)| lexicon.in_class(class, &lemma) || joined(tree, lexicon, class, n));
        out.extend(named.map(|(_, context)| *context));
    }
    out.extend(by_kind(core));
    for r in core.actors.iter().chain(&core.recipients) {
        match report.cast.actor(&r.actor).and_then(|a| a.sector) {
            Some(Sector::Mil) => out.push(Context::Military),
            Some(Sector::Spy) => out.push(Context::Intelligence),
            Some(Sector::Rel) => out.push(Context::ReligionEthnicity),
            _ => {}
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The fields that type and mode alone decide.
fn by_kind(core: &Core) -> Vec<Context> {
    let mut out = Vec::new();
    let police = core.modes.iter().any(|m| matches!(m, Mode::Police | Mode::CrowdControl));
    if matches!(core.kind, EventType::Assault | EventType::Mobilize) && !police {
        out.push(Context::Military);
    }
    if core.act.is_some() {
        out.push(Context::Diplomatic);
    }
    out.extend(core.modes.iter().filter_map(|mode| match mode {
        Mode::SuicideAttack => Some(Context::Terrorism),
        Mode::Torture | Mode::Sexual => Some(Context::HumanRights),
        Mode::Unconventional => Some(Context::Cbrn),
        Mode::Cyber => Some(Context::Cyber),
        Mode::Misinformation => Some(Context::Misinformation),
        Mode::SanctionExpel => Some(Context::Diplomatic),
        _ => None,
    }));
    out
}
