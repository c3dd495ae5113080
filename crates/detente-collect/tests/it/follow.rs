//! Following: what is new is fetched once, nothing is lost, and a stop at any moment costs nothing.

use crate::server::{Request, Server, answer, send};
use crate::support::{Jump, visitor};
use detente_collect::State;
use detente_collect::fetch::address;
use detente_collect::follow::{News, Wanted, Watch, attend, round};
use detente_types::Document;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A site whose pages are a table from path to answer; what is not in it is not there.
#[derive(Clone, Default)]
struct Site(Arc<Mutex<Vec<(String, Vec<u8>)>>>);

impl Site {
    fn put(&self, path: &str, whole: Vec<u8>) -> &Site {
        let mut table = self.0.lock().unwrap();
        table.retain(|(known, _)| known != path);
        table.push((path.to_string(), whole));
        self
    }

    /// Serves it; a page with an entity tag that the other side has is not sent again.
    fn open(&self) -> Server {
        let table = Arc::clone(&self.0);
        Server::with(move |request: &Request, stream| {
            let found = table.lock().unwrap().iter().find(|(path, _)| *path == request.path).cloned();
            let whole = found.map_or_else(|| answer("404 Not Found", &[], b""), |(_, whole)| whole);
            let known = request.header("if-none-match").map(|tag| format!("ETag: {tag}\r\n"));
            let same = known.is_some_and(|tag| String::from_utf8_lossy(&whole).contains(&tag));
            send(stream, &if same { answer("304 Not Modified", &[], b"") } else { whole });
        })
    }
}

fn rss(items: &str) -> Vec<u8> {
    let body = format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Wire</title>{items}</channel></rss>"
    );
    let tag = format!("ETag: \"{:x}\"", body.len() + body.matches('7').count());
    answer("200 OK", &["Content-Type: application/rss+xml", &tag], body.as_bytes())
}

/// An entry of March 2031.
fn entry(path: &str, day: u8, more: &str) -> String {
    let wday = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"][usize::from(day % 7)];
    format!(
        "<item><title>Talks {path}</title><link>{path}</link><pubDate>{wday}, {day:02} Mar 2031 06:00:00 GMT</pubDate>{more}</item>"
    )
}

fn story(headline: &str, tag: &str) -> Vec<u8> {
    let paragraph =
        "Delegates of both sides met in the harbour town on Monday and spoke about the river crossing. ";
    let html = format!(
        "<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1><p>{}</p><p>{}</p></article></body></html>",
        paragraph.repeat(3),
        "A spokesman said that the talks would go on, and that nobody had left the table. ".repeat(3)
    );
    answer(
        "200 OK",
        &["Content-Type: text/html; charset=utf-8", &format!("ETag: \"{tag}\"")],
        html.as_bytes(),
    )
}

fn watch(server: &Server, path: &str) -> Watch {
    Watch {
        address: address(&server.url(path)).unwrap(),
        kind: Wanted::Feed,
        outlet: None,
        every: Duration::from_secs(900),
        most: 50,
        days: None,
    }
}

/// What a visit told.
#[derive(Default)]
struct Told {
    reports: Vec<Document>,
    unchanged: usize,
    missed: usize,
    troubles: Vec<String>,
    links: Vec<(usize, usize)>,
    state: State,
}

impl Told {
    fn hear(&mut self, news: News) {
        match news {
            News::Reports(reports) => {
                assert!(reports.failures.is_empty(), "{:?}", reports.failures);
                self.reports.extend(reports.taken.into_iter().map(|taken| taken.document));
            }
            News::Unchanged => self.unchanged += 1,
            News::Missed => self.missed += 1,
            News::Trouble(trouble) => self.troubles.push(trouble.to_string()),
            News::Links { now, later } => self.links.push((now, later)),
            News::State(state) => self.state = kept(&state),
        }
    }

    fn paths(&self) -> Vec<&str> {
        self.reports.iter().map(|d| d.path.rsplit('/').next().unwrap()).collect()
    }
}

