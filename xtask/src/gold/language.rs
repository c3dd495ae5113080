//! `cargo xtask gold language`: how well the bundled weights analyse text they were not trained on.
//!
//! # How
//! 1. On gold words: tags, lemmas, trees (labels with their subtypes), mention heads, names.
//! 2. On raw text: words, sentences and trees as F1, a word counting as found if its bytes agree, an
//!    arc if both its words and its label agree (as in the CoNLL 2018 shared task, but for subtypes).
//! 3. The arcs of [`super::arcs`].
//! # Does not
//! Choose or tune anything: the test parts are only scored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use detente_language::{Language, Token};

use super::treebank::{self, Paragraph, Sentence, Word};
use super::{arcs, mistakes};
use crate::shared;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Score these weights instead of the bundled ones
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Score the development parts instead of the test parts
    #[arg(long)]
    dev: bool,
    /// List what is wrong, by kind
    #[arg(long, value_enum)]
    show: Option<Show>,
    /// Write the scores into the card beside the weights
    #[arg(long, conflicts_with_all = ["weights", "dev"])]
    card: bool,
}

/// Kinds of mistakes.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// Arcs of the five reports
    Arcs,
    /// Words of raw text that were cut otherwise
    Words,
    /// Sentences of raw text that end elsewhere
    Borders,
    /// Lemmas of gold words
    Lemmas,
}

/// The bundled weights must score at least this on the test parts. Floors rise, they do not fall.
const FLOORS: [(&str, f64); 7] = [
    ("EWT test UPOS", 97.0),
    ("EWT test LAS", 90.0),
    ("EWT test LAS, raw text", 86.9),
    ("GUM test LAS", 88.5),
    ("GUM test LAS, raw text", 87.7),
    ("arcs", 240.0),
    ("arcs of attribution", 33.0),
];

/// Scores, and prints a table.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let language = match &arguments.weights {
        Some(path) => open(path)?,
        None => Language::english(),
    };
    let part = if arguments.dev { "dev" } else { "test" };
    let mut table = String::from(
        "| | gold words: UPOS | XPOS | lemma | UAS | LAS | raw text: words | sentences | UAS | LAS |\n",
    );
    table.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    let mut heads = Tally::default();
    let mut reached: BTreeMap<String, f64> = BTreeMap::new();
    for (name, bank) in [("EWT", "ewt"), ("GUM", "gum")] {
        let paragraphs = treebank::read(&format!("treebank/{bank}/{part}.conllu.xz"))?;
        let given = on_gold_words(&language, &paragraphs, &mut heads);
        let raw = on_raw_text(&language, &paragraphs);
        let whole = given.get("").context("no words")?;
        row(&mut table, &format!("{name} {part}"), whole, Some(&raw))?;
        reached.insert(format!("{name} {part} UPOS"), whole.share(whole.upos));
        reached.insert(format!("{name} {part} LAS"), whole.share(whole.las));
        reached.insert(format!("{name} {part} LAS, raw text"), raw.las.f1());
        for (genre, scores) in given.iter().filter(|(g, _)| !g.is_empty()) {
            row(&mut table, &format!("· {genre}"), scores, None)?;
        }
    }
    let names = on_names(&language, part)?;
    writeln!(table, "\n| | F1 |\n|---|--:|")?;
    writeln!(table, "| mention heads with kind, GUM {part} | {:.2} |", heads.f1())?;
    writeln!(table, "| names (PER, ORG, LOC), UNER EWT {part} | {:.2} |", names.f1())?;
    let found = arcs::score(&language)?;
    writeln!(table, "\n| arcs of the five reports | right | of |\n|---|--:|--:|")?;
    for (class, (right, asked)) in &found.right {
        writeln!(table, "| {class} | {right} | {asked} |")?;
        let name = if *class == "all" { "arcs".to_owned() } else { format!("arcs of {class}") };
        reached.insert(name, *right as f64);
    }
    print!("{table}");
    match arguments.show {
        Some(Show::Arcs) => println!("\n{}", found.wrong.join("\n")),
        Some(show) => mistakes::print(&language, part, show)?,
        None => {}
    }
    if arguments.card {
        write_card(&table)?;
    }
    if arguments.weights.is_none() && !arguments.dev { hold_floors(&reached) } else { Ok(()) }
}

