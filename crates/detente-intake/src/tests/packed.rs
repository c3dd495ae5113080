//! Archives of all kinds: what is in them is read, what is meant to do harm ends in one line.

use super::*;
use std::io::Write;

pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

pub(super) fn record(kind: &str, url: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-05T10:00:00Z\r\n\
         Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

pub(super) fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let http = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", url, "application/http; msgtype=response", &http)
}

pub(super) fn paths(unpacked: &Unpacked) -> Vec<&str> {
    unpacked.taken.iter().map(|t| t.document.path.as_str()).collect()
}

fn told(unpacked: &Unpacked) -> String {
    let failures = unpacked.failures.iter().map(ToString::to_string);
    failures.chain(unpacked.notes.iter().map(|n| n.message.clone())).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_zip_gives_its_reports_under_its_own_path() {
    let inner = zipped(&[("c.txt", b"Talks failed in Sund on Monday.")]);
    let packed = gzipped(b"{\"text\":\"The envoy left Sund.\"}\n{\"text\":\"The envoy came back.\"}\n");
    let zip = zipped(&[
        ("2031/talks.html", PAGE.as_bytes()),
        ("a.txt", SENTENCE.as_bytes()),
        ("more.zip", &inner),
        ("dump.jsonl.gz", &packed),
        ("picture.jpg", b"\xff\xd8\xff"),
        ("README.txt", b"Not a report."),
        ("__MACOSX/a.txt", b"Not a report."),
    ]);
    let unpacked = one("week.zip", &zip);
    assert_eq!(
        paths(&unpacked),
        [
            "week.zip/2031/talks.html",
            "week.zip/a.txt",
            "week.zip/dump.jsonl.gz:1",
            "week.zip/dump.jsonl.gz:2",
            "week.zip/more.zip/c.txt",
        ]
    );
    assert_eq!(told(&unpacked), "week.zip: files of other kinds were passed over: 1.");
    let mut of_file = Unpacked::default();
    unpack_file("week.zip", &mut std::io::Cursor::new(&zip), &Limits::default(), &mut |more| {
        of_file.add(more)
    });
    assert_eq!(of_file.settled(), unpacked);
}

#[test]
fn names_that_climb_lead_nowhere() {
    let zip = zipped(&[
        ("../../etc/a.txt", SENTENCE.as_bytes()),
        ("/var/b.txt", b"The envoy left."),
        ("C:\\Windows\\c.txt", b"The envoy came back."),
    ]);
    assert_eq!(paths(&one("x.zip", &zip)), ["x.zip/Windows/c.txt", "x.zip/etc/a.txt", "x.zip/var/b.txt"]);
}

#[test]
fn links_in_a_zip_are_not_followed() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.add_symlink("a.txt", "/etc/passwd", zip::write::SimpleFileOptions::default()).unwrap();
    let unpacked = one("x.zip", &zip.finish().unwrap().into_inner());
    assert!(unpacked.taken.is_empty());
    assert_eq!(told(&unpacked), "x.zip: files of other kinds were passed over: 1.");
}

#[test]
fn bombs_end_in_one_line() {
    let zeros = vec![b' '; 18 << 20];
    for (name, bytes) in [
        ("bomb.txt.gz", gzipped(&zeros)),
        ("bomb.jsonl.gz", gzipped(&zeros)),
        ("bomb.html.gz", gzipped(&zeros)),
        ("bomb.zip", zipped(&[("a.html", &zeros)])),
        ("bomb.html.gz", gzipped(&gzipped(&zeros))),
    ] {
        let unpacked = one(name, &bytes);
        assert!(unpacked.taken.is_empty(), "{name}");
        let lines = told(&unpacked);
        let told = lines.contains("more than 120 times its size") || lines.contains("there is no text in it");
        assert!(told, "{name}: {lines}");
    }
    // Many of them end the whole parcel.
    let named = ["a.html", "b.html", "c.html", "d.html"];
    let many = zipped(&named.map(|name| (name, zeros.as_slice())));
    let unpacked = unpack(&parcel("x.zip", &many), &Limits { unpacked: 2 << 30, ..Limits::default() });
    assert_eq!(unpacked.failures.len(), 3, "{}", told(&unpacked));
    assert!(told(&unpacked).contains("more in it than is unpacked; the rest was not read"));
    let mut nested = zipped(&[("a.txt", SENTENCE.as_bytes())]);
    for _ in 0..6 {
        nested = zipped(&[("a.zip", &nested)]);
    }
    let unpacked = one("nested.zip", &nested);
    assert!(unpacked.taken.is_empty() && unpacked.failures.len() == 1);
    assert!(unpacked.failures[0].what.contains("more than 4 deep"), "{}", told(&unpacked));
}

