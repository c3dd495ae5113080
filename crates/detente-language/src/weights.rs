//! Takes the bytes of a weights file, gives views of its sections: matrices, tables, vectors, names.
//!
//! The file is used where it lies (in the program, by `include_bytes!`): nothing is copied or parsed
//! but a table of about a hundred section names, so that starting costs nothing that a reader of one
//! short report would notice. The layout is described where it is written, in `train/export.py`.
//!
//! # How
//! 1. Check magic, version and length. 2. `section` finds a section by name and checks its shape.
//! 3. `matrix`, `table`, `floats`, `names` give typed views.
//! # Does not
//! Read from disk; work on big-endian processors (refused when compiling).

use bytemuck::cast_slice;

const _: () = assert!(cfg!(target_endian = "little"), "the weights are stored little endian");

/// Bytes that begin at a multiple of 64, as the kernels and the casts below need them.
#[repr(C, align(64))]
pub(crate) struct Aligned<T: ?Sized>(pub(crate) T);

/// A weights file that could not be used.
#[derive(Debug, PartialEq)]
pub struct Unusable(pub String);

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unusable weights: {}", self.0)
    }
}

impl std::error::Error for Unusable {}

/// The views that the encoder and the heads work on.
pub(crate) struct File {
    sections: Vec<Section>,
}

#[derive(Clone)]
struct Section {
    name: &'static str,
    kind: u32,
    rows: usize,
    columns: usize,
    bytes: &'static [u8],
}

/// A linear layer: int8 tiles of 16 outputs by 4 inputs (within -63..63), a scale and a bias for each
/// output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matrix {
    /// Outputs; a multiple of 16.
    pub(crate) rows: usize,
    /// Inputs; a multiple of 4.
    pub(crate) columns: usize,
    pub(crate) tiles: &'static [i8],
    pub(crate) scale: &'static [f32],
    pub(crate) bias: &'static [f32],
    /// Sum of the weights of each output, times -128: what the shift of the values adds, taken off.
    pub(crate) start: &'static [i32],
}

/// An embedding table: int8 rows with a scale each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) columns: usize,
    values: &'static [i8],
    scale: &'static [f32],
}

impl Table {
    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.scale.len()
    }

    /// One row and its scale.
    pub(crate) fn row(&self, i: usize) -> (&'static [i8], f32) {
        (&self.values[i * self.columns..][..self.columns], self.scale[i])
    }
}

const MAGIC: &[u8] = b"DETLANG1";
const VERSION: u32 = 1;
const HEADER: usize = 24;
const ENTRY: usize = 64;
const NAME: usize = 36;

