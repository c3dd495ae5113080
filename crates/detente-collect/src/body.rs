//! Takes the body of an answer as it comes, gives it unpacked, up to a limit.

use crate::trouble::Kind;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::{self, Read};

/// How much.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    /// Bytes as they come.
    pub(crate) wire: u64,
    /// Bytes unpacked.
    pub(crate) unpacked: u64,
    /// Is what is longer cut there, rather than refused?
    pub(crate) cut: bool,
}

/// Reads a body that is packed as its header says. `told` puts what the connection says in our words.
pub(crate) fn read(
    wire: impl Read,
    packing: &str,
    most: Most,
    told: &dyn Fn(io::Error) -> Kind,
) -> Result<Vec<u8>, Kind> {
    let mut wire = Metered { inner: wire, left: most.wire, over: false, failed: None };
    let mut out = Vec::new();
    let room = most.unpacked + 1;
    let read = match packing.to_ascii_lowercase().as_str() {
        "" | "identity" => (&mut wire).take(room).read_to_end(&mut out),
        "gzip" | "x-gzip" => MultiGzDecoder::new(&mut wire).take(room).read_to_end(&mut out),
        "deflate" => ZlibDecoder::new(&mut wire).take(room).read_to_end(&mut out),
        other => return Err(Kind::BadPacking(format!("{other} was not asked for"))),
    };
    let long = out.len() as u64 > most.unpacked;
    if (wire.over || long) && most.cut {
        out.truncate(usize::try_from(most.unpacked).unwrap_or(usize::MAX));
        return Ok(out);
    }
    if wire.over {
        return Err(Kind::Long(most.wire));
    }
    if let Some(error) = wire.failed.take() {
        return Err(told(error));
    }
    match read {
        Ok(_) if long && packing.is_empty() => Err(Kind::Long(most.unpacked)),
        Ok(_) if long => Err(Kind::Bomb(most.unpacked)),
        Ok(_) => Ok(out),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Kind::CutShort),
        Err(error) => Err(Kind::BadPacking(error.to_string())),
    }
}

/// Unpacks gzip that is no packing of the transfer but a file, as sitemaps are.
pub(crate) fn gunzip(bytes: &[u8], most: u64) -> Result<Vec<u8>, Kind> {
    let most = Most { wire: bytes.len() as u64, unpacked: most, cut: false };
    read(bytes, "gzip", most, &|error| Kind::BadPacking(error.to_string()))
}

/// Counts what comes, and keeps what goes wrong apart from what unpacking finds wrong.
struct Metered<R> {
    inner: R,
    left: u64,
    over: bool,
    failed: Option<io::Error>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.over {
            return Ok(0);
        }
        // One byte beyond the limit tells that there is more.
        let room = usize::try_from(self.left + 1).unwrap_or(usize::MAX).min(into.len());
        match self.inner.read(&mut into[..room]) {
            Ok(n) if n as u64 > self.left => {
                self.over = true;
                Ok(n - 1)
            }
            Ok(n) => {
                self.left -= n as u64;
                Ok(n)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failed = Some(error);
                Err(io::Error::other("the connection failed"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn of(bytes: &[u8], packing: &str, wire: u64, unpacked: u64, cut: bool) -> Result<Vec<u8>, Kind> {
        read(bytes, packing, Most { wire, unpacked, cut }, &|_| Kind::CutShort)
    }

    #[test]
    fn limits_hold_to_the_byte() {
        assert_eq!(of(b"12345", "", 5, 5, false), Ok(b"12345".to_vec()));
        assert_eq!(of(b"123456", "", 5, 9, false), Err(Kind::Long(5)));
        assert_eq!(of(b"123456", "identity", 9, 5, false), Err(Kind::Bomb(5)));
        assert_eq!(of(b"123456", "", 9, 5, true), Ok(b"12345".to_vec()));
        assert_eq!(of(b"123456", "", 5, 9, true), Ok(b"12345".to_vec()));
    }

    #[test]
    fn a_bomb_is_left_at_the_limit() {
        let bomb = packed(&vec![0; 4 << 20]);
        assert!(bomb.len() < 8192);
        assert_eq!(of(&bomb, "gzip", 1 << 20, 1 << 20, false), Err(Kind::Bomb(1 << 20)));
        assert_eq!(of(&packed(&bomb), "gzip", 1 << 20, 1 << 20, false).map(|b| b.len()), Ok(bomb.len()));
        assert_eq!(gunzip(&bomb, 1000), Err(Kind::Bomb(1000)));
    }

    #[test]
    fn what_is_broken_is_said() {
        let whole = packed(b"words, words, words");
        assert_eq!(of(&whole[..whole.len() - 9], "gzip", 99, 99, false), Err(Kind::CutShort));
        assert!(matches!(of(b"no gzip at all", "gzip", 99, 99, false), Err(Kind::BadPacking(_))));
        assert!(matches!(of(b"words", "br", 99, 99, false), Err(Kind::BadPacking(_))));
    }
}
