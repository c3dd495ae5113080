//! The steps of the network in floating point, written once.
//!
//! Every kernel runs exactly this code, compiled for its instructions; so every kernel gives the same
//! bytes. For that, sums run over sixteen lanes in a fixed order, products and sums are never fused,
//! and `exp` and `erf` are polynomials of our own.
//!
//! # Does not
//! Know the network's shape, or use the mathematical library of the system (its last digit differs
//! from system to system).

/// Sums are taken in this many lanes.
pub(crate) const LANES: usize = 16;
/// Width of one attention head.
pub(crate) const HEAD: usize = 32;

/// Rows of whole numbers of -127..127 with a scale each: what the integer kernels multiply.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Number of rows.
    pub(crate) n: usize,
    /// Length of a row.
    pub(crate) columns: usize,
    /// Row after row, each number shifted up by 128 (the fast instructions want one side without sign);
    /// further rows of any content follow up to a multiple of [`Rows::BLOCK`].
    pub(crate) values: Vec<u8>,
    /// Scale of each row.
    pub(crate) scale: Vec<f32>,
}

impl Rows {
    /// Kernels take rows in blocks of this many.
    pub(crate) const BLOCK: usize = 8;

    /// Makes room for `n` rows, to be written over.
    pub(crate) fn reset(&mut self, n: usize, columns: usize) {
        (self.n, self.columns) = (n, columns);
        self.values.resize(n.next_multiple_of(Rows::BLOCK) * columns, 0);
        self.scale.resize(n, 0.0);
    }
}

#[inline(always)]
fn fold(lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = lanes;
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = join(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

#[inline(always)]
fn lanes(x: &[f32]) -> &[f32; LANES] {
    x.try_into().expect("a chunk of LANES numbers")
}

#[inline(always)]
fn sum(x: &[f32]) -> f32 {
    let mut acc = [0.0; LANES];
    for c in x.chunks_exact(LANES) {
        let c = lanes(c);
        for i in 0..LANES {
            acc[i] += c[i];
        }
    }
    fold(acc, |a, b| a + b)
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Rounds to the nearest whole number (ties to even) for |x| < 2^22.
#[inline(always)]
fn round(x: f32) -> f32 {
    const SHIFT: f32 = 12_582_912.0; // 1.5 * 2^23
    (x + SHIFT) - SHIFT
}

/// Turns each row of `x` into int8 with one scale: the largest number becomes 127.
#[inline(always)]
pub(crate) fn quantise(x: &[f32], columns: usize, out: &mut Rows) {
    out.reset(x.len() / columns, columns);
    for (r, row) in x.chunks_exact(columns).enumerate() {
        let mut top = [0.0f32; LANES];
        for c in row.chunks_exact(LANES) {
            let c = lanes(c);
            for i in 0..LANES {
                top[i] = larger(c[i].abs(), top[i]);
            }
        }
        let top = fold(top, larger);
        let by = if top > 0.0 { 127.0 / top } else { 0.0 };
        let values = &mut out.values[r * columns..][..columns];
        for (v, &f) in values.iter_mut().zip(row) {
            // The sum with 1.5 * 2^23 leaves the rounded number in the low bits.
            *v = ((f * by + 12_582_912.0).to_bits() as u8).wrapping_add(128);
        }
        out.scale[r] = top / 127.0;
    }
}

/// Adds `y` to `x` and brings each row to mean 0 and variance 1, then scales and shifts it.
#[inline(always)]
pub(crate) fn add_norm(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]) {
    let columns = weight.len();
    for (row, add) in x.chunks_exact_mut(columns).zip(y.chunks_exact(columns)) {
        for (a, b) in row.iter_mut().zip(add) {
            *a += b;
        }
        norm_row(row, weight, bias);
    }
}

/// Brings each row to mean 0 and variance 1, then scales and shifts it.
#[inline(always)]
pub(crate) fn norm(x: &mut [f32], weight: &[f32], bias: &[f32]) {
    for row in x.chunks_exact_mut(weight.len()) {
        norm_row(row, weight, bias);
    }
}

#[inline(always)]
fn norm_row(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    let per = 1.0 / row.len() as f32;
    let mean = sum(row) * per;
    let mut square = [0.0; LANES];
    for c in row.chunks_exact_mut(LANES) {
        for i in 0..LANES {
            c[i] -= mean;
            square[i] += c[i] * c[i];
        }
    }
    let by = 1.0 / (fold(square, |a, b| a + b) * per + 1e-12).sqrt();
    for ((v, &w), &b) in row.iter_mut().zip(weight).zip(bias) {
        *v = *v * by * w + b;
    }
}

/// erf(x/√2)/x as a polynomial in t = 2(x/4.5)² - 1, fitted for the smallest error of `gelu` (1.5e-5).
const ERF: [f32; 11] = [
    0.313_810_26,
    -0.154_381_4,
    0.109_376_68,
    -0.080_326_356,
    0.056_831_83,
    -0.037_560_243,
    0.021_957_269,
    -0.011_279_937,
    0.006_714_703,
    -0.004_270_279_3,
    0.001_348_341_7,
];

#[inline(always)]
fn gelu_one(x: f32) -> f32 {
    const END: f32 = 4.5;
    let t = x * x * (2.0 / (END * END)) - 1.0;
    let t = if t < 1.0 { t } else { 1.0 };
    let mut p = ERF[10];
    for k in (0..10).rev() {
        p = p * t + ERF[k];
    }
    let erf = if x.abs() < END { p * x } else { 1.0f32.copysign(x) };
    0.5 * x * (1.0 + erf)
}

/// x times the chance that a standard normal number is below x.
#[inline(always)]
pub(crate) fn gelu(x: &mut [f32]) {
    for v in x {
        *v = gelu_one(*v);
    }
}

/// e^x for x <= 0, within 2e-7; 0 below -87.
#[inline(always)]
fn exp_one(x: f32) -> f32 {
    let low = x < -87.0;
    let x = if low { -87.0 } else { x };
    let n = round(x * std::f32::consts::LOG2_E);
    let r = x - n * 0.693_359_4;
    let r = r + n * 2.121_944_4e-4;
    let mut p = 1.987_569_1e-4f32;
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_6e-1, 0.5] {
        p = p * r + c;
    }
    let p = p * r * r + r + 1.0;
    let power = (n + 12_582_912.0).to_bits().wrapping_sub(0x4B40_0000).wrapping_add(127) << 23;
    let y = p * f32::from_bits(power);
    if low { 0.0 } else { y }
}

/// Room for one attention: the keys of one head turned on their side, its values one after the other,
/// and the weights of some queries.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    keys: Vec<f32>,
    values: Vec<f32>,
    weights: Vec<f32>,
}

