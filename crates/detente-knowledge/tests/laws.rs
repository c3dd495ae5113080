//! The laws of the bundled files, and their normal form.
#![allow(clippy::disallowed_methods)] // the test reads the files that the crate embeds

use detente_knowledge::{Knowledge, form, laws};
use std::path::{Path, PathBuf};

fn files() -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, out: &mut Vec<(PathBuf, String)>) {
        for path in std::fs::read_dir(dir).expect("data/ is there").map(|e| e.expect("readable").path()) {
            if path.is_dir() && !path.ends_with("lexicon") {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "toml") {
                let text = std::fs::read_to_string(&path).expect("readable");
                out.push((path, text));
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &mut out);
    out.sort();
    out
}

fn named(files: &[(PathBuf, String)]) -> Vec<(String, String)> {
    let short = |p: &Path| p.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(p).display().to_string();
    files.iter().map(|(p, t)| (short(p), t.clone())).collect()
}

#[test]
fn the_laws_hold() {
    let problems = laws::check_bundle(&named(&files()));
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_file_equals_its_normal_form() {
    let mut wrong = Vec::new();
    for (path, text) in files() {
        let normal = form::normal(&path.display().to_string(), &text).unwrap_or_else(|problems| {
            panic!("{}", problems.iter().map(|p| p.to_string()).collect::<Vec<_>>().join("\n"))
        });
        if normal != text {
            if std::env::var("UPDATE").is_ok() {
                std::fs::write(&path, normal).expect("writable");
            } else {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "run UPDATE=1 cargo test -p detente-knowledge: {wrong:?}");
}

#[test]
fn every_entry_proves_its_own_sentences() {
    let knowledge = Knowledge::bundled();
    let wrong: Vec<String> =
        laws::sentences(&named(&files())).iter().flat_map(|a| knowledge.proof(a)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
