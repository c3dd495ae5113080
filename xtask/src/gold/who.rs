//! Actors of a reading to the country codes that PLOVER writes.

use std::collections::BTreeSet;

use detente_knowledge::Knowledge;
use detente_types::{ActorId, ActorRef, Reading, Sector};

/// The countries of those who act, sorted; those without any code are left out.
pub(crate) fn countries(who: &[ActorRef], reading: &Reading, knowledge: &Knowledge) -> BTreeSet<String> {
    who.iter().filter_map(|r| country(&r.actor, reading, knowledge, 0)).collect()
}

/// The country of an actor; without one, PLOVER's stand-in from its entry or sector (IGO, NGO, IMG, …);
/// without that, the code of those on whose behalf it acts.
fn country(id: &ActorId, reading: &Reading, knowledge: &Knowledge, steps: usize) -> Option<String> {
    let met = reading.actors.binary_search_by(|a| a.id.cmp(id)).ok().map(|at| &reading.actors[at]);
    let known = knowledge.actor(id);
    let own = met.and_then(|a| a.country.clone()).or_else(|| known.and_then(|k| k.country.clone()));
    let stand_in = || known.and_then(|k| k.bloc).map(|b| b.code().to_string());
    let by_sector = || match met.and_then(|a| a.sector) {
        Some(Sector::Igo) => Some("IGO".to_string()),
        Some(Sector::Ngo) => Some("NGO".to_string()),
        Some(Sector::Mnc) => Some("MNC".to_string()),
        _ => None,
    };
    let of_others = || {
        let served: &[ActorId] = met.map_or(&[][..], |a| &a.acts_for);
        let served = served.iter().filter(|_| steps < 3);
        served.filter_map(|other| country(other, reading, knowledge, steps + 1)).next()
    };
    own.or_else(stand_in).or_else(by_sector).or_else(of_others).map(|code| one_code(&code))
}

/// Codes that the gold sets write in one way and we in another: former states are coded as the state that
/// followed, the United Nations and the European Union as bodies of states, and slips of the pen are mended.
pub(crate) fn one_code(code: &str) -> String {
    let code = match code {
        "JAP" => "JPN",
        "ITL" => "ITA",
        "VTN" | "VNS" => "VNM",
        "TMP" => "TLS",
        "UNO" | "EUR" => "IGO",
        "SUN" => "RUS",
        "DDR" => "DEU",
        "CSK" => "CZE",
        "YUG" | "SCG" => "SRB",
        "ZAR" => "COD",
        "YMD" | "YAR" => "YEM",
        other => other,
    };
    code.to_string()
}
