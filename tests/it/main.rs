//! The integration tests: one program, a module for each subject.

mod cli;
mod config;
mod crosswalk_commands;
mod crosswalks;
mod documents;
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
mod recovery;
mod rule_cases;
mod rule_details;
mod rules;
mod shown;
mod support;
mod ucsd;
mod writer;
