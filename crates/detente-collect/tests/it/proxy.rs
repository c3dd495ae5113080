//! Through a proxy: what it is asked for is an address that was checked, and never a name.

use crate::server::{Request, Server, answer, page, send};
use crate::support::limits;
use detente_collect::fetch::{Ask, Fetched, Fetcher, address};
use detente_collect::{Guard, Proxies, Trouble};
use std::io::{BufRead, BufReader};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// A proxy that lets everybody through, and answers for the far end by itself.
fn open_proxy() -> Server {
    Server::with(|request: &Request, stream| {
        let far = request.path.clone();
        send(stream, b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");
        if far.ends_with(":443") {
            // Not what somebody who speaks encrypted wants to hear.
            return send(stream, &page("words"));
        }
        let read = BufReader::new(stream.try_clone().unwrap());
        let asked: Vec<String> = read.lines().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
        let host = asked.iter().find(|l| l.to_ascii_lowercase().starts_with("host:")).cloned();
        send(stream, &page(&format!("{} | {} | {far}", asked[0], host.unwrap_or_default())));
    })
}

/// Asks as from behind this proxy, in a world where names lead to these addresses.
fn through(proxy: &Server, without: &str, allowed: &[&str]) -> Fetcher {
    let names = |host: &str, port: u16| {
        let at: &[&str] = match host {
            "wire.example" => &["2606:4700::1111", "1.1.1.1"],
            "inside.example" => &["10.0.0.7"],
            "half.example" => &["1.1.1.1", "192.168.0.1"],
            "here.example" => &["127.0.0.1"],
            "proxy.example" => &["127.0.0.1"],
            _ => return Err(std::io::Error::other("no such name")),
        };
        Ok(at.iter().map(|at| SocketAddr::new(at.parse::<IpAddr>().unwrap(), port)).collect())
    };
    let named = format!("http://jane:secret@proxy.example:{}", proxy.port);
    let proxies = Proxies::named(Some(&named), Some(&named), without).unwrap();
    let guard = Guard::allowing(allowed.iter().copied()).with_names(Arc::new(names)).through(proxies);
    Fetcher::new(guard, limits(), "Detente/test")
}

fn fetch(fetcher: &Fetcher, url: &str) -> Result<String, Trouble> {
    match fetcher.follow(&address(url)?, &Ask::default(), &mut |_| Ok(()))? {
        Fetched::New(answer) => Ok(String::from_utf8(answer.bytes).unwrap()),
        Fetched::Unchanged => panic!("nothing was there before"),
    }
}

#[test]
fn a_proxy_is_asked_for_the_address_that_was_checked() {
    let proxy = open_proxy();
    let got = fetch(&through(&proxy, "", &[]), "http://wire.example/story?a=1").unwrap();
    assert_eq!(got.to_lowercase(), "get /story?a=1 http/1.1 | host: wire.example | 1.1.1.1:80");
    let asked = &proxy.asked()[0];
    assert_eq!(asked.header("host"), Some("1.1.1.1:80"));
    assert_eq!(asked.header("proxy-authorization"), Some("Basic amFuZTpzZWNyZXQ="));
    // Encryption is with the host behind it: what this proxy says there is none.
    let told = fetch(&through(&proxy, "", &[]), "https://wire.example/").unwrap_err().to_string();
    assert_eq!(proxy.paths()[1], "1.1.1.1:443");
    assert!(told.contains("the encryption does not hold"), "{told}");
}

#[test]
fn names_that_lead_into_the_house_are_refused_behind_a_proxy_too() {
    let proxy = open_proxy();
    let fetcher = through(&proxy, "", &[]);
    for host in ["inside.example", "half.example", "here.example", "127.0.0.1", "169.254.169.254", "[::1]"] {
        for scheme in ["http", "https"] {
            let told = fetch(&fetcher, &format!("{scheme}://{host}/")).unwrap_err().to_string();
            assert!(told.contains("refused: "), "{told}");
        }
    }
    let told = fetch(&fetcher, "http://unknown.example/").unwrap_err().to_string();
    assert!(told.contains("no machine has the name"), "{told}");
    let moved = Server::with(|request: &Request, stream| {
        send(stream, b"HTTP/1.1 200 OK\r\n\r\n");
        assert!(request.path.starts_with("1.1.1.1"));
        let read = BufReader::new(stream.try_clone().unwrap());
        assert!(read.lines().map_while(Result::ok).take_while(|l| !l.is_empty()).count() > 0);
        send(stream, &answer("302 Found", &["Location: http://inside.example/"], b""));
    });
    let told = fetch(&through(&moved, "", &[]), "http://wire.example/").unwrap_err().to_string();
    assert!(told.contains("refused: inside.example leads to 10.0.0.7"), "{told}");
    assert_eq!((proxy.asked().len(), moved.asked().len()), (0, 1));
}

#[test]
fn who_is_allowed_in_the_house_is_asked_directly() {
    let (proxy, host) = (open_proxy(), Server::saying(page("direct")));
    let fetcher = through(&proxy, "", &["here.example"]);
    assert_eq!(fetch(&fetcher, &host.under("here.example", "/")).unwrap(), "direct");
    assert!(proxy.asked().is_empty());
}

#[test]
fn a_proxy_that_does_not_let_through_is_one_line() {
    for (said, told) in [
        (answer("403 No", &[], b"words"), "does not let us through (it says 403)"),
        (answer("407 Who", &[], b""), "it says 407"),
        (b"nonsense\r\n\r\n".to_vec(), "its answer is broken"),
        (b"HTTP/1.1 200 OK\r\n".to_vec(), "its answer is broken"),
        (vec![b'x'; 40_000], "its answer is broken"),
    ] {
        let trouble = fetch(&through(&Server::saying(said), "", &[]), "http://wire.example/").unwrap_err();
        let line = trouble.to_string();
        assert!(line.contains(told) && line.contains("proxy.example") && !line.contains("secret"), "{line}");
        assert!(trouble.remedy().contains("NO_PROXY") && !trouble.is_lasting());
    }
    let mut gone = Server::saying("");
    gone.port = 1;
    let told = fetch(&through(&gone, "", &[]), "http://wire.example/").unwrap_err().to_string();
    assert!(told.contains("no connection to it"), "{told}");
}
