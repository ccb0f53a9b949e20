//! The integration tests: one program, a module for each subject.

mod cli;
mod config;
mod floors;
mod grammar;
mod recovery;
mod rules;
mod shown;
mod support;
mod writer;
