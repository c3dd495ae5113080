//! How real is it, and who says so: from a word up to the root of its sentence.
//!
//! "Diplomats said Qatar had offered to host talks": "talks" stands below "host", below the operator
//! "offer", below a verb of saying. The climb collects what each governor does to the word: modal
//! verbs, negation, conditions, operators, speakers.
//!
//! # How
//! [`scope`] walks from the word to the root. At every step it asks what the word is to its governor:
//! its content (a complement, the object of a light verb, "offer *of* talks"), a neighbour
//! (coordination), or only something beside it (a relative clause, a time clause). Operators and
//! modals reach through content and coordination only; speakers reach through everything that
//! stands inside what they say.
//!
//! # Does not
//! Decide the event's type: that is [`crate::event`].

mod words;

use crate::args::args;
use crate::tree::Tree;
use detente_knowledge::lexicon::Lexicon;
use detente_types::{Modality, Polarity, Strength};

use words::{asked, awaited, carries, cites_infinitive, denied_telling, nobody, nothing, owed, to_come};
pub(crate) use words::{issuers, operator_over, part_of, phrase_matches};

/// What stands above a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Modality by auxiliaries, conditions and operators without a type of their own.
    pub(crate) modality: Option<Modality>,
    /// Negated an odd number of times.
    pub(crate) negated: bool,
    /// The nearest operator with a type of its own.
    pub(crate) operator: Option<Governor>,
    /// Speakers, innermost first.
    pub(crate) speech: Vec<SpeechAt>,
    /// "reportedly", "allegedly".
    pub(crate) hedged: bool,
    /// "must", "should", "ought to": demanded of the subject, if somebody says so.
    pub(crate) obliged: bool,
    /// "again", "reiterated", "renewed".
    pub(crate) repeated: bool,
    /// The light verb that carries an event noun; its subject does (or suffers) it.
    pub(crate) light: Option<Light>,
    /// The clause head: where time and place hang.
    pub(crate) clause: usize,
    /// Future by auxiliary.
    pub(crate) future: bool,
    /// Only the aim of another action.
    pub(crate) purpose: bool,
}

/// An operator over a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Governor {
    /// Index into the lexicon's operators.
    pub(crate) entry: usize,
    /// Its token.
    pub(crate) token: usize,
    /// It is itself negated ("did not offer").
    pub(crate) negated: bool,
}

/// A speaker over a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SpeechAt {
    /// The verb or noun of saying, or the "according".
    pub(crate) cue: usize,
    /// Heads of the speakers.
    pub(crate) speakers: Vec<usize>,
    /// How strongly.
    pub(crate) strength: Strength,
}

/// A verb that only carries its noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Light {
    /// The verb.
    pub(crate) verb: usize,
    /// Its subject suffers what the noun says ("came under attack").
    pub(crate) undergo: bool,
}

/// Everything above the word at `start`.
pub(crate) fn scope(tree: &Tree<'_>, lexicon: &Lexicon, start: usize) -> Scope {
    let mut out = Scope { clause: start, ..Scope::default() };
    let mut climb = Climb { tree, lexicon, out: &mut out, open: true };
    climb.own(start);
    let mut at = start;
    let mut from = start;
    for _ in 0..tree.len() {
        climb.reporting(at, from);
        let Some(above) = tree.head(at) else { break };
        climb.step(at, above);
        (from, at) = (at, above);
    }
    if asked(tree) && matches!(out.modality, None | Some(Modality::Planned | Modality::Ongoing)) {
        out.modality = Some(Modality::Hypothetical);
    }
    out
}

