//! JSON Lines: one report a line, under our names of fields or under those of event coders.

use crate::decode::{self, Hints};
use crate::flow;
use crate::given::{self, Gathered, ID, TEXT};
use crate::limits::MOST_LINE;
use crate::tray::{Tray, notes};
use serde_json::{Map, Value};
use std::io::{self, BufRead, Cursor, Read};

/// Takes in every line that holds a report; one note for each that does not.
pub(crate) fn take(name: &str, mut input: impl BufRead, tray: &mut Tray<'_>) -> io::Result<()> {
    if input.fill_buf()?.starts_with(b"\xff\xfe") || input.fill_buf()?.starts_with(b"\xfe\xff") {
        let mut bytes = Vec::new();
        input.take(MOST_LINE as u64).read_to_end(&mut bytes)?;
        let text = decode::text(&bytes, Hints::default()).map(|d| d.text).unwrap_or_default();
        return each(name, &mut Cursor::new(text), tray);
    }
    each(name, &mut input, tray)
}

fn each(name: &str, input: &mut impl BufRead, tray: &mut Tray<'_>) -> io::Result<()> {
    let (mut number, mut reports) = (0, 0);
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(MOST_LINE as u64).read_until(b'\n', &mut line)?;
        number += 1;
        if read == 0 {
            break;
        }
        let place = format!("{name}:{number}");
        if read == MOST_LINE && line.last() != Some(&b'\n') {
            input.skip_until(b'\n')?;
            tray.note(
                "D107",
                format!("{place}: a line of more than {} MiB; it was not read.", MOST_LINE >> 20),
            );
            continue;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        reports += 1;
        if let Err(why) = one(&place, &line, tray) {
            tray.note("D107", format!("{place}: {why}; it was not read."));
        }
    }
    if reports == 0 {
        tray.note("D101", format!("{name}: there is no text in it."));
    }
    Ok(())
}

/// One JSON value that is a report or a list of reports, as some databases give them out.
pub(crate) fn whole(name: &str, bytes: &[u8], tray: &mut Tray<'_>) {
    let decoded = decode::text(bytes, Hints::default()).unwrap_or_default();
    match serde_json::from_str(decoded.text.trim()) {
        Ok(Value::Array(values)) => list(name, values, tray),
        Ok(value) => match listed(value, 0) {
            Ok(values) => list(name, values, tray),
            Err(value) => {
                if let Err(why) = report(name, value, decoded.remarks, tray) {
                    tray.note("D107", format!("{name}: {why}; it was not read."));
                }
            }
        },
        // Many a file of this name holds one report a line. Reading from memory does not fail.
        Err(_) => drop(each(name, &mut Cursor::new(decoded.text), tray)),
    }
}

fn list(name: &str, values: Vec<Value>, tray: &mut Tray<'_>) {
    for (at, value) in values.into_iter().enumerate() {
        let place = format!("{name}:{}", at + 1);
        if let Err(why) = report(&place, value, Vec::new(), tray) {
            tray.note("D107", format!("{place}: {why}; it was not read."));
        }
    }
}

/// Objects within objects in which a list of reports is looked for.
const DEEPEST: usize = 3;

/// The list of reports in an answer of a news service; the value itself, if it has none or is a report.
fn listed(value: Value, depth: usize) -> Result<Vec<Value>, Value> {
    let Value::Object(mut fields) = value else { return Err(value) };
    if depth > DEEPEST || has_text(&fields) {
        return Err(Value::Object(fields));
    }
    let report = |value: &Value| value.as_object().is_some_and(|fields| has_text(&flat(fields.clone())));
    let lists = |value: &Value| value.as_array().is_some_and(|all| all.iter().any(report));
    if let Some(name) = fields.iter().find(|(_, value)| lists(value)).map(|(name, _)| name.clone()) {
        match fields.remove(&name) {
            Some(Value::Array(values)) => return Ok(values),
            other => fields.extend(other.map(|value| (name, value))),
        }
    }
    let inner: Vec<String> =
        fields.iter().filter(|(_, v)| v.is_object()).map(|(name, _)| name.clone()).collect();
    for name in inner {
        let Some(value) = fields.remove(&name) else { continue };
        match listed(value, depth + 1) {
            Ok(values) => return Ok(values),
            Err(value) => drop(fields.insert(name, value)),
        }
    }
    Err(Value::Object(fields))
}

