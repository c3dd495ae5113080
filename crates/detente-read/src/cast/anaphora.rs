//! "He", "the ministry", "both sides": words that go back to an actor named before.

use super::pair::{is_pair, pairs_off};
use super::{Casting, Meaning, Mentioned};
use crate::tree::Tree;
use detente_knowledge::Rank;
use detente_knowledge::lexicon::Part;
use detente_types::{ActorId, ActorKind, ActorRef, Certainty, EventType, Span, Via};

impl Casting<'_, '_> {
    /// A pronoun: the last actor that it can stand for, subjects of the sentence before first. The analyser's chains
    /// are not asked: they were right less often (`docs/language.md`).
    pub(super) fn pronoun(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Meaning {
        let span = tree.span(i);
        let by_rule = match tree.lower(i) {
            "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => {
                let person = |m: &Mentioned| m.kind == ActorKind::Person;
                let found = self.speaker_above(s, tree, i, person).or_else(|| self.last(s, tree, i, person));
                found.or_else(|| self.last(s, tree, i, |m| m.office))
            }
            "it" | "its" | "itself" => {
                let nobody = weather(tree, i) || of_agreement(tree, i) || self.is_deed(tree, i);
                if tree.rel(i) == "expl" || nobody {
                    return Meaning::default();
                }
                // The United States and the Philippines are one each, whatever their names look like.
                let able = |m: &Mentioned| match m.kind {
                    ActorKind::Person | ActorKind::Population | ActorKind::Unnamed => false,
                    ActorKind::State
                    | ActorKind::DefactoGovernment
                    | ActorKind::Organisation
                    | ActorKind::Forum => m.joined.is_none() || !m.plural,
                    _ => !m.plural,
                };
                // "The army said it repelled the attack": the army, whosever it is.
                let speaks = |m: &Mentioned| able(m) || m.kind == ActorKind::Unnamed && !m.plural;
                let found =
                    self.speaker_above(s, tree, i, speaks).or_else(|| self.object_before(s, tree, i, able));
                found.or_else(|| self.last(s, tree, i, able))
            }
            "they" | "them" | "their" | "themselves" => return self.they(s, tree, i),
            "both" | "each" | "neither" | "either"
                if tree.base(i) != "det" && tree.base(i) != "cc:preconj" =>
            {
                // "India and Pakistan agreed to a truce and both …": named in this sentence.
                self.remember_pairs(s, tree);
                return self.pair(span, Via::Nominal);
            }
            _ => return Meaning::default(),
        };
        let found = by_rule.map(|m| m.actor.clone());
        found.map_or_else(Meaning::default, |a| one(a, span, Via::Pronoun))
    }

