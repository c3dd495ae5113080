//! The merged facts in, the points on which the reports differ out.
//!
//! A merged fact hides nothing if beside it stands what did not fit. Each kind of difference is found by a
//! general comparison of what single reports say with what all together were taken to say.
//!
//! | kind | found in | module |
//! |---|---|---|
//! | date, place, perpetrator, modality | tellings of one incident | [`happenings`] |
//! | quantity, provenance, presence | claims of one tally | [`figures`] |
//! | scope, occasion, modality, cause, count, presence | acts of one track | [`talks`] |
//! | accusation and denial, presence, perpetrator | charges | [`denials`] |
//! | office, quotation, spelling | names and words of all reports | [`names`], [`quotes`] |
//!
//! Copies are one report here: an outlet cannot differ from the wire it carries. A report that is silent is a
//! side only where it tells the same thing and leaves a part out.
//! # Does not
//! Find framing ("liberated", "occupied"): that needs a lexicon of words that take sides.

mod denials;
mod figures;
mod happenings;
mod names;
mod quotes;
mod talks;

pub(crate) use figures::subject;

use crate::case::Case;
use crate::incident::Incidents;
use detente_types::crisis::Charge;
use detente_types::disagreement::{About, Kind};
use detente_types::{ActorId, Disagreement, DisagreementId, Evidence, Mediation, Side, Tally, Verdict};

/// The merged facts that are compared.
pub(crate) struct Facts<'f> {
    pub incidents: &'f Incidents,
    pub tallies: &'f [Tally],
    pub mediations: &'f [Mediation],
    pub charges: &'f [Charge],
}

/// Everything on which the reports of a case differ.
pub(crate) fn disagreements(case: &Case, facts: &Facts) -> Vec<Disagreement> {
    let mut out = happenings::find(case, facts.incidents);
    out.extend(figures::find(case, facts));
    out.extend(talks::find(case, facts));
    out.extend(denials::find(case, facts));
    out.extend(names::find(case));
    out.extend(quotes::find(case));
    out.sort_by(|a, b| (a.kind, &a.topic, &a.id).cmp(&(b.kind, &b.topic, &b.id)));
    out.dedup_by(|a, b| a.id == b.id);
    out
}

/// What a disagreement is about and what to make of it, without its sides.
struct Point {
    kind: Kind,
    topic: String,
    about: About,
    verdict: Verdict,
    remark: Option<String>,
}

impl Point {
    /// The disagreement, if there are two sides to it.
    fn between(self, mut sides: Vec<Side>) -> Option<Disagreement> {
        sides.sort_by(|a, b| {
            (a.evidence.is_empty(), &a.value, &a.reports).cmp(&(b.evidence.is_empty(), &b.value, &b.reports))
        });
        if sides.len() < 2 {
            return None;
        }
        let Point { kind, topic, about, verdict, remark } = self;
        let subject = format!("{kind:?} {about:?} {topic}");
        let parts = sides.iter().flat_map(|s| {
            std::iter::once(s.value.clone()).chain(s.reports.iter().map(|r| r.as_str().to_string()))
        });
        let id = DisagreementId::of(std::iter::once(subject).chain(parts));
        Some(Disagreement { id, kind, topic, about, sides, verdict, remark })
    }
}

/// One side; its reports are those of its evidence.
fn side(value: impl Into<String>, by: Vec<ActorId>, mut evidence: Vec<Evidence>) -> Side {
    evidence.sort();
    evidence.dedup();
    let mut reports: Vec<_> = evidence.iter().map(|e| e.document.clone()).collect();
    reports.dedup();
    Side { value: value.into(), by, reports, evidence }
}

/// The side of those who tell the rest and leave this out; `None` where nobody does.
fn silence(case: &Case, tell: &[usize], could: impl IntoIterator<Item = usize>) -> Option<Side> {
    let heard: std::collections::BTreeSet<usize> = tell.iter().map(|t| case.told[*t].copy).collect();
    let silent: Vec<usize> = could.into_iter().filter(|t| !heard.contains(&case.told[*t].copy)).collect();
    let reports = case.ids(silent);
    (!reports.is_empty()).then(|| Side {
        value: "not mentioned".to_string(),
        by: Vec::new(),
        reports,
        evidence: Vec::new(),
    })
}

/// Do the sides come from two reports that are not copies of each other?
fn two_reports(case: &Case, sides: &[Side]) -> bool {
    let reports = sides.iter().flat_map(|s| &s.reports).filter_map(|d| case.at(d));
    let mut copies: Vec<usize> = reports.map(|t| case.told[t].copy).collect();
    copies.sort_unstable();
    copies.dedup();
    copies.len() >= 2
}