/// How real the word at `i` is, whether or not it is an event: the nearest operator or modal, and negation.
pub(crate) fn reality(tree: &Tree<'_>, lexicon: &Lexicon, i: usize) -> (Modality, Polarity) {
    let above = scope(tree, lexicon, i);
    let lifted = above.operator.map(|o| (lexicon.operators()[o.entry].modality, o.negated));
    let (modality, undone) = match (lifted, above.modality) {
        (Some((modality, undone)), None | Some(Modality::Ongoing)) => (modality, undone),
        (_, own) if above.hedged && own.is_none() => (Modality::Alleged, false),
        // "ships to carry grain": an aim is meant, and no mere possibility.
        (_, Some(Modality::Hypothetical)) if above.purpose => (Modality::Planned, false),
        (_, own) => (own.unwrap_or(Modality::Occurred), false),
    };
    let negated = above.negated != undone;
    (modality, if negated { Polarity::Negated } else { Polarity::Affirmed })
}

struct Climb<'a, 't> {
    tree: &'a Tree<'t>,
    lexicon: &'a Lexicon,
    out: &'a mut Scope,
    /// Do operators and modals of governors still reach the word?
    open: bool,
}

impl Climb<'_, '_> {
    /// Auxiliaries, negation, adverbs on a word that the event stands or falls with.
    fn own(&mut self, i: usize) {
        let tree = self.tree;
        if tree.negated(i) || nobody(tree, i) || nothing(tree, i) {
            self.out.negated = !self.out.negated;
        }
        for &k in tree.kids(i) {
            let lower = tree.lower(k);
            match tree.base(k) {
                "aux" => self.auxiliary(lower),
                "advmod" | "amod" => {
                    self.out.hedged |= self.lexicon.in_class("hedges", lower)
                        || matches!(lower, "alleged" | "suspected" | "purported");
                    self.out.repeated |= self.lexicon.in_class("again", &tree.lemma(k));
                    if tree.base(k) == "amod" {
                        self.adjective(lower);
                    }
                }
                "det" => self.out.repeated |= lower == "another",
                "mark" | "case" if matches!(lower, "due" | "about") && tree.kid(k, &["fixed"]).is_some() => {
                    // "is due to expire", "is about to fall": some trees make one preposition of it.
                    self.out.future = true;
                    self.set(Modality::Planned);
                }
                "mark" | "case" => self.condition(lower),
                _ => {}
            }
        }
        if to_come(tree, i) {
            self.out.future = true;
            self.set(Modality::Planned);
        }
        let progressive = tree.xpos(i) == "VBG" && tree.kid(i, &["aux"]).is_some();
        if progressive && self.out.modality.is_none() {
            self.set(Modality::Ongoing);
        }
    }

    fn adjective(&mut self, lower: &str) {
        match lower {
            "possible" | "potential" | "hypothetical" | "eventual" => self.set(Modality::Hypothetical),
            "planned" | "scheduled" | "upcoming" | "proposed" | "expected" | "future" | "forthcoming"
            | "impending" => {
                self.set(Modality::Planned);
            }
            "ongoing" | "continuing" | "continued" | "periodic" | "frequent" | "daily" | "sporadic" => {
                self.set(Modality::Ongoing)
            }
            "threatened" => self.set(Modality::Threatened),
            "feared" => self.set(Modality::Feared),
            _ => {}
        }
    }

    fn auxiliary(&mut self, lower: &str) {
        match lower {
            "will" | "'ll" | "shall" | "would" | "'d" | "wo" => {
                self.out.future = true;
                self.set(Modality::Planned);
            }
            "could" | "may" | "might" | "can" | "ca" => self.set(Modality::Hypothetical),
            "must" | "should" | "ought" => {
                self.out.obliged = true;
                self.set(Modality::Demanded);
            }
            _ => {}
        }
    }

    fn condition(&mut self, lower: &str) {
        if matches!(lower, "if" | "unless" | "whether" | "lest" | "without" | "instead") {
            self.out.modality = Some(Modality::Hypothetical);
        }
    }

    /// The first word to say something about modality wins: it stands nearest.
    fn set(&mut self, modality: Modality) {
        if self.open && self.out.modality.is_none() {
            self.out.modality = Some(modality);
        }
    }

