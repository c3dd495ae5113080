//! The products with AVX2: four 8-bit products added to 32 bits in three instructions.
//!
//! `vpmaddubsw` adds two products in 16 bits and would cut off larger sums; the weights lie within
//! -63..63, so that 255 · 63 · 2 fits (`train/export.py`, and a test).

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
    _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256,
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
    for column in (0..m.rows).step_by(16) {
        let strip = &m.tiles[column * k..][..16 * k];
        for row in (0..a.n).step_by(BLOCK) {
            let mut sums = block(&a.values[row * k..][..BLOCK * k], strip, k);
            for sums in &mut sums {
                for (sum, start) in sums.iter_mut().zip(&m.start[column..][..16]) {
                    *sum += start;
                }
            }
            store(&sums, a, m, row, column, out);
        }
    }
}

/// Sums of `BLOCK` rows of `values` by the 16 outputs of a strip of tiles.
// No closures in here: they would be compiled without the instructions.
#[target_feature(enable = "avx2")]
fn block(values: &[u8], strip: &[i8], k: usize) -> [[i32; 16]; BLOCK] {
    assert!(values.len() == BLOCK * k && strip.len() == 16 * k && k.is_multiple_of(4));
    let ones = _mm256_set1_epi16(1);
    let mut acc = [[_mm256_setzero_si256(); 2]; BLOCK];
    for four in 0..k / 4 {
        // SAFETY: by the assertion, `strip` has k / 4 tiles of 64 bytes; the reads may be unaligned.
        let weights = unsafe {
            let at = strip.as_ptr().add(64 * four).cast::<__m256i>();
            [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))]
        };
        for (r, acc) in acc.iter_mut().enumerate() {
            // SAFETY: by the assertion, `values` has BLOCK rows of k bytes, r < BLOCK and four < k / 4;
            // the read may be unaligned.
            let value = unsafe { values.as_ptr().add(r * k + 4 * four).cast::<i32>().read_unaligned() };
            let value = _mm256_set1_epi32(value);
            for (acc, weights) in acc.iter_mut().zip(weights) {
                let pairs = _mm256_maddubs_epi16(value, weights);
                *acc = _mm256_add_epi32(*acc, _mm256_madd_epi16(pairs, ones));
            }
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
