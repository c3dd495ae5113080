//! Actors, and what passes between them: incidents turned into ties from who did it to whom.
//!
//! # How
//! An incident with an actor and a recipient is a tie from each to each, by lane. Forces and ministries are nodes of
//! their own; [`Node::side`] says whose they are, so that a page can put them together.

use super::places::{Happening, happening};
use crate::compose::books::Books;
use crate::dossier::{Footing, Lane};
use crate::words::{capital, codes, names};
use detente_types::{ActorId, Crisis, IncidentId};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Actors and ties.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Network {
    /// Who is in a tie, those in most incidents first.
    pub nodes: Vec<Node>,
    /// What passes from one to another, most incidents first.
    pub ties: Vec<Tie>,
    /// The incidents of all ties, in order of time.
    pub happenings: Vec<Happening>,
}

/// An actor in a tie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Node {
    /// The actor.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub kind: &'static str,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
    /// The conflict party that it is or acts for.
    pub side: Option<ActorId>,
    /// Incidents in which it acts or to which it is subject.
    pub incidents: usize,
}

/// What passes from one actor to another, in one lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tie {
    /// Who does it.
    pub from: ActorId,
    /// To whom.
    pub to: ActorId,
    /// Coarse kind.
    pub lane: Lane,
    /// Incidents told as done.
    pub done: Vec<IncidentId>,
    /// Incidents offered, planned, urged, threatened, alleged.
    pub undone: Vec<IncidentId>,
}

/// The network of a crisis. What lies before it is left out.
pub fn network(crisis: &Crisis) -> Network {
    let books = Books::open(crisis);
    let mut ties: BTreeMap<(&ActorId, &ActorId, Lane), Tie> = BTreeMap::new();
    let mut in_it: BTreeMap<&ActorId, BTreeSet<&IncidentId>> = BTreeMap::new();
    for incident in crisis.incidents.iter().filter(|i| !i.background && i.parts.is_empty()) {
        let lane = codes::lane(incident.kind);
        let pairs = incident.actors.iter().flat_map(|a| incident.recipients.iter().map(move |r| (a, r)));
        for (from, to) in pairs.filter(|(a, r)| a != r) {
            let tie = ties.entry((from, to, lane)).or_insert_with(|| Tie {
                from: from.clone(),
                to: to.clone(),
                lane,
                done: Vec::new(),
                undone: Vec::new(),
            });
            let list =
                if codes::footing(incident) == Footing::NotDone { &mut tie.undone } else { &mut tie.done };
            list.push(incident.id.clone());
            in_it.entry(from).or_default().insert(&incident.id);
            in_it.entry(to).or_default().insert(&incident.id);
        }
    }
    let mut nodes: Vec<Node> =
        in_it.iter().filter_map(|(id, incidents)| node(&books, id, incidents.len())).collect();
    nodes.sort_by(|a, b| (b.incidents, &a.id).cmp(&(a.incidents, &b.id)));
    let mut ties: Vec<Tie> = ties.into_values().collect();
    let number = |t: &Tie| t.done.len() + t.undone.len();
    ties.sort_by(|a, b| (number(b), &a.from, &a.to, a.lane).cmp(&(number(a), &b.from, &b.to, b.lane)));
    let tied: BTreeSet<&IncidentId> = in_it.values().flatten().copied().collect();
    let told = crisis.incidents.iter().filter(|i| tied.contains(&i.id));
    Network { nodes, ties, happenings: told.filter_map(|i| happening(&books, i)).collect() }
}

fn node(books: &Books<'_>, id: &ActorId, incidents: usize) -> Option<Node> {
    let actor = books.crisis.actor(id)?;
    Some(Node {
        id: id.clone(),
        name: capital(&actor.name),
        kind: names::kind(actor.kind),
        country: actor.country.clone(),
        side: books.side_of(id).cloned(),
        incidents,
    })
}
