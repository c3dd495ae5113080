//! `cargo xtask bench language`: raw text to trees, on one core, for each kernel of this processor.
//!
//! Speed is words (tokens) a second from raw text to trees with everything. Where the system says how
//! long a process ran on a core (Linux), that is the time that counts, so that other work on the same
//! machine does not; otherwise it is the clock. Memory is what the process holds in the end, by the system's own account.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use detente_language::{Kernel, Language, Sentence};

use super::stopwatch::Stopwatch;
use crate::shared;

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Text to read; by default the paragraphs of GUM test
    file: Option<PathBuf>,
    /// Rounds; the fastest counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Only the kernel of this name
    #[arg(long)]
    kernel: Option<String>,
    /// Only this many bytes of the text
    #[arg(long)]
    bytes: Option<usize>,
}

/// Measures, and prints a table.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let start = Instant::now();
    let language = Language::english();
    let begun = start.elapsed();
    let start = Instant::now();
    let first = language.analyze("Both sides agreed to talk.", std::slice::from_ref(&(0..26)));
    println!(
        "start {begun:.1?}, first sentence of {} words after {:.1?}",
        first[0].tokens.len(),
        start.elapsed()
    );
    drop(language);
    let text = match &arguments.file {
        Some(path) => std::fs::read_to_string(path).with_context(|| path.display().to_string())?,
        None => plain_text(&shared::read("treebank/gum/test.conllu.xz")?),
    };
    let text = match arguments.bytes {
        Some(n) => text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= n).map(|(_, c)| c).collect(),
        None => text,
    };
    println!("| kernel | words | best of {} | words/s |\n|---|--:|--:|--:|", arguments.rounds);
    let mut answers = Vec::new();
    let wanted = |k: &Kernel| arguments.kernel.as_deref().is_none_or(|name| k.name() == name);
    for kernel in Kernel::available().into_iter().filter(wanted) {
        let language = Language::english().with_kernel(kernel);
        let mut best = Duration::MAX;
        let mut words = 0;
        for round in 0..arguments.rounds {
            let start = Stopwatch::start();
            let found = language.analyze(&text, std::slice::from_ref(&(0..text.len())));
            best = best.min(start.elapsed());
            words = found.iter().map(|s| s.tokens.len()).sum();
            if round == 0 {
                answers.push(found);
            }
        }
        println!("| {} | {words} | {best:.0?} | {:.0} |", kernel.name(), words as f64 / best.as_secs_f64());
    }
    chains(&text, &answers[0], arguments.rounds);
    println!("all kernels gave the same answer: {}", answers.windows(2).all(|w| w[0] == w[1]));
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        for line in status.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS")) {
            println!("{}", line.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    Ok(())
}

/// The time for chains alone, on sentences that are there.
fn chains(text: &str, sentences: &[Sentence], rounds: usize) {
    let language = Language::english();
    let mut best = Duration::MAX;
    let mut n = 0;
    for _ in 0..rounds {
        let start = Stopwatch::start();
        n = language.chains(text, sentences).len();
        best = best.min(start.elapsed());
    }
    let words: usize = sentences.iter().map(|s| s.tokens.len()).sum();
    println!("chains: {n} of {words} words in {best:.0?}, {:.0} words/s", words as f64 / best.as_secs_f64());
}

/// The texts of a treebank, one paragraph a line.
fn plain_text(conllu: &str) -> String {
    let mut out = String::new();
    for line in conllu.lines() {
        if line.starts_with("# newpar") {
            out.push_str("\n\n");
        } else if let Some(text) = line.strip_prefix("# text = ") {
            out.push_str(text);
            out.push(' ');
        }
    }
    out
}
