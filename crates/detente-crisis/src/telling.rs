//! The tellings of one happening in, the one line that a stranger reads out.
//!
//! Ten reports tell an attack: one in its headline, one in a main clause, one as "which killed ten", one as "the
//! fighting". A timeline wants who did what to whom, as a sentence, in somebody's words; and where no
//! report has such words, as few of our own as the fields allow.
//!
//! # How
//! 1. [`shape`] sees what a clause is by its first words and by where it stands in its sentence: a
//!    sentence from its start, a clause inside one, a clause without subject, one bound to what stands before it,
//!    a scrap. It mends what can be mended: a relative clause takes what it hangs on, in brackets ("[The
//!    crossings] have been shut"); "on which" and "that" fall away; what was cut off at the end falls away too.
//! 2. `line` takes the best shape; among equals the one that names actor, target and place, stands in a headline
//!    or a lede, and is neither long nor short.
//! 3. Where nothing better than a scrap is told, [`compose`] puts the fields into words: "Attack on
//!    Peru at Tacna". It says nothing that no field holds.
//! # Does not
//! Parse: it sees letters and little words, so "shelling" may be taken for a verb.

use crate::case::Case;
use crate::words;
use detente_types::{ActorId, Event, EventType, Modality, Mode, Place, Polarity, Tier};
use std::cmp::Reverse;

/// One telling of a happening.
pub(crate) struct Telling<'c> {
    /// The event as told.
    pub event: &'c Event,
    /// The whole sentence.
    pub sentence: &'c str,
    /// Where it stands.
    pub tier: Tier,
    /// Is it the first sentence of the running text?
    pub lede: bool,
}

/// What all tellings together were taken to say.
pub(crate) struct Fields<'c> {
    pub kind: EventType,
    pub modes: &'c [Mode],
    pub modality: Modality,
    pub polarity: Polarity,
    pub actors: &'c [ActorId],
    pub recipients: &'c [ActorId],
    pub place: Option<&'c Place>,
}

/// What a stretch of words is, the least telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Scrap,
    /// Bound to what stands before it: "which killed ten".
    Bound,
    /// Without a subject of its own: "killed ten".
    Headless,
    /// A bound clause with what it hangs on put before it.
    Mended,
    Clause,
    /// From the start of its sentence.
    Sentence,
}

/// The line to print for a happening; the tellings stand with the most exact one first.
pub(crate) fn line(case: &Case, tellings: &[Telling], fields: &Fields) -> String {
    let shaped = tellings.iter().enumerate().map(|(at, t)| {
        let (form, text) = shape(&t.event.gist, t.sentence);
        let text = if t.event.kind == EventType::Accuse { with_charge(&text, t.sentence) } else { text };
        let (form, text) = match form {
            Form::Headless if is_infinitive(&text, t.sentence) || is_participle(&text) => {
                up_to(t.sentence, &text)
            }
            Form::Headless => with_subject(case, t.event, &text).map_or((form, text), |s| (Form::Mended, s)),
            _ if PERSONS.contains(&first_word(&text).as_str()) => named_subject(case, t.event, &text),
            _ => (form, text),
        };
        let names = names_any(case, t, &text);
        // "Shells fell on the camp": from the start of its sentence, and yet it names nobody and no place.
        let rank = if form == Form::Sentence && !names { Form::Clause } else { form };
        ((t.tier != Tier::Link, rank, score(case, t, &text), form), Reverse(at), text)
    });
    let best = shaped.max();
    match best {
        Some(((.., form), _, text)) if form >= Form::Mended => capital(&closed(text)),
        Some((.., text)) => compose(case, fields).unwrap_or(closed(text)),
        None => compose(case, fields).unwrap_or_default(),
    }
}

/// The words with the quotation closed that their last full stop took along.
fn closed(mut text: String) -> String {
    if text.matches('"').count() % 2 == 1 {
        text.push('"');
    }
    if text.matches('“').count() > text.matches('”').count() {
        text.push('”');
    }
    text
}

/// Does the line read by itself, as one for a timeline must?
pub(crate) fn reads(line: &str) -> bool {
    shape(line, "").0 >= Form::Mended && !PERSONS.contains(&first_word(line).as_str())
}

