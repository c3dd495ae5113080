//! What a number counts, by the words that govern it.

use super::number::Number;
use super::relation::{along, kind_behind, opens_part};
use crate::args::args;
use crate::scope::phrase_matches;
use crate::tree::Tree;
use detente_knowledge::Knowledge;
use detente_knowledge::lexicon::{Count, Hit, Lexicon};
use detente_types::Counted;

/// How the counted stand to the predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// They suffer it.
    Patient,
    /// They do it ("died", "fled").
    Subject,
    /// The side that lost them is the subject.
    Own,
    /// A noun or adjective says it.
    Word,
    /// Part of the figure before ("including 12 children").
    Part,
}

/// What is counted, and where that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The head of the phrase that the number belongs to.
    pub(crate) top: usize,
    /// What.
    pub(crate) what: Counted,
    /// The deciding word.
    pub(crate) predicate: usize,
    /// The counted noun; `None` where the number stands alone.
    pub(crate) unit: Option<usize>,
    /// How they stand to it.
    pub(crate) role: Role,
    /// A toll rather than one incident's count.
    pub(crate) total: bool,
    /// The verb whose subject gives the count ("put the toll at").
    pub(crate) given_by: Option<usize>,
}

impl Found {
    /// Number and counted noun as printed.
    pub(crate) fn phrase(&self, tree: &Tree<'_>, n: &Number) -> String {
        let mut ids: Vec<usize> = (n.start..=n.last).collect();
        if let Some(u) = self.unit.filter(|u| *u >= n.start) {
            ids.extend(tree.short_core(u).into_iter().filter(|&x| x >= n.start));
            ids.push(u);
        }
        crate::event_words(tree.phrase(&ids), 120)
    }
}

/// What the number counts; nothing for numbers that no word makes a count.
pub(crate) fn what(
    tree: &Tree<'_>,
    lexicon: &Lexicon,
    knowledge: &Knowledge,
    n: &Number,
    before: Option<Counted>,
) -> Option<Found> {
    let top = head_of(tree, n);
    let unit = unit_of(tree, n, top);
    if let (true, Some(what)) = (opens_part(tree, n, top), before) {
        let unit = kind_behind(tree, n).or(unit);
        return Some(Found {
            top,
            what,
            predicate: top,
            unit,
            role: Role::Part,
            total: false,
            given_by: None,
        });
    }
    if speaks(tree, lexicon, unit.unwrap_or(top)) {
        return None;
    }
    let look = Look { tree, lexicon, knowledge, top, unit };
    let found = look
        .by_neighbour(n)
        .or_else(|| look.by_next())
        .or_else(|| look.by_word())
        .or_else(|| look.by_verb(top, 0))
        .or_else(|| look.by_toll())
        .or_else(|| look.gapped(n))
        .or_else(|| look.by_coordination(before))
        .or_else(|| before.filter(|_| along(tree, n)).map(|what| look.found(what, top, Role::Word)))
        .or_else(|| look.by_unit().filter(|_| !means(tree, unit.unwrap_or(top))))?;
    if !personal(found.what) && of_several(tree, n) {
        return None;
    }
    Some(both(tree, lexicon, found))
}

/// "one of the boats": which one, and not how many.
fn of_several(tree: &Tree<'_>, n: &Number) -> bool {
    n.value == Some(1) && n.last + 1 < tree.len() && tree.lower(n.last + 1) == "of"
}

/// "a road blocked by two lorries": with what, and nothing that befell them.
fn means(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(tree.case(tree.first_conjunct(noun)).as_deref(), Some("by" | "with"))
}

/// "…, two officers and three witnesses said": who says it is not counted in it.
fn speaks(tree: &Tree<'_>, lexicon: &Lexicon, noun: usize) -> bool {
    let first = tree.first_conjunct(noun);
    let verb = tree.head(first).filter(|_| tree.base(first) == "nsubj" && tree.rel(first) != "nsubj:pass");
    verb.is_some_and(|verb| {
        lexicon.speech_verb(&tree.lemma(verb)).is_some()
            && tree.kids_by(verb, &["ccomp", "parataxis"]).next().is_some()
    })
}

