//! Words for what needs what, shared by the rules about prerequisites.

use super::Context;
use crate::graph::{Need, Node};
use crate::model::{CredentialId, Project};

impl<'a> Context<'a> {
    /// The id of a credential as written.
    #[must_use]
    pub fn credential_id(&self, id: CredentialId) -> &'a str {
        self.project.id(&self.project.credentials[id].declared)
    }
}

/// `` `a` requires `b` ``, and through what.
pub(super) fn sentence(context: &Context<'_>, need: &Need) -> String {
    let verb = match need.role.words() {
        "alongside" => "is earned alongside",
        verb => verb,
    };
    let (from, to) = (
        context.credential_id(need.from),
        context.credential_id(need.to),
    );
    match need.through {
        None => format!("`{from}` {verb} `{to}`"),
        Some(through) => {
            let name = node_name(context.project, through);
            let how = match through {
                Node::Item(_) => "which is assessed by",
                Node::Set(_) => "which holds",
                Node::Issuer(_)
                | Node::Framework(_)
                | Node::Scale(_)
                | Node::Level(_)
                | Node::Rubric(_)
                | Node::Credential(_)
                | Node::Recognition(_)
                | Node::Role(_)
                | Node::Pathway(_)
                | Node::Stage(_)
                | Node::External(_) => "which needs",
            };
            format!("`{from}` {verb} `{name}`, {how} `{to}`")
        }
    }
}

/// A node as the author would write it in a reference.
pub(super) fn node_name(project: &Project, node: Node) -> String {
    crate::graph::names::name(project, node)
}
