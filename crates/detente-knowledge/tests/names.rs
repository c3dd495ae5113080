//! What names mean, where titles, nouns and places begin: one sentence a check.

use detente_knowledge::{Knowledge, NameKind, Target, split};

/// Names of the longest hits at each place, as `words=key`.
fn named(sentence: &str) -> Vec<String> {
    let knowledge = Knowledge::bundled();
    let words = split(sentence);
    let (mut out, mut i) = (Vec::new(), 0);
    while i < words.len() {
        let hits = knowledge.names_at(&words, i);
        let longest = hits.first().map_or(1, |h| h.len);
        if let Some(hit) = hits.first() {
            let key = match &hit.target {
                Target::Actor(id) => id.to_string(),
                Target::Place(id) => knowledge.place(*id).map(|p| p.key).unwrap_or_default(),
            };
            out.push(format!("{}={key}", words[i..i + longest].join(" ")));
        }
        i += longest;
    }
    out
}

fn check(sentence: &str, expected: &[&str]) {
    assert_eq!(named(sentence), expected, "{sentence}");
}

#[test]
fn countries_by_every_name() {
    check("Türkiye met Turkey's neighbours.", &["Türkiye=TUR", "Turkey=TUR"]);
    check("The U.S. and the US, not us.", &["U.S.=USA", "US=USA"]);
    check("Britons, Spaniards and the French left.", &["Britons=GBR", "Spaniards=ESP", "French=FRA"]);
    check("TURKEY STRIKES BACK", &["TURKEY=TUR"]);
    check("They ate turkey and china broke.", &[]);
    check(
        "Côte d’Ivoire and Cote d'Ivoire and Ivory Coast",
        &["Côte d’Ivoire=CIV", "Cote d'Ivoire=CIV", "Ivory Coast=CIV"],
    );
}

#[test]
fn capitals_are_governments_and_places() {
    let knowledge = Knowledge::bundled();
    let words = split("Islamabad said so.");
    let hits = knowledge.names_at(&words, 0);
    assert_eq!(hits[0].as_, NameKind::Metonym);
    assert!(hits.iter().any(|h| h.as_ == NameKind::Place));
    let place = &knowledge.places_named("Islamabad")[0];
    assert_eq!(place.countries, ["PAK"]);
    assert!(place.point.is_some_and(|(lat, lon)| (lat - 33.7).abs() < 0.2 && (lon - 73.1).abs() < 0.2));
}

#[test]
fn borders_and_codes() {
    let knowledge = Knowledge::bundled();
    assert!(knowledge.borders("PAK", "AFG") && knowledge.borders("AFG", "PAK"));
    assert!(!knowledge.borders("PAK", "RUS"));
    let yemen = knowledge.country("YEM").expect("listed");
    assert_eq!((yemen.gw, yemen.cow, yemen.alpha2.as_deref()), (Some(678), Some(679), Some("YE")));
    for country in knowledge.countries() {
        for n in &country.neighbours {
            assert!(knowledge.borders(n, &country.alpha3), "{} and {n}", country.alpha3);
        }
    }
}

#[test]
fn titles_take_their_modifiers() {
    let knowledge = Knowledge::bundled();
    let title = |text: &str| {
        let words = split(text);
        knowledge.title(&words).map(|t| (t.len, t.title.title.clone(), t.modifier))
    };
    assert_eq!(title("foreign minister of Norway").map(|t| (t.0, t.1)), Some((2, "foreign minister".into())));
    assert_eq!(
        title("Minister of Foreign Affairs").map(|t| (t.0, t.1)),
        Some((4, "foreign minister".into()))
    );
    let deputy = title("former deputy defence minister").expect("a title");
    assert_eq!((deputy.0, deputy.1.as_str()), (4, "defence minister"));
    assert_eq!(title("president-elect Example").map(|t| t.0), Some(3));
    assert_eq!(title("major attack"), None);
    assert!(title("Major Example").is_some());
}
