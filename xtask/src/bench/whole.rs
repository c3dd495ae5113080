//! `cargo xtask bench`: the whole program, as a user meets it. One line a run goes into `bench/history.csv`.
//!
//! # How
//! 1. The five reports (the demonstration's where they are not there) to a dossier on the terminal, each time in a
//!    process of its own: seconds by the clock, seconds on the cores, the most memory held.
//! 2. Raw text to Reading on one core: words a second, in this process; in turns with the language core alone on the
//!    same paragraphs, so that the machine's noise is in both.
//! 3. Bytes of the program.
//! 4. With `--build`: the program built for release into an empty folder.
//!
//! # Does not
//! Empty the cache of the file system: "cold" means that the process is new.

use super::stopwatch::Stopwatch;
use crate::shared::{self, root};
use anyhow::{Context, Result, ensure};
use detente_knowledge::Knowledge;
use detente_language::Language;
use detente_types::Document;
use detente_types::document::Given;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Cold processes; the median counts.
const RUNS: usize = 7;

/// Reading goes on for at least so long on one core.
const LEAST: Duration = Duration::from_secs(5);

const COLUMNS: &str = "commit,date,machine,reports,words,wall_s_median,wall_s_best,core_s_best,peak_mib,words_per_s_one_core,program_mb,build_wall_s,build_core_s\n";

/// One process, measured.
#[derive(Clone, Copy, Debug)]
struct Cold {
    wall: Duration,
    core: Duration,
    peak_kib: u64,
}

/// Measures and writes a line.
pub(crate) fn run(cold_build: bool) -> Result<()> {
    let built = if cold_build { build_cold()? } else { String::from(",") };
    let program = build()?;
    let reports = reports();
    let mut colds = (0..RUNS).map(|_| cold(&program, &reports)).collect::<Result<Vec<_>>>()?;
    colds.sort_by_key(|c| c.wall);
    let median = colds[RUNS / 2].wall;
    let core = colds.iter().map(|c| c.core).min().unwrap_or_default();
    let peak = colds.iter().map(|c| c.peak_kib).max().unwrap_or_default();
    let (n_reports, words, [speed, alone]) = words_per_second(&reports)?;
    let size = std::fs::metadata(&program)?.len() as f64 / 1e6;
    let machine = machine();
    println!("machine: {machine}");
    println!("{n_reports} reports, {words} words, to the terminal, new process, {RUNS} runs:");
    println!(
        "  {:.2} s by the clock (median; best {:.2}), {:.2} s on the cores",
        median.as_secs_f64(),
        colds[0].wall.as_secs_f64(),
        core.as_secs_f64()
    );
    println!("  {} MiB at most", peak / 1024);
    println!(
        "raw text to Reading, one core: {speed:.0} words/s; the language core alone {alone:.0} ({:.0} %)",
        100.0 * speed / alone
    );
    println!("program: {size:.1} MB");
    let line = format!(
        "{},{},{machine},{n_reports},{words},{:.3},{:.3},{:.3},{},{speed:.0},{size:.1},{built}\n",
        commit()?,
        git(&["log", "-1", "--format=%cs"])?,
        median.as_secs_f64(),
        colds[0].wall.as_secs_f64(),
        core.as_secs_f64(),
        peak / 1024,
    );
    keep(&line)
}

/// The program, built for release.
fn build() -> Result<PathBuf> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--release", "--quiet", "--package", "detente"]).current_dir(root());
    ensure!(command.status()?.success(), "the program does not build");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release").join(format!("detente{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds into an empty folder; seconds by the clock and on the cores.
fn build_cold() -> Result<String> {
    let folder = std::env::temp_dir().join(format!("detente-cold-{}", std::process::id()));
    let (start, before) = (Instant::now(), children_on_core());
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--release", "--quiet", "--locked", "--package", "detente", "--target-dir"]);
    let done = command.arg(&folder).env_remove("CARGO_INCREMENTAL").current_dir(root()).status()?;
    let (wall, core) = (start.elapsed(), children_on_core() - before);
    // What is left there is of no use; that it cannot be removed is no failure of the measurement.
    let _ = std::fs::remove_dir_all(&folder);
    ensure!(done.success(), "the program does not build");
    println!("cold release build: {:.0} s by the clock, {core:.0} s on the cores", wall.as_secs_f64());
    Ok(format!("{:.0},{core:.0}", wall.as_secs_f64()))
}

/// Seconds that ended children spent on cores, as Linux tells; elsewhere 0.
fn children_on_core() -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = told.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    // cutime and cstime, the 16th and 17th field of proc(5), in hundredths of a second on every usual kernel.
    (ticks(13) + ticks(14)) / 100.0
}

