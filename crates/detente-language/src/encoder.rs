//! Takes the word pieces of some sentences, gives a vector for each word.
//!
//! A BERT encoder of six (or fewer) layers. Sentences of a batch lie one after the other without
//! padding, and a sentence's numbers do not depend on its neighbours: any batch gives the same bytes.
//!
//! # How
//! 1. `embed`: piece + position + spelling, then layer norm. 2. `layer`: attention inside each
//!    sentence, then two linear layers, each with a residual sum and layer norm. 3. `pool`: the mean of
//!    a word's pieces is the word's vector.
//! # From
//! Wang et al. 2020 (MiniLM), with a learned embedding of spelling (`train/network.py`).

use crate::float::{Attention, HEAD, Rows};
use crate::kernel::Kernel;
use crate::pieces::{NO_SHAPE, START, STOP};
use crate::weights::{File, Matrix, Table, Unusable};

/// Word pieces in one window, with the two marks around it.
pub(crate) const WINDOW: usize = 512;

/// The encoder's weights.
#[derive(Debug)]
pub(crate) struct Encoder {
    /// Length of a word's vector.
    pub(crate) hidden: usize,
    piece: Table,
    position: Table,
    shape: Table,
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    qkv: Matrix,
    o: Matrix,
    norm1: Norm,
    f1: Matrix,
    f2: Matrix,
    norm2: Norm,
}

#[derive(Debug)]
struct Norm {
    weight: &'static [f32],
    bias: &'static [f32],
}

/// Sentences to encode, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Word pieces of all sentences, with marks around each sentence.
    pieces: Vec<u16>,
    /// Spelling class of each word piece.
    shapes: Vec<u8>,
    /// Where each word's pieces begin and end.
    words: Vec<std::ops::Range<usize>>,
    /// Where each sentence's pieces and words end.
    ends: Vec<(usize, usize)>,
}

impl Batch {
    /// Forgets all sentences.
    pub(crate) fn clear(&mut self) {
        self.pieces.clear();
        self.shapes.clear();
        self.words.clear();
        self.ends.clear();
    }

    /// Word pieces so far.
    pub(crate) fn n_pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Words so far.
    pub(crate) fn n_words(&self) -> usize {
        self.words.len()
    }

    /// The words of each sentence.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|e| e.1));
        starts.zip(&self.ends).map(|(start, end)| start..end.1)
    }

    /// Adds a sentence: for each word, its pieces and its spelling class.
    pub(crate) fn push<'a>(&mut self, words: impl Iterator<Item = (&'a [u16], u8)>) {
        self.mark(START);
        for (pieces, shape) in words {
            let start = self.pieces.len();
            self.pieces.extend_from_slice(pieces);
            self.shapes.resize(self.pieces.len(), shape);
            self.words.push(start..self.pieces.len());
        }
        self.mark(STOP);
        self.ends.push((self.pieces.len(), self.words.len()));
    }

    fn mark(&mut self, piece: u16) {
        self.pieces.push(piece);
        self.shapes.push(NO_SHAPE);
    }
}

/// Room for the numbers of one batch, kept from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Room {
    x: Vec<f32>,
    rows: Rows,
    wide: Vec<f32>,
    mixed: Vec<f32>,
    attention: Attention,
}

impl Encoder {
    /// From the weights file.
    pub(crate) fn new(file: &File, n_pieces: usize) -> Result<Encoder, Unusable> {
        let norm = |name: &str, n| {
            Ok(Norm {
                weight: file.floats_of(&format!("{name}.weight"), n)?,
                bias: file.floats_of(&format!("{name}.bias"), n)?,
            })
        };
        let hidden = file.floats("ln.weight")?.len();
        let mut layers = Vec::new();
        while file.has(&format!("{}.qkv.w", layers.len())) {
            let i = layers.len();
            let matrix = |name: &str, columns| file.matrix(&format!("{i}.{name}"), columns);
            let f1 = matrix("f1", hidden)?;
            layers.push(Layer {
                qkv: matrix("qkv", hidden)?,
                o: matrix("o", hidden)?,
                norm1: norm(&format!("{i}.ln1"), hidden)?,
                f2: matrix("f2", f1.rows)?,
                f1,
                norm2: norm(&format!("{i}.ln2"), hidden)?,
            });
        }
        let (piece, position) = (file.table("piece", hidden)?, file.table("position", hidden)?);
        let shape = file.table("shape", hidden)?;
        let right = layers.iter().all(|l| (l.qkv.rows, l.o.rows, l.f2.rows) == (3 * hidden, hidden, hidden));
        let whole = hidden % HEAD == 0 && piece.rows() >= n_pieces && position.rows() == WINDOW;
        if !right || !whole || shape.rows() != NO_SHAPE as usize + 1 || layers.is_empty() {
            return Err(Unusable("the parts of the encoder do not fit together".to_owned()));
        }
        Ok(Encoder { hidden, piece, position, shape, norm: norm("ln", hidden)?, layers })
    }