/// "19 killed and injured": dead and wounded without distinction.
fn both(tree: &Tree<'_>, lexicon: &Lexicon, found: Found) -> Found {
    let wounded = |k: usize| {
        let listed = |c: &&Count| {
            c.what == Counted::Wounded
                && (c.patient.contains(&tree.lemma(k)) || c.adj.iter().any(|a| a == tree.lower(k)))
        };
        lexicon.counts().iter().any(|c| listed(&c))
    };
    let next = tree.conjuncts(found.predicate).into_iter().find(|&k| k > found.predicate && wounded(k));
    // "killed and wounded 12", "12 killed and wounded", but not "killed 12 and wounded 30".
    let own = |k: usize| tree.kid(k, &["obj", "nsubj", "nsubj:pass", "nummod"]).is_some();
    let close = next.filter(|&k| k - found.predicate <= 2 && !own(k));
    match close {
        Some(_) if found.what == Counted::Killed => Found { what: Counted::Casualties, ..found },
        _ => found,
    }
}

/// The head of the phrase that the number belongs to: "soldiers" in "23 soldiers", "dozens" in "dozens of men".
fn head_of(tree: &Tree<'_>, n: &Number) -> usize {
    let mut top = n.first;
    for t in n.first..=n.last {
        if tree.head(t).is_none_or(|h| h < n.first || h > n.last) {
            top = t;
        }
    }
    for _ in 0..4 {
        let up = matches!(tree.base(top), "nummod" | "amod" | "det" | "compound" | "advmod")
            || tree.rel(top) == "nmod:unmarked";
        match tree.head(top).filter(|h| up && tree.is_nominal(*h) || up && tree.upos(*h) == "ADJ") {
            Some(h) if tree.base(top) != "advmod" || h == n.last + 1 => top = h,
            _ => break,
        }
    }
    top
}

/// The counted noun: the head, or what "dozens" are "of".
fn unit_of(tree: &Tree<'_>, n: &Number, top: usize) -> Option<usize> {
    let of = |i: usize| tree.kids_by(i, &["nmod"]).find(|&k| tree.case(k).as_deref() == Some("of") && k > i);
    if (n.first..=n.last).contains(&top) {
        return of(top).or_else(|| (n.first..=n.last).find_map(of));
    }
    if matches!(tree.upos(top), "NOUN" | "PROPN") {
        // "a group of 30 people", "12 members of the family": the noun itself.
        return Some(top);
    }
    None
}

struct Look<'a, 't> {
    tree: &'a Tree<'t>,
    lexicon: &'a Lexicon,
    knowledge: &'a Knowledge,
    top: usize,
    unit: Option<usize>,
}

impl Look<'_, '_> {
    fn found(&self, what: Counted, predicate: usize, role: Role) -> Found {
        Found { top: self.top, what, predicate, unit: self.unit, role, total: false, given_by: None }
    }

    fn unit_fits(&self, count: &Count) -> bool {
        if count.unit.is_empty() || personal(count.what) && self.unit.is_none() {
            return true;
        }
        let Some(u) = self.unit else { return false };
        // "14 of them"
        if personal(count.what) && self.tree.upos(u) == "PRON" {
            return true;
        }
        let lemma = self.tree.lemma(u);
        let people = || {
            self.knowledge.noun(&lemma).is_some_and(|n| {
                matches!(n.shape, detente_knowledge::Shape::Person | detente_knowledge::Shape::Group)
            })
        };
        let listed = count
            .unit
            .iter()
            .any(|w| *w == lemma || w.split(' ').next_back() == Some(lemma.as_str()) && w.contains(' '));
        let persons = personal(count.what);
        listed || persons && people() || persons && self.tree.upos(u) == "PROPN"
    }

    /// "put the toll at 19 dead and 40 injured": the word right behind the number, where the tree parts them.
    fn by_next(&self) -> Option<Found> {
        let (tree, next) = (self.tree, self.top + 1);
        if tree.upos(self.top) != "NUM" || next >= tree.len() || tree.head(next).is_none_or(|h| h > next) {
            return None;
        }
        let count = self.lexicon.counts().iter().find(|c| c.adj.iter().any(|w| w == tree.lower(next)))?;
        Some(self.found(count.what, next, Role::Word))
    }

