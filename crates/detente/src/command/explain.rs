//! `detente explain`: codes in plain words.

use super::arguments::Explain;
use super::{Outcome, screen};
use crate::explain::{Entry, Glossary};
use crate::intake::Failure;
use detente_knowledge::Knowledge;

/// Explains one code, or lists all.
pub(super) fn run(wanted: &Explain) -> Outcome {
    let glossary = Glossary::new(&Knowledge::bundled());
    let width = screen::width(None).clamp(40, 100);
    let Some(code) = &wanted.code else {
        screen::print(listed(&glossary, width).as_bytes())?;
        return Ok(Vec::new());
    };
    let found = glossary.find(code);
    if found.is_empty() {
        let near = glossary.nearest(code);
        let remedy = match near.as_slice() {
            [] => "detente explain lists all codes".to_string(),
            near => format!("did you mean {}?", near.join(", ")),
        };
        return Err(Failure::new("no such code", code, remedy).into());
    }
    let pages: Vec<String> = found.into_iter().map(|entry| page(entry, width)).collect();
    screen::print(pages.join("\n").as_bytes())?;
    Ok(Vec::new())
}

fn page(entry: &Entry, width: usize) -> String {
    let mut out = format!("{} ({}): {}\n", entry.code, entry.class, entry.title);
    for paragraph in &entry.paragraphs {
        out.push_str(&wrapped(paragraph, width, "  "));
    }
    out
}

fn listed(glossary: &Glossary, width: usize) -> String {
    let mut out = String::new();
    let mut class = "";
    for entry in glossary.entries() {
        if class != entry.class {
            class = entry.class;
            out.push_str(&format!("\n{}\n", class.to_uppercase()));
        }
        let line = format!("{}: {}", entry.code, entry.title);
        out.push_str(&wrapped(&line, width, "  "));
    }
    out.trim_start().to_string()
}

/// Lines of at most `width` cells, all but the first set in.
fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let hang = format!("{indent}  ");
    let options = textwrap::Options::new(width).initial_indent(indent).subsequent_indent(&hang);
    let mut out = textwrap::wrap(text, options).join("\n");
    out.push('\n');
    out
}
