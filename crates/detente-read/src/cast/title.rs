//! The title that introduces a person, and whom its holder serves.

use crate::tree::Tree;
use detente_knowledge::{Knowledge, Modifier, Rank, Resolved};
use detente_types::{ActorId, ActorKind, Sector, Span};
use jiff::civil::Date;

/// The words that introduce a name: a title before it, or an apposition behind it.
pub(super) fn introduction(
    tree: &Tree<'_>,
    first: usize,
    last: usize,
    knowledge: &Knowledge,
    on: Option<Date>,
) -> (Option<Resolved>, Span) {
    let name: Vec<usize> = (first..=last).collect();
    let beside = || beside(tree, first, last, knowledge, on);
    let before = title_before(tree, first, last);
    if !before.is_empty() {
        let mut words: Vec<&str> = before.iter().map(|&n| tree.word(n)).collect();
        if tree.len() > last + 2
            && tree.lower(last + 1) == "of"
            && tree.upos(last + 2) == "PROPN"
            && tree.base(last + 2) == "nmod"
        {
            // "King Hassan of Morocco"
            words.extend([tree.word(last + 1), tree.word(last + 2)]);
        }
        if let Some(r) = office_of(&words, knowledge, on) {
            // "Commodore Jay Tarriela, a spokesman for the Philippine Coast Guard": a rank says not whose.
            let bare = r.country.is_none() && r.actor.is_none() && r.bloc.is_none();
            let other = beside().filter(|(o, _)| bare && (o.country.is_some() || o.actor.is_some()));
            return match other {
                Some((r, span)) => (Some(r), span),
                None => (Some(r), tree.span_of(&before).cover(tree.span_of(&name))),
            };
        }
    }
    match beside() {
        Some((r, span)) => (Some(r), span),
        None => (None, tree.span_of(&name)),
    }
}

/// The office in an apposition: behind the name, or the name behind it.
fn beside(
    tree: &Tree<'_>,
    first: usize,
    last: usize,
    knowledge: &Knowledge,
    on: Option<Date>,
) -> Option<(Resolved, Span)> {
    let name: Vec<usize> = (first..=last).collect();
    for n in first..=last {
        for k in tree.kids_by(n, &["appos"]) {
            let ids = super::mention_words(tree, k);
            let words = with_marks(tree, &ids);
            if let Some(r) = office_of(&words, knowledge, on) {
                return Some((r, tree.span_of(&name).cover(tree.span_of(&ids))));
            }
        }
    }
    // "the ambassador, Albert Khorev": the name is the apposition.
    if let Some(h) = tree.head(first).filter(|_| (first..=last).any(|n| tree.base(n) == "appos")) {
        let h = if (first..=last).contains(&h) { tree.head(h) } else { Some(h) };
        let top = (first..=last).find(|&n| tree.base(n) == "appos").and_then(|n| tree.head(n)).or(h);
        if let Some(top) = top {
            let ids = super::mention_words(tree, top);
            let words = with_marks(tree, &ids);
            if let Some(r) = office_of(&words, knowledge, on) {
                return Some((r, tree.span_of(&ids).cover(tree.span_of(&name))));
            }
        }
    }
    None
}

/// The words, and the marks of the possessives among them: "president", "'s", "adviser".
fn with_marks<'a>(tree: &'a Tree<'_>, ids: &[usize]) -> Vec<&'a str> {
    let mark = |n: usize| matches!(tree.word(n), "'s" | "’s" | "'" | "’");
    let owned = |n: usize| mark(n) && tree.head(n).is_some_and(|h| ids.contains(&h));
    let (first, last) = (ids.first().copied().unwrap_or_default(), ids.last().copied().unwrap_or_default());
    (first..=last).filter(|n| ids.contains(n) || owned(*n)).map(|n| tree.word(n)).collect()
}

/// The office that the words of an introduction state. "The president's senior adviser" is no president: behind the
/// possessive of somebody's office stands the office meant, and its country is that of the one before.
fn office_of(words: &[&str], knowledge: &Knowledge, on: Option<Date>) -> Option<Resolved> {
    let mark = |w: &&str| matches!(*w, "'s" | "’s" | "'" | "’");
    let Some(at) = words.iter().rposition(mark).filter(|at| *at > 0 && at + 1 < words.len()) else {
        return knowledge.resolve_phrase(words, None, on).filter(titled);
    };
    let (owner, held) = (&words[..at], &words[at + 1..]);
    let person = |r: &Resolved| r.actor.as_ref().is_some_and(|a| a.as_str().starts_with("person/"));
    let above = knowledge.resolve_phrase(owner, None, on).filter(|r| r.title.is_some() || person(r));
    let whole = || {
        let plain: Vec<&str> = words.iter().copied().filter(|w| !mark(w)).collect();
        knowledge.resolve_phrase(&plain, None, on).filter(titled)
    };
    let Some(above) = above else { return whole() };
    let own = knowledge.resolve_phrase(held, above.country.as_deref(), on).filter(|r| r.title.is_some());
    let Some(mut office) = own else { return whole() };
    // The chief of staff of a president is no soldier.
    if held.first().is_some_and(|w| w.eq_ignore_ascii_case("chief"))
        && office.title.as_deref() == Some("chief of staff")
    {
        office.sector = above.sector.or(Some(Sector::Gov));
    }
    office.country = above.country.or(office.country);
    Some(office)
}

