//! The heavy steps of the network, for the instructions that the processor has.
//!
//! A kernel is chosen once, when [`crate::Language`] is made. All of them give the same bytes: the
//! matrix products are exact sums of integers, and every step in floating point is the one function in
//! [`crate::float`], compiled again for each set of instructions.
//!
//! # How
//! 1. `available` asks the processor. 2. Each step is dispatched to the code compiled for it.
//! # From
//! The integer products follow the tiling of Goto and van de Geijn (2008), one level of it.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;
#[cfg(target_arch = "x86_64")]
mod sse2;
#[cfg(target_arch = "x86_64")]
mod vnni;

use crate::float::{self, Attention, Rows};
use crate::weights::Matrix;

/// A set of instructions to run the network with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Sse2,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Kernel {
    /// All kernels that this processor can run, the fastest first.
    // Invariant: a `Kernel` of a set exists only if the processor has its instructions.
    pub fn available() -> Vec<Kernel> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2");
            let wide = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
            let wide = wide && is_x86_feature_detected!("avx512vl") && is_x86_feature_detected!("avx512dq");
            if avx2 && wide && is_x86_feature_detected!("avx512vnni") {
                all.push(Kernel(Set::Vnni));
            }
            if avx2 {
                all.push(Kernel(Set::Avx2));
            }
            all.push(Kernel(Set::Sse2));
        }
        all.push(Kernel(Set::Portable));
        all
    }

    /// Its name: "avx512-vnni", "avx2", "sse2" or "portable".
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Set::Sse2 => "sse2",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::Vnni => "avx512-vnni",
        }
    }
}

/// Runs one step in the code compiled for the kernel's instructions.
macro_rules! dispatch {
    ($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*), $portable:path, $sse2:path, $avx2:path, $vnni:path) => {
        $(#[$doc])*
        pub(crate) fn $name(self, $($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn on_avx2($($arg: $type),*) {
                $avx2($($arg),*)
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
            fn on_vnni($($arg: $type),*) {
                $vnni($($arg),*)
            }
            match self.0 {
                Set::Portable => $portable($($arg),*),
                #[cfg(target_arch = "x86_64")]
                Set::Sse2 => $sse2($($arg),*),
                // SAFETY: by the invariant of `Kernel`, the processor has these instructions.
                #[cfg(target_arch = "x86_64")]
                Set::Avx2 => unsafe { on_avx2($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Set::Vnni => unsafe { on_vnni($($arg),*) },
            }
        }
    };
}

/// A step that is the same code everywhere.
macro_rules! same {
    ($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*)) => {
        dispatch!($(#[$doc])* $name($($arg: $type),*), float::$name, float::$name, float::$name, float::$name);
    };
}

impl Kernel {
    dispatch!(
        /// A linear layer: `out` receives `a.n` rows of `m.rows` numbers.
        linear_into(a: &Rows, m: &Matrix, out: &mut [f32]),
        portable::linear, sse2::linear, avx2::linear, vnni::linear
    );
    same!(
        /// Rows to int8.
        quantise(x: &[f32], columns: usize, out: &mut Rows)
    );
    same!(
        /// Residual sum and layer norm.
        add_norm(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32])
    );
    same!(
        /// Layer norm.
        norm(x: &mut [f32], weight: &[f32], bias: &[f32])
    );
    same!(
        /// The activation function.
        gelu(x: &mut [f32])
    );
    same!(
        /// Attention of one sentence.
        attend(qkv: &[f32], hidden: usize, room: &mut Attention, out: &mut [f32])
    );
    same!(
        /// Products of all rows with all rows.
        products(a: &[f32], b: &[f32], columns: usize, out: &mut [f32])
    );
    same!(
        /// A weighed sum of rows.
        weigh(form: &[f32], head: &[f32], out: &mut [f32])
    );

    /// A linear layer into a vector that is made as long as needed.
    pub(crate) fn linear(self, a: &Rows, m: &Matrix, out: &mut Vec<f32>) {
        assert_eq!(a.columns, m.columns, "rows of another length than the matrix");
        // No clearing: every number is written over.
        out.resize(a.n * m.rows, 0.0);
        self.linear_into(a, m, out);
    }
}

/// Writes the sums of `N` rows by 16 outputs as numbers, leaving out rows past the end.
#[inline(always)]
fn store<const N: usize>(
    sums: &[[i32; 16]; N],
    a: &Rows,
    m: &Matrix,
    row: usize,
    column: usize,
    out: &mut [f32],
) {
    let scale: &[f32; 16] = m.scale[column..][..16].try_into().expect("16 numbers");
    let bias: &[f32; 16] = m.bias[column..][..16].try_into().expect("16 numbers");
    for (r, sums) in sums.iter().enumerate().take(a.n.saturating_sub(row)) {
        let out = &mut out[(row + r) * m.rows + column..][..16];
        for i in 0..16 {
            out[i] = float::restore(sums[i], a.scale[row + r], scale[i], bias[i]);
        }
    }
}

#[cfg(test)]
mod tests;
