//! The words of happenings: TOML files to look-ups by lemma.
//!
//! A *frame* says which verb, noun or adjective tells an event, of which PLOVER type and mode, under
//! which conditions ("close" with a border as its object), and where in the sentence who and to whom
//! stand. An *operator* ("offer", "refuse", "threaten") changes how real its content is. *Speech*
//! words hand a sentence to a speaker.
//!
//! # How
//! 1. Parse every file of `data/lexicon` (and a user's own files), collecting all problems.
//! 2. Expand `#class` references.
//! 3. Index by the lemma of the first (verb) or last (noun) word.
//!
//! # Does not
//! Look at a sentence: that is `detente-read`'s.

mod entry;
mod index;

pub use entry::{Count, Frame, Operator, Roles, Set, Speech};
pub use index::{Hit, Lexicon, Part};

/// The bundled files, by name.
const FILES: &[(&str, &str)] = &[
    ("roles.toml", include_str!("../../data/lexicon/roles.toml")),
    ("classes.toml", include_str!("../../data/lexicon/classes.toml")),
    ("speech.toml", include_str!("../../data/lexicon/speech.toml")),
    ("operators.toml", include_str!("../../data/lexicon/operators.toml")),
    ("counts.toml", include_str!("../../data/lexicon/counts.toml")),
    ("assault.toml", include_str!("../../data/lexicon/assault.toml")),
    ("coerce.toml", include_str!("../../data/lexicon/coerce.toml")),
    ("mobilize.toml", include_str!("../../data/lexicon/mobilize.toml")),
    ("conflict_verbal.toml", include_str!("../../data/lexicon/conflict_verbal.toml")),
    ("cooperation.toml", include_str!("../../data/lexicon/cooperation.toml")),
    ("beyond.toml", include_str!("../../data/lexicon/beyond.toml")),
];

impl Lexicon {
    /// The bundled lexicon together with a user's own files, as `(path, contents)`.
    pub fn with(extra: &[(String, String)]) -> Result<Lexicon, Vec<(String, String)>> {
        let bundled = FILES.iter().map(|(path, text)| (format!("data/lexicon/{path}"), text.to_string()));
        let files: Vec<(String, String)> = bundled.chain(extra.iter().cloned()).collect();
        Lexicon::build(&files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_types::EventType;

    #[test]
    fn the_bundled_files_have_no_problems() {
        let lexicon = Lexicon::with(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
        for kind in EventType::ALL.iter().filter(|t| t.is_plover()) {
            let covered = lexicon.frames().iter().any(|f| f.kind == *kind && !f.yes.is_empty());
            let by_operator = lexicon.operators().iter().any(|o| o.kind == Some(*kind));
            assert!(covered || by_operator, "{kind} has no entry with a `yes` sentence");
        }
    }

    #[test]
    fn keys_are_unique() {
        let lexicon = Lexicon::with(&[]).expect("tested above");
        let mut keys: Vec<&str> = lexicon.frames().iter().map(|f| f.key.as_str()).collect();
        keys.extend(lexicon.operators().iter().map(|o| o.key.as_str()));
        keys.sort_unstable();
        let repeated: Vec<_> = keys.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
        // "accuse" is both a happening and an operator on its content.
        let both = ["accuse", "promise", "refuse", "threaten", "deny", "offer"];
        assert!(repeated.iter().all(|k| both.contains(k)), "{repeated:?}");
    }
}
