//! One address at a time: every server is left within the limits, with an answer or one clear line.

use crate::server::{Request, Server, answer, drip, page, send};
use detente_collect::fetch::{Answer, Ask, Fetched, Fetcher, address, user_agent};
use detente_collect::{Guard, Limits, Trouble};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const TENTHS: Duration = Duration::from_millis(100);

fn limits() -> Limits {
    Limits {
        wire: 100_000,
        unpacked: 300_000,
        whole: TENTHS * 8,
        idle: TENTHS * 3,
        redirects: 4,
        ..Limits::default()
    }
}

/// This machine is allowed by name; its servers are left soon.
fn fetcher() -> Fetcher {
    Fetcher::new(Guard::allowing(["127.0.0.1"]), limits(), &user_agent(None))
}

/// The same for servers that answer, however busy the machine is.
fn patient() -> Fetcher {
    let limits = Limits { whole: TENTHS * 200, idle: TENTHS * 50, ..limits() };
    Fetcher::new(Guard::allowing(["127.0.0.1"]), limits, &user_agent(None))
}

fn fetch(fetcher: &Fetcher, url: &str, ask: &Ask) -> Result<Fetched, Trouble> {
    fetcher.follow(&address(url)?, ask, &mut |_| Ok(()))
}

fn got(server: &Server) -> Answer {
    match fetch(&patient(), &server.url("/"), &Ask::default()) {
        Ok(Fetched::New(answer)) => *answer,
        other => panic!("{other:?}"),
    }
}

/// What goes wrong with an address, which takes no longer than it may.
fn wrong(fetcher: &Fetcher, url: &str) -> String {
    let begin = Instant::now();
    let trouble = fetch(fetcher, url, &Ask::default()).expect_err("it goes wrong");
    assert!(begin.elapsed() < TENTHS * 25, "took {:?}: {trouble}", begin.elapsed());
    let told = trouble.to_string();
    assert!(!told.contains('\n') && told.contains("http"), "{told}");
    told
}

fn trouble_of(server: &Server) -> String {
    wrong(&fetcher(), &server.url("/"))
}

#[test]
fn an_answer_comes_with_all_that_is_said_of_it() {
    let headers = [
        "Content-Type: text/html; charset=\"UTF-8\"",
        "ETag: \"a1\"",
        "Last-Modified: Tue, 04 Mar 2031 08:00:00 GMT",
    ];
    let server = Server::saying(answer("200 OK", &headers, b"<p>Words.</p>"));
    let got = got(&server);
    assert_eq!((got.media_type.as_deref(), got.charset.as_deref()), (Some("text/html"), Some("UTF-8")));
    assert_eq!(got.etag.as_deref(), Some("\"a1\""));
    assert_eq!(got.modified.as_deref(), Some("Tue, 04 Mar 2031 08:00:00 GMT"));
    assert_eq!(got.bytes, b"<p>Words.</p>");
    let asked = server.asked();
    let name = asked[0].header("user-agent").unwrap();
    assert!(name.starts_with("Detente/") && name.contains("(+http"), "{name}");
    assert_eq!(asked[0].header("accept-encoding"), Some("gzip"));
    assert!(asked[0].header("cookie").is_none() && asked[0].header("referer").is_none());
}

#[test]
fn what_one_has_is_not_sent_again() {
    let server = Server::with(|request: &Request, stream| {
        let known = request.header("if-none-match") == Some("\"a1\"");
        send(stream, &if known { answer("304 Not Modified", &[], b"") } else { page("new") });
    });
    let ask = Ask { etag: Some("\"a1\""), modified: Some("Tue, 04 Mar 2031 08:00:00 GMT"), ..Ask::default() };
    assert_eq!(fetch(&patient(), &server.url("/"), &ask), Ok(Fetched::Unchanged));
    assert_eq!(server.asked()[0].header("if-modified-since"), ask.modified);
    assert!(matches!(fetch(&patient(), &server.url("/"), &Ask::default()), Ok(Fetched::New(_))));
    let odd = Server::saying(answer("304 Not Modified", &[], b""));
    assert!(trouble_of(&odd).contains("304"), "nothing was there that could be unchanged");
}

