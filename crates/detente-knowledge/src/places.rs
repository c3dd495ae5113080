//! Takes a name, gives the places that bear it, likeliest first.
//!
//! There are dozens of San Antonios and one that a report means. This is the list of candidates;
//! context decides elsewhere.
//!
//! # How
//! 1. At build time every name of every place is folded to a key and put into one automaton; records of
//!    fixed size, one name arena and lists of candidates lie beside it as plain bytes.
//! 2. A look-up walks the automaton and decodes only the records that it needs: nothing is built at start.
//!
//! # Does not
//! Decide whether "Islamabad" is a city or a government, or which Springfield it is.
//!
//! # From
//! Cities and divisions: GeoNames (CC BY 4.0), ISO 3166-2 through the crate `keshvar`; areas, borders,
//! crossings, sites: written by hand (`data/places.toml`). See `build-data/README.md`.

use crate::entry::{Country, HandPlace, PlaceKind};
use crate::fold::{Piece, Spellings, key, pieces, words_of};
use crate::names::{MOST, walk};
use fst::raw::Fst;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A place of the gazetteer; means something only beside the `Knowledge` that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

/// The bit that tells a user's own places from the bundled.
const OWN: u32 = 1 << 31;

impl PlaceId {
    pub(crate) fn new(layer: usize, at: u32) -> PlaceId {
        PlaceId(if layer == 0 { at } else { at | OWN })
    }

    pub(crate) fn layer(self) -> usize {
        (self.0 >> 31) as usize
    }

    pub(crate) fn at(self) -> u32 {
        self.0 & !OWN
    }
}

/// One place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceEntry<'a> {
    /// Key for look-ups.
    pub id: PlaceId,
    /// Stable key: `geonames/1176615`, `place/durand-line`, `country/PAK`.
    pub key: String,
    /// The name to print.
    pub name: &'a str,
    /// What it is.
    pub kind: PlaceKind,
    /// Countries it lies in or between, alpha-3; empty for the high seas.
    pub countries: Vec<&'a str>,
    /// The first-level division that it lies in.
    pub region: Option<PlaceId>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Inhabitants; 0 where not known.
    pub population: u32,
}

impl PlaceEntry<'_> {
    /// How exact the point is when an event is put there (UCDP GED codebook, `where_prec`).
    pub fn precision(&self) -> u8 {
        match self.kind {
            PlaceKind::Capital | PlaceKind::City | PlaceKind::Site => 1,
            PlaceKind::Crossing => 2,
            PlaceKind::Region => 4,
            PlaceKind::Area | PlaceKind::Border | PlaceKind::Nature => 5,
            PlaceKind::Country => 6,
        }
    }
}

/// What lies beside the records.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Header {
    /// Alpha-3 codes, in the order in which records count them.
    countries: Vec<String>,
    /// Hand-written places: index, key, all countries.
    hand: Vec<(u32, String, Vec<String>)>,
    /// Divisions: index, code ("PK.04").
    divisions: Vec<(u32, String)>,
}

/// The gazetteer as bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    pub(crate) header: Vec<u8>,
    pub(crate) automaton: Vec<u8>,
    pub(crate) lists: Vec<u8>,
    pub(crate) records: Vec<u8>,
    pub(crate) names: Vec<u8>,
}

/// One place before packing.
struct Raw<'a> {
    /// GeoNames number of a town; 0 for others.
    number: u32,
    kind: PlaceKind,
    country: Option<&'a str>,
    /// Code of the division that it is or lies in.
    division: &'a str,
    point: Option<[f64; 2]>,
    population: u32,
    name: &'a str,
    also: Vec<&'a str>,
}

const SIZE: usize = 28;
const NOWHERE: i32 = i32::MIN;
const KINDS: &[PlaceKind] = &[
    PlaceKind::Country,
    PlaceKind::Region,
    PlaceKind::Capital,
    PlaceKind::City,
    PlaceKind::Area,
    PlaceKind::Border,
    PlaceKind::Crossing,
    PlaceKind::Nature,
    PlaceKind::Site,
];

/// Packs countries, hand-written places and the generated table of divisions and cities.
///
/// A line of the table: `R` division, `C` capital or `P` town; GeoNames number; alpha-3; code of the
/// division; latitude; longitude; inhabitants; name; other names parted by `|`; tabs between.
pub(crate) fn pack(table: &str, countries: &[Country], hand: &[HandPlace], spellings: &Spellings) -> Packed {
    let codes: Vec<String> = countries.iter().map(|c| c.alpha3.clone()).collect();
    let mut header = Header { countries: codes, ..Header::default() };
    let mut raws: Vec<Raw<'_>> = countries.iter().filter(|c| c.to.is_none()).map(raw_country).collect();
    for place in hand {
        header.hand.push((raws.len() as u32, place.key.clone(), place.countries.clone()));
        raws.push(raw_hand(place));
    }
    raws.extend(table.lines().filter(|l| !l.starts_with('#')).filter_map(raw_line));
    let divisions = raws.iter().enumerate().filter(|(_, r)| r.kind == PlaceKind::Region);
    let divisions: BTreeMap<&str, u32> = divisions.map(|(i, r)| (r.division, i as u32 + 1)).collect();
    let coded = raws.iter().enumerate().filter(|(_, r)| r.kind == PlaceKind::Region);
    header.divisions = coded.map(|(i, r)| (i as u32, r.division.to_string())).collect();
    let mut packed = Packed::default();
    for raw in &raws {
        write_record(raw, &header.countries, &divisions, &mut packed);
    }
    index(&raws, spellings, &mut packed);
    packed.header = postcard::to_stdvec(&header).expect("a header of strings and numbers is always written");
    packed
}

