//! Which credentials a requirement speaks of: all it mentions, or only those that it cannot do without.
//!
//! Goes in: a requirement of the model. Comes out: calls with each credential and the place of its name. A set is walked
//! once, also where sets contain each other (which another rule reports).

use crate::model::{
    CredentialId, Project, Requirement, RequirementKind, Set, SetId, SetMember, SumPart,
    SumPartKind,
};
use crate::source::Place;

/// Calls for every credential that the requirement asks for in any case: choices and sums are passed over.
pub fn mandatory(
    project: &Project,
    requirement: &Requirement,
    each: &mut impl FnMut(CredentialId, Place),
) {
    let mut walk = Walk::new(project, Reach::Mandatory);
    walk.requirement(requirement, &mut |id, place, _| each(id, place));
}

/// Calls for every credential that the requirement mentions, however deep and whatever else would do.
pub fn mentioned(
    project: &Project,
    requirement: &Requirement,
    each: &mut impl FnMut(CredentialId, Place),
) {
    let mut walk = Walk::new(project, Reach::All);
    walk.requirement(requirement, &mut |id, place, _| each(id, place));
}

/// Calls for every credential that is asked for in any case and named in the requirement itself, not through a set.
pub fn mandatory_by_name(
    project: &Project,
    requirement: &Requirement,
    each: &mut impl FnMut(CredentialId, Place),
) {
    let mut walk = Walk::new(project, Reach::Mandatory);
    walk.requirement(requirement, &mut |id, place, through_set| {
        if !through_set {
            each(id, place);
        }
    });
}

/// Called with a credential, its place, and whether it was found through a set.
type Each<'f> = &'f mut dyn FnMut(CredentialId, Place, bool);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Mandatory,
    All,
}

struct Walk<'a> {
    project: &'a Project,
    reach: Reach,
    /// Sets that have been walked or are being walked.
    seen: Vec<SetId>,
    depth: u32,
}

impl<'a> Walk<'a> {
    fn new(project: &'a Project, reach: Reach) -> Self {
        Self {
            project,
            reach,
            seen: Vec::new(),
            depth: 0,
        }
    }

    fn requirement(&mut self, requirement: &Requirement, each: Each<'_>) {
        match &requirement.kind {
            RequirementKind::Credential(id) => each(*id, requirement.place, self.depth > 0),
            RequirementKind::Set(set) => self.set(*set, each),
            RequirementKind::All(members) => {
                for member in members {
                    self.requirement(member, each);
                }
            }
            RequirementKind::Any { least, of } => {
                // Asking for as many as there are leaves no choice.
                if self.reach == Reach::All || *least as usize >= of.len() {
                    for member in of {
                        self.requirement(member, each);
                    }
                }
            }
            RequirementKind::Sum(sum) => {
                if self.reach == Reach::All {
                    self.sum(&sum.parts, each);
                }
            }
            RequirementKind::Skill { .. }
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }

    fn sum(&mut self, parts: &[SumPart], each: Each<'_>) {
        for part in parts {
            match &part.kind {
                SumPartKind::Credential(id) => each(*id, part.place, self.depth > 0),
                SumPartKind::Set(set) => self.set(*set, each),
                SumPartKind::AtMost { parts, .. } => self.sum(parts, each),
                SumPartKind::Unresolved => {}
            }
        }
    }

    fn set(&mut self, id: SetId, each: Each<'_>) {
        if self.seen.contains(&id) {
            return;
        }
        self.seen.push(id);
        self.depth += 1;
        let project = self.project;
        let set = &project.sets[id];
        let excepted = self.excepted(set);
        for member in &set.members {
            self.requirement(member, &mut |credential, place, through_set| {
                if !excepted.contains(&credential) {
                    each(credential, place, through_set);
                }
            });
        }
        self.depth -= 1;
    }

    /// The credentials that a set leaves out.
    fn excepted(&self, set: &Set) -> Vec<CredentialId> {
        let mut excepted = Vec::new();
        for &(member, _) in &set.except {
            match member {
                SetMember::Credential(id) => excepted.push(id),
                SetMember::Set(id) => {
                    let mut walk = Walk::new(self.project, Reach::All);
                    walk.seen.clone_from(&self.seen);
                    walk.set(id, &mut |credential, _, _| excepted.push(credential));
                }
            }
        }
        excepted
    }
}
