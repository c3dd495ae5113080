//! Documents of word processors to paragraphs: `.docx` and `.odt`, which are zips with one file of markup for the text.
//!
//! # How
//! The markup is gone through tag by tag: the end of a paragraph ends one, headings and entries of lists get marks of
//! Markdown, what was deleted or noted on the margin is left out.
//!
//! # Does not
//! Read `.doc`, tables of numbers, slides: those are said to be office documents.

use crate::given::Gathered;
use crate::tray::{Tray, notes};
use crate::{Failure, given};
use std::io::{Read, Seek};
use zip::ZipArchive;

/// The words of one kind of document.
struct Words {
    /// The file of the zip that has the text.
    file: &'static str,
    /// The file that has the title.
    about: &'static str,
    /// Elements that are paragraphs, and the one among their marks that makes a heading.
    paragraphs: &'static [&'static str],
    /// Elements whose text counts; none: all of it.
    text: Option<&'static str>,
    /// Elements that are left out with all that is in them.
    silent: &'static [&'static str],
}

const DOCX: Words = Words {
    file: "word/document.xml",
    about: "docProps/core.xml",
    paragraphs: &["w:p"],
    text: Some("w:t"),
    silent: &["w:del", "w:instrText", "mc:Fallback"],
};

const ODT: Words = Words {
    file: "content.xml",
    about: "meta.xml",
    paragraphs: &["text:p", "text:h"],
    text: None,
    silent: &[
        "office:annotation",
        "text:tracked-changes",
        "office:automatic-styles",
        "text:note",
        "office:scripts",
    ],
};

/// The report in a zip that is a document; false if it is none.
pub(crate) fn take(name: &str, archive: &mut ZipArchive<impl Read + Seek>, tray: &mut Tray<'_>) -> bool {
    let is_odt = archive.index_for_name("mimetype").is_some() && archive.index_for_name(ODT.file).is_some();
    let words = match () {
        () if archive.index_for_name(DOCX.file).is_some() => DOCX,
        () if is_odt => ODT,
        () if archive.index_for_name("[Content_Types].xml").is_some() => {
            let message =
                format!("{name}: an office document; it was not read. Save it as PDF or plain text.");
            tray.note("D102", message);
            return true;
        }
        () => return false,
    };
    tray.member();
    match read(words.file, archive, tray) {
        Ok(markup) => {
            let mut gathered = Gathered::default();
            if let Some(title) = read(words.about, archive, tray).ok().and_then(|about| title(&about)) {
                gathered.put("title", &title);
            }
            given::settle(&mut gathered);
            tray.report(name.to_string(), paragraphs(&markup, &words), gathered.given, notes(name, []));
        }
        Err(why) => {
            let what = format!("an office document that is damaged ({why})");
            tray.failure(Failure::new(what, name, "save it as PDF or plain text"));
        }
    }
    true
}

fn read(file: &str, archive: &mut ZipArchive<impl Read + Seek>, tray: &Tray<'_>) -> Result<String, String> {
    let file = archive.by_name(file).map_err(|error| error.to_string())?;
    let packed = file.compressed_size();
    let mut bytes = Vec::new();
    let mut input = tray.budget().meter(file, move || packed).take(tray.limits.file);
    input.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn title(about: &str) -> Option<String> {
    let (_, rest) = about.split_once("<dc:title>")?;
    let title = plain(rest.split('<').next().unwrap_or(rest));
    Some(title.trim().to_string()).filter(|title| !title.is_empty())
}

/// A tag without its brackets, and the text up to the next.
fn pieces(markup: &str) -> impl Iterator<Item = (&str, &str)> {
    markup.split('<').skip(1).map(|piece| piece.split_once('>').unwrap_or((piece, "")))
}

fn tag_name(tag: &str) -> &str {
    tag.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(tag)
}

fn paragraphs(markup: &str, words: &Words) -> String {
    let (mut out, mut block, mut mark) = (String::new(), String::new(), "");
    let mut silent: Option<(&str, usize)> = None;
    for (tag, text) in pieces(markup) {
        let (name, closes, empty) = (tag_name(tag), tag.starts_with('/'), tag.ends_with('/'));
        if let Some((outer, depth)) = silent {
            let depth = if name != outer || empty {
                depth
            } else if closes {
                depth - 1
            } else {
                depth + 1
            };
            silent = (depth > 0).then_some((outer, depth));
            if silent.is_some() {
                continue;
            }
        } else if words.silent.contains(&name) && !closes && !empty {
            silent = Some((name, 1));
            continue;
        }
        if words.paragraphs.contains(&name) && !empty {
            end(&mut out, &mut block, mark);
            mark = if closes { "" } else { heading(tag) };
        }
        match name {
            "w:pStyle" => mark = heading(tag),
            "w:numPr" if mark.is_empty() => mark = "- ",
            "w:tab" | "text:tab" | "text:s" | "w:noBreakHyphen" if !closes => block.push(' '),
            "w:br" | "text:line-break" if !closes => block.push('\n'),
            _ => {}
        }
        let counts = match words.text {
            Some(element) => name == element && !closes,
            None => !(text.trim().is_empty() && text.contains('\n')),
        };
        if counts {
            block.push_str(&plain(text));
        }
    }
    end(&mut out, &mut block, mark);
    out
}

/// The mark of a heading, by the style or the level that a tag names.
fn heading(tag: &str) -> &'static str {
    let value = |key: &str| Some(tag.split_once(key)?.1.split('"').nth(1)?.to_ascii_lowercase());
    let style = value("w:val=").unwrap_or_default();
    let level = value("text:outline-level=");
    match (style.as_str(), level.as_deref()) {
        ("title" | "heading1", _) | (_, Some("1")) => "# ",
        (style, _) if style.starts_with("heading") => "## ",
        (style, _) if style.starts_with("list") => "- ",
        (_, Some(_)) => "## ",
        _ => "",
    }
}

fn end(out: &mut String, block: &mut String, mark: &str) {
    let lines = block.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    block.clear();
    if !text.is_empty() {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(mark);
        out.push_str(&text);
    }
}

/// Text without the escapes of XML.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let letter = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let Some((letter, left)) = letter.and_then(|(name, left)| Some((escape(name)?, left))) else {
            out.push('&');
            rest = after;
            continue;
        };
        out.push(letter);
        rest = left;
    }
    out.push_str(rest);
    out
}

fn escape(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
