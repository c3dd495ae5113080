//! Who and to whom, and what operators make of it.
//!
//! A trigger with its role slots gives a bare event. Each operator above it lifts the event to one of
//! its own: "refused to withdraw" is a rejection whose content is a withdrawal, "urged Russia to offer
//! talks" a request whose content is an offer. The chain of contents is kept, since mediation is read
//! from it.

use super::frame::{Trigger, triggers};
use super::reach;
use crate::Report;
use crate::args::{Args, args};
use crate::scope::{Governor, Scope, operator_over, part_of, scope};
use crate::tree::Tree;
use detente_knowledge::lexicon::{Operator, Part, Roles};
use detente_types::{
    ActorRef, Certainty, EventType, Modality, Mode, Quad, Stage, Stance,
};

/// An event before date, place and speakers are known.
#[derive(Clone, Debug)]
pub(crate) struct Core {
    /// The deciding word.
    pub(crate) token: usize,
    /// Type.
    pub(crate) kind: EventType,
    /// Modes.
    pub(crate) modes: Vec<Mode>,
    /// Who.
    pub(crate) actors: Vec<ActorRef>,
    /// To whom.
    pub(crate) recipients: Vec<ActorRef>,
    /// Third parties: mediators, hosts.
    pub(crate) others: Vec<ActorRef>,
    /// Modality that the words carry; `None` lets the scope decide.
    pub(crate) modality: Option<Modality>,
    /// The rule that fired.
    pub(crate) rule: String,
    /// What stands above the deciding word.
    pub(crate) scope: Scope,
    /// Arguments of the deciding word.
    pub(crate) args: Args,
    /// What the event is about, innermost last: "offer" of "mediate".
    pub(crate) chain: Vec<Chain>,
    /// Step of mediation that the innermost words are.
    pub(crate) act: Option<Stage>,
    /// Claim that the words are.
    pub(crate) claim: Option<Stance>,
}

/// One link of the chain from the outermost operator to the innermost trigger.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    /// Key of the operator or class of the frame.
    pub(crate) key: String,
    /// Its word.
    pub(crate) token: usize,
    /// Who there.
    pub(crate) actors: Vec<ActorRef>,
    /// To whom there.
    pub(crate) recipients: Vec<ActorRef>,
    /// It is negated.
    pub(crate) negated: bool,
}

/// Every event of the sentence, bare.
pub(crate) fn cores(report: &Report<'_>, s: usize, tree: &Tree<'_>) -> Vec<Core> {
    let mut out: Vec<Core> = Vec::new();
    let mut lifted: Vec<usize> = Vec::new();
    for trigger in triggers(report, s, tree) {
        let Some(bare) = from_trigger(report, s, tree, &trigger) else { continue };
        let core = lift(report, s, tree, bare);
        lifted.extend(core.chain.iter().map(|c| c.token));
        out.push(core);
    }
    for i in 0..tree.len() {
        if !lifted.contains(&i) {
            out.extend(bare_operator(report, s, tree, i));
        }
    }
    dedupe(out)
}

/// One event a word and type; a lifted event swallows the bare one of the same word.
fn dedupe(mut cores: Vec<Core>) -> Vec<Core> {
    cores.sort_by_key(|c| (c.token, std::cmp::Reverse(c.chain.len()), std::cmp::Reverse(c.actors.len() + c.recipients.len())));
    let mut out: Vec<Core> = Vec::new();
    for core in cores {
        let same = out.iter_mut().find(|o| o.token == core.token);
        match same {
            None => out.push(core),
            Some(first) if first.kind == core.kind => {
                for r in core.recipients {
                    if !first.recipients.iter().chain(&first.actors).any(|x| x.actor == r.actor) {
                        first.recipients.push(r);
                    }
                }
                first.modes.extend(core.modes);
                first.chain.extend(core.chain.into_iter().skip(1));
            }
            Some(_) => {}
        }
    }
    out
}

