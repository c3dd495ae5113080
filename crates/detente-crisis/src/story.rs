//! Reports and what they tell in, stories out: which reports tell the same.
//!
//! # How
//! 1. Copies ([`crate::copies`]) are one unit.
//! 2. [`lead`] is the happening that a report is mostly about: a headline is worth 3, the first
//!    [`TOP`] sentences 2, every telling 1. Units with one lead are a story.
//! 3. `speech`: units that are mostly the words of one person, and that share a step or a happening of
//!    that person's words, are a story. Sharing the speaker and the offer is not enough: a man who
//!    repeats his offer in another room gives a second speech.
//! # Does not
//! Put a report into two stories.

use crate::case::{Case, gather, ids};
use crate::copies::Groups;
use crate::incident::Incidents;
use detente_types::story::Kinship;
use detente_types::{ActorId, ActorKind, Evidence, Mediation, Story, StoryId, Tier};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Sentences at the head of a report that tell what it is about.
const TOP: usize = 3;
/// Facts that must be one person's words for a report to be about his speech.
const SPEECH: usize = 3;

/// Groups the reports of a case into stories, in the order of the reports.
pub(crate) fn stories(case: &Case, incidents: &Incidents, mediations: &[Mediation]) -> Vec<Story> {
    let mut units = Groups::new(case.told.len());
    case.told.iter().enumerate().for_each(|(at, told)| units.join(at, told.copy));
    let leads: Vec<Option<usize>> = (0..case.told.len()).map(|t| lead(case, incidents, t)).collect();
    let mut of_lead: BTreeMap<usize, usize> = BTreeMap::new();
    for (t, lead) in leads.iter().enumerate().filter_map(|(t, l)| Some((t, (*l)?))) {
        match of_lead.get(&lead) {
            Some(other) => units.join(t, *other),
            None => {
                of_lead.insert(lead, t);
            }
        }
    }
    for (_, group) in speeches(case, incidents, mediations) {
        for pair in group.windows(2) {
            units.join(pair[0], pair[1]);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for t in 0..case.told.len() {
        groups.entry(units.root(t)).or_default().push(t);
    }
    groups.into_values().map(|reports| story(case, incidents, &leads, &reports)).collect()
}

/// The happening that a report is mostly about.
fn lead(case: &Case, incidents: &Incidents, t: usize) -> Option<usize> {
    let told = &case.told[t];
    let mut points: BTreeMap<usize, (u32, Reverse<usize>)> = BTreeMap::new();
    for ((_, at), incident) in incidents.of.range((t, 0)..(t + 1, 0)) {
        if incidents.list[*incident].background {
            continue;
        }
        let evidence = told.event(*at).evidence();
        let headline = evidence.iter().any(|e| e.tier == Tier::Headline);
        let sentence = told.sentence_of(evidence);
        let entry = points.entry(*incident).or_insert((0, Reverse(sentence)));
        entry.0 += 1 + 3 * u32::from(headline) + 2 * u32::from(sentence < TOP);
        entry.1 = entry.1.max(Reverse(sentence));
    }
    points.into_iter().max_by_key(|(i, score)| (*score, Reverse(*i))).map(|(i, _)| i)
}

/// Reports that are mostly one person's words, by what of those words they share.
fn speeches(case: &Case, incidents: &Incidents, mediations: &[Mediation]) -> Vec<(ActorId, Vec<usize>)> {
    let main: Vec<Option<ActorId>> = (0..case.told.len()).map(|t| main_speaker(case, t)).collect();
    let mut out = Vec::new();
    let mut share = |by: &ActorId, reports: BTreeSet<usize>| {
        let about: Vec<usize> = reports.into_iter().filter(|t| main[*t].as_ref() == Some(by)).collect();
        if about.len() >= 2 {
            out.push((by.clone(), about));
        }
    };
    for act in mediations.iter().flat_map(|m| &m.acts) {
        let reports: BTreeSet<usize> = act.acts.iter().filter_map(|(d, _)| case.at(d)).collect();
        act.by.iter().for_each(|by| share(by, reports.clone()));
    }
    for incident in incidents.list.iter().filter(|i| crate::origin::is_verbal(i.kind)) {
        let reports: BTreeSet<usize> = incident.events.iter().filter_map(|e| case.at(&e.document)).collect();
        incident.actors.iter().chain(&incident.attributed_to).for_each(|by| share(by, reports.clone()));
    }
    out
}

/// The person whose words the report mostly is.
fn main_speaker(case: &Case, t: usize) -> Option<ActorId> {
    let reading = &case.told[t].reading;
    let attributed = reading.events.iter().flat_map(|e| ids(&e.attributed_to).chain(ids(&e.actors)));
    let announced = reading.acts.iter().flat_map(|a| ids(&a.by));
    let quoted = reading.quotes.iter().filter_map(|q| q.speaker.as_ref()).map(|r| &r.actor);
    let mut counted: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for id in attributed.chain(announced).chain(quoted).filter(|id| case.kin.kind(id) == ActorKind::Person) {
        *counted.entry(id).or_default() += 1;
    }
    let most = counted.into_iter().max_by_key(|(id, n)| (*n, Reverse(*id)))?;
    (most.1 >= SPEECH).then(|| most.0.clone())
}

fn story(case: &Case, incidents: &Incidents, leads: &[Option<usize>], reports: &[usize]) -> Story {
    let mut copies: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for t in reports {
        copies.entry(case.told[*t].copy).or_default().push(*t);
    }
    let kinship = match (reports.len(), copies.len()) {
        (1, _) => Kinship::Single,
        (_, 1) => Kinship::Copy,
        _ => Kinship::SameEvent,
    };
    let first = reports[0];
    let documents = case.ids(reports.iter().copied());
    let lead = leads[first].map(|l| &incidents.list[l]);
    let told = |e: &&Evidence| documents.binary_search(&e.document).is_ok();
    let shown: Vec<Evidence> =
        lead.into_iter().flat_map(|l| l.evidence.iter().filter(told)).cloned().collect();
    let headline = case.told[first].reading.title.clone();
    let gist = lead.map(|l| l.gist.clone()).filter(|g| !g.is_empty());
    let title = match kinship {
        Kinship::SameEvent => gist.or(headline),
        _ => headline.or(gist),
    };
    Story {
        id: StoryId::of(documents.iter().map(|d| d.as_str())),
        kinship,
        copies: copies.into_values().filter(|c| c.len() >= 2).map(|c| case.ids(c)).collect(),
        title: title.unwrap_or_else(|| case.told[first].outlet().to_string()),
        evidence: gather([&shown[..]]),
        reports: documents,
    }
}
