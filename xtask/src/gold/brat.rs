//! Annotations in brat's standoff form: who says what, as people marked it.
//!
//! A file holds text-bound lines (`T7<TAB>Cue 10 14;20 24<TAB>words`, offsets in characters, one past the end) and
//! events that tie them together (`E2<TAB>Attribution:T8 Content:T7 Cue:T6 Source:T5`). A role may be in
//! several pieces, and a second content is called `Content2`. Several people may have marked one article:
//! `NAME_1234.ann` and `NAME_abcd.ann` are both about `NAME.txt`.
//!
//! # From
//! Stenetorp et al. (2012), brat; the event layout of PolNeAR (Newell, Margolin and Ruths 2018).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use detente_types::Span;

use crate::shared;

/// One attribution, each role in its pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    pub(crate) cue: Vec<Span>,
    pub(crate) source: Vec<Span>,
    pub(crate) content: Vec<Span>,
}

/// An article with the attributions that each annotator marked.
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) annotators: Vec<Vec<Marked>>,
}

/// The articles of one part of the set, by name.
pub(crate) fn articles(part: &str) -> Result<Vec<Article>> {
    let folder = shared::path("gold/attribution").join(part);
    let mut marks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in files(&folder.join("attributions"), "ann")? {
        let article = name.rsplit_once('_').map_or(name.as_str(), |(article, _)| article);
        marks.entry(article.to_string()).or_default().push(text);
    }
    let mut out = Vec::new();
    for (name, text) in files(&folder.join("text"), "txt")? {
        let offsets = offsets(&text);
        let files = marks.remove(&name).unwrap_or_default();
        let annotators = files.iter().map(|file| attributions(file, &offsets)).collect();
        out.push(Article { name, text, annotators });
    }
    Ok(out)
}

/// Files of a folder by name without its ending.
fn files(folder: &Path, ending: &str) -> Result<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|n| n.to_str()) else { continue };
        if path.extension().is_some_and(|e| e == ending) {
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            out.insert(name.to_string(), text);
        }
    }
    Ok(out)
}

/// The byte at which each character begins, and the end.
fn offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// The attributions of one file that have a cue, in text order.
fn attributions(file: &str, offsets: &[usize]) -> Vec<Marked> {
    let mut bound: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut out = Vec::new();
    for line in file.lines().filter(|l| l.starts_with('T')) {
        let mut fields = line.split('\t');
        if let (Some(id), Some(place)) = (fields.next(), fields.next()) {
            bound.insert(id, pieces(place, offsets));
        }
    }
    for line in file.lines().filter(|l| l.starts_with('E')) {
        let mut marked = Marked::default();
        for role in line.split(['\t', ' ']).skip(2) {
            let Some((role, id)) = role.split_once(':') else { continue };
            let pieces = bound.get(id).cloned().unwrap_or_default();
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Cue" => marked.cue.extend(pieces),
                "Source" => marked.source.extend(pieces),
                "Content" => marked.content.extend(pieces),
                _ => {}
            }
        }
        if !marked.cue.is_empty() {
            out.push(marked);
        }
    }
    out.sort_by_key(|m| m.cue.iter().map(|s| s.start()).min());
    out
}

/// "Cue 10 14;20 24" as bytes.
fn pieces(place: &str, offsets: &[usize]) -> Vec<Span> {
    let Some((_, place)) = place.split_once(' ') else { return Vec::new() };
    let piece = |piece: &str| {
        let (start, end) = piece.split_once(' ')?;
        let byte = |at: &str| offsets.get(at.parse::<usize>().ok()?).copied();
        let (start, end) = (byte(start)?, byte(end)?);
        (start < end).then(|| Span::new(start, end))
    };
    place.split(';').filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_in_pieces_are_read_in_bytes() {
        let text = "Zoë said: go.";
        let file = "T1\tSource 0 3\tZoë\nT2\tCue 4 8\tsaid\nT3\tContent 10 12;12 13\tgo.\nT4\tAttribution 4 8\tsaid\n\
                    E1\tAttribution:T4 Content2:T3 Cue:T2 Source:T1 \n";
        let out = attributions(file, &offsets(text));
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].cue[0].of(text), "said");
        assert_eq!(out[0].source[0].of(text), "Zoë");
        assert_eq!(out[0].content.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["go", "."]);
    }
}
