//! `cargo xtask gold time`: words that tell a time, and their values, in war histories (WikiWars).
//!
//! # How
//! 1. Each document's text without its tags is read as a report, with the document's creation time as day of
//!    publication where it states one.
//! 2. Gold: every TIMEX2/3 of the text with its `value`. Ours: `Reading::times`.
//! 3. A gold expression and ours are matched when they overlap, each at most once, in text order (relaxed);
//!    strict asks for the same bytes.
//! 4. A value is right when it is the same string; where the gold states none (`null`), when we state none.
//!    "Values right" is the share among relaxed matches; value F1 counts a match as found only with its value.
//!
//! # Does not
//! Score types and modifiers: the gold marks nearly everything as DATE.
//!
//! # From
//! Mazur & Dale 2010 (WikiWars); TempEval-3 (UzZaman et al. 2013) for strict, relaxed and value F1.

use anyhow::{Context, Result};
use clap::Args;
use detente_types::{Document, Span, TimeExpression};

use super::reader::{Reader, report};
use super::score::{Counts, bootstrap, prf};
use super::table::{Line, Mistakes, Scored};
use crate::shared;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Only documents with an odd (`odd`) or even (`even`) number: mistakes are looked at in one half
    #[arg(long)]
    half: Option<String>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let scored = score(&Reader::bundled(), arguments.half.as_deref())?;
    if arguments.half.is_some() {
        println!("{}", scored.table());
        scored.mistakes.print(arguments.errors.unwrap_or(0));
        return Ok(());
    }
    scored.print(arguments.errors)
}

/// An expression of the gold.
struct Timex {
    span: Span,
    value: Option<String>,
}

struct History {
    name: String,
    document: Document,
    gold: Vec<Timex>,
}

/// The counts of one document.
struct Unit {
    strict: Counts,
    relaxed: Counts,
    value: Counts,
}

fn score(reader: &Reader, half: Option<&str>) -> Result<Scored> {
    let histories = histories(half)?;
    let documents: Vec<Document> = histories.iter().map(|h| h.document.clone()).collect();
    let readings = reader.read_all(&documents);
    let mut mistakes = Mistakes::default();
    let units: Vec<Unit> =
        histories.iter().zip(&readings).map(|(h, r)| unit(h, &r.times, &mut mistakes)).collect();
    let all: f64 = units.iter().map(|u| u.relaxed.gold).sum();
    let strict = prf(&units, |u| u.strict);
    let relaxed = prf(&units, |u| u.relaxed);
    let values = bootstrap(&units, |l| {
        let (right, matched) =
            l.iter().fold((0.0, 0.0), |(r, m), u| (r + u.value.right, m + u.relaxed.right));
        if matched == 0.0 { 0.0 } else { 100.0 * right / matched }
    });
    let lines = vec![
        Line::new("strict F1", "HeidelTime 83.6", strict.f1, "time.strict"),
        Line::beside("strict precision", strict.precision),
        Line::beside("strict recall", strict.recall),
        Line::new("relaxed F1", "HeidelTime 91.4", relaxed.f1, "time.relaxed"),
        Line::beside("relaxed precision", relaxed.precision),
        Line::beside("relaxed recall", relaxed.recall),
        Line::new("values right, of matched", "", values, "time.values"),
        Line::new("value F1", "", prf(&units, |u| u.value).f1, "time.value-f1"),
    ];
    Ok(Scored {
        name: "time",
        set: "WikiWars, expressions of time in war histories",
        size: format!("{all} expressions in {} documents", units.len()),
        rule: "Raw text through the whole reader; relaxed: spans overlap, strict: same bytes, value: same TIMEX3 string; intervals over documents.",
        lines,
        mistakes,
    })
}

