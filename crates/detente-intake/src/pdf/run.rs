//! What a page shows: its instructions followed, as far as they place text.

use super::MOST_STREAM;
use super::font::Font;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// Instructions in one PDF.
const MOST_STEPS: usize = 1_500_000;

/// Bytes of instructions in one PDF, each time that they are followed.
const MOST_BYTES: usize = 256 << 20;

/// Drawings within drawings.
const DEEPEST: usize = 12;

/// A piece of text at its place. `y` grows upwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// What has been done, and the fonts that are known.
#[derive(Default)]
pub(super) struct Work {
    steps: usize,
    bytes: usize,
    /// Pages that cannot be unpacked.
    pub(super) broken: usize,
    fonts: BTreeMap<ObjectId, std::rc::Rc<Font>>,
}

impl Work {
    pub(super) fn spent(&self) -> bool {
        self.steps > MOST_STEPS || self.bytes > MOST_BYTES
    }
}

/// Everything that a page shows, in the order in which it is drawn.
pub(super) fn page(document: &Document, id: ObjectId, work: &mut Work) -> Vec<Piece> {
    let Ok(content) = document.get_page_content_with_limit(id, MOST_STREAM) else {
        work.broken += 1;
        return Vec::new();
    };
    let mut resources: Vec<&Dictionary> = Vec::new();
    if let Ok((own, inherited)) = document.get_page_resources(id) {
        resources.extend(own);
        resources.extend(inherited.iter().filter_map(|id| document.get_dictionary(*id).ok()));
    }
    let mut run = Run { document, work, pieces: Vec::new(), depth: 0 };
    run.follow(&content, &resources, Matrix::ONE);
    run.pieces
}

/// `[a b c d e f]`: where a point goes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Matrix([f64; 6]);

impl Matrix {
    const ONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    fn of(numbers: &[f64]) -> Option<Matrix> {
        Some(Matrix(numbers.get(..6)?.try_into().ok()?))
    }

    fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

/// What is set until it is set anew.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<std::rc::Rc<Font>>,
    size: f64,
    between: f64,
    blank: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    text: Matrix,
    line: Matrix,
}