fn from_trigger(report: &Report<'_>, s: usize, tree: &Tree<'_>, t: &Trigger) -> Option<Core> {
    let lexicon = report.knowledge.lexicon();
    let frame = &lexicon.frames()[t.frame];
    let roles = match (&frame.noun_roles, t.noun) {
        (Some(name), true) => lexicon.roles(name),
        _ => lexicon.roles(&frame.roles),
    };
    let slots = Slots { report, s, tree, token: t.token, args: &t.args, scope: &t.scope, noun: t.noun };
    let (mut actors, mut recipients) = slots.people(roles, frame.kind);
    if actors.is_empty() && t.noun {
        actors = slots.planner();
    }
    let mut others = Vec::new();
    if frame.third_party {
        let parties = slots.between();
        if !parties.is_empty() {
            actors.retain(|a| !parties.iter().any(|p| p.actor == a.actor));
            if actors.is_empty() {
                actors = slots.role_holder();
            }
            (others, recipients) = (actors.clone(), parties);
        }
    }
    if roles.mutual {
        actors.extend(slots.parties_inside(frame));
        dedup(&mut actors);
    }
    if matches!(frame.kind, EventType::Consult | EventType::TalksCollapse | EventType::Agree | EventType::Concede) && !frame.third_party {
        others.extend(slots.brokers());
        actors.retain(|a| !others.iter().any(|o| o.actor == a.actor));
    }
    recipients.retain(|r| !actors.iter().any(|a| a.actor == r.actor));
    if (t.weak || frame.needs_party) && (actors.is_empty() || recipients.is_empty() && actors.len() < 2) && !carried(tree, t, &actors) {
        return None;
    }
    if frame.needs_recipient && recipients.is_empty() {
        return None;
    }
    if t.noun && (means_of(report, tree, t) || idle(report, tree, t, &actors, &recipients)) {
        return None;
    }
    let mut modes: Vec<Mode> = frame.mode.into_iter().collect();
    modes.extend(instrument_modes(tree, frame.kind, t.token, &t.args));
    if frame.kind == EventType::Assault && roles.mutual && actors.len() < 2 {
        actors.dedup_by(|a, b| a.actor == b.actor);
    }
    let chain = vec![Chain { key: frame.class.clone(), token: t.token, actors: actors.clone(), recipients: recipients.clone(), negated: t.scope.negated }];
    Some(Core {
        token: t.token,
        kind: frame.kind,
        modes,
        actors,
        recipients,
        others,
        modality: frame.modality,
        rule: format!("frame/{}", frame.key),
        scope: t.scope.clone(),
        args: t.args.clone(),
        chain,
        act: frame.act,
        claim: frame.claim,
    })
}

/// An event noun that a light verb or a verb of occurring makes an assertion.
fn carried(tree: &Tree<'_>, t: &Trigger, actors: &[ActorRef]) -> bool {
    t.noun && !actors.is_empty() && (t.scope.light.is_some() || happens(tree, t.token))
}

/// "clashes erupted", "talks resumed", "an attack took place".
fn happens(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(tree.base(noun), "nsubj")
        && tree.head(noun).is_some_and(|h| {
            matches!(
                tree.lemma(h).as_str(),
                "erupt" | "break" | "begin" | "start" | "resume" | "continue" | "take" | "occur" | "happen" | "flare" | "rage" | "intensify" | "escalate"
                    | "ensue" | "rock" | "shake" | "kill" | "leave" | "hit" | "strike" | "collapse" | "fail" | "end" | "follow" | "spread" | "subside" | "claim" | "injure" | "wound" | "target" | "destroy" | "open" | "conclude" | "come" | "go" | "last" | "enter" | "displace" | "drive" | "force"
            )
        })
}

/// "retaliated with artillery and drone strikes": the noun names the means of the verb's event.
fn means_of(report: &Report<'_>, tree: &Tree<'_>, t: &Trigger) -> bool {
    let first = tree.first_conjunct(t.token);
    let with = tree.case(first).is_some_and(|c| matches!(c.as_str(), "with" | "by" | "through" | "using"));
    let verb = tree.head(first).filter(|&h| with && tree.is_verb(h));
    verb.is_some_and(|v| !report.knowledge.lexicon().frames_of(Part::Verb, &tree.lemma(v)).is_empty()) && tree.base(first) == "obl"
}

/// A noun that only refers to a happening ("after the attack", "the talks' venue") tells none.
fn idle(report: &Report<'_>, tree: &Tree<'_>, t: &Trigger, actors: &[ActorRef], recipients: &[ActorRef]) -> bool {
    if t.scope.light.is_some() || t.scope.operator.is_some() || happens(tree, t.token) || !t.scope.speech.is_empty() && !actors.is_empty() {
        return false;
    }
    let headline = tree.head(t.token).is_none();
    let kills = report.knowledge.lexicon().frames()[t.frame].class == "kill" && t.args.under("of").any(|h| tree.is_noun(h));
    let named = !actors.is_empty() || !recipients.is_empty() || kills;
    let definite = tree.kids_by(t.token, &["det"]).any(|d| matches!(tree.lower(d), "the" | "this" | "that" | "these" | "those" | "such" | "any" | "no"));
    let only_modifier = matches!(tree.base(t.token), "compound" | "amod" | "flat");
    if only_modifier {
        return true;
    }
    if headline {
        return !named;
    }
    let argument = matches!(tree.base(t.token), "nsubj" | "obj") && !definite || t.scope.modality.is_some() && !definite;
    !argument && (!named || definite && actors.is_empty() && !kills)
}

