//! Reports written as short lines in, readings out: so that a test reads like the folder that it is about.
//!
//! ```text
//! actor RSF group
//! report a 2024-03-02 "Example Wire"
//!   ASSAULT-aerial ISR -> LBN on 2024-03-01 at Tyre "jets hit Tyre"
//!   count killed 5 civilian of LBN says LBN/MOH here "five were killed"
//!   charge ISR against LBN about "launching rockets"
//!   denial LBN to ISR about "launching rockets" answers
//!   act offer FRA for ISR,LBN by person/doe at Paris occasion "a lecture" "offered to mediate"
//!   quote person/doe "we are ready to help both sides at any time"
//!   office person/doe "foreign minister" of FRA
//!   names FRA,ISR,ISR
//! copy a as b 2024-03-03 "Example Post"
//! ```
//! `word strike` is the deciding word of an event, `dying` says that it tells only who died.
//!
//! A date is `2024-03-01`, `2024-03-01..2024-03-05`, `..2024-03-05`, `2024-03`, `2021`, or words that the reader could not
//! resolve, `~two_days_later`. `TUR=Türkiye` is an actor with the name as printed. Every line is one sentence.

use detente_types::date::{Basis, Precision};
use detente_types::document::Given;
use detente_types::reading::{SentenceKind, SentenceSpan};
use detente_types::*;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One report while it is built.
struct Draft {
    key: String,
    sketch: String,
    published: When,
    outlet: String,
    lines: Vec<String>,
}

/// The readings of a folder.
pub(crate) fn readings(folder: &str) -> Vec<Reading> {
    let mut actors: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for line in folder.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let words = split(line);
        match words[0].as_str() {
            "actor" => {
                actors.insert(words[1].clone(), words[2..].to_vec());
            }
            "report" => drafts.push(draft(&words[1], &words[1], &words[2..])),
            "copy" => {
                let from = drafts.iter().find(|d| d.key == words[1]).expect("a report to copy");
                let (sketch, lines) = (from.sketch.clone(), from.lines.clone());
                drafts.push(Draft { lines, ..draft(&words[3], &sketch, &words[4..]) });
            }
            _ => drafts.last_mut().expect("a report first").lines.push(line.to_string()),
        }
    }
    drafts.iter().map(|d| build(d, &actors)).collect()
}

fn draft(key: &str, sketch: &str, rest: &[String]) -> Draft {
    Draft {
        key: key.to_string(),
        sketch: sketch.to_string(),
        published: if rest[0] == "?" { When::unknown() } else { when(&rest[0]) },
        outlet: rest[1].clone(),
        lines: Vec::new(),
    }
}

/// Words of a line; what stands in quotation marks is one word.
fn split(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        if i % 2 == 1 {
            out.push(part.to_string());
        } else {
            out.extend(part.split_whitespace().map(str::to_string));
        }
    }
    out
}

pub(crate) fn when(text: &str) -> When {
    let day = |t: &str| t.parse::<Date>().expect("a date in a test");
    if let Some(words) = text.strip_prefix('~') {
        let words = words.replace('_', " ");
        let precision = if words.starts_with("by ") { Precision::Before } else { Precision::Unknown };
        return When::new(None, None, precision, Basis::Weekday).said(words);
    }
    if let Some(to) = text.strip_prefix("..") {
        return When::new(None, Some(day(to)), Precision::Before, Basis::Published);
    }
    if let Some((from, to)) = text.split_once("..") {
        return When::new(Some(day(from)), Some(day(to)), Precision::Range, Basis::Explicit);
    }
    match text.len() {
        4 => {
            let first = day(&format!("{text}-01-01"));
            When::new(Some(first), Some(first.last_of_year()), Precision::Year, Basis::Explicit)
        }
        7 => {
            let first = day(&format!("{text}-01"));
            When::new(Some(first), Some(first.last_of_month()), Precision::Month, Basis::Explicit)
        }
        _ => When::day(day(text), Basis::Explicit),
    }
}

/// One line while it is read: its words, and where its sentence stands.
struct Line<'l> {
    words: Vec<String>,
    text: &'l str,
    evidence: Evidence,
}

