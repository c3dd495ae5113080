//! What one entry of a knowledge file holds, table by table.
//!
//! Every file may hold every table (`[[actor]]`, `[[noun]]`, …); which file an entry stands in is for
//! people. The types here are also what look-ups give back. Field names are the keys of the files.

// long: one struct a table of the files, read as one list

use crate::day::Day;
use detente_types::{ActorId, ActorKind, Context, Counted, EventType, MaskReason, Mode, Sector};
use serde::{Deserialize, Serialize};

/// Facts about a country, generated from kept libraries; what it is called stands in [`ActorEntry`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Country {
    /// ISO 3166-1 alpha-3, or the code in common use where ISO has none (`XKX`).
    pub alpha3: String,
    /// ISO 3166-1 alpha-2.
    pub alpha2: Option<String>,
    /// ISO 3166-1 numeric.
    pub numeric: Option<u16>,
    /// FIPS 10-4 (GEC), which GDELT uses for places.
    pub fips: Option<String>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch and Ward number.
    pub gw: Option<u16>,
    /// Common English name.
    pub name: String,
    /// Name in full, without the article.
    pub official: Option<String>,
    /// Capital.
    pub capital: Option<String>,
    /// Latitude and longitude of a point well inside, in degrees.
    pub point: Option<[f64; 2]>,
    /// Continent, two letters as GeoNames writes them.
    pub continent: Option<String>,
    /// Member of the United Nations today.
    pub un_member: bool,
    /// The state that it is a territory of.
    pub part_of: Option<String>,
    /// Land neighbours, alpha-3.
    pub neighbours: Vec<String>,
    /// Adjectives of the country, as the libraries give them.
    pub adjectives: Vec<String>,
    /// Other English names, as the libraries give them.
    pub aliases: Vec<String>,
    /// When it began, for states younger than the news that Detente reads.
    pub from: Option<Day>,
    /// When it ended.
    pub to: Option<Day>,
    /// What came after it, alpha-3.
    pub successors: Vec<String>,
}

/// PLOVER's stand-ins for a country where an actor belongs to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Bloc {
    /// United Nations, its organs and agencies.
    Uno,
    /// European Union and its institutions.
    Eur,
    /// Another body of states.
    Igo,
    /// Non-governmental organisation at work in many countries.
    Ngo,
    /// Armed or political movement of Islamists across countries.
    Ism,
    /// Other armed movement across countries.
    Img,
    /// Company at work in many countries.
    Mnc,
}

impl Bloc {
    /// The code as the codebook writes it.
    pub fn code(self) -> &'static str {
        match self {
            Bloc::Uno => "UNO",
            Bloc::Eur => "EUR",
            Bloc::Igo => "IGO",
            Bloc::Ngo => "NGO",
            Bloc::Ism => "ISM",
            Bloc::Img => "IMG",
            Bloc::Mnc => "MNC",
        }
    }
}

/// Who is who: one actor that may act in a report, and every name by which it goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActorEntry {
    /// Readable key: `PAK`, `PAK/MFA`, `TTP`, `UN/UNHCR`, `person/…`.
    pub id: ActorId,
    /// The name to print.
    #[serde(default)]
    pub name: String,
    /// What it is.
    #[serde(default = "state")]
    pub kind: ActorKind,
    /// Alpha-3 of the country it belongs to or mainly acts in.
    #[serde(default)]
    pub country: Option<String>,
    /// PLOVER's stand-in, where there is no country.
    #[serde(default)]
    pub bloc: Option<Bloc>,
    /// PLOVER sector.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// Printed with "the" inside a sentence.
    #[serde(default)]
    pub article: bool,
    /// Other names and spellings, in full.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Short names in capitals; met only as written here or all in capitals.
    #[serde(default)]
    pub acronyms: Vec<String>,
    /// Adjectives: "Pakistani".
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// Its people, singular ("Briton"); plurals, and people named like the adjective, are derived.
    #[serde(default)]
    pub people: Vec<String>,
    /// Capitals, seats, buildings, streets that stand for it: "Islamabad", "the Kremlin".
    #[serde(default)]
    pub seats: Vec<String>,
    /// Those of its names that other actors bear too, and that only the country in play can settle.
    #[serde(default)]
    pub shared: Vec<String>,
    /// Actors on whose behalf it acts.
    #[serde(default)]
    pub acts_for: Vec<ActorId>,
    /// When it began, as far as known.
    #[serde(default)]
    pub from: Option<Day>,
    /// When it ended.
    #[serde(default)]
    pub to: Option<Day>,
    /// Territory that it governs or governed without being that country's recognised state.
    #[serde(default)]
    pub holds: Vec<Hold>,
    /// Offices, for persons.
    #[serde(default)]
    pub offices: Vec<OfficeEntry>,
    /// A word to people: what is easily mistaken here.
    #[serde(default)]
    pub note: Option<String>,
    /// Sentences in which the entry must be found.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub no: Vec<String>,
}

