//! The products with AVX-512 VNNI: four 8-bit products added to 32 bits in one instruction.
//!
//! `vpdpbusd` takes one operand without sign. The weights are shifted by 128 on the way in, which adds
//! 128 times the sum of the row of values to every output; that is taken off again at the end.

use std::arch::x86_64::{
    __m512i, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi8, _mm512_set1_epi32,
    _mm512_storeu_si512, _mm512_xor_si512,
};

use super::store;
use crate::float::Rows;
use crate::weights::Matrix;

/// Rows taken at a time: with 32 outputs, 16 of the 32 registers hold sums.
const BLOCK: usize = Rows::BLOCK;

/// See [`super::Kernel::linear`].
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) fn linear(a: &Rows, m: &Matrix, out: &mut [f32]) {
    let k = m.columns;
    let mut column = 0;
    while column + 32 <= m.rows {
        let tiles = [&m.tiles[column * k..][..16 * k], &m.tiles[(column + 16) * k..][..16 * k]];
        for row in (0..a.n).step_by(BLOCK) {
            let sums = block::<2>(a, row, tiles);
            store(&sums[0], a, m, row, column, out);
            store(&sums[1], a, m, row, column + 16, out);
        }
        column += 32;
    }
    if column < m.rows {
        let tiles = [&m.tiles[column * k..][..16 * k]];
        for row in (0..a.n).step_by(BLOCK) {
            store(&block::<1>(a, row, tiles)[0], a, m, row, column, out);
        }
    }
}

/// Sums of `BLOCK` rows from `row` on by 16 outputs for each of the `N` strips of tiles.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn block<const N: usize>(a: &Rows, row: usize, tiles: [&[i8]; N]) -> [[[i32; 16]; BLOCK]; N] {
    let k = a.columns;
    let values: [&[i8]; BLOCK] = std::array::from_fn(|r| &a.values[(row + r) * k..][..k]);
    let start = |r: usize| _mm512_set1_epi32(-128 * a.sum[row + r]);
    let mut acc: [[__m512i; BLOCK]; N] = std::array::from_fn(|_| std::array::from_fn(start));
    let shift = _mm512_set1_epi8(-128);
    for four in 0..k / 4 {
        let weights: [__m512i; N] = std::array::from_fn(|n| {
            // SAFETY: each strip has 16 * k bytes and four < k / 4, so these 64 bytes lie inside it.
            let tile = unsafe { _mm512_loadu_si512(tiles[n].as_ptr().add(64 * four).cast()) };
            _mm512_xor_si512(tile, shift)
        });
        for r in 0..BLOCK {
            // SAFETY: each row has k bytes and four < k / 4; the read may be unaligned.
            let value = unsafe { values[r].as_ptr().add(4 * four).cast::<i32>().read_unaligned() };
            let value = _mm512_set1_epi32(value);
            for n in 0..N {
                acc[n][r] = _mm512_dpbusd_epi32(acc[n][r], weights[n], value);
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