/// Looks up role slots in one clause.
struct Slots<'a, 't> {
    report: &'a Report<'t>,
    s: usize,
    tree: &'a Tree<'t>,
    token: usize,
    args: &'a Args,
    scope: &'a Scope,
    noun: bool,
}

impl Slots<'_, '_> {
    /// Actors and recipients by the pattern.
    fn people(&self, roles: &Roles, kind: EventType) -> (Vec<ActorRef>, Vec<ActorRef>) {
        let undergo = self.scope.light.filter(|l| l.undergo && self.noun);
        let (first, second) = if self.noun { (&roles.noun_actor, &roles.noun_recipient) } else { (&roles.actor, &roles.recipient) };
        let mut actors = self.first_of(first, false);
        let mut recipients = self.first_of_except(second, &actors);
        if let Some(light) = self.scope.light.filter(|_| self.noun) {
            let verb = args(self.tree, light.verb);
            let subject = self.all(&verb.subj, false);
            if undergo.is_some() {
                if !subject.is_empty() {
                    recipients = subject;
                    actors.retain(|a| !recipients.iter().any(|r| r.actor == a.actor));
                }
            } else {
                if !subject.is_empty() {
                    // "Israel carried out Israeli strikes": the verb's subject is the doer; an adjective that
                    // names another country is then to whom.
                    let own = std::mem::replace(&mut actors, subject);
                    if recipients.is_empty() && !roles.mutual {
                        recipients = own.into_iter().filter(|o| !actors.iter().any(|a| self.same_side(a, o))).collect();
                    } else if roles.mutual {
                        actors.extend(own);
                    }
                }
                let more = self.light_recipients(&verb, second);
                if recipients.is_empty() || roles.mutual {
                    recipients.extend(more);
                }
            }
        }
        if roles.mutual {
            actors = self.all_sides(actors, &mut recipients);
        }
        if actors.is_empty() && !self.noun && self.args.passive && kind == EventType::Assault {
            actors = self.first_of(&["by".into(), "from".into()], false);
        }
        dedup(&mut actors);
        dedup(&mut recipients);
        (actors, recipients)
    }

    /// Everybody takes part: "A met with B", "clashes between A and B", "A and B clashed".
    fn all_sides(&self, mut actors: Vec<ActorRef>, recipients: &mut Vec<ActorRef>) -> Vec<ActorRef> {
        for prep in ["between", "among", "involving", "with", "and"] {
            let heads: Vec<usize> = self.args.under(prep).collect();
            actors.extend(self.all(&heads, false));
        }
        if let Some(light) = self.scope.light.filter(|_| self.noun) {
            let verb = args(self.tree, light.verb);
            for prep in ["between", "with", "among"] {
                let heads: Vec<usize> = verb.under(prep).collect();
                actors.extend(self.all(&heads, false));
            }
        }
        if self.noun && happens(self.tree, self.token) {
            if let Some(verb) = self.tree.head(self.token) {
                let a = args(self.tree, verb);
                for prep in ["between", "with", "among"] {
                    let heads: Vec<usize> = a.under(prep).collect();
                    actors.extend(self.all(&heads, false));
                }
            }
        }
        if self.noun {
            actors.extend(self.adjectives());
        }
        if !recipients.is_empty() && !actors.is_empty() {
            actors.append(recipients);
        }
        actors
    }

    fn light_recipients(&self, verb: &Args, slots: &[String]) -> Vec<ActorRef> {
        let preps = slots.iter().filter(|p| !matches!(p.as_str(), "adj" | "place" | "of"));
        for p in preps {
            let heads: Vec<usize> = verb.under(p).collect();
            let found = self.all(&heads, place_slot(p));
            if !found.is_empty() {
                return found;
            }
        }
        self.all(&verb.iobj, false)
    }

    fn first_of(&self, slots: &[String], place: bool) -> Vec<ActorRef> {
        self.first_where(slots, place, |_| true)
    }

    fn first_of_except(&self, slots: &[String], others: &[ActorRef]) -> Vec<ActorRef> {
        self.first_where(slots, true, |r| !others.iter().any(|o| o.actor == r.actor || self.same_side(o, r) && r.span == o.span))
    }

