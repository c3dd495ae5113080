//! Takes a word and an edit, gives the word's dictionary form.
//!
//! The network picks one of some two hundred edits for each word: "as it is", "lower case", or "cut
//! n letters and add these" ("met" → `l2+eet`). A name keeps its capital, everything else loses it.
//!
//! # From
//! `lemma_script` and `apply_script` in `train/treebank.py`, which this follows to the letter; edit
//! scripts as in Chrupała 2006.

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
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
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
}
