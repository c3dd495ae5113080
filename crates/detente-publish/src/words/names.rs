//! Names of actors inside a sentence: with their article, in lists.

use detente_types::{Actor, ActorKind};

/// Last words of names that take an article: "the Arvenian army", "the United Nations".
const HEADS: &[&str] = &[
    "administration",
    "agency",
    "alliance",
    "army",
    "assembly",
    "authority",
    "bank",
    "bloc",
    "bureau",
    "cabinet",
    "coalition",
    "commission",
    "committee",
    "community",
    "congress",
    "consulate",
    "corps",
    "council",
    "court",
    "cross",
    "crescent",
    "delegation",
    "department",
    "embassy",
    "emirates",
    "federation",
    "front",
    "government",
    "group",
    "guard",
    "institute",
    "islands",
    "junta",
    "kingdom",
    "league",
    "military",
    "militia",
    "ministry",
    "mission",
    "movement",
    "nations",
    "navy",
    "office",
    "opposition",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "presidency",
    "quartet",
    "republic",
    "secretariat",
    "senate",
    "service",
    "states",
    "summit",
    "tribunal",
    "union",
];

/// Names of states that take an article without any of those heads.
const STATES: &[&str] = &["Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros"];

/// The name as it stands inside a sentence.
pub(crate) fn in_sentence(actor: &Actor) -> String {
    let name = actor.name.trim();
    let lower = name.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let possessive = name.contains("’s ") || name.contains("'s ") || name.contains("s’ ");
    let has_article = ["the ", "a ", "an "].iter().any(|article| lower.starts_with(article));
    let takes_article = match actor.kind {
        ActorKind::Person | ActorKind::Unnamed | ActorKind::Population => false,
        ActorKind::State => STATES.contains(&name) || HEADS.contains(&last) || lower.starts_with("united "),
        ActorKind::Body | ActorKind::Organisation | ActorKind::Forces if lower.contains(" of ") => true,
        _ => HEADS.contains(&last),
    };
    if takes_article && !possessive && !has_article { format!("the {name}") } else { name.to_string() }
}

/// What an actor is, in words.
pub(crate) fn kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::State => "state",
        ActorKind::DefactoGovernment => "de facto or regional government",
        ActorKind::Body => "government body",
        ActorKind::Forces => "armed forces",
        ActorKind::ArmedGroup => "armed group",
        ActorKind::Organisation => "organisation",
        ActorKind::Forum => "forum",
        ActorKind::Person => "person",
        ActorKind::Population => "people",
        ActorKind::Unnamed => "unnamed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_types::ActorId;

    #[test]
    fn bodies_take_an_article_and_persons_do_not() {
        for (name, kind, want) in [
            ("Arvenian army", ActorKind::Forces, "the Arvenian army"),
            ("Ministry of Defence", ActorKind::Body, "the Ministry of Defence"),
            ("Arvenia’s army", ActorKind::Forces, "Arvenia’s army"),
            ("Arvenia", ActorKind::State, "Arvenia"),
            ("United Kingdom", ActorKind::State, "the United Kingdom"),
            ("Maria Office", ActorKind::Person, "Maria Office"),
            ("The Quartet", ActorKind::Forum, "The Quartet"),
            ("M23", ActorKind::ArmedGroup, "M23"),
        ] {
            let actor = Actor {
                id: ActorId::named("x"),
                name: name.to_string(),
                kind,
                country: None,
                sector: None,
                aliases: Vec::new(),
                acts_for: Vec::new(),
            };
            assert_eq!(in_sentence(&actor), want);
        }
    }
}
