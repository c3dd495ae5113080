//! The twenty tests. Each says in an `Err` what comes out today, in codes and offsets.

use super::five::{At, Five, ids, kabul, pakistan, span};
use crate::known::Check;
use detente_types::incident::Status;
use detente_types::mediation::Answer;
use detente_types::{
    Counted, Crisis, DisagreementKind, EventType, Mode, Stage, Stance, Tally, TallyClaim, Tier, Via,
};

pub(crate) const ALL: &[Check<Five>] = &[
    Check {
        name: "1",
        states: "furniture of the page is no event; a link headline is weak evidence only",
        holds: furniture,
    },
    Check {
        name: "2",
        states: "one name is a place and a government in one sentence",
        holds: place_and_government,
    },
    Check { name: "3", states: "one group under two spellings, and not its namesake", holds: two_spellings },
    Check {
        name: "4",
        states: "a weekday and a calendar day are one clash, and the day is disputed",
        holds: disputed_day,
    },
    Check {
        name: "5",
        states: "23 to 58 soldiers, each bound with its claimant; an unowned figure gets its owner",
        holds: own_dead,
    },
    Check { name: "6", states: "200 and more than 200 are one origin", holds: enemy_dead },
    Check {
        name: "7",
        states: "a quotation over two sentences has its speaker; his office is doubted",
        holds: late_speaker,
    },
    Check {
        name: "8",
        states: "three announcements of one offer; two reports of one speech are one origin",
        holds: standing_offer,
    },
    Check { name: "9", states: "an answer that nobody reports is not reported", holds: no_answer },
    Check { name: "10", states: "a border is closed by nobody named", holds: nobody_named },
    Check { name: "11", states: "strikes on cities are not the fire on the border", holds: two_happenings },
    Check { name: "12", states: "a headline that warns does not threaten", holds: no_threat },
    Check { name: "13", states: "warm words and a threat in one sentence", holds: warm_and_threatening },
    Check { name: "14", states: "a charge and its denial in one sentence, linked", holds: charge_and_denial },
    Check { name: "15", states: "the headline's two parties against the body's three", holds: scope },
    Check { name: "16", states: "two tellings of a round are one, not surely", holds: one_round },
    Check {
        name: "17",
        states: "a ceasefire agreed is CONCEDE, one that holds RETREAT-ceasefire",
        holds: agreed_and_held,
    },
    Check { name: "18", states: "a month without a year, parties without words", holds: bare_month },
    Check { name: "19", states: "a second run gives the same bytes", holds: same_bytes },
    Check { name: "20", states: "every quote stands at its offsets", holds: quotes_resolve },
];

fn need(is: bool, today: impl FnOnce() -> String) -> Result<(), String> {
    if is { Ok(()) } else { Err(today()) }
}

fn furniture(five: &Five) -> Result<(), String> {
    for at in [(0, 2064, 2163), (1, 1498, 1582), (1, 2097, 2186)] {
        let kinds: Vec<EventType> = five.events(at).iter().map(|e| e.kind).collect();
        let others = five.acts(at).len() + five.figures(at).len() + five.claims(at).len();
        need(kinds.is_empty() && others == 0, || format!("{at:?}: events {kinds:?}, {others} other facts"))?;
    }
    let link = (3, 1581, 1654);
    let reading = five.reading(3);
    let told = |evidence: &[detente_types::Evidence]| five.touches(evidence, link);
    let tiers = reading.acts.iter().filter(|a| told(a.evidence())).flat_map(|a| a.evidence()).map(|e| e.tier);
    let tiers: Vec<Tier> = tiers
        .chain(
            reading.events.iter().filter(|e| told(e.evidence())).flat_map(|e| e.evidence()).map(|e| e.tier),
        )
        .collect();
    need(!tiers.is_empty() && tiers.iter().all(|t| *t == Tier::Link), || {
        format!("{link:?}: tiers {tiers:?}")
    })?;
    let acts = five.acts(link);
    let stages: Vec<Stage> = acts.iter().map(|a| a.stage).collect();
    let only = stages.iter().all(|s| matches!(s, Stage::CeasefireAgreed | Stage::Talks));
    need(only && stages.contains(&Stage::CeasefireAgreed), || format!("{link:?}: stages {stages:?}"))?;
    let places: Vec<&str> = acts.iter().filter_map(|a| a.place.as_ref()).map(|p| p.name.as_str()).collect();
    need(places.iter().any(|p| p.contains("Doha")), || format!("{link:?}: {} places", places.len()))?;
    let crisis = five.crisis()?;
    let sure = crisis.incidents.iter().filter(|i| i.status != Status::Weak);
    let only_here =
        sure.filter(|i| i.evidence.iter().all(|e| five.touches(std::slice::from_ref(e), link))).count();
    need(only_here == 0, || format!("{only_here} happenings known from {link:?} alone are not marked weak"))
}

