//! What nothing refers to is a leftover, or the name was meant somewhere and something else was written.
//!
//! Looked at are frameworks in `use`, scales, rubrics and sets. Quiet about a kind where some declaration that could refer to it
//! could not be read: the reference may stand there.

use crate::check::Context;
use crate::check::attained::credential_incomplete;
use crate::diag::{Sink, early};
use crate::model::{
    Declared, LevelRef, Project, Requirement, RequirementKind, SetId, SetMember, SumPart,
    SumPartKind,
};

pub use early::NAME_UNUSED as RULE;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for framework in project.external_frameworks.as_slice() {
        // Without its content it has been reported already.
        if framework.referenced || framework.pack.is_none() {
            continue;
        }
        sink.report(&RULE, framework.place)
            .message(format!(
                "nothing refers to `{}`",
                project.name(framework.alias)
            ))
            .label("never used")
            .help("remove this `use`");
    }
    let unsure = project
        .credentials
        .as_slice()
        .iter()
        .any(credential_incomplete);
    if unsure {
        return;
    }
    let (scales, rubrics) = used_scales_and_rubrics(project);
    let sure_of_frameworks = !project
        .frameworks
        .as_slice()
        .iter()
        .any(|framework| framework.declared.incomplete);
    if sure_of_frameworks {
        for (scale, used) in project.scales.as_slice().iter().zip(scales) {
            tell(project, "scale", &scale.declared, used, sink);
        }
    }
    for (rubric, used) in project.rubrics.as_slice().iter().zip(rubrics) {
        tell(project, "rubric", &rubric.declared, used, sink);
    }
    if let Some(sets) = used_sets(project) {
        for (set, used) in project.sets.as_slice().iter().zip(sets) {
            tell(project, "set", &set.declared, used, sink);
        }
    }
}

fn tell(project: &Project, what: &str, declared: &Declared, used: bool, sink: &mut Sink) {
    if used || declared.incomplete {
        return;
    }
    sink.report(&RULE, declared.place)
        .message(format!(
            "nothing refers to the {what} `{}`",
            project.id(declared)
        ))
        .label("never used")
        .help(format!("use it, or remove the {what}"));
}

fn used_scales_and_rubrics(project: &Project) -> (Vec<bool>, Vec<bool>) {
    let mut scales = vec![false; project.scales.len()];
    let mut rubrics = vec![false; project.rubrics.len()];
    let mut mark = |index: u32| {
        if let Some(flag) = scales.get_mut(index as usize) {
            *flag = true;
        }
    };
    let mut level = |level: Option<LevelRef>| match level {
        Some(LevelRef::Own(level)) => mark(project.levels[level].scale.0),
        Some(LevelRef::External(_)) | None => {}
    };
    for credential in project.credentials.as_slice() {
        let attained = credential
            .introduces
            .iter()
            .chain(&credential.reinforces)
            .chain(&credential.teaches)
            .chain(crate::check::attained::assessed(credential));
        for attained in attained {
            level(attained.level);
        }
        for &(own, _) in &credential.levels {
            level(Some(own));
        }
        for assessment in &credential.assessments {
            if let Some(flag) = assessment
                .rubric
                .and_then(|(rubric, _)| rubrics.get_mut(rubric.0 as usize))
            {
                *flag = true;
            }
        }
    }
    for framework in project.frameworks.as_slice() {
        if let Some(scale) = framework.scale {
            mark(scale.0);
        }
    }
    (scales, rubrics)
}

/// Which sets something refers to; `None` where a declaration that could refer to one could not be read.
fn used_sets(project: &Project) -> Option<Vec<bool>> {
    let mut used = Used {
        flags: vec![false; project.sets.len()],
    };
    if project.sets.is_empty() {
        return Some(used.flags);
    }
    for credential in project.credentials.as_slice() {
        for requirement in [
            &credential.requires,
            &credential.recommends,
            &credential.alongside,
            &credential.stacks,
            &credential.renew,
        ]
        .into_iter()
        .flatten()
        {
            used.requirement(requirement);
        }
    }
    for role in project.roles.as_slice() {
        role.needs.iter().for_each(|need| used.requirement(need));
    }
    for pathway in project.pathways.as_slice() {
        if pathway.declared.incomplete {
            return None;
        }
    }
    for stage in project.stages.as_slice() {
        if stage.declared.incomplete {
            return None;
        }
        stage.asks.iter().for_each(|ask| used.requirement(ask));
    }
    for set in project.sets.as_slice() {
        if set.declared.incomplete {
            return None;
        }
        set.members
            .iter()
            .for_each(|member| used.requirement(member));
        for &(member, _) in &set.except {
            match member {
                SetMember::Set(id) => used.mark(id),
                SetMember::Credential(_) => {}
            }
        }
    }
    Some(used.flags)
}

struct Used {
    flags: Vec<bool>,
}

impl Used {
    fn mark(&mut self, set: SetId) {
        if let Some(flag) = self.flags.get_mut(set.0 as usize) {
            *flag = true;
        }
    }

    fn requirement(&mut self, requirement: &Requirement) {
        match &requirement.kind {
            RequirementKind::Set(set) => self.mark(*set),
            RequirementKind::All(members) | RequirementKind::Any { of: members, .. } => {
                members.iter().for_each(|member| self.requirement(member));
            }
            RequirementKind::Sum(sum) => self.sum(&sum.parts),
            RequirementKind::Credential(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }

    fn sum(&mut self, parts: &[SumPart]) {
        for part in parts {
            match &part.kind {
                SumPartKind::Set(set) => self.mark(*set),
                SumPartKind::AtMost { parts, .. } => self.sum(parts),
                SumPartKind::Credential(_) | SumPartKind::Unresolved => {}
            }
        }
    }
}
