//! Casualties and other counts: one box a count, one row a claimant, no number without its owner.

use super::books::Books;
use crate::dossier::{Block, Citation, Figure, Line, Phrase, Row, TallyBox};
use crate::words::{capital, codes, count, dates, list, number, plural};
use detente_types::tally::{Agreement, Bound, Interest};
use detente_types::{Comparator, Counted, Policy, Tally, TallyClaim};

/// The section: everything that is counted but the people stuck or driven out, who stand under the consequences.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    boxes(books, |what| !matches!(what, Counted::Stranded | Counted::Displaced))
}

/// The boxes of some kinds of counts.
pub(crate) fn boxes(books: &Books<'_>, wanted: impl Fn(Counted) -> bool) -> Vec<Block> {
    let tallies = books.crisis.tallies.iter().filter(|t| wanted(t.what));
    tallies.filter_map(|tally| tally_box(books, tally)).map(Block::Tally).collect()
}

fn tally_box(books: &Books<'_>, tally: &Tally) -> Option<TallyBox> {
    let rows: Vec<Row> = tally.claims.iter().filter_map(|claim| row(books, claim)).collect();
    let cited = |bound: &Option<Bound>| bound.as_ref().and_then(|b| figure(books, tally, b));
    let (low, best, high) = (cited(&tally.low), cited(&tally.best), cited(&tally.high));
    (!rows.is_empty()).then(|| TallyBox {
        id: tally.id.clone(),
        what: tally.what,
        counted: codes::counted(tally.what).to_string(),
        side: side(books, tally),
        total: tally.total,
        occasion: occasion(books, tally),
        range: range(books, tally, &rows),
        choice: choice(books, tally, &rows),
        rows,
        low: low.map(|(figure, _)| figure),
        best: best.map(|(figure, _)| figure),
        high: high.map(|(figure, _)| figure),
        high_open: tally.high_open,
        agreement: tally.agreement,
        origins: tally.origins.len(),
    })
}

/// Whose people or things: "soldiers of the Arvenian army".
fn side(books: &Books<'_>, tally: &Tally) -> String {
    let unit = tally.unit.as_deref().map(plural);
    let whose = books.names(&tally.victims);
    match (whose.is_empty(), unit) {
        // "Arvenian soldiers" of soldiers would be said twice.
        (false, Some(unit)) if !whose.to_lowercase().contains(&unit.to_lowercase()) => {
            format!("{unit} of {whose}")
        }
        (false, _) => whose,
        (true, Some(unit)) => format!("{unit}, side not said"),
        (true, None) => "side not said".to_string(),
    }
}

/// The most citations of the line that says what is counted for: the incident has its own lines.
const MOST_FOR: usize = 3;

/// What it is counted for.
fn occasion(books: &Books<'_>, tally: &Tally) -> Option<Line> {
    let incident = tally.incident.as_ref().and_then(|id| books.incident(id))?;
    let mut citations = books.cite(&incident.evidence);
    citations.truncate(MOST_FOR);
    let gist = incident.gist.trim().trim_end_matches('.');
    Line::cited(Phrase::new().quiet(format!("For: {gist}{}", dates::behind(&incident.when))), citations)
}

fn row(books: &Books<'_>, claim: &TallyClaim) -> Option<Row> {
    let reports = books.numbers(&claim.reports);
    let claimant = owner(books, claim);
    let said = codes::strength(claim.strength);
    let line = Line::cited(told(books, claim), books.cite(&claim.evidence))?;
    Some(Row {
        claimant,
        claimant_id: claim.claimant.clone(),
        inferred: claim.inferred,
        interest: claim.interest,
        printed: claim.text.trim().to_string(),
        comparator: claim.comparator,
        value: claim.value,
        low: claim.low,
        high: claim.high,
        said: said.to_string(),
        strength: claim.strength,
        reports,
        line,
    })
}

/// One claimant's count as a line.
fn told(books: &Books<'_>, claim: &TallyClaim) -> Phrase {
    let words = claim.text.trim();
    let side = format!(" ({})", codes::interest(claim.interest));
    match &claim.claimant {
        None => Phrase::new().plain("With no owner named: ").verbatim(words),
        Some(id) if claim.inferred => {
            let owner = format!(", with no owner in the words; by other reports that of {}", books.name(id));
            Phrase::new().verbatim(words).plain(owner).quiet(side)
        }
        Some(id) => {
            let said = claim.strength.map_or(":", |s| codes::strength(Some(s)));
            let gap = if said == ":" { "" } else { " " };
            Phrase::new()
                .strong(capital(&books.name(id)))
                .plain(format!("{gap}{said} "))
                .verbatim(words)
                .quiet(side)
        }
    }
}

/// Whose number it is, in words.
pub(crate) fn owner(books: &Books<'_>, claim: &TallyClaim) -> String {
    match &claim.claimant {
        Some(id) if claim.inferred => format!("{}, inferred", books.name(id)),
        Some(id) => books.name(id),
        None => "no owner named".to_string(),
    }
}

