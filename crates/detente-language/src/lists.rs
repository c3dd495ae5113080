//! The closed lists behind [`crate::token`] and [`crate::split`]: abbreviations, prefixes, units.
//!
//! Each list says where it is from. They hold words of English, not of any crisis.

/// Is the word in the list, without regard to case?
fn among(word: &str, list: &[&str]) -> bool {
    word.len() <= 24 && list.contains(&word.to_ascii_lowercase().as_str())
}

/// After an apostrophe: "'s", "'ve". ("n't" is handled beside.)
pub(crate) fn is_clitic(tail: &str) -> bool {
    among(tail, &["s", "m", "d", "re", "ve", "ll"])
}

/// Words that begin with an apostrophe.
pub(crate) fn is_short_form(tail: &str) -> bool {
    among(tail, &["em", "til", "cause", "tis", "twas", "n"])
}

/// Contractions without apostrophe that the treebanks cut in two; gives the place.
pub(crate) fn contraction(word: &str) -> Option<usize> {
    const LIST: &[(&str, usize)] = &[
        ("cannot", 3),
        ("gonna", 3),
        ("gotta", 3),
        ("wanna", 3),
        ("dont", 2),
        ("didnt", 3),
        ("doesnt", 4),
        ("couldnt", 5),
        ("wouldnt", 5),
        ("isnt", 2),
        ("wasnt", 3),
        ("arent", 3),
    ];
    if !(4..=7).contains(&word.len()) {
        return None;
    }
    LIST.iter().find(|(w, _)| word.eq_ignore_ascii_case(w)).map(|&(_, cut)| cut)
}

/// Kept together with what follows the hyphen (read off EWT and GUM: "non-avian", "mid-August").
pub(crate) fn is_prefix(word: &str) -> bool {
    const LIST: &[&str] = &[
        "anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "infra", "inter",
        "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "multi", "neo", "non", "over",
        "pan", "para", "post", "pre", "pro", "proto", "pseudo", "psycho", "quasi", "re", "semi", "socio",
        "sub", "super", "trans", "tri", "ultra", "un", "under",
    ];
    among(word, LIST)
}

/// Written after a number without a space, and a word of their own in the treebanks.
pub(crate) fn is_unit(word: &str) -> bool {
    const LIST: &[&str] = &[
        "am", "b", "bn", "cc", "cm", "ft", "gb", "ghz", "gw", "ha", "hr", "hrs", "hz", "in", "k", "kb", "kg",
        "khz", "km", "kmh", "kph", "kt", "kv", "kw", "kwh", "l", "lb", "lbs", "m", "mb", "mg", "mhz", "mi",
        "min", "mins", "ml", "mm", "mn", "mph", "mw", "oz", "p", "pc", "pct", "pm", "ppm", "sec", "secs",
        "sqm", "t", "tb", "tn", "trn", "tw", "v", "w", "x", "yd", "yr", "yrs",
    ];
    among(word, LIST)
}

/// Letters before "$".
pub(crate) fn is_dollar(word: &str) -> bool {
    ["US", "U", "AU", "A", "CA", "C", "HK", "NT", "NZ", "R", "S"].contains(&word)
}

/// "Ph.D", "M.Sc", "B.Sc": letters and a longer part between full stops.
pub(crate) fn is_degree(word: &str, next: &str) -> bool {
    const LIST: &[(&str, &str)] =
        &[("Ph", "D"), ("M", "Sc"), ("B", "Sc"), ("D", "Phil"), ("M", "Phil"), ("LL", "B"), ("LL", "M")];
    LIST.contains(&(word, next))
}

/// Last parts of domain names, and endings of files.
pub(crate) fn is_domain(end: &str) -> bool {
    const LIST: &[&str] = &[
        "aero", "af", "ai", "am", "ar", "asia", "au", "az", "bd", "be", "biz", "br", "by", "ca", "cat", "ch",
        "cl", "cn", "co", "com", "csv", "cz", "de", "dk", "doc", "docx", "edu", "eg", "es", "et", "eu",
        "exe", "fi", "fr", "ge", "gif", "gov", "gr", "hk", "htm", "html", "hu", "id", "ie", "il", "info",
        "int", "io", "iq", "ir", "it", "jp", "jpeg", "jpg", "json", "ke", "kr", "kz", "lb", "lk", "ly", "md",
        "mil", "mp3", "mp4", "mx", "my", "net", "news", "ng", "nl", "no", "np", "nz", "org", "pdf", "ph",
        "pk", "pl", "png", "ppt", "ps", "pt", "py", "qa", "ro", "rs", "ru", "sa", "sd", "se", "sg", "sy",
        "th", "tn", "tr", "tv", "tw", "txt", "ua", "uk", "us", "uz", "vn", "xls", "xlsx", "xml", "ye", "za",
        "zip",
    ];
    // A capital after a full stop is rather a new sentence ("calm.It was") than a domain.
    end.len() < 6 && !end.starts_with(|c: char| c.is_ascii_uppercase()) && among(end, LIST)
}

