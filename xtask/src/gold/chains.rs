//! `cargo xtask gold chains`: mentions and chains of detente-language against GUM.
//!
//! The scheme is GUM's own, unreduced: every mention counts, also those that nothing else refers to
//! (singletons), with appositions and predicates in the chain. Sentences and words are given; tags,
//! trees, mentions and chains are found. A mention is found if its first and last word agree. A second
//! score leaves all chains of one mention out on both sides, as OntoNotes does.
//!
//! # How
//! 1. [`documents`]: GUM by document. 2. `chains` on each. 3. MUC, B³ and CEAF-e, their mean is the
//!    CoNLL score; counts are summed over documents.
//! # From
//! Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B³), Luo 2005 (CEAF), Pradhan et al. 2014.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use detente_language::Language;

use super::coreference::{Key, Score};
use super::language::words_of;
use super::lessons;
use super::treebank::{self, Sentence};

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Score the development part instead of the test part
    #[arg(long)]
    dev: bool,
    /// Write what a scorer is trained from into this folder, for `train/chains.py`, and score nothing
    #[arg(long)]
    export: Option<PathBuf>,
    /// List the chains of two or more of this document
    #[arg(long)]
    show: Option<String>,
}

/// The bundled weights must score at least this on the test part. Floors rise, they do not fall.
const FLOORS: [(bool, f64); 2] = [(true, 65.2), (false, 56.5)];

/// A document of GUM.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) genre: String,
    pub(crate) sentences: Vec<Sentence>,
}

/// GUM's documents of one part.
pub(crate) fn documents(part: &str) -> Result<Vec<Document>> {
    let mut out: Vec<Document> = Vec::new();
    for paragraph in treebank::read(&format!("treebank/gum/{part}.conllu.xz"))? {
        for sentence in paragraph.sentences {
            match out.last_mut() {
                Some(document) if document.name == sentence.document => document.sentences.push(sentence),
                _ => out.push(Document {
                    name: sentence.document.clone(),
                    genre: sentence.genre.clone(),
                    sentences: vec![sentence],
                }),
            }
        }
    }
    Ok(out)
}

/// Scores, and prints a table.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(folder) = &arguments.export {
        return lessons::export(folder);
    }
    let language = Language::english();
    let part = if arguments.dev { "dev" } else { "test" };
    let mut scores: BTreeMap<(bool, String), Score> = BTreeMap::new();
    for document in documents(part)? {
        let (text, spans) =
            words_of(document.sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str())));
        let sentences = language.analyze_tokens(&text, &spans);
        let chains = language.chains(&text, &sentences);
        let found: Vec<Vec<Key>> = chains
            .iter()
            .map(|c| c.mentions.iter().map(|m| (m.sentence, m.tokens.start, m.tokens.end - 1)).collect())
            .collect();
        if arguments.show.as_ref() == Some(&document.name) {
            show(&document, &found);
        }
        let gold = gold(&document);
        for singletons in [true, false] {
            let of = |chains: &[Vec<Key>]| -> Vec<BTreeSet<Key>> {
                let sets = chains.iter().map(|c| c.iter().copied().collect::<BTreeSet<Key>>());
                sets.filter(|c| c.len() > 1 || singletons && !c.is_empty()).collect()
            };
            let score = Score::of(&of(&gold), &of(&found));
            for genre in ["", &document.genre] {
                *scores.entry((singletons, genre.to_owned())).or_default() += score;
            }
        }
    }
    print(part, &scores);
    if !arguments.dev {
        for (singletons, floor) in FLOORS {
            let reached = scores.get(&(singletons, String::new())).map_or(0.0, Score::conll);
            anyhow::ensure!(reached >= floor, "floor missed: chains, singletons {singletons}, below {floor}");
        }
    }
    Ok(())
}

/// The chains of a document as GUM has them.
pub(crate) fn gold(document: &Document) -> Vec<Vec<Key>> {
    let mut groups: BTreeMap<&str, Vec<Key>> = BTreeMap::new();
    for (s, sentence) in document.sentences.iter().enumerate() {
        for m in &sentence.mentions {
            groups.entry(&m.group).or_default().push((s, m.first, m.last));
        }
    }
    groups.into_values().collect()
}

fn print(part: &str, scores: &BTreeMap<(bool, String), Score>) {
    for singletons in [true, false] {
        let with = if singletons { "singletons kept" } else { "without singletons" };
        println!("| GUM {part}, {with} | mentions P | R | F1 | MUC | B³ | CEAF-e | CoNLL F1 |");
        println!("|---|--:|--:|--:|--:|--:|--:|--:|");
        for ((_, genre), score) in scores.iter().filter(|(k, _)| k.0 == singletons) {
            let name = if genre.is_empty() { "all" } else { genre };
            println!("| {name} {score} |");
        }
        println!();
    }
}

fn show(document: &Document, chains: &[Vec<Key>]) {
    for chain in chains.iter().filter(|c| c.len() > 1) {
        let words = |&(s, first, last): &Key| {
            let words = document.sentences[s].words[first..=last].iter().map(|w| w.form.as_str());
            format!("{}:{}", s + 1, words.collect::<Vec<_>>().join(" "))
        };
        println!("- {}", chain.iter().map(words).collect::<Vec<_>>().join(" | "));
    }
}