/// As a store keeps it.
fn kept(state: &State) -> State {
    let kept: State = serde_json::from_str(&serde_json::to_string(state).unwrap()).unwrap();
    assert_eq!(kept, *state);
    kept
}

fn visit(clock: &Arc<Jump>, watch: &Watch, state: State) -> Told {
    let mut told = Told::default();
    attend(&visitor(clock), watch, state, &mut |news| {
        told.hear(news);
        true
    });
    told
}

#[test]
fn pages_of_a_feed_are_fetched_once() {
    let site = Site::default();
    site.put("/feed", rss(&[entry("/a", 3, ""), entry("/b", 4, "")].concat()));
    site.put("/a", story("Talks open in Sund", "a")).put("/b", story("Talks fail in Sund", "b"));
    let (server, clock) = (site.open(), Jump::new());
    let watch = Watch { outlet: Some("Northern Wire".to_string()), ..watch(&server, "/feed") };
    let first = visit(&clock, &watch, State::default());
    assert_eq!((first.paths(), &first.links), (vec!["b", "a"], &vec![(2, 0)]), "{:?}", first.troubles);
    let report = &first.reports[1];
    assert_eq!((report.title(), report.outlet()), (Some("Talks open in Sund"), Some("Northern Wire")));
    assert_eq!(report.url(), Some(server.url("/a").as_str()));
    assert_eq!(
        report.published().and_then(|w| w.from()).map(|d| d.to_string()).as_deref(),
        Some("2031-03-03")
    );
    assert!(report.text().contains("nobody had left the table"));
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/b", "/a"]);
    assert_eq!(first.state.pages(), 2);
    // The feed as it was.
    let second = visit(&clock, &watch, first.state);
    assert_eq!((second.reports.len(), second.unchanged), (0, 1));
    assert_eq!(server.paths()[4..], ["/robots.txt", "/feed"]);
    // The feed with one entry more.
    site.put("/feed", rss(&[entry("/a", 3, ""), entry("/b", 4, ""), entry("/c", 5, "")].concat()));
    site.put("/c", story("Talks go on in Sund", "c"));
    let third = visit(&clock, &watch, second.state);
    assert_eq!((third.paths(), server.paths().last().map(String::as_str)), (vec!["c"], Some("/c")));
    assert_eq!(server.asked().len(), 9);
}

#[test]
fn a_page_that_has_changed_is_asked_for_again_and_sent_only_if_it_has() {
    let feed = |updated: &str| {
        let body = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>W</title><id>w</id><entry><id>a</id><title>A</title><link href=\"/a\"/><updated>{updated}</updated></entry></feed>"
        );
        answer("200 OK", &[], body.as_bytes())
    };
    let site = Site::default();
    site.put("/feed", feed("2031-03-04T06:00:00Z")).put("/a", story("Talks open in Sund", "1"));
    let (server, clock) = (site.open(), Jump::new());
    let watch = watch(&server, "/feed");
    let first = visit(&clock, &watch, State::default());
    let second = visit(&clock, &watch, first.state);
    assert_eq!((second.links.as_slice(), second.reports.len()), (&[(0, 0)][..], 0));
    site.put("/feed", feed("2031-03-04T07:00:00Z"));
    let third = visit(&clock, &watch, second.state);
    assert_eq!((third.unchanged, third.reports.len()), (1, 0), "its tag is the same");
    site.put("/feed", feed("2031-03-04T08:00:00Z")).put("/a", story("Talks fail in Sund", "2"));
    let fourth = visit(&clock, &watch, third.state);
    assert_eq!(fourth.reports[0].title(), Some("Talks fail in Sund"));
}

