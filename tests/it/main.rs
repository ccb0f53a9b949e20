//! The integration tests: one program, a module for each subject.

mod crosswalks;
mod floors;
mod grammar;
mod recovery;
mod rules;
mod shown;
