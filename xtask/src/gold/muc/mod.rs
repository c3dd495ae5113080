//! `cargo xtask gold muc`: acts of violence in single wire reports against the templates of MUC-3 and MUC-4.
//!
//! # How
//! 1. Each text is read as it is, in capitals and with lines of a fixed width; nothing is given beside it.
//! 2. [`answer`] writes each act of the reading ([`detente_types::Attack`]) as a template: a mapping of nouns to the
//!    task's lists, with the task's own limits (nine countries, two months, civilians).
//! 3. [`slots`] aligns templates, best pair first, and counts fills as the task did: right 1, partly right 1/2; recall
//!    is points by fills of the key, precision points by fills given. "All templates" counts missing and spurious
//!    templates in full, as MUC-4's official figure does; "matched and missing" leaves spurious ones out, as MUC-3's.
//! 4. Optional fills and templates of the key count only where they are met; of alternatives any is right.
//!
//! # Simplified
//! The task's scorer asked a person whether words met: here they do with the same head word, or where one phrase holds
//! the other, and half with any word in common. Types of places are not compared. Template numbers are not scored.

mod answer;
mod key;
mod lesson;
mod lists;
mod slots;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::reader::{Reader, report};
use super::score::{Value, bootstrap};
use super::table::{Line, Mistakes, Scored};
use key::{Message, SLOTS, Template};
use slots::{Marks, STRINGS, Tally, add, mark};

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Score the texts for development, these hundreds of them (1 to 13), instead of the test
    #[arg(long, value_name = "N", num_args = 1..)]
    dev: Vec<usize>,
    /// Write what the scorer of acts is trained from into this file, for `train/attacks.py`
    #[arg(long, value_name = "FILE", requires = "dev")]
    export: Option<PathBuf>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(file) = &arguments.export {
        return lesson::export(&Reader::bundled(), &arguments.dev, file);
    }
    let scored = score(&Reader::bundled(), &arguments.dev)?;
    if arguments.dev.is_empty() {
        return scored.print(arguments.errors);
    }
    // Floors hold for the test alone.
    println!("{}", scored.table());
    scored.mistakes.print(arguments.errors.unwrap_or(0));
    Ok(())
}

fn files(dev: &[usize]) -> (Vec<String>, Vec<String>) {
    let at = |name: String| format!("gold/incidents/muc/{name}");
    if dev.is_empty() {
        return (
            vec![at("tst1/tst1-muc3".into()), at("tst2/tst2-muc4".into())],
            vec![at("tst1/key-tst1.v7".into()), at("tst2/key-tst2.v4".into())],
        );
    }
    dev.iter()
        .map(|n| {
            let first = (n - 1) * 100 + 1;
            (
                at(format!("dev/dev-muc3-{first:04}-{:04}", n * 100)),
                at(format!("dev/key-dev-{first:04}.muc4")),
            )
        })
        .unzip()
}

/// Reads and scores the set.
pub(crate) fn score(reader: &Reader, dev: &[usize]) -> Result<Scored> {
    let (texts, keys) = files(dev);
    let messages = key::messages(&texts, &keys)?;
    let documents: Vec<_> = messages.iter().map(|m| report(&m.id, &m.text, None)).collect();
    let readings = reader.read_all(&documents);
    let mut mistakes = Mistakes::default();
    let marks: Vec<Marks> = messages
        .iter()
        .zip(&readings)
        .map(|(m, r)| {
            let answers = answer::templates(r, &reader.knowledge);
            let marks = mark(&m.templates, &answers);
            note(m, &answers, &marks, &mut mistakes);
            marks
        })
        .collect();
    Ok(Scored {
        name: "muc",
        set: if dev.is_empty() { "MUC-3/4 tst1 and tst2, wire reports" } else { "MUC-3/4 dev, wire reports" },
        size: format!("{} texts", messages.len()),
        rule: "Fills of aligned templates, partly right ones half; missing and spurious templates count in full (all templates).",
        lines: lines(&marks),
        mistakes,
    })
}

type Pick = fn(&Marks) -> Tally;

fn sum(slots: &[&slots::Slots], of: &dyn Fn(usize) -> bool) -> Tally {
    let mut out = Tally::default();
    for all in slots {
        all.iter().enumerate().filter(|(n, _)| of(*n)).for_each(|(_, t)| out.add(*t));
    }
    out
}

fn all(m: &Marks) -> Tally {
    sum(&[&m.matched, &m.missing, &m.spurious], &|_| true)
}

fn matched_missing(m: &Marks) -> Tally {
    sum(&[&m.matched, &m.missing], &|_| true)
}

fn matched(m: &Marks) -> Tally {
    sum(&[&m.matched], &|_| true)
}

