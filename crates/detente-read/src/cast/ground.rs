//! Which bearer of a place's name is meant: one in a country that the report is about.
//!
//! "Ramon airport" in a report on Israel and Yemen is not in the Philippines, however many people live in that Ramon;
//! "al-Jawf" is in Yemen there, and in Libya in a report on Libya.

use super::Casting;
use detente_knowledge::{Knowledge, PlaceEntry, PlaceId, Resolved, Target};
use detente_types::ActorId;

/// A place of fewer people than this is not what a report means that names nobody else of its country.
const KNOWN: u32 = 100_000;

/// So often must a report name countries to say what it is not about.
const ENOUGH: usize = 6;

/// The likeliest bearer of a name: `first` by itself, another where the report names its country far more often. `None` where
/// the report, which names countries so many times, is about others, and the place is small.
pub(crate) fn bearer<'p, 'k>(
    candidates: &'p [PlaceEntry<'k>],
    first: &'p PlaceEntry<'k>,
    in_play: &dyn Fn(&str) -> usize,
    told: usize,
    strict: bool,
) -> Option<&'p PlaceEntry<'k>> {
    let times = |p: &PlaceEntry<'_>| p.countries.iter().map(|c| in_play(c)).max().unwrap_or_default();
    let shared = candidates.iter().any(|p| p.countries != first.countries);
    let best = candidates.iter().max_by_key(|p| (times(p), p.population)).filter(|p| times(p) > 0);
    match best {
        Some(best) if times(best) >= 3 * times(first).max(1) || times(first) == 0 => Some(best),
        Some(_) => Some(first),
        None if told >= ENOUGH && (shared || strict) && first.population < KNOWN && town(first) => None,
        None => Some(first),
    }
}

/// A town or village, rather than a region, a river or a border.
fn town(place: &PlaceEntry<'_>) -> bool {
    place.precision() == 1
}

impl Casting<'_, '_> {
    /// The place that the name means in this report.
    pub(super) fn meant(&self, id: PlaceId, name: &str) -> Option<PlaceEntry<'_>> {
        let first = self.knowledge.place(id)?;
        let candidates = self.knowledge.places_named(name);
        let times = |c: &str| self.focus.sure(c);
        bearer(&candidates, &first, &times, self.focus.told(), false).cloned()
    }

    /// "The National Liberation Army": of all who bear the name the country that the report names most.
    pub(super) fn likeliest(&self, words: &[&str]) -> Option<String> {
        let hits = self.knowledge.names_at(words, 0).into_iter().filter(|h| h.len == words.len());
        let mut homes: Vec<String> = hits
            .filter_map(|h| match &h.target {
                Target::Actor(id) => self.knowledge.actor(id)?.country.clone(),
                Target::Place(_) => None,
            })
            .collect();
        homes.sort_unstable();
        homes.dedup();
        let most = homes.iter().map(|c| self.focus.sure(c)).max().filter(|n| *n > 0 && homes.len() > 1)?;
        homes.into_iter().find(|c| self.focus.sure(c) == most)
    }

    /// What words compose whose country is only that of a place in them: of the bearer of its name in a country in play.
    pub(super) fn on_ground(&self, words: &[&str], mut r: Resolved) -> Resolved {
        let Some(country) = r.country.clone() else { return r };
        if r.actor.as_ref().is_some_and(|a| !a.as_str().starts_with(&format!("{country}/"))) {
            return r;
        }
        let Some((at, len, first)) = named_by_place(words, &country, self.knowledge) else { return r };
        let candidates = self.knowledge.places_named(&words[at..at + len].join(" "));
        let first = candidates.iter().find(|p| p.key == first).or(candidates.first());
        let Some(first) = first else { return r };
        let broken = goes_on(words, at + len, self.knowledge);
        let times = |c: &str| self.focus.sure(c);
        let found = bearer(&candidates, first, &times, self.focus.told(), true);
        let found = found.filter(|_| !broken);
        let meant = found.and_then(|p| p.countries.first().map(ToString::to_string));
        if meant.as_ref() == Some(&country) {
            return r;
        }
        let suffix =
            r.actor.as_ref().and_then(|a| a.as_str().split_once('/')).map(|(_, suffix)| suffix.to_string());
        r.actor = match (&meant, suffix) {
            (Some(c), Some(suffix)) => {
                Some(ActorId::named(&format!("{}/{suffix}", self.knowledge.government(c, self.on))))
            }
            _ => None,
        };
        r.country = meant;
        r
    }
}

/// "Ben Gurion airport", with a place Ben: does a longer name go on behind it?
fn goes_on(words: &[&str], end: usize, knowledge: &Knowledge) -> bool {
    words.get(end).is_some_and(|next| {
        let lower = next.to_lowercase();
        next.chars().next().is_some_and(char::is_uppercase)
            && next.chars().any(char::is_lowercase)
            && knowledge.noun(&lower).is_none()
            && knowledge.title(&[next]).is_none()
            && knowledge.names_at(&[next], 0).is_empty()
            && !matches!(
                lower.as_str(),
                "airport"
                    | "province"
                    | "district"
                    | "city"
                    | "region"
                    | "university"
                    | "hospital"
                    | "regional"
                    | "governorate"
                    | "port"
                    | "county"
                    | "state"
                    | "oblast"
                    | "valley"
                    | "river"
                    | "island"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
            )
    })
}

/// The place whose country this is, where no actor among the words has it: position, length, key.
fn named_by_place(words: &[&str], country: &str, knowledge: &Knowledge) -> Option<(usize, usize, String)> {
    let mut place = None;
    for at in 0..words.len() {
        for hit in knowledge.names_at(words, at) {
            match &hit.target {
                Target::Actor(id) => {
                    let own = knowledge.actor(id).and_then(|a| a.country.as_deref()) == Some(country);
                    if own || id.as_str() == country {
                        return None;
                    }
                }
                Target::Place(id) if place.is_none() => {
                    let entry = knowledge.place(*id).filter(|p| p.countries.first() == Some(&country));
                    place = entry.map(|p| (at, hit.len, p.key));
                }
                Target::Place(_) => {}
            }
        }
    }
    place
}