#[test]
fn the_text_in_the_feed_stands_in_for_a_page_that_is_refused() {
    let text = "<content:encoded><![CDATA[<p>Delegates met in Sund on Monday, the ministry said.</p>]]></content:encoded>";
    let site = Site::default();
    site.put("/robots.txt", answer("200 OK", &[], b"User-agent: *\nDisallow: /closed\n"));
    let entries = [
        entry("/closed", 5, text),
        entry("/paid", 4, text),
        entry("/gone", 3, text),
        entry("/bare", 2, ""),
        entry("/ill", 1, text),
    ];
    site.put("/feed", rss(&entries.concat())).put("/paid", answer("402 Payment Required", &[], b""));
    site.put("/bare", answer("403 Forbidden", &[], b"")).put("/ill", answer("500 Oops", &[], b""));
    let (server, clock) = (site.open(), Jump::new());
    let told = visit(&clock, &watch(&server, "/feed"), State::default());
    assert_eq!(told.paths(), ["closed", "paid", "gone"]);
    assert_eq!(told.reports[0].title(), Some("Talks /closed"));
    assert!(told.reports[0].text().contains("Delegates met in Sund on Monday, the ministry said."));
    assert_eq!(
        told.reports[0].published().and_then(|w| w.from()).map(|d| d.to_string()).as_deref(),
        Some("2031-03-05")
    );
    assert!(!server.paths().contains(&"/closed".to_string()));
    assert_eq!((told.troubles.len(), told.missed), (2, 2), "{:?}", told.troubles);
    assert!(told.troubles[0].contains("403: not allowed") && told.troubles[1].contains("500: it broke down"));
}

#[test]
fn a_page_that_cannot_be_had_now_is_tried_again_and_given_up_in_the_end() {
    let site = Site::default();
    site.put("/feed", rss(&[entry("/a", 3, ""), entry("/b", 4, "")].concat()));
    site.put("/a", story("Talks open in Sund", "a")).put("/b", answer("500 Oops", &[], b""));
    let (server, clock) = (site.open(), Jump::new());
    let watch = watch(&server, "/feed");
    let mut told = visit(&clock, &watch, State::default());
    for _ in 0..3 {
        assert_eq!(told.troubles.len(), 1);
        told = visit(&clock, &watch, told.state);
    }
    assert_eq!(told.troubles.len(), 1, "the fourth time is the last");
    assert_eq!(server.paths().iter().filter(|p| *p == "/b").count(), 4);
    let last = visit(&clock, &watch, told.state);
    assert!(last.troubles.is_empty() && last.reports.is_empty());
    assert_eq!(server.paths().iter().filter(|p| *p == "/a").count(), 1);
    // It comes back before it is given up.
    site.put("/feed", rss(&entry("/c", 5, ""))).put("/c", answer("503 Busy", &["Retry-After: 1"], b""));
    let told = visit(&clock, &watch, last.state);
    assert_eq!(told.troubles.len(), 1);
    site.put("/c", story("Talks go on in Sund", "c"));
    assert_eq!(visit(&clock, &watch, told.state).paths(), ["c"]);
}

#[test]
fn the_newest_come_first_and_the_others_later() {
    let site = Site::default();
    let entries: String = (1..=9).map(|n| entry(&format!("/{n}"), n, "")).collect();
    site.put("/feed", rss(&entries));
    for n in 1..=9 {
        site.put(&format!("/{n}"), story(&format!("Day {n} of the talks in Sund"), "x"));
    }
    let (server, clock) = (site.open(), Jump::new());
    let few = Watch { most: 4, ..watch(&server, "/feed") };
    let first = visit(&clock, &few, State::default());
    assert_eq!((first.paths(), first.links.as_slice()), (vec!["9", "8", "7", "6"], &[(4, 5)][..]));
    let second = visit(&clock, &few, first.state);
    assert_eq!(second.paths(), ["5", "4", "3", "2"]);
    let third = visit(&clock, &few, second.state);
    assert_eq!((third.paths(), third.links.as_slice()), (vec!["1"], &[(1, 0)][..]));
    assert_eq!(visit(&clock, &few, third.state).unchanged, 1, "only now the feed is as it was");
    // The clock stands on 4 March.
    let young = Watch { days: Some(1), ..watch(&server, "/feed") };
    assert_eq!(visit(&clock, &young, State::default()).paths(), ["9", "8", "7", "6", "5", "4"]);
}

