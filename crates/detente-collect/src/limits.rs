//! How much of anything is taken from a stranger.

use std::time::Duration;

/// What one request may cost. A server that goes beyond is left, with one clear line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an answer on the wire.
    pub wire: u64,
    /// Bytes of an answer when it is unpacked.
    pub unpacked: u64,
    /// Time for everything: looking up, connecting, asking, every redirect, the last byte.
    pub whole: Duration,
    /// Time without a byte.
    pub idle: Duration,
    /// Redirects from one address.
    pub redirects: usize,
    /// Links that are taken from one feed or sitemap.
    pub links: usize,
    /// Sitemaps that are taken from one index of sitemaps.
    pub sitemaps: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            wire: 8 << 20,
            unpacked: 32 << 20,
            whole: Duration::from_secs(60),
            idle: Duration::from_secs(15),
            redirects: 8,
            links: 5_000,
            sitemaps: 20,
        }
    }
}
