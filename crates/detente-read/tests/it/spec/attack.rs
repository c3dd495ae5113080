//! `attack FORM [EXECUTION] [victim "WORDS" [HURT]]… [target "WORDS" [DAMAGE]]… [weapon "WORDS"]… [by ID [BLAME]]… [harmless]`

use super::check::snake as code;
use detente_types::{Attack, Reading};

/// Is there an act of violence with all that the line states?
pub(super) fn attack(words: &[String], reading: &Reading) -> bool {
    reading.attacks.iter().any(|a| fits(words, &a.fact))
}

fn fits(words: &[String], a: &Attack) -> bool {
    let Some((form, mut rest)) = words.split_first() else { return false };
    if code(a.form) != *form {
        return false;
    }
    while let Some((word, more)) = rest.split_first() {
        let named = more.first().map(|w| w.trim_matches('"').to_lowercase()).unwrap_or_default();
        let given =
            more.get(1).filter(|w| !matches!(w.as_str(), "victim" | "target" | "weapon" | "by" | "harmless"));
        let right = |found: Option<String>| given.is_none_or(|g| found.as_deref() == Some(g.as_str()));
        let holds = match word.as_str() {
            "victim" => a.victims.iter().any(|v| {
                let text = format!("{} {}", v.name.as_deref().unwrap_or(""), v.who.text).to_lowercase();
                text.contains(&named) && right(v.hurt.map(code))
            }),
            "target" => a
                .targets
                .iter()
                .any(|t| t.what.text.to_lowercase().contains(&named) && right(t.damage.map(code))),
            "weapon" => a.weapons.iter().any(|w| w.text.to_lowercase().contains(&named)),
            "by" => a
                .doers
                .iter()
                .any(|d| d.group.actor.as_str().to_lowercase() == named && right(Some(code(d.blame)))),
            "harmless" if a.harmless => {
                rest = more;
                continue;
            }
            execution => {
                if code(a.execution) != execution {
                    return false;
                }
                rest = more;
                continue;
            }
        };
        if !holds {
            return false;
        }
        rest = &more[(1 + usize::from(given.is_some())).min(more.len())..];
    }
    true
}
