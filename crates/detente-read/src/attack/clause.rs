//! One event of violence with the phrases around its word.

use super::Stroke;
use super::phrase::{Kind, Look};
use super::{sides, worth};
use crate::Report;
use crate::args::{Args, args};
use crate::event::Told;
use crate::scope::{Scope, scope};
use crate::time::Value;
use detente_types::attack::{Damage, Execution, Form, Hurt, Struck, Words};
use detente_types::{Attack, EventType, Modality, Mode, Polarity, SentenceKind, When};

/// The word of violence itself, without the operators that an event may have above it.
pub(super) struct Deed<'a, 't> {
    pub(super) look: Look<'a, 't>,
    pub(super) told: &'a Told,
    /// The deciding word.
    pub(super) token: usize,
    pub(super) args: Args,
    pub(super) scope: Scope,
    /// Key of its frame.
    pub(super) key: &'a str,
    /// The operator above it: "accuse", "try".
    pub(super) operator: Option<&'a str>,
}

/// Who and what stands around the word, as heads of phrases.
#[derive(Default)]
pub(super) struct Around {
    pub(super) doers: Vec<usize>,
    pub(super) struck: Vec<usize>,
    pub(super) beside: Vec<usize>,
}

/// Prepositions of what a charge goes off at.
const AT: &[&str] =
    &["at", "in", "near", "outside", "in_front_of", "inside", "under", "on", "next_to", "against", "behind"];

/// The act that an event tells; `None` for what is unreal, and for battles.
pub(super) fn stroke(report: &Report<'_>, t: &Told) -> Option<Stroke> {
    let deed = deed(report, t)?;
    let mut attack = bare(&deed);
    let around = around(&deed);
    sides::doers(&deed, &around, &mut attack);
    struck(&deed, &around, &mut attack);
    weapons(&deed, &mut attack);
    attack.form = form(&deed, &around, &attack);
    if attack.form == Form::Kidnapping && arrest(&deed, &attack) {
        return None;
    }
    let charge = matches!(attack.form, Form::Bombing | Form::Attack) && attack.targets.is_empty();
    if charge && (attack.form == Form::Bombing || attack.victims.is_empty()) {
        things(&deed, &around.beside, None, &mut attack);
    }
    places(&deed, &mut attack);
    let tree = deed.look.tree;
    let noun = tree.is_noun(deed.token);
    let definite = tree
        .kids_by(deed.token, &["det"])
        .any(|d| matches!(tree.lower(d), "the" | "this" | "that" | "these"));
    Some(Stroke {
        attack,
        sentence: t.sentence,
        token: deed.token,
        evidence: t.event.evidence()[0].clone(),
        known: noun && definite,
        passing: noun || tree.rel(deed.token) == "acl:relcl",
        noun,
        other: other(&deed),
        harm: false,
        traits: worth::traits(&deed),
    })
}

/// Words that say that this is not what was told before: "another bomb", "in a separate incident", "the rebels also
/// attacked". "The blast also hurt two guards" goes on with the same.
fn other(deed: &Deed<'_, '_>) -> bool {
    let (look, tree, i) = (&deed.look, deed.look.tree, deed.token);
    let marked = |n: usize| {
        tree.kids_by(n, &["det", "amod", "nummod"]).any(|k| {
            matches!(
                tree.lower(k),
                "another" | "other" | "second" | "third" | "fourth" | "separate" | "similar" | "new"
            )
        })
    };
    let happening = |n: usize| {
        matches!(look.kind(n), Kind::Deed | Kind::Weapon)
            || matches!(
                tree.lemma(n).as_str(),
                "incident" | "action" | "event" | "case" | "occasion" | "development" | "operation"
            )
    };
    let subject = &deed.args.subj;
    let clause = args(tree, deed.scope.clause);
    let near = [i].into_iter().chain(subject.iter().copied()).chain(deed.args.obj.iter().copied());
    let near = near.chain(deed.args.preps.iter().chain(&clause.preps).map(|(_, h)| *h));
    if near.into_iter().any(|n| happening(n) && marked(n)) {
        return true;
    }
    let further = tree.kids_by(deed.scope.clause, &["advmod"]).chain(tree.kids_by(i, &["advmod"])).any(|k| {
        matches!(
            tree.lower(k),
            "also" | "meanwhile" | "elsewhere" | "likewise" | "simultaneously" | "similarly"
        )
    });
    further && !subject.iter().any(|&n| happening(n))
}

