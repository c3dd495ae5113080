//! Takes one report, gives its Reading: everything it says, each fact with its sentence.
//!
//! Reading is a pure function: the same report, knowledge and weights give the same reading, whatever
//! else was read before. It sees one report, opens no file and reads no clock.
//!
//! # How
//! 1. [`press`]: the page to headline, paragraphs, and what is masked with a reason.
//! 2. [`recase`]: words in capitals as mixed case; [`text`]: paragraphs to sentences with trees ([`tree`], by
//!    `detente-language`; [`mend`] puts right what it gets wrong in known ways).
//! 3. [`time`]: expressions; [`published`]: outlet and bounds of the day of publication.
//! 4. [`cast`]: who is who; [`place`]: what is where.
//! 5. [`quote`]: words in quotation marks and their speakers; [`attribution`]: who says what.
//! 6. [`event`]: who did what to whom, with [`args`] (deep arguments) and [`scope`] (how real, who says so).
//!    [`mod@relation`]: what one does to another by a trained scorer, for measuring.
//! 7. [`figure`]: counts; [`claim`]: accusations and denials; [`act`]: steps of mediation.
//! 8. [`attack`]: acts of violence with victims, targets and means, their mentions joined.
//! 9. [`sketch`]: what copies are known by.
//!
//! # Does not
//! Compare reports: that is `detente-crisis`.

mod act;
mod args;
mod attack;
mod attribution;
mod cast;
mod claim;
mod event;
mod figure;
mod mend;
mod place;
mod press;
mod published;
mod quote;
mod recase;
mod relation;
mod scope;
mod sketch;
mod text;
mod time;
mod tree;

pub use attribution::{Lesson, Task};
use detente_knowledge::{Knowledge, Target};
use detente_language::Language;
use detente_types::{
    Actor, ActorRef, Cited, Document, Evidence, MaskReason, Masked, Modality, Note, Noted, Polarity, Quote,
    Reading, SentenceKind, SentenceSpan, Span, Strength, Tier, TimeExpression, Via, When,
};
use jiff::civil::Date;
pub use relation::RelationWeights;
use time::{Anchors, Course, Expr};

/// Name and version of the reader, kept in every reading.
pub const READER: &str = concat!("detente-read ", env!("CARGO_PKG_VERSION"));

/// Everything that the rooms share while one report is read.
pub(crate) struct Report<'t> {
    pub(crate) text: text::Text<'t>,
    pub(crate) knowledge: &'t Knowledge,
    pub(crate) cast: cast::Cast,
    pub(crate) exprs: Vec<Vec<Expr>>,
    pub(crate) places: Vec<Vec<place::Sited>>,
    pub(crate) quotes: Vec<quote::Quoted>,
    pub(crate) published: When,
    years: Vec<i16>,
    course: Course,
}

