//! Texts in, folded words and content words out: how alike two short texts are.
//!
//! Two reports never tell one thing in the same words. "Shells hit a market in Tyre" and "a market in
//! Tyre was shelled" share their content words once endings and little words are gone.
//!
//! # How
//! 1. [`fold`] lower-cases and takes off accents, so that "Türkiye" and "Turkiye" are the same letters.
//! 2. [`tokens`] cuts at everything that is no letter or figure.
//! 3. [`content`] drops the little words and the commonest endings of English.
//! 4. [`overlap`], [`share`] and [`likeness`] compare: sets, sets of unequal size, spellings.
//! # Does not
//! Know meanings: "sheltering" and "harbouring" are different words here.

use unicode_normalization::UnicodeNormalization;

/// Words that carry no content of their own.
const LITTLE: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "both", "but",
    "by", "for", "from", "had", "has", "have", "he", "her", "his", "in", "into", "is", "it", "its", "more",
    "no", "not", "of", "on", "or", "other", "over", "said", "say", "says", "she", "some", "such", "than",
    "that", "the", "their", "them", "there", "they", "this", "those", "to", "two", "under", "was", "we",
    "were", "which", "who", "will", "with", "would",
];

/// Lower case, without accents and with straight quotes.
pub(crate) fn fold(text: &str) -> String {
    // Most words have no accent, and nothing to take off.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    lower.flat_map(char::to_lowercase).map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).collect()
}

/// Folded words in order, cut at everything that is no letter or figure.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text).replace("'s", " ");
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

/// Content words without endings; sorted, without repeats.
pub(crate) fn content(text: &str) -> Vec<String> {
    let mut out: Vec<String> =
        tokens(text).into_iter().filter(|w| !LITTLE.contains(&w.as_str())).map(|w| stem(&w)).collect();
    out.sort();
    out.dedup();
    out
}

/// The same as numbers, for comparing many: equal words are equal numbers (FNV-1a), on every machine.
pub(crate) fn numbers(text: &str) -> Vec<u64> {
    let mut out: Vec<u64> = content(text).iter().map(|w| number(w)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A number for some letters.
pub(crate) fn number(letters: &str) -> u64 {
    letters.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// The word without the commonest English endings.
pub(crate) fn stem(word: &str) -> String {
    for ending in ["ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "e", "y"] {
        if let Some(root) = word.strip_suffix(ending)
            && root.chars().count() >= 4
        {
            return root.to_string();
        }
    }
    word.to_string()
}

/// How many members two sorted lists share.
pub(crate) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        // Sums and no branches: which of two numbers is less cannot be guessed, and a wrong guess costs more than both.
        let order = a[i].cmp(&b[j]);
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
        n += usize::from(order.is_eq());
    }
    n
}

/// Shared members over all members of two sorted lists (Jaccard), 0 to 1; 0 where both are empty.
pub(crate) fn overlap<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let both = shared(a, b);
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

/// Shared members over the smaller of two sorted lists, 0 to 1: 1 where one holds the other.
pub(crate) fn share<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { shared(a, b) as f64 / least as f64 }
}

/// How alike two spellings are, 0 to 1: one minus the edits needed over the longer length.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 1.0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    1.0 - row[b.len()] as f64 / longest as f64
}

/// "Germany", "Germany and Chad", "Germany, Chad and Peru".
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// An entry of a live page without the hour before it: "19:05 The toll has risen", "10.40 GMT – Chad has closed the pass".
pub(crate) fn unstamped(text: &str) -> &str {
    const ZONES: [&str; 9] = ["GMT", "UTC", "BST", "CET", "CEST", "EST", "EDT", "am", "pm"];
    let hour = |word: &str| {
        let (hours, minutes) = word.trim_end_matches([':', ',']).split_once([':', '.'])?;
        let digits = minutes.len() == 2 && (1..=2).contains(&hours.len());
        (digits && hours.parse::<u8>().ok()? < 24 && minutes.parse::<u8>().ok()? < 60).then_some(())
    };
    let whole = text.trim_start();
    let Some((first, mut rest)) = whole.split_once(char::is_whitespace) else { return text };
    if hour(first).is_none() {
        return text;
    }
    while let Some((word, more)) = rest.trim_start().split_once(char::is_whitespace) {
        if !ZONES.contains(&word) && !matches!(word, "-" | "–" | "—" | "|") {
            break;
        }
        rest = more;
    }
    // "11.15 million": a number that counts something.
    let opens = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '[');
    let rest = rest.trim_start();
    if rest.starts_with(opens) { rest } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_takes_off_accents_and_case() {
        assert_eq!(fold("Türkiye’s"), "turkiye's");
        assert_eq!(tokens("Kyiv’s forces: 3 tanks"), ["kyiv", "forces", "3", "tanks"]);
    }

    #[test]
    fn content_words_meet_across_endings() {
        assert!(
            overlap(&content("shells hit a market in Tyre"), &content("the markets of Tyre were hit")) >= 0.5
        );
        assert!(overlap(&content("a market in Tyre"), &content("a barracks in Sidon")) < 0.2);
    }

    #[test]
    fn likeness_counts_edits() {
        assert!(likeness("kyiv", "kiev") >= 0.5);
        assert!(likeness("tehrik", "tehreek") > 0.7);
        assert!(likeness("iran", "qatar") < 0.5);
        assert!((likeness("", "") - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
        assert_eq!(listed::<&str>(&[]), "");
    }

    #[test]
    fn the_hour_before_an_entry_falls_away() {
        assert_eq!(unstamped("10.40 GMT – Peru has called up reserves"), "Peru has called up reserves");
        assert_eq!(unstamped("11.15 million people fled"), "11.15 million people fled");
        assert_eq!(unstamped("1:0 for the visitors"), "1:0 for the visitors");
        assert_eq!(unstamped("24:10 Troops moved"), "24:10 Troops moved");
    }
}
