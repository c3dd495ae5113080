//! One entry of the lexicon, as written in its file.

use detente_types::{EventType, Modality, Mode, Stage, Stance, Strength};
use serde::{Deserialize, Serialize};

/// A sorted set of lemmas; `#class` names are expanded when the lexicon is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Set(pub(crate) Vec<String>);

impl Set {
    /// Is the set empty (that is, nothing was asked for)?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Does the set hold this lemma?
    pub fn has(&self, lemma: &str) -> bool {
        self.0.binary_search_by(|x| x.as_str().cmp(lemma)).is_ok()
    }

    /// A set of these words.
    pub fn of(words: &[&str]) -> Set {
        let mut words: Vec<String> = words.iter().map(ToString::to_string).collect();
        words.sort();
        Set(words)
    }

    /// The words, sorted.
    pub fn words(&self) -> &[String] {
        &self.0
    }
}

/// Words that tell one kind of event, and the conditions under which they do.
///
/// All conditions that are given must hold. An empty list asks for nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Unique name; printed as `frame/KEY` in evidence.
    pub key: String,
    /// PLOVER type or extension.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Mode, where the words alone decide it.
    pub mode: Option<Mode>,
    /// What the event is when an operator governs it: "mediate", "withdraw", "attack" …
    #[serde(default)]
    pub class: String,
    /// Name of the role pattern of verbs (and of nouns, unless `noun_roles` is given).
    #[serde(default = "transitive")]
    pub roles: String,
    /// Name of the role pattern of nouns.
    pub noun_roles: Option<String>,
    /// Modality that the words carry by themselves ("call for restraint" is urged).
    pub modality: Option<Modality>,
    /// Step of mediation that the event is.
    pub act: Option<Stage>,
    /// Claim that the event is.
    pub claim: Option<Stance>,

    /// Verbs, lemmas; several words where a particle, an object or a phrase belongs to it.
    #[serde(default)]
    pub verb: Vec<String>,
    /// Verbs that need no object from `object`.
    #[serde(default)]
    pub verb_alone: Vec<String>,
    /// Event nouns, lemmas; several words where a modifier or an "of" phrase belongs to it.
    #[serde(default)]
    pub noun: Vec<String>,
    /// Adjectives after "be", "remain", "stay".
    #[serde(default)]
    pub adj: Vec<String>,
    /// Of the verbs, those that tell the event only with an actor and a recipient.
    #[serde(default)]
    pub weak_verb: Set,
    /// Of the nouns, likewise.
    #[serde(default)]
    pub weak_noun: Set,

    /// The object must be headed by one of these.
    #[serde(default)]
    pub object: Set,
    /// The object, where there is one, must be headed by one of these or be an actor.
    #[serde(default)]
    pub object_or_none: Set,
    /// The verb's phrase must hold one of these runs of words ("on high alert").
    #[serde(default)]
    pub object_text: Vec<String>,
    /// Prepositions whose object counts as the object ("call *for* restraint").
    #[serde(default)]
    pub object_preps: Set,
    /// The object must have one of these modifiers.
    #[serde(default)]
    pub object_adj: Set,
    /// The object must resolve to an actor of one of these kinds: person, state, body, group.
    #[serde(default)]
    pub object_actor: Set,
    /// The object may not be headed by one of these.
    #[serde(default)]
    pub not_object: Set,
    /// Neither the word nor its object may have one of these modifiers.
    #[serde(default)]
    pub not_adj: Set,
    /// The subject must be headed by one of these.
    #[serde(default)]
    pub subject: Set,
    /// The subject, where there is one, must name somebody or be headed by one of these.
    #[serde(default)]
    pub subject_or_actor: Set,
    /// The subject may not be headed by one of these.
    #[serde(default)]
    pub not_subject: Set,
    /// The subject must resolve to an actor of one of these kinds.
    #[serde(default)]
    pub subject_actor: Set,
    /// Subject or object must be headed by one of these (or, for a noun, what it is "of").
    #[serde(default)]
    pub subject_or_object: Set,
    /// One of these prepositions must hang on the word.
    #[serde(default)]
    pub needs: Set,
    /// None of these prepositions may.
    #[serde(default)]
    pub not_needs: Set,
    /// One of these lemmas must stand under one of the prepositions in `needs`.
    #[serde(default)]
    pub needs_class: Set,
    /// The secondary predicate ("describe X *as an ally*") must hold one of these.
    #[serde(default)]
    pub complement: Set,
    /// The verb complement must be one of these ("fail to *reach*") …
    #[serde(default)]
    pub complement_verb: Set,
    /// … with one of these as its object.
    #[serde(default)]
    pub complement_object: Set,
    /// What the noun is "of" must be headed by one of these.
    #[serde(default)]
    pub noun_object: Set,
    /// Who does what the noun says ("by", "'s", before it) must be headed by one of these.
    #[serde(default)]
    pub noun_subject: Set,

    /// A third party does it between others: subject mediates, "between" and "with" are the parties.
    #[serde(default)]
    pub third_party: bool,
    /// Only in the future or under a condition ("will respond").
    #[serde(default)]
    pub future_only: bool,
    /// Only as the content of a charge or another operator.
    #[serde(default)]
    pub embedded_only: bool,
    /// Only with a modal ("could spill over").
    #[serde(default)]
    pub needs_modal: bool,
    /// Only with two parties.
    #[serde(default)]
    pub needs_party: bool,
    /// Only with a recipient that is an actor.
    #[serde(default)]
    pub needs_recipient: bool,
    /// Only negated ("has not replied").
    #[serde(default)]
    pub needs_negation: bool,
    /// Only without an actor as its subject.
    #[serde(default)]
    pub no_actor: bool,

    /// Sentences in which the frame fires.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which it does not.
    #[serde(default)]
    pub no: Vec<String>,
}

