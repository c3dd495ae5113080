//! What the dossier and the records promise, tested on a crisis made by hand.

// One binary; the facts of a crisis are one long list; a test reads and rewrites what it holds true.
#![allow(unreachable_pub, clippy::too_many_lines, clippy::disallowed_methods)]

mod damage;
mod fixture;
mod laws;
mod page;
mod pages;
mod pdf;
mod schema;
