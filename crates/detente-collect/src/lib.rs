//! Everything that reaches out: pages, feeds and sitemaps are fetched, politely and with distrust.
//!
//! What is on the web belongs to somebody, and may have been put there by somebody who means harm. So this crate keeps
//! manners (robots.txt, one request at a time for each host, a name that says who asks), and limits (bytes, time,
//! redirects, addresses that are not asked on a stranger's word).
//!
//! # How
//! 1. `limits`: how much is taken. `clock`: time and waiting. `trouble`: what goes wrong, each in one line.
//! 2. `address`, `guard`, `proxy`: which machines may be asked, and through whom. 3. [`fetch`], `body`: one address, its answer.
//! 4. `robots`, [`visit`]: the same with manners. 5. [`feed`], `sitemap`, `moment`: what lists links.
//! 6. `page`: an answer to reports. 7. `state`, `back_off`: where following an address stands. 8. [`follow`]: what is new.
//!
//! # Does not
//! Read reports, keep them, open files, decide when a program runs.

mod address;
mod back_off;
mod body;
pub mod clock;
pub mod feed;
pub mod fetch;
pub mod follow;
mod guard;
mod limits;
mod moment;
mod page;
mod proxy;
mod robots;
mod sitemap;
mod state;
mod trouble;
pub mod visit;

pub use guard::{Guard, Names};
pub use limits::Limits;
pub use proxy::Proxies;
pub use state::State;
pub use trouble::Trouble;