impl Report<'_> {
    /// The weight of a sentence by where it stands.
    pub(crate) fn tier(&self, s: usize) -> Tier {
        match self.text.sentences[s].kind {
            SentenceKind::Headline => Tier::Headline,
            SentenceKind::Link => Tier::Link,
            SentenceKind::Body | SentenceKind::Masked => Tier::Body,
        }
    }

    /// An expression of sentence `s`, resolved.
    pub(crate) fn resolve(&self, s: usize, expr: &Expr, future: bool) -> When {
        let Some(tree) = &self.text.sentences[s].tree else { return When::unknown() };
        let ids: Vec<usize> = (expr.first..=expr.last).collect();
        // "to begin talks by August 8": what is due lies ahead, whatever the verb.
        let due = self.published.to().is_some()
            && matches!(expr.value, time::Value::Day { year: None, .. })
            && expr.first > 0
            && matches!(tree.lower(expr.first - 1), "by" | "until" | "till");
        time::resolve(expr, tree.phrase(&ids), &self.anchors(s, expr, future || due))
    }

    /// What an expression of sentence `s` counts from.
    fn anchors(&self, s: usize, expr: &Expr, future: bool) -> Anchors {
        let before = self.exprs[s].iter().take_while(|e| e.first < expr.first).count();
        Anchors {
            published: self.published.clone(),
            told: self.course[s].get(before).cloned().unwrap_or_default(),
            years: self.years.clone(),
            future,
        }
    }

    /// The speaker of the quotation that a word stands in.
    pub(crate) fn quoted_by(&self, s: usize, token: usize) -> Option<(ActorRef, Strength)> {
        let tree = self.text.sentences[s].tree.as_ref()?;
        let word = tree.span(token);
        let inside = self.quotes.iter().find(|q| q.words.contains(word))?;
        inside.speaker.clone().map(|who| (who, inside.strength))
    }

    /// Whom a name stands for that is only part of a word ("UN-brokered").
    pub(crate) fn named(&self, name: &str, span: detente_types::Span) -> Vec<ActorRef> {
        let hits = self.knowledge.names_at(&[name], 0);
        let actor = hits.into_iter().find_map(|h| match h.target {
            Target::Actor(id) => Some(id),
            Target::Place(_) => None,
        });
        actor
            .filter(|id| self.cast.actor(id).is_some())
            .map(|actor| ActorRef::named(actor, span))
            .into_iter()
            .collect()
    }

    /// Those whose place a phrase names: the government of the country it lies in.
    pub(crate) fn place_owner(&self, s: usize, tree: &tree::Tree<'_>, head: usize) -> Vec<ActorRef> {
        let ids = tree.core(head);
        // "camps of the rebels in the north" are the rebels'.
        if ids.iter().any(|&n| n != head && self.cast.meaning(s, n).is_actor()) {
            return Vec::new();
        }
        let sited = self.places[s].iter().find(|p| ids.contains(&p.head));
        let Some(country) = sited
            .and_then(|p| p.place.countries.first())
            .filter(|_| sited.is_some_and(|p| p.place.countries.len() == 1))
        else {
            return Vec::new();
        };
        let actor = self.knowledge.government(country, self.published.to().or(self.published.from()));
        vec![ActorRef {
            actor,
            span: Some(tree.span(head)),
            via: detente_types::Via::Inferred,
            certainty: detente_types::Certainty::Ambiguous,
        }]
    }
}

/// Reads one report. Pure: the same report, knowledge and weights give the same reading.
pub fn read(document: &Document, knowledge: &Knowledge, language: &Language) -> Noted<Reading> {
    let mut notes = Vec::new();
    if let Some(other) = other_language(document.text()) {
        return unread(document, &other, notes);
    }
    let page = press::page(document.text(), document.title(), knowledge);
    let recased = recase::recase(document.text(), &page, knowledge, language);
    let wording = recased.as_deref().unwrap_or(document.text());
    let analysis = text::analyse(wording, &page, knowledge, language);
    let text = text::Text::new(document, wording, &page, &analysis);
    let report = prepare(text, knowledge);
    let reading = assemble(&report, &mut notes);
    Noted { value: reading, notes }
}

/// What the scorers of attributions are trained from: candidates in one report, with the cues that people marked in it.
pub fn lessons(
    document: &Document,
    knowledge: &Knowledge,
    language: &Language,
    cues: &[Vec<Span>],
) -> Vec<Lesson> {
    let page = press::page(document.text(), document.title(), knowledge);
    let analysis = text::analyse(document.text(), &page, knowledge, language);
    attribution::lessons(&text::Text::new(document, document.text(), &page, &analysis), cues)
}

/// What the scorer of relations sees of two ends, given as stretches of text: for training and measuring.
pub fn relation(
    document: &Document,
    knowledge: &Knowledge,
    language: &Language,
    from: &[Span],
    to: &[Span],
) -> Vec<String> {
    let page = press::page(document.text(), document.title(), knowledge);
    let recased = recase::recase(document.text(), &page, knowledge, language);
    let wording = recased.as_deref().unwrap_or(document.text());
    let analysis = text::analyse(wording, &page, knowledge, language);
    let report = prepare(text::Text::new(document, wording, &page, &analysis), knowledge);
    relation::features(&report, &event::events(&report), from, to)
}

/// The reading with everything that could be an act of violence, and what the scorer of acts sees of each: for training
/// and measuring.
pub fn attack_candidates(
    document: &Document,
    knowledge: &Knowledge,
    language: &Language,
) -> (Reading, Vec<Vec<String>>) {
    let page = press::page(document.text(), document.title(), knowledge);
    let recased = recase::recase(document.text(), &page, knowledge, language);
    let wording = recased.as_deref().unwrap_or(document.text());
    let analysis = text::analyse(wording, &page, knowledge, language);
    let report = prepare(text::Text::new(document, wording, &page, &analysis), knowledge);
    let mut reading = assemble(&report, &mut Vec::new());
    let (acts, features) = attack::candidates(&report, &event::events(&report)).into_iter().unzip();
    reading.attacks = acts;
    (reading, features)
}

