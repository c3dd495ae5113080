//! `detente analyze`: the sentences of a text as trees, for those who want to see what the reader sees.
//!
//! # From
//! CoNLL-U, the format of Universal Dependencies. The last column holds the bytes of the word in the text and,
//! where there is one, the kind of name or mention. The line `# text` has one space where the text has any gap.

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
    let (mut out, mut number) = (String::new(), 0);
    for taken in &intake.taken {
        let text = taken.document.text();
        out.push_str(&format!("# newdoc id = {}\n", taken.document.path));
        for sentence in &language.analyze(text, &paragraphs(text)) {
            number += 1;
            tree(&mut out, number, sentence, text);
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
    let joined =
        |i: usize| sentence.tokens.get(i + 1).is_some_and(|next| next.start == sentence.tokens[i].end);
    let mut plain = String::new();
    for (i, token) in sentence.tokens.iter().enumerate() {
        plain.push_str(&form(token, text));
        plain.push_str(if joined(i) { "" } else { " " });
    }
    let mut put =
        |line: std::fmt::Arguments<'_>| out.write_fmt(line).expect("writing to a string cannot fail");
    put(format_args!("# sent_id = {number}\n# text = {}\n", plain.trim_end()));
    for (i, token) in sentence.tokens.iter().enumerate() {
        let head = token.head.map_or(0, |h| h + 1);
        let lemma = if token.lemma.is_empty() { "_" } else { &token.lemma };
        put(format_args!(
            "{}\t{}\t{lemma}\t{}\t{}\t_\t{head}\t{}\t_\t{}\n",
            i + 1,
            form(token, text),
            token.upos,
            token.xpos,
            token.rel,
            misc(token, joined(i))
        ));
    }
    put(format_args!("\n"));
}

/// The word; white space inside, as in a number, would end the column.
fn form(token: &Token, text: &str) -> String {
    let visible = |c: char| if c.is_whitespace() || c.is_control() { '_' } else { c };
    token.text(text).chars().map(visible).collect()
}

fn misc(token: &Token, joined: bool) -> String {
    let mut misc = format!("Bytes={}:{}", token.start, token.end);
    if let Some(name) = token.name {
        let border = if token.name_begins { "B" } else { "I" };
        misc.push_str(&format!("|Name={border}-{name}"));
    }
    if let Some(kind) = token.mention {
        misc.push_str(&format!("|Mention={kind}"));
    }
    if joined {
        misc.push_str("|SpaceAfter=No");
    }
    misc
}
