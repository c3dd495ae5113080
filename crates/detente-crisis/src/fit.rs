//! Two places or two occasions in, out comes whether they can be one.
//!
//! "In Tyre" and "in southern Lebanon" may be the same strike, "in Tyre" and "in Sidon" are not. "At a
//! press briefing at the embassy" and "at the university" are two speeches, even by one man on one day.
//!
//! # How
//! [`places`]: equal or contained names, or points within [`NEAR`] kilometres, are the same; two towns of other names
//! up to [`FAR`] apart are neighbours, and more than the day must speak for their being one; points more than that apart, proper names of towns that share no word, and coarse places of different
//! countries are apart; a border or frontier against a town is doubtful, because fire across a border
//! and a strike on a city are mostly two things; all else is open.
//! [`occasions`]: content words of the two phrases overlap by at least [`SAME_OCCASION`] (the
//! city alone, which two speeches in one capital share, is less), or they are apart.
//! # Does not
//! Know which town lies in which province; the reader's points and countries tell, where it has them.

use crate::words;
use detente_types::Place;

/// Kilometres within which two exact points are one place: a town and its quarters. Two camps of a narrow strip lie ten
/// apart.
const NEAR: f64 = 6.0;
/// Kilometres from which two exact points are two places.
const FAR: f64 = 60.0;
/// Overlap of content words from which two occasions are one.
const SAME_OCCASION: f64 = 0.3;

/// Whether two can be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// They are.
    Same,
    /// Nothing speaks against it.
    Open,
    /// Something does; more is needed.
    Doubtful,
    /// Two towns close to each other: much more is needed.
    Neighbours,
    /// They cannot be.
    Apart,
}

/// A place in the form in which two are compared.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    words: Vec<u64>,
    countries: Vec<u64>,
    point: Option<(f64, f64)>,
    exact: bool,
    border: bool,
    town: bool,
}

impl Spot {
    /// The comparable form of a place.
    pub(crate) fn of(place: &Place) -> Spot {
        Spot {
            words: words::numbers(&place.name),
            countries: place.countries.iter().map(|c| words::number(c)).collect(),
            point: place.point,
            exact: is_exact(place),
            border: is_border(place),
            town: is_town(place),
        }
    }

    /// Are both countries known and different?
    fn foreign(&self, other: &Spot) -> bool {
        let known = !self.countries.is_empty() && !other.countries.is_empty();
        known && !self.countries.iter().any(|c| other.countries.contains(c))
    }
}

/// Can the two be one place?
pub(crate) fn places(a: Option<&Spot>, b: Option<&Spot>) -> Fit {
    let (Some(a), Some(b)) = (a, b) else { return Fit::Open };
    if a.words == b.words {
        return Fit::Same;
    }
    if a.border != b.border {
        return if a.town || b.town { Fit::Doubtful } else { Fit::Open };
    }
    if a.border {
        return if a.foreign(b) { Fit::Apart } else { Fit::Same };
    }
    if let (true, true, Some(p), Some(q)) = (a.exact, b.exact, a.point, b.point) {
        return match kilometres(p, q) {
            d if d <= NEAR => Fit::Same,
            d if d >= FAR => Fit::Apart,
            _ if words::share(&a.words, &b.words) >= 1.0 => Fit::Same,
            _ => Fit::Neighbours,
        };
    }
    if words::share(&a.words, &b.words) >= 1.0 {
        return Fit::Same;
    }
    if a.foreign(b) || (a.town && b.town) {
        return Fit::Apart;
    }
    Fit::Open
}

/// An occasion in the form in which two are compared: its words, its place, and both together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occasion {
    all: Vec<u64>,
    said: bool,
    spot: Option<Spot>,
}

impl Occasion {
    /// The comparable form of an occasion, given its words and its place.
    pub(crate) fn of(said: Option<&str>, place: Option<&Place>) -> Occasion {
        let mut all = said.map(words::numbers).unwrap_or_default();
        all.extend(place.map(|p| words::numbers(&p.name)).unwrap_or_default());
        all.sort_unstable();
        all.dedup();
        Occasion { all, said: said.is_some(), spot: place.map(Spot::of) }
    }

    /// The place of it.
    pub(crate) fn spot(&self) -> Option<&Spot> {
        self.spot.as_ref()
    }
}

