//! `cargo xtask gold dyads`: a sentence with a marked source and a marked target, to the root between them.
//!
//! # How
//! 1. Each sentence is read as a report of its own, without date. The marks are not shown to the reader.
//! 2. Five folds, fixed by a hash of the row's id. A [`Predictor`] may learn from four and answers on the
//!    fifth; [`Rules`] learns nothing, so its folds only show how far the figure wanders. [`Learned`] is the scorer of
//!    `detente-read` with weights that `train/relation.py --folds` made from the four others.
//! 3. [`Rules`] answers with the root of the event that joins source and target: one whose actors touch the
//!    marked source and whose recipients touch the marked target; else touching both in other roles; else one
//!    of the two in its own role; else one in another; else the main event; else nothing. Among equals the
//!    main one. To touch is to share a byte with a mark, or to be the same actor as a mention that does. An
//!    end that the row does not mark is touched by nothing.
//! 4. Macro-F1 over the 15 roots, over the quad classes and over the two halves, all folds together. Quad and
//!    half follow from the root; the set counts YIELD as material cooperation. No answer is a wrong answer.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use detente_read::RelationWeights;
use detente_types::{ActorId, ActorRef, Event, EventType, Quad, Reading, Span};
use rayon::prelude::*;
use serde_json::Value as Json;

use super::events::gold_root;
use super::main_event::{ranked, root};
use super::reader::{Reader, report};
use super::score::{Pair, Value, bootstrap, macro_f1};
use super::table::{Line, Mistakes, Scored};
use crate::shared;

const FOLDS: u8 = 5;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Write what the scorer is trained from into this folder, for `train/relation.py`, and score nothing
    #[arg(long, value_name = "FOLDER")]
    export: Option<PathBuf>,
    /// Ask the weights of this folder, `0.tsv` to `4.tsv`, each trained without the fold of its number, instead of the
    /// rules
    #[arg(long, value_name = "FOLDER")]
    folds: Option<PathBuf>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let reader = Reader::bundled();
    if let Some(folder) = &arguments.export {
        return export(&reader, folder);
    }
    if let Some(folder) = &arguments.folds {
        return score(&reader, &mut Learned { folder: folder.clone(), weights: None })?
            .print(arguments.errors);
    }
    // Floors are those of the scorer: the rules alone lie below it.
    let scored = score(&reader, &mut Rules)?;
    println!("{}", scored.table());
    scored.mistakes.print(arguments.errors.unwrap_or(0));
    Ok(())
}

/// A row with its reading.
pub(crate) struct Dyad {
    id: String,
    marked: String,
    source: Vec<Span>,
    target: Vec<Span>,
    root: &'static str,
    quad: &'static str,
    half: &'static str,
    reading: Reading,
    /// Where the events of the reading stand, the main one first.
    order: Vec<usize>,
    /// What the trained scorer sees of it.
    features: Vec<String>,
}

/// What answers: rules, or a head that was trained on the other folds.
pub(crate) trait Predictor {
    /// Takes what was learned from all folds but this one, and forgets all else.
    fn fit(&mut self, fold: u8) -> Result<()>;
    /// The root, if any, and the words for the list of mistakes.
    fn predict(&self, row: &Dyad) -> (Option<&'static str>, String);
}

/// The reader's rules.
pub(crate) struct Rules;

impl Predictor for Rules {
    fn fit(&mut self, _: u8) -> Result<()> {
        Ok(())
    }

    fn predict(&self, row: &Dyad) -> (Option<&'static str>, String) {
        let (source, target) = (end(row, &row.source), end(row, &row.target));
        let events = row.order.iter().map(|&i| &row.reading.events[i].fact);
        // max_by_key gives the last of equals, and the main event stands first.
        let best = events.rev().max_by_key(|e| joins(e, &source, &target));
        let how = best.map_or("no event", |e| JOINED[joins(e, &source, &target)]);
        (best.and_then(|e| root(e.kind)), how.to_string())
    }
}

/// The trained scorer, with weights that have not seen the fold.
pub(crate) struct Learned {
    folder: PathBuf,
    weights: Option<RelationWeights>,
}

impl Predictor for Learned {
    fn fit(&mut self, fold: u8) -> Result<()> {
        let path = self.folder.join(format!("{fold}.tsv"));
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        self.weights = Some(RelationWeights::parse(&text));
        Ok(())
    }