/// An accusation with what is charged: "Peru accused Chile" of what the sentence goes on to say.
fn with_charge(text: &str, sentence: &str) -> String {
    const LONGEST: usize = 24;
    let tail: Vec<&str> = text.split_whitespace().rev().take(2).collect();
    let tail = tail.iter().rev().copied().collect::<Vec<_>>().join(" ");
    let after = sentence.rfind(&tail).map(|at| &sentence[at + tail.len()..]);
    let charge = after.filter(|rest| rest.starts_with(" of ") || rest.starts_with(" for "));
    let Some(rest) = charge else { return text.to_string() };
    let end = rest.find([',', ';', '.', '—', '”']).unwrap_or(rest.len());
    let words = rest[..end].split_whitespace().count();
    if words > LONGEST { text.to_string() } else { format!("{text}{}", rest[..end].trim_end()) }
}

/// Is it what somebody worked, agreed, was first "to …"?
fn is_infinitive(text: &str, sentence: &str) -> bool {
    let before = before(sentence, text).map(|b| bare(b.split_whitespace().last().unwrap_or_default()));
    first_word(text) == "to" || before.is_some_and(|w| w == "to")
}

/// "killing two children": what hangs on the main clause, and names nothing by itself.
fn is_participle(text: &str) -> bool {
    let first = first_word(text);
    first.len() > 4 && first.ends_with("ing")
}

/// An infinitive with all that stands before it in its sentence, if that is not too long to read.
fn up_to(sentence: &str, text: &str) -> (Form, String) {
    const LONGEST: usize = 30;
    let tail: Vec<&str> = text.split_whitespace().rev().take(2).collect();
    let tail = tail.iter().rev().copied().collect::<Vec<_>>().join(" ");
    let whole = sentence.rfind(&tail).map(|at| tidy(&sentence[..at + tail.len()]));
    match whole.filter(|w| w.split_whitespace().count() <= LONGEST) {
        Some(whole) => (Form::Mended, whole),
        None => (Form::Bound, text.to_string()),
    }
}

/// Do the words name who did it, to whom or where, where any of it is known?
fn names_any(case: &Case, telling: &Telling, text: &str) -> bool {
    let event = telling.event;
    let names = |refs: &[detente_types::ActorRef]| refs.iter().any(|r| case.kin.is_named_in(&r.actor, text));
    event.kind != EventType::Assault
        || names(&event.actors)
        || names(&event.recipients)
        || event.place.as_ref().is_some_and(|p| text.contains(&p.name))
}

/// How much the words tell of who, whom and where, and how well they stand by themselves.
fn score(case: &Case, telling: &Telling, text: &str) -> i32 {
    let names = |refs: &[detente_types::ActorRef]| refs.iter().any(|r| case.kin.is_named_in(&r.actor, text));
    let event = telling.event;
    let place = event.place.as_ref().is_some_and(|p| text.contains(&p.name));
    let count = text.split_whitespace().count();
    let first = first_word(text);
    3 * i32::from(names(&event.actors))
        + 2 * i32::from(names(&event.recipients))
        + i32::from(place)
        + 2 * i32::from(telling.lede || telling.tier == Tier::Headline)
        + 2 * i32::from((5..=26).contains(&count))
        - i32::from(text.contains('['))
        - 3 * i32::from(PRONOUNS.contains(&first.as_str()))
}

const PRONOUNS: &[&str] =
    &["he", "her", "his", "it", "its", "she", "that", "their", "these", "they", "this", "those", "we", "i"];

/// Pronouns that stand for somebody named elsewhere.
const PERSONS: &[&str] = &["he", "it", "she", "they"];

/// Words with which a subject may begin without a capital letter.
const OPENERS: &[&str] = &[
    "a",
    "about",
    "all",
    "almost",
    "an",
    "another",
    "any",
    "around",
    "as",
    "at",
    "between",
    "both",
    "by",
    "each",
    "every",
    "few",
    "fewer",
    "from",
    "half",
    "hundreds",
    "dozens",
    "scores",
    "thousands",
    "in",
    "least",
    "many",
    "more",
    "most",
    "nearly",
    "neither",
    "no",
    "nobody",
    "none",
    "on",
    "one",
    "only",
    "other",
    "others",
    "over",
    "roughly",
    "several",
    "some",
    "such",
    "the",
    "there",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "under",
    "up",
    "with",
];