    /// "12 dead", "23 deaths", "40 wounded fighters", "hundreds of people stranded".
    fn by_word(&self) -> Option<Found> {
        let tree = self.tree;
        for count in self.lexicon.counts() {
            let noun = |i: usize| {
                count.noun.contains(&tree.lemma(i)) || count.noun.iter().any(|w| w == tree.lower(i))
            };
            if count.what != Counted::Rounds
                && (noun(self.top) || self.unit.is_some_and(noun))
                && !lives(tree, self.top)
                && !handed_over(tree, self.top)
            {
                return Some(self.found(count.what, self.top, Role::Word));
            }
            if count.what == Counted::Rounds && self.unit.is_some_and(noun) && self.talks() {
                return Some(self.found(count.what, self.top, Role::Word));
            }
            let adj = |i: usize| count.adj.iter().any(|w| w == tree.lower(i));
            // The adjective modifies the noun, follows it, or is the predicate over it.
            let spots = self.unit.into_iter().chain([self.top]);
            for u in spots {
                let governor = tree.head(tree.first_conjunct(u)).filter(|&v| tree.is_verb(v));
                let apart = |k: usize| governor.is_some_and(|v| u < v && v < k);
                let beside = tree.kids(u).iter().copied().find(|&k| {
                    adj(k)
                        && !apart(k)
                        && matches!(tree.base(k), "amod" | "acl" | "xcomp" | "advmod" | "appos" | "dep")
                });
                if let Some(k) = beside {
                    return Some(self.found(count.what, k, Role::Word));
                }
            }
            if adj(self.top) {
                return Some(self.found(count.what, self.top, Role::Word));
            }
            if let Some(h) = tree.head(self.top) {
                if adj(h)
                    && (tree.upos(h) != "VERB"
                        || tree.kid(h, &["cop"]).is_some()
                        || tree.lower(h) == "missing")
                {
                    return Some(self.found(count.what, h, Role::Word));
                }
                // "left dozens dead": object and secondary predicate of one verb.
                let secondary = tree.kids_by(h, &["xcomp", "advcl", "obj", "acl"]).find(|&k| {
                    // Not "were killed … after rebels killed ten": that is a clause of its own.
                    adj(k) && k > self.top && tree.kid(k, &["nsubj", "nsubj:pass", "aux", "mark"]).is_none()
                });
                if let Some(k) = secondary
                    .filter(|_| matches!(tree.base(self.top), "obj" | "nsubj" | "obl" | "compound" | "nmod"))
                {
                    return Some(self.found(count.what, k, Role::Word));
                }
            }
        }
        None
    }

    /// "killed 30 people injured 90": the verb right before the number, where the tree has lost it.
    fn by_neighbour(&self, n: &Number) -> Option<Found> {
        let verb = n.start.checked_sub(1).filter(|&v| self.tree.is_verb(v))?;
        let other = self.tree.head(self.tree.first_conjunct(self.top)) != Some(verb);
        let active = matches!(self.tree.xpos(verb), "VBD" | "VBG" | "VBZ" | "VBP" | "VBN");
        if !other || !active || self.tree.kid(verb, &["aux:pass"]).is_some() {
            return None;
        }
        let fits = |c: &&Count| personal(c.what) && self.unit_fits(c) && self.listed(&c.patient, verb);
        let count = self.lexicon.counts().iter().find(fits)?;
        Some(self.found(count.what, verb, Role::Patient))
    }

    fn talks(&self) -> bool {
        let u = self.unit.unwrap_or(self.top);
        self.tree.kids_by(u, &["nmod"]).any(|k| self.lexicon.in_class("talks", &self.tree.lemma(k)))
    }

    /// "killed 23 soldiers", "23 soldiers were killed", "58 soldiers had died", "lost 23 soldiers".
    fn by_verb(&self, from: usize, depth: usize) -> Option<Found> {
        let tree = self.tree;
        let member = tree.first_conjunct(from);
        let verb = tree.head(member)?;
        let participle =
            tree.kids_by(from, &["acl"]).find(|&k| tree.rel(k) == "acl" || tree.rel(k) == "acl:relcl");
        // "16 people were killed and thousands displaced": what stands behind the verb belongs to others.
        let participle = participle.filter(|&k| !tree.is_verb(verb) || !(from < verb && verb < k));
        for candidate in participle.into_iter().chain([verb]) {
            if let Some(found) = self.verb_counts(candidate) {
                return Some(self.graver(candidate, found));
            }
        }
        // "the bodies of 12 men were found", "the deaths of 30 people": one noun up.
        if depth < 2 && tree.is_noun(verb) && matches!(tree.base(member), "nmod" | "compound") {
            let of = tree.case(member).is_some_and(|c| matches!(c.as_str(), "of" | "among" | "to"));
            if of && !(tree.lemma(verb) == "body" && handed_over(tree, verb)) {
                for count in self.lexicon.counts() {
                    if count.noun.contains(&tree.lemma(verb)) && count.what != Counted::Rounds {
                        return Some(self.found(count.what, verb, Role::Word));
                    }
                }
                return self.by_verb(verb, depth + 1);
            }
        }
        None
    }

