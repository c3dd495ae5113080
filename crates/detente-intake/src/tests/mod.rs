//! What comes in, and what is said about it.

mod about;
mod damaged;
mod mail;
mod office;
mod packed;
mod pdf;
mod templates;

use super::*;
use crate::limits::MOST_TEXT;

fn parcel<'a>(name: &'a str, bytes: &'a [u8]) -> Parcel<'a> {
    Parcel { name, media_type: None, charset: None, bytes }
}

fn one(name: &str, bytes: &[u8]) -> Unpacked {
    unpack(&parcel(name, bytes), &Limits::default())
}

fn codes(intake: &Unpacked) -> Vec<&str> {
    let on_reports = intake.taken.iter().flat_map(|t| &t.notes);
    on_reports.chain(&intake.notes).map(|n| n.code.as_str()).collect()
}

fn text(intake: &Unpacked) -> &str {
    intake.taken[0].document.text()
}

const SENTENCE: &str = "Delegates from both sides met in Sund on Tuesday.";

#[test]
fn plain_text_is_taken_as_it_is() {
    let intake = one("a.txt", SENTENCE.as_bytes());
    assert_eq!(text(&intake), SENTENCE);
    assert!(codes(&intake).is_empty());
}

#[test]
fn a_byte_order_mark_leaves_offsets_those_of_the_file() {
    let bytes = [b"\xef\xbb\xbf".as_slice(), SENTENCE.as_bytes()].concat();
    let intake = one("a.txt", &bytes);
    assert_eq!(text(&intake), format!("   {SENTENCE}"));
    assert_eq!(text(&intake).len(), bytes.len());
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
    let wide: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        wide.clone(),
        [b"\xff\xfe".as_slice(), &wide].concat(),
        big.clone(),
        [b"\xfe\xff".as_slice(), &big].concat(),
    ] {
        let intake = one("a.txt", &bytes);
        assert_eq!(text(&intake), SENTENCE);
        assert_eq!(codes(&intake), ["D103"]);
    }
}

#[test]
fn old_character_sets_are_guessed() {
    let bytes = b"The minister said \x93we are ready\x94 \x96 a caf\xe9 owner\x92s words.";
    let intake = one("a.txt", bytes);
    assert_eq!(text(&intake), "The minister said “we are ready” – a café owner’s words.");
    assert_eq!(codes(&intake), ["D103"]);
}

#[test]
fn damaged_utf_8_is_read_around_the_damage() {
    let intake = one("a.txt", b"Caf\xc3\xa9 \xe2\x80\x9copen\xe2\x80\x9d, na\xefve");
    assert_eq!(text(&intake), "Café “open”, na\u{fffd}ve");
    assert_eq!(codes(&intake), ["D104"]);
}

#[test]
fn what_is_no_text_is_named() {
    for (bytes, word) in
        [(b"{\\rtf1 hello}".as_slice(), "RTF"), (b"\x7fELF\x02\x01\x01\0\0\0\0".as_slice(), "binary")]
    {
        let intake = one("a.txt", bytes);
        assert!(intake.taken.is_empty());
        assert_eq!(codes(&intake), ["D102"]);
        assert!(intake.notes[0].message.contains(word), "{}", intake.notes[0].message);
    }
}

#[test]
fn empty_files_are_noted() {
    for (name, bytes) in [
        ("a.txt", b"".as_slice()),
        ("a.txt", b" \n\t"),
        ("a.jsonl", b""),
        ("a.jsonl", b"{\"text\":\"\"}"),
        ("a.md", b"\xef\xbb\xbf"),
    ] {
        let intake = one(name, bytes);
        assert!(intake.taken.is_empty());
        assert_eq!(codes(&intake), ["D101"], "{name}");
    }
}

#[test]
fn front_matter_is_given_and_leaves_offsets_alone() {
    let file = format!(
        "---\ntitle: \"Talks — open\"\noutlet: Northern Wire\ndate: 2031-03-04\nlayout: post\n---\n{SENTENCE}"
    );
    let intake = one("a.md", file.as_bytes());
    let document = &intake.taken[0].document;
    assert_eq!(document.title(), Some("Talks — open"));
    assert_eq!(document.outlet(), Some("Northern Wire"));
    assert_eq!(document.published(), given::date("2031-03-04").as_ref());
    assert_eq!(document.text().len(), file.len());
    assert_eq!(document.text().find(SENTENCE), file.find(SENTENCE));
    assert_eq!(document.text().trim(), SENTENCE);
}

