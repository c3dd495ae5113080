//! The one table of addresses: the router and the description for programs are both made from it.

use crate::answers;
use crate::edition::Edition;
use crate::respond::{Answer, Refusal};
use schemars::{Schema, SchemaGenerator};
use std::collections::BTreeMap;

/// What was asked: the parts of the path and the question behind it, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked(pub(crate) BTreeMap<String, String>);

impl Asked {
    /// The value of a name; empty counts as not given.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|v| !v.is_empty())
    }

    /// A part of the path. The router gives every part of the address that it matched.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// A number with a highest value.
    pub(crate) fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Refusal> {
        let Some(words) = self.get(name) else { return Ok(usual) };
        match words.parse::<usize>() {
            Ok(n) if n <= most => Ok(n),
            _ => Err(Refusal::unclear(
                format!("{name} is no number from 0 to {most}"),
                "write it in digits, or leave it out",
            )),
        }
    }
}

/// What may stand in a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) means: &'static str,
    /// The values that it may have; empty for any.
    pub(crate) among: &'static [&'static str],
}

/// The shape of an answer, put down in a collection of shapes.
pub(crate) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// One address.
pub(crate) struct Route {
    pub(crate) path: &'static str,
    pub(crate) title: &'static str,
    pub(crate) asks: &'static [Parameter],
    /// Kinds of text that come back, the usual one first.
    pub(crate) kinds: &'static [&'static str],
    pub(crate) shape: Option<Shape>,
    pub(crate) answer: fn(&Edition, &Asked) -> Result<Answer, Refusal>,
}

/// The address of news as they come; it is no plain answer, and `events` has it.
pub(crate) const EVENTS: &str = "/api/v1/events";

/// The address of the description for programs.
pub(crate) const OPENAPI: &str = "/api/v1/openapi.json";

/// The address of the journal; `journal` has it.
pub(crate) const DECISIONS: &str = "/api/v1/decisions";

/// The address of alerts; `alerts` has it.
pub(crate) const ALERTS: &str = "/api/v1/alerts";

/// The address at which alerts are said to be seen.
pub(crate) const SEEN: &str = "/api/v1/alerts/seen";

/// The address at which a line of the journal is taken back.
pub(crate) const UNDO: &str = "/api/v1/decisions/{number}/undo";

const POLICY: Parameter = Parameter {
    name: "policy",
    means: "How one number is chosen where claimants differ",
    among: &["full_range", "own_admission", "lowest_reported", "ucdp_reliable"],
};
const LIMIT: Parameter =
    Parameter { name: "limit", means: "The most that come back at once (1000)", among: &[] };
const FROM: Parameter =
    Parameter { name: "from", means: "How many to leave out before the first", among: &[] };

const JSON: &[&str] = &["application/json"];

/// Every address.
#[allow(clippy::too_many_lines)]
// long: one table
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route {
            path: "/api/v1",
            title: "What is on the shelf: the edition, and how many reports and crises it has",
            asks: &[],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<answers::Desk>()),
            answer: answers::desk,
        },
        Route {
            path: "/api/v1/crises",
            title: "The crises in a list, the one with most reports first",
            asks: &[],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<answers::Cards>()),
            answer: answers::crises,
        },
        Route {
            path: "/api/v1/crises/{crisis}",
            title: "The dossier of one crisis",
            asks: &[POLICY],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<detente_publish::Dossier>()),
            answer: answers::crisis,
        },
        Route {
            path: "/api/v1/crises/{crisis}/card",
            title: "One crisis as it stands in the list",
            asks: &[POLICY],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<detente_publish::views::Card>()),
            answer: answers::card,
        },
        Route {
            path: "/api/v1/crises/{crisis}/dossier",
            title: "The dossier to keep: one self-contained page, Markdown, PDF or JSON",
            asks: &[
                POLICY,
                Parameter { name: "format", means: "As what", among: &["html", "markdown", "pdf", "json"] },
            ],
            kinds: &[
                "text/html; charset=utf-8",
                "text/markdown; charset=utf-8",
                "application/pdf",
                "application/json",
            ],
            shape: None,
            answer: answers::dossier,
        },
        Route {
            path: "/api/v1/crises/{crisis}/records",
            title: "Records of one crisis, by kind, in pages",
            asks: &[
                POLICY,
                Parameter { name: "kind", means: "Only records of this kind", among: crate::tables::KINDS },
                FROM,
                LIMIT,
                Parameter {
                    name: "format",
                    means: "As what; a table as CSV has one kind and all of it",
                    among: &["json", "jsonl", "csv"],
                },
            ],
            kinds: &["application/json", "application/x-ndjson", "text/csv; charset=utf-8"],
            shape: Some(|g| g.subschema_for::<crate::tables::Records>()),
            answer: crate::tables::records,
        },
        Route {
            path: "/api/v1/crises/{crisis}/facts/{fact}",
            title: "What stands behind an incident, a tally or a track: first tellers, and who says otherwise",
            asks: &[],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<detente_publish::views::Fact>()),
            answer: answers::fact,
        },
        Route {
            path: "/api/v1/crises/{crisis}/places",
            title: "What happened where, each place with how exact it is",
            asks: &[],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<answers::Places>()),
            answer: answers::places,
        },
        Route {
            path: "/api/v1/crises/{crisis}/network",
            title: "Actors, and what passes between them",
            asks: &[],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<detente_publish::views::Network>()),
            answer: answers::network,
        },
        Route {
            path: "/api/v1/reports",
            title: "The reports, newest first",
            asks: &[FROM, LIMIT],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<crate::texts::Reports>()),
            answer: crate::texts::reports,
        },
        Route {
            path: "/api/v1/reports/{report}",
            title: "One report: its text as received, its sentences, and what was read in each",
            asks: &[],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<crate::texts::Page>()),
            answer: crate::texts::report,
        },
        Route {
            path: "/api/v1/search",
            title: "Sentences in which all words of a question stand",
            asks: &[
                Parameter { name: "q", means: "Words; \"words in quotes\" stand together", among: &[] },
                Parameter { name: "crisis", means: "Only in reports of this crisis", among: &[] },
                FROM,
                LIMIT,
            ],
            kinds: JSON,
            shape: Some(|g| g.subschema_for::<crate::search::Hits>()),
            answer: crate::search::search,
        },
    ]
}
