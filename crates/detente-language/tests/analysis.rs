//! What holds for every text, and what the network must say of some sentences of our own.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use detente_language::{Kernel, Language, Mention, Sentence};
use proptest::prelude::*;

fn all(text: &str) -> [Range<usize>; 1] {
    std::array::from_fn(|_| 0..text.len())
}

/// The laws of offsets and trees.
fn check_laws(text: &str, sentences: &[Sentence]) {
    let mut at = 0;
    for sentence in sentences {
        assert!(!sentence.tokens.is_empty());
        assert_eq!(sentence.start, sentence.tokens[0].start);
        assert_eq!(sentence.end, sentence.tokens[sentence.tokens.len() - 1].end);
        for token in &sentence.tokens {
            assert!(at <= token.start && token.start < token.end && token.end <= text.len());
            assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
            let gap = &text[at..token.start];
            assert!(!gap.contains(char::is_alphanumeric), "{gap:?} is in no token of {text:?}");
            at = token.end;
        }
        let roots = sentence.tokens.iter().filter(|t| t.head.is_none()).count();
        assert_eq!(roots, 1, "one root");
        let root = sentence.root().expect("a root");
        assert_eq!(sentence.tokens[root].rel, "root");
        for i in 0..sentence.tokens.len() {
            assert!(sentence.tokens[i].head.is_none_or(|h| h < sentence.tokens.len() && h != i));
            assert!(sentence.is_below(i, root), "every word is reached from the root");
            assert!(sentence.tokens[i].name.is_some() || !sentence.tokens[i].name_begins);
        }
    }
    assert!(!text[at..].contains(char::is_alphanumeric), "the text ends in no token: {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_gives_whole_offsets_and_trees(text in "\\PC{0,120}") {
        check_laws(&text, &Language::english().analyze(&text, &all(&text)));
    }

    #[test]
    fn text_like_text_does_too(text in "([A-Z]?[a-zéü]{1,9}('s|n't|’s)?[,.;:!?)\"”-]{0,2}[ \n]{0,2}|[0-9$%.,/-]{1,6}|\u{200b}|😀|\\.\\.\\.|http://[a-z./]{1,9}| [(“\"]){0,60}") {
        let language = Language::english();
        let sentences = language.analyze(&text, &all(&text));
        check_laws(&text, &sentences);
        check_chains(&language, &text, &sentences);
    }

    #[test]
    fn any_blocks_are_taken(text in "\\PC{0,60}", a in 0usize..80, b in 0usize..80) {
        // Ranges past the end or inside a character are cut to what there is.
        let found = Language::english().analyze(&text, &[a..b, b..a]);
        for token in found.iter().flat_map(|s| &s.tokens) {
            prop_assert!(text.get(token.start..token.end).is_some());
        }
    }
}

/// The laws of chains: in order, each mention once, inside its sentence.
fn check_chains(language: &Language, text: &str, sentences: &[Sentence]) {
    let mut seen = BTreeSet::new();
    let mut firsts = Vec::new();
    for chain in language.chains(text, sentences) {
        let key = |m: &Mention| (m.sentence, m.tokens.start, Reverse(m.tokens.end), m.head);
        assert!(!chain.mentions.is_empty());
        assert!(chain.mentions.windows(2).all(|w| key(&w[0]) <= key(&w[1])), "in order");
        firsts.push(key(&chain.mentions[0]));
        for m in &chain.mentions {
            assert!(m.tokens.contains(&m.head) && m.tokens.end <= sentences[m.sentence].tokens.len());
            assert!(seen.insert((m.sentence, m.head, m.tokens.start, m.tokens.end)), "{m:?} stands twice");
        }
    }
    assert!(firsts.windows(2).all(|w| w[0] <= w[1]), "chains stand in the order of their first mentions");
}

/// The mentions of the chain that begins with these words.
fn chain_of<'t>(text: &'t str, first: &str) -> Vec<&'t str> {
    let language = Language::english();
    let sentences = language.analyze(text, &all(text));
    let words = |m: &Mention| &text[sentences[m.sentence].bytes(m.tokens.clone())];
    let chains = language.chains(text, &sentences);
    let chain = chains.iter().find(|c| words(&c.mentions[0]) == first);
    chain.map_or_else(Vec::new, |c| c.mentions.iter().map(words).collect())
}