#[test]
fn after_a_stop_at_any_page_it_goes_on_where_it_was() {
    let site = Site::default();
    let entries: String = (1..=20).map(|n| entry(&format!("/{n}"), n, "")).collect();
    site.put("/feed", rss(&entries));
    for n in 1..=20 {
        site.put(&format!("/{n}"), story(&format!("Day {n} of the talks in Sund"), "x"));
    }
    for stop in [0, 1, 5, 8, 13, 19] {
        for killed in [true, false] {
            let (server, clock) = (site.open(), Jump::new());
            let watch = watch(&server, "/feed");
            let mut told = Told::default();
            let visits = visitor(&clock);
            attend(&visits, &watch, State::default(), &mut |news| {
                let over = told.reports.len() == stop && matches!(news, News::Reports(_));
                if over && killed {
                    // Nothing that comes now is heard.
                    return false;
                }
                if !killed || told.reports.len() < stop {
                    told.hear(news);
                }
                if over {
                    clock.end();
                }
                true
            });
            let asked = server.asked().len();
            let rest = visit(&Jump::new(), &watch, told.state);
            let mut all: Vec<String> =
                told.reports.iter().chain(&rest.reports).map(|d| d.path.clone()).collect();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 20, "stopped at {stop}, killed {killed}");
            // Robots and feed again, and no more pages twice than between two savings.
            assert!(server.asked().len() - asked <= 2 + 20 - stop + 9, "stopped at {stop}");
            assert!(rest.state.next() > "2031-03-04T08:10:00Z".parse().unwrap());
        }
    }
}

#[test]
fn sitemaps_are_followed_also_packed_and_in_an_index() {
    let site = Site::default();
    let index = "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2031-01-01</lastmod></sitemap>\
                 <sitemap><loc>/news.xml.gz</loc><lastmod>2031-03-04</lastmod></sitemap><sitemap><loc>/no.xml</loc></sitemap></sitemapindex>";
    let news = "<urlset xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>/a</loc><n:news><n:publication><n:name>Northern Wire</n:name>\
                </n:publication><n:publication_date>2031-03-04</n:publication_date><n:title>Talks</n:title></n:news></url></urlset>";
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(news.as_bytes()).unwrap();
    site.put("/map.xml", answer("200 OK", &[], index.as_bytes()));
    site.put(
        "/news.xml.gz",
        answer("200 OK", &["Content-Type: application/gzip"], &packer.finish().unwrap()),
    );
    site.put(
        "/old.xml",
        answer("200 OK", &[], b"<urlset><url><loc>/b</loc><lastmod>2030-12-01</lastmod></url></urlset>"),
    );
    site.put("/a", story("Talks open in Sund", "a")).put("/b", story("Talks fail in Sund", "b"));
    let (server, clock) = (site.open(), Jump::new());
    let told = visit(&clock, &watch(&server, "/map.xml"), State::default());
    assert_eq!(told.paths(), ["a", "b"]);
    assert_eq!(told.reports[0].outlet(), Some("Northern Wire"));
    assert_eq!(told.troubles.len(), 1, "{:?}", told.troubles);
    assert!(told.troubles[0].contains("404") && told.troubles[0].contains("/no.xml"));
}

#[test]
fn what_fails_is_visited_later_and_later() {
    let site = Site::default();
    site.put("/feed", answer("500 Oops", &[], b""));
    let (server, clock) = (site.open(), Jump::new());
    let watch = watch(&server, "/feed");
    let mut state = State::default();
    let mut pauses = Vec::new();
    for _ in 0..9 {
        let told = visit(&clock, &watch, state);
        assert_eq!(told.troubles.len(), 1);
        assert!(told.state.trouble().is_some_and(|t| t.contains("500")));
        pauses.push(told.state.next().duration_since(clock_now(&clock)).as_secs() / 900);
        state = told.state;
    }
    assert_eq!(pauses[..4], [1, 2, 4, 8]);
    assert!(pauses[8] >= 96 && pauses[8] <= 106, "a day at most: {pauses:?}");
    site.put("/feed", answer("429 Enough", &["Retry-After: 7200"], b""));
    let told = visit(&clock, &watch, State::default());
    assert_eq!(told.state.next().duration_since(clock_now(&clock)).as_secs(), 7200);
    let day = Duration::from_secs(24 * 3600);
    let now = clock_now(&clock);
    let later = |days: i64| now + jiff::SignedDuration::from_hours(24 * days);
    assert!(!state.is_due(watch.every, now) && state.is_due(watch.every, later(2)));
    assert!(state.is_due(watch.every, later(-30)), "the clock was set back");
    assert!(!state.is_due(day * 60, later(-30)));
    site.put("/feed", rss(""));
    let told = visit(&clock, &watch, state);
    assert!(told.state.trouble().is_none());
    assert_eq!(told.state.next().duration_since(clock_now(&clock)).as_secs() / 900, 1);
}

