//! The facts of a crisis that could be told at once, each with what it says in comparable form.
//!
//! # How
//! Steps of mediation give offers, answers, ceasefires and collapses; incidents give threats, denials, borders and
//! recognitions, by the lexicon's rule that read them; answers to charges give denials; tallies give counts. What is
//! background, weak, planned or only feared is not told.

use crate::News;
use detente_types::incident::Status;
use detente_types::mediation::CitedAct;
use detente_types::{
    ActorId, Counted, Crisis, EventType, Evidence, Incident, Modality, Polarity, Stage, Stance, Tally, When,
};
use std::collections::BTreeSet;

/// Days over which one incident is told at most, for counts that stand apart.
const FEW_DAYS: i32 = 2;

/// Coarsest place at which two counts are of one incident: a district (UCDP GED codebook, `where_prec`).
const DISTRICT: u8 = 3;

/// Something that could be told.
#[derive(Debug)]
pub(crate) struct Fact {
    pub kind: News,
    /// What it says, without words that differ from report to report: kinds, actors, whose count.
    pub says: String,
    /// What is new about it, in one sentence.
    pub reason: String,
    pub when: When,
    pub evidence: Vec<Evidence>,
    /// The texts of its sentences, in small letters and single blanks.
    texts: Vec<String>,
    /// For a count: its lowest and highest number.
    range: Option<(u64, Option<u64>)>,
    /// For a count: the texts of all its sentences, those too that own no bound.
    whole: BTreeSet<String>,
    /// For a count of one incident in a known place: that place.
    place: Option<String>,
}

impl Fact {
    /// Kind and text of each of its sentences.
    pub(crate) fn told(&self) -> impl Iterator<Item = String> + '_ {
        self.texts.iter().map(|text| format!("{} {text}", self.kind.code()))
    }

    /// The same fact with those of its sentences only that stand in new reports; `None` where that is not the fact
    /// any more. The range of a count may have one new end.
    pub(crate) fn of_new(mut self, changed: bool, is_old: impl Fn(&Evidence) -> bool) -> Option<Fact> {
        let old = self.evidence.iter().filter(|e| is_old(e)).count();
        if old == self.evidence.len() || (old > 0 && !changed) {
            return None;
        }
        let both = self.evidence.into_iter().zip(self.texts).filter(|(e, _)| !is_old(e));
        (self.evidence, self.texts) = both.unzip();
        Some(self)
    }

    /// Its numbers, as part of its identity.
    pub(crate) fn number(&self) -> String {
        self.range.map(|(low, high)| format!("{low} {high:?}")).unwrap_or_default()
    }

    /// Is this a count of the same as that one, by place and days? Not every incident of a long span is one.
    fn is_beside(&self, other: &Fact) -> bool {
        let short = |when: &When| when.days().is_some_and(|days| days <= FEW_DAYS);
        let near = short(&self.when) && short(&other.when) && self.when.may_overlap(&other.when);
        near && self.place.is_some() && self.place == other.place
    }

    /// As what it is news after these facts, and why; `None` where it was told.
    pub(crate) fn news(&self, past: &[Fact]) -> Option<(News, String)> {
        let alike = |p: &&Fact| p.kind == self.kind && p.says == self.says;
        if self.range.is_some() {
            let changed = |was: &Fact, words: &str| {
                let (low, high) = was.range.filter(|range| Some(*range) != self.range)?;
                Some((News::ChangedCount, format!("{} {words} {}.", self.reason, range(low, high))))
            };
            if let Some(was) = past.iter().filter(alike).find(|p| !p.whole.is_disjoint(&self.whole)) {
                return changed(was, "Before, it was");
            }
            // A later report may tell it so differently that it stays apart in the books.
            let beside = || past.iter().filter(alike).filter(|p| self.is_beside(p));
            if beside().any(|p| p.range == self.range) {
                return None;
            }
            if let Some(was) = beside().next() {
                return changed(was, "An earlier count there was");
            }
        }
        // An open or unknown interval may be any: what may be the same is not told again.
        let repeated =
            |p: &Fact| p.when.may_overlap(&self.when) && (self.range.is_none() || p.range == self.range);
        let is_new = !past.iter().filter(alike).any(repeated);
        is_new.then(|| (self.kind, self.reason.clone()))
    }
}

/// Everything in the books of a crisis that could be told.
pub(crate) fn facts(crisis: &Crisis) -> Vec<Fact> {
    let acts = crisis.mediations.iter().flat_map(|m| &m.acts);
    let mut out: Vec<Fact> = acts.filter_map(|act| step(crisis, act)).collect();
    out.extend(crisis.incidents.iter().filter_map(|incident| happening(crisis, incident)));
    out.extend(denials(crisis));
    out.extend(crisis.tallies.iter().filter_map(|tally| count(crisis, tally)));
    out
}