    /// The vectors of all words of the batch, one after the other.
    pub(crate) fn encode(&self, kernel: Kernel, batch: &Batch, room: &mut Room, words: &mut Vec<f32>) {
        self.embed(batch, &mut room.x);
        kernel.norm(&mut room.x, self.norm.weight, self.norm.bias);
        for layer in &self.layers {
            self.layer(kernel, layer, batch, room);
        }
        self.pool(batch, &room.x, words);
    }

    fn embed(&self, batch: &Batch, x: &mut Vec<f32>) {
        x.clear();
        let mut start = 0;
        for &(end, _) in &batch.ends {
            for at in start..end {
                let (piece, a) = self.piece.row(batch.pieces[at] as usize);
                let (position, b) = self.position.row(at - start);
                let (shape, c) = self.shape.row(batch.shapes[at] as usize);
                let sum = piece.iter().zip(position).zip(shape);
                x.extend(sum.map(|((&p, &q), &s)| f32::from(p) * a + f32::from(q) * b + f32::from(s) * c));
            }
            start = end;
        }
    }

    fn layer(&self, kernel: Kernel, layer: &Layer, batch: &Batch, room: &mut Room) {
        let hidden = self.hidden;
        kernel.quantise(&room.x, hidden, &mut room.rows);
        kernel.linear(&room.rows, &layer.qkv, &mut room.wide);
        room.mixed.resize(room.x.len(), 0.0);
        let mut start = 0;
        for &(end, _) in &batch.ends {
            let qkv = &room.wide[start * 3 * hidden..end * 3 * hidden];
            kernel.attend(qkv, hidden, &mut room.attention, &mut room.mixed[start * hidden..end * hidden]);
            start = end;
        }
        kernel.quantise(&room.mixed, hidden, &mut room.rows);
        kernel.linear(&room.rows, &layer.o, &mut room.mixed);
        kernel.add_norm(&mut room.x, &room.mixed, layer.norm1.weight, layer.norm1.bias);

        kernel.quantise(&room.x, hidden, &mut room.rows);
        kernel.linear(&room.rows, &layer.f1, &mut room.wide);
        kernel.gelu(&mut room.wide);
        kernel.quantise(&room.wide, layer.f1.rows, &mut room.rows);
        kernel.linear(&room.rows, &layer.f2, &mut room.mixed);
        kernel.add_norm(&mut room.x, &room.mixed, layer.norm2.weight, layer.norm2.bias);
    }

    /// Adds the vector that a word has without its sentence: the mean of its pieces' entries.
    pub(crate) fn add_alone(&self, batch: &Batch, word: usize, out: &mut Vec<f32>) {
        let (at, pieces) = (out.len(), &batch.pieces[batch.words[word].clone()]);
        out.resize(at + self.hidden, 0.0);
        let share = 1.0 / pieces.len().max(1) as f32;
        for &piece in pieces {
            let (row, scale) = self.piece.row(usize::from(piece));
            for (o, &p) in out[at..].iter_mut().zip(row) {
                *o += f32::from(p) * (scale * share);
            }
        }
    }

    fn pool(&self, batch: &Batch, x: &[f32], words: &mut Vec<f32>) {
        words.clear();
        for word in &batch.words {
            let share = 1.0 / word.len() as f32;
            let at = words.len();
            words.resize(at + self.hidden, 0.0);
            for piece in x[word.start * self.hidden..word.end * self.hidden].chunks_exact(self.hidden) {
                for (w, p) in words[at..].iter_mut().zip(piece) {
                    *w += p * share;
                }
            }
        }
    }
}