/// Verbs whose past form does not end in "ed", as news uses them.
const PASTS: &[&str] = &[
    "began", "bombed", "bore", "broke", "brought", "built", "came", "cut", "did", "drew", "drove", "fell",
    "fired", "flew", "fought", "found", "gave", "held", "hit", "kept", "laid", "led", "left", "lost", "made",
    "met", "put", "ran", "said", "sat", "saw", "sent", "set", "shot", "shook", "shut", "spoke", "stood",
    "struck", "swept", "took", "told", "was", "were", "went", "won", "wrote",
];

/// Verbs of headlines that are no nouns: "…, accuses army of stalling".
const PRESENTS: &[&str] = &[
    "accepts",
    "accuses",
    "agrees",
    "blames",
    "condemns",
    "declares",
    "denies",
    "denounces",
    "kills",
    "rejects",
    "says",
    "seizes",
    "suspends",
    "threatens",
    "vows",
    "warns",
    "welcomes",
];

/// Nouns in "ing" that news uses as subjects.
const ING_NOUNS: &[&str] =
    &["bombing", "fighting", "firing", "gathering", "killing", "meeting", "shelling", "shooting", "briefing"];

/// What a clause is, and its words as they can be printed.
fn shape(gist: &str, sentence: &str) -> (Form, String) {
    let (text, sentence) = (tidy(words::unstamped(gist)), words::unstamped(sentence));
    let all: Vec<&str> = text.split_whitespace().collect();
    let lower: Vec<String> = all.iter().take(2).map(|w| bare(w)).collect();
    let at_start = starts(sentence, &text);
    let (first, second) = (lower.first().map_or("", String::as_str), lower.get(1).map_or("", String::as_str));
    let rest = |n: usize| all[n.min(all.len())..].join(" ");
    match first {
        _ if all.len() < 2 || (all.len() < 3 && !at_start) => (Form::Scrap, text),
        "whose" | "what" | "whom" => (Form::Scrap, text),
        _ if matches!(second, "which" | "whom") && all.len() > 4 => (Form::Clause, rest(2)),
        "that" if all.len() > 3 && !is_verbal(second) => (Form::Clause, rest(1)),
        "which" | "who" | "that" if !at_start || first != "that" => match antecedent(sentence, &all) {
            Some(noun) => (Form::Mended, format!("[{}] {}", capital(&noun), rest(1))),
            None => (Form::Bound, text),
        },
        "as" | "where" | "when" | "while" | "because" | "although" | "whether" | "if" | "and" | "but"
            if !at_start =>
        {
            (if all.len() > 3 { Form::Clause } else { Form::Scrap }, rest(1))
        }
        "to" if !at_start => (Form::Headless, text),
        "of" | "for" if !at_start => (Form::Bound, text),
        _ if at_start => (Form::Sentence, text),
        _ if is_headless(&text, sentence) => (Form::Headless, text),
        _ => (Form::Clause, text),
    }
}

fn first_word(text: &str) -> String {
    text.split_whitespace().next().map(bare).unwrap_or_default()
}

