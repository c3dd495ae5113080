//! Reports of invented wars, as many as are wanted and the same on every run.
//!
//! The countries are real, everything else is made up: the wars, towns, groups, outlets and days. Wars differ in size
//! as those of the world do, a few with hundreds of reports and many with a handful. Every twentieth report is a copy
//! of a wire story under another name, and a few tell of no war at all.

use std::fmt::Write as _;

/// Name, demonym, capital.
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("Algeria", "Algerian", "Algiers"),
    ("Angola", "Angolan", "Luanda"),
    ("Argentina", "Argentine", "Buenos Aires"),
    ("Armenia", "Armenian", "Yerevan"),
    ("Azerbaijan", "Azerbaijani", "Baku"),
    ("Bangladesh", "Bangladeshi", "Dhaka"),
    ("Bolivia", "Bolivian", "La Paz"),
    ("Bulgaria", "Bulgarian", "Sofia"),
    ("Cambodia", "Cambodian", "Phnom Penh"),
    ("Cameroon", "Cameroonian", "Yaounde"),
    ("Chad", "Chadian", "N'Djamena"),
    ("Chile", "Chilean", "Santiago"),
    ("Colombia", "Colombian", "Bogota"),
    ("Croatia", "Croatian", "Zagreb"),
    ("Ecuador", "Ecuadorian", "Quito"),
    ("Egypt", "Egyptian", "Cairo"),
    ("Eritrea", "Eritrean", "Asmara"),
    ("Ethiopia", "Ethiopian", "Addis Ababa"),
    ("Ghana", "Ghanaian", "Accra"),
    ("Greece", "Greek", "Athens"),
    ("Honduras", "Honduran", "Tegucigalpa"),
    ("Hungary", "Hungarian", "Budapest"),
    ("India", "Indian", "New Delhi"),
    ("Indonesia", "Indonesian", "Jakarta"),
    ("Iraq", "Iraqi", "Baghdad"),
    ("Kazakhstan", "Kazakh", "Astana"),
    ("Kenya", "Kenyan", "Nairobi"),
    ("Laos", "Laotian", "Vientiane"),
    ("Libya", "Libyan", "Tripoli"),
    ("Malaysia", "Malaysian", "Kuala Lumpur"),
    ("Mali", "Malian", "Bamako"),
    ("Mongolia", "Mongolian", "Ulaanbaatar"),
    ("Morocco", "Moroccan", "Rabat"),
    ("Mozambique", "Mozambican", "Maputo"),
    ("Nepal", "Nepalese", "Kathmandu"),
    ("Nigeria", "Nigerian", "Abuja"),
    ("Paraguay", "Paraguayan", "Asuncion"),
    ("Peru", "Peruvian", "Lima"),
    ("Romania", "Romanian", "Bucharest"),
    ("Rwanda", "Rwandan", "Kigali"),
    ("Senegal", "Senegalese", "Dakar"),
    ("Serbia", "Serbian", "Belgrade"),
    ("Somalia", "Somali", "Mogadishu"),
    ("Sudan", "Sudanese", "Khartoum"),
    ("Tajikistan", "Tajik", "Dushanbe"),
    ("Tanzania", "Tanzanian", "Dodoma"),
    ("Thailand", "Thai", "Bangkok"),
    ("Tunisia", "Tunisian", "Tunis"),
    ("Uganda", "Ugandan", "Kampala"),
    ("Uruguay", "Uruguayan", "Montevideo"),
    ("Uzbekistan", "Uzbek", "Tashkent"),
    ("Venezuela", "Venezuelan", "Caracas"),
    ("Vietnam", "Vietnamese", "Hanoi"),
    ("Yemen", "Yemeni", "Sanaa"),
    ("Zambia", "Zambian", "Lusaka"),
    ("Zimbabwe", "Zimbabwean", "Harare"),
];

const MEDIATORS: &[&str] =
    &["Qatar", "Norway", "Oman", "Switzerland", "Turkey", "Brazil", "South Africa", "Japan"];
const FIRST: &[&str] =
    &["Bel", "Kor", "Tam", "Ash", "Ver", "Mir", "Sal", "Dor", "Nar", "Zel", "Hul", "Pel", "Ran"];
