//! The program from outside: arguments and files in, text and exit codes out.

mod bad_input;
mod commands;
mod demo;
mod determinism;
mod five_reports;
mod known;
mod readme;
mod support;
