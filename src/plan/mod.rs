//! Floor 6: what can be reached, and at what price. Proven, not estimated.
//!
//! Goes in: a project, its graph, and who asks (what is held, what is recognized). Comes out: routes, gaps and the answers
//! to what a project promises. The meaning of requirements is the one of [`crate::graph`]; here it is optimized over. No
//! clock is read: how much time is left is asked through a function, and a solver that does not stop in time is left to itself.
//!
//! The library behind the integer programs is named in this folder only.

pub mod accepts;
mod assumed_words;
pub mod blame;
pub mod count;
mod diagram;
pub mod expectations;
mod hitting;
pub mod imported;
mod imported_needs;
mod lean;
pub mod minimal;
pub mod price;
mod propose;
mod relied;
pub mod report;
pub mod reports;
pub mod route;
mod rows;
pub mod solve;
pub mod target;
mod timed;
pub mod words;
