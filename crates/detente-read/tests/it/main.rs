//! Tests of reading, from outside: text in, records out.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read the specs, and say how many hold"
)]

mod lexicon;
mod names;
mod spec;