fn clock_now(clock: &Arc<Jump>) -> jiff::Timestamp {
    detente_collect::clock::Clock::now(&**clock)
}

#[test]
fn a_page_cannot_take_the_place_of_another_hosts_page() {
    let page = |own: &str| {
        let html = String::from_utf8(story("Talks open in Sund", "a")).unwrap();
        let body = html
            .split("\r\n\r\n")
            .nth(1)
            .unwrap()
            .replace("<title>", &format!("<link rel=\"canonical\" href=\"{own}\"><title>"));
        answer("200 OK", &["Content-Type: text/html"], body.as_bytes())
    };
    let site = Site::default();
    site.put("/a?utm=1", page("http://127.0.0.1/a")).put("/b", page("https://wire.example/talks"));
    let (server, clock) = (site.open(), Jump::new());
    let url = |path: &str| {
        let told = visit(&clock, &Watch { kind: Wanted::Any, ..watch(&server, path) }, State::default());
        told.reports[0].url().map(str::to_string)
    };
    assert_eq!(url("/a?utm=1").as_deref(), Some("http://127.0.0.1/a"));
    assert_eq!(url("/b"), Some(server.url("/b")));
}

#[test]
fn a_page_is_a_page_and_a_feed_a_feed() {
    let site = Site::default();
    site.put("/page", story("Talks open in Sund", "a")).put("/feed", rss(&entry("/page", 3, "")));
    let (server, clock) = (site.open(), Jump::new());
    let of = |path: &str, kind| visit(&clock, &Watch { kind, ..watch(&server, path) }, State::default());
    assert_eq!(of("/page", Wanted::Any).paths(), ["page"]);
    assert_eq!(of("/feed", Wanted::Any).paths(), ["page"]);
    let told = of("/page", Wanted::Feed);
    assert!(
        told.troubles[0].starts_with("not a feed or sitemap (it does not begin like one)"),
        "{:?}",
        told.troubles
    );
    let home =
        "<html><head><link rel=alternate type=application/rss+xml href=/feed></head><body>News</body></html>";
    site.put("/", answer("200 OK", &["Content-Type: text/html", "ETag: \"h\""], home.as_bytes()));
    let named = of("/", Wanted::Feed);
    assert_eq!(named.paths(), ["page"], "the page names its feed");
    let again = visit(&clock, &watch(&server, "/"), named.state);
    assert_eq!((again.links.as_slice(), again.reports.len()), (&[(0, 0)][..], 0));
    // A page that is followed is fetched again when it has changed.
    let first = of("/page", Wanted::Page);
    let watch = Watch { kind: Wanted::Page, ..watch(&server, "/page") };
    let second = visit(&clock, &watch, first.state);
    assert_eq!((second.reports.len(), second.unchanged), (0, 1));
    site.put("/page", story("Talks fail in Sund", "b"));
    assert_eq!(visit(&clock, &watch, second.state).reports[0].title(), Some("Talks fail in Sund"));
}

