//! Takes a word, its tag and an edit, gives the word's dictionary form.
//!
//! What a lexicon of verbs finds in a text hangs on this: "met", "hosted" and "overthrew" must come
//! out as "meet", "host" and "overthrow". The network alone, which sees pieces of words, makes
//! "expresse" of "expressed" one time in fifty; so it decides only where the treebanks and English
//! spelling do not.
//!
//! # How
//! 1. [`irregular`]: "fled", "crises". 2. `seen`: the treebanks have this word with this tag; the
//!    network chooses if they have several lemmas for it; what looks like a slip ("freed" as "fre") is
//!    passed over. 3. A tag without endings ("NN", "VB", "NNP"): the word itself; the network chooses
//!    the case. 4. `endings`: take off "-ed", "-ing", "-s", "-er" in every way that spelling allows and
//!    take the first that is a known word, or else the likeliest. 5. Where there is no such ending, the
//!    network's edit if it gives a known word, or else the word itself.
//! # Does not
//! Know words by meaning: "found" is "find" or "found" as the treebanks had it more often.
//! # From
//! Edit scripts as in Chrupała 2006 (`lemma_script` in `train/treebank.py`); the endings and doubled
//! letters as in Minnen, Carroll and Pearce 2001.

use crate::irregular;
use crate::weights::{File, Unusable};

/// One edit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Edit {
    /// The form as it is ("idc").
    Keep,
    /// The form in lower case ("id", "idl").
    Lower,
    /// Cut letters off the end and add some; in lower case unless `keep_case`.
    Replace { cut: usize, add: &'static str, keep_case: bool },
}

impl Edit {
    /// Reads an edit as the weights name it.
    pub(crate) fn parse(name: &'static str) -> Option<Edit> {
        match name {
            "idc" => return Some(Edit::Keep),
            "id" | "idl" => return Some(Edit::Lower),
            _ => {}
        }
        let (case, rest) = name.split_at_checked(1)?;
        let (cut, add) = rest.split_once('+')?;
        Some(Edit::Replace { cut: cut.parse().ok()?, add, keep_case: case == "c" })
    }

    /// The dictionary form of `form`. An edit that asks for more letters than there are gives the form
    /// in lower case.
    pub(crate) fn apply(self, form: &str) -> String {
        let (cut, add, keep_case) = match self {
            Edit::Keep => return form.to_owned(),
            Edit::Lower => return form.to_lowercase(),
            Edit::Replace { cut, add, keep_case } => (cut, add, keep_case),
        };
        let n = form.chars().count();
        if cut > n {
            return form.to_lowercase();
        }
        let kept: String = form.chars().take(n - cut).collect();
        match (keep_case, kept.is_empty()) {
            (true, true) => capital(add),
            (true, false) => kept + add,
            (false, _) => kept.to_lowercase() + add,
        }
    }

