//! Reads news reports about a crisis and keeps its books: the command line, and the one list of steps behind it.
//!
//! The rooms of Detente know neither files nor each other. This crate brings reports in, hands each noun to the
//! next room, and prints what comes out.
//!
//! 1. [`intake`]: paths to reports.
//! 2. [`pipeline`]: the steps, in order. Read this first.
//!    [`keeping`] has what was made once.
//! 3. [`explain`]: every code in plain words.
//! 4. `fresh`: paths to editions for the page; `deciding`: decisions taken on it; `bulletin`: alerts about a folder.
//! 5. [`settings`]: what is followed; `collecting`: what comes of it, into the store.
//!    [`alerting`]: what came in that is worth telling at once; [`sending`]: out of the house.
//! 6. [`command`]: the command line.
//!
//! # Does not
//! Hide a rule: what a sentence means is decided in the rooms, never here.

pub mod alerting;
mod bulletin;
mod bundle;
mod collecting;
pub mod command;
mod deciding;
pub mod explain;
mod fresh;
pub mod intake;
pub mod keeping;
pub mod pipeline;
mod searching;
pub mod sending;
pub mod settings;
