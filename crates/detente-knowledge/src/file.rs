//! Takes the text of a knowledge file, gives its entries, or every problem in it at once.
//!
//! Somebody who adds thirty armed groups wants thirty answers, not the first: each problem says where
//! (`file:line`), what, why, and the nearest right value.
//!
//! # How
//! 1. The file is parsed as TOML with recovery: every fault of syntax is a problem.
//! 2. Each entry is read on its own. A field that does not read is reported, set aside, and the entry is
//!    tried again, so that its other faults come out too.
//!
//! # Does not
//! Look across entries: that is [`crate::laws`].

use crate::entry::Entries;
use std::fmt;
use toml::de::{DeTable, DeValue, ValueDeserializer};

type Spanned<T> = toml::Spanned<T>;

/// Tables that other parts of the crate read (the lexicon of verbs and nouns of action).
const ELSEWHERE: &[&str] = &["frame", "operator", "speech", "count", "class", "classes", "roles", "set"];

/// What is wrong in a knowledge file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// The line, counted from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// Why it cannot stand.
    pub why: String,
    /// The nearest right value, where there is one.
    pub nearest: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.what, self.why)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean {nearest:?}?"),
            None => Ok(()),
        }
    }
}

/// The right value that is nearest to a wrong one, if one is near.
pub(crate) fn nearest<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let rated = right.into_iter().map(|r| (strsim::damerau_levenshtein(wrong, r), r));
    let (distance, best) = rated.min()?;
    (distance <= 2.max(wrong.chars().count() / 3)).then(|| best.to_string())
}

/// Where an entry stands: table, key, line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stand {
    pub(crate) table: String,
    pub(crate) key: String,
    pub(crate) path: String,
    pub(crate) line: usize,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) entries: Entries,
    pub(crate) stands: Vec<Stand>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads one file.
pub(crate) fn parse(path: &str, text: &str) -> Parsed {
    let mut out = Parsed::default();
    let (root, faults) = DeTable::parse_recoverable(text);
    let at = |offset: usize| line_of(text, offset);
    for fault in faults {
        let line = fault.span().map_or(0, |s| at(s.start));
        out.problems.push(Problem::new(path, line, "not TOML", fault.message()));
    }
    for (table, value) in root.into_inner() {
        let (line, name) = (at(table.span().start), table.get_ref().to_string());
        if ELSEWHERE.contains(&name.as_str()) {
            continue;
        }
        if !Entries::TABLES.contains(&name.as_str()) {
            let why = format!("the tables are {}", Entries::TABLES.join(", "));
            let mut problem = Problem::new(path, line, &format!("unknown table {name:?}"), &why);
            problem.nearest = nearest(&name, Entries::TABLES.iter().copied());
            out.problems.push(problem);
            continue;
        }
        let DeValue::Array(rows) = value.into_inner() else {
            let why = format!("write [[{name}]], one block an entry");
            out.problems.push(Problem::new(path, line, &format!("{name:?} is no list"), &why));
            continue;
        };
        for row in rows {
            read_row(path, text, &name, row, &mut out);
        }
    }
    out
}

impl Problem {
    /// A problem without a better value to offer.
    pub(crate) fn new(path: &str, line: usize, what: &str, why: &str) -> Problem {
        Problem { path: path.into(), line, what: what.into(), why: why.into(), nearest: None }
    }
}

/// Reads one entry; fields that do not read are reported and left out.
fn read_row(path: &str, text: &str, table: &str, row: Spanned<DeValue<'_>>, out: &mut Parsed) {
    let start = row.span().start;
    let mut row = row;
    for _ in 0..64 {
        match out.entries.read(table, ValueDeserializer::from(row.clone())) {
            Ok(key) => {
                let line = line_of(text, start);
                out.stands.push(Stand { table: table.into(), key, path: path.into(), line });
                return;
            }
            Err(error) => {
                let faulty = error.span().and_then(|span| field_at(&row, span.start));
                let line = line_of(text, error.span().map_or(start, |s| s.start));
                out.problems.push(explain(path, line, table, error.message()));
                match (faulty, row.get_mut()) {
                    (Some(field), DeValue::Table(fields)) => {
                        let all = std::mem::take(fields).into_iter();
                        *fields = all.filter(|(k, _)| k.get_ref() != field.as_str()).collect();
                    }
                    _ => return,
                }
            }
        }
    }
}

/// The field of an entry in which this byte stands.
fn field_at(row: &Spanned<DeValue<'_>>, offset: usize) -> Option<String> {
    let DeValue::Table(fields) = row.get_ref() else { return None };
    let inside =
        |k: &Spanned<_>, v: &Spanned<_>| k.span().start <= offset && offset < v.span().end.max(k.span().end);
    fields.iter().find(|(k, v)| inside(k, v)).map(|(k, _)| k.get_ref().to_string())
}

/// Puts the parser's words into ours, with the nearest right value.
fn explain(path: &str, line: usize, table: &str, message: &str) -> Problem {
    let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (wrong, right) = match ticked.split_first() {
        Some((wrong, right)) if message.starts_with("unknown") => (*wrong, right),
        _ => return Problem::new(path, line, &format!("[[{table}]]"), message),
    };
    let kind = if message.starts_with("unknown field") { "unknown field" } else { "unknown value" };
    let why = format!("one of {} is expected", right.join(", "));
    let mut problem = Problem::new(path, line, &format!("[[{table}]] {kind} {wrong:?}"), &why);
    problem.nearest = nearest(wrong, right.iter().copied());
    problem
}

/// The line of a byte, counted from 1.
fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes().iter().take(offset).filter(|b| **b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_told_at_once() {
        let text = "[[actor]]\nid = \"AAA\"\nkind = \"armd_group\"\nacronims = [\"A\"]\nfrom = \"soon\"\n\n[[actr]]\nid = \"B\"\n";
        let told: Vec<String> = parse("my.toml", text).problems.iter().map(|p| p.to_string()).collect();
        assert_eq!(told.len(), 4, "{told:#?}");
        assert!(told.iter().any(|t| t.contains("my.toml:3") && t.contains("did you mean \"armed_group\"")));
        assert!(told.iter().any(|t| t.contains("my.toml:4") && t.contains("did you mean \"acronyms\"")));
        assert!(told.iter().any(|t| t.contains("my.toml:5") && t.contains("no date")));
        assert!(told.iter().any(|t| t.contains("my.toml:7") && t.contains("did you mean \"actor\"")));
    }

    #[test]
    fn broken_syntax_is_a_problem_and_no_panic() {
        for text in ["[[actor", "[[actor]]\nid = ", "actor = 3", "\u{0}", "[[actor]]\nid = 3"] {
            assert!(!parse("x", text).problems.is_empty(), "{text:?}");
        }
    }
}
