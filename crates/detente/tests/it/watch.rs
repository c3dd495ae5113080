//! `detente watch` and `detente add URL` from outside: a site on this machine, settings, a store.

#![allow(clippy::unwrap_used, reason = "a test may break")]

use crate::support::{ANSWER, FIGHT, Folder, Ran, detente, run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A site with a feed of so many pages, the first of which is a report of a fight and the second an answer.
struct Site {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    pages: Arc<Mutex<usize>>,
}

impl Site {
    fn of(pages: usize, pause: Duration) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let site = Site { port, asked: Arc::default(), pages: Arc::new(Mutex::new(pages)) };
        let (asked, pages) = (Arc::clone(&site.asked), Arc::clone(&site.pages));
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (asked, pages) = (Arc::clone(&asked), *pages.lock().unwrap());
                std::thread::spawn(move || {
                    let path = path_of(&stream);
                    asked.lock().unwrap().push(path.clone());
                    std::thread::sleep(pause);
                    let _ = stream.write_all(answer(&path, pages).as_bytes());
                });
            }
        });
        site
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }

    fn settings(&self) -> String {
        let port = self.port;
        format!(
            "store = \"desk.detente\"\n[collect]\nallow = [\"127.0.0.1:{port}\"]\ngap = \"0s\"\n\
             [[feed]]\naddress = \"http://127.0.0.1:{port}/feed\"\noutlet = \"Northern Wire\"\n"
        )
    }
}

fn path_of(stream: &TcpStream) -> String {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    first.split(' ').nth(1).unwrap_or_default().to_string()
}

fn answer(path: &str, pages: usize) -> String {
    let entry =
        |n: usize| format!("<url><loc>/{n}</loc><lastmod>2031-03-{:02}</lastmod></url>", 28 - n.min(27));
    let (kind, body) = match path {
        "/feed" => ("text/xml", format!("<urlset>{}</urlset>", (1..=pages).map(entry).collect::<String>())),
        "/robots.txt" => ("text/plain", String::new()),
        "/1" => ("text/html", page(FIGHT)),
        "/2" => ("text/html", page(ANSWER)),
        other => match other[1..].parse::<usize>() {
            Ok(n) if n <= pages => ("text/html", page(&format!("Day {n} of the talks in Cairo\n\n{ANSWER}"))),
            _ => {
                return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .to_string();
            }
        },
    };
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

fn page(text: &str) -> String {
    let mut parts = text.split("\n\n");
    let title = parts.next().unwrap_or_default();
    let body: String = std::iter::once(title).chain(parts).map(|p| format!("<p>{p}</p>")).collect();
    let more = "<p>The ministry in Cairo said that the delegates would meet again in the coming week, and gave no day.</p>";
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}{more}</article></body></html>"
    )
}

fn watch(folder: &Folder, more: &[&str]) -> Command {
    let config = folder.at("detente.toml");
    let mut command = detente(&["watch", "--config", &config]);
    command.args(more);
    command
}

fn listed(folder: &Folder) -> Vec<String> {
    let ran = run(&mut detente(&["list", "--store", &folder.at("desk.detente")]));
    ran.out.lines().map(str::to_string).collect()
}

/// Reports that were printed, one a line; alerts stand between them.
fn reports(out: &str) -> usize {
    out.lines().filter(|l| l.starts_with("doc-")).count()
}

fn once(folder: &Folder) -> Ran {
    run(&mut watch(folder, &["--once"]))
}

#[test]
fn one_round_brings_what_is_new_and_the_books_know_it() {
    let site = Site::of(2, Duration::ZERO);
    let folder = Folder::with(&[("detente.toml", site.settings().as_bytes())]);
    let ran = once(&folder);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(reports(&ran.out), 2, "{}", ran.out);
    assert!(ran.out.contains("Northern Wire: Dozens reported dead in El Fasher"), "{}", ran.out);
    let brief = run(&mut detente(&["brief", "--store", &folder.at("desk.detente")]));
    assert!(brief.out.contains("Egypt"), "{}", brief.out);
    // Nothing new: not a word, and no page is asked for again.
    let again = once(&folder);
    assert_eq!((again.code, again.out.as_str(), again.err.as_str()), (0, "", ""));
    assert_eq!((site.asked("/1"), site.asked("/feed")), (1, 2));
    *site.pages.lock().unwrap() = 3;
    assert_eq!(reports(&once(&folder).out), 1);
    assert_eq!((listed(&folder).len(), site.asked("/1")), (3, 1));
    let health = run(&mut detente(&["doctor", "--store", &folder.at("desk.detente")]));
    assert!(
        health.out.contains("followed        1") && health.out.contains("readings        3"),
        "{}",
        health.out
    );
}