fn fact(crisis: &Crisis, kind: News, says: String, reason: String, told: (&When, &[Evidence])) -> Fact {
    let (when, evidence) = told;
    let texts = evidence.iter().map(|e| small(crisis, e)).collect();
    let (when, evidence, whole) = (when.clone(), evidence.to_vec(), BTreeSet::new());
    Fact { kind, says, reason, when, evidence, texts, range: None, whole, place: None }
}

/// The sentence in small letters and single blanks.
fn small(crisis: &Crisis, evidence: &Evidence) -> String {
    let quote = crisis.quote(evidence).to_lowercase();
    quote.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Is it told as so, and not as wanted, feared or long past?
fn is_real(modality: Modality) -> bool {
    use Modality::{Alleged, Occurred, Offered, Ongoing, Refused, Threatened, Willing};
    matches!(modality, Occurred | Ongoing | Offered | Willing | Refused | Threatened | Alleged)
}

fn step(crisis: &Crisis, act: &CitedAct) -> Option<Fact> {
    if act.weak || !is_real(act.modality) {
        return None;
    }
    let (third, parties) = (names(crisis, &act.mediators), names(crisis, &act.parties));
    let taker = names(crisis, if act.by.is_empty() { &act.parties } else { &act.by });
    let between = after(" between ", &parties);
    let of = after(" of ", &third);
    let who = |name: &str, did: &str, passive: &str| match name {
        "" => passive.to_string(),
        name => format!("{name} {did}"),
    };
    let (kind, words) = match act.stage {
        Stage::Offer => {
            let did = format!("offered to mediate{between}");
            (News::Offer, who(&third, &did, &format!("An offer to mediate{between} was made")))
        }
        Stage::Accept | Stage::Welcome => {
            let did = if act.stage == Stage::Accept { "accepted" } else { "welcomed" };
            let words = format!("the offer{of}");
            (
                News::Acceptance,
                who(&taker, &format!("{did} {words}"), &format!("{} was {did}", capital(&words))),
            )
        }
        Stage::Decline => {
            let words = format!("declined the offer{of}");
            (News::Refusal, who(&taker, &words, &format!("The offer{of} was declined")))
        }
        Stage::Collapse => (News::Collapse, format!("Talks{between} failed")),
        Stage::Withdraw if !act.by.is_empty() && act.by.iter().all(|by| act.mediators.contains(by)) => {
            (News::Collapse, format!("{taker} gave up mediating{between}"))
        }
        Stage::Withdraw => (News::Collapse, who(&taker, "left the talks", "A side left the talks")),
        Stage::CeasefireLapsed => (News::Collapse, format!("The ceasefire{between} ended")),
        Stage::CeasefireAgreed => (News::CeasefireAgreed, format!("A ceasefire{between} was agreed")),
        Stage::CeasefireExtended => (News::CeasefireAgreed, format!("The ceasefire{between} was prolonged")),
        Stage::CeasefireViolated => {
            (News::CeasefireViolated, format!("The ceasefire{between} is said to be violated"))
        }
        _ => return None,
    };
    // The words of the stage and the sides; who announced it differs from report to report.
    let says = match kind {
        News::Acceptance | News::Refusal => {
            format!("{:?} {} {}", act.stage, keys(&act.by), keys(&act.mediators))
        }
        _ => format!("{:?} {}", act.stage, keys(&act.mediators)),
    };
    Some(fact(crisis, kind, says, format!("{}.", capital(&words)), (&act.when, &act.evidence)))
}

fn happening(crisis: &Crisis, incident: &Incident) -> Option<Fact> {
    let told = !incident.background && incident.status != Status::Weak && incident.parts.is_empty();
    if !told || incident.polarity != Polarity::Affirmed || !is_real(incident.modality) {
        return None;
    }
    let rule = |part: &str| incident.evidence.iter().any(|e| e.rule.contains(part));
    let kind = match incident.kind {
        EventType::Threaten => News::Threat,
        EventType::Deny => News::Denial,
        _ if rule("close-border") || rule("border-closed") => News::BorderClosed,
        _ if rule("open-border") || rule("border-reopens") => News::BorderOpened,
        _ if rule("recognise-state") => News::Recognition,
        _ => return None,
    };
    let (who, whom) = (names(crisis, &incident.actors), names(crisis, &incident.recipients));
    let gist = incident.gist.trim().trim_end_matches('.');
    let words = match kind {
        News::Threat => format!("{} threatened {}", or(&who, "Somebody"), or(&whom, "action")),
        News::Denial => format!("{} denied a charge or report", or(&who, "Somebody")),
        News::BorderClosed => format!("A border is closed{}", after(" by ", &who)),
        News::BorderOpened => format!("A border is opened{}", after(" by ", &who)),
        _ => format!("{} recognised {}", or(&who, "Somebody"), or(&whom, "a state or government")),
    };
    let place = incident.place.as_ref().map(|p| p.name.to_lowercase()).unwrap_or_default();
    let says = format!("{} {} {place}", keys(&incident.actors), keys(&incident.recipients));
    let reason = if gist.is_empty() { format!("{words}.") } else { format!("{words}: “{gist}”.") };
    Some(fact(crisis, kind, says, reason, (&incident.when, &incident.evidence)))
}

/// Denials that answer a charge.
fn denials(crisis: &Crisis) -> Vec<Fact> {
    let mut out = Vec::new();
    for charge in &crisis.charges {
        for answer in charge.answers.iter().filter(|a| a.claim.stance == Stance::Denial) {
            let by = names(crisis, &answer.by);
            let about = charge.accusation.about.trim();
            let charged = charge.accusation.stance == Stance::Accusation;
            let what = if charged { "a charge" } else { "what was said" };
            let reason = format!("{} denied {what}{}.", or(&by, "Somebody"), after(": ", &quoted(about)));
            let mut topic = charge.accusation.topic.clone();
            topic.sort();
            let says = format!("{} {}", keys(&answer.by), topic.join(" "));
            out.push(fact(crisis, News::Denial, says, reason, (&answer.claim.when, &answer.evidence)));
        }
    }
    out
}

/// A count of people. The newest reports' sentences come with it where the range is another than before.
fn count(crisis: &Crisis, tally: &Tally) -> Option<Fact> {
    let what = match tally.what {
        Counted::Killed => "killed",
        Counted::Wounded => "wounded",
        Counted::Casualties => "killed or wounded",
        Counted::Captured => "captured",
        Counted::Missing => "missing",
        Counted::Displaced => "displaced",
        Counted::Arrested => "detained",
        Counted::Stranded => "stranded",
        Counted::Released => "released",
        _ => return None,
    };
    let low = tally.low?.value;
    let high = tally.high.map(|h| h.value).filter(|_| !tally.high_open);
    let incident = tally.incident.as_ref().and_then(|id| crisis.incidents.iter().find(|i| i.id == *id));
    if incident.is_some_and(|i| i.background) {
        return None;
    }
    let when = incident.map(|i| i.when.clone()).or_else(|| tally.claims.first().map(|c| c.as_of.clone()));
    let whose = after(" on the side of ", &names(crisis, &tally.victims));
    // Only claims that own a bound carry the range; another one inside it changes nothing.
    let owners = [tally.low, tally.high].into_iter().flatten().map(|bound| bound.claim);
    let mut evidence: Vec<Evidence> =
        owners.filter_map(|at| tally.claims.get(at)).flat_map(|c| c.evidence.clone()).collect();
    evidence.sort();
    evidence.dedup();
    let says = format!("{what} {} {}", keys(&tally.victims), tally.total);
    let all = if tally.total { " in all" } else { "" };
    let reason =
        format!("{} {what}{all}{whose}, {}.", capital(&range(low, high)), by_count_of(crisis, tally));
    let when = when.unwrap_or_else(When::unknown);
    let mut told = fact(crisis, News::NewCount, says, reason, (&when, &evidence));
    told.range = Some((low, high));
    told.whole = tally.claims.iter().flat_map(|c| &c.evidence).map(|e| small(crisis, e)).collect();
    let place = incident.filter(|_| !tally.total).and_then(|i| i.place.as_ref());
    let fine = place.filter(|p| p.precision.is_some_and(|p| p <= DISTRICT));
    told.place = fine.map(|p| p.name.to_lowercase());
    Some(told)
}

/// Whose count it is: of one, or of those who give the low and the high end.
fn by_count_of(crisis: &Crisis, tally: &Tally) -> String {
    let owner = |at: usize| {
        let claimant = tally.claims.get(at).and_then(|c| c.claimant.as_ref());
        claimant.map(|id| crisis.name_of(id).to_string())
    };
    let low = tally.low.and_then(|b| owner(b.claim));
    let high = tally.high.filter(|_| !tally.high_open).map_or_else(|| low.clone(), |b| owner(b.claim));
    let named = |who: &Option<String>| who.clone().unwrap_or_else(|| "nobody named".to_string());
    match (&low, &high) {
        (None, None) => "no owner named".to_string(),
        (a, b) if a == b => format!("by the count of {}", named(a)),
        (a, b) => format!("the low end by {}, the high end by {}", named(a), named(b)),
    }
}

fn range(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low} to {high}"),
        None => format!("{low} or more"),
    }
}

fn names(crisis: &Crisis, ids: &[ActorId]) -> String {
    let names: Vec<&str> = ids.iter().map(|id| crisis.name_of(id)).collect();
    match &names[..] {
        [] => String::new(),
        [one] => (*one).to_string(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

fn keys(ids: &[ActorId]) -> String {
    let mut keys: Vec<&str> = ids.iter().map(ActorId::as_str).collect();
    keys.sort_unstable();
    keys.join(",")
}

fn after(before: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{before}{words}") }
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("“{words}”") }
}

fn or<'w>(words: &'w str, other: &'w str) -> &'w str {
    if words.is_empty() { other } else { words }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
