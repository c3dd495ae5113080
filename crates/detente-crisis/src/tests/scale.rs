//! Ten thousand readings: run with `cargo test --release -p detente-crisis -- --ignored --nocapture scale`.

use super::builder::readings;
use detente_types::Policy;

/// A small generator (xorshift), so that the folder is the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

/// A war of half a year between two sides, and smaller ones beside it, with 30 facts a report.
pub(crate) fn archive(reports: usize) -> String {
    const DYADS: [(&str, &str); 5] =
        [("RUS", "UKR"), ("ISR", "LBN"), ("SDN", "RSF"), ("ARM", "AZE"), ("RWA", "COD")];
    const TOWNS: [&str; 12] = [
        "Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliet", "Kilo",
        "Lima",
    ];
    const WORDS: [&str; 12] = [
        "missiles", "hit", "bridge", "market", "depot", "convoy", "night", "heavy", "killed", "drones",
        "port", "village",
    ];
    let mut dice = Dice(0x9e37_79b9);
    let mut out = String::new();
    for r in 0..reports {
        // Four of five reports are on the largest war: the worst case for anything quadratic.
        let (a, b) = DYADS[dice.roll(25).saturating_sub(20)];
        let (month, day) = (1 + dice.roll(6), 1 + dice.roll(28));
        let published =
            if dice.roll(10) == 0 { "?".to_string() } else { format!("2024-{month:02}-{day:02}") };
        out.push_str(&format!("report r{r} {published} \"Outlet {}\"\n", r % 300));
        for _ in 0..12 {
            let when = match dice.roll(6) {
                0 => String::new(),
                1 => "on ~Thursday".to_string(),
                2 => format!("on 2024-{month:02}"),
                _ => format!("on 2024-{month:02}-{:02}", 1 + (day + dice.roll(3)) % 28),
            };
            let town = if dice.roll(3) == 0 { String::new() } else { format!("at {}:1", dice.pick(&TOWNS)) };
            let kind = dice.pick(&["ASSAULT", "ASSAULT-aerial", "ACCUSE-allege", "THREATEN", "CONSULT"]);
            let (w, x, y) = (dice.pick(&WORDS), dice.pick(&WORDS), dice.pick(&WORDS));
            out.push_str(&format!("  {kind} {a} -> {b} {when} {town} \"{w} {x} {y} {}\"\n", dice.roll(50)));
        }
        for _ in 0..8 {
            let (n, who) = (1 + dice.roll(300), dice.pick(&["says", "by"]));
            out.push_str(&format!("  count killed {n} soldier of {b} {who} {a} here \"{n} killed\"\n"));
        }
        for _ in 0..4 {
            let (w, x) = (dice.pick(&WORDS), dice.pick(&WORDS));
            out.push_str(&format!("  charge {a} against {b} about \"{w} {x} {}\"\n", dice.roll(99)));
        }
        for _ in 0..4 {
            let stage = dice.pick(&["offer", "talks", "collapse", "welcome", "appeal", "facilitate"]);
            let third = dice.pick(&["QAT", "TUR", "CHN", "SAU,USA", "-"]);
            out.push_str(&format!("  act {stage} {third} for {a},{b} \"words {}\"\n", dice.roll(20)));
        }
        let (w, x, y, z) = (dice.pick(&WORDS), dice.pick(&WORDS), dice.pick(&WORDS), dice.pick(&WORDS));
        out.push_str(&format!("  quote {a}/MIL \"we {w} the {x} and the {y} of {z} today\"\n"));
        out.push_str("  office person/doe-roe \"minister\" of RUS\n");
    }
    out
}

#[test]
#[ignore = "takes a while without --release; prints the time"]
fn scale() {
    for n in [1_000, 10_000] {
        let all = readings(&archive(n));
        let facts: usize =
            all.iter().map(|r| r.events.len() + r.figures.len() + r.claims.len() + r.acts.len()).sum();
        #[allow(clippy::disallowed_methods)] // a clock is what this test is for
        let start = std::time::Instant::now();
        let made = crate::assemble_among(&all, &[], &[], Policy::FullRange);
        let spent = start.elapsed();
        let incidents: usize = made.value.iter().map(|c| c.incidents.len()).sum();
        println!(
            "{n} readings, {facts} facts: {} crises, {incidents} incidents in {spent:.2?}",
            made.value.len()
        );
        assert!(made.value.len() >= 5);
    }
}
