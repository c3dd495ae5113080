//! Takes a knowledge file, gives its normal form.
//!
//! One way to write an entry means that a change shows only what changed. A test holds every bundled file
//! to its normal form; `UPDATE=1 cargo test -p detente-knowledge` writes it.
//!
//! # How
//! Tables in a fixed order, entries by key, fields in a fixed order, fields with their default value left
//! out, lists on one line or wrapped. Comments at the top of the file stay; inside it, use `note`.

use crate::entry::Entries;
use crate::file::{Problem, parse};
use serde::Serialize;
use std::fmt::Write;

/// The order of fields, over all tables.
const ORDER: &[&str] = &[
    "id",
    "key",
    "alpha3",
    "suffix",
    "title",
    "noun",
    "cue",
    "form",
    "code",
    "word",
    "name",
    "kind",
    "shape",
    "rank",
    "at",
    "reason",
    "most_words",
    "unstopped",
    "official",
    "alpha2",
    "numeric",
    "fips",
    "cow",
    "gw",
    "country",
    "countries",
    "bloc",
    "part_of",
    "speaks_for",
    "sector",
    "body",
    "single",
    "empty",
    "article",
    "value",
    "score",
    "words",
    "forms",
    "also",
    "aliases",
    "acronyms",
    "adjectives",
    "people",
    "capital",
    "seats",
    "shared",
    "acts_for",
    "point",
    "continent",
    "un_member",
    "neighbours",
    "from",
    "to",
    "successors",
    "holds",
    "absent",
    "offices",
    "domains",
    "counts",
    "meaning",
    "rule",
    "cameo",
    "note",
    "yes",
    "no",
];

const WIDTH: usize = 110;

/// The file in its normal form, or what is wrong with it.
pub fn normal(path: &str, text: &str) -> Result<String, Vec<Problem>> {
    let parsed = parse(path, text);
    if !parsed.problems.is_empty() {
        return Err(parsed.problems);
    }
    let head = text.lines().take_while(|l| l.starts_with('#') || l.is_empty());
    let mut out = head.collect::<Vec<_>>().join("\n").trim_end().to_string();
    if !out.is_empty() {
        out.push('\n');
    }
    write_all(&parsed.entries, &mut out);
    Ok(out.trim_start().to_string())
}

fn write_all(e: &Entries, out: &mut String) {
    write_table("country", &e.countries, out);
    write_table("actor", &e.actors, out);
    write_table("body", &e.bodies, out);
    write_table("portfolio", &e.portfolios, out);
    write_table("title", &e.titles, out);
    write_table("noun", &e.nouns, out);
    write_table("outlet", &e.outlets, out);
    write_table("cue", &e.cues, out);
    write_table("spelling", &e.spellings, out);
    write_table("place", &e.places, out);
    write_table("type", &e.types, out);
    write_table("mode", &e.modes, out);
    write_table("context", &e.contexts, out);
    write_table("sector", &e.sectors, out);
    write_table("word", &e.words, out);
}

fn write_table<T: Serialize>(table: &str, entries: &[T], out: &mut String) {
    let mut blocks: Vec<(String, String)> = entries.iter().map(block).collect();
    blocks.sort();
    for (_, block) in blocks {
        let _ = write!(out, "\n[[{table}]]\n{block}");
    }
}

/// The key and the lines of an entry.
fn block<T: Serialize>(entry: &T) -> (String, String) {
    let fields = toml::Table::try_from(entry).expect("entries are tables of plain values");
    let mut fields: Vec<(String, toml::Value)> = fields.into_iter().filter(|(_, v)| !is_default(v)).collect();
    let rank = |name: &str| ORDER.iter().position(|o| *o == name).unwrap_or(ORDER.len());
    fields.sort_by_key(|(name, _)| rank(name));
    let key = fields.first().map(|(_, v)| v.to_string()).unwrap_or_default();
    let mut lines = String::new();
    for (name, value) in fields {
        write_field(&name, &value, &mut lines);
    }
    (key, lines)
}

fn is_default(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(s) => s.is_empty(),
        toml::Value::Array(a) => a.is_empty(),
        toml::Value::Boolean(b) => !b,
        toml::Value::Integer(i) => *i == 0,
        _ => false,
    }
}

fn write_field(name: &str, value: &toml::Value, out: &mut String) {
    let toml::Value::Array(list) = value else {
        let _ = writeln!(out, "{name} = {}", inline(value));
        return;
    };
    let parts: Vec<String> = list.iter().map(inline).collect();
    let line = format!("{name} = [{}]", parts.join(", "));
    let tables = list.iter().any(toml::Value::is_table) && list.len() > 1;
    let sentences = matches!(name, "yes" | "no") && list.len() > 1;
    if line.chars().count() <= WIDTH && !tables && !sentences {
        let _ = writeln!(out, "{line}");
        return;
    }
    let _ = writeln!(out, "{name} = [");
    if tables || sentences {
        parts.iter().for_each(|p| out.push_str(&format!("    {p},\n")));
    } else {
        wrap(&parts, out);
    }
    out.push_str("]\n");
}

/// As many parts a line as fit.
fn wrap(parts: &[String], out: &mut String) {
    let mut line = String::from("   ");
    for part in parts {
        if line.chars().count() + part.chars().count() + 2 > WIDTH && line.len() > 3 {
            let _ = writeln!(out, "{line}");
            line = String::from("   ");
        }
        let _ = write!(line, " {part},");
    }
    let _ = writeln!(out, "{line}");
}

fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(fields) => {
            let mut fields: Vec<_> = fields.iter().filter(|(_, v)| !is_default(v)).collect();
            let rank = |name: &str| ORDER.iter().position(|o| *o == name).unwrap_or(ORDER.len());
            fields.sort_by_key(|(name, _)| rank(name));
            let parts: Vec<String> = fields.iter().map(|(n, v)| format!("{n} = {}", inline(v))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
        toml::Value::Array(list) => {
            format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        toml::Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// A basic string; only what must be escaped is.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_form_is_its_own_normal_form() {
        let text = "# About.\n\n[[actor]]\nkind='armed_group'\nname = 'B \"x\"'\nid='B'\naliases=[]\n[[actor]]\nid='A'\nname='A'\nkind='armed_group'\nholds=[{country='PAK'},{country='IND', whole=true}]\n";
        let once = normal("x", text).expect("reads");
        assert_eq!(normal("x", &once).expect("reads"), once);
        assert!(once.starts_with("# About.\n\n[[actor]]\nid = \"A\"\n"), "{once}");
        assert!(once.contains("name = \"B \\\"x\\\"\""));
    }
}
