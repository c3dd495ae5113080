//! `cargo xtask bench desk`: a store of ten thousand reports, as a person at the desk meets it.
//!
//! # How
//! 1. `reports` makes reports of invented wars; they are added to a store and read. The store stays in the folder of
//!    the build for the next run.
//! 2. `detente serve` on it: seconds until it answers, memory.
//! 3. One report more: seconds from the start of `detente add` until its crisis has it, for a large crisis and a small one.
//! 4. `ask`: fifty at once ask for cards, dossiers, reports, searches; how long the answers take.
//! 5. A line goes into `bench/desk.csv`.
//!
//! # Does not
//! Draw the page: `cargo xtask page` has a browser. Need anything but the program.

mod ask;
mod reports;

use crate::shared::root;
use anyhow::{Context, Result, ensure};
use ask::Line;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Rounds of questions.
const ROUNDS: usize = 40;

/// Those who ask at once.
const AT_ONCE: usize = 50;

const COLUMNS: &str = "commit,reports,crises,largest,read_s,start_s,start_again_s,peak_mib,cards_ms,add_large_s,add_small_s,median_ms,p99_ms,most_ms,answers\n";

/// Options.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Reports in the store
    #[arg(long, default_value_t = 10_000)]
    reports: usize,
    /// The program; built for release by default
    #[arg(long)]
    program: Option<PathBuf>,
    /// Leave the page open for so many seconds afterwards, to look at it
    #[arg(long, default_value_t = 0)]
    hold: u64,
}

/// What was measured.
#[derive(Default)]
struct Figures {
    crises: usize,
    largest: usize,
    read: f64,
    start: f64,
    start_again: f64,
    peak: u64,
    cards: f64,
    add: [f64; 2],
}

/// Measures, prints, and keeps a line.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let program = arguments.program.clone().map_or_else(build, Ok)?;
    let folder = target().join("bench-desk");
    std::fs::create_dir_all(&folder)?;
    let store = folder.join(format!("{}.detente", arguments.reports));
    let mut figures =
        Figures { read: fill(&program, &store, &folder, arguments.reports)?, ..Figures::default() };
    for first in [true, false] {
        let page = Page::open(&program, &store)?;
        let took = page.took.as_secs_f64();
        if first {
            figures.start = took
        } else {
            figures.start_again = took
        }
        if !first {
            measure(&program, &store, &folder, &page, arguments, &mut figures)?;
        }
    }
    Ok(())
}

fn measure(
    program: &Path,
    store: &Path,
    folder: &Path,
    page: &Page,
    arguments: &Arguments,
    figures: &mut Figures,
) -> Result<()> {
    let mut line = Line::open(&page.host)?;
    let begun = Instant::now();
    let cards = line.get("/api/v1/crises")?;
    figures.cards = begun.elapsed().as_secs_f64() * 1e3;
    let sizes: Vec<usize> = after(&cards, "\"reports\":").skip(1).filter_map(|n| n.parse().ok()).collect();
    (figures.crises, figures.largest) = (sizes.len(), sizes.iter().copied().max().unwrap_or_default());
    for (at, large) in [true, false].into_iter().enumerate() {
        let waits = (0..3).map(|n| one_more(program, store, folder, page, arguments.reports, (large, n)));
        let mut waits = waits.collect::<Result<Vec<f64>>>()?;
        waits.sort_by(f64::total_cmp);
        figures.add[at] = waits[1];
    }
    // What was asked above counts for the page, too.
    std::thread::sleep(Duration::from_secs(3));
    let waits = ask::crowd(&page.host, &questions(&mut line)?, AT_ONCE, ROUNDS)?;
    figures.peak = page.peak();
    tell(arguments.reports, cards.len(), figures, &waits)?;
    if arguments.hold > 0 {
        println!("http://{}/", page.host);
        std::thread::sleep(Duration::from_secs(arguments.hold));
    }
    Ok(())
}

/// Prints the figures, and keeps them as a line.
fn tell(reports: usize, cards: usize, figures: &Figures, waits: &ask::Waits) -> Result<()> {
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    println!("{} reports, {} crises, the largest of {} reports", reports, figures.crises, figures.largest);
    println!("read and assembled in {:.1} s (0: the store was there)", figures.read);
    println!(
        "serve answers after {:.2} s, the second time {:.2} s; {} MiB at most",
        figures.start, figures.start_again, figures.peak
    );
    println!("the cards of all crises: {:.1} ms, {} KiB", figures.cards, cards / 1024);
    println!(
        "one report more until its dossier shows it: {:.2} s in a large crisis, {:.2} s in a small one (median of 3, with detente add)",
        figures.add[0], figures.add[1]
    );
    println!(
        "{AT_ONCE} at once: median {:.1} ms, 99 of 100 within {:.1} ms, the longest {:.1} ms, {} answers",
        ms(waits.median),
        ms(waits.p99),
        ms(waits.most),
        waits.answers
    );
    for (wait, round, path) in &waits.slowest {
        println!("  {:.1} ms in round {round}: {path}", ms(*wait));
    }
    let mut row =
        format!("{},{},{},{},{:.1}", commit()?, reports, figures.crises, figures.largest, figures.read);
    let _ =
        write!(row, ",{:.2},{:.2},{},{:.1}", figures.start, figures.start_again, figures.peak, figures.cards);
    let _ = write!(row, ",{:.2},{:.2}", figures.add[0], figures.add[1]);
    let _ = writeln!(
        row,
        ",{:.1},{:.1},{:.1},{}",
        ms(waits.median),
        ms(waits.p99),
        ms(waits.most),
        waits.answers
    );
    keep(&row)
}

