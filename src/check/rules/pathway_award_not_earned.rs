//! A promise that cannot be kept: what a stage awards, or a pathway leads to, needs more than the stages up to there ask for.

use rustc_hash::FxHashSet;

use crate::check::Context;
use crate::check::blocks::{self, Order};
use crate::diag::{Rule, Severity, Sink};
use crate::graph::compile::{Forgive, Options};
use crate::graph::requirements::{self, Mention};
use crate::graph::{EdgeKind, Node, logic};
use crate::model::{CredentialId, Requirement, Stage};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "pathway/award-not-earned",
    severity: Severity::Warning,
    summary: "an award at the end of a stage that needs more than the stages ask for",
};

/// How many credentials the stages may bring along; a pathway with more is not looked at.
const SEARCHED: usize = 2000;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for pathway in project.pathways.as_slice() {
        let Some(order) = Order::new(project, pathway) else {
            continue;
        };
        let doubt = order.stages.iter().any(|stage| stage.declared.incomplete);
        if pathway.declared.incomplete || doubt {
            continue;
        }
        for (position, stage) in order.stages.iter().enumerate() {
            if stage.awards.is_empty() {
                continue;
            }
            let stages: Vec<&Stage> = order
                .stages
                .iter()
                .enumerate()
                .filter(|&(other, _)| other == position || order.is_before(other, position))
                .map(|(_, stage)| *stage)
                .collect();
            let up_to = format!("the stages up to `{}`", project.id(&stage.declared));
            promised(context, &stages, &stage.awards, &up_to, sink);
        }
        if !pathway.leads_to.is_empty() && !order.stages.is_empty() {
            let up_to = format!("the stages of `{}`", project.id(&pathway.declared));
            promised(context, &order.stages, &pathway.leads_to, &up_to, sink);
        }
    }
}

fn promised(
    context: &Context<'_>,
    stages: &[&Stage],
    awards: &[(CredentialId, Place)],
    up_to: &str,
    sink: &mut Sink,
) {
    let project = context.project;
    let mut held = Held::default();
    for stage in stages {
        for requirement in &stage.asks {
            held.mention(context, requirement);
        }
    }
    let asked = held.known.clone();
    // What two stages award counts for both: an award may rest on another.
    held.known.extend(awards.iter().map(|&(id, _)| id));
    held.known.extend(stages.iter().flat_map(|stage| &stage.awards).map(|&(id, _)| id));
    for &(award, place) in awards {
        let credential = &project.credentials[award];
        if asked.contains(&award) || credential.declared.incomplete {
            continue;
        }
        let needs = [&credential.requires, &credential.stacks];
        if held.meets(context, award) {
            continue;
        }
        // What the stages bring along at one remove is looked for only where it matters.
        held.follow(context);
        if held.known.len() > SEARCHED || held.meets(context, award) {
            continue;
        }
        // Without itself it is a fault of its own.
        if context.graph().locks(project).selfish.iter().any(|need| need.from == award) {
            continue;
        }
        let mandatory = requirements::mandatory_credentials(project, needs.into_iter().flatten());
        let lacking: Vec<CredentialId> = mandatory
            .into_iter()
            .map(|(id, _)| id)
            .filter(|id| !held.known.contains(id))
            .collect();
        let finding = sink
            .report(&RULE, place)
            .message(format!(
                "{up_to} are not enough for `{}`",
                context.credential_id(award)
            ))
            .label("needs more");
        if let Some(first) = needs.into_iter().flatten().next() {
            finding.also(first.place, "what it needs");
        }
        if lacking.is_empty() {
            finding.help(format!(
                "ask in these stages for what `{}` needs",
                context.credential_id(award)
            ));
        } else {
            finding.help(format!(
                "ask for {} in one of these stages",
                blocks::list(project, &lacking)
            ));
        }
    }
}

/// What a learner may hold after some stages: all that they name, and all that this in turn may need.
#[derive(Default)]
struct Held {
    known: FxHashSet<CredentialId>,
    /// Sets and items that have been looked into.
    seen: FxHashSet<Node>,
    waiting: Vec<CredentialId>,
}

impl Held {
    fn mention(&mut self, context: &Context<'_>, requirement: &Requirement) {
        for (mention, _) in requirements::mentions(requirement) {
            let named = match mention {
                Mention::Credential(id) => vec![id],
                Mention::Set(set) if self.seen.insert(Node::Set(set)) => {
                    context.graph().sets().reach(context.project, context.graph(), set)
                }
                Mention::Skill { item, .. } if self.seen.insert(Node::Item(item)) => {
                    let assessors = context.graph().assessors(item);
                    assessors.iter().map(|assessor| assessor.credential).collect()
                }
                Mention::Set(_) | Mention::Skill { .. } => Vec::new(),
            };
            for id in named {
                if self.known.insert(id) {
                    self.waiting.push(id);
                }
            }
        }
    }

    fn follow(&mut self, context: &Context<'_>) {
        while let Some(id) = self.waiting.pop() {
            if self.known.len() > SEARCHED {
                return;
            }
            let credential = &context.project.credentials[id];
            for (role, requirement) in requirements::of_credential(credential) {
                if matches!(
                    role,
                    EdgeKind::Requires | EdgeKind::Stacks | EdgeKind::Alongside
                ) {
                    self.mention(context, requirement);
                }
            }
        }
    }

    /// Whether this is enough for an award.
    fn meets(&self, context: &Context<'_>, award: CredentialId) -> bool {
        let credential = &context.project.credentials[award];
        let needs = [&credential.requires, &credential.stacks];
        logic::all_satisfied(
            context.project,
            context.graph(),
            Some(award),
            needs.into_iter().flatten(),
            Options {
                forgive: Forgive::Everything,
                given: &|id| id != award && self.known.contains(&id),
            },
        )
    }
}
