//! The two sides of an act: who is said to have done it, and people who were struck.

use super::clause::{Around, Deed};
use super::phrase::{Kind, Look};
use crate::Report;
use detente_types::attack::{Blame, Doer, Hurt, Number, Victim};
use detente_types::{ActorKind, ActorRef, Attack, Certainty, Modality, Strength, Via};

/// The people of a phrase. "Two reporters, Ada Rowan and Ben Marsh": each by name, with what they are.
pub(super) fn victims(look: &Look<'_, '_>, h: usize, hurt: Option<Hurt>) -> Vec<Victim> {
    let tree = look.tree;
    let named =
        |&n: &usize| tree.upos(n) == "PROPN" && tree.tokens[n].name == Some("PER") && tree.xpos(n) != "NNPS";
    let several = tree.upos(h) == "NOUN" && look.number(h).plural;
    let beside: Vec<usize> =
        tree.kids_by(h, &["appos"]).flat_map(|k| tree.conjuncts(k)).filter(|_| several).collect();
    if beside.len() < 2 || !beside.iter().all(named) {
        return victim(look, h, hurt).into_iter().collect();
    }
    let mut found: Vec<Victim> = beside.into_iter().filter_map(|n| victim(look, n, hurt)).collect();
    for one in &mut found {
        let role = look.words(h).text;
        one.roles.retain(|r| *r != role);
        one.roles.insert(0, role);
    }
    found
}

/// The person or people of a phrase; nothing for a pronoun that stands for nobody known.
fn victim(look: &Look<'_, '_>, h: usize, hurt: Option<Hurt>) -> Option<Victim> {
    let tree = look.tree;
    // "Jesuits", "70,000 Salvadorans": people, and nobody's name.
    let many = tree.xpos(h) == "NNPS" || look.number(h).low.is_some_and(|n| n > 1);
    let person = look.person(h).filter(|_| !many);
    let pronoun = matches!(tree.upos(h), "PRON" | "DET");
    if pronoun && person.is_none() {
        return None;
    }
    let proper = tree.upos(h) == "PROPN" && !many;
    let name = person.as_ref().and_then(|r| look.report.cast.actor(&r.actor)).map(|a| a.name.clone());
    let name = name.or_else(|| (proper && tree.tokens[h].name == Some("PER")).then(|| look.words(h).text));
    let roles = if name.is_some() { roles(look, h, person.as_ref()) } else { Vec::new() };
    let number = match name {
        Some(_) => Number { low: Some(1), high: Some(1), ..Number::default() },
        None => look.number(h),
    };
    Some(Victim { who: look.words(h), name, roles, actor: person, number, hurt })
}

/// Titles and roles of a named person: those beside this mention, then those of the whole report.
fn roles(look: &Look<'_, '_>, h: usize, person: Option<&ActorRef>) -> Vec<String> {
    let tree = look.tree;
    let mut out: Vec<String> = Vec::new();
    if tree.upos(h) == "NOUN" {
        out.push(look.words(h).text);
    }
    let beside = tree.kids_by(h, &["appos", "compound", "nmod:desc"]).filter(|&k| tree.upos(k) == "NOUN");
    out.extend(beside.map(|k| look.words(k).text));
    if let Some(person) = person {
        let offices = look.report.cast.introductions.iter().filter(|i| i.office.holder == person.actor);
        out.extend(offices.map(|i| i.office.title.clone()));
    }
    out.dedup();
    out
}

/// People and groups who did it.
pub(super) fn doers(deed: &Deed<'_, '_>, around: &Around, attack: &mut Attack) {
    let look = &deed.look;
    let blame = blame(deed, &around.doers);
    let mut groups: Vec<ActorRef> = attack.actors.clone();
    for &h in &around.doers {
        let refs = &look.report.cast.meaning(look.s, h).refs;
        if look.kind(h) == Kind::Person || look.tree.tokens[h].mention == Some("person") {
            let pronoun = matches!(look.tree.upos(h), "PRON" | "DET");
            let group = refs.iter().any(|r| r.via == Via::Name && look.kind_of(r) != Some(ActorKind::Person));
            if !pronoun && !(group && look.tree.upos(h) == "PROPN") {
                attack.people.push(look.words(h));
            }
        }
        // "members of the National Army": the group inside.
        let inside = look.tree.core(h);
        groups.extend(
            inside.into_iter().flat_map(|n| look.report.cast.meaning(look.s, n).refs.iter().cloned()),
        );
    }
    groups.extend(around.doers.iter().filter_map(|&h| the_rebels(look, h)));
    if deed.operator == Some("accuse") {
        groups.extend(deed.told.event.fact.recipients.iter().cloned());
    }
    let deaf: Vec<_> = attack.victims.iter().filter_map(|v| v.actor.as_ref()).collect();
    for r in groups.iter().filter(|r| is_group(look.report, r)) {
        let known = attack.doers.iter().any(|d| d.group.actor == r.actor);
        if !known && !deaf.iter().any(|v| v.actor == r.actor) {
            attack.doers.push(Doer { group: r.clone(), blame });
        }
    }
}