#[test]
fn limits_hold_over_a_whole_parcel() {
    let files: Vec<(String, Vec<u8>)> =
        (0..50).map(|n| (format!("{n}.txt"), format!("Report {n}. ").repeat(100).into_bytes())).collect();
    let named: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    let zip = zipped(&named);
    let few = Limits { members: 10, ..Limits::default() };
    let unpacked = unpack(&parcel("x.zip", &zip), &few);
    assert_eq!((unpacked.taken.len(), unpacked.failures.len()), (10, 1));
    let small = Limits { unpacked: 5000, ..Limits::default() };
    let unpacked = unpack(&parcel("x.zip", &zip), &small);
    assert!((3..6).contains(&unpacked.taken.len()), "{}", unpacked.taken.len());
    assert!(told(&unpacked).contains("more in it than is unpacked"), "{}", told(&unpacked));
}

#[test]
fn damage_costs_what_is_damaged() {
    let text = (0..4000).map(|n| format!("Report {n} of the envoy.\n")).collect::<String>();
    let packed = gzipped(text.as_bytes());
    let unpacked = one("a.txt.gz", &packed[..packed.len() / 2]);
    assert!(unpacked.taken[0].document.text().starts_with("Report 0 of the envoy."));
    assert_eq!(unpacked.failures[0].what, "a packed file that breaks off");
    let zip = zipped(&[("a.txt", SENTENCE.as_bytes())]);
    let unpacked = one("a.zip", &zip[..zip.len() - 30]);
    assert!(unpacked.failures[0].what.starts_with("a zip that is damaged"), "{}", told(&unpacked));
}

#[test]
fn pages_in_an_archive_of_the_web_have_address_and_day() {
    let undated = "<html><head><title>Envoy leaves</title></head><body><article><p>The envoy left Sund on \
        Tuesday without a word, three officials said, and the talks were put off.</p></article></body></html>";
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", undated.len(), undated);
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let warc = [
        record("warcinfo", "", "application/warc-fields", b"software: test\r\n"),
        response("https://wire.example/a?x=1", html, PAGE.as_bytes()),
        record("request", "https://wire.example/a", "application/http", b"GET /a HTTP/1.1\r\n\r\n"),
        response(
            "https://wire.example/b",
            &format!("{html}\r\nTransfer-Encoding: chunked"),
            chunked.as_bytes(),
        ),
        response(
            "https://wire.example/c",
            &format!("{html}\r\nContent-Encoding: gzip"),
            &gzipped(undated.replace("Tuesday", "Monday").as_bytes()),
        ),
        response("https://wire.example/d", "404 Not Found\r\nContent-Type: text/html", b"<html>No"),
        response("https://wire.example/e.css", "200 OK\r\nContent-Type: text/css", b"p { color: red }"),
        record("conversion", "https://wire.example/f", "text/plain", SENTENCE.as_bytes()),
    ]
    .concat();
    let unpacked = one("crawl.warc", &warc);
    assert_eq!(
        paths(&unpacked),
        [
            "https://wire.example/a?x=1",
            "https://wire.example/b",
            "https://wire.example/c",
            "https://wire.example/f"
        ]
    );
    let documents: Vec<_> = unpacked.taken.iter().map(|t| &t.document).collect();
    assert_eq!(documents[0].url(), Some("https://wire.example/2031/talks"));
    assert_eq!(documents[0].published(), given::date("2031-03-04").as_ref());
    assert_eq!(documents[1].url(), Some("https://wire.example/b"));
    assert_eq!(documents[1].published(), given::date("2031-03-05").as_ref());
    assert!(documents[1].text().contains("left Sund on Tuesday"));
    assert!(documents[2].text().contains("left Sund on Monday"));
    assert_eq!(documents[3].text(), SENTENCE);
    assert_eq!(codes(&unpacked), ["D113", "D113", "D113", "D114"]);
    // Each record packed for itself, as the format has it.
    let parts = [
        gzipped(&response("https://wire.example/a", html, PAGE.as_bytes())),
        gzipped(&response("https://wire.example/b", html, undated.as_bytes())),
    ];
    assert_eq!(one("crawl.warc.gz", &parts.concat()).taken.len(), 2);
    let broken = one("crawl.warc", &warc[..warc.len() - 60]);
    assert_eq!((broken.taken.len(), broken.failures.len()), (3, 1));
    assert!(broken.failures[0].to_string().contains("damaged (it breaks off)"), "{}", told(&broken));
}

