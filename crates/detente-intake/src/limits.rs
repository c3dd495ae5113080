//! How much is unpacked before it is enough.

/// Bytes of one report that are read; the rest is left out with a note. A report of this size is a book
/// of forty thousand words; longer ones are dumps in which no sentence ends.
pub(crate) const MOST_TEXT: usize = 256 * 1024;

/// Bytes of one line of JSON Lines; a longer one is left out with a note.
pub(crate) const MOST_LINE: usize = 64 * 1024 * 1024;

/// What a parcel may cost. Time is its caller's affair: every step is bounded by what these let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file that is read as a whole: a page, a mail, a PDF, a file in an archive.
    pub file: u64,
    /// Bytes that all archives in one parcel may unpack to.
    pub unpacked: u64,
    /// Files in all archives of one parcel.
    pub members: usize,
    /// Archives within archives.
    pub depth: usize,
}

impl Default for Limits {
    /// What one machine reads without trouble, and more than a report, a mail or an archive of a year holds.
    fn default() -> Limits {
        Limits { file: 64 << 20, unpacked: 16 << 30, members: 200_000, depth: 4 }
    }
}
