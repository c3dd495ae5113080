//! A parsed sentence with the questions that rules ask of a tree.
//!
//! Takes the analyser's tokens, gives children, phrases, coordination, prepositions. Everything
//! above this module asks the tree, never positions in the string.

use detente_language::{Sentence, Token};
use detente_types::Span;

/// One sentence and its tree.
#[derive(Clone, Debug)]
pub(crate) struct Tree<'t> {
    /// The text as received.
    pub(crate) text: &'t str,
    /// Tokens in order.
    pub(crate) tokens: &'t [Token],
    kids: Vec<Vec<usize>>,
    lower: Vec<String>,
}

impl<'t> Tree<'t> {
    pub(crate) fn new(text: &'t str, sentence: &'t Sentence) -> Tree<'t> {
        let tokens = &sentence.tokens[..];
        let mut kids = vec![Vec::new(); tokens.len()];
        for (i, token) in tokens.iter().enumerate() {
            if let Some(h) = token.head.filter(|h| *h < tokens.len() && *h != i) {
                kids[h].push(i);
            }
        }
        let lower = tokens.iter().map(|t| fold(text.get(t.start..t.end).unwrap_or(""))).collect();
        Tree { text, tokens, kids, lower }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The word as printed.
    pub(crate) fn word(&self, i: usize) -> &'t str {
        self.text.get(self.tokens[i].start..self.tokens[i].end).unwrap_or("")
    }

    /// The word in lower case, apostrophes and dashes folded.
    pub(crate) fn lower(&self, i: usize) -> &str {
        &self.lower[i]
    }

    /// Dictionary form, lower case.
    pub(crate) fn lemma(&self, i: usize) -> String {
        let lemma = fold(&self.tokens[i].lemma);
        if let Some(particle) = self.hyphen_particle(i) {
            return format!("{lemma}-{particle}");
        }
        // Treebanks keep some plurals whole ("troops", "talks"); the lexicon lists singulars.
        let whole = self.tokens[i].xpos.ends_with("NNS") && lemma == self.lower[i] && lemma.len() > 4;
        match lemma.strip_suffix('s') {
            Some(one)
                if whole
                    && !one.ends_with('s')
                    && !matches!(
                        lemma.as_str(),
                        "remains" | "goods" | "headquarters" | "barracks" | "thanks"
                    ) =>
            {
                one.to_string()
            }
            _ => lemma,
        }
    }

    /// "go-between", "walk-out", "pull-back" are one noun over three tokens, whose head is the first.
    fn hyphen_particle(&self, i: usize) -> Option<&str> {
        let particle = self.lower.get(i + 2)?;
        let joined = self.lower[i + 1] == "-"
            && self.span(i).end() == self.span(i + 1).start()
            && self.span(i + 1).end() == self.span(i + 2).start();
        let known = matches!(
            particle.as_str(),
            "between"
                | "betweens"
                | "out"
                | "outs"
                | "back"
                | "backs"
                | "off"
                | "offs"
                | "up"
                | "by"
                | "in"
                | "down"
                | "over"
        );
        (joined && known && self.upos(i) != "VERB" && self.head(i) != Some(i + 2))
            .then(|| particle.trim_end_matches('s'))
    }

    pub(crate) fn upos(&self, i: usize) -> &'static str {
        self.tokens[i].upos
    }

    pub(crate) fn xpos(&self, i: usize) -> &'static str {
        self.tokens[i].xpos
    }

    pub(crate) fn rel(&self, i: usize) -> &'static str {
        self.tokens[i].rel
    }

    /// The label without its subtype: "nsubj" of "nsubj:pass".
    pub(crate) fn base(&self, i: usize) -> &'static str {
        let rel = self.tokens[i].rel;
        rel.split(':').next().unwrap_or(rel)
    }

    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        self.tokens[i].head.filter(|h| *h < self.tokens.len() && *h != i)
    }

    pub(crate) fn kids(&self, i: usize) -> &[usize] {
        &self.kids[i]
    }

    /// Children with one of these labels (whole or base).
    pub(crate) fn kids_by<'a>(&'a self, i: usize, rels: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        self.kids[i]
            .iter()
            .copied()
            .filter(move |&k| rels.contains(&self.rel(k)) || rels.contains(&self.base(k)))
    }

    /// The first child with one of these labels.
    pub(crate) fn kid(&self, i: usize, rels: &[&str]) -> Option<usize> {
        self.kids[i].iter().copied().find(|&k| rels.contains(&self.rel(k)) || rels.contains(&self.base(k)))
    }

    pub(crate) fn span(&self, i: usize) -> Span {
        Span::new(self.tokens[i].start, self.tokens[i].end)
    }

    /// From the first to the last of these tokens.
    pub(crate) fn span_of(&self, ids: &[usize]) -> Span {
        let first = ids.iter().min().copied().unwrap_or(0);
        let last = ids.iter().max().copied().unwrap_or(0);
        self.span(first).cover(self.span(last))
    }

    pub(crate) fn is_verb(&self, i: usize) -> bool {
        self.upos(i) == "VERB" || (self.upos(i) == "AUX" && self.base(i) != "aux" && self.base(i) != "cop")
    }

    pub(crate) fn is_noun(&self, i: usize) -> bool {
        matches!(self.upos(i), "NOUN" | "PROPN")
    }

    pub(crate) fn is_nominal(&self, i: usize) -> bool {
        matches!(self.upos(i), "NOUN" | "PROPN" | "PRON" | "NUM")
            || (self.upos(i) == "DET" && self.base(i) != "det")
            || (self.upos(i) == "ADJ" && self.kid(i, &["det", "case"]).is_some() && self.base(i) != "amod")
    }

    /// Everything below `i`, with `i`, in text order. Safe on malformed trees.
    pub(crate) fn subtree(&self, i: usize) -> Vec<usize> {
        self.subtree_without(i, &[])
    }

    /// The subtree, leaving out branches whose label (whole or base) is listed.
    pub(crate) fn subtree_without(&self, i: usize, cut: &[&str]) -> Vec<usize> {
        let mut out = Vec::new();
        let mut seen = vec![false; self.len()];
        let mut stack = vec![i];
        while let Some(n) = stack.pop() {
            if std::mem::replace(&mut seen[n], true) {
                continue;
            }
            out.push(n);
            let keep = |k: &&usize| !(cut.contains(&self.rel(**k)) || cut.contains(&self.base(**k)));
            stack.extend(self.kids[n].iter().filter(keep));
        }
        out.sort_unstable();
        out
    }

    /// "bombed Sanaa *in response to a drone attack on Eilat*", "fled *after fighting in Goma*": the phrase below `top`
    /// that tells what came before or why, if the word stands in one.
    pub(crate) fn aside(&self, i: usize, top: usize) -> Option<usize> {
        let answer = |n: usize| {
            let lemma = self.lemma(n);
            matches!(
                lemma.as_str(),
                "response"
                    | "retaliation"
                    | "revenge"
                    | "reprisal"
                    | "retribution"
                    | "reaction"
                    | "answer"
                    | "wake"
            ) && matches!(self.case(n).as_deref(), Some("in" | "as"))
        };
        let before = |n: usize| {
            matches!(
                self.case(n).as_deref(),
                Some(
                    "after"
                        | "before"
                        | "following"
                        | "since"
                        | "despite"
                        | "amid"
                        | "because_of"
                        | "ahead_of"
                )
            )
        };
        let mut up = std::iter::once(i).chain(self.ancestors(i)).take_while(|&a| a != top);
        up.find(|&a| matches!(self.base(a), "obl" | "nmod") && (answer(a) || before(a)))
    }

    /// Is `i` below (or the same as) `top`?
    pub(crate) fn is_under(&self, i: usize, top: usize) -> bool {
        self.ancestors(i).any(|a| a == top) || i == top
    }

    /// The clause above `i` that tells what goes on while something else is done: "… *as dozens die in Gaza*".
    pub(crate) fn meanwhile(&self, i: usize) -> Option<usize> {
        let clause = |&n: &usize| {
            let first = self.subtree(n).first().copied().unwrap_or(n);
            self.base(n) == "advcl"
                && matches!(self.lower(first), "as" | "while")
                && (first + 1..n).any(|k| matches!(self.upos(k), "NOUN" | "PROPN" | "PRON" | "NUM"))
        };
        std::iter::once(i).chain(self.ancestors(i)).find(clause)
    }

    /// In a headline, does the word at `cue` say what stands at `i`? "Army says it retakes bridge as shelling kills 19": the
    /// army says nothing of the shelling.
    pub(crate) fn says_in_headline(&self, cue: usize, i: usize) -> bool {
        self.meanwhile(i).is_none_or(|m| cue == m || self.is_under(cue, m) || !self.is_under(m, cue))
    }

    /// Where such a clause begins behind `i`: in a headline it runs to the end.
    pub(crate) fn meanwhile_from(&self, i: usize) -> Option<usize> {
        let counts = |n: usize| {
            self.upos(n) == "NUM"
                || matches!(
                    self.lower(n),
                    "dozens" | "scores" | "hundreds" | "thousands" | "millions" | "tens"
                )
        };
        let opens = |&k: &usize| {
            let above = || self.head(k).and_then(|h| self.meanwhile(h)).is_some_and(|m| self.is_under(k, m));
            self.lower(k) == "as" && (k + 1 < self.len() && counts(k + 1) || above())
        };
        (i + 1..self.len()).find(opens)
    }

    /// Heads from the parent of `i` up to the root.
    pub(crate) fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut steps = 0;
        std::iter::successors(self.head(i), move |&n| {
            steps += 1;
            if steps > self.len() { None } else { self.head(n) }
        })
    }

    /// `i` and everything coordinated with it ("Pakistan, India and Afghanistan").
    pub(crate) fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut at = 0;
        while at < out.len() {
            for k in self.kids_by(out[at], &["conj"]) {
                if !out.contains(&k) {
                    out.push(k);
                }
            }
            at += 1;
        }
        out.sort_unstable();
        out
    }

    /// The first member of the coordination that `i` belongs to.
    pub(crate) fn first_conjunct(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..self.len() {
            match self.head(at) {
                Some(h) if self.base(at) == "conj" => at = h,
                _ => break,
            }
        }
        at
    }

    /// The preposition of a phrase, lower case, joined with "_" where it is several words
    /// ("because_of", "according_to"); a later conjunct has that of the first.
    pub(crate) fn case(&self, i: usize) -> Option<String> {
        let own = self.own_case(i);
        if own.is_some() || self.base(i) != "conj" {
            return own;
        }
        self.own_case(self.first_conjunct(i))
    }

    fn own_case(&self, i: usize) -> Option<String> {
        let k = self.kids[i]
            .iter()
            .copied()
            .find(|&k| self.base(k) == "case" && self.lower(k) != "'s" && self.lower(k) != "'")?;
        let mut words = vec![self.lower(k).to_string()];
        words.extend(self.kids_by(k, &["fixed"]).map(|f| self.lower(f).to_string()));
        Some(words.join("_"))
    }

    /// Is it the "Russian" of "Russian-brokered": who does it, before a hyphen and a participle?
    pub(crate) fn does_before_hyphen(&self, i: usize) -> bool {
        self.head(i) == Some(i + 2) && self.word(i + 1) == "-" && self.xpos(i + 2) == "VBN"
    }

    /// Does the noun stand in the possessive?
    pub(crate) fn is_possessive(&self, i: usize) -> bool {
        self.rel(i) == "nmod:poss"
    }

    /// The words of a noun phrase without its clauses, appositions and coordination.
    pub(crate) fn core(&self, i: usize) -> Vec<usize> {
        self.subtree_without(
            i,
            &[
                "acl",
                "appos",
                "conj",
                "cc",
                "punct",
                "case",
                "parataxis",
                "nsubj",
                "cop",
                "aux",
                "advcl",
                "mark",
                "advmod",
                "ccomp",
                "discourse",
                "dep",
                "xcomp",
                "obl",
                "obj",
                "dislocated",
                "vocative",
                "orphan",
                "reparandum",
                "list",
            ],
        )
    }

    /// The core of a noun phrase without prepositional phrases behind it.
    pub(crate) fn short_core(&self, i: usize) -> Vec<usize> {
        let core = self.core(i);
        let mut out: Vec<usize> = Vec::new();
        for &n in &core {
            let mut at = n;
            let mut inside = true;
            while at != i {
                if matches!(self.rel(at), "nmod") && self.own_case(at).is_some() {
                    inside = false;
                    break;
                }
                match self.head(at) {
                    Some(h) => at = h,
                    None => break,
                }
            }
            if inside {
                out.push(n);
            }
        }
        out
    }

    /// The text from the first to the last of these tokens.
    pub(crate) fn phrase(&self, ids: &[usize]) -> &'t str {
        if ids.is_empty() { "" } else { self.span_of(ids).of(self.text) }
    }

    /// Is a word negated ("not", "never", "no", "n't", "neither")?
    pub(crate) fn negated(&self, i: usize) -> bool {
        self.kids(i).iter().any(|&k| {
            matches!(self.lower(k), "not" | "n't" | "never" | "no" | "neither" | "nor" | "hardly" | "cannot")
                && matches!(self.base(k), "advmod" | "det" | "cc" | "aux")
                || self.lower(k) == "longer" && self.kids(k).iter().any(|&n| self.lower(n) == "no")
        })
    }

    /// Lemmas of words standing as modifiers before or after a noun: adjectives, compounds, relational nouns.
    pub(crate) fn modifiers(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.kids(i).iter().copied().filter(|&k| {
            matches!(self.base(k), "amod" | "compound" | "flat")
                || matches!(self.rel(k), "nmod:desc" | "nmod:unmarked")
        })
    }
}

/// Lower case, typographic apostrophes and dashes as plain ones.
pub(crate) fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' => '\'',
            '–' | '—' | '‑' => '-',
            c => c,
        })
        .collect()
}
