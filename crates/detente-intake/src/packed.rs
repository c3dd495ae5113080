//! Archives: what is in a zip or a gzip, file by file, never written anywhere.
//!
//! The path of a report in a zip is that of the zip and its name in it. Names are for people only, so one that climbs
//! out of its folder (`../../etc/passwd`) leads nowhere; it is shown without the climbing. Links are not followed:
//! there is nothing that they could lead to.

use crate::budget::Counted;
use crate::tray::Tray;
use crate::{Failure, kind, office, unpack};
use flate2::bufread::MultiGzDecoder;
use std::io::{BufRead, BufReader, Read, Seek};
use zip::ZipArchive;
use zip::result::ZipError;

/// Every report in a zip.
pub(crate) fn zip(name: &str, input: impl Read + Seek, tray: &mut Tray<'_>) {
    let mut archive = match ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(error) => return tray.failure(damaged(&error, name, "a zip")),
    };
    if office::take(name, &mut archive, tray) {
        return;
    }
    if !tray.enter(name) {
        return;
    }
    let (mut reports, mut others) = (0_usize, 0_usize);
    for at in 0..archive.len() {
        match member(name, &mut archive, at, tray) {
            Ok(Member::Report) => reports += 1,
            Ok(Member::Other) => others += 1,
            Ok(Member::Folder) => {}
            Err(failure) => tray.failure(failure),
        }
        if tray.enough() {
            let what = "an archive with more in it than is unpacked; the rest was not read";
            tray.failure(Failure::new(what, name, "unpack it, and give its folder"));
            break;
        }
    }
    tray.leave();
    if others > 0 {
        tray.note("D109", format!("{name}: files of other kinds were passed over: {others}."));
    } else if reports == 0 {
        tray.note("D101", format!("{name}: there is no report in it."));
    }
}

/// What a file in an archive was.
enum Member {
    Report,
    Other,
    Folder,
}

fn member(
    name: &str,
    archive: &mut ZipArchive<impl Read + Seek>,
    at: usize,
    tray: &mut Tray<'_>,
) -> Result<Member, Failure> {
    let place = |inner: &str| format!("{name}/{inner}");
    let file =
        archive.by_index_raw(at).map_err(|e| damaged(&e, &place(&format!("file {}", at + 1)), "a file"))?;
    let inner = file.name().map(|n| shown(&n)).unwrap_or_default();
    let folder = file.is_dir() || hidden(&inner);
    let other = file.is_symlink() || kind::of_name(&inner).is_none();
    drop(file);
    match (folder, other) {
        (true, _) => return Ok(Member::Folder),
        (_, true) => return Ok(Member::Other),
        _ => {}
    }
    tray.member();
    let path = place(&inner);
    let file = archive.by_index(at).map_err(|e| damaged(&e, &path, "a file"))?;
    let packed = file.compressed_size();
    let mut input = tray.budget().meter(file, move || packed);
    unpack::stream(&path, None, &mut input, tray);
    Ok(Member::Report)
}

/// The name without what climbs, and without what would act on a terminal.
pub(crate) fn shown(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let drive = |part: &&str| !(part.len() == 2 && part.ends_with(':'));
    let joined = parts.filter(drive).collect::<Vec<_>>().join("/");
    joined.chars().map(|c| if c.is_control() { '_' } else { c }).collect()
}

/// What systems add, and `README*`.
pub(crate) fn hidden(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
        || file.to_ascii_lowercase().starts_with("readme")
}

fn damaged(error: &ZipError, place: &str, what: &str) -> Failure {
    let told = match error {
        ZipError::InvalidPassword => format!("{what} that asks for a password"),
        ZipError::UnsupportedArchive(words) if words.to_ascii_lowercase().contains("password") => {
            format!("{what} that asks for a password")
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            format!("{what} that is packed in a way that is not read")
        }
        error => format!("{what} that is damaged ({error})"),
    };
    Failure::new(told, place, "unpack it with another program, and give its folder")
}

/// What is in a gzip, which is one file.
pub(crate) fn gzip(name: &str, input: impl BufRead, tray: &mut Tray<'_>) {
    if !tray.enter(name) {
        return;
    }
    tray.member();
    let (counted, count) = Counted::new(input);
    let decoder = MultiGzDecoder::new(BufReader::new(counted));
    let mut input = tray.budget().meter(decoder, move || count.get());
    unpack::stream(name, None, &mut input, tray);
    tray.leave();
}