fn has_text(fields: &Map<String, Value>) -> bool {
    fields.iter().any(|(name, value)| value.is_string() && TEXT.contains(&name.to_lowercase().as_str()))
}

/// The fields with those that a service puts into an object of their own; `{"rendered": "…"}` is its words.
fn flat(mut fields: Map<String, Value>) -> Map<String, Value> {
    for value in fields.values_mut() {
        if let Some(words) = value.get_mut("rendered").filter(|words| words.is_string()) {
            *value = words.take();
        }
    }
    for name in ["_source", "fields", "attributes"] {
        if let Some(Value::Object(inner)) = fields.remove(name) {
            for (name, value) in inner {
                fields.entry(name).or_insert(value);
            }
        }
    }
    fields.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect()
}

/// One line; the error says why it is none.
fn one(place: &str, line: &[u8], tray: &mut Tray<'_>) -> Result<(), String> {
    let decoded = decode::text(line, Hints::default()).map_err(str::to_string)?;
    let value: Value = serde_json::from_str(decoded.text.trim()).map_err(|e| not_json(&e))?;
    report(place, value, decoded.remarks, tray)
}

/// One JSON value as a report; the error says why it is none.
fn report(
    place: &str,
    value: Value,
    remarks: Vec<(&'static str, String)>,
    tray: &mut Tray<'_>,
) -> Result<(), String> {
    let Value::Object(fields) = value else { return Err("not a JSON object".to_string()) };
    let mut fields = flat(fields);
    let text = text(&mut fields)?;
    let mut gathered = Gathered::default();
    for (key, value) in &fields {
        if let Some(words) = plain(value) {
            gathered.put(key, &words);
        }
    }
    given::settle(&mut gathered);
    let remarks = remarks.into_iter().chain(gathered.take_remarks());
    let notes = notes(place, remarks);
    let path = path(place, &fields, gathered.given.url.as_deref());
    tray.report(path, text, gathered.given, notes);
    Ok(())
}

fn not_json(error: &serde_json::Error) -> String {
    let cut = if error.is_eof() { "the line breaks off" } else { "not JSON" };
    format!("{cut} (column {})", error.column())
}

/// The text of the report.
fn text(fields: &mut Map<String, Value>) -> Result<String, String> {
    let found =
        TEXT.iter().find_map(|name| fields.remove(*name).filter(|v| !v.is_null()).map(|v| (*name, v)));
    match found {
        // Offsets count bytes of the value as it is, unless that is markup.
        Some((_, Value::String(text))) if text.contains("</p>") => Ok(flow::of_words(&text)),
        Some((_, Value::String(text))) => Ok(text),
        Some((name, _)) => Err(format!("the field \"{name}\" is no text")),
        None => Err("no field \"text\"".to_string()),
    }
}

/// A value in words: the name of an object that has one, as news databases write their outlets.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(fields) => {
            ["name", "title"].iter().find_map(|n| fields.get(*n)?.as_str().map(str::to_string))
        }
        _ => None,
    }
}

/// Where the report came from, for people: its address, or file, line and its own id.
fn path(place: &str, fields: &Map<String, Value>, url: Option<&str>) -> String {
    if let Some(url) = url {
        return url.to_string();
    }
    let id = ID.iter().find_map(|name| fields.get(*name).and_then(plain));
    id.map_or_else(|| place.to_string(), |id| format!("{place}#{id}"))
}