/// How real the word is that heads each of these stretches, event or not: for measuring. `None` where no sentence was
/// read.
pub fn realities(
    document: &Document,
    knowledge: &Knowledge,
    language: &Language,
    words: &[Span],
) -> Vec<Option<(Modality, Polarity)>> {
    let page = press::page(document.text(), document.title(), knowledge);
    let analysis = text::analyse(document.text(), &page, knowledge, language);
    let text = text::Text::new(document, document.text(), &page, &analysis);
    let at = |span: &Span| {
        let tree = text.sentences.iter().find(|l| l.span.overlaps(*span))?.tree.as_ref()?;
        let inside = |i: &usize| tree.span(*i).overlaps(*span);
        let ids: Vec<usize> = (0..tree.len()).filter(inside).collect();
        let top = ids.iter().copied().find(|&i| tree.head(i).is_none_or(|h| !ids.contains(&h)))?;
        Some(scope::reality(tree, knowledge.lexicon(), top))
    };
    words.iter().map(at).collect()
}

/// Everything that events need and that does not need events.
fn prepare<'t>(text: text::Text<'t>, knowledge: &'t Knowledge) -> Report<'t> {
    let ancient = time::ancient(text.sentences.iter().filter_map(text::Line::words));
    let find = |l: &text::Line<'_>| l.words().map(|t| time::find(t, ancient)).unwrap_or_default();
    let exprs: Vec<Vec<Expr>> = text.sentences.iter().map(find).collect();
    let years = published::years(&exprs);
    let published = published::published(&text, &exprs, &years, knowledge);
    let on: Option<Date> = published.from().or(published.to());
    let cast = cast::cast(&text, knowledge, on);
    let country = text.dateline_country(knowledge);
    let places = text
        .sentences
        .iter()
        .enumerate()
        .map(|(s, l)| {
            l.tree
                .as_ref()
                .map(|t| place::places(s, t, &cast, knowledge, country.as_deref()))
                .unwrap_or_default()
        })
        .collect();
    let quotes = quote::quotes(&text, &cast, knowledge.lexicon());
    let course = time::course(&text, &exprs, &published, &years);
    Report { text, knowledge, cast, exprs, places, quotes, published, years, course }
}

fn assemble(report: &Report<'_>, notes: &mut Vec<Note>) -> Reading {
    let document = report.text.document;
    let told = event::events(report);
    let figures = figure::figures(report, &told);
    let claims = claim::claims(report, &told);
    let acts = act::acts(report, &told);
    let attacks = attack::attacks(report, &told);
    let (outlet, outlet_evidence) = published::outlet(&report.text, report.knowledge);
    let (sketch, words) = sketch::sketch(&report.text);
    if words == 0 {
        notes.push(Note::new("R101", "The report holds no running text.").on(document.id()));
    }
    let title_span = report.text.page.title;
    let title = document
        .title()
        .map(|t| press::bare_title(t, report.knowledge).0.to_string())
        .or_else(|| title_span.map(|s| s.of(document.text()).to_string()));
    Reading {
        document: document.clone(),
        reader: READER.to_string(),
        language: "en".to_string(),
        title,
        title_span,
        outlet,
        outlet_evidence,
        published: report.published.clone(),
        mask: report.text.page.mask.clone(),
        sentences: report.text.spans(),
        actors: everybody(report, &told),
        offices: offices(report),
        events: told.into_iter().map(|t| t.event).collect(),
        attacks,
        figures,
        claims,
        acts,
        quotes: quotes(report),
        mentions: report.cast.mentions.clone(),
        places: report.places.iter().flatten().map(|p| p.place.clone()).collect(),
        attributions: attribution::attributions(report),
        dates: dates(report),
        times: times(report),
        sketch,
        words,
        notes: notes.clone(),
    }
}

/// The actors of the report, and those that an event concerns without their being named.
fn everybody(report: &Report<'_>, told: &[event::Told]) -> Vec<Actor> {
    let mut out = report.cast.actors.clone();
    let concerned = told.iter().flat_map(|t| t.core.actors.iter().chain(&t.core.recipients));
    for id in concerned.filter(|r| r.via == Via::Inferred).map(|r| &r.actor) {
        out.entry(id.clone()).or_insert_with(|| cast::known_actor(report.knowledge, id, None, ""));
    }
    out.into_values().collect()
}

