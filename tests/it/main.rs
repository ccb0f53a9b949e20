//! The integration tests: one program, a module for each subject.

mod changes;
mod cli;
mod config;
mod crosswalk_commands;
mod crosswalks;
mod decisions;
mod documents;
#[cfg(feature = "embedding")]
mod embedding;
mod evaluator;
mod examples;
mod false_alarms;
mod floors;
mod grammar;
mod graph;
mod import_source;
mod imports;
mod linking;
mod mappings;
mod newcomers;
mod open_badges;
mod pages;
mod planning;
mod planning_cases;
mod planning_docs;
mod random_programs;
mod recovery;
mod requirements;
mod rule_cases;
mod rule_details;
mod rules;
mod shown;
mod suggest;
mod support;
mod ucsd;
mod writer;
