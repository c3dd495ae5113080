//! Lists mistakes of the analyser by kind, the most frequent first, to learn from on the development
//! parts.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use detente_language::Language;

use super::language::{Show, words_of};
use super::treebank::{self, Paragraph};

/// Prints the mistakes of one kind in both treebanks.
pub(crate) fn print(language: &Language, part: &str, show: Show) -> Result<()> {
    for bank in ["ewt", "gum"] {
        let paragraphs = treebank::read(&format!("treebank/{bank}/{part}.conllu.xz"))?;
        println!("\n{bank} {part}");
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut note = |line: String| *counts.entry(line).or_default() += 1;
        match show {
            Show::Words => words(language, &paragraphs, &mut note),
            Show::Borders => borders(language, &paragraphs, &mut note),
            Show::Lemmas => lemmas(language, &paragraphs, &mut note),
            Show::Arcs => {}
        }
        let mut lines: Vec<_> = counts.into_iter().collect();
        lines.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        for (line, n) in lines {
            println!("{n:5} {line}");
        }
    }
    Ok(())
}

fn lemmas(language: &Language, paragraphs: &[Paragraph], note: &mut impl FnMut(String)) {
    let sentences: Vec<_> = paragraphs.iter().flat_map(|p| &p.sentences).collect();
    let (text, spans) = words_of(sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str())));
    for (sentence, found) in sentences.iter().zip(language.analyze_tokens(&text, &spans)) {
        for (gold, token) in sentence.words.iter().zip(&found.tokens) {
            if gold.lemma != token.lemma {
                note(format!(
                    "{} {}: {} not {} ({})",
                    gold.upos, gold.form, gold.lemma, token.lemma, token.upos
                ));
            }
        }
    }
}

fn words(language: &Language, paragraphs: &[Paragraph], note: &mut impl FnMut(String)) {
    for paragraph in paragraphs {
        let text = paragraph.text.trim_end();
        let found = language.analyze(text, std::slice::from_ref(&(0..text.len())));
        let found: BTreeSet<_> = found.iter().flat_map(|s| &s.tokens).map(|t| (t.start, t.end)).collect();
        for word in paragraph.sentences.iter().flat_map(|s| &s.words) {
            if !found.contains(&(word.span.start, word.span.end)) {
                let ours: Vec<&str> = found
                    .iter()
                    .filter(|(a, z)| *a < word.span.end && word.span.start < *z)
                    .map(|&(a, z)| &text[a..z])
                    .collect();
                note(format!("{} not {}", word.form, ours.join("_")));
            }
        }
    }
}

fn borders(language: &Language, paragraphs: &[Paragraph], note: &mut impl FnMut(String)) {
    for paragraph in paragraphs {
        let text = paragraph.text.trim_end();
        let found = language.analyze(text, std::slice::from_ref(&(0..text.len())));
        let ours: BTreeSet<usize> = found.iter().map(|s| s.end).collect();
        let gold: BTreeSet<usize> =
            paragraph.sentences.iter().map(|s| s.words[s.words.len() - 1].span.end).collect();
        for &end in ours.symmetric_difference(&gold) {
            let what = if gold.contains(&end) { "missed" } else { "made up" };
            let before: String =
                text[..end].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
            let after: String = text[end..].chars().take(30).collect();
            note(format!("{what}: {before}|{after}"));
        }
    }
}
