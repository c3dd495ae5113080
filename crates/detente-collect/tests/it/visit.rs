//! Manners: robots.txt, one request at a time, pauses, hosts that have enough.

use crate::server::{Request, Server, answer, page, send};
use crate::support::{Jump, visitor};
use detente_collect::Trouble;
use detente_collect::fetch::{Ask, Fetched, address};
use detente_collect::visit::Visitor;
use std::net::TcpStream;
use std::time::Duration;

/// A site with these rules; every other page of it is there.
fn site(status: &'static str, rules: &'static str) -> Server {
    Server::with(move |request, stream| {
        let robots = request.path == "/robots.txt";
        send(stream, &if robots { answer(status, &[], rules.as_bytes()) } else { page("words") });
    })
}

fn visit(visitor: &Visitor, url: &str) -> Result<Fetched, Trouble> {
    visitor.visit(&address(url)?, &Ask::default())
}

#[test]
fn a_site_that_asks_us_to_stay_away_is_left() {
    let site = site("200 OK", "User-agent: *\nDisallow: /private\n");
    let visitor = visitor(&Jump::new());
    assert!(visit(&visitor, &site.url("/open")).is_ok());
    let told = visit(&visitor, &site.url("/private/1")).unwrap_err();
    assert!(told.to_string().starts_with("the site's robots.txt asks programs to stay away"), "{told}");
    assert!(told.is_lasting() && told.is_refusal());
    assert_eq!(
        site.paths(),
        ["/robots.txt", "/open"],
        "rules are read once, what is closed is not asked for"
    );
}

#[test]
fn a_redirect_into_what_is_closed_is_not_followed() {
    let closed = site("200 OK", "User-agent: *\nDisallow: /\n");
    let to = closed.under("two.example", "/a");
    let open = Server::with(move |request, stream| {
        let robots = request.path == "/robots.txt";
        let on = answer("302 Found", &[&format!("Location: {to}")], b"");
        send(stream, &if robots { answer("404 No", &[], b"") } else { on });
    });
    let told = visit(&visitor(&Jump::new()), &open.url("/")).unwrap_err();
    assert!(told.to_string().contains("robots.txt"), "{told}");
    assert_eq!(closed.paths(), ["/robots.txt"]);
}

#[test]
fn without_rules_everything_is_open() {
    for status in ["404 Not Found", "403 Forbidden", "410 Gone"] {
        let site = site(status, "");
        assert!(visit(&visitor(&Jump::new()), &site.url("/a")).is_ok(), "{status}");
    }
    let ring = Server::with(|request: &Request, stream| {
        let robots = request.path == "/robots.txt";
        send(
            stream,
            &if robots { answer("302 Found", &["Location: /robots.txt"], b"") } else { page("words") },
        );
    });
    assert!(visit(&visitor(&Jump::new()), &ring.url("/a")).is_ok());
    let vast = Server::with(|request: &Request, stream| {
        let rules = ["User-agent: *\nDisallow: /private\n", &"# words\n".repeat(100_000)].concat();
        let robots = request.path == "/robots.txt";
        send(stream, &if robots { answer("200 OK", &[], rules.as_bytes()) } else { page("words") });
    });
    let visitor = visitor(&Jump::new());
    assert!(visit(&visitor, &vast.url("/a")).is_ok());
    assert!(visit(&visitor, &vast.url("/private")).is_err(), "the first half megabyte counts");
}

#[test]
fn a_site_that_cannot_say_its_rules_is_left_alone_for_a_while() {
    let site = site("503 Busy", "");
    let clock = Jump::new();
    let visitor = visitor(&clock);
    let told = visit(&visitor, &site.url("/a")).unwrap_err();
    assert!(
        told.to_string().starts_with("the site's robots.txt cannot be read now (the server says 503"),
        "{told}"
    );
    assert!(!told.is_lasting());
    assert!(visit(&visitor, &site.url("/b")).is_err());
    assert_eq!(site.paths(), ["/robots.txt"]);
    clock.pass(Duration::from_secs(601));
    assert!(visit(&visitor, &site.url("/b")).is_err());
    assert_eq!(site.paths(), ["/robots.txt", "/robots.txt"]);
}

