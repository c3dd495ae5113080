//! Codes in plain words: what `detente explain` knows.
//!
//! A dossier prints `(C101)`, a record says `ASSAULT-drone`; whoever reads it asks what that means. Event types,
//! modes, contexts and sectors are explained in the knowledge files; the other codes in `codes.toml` and `words.toml`
//! beside this file.
//!
//! # How
//! 1. [`Glossary::new`] collects all. 2. [`Glossary::find`] takes a code in any case, and a mode without its
//!    type: "withdraw" is a stage and three modes. 3. [`Glossary::nearest`] helps after a slip.

use detente_knowledge::Knowledge;
use detente_types::{Context, EventType, Mode, Sector};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A code, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code as printed.
    pub code: String,
    /// What kind of code: "note", "policy", "event type".
    pub class: &'static str,
    /// What it means, in a few words.
    pub title: String,
    /// What there is to know, a paragraph each.
    pub paragraphs: Vec<String>,
}

/// Every code.
#[derive(Clone, Debug)]
pub struct Glossary {
    entries: Vec<Entry>,
}

/// What an entry of `codes.toml` holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    title: String,
    text: Option<String>,
    remedy: Option<String>,
}

/// `codes.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    note: Vec<Written>,
    policy: Vec<Written>,
    stage: Vec<Written>,
    disagreement: Vec<Written>,
    modality: Vec<Written>,
    mask: Vec<Written>,
}

/// The lists of `words.toml` and what their codes are.
const WORDS: &[(&str, &str)] = &[
    ("status", "status of a happening"),
    ("state", "state of a track"),
    ("verdict", "verdict on a disagreement"),
    ("agreement", "agreement on a count"),
    ("interest", "interest in a count"),
    ("comparator", "comparator"),
    ("stance", "stance of a claim"),
    ("strength", "strength"),
    ("precision", "precision of a date"),
    ("basis", "basis of a date"),
    ("tier", "weight of a sentence"),
    ("via", "how an actor was understood"),
];

impl Glossary {
    /// Every code, class by class.
    pub fn new(knowledge: &Knowledge) -> Glossary {
        let file: File = toml::from_str(include_str!("codes.toml")).expect("a test reads this file");
        let mut entries = Vec::new();
        let mut written = |class: &'static str, list: Vec<Written>| {
            entries.extend(list.into_iter().map(|w| {
                let paragraphs = w.text.into_iter().chain(w.remedy).collect();
                Entry { code: w.code, class, title: w.title, paragraphs }
            }));
        };
        written("note", file.note);
        written("policy", file.policy);
        written("stage of mediation", file.stage);
        written("kind of disagreement", file.disagreement);
        written("modality", file.modality);
        written("mask", file.mask);
        let mut words: BTreeMap<String, Vec<Written>> =
            toml::from_str(include_str!("words.toml")).expect("a test reads this file");
        for (list, class) in WORDS {
            written(class, words.remove(*list).unwrap_or_default());
        }
        entries.extend(EventType::ALL.iter().map(|kind| event_type(knowledge, *kind)));
        entries.extend(Mode::ALL.iter().map(|one| mode(knowledge, *one)));
        entries.extend(Context::ALL.iter().map(|one| context(knowledge, *one)));
        entries.extend(sectors().into_iter().map(|one| sector(knowledge, one)));
        Glossary { entries }
    }

    /// Every entry, class by class.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every entry with this code, or this mode of whatever type.
    pub fn find(&self, code: &str) -> Vec<&Entry> {
        let wanted = plain(code);
        if wanted.is_empty() {
            return Vec::new();
        }
        let whole = self.entries.iter().filter(|e| plain(&e.code) == wanted);
        let mode = self.entries.iter().filter(|e| short_mode(e).is_some_and(|mode| plain(mode) == wanted));
        whole.chain(mode).collect()
    }

    /// The codes that are nearest to a wrong one, at most three, the nearest first.
    pub fn nearest(&self, code: &str) -> Vec<&str> {
        let wanted = plain(code);
        let rate = |entry: &'_ Entry| strsim::damerau_levenshtein(&wanted, &plain(&entry.code));
        let most = 2.max(wanted.chars().count() / 3);
        let mut near: Vec<(usize, &str)> = self.entries.iter().map(|e| (rate(e), e.code.as_str())).collect();
        near.retain(|(distance, _)| *distance <= most);
        near.sort();
        near.dedup();
        near.into_iter().take(3).map(|(_, code)| code).collect()
    }
}

/// The mode without its type, if the code is a mode.
fn short_mode(entry: &Entry) -> Option<&'static str> {
    Mode::ALL.iter().find(|m| m.code() == entry.code).map(|m| m.short())
}

/// A code without case and punctuation.
fn plain(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn event_type(knowledge: &Knowledge, kind: EventType) -> Entry {
    let known = knowledge.type_entry(kind);
    let quad = match kind.quad() {
        Some(quad) => format!("{quad:?}").chars().fold(String::new(), |mut words, c| {
            if c.is_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.extend(c.to_lowercase());
            words
        }),
        None => "of our own; not in PLOVER".to_string(),
    };
    let mut paragraphs = vec![known.rule.clone()];
    let modes: Vec<&str> = Mode::ALL.iter().filter(|m| m.kind() == kind).map(|m| m.short()).collect();
    if !modes.is_empty() {
        paragraphs.push(format!("Modes: {}.", modes.join(", ")));
    }
    paragraphs.push(scored(known.score, &known.cameo, &quad));
    Entry { code: kind.code().to_string(), class: "event type", title: known.meaning.clone(), paragraphs }
}

fn mode(knowledge: &Knowledge, mode: Mode) -> Entry {
    let known = knowledge.mode_entry(mode);
    let paragraphs = vec![scored(known.score, &known.cameo, &format!("mode of {}", mode.kind()))];
    Entry { code: mode.code().to_string(), class: "mode", title: known.meaning.clone(), paragraphs }
}

/// One line of the codebook: quad class, score, the CAMEO codes that it covers.
fn scored(score: Option<f64>, cameo: &[String], lead: &str) -> String {
    let mut words = lead.to_string();
    if let Some(score) = score {
        words.push_str(&format!("; score {score:+}"));
    }
    if !cameo.is_empty() {
        words.push_str(&format!("; CAMEO {}", cameo.join(", ")));
    }
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn context(knowledge: &Knowledge, context: Context) -> Entry {
    let known = knowledge.context_entry(context);
    let code = serde_name(&context);
    Entry { code, class: "context", title: known.meaning.clone(), paragraphs: Vec::new() }
}

fn sector(knowledge: &Knowledge, sector: Sector) -> Entry {
    let known = knowledge.sector_entry(sector);
    let (code, title) = (serde_name(&sector), known.name.clone());
    Entry { code, class: "sector", title, paragraphs: vec![known.meaning.clone()] }
}

/// The name under which a code is written in records.
fn serde_name(code: &impl serde::Serialize) -> String {
    let written = serde_json::to_value(code).expect("a code is a word");
    written.as_str().unwrap_or_default().to_string()
}

/// Every sector, by its code.
fn sectors() -> Vec<Sector> {
    let codes = [
        "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM",
        "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO", "MNC",
    ];
    codes.iter().filter_map(|code| serde_json::from_value((*code).into()).ok()).collect()
}

#[cfg(test)]
mod tests;
