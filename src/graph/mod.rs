//! Floor 5: the dependency graph of a project, and questions to it.

use crate::model::Project;

/// The dependency graph of a project.
#[derive(Debug, Default)]
pub struct Graph {}

impl Graph {
    /// Builds the graph; linear in the size of the project.
    #[must_use]
    pub fn build(_project: &Project) -> Self {
        Self {}
    }
}