    fn predict(&self, row: &Dyad) -> (Option<&'static str>, String) {
        let best = self.weights.as_ref().and_then(|w| w.best(&row.features));
        let rule = row.features.iter().find(|f| f.starts_with("rh=")).map_or("no event", |f| f);
        (best.and_then(|b| root(b.0)), rule.to_string())
    }
}

/// Writes each row's fold, root and features. What it writes holds words of the set: it is for training and nowhere
/// else.
fn export(reader: &Reader, folder: &Path) -> Result<()> {
    let mut lines = String::new();
    for row in rows(reader)? {
        let _ = writeln!(lines, "{}\t{}\t{}", fold_of(&row.id), row.root, row.features.join("\t"));
    }
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let path = folder.join("dyads.tsv");
    std::fs::write(&path, lines).with_context(|| path.display().to_string())
}

/// How an event joins the two, by the number of [`joins`].
const JOINED: [&str; 5] =
    ["main event", "one end, other role", "one end", "both ends, other roles", "source to target"];

/// A marked end: its bytes, and the actors that mentions in it stand for.
struct End<'r> {
    marks: &'r [Span],
    actors: BTreeSet<ActorId>,
}

fn end<'r>(row: &'r Dyad, marks: &'r [Span]) -> End<'r> {
    let touching =
        row.reading.mentions.iter().filter(|m| m.span.is_some_and(|s| marks.iter().any(|k| k.overlaps(s))));
    End { marks, actors: touching.map(|m| m.actor.clone()).collect() }
}

impl End<'_> {
    fn touched_by(&self, list: &[ActorRef]) -> bool {
        let marked = |span: Span| self.marks.iter().any(|k| k.overlaps(span));
        list.iter().any(|r| r.span.is_some_and(marked) || self.actors.contains(&r.actor))
    }
}

fn joins(event: &Event, source: &End<'_>, target: &End<'_>) -> usize {
    let all = [&event.actors[..], &event.recipients[..], &event.others[..]].concat();
    let (from, to) = (source.touched_by(&all), target.touched_by(&all));
    let (acts, suffers) = (source.touched_by(&event.actors), target.touched_by(&event.recipients));
    match (acts, suffers) {
        (true, true) => 4,
        _ if from && to => 3,
        (true, _) | (_, true) => 2,
        _ => usize::from(from || to),
    }
}

/// A row as it was answered.
struct Answer {
    root: Pair,
    quad: Pair,
    half: Pair,
    fold: u8,
}

/// Reads and scores the set.
pub(crate) fn score(reader: &Reader, predictor: &mut dyn Predictor) -> Result<Scored> {
    let rows = rows(reader)?;
    let mut mistakes = Mistakes::default();
    let mut answers: Vec<Answer> = Vec::with_capacity(rows.len());
    for fold in 0..FOLDS {
        predictor.fit(fold)?;
        for row in rows.iter().filter(|r| fold_of(&r.id) == fold) {
            let (found, how) = predictor.predict(row);
            if found != Some(row.root) {
                let read = found.unwrap_or("nothing");
                mistakes.add(
                    format!("{} read as {read} ({how})", row.root),
                    format!("{} {}", row.id, row.marked),
                );
            }
            let quad = found.map(quad_of);
            let half = quad.map(half_of);
            answers.push(Answer {
                root: (row.root, found),
                quad: (row.quad, quad),
                half: (row.half, half),
                fold,
            });
        }
    }
    let figure = |pick: fn(&Answer) -> &Pair| bootstrap(&answers, |l| macro_f1(l.iter().map(|a| pick(a))));
    Ok(Scored {
        name: "dyads",
        set: "Dyads of PLOVER roots, 5-fold cross-validation",
        size: format!("{} dyads", answers.len()),
        rule: "Root of the event that joins the marked source and target, else of the main event, else none (wrong); macro-F1 over 15 roots, 4 quad classes, 2 halves; the rules learn nothing, the scorer nothing from the fold it is asked.",
        lines: vec![
            Line::new(
                "macro-F1 root",
                "dictionary 46.3, SVM 72.1, NLI 82.4, ConfliBERT 86.7",
                figure(|a| &a.root),
                "dyads.root",
            ),
            Line::new(
                "macro-F1 quad",
                "dictionary 51.8, SVM 86.8, NLI 89.6, ConfliBERT 96.3",
                figure(|a| &a.quad),
                "dyads.quad",
            ),
            Line::new(
                "macro-F1 binary",
                "dictionary 80.8, SVM 91.6, NLI 96.4, ConfliBERT 98.4",
                figure(|a| &a.half),
                "dyads.binary",
            ),
            Line::beside("answered", super::score::accuracy(&answers, |a| Some(a.root.1.is_some()))),
            Line::beside("macro-F1 root, worst and best fold", by_fold(&answers)),
        ],
        mistakes,
    })
}

