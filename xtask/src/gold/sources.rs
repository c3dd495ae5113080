//! Writes what the scorers of attributions are trained from, for `train/attribution.py`: the candidates and features
//! that the program itself makes from the training articles, with what their annotators say.
//!
//! A file an article; a line a candidate: `task`, `group` (what is asked together), `label` (0 or 1), features, all
//! parted by tabs. Words inside what somebody says are left out of the cues: the set marks no attribution inside
//! another, which does not say that there is none.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use detente_read::{Lesson, Task, lessons};
use detente_types::Span;
use rayon::prelude::*;

use super::brat::{self, Article, Marked};
use super::reader::{Reader, report};

/// Writes the training part.
pub(crate) fn export(folder: &Path) -> Result<()> {
    let reader = Reader::bundled();
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let articles = brat::articles("train")?;
    articles.par_iter().try_for_each(|article| {
        let path = folder.join(format!("{}.tsv", article.name));
        std::fs::write(&path, lines(&reader, article)).with_context(|| path.display().to_string())
    })
}

fn lines(reader: &Reader, article: &Article) -> String {
    let Some(gold) = article.annotators.first() else { return String::new() };
    let cues: Vec<Vec<Span>> = gold.iter().map(|m| m.cue.clone()).collect();
    let document = report(&article.name, &article.text, None);
    let list = lessons(&document, &reader.knowledge, &reader.language, &cues);
    let best = best_contents(&list, gold);
    let mut out = String::new();
    for (n, lesson) in list.iter().enumerate() {
        let group = lesson.of.unwrap_or(0);
        let label = match (lesson.task, lesson.of) {
            (Task::Cue, Some(_)) => true,
            (Task::Cue, None) if gold.iter().any(|m| shared(&m.content, &lesson.words) > 0) => continue,
            (Task::Source, Some(of)) => heads(&gold[of].source, lesson),
            (Task::Content, Some(of)) => {
                best[of].0 > 0.0 && (share(&gold[of], lesson) - best[of].0).abs() < 1e-9
            }
            _ => false,
        };
        let _ = write!(out, "{}\t{group}\t{}", lesson.task.name(), u8::from(label));
        for feature in &list[n].features {
            let _ = write!(out, "\t{feature}");
        }
        out.push('\n');
    }
    out
}

/// Is the candidate the topmost word of the gold source?
fn heads(source: &[Span], lesson: &Lesson) -> bool {
    shared(source, &lesson.words) > 0 && lesson.above.is_none_or(|above| shared(source, &[above]) == 0)
}

/// For each gold attribution the best share that a candidate for its content has.
fn best_contents(list: &[Lesson], gold: &[Marked]) -> Vec<(f64, usize)> {
    let mut best = vec![(0.0, 0); gold.len()];
    for (n, lesson) in list.iter().enumerate().filter(|(_, l)| l.task == Task::Content) {
        let Some(of) = lesson.of else { continue };
        let share = share(&gold[of], lesson);
        if share > best[of].0 {
            best[of] = (share, n);
        }
    }
    best
}

/// What candidate and gold content share, of what they hold together.
fn share(gold: &Marked, lesson: &Lesson) -> f64 {
    let length = |pieces: &[Span]| pieces.iter().map(|s| s.len()).sum::<usize>();
    let both = shared(&gold.content, &lesson.words);
    both as f64 / (length(&gold.content) + length(&lesson.words) - both).max(1) as f64
}

/// Bytes in both lists of pieces.
fn shared(a: &[Span], b: &[Span]) -> usize {
    let shared = |x: &Span, y: &Span| x.end().min(y.end()).saturating_sub(x.start().max(y.start()));
    a.iter().flat_map(|x| b.iter().map(move |y| shared(x, y))).sum()
}
