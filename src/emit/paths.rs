//! Where everything is published. Checks ask for the same paths, so they are made on the floor of the model.

pub use crate::model::address::*;
