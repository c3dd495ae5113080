//! Prints the chains of two mentions or more of a text: `cargo run -p detente-language --example chains`.
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use detente_language::Language;

const TEXT: &str = "\
The foreign minister of Varnland, Tomas Reik, met rebel leaders in Selm on Monday. They promised him a truce, \
the ministry said. It did not say for how long.

Ostria's army said it had shot down a drone over the town. Its mayor, Anna Dorel, said 14 people had been killed. \
She accused Varnland of breaking the truce.
";

fn main() {
    let language = Language::english();
    let sentences = language.analyze(TEXT, std::slice::from_ref(&(0..TEXT.len())));
    for chain in language.chains(TEXT, &sentences).iter().filter(|c| c.mentions.len() > 1) {
        let mentions = chain.mentions.iter().map(|m| {
            let words = &TEXT[sentences[m.sentence].bytes(m.tokens.clone())];
            format!("{}:{words} ({})", m.sentence + 1, m.kind)
        });
        println!("{}", mentions.collect::<Vec<_>>().join(" | "));
    }
}
