//! `detente serve` from outside: a real server on a port of its own, asked over plain HTTP.

#![allow(clippy::unwrap_used, reason = "a test may break")]

use crate::support::{ANSWER, FIGHT, Folder, detente, run};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

/// A server that ends with the test.
struct Served {
    child: Child,
    /// What it printed: where it is.
    told: String,
    /// Host and port.
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(arguments: &[&str]) -> Served {
    let mut command = detente(arguments);
    command.args(["--port", "0"]).env_remove("DETENTE_TOKEN");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut told = String::new();
    let out = child.stdout.take().expect("it was piped");
    BufReader::new(out).read_line(&mut told).expect("it says where it is");
    let address = told.split("http://").nth(1).and_then(|rest| rest.split('/').next());
    let address = address.unwrap_or_else(|| panic!("no address in: {told}")).to_string();
    Served { child, told, address }
}

/// What came back.
struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|l| l.to_lowercase().starts_with(&format!("{name}:")))?;
        Some(line[name.len() + 1..].trim())
    }
}

impl Served {
    /// Asks with a method and headers of one's own.
    fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Got {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let host = match headers.iter().any(|h| h.starts_with("Host:")) {
            true => String::new(),
            false => format!("Host: {}\r\n", self.address),
        };
        let more: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        let asked = format!("{method} {path} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n");
        stream.write_all(asked.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        // A PDF is the one answer that is no text; what is asked of it here stands in its plain parts.
        let text = match String::from_utf8(bytes) {
            Err(error) if path.contains("format=pdf") => {
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
            text => text.expect("answers are UTF-8"),
        };
        let (head, body) = text.split_once("\r\n\r\n").expect("head and body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        Got { status, head: head.to_string(), body: body.to_string() }
    }

    fn get(&self, path: &str) -> Got {
        self.ask("GET", path, &[])
    }

    /// Sends JSON as our own page does.
    fn post(&self, path: &str, body: &Value) -> Got {
        let body = body.to_string();
        let origin = format!("Origin: http://{}", self.address);
        let length = format!("Content-Length: {}", body.len());
        // The body goes behind the last header, with an empty line between them.
        let last = format!("Connection: close\r\n\r\n{body}");
        self.ask("POST", path, &[&origin, "Content-Type: application/json", &length, &last])
    }

    /// Waits until there is an edition of this number.
    fn wait_for(&self, edition: u64) {
        for _ in 0..600 {
            if self.get("/api/v1").json()["edition"].as_u64() >= Some(edition) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("edition {edition} did not come");
    }

    fn first_crisis(&self) -> String {
        let told = self.get("/api/v1/crises").json();
        told["crises"][0]["id"].as_str().expect("there is a crisis").to_string()
    }
}

fn reports() -> Folder {
    Folder::with(&[("a.txt", FIGHT.as_bytes()), ("b.txt", ANSWER.as_bytes())])
}

#[test]
fn the_page_brings_everything_along_and_allows_nothing_else() {
    let folder = reports();
    let served = serve(&["serve", &folder.arg()]);
    let page = served.get("/");
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").expect("a policy");
    for part in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    let parts = page.body.split(['"', '\'']).filter(|p| p.starts_with("/page/"));
    let parts: Vec<&str> = parts.collect();
    assert!(parts.len() > 3, "{parts:?}");
    for part in parts {
        assert_eq!(served.get(part).status, 200, "{part}");
    }
    assert!(
        !page.body.contains("http://") && !page.body.contains("https://"),
        "something is loaded from elsewhere"
    );
}

#[test]
fn every_address_in_the_description_answers() {
    let folder = reports();
    let served = serve(&["serve", &folder.arg()]);
    let crisis = served.first_crisis();
    let dossier = served.get(&format!("/api/v1/crises/{crisis}"));
    assert_eq!(dossier.status, 200);
    let told = dossier.json();
    let report = told["reports"][0]["id"].as_str().unwrap().to_string();
    let incidents = served.get(&format!("/api/v1/crises/{crisis}/records?kind=incident")).json();
    let fact = incidents["records"][0]["id"].as_str().unwrap().to_string();
    let described = served.get("/api/v1/openapi.json").json();
    let paths = described["paths"].as_object().expect("paths");
    assert!(paths.len() > 10);
    let read = |path: &&String| paths[*path]["get"].is_object() && *path != "/api/v1/events";
    for path in paths.keys().filter(read) {
        let asked = path.replace("{crisis}", &crisis).replace("{report}", &report).replace("{fact}", &fact);
        let asked = if asked.ends_with("/search") { asked + "?q=egypt" } else { asked };
        let got = served.get(&asked);
        assert_eq!(got.status, 200, "{asked}: {}", got.body);
        assert!(!got.body.is_empty(), "{asked}");
    }
}

#[test]
fn an_answer_that_one_has_is_not_sent_again() {
    let folder = reports();
    let served = serve(&["serve", &folder.arg()]);
    let path = format!("/api/v1/crises/{}", served.first_crisis());
    let first = served.get(&path);
    let tag = first.header("etag").expect("a tag").to_string();
    let again = served.ask("GET", &path, &[&format!("If-None-Match: {tag}")]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(served.ask("GET", &path, &["If-None-Match: \"other\""]).status, 200);
}

#[test]
fn a_wrong_question_is_told_what_to_do() {
    let folder = reports();
    let served = serve(&["serve", &folder.arg()]);
    let crisis = served.first_crisis();
    for (path, status) in [
        ("/api/v1/crises/crisis-none".to_string(), 404),
        ("/api/v1/reports/..%2f..%2fetc%2fpasswd".to_string(), 404),
        ("/page/..%2fCargo.toml".to_string(), 404),
        ("/elsewhere".to_string(), 404),
        ("/api/v1/search".to_string(), 400),
        (format!("/api/v1/crises/{crisis}?policy=mine"), 400),
        (format!("/api/v1/crises/{crisis}/records?kind=cake"), 400),
        (format!("/api/v1/crises/{crisis}/records?limit=100000"), 400),
        (format!("/api/v1/crises/{crisis}/records?format=csv"), 400),
        (format!("/api/v1/crises/{crisis}/facts/inc-none"), 404),
    ] {
        let got = served.get(&path);
        assert_eq!(got.status, status, "{path}");
        let told = got.json();
        assert!(told["error"].as_str().is_some_and(|s| !s.is_empty()), "{path}: {told}");
        assert!(told["remedy"].as_str().is_some_and(|s| !s.is_empty()), "{path}: {told}");
    }
}

#[test]
fn other_names_and_other_pages_get_nothing() {
    let folder = reports();
    let served = serve(&["serve", &folder.arg()]);
    assert_eq!(served.ask("GET", "/api/v1/crises", &["Host: evil.example"]).status, 421);
    assert_eq!(served.ask("GET", "/", &["Host: 127.0.0.1.evil.example:80"]).status, 421);
    let cross = served.ask("POST", "/api/v1/crises", &["Origin: https://evil.example", "Content-Length: 0"]);
    assert_eq!(cross.status, 403);
    let site = served.ask("DELETE", "/api/v1/crises", &["Sec-Fetch-Site: cross-site"]);
    assert_eq!(site.status, 403);
    let own = format!("Origin: http://{}", served.address);
    assert_eq!(served.ask("POST", "/api/v1/crises", &[&own, "Content-Length: 0"]).status, 405);
    let cross =
        served.ask("POST", "/api/v1/decisions", &["Origin: https://evil.example", "Content-Length: 0"]);
    assert_eq!(cross.status, 403);
    let none = served.ask("POST", "/api/v1/decisions", &[&own, "Content-Length: 0"]);
    assert_eq!(none.status, 409, "without a store there is no journal: {}", none.body);
    assert_eq!(served.get("/api/v1/decisions").json()["open"], false);
    let plain = served.ask("GET", "/api/v1/crises", &["Origin: https://evil.example"]);
    assert!(plain.header("access-control-allow-origin").is_none(), "no other page may read an answer");
}

#[test]
fn a_token_is_asked_for_where_there_is_one() {
    let folder = reports();
    let token = "a-long-enough-token";
    let served = serve(&["serve", &folder.arg(), "--token", token]);
    assert!(served.told.contains(&format!("?token={token}")), "{}", served.told);
    assert_eq!(served.get("/").status, 401);
    assert_eq!(served.get("/api/v1/crises").status, 401);
    assert_eq!(served.ask("GET", "/api/v1/crises", &["Authorization: Bearer wrong"]).status, 401);
    let bearer = format!("Authorization: Bearer {token}");
    assert_eq!(served.ask("GET", "/api/v1/crises", &[&bearer]).status, 200);
    let greeted = served.get(&format!("/?token={token}"));
    assert_eq!((greeted.status, greeted.header("location")), (303, Some("/")));
    let cookie = greeted.header("set-cookie").expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let own = format!("Cookie: {}", cookie.split(';').next().unwrap());
    assert_eq!(served.ask("GET", "/", &[&own]).status, 200);
    let short = run(&mut detente(&["serve", &folder.arg(), "--port", "0", "--token", "short"]));
    assert_eq!(short.code, 2);
}

#[test]
fn a_port_in_use_is_one_line() {
    let folder = reports();
    let served = serve(&["serve", &folder.arg()]);
    let port = served.address.rsplit(':').next().unwrap();
    let second = run(&mut detente(&["serve", &folder.arg(), "--port", port]));
    assert_eq!(second.code, 2);
    assert_eq!(second.remarks().len(), 1, "{}", second.err);
    assert!(second.err.contains("in use") && second.err.contains("--port"), "{}", second.err);
}

#[test]
fn words_of_reports_stay_words() {
    let hostile = FIGHT.replace(
        "Dozens reported dead in El Fasher",
        "<script>alert(1)</script><img src=x onerror=alert(2)> =HYPERLINK(\"http://evil.example\")",
    );
    let folder = Folder::with(&[("<b>.txt", hostile.as_bytes()), ("b.txt", ANSWER.as_bytes())]);
    let served = serve(&["serve", &folder.arg()]);
    let crisis = served.first_crisis();
    for path in
        ["/api/v1/crises".to_string(), format!("/api/v1/crises/{crisis}"), "/api/v1/reports".to_string()]
    {
        let got = served.get(&path);
        assert_eq!(got.header("content-type"), Some("application/json"), "{path}");
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"), "{path}");
        got.json();
    }
    let dossier = served.get(&format!("/api/v1/crises/{crisis}/dossier"));
    assert!(dossier.header("content-disposition").is_some_and(|v| v.starts_with("attachment")));
    assert!(!dossier.body.contains("<script>alert") && dossier.body.contains("&lt;script&gt;alert"));
    let paper = served.get(&format!("/api/v1/crises/{crisis}/dossier?format=pdf"));
    assert_eq!(paper.header("content-type"), Some("application/pdf"));
    assert!(paper.header("content-disposition").is_some_and(|v| v.ends_with(".pdf\"")));
    assert!(paper.body.starts_with("%PDF-1.7") && paper.body.trim_end().ends_with("%%EOF"));
    let table = served.get(&format!("/api/v1/crises/{crisis}/records?kind=report&format=csv"));
    assert!(table.body.starts_with("id,"), "{}", table.body);
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(!served.get("/").body.contains("alert("));
}

#[test]
fn records_come_in_pages() {
    let folder = reports();
    let served = serve(&["serve", &folder.arg()]);
    let crisis = served.first_crisis();
    let mut path = format!("/api/v1/crises/{crisis}/records?limit=7");
    let (mut all, mut total) = (Vec::new(), 0);
    for _ in 0..100 {
        let page = served.get(&path);
        let told = page.json();
        total = told["total"].as_u64().unwrap();
        all.extend(told["records"].as_array().unwrap().iter().cloned());
        let Some(next) = page.header("link") else { break };
        path = next.split(['<', '>']).nth(1).unwrap().to_string();
    }
    assert_eq!(all.len() as u64, total);
    let lines = served.get(&format!("/api/v1/crises/{crisis}/records?format=jsonl"));
    let whole: Vec<Value> = lines.body.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(all, whole, "the pages are all records, each once");
}

#[test]
fn a_new_report_comes_by_itself() {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes())]);
    let served = serve(&["serve", &folder.arg()]);
    let mut stream = TcpStream::connect(&served.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let asked = format!("GET /api/v1/events HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
    stream.write_all(asked.as_bytes()).unwrap();
    let mut lines = BufReader::new(stream).lines().map(|l| l.expect("the stream goes on"));
    let mut event = || {
        // An event `alerts` is a number; an edition is more.
        let line = lines.by_ref().find(|l| l.starts_with("data: {")).expect("an event");
        serde_json::from_str::<Value>(&line["data: ".len()..]).unwrap()
    };
    let first = event();
    assert_eq!((&first["edition"], &first["reports"]), (&Value::from(1), &Value::from(1)));
    folder.put("b.txt", ANSWER.as_bytes());
    let second = event();
    assert_eq!((&second["edition"], &second["reports"]), (&Value::from(2), &Value::from(2)));
    assert_eq!(second["added"], 1, "{second}");
    assert_eq!(served.get("/api/v1/reports").json()["total"], 2);
}

/// Asks until the answer is as it should be; what it was last, where it never is.
fn until(mut ask: impl FnMut() -> Value, is: impl Fn(&Value) -> bool) -> Value {
    let mut last = ask();
    for _ in 0..600 {
        if is(&last) {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
        last = ask();
    }
    last
}

#[test]
fn what_comes_into_a_served_folder_is_told_once() {
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes())]);
    let served = serve(&["serve", &folder.arg()]);
    let alerts = || served.get("/api/v1/alerts").json();
    let first = alerts();
    assert_eq!(
        (&first["open"], &first["total"]),
        (&Value::from(true), &Value::from(0)),
        "history is no news"
    );
    folder.put("b.txt", ANSWER.as_bytes());
    let told = until(alerts, |told| told["total"] != 0);
    let kinds = |told: &Value| -> Vec<String> {
        let list = told["alerts"].as_array().expect("a list");
        list.iter().map(|a| a["kind"].as_str().expect("a kind").to_string()).collect()
    };
    assert!(kinds(&told).contains(&"acceptance".to_string()), "{told}");
    assert_eq!(told["unseen"], told["total"]);
    std::fs::remove_file(folder.at("b.txt")).unwrap();
    served.wait_for(3);
    folder.put("b.txt", ANSWER.as_bytes());
    served.wait_for(4);
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(kinds(&alerts()), kinds(&told), "what comes back is no news");
    let last = told["alerts"][0]["number"].as_i64().unwrap();
    let seen = served.post("/api/v1/alerts/seen", &serde_json::json!({ "to": last }));
    assert_eq!((seen.status, &seen.json()["unseen"]), (200, &Value::from(0)), "{}", seen.body);
}

#[test]
fn a_store_that_cannot_be_read_for_a_while_leaves_the_last_edition() {
    let folder = reports();
    let store = folder.at("desk.detente");
    let add = |name: &str| {
        let added = run(&mut detente(&["add", &folder.at(name), "--store", &store]));
        assert_eq!(added.code, 0, "{}", added.err);
    };
    add("a.txt");
    let served = serve(&["serve", "--store", &store]);
    let other = rusqlite::Connection::open(&store).unwrap();
    other.busy_timeout(Duration::from_secs(20)).unwrap();
    other.execute_batch("ALTER TABLE decision RENAME TO elsewhere").unwrap();
    std::thread::sleep(Duration::from_secs(1));
    let total = || served.get("/api/v1/reports").json()["total"].clone();
    assert_eq!(total(), 1, "the page goes on with what it has");
    assert_eq!(served.get("/api/v1/crises").status, 200);
    other.execute_batch("ALTER TABLE elsewhere RENAME TO decision").unwrap();
    add("b.txt");
    served.wait_for(2);
    assert_eq!(total(), 2, "and catches up when it can");
}

#[test]
fn the_demonstration_is_served_and_found_in() {
    let served = serve(&["demo", "--serve"]);
    let told = served.get("/api/v1/crises").json();
    assert_eq!(told["reports"], 14);
    let hits = served.get("/api/v1/search?q=mediat&limit=5").json();
    assert!(hits["total"].as_u64().unwrap() > 3, "{hits}");
    let hit = &hits["hits"][0];
    let report = served.get(&format!("/api/v1/reports/{}", hit["document"].as_str().unwrap())).json();
    let (start, end) = (hit["start"].as_u64().unwrap() as usize, hit["end"].as_u64().unwrap() as usize);
    assert_eq!(
        &report["text"].as_str().unwrap()[start..end],
        hit["quote"],
        "offsets count bytes of the text"
    );
}

#[test]
fn a_decision_taken_on_the_page_changes_the_books_and_can_be_taken_back() {
    let folder = reports();
    let store = folder.at("desk.detente");
    let added = run(&mut detente(&["add", &folder.at("a.txt"), &folder.at("b.txt"), "--store", &store]));
    assert_eq!(added.code, 0, "{}", added.err);
    let served = serve(&["serve", "--store", &store]);
    let records = |kind: &str| {
        let crisis = served.first_crisis();
        let told = served.get(&format!("/api/v1/crises/{crisis}/records?kind={kind}")).json();
        told["records"].as_array().unwrap().clone()
    };
    // What the books count; the figure of the report stays as it was read.
    let counted = |n: u64| {
        let claims =
            |t: &Value| t["claims"].as_array().is_some_and(|all| all.iter().any(|c| c["value"] == n));
        records("tally").iter().any(claims)
    };
    let said = |f: &Value| f["text"].as_str().is_some_and(|t| t.contains("12 of its"));
    let figure = records("figure").into_iter().find(said).expect("a count");
    assert!(counted(12) && !counted(15));
    let wish = |reason: &str, ruling: &str| {
        serde_json::json!({
            "report": figure["evidence"][0]["doc"], "fact": figure["id"], "ruling": ruling, "count": "15",
            "author": "Ada", "reason": reason,
        })
    };
    assert_eq!(served.post("/api/v1/decisions", &wish("", "count")).status, 400, "a decision needs a reason");
    assert_eq!(served.post("/api/v1/decisions", &wish("why not", "cake")).status, 400);
    let written = served.post("/api/v1/decisions", &wish("the outlet corrected it", "count"));
    assert_eq!(written.status, 200, "{}", written.body);
    served.wait_for(2);
    assert!(counted(15) && !counted(12));
    let journal = served.get("/api/v1/decisions").json();
    assert_eq!(
        (&journal["open"], &journal["entries"][0]["author"]),
        (&Value::from(true), &Value::from("Ada"))
    );
    let number = written.json()["number"].as_i64().unwrap();
    let back = serde_json::json!({ "author": "Ada", "reason": "it was another report" });
    let undone = served.post(&format!("/api/v1/decisions/{number}/undo"), &back);
    assert_eq!(undone.status, 200, "{}", undone.body);
    served.wait_for(3);
    assert!(counted(12) && !counted(15));
}
