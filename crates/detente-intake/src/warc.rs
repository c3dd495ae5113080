//! Archives of the web: every page in a WARC becomes a report, record by record, never the whole in memory.
//!
//! # How
//! 1. A record's head: what it is, from where, when, how long. 2. Of records `response` and `resource` that hold a page
//!    or a PDF, and of records `conversion` that hold text, the body is read; the rest is skipped. 3. The head of HTTP
//!    is taken off, what it says of packing undone.
//!
//! # Does not
//! Read what a server sent with an error, or packed with brotli or zstd: that is counted and said.

use crate::tray::Tray;
use crate::{Failure, Parcel, given, page, unpack};
use detente_types::When;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use std::io::{self, BufRead, Read};

/// Bytes of one line of a head, and lines of one.
const MOST_LINE: u64 = 64 * 1024;
const MOST_LINES: usize = 400;

/// Fields of a head, names in small letters.
type Head = Vec<(String, String)>;

fn field<'h>(head: &'h Head, name: &str) -> Option<&'h str> {
    head.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// Every page in an archive of the web.
pub(crate) fn take(name: &str, mut input: impl BufRead, tray: &mut Tray<'_>) {
    if !tray.enter(name) {
        return;
    }
    let mut counts = Counts::default();
    for number in 1.. {
        match record(&mut input, &mut counts, tray) {
            Ok(true) if tray.enough() => break,
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let place = format!("{name}, record {number}");
                let what = format!("an archive of the web that is damaged ({error}); the rest was not read");
                tray.failure(Failure::new(what, place, "get it again"));
                break;
            }
        }
    }
    tray.leave();
    counts.tell(name, tray);
}

#[derive(Default)]
struct Counts {
    pages: usize,
    refused: usize,
    packed: usize,
}

impl Counts {
    fn tell(&self, name: &str, tray: &mut Tray<'_>) {
        if self.pages == 0 {
            tray.note("D101", format!("{name}: there is no report in it."));
        }
        if self.refused + self.packed > 0 {
            let message = format!(
                "{name}: pages that a server refused: {}; packed in a way that is not read: {}. They were passed over.",
                self.refused, self.packed
            );
            tray.note("D114", message);
        }
    }
}

/// One record; false at the end.
fn record(input: &mut impl BufRead, counts: &mut Counts, tray: &mut Tray<'_>) -> io::Result<bool> {
    let Some(first) = first_line(input)? else { return Ok(false) };
    if !first.starts_with("WARC/") {
        return Err(io::Error::other("no record begins here"));
    }
    let head = head(input)?;
    let length = field(&head, "content-length").and_then(|l| l.parse::<u64>().ok());
    let length = length.ok_or_else(|| io::Error::other("a record without its length"))?;
    let mut body = input.by_ref().take(length);
    if wanted(&head) {
        let mut bytes = Vec::new();
        body.by_ref().take(tray.limits.file).read_to_end(&mut bytes)?;
        tray.member();
        let url = field(&head, "warc-target-uri").unwrap_or("").trim_matches(['<', '>']).to_string();
        unpack::safely(&url, tray, |tray| captured(&url, &head, bytes, counts, tray));
    }
    io::copy(&mut body, &mut io::sink())?;
    if body.limit() > 0 {
        return Err(io::Error::other("it breaks off"));
    }
    Ok(true)
}

/// The first line that is not blank.
fn first_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    for _ in 0..MOST_LINES {
        match line(input)? {
            None => return Ok(None),
            Some(line) if line.is_empty() => {}
            Some(line) => return Ok(Some(line)),
        }
    }
    Err(io::Error::other("no record begins here"))
}

/// A line without its end; none at the end of the file.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = input.by_ref().take(MOST_LINE).read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).trim_end().to_string()))
}