/// What the words at a stretch were taken to mean: actors, then whether a place.
fn meaning(five: &Five, at: At) -> (Vec<(String, Via)>, bool) {
    let reading = five.reading(at.0);
    let here = |s: &detente_types::Span| s.overlaps(span(at));
    let actors = reading.mentions.iter().filter(|m| m.span.as_ref().is_some_and(here));
    let places = reading.places.iter().any(|p| here(&p.span));
    (actors.map(|m| (m.actor.to_string(), m.via)).collect(), places)
}

fn place_and_government(five: &Five) -> Result<(), String> {
    let (first, second) = ((0, 597, 606), (0, 689, 698));
    let (actors, place) = meaning(five, first);
    // The words may be part of the name of an embassy; Pakistan's government they are not.
    let spoken = actors.iter().any(|(id, via)| pakistan(id) && *via == Via::Metonym);
    need(place && !spoken, || format!("{first:?}: actors {actors:?}, place {place}"))?;
    let (actors, _) = meaning(five, second);
    need(actors.iter().any(|(id, _)| pakistan(id)), || format!("{second:?}: actors {actors:?}"))
}

fn two_spellings(five: &Five) -> Result<(), String> {
    for at in [(3, 2029, 2045), (4, 1748, 1765)] {
        let (actors, _) = meaning(five, at);
        let own: Vec<&str> = actors.iter().map(|(id, _)| id.as_str()).collect();
        need(own.contains(&"TTP") && !own.iter().any(|id| kabul(id)), || format!("{at:?}: actors {own:?}"))?;
    }
    let crisis = five.crisis()?;
    let keys =
        crisis.actors.iter().filter(|a| a.aliases.iter().any(|n| n.contains("-Taliban Pakistan"))).count();
    need(keys <= 1, || format!("{keys} actors bear the name"))
}

fn disputed_day(five: &Five) -> Result<(), String> {
    let (attack, fire, dated) = ((4, 779, 861), (4, 862, 978), (1, 1583, 1773));
    let crisis = five.crisis()?;
    let joint = |i: &&detente_types::Incident| {
        five.touches(&i.evidence, attack) && five.touches(&i.evidence, dated) && i.kind == EventType::Assault
    };
    let found: Vec<&detente_types::Incident> = crisis.incidents.iter().filter(joint).collect();
    let Some(clash) = found.first() else {
        let whens = |at| {
            five.incidents(crisis, at)
                .iter()
                .map(|i| format!("{} {:?}..{:?}", i.kind, i.when.from(), i.when.to()))
                .collect::<Vec<_>>()
        };
        return Err(format!(
            "{attack:?} and {dated:?} are not one happening: {:?} and {:?}",
            whens(attack),
            whens(dated)
        ));
    };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let (from, to) = (day(clash.when.from()), day(clash.when.to()));
    need(from == "2025-10-11" && (to == "2025-10-11" || to == "2025-10-12"), || {
        format!("the clash is dated {from}..{to}")
    })?;
    let sides = |first: At| five.disagreements(crisis, DisagreementKind::Date, &[first, dated]);
    let raised = [sides(attack), sides(fire)].concat();
    let apart = |d: &&detente_types::Disagreement| {
        d.sides.iter().any(|s| s.value.contains("11")) && d.sides.iter().any(|s| s.value.contains("12"))
    };
    need(raised.iter().any(apart), || format!("{} points of kind date between the two", raised.len()))
}

