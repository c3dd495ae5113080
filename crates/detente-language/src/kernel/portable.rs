//! The products in plain Rust, for every processor.
//!
//! One row by one output at a time, both in 16 bits and sixteen numbers a step. Of this shape compilers
//! make the instructions that multiply 16 bits and add pairs to 32 (`pmaddwd`, `smlal`), which every
//! 64-bit processor has. Several rows or outputs in one loop they take apart into single numbers.

use super::store;
use crate::float::Rows;
use crate::weights::Matrix;

/// Numbers multiplied in one step.
const STEP: usize = 16;

/// Numbers of one step; aligned, so that they need not be loaded by themselves.
#[derive(Clone, Copy)]
#[repr(align(16))]
struct Step([i16; STEP]);

const NOTHING: Step = Step([0; STEP]);

/// See [`super::Kernel::linear`].
pub(super) fn linear(a: &Rows, m: &Matrix, out: &mut [f32]) {
    let k = m.columns;
    let steps = k.div_ceil(STEP);
    let values = widen(a, steps);
    let mut weights = vec![NOTHING; 16 * steps];
    for column in (0..m.rows).step_by(16) {
        unpack(&m.tiles[column * k..][..16 * k], steps, &mut weights);
        for (row, values) in values.chunks_exact(steps).enumerate() {
            let mut sums = [0; 16];
            for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(steps)) {
                *sum = product(values, weights);
            }
            store(&[sums], a, m, row, column, out);
        }
    }
}

/// Takes the shift off, and fills each row up to whole steps.
fn widen(a: &Rows, steps: usize) -> Vec<Step> {
    let mut out = vec![NOTHING; a.n * steps];
    for (row, out) in a.values.chunks_exact(a.columns).zip(out.chunks_exact_mut(steps)) {
        for (some, out) in row.chunks(STEP).zip(out) {
            for (&v, out) in some.iter().zip(&mut out.0) {
                *out = i16::from(v) - 128;
            }
        }
    }
    out
}

/// Tiles of 16 outputs by 4 inputs -> output after output.
fn unpack(tiles: &[i8], steps: usize, out: &mut [Step]) {
    for (o, out) in out.chunks_exact_mut(steps).enumerate() {
        for (some, out) in tiles.chunks(16 * STEP).zip(out) {
            for (tile, out) in some.chunks_exact(64).zip(out.0.chunks_exact_mut(4)) {
                for (out, &v) in out.iter_mut().zip(&tile[4 * o..][..4]) {
                    *out = i16::from(v);
                }
            }
        }
    }
}

// By itself, so that the loops around it do not change what the compiler makes of it. Sums of at most
// 2^15 products fit into 32 bits; "wrapping" spares the checks for that, which would cost the vectors.
#[inline(never)]
fn product(values: &[Step], weights: &[Step]) -> i32 {
    let mut lanes = [0i32; STEP];
    for (a, b) in values.iter().zip(weights) {
        for ((lane, &a), &b) in lanes.iter_mut().zip(&a.0).zip(&b.0) {
            *lane = lane.wrapping_add(i32::from(a).wrapping_mul(i32::from(b)));
        }
    }
    lanes.iter().fold(0, |sum, lane| sum.wrapping_add(*lane))
}
