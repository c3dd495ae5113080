//! Writes what the scorer of chains is trained from, for `train/chains.py`: the candidates, vectors
//! and features that the program itself makes, so that training and use agree.
//!
//! For each part of GUM a folder of plain arrays (little endian): `mentions.i32` (document, sentence,
//! first, last, entity or -1, exact 0/1), `gold.i32` (document, sentence, first, last, entity),
//! `vectors.f32`, `single.i32` and `pairs.i32` with their counts per row in `single_n.i32`,
//! `pairs_n.i32`, `links.i32` (later, earlier), `widths.i32`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use detente_language::{Language, Mention};

use super::chains::{Document, documents};
use super::language::words_of;

#[derive(Default)]
struct Arrays {
    mentions: Vec<i32>,
    gold: Vec<i32>,
    vectors: Vec<f32>,
    single: Vec<i32>,
    single_n: Vec<i32>,
    pairs: Vec<i32>,
    pairs_n: Vec<i32>,
    links: Vec<i32>,
    widths: Vec<i32>,
    entities: i32,
}

/// Writes the parts of GUM.
pub(crate) fn export(folder: &Path) -> Result<()> {
    let language = Language::english().without_scorer();
    for part in ["train", "dev", "test"] {
        let mut arrays = Arrays::default();
        for (d, document) in documents(part)?.iter().enumerate() {
            add(&language, d, document, &mut arrays);
        }
        arrays.write(&folder.join(part))?;
    }
    Ok(())
}

fn add(language: &Language, d: usize, document: &Document, arrays: &mut Arrays) {
    let (text, spans) = words_of(document.sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str())));
    let sentences = language.analyze_tokens(&text, &spans);
    let lesson = language.lesson(&text, &sentences);
    let entities = entities(document, arrays);
    let row = |s: usize, first: usize, last: usize| [d as i32, s as i32, first as i32, last as i32];
    for (s, sentence) in document.sentences.iter().enumerate() {
        for m in &sentence.mentions {
            arrays.gold.extend(row(s, m.first, m.last));
            arrays.gold.push(entities[m.group.as_str()]);
        }
    }
    let labels = labels(document, &lesson.mentions);
    let offset = arrays.single_n.len() as i32;
    for (m, label) in lesson.mentions.iter().zip(labels) {
        arrays.mentions.extend(row(m.sentence, m.tokens.start, m.tokens.end - 1));
        arrays.mentions.push(label.as_ref().map_or(-1, |l| entities[l.0.as_str()]));
        arrays.mentions.push(label.map_or(0, |l| i32::from(l.1)));
    }
    arrays.vectors.extend(lesson.vectors);
    for on in lesson.single {
        arrays.single_n.push(on.len() as i32);
        arrays.single.extend(on.iter().map(|&f| i32::from(f)));
    }
    for (i, j, on) in lesson.pairs {
        arrays.links.extend([i as i32 + offset, j as i32 + offset]);
        arrays.pairs_n.push(on.len() as i32);
        arrays.pairs.extend(on.iter().map(|&f| i32::from(f)));
    }
    arrays.widths = vec![lesson.width as i32, lesson.widths.0 as i32, lesson.widths.1 as i32];
}

/// Numbers for the groups of a document.
fn entities<'d>(document: &'d Document, arrays: &mut Arrays) -> BTreeMap<&'d str, i32> {
    let mut out = BTreeMap::new();
    for m in document.sentences.iter().flat_map(|s| &s.mentions) {
        out.entry(m.group.as_str()).or_insert_with(|| {
            arrays.entities += 1;
            arrays.entities - 1
        });
    }
    out
}

/// For each candidate the gold mention with the same head whose words are nearest to its own, each
/// gold mention used once: its group, and whether the words are the same.
fn labels(document: &Document, candidates: &[Mention]) -> Vec<Option<(String, bool)>> {
    let mut out = vec![None; candidates.len()];
    for (s, sentence) in document.sentences.iter().enumerate() {
        let mut offers = Vec::new();
        for (c, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.sentence == s) {
            for (g, gold) in sentence.mentions.iter().enumerate().filter(|(_, g)| g.head == candidate.head) {
                let (first, last) = (candidate.tokens.start, candidate.tokens.end - 1);
                offers.push((first.abs_diff(gold.first) + last.abs_diff(gold.last), c, g));
            }
        }
        offers.sort_unstable();
        let mut used = Vec::new();
        for (distance, c, g) in offers {
            if out[c].is_none() && !used.contains(&g) {
                used.push(g);
                out[c] = Some((sentence.mentions[g].group.clone(), distance == 0));
            }
        }
    }
    out
}

impl Arrays {
    fn write(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let put = |name: &str, bytes: Vec<u8>| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).with_context(|| path.display().to_string())
        };
        let whole = |v: &[i32]| v.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
        put("mentions.i32", whole(&self.mentions))?;
        put("gold.i32", whole(&self.gold))?;
        put("vectors.f32", self.vectors.iter().flat_map(|x| x.to_le_bytes()).collect())?;
        put("single.i32", whole(&self.single))?;
        put("single_n.i32", whole(&self.single_n))?;
        put("pairs.i32", whole(&self.pairs))?;
        put("pairs_n.i32", whole(&self.pairs_n))?;
        put("links.i32", whole(&self.links))?;
        put("widths.i32", whole(&self.widths))
    }
}