    /// "41 men were rounded up and executed": of two things done to the same people, their death is counted.
    fn graver(&self, verb: usize, found: Found) -> Found {
        let taken = matches!(found.what, Counted::Arrested | Counted::Captured);
        let tree = self.tree;
        let bare = |k: &usize| *k > verb && tree.kid(*k, &["obj", "nsubj", "nsubj:pass"]).is_none();
        let killed = self.lexicon.counts().iter().find(|c| c.what == Counted::Killed);
        let killing = killed.filter(|_| taken && found.role == Role::Patient).and_then(|c| {
            tree.conjuncts(verb).into_iter().filter(bare).find(|&k| self.listed(&c.patient, k))
        });
        killing.map_or(found, |k| self.found(Counted::Killed, k, Role::Patient))
    }

    fn verb_counts(&self, verb: usize) -> Option<Found> {
        let tree = self.tree;
        if !tree.is_verb(verb) {
            return None;
        }
        let a = args(tree, verb);
        let me = |list: &[usize]| {
            list.iter().any(|&i| i == self.top || Some(i) == self.unit || tree.first_conjunct(self.top) == i)
        };
        for count in self.lexicon.counts() {
            if !self.unit_fits(count) {
                continue;
            }
            if me(&a.obj) && self.listed(&count.patient, verb) {
                return Some(self.found(count.what, verb, Role::Patient));
            }
            if me(&a.obj) && self.listed(&count.own, verb) {
                return Some(self.found(count.what, verb, Role::Own));
            }
            if me(&a.subj) && self.listed(&count.subject, verb) && !figurative(tree, verb) {
                return Some(self.found(count.what, verb, Role::Subject));
            }
        }
        None
    }

    fn listed(&self, words: &[String], verb: usize) -> bool {
        let lemma = self.tree.lemma(verb);
        words.iter().any(|w| {
            let mut parts = w.split(' ');
            if parts.next() != Some(lemma.as_str()) {
                return false;
            }
            let rest: Vec<String> = parts.map(str::to_string).collect();
            let hit = Hit { entry: 0, rest, of: Vec::new(), weak: false, alone: false };
            phrase_matches(self.tree, verb, &hit)
        })
    }

    /// "the death toll rose to 40", "a toll of 40", "put the number of dead at 40".
    fn by_toll(&self) -> Option<Found> {
        let tree = self.tree;
        let h = tree.head(self.top)?;
        // "raised its toll from 36 to 46": trees hang the new number on the old one.
        let changed = tree.upos(h) == "NUM" && tree.case(h).as_deref() == Some("from");
        let h = tree.head(h).filter(|_| changed).unwrap_or(h);
        let reach = matches!(
            tree.lemma(h).as_str(),
            "rise"
                | "climb"
                | "reach"
                | "stand"
                | "jump"
                | "put"
                | "bring"
                | "pass"
                | "exceed"
                | "surpass"
                | "hit"
                | "top"
                | "increase"
                | "be"
                | "grow"
                | "revise"
                | "give"
                | "soar"
                | "mount"
                | "go"
                | "raise"
                | "lower"
                | "update"
        );
        let a = args(tree, h);
        let mut nouns: Vec<usize> = if reach {
            a.subj.iter().chain(&a.obj).copied().filter(|&i| i != self.top).collect()
        } else {
            vec![h]
        };
        if tree.lemma(h) == "put" {
            // "put its dead at 13"
            nouns.extend(tree.kids_by(h, &["xcomp"]));
        }
        if let Some(found) = nouns.iter().find_map(|&noun| self.by_number(noun)).filter(|_| reach) {
            return Some(found);
        }
        for noun in nouns {
            let phrase = crate::tree::fold(tree.phrase(&tree.core(noun)));
            for count in self.lexicon.counts() {
                let hit = count.toll.iter().any(|t| phrase.contains(t.as_str()))
                    && count.toll.iter().any(|t| t.split(' ').any(|w| w == tree.lemma(noun)));
                if hit {
                    let given_by = matches!(
                        tree.lemma(h).as_str(),
                        "put" | "give" | "raise" | "revise" | "update" | "estimate"
                    )
                    .then_some(h);
                    return Some(Found { total: true, given_by, ..self.found(count.what, noun, Role::Word) });
                }
            }
        }
        None
    }

