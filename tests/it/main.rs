//! The integration tests: one program, a module for each subject.

mod crosswalks;
mod floors;
mod grammar;
mod rules;
mod recovery;
mod shown;
