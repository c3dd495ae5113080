//! Every name of every actor, put into a plain sentence and read, stands for its actor.
//!
//! A name may be lost on its way: the tokeniser cuts it ("Lord", "'s"), the tree hangs its words apart, the
//! analyser takes a group for a person. Names that are lost today are listed in `spec/name-failures.txt`; the list
//! may only shrink. Names with two bearers, and those of one time only, need a report around them and are left out.

use detente_knowledge::Knowledge;
use detente_language::Language;
use detente_types::{ActorId, Document, Span, document::Given};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// A name and whose it is.
struct Name {
    text: String,
    actor: ActorId,
}

/// Names of two words or more: of persons the full one, of others all.
fn names(knowledge: &Knowledge) -> Vec<Name> {
    let mut out = Vec::new();
    for actor in knowledge.actors() {
        let person = actor.id.as_str().starts_with("person/");
        let lasting = person || actor.to.is_none();
        // Of the many spellings of persons' names the first will do: a test of half a minute is not run.
        let others = if person { &[][..] } else { &actor.aliases[..] };
        for name in std::iter::once(&actor.name).chain(others) {
            let own = lasting && !actor.shared.contains(name) && !name.is_empty();
            if own && name.contains(' ') && name.starts_with(char::is_uppercase) {
                out.push(Name { text: name.clone(), actor: actor.id.clone() });
            }
        }
    }
    out
}

/// The names of a batch, each in a paragraph of its own, that do not stand for their actors.
fn lost(batch: &[Name], knowledge: &Knowledge, language: &Language) -> Vec<String> {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for name in batch {
        text.push_str("In a statement on Monday the envoy blamed ");
        let start = text.len();
        text.push_str(&name.text);
        spans.push(Span::new(start, text.len()));
        text.push_str(" for the failure of the talks.\n\n");
    }
    let document = Document::new("names", text.as_str(), Given::default());
    let reading = detente_read::read(&document, knowledge, language).value;
    let governs =
        |id: &ActorId| id.as_str().len() == 3 && id.as_str().chars().all(|c| c.is_ascii_uppercase());
    let stands = |name: &Name, span: Span| {
        reading.mentions.iter().any(|m| {
            let here = m.span.is_some_and(|s| s.overlaps(span));
            here && (m.actor == name.actor
                || governs(&name.actor) && m.actor == knowledge.government(name.actor.as_str(), None))
        })
    };
    let pairs = batch.iter().zip(spans).filter(|(name, span)| !stands(name, *span));
    pairs.map(|(name, _)| format!("{}: {}", name.actor, name.text)).collect()
}

#[test]
fn every_name_stands_for_its_actor() {
    let (knowledge, language) = (Knowledge::bundled(), Language::english());
    let names = names(&knowledge);
    let batches: Vec<&[Name]> = names.chunks(40).collect();
    let found: Vec<String> = batches.par_iter().flat_map(|b| lost(b, &knowledge, &language)).collect();
    println!("names: {} of {} stand for their actors", names.len() - found.len(), names.len());
    let now: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/name-failures.txt");
    if std::env::var("UPDATE").is_ok() {
        let header = "# Names that, put into a plain sentence, do not stand for their actors today.\n# Written by `UPDATE=1 cargo test -p detente-read names`; the list may only shrink.\n";
        let body: String = now.iter().map(|l| format!("{l}\n")).collect();
        std::fs::write(&list, format!("{header}{body}")).expect("spec/ can be written");
        return;
    }
    let text = std::fs::read_to_string(&list).unwrap_or_default();
    let known: BTreeSet<&str> = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    let fresh: Vec<_> = now.difference(&known).collect();
    let healed: Vec<_> = known.difference(&now).collect();
    assert!(fresh.is_empty(), "{} names are lost that were not before:\n{fresh:#?}", fresh.len());
    assert!(healed.is_empty(), "{} listed names are found; run with UPDATE=1:\n{healed:#?}", healed.len());
}
