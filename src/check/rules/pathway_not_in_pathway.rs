//! Credentials that stand alone in a project that has pathways: no pathway comes by, nothing asks for them.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::{EdgeKind, Node};
use crate::model::{Id as _, Status};

pub static RULE: Rule = Rule {
    name: "pathway/not-in-pathway",
    severity: Severity::Info,
    summary: "a credential that belongs to no pathway, stack, set or role",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let uncertain = |declared: &crate::model::Declared| declared.incomplete;
    // What could not be read may have named it.
    let doubt = project.pathways.as_slice().iter().any(|pathway| uncertain(&pathway.declared))
        || project.stages.as_slice().iter().any(|stage| uncertain(&stage.declared))
        || project.sets.as_slice().iter().any(|set| uncertain(&set.declared));
    if project.pathways.is_empty() || doubt {
        return;
    }
    let mut connected = vec![false; project.credentials.len()];
    for link in context.graph().links_of_kind(connects) {
        for node in [link.from, link.to] {
            if let Node::Credential(id) = node {
                // A prerequisite leads somewhere; what asks for it may still lead nowhere.
                let only_asks = node == link.from && link.edge.kind == EdgeKind::Requires;
                connected[id.index()] |= !only_asks;
            }
        }
        // A skill that something asks for connects those who assess it.
        if let Node::Item(item) = link.to {
            for assessor in context.graph().assessors(item) {
                connected[assessor.credential.index()] = true;
            }
        }
    }
    for (id, credential) in project.credentials.iter() {
        if connected[id.index()]
            || credential.declared.incomplete
            || credential.status != Status::Active
        {
            continue;
        }
        sink.report(&RULE, credential.declared.place)
            .message(format!(
                "`{}` belongs to no pathway, stack, set or role",
                context.credential_id(id)
            ))
            .label("leads nowhere")
            .help("name it in a stage, or let it count toward something with `counts toward`");
    }
}

/// Whether an edge gives a credential a place among others.
fn connects(kind: EdgeKind) -> bool {
    match kind {
        EdgeKind::Contains
        | EdgeKind::Requires
        | EdgeKind::Recommends
        | EdgeKind::Alongside
        | EdgeKind::Stacks
        | EdgeKind::Renews
        | EdgeKind::CountsToward
        | EdgeKind::For
        | EdgeKind::Needs
        | EdgeKind::Asks
        | EdgeKind::Awards
        | EdgeKind::LeadsTo => true,
        EdgeKind::Excepts
        | EdgeKind::IssuedBy
        | EdgeKind::UsesScale
        | EdgeKind::UsesRubric
        | EdgeKind::AtLevel
        | EdgeKind::MatchesLevel
        | EdgeKind::InField
        | EdgeKind::Introduces
        | EdgeKind::Reinforces
        | EdgeKind::Teaches
        | EdgeKind::Assesses
        | EdgeKind::BuildsOn
        | EdgeKind::MapsTo(_)
        | EdgeKind::Grants
        | EdgeKind::After
        | EdgeKind::ReplacedBy => false,
    }
}