/// Queries taken together, so that one sum need not wait for another.
const TOGETHER: usize = 4;

/// Attention of one sentence. `qkv` holds, for each word piece, queries (already scaled), keys and
/// values of all heads; `out` receives the mixed values.
#[inline(always)]
pub(crate) fn attend(qkv: &[f32], hidden: usize, room: &mut Attention, out: &mut [f32]) {
    let n = out.len() / hidden;
    let padded = n.next_multiple_of(LANES);
    room.keys.resize(HEAD * padded, 0.0);
    room.weights.resize(TOGETHER * padded, 0.0);
    for at in (0..hidden).step_by(HEAD) {
        turn_keys(qkv, hidden, at, &mut room.keys[..HEAD * padded]);
        room.values.clear();
        for values in qkv.chunks_exact(3 * hidden) {
            room.values.extend_from_slice(&values[2 * hidden + at..][..HEAD]);
        }
        let mut i = 0;
        while i + TOGETHER <= n {
            attend_some::<TOGETHER>(qkv, hidden, at, i, n, room, out);
            i += TOGETHER;
        }
        while i < n {
            attend_some::<1>(qkv, hidden, at, i, n, room, out);
            i += 1;
        }
    }
}

/// The keys of one head, turned on their side; places after the last are zero.
#[inline(always)]
fn turn_keys(qkv: &[f32], hidden: usize, at: usize, keys: &mut [f32]) {
    let padded = keys.len() / HEAD;
    let n = qkv.len() / (3 * hidden);
    for i in 0..n {
        let key = &qkv[i * 3 * hidden + hidden + at..][..HEAD];
        for (d, &k) in key.iter().enumerate() {
            keys[d * padded + i] = k;
        }
    }
    for row in keys.chunks_exact_mut(padded) {
        row[n..].fill(0.0);
    }
}

/// One head of the queries i to i + N.
#[inline(always)]
fn attend_some<const N: usize>(
    qkv: &[f32],
    hidden: usize,
    at: usize,
    i: usize,
    n: usize,
    room: &mut Attention,
    out: &mut [f32],
) {
    let padded = n.next_multiple_of(LANES);
    let mut queries = [[0.0; HEAD]; N];
    for (q, query) in queries.iter_mut().enumerate() {
        query.copy_from_slice(&qkv[(i + q) * 3 * hidden + at..][..HEAD]);
    }
    let weights = &mut room.weights[..N * padded];
    compare(&queries, &room.keys[..HEAD * padded], weights);
    for row in weights.chunks_exact_mut(padded) {
        softmax(row, n);
    }
    let mixed = mix::<N>(weights, &room.values);
    for (q, mixed) in mixed.iter().enumerate() {
        out[(i + q) * hidden + at..][..HEAD].copy_from_slice(mixed);
    }
}