fn deed<'a, 't>(report: &'a Report<'t>, t: &'a Told) -> Option<Deed<'a, 't>> {
    let event = &t.event.fact;
    let line = &report.text.sentences[t.sentence];
    let tree = line.tree.as_ref()?;
    if line.kind == SentenceKind::Link || event.polarity == Polarity::Negated {
        return None;
    }
    let rule = t.core.rule.as_str();
    let (operator, key) = match rule.strip_prefix("operator/") {
        Some(rest) => (Some(rest.split('+').next()?), rest.rsplit('+').next()?),
        None => (None, rule.strip_prefix("frame/")?),
    };
    let frame = report.knowledge.lexicon().frames().iter().find(|f| f.key == key)?;
    let battle = matches!(key, "clash" | "capture-ground" | "capture-of" | "war-wage" | "military-operation");
    if frame.kind != EventType::Assault || battle || !real(event.modality, operator, key) {
        return None;
    }
    let token = match operator {
        Some(_) => t.core.chain.last()?.token,
        None => t.core.token,
    };
    let (own, above) = match operator {
        Some(_) => (args(tree, token), scope(tree, report.knowledge.lexicon(), token)),
        None => (t.core.args.clone(), t.core.scope.clone()),
    };
    let look = Look { report, s: t.sentence, tree };
    Some(Deed { look, told: t, token, args: own, scope: above, key, operator })
}

/// Told as something that happened, was tried or threatened.
fn real(modality: Modality, operator: Option<&str>, key: &str) -> bool {
    match operator {
        None => {
            matches!(modality, Modality::Occurred | Modality::Alleged)
                || modality == Modality::Ongoing && key == "abduct"
        }
        Some("accuse" | "claim") => modality != Modality::Hypothetical,
        Some("manage" | "begin") => matches!(modality, Modality::Occurred | Modality::Alleged),
        Some("try" | "fail" | "threaten") => modality != Modality::Hypothetical,
        Some(_) => false,
    }
}

fn bare(deed: &Deed<'_, '_>) -> Attack {
    let event = &deed.told.event.fact;
    let execution = match deed.operator {
        Some("threaten") => Execution::Threatened,
        Some("try" | "fail") => Execution::Attempted,
        _ if attempted(deed) => Execution::Attempted,
        _ => Execution::Accomplished,
    };
    Attack {
        events: vec![event.id.clone()],
        form: Form::Attack,
        execution,
        modes: event.modes.clone(),
        when: when(deed),
        place: event.place.clone(),
        places: Vec::new(),
        weapons: Vec::new(),
        people: Vec::new(),
        doers: Vec::new(),
        actors: event.actors.clone(),
        targets: Vec::new(),
        victims: Vec::new(),
        harmless: false,
    }
}

/// The event's date; else the only day that its sentence tells, where it is not that of the telling.
fn when(deed: &Deed<'_, '_>) -> When {
    let own = &deed.told.event.fact.when;
    if own.from().is_some() {
        return own.clone();
    }
    let (look, tree) = (deed.look, deed.look.tree);
    let saying = |i: usize| {
        let above = tree.ancestors(i).take(3);
        above.into_iter().any(|h| {
            deed.scope.speech.iter().any(|x| x.cue == h)
                || look.report.knowledge.lexicon().speech_verb(&tree.lemma(h)).is_some()
        })
    };
    let days = look.report.exprs[look.s].iter().filter(|e| {
        !matches!(
            e.value,
            Value::Length { .. }
                | Value::Repeated(_)
                | Value::Vague(_)
                | Value::Year { .. }
                | Value::Years { .. }
        ) && !saying(e.first)
    });
    let found: Vec<When> =
        days.map(|e| look.report.resolve(look.s, e, false)).filter(|w| w.from().is_some()).collect();
    match &found[..] {
        [one] => one.clone(),
        _ => own.clone(),
    }
}

/// "an attempted murder", "an assassination attempt".
fn attempted(deed: &Deed<'_, '_>) -> bool {
    let tree = deed.look.tree;
    let around = tree.kids(deed.token).iter().copied().chain(tree.head(deed.token));
    around.into_iter().any(|n| matches!(tree.lemma(n).as_str(), "attempt" | "attempted"))
        || tree.lemma(deed.token).ends_with("attempt")
        || matches!(tree.lemma(deed.token).as_str(), "deactivate" | "defuse")
}

