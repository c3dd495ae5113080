//! The products with SSE2, which every 64-bit x86 processor has: pairs of 16-bit numbers, multiplied
//! and added to 32 bits (`pmaddwd`). The compiler does not find this by itself.

use std::arch::x86_64::{
    _mm_add_epi32, _mm_loadu_si128, _mm_madd_epi16, _mm_set1_epi32, _mm_setzero_si128, _mm_storeu_si128,
};

use super::store;
use crate::float::Rows;
use crate::weights::Matrix;

/// Rows taken at a time: with eight outputs, 8 of the 16 registers hold sums.
const BLOCK: usize = 4;

/// See [`super::Kernel::linear`].
pub(super) fn linear(a: &Rows, m: &Matrix, out: &mut [f32]) {
    let k = m.columns;
    let values = widen(&a.values);
    let mut weights = vec![0i16; 16 * k];
    for column in (0..m.rows).step_by(16) {
        unpack(&m.tiles[column * k..][..16 * k], &mut weights);
        for row in (0..a.n).step_by(BLOCK) {
            let mut sums = [[0; 16]; BLOCK];
            for half in 0..2 {
                block(&values[row * k..][..BLOCK * k], &weights, k, half, &mut sums);
            }
            store(&sums, a, m, row, column, out);
        }
    }
}

/// Tiles of 16 outputs by 4 inputs (int8) -> two of 16 outputs by 2 inputs (int16).
fn unpack(tiles: &[i8], out: &mut [i16]) {
    for (tile, out) in tiles.chunks_exact(64).zip(out.chunks_exact_mut(64)) {
        let (first, second) = out.split_at_mut(32);
        for (o, four) in tile.chunks_exact(4).enumerate() {
            first[2 * o] = i16::from(four[0]);
            first[2 * o + 1] = i16::from(four[1]);
            second[2 * o] = i16::from(four[2]);
            second[2 * o + 1] = i16::from(four[3]);
        }
    }
}

/// Sums of `BLOCK` rows of `values` by 8 outputs, the first or the second half of 16.
fn block(values: &[i16], weights: &[i16], k: usize, half: usize, sums: &mut [[i32; 16]; BLOCK]) {
    assert!(values.len() == BLOCK * k && weights.len() == 16 * k && half < 2 && k.is_multiple_of(2));
    // SAFETY: SSE2 is part of every x86-64. By the assertion, `weights` has k / 2 groups of 32 numbers,
    // of which the reads take 8 and 8 from 16 * half on; `values` has BLOCK rows of k numbers, of which
    // the pair 2 * p is inside for p < k / 2; the writes take 4 and 4 numbers of 16 from 8 * half on.
    // Reads and writes may be unaligned.
    unsafe {
        let mut acc = [[_mm_setzero_si128(); 2]; BLOCK];
        for p in 0..k / 2 {
            let at = weights.as_ptr().add(32 * p + 16 * half);
            let (low, high) = (_mm_loadu_si128(at.cast()), _mm_loadu_si128(at.add(8).cast()));
            for (r, acc) in acc.iter_mut().enumerate() {
                let pair = values.as_ptr().add(r * k + 2 * p).cast::<i32>().read_unaligned();
                let pair = _mm_set1_epi32(pair);
                acc[0] = _mm_add_epi32(acc[0], _mm_madd_epi16(pair, low));
                acc[1] = _mm_add_epi32(acc[1], _mm_madd_epi16(pair, high));
            }
        }
        for (sums, acc) in sums.iter_mut().zip(acc) {
            let to = sums.as_mut_ptr().add(8 * half);
            _mm_storeu_si128(to.cast(), acc[0]);
            _mm_storeu_si128(to.add(4).cast(), acc[1]);
        }
    }
}

/// Takes the shift off.
fn widen(values: &[u8]) -> Vec<i16> {
    values.iter().map(|&v| i16::from(v) - 128).collect()
}