#[test]
fn folders_are_followed_too_and_trouble_is_one_line() {
    let site = Site::of(1, Duration::ZERO);
    let more = format!("[[folder]]\npath = \"in\"\n[[page]]\naddress = \"{}\"\n", site.url("/gone"));
    let settings = site.settings() + &more;
    let folder = Folder::with(&[("detente.toml", settings.as_bytes()), ("in/a.txt", FIGHT.as_bytes())]);
    let ran = once(&folder);
    assert_eq!((ran.code, reports(&ran.out)), (2, 2), "{} {}", ran.out, ran.err);
    assert_eq!(ran.remarks().len(), 1, "{}", ran.err);
    let told = format!("detente: the server says 404: there is no such page: {}", site.url("/gone"));
    assert!(ran.err.starts_with(&told), "{}", ran.err);
    let list = run(&mut watch(&folder, &["--list"])).out;
    assert!(
        list.contains("/feed\n    pages 1; visited 20")
            && list.contains("/gone\n    pages 0; visited never; not before"),
        "{list}"
    );
    assert!(list.contains("404: there is no such page") && list.ends_with("in\n"), "{list}");
    folder.put("in/b.txt", ANSWER.as_bytes());
    let second = once(&folder);
    assert_eq!((second.err.as_str(), site.asked("/gone")), ("", 1), "what failed is left alone for a while");
    assert!(reports(&second.out) == 1 && second.out.contains("b.txt"), "{}", second.out);
    folder.put("in/a.txt", FIGHT.replace("12 of its", "19 of its").as_bytes());
    assert_eq!(reports(&once(&folder).out), 1);
    assert_eq!(listed(&folder).len(), 3, "the new version of a.txt stands for the old");
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let site = Site::of(30, Duration::from_millis(20));
    let folder = Folder::with(&[("detente.toml", site.settings().as_bytes())]);
    for _ in 0..2 {
        let mut child = watch(&folder, &[]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.take(9).count(), 9);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let kept = listed(&folder).len();
    assert!(kept >= 18, "what was told is kept: {kept}");
    let ran = once(&folder);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(listed(&folder).len(), 30);
    let twice: usize = (1..=30).map(|n| site.asked(&format!("/{n}")) - 1).sum();
    assert!(twice <= 2 * 10, "{twice} pages were fetched twice");
}

/// Waits for an end that must come soon.
fn ends(child: &mut std::process::Child) -> Option<i32> {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(20) {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    panic!("it does not end");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_the_middle_and_while_it_waits() {
    let site = Site::of(25, Duration::from_millis(300));
    let folder = Folder::with(&[("detente.toml", site.settings().as_bytes())]);
    for signal in ["-INT", "-TERM"] {
        let mut child = watch(&folder, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let second = run(&mut watch(&folder, &["--once"]));
        assert!(second.code == 2 && second.err.contains("another detente watch follows"), "{}", second.err);
        let begin = Instant::now();
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert_eq!(ends(&mut child), Some(0));
        assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
        let health = run(&mut detente(&["doctor", "--store", &folder.at("desk.detente")]));
        assert!(health.out.contains("faults          none"), "{}", health.out);
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(told, "");
    }
    assert!(listed(&folder).len() >= 2);
}

#[test]
fn settings_that_are_wrong_are_told_with_their_line() {
    let folder = Folder::with(&[("detente.toml", b"[[feed]]\naddres = \"https://a.example\"\n")]);
    let ran = once(&folder);
    assert_eq!((ran.code, ran.remarks().len()), (2, 1));
    assert!(ran.err.contains("unknown field `addres`") && ran.err.contains("detente.toml:2"), "{}", ran.err);
    folder.put("detente.toml", b"[[feed]]\naddress = \"a.example\"\nevery = \"1s\"\n");
    assert_eq!(once(&folder).remarks().len(), 2);
    folder.put("detente.toml", b"");
    assert!(once(&folder).err.contains("nothing to follow"));
    let none = run(&mut detente(&["watch", "--config", &folder.at("none.toml")]));
    assert!(none.code == 2 && none.err.contains("there are no settings"), "{}", none.err);
}

#[test]
fn an_address_is_added_like_a_file() {
    let site = Site::of(2, Duration::ZERO);
    let folder = Folder::with(&[("a.txt", FIGHT.as_bytes())]);
    let store = folder.at("desk.detente");
    let allow = format!("127.0.0.1:{}", site.port);
    let add = |paths: &[&str]| run(detente(&["add", "--store", &store, "--allow", &allow]).args(paths));
    let ran = add(&[&site.url("/2"), &folder.at("a.txt")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("2 new, 0 in a new version, 0 there already; 2 reports"), "{}", ran.out);
    let feed = add(&["--feed", &site.url("/feed")]);
    assert!(feed.out.starts_with("1 new, 0 in a new version, 1 there already; 3 reports"), "{}", feed.out);
    let wrong = add(&["--feed", &site.url("/1")]);
    assert!(wrong.code == 2 && wrong.err.contains("not a feed or sitemap"), "{}", wrong.err);
    let inside = run(&mut detente(&["add", "--store", &store, &site.url("/1")]));
    assert_eq!((inside.code, inside.remarks().len()), (2, 1));
    assert!(inside.err.contains("refused: an address of this machine"), "{}", inside.err);
    assert!(listed(&folder).iter().any(|line| line.contains("Dozens reported dead")));
}

/// A proxy in front of the invented site: it is asked for ways to addresses, and answers for whoever is there.
fn proxy() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let ways: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&ways);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            kept.lock().unwrap().push(path_of(&stream));
            let _ = stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
            let path = path_of(&stream);
            let _ = stream.write_all(answer(&path, 2).as_bytes());
        }
    });
    (port, ways)
}

