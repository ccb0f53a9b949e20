//! Proposes mappings from the concepts of one framework to those of another, and measures how good its proposals are.
//!
//! Goes in: two lists of concepts ([`concept`]), made of a project, of packs or of tables by [`adapters`], and the mappings that people
//! have made. Comes out: proposals with verb, confidence and reasons ([`propose`]), or scores ([`evaluate`]).
//!
//! Steps: names and prose become stems, compound parts and n-grams ([`words`], [`analysis`]); inverted indexes find candidates in some ways
//! ([`index`], [`views`]); each candidate becomes a row of numbers ([`pair`], [`known`], [`features`]); small sets of trees order them ([`trees`],
//! [`ranker`]); confidence is calibrated ([`calibration`]), and held back where
//! names say little and nothing was learnt here (`caution`). Where a person has an embedding model, its vectors join in ([`nearness`]). Nothing is random and nothing depends on the number of threads.

pub mod adapters;
pub mod analysis;
pub mod calibration;
mod caution;
pub mod concept;
#[cfg(feature = "embedding")]
pub mod embedding;
pub mod evaluate;
pub mod features;
pub mod gold;
mod hierarchy;
pub mod index;
pub mod known;
pub mod nearness;
pub mod pair;
pub mod propose;
pub mod ranker;
pub mod trees;
pub mod views;
pub mod weights;
pub mod words;
