//! What the README shows is what the program prints.

use crate::support::{detente, root, run};

const BEGIN: &str = "a test holds it true -->\n```\n";
const END: &str = "```\n<!-- end of excerpt -->";

/// The sections that the README shows the beginning of, and how many of their blocks.
const SHOWN: &[(&str, usize)] = &[
    ("CASUALTIES AND OTHER COUNTS, BY CLAIMANT", 1),
    ("MEDIATION BOARD", 2),
    ("WHAT THE REPORTS DISAGREE ON", 2),
];

#[test]
fn the_excerpt_is_what_the_program_prints() {
    let path = root().join("README.md");
    let page = std::fs::read_to_string(&path).expect("README.md is there");
    let begin = page.find(BEGIN).expect("the README has an excerpt") + BEGIN.len();
    let end = begin + page[begin..].find(END).expect("the excerpt ends");
    let ran = run(&mut detente(&["demo", "--width", "96"]));
    let excerpt = excerpt(&ran.out);
    if std::env::var_os("UPDATE").is_some() {
        let page = format!("{}{excerpt}{}", &page[..begin], &page[end..]);
        std::fs::write(&path, page).expect("README.md can be written");
        return;
    }
    assert!(
        page[begin..end] == excerpt,
        "the README shows what is no longer printed; write it anew: cargo xtask regen"
    );
}

/// The head of the first dossier, and the first blocks of some sections.
fn excerpt(dossier: &str) -> String {
    let lines: Vec<&str> = dossier.lines().collect();
    let is_rule = |line: &str| !line.is_empty() && line.chars().all(|c| c == '─');
    let titles: Vec<usize> = (1..lines.len()).filter(|at| is_rule(lines[*at])).map(|at| at - 1).collect();
    let mut out: Vec<&str> = lines[..titles[0]].to_vec();
    for (title, blocks) in SHOWN {
        let at = *titles.iter().find(|at| lines[**at] == *title).expect("the dossier has the section");
        out.extend(&lines[at..at + 2]);
        let mut left = *blocks;
        let body = lines[at + 2..].iter().take_while(|line| {
            left -= usize::from(line.is_empty());
            left > 0
        });
        out.extend(body);
        out.extend(["  …", ""]);
    }
    out.pop();
    out.join("\n") + "\n"
}
