//! What bytes are: by how they begin, by the media type, by the name, and last by what they look like.

use crate::tar;

/// The kinds of files that hold reports, and one for what does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One report, as text or Markdown.
    Text,
    /// One report a line, as JSON.
    Lines,
    /// One report, or a list of them, as JSON.
    Json,
    /// A web page.
    Page,
    /// A mail, or a page saved as one file.
    Mail,
    /// Mails one after another.
    Mails,
    /// Pages for printing.
    Pdf,
    /// An archive of files, or a document of a word processor, which is one.
    Zip,
    /// An archive of files, one after another.
    Tar,
    /// A packed file.
    Gzip,
    /// An archive of the web.
    Warc,
    /// No report: what it is instead.
    Other(&'static str),
}

impl Kind {
    /// May it hold so many reports that it is never whole in memory?
    pub(crate) fn holds_many(self) -> bool {
        matches!(self, Kind::Lines | Kind::Mails | Kind::Gzip | Kind::Tar | Kind::Warc)
    }
}

/// Endings of names, and what they mean.
const ENDINGS: &[(&str, Kind)] = &[
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Text),
    ("markdown", Kind::Text),
    ("jsonl", Kind::Lines),
    ("ndjson", Kind::Lines),
    ("json", Kind::Json),
    ("html", Kind::Page),
    ("htm", Kind::Page),
    ("xhtml", Kind::Page),
    ("eml", Kind::Mail),
    ("mht", Kind::Mail),
    ("mhtml", Kind::Mail),
    ("mbox", Kind::Mails),
    ("pdf", Kind::Pdf),
    ("zip", Kind::Zip),
    ("tar", Kind::Tar),
    ("tgz", Kind::Tar),
    ("docx", Kind::Zip),
    ("odt", Kind::Zip),
    ("warc", Kind::Warc),
];

/// Media types, and what they mean. Those of no meaning (`application/octet-stream`) are not listed, nor is
/// `text/plain`, by which many a server means that it does not know.
const MEDIA_TYPES: &[(&str, Kind)] = &[
    ("text/html", Kind::Page),
    ("application/xhtml+xml", Kind::Page),
    ("application/json", Kind::Json),
    ("application/x-ndjson", Kind::Lines),
    ("application/jsonl", Kind::Lines),
    ("text/markdown", Kind::Text),
    ("message/rfc822", Kind::Mail),
    ("application/pdf", Kind::Pdf),
    ("application/mbox", Kind::Mails),
    ("application/warc", Kind::Warc),
];

/// The endings of files that are reports, for those who look into folders.
pub fn endings() -> impl Iterator<Item = &'static str> {
    ENDINGS.iter().map(|(ending, _)| *ending)
}

/// The kind that a name stands for; a packed file is what is in it.
pub fn of_name(name: &str) -> Option<Kind> {
    let name = if name.contains("://") { name.split(['?', '#']).next().unwrap_or(name) } else { name };
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, ending) = file.rsplit_once('.')?;
    if ending.eq_ignore_ascii_case("gz") {
        return of_name(stem);
    }
    ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, kind)| *kind)
}

/// The kind of a file, of which these are the first bytes.
pub(crate) fn of(name: &str, media_type: Option<&str>, head: &[u8]) -> Kind {
    let told = || media_type.and_then(of_media_type);
    let named = || of_name(name);
    certain(head).or_else(told).or_else(named).unwrap_or_else(|| looks(head))
}

fn of_media_type(media_type: &str) -> Option<Kind> {
    let bare = media_type.split(';').next().unwrap_or(media_type).trim();
    MEDIA_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(bare)).map(|(_, kind)| *kind)
}

/// Beginnings that leave no doubt, whatever the file is called.
fn certain(head: &[u8]) -> Option<Kind> {
    match head {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(Kind::Other("not a text but an RTF document")),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
        [0x1f, 0x8b, ..] => Some(Kind::Gzip),
        [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', ..] => Some(Kind::Warc),
        _ if tar::begins(head) => Some(Kind::Tar),
        _ if is_page(head) => Some(Kind::Page),
        _ => None,
    }
}

/// The first words of a text, in small letters.
fn opening(head: &[u8]) -> String {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    String::from_utf8_lossy(&head[..head.len().min(1024)]).trim_start().to_ascii_lowercase()
}

fn is_page(head: &[u8]) -> bool {
    let opening = opening(head);
    let begins = |text: &str| text.starts_with("<!doctype html") || text.starts_with("<html");
    begins(&opening) || (opening.starts_with("<?xml") && opening.contains("<html"))
}

/// What a file without a telling name looks like.
fn looks(head: &[u8]) -> Kind {
    let opening = opening(head);
    match opening.as_bytes() {
        [b'{', ..] => Kind::Lines,
        [b'[', rest @ ..] if rest.trim_ascii_start().starts_with(b"{") => Kind::Json,
        [b'f', b'r', b'o', b'm', b' ', ..]
            if is_mail(opening.split_once('\n').map_or("", |(_, rest)| rest)) =>
        {
            Kind::Mails
        }
        _ if is_mail(&opening) => Kind::Mail,
        _ if ["<body", "<head", "<article", "<div", "<p>"].iter().any(|tag| opening.starts_with(tag)) => {
            Kind::Page
        }
        _ => Kind::Text,
    }
}

/// Two fields of a mail on top, and nothing before them.
fn is_mail(opening: &str) -> bool {
    const FIELDS: &[&str] = &[
        "received:",
        "return-path:",
        "delivered-to:",
        "mime-version:",
        "message-id:",
        "dkim-signature:",
        "x-",
    ];
    let more = |line: &str| line.starts_with([' ', '\t']);
    let lines: Vec<&str> = opening.lines().take_while(|line| !line.trim().is_empty()).collect();
    let named =
        |line: &&&str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    let fields = lines.iter().filter(|line| !more(line)).collect::<Vec<_>>();
    let sure = fields.iter().filter(|line| FIELDS.iter().any(|field| line.starts_with(field))).count();
    let all = fields.iter().copied().filter(|line| named(line)).count();
    sure >= 1 && all >= 3 && all + 1 >= fields.len()
}
