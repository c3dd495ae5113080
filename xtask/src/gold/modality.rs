//! `cargo xtask gold modality`: is what was promised, feared, refused or denied read as such?
//!
//! # How
//! 1. `modality.toml` holds 200 base sentences of our own and the ways in which a report makes them less than
//!    done ("will", "vowed to", "was urged to"); each way is put over each base sentence that it fits.
//! 2. Each probe is read as a report of its own. It is right if some event has one of the expected types, one
//!    of the expected modalities and the expected polarity, and if, where the deed was not done, no event of
//!    the base's own type is read as done.
//! 3. Share of probes that are right, by template and overall; the interval draws base sentences, since the
//!    probes of one base stand or fall together.
//!
//! # Does not
//! Score who does it to whom: specs and `gold events` do.
//!
//! # From
//! `spec/README.md`, "How coded", and `spec/modality.md`.

use anyhow::{Context, Result, bail};
use clap::Args;
use detente_types::{Event, EventType, Modality, Polarity, Reading};
use serde::Deserialize;

use super::reader::{Reader, report};
use super::score::{Value, bootstrap};
use super::table::{Line, Mistakes, Scored};

/// Options.
#[derive(Args)]
pub(crate) struct Arguments {
    /// List the commonest mistakes, with this many examples
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
}

/// Prints the scores.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    score(&Reader::bundled())?.print(arguments.errors)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stock {
    template: Vec<Template>,
    base: Vec<Base>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    name: String,
    #[serde(rename = "for")]
    kind: Kind,
    form: String,
    expect: String,
    #[serde(default)]
    unreal: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    All,
    Hostile,
    Friendly,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    who: String,
    many: bool,
    #[serde(default)]
    person: bool,
    verb: String,
    rest: String,
    other: String,
    #[serde(rename = "type")]
    types: String,
}

/// What a probe must be read as.
struct Expected {
    types: Vec<EventType>,
    /// Empty: any.
    modalities: Vec<Modality>,
    polarity: Polarity,
    /// Types of the base, where none of them may be read as done.
    unreal: Vec<EventType>,
}

/// One probe: base and template by number, text, expectation.
struct Probe {
    base: usize,
    template: usize,
    text: String,
    expected: Expected,
}

/// Reads and scores the probes.
pub(crate) fn score(reader: &Reader) -> Result<Scored> {
    let stock = stock()?;
    let probes = probes(&stock)?;
    let documents: Vec<_> = probes.iter().map(|p| report("probe", &p.text, None)).collect();
    let readings = reader.read_all(&documents);
    let right: Vec<bool> = probes.iter().zip(&readings).map(|(p, r)| holds(&p.expected, r)).collect();
    let plain: Vec<usize> =
        (0..probes.len()).filter(|&i| probes[i].template == 0 && right[i]).map(|i| probes[i].base).collect();
    let mut mistakes = Mistakes::default();
    for ((probe, reading), _) in probes.iter().zip(&readings).zip(&right).filter(|(_, right)| !**right) {
        let name = &stock.template[probe.template].name;
        let verb = stock.base[probe.base].verb.split(' ').next().unwrap_or("");
        mistakes.add(
            format!("{name}: {}", reading_kind(&probe.expected, reading)),
            format!("[{verb}] {}\n  read {}", probe.text, show(reading)),
        );
    }
    let share = |keep: &dyn Fn(&Probe) -> bool| -> Value {
        let by_base: Vec<(f64, f64)> = (0..stock.base.len())
            .map(|b| {
                let own = (0..probes.len()).filter(|&i| probes[i].base == b && keep(&probes[i]));
                own.fold((0.0, 0.0), |(r, n), i| (r + f64::from(u8::from(right[i])), n + 1.0))
            })
            .collect();
        bootstrap(&by_base, |l| {
            let (r, n) = l.iter().fold((0.0, 0.0), |(r, n), (x, y)| (r + x, n + y));
            if n == 0.0 { 0.0 } else { 100.0 * r / n }
        })
    };
    let mut lines = vec![
        Line::new("probes right", "none (aim 90)", share(&|_| true), "modality.all"),
        Line::beside("of bases whose plain sentence is read", share(&|p| plain.contains(&p.base))),
    ];
    let by_template = stock
        .template
        .iter()
        .enumerate()
        .map(|(t, template)| Line::beside(format!("· {}", template.name), share(&|p| p.template == t)));
    lines.extend(by_template);
    Ok(Scored {
        name: "modality",
        set: "Probes of modality and polarity, our own",
        size: format!("{} sentences from {} bases", probes.len(), stock.base.len()),
        rule: "A probe is right if an event of an expected type has an expected modality and the expected polarity and nothing undone is read as done; intervals over base sentences.",
        lines,
        mistakes,
    })
}

fn stock() -> Result<Stock> {
    toml::from_str(include_str!("modality.toml")).context("modality.toml")
}

fn probes(stock: &Stock) -> Result<Vec<Probe>> {
    let mut out = Vec::new();
    for (t, template) in stock.template.iter().enumerate() {
        for (b, base) in stock.base.iter().enumerate() {
            let own = types(&base.types)?;
            let kind = if own.iter().any(|k| hostile(*k)) { Kind::Hostile } else { Kind::Friendly };
            if template.kind == Kind::All || template.kind == kind {
                let expected = expected(template, &own).with_context(|| template.name.clone())?;
                out.push(Probe { base: b, template: t, text: fill(&template.form, base)?, expected });
            }
        }
    }
    Ok(out)
}

