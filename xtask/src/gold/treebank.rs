//! Reads a treebank (CoNLL-U, or UNER's tables) into sentences whose words lie in a text.
//!
//! The text of a paragraph is that of its sentences, one space between them, as the experiment's
//! scorer has it; so raw-text scores can be compared with older ones.

use std::ops::Range;

use anyhow::{Context, Result};

use crate::shared;

/// A gold word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    pub(crate) xpos: String,
    /// `None` for the root.
    pub(crate) head: Option<usize>,
    pub(crate) rel: String,
    /// "B-PER", ..., "O".
    pub(crate) name: String,
    /// Kind of the mention that this word heads.
    pub(crate) mention: Option<String>,
    /// Bytes in the paragraph's text.
    pub(crate) span: Range<usize>,
    misc: String,
}

/// A gold sentence.
#[derive(Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<Word>,
    /// Genre of a GUM document ("news"), otherwise empty.
    pub(crate) genre: String,
    /// Name of the document.
    pub(crate) document: String,
    /// GUM's mentions.
    pub(crate) mentions: Vec<Mention>,
}

/// Sentences that are one running text.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    pub(crate) sentences: Vec<Sentence>,
}

/// Reads a treebank of Universal Dependencies.
pub(crate) fn read(relative: &str) -> Result<Vec<Paragraph>> {
    let file = shared::read(relative)?;
    let mut out: Vec<Paragraph> = Vec::new();
    let (mut document, mut genre) = (String::new(), String::new());
    for block in file.trim().split("\n\n") {
        let border = block.contains("# newdoc") || block.contains("# newpar");
        if border || out.is_empty() {
            out.push(Paragraph::default());
        }
        if let Some(doc) = comment(block, "# newdoc id = ") {
            doc.clone_into(&mut document);
            genre = doc.strip_prefix("GUM_").and_then(|d| d.split('_').next()).unwrap_or("").to_owned();
        }
        let paragraph = out.last_mut().context("a paragraph")?;
        let text = comment(block, "# text = ").context("a sentence without its text")?;
        let mut words = rows(block, text, paragraph.text.len())?;
        let mentions = mentions_of(&words);
        for mention in &mentions {
            words[mention.head].mention = Some(mention.kind.clone());
        }
        let (genre, document) = (genre.clone(), document.clone());
        paragraph.sentences.push(Sentence { words, genre, document, mentions });
        paragraph.text.push_str(text);
        paragraph.text.push(' ');
    }
    Ok(out)
}

fn comment<'a>(block: &'a str, name: &str) -> Option<&'a str> {
    block.lines().find_map(|l| l.strip_prefix(name))
}

/// The words of a sentence, found in its text one after the other.
fn rows(block: &str, text: &str, offset: usize) -> Result<Vec<Word>> {
    let lines: Vec<Vec<&str>> = block
        .lines()
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
        .map(|l| l.split('\t').collect())
        .collect();
    let (mut words, mut at, mut shared_until) = (Vec::new(), 0, 0);
    for (i, c) in lines.iter().enumerate() {
        anyhow::ensure!(c.len() == 10, "a row of {} columns", c.len());
        if c[0].contains('.') {
            continue;
        }
        if let Some((from, to)) = c[0].split_once('-') {
            let n = to.parse::<usize>()? + 1 - from.parse::<usize>()?;
            let forms: Vec<&str> = lines[i + 1..=i + n].iter().map(|l| l[1]).collect();
            let start = text[at..].find(c[1]).map_or(at, |p| at + p);
            for (k, span) in share(text, start, c[1].len(), &forms).into_iter().enumerate() {
                words.push(word(&lines[i + 1 + k], span.start + offset..span.end + offset)?);
            }
            (at, shared_until) = (start + c[1].len(), words.len());
        } else if words.len() + 1 == c[0].parse::<usize>()? && words.len() >= shared_until {
            let start = text[at..].find(c[1]).map_or(at, |p| at + p);
            words.push(word(c, start + offset..start + c[1].len() + offset)?);
            at = start + c[1].len();
        }
    }
    Ok(words)
}