/// The five reports, or the demonstration's.
fn reports() -> PathBuf {
    let five = shared::path("reports/durand");
    if five.is_dir() { five } else { root().join("demo") }
}

fn cold(program: &Path, reports: &Path) -> Result<Cold> {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.arg("brief").arg(reports).args(["--width", "100"]);
    let mut child =
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("the program does not start")?;
    let mut cold = Cold { wall: Duration::ZERO, core: Duration::ZERO, peak_kib: 0 };
    loop {
        let ended = child.try_wait()?;
        cold.look(child.id());
        if let Some(status) = ended {
            ensure!(status.success(), "the program fails");
            cold.wall = start.elapsed();
            return Ok(cold);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

impl Cold {
    /// What Linux tells about a running process; elsewhere, and after its end, nothing.
    fn look(&mut self, id: u32) {
        let read = |file: &str| std::fs::read_to_string(format!("/proc/{id}/{file}")).unwrap_or_default();
        let status = read("status");
        let peak =
            status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        self.peak_kib = self.peak_kib.max(peak.unwrap_or(0));
        let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
        let on_core = tasks.filter_map(|task| {
            let line = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        });
        self.core = self.core.max(Duration::from_nanos(on_core.sum()));
    }
}

/// Reports, their words, and how many of these are read a second on one core, and only analysed.
fn words_per_second(folder: &Path) -> Result<(usize, usize, [f64; 2])> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let texts = paths.iter().map(std::fs::read_to_string).collect::<std::io::Result<Vec<String>>>()?;
    let documents: Vec<Document> =
        texts.into_iter().map(|t| Document::new("report", t, Given::default())).collect();
    let (knowledge, language) = (Knowledge::bundled(), Language::english());
    let (mut best, mut words) = ([Duration::MAX; 2], 0);
    let begun = Instant::now();
    while begun.elapsed() < LEAST {
        let watch = Stopwatch::start();
        words = documents.iter().map(|d| detente_read::read(d, &knowledge, &language).value.words).sum();
        best[0] = best[0].min(watch.elapsed());
        let watch = Stopwatch::start();
        for document in &documents {
            std::hint::black_box(language.analyze(document.text(), &paragraphs(document.text())));
        }
        best[1] = best[1].min(watch.elapsed());
    }
    Ok((documents.len(), words, best.map(|best| words as f64 / best.as_secs_f64())))
}

/// The lines that have words.
fn paragraphs(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.contains(char::is_alphabetic) {
            out.push(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    out
}

/// The processor and how many cores may be used, in words.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = told.lines().find_map(|l| {
        l.strip_prefix("model name")?.split_once(':').map(|(_, name)| name.trim().replace(',', " "))
    });
    format!("{} x{cores}", name.unwrap_or_else(|| std::env::consts::ARCH.to_string()))
}

fn commit() -> Result<String> {
    let changed = !git(&["status", "--porcelain", "--untracked-files=no"])?.is_empty();
    Ok(format!("{}{}", git(&["rev-parse", "--short", "HEAD"])?, if changed { "+" } else { "" }))
}

fn git(arguments: &[&str]) -> Result<String> {
    let told = Command::new("git").args(arguments).current_dir(root()).output().context("git")?;
    Ok(String::from_utf8_lossy(&told.stdout).trim().to_string())
}

fn keep(line: &str) -> Result<()> {
    let path = root().join("bench/history.csv");
    let new = !path.exists();
    std::fs::create_dir_all(root().join("bench"))?;
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    if new {
        file.write_all(COLUMNS.as_bytes())?;
    }
    file.write_all(line.as_bytes()).context("bench/history.csv")
}