fn bare(word: &str) -> String {
    words::fold(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// Does the sentence begin with these words, a name in brackets and a dateline aside?
fn starts(sentence: &str, text: &str) -> bool {
    let mine =
        words::tokens(text.rsplit_once("] ").filter(|_| text.starts_with('[')).map_or(text, |(_, t)| t));
    let all = words::tokens(sentence);
    let run = mine.len().min(3);
    let skip = usize::from(text.starts_with('['));
    run > 0 && all.get(skip..skip + run) == Some(&mine[..run])
}

/// The words without a dateline before and without what was cut off behind ("…, a day", "… for what").
fn tidy(gist: &str) -> String {
    const CUT: &[&str] = &[
        "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "than", "that", "the", "to",
        "what", "which", "who", "with",
    ];
    let mut text = gist.trim().trim_end_matches(['.', ',', ';', ':']).trim();
    for dash in [" -- ", " — ", " – "] {
        let shouts = |head: &str| {
            let capitals = |w: &str| w.len() > 3 && w.chars().all(|c| c.is_uppercase());
            head.split_whitespace().count() <= 6 && head.split([' ', ',', '(']).any(capitals)
        };
        text = text.split_once(dash).filter(|(head, _)| shouts(head)).map_or(text, |(_, rest)| rest.trim());
    }
    loop {
        let (head, last) = text.rsplit_once(' ').unwrap_or(("", text));
        let loose = text.rsplit_once(", ").filter(|(_, tail)| {
            let article = matches!(
                bare(tail.split(' ').next().unwrap_or_default()).as_str(),
                "a" | "an" | "the" | "hours" | "days"
            );
            article && tail.split(' ').count() <= 2
        });
        match loose {
            Some((head, _)) => text = head,
            None if !head.is_empty() && CUT.contains(&last) => text = head.trim_end_matches(','),
            None => return text.to_string(),
        }
    }
}

/// Can the word be a finite verb? "Armed" can, before a noun it is none.
fn is_verbal(word: &str) -> bool {
    is_finite(word) || (word.len() > 4 && word.ends_with("ed"))
}

fn is_finite(word: &str) -> bool {
    const HELPERS: &[&str] =
        &["are", "can", "could", "had", "has", "have", "is", "may", "might", "must", "will", "would"];
    HELPERS.contains(&word) || PASTS.contains(&word) || PRESENTS.contains(&word)
}

/// Does a clause from inside a sentence lack its subject?
fn is_headless(text: &str, sentence: &str) -> bool {
    let raw = text.split_whitespace().next().unwrap_or_default();
    let first = bare(raw);
    let named = raw
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '[' | '“' | '"' | '\''));
    if named || OPENERS.contains(&first.as_str()) || PRONOUNS.contains(&first.as_str()) {
        return false;
    }
    let before = before(sentence, text);
    // ", killing dozens": behind a comma it hangs on what was told, noun or not.
    let hangs = before.is_some_and(|b| b.trim_end().ends_with(',')) && !text.contains(" of the ");
    let participle =
        first.len() > 4 && first.ends_with("ing") && (hangs || !ING_NOUNS.contains(&first.as_str()));
    let before = before.map(|b| bare(b.split_whitespace().last().unwrap_or_default()));
    is_verbal(&first) || participle || before.is_some_and(|w| w == "to")
}

/// What stands in the sentence before these words.
fn before<'s>(sentence: &'s str, text: &str) -> Option<&'s str> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let found = (2..=3).rev().filter(|n| all.len() >= *n).find_map(|n| sentence.find(&all[..n].join(" ")));
    found.map(|at| &sentence[..at])
}

/// What a relative clause hangs on: the words before it from the last article on, or the name before it.
fn antecedent(sentence: &str, clause: &[&str]) -> Option<String> {
    const ARTICLES: &[&str] = &[
        "a", "all", "an", "his", "her", "its", "several", "some", "the", "their", "these", "those", "two",
        "three",
    ];
    let before = before(sentence, &clause.join(" "))?.trim_end().trim_end_matches(',');
    let near: Vec<&str> = before.split_whitespace().rev().take(7).collect();
    let stop = near
        .iter()
        .skip(1)
        .position(|w| w.ends_with([',', ';', ':', '—', '”']))
        .map_or(near.len(), |p| p + 1);
    let near = &near[..stop];
    let from = near.iter().position(|w| ARTICLES.contains(&bare(w).as_str()));
    let from = from.or_else(|| {
        let of_name = |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "and" | "of");
        let run = near.iter().take_while(|w| of_name(w)).count();
        near[..run].iter().rposition(|w| w.starts_with(char::is_uppercase))
    })?;
    let phrase: Vec<&str> = near[..=from].iter().rev().copied().collect();
    let said = phrase.iter().skip(1).any(|w| is_finite(&bare(w)));
    (!said && (phrase.len() > 1 || phrase[0].starts_with(char::is_uppercase))).then(|| phrase.join(" "))
}

