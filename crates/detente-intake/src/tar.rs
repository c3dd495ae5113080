//! Tapes (`.tar`, and packed as `.tgz`): files one after another, each read as it comes.

use crate::packed::{hidden, shown};
use crate::tray::Tray;
use crate::{Failure, kind, unpack};
use std::io::{self, BufRead, Read};

/// The tape is cut into blocks of this size.
const BLOCK: usize = 512;

/// Bytes of a name that is too long for its place.
const MOST_NAME: u64 = 64 * 1024;

/// Do these first bytes begin a tape?
pub(crate) fn begins(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
        && head.get(..BLOCK).and_then(|b| b.try_into().ok()).is_some_and(sound)
}

/// Every report on a tape.
pub(crate) fn take(name: &str, mut input: impl BufRead, tray: &mut Tray<'_>) {
    if !tray.enter(name) {
        return;
    }
    let mut tape = Tape::default();
    loop {
        match tape.next(name, &mut input, tray) {
            Ok(false) => break,
            Ok(true) if !tray.enough() => {}
            Ok(true) => {
                let what = "an archive with more in it than is unpacked; the rest was not read";
                tray.failure(Failure::new(what, name, "unpack it, and give its folder"));
                break;
            }
            Err(error) => {
                let what = format!("a tar that is damaged ({error}); the rest was not read");
                tray.failure(Failure::new(what, name, "get it again"));
                break;
            }
        }
    }
    tray.leave();
    if tape.others > 0 {
        tray.note("D109", format!("{name}: files of other kinds were passed over: {}.", tape.others));
    } else if tape.reports == 0 {
        tray.note("D101", format!("{name}: there is no report in it."));
    }
}

#[derive(Default)]
struct Tape {
    /// The name of the next file, where it is too long for its place.
    long: Option<String>,
    reports: usize,
    others: usize,
}

impl Tape {
    /// One file; false at the end.
    fn next(&mut self, name: &str, input: &mut impl BufRead, tray: &mut Tray<'_>) -> io::Result<bool> {
        let mut head = [0; BLOCK];
        let read = input.by_ref().take(BLOCK as u64).read(&mut head)?;
        if read == 0 {
            return Ok(false);
        }
        input.read_exact(&mut head[read..])?;
        if head.iter().all(|byte| *byte == 0) {
            return Ok(false);
        }
        let size = octal(&head[124..136]).filter(|_| sound(&head));
        let size = size.ok_or_else(|| io::Error::other("no file begins here"))?;
        let mut body = input.by_ref().take(size.next_multiple_of(BLOCK as u64));
        match head[156] {
            b'L' | b'x' => {
                let mut bytes = Vec::new();
                body.by_ref().take(size.min(MOST_NAME)).read_to_end(&mut bytes)?;
                self.long = long_name(head[156], &bytes).or(self.long.take());
            }
            b'0' | 0 => self.file(name, &head, &mut body.by_ref().take(size), tray),
            // Folders, and words about the whole tape.
            b'5' | b'g' => self.long = None,
            // Links lead nowhere.
            _ => {
                self.long = None;
                self.others += 1;
            }
        }
        io::copy(&mut body, &mut io::sink())?;
        if body.limit() > 0 {
            return Err(io::Error::other("it breaks off"));
        }
        Ok(true)
    }

    fn file(&mut self, name: &str, head: &[u8; BLOCK], body: &mut dyn Read, tray: &mut Tray<'_>) {
        let inner = shown(&self.long.take().unwrap_or_else(|| short_name(head)));
        if hidden(&inner) {
            return;
        }
        if kind::of_name(&inner).is_none() {
            self.others += 1;
            return;
        }
        self.reports += 1;
        tray.member();
        unpack::stream(&format!("{name}/{inner}"), None, body, tray);
    }
}

/// Is the sum of the bytes what it is said to be?
fn sound(head: &[u8; BLOCK]) -> bool {
    let sum: u64 = head
        .iter()
        .enumerate()
        .map(|(n, byte)| if (148..156).contains(&n) { 32 } else { u64::from(*byte) })
        .sum();
    octal(&head[148..156]) == Some(sum)
}

fn octal(field: &[u8]) -> Option<u64> {
    let words = std::str::from_utf8(field).ok()?.trim_matches(|c: char| c == '\0' || c == ' ');
    u64::from_str_radix(words, 8).ok().filter(|size| *size < 1 << 48)
}

fn words(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn short_name(head: &[u8; BLOCK]) -> String {
    let prefix = if &head[257..263] == b"ustar\0" { words(&head[345..500]) } else { String::new() };
    format!("{prefix}/{}", words(&head[..100]))
}

/// `L` is the name itself; `x` has lines like `27 path=a/long/name.txt`.
fn long_name(kind: u8, bytes: &[u8]) -> Option<String> {
    if kind == b'L' {
        return Some(words(bytes));
    }
    let text = String::from_utf8_lossy(bytes);
    let path = text.lines().find_map(|line| line.split_once(' ')?.1.strip_prefix("path="));
    path.map(str::to_string)
}