/// Fails if a score fell below its floor.
fn hold_floors(reached: &BTreeMap<String, f64>) -> Result<()> {
    let below = |(name, floor): &&(&str, f64)| reached.get(*name).is_none_or(|score| score < floor);
    let missed: Vec<String> =
        FLOORS.iter().filter(below).map(|(name, floor)| format!("{name} is below {floor}")).collect();
    anyhow::ensure!(missed.is_empty(), "floor missed: {}", missed.join("; "));
    Ok(())
}

fn row(table: &mut String, name: &str, given: &Given, raw: Option<&Raw>) -> Result<()> {
    let share = |right: usize| given.share(right);
    write!(
        table,
        "| {name} | {:.2} | {:.2} | {:.2} ",
        share(given.upos),
        share(given.xpos),
        share(given.lemma)
    )?;
    write!(table, "| {:.2} | {:.2} |", share(given.uas), share(given.las))?;
    match raw {
        Some(r) => writeln!(
            table,
            " {:.2} | {:.2} | {:.2} | {:.2} |",
            r.words.f1(),
            r.sentences.f1(),
            r.uas.f1(),
            r.las.f1()
        )?,
        None => writeln!(table, " | | | |")?,
    }
    Ok(())
}

/// Reads a weights file into memory that stays.
fn open(path: &PathBuf) -> Result<Language> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let room = vec![0; bytes.len() + 64].leak();
    let start = room.as_ptr().align_offset(64);
    let place = &mut room[start..start + bytes.len()];
    place.copy_from_slice(&bytes);
    Ok(Language::from_weights(place)?)
}

/// Counts for an F1.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    gold: usize,
    found: usize,
    right: usize,
}

impl Tally {
    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Words right on gold words.
#[derive(Clone, Copy, Debug, Default)]
struct Given {
    words: usize,
    upos: usize,
    xpos: usize,
    lemma: usize,
    uas: usize,
    las: usize,
}

/// Sentences of given words as a text with the words' bytes.
pub(crate) fn words_of<'a>(
    sentences: impl Iterator<Item = impl Iterator<Item = &'a str>>,
) -> (String, Vec<Vec<Range<usize>>>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for sentence in sentences {
        let mut inside = Vec::new();
        for form in sentence {
            inside.push(text.len()..text.len() + form.len());
            text.push_str(form);
            text.push(' ');
        }
        spans.push(inside);
    }
    (text, spans)
}

/// Scores by genre; the empty genre is all of it.
fn on_gold_words(
    language: &Language,
    paragraphs: &[Paragraph],
    heads: &mut Tally,
) -> BTreeMap<String, Given> {
    let sentences: Vec<&Sentence> = paragraphs.iter().flat_map(|p| &p.sentences).collect();
    let (text, spans) = words_of(sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str())));
    let found = language.analyze_tokens(&text, &spans);
    let mut out: BTreeMap<String, Given> = BTreeMap::new();
    for (sentence, found) in sentences.iter().zip(&found) {
        let with_mentions = !sentence.genre.is_empty();
        for (gold, token) in sentence.words.iter().zip(&found.tokens) {
            out.entry(String::new()).or_default().count(gold, token);
            if with_mentions {
                out.entry(sentence.genre.clone()).or_default().count(gold, token);
                heads.gold += usize::from(gold.mention.is_some());
                heads.found += usize::from(token.mention.is_some());
                let same = gold.mention.is_some() && gold.mention.as_deref() == token.mention;
                heads.right += usize::from(same);
            }
        }
    }
    out
}

impl Given {
    fn share(&self, right: usize) -> f64 {
        100.0 * right as f64 / self.words.max(1) as f64
    }

