//! The faces that a dossier is set in: Source Serif and Source Sans, cut to Latin, Greek and Cyrillic.
//!
//! They lie in the program as they will lie in the file, deflated; `fonts/subset.py` made them. A letter that a serif
//! lacks is taken from the sans of its weight; one that both lack is shown as an empty box.

use std::sync::OnceLock;
use ttf_parser::GlyphId;

/// A font at one weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    Serif,
    SerifBold,
    Sans,
    SansBold,
}

/// What is known of a face.
pub(super) struct Font {
    /// The font, deflated.
    pub(super) packed: &'static [u8],
    /// The font, as its makers wrote it.
    pub(super) bytes: Vec<u8>,
}

/// The fonts, unpacked.
static FONTS: OnceLock<[Font; 4]> = OnceLock::new();

/// Their tables.
static TABLES: OnceLock<[ttf_parser::Face<'static>; 4]> = OnceLock::new();

fn fonts() -> &'static [Font; 4] {
    FONTS.get_or_init(|| {
        let packed: [&'static [u8]; 4] = [
            include_bytes!(concat!(env!("OUT_DIR"), "/serif.ttf.z")),
            include_bytes!(concat!(env!("OUT_DIR"), "/serif-bold.ttf.z")),
            include_bytes!(concat!(env!("OUT_DIR"), "/sans.ttf.z")),
            include_bytes!(concat!(env!("OUT_DIR"), "/sans-bold.ttf.z")),
        ];
        packed.map(|packed| {
            let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(packed)
                .expect("the build packed it, and a test unpacks it");
            Font { packed, bytes }
        })
    })
}

fn tables() -> &'static [ttf_parser::Face<'static>; 4] {
    TABLES.get_or_init(|| {
        let table = |at: usize| {
            ttf_parser::Face::parse(&fonts()[at].bytes, 0)
                .expect("fonts/subset.py wrote it, and a test reads it")
        };
        [table(0), table(1), table(2), table(3)]
    })
}

impl Face {
    pub(super) const ALL: [Face; 4] = [Face::Serif, Face::SerifBold, Face::Sans, Face::SansBold];

    /// Its name in the file's resources.
    pub(super) fn name(self) -> &'static str {
        ["Serif", "SerifBold", "Sans", "SansBold"][self as usize]
    }

    /// Its name for the file's readers.
    pub(super) fn base_font(self) -> &'static str {
        ["DetenteSerif-Regular", "DetenteSerif-Bold", "DetenteSans-Regular", "DetenteSans-SemiBold"]
            [self as usize]
    }

    /// The font's bytes.
    pub(super) fn font(self) -> &'static Font {
        &fonts()[self as usize]
    }

    /// The font's measures.
    pub(super) fn table(self) -> &'static ttf_parser::Face<'static> {
        &tables()[self as usize]
    }

    /// The face that a letter is taken from.
    pub(super) fn of_letter(self, letter: char) -> Face {
        let has = |face: Face| face.table().glyph_index(letter).is_some();
        let spare = match self {
            Face::Serif => Face::Sans,
            Face::SerifBold => Face::SansBold,
            _ => self,
        };
        if has(self) || !has(spare) { self } else { spare }
    }

    /// The letter's shape; the empty box where the face lacks it.
    pub(super) fn glyph(self, letter: char) -> GlyphId {
        self.table().glyph_index(letter).unwrap_or(GlyphId(0))
    }

    /// How far the letter takes the line, in thousandths of the size.
    pub(super) fn advance(self, letter: char) -> i32 {
        let table = self.table();
        let units = table.glyph_hor_advance(self.glyph(letter)).unwrap_or(0);
        i32::from(units) * 1000 / i32::from(table.units_per_em())
    }

    /// How much closer (below zero) two letters stand, in thousandths of the size.
    pub(super) fn kern(self, left: char, right: char) -> i32 {
        let table = self.table();
        let pair = (self.glyph(left), self.glyph(right));
        let kern = table
            .tables()
            .kern
            .into_iter()
            .flat_map(|k| k.subtables)
            .find_map(|t| t.glyphs_kerning(pair.0, pair.1));
        i32::from(kern.unwrap_or(0)) * 1000 / i32::from(table.units_per_em())
    }

    /// Whether the letter is shown as itself.
    pub(super) fn has(self, letter: char) -> bool {
        self.table().glyph_index(letter).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_the_letters_of_the_news() {
        for face in Face::ALL {
            for letter in "Aa€ÅÇřžŁşğıñ ĐđΑωЖяіїёҚқẤ–—‘’“”…·×÷½".chars()
            {
                assert!(face.has(letter), "{face:?} lacks {letter}");
                assert!(face.advance(letter) > 0, "{face:?}: {letter} takes no room");
            }
            assert!(!face.has('峠') && face.advance('峠') > 100, "{face:?}: a lacking letter takes room");
            assert!(face.kern('A', 'V') < 0, "{face:?} is not kerned");
            assert_eq!(face.table().units_per_em(), 1000, "advances are exact");
        }
        assert_eq!(Face::Serif.of_letter('●'), Face::Sans);
        assert_eq!(Face::SerifBold.of_letter('峠'), Face::SerifBold);
    }

    #[test]
    fn a_cut_font_goes_by_its_own_name() {
        for face in Face::ALL {
            let names = face.table().names();
            let written = names.into_iter().filter(|n| n.name_id == 6).find_map(|n| n.to_string());
            assert_eq!(written.as_deref(), Some(face.base_font()));
        }
    }
}