impl State {
    fn new(page: Matrix) -> State {
        State {
            page,
            font: None,
            size: 1.0,
            between: 0.0,
            blank: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Matrix::ONE,
            line: Matrix::ONE,
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }
}

struct Run<'d, 'w> {
    document: &'d Document,
    work: &'w mut Work,
    pieces: Vec<Piece>,
    depth: usize,
}

impl<'d> Run<'d, '_> {
    fn follow(&mut self, content: &[u8], resources: &[&'d Dictionary], page: Matrix) {
        self.work.bytes += content.len();
        if self.depth > DEEPEST || self.work.spent() {
            return;
        }
        self.depth += 1;
        let mut state = State::new(page);
        let mut kept: Vec<State> = Vec::new();
        for operation in Content::decode_iter(content) {
            self.work.steps += 1;
            // What is damaged is followed as far as it goes.
            let Ok(operation) = operation else { break };
            if self.work.spent() {
                break;
            }
            let operation = &operation;
            match operation.operator.as_str() {
                "q" if kept.len() < 200 => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "Do" => self.drawing(operation, resources, &state),
                "Tf" => self.font(operation, resources, &mut state),
                "Tj" | "'" | "\"" | "TJ" => self.show(operation, &mut state),
                _ => set(operation, &mut state),
            }
        }
        self.depth -= 1;
    }

    /// A drawing with a name, which may show text or other drawings.
    fn drawing(&mut self, operation: &Operation, resources: &[&'d Dictionary], state: &State) {
        let Some(name) = operation.operands.first().and_then(|o| o.as_name().ok()) else { return };
        let Some(Object::Stream(form)) = self.named(resources, b"XObject", name) else { return };
        if !form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form") {
            return;
        }
        self.work.steps += 50;
        let plain = form.dict.get(b"Filter").is_err();
        let unpacked =
            if plain { Ok(form.content.clone()) } else { form.decompressed_content_with_limit(MOST_STREAM) };
        let Ok(content) = unpacked else { return };
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let resources = own.map_or_else(|| resources.to_vec(), |own| vec![own]);
        let matrix = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let matrix = matrix.and_then(|m| Matrix::of(&numbers(m))).unwrap_or(Matrix::ONE);
        self.follow(&content, &resources, matrix.then(state.page));
    }

    /// What a name stands for in the resources of the page.
    fn named(&self, resources: &[&'d Dictionary], kind: &[u8], name: &[u8]) -> Option<&'d Object> {
        resources.iter().find_map(|all| {
            let named = all.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            named.get_deref(name, self.document).ok()
        })
    }

    fn font(&mut self, operation: &Operation, resources: &[&'d Dictionary], state: &mut State) {
        let Some(name) = operation.operands.first().and_then(|o| o.as_name().ok()) else { return };
        state.size = operation.operands.get(1).and_then(|o| o.as_float().ok()).map_or(1.0, f64::from);
        let id = resources.iter().find_map(|all| {
            let fonts = all.get_deref(b"Font", self.document).ok()?.as_dict().ok()?;
            fonts.get(name).ok()?.as_reference().ok()
        });
        let Some(Object::Dictionary(font)) = self.named(resources, b"Font", name) else {
            state.font = None;
            return;
        };
        let known = id.and_then(|id| self.work.fonts.get(&id).cloned());
        let made = known.unwrap_or_else(|| {
            // Making a font is as much work as pages of instructions.
            self.work.steps += 20_000;
            std::rc::Rc::new(Font::of(font, self.document))
        });
        if let Some(id) = id {
            self.work.fonts.insert(id, std::rc::Rc::clone(&made));
        }
        state.font = Some(made);
    }

    fn show(&mut self, operation: &Operation, state: &mut State) {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "'" => state.next_line(0.0, -state.leading),
            "\"" => {
                let numbers = numbers(operands);
                state.blank = numbers.first().copied().unwrap_or(state.blank);
                state.between = numbers.get(1).copied().unwrap_or(state.between);
                state.next_line(0.0, -state.leading);
            }
            _ => {}
        }
        let parts = match operands.last() {
            Some(Object::Array(parts)) => parts.as_slice(),
            Some(part) => std::slice::from_ref(part),
            None => return,
        };
        for part in parts {
            self.work.steps += 1;
            match part {
                Object::String(bytes, _) => self.piece(bytes, state),
                other => {
                    let back = other.as_float().map_or(0.0, f64::from);
                    let shift = -back / 1000.0 * state.size * state.stretch;
                    state.text = Matrix::shift(shift, 0.0).then(state.text);
                }
            }
        }
    }

    fn piece(&mut self, bytes: &[u8], state: &mut State) {
        let Some(font) = state.font.clone() else { return };
        self.work.steps += bytes.len() / 16;
        let shown = font.show(bytes);
        let spread = shown.codes as f64 * state.between + shown.blanks as f64 * state.blank;
        let width = (shown.width / 1000.0 * state.size + spread) * state.stretch;
        let place = Matrix::shift(0.0, state.rise).then(state.text).then(state.page);
        let end = Matrix::shift(width, state.rise).then(state.text).then(state.page);
        let [_, _, c, d, x, y] = place.0;
        state.text = Matrix::shift(width, 0.0).then(state.text);
        let size = state.size.abs() * (c * c + d * d).sqrt();
        if [x, y, size, end.0[4]].iter().all(|n| n.is_finite()) && !shown.text.is_empty() {
            self.pieces.push(Piece { x, end: end.0[4], y, size, text: shown.text });
        }
    }
}

/// Everything that is set, and shows nothing.
fn set(operation: &Operation, state: &mut State) {
    let numbers = numbers(&operation.operands);
    let first = numbers.first().copied();
    match (operation.operator.as_str(), first) {
        ("cm", _) => state.page = Matrix::of(&numbers).unwrap_or(Matrix::ONE).then(state.page),
        ("BT", _) => (state.text, state.line) = (Matrix::ONE, Matrix::ONE),
        ("Tm", _) => {
            state.line = Matrix::of(&numbers).unwrap_or(Matrix::ONE);
            state.text = state.line;
        }
        ("Td", Some(x)) => state.next_line(x, numbers.get(1).copied().unwrap_or(0.0)),
        ("TD", Some(x)) => {
            let y = numbers.get(1).copied().unwrap_or(0.0);
            state.leading = -y;
            state.next_line(x, y);
        }
        ("T*", _) => state.next_line(0.0, -state.leading),
        ("Tc", Some(n)) => state.between = n,
        ("Tw", Some(n)) => state.blank = n,
        ("Tz", Some(n)) => state.stretch = n / 100.0,
        ("TL", Some(n)) => state.leading = n,
        ("Ts", Some(n)) => state.rise = n,
        _ => {}
    }
}

fn numbers(objects: &[Object]) -> Vec<f64> {
    objects.iter().filter_map(|o| o.as_float().ok()).map(f64::from).collect()
}
