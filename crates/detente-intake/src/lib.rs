//! Bytes to reports: takes a file or what a server sent, gives [`Document`]s with what is known beside their text.
//!
//! Reports come as people keep them: a saved text, a web page, a mail, a PDF, a dump of a news database with one
//! report a line, an archive of all that, in whatever character set. What can be read is read; what cannot is said
//! in one line, and the others are read all the same.
//!
//! # How
//! 1. [`kind`]: what the bytes are, by their first letters, the media type, the name.
//! 2. [`decode`]: bytes to text, in whatever character set.
//! 3. `front`: what a text says of itself on top; `lines`: JSON; `page`: HTML; `mail`; `pdf`; `office`; `packed`,
//!    `tar` and `warc`: archives, file by file.
//! 4. `given`: names and dates of fields, under the names that others use for them.
//! 5. [`Unpacked::settled`]: sorted, and the same report twice is one.
//!
//! # What offsets count
//! Citations count bytes of the text as received. For a UTF-8 text these are bytes of the file: a byte order mark and
//! front matter are no text of the report, and blanks of the same length stand in for them. For a line of JSON they
//! are bytes of the value of its text field; for a file in another character set, bytes of the same text in UTF-8;
//! for HTML, mail and PDF, bytes of the text taken out of it.
//!
//! # Never trusted
//! Whoever made the file may wish us ill. [`Limits`] bound what is unpacked, how many files, and how deep; nothing is
//! ever written; a library that breaks down costs one file, with one line that says so.
//!
//! # Does not
//! Open files, reach out, look at a clock: its caller has the bytes, and the patience. Look into the text: what is
//! headline, dateline, boilerplate is the reader's.

mod about;
mod budget;
mod decode;
mod failure;
mod flow;
mod front;
mod given;
pub mod kind;
mod limits;
mod lines;
mod mail;
mod office;
mod packed;
mod page;
mod pdf;
mod tame;
mod tar;
mod tray;
mod unpack;
mod warc;

pub use failure::Failure;
pub use limits::Limits;
pub use tray::{Taken, Unpacked, sort_key};
pub use unpack::{Parcel, unpack, unpack_file, unpack_from};

#[cfg(doc)]
use detente_types::Document;

#[cfg(test)]
mod tests;
