//! Clusters of events, put together and taken apart as analysts decided.
//!
//! # How
//! Decisions come in the order in which they were made, so the later of two that cannot both hold is followed; the
//! other is reported by [`crate::decide`]. To put two together joins their clusters. To take two apart gives the
//! second a cluster of its own; with it go those members that tell it in the same words, and those more like it than
//! like the first.

use crate::alike::{self, View};
use crate::case::Case;
use crate::incident::{Cluster, exactness};
use detente_types::{DocumentId, EventId};
use std::cmp::Reverse;

/// Follows the joins of a case.
pub(crate) fn follow(case: &Case, views: &[View], clusters: &mut Vec<Cluster>) {
    for join in &case.joins {
        let (Some(one), Some(other)) = (view(case, views, &join.one), view(case, views, &join.other)) else {
            continue;
        };
        let home = |v: usize| clusters.iter().position(|c| c.members.contains(&v));
        let (Some(a), Some(b)) = (home(one), home(other)) else { continue };
        match (join.together, a == b) {
            (true, false) => {
                let moved = std::mem::take(&mut clusters[b].members);
                clusters[a].members.extend(moved);
                // Not guessed: somebody said so.
                clusters[a].confidence = 1.0;
            }
            (false, true) => {
                let stays = |v: &usize| *v == one || (*v != other && !leans(views, *v, one, other));
                let (stay, members) = clusters[a].members.iter().partition(|v| stays(v));
                clusters[a].members = stay;
                clusters.push(Cluster { members, confidence: clusters[a].confidence });
            }
            _ => continue,
        }
        clusters.retain(|c| !c.members.is_empty());
        // The most exactly told first, as clustering leaves them.
        let order = |v: &usize| (Reverse(exactness(&views[*v])), views[*v].told, views[*v].at);
        clusters.iter_mut().for_each(|c| c.members.sort_by_key(order));
    }
}

/// The place of an event among the views.
fn view(case: &Case, views: &[View], (document, event): &(DocumentId, EventId)) -> Option<usize> {
    let told = case.at(document)?;
    let at = case.told[told].event_at(event)?;
    views.iter().position(|v| v.told == told && v.at == at)
}

/// Is the event more like the second than like the first?
fn leans(views: &[View], v: usize, one: usize, other: usize) -> bool {
    let points = |with: usize| alike::compare(&views[v], &views[with]).map(|l| l.points);
    let twin = |with: usize| views[v].copy == views[with].copy && views[v].words == views[with].words;
    (twin(other), points(other)) > (twin(one), points(one))
}
