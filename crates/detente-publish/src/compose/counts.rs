//! Casualties and other counts: one box a count, one row a claimant, no number without its owner.

use super::books::Books;
use super::course;
use crate::dossier::{Block, Citation, Figure, Line, Phrase, Row, TallyBox};
use crate::words::{capital, codes, count, dates, number, plural};
use detente_types::tally::{Bound, Interest};
use detente_types::{Comparator, Counted, Policy, Tally, TallyClaim};

/// The section: everything that is counted but days and rounds of talks, which are told where they belong.
pub(crate) fn blocks(books: &Books<'_>) -> Vec<Block> {
    let shown = books.crisis.tallies.iter().filter(|t| !matches!(t.what, Counted::Days | Counted::Rounds));
    let (small, large): (Vec<&Tally>, Vec<&Tally>) =
        shown.partition(|t| t.victims.is_empty() && t.claims.len() == 1);
    let mut out: Vec<Block> =
        large.into_iter().filter_map(|tally| tally_box(books, tally)).map(Block::Tally).collect();
    let lines: Vec<Line> = small.into_iter().filter_map(|tally| alone(books, tally)).collect();
    if !lines.is_empty() {
        out.push(Block::headed("Other counts, each by one claimant, side not said", lines));
    }
    out
}

/// A single count of nobody's people as one line: "Killed: “five people” (a hospital; attack at Tacna, 3 May)".
fn alone(books: &Books<'_>, tally: &Tally) -> Option<Line> {
    let claim = tally.claims.first()?;
    let incident = tally.incident.as_ref().and_then(|id| books.incident(id)).filter(|i| course::reads(i));
    let phrase = Phrase::new().strong(codes::counted(tally.what)).plain(": ").verbatim(claim.text.trim());
    let phrase = phrase.plain(format!(", {}", owner(books, claim)));
    let phrase = if tally.total { phrase.plain(", running total") } else { phrase };
    let told = incident.map(|i| (i.gist.trim().trim_end_matches('.'), dates::behind(&i.when)));
    let phrase = phrase.with(told, |p, (gist, dated)| p.quiet(format!("; for: {gist}{dated}")));
    Line::cited(phrase, books.cite(&claim.evidence))
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
    let incident = tally.incident.as_ref().and_then(|id| books.incident(id)).filter(|i| course::reads(i))?;
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
        Some(id) => books.speaker(id),
        None => NOBODY.to_string(),
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

/// "Between 23 (the Arvenian army) and 58 (Tolmark)", each end with its owner. One row says it by itself, unless an
/// end is open; words alone have no range.
fn range(books: &Books<'_>, tally: &Tally, rows: &[Row]) -> Option<Line> {
    let closed = tally.low.map(|b| b.value) == tally.high.map(|b| b.value) && !tally.high_open;
    if rows.len() == 1 && closed {
        return None;
    }
    let low = tally.low.as_ref().and_then(|b| figure(books, tally, b));
    let high = tally.high.as_ref().and_then(|b| figure(books, tally, b));
    let (phrase, citations) = match (low, high) {
        (Some((low, by_low)), Some((high, by_high))) => {
            (ends(&low, &high, tally, rows), [by_low, by_high].concat())
        }
        (Some((low, by)), None) => {
            let phrase = Phrase::new().number(number(low.value)).plain(" or more").plain(by_count(&low));
            (phrase.plain("; nobody gives an upper end"), by)
        }
        (None, Some((high, by))) => {
            let phrase = Phrase::new().plain("Up to ").number(number(high.value)).plain(by_count(&high));
            (phrase.plain("; nobody gives a lower end"), by)
        }
        (None, None) => return None,
    };
    Line::cited(phrase.plain("."), books.merged(citations))
}

fn ends(low: &Figure, high: &Figure, tally: &Tally, rows: &[Row]) -> Phrase {
    let counted = rows.iter().filter(|r| r.value.is_some() || r.low.is_some());
    let counted = counted.filter(|r| r.comparator != Comparator::Vague);
    let claimants: std::collections::BTreeSet<&str> = counted.clone().map(|r| r.claimant.as_str()).collect();
    let above = if tally.high_open { " or more" } else { "" };
    // A number that a later one of the same side replaced stays in the rows, and agrees with nobody.
    let fits = |r: &&Row| r.low.is_none_or(|l| l <= low.value) && r.high.is_none_or(|h| h >= low.value);
    let agreeing: std::collections::BTreeSet<&str> =
        counted.clone().filter(fits).map(|r| r.claimant.as_str()).collect();
    match () {
        () if low.value == high.value && claimants.len() > 1 && agreeing.len() == 1 => {
            Phrase::new().number(number(low.value)).plain(format!("{above}{}, the latest", by_count(low)))
        }
        () if low.value == high.value && claimants.len() == 1 => {
            Phrase::new().number(number(low.value)).plain(format!("{above}{}", by_count(low)))
        }
        () if claimants.len() == 1 => Phrase::new()
            .plain("From ")
            .number(number(low.value))
            .plain(" to ")
            .number(format!("{}{above}", number(high.value)))
            .plain(by_count(low)),
        () if low.value == high.value => Phrase::new()
            .number(number(low.value))
            .plain(format!("{above}; {} agree", count(agreeing.len(), "claimant"))),
        () => Phrase::new()
            .plain("From ")
            .number(number(low.value))
            .plain(format!(" ({}) to ", of(low)))
            .number(format!("{}{above}", number(high.value)))
            .plain(format!(" ({})", of(high))),
    }
}

/// " by the count of the army"; a count that nobody owns says so.
fn by_count(figure: &Figure) -> String {
    if figure.owner == NOBODY {
        ", no owner named".to_string()
    } else {
        format!(" by the count of {}", of(figure))
    }
}

/// What is printed for a count without an owner.
const NOBODY: &str = "no owner named";

/// The owner inside a sentence, with the vague word that the number is read from.
fn of(figure: &Figure) -> String {
    let owner = &figure.owner;
    match &figure.word {
        Some(word) => format!("{owner}, “{word}”"),
        None => owner.clone(),
    }
}

/// The number that the policy chooses, or that it chooses none and why; nothing where there is one count only.
fn choice(books: &Books<'_>, tally: &Tally, rows: &[Row]) -> Option<Line> {
    let numbers = rows.iter().filter(|r| r.value.is_some()).count();
    if numbers < 2 {
        return None;
    }
    let policy = tally.policy;
    let why = format!("policy {} {}", policy.name(), codes::policy(policy));
    match (policy, tally.best.as_ref().and_then(|b| figure(books, tally, b))) {
        // The range says all that this policy has to say.
        (Policy::FullRange, _) => None,
        (_, Some((best, citations))) => {
            let phrase =
                Phrase::new().plain("Best ").number(number(best.value)).plain(format!(" ({})", of(&best)));
            Line::cited(phrase.quiet(format!("; {why}.")), citations)
        }
        (_, None) => {
            let none = Phrase::new().plain("Best: none").quiet(format!("; {why}, and there is none."));
            Line::cited(none, all(books, rows))
        }
    }
}

fn all(books: &Books<'_>, rows: &[Row]) -> Vec<Citation> {
    books.merged(rows.iter().flat_map(|r| r.line.citations().to_vec()))
}