#[test]
fn a_rule_on_top_is_no_front_matter() {
    for file in [
        format!("---\n{SENTENCE}\n---\nMore."),
        format!("---\n{SENTENCE}"),
        "----\ntitle: x\n---\n".to_string(),
    ] {
        assert_eq!(text(&one("a.md", file.as_bytes())), file);
    }
}

#[test]
fn lines_come_under_the_names_of_others() {
    let lines = concat!(
        r#"{"text":"A.","title":"T","outlet":"O","url":"https://o.example/1","published":"2025-10-12"}"#,
        "\n",
        r#"{"id":"r-7","event_text":"B.","headline":"T","publisher":"O","pub_date":"20251012"}"#,
        "\n",
        r#"{"Content":"C.","source":{"name":"O"},"publishedAt":"2025-10-12T08:00:00Z"}"#,
        "\n\n",
        r#"{"body":"D.","date":"Sun, 12 Oct 2025 08:00:00 +0000","text":null}"#,
    );
    let intake = one("w.jsonl", lines.as_bytes());
    assert!(codes(&intake).is_empty(), "{:?}", intake.notes);
    let paths: Vec<&str> = intake.taken.iter().map(|t| t.document.path.as_str()).collect();
    assert_eq!(paths, ["https://o.example/1", "w.jsonl:2#r-7", "w.jsonl:3", "w.jsonl:5"]);
    for taken in &intake.taken {
        assert_eq!(taken.document.published(), given::date("2025-10-12").as_ref());
    }
    assert!(intake.taken[..3].iter().all(|t| t.document.outlet() == Some("O")));
}

#[test]
fn bad_lines_are_noted_each_with_its_number() {
    let lines = "{\"text\":\"A good line.\"}\nnot json\n[1]\n{\"title\":\"no text\"}\n{\"text\":7}\n{\"text\":\"cut\n\u{feff}{\"text\":\"Another.\"}\n";
    let intake = one("w.jsonl", lines.as_bytes());
    assert_eq!(intake.taken.len(), 2);
    let messages: Vec<&str> = intake.notes.iter().map(|n| n.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "w.jsonl:2: not JSON (column 2); it was not read.",
            "w.jsonl:3: not a JSON object; it was not read.",
            "w.jsonl:4: no field \"text\"; it was not read.",
            "w.jsonl:5: the field \"text\" is no text; it was not read.",
            "w.jsonl:6: the line breaks off (column 12); it was not read.",
        ]
    );
}

#[test]
fn a_list_of_reports_in_json_is_read_too() {
    let intake = one("w.json", b"[{\"text\":\"A.\"},\n {\"text\":\"B.\"}, 3]");
    assert_eq!(intake.taken.len(), 2);
    assert_eq!(codes(&intake), ["D107"]);
    assert_eq!(one("w.json", b"{\"text\":\n\"A.\"}").taken.len(), 1);
    assert_eq!(one("w.json", b"{\"text\":\"A.\"}\n{\"text\":\"B.\"}").taken.len(), 2);
}