    fn count(&mut self, gold: &Word, token: &Token) {
        self.words += 1;
        self.upos += usize::from(gold.upos == token.upos);
        self.xpos += usize::from(gold.xpos == token.xpos);
        self.lemma += usize::from(gold.lemma == token.lemma);
        self.uas += usize::from(gold.head == token.head);
        self.las += usize::from(gold.head == token.head && gold.rel == token.rel);
    }
}

/// Scores on raw text.
#[derive(Debug, Default)]
struct Raw {
    words: Tally,
    sentences: Tally,
    uas: Tally,
    las: Tally,
}

fn on_raw_text(language: &Language, paragraphs: &[Paragraph]) -> Raw {
    let mut raw = Raw::default();
    for paragraph in paragraphs {
        let text = paragraph.text.trim_end();
        let found = language.analyze(text, std::slice::from_ref(&(0..text.len())));
        let gold_spans =
            paragraph.sentences.iter().map(|s| (s.words[0].span.start, s.words[s.words.len() - 1].span.end));
        let gold_spans: BTreeSet<_> = gold_spans.collect();
        raw.sentences.gold += paragraph.sentences.len();
        raw.sentences.found += found.len();
        raw.sentences.right += found.iter().filter(|s| gold_spans.contains(&(s.start, s.end))).count();
        let mut gold = BTreeMap::new();
        for sentence in &paragraph.sentences {
            for word in &sentence.words {
                let head = word.head.map(|h| sentence.words[h].span.clone());
                gold.insert((word.span.start, word.span.end), (head, word.rel.as_str()));
            }
        }
        let n_found: usize = found.iter().map(|s| s.tokens.len()).sum();
        for tally in [&mut raw.words, &mut raw.uas, &mut raw.las] {
            tally.gold += gold.len();
            tally.found += n_found;
        }
        for sentence in &found {
            for token in &sentence.tokens {
                let Some((head, rel)) = gold.get(&(token.start, token.end)) else { continue };
                let same = *head == token.head.map(|h| sentence.tokens[h].start..sentence.tokens[h].end);
                raw.words.right += 1;
                raw.uas.right += usize::from(same);
                raw.las.right += usize::from(same && *rel == token.rel);
            }
        }
    }
    raw
}

fn on_names(language: &Language, part: &str) -> Result<Tally> {
    let sentences = treebank::read_names(&format!("treebank/uner/{part}.iob2.xz"))?;
    let (text, spans) = words_of(sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str())));
    let mut tally = Tally::default();
    for (gold, found) in sentences.iter().zip(language.analyze_tokens(&text, &spans)) {
        let gold = gold.words.iter().map(|w| (w.name.get(2..), w.name.starts_with("B-")));
        let found = found.tokens.iter().map(|t| (t.name, t.name_begins));
        let (gold, found) = (names(gold), names(found));
        tally.gold += gold.len();
        tally.found += found.len();
        tally.right += gold.intersection(&found).count();
    }
    Ok(tally)
}

/// Runs of one kind -> (first, last, kind), of the three kinds that UNER has.
fn names<'a>(words: impl Iterator<Item = (Option<&'a str>, bool)>) -> BTreeSet<(usize, usize, &'a str)> {
    let mut runs: Vec<(usize, usize, &str)> = Vec::new();
    for (i, (kind, begins)) in words.enumerate() {
        let Some(kind) = kind else { continue };
        match runs.last_mut() {
            Some(run) if !begins && run.1 + 1 == i && run.2 == kind => run.1 = i,
            _ => runs.push((i, i, kind)),
        }
    }
    runs.into_iter().filter(|r| ["PER", "ORG", "LOC"].contains(&r.2)).collect()
}

/// Puts the table between the marks in the card.
fn write_card(table: &str) -> Result<()> {
    let path = shared::root().join("crates/detente-language/weights/CARD.md");
    let card = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let (begin, end) = ("<!-- scores -->\n", "<!-- end of scores -->");
    let (before, rest) = card.split_once(begin).context("the card has no mark <!-- scores -->")?;
    let (_, after) = rest.split_once(end).context("the card has no mark <!-- end of scores -->")?;
    std::fs::write(&path, format!("{before}{begin}{table}{end}{after}"))?;
    Ok(())
}