    /// One step up.
    fn step(&mut self, at: usize, above: usize) {
        let tree = self.tree;
        match tree.base(at) {
            "conj" => self.neighbour(at, above),
            "ccomp" | "xcomp" | "csubj" => self.content(at, above),
            "acl" if tree.rel(at) != "acl:relcl" => self.below_noun(at, above),
            "advcl" => self.beside(at, above),
            "obj" | "nsubj" | "obl" | "nmod" | "compound" | "amod" | "appos" => self.nominal(at, above),
            "acl" => self.open = false,
            _ => {}
        }
    }

    /// A later conjunct shares auxiliaries and negation with the first unless it has its own.
    fn neighbour(&mut self, at: usize, above: usize) {
        let tree = self.tree;
        let own = tree.kid(at, &["aux", "nsubj", "cop"]).is_some();
        let infinitive = |n: usize| tree.kids_by(n, &["mark"]).any(|m| tree.lower(m) == "to");
        if self.open
            && infinitive(at)
            && !infinitive(above)
            && !matches!(tree.base(above), "xcomp" | "acl" | "advcl")
        {
            // "committed to a truce and to begin talks": the infinitive is content like the phrase before it.
            if !self.apply_operator(at, above) {
                self.set(Modality::Planned);
            }
            self.out.clause = at;
            return;
        }
        if self.open && !own && tree.is_verb(above) {
            for k in tree.kids_by(above, &["aux"]) {
                self.auxiliary(tree.lower(k));
            }
            if tree.negated(above) {
                self.out.negated = !self.out.negated;
            }
        }
        if self.out.clause == at || !tree.is_verb(self.out.clause) {
            self.out.clause = if own || tree.is_verb(at) { at } else { above };
        }
    }

    /// The word (or its clause) is what the governor says, wants, refuses.
    fn content(&mut self, at: usize, above: usize) {
        let tree = self.tree;
        if self.open && self.apply_operator(at, above) {
            return;
        }
        let cop = tree.kid(above, &["cop"]).is_some();
        let coming = matches!(tree.lower(above), "due" | "about" | "poised" | "slated" | "bound");
        if tree.base(at) == "xcomp" && coming && self.open {
            // "is due to expire on Friday"
            self.out.future = true;
            self.set(Modality::Planned);
            self.own(above);
            self.out.clause = above;
            return;
        }
        if tree.base(at) == "xcomp" && !cop && self.open {
            // "began shelling", "was seen leaving", "helped evacuate": raising verbs pass through.
            self.raise(above);
            return;
        }
        let told = tree.base(at) != "xcomp" || cites_infinitive(&tree.lemma(above));
        if told && self.speech_by(above, above) {
            self.open = false;
            return;
        }
        if tree.base(at) == "csubj" || cop {
            self.open = false;
        }
    }

    fn raise(&mut self, above: usize) {
        let tree = self.tree;
        let lemma = tree.lemma(above);
        if self.lexicon.in_class("stop", &lemma) {
            self.out.negated = !self.out.negated;
        }
        if lemma == "have" && tree.kids_by(above, &["advmod"]).any(|k| tree.lower(k) == "yet") {
            // "has yet to answer"
            self.out.negated = !self.out.negated;
            self.out.clause = above;
            return;
        }
        if matches!(lemma.as_str(), "go" | "have" | "need") && tree.base(above) != "aux" {
            let future = lemma == "go" && tree.xpos(above) == "VBG";
            self.set(if future { Modality::Planned } else { Modality::Demanded });
            self.out.obliged |= !future;
        }
        self.own(above);
        self.out.clause = above;
        self.speech_by(above, above);
    }

