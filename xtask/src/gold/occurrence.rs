//! `cargo xtask gold occurrence`: how real are the happenings that a report tells of?
//!
//! # How
//! 1. The documents are given as words by sentences (CAT XML); they are put together again with a sentence a line and
//!    read as reports.
//! 2. **Found**: event mentions that one of our events touches by its cue. Certainty and polarity are those of the event.
//!    The share of all scored mentions is printed as coverage.
//! 3. **All**: the reader's modality and polarity at the head of every mention, event of ours or not.
//! 4. Certainty: `CERTAIN` against `POSSIBLE` and `PROBABLE` together, since a modality has no degrees. By the guidelines a
//!    speaker is certain of what is planned, promised or refused; not certain is what a report puts as possibility,
//!    condition, wish or fear. Mentions without certainty or polarity, and those marked as underspecified or
//!    generic, are not scored.
//! 5. Since nearly all mentions are certain and affirmed, the share of the commoner class is printed beside, and the
//!    mean recall of both classes.
//!
//! # From
//! MEANTIME (Minard et al. 2016), annotated by the NewsReader guidelines (Tonelli et al. 2014).

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use detente_types::{Document, Modality, Polarity, Reading, Span};

use super::reader::{Reader, report};
use super::score::{Value, bootstrap};
use super::table::{Line, Mistakes, Scored};
use crate::shared;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    score(&Reader::bundled())?.print(arguments.errors)
}

/// An event mention of the gold.
struct Mention {
    span: Span,
    certain: bool,
    affirmed: bool,
    future: Option<bool>,
}

struct Page {
    name: String,
    text: String,
    mentions: Vec<Mention>,
}

/// What the gold says and what we say, for one mention.
#[derive(Clone, Copy)]
struct Answer {
    gold: bool,
    ours: bool,
}

/// Answers of one document.
#[derive(Default)]
struct Unit {
    mentions: usize,
    found: [Vec<Answer>; 2],
    all: [Vec<Answer>; 2],
    future: Vec<Answer>,
}

/// Reads and scores the documents.
pub(crate) fn score(reader: &Reader) -> Result<Scored> {
    let pages = pages()?;
    let documents: Vec<Document> = pages.iter().map(|p| report(&p.name, &p.text, None)).collect();
    let readings = reader.read_all(&documents);
    let mut mistakes = Mistakes::default();
    let mut units = Vec::new();
    for ((page, document), reading) in pages.iter().zip(&documents).zip(&readings) {
        let heads: Vec<Span> = page.mentions.iter().map(|m| m.span).collect();
        let real = detente_read::realities(document, &reader.knowledge, &reader.language, &heads);
        units.push(unit(page, reading, &real, &mut mistakes));
    }
    let mentions: usize = units.iter().map(|u| u.mentions).sum();
    Ok(Scored {
        name: "occurrence",
        set: "MEANTIME, news about Airbus and Apple",
        size: format!("{} documents, {mentions} event mentions scored", pages.len()),
        rule: "Certain against possible or probable; affirmed against negated; intervals over documents.",
        lines: lines(&units),
        mistakes,
    })
}

