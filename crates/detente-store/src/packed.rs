//! Packing what is derived: JSON of readings is long and repeats itself.

use std::io;

/// Fast, and already a tenth of the size.
const LEVEL: i32 = 1;

/// No reading or dossier is larger; what claims to be is damaged.
const MOST: usize = 1 << 30;

/// Packs bytes.
pub(crate) fn close(bytes: &[u8]) -> io::Result<Vec<u8>> {
    zstd::bulk::compress(bytes, LEVEL)
}

/// Opens packed bytes.
pub(crate) fn open(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten().unwrap_or(0);
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if size > MOST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a packed part is larger than any can be"));
    }
    zstd::bulk::decompress(bytes, size)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_packed_opens() {
        for text in ["", "a", &"grain ship ".repeat(9000)] {
            let packed = super::close(text.as_bytes()).unwrap();
            assert_eq!(super::open(&packed).unwrap(), text.as_bytes());
        }
        assert!(super::open(b"not packed").is_err());
    }
}