#[test]
fn pronouns_and_later_nouns_join_the_chain_of_what_they_name() {
    let text = "The foreign minister of Norway flew to Nairobi on Monday. She met rebel leaders there, and \
                they promised her a truce. The minister thanked them.";
    assert_eq!(
        chain_of(text, "The foreign minister of Norway"),
        ["The foreign minister of Norway", "She", "her", "The minister"]
    );
    assert_eq!(chain_of(text, "rebel leaders"), ["rebel leaders", "they", "them"]);
    let text = "Ostria's army said it had shot down a drone over the border town of Selm. The town has been \
                shelled for weeks, and Ostria denied a part in it. Its mayor, Anna Dorel, said she had no water.";
    assert_eq!(chain_of(text, "Ostria's army"), ["Ostria's army", "it"]);
    assert_eq!(chain_of(text, "Ostria's")[..2], ["Ostria's", "Ostria"]);
    assert_eq!(chain_of(text, "the border town of Selm")[..2], ["the border town of Selm", "The town"]);
    assert_eq!(chain_of(text, "Its mayor"), ["Its mayor", "Anna Dorel", "she"]);
}

/// Two thousand sentences of our own, all different, each on a line.
fn two_thousand_sentences() -> String {
    const WHO: [&str; 8] = [
        "The envoy",
        "Both sides",
        "A spokesman",
        "Norway's Anna Dahl,",
        "At least 14 fishermen",
        "The army, not the police,",
        "“Our people”, he said,",
        "RESIDENTS OF SELM",
    ];
    const DID: [&str; 10] = [
        "denied that shells had struck",
        "met in",
        "didn't leave",
        "was turned away from",
        "fled to",
        "will not negotiate over",
        "accused its neighbour of blockading",
        "(who knows?) lost",
        "rebuilt, slowly,",
        "PULLED OUT OF",
    ];
    const WHAT: [&str; 5] =
        ["the border town of Selm", "Addis Ababa", "a $5bn dam", "the non-state camp", "it"];
    const WHEN: [&str; 5] = [" on Monday.", " — for now…", ", it said on 3 May 2021.", "; why?!", ""];
    let mut out = String::new();
    for i in 0..2000 {
        let words = [WHO[i % 8], DID[i / 8 % 10], WHAT[i / 80 % 5]];
        out.push_str(&format!("{}{}\n\n", words.join(" "), WHEN[i / 400]));
    }
    out
}

#[test]
fn all_kernels_and_batches_give_the_same_answer() {
    let text = two_thousand_sentences();
    let language = Language::english();
    let want = language.analyze(&text, &all(&text));
    let chains = language.chains(&text, &want);
    assert!(want.len() >= 2000);
    for kernel in Kernel::available().into_iter().skip(1) {
        let found = Language::english().with_kernel(kernel).analyze(&text, &all(&text));
        assert!(found == want, "{} differs", kernel.name());
        assert!(language.chains(&text, &found) == chains, "chains on {} differ", kernel.name());
    }
    // Alone, and with other neighbours: batches of one sentence, of seven, of a hundred.
    for size in [1, 7, 100] {
        let together = want.chunks(size).flat_map(|some| {
            let blocks: Vec<_> = some.iter().map(|s| s.start..s.end).collect();
            language.analyze(&text, &blocks)
        });
        assert!(together.eq(want.iter().cloned()), "batches of {size} differ");
    }
}

#[test]
fn a_sentence_of_ten_thousand_tokens_is_one_tree() {
    let text = "the old men and the sea went on and on, to the hills ".repeat(770);
    let found = Language::english().analyze(&text, &all(&text));
    assert_eq!(found.len(), 1);
    assert!(found[0].tokens.len() > 10_000);
    check_laws(&text, &found);
}

#[test]
fn one_word_of_a_megabyte_is_one_token() {
    let text = "x".repeat(1 << 20);
    let found = Language::english().analyze(&text, &all(&text));
    assert_eq!((found.len(), found[0].tokens.len()), (1, 1));
    let text = "(".repeat(4_000);
    check_laws(&text, &Language::english().analyze(&text, &all(&text)));
}