/// The parts of "don't" or "gonna" in the text.
fn share(text: &str, start: usize, length: usize, forms: &[&str]) -> Vec<Range<usize>> {
    let end = start + length;
    let mut at = start;
    let mut out = Vec::new();
    for (i, form) in forms.iter().enumerate() {
        let left = forms.len() - 1 - i;
        let mut to = if left == 0 { end } else { (at + form.len()).min(end - left) };
        while !text.is_char_boundary(to) {
            to += 1;
        }
        out.push(at..to);
        at = to;
    }
    out
}

fn word(c: &[&str], span: Range<usize>) -> Result<Word> {
    Ok(Word {
        form: c[1].to_owned(),
        lemma: c[2].to_owned(),
        upos: c[3].to_owned(),
        xpos: c[4].to_owned(),
        head: c[6].parse::<usize>()?.checked_sub(1),
        rel: c[7].to_owned(),
        name: "O".to_owned(),
        mention: None,
        span,
        misc: c[9].to_owned(),
    })
}

/// A mention of GUM.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// The same for all mentions of one thing in the document.
    pub(crate) group: String,
    pub(crate) kind: String,
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) head: usize,
}

/// GUM's bracketed `Entity=` column -> mentions, inner ones last.
fn mentions_of(words: &[Word]) -> Vec<Mention> {
    let mut done: Vec<Mention> = Vec::new();
    let mut open: Vec<Mention> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let column = word.misc.split('|').find_map(|m| m.strip_prefix("Entity=")).unwrap_or("");
        for part in brackets(column) {
            if let Some(body) = part.strip_prefix('(') {
                let mut fields = body.trim_end_matches(')').split('-');
                let (group, kind) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
                let (group, kind) = (group.to_owned(), kind.to_owned());
                let mention = Mention { group, kind, first: i, last: i, head: i };
                if part.ends_with(')') { done.push(mention) } else { open.push(mention) }
            } else if let Some(k) =
                open.iter().rposition(|m| Some(m.group.as_str()) == part.strip_suffix(')'))
            {
                let mut mention = open.remove(k);
                mention.last = i;
                done.push(mention);
            }
        }
    }
    done.sort_by_key(|m| std::cmp::Reverse(m.last - m.first));
    for m in &mut done {
        let inside = m.first..=m.last;
        let top = inside.clone().find(|&i| words[i].head.is_none_or(|h| !inside.contains(&h)));
        m.head = top.unwrap_or(m.first);
    }
    done
}

/// "(1-person-new(2-place)1)" -> "(1-person-new", "(2-place)", "1)".
fn brackets(column: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in column.char_indices() {
        if c == '(' && i > start {
            out.push(&column[start..i]);
            start = i;
        } else if c == ')' {
            out.push(&column[start..=i]);
            start = i + 1;
        }
    }
    if start < column.len() {
        out.push(&column[start..]);
    }
    out
}

/// Reads UNER: words and names only.
pub(crate) fn read_names(relative: &str) -> Result<Vec<Sentence>> {
    let file = shared::read(relative)?;
    let row = |line: &str| {
        let c: Vec<&str> = line.split('\t').collect();
        let kept = c.len() > 2 && c[0].chars().all(|c| c.is_ascii_digit());
        kept.then(|| {
            let name = if matches!(c[2].get(2..), Some("PER" | "ORG" | "LOC")) { c[2] } else { "O" };
            Word { form: c[1].to_owned(), name: name.to_owned(), ..Word::default() }
        })
    };
    let sentence =
        |block: &str| Sentence { words: block.lines().filter_map(row).collect(), ..Sentence::default() };
    Ok(file.trim().split("\n\n").map(sentence).filter(|s| !s.words.is_empty()).collect())
}
