//! `cargo xtask tidy`: what the compiler does not check.
//!
//! # How
//! 1. Every file of Rust opens with its module doc. 2. No name is a word that says nothing (STYLE: "Words").
//! 3. ARCHITECTURE.md names every crate and every folder of modules. 4. No path of one machine stands in the
//!    tree. 5. Every crate below `detente` refuses the outside world, by one and the same `clippy.toml`. 6. Links
//!    of pages lead to files that are there. 7. No file
//!    is over 600 lines and no function over 60, but for those that say why.
//!
//! # Does not
//! Look into documents for words that say nothing: there they have their own sense. Check that codes and commands
//! are documented: the tests of the crate `detente` do.

use crate::shared::root;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const LONG_FILE: usize = 600;
const LONG_FUNCTION: usize = 60;

/// Words that say nothing when they stand alone.
const EMPTY_WORDS: &[&str] =
    &["source", "model", "entity", "item", "data", "info", "manager", "util", "utils"];

/// Where a field has one of these words as a term: attributions have a source, a cue and a content; PLOVER's dyads a
/// source and a target.
const TERMS: &[(&str, &str)] = &[
    ("attribution.rs", "source"),
    ("attribution/role.rs", "source"),
    ("attribution/label.rs", "source"),
    ("attribution/weights.rs", "Source"),
    ("spec/check.rs", "source"),
    ("brat.rs", "source"),
    ("brat.rs", "Source"),
    ("sources.rs", "source"),
    ("dyads.rs", "source"),
    // The attribute of thiserror.
    ("store/src/error.rs", "source"),
];

/// Starts of paths that mean one machine.
const OWN_PATHS: &[&str] = &["/work/", "/home/", "/root/", "/Users/"];

/// Checks everything, lists what is long.
pub(crate) fn run() -> Result<()> {
    let files = tracked()?;
    let mut problems = Vec::new();
    let mut long = Vec::new();
    for path in &files {
        let Ok(text) = std::fs::read_to_string(root().join(path)) else { continue };
        let name = path.display().to_string();
        own_paths(&name, &text, &mut problems);
        if path.extension().is_some_and(|e| e == "md") {
            links(path, &text, &mut problems);
        }
        if path.extension().is_some_and(|e| e == "rs") {
            module_doc(&name, &text, &mut problems);
            empty_words(&name, &text, &mut problems);
            lengths(&name, &text, &mut long);
        }
    }
    rooms(&files, &mut problems)?;
    refusals(&mut problems)?;
    problems.extend(long);
    for problem in &problems {
        println!("untidy: {problem}");
    }
    match problems.len() {
        0 => println!("tidy: {} files", files.len()),
        n => bail!("tidy: {n} problems"),
    }
    Ok(())
}

/// The files that git knows.
fn tracked() -> Result<Vec<PathBuf>> {
    let listed =
        Command::new("git").args(["ls-files"]).current_dir(root()).output().context("git ls-files")?;
    Ok(String::from_utf8_lossy(&listed.stdout).lines().map(PathBuf::from).collect())
}

fn own_paths(name: &str, text: &str, problems: &mut Vec<String>) {
    if name.ends_with("xtask/src/tidy.rs") || name.ends_with(".tsv") {
        return;
    }
    for (n, line) in text.lines().enumerate() {
        let stands = |path: &&&str| {
            line.match_indices(**path)
                .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._/~-".contains(c)))
        };
        if let Some(path) = OWN_PATHS.iter().find(stands) {
            problems.push(format!("{name}:{}: a path of one machine ({path}…)", n + 1));
        }
    }
}

fn module_doc(name: &str, text: &str, problems: &mut Vec<String>) {
    if !text.trim_start().starts_with("//!") {
        problems.push(format!("{name}: no module doc on top"));
    }
}

/// Names that are declared here and say nothing. What a library calls so (`Iterator::Item`, `Error::source`) is
/// its own affair.
fn empty_words(name: &str, text: &str, problems: &mut Vec<String>) {
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.contains("r#\"")) {
        for (before, word, after) in words(line) {
            let empty = EMPTY_WORDS.contains(&word.to_lowercase().as_str());
            let outside = before.ends_with(['.', ':'])
                || word == "Item"
                || after.starts_with("::")
                || after.starts_with("(&self)");
            // An attribute of a page, `data-cites`.
            let attribute = after
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
            if empty && !outside && !attribute && !is_term(name, word) {
                problems.push(format!("{name}:{}: the name {word:?} says nothing", n + 1));
            }
        }
    }
}

fn is_term(name: &str, word: &str) -> bool {
    TERMS.iter().any(|(file, term)| name.ends_with(file) && word == *term)
}

/// The identifiers of a line of code with what stands before and after each; words of comments and strings left out.
fn words(line: &str) -> Vec<(&str, &str, &str)> {
    let mut out = Vec::new();
    let (mut quoted, mut begin) = (false, None);
    for (at, c) in line.char_indices() {
        if c == '"' && !line[..at].ends_with(['\\', '\'']) {
            quoted = !quoted;
        }
        if !quoted && line[at..].starts_with("//") {
            break;
        }
        let part = c.is_alphanumeric() || c == '_';
        match begin {
            None if part && !quoted => begin = Some(at),
            Some(from) if !part => {
                out.push((line[..from].trim_end(), &line[from..at], line[at..].trim_start()));
                begin = None;
            }
            _ => {}
        }
    }
    out.extend(begin.map(|from| (line[..from].trim_end(), &line[from..], "")));
    out
}

