//! Packs the bundled knowledge files into tables and automata, so that a start costs milliseconds.
//!
//! The same modules that read a user's files at run time are used here. A file with a problem stops the
//! build with every problem in it.
#![allow(dead_code, unused_imports, unreachable_pub, missing_docs)] // the modules are the crate's; here only some of them are used
#![allow(clippy::disallowed_methods)] // a build script reads files; the crate does not

#[path = "src/day.rs"]
mod day;
#[path = "src/entry.rs"]
mod entry;
#[path = "src/file.rs"]
mod file;
#[path = "src/fold.rs"]
mod fold;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/names.rs"]
mod names;
#[path = "src/places.rs"]
mod places;
#[path = "src/stock.rs"]
mod stock;

use std::path::{Path, PathBuf};

fn main() {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("data");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut entries = entry::Entries::default();
    let mut problems = Vec::new();
    for path in toml_files(&folder) {
        let text = std::fs::read_to_string(&path).expect("a file that was listed can be read");
        let parsed = file::parse(&path.display().to_string(), &text);
        problems.extend(parsed.problems.iter().map(ToString::to_string));
        entries.append(parsed.entries);
    }
    assert!(problems.is_empty(), "knowledge files:\n{}", problems.join("\n"));
    for actor in &mut entries.actors {
        (actor.yes, actor.no) = (Vec::new(), Vec::new());
    }
    for cue in &mut entries.cues {
        (cue.yes, cue.no) = (Vec::new(), Vec::new());
    }
    let spellings = fold::Spellings::new(stock::spellings_of(&entries));
    let table = std::fs::read_to_string(folder.join("places.tsv")).expect("data/places.tsv can be read");
    entries.countries.sort_by(|a, b| a.alpha3.cmp(&b.alpha3));
    let places = places::pack(&table, &entries.countries, &entries.places, &spellings);
    let mut stock = stock::make(entries);
    let (automaton, rows) = names::build(&stock.actors, &spellings);
    stock.rows = rows;
    let stock = postcard::to_stdvec(&stock).expect("tables of plain values are always written");
    let write =
        |name: &str, bytes: &[u8]| std::fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    write("stock.bin", &stock);
    write("names.fst", &automaton);
    write("places.header", &places.header);
    write("places.fst", &places.automaton);
    write("places.lists", &places.lists);
    write("places.records", &places.records);
    write("places.names", &places.names);
    let lexicon =
        lexicon::Lexicon::with(&[]).unwrap_or_else(|problems| panic!("lexicon files:\n{problems:#?}"));
    write("lexicon.bin", &postcard::to_stdvec(&lexicon).expect("tables of plain values are always written"));
}

/// Every TOML file under `data`, sorted, but the lexicon, which has a reader of its own.
fn toml_files(dir: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let listed = std::fs::read_dir(dir).expect("the folder of knowledge files can be read");
    for path in listed.map(|e| e.expect("an entry of a folder can be read").path()) {
        if path.is_dir() && !path.ends_with("lexicon") {
            out.extend(toml_files(&path));
        } else if path.extension().is_some_and(|e| e == "toml") {
            out.push(path);
        }
    }
    out.sort();
    out
}
