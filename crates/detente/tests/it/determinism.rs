//! The same reports give the same bytes, whatever the threads and the order.

use crate::support::{Folder, detente, root, run};
use detente::intake::{self, Intake};
use detente::pipeline::{self, Desk, Format, Wishes};
use detente_publish::{records, terminal};
use std::path::PathBuf;

fn demo() -> String {
    root().join("demo").display().to_string()
}

#[test]
fn runs_and_threads_do_not_matter() {
    let demo = demo();
    let once = run(detente(&["records", &demo]).env("RAYON_NUM_THREADS", "1"));
    let many = run(detente(&["records", &demo]).env("RAYON_NUM_THREADS", "7"));
    assert_eq!(once.code, 0, "{}", once.err);
    assert!(once.out == many.out, "records differ with the number of threads");
    assert_eq!(once.err, many.err);
}

#[test]
fn the_order_of_the_paths_does_not_matter() {
    let folder = Folder::with(&[]);
    let mut names: Vec<String> = std::fs::read_dir(demo())
        .expect("the demo is there")
        .map(|e| e.expect("an entry").path().display().to_string())
        .collect();
    names.retain(|n| !n.ends_with("README.md"));
    names.sort();
    let ask = |names: &[String]| {
        let mut arguments = vec!["brief", "--format", "html"];
        arguments.extend(names.iter().map(String::as_str));
        run(&mut detente(&arguments))
    };
    let forward = ask(&names);
    names.reverse();
    names.push(names[3].clone());
    let backward = ask(&names);
    drop(folder);
    assert!(forward.code == 0 && forward.out == backward.out, "the page differs with the order of paths");
}

#[test]
fn the_order_of_arrival_does_not_matter_to_the_steps() {
    let desk = Desk::open(&[]).expect("the bundled knowledge is whole");
    let gathered = intake::gather(&[PathBuf::from(demo())]);
    let mut turned = gathered.taken.clone();
    turned.reverse();
    turned.rotate_left(5);
    let print = |taken| {
        let books = pipeline::run(Intake { taken, ..Intake::default() }, &desk, Wishes::default(), &|| {});
        let dossiers = pipeline::dossiers(&books);
        let text = pipeline::print(&dossiers, Format::Terminal, terminal::Options::default());
        (records::lines(&pipeline::records(&books)), text)
    };
    assert!(print(gathered.taken) == print(turned), "the books differ with the order of arrival");
}

#[test]
fn a_reader_that_breaks_down_is_a_note_on_that_report() {
    pipeline::hush_panics();
    let desk = Desk::open(&[]).expect("the bundled knowledge is whole");
    let taken = intake::gather(&[PathBuf::from(demo())]).taken;
    let reader = |report: &detente_types::Document| {
        assert!(!report.path.contains("06-"), "this one breaks");
        detente_read::read(report, &desk.knowledge, &desk.language)
    };
    let readings = pipeline::read_each(taken, reader, &|| {});
    let (broken, read): (Vec<_>, Vec<_>) =
        readings.iter().partition(|r| r.notes.iter().any(|n| n.code == "D999"));
    assert_eq!((broken.len(), read.len()), (1, 13));
    assert!(broken[0].events.is_empty() && broken[0].notes[0].message.contains("this one breaks"));
    let mut notes = Vec::new();
    let all: Vec<&detente_types::Reading> = readings.iter().collect();
    let keeping = detente::keeping::Keeping::in_memory();
    let made = keeping.assemble(&all, &[], &desk, Wishes::default().policy);
    let mut crises = made.into_value(&mut notes);
    pipeline::put_down_unread(&all, &mut crises, &mut notes);
    assert!(crises.iter().all(|c| c.crisis.gaps.iter().any(|g| g.code == "D999" && g.text.contains("06-"))));
}