fn raw_country(c: &Country) -> Raw<'_> {
    let also = c.aliases.iter().chain(&c.official).map(String::as_str).collect();
    let country = Some(c.alpha3.as_str());
    Raw {
        number: 0,
        kind: PlaceKind::Country,
        country,
        division: "",
        point: c.point,
        population: u32::MAX,
        name: &c.name,
        also,
    }
}

fn raw_hand(p: &HandPlace) -> Raw<'_> {
    let also = p.aliases.iter().map(String::as_str).collect();
    let country = p.countries.first().map(String::as_str);
    Raw { number: 0, kind: p.kind, country, division: "", point: p.point, population: 0, name: &p.name, also }
}

fn raw_line(line: &str) -> Option<Raw<'_>> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next();
    let kind = match cell()? {
        "R" => PlaceKind::Region,
        "C" => PlaceKind::Capital,
        _ => PlaceKind::City,
    };
    let number = cell()?.parse().unwrap_or(0);
    let country = Some(cell()?);
    let division = cell()?;
    let point = Some([cell()?.parse().ok()?, cell()?.parse().ok()?]);
    let population = cell()?.parse().unwrap_or(0);
    let name = cell()?;
    let also = cell().unwrap_or_default().split('|').filter(|a| !a.is_empty()).collect();
    Some(Raw { number, kind, country, division, point, population, name, also })
}

fn write_record(raw: &Raw<'_>, codes: &[String], divisions: &BTreeMap<&str, u32>, packed: &mut Packed) {
    let known = raw.country.and_then(|c| codes.iter().position(|code| code == c));
    let country = known.map_or(u16::MAX, |i| i as u16);
    let [lat, lon] = raw.point.map_or([NOWHERE; 2], |p| p.map(|x| (x * 10_000.0).round() as i32));
    let length = raw.name.len().min(255);
    let kind = KINDS.iter().position(|k| *k == raw.kind).unwrap_or(0);
    let out = &mut packed.records;
    out.extend((packed.names.len() as u32).to_le_bytes());
    out.extend([length as u8, kind as u8]);
    out.extend(country.to_le_bytes());
    out.extend(divisions.get(raw.division).copied().unwrap_or(0).to_le_bytes());
    out.extend(lat.to_le_bytes());
    out.extend(lon.to_le_bytes());
    out.extend(raw.population.to_le_bytes());
    out.extend(raw.number.to_le_bytes());
    packed.names.extend(raw.name.bytes().take(length));
}

