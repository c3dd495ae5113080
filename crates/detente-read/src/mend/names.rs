//! Tags of names that do not go together with the tree.

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

fn joined(token: &Token, first: usize) -> bool {
    token.rel == "flat" && token.head == Some(first) && token.upos == "PROPN"
}

/// "Monday's incident", "Sunday's bombing": a weekday that was taken for a whole name.
pub(super) fn weekday(tokens: &mut [Token], at: usize) {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let goes_on = tokens.get(at + 1).is_some_and(|next| next.name.is_some() && !next.name_begins);
    let lemma = tokens[at].lemma.to_lowercase();
    if tokens[at].name_begins && !goes_on && DAYS.contains(&lemma.as_str()) {
        tokens[at].name = None;
        tokens[at].name_begins = false;
    }
}