const LAST: &[&str] =
    &["gara", "menka", "toum", "wari", "desh", "lani", "koro", "bast", "rand", "sili", "vek"];
const OUTLETS: (&[&str], &[&str]) = (
    &[
        "Harbour",
        "Meridian",
        "Northgate",
        "Lantern",
        "Juniper",
        "Old Bridge",
        "Saltmarsh",
        "Copper",
        "Twelve Hills",
    ],
    &[
        "Courier",
        "Wire",
        "Post",
        "Chronicle",
        "Observer",
        "Dispatch",
        "Gazette",
        "Standard",
        "Record",
        "Monitor",
    ],
);
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What a report may say. `{a}` and `{b}` are the sides, `{da}` and `{db}` their demonyms, `{ca}` the first one's
/// capital, `{t}` a town, `{n}` and `{m}` numbers, `{w}` a day of the week, `{x}` a third country.
const SENTENCES: &[&str] = &[
    "{da} forces shelled {t} on {w}, killing {n} {db} soldiers, the {db} defence ministry said.",
    "{b}'s army said that {n} of its troops were killed and {m} wounded when {da} jets struck {t} on {w}.",
    "The {da} military said it had killed {m} {db} fighters near {t}, a figure that {b} denied.",
    "{db} officials put the number of dead at {n}, while {a} spoke of {m}.",
    "At least {n} civilians were killed in {t} on {w}, the mayor said.",
    "{b} accused {a} of violating the ceasefire in {t}, a charge that {a} rejected.",
    "The {da} foreign ministry accused {b} of sheltering armed groups near {t}.",
    "{a} denied that its troops had crossed the border near {t}.",
    "{x} offered to mediate between {a} and {b}, its foreign ministry said on {w}.",
    "{b} welcomed the offer of {x}, a government spokesman said in a statement.",
    "{a} rejected the offer of {x} to mediate, saying that it would not negotiate under fire.",
    "Delegations of {a} and {b} met in {ca} on {w} for a second round of talks, with {x} as host.",
    "Talks between {a} and {b} in {ca} ended on {w} without an agreement.",
    "{a} and {b} agreed to a ceasefire on {w}, the {x} foreign ministry announced.",
    "The ceasefire between {a} and {b} collapsed on {w} when fighting broke out again near {t}.",
    "{a} closed its border with {b} at {t} on {w} until further notice.",
    "The crossing at {t} was reopened on {w} for trucks with food.",
    "{x} called on {a} and {b} to show restraint.",
    "The United Nations voiced concern about the fighting near {t} and urged {a} and {b} to return to talks.",
    "{b} threatened to respond with force if {a} attacks {t} again.",
    "The {db} government said that {n} families had fled {t} since the fighting began.",
    "{a}'s defence minister said that the army would hold its positions around {t}.",
    "Residents of {t} reported explosions on {w} evening.",
    "Drones hit a fuel depot in {t} on {w}, wounding {n} people, according to {db} police.",
    "A {da} government spokesman said that {n} soldiers were still missing after the battle for {t}.",
    "{x} said it was ready to host a third round of talks between {a} and {b}.",
];

const QUIET: &[&str] = &[
    "The price of wheat rose by two per cent on {w}, traders in {ca} said.",
    "A new railway between {ca} and {t} is to open next spring.",
    "The national library in {ca} showed maps of the nineteenth century on {w}.",
];

/// A small generator (xorshift), so that the reports are the same on every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())]
    }
}