fn state() -> ActorKind {
    ActorKind::State
}

impl ActorEntry {
    /// An actor of which nothing is known but its key.
    pub fn bare(id: ActorId) -> ActorEntry {
        ActorEntry {
            id,
            name: String::new(),
            kind: state(),
            country: None,
            bloc: None,
            sector: None,
            article: false,
            aliases: Vec::new(),
            acronyms: Vec::new(),
            adjectives: Vec::new(),
            people: Vec::new(),
            seats: Vec::new(),
            shared: Vec::new(),
            acts_for: Vec::new(),
            from: None,
            to: None,
            holds: Vec::new(),
            offices: Vec::new(),
            note: None,
            yes: Vec::new(),
            no: Vec::new(),
        }
    }
}

/// Rule over territory: "Kabul" means the Taliban authorities from 15 August 2021 on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// The country, alpha-3.
    pub country: String,
    /// The whole state (its name and capital then mean this actor) or a part of it (only `seats` do).
    #[serde(default)]
    pub whole: bool,
    /// First day.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
    /// Seats that mean this actor while it rules there.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Its sector while it rules, where that differs.
    #[serde(default)]
    pub sector: Option<Sector>,
}

/// An office that a known person held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeEntry {
    /// The title, as `data/titles.toml` has it.
    pub title: String,
    /// The state, body or group served.
    pub of: ActorId,
    /// First day.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day; open for those still in office when the file was written.
    #[serde(default)]
    pub to: Option<Day>,
}

/// A kind of body that every state has, and how its name is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyEntry {
    /// Last part of the key: `MIL` in `PAK/MIL`.
    pub suffix: String,
    /// How it is printed; `{of}` is the possessive of the country ("Pakistan's").
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// PLOVER sector.
    pub sector: Sector,
    /// The states that have none, alpha-3: "the army" of a report is not theirs.
    #[serde(default)]
    pub absent: Vec<String>,
}

/// A field of government: "foreign minister", "ministry of foreign affairs".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortfolioEntry {
    /// The word that is used for it here: "foreign".
    pub name: String,
    /// Suffix of the ministry: `MFA`.
    pub body: String,
    /// What may stand before "minister" or "ministry", or after "ministry of".
    pub words: Vec<String>,
}

/// What a holder of an office is, coarsely (the ranks that codebooks of mediation ask for).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// President, king, emir, supreme leader.
    HeadOfState,
    /// Prime minister, chancellor, chief of a government.
    HeadOfGovernment,
    /// Minister or secretary with a portfolio.
    Minister,
    /// Special envoy, mediator, negotiator.
    Envoy,
    /// Ambassador, consul, chargé d'affaires.
    Ambassador,
    /// Officer of an army, a police, an armed group.
    Commander,
    /// Who speaks for others.
    Spokesperson,
    /// Member of a parliament or council.
    Legislator,
    /// Judge or prosecutor.
    Jurist,
    /// Governor, mayor, head of a region.
    Regional,
    /// Head of an organisation, party or group.
    Leader,
    /// Cleric.
    Cleric,
    /// Other official.
    Official,
    /// Anybody else with a title: professor, analyst, doctor.
    Other,
}

/// A title that may stand before a name or with "the".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleEntry {
    /// The title as it is written here.
    pub title: String,
    /// Other forms.
    #[serde(default)]
    pub forms: Vec<String>,
    /// What its holder is.
    pub rank: Rank,
    /// The body of the state that the holder belongs to.
    #[serde(default)]
    pub body: Option<String>,
    /// PLOVER sector; for a spokesperson that of the body spoken for.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// Held by one person at a time, so that "the president" can be resolved.
    #[serde(default)]
    pub single: bool,
    /// The one state or organisation that has such an office: the Holy See has the pope.
    #[serde(default)]
    pub of: Option<ActorId>,
    /// A form of address and no office: "Mr".
    #[serde(default)]
    pub honorific: bool,
}

