//! The door: a parcel to reports.

use crate::kind::{self, Kind};
use crate::limits::{MOST_LINE, MOST_TEXT};
use crate::tray::{Tray, notes};
use crate::{Failure, Limits, Unpacked, decode, front, lines, mail, packed, page, pdf, tar, warc};
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes by which a file is known.
const HEAD: usize = 4096;

/// Bytes, and what their sender says of them.
#[derive(Clone, Copy, Debug)]
pub struct Parcel<'a> {
    /// File name or address.
    pub name: &'a str,
    /// The media type, as a server tells it.
    pub media_type: Option<&'a str>,
    /// The character set, as a server tells it.
    pub charset: Option<&'a str>,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// Everything that is in a parcel.
pub fn unpack(parcel: &Parcel<'_>, limits: &Limits) -> Unpacked {
    let mut out = Unpacked::default();
    let mut each = |more| out.add(more);
    open(*parcel, &mut Tray::new(limits, &mut each));
    out.settled()
}

/// Everything that is in a stream, handed on report by report. Kinds that hold many reports are never whole in memory,
/// but for a zip, which is read from its end: give that to [`unpack_file`].
pub fn unpack_from(
    name: &str,
    media_type: Option<&str>,
    input: &mut dyn Read,
    limits: &Limits,
    each: &mut dyn FnMut(Unpacked),
) {
    stream(name, media_type, input, &mut Tray::new(limits, each));
}

/// Everything that is in a file, handed on report by report; a zip may have any size.
pub fn unpack_file(
    name: &str,
    file: &mut (impl Read + Seek),
    limits: &Limits,
    each: &mut dyn FnMut(Unpacked),
) {
    let tray = &mut Tray::new(limits, each);
    let mut head = Vec::with_capacity(HEAD);
    let told = Read::take(&mut *file, HEAD as u64).read_to_end(&mut head).and_then(|_| file.rewind());
    match told {
        Err(error) => tray.failure(Failure::of_system(&error, name)),
        Ok(()) if kind::of(name, None, &head) == Kind::Zip => {
            safely(name, tray, |tray| packed::zip(name, BufReader::new(file), tray));
        }
        Ok(()) => stream(name, None, file, tray),
    }
}

/// One file of a kind that its head and its name tell.
pub(crate) fn stream(name: &str, media_type: Option<&str>, input: &mut dyn Read, tray: &mut Tray<'_>) {
    let mut input = input;
    let mut head = Vec::with_capacity(HEAD);
    if let Err(error) = Read::take(&mut input, HEAD as u64).read_to_end(&mut head) {
        tray.failure(broken(&error, name));
    }
    let kind = kind::of(name, media_type, &head);
    let mut input = BufReader::with_capacity(1 << 16, Read::chain(head.as_slice(), input));
    if !kind.holds_many() {
        return whole(name, media_type, kind, &mut input, tray);
    }
    safely(name, tray, |tray| match kind {
        Kind::Gzip => packed::gzip(name, &mut input, tray),
        Kind::Tar => tar::take(name, &mut input, tray),
        Kind::Warc => warc::take(name, &mut input, tray),
        Kind::Mails => mail::many(name, &mut input, tray),
        _ => {
            if let Err(error) = lines::take(name, &mut input, tray) {
                tray.failure(broken(&error, name));
            }
        }
    });
}

/// One file that is read before it is looked at.
fn whole(name: &str, media_type: Option<&str>, kind: Kind, input: &mut impl BufRead, tray: &mut Tray<'_>) {
    let most = most(kind, tray.limits);
    let mut bytes = Vec::new();
    // What breaks off is read as far as it goes.
    match input.by_ref().take(most).read_to_end(&mut bytes) {
        Err(error) => tray.failure(broken(&error, name)),
        Ok(_) if kind != Kind::Text && matches!(input.fill_buf(), Ok(more) if !more.is_empty()) => {
            return tray.failure(too_large(name, most));
        }
        Ok(_) => {}
    }
    open(Parcel { name, media_type, charset: None, bytes: &bytes }, tray);
}

fn broken(error: &io::Error, name: &str) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => Failure::of_system(error, name),
        io::ErrorKind::UnexpectedEof => Failure::new("a packed file that breaks off", name, "get it again"),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            Failure::new(format!("a packed file that is damaged ({error})"), name, "get it again")
        }
        _ => Failure::new(error.to_string(), name, "the rest was not read"),
    }
}

