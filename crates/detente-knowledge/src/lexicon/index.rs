//! The lexicon as look-ups by lemma.

use super::entry::{Count, Frame, Operator, Roles, Set, Speech};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of word was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adj,
}

/// An entry that a lemma may open, and the words that must stand beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Index into [`Lexicon::frames`] or [`Lexicon::operators`].
    pub entry: usize,
    /// For verbs and adjectives the words after the first, function words left out. For nouns the
    /// modifiers before the head.
    pub rest: Vec<String>,
    /// For nouns, the words of an "of", "for", "in", "to" phrase after the head.
    pub of: Vec<String>,
    /// The entry tells its event only with actor and recipient.
    pub weak: bool,
    /// The entry needs no object.
    pub alone: bool,
}

/// Every frame, operator and speech word.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lexicon {
    frames: Vec<Frame>,
    operators: Vec<Operator>,
    counts: Vec<Count>,
    roles: BTreeMap<String, Roles>,
    classes: BTreeMap<String, Vec<String>>,
    frame_index: BTreeMap<(Part, String), Vec<Hit>>,
    operator_index: BTreeMap<(Part, String), Vec<Hit>>,
    speech_verbs: BTreeMap<String, detente_types::Strength>,
    speech_nouns: BTreeMap<String, detente_types::Strength>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    frame: Vec<Frame>,
    #[serde(default)]
    operator: Vec<Operator>,
    #[serde(default)]
    speech: Vec<Speech>,
    #[serde(default)]
    count: Vec<Count>,
    #[serde(default)]
    roles: BTreeMap<String, Roles>,
    #[serde(default)]
    class: BTreeMap<String, Vec<String>>,
}

/// Words of a pattern that carry no meaning by themselves.
const FUNCTION: &[&str] = &["a", "an", "the", "its", "his", "her", "their", "to", "of", "in", "on", "into"];
const PREPOSITIONS: &[&str] = &["of", "for", "in", "to", "from", "by", "without", "on"];

impl Lexicon {
    /// Builds the lexicon from `(path, contents)` pairs. Every problem is reported at once, as
    /// `(path, what)`.
    pub fn build(files: &[(String, String)]) -> Result<Lexicon, Vec<(String, String)>> {
        let (mut all, mut speech, mut problems) = (Lexicon::default(), Vec::new(), Vec::new());
        for (path, text) in files {
            match toml::from_str::<File>(text) {
                Ok(file) => {
                    all.frames.extend(file.frame);
                    all.operators.extend(file.operator);
                    all.counts.extend(file.count);
                    all.roles.extend(file.roles);
                    all.classes.extend(file.class);
                    speech.extend(file.speech);
                }
                Err(error) => problems.push((path.clone(), error.to_string())),
            }
        }
        all.expand(&mut problems);
        all.index(&speech);
        if problems.is_empty() { Ok(all) } else { Err(problems) }
    }

    fn expand(&mut self, problems: &mut Vec<(String, String)>) {
        let classes = &self.classes;
        for frame in &mut self.frames {
            let key = frame.key.clone();
            let mut open = |set: &mut Set| *set = expanded(set, classes, &key, problems);
            let Frame { weak_verb, weak_noun, object, object_or_none, object_preps, object_adj, .. } = frame;
            for set in [weak_verb, weak_noun, object, object_or_none, object_preps, object_adj] {
                open(set);
            }
            let Frame {
                object_actor,
                not_object,
                not_adj,
                subject,
                not_subject,
                subject_actor,
                subject_or_actor,
                ..
            } = frame;
            for set in
                [object_actor, not_object, not_adj, subject, not_subject, subject_actor, subject_or_actor]
            {
                open(set);
            }
            let Frame { subject_or_object, needs, not_needs, needs_class, complement, .. } = frame;
            for set in [subject_or_object, needs, not_needs, needs_class, complement] {
                open(set);
            }
            let Frame { complement_verb, complement_object, noun_object, noun_subject, .. } = frame;
            for set in [complement_verb, complement_object, noun_object, noun_subject] {
                open(set);
            }
            for roles in [Some(&frame.roles), frame.noun_roles.as_ref()].into_iter().flatten() {
                if !self.roles.contains_key(roles) {
                    problems.push((key.clone(), format!("no role pattern is named {roles:?}")));
                }
            }
        }
    }

