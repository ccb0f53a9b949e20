//! The integration tests: one program, a module for each subject.

mod grammar;
mod recovery;
mod shown;
