//! Tests of reading, from outside: text in, records out.

mod lexicon;
mod spec;