#[test]
fn a_packed_answer_is_unpacked_and_a_bomb_is_left() {
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    let server = Server::saying(answer("200 OK", &["Content-Encoding: gzip"], &packed(b"words")));
    assert_eq!(got(&server).bytes, b"words");
    let bomb = packed(&vec![0; 20 << 20]);
    assert!(bomb.len() < 100_000);
    let server = Server::saying(answer("200 OK", &["Content-Encoding: gzip"], &bomb));
    assert!(trouble_of(&server).contains("unpacks to more than 292 KiB"), "{}", trouble_of(&server));
    let server = Server::saying(answer("200 OK", &["Content-Encoding: gzip"], b"no gzip at all"));
    assert!(trouble_of(&server).contains("cannot be unpacked"));
    let server = Server::saying(answer("200 OK", &["Content-Encoding: gzip"], &packed(&vec![7; 9999])[..20]));
    assert!(trouble_of(&server).contains("ended before its end"), "{}", trouble_of(&server));
}

#[test]
fn a_server_that_is_slow_is_left() {
    let silent = Server::with(|_, _| std::thread::sleep(Duration::from_secs(3)));
    assert!(trouble_of(&silent).contains("no byte came for 0.3 seconds"), "{}", trouble_of(&silent));
    let slow_head = Server::with(|_, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\n");
        drip(stream, b"X-A: b\r\n", TENTHS);
    });
    let told = trouble_of(&slow_head);
    assert!(told.contains("no byte came") || told.contains("not done after"), "{told}");
    let slow_body = Server::with(|_, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        drip(stream, b"x", TENTHS);
    });
    assert!(trouble_of(&slow_body).contains("not done after 0.8 seconds"), "{}", trouble_of(&slow_body));
    let stuck_body = Server::with(|_, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nwords");
        std::thread::sleep(Duration::from_secs(3));
    });
    assert!(trouble_of(&stuck_body).contains("no byte came for 0.3 seconds"), "{}", trouble_of(&stuck_body));
}

#[test]
fn a_server_that_does_not_end_is_left() {
    let body = Server::with(|_, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\n\r\n");
        drip(stream, &[b'x'; 50_000], Duration::ZERO);
    });
    assert!(trouble_of(&body).contains("longer than 97 KiB"), "{}", trouble_of(&body));
    let chunks = Server::with(|_, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        drip(stream, &[b"8000\r\n".as_slice(), &[b'x'; 0x8000], b"\r\n"].concat(), Duration::ZERO);
    });
    assert!(trouble_of(&chunks).contains("longer than"), "{}", trouble_of(&chunks));
    let head = Server::with(|_, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\n");
        drip(stream, &b"X-Header: abcdefgh\r\n".repeat(500), Duration::ZERO);
    });
    let told = trouble_of(&head);
    assert!(told.contains("head is too long") || told.contains("broken"), "{told}");
    let early = Server::with(|_, stream| {
        for _ in 0..10_000 {
            send(stream, b"HTTP/1.1 103 Early Hints\r\n\r\n");
        }
    });
    trouble_of(&early);
}

#[test]
fn a_server_that_lies_about_length_is_found_out() {
    let short = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nwords");
    assert!(trouble_of(&short).contains("ended before its end"), "{}", trouble_of(&short));
    let long =
        Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwords and more");
    assert_eq!(got(&long).bytes, b"words");
    let vast = Server::with(|_, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
        drip(stream, b"x", TENTHS);
    });
    assert!(trouble_of(&vast).contains("longer than 97 KiB"), "{}", trouble_of(&vast));
    let cut = Server::saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nwords");
    assert!(trouble_of(&cut).contains("ended before"), "{}", trouble_of(&cut));
    for odd in [
        "",
        "words",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "\0\0\0\0",
        "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n",
    ] {
        trouble_of(&Server::saying(odd));
    }
}

#[test]
fn redirects_end() {
    let ring = Server::with(|request, stream| {
        let to = if request.path == "/" { "/b" } else { "/" };
        send(stream, &answer("302 Found", &[&format!("Location: {to}")], b""));
    });
    assert!(trouble_of(&ring).contains("in a circle"), "{}", trouble_of(&ring));
    let own = Server::saying(answer("301 Moved", &["Location: /#top"], b""));
    assert!(trouble_of(&own).contains("in a circle"));
    let on = Server::with(|request, stream| {
        send(stream, &answer("307 Moved", &[&format!("Location: {}x", request.path)], b""));
    });
    assert!(trouble_of(&on).contains("more than 4 times"), "{}", trouble_of(&on));
    assert_eq!(on.asked().len(), 5);
    assert!(trouble_of(&Server::saying(answer("301 Moved", &[], b""))).contains("nowhere"));
    for to in ["file:///etc/passwd", "gopher://127.0.0.1/", "http://", "https://u:p@127.0.0.1/"] {
        trouble_of(&Server::saying(answer("301 Moved", &[&format!("Location: {to}")], b"")));
    }
    let slow = Server::with(|request, stream| {
        std::thread::sleep(TENTHS * 2);
        send(stream, &answer("302 Found", &[&format!("Location: {}x", request.path)], b""));
    });
    let told = trouble_of(&slow);
    assert!(told.contains("more than 4 times") || told.contains("not done after 0.8"), "{told}");
}

