//! The integration tests: one program, a module for each subject.

mod floors;
mod grammar;
mod recovery;
mod rule_details;
mod rules;
mod shown;
