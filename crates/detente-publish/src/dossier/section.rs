//! Sections of a dossier and the shapes of what stands in them.

use super::line::Line;
use detente_types::disagreement::{Kind, Verdict};
use detente_types::mediation::State;
use detente_types::tally::{Agreement, Interest};
use detente_types::{
    ActorId, Comparator, Counted, DisagreementId, EventType, IncidentId, MediationId, Modality, Stage,
    Strength, TallyId, When,
};
use schemars::JsonSchema;
use serde::Serialize;

/// The parts of a dossier, in the order in which they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The timeline.
    Timeline,
    /// Casualties and other counts, by claimant.
    Counts,
    /// The mediation board.
    Mediation,
    /// Accusations and denials.
    Accusations,
    /// What the outlets disagree on.
    Disagreements,
    /// Borders, trade, people stranded.
    Consequences,
    /// Relations and stances of third parties.
    Stances,
    /// What is expected, feared, hoped.
    Outlook,
    /// Who is in it, under which names, by how many reports.
    Who,
    /// What analysts decided about the books.
    Decisions,
    /// What is uncertain or was not read, and why.
    Unsure,
}

impl Part {
    /// The heading.
    pub fn heading(self) -> &'static str {
        match self {
            Part::Who => "Who is in it",
            Part::Timeline => "Timeline",
            Part::Counts => "Casualties and other counts, by claimant",
            Part::Mediation => "Mediation board",
            Part::Accusations => "Accusations and denials",
            Part::Disagreements => "What the reports disagree on",
            Part::Consequences => "Consequences",
            Part::Stances => "Relations and stances of third parties",
            Part::Outlook => "What is expected, feared, hoped",
            Part::Decisions => "What analysts decided",
            Part::Unsure => "What is uncertain or was not read",
        }
    }

    /// A short name for links and addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Part::Who => "who",
            Part::Timeline => "timeline",
            Part::Counts => "counts",
            Part::Mediation => "mediation",
            Part::Accusations => "accusations",
            Part::Disagreements => "disagreements",
            Part::Consequences => "consequences",
            Part::Stances => "stances",
            Part::Outlook => "outlook",
            Part::Decisions => "decisions",
            Part::Unsure => "unsure",
        }
    }
}

/// One part of a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Section {
    /// Which part.
    pub part: Part,
    /// Its heading.
    pub heading: &'static str,
    /// What stands in it. Not empty.
    pub blocks: Vec<Block>,
}

/// One piece of a section.
#[allow(clippy::large_enum_variant)] // a section has a few blocks, never thousands
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "block", content = "content")]
pub enum Block {
    /// Lines under a small heading, or under none.
    Lines {
        /// The small heading.
        heading: Option<String>,
        /// The lines.
        lines: Vec<Line>,
    },
    /// The course, in order of time.
    Moments(Vec<Moment>),
    /// One count over all its claimants.
    Tally(TallyBox),
    /// One track of mediation.
    Track(Track),
    /// A charge and its answers.
    Pair(Pair),
    /// A point on which reports differ.
    Difference(Difference),
}

impl Block {
    /// Lines with no heading.
    pub fn lines_of(lines: Vec<Line>) -> Block {
        Block::Lines { heading: None, lines }
    }

    /// Lines under a small heading.
    pub fn headed(heading: &str, lines: Vec<Line>) -> Block {
        Block::Lines { heading: Some(heading.to_string()), lines }
    }

    /// Every line in the block, in order.
    pub fn lines(&self) -> Vec<&Line> {
        match self {
            Block::Lines { lines, .. } => lines.iter().collect(),
            Block::Moments(moments) => moments.iter().map(|m| &m.line).collect(),
            Block::Tally(tally) => {
                let rows = tally.rows.iter().map(|r| &r.line);
                tally.occasion.iter().chain(rows).chain(&tally.range).chain(&tally.choice).collect()
            }
            Block::Track(track) => {
                let steps = track.steps.iter().map(|s| &s.line);
                steps.chain(track.answers.iter().map(|a| &a.line)).chain(&track.extent).collect()
            }
            Block::Pair(pair) => {
                std::iter::once(&pair.charge).chain(pair.answers.iter().map(|c| &c.line)).collect()
            }
            Block::Difference(difference) => difference.sides.iter().map(|s| &s.line).collect(),
        }
    }
}