    /// "Russia's offer to mediate", "a threat to invade", "fears of war".
    fn below_noun(&mut self, at: usize, above: usize) {
        if let Some(verb) = denied_telling(self.tree, self.lexicon, above).filter(|_| self.open) {
            // "dismissed claims that its troops had attacked": what is told there is denied.
            self.out.modality = Some(Modality::Denied);
            let speakers = args(self.tree, verb).subj;
            self.out.speech.push(SpeechAt { cue: verb, speakers, strength: Strength::Denied });
            self.open = false;
            return;
        }
        if self.open && self.apply_operator(at, above) {
            return;
        }
        // "offered assistance in facilitating talks", "play its part in reducing tensions": such nouns only lead on.
        let leads = matches!(
            self.tree.lemma(above).as_str(),
            "assistance" | "help" | "support" | "role" | "part" | "service" | "hand"
        ) && matches!(self.tree.rel(above), "obj" | "nsubj:pass");
        if self.open
            && leads
            && self
                .tree
                .kids_by(at, &["mark", "case"])
                .any(|m| matches!(self.tree.lower(m), "in" | "with" | "for" | "to"))
        {
            return;
        }
        if let Some(strength) = self.lexicon.speech_noun(&self.tree.lemma(above)) {
            let finite = self.tree.kid(at, &["mark", "nsubj"]).is_some() && self.tree.xpos(at) != "VBG";
            if finite {
                self.noun_speech(above, strength);
            }
        }
        self.open = false;
    }

    fn noun_speech(&mut self, noun: usize, strength: Strength) {
        let a = args(self.tree, noun);
        let mut speakers = a.poss.clone();
        speakers.extend(a.under("by").chain(a.under("from")).chain(a.under("of")));
        if speakers.is_empty() {
            speakers.clone_from(&a.adj);
        }
        self.out.speech.push(SpeechAt { cue: noun, speakers, strength });
    }

    /// Adverbial clauses: conditions, aims; "accused X *of arming* Y" is parsed as one.
    fn beside(&mut self, at: usize, above: usize) {
        let tree = self.tree;
        let marks: Vec<&str> = tree.kids_by(at, &["mark", "case"]).map(|m| tree.lower(m)).collect();
        let infinitive = marks.contains(&"to") && !tree.is_noun(at);
        let of = marks.iter().any(|m| matches!(*m, "of" | "for" | "against" | "from" | "with" | "on" | "in"));
        if self.open && (of || infinitive) && self.apply_operator(at, above) {
            return;
        }
        if self.open && infinitive {
            let passing = matches!(tree.lemma(above).as_str(), "go" | "come" | "use" | "have");
            if !passing {
                self.out.purpose = true;
                self.set(Modality::Hypothetical);
            }
        }
        if self.open
            && (marks.iter().any(|m| matches!(*m, "until" | "without" | "instead"))
                || awaited(tree, at, above))
        {
            self.set(Modality::Hypothetical);
        }
        if self.open && marks.contains(&"in") && matches!(tree.lower(above), "involved" | "engaged") {
            // "denied that it was involved in drafting the text"
            self.own(above);
            self.out.clause = above;
            return;
        }
        self.open = false;
    }

