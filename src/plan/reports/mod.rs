//! Reports for committees and programs: a plan, a pathway, coverage, stacking, a role.

mod carried;
pub mod coverage;
pub mod imported;
mod pace;
pub mod pathway;
mod plan;
pub mod role;
pub mod stacking;

pub use plan::{Shown, plan};

use super::words;
use crate::model::{CredentialId, Project};

/// The ids of credentials.
fn ids(project: &Project, of: &[CredentialId]) -> Vec<String> {
    of.iter()
        .map(|&id| words::id(project, id).to_owned())
        .collect()
}

/// What readers call a credential.
fn name(project: &Project, id: CredentialId) -> String {
    project
        .prose(&project.credentials[id].declared.name)
        .into_owned()
}
