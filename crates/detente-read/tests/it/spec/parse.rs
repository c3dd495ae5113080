//! A spec file to cases: a report and the lines expected of it.

use detente_types::{Basis, When};
use std::path::Path;

/// One report with its expectations.
pub(super) struct Case {
    /// `file: heading (first words)`.
    pub(super) name: String,
    /// The heading above it.
    pub(super) heading: String,
    /// The report.
    pub(super) text: String,
    /// Given beside the text.
    pub(super) outlet: Option<String>,
    /// Given beside the text.
    pub(super) published: Option<When>,
    /// One expectation a line.
    pub(super) expected: Vec<String>,
}

/// Every case of a file, in order.
pub(super) fn cases(path: &Path) -> Vec<Case> {
    let file = path.file_name().and_then(|n| n.to_str()).expect("spec files have plain names").to_string();
    let text = std::fs::read_to_string(path).expect("a listed file can be read");
    let (mut out, mut heading, mut quote) = (Vec::new(), String::new(), Vec::<String>::new());
    let mut open: Option<Case> = None;
    for line in text.lines() {
        if let Some(h) = line.strip_prefix("## ") {
            out.extend(open.take());
            heading = h.trim().to_string();
            quote.clear();
        } else if let Some(q) = line.strip_prefix('>') {
            if let Some(case) = open.take() {
                out.push(case);
                quote.clear();
            }
            quote.push(q.strip_prefix(' ').unwrap_or(q).to_string());
        } else if let Some(expectation) =
            line.strip_prefix("    ").map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            if quote.is_empty() {
                continue;
            }
            let case = open.get_or_insert_with(|| begin(&file, &heading, &quote));
            add(case, expectation);
        }
    }
    out.extend(open);
    out
}

fn begin(file: &str, heading: &str, quote: &[String]) -> Case {
    // A quoted line is one paragraph; a bare ">" is a break between paragraphs.
    let text = quote
        .iter()
        .map(|l| if l.is_empty() { String::new() } else { l.clone() })
        .collect::<Vec<_>>()
        .join("\n");
    let first: String = text.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
    Case {
        name: format!("{file}: {heading} ({first})"),
        heading: heading.to_string(),
        text,
        outlet: None,
        published: None,
        expected: Vec::new(),
    }
}

fn add(case: &mut Case, line: &str) {
    if let Some(name) = line.strip_prefix("outlet ") {
        case.outlet = Some(name.trim_matches('"').to_string());
    } else if let Some(day) = line.strip_prefix("published ") {
        let day = day.trim().parse().unwrap_or_else(|e| panic!("{}: {line}: {e}", case.name));
        case.published = Some(When::day(day, Basis::Explicit));
    } else {
        case.expected.push(line.to_string());
    }
}