/// What a common noun denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One of many people: "soldier".
    Person,
    /// People as a body: "troops", "delegation".
    Group,
    /// An institution: "ministry".
    Institution,
    /// A thing that acts for its owner: "warplane", "tank".
    Thing,
    /// A place that may stand for who is there: "embassy", "hospital".
    Place,
}

/// What a common noun means when it heads the mention of an actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NounEntry {
    /// Lemma; several words where the meaning is in the compound ("security forces").
    pub noun: String,
    /// Irregular forms and other spellings.
    #[serde(default)]
    pub forms: Vec<String>,
    /// What it denotes.
    pub shape: Shape,
    /// What actor it is when nothing else names it.
    pub kind: ActorKind,
    /// PLOVER sector.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// Suffix of the body or population that "Pakistani" or "Pakistan's" before it makes: `MIL`.
    #[serde(default)]
    pub body: Option<String>,
    /// What a count of these most likely counts, when the verb does not say ("three trucks").
    #[serde(default)]
    pub counts: Option<Counted>,
    /// Stands for whoever is named beside it and says nothing of its own: "members of", "a group of".
    #[serde(default)]
    pub empty: bool,
}

/// What an outlet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutletKind {
    /// News agency.
    Agency,
    /// Newspaper or magazine.
    Paper,
    /// Television, radio.
    Broadcaster,
    /// Web site.
    Site,
    /// A social network or messenger that reports quote.
    Network,
}

/// An outlet: who publishes or is quoted as the press, not an actor in a crisis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutletEntry {
    /// The name to print.
    pub name: String,
    /// Other names and acronyms.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: OutletKind,
    /// Alpha-3 of its home.
    #[serde(default)]
    pub country: Option<String>,
    /// Owned or run by the state or by an armed party: its word is that party's word.
    #[serde(default)]
    pub speaks_for: Option<ActorId>,
    /// Web domains, without "www.".
    #[serde(default)]
    pub domains: Vec<String>,
}

/// Where in a line the words of a cue stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The line begins with them.
    Start,
    /// They are the whole line.
    Whole,
    /// The line ends with them.
    End,
    /// They stand anywhere.
    Anywhere,
}

/// Words by which a line of boilerplate is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueEntry {
    /// Words in lower case; `*` stands for any run of words, `+` for capitalised words, `#` for a number, `:`
    /// for a colon, dash, bar or the end of the line; `(`, `)` and `/` for themselves.
    pub cue: String,
    /// Other wordings.
    #[serde(default)]
    pub also: Vec<String>,
    /// Where they stand.
    pub at: At,
    /// Why such a line is masked.
    pub reason: MaskReason,
    /// Only lines of at most so many words; longer ones are prose.
    #[serde(default)]
    pub most_words: Option<usize>,
    /// Only lines that do not end like a sentence.
    #[serde(default)]
    pub unstopped: bool,
    /// Lines that must match.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Lines that must not.
    #[serde(default)]
    pub no: Vec<String>,
}

/// Spellings of one word that names differ in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpellingEntry {
    /// The form that stands for all.
    pub form: String,
    /// The others.
    pub also: Vec<String>,
}

/// Kind of a place that is no country, region or town.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Country.
    Country,
    /// First-level division.
    Region,
    /// Capital.
    Capital,
    /// City or town.
    City,
    /// Historical or geographical area, across divisions or countries ("Donbas", "the Sahel").
    Area,
    /// Line between states ("the Durand Line").
    Border,
    /// Border crossing, strait, pass, bridge, road.
    Crossing,
    /// Sea, river, lake, island, mountains.
    Nature,
    /// Camp, base, plant, dam, airport, mine, prison.
    Site,
}

/// A place written by hand, which the libraries do not have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandPlace {
    /// Key, printed and stored: `place/durand-line`.
    pub key: String,
    /// The name to print.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// Countries it lies in or between, alpha-3; empty for the high seas.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Latitude and longitude, rounded to what is certain.
    #[serde(default)]
    pub point: Option<[f64; 2]>,
}

