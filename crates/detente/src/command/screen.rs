//! The terminal: its width, colour, a pager, progress.

use super::arguments::{Looks, When};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Cells of a line where nothing says how many there are.
const USUAL: usize = 80;

/// Long sentences make deep trees: threads that read get room for them.
pub(super) fn deep_stacks() {
    // A second pool, or one on a system that grants no threads, is no reason to stop.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(16 << 20).build_global();
}

/// The width to lay out for: as asked, as `COLUMNS` says, as the terminal is, or 80.
pub(super) fn width(asked: Option<usize>) -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.trim().parse().ok().filter(|n| *n > 0);
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    asked.or_else(columns).or_else(terminal).unwrap_or(USUAL)
}

/// Use colour? `NO_COLOR` (no-color.org) and a dumb terminal say no.
pub(super) fn colour(asked: When, to_file: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    match asked {
        When::Always => true,
        When::Never => false,
        When::Auto => !to_file && io::stdout().is_terminal() && !set("NO_COLOR") && !dumb,
    }
}

/// Prints bytes to standard output.
pub(super) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Does standard output go to a terminal?
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Prints text, through a pager if it goes to a terminal that it does not fit on.
pub(super) fn page(text: &[u8], looks: &Looks) -> io::Result<()> {
    let rows = terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| usize::from(height.0));
    let wanted = !looks.no_pager && io::stdout().is_terminal() && text.split(|b| *b == b'\n').count() > rows;
    let Some(mut pager) = wanted.then(pager).flatten() else { return print(text) };
    let written = pager.stdin.take().map_or(Ok(()), |mut to| to.write_all(text));
    pager.wait()?;
    match written {
        // The reader closed the pager before the end.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// `$PAGER`, or less; none if it is empty or cannot be started.
fn pager() -> Option<Child> {
    let asked = std::env::var("PAGER").unwrap_or_else(|_| "less".to_string());
    let mut words = asked.split_whitespace();
    let program = words.next().filter(|p| *p != "cat")?;
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours as they are; leave the last page on the screen.
        command.env("LESS", "RX");
    }
    command.spawn().ok()
}

/// Progress on standard error: nothing in a pipe, and nothing for work that is done at once.
pub(super) fn progress(reports: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(reports as u64), ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template("reading {pos}/{len} {wide_bar} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    if reports > 20 {
        bar.enable_steady_tick(Duration::from_millis(200));
    } else {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar
}

/// A line on standard error that says what is going on; nothing in a pipe.
pub(super) fn status() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(4));
    let style = ProgressStyle::with_template("{spinner} {wide_msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}
