//! What credentials teach and assess, and how items stand to each other in the tree of their framework.
//!
//! Goes in: the project. Comes out: small answers that several rules share.

use crate::model::{Attained, Credential, ItemId, Project};

/// Whether one item is the other or lies above it in the framework.
pub fn covers(project: &Project, above: ItemId, item: ItemId) -> bool {
    let mut next = Some(item);
    while let Some(current) = next {
        if current == above {
            return true;
        }
        next = project.items[current].parent;
    }
    false
}

/// Whether two items are the same or one lies above the other.
pub fn on_one_line(project: &Project, one: ItemId, other: ItemId) -> bool {
    project.items[one].framework == project.items[other].framework
        && (covers(project, one, other) || covers(project, other, one))
}

/// Everything that the assessments of a credential assess, in source order.
pub fn assessed(credential: &Credential) -> impl Iterator<Item = &Attained> {
    credential
        .assessments
        .iter()
        .flat_map(|assessment| &assessment.assesses)
}

/// For every item, whether some credential assesses it, something inside it, or what it is a part of.
pub fn assessed_items(project: &Project) -> Vec<bool> {
    let mut direct = vec![false; project.items.len()];
    for (_, credential) in project.credentials.iter() {
        for attained in assessed(credential) {
            if let Some(flag) = direct.get_mut(attained.item.0 as usize) {
                *flag = true;
            }
        }
    }
    let mut reached = direct.clone();
    for (id, item) in project.items.iter() {
        if direct[id.0 as usize] {
            // Up: assessing a part says something about the whole. Stops where that has been said already.
            let mut next = item.parent;
            while let Some(above) = next {
                if std::mem::replace(&mut reached[above.0 as usize], true) {
                    break;
                }
                next = project.items[above].parent;
            }
        }
    }
    // Down: assessing the whole says something about each part.
    let mut open: Vec<ItemId> = project
        .items
        .ids()
        .filter(|id| direct[id.0 as usize])
        .collect();
    let mut below = direct;
    while let Some(id) = open.pop() {
        for &child in &project.items[id].children {
            if !std::mem::replace(&mut below[child.0 as usize], true) {
                open.push(child);
            }
        }
    }
    for (flag, below) in reached.iter_mut().zip(below) {
        *flag |= below;
    }
    reached
}

/// Whether something in some credential could not be read or resolved: what credentials do *not* do is then uncertain.
pub fn some_credential_incomplete(project: &Project) -> bool {
    project
        .credentials
        .as_slice()
        .iter()
        .any(credential_incomplete)
}

/// Whether something in the credential could not be read or resolved.
pub fn credential_incomplete(credential: &Credential) -> bool {
    credential.declared.incomplete
        || credential
            .assessments
            .iter()
            .any(|assessment| assessment.incomplete)
}