/// A clause without subject behind the names of those who did it.
fn with_subject(case: &Case, event: &Event, text: &str) -> Option<String> {
    let known: Vec<ActorId> =
        event.actors.iter().map(|r| r.actor.clone()).filter(|id| !case.kin.is_unnamed(id)).collect();
    // "mediated by Qatar": what hangs on a noun behind it has its doer already.
    let passive = matches!(first_word(text).as_str(), "was" | "were" | "been")
        || text.split_once(' ').is_some_and(|(_, rest)| rest.starts_with("by "));
    (is_verbal(&first_word(text)) && !passive && !known.is_empty())
        .then(|| format!("{} {text}", case.names(&known)))
}

/// A clause whose subject is a pronoun, with the name instead, in brackets; bound where nobody is known.
fn named_subject(case: &Case, event: &Event, text: &str) -> (Form, String) {
    let known = event.actors.iter().find(|r| !case.kin.is_unnamed(&r.actor));
    let rest = text.split_once(' ').map_or("", |(_, rest)| rest);
    match known {
        Some(r) => (Form::Mended, format!("[{}] {rest}", case.kin.name(&r.actor))),
        None => (Form::Bound, text.to_string()),
    }
}

/// The fields in words; nothing where they hold too little or what they hold did not take place.
fn compose(case: &Case, fields: &Fields) -> Option<String> {
    let real = matches!(
        fields.modality,
        Modality::Occurred | Modality::Ongoing | Modality::Alleged | Modality::Historical
    );
    if !real || fields.polarity == Polarity::Negated {
        return None;
    }
    let named = |ids: &[ActorId]| -> Vec<ActorId> {
        ids.iter().filter(|id| !case.kin.is_unnamed(id)).cloned().collect()
    };
    let (actors, recipients) = (named(fields.actors), named(fields.recipients));
    let at = fields.place.map(|p| {
        let proper = p.name.chars().next().is_some_and(char::is_uppercase);
        format!(" {} {}", if proper { "in" } else { "at" }, p.name)
    });
    let at = at.unwrap_or_default();
    let (a, r) = (case.names(&actors), case.names(&recipients));
    let has = |mode: Mode| fields.modes.contains(&mode);
    let words = match (fields.kind, actors.len(), recipients.len()) {
        (EventType::Assault, 2.., 0) => format!("Fighting between {a}"),
        (EventType::Assault, 0, 0) if at.is_empty() => return None,
        (EventType::Assault, 0, 0) => capital(weapon(fields.modes)),
        // "Left dozens dead on both sides": who suffered both ways fought.
        (EventType::Assault, 0, 2..) if case.kin.sides(&recipients).len() > 1 => {
            format!("Fighting between {r}")
        }
        (EventType::Assault, 0, _) => format!("{} on {r}", capital(weapon(fields.modes))),
        (EventType::Assault, _, 0) => format!("{} by {a}", capital(weapon(fields.modes))),
        (EventType::Assault, ..) => format!("{a} attacked {r}"),
        (EventType::Consult, 1.., 1..) if has(Mode::Visit) => format!("{a} visited {r}"),
        // Those who mediated, and not who talked.
        (EventType::Consult, 1.., 0) if has(Mode::ThirdParty) => format!("Talks mediated by {a}"),
        (EventType::Consult, 1.., 1..) if has(Mode::ThirdParty) => format!("Talks of {r}, mediated by {a}"),
        (EventType::Consult, 1.., 1..) => format!("Talks between {a} and {r}"),
        (EventType::Consult, 2.., 0) => format!("Talks between {a}"),
        (EventType::Accuse, 1.., 1..) => format!("{a} accused {r}"),
        (EventType::Threaten, 1.., 1..) => format!("{a} threatened {r}"),
        (EventType::Mobilize, 1.., _) => format!("{a} moved forces"),
        (EventType::Retreat, 2.., 0) if has(Mode::Ceasefire) => format!("Ceasefire between {a}"),
        (EventType::Coerce, 1.., _) if has(Mode::CoerceRestrict) => {
            format!("{a} closed or restricted passage")
        }
        (EventType::Coerce, 0, _) if has(Mode::CoerceRestrict) && !at.is_empty() => {
            "Passage closed or restricted".into()
        }
        _ => return None,
    };
    Some(words + &at)
}

