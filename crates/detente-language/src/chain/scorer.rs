//! The trained scorer: takes features and vectors, gives for each candidate its best earlier one.
//!
//! A mention's side of the first layer is made once for each mention; what is left for each pair is a
//! sum of the rows of its features, a product of vectors and two small layers.
//!
//! # How
//! All sums run in one order and without fused steps, so every processor gives the same bytes.

use super::Link;
use super::feature::{self, Between, Document, Set};
use crate::weights::{File, Unusable};

/// Makes short vectors of words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Projection {
    /// Inputs x outputs.
    weights: &'static [f32],
    outputs: usize,
}

impl Projection {
    fn new(file: &File) -> Result<Projection, Unusable> {
        let weights = file.floats("project")?;
        let outputs = file.floats("project.width")?.len();
        if outputs == 0 || weights.len() % outputs != 0 {
            return Err(Unusable("the projection does not fit".to_owned()));
        }
        Ok(Projection { weights, outputs })
    }

    /// The short vector of a word's vectors.
    pub(crate) fn of(&self, parts: &[f32]) -> Box<[f32]> {
        let mut out = vec![0.0; self.outputs].into_boxed_slice();
        add_product(parts, self.weights, &mut out);
        out
    }
}

/// `out += x * rows`, where `rows` holds a row of outputs for each input.
fn add_product(x: &[f32], rows: &[f32], out: &mut [f32]) {
    for (&x, row) in x.iter().zip(rows.chunks_exact(out.len())) {
        for (o, w) in out.iter_mut().zip(row) {
            *o += x * w;
        }
    }
}

fn add_rows(on: &[u16], rows: &[f32], out: &mut [f32]) {
    let width = out.len();
    for &f in on {
        for (o, w) in out.iter_mut().zip(&rows[usize::from(f) * width..]) {
            *o += w;
        }
    }
}

/// The first layer on one side: rows for features, rows for the vector.
#[derive(Debug)]
struct Side {
    features: &'static [f32],
    vector: &'static [f32],
    bias: &'static [f32],
}

impl Side {
    fn new(file: &File, name: &str, n_features: usize, n_vector: usize) -> Result<Side, Unusable> {
        let bias = file.floats(&format!("{name}.bias"))?;
        Ok(Side {
            features: file.floats_of(&format!("{name}.features"), n_features * bias.len())?,
            vector: file.floats_of(&format!("{name}.vector"), n_vector * bias.len())?,
            bias,
        })
    }

    fn apply(&self, on: &[u16], vector: &[f32], out: &mut Vec<f32>) {
        let start = out.len();
        out.extend_from_slice(self.bias);
        add_rows(on, self.features, &mut out[start..]);
        add_product(vector, self.vector, &mut out[start..]);
    }
}

/// Room for the numbers of one pair.
#[derive(Debug, Default)]
struct Room {
    first: Vec<f32>,
    second: Vec<f32>,
}

/// The scorer's weights.
#[derive(Debug)]
pub(crate) struct Scorer {
    pub(crate) projection: Projection,
    anaphor: Side,
    antecedent: Side,
    alone: Side,
    pair: &'static [f32],
    product: &'static [f32],
    second: &'static [f32],
    second_bias: &'static [f32],
    out: &'static [f32],
    new: &'static [f32],
    mention: &'static [f32],
    /// Added to "new"; to the score of being a mention; scale of it.
    shifts: &'static [f32],
}

impl Scorer {
    /// From the weights file.
    pub(crate) fn new(file: &File) -> Result<Scorer, Unusable> {
        let projection = Projection::new(file)?;
        let width = projection.outputs;
        let mut set = (Set::default(), Set::default());
        feature::widths(&mut set.0, &mut set.1);
        let (single, double) = (set.0.width(), set.1.width());
        let side = |name: &str| Side::new(file, name, single, width);
        let (anaphor, antecedent, alone) = (side("anaphor")?, side("antecedent")?, side("alone")?);
        let (hidden, second_bias) = (anaphor.bias.len(), file.floats("second.bias")?);
        if antecedent.bias.len() != hidden {
            return Err(Unusable("the sides of the scorer do not fit together".to_owned()));
        }
        Ok(Scorer {
            projection,
            pair: file.floats_of("pair", double * hidden)?,
            product: file.floats_of("product", width * hidden)?,
            second: file.floats_of("second", hidden * second_bias.len())?,
            out: file.floats_of("out", second_bias.len() + 1)?,
            new: file.floats_of("new", alone.bias.len() + 1)?,
            mention: file.floats_of("mention", alone.bias.len() + 1)?,
            shifts: file.floats_of("shifts", 2)?,
            second_bias,
            anaphor,
            antecedent,
            alone,
        })
    }

    /// The decision on every candidate.
    pub(super) fn links(&self, document: &Document<'_>, earlier: impl Fn(usize) -> Vec<usize>) -> Vec<Link> {
        let (mut left, mut right, mut single) = (Vec::new(), Vec::new(), Vec::new());
        let (mut set, mut room, mut out) = (Set::default(), Room::default(), Vec::new());
        let hidden = self.anaphor.bias.len();
        for (i, c) in document.candidates.iter().enumerate() {
            let vector = &document.sentences[c.sentence].views[c.head];
            feature::of_mention(document, i, &mut set);
            left.clear();
            single.clear();
            self.anaphor.apply(&set.on, vector, &mut left);
            self.antecedent.apply(&set.on, vector, &mut right);
            self.alone.apply(&set.on, vector, &mut single);
            relu(&mut single);
            let new = affine(&single, self.new) + self.shifts[0];
            let mention = affine(&single, self.mention) + self.shifts[1] > 0.0;
            let (mut best, mut between) = ((new, None), Between::default());
            for j in earlier(i) {
                let a = &document.candidates[j];
                feature::of_pair(document, i, j, &mut between, &mut set);
                let other = &document.sentences[a.sentence].views[a.head];
                let sides = (left.as_slice(), &right[j * hidden..(j + 1) * hidden]);
                let score = self.score(&mut room, sides, (vector, other), &set.on);
                if score > best.0 {
                    best = (score, Some(j));
                }
            }
            out.push(Link { mention, to: best.1 });
        }
        out
    }

    fn score(&self, room: &mut Room, sides: (&[f32], &[f32]), views: (&[f32], &[f32]), on: &[u16]) -> f32 {
        let Room { first, second } = room;
        first.clear();
        first.extend(sides.0.iter().zip(sides.1).map(|(l, r)| l + r));
        add_rows(on, self.pair, first);
        for ((x, y), row) in views.0.iter().zip(views.1).zip(self.product.chunks_exact(first.len())) {
            let x = x * y;
            for (o, w) in first.iter_mut().zip(row) {
                *o += x * w;
            }
        }
        relu(first);
        second.clear();
        second.extend_from_slice(self.second_bias);
        add_product(first, self.second, second);
        relu(second);
        affine(second, self.out)
    }
}

fn relu(x: &mut [f32]) {
    x.iter_mut().for_each(|x| *x = x.max(0.0));
}

/// The last of the weights is the constant.
fn affine(x: &[f32], weights: &[f32]) -> f32 {
    x.iter().zip(weights).fold(weights[x.len()], |sum, (x, w)| sum + x * w)
}
