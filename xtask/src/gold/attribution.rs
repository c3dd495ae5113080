//! `cargo xtask gold attribution`: who says what, in whole articles as they are printed.
//!
//! # How
//! 1. Each article is read as a report with nothing given beside its text; what counts is
//!    [`Reading::attributions`](detente_types::Reading): cue, source, content.
//! 2. **Spans**, as peers are measured: of each role, a found span matches a gold one if they share a byte; each is
//!    used once, larger overlaps first. A gold role in several pieces is touched by touching a piece.
//! 3. **Exact** asks that first and last word agree; a role in pieces counts from its first to its last word.
//!    Marks and brackets at the borders do not count.
//! 4. **Of one attribution** is the sterner score: cues are matched first; a source or content is right only if
//!    it overlaps that of the same gold attribution. `all three` asks for every role that the gold has.
//! 5. The guidelines mark no attribution inside what another says ("She said *he thinks* …"): those that are read
//!    there are left out before scoring.
//! 6. An article that several people marked counts once: its counts are the mean over its annotators. Intervals
//!    draw articles. `--agreement` scores one annotator against another by the same rules.
//!
//! # Does not
//! Score who the source is (`gold actors`), nor how real what is said is (`gold modality`).
//!
//! # From
//! PolNeAR (Newell, Margolin and Ruths 2018), whose guidelines also count attitudes ("supports", "wants"), seeming
//! ("appeared to") and documents as sources; overlap as in Pareti (2016) and Newell et al. (2020).

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use detente_types::{Attribution, Reading, Span};

use super::brat::{self, Article, Marked};
use super::reader::{Reader, report};
use super::score::{Counts, prf};
use super::sources;
use super::table::{Line, Mistakes, Scored};

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Score the training part instead of the development part (no floors)
    #[arg(long)]
    train: bool,
    /// Score annotators of the training part against each other instead of the reader against them
    #[arg(long)]
    agreement: bool,
    /// Write what the scorers are trained from into this folder, for `train/attribution.py`, and score nothing
    #[arg(long, value_name = "FOLDER")]
    export: Option<PathBuf>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(folder) = &arguments.export {
        return sources::export(folder);
    }
    if arguments.agreement {
        println!("{}", agreement()?.table());
        return Ok(());
    }
    let reader = Reader::bundled();
    if arguments.train {
        let scored = score(&reader, "train")?;
        println!("{}", scored.table());
        scored.mistakes.print(arguments.errors.unwrap_or(0));
        return Ok(());
    }
    score(&reader, "dev")?.print(arguments.errors)
}

/// Reads and scores the articles of one part.
pub(crate) fn score(reader: &Reader, part: &str) -> Result<Scored> {
    let articles = brat::articles(part)?;
    let documents: Vec<_> = articles.iter().map(|a| report(&a.name, &a.text, None)).collect();
    let readings = reader.read_all(&documents);
    let mut mistakes = Mistakes::default();
    let mut units = Vec::new();
    for (article, reading) in articles.iter().zip(&readings) {
        let found = outermost(reading.attributions.iter().map(marked).collect());
        if let Some(gold) = article.annotators.first() {
            note(&mut mistakes, article, gold, &found, reading);
        }
        units.push(Unit::mean(article.annotators.iter().map(|gold| Unit::of(&article.text, gold, &found))));
    }
    let gold: usize = articles.iter().flat_map(|a| &a.annotators).map(Vec::len).sum();
    Ok(Scored {
        name: "attribution",
        set: "PolNeAR, political news",
        size: format!("{part}: {} articles, {gold} attributions", articles.len()),
        rule: "Raw text. A span is right if it overlaps a gold span of its role, each used once; intervals over articles.",
        lines: lines(&units),
        mistakes,
    })
}

/// Articles with two annotators: the second against the first.
fn agreement() -> Result<Scored> {
    let articles = brat::articles("train")?;
    let twice = articles.iter().filter(|a| a.annotators.len() > 1);
    let units: Vec<Unit> = twice.map(|a| Unit::of(&a.text, &a.annotators[0], &a.annotators[1])).collect();
    Ok(Scored {
        name: "attribution",
        set: "PolNeAR, one annotator against another",
        size: format!("train: {} articles", units.len()),
        rule: "As the reader is scored.",
        lines: lines(&units),
        mistakes: Mistakes::default(),
    })
}

fn lines(units: &[Unit]) -> Vec<Line> {
    let f1 = |pick: fn(&Unit) -> Counts| prf(units, pick);
    let cue = f1(|u| u.cue);
    vec![
        Line::new("cue F1", "cue list 69.4 (exact), Citron on PARC3 82.3", cue.f1, "attribution.cue"),
        Line::beside("· precision", cue.precision),
        Line::beside("· recall", cue.recall),
        Line::new("source F1", "Citron on PARC3 82.0", f1(|u| u.source).f1, "attribution.source"),
        Line::new("content F1", "", f1(|u| u.content).f1, "attribution.content"),
        Line::beside("source of one attribution F1", f1(|u| u.own_source).f1),
        Line::beside("content of one attribution F1", f1(|u| u.own_content).f1),
        Line::beside("all three of one attribution F1", f1(|u| u.whole).f1),
        Line::beside("cue exact F1", f1(|u| u.cue_exact).f1),
        Line::beside("source exact F1", f1(|u| u.source_exact).f1),
        Line {
            metric: "content exact F1".into(),
            peers: "Citron on PARC3 59.3",
            ours: f1(|u| u.content_exact).f1,
            floor: "",
        },
    ]
}

