//! A mail to the report that it holds: plain words if it has them, else its page. What is attached is taken as well.
//!
//! A saved page of a browser in one file (`.mhtml`) is such a mail too.

use crate::given::Gathered;
use crate::page::Beside;
use crate::tray::{Tray, notes};
use crate::{Failure, Parcel, flow, given, kind, page, unpack};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::io::BufRead;

/// One mail.
pub(crate) fn take(name: &str, bytes: &[u8], tray: &mut Tray<'_>) {
    match MessageParser::default().parse(bytes).filter(|mail| !mail.parts.is_empty()) {
        Some(mail) => of(name, &mail, tray),
        None => tray.failure(not_mail(name)),
    }
}

fn not_mail(name: &str) -> Failure {
    Failure::new("not a mail that can be read", name, "save its words as plain text")
}

/// Mails one after another, as mail programs keep them.
pub(crate) fn many(name: &str, input: impl BufRead, tray: &mut Tray<'_>) {
    if !tray.enter(name) {
        return;
    }
    let mut count = 0;
    for (at, mail) in mail_parser::mailbox::mbox::MessageIterator::new(input).enumerate() {
        count += 1;
        let place = format!("{name}:{}", at + 1);
        tray.member();
        let Ok(mail) = mail else {
            tray.failure(not_mail(&place));
            break;
        };
        unpack::safely(&place, tray, |tray| take(&place, mail.contents(), tray));
        if tray.enough() {
            break;
        }
    }
    tray.leave();
    if count == 0 {
        tray.note("D101", format!("{name}: there is no mail in it."));
    }
}

fn of(name: &str, mail: &Message<'_>, tray: &mut Tray<'_>) {
    let (text, page) = body(mail);
    let mut gathered = Gathered::default();
    head(mail, &mut gathered);
    given::settle(&mut gathered);
    let saved_page = mail.header_raw("Snapshot-Content-Location").map(|url| url.trim().to_string());
    match (text, page) {
        (_, Some(html)) if saved_page.is_some() => {
            let beside = Beside { url: saved_page, captured: gathered.given.published };
            page::of_text(name, html, Vec::new(), beside, tray);
        }
        (Some(text), _) => {
            let notes = notes(name, gathered.take_remarks());
            tray.report(name.to_string(), text.replace("\r\n", "\n"), gathered.given, notes);
        }
        (None, Some(html)) => {
            let notes = notes(name, gathered.take_remarks());
            tray.report(name.to_string(), flow::of_mail(html), gathered.given, notes);
        }
        (None, None) => {
            if attached(name, mail, tray) == 0 {
                tray.note("D101", format!("{name}: there is no text in it."));
            }
            return;
        }
    }
    attached(name, mail, tray);
}

/// Its words, and its page.
fn body<'m>(mail: &'m Message<'_>) -> (Option<&'m str>, Option<&'m str>) {
    let parts = || mail.text_bodies().chain(mail.html_bodies());
    let text = parts().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text.as_ref()),
        _ => None,
    });
    let page = parts().find_map(|part| match &part.body {
        PartType::Html(html) if !html.trim().is_empty() => Some(html.as_ref()),
        _ => None,
    });
    (text, page)
}

/// Subject, sender and day. The day is that of the sender's clock.
fn head(mail: &Message<'_>, gathered: &mut Gathered) {
    if let Some(subject) = mail.subject() {
        gathered.put("title", subject);
    }
    let sender = mail.from().and_then(|from| from.first());
    if let Some(sender) = sender.and_then(|s| s.name().or_else(|| s.address())) {
        gathered.put("outlet", sender);
    }
    if let Some(date) = mail.date() {
        gathered.put("date", &format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    }
}

/// Files that came with it, and how many of them may be reports.
fn attached(name: &str, mail: &Message<'_>, tray: &mut Tray<'_>) -> usize {
    if mail.attachment_count() == 0 || !tray.enter(name) {
        return mail.attachment_count();
    }
    let mut count = 0;
    for part in mail.attachments() {
        if tray.enough() {
            break;
        }
        if let PartType::Message(inner) = &part.body {
            count += 1;
            tray.member();
            of(&format!("{name}/{}", inner.subject().unwrap_or("mail")), inner, tray);
        } else if let Some(file) = file_name(part) {
            count += 1;
            tray.member();
            let path = format!("{name}/{file}");
            let parcel = Parcel { name: &path, media_type: None, charset: None, bytes: part.contents() };
            unpack::open(parcel, tray);
        }
    }
    tray.leave();
    count
}

/// The name of an attached file that may be a report.
fn file_name(part: &MessagePart<'_>) -> Option<String> {
    let name = part.attachment_name()?;
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    kind::of_name(file).map(|_| file.chars().filter(|c| !c.is_control()).collect())
}