/// An archive of the web without an end, which counts what is read of it.
struct Endless {
    record: Vec<u8>,
    at: usize,
    read: std::rc::Rc<std::cell::Cell<usize>>,
}

impl std::io::Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let rest = &self.record[self.at..];
        let size = rest.len().min(buffer.len());
        buffer[..size].copy_from_slice(&rest[..size]);
        self.at = (self.at + size) % self.record.len();
        self.read.set(self.read.get() + size);
        Ok(size)
    }
}

#[test]
fn an_archive_of_the_web_is_never_whole_in_memory() {
    let record = response("https://wire.example/a", "200 OK\r\nContent-Type: text/html", PAGE.as_bytes());
    let size = record.len();
    let read = std::rc::Rc::new(std::cell::Cell::new(0));
    let mut endless = Endless { record, at: 0, read: std::rc::Rc::clone(&read) };
    let limits = Limits { members: 200, ..Limits::default() };
    let mut reports = 0;
    unpack_from("crawl.warc", None, &mut endless, &limits, &mut |more| {
        reports += more.taken.len();
        // No more is read than this record, the buffer, and what the kind was known by.
        let ahead = read.get() - reports * size;
        assert!(more.taken.is_empty() || ahead <= (1 << 16) + 4096, "{ahead} bytes ahead");
    });
    assert_eq!(reports, 200);
}

/// A tape of these files: kind, name, bytes.
pub(super) fn tape(files: &[(u8, &str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (kind, name, bytes) in files {
        let mut head = [0_u8; 512];
        let short = name.as_bytes();
        head[..short.len().min(100)].copy_from_slice(&short[..short.len().min(100)]);
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = *kind;
        head[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(head);
        out.extend(*bytes);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.extend([0; 1024]);
    out
}

#[test]
fn a_tape_gives_its_reports_as_they_come() {
    let long = format!("{}/b.txt", "folder/".repeat(20));
    let tar = tape(&[
        (b'5', "2031/", b""),
        (b'0', "2031/talks.html", PAGE.as_bytes()),
        (b'L', "@LongLink", format!("{long}\0").as_bytes()),
        (b'0', &long[..100], SENTENCE.as_bytes()),
        (b'x', "pax", b"23 path=../up/c.txt\n"),
        (b'0', "c.txt", b"The envoy left."),
        (b'2', "link.txt", b""),
        (b'0', "x.png", b"\x89PNG"),
    ]);
    let wanted = ["2031/talks.html".to_string(), long, "up/c.txt".to_string()];
    for (name, bytes) in
        [("week.tar", tar.clone()), ("week.tgz", gzipped(&tar)), ("week.tar.gz", gzipped(&tar))]
    {
        let unpacked = one(name, &bytes);
        let mut wanted: Vec<String> =
            wanted.iter().map(|inner| format!("{name}/{}", inner.replace("//", "/"))).collect();
        wanted.sort();
        assert_eq!(paths(&unpacked), wanted);
        assert_eq!(told(&unpacked), format!("{name}: files of other kinds were passed over: 2."));
    }
    let broken = one("week.tar", &tar[..1100]);
    assert_eq!(broken.failures.len(), 1, "{}", told(&broken));
}
