//! One file of every kind, damaged at random: whatever comes in, what comes out is reports and clear lines.

use super::mail::MAIL;
use super::packed::{gzipped, response, zipped};
use super::templates::Dice;
use super::*;

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let page = PAGE.as_bytes();
    let lines = b"{\"text\":\"The envoy left.\",\"date\":\"2031-03-04\"}\n{\"text\":\"<p>The envoy came back.</p>\"}\n";
    let list =
        br#"{"articles":[{"title":"T","content":"The envoy left."},{"content":"The envoy came back."}]}"#;
    let html = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    let warc = [
        response("https://wire.example/a", html, &gzipped(page)),
        response(
            "https://wire.example/b",
            "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
            b"5\r\n<p>Tal\r\n0\r\n\r\n",
        ),
    ]
    .concat();
    let pdf = super::pdf::two_pages();
    let mails = format!("From a@b Tue Mar  4 10:00:00 2031\n{}", MAIL.replace("\r\n", "\n"));
    let zip = zipped(&[
        ("a.html", page),
        ("b.pdf", &pdf),
        ("c.eml", MAIL.as_bytes()),
        ("d.txt", SENTENCE.as_bytes()),
    ]);
    vec![
        ("a.txt", "Café: the minister said “we are ready” – twice.".repeat(3).into_bytes()),
        ("a.md", format!("---\ntitle: T\ndate: 2031-03-04\n---\n{SENTENCE}").into_bytes()),
        ("a.html", page.to_vec()),
        ("a.jsonl", lines.to_vec()),
        ("a.json", list.to_vec()),
        ("a.eml", MAIL.as_bytes().to_vec()),
        ("a.mbox", mails.into_bytes()),
        ("a.pdf", pdf),
        ("a.zip", zip),
        ("a.tar", super::packed::tape(&[(b'0', "a.html", page), (b'0', "b.txt", SENTENCE.as_bytes())])),
        ("a.docx", super::office::docx()),
        ("a.odt", super::office::odt()),
        ("a.html.gz", gzipped(page)),
        ("a.warc", warc.clone()),
        ("a.warc.gz", gzipped(&warc)),
    ]
}

/// A few places changed, cut out, doubled, or cut off.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const ODD: &[&[u8]] = &[
        b"\0",
        b"\xff\xff\xff\xff",
        b"<",
        b">",
        b"%",
        b"(",
        b"<<",
        b"[",
        b"99999999999",
        b"-1",
        b"\r\n\r\n",
        b"stream",
        b"\"",
        b"\xef\xbb\xbf",
        b"&#x110000;",
        b"</",
        b"<!--",
        b"endobj",
        b"{",
        b"\\u0000",
    ];
    let mut out = bytes.to_vec();
    for _ in 0..1 + dice.roll(6) {
        if out.is_empty() {
            break;
        }
        let at = dice.roll(out.len());
        let end = (at + 1 + dice.roll(40)).min(out.len());
        match dice.roll(6) {
            0 => out[at] ^= 1 << dice.roll(8),
            1 => out[at] = dice.roll(256) as u8,
            2 => drop(out.drain(at..end)),
            3 => {
                let part = out[at..end].to_vec();
                out.splice(at..at, part);
            }
            4 => drop(out.splice(at..at, ODD[dice.roll(ODD.len())].iter().copied())),
            _ if dice.roll(4) == 0 => out.truncate(at),
            _ => out[at] = out[at].wrapping_add(1),
        }
    }
    out
}

#[test]
fn damage_of_any_kind_ends_in_reports_and_clear_lines() {
    let mut dice = Dice(7);
    let (mut reports, mut faults, mut tried) = (0, 0, 0);
    for (name, bytes) in samples() {
        assert!(!one(name, &bytes).taken.is_empty(), "{name} is a sound sample");
        for _ in 0..TIMES {
            let damaged = damage(&bytes, &mut dice);
            let intake = one(name, &damaged);
            tried += 1;
            reports += intake.taken.len();
            let lines = intake.failures.iter().map(ToString::to_string);
            let lines = lines.chain(intake.notes.iter().map(|n| n.message.clone()));
            for line in
                lines.chain(intake.taken.iter().flat_map(|t| t.notes.iter().map(|n| n.message.clone())))
            {
                assert!(!line.contains('\n') && line.len() < 500, "{name}: {line}");
                faults += usize::from(line.contains("a fault in Detente"));
            }
            for taken in &intake.taken {
                assert!(!taken.document.text().trim().is_empty(), "{name}");
            }
            let said = intake.taken.len() + intake.failures.len() + intake.notes.len();
            assert!(said > 0, "{name}: nothing was said of {damaged:?}");
        }
    }
    println!("{tried} damaged files: {reports} reports, {faults} breakdowns of a library");
}

/// Damaged files of each kind.
const TIMES: usize = 150;