/// ARCHITECTURE.md names every crate and every folder of modules.
fn rooms(files: &[PathBuf], problems: &mut Vec<String>) -> Result<()> {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let mut folders: Vec<&Path> = files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "rs"))
        .filter_map(|f| f.parent())
        .collect();
    folders.sort();
    folders.dedup();
    for folder in folders {
        let mut parts = folder.iter().map(|p| p.to_string_lossy());
        let (Some(first), Some(second), Some(third)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let name = match (first.as_ref(), third.as_ref()) {
            ("crates", "src") => folder
                .strip_prefix(Path::new("crates").join(second.as_ref()).join("src"))
                .map(|rest| (second, rest)),
            _ => continue,
        };
        let Ok((crate_name, rest)) = name else { continue };
        let wanted = if rest.as_os_str().is_empty() {
            format!("`{crate_name}`")
        } else {
            format!("`{}`", rest.display())
        };
        if !page.contains(&wanted) {
            problems.push(format!("ARCHITECTURE.md: does not name {wanted} ({})", folder.display()));
        }
    }
    Ok(())
}

/// `[words](path)` in a page of Markdown: the path is there, as seen from the page.
fn links(page: &Path, text: &str, problems: &mut Vec<String>) {
    let folder = root().join(page).parent().map(Path::to_path_buf).unwrap_or_default();
    for (n, line) in text.lines().enumerate() {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
        let inside = targets.filter(|target| !target.is_empty() && !target.contains("://"));
        for target in inside.filter(|target| !folder.join(target).exists()) {
            problems.push(format!("{}:{}: links to {target}, which is not there", page.display(), n + 1));
        }
    }
}

/// Every crate below `detente` has the same `clippy.toml`.
fn refusals(problems: &mut Vec<String>) -> Result<()> {
    let folders = std::fs::read_dir(root().join("crates")).context("crates")?;
    let mut names: Vec<String> =
        folders.flatten().map(|folder| folder.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "detente");
    names.sort();
    let read =
        |name: &String| std::fs::read_to_string(root().join("crates").join(name).join("clippy.toml")).ok();
    let wanted = names.first().and_then(read);
    for name in names.iter().filter(|name| wanted.is_none() || read(name) != wanted) {
        problems
            .push(format!("crates/{name}/clippy.toml: not the same as in the other crates below detente"));
    }
    Ok(())
}

/// Long files and functions. Comments do not count, nor words of a list that stand one a line; tests and examples may
/// be long, and so may what says why it is: `// long: one table`.
fn lengths(name: &str, text: &str, long: &mut Vec<String>) {
    if name.contains("/tests/") || name.contains("/examples/") {
        return;
    }
    let lines: Vec<&str> = text.lines().collect();
    let excused = |line: Option<&&str>| line.is_some_and(|l| l.trim_start().starts_with("// long: "));
    let head = lines.iter().find(|l| !l.starts_with("//!") && !l.is_empty());
    if lines.len() > LONG_FILE && !excused(head) {
        long.push(format!("{name}: {} lines", lines.len()));
    }
    for (begin, _) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
        // rustfmt closes a function at the column where it opens.
        let indent = lines[begin].len() - lines[begin].trim_start().len();
        let close = format!("{}}}", &lines[begin][..indent]);
        let body = lines[begin..].iter().position(|l| *l == close).unwrap_or(0);
        let code = lines[begin..=begin + body].iter().filter(|line| counts(line)).count();
        if code > LONG_FUNCTION && !excused(begin.checked_sub(1).and_then(|at| lines.get(at))) {
            long.push(format!("{name}:{}: a function of {code} lines", begin + 1));
        }
    }
}

fn is_function(line: &str) -> bool {
    let head = line.trim_start().split("fn ").next().unwrap_or("");
    let word = |w: &str| w.starts_with("pub") || matches!(w, "const" | "async" | "unsafe" | "extern");
    line.contains("fn ") && head.split_whitespace().all(word)
}

/// Is it a line of code, and more than one word of a list?
fn counts(line: &str) -> bool {
    let line = line.trim();
    let word = line.trim_start_matches("| ").trim_end_matches(',');
    let listed =
        word.len() > 1 && word.starts_with('"') && word.ends_with('"') && word.matches('"').count() == 2;
    !line.is_empty() && !line.starts_with("//") && !listed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        let mut problems = Vec::new();
        empty_words("x.rs", line, &mut problems);
        problems.len()
    }

    #[test]
    fn words_that_say_nothing_are_found_where_they_are_declared() {
        for line in ["let data = 1;", "    source: Option<Span>,", "fn util() {", "struct Entity;"] {
            assert_eq!(found(line), 1, "{line}");
        }
        for line in [
            "// the data",
            "let a = \"data\";",
            "x.source()",
            "impl Iterator<Item = A>",
            "fn source(&self) -> X",
            "let gold_data = 1;",
        ] {
            assert_eq!(found(line), 0, "{line}");
        }
    }

    #[test]
    fn long_functions_are_measured_from_signature_to_brace() {
        let text = format!("fn long() {{\n{}}}\n\nfn short() {{\n}}\n", "    x();\n".repeat(60));
        let mut long = Vec::new();
        lengths("x.rs", &text, &mut long);
        assert_eq!(long, ["x.rs:1: a function of 62 lines"]);
        long.clear();
        lengths("x.rs", &format!("// long: one table\n{text}"), &mut long);
        lengths("x.rs", &text.replace("    x();", "    | \"word\""), &mut long);
        lengths("crates/a/tests/x.rs", &text, &mut long);
        assert!(long.is_empty(), "{long:?}");
    }
}