/// The products of some queries with all keys.
#[inline(always)]
fn compare<const N: usize>(queries: &[[f32; HEAD]; N], keys: &[f32], weights: &mut [f32]) {
    let padded = keys.len() / HEAD;
    for block in (0..padded).step_by(LANES) {
        let mut acc = [[0.0; LANES]; N];
        for d in 0..HEAD {
            let key = lanes(&keys[d * padded + block..][..LANES]);
            for q in 0..N {
                for i in 0..LANES {
                    acc[q][i] += queries[q][d] * key[i];
                }
            }
        }
        for (q, acc) in acc.iter().enumerate() {
            weights[q * padded + block..][..LANES].copy_from_slice(acc);
        }
    }
}

/// Scores to shares; places after the first `n` get none.
#[inline(always)]
fn softmax(weights: &mut [f32], n: usize) {
    weights[n..].fill(f32::MIN);
    let mut top = [f32::MIN; LANES];
    for c in weights.chunks_exact(LANES) {
        for i in 0..LANES {
            top[i] = larger(c[i], top[i]);
        }
    }
    let top = fold(top, larger);
    let mut total = [0.0; LANES];
    for c in weights.chunks_exact_mut(LANES) {
        for i in 0..LANES {
            c[i] = exp_one(c[i] - top);
            total[i] += c[i];
        }
    }
    let by = 1.0 / fold(total, |a, b| a + b);
    for w in weights {
        *w *= by;
    }
}

/// The values of one head, mixed by the weights of some queries.
#[inline(always)]
fn mix<const N: usize>(weights: &[f32], values: &[f32]) -> [[f32; HEAD]; N] {
    let padded = weights.len() / N;
    let mut acc = [[0.0; HEAD]; N];
    for (j, value) in values.chunks_exact(HEAD).enumerate() {
        let value: &[f32; HEAD] = value.try_into().expect("HEAD numbers");
        for q in 0..N {
            let w = weights[q * padded + j];
            for d in 0..HEAD {
                acc[q][d] += w * value[d];
            }
        }
    }
    acc
}

/// `out[i][j]` = the product of row i of `a` with row j of `b`.
#[inline(always)]
pub(crate) fn products(a: &[f32], b: &[f32], columns: usize, out: &mut [f32]) {
    let width = b.len() / columns;
    for (row, out) in a.chunks_exact(columns).zip(out.chunks_exact_mut(width)) {
        for (other, out) in b.chunks_exact(columns).zip(out) {
            let mut acc = [0.0; LANES];
            for (x, y) in row.chunks_exact(LANES).zip(other.chunks_exact(LANES)) {
                let (x, y) = (lanes(x), lanes(y));
                for i in 0..LANES {
                    acc[i] += x[i] * y[i];
                }
            }
            *out = fold(acc, |a, b| a + b);
        }
    }
}

/// Adds up the rows of `form` (each as long as `out`) weighed by `head`, and the row after them as it is.
#[inline(always)]
pub(crate) fn weigh(form: &[f32], head: &[f32], out: &mut [f32]) {
    let width = out.len();
    out.copy_from_slice(&form[head.len() * width..][..width]);
    for (row, &h) in form.chunks_exact(width).zip(head) {
        for (o, &f) in out.iter_mut().zip(row) {
            *o += f * h;
        }
    }
}

/// An integer product becomes a number again.
#[inline(always)]
pub(crate) fn restore(acc: i32, row_scale: f32, scale: f32, bias: f32) -> f32 {
    acc as f32 * (row_scale * scale) + bias
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close() {
        for i in 0..87_000 {
            let x = -(i as f32) / 1000.0;
            let (got, want) = (f64::from(exp_one(x)), f64::from(x).exp());
            assert!((got - want).abs() <= 3e-7 * want + 1e-38, "{x}: {got} {want}");
        }
        assert_eq!(exp_one(-90.0), 0.0);
        assert_eq!(exp_one(0.0), 1.0);
    }

    #[test]
    fn gelu_is_close() {
        // Reference values of x * Φ(x).
        for (x, want) in [
            (-12.0, 0.0),
            (-4.6, -9.716e-6),
            (-2.0, -0.045_500_26),
            (-0.5, -0.154_268_77),
            (0.0, 0.0),
            (0.1, 0.053_982_784),
            (1.0, 0.841_344_8),
            (3.0, 2.995_950_3),
            (4.4, 4.399_976),
            (20.0, 20.0),
        ] {
            assert!((gelu_one(x) - want).abs() < 2e-5, "{x}: {} {want}", gelu_one(x));
        }
    }

    #[test]
    fn rows_keep_their_largest_number() {
        let mut out = Rows::default();
        let x: Vec<f32> = (0..32).map(|i| i as f32 - 20.0).collect();
        quantise(&x, 16, &mut out);
        assert_eq!((out.n, out.values[0], out.values[20], out.values[31]), (2, 1, 128, 255));
        assert_eq!(out.values.len(), 8 * 16);
    }
}
