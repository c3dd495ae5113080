//! Prints the chains of two mentions or more of a text: `cargo run --example chains < report.txt`.

use std::io::{Read, Write};

use detente_language::Language;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let language = Language::english();
    let sentences = language.analyze(&text, std::slice::from_ref(&(0..text.len())));
    let mut out = std::io::stdout().lock();
    for chain in language.chains(&text, &sentences).iter().filter(|c| c.mentions.len() > 1) {
        let mentions = chain.mentions.iter().map(|m| {
            let words = &text[sentences[m.sentence].bytes(m.tokens.clone())];
            format!("{}:{} ({})", m.sentence + 1, words.replace('\n', " "), m.kind)
        });
        writeln!(out, "{}", mentions.collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}
