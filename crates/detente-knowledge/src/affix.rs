//! Small words around names and titles: "former", "acting", "-backed", "pro-", "the", "of".
//!
//! They are few, closed classes of English and belong to no actor; that is why they stand in code.

/// What a word before or after a title makes of its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modifier {
    /// Held the office before: "former", "ex-", "ousted", "late".
    Former,
    /// Will hold it: "-elect", "-designate", "incoming".
    Next,
    /// Holds it for a time: "acting", "interim", "caretaker".
    Acting,
    /// Second to its holder: "deputy", "vice", "assistant".
    Deputy,
    /// Says only that there are several: "senior", "top".
    Senior,
}

/// Words at the start of a mention that say nothing of who it is.
pub(crate) const SKIPPED: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "their",
    "its",
    "our",
    "my",
    "your",
    "some",
    "several",
    "many",
    "few",
    "all",
    "both",
    "each",
    "every",
    "any",
    "no",
    "other",
    "another",
    "more",
    "most",
    "less",
    "fewer",
    "than",
    "over",
    "under",
    "about",
    "around",
    "nearly",
    "almost",
    "roughly",
    "approximately",
    "at",
    "least",
    "up",
    "to",
    "as",
    "only",
    "just",
    "even",
    "also",
    "including",
    "of",
    "various",
    "numerous",
    "certain",
    "such",
    "same",
    "own",
    "new",
    "young",
    "local",
    "armed",
    "unarmed",
    "unidentified",
    "unknown",
    "suspected",
    "alleged",
    "so-called",
    "heavily",
    "wounded",
    "injured",
    "slain",
    "captured",
    "detained",
    "masked",
];

/// Prepositions and relative words that end the head of a mention.
pub(crate) const PREPOSITIONS: &[&str] = &[
    "of",
    "in",
    "at",
    "from",
    "to",
    "for",
    "with",
    "across",
    "near",
    "on",
    "against",
    "by",
    "inside",
    "outside",
    "around",
    "along",
    "under",
    "within",
    "between",
    "among",
    "during",
    "after",
    "before",
    "who",
    "which",
    "that",
    "whose",
    "where",
    "whom",
    "accused",
    "based",
    "fighting",
    "loyal",
    "backed",
    "linked",
    "allied",
    "belonging",
    "affiliated",
    "representing",
    "including",
];

const MODIFIERS: &[(&str, Modifier)] = &[
    ("former", Modifier::Former),
    ("ex", Modifier::Former),
    ("erstwhile", Modifier::Former),
    ("onetime", Modifier::Former),
    ("ousted", Modifier::Former),
    ("deposed", Modifier::Former),
    ("toppled", Modifier::Former),
    ("retired", Modifier::Former),
    ("late", Modifier::Former),
    ("disgraced", Modifier::Former),
    ("outgoing", Modifier::Acting),
    ("acting", Modifier::Acting),
    ("interim", Modifier::Acting),
    ("caretaker", Modifier::Acting),
    ("transitional", Modifier::Acting),
    ("de facto", Modifier::Acting),
    ("incoming", Modifier::Next),
    ("deputy", Modifier::Deputy),
    ("vice", Modifier::Deputy),
    ("assistant", Modifier::Deputy),
    ("under", Modifier::Deputy),
    ("associate", Modifier::Deputy),
    ("first", Modifier::Senior),
    ("senior", Modifier::Senior),
    ("top", Modifier::Senior),
    ("high-ranking", Modifier::Senior),
    ("leading", Modifier::Senior),
    ("chief", Modifier::Senior),
    ("veteran", Modifier::Senior),
    ("newly", Modifier::Senior),
    ("appointed", Modifier::Senior),
    ("elected", Modifier::Senior),
    ("self-proclaimed", Modifier::Senior),
    ("self-declared", Modifier::Senior),
];

