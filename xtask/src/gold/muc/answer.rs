//! Acts of a reading as templates: a mapping onto the task's lists and limits, which finds nothing itself.

use detente_knowledge::{Knowledge, Target};
use detente_types::attack::{Blame, Damage, Execution, Form, Hurt, Number, Victim, Words};
use detente_types::{ActorKind, ActorRef, Attack, MaskReason, Mode, Reading, Sector, When};

use super::key::{Fill, Template, Value};
use super::lists::{INSTRUMENTS, PEOPLE, THINGS};
use super::slots::plain;

/// The countries that the task is about.
const COUNTRIES: &[(&str, &str)] = &[
    ("SLV", "EL SALVADOR"),
    ("GTM", "GUATEMALA"),
    ("HND", "HONDURAS"),
    ("ARG", "ARGENTINA"),
    ("BOL", "BOLIVIA"),
    ("CHL", "CHILE"),
    ("COL", "COLOMBIA"),
    ("ECU", "ECUADOR"),
    ("PER", "PERU"),
];

/// The templates of a report.
pub(super) fn templates(reading: &Reading, knowledge: &Knowledge) -> Vec<Template> {
    each(reading, knowledge).into_iter().flatten().collect()
}

/// A template for each act of the reading that is within the task's limits.
pub(super) fn each(reading: &Reading, knowledge: &Knowledge) -> Vec<Option<Template>> {
    let home = dateline(reading, knowledge);
    reading.attacks.iter().map(|a| template(&a.fact, reading, home.as_deref())).collect()
}

/// The country of the dateline.
fn dateline(reading: &Reading, knowledge: &Knowledge) -> Option<String> {
    let line = reading.mask.iter().find(|m| m.reason == MaskReason::Dateline)?;
    let words: Vec<String> = line
        .span
        .of(reading.document.text())
        .split([',', '(', ')'])
        .map(titled)
        .filter(|w| !w.is_empty())
        .collect();
    words.iter().take(2).find_map(|name| {
        let parts: Vec<&str> = name.split_whitespace().collect();
        knowledge.names_at(&parts, 0).into_iter().find_map(|hit| match hit.target {
            Target::Place(id) => {
                knowledge.place(id).and_then(|p| p.countries.first().map(ToString::to_string))
            }
            Target::Actor(id) => knowledge.actor(&id).and_then(|a| a.country.clone()),
        })
    })
}

fn titled(part: &str) -> String {
    let word = |w: &str| {
        let mut chars = w.chars();
        chars.next().map(|c| c.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
    };
    part.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

fn template(a: &Attack, reading: &Reading, home: Option<&str>) -> Option<Template> {
    let country = country(a, reading, home)?;
    if old(a, reading) || military(a, reading) {
        return None;
    }
    let mut out = Template::default();
    // Bombs from the air are an attack with that instrument, by the task's own rule.
    let aerial = a.form == Form::Bombing && a.modes.contains(&Mode::Aerial);
    let kind = if aerial { "ATTACK" } else { kind(a.form) };
    out.slots[2] = vec![fill(date(&a.when, reading))];
    out.slots[3] = vec![fill(location(a, country))];
    out.slots[4] = vec![fill(kind)];
    out.slots[5] = vec![fill(match a.execution {
        Execution::Accomplished => "ACCOMPLISHED",
        Execution::Attempted => "ATTEMPTED",
        Execution::Threatened => "THREATENED",
    })];
    instruments(a, &mut out);
    perpetrators(a, reading, &mut out);
    if kind != "KIDNAPPING" {
        things(a, &mut out);
    }
    people(a, reading, country, &mut out);
    let told = [12, 18, 19].iter().any(|&n| !out.slots[n].is_empty());
    told.then_some(out)
}

fn fill(text: impl Into<String>) -> Fill {
    Fill { values: vec![Value { text: capitals(&text.into()), of: Vec::new() }], optional: false }
}

fn of(text: impl Into<String>, of: &str) -> Fill {
    let value = Value { text: capitals(&text.into()), of: vec![capitals(of)] };
    Fill { values: vec![value], optional: false }
}

fn capitals(text: &str) -> String {
    text.to_uppercase().chars().map(plain).collect()
}

fn kind(form: Form) -> &'static str {
    match form {
        Form::Attack => "ATTACK",
        Form::Bombing => "BOMBING",
        Form::Kidnapping => "KIDNAPPING",
        Form::Hijacking => "HIJACKING",
        Form::Arson => "ARSON",
        Form::Robbery => "ROBBERY",
    }
}

/// Of the nine, the country of its place; else of the dateline, else that most places of the report lie in.
fn country(a: &Attack, reading: &Reading, home: Option<&str>) -> Option<&'static str> {
    let ours = |code: &str| COUNTRIES.iter().find(|(c, _)| *c == code).map(|(_, name)| *name);
    if let Some(place) = &a.place
        && !place.countries.is_empty()
    {
        let told = |code: &str| {
            reading.actors.iter().any(|x| x.country.as_deref() == Some(code))
                || reading
                    .places
                    .iter()
                    .any(|p| p.name != place.name && p.countries.iter().any(|c| c == code))
        };
        // A namesake abroad, in a report that speaks of that country nowhere else.
        if let Some(name) = home.filter(|_| !place.countries.iter().any(|c| told(c))).and_then(ours) {
            return Some(name);
        }
        return place.countries.iter().find_map(|c| ours(c));
    }
    let victim = a.victims.iter().filter_map(|v| v.actor.as_ref()).find_map(|r| {
        let actor = reading.actors.iter().find(|x| x.id == r.actor)?;
        ours(actor.country.as_deref()?)
    });
    if let Some(name) = victim.or_else(|| home.and_then(ours)) {
        return Some(name);
    }
    let count = |code: &str| reading.places.iter().filter(|p| p.countries.iter().any(|c| c == code)).count();
    COUNTRIES
        .iter()
        .map(|(code, name)| (count(code), *name))
        .filter(|(n, _)| *n > 0)
        .max_by_key(|(n, _)| *n)
        .map(|(_, name)| name)
}

