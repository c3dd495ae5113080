//! Every kernel gives the bytes of the portable one.

use proptest::prelude::*;

use super::*;
use crate::weights::Matrix;

fn leak<T>(v: Vec<T>) -> &'static [T] {
    Box::leak(v.into_boxed_slice())
}

/// Numbers that look random, from a seed (xorshift).
fn numbers(seed: u64, n: usize) -> Vec<f32> {
    let mut x = seed | 1;
    let mut next = || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (x >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..n).map(|_| next() * 3.0).collect()
}

fn matrix(seed: u64, rows: usize, columns: usize) -> Matrix {
    let tiles = numbers(seed, rows * columns).iter().map(|v| (v * 21.3) as i8).collect();
    with_sums(Matrix {
        rows,
        columns,
        tiles: leak(tiles),
        scale: leak(numbers(seed + 1, rows)),
        bias: leak(numbers(seed + 2, rows)),
        start: &[],
    })
}

fn with_sums(m: Matrix) -> Matrix {
    let sum = |o: usize| (0..m.columns).map(|i| i32::from(weight(&m, o, i))).sum::<i32>() * -128;
    Matrix { start: leak((0..m.rows).map(sum).collect()), ..m }
}

fn weight(m: &Matrix, output: usize, input: usize) -> i8 {
    m.tiles[(output / 16) * 16 * m.columns + (input / 4) * 64 + (output % 16) * 4 + input % 4]
}

fn bits(x: &[f32]) -> Vec<u32> {
    x.iter().map(|v| v.to_bits()).collect()
}

/// The definition: row times column, straight from the tiles.
fn plain(a: &Rows, m: &Matrix) -> Vec<f32> {
    let mut out = Vec::new();
    for r in 0..a.n {
        for o in 0..m.rows {
            let value = |i: usize| i32::from(a.values[r * m.columns + i]) - 128;
            let sum = (0..m.columns).map(|i| value(i) * i32::from(weight(m, o, i))).sum();
            out.push(float::restore(sum, a.scale[r], m.scale[o], m.bias[o]));
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn products_agree_with_their_definition(seed in 1u64..1_000_000, n in 1usize..20, rows in 1usize..6, columns in 1usize..8) {
        let (rows, columns) = (rows * 16, columns * 16);
        let m = matrix(seed, rows, columns);
        let mut a = Rows::default();
        float::quantise(&numbers(seed + 3, n * columns), columns, &mut a);
        let want = bits(&plain(&a, &m));
        for kernel in Kernel::available() {
            let mut out = Vec::new();
            kernel.linear(&a, &m, &mut out);
            prop_assert_eq!(&bits(&out), &want, "{}", kernel.name());
        }
    }

    #[test]
    fn float_steps_agree(seed in 1u64..1_000_000, n in 1usize..40) {
        let hidden = 64;
        let x = numbers(seed, n * hidden);
        let (weight, bias) = (numbers(seed + 1, hidden), numbers(seed + 2, hidden));
        let qkv = numbers(seed + 3, n * hidden * 3);
        let run = |kernel: Kernel| {
            let mut all = x.clone();
            kernel.norm(&mut all, &weight, &bias);
            kernel.add_norm(&mut all, &x, &weight, &bias);
            kernel.gelu(&mut all);
            let mut mixed = vec![0.0; n * hidden];
            kernel.attend(&qkv, hidden, &mut Attention::default(), &mut mixed);
            let mut square = vec![0.0; n * n];
            kernel.products(&x, &mixed, hidden, &mut square);
            let mut rows = Rows::default();
            kernel.quantise(&mixed, hidden, &mut rows);
            let mut weighed = vec![0.0; 16];
            kernel.weigh(&numbers(seed, 16 * 5), &bias[..4], &mut weighed);
            let ints = rows.values.iter().map(|&v| v as u32);
            [all, mixed, square, rows.scale, weighed].concat().iter().map(|v| v.to_bits()).chain(ints).collect::<Vec<_>>()
        };
        let want = run(Kernel(Set::Portable));
        for kernel in Kernel::available() {
            prop_assert_eq!(&run(kernel), &want, "{}", kernel.name());
        }
    }
}

#[test]
fn extreme_values_do_not_overflow() {
    // The largest sums that int8 can make over the longest rows of the network.
    let (rows, columns) = (16, 1536);
    let one = leak(vec![1.0; rows]);
    for (value, weight) in [(255, 63), (0, 63), (255, -63), (0, -63)] {
        let tiles = leak(vec![weight; rows * columns]);
        let m = with_sums(Matrix { rows, columns, tiles, scale: one, bias: one, start: &[] });
        let mut a = Rows::default();
        a.reset(1, columns);
        a.values[..columns].fill(value);
        a.scale[0] = 1.0;
        let want = bits(&plain(&a, &m));
        for kernel in Kernel::available() {
            let mut out = Vec::new();
            kernel.linear(&a, &m, &mut out);
            assert_eq!(bits(&out), want, "{}", kernel.name());
        }
    }
}
