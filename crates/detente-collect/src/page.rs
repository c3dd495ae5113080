//! Takes an answer, gives the reports in it, with what is known of them from elsewhere.
//!
//! What a page says of itself counts before what a feed says of it; the name of the outlet that the user gives counts
//! before both. The address that a page gives itself counts only on its own host: otherwise any page could take the
//! place of any other.

use crate::feed::{Carried, Link};
use crate::fetch::Answer;
use detente_intake::{Limits, Parcel, Taken, Unpacked, unpack};
use detente_types::document::Given;
use detente_types::{Basis, Document, When};
use url::Url;

/// What is known of a page beside it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beside<'a> {
    /// The outlet, as the user names it.
    pub(crate) outlet: Option<&'a str>,
    /// The link that led to it.
    pub(crate) link: Option<&'a Link>,
}

/// The reports in an answer.
pub(crate) fn reports(answer: &Answer, beside: Beside) -> Unpacked {
    let parcel = Parcel {
        name: answer.url.as_str(),
        media_type: answer.media_type.as_deref(),
        charset: answer.charset.as_deref(),
        bytes: &answer.bytes,
    };
    completed(unpack(&parcel, &limits()), &answer.url, beside)
}

/// The report that came along with a link.
pub(crate) fn carried(link: &Link, carried: &Carried, beside: Beside) -> Unpacked {
    let parcel = Parcel {
        name: link.url.as_str(),
        media_type: Some(carried.media_type),
        charset: Some("utf-8"),
        bytes: carried.text.as_bytes(),
    };
    completed(unpack(&parcel, &limits()), &link.url, beside)
}

/// What a fetched answer may unpack to, where it is an archive: less than what a user has on his own disk.
fn limits() -> Limits {
    Limits { file: 32 << 20, unpacked: 256 << 20, members: 2_000, depth: 2 }
}

fn completed(mut unpacked: Unpacked, url: &Url, beside: Beside) -> Unpacked {
    // Of many reports in one answer none is the page.
    let alone = unpacked.taken.len() == 1;
    for taken in &mut unpacked.taken {
        complete(taken, url, alone, beside);
    }
    unpacked
}

fn complete(taken: &mut Taken, url: &Url, alone: bool, beside: Beside) {
    let old = &taken.document;
    let some = |words: Option<&str>| words.map(str::to_string);
    let link = beside.link.filter(|_| alone);
    let own = old.url().filter(|own| !alone || same_host(own, url));
    let address = own.map(str::to_string).or_else(|| alone.then(|| url.to_string()));
    let given = Given {
        title: some(old.title()).or_else(|| link?.title.clone()),
        outlet: some(beside.outlet).or_else(|| some(old.outlet())).or_else(|| link?.outlet.clone()),
        url: address,
        published: old.published().cloned().or_else(|| day(link?)),
    };
    let document = Document::new(old.path.clone(), old.shared_text(), given);
    let moved = std::mem::take(&mut taken.notes).into_iter().map(|note| note.on(document.id()));
    taken.notes = moved.collect();
    taken.document = document;
}

/// The day on which a link says that its page was published. A day of change, which is all that most sitemaps have, is
/// none of publication.
fn day(link: &Link) -> Option<When> {
    link.day.map(|day| When::day(day, Basis::Published))
}

fn same_host(own: &str, url: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_string());
    Url::parse(own).is_ok_and(|own| host(&own).is_some() && host(&own) == host(url))
}
