//! A dossier to Markdown that reads well as plain text and opens every sentence when rendered.
//!
//! # How
//! 1. Lines end in citations as reference links, `[2.9]`, which a reader of the plain text sees as written.
//! 2. At the end stand the reports, and under each its cited sentences, verbatim: where the links lead.
//!
//! # Does not
//! Let words of a report become markup: every character that Markdown gives a meaning is escaped.
//! Wrap lines: an editor or a page does that.

use crate::dossier::{
    Block, Board, Citation, Difference, Dossier, Line, Moment, Pair, ReportCard, Run, Style, TallyBox, Track,
};
use crate::words::{capital, number};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Prints one dossier.
pub fn render(dossier: &Dossier) -> String {
    let mut out = String::new();
    let title = escape(&dossier.title);
    put(
        &mut out,
        format_args!("# {title}\n\n{} · policy `{}`\n", escape(&dossier.dates), dossier.policy.name()),
    );
    for line in &dossier.summary {
        put(&mut out, format_args!("\n{}\n", text(line)));
    }
    for section in &dossier.sections {
        put(&mut out, format_args!("\n## {}\n", section.heading));
        if let Some(all) = section.board() {
            board(&mut out, &all);
        }
        for block in &section.blocks {
            print_block(&mut out, block);
        }
    }
    reports(&mut out, dossier);
    out
}

/// Writing to a string cannot fail.
fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("writing to a string cannot fail");
}

fn print_block(out: &mut String, block: &Block) {
    match block {
        Block::Lines { heading, lines } => {
            if let Some(heading) = heading {
                put(out, format_args!("\n### {}\n", escape(heading)));
            }
            bullets(out, lines);
        }
        Block::Moments(moments) => course(out, moments),
        Block::Tally(tally) => count(out, tally),
        Block::Track(one) => track(out, one),
        Block::Pair(pair) => charge(out, pair),
        Block::Difference(one) => difference(out, one),
    }
}

fn bullets(out: &mut String, lines: &[Line]) {
    out.push('\n');
    for line in lines {
        put(out, format_args!("- {}\n", text(line)));
    }
}

fn course(out: &mut String, moments: &[Moment]) {
    if moments.first().is_some_and(|m| m.background) {
        out.push_str("\n### Before it\n");
    }
    out.push_str("\n| When | What |\n| --- | --- |\n");
    for moment in moments {
        put(out, format_args!("| {} | {} |\n", cell(&moment.date), text(&moment.line)));
    }
}

fn count(out: &mut String, tally: &TallyBox) {
    let total = if tally.total { ", running total" } else { "" };
    put(out, format_args!("\n### {}: {}{total}\n\n", tally.counted, escape(&tally.side)));
    if let Some(occasion) = &tally.occasion {
        put(out, format_args!("{}\n\n", text(occasion)));
    }
    out.push_str("| By whose count | Number as printed | How | Where |\n| --- | --- | --- | --- |\n");
    for row in &tally.rows {
        let (who, printed) = (cell(&capital(&row.claimant)), cell(&row.printed));
        put(out, format_args!("| {who} | “{printed}” | {} | {} |\n", row.said, links(row.line.citations())));
    }
    let lines: Vec<String> = tally.range.iter().chain(&tally.choice).map(text).collect();
    if !lines.is_empty() {
        put(out, format_args!("\n{}\n", lines.join("  \n")));
    }
}

/// All tracks side by side.
fn board(out: &mut String, board: &Board<'_>) {
    let heads: Vec<String> = board.parties.iter().map(|party| cell(party)).collect();
    let rule = " --- |".repeat(heads.len() + 2);
    put(out, format_args!("\n| Mediators | State | {} |\n|{rule}\n", heads.join(" | ")));
    for (track, cells) in &board.rows {
        let weak = if track.weak { " (linked headline only)" } else { "" };
        let answers = cells.iter().map(|c| c.map_or("–", |c| c.answer.unwrap_or("not reported")));
        let answers: Vec<&str> = answers.collect();
        let (who, state) = (cell(&track.mediators), track.state_words);
        put(out, format_args!("| {who} | {state}{weak} | {} |\n", answers.join(" | ")));
    }
}

fn track(out: &mut String, track: &Track) {
    let parties = if track.parties.is_empty() {
        String::new()
    } else {
        format!(", parties: {}", escape(&track.parties))
    };
    let weak = if track.weak { ", from a linked headline only" } else { "" };
    put(out, format_args!("\n### {}: {}{weak}\n\n", escape(&track.mediators), track.state_words));
    put(out, format_args!("Mediators: {}{parties}.", escape(&track.mediators)));
    if let Some(extent) = &track.extent {
        put(out, format_args!(" {}", text(extent)));
    }
    out.push_str("\n\n");
    for step in &track.steps {
        put(out, format_args!("1. {}: {}\n", escape(&step.date), text(&step.line)));
    }
    if !track.answers.is_empty() {
        out.push_str("\n| Party | Answer |\n| --- | --- |\n");
    }
    for answer in &track.answers {
        let words = answer.answer.unwrap_or("not reported");
        let alone = if answer.single_origin { " (one origin only)" } else { "" };
        let cited = links(answer.line.citations());
        put(
            out,
            format_args!("| {} | {} |\n", cell(&answer.party), format!("{words}{alone} {cited}").trim_end()),
        );
    }
}