impl Line<'_> {
    /// The word after this one.
    fn after(&self, word: &str) -> Option<&str> {
        let at = self.words.iter().position(|w| w == word)?;
        self.words.get(at + 1).map(String::as_str)
    }

    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|w| w == word)
    }

    /// The words in quotation marks at the end; the whole line where there are none.
    fn said(&self) -> String {
        let quoted = self.text.trim_end().ends_with('"');
        if quoted { self.words.last().cloned().unwrap_or_default() } else { self.text.to_string() }
    }

    fn refs(&self, list: &str) -> Vec<ActorRef> {
        list.split(',').filter(|p| !p.is_empty() && *p != "-").map(|p| self.actor(p)).collect()
    }

    fn actor(&self, part: &str) -> ActorRef {
        let (id, name) = part.split_once('=').unwrap_or((part, part));
        let name = name.replace('_', " ");
        let start = self.text.find(&name).unwrap_or(0) + self.evidence.sentence.start();
        ActorRef::named(ActorId::named(id), Span::new(start, start + name.len()))
    }

    fn role(&self, word: &str) -> Vec<ActorRef> {
        self.after(word).map(|list| self.refs(list)).unwrap_or_default()
    }

    fn when(&self) -> When {
        self.after("on").map_or_else(When::unknown, when)
    }

    /// `Tyre`, `Tyre:1` with precision, `border:5:ISR+LBN` with countries; `_` for a space.
    fn place(&self) -> Option<Place> {
        let mut parts = self.after("at")?.split(':');
        let name = parts.next()?.replace('_', " ");
        let precision = parts.next().and_then(|p| p.parse().ok());
        let countries = parts.next().map(|c| c.split('+').map(str::to_string).collect()).unwrap_or_default();
        Some(Place { name, span: self.evidence.sentence, countries, point: None, precision })
    }

    fn modality(&self, usual: Modality) -> Modality {
        let name = |m: &Modality| serde_json::to_string(m).unwrap().trim_matches('"').to_string();
        let all = [
            Modality::Occurred,
            Modality::Ongoing,
            Modality::Planned,
            Modality::Offered,
            Modality::Willing,
            Modality::Urged,
            Modality::Threatened,
            Modality::Refused,
            Modality::Alleged,
            Modality::Feared,
            Modality::Historical,
        ];
        all.into_iter().find(|m| self.has(&name(m))).unwrap_or(usual)
    }
}

fn build(draft: &Draft, table: &BTreeMap<String, Vec<String>>) -> Reading {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for line in &draft.lines {
        let start = text.len();
        text.push_str(line);
        spans.push(Span::new(start, text.len()));
        text.push('\n');
    }
    let given = Given { outlet: Some(draft.outlet.clone()), ..Given::default() };
    let document = Document::new(format!("{}.txt", draft.key), text, given);
    let mut out = empty(draft, document);
    for (line, sentence) in draft.lines.iter().zip(spans) {
        let words = split(line);
        let tier = match () {
            () if words.iter().any(|w| w == "link") => Tier::Link,
            () if words.iter().any(|w| w == "headline") => Tier::Headline,
            () => Tier::Body,
        };
        let kind = if tier == Tier::Link { SentenceKind::Link } else { SentenceKind::Body };
        out.sentences.push(SentenceSpan { span: sentence, kind });
        let document = out.document.id().clone();
        let evidence = Evidence { document, sentence, marks: Vec::new(), rule: "test".into(), tier };
        read(&mut out, &Line { words, text: line, evidence });
    }
    out.actors = actors(&out, table);
    out
}

