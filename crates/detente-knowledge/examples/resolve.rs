//! Shows what words mean: `cargo run -p detente-knowledge --example resolve -- "Ministry of Defence" PAK`.

use detente_knowledge::{Knowledge, split};

#[allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it is what the example is for")]
fn main() {
    let knowledge = Knowledge::bundled();
    let mut arguments = std::env::args().skip(1);
    let words = arguments.next().unwrap_or_default();
    let country = arguments.next();
    let words = split(&words);
    println!("{:#?}", knowledge.resolve_phrase(&words, country.as_deref(), None));
    for at in 0..words.len() {
        println!("{} {:?}", words[at], knowledge.names_at(&words, at));
    }
    println!("noun {:?}", knowledge.noun_ending(&words));
    println!("title {:?}", knowledge.title(&words));
}
