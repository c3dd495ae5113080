//! Reads text from standard input and shows what was read, sentence by sentence.
//!
//! `echo "Oman offered to host talks." | cargo run --release -p detente-read --example show`

use detente_types::{ActorRef, Document};
use std::io::Read;

fn names(refs: &[ActorRef]) -> String {
    let names: Vec<String> = refs.iter().map(|r| r.actor.to_string()).collect();
    if names.is_empty() { "-".into() } else { names.join(", ") }
}

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    clippy::single_range_in_vec_init,
    reason = "it prints one kind of fact after the other; it is what the example is for"
)]
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("standard input is text");
    let trees = std::env::args().any(|a| a == "--trees");
    let on = std::env::args().skip_while(|a| a != "--on").nth(1).and_then(|day| day.parse().ok());
    let published = on.map(|day| detente_types::When::day(day, detente_types::Basis::Explicit));
    let given = detente_types::document::Given { published, ..Default::default() };
    let document = Document::new("stdin", text, given);
    let (knowledge, language) =
        (detente_knowledge::Knowledge::bundled(), detente_language::Language::english());
    let reading = detente_read::read(&document, &knowledge, &language).value;
    println!("title {:?} outlet {:?} published {:?}", reading.title, reading.outlet, reading.published);
    for (n, s) in reading.sentences.iter().enumerate() {
        println!("\n[{}] {:?} {}", n + 1, s.kind, s.span.of(document.text()));
        if trees && s.kind != detente_types::SentenceKind::Masked {
            for sentence in language.analyze(document.text(), &[s.span.start()..s.span.end()]) {
                for (i, t) in sentence.tokens.iter().enumerate() {
                    let word = &document.text()[t.start..t.end];
                    let head = t.head.map_or("-".into(), |h| h.to_string());
                    println!(
                        "      {i:>3} {word:<18} {:<16} {:<6} {:<5} {head:>3} {:<12} {} {}",
                        t.lemma,
                        t.upos,
                        t.xpos,
                        t.rel,
                        t.name.unwrap_or(""),
                        t.mention.unwrap_or("")
                    );
                }
            }
        }
        for e in reading.events.iter().filter(|e| e.evidence()[0].sentence == s.span) {
            let modes: Vec<_> = e.modes.iter().map(|m| m.short()).collect();
            println!(
                "    EVENT {}{} {:?} {:?} {} -> {} with {} by {} {:?} | {:?}..{:?} {:?} {:?} @{} | {} | {}",
                e.kind,
                if modes.is_empty() { String::new() } else { format!("-{}", modes.join("+")) },
                e.modality,
                e.polarity,
                names(&e.actors),
                names(&e.recipients),
                names(&e.others),
                names(&e.attributed_to),
                e.strength,
                e.when.from(),
                e.when.to(),
                e.when.precision,
                e.when.text,
                e.place.as_ref().map_or("-", |p| &p.name),
                e.gist,
                e.evidence()[0].rule
            );
        }
        for f in reading.figures.iter().filter(|f| f.evidence()[0].sentence == s.span) {
            println!(
                "    FIGURE {:?} {:?} {:?} low {:?} high {:?} unit {:?} victims {} by {} perp {} total {} | {}",
                f.what,
                f.comparator,
                f.value,
                f.low,
                f.high,
                f.unit,
                names(&f.victims),
                f.claimant.as_ref().map_or("-".into(), |c| c.actor.to_string()),
                names(&f.perpetrators),
                f.total,
                f.text
            );
        }
        for c in reading.claims.iter().filter(|c| c.evidence()[0].sentence == s.span) {
            println!(
                "    CLAIM {:?} {:?} {} -> {} answers {:?} | {}",
                c.stance,
                c.strength,
                names(&c.who),
                names(&c.whom),
                c.answers.is_some(),
                c.about
            );
        }
        for a in reading.acts.iter().filter(|a| a.evidence()[0].sentence == s.span) {
            println!(
                "    ACT {:?} {} between {} by {} at {} round {:?} occasion {:?} outcome {:?} | {}",
                a.stage,
                names(&a.mediators),
                names(&a.parties),
                names(&a.by),
                a.place.as_ref().map_or("-", |p| &p.name),
                a.round,
                a.occasion,
                a.outcome,
                a.words
            );
        }
        for q in reading.quotes.iter().filter(|q| q.evidence()[0].sentence == s.span) {
            println!(
                "    QUOTE {} | {}",
                q.speaker.as_ref().map_or("-".into(), |c| c.actor.to_string()),
                q.words.of(document.text())
            );
        }
        for d in reading.dates.iter().filter(|d| d.evidence()[0].sentence == s.span) {
            println!("    DATE {:?} {:?}..{:?} {:?} {:?}", d.text, d.from(), d.to(), d.precision, d.basis);
        }
    }
    println!();
    for a in &reading.actors {
        println!(
            "ACTOR {} {:?} {:?} {:?} for {:?} aliases {:?}",
            a.id,
            a.kind,
            a.country,
            a.sector,
            a.acts_for.iter().map(ToString::to_string).collect::<Vec<_>>(),
            a.aliases
        );
    }
    for o in &reading.offices {
        println!("OFFICE {} {} of {:?}", o.holder, o.title, o.of);
    }
    for m in &reading.mask {
        println!("MASK {:?} {}", m.reason, m.span.of(document.text()));
    }
}
