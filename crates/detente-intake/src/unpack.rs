//! The door: a parcel to reports.

use crate::kind::{self, Kind};
use crate::limits::{MOST_LINE, MOST_TEXT};
use crate::tray::{Tray, notes};
use crate::{Failure, Limits, Unpacked, decode, front, lines, page};
use std::io::{self, BufRead, BufReader, Read};
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

/// Everything that is in a stream, handed on report by report. Kinds that hold many reports are never whole in memory.
pub fn unpack_from(
    name: &str,
    media_type: Option<&str>,
    input: &mut dyn Read,
    limits: &Limits,
    each: &mut dyn FnMut(Unpacked),
) {
    let tray = &mut Tray::new(limits, each);
    if let Err(error) = stream(name, media_type, input, tray) {
        tray.failure(Failure::of_system(&error, name));
    }
}

fn stream(name: &str, media_type: Option<&str>, input: &mut dyn Read, tray: &mut Tray<'_>) -> io::Result<()> {
    let mut input = input;
    let mut head = Vec::with_capacity(HEAD);
    Read::take(&mut input, HEAD as u64).read_to_end(&mut head)?;
    let kind = kind::of(name, media_type, &head);
    let mut input = BufReader::with_capacity(1 << 16, io::Read::chain(head.as_slice(), input));
    if kind == Kind::Lines {
        return safely(name, tray, |tray| lines::take(name, &mut input, tray)).unwrap_or(Ok(()));
    }
    let most = most(kind, tray.limits);
    let mut bytes = Vec::new();
    input.by_ref().take(most).read_to_end(&mut bytes)?;
    if kind != Kind::Text && !input.fill_buf()?.is_empty() {
        tray.failure(too_large(name, most));
        return Ok(());
    }
    open(Parcel { name, media_type, charset: None, bytes: &bytes }, tray);
    Ok(())
}

fn too_large(name: &str, most: u64) -> Failure {
    Failure::new(format!("larger than {} MiB", most >> 20), name, "cut it up, or take out what is no report")
}

/// Bytes that are read of one file. Four bytes more of a text than are used show that there is more, whatever
/// character is cut.
fn most(kind: Kind, limits: &Limits) -> u64 {
    match kind {
        Kind::Text | Kind::Other(_) => MOST_TEXT as u64 + 4,
        Kind::Json => MOST_LINE as u64,
        _ => limits.file,
    }
}

/// One file, which may hold others.
fn open(parcel: Parcel<'_>, tray: &mut Tray<'_>) {
    let Parcel { name, bytes, .. } = parcel;
    let kind = kind::of(name, parcel.media_type, &bytes[..bytes.len().min(HEAD)]);
    if bytes.len() as u64 > tray.limits.file && kind == Kind::Page {
        return tray.failure(too_large(name, tray.limits.file));
    }
    let charset = charset(&parcel);
    let hints = decode::Hints { charset: charset.as_deref(), page: kind == Kind::Page };
    safely(name, tray, |tray| match kind {
        // Reading from memory does not fail.
        Kind::Lines => drop(lines::take(name, &mut &*bytes, tray)),
        Kind::Json => lines::whole(name, bytes, tray),
        Kind::Page => page::take(name, bytes, hints, page::Beside::default(), tray),
        Kind::Text => text(name, bytes, hints, tray),
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
fn text(name: &str, bytes: &[u8], hints: decode::Hints<'_>, tray: &mut Tray<'_>) {
    match decode::text(bytes, hints) {
        Err(kind) => tray.note("D102", format!("{name}: {kind}; it was not read. Save it as plain text.")),
        Ok(decoded) => {
            let (text, mut given) = front::split(decoded.text);
            let remarks = decoded.remarks.into_iter().chain(given.take_remarks());
            let notes = notes(name, remarks);
            tray.report(name.to_string(), text, given.given, notes);
        }
    }
}

/// Does one step; a library that breaks down in it costs this file and no other.
pub(crate) fn safely<T>(name: &str, tray: &mut Tray<'_>, step: impl FnOnce(&mut Tray<'_>) -> T) -> Option<T> {
    let done = catch_unwind(AssertUnwindSafe(|| step(tray)));
    if done.is_err() {
        let remedy = "it was not read; save it as plain text";
        tray.failure(Failure::new("a fault in Detente, which broke down on this file", name, remedy));
    }
    done.ok()
}