fn u32_at(b: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(b.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(b: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(b.get(at..at + 8)?.try_into().ok()?)).ok()
}

impl File {
    /// Opens a weights file that lies in memory at a multiple of 64 bytes.
    pub(crate) fn open(bytes: &'static [u8]) -> Result<File, Unusable> {
        let bad = |what: &str| Unusable(what.to_owned());
        if bytes.as_ptr().align_offset(64) != 0 {
            return Err(bad("not aligned to 64 bytes"));
        }
        if bytes.get(..8) != Some(MAGIC) {
            return Err(bad("not a weights file of Detente"));
        }
        if u32_at(bytes, 8) != Some(VERSION) {
            return Err(bad("written in another version of the layout"));
        }
        if u64_at(bytes, 16) != Some(bytes.len()) {
            return Err(bad("cut short"));
        }
        let n = u32_at(bytes, 12).ok_or_else(|| bad("no table"))? as usize;
        let sections = (0..n).map(|i| entry(bytes, HEADER + ENTRY * i)).collect::<Option<Vec<_>>>();
        Ok(File { sections: sections.ok_or_else(|| bad("a section lies outside the file"))? })
    }

    /// Is there a section of this name?
    pub(crate) fn has(&self, name: &str) -> bool {
        self.sections.iter().any(|s| s.name == name)
    }

    fn section(&self, name: &str, kind: u32) -> Result<Section, Unusable> {
        let found = self.sections.iter().find(|s| s.name == name && s.kind == kind);
        let s = found.ok_or_else(|| Unusable(format!("no section {name} of kind {kind}")))?;
        let want = match kind {
            0 | 4 | 6 => s.rows * s.columns * 4,
            1 | 2 => s.rows * s.columns,
            5 => s.rows * s.columns * 2,
            _ => s.bytes.len(),
        };
        if want != s.bytes.len() {
            return Err(Unusable(format!("section {name} has {} bytes, not {want}", s.bytes.len())));
        }
        Ok(s.clone())
    }

    /// A vector.
    pub(crate) fn floats(&self, name: &str) -> Result<&'static [f32], Unusable> {
        Ok(cast_slice(self.section(name, 0)?.bytes))
    }

    /// A vector that must have this length.
    pub(crate) fn floats_of(&self, name: &str, n: usize) -> Result<&'static [f32], Unusable> {
        let v = self.floats(name)?;
        if v.len() == n { Ok(v) } else { Err(Unusable(format!("{name} has {} numbers, not {n}", v.len()))) }
    }

    /// A linear layer with this many inputs.
    pub(crate) fn matrix(&self, name: &str, columns: usize) -> Result<Matrix, Unusable> {
        let w = self.section(&format!("{name}.w"), 1)?;
        if !w.rows.is_multiple_of(16) || !columns.is_multiple_of(4) || w.columns != columns {
            return Err(Unusable(format!("{name} is {} by {}", w.rows, w.columns)));
        }
        let scale = self.floats_of(&format!("{name}.s"), w.rows)?;
        let bias = self.floats_of(&format!("{name}.b"), w.rows)?;
        let start: &[i32] = cast_slice(self.section(&format!("{name}.t"), 6)?.bytes);
        if start.len() != w.rows {
            return Err(Unusable(format!("{name} has {} sums", start.len())));
        }
        Ok(Matrix { rows: w.rows, columns, tiles: cast_slice(w.bytes), scale, bias, start })
    }

    /// An embedding table with this many columns.
    pub(crate) fn table(&self, name: &str, columns: usize) -> Result<Table, Unusable> {
        let w = self.section(&format!("{name}.w"), 2)?;
        if w.columns != columns {
            return Err(Unusable(format!("{name} has {} columns", w.columns)));
        }
        let scale = self.floats_of(&format!("{name}.s"), w.rows)?;
        Ok(Table { columns, values: cast_slice(w.bytes), scale })
    }

    /// A list of names.
    pub(crate) fn names(&self, name: &str) -> Result<Vec<&'static str>, Unusable> {
        let s = self.text(name)?;
        Ok(s.split('\n').collect())
    }

    /// A section of text.
    pub(crate) fn text(&self, name: &str) -> Result<&'static str, Unusable> {
        std::str::from_utf8(self.raw(name)?).map_err(|_| Unusable(format!("{name} is not UTF-8")))
    }

    /// A section of bytes.
    pub(crate) fn raw(&self, name: &str) -> Result<&'static [u8], Unusable> {
        Ok(self.section(name, 3)?.bytes)
    }

    /// A section of 32-bit numbers.
    pub(crate) fn u32s(&self, name: &str) -> Result<&'static [u32], Unusable> {
        Ok(cast_slice(self.section(name, 4)?.bytes))
    }

    /// A section of 16-bit numbers.
    pub(crate) fn u16s(&self, name: &str) -> Result<&'static [u16], Unusable> {
        Ok(cast_slice(self.section(name, 5)?.bytes))
    }
}

fn entry(file: &'static [u8], at: usize) -> Option<Section> {
    let name = file.get(at..at + NAME)?;
    let end = name.iter().position(|&b| b == 0).unwrap_or(NAME);
    let (offset, length) = (u64_at(file, at + 48)?, u64_at(file, at + 56)?);
    if offset % 64 != 0 {
        return None;
    }
    Some(Section {
        name: std::str::from_utf8(&name[..end]).ok()?,
        kind: u32_at(file, at + NAME)?,
        rows: u32_at(file, at + 40)? as usize,
        columns: u32_at(file, at + 44)? as usize,
        bytes: file.get(offset..offset.checked_add(length)?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_weights_keep_the_bounds_that_the_kernels_count_on() {
        let file = File::open(&crate::ENGLISH.0).expect("the bundled weights open");
        for section in file.sections.iter().filter(|s| s.kind == 1) {
            let name = section.name.strip_suffix(".w").expect("a matrix");
            let m = file.matrix(name, section.columns).expect("a whole matrix");
            assert!(m.tiles.iter().all(|w| (-63..=63).contains(w)), "{name}");
            for output in 0..m.rows {
                let strip = &m.tiles[output / 16 * 16 * m.columns..][..16 * m.columns];
                let own = strip.chunks_exact(64).flat_map(|t| &t[output % 16 * 4..][..4]);
                assert_eq!(own.map(|&w| i32::from(w)).sum::<i32>() * -128, m.start[output], "{name}");
            }
        }
    }

    #[test]
    fn damaged_files_are_refused() {
        let whole = &crate::ENGLISH.0;
        let leaked = |change: &dyn Fn(&mut [u8])| -> &'static [u8] {
            let room = vec![0; 8192 + 64].leak();
            let at = room.as_ptr().align_offset(64);
            let place = &mut room[at..at + 8192];
            place.copy_from_slice(&whole[..8192]);
            change(place);
            place
        };
        let why = |bytes| File::open(bytes).err().map(|e| e.0).unwrap_or_default();
        assert_eq!(why(leaked(&|b| b[0] = 0)), "not a weights file of Detente");
        assert_eq!(why(leaked(&|b| b[8] = 99)), "written in another version of the layout");
        assert_eq!(why(leaked(&|_| {})), "cut short");
        assert_eq!(why(&leaked(&|_| {})[1..]), "not aligned to 64 bytes");
        let short = |b: &mut [u8]| b[16..24].copy_from_slice(&8192u64.to_le_bytes());
        assert_eq!(why(leaked(&short)), "a section lies outside the file");
    }
}
