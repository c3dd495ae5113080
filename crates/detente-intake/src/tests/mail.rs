//! Mails, as mail programs save them.

use super::packed::paths;
use super::*;

pub(super) const MAIL: &str = "Received: from mx.example by host.example; Tue, 04 Mar 2031 21:00:00 +0000\r\n\
From: =?utf-8?Q?Northern_Wire_=E2=80=93_Desk?= <desk@wire.example>\r\n\
To: reader@host.example\r\n\
Subject: =?iso-8859-1?Q?Talks_open_at_the_caf=E9_of?=\r\n =?utf-8?B?IFN1bmQ=?=\r\n\
Date: Wed, 05 Mar 2031 00:30:00 +0500\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=\"out\"\r\n\r\n\
--out\r\nContent-Type: multipart/alternative; boundary=\"in\"\r\n\r\n\
--in\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
Delegates met in Sund =E2=80=93 the host=E2=80=99s ministry said =\r\nso on Tuesday.\r\n\
--in\r\nContent-Type: text/html\r\n\r\n<p>Delegates met.</p>\r\n\
--in--\r\n\
--out\r\nContent-Type: text/plain; name=\"second.txt\"\r\nContent-Disposition: attachment; filename=\"second.txt\"\r\n\
Content-Transfer-Encoding: base64\r\n\r\nVGhlIGVudm95IGxlZnQgU3VuZC4=\r\n\
--out\r\nContent-Type: image/png; name=\"x.png\"\r\nContent-Disposition: attachment; filename=\"x.png\"\r\n\
Content-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--out--\r\n";

#[test]
fn a_mail_has_words_sender_subject_and_day() {
    for name in ["talks.eml", "stdin"] {
        let intake = one(name, MAIL.as_bytes());
        assert_eq!(paths(&intake), [name.to_string(), format!("{name}/second.txt")]);
        let document = &intake.taken[0].document;
        assert_eq!(document.text().trim(), "Delegates met in Sund – the host’s ministry said so on Tuesday.");
        assert_eq!(document.title(), Some("Talks open at the café of Sund"));
        assert_eq!(document.outlet(), Some("Northern Wire – Desk"));
        assert_eq!(document.published(), given::date("2031-03-05").as_ref());
        assert_eq!(intake.taken[1].document.text(), "The envoy left Sund.");
    }
}

#[test]
fn a_mail_that_is_a_page_becomes_paragraphs() {
    let mail = "From: desk@wire.example\nSubject: Talks\nDate: Tue, 4 Mar 2031 10:00:00 +0000\nMIME-Version: 1.0\n\
        Content-Type: text/html; charset=windows-1251\nContent-Transfer-Encoding: base64\n\n\
        PHA+zODw6PI8L3A+PGgyPk5leHQ8L2gyPjxwPkEgc2Vjb25kIHJvdW5kLjwvcD4=\n";
    let intake = one("a.eml", mail.as_bytes());
    assert_eq!(text(&intake), "Марит\n\n## Next\n\nA second round.");
}

#[test]
fn a_page_saved_as_one_file_is_a_page() {
    let mail = format!(
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://wire.example/x\nSubject: Talks\n\
         Date: Thu, 6 Mar 2031 10:00:00 +0000\nMIME-Version: 1.0\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\n\n\
         --b\nContent-Type: text/html\nContent-Location: https://wire.example/x\n\n{PAGE}\n\
         --b\nContent-Type: text/css\nContent-Location: https://wire.example/x.css\n\np {{ }}\n--b--\n"
    );
    let intake = one("talks.mhtml", mail.as_bytes());
    assert_eq!(intake.taken.len(), 1, "{:?}", paths(&intake));
    assert!(text(&intake).starts_with("Talks open in Sund\n\nDelegates from both sides"));
    assert_eq!(intake.taken[0].document.published(), given::date("2031-03-04").as_ref());
}

#[test]
fn a_box_of_mails_gives_each() {
    let mails = format!(
        "From a@b Tue Mar  4 10:00:00 2031\n{0}\nFrom a@b Tue Mar  4 10:00:00 2031\n{1}\n",
        MAIL.replace("\r\n", "\n"),
        MAIL.replace("\r\n", "\n").replace("Delegates met", "Envoys met")
    );
    assert_eq!(
        paths(&one("box.mbox", mails.as_bytes())),
        ["box.mbox:1", "box.mbox:2", "box.mbox:1/second.txt"]
    );
    assert_eq!(one("stdin", mails.as_bytes()).taken.len(), 3);
}