/// The count of the dead of one side that a stretch tells of.
fn tally<'c>(
    five: &Five,
    crisis: &'c Crisis,
    victims: fn(&str) -> bool,
    at: At,
) -> Result<&'c Tally, String> {
    let of = |t: &&Tally| t.what == Counted::Killed && t.victims.iter().any(|v| victims(v.as_str()));
    let told = |t: &&Tally| t.claims.iter().any(|c| five.touches(&c.evidence, at));
    crisis.tallies.iter().filter(of).find(told).ok_or_else(|| {
        let figures: Vec<String> = five
            .figures(at)
            .iter()
            .map(|f| format!("{:?} {:?} of {:?}", f.what, f.value, ids(&f.victims)))
            .collect();
        format!("no count of that side's dead is told at {at:?}; figures there: {figures:?}")
    })
}

fn claimed(claim: &TallyClaim) -> String {
    let by = claim.claimant.as_ref().map_or("nobody", |id| id.as_str());
    format!("{:?} by {by}{}", claim.value, if claim.inferred { " (inferred)" } else { "" })
}

fn own_dead(five: &Five) -> Result<(), String> {
    let (said, unowned, enemy) = ((4, 1040, 1154), (1, 1950, 2096), (4, 1155, 1218));
    let crisis = five.crisis()?;
    let tally = tally(five, crisis, pakistan, said)?;
    let claims = || tally.claims.iter().map(claimed).collect::<Vec<_>>();
    let (low, high) = (tally.low.map(|b| b.value), tally.high.map(|b| b.value));
    need((low, high) == (Some(23), Some(58)), || format!("from {low:?} to {high:?}: {:?}", claims()))?;
    let by = |at: At, who: fn(&str) -> bool, value: u64| {
        let of = |c: &&TallyClaim| {
            c.value == Some(value) && c.claimant.as_ref().is_some_and(|id| who(id.as_str()))
        };
        tally.claims.iter().find(|c| of(c) && five.touches(&c.evidence, at))
    };
    need(by(said, pakistan, 23).is_some(), || format!("23 at {said:?}: {:?}", claims()))?;
    need(by(enemy, kabul, 58).is_some(), || format!("58 at {enemy:?}: {:?}", claims()))?;
    need(by(unowned, pakistan, 23).is_some(), || format!("23 at {unowned:?}: {:?}", claims()))?;
    need(tally.claims.iter().any(|c| c.inferred && five.touches(&c.evidence, unowned)), || {
        format!("no owner is inferred at {unowned:?}: {:?}", claims())
    })
}

fn enemy_dead(five: &Five) -> Result<(), String> {
    let (exact, rounded) = ((4, 1040, 1154), (1, 1950, 2096));
    let crisis = five.crisis()?;
    let tally = tally(five, crisis, kabul, exact)?;
    let claims = || tally.claims.iter().map(claimed).collect::<Vec<_>>();
    let told = tally.claims.iter().any(|c| five.touches(&c.evidence, rounded));
    need(told, || format!("{rounded:?} is not in the count of {exact:?}: {:?}", claims()))?;
    need(tally.origins.len() == 1, || format!("{} origins: {:?}", tally.origins.len(), claims()))
}

