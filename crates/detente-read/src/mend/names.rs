//! Tags of names that do not go together with the tree.

use crate::time::is_weekday;
use detente_knowledge::lexicon::{Lexicon, Part};
use detente_knowledge::{Knowledge, Target};
use detente_language::Token;

/// "Luis Emilio Cardozo", "El-Obeid": the words of one flat name have one tag, that of the first.
pub(super) fn whole(tokens: &mut [Token], first: usize) {
    let Some(tag) = tokens[first].name.filter(|_| tokens[first].upos == "PROPN") else { return };
    let mut end = first + 1;
    while end < tokens.len() {
        let hyphen = tokens[end].lemma == "-" && tokens.get(end + 1).is_some_and(|next| joined(next, first));
        if !hyphen && !joined(&tokens[end], first) {
            break;
        }
        end += 1;
    }
    let last = end - 1;
    if last == first || tokens[last].upos != "PROPN" {
        return;
    }
    for token in &mut tokens[first + 1..end] {
        token.name = Some(tag);
        token.name_begins = false;
    }
}

/// "flew to Port Sudan": what stands before a name goes with the whole of it, and not with its second word.
pub(super) fn before(tokens: &mut [Token], at: usize) {
    let Some(second) = tokens[at].head.filter(|h| tokens[*h].rel == "flat" && *h > at) else { return };
    let Some(first) = tokens[second].head.filter(|h| at < *h && *h < second) else { return };
    if matches!(tokens[at].rel, "case" | "det" | "amod" | "nmod:poss" | "nmod:desc" | "compound") {
        tokens[at].head = Some(first);
    }
}

/// "Commodore Jay Tarriela said", "Gbagbo adviser Toussaint Alain said": an office and a name that were made two subjects.
pub(super) fn rank(tokens: &mut [Token], at: usize) {
    const RANKS: &[&str] = &[
        "commodore",
        "colonel",
        "general",
        "captain",
        "major",
        "lieutenant",
        "admiral",
        "brigadier",
        "sergeant",
        "commander",
        "inspector",
        "sheikh",
        "mullah",
        "minister",
        "president",
        "senator",
        "governor",
        "col.",
        "gen.",
        "lt.",
        "maj.",
        "capt.",
        "brig.",
        "superintendent",
        "ayatollah",
        "imam",
        "bishop",
    ];
    let lemma = tokens[at].lemma.to_lowercase();
    let Some(name) = tokens.get(at + 1) else { return };
    // Two subjects side by side of which the second is a person's name: the first says who that is.
    let introduced = tokens[at].xpos == "NN"
        && tokens[at].rel.starts_with("nsubj")
        && name.name == Some("PER")
        && name.name_begins;
    if !introduced && !RANKS.contains(&lemma.as_str()) {
        return;
    }
    let same = tokens[at].head == tokens[at + 1].head && tokens[at].rel == tokens[at + 1].rel;
    if same && tokens[at].rel != "conj" && tokens[at].head.is_some() && tokens[at + 1].upos == "PROPN" {
        (tokens[at].head, tokens[at].rel) = (Some(at + 1), "nmod:desc");
        tokens[at].name = None;
        tokens[at].name_begins = false;
        for token in tokens.iter_mut().skip(at + 2) {
            if token.head == Some(at) {
                token.head = Some(at + 1);
            }
        }
    }
}

fn joined(token: &Token, first: usize) -> bool {
    token.rel == "flat" && token.head == Some(first) && token.upos == "PROPN"
}

/// "stormed Kyauk Ni Maw", "a raid on Dansha": nobody storms or shells a person, so the name is a place's.
pub(super) fn ground(tokens: &mut [Token], at: usize) {
    const VERBS: &[&str] = &[
        "storm",
        "shell",
        "bombard",
        "bomb",
        "overrun",
        "besiege",
        "recapture",
        "retake",
        "encircle",
        "invade",
        "pound",
    ];
    const NOUNS: &[&str] = &["raid", "shelling", "siege", "bombardment", "bombing"];
    if tokens[at].name != Some("PER") || !tokens[at].name_begins || tokens[at].upos != "PROPN" {
        return;
    }
    let Some(head) = tokens[at].head else { return };
    let lemma = tokens[head].lemma.to_lowercase();
    let mut own = super::kids(tokens, at).into_iter().map(|k| &tokens[k]);
    let on = tokens[at].rel == "nmod"
        && super::kids(tokens, at).iter().any(|k| matches!(tokens[*k].lemma.as_str(), "on" | "of"));
    let struck = tokens[at].rel == "obj" && VERBS.contains(&lemma.as_str());
    // "stormed President Yoon's residence": a title, or something of theirs.
    let person = own.any(|k| matches!(k.rel, "nmod:desc" | "compound" | "det" | "nmod:poss" | "amod"));
    if person || !(struck || on && NOUNS.contains(&lemma.as_str())) {
        return;
    }
    tokens[at].name = Some("LOC");
    tokens[at].mention = Some("place");
    whole(tokens, at);
}