/// Without those whose cue stands inside what another says: the set marks none of them.
fn outermost(found: Vec<Marked>) -> Vec<Marked> {
    let inside = |m: &Marked, other: &Marked| {
        let holds = |a: &Marked, b: &Marked| a.content.iter().any(|c| c.contains(b.cue[0]));
        m.cue != other.cue && holds(other, m) && !holds(m, other)
    };
    let nested: Vec<bool> = found.iter().map(|m| found.iter().any(|other| inside(m, other))).collect();
    found.into_iter().zip(nested).filter(|(_, nested)| !nested).map(|(m, _)| m).collect()
}

fn marked(a: &Attribution) -> Marked {
    Marked { cue: vec![a.cue], source: a.source.into_iter().collect(), content: vec![a.content] }
}

/// Counts of one article.
#[derive(Clone, Copy, Default)]
struct Unit {
    cue: Counts,
    source: Counts,
    content: Counts,
    cue_exact: Counts,
    source_exact: Counts,
    content_exact: Counts,
    own_source: Counts,
    own_content: Counts,
    whole: Counts,
}

type Role = fn(&Marked) -> &[Span];

impl Unit {
    fn of(text: &str, gold: &[Marked], found: &[Marked]) -> Unit {
        let spans = |role: Role, how: fn(&str, &[Span], &[Span]) -> usize| {
            let of = |list: &[Marked]| -> Vec<Vec<Span>> {
                list.iter().map(|m| role(m).to_vec()).filter(|s| !s.is_empty()).collect()
            };
            let (gold, found) = (of(gold), of(found));
            let right = pairs(text, &gold, &found, how).len();
            Counts::exact(gold.len(), found.len(), right)
        };
        let cues = |list: &[Marked]| -> Vec<Vec<Span>> { list.iter().map(|m| m.cue.clone()).collect() };
        let matched = pairs(text, &cues(gold), &cues(found), overlap);
        let own = |role: Role| {
            let has = |list: &[Marked]| list.iter().filter(|m| !role(m).is_empty()).count();
            let both = |(g, f): &&(usize, usize)| overlap(text, role(&gold[*g]), role(&found[*f])) > 0;
            Counts::exact(has(gold), has(found), matched.iter().filter(both).count())
        };
        let agrees = |role: Role, g: usize, f: usize| {
            role(&gold[g]).is_empty() && role(&found[f]).is_empty()
                || overlap(text, role(&gold[g]), role(&found[f])) > 0
        };
        let whole = matched.iter().filter(|(g, f)| agrees(source, *g, *f) && agrees(content, *g, *f)).count();
        Unit {
            cue: spans(cue, overlap),
            source: spans(source, overlap),
            content: spans(content, overlap),
            cue_exact: spans(cue, exact),
            source_exact: spans(source, exact),
            content_exact: spans(content, exact),
            own_source: own(source),
            own_content: own(content),
            whole: Counts::exact(gold.len(), found.len(), whole),
        }
    }

    /// The mean over annotators.
    fn mean(units: impl Iterator<Item = Unit>) -> Unit {
        let units: Vec<Unit> = units.collect();
        let mean = |pick: fn(&Unit) -> Counts| {
            let mut sum = Counts::default();
            units.iter().for_each(|u| sum.add(pick(u)));
            let n = units.len().max(1) as f64;
            Counts {
                gold: sum.gold / n,
                found: sum.found / n,
                covered: sum.covered / n,
                right: sum.right / n,
            }
        };
        Unit {
            cue: mean(|u| u.cue),
            source: mean(|u| u.source),
            content: mean(|u| u.content),
            cue_exact: mean(|u| u.cue_exact),
            source_exact: mean(|u| u.source_exact),
            content_exact: mean(|u| u.content_exact),
            own_source: mean(|u| u.own_source),
            own_content: mean(|u| u.own_content),
            whole: mean(|u| u.whole),
        }
    }
}

fn cue(m: &Marked) -> &[Span] {
    &m.cue
}

fn source(m: &Marked) -> &[Span] {
    &m.source
}

fn content(m: &Marked) -> &[Span] {
    &m.content
}

/// Gold and found, one to one, those that agree most first.
fn pairs(
    text: &str,
    gold: &[Vec<Span>],
    found: &[Vec<Span>],
    how: fn(&str, &[Span], &[Span]) -> usize,
) -> Vec<(usize, usize)> {
    let mut all: Vec<(std::cmp::Reverse<usize>, usize, usize)> = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (f, b) in found.iter().enumerate() {
            let shared = how(text, a, b);
            if shared > 0 {
                all.push((std::cmp::Reverse(shared), g, f));
            }
        }
    }
    all.sort_unstable();
    let (mut golds, mut founds) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut out = Vec::new();
    for (_, g, f) in all {
        if !golds[g] && !founds[f] {
            (golds[g], founds[f]) = (true, true);
            out.push((g, f));
        }
    }
    out
}

