//! Reports as people have them on their disks: pages, mails, PDFs, archives, and the program on them.

use crate::support::{ANSWER, FIGHT, Folder, detente, run, run_with};
use serde_json::Value;
use std::io::Write;

fn page() -> Vec<u8> {
    let paragraphs: String =
        FIGHT.split("\n\n").skip(1).map(|p| format!("<p>{}</p>\n", p.replace('\n', " "))).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Dozens reported dead in El Fasher | Nile Wire</title>\
         <meta property=\"og:site_name\" content=\"Nile Wire\">\
         <meta property=\"article:published_time\" content=\"2024-05-15T23:30:00+02:00\"></head><body>\
         <nav><a href=\"/\">Home</a> <a href=\"/africa\">Africa</a></nav><article><h1>Dozens reported dead in El Fasher</h1>\
         {paragraphs}</article><footer>© 2024 Nile Wire. All rights reserved.</footer></body></html>"
    )
    .into_bytes()
}

fn mail() -> Vec<u8> {
    format!(
        "From: Delta News <desk@delta.example>\r\nSubject: Army welcomes offer\r\nDate: Thu, 16 May 2024 18:00:00 +0200\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{ANSWER}"
    )
    .into_bytes()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in files {
        zip.start_file(*name, options).expect("a name");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

#[test]
fn a_zip_of_a_page_and_a_mail_becomes_the_books_of_a_crisis() {
    let week =
        zip(&[("inside/fight.html", &page()), ("inside/answer.eml", &mail()), ("logo.png", b"\x89PNG")]);
    let folder = Folder::with(&[("week.zip", &week)]);
    let (path, store) = (folder.at("week.zip"), folder.at("desk.detente"));
    let added = run(&mut detente(&["add", &path, "--store", &store]));
    assert_eq!(added.code, 0, "{}", added.err);
    assert!(added.out.starts_with("2 new"), "{}", added.out);
    assert!(added.err.contains("files of other kinds were passed over: 1"), "{}", added.err);
    let again = run(&mut detente(&["add", &path, "--store", &store]));
    assert!(again.out.starts_with("0 new, 0 in a new version, 2 there already"), "{}", again.out);
    let ran = run(&mut detente(&["records", "--store", &store]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let records: Vec<Value> = ran.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let reports: Vec<&Value> = records.iter().filter(|r| r["kind"] == "report").collect();
    let paths: Vec<&str> = reports.iter().filter_map(|r| r["path"].as_str()).collect();
    assert_eq!(paths, [format!("{path}/inside/fight.html"), format!("{path}/inside/answer.eml")]);
    let outlets: Vec<&str> = reports.iter().filter_map(|r| r["outlet"].as_str()).collect();
    assert_eq!(outlets, ["Nile Wire", "Delta News"]);
    // The day of the outlet's own clock, which in universal time is the same only by chance.
    assert_eq!(reports[0]["published"]["from"], "2024-05-15");
    let killed = records
        .iter()
        .find(|r| r["kind"] == "figure" && r["text"].as_str().is_some_and(|t| t.contains("12")));
    let evidence = &killed.expect("the count is in the books")["evidence"][0];
    let text = reading(&path, "fight.html");
    let (start, end) =
        (evidence["start"].as_u64().expect("a place"), evidence["end"].as_u64().expect("a place"));
    assert_eq!(&text[start as usize..end as usize], evidence["quote"].as_str().expect("a quote"));
}

/// The text that a citation counts in.
fn reading(path: &str, name: &str) -> String {
    let ran = run(&mut detente(&["read", path]));
    let readings = ran.out.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON"));
    let wanted = readings
        .map(|r| r["document"].clone())
        .find(|d| d["path"].as_str().is_some_and(|p| p.ends_with(name)));
    wanted.expect("the report")["text"].as_str().expect("its text").to_string()
}

#[test]
fn a_folder_may_hold_every_kind() {
    let list = serde_json::json!({"status": "ok", "articles": [{"title": "T", "content": FIGHT}]});
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".as_slice(), &page()].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://nile.example/fight\r\nContent-Length: {}\r\n\r\n",
        http.len()
    );
    gzip.write_all(&[head.as_bytes(), &http, b"\r\n\r\n"].concat()).expect("memory");
    let warc = gzip.finish().expect("memory");
    let folder = Folder::with(&[
        ("r/a.txt", ANSWER.as_bytes()),
        ("r/b.html", &page()),
        ("r/b_files/frame.html", b"<html><p>Buy boots now, says the advertisement.</p></html>"),
        ("r/c.json", list.to_string().as_bytes()),
        ("r/d.warc.gz", &warc),
        ("r/e.eml", &mail()),
        ("r/f.pdf", b"%PDF-1.4\nnothing in it"),
        ("r/g.xlsx", &zip(&[("[Content_Types].xml", b"<Types/>")])),
    ]);
    let ran = run(&mut detente(&["read", &folder.at("r")]));
    let places =
        ran.out.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON")["document"]["path"].clone());
    let places: Vec<String> =
        places.filter_map(|p| p.as_str().map(|p| p.rsplit('/').next().unwrap_or(p).to_string())).collect();
    assert_eq!(places, ["a.txt", "b.html", "c.json:1", "e.eml", "fight"]);
    // A file that cannot be read is one line and the exit code; the others are read.
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.lines().filter(|l| l.contains("a PDF that cannot be read")).count(), 1, "{}", ran.err);
    assert!(ran.err.contains("files of other kinds were passed over: 1"), "{}", ran.err);
}

#[test]
fn standard_input_may_be_any_of_them() {
    for bytes in [page(), mail(), zip(&[("a.txt", FIGHT.as_bytes())])] {
        let ran = run_with(&mut detente(&["read", "-"]), &bytes);
        assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{}", ran.err);
    }
}
