//! What the dossier and the records promise, tested on a crisis made by hand.

#![allow(unreachable_pub, clippy::too_many_lines)] // one binary; the facts of a crisis are one long list

mod fixture;

#[test]
fn x() {
    let f = fixture::kessel();
    let d = detente_publish::dossier(&f.crisis);
    for w in [20, 40, 80, 120] {
        println!(
            "{}",
            detente_publish::terminal::render(
                &d,
                detente_publish::terminal::Options { width: w, colour: false, sentences: false }
            )
        );
    }
    println!(
        "{}",
        detente_publish::records::lines(&detente_publish::records::records(&f.crisis, &f.readings))
    );
}