fn plain_evidence(report: &Report<'_>, s: usize, marks: Vec<Span>, rule: &str) -> Evidence {
    Evidence {
        document: report.text.document.id().clone(),
        sentence: report.text.sentences[s].span,
        marks,
        rule: rule.to_string(),
        tier: report.tier(s),
    }
}

fn offices(report: &Report<'_>) -> Vec<detente_types::actor::CitedOffice> {
    let introductions = report.cast.introductions.iter();
    introductions
        .map(|i| {
            Cited::new(
                i.office.clone(),
                plain_evidence(report, i.sentence, vec![i.span], "office/introduction"),
            )
        })
        .collect()
}

fn quotes(report: &Report<'_>) -> Vec<Cited<Quote>> {
    let quoted = report.quotes.iter().filter_map(|q| {
        let quote = Quote { words: q.words, speaker: q.speaker.clone(), cue: q.cue };
        let sentences = q.sentences.0..=q.sentences.1;
        Cited::from_all(quote, sentences.map(|s| plain_evidence(report, s, vec![q.words], "quote/marks")))
    });
    quoted.collect()
}

fn dates(report: &Report<'_>) -> Vec<Cited<When>> {
    let mut out = Vec::new();
    for (s, list) in report.exprs.iter().enumerate() {
        let Some(tree) = &report.text.sentences[s].tree else { continue };
        for expr in list.iter().filter(|e| !matches!(e.value, time::Value::Reference(_))) {
            let ids: Vec<usize> = (expr.first..=expr.last).collect();
            let when = report.resolve(s, expr, false);
            out.push(Cited::new(
                when,
                plain_evidence(report, s, vec![tree.span_of(&ids)], "time/expression"),
            ));
        }
    }
    out
}

/// Every expression of time with its value; a stretch told by both its ends is two.
fn times(report: &Report<'_>) -> Vec<TimeExpression> {
    let mut out = Vec::new();
    for (s, list) in report.exprs.iter().enumerate() {
        let Some(tree) = report.text.sentences[s].words() else { continue };
        let single = |e: &Expr| match &e.ends {
            Some(ends) => ends.to_vec(),
            None => vec![e.clone()],
        };
        let told = |e: &&Expr| !matches!(e.value, time::Value::Repeated(None));
        for expr in list.iter().filter(told).flat_map(single) {
            let plain = Expr { bound: time::Bound::At, ..expr };
            let ids: Vec<usize> = (plain.first..=plain.last).collect();
            let when = time::resolve(&plain, "", &report.anchors(s, &plain, false));
            out.push(time::timed(&plain, &when, tree.span_of(&ids)));
        }
    }
    out
}

/// ISO 639-1 code of the language, if it is surely not English.
fn other_language(text: &str) -> Option<String> {
    let sample: String = text.chars().take(4000).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 60 {
        return None;
    }
    let found = whatlang::detect(&sample)?;
    (found.lang() != whatlang::Lang::Eng && found.is_reliable()).then(|| found.lang().code().to_string())
}

/// A report in a language that is not read: kept whole, masked whole, said so.
fn unread(document: &Document, language: &str, mut notes: Vec<Note>) -> Noted<Reading> {
    let whole = Span::new(0, document.text().len());
    let name = whatlang::Lang::from_code(language).map_or(language, |l| l.eng_name());
    notes
        .push(Note::new("R102", format!("The report is in {name}; only English is read.")).on(document.id()));
    let reading = Reading {
        document: document.clone(),
        reader: READER.to_string(),
        language: language.to_string(),
        title: document.title().map(str::to_string),
        title_span: None,
        outlet: document.outlet().map(str::to_string),
        outlet_evidence: None,
        published: document.published().cloned().unwrap_or_else(When::unknown),
        mask: vec![Masked { span: whole, reason: MaskReason::OtherLanguage }],
        sentences: vec![SentenceSpan { span: whole, kind: SentenceKind::Masked }],
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
        sketch: Vec::new(),
        words: 0,
        notes: notes.clone(),
    };
    Noted { value: reading, notes }
}

/// Words of a report on one line, at most so many characters.
pub(crate) fn event_words(text: &str, most: usize) -> String {
    event::shorten(text, most)
}
