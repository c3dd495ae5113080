//! Closed lists of words for chains: pronouns, kinds, roles, words that tell a gender.

/// Pronoun (all its cases), number (0 unknown, 1 one, 2 many), gender (0 unknown, 1 he, 2 she, 3 it).
pub(crate) const PRONOUNS: [(&str, usize, usize); 18] = [
    ("i me my mine myself", 1, 0),
    ("we us our ours ourselves 's", 2, 0),
    ("you your yours yourself yourselves ya", 0, 0),
    ("he him his himself", 1, 1),
    ("she her hers herself", 1, 2),
    ("it its itself", 1, 3),
    ("they them their theirs themselves em 'em", 2, 0),
    ("this", 1, 3),
    ("that", 1, 3),
    ("these", 2, 0),
    ("those", 2, 0),
    ("one one's oneself", 1, 0),
    ("each other", 2, 0),
    ("both", 2, 0),
    ("all some many most several few others none any", 2, 0),
    ("someone somebody anyone anybody everyone everybody nobody", 1, 0),
    ("something anything everything nothing", 1, 3),
    ("who whom whose which what", 0, 0),
];

/// Which pronoun a lower-case form belongs to.
pub(crate) fn pronoun(form: &str) -> Option<usize> {
    PRONOUNS.iter().position(|(forms, ..)| forms.split(' ').any(|f| f == form))
}

/// Kinds of mention, then "none".
pub(crate) const KINDS: [&str; 11] = [
    "abstract",
    "animal",
    "event",
    "object",
    "organization",
    "person",
    "place",
    "plant",
    "substance",
    "time",
    "",
];

/// Index into [`KINDS`].
pub(crate) fn kind(mention: Option<&str>) -> usize {
    KINDS.iter().position(|k| Some(*k) == mention).unwrap_or(KINDS.len() - 1)
}

/// Grammatical roles, then "other".
pub(crate) const ROLES: [&str; 13] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "nmod",
    "nmod:poss",
    "compound",
    "appos",
    "conj",
    "root",
    "expl",
    "",
];

/// Index into [`ROLES`].
pub(crate) fn role(rel: &str) -> usize {
    let whole = ROLES.iter().position(|r| *r == rel);
    let base = || ROLES.iter().position(|r| Some(*r) == rel.split(':').next());
    whole.or_else(base).unwrap_or(ROLES.len() - 1)
}

/// 0 unknown, 1 he, 2 she.
pub(crate) fn gender(head: &str, first: &str) -> usize {
    const HE: &[&str] = &[
        "man",
        "boy",
        "father",
        "brother",
        "son",
        "husband",
        "king",
        "prince",
        "sir",
        "mr.",
        "mr",
        "gentleman",
        "uncle",
        "nephew",
        "grandfather",
        "grandson",
        "spokesman",
        "chairman",
        "businessman",
        "congressman",
        "pope",
        "sheikh",
        "emir",
        "sultan",
        "guy",
        "actor",
        "lord",
        "duke",
        "bishop",
    ];
    const SHE: &[&str] = &[
        "woman",
        "girl",
        "mother",
        "sister",
        "daughter",
        "wife",
        "queen",
        "princess",
        "mrs.",
        "mrs",
        "ms.",
        "ms",
        "miss",
        "lady",
        "aunt",
        "niece",
        "grandmother",
        "granddaughter",
        "spokeswoman",
        "chairwoman",
        "businesswoman",
        "congresswoman",
        "actress",
        "duchess",
        "madam",
    ];
    match () {
        () if HE.contains(&head) || HE.contains(&first) => 1,
        () if SHE.contains(&head) || SHE.contains(&first) => 2,
        () => 0,
    }
}