/// "the army's air force", "Shelling killed nine": common nouns that were taken for names. What is printed without any
/// capital is no name, and a deed that begins a sentence is what happened.
pub(super) fn common(tokens: &mut [Token], text: &str, lexicon: &Lexicon) {
    let capital = |t: &Token| t.text(text).starts_with(char::is_uppercase);
    let mut at = 0;
    while at < tokens.len() {
        let named = tokens[at].name.is_some();
        let mut end = at + 1;
        while named && end < tokens.len() && tokens[end].name.is_some() && !tokens[end].name_begins {
            end += 1;
        }
        let run = &tokens[at..end];
        let begins = at == 0 || at == 1 && tokens[0].upos == "PUNCT";
        let word = run[0].text(text).to_lowercase();
        let deed = begins
            && run.len() == 1
            && run[0].name == Some("PER")
            && tokens.get(end).is_some_and(|next| !capital(next))
            && !lexicon.frames_of(Part::Noun, &word).is_empty();
        let small = run.iter().all(|t| t.text(text).chars().all(|c| c.is_lowercase()));
        if named && (deed || small && run.iter().all(|t| matches!(t.upos, "PROPN" | "NOUN"))) {
            for token in &mut tokens[at..end] {
                let lemma = token.text(text).to_lowercase();
                (token.name, token.name_begins) = (None, false);
                if token.upos == "PROPN" {
                    (token.upos, token.xpos) = ("NOUN", "NN");
                    token.lemma = lemma;
                }
            }
        }
        at = end;
    }
}

/// "captured Goma", "overran Sake": a town that a list knows, which was taken for somebody or for a company.
pub(super) fn taken(tokens: &mut [Token], text: &str, knowledge: &Knowledge) {
    const VERBS: &[&str] = &[
        "capture",
        "recapture",
        "take",
        "retake",
        "seize",
        "overrun",
        "enter",
        "occupy",
        "lose",
        "reach",
        "leave",
        "flee",
        "liberate",
        "regain",
        "attack",
        "surround",
        "evacuate",
    ];
    for at in 0..tokens.len() {
        let goes_on = |n: usize| tokens.get(n).is_some_and(|t| t.upos == "PROPN" && !t.name_begins);
        let single =
            tokens[at].upos == "PROPN" && !goes_on(at + 1) && (at == 0 || tokens[at - 1].upos != "PROPN");
        let wrong = matches!(tokens[at].name, Some("PER" | "ORG")) || tokens[at].name.is_none();
        let verb = tokens[at].head.filter(|_| tokens[at].rel == "obj");
        let held = verb.is_some_and(|v| VERBS.contains(&tokens[v].lemma.as_str()));
        if !(single && wrong && held) || !super::kids(tokens, at).is_empty() {
            continue;
        }
        let hits = knowledge.names_at(&[tokens[at].text(text)], 0);
        let actor = hits.iter().any(|h| matches!(h.target, Target::Actor(_)));
        // Nobody captures an organisation.
        let ground = ["capture", "recapture", "retake", "overrun", "occupy", "liberate"];
        let held = tokens[at].name == Some("ORG")
            && verb.is_some_and(|v| ground.contains(&tokens[v].lemma.as_str()));
        if !actor && (held || hits.iter().any(|h| matches!(h.target, Target::Place(_)))) {
            (tokens[at].name, tokens[at].name_begins, tokens[at].mention) =
                (Some("LOC"), true, Some("place"));
        }
    }
}

/// "Monday's incident", "Sunday's bombing": a weekday that was taken for a whole name.
pub(super) fn weekday(tokens: &mut [Token], at: usize) {
    let goes_on = tokens.get(at + 1).is_some_and(|next| next.name.is_some() && !next.name_begins);
    let lemma = tokens[at].lemma.to_lowercase();
    if tokens[at].name_begins && !goes_on && is_weekday(&lemma) {
        tokens[at].name = None;
        tokens[at].name_begins = false;
    }
}