    fn first_where(&self, slots: &[String], places: bool, keep: impl Fn(&ActorRef) -> bool) -> Vec<ActorRef> {
        for slot in slots {
            let found: Vec<ActorRef> = self.slot(slot, places).into_iter().filter(&keep).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn slot(&self, slot: &str, places: bool) -> Vec<ActorRef> {
        let a = self.args;
        match slot {
            "subj" => self.all(&a.subj, false),
            "obj" => self.all(&a.obj, places),
            "iobj" => self.all(&a.iobj, false),
            "poss" => self.all(&a.poss, false),
            "adj" => self.adjectives(),
            "place" => self.where_it_was(),
            prep => {
                let heads: Vec<usize> = a.under(prep).collect();
                self.all(&heads, places && place_slot(prep))
            }
        }
    }

    /// What these phrases mean; places only where asked for, as those whose place it is.
    fn all(&self, heads: &[usize], places: bool) -> Vec<ActorRef> {
        let mut out = Vec::new();
        for &h in heads {
            let meaning = self.report.cast.meaning(self.s, h);
            if meaning.refs.is_empty() {
                out.extend(self.inside(h));
                continue;
            }
            if meaning.place && !places {
                continue;
            }
            let certainty = if meaning.place || meaning.owned { Certainty::Likely } else { Certainty::Certain };
            out.extend(meaning.refs.iter().map(|r| ActorRef { certainty: r.certainty.max(certainty), ..r.clone() }));
        }
        if out.is_empty() && places {
            for &h in heads {
                out.extend(self.report.place_owner(self.s, self.tree, h));
            }
        }
        out
    }

    /// "dozens of Rwandan soldiers", "a group of rebels", "positions of the army": the actor inside.
    fn inside(&self, h: usize) -> Vec<ActorRef> {
        let of = self.tree.kids_by(h, &["nmod"]).filter(|&k| {
            self.tree.case(k).is_some_and(|c| matches!(c.as_str(), "of" | "from" | "belonging_to" | "by" | "for")) || self.tree.is_possessive(k)
        });
        let mut out = Vec::new();
        for k in of {
            let m = self.report.cast.meaning(self.s, k);
            if !m.place {
                out.extend(m.refs.iter().map(|r| ActorRef { certainty: r.certainty.max(Certainty::Likely), ..r.clone() }));
            }
        }
        if out.is_empty() {
            out.extend(self.adjectives_of(h));
        }
        out
    }

    /// "Israeli strikes", "Taliban attack", "Pakistan-Afghanistan talks".
    fn adjectives(&self) -> Vec<ActorRef> {
        self.adjectives_of(self.token)
    }

    fn adjectives_of(&self, noun: usize) -> Vec<ActorRef> {
        let tree = self.tree;
        let mut out: Vec<ActorRef> = Vec::new();
        for n in tree.short_core(noun).into_iter().filter(|&n| n < noun) {
            if tree.is_possessive(n) || !matches!(tree.base(n), "amod" | "compound" | "conj" | "nmod" | "flat") {
                continue;
            }
            let meaning = self.report.cast.meaning(self.s, n);
            if !meaning.place {
                out.extend(meaning.refs.iter().cloned());
            }
        }
        dedup(&mut out);
        out
    }

    /// "mediated between A and B", "talks between A and B", "to bring A and B together".
    fn between(&self) -> Vec<ActorRef> {
        let mut heads: Vec<usize> = Vec::new();
        let mut look = vec![self.token];
        look.extend(self.args.obj.iter().copied());
        look.extend(self.args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "of" | "on" | "for" | "as" | "over" | "into")).map(|(_, h)| *h));
        look.extend(self.scope.light.map(|l| l.verb));
        for word in look {
            let a = args(self.tree, word);
            for prep in ["between", "among", "involving"] {
                heads.extend(a.under(prep));
            }
        }
        let mut out = self.all(&heads, false);
        if out.is_empty() {
            let with: Vec<usize> = self.args.under("with").chain(self.args.under("to")).collect();
            let given = self.all(&with, false);
            if given.len() > 1 {
                out = given;
            }
        }
        if out.is_empty() {
            // "the Sudan talks", "the Pakistan-Taliban relationship": the sides as modifiers.
            for &o in &self.args.obj {
                out.extend(self.adjectives_of(o));
            }
        }
        dedup(&mut out);
        out
    }

    /// "is planning an attack", "attempted a coup", "abandoned the siege": the subject of the verb whose
    /// object the noun is, where the verb leaves the deed to its subject.
    fn planner(&self) -> Vec<ActorRef> {
        if self.tree.rel(self.token) != "obj" {
            return Vec::new();
        }
        let lexicon = self.report.knowledge.lexicon();
        let verb = self.tree.head(self.token).filter(|&v| self.tree.is_verb(v));
        let own = |v: usize| {
            let lemma = self.tree.lemma(v);
            let operator = operator_over(self.tree, lexicon, self.token, v).map(|e| lexicon.operators()[e].key.clone());
            matches!(operator.as_deref(), Some("plan" | "try" | "begin" | "manage" | "claim")) || lexicon.in_class("stop", &lemma)
        };
        verb.filter(|&v| own(v)).map(|v| self.all(&args(self.tree, v).subj, false)).unwrap_or_default()
    }