    fn index(&mut self, speech: &[Speech]) {
        for (entry, frame) in self.frames.iter().enumerate() {
            for (words, alone) in [(&frame.verb, false), (&frame.verb_alone, true)] {
                for phrase in words {
                    let weak = frame.weak_verb.has(phrase);
                    let (head, rest) = verb_pattern(phrase);
                    let hit = Hit { entry, rest, of: Vec::new(), weak, alone };
                    self.frame_index.entry((Part::Verb, head)).or_default().push(hit);
                }
            }
            for phrase in &frame.noun {
                let (head, rest, of) = noun_pattern(phrase);
                let hit = Hit { entry, rest, of, weak: frame.weak_noun.has(phrase), alone: true };
                // Patterns may say "failed talks"; the lemma is the singular.
                let single = head.strip_suffix('s').filter(|one| one.len() > 3 && !one.ends_with('s'));
                if let Some(one) = single {
                    self.frame_index.entry((Part::Noun, one.to_string())).or_default().push(hit.clone());
                }
                self.frame_index.entry((Part::Noun, head)).or_default().push(hit);
            }
            for phrase in &frame.adj {
                let hit = Hit { entry, rest: Vec::new(), of: Vec::new(), weak: false, alone: true };
                self.frame_index.entry((Part::Adj, phrase.clone())).or_default().push(hit);
            }
        }
        for (entry, operator) in self.operators.iter().enumerate() {
            for (part, phrases) in
                [(Part::Verb, &operator.verb), (Part::Noun, &operator.noun), (Part::Adj, &operator.adj)]
            {
                for phrase in phrases {
                    let (head, rest) = verb_pattern(phrase);
                    let hit = Hit { entry, rest, of: Vec::new(), weak: false, alone: true };
                    self.operator_index.entry((part, head)).or_default().push(hit);
                }
            }
        }
        for hits in self.frame_index.values_mut().chain(self.operator_index.values_mut()) {
            // Longer patterns first: "shoot down" before "shoot".
            hits.sort_by_key(|h| std::cmp::Reverse(h.rest.len() + h.of.len()));
        }
        for words in speech {
            for verb in &words.verb {
                self.speech_verbs.entry(verb.clone()).or_insert(words.strength);
            }
            for noun in &words.noun {
                self.speech_nouns.entry(noun.clone()).or_insert(words.strength);
            }
        }
    }

    /// Every frame.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Every operator.
    pub fn operators(&self) -> &[Operator] {
        &self.operators
    }

    /// What numbers count, in the order in which it is tried.
    pub fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// Frames that this lemma may open.
    pub fn frames_of(&self, part: Part, lemma: &str) -> &[Hit] {
        self.frame_index.get(&(part, lemma.to_string())).map_or(&[], Vec::as_slice)
    }

    /// Operators that this lemma may open.
    pub fn operators_of(&self, part: Part, lemma: &str) -> &[Hit] {
        self.operator_index.get(&(part, lemma.to_string())).map_or(&[], Vec::as_slice)
    }

    /// The role pattern of this name.
    pub fn roles(&self, name: &str) -> &Roles {
        static NONE: Roles = Roles {
            mutual: false,
            actor: Vec::new(),
            recipient: Vec::new(),
            noun_actor: Vec::new(),
            noun_recipient: Vec::new(),
        };
        self.roles.get(name).unwrap_or(&NONE)
    }

    /// Is the lemma in the class?
    pub fn in_class(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.iter().any(|w| w == lemma))
    }

    /// Strength of a verb of saying.
    pub fn speech_verb(&self, lemma: &str) -> Option<detente_types::Strength> {
        self.speech_verbs.get(lemma).copied()
    }

    /// Strength of a noun of saying.
    pub fn speech_noun(&self, lemma: &str) -> Option<detente_types::Strength> {
        self.speech_nouns.get(lemma).copied()
    }
}

fn expanded(
    set: &Set,
    classes: &BTreeMap<String, Vec<String>>,
    key: &str,
    problems: &mut Vec<(String, String)>,
) -> Set {
    let mut words = Vec::new();
    for word in &set.0 {
        match word.strip_prefix('#') {
            None => words.push(word.clone()),
            Some(class) => match classes.get(class) {
                Some(members) => words.extend(members.iter().cloned()),
                None => problems.push((key.to_string(), format!("no class is named {class:?}"))),
            },
        }
    }
    words.sort();
    words.dedup();
    Set(words)
}

fn verb_pattern(phrase: &str) -> (String, Vec<String>) {
    let mut words = phrase.split(' ').map(str::to_string);
    let head = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    // "call on" is another verb than "call"; inside longer patterns such words carry nothing.
    let particle = rest.len() == 1;
    (head, rest.into_iter().filter(|w| particle || !FUNCTION.contains(&w.as_str())).collect())
}

fn noun_pattern(phrase: &str) -> (String, Vec<String>, Vec<String>) {
    let words: Vec<&str> = phrase.split(' ').collect();
    let cut = words.iter().skip(1).position(|w| PREPOSITIONS.contains(w)).map_or(words.len(), |at| at + 1);
    let own = |range: &[&str]| -> Vec<String> {
        range
            .iter()
            .filter(|w| !FUNCTION.contains(w) && !PREPOSITIONS.contains(w))
            .map(ToString::to_string)
            .collect()
    };
    let head = words[cut - 1].to_string();
    (head, own(&words[..cut - 1]), own(&words[cut..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_split_at_their_head() {
        assert_eq!(verb_pattern("shoot down"), ("shoot".into(), vec!["down".into()]));
        assert_eq!(verb_pattern("take to the streets"), ("take".into(), vec!["streets".into()]));
        assert_eq!(noun_pattern("missile test"), ("test".into(), vec!["missile".into()], vec![]));
        let (head, before, after) = noun_pattern("collapse of the talks");
        assert_eq!((head.as_str(), before.len(), after), ("collapse", 0, vec!["talks".to_string()]));
    }
}
