//! Checks that may fail today: each failure is listed in `docs/hard-tests.md` with what comes out.
//!
//! The list is held true: a check that fails and is not on it is an error, and so is one on it that passes.
//! `UPDATE=1` writes it anew.

use crate::support::root;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;

/// Something that must be so of `T`; the `Err` says what comes out today.
pub(crate) struct Check<T> {
    pub(crate) name: &'static str,
    /// What must be so.
    pub(crate) states: &'static str,
    pub(crate) holds: fn(&T) -> Result<(), String>,
}

/// Where a list begins in the page, after its heading.
const HEAD: &str = "| test | what comes out today |\n|---|---|\n";

/// Two lists are in one file.
static PAGE: Mutex<()> = Mutex::new(());

/// Runs all checks, prints them, and holds the list under this heading true.
pub(crate) fn hold<T>(heading: &str, checks: &[Check<T>], of: &T) {
    let results: BTreeMap<&str, Result<(), String>> =
        checks.iter().map(|c| (c.name, (c.holds)(of))).collect();
    let passed = results.values().filter(|r| r.is_ok()).count();
    let mut told = format!("{heading}: {passed} of {} pass\n", checks.len());
    for check in checks {
        match &results[check.name] {
            Ok(()) => writeln!(told, "  {:>2} passes  {}", check.name, check.states),
            Err(today) => writeln!(told, "  {:>2} FAILS   {} (today: {today})", check.name, check.states),
        }
        .expect("writing to a string cannot fail");
    }
    println!("{told}");
    let _one_at_a_time = PAGE.lock();
    let path = root().join("docs/hard-tests.md");
    let page = std::fs::read_to_string(&path).expect("docs/hard-tests.md is there");
    let (before, rows, after) = cut(&page, heading);
    let listed: BTreeMap<&str, &str> = rows.lines().filter_map(row).collect();
    if std::env::var_os("UPDATE").is_some() {
        let rows: String = checks
            .iter()
            .filter_map(|c| Some((c.name, results[c.name].as_ref().err()?)))
            .map(|(name, today)| format!("| {name} | {} |\n", listed.get(name).copied().unwrap_or(today)))
            .collect();
        std::fs::write(&path, format!("{before}{rows}{after}")).expect("the page can be written");
        return;
    }
    let failing: Vec<&str> = results.iter().filter(|(_, r)| r.is_err()).map(|(name, _)| *name).collect();
    let healed: Vec<&&str> = listed.keys().filter(|n| !failing.contains(n)).collect();
    let new: Vec<&&str> = failing.iter().filter(|n| !listed.contains_key(**n)).collect();
    assert!(new.is_empty(), "these fail and are not listed in docs/hard-tests.md: {new:?}");
    assert!(
        healed.is_empty(),
        "these pass now: take them off the list in docs/hard-tests.md (cargo xtask regen): {healed:?}"
    );
}

/// The page before the rows of a list, the rows, and the rest.
fn cut<'p>(page: &'p str, heading: &str) -> (&'p str, &'p str, &'p str) {
    let section = page.find(&format!("## Known failures: {heading}\n")).expect("the page has the heading");
    let begin = section + page[section..].find(HEAD).expect("under the heading stands a table") + HEAD.len();
    let length: usize =
        page[begin..].split_inclusive('\n').take_while(|l| l.starts_with('|')).map(str::len).sum();
    (&page[..begin], &page[begin..begin + length], &page[begin + length..])
}

fn row(line: &str) -> Option<(&str, &str)> {
    let (name, today) = line.trim().trim_matches('|').split_once('|')?;
    Some((name.trim(), today.trim()))
}