/// Can the two be one occasion?
pub(crate) fn occasions(a: &Occasion, b: &Occasion) -> Fit {
    match (a.all.is_empty(), b.all.is_empty()) {
        (false, false) if words::overlap(&a.all, &b.all) >= SAME_OCCASION => Fit::Same,
        // A bare city says little: the embassy and the university stand in it both.
        (false, false) if !a.said || !b.said => match places(a.spot(), b.spot()) {
            Fit::Same => Fit::Open,
            other => other,
        },
        (false, false) => Fit::Apart,
        _ => Fit::Open,
    }
}

fn is_border(place: &Place) -> bool {
    const WORDS: [&str; 5] = ["border", "frontier", "line of control", "crossing", "borderlands"];
    let name = words::fold(&place.name);
    place.countries.len() >= 2 || WORDS.iter().any(|w| name.contains(w))
}

fn is_exact(place: &Place) -> bool {
    place.precision.is_some_and(|p| p <= 3)
}

/// A town by the gazetteer's word; by its spelling where the gazetteer does not know it.
fn is_town(place: &Place) -> bool {
    const WIDE: [&str; 12] = [
        "province",
        "region",
        "district",
        "oblast",
        "governorate",
        "state",
        "north",
        "south",
        "east",
        "west",
        "strip",
        "sea",
    ];
    if place.precision.is_some() {
        return is_exact(place);
    }
    let tokens = words::tokens(&place.name);
    let proper = place.name.chars().next().is_some_and(char::is_uppercase);
    proper && place.countries.len() < 2 && !tokens.iter().any(|t| WIDE.contains(&t.trim_end_matches("ern")))
}

/// Distance on the globe (haversine), in kilometres.
fn kilometres((lat1, lon1): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat1, lat2) + lat1.to_radians().cos() * lat2.to_radians().cos() * half(lon1, lon2);
    2.0 * 6371.0 * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_types::Span;

    fn fit_of(a: &Place, b: &Place) -> Fit {
        places(Some(&Spot::of(a)), Some(&Spot::of(b)))
    }

    fn place(name: &str) -> Place {
        Place {
            name: name.into(),
            span: Span::new(0, 0),
            countries: Vec::new(),
            point: None,
            precision: None,
        }
    }

    fn at(name: &str, lat: f64, lon: f64) -> Place {
        Place { point: Some((lat, lon)), precision: Some(1), ..place(name) }
    }

    #[test]
    fn towns_and_regions() {
        let fit = |a: &str, b: &str| fit_of(&place(a), &place(b));
        assert_eq!(fit("Tyre", "Tyre"), Fit::Same);
        assert_eq!(fit("Tyre", "the port of Tyre"), Fit::Same);
        assert_eq!(fit("Tyre", "Sidon"), Fit::Apart);
        assert_eq!(fit("Tyre", "southern Lebanon"), Fit::Open);
        assert_eq!(fit("Odesa", "the border"), Fit::Doubtful);
        assert_eq!(fit("the border", "the contested frontier"), Fit::Same);
        assert_eq!(places(None, Some(&Spot::of(&place("Tyre")))), Fit::Open);
    }

    #[test]
    fn points_decide_where_both_are_exact() {
        let (kyiv, brovary, odesa) =
            (at("Kyiv", 50.45, 30.52), at("Brovary", 50.51, 30.79), at("Odesa", 46.48, 30.72));
        assert_eq!(fit_of(&kyiv, &brovary), Fit::Neighbours);
        assert_eq!(fit_of(&kyiv, &at("Podil", 50.46, 30.51)), Fit::Same);
        assert_eq!(fit_of(&kyiv, &odesa), Fit::Apart);
    }

    #[test]
    fn two_speeches_in_one_capital_are_two() {
        let of = |said: &str| Occasion::of(Some(said), None);
        let fit = |a: &str, b: &str| occasions(&of(a), &of(b));
        assert_eq!(
            fit("a press briefing at the embassy in Accra", "a lecture at the university of Accra"),
            Fit::Apart
        );
        assert_eq!(fit("an event at the university of Accra", "a lecture at Accra University"), Fit::Same);
        assert_eq!(occasions(&Occasion::default(), &of("a lecture")), Fit::Open);
    }
}
