//! The integration tests: one program, a module for each subject.

mod cli;
mod config;
mod floors;
mod grammar;
mod support;
mod writer;