/// What kind of thing a moment is, coarsely: a lane of the drawn timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Violence, force, coercion, protest.
    Force,
    /// Talks, offers, agreements, and their failure.
    Talks,
    /// Accusations, demands, threats, denials, comment.
    Words,
    /// What it does to trade, movement, life; aid.
    Effects,
}

impl Lane {
    /// Every lane, in the order in which they are drawn.
    pub const ALL: &[Lane] = &[Lane::Force, Lane::Talks, Lane::Words, Lane::Effects];

    /// The lane's name for people.
    pub fn name(self) -> &'static str {
        match self {
            Lane::Force => "Force",
            Lane::Talks => "Talks and offers",
            Lane::Words => "Charges and demands",
            Lane::Effects => "Consequences and aid",
        }
    }
}

/// How firmly a moment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Footing {
    /// Told as having happened or going on.
    Told,
    /// Told only by one interested side.
    Claimed,
    /// Told by some, denied by others.
    Contested,
    /// Known from a link headline only.
    Weak,
    /// Not told as having happened: offered, planned, urged, threatened, denied, feared.
    NotDone,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Moment {
    /// The incident.
    pub incident: IncidentId,
    /// When, in words.
    pub date: String,
    /// When.
    pub when: When,
    /// Coarse kind.
    pub lane: Lane,
    /// Exact kind.
    pub kind: EventType,
    /// How real, by the reports.
    pub modality: Modality,
    /// How firmly it stands.
    pub footing: Footing,
    /// Before the crisis.
    pub background: bool,
    /// Number of first tellers.
    pub origins: usize,
    /// The line.
    pub line: Line,
}

/// A number with its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// The number.
    pub value: u64,
    /// Whose it is, in words.
    pub owner: String,
    /// The vague word that the number is the least meaning of ("dozens"); `None` for a printed number.
    pub word: Option<String>,
    /// The owner counts its own side.
    pub own: bool,
}

/// One count over all its claimants.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TallyBox {
    /// The tally.
    pub id: TallyId,
    /// What is counted.
    pub what: Counted,
    /// What is counted, in words: "Killed".
    pub counted: String,
    /// On whose side, in words: "Arvenian army (soldiers)".
    pub side: String,
    /// A running total rather than one incident's count.
    pub total: bool,
    /// What it is counted for, where known.
    pub occasion: Option<Line>,
    /// One row a claimant and number.
    pub rows: Vec<Row>,
    /// Lowest number.
    pub low: Option<Figure>,
    /// The number that the policy chooses.
    pub best: Option<Figure>,
    /// Highest number.
    pub high: Option<Figure>,
    /// Is the highest number open ("more than 200")?
    pub high_open: bool,
    /// How the claims stand to each other.
    pub agreement: Agreement,
    /// Number of first tellers.
    pub origins: usize,
    /// The range in words, each end with its owner; absent where one row says it all.
    pub range: Option<Line>,
    /// The best number in words, with the policy, or that there is none; absent where there is one count only.
    pub choice: Option<Line>,
}

/// One claimant's count.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// Whose count, in words; "no owner named" where outlets give it as their own.
    pub claimant: String,
    /// Whose count.
    pub claimant_id: Option<ActorId>,
    /// The owner is not in the words; it follows from other reports.
    pub inferred: bool,
    /// Whose count, relative to those counted.
    pub interest: Interest,
    /// The number as printed.
    pub printed: String,
    /// Qualifier.
    pub comparator: Comparator,
    /// The number as printed.
    pub value: Option<u64>,
    /// Least that the words allow.
    pub low: Option<u64>,
    /// Most that the words allow.
    pub high: Option<u64>,
    /// How it was said: "said", "claimed".
    pub said: String,
    /// How it was said.
    pub strength: Option<Strength>,
    /// Numbers of the reports that carry it.
    pub reports: Vec<usize>,
    /// The whole row as one line.
    pub line: Line,
}

/// Who took a step of mediation: a lane of the drawn board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Taker {
    /// The third party or parties.
    Mediators,
    /// Some of the parties, as indices into [`Track::answers`].
    Parties(Vec<usize>),
    /// Everybody at the table, or nobody named.
    All,
}

