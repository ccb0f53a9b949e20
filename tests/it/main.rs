//! The integration tests: one program, a module for each subject.

mod floors;
mod grammar;
mod linking;
mod open_badges;
mod recovery;
mod rules;
mod shown;
mod ucsd;
