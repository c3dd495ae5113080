//! The products with AVX2: pairs of 16-bit numbers, multiplied and added to 32 bits (`vpmaddwd`).
//!
//! The shorter way over 8-bit pairs (`vpmaddubsw`) saturates, which would make this kernel give
//! other bytes than the rest.

use std::arch::x86_64::{
    __m128i, __m256i, _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_permute4x64_epi64, _mm256_set1_epi32, _mm256_setzero_si256,
    _mm256_shuffle_epi32, _mm256_storeu_si256, _mm256_unpackhi_epi64, _mm256_unpacklo_epi64,
};

use super::store;
use crate::float::Rows;
use crate::weights::Matrix;

/// Rows taken at a time: with 16 outputs, 8 of the 16 registers hold sums.
const BLOCK: usize = 4;

/// See [`super::Kernel::linear`].
#[target_feature(enable = "avx2")]
pub(super) fn linear(a: &Rows, m: &Matrix, out: &mut [f32]) {
    let k = m.columns;
    let mut values = vec![0i16; a.values.len()];
    for (wide, &v) in values.iter_mut().zip(&a.values) {
        *wide = i16::from(v);
    }
    let mut weights = vec![0i16; 16 * k];
    for column in (0..m.rows).step_by(16) {
        unpack(&m.tiles[column * k..][..16 * k], &mut weights);
        for row in (0..a.n).step_by(BLOCK) {
            let sums = block(&values[row * k..][..BLOCK * k], &weights, k);
            store(&sums, a, m, row, column, out);
        }
    }
}

/// Tiles of 16 outputs by 4 inputs (int8) -> two of 16 outputs by 2 inputs (int16).
#[target_feature(enable = "avx2")]
fn unpack(tiles: &[i8], out: &mut [i16]) {
    for (tile, out) in tiles.chunks_exact(64).zip(out.chunks_exact_mut(64)) {
        for half in 0..2 {
            let tile = &tile[half * 32..][..32];
            // SAFETY: both reads lie inside the 32 bytes of `tile`; unaligned reads are allowed.
            let (low, high) = unsafe {
                let at = tile.as_ptr().cast::<__m128i>();
                (_mm_loadu_si128(at), _mm_loadu_si128(at.add(1)))
            };
            // Each output has its four numbers as two 32-bit halves, inputs 0-1 and inputs 2-3.
            let (low, high) = (_mm256_cvtepi8_epi16(low), _mm256_cvtepi8_epi16(high));
            let first = _mm256_shuffle_epi32::<0b11_01_10_00>(low);
            let second = _mm256_shuffle_epi32::<0b11_01_10_00>(high);
            let pairs = [
                _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_unpacklo_epi64(first, second)),
                _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_unpackhi_epi64(first, second)),
            ];
            for (i, pair) in pairs.into_iter().enumerate() {
                let to = &mut out[i * 32 + half * 16..][..16];
                // SAFETY: the write covers exactly the 16 numbers of `to`; it may be unaligned.
                unsafe { _mm256_storeu_si256(to.as_mut_ptr().cast(), pair) };
            }
        }
    }
}

/// Sums of `BLOCK` rows of `values` by 16 outputs.
#[target_feature(enable = "avx2")]
fn block(values: &[i16], weights: &[i16], k: usize) -> [[i32; 16]; BLOCK] {
    let mut acc = [[_mm256_setzero_si256(); 2]; BLOCK];
    let rows: [&[i16]; BLOCK] = std::array::from_fn(|r| &values[r * k..][..k]);
    for (p, pair) in weights[..16 * k].chunks_exact(32).enumerate() {
        // SAFETY: both reads lie inside the 32 numbers (64 bytes) of `pair`; they may be unaligned.
        let (low, high) = unsafe {
            let at = pair.as_ptr().cast::<__m256i>();
            (_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1)))
        };
        for (acc, row) in acc.iter_mut().zip(rows) {
            // SAFETY: `row` has k numbers and p < k / 2, so the pair lies inside it; the read may be
            // unaligned.
            let value = unsafe { row.as_ptr().add(2 * p).cast::<i32>().read_unaligned() };
            let value = _mm256_set1_epi32(value);
            acc[0] = _mm256_add_epi32(acc[0], _mm256_madd_epi16(value, low));
            acc[1] = _mm256_add_epi32(acc[1], _mm256_madd_epi16(value, high));
        }
    }
    let mut sums = [[0; 16]; BLOCK];
    for (sums, acc) in sums.iter_mut().zip(acc) {
        let (low, high) = sums.split_at_mut(8);
        // SAFETY: each write covers exactly the eight numbers of its half.
        unsafe {
            _mm256_storeu_si256(low.as_mut_ptr().cast(), acc[0]);
            _mm256_storeu_si256(high.as_mut_ptr().cast(), acc[1]);
        }
    }
    sums
}