fn head(input: &mut impl BufRead) -> io::Result<Head> {
    let mut head = Head::new();
    for _ in 0..MOST_LINES {
        match line(input)? {
            None => return Err(io::Error::other("it breaks off")),
            Some(line) if line.is_empty() => return Ok(head),
            Some(line) => {
                if let Some((name, value)) = line.split_once(':') {
                    head.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
                }
            }
        }
    }
    Err(io::Error::other("a head that does not end"))
}

/// May a report be in it?
fn wanted(head: &Head) -> bool {
    let address = field(head, "warc-target-uri").unwrap_or_default().trim_start_matches('<');
    let of_web = address.starts_with("http://") || address.starts_with("https://");
    of_web && matches!(field(head, "warc-type"), Some("response" | "resource" | "conversion"))
}

fn captured(url: &str, head: &Head, bytes: Vec<u8>, counts: &mut Counts, tray: &mut Tray<'_>) {
    let kind = field(head, "warc-type").unwrap_or_default();
    let captured = field(head, "warc-date").and_then(given::date);
    if kind != "response" {
        let media_type = field(head, "content-type").unwrap_or_default().to_string();
        return show(url, &media_type, &bytes, captured, kind == "conversion", counts, tray);
    }
    let mut rest = bytes.as_slice();
    let Ok(Some(status)) = line(&mut rest) else { return };
    let Ok(http) = self::head(&mut rest) else { return };
    if status.split_whitespace().nth(1) != Some("200") {
        counts.refused += 1;
        return;
    }
    let media_type = field(&http, "content-type").unwrap_or_default().to_string();
    match body(&http, rest.to_vec(), tray) {
        Some(bytes) => show(url, &media_type, &bytes, captured, false, counts, tray),
        None => counts.packed += 1,
    }
}

/// A page, a PDF or text; nothing else is a report. Text is one only where an archive has made it of a page.
fn show(
    url: &str,
    media_type: &str,
    bytes: &[u8],
    captured: Option<When>,
    converted: bool,
    counts: &mut Counts,
    tray: &mut Tray<'_>,
) {
    let kind = media_type.to_ascii_lowercase();
    let is = |name: &str| kind.starts_with(name);
    let page = is("text/html") || is("application/xhtml");
    if !(page || is("application/pdf") || (converted && is("text/plain"))) {
        return;
    }
    counts.pages += 1;
    let beside = page::Beside { url: Some(url.to_string()), captured };
    let parcel = Parcel { name: url, media_type: Some(media_type), charset: None, bytes };
    unpack::open_beside(parcel, beside, tray);
}

/// The body as the page's author wrote it.
fn body(http: &Head, bytes: Vec<u8>, tray: &Tray<'_>) -> Option<Vec<u8>> {
    let chunked =
        field(http, "transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
    // Many archives undo the chunks and leave the head as it was.
    let bytes = if chunked { unchunked(&bytes).unwrap_or(bytes) } else { bytes };
    let packed = field(http, "content-encoding").unwrap_or("identity").to_ascii_lowercase();
    let unpacked = |decoder: &mut dyn Read| {
        let mut out = Vec::new();
        let size = bytes.len() as u64;
        let mut input = tray.budget().meter(decoder.take(tray.limits.file), move || size);
        input.read_to_end(&mut out).is_ok().then_some(out)
    };
    match packed.trim() {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
            unpacked(&mut MultiGzDecoder::new(bytes.as_slice()))
        }
        "deflate" => unpacked(&mut DeflateDecoder::new(bytes.as_slice())),
        "br" | "zstd" if std::str::from_utf8(&bytes).is_err() => None,
        _ => Some(bytes),
    }
}

/// Chunks of HTTP put together; none if there are none.
fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = bytes.iter().take(64).position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(&bytes[..end]).ok()?.trim().split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        bytes = &bytes[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // What breaks off is read as far as it goes.
        out.extend_from_slice(&bytes[..size.min(bytes.len())]);
        let Some(rest) = bytes.get(size..) else { return Some(out) };
        bytes = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if bytes.is_empty() {
            return Some(out);
        }
    }
}