/// One war.
struct War {
    a: (&'static str, &'static str, &'static str),
    b: (&'static str, &'static str, &'static str),
    towns: Vec<String>,
    third: Vec<&'static str>,
    /// First day, as days since 2019, and how many follow.
    days: (usize, usize),
}

/// One report as a line of JSON.
#[derive(Clone)]
pub(super) struct Report {
    pub(super) title: String,
    pub(super) json: String,
}

/// How many wars there are: one for every forty reports.
fn wars(reports: usize) -> Vec<War> {
    let mut dice = Dice::new(7);
    let one = |_| {
        let a = dice.pick(COUNTRIES);
        let others: Vec<_> = COUNTRIES.iter().filter(|c| c.0 != a.0).copied().collect();
        let b = dice.pick(&others);
        let towns = (0..7).map(|_| format!("{}{}", dice.pick(FIRST), dice.pick(LAST))).collect();
        let third = (0..2).map(|_| dice.pick(MEDIATORS)).collect();
        War { a, b, towns, third, days: (dice.roll(2200), 20 + dice.roll(140)) }
    };
    (0..reports.div_ceil(40)).map(one).collect()
}

/// The first `number` reports; more of them begin with the same ones as long as `of` is the same.
pub(super) fn reports(number: usize, of: usize) -> Vec<Report> {
    let wars = wars(of);
    let mut dice = Dice::new(11);
    // The n-th war has a share of 1/(n+3), so that the largest has some hundreds of ten thousand reports.
    let share = |at: usize| 1_000_000 / (at + 3);
    let whole: usize = (0..wars.len()).map(share).sum();
    let mut out: Vec<Report> = Vec::with_capacity(number);
    for at in 0..number {
        let mut mark = dice.roll(whole);
        let found = (0..wars.len()).find(|war| {
            let hit = mark < share(*war);
            mark = mark.saturating_sub(share(*war));
            hit
        });
        let war = &wars[found.unwrap_or(0)];
        let quiet = dice.roll(60) == 0;
        out.push(one(at, war, quiet, &mut dice));
    }
    out
}

/// One report on the largest war, that is not among the first.
pub(super) fn another(seed: usize, of: usize, largest: bool) -> Report {
    let wars = wars(of);
    let war = if largest { &wars[0] } else { &wars[wars.len() * 2 / 3] };
    one(1_000_000 + seed, war, false, &mut Dice::new(1000 + seed as u64))
}

fn one(at: usize, war: &War, quiet: bool, dice: &mut Dice) -> Report {
    let day = war.days.0 + dice.roll(war.days.1);
    let outlet = format!("{} {}", dice.pick(OUTLETS.0), dice.pick(OUTLETS.1));
    let list = if quiet { QUIET } else { SENTENCES };
    let mut text = String::new();
    for n in 0..(3 + dice.roll(8)) {
        let gap = if n % 3 == 2 { "\n\n" } else { " " };
        let _ = write!(text, "{}{gap}", filled(dice.pick(list), war, dice));
    }
    let head = filled(dice.pick(list), war, dice);
    let title = format!("{} ({at})", head.trim_end_matches('.').split(", ").next().unwrap_or("Report"));
    let (text, title) = (text.trim().replace('\n', "\\n"), title);
    let json = format!(
        "{{\"title\":\"{title}\",\"outlet\":\"{outlet}\",\"published\":\"{}\",\"url\":\"https://example.org/{at}\",\"text\":\"{text}\"}}",
        date(day)
    );
    Report { title, json }
}

fn filled(pattern: &str, war: &War, dice: &mut Dice) -> String {
    let turned = dice.roll(2) == 0;
    let (a, b) = if turned { (war.b, war.a) } else { (war.a, war.b) };
    let (n, m) = (2 + dice.roll(60), 10 + dice.roll(250));
    let slots = [
        ("{a}", a.0.to_string()),
        ("{b}", b.0.to_string()),
        ("{da}", a.1.to_string()),
        ("{db}", b.1.to_string()),
        ("{ca}", a.2.to_string()),
        ("{t}", war.towns[dice.roll(war.towns.len())].clone()),
        ("{n}", n.to_string()),
        ("{m}", m.to_string()),
        ("{w}", dice.pick(DAYS).to_string()),
        ("{x}", dice.pick(&war.third).to_string()),
    ];
    slots.iter().fold(pattern.to_string(), |text, (slot, word)| text.replace(slot, word))
}

/// The day so many days after the first of 2019.
fn date(mut days: usize) -> String {
    let mut year = 2019;
    let leap = |year: usize| year.is_multiple_of(4);
    while days >= 365 + usize::from(leap(year)) {
        days -= 365 + usize::from(leap(year));
        year += 1;
    }
    let months = [31, 28 + usize::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= months[month] {
        days -= months[month];
        month += 1;
    }
    format!("{year}-{:02}-{:02}", month + 1, days + 1)
}