/// Bytes that two lists of pieces share.
fn overlap(_: &str, a: &[Span], b: &[Span]) -> usize {
    let shared = |x: &Span, y: &Span| x.end().min(y.end()).saturating_sub(x.start().max(y.start()));
    a.iter().flat_map(|x| b.iter().map(move |y| shared(x, y))).sum()
}

/// 1 if both begin and end with the same word.
fn exact(text: &str, a: &[Span], b: &[Span]) -> usize {
    let whole = |pieces: &[Span]| {
        let span = pieces.iter().copied().reduce(Span::cover)?;
        let words = span.of(text);
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
        let start = span.start() + words.find(bare).unwrap_or(0);
        Some(if bare.is_empty() { span } else { Span::new(start, start + bare.len()) })
    };
    usize::from(whole(a).is_some() && whole(a) == whole(b))
}

/// Kinds of mistakes, by cue.
fn note(mistakes: &mut Mistakes, article: &Article, gold: &[Marked], found: &[Marked], reading: &Reading) {
    let text = &article.text;
    let words = |pieces: &[Span]| -> String {
        let words: Vec<&str> = pieces.iter().map(|s| s.of(text)).collect();
        words.join(" … ")
    };
    let line = |m: &Marked| {
        let at = m.cue[0].start();
        let sentence = reading.sentences.iter().find(|s| s.span.start() <= at && at < s.span.end());
        let sentence = sentence.map_or("(no sentence)", |s| s.span.of(text));
        format!("[{}] <{}> ({})\n  {sentence}", words(&m.source), words(&m.cue), words(&m.content))
    };
    let cues = |list: &[Marked]| -> Vec<Vec<Span>> { list.iter().map(|m| m.cue.clone()).collect() };
    let matched = pairs(text, &cues(gold), &cues(found), overlap);
    for (g, m) in gold.iter().enumerate() {
        let Some((_, f)) = matched.iter().find(|(x, _)| *x == g) else {
            mistakes.add(format!("missed: {}", words(&m.cue).to_lowercase()), line(m));
            continue;
        };
        for (name, role) in [("source", source as Role), ("content", content)] {
            let (a, b) = (role(m), role(&found[*f]));
            let kind = match (a.is_empty(), b.is_empty()) {
                (true, true) => continue,
                (true, false) => "none in the gold",
                (false, true) => "none found",
                _ if overlap(text, a, b) > 0 => continue,
                _ => "another",
            };
            mistakes.add(format!("{name}: {kind}"), format!("{}\n  found ({})", line(m), words(b)));
        }
    }
    for (f, m) in found.iter().enumerate() {
        if !matched.iter().any(|(_, x)| *x == f) {
            mistakes.add(format!("too much: {}", words(&m.cue).to_lowercase()), line(m));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(cue: (usize, usize), source: Option<(usize, usize)>, content: (usize, usize)) -> Marked {
        let span = |(a, b)| vec![Span::new(a, b)];
        Marked { cue: span(cue), source: source.map(span).unwrap_or_default(), content: span(content) }
    }

    const TEXT: &str = "Officials said that it rained. They added little.";

    #[test]
    fn a_perfect_answer_is_perfect_and_silence_is_nothing() {
        let gold = [one((10, 14), Some((0, 9)), (15, 29)), one((36, 41), Some((31, 35)), (42, 48))];
        let unit = Unit::of(TEXT, &gold, &gold);
        assert!(unit.whole.f1() > 99.9 && unit.content_exact.f1() > 99.9);
        assert!(Unit::of(TEXT, &gold, &[]).cue.f1() < 0.1);
    }

    #[test]
    fn a_source_of_another_attribution_counts_as_span_only() {
        let gold = [one((10, 14), Some((0, 9)), (15, 29)), one((36, 41), None, (42, 48))];
        let found = [one((10, 14), None, (15, 29)), one((36, 41), Some((0, 9)), (42, 48))];
        let unit = Unit::of(TEXT, &gold, &found);
        assert!(unit.source.f1() > 99.9 && unit.own_source.f1() < 0.1);
    }

    #[test]
    fn one_found_span_matches_one_gold_span() {
        let gold = [one((10, 14), None, (15, 19)), one((36, 41), None, (20, 29))];
        let found = [one((10, 14), None, (15, 29))];
        assert!((Unit::of(TEXT, &gold, &found).content.right - 1.0).abs() < 1e-9);
    }

    #[test]
    fn exact_overlooks_marks_at_the_borders() {
        assert_eq!(exact(TEXT, &[Span::new(15, 29)], &[Span::new(15, 30)]), 1);
        assert_eq!(exact(TEXT, &[Span::new(15, 29)], &[Span::new(20, 30)]), 0);
    }
}
