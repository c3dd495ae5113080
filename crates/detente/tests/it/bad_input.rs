//! Bad input: one clear line or note each, the right exit code, and every other report is read.

use crate::support::{ANSWER, FIGHT, Folder, Ran, detente, run};
use serde_json::Value;
use std::io::Read;
use std::process::Stdio;

/// The program on a folder with two good reports and something else beside them.
fn beside(name: &str, bytes: &[u8]) -> (Ran, Vec<Value>) {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes()), ("z.txt", ANSWER.as_bytes())]);
    folder.put(name, bytes);
    let ran = run(&mut detente(&["records", &folder.arg()]));
    let records = ran.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    (ran, records)
}

fn reports(records: &[Value]) -> usize {
    records.iter().filter(|r| r["kind"] == "report").count()
}

/// Exit code 0, the two good reports read, one line about the other.
fn noted(name: &str, bytes: &[u8], code: &str) {
    let (ran, records) = beside(name, bytes);
    assert_eq!((ran.code, reports(&records)), (0, 2), "{name}: {}", ran.err);
    assert_eq!(ran.remarks().len(), 1, "{}", ran.err);
    assert!(ran.err.starts_with(&format!("detente: note {code}: ")) && ran.err.contains(name), "{}", ran.err);
}

#[test]
fn an_empty_file() {
    noted("m.txt", b"", "D101");
}

#[test]
fn a_binary_file() {
    noted("m.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 0, 0], "D102");
}

#[test]
fn files_of_other_kinds() {
    let (ran, records) = beside("m.png", b"\x89PNG");
    assert_eq!((ran.code, reports(&records)), (0, 2));
    assert!(ran.err.contains("D109"), "{}", ran.err);
}

#[test]
fn a_document_that_is_damaged() {
    let (ran, records) = beside("m.docx", b"PK\x03\x04");
    assert_eq!((ran.code, reports(&records)), (2, 2));
    assert!(ran.err.contains("a zip that is damaged"), "{}", ran.err);
}

#[test]
fn invalid_utf_8_is_decoded_as_far_as_it_can_be() {
    let damaged =
        [FIGHT.as_bytes(), " The town\u{2019}s market\u{2014}burned\u{2014}was ".as_bytes(), b"em\xffpty."]
            .concat();
    let folder = Folder::with(&[("m.txt", &damaged)]);
    let ran = run(&mut detente(&["read", &folder.arg()]));
    let reading: Value = serde_json::from_str(&ran.out).expect("one reading");
    assert_eq!(reading["notes"][0]["code"], "D104");
    assert!(reading["document"]["text"].as_str().expect("a text").contains("burned—was em\u{fffd}pty."));
}

#[test]
fn another_language_is_listed_as_not_read() {
    let french = "Le ministère des Affaires étrangères a annoncé mardi que les pourparlers entre les deux parties \
                  reprendraient la semaine prochaine à Genève, sous l'égide des Nations unies.";
    let (ran, records) = beside("m.txt", french.as_bytes());
    assert_eq!((ran.code, reports(&records)), (0, 2), "{}", ran.err);
    assert_eq!(ran.remarks().len(), 1, "{}", ran.err);
    assert!(ran.err.contains("R102") && ran.err.contains("French"), "{}", ran.err);
    let gap =
        records.iter().find(|r| r["kind"] == "gap" && r["code"] == "R102").expect("the dossier says so");
    assert!(gap["text"].as_str().expect("words").contains("m.txt"));
}

#[test]
fn one_line_of_50_megabytes() {
    let sentence = FIGHT.replace('\n', " ");
    let long = sentence.repeat(50_000_000 / sentence.len());
    let (ran, records) = beside("m.txt", long.as_bytes());
    assert_eq!((ran.code, reports(&records)), (0, 3), "{}", ran.err);
    let (words, _) = beside("m.txt", "word".repeat(12_500_000).as_bytes());
    assert_eq!(words.code, 0, "{}", words.err);
}

#[test]
fn a_line_of_50_megabytes_in_json_lines() {
    let line = format!(
        "{{\"text\":\"{}\"}}\n{{\"text\":\"{}\"}}\n",
        "The talks went on. ".repeat(2_700_000),
        ANSWER.trim()
    );
    let folder = Folder::with(&[("w.jsonl", line.as_bytes())]);
    let ran = run(&mut detente(&["read", &folder.arg()]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 2);
    assert!(ran.out.contains("D106"));
}

#[test]
fn bad_lines_of_json() {
    let good = serde_json::json!({"text": FIGHT, "outlet": "Example News"});
    let (ran, records) = beside("m.jsonl", format!("{good}\nnot json\n").as_bytes());
    assert_eq!((ran.code, reports(&records)), (0, 3), "{}", ran.err);
    assert!(ran.err.contains("m.jsonl:2: not JSON"), "{}", ran.err);
}

#[test]
fn nothing_to_read_is_an_error_in_one_line() {
    let folder = Folder::with(&[("empty/.hidden.txt", b"x"), ("empty/README.md", b"x"), ("none.txt", b"")]);
    for (path, words) in [
        ("empty", "no report in this folder"),
        ("absent", "no such file or folder"),
        ("none.txt", "no report to read"),
    ] {
        let ran = run(&mut detente(&["brief", &folder.at(path)]));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{path}");
        let last = ran.remarks().last().copied().unwrap_or_default();
        assert!(
            last.starts_with("detente: ")
                && last.contains(words)
                && last.contains(path)
                && last.contains("; "),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_path_that_fails_does_not_keep_the_others_out() {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes()), ("z.txt", ANSWER.as_bytes())]);
    let ran = run(&mut detente(&[
        "records",
        &folder.at("absent"),
        &folder.at("a.txt"),
        &folder.at("gone.txt"),
        &folder.at("z.txt"),
    ]));
    assert_eq!(ran.code, 2);
    assert_eq!(ran.remarks().len(), 2, "{}", ran.err);
    let records: Vec<Value> = ran.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(reports(&records), 2);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder =
        Folder::with(&[("a.txt", FIGHT.as_bytes()), ("z.txt", ANSWER.as_bytes()), ("shut/b.txt", b"x")]);
    let shut = folder.path().join("shut");
    let set = |mode| {
        std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(mode))
            .expect("permissions can be set")
    };
    set(0o000);
    if std::fs::read_dir(&shut).is_ok() {
        eprintln!("skipped: this user may read everything");
        return set(0o755);
    }
    let ran = run(&mut detente(&["records", &folder.arg()]));
    set(0o755);
    assert_eq!((ran.code, ran.remarks().len()), (2, 1), "{}", ran.err);
    assert!(ran.err.contains("not allowed to read") && ran.err.contains("shut"), "{}", ran.err);
    assert!(ran.out.contains("\"kind\":\"report\""));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back() {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes()), ("sub/z.txt", ANSWER.as_bytes())]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/loop")).expect("a link can be made");
    let ran = run(&mut detente(&["records", &folder.arg()]));
    assert_eq!((ran.code, ran.remarks().len()), (2, 1), "{}", ran.err);
    assert!(ran.out.contains("\"kind\":\"report\""));
}

