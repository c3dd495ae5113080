//! Texts and answer keys of MUC-3 and MUC-4, parsed.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::shared;

/// Number of slots, the message's own two among them.
pub(super) const SLOTS: usize = 25;

/// One value that answers a fill, with the fills of another slot that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) of: Vec<String>,
}

/// One line of a slot: any of its values is right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fill {
    pub(super) values: Vec<Value>,
    pub(super) optional: bool,
}

/// One filled form.
#[derive(Clone, Debug)]
pub(super) struct Template {
    pub(super) optional: bool,
    pub(super) slots: [Vec<Fill>; SLOTS],
}

impl Default for Template {
    fn default() -> Template {
        Template { optional: false, slots: std::array::from_fn(|_| Vec::new()) }
    }
}

/// One wire report with its templates.
pub(super) struct Message {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) templates: Vec<Template>,
}

/// The reports of these files of texts, with the templates of these keys.
pub(super) fn messages(texts: &[String], keys: &[String]) -> Result<Vec<Message>> {
    let mut templates: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    for key in keys {
        parse(&shared::read(key)?, &mut templates);
    }
    let mut out = Vec::new();
    for file in texts {
        for (id, text) in split(&shared::read(file)?) {
            let templates = templates.remove(&id).unwrap_or_default();
            out.push(Message { id, text, templates });
        }
    }
    Ok(out)
}

/// A file of texts: each begins with a line that holds its number alone.
fn split(file: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in file.lines() {
        let id = line.split_whitespace().next().unwrap_or("");
        let header = ["DEV-MUC", "TST1-MUC", "TST2-MUC"].iter().any(|h| line.starts_with(h));
        if header {
            out.push((id.to_string(), String::new()));
        } else if let Some((_, text)) = out.last_mut() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    out
}

fn parse(file: &str, out: &mut BTreeMap<String, Vec<Template>>) {
    let (mut message, mut slot, mut empty) = (String::new(), 0, true);
    let mut template = Template::default();
    let mut close = |message: &str, template: Template, empty: bool| {
        if !message.is_empty() && !empty {
            out.entry(message.to_string()).or_default().push(template);
        }
    };
    for line in file.lines().filter(|l| !l.starts_with(';') && !l.trim().is_empty()) {
        let (number, value) = numbered(line);
        let value = value.trim();
        match number {
            Some(0) => {
                close(&message, std::mem::take(&mut template), empty);
                message = value.split_whitespace().next().unwrap_or("").to_string();
            }
            Some(1) => {
                empty = value.starts_with('*');
                template.optional = value.contains("OPTIONAL");
            }
            Some(n) => slot = n,
            None => {}
        }
        if number.is_none_or(|n| n > 1) && slot > 1 && slot < SLOTS {
            template.slots[slot].extend(fill(slot, value));
        }
    }
    close(&message, template, empty);
}

/// "4.  INCIDENT: TYPE      ATTACK": number and value; a line without number goes on with the slot before.
fn numbered(line: &str) -> (Option<usize>, &str) {
    let digits = line.split('.').next().filter(|d| !d.is_empty() && d.len() <= 2);
    match digits.and_then(|d| d.parse().ok()) {
        // The value stands behind the slot's name, which ends before two spaces.
        Some(n) => (Some(n), line.get(36..).unwrap_or("")),
        None => (None, line),
    }
}

fn fill(slot: usize, line: &str) -> Option<Fill> {
    let optional = line.starts_with('?');
    let line = line.trim_start_matches('?').trim();
    if line.is_empty() || matches!(line, "-" | "*") {
        return None;
    }
    // Dates and locations hold dashes and colons of their own.
    let (left, right) = if matches!(slot, 2 | 3) { (line, "") } else { cut(line, ':') };
    let of: Vec<String> = if right.is_empty() { Vec::new() } else { parts(right) };
    let values = parts(left).into_iter().map(|text| Value { text, of: of.clone() }).collect();
    Some(Fill { values, optional })
}

/// At the first mark outside quotation marks.
fn cut(line: &str, mark: char) -> (&str, &str) {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            c if c == mark && !quoted => return (&line[..at], &line[at + 1..]),
            _ => {}
        }
        escaped = c == '\\';
    }
    (line, "")
}

fn parts(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = line;
    while !rest.trim().is_empty() {
        let (one, more) = cut(rest, '/');
        let text = one.trim().trim_start_matches('?').trim().replace("\\\"", "").replace('"', "");
        if !text.is_empty() && text != "-" {
            out.push(text.trim().to_string());
        }
        rest = more;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fill_has_alternatives_and_what_they_belong_to() {
        let found = fill(20, "CIVILIAN / POLITICAL FIGURE: \"LEADER\" / \"HEAD\"").unwrap();
        assert_eq!(found.values.len(), 2);
        assert_eq!(found.values[1].text, "POLITICAL FIGURE");
        assert_eq!(found.values[0].of, ["LEADER", "HEAD"]);
        assert_eq!(fill(9, "-"), None);
        assert!(fill(9, "? \"MEN\"").unwrap().optional);
        assert_eq!(fill(3, "PERU: LIMA (CITY)").unwrap().values[0].text, "PERU: LIMA (CITY)");
    }
}