/// More than two months before the report.
fn old(a: &Attack, reading: &Reading) -> bool {
    match (a.when.to(), reading.published.from()) {
        (Some(to), Some(published)) => (published - to).get_days() > 62,
        _ => false,
    }
}

fn actor<'r>(r: &ActorRef, reading: &'r Reading) -> Option<&'r detente_types::Actor> {
    reading.actors.iter().find(|a| a.id == r.actor)
}

/// Nobody but fighters was struck, and nothing but what is theirs.
fn military(a: &Attack, reading: &Reading) -> bool {
    const REBELS: &[&str] =
        &["GUERRILLA", "REBEL", "TERRORIST", "SUBVERSIVE", "EXTREMIST", "INSURGENT", "TRAFFICKER", "CONTRA"];
    const ANYBODY: &[&str] = &[
        "OTHER",
        "THEM",
        "PERSONNEL",
        "DEAD",
        "WOUNDED",
        "MEMBER",
        "UNIT",
        "PATROL",
        "ELEMENT",
        "CASUALT",
        "TROOP",
        "MEN",
    ];
    const MEMBERS: &[&str] = &["MEMBER", "FIGHTER", "COMBATANT", "COMMANDER", "HITM", "GUNM"];
    // "four were killed": of the same.
    const COUNTS: &[&str] =
        &["TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "SEVERAL", "SOME"];
    const THEIRS: &[&str] = &[
        "MILITARY",
        "GARRISON",
        "BARRACKS",
        "OUTPOST",
        "BRIGADE",
        "BATTALION",
        "ARMY",
        "TROOP",
        "POSITION",
        "NAVAL",
        "AIR FORCE",
        "AIR BASE",
        "MILITARY BASE",
        "REBEL",
        "GUERRILLA",
    ];
    let holds = |words: &str, list: &[&str]| list.iter().any(|w| words.contains(w));
    let fighter = |v: &Victim| {
        let words = capitals(&v.who.text);
        let groups = reading.actors.iter().filter(|x| x.kind == ActorKind::ArmedGroup);
        let theirs = groups.flat_map(|x| x.aliases.iter().chain([&x.name])).any(|name| {
            let name = capitals(name);
            name.len() > 2 && words.contains(&name) && holds(&words, MEMBERS)
        });
        let sector = v.actor.as_ref().and_then(|r| actor(r, reading)).and_then(|x| x.sector);
        matches!(human(v), "ACTIVE MILITARY" | "LAW ENFORCEMENT")
            || v.name.is_none() && holds(&capitals(&v.who.text), REBELS)
            || v.name.is_none() && (theirs || matches!(sector, Some(Sector::Reb | Sector::Uaf)))
    };
    let counted = |head: &str| COUNTS.contains(&head);
    let anybody = |v: &Victim| {
        let head = capitals(&v.who.head);
        v.name.is_none() && (holds(&head, ANYBODY) || counted(&head))
    };
    let theirs = a.targets.iter().all(|t| holds(&capitals(&t.what.text), THEIRS));
    let some = a.victims.iter().any(fighter) || !a.targets.is_empty();
    some && theirs && a.victims.iter().all(|v| fighter(v) || anybody(v))
}

fn day(d: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    format!("{:02} {} {:02}", d.day(), MONTHS[usize::from(d.month().unsigned_abs()) - 1], d.year() % 100)
}

fn date(when: &When, reading: &Reading) -> String {
    match (when.from(), when.to().or(reading.published.to())) {
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) => format!("{} - {}", day(from), day(to)),
        (_, Some(to)) => format!("- {}", day(to)),
        (Some(from), None) => day(from),
        (None, None) => "-".to_string(),
    }
}

