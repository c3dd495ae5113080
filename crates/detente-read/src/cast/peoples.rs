//! Whose people a phrase speaks of: a people is that of the country it lives in, and what stands beside a phrase
//! only says where it is.

use super::phrase::{based, group_like, short_name, slug, words_of};
use super::{Casting, Meaning};
use crate::tree::Tree;
use detente_knowledge::{Rank, Resolved, Shape, Target};
use detente_types::{Actor, ActorId, ActorKind, ActorRef, Certainty, Sector, Via};

/// The words of a phrase up to its head.
fn own_words(tree: &Tree<'_>, i: usize) -> Vec<usize> {
    let mut words = tree.short_core(i);
    words.retain(|n| *n <= i);
    words
}

impl Casting<'_, '_> {
    /// "The M23 said *its fighters* had left", "Pakistan said *its troops* held fire": those who bear arms for whom the
    /// pronoun means.
    pub(super) fn own_fighters(
        &mut self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        ids: &[usize],
    ) -> Option<Meaning> {
        let pronoun = tree.kids_by(i, &["nmod:poss"]).find(|&k| tree.upos(k) == "PRON")?;
        let [owner] = &self.out.meaning(s, pronoun).refs[..] else { return None };
        let owner = owner.actor.clone();
        // "Syria offered its troops to Lebanon": what one does with one's own is done to nobody there.
        let verb = tree.head(i).filter(|_| tree.base(i) == "obj");
        let verbs = verb.into_iter().chain(verb.into_iter().flat_map(|v| tree.ancestors(v).take(2)));
        let with_own = verbs
            .filter_map(|v| tree.kid(v, &["nsubj"]))
            .take(1)
            .any(|subject| self.out.meaning(s, subject).refs.iter().any(|r| r.actor == owner));
        if with_own {
            return None;
        }
        let actor = self.out.actors.get(&owner)?;
        let lemma = tree.lemma(i);
        let noun = self.knowledge.noun(&lemma)?;
        let armed = matches!(noun.sector, Some(Sector::Mil | Sector::Reb | Sector::Uaf));
        let group = group_like(actor.kind) || actor.kind == ActorKind::Forces;
        let span = Some(tree.span_of(ids));
        if group && (armed || matches!(lemma.as_str(), "man" | "fighter" | "member" | "militant")) {
            let reference = ActorRef { actor: owner, span, via: Via::Composed, certainty: Certainty::Likely };
            return Some(Meaning { refs: vec![reference], place: false, owned: false });
        }
        let state = matches!(actor.kind, ActorKind::State | ActorKind::Body);
        if !(state && armed && matches!(noun.shape, Shape::Person | Shape::Group)) {
            return None;
        }
        let country = actor.country.clone()?;
        let words: Vec<&str> = ids.iter().filter(|&&n| n != pronoun).map(|&n| tree.word(n)).collect();
        let r = self.knowledge.resolve_phrase(&words, Some(&country), self.on)?;
        Some(self.meaning_of(s, tree, i, ids, r))
    }

    /// "Pakistani and Afghan troops", "the Thai and Cambodian armies": one noun, several owners.
    pub(super) fn several_owners(
        &mut self,
        s: usize,
        tree: &Tree<'_>,
        i: usize,
        ids: &[usize],
    ) -> Option<Meaning> {
        if let Some(out) = self.of_each(s, tree, i) {
            return Some(out);
        }
        let first = tree
            .kids_by(i, &["amod", "compound", "nmod:poss", "nmod"])
            .find(|&k| k < i && tree.kid(k, &["conj"]).is_some())?;
        let owners = tree.conjuncts(first);
        let country = |n: usize| {
            let named = self.knowledge.names_at(&[tree.word(n)], 0);
            tree.word(n).starts_with(char::is_uppercase)
                && named.iter().any(|h| matches!(h.target, Target::Actor(_)))
        };
        if owners.len() < 2 || !owners.iter().all(|&o| country(o)) {
            return None;
        }
        let joined: Vec<usize> = tree.subtree(first);
        let rest: Vec<usize> = ids.iter().copied().filter(|n| !joined.contains(n)).collect();
        let mut out = Meaning::default();
        for &owner in &owners {
            let mut own = vec![owner];
            own.extend(rest.iter().copied().filter(|&n| n > owner || n == i));
            let words: Vec<&str> = own.iter().map(|&n| tree.word(n)).collect();
            let Some(r) = self.compose(s, tree, i, &words) else { continue };
            let one = self.meaning_of(s, tree, i, &own, r);
            (out.place, out.owned) = (out.place || one.place, out.owned || one.owned);
            out.refs.extend(one.refs.into_iter().map(|r| ActorRef { span: Some(tree.span(owner)), ..r }));
        }
        (out.refs.len() > 1).then_some(out)
    }