pub(super) fn titled(r: &Resolved) -> bool {
    r.title.is_some() || (r.kind == Some(ActorKind::Person) && r.country.is_some())
}

/// Words of the same noun phrase before the name: "Russian Ambassador to Pakistan".
pub(super) fn title_before(tree: &Tree<'_>, first: usize, last: usize) -> Vec<usize> {
    let mut top = first;
    for n in first..=last {
        if tree.head(n).is_none_or(|h| h < first || h > last) {
            top = n;
        }
    }
    // The name may hang on its title (flat, appos, nmod) or the title on the name.
    let mut phrase = tree.subtree_without(
        top,
        &[
            "acl",
            "conj",
            "cc",
            "parataxis",
            "acl:relcl",
            "punct",
            "cop",
            "nsubj",
            "aux",
            "advcl",
            "obl",
            "ccomp",
            "xcomp",
            "obj",
            "mark",
            "advmod",
        ],
    );
    if (matches!(tree.base(top), "flat" | "appos" | "compound")
        || matches!(tree.rel(top), "nmod:desc" | "nmod:unmarked"))
        && let Some(h) = tree.head(top).filter(|h| *h < first && tree.is_noun(*h))
    {
        let comma = (h..first).any(|n| tree.word(n) == ",");
        if !comma || tree.base(top) != "appos" {
            phrase = tree.core(h);
            phrase.retain(|n| *n < first || *n > last || (first..=last).contains(n));
        }
    }
    let mut out: Vec<usize> = phrase.into_iter().filter(|&n| n < first).collect();
    // Only an unbroken run that ends at the name.
    let mut at = first;
    let unbroken: Vec<usize> = out
        .iter()
        .rev()
        .copied()
        .take_while(|&n| {
            let joined = n + 1 == at
                || (n + 1..at)
                    .all(|x| !tree.word(x).chars().any(char::is_alphanumeric) && tree.word(x) != ",");
            at = n;
            joined
        })
        .collect();
    out = unbroken;
    out.reverse();
    while out.first().is_some_and(|&n| tree.base(n) == "det" || tree.base(n) == "case") {
        out.remove(0);
    }
    out
}

/// The state, body or group that an office serves.
pub(super) fn served(office: &Resolved, knowledge: &Knowledge, on: Option<Date>) -> Option<ActorId> {
    match (&office.actor, &office.country) {
        (Some(actor), _) if actor.as_str().contains('/') && !actor.as_str().starts_with("person/") => {
            let owner = actor.as_str().split('/').next().unwrap_or_default();
            Some(match &office.country {
                Some(country) if country == owner => knowledge.government(country, on),
                _ => actor.clone(),
            })
        }
        (Some(actor), _) if !actor.as_str().starts_with("person/") => Some(actor.clone()),
        (_, Some(country)) => Some(knowledge.government(country, on)),
        _ => None,
    }
}

/// Whom a known person serves in an office of this title on that day.
pub(super) fn known_office(
    id: &ActorId,
    title: &str,
    knowledge: &Knowledge,
    on: Option<Date>,
) -> Option<ActorId> {
    let offices = knowledge.offices(id, on);
    offices.iter().find(|o| o.title == title || o.title.ends_with(title)).map(|o| o.of.clone())
}

/// The title to print: the one that stands for its class where the class is one office ("minister of foreign
/// affairs", "foreign minister"), else as printed ("mullah", "captain", "analyst").
pub(super) fn printed_title(office: &Resolved, knowledge: &Knowledge) -> Option<String> {
    let canonical = office.title.clone()?;
    let words: Vec<&str> = canonical.split(' ').collect();
    let entry = knowledge.title(&words).map(|t| t.title);
    let one_office = entry.is_some_and(|t| {
        t.single
            || matches!(
                t.rank,
                Rank::HeadOfState
                    | Rank::HeadOfGovernment
                    | Rank::Minister
                    | Rank::Ambassador
                    | Rank::Spokesperson
            )
    });
    let title = if one_office { canonical } else { office.said.clone().unwrap_or(canonical) };
    Some(match office.modifier {
        Some(Modifier::Former) => format!("former {title}"),
        Some(Modifier::Acting) => format!("acting {title}"),
        Some(Modifier::Deputy) if !title.starts_with("deputy") && !title.starts_with("vice") => {
            format!("deputy {title}")
        }
        Some(Modifier::Next) => format!("{title}-elect"),
        _ => title,
    })
}

/// "Vice-President Ann Example": a name that the analyser does not tag, behind a title that introduces it.
pub(super) fn titled_names(tree: &Tree<'_>, knowledge: &Knowledge, out: &mut [Option<(usize, usize)>]) {
    for i in 0..tree.len() {
        let name = |n: usize| {
            tree.upos(n) == "PROPN"
                && tree.tokens[n].name.is_none()
                && knowledge.title(&[tree.word(n)]).is_none()
        };
        let titled = || {
            tree.kids_by(i, &["nmod:desc"]).any(|k| k + 1 == i && knowledge.title(&[tree.word(k)]).is_some())
        };
        if !name(i) || out[i].is_some() || !titled() {
            continue;
        }
        let mut end = i + 1;
        while end < tree.len() && name(end) && tree.rel(end) == "flat" && tree.head(end) == Some(i) {
            end += 1;
        }
        if end > i + 1 {
            out[i..end].fill(Some((i, end)));
        }
    }
}