    fn they(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Meaning {
        let span = tree.span(i);
        let plural = |m: &Mentioned| {
            m.plural
                || m.joined.is_some()
                || matches!(m.kind, ActorKind::ArmedGroup | ActorKind::Forces | ActorKind::Population)
        };
        let both = self.scene.mentioned.iter().find(|m| m.sentence + 1 >= s && plural(m));
        if both.is_some_and(|m| pairs_off(&m.head) && self.scene.pair.iter().any(|p| p.actor == m.actor)) {
            // "both countries … they": the two of them still.
            return self.pair(span, Via::Pronoun);
        }
        if let Some(speakers) = self.speakers_above(s, tree, i, span) {
            return speakers;
        }
        let Some(found) = self.last(s, tree, i, plural) else {
            return if self.joined_pair() { self.pair(span, Via::Pronoun) } else { Meaning::default() };
        };
        // "The army arrested two soldiers. They …": a plural rather than a noun for many.
        let agrees = |m: &Mentioned| plural(m) && !m.collective;
        let found = match self.last(s, tree, i, agrees) {
            Some(other) if found.collective && other.sentence == found.sentence => other,
            _ => found,
        };
        self.together(found, span)
    }

    /// A mention, with those that were named together with it.
    fn together(&self, found: &Mentioned, span: Span) -> Meaning {
        let beside = |m: &&Mentioned| {
            m.actor == found.actor
                || m.joined.is_some() && m.joined == found.joined && m.sentence == found.sentence
        };
        let mut out = Meaning::default();
        for m in self.scene.mentioned.iter().rev().filter(beside) {
            if !out.refs.iter().any(|r| r.actor == m.actor) {
                out.refs.extend(one(m.actor.clone(), span, Via::Pronoun).refs);
            }
        }
        out
    }

    /// "Kyiv says it was a drone strike": what happened, and nobody.
    fn is_deed(&self, tree: &Tree<'_>, i: usize) -> bool {
        let Some(what) = tree.head(i).filter(|_| tree.base(i) == "nsubj") else { return false };
        let lexicon = self.knowledge.lexicon();
        let mut hits = lexicon.frames_of(Part::Noun, &tree.lemma(what)).iter();
        let is = tree.upos(what) == "NOUN" && tree.kid(what, &["cop"]).is_some();
        // "it was the target of an attack" says who somebody is.
        let somebody = self.knowledge.noun(&tree.lemma(what)).is_some();
        is && !somebody && hits.any(|h| lexicon.frames()[h.entry].kind == EventType::Assault)
    }

    /// The last mention that fits: within the sentence one that stands before and is not below the same
    /// verb as the pronoun; else subjects of the sentence before, then anything up to four sentences back.
    fn last(
        &self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        fits: impl Fn(&Mentioned) -> bool,
    ) -> Option<&Mentioned> {
        let possessive = tree.is_possessive(i);
        let subject = tree.base(i) == "nsubj";
        let barred = self.barred(s, tree, i);
        let near = |m: &&Mentioned| m.sentence + 4 >= s && fits(m) && !barred.contains(&m.actor);
        let same: Vec<&Mentioned> =
            self.scene.mentioned.iter().filter(|m| m.sentence == s).filter(near).collect();
        if !same.is_empty() && (possessive || !subject || clause_apart(tree, i)) {
            return same.iter().find(|m| m.subject).or(same.first()).copied();
        }
        let earlier: Vec<&Mentioned> =
            self.scene.mentioned.iter().filter(|m| m.sentence < s).filter(near).collect();
        let latest = earlier.first()?.sentence;
        let of_latest = earlier.iter().filter(|m| m.sentence == latest);
        let chosen = of_latest.clone().rfind(|m| m.subject).or_else(|| of_latest.clone().next());
        chosen.copied().or_else(|| same.first().copied())
    }

    /// The subject of what a speaker says is the speaker where the two agree: "the United States, which brokered a
    /// deal between Congo and Rwanda, said it would go on".
    fn speaker_above(
        &self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        fits: impl Fn(&Mentioned) -> bool,
    ) -> Option<&Mentioned> {
        if tree.base(i) != "nsubj" {
            return None;
        }
        let clause = tree.first_conjunct(tree.head(i)?);
        let says = tree.head(clause).filter(|_| tree.base(clause) == "ccomp")?;
        self.knowledge.lexicon().speech_verb(&tree.lemma(says))?;
        let of = |verb: usize| tree.kid(verb, &["nsubj"]);
        let speaker = of(says).or_else(|| of(tree.first_conjunct(says)))?;
        let [only] = &self.out.meaning(s, speaker).refs[..] else { return None };
        let met = self.scene.mentioned.iter().find(|m| m.sentence == s && m.actor == only.actor);
        met.filter(|m| fits(m))
    }

    /// "Venezuelan forces said they had captured three men": the forces, whoever was named before.
    fn speakers_above(&self, s: usize, tree: &Tree<'_>, i: usize, span: Span) -> Option<Meaning> {
        let clause = tree.first_conjunct(tree.head(i).filter(|_| tree.base(i) == "nsubj")?);
        let says = tree.head(clause).filter(|_| tree.base(clause) == "ccomp")?;
        self.knowledge.lexicon().speech_verb(&tree.lemma(says))?;
        let speaker =
            tree.kid(says, &["nsubj"]).or_else(|| tree.kid(tree.first_conjunct(says), &["nsubj"]))?;
        let several = tree.xpos(speaker) == "NNS" && tree.kid(speaker, &["conj"]).is_none();
        let meaning = self.out.meaning(s, speaker);
        if !several || meaning.place {
            return None;
        }
        let [only] = &meaning.refs[..] else { return None };
        // "Officials said they …" may be their state's deed as well as their own.
        let official = self.out.actors.get(&only.actor).is_some_and(|a| a.kind == ActorKind::Unnamed);
        (!official).then(|| one(only.actor.clone(), span, Via::Pronoun))
    }

    /// "Venezuela condemned Colombia and threatened it": the object of the second verb is that of the first.
    fn object_before(
        &self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        fits: impl Fn(&Mentioned) -> bool,
    ) -> Option<&Mentioned> {
        let verb = tree.head(i).filter(|_| matches!(tree.base(i), "obj" | "iobj"))?;
        // "rejected Kenya as a mediator, accusing it of bias": what is rejected is what is accused.
        let first = participle_of(tree, verb).unwrap_or_else(|| tree.first_conjunct(verb));
        if first == verb || tree.kid(verb, &["nsubj"]).is_some() {
            return None;
        }
        let objects = tree.kids_by(first, &["obj", "obl"]).filter(|&k| k < i);
        let refs = objects.flat_map(|k| &self.out.meaning(s, k).refs);
        let found =
            refs.filter_map(|r| self.scene.mentioned.iter().find(|m| m.sentence == s && m.actor == r.actor));
        let mut found = found.filter(|m| fits(m));
        found.next()
    }

    /// Whom a pronoun cannot stand for: "she asked him" is about two, unless it says "himself" (binding).
    fn barred(&self, s: usize, tree: &Tree<'_>, i: usize) -> Vec<ActorId> {
        let own = matches!(
            tree.lower(i),
            "himself" | "herself" | "itself" | "themselves" | "his" | "its" | "their"
        );
        if own || tree.base(i) == "nsubj" || tree.is_possessive(i) {
            return Vec::new();
        }
        let verb = tree.ancestors(i).find(|&a| tree.upos(a) == "VERB");
        let clear = |v: usize| {
            let mut between = std::iter::once(i).chain(tree.ancestors(i)).take_while(|&a| a != v);
            between.all(|a| matches!(tree.base(a), "obj" | "iobj" | "obl" | "conj"))
        };
        // "It cut ties with Rwanda and accused it": the subject of the first verb is that of the second.
        let of = |v: usize| {
            let above = participle_of(tree, v).unwrap_or_else(|| tree.first_conjunct(v));
            tree.kid(v, &["nsubj"]).or_else(|| tree.kid(above, &["nsubj"]))
        };
        let subject = verb.filter(|&v| clear(v)).and_then(of);
        let refs = subject.map(|n| &self.out.meaning(s, n).refs);
        refs.into_iter().flatten().map(|r| r.actor.clone()).collect()
    }

    /// "the envoy", "the ministry", "both sides", "his Iranian counterpart": definite phrases without an
    /// owner of their own.
    pub(super) fn definite(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        let lemma = tree.lemma(i);
        let ids = super::mention_words(tree, i);
        let span = tree.span_of(&ids);
        if lemma == "counterpart" {
            return self.counterpart(s, tree, i, span);
        }
        if is_pair(tree, i, &lemma) && !self.scene.pair.is_empty() {
            return Some(self.pair(span, Via::Nominal));
        }
        let determined = tree
            .kids_by(i, &["det"])
            .any(|d| matches!(tree.lower(d), "the" | "this" | "that" | "these" | "those"));
        if !determined || tree.upos(i) == "PROPN" && tree.tokens[i].name.is_some() {
            return None;
        }
        let arms = |n: usize| tree.base(n) == "compound" && of_arms(tree.lower(n));
        let other = |n: usize| matches!(tree.base(n), "amod" | "compound" | "nmod") && !plain(tree, n);
        let bare = ids.iter().all(|&n| n == i || !other(n) || arms(n));
        // "the paramilitary force", "the rebel movement": the group that was named.
        let armed = ids.iter().any(|&n| n != i && of_arms(tree.lower(n)));
        let lemma =
            if armed && lemma == "force" && tree.xpos(i) == "NN" { "group".to_string() } else { lemma };
        if !bare {
            return self.owned_office(tree, &ids);
        }
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        if let Some(title) = self.knowledge.title(&words).filter(|t| t.len == words.len()) {
            let (name, rank) = (title.title.title.clone(), title.title.rank);
            return self.holder(&name, rank, span);
        }
        self.same_noun(s, &lemma, span)
    }

    /// "the Russian spokesperson": a person of that country with such an office.
    fn owned_office(&self, tree: &Tree<'_>, ids: &[usize]) -> Option<Meaning> {
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        let r = self.knowledge.resolve_phrase(&words, None, self.on)?;
        let country = r.country.as_ref()?;
        let last = words.last().map(|w| w.to_lowercase());
        let title = r.title.clone().or_else(|| last.filter(|w| w == "leader"))?;
        let split: Vec<&str> = title.split(' ').collect();
        let rank = self.knowledge.title(&[&title]).or_else(|| self.knowledge.title(&split))?.title.rank;
        let introduced = self.register.persons().iter().rev().find(|p| {
            p.office.as_ref().is_some_and(|o| {
                o.country.as_ref() == Some(country)
                    && o.title.as_deref().is_some_and(|t| self.same_office(t, &title, rank))
            })
        });
        let introduced = introduced.map(|p| &p.id).filter(|id| self.out.actors.contains_key(id));
        let known = || {
            let met = self.scene.mentioned.iter().filter(|m| m.kind == ActorKind::Person);
            met.map(|m| &m.actor).find(|id| {
                self.knowledge.offices(id, self.on).iter().take(1).any(|o| {
                    let of = o.of.as_str().split('/').next();
                    of == Some(country) && self.same_office(&o.title, &title, rank)
                })
            })
        };
        let actor = known().or(introduced)?.clone();
        Some(one(actor, tree.span_of(ids), Via::Office))
    }

    /// The person of the report who holds such an office, met last.
    fn holder(&self, title: &str, rank: Rank, span: Span) -> Option<Meaning> {
        let met = self.scene.mentioned.iter().filter(|m| m.kind == ActorKind::Person);
        let fits = |m: &&Mentioned| {
            let person = self.register.persons().iter().find(|p| p.id == m.actor);
            let office = person.and_then(|p| p.office.as_ref()).and_then(|o| o.title.clone());
            let known = || self.knowledge.offices(&m.actor, self.on).first().map(|o| o.title.clone());
            office.or_else(known).is_some_and(|t| self.same_office(&t, title, rank))
        };
        met.into_iter().find(fits).map(|m| one(m.actor.clone(), span, Via::Office))
    }

    /// The same title, or one of the same rank ("envoy" for "ambassador").
    fn same_office(&self, held: &str, said: &str, rank: Rank) -> bool {
        if held == said || held.ends_with(said) {
            return true;
        }
        let words: Vec<&str> = held.split(' ').collect();
        let Some(other) = self.knowledge.title(&words).map(|t| t.title.rank) else { return false };
        let diplomat = |r: Rank| matches!(r, Rank::Envoy | Rank::Ambassador);
        if said == "leader" && matches!(other, Rank::HeadOfState | Rank::HeadOfGovernment) {
            return true;
        }
        let general = matches!(
            said,
            "minister"
                | "spokesperson"
                | "spokesman"
                | "spokeswoman"
                | "envoy"
                | "diplomat"
                | "commander"
                | "general"
                | "leader"
                | "ambassador"
                | "official"
                | "negotiator"
                | "mediator"
                | "secretary"
                | "chief"
        );
        general && (rank == other || diplomat(rank) && diplomat(other))
    }

    /// "the ministry", "the group", "the army": the last actor whose mention had the same head noun, or one
    /// that such a noun can stand for.
    fn same_noun(&self, s: usize, lemma: &str, span: Span) -> Option<Meaning> {
        let near = self.scene.mentioned.iter().filter(|m| m.sentence + 6 >= s);
        let unnamed = |m: &Mentioned| m.kind == ActorKind::Unnamed;
        // "Rebels" of the headline are not what "the rebels" goes back to, where a group is named.
        let named = near.clone().any(|m| m.kind == ActorKind::ArmedGroup);
        let vague = matches!(lemma, "rebel" | "insurgent" | "militant" | "fighter" | "guerrilla") && named;
        // Nor is "army protection" what says whose "the army" is: the country in play does.
        let of_state = self.knowledge.noun(lemma).is_some_and(|n| n.body.is_some());
        let same = near.clone().find(|m| m.head == lemma && !((vague || of_state) && unnamed(m)));
        let armed = matches!(
            lemma,
            "group"
                | "movement"
                | "militia"
                | "gang"
                | "cartel"
                | "insurgent"
                | "rebel"
                | "militant"
                | "fighter"
                | "faction"
                | "guerrilla"
        );
        // "the rebels" are the group that the report is about, and not one that it names in passing.
        // The Houthis and the Taliban rule, and are a group all the same.
        // But not before one that bears arms and no more, however far back.
        let fighters = self.scene.mentioned.iter().any(|m| m.kind == ActorKind::ArmedGroup);
        let group = |m: &&Mentioned| {
            m.kind == ActorKind::ArmedGroup || m.kind == ActorKind::DefactoGovernment && !fighters
        };
        let times = |m: &Mentioned| self.scene.mentioned.iter().filter(|x| x.actor == m.actor).count();
        let most = near.clone().filter(group).map(times).max().filter(|_| armed);
        let rebels = matches!(lemma, "rebel" | "insurgent" | "militant" | "fighter" | "guerrilla");
        let first_group = || near.clone().rfind(|m| group(m) && Some(times(m)) == most);
        let by_kind = || {
            if rebels {
                return first_group();
            }
            near.clone().find(|m| match lemma {
                _ if armed => group(m) && Some(times(m)) == most,
                "country" | "nation" | "kingdom" | "republic" | "state" => m.kind == ActorKind::State,
                // Not a name that only this report has, which may be a school's.
                "organisation" | "organization" | "agency" | "body" | "bloc" | "union" | "company"
                | "alliance" => m.kind == ActorKind::Organisation && !m.actor.as_str().starts_with("org/"),
                _ => false,
            })
        };
        // "the group", long after the only one that bears arms was named.
        let only = || {
            let mut met = self.scene.mentioned.iter().filter(|m| m.kind == ActorKind::ArmedGroup);
            let first = met.next().filter(|_| armed)?;
            met.all(|m| m.actor == first.actor).then_some(first)
        };
        same.or_else(by_kind).or_else(only).map(|m| one(m.actor.clone(), span, Via::Nominal))
    }

    /// "his Iranian counterpart": the holder of the same office in the other state.
    fn counterpart(&mut self, s: usize, tree: &Tree<'_>, i: usize, span: Span) -> Option<Meaning> {
        if let Some(named) = self.person(s, tree, i) {
            return Some(named);
        }
        let ids = super::mention_words(tree, i);
        let words: Vec<&str> =
            ids.iter().filter(|&&n| n != i && tree.upos(n) != "PRON").map(|&n| tree.word(n)).collect();
        let r = self.knowledge.resolve_phrase(&words, None, self.on)?;
        let country = r.country?;
        let owner =
            tree.kids_by(i, &["nmod"]).find(|&k| tree.upos(k) == "PRON").map(|k| self.pronoun(s, tree, k));
        let owner = owner.and_then(|m| m.refs.first().map(|r| r.actor.clone()));
        let body = owner
            .and_then(|o| self.register.persons().iter().find(|p| p.id == o)?.office.clone())
            .and_then(|o| o.actor);
        let suffix = body.and_then(|b| b.as_str().split_once('/').map(|(_, s)| s.to_string()));
        let actor = match suffix {
            Some(suffix) => ActorId::named(&format!("{country}/{suffix}")),
            None => self.knowledge.government(&country, self.on),
        };
        let knowledge = self.knowledge;
        self.out
            .actors
            .entry(actor.clone())
            .or_insert_with(|| super::known_actor(knowledge, &actor, None, ""));
        Some(one(actor, span, Via::Office))
    }
}

pub(super) fn one(actor: ActorId, span: Span, via: Via) -> Meaning {
    let refs = vec![ActorRef { actor, span: Some(span), via, certainty: Certainty::Likely }];
    Meaning { refs, place: false, owned: false }
}

/// A pronoun in a clause below the main one may go back to the main one's subject.
fn clause_apart(tree: &Tree<'_>, i: usize) -> bool {
    tree.ancestors(i).any(|a| matches!(tree.base(a), "ccomp" | "advcl" | "acl" | "parataxis" | "conj"))
}

fn weather(tree: &Tree<'_>, i: usize) -> bool {
    tree.head(i).is_some_and(|h| {
        tree.kid(h, &["csubj", "expl"]).is_some()
            || (tree.upos(h) == "ADJ"
                && !of_mind(&tree.lemma(h))
                && tree.kid(h, &["ccomp", "xcomp", "advcl"]).is_some())
    })
}

/// What only an agreement does: "hours after it came into force", "before it was signed", "since it took effect".
fn of_agreement(tree: &Tree<'_>, i: usize) -> bool {
    let Some(verb) = tree.head(i).filter(|_| tree.base(i) == "nsubj") else { return false };
    let lemma = tree.lemma(verb);
    let with = |rels: &[&str], words: &[&str]| {
        tree.kids_by(verb, rels).any(|k| words.contains(&tree.lemma(k).as_str()))
    };
    let passive = tree.rel(i) == "nsubj:pass";
    let below = |words: &[&str]| {
        let to_do = tree.kids_by(verb, &["xcomp"]).any(|k| {
            matches!(tree.lemma(k).as_str(), "take" | "come" | "enter" | "go")
                && tree.kids_by(k, &["obj", "obl"]).any(|n| words.contains(&tree.lemma(n).as_str()))
        });
        lemma == "due" && to_do
    };
    matches!(lemma.as_str(), "come" | "enter" | "go" | "be") && with(&["obl"], &["force", "effect"])
        || lemma == "take" && with(&["obj"], &["effect"])
        || below(&["force", "effect"])
        || lemma == "expire"
        || passive
            && matches!(
                lemma.as_str(),
                "sign" | "broker" | "implement" | "ratify" | "violate" | "announce" | "negotiate" | "extend"
            )
}

/// "it is willing to leave": states of somebody, whom "it" then means.
fn of_mind(lemma: &str) -> bool {
    matches!(
        lemma,
        "willing"
            | "unwilling"
            | "ready"
            | "prepared"
            | "able"
            | "unable"
            | "committed"
            | "determined"
            | "reluctant"
            | "eager"
            | "keen"
            | "open"
            | "confident"
            | "optimistic"
            | "concerned"
            | "free"
            | "aware"
            | "responsible"
            | "opposed"
            | "hopeful"
    )
}

/// What armed groups are called before their noun.
fn of_arms(word: &str) -> bool {
    matches!(
        word,
        "paramilitary"
            | "militant"
            | "rebel"
            | "insurgent"
            | "guerrilla"
            | "separatist"
            | "jihadist"
            | "islamist"
            | "armed"
    )
}

/// A modifier that names nobody: "the same ministry", "the powerful group".
fn plain(tree: &Tree<'_>, n: usize) -> bool {
    !tree.word(n).starts_with(char::is_uppercase) && tree.kids(n).is_empty() && tree.base(n) == "amod"
}

/// The verb whose subject does what a participle beside it tells: "rejected the offer, *accusing* …".
fn participle_of(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let bare = tree.base(verb) == "advcl" && tree.xpos(verb) == "VBG" && tree.kid(verb, &["mark"]).is_none();
    tree.head(verb).filter(|&h| bare && h < verb && tree.upos(h) == "VERB")
}