#[test]
fn who_is_behind_a_proxy_adds_through_it() {
    let ((port, ways), site) = (proxy(), Site::of(2, Duration::ZERO));
    let folder = Folder::with(&[]);
    let store = folder.at("desk.detente");
    let add = |address: &str, proxy: &str, without: &str, allow: &str| {
        let mut command = detente(&["add", "--store", &store, "--allow", allow, address]);
        run(command.env("HTTP_PROXY", proxy).env("NO_PROXY", without))
    };
    let named = format!("http://127.0.0.1:{port}");
    let ran = add("http://1.1.1.1/1", &named, "", "none.example");
    assert!(ran.code == 0 && ran.out.starts_with("1 new"), "{}{}", ran.out, ran.err);
    assert!(ways.lock().unwrap().iter().all(|way| way == "1.1.1.1:80"), "{ways:?}");
    let asked = ways.lock().unwrap().len();
    // What leads into the house is refused as ever; what is allowed there is asked directly.
    let inside = add("http://10.0.0.7/1", &named, "", "none.example");
    assert!(inside.code == 2 && inside.err.contains("refused: "), "{}", inside.err);
    let direct = add(&site.url("/2"), &named, "", &format!("127.0.0.1:{}", site.port));
    assert!(direct.code == 0 && direct.out.starts_with("1 new") && site.asked("/2") == 1, "{}", direct.err);
    assert_eq!(ways.lock().unwrap().len(), asked);
    let wrong = add("http://1.1.1.1/2", "socks5://jane:secret@one:1080", "", "none.example");
    assert!(wrong.code == 2 && wrong.err.contains("not an address of a proxy"), "{}", wrong.err);
    assert!(wrong.err.contains("HTTPS_PROXY") && !wrong.err.contains("secret"), "{}", wrong.err);
}