fn location(a: &Attack, country: &str) -> String {
    const TYPES: &[&str] = &[
        "DEPARTMENT",
        "PROVINCE",
        "MUNICIPALITY",
        "CITY",
        "NEIGHBORHOOD",
        "TOWN",
        "DISTRICT",
        "VILLAGE",
        "SECTION",
        "JURISDICTION",
    ];
    let names = a.places.iter().rev().map(|p| capitals(&p.text)).map(|name| {
        let words: Vec<&str> = name.split_whitespace().filter(|w| !TYPES.contains(w)).collect();
        words.join(" ")
    });
    let mut out = vec![country.to_string()];
    // Streets and parts of the world are no places of the task.
    const NONE: &[&str] = &["STREET", "AVENUE", "BOULEVARD", "HIGHWAY", "AMERICA", "ROAD", " AVE"];
    for name in names.filter(|n| !n.is_empty() && !NONE.iter().any(|w| n.contains(w))) {
        let nation = COUNTRIES.iter().any(|(_, c)| *c == name);
        if !nation && !out.contains(&name) && out.len() < 3 {
            out.push(name);
        }
    }
    out.join(": ")
}

fn instruments(a: &Attack, out: &mut Template) {
    if matches!(a.form, Form::Kidnapping | Form::Arson) {
        return;
    }
    for weapon in a.weapons.iter().take(3) {
        out.slots[6].push(fill(&weapon.text));
        if let Some(kind) = instrument(&capitals(&weapon.text)) {
            out.slots[7].push(of(kind, &weapon.text));
        }
    }
    if a.weapons.is_empty() && a.form == Form::Bombing && a.modes.contains(&Mode::Aerial) {
        out.slots[7].push(fill("AERIAL BOMB"));
    }
    if a.weapons.is_empty() && a.modes.contains(&Mode::Firearms) {
        out.slots[7].push(fill("GUN"));
    }
}

fn first_of(words: &str, table: &[(&str, &'static str)]) -> Option<&'static str> {
    table.iter().find(|(word, _)| words.contains(word)).map(|(_, kind)| *kind)
}

fn instrument(words: &str) -> Option<&'static str> {
    first_of(words, INSTRUMENTS)
}

/// Forces are said to have done it, or people of theirs; armed groups are not.
fn by_the_state(a: &Attack, reading: &Reading) -> bool {
    const THEIRS: &[&str] = &["SOLDIER", "ARMY", "MILITARY", "POLICE", "TROOP", "AIR FORCE", "GOVERNMENT"];
    let forces = |r: &ActorRef| actor(r, reading).is_some_and(|x| x.kind == ActorKind::Forces);
    let rebels =
        a.doers.iter().filter_map(|d| actor(&d.group, reading)).any(|x| x.kind == ActorKind::ArmedGroup);
    let people = a.people.iter().any(|w| THEIRS.iter().any(|t| capitals(&w.text).contains(t)));
    !rebels && (people || a.doers.iter().any(|d| forces(&d.group)))
}

fn perpetrators(a: &Attack, reading: &Reading, out: &mut Template) {
    let category = if by_the_state(a, reading) { "STATE-SPONSORED VIOLENCE" } else { "TERRORIST ACT" };
    out.slots[8] = vec![fill(category)];
    for words in a.people.iter().take(2) {
        out.slots[9].push(fill(&words.text));
    }
    for doer in a.doers.iter().take(2) {
        let Some(name) = actor(&doer.group, reading).map(both_names) else { continue };
        out.slots[10].push(fill(&name));
        let blame = match doer.blame {
            Blame::Fact => "REPORTED AS FACT",
            Blame::Claimed => "CLAIMED OR ADMITTED",
            Blame::Accused => "SUSPECTED OR ACCUSED",
            Blame::AccusedByAuthorities => "SUSPECTED OR ACCUSED BY AUTHORITIES",
        };
        out.slots[11].push(of(blame, &name));
    }
}

/// The name with the acronym under which the report has it, too: the key has whichever is printed.
fn both_names(actor: &detente_types::Actor) -> String {
    let short = |a: &&String| {
        a.len() <= 8 && a.len() > 1 && a.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    };
    match actor.aliases.iter().find(short).filter(|a| **a != actor.name) {
        Some(acronym) => format!("{} [{acronym}]", actor.name),
        None => actor.name.clone(),
    }
}

fn things(a: &Attack, out: &mut Template) {
    for thing in &a.targets {
        let words = &thing.what.text;
        out.slots[12].push(fill(words));
        out.slots[13].push(of(building(&thing.what), words));
        out.slots[14].push(of(number(&thing.number), words));
        let effect = thing.damage.or((a.form == Form::Arson).then_some(Damage::Some));
        if let Some(effect) = effect {
            let effect = match effect {
                Damage::Destroyed => "DESTROYED",
                Damage::Some => "SOME DAMAGE",
                Damage::None => "NO DAMAGE",
            };
            out.slots[16].push(of(effect, words));
        }
    }
}

fn number(n: &Number) -> String {
    match (n.low, n.high) {
        (Some(low), Some(high)) if low == high && n.about => format!("~{low}"),
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}-{high}"),
        (Some(low), None) if !n.plural || low > 1 => format!("{low}-"),
        _ => "PLURAL".to_string(),
    }
}

/// What the noun itself says, without what stands behind it; else what the phrase says. "Police car": a vehicle.
fn building(thing: &Words) -> &'static str {
    const POLITICIANS: &[&str] = &["LEADER", "CANDIDATE", "COUNCILM", "POLITIC", "-ELECT"];
    let (whole, noun) = (capitals(&thing.text), capitals(&thing.head));
    let ends = [" OF ", " IN ", " AT ", " NEAR ", " ON ", " FROM ", " BELONGING", " LOCATED", ",", " AND "];
    let end = ends.iter().filter_map(|e| whole.find(e)).min().unwrap_or(whole.len());
    let own = |words: &str| first_of(&format!("{words} "), THINGS);
    let vehicle = own(&noun).filter(|k| *k == "TRANSPORT VEHICLE");
    let kind = vehicle.or_else(|| own(&whole[..end])).or_else(|| own(&whole)).unwrap_or("OTHER");
    let lives = matches!(kind, "CIVILIAN RESIDENCE" | "ORGANIZATION OFFICE");
    if lives && POLITICIANS.iter().any(|w| whole.contains(w)) {
        return "POLITICAL FIGURE OFFICE OR RESIDENCE";
    }
    kind
}