fn unit(page: &Page, reading: &Reading, real: &[Option<(Modality, Polarity)>], notes: &mut Mistakes) -> Unit {
    let mut out = Unit { mentions: page.mentions.len(), ..Unit::default() };
    for (mention, real) in page.mentions.iter().zip(real) {
        let event = reading.events.iter().find(|e| e.evidence().iter().any(|v| touches(v, mention.span)));
        if let Some(event) = event {
            let ours = (event.fact.modality, event.fact.polarity);
            out.found[0].push(Answer { gold: mention.certain, ours: certain(ours) });
            out.found[1].push(Answer { gold: mention.affirmed, ours: affirmed(ours) });
        }
        let Some(ours) = *real else { continue };
        out.all[0].push(Answer { gold: mention.certain, ours: certain(ours) });
        out.all[1].push(Answer { gold: mention.affirmed, ours: affirmed(ours) });
        if let Some(gold) = mention.future {
            out.future.push(Answer { gold, ours: future(ours.0) });
        }
        let line = || {
            let sentence = page.text.lines().find(|l| {
                let at = l.as_ptr() as usize - page.text.as_ptr() as usize;
                at <= mention.span.start() && mention.span.end() <= at + l.len()
            });
            format!("<{}> {ours:?}\n  {}", mention.span.of(&page.text), sentence.unwrap_or(""))
        };
        if mention.certain != certain(ours) {
            notes.add(format!("certainty: gold certain {}, read {:?}", mention.certain, ours.0), line());
        }
        if mention.affirmed != affirmed(ours) {
            notes.add(format!("polarity: gold affirmed {}, read {ours:?}", mention.affirmed), line());
        }
    }
    out
}

fn touches(evidence: &detente_types::Evidence, span: Span) -> bool {
    evidence.marks.first().is_some_and(|m| m.overlaps(span))
}

fn certain((modality, _): (Modality, Polarity)) -> bool {
    !matches!(modality, Modality::Hypothetical | Modality::Feared)
}

/// What was refused or denied did not happen.
fn affirmed((modality, polarity): (Modality, Polarity)) -> bool {
    (polarity == Polarity::Affirmed) != matches!(modality, Modality::Refused | Modality::Denied)
}

fn future(modality: Modality) -> bool {
    use Modality::{Demanded, Hypothetical, Offered, Planned, Threatened, Urged, Willing};
    matches!(modality, Planned | Offered | Willing | Urged | Demanded | Threatened | Hypothetical)
}

fn lines(units: &[Unit]) -> Vec<Line> {
    let share = |pick: &dyn Fn(&Unit) -> &[Answer]| accuracy(units, pick);
    let coverage = bootstrap(units, |l| {
        let (found, all) = l.iter().fold((0, 0), |(f, a), u| (f + u.found[0].len(), a + u.mentions));
        percent(found, all)
    });
    let common = |n: usize| {
        bootstrap(units, |l| {
            let answers: Vec<&Answer> = l.iter().flat_map(|u| &u.all[n]).collect();
            percent(answers.iter().filter(|a| a.gold).count(), answers.len())
        })
    };
    let both = |n: usize| {
        bootstrap(units, |l| {
            let recall = |class: bool| {
                let of: Vec<&Answer> = l.iter().flat_map(|u| &u.all[n]).filter(|a| a.gold == class).collect();
                percent(of.iter().filter(|a| a.ours == class).count(), of.len())
            };
            f64::midpoint(recall(true), recall(false))
        })
    };
    vec![
        Line::new("certainty, events found", "", share(&|u| &u.found[0]), "occurrence.found-certainty"),
        Line::new("polarity, events found", "", share(&|u| &u.found[1]), "occurrence.found-polarity"),
        Line::beside("· mentions found", coverage),
        Line::new("certainty, all mentions", "", share(&|u| &u.all[0]), "occurrence.certainty"),
        Line::beside("· share that is certain", common(0)),
        Line::beside("· mean recall of both classes", both(0)),
        Line::new("polarity, all mentions", "", share(&|u| &u.all[1]), "occurrence.polarity"),
        Line::beside("· share that is affirmed", common(1)),
        Line::beside("· mean recall of both classes", both(1)),
        Line::beside("future or not, all mentions", share(&|u| &u.future)),
    ]
}

