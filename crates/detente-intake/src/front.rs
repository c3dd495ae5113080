//! Front matter: what a saved page says of itself on top, between two lines `---`.
//!
//! ```text
//! ---
//! title: Talks open in Sund
//! outlet: Northern Wire
//! date: 2031-03-04
//! ---
//! ```
//!
//! It is no text of the report. Blanks of the same length take its place, so that offsets stay those of the
//! file. Only `key: value` on one line is understood, with or without quotation marks; other keys are left alone.

use crate::given::{self, Gathered};

/// Front matter is short; what runs on is text that begins with a rule.
const MOST_LINES: usize = 60;

/// The text without its front matter, and what that gives.
pub(crate) fn split(text: String) -> (String, Gathered) {
    let Some((inner, end)) = find(&text) else { return (text, Gathered::default()) };
    let mut gathered = Gathered::default();
    for line in inner.lines() {
        if let Some((key, value)) = line.split_once(':') {
            gathered.put(key.trim(), unquoted(value.trim()));
        }
    }
    if gathered.is_empty() {
        return (text, gathered);
    }
    let blank = |c: char| if c == '\n' { "\n".to_string() } else { " ".repeat(c.len_utf8()) };
    let mut out: String = text[..end].chars().map(blank).collect();
    out.push_str(&text[end..]);
    given::settle(&mut gathered);
    (out, gathered)
}

/// What stands between the two lines, and where the text of the report begins.
fn find(text: &str) -> Option<(&str, usize)> {
    let skipped = text.len() - text.trim_start_matches(' ').len();
    let mut at = skipped;
    let mut inner = None;
    for (n, line) in text[skipped..].split_inclusive('\n').enumerate().take(MOST_LINES) {
        let bare = line.trim_end();
        at += line.len();
        match (n, bare) {
            (0, "---") => inner = Some(at),
            (0, _) => return None,
            (_, "---" | "...") => return inner.map(|from| (&text[from..at - line.len()], at)),
            _ => {}
        }
    }
    None
}

fn unquoted(value: &str) -> &str {
    let pairs = [('"', '"'), ('\'', '\'')];
    let inside = pairs.iter().find_map(|(a, b)| value.strip_prefix(*a)?.strip_suffix(*b));
    inside.unwrap_or(value)
}