fn people(a: &Attack, reading: &Reading, country: &str, out: &mut Template) {
    if a.harmless {
        out.slots[23].push(fill("NO INJURY OR DEATH"));
    }
    for v in a.victims.iter().take(8) {
        let label = v.name.clone().unwrap_or_else(|| v.who.text.clone());
        if let Some(name) = &v.name {
            out.slots[18].push(fill(name));
            for role in v.roles.iter().take(1) {
                out.slots[19].push(of(role, name));
            }
        } else {
            out.slots[19].push(fill(&v.who.text));
        }
        out.slots[20].push(of(human(v), &label));
        out.slots[21].push(of(number(&v.number), &label));
        if let Some(nation) = nation(v, reading, country) {
            out.slots[22].push(of(nation, &label));
        }
        let effect = match v.hurt {
            Some(Hurt::Death) => "DEATH",
            Some(Hurt::Injury) => "INJURY",
            Some(Hurt::Unhurt) => "NO INJURY OR DEATH",
            Some(Hurt::Freed) => "REGAINED FREEDOM",
            None => continue,
        };
        out.slots[23].push(of(effect, &label));
    }
}

/// The nation of a foreigner, where the words say it.
fn nation(v: &Victim, reading: &Reading, country: &str) -> Option<&'static str> {
    let code = v.actor.as_ref().and_then(|r| actor(r, reading)).and_then(|x| x.country.clone())?;
    let said = capitals(&v.who.text);
    let list = [
        ("USA", "UNITED STATES", "U.S."),
        ("ESP", "SPAIN", "SPANI"),
        ("RUS", "USSR", "SOVIET"),
        ("BRA", "BRAZIL", "BRAZIL"),
    ];
    list.iter()
        .find(|(c, name, word)| *c == code && *name != country && said.contains(word))
        .map(|(_, name, _)| *name)
}

fn human(v: &Victim) -> &'static str {
    let words =
        capitals(&format!("{} {}", v.roles.join(" "), if v.name.is_some() { "" } else { &v.who.text }));
    let former = words.contains("FORMER") || words.contains("RETIRED") || words.contains("EX-");
    let kind = first_of(&words, PEOPLE);
    match kind {
        Some("GOVERNMENT OFFICIAL") if former => "FORMER GOVERNMENT OFFICIAL",
        Some("ACTIVE MILITARY") if former => "FORMER ACTIVE MILITARY",
        Some(kind) => kind,
        None => "CIVILIAN",
    }
}
