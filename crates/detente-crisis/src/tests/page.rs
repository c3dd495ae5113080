//! A crisis in, a page of plain lines out, so that tests can say what they expect in words.

use detente_types::tally::Interest;
use detente_types::*;

/// Everything that tests look at, one fact a line.
pub(crate) fn page(crises: &[Crisis]) -> String {
    crises.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn code<T: serde::Serialize>(thing: &T) -> String {
    serde_json::to_string(thing).unwrap().trim_matches('"').to_string()
}

fn list(ids: &[ActorId]) -> String {
    if ids.is_empty() { "-".into() } else { ids.iter().map(ActorId::as_str).collect::<Vec<_>>().join(",") }
}

/// Keys of reports, from their file names.
fn keys<'d>(crisis: &Crisis, documents: impl Iterator<Item = &'d DocumentId>) -> String {
    let mut out: Vec<&str> =
        documents.filter_map(|d| crisis.report(d)).map(|r| r.path.trim_end_matches(".txt")).collect();
    out.sort_unstable();
    out.dedup();
    out.join(" ")
}

fn by_evidence(crisis: &Crisis, evidence: &[Evidence]) -> String {
    keys(crisis, evidence.iter().map(|e| &e.document))
}

fn one(c: &Crisis) -> String {
    let mut out = vec![format!("crisis {} ({}) {}", c.name, list(&c.parties), crate::days::show(&c.when))];
    for r in &c.reports {
        out.push(format!(
            "report {} published {}",
            r.path.trim_end_matches(".txt"),
            crate::days::show(&r.published)
        ));
    }
    for s in &c.stories {
        out.push(format!(
            "story {} [{}] copies {}",
            code(&s.kinship),
            keys(c, s.reports.iter()),
            s.copies.len()
        ));
    }
    out.extend(c.incidents.iter().map(|i| incident(c, i)));
    out.extend(c.tallies.iter().map(|t| tally(c, t)));
    out.extend(c.mediations.iter().flat_map(|m| track(c, m)));
    for charge in &c.charges {
        let answers: Vec<String> = charge
            .answers
            .iter()
            .map(|a| {
                format!("{} by {} [{}]", code(&a.claim.stance), list(&a.by), by_evidence(c, &a.evidence))
            })
            .collect();
        out.push(format!(
            "charge {} against {} [{}] answers: {}",
            list(&charge.by),
            list(&charge.against),
            by_evidence(c, &charge.evidence),
            answers.join("; ")
        ));
    }
    out.extend(c.disagreements.iter().map(|d| difference(c, d)));
    out.extend(c.timeline.iter().map(|t| format!("time {} {}", crate::days::show(&t.when), t.text)));
    out.extend(c.gaps.iter().map(|g| format!("gap {} {}", g.code, g.text)));
    out.join("\n")
}

fn incident(c: &Crisis, i: &Incident) -> String {
    let modes: Vec<&str> = i.modes.iter().map(|m| m.short()).collect();
    let place = i.place.as_ref().map(|p| format!(" at {}", p.name)).unwrap_or_default();
    let part = if i.episode.is_some() { " part" } else { "" };
    let episode = if i.parts.is_empty() { String::new() } else { format!(" episode of {}", i.parts.len()) };
    let background = if i.background { " background" } else { "" };
    format!(
        "incident {}{}{} {} {} -> {} on {}{place} {} origins {} [{}]{part}{episode}{background}",
        i.kind,
        if modes.is_empty() { "" } else { "-" },
        modes.join("+"),
        code(&i.modality),
        list(&i.actors),
        list(&i.recipients),
        crate::days::show(&i.when),
        code(&i.status),
        i.origins.len(),
        keys(c, i.events.iter().map(|e| &e.document)),
    )
}

fn bound(b: Option<Bound>) -> String {
    b.map_or("-".into(), |b| b.value.to_string())
}

fn tally(c: &Crisis, t: &Tally) -> String {
    let claims: Vec<String> = t
        .claims
        .iter()
        .map(|k| {
            let who = k.claimant.as_ref().map_or("-", |id| id.as_str());
            let value = k.value.map_or(k.text.clone(), |v| v.to_string());
            let interest = match k.interest {
                Interest::OwnSide => "own",
                Interest::Enemy => "enemy",
                Interest::Independent => "independent",
                Interest::Outlet => "outlet",
                Interest::Unknown => "unknown",
            };
            let inferred = if k.inferred { " inferred" } else { "" };
            format!("{who} {value} {interest}{inferred} [{}]", keys(c, k.reports.iter()))
        })
        .collect();
    format!(
        "tally {}{} of {} low {} best {} high {}{} {} origins {}: {}",
        code(&t.what),
        t.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default(),
        list(&t.victims),
        bound(t.low),
        bound(t.best),
        bound(t.high),
        if t.high_open { "+" } else { "" },
        code(&t.agreement),
        t.origins.len(),
        claims.join("; ")
    )
}

fn track(c: &Crisis, m: &Mediation) -> Vec<String> {
    let mut out = vec![format!(
        "track {} for {} {} rounds {} venues {}",
        list(&m.mediators),
        list(&m.parties),
        code(&m.state),
        m.rounds.map_or("-".into(), |r| r.to_string()),
        m.venues.join(",")
    )];
    for a in &m.acts {
        let weak = if a.weak { " weak" } else { "" };
        let sure = if a.confidence < 1.0 { " unsure" } else { "" };
        out.push(format!(
            "act {} by {} on {} origins {} [{}]{weak}{sure}",
            code(&a.stage),
            list(&a.by),
            crate::days::show(&a.when),
            a.origins.len(),
            keys(c, a.acts.iter().map(|(d, _)| d))
        ));
    }
    for a in &m.answers {
        let stage = a.stage.map_or("not reported".into(), |s| code(&s));
        let single = if a.single_origin { " single" } else { "" };
        out.push(format!(
            "answer {} to {}: {stage}{single} [{}]",
            a.party,
            list(&m.mediators),
            by_evidence(c, &a.evidence)
        ));
    }
    out
}

fn difference(c: &Crisis, d: &Disagreement) -> String {
    let sides: Vec<String> =
        d.sides.iter().map(|s| format!("{} [{}]", s.value, keys(c, s.reports.iter()))).collect();
    format!("differ {} {} ({}): {}", code(&d.kind), d.topic, code(&d.verdict), sides.join(" | "))
}
