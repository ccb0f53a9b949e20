//! Proposes mappings from the concepts of one framework to those of another.
pub mod analysis;
pub mod concept;
pub mod features;
pub mod index;
pub mod known;
pub mod pair;
pub mod views;
pub mod words;
pub mod calibration;
pub mod ranker;
pub mod trees;