fn accuracy(units: &[Unit], pick: &dyn Fn(&Unit) -> &[Answer]) -> Value {
    bootstrap(units, |l| {
        let answers: Vec<&Answer> = l.iter().flat_map(|u| pick(u)).collect();
        percent(answers.iter().filter(|a| a.gold == a.ours).count(), answers.len())
    })
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// Both corpora, by name.
fn pages() -> Result<Vec<Page>> {
    let mut out = Vec::new();
    for corpus in ["corpus_airbus", "corpus_apple"] {
        let folder = shared::path("gold/occurrence").join(corpus);
        let files = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        let mut files: Vec<_> = files.map(|f| Ok(f?.path())).collect::<Result<_>>()?;
        files.sort();
        for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "xml")) {
            let xml = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            out.push(page(&path.display().to_string(), &xml)?);
        }
    }
    Ok(out)
}

/// One file: the words put together, and the mentions that are scored.
fn page(name: &str, xml: &str) -> Result<Page> {
    let tree = roxmltree::Document::parse(xml).with_context(|| name.to_string())?;
    let mut text = String::new();
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    let mut sentence = None;
    for token in tree.descendants().filter(|n| n.has_tag_name("token")) {
        let (word, number) = (token.text().unwrap_or(""), token.attribute("sentence"));
        if sentence.is_some() && number != sentence {
            text.push('\n');
        } else if !text.is_empty() && !joins(&text, word) {
            text.push(' ');
        }
        sentence = number;
        let start = text.len();
        text.push_str(word);
        let id = token.attribute("t_id").ok_or_else(|| anyhow!("{name}: a token without id"))?;
        places.insert(id, Span::new(start, text.len()));
    }
    let mentions = tree.descendants().filter(|n| n.has_tag_name("EVENT_MENTION"));
    let mentions = mentions.filter_map(|m| mention(m, &places)).collect();
    Ok(Page { name: name.to_string(), text, mentions })
}

/// Does a word stand without a blank before it?
fn joins(text: &str, word: &str) -> bool {
    let mark = word.chars().all(|c| matches!(c, ',' | '.' | ';' | ':' | '?' | '!' | ')' | '%' | '”' | '’'));
    mark || word.starts_with('\'') || word == "n't" || text.ends_with(['(', '$', '“', '#'])
}

fn mention(node: roxmltree::Node<'_, '_>, places: &BTreeMap<&str, Span>) -> Option<Mention> {
    let certain = match node.attribute("certainty")? {
        "CERTAIN" => true,
        "POSSIBLE" | "PROBABLE" => false,
        _ => return None,
    };
    let affirmed = match node.attribute("polarity")? {
        "POS" => true,
        "NEG" => false,
        _ => return None,
    };
    if node.attribute("special_cases") == Some("GEN") {
        return None;
    }
    let future = match node.attribute("time") {
        Some("FUTURE") => Some(true),
        Some("NON_FUTURE") => Some(false),
        _ => None,
    };
    let anchors = node.children().filter_map(|c| places.get(c.attribute("t_id")?).copied());
    let span = anchors.reduce(Span::cover)?;
    Some(Mention { span, certain, affirmed, future })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_put_together_and_unscored_mentions_left_out() {
        let xml = r#"<Document><token sentence="0" t_id="1">Talks</token><token sentence="0" t_id="2">may</token>
            <token sentence="0" t_id="3">resume</token><token sentence="0" t_id="4">.</token><Markables>
            <EVENT_MENTION certainty="POSSIBLE" polarity="POS" special_cases="NONE" time="FUTURE"><token_anchor t_id="3"/>
            </EVENT_MENTION><EVENT_MENTION certainty="" polarity=""><token_anchor t_id="1"/></EVENT_MENTION>
            </Markables></Document>"#;
        let page = page("one", xml).unwrap();
        assert_eq!(page.text, "Talks may resume.");
        assert_eq!(page.mentions.len(), 1);
        assert!(page.mentions[0].span.of(&page.text) == "resume" && !page.mentions[0].certain);
        assert_eq!(page.mentions[0].future, Some(true));
    }

    #[test]
    fn refusing_is_certain_and_nothing_happened() {
        let refused = (Modality::Refused, Polarity::Affirmed);
        assert!(certain(refused) && !affirmed(refused) && !future(refused.0));
    }
}