#[test]
fn dates_are_read_as_people_write_them() {
    let day = given::date("2025-10-12");
    assert!(day.is_some());
    for words in [
        "2025/10/12",
        "2025-10-12T23:30:00+05:00",
        "2025-10-12 08:15",
        "20251012",
        "12 October 2025",
        "October 12, 2025",
        "Oct. 12th, 2025",
        "Sun 12 Oct 2025 at 4:20pm",
        "Sun, 12 Oct 2025 10:00:00 GMT",
        "1760227200",
        "1760227200000",
    ] {
        assert_eq!(given::date(words), day, "{words}");
    }
    assert_eq!(
        given::date("2025-10").map(|w| (w.from(), w.to())),
        Some(("2025-10-01".parse().ok(), "2025-10-31".parse().ok()))
    );
    for words in
        ["", "10/11/2025", "yesterday", "2025-13-01", "32 October 2025", "12345", "Oct", "äöü", "0000-01-01"]
    {
        assert_eq!(given::date(words), None, "{words}");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_noted() {
    let intake = one("w.jsonl", br#"{"text":"A report.","published":"10/11/2025"}"#);
    assert_eq!(codes(&intake), ["D108"]);
    assert_eq!(intake.taken[0].document.published(), None);
}

#[test]
fn the_same_report_twice_is_one() {
    let a = ("b.txt", SENTENCE.as_bytes());
    let b = ("a.txt", SENTENCE.as_bytes());
    let of = |files: [(&str, &[u8]); 2]| {
        let mut all = Unpacked::default();
        files.iter().for_each(|(name, bytes)| all.add(one(name, bytes)));
        all.settled()
    };
    let both = of([a, b]);
    assert_eq!(both, of([b, a]));
    assert_eq!(both.taken.len(), 1);
    assert_eq!(both.notes[0].message, "b.txt: the same report as a.txt; counted once.");
}

#[test]
fn long_texts_are_cut_where_a_line_ends() {
    let long = "One sentence of a very long text.\n".repeat(MOST_TEXT / 20);
    let intake = one("a.txt", long.as_bytes());
    assert_eq!(codes(&intake), ["D106"]);
    assert!(text(&intake).len() <= MOST_TEXT && text(&intake).ends_with("text."));
    let unbroken = "ä".repeat(MOST_TEXT);
    let intake = one("a.txt", unbroken.as_bytes());
    assert_eq!(codes(&intake), ["D106"]);
    assert_eq!(text(&intake).len(), MOST_TEXT);
}

#[test]
fn lines_are_sorted_by_number() {
    let lines: String = (0..12).map(|n| format!("{{\"text\":\"Report {n}.\"}}\n")).collect();
    let intake = one("w.jsonl", lines.as_bytes());
    let texts: Vec<&str> = intake.taken.iter().map(|t| t.document.text()).collect();
    assert_eq!(texts[9..], ["Report 9.", "Report 10.", "Report 11."]);
}

const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Talks open in Sund | Northern Wire</title>
<link rel="canonical" href="https://wire.example/2031/talks">
<meta property="og:site_name" content="Northern Wire">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"NW"},
{"@type":"NewsArticle","headline":"Talks open in Sund","datePublished":"2031-03-04T23:30:00+05:00","publisher":{"@type":"Organization","name":"Northern Wire"}}]}</script>
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Talks open in Sund</h1>
<p>Delegates from both sides met in Sund on&nbsp;Tuesday, the foreign ministry said, after weeks of shelling along the river.</p>
<p>The mediators proposed a ceasefire of ten days. Neither side had <b>answered</b> by the evening, two officials said.</p>
<h2>What comes next</h2><p>A second round is planned for Friday in the same town, according to the host’s prime minister.</p>
</article><footer>© 2031 Northern Wire. All rights reserved.</footer></body></html>"#;

#[test]
fn a_page_becomes_its_report() {
    let intake = one("talks.html", PAGE.as_bytes());
    let document = &intake.taken[0].document;
    assert_eq!(
        document.text(),
        "Talks open in Sund\n\n\
         Delegates from both sides met in Sund on Tuesday, the foreign ministry said, after weeks of shelling along the river.\n\n\
         The mediators proposed a ceasefire of ten days. Neither side had answered by the evening, two officials said.\n\n\
         ## What comes next\n\n\
         A second round is planned for Friday in the same town, according to the host’s prime minister."
    );
    assert_eq!(document.title(), Some("Talks open in Sund"));
    assert_eq!(document.outlet(), Some("Northern Wire"));
    assert_eq!(document.url(), Some("https://wire.example/2031/talks"));
    assert_eq!(document.published(), given::date("2031-03-04").as_ref());
    assert!(codes(&intake).is_empty());
}

