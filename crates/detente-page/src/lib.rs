//! The page: crises of one's own machine in a browser, and a read API for programs.
//!
//! A person keeps it open all day. The program hands over an [`Edition`] of the books; whoever looks is told when
//! there is a new one. Everything on the page comes through the same API that programs use, and every fact opens
//! its sentence.
//!
//! # How
//! 1. [`edition`]: one state of the books, never changed; [`Shelf`] has the current one and tells of new ones.
//! 2. `answers`: what can be asked of an edition, each a plain function. `texts` has reports, `search` finds words,
//!    `tables` turns records into pages and CSV.
//! 3. `routes`: the one table of addresses, from which both the router and `openapi` are made.
//! 4. `guard`: who may ask: host, token, origin, how often. `respond`: answers to HTTP, with entity tags.
//!    [`alerts`]: what was worth telling at once, there too.
//! 5. [`journal`]: decisions taken on the page, where the program has a store.
//! 6. `events`: news as they come. `assets`: the page itself, carried in the program.
//! 7. [`serve()`]: all of it on a listener that the caller has bound.
//!
//! # Does not
//! Read reports, assemble crises, open files or sockets, make up tokens: the caller does.

pub mod alerts;
mod answers;
mod assets;
pub mod edition;
mod events;
mod guard;
pub mod journal;
mod openapi;
mod respond;
mod routes;
pub mod search;
mod serve;
mod tables;
mod texts;

pub use edition::{Edition, Shelf};
pub use guard::{Guard, Token};
pub use journal::Journal;
pub use serve::{Lent, router, serve};