fn strings(m: &Marks) -> Tally {
    sum(&[&m.matched, &m.missing, &m.spurious], &|n| STRINGS.contains(&n))
}

fn templates(m: &Marks) -> Tally {
    m.templates
}

fn recall(t: Tally) -> f64 {
    if t.asked == 0.0 { 0.0 } else { 100.0 * t.points / t.asked }
}

fn precision(t: Tally) -> f64 {
    if t.answered == 0.0 { 0.0 } else { 100.0 * t.points / t.answered }
}

fn f1(t: Tally) -> f64 {
    let (p, r) = (precision(t), recall(t));
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

fn figure(marks: &[Marks], pick: Pick, of: fn(Tally) -> f64) -> Value {
    let tallies: Vec<Tally> = marks.iter().map(pick).collect();
    bootstrap(&tallies, |list| {
        let mut out = Tally::default();
        list.iter().for_each(|t| out.add(**t));
        of(out)
    })
}

fn lines(marks: &[Marks]) -> Vec<Line> {
    let mut out = vec![
        Line::new(
            "all slots F1, all templates",
            "median of 17 systems 29, best 57.2",
            figure(marks, all, f1),
            "muc.all",
        ),
        Line::beside("recall, all templates", figure(marks, all, recall)),
        Line::beside("precision, all templates", figure(marks, all, precision)),
        Line::beside("F1, matched and missing templates", figure(marks, matched_missing, f1)),
        Line::beside("F1, matched templates only", figure(marks, matched, f1)),
        Line::beside("F1, string fills", figure(marks, strings, f1)),
        Line::beside("templates: F1 of alignment", figure(marks, templates, f1)),
        Line::beside("templates: recall", figure(marks, templates, recall)),
        Line::beside("templates: precision", figure(marks, templates, precision)),
    ];
    let (mut slots, mut met) = ([Tally::default(); SLOTS], [Tally::default(); SLOTS]);
    for m in marks {
        add(&mut met, &m.matched);
        [&m.matched, &m.missing, &m.spurious].iter().for_each(|s| add(&mut slots, s));
    }
    for (n, name) in NAMES {
        let t = slots[*n];
        let value = f1(t);
        let shown = format!(
            "slot {name} (recall {:.0}, precision {:.0}; in matched templates {:.0} and {:.0})",
            recall(t),
            precision(t),
            recall(met[*n]),
            precision(met[*n])
        );
        out.push(Line::beside(shown, Value { value, low: value, high: value }));
    }
    out
}

const NAMES: &[(usize, &str)] = &[
    (2, "date"),
    (3, "location"),
    (4, "type"),
    (5, "stage"),
    (6, "instrument"),
    (7, "instrument type"),
    (8, "category"),
    (9, "individuals"),
    (10, "organisations"),
    (11, "confidence"),
    (12, "things"),
    (13, "type of things"),
    (14, "number of things"),
    (16, "effect on things"),
    (18, "names of people"),
    (19, "descriptions of people"),
    (20, "types of people"),
    (21, "numbers of people"),
    (22, "nations of people"),
    (23, "effect on people"),
];

fn note(m: &Message, answers: &[Template], marks: &Marks, mistakes: &mut Mistakes) {
    for (k, template) in m.templates.iter().enumerate() {
        if !template.optional && !marks.pairs.iter().any(|p| p.0 == k) {
            mistakes.add(format!("missing {}", kind(template)), format!("{} key {}", m.id, shown(template)));
        }
    }
    for (a, template) in answers.iter().enumerate() {
        if !marks.pairs.iter().any(|p| p.1 == a) {
            let relevant = if m.templates.is_empty() { "in an irrelevant text" } else { "beside others" };
            let kind = format!("spurious {} {relevant}", kind(template));
            mistakes.add(kind, format!("{} answer {}", m.id, shown(template)));
        }
    }
    for (k, a) in &marks.pairs {
        mistakes.add(
            "pair",
            format!("{}\n    key    {}\n    answer {}", m.id, shown(&m.templates[*k]), shown(&answers[*a])),
        );
    }
}

fn kind(t: &Template) -> String {
    t.slots[4].first().and_then(|f| f.values.first()).map_or_else(|| "-".to_string(), |v| v.text.clone())
}

fn shown(t: &Template) -> String {
    let fill = |f: &key::Fill| f.values.iter().map(|v| v.text.as_str()).collect::<Vec<_>>().join("/");
    let slot = |n: usize| t.slots[n].iter().map(fill).collect::<Vec<_>>().join("; ");
    [2, 3, 4, 6, 7, 9, 10, 11, 12, 13, 14, 16, 18, 19, 20, 21, 23].map(slot).join(" | ")
}