fn late_speaker(five: &Five) -> Result<(), String> {
    let (first, second, office) = ((2, 2528, 2595), (2, 2596, 2719), (2, 2297, 2526));
    let reading = five.reading(2);
    let quote = reading.quotes.iter().find(|q| q.words.overlaps(span(first)));
    let Some(quote) = quote else { return Err(format!("no quotation at {first:?}")) };
    let speaker = quote.speaker.as_ref().map_or("nobody", |s| s.actor.as_str());
    let both = five.touches(quote.evidence(), first) && five.touches(quote.evidence(), second);
    need(speaker.contains("andrabi") && both, || {
        format!("the speaker is {speaker}; both sentences: {both}")
    })?;
    let crisis = five.crisis()?;
    let doubted = crisis.disagreements.iter().filter(|d| d.kind == DisagreementKind::Office);
    let doubted = doubted.filter(|d| d.sides.iter().any(|s| five.touches(&s.evidence, office))).count();
    need(doubted > 0, || "no point of kind office about him".to_string())
}

fn standing_offer(five: &Five) -> Result<(), String> {
    let crisis = five.crisis()?;
    let tracks = five.tracks(crisis, &["RUS"]);
    let offers = |m: &&&detente_types::Mediation| {
        m.acts.iter().any(|a| matches!(a.stage, Stage::Offer | Stage::OfferRepeat))
    };
    let offering: Vec<_> = tracks.iter().filter(offers).collect();
    need(offering.len() == 1, || format!("{} tracks of RUS with an offer", offering.len()))?;
    let acts: Vec<_> =
        offering[0].acts.iter().filter(|a| matches!(a.stage, Stage::Offer | Stage::OfferRepeat)).collect();
    let reports = |a: &detente_types::CitedAct| {
        (0..5).filter(|r| a.evidence.iter().any(|e| e.document == *five.id(*r))).collect::<Vec<_>>()
    };
    let mut told: Vec<(Vec<usize>, Stage)> = acts.iter().map(|a| (reports(a), a.stage)).collect();
    told.sort();
    let right = told.iter().map(|(r, _)| r.as_slice()).eq([[0].as_slice(), &[1, 2], &[3]]);
    need(right, || format!("steps by report: {told:?}"))?;
    need(told[0].1 == Stage::OfferRepeat, || format!("steps by report: {told:?}"))?;
    let speech = acts.iter().find(|a| reports(a) == [1, 2]);
    need(speech.is_some_and(|a| a.origins.len() == 1), || {
        format!("{:?} origins of the speech", speech.map(|a| a.origins.len()))
    })
}

fn no_answer(five: &Five) -> Result<(), String> {
    let crisis = five.crisis()?;
    let answers: Vec<&Answer> = five.tracks(crisis, &["RUS"]).iter().flat_map(|m| &m.answers).collect();
    let cells = || answers.iter().map(|a| format!("{} {:?}", a.party, a.stage)).collect::<Vec<_>>();
    let own: Vec<&&Answer> = answers.iter().filter(|a| kabul(a.party.as_str())).collect();
    need(!own.is_empty() && own.iter().all(|a| a.stage.is_none() && a.evidence.is_empty()), || {
        format!("answers: {:?}", cells())
    })
}

fn nobody_named(five: &Five) -> Result<(), String> {
    let at = (4, 1220, 1368);
    let events = five.events(at);
    let told = || {
        events.iter().map(|e| format!("{} {:?} by {:?}", e.kind, e.modes, ids(&e.actors))).collect::<Vec<_>>()
    };
    let closed: Vec<_> = events
        .iter()
        .filter(|e| e.kind == EventType::Coerce && e.modes.contains(&Mode::CoerceRestrict))
        .collect();
    need(!closed.is_empty() && closed.iter().all(|e| e.actors.is_empty()), || {
        format!("{at:?}: {:?}", told())
    })?;
    let crisis = five.crisis()?;
    let incidents = five.incidents(crisis, at);
    let owned =
        incidents.iter().filter(|i| i.modes.contains(&Mode::CoerceRestrict) && !i.actors.is_empty()).count();
    need(owned == 0, || format!("{owned} closings have an actor once put together"))
}

