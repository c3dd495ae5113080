//! The products in plain Rust, for every processor.
//!
//! In floating point, which compilers vectorise everywhere: the products are whole numbers below
//! 128 · 63 and there are at most 2,048 of them in a sum, so that every sum stays below 2^24 and exact,
//! in whatever order.

use super::store;
use crate::float::Rows;
use crate::weights::Matrix;

/// Rows and outputs taken at a time: their sums fit into the registers of the oldest 64-bit processors.
const BLOCK: usize = 4;
const OUTPUTS: usize = 8;
/// More inputs could lose the last digit of a sum.
const MOST: usize = 2048;

/// See [`super::Kernel::linear`].
pub(super) fn linear(a: &Rows, m: &Matrix, out: &mut [f32]) {
    let k = m.columns;
    assert!(k <= MOST, "sums of more than {MOST} products would not be exact");
    let mut weights = [vec![[0.0; OUTPUTS]; k], vec![[0.0; OUTPUTS]; k]];
    let values = in_blocks(a);
    for column in (0..m.rows).step_by(16) {
        unpack(&m.tiles[column * k..][..16 * k], &mut weights);
        for (block, row) in values.chunks_exact(k).zip((0..a.n).step_by(BLOCK)) {
            let halves = [block_sums(block, &weights[0]), block_sums(block, &weights[1])];
            let mut sums = [[0i32; 16]; BLOCK];
            for (r, sums) in sums.iter_mut().enumerate() {
                for (o, sum) in sums.iter_mut().enumerate() {
                    *sum = halves[o / OUTPUTS][r][o % OUTPUTS] as i32;
                }
            }
            store(&sums, a, m, row, column, out);
        }
    }
}

/// The rows without their shift, in blocks of rows turned on their side.
fn in_blocks(a: &Rows) -> Vec<[f32; BLOCK]> {
    let k = a.columns;
    let blocks = a.values.chunks_exact(BLOCK * k);
    let side = |block: &[u8], i: usize| std::array::from_fn(|r| f32::from(block[r * k + i]) - 128.0);
    blocks.flat_map(|block| (0..k).map(move |i| side(block, i))).collect()
}

/// Tiles of 16 by 4 -> two halves of the outputs, input after input.
fn unpack(tiles: &[i8], out: &mut [Vec<[f32; OUTPUTS]>; 2]) {
    for (t, tile) in tiles.chunks_exact(64).enumerate() {
        for (o, four) in tile.chunks_exact(4).enumerate() {
            for (i, &v) in four.iter().enumerate() {
                out[o / OUTPUTS][t * 4 + i][o % OUTPUTS] = f32::from(v);
            }
        }
    }
}

#[inline(always)]
fn block_sums(values: &[[f32; BLOCK]], weights: &[[f32; OUTPUTS]]) -> [[f32; OUTPUTS]; BLOCK] {
    let mut sums = [[0.0; OUTPUTS]; BLOCK];
    for (value, weight) in values.iter().zip(weights) {
        for (sums, value) in sums.iter_mut().zip(value) {
            for (sum, weight) in sums.iter_mut().zip(weight) {
                *sum += value * weight;
            }
        }
    }
    sums
}