    /// "proposed its services as a mediator", "acts as go-between": the subject of the verb that the role
    /// hangs on.
    fn role_holder(&self) -> Vec<ActorRef> {
        let as_role = self.tree.case(self.token).as_deref() == Some("as");
        let mut verb = self.tree.head(self.token).filter(|_| as_role);
        while let Some(v) = verb.filter(|&v| !self.tree.is_verb(v)) {
            verb = self.tree.head(v);
        }
        verb.map(|v| self.all(&args(self.tree, v).subj, false)).unwrap_or_default()
    }

    /// "talks between A and B collapsed": the parties hang on the noun that the frame asked for.
    fn parties_inside(&self, frame: &detente_knowledge::lexicon::Frame) -> Vec<ActorRef> {
        let asked = |h: usize| {
            let lemma = self.tree.lemma(h);
            frame.object.has(&lemma) || frame.subject.has(&lemma)
        };
        let mut out = Vec::new();
        let heads = self.args.subj.iter().chain(&self.args.obj).chain(self.args.preps.iter().filter(|(p, _)| frame.object_preps.has(p)).map(|(_, h)| h));
        for &h in heads.filter(|&&h| asked(h)) {
            let inner = args(self.tree, h);
            for prep in ["between", "with", "among", "involving"] {
                let people: Vec<usize> = inner.under(prep).collect();
                out.extend(self.all(&people, false));
            }
            if out.is_empty() {
                out.extend(self.adjectives_of(h));
            }
        }
        out
    }

    /// Third parties of talks: "talks facilitated by Qatar", "Norwegian-brokered talks", "hosted by Oman".
    fn brokers(&self) -> Vec<ActorRef> {
        let tree = self.tree;
        let mut out = Vec::new();
        for k in tree.kids_by(self.token, &["acl", "amod"]) {
            let broker = matches!(tree.lemma(k).as_str(), "facilitate" | "mediate" | "broker" | "host" | "sponsor" | "organise" | "organize" | "convene" | "chair" | "moderate");
            if broker {
                let a = args(tree, k);
                out.extend(self.all(&a.subj, false));
                out.extend(tree.kids_by(k, &["compound", "obl", "nsubj"]).flat_map(|c| self.report.cast.meaning(self.s, c).refs.clone()));
            }
        }
        let clause = args(tree, self.scope.clause);
        for prep in ["under", "through", "via"] {
            for h in self.args.under(prep).chain(clause.under(prep)) {
                let office = matches!(tree.lemma(h).as_str(), "mediation" | "auspices" | "facilitation" | "auspex" | "sponsorship" | "chairmanship" | "supervision" | "mediator");
                let meaning = self.report.cast.meaning(self.s, h);
                if office {
                    out.extend(self.inside(h));
                    out.extend(meaning.refs.iter().cloned());
                } else if prep != "under" && meaning.is_actor() {
                    out.extend(meaning.refs.iter().cloned());
                }
            }
        }
        dedup(&mut out);
        out
    }

    /// The country of the place where the clause says it was.
    fn where_it_was(&self) -> Vec<ActorRef> {
        let tree = self.tree;
        let clause = self.scope.clause;
        let mut heads: Vec<usize> = self.args.preps.iter().filter(|(p, _)| place_slot(p)).map(|(_, h)| *h).collect();
        if clause != self.token {
            heads.extend(args(tree, clause).preps.iter().filter(|(p, _)| place_slot(p)).map(|(_, h)| *h));
        }
        self.all(&heads, true)
    }

    fn same_side(&self, a: &ActorRef, b: &ActorRef) -> bool {
        self.report.cast.side(&a.actor) == self.report.cast.side(&b.actor)
    }
}

/// Prepositions whose object may be a place that stands for who is there.
fn place_slot(prep: &str) -> bool {
    matches!(prep, "in" | "on" | "at" | "near" | "into" | "across" | "over" | "inside" | "against" | "of" | "from" | "to" | "around" | "outside" | "throughout" | "within" | "place" | "upon" | "toward" | "towards" | "out")
}

fn dedup(refs: &mut Vec<ActorRef>) {
    let mut seen: Vec<detente_types::ActorId> = Vec::new();
    refs.retain(|r| {
        let new = !seen.contains(&r.actor);
        if new {
            seen.push(r.actor.clone());
        }
        new
    });
}