/// An event type of the ontology, in our own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeEntry {
    /// The type.
    pub code: EventType,
    /// Score from -10 (conflict) to 10 (cooperation); absent for the extensions.
    #[serde(default)]
    pub score: Option<f64>,
    /// What belongs to it.
    pub meaning: String,
    /// Rule of thumb where it is easily confused.
    pub rule: String,
    /// CAMEO codes that it covers.
    #[serde(default)]
    pub cameo: Vec<String>,
}

/// A mode of the ontology, in our own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModeEntry {
    /// The mode, as `TYPE-mode`.
    pub code: Mode,
    /// Score; absent where the codebook gives none.
    #[serde(default)]
    pub score: Option<f64>,
    /// What belongs to it.
    pub meaning: String,
    /// CAMEO codes that it covers.
    #[serde(default)]
    pub cameo: Vec<String>,
}

/// A context of the ontology, in our own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextEntry {
    /// The context.
    pub code: Context,
    /// What belongs to it.
    pub meaning: String,
}

/// A sector of the ontology, in our own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorEntry {
    /// The sector.
    pub code: Sector,
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub meaning: String,
}

/// What a word of the calendar or of counting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordKind {
    /// Month; the value is its number.
    Month,
    /// Day of the week; 1 is Monday.
    Weekday,
    /// Cardinal number.
    Number,
    /// Ordinal number.
    Ordinal,
    /// A word that multiplies: "hundred", "million".
    Multiplier,
    /// A vague count; the value is the least that it can mean ("dozens": 24).
    Vague,
    /// An English word that is also the name of a place or a person; alone at the start of a
    /// sentence it is taken for the word.
    Common,
}

/// A word of the calendar or of counting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordEntry {
    /// The word, lower case.
    pub word: String,
    /// What it is.
    pub kind: WordKind,
    /// Its value.
    #[serde(default)]
    pub value: u64,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident: $table:literal $entry:ty, $key:expr;)*) => {
        /// All entries of one or many files, by table.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub(crate) struct Entries { $($(#[$doc])* pub(crate) $field: Vec<$entry>,)* }

        impl Entries {
            /// The names of the tables, in the order in which files are written.
            pub(crate) const TABLES: &[&str] = &[$($table),*];

            /// Moves the entries of another file here.
            pub(crate) fn append(&mut self, mut other: Entries) {
                $(self.$field.append(&mut other.$field);)*
            }

            /// Takes one entry of a table, if it reads.
            pub(crate) fn read<'de, D: serde::Deserializer<'de>>(
                &mut self, table: &str, from: D,
            ) -> Result<String, D::Error> {
                match table {
                    $($table => {
                        let entry = <$entry>::deserialize(from)?;
                        let key: fn(&$entry) -> String = $key;
                        let key = key(&entry);
                        self.$field.push(entry);
                        Ok(key)
                    })*
                    _ => Err(serde::de::Error::custom("no such table")),
                }
            }
        }
    };
}

tables! {
    /// Generated facts.
    countries: "country" Country, |e| e.alpha3.clone();
    /// Who is who.
    actors: "actor" ActorEntry, |e| e.id.as_str().to_string();
    /// Bodies that every state has.
    bodies: "body" BodyEntry, |e| e.suffix.clone();
    /// Fields of government.
    portfolios: "portfolio" PortfolioEntry, |e| e.name.clone();
    /// Titles of office.
    titles: "title" TitleEntry, |e| e.title.clone();
    /// Common nouns.
    nouns: "noun" NounEntry, |e| e.noun.clone();
    /// The press.
    outlets: "outlet" OutletEntry, |e| e.name.clone();
    /// Boilerplate.
    cues: "cue" CueEntry, |e| format!("{} {:?}", e.cue, e.at);
    /// Spelling classes.
    spellings: "spelling" SpellingEntry, |e| e.form.clone();
    /// Places beside the gazetteer.
    places: "place" HandPlace, |e| e.key.clone();
    /// Ontology: types.
    types: "type" TypeEntry, |e| e.code.code().to_string();
    /// Ontology: modes.
    modes: "mode" ModeEntry, |e| e.code.code().to_string();
    /// Ontology: contexts.
    contexts: "context" ContextEntry, |e| format!("{:?}", e.code);
    /// Ontology: sectors.
    sectors: "sector" SectorEntry, |e| format!("{:?}", e.code);
    /// Words of the calendar and of counting.
    words: "word" WordEntry, |e| e.word.clone();
}