#[test]
fn a_round_visits_all_and_ends_when_nobody_listens() {
    let sites: Vec<Server> = (0..5)
        .map(|n| {
            let site = Site::default();
            site.put("/feed", rss(&entry("/a", 3, "")))
                .put("/a", story(&format!("Talks number {n} in Sund"), "a"));
            site.open()
        })
        .collect();
    let clock = Jump::new();
    let due = || sites.iter().map(|server| (watch(server, "/feed"), State::default())).collect::<Vec<_>>();
    let mut told = Told::default();
    let mut states = [0; 5];
    round(&visitor(&clock), due(), 3, &mut |at, watch, news| {
        assert_eq!(watch.address.as_str(), sites[at].url("/feed"));
        states[at] += usize::from(matches!(news, News::State(_)));
        told.hear(news);
        true
    });
    assert_eq!((told.reports.len(), states), (5, [1; 5]));
    let mut heard = 0;
    round(&visitor(&clock), due(), 2, &mut |_, _, _| {
        heard += 1;
        false
    });
    assert_eq!(heard, 1);
    round(&visitor(&clock), Vec::new(), 2, &mut |_, _, _| panic!("there is nothing to tell"));
}

#[test]
fn many_feeds_of_one_host_keep_no_other_waiting() {
    let site = Site::default();
    for n in 0..4 {
        site.put(&format!("/feed{n}"), rss(&entry(&format!("/{n}"), 3, "")))
            .put(&format!("/{n}"), story("Talks in Sund", "a"));
    }
    let (server, clock) = (site.open(), Jump::new());
    let of = |host: &str, n: usize| {
        let address = address(&server.under(host, &format!("/feed{n}"))).unwrap();
        (Watch { address, ..watch(&server, "/") }, State::default())
    };
    let due = vec![of("one.example", 0), of("one.example", 1), of("one.example", 2), of("two.example", 3)];
    let mut ends = Vec::new();
    round(&visitor(&clock), due, 2, &mut |at, _, news| {
        if matches!(news, News::State(_)) {
            ends.push(at);
        }
        true
    });
    ends.retain(|at| *at != 0);
    assert_eq!(ends.len(), 3);
    assert_ne!(ends[2], 3, "the other host was not kept until the end");
}

/// Answers with a few bytes that are others: whatever comes, it ends in time.
#[test]
fn broken_answers_break_nothing() {
    let site = Site::default();
    site.put("/feed", rss(&[entry("/a", 3, ""), entry("/b", 4, "")].concat()));
    site.put("/a", story("Talks open in Sund", "a")).put("/b", story("Talks fail in Sund", "b"));
    let mut state = 1_u64;
    let mut dice = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    for _ in 0..60 {
        let broken = Site::default();
        for (path, whole) in site.0.lock().unwrap().iter() {
            let mut whole = whole.clone();
            for _ in 0..1 + dice() % 6 {
                let at = dice() % whole.len();
                whole[at] = [b'<', b'\r', b'\n', b':', 0, 0xff, b'0', b'9', b'"', b'&'][dice() % 10];
            }
            whole.truncate(whole.len() - dice() % 40);
            broken.put(path, whole);
        }
        let (server, clock) = (broken.open(), Jump::new());
        let begin = std::time::Instant::now();
        let told = visit(&clock, &watch(&server, "/feed"), State::default());
        assert!(begin.elapsed() < Duration::from_secs(6), "{:?}", begin.elapsed());
        assert!(told.reports.len() <= 2 && told.troubles.iter().all(|t| !t.contains('\n')));
        assert!(told.state.next() > clock_now(&clock));
    }
}

#[test]
fn a_page_that_two_feeds_list_is_fetched_once() {
    let site = Site::default();
    site.put("/world", rss(&[entry("/a", 3, ""), entry("/b", 4, "")].concat()));
    site.put("/talks", rss(&[entry("/b", 4, ""), entry("/c", 5, "")].concat()));
    for path in ["/a", "/b", "/c"] {
        site.put(path, story(&format!("Talks in Sund {path}"), path));
    }
    let (server, clock) = (site.open(), Jump::new());
    let due =
        vec![(watch(&server, "/world"), State::default()), (watch(&server, "/talks"), State::default())];
    let mut told = Told::default();
    round(&visitor(&clock), due, 2, &mut |_, _, news| {
        told.hear(news);
        true
    });
    assert_eq!((told.reports.len(), told.unchanged), (3, 1));
    assert_eq!(server.paths().iter().filter(|path| *path == "/b").count(), 1);
}