fn transitive() -> String {
    "transitive".to_string()
}

/// A word that changes how real its content is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Unique name; printed as `operator/KEY` in evidence.
    pub key: String,
    /// Modality of the content, and of the operator's own event.
    pub modality: Modality,
    /// PLOVER type of the whole, where the codebook has one.
    #[serde(rename = "type")]
    pub kind: Option<EventType>,
    /// Mode of the whole.
    pub mode: Option<Mode>,
    /// Type of the whole where the content is hostile.
    pub hostile: Option<EventType>,
    /// Only where the content is the speaker's own to do.
    #[serde(default)]
    pub own_only: bool,
    /// The content is negated ("failed to agree").
    #[serde(default)]
    pub negates: bool,
    /// Name of the role pattern.
    #[serde(default = "transitive")]
    pub roles: String,
    /// Verbs.
    #[serde(default)]
    pub verb: Vec<String>,
    /// Nouns.
    #[serde(default)]
    pub noun: Vec<String>,
    /// Adjectives.
    #[serde(default)]
    pub adj: Vec<String>,
    /// Sentences in which it governs an event.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which it does not.
    #[serde(default)]
    pub no: Vec<String>,
}

/// Words that hand a sentence to a speaker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    /// Unique name.
    pub key: String,
    /// What the outlet lets the speaker do.
    pub strength: Strength,
    /// Verbs.
    #[serde(default)]
    pub verb: Vec<String>,
    /// Nouns ("in a statement", "claims that").
    #[serde(default)]
    pub noun: Vec<String>,
}

/// Where a frame finds who and to whom: slots, tried in order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// Both sides are actors ("met", "clashed").
    #[serde(default)]
    pub mutual: bool,
    /// Slots of a verb's actor.
    #[serde(default)]
    pub actor: Vec<String>,
    /// Slots of a verb's recipient.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// Slots of a noun's actor.
    #[serde(default)]
    pub noun_actor: Vec<String>,
    /// Slots of a noun's recipient.
    #[serde(default)]
    pub noun_recipient: Vec<String>,
}

/// Words that make a number a count of one thing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// What is counted.
    pub what: detente_types::Counted,
    /// Verbs whose object is counted.
    #[serde(default)]
    pub patient: Vec<String>,
    /// Verbs whose subject is counted.
    #[serde(default)]
    pub subject: Vec<String>,
    /// Nouns that are counted themselves.
    #[serde(default)]
    pub noun: Vec<String>,
    /// Adjectives and participles beside the number.
    #[serde(default)]
    pub adj: Vec<String>,
    /// Nouns whose number follows a verb of reaching.
    #[serde(default)]
    pub toll: Vec<String>,
    /// Verbs whose subject is the side that suffered.
    #[serde(default)]
    pub own: Vec<String>,
    /// If given, what is counted must be one of these.
    #[serde(default)]
    pub unit: Vec<String>,
}