fn too_large(name: &str, most: u64) -> Failure {
    Failure::new(format!("larger than {} MiB", most >> 20), name, "cut it up, or take out what is no report")
}

/// Bytes that are read of one file. Four bytes more of a text than are used show that there is more, whatever
/// character is cut.
fn most(kind: Kind, limits: &Limits) -> u64 {
    match kind {
        Kind::Text => MOST_TEXT as u64 + 4,
        Kind::Json => MOST_LINE as u64,
        _ => limits.file,
    }
}

/// One file, which may hold others.
pub(crate) fn open(parcel: Parcel<'_>, tray: &mut Tray<'_>) {
    open_beside(parcel, page::Beside::default(), tray);
}

/// One file of which more is known.
pub(crate) fn open_beside(parcel: Parcel<'_>, beside: page::Beside, tray: &mut Tray<'_>) {
    let Parcel { name, bytes, .. } = parcel;
    let kind = kind::of(name, parcel.media_type, &bytes[..bytes.len().min(HEAD)]);
    if bytes.len() as u64 > tray.limits.file && !kind.holds_many() && kind != Kind::Text && kind != Kind::Zip
    {
        return tray.failure(too_large(name, tray.limits.file));
    }
    let charset = charset(&parcel);
    let hints = decode::Hints { charset: charset.as_deref(), page: kind == Kind::Page };
    let most_of_text = &bytes[..bytes.len().min(MOST_TEXT + 4)];
    safely(name, tray, |tray| match kind {
        // Reading from memory does not fail.
        Kind::Lines => drop(lines::take(name, &mut &*bytes, tray)),
        Kind::Json => lines::whole(name, bytes, tray),
        Kind::Page => page::take(name, bytes, hints, beside, tray),
        Kind::Text => text(name, most_of_text, hints, beside, tray),
        Kind::Mail => mail::take(name, bytes, tray),
        Kind::Mails => mail::many(name, bytes, tray),
        Kind::Pdf => pdf::take(name, bytes, tray),
        Kind::Zip => packed::zip(name, Cursor::new(bytes), tray),
        Kind::Gzip => packed::gzip(name, bytes, tray),
        Kind::Tar => tar::take(name, bytes, tray),
        Kind::Warc => warc::take(name, bytes, tray),
        Kind::Other(what) => {
            tray.note("D102", format!("{name}: {what}; it was not read. Save it as plain text."))
        }
    });
}

/// The character set that came with the bytes, also as a parameter of the media type.
fn charset(parcel: &Parcel<'_>) -> Option<String> {
    let of_type = || {
        let parameters = parcel.media_type?.split(';').skip(1);
        let (_, value) = parameters
            .filter_map(|p| p.split_once('='))
            .find(|(k, _)| k.trim().eq_ignore_ascii_case("charset"))?;
        Some(value.trim().trim_matches('"').to_string())
    };
    parcel.charset.map(str::to_string).or_else(of_type)
}

/// A file that is one report.
fn text(name: &str, bytes: &[u8], hints: decode::Hints<'_>, beside: page::Beside, tray: &mut Tray<'_>) {
    match decode::text(bytes, hints) {
        Err(kind) => tray.note("D102", format!("{name}: {kind}; it was not read. Save it as plain text.")),
        Ok(decoded) => {
            let (text, mut given) = front::split(decoded.text);
            let mut remarks = decoded.remarks;
            remarks.append(&mut given.take_remarks());
            beside.fill(&mut given.given, &mut remarks);
            let notes = notes(name, remarks);
            tray.report(name.to_string(), text, given.given, notes);
        }
    }
}

/// Does one step; a library that breaks down in it costs this file and no other.
pub(crate) fn safely<T>(name: &str, tray: &mut Tray<'_>, step: impl FnOnce(&mut Tray<'_>) -> T) -> Option<T> {
    let depth = tray.depth();
    let done = catch_unwind(AssertUnwindSafe(|| step(tray)));
    if done.is_err() {
        tray.back_to(depth);
        let remedy = "it was not read; save it as plain text";
        tray.failure(Failure::new("a fault in Detente, which broke down on this file", name, remedy));
    }
    done.ok()
}