fn charge(out: &mut String, pair: &Pair) {
    put(out, format_args!("\n- {}\n", text(&pair.charge)));
    for answer in &pair.answers {
        put(out, format_args!("  - {}\n", text(&answer.line)));
    }
}

fn difference(out: &mut String, one: &Difference) {
    put(out, format_args!("\n### {} ({})\n\n", escape(&one.topic), one.kind_words));
    for side in &one.sides {
        put(out, format_args!("- {}\n", text(&side.line)));
    }
    let remark = one.remark.as_ref().map(|r| format!(": {}", escape(r))).unwrap_or_default();
    put(out, format_args!("\n{}{remark}\n", capital(one.verdict_words)));
}

/// The reports, each with its cited sentences, and where the links lead.
fn reports(out: &mut String, dossier: &Dossier) {
    let mut cited: BTreeMap<usize, BTreeMap<usize, &Citation>> = BTreeMap::new();
    for citation in dossier.lines().flat_map(Line::citations) {
        cited.entry(citation.report).or_default().entry(citation.sentence).or_insert(citation);
    }
    out.push_str("\n## Reports\n\n`[2.9]` is sentence 9 of report 2.\n");
    for report in &dossier.reports {
        put(out, format_args!("\n### {}. {}\n\n", report.number, escape(report.outlet_or_unnamed())));
        heading(out, report);
        for (sentence, citation) in cited.get(&report.number).into_iter().flatten() {
            let anchor = anchor(report.number, *sentence);
            put(
                out,
                format_args!(
                    "- <a id=\"{anchor}\"></a>**{}** {}\n",
                    citation.label(),
                    escape(&citation.quote)
                ),
            );
        }
    }
    out.push('\n');
    let targets: BTreeSet<(usize, usize)> =
        cited.iter().flat_map(|(report, sentences)| sentences.keys().map(move |s| (*report, *s))).collect();
    for (report, sentence) in targets {
        put(out, format_args!("[{report}.{sentence}]: #{}\n", anchor(report, sentence)));
    }
}

fn heading(out: &mut String, report: &ReportCard) {
    if let Some(title) = &report.title {
        put(out, format_args!("*{}*  \n", escape(title)));
    }
    let copy = report.copy_of.map(|n| format!(" · same text as report {n}")).unwrap_or_default();
    let words = number(report.words as u64);
    put(out, format_args!("{} · {words} words · {}{copy}\n\n", escape(&report.dated), escape(&report.path)));
}

fn anchor(report: usize, sentence: usize) -> String {
    format!("s{report}-{sentence}")
}

/// A line with its citations.
fn text(line: &Line) -> String {
    let words: String = line.runs().iter().map(run).collect();
    format!("{words} {}", links(line.citations())).trim_end().to_string()
}

fn run(run: &Run) -> String {
    let words = escape(&run.text);
    // Markup must hug its words, or it shows as written.
    let (left, core) = words.split_at(words.len() - words.trim_start().len());
    let (core, right) = core.split_at(core.trim_end().len());
    match run.style {
        _ if core.is_empty() => words.clone(),
        Style::Plain | Style::Quiet => words.clone(),
        Style::Strong | Style::Number => format!("{left}**{core}**{right}"),
        Style::Label => format!("{left}*{core}*{right}"),
        Style::Verbatim => format!("“{words}”"),
    }
}

/// Citations as reference links; what is not running text is marked behind them.
fn links(citations: &[Citation]) -> String {
    let one = |c: &Citation| match c.tier_mark() {
        None => format!("[{}]", c.number()),
        Some(mark) => format!("[{}] ({mark})", c.number()),
    };
    citations.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Words inside a table cell.
fn cell(words: &str) -> String {
    escape(words)
}

/// Words that can be no markup: every sign that Markdown or HTML gives a meaning is escaped, line
/// breaks become blanks, and control characters are dropped.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
            | '$' | '^' | '=' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_whitespace() && out.ends_with(' ') => {}
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() || crate::words::is_bidi_control(c) => {}
            c => out.push(c),
        }
    }
    // A dash or "23." at the start of a line would begin a list.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    match (out.as_bytes().first(), out.as_bytes().get(digits)) {
        (Some(b'-' | b'+'), _) => format!("\\{out}"),
        (_, Some(b'.' | b')')) if digits > 0 => format!("{}\\{}", &out[..digits], &out[digits..]),
        _ => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_report_are_no_markup() {
        assert_eq!(escape("<b>*x*</b> [a](b)\n# c"), "\\<b\\>\\*x\\*\\</b\\> \\[a\\](b) \\# c");
        assert_eq!(escape("- a"), "\\- a");
        assert_eq!(escape("23. a"), "23\\. a");
    }
}
