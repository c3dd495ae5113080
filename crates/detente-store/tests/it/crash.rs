//! Killed at any moment, the store loses nothing that was acknowledged; two processes wait for each other.
//!
//! The other process is this test binary again: [`child`] adds reports until it is killed and prints a line for each
//! that was acknowledged.

use super::*;
use detente_store::{Added, Filter};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Barrier;
use std::time::Duration;

const STORE: &str = "DETENTE_TEST_STORE";
const NAME: &str = "DETENTE_TEST_NAME";
const MOST: &str = "DETENTE_TEST_MOST";

fn report(name: &str, n: usize) -> Document {
    plain(&format!("{name}-{n}.txt"), &format!("{name} report {n}. {}", "Words of a report. ".repeat(60)))
}

/// Not a test by itself: what the other process does.
#[test]
#[ignore = "started by the tests below"]
fn child() {
    let (Ok(path), Ok(name)) = (std::env::var(STORE), std::env::var(NAME)) else { return };
    let most: usize = std::env::var(MOST).map_or(usize::MAX, |n| n.parse().unwrap());
    let store = Store::open(path).unwrap();
    let mut out = std::io::stdout().lock();
    for n in 0..most {
        if store.add(&report(&name, n), arrival()).unwrap() != Added::Known {
            writeln!(out, "kept {n}").unwrap();
            out.flush().unwrap();
        }
    }
}

fn start(path: &Path, name: &str, most: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "crash::child", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(STORE, path).env(NAME, name).stdout(Stdio::piped()).stderr(Stdio::null());
    if let Some(most) = most {
        command.env(MOST, most.to_string());
    }
    command.spawn().unwrap()
}

/// Numbers that are acknowledged, one by one as they come.
fn acknowledged(child: &mut Child) -> impl Iterator<Item = usize> + use<> {
    let out = BufReader::new(child.stdout.take().unwrap());
    // A line that the kill cut short was not acknowledged as a whole.
    let lines = out.lines().map_while(Result::ok);
    lines.filter_map(|line| line.rsplit_once("kept ")?.1.parse().ok())
}

#[test]
fn killed_200_times_it_loses_nothing_that_was_acknowledged() {
    let (folder, store) = fresh();
    drop(store);
    let path = folder.path().join("desk.detente");
    let mut kept = 0;
    for round in 0..200_u64 {
        let name = format!("round {round}");
        let mut other = start(&path, &name, None);
        let mut lines = acknowledged(&mut other);
        // From before it has opened the store to well into its work, at a different moment each time.
        let mut told: Vec<usize> =
            if round % 5 == 0 { Vec::new() } else { lines.by_ref().take((round % 7) as usize).collect() };
        std::thread::sleep(Duration::from_micros((round * 7919) % 6_000));
        other.kill().unwrap();
        told.extend(lines);
        other.wait().unwrap();
        let store = Store::open_existing(&path).unwrap();
        for n in &told {
            let there = store.document(report(&name, *n).id()).unwrap();
            assert!(there.is_some(), "{name}: report {n} was acknowledged and is gone");
        }
        // At most the one that was on its way is there beside them.
        let named = Filter { named: Some(format!("{name}-")), ..Filter::default() };
        let there = store.count(&named).unwrap();
        assert!(there <= told.len() + 1, "{name}: {there} there, {} acknowledged", told.len());
        kept += told.len();
    }
    let health = Store::open_existing(&path).unwrap().examine().unwrap();
    assert_eq!(health.faults, Vec::<String>::new());
    assert!(health.reports >= kept && kept >= 400, "only {kept} acknowledged: the kills came too early");
}

#[test]
fn two_processes_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    // Both make the store, too.
    let path = folder.path().join("desk.detente");
    let mut others: Vec<Child> = ["one", "two"].map(|name| start(&path, name, Some(60))).into();
    for other in &mut others {
        assert_eq!(acknowledged(other).count(), 60);
        assert!(other.wait().unwrap().success());
    }
    let store = Store::open_existing(&path).unwrap();
    assert_eq!(store.count(&Filter::default()).unwrap(), 120);
    assert_eq!(store.examine().unwrap().faults, Vec::<String>::new());
}

#[test]
fn one_new_store_is_opened_by_many_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..60 {
        let path = folder.path().join(format!("{round}.detente"));
        let start = Barrier::new(4);
        std::thread::scope(|scope| {
            let open = || {
                start.wait();
                Store::open(&path).map(|store| store.format().unwrap())
            };
            let opened: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
            for one in opened {
                assert_eq!(one.join().unwrap().unwrap(), detente_store::FORMAT, "round {round}");
            }
        });
    }
}
