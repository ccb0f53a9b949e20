//! Branches of a choice that nobody can need: they cannot be met, or they ask for another branch and more besides.

use crate::check::Context;
use crate::check::blocks::{self, Block, Skills};
use crate::diag::{Rule, Severity, Sink};
use crate::graph::{EdgeKind, Node, requirements};
use crate::model::{CredentialId, Project, Requirement, RequirementKind};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "pathway/dead-branch",
    severity: Severity::Warning,
    summary: "a branch of a choice that can never be of use",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let skills = Skills::new(context);
    for block in blocks::blocks(context.project).filter(|block| !block.incomplete) {
        for part in block.walk() {
            let RequirementKind::Any { least, of } = &part.kind else {
                continue;
            };
            // A choice of all its branches, or of more than there are, has been reported.
            if *least as usize >= of.len() {
                continue;
            }
            for found in absorbed(context.project, *least, of) {
                sink.report(&RULE, found.branch)
                    .message(format!(
                        "this branch is of no use: `{}`, which is part of it, is enough",
                        context.credential_id(found.by.0)
                    ))
                    .label("asks for more than another branch")
                    .also(found.by.1, "enough by itself")
                    .help(if of.len() == 2 {
                        "keep one of the two, without `any`"
                    } else {
                        "take this branch out, or the shorter one"
                    });
            }
            // Where too few are left, the whole choice cannot be met, which is reported where it matters.
            let missing = |branch: &Requirement| skills.missing([branch]);
            let alive = of.iter().filter(|branch| missing(branch).is_none()).count();
            for branch in of.iter().filter(|_| alive >= *least as usize) {
                if let Some(missing) = missing(branch) {
                    sink.report(&RULE, missing.place)
                        .message(format!(
                            "this branch can never be met: no credential assesses {}",
                            skills.name(&missing)
                        ))
                        .label("no one can show this")
                        .help("assess this skill in a credential at that level, or take the branch out");
                }
            }
            itself(context, &block, of, sink);
        }
    }
}

/// A branch that asks for all of another branch.
pub(super) struct Absorbed {
    pub branch: Place,
    /// The other branch, a single credential.
    pub by: (CredentialId, Place),
}

/// `any { a  all { a  b } }`: whoever has the second has the first.
pub(super) fn absorbed(project: &Project, least: u32, of: &[Requirement]) -> Vec<Absorbed> {
    // A choice of more than there are is reported as such.
    if least != 1 || of.len() < 2 {
        return Vec::new();
    }
    let single: Vec<(CredentialId, Place)> = of
        .iter()
        .filter_map(|branch| match branch.kind {
            RequirementKind::Credential(id) => Some((id, branch.place)),
            _ => None,
        })
        .collect();
    if single.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for branch in of {
        let RequirementKind::All(parts) = &branch.kind else {
            continue;
        };
        let asked = requirements::mandatory_credentials(project, parts);
        let by = single
            .iter()
            .find(|(id, _)| asked.binary_search_by_key(id, |&(id, _)| id).is_ok());
        if let Some(&by) = by {
            let branch = branch.place;
            found.push(Absorbed { branch, by });
        }
    }
    found
}

/// A credential among its own prerequisites, beside others that can be met.
fn itself(context: &Context<'_>, block: &Block<'_>, of: &[Requirement], sink: &mut Sink) {
    let (Node::Credential(owner), EdgeKind::Requires | EdgeKind::Stacks) = (block.owner, block.role)
    else {
        return;
    };
    let locks = context.graph().locks(context.project);
    if locks.selfish.iter().any(|need| need.from == owner) {
        return;
    }
    for branch in of {
        if matches!(branch.kind, RequirementKind::Credential(id) if id == owner) {
            sink.report(&RULE, branch.place)
                .message(format!(
                    "this branch is of no use: `{}` never counts toward itself",
                    context.credential_id(owner)
                ))
                .label("the credential itself")
                .help("take this branch out");
        }
    }
}
