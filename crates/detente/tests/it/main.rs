//! The program from outside: arguments and files in, text and exit codes out.

#![allow(clippy::print_stdout, reason = "tests say what they skip, and what holds")]

mod alerts;
mod bad_input;
mod commands;
mod conllu;
mod demo;
mod determinism;
mod five_reports;
mod kinds;
mod known;
mod readme;
mod serve;
mod store;
mod support;
mod watch;