/// A bound with its owner; nothing where the owner's sentence does not resolve.
pub(crate) fn figure(books: &Books<'_>, tally: &Tally, bound: &Bound) -> Option<(Figure, Vec<Citation>)> {
    let claim = tally.claims.get(bound.claim)?;
    let citations = books.cite(&claim.evidence);
    let figure = || Figure {
        value: bound.value,
        owner: owner(books, claim),
        word: (claim.comparator == Comparator::Vague).then(|| claim.text.trim().to_string()),
        own: claim.interest == Interest::OwnSide,
    };
    (!citations.is_empty()).then(|| (figure(), citations))
}

/// "Between 23 (the Arvenian army) and 58 (Tolmark)", each end with its owner.
fn range(books: &Books<'_>, tally: &Tally, rows: &[Row]) -> Line {
    let low = tally.low.as_ref().and_then(|b| figure(books, tally, b));
    let high = tally.high.as_ref().and_then(|b| figure(books, tally, b));
    let (phrase, citations) = match (low, high) {
        (Some((low, by_low)), Some((high, by_high))) => {
            (ends(&low, &high, tally, rows), [by_low, by_high].concat())
        }
        (Some((low, by)), None) => {
            let phrase = Phrase::new().number(number(low.value)).plain(" or more by the count of ");
            (phrase.plain(of(&low).as_str()).plain("; nobody gives an upper end"), by)
        }
        (None, Some((high, by))) => {
            let phrase = Phrase::new().plain("Up to ").number(number(high.value)).plain(" by the count of ");
            (phrase.plain(of(&high).as_str()).plain("; nobody gives a lower end"), by)
        }
        (None, None) => {
            let words: Vec<String> = rows.iter().map(|r| format!("“{}”", r.printed)).collect();
            (Phrase::new().plain(format!("No number, only words: {}", list(&words))), all(books, rows))
        }
    };
    Line::cited(phrase.plain("."), books.merged(citations)).unwrap_or_else(|| Line::absent("No range."))
}

fn ends(low: &Figure, high: &Figure, tally: &Tally, rows: &[Row]) -> Phrase {
    let claimants: std::collections::BTreeSet<&str> = rows.iter().map(|r| r.claimant.as_str()).collect();
    let above = if tally.high_open { " or more" } else { "" };
    match () {
        () if low.value == high.value && claimants.len() == 1 => Phrase::new()
            .number(number(low.value))
            .plain(format!("{above} by the only count, that of {}", of(low))),
        () if low.value == high.value => Phrase::new()
            .number(number(low.value))
            .plain(format!("{above}; {} agree", count(claimants.len(), "claimant"))),
        () => Phrase::new()
            .plain("From ")
            .number(number(low.value))
            .plain(format!(" ({}) to ", of(low)))
            .number(format!("{}{above}", number(high.value)))
            .plain(format!(" ({})", of(high))),
    }
}

/// The owner inside a sentence, with the vague word that the number is read from.
fn of(figure: &Figure) -> String {
    let owner = match figure.owner.as_str() {
        "no owner named" => "the outlets themselves, no owner named",
        owner => owner,
    };
    match &figure.word {
        Some(word) => format!("{owner}, “{word}”"),
        None => owner.to_string(),
    }
}

/// The number that the policy chooses, or that it chooses none and why.
fn choice(books: &Books<'_>, tally: &Tally, rows: &[Row]) -> Line {
    let policy = tally.policy;
    let says = format!("policy {} {}", policy.name(), codes::policy(policy));
    let best = tally.best.as_ref().and_then(|b| figure(books, tally, b));
    let line = match best {
        Some((best, citations)) => {
            let phrase =
                Phrase::new().plain("Best ").number(number(best.value)).plain(format!(" ({})", of(&best)));
            Line::cited(phrase.quiet(format!("; {says}.")), citations)
        }
        None => Line::cited(
            Phrase::new().plain("Best: none").quiet(format!("; {}.", why_none(tally, policy))),
            all(books, rows),
        ),
    };
    line.unwrap_or_else(|| Line::absent("Best: none."))
}

fn why_none(tally: &Tally, policy: Policy) -> String {
    let vague = tally.claims.iter().all(|c| c.comparator == Comparator::Vague);
    match policy {
        _ if vague => "nobody gives a number".to_string(),
        Policy::FullRange if tally.agreement == Agreement::Contested => {
            "policy full_range picks no number where claimants differ".to_string()
        }
        Policy::FullRange => "policy full_range picks no number here".to_string(),
        _ => format!("policy {} {}, and there is none", policy.name(), codes::policy(policy)),
    }
}

fn all(books: &Books<'_>, rows: &[Row]) -> Vec<Citation> {
    books.merged(rows.iter().flat_map(|r| r.line.citations().to_vec()))
}