fn unit(history: &History, ours: &[TimeExpression], mistakes: &mut Mistakes) -> Unit {
    let text = history.document.text();
    let show = |span: Span| {
        let start = shared::border(text, span.start().saturating_sub(50));
        let end = shared::border(text, (span.end() + 40).min(text.len()));
        let line = format!("{}[{}]{}", &text[start..span.start()], span.of(text), &text[span.end()..end]);
        format!("{}: …{}…", history.name, line.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut used = vec![false; ours.len()];
    let (mut strict, mut relaxed, mut value) = (0, 0, 0);
    for gold in &history.gold {
        let same = |i: &usize| !used[*i] && ours[*i].span == gold.span;
        let overlap = |i: &usize| !used[*i] && ours[*i].span.overlaps(gold.span);
        let Some(i) = (0..ours.len()).find(same).or_else(|| (0..ours.len()).find(overlap)) else {
            mistakes.add("missed", show(gold.span));
            continue;
        };
        used[i] = true;
        relaxed += 1;
        if ours[i].span == gold.span {
            strict += 1;
        } else {
            mistakes.add("other words", format!("{} | read [{}]", show(gold.span), ours[i].span.of(text)));
        }
        if ours[i].value == gold.value {
            value += 1;
        } else {
            let pair = format!("gold {} | read {}", shown(&gold.value), shown(&ours[i].value));
            mistakes.add("other value", format!("{pair} | {}", show(gold.span)));
        }
    }
    for extra in ours.iter().zip(&used).filter(|(_, used)| !**used) {
        mistakes.add("not in the gold", format!("{} {}", shown(&extra.0.value), show(extra.0.span)));
    }
    let counts = |right| Counts::exact(history.gold.len(), ours.len(), right);
    Unit { strict: counts(strict), relaxed: counts(relaxed), value: counts(value) }
}

fn shown(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("none")
}

fn histories(half: Option<&str>) -> Result<Vec<History>> {
    let folder = shared::path("gold/time/wikiwars");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|f| Some(f.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|n| n.ends_with(".tml"))
        .collect();
    names.sort();
    let odd = |n: &String| n[..2].parse::<u8>().is_ok_and(|n| n % 2 == 1);
    names.retain(|n| match half {
        Some("odd") => odd(n),
        Some(_) => !odd(n),
        None => true,
    });
    names.iter().map(|n| history(n, &shared::read(&format!("gold/time/wikiwars/{n}"))?)).collect()
}

fn history(name: &str, file: &str) -> Result<History> {
    let body = file.split_once("<TEXT>").context("no <TEXT>")?.1;
    let body = body.split_once("</TEXT>").map_or(body, |b| b.0);
    let written = file
        .split_once("CREATION_TIME")
        .and_then(|(_, rest)| attribute(rest, "value")?.parse().ok())
        .filter(|_| file.find("CREATION_TIME") < file.find("<TEXT>"));
    let (text, gold) = untag(body)?;
    Ok(History { name: name.to_string(), document: report(name, &text, written), gold })
}

/// Text without tags, and the expressions that the tags held.
fn untag(body: &str) -> Result<(String, Vec<Timex>)> {
    let (mut text, mut gold) = (String::new(), Vec::new());
    let mut rest = body;
    while let Some((before, tag)) = rest.split_once("<TIMEX3") {
        text += &plain(before);
        let (attributes, inside) = tag.split_once('>').context("an open tag")?;
        let (words, after) = inside.split_once("</TIMEX3>").context("a tag without end")?;
        let start = text.len();
        text += &plain(words);
        let value = attribute(attributes, "value").filter(|v| *v != "null" && !v.is_empty());
        gold.push(Timex { span: Span::new(start, text.len()), value: value.map(str::to_string) });
        rest = after;
    }
    text += &plain(rest);
    Ok((text, gold))
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_leave_text_and_spans() {
        let (text, gold) =
            untag("In <TIMEX3 tid=\"t1\" value=\"1999-05\">May 1999</TIMEX3> &amp; <TIMEX3 value=\"null\">then</TIMEX3>.")
                .unwrap();
        assert_eq!(text, "In May 1999 & then.");
        assert_eq!(gold[0].span.of(&text), "May 1999");
        assert_eq!(gold[0].value.as_deref(), Some("1999-05"));
        assert_eq!((gold[1].span.of(&text), gold[1].value.as_deref()), ("then", None));
    }
}