    /// An event noun below a verb or another noun.
    fn nominal(&mut self, at: usize, above: usize) {
        let tree = self.tree;
        if !self.open {
            return;
        }
        if self.apply_operator(at, above) {
            return;
        }
        let lemma = tree.lemma(above);
        let called = lemma == "call"
            && tree.rel(above) == "acl:relcl"
            && tree.head(above).is_some_and(|h| tree.lower(h) == "what");
        if called {
            // "in retaliation for what it called air raids": so says it, not the outlet.
            let speakers = args(tree, above).subj;
            self.out.speech.push(SpeechAt { cue: above, speakers, strength: Strength::Claimed });
            self.open = false;
            return;
        }
        let object = matches!(tree.rel(at), "obj" | "nsubj:pass")
            || (tree.base(at) == "obl" && carries(tree, at, above));
        if object && (tree.is_verb(above)) {
            let told = self.out.negated;
            let light = self.lexicon.in_class("light_do", &lemma);
            if light || self.lexicon.in_class("light_undergo", &lemma) {
                self.light(above, !light);
                // "imposed no sanctions" was negated at the noun.
                self.out.negated = if tree.negated(at) { told } else { self.out.negated };
                return;
            }
            if self.lexicon.in_class("stop", &lemma) {
                self.out.negated = !self.out.negated;
                self.own(above);
                self.out.clause = above;
                return;
            }
        }
        if tree.base(at) == "nsubj" && tree.rel(at) != "nsubj:pass" && tree.is_verb(above) {
            // "talks resumed": the verb's modality is the noun's; "no talks took place" was negated at the noun.
            let told = self.out.negated;
            self.own(above);
            // "The threat did not stop the senator": made it was.
            let other = |o: usize| !matches!(tree.lower(o), "place" | "effect");
            if tree.negated(at) || tree.kids_by(above, &["obj"]).any(other) {
                self.out.negated = told;
            }
            self.out.clause = above;
            return;
        }
        if tree.is_verb(above) || tree.kid(above, &["cop"]).is_some() {
            self.out.clause = above;
        }
        if !owed(tree, above)
            && tree.case(at).as_deref() == Some("for")
            && (tree.base(at) == "nmod" || tree.negated(above) || nobody(tree, above))
        {
            // "a date for talks", "hopes for a truce", "no date was set for talks": not yet.
            self.set(Modality::Hypothetical);
        }
        self.open = false;
    }

    fn light(&mut self, verb: usize, undergo: bool) {
        if self.out.light.is_none() {
            self.out.light = Some(Light { verb, undergo });
        }
        self.own(verb);
        self.out.repeated |= self.lexicon.in_class("again", &self.tree.lemma(verb));
        self.out.clause = verb;
    }

    /// If the governor is an operator whose content the word is: take it in.
    fn apply_operator(&mut self, at: usize, above: usize) -> bool {
        let Some(entry) = operator_over(self.tree, self.lexicon, at, above) else { return false };
        let entry = self.own_proposal(at, above, entry);
        let operator = &self.lexicon.operators()[entry];
        self.out.repeated |=
            self.lexicon.in_class("again", &self.tree.lemma(above)) || self.again_near(above);
        if operator.kind.is_some() {
            if self.out.operator.is_none() {
                let negated = self.tree.negated(above);
                self.out.operator = Some(Governor { entry, token: above, negated });
            }
            self.out.clause = above;
            return true;
        }
        if operator.negates {
            self.out.negated = !self.out.negated;
        } else if operator.modality == Modality::Feared
            && matches!(self.out.modality, Some(Modality::Planned | Modality::Hypothetical))
        {
            // "It is feared that troops will attack": nobody plans it.
            self.out.modality = Some(Modality::Feared);
        } else {
            self.set(operator.modality);
        }
        if operator.key == "claim" && self.tree.is_verb(above) {
            let speakers = args(self.tree, above).subj;
            self.out.speech.push(SpeechAt { cue: above, speakers, strength: Strength::Claimed });
        }
        self.own(above);
        self.out.clause = above;
        true
    }

    /// "Iran proposed to host talks" offers; "Iran proposed that they meet" asks.
    fn own_proposal(&self, at: usize, above: usize, entry: usize) -> usize {
        let tree = self.tree;
        let lemma = tree.lemma(above);
        if !matches!(lemma.as_str(), "propose" | "proposal" | "proposition" | "suggest" | "suggestion") {
            return entry;
        }
        let own = matches!(tree.base(at), "xcomp" | "acl" | "obj" | "compound" | "nmod");
        let wanted = if own { "offer" } else { "urge" };
        self.lexicon.operators().iter().position(|o| o.key == wanted).unwrap_or(entry)
    }

