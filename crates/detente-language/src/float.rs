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

/// Rows of int8 numbers with a scale each: what the integer kernels multiply.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Number of rows.
    pub(crate) n: usize,
    /// Length of a row.
    pub(crate) columns: usize,
    /// Row after row; zero rows follow up to a multiple of [`Rows::BLOCK`].
    pub(crate) values: Vec<i8>,
    /// Scale of each row.
    pub(crate) scale: Vec<f32>,
    /// Sum of the values of each row.
    pub(crate) sum: Vec<i32>,
}

impl Rows {
    /// Kernels take rows in blocks of this many.
    pub(crate) const BLOCK: usize = 8;

    /// Makes room for `n` rows, all zero.
    pub(crate) fn reset(&mut self, n: usize, columns: usize) {
        let padded = n.next_multiple_of(Rows::BLOCK);
        (self.n, self.columns) = (n, columns);
        self.values.clear();
        self.values.resize(padded * columns, 0);
        self.scale.clear();
        self.scale.resize(padded, 0.0);
        self.sum.clear();
        self.sum.resize(padded, 0);
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
        let mut total = 0i32;
        for (v, &f) in values.iter_mut().zip(row) {
            // The sum with 1.5 * 2^23 leaves the rounded number in the low bits.
            let bits = (f * by + 12_582_912.0).to_bits() as i32;
            let q = bits.wrapping_sub(0x4B40_0000) as i8;
            *v = q;
            total += i32::from(q);
        }
        out.scale[r] = top / 127.0;
        out.sum[r] = total;
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

/// Room for one attention: keys turned on their side, and the weights of one query.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    keys: Vec<f32>,
    weights: Vec<f32>,
}

/// Attention of one sentence. `qkv` holds, for each word piece, queries (already scaled), keys and
/// values of all heads; `out` receives the mixed values.
#[inline(always)]
pub(crate) fn attend(qkv: &[f32], hidden: usize, room: &mut Attention, out: &mut [f32]) {
    let n = out.len() / hidden;
    let padded = n.next_multiple_of(LANES);
    room.keys.clear();
    room.keys.resize(HEAD * padded, 0.0);
    room.weights.clear();
    room.weights.resize(padded, 0.0);
    for head in 0..hidden / HEAD {
        let at = head * HEAD;
        for i in 0..n {
            let key = &qkv[i * 3 * hidden + hidden + at..][..HEAD];
            for (d, &k) in key.iter().enumerate() {
                room.keys[d * padded + i] = k;
            }
        }
        for i in 0..n {
            let query = &qkv[i * 3 * hidden + at..][..HEAD];
            compare(query, &room.keys, n, &mut room.weights);
            let mixed = mix(&room.weights[..n], &qkv[2 * hidden + at..], 3 * hidden);
            out[i * hidden + at..][..HEAD].copy_from_slice(&mixed);
        }
    }
}

/// Softmax of the products of one query with all keys.
#[inline(always)]
fn compare(query: &[f32], keys: &[f32], n: usize, weights: &mut [f32]) {
    let padded = weights.len();
    let mut top = [f32::MIN; LANES];
    for block in (0..padded).step_by(LANES) {
        let mut acc = [0.0; LANES];
        for d in 0..HEAD {
            let key = lanes(&keys[d * padded + block..][..LANES]);
            for i in 0..LANES {
                acc[i] += query[d] * key[i];
            }
        }
        for i in 0..LANES {
            // Places after the last word piece take no part.
            acc[i] = if block + i < n { acc[i] } else { f32::MIN };
            top[i] = larger(acc[i], top[i]);
        }
        weights[block..][..LANES].copy_from_slice(&acc);
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

/// The values of one head, mixed by weight.
#[inline(always)]
fn mix(weights: &[f32], values: &[f32], stride: usize) -> [f32; HEAD] {
    let mut acc = [0.0; HEAD];
    for (j, &w) in weights.iter().enumerate() {
        let value: &[f32; HEAD] = values[j * stride..][..HEAD].try_into().expect("HEAD numbers");
        for d in 0..HEAD {
            acc[d] += w * value[d];
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
            (1.0, 0.841_344_75),
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
        assert_eq!((out.n, out.values[0], out.values[31]), (2, -127, 127));
        assert_eq!(out.sum[0], out.values[..16].iter().map(|&v| i32::from(v)).sum::<i32>());
        assert_eq!(out.values.len(), 8 * 16);
    }
}