/// One step of a track.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// Kind of step.
    pub stage: Stage,
    /// Kind of step, short: "offer", "talks", "collapse".
    pub name: &'static str,
    /// How real.
    pub modality: Modality,
    /// Is it told as having been done? An offer that was made is done; talks that are planned are not.
    pub done: bool,
    /// When, in words.
    pub date: String,
    /// When.
    pub when: When,
    /// Who took it.
    pub taker: Taker,
    /// Known from a link headline only.
    pub weak: bool,
    /// Number of first tellers.
    pub origins: usize,
    /// The line.
    pub line: Line,
}

/// What one party answered.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AnswerCell {
    /// The party, in words.
    pub party: String,
    /// The party.
    pub party_id: ActorId,
    /// The answer in words; `None` where none is reported.
    pub answer: Option<&'static str>,
    /// The answer.
    pub stage: Option<Stage>,
    /// Only one first teller has it.
    pub single_origin: bool,
    /// The cell as one line; "not reported" where it is empty.
    pub line: Line,
}

/// One track of mediation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Track {
    /// The track.
    pub id: MediationId,
    /// Who mediates, in words; "direct talks" where nobody does.
    pub mediators: String,
    /// Who mediates.
    pub mediator_ids: Vec<ActorId>,
    /// Between whom, in words.
    pub parties: String,
    /// Where it stands.
    pub state: State,
    /// Where it stands, in words.
    pub state_words: &'static str,
    /// Known from headlines of linked reports only.
    pub weak: bool,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// One cell a party.
    pub answers: Vec<AnswerCell>,
    /// Venues and rounds, where the reports tell them.
    pub extent: Option<Line>,
}

/// A charge and its answers.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Pair {
    /// Who accuses whom of what.
    pub charge: Line,
    /// The answers; a single line on an absence where no report tells one.
    pub answers: Vec<Counter>,
}

/// One answer to a charge.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Counter {
    /// Kind: "denial", "counter-accusation"; `None` where no answer is reported.
    pub kind: Option<&'static str>,
    /// Who answers what.
    pub line: Line,
}

/// A point on which reports differ.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    /// The disagreement.
    pub id: DisagreementId,
    /// What kind.
    pub kind: Kind,
    /// What kind, in words.
    pub kind_words: &'static str,
    /// What about.
    pub topic: String,
    /// The sides, next to each other.
    pub sides: Vec<SideCard>,
    /// What to make of it.
    pub verdict: Verdict,
    /// What to make of it, in words.
    pub verdict_words: &'static str,
    /// A sentence of explanation.
    pub remark: Option<String>,
}

/// What some of the reports say.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SideCard {
    /// The value, short.
    pub value: String,
    /// Speakers, in words, where it is not the outlets themselves.
    pub by: Option<String>,
    /// Numbers of the reports on this side.
    pub reports: Vec<usize>,
    /// The side as one line.
    pub line: Line,
}

/// All tracks side by side: who answered what, with an empty cell where nothing is reported.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Board<'a> {
    /// The parties of any track, in order of first appearance.
    pub(crate) parties: Vec<&'a str>,
    /// One row a track, one cell a party; `None` where the party is not one of that track.
    pub(crate) rows: Vec<(&'a Track, Vec<Option<&'a AnswerCell>>)>,
}

impl Section {
    /// The board of the tracks in this section; `None` where there are fewer than two to set side by side.
    pub(crate) fn board(&self) -> Option<Board<'_>> {
        let tracks = self.blocks.iter().filter_map(|block| match block {
            // Appeals are no mediation and ask for no answer.
            Block::Track(track) if track.state != State::AppealsOnly => Some(track),
            _ => None,
        });
        let tracks: Vec<&Track> = tracks.collect();
        let mut parties: Vec<(&ActorId, &str)> = Vec::new();
        for answer in tracks.iter().flat_map(|t| &t.answers) {
            if !parties.iter().any(|(id, _)| **id == answer.party_id) {
                parties.push((&answer.party_id, &answer.party));
            }
        }
        let mut rows = Vec::new();
        for track in &tracks {
            let cell = |id: &ActorId| track.answers.iter().find(|a| a.party_id == *id);
            rows.push((*track, parties.iter().map(|(id, _)| cell(id)).collect()));
        }
        (tracks.len() > 1 && !parties.is_empty())
            .then(|| Board { parties: parties.iter().map(|(_, name)| *name).collect(), rows })
    }
}