#[test]
fn a_redirect_is_followed_and_said() {
    let server = Server::with(|request, stream| {
        let moved = request.path == "/";
        send(
            stream,
            &if moved { answer("301 Moved", &["Location: there?a=b|c"], b"") } else { page("words") },
        );
    });
    assert_eq!(got(&server).url.path(), "/there");
    assert_eq!(server.paths(), ["/", "/there?a=b|c"]);
}

#[test]
fn nobody_is_sent_into_a_private_network() {
    let inside = Server::saying(page("secret"));
    let strict = Fetcher::new(Guard::allowing([]), limits(), "t");
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "127.0.0.1.",
    ] {
        let told = wrong(&strict, &inside.under(host, "/"));
        assert!(told.contains("refused: ") || told.contains("no machine"), "{host}: {told}");
    }
    for url in [
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fd00::1]/",
        "http://100.64.0.1/",
    ] {
        let told = wrong(&strict, url);
        assert!(told.contains("refused: an address") && told.contains("allow the host by name"), "{told}");
    }
    // A server outside that sends on to one inside.
    let outside = Server::saying(answer("302 Found", &[&format!("Location: {}", inside.url("/"))], b""));
    let names = |_: &str, port: u16| Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))]);
    let guard = Guard::allowing(["news.example"]).with_names(Arc::new(names));
    let fetcher = Fetcher::new(guard, limits(), "t");
    let told = wrong(&fetcher, &outside.under("news.example", "/"));
    assert!(
        told.contains("refused: an address of this machine") && told.contains("(now http://127.0.0.1"),
        "{told}"
    );
    let told = wrong(&fetcher, &outside.under("other.example", "/"));
    assert!(told.contains("other.example leads to 127.0.0.1"), "{told}");
    assert!(inside.asked().is_empty(), "nobody was there");
}

#[test]
fn the_address_that_was_checked_is_the_one_that_is_asked() {
    let server = Server::saying(page("words"));
    let looks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looks);
    // The first answer is public, every other one is inside.
    let names = move |_: &str, port: u16| {
        let public = counted.fetch_add(1, Ordering::SeqCst) == 0;
        Ok(vec![SocketAddr::from((if public { [192, 31, 196, 1] } else { [127, 0, 0, 1] }, port))])
    };
    let fetcher = Fetcher::new(Guard::allowing([]).with_names(Arc::new(names)), limits(), "t");
    let told = wrong(&fetcher, &server.under("turncoat.example", "/"));
    assert!(!told.contains("refused: "), "{told}");
    assert_eq!(looks.load(Ordering::SeqCst), 1, "the name was looked up once");
    assert!(server.asked().is_empty());
    let both = |_: &str, port: u16| {
        Ok(vec![SocketAddr::from(([192, 31, 196, 1], port)), SocketAddr::from(([10, 0, 0, 1], port))])
    };
    let fetcher = Fetcher::new(Guard::allowing([]).with_names(Arc::new(both)), limits(), "t");
    assert!(wrong(&fetcher, "http://two.example/").contains("leads to 10.0.0.1"));
}

#[test]
fn a_name_that_is_not_there_or_not_told_is_one_line() {
    let none = |_: &str, _: u16| Err(std::io::Error::other("no such name"));
    let fetcher = Fetcher::new(Guard::allowing([]).with_names(Arc::new(none)), limits(), "t");
    assert!(wrong(&fetcher, "http://nobody.example/").contains("no machine has the name nobody.example"));
    let slow = |_: &str, _: u16| {
        std::thread::sleep(Duration::from_secs(3));
        Ok(Vec::new())
    };
    let fetcher = Fetcher::new(Guard::allowing([]).with_names(Arc::new(slow)), limits(), "t");
    assert!(wrong(&fetcher, "http://slow.example/").contains("no byte came for 0.3 seconds"));
}

#[test]
fn nobody_at_home_is_one_line() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let told = wrong(&fetcher(), &format!("http://{gone}/"));
    assert!(told.contains("no connection (refused)"), "{told}");
}