#[test]
fn ten_thousand_tiny_files() {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes()), ("z.txt", ANSWER.as_bytes())]);
    for n in 0..10_000 {
        folder.put(&format!("tiny/{:02}/{n:05}.txt", n % 100), format!("{n}").as_bytes());
    }
    let ran = run(&mut detente(&["records", &folder.arg()]));
    assert_eq!(ran.code, 0);
    assert!(ran.remarks().len() < 10, "{}", ran.err.len());
    assert!(ran.err.contains("9997 more like it"), "{}", ran.err);
    assert!(ran.out.contains("\"kind\":\"report\""));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::with(&[("a.txt", FIGHT.repeat(50).as_bytes()), ("z.txt", ANSWER.as_bytes())]);
    for arguments in
        [vec!["explain"], vec!["--help"], vec!["read", &folder.at("a.txt")], vec!["brief", &folder.arg()]]
    {
        let mut child = detente(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = child.stdout.take().expect("it was piped");
        let mut first = [0; 1];
        out.read_exact(&mut first).expect("something is printed");
        drop(out);
        let ended = child.wait_with_output().expect("the program ends");
        assert_eq!(ended.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes())]);
    let file = folder.at("absent/d.html");
    let ran = run(&mut detente(&["brief", &folder.at("a.txt"), "--output", &file]));
    assert_eq!((ran.code, ran.remarks().len()), (2, 1), "{}", ran.err);
    assert!(ran.err.contains("absent"), "{}", ran.err);
}
