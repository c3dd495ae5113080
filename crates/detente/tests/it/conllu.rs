//! What `detente analyze` prints is CoNLL-U: the rules of Universal Dependencies' validator for columns and trees
//! (its levels 1 and 2), written out.

use super::support::{Folder, detente, run};
use std::collections::BTreeSet;

const TEXT: &str = "\
TALKS COLLAPSE IN GENEVA

The envoy didn't say why.It ended at 10:30am, after \u{201c}two hours\u{201d} (or less).  Both\tsides left\u{2026}
\u{200b}Zero\u{200b}width, emoji \u{1f600}\u{1f1fa}\u{1f1e6}! \u{627}\u{644}\u{633}\u{644}\u{627}\u{645} said the sign.
| Item | No. |
| tents | 3\u{a0}000 |
* one_ * two ((( _ # text = no
";

const UPOS: &str = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X";
const RELATIONS: &str = "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det \
                         discourse dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj \
                         obl orphan parataxis punct reparandum root vocative xcomp";

#[test]
fn analyze_prints_what_the_validator_of_universal_dependencies_takes() {
    let folder = Folder::with(&[("a.txt", TEXT.as_bytes()), ("b.txt", b"A second text.")]);
    let ran = run(&mut detente(&["analyze", &folder.at("")]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.ends_with("\n\n") && !ran.out.contains("\n\n\n") && !ran.out.contains('\r'));
    let mut ids = BTreeSet::new();
    for block in ran.out.trim_end().split("\n\n") {
        let note = |name: &str| block.lines().find_map(|l| l.strip_prefix(name)).expect(name);
        assert!(ids.insert(note("# sent_id = ").to_owned()), "an id stands twice");
        check_sentence(block, note("# text = "));
    }
    assert!(ids.len() > 6);
}

fn check_sentence(block: &str, text: &str) {
    let rows: Vec<Vec<&str>> =
        block.lines().filter(|l| !l.starts_with("# ")).map(|l| l.split('\t').collect()).collect();
    let (mut joined, mut heads) = (String::new(), Vec::new());
    for (i, row) in rows.iter().enumerate() {
        assert_eq!((row.len(), row[0]), (10, (i + 1).to_string().as_str()), "{row:?}");
        for column in row {
            assert!(!column.is_empty() && column.trim() == *column, "{row:?}");
        }
        assert!(!row[1..9].iter().any(|c| c.contains(char::is_whitespace)), "{row:?}");
        assert!(UPOS.split(' ').any(|u| u == row[3]), "{row:?}");
        let base = row[7].split(':').next().unwrap_or("");
        assert!(RELATIONS.split_whitespace().any(|r| r == base), "{row:?}");
        assert_eq!((row[5], row[8]), ("_", "_"));
        joined.push_str(row[1]);
        if !row[9].split('|').any(|m| m == "SpaceAfter=No") {
            joined.push(' ');
        }
        let head: usize = row[6].parse().expect("a number");
        assert_eq!(head == 0, row[7] == "root", "{row:?}");
        assert!(head <= rows.len() && head != i + 1);
        heads.push(head);
    }
    assert_eq!(joined.trim_end(), text);
    assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1, "one root");
    for start in 1..=heads.len() {
        let walk = std::iter::successors(Some(start), |&at| Some(heads[at - 1]).filter(|&h| h > 0));
        assert!(walk.take(heads.len() + 1).count() <= heads.len(), "a circle");
    }
}