    fn keeps_case(self) -> bool {
        matches!(self, Edit::Keep | Edit::Replace { keep_case: true, .. })
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// What the treebanks say of lemmas, as sorted lines that lie in the weights.
#[derive(Debug)]
pub(crate) struct Lemmas {
    /// Word, tag and lemmas, with tabs between them.
    seen: &'static str,
    /// Dictionary forms.
    known: &'static str,
}

impl Lemmas {
    /// From the weights file.
    pub(crate) fn new(file: &File) -> Result<Lemmas, Unusable> {
        Ok(Lemmas { seen: file.text("lemmas.seen")?, known: file.text("lemmas.known")? })
    }

    /// The dictionary form of a word with its Penn tag. `is_word` knows further words.
    pub(crate) fn of(&self, form: &str, tag: &str, edit: Edit, is_word: impl Fn(&str) -> bool) -> String {
        let form = &form.replace(['’', '‘'], "'");
        let guess = edit.apply(form);
        let name = tag.starts_with("NNP");
        let lower = form.to_lowercase();
        if let Some(lemma) = irregular::base(&lower, tag) {
            return lemma.to_owned();
        }
        let seen = self.seen(if name { form } else { &lower }, tag).unwrap_or("");
        if let Some(lemma) = seen.split('\t').find(|l| *l == guess).or(seen.split('\t').next())
            && !lemma.is_empty()
            && !self.is_slip(&lower, lemma, tag, &is_word)
        {
            return lemma.to_owned();
        }
        let cased =
            |lemma: String| if edit.keeps_case() && starts_upper(form) { capital(&lemma) } else { lemma };
        match tag {
            "NNP" => form.clone(),
            // "Houthis", but "Netherlands": only the network can tell.
            "NNPS" if guess == *form => guess,
            "NNPS" => capital(&self.uninflected(&lower, tag, &guess.to_lowercase(), &is_word)),
            "VBD" | "VBN" | "VBG" | "VBZ" | "NNS" | "JJR" | "JJS" | "RBR" | "RBS" => {
                cased(self.uninflected(&lower, tag, &guess.to_lowercase(), &is_word))
            }
            _ if edit.keeps_case() && guess.to_lowercase() == lower => guess,
            _ => lower,
        }
    }

    /// The lemmas of a word with this tag in the treebanks, with tabs between them.
    fn seen(&self, form: &str, tag: &str) -> Option<&'static str> {
        let line = find(self.seen, |line| {
            let mut fields = line.splitn(3, '\t');
            (fields.next().unwrap_or("").as_bytes(), fields.next().unwrap_or("").as_bytes())
                .cmp(&(form.as_bytes(), tag.as_bytes()))
        })?;
        line.splitn(3, '\t').nth(2)
    }

    fn is_known(&self, word: &str) -> bool {
        find(self.known, |line| line.as_bytes().cmp(word.as_bytes())).is_some()
    }

    fn uninflected(&self, form: &str, tag: &str, guess: &str, is_word: impl Fn(&str) -> bool) -> String {
        let ways = endings(form, tag);
        let known = |w: &str| self.is_known(w) || is_word(w);
        let tests: [&dyn Fn(&&String) -> bool; 4] = [
            &|w| self.is_known(w) && is_word(w),
            &|w| is_word(w),
            &|w| without_prefix(w).any(|rest| self.is_known(rest) || is_word(rest)),
            &|w| self.is_known(w),
        ];
        if let Some(word) = tests.iter().find_map(|test| ways.iter().find(test)) {
            return word.clone();
        }
        if let Some(lemma) = self.with_prefix(form, tag) {
            return lemma;
        }
        let guess = if known(guess) { guess } else { form };
        ways.first().map_or(guess, String::as_str).to_owned()
    }

    /// Is a lemma of the treebanks no word, and another way to take off the ending gives one?
    fn is_slip(&self, form: &str, lemma: &str, tag: &str, is_word: impl Fn(&str) -> bool) -> bool {
        let known =
            |w: &str| is_word(w) || without_prefix(w).any(|rest| is_word(rest) || self.is_known(rest));
        matches!(tag, "VBD" | "VBN" | "VBG")
            && lemma.len() > 2
            && !known(lemma)
            && endings(form, tag).iter().any(|way| way != lemma && known(way))
    }

    /// "overthrew", "withheld", "retook": a prefix before a word that is irregular or has been seen.
    fn with_prefix(&self, form: &str, tag: &str) -> Option<String> {
        let base = |rest: &str| {
            irregular::base(rest, tag).or_else(|| self.seen(rest, tag).and_then(|l| l.split('\t').next()))
        };
        let lemma = |rest: &str| base(rest).map(|l| format!("{}{l}", &form[..form.len() - rest.len()]));
        without_prefix(form).find_map(lemma)
    }
}

/// What follows a prefix that the word may begin with.
fn without_prefix(word: &str) -> impl Iterator<Item = &str> {
    const PREFIXES: [&str; 15] = [
        "over", "under", "out", "up", "re", "un", "with", "fore", "mis", "inter", "counter", "de", "dis",
        "pre", "co",
    ];
    let rest = |p: &&'static str| word.strip_prefix(*p).map(|rest| rest.trim_start_matches('-'));
    PREFIXES.iter().filter_map(rest).filter(|rest| rest.len() > 2)
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Searches sorted lines where they lie.
fn find(lines: &'static str, order: impl Fn(&str) -> std::cmp::Ordering) -> Option<&'static str> {
    let (mut low, mut high) = (0, lines.len());
    while low < high {
        let middle = (low..=low + (high - low) / 2).rev().find(|&i| lines.is_char_boundary(i))?;
        let start = lines[low..middle].rfind('\n').map_or(low, |i| low + i + 1);
        let end = lines[start..].find('\n').map_or(lines.len(), |i| start + i);
        match order(&lines[start..end]) {
            std::cmp::Ordering::Equal => return Some(&lines[start..end]),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// The ways to take off the ending that the tag asks for, the likeliest first.
fn endings(form: &str, tag: &str) -> Vec<String> {
    let cut =
        |ending: &str| form.strip_suffix(ending).filter(|stem| stem.chars().any(vowel) && stem.len() > 1);
    let with = |stem: &str, add: &str| format!("{stem}{add}");
    match tag {
        "VBD" | "VBN" => match (cut("ied"), cut("ed")) {
            (Some(stem), _) => vec![with(stem, "y"), with(stem, "ie"), with(stem, "i")],
            (_, Some(stem)) => stems(stem),
            _ => Vec::new(),
        },
        "VBG" => match cut("ing") {
            Some(stem) => {
                let mut ways = stems(stem);
                ways.extend(stem.strip_suffix('y').map(|s| with(s, "ie")));
                ways
            }
            None => Vec::new(),
        },
        "JJR" | "RBR" => comparison(cut("ier"), cut("er")),
        "JJS" | "RBS" => comparison(cut("iest"), cut("est")),
        _ => plural(form),
    }
}

fn comparison(after_y: Option<&str>, plain: Option<&str>) -> Vec<String> {
    let y = after_y.map(|stem| format!("{stem}y"));
    y.into_iter().chain(plain.map(stems).unwrap_or_default()).collect()
}

fn plural(form: &str) -> Vec<String> {
    let cut = |ending: &str| form.strip_suffix(ending).filter(|stem| stem.len() > 1);
    let with = |stem: &str, add: &str| format!("{stem}{add}");
    let mut ways = Vec::new();
    if let Some(stem) = cut("men") {
        ways.push(with(stem, "man"));
    } else if let Some(stem) = cut("children") {
        ways.push(with(stem, "child"));
    }
    if let Some(stem) = cut("ies") {
        ways.extend([with(stem, "y"), with(stem, "ie")]);
    } else if let Some(stem) = cut("ves") {
        ways.extend([with(stem, "ve"), with(stem, "f"), with(stem, "fe")]);
    } else if let Some(stem) = cut("es") {
        let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| stem.ends_with(e));
        let both = [stem.to_owned(), with(stem, "e")];
        ways.extend(if hissing { both } else { [both[1].clone(), both[0].clone()] });
    } else if let Some(stem) = cut("s").filter(|stem| !stem.ends_with(['s', 'u'])) {
        ways.push(stem.to_owned());
    }
    ways
}

fn vowel(c: char) -> bool {
    "aeiouy".contains(c)
}

/// Runs of vowels: about as many as syllables.
fn groups_of_vowels(stem: &str) -> usize {
    stem.split(|c| !vowel(c)).filter(|run| !run.is_empty()).count()
}

/// What a word was before "-ed", "-ing" or "-er": with an "e", as it is, or with one letter less.
fn stems(stem: &str) -> Vec<String> {
    let (plain, with_e) = (stem.to_owned(), format!("{stem}e"));
    let mut last = stem.chars().rev();
    let (c, b, a) = (last.next().unwrap_or(' '), last.next().unwrap_or(' '), last.next().unwrap_or(' '));
    if c == 'e' && b != 'e' {
        // "freed", "guaranteed".
        return vec![with_e, plain];
    }
    let syllables = groups_of_vowels(stem);
    if c == b && !vowel(c) {
        // "planned", "rebelled", but "called", "passed".
        let single = stem[..stem.len() - c.len_utf8()].to_owned();
        let keeps = "sfz".contains(c) || c == 'l' && syllables < 2;
        return if keeps { vec![plain, single, with_e] } else { vec![single, plain, with_e] };
    }
    if stem.ends_with("ick") && syllables > 1 {
        // "trafficked", "mimicked".
        return vec![stem[..stem.len() - 1].to_owned(), plain];
    }
    // "hoped": of "hop" it would have been "hopped".
    let short = !vowel(c)
        && !"wxy".contains(c)
        && vowel(b)
        && !vowel(a)
        && stem.chars().filter(|&c| vowel(c)).count() == 1;
    let e_likely = short
        || "cvuz".contains(c)
        || stem.ends_with("th")
        || c == 's' && b != 's'
        || c == 'g' && b != 'n'
        || c == 'l' && !vowel(b) && b != 'l' && b != 'r' && b != 'w'
        || stem.ends_with("at") && stem.len() > 4
        || stem.ends_with("ir");
    if e_likely { vec![with_e, plain] } else { vec![plain, with_e] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_give_dictionary_forms() {
        for (edit, form, lemma) in [
            ("l0+", "Talks", "talks"),
            ("l1+", "talks", "talk"),
            ("l2+eet", "met", "meet"),
            ("c0+", "Kyiv", "Kyiv"),
            ("c1+", "Houthis", "Houthi"),
            ("l2+be", "'s", "be"),
            ("l9+x", "it", "it"),
            ("idc", "al-Shabaab", "al-Shabaab"),
            ("id", "WARNED", "warned"),
            ("c2+united", "UN", "United"),
        ] {
            assert_eq!(Edit::parse(edit).expect("an edit").apply(form), lemma, "{edit} {form}");
        }
        assert_eq!(Edit::parse(""), None);
    }

    #[test]
    fn endings_come_off() {
        for (form, tag, lemma) in [
            ("brokered", "VBD", "broker"),
            ("hoped", "VBD", "hope"),
            ("hopped", "VBD", "hop"),
            ("carried", "VBD", "carry"),
            ("called", "VBN", "call"),
            ("planned", "VBN", "plan"),
            ("negotiated", "VBN", "negotiate"),
            ("seizing", "VBG", "seize"),
            ("dying", "VBG", "dy"),
            ("shelling", "VBG", "shell"),
            ("ambushes", "VBZ", "ambush"),
            ("cities", "NNS", "city"),
            ("knives", "NNS", "knive"),
            ("gunmen", "NNS", "gunman"),
            ("heavier", "JJR", "heavy"),
            ("largest", "JJS", "large"),
            ("forces", "NNS", "force"),
            ("freed", "VBD", "free"),
            ("guaranteed", "VBN", "guarantee"),
            ("freeing", "VBG", "free"),
            ("rebelled", "VBD", "rebel"),
            ("quelled", "VBD", "quell"),
            ("trafficked", "VBN", "traffic"),
            ("kicked", "VBN", "kick"),
            ("schoolchildren", "NNS", "schoolchild"),
        ] {
            assert_eq!(endings(form, tag)[0], lemma, "{form}");
        }
    }

    #[test]
    fn lemmas_do_not_hang_on_a_slip_of_the_treebanks() {
        let file = File::open(&crate::ENGLISH.0).expect("the bundled weights open");
        let lemmas = Lemmas::new(&file).expect("whole");
        let pieces = crate::pieces::Pieces::new(&file).expect("whole");
        let wrong = Edit::Replace { cut: 2, add: "ad", keep_case: false };
        for (form, tag, lemma) in [
            ("fled", "VBD", "flee"),
            ("Fled", "VBN", "flee"),
            ("freed", "VBN", "free"),
            ("bred", "VBD", "breed"),
            ("agreed", "VBD", "agree"),
            ("overthrew", "VBD", "overthrow"),
            ("misunderstood", "VBN", "misunderstand"),
            ("reconvened", "VBD", "reconvene"),
            ("refereed", "VBD", "referee"),
            ("patrolled", "VBD", "patrol"),
            ("mimicked", "VBD", "mimic"),
            ("xqzt", "VBD", "xqzt"),
        ] {
            assert_eq!(lemmas.of(form, tag, wrong, |w| pieces.is_word(w)), lemma, "{form}");
        }
    }

    #[test]
    fn lines_are_found() {
        let lines = "a\nbc\ncafé\nzz";
        for word in ["a", "bc", "café", "zz"] {
            assert_eq!(find(lines, |l| l.as_bytes().cmp(word.as_bytes())), Some(word));
        }
        for word in ["", "b", "bcd", "zzz"] {
            assert_eq!(find(lines, |l| l.as_bytes().cmp(word.as_bytes())), None);
        }
        assert_eq!(find("", |l| l.cmp("")), None);
    }
}