    /// "the number of soldiers killed has risen to 13": what befell those whose number it is.
    fn by_number(&self, noun: usize) -> Option<Found> {
        let tree = self.tree;
        if !matches!(tree.lemma(noun).as_str(), "number" | "total" | "count" | "tally") {
            return None;
        }
        let people = tree.kids_by(noun, &["nmod"]).find(|&k| tree.case(k).as_deref() == Some("of"))?;
        let said = |k: &usize| matches!(tree.base(*k), "acl" | "amod");
        let fate = tree.kids(people).iter().chain(tree.kids(noun)).copied().filter(said);
        fate.into_iter().find_map(|k| {
            let told = |c: &&Count| self.listed(&c.patient, k) || c.adj.iter().any(|a| a == tree.lower(k));
            let count = self.lexicon.counts().iter().find(told)?;
            Some(Found { total: true, unit: Some(people), ..self.found(count.what, noun, Role::Word) })
        })
    }

    /// "16 people were killed and tens of thousands displaced": the auxiliary is shared, the participle follows.
    fn gapped(&self, n: &Number) -> Option<Found> {
        let last = self.unit.into_iter().chain([n.last]).max()?;
        let next = (last + 1..self.tree.len().min(last + 3)).find(|&j| self.tree.xpos(j) == "VBN")?;
        let count =
            self.lexicon.counts().iter().find(|c| self.unit_fits(c) && self.listed(&c.patient, next))?;
        Some(self.found(count.what, next, Role::Patient))
    }

    /// "killed 12 people and injured 30", "12 dead and 30 more wounded": shares the governor of the first.
    fn by_coordination(&self, before: Option<Counted>) -> Option<Found> {
        let tree = self.tree;
        if tree.base(self.top) != "conj" {
            return None;
        }
        let first = tree.head(self.top)?;
        // "a compound that houses the mission and several embassies": embassies are not killed.
        let thing = self.unit.is_some_and(|u| {
            let shape = self.knowledge.noun(&tree.lemma(u)).map(|n| n.shape);
            let people =
                matches!(shape, Some(detente_knowledge::Shape::Person | detente_knowledge::Shape::Group));
            let other =
                matches!(tree.tokens[u].mention, Some("object" | "place" | "organization" | "abstract"));
            tree.upos(u) == "NOUN" && !people && (other || shape.is_some())
        });
        let before = before.filter(|what| !(thing && personal(*what)));
        let same = Look { top: first, unit: self.unit, ..*self };
        same.by_verb(first, 0).or_else(|| before.map(|what| self.found(what, first, Role::Word)))
    }

    /// "three trucks", "12 rockets": what the noun itself most likely counts, where a verb of war governs it.
    fn by_unit(&self) -> Option<Found> {
        let tree = self.tree;
        let u = self.unit?;
        let noun = self.knowledge.noun(&tree.lemma(u))?;
        let what = noun.counts?;
        let h = tree.head(tree.first_conjunct(self.top))?;
        tree.is_verb(h).then(|| self.found(what, h, Role::Word))
    }
}

/// Counts of people, whatever the noun.
fn personal(what: Counted) -> bool {
    matches!(
        what,
        Counted::Killed | Counted::Wounded | Counted::Captured | Counted::Displaced | Counted::Released
    )
}

/// "claimed the lives of 12 people" counts people; "12 lives" alone does as well, but "life" as a sentence does not.
fn lives(tree: &Tree<'_>, i: usize) -> bool {
    tree.lemma(i) == "life" && tree.kids_by(i, &["nmod"]).any(|k| tree.case(k).as_deref() == Some("in"))
}

/// "agreed to exchange the bodies of 6,000 soldiers": the dead of a war, and not of what is told here.
fn handed_over(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.lemma(i).as_str(), "body" | "remains" | "corpse")
        && tree.head(tree.first_conjunct(i)).is_some_and(|v| {
            matches!(
                tree.lemma(v).as_str(),
                "exchange" | "swap" | "return" | "repatriate" | "hand" | "transfer" | "trade" | "deliver"
            )
        })
}

/// "prices fell", "tears fell": only people fall in battle.
fn figurative(tree: &Tree<'_>, verb: usize) -> bool {
    tree.lemma(verb) == "fall"
        && !tree
            .kids_by(verb, &["obl"])
            .any(|k| matches!(tree.lemma(k).as_str(), "battle" | "fighting" | "combat" | "action"))
}