/// "The rebels", where the report has named one armed group and no other up to here: that group.
fn the_rebels(look: &Look<'_, '_>, h: usize) -> Option<ActorRef> {
    let tree = look.tree;
    let nameless = matches!(
        tree.lemma(h).as_str(),
        "rebel" | "guerrilla" | "insurgent" | "subversive" | "terrorist" | "extremist" | "militant"
    );
    if !nameless || tree.upos(h) != "NOUN" {
        return None;
    }
    let here = tree.span(h);
    let mentions =
        look.report.cast.mentions.iter().filter(|m| m.span.is_some_and(|s| s.start() < here.start()));
    let mut groups: Vec<&ActorRef> = mentions
        .filter(|m| {
            look.kind_of(m) == Some(ActorKind::ArmedGroup) && !m.actor.as_str().starts_with("unnamed/")
        })
        .collect();
    groups.sort_by_key(|m| &m.actor);
    groups.dedup_by_key(|m| &m.actor);
    match groups[..] {
        [one] => Some(ActorRef {
            span: Some(here),
            via: Via::Nominal,
            certainty: Certainty::Likely,
            ..one.clone()
        }),
        _ => None,
    }
}

/// A named body that can do it: an armed group, forces, an organisation.
pub(super) fn is_group(report: &Report<'_>, r: &ActorRef) -> bool {
    let named = matches!(r.via, Via::Name | Via::Alias | Via::Composed | Via::Nominal | Via::Pronoun);
    let kind = report.cast.actor(&r.actor).map(|a| a.kind);
    named
        && !r.actor.as_str().starts_with("unnamed/")
        && matches!(
            kind,
            Some(
                ActorKind::ArmedGroup
                    | ActorKind::Forces
                    | ActorKind::Organisation
                    | ActorKind::DefactoGovernment
            )
        )
}

/// How surely: what hedges the doers or the deed, and who says so.
fn blame(deed: &Deed<'_, '_>, doers: &[usize]) -> Blame {
    let (look, tree) = (&deed.look, deed.look.tree);
    let hedge = |n: usize| {
        look.in_class("hedges", tree.lower(n))
            || matches!(
                tree.lower(n),
                "alleged"
                    | "suspected"
                    | "presumed"
                    | "presumably"
                    | "presumable"
                    | "apparent"
                    | "purported"
                    | "supposed"
                    | "believed"
            )
    };
    let hedged = doers.iter().any(|&d| tree.subtree(d).into_iter().any(hedge));
    let event = &deed.told.event.fact;
    let charged = matches!(event.strength, Some(Strength::Alleged | Strength::Claimed))
        || event.modality == Modality::Alleged
        || deed.operator == Some("accuse");
    if event.attributed_to.iter().any(|s| event.actors.iter().any(|a| a.actor == s.actor)) {
        return Blame::Claimed;
    }
    if !(hedged || charged || tree.kids(deed.token).iter().any(|&k| hedge(k))) {
        return Blame::Fact;
    }
    let speakers =
        event.attributed_to.iter().chain(event.actors.iter().filter(|_| deed.operator == Some("accuse")));
    if speakers.into_iter().any(|s| is_authority(look.report, s)) {
        Blame::AccusedByAuthorities
    } else {
        Blame::Accused
    }
}

/// A state, its forces or a body of it.
pub(super) fn is_authority(report: &Report<'_>, r: &ActorRef) -> bool {
    let kind = report.cast.actor(&report.cast.side(&r.actor)).or(report.cast.actor(&r.actor)).map(|a| a.kind);
    matches!(kind, Some(ActorKind::Forces | ActorKind::Body | ActorKind::State))
}