/// Encryption that does not hold: not encrypted at all, or by somebody whom nobody vouches for.
#[test]
fn encryption_that_does_not_hold_is_refused() {
    let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = plain.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in plain.incoming().flatten() {
            send(&mut stream, &page("words"));
            std::thread::sleep(TENTHS * 5);
        }
    });
    let told = wrong(&fetcher(), &format!("https://127.0.0.1:{port}/"));
    assert!(told.contains("the encryption does not hold") && !told.contains("words"), "{told}");
    let told = wrong(&fetcher(), &format!("https://127.0.0.1:{}/", nobodys_word()));
    assert!(told.contains("the encryption does not hold (invalid peer certificate"), "{told}");
}

#[test]
fn encryption_that_holds_is_spoken() {
    let (port, authority) = vouched_for("127.0.0.1");
    let trusting = |roots: &[Vec<u8>]| {
        let limits = Limits { whole: TENTHS * 200, idle: TENTHS * 50, ..limits() };
        Fetcher::trusting(Guard::allowing(["127.0.0.1"]), limits, "t", roots)
    };
    let url = format!("https://127.0.0.1:{port}/");
    let Ok(Fetched::New(got)) = fetch(&trusting(&[authority]), &url, &Ask::default()) else {
        panic!("{}", wrong(&fetcher(), &url));
    };
    assert_eq!(got.bytes, b"words");
    // Somebody else's word, and the right word for another host.
    let (_, other) = vouched_for("127.0.0.1");
    assert!(
        wrong(&trusting(&[other]), &url).contains("the encryption does not hold (invalid peer certificate")
    );
    let (port, authority) = vouched_for("wire.example");
    let told = wrong(&trusting(&[authority]), &format!("https://127.0.0.1:{port}/"));
    assert!(told.contains("the encryption does not hold") && told.contains("127.0.0.1"), "{told}");
}

/// A server whose certificate is signed by itself.
fn nobodys_word() -> u16 {
    vouched_for("127.0.0.1").0
}

/// A server that speaks for this name, and the certificate that vouches for it.
fn vouched_for(name: &str) -> (u16, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_string()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
    let config = Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut secure = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut speak = rustls::Stream::new(&mut secure, &mut stream);
            // The other side may leave in the middle.
            let mut asked = [0; 4096];
            if std::io::Read::read(&mut speak, &mut asked).is_ok() {
                let _ = speak.write_all(&page("words"));
                secure.send_close_notify();
                let _ = secure.complete_io(&mut stream as &mut TcpStream);
            }
        }
    });
    (port, made.cert.der().to_vec())
}

#[test]
fn what_a_server_says_is_told() {
    for (status, words) in [
        ("404 Not Found", "404: there is no such page"),
        ("403 Forbidden", "403: not allowed"),
        ("500 Oops", "500: it broke down"),
        ("418 Teapot", "418"),
    ] {
        assert!(trouble_of(&Server::saying(answer(status, &[], b"words"))).contains(words));
    }
    let busy = Server::saying(answer("429 Too Many Requests", &["Retry-After: 77"], b""));
    let trouble = fetch(&patient(), &busy.url("/"), &Ask::default()).unwrap_err();
    assert_eq!(trouble.retry_after(), Some(Duration::from_secs(77)));
    assert!(!trouble.is_lasting() && trouble.is_refusal());
    let picture = Server::saying(answer("200 OK", &["Content-Type: image/png"], b"\x89PNG"));
    assert!(trouble_of(&picture).contains("no text (image/png)"));
}

#[test]
fn what_is_under_way_can_be_stopped() {
    let silent = Server::with(|_, _| std::thread::sleep(Duration::from_secs(5)));
    let fetcher = Fetcher::new(Guard::allowing(["127.0.0.1"]), Limits::default(), "t");
    let begin = Instant::now();
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| fetch(&fetcher, &silent.url("/"), &Ask::default()));
        std::thread::sleep(TENTHS);
        fetcher.stop();
        assert!(asked.join().unwrap().is_err());
    });
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[test]
fn bytes_can_be_sent() {
    let server = Server::with(|request, stream| {
        let known = request.header("x-signed") == Some("abc");
        send(stream, &answer(if known { "202 Accepted" } else { "403 No" }, &[], b""));
    });
    let to = address(&server.url("/hook")).unwrap();
    assert_eq!(patient().post(&to, "application/json", &[("x-signed", "abc")], b"{}"), Ok(()));
    assert!(patient().post(&to, "application/json", &[], b"{}").unwrap_err().to_string().contains("403"));
    let strict = Fetcher::new(Guard::allowing([]), limits(), "t");
    assert!(strict.post(&to, "application/json", &[], b"{}").is_err());
}