fn around(deed: &Deed<'_, '_>) -> Around {
    let (look, tree, a) = (&deed.look, deed.look.tree, &deed.args);
    let under = |preps: &[&str]| -> Vec<usize> { preps.iter().flat_map(|p| a.under(p)).collect() };
    let mut out = Around { beside: under(AT), ..Around::default() };
    if deed.scope.clause != deed.token {
        let clause = args(tree, deed.scope.clause);
        out.beside.extend(AT.iter().flat_map(|p| clause.under(p).collect::<Vec<_>>()));
    }
    if tree.is_noun(deed.token) {
        around_noun(deed, &mut out);
        return out;
    }
    match deed.key {
        "die-violently" => out.struck.extend(&a.subj),
        "blast" => {}
        _ => {
            out.doers.extend(&a.subj);
            out.struck.extend(&a.obj);
            if out.struck.iter().all(|&h| matches!(look.kind(h), Kind::Weapon | Kind::Deed)) {
                out.struck.extend(under(&[
                    "at",
                    "on",
                    "against",
                    "upon",
                    "toward",
                    "into",
                    "in",
                    "near",
                    "outside",
                    "in_front_of",
                    "inside",
                ]));
            }
        }
    }
    out
}

fn around_noun(deed: &Deed<'_, '_>, out: &mut Around) {
    let (look, tree, a) = (&deed.look, deed.look.tree, &deed.args);
    let under = |preps: &[&str]| -> Vec<usize> { preps.iter().flat_map(|p| a.under(p)).collect() };
    let suffered =
        matches!(deed.key, "kill" | "assassinate" | "abduct" | "torture" | "beat" | "rape" | "destroy");
    out.doers = under(&["by", "from"]);
    if suffered {
        out.struck = under(&["of", "against", "on"]);
        if out.struck.is_empty() {
            out.struck.extend(&a.poss);
        }
    } else {
        out.struck = under(&["on", "against", "upon", "at", "of"]);
        out.doers.extend(&a.poss);
        let people = |&&n: &&usize| {
            look.report.cast.meaning(look.s, n).is_actor() || tree.is_noun(n) && look.kind(n) == Kind::Person
        };
        out.doers.extend(a.adj.iter().filter(people));
    }
    out.struck.extend(aimed_at(deed));
    if let Some(light) = deed.scope.light {
        let verb = args(tree, light.verb);
        if light.undergo {
            out.struck.extend(verb.subj);
        } else {
            out.struck.extend(verb.under("against").chain(verb.under("on")));
            out.doers.extend(verb.subj);
        }
    }
}

/// "The court was the target of a bomb attack", "the victim of an attack": what stands before.
fn aimed_at(deed: &Deed<'_, '_>) -> Vec<usize> {
    let tree = deed.look.tree;
    let noun = tree.head(tree.first_conjunct(deed.token)).filter(|&h| {
        matches!(tree.lemma(h).as_str(), "target" | "victim" | "object" | "subject")
            && tree.case(tree.first_conjunct(deed.token)).is_some_and(|c| matches!(c.as_str(), "of" | "in"))
    });
    let Some(noun) = noun else { return Vec::new() };
    if tree.base(noun) == "appos" {
        return tree.head(noun).into_iter().collect();
    }
    // "was the target", "became the victim"
    let verb = tree.head(noun).filter(|&h| tree.is_verb(h) && matches!(tree.base(noun), "obj" | "xcomp"));
    args(tree, verb.unwrap_or(noun)).subj
}

fn struck(deed: &Deed<'_, '_>, around: &Around, attack: &mut Attack) {
    let look = &deed.look;
    let hurt = if look.is("deadly", deed.token) || attack.modes.contains(&Mode::Targeted) {
        Some(Hurt::Death)
    } else if look.is("wounding", deed.token) {
        Some(Hurt::Injury)
    } else {
        None
    };
    let hurt = hurt.filter(|_| attack.execution == Execution::Accomplished);
    for &h in around.struck.iter().filter(|&&h| look.kind(h) == Kind::Person || look.person(h).is_some()) {
        attack.victims.extend(sides::victims(look, h, hurt));
    }
    let damage = if look.is("wrecking", deed.token) {
        Some(Damage::Destroyed)
    } else if look.is("damaging", deed.token) {
        Some(Damage::Some)
    } else {
        None
    };
    things(deed, &around.struck, damage, attack);
}

fn things(deed: &Deed<'_, '_>, heads: &[usize], damage: Option<Damage>, attack: &mut Attack) {
    let look = &deed.look;
    for &h in heads.iter().filter(|&&h| look.kind(h) == Kind::Thing && look.person(h).is_none()) {
        if !attack.targets.iter().any(|t| t.what.span == look.words(h).span) {
            attack.targets.push(Struck { what: look.words(h), number: look.number(h), damage });
        }
    }
}

