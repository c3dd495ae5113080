//! What the dossier and the records promise, tested on a crisis made by hand.

#![allow(unreachable_pub, clippy::too_many_lines)] // one binary; the facts of a crisis are one long list

mod fixture;

#[test]
fn x() {
    let f = fixture::kessel();
    let d = detente_publish::dossier(&f.crisis);
    std::fs::write("/tmp/k.html", detente_publish::html::render(&[d])).unwrap();
    detente_publish::dossier(&fixture::quiet());
}
