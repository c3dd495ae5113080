//! Collecting from real servers on this machine: slow, endless, lying, hostile, and good ones.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests start servers and measure time")]

mod fetch;
mod follow;
mod proxy;
mod server;
mod support;
mod visit;
