//! What a noun phrase is, and its words: people, things, weapons.

use crate::Report;
use crate::figure::numbers;
use crate::tree::Tree;
use detente_knowledge::Shape;
use detente_types::attack::{Number, Words};
use detente_types::{ActorKind, ActorRef, Comparator};

/// What a noun phrase denotes, as far as violence goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// People, named or not.
    Person,
    /// A building, vehicle, line, office.
    Thing,
    /// What it is done with.
    Weapon,
    /// The act itself ("the explosion").
    Deed,
    /// A place by its name, or anything else.
    Other,
}

/// A sentence, to ask about its phrases.
#[derive(Clone, Copy)]
pub(super) struct Look<'a, 't> {
    pub(super) report: &'a Report<'t>,
    pub(super) s: usize,
    pub(super) tree: &'a Tree<'t>,
}

impl<'t> Look<'_, 't> {
    pub(super) fn in_class(&self, class: &str, word: &str) -> bool {
        self.report.knowledge.lexicon().in_class(class, word)
    }

    /// The dictionary form with its particle ("blow up") or the noun before it ("car bomb").
    pub(super) fn lemma(&self, i: usize) -> String {
        let own = self.tree.lemma(i);
        if let Some(k) = self.tree.kid(i, &["compound:prt"]) {
            return format!("{own} {}", self.tree.lower(k));
        }
        let before =
            i.checked_sub(1).filter(|&b| self.tree.head(b) == Some(i) && self.tree.base(b) == "compound");
        match before {
            Some(b) if self.tree.is_noun(i) => format!("{} {own}", self.tree.lemma(b)),
            _ => own,
        }
    }

    /// Is the word, with or without its modifier, in the class?
    pub(super) fn is(&self, class: &str, i: usize) -> bool {
        self.in_class(class, &self.lemma(i)) || self.in_class(class, &self.tree.lemma(i))
    }

    pub(super) fn kind(&self, i: usize) -> Kind {
        let tree = self.tree;
        let token = &tree.tokens[i];
        let lemma = tree.lemma(i);
        if token.name == Some("PER") && tree.upos(i) == "PROPN" {
            return Kind::Person;
        }
        if self.is("instruments", i) && tree.is_noun(i) {
            return Kind::Weapon;
        }
        if self.is("charges", i) || self.in_class("hostilities", &lemma) || self.in_class("deadly", &lemma) {
            return Kind::Deed;
        }
        if tree.upos(i) == "PROPN" && token.name == Some("LOC") {
            return Kind::Other;
        }
        self.by_word(i, &lemma)
    }

    fn by_word(&self, i: usize, lemma: &str) -> Kind {
        let tree = self.tree;
        let built = self.in_class("structures", lemma) || self.in_class("premises", lemma);
        if settlement(lemma) || matches!(lemma, "body" | "corpse" | "attack" | "investigation") {
            return Kind::Other;
        }
        if self.in_class("people", lemma) || self.in_class("prisoners", lemma) {
            return Kind::Person;
        }
        if built {
            return Kind::Thing;
        }
        if let Some(noun) = self.report.knowledge.noun(lemma) {
            return match noun.shape {
                Shape::Person | Shape::Group => Kind::Person,
                Shape::Thing | Shape::Place | Shape::Institution => Kind::Thing,
            };
        }
        match tree.tokens[i].mention {
            Some("person") => Kind::Person,
            Some("object" | "organization") => Kind::Thing,
            Some("place") if tree.upos(i) == "NOUN" => Kind::Thing,
            _ => Kind::Other,
        }
    }

    /// The phrase: its noun with what belongs to it, without clauses and appositions.
    pub(super) fn words(&self, i: usize) -> Words {
        let tree = self.tree;
        let mut ids = tree.core(i);
        ids.retain(|&n| !(tree.base(n) == "det" && tree.head(n) == Some(i)));
        let ids = if ids.len() > 14 { tree.short_core(i) } else { ids };
        let ids = if ids.is_empty() { vec![i] } else { ids };
        let text = tree.phrase(&ids).split_whitespace().collect::<Vec<_>>().join(" ");
        Words { text, head: tree.word(i).to_string(), span: tree.span_of(&ids) }
    }

    /// How many the phrase says that they are.
    pub(super) fn number(&self, i: usize) -> Number {
        let tree = self.tree;
        let inside = tree.short_core(i);
        let found = numbers(tree, self.report.knowledge)
            .into_iter()
            .find(|n| inside.contains(&n.first) && n.last <= i && (n.last == i || tree.is_under(n.first, i)));
        let plural =
            matches!(tree.xpos(i), "NNS" | "NNPS") || matches!(tree.lemma(i).as_str(), "people" | "police");
        match found {
            Some(n) => {
                let (mut low, mut high) = n.bounds();
                let about = n.comparator == Comparator::About;
                if about {
                    (low, high) = (n.value, n.value);
                }
                Number { low, high, plural: plural || n.value.is_none(), about }
            }
            None if plural => Number { plural: true, ..Number::default() },
            None => Number { low: Some(1), high: Some(1), ..Number::default() },
        }
    }

    /// The person behind a phrase: the one that it names, or that a name beside it names.
    pub(super) fn person(&self, i: usize) -> Option<ActorRef> {
        let of = |n: usize| {
            let refs = &self.report.cast.meaning(self.s, n).refs;
            refs.iter().find(|r| {
                self.kind_of(r) == Some(ActorKind::Person) && r.actor.as_str().starts_with("person/")
            })
        };
        let beside = self.tree.kids_by(i, &["appos", "flat", "compound", "nmod:desc"]);
        std::iter::once(i).chain(beside).find_map(of).cloned()
    }

    pub(super) fn kind_of(&self, r: &ActorRef) -> Option<ActorKind> {
        self.report.cast.actor(&r.actor).map(|a| a.kind)
    }
}

/// Places where people live, and parts of the country: where it was, not what was struck.
fn settlement(lemma: &str) -> bool {
    matches!(
        lemma,
        "village"
            | "town"
            | "city"
            | "neighborhood"
            | "neighbourhood"
            | "department"
            | "province"
            | "region"
            | "country"
            | "area"
            | "zone"
            | "capital"
            | "municipality"
            | "jurisdiction"
            | "district"
            | "place"
            | "street"
            | "avenue"
            | "sector"
            | "suburb"
            | "outskirts"
            | "south"
            | "north"
            | "east"
            | "west"
            | "hamlet"
            | "world"
            | "nation"
            | "territory"
            | "canton"
            | "site"
            | "scene"
            | "hill"
            | "volcano"
    )
}
