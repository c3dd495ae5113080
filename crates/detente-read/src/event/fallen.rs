//! Whose soldiers they were whom an armed group killed, where the words do not say.
//!
//! "Militants ambushed a convoy in central Mali, killing 12 soldiers": Mali's. A reader infers it from who fights there; so is it
//! done here, and said to be inferred, where the signs agree: the army that tells of it, the country where it happened, the
//! country that the group fights in. Where they do not, nobody is guessed.

use super::Told;
use crate::Report;
use detente_types::{Actor, ActorId, ActorKind, ActorRef, Certainty, EventType, Modality, Sector, Via};

/// Gives unnamed soldiers and police their state, where that is safe.
pub(super) fn own(report: &Report<'_>, told: &mut [Told]) {
    for t in told {
        let violent = matches!(t.event.fact.kind, EventType::Assault | EventType::Coerce);
        let real = !matches!(t.event.fact.modality, Modality::Hypothetical | Modality::Feared);
        if !violent || !real || !t.event.fact.recipients.iter().any(|r| body(report, r).is_some()) {
            continue;
        }
        drop_own(report, t);
        let Some(country) = whose(report, t) else { continue };
        let on = report.published.to().or(report.published.from());
        let state = report.knowledge.government(&country, on);
        for list in [&mut t.event.fact.recipients, &mut t.core.recipients] {
            for r in list.iter_mut() {
                let Some(body) = body(report, r) else { continue };
                r.actor = ActorId::named(&format!("{state}/{body}"));
                r.via = Via::Inferred;
                r.certainty = Certainty::Likely;
            }
            let mut seen: Vec<ActorId> = Vec::new();
            list.retain(|r| {
                let new = !seen.contains(&r.actor);
                seen.push(r.actor.clone());
                new
            });
        }
    }
}

/// "Kyiv said its forces had killed 300 soldiers near Bakhmut": the place says not whose they were.
fn drop_own(report: &Report<'_>, t: &mut Told) {
    let state = |r: &ActorRef| {
        report
            .cast
            .actor(&r.actor)
            .filter(|a| a.kind != ActorKind::ArmedGroup)
            .and_then(|a| a.country.clone())
    };
    let doers: Vec<String> = t.event.fact.actors.iter().filter_map(state).collect();
    let own = |r: &ActorRef| {
        let owner = r.actor.as_str().split('/').next().unwrap_or_default();
        body(report, r).is_some() && doers.iter().any(|d| d == owner)
    };
    t.event.fact.recipients.retain(|r| !own(r));
    t.core.recipients.retain(|r| !own(r));
}

/// The kind of body that unnamed people in uniform are of: `MIL` of "soldiers", `COP` of "policemen".
pub(crate) fn body(report: &Report<'_>, r: &ActorRef) -> Option<String> {
    // "nine soldiers in Hakkari" are `TUR/soldier`: by where they were.
    let (owner, noun) = r.actor.as_str().split_once('/')?;
    let small = noun.chars().next().is_some_and(char::is_lowercase);
    let country = owner.len() == 3 && owner.chars().all(|c| c.is_ascii_uppercase());
    uniformed(report, noun).filter(|_| small && (owner == "unnamed" || country))
}

/// The body of those who wear a state's uniform.
pub(crate) fn uniformed(report: &Report<'_>, noun: &str) -> Option<String> {
    let body = report.knowledge.noun(noun)?.body.clone()?;
    matches!(body.as_str(), "MIL" | "ARMY" | "COP")
        .then(|| if body == "ARMY" { "MIL".to_string() } else { body })
}

/// The country in whose uniform they were.
fn whose(report: &Report<'_>, t: &Told) -> Option<String> {
    let event = &t.event.fact;
    let actor = |id: &ActorId| report.cast.actor(id);
    let doers: Vec<&Actor> = event.actors.iter().filter_map(|r| actor(&r.actor)).collect();
    let armed = |a: &&Actor| {
        a.kind == ActorKind::ArmedGroup
            || a.sector == Some(Sector::Crm) && a.kind == ActorKind::Organisation
            || a.id.as_str().starts_with("unnamed/") && rebels(a.id.as_str())
    };
    let speaker = event.attributed_to.first().and_then(|r| speaks_for(report, &r.actor));
    let foreign = |a: &&Actor| a.country.is_some() && a.country != speaker && a.kind != ActorKind::ArmedGroup;
    // "Kyiv said 12 soldiers had died under Russian fire": its own.
    if speaker.is_some() && !doers.is_empty() && doers.iter().all(foreign) {
        return speaker;
    }
    let group = || {
        let speaks = |id: &ActorId| event.attributed_to.iter().any(|r| r.actor == *id);
        let span = report.text.sentences[t.sentence].span;
        let near = report.cast.mentions.iter().filter(|m| m.span.is_some_and(|at| span.contains(at)));
        near.filter_map(|m| actor(&m.actor)).find(|a| armed(a) && !speaks(&a.id))
    };
    let group = match &doers[..] {
        [] => group()?,
        all => all.iter().all(armed).then(|| all[0])?,
    };
    let in_play = |c: &String| report.cast.in_play.contains_key(c.as_str());
    let place = event.place.as_ref().and_then(|p| match &p.countries[..] {
        [one] => Some(one.clone()),
        _ => None,
    });
    let home = group.country.clone().filter(in_play);
    let of_arms = event.attributed_to.first().is_some_and(|r| bears_arms(r.actor.as_str()));
    match (speaker, place.filter(in_play)) {
        (Some(a), Some(b)) => (a == b).then_some(a),
        // Washington may tell of others' dead; Niger's defence ministry hardly does.
        (Some(a), None) => (home.as_ref() == Some(&a) || of_arms).then_some(a),
        (None, here) => here.or(home),
    }
}

fn bears_arms(id: &str) -> bool {
    matches!(id.rsplit('/').next(), Some("MIL" | "ARMY" | "NAVY" | "AIR" | "MOD" | "COP" | "MOI"))
}

/// The country that an army, a ministry or one of their people speaks for.
fn speaks_for(report: &Report<'_>, id: &ActorId) -> Option<String> {
    let actor = report.cast.actor(id)?;
    let state = |a: &Actor| matches!(a.kind, ActorKind::State | ActorKind::Body | ActorKind::Forces);
    let above = || actor.acts_for.first().and_then(|id| report.cast.actor(id)).filter(|a| state(a));
    match actor.kind {
        ActorKind::Person => above()?.country.clone(),
        _ if state(actor) => actor.country.clone(),
        _ => None,
    }
}

fn rebels(id: &str) -> bool {
    matches!(
        id.trim_start_matches("unnamed/"),
        "rebel"
            | "militant"
            | "insurgent"
            | "guerrilla"
            | "gunman"
            | "jihadist"
            | "jihadi"
            | "militia"
            | "extremist"
            | "separatist"
    )
}