    fn again_near(&self, i: usize) -> bool {
        let tree = self.tree;
        let on = |n: usize| {
            tree.kids_by(n, &["advmod", "amod", "det"])
                .any(|k| self.lexicon.in_class("again", &tree.lemma(k)))
        };
        on(i)
            || tree.head(i).is_some_and(|h| self.lexicon.in_class("again", &tree.lemma(h)) && tree.is_verb(h))
    }

    fn speech_by(&mut self, verb: usize, cue: usize) -> bool {
        let tree = self.tree;
        if !tree.is_verb(verb) {
            return false;
        }
        let Some(strength) = self.lexicon.speech_verb(&tree.lemma(verb)) else { return false };
        if tree.base(verb) == "xcomp" && tree.lemma(verb) == "see" {
            return false;
        }
        let mut a = args(tree, verb);
        if tree.xpos(verb) == "VBG" && tree.base(verb) == "advcl" && tree.kid(verb, &["nsubj"]).is_none() {
            // "accused Laos of shelling a village, saying that …": who says it is the subject of the finite verb,
            // however deep the participle hangs.
            let finite = tree.ancestors(verb).find(|&v| matches!(tree.xpos(v), "VBD" | "VBZ" | "VBP"));
            if let Some(above) =
                finite.map(|v| args(tree, v)).filter(|above| !above.passive && !above.subj.is_empty())
            {
                a.subj = above.subj;
            }
        }
        // "was quoted as saying", "is said to have": with no speaker it is hearsay.
        let strength = if a.subj.is_empty() && a.passive { Strength::Reported } else { strength };
        let speakers = issuers(tree, self.lexicon, a.subj);
        self.out.speech.push(SpeechAt { cue, speakers, strength });
        true
    }

    /// A reporting clause beside the word's clause: "…, Khan said", "according to the ministry".
    fn reporting(&mut self, at: usize, from: usize) {
        let tree = self.tree;
        // "90 died, according to the ministry, after rebels had killed ten": the ministry says only what stands before.
        let after = |k: usize| {
            from > k
                && tree.base(from) == "advcl"
                && tree
                    .kids_by(from, &["mark"])
                    .any(|m| matches!(tree.lower(m), "after" | "when" | "since" | "while"))
        };
        for &k in tree.kids(at) {
            match tree.base(k) {
                "parataxis" if tree.is_verb(k) && tree.kid(k, &["ccomp"]).is_none() => {
                    // "Kyiv accepted; Moscow has not replied": silence says nothing of what stands before it.
                    let said = self.lexicon.speech_verb(&tree.lemma(k)).is_some() && !tree.negated(k);
                    let speaks = tree.kid(k, &["nsubj"]).is_some();
                    // "…; the army denied losing any": says its own.
                    let own = tree.kid(k, &["xcomp"]).is_some()
                        || self.lexicon.speech_verb(&tree.lemma(k)) == Some(Strength::Denied)
                            && tree.kid(k, &["obj"]).is_some();
                    if said && speaks && !own {
                        self.speech_by(k, k);
                    }
                }
                "obl" | "nmod" | "advmod" if !after(k) => self.according(k),
                _ => {}
            }
        }
    }

    fn according(&mut self, k: usize) {
        let tree = self.tree;
        let according = tree.case(k).is_some_and(|c| c.starts_with("according") || c == "per");
        if according {
            let cue = tree.kid(k, &["case"]).unwrap_or(k);
            let issued = issuers(tree, self.lexicon, tree.conjuncts(k));
            // "according to official figures": whose figures is not said.
            let nobody = issued == [k] && self.lexicon.in_class("papers", &tree.lemma(k));
            let speakers = if nobody { Vec::new() } else { issued };
            self.out.speech.push(SpeechAt { cue, speakers, strength: Strength::Said });
        } else if tree.lower(k) == "according"
            && let Some(who) = tree.kid(k, &["obl", "nmod"])
        {
            self.out.speech.push(SpeechAt {
                cue: k,
                speakers: tree.conjuncts(who),
                strength: Strength::Said,
            });
        }
    }
}