fn hostile(kind: EventType) -> bool {
    use EventType::{Assault, Coerce, Mobilize, Protest, Sanction};
    matches!(kind, Assault | Coerce | Sanction | Mobilize | Protest)
}

fn types(list: &str) -> Result<Vec<EventType>> {
    list.split('|').map(|code| code.parse().map_err(anyhow::Error::msg)).collect()
}

/// "SELF|AGREE planned", "SELF * not".
fn expected(template: &Template, own: &[EventType]) -> Result<Expected> {
    let parts: Vec<&str> = template.expect.split(' ').collect();
    let [kinds, modalities, rest @ ..] = &parts[..] else { bail!("no modality in {:?}", template.expect) };
    let mut wanted = Vec::new();
    for code in kinds.split('|') {
        if code == "SELF" { wanted.extend(own) } else { wanted.extend(types(code)?) }
    }
    let modality = |word: &str| -> Result<Modality> { Ok(serde_json::from_value(word.into())?) };
    let modalities = if *modalities == "*" {
        Vec::new()
    } else {
        modalities.split('|').map(modality).collect::<Result<_>>()?
    };
    let polarity = if rest == ["not"] { Polarity::Negated } else { Polarity::Affirmed };
    let unreal = if template.unreal { own.to_vec() } else { Vec::new() };
    Ok(Expected { types: wanted, modalities, polarity, unreal })
}

/// The form with the words of the base, and a capital in front.
fn fill(form: &str, base: &Base) -> Result<String> {
    let verb: Vec<&str> = base.verb.split(' ').collect();
    let [plain, past, part, ing] = verb[..] else { bail!("{:?}: write four forms", base.verb) };
    let third = if base.many { plain.to_string() } else { third(plain) };
    let [have, be, were, they] = if base.many {
        ["have", "are", "were", "they"]
    } else {
        ["has", "is", "was", if base.person { "he" } else { "it" }]
    };
    let words = [
        ("who", base.who.as_str()),
        ("other", &base.other),
        ("rest", &base.rest),
        ("base", plain),
        ("past", past),
        ("part", part),
        ("ing", ing),
        ("third", &third),
        ("have", have),
        ("be", be),
        ("were", were),
        ("they", they),
    ];
    let text =
        words.iter().fold(form.to_string(), |text, (key, word)| text.replace(&format!("{{{key}}}"), word));
    let first = text.chars().next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    Ok(first + text.get(1..).unwrap_or(""))
}

/// Third person singular.
fn third(base: &str) -> String {
    match base {
        _ if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("sh") || base.ends_with("ch") => {
            format!("{base}es")
        }
        _ if base.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|end| base.ends_with(end)) => {
            format!("{}ies", &base[..base.len() - 1])
        }
        _ => format!("{base}s"),
    }
}

fn holds(expected: &Expected, reading: &Reading) -> bool {
    let fits = |e: &Event| {
        expected.types.contains(&e.kind)
            && (expected.modalities.is_empty() || expected.modalities.contains(&e.modality))
            && e.polarity == expected.polarity
    };
    let events = || reading.events.iter().map(|e| &e.fact);
    events().any(fits) && !done(expected, reading)
}

/// Is something read as done that was not?
fn done(expected: &Expected, reading: &Reading) -> bool {
    reading.events.iter().any(|e| expected.unreal.contains(&e.kind) && e.is_real())
}

/// The kind of mistake.
fn reading_kind(expected: &Expected, reading: &Reading) -> &'static str {
    let of_type = |e: &&Event| expected.types.contains(&e.kind);
    let events = || reading.events.iter().map(|e| &e.fact);
    if events().next().is_none() {
        "nothing read"
    } else if done(expected, reading) {
        "read as done"
    } else if events().filter(of_type).any(|e| e.polarity == expected.polarity) {
        "another modality"
    } else if events().any(|e| of_type(&e)) {
        "another polarity"
    } else {
        "another type"
    }
}

fn show(reading: &Reading) -> String {
    let one = |e: &Event| {
        format!("{}{} {:?}", if e.polarity == Polarity::Negated { "not " } else { "" }, e.kind, e.modality)
    };
    let list: Vec<String> = reading.events.iter().map(|e| one(e)).collect();
    if list.is_empty() { "nothing".to_string() } else { list.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_two_hundred_bases_and_every_probe_can_be_made() {
        let stock = stock().unwrap();
        assert_eq!(stock.base.len(), 200);
        let probes = probes(&stock).unwrap();
        assert!(probes.len() > 3500, "{}", probes.len());
        assert!(probes.iter().all(|p| !p.text.contains(['{', '}'])));
        assert_eq!(stock.template[0].name, "did");
    }

    #[test]
    fn forms_are_filled() {
        let base = |many| Base {
            who: "the army".into(),
            many,
            person: false,
            verb: "deny denied denied denying".into(),
            rest: "it".into(),
            other: "Kenya".into(),
            types: "ASSAULT".into(),
        };
        assert_eq!(fill("If {who} {third} {rest}.", &base(false)).unwrap(), "If the army denies it.");
        assert_eq!(fill("{who} {have} {part} {rest}.", &base(true)).unwrap(), "The army have denied it.");
        assert_eq!(
            [third("attack"), third("pass"), third("free")],
            ["attacks", "passes", "frees"].map(String::from)
        );
    }
}