fn empty(draft: &Draft, document: Document) -> Reading {
    let hash = |i: u64| {
        let bytes = draft.sketch.bytes().chain(i.to_le_bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
    };
    let mut sketch: Vec<u64> = (0..32).map(hash).collect();
    sketch.sort_unstable();
    Reading {
        reader: "test".into(),
        language: "en".into(),
        title: None,
        title_span: None,
        outlet: document.outlet().map(str::to_string),
        outlet_evidence: None,
        published: draft.published.clone(),
        mask: Vec::new(),
        sentences: Vec::new(),
        actors: Vec::new(),
        offices: Vec::new(),
        events: Vec::new(),
        attacks: Vec::new(),
        figures: Vec::new(),
        claims: Vec::new(),
        acts: Vec::new(),
        quotes: Vec::new(),
        mentions: Vec::new(),
        places: Vec::new(),
        attributions: Vec::new(),
        dates: Vec::new(),
        times: Vec::new(),
        sketch,
        words: draft.lines.len() * 10,
        notes: Vec::new(),
        document,
    }
}

fn read(out: &mut Reading, line: &Line) {
    match line.words[0].as_str() {
        "count" => figure(out, line),
        "charge" | "denial" | "justification" => claim(out, line),
        "act" => act(out, line),
        "quote" => quote(out, line),
        "office" => {
            let id = |w: &str| ActorId::named(w);
            let office = Office {
                holder: id(&line.words[1]),
                title: line.words[2].clone(),
                of: line.after("of").map(id),
                when: When::unknown(),
            };
            out.offices.push(Cited::new(office, line.evidence.clone()));
        }
        "date" => out.dates.push(Cited::new(when(&line.words[1]), line.evidence.clone())),
        "names" => {
            let list = line.refs(&line.words[1]);
            out.mentions.extend(list);
        }
        "title" => out.title = Some(line.words[1].clone()),
        _ => event(out, line),
    }
}

fn event(out: &mut Reading, line: &Line) {
    let (kind, modes) = coded(&line.words[0]);
    // The deciding word, in the words of the report at the end of the line.
    let word = line.after("word").and_then(|w| Some((line.text.rfind(w)?, w.len())));
    let at = |(from, len): (usize, usize)| {
        Span::new(line.evidence.sentence.start() + from, line.evidence.sentence.start() + from + len)
    };
    let trigger = word.map_or(line.evidence.sentence, at);
    let mut event = Event::new(out.document.id(), event::Core { kind, modes, trigger });
    event.actors = line.refs(&line.words[1]);
    event.recipients = line.role("->");
    event.others = line.role("with");
    event.attributed_to = line.role("says");
    event.when = line.when();
    event.place = line.place();
    event.modality = line.modality(Modality::Occurred);
    event.polarity = if line.has("not") { Polarity::Negated } else { Polarity::Affirmed };
    event.repeated = line.has("again");
    if line.has("recurring") {
        event.when.precision = Precision::Recurring;
    }
    event.gist = line.said();
    let mut evidence = line.evidence.clone();
    if line.has("dying") {
        evidence.rule = "frame/die-violently".into();
    }
    out.events.push(Cited::new(event, evidence));
}

/// `ASSAULT-aerial+drone`.
fn coded(word: &str) -> (EventType, Vec<Mode>) {
    let kinds = EventType::ALL.iter().filter(|k| word.starts_with(k.code()));
    let kind =
        *kinds.max_by_key(|k| k.code().len()).unwrap_or_else(|| panic!("{word} is no line of a report"));
    let modes = word[kind.code().len()..].trim_start_matches('-').split('+').filter(|m| !m.is_empty());
    (kind, modes.map(|m| format!("{kind}-{m}").parse().expect("a mode")).collect())
}

fn figure(out: &mut Reading, line: &Line) {
    let what: Counted = serde_json::from_str(&format!("\"{}\"", line.words[1])).expect("something counted");
    let comparator = match () {
        () if line.words[2].starts_with('~') => Comparator::Vague,
        () if line.has("more") => Comparator::MoreThan,
        () if line.has("least") => Comparator::AtLeast,
        () if line.has("upto") => Comparator::AtMost,
        () if line.has("about") => Comparator::About,
        () => Comparator::Exactly,
    };
    let value = line.words[2].parse::<u64>().ok();
    let (low, high) = value.map_or((None, None), |v| Figure::bounds(comparator, v));
    let unit = Some(line.words[3].clone()).filter(|w| w != "of" && w != "-");
    let id = FigureId::of([out.document.id().as_str(), line.text, &out.figures.len().to_string()]);
    let figure = Figure {
        id,
        what,
        value,
        low,
        high,
        comparator,
        text: line.said(),
        number: line.evidence.sentence,
        victims: line.role("of"),
        unit,
        claimant: line.role("says").into_iter().next(),
        also_by: line.role("says").into_iter().skip(1).collect(),
        strength: if line.has("claimed") {
            Some(Strength::Claimed)
        } else {
            line.after("says").map(|_| Strength::Said)
        },
        perpetrators: line.role("by"),
        when: line.when(),
        place: line.place(),
        event: if line.has("here") { out.events.last().map(|e| e.id.clone()) } else { None },
        total: line.has("total"),
        part_of: None,
        beside: None,
    };
    out.figures.push(Cited::new(figure, line.evidence.clone()));
}

fn claim(out: &mut Reading, line: &Line) {
    let stance = match line.words[0].as_str() {
        "charge" => Stance::Accusation,
        "denial" => Stance::Denial,
        _ => Stance::Justification,
    };
    let about = line.after("about").unwrap_or_default().to_string();
    let answers = line.has("answers");
    let last = out.claims.iter().rev().find(|c| c.stance == Stance::Accusation).map(|c| c.id.clone());
    let mut topic: Vec<String> = about.split_whitespace().map(str::to_string).collect();
    topic.sort();
    let claim = Claim {
        id: ClaimId::of([out.document.id().as_str(), line.text]),
        stance,
        strength: if line.has("told") { Strength::Said } else { Strength::Alleged },
        who: line.refs(&line.words[1]),
        whom: if stance == Stance::Accusation { line.role("against") } else { line.role("to") },
        about,
        topic,
        event: if line.has("here") { out.events.last().map(|e| e.id.clone()) } else { None },
        answers: if answers { last } else { None },
        when: line.when(),
        cue: line.evidence.sentence,
    };
    out.claims.push(Cited::new(claim, line.evidence.clone()));
}

fn act(out: &mut Reading, line: &Line) {
    let stage: Stage = serde_json::from_str(&format!("\"{}\"", line.words[1])).expect("a stage");
    let usual = match stage {
        Stage::Offer | Stage::OfferRepeat => Modality::Offered,
        Stage::Appeal => Modality::Urged,
        _ => Modality::Occurred,
    };
    let act = Act {
        id: ActId::of([out.document.id().as_str(), line.text, &out.acts.len().to_string()]),
        stage,
        mediators: line.refs(&line.words[2]),
        parties: line.role("for"),
        by: line.role("by"),
        modality: line.modality(usual),
        when: line.when(),
        place: line.place(),
        occasion: line.after("occasion").map(str::to_string),
        round: line.after("round").and_then(|n| n.parse().ok()),
        outcome: line.after("outcome").map(str::to_string),
        event: if line.has("here") { out.events.last().map(|e| e.id.clone()) } else { None },
        words: line.said(),
        trigger: line.evidence.sentence,
    };
    out.acts.push(Cited::new(act, line.evidence.clone()));
}

fn quote(out: &mut Reading, line: &Line) {
    let words = line.words.last().expect("words to quote");
    let start = line.text.rfind(words.as_str()).expect("the words stand in the line")
        + line.evidence.sentence.start();
    let speaker = Some(line.words[1].as_str()).filter(|w| *w != "?").map(|w| line.actor(w));
    let quote = Quote { words: Span::new(start, start + words.len()), speaker, cue: None };
    out.quotes.push(Cited::new(quote, line.evidence.clone()));
}

/// The table of every actor that the report names, by what the test says of it or by its key.
fn actors(reading: &Reading, table: &BTreeMap<String, Vec<String>>) -> Vec<Actor> {
    let mut named: std::collections::BTreeSet<ActorId> = Default::default();
    let mut add = |refs: &[ActorRef]| named.extend(refs.iter().map(|r| r.actor.clone()));
    for e in &reading.events {
        [&e.actors, &e.recipients, &e.others, &e.attributed_to].into_iter().for_each(|r| add(r));
    }
    add(&reading.mentions);
    reading.acts.iter().for_each(|a| [&a.mediators, &a.parties, &a.by].into_iter().for_each(|r| add(r)));
    reading.claims.iter().for_each(|c| [&c.who, &c.whom].into_iter().for_each(|r| add(r)));
    for f in &reading.figures {
        [&f.victims, &f.perpetrators].into_iter().for_each(|r| add(r));
        add(f.claimant.as_slice());
    }
    reading.quotes.iter().for_each(|q| add(q.speaker.as_slice()));
    reading.offices.iter().for_each(|o| {
        named.insert(o.holder.clone());
    });
    named.into_iter().map(|id| actor(id, table)).collect()
}

fn actor(id: ActorId, table: &BTreeMap<String, Vec<String>>) -> Actor {
    let words = table.get(id.as_str()).cloned().unwrap_or_default();
    let has = |w: &str| words.iter().any(|x| x == w);
    let after = |w: &str| words.iter().position(|x| x == w).and_then(|i| words.get(i + 1)).cloned();
    let key = id.as_str();
    let kind = match () {
        () if has("defacto") => ActorKind::DefactoGovernment,
        () if has("group") => ActorKind::ArmedGroup,
        () if has("people") => ActorKind::Population,
        () if has("organisation") || has("bloc") => ActorKind::Organisation,
        () if key.starts_with("person/") => ActorKind::Person,
        () if key.starts_with("unnamed/") => ActorKind::Unnamed,
        () if key.ends_with("/MIL") => ActorKind::Forces,
        () if key.contains('/') => ActorKind::Body,
        () if key.len() == 3 => ActorKind::State,
        () => ActorKind::ArmedGroup,
    };
    let by_key = key.split_once('/').filter(|(head, _)| head.len() == 3).map(|(head, _)| head.to_string());
    let acts_for = after("for").or(by_key.clone().filter(|_| !has("people")));
    let country = after("in").or(by_key).or((kind == ActorKind::State).then(|| key.to_string()));
    Actor {
        name: after("named").unwrap_or_else(|| key.to_string()),
        kind,
        country,
        sector: has("bloc").then_some(Sector::Igo),
        aliases: Vec::new(),
        acts_for: acts_for.into_iter().map(|a| ActorId::named(&a)).collect(),
        id,
    }
}
