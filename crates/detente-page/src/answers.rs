//! What can be asked of an edition: the desk, crises, dossiers, facts, places, the network.
//!
//! Each answer is a plain function of an edition and a question. The address table in `routes` says which is where.

use crate::edition::{Edition, Kept};
use crate::respond::{Answer, Refusal, Told};
use crate::routes::Asked;
use detente_publish::views::{self, Card, Spot};
use detente_publish::{html, json, markdown, pdf};
use detente_types::Policy;
use schemars::JsonSchema;
use serde::Serialize;

/// What is on the shelf.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Desk {
    /// The program.
    name: &'static str,
    /// Its version.
    version: &'static str,
    /// Number of the edition: it rises when the books change.
    edition: u64,
    /// Number of reports.
    reports: usize,
    /// Number of crises.
    crises: usize,
}

/// The crises in a list.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Cards<'a> {
    /// Number of the edition.
    edition: u64,
    /// Number of reports, those in no crisis too.
    reports: usize,
    /// The crises, the one with most reports first.
    crises: Vec<&'a Card>,
}

/// What happened where.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Places<'a> {
    /// Places, those with a point first.
    places: &'a [Spot],
}

/// The shelf.
pub(crate) fn desk(edition: &Edition, _: &Asked) -> Result<Answer, Refusal> {
    Ok(Answer::json(&Desk {
        name: "detente",
        version: env!("CARGO_PKG_VERSION"),
        edition: edition.number(),
        reports: edition.readings().len(),
        crises: edition.crises(Policy::default()).len(),
    }))
}

/// The crises in a list.
pub(crate) fn crises(edition: &Edition, _: &Asked) -> Result<Answer, Refusal> {
    Ok(Answer::kept(cards(edition)))
}

/// The crises in a list, printed once an edition.
pub(crate) fn cards(edition: &Edition) -> Told {
    edition.cards(|edition| {
        let crises = edition.crises(Policy::default()).iter().map(|kept| kept.card()).collect();
        Told::json(&Cards { edition: edition.number(), reports: edition.readings().len(), crises })
    })
}

/// One crisis of the list.
pub(crate) fn card(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    Ok(Answer::json(kept(edition, asked)?.card()))
}

/// One dossier.
pub(crate) fn crisis(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    Ok(Answer::kept(kept(edition, asked)?.told()))
}

/// One dossier, to keep.
pub(crate) fn dossier(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    let kept = kept(edition, asked)?;
    let one = std::slice::from_ref(kept.dossier());
    let name = file_name(&kept.crisis.name);
    Ok(match asked.get("format").unwrap_or("html") {
        "html" => {
            Answer::bytes("text/html; charset=utf-8", html::render(one).into_bytes()).save_as(name + ".html")
        }
        "markdown" => {
            let text = markdown::render(kept.dossier()).into_bytes();
            Answer::bytes("text/markdown; charset=utf-8", text).save_as(name + ".md")
        }
        "pdf" => Answer::bytes("application/pdf", pdf::render(one)).save_as(name + ".pdf"),
        "json" => Answer::bytes("application/json", json::render(one).into_bytes()).save_as(name + ".json"),
        other => {
            return Err(Refusal::unclear(format!("no such format: {other}"), "html, markdown, pdf or json"));
        }
    })
}

/// What stands behind one line.
pub(crate) fn fact(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    let kept = kept(edition, asked)?;
    let fact = views::fact(&kept.crisis, asked.part("fact"));
    let absent =
        || Refusal::absent("fact", "ask for the id of an incident, a tally or a track of this crisis");
    Ok(Answer::json(&fact.ok_or_else(absent)?))
}

/// What happened where.
pub(crate) fn places(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    Ok(Answer::json(&Places { places: kept(edition, asked)?.places() }))
}

/// Who deals with whom.
pub(crate) fn network(edition: &Edition, asked: &Asked) -> Result<Answer, Refusal> {
    Ok(Answer::json(kept(edition, asked)?.network()))
}

/// The crisis that is asked for, under the policy that is asked for.
pub(crate) fn kept<'e>(edition: &'e Edition, asked: &Asked) -> Result<&'e Kept, Refusal> {
    let policy = policy(asked)?;
    let absent = || {
        Refusal::absent(
            "crisis",
            "new reports may have changed it; /api/v1/crises lists those that there are",
        )
    };
    edition.crisis(asked.part("crisis"), policy).ok_or_else(absent)
}

fn policy(asked: &Asked) -> Result<Policy, Refusal> {
    let Some(name) = asked.get("policy") else { return Ok(Policy::default()) };
    Policy::ALL.iter().copied().find(|p| p.name() == name).ok_or_else(|| {
        let names: Vec<&str> = Policy::ALL.iter().map(|p| p.name()).collect();
        Refusal::unclear("no such policy", names.join(", "))
    })
}

/// A name for a file: letters, digits and hyphens, whatever the crisis is called.
pub(crate) fn file_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    if name.is_empty() { "crisis".to_string() } else { name.chars().take(80).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_tame_whatever_the_title() {
        assert_eq!(file_name("Arvenia – Tolmark"), "arvenia-tolmark");
        assert_eq!(file_name("../../\"\r\n"), "crisis");
    }
}