#[test]
fn rules_are_read_anew_after_a_day() {
    let site = site("200 OK", "");
    let clock = Jump::new();
    let visitor = visitor(&clock);
    for _ in 0..2 {
        assert!(visit(&visitor, &site.url("/a")).is_ok());
    }
    assert_eq!(site.paths(), ["/robots.txt", "/a", "/a"]);
    clock.pass(Duration::from_secs(24 * 3600 + 10));
    assert!(visit(&visitor, &site.url("/a")).is_ok());
    assert_eq!(site.paths()[3..], ["/robots.txt", "/a"]);
}

#[test]
fn between_two_requests_lies_the_pause_that_the_site_wants() {
    let clock = Jump::new();
    let plain = site("404 No", "");
    let visitor = visitor(&clock);
    for path in ["/a", "/b"] {
        assert!(visit(&visitor, &plain.url(path)).is_ok());
    }
    assert_eq!(clock.waits(), [Duration::from_secs(1), Duration::from_secs(1)], "also after the rules");
    let slow = site("200 OK", "User-agent: *\nCrawl-delay: 7\n");
    let other = slow.under("one.example", "/a");
    for _ in 0..2 {
        assert!(visit(&visitor, &other).is_ok());
    }
    assert_eq!(clock.waits()[2..], [Duration::from_secs(1), Duration::from_secs(7)]);
}

#[test]
fn one_host_is_asked_one_thing_at_a_time_and_others_meanwhile() {
    let slow = || {
        Server::with(|request: &Request, stream: &mut TcpStream| {
            let robots = request.path == "/robots.txt";
            std::thread::sleep(Duration::from_millis(if robots { 0 } else { 100 }));
            send(stream, &if robots { answer("404 No", &[], b"") } else { page("words") });
        })
    };
    let (one, two) = (slow(), slow());
    let visitor = visitor(&Jump::new());
    std::thread::scope(|scope| {
        for n in 0..3 {
            let urls =
                [one.under("one.example", &format!("/{n}")), two.under("two.example", &format!("/{n}"))];
            for url in urls {
                let visitor = &visitor;
                scope.spawn(move || assert!(visit(visitor, &url).is_ok()));
            }
        }
    });
    assert_eq!((one.most_at_once(), two.most_at_once()), (1, 1));
    assert_eq!((one.asked().len(), two.asked().len()), (4, 4));
    let begin = |server: &Server, n: usize| server.asked()[n].begin;
    assert!(
        begin(&two, 1) < begin(&one, 2) && begin(&one, 1) < begin(&two, 2),
        "both were asked side by side"
    );
}

#[test]
fn a_host_that_has_enough_is_left_alone_as_long_as_it_says() {
    let busy = Server::with(|request: &Request, stream| {
        let robots = request.path == "/robots.txt";
        let enough = answer("429 Too Many Requests", &["Retry-After: 120"], b"");
        send(stream, &if robots { answer("404 No", &[], b"") } else { enough });
    });
    let clock = Jump::new();
    let visitor = visitor(&clock);
    let told = visit(&visitor, &busy.url("/a")).unwrap_err();
    assert_eq!(told.retry_after(), Some(Duration::from_secs(120)));
    let told = visit(&visitor, &busy.url("/b")).unwrap_err();
    assert!(told.to_string().contains("429: too many requests") && told.place().ends_with("/b"), "{told}");
    assert_eq!(busy.paths(), ["/robots.txt", "/a"], "nothing more was asked");
    clock.pass(Duration::from_secs(121));
    assert!(visit(&visitor, &busy.url("/b")).is_err());
    assert_eq!(busy.paths(), ["/robots.txt", "/a", "/b"]);
}

#[test]
fn who_is_told_to_end_asks_nothing_more() {
    let site = site("404 No", "");
    let clock = Jump::new();
    let visitor = visitor(&clock);
    clock.end();
    assert!(visit(&visitor, &site.url("/a")).unwrap_err().is_end());
    assert!(site.asked().is_empty());
}
