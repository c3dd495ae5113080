//! `detente analyze`: the sentences of a text as trees, for those who want to see what the reader sees.
//!
//! # From
//! CoNLL-U, the format of Universal Dependencies. The last column holds the bytes of the word in the text and,
//! where there is one, the kind of name or mention.

use super::arguments::Analyze;
use super::{Outcome, screen};
use crate::intake::{self, Failure};
use detente_language::{Language, Sentence, Token};
use std::fmt::Write;
use std::ops::Range;

/// Prints the trees.
pub(super) fn run(wanted: &Analyze) -> Outcome {
    let mut intake = intake::gather(std::slice::from_ref(&wanted.file));
    let failures = std::mem::take(&mut intake.failures);
    if intake.taken.is_empty() && failures.is_empty() {
        super::say::notes(&intake.notes);
        return Err(Failure::new(
            "no text",
            wanted.file.display().to_string(),
            "give a file with text in it",
        )
        .into());
    }
    let language = Language::english();
    let mut out = String::new();
    for taken in &intake.taken {
        let text = taken.document.text();
        out.push_str(&format!("# newdoc id = {}\n", taken.document.path));
        for (n, sentence) in language.analyze(text, &paragraphs(text)).iter().enumerate() {
            tree(&mut out, n + 1, sentence, text);
        }
    }
    screen::print(out.as_bytes())?;
    super::say::notes(&intake.notes);
    Ok(failures)
}

/// Lines with something on them: no sentence runs from one to the next.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            out.push(at..at + line.len());
        }
        at += line.len();
    }
    out
}

fn tree(out: &mut String, number: usize, sentence: &Sentence, text: &str) {
    let plain: Vec<&str> = sentence.text(text).split_whitespace().collect();
    let mut put =
        |line: std::fmt::Arguments<'_>| out.write_fmt(line).expect("writing to a string cannot fail");
    put(format_args!("# sent_id = {number}\n# text = {}\n", plain.join(" ")));
    for (at, token) in sentence.tokens.iter().enumerate() {
        let head = token.head.map_or(0, |h| h + 1);
        let (form, misc) = (token.text(text), misc(token));
        put(format_args!(
            "{}\t{form}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{misc}\n",
            at + 1,
            token.lemma,
            token.upos,
            token.xpos,
            token.rel
        ));
    }
    put(format_args!("\n"));
}

fn misc(token: &Token) -> String {
    let mut misc = format!("Bytes={}:{}", token.start, token.end);
    if let Some(name) = token.name {
        let border = if token.name_begins { "B" } else { "I" };
        misc.push_str(&format!("|Name={border}-{name}"));
    }
    if let Some(kind) = token.mention {
        misc.push_str(&format!("|Mention={kind}"));
    }
    misc
}