fn two_happenings(five: &Five) -> Result<(), String> {
    let (strikes, fire) = ((1, 1774, 1949), (4, 862, 978));
    for at in [strikes, fire] {
        let kinds: Vec<EventType> = five.events(at).iter().map(|e| e.kind).collect();
        need(kinds.contains(&EventType::Assault), || format!("{at:?}: events {kinds:?}"))?;
    }
    let crisis = five.crisis()?;
    let told = |i: &detente_types::Incident, at: At| {
        i.events.iter().any(|e| {
            e.document == *five.id(at.0)
                && five.reading(at.0).events.iter().any(|x| x.id == e.event && five.touches(x.evidence(), at))
        })
    };
    let merged =
        crisis.incidents.iter().filter(|i| i.parts.is_empty() && told(i, strikes) && told(i, fire)).count();
    need(merged == 0, || format!("{merged} happenings hold both"))
}

fn no_threat(five: &Five) -> Result<(), String> {
    let at = (0, 0, 58);
    let kinds: Vec<EventType> = five.events(at).iter().map(|e| e.kind).collect();
    need(!kinds.is_empty() && !kinds.contains(&EventType::Threaten), || format!("{at:?}: events {kinds:?}"))
}

fn warm_and_threatening(five: &Five) -> Result<(), String> {
    let at = (4, 1370, 1554);
    let events = five.events(at);
    let told = || {
        events
            .iter()
            .map(|e| format!("{} by {:?} {:?}", e.kind, ids(&e.actors), ids(&e.attributed_to)))
            .collect::<Vec<_>>()
    };
    let by = |e: &&&detente_types::Event| {
        e.actors.iter().chain(&e.attributed_to).any(|a| pakistan(a.actor.as_str()))
    };
    let has = |kinds: &[EventType]| events.iter().filter(|e| kinds.contains(&e.kind)).any(|e| by(&e));
    need(has(&[EventType::Comment, EventType::Support]) && has(&[EventType::Threaten]), || {
        format!("{at:?}: {:?}", told())
    })
}

fn charge_and_denial(five: &Five) -> Result<(), String> {
    let at = (4, 1687, 1810);
    let claims = five.claims(at);
    let told = || {
        claims
            .iter()
            .map(|c| format!("{:?} {:?} -> {:?}", c.stance, ids(&c.who), ids(&c.whom)))
            .collect::<Vec<_>>()
    };
    let charge = claims.iter().find(|c| {
        c.stance == Stance::Accusation
            && c.who.iter().any(|w| pakistan(w.actor.as_str()))
            && c.whom.iter().any(|w| kabul(w.actor.as_str()))
    });
    let Some(charge) = charge else { return Err(format!("{at:?}: {:?}", told())) };
    let answer = |c: &&&detente_types::Claim| {
        c.stance == Stance::Denial
            && c.who.iter().any(|w| kabul(w.actor.as_str()))
            && c.answers.as_ref() == Some(&charge.id)
    };
    need(claims.iter().any(|c| answer(&c)), || format!("{at:?}: {:?}", told()))
}

fn scope(five: &Five) -> Result<(), String> {
    let (headline, body) = ((2, 0, 78), (2, 820, 974));
    let crisis = five.crisis()?;
    let raised = five.disagreements(crisis, DisagreementKind::Scope, &[headline, body]).len();
    let all = crisis.disagreements.iter().filter(|d| d.kind == DisagreementKind::Scope).count();
    let parties = |at| five.acts(at).iter().map(|a| ids(&a.parties).join("+")).collect::<Vec<_>>();
    need(raised > 0, || {
        format!(
            "{all} points of kind scope, none between {headline:?} {:?} and {body:?} {:?}",
            parties(headline),
            parties(body)
        )
    })
}

fn one_round(five: &Five) -> Result<(), String> {
    let (counted, placed) = ((3, 1655, 1928), (2, 2721, 2986));
    let crisis = five.crisis()?;
    let steps = five.steps(crisis, counted);
    let joint: Vec<f64> =
        steps.iter().filter(|s| five.touches(&s.evidence, placed)).map(|s| s.confidence).collect();
    let incidents = five.incidents(crisis, counted);
    let whole = incidents
        .iter()
        .filter(|i| i.parts.is_empty() && five.touches(&i.evidence, placed))
        .map(|i| i.confidence);
    let joint: Vec<f64> = joint.into_iter().chain(whole).collect();
    need(joint.iter().any(|c| *c < 1.0), || {
        let stages = |at| five.acts(at).iter().map(|a| a.stage).collect::<Vec<_>>();
        format!(
            "confidences {joint:?}; stages at {counted:?} {:?}, at {placed:?} {:?}",
            stages(counted),
            stages(placed)
        )
    })
}

