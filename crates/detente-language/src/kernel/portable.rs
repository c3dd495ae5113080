//! The products in plain Rust, for every processor.

use super::store;
use crate::float::Rows;
use crate::weights::Matrix;

/// Rows taken at a time.
const BLOCK: usize = 4;

/// See [`super::Kernel::linear`].
pub(super) fn linear(a: &Rows, m: &Matrix, out: &mut [f32]) {
    let k = m.columns;
    // Sixteen outputs at a time, each as one run of numbers: the compiler turns the products of two
    // runs into whatever multiply-and-add the processor has.
    let mut weights = vec![0i16; 16 * k];
    let mut values = vec![0i16; a.values.len()];
    for (wide, &v) in values.iter_mut().zip(&a.values) {
        *wide = i16::from(v);
    }
    for column in (0..m.rows).step_by(16) {
        unpack(&m.tiles[column * k..][..16 * k], k, &mut weights);
        for row in (0..a.n).step_by(BLOCK) {
            let mut sums = [[0i32; 16]; BLOCK];
            for (r, sums) in sums.iter_mut().enumerate() {
                let value = &values[(row + r) * k..][..k];
                for (o, sum) in sums.iter_mut().enumerate() {
                    *sum = dot(value, &weights[o * k..][..k]);
                }
            }
            store(&sums, a, m, row, column, out);
        }
    }
}

/// Tiles of 16 by 4 -> 16 runs.
fn unpack(tiles: &[i8], k: usize, out: &mut [i16]) {
    for (t, tile) in tiles.chunks_exact(64).enumerate() {
        for (o, four) in tile.chunks_exact(4).enumerate() {
            for (i, &v) in four.iter().enumerate() {
                out[o * k + t * 4 + i] = i16::from(v);
            }
        }
    }
}

#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
}