/// Lists every name with its places, the one most likely meant first.
fn index(raws: &[Raw<'_>], spellings: &Spellings, packed: &mut Packed) {
    let mut listed: BTreeMap<String, BTreeMap<u32, u64>> = BTreeMap::new();
    for (at, raw) in raws.iter().enumerate() {
        for (i, name) in std::iter::once(raw.name).chain(raw.also.iter().copied()).enumerate() {
            let bare = name.strip_prefix("the ").unwrap_or(name);
            let key = key(&pieces(&words_of(bare), spellings, MOST));
            listed
                .entry(key)
                .or_default()
                .entry(at as u32)
                .or_insert_with(|| weight(raw, i > 0 && !shorter(raw, name)));
        }
    }
    let mut builder = fst::raw::Builder::memory();
    for (key, places) in listed {
        let mut places: Vec<(u32, u64)> = places.into_iter().collect();
        places.sort_by_key(|(at, weight)| (std::cmp::Reverse(*weight), *at));
        places.truncate(255);
        // One place stands in the value itself, marked by the count 0; more stand in a list.
        let value = match places.as_slice() {
            [(only, _)] => u64::from(*only) << 8,
            _ => (packed.lists.len() as u64 / 4) << 8 | places.len() as u64,
        };
        builder.insert(&key, value).expect("keys of a BTreeMap come in order, each once");
        if places.len() > 1 {
            places.iter().for_each(|(at, _)| packed.lists.extend(at.to_le_bytes()));
        }
    }
    packed.automaton = builder.into_inner().expect("writing to memory does not fail");
}

/// How likely a place is meant by its name: by inhabitants; a division less than the town it is called
/// after, a bearer of an old or foreign spelling less than one of the name itself (Chittagong was called
/// Islamabad once).
fn weight(raw: &Raw<'_>, other_name: bool) -> u64 {
    let people = u64::from(raw.population) * 1_000 + 1;
    let by_kind = match raw.kind {
        PlaceKind::Country => u64::MAX / 2,
        PlaceKind::Capital => people * 5,
        PlaceKind::Region => people / 500,
        PlaceKind::City => people,
        // Written by hand because reports name it.
        _ => 50_000_000,
    };
    if other_name { by_kind / 20 } else { by_kind }
}

/// "Borno" for Borno State: the name of a division without what kind it is, and no old or foreign spelling.
fn shorter(raw: &Raw<'_>, name: &str) -> bool {
    raw.kind == PlaceKind::Region && raw.name.strip_prefix(name).is_some_and(|kind| kind.starts_with(' '))
}

/// Articles that stand in lower case before a capital: "al-Hasakah", "el Obeid".
const ARTICLES: &[&str] =
    &["al", "el", "as", "ash", "ad", "adh", "ar", "at", "az", "an", "de", "la", "le", "las", "los"];

/// Do the words look like a name?
fn capital(parts: &[Piece]) -> bool {
    let article = parts.len() > 1 && ARTICLES.contains(&parts[0].text.as_str()) && parts[1].capital;
    (parts[0].capital || article) && parts[parts.len() - 1].capital
}

/// The gazetteer, ready for look-ups.
#[derive(Clone)]
pub(crate) struct Gazetteer {
    header: Header,
    automaton: Fst<Cow<'static, [u8]>>,
    lists: Cow<'static, [u8]>,
    records: Cow<'static, [u8]>,
    names: Cow<'static, [u8]>,
}

impl Gazetteer {
    /// The gazetteer in these bytes, in the order of [`Packed`]'s fields.
    pub(crate) fn new(parts: [Cow<'static, [u8]>; 5]) -> Gazetteer {
        let [header, automaton, lists, records, names] = parts;
        let header = postcard::from_bytes(&header).expect("the bytes were written by `pack`");
        let automaton = Fst::new(automaton).expect("the bytes were written by `pack`");
        Gazetteer { header, automaton, lists, records, names }
    }

    /// How many places there are.
    pub(crate) fn len(&self) -> usize {
        self.records.len() / SIZE
    }

    /// Calls back for every name that the pieces begin with: words taken, most populous place, whether
    /// other places bear the name too.
    pub(crate) fn at(&self, parts: &[Piece], mut hit: impl FnMut(usize, u32, bool)) {
        walk(&self.automaton, parts, |end, value| {
            let Some(first) = self.listed(value).next().filter(|_| capital(&parts[..=end])) else { return };
            hit(parts[end].word + 1, first, value & 255 > 1);
        });
    }

    /// The places with exactly this name, likeliest first.
    pub(crate) fn named(&self, parts: &[Piece]) -> Vec<u32> {
        let mut out = Vec::new();
        walk(&self.automaton, parts, |end, value| {
            if end + 1 == parts.len() {
                out.extend(self.listed(value));
            }
        });
        out
    }

    fn listed(&self, value: u64) -> impl Iterator<Item = u32> {
        let only = (value & 255 == 0).then_some((value >> 8) as u32);
        let (start, count) = ((value >> 8) as usize * 4, (value & 255) as usize * 4);
        let bytes = if count == 0 { &[] } else { self.lists.get(start..start + count).unwrap_or_default() };
        let many = bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        only.into_iter().chain(many)
    }

    /// The place with this index.
    pub(crate) fn entry(&self, at: u32) -> Option<PlaceEntry<'_>> {
        let start = at as usize * SIZE;
        let bytes = self.records.get(start..start + SIZE)?;
        let word = |i: usize| u32::from_le_bytes([bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]]);
        let (from, length) = (word(0) as usize, bytes[4] as usize);
        let name = std::str::from_utf8(self.names.get(from..from + length)?).ok()?;
        let country = self.header.countries.get(u16::from_le_bytes([bytes[6], bytes[7]]) as usize);
        let (lat, lon) = (word(12) as i32, word(16) as i32);
        let degrees = |x: i32| f64::from(x) / 10_000.0;
        let kind = *KINDS.get(bytes[5] as usize)?;
        let hand = self.header.hand.binary_search_by_key(&at, |h| h.0).ok().map(|i| &self.header.hand[i]);
        Some(PlaceEntry {
            id: PlaceId::new(0, at),
            key: self.key(at, hand.map(|h| h.1.as_str()), word(24), country),
            name,
            kind,
            countries: match hand {
                Some((_, _, all)) => all.iter().map(String::as_str).collect(),
                None => country.into_iter().map(String::as_str).collect(),
            },
            region: word(8).checked_sub(1).map(|at| PlaceId::new(0, at)),
            point: (lat != NOWHERE).then(|| (degrees(lat), degrees(lon))),
            population: if kind == PlaceKind::Country { 0 } else { word(20) },
        })
    }

    fn key(&self, at: u32, hand: Option<&str>, number: u32, country: Option<&String>) -> String {
        let division = self.header.divisions.binary_search_by_key(&at, |d| d.0);
        match (hand, division, country) {
            (Some(key), _, _) => key.to_string(),
            (None, Ok(i), _) => format!("division/{}", self.header.divisions[i].1),
            (None, Err(_), Some(code)) if number == 0 => format!("country/{code}"),
            _ => format!("geonames/{number}"),
        }
    }
}