/// Fills the store if it is not there; seconds that reading took.
fn fill(program: &Path, store: &Path, folder: &Path, number: usize) -> Result<f64> {
    if store.is_file() {
        return Ok(0.0);
    }
    let file = folder.join("reports.jsonl");
    let lines: Vec<String> = reports::reports(number, number).into_iter().map(|r| r.json).collect();
    std::fs::write(&file, lines.join("\n"))?;
    detente(program, &["add", text(&file), "--store", text(store)])?;
    let begun = Instant::now();
    detente(program, &["brief", "--store", text(store), "--output", text(&folder.join("brief.json"))])?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Seconds from the start of `detente add` until the dossier shows the report.
fn one_more(
    program: &Path,
    store: &Path,
    folder: &Path,
    page: &Page,
    number: usize,
    (large, turn): (bool, usize),
) -> Result<f64> {
    // Another on every run: the store has those of the runs before.
    let stamp = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis() as usize;
    let report = reports::another(stamp % 1_000_000_000 + turn, number, large);
    let file = folder.join("one.jsonl");
    std::fs::write(&file, &report.json)?;
    let mut line = Line::open(&page.host)?;
    // What the one before left to do, such as alerts, is done by now.
    std::thread::sleep(Duration::from_secs(5));
    let begun = Instant::now();
    detente(program, &["add", text(&file), "--store", text(store)])?;
    while begun.elapsed() < Duration::from_secs(120) {
        let newest = line.get("/api/v1")?;
        // Which crisis has it is told by the list of reports; the dossier is asked for as a person would.
        if edition(&newest) > page.edition.get() {
            page.edition.set(edition(&newest));
            let mut list = Command::new(program);
            let told = list.args(["list", "--named", &report.title, "--store", text(store)]).output()?;
            let told = String::from_utf8_lossy(&told.stdout).to_string();
            let id = told.split_whitespace().next().context("the store does not list the new report")?;
            let found = line.get(&format!("/api/v1/reports/{id}"))?;
            let crisis =
                after(&found, "\"crises\":[{\"id\":\"").next().context("the new report is in no crisis")?;
            let dossier = line.get(&format!("/api/v1/crises/{crisis}"))?;
            ensure!(dossier.contains(&report.title), "the dossier does not have the new report");
            return Ok(begun.elapsed().as_secs_f64());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    anyhow::bail!("the new report did not appear")
}

/// What visitors ask for: cards, dossiers of large and small crises, facts, maps, networks, reports, searches.
fn questions(line: &mut Line) -> Result<Vec<String>> {
    let cards = line.get("/api/v1/crises")?;
    let ids: Vec<String> = after(&cards, "\"id\":\"crisis-").map(|id| format!("crisis-{id}")).collect();
    let reports = line.get("/api/v1/reports?limit=40")?;
    let reports = after(&reports, "\"id\":\"doc-").map(|id| format!("/api/v1/reports/doc-{id}"));
    let mut paths: Vec<String> = reports.collect();
    for id in ids.iter().step_by(ids.len().div_ceil(20).max(1)) {
        let kinds = ["", "/card", "/places", "/network", "/records?kind=incident&limit=100"];
        paths.extend(kinds.iter().map(|kind| format!("/api/v1/crises/{id}{kind}")));
    }
    paths.extend(["/api/v1", "/api/v1/crises", "/api/v1/reports?limit=200", "/"].map(str::to_string));
    paths.extend(
        ["ceasefire", "border%20closed", "mediate"].map(|q| format!("/api/v1/search?q={q}&limit=50")),
    );
    Ok(paths)
}

/// A page that is being served.
struct Page {
    child: Child,
    host: String,
    took: Duration,
    edition: std::cell::Cell<u64>,
}

impl Page {
    fn open(program: &Path, store: &Path) -> Result<Page> {
        let begun = Instant::now();
        let mut command = Command::new(program);
        command
            .args(["serve", "--port", "0", "--store", text(store)])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().context("the program does not start")?;
        let mut said = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut said)?;
        let host = after(&said, "http://").next().context("no address")?;
        let mut line = Line::open(&host)?;
        let edition = edition(&line.get("/api/v1")?);
        line.get("/api/v1/crises")?;
        Ok(Page { child, host, took: begun.elapsed(), edition: edition.into() })
    }

    /// The most memory that it held, in MiB, as Linux tells; elsewhere 0.
    fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line =
            status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        line.unwrap_or(0) / 1024
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn edition(told: &str) -> u64 {
    after(told, "\"edition\":").next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Each word that stands after these words: what needs no reader of JSON.
fn after<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = String> + 't {
    let end = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | ':'));
    text.split(words).skip(1).map(move |rest| rest[..rest.find(end).unwrap_or(rest.len())].to_string())
}

fn detente(program: &Path, arguments: &[&str]) -> Result<()> {
    let done = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    ensure!(done.context("the program does not start")?.success(), "detente {} failed", arguments.join(" "));
    Ok(())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The program, built for release.
fn build() -> Result<PathBuf> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--release", "--quiet", "--package", "detente"]).current_dir(root());
    ensure!(command.status()?.success(), "the program does not build");
    Ok(target().join("release").join(format!("detente{}", std::env::consts::EXE_SUFFIX)))
}

fn commit() -> Result<String> {
    let told = Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(root()).output()?;
    Ok(String::from_utf8_lossy(&told.stdout).trim().to_string())
}

fn keep(row: &str) -> Result<()> {
    let path = root().join("bench/desk.csv");
    let before = std::fs::read_to_string(&path).unwrap_or_else(|_| COLUMNS.to_string());
    std::fs::write(&path, before + row).context("bench/desk.csv")
}