    /// "Representatives of Azerbaijan and of Karabakh's Armenians": people of each whose "of" phrase stands behind them.
    fn of_each(&mut self, s: usize, tree: &Tree<'_>, i: usize) -> Option<Meaning> {
        let of = |k: &usize| *k > i && matches!(tree.case(*k).as_deref(), Some("of" | "from"));
        let owners: Vec<usize> = tree.kids_by(i, &["nmod"]).filter(of).collect();
        let noun = self.knowledge.noun(&tree.lemma(i))?;
        if owners.len() < 2 || !matches!(noun.shape, Shape::Person | Shape::Group | Shape::Institution) {
            return None;
        }
        let before: Vec<usize> = words_of(tree, i, false).into_iter().filter(|n| *n <= i).collect();
        let mut out = Meaning::default();
        for owner in owners {
            let mut own = before.clone();
            own.extend(tree.kids_by(owner, &["case"]));
            own.extend(words_of(tree, owner, false));
            own.sort_unstable();
            own.dedup();
            let words: Vec<&str> = own.iter().map(|&n| tree.word(n)).collect();
            let Some(r) = self.compose(s, tree, i, &words) else { continue };
            let one = self.meaning_of(s, tree, i, &own, r);
            let named = one.refs.into_iter().filter(|r| !r.actor.as_str().starts_with("unnamed/"));
            out.refs.extend(named.map(|r| ActorRef { span: Some(tree.span(owner)), ..r }));
        }
        (out.refs.len() > 1).then_some(out)
    }

    /// The words of a phrase, without where it is if they say whose people they are ("Syrian refugees *at a camp in
    /// Jordan*"), and without a stranger's name that happens to be a town's.
    pub(super) fn phrase_ids(&self, tree: &Tree<'_>, i: usize, acts: bool) -> Vec<usize> {
        let mut whole = words_of(tree, i, acts);
        // "relatives of Chad Joseph": a first name, and no country.
        let person = |n: usize| n < tree.len() && tree.tokens[n].name == Some("PER");
        let in_full = |n: usize| person(n + 1) && tree.rel(n + 1) == "flat" || n > 0 && person(n - 1);
        // "the governor of Kharkiv": what somebody governs is no stranger, whatever it was taken for.
        let governs = self.knowledge.title(&[tree.word(i)]).is_some_and(|t| t.title.rank == Rank::Regional);
        let town = |n: usize| {
            let hits = self.knowledge.names_at(&[tree.word(n)], 0);
            n != i
                && !governs
                && self.spans.get(n).copied().flatten().is_none()
                && tree.tokens[n].name == Some("PER")
                && (in_full(n) && hits.iter().all(|h| h.len == 1)
                    || hits.iter().any(|h| matches!(h.target, Target::Place(_)))
                        && !hits.iter().any(|h| matches!(h.target, Target::Actor(_))))
        };
        let elsewhere: Vec<usize> = based(tree, i).collect();
        whole.retain(|&n| !town(n) && !elsewhere.contains(&n));
        if self
            .knowledge
            .noun(&tree.lemma(i))
            .is_some_and(|n| n.sector == Some(Sector::Mil) && matches!(n.shape, Shape::Thing | Shape::Place))
        {
            // "A rebel base in Mali", "bases of the group in Mali" are not for that Mali's.
            let of = |k: &usize| *k > i && matches!(tree.case(*k).as_deref(), Some("of" | "belonging_to"));
            let owners: Vec<usize> =
                tree.kids_by(i, &["nmod"]).filter(of).flat_map(|k| own_words(tree, k)).collect();
            whole.retain(|n| *n <= i || owners.contains(n));
            return whole;
        }
        // "A diplomat in Kampala" is hardly Uganda's, and one from there is.
        let diplomat = matches!(tree.lemma(i).as_str(), "diplomat" | "envoy" | "ambassador");
        let sited = |k: &usize| {
            *k > i
                && tree.case(*k).is_some_and(|c| match c.as_str() {
                    "in" | "on" | "at" | "near" | "along" | "inside" | "outside" | "across" | "around"
                    | "over" => true,
                    "from" => !diplomat,
                    _ => false,
                })
        };
        let beside: Vec<usize> =
            tree.kids_by(i, &["nmod"]).filter(sited).flat_map(|k| tree.subtree(k)).collect();
        if beside.is_empty() {
            return whole;
        }
        let near: Vec<usize> = whole.iter().copied().filter(|n| !beside.contains(n)).collect();
        let words: Vec<&str> = near.iter().map(|&n| tree.word(n)).collect();
        // "a stronghold on the Thai border" is not for that the Thais'.
        let border =
            beside.iter().any(|&n| matches!(tree.lemma(n).as_str(), "border" | "frontier" | "coast"));
        if (border || diplomat) && !near.is_empty() {
            return near;
        }
        let owned = self.knowledge.resolve_phrase(&words, None, self.on);
        if owned.is_some_and(|r| r.country.is_some() || r.actor.is_some()) { near } else { whole }
    }

