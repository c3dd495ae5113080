//! The products with AVX-512 VNNI: four 8-bit products added to 32 bits in one instruction.

use std::arch::x86_64::{_mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_storeu_si512};

use super::store;
use crate::float::Rows;
use crate::weights::Matrix;

/// Rows taken at a time: with 32 outputs, 16 of the 32 registers hold sums.
const BLOCK: usize = Rows::BLOCK;

/// See [`super::Kernel::linear`].
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) fn linear(a: &Rows, m: &Matrix, out: &mut [f32]) {
    let mut column = 0;
    while column + 32 <= m.rows {
        for row in (0..a.n).step_by(BLOCK) {
            let sums = block::<2>(a, m, row, column);
            store(&sums[0], a, m, row, column, out);
            store(&sums[1], a, m, row, column + 16, out);
        }
        column += 32;
    }
    if column < m.rows {
        for row in (0..a.n).step_by(BLOCK) {
            store(&block::<1>(a, m, row, column)[0], a, m, row, column, out);
        }
    }
}

/// Sums of `BLOCK` rows from `row` on by `N` times 16 outputs from `column` on.
// No closures in here: they would be compiled without the instructions.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn block<const N: usize>(a: &Rows, m: &Matrix, row: usize, column: usize) -> [[[i32; 16]; BLOCK]; N] {
    let k = a.columns;
    let values = &a.values[row * k..][..BLOCK * k];
    let strips = &m.tiles[column * k..][..16 * N * k];
    let start = &m.start[column..][..16 * N];
    let mut acc = [[_mm512_set1_epi32(0); BLOCK]; N];
    for (n, acc) in acc.iter_mut().enumerate() {
        // SAFETY: `start` has 16 * N numbers and n < N.
        *acc = [unsafe { _mm512_loadu_si512(start.as_ptr().add(16 * n).cast()) }; BLOCK];
    }
    for four in 0..k / 4 {
        let mut weights = [_mm512_set1_epi32(0); N];
        for (n, weights) in weights.iter_mut().enumerate() {
            // SAFETY: `strips` has N strips of 16 * k bytes, n < N and four < k / 4, so these 64 bytes
            // lie in it; the read may be unaligned.
            *weights = unsafe { _mm512_loadu_si512(strips.as_ptr().add(16 * k * n + 64 * four).cast()) };
        }
        for r in 0..BLOCK {
            // SAFETY: `values` has BLOCK rows of k bytes, r < BLOCK and four < k / 4; the read may be
            // unaligned.
            let value = unsafe { values.as_ptr().add(r * k + 4 * four).cast::<i32>().read_unaligned() };
            let value = _mm512_set1_epi32(value);
            for (acc, weights) in acc.iter_mut().zip(weights) {
                acc[r] = _mm512_dpbusd_epi32(acc[r], value, weights);
            }
        }
    }
    let mut sums = [[[0; 16]; BLOCK]; N];
    for (sums, acc) in sums.iter_mut().zip(acc) {
        for (sums, acc) in sums.iter_mut().zip(acc) {
            // SAFETY: the write covers exactly the 16 numbers of `sums`.
            unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), acc) };
        }
    }
    sums
}