/// All folds, between the worst and the best one.
fn by_fold(answers: &[Answer]) -> Value {
    let of = |fold: u8| macro_f1(answers.iter().filter(|a| a.fold == fold).map(|a| &a.root));
    let folds: Vec<f64> = (0..FOLDS).map(of).collect();
    let value = macro_f1(answers.iter().map(|a| &a.root));
    let (low, high) = folds.iter().fold((value, value), |(l, h), f| (l.min(*f), h.max(*f)));
    Value { value, low, high }
}

/// FNV-1a of the id: the same fold on every machine.
fn fold_of(id: &str) -> u8 {
    let hash =
        id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash % u64::from(FOLDS)) as u8
}

fn quad_of(root: &'static str) -> &'static str {
    let kind = EventType::ALL.iter().find(|k| k.code() == root);
    match kind.and_then(|k| k.quad()) {
        Some(Quad::VerbalCooperation) => "1",
        // YIELD is no type of PLOVER 2.0; the set counts it here.
        Some(Quad::MaterialCooperation) | None => "2",
        Some(Quad::VerbalConflict) => "3",
        Some(Quad::MaterialConflict) => "4",
    }
}

fn half_of(quad: &'static str) -> &'static str {
    if matches!(quad, "1" | "2") { "0" } else { "1" }
}

fn rows(reader: &Reader) -> Result<Vec<Dyad>> {
    let text = shared::read("gold/events/dyads_train.jsonl")?;
    let json: Vec<Json> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let documents: Vec<_> = json
        .iter()
        .map(|j| report(j["id"].as_str().unwrap_or(""), j["sentence"].as_str().unwrap_or(""), None))
        .collect();
    let readings = reader.read_all(&documents);
    let made: Vec<_> = json.par_iter().zip(readings).map(|(j, r)| row(j, r, reader)).collect();
    json.iter().zip(made).map(|(j, row)| row.with_context(|| j["id"].to_string())).collect()
}

fn row(json: &Json, reading: Reading, reader: &Reader) -> Result<Dyad> {
    let text = |key: &str| json[key].as_str().unwrap_or_default().to_string();
    let class = |key: &str, all: [&'static str; 4]| -> Result<&'static str> {
        let n = json[key].as_u64().with_context(|| key.to_string())?.to_string();
        all.into_iter().find(|c| *c == n).with_context(|| format!("{key} {n}"))
    };
    let marked = text("marked");
    let (source, target) = (marks(&marked, "s"), marks(&marked, "t"));
    let order = ranked(&reading, &reader.language);
    let features =
        detente_read::relation(&reading.document, &reader.knowledge, &reader.language, &source, &target);
    Ok(Dyad {
        id: text("id"),
        root: gold_root(&text("root"))?,
        quad: class("quad", ["1", "2", "3", "4"])?,
        half: class("binary", ["0", "1", "", ""])?,
        marked,
        source,
        target,
        reading,
        order,
        features,
    })
}

/// Where the marks of one kind stand in the sentence without marks. Some rows mark an end twice, or not.
fn marks(marked: &str, tag: &str) -> Vec<Span> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let bare = |end: usize| {
        ["<s>", "</s>", "<t>", "</t>"].iter().fold(marked[..end].to_string(), |s, t| s.replace(t, "")).len()
    };
    let starts = marked.match_indices(&open).map(|(at, _)| bare(at));
    let ends = marked.match_indices(&close).map(|(at, _)| bare(at));
    starts.zip(ends).map(|(start, end)| Span::new(start, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_in_the_bare_sentence() {
        let marked = "<s>Kenya</s> met the <t>rebels</t> again.";
        let bare = "Kenya met the rebels again.";
        let words = |tag| marks(marked, tag).iter().map(|s| s.of(bare)).collect::<Vec<_>>();
        assert_eq!(words("s"), ["Kenya"]);
        assert_eq!(words("t"), ["rebels"]);
    }

    #[test]
    fn folds_are_even_and_fixed() {
        let mut sizes = [0; FOLDS as usize];
        (0..1000).for_each(|i| sizes[fold_of(&format!("row-{i:04}")) as usize] += 1);
        assert!(sizes.iter().all(|n| (150..250).contains(n)), "{sizes:?}");
        assert_eq!(fold_of("row-0001"), fold_of("row-0001"));
    }

    #[test]
    fn quads_follow_roots() {
        let of = |r: &'static str| (quad_of(r), half_of(quad_of(r)));
        assert_eq!(of("YIELD"), ("2", "0"));
        assert_eq!(of("REQUEST"), ("3", "1"));
        assert_eq!(of("ASSAULT"), ("4", "1"));
        assert_eq!(of("SUPPORT"), ("1", "0"));
    }
}
