//! A report as sentences with trees.
//!
//! Takes the page's parts and the analyser's sentences, gives one list of sentences in the order of the
//! text: headline, body, linked headlines, and masked stretches (so that a person who counts sentences
//! arrives at the same numbers). Only headline, body and links have trees.

use crate::mend::{lemmas, mend, tags};
use crate::press::Page;
use crate::tree::Tree;
use detente_knowledge::{Knowledge, Target};
use detente_language::{Language, Sentence};
use detente_types::{Document, MaskReason, SentenceKind, SentenceSpan, Span};

/// One sentence.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// Where.
    pub(crate) span: Span,
    /// What.
    pub(crate) kind: SentenceKind,
    /// Its tree; `None` for masked stretches.
    pub(crate) tree: Option<Tree<'t>>,
    /// The words of a masked heading: its year is told to what stands under it.
    pub(crate) heading: Option<Tree<'t>>,
    /// Number of its paragraph.
    pub(crate) paragraph: usize,
}

impl Line<'_> {
    /// The words, read or heading.
    pub(crate) fn words(&self) -> Option<&Tree<'_>> {
        self.tree.as_ref().or(self.heading.as_ref())
    }

    /// Does the sentence stand apart from those before it (headline, link)?
    pub(crate) fn fresh_start(&self) -> bool {
        self.kind != SentenceKind::Body
    }
}

/// A report as sentences.
#[derive(Debug)]
pub(crate) struct Text<'t> {
    /// The report.
    pub(crate) document: &'t Document,
    /// The page's parts.
    pub(crate) page: &'t Page,
    /// Sentences in order.
    pub(crate) sentences: Vec<Line<'t>>,
}

/// What the analyser made of the page: kept by the caller, since trees borrow from it.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    sentences: Vec<(SentenceKind, usize, Sentence)>,
    headings: Vec<Sentence>,
}

/// Runs the analyser over headline, paragraphs and links.
pub(crate) fn analyse(text: &str, page: &Page, knowledge: &Knowledge, language: &Language) -> Analysis {
    let mut parts: Vec<(SentenceKind, Span)> = Vec::new();
    parts.extend(page.title.map(|s| (SentenceKind::Headline, s)));
    parts.extend(page.paragraphs.iter().map(|s| (SentenceKind::Body, *s)));
    parts.extend(page.links.iter().map(|s| (SentenceKind::Link, *s)));
    let headings = page.mask.iter().filter(|m| m.reason == MaskReason::Heading);
    parts.extend(headings.map(|m| (SentenceKind::Masked, m.span)));
    let blocks: Vec<_> = parts.iter().map(|(_, s)| s.start()..s.end()).collect();
    let mut out = Analysis::default();
    for mut sentence in language.analyze(text, &blocks) {
        tags(&mut sentence, text, knowledge);
        lemmas(&mut sentence, text, knowledge.lexicon());
        mend(&mut sentence);
        let at = parts.iter().position(|(_, s)| s.start() <= sentence.start && sentence.end <= s.end());
        let Some(n) = at.filter(|_| !sentence.tokens.is_empty()) else { continue };
        if parts[n].0 == SentenceKind::Masked {
            out.headings.push(sentence);
        } else {
            out.sentences.push((parts[n].0, n, sentence));
        }
    }
    out
}

impl<'t> Text<'t> {
    /// `wording`: the text as it is analysed, byte for byte as long as the document's.
    pub(crate) fn new(
        document: &'t Document,
        wording: &'t str,
        page: &'t Page,
        analysis: &'t Analysis,
    ) -> Text<'t> {
        let mut sentences: Vec<Line<'t>> = analysis
            .sentences
            .iter()
            .map(|(kind, paragraph, s)| Line {
                span: Span::new(s.start, s.end),
                kind: *kind,
                tree: Some(Tree::new(wording, s)),
                heading: None,
                paragraph: *paragraph,
            })
            .collect();
        for masked in &page.mask {
            let read = sentences.iter().any(|l| masked.span.overlaps(l.span));
            let part = masked.reason == MaskReason::Dateline;
            if !read && !part {
                let heading =
                    analysis.headings.iter().find(|s| masked.span.contains(Span::new(s.start, s.end)));
                sentences.push(Line {
                    span: masked.span,
                    kind: SentenceKind::Masked,
                    tree: None,
                    heading: heading.map(|s| Tree::new(wording, s)),
                    paragraph: usize::MAX,
                });
            }
        }
        sentences.sort_by_key(|l| l.span);
        Text { document, page, sentences }
    }

    /// The sentences as the reading keeps them.
    pub(crate) fn spans(&self) -> Vec<SentenceSpan> {
        self.sentences.iter().map(|l| SentenceSpan { span: l.span, kind: l.kind }).collect()
    }

    /// The country that the report is written from: that of its dateline, else of its outlet.
    pub(crate) fn home(&self, knowledge: &Knowledge) -> Option<String> {
        let outlet = || {
            let name = self.document.outlet().or(self.page.outlet.as_ref().map(|o| o.name.as_str()))?;
            knowledge.outlet(name)?.country.clone()
        };
        self.dateline_country(knowledge).or_else(outlet)
    }

    /// The country of the place in the dateline.
    pub(crate) fn dateline_country(&self, knowledge: &Knowledge) -> Option<String> {
        let place = self.page.dateline.as_ref()?.place.of(self.document.text());
        // "ISLAMABAD/KABUL": the first is where the report was written.
        let words: Vec<&str> = place.split('/').next().unwrap_or(place).split_whitespace().collect();
        let title: Vec<String> = words.iter().map(|w| capitalised(w)).collect();
        let words: Vec<&str> = title.iter().map(String::as_str).collect();
        knowledge.names_at(&words, 0).into_iter().find_map(|hit| match hit.target {
            Target::Place(id) => {
                knowledge.place(id).and_then(|p| p.countries.first().map(ToString::to_string))
            }
            Target::Actor(id) => knowledge.actor(&id).and_then(|a| a.country.clone()),
        })
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}