    /// "Iraqi Kurds", "Muslims in Bosnia", "ethnic Turks of Bulgaria": a people is that of the country it lives in, and
    /// of no country where none is named; not of the state whose name it bears.
    pub(super) fn people_of(
        &mut self,
        tree: &Tree<'_>,
        i: usize,
        ids: &[usize],
        r: &Resolved,
    ) -> Option<Meaning> {
        let ethnic = tree.modifiers(i).find(|&m| tree.lower(m) == "ethnic").or_else(|| {
            let stem = tree.modifiers(i).find(|&m| i > 1 && m > 0 && tree.lower(m - 1) == "ethnic")?;
            (tree.base(stem - 1) == "amod").then_some(stem - 1)
        });
        let people = r.country.is_none() && r.actor.as_ref().is_some_and(|a| a.as_str().starts_with("POP/"));
        let words: Vec<&str> = ids.iter().map(|&n| tree.word(n)).collect();
        let listed =
            || self.knowledge.resolve_name(&words, None, self.on).is_some_and(|n| n.actor == r.actor);
        if ethnic.is_none() && (!people || listed()) {
            return None;
        }
        let bears = |n: &usize| {
            let hits = self.knowledge.names_at(&[tree.word(*n)], 0);
            hits.iter().any(|h| matches!(&h.target, Target::Actor(id) if Some(id) == r.actor.as_ref()))
        };
        // "thousands of Iraqi Kurds": the people's own noun has the modifiers.
        let own = if people { ids.iter().copied().find(bears).unwrap_or(i) } else { i };
        let home = self.lives_in(tree, own, ethnic).or_else(|| self.lives_in(tree, i, ethnic));
        if home.is_none() && people {
            return None;
        }
        let kind = r.kind.filter(|k| *k != ActorKind::State).unwrap_or(ActorKind::Population);
        let counted = |n: usize| matches!(tree.base(n), "nummod" | "advmod" | "quantmod");
        let near = tree.short_core(own);
        let kept: Vec<usize> = near.into_iter().filter(|n| ids.contains(n) && !counted(*n)).collect();
        let name = short_name(tree, &kept);
        let id = format!("{}/{}", home.as_deref().unwrap_or("unnamed"), slug(&name));
        let id = ActorId::named(&id);
        let actor = Actor {
            id: id.clone(),
            name,
            kind,
            country: home,
            sector: r.sector.or(Some(Sector::Soc)),
            aliases: Vec::new(),
            acts_for: Vec::new(),
        };
        self.out.actors.entry(id.clone()).or_insert(actor);
        let reference = ActorRef {
            actor: id,
            span: Some(tree.span_of(ids)),
            via: Via::Composed,
            certainty: Certainty::Likely,
        };
        Some(Meaning { refs: vec![reference], place: false, owned: false })
    }

    /// The country that a people's phrase names beside the people: before it, or as where it lives or is at work.
    fn lives_in(&self, tree: &Tree<'_>, i: usize, ethnic: Option<usize>) -> Option<String> {
        let country = |n: usize| {
            self.knowledge.names_at(&[tree.word(n)], 0).iter().find_map(|hit| match &hit.target {
                Target::Actor(id) => self.knowledge.actor(id)?.country.clone(),
                Target::Place(id) => self.knowledge.place(*id)?.countries.first().map(ToString::to_string),
            })
        };
        let before = tree.kids_by(i, &["amod", "compound", "nmod:poss"]).filter(|&k| {
            k < i && ethnic.is_none_or(|e| k < e) && tree.word(k).starts_with(char::is_uppercase)
        });
        let below = tree.kids_by(i, &["nmod", "acl", "acl:relcl"]).filter(|&k| k > i);
        let sites = below.flat_map(|k| tree.subtree(k)).filter(|&n| {
            tree.upos(n) == "PROPN" && tree.tokens[n].name == Some("LOC") && tree.base(n) != "compound"
        });
        before.chain(sites).find_map(country)
    }
}
