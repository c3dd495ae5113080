//! A crisis damaged at random: facts dropped, words replaced by hostile ones, evidence that points nowhere.
//!
//! The books are written as JSON, changed there, and read back, so that every field of every noun is
//! reached and a new field is damaged too without a change here.

use detente_types::Crisis;
use serde_json::Value;

/// Words that would act if a format let them.
pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style></script><svg onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt; & <b>bold</b> <!-- ",
    "\u{1b}[31mred\u{1b}[0m\u{7}\u{0}",
    "right\u{202e}left",
    "[2.9](http://example.org) `code` **bold** | cell\n# heading",
    "峠で停戦、死者二十三人 — incomprehensibilities\u{ad}unbroken",
    "",
    " ",
];

/// A small generator of numbers: the same seed, the same damage.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
}

/// Fields of free text, which a report or a person may fill with anything.
const FREE: &[&str] = &[
    "name", "aliases", "title", "outlet", "path", "gist", "text", "about", "topic", "value", "remark",
    "words", "occasion", "outcome", "message", "code", "unit", "venues", "rule",
];

/// The crisis with roughly one thing in `rarity` dropped or replaced.
pub fn damaged(crisis: &Crisis, seed: u64, rarity: u64) -> Crisis {
    let mut value = serde_json::to_value(crisis).expect("a crisis is JSON");
    damage(&mut value, "", &mut Dice::new(seed), rarity.max(2));
    serde_json::from_value(value).expect("damage keeps the types")
}

fn damage(value: &mut Value, key: &str, dice: &mut Dice, rarity: u64) {
    match value {
        Value::Array(values) => {
            // A pair of report and act is one value, not a list.
            let pair = key == "acts" && values.first().is_some_and(Value::is_string);
            if !pair {
                values.retain(|_| !dice.one_in(rarity));
            }
            for one in values {
                damage(one, key, dice, rarity);
            }
        }
        Value::Object(fields) if fields.contains_key("start") => {
            // A span that may point beyond its text or into the middle of a character, but stays in order.
            for end in ["start", "end"] {
                if dice.one_in(rarity * 4) {
                    let shift = dice.next() % 700;
                    let now = fields["end"].as_u64().unwrap_or(0);
                    let to = if end == "end" { now + shift } else { now.saturating_sub(shift % (now + 1)) };
                    fields.insert(end.to_string(), to.into());
                }
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                damage(field, key, dice, rarity);
            }
        }
        Value::String(text) if FREE.contains(&key) && dice.one_in(rarity) => {
            let at = usize::try_from(dice.next()).unwrap_or(0) % HOSTILE.len();
            *text = HOSTILE[at].to_string();
        }
        Value::String(text) if key == "document" && dice.one_in(rarity * 4) => {
            *text = "doc-nowhere".to_string()
        }
        _ => {}
    }
}

/// The crisis with every free text replaced by hostile words, evidence untouched.
pub fn hostile(crisis: &Crisis) -> Crisis {
    let mut value = serde_json::to_value(crisis).expect("a crisis is JSON");
    let mut turn = 0;
    replace(&mut value, "", &mut turn);
    serde_json::from_value(value).expect("only words were replaced")
}

fn replace(value: &mut Value, key: &str, turn: &mut usize) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|one| replace(one, key, turn)),
        // The text of a report is kept: evidence points into it.
        Value::Object(fields) => {
            let report = fields.contains_key("mask");
            for (key, field) in fields.iter_mut().filter(|(key, _)| !report || *key != "text") {
                replace(field, key, turn);
            }
        }
        Value::String(text) if FREE.contains(&key) => {
            *text = HOSTILE[*turn % 9].to_string();
            *turn += 1;
        }
        _ => {}
    }
}