/// Force by its means, as a noun.
fn weapon(modes: &[Mode]) -> &'static str {
    let named = modes.iter().find_map(|mode| match mode {
        Mode::Aerial => Some("air strike"),
        Mode::Drone => Some("drone strike"),
        Mode::HeavyWeapons => Some("shelling"),
        Mode::Firearms => Some("gunfire"),
        Mode::Explosives => Some("explosion"),
        Mode::SuicideAttack => Some("suicide attack"),
        Mode::Abduct => Some("abduction"),
        _ => None,
    });
    named.unwrap_or("attack")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(gist: &str, sentence: &str, form: Form, text: &str) {
        assert_eq!(shape(gist, sentence), (form, text.to_string()));
    }

    #[test]
    fn a_main_clause_is_a_sentence_and_a_relative_one_takes_what_it_hangs_on() {
        let told = "The draft does not mention the crossings, which have been shut since March.";
        check(
            "which have been shut since March",
            told,
            Form::Mended,
            "[The crossings] have been shut since March",
        );
        check(
            "The draft does not mention the crossings",
            told,
            Form::Sentence,
            "The draft does not mention the crossings",
        );
        let told = "Lima blames the Shining Path, which struck a convoy on Monday.";
        check(
            "which struck a convoy on Monday",
            told,
            Form::Mended,
            "[The Shining Path] struck a convoy on Monday",
        );
        let told = "It was signed by Brazil and Cuba, which brokered it in June.";
        check("which brokered it in June", told, Form::Mended, "[Brazil and Cuba] brokered it in June");
        check(
            "that has killed hundreds of soldiers this year",
            "It shelters an armed group that has killed hundreds of soldiers this year.",
            Form::Mended,
            "[An armed group] has killed hundreds of soldiers this year",
        );
    }

    #[test]
    fn what_binds_a_clause_and_what_was_cut_off_falls_away() {
        let told = "It was the day on which troops of both sides fought at Tacna.";
        check(
            "on which troops of both sides fought at Tacna",
            told,
            Form::Clause,
            "troops of both sides fought at Tacna",
        );
        let told =
            "The ministry said that its guns had opened fire in retaliation for what it called a raid.";
        check(
            "its guns had opened fire in retaliation for what",
            told,
            Form::Clause,
            "its guns had opened fire in retaliation",
        );
        let told = "LIMA -- Envoys appealed to both on Monday, a day after the worst shelling in years.";
        check(
            "LIMA -- Envoys appealed to both on Monday, a day",
            told,
            Form::Clause,
            "Envoys appealed to both on Monday",
        );
    }

    #[test]
    fn the_hour_of_a_live_page_is_no_part_of_the_line() {
        let told = "11:00 Chad has closed the pass at Adre, an aid worker said.";
        check(
            "11:00 Chad has closed the pass at Adre",
            told,
            Form::Sentence,
            "Chad has closed the pass at Adre",
        );
    }

    #[test]
    fn scraps_and_headless_clauses_are_seen() {
        let told = "It was their first meeting since fighting broke out.";
        check("fighting", told, Form::Scrap, "fighting");
        check("fighting broke out", told, Form::Clause, "fighting broke out");
        let told = "Jets struck Tacna on Friday and killed ten civilians.";
        check("killed ten civilians", told, Form::Headless, "killed ten civilians");
        let told = "It claims a right to strike inside Chile.";
        check("strike inside Chile", told, Form::Headless, "strike inside Chile");
        assert_eq!(up_to(told, "strike inside Chile").1, "It claims a right to strike inside Chile");
        check(
            "of the fighting in May",
            "He spoke of the fighting in May.",
            Form::Bound,
            "of the fighting in May",
        );
        let told = "In a speech he accused Chile of waging a proxy war, and left.";
        assert_eq!(with_charge("he accused Chile", told), "he accused Chile of waging a proxy war");
        assert!(reads("[The crossings] have been shut since March"));
        assert!(!reads("fighting"));
    }
}