/// What news comes with: each must give whole offsets and trees, and chains.
#[test]
fn odd_text_is_analysed() {
    let language = Language::english();
    for (text, words) in [
        ("MINISTERS MEET AS TRUCE HOLDS", vec!["MINISTERS", "MEET", "AS", "TRUCE", "HOLDS"]),
        ("It ended.The rebels left.", vec!["It", "ended", ".", "The", "rebels", "left", "."]),
        ("Kyiv 😀 fell.", vec!["Kyiv", "😀", "fell", "."]),
        ("قال الوزير «لا» today.", vec!["قال", "الوزير", "«", "لا", "»", "today", "."]),
        ("the\u{200b}army fled", vec!["the", "army", "fled"]),
        ("| Aid | 3,000 t |", vec!["|", "Aid", "|", "3,000", "t", "|"]),
        ("1. Talks\n2. War", vec!["1", ".", "Talks", "2", ".", "War"]),
    ] {
        let sentences = language.analyze(text, &all(text));
        check_laws(text, &sentences);
        check_chains(&language, text, &sentences);
        let found: Vec<&str> = sentences.iter().flat_map(|s| &s.tokens).map(|t| t.text(text)).collect();
        assert_eq!(found, words);
    }
}

#[test]
fn nothing_gives_nothing() {
    let language = Language::english();
    for text in ["", " \n\t ", "\u{feff}", "\0\0"] {
        assert_eq!(language.analyze(text, &all(text)), []);
    }
    assert_eq!(language.analyze("Hello.", &[]), []);
}

/// The trees must be the same; of the tags, one in a hundred may differ, where rounding to int8 tips
/// the scale between two.
#[test]
fn the_rust_forward_pass_agrees_with_the_checkpoint() {
    let language = Language::english();
    let lines = include_str!("golden.txt").lines().filter(|l| !l.starts_with('#'));
    let blocks: Vec<&str> = include_str!("golden.tsv").trim_end().split("\n\n").collect();
    assert_eq!(lines.clone().count(), blocks.len());
    let (mut asked, mut differ) = (0, Vec::new());
    for (line, block) in lines.zip(blocks) {
        let base = line.as_ptr() as usize;
        let span = |w: &str| w.as_ptr() as usize - base..w.as_ptr() as usize - base + w.len();
        let found = language.analyze_tokens(line, &[line.split(' ').map(span).collect()]);
        assert_eq!(block.lines().count(), found[0].tokens.len());
        let mut inside = None;
        for (t, row) in found[0].tokens.iter().zip(block.lines()) {
            let want: Vec<&str> = row.split('\t').collect();
            let head = t.head.map_or(0, |h| h + 1).to_string();
            assert_eq!((t.text(line), &*head, t.rel), (want[1], want[4], want[5]), "{line}");
            let name = match t.name {
                Some(kind) if t.name_begins || inside != t.name => format!("B-{kind}"),
                Some(kind) => format!("I-{kind}"),
                None => "O".to_owned(),
            };
            inside = t.name;
            let got = [t.upos, t.xpos, &name, t.mention.unwrap_or("O")];
            for (got, want) in got.into_iter().zip([want[2], want[3], want[6], want[7]]) {
                asked += 1;
                if got != want {
                    differ.push(format!("{}: {got}, not {want}", t.text(line)));
                }
            }
        }
    }
    assert!(differ.len() * 100 <= asked, "{} of {asked} tags differ: {differ:?}", differ.len());
}

#[test]
fn the_tree_can_be_walked() {
    let text = "The envoy of Qatar, who met both sides, urged restraint.";
    let sentence = &Language::english().analyze(text, &all(text))[0];
    let root = sentence.root().expect("a root");
    assert_eq!(sentence.tokens[root].text(text), "urged");
    assert_eq!(sentence.tokens[root].lemma, "urge");
    let subject = sentence.children(root).find(|&c| sentence.tokens[c].rel == "nsubj").expect("a subject");
    assert_eq!(&text[sentence.bytes(sentence.subtree(subject))], "The envoy of Qatar, who met both sides,");
    assert_eq!(sentence.text(text), text);
}