/// Modes that the means tell: "with artillery and drones", "air", "gunfire".
fn instrument_modes(tree: &Tree<'_>, kind: EventType, token: usize, args: &Args) -> Vec<Mode> {
    if kind != EventType::Assault {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut near = tree.subtree_without(token, &["advcl", "ccomp", "parataxis", "acl:relcl", "nsubj"]);
    near.extend(args.subj.iter().flat_map(|&s| tree.short_core(s)));
    for n in near {
        let mode = match tree.lemma(n).as_str() {
            "drone" | "uav" | "quadcopter" => Mode::Drone,
            "artillery" | "shell" | "mortar" | "tank" | "howitzer" | "rocket" | "missile" | "shelling" | "shellfire" | "grad" | "rpg" => Mode::HeavyWeapons,
            "airstrike" | "warplane" | "jet" | "bomber" | "aircraft" | "helicopter" | "gunship" | "plane" | "air" | "aerial" => Mode::Aerial,
            "fire" | "shot" if args.obj.contains(&n) => Mode::Firearms,
            "gunfire" | "rifle" | "gun" | "pistol" | "sniper" | "gunman" | "bullet" => Mode::Firearms,
            "bomb" | "grenade" | "ied" | "explosive" | "landmine" | "mine" | "explosion" | "blast" => Mode::Explosives,
            "suicide" => Mode::SuicideAttack,
            "knife" | "machete" | "axe" | "arrow" | "spear" | "sword" => Mode::Primitive,
            _ => continue,
        };
        out.push(mode);
    }
    out.sort();
    out.dedup();
    if out.contains(&Mode::SuicideAttack) {
        out.retain(|m| *m != Mode::Explosives);
    }
    out
}

/// Lets every operator above the event make its own event of it, nearest first.
fn lift(report: &Report<'_>, s: usize, tree: &Tree<'_>, bare: Core) -> Core {
    let mut core = bare;
    for _ in 0..4 {
        let Some(governor) = core.scope.operator else { break };
        match apply(report, s, tree, &core, governor) {
            Some(above) => core = above,
            None => break,
        }
    }
    plain_modality(report, s, &mut core);
    reach::fill(report, s, tree, &mut core);
    core
}

fn apply(report: &Report<'_>, s: usize, tree: &Tree<'_>, core: &Core, governor: Governor) -> Option<Core> {
    let lexicon = report.knowledge.lexicon();
    let operator = &lexicon.operators()[governor.entry];
    let token = governor.token;
    let scope = scope(tree, lexicon, token);
    let a = args(tree, token);
    let noun = part_of(tree, token) == Some(Part::Noun);
    let slots = Slots { report, s, tree, token, args: &a, scope: &scope, noun };
    let (mut actors, mut recipients) = slots.people(lexicon.roles(&operator.roles), EventType::Agree);
    if actors.is_empty() && noun && scope.light.is_none() {
        actors.clone_from(&core.actors);
    }
    let kind = kind_of(operator, core, governor.negated)?;
    if operator.own_only && !own(&actors, core, report) {
        return Some(expectation(core, operator, actors, scope, a, token));
    }
    recipients.retain(|r| !actors.iter().any(|x| x.actor == r.actor));
    let content = core.actors.iter().chain(&core.recipients).filter(|r| !actors.iter().any(|x| x.actor == r.actor));
    if recipients.is_empty() || kind == EventType::Agree {
        recipients.extend(content.cloned());
    }
    dedup(&mut recipients);
    let mut chain = vec![Chain { key: operator.key.clone(), token, actors: actors.clone(), recipients: recipients.clone(), negated: governor.negated }];
    chain.extend(core.chain.iter().cloned());
    Some(Core {
        token,
        kind,
        modes: mode_of(kind, operator, core).into_iter().collect(),
        actors,
        recipients,
        others: core.others.clone(),
        modality: Some(modality_of(operator, kind)),
        rule: format!("operator/{}+{}", operator.key, core.rule.trim_start_matches("frame/")),
        scope,
        args: a,
        chain,
        act: core.act,
        claim: claim_of(operator),
    })
}

fn claim_of(operator: &Operator) -> Option<Stance> {
    match operator.key.as_str() {
        "accuse" => Some(Stance::Accusation),
        "deny" => Some(Stance::Denial),
        _ => None,
    }
}

fn modality_of(operator: &Operator, kind: EventType) -> Modality {
    match kind {
        EventType::Threaten => Modality::Threatened,
        EventType::Reject => Modality::Refused,
        EventType::Agree if operator.modality == Modality::Refused => Modality::Planned,
        _ => operator.modality,
    }
}

/// Is the content the speaker's own to do (a threat), rather than something that befalls ("warned that
/// war could spread")?
fn own(actors: &[ActorRef], core: &Core, report: &Report<'_>) -> bool {
    let side = |r: &ActorRef| report.cast.side(&r.actor);
    let hostile = core.kind.quad() == Some(Quad::MaterialConflict) || core.kind == EventType::Threaten;
    let mine = core.actors.iter().any(|c| actors.iter().any(|a| side(a) == side(c)));
    hostile && (mine || core.actors.is_empty() && core.kind == EventType::Threaten)
}

/// A warning of what others may do is an expectation, not a threat.
fn expectation(core: &Core, operator: &Operator, actors: Vec<ActorRef>, scope: Scope, args: Args, token: usize) -> Core {
    let mut chain = vec![Chain { key: "expect".into(), token, actors: actors.clone(), recipients: Vec::new(), negated: false }];
    chain.extend(core.chain.iter().cloned());
    let recipients = core.actors.iter().chain(&core.recipients).filter(|r| !actors.iter().any(|a| a.actor == r.actor)).cloned().collect();
    Core {
        token,
        kind: EventType::Outlook,
        modes: vec![Mode::Risk],
        actors,
        recipients,
        others: Vec::new(),
        modality: Some(Modality::Feared),
        rule: format!("operator/{}+{}", operator.key, core.rule.trim_start_matches("frame/")),
        scope,
        args,
        chain,
        act: None,
        claim: None,
    }
}

fn hostile(core: &Core) -> bool {
    core.kind.quad() == Some(Quad::MaterialConflict) && !core.scope.negated || core.kind == EventType::Threaten
}

/// The type of the operator's own event.
fn kind_of(operator: &Operator, core: &Core, negated: bool) -> Option<EventType> {
    let kind = operator.kind?;
    Some(match kind {
        EventType::Agree if negated => EventType::Reject,
        EventType::Agree if hostile(core) && matches!(operator.key.as_str(), "vow" | "willing" | "promise") => EventType::Threaten,
        EventType::Agree if core.scope.negated && matches!(operator.key.as_str(), "vow" | "promise") && cooperative(core.kind) => EventType::Reject,
        EventType::Reject if hostile(core) && !negated => EventType::Reject,
        other => other,
    })
}

fn cooperative(kind: EventType) -> bool {
    matches!(kind.quad(), Some(Quad::VerbalCooperation | Quad::MaterialCooperation))
}

/// The mode of the operator's event, by what its content is.
fn mode_of(kind: EventType, operator: &Operator, core: &Core) -> Option<Mode> {
    if operator.mode.is_some_and(|m| m.kind() == kind) {
        return operator.mode;
    }
    mode_for(kind, core.kind, core.chain.last().map_or("", |c| c.key.as_str()), core.scope.negated)
}

/// What is asked, refused or threatened.
pub(crate) fn mode_for(kind: EventType, content: EventType, class: &str, negated: bool) -> Option<Mode> {
    let yields = matches!(content, EventType::Retreat | EventType::Concede)
        || matches!(class, "restraint" | "ceasefire" | "withdraw" | "release" | "yield" | "disarm")
        || negated && content.quad() == Some(Quad::MaterialConflict);
    let meets = matches!(class, "talk" | "mediate" | "agree" | "accept" | "plan" | "sign") || content == EventType::Consult;
    let assists = matches!(content, EventType::Aid | EventType::Cooperate | EventType::Support) || matches!(class, "aid" | "support" | "guarantee");
    match kind {
        EventType::Request if yields => Some(Mode::RequestYield),
        EventType::Request if meets => Some(Mode::RequestMeet),
        EventType::Request if assists => Some(Mode::RequestAssist),
        EventType::Request => Some(Mode::RequestChange),
        EventType::Reject if yields => Some(Mode::RejectYield),
        EventType::Reject if meets => Some(Mode::RejectMeet),
        EventType::Reject if assists => Some(Mode::RejectAssist),
        EventType::Reject => Some(Mode::RejectChange),
        EventType::Threaten => Some(match class {
            "restrict" | "sanction" => Mode::ThreatenRestrict,
            "arrest" | "convict" => Mode::ThreatenArrest,
            "relations" | "withdraw-talks" | "suspend" | "collapse" | "withdraw" => Mode::ThreatenRelations,
            "expel" => Mode::ThreatenExpel,
            "seize" => Mode::ThreatenTerritory,
            "attack" | "kill" | "abduct" | "mobilize" | "threaten" | "violate" => Mode::ThreatenViolence,
            _ => return None,
        }),
        _ => None,
    }
}

/// Modals without an operator: "will meet" is an agreement to meet, "will strike" a threat, "must
/// withdraw" a demand by whoever says so, "will not release" a refusal.
fn plain_modality(report: &Report<'_>, s: usize, core: &mut Core) {
    if core.modality.is_some() || core.chain.len() > 1 {
        return;
    }
    let negated = core.scope.negated;
    let speaker = core.scope.speech.first().map(|x| {
        let mut out = Vec::new();
        for &h in &x.speakers {
            out.extend(report.cast.meaning(s, h).refs.iter().cloned());
        }
        out
    });
    match core.scope.modality {
        Some(Modality::Demanded) if core.scope.obliged => {
            let Some(speaker) = speaker.filter(|x| !x.is_empty()) else { return };
            let asked: Vec<ActorRef> = core.actors.iter().filter(|a| !speaker.iter().any(|x| x.actor == a.actor)).cloned().collect();
            if asked.is_empty() && core.actors.is_empty() && core.recipients.is_empty() {
                return;
            }
            let class = core.chain.last().map_or("", |c| c.key.as_str()).to_string();
            core.modes = mode_for(EventType::Request, core.kind, &class, negated).into_iter().collect();
            core.recipients = if asked.is_empty() { core.recipients.clone() } else { asked };
            core.recipients.retain(|r| !speaker.iter().any(|x| x.actor == r.actor));
            core.actors = speaker;
            core.kind = EventType::Request;
            core.modality = Some(Modality::Demanded);
            core.rule = format!("modal/must+{}", core.rule.trim_start_matches("frame/"));
        }
        Some(Modality::Planned) if core.scope.future && !negated && core.kind.quad() == Some(Quad::MaterialConflict) && !core.actors.is_empty() => {
            let class = core.chain.last().map_or("", |c| c.key.as_str()).to_string();
            core.modes = mode_for(EventType::Threaten, core.kind, &class, false).into_iter().collect();
            core.kind = EventType::Threaten;
            core.modality = Some(Modality::Threatened);
            core.rule = format!("modal/will+{}", core.rule.trim_start_matches("frame/"));
        }
        Some(Modality::Planned) if !negated && matches!(core.kind, EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid) => {
            core.kind = EventType::Agree;
            core.modes.clear();
            core.modality = Some(Modality::Planned);
            core.rule = format!("modal/will+{}", core.rule.trim_start_matches("frame/"));
        }
        Some(Modality::Planned) if negated && core.scope.future && (cooperative(core.kind) || core.kind == EventType::Retreat) && !core.actors.is_empty() => {
            let class = core.chain.last().map_or("", |c| c.key.as_str()).to_string();
            core.modes = mode_for(EventType::Reject, core.kind, &class, false).into_iter().collect();
            core.kind = EventType::Reject;
            core.modality = Some(Modality::Refused);
            core.scope.negated = false;
            core.rule = format!("modal/will-not+{}", core.rule.trim_start_matches("frame/"));
        }
        _ => {}
    }
}

/// An operator whose content no frame knows: "urged both sides to show flexibility".
fn bare_operator(report: &Report<'_>, s: usize, tree: &Tree<'_>, i: usize) -> Option<Core> {
    let lexicon = report.knowledge.lexicon();
    let part = part_of(tree, i)?;
    let content = tree.kids(i).iter().copied().find(|&k| {
        matches!(tree.base(k), "xcomp" | "ccomp" | "acl" | "advcl" | "obl" | "nmod") && tree.rel(k) != "acl:relcl" && operator_over(tree, lexicon, k, i).is_some() && (tree.is_verb(k) || matches!(tree.base(k), "xcomp" | "ccomp"))
    })?;
    let entry = operator_over(tree, lexicon, content, i)?;
    let operator = &lexicon.operators()[entry];
    let kind = operator.kind.filter(|k| *k != EventType::Deny)?;
    if operator.own_only || part == Part::Noun && scope(tree, lexicon, i).light.is_none() && args(tree, i).poss.is_empty() {
        return None;
    }
    let scope = scope(tree, lexicon, i);
    let a = args(tree, i);
    let slots = Slots { report, s, tree, token: i, args: &a, scope: &scope, noun: part == Part::Noun };
    let (actors, mut recipients) = slots.people(lexicon.roles(&operator.roles), EventType::Agree);
    if recipients.is_empty() {
        let inner = args(tree, content);
        recipients = slots.all(&inner.obj, false);
        recipients.extend(slots.all(&inner.preps.iter().map(|(_, h)| *h).collect::<Vec<_>>(), false));
        recipients.retain(|r| !actors.iter().any(|x| x.actor == r.actor));
        dedup(&mut recipients);
    }
    // "say" words that are operators too ("called it a mistake") need somebody to ask.
    if actors.is_empty() || recipients.is_empty() && kind != EventType::Reject && kind != EventType::Agree {
        return None;
    }
    let negated = scope.negated;
    let kind = if negated && kind == EventType::Agree { EventType::Reject } else { kind };
    let chain = vec![Chain { key: operator.key.clone(), token: i, actors: actors.clone(), recipients: recipients.clone(), negated }];
    let mode = operator.mode.or_else(|| match kind {
        EventType::Request => Some(Mode::RequestChange),
        EventType::Reject => Some(Mode::RejectChange),
        _ => None,
    });
    let mut core = Core {
        token: i,
        kind,
        modes: mode.into_iter().collect(),
        actors,
        recipients,
        others: Vec::new(),
        modality: Some(modality_of(operator, kind)),
        rule: format!("operator/{}", operator.key),
        scope,
        args: a,
        chain,
        act: None,
        claim: claim_of(operator),
    };
    if let Some(governor) = core.scope.operator {
        if let Some(above) = apply(report, s, tree, &core, governor) {
            core = above;
        }
    }
    Some(core)
}