#[test]
fn the_kind_is_known_without_a_name() {
    for (name, media_type, bytes, reports) in [
        ("https://wire.example/talks?id=1.txt", Some("text/html; charset=utf-8"), PAGE, 1),
        ("https://wire.example/talks", None, PAGE, 1),
        ("talks.txt", None, PAGE, 1),
        ("https://wire.example/list", Some("application/json"), r#"[{"text":"A."},{"text":"B."}]"#, 2),
        ("stdin", None, "{\"text\":\"A.\"}\n{\"text\":\"B.\"}", 2),
        ("stdin", None, r#"[{"text":"A."},{"text":"B."}]"#, 2),
        ("stdin", None, "[1] A footnote is no list.", 1),
    ] {
        let parcel = Parcel { name, media_type, charset: None, bytes: bytes.as_bytes() };
        let unpacked = unpack(&parcel, &Limits::default());
        assert_eq!(unpacked.taken.len(), reports, "{name}: {:?}", unpacked.notes);
        let mut streamed = Unpacked::default();
        unpack_from(name, media_type, &mut bytes.as_bytes(), &Limits::default(), &mut |more| {
            streamed.add(more)
        });
        assert_eq!(streamed.settled(), unpacked, "{name}");
    }
}

#[test]
fn character_sets_are_known_by_what_is_said_and_what_is_there() {
    let russian = "Министры договорились о прекращении огня на десять дней, сообщили в правительстве.";
    let chinese = "双方代表星期二在北京举行会谈，外交部发言人说，停火协议将持续十天。";
    let french = "Les négociations ont échoué à Genève, a déclaré le médiateur européen après l’été.";
    let encoded = |text: &str, label: &str| {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        encoding.encode(text).0.into_owned()
    };
    for (words, set, meta, charset) in [
        (russian, "windows-1251", "windows-1251", None),
        (russian, "windows-1251", "iso-8859-1", None),
        (russian, "windows-1251", "utf-8", Some("utf-8")),
        (russian, "koi8-r", "", Some("koi8-r")),
        (russian, "utf-8", "windows-1251", None),
        (chinese, "gbk", "gb2312", None),
        (chinese, "gbk", "iso-8859-1", Some("iso-8859-1")),
        (chinese, "gbk", "", None),
        (chinese, "utf-8", "", Some("gbk")),
        (french, "windows-1252", "iso-8859-1", None),
        (french, "windows-1252", "utf-8", Some("utf-8")),
        (french, "windows-1252", "", None),
        (french, "utf-8", "", Some("iso-8859-1")),
    ] {
        let page =
            format!("<html><head><meta charset=\"{meta}\"><title>T</title></head><body><p>{words}</p>");
        let bytes = encoded(&page, set);
        let parcel = Parcel { name: "a.html", media_type: None, charset, bytes: &bytes };
        let intake = unpack(&parcel, &Limits::default());
        assert!(text(&intake).contains(words), "{set} said to be {meta:?}, {charset:?}: {}", text(&intake));
    }
    let page =
        format!("<?xml version=\"1.0\" encoding=\"koi8-r\"?><html><body><p>{russian}</p></body></html>");
    assert!(text(&one("a.xhtml", &encoded(&page, "koi8-r"))).contains(russian));
    let wide: Vec<u8> = format!("\u{feff}{page}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(text(&one("a.html", &wide)).contains(russian));
}
#[test]
fn markup_made_to_do_harm_is_cut() {
    for page in [
        format!("<html><body>{}Talks failed.", "<div>".repeat(60_000)),
        format!("<html><body>{}Talks failed.", "<b><p>".repeat(60_000)),
        (0..60_000).fold("<html><body>".to_string(), |page, n| page + &format!("<font c={n}><p>Talks")),
        format!("<html><body>{}Talks failed.", "<table><tr><td>".repeat(60_000)),
        format!("<html><body>{}Talks failed.", "<a href=x><div></a>".repeat(60_000)),
    ] {
        let intake = one("deep.html", page.as_bytes());
        assert!(text(&intake).contains("Talks"));
    }
}

#[test]
fn a_library_that_breaks_down_costs_one_file() {
    let mut out = Unpacked::default();
    let mut each = |more| out.add(more);
    let limits = Limits::default();
    let mut tray = crate::tray::Tray::new(&limits, &mut each);
    assert!(tray.enter("a.zip"));
    let told = crate::unpack::safely("a.zip/b.pdf", &mut tray, |tray| {
        tray.enter("a.zip/b.pdf");
        assert!(limits.depth == 0, "as a library would");
    });
    assert_eq!((told, tray.depth()), (None, 1));
    assert_eq!(
        out.failures[0].to_string(),
        "a fault in Detente, which broke down on this file: a.zip/b.pdf; it was not read; save it as plain text"
    );
}