/// What follows a name and a hyphen when the named is behind somebody, or against, but is not that somebody.
const BEHIND: &[&str] = &[
    "backed",
    "supported",
    "sponsored",
    "funded",
    "financed",
    "trained",
    "armed",
    "aligned",
    "allied",
    "linked",
    "inspired",
    "affiliated",
    "friendly",
    "leaning",
    "based",
    "brokered",
    "mediated",
    "proxy",
    "drafted",
    "made",
    "built",
    "supplied",
    "born",
    "educated",
    "speaking",
    "hosted",
    "facilitated",
    "sanctioned",
    "wanted",
    "owned",
    "flagged",
    "registered",
    "bound",
    "style",
    "language",
    "era",
    "wide",
    "origin",
    "designed",
    "manufactured",
    "produced",
    "imposed",
    "declared",
    "assisted",
    "approved",
    "proposed",
    "negotiated",
    "equipped",
    "headquartered",
    "focused",
    "related",
    "majority",
    "dominated",
    "installed",
    "appointed",
    "occupied",
    "annexed",
    "listed",
    "designated",
    "engineered",
    "operated",
    "organised",
    "organized",
    "supervised",
    "monitored",
    "recognised",
    "recognized",
];

/// What follows a name and a hyphen when the named rules what follows.
const RULED: &[&str] = &["run", "led", "controlled", "held", "administered", "ruled", "governed"];

/// What stands before a name and a hyphen with the same effect.
const ALIGNED: &[&str] = &["pro", "anti", "non", "counter"];

/// "pro-Russian": the words before the name.
pub(crate) fn aligned_prefix(words: &[&str]) -> Option<usize> {
    let lower = words.first()?.to_lowercase();
    if ALIGNED.contains(&lower.as_str()) && words.get(1).is_some_and(|w| *w == "-") && words.len() > 2 {
        return Some(2);
    }
    None
}

/// "-backed" after a name: the words it takes.
pub(crate) fn backed_suffix(words: &[&str]) -> Option<usize> {
    suffix(words, BEHIND)
}

/// "-run" after a name: the words it takes.
pub(crate) fn ruled_suffix(words: &[&str]) -> Option<usize> {
    suffix(words, RULED)
}

fn suffix(words: &[&str], list: &[&str]) -> Option<usize> {
    let behind = |w: &str| list.contains(&w.to_lowercase().as_str());
    match words {
        ["-" | "‑" | "–", participle, ..] if behind(participle) => Some(2),
        [word, ..] if word.strip_prefix(['-', '‑']).is_some_and(behind) => Some(1),
        _ => None,
    }
}

/// A modifier at the start of some words: the words it takes, and what it does.
pub(crate) fn modifier_at(words: &[&str]) -> Option<(usize, Modifier)> {
    let first = words.first()?.to_lowercase();
    let two = words.get(1).map(|second| format!("{first} {}", second.to_lowercase()));
    if let Some((_, modifier)) = MODIFIERS.iter().find(|(m, _)| Some(*m) == two.as_deref()) {
        return Some((2, *modifier));
    }
    let (_, modifier) = MODIFIERS.iter().find(|(m, _)| *m == first)?;
    let hyphen = words.get(1).is_some_and(|w| *w == "-");
    (first != "ex" || hyphen).then_some((1 + usize::from(hyphen), *modifier))
}

/// Modifiers before a title, all of them; the first that says more than "senior" counts.
pub(crate) fn leading_modifier(words: &[&str]) -> Option<(usize, Option<Modifier>)> {
    let (mut taken, mut strongest) = (0, None);
    while let Some((more, modifier)) = modifier_at(&words[taken..]) {
        taken += more;
        strongest = strongest.filter(|m| *m != Modifier::Senior).or(Some(modifier));
        if taken > 5 {
            break;
        }
    }
    (taken > 0).then_some((taken, strongest))
}

/// "-elect", "-designate" after a title: the words it takes, and the modifier that results.
pub(crate) fn trailing_modifier(words: &[&str], before: Option<Modifier>) -> (usize, Option<Modifier>) {
    match words {
        ["-" | "‑", "elect" | "designate" | "nominee", ..] => (2, Some(Modifier::Next)),
        ["-elect" | "-designate" | "designate" | "elect", ..] => (1, Some(Modifier::Next)),
        _ => (0, before),
    }
}
