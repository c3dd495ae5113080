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
    let values = widen(&a.values);
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

/// Takes the shift off.
#[inline(always)]
pub(super) fn widen(values: &[u8]) -> Vec<i16> {
    values.iter().map(|&v| i16::from(v) - 128).collect()
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
    let mut acc = [0i32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: i32 =
        a8.remainder().iter().zip(b8.remainder()).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum();
    for (x, y) in a8.zip(b8) {
        for i in 0..8 {
            acc[i] += i32::from(x[i]) * i32::from(y[i]);
        }
    }
    acc.iter().sum::<i32>() + rest
}