fn agreed_and_held(five: &Five) -> Result<(), String> {
    let (agreed, held) = ((3, 781, 908), (3, 909, 1029));
    let kinds = |at| five.events(at).iter().map(|e| format!("{} {:?}", e.kind, e.modes)).collect::<Vec<_>>();
    need(five.events(agreed).iter().any(|e| e.kind == EventType::Concede), || {
        format!("{agreed:?}: {:?}", kinds(agreed))
    })?;
    need(five.events(held).iter().any(|e| e.modes.contains(&Mode::Ceasefire)), || {
        format!("{held:?}: {:?}", kinds(held))
    })
}

fn bare_month(five: &Five) -> Result<(), String> {
    let at = (1, 2340, 2512);
    let crisis = five.crisis()?;
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let found: Vec<_> =
        five.incidents(crisis, at).into_iter().filter(|i| i.kind == EventType::Assault).collect();
    let told = || {
        found
            .iter()
            .map(|i| format!("{}..{} inferred {:?}", day(i.when.from()), day(i.when.to()), ids(&i.inferred)))
            .collect::<Vec<_>>()
    };
    let may = |i: &&&detente_types::Incident| {
        (day(i.when.from()), day(i.when.to())) == ("2025-05-01".to_string(), "2025-05-31".to_string())
    };
    let inferred = |i: &&detente_types::Incident| {
        let by_event =
            i.events.iter().flat_map(|e| five.reading(at.0).events.iter().filter(|x| x.id == e.event));
        let own =
            by_event.flat_map(|e| &e.actors).filter(|a| a.via == Via::Inferred).map(|a| a.actor.as_str());
        let all: Vec<&str> = i.inferred.iter().map(|r| r.actor.as_str()).chain(own).collect();
        all.iter().any(|id| pakistan(id)) && all.contains(&"IND")
    };
    need(found.iter().any(|i| may(&i) && inferred(i)), || format!("{at:?}: {:?}", told()))
}

fn same_bytes(five: &Five) -> Result<(), String> {
    let same = Five::records(&five.books) == Five::records(&five.again);
    need(same, || "records differ when the reports come in another order".to_string())
}

fn quotes_resolve(five: &Five) -> Result<(), String> {
    let records = Five::records(&five.books);
    let mut checked = 0;
    for line in records.lines() {
        let record: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let mut stack = vec![&record];
        while let Some(value) = stack.pop() {
            stack.extend(value.as_array().into_iter().flatten());
            stack.extend(value.as_object().into_iter().flat_map(|fields| fields.values()));
            let (Some(doc), Some(quote)) = (value["doc"].as_str(), value["quote"].as_str()) else { continue };
            let text = five
                .books
                .readings
                .iter()
                .find(|r| r.document.id().as_str() == doc)
                .map(|r| r.document.text());
            let bytes =
                value["start"].as_u64().zip(value["end"].as_u64()).map(|(a, b)| a as usize..b as usize);
            let slice = text.zip(bytes).and_then(|(text, bytes)| text.get(bytes));
            need(slice == Some(quote), || format!("{} {}", record["kind"], record["id"]))?;
            checked += 1;
        }
    }
    let kinds = ["event", "figure", "claim", "act", "incident", "tally", "mediation", "disagreement"];
    let missing: Vec<&str> =
        kinds.into_iter().filter(|k| !records.contains(&format!("{{\"kind\":\"{k}\""))).collect();
    need(checked > 100 && missing.is_empty(), || format!("{checked} quotes; no records of {missing:?}"))
}
