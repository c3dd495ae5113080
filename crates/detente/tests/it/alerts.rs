//! Alerts from outside: what is told, what is not, and where it goes.

use crate::support::{FIGHT, Folder, Ran, detente, run};
use detente_store::{Page, Store};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

const REFUSAL: &str = "---\noutlet: Copper Wire\ndate: 2031-03-08\n---\n\
    Sudan's army rejected Egypt's offer to mediate in its war with the Rapid Support Forces, a spokesman said on \
    Friday. Sudan closed its border with Chad on Friday. The RSF threatened to attack Port Sudan.\n";

const SECRET: &str = "0123456789abcdef";

fn dated(outlet: &str, day: &str, text: &str) -> String {
    format!("---\noutlet: {outlet}\ndate: {day}\n---\n{text}")
}

fn done(folder: &Folder, arguments: &[&str]) -> Ran {
    let store = folder.at("desk.detente");
    let ran = run(detente(arguments).args(["--store", &store]).current_dir(folder.path()));
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    ran
}

/// Adds a report and gives all alerts, the oldest first.
fn after(folder: &Folder, name: &str, text: &str) -> Vec<Value> {
    folder.put(name, text.as_bytes());
    done(folder, &["add", &folder.at(name)]);
    let told = done(folder, &["alerts", "--format", "jsonl"]);
    told.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn kinds(alerts: &[Value]) -> Vec<&str> {
    alerts.iter().map(|a| a["kind"].as_str().expect("a kind")).collect()
}

#[test]
fn what_comes_in_is_told_once_with_its_sentence_and_copies_and_repeats_are_not() {
    let folder = Folder::with(&[]);
    let first = after(&folder, "a.txt", &dated("Harbour Courier", "2031-03-05", FIGHT));
    for kind in ["offer", "denial", "new_count"] {
        assert!(kinds(&first).contains(&kind), "no {kind} in {:?}", kinds(&first));
    }
    for alert in &first {
        let sentence = &alert["sentences"][0];
        let (start, end) = (sentence["start"].as_u64().unwrap(), sentence["end"].as_u64().unwrap());
        assert!(end > start && !sentence["quote"].as_str().unwrap().is_empty(), "{alert}");
        assert!(alert["reason"].as_str().unwrap().ends_with('.'), "{alert}");
    }
    assert_eq!(
        after(&folder, "a.txt", &dated("Harbour Courier", "2031-03-05", FIGHT)),
        first,
        "the same report"
    );
    let copy = dated("Lantern Post", "2031-03-06", FIGHT);
    assert_eq!(after(&folder, "copy.txt", &copy), first, "another outlet with the same text");
    let version = dated("Harbour Courier", "2031-03-05", &format!("{FIGHT}\nThe story will be updated.\n"));
    assert_eq!(after(&folder, "a.txt", &version), first, "a new version of the report");
    let repeat = "Egypt offered to mediate between Sudan's army and the RSF on Wednesday, its foreign ministry said.\n";
    assert_eq!(
        after(&folder, "repeat.txt", &dated("Old Bridge Post", "2031-03-06", repeat)),
        first,
        "a repeat"
    );
    let more = after(&folder, "b.txt", REFUSAL);
    assert_eq!(more[..first.len()], first[..]);
    let mut new = kinds(&more[first.len()..]);
    new.sort_unstable();
    assert_eq!(new, ["border_closed", "refusal", "threat"]);
    let shown = done(&folder, &["alerts", "--since", "1h"]).out;
    assert!(shown.contains("“Sudan closed its border with Chad on Friday.”"), "{shown}");
    assert!(done(&folder, &["alerts", "--since", "2131-01-01"]).out.starts_with("No alert"));
    let bad = run(detente(&["alerts", "--since", "soon"]).args(["--store", &folder.at("desk.detente")]));
    assert!(bad.code == 2 && bad.remarks().len() == 1 && bad.err.contains("24h"), "{}", bad.err);
}

#[test]
fn a_line_of_a_file_for_each_alert_and_none_twice() {
    let folder =
        Folder::with(&[("detente.toml", b"[alerts]\nfile = \"told/alerts.jsonl\"\nkinds = [\"threat\"]\n")]);
    folder.put("told/.keep", b"");
    let alerts = after(&folder, "b.txt", REFUSAL);
    done(&folder, &["alerts"]);
    let lines = std::fs::read_to_string(folder.at("told/alerts.jsonl")).expect("the file is there");
    let lines: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let threats: Vec<Value> = alerts.into_iter().filter(|a| a["kind"] == "threat").collect();
    assert_eq!(lines, threats);
    folder.put("detente.toml", b"[alerts]\nfiel = \"x\"\n");
    let bad = run(detente(&["alerts", "--store", &folder.at("desk.detente")]).current_dir(folder.path()));
    assert!(bad.code == 2 && bad.remarks().len() == 1 && bad.err.contains("detente.toml:1"), "{}", bad.err);
}

/// One message as a server got it: head and body.
type Message = (String, String);

/// A server that says no so many times, then yes.
fn server(refuse: usize) -> (u16, Receiver<Message>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    let (send, got) = channel();
    let serve = move || {
        for (at, stream) in listener.incoming().enumerate() {
            let Ok(stream) = stream else { return };
            let mut lines = BufReader::new(stream);
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                if lines.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                    break;
                }
                if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = n.trim().parse().unwrap_or(0);
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            if lines.read_exact(&mut body).is_err() {
                continue;
            }
            let code = if at < refuse { "503 Service Unavailable" } else { "204 No Content" };
            let answer = format!("HTTP/1.1 {code}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = lines.get_mut().write_all(answer.as_bytes());
            if send.send((head, String::from_utf8_lossy(&body).to_string())).is_err() {
                return;
            }
        }
    };
    (port, got, std::thread::spawn(serve))
}

/// The HMAC of RFC 2104 with SHA-256, from the hash alone.
fn hmac(secret: &[u8], words: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let mut key = [0u8; 64];
    key[..secret.len()].copy_from_slice(secret);
    let pad = |byte: u8| key.map(|k| k ^ byte);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(words).finalize();
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    outer.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn a_webhook_gets_signed_messages_again_until_it_takes_them_and_only_where_it_is_allowed() {
    let (port, got, _serving) = server(1);
    let settings = |allow: &str| {
        let place = format!("http://127.0.0.1:{port}/hook");
        format!("{allow}[alerts]\nwebhook = \"{place}\"\nsecret = \"{SECRET}\"\nkinds = [\"threat\"]\n")
    };
    let folder = Folder::with(&[]);
    folder.put("b.txt", REFUSAL.as_bytes());
    done(&folder, &["add", &folder.at("b.txt")]);
    // Not allowed by name: nothing is sent to this machine.
    folder.put("short.toml", settings("").replace("kinds = [\"threat\"]", "kinds = [\"offer\"]").as_bytes());
    done(&folder, &["alerts", "--config", "short.toml"]);
    assert!(got.try_recv().is_err(), "nothing of this kind was to be sent");
    folder.put("detente.toml", settings(&format!("[collect]\nallow = [\"127.0.0.1:{port}\"]\n")).as_bytes());
    let store = Store::open_existing(folder.at("desk.detente")).expect("the store opens");
    // The marks of the run before stand at alerts of other kinds; a threat comes anew.
    folder.put(
        "c.txt",
        dated("Saltmarsh Post", "2031-04-20", "The RSF threatened to attack Khartoum.\n").as_bytes(),
    );
    done(&folder, &["add", &folder.at("c.txt")]);
    done(&folder, &["alerts"]);
    let threats = store.alerts(false, Page::ALL).expect("alerts");
    let threat = threats.iter().find(|a| a.kind == "threat").expect("a threat was told");
    let messages: Vec<Message> = got.try_iter().collect();
    assert_eq!(messages.len(), 2, "refused once, then taken: {messages:?}");
    for (head, body) in &messages {
        let line = head.lines().find_map(|l| l.strip_prefix("x-detente-signature: ")).expect("a signature");
        let (seconds, signature) =
            line.strip_prefix("t=").and_then(|l| l.split_once(",v1=")).expect("both parts");
        assert_eq!(signature, hmac(SECRET.as_bytes(), format!("{seconds}.{body}").as_bytes()));
        let told: Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(told["number"], threat.number);
    }
    done(&folder, &["alerts"]);
    assert!(got.try_recv().is_err(), "an alert that was taken is not sent again");
}

#[test]
fn a_webhook_on_this_machine_that_is_not_allowed_is_one_line_and_gets_nothing() {
    let (port, got, _serving) = server(0);
    let folder = Folder::with(&[]);
    folder.put("b.txt", REFUSAL.as_bytes());
    let text = format!("[alerts]\nwebhook = \"http://127.0.0.1:{port}/\"\nsecret = \"{SECRET}\"\n");
    folder.put("detente.toml", text.as_bytes());
    done(&folder, &["add", &folder.at("b.txt")]);
    let ran = run(detente(&["alerts", "--store", &folder.at("desk.detente")]).current_dir(folder.path()));
    assert!(ran.code == 2 && ran.remarks().len() == 1, "{}", ran.err);
    assert!(ran.err.contains("127.0.0.1") && ran.out.contains("threat"), "{}", ran.err);
    assert!(got.try_recv().is_err(), "it got nothing");
}

#[test]
fn the_history_of_a_large_store_is_no_news() {
    let folder = Folder::with(&[]);
    let line = |n: usize| {
        format!("{{\"text\":\"Report number {n}. {}\",\"title\":\"T {n}\"}}\n", FIGHT.replace('\n', " "))
    };
    folder.put("many.jsonl", (0..201).map(line).collect::<String>().as_bytes());
    done(&folder, &["add", &folder.at("many.jsonl")]);
    let told = done(&folder, &["alerts"]);
    assert!(told.out.starts_with("No alert") && told.err.contains("201 reports"), "{}{}", told.out, told.err);
    let new = after(&folder, "b.txt", REFUSAL);
    assert!(kinds(&new).contains(&"threat"), "{:?}", kinds(&new));
}

#[test]
fn a_store_that_another_version_read_is_read_anew_and_that_is_said() {
    let folder = Folder::with(&[]);
    folder.put("b.txt", REFUSAL.as_bytes());
    done(&folder, &["add", &folder.at("b.txt")]);
    let before = done(&folder, &["records"]);
    assert_eq!(before.err, "", "nothing was read by another version");
    let store = Store::open_existing(folder.at("desk.detente")).expect("the store opens");
    let readers = store.examine().expect("it is sound").readings;
    let readings = store.readings(&readers[0].0).expect("readings");
    store.keep_readings(&readings, "detente-read 0.0.1 0123456789abcdef").expect("they are kept");
    store.drop_readings(Some("detente-read 0.0.1 0123456789abcdef")).expect("the others go");
    let anew = done(&folder, &["records"]);
    assert_eq!(anew.out, before.out);
    assert!(
        anew.remarks().len() == 1 && anew.err.contains("1 report was read by another version"),
        "{}",
        anew.err
    );
    assert_eq!(store.examine().expect("it is sound").readings, readers, "the old reading is gone");
}