/// Police who capture somebody kidnap nobody.
fn arrest(deed: &Deed<'_, '_>, attack: &Attack) -> bool {
    let lemma = deed.look.tree.lemma(deed.token);
    let lawful = attack.actors.iter().any(|r| deed.look.kind_of(r) == Some(detente_types::ActorKind::Forces));
    lemma == "capture" && (lawful || attack.actors.is_empty())
}

/// Weapons in the clause, each once.
fn weapons(deed: &Deed<'_, '_>, attack: &mut Attack) {
    let (look, tree) = (&deed.look, deed.look.tree);
    let mut ids = tree.subtree_without(deed.scope.clause, &["ccomp", "parataxis"]);
    ids.extend(tree.subtree_without(deed.token, &["ccomp", "parataxis"]));
    ids.extend(deed.args.subj.iter().copied());
    ids.sort_unstable();
    ids.dedup();
    for n in ids {
        let inside = tree.base(n) == "compound" && tree.head(n).is_some_and(|h| look.is("instruments", h));
        if !tree.is_noun(n) || inside || !look.is("instruments", n) {
            continue;
        }
        // "device" and "charge" alone can be anything.
        let vague = matches!(
            tree.lemma(n).as_str(),
            "weapon" | "device" | "charge" | "bullet" | "cocktail" | "stone"
        );
        if !vague || look.in_class("instruments", &look.lemma(n)) && look.lemma(n) != tree.lemma(n) {
            push_words(&mut attack.weapons, short(look, n));
        }
    }
}

/// The weapon with the noun before it, without anything else.
fn short(look: &Look<'_, '_>, n: usize) -> Words {
    let tree = look.tree;
    let own = |&k: &usize| k == n || matches!(tree.base(k), "compound" | "amod") && k < n;
    let ids: Vec<usize> = tree.short_core(n).into_iter().filter(own).collect();
    let text = tree.phrase(&ids).split_whitespace().collect::<Vec<_>>().join(" ");
    Words { text, head: tree.word(n).to_string(), span: tree.span_of(&ids) }
}

pub(super) fn push_words(list: &mut Vec<Words>, new: Words) {
    // "rebels" and "one rebel" are the same people, told twice.
    let one = |w: &Words| w.head.to_lowercase().trim_end_matches('s').to_string();
    if !list.iter().any(|w| one(w) == one(&new)) {
        list.push(new);
    }
}

fn form(deed: &Deed<'_, '_>, around: &Around, attack: &Attack) -> Form {
    let (look, tree, i) = (&deed.look, deed.look.tree, deed.token);
    let words = |w: &Words| {
        let head = w.head.to_lowercase();
        look.in_class("charges", head.trim_end_matches('s'))
    };
    let charged = around.doers.iter().chain(&deed.args.subj).any(|&n| look.is("charges", n))
        || attack.weapons.iter().any(words);
    match deed.key {
        "abduct" if tree.lemma(i).starts_with("hijack") => Form::Hijacking,
        "abduct" => Form::Kidnapping,
        _ if look.is("burning", i) => Form::Arson,
        _ if look.is("robbing", i) => Form::Robbery,
        "blast" | "bomb-blast" | "suicide-attack" | "lay-charge" => Form::Bombing,
        "air-strike" if matches!(tree.lemma(i).as_str(), "bomb" | "bombing") => Form::Bombing,
        _ if charged => Form::Bombing,
        _ => Form::Attack,
    }
}

/// Names of places that say where the clause was, as the text has them.
fn places(deed: &Deed<'_, '_>, attack: &mut Attack) {
    let (look, tree) = (&deed.look, deed.look.tree);
    let near = tree.subtree_without(deed.scope.clause, &["ccomp", "parataxis"]);
    for sited in look.report.places[look.s].iter().filter(|p| p.locates && near.contains(&p.head)) {
        let name = sited.place.name.clone();
        push_words(&mut attack.places, Words { text: name.clone(), head: name, span: sited.place.span });
    }
    let name = |n: usize| tree.upos(n) == "PROPN" && tree.tokens[n].name == Some("LOC");
    for &n in near.iter().filter(|&&n| name(n)) {
        let top = !tree.head(n).is_some_and(|h| name(h) && matches!(tree.base(n), "flat" | "compound"));
        let case = tree.case(tree.first_conjunct(n));
        let sited = case.is_some_and(|c| {
            matches!(c.as_str(), "in" | "at" | "near" | "of" | "on" | "from" | "to" | "outside")
        }) || matches!(tree.base(n), "appos" | "nmod" | "list");
        let words = look.words(n);
        if top && sited && !attack.places.iter().any(|p| p.span.overlaps(words.span)) {
            attack.places.push(words);
        }
    }
}
