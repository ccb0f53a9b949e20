//! The integration tests: one program, a module for each subject.

mod false_alarms;
mod floors;
mod grammar;
mod recovery;
mod rules;
mod shown;
