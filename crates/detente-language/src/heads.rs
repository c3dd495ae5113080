//! Takes word vectors, gives tags, lemmas' edits, names, mention heads and the tree.
//!
//! # How
//! 1. One linear layer gives the scores of all tags and the four views of the word (as dependent and
//!    as head, for arcs and for labels). 2. `heads_of`: a biaffine form scores every arc of a sentence;
//!    [`crate::tree`] finds the best tree. 3. `label`: a second biaffine form scores the labels of the
//!    arcs that were chosen, and only of those.
//! # From
//! Dozat and Manning 2017; `train/network.py`.

use crate::encoder::Batch;
use crate::float::Rows;
use crate::kernel::Kernel;
use crate::lemma::Edit;
use crate::tree::{self, Scores};
use crate::weights::{File, Matrix, Unusable};

/// The tag heads, in the order of their rows in the weights.
const TAGS: [&str; 5] = ["upos", "xpos", "lemma", "name", "mention"];
/// Words whose labels are scored together.
const CHUNK: usize = 32;

/// The heads' weights and the names of their outcomes.
#[derive(Debug)]
pub(crate) struct Heads {
    all: Matrix,
    arc: Matrix,
    rel: Matrix,
    root_arc: &'static [f32],
    root_rel: &'static [f32],
    /// First row of each tag head, then the end of the last.
    starts: [usize; 6],
    names: [Vec<&'static str>; 5],
    labels: Vec<&'static str>,
    root_label: usize,
    edits: Vec<Edit>,
}

/// What the network says of one word.
#[derive(Clone, Debug)]
pub(crate) struct Analysis {
    pub(crate) upos: &'static str,
    pub(crate) xpos: &'static str,
    pub(crate) edit: Edit,
    /// "B-PER", "I-PER", ... or "O".
    pub(crate) name: &'static str,
    /// "person", ... or "O".
    pub(crate) mention: &'static str,
    pub(crate) head: Option<usize>,
    pub(crate) rel: &'static str,
    /// What chains compare the word by; empty for words that head no mention.
    pub(crate) view: Box<[f32]>,
}

/// Room for the numbers of one batch.
#[derive(Debug, Default)]
pub(crate) struct Room {
    rows: Rows,
    all: Vec<f32>,
    dependents: Vec<f32>,
    heads: Vec<f32>,
    view: Vec<f32>,
    scores: Vec<f32>,
    forms: Vec<f32>,
}

impl Heads {
    /// From the weights file.
    pub(crate) fn new(file: &File, hidden: usize) -> Result<Heads, Unusable> {
        let (root_arc, root_rel) = (file.floats("root.arc_head")?, file.floats("root.rel_head")?);
        let mut names: [Vec<&'static str>; 5] = Default::default();
        let mut starts = [0; 6];
        for (i, tag) in TAGS.iter().enumerate() {
            names[i] = file.names(&format!("names.{tag}"))?;
            starts[i + 1] = starts[i] + names[i].len();
        }
        let labels = file.names("names.rel")?;
        let bad = |what: &str| Unusable(what.to_owned());
        let root_label = labels.iter().position(|&l| l == "root").ok_or_else(|| bad("no label `root`"))?;
        let edits = names[2].iter().map(|&n| Edit::parse(n)).collect::<Option<Vec<_>>>();
        let edits = edits.ok_or_else(|| bad("an edit of lemmas cannot be read"))?;
        let all = file.matrix("heads", hidden)?;
        let arc = file.matrix("arc", root_arc.len())?;
        let rel = file.matrix("rel", root_rel.len())?;
        let views = starts[5] + 2 * (root_arc.len() + root_rel.len());
        let fit = all.rows == views.next_multiple_of(16) && arc.rows == root_arc.len();
        if !fit || rel.rows != (root_rel.len() + 1) * labels.len().next_multiple_of(16) {
            return Err(bad("the parts of the heads do not fit together"));
        }
        Ok(Heads { all, arc, rel, root_arc, root_rel, starts, names, labels, root_label, edits })
    }

    /// The analysis of every word of the batch.
    pub(crate) fn analyse(
        &self,
        kernel: Kernel,
        batch: &Batch,
        words: &[f32],
        room: &mut Room,
    ) -> Vec<Analysis> {
        kernel.quantise(words, self.all.columns, &mut room.rows);
        kernel.linear(&room.rows, &self.all, &mut room.all);
        let mut out: Vec<Analysis> = room.all.chunks_exact(self.all.rows).map(|row| self.tags(row)).collect();
        self.heads_of(kernel, batch, room, &mut out);
        self.label(kernel, batch, room, &mut out);
        out
    }

    fn tags(&self, row: &[f32]) -> Analysis {
        let pick = |i: usize| best(&row[self.starts[i]..self.starts[i + 1]]);
        let name = |i: usize| self.names[i][pick(i)];
        Analysis {
            upos: name(0),
            xpos: name(1),
            edit: self.edits[pick(2)],
            name: name(3),
            mention: name(4),
            head: None,
            rel: "root",
            view: Box::default(),
        }
    }

    /// Copies one view of every word (`width` numbers from `start` on) and activates it.
    fn view(&self, kernel: Kernel, all: &[f32], start: usize, width: usize, out: &mut Vec<f32>) {
        out.clear();
        for row in all.chunks_exact(self.all.rows) {
            out.extend_from_slice(&row[start..start + width]);
        }
        kernel.gelu(out);
    }

    fn heads_of(&self, kernel: Kernel, batch: &Batch, room: &mut Room, out: &mut [Analysis]) {
        let (width, start) = (self.arc.rows, self.starts[5]);
        self.view(kernel, &room.all, start, width, &mut room.view);
        kernel.quantise(&room.view, width, &mut room.rows);
        kernel.linear(&room.rows, &self.arc, &mut room.dependents);
        self.view(kernel, &room.all, start + width, width, &mut room.view);
        for sentence in batch.sentences() {
            let n = sentence.len();
            room.heads.clear();
            room.heads.extend_from_slice(self.root_arc);
            room.heads.extend_from_slice(&room.view[sentence.start * width..sentence.end * width]);
            room.scores.resize(n * (n + 1), 0.0);
            let dependents = &room.dependents[sentence.start * width..sentence.end * width];
            kernel.products(dependents, &room.heads, width, &mut room.scores);
            let heads = tree::best(Scores::new(&room.scores, n));
            for (word, head) in out[sentence].iter_mut().zip(heads) {
                word.head = head;
            }
        }
    }

    fn label(&self, kernel: Kernel, batch: &Batch, room: &mut Room, out: &mut [Analysis]) {
        let (width, start) = (self.root_rel.len(), self.starts[5] + 2 * self.root_arc.len());
        self.view(kernel, &room.all, start, width, &mut room.view);
        self.view(kernel, &room.all, start + width, width, &mut room.heads);
        let first: Vec<usize> =
            batch.sentences().flat_map(|s| std::iter::repeat_n(s.start, s.len())).collect();
        let (form, mut scores) = (self.rel.rows, vec![0.0; self.rel.rows / (width + 1)]);
        for (c, chunk) in room.view.chunks(CHUNK * width).enumerate() {
            kernel.quantise(chunk, width, &mut room.rows);
            kernel.linear(&room.rows, &self.rel, &mut room.forms);
            for (i, form) in room.forms.chunks_exact(form).enumerate() {
                let word = c * CHUNK + i;
                let Some(head) = out[word].head else { continue };
                let at = (first[word] + head) * width;
                kernel.weigh(form, &room.heads[at..at + width], &mut scores);
                // Only the root is labelled so; it was set beforehand.
                scores[self.root_label] = f32::MIN;
                out[word].rel = self.labels[best(&scores[..self.labels.len()])];
            }
        }
    }
}

/// The largest; the first of equals.
fn best(scores: &[f32]) -> usize {
    let better = |best: usize, i: usize| if scores[i] > scores[best] { i } else { best };
    (0..scores.len()).fold(0, better)
}