/// Kinds of abbreviation, which differ in what may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    /// "Gen.", "St.": something follows in the same sentence.
    Title,
    /// "J.": the same, most of the time.
    Initial,
    /// "Inc.", "U.S.", "a.m.", "Oct.": may end the sentence.
    Other,
}

/// Which kind of abbreviation a word is, given without its last full stop.
pub(crate) fn short(word: &str) -> Option<Short> {
    const TITLE: &[&str] = &[
        "adm", "amb", "asst", "atty", "attn", "brig", "capt", "cdr", "cmdr", "col", "cols", "cpl", "cpt",
        "det", "dr", "drs", "fr", "ft", "gen", "gens", "gov", "govs", "hon", "insp", "lt", "maj", "messrs",
        "mlle", "mme", "mr", "mrs", "ms", "mt", "pfc", "pres", "prof", "profs", "pvt", "rep", "reps", "rev",
        "sen", "sens", "sgt", "spc", "st", "ste", "supt",
    ];
    const OTHER: &[&str] = &[
        "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues",
        "wed", "thu", "thur", "thurs", "fri", "inc", "corp", "co", "ltd", "bros", "dept", "univ", "assn",
        "intl", "jr", "sr", "esq", "ave", "blvd", "bldg", "govt", "natl",
    ];
    const LOWER: &[&str] =
        &["etc", "vs", "approx", "cf", "viz", "esp", "incl", "resp", "ca", "dept", "govt", "ext", "et"];
    let capital = word.starts_with(char::is_uppercase);
    if word.contains('.') {
        let single = |part: &str| part.chars().nth(1).is_none();
        let dotted =
            word.split('.').all(single) || word.split_once('.').is_some_and(|(a, b)| is_degree(a, b));
        return dotted.then_some(Short::Other);
    }
    if capital && word.chars().nth(1).is_none() {
        return Some(Short::Initial);
    }
    if capital && among(word, TITLE) {
        return Some(Short::Title);
    }
    (capital && among(word, OTHER) || LOWER.contains(&word)).then_some(Short::Other)
}

/// Does the full stop after `word` belong to it? `previous` is the token before it, `next` the text
/// after the full stop.
pub(crate) fn is_abbreviation(word: &str, previous: Option<&str>, next: &str) -> bool {
    const BEFORE_NUMBER: &[&str] = &[
        "no", "nos", "art", "arts", "fig", "figs", "vol", "p", "pp", "ch", "sec", "para", "mar", "sat",
        "sun", "ver", "op", "pt", "c",
    ];
    let digit = next.starts_with(|c: char| c.is_ascii_digit());
    if among(word, BEFORE_NUMBER) {
        return digit;
    }
    if word == "al" {
        return previous.is_some_and(|p| p.eq_ignore_ascii_case("et"));
    }
    match short(word) {
        Some(Short::Title) => next.chars().next().is_some(),
        // "than I." ends a sentence; "Vitamin C." may.
        Some(Short::Initial) => {
            let capital = next.starts_with(|c: char| c.is_uppercase() || c == ',' || c == '\'' || c == '’');
            let named = previous.is_none_or(|p| {
                p.ends_with('.') || p.starts_with(char::is_uppercase) || !p.starts_with(char::is_alphabetic)
            });
            capital && (word != "I" || named)
        }
        Some(Short::Other) => true,
        None => false,
    }
}

/// Words that begin a sentence far more often than they follow an abbreviation inside one.
pub(crate) fn starts_sentences(word: &str) -> bool {
    STARTERS.split_whitespace().any(|starter| starter == word)
}

const STARTERS: &str = "A About After All Although An And Another As At Because Before Both But By Despite During Each \
    Earlier For From He Her His How However I If In Instead It Its Last Later Many Meanwhile More \
    Most My No Not Now On One Or Our Others Several She Since So Some Such That The Their Then \
    There These They This Those Though Thus To Two Under Until We What When Where Which While Who \
    Why With You Your";

/// Verbs that follow a quotation: `"Is it over?" General Haftar asked`.
pub(crate) fn reports_speech(word: &str) -> bool {
    const LIST: &[&str] = &[
        "said",
        "says",
        "say",
        "asked",
        "asks",
        "told",
        "tells",
        "added",
        "adds",
        "replied",
        "wrote",
        "writes",
        "tweeted",
        "posted",
        "shouted",
        "cried",
        "wondered",
        "exclaimed",
        "joked",
        "insisted",
        "declared",
        "warned",
        "answered",
        "recalled",
        "quipped",
        "explained",
        "responded",
        "continued",
    ];
    LIST.contains(&word)
}
