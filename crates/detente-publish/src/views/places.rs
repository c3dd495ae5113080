//! What happened where: incidents by place, each place with how exact its point is.

use crate::compose::books::Books;
use crate::compose::course;
use crate::dossier::{Footing, Lane, Line};
use crate::words::{codes, dates};
use detente_types::{Crisis, EventType, Incident, IncidentId, Place, When};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A place and what is told of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Spot {
    /// The name as first printed.
    pub name: String,
    /// Latitude and longitude in degrees; absent where the place is in no gazetteer.
    pub point: Option<(f64, f64)>,
    /// How exact the point is: 1 the place itself to 7 international (UCDP GED, `where_prec`).
    pub precision: Option<u8>,
    /// The same in words.
    pub precision_words: &'static str,
    /// ISO 3166-1 alpha-3 codes of its countries.
    pub countries: Vec<String>,
    /// What is told of it, in order of time.
    pub happenings: Vec<Happening>,
}

/// One incident at a place.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Happening {
    /// The incident.
    pub incident: IncidentId,
    /// When, in words.
    pub date: String,
    /// When.
    pub when: When,
    /// Coarse kind.
    pub lane: Lane,
    /// Exact kind.
    pub kind: EventType,
    /// How firmly it stands.
    pub footing: Footing,
    /// Before the crisis.
    pub background: bool,
    /// The line.
    pub line: Line,
}

/// Places of incidents: those with a point first, then by name.
pub fn places(crisis: &Crisis) -> Vec<Spot> {
    let books = Books::open(crisis);
    let mut spots: BTreeMap<(bool, String), Spot> = BTreeMap::new();
    for incident in &crisis.incidents {
        let Some(place) = &incident.place else { continue };
        let Some(happening) = happening(&books, incident) else { continue };
        let key = (place.point.is_none(), key(place));
        spots.entry(key).or_insert_with(|| spot(place)).happenings.push(happening);
    }
    spots.into_values().collect()
}

/// One point is one place, whatever its spelling; a place with none goes by its name.
fn key(place: &Place) -> String {
    match place.point {
        Some((lat, lon)) => format!("{lat:.3} {lon:.3}"),
        None => place.name.to_lowercase(),
    }
}

fn spot(place: &Place) -> Spot {
    Spot {
        name: place.name.clone(),
        point: place.point,
        precision: place.precision,
        precision_words: precision(place.precision),
        countries: place.countries.clone(),
        happenings: Vec::new(),
    }
}

/// An incident as a line with its day; `None` where none of its sentences resolves.
pub(super) fn happening(books: &Books<'_>, incident: &Incident) -> Option<Happening> {
    Some(Happening {
        incident: incident.id.clone(),
        date: dates::short(&incident.when),
        when: incident.when.clone(),
        lane: codes::lane(incident.kind),
        kind: incident.kind,
        footing: codes::footing(incident),
        background: incident.background,
        line: Line::cited(course::told(books, incident, &incident.gist), books.cite(&incident.evidence))?,
    })
}

fn precision(code: Option<u8>) -> &'static str {
    match code {
        Some(1) => "the place itself",
        Some(2) => "near the point",
        Some(3) => "somewhere in the district",
        Some(4) => "somewhere in the province",
        Some(5) => "a part of the country, or a border",
        Some(6) => "somewhere in the country",
        Some(7) => "international",
        _ => "not known how exact",
    }
}
